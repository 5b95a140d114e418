package kam

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// EffortKind is one of the eleven kinds of what we invest in a customer (S10).
type EffortKind uint8

// The kinds, in the order of the source.
const (
	EffortUnknown        EffortKind = iota
	EffortTime                      // time and effort
	EffortSalesCalls                // expense of sales calls
	EffortMarketing                 // cost of marketing and sales management
	EffortProposals                 // time and cost of proposals
	EffortTechnical                 // technical and other staff on proposals, visits and negotiation
	EffortSenior                    // involvement of senior people
	EffortMaterial                  // marketing and sales material
	EffortSamples                   // samples, start-up and direct cost
	EffortDemonstrations            // demonstrations, start-up and direct cost
	EffortOpportunity               // resources that could have gone to other customers
	EffortReputation                // our reputation, and the risk to it
)

var effortKindWords = []string{
	"unknown", "time", "sales-calls", "marketing", "proposals", "technical", "senior", "material", "samples", "demonstrations", "opportunity", "reputation",
}

var effortKindLabels = []Text{
	{"Unknown", "未知"},
	{"Time and effort", "时间和精力"},
	{"Sales calls", "销售拜访费用"},
	{"Marketing and sales management", "营销和销售管理成本"},
	{"Proposals", "方案的时间和成本"},
	{"Technical and other staff", "技术及其他人员的时间"},
	{"Senior people", "高层的参与"},
	{"Marketing and sales material", "营销和销售资料"},
	{"Samples", "样品"},
	{"Demonstrations", "演示"},
	{"Opportunity", "本可用于其他客户的资源"},
	{"Reputation", "我们的声誉及其风险"},
}

// Label names the kind for people.
func (e EffortKind) Label() Text { return label(e, effortKindLabels) }

// Effort is something that we invested in a customer: money, or hours at a
// rate, or both.
type Effort struct {
	Kind  EffortKind `json:"kind"`
	On    Date       `json:"on"`
	Money *Money     `json:"money,omitzero"`
	Hours *Number    `json:"hours,omitzero"`
	// Rate is what an hour costs.
	Rate *Money `json:"rate,omitzero"`
	Note string `json:"note,omitzero"`
}

// Cost is the money and the hours at their rate, rounded half to even to 12
// places, or to fewer where it has more than 18 digits. Hours without a rate, and an entry without either, are a
// [CodeMissing]; hours that are no number are a [CodeNumber], two currencies a
// [CodeCurrencyMix], and a sum that Money does not hold a [CodeMoney].
func (e Effort) Cost() (Money, error) {
	refuse := func(at string, code Code, value string) (Money, error) {
		return Money{}, fmt.Errorf("kam: cost of %s: %w", e.Kind, Violations{{Pointer: at, Code: code, Value: value}})
	}
	var sum Money
	switch {
	case e.Money == nil && e.Hours == nil:
		return refuse("/money", CodeMissing, "")
	case e.Money != nil:
		sum = *e.Money
	}
	switch {
	case e.Hours == nil:
		return sum, nil
	case e.Rate == nil:
		return refuse("/rate", CodeMissing, "")
	case !e.Hours.Valid():
		return refuse("/hours", CodeNumber, e.Hours.String())
	}
	work, ok := e.Rate.times(e.Hours.Decimal())
	if !ok {
		return refuse("/rate", CodeMoney, e.Rate.String())
	}
	return sum.Add(work)
}

func (e *Effort) check(r *report, at place) {
	if e.Kind == EffortUnknown || int(e.Kind) >= len(effortKindWords) {
		r.add(at.key("kind"), CodeEnum, e.Kind.String(), join(effortKindWords[1:]))
	}
	if r.date(at.key("on"), e.On); e.On.IsZero() {
		r.add(at.key("on"), CodeMissing, "", "")
	}
	r.money(at.key("money"), e.Money, false)
	r.hours(at.key("hours"), e.Hours)
	r.money(at.key("rate"), e.Rate, false)
	switch {
	case e.Hours != nil && e.Rate == nil:
		r.add(at.key("rate"), CodeMissing, "", "")
	case e.Hours == nil && e.Money == nil:
		r.add(at.key("money"), CodeMissing, "", "")
	}
	r.text(at.key("note"), e.Note)
}

// Investment is what an account cost us beside its direct cost, and what came
// of it (S10).
type Investment struct {
	Account string `json:"account"`
	// From and To bound the entries that count, both included.
	From Date `json:"from"`
	To   Date `json:"to"`
	// Kinds are the sums of the kinds that have entries, in their order; they
	// add up to CostToServe.
	Kinds []KindCost `json:"kinds"`
	// Hours are all hours, and CostToServe all money, hours at their rates
	// included.
	Hours       Number `json:"hours"`
	CostToServe Money  `json:"costToServe"`
	// Contribution is the gross margin less CostToServe, and Return that in
	// percent of CostToServe; nil is unknown.
	Contribution *Money  `json:"contribution,omitzero"`
	Return       *Number `json:"return,omitzero"`
	// OpportunityCost is what the hours would have yielded elsewhere; nil
	// without a yield.
	OpportunityCost *Money `json:"opportunityCost,omitzero"`
	// Negative says that the contribution is below zero.
	Negative bool `json:"negative,omitzero"`
}

// KindCost is the sum of one kind.
type KindCost struct {
	Kind    EffortKind `json:"kind"`
	Entries int        `json:"entries"`
	Cost    Money      `json:"cost"`
}

// Invest adds up the entries from one day to another, both included. margin is
// the gross margin of the same time, or nil, and yield what an hour yields
// elsewhere, or nil. Entries that cannot be are [Violations] with the place of
// the entry, and so are days that are none or end before they begin; amounts in two
// currencies are a [CodeCurrencyMix].
func Invest(account string, entries []Effort, from, to Date, margin, yield *Money) (Investment, error) {
	out := Investment{Account: account, From: from, To: to}
	var r report
	r.day("/from", from)
	r.day("/to", to)
	r.after("/to", from, to)
	sums := make([]KindCost, len(effortKindWords))
	var hours int64
	for i, e := range entries {
		at := place("/efforts").index(i)
		before := r.faults
		if e.check(&r, at); r.faults > before || e.On.Cmp(from) < 0 || e.On.Cmp(to) > 0 {
			continue
		}
		k := &sums[e.Kind]
		cost, err := e.Cost()
		if err != nil {
			r.wrap(at, err, e.Rate.String(), e.Money)
			continue
		}
		total, err := out.CostToServe.Add(cost)
		if err != nil {
			r.wrap(at, err, cost.String(), &out.CostToServe)
			continue
		}
		out.CostToServe = total
		k.Cost, _ = k.Cost.Add(cost) // at most the total
		k.Kind, k.Entries = e.Kind, k.Entries+1
		if e.Hours != nil {
			hours += e.Hours.units
		}
	}
	for _, k := range sums {
		if k.Entries > 0 {
			out.Kinds = append(out.Kinds, k)
		}
	}
	out.Hours = Number{hours}
	if len(r.found) == 0 {
		out.judge(&r, margin, yield)
	}
	if err := r.found.Err(); err != nil {
		return Investment{}, fmt.Errorf("kam: add up the efforts for account %q: %w", clip(account), err)
	}
	return out, nil
}

// Invest adds up an account's efforts over the twelve months of its
// assessment's signals, against its gross margin in them and the policy's
// yield of an hour. Amounts in other currencies than the margin count by the policy's
// rates, rounded half to even to 12 places; one without a rate is a [CodeCurrencyMix]. An
// account whose twelve months are not known is a [CodeMissing], and so is any to the zero
// Engine; the other errors are those of the function [Invest].
func (e *Engine) Invest(a Account, s Assessment) (Investment, error) {
	refuse := func(err error) (Investment, error) {
		return Investment{}, fmt.Errorf("kam: add up the efforts for account %q: %w", clip(a.ID), err)
	}
	switch {
	case !e.compiled():
		return refuse(noEngine())
	case s.Signals.To.IsZero():
		return refuse(Violations{{Pointer: "/sales", Code: CodeMissing}})
	}
	var r report
	efforts := e.converted(&r, &a, s.Signals.Currency)
	var margin *Money
	if n := s.Signals.peek(SignalGrossMargin); n != nil {
		m, ok := moneyOf(n.Decimal(), s.Signals.Currency)
		if !ok {
			r.add("/margin", CodeMoney, n.String(), "")
		}
		margin = &m
	}
	if err := r.found.Err(); err != nil {
		return refuse(err)
	}
	return Invest(a.ID, efforts, s.Signals.From, s.Signals.To, margin, e.policy.Portfolio.HourYield)
}

// converted are the efforts with their amounts in one currency, or that of the first where
// there is none.
func (e *Engine) converted(r *report, a *Account, code string) []Effort {
	c := e.converter(a)
	if code != "" {
		c.target, c.decided = code, true
	}
	out := slices.Clone(a.Efforts)
	for i := range out {
		r.enter("/efforts", i)
		out[i].Money = e.convert(r, &c, "/money", out[i].Money)
		out[i].Rate = e.convert(r, &c, "/rate", out[i].Rate)
		r.leave()
	}
	return out
}

// convert is the amount in the currency of the converter.
func (e *Engine) convert(r *report, c *converter, at place, m *Money) *Money {
	if !c.value(r, at, m).known() {
		return m
	}
	code := cmp.Or(m.Currency(), c.own)
	rate, ok := e.policy.Rates[code]
	if !ok || code == c.target {
		return m
	}
	converted, ok := rate.times(m.Amount())
	if !ok {
		r.add(at, CodeMoney, m.String(), "")
	}
	return &converted
}

// wrap reports an error of arithmetic with another amount at its place.
func (r *report) wrap(at place, err error, value string, other *Money) {
	code, want := CodeMoney, ""
	for _, c := range []Code{CodeCurrencyMix, CodeMissing} {
		if errors.Is(err, c) {
			code = c
		}
	}
	switch {
	case other == nil:
	case code == CodeMoney:
		want = other.String()
	default:
		want = other.Currency()
	}
	r.add(at, code, value, want)
}

// judge compares the cost with what it brought.
func (v *Investment) judge(r *report, margin, yield *Money) {
	if margin != nil {
		left, err := margin.Sub(v.CostToServe)
		if err != nil {
			r.wrap("/margin", err, margin.String(), &v.CostToServe)
			return
		}
		v.Contribution, v.Negative = &left, left.Sign() < 0
		if n, ok := left.rational().per(100, v.CostToServe.rational()).number(); ok {
			v.Return = &n
		}
	}
	if yield != nil {
		lost, ok := yield.times(v.Hours.Decimal())
		if !ok {
			r.add("/yield", CodeMoney, yield.String(), "")
			return
		}
		v.OpportunityCost = &lost
	}
}
