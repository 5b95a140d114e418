package kam_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// Each row breaks one thing of rules that compile, or none.
func TestIndexRules(t *testing.T) {
	stages := kam.DefaultPolicy().Portfolio.Index.Stages
	words := "potential, developing, good, strong, limited-share, defensive, declining"
	with := func(i int, s kam.StageRating) []kam.StageRating {
		out := append([]kam.StageRating(nil), stages...)
		out[i] = s
		return out
	}
	for _, tt := range []struct {
		reason string
		rules  kam.IndexRules
		want   []string
	}{
		{"one weight alone", kam.IndexRules{Attractiveness: kam.Int(100)}, nil},
		{"two weights", kam.IndexRules{Attractiveness: kam.Int(50), Potential: kam.Int(50)}, nil},
		{"the other two", kam.IndexRules{Potential: kam.Int(50), Position: kam.Int(50)}, nil},
		{"below zero", kam.IndexRules{Attractiveness: kam.Dec(-1, 4), Potential: kam.Int(50)}, []string{"/portfolio/index/attractiveness weight -0.0001|>= 0"}},
		{"the greatest rating", kam.IndexRules{Stages: with(3, kam.StageRating{Stage: kam.StageStrong, Rating: kam.Int(10)})}, nil},
		{"beyond it", kam.IndexRules{Stages: with(3, kam.StageRating{Stage: kam.StageStrong, Rating: kam.Dec(100_001, 4)})}, []string{"/portfolio/index/stages/3/rating rating 10.0001|0..10"}},
		{"below the least", kam.IndexRules{Stages: with(3, kam.StageRating{Stage: kam.StageStrong, Rating: kam.Dec(-1, 4)})}, []string{"/portfolio/index/stages/3/rating rating -0.0001|0..10"}},
		{"no such stage", kam.IndexRules{Stages: with(3, kam.StageRating{Stage: kam.StageDeclining + 1})}, []string{"/portfolio/index/stages/3/stage enum Stage(8)|" + words}},
		{"one is missing", kam.IndexRules{Stages: stages[1:]}, []string{"/portfolio/index/stages missing |" + words}},
	} {
		engine, err := kam.Compile(kam.Policy{Portfolio: kam.PortfolioRules{Index: tt.rules}})
		require.Equal(t, tt.want, found(err), tt.reason)
		if err == nil && tt.rules.Stages == nil {
			got := engine.Policy().Portfolio.Index
			got.Stages = nil
			assert.Equal(t, tt.rules, got, "weights that are given are kept")
		}
	}
}

// The index of parts that are not all known, by hand: weights 40, 30 and 30.
func TestIndexOfWhatIsUnknown(t *testing.T) {
	score := func(points int) kam.Score {
		n := kam.Int(points)
		return kam.Score{Points: &n, Range: kam.Range{Worst: n, Best: n}}
	}
	index := func(rules kam.IndexRules, m kam.Member) kam.Index {
		m.Account = "a"
		p, err := compiled(t, kam.Policy{Portfolio: kam.PortfolioRules{Index: rules}}).Rank([]kam.Member{m}, asOf)
		require.NoError(t, err)
		return p.Members[0].Index
	}
	known := kam.Member{Selection: score(50), Potential: score(60)}
	between := func(worst, best kam.Number) kam.Range { return kam.Range{Worst: worst, Best: best} }

	assert.Equal(t, kam.Index{Range: between(kam.Int(38), kam.Int(68))}, index(kam.IndexRules{}, known), "20 + 18, and from 0 to 30 for a stage that nobody knows")
	m := known
	m.Stages = []kam.Stage{kam.StageGood, kam.StageUnknown}
	assert.Equal(t, kam.Index{Range: between(kam.Int(38), kam.Int(68))}, index(kam.IndexRules{}, m), "as long as it may be none of them")
	m.Stages = []kam.Stage{kam.StageGood, kam.StageDefensive}
	assert.Equal(t, kam.Index{Range: between(kam.Int(53), kam.Int(65))}, index(kam.IndexRules{}, m), "30 % of 50 is 15, and of 90 is 27")
	m.Stage, m.Stages = kam.StageGood, []kam.Stage{kam.StageGood}
	assert.Equal(t, kam.Index{Points: new(kam.Int(65)), Range: between(kam.Int(65), kam.Int(65))}, index(kam.IndexRules{}, m))
	assert.Equal(t, kam.Index{Points: new(kam.Int(55)), Range: between(kam.Int(55), kam.Int(55))},
		index(kam.IndexRules{Attractiveness: kam.Int(50), Potential: kam.Int(50)}, known), "a part without weight may be unknown")

	same := slices.Clone(kam.DefaultPolicy().Portfolio.Index.Stages)
	same[3].Rating = same[2].Rating
	m.Stage, m.Stages = kam.StageUnknown, []kam.Stage{kam.StageGood, kam.StageStrong}
	assert.Equal(t, kam.Index{Range: between(kam.Int(65), kam.Int(65))}, index(kam.IndexRules{Stages: same}, m), "two stages that count the same leave no doubt of the index, only of the stage")
}

// Ends of a range that are rounded outwards leave no doubt of a rank: 62.00008
// is 62.0001 of 62 to 62.0001, and 62.00004 is 62 of the same.
func TestRanksOfRoundedRanges(t *testing.T) {
	with := func(id string, units int64) kam.Member {
		n, fifty := kam.Dec(units, 4), kam.Int(50)
		return kam.Member{
			Account: id, Stage: kam.StageGood, Stages: []kam.Stage{kam.StageGood},
			Selection: kam.Score{Points: &n, Range: kam.Range{Worst: n, Best: n}},
			Potential: kam.Score{Points: &fifty, Range: kam.Range{Worst: fifty, Best: fifty}},
		}
	}
	p, err := compiled(t, kam.Policy{}).Rank([]kam.Member{with("lower", 500_001), with("higher", 500_002)}, asOf)
	require.NoError(t, err)
	for i, id := range []string{"higher", "lower"} {
		m := member(t, p, id)
		assert.Equal(t, kam.Range{Worst: kam.Int(62), Best: kam.Dec(620_001, 4)}, m.Index.Range)
		assert.Equal(t, []int{i + 1, i + 1, i + 1}, []int{m.Rank, m.RankBest, m.RankWorst}, id)
	}
	assert.Equal(t, "62.0001", member(t, p, "higher").Index.Points.String())
	assert.Equal(t, "62", member(t, p, "lower").Index.Points.String())
}

// Points that stand in for answers that are missing do not raise a rank, nor does
// what may only be more: of 80 that may be 40 or 90 the 40 count, as those of one that
// is 40 for certain, and of equals the revenue decides.
func TestRanksDoNotRewardWhatIsUnknown(t *testing.T) {
	with := func(id string, revenue *kam.Money, points, worst, best int) kam.Member {
		fifty := kam.Int(50)
		return kam.Member{
			Account: id, Stage: kam.StageGood, Stages: []kam.Stage{kam.StageGood}, Revenue: revenue,
			Selection: kam.Score{Points: new(kam.Int(points)), Range: kam.Range{Worst: kam.Int(worst), Best: kam.Int(best)}},
			Potential: kam.Score{Points: &fifty, Range: kam.Range{Worst: fifty, Best: fifty}},
		}
	}
	p, err := compiled(t, kam.Policy{}).Rank([]kam.Member{
		with("high", money("30 EUR"), 80, 40, 90), with("known", nil, 60, 60, 60), with("open", money("50 EUR"), 45, 40, 95),
		with("firm", money("40 EUR"), 40, 40, 40), with("a", nil, 40, 40, 40), with("b", nil, 40, 40, 40), with("small", money("-1 EUR"), 40, 40, 40),
	}, asOf)
	require.NoError(t, err)
	for i, tt := range []struct {
		id          string
		best, worst int
	}{{"known", 1, 3}, {"open", 1, 7}, {"firm", 2, 4}, {"high", 1, 7}, {"small", 3, 5}, {"a", 4, 6}, {"b", 5, 7}} {
		m := p.Members[i]
		assert.Equal(t, []any{tt.id, i + 1, tt.best, tt.worst}, []any{m.Account, m.Rank, m.RankBest, m.RankWorst})
	}
}
