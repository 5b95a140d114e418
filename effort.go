package kam

import (
	"errors"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// EffortKind is one of the eleven kinds of what we invest in a customer (S10).
type EffortKind uint8

// The kinds, in the order of the source.
const (
	EffortUnknown        EffortKind = iota
	EffortTime                      // time and effort
	EffortSalesCalls                // expense of sales calls; a day on which someone met them
	EffortMarketing                 // cost of marketing and sales management
	EffortProposals                 // time and cost of proposals
	EffortTechnical                 // technical and other staff on proposals, visits and negotiation
	EffortSenior                    // involvement of senior people; a day on which someone met them
	EffortMaterial                  // marketing and sales material
	EffortSamples                   // samples, start-up and direct cost
	EffortDemonstrations            // demonstrations, start-up and direct cost
	EffortOpportunity               // resources that could have gone to other customers
	EffortReputation                // our reputation, and the risk to it
)

var effortKindWords = enumWords[EffortKind]{
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

// Effort is something that we invested in a customer: money, or hours, or both.
type Effort struct {
	Kind  EffortKind `json:"kind"`
	On    Date       `json:"on"`
	Money *Money     `json:"money,omitzero"`
	Hours *Number    `json:"hours,omitzero"`
	// Rate is what an hour costs; nil is unknown, and so is what the hours cost.
	Rate *Money `json:"rate,omitzero"`
	Note string `json:"note,omitzero"`
}

// Cost is the money and the hours at their rate, rounded half to even to 12
// places, or to fewer where it has more than 18 digits. Hours without a rate, and an entry
// without either, are a [CodeMissing]; hours that are no number are a [CodeNumber], two
// currencies a [CodeCurrencyMix], and what has more digits before the point than Money a
// [CodeMoney].
func (e Effort) Cost() (Money, error) {
	cost, code, err := e.exact()
	if err != nil {
		return Money{}, err
	}
	out, ok := fit(cost, code)
	if !ok {
		return Money{}, e.refuse("", CodeMoney, plainString(cost))
	}
	return out, nil
}

// exact is the cost before it is rounded.
func (e *Effort) exact() (cost decimal.Decimal, code string, err error) {
	var of Money
	switch {
	case e.Money == nil && e.Hours == nil:
		return cost, "", e.refuse("/money", CodeMissing, "")
	case e.Money != nil:
		of = *e.Money
	}
	switch {
	case e.Hours == nil:
		return of.Amount(), of.Currency(), nil
	case e.Rate == nil:
		return cost, "", e.refuse("/rate", CodeMissing, "")
	case !e.Hours.Valid():
		return cost, "", e.refuse("/hours", CodeNumber, e.Hours.String())
	}
	code, ok := of.with(*e.Rate)
	if !ok {
		return cost, "", e.refuse("/rate", CodeCurrencyMix, e.Rate.String())
	}
	return of.Amount().Add(e.Rate.Amount().Mul(e.Hours.Decimal())), code, nil
}

func (e *Effort) refuse(at string, code Code, value string) error {
	return fmt.Errorf("kam: cost of %s: %w", e.Kind, Violations{{Pointer: at, Code: code, Value: value}})
}

func (e *Effort) check(r *report, at place) {
	word(r, at.key("kind"), e.Kind, effortKindWords)
	r.day(at.key("on"), e.On)
	r.money(at.key("money"), e.Money, false)
	r.hours(at.key("hours"), e.Hours)
	r.money(at.key("rate"), e.Rate, false)
	if e.Hours == nil && e.Money == nil {
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
	// Complete says that all that went into the account is known: the efforts are
	// recorded from the first day on, or from at most a month later, each with what it cost.
	// Otherwise CostToServe is what is recorded, and the least that it can be.
	Complete bool `json:"complete"`
	// Kinds are the sums of the kinds that have entries, in their order; they
	// add up to CostToServe.
	Kinds []KindCost `json:"kinds"`
	// Hours are all hours that are recorded, and CostToServe all money, hours at their
	// rates included.
	Hours       Number `json:"hours"`
	CostToServe Money  `json:"costToServe"`
	// Contribution is the gross margin less CostToServe, and Return that in
	// percent of CostToServe; nil is unknown, as they are where not all is known.
	Contribution *Money  `json:"contribution,omitzero"`
	Return       *Number `json:"return,omitzero"`
	// OpportunityCost is what the hours would have yielded elsewhere; nil
	// without a yield, and where not all hours are known.
	OpportunityCost *Money `json:"opportunityCost,omitzero"`
	// Negative says that the contribution is below zero, whatever else went in.
	Negative bool `json:"negative,omitzero"`
}

// KindCost is the sum of one kind.
type KindCost struct {
	Kind EffortKind `json:"kind"`
	// Entries counts all, and Unknown those of hours without a rate: Cost has their money, and not
	// their hours.
	Entries int   `json:"entries"`
	Unknown int   `json:"unknown,omitzero"`
	Cost    Money `json:"cost"`
}

// invest adds up the entries from one day to another, both included; all says that they are all
// that there were, and not only those that are recorded. margin is the gross margin of the same
// time, or nil, and yield what an hour yields elsewhere, or nil.
func invest(account string, entries []Effort, from, to Date, margin, yield *Money, all bool) (Investment, error) {
	out := Investment{Account: account, From: from, To: to, Complete: all, Kinds: []KindCost{}}
	told := all // the hours
	var r report
	r.day("/from", from)
	r.day("/to", to)
	r.after("/to", from, to)
	r.money("/yield", yield, false)
	sums := make([]effortSum, len(effortKindWords))
	var of Money // the first, for its currency
	var hours int64
	for i := range entries {
		e := &entries[i]
		at := place("/efforts").index(i)
		before := r.faults
		if e.check(&r, at); r.faults > before || e.On.Cmp(from) < 0 || e.On.Cmp(to) > 0 {
			continue
		}
		told = told && !e.untold()
		if e.Hours != nil && e.Rate == nil {
			out.Complete = false
			sums[e.Kind].unknown++
			unpriced := *e
			unpriced.Rate = new(Money)
			e = &unpriced
		}
		exact, code, err := e.exact()
		cost, ok := fit(exact, code)
		if err == nil && !ok {
			err = CodeMoney
		}
		if err != nil {
			r.wrap(at, err, e.Rate.String(), e.Money)
			continue
		}
		if _, ok := of.with(cost); !ok {
			r.add(at, CodeCurrencyMix, cost.String(), of.Currency())
			continue
		}
		if of == (Money{}) {
			of = cost
		}
		sums[e.Kind].entries++
		sums[e.Kind].cost = sums[e.Kind].cost.Add(exact)
		if e.Hours == nil {
			continue
		}
		if hours += e.Hours.units; hours > numberMax {
			r.add(at.key("hours"), CodeNumber, e.Hours.String(), "")
			hours = 0
		}
	}
	out.Hours = Number{hours}
	for _, x := range []*Money{margin, yield} { // where nothing was spent, they say in which currency
		if x != nil && of == (Money{}) {
			of = *x
		}
	}
	out.add(&r, sums, of.Currency())
	if len(r.found) == 0 {
		out.judge(&r, margin, yield, told)
	}
	if err := r.found.Err(); err != nil {
		return Investment{}, fmt.Errorf("kam: add up the efforts for account %q: %w", clip(account), err)
	}
	return out, nil
}

// effortSum is what the entries of a kind cost, exactly.
type effortSum struct {
	entries, unknown int
	cost             decimal.Decimal
}

// add sets the kinds and their sum, all to as many places as the sum has room for, so that
// they add up.
func (v *Investment) add(r *report, sums []effortSum, code string) {
	var whole decimal.Decimal
	v.CostToServe = makeMoney(0, 0, code)
	for _, x := range sums {
		whole = whole.Add(x.cost)
	}
	for kind, x := range sums {
		if x.entries == 0 {
			continue
		}
		cost, ok := moneyOf(x.cost.RoundBank(int32(max(moneyRoom(whole), 0))), code)
		total, err := v.CostToServe.Add(cost)
		if !ok || err != nil {
			r.add("/efforts", CodeMoney, plainString(whole), "")
			return
		}
		v.CostToServe = total
		v.Kinds = append(v.Kinds, KindCost{EffortKind(kind), x.entries, x.unknown, cost})
	}
}

// Invest adds up an account's efforts over the twelve months of its
// assessment's signals, against its gross margin in them and the policy's
// yield of an hour. Where the efforts are not recorded from about the first day on
// ([Investment.Complete]) the contribution is unknown. Amounts in other
// currencies than the margin count by the policy's rates, rounded half to even to 12 places.
// Sums are exact, and rounded as [Effort.Cost] is where Money has no room.
//
// An assessment of another account is a [CodeUnknown]. An account whose twelve months are not
// known is a [CodeMissing], and so is any to the zero Engine. Entries that cannot be are
// [Violations] with the place of the entry; currencies without a rate, those of the margin and
// the yield among them, are a [CodeCurrencyMix], sums that Money does not hold a [CodeMoney],
// and hours that no [Number] holds a [CodeNumber].
func (e *Engine) Invest(a Account, s Assessment) (Investment, error) {
	if !e.compiled() {
		return Investment{}, fmt.Errorf("kam: add up the efforts for account %q: %w", clip(a.ID), noEngine())
	}
	var r report
	if r.sameAccount(&a, &s); len(r.found) == 0 && s.Signals.To.IsZero() {
		r.add("/sales", CodeMissing, "", "")
	}
	var efforts []Effort
	var margin, yield *Money
	if len(r.found) == 0 {
		c := e.converter(&a)
		if code := s.Signals.Currency; code != "" {
			c.target, c.decided = code, true
		}
		efforts = e.converted(&r, &c, a.Efforts)
		yield = e.yield(&r, c)
	}
	if n := s.Signals.peek(SignalGrossMargin); n != nil {
		m, ok := moneyOf(n.Decimal(), s.Signals.Currency)
		if !ok {
			r.add("/margin", CodeMoney, n.String(), "")
		}
		margin = &m
	}
	if err := r.found.Err(); err != nil {
		return Investment{}, fmt.Errorf("kam: add up the efforts for account %q: %w", clip(a.ID), err)
	}
	return invest(a.ID, efforts, s.Signals.From, s.Signals.To, margin, yield, a.effortsFrom(s.Signals.From, s.AsOf))
}

// effortsFrom reports whether the efforts are recorded from about a day on, or from the first
// of the customer: the list is empty, or begins at most a month later.
func (a *Account) effortsFrom(day, asOf Date) bool {
	begin := maxDate(day, a.since(asOf)).AddDays(month)
	return recorded(a.Efforts, func(x Effort) Date { return x.On }, minDate(begin, asOf))
}

// sameAccount reports an assessment of another account.
func (r *report) sameAccount(a *Account, s *Assessment) {
	if s.Account != a.ID {
		r.add("/account", CodeUnknown, s.Account, a.ID)
	}
}

// converted are the efforts with their amounts in one currency.
func (e *Engine) converted(r *report, c *converter, efforts []Effort) []Effort {
	out := slices.Clone(efforts)
	for i := range out {
		r.enter("/efforts", i)
		out[i].Money = e.convert(r, c, "/money", out[i].Money)
		out[i].Rate = e.convert(r, c, "/rate", out[i].Rate)
		r.leave()
	}
	return out
}

// yield is what an hour yields elsewhere, which is in the policy's currency where it has none.
func (e *Engine) yield(r *report, c converter) *Money {
	c.own, c.plainKnown = e.policy.Currency, false
	return e.convert(r, &c, "/yield", e.policy.Portfolio.HourYield)
}

// wrap reports an error of arithmetic with another amount at its place.
func (r *report) wrap(at place, err error, value string, other *Money) {
	code, want := CodeMoney, ""
	if errors.Is(err, CodeCurrencyMix) {
		code = CodeCurrencyMix
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
func (v *Investment) judge(r *report, margin, yield *Money, told bool) {
	if margin != nil && yield != nil {
		if _, same := yield.with(*margin); !same {
			r.add("/yield", CodeCurrencyMix, yield.String(), margin.Currency())
			return
		}
	}
	if margin != nil {
		left, ok := fit(margin.Amount().Sub(v.CostToServe.Amount()), margin.Currency())
		switch _, same := margin.with(v.CostToServe); {
		case !same:
			r.add("/margin", CodeCurrencyMix, margin.String(), v.CostToServe.Currency())
			return
		case !ok:
			r.add("/margin", CodeMoney, margin.String(), v.CostToServe.String())
			return
		}
		v.Negative = left.Sign() < 0
		if v.Complete {
			v.Contribution = &left
			if n, ok := left.rational().per(100, v.CostToServe.rational()).number(); ok {
				v.Return = &n
			}
		}
	}
	if yield == nil {
		return
	}
	lost, ok := fit(yield.Amount().Mul(v.Hours.Decimal()), yield.Currency())
	switch _, same := yield.with(v.CostToServe); {
	case !same:
		r.add("/yield", CodeCurrencyMix, yield.String(), v.CostToServe.Currency())
	case !ok:
		r.add("/yield", CodeMoney, yield.String(), "")
	case told:
		v.OpportunityCost = &lost
	}
}
