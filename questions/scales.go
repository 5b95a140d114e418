package questions

import (
	"slices"

	"github.com/kam-go/kam"
)

// For returns a bank that asks, checks and combines on the scales of the
// engine's policy: a rating of a factor has the factor's scale, and its anchors
// stand at the same part of it. One that has no place of 4 digits there is left
// out. [Bank.Questionnaire] draws from such a bank; use it for [Bank.Check] and
// [Bank.Combine] as well where the policy has scales of its own.
//
// A question that rates two factors takes the scale of the first that the
// policy has, and no longer rates one whose scale is another; a questionnaire
// then lists that factor in NoQuestion. Without an engine it is the bank
// itself.
func (b *Bank) For(e *kam.Engine) *Bank {
	if e == nil {
		return b.orEmpty()
	}
	p := e.Policy()
	return b.forCards([]kam.Scorecard{p.Selection, p.Potential, p.Attractiveness, p.Strength})
}

// orEmpty lets a nil bank be one without questions.
func (b *Bank) orEmpty() *Bank {
	if b == nil {
		return &Bank{}
	}
	return b
}

// forCards puts the ratings on the scales of the scorecards.
func (b *Bank) forCards(cards []kam.Scorecard) *Bank {
	scales := map[Target]kam.Scale{}
	for _, c := range cards {
		for id, f := range leaves(c) {
			scale := f.Scale
			if scale == (kam.Scale{}) {
				scale = kam.Scale{Hi: kam.Int(10)}
			}
			scales[Target{Scorecard: c.ID, Factor: id}] = scale
		}
	}
	b = b.orEmpty()
	next := b
	for i := range b.questions {
		q := b.questions[i].on(scales)
		if q == nil {
			continue
		}
		if next == b {
			next = b.clone()
		}
		next.questions[i] = *q
	}
	return next
}

// on returns the question on other scales, or nil where it stays as it is.
func (q *Question) on(scales map[Target]kam.Scale) *Question {
	first := slices.IndexFunc(q.Targets, func(t Target) bool { _, ok := scales[t]; return ok })
	if q.Kind != Rating || first < 0 {
		return nil
	}
	scale := scales[q.Targets[first]]
	differs := func(t Target) bool { s, ok := scales[t]; return ok && s != scale }
	if scale == q.scale() && !slices.ContainsFunc(q.Targets, differs) {
		return nil
	}
	c := q.clone()
	c.Targets = slices.DeleteFunc(c.Targets, differs)
	from := q.scale()
	c.Scale = scale
	c.Anchors = nil
	for _, a := range q.Anchors {
		if at, ok := moved(a.At, from, scale); ok {
			c.Anchors = append(c.Anchors, Anchor{at, a.Text.clone()})
		}
	}
	return &c
}

// moved is a rating at the same part of another scale, where 4 digits hold it.
func moved(at kam.Number, from, to kam.Scale) (kam.Number, bool) {
	whole := from.Hi.Decimal().Sub(from.Lo.Decimal())
	above := at.Decimal().Sub(from.Lo.Decimal()).Mul(to.Hi.Decimal().Sub(to.Lo.Decimal()))
	part, rest := above.QuoRem(whole, 4)
	if !rest.IsZero() {
		return kam.Number{}, false
	}
	n, err := kam.NumberOf(part.Add(to.Lo.Decimal()))
	return n, err == nil
}
