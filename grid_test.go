package kam_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// scoreOf makes a score out of two factors on a scale to 100: one rated, and
// one that weighs gap percent and is missing.
func scoreOf(t *testing.T, rating string, gap int) kam.Score {
	t.Helper()
	scale := kam.Scale{Hi: kam.Int(100)}
	scorer, err := kam.Scorecard{ID: "x", Factors: []kam.Factor{
		{ID: "rated", Weight: kam.Int(100 - gap), Scale: scale},
		{ID: "gap", Weight: kam.Int(gap), Scale: scale},
	}}.Compile()
	require.NoError(t, err)
	r, err := kam.ParseNumber(rating)
	require.NoError(t, err)
	answers := kam.Answers{"rated": kam.Rated(r)}
	if gap == 0 {
		answers["gap"] = kam.Rated(r)
	}
	score, err := scorer.Score(answers)
	require.NoError(t, err)
	return score
}

func TestPlace(t *testing.T) {
	cells := func(cs ...kam.Cell) []kam.Cell { return cs }
	tests := []struct {
		name, reason string
		rules        kam.GridRules
		x, y         string
		gapX, gapY   int
		previous     kam.Cell
		want         kam.Cell
		firm, held   bool
		possible     []kam.Cell
	}{
		{
			"on both lines", "the cut itself is high and strong",
			kam.GridRules{},
			"50", "50", 0, 0, 0, kam.CellKey, true, false, cells(kam.CellKey),
		},
		{
			"just under the attractiveness line", "49.9999 is low",
			kam.GridRules{},
			"49.9999", "50", 0, 0, 0, kam.CellMaintain, true, false, cells(kam.CellMaintain),
		},
		{
			"just under the strength line", "49.9999 is weak",
			kam.GridRules{},
			"50", "49.9999", 0, 0, 0, kam.CellTarget, true, false, cells(kam.CellTarget),
		},
		{
			"both low", "nothing speaks for it",
			kam.GridRules{},
			"0", "0", 0, 0, 0, kam.CellLowProfile, true, false, cells(kam.CellLowProfile),
		},
		{
			"own cuts", "a policy may draw its lines elsewhere",
			kam.GridRules{AttractivenessCut: new(kam.Int(60)), StrengthCut: new(kam.Int(0))},
			"59.9999", "0", 0, 0, 0, kam.CellMaintain, true, false, cells(kam.CellMaintain),
		},
		{
			"a gap that can decide", "60 of the four fifths that are known is 48 at worst",
			kam.GridRules{},
			"60", "80", 20, 0, 0, kam.CellKey, false, false, cells(kam.CellKey, kam.CellMaintain),
		},
		{
			"a gap that cannot decide", "90 of four fifths is 72 at worst",
			kam.GridRules{},
			"90", "80", 20, 0, 0, kam.CellKey, true, false, cells(kam.CellKey),
		},
		{
			"compared by the worst", "the gap does not help",
			kam.GridRules{Compare: kam.ByWorst},
			"60", "80", 20, 0, 0, kam.CellMaintain, false, false, cells(kam.CellKey, kam.CellMaintain),
		},
		{
			"gaps on both axes", "all four are open",
			kam.GridRules{},
			"60", "60", 40, 40, 0, kam.CellKey, false, false,
			cells(kam.CellTarget, kam.CellKey, kam.CellLowProfile, kam.CellMaintain),
		},
		{
			"too little known", "no points, no cell, but the range still excludes two",
			kam.GridRules{},
			"90", "90", 60, 0, 0, kam.CellUnknown, false, false, cells(kam.CellKey, kam.CellMaintain),
		},
		{
			"held above the line", "48 is within 5 under the line",
			kam.GridRules{Margin: kam.Int(5)},
			"48", "80", 0, 0, kam.CellKey, kam.CellKey, true, true, cells(kam.CellKey),
		},
		{
			"held at the margin", "45 has not passed it",
			kam.GridRules{Margin: kam.Int(5)},
			"45", "80", 0, 0, kam.CellKey, kam.CellKey, true, true, cells(kam.CellKey),
		},
		{
			"let go below the margin", "44.9999 has passed it",
			kam.GridRules{Margin: kam.Int(5)},
			"44.9999", "80", 0, 0, kam.CellKey, kam.CellMaintain, true, false, cells(kam.CellMaintain),
		},
		{
			"held below the line", "54.9999 is not yet 5 above",
			kam.GridRules{Margin: kam.Int(5)},
			"80", "54.9999", 0, 0, kam.CellTarget, kam.CellTarget, true, true, cells(kam.CellTarget),
		},
		{
			"let up at the margin", "55 is 5 above",
			kam.GridRules{Margin: kam.Int(5)},
			"80", "55", 0, 0, kam.CellTarget, kam.CellKey, true, false, cells(kam.CellKey),
		},
		{
			"held strong", "48 is within 5 under the line of strength",
			kam.GridRules{Margin: kam.Int(5)},
			"80", "48", 0, 0, kam.CellKey, kam.CellKey, true, true, cells(kam.CellKey),
		},
		{
			"held strong at the margin", "45 has not passed it",
			kam.GridRules{Margin: kam.Int(5)},
			"20", "45", 0, 0, kam.CellMaintain, kam.CellMaintain, true, true, cells(kam.CellMaintain),
		},
		{
			"let go weak", "44.9999 has passed it",
			kam.GridRules{Margin: kam.Int(5)},
			"80", "44.9999", 0, 0, kam.CellKey, kam.CellTarget, true, false, cells(kam.CellTarget),
		},
		{
			"held unattractive", "54.9999 is not yet 5 above",
			kam.GridRules{Margin: kam.Int(5)},
			"54.9999", "80", 0, 0, kam.CellMaintain, kam.CellMaintain, true, true, cells(kam.CellMaintain),
		},
		{
			"let up to attractive", "55 is 5 above",
			kam.GridRules{Margin: kam.Int(5)},
			"55", "80", 0, 0, kam.CellMaintain, kam.CellKey, true, false, cells(kam.CellKey),
		},
		{
			"a margin without a previous cell", "there is nothing to hold, from either side",
			kam.GridRules{Margin: kam.Int(5)},
			"52", "48", 0, 0, 0, kam.CellTarget, true, false, cells(kam.CellTarget),
		},
		{
			"a margin without a previous cell, strong", "52 is over the line",
			kam.GridRules{Margin: kam.Int(5)},
			"48", "52", 0, 0, 0, kam.CellMaintain, true, false, cells(kam.CellMaintain),
		},
		{
			"a previous cell without a margin", "nothing is held",
			kam.GridRules{},
			"49.9999", "80", 0, 0, kam.CellKey, kam.CellMaintain, true, false, cells(kam.CellMaintain),
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := tt.rules.Place(scoreOf(t, tt.x, tt.gapX), scoreOf(t, tt.y, tt.gapY), tt.previous)
			require.NoError(t, err)
			assert.Equal(t, tt.want, p.Cell, tt.reason)
			assert.Equal(t, tt.firm, p.Firm, tt.reason)
			assert.Equal(t, tt.held, p.Held, tt.reason)
			assert.Equal(t, tt.possible, p.Possible, tt.reason)
			assert.Equal(t, tt.previous, p.Previous)
		})
	}
}

func TestPlaceDistances(t *testing.T) {
	p, err := kam.GridRules{StrengthCut: new(kam.Int(60))}.Place(scoreOf(t, "62.5", 0), scoreOf(t, "41.0001", 0), 0)
	require.NoError(t, err)
	assert.Equal(t, "12.5", p.AboveAttractivenessCut.String())
	assert.Equal(t, "-18.9999", p.AboveStrengthCut.String())

	p, err = kam.GridRules{}.Place(scoreOf(t, "90", 60), scoreOf(t, "90", 0), 0)
	require.NoError(t, err)
	assert.Nil(t, p.AboveAttractivenessCut, "a score without points has no distance")
}

func TestPlaceRefusesBadRules(t *testing.T) {
	_, err := kam.GridRules{StrengthCut: new(kam.Int(101)), Margin: kam.Int(-1), Compare: 7}.Place(kam.Score{}, kam.Score{}, 0)
	var at []string
	for _, v := range kam.ViolationsOf(err) {
		at = append(at, v.Pointer)
	}
	assert.Equal(t, []string{"/strengthCut", "/margin", "/compare"}, at)
	_, err = kam.GridRules{}.Place(kam.Score{}, kam.Score{}, kam.CellKey, 9)
	assert.Equal(t, "/before/1", kam.ViolationsOf(err)[0].Pointer)
	_, err = kam.GridRules{}.Place(kam.Score{Points: new(kam.Int(101))}, kam.Score{Scorecard: "x", Range: kam.Range{Worst: kam.Int(2), Best: kam.Int(1)}})
	assert.Equal(t, []string{"/attractiveness/points range 101|0..100", "/strength/range range 2..1|worst <= best"}, found(err))
	p, err := kam.GridRules{}.Place(kam.Score{}, kam.Score{})
	require.NoError(t, err)
	assert.ElementsMatch(t, kam.Cells(), p.Possible, "of a score that nobody computed all is possible")
}

// 0 and 100 are within the bounds of cuts and margin, and the least more is
// not.
func TestGridBounds(t *testing.T) {
	for _, tt := range []struct {
		reason string
		value  kam.Number
		ok     bool
	}{
		{"none", kam.Int(0), true},
		{"all", kam.Int(100), true},
		{"the least below", kam.Dec(-1, 4), false},
		{"the least above", kam.Dec(1_000_001, 4), false},
	} {
		for at, rules := range map[string]kam.GridRules{
			"/attractivenessCut": {AttractivenessCut: &tt.value},
			"/strengthCut":       {StrengthCut: &tt.value},
		} {
			_, err := rules.Compile()
			if tt.ok {
				require.NoError(t, err, tt.reason)
				continue
			}
			vs := kam.ViolationsOf(err)
			require.Len(t, vs, 1, "%s %s", at, tt.reason)
			assert.Equal(t, kam.Violation{Pointer: at, Code: kam.CodeRange, Value: tt.value.String(), Want: "0..100"}, vs[0])
		}
	}
}

// ofTwo compiles two factors to 100, of which the second weighs so much.
func ofTwo(t *testing.T, second int) *kam.Scorer {
	t.Helper()
	scale := kam.Scale{Hi: kam.Int(100)}
	scorer, err := kam.Scorecard{ID: "x", Factors: []kam.Factor{
		{ID: "first", Weight: kam.Int(100 - second), Scale: scale}, {ID: "second", Weight: kam.Int(second), Scale: scale},
	}}.Compile()
	require.NoError(t, err)
	return scorer
}

// Rows on the grid, by hand: the first of two factors is rated, and the second
// weighs 20 and is missing.
func TestGridOfRows(t *testing.T) {
	scorer := ofTwo(t, 20)
	bound := func(rating string, second ...string) kam.RowScore {
		answers := kam.Answers{}
		for i, s := range append([]string{rating}, second...) {
			if s == "" {
				continue
			}
			n, err := kam.ParseNumber(s)
			require.NoError(t, err)
			answers[[]string{"first", "second"}[i]] = kam.Rated(n)
		}
		row, err := scorer.Bind(answers)
		require.NoError(t, err)
		return row.Score()
	}
	sure, none := bound("90", "90"), bound("", "90")
	for _, tt := range []struct {
		reason          string
		score           kam.RowScore
		points, worst   kam.Cell // by what is compared, beside one that is sure
		firm, firmWorst bool
	}{
		{"all is known", bound("60", "60"), kam.CellKey, kam.CellKey, true, true},
		{"all is known, and low", bound("10", "10"), kam.CellMaintain, kam.CellMaintain, true, true},
		{"from 48 to 68", bound("60"), kam.CellKey, kam.CellMaintain, false, false},
		{"from 50 to 70", bound("62.5"), kam.CellKey, kam.CellKey, true, true},
		{"from 30 to 50", bound("37.5"), kam.CellMaintain, kam.CellMaintain, false, false},
		{"from 29.992 to 49.992", bound("37.49"), kam.CellMaintain, kam.CellMaintain, true, true},
		{"too little is known", none, kam.CellUnknown, kam.CellUnknown, false, false},
	} {
		for by, want := range map[kam.Comparison]kam.Cell{kam.ByPoints: tt.points, kam.ByWorst: tt.worst} {
			grid, err := kam.GridRules{Compare: by}.Compile()
			require.NoError(t, err)
			assert.Equal(t, want, grid.Cell(tt.score, sure), "%s, by %s", tt.reason, by)
			turned := map[kam.Cell]kam.Cell{kam.CellKey: kam.CellKey, kam.CellMaintain: kam.CellTarget}[want]
			assert.Equal(t, turned, grid.Cell(sure, tt.score), "%s, by %s", tt.reason, by)
			firm := tt.firm
			if by == kam.ByWorst {
				firm = tt.firmWorst
			}
			assert.Equal(t, firm, grid.Firm(tt.score, sure), "%s, by %s", tt.reason, by)
			assert.Equal(t, firm, grid.Firm(sure, tt.score), "%s, by %s", tt.reason, by)
		}
	}
}

// With nothing missing the number that is compared is all there is: 49.99996
// has 50 points, and a range from 49.9999.
// A score of one's own says by its range what is open, whatever it lists as missing.
func TestPlaceOfAWideRange(t *testing.T) {
	s := kam.Score{Points: new(kam.Int(60)), Range: kam.Range{Worst: kam.Int(40), Best: kam.Int(80)}, Coverage: kam.Int(100)}
	p, err := kam.GridRules{}.Place(s, s)
	require.NoError(t, err)
	assert.Equal(t, kam.CellKey, p.Cell)
	assert.False(t, p.Firm)
	assert.Equal(t, kam.Cells(), p.Possible)
}

func TestPlaceWithNothingMissing(t *testing.T) {
	scorer := ofTwo(t, 60)
	answers := kam.Answers{"first": kam.Rated(kam.Dec(499_999, 4)), "second": kam.Rated(kam.Int(50))}
	s, err := scorer.Score(answers)
	require.NoError(t, err)
	row, err := scorer.Bind(answers)
	require.NoError(t, err)
	grid, err := kam.GridRules{}.Compile()
	require.NoError(t, err)
	assert.Equal(t, kam.CellKey, grid.Cell(row.Score(), row.Score()))
	assert.True(t, grid.Firm(row.Score(), row.Score()))
	require.Equal(t, "50 49.9999 50", s.Points.String()+" "+s.Range.Worst.String()+" "+s.Range.Best.String())
	p, err := kam.GridRules{}.Place(s, s)
	require.NoError(t, err)
	assert.True(t, p.Firm)
	assert.Equal(t, []kam.Cell{kam.CellKey}, p.Possible)
	p, err = kam.GridRules{Compare: kam.ByWorst}.Place(s, s)
	require.NoError(t, err)
	assert.True(t, p.Firm)
	assert.Equal(t, []kam.Cell{kam.CellKey}, p.Possible, "the lower end is of what is missing")
}

// By the lower end too, a score with nothing missing is its rounded points, which lie on the
// line: the end of the range is rounded outwards, and a unit below it.
func TestWorstOfAWholeScore(t *testing.T) {
	card := kam.Scorecard{ID: "strength", Factors: []kam.Factor{{ID: "a", Weight: kam.Int(100), Scale: kam.Scale{Lo: kam.Int(0), Hi: kam.Int(3)}}}}
	scorer, err := card.Compile()
	require.NoError(t, err)
	score, err := scorer.Score(kam.Answers{"a": kam.Rated(kam.Int(2))})
	require.NoError(t, err)
	require.Equal(t, "66.6666..66.6667", score.Range.Worst.String()+".."+score.Range.Best.String())
	rules := kam.GridRules{StrengthCut: new(kam.Dec(666_667, 4)), AttractivenessCut: new(kam.Dec(666_667, 4)), Compare: kam.ByWorst}
	p, err := rules.Place(score, score)
	require.NoError(t, err)
	assert.Equal(t, kam.CellKey, p.Cell)
	assert.Equal(t, "0", p.AboveStrengthCut.String())
	assert.True(t, p.Firm)
	grid, err := rules.Compile()
	require.NoError(t, err)
	row, err := scorer.Bind(kam.Answers{"a": kam.Rated(kam.Int(2))})
	require.NoError(t, err)
	assert.Equal(t, kam.CellKey, grid.Cell(row.Score(), row.Score()))
}

// What is printed beside the line is the number that was compared with it.
func TestCellAdviceByTheLowerEnd(t *testing.T) {
	a := kam.Account{ID: "x", Answers: map[string]kam.Answers{"strength": {}, "attractiveness": {}}}
	for i, f := range kam.StrengthScorecard().Factors {
		if i > 0 {
			a.Answers["strength"][f.ID] = kam.Rated(kam.Int(9))
		}
	}
	for _, f := range kam.AttractivenessScorecard().Factors {
		a.Answers["attractiveness"][f.ID] = kam.Rated(kam.Int(9))
	}
	got, err := compiled(t, kam.Policy{Grid: kam.GridRules{Compare: kam.ByWorst}}).Assess(a, asOf)
	require.NoError(t, err)
	want := map[kam.Evidence]string{"strength": got.Strength.Range.Worst.String(), "attractiveness": got.Attractiveness.Points.String()}
	found := 0
	for _, s := range got.Strategy {
		for _, f := range s.Evidence {
			if value, ok := want[f.Evidence]; ok && strings.HasSuffix(f.Condition, " above the cut") {
				assert.Equal(t, value, f.Value, f.Evidence)
				found++
			}
		}
	}
	assert.Equal(t, 2, found)
	require.NotEqual(t, got.Strength.Points.String(), got.Strength.Range.Worst.String())
}
