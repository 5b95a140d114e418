package kam

import (
	"fmt"
	"slices"
	"strings"
)

// RiskCheck is a check of the caller's own, in code. A panic in it, and an
// outcome that is none, are reported as the error of that check; nothing else
// is lost.
type RiskCheck struct {
	RiskInfo
	// Check looks at one account. It may be called by several goroutines at
	// once, and must not change what it is given: that is shared with the caller
	// and with the assessment. For results that others can reproduce it must
	// depend on nothing else.
	Check func(RiskInput) RiskResult
}

// RiskInput is what a check in code is given.
type RiskInput struct {
	// Account is the whole account, later facts included: those of later days
	// than AsOf are for the check to leave out.
	Account Account
	AsOf    Date
	// Assessment is all that has been found, but the risks and the strategy, in
	// which the risks have a say. It is good until the
	// check returns: an [Assessor] writes over what it points to.
	Assessment Assessment
}

// RiskResult is what a check in code found. The zero value is that it could
// not tell.
type RiskResult struct {
	Outcome  Outcome
	Evidence []Finding
	Since    Date
	ByChance *Number // 0 to 100
	// Needs names the facts of the account that are missing.
	Needs []string
}

// WithRisks returns an engine that runs the checks beside those of the policy,
// in the order given; e stays as it is. The policy's digest does not cover
// them: a [RiskReport] lists their ids. Checks without code or a name, with an id
// that is not kebab-case or taken, a side or severity that is none, and texts
// that are not clean are [Violations] with the index of the check; the zero Engine
// is a [CodeMissing].
func (e *Engine) WithRisks(checks ...RiskCheck) (*Engine, error) {
	if !e.compiled() {
		return nil, fmt.Errorf("kam: add risk checks: %w", noEngine())
	}
	taken := map[RiskID]bool{}
	for id := range e.policy.Risks.Checks {
		taken[id] = true
	}
	for _, c := range e.policy.Risks.Custom {
		taken[c.ID] = true
	}
	for _, c := range e.code {
		taken[c.ID] = true
	}
	var r report
	for i, c := range checks {
		at := place("").index(i)
		if c.RiskInfo.check(&r, at); taken[c.ID] {
			r.add(at.key("id"), CodeDuplicate, string(c.ID), "")
		}
		taken[c.ID] = true
		if c.Check == nil {
			r.add(at.key("check"), CodeMissing, "", "")
		}
	}
	if err := r.found.Err(); err != nil {
		return nil, fmt.Errorf("kam: add risk checks: %w", err)
	}
	out := *e
	out.code, out.assessors = slices.Concat(e.code, checks), new(assessors)
	return &out, nil
}

// code runs a check of the caller's.
func (c *riskCase) code(check RiskCheck) (out Risk) {
	blank := Risk{Check: check.ID, Name: check.Name, Source: check.Source, Side: check.Side, Severity: check.Severity}
	failed := func(why string) Risk {
		out := blank
		out.Ask, out.Error = check.Ask, cut(shown(strings.ToValidUTF8(why, "\uFFFD")), 200)
		return out
	}
	defer func() {
		if p := recover(); p != nil {
			out = failed(fmt.Sprintf("panic: %v", p))
		}
	}()
	got := check.Check(RiskInput{*c.account, c.asOf, *c.so})
	var r report
	got.check(&r, c.asOf)
	if len(r.found) > 0 {
		return failed(r.found[0].Error())
	}
	out = blank
	out.Outcome, out.Since, out.ByChance = got.Outcome, got.Since, clonePtr(got.ByChance)
	out.Evidence, out.Needs = slices.Clone(got.Evidence), distinct(got.Needs)
	for i := range out.Evidence {
		if e := &out.Evidence[i]; e.Name == (Text{}) {
			e.Name = c.facts.names[e.Evidence]
		}
	}
	out.keep(&check.RiskInfo)
	return out
}

// maxFacts bounds what a check in code may report, of each kind.
const maxFacts = 100

// check reports what is no result.
func (r *RiskResult) check(rep *report, asOf Date) {
	enum(rep, "/outcome", r.Outcome, outcomeWords)
	if rep.date("/since", r.Since); r.Since.Cmp(asOf) > 0 {
		rep.add("/since", CodeFuture, r.Since.String(), "<= "+asOf.String())
	}
	rep.percent("/byChance", r.ByChance)
	for _, list := range []struct {
		at place
		n  int
	}{{"/evidence", len(r.Evidence)}, {"/needs", len(r.Needs)}} {
		if list.n > maxFacts {
			rep.add(list.at, CodeTooLarge, fmt.Sprint(list.n), fmt.Sprint("<= ", maxFacts))
			return
		}
	}
	for i, e := range r.Evidence {
		at := place("/evidence").index(i)
		rep.key(at.key("evidence"), string(e.Evidence))
		rep.text(at.key("condition"), e.Condition)
		rep.text(at.key("value"), e.Value)
		rep.words(at.key("name"), e.Name)
	}
	for i, n := range r.Needs {
		rep.key(place("/needs").index(i), n)
	}
}

// distinct copies the texts, each once.
func distinct(texts []string) []string {
	var out []string
	for _, t := range texts {
		out = appendNew(out, t)
	}
	return out
}
