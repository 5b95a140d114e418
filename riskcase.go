package kam

import (
	"cmp"
	"slices"
	"strings"
)

// riskCase is one account on one day before the checks. Each check reads the
// facts as they were known on the day.
type riskCase struct {
	account   *Account
	asOf      Date
	reader    *reader
	so        *Assessment // all but the risks
	facts     facts
	every     ContactEvery
	selection *Scorer    // S4
	contacts  []*Contact // active on the day
	set       *riskLines
	out       *Risk
	memory    *memory
	texts     *texts
	days      [2]string // of now and of before
}

// risks runs every check of the policy, and those in code.
func (e *Engine) risks(m *memory, a *Account, f facts) RiskReport {
	m.risk = riskCase{
		account: a, asOf: m.out.AsOf, reader: &m.reader, so: &m.out, facts: f, every: e.policy.Risks.ContactEvery, selection: e.selection,
		contacts: m.active, memory: m, texts: &m.texts,
	}
	c := &m.risk
	m.found = slices.Grow(m.found[:0], len(builtInRisks)+len(e.policy.Risks.Custom)+len(e.code))
	for i := range builtInRisks {
		check := &builtInRisks[i]
		if c.set = &e.checks[i]; c.set.Off {
			continue
		}
		c.begin(&check.RiskInfo, c.set.Severity)
		c.end(&check.RiskInfo, check.run(c))
	}
	for i := range e.policy.Risks.Custom {
		custom := &e.policy.Risks.Custom[i]
		c.begin(&custom.RiskInfo, custom.Severity)
		c.end(&custom.RiskInfo, c.custom(custom))
	}
	var out RiskReport
	for _, check := range e.code {
		m.found = append(m.found, c.code(check))
		out.Code = append(out.Code, check.ID)
	}
	out.report(m, m.found)
	if e.riskIndex != nil {
		score := e.riskIndex.scoreOf(indexAnswers(m.found))
		out.Index = &score
	}
	return out
}

// begin makes out the result of the check that is run next.
func (c *riskCase) begin(info *RiskInfo, severity Grade) {
	m := c.memory
	m.found = m.found[:len(m.found)+1] // which is zero
	c.out = &m.found[len(m.found)-1]
	m.shown = m.shown[:0]
	c.out.Check, c.out.Side, c.out.Severity = info.ID, info.Side, severity
	c.out.Evidence, c.out.Needs = m.findings.begin(), m.words.begin()
}

// end keeps of the check's words those that its outcome needs.
func (c *riskCase) end(info *RiskInfo, outcome Outcome) {
	c.out.Outcome = outcome
	if outcome != Clear { // of one that is clear its id is enough
		c.out.Name, c.out.Source = info.Name, info.Source
		for _, x := range c.memory.shown {
			c.out.Evidence[x.at].Value = c.texts.number("", x.value)
		}
	}
	c.out.keep(info)
	c.out.Evidence, c.out.Needs = c.memory.findings.keep(c.out.Evidence), c.memory.words.keep(c.out.Needs)
}

// keep leaves what goes with the outcome.
func (r *Risk) keep(info *RiskInfo) {
	switch r.Outcome {
	case AtRisk:
		r.Remedy, r.Needs = info.Remedy, nil
	case Watch: // what is missing may make it worse
		r.Remedy = info.Remedy
	case Clear:
		r.Needs, r.Since = nil, Date{}
	default:
		r.Ask, r.Since = info.Ask, Date{}
	}
}

// indexAnswers rates what the checks found, for the policy's own index. What
// could not be told is missing, and widens the range.
func indexAnswers(risks []Risk) Answers {
	answers := Answers{}
	for _, r := range risks {
		switch r.Outcome {
		case Clear:
			answers[string(r.Check)] = Rated(Int(0))
		case Watch:
			answers[string(r.Check)] = Rated(Int(5))
		case AtRisk:
			answers[string(r.Check)] = Rated(Int(10))
		}
	}
	return answers
}

// worst is the gravest of several outcomes of one check; what is unknown
// hides nothing that was found, and is not clear.
func worst(outcomes ...Outcome) Outcome {
	out := Clear
	for _, o := range outcomes {
		switch {
		case o == OutcomeUnknown && out == Clear:
			out = OutcomeUnknown
		case o > Clear && o > out:
			out = o
		}
	}
	return out
}

// recorded reports whether a list of records tells anything as of a day: it is
// there, and empty or with an entry that is not of a later day. One that has only
// later entries may have been empty or unknown on the day.
func recorded[T any](list []T, on func(T) Date, asOf Date) bool {
	return list != nil && (len(list) == 0 || slices.ContainsFunc(list, func(x T) bool { return on(x).Cmp(asOf) <= 0 }))
}

// needs says that a fact is missing, if any is; the outcome is unknown.
func (c *riskCase) needs(facts ...string) Outcome {
	for _, f := range facts {
		if f != "" && !slices.Contains(c.out.Needs, f) {
			c.out.Needs = append(c.out.Needs, f)
		}
	}
	return OutcomeUnknown
}

// needsJudgement is needs of what nobody has judged.
func (c *riskCase) needsJudgement(e Evidence) Outcome {
	if i := e.index(); i >= 0 {
		return c.needs(judgementFacts[i])
	}
	return c.needs(c.texts.add("judgements/", string(e)))
}

// judgementFacts are the places of the judgements in an account.
var judgementFacts = func() (facts [len(judgements)]string) {
	for i, e := range judgements {
		facts[i] = "judgements/" + string(e)
	}
	return facts
}()

// fact records what was looked at.
func (c *riskCase) fact(id Evidence, condition, value string) {
	c.out.Evidence = append(c.out.Evidence, found(id, condition, value))
}

// numberFact records a number that was looked at. It is made a text at the end,
// where one is needed.
func (c *riskCase) numberFact(id Evidence, condition string, value Number) {
	c.memory.shown = append(c.memory.shown, shownNumber{len(c.out.Evidence), value})
	c.fact(id, condition, "")
}

// firstFacts leaves the first n facts of the check.
func (c *riskCase) firstFacts(n int) {
	c.out.Evidence = c.out.Evidence[:n]
	c.memory.shown = slices.DeleteFunc(c.memory.shown, func(x shownNumber) bool { return x.at >= n })
}

// shownNumber is the value of a check's evidence at a place.
type shownNumber struct {
	at    int
	value Number
}

// countFact records a count that was looked at.
func (c *riskCase) countFact(id Evidence, condition string, n int) {
	c.numberFact(id, condition, Int(n))
}

// dated is a name with a day.
func (c *riskCase) dated(name string, d Date) string { return c.texts.day(c.texts.add(name, " "), d) }

// spanNow and spanBefore are the days of the two windows.
func (c *riskCase) spanNow() string    { return c.spanOnce(0, c.reader.now.span) }
func (c *riskCase) spanBefore() string { return c.spanOnce(1, c.reader.old.span) }

func (c *riskCase) spanOnce(i int, s span) string {
	if c.days[i] == "" {
		c.days[i] = c.texts.span(s)
	}
	return c.days[i]
}

// since keeps the earliest day from which the facts have been so.
func (c *riskCase) since(d Date) {
	if d.day > 0 && (c.out.Since.IsZero() || d.Cmp(c.out.Since) < 0) {
		c.out.Since = d
	}
}

// rises judges a value where more is worse, against the lines of the check.
func (c *riskCase) rises(id Evidence, value Number) Outcome {
	switch w, r := c.set.Watch, c.set.AtRisk; {
	case r != nil && value.Cmp(*r) >= 0:
		c.numberFact(id, c.set.atRisk.atLeast, value)
		return AtRisk
	case w != nil && value.Cmp(*w) >= 0:
		c.numberFact(id, c.set.watch.atLeast, value)
		return Watch
	}
	c.numberFact(id, cmp.Or(c.set.watch.below, c.set.atRisk.below), value)
	return Clear
}

// falls judges a value where less is worse.
func (c *riskCase) falls(id Evidence, value Number) Outcome {
	switch w, r := c.set.Watch, c.set.AtRisk; {
	case r != nil && value.Cmp(*r) <= 0:
		c.numberFact(id, c.set.atRisk.atMost, value)
		return AtRisk
	case w != nil && value.Cmp(*w) <= 0:
		c.numberFact(id, c.set.watch.atMost, value)
		return Watch
	}
	c.numberFact(id, cmp.Or(c.set.watch.above, c.set.atRisk.above), value)
	return Clear
}

// says judges what people say: the bad verdict is a risk.
func (c *riskCase) says(id Evidence, bad Verdict) Outcome {
	v := c.facts.verdict(id)
	if v == VerdictUnknown {
		return c.needsJudgement(id)
	}
	condition := "is no"
	if bad == Yes {
		condition = "is yes"
	}
	c.fact(id, condition, v.String())
	if v != bad {
		return Clear
	}
	c.since(c.account.Judgements[id].On)
	return AtRisk
}

// answered judges a rating of the selection scorecard (S4) that stands in
// where nobody gave a verdict: on a scale of 0 to 10, 3 or less is a first
// sign, or 7 or more where high is bad.
func (c *riskCase) answered(factor string, highIsBad bool) Outcome {
	for i := range c.so.Selection.Contributions {
		x := &c.so.Selection.Contributions[i]
		if x.Factor != factor || x.Rating == nil {
			continue
		}
		rating := Number{c.selection.leaves[c.selection.byID[factor]].worth(*x.Rating, false)}
		line, bad := "<= 3", rating.Cmp(Int(3)) <= 0
		if highIsBad {
			line, bad = ">= 7", rating.Cmp(Int(7)) >= 0
		}
		c.numberFact(Evidence(factor), line, rating)
		if bad {
			return Watch
		}
		return Clear
	}
	return OutcomeUnknown
}

// saysOr is says, and answered where nobody says.
func (c *riskCase) saysOr(id Evidence, bad Verdict, factor string, highIsBad bool) Outcome {
	if c.facts.verdict(id) == VerdictUnknown {
		if o := c.answered(factor, highIsBad); o != OutcomeUnknown {
			return o
		}
	}
	return c.says(id, bad)
}

// signal is a reading; an unknown one is named as missing.
func (c *riskCase) signal(s Signal) (Number, bool) {
	v := c.so.Signals.peek(s)
	if v == nil {
		c.needs(c.so.Signals.needs(s))
		return Number{}, false
	}
	return *v, true
}

// number rounds a computed value; one out of range is unknown.
func (c *riskCase) number(x rational, need string) (Number, bool) {
	if n, ok := x.number(); ok {
		return n, true
	}
	c.needs(need)
	return Number{}, false
}

// custom judges a check that is data. Of what was found it shows the condition that
// decided.
func (c *riskCase) custom(x *CustomRisk) Outcome {
	atRisk, watch := c.holds(&x.AtRisk), No
	if atRisk == Yes {
		return AtRisk
	}
	if x.Watch != nil {
		watch = c.holds(x.Watch)
	}
	switch {
	case watch == Yes:
		c.out.Evidence = append(c.out.Evidence[:0], c.out.Evidence[len(c.out.Evidence)-1])
		return Watch
	case atRisk == No && watch == No:
		return Clear
	}
	return OutcomeUnknown
}

// holds judges a condition; what is missing for it is named.
func (c *riskCase) holds(x *Condition) Verdict {
	v := c.facts.judge(x)
	if v == No { // clear is what no answer to come could change
		v = c.facts.within(c.so.Strength.gap()).judge(x)
	}
	if v != VerdictUnknown {
		c.out.Evidence = append(c.out.Evidence, c.facts.finding(x))
		return v
	}
	c.needsEvidence(x.Evidence)
	return v
}

// needsEvidence names the fact for which evidence is unknown.
func (c *riskCase) needsEvidence(e Evidence) {
	name, own := strings.CutPrefix(string(e), attributePrefix)
	switch {
	case own:
		c.needs("attributes/" + name)
	case e == EvidenceStrength:
		c.needs("answers/" + c.so.Strength.Scorecard)
	case e.numeric():
		c.needs(c.so.Signals.needs(Signal(e)))
	default:
		c.needsJudgement(e)
	}
}
