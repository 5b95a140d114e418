package proof

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/kam-go/kam"
)

// laws of scores, for each scorecard, all answers, all missing rules.

func check(t *testing.T, law func(t *rapid.T, card kam.Scorecard, sc *kam.Scorer, given kam.Answers)) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		card := scorecard().Draw(t, "card")
		law(t, card, scorer(t, card), answers(t, card))
	})
}

func TestLawPointsLieWithinTheirRange(t *testing.T) {
	check(t, func(t *rapid.T, _ kam.Scorecard, sc *kam.Scorer, given kam.Answers) {
		s := score(t, sc, given)
		line := []kam.Number{kam.Int(0), s.Range.Worst, s.Range.Best, kam.Int(100)}
		if s.Points != nil {
			line = slices.Insert(line, 2, *s.Points)
		}
		require.True(t, slices.IsSortedFunc(line, kam.Number.Cmp), line)
	})
}

func TestLawContributionsSumToThePoints(t *testing.T) {
	check(t, func(t *rapid.T, _ kam.Scorecard, sc *kam.Scorer, given kam.Answers) {
		s := score(t, sc, given)
		if s.Points == nil {
			t.Skip()
		}
		var sum int64
		for _, c := range s.Contributions {
			require.GreaterOrEqual(t, units(*c.Points), int64(0))
			sum += units(*c.Points)
		}
		require.Equal(t, units(*s.Points), sum)
	})
}

func TestLawABetterRatingNeverLowersTheScore(t *testing.T) {
	check(t, func(t *rapid.T, card kam.Scorecard, sc *kam.Scorer, given kam.Answers) {
		f := rapid.SampledFrom(leavesOf(card)).Draw(t, "factor")
		a, ok := given[f.ID]
		if !ok {
			t.Skip()
		}
		worse, better := a.Rating, rating(f).Draw(t, "other")
		if better.Cmp(worse) < 0 != f.LowerIsBetter {
			worse, better = better, worse
		}
		given[f.ID] = kam.Rated(worse)
		low := score(t, sc, given)
		given[f.ID] = kam.Rated(better)
		high := score(t, sc, given)
		require.LessOrEqual(t, low.Range.Worst.Cmp(high.Range.Worst), 0)
		require.LessOrEqual(t, low.Range.Best.Cmp(high.Range.Best), 0)
		require.Equal(t, low.Coverage, high.Coverage)
		if low.Points != nil {
			require.LessOrEqual(t, low.Points.Cmp(*high.Points), 0)
		}
	})
}

func TestLawAnAnswerNeverLeavesTheRange(t *testing.T) {
	check(t, func(t *rapid.T, card kam.Scorecard, sc *kam.Scorer, given kam.Answers) {
		before := score(t, sc, given)
		if len(before.Missing) == 0 {
			t.Skip()
		}
		for _, f := range leavesOf(card) {
			if slices.Contains(before.Missing, f.ID) {
				given[f.ID] = kam.Rated(rating(f).Draw(t, "answer"))
				after := score(t, sc, given)
				require.LessOrEqual(t, before.Range.Worst.Cmp(after.Range.Worst), 0)
				require.GreaterOrEqual(t, before.Range.Best.Cmp(after.Range.Best), 0)
				require.LessOrEqual(t, before.Coverage.Cmp(after.Coverage), 0)
				before = after
			}
		}
	})
}

func TestLawWithNothingMissingTheRangeIsThePoints(t *testing.T) {
	check(t, func(t *rapid.T, card kam.Scorecard, sc *kam.Scorer, given kam.Answers) {
		for _, f := range leavesOf(card) {
			if _, ok := given[f.ID]; !ok {
				given[f.ID] = kam.Rated(rating(f).Draw(t, "answer"))
			}
		}
		s := score(t, sc, given)
		require.NotNil(t, s.Points)
		require.Equal(t, kam.Int(100), s.Coverage)
		require.LessOrEqual(t, units(s.Range.Best)-units(s.Range.Worst), int64(1), "no wider than its rounding")
	})
}

func TestLawRenormalisingForgetsWhatIsMissing(t *testing.T) {
	check(t, func(t *rapid.T, card kam.Scorecard, _ *kam.Scorer, given kam.Answers) {
		flat := kam.Scorecard{ID: "flat", Relative: true, MinCoverage: new(kam.Int(0))}
		for _, f := range leavesOf(card) {
			f.Required = false
			flat.Factors = append(flat.Factors, f)
		}
		all := score(t, scorer(t, flat), given)
		if all.Points == nil {
			t.Skip()
		}
		require.NoError(t, flat.Drop(all.Missing...))
		some := score(t, scorer(t, flat), given)
		require.Equal(t, all.Points, some.Points, "as if nobody had asked")
		require.Equal(t, kam.Int(100), some.Coverage)
	})
}

func TestLawTheOrderOfFactorsChangesNothing(t *testing.T) {
	check(t, func(t *rapid.T, card kam.Scorecard, sc *kam.Scorer, given kam.Answers) {
		other := card
		other.Factors = rapid.Permutation(card.Factors).Draw(t, "order")
		a, b := score(t, sc, given), score(t, scorer(t, other), given)
		require.Equal(t, a.Points, b.Points)
		require.Equal(t, a.Range, b.Range)
		require.Equal(t, a.Coverage, b.Coverage)
	})
}

func TestLawOnlyRatiosOfRelativeWeightsCount(t *testing.T) {
	check(t, func(t *rapid.T, card kam.Scorecard, sc *kam.Scorer, given kam.Answers) {
		times := rapid.Int64Range(2, 1_000_000).Draw(t, "times")
		other := copyOf(t, card)
		for i := range other.Factors {
			other.Factors[i].Weight = num(units(other.Factors[i].Weight) * times)
		}
		require.Equal(t, score(t, sc, given), score(t, scorer(t, other), given))
	})
}

func TestLawAMirroredFactorIsTheSame(t *testing.T) {
	check(t, func(t *rapid.T, card kam.Scorecard, sc *kam.Scorer, given kam.Answers) {
		other, turned := copyOf(t, card), maps.Clone(given)
		mirror := func(f *kam.Factor) {
			f.LowerIsBetter = !f.LowerIsBetter
			if a, ok := given[f.ID]; ok {
				lo, hi := scaleOf(*f)
				turned[f.ID] = kam.Rated(num(lo + hi - units(a.Rating)))
			}
		}
		for i := range other.Factors {
			if f := &other.Factors[i]; len(f.Questions) == 0 {
				mirror(f)
			} else {
				mirror(&f.Questions[0])
			}
		}
		a, b := score(t, sc, given), score(t, scorer(t, other), turned)
		require.Equal(t, a.Points, b.Points)
		require.Equal(t, a.Range, b.Range)
		for i := range a.Contributions {
			require.Equal(t, a.Contributions[i].Points, b.Contributions[i].Points)
		}
	})
}

func TestLawAShiftedScaleIsTheSame(t *testing.T) {
	check(t, func(t *rapid.T, card kam.Scorecard, sc *kam.Scorer, given kam.Answers) {
		other, shifted := copyOf(t, card), maps.Clone(given)
		by := rapid.Int64Range(-1_000_000, 1_000_000).Draw(t, "by")
		move := func(f *kam.Factor) {
			lo, hi := scaleOf(*f)
			if f.Scale = (kam.Scale{Lo: num(lo + by), Hi: num(hi + by)}); f.Scale == (kam.Scale{}) {
				t.Skip()
			}
			if a, ok := given[f.ID]; ok {
				shifted[f.ID] = kam.Rated(num(units(a.Rating) + by))
			}
		}
		for i := range other.Factors {
			f := &other.Factors[i]
			for j := range f.Questions {
				move(&f.Questions[j])
			}
			if len(f.Questions) == 0 {
				move(f)
			}
		}
		a, b := score(t, sc, given), score(t, scorer(t, other), shifted)
		require.Equal(t, a.Points, b.Points)
		require.Equal(t, a.Range, b.Range)
	})
}

func TestLawTheMissingRulesAgreeOnAllButThePoints(t *testing.T) {
	check(t, func(t *rapid.T, card kam.Scorecard, _ *kam.Scorer, given kam.Answers) {
		var s [3]kam.Score
		card.MinCoverage = new(kam.Int(0))
		for _, rule := range []kam.MissingRule{kam.Renormalise, kam.Worst, kam.Neutral} {
			card.Missing = rule
			s[rule] = score(t, scorer(t, card), given)
			require.Equal(t, s[0].Range, s[rule].Range)
			require.Equal(t, s[0].Coverage, s[rule].Coverage)
			require.Equal(t, s[0].Missing, s[rule].Missing)
		}
		if s[kam.Worst].Points == nil {
			t.Skip()
		}
		require.Equal(t, s[0].Range.Worst, *s[kam.Worst].Points)
		middle := units(s[0].Range.Worst) + units(s[0].Range.Best) - 2*units(*s[kam.Neutral].Points)
		require.True(t, middle >= -2 && middle <= 2, "neutral is the middle of the range, but for rounding: %d", middle)
	})
}

func TestLawCoverageOfTheAnsweredAndOfTheRestIsAHundred(t *testing.T) {
	check(t, func(t *rapid.T, card kam.Scorecard, sc *kam.Scorer, given kam.Answers) {
		rest := kam.Answers{}
		for _, f := range leavesOf(card) {
			if _, ok := given[f.ID]; !ok {
				rest[f.ID] = kam.Rated(rating(f).Draw(t, "answer"))
			}
		}
		require.Equal(t, int64(1_000_000), units(score(t, sc, given).Coverage)+units(score(t, sc, rest).Coverage))
	})
}

func TestLawNormalizeSumsToAHundredAndIsDoneOnce(t *testing.T) {
	check(t, func(t *rapid.T, card kam.Scorecard, _ *kam.Scorer, _ kam.Answers) {
		n := copyOf(t, card)
		require.NoError(t, n.Normalize())
		level := func(was, now []kam.Factor) {
			var sum int64
			for i, f := range now {
				sum += units(f.Weight)
				for j := range i {
					require.False(t, was[i].Weight.Cmp(was[j].Weight) > 0 && f.Weight.Cmp(now[j].Weight) < 0, "the order of weights is kept")
				}
			}
			require.Equal(t, int64(1_000_000), sum)
		}
		level(card.Factors, n.Factors)
		for i, f := range n.Factors {
			if len(f.Questions) > 0 {
				level(card.Factors[i].Questions, f.Questions)
			}
		}
		again := copyOf(t, n)
		require.NoError(t, again.Normalize())
		require.Equal(t, toJSON(t, n), toJSON(t, again))
	})
}

func TestLawBandsPartitionTheLine(t *testing.T) {
	slowly(t, func(t *rapid.T) {
		edges := rapid.SliceOfNDistinct(number(-1_000_000, 1_000_000), 1, 6, rapid.ID[kam.Number]).Draw(t, "edges")
		slices.SortFunc(edges, kam.Number.Cmp)
		ratings := rapid.SliceOfN(number(0, 100_000), len(edges)+1, len(edges)+1).Draw(t, "ratings")
		bands := kam.Bands(ratings, edges...)
		value := rapid.OneOf(number(-1_100_000, 1_100_000), rapid.SampledFrom(append(edges, kam.Int(0)))).Draw(t, "value")
		var in []kam.Number
		for _, b := range bands {
			if (b.From == nil || value.Cmp(*b.From) >= 0) && (b.To == nil || value.Cmp(*b.To) < 0) {
				in = append(in, b.Rating)
			}
		}
		require.Len(t, in, 1, "each value is in one band")
		policy := kam.DefaultPolicy()
		policy.Strength = kam.Scorecard{ID: "strength", Relative: true, Factors: []kam.Factor{{ID: "f", Weight: kam.Int(1), Signal: "attribute.x", Bands: bands}}}
		s, err := compiled(t, policy).Assess(kam.Account{ID: "x", Attributes: map[string]kam.Number{"x": value}}, asOf)
		require.NoError(t, err)
		require.Equal(t, in[0], *s.Strength.Contributions[0].Rating, "and is rated by it")
	})
}

func TestLawAScoreIsItsJSON(t *testing.T) {
	check(t, func(t *rapid.T, card kam.Scorecard, sc *kam.Scorer, given kam.Answers) {
		s := score(t, sc, given)
		require.Equal(t, s, copyOf(t, s))
		require.Equal(t, s, score(t, scorer(t, copyOf(t, card)), copyOf(t, given)), "of the same scorecard and answers read again")
	})
}
