package proof

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/kam-go/kam"
)

// laws of the grid, of portfolios, and of sums over them.

// placed are two scores with gaps, as the grid sees them.
func placed(t *rapid.T) (cards [2]kam.Scorecard, given [2]kam.Answers, scores [2]kam.Score) {
	for i := range cards {
		cards[i] = scorecard().Draw(t, "card")
		given[i] = answers(t, cards[i])
		scores[i] = score(t, scorer(t, cards[i]), given[i])
	}
	return cards, given, scores
}

func rules(t *rapid.T) kam.GridRules {
	g := kam.GridRules{
		AttractivenessCut: some(number(0, 1_000_000)).Draw(t, "cut"), StrengthCut: some(number(0, 1_000_000)).Draw(t, "cut"),
		Margin: rapid.OneOf(rapid.Just(kam.Int(0)), number(0, 200_000)).Draw(t, "margin"), Compare: enum(kam.ByWorst).Draw(t, "compare"),
	}
	if most := widest(t, g); g.Margin.Cmp(most) > 0 {
		g.Margin = most
	}
	return g
}

func cells(t *rapid.T) []kam.Cell {
	return rapid.SliceOfN(rapid.SampledFrom(kam.Cells()), 0, 4).Draw(t, "before")
}

func place(t *rapid.T, g kam.GridRules, scores [2]kam.Score, before []kam.Cell) kam.Placement {
	p, err := g.Place(scores[0], scores[1], before...)
	require.NoError(t, err)
	return p
}

// Whatever is answered later, the account ends in a cell that was possible;
// and where the placement was firm, in the same.
func TestLawAFirmPlacementStays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cards, given, scores := placed(t)
		g, before := rules(t), cells(t)
		then := place(t, g, scores, before)
		if then.Firm {
			require.Equal(t, []kam.Cell{then.Cell}, then.Possible)
		}
		for i, card := range cards {
			for _, f := range leavesOf(card) {
				if _, ok := given[i][f.ID]; !ok {
					given[i][f.ID] = kam.Rated(rating(f).Draw(t, "answer"))
				}
			}
			scores[i] = score(t, scorer(t, card), given[i])
		}
		now := place(t, g, scores, before)
		require.True(t, now.Firm, "nothing is missing")
		require.Contains(t, then.Possible, now.Cell)
	})
}

// widest is the widest margin that some score still passes.
func widest(t *rapid.T, g kam.GridRules) kam.Number {
	most := decimal.New(100, 0)
	for _, cut := range []*kam.Number{g.AttractivenessCut, g.StrengthCut} {
		at := decimal.New(50, 0)
		if cut != nil {
			at = cut.Decimal()
		}
		if at.Sign() == 0 || at.Equal(decimal.New(100, 0)) { // it bounds none
			continue
		}
		most = decimal.Min(most, at.Sub(decimal.New(1, -4)), decimal.New(100, 0).Sub(at))
	}
	n, err := kam.NumberOf(decimal.Max(most, decimal.Zero))
	require.NoError(t, err)
	return n
}

func TestLawAMarginOnlyHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, _, scores := placed(t)
		g, before := rules(t), rapid.SampledFrom(kam.Cells()).Draw(t, "before")
		with := place(t, g, scores, []kam.Cell{before})
		g.Margin = kam.Int(0)
		without := place(t, g, scores, []kam.Cell{before})
		require.Equal(t, with.Cell != without.Cell, with.Held)
		require.False(t, without.Held, "no margin holds nothing")
		if without.Cell == before {
			require.Equal(t, before, with.Cell, "a margin moves nobody")
		}
		g.Margin = widest(t, g)
		if still := place(t, g, scores, []kam.Cell{with.Cell}); with.Cell != kam.CellUnknown && with.Held {
			require.Equal(t, with.Cell, still.Cell, "a wider one holds what a narrower one held")
		}
	})
}

// The side of a cut is that of the distance from it.
func TestLawTheDistanceSaysTheSide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, _, scores := placed(t)
		p := place(t, rules(t), scores, nil)
		if p.Cell == kam.CellUnknown {
			t.Skip()
		}
		high, strong := p.AboveAttractivenessCut.Cmp(kam.Int(0)) >= 0, p.AboveStrengthCut.Cmp(kam.Int(0)) >= 0
		require.Equal(t, high, p.Cell == kam.CellKey || p.Cell == kam.CellTarget)
		require.Equal(t, strong, p.Cell == kam.CellKey || p.Cell == kam.CellMaintain)
	})
}

func TestLawConcentrationHasBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amounts := rapid.SliceOfN(some(number(-50_000, 90_000_000)), 0, 30).Draw(t, "amounts")
		c := kam.Concentrate(amounts, kam.ABCRules{})
		require.Equal(t, len(amounts), c.Accounts+c.Excluded)
		if c.Accounts == 0 {
			require.Zero(t, c.HHI)
			return
		}
		line := []kam.Number{kam.Int(0), c.Top1, c.Top3, c.Top5, c.Top10, kam.Int(100)}
		require.True(t, slices.IsSortedFunc(line, kam.Number.Cmp), line)
		require.True(t, slices.IsSortedFunc([]kam.Number{c.Top1, c.TopTenth}, kam.Number.Cmp))
		n := int64(c.Accounts)
		require.GreaterOrEqual(t, units(c.HHI)*n, int64(100_000_000)-n, "an even spread is the least")
		require.LessOrEqual(t, c.HHI.Cmp(kam.Int(10_000)), 0)
		require.LessOrEqual(t, units(c.HHI), 100*units(c.Top1)+51, "but for rounding, no sum of squares is above the largest share of all")
		require.True(t, c.Gini.Cmp(kam.Int(0)) >= 0 && c.Gini.Cmp(kam.Int(1)) < 0)
		for i, class := range c.Classes {
			require.Equal(t, amounts[i] == nil || amounts[i].Cmp(kam.Int(0)) <= 0, class == kam.ClassNone)
		}
	})
}

func TestLawConcentrationCountsSharesAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amounts := rapid.SliceOfN(number(1, 90_000_000), 2, 20).Draw(t, "amounts")
		of := func(ns []kam.Number) kam.Concentration {
			var ps []*kam.Number
			for _, n := range ns {
				ps = append(ps, new(n))
			}
			c := kam.Concentrate(ps, kam.ABCRules{})
			c.Classes = nil // in the order of the amounts
			return c
		}
		times := rapid.Int64Range(2, 1000).Draw(t, "times")
		scaled := slices.Clone(amounts)
		for i := range scaled {
			scaled[i] = num(units(scaled[i]) * times)
		}
		one := of(amounts)
		require.Equal(t, one, of(scaled), "all amounts times the same")
		require.Equal(t, one, of(rapid.Permutation(amounts).Draw(t, "order")), "in any order")
		merged := append([]kam.Number{num(units(amounts[0]) + units(amounts[1]))}, amounts[2:]...)
		require.GreaterOrEqual(t, of(merged).HHI.Cmp(one.HHI), 0, "two who merge are no less concentrated")
	})
}

func TestLawQuartilesLieWithin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := rapid.SliceOfN(number(0, 1_000_000), 1, 30).Draw(t, "numbers")
		var ps []*kam.Number
		for _, n := range numbers {
			ps = append(ps, new(n), nil)
		}
		q, ok := kam.QuartilesOf(ps)
		require.True(t, ok)
		line := []kam.Number{slices.MinFunc(numbers, kam.Number.Cmp), q.Q1, q.Q2, q.Q3, slices.MaxFunc(numbers, kam.Number.Cmp)}
		require.True(t, slices.IsSortedFunc(line, kam.Number.Cmp), line)
	})
}

// crowd is a portfolio of random accounts.
func crowd(t *rapid.T, most int) []kam.Account {
	var out []kam.Account
	for i := range rapid.IntRange(1, most).Draw(t, "accounts") {
		a := account(fmt.Sprintf("a%02d", i)).Draw(t, "account")
		if rapid.IntRange(0, 4).Draw(t, "recorded") == 0 {
			a.Tier = enum(kam.TierProspect).Draw(t, "tier")
		}
		out = append(out, a)
	}
	return out
}

func portfolio(t require.TestingT, e *kam.Engine, accounts []kam.Account) *kam.Portfolio {
	p, err := e.Portfolio(func(yield func(kam.Account, error) bool) {
		for _, a := range accounts {
			if !yield(a, nil) {
				return
			}
		}
	}, asOf)
	require.NoError(t, err)
	return p
}

func TestLawRanksAreAnOrder(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	slowly(t, func(t *rapid.T) {
		accounts := crowd(t, 6)
		p := portfolio(t, engine, accounts)
		require.Len(t, p.Members, len(accounts))
		for i, m := range p.Members {
			require.Equal(t, i+1, m.Rank)
			require.True(t, m.RankBest <= m.Rank && m.Rank <= m.RankWorst, "%d..%d..%d", m.RankBest, m.Rank, m.RankWorst)
			if m.Index.Points != nil {
				require.True(t, m.Index.Range.Worst.Cmp(*m.Index.Points) <= 0 && m.Index.Points.Cmp(m.Index.Range.Best) <= 0)
			}
		}
		other := portfolio(t, engine, rapid.Permutation(accounts).Draw(t, "order"))
		require.Equal(t, toJSON(t, p), toJSON(t, other), "whatever order the accounts come in")
	})
}

func TestLawHoursSumToTheBudget(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	slowly(t, func(t *rapid.T) {
		p := portfolio(t, engine, crowd(t, 5))
		n := int64(len(p.Members))
		step := rapid.SampledFrom([]int64{2_500, 5_000, 10_000, 1}).Draw(t, "step")
		budget := num(step * rapid.Int64Range(n, 4_000).Draw(t, "steps"))
		rules := kam.TimeRules{Step: num(step), ByIndex: rapid.Bool().Draw(t, "by index")}
		if rapid.Bool().Draw(t, "bounded") {
			rules.Min = new(num(step * rapid.Int64Range(0, 2).Draw(t, "min")))
		}
		plan, err := engine.PlanTime(p, budget, rules, nil)
		if err != nil {
			require.ErrorIs(t, err, kam.CodeHours, "a bound that a tier cannot meet")
			return
		}
		var all, tiers int64
		for _, a := range plan.Accounts {
			all += units(a.Hours)
			require.Zero(t, units(a.Hours)%step, "whole steps")
			require.True(t, rules.Min == nil || a.Hours.Cmp(*rules.Min) >= 0)
		}
		for _, tier := range plan.Tiers {
			tiers += units(tier.Hours)
		}
		require.Equal(t, units(budget), all)
		require.Equal(t, units(budget), tiers)
	})
}

func TestLawWhatIsLostAndWhatIsLeftIsAll(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	slowly(t, func(t *rapid.T) {
		p := portfolio(t, engine, crowd(t, 5))
		owner := rapid.SampledFrom([]string{"Ann", "Bo", "nobody"}).Draw(t, "owner")
		gone, err := p.Without(func(m kam.Member) bool { return m.Owner == owner })
		require.NoError(t, err)
		kept, err := p.Without(func(m kam.Member) bool { return m.Owner != owner })
		require.NoError(t, err)
		sum, err := gone.Revenue.Known.Add(kept.Revenue.Known)
		require.NoError(t, err)
		order, err := sum.Cmp(p.Revenue.Known)
		require.NoError(t, err)
		require.Zero(t, order)
		require.Equal(t, p.Revenue.Accounts, gone.Revenue.Accounts+kept.Revenue.Accounts)
		require.Equal(t, p.Revenue.Unknown, gone.Revenue.Unknown+kept.Revenue.Unknown)
		require.Equal(t, len(p.Members), len(gone.Without)+len(kept.Without))
	})
}

func TestLawEffortsOfTwoTimesAddUp(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	rapid.Check(t, func(t *rapid.T) {
		var entries []kam.Effort
		for range rapid.IntRange(0, 12).Draw(t, "entries") {
			entries = append(entries, effort(t, near(400, 0).Draw(t, "on")))
		}
		from, middle := asOf.AddDays(-400), asOf.AddDays(-rapid.IntRange(1, 399).Draw(t, "middle"))
		invest := func(from, to kam.Date) kam.Investment {
			v, err := engine.Invest(kam.Account{ID: "x", Efforts: entries}, kam.Assessment{Account: "x", AsOf: asOf, Signals: kam.Signals{From: from, To: to}})
			require.NoError(t, err)
			var kinds kam.Money
			for _, k := range v.Kinds {
				kinds, err = kinds.Add(k.Cost)
				require.NoError(t, err)
			}
			order, err := kinds.Cmp(v.CostToServe)
			require.NoError(t, err)
			require.Zero(t, order, "the kinds sum to the cost")
			return v
		}
		all, first, second := invest(from, asOf), invest(from, middle), invest(middle.AddDays(1), asOf)
		sum, err := first.CostToServe.Add(second.CostToServe)
		require.NoError(t, err)
		order, err := sum.Cmp(all.CostToServe)
		require.NoError(t, err)
		require.Zero(t, order)
		require.Equal(t, units(all.Hours), units(first.Hours)+units(second.Hours))
	})
}

func TestLawWhiteSpaceSumsBothWays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var cells []kam.WhiteCell
		for _, line := range []string{"a", "b", "c"} {
			for _, unit := range []string{"x", "y"} {
				if rapid.Bool().Draw(t, "given") {
					c := kam.WhiteCell{Line: line, Unit: unit, Bought: enum(kam.No).Draw(t, "bought")}
					if c.Bought != kam.No {
						c.Current = some(rapid.Map(rapid.IntRange(0, 9999), func(n int) kam.Money { return euros(t, n) })).Draw(t, "current")
					}
					c.Potential = some(rapid.Map(rapid.IntRange(0, 9999), func(n int) kam.Money { return euros(t, n) })).Draw(t, "potential")
					cells = append(cells, c)
				}
			}
		}
		w, err := kam.MapWhiteSpace(rapid.Permutation(cells).Draw(t, "order"))
		require.NoError(t, err)
		for _, sums := range [][]kam.WhiteSum{w.ByLine, w.ByUnit} {
			total := []*kam.Money{nil, nil, nil}
			bought, not, unknown := 0, 0, 0
			for _, s := range sums {
				for i, x := range []*kam.Money{s.Potential, s.Current, s.Open} {
					if x != nil {
						sum, err := cmp.Or(total[i], &kam.Money{}).Add(*x)
						require.NoError(t, err)
						total[i] = &sum
					}
				}
				bought, not, unknown = bought+s.Bought, not+s.NotBought, unknown+s.Unknown
				require.LessOrEqual(t, max(s.PotentialUnknown, s.CurrentUnknown), s.OpenUnknown)
				require.LessOrEqual(t, s.OpenUnknown, s.PotentialUnknown+s.CurrentUnknown)
			}
			require.Equal(t, []*kam.Money{w.Total.Potential, w.Total.Current, w.Total.Open}, total)
			require.Equal(t, [3]int{w.Total.Bought, w.Total.NotBought, w.Total.Unknown}, [3]int{bought, not, unknown})
			require.Equal(t, len(w.Lines)*len(w.Units), bought+not+unknown)
		}
	})
}
