package kam

import "fmt"

// WhatIf is the portfolio without some of its accounts.
type WhatIf struct {
	// Without lists the accounts that are gone.
	Without []string `json:"without"`
	// Revenue and Margin are what is left, and RevenueLost and MarginLost what is gone, each
	// with how many accounts are known and unknown.
	Revenue     Total `json:"revenue"`
	RevenueLost Total `json:"revenueLost"`
	Margin      Total `json:"margin"`
	MarginLost  Total `json:"marginLost"`
	// RevenueLoss and MarginLoss are in percent of the known total that there was; nil where
	// the amount of an account that is gone is unknown, or the total is not above zero.
	RevenueLoss *Number `json:"revenueLoss,omitzero"`
	MarginLoss  *Number `json:"marginLoss,omitzero"`
	// Concentration is that of the revenue that is left, with the classes of the portfolio's
	// rules in the order of the members that are left.
	Concentration Concentration `json:"concentration"`
}

// Without says what would be left if the accounts that gone chooses were lost:
// one account, or all that share a parent, an owner or a segment. A nil portfolio or
// function is a [CodeMissing]; in a portfolio that was not made by [Engine.Rank], so is a member
// without an account, one that comes twice is a [CodeDuplicate], and amounts in two currencies are
// a [CodeCurrencyMix]. Amounts of more
// digits than a [Number] has, and sums beyond 18, are a [CodeMoney].
func (p *Portfolio) Without(gone func(Member) bool) (WhatIf, error) {
	switch {
	case p == nil:
		return WhatIf{}, fmt.Errorf("kam: leave out accounts: %w", notGiven("portfolio"))
	case gone == nil:
		return WhatIf{}, fmt.Errorf("kam: leave out accounts: %w", notGiven("gone"))
	}
	var r report
	if p.check(&r); len(r.found) > 0 {
		return WhatIf{}, fmt.Errorf("kam: leave out accounts: %w", r.found)
	}
	w := WhatIf{Without: []string{}}
	var left []*Number
	for i, m := range p.Members {
		revenue, margin := &w.Revenue, &w.Margin
		if gone(m) {
			w.Without = append(w.Without, m.Account)
			revenue, margin = &w.RevenueLost, &w.MarginLost
		} else {
			left = append(left, numberOfMoney(m.Revenue))
		}
		r.enter("/members", i)
		r.sum("/revenue", revenue, m.Revenue)
		r.sum("/margin", margin, m.Margin)
		r.leave()
	}
	if len(r.found) > 0 {
		return WhatIf{}, fmt.Errorf("kam: leave out accounts: %w", r.found)
	}
	w.RevenueLoss, w.MarginLoss = p.Revenue.loss(w.RevenueLost), p.Margin.loss(w.MarginLost)
	w.Concentration = Concentrate(left, p.ABC)
	return w, nil
}
