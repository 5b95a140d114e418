package kam_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// Score millions: bind the answers once, then score without allocation.
func ExampleScorer_Bind() {
	scorer, err := kam.AttractivenessScorecard().Compile()
	if err != nil {
		fmt.Println(err)
		return
	}
	row, err := scorer.Bind(kam.Answers{
		"size": kam.Rated(kam.Int(8)), "profitability": kam.Rated(kam.Dec(65, 1)), "need": kam.Rated(kam.Int(9)),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	parts := make([]kam.Number, 0, 6) // used again for the next account
	points, parts, ok := row.Contributions(parts)
	fmt.Println(points, parts, ok)
	fmt.Println(kam.GridRules{}.Cell(points, kam.Int(40)))
	// Output:
	// 77.2727 [0 29.0909 0 23.6364 24.5454 0] true
	// target
}

// A row gives what Score gives, whatever the scorecard and the answers.
func TestRowIsScore(t *testing.T) {
	same, wide := 0, 0
	var row kam.Row
	var parts []kam.Number
	n := 20_000
	if testing.Short() {
		n = 4_000
	}
	forCases(t, n, func(_ cases, card kam.Scorecard, scorer *kam.Scorer, answers kam.Answers) {
		want := scored(t, scorer, answers)
		if err := scorer.Rebind(&row, answers); err != nil {
			require.ErrorIs(t, err, kam.CodePrecision)
			wide++
			return
		}
		points, ok := row.Points()
		require.Equal(t, want.Points != nil, ok)
		again, got, ok2 := row.Contributions(parts)
		parts = got
		require.Equal(t, ok, ok2)
		if !ok {
			require.Empty(t, got)
			return
		}
		same++
		require.Equal(t, *want.Points, points)
		require.Equal(t, points, again)
		leaves := leavesOf(card)
		require.Len(t, got, len(leaves))
		for i, f := range leaves {
			part := kam.Number{}
			for _, c := range want.Contributions {
				if c.Factor == f.ID {
					part = *c.Points
				}
			}
			require.Equal(t, part, got[i], "%s of %s", f.ID, explain(card, answers))
		}
	})
	assert.Greater(t, same, n/3)
	assert.Less(t, wide, n/3)
}

func TestRowAllocatesNothing(t *testing.T) {
	sc, err := kam.SelectionScorecard().Compile()
	require.NoError(t, err)
	answers := kam.Answers{}
	for i, f := range leavesOf(kam.SelectionScorecard()) {
		if i%7 != 0 {
			answers[f.ID] = kam.Rated(kam.Dec(int64(i*37%1000), 2))
		}
	}
	row, err := sc.Bind(answers)
	require.NoError(t, err)
	parts := make([]kam.Number, 64)
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		points, _ := row.Points()
		_ = kam.GridRules{}.Cell(points, points)
		_, parts, _ = row.Contributions(parts)
	}))
	assert.Zero(t, testing.AllocsPerRun(100, func() { _ = sc.Rebind(&row, answers) }), "nor does binding into a row that is there")
}

func TestRowRefuses(t *testing.T) {
	sc, err := kam.AttractivenessScorecard().Compile()
	require.NoError(t, err)
	row, err := sc.Bind(kam.Answers{"size": kam.Rated(kam.Int(11)), "sise": kam.Rated(kam.Int(1))})
	assert.Equal(t, []string{"/sise unknown sise|growth-rate, size, competition, profitability, need, strategic-importance", "/size/rating rating 11|0..10"}, found(err))
	_, ok := row.Points()
	assert.False(t, ok)
	_, ok = new(kam.Row).Points()
	assert.False(t, ok)
	_, err = sc.Bind(kam.Answers{"size": {Rating: kam.Int(1), Confidence: new(kam.Int(101))}})
	assert.Equal(t, []string{"/size/confidence range 101|0..100"}, found(err))
	wide, err := kam.Scorecard{ID: "w", Relative: true, Factors: []kam.Factor{{ID: "f", Weight: kam.Int(1), Scale: kam.Scale{Hi: kam.Int(214_749)}}}}.Compile()
	require.NoError(t, err)
	_, err = wide.Bind(kam.Answers{"f": kam.Rated(kam.Int(1))})
	require.ErrorIs(t, err, kam.CodePrecision)
}

// The cell is that of Place for whole scores, on the lines too.
func TestCellIsPlace(t *testing.T) {
	rules := kam.GridRules{AttractivenessCut: new(kam.Dec(505, 1)), StrengthCut: new(kam.Int(40))}
	score := func(n kam.Number) kam.Score {
		return kam.Score{Points: &n, Coverage: kam.Int(100), Range: kam.Range{Worst: n, Best: n}}
	}
	for _, a := range []kam.Number{kam.Int(0), kam.Dec(504999, 4), kam.Dec(505, 1), kam.Int(100)} {
		for _, s := range []kam.Number{kam.Int(0), kam.Dec(399999, 4), kam.Int(40), kam.Int(100)} {
			p, err := rules.Place(score(a), score(s))
			require.NoError(t, err)
			assert.Equal(t, p.Cell, rules.Cell(a, s), "%s %s", a, s)
		}
	}
}
