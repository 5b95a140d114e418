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
	// Check looks at one account. It must not change what it is given, and may
	// be called by several goroutines at once. For results that others can
	// reproduce it must depend on nothing else.
	Check func(RiskInput) RiskResult
}

// RiskInput is what a check in code is given.
type RiskInput struct {
	Account Account
	AsOf    Date
	// Assessment is all that has been found, but the risks.
	Assessment Assessment
}

// RiskResult is what a check in code found. The zero value is that it could
// not tell.
type RiskResult struct {
	Outcome  Outcome
	Evidence []Finding
	Since    Date
	Chance   *Number
	// Needs names the facts of the account that are missing.
	Needs []string
}

// WithRisks returns an engine that runs the checks beside those of the policy,
// in the order given; e stays as it is. The policy's digest does not cover
// them: a [RiskReport] lists their ids. Checks without code, without a name, and
// with an id that is not kebab-case or taken are [Violations] with the index of
// the check.
func (e *Engine) WithRisks(checks ...RiskCheck) (*Engine, error) {
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
	out.code = slices.Concat(e.code, checks)
	return &out, nil
}

// code runs a check of the caller's.
func (c *riskCase) code(check RiskCheck) (out Risk) {
	out = Risk{Check: check.ID, Name: check.Name, Source: check.Source, Side: check.Side, Severity: check.Severity}
	defer func() {
		if p := recover(); p != nil {
			out.Outcome, out.Evidence, out.Since, out.Chance, out.Needs = OutcomeUnknown, nil, Date{}, nil, nil
			out.Ask, out.Remedy, out.Error = check.Ask, Text{}, clip(strings.ToValidUTF8(fmt.Sprintf("panic: %v", p), "\uFFFD"))
		}
	}()
	got := check.Check(RiskInput{*c.account, c.asOf, *c.so})
	if int(got.Outcome) >= len(outcomeWords) || !got.Since.Valid() || got.Chance != nil && !got.Chance.Valid() {
		out.Ask, out.Error = check.Ask, clip("no result: "+got.Outcome.String()+" "+got.Since.String())
		return out
	}
	out.Outcome, out.Since, out.Chance = got.Outcome, got.Since, clonePtr(got.Chance)
	out.Evidence, out.Needs = slices.Clone(got.Evidence), distinct(got.Needs)
	out.keep(check.RiskInfo)
	return out
}

// distinct copies the texts, each once.
func distinct(texts []string) []string {
	var out []string
	for _, t := range texts {
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}
