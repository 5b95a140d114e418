package kam

import (
	"fmt"
	"slices"
)

// PotentialScorecard returns the built-in scorecard for an account's
// potential: volume and profitability, each with its questions (S5). Each call
// returns a new one, to change as you like. Its factors are volume (sales-volume, future-share,
// budget, entrenched-rivals, winnable) and profit (account-margin, against-target,
// against-standard).
func PotentialScorecard() Scorecard {
	return Scorecard{
		ID:     "potential",
		Name:   Text{"Potential", "潜力"},
		Source: "S5",
		Factors: []Factor{
			{ID: "volume", Name: Text{"Volume", "数量"}, Weight: Int(60), Questions: []Factor{
				question("sales-volume", 30, "How large could our sales to them become?", "我们对他们的销售额可能做到多大？"),
				question("future-share", 20, "What part of our future work could be with them?", "未来业务中有多少可能来自他们？"),
				question("budget", 20, "How sure is it that they have the budget for what we sell?", "他们有预算购买我们产品的把握有多大？"),
				against("entrenched-rivals", 15, "How entrenched are competitors?", "竞争对手的地位有多稳固？"),
				question("winnable", 15, "How much of the potential can we realistically win?", "这些潜力中有多少是我们实际能够赢得的？"),
			}},
			{ID: "profit", Name: Text{"Profitability", "盈利能力"}, Weight: Int(40), Questions: []Factor{
				{
					ID: "account-margin", Name: Text{"How profitable is selling to them?", "向他们销售的盈利情况如何？"}, Weight: Int(50),
					Signal: SignalMargin, Bands: Bands(ints(0, 2, 4, 6, 8, 10), ints(0, 10, 20, 30, 40)...),
				},
				question("against-target", 25, "How does the margin compare with the one we want?", "利润率与我们的目标相比如何？"),
				question("against-standard", 25, "How does the margin compare with the standard of the industry and the products?", "利润率与行业及产品的标准相比如何？"),
			}},
		},
	}
}

// Opportunity is an account's potential in money, as people estimate it (S5). Nil is
// unknown.
type Opportunity struct {
	// Volume is what they could buy from us in a year.
	Volume *Money `json:"volume,omitzero"`
	// Confidence is how sure the volume is, Rivals what competitors hold of
	// it, and Winnable what we can realistically win of it, each in percent.
	Confidence *Number `json:"confidence,omitzero"`
	Rivals     *Number `json:"rivals,omitzero"`
	Winnable   *Number `json:"winnable,omitzero"`
	// Revenue is what we sell them now, and Margin, Target and Standard are
	// our margin on it, the one that we want, and that of the industry, each
	// in percent.
	Revenue  *Money  `json:"revenue,omitzero"`
	Margin   *Number `json:"margin,omitzero"`
	Target   *Number `json:"target,omitzero"`
	Standard *Number `json:"standard,omitzero"`
}

// PotentialSize is what an opportunity amounts to. Amounts are rounded half to
// even to the minor unit of their currency; what rests on something unknown is nil.
type PotentialSize struct {
	// Sure is the volume at its confidence, Rivals what competitors hold,
	// Winnable what we can win, and Expected the winnable part at its
	// confidence.
	Sure     *Money `json:"sure,omitzero"`
	Rivals   *Money `json:"rivals,omitzero"`
	Winnable *Money `json:"winnable,omitzero"`
	Expected *Money `json:"expected,omitzero"`
	// TargetGap and StandardGap are our margin less the other, in percentage
	// points, and the worths what closing a gap below zero would bring in a
	// year on the revenue of now.
	TargetGap     *Number `json:"targetGap,omitzero"`
	TargetWorth   *Money  `json:"targetWorth,omitzero"`
	StandardGap   *Number `json:"standardGap,omitzero"`
	StandardWorth *Money  `json:"standardWorth,omitzero"`
}

// Size computes what the opportunity amounts to. Percentages outside 0 to 100,
// a margin outside ±1000, a negative volume, and amounts that Money does not
// hold are [Violations].
func (o Opportunity) Size() (PotentialSize, error) {
	var r report
	r.money("/volume", o.Volume, false)
	r.percent("/confidence", o.Confidence)
	r.percent("/rivals", o.Rivals)
	r.percent("/winnable", o.Winnable)
	r.money("/revenue", o.Revenue, true)
	for _, p := range []struct {
		at    place
		value *Number
	}{{"/margin", o.Margin}, {"/target", o.Target}, {"/standard", o.Standard}} {
		if p.value != nil && (p.value.units < -1000*numberOne || p.value.units > 1000*numberOne) {
			r.add(p.at, CodeRange, p.value.String(), "-1000..1000")
		}
	}
	var out PotentialSize
	if len(r.found) == 0 {
		out.Sure = o.Volume.percent(&r, "/volume", o.Confidence)
		out.Rivals = o.Volume.percent(&r, "/volume", o.Rivals)
		out.Winnable = o.Volume.percent(&r, "/volume", o.Winnable)
		out.Expected = o.Volume.percent(&r, "/volume", o.Winnable, o.Confidence)
		out.TargetGap, out.TargetWorth = o.gap(&r, o.Target)
		out.StandardGap, out.StandardWorth = o.gap(&r, o.Standard)
	}
	if err := r.found.Err(); err != nil {
		return PotentialSize{}, fmt.Errorf("kam: size the potential: %w", err)
	}
	return out, nil
}

// gap compares our margin with another.
func (o *Opportunity) gap(r *report, other *Number) (*Number, *Money) {
	if o.Margin == nil || other == nil {
		return nil, nil
	}
	gap := Number{o.Margin.units - other.units}
	if o.Revenue == nil {
		return &gap, nil
	}
	if gap.units < 0 && o.Revenue.coef > 0 {
		return &gap, o.Revenue.percent(r, "/revenue", &Number{-gap.units})
	}
	return &gap, &Money{code: o.Revenue.code}
}

// percent takes percentages of an amount one after the other, and rounds once,
// half to even, to the minor unit of the currency; an amount without one keeps
// 2 places. Of what is unknown it is nil.
func (m *Money) percent(r *report, at place, ps ...*Number) *Money {
	if m == nil || slices.Contains(ps, nil) {
		return nil
	}
	x := m.Amount()
	for _, p := range ps {
		x = x.Mul(p.Decimal()).Shift(-2)
	}
	out, ok := moneyOf(x.RoundBank(minorPlaces(m.Currency())), m.Currency())
	if !ok {
		r.add(at, CodeMoney, m.String(), "")
	}
	return &out
}
