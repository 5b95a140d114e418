package kam

import "github.com/kam-go/kam/internal/alike"

// Condition tests one piece of evidence: a judgement against Is, or a number
// against AtLeast and Below. It is unknown when the evidence is.
type Condition struct {
	Evidence Evidence `json:"evidence"`
	// Is is Yes or No, for a judgement.
	Is Verdict `json:"is,omitzero"`
	// AtLeast and Below bound a number: AtLeast <= number < Below. One of
	// them may be absent.
	AtLeast *Number `json:"atLeast,omitzero"`
	Below   *Number `json:"below,omitzero"`
}

// String returns the condition as "wallet-share < 25" or "served is no".
func (c Condition) String() string { return c.text(new(texts)) }

func (c *Condition) text(t *texts) string {
	s := string(c.Evidence)
	if c.Is != VerdictUnknown {
		return t.add(s, " is ", c.Is.String())
	}
	switch {
	case c.AtLeast != nil && c.Below != nil:
		from := t.b.Len()
		t.number("", *c.AtLeast)
		t.add(" <= ", s)
		t.number(" < ", *c.Below)
		return t.since(from)
	case c.AtLeast != nil:
		from := t.b.Len()
		t.add(s)
		t.number(" >= ", *c.AtLeast)
		return t.since(from)
	case c.Below != nil:
		from := t.b.Len()
		t.add(s)
		t.number(" < ", *c.Below)
		return t.since(from)
	}
	return s
}

// The conditions of the default rules.
func is(e Evidence, v Verdict) Condition { return Condition{Evidence: e, Is: v} }

func atLeast[E ~string](e E, n Number) Condition {
	return Condition{Evidence: Evidence(e), AtLeast: &n}
}

func below[E ~string](e E, n Number) Condition { return Condition{Evidence: Evidence(e), Below: &n} }

func anyOf(cs ...Condition) Clause { return Clause{Any: cs} }

// ownJudgement reports a condition on a judgement of the caller's own.
func (c Condition) ownJudgement() bool {
	return c.Is != VerdictUnknown && kebab(string(c.Evidence)) && !c.Evidence.judged() && !c.Evidence.numeric()
}

func (c Condition) check(r *report, at place) {
	_, named := r.names[c.Evidence]
	judged := c.Evidence.judged() || named && !c.Evidence.numeric()
	if !judged && !c.Evidence.numeric() {
		id, known := string(c.Evidence), r.knownEvidence()
		if !c.ownJudgement() || alike.Near(id, known) != nil { // misspelt
			r.add(at.key("evidence"), CodeUnknown, id, alike.Nearest(id, known))
			return
		}
		judged = true
	}
	bounded := c.AtLeast != nil || c.Below != nil
	switch {
	case judged && c.Is != Yes && c.Is != No && !(bounded && c.Is == VerdictUnknown):
		r.add(at.key("is"), CodeEnum, c.Is.String(), "yes, no")
	case !judged && c.Is != VerdictUnknown:
		r.add(at.key("is"), CodeEvidence, c.Is.String(), "atLeast, below")
	}
	line := r.number
	if c.Evidence == EvidenceStrength { // a line beyond its points divides nothing
		line = r.points
	}
	line(at.key("atLeast"), c.AtLeast)
	if judged && c.AtLeast != nil {
		r.add(at.key("atLeast"), CodeEvidence, c.AtLeast.String(), "is: yes, no")
	}
	line(at.key("below"), c.Below)
	if judged && c.Below != nil {
		r.add(at.key("below"), CodeEvidence, c.Below.String(), "is: yes, no")
	}
	r.attribute(at.key("evidence"), c.Evidence, nil)
	switch {
	case judged || c.Is != VerdictUnknown:
	case !bounded:
		r.add(at.key("atLeast"), CodeMissing, "", "atLeast, below")
	case c.AtLeast != nil && c.Below != nil && c.AtLeast.units >= c.Below.units:
		r.add(at.key("below"), CodeRange, c.Below.String(), "> "+c.AtLeast.String())
	}
}

// within reports a condition that holds only where the other one does.
func (c *Condition) within(other *Condition) bool {
	return c.Evidence == other.Evidence && c.Is == other.Is &&
		(other.AtLeast == nil || c.AtLeast != nil && c.AtLeast.Cmp(*other.AtLeast) >= 0) &&
		(other.Below == nil || c.Below != nil && c.Below.Cmp(*other.Below) <= 0)
}
