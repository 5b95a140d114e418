package questions

import (
	"errors"
	"slices"
	"strings"

	"github.com/kam-go/kam"
)

// For returns a bank that asks, checks and combines on the scales of the
// engine's policy: a rating of a factor has the factor's scale, and its anchors
// stand at the same part of it. One that has no place of 4 digits there is left
// out. Use it for [Bank.Questionnaire], [Bank.Check] and [Bank.Combine] where the policy has
// scales or factors of its own, or had others once.
//
// A question that rates two factors takes the scale of the first that the
// policy has, and no longer rates one whose scale is another; a questionnaire
// then lists that factor in NoQuestion.
//
// What [kam.Engine.Assess] would refuse in an account is not asked: a rating of a factor,
// or a yes or no on evidence, that the policy does not have, or an attribute that is like one
// with a name. A question that feeds nothing else is not in the bank, so that a reply of an old form is a [kam.CodeUnknown] and not an
// account that nobody can assess. Where the policy's Retired names the factor, it is answered
// as before. Scorecards of your own that are not the policy's have their forms and answers by
// the bank itself; the role and the selling style stay. Without an engine it is the bank
// itself.
func (b *Bank) For(e *kam.Engine) *Bank {
	if e == nil {
		return b.orEmpty()
	}
	p := e.Policy()
	return b.takenBy(e).forCards([]kam.Scorecard{p.Selection, p.Potential, p.Attractiveness, p.Strength})
}

// takenBy leaves out what the engine takes in no account.
func (b *Bank) takenBy(e *kam.Engine) *Bank {
	b = b.orEmpty()
	var all []Target
	for i := range b.questions {
		all = append(all, b.questions[i].answered()...)
	}
	if !refuses(e, all...) {
		return b
	}
	next := &Bank{edition: b.edition, index: map[string]int{}, notes: b.notes, noteOrder: b.noteOrder}
	for _, q := range b.questions {
		for _, t := range q.answered() {
			if refuses(e, t) {
				q.Targets = slices.DeleteFunc(slices.Clone(q.Targets), func(x Target) bool { return x == t })
			}
		}
		if len(q.Targets) > 0 || len(b.questions[b.index[q.ID]].Targets) == 0 {
			next.index[q.ID] = len(next.questions)
			next.questions = append(next.questions, q)
		}
	}
	return next
}

// attribute is the name of the account's attribute that the target is, or "".
func (t Target) attribute() string {
	name, ok := strings.CutPrefix(t.Fact, attributes)
	if !ok {
		return ""
	}
	return name
}

// answered are the targets of which an account takes the answer as a rating, a judgement or an
// attribute; of other kinds it is grounds for one.
func (q *Question) answered() (out []Target) {
	for _, t := range q.Targets {
		if t.Factor != "" && q.Kind == Rating && !aboutPerson(t.Scorecard) || t.Evidence != "" && q.Kind == YesNo || t.attribute() != "" {
			out = append(out, t)
		}
	}
	return out
}

// refuses asks the engine whether its policy has not what one of these answers is to.
func refuses(e *kam.Engine, targets ...Target) bool {
	a := kam.Account{ID: "form", Answers: map[string]kam.Answers{}, Judgements: map[kam.Evidence]kam.Judgement{}, Attributes: map[string]kam.Number{}}
	for _, t := range targets {
		switch {
		case t.Fact != "":
			a.Attributes[t.attribute()] = kam.Number{}
		case t.Evidence != "":
			a.Judgements[t.Evidence] = kam.Judgement{}
		case a.Answers[t.Scorecard] == nil:
			a.Answers[t.Scorecard] = kam.Answers{t.Factor: {}}
		default:
			a.Answers[t.Scorecard][t.Factor] = kam.Answer{}
		}
	}
	_, err := e.Assess(a, kam.NewDate(2000, 1, 1))
	return errors.Is(err, kam.CodeUnknown) || errors.Is(err, kam.CodeGroup)
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
