package kam

import (
	"cmp"
	"slices"
)

// RiskID names a failure check. It never changes its meaning.
type RiskID string

// Outcome is the result of a check. "Could not tell" is never "clear".
type Outcome uint8

// The outcomes.
const (
	OutcomeUnknown Outcome = iota // could not tell
	Clear                         // nothing found
	Watch                         // a first sign
	AtRisk                        // the account may be lost for this reason
)

var outcomeWords = enumWords[Outcome]{"unknown", "clear", "watch", "at-risk"}

// Side is whose side a cause of failure is on (S15).
type Side uint8

// The sides.
const (
	SideUnknown Side = iota
	SideOurs         // what we do or leave undone
	SideTheirs       // what changes at the customer
	SideMarket       // what rivals and the market do
	SideBoth         // ours and theirs
)

var sideWords = enumWords[Side]{"unknown", "ours", "theirs", "market", "both"}

// RiskInfo says what a check is about. It is plain data.
type RiskInfo struct {
	// ID is kebab-case and unique among the checks.
	ID RiskID `json:"id"`
	// Source is the part of the method or the paper that the check rests on,
	// such as "S15.3", the third reason of S15.
	Source string `json:"source,omitzero"`
	Side   Side   `json:"side"`
	// Severity is how grave the cause is, before anything is known of the
	// account.
	Severity Grade `json:"severity"`
	Name     Text  `json:"name"`
	// Ask is what to ask where the check cannot tell, and Remedy what to do
	// where it finds something.
	Ask    Text `json:"ask,omitzero"`
	Remedy Text `json:"remedy,omitzero"`
}

// Risk is what one check of failure says about an account (S15, S16): whether
// it may be lost for that reason, and on what evidence. A risk stands beside
// the scores and is no part of them: a high score hides no risk.
type Risk struct {
	Check    RiskID  `json:"check"`
	Name     Text    `json:"name"`
	Source   string  `json:"source,omitzero"`
	Side     Side    `json:"side"`
	Severity Grade   `json:"severity"`
	Outcome  Outcome `json:"outcome"`
	// Evidence is the facts that the check looked at, each with the line that
	// it was held against, or the days that it is of, where there is one. Of a check
	// that is data it is the condition that decided, or, where it could not tell, those
	// that could be judged.
	Evidence []Finding `json:"evidence,omitempty"`
	// Since is the day from which the facts have been so; unknown where they
	// do not say.
	Since Date `json:"since,omitzero"`
	// ByChance is how likely it is, in percent, that the facts are so by chance
	// alone, where the check computes that: the lower, the surer the finding.
	ByChance *Number `json:"byChance,omitzero"`
	// Remedy is what to do, where something was found.
	Remedy Text `json:"remedy,omitzero"`
	// Ask is what to ask, where the check could not tell and has a question. Needs are the
	// facts of the account that are missing, where it could not tell, or could not tell
	// whether a first sign is more than that; [Engine.Label] has the words for them.
	Ask   Text     `json:"ask,omitzero"`
	Needs []string `json:"needs,omitempty"`
	// Error says why a check of the caller's own failed; its outcome is
	// unknown then.
	Error string `json:"error,omitzero"`
}

// RiskReport is what the failure checks say about an account on a day, with no
// single number unless the policy asks for one.
type RiskReport struct {
	// Findings are the checks that found something: the graver first, at risk
	// before watch, then in the order of the checks, which begins with the people, the most
	// common cause (S15.3). Price pressure comes last, since price is seldom the cause (S15.1).
	Findings []Risk `json:"findings,omitempty"`
	// Unknown are the checks that could not tell, the graver first.
	Unknown []Risk `json:"unknown,omitempty"`
	// Clear lists the checks that found nothing.
	Clear []RiskID `json:"clear,omitempty"`
	// OneSided is the side that all findings are on, when it is one: the
	// causes usually come from both (S15.5), so look at the other side too.
	OneSided Side `json:"oneSided,omitzero"`
	// Settle lists the facts that would settle most of the unknown, five at
	// most; ties go to the one that a check of Unknown asks for first.
	Settle []FactNeeded `json:"settle,omitempty"`
	// Index is the policy's own number out of the outcomes, with its parts; nil
	// where the policy asks for none.
	Index *Score `json:"index,omitzero"`
	// Code lists the ids of the checks that are code of the caller's, which the
	// policy's digest does not cover.
	Code []RiskID `json:"code,omitempty"`
}

// FactNeeded is a fact of the account that is not known, and the checks that
// wait for it.
type FactNeeded struct {
	// Fact is the place in the account, such as "sales/complaints" or
	// "judgements/trust-damaged"; [Engine.Label] has the words for it.
	Fact   string   `json:"fact"`
	Checks []RiskID `json:"checks"`
}

// Outcome returns what the check of the id found, and unknown where there is
// none.
func (r RiskReport) Outcome(id RiskID) Outcome {
	for _, x := range r.Findings {
		if x.Check == id {
			return x.Outcome
		}
	}
	if slices.Contains(r.Clear, id) {
		return Clear
	}
	return OutcomeUnknown
}

// Compare puts the account in more danger first, as [slices.SortFunc] asks for it: the one
// with more findings at risk of high severity, then of fair and of low; then the one with more
// first signs, likewise; then the one of which less could be told. No number is made of them.
func (r RiskReport) Compare(other RiskReport) int {
	for _, outcome := range [...]Outcome{AtRisk, Watch} {
		for _, severity := range [...]Grade{High, Fair, Low, GradeUnknown} {
			if n := cmp.Compare(other.count(outcome, severity), r.count(outcome, severity)); n != 0 {
				return n
			}
		}
	}
	return cmp.Compare(len(other.Unknown), len(r.Unknown))
}

// count is how many findings there are of a kind.
func (r *RiskReport) count(outcome Outcome, severity Grade) (n int) {
	for i := range r.Findings {
		if x := &r.Findings[i]; x.Outcome == outcome && x.Severity == severity {
			n++
		}
	}
	return n
}

// maxSettle keeps the list short enough to act on.
const maxSettle = 5

// report sorts what the checks found.
func (r *RiskReport) report(m *memory, risks []Risk) {
	m.sorted = slices.Grow(m.sorted[:0], len(risks))
	r.Clear = m.ids.begin()
	unknown := 0
	for i := range risks {
		switch x := &risks[i]; x.Outcome {
		case Clear:
			r.Clear = append(r.Clear, x.Check)
		case OutcomeUnknown:
			unknown++
		default:
			m.sorted = append(m.sorted, x)
		}
	}
	r.Clear = m.ids.keep(r.Clear)
	slices.SortStableFunc(m.sorted, func(a, b *Risk) int {
		return cmp.Or(
			last(a.Check == RiskPricePressure, b.Check == RiskPricePressure),
			cmp.Compare(b.Severity, a.Severity), cmp.Compare(b.Outcome, a.Outcome),
		)
	})
	r.Findings = m.risks.take(len(m.sorted))
	for i, x := range m.sorted {
		r.Findings[i] = *x
	}
	r.Unknown = m.risks.take(unknown)[:0]
	for severity := High; len(r.Unknown) < unknown; severity-- {
		for i := range risks {
			if x := &risks[i]; x.Outcome == OutcomeUnknown && x.Severity == severity {
				r.Unknown = append(r.Unknown, *x)
			}
		}
	}
	r.OneSided = oneSide(r.Findings)
	r.Settle = m.factsNeeded(r.Unknown)
}

// ran reports whether the check of the id is in the report.
func (r *RiskReport) ran(id RiskID) bool {
	return r.Outcome(id) != OutcomeUnknown || slices.ContainsFunc(r.Unknown, func(x Risk) bool { return x.Check == id })
}

// last puts what is true behind what is not.
func last(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// oneSide is the side that all findings are on, or unknown. What is on both
// sides is on no single one.
func oneSide(findings []Risk) Side {
	side := SideUnknown
	for i, x := range findings {
		if i > 0 && x.Side != side || x.Side == SideBoth {
			return SideUnknown
		}
		side = x.Side
	}
	return side
}

// factsNeeded ranks the missing facts by the severity of the checks that wait for
// them, added up; ties go to the fact that is asked for first.
func (m *memory) factsNeeded(unknown []Risk) []FactNeeded {
	type need struct {
		fact   string
		weight int
		asked  int // before it
	}
	type wait struct{ check, asked int }
	someNeeds, someWaits := [48]need{}, [64]wait{} // more than the built-in checks have
	needs, waits := someNeeds[:0], someWaits[:0]
	for i := range unknown {
		for _, fact := range unknown[i].Needs {
			at := 0
			for at < len(needs) && needs[at].fact != fact {
				at++
			}
			if at == len(needs) {
				needs = append(needs, need{fact: fact, asked: at})
			}
			needs[at].weight += int(unknown[i].Severity)
			waits = append(waits, wait{i, at})
		}
	}
	// The first are picked one by one, since most are left over.
	for i := range min(len(needs), maxSettle) {
		heaviest := i
		for j := i + 1; j < len(needs); j++ {
			if needs[j].weight > needs[heaviest].weight {
				heaviest = j
			}
		}
		x := needs[heaviest]
		copy(needs[i+1:heaviest+1], needs[i:heaviest])
		needs[i] = x
	}
	needs = needs[:min(len(needs), maxSettle)]
	out := m.needed.take(len(needs))
	for i, n := range needs {
		ids := m.ids.begin()
		for _, w := range waits {
			if w.asked == n.asked {
				ids = append(ids, unknown[w.check].Check)
			}
		}
		out[i] = FactNeeded{n.fact, m.ids.keep(ids)}
	}
	return out
}
