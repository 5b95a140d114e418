package kam

import (
	"cmp"
	"fmt"
	"slices"
)

// Groups are the accounts of a portfolio put together by their parents: what looks like
// many small customers may be one large one, and is lost together (S1).
type Groups struct {
	// Groups have the largest known revenue first, those of which none is known last, and
	// equals by the best rank in them.
	Groups []Group `json:"groups"`
	// RevenueConcentration is that of the groups, of which the known revenue counts, with
	// their classes in the same order.
	RevenueConcentration Concentration `json:"revenueConcentration"`
}

// Group is an account that has no parent, with all that belong to it over all levels; most
// have itself alone.
type Group struct {
	// Top is the ID of that account. It need not be in the portfolio; Name is its name where
	// it is.
	Top  string `json:"top"`
	Name string `json:"name,omitzero"`
	// Accounts are those in the portfolio, by their ranks.
	Accounts []string `json:"accounts"`
	Revenue  Total    `json:"revenue"`
	Margin   Total    `json:"margin"`
	// RevenueShare and MarginShare are in percent of the portfolio's known total; nil where
	// the amount of one of the accounts is unknown, or the total is not above zero.
	RevenueShare *Number `json:"revenueShare,omitzero"`
	MarginShare  *Number `json:"marginShare,omitzero"`
}

// Groups puts the members together by their parents ([Account].Parent). Scores, tests of
// key accounts and tiers stay those of each account. Parents that go round in a circle are
// [Violations] with a [CodeCycle] each, such as at "/members/3/parent", beside groups in
// which that member has no parent. A nil portfolio is a [CodeMissing]; in one that was not made
// by [Engine.Rank], so is a member without an account, and amounts in two currencies are a
// [CodeCurrencyMix]. Sums beyond 18 digits, or with more than a [Number] has, are a [CodeMoney].
func (p *Portfolio) Groups() (Groups, error) {
	if p == nil {
		return Groups{}, fmt.Errorf("kam: group accounts: %w", notGiven("portfolio"))
	}
	out := Groups{Groups: []Group{}}
	var r report
	if p.check(&r); len(r.found) > 0 {
		return out, fmt.Errorf("kam: group accounts: %w", r.found)
	}
	at := map[string]int{} // by the top
	for i, top := range p.tops(&r) {
		m := &p.Members[i]
		g, ok := at[top]
		if !ok {
			g = len(out.Groups)
			at[top], out.Groups = g, append(out.Groups, Group{Top: top})
		}
		group := &out.Groups[g]
		group.Accounts = append(group.Accounts, m.Account)
		if m.Account == top {
			group.Name = m.Name
		}
		r.enter("/members", i)
		r.sum("/revenue", &group.Revenue, m.Revenue)
		r.sum("/margin", &group.Margin, m.Margin)
		r.leave()
	}
	slices.SortStableFunc(out.Groups, func(a, b Group) int {
		return cmp.Or(
			cmp.Compare(min(b.Revenue.Accounts, 1), min(a.Revenue.Accounts, 1)),
			b.Revenue.Known.rational().cmp(a.Revenue.Known.rational()),
		)
	})
	revenue := make([]*Number, len(out.Groups))
	for i := range out.Groups {
		g := &out.Groups[i]
		g.RevenueShare, g.MarginShare = p.Revenue.loss(g.Revenue), p.Margin.loss(g.Margin)
		if revenue[i] = numberOfMoney(&g.Revenue.Known); revenue[i] == nil {
			r.enter("/groups", i)
			r.add("/revenue", CodeMoney, g.Revenue.Known.String(), numberWant)
			r.leave()
		}
	}
	out.RevenueConcentration = Concentrate(revenue, p.ABC)
	if err := r.found.Err(); err != nil {
		return out, fmt.Errorf("kam: group accounts: %w", err)
	}
	return out, nil
}

// tops finds the account at the top of each member. One of each circle is its top.
func (p *Portfolio) tops(r *report) []string {
	index := make(map[string]int, len(p.Members))
	for i, m := range p.Members {
		index[m.Account] = i
	}
	parents, found, tops := make([]int, len(p.Members)), make([]bool, len(p.Members)), make([]string, len(p.Members))
	for i, m := range p.Members {
		parents[i] = -1
		if parent, ok := index[m.Parent]; ok && m.Parent != "" {
			parents[i] = parent
			continue
		}
		found[i], tops[i] = true, cmp.Or(m.Parent, m.Account)
	}
	for i := range sorted(circlesOf(parents)) {
		r.enter("/members", i)
		r.add("/parent", CodeCycle, p.Members[i].Parent, "")
		r.leave()
		found[i], tops[i] = true, p.Members[i].Account
	}
	for i := range tops {
		top := i
		for !found[top] {
			top = parents[top]
		}
		for below := i; !found[below]; below = parents[below] {
			found[below], tops[below] = true, tops[top]
		}
	}
	return tops
}
