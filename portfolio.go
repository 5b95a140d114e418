package kam

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
)

// PortfolioRules judge the whole customer base (S1, S2, S3).
type PortfolioRules struct {
	Key     KeyRules     `json:"key"`
	Index   IndexRules   `json:"index"`
	Pyramid PyramidRules `json:"pyramid"`
	ABC     ABCRules     `json:"abc"`
	// HourYield is what an hour of ours yields elsewhere, for the opportunity
	// cost (S10); nil is unknown.
	HourYield *Money `json:"hourYield,omitzero"`
}

func (p PortfolioRules) withDefaults() PortfolioRules {
	return PortfolioRules{p.Key.withDefaults(), p.Index.withDefaults(), p.Pyramid.withDefaults(), p.ABC.withDefaults(), clonePtr(p.HourYield)}
}

func (p *PortfolioRules) check(r *report, at place) {
	p.Key.check(r, at.key("key"))
	p.Index.check(r, at.key("index"))
	p.Pyramid.check(r, at.key("pyramid"))
	p.ABC.check(r, at.key("abc"))
	r.money(at.key("hourYield"), p.HourYield, false)
}

// Total is a sum over the accounts whose amount is known.
type Total struct {
	// Known is the sum, and Accounts how many are in it; Unknown counts the others.
	Known    Money `json:"known"`
	Accounts int   `json:"accounts"`
	Unknown  int   `json:"unknown"`
}

// add adds an amount of the one currency that a portfolio has.
func (t *Total) add(m *Money) error {
	if m == nil {
		t.Unknown++
		return nil
	}
	sum, err := t.Known.Add(*m)
	if err != nil {
		return err
	}
	t.Known, t.Accounts = sum, t.Accounts+1
	return nil
}

// share is an amount in percent of the total, or nil when one of them is
// unknown or the total is not above zero.
func (t Total) share(m *Money) *Number { return shareOf(t.Known.rational(), m) }

func shareOf(total rational, m *Money) *Number {
	if m == nil || total.sign() <= 0 {
		return nil
	}
	if n, ok := m.rational().per(100, total).number(); ok {
		return &n
	}
	return nil
}

// loss is what is lost in percent of the total, or nil where a part of it is unknown.
func (t Total) loss(lost Total) *Number {
	if lost.Unknown > 0 {
		return nil
	}
	return t.share(&lost.Known)
}

// Portfolio is all accounts together on one day. It is plain data.
type Portfolio struct {
	AsOf Date `json:"asOf"`
	// Oldest is the day of the oldest assessment in it, where that is before AsOf.
	Oldest Date      `json:"oldest,omitzero"`
	Policy PolicyRef `json:"policy"`
	// Currency of all amounts; "" where they carry none.
	Currency string `json:"currency,omitzero"`
	// Members in the order of their ranks.
	Members []Member `json:"members"`
	Revenue Total    `json:"revenue"`
	Margin  Total    `json:"margin"`
	Pyramid Pyramid  `json:"pyramid"`
	// RevenueConcentration and MarginConcentration say how much a few hold.
	RevenueConcentration Concentration `json:"revenueConcentration"`
	MarginConcentration  Concentration `json:"marginConcentration"`
	// ABC are the boundaries of the members' classes, as the policy has them.
	ABC ABCRules `json:"abc"`
	// Indices are the quartile lines of the selection index, where one is
	// known.
	Indices *Quartiles `json:"indices,omitzero"`
}

// Portfolio assesses the accounts as they come and puts them together. It
// keeps little of each. Accounts that cannot be assessed, and those that come a second
// time, are left out, and so are those in another currency than the first, or in none where
// others have one. Their errors are returned joined, beside the portfolio of the
// others: [AccountErrorsOf] lists them, but those that came with the rows, such as a [LineError], are
// in the error as they came. A source that breaks off is such an error too, and the portfolio that
// of the accounts before it. Nil rows are a [CodeMissing]. What [Engine.Rank]
// refuses, as an unknown asOf, leaves no portfolio.
func (e *Engine) Portfolio(rows iter.Seq2[Account, error], asOf Date) (*Portfolio, error) {
	var members []Member
	var errs []error
	seen := map[string]bool{}
	e.Assessor().walk(rows, asOf, func(a *Account, s *Assessment, err error) bool {
		var m Member
		if err == nil {
			m, err = NewMember(*a, *s)
		}
		if err == nil && seen[a.ID] {
			err = &AccountError{a.ID, Violations{{Pointer: "/id", Code: CodeDuplicate, Value: clip(a.ID)}}, "rank"}
		}
		if err != nil {
			errs = append(errs, err)
		} else {
			seen[a.ID] = true
			members = append(members, m)
		}
		return true
	})
	members, errs = withoutUnnamed(members, errs)
	p, err := e.Rank(members, asOf)
	if err != nil {
		errs = append(errs, err)
	}
	if len(errs) == 0 {
		return p, nil
	}
	return p, &rowErrors{errs}
}

// rowErrors are those of single accounts, and perhaps one of them all.
type rowErrors struct{ list []error }

// Error lists the first ten.
func (e *rowErrors) Error() string {
	return firstTen(len(e.list), "\n", func(i int) error { return e.list[i] })
}

// Unwrap returns all of them.
func (e *rowErrors) Unwrap() []error { return e.list }

// withoutUnnamed leaves out those whose amounts are in no currency, where others are in one.
func withoutUnnamed(members []Member, errs []error) ([]Member, []error) {
	var currency string
	unnamed := make(map[string]bool)
	for _, m := range members {
		for _, amount := range []*Money{m.Revenue, m.Margin} {
			if amount != nil && *amount != (Money{}) {
				currency = cmp.Or(currency, amount.Currency())
				unnamed[m.Account] = unnamed[m.Account] || amount.Currency() == ""
			}
		}
	}
	return slices.DeleteFunc(members, func(m Member) bool {
		if currency == "" || !unnamed[m.Account] {
			return false
		}
		errs = append(errs, &AccountError{m.Account, Violations{{Pointer: "/currency", Code: CodeMissing, Want: currency}}, "rank"})
		return true
	}), errs
}

// Rank puts members together: totals, key-account tests, index, ranks, tiers
// and concentration, in the portfolio's own copies of the members. All that is wrong comes
// back together, as [Violations] with pointers such as "/members/3/stage": an unknown asOf
// is a [CodeDate]; a member without an id is a [CodeMissing], and one given twice a
// [CodeDuplicate]; a word that is none, or an override of no tier, is a [CodeEnum]; points
// and ranges outside 0 to 100, points outside their range, and one that ends below its start,
// are a [CodeRange]; one that was assessed by another policy is a [CodeUnknown], and after asOf a
// [CodeFuture]; two currencies are a [CodeCurrencyMix], and amounts of more digits than a [Number]
// has, and totals beyond 18, a [CodeMoney]. The zero Engine is a [CodeMissing].
//
// The scores of a member that has none are unknown: they, the stages, whether it is served, the
// strategic judgement, its share of all our revenue, and the policy and the day that it was assessed by
// are not in its JSON, so keep assessments and make members of them ([NewMember]). The work grows as n log n.
func (e *Engine) Rank(members []Member, asOf Date) (*Portfolio, error) {
	if !e.compiled() {
		return nil, fmt.Errorf("kam: rank accounts: %w", noEngine())
	}
	rules := &e.policy.Portfolio
	p := &Portfolio{AsOf: asOf, Policy: e.ref, Members: append([]Member{}, members...), ABC: rules.ABC}
	var r report
	r.asOf(asOf)
	seen := make(map[string]bool, len(members))
	for i := range p.Members {
		m := &p.Members[i]
		m.Revenue, m.Margin, m.Forced = clonePtr(m.Revenue), clonePtr(m.Margin), clonePtr(m.Forced)
		m.Selection, m.Potential, m.Stages = m.Selection.clone(), m.Potential.clone(), slices.Clone(m.Stages)
		r.enter("/members", i)
		r.unique("/account", m.Account, seen)
		m.check(&r)
		p.assessed(&r, m)
		p.add(&r, m)
		r.leave()
	}
	p.Currency = p.one(&r)
	if err := r.found.Err(); err != nil {
		return nil, fmt.Errorf("kam: rank accounts: %w", err)
	}
	most := p.mostMargin()
	for i := range p.Members {
		rules.Key.key(&p.Members[i], p, most)
		p.Members[i].Index = rules.Index.index(&p.Members[i])
	}
	rank(p.Members)
	p.Pyramid = rules.Pyramid.build(p.Members)
	p.concentrate()
	return p, nil
}

// assessed reports a member that was judged by other rules, or after the day.
func (p *Portfolio) assessed(r *report, m *Member) {
	if !m.policy.same(p.Policy) && m.policy.Digest != "" {
		r.add("/policy", CodeUnknown, m.policy.text(), p.Policy.text())
	}
	switch c := m.asOf.Cmp(p.AsOf); {
	case c > 0:
		r.add("/asOf", CodeFuture, m.asOf.String(), "<= "+p.AsOf.String())
	case c < 0 && !m.asOf.IsZero() && (p.Oldest.IsZero() || m.asOf.Cmp(p.Oldest) < 0):
		p.Oldest = m.asOf
	}
}

// one is the currency that revenue and margin share.
func (p *Portfolio) one(r *report) string {
	code, ok := p.Revenue.Known.with(p.Margin.Known)
	if !ok { // as of the first margin in the other
		i := slices.IndexFunc(p.Members, func(m Member) bool { return m.Margin != nil && *m.Margin != Money{} })
		r.add(place("/members").index(i).key("margin"), CodeCurrencyMix, p.Members[i].Margin.String(), p.Revenue.Known.Currency())
	}
	return code
}

// check reports accounts and amounts that [Engine.Rank] would not have taken.
func (p *Portfolio) check(r *report) {
	if _, ok := p.Revenue.Known.with(p.Margin.Known); !ok {
		r.add("/margin", CodeCurrencyMix, p.Margin.Known.String(), p.Revenue.Known.Currency())
	}
	of := cmp.Or(p.Revenue.Known, p.Margin.Known) // or the first amount there is, for its currency
	seen := make(map[string]bool, len(p.Members))
	for i := range p.Members {
		m := &p.Members[i]
		r.enter("/members", i)
		r.unique("/account", m.Account, seen)
		for _, x := range []struct {
			at     place
			amount *Money
		}{{"/revenue", m.Revenue}, {"/margin", m.Margin}} {
			if x.amount == nil {
				continue
			}
			_, one := of.with(*x.amount)
			switch {
			case numberOfMoney(x.amount) == nil:
				r.add(x.at, CodeMoney, x.amount.String(), numberWant)
			case !one:
				r.add(x.at, CodeCurrencyMix, x.amount.String(), of.Currency())
			case of == Money{}:
				of = *x.amount
			}
		}
		r.leave()
	}
}

// add counts a member's amounts.
func (p *Portfolio) add(r *report, m *Member) {
	for _, x := range []struct {
		at     place
		amount *Money
		to     *Total
	}{{"/revenue", m.Revenue, &p.Revenue}, {"/margin", m.Margin, &p.Margin}} {
		if x.amount != nil && numberOfMoney(x.amount) == nil {
			r.add(x.at, CodeMoney, x.amount.String(), numberWant)
		} else {
			r.sum(x.at, x.to, x.amount)
		}
	}
}

// mostMargin is the total margin if what nobody knows of it were all the revenue there is.
func (p *Portfolio) mostMargin() rational {
	most := p.Margin.Known.rational()
	for i := range p.Members {
		if m := &p.Members[i]; m.Margin == nil && m.Revenue != nil && m.Revenue.Sign() > 0 {
			most = most.add(m.Revenue.rational())
		}
	}
	return most
}

// numberWant is what an amount must be to be a [Number].
const numberWant = "at most 14 digits before the point and 4 behind it"

// sum adds an amount to a total.
func (r *report) sum(at place, to *Total, m *Money) {
	if err := to.add(m); err != nil {
		r.wrap(at, err, m.String(), &to.Known)
	}
}

func (p *Portfolio) concentrate() {
	revenue, margin, indices := make([]*Number, len(p.Members)), make([]*Number, len(p.Members)), make([]*Number, len(p.Members))
	for i, m := range p.Members {
		revenue[i], margin[i], indices[i] = numberOfMoney(m.Revenue), numberOfMoney(m.Margin), m.Index.Points
	}
	p.RevenueConcentration, p.MarginConcentration = Concentrate(revenue, p.ABC), Concentrate(margin, p.ABC)
	for i := range p.Members {
		p.Members[i].Class = p.RevenueConcentration.Classes[i]
	}
	if q, ok := QuartilesOf(indices); ok {
		p.Indices = &q
	}
}

// numberOfMoney is the amount alone; nil is unknown, or more digits than a Number has.
func numberOfMoney(m *Money) *Number {
	if m == nil {
		return nil
	}
	n, err := NumberOf(m.Amount())
	if err != nil {
		return nil
	}
	return &n
}
