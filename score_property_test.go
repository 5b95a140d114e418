package kam_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// forCases calls f with random scorecards and answers.
func forCases(t *testing.T, n int, f func(r cases, card kam.Scorecard, scorer *kam.Scorer, answers kam.Answers)) {
	t.Helper()
	r := cases{rand.New(rand.NewPCG(7, 11))}
	for range n {
		card := r.scorecard()
		scorer, err := card.Compile()
		if err != nil {
			require.ErrorIs(t, err, kam.CodePrecision)
			continue
		}
		f(r, card, scorer, r.answers(card))
	}
}

func scored(t *testing.T, scorer *kam.Scorer, answers kam.Answers) kam.Score {
	t.Helper()
	s, err := scorer.Score(answers)
	require.NoError(t, err)
	return s
}

func TestScoreHoldsTogether(t *testing.T) {
	forCases(t, 3000, func(_ cases, _ kam.Scorecard, scorer *kam.Scorer, answers kam.Answers) {
		requireWhole(t, scored(t, scorer, answers))
	})
}

// A better rating never lowers anything.
func TestScoreIsMonotone(t *testing.T) {
	forCases(t, 3000, func(r cases, card kam.Scorecard, scorer *kam.Scorer, answers kam.Answers) {
		before := scored(t, scorer, answers)
		for _, f := range leavesOf(card) {
			a, ok := answers[f.ID]
			if !ok {
				continue
			}
			better := r.rating(f)
			if better.Cmp(a.Rating) < 0 != f.LowerIsBetter {
				continue
			}
			changed := kam.Answers{}
			for id, a := range answers {
				changed[id] = a
			}
			changed[f.ID] = kam.Rated(better)
			after := scored(t, scorer, changed)
			require.Equal(t, before.Coverage, after.Coverage)
			require.LessOrEqual(t, before.Range.Worst.Cmp(after.Range.Worst), 0, explain(card, changed))
			require.LessOrEqual(t, before.Range.Best.Cmp(after.Range.Best), 0, explain(card, changed))
			if before.Points != nil {
				require.LessOrEqual(t, before.Points.Cmp(*after.Points), 0, explain(card, changed))
			}
		}
	})
}

// Leaving an answer out never raises the lower end, nor lowers the upper.
func TestHidingAnAnswerNeverPays(t *testing.T) {
	forCases(t, 3000, func(_ cases, card kam.Scorecard, scorer *kam.Scorer, answers kam.Answers) {
		all := scored(t, scorer, answers)
		for id := range answers {
			fewer := kam.Answers{}
			for other, a := range answers {
				if other != id {
					fewer[other] = a
				}
			}
			some := scored(t, scorer, fewer)
			require.LessOrEqual(t, some.Range.Worst.Cmp(all.Range.Worst), 0, explain(card, fewer))
			require.GreaterOrEqual(t, some.Range.Best.Cmp(all.Range.Best), 0, explain(card, fewer))
			require.LessOrEqual(t, some.Coverage.Cmp(all.Coverage), 0)
			if card.Missing == kam.Worst && some.Points != nil {
				require.LessOrEqual(t, some.Points.Cmp(*all.Points), 0)
			}
		}
	})
}

// The order of the factors changes the order of the contributions alone. The
// unit that a tie of remainders gives may go to another factor.
func TestOrderOfFactorsDoesNotMatter(t *testing.T) {
	forCases(t, 3000, func(r cases, card kam.Scorecard, scorer *kam.Scorer, answers kam.Answers) {
		shuffled := card
		shuffled.Factors = slices.Clone(card.Factors)
		r.Shuffle(len(shuffled.Factors), func(i, j int) {
			shuffled.Factors[i], shuffled.Factors[j] = shuffled.Factors[j], shuffled.Factors[i]
		})
		other, err := shuffled.Compile()
		require.NoError(t, err)
		a, b := scored(t, scorer, answers), scored(t, other, answers)
		require.Equal(t, a.Points, b.Points)
		require.Equal(t, a.Range, b.Range)
		require.Equal(t, a.Coverage, b.Coverage)
		require.ElementsMatch(t, a.Missing, b.Missing)
		byID := map[string]kam.Contribution{}
		for _, c := range b.Contributions {
			byID[c.Factor] = c
		}
		for _, c := range a.Contributions {
			require.Equal(t, c.Rating, byID[c.Factor].Rating)
			if c.Points != nil {
				diff := c.Points.Decimal().Sub(byID[c.Factor].Points.Decimal()).Abs()
				require.LessOrEqual(t, diff.String(), "0.0001")
			}
		}
	})
}

func TestScoreRoundTrips(t *testing.T) {
	forCases(t, 1000, func(_ cases, card kam.Scorecard, scorer *kam.Scorer, answers kam.Answers) {
		s := scored(t, scorer, answers)
		data, err := json.Marshal(s)
		require.NoError(t, err)
		var back kam.Score
		require.NoError(t, json.Unmarshal(data, &back))
		require.Equal(t, s, back)

		data, err = json.Marshal(answers)
		require.NoError(t, err)
		var same kam.Answers
		require.NoError(t, json.Unmarshal(data, &same))
		require.Equal(t, answers, same)
	})
}

func TestNormalize(t *testing.T) {
	forCases(t, 1000, func(_ cases, card kam.Scorecard, _ *kam.Scorer, answers kam.Answers) {
		if slices.ContainsFunc(card.Factors, func(f kam.Factor) bool {
			return len(f.Questions) > 0 && !slices.ContainsFunc(f.Questions, func(q kam.Factor) bool { return q.Weight != kam.Int(0) })
		}) {
			return
		}
		before := explain(card, answers)
		n := card
		require.NoError(t, n.Normalize())
		require.False(t, n.Relative)
		_, err := n.Compile()
		if err != nil {
			require.ErrorIs(t, err, kam.CodePrecision)
		}
		require.Equal(t, before, explain(card, answers), "the original keeps its factors")
		again := n
		require.NoError(t, again.Normalize())
		require.Equal(t, n, again, "once is enough")
	})
	for _, bad := range []kam.Scorecard{
		{ID: "x"},
		{ID: "x", Factors: []kam.Factor{{ID: "f"}}},
		{ID: "x", Factors: []kam.Factor{{ID: "f", Weight: kam.Int(-1)}, {ID: "g", Weight: kam.Int(2)}}},
		{ID: "x", Factors: []kam.Factor{{ID: "f", Weight: kam.Int(1), Questions: []kam.Factor{{ID: "q"}}}}},
	} {
		before := bad
		require.ErrorIs(t, bad.Normalize(), kam.CodeWeight)
		assert.Equal(t, before, bad)
	}
}

// All ratings in the middle give exactly 50, whatever the weights; the least
// step below gives less than 50.
func TestThresholdsAreExact(t *testing.T) {
	high := func(s kam.Score) bool {
		p, err := kam.GridRules{}.Place(s, s, 0)
		require.NoError(t, err)
		return p.Cell == kam.CellKey
	}
	r := cases{rand.New(rand.NewPCG(5, 6))}
	for range 2000 {
		card := kam.Scorecard{ID: "x", Relative: r.IntN(2) == 0}
		for i := range 1 + r.IntN(20) {
			card.Factors = append(card.Factors, kam.Factor{ID: string(rune('a' + i)), LowerIsBetter: r.IntN(2) == 0})
		}
		r.weigh(card.Factors, card.Relative)
		scorer, err := card.Compile()
		require.NoError(t, err)
		answers := kam.Answers{}
		for _, f := range card.Factors {
			answers[f.ID] = kam.Rated(kam.Int(5))
		}
		s := scored(t, scorer, answers)
		require.Equal(t, "50", s.Points.String())
		require.True(t, high(s))
		for _, f := range card.Factors {
			answers[f.ID] = kam.Rated(kam.Dec(49_999, 4))
			if f.LowerIsBetter {
				answers[f.ID] = kam.Rated(kam.Dec(50_001, 4))
			}
		}
		s = scored(t, scorer, answers)
		require.Equal(t, "49.999", s.Points.String())
		require.False(t, high(s))
	}
	low := scoreOf(t, "49.9999", 0)
	require.Equal(t, "49.9999", low.Points.String())
	require.False(t, high(low))
}

// A third, three times, is a whole.
func TestThirds(t *testing.T) {
	card := kam.Scorecard{ID: "x", Relative: true, Factors: []kam.Factor{
		{ID: "a", Weight: kam.Int(1)}, {ID: "b", Weight: kam.Int(1)}, {ID: "c", Weight: kam.Int(1)},
	}}
	scorer, err := card.Compile()
	require.NoError(t, err)
	assert.Equal(t, "50", scored(t, scorer, rated(map[string]int{"a": 5, "b": 5, "c": 5})).Points.String())
}

// A bare rating or verdict is the whole of it: who gave the one before did not give this one.
func TestBareReplacesAll(t *testing.T) {
	a := kam.Answer{Rating: kam.Int(8), By: "Ann", On: asOf, Confidence: new(kam.Int(90))}
	require.NoError(t, a.UnmarshalJSON([]byte("null")))
	assert.Equal(t, "Ann", a.By, "null changes nothing")
	require.Error(t, a.UnmarshalJSON([]byte(`"much"`)))
	assert.Equal(t, kam.Int(8), a.Rating)
	require.NoError(t, a.UnmarshalJSON([]byte("3")))
	assert.Equal(t, kam.Rated(kam.Int(3)), a)
	j := kam.Judgement{Verdict: kam.Yes, By: "Ann", On: asOf}
	require.NoError(t, j.UnmarshalJSON([]byte("null")))
	assert.Equal(t, "Ann", j.By)
	require.NoError(t, j.UnmarshalJSON([]byte(`"no"`)))
	assert.Equal(t, kam.Judgement{Verdict: kam.No}, j)
}
