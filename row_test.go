package kam_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// requireSameScore compares a bound row with the explained score of the same
// answers, all of it.
func requireSameScore(t *testing.T, card kam.Scorecard, want kam.Score, row kam.Row, parts *kam.Parts) {
	t.Helper()
	got := row.Explain(parts)
	require.Equal(t, row.Score(), got)
	points, known := got.Points()
	require.Equal(t, want.Points != nil, known)
	require.Equal(t, want.Coverage, got.Coverage())
	require.Equal(t, want.Range, got.Range())

	sum, byFactor := kam.Int(0), map[string]kam.Number{}
	var factors []string
	for factor, part := range parts.All() {
		factors = append(factors, factor)
		byFactor[factor] = part
		sum = plus(t, sum, part)
	}
	if !known {
		require.Equal(t, kam.Int(0), points)
		require.Empty(t, factors)
		return
	}
	require.Equal(t, *want.Points, points)
	require.Equal(t, points, sum, "the parts sum to the points")
	var leaves []string
	for _, f := range leavesOf(card) {
		leaves = append(leaves, f.ID)
	}
	require.Equal(t, leaves, factors)
	for _, c := range want.Contributions {
		require.Equal(t, *c.Points, byFactor[c.Factor])
		delete(byFactor, c.Factor)
	}
	for _, rest := range byFactor {
		require.Equal(t, kam.Int(0), rest, "what Score does not list adds nothing")
	}
}

func plus(t *testing.T, a, b kam.Number) kam.Number {
	t.Helper()
	n, err := kam.NumberOf(a.Decimal().Add(b.Decimal()))
	require.NoError(t, err)
	return n
}

// What is bound scores as the maps do, whatever the row was bound to before.
func TestRowEqualsScore(t *testing.T) {
	var row kam.Row
	var parts kam.Parts
	known := 0
	forCases(t, 6000, func(r cases, card kam.Scorecard, scorer *kam.Scorer, answers kam.Answers) {
		for range 2 {
			require.NoError(t, scorer.BindTo(&row, answers))
			want := scored(t, scorer, answers)
			requireSameScore(t, card, want, row, &parts)
			require.NoError(t, equalReference(card, answers, want))
			if want.Points != nil {
				known++
			}
			answers = r.answers(card)
		}
	})
	assert.Greater(t, known, 6000)
}

// The cell of rows is the cell of their scores, at any cut, and above all at
// one that a score just reaches or just misses.
func TestGridEqualsPlace(t *testing.T) {
	var before *kam.Scorer
	var earlier kam.Answers
	seen := map[kam.Cell]int{}
	firm, atCut := 0, 0
	forCases(t, 6000, func(r cases, _ kam.Scorecard, scorer *kam.Scorer, answers kam.Answers) {
		if before == nil {
			before, earlier = scorer, answers
		}
		x, y := scored(t, before, earlier), scored(t, scorer, answers)
		rules := kam.GridRules{StrengthCut: new(r.number(0, 1_000_000)), Compare: kam.Comparison(r.IntN(2))}
		if compared := y.Points; compared != nil && r.IntN(2) == 0 {
			if rules.Compare == kam.ByWorst {
				compared = &y.Range.Worst
			}
			*rules.StrengthCut = *compared
			if above := plus(t, *compared, kam.Dec(1, 4)); r.IntN(2) == 0 && above.Cmp(kam.Int(100)) <= 0 {
				*rules.StrengthCut = above
			}
			atCut++
		}
		want, err := rules.Place(x, y)
		require.NoError(t, err)
		grid, err := rules.Compile()
		require.NoError(t, err)
		rowX, err := before.Bind(earlier)
		require.NoError(t, err)
		rowY, err := scorer.Bind(answers)
		require.NoError(t, err)
		require.Equal(t, want.Cell, grid.Cell(rowX.Score(), rowY.Score()))
		require.Equal(t, want.Firm, grid.Firm(rowX.Score(), rowY.Score()))
		seen[want.Cell]++
		if want.Firm {
			firm++
		}
		before, earlier = scorer, answers
	})
	for _, c := range append(kam.Cells(), kam.CellUnknown) {
		assert.Greater(t, seen[c], 100, c)
	}
	assert.Greater(t, firm, 500)
	assert.Greater(t, atCut, 1000)
}

// 49.99995 is printed as 50, so it is 50. The cuts are 50 and 50.0002; b is a
// twentieth, so that its last place is half a unit of the points.
func TestGridComparesWhatIsPrinted(t *testing.T) {
	card := kam.Scorecard{ID: "x", Relative: true, Factors: []kam.Factor{{ID: "a", Weight: kam.Int(19)}, {ID: "b", Weight: kam.Int(1)}}}
	scorer, err := card.Compile()
	require.NoError(t, err)
	grid, err := kam.GridRules{StrengthCut: new(kam.Dec(500_002, 4))}.Compile()
	require.NoError(t, err)
	for _, tt := range []struct {
		reason  string
		b       kam.Number
		printed string
		want    kam.Cell
	}{
		{"49.99985 goes down to the even place", kam.Dec(49_997, 4), "49.9998", kam.CellLowProfile},
		{"49.9999 is below the line", kam.Dec(49_998, 4), "49.9999", kam.CellLowProfile},
		{"49.99995 goes up to the even place", kam.Dec(49_999, 4), "50", kam.CellTarget},
		{"on the line", kam.Int(5), "50", kam.CellTarget},
		{"50.00015 goes up to the even place", kam.Dec(50_003, 4), "50.0002", kam.CellKey},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			row, err := scorer.Bind(kam.Answers{"a": kam.Rated(kam.Int(5)), "b": kam.Rated(tt.b)})
			require.NoError(t, err)
			points, _ := row.Score().Points()
			assert.Equal(t, tt.printed, points.String())
			assert.Equal(t, tt.want, grid.Cell(row.Score(), row.Score()))
		})
	}
}

func TestBindRefuses(t *testing.T) {
	scorer, err := kam.AttractivenessScorecard().Compile()
	require.NoError(t, err)
	row, err := scorer.Bind(rated(map[string]int{"size": 8, "need": 6, "profitability": 7}))
	require.NoError(t, err)
	before := row.Score()
	for _, tt := range []struct {
		reason  string
		answers kam.Answers
		code    kam.Code
		pointer string
	}{
		{"no such factor", kam.Answers{"sise": kam.Rated(kam.Int(3))}, kam.CodeUnknown, "/sise"},
		{"outside the scale", kam.Answers{"size": kam.Rated(kam.Dec(100_001, 4))}, kam.CodeRating, "/size/rating"},
		{"no number", kam.Answers{"size": kam.Rated(kam.Dec(1, 9))}, kam.CodeNumber, "/size/rating"},
		{"a name with a control character", kam.Answers{"size": {Rating: kam.Int(3), By: "A\x00"}}, kam.CodeEncoding, "/size/by"},
		{"a note with a control character", kam.Answers{"size": {Rating: kam.Int(3), Note: "A\x00"}}, kam.CodeEncoding, "/size/note"},
		{"no day", kam.Answers{"size": {Rating: kam.Int(3), On: kam.NewDate(2026, 13, 1)}}, kam.CodeDate, "/size/on"},
		{"more than sure", kam.Answers{"size": {Rating: kam.Int(3), Confidence: new(kam.Int(101))}}, kam.CodeRange, "/size/confidence"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			_, wantErr := scorer.Score(tt.answers)
			for _, err := range []error{scorer.BindTo(&row, tt.answers), second(scorer.Bind(tt.answers))} {
				vs := kam.ViolationsOf(err)
				require.Len(t, vs, 1)
				assert.Equal(t, tt.code, vs[0].Code)
				assert.Equal(t, tt.pointer, vs[0].Pointer)
				assert.Equal(t, kam.ViolationsOf(wantErr), vs)
			}
			assert.Equal(t, before, row.Score(), "the row keeps its answers")
		})
	}
	// An answer with an author and a day is bound as well as a bare rating.
	require.NoError(t, scorer.BindTo(&row, kam.Answers{"size": {Rating: kam.Int(8), By: "Ann", On: kam.NewDate(2026, 9, 1), Note: "–"}}))
	assert.Equal(t, kam.Int(20), row.Score().Coverage())
}

func second(_ kam.Row, err error) error { return err }

func TestZeroRow(t *testing.T) {
	var row kam.Row
	var parts kam.Parts
	s := row.Explain(&parts)
	_, known := s.Points()
	assert.False(t, known)
	assert.Equal(t, kam.Int(0), s.Coverage())
	assert.Equal(t, kam.Range{}, s.Range())
	for range parts.All() {
		t.Error("there are no parts")
	}
	var grid kam.Grid
	assert.Equal(t, kam.CellUnknown, grid.Cell(s, s))
	assert.False(t, grid.Firm(s, s))
}

// Rows side by side do not touch each other.
func TestRows(t *testing.T) {
	scorer, err := kam.AttractivenessScorecard().Compile()
	require.NoError(t, err)
	rows := scorer.Rows(3)
	all := map[string]int{"growth-rate": 10, "size": 10, "competition": 0, "profitability": 10, "need": 10, "strategic-importance": 10}
	one, two := rows.At(1), rows.At(2)
	require.NoError(t, scorer.BindTo(&one, rated(all)))
	require.NoError(t, scorer.BindTo(&two, rated(map[string]int{"size": 5, "need": 5, "profitability": 5})))
	points, _ := rows.At(1).Score().Points()
	assert.Equal(t, kam.Int(100), points)
	points, _ = rows.At(2).Score().Points()
	assert.Equal(t, kam.Int(50), points)
	assert.Equal(t, kam.Int(0), rows.At(0).Score().Coverage(), "nothing is answered yet")
	first := rows.At(0)
	require.NoError(t, scorer.BindTo(&first, rated(map[string]int{"size": 10, "need": 10})))
	assert.Equal(t, kam.Int(35), rows.At(0).Score().Coverage(), "the first row is one of them")
	assert.Equal(t, 3, rows.Len())
	assert.Equal(t, kam.Row{}, rows.At(3))
	assert.Equal(t, kam.Row{}, rows.At(-1))
	assert.Equal(t, kam.Row{}, rows.At(math.MaxInt))
	none := scorer.Rows(-1)
	assert.Equal(t, kam.Row{}, none.At(0))
	none = kam.Rows{}
	assert.Zero(t, none.Len())
	assert.Equal(t, kam.Row{}, none.At(0))

	var parts kam.Parts
	rows.At(1).Explain(&parts)
	for factor := range parts.All() {
		assert.Equal(t, "growth-rate", factor)
		break
	}
}

func TestGridRulesCompile(t *testing.T) {
	_, err := kam.GridRules{StrengthCut: new(kam.Int(101)), Compare: 7}.Compile()
	vs := kam.ViolationsOf(err)
	require.Len(t, vs, 2)
	assert.Equal(t, "/strengthCut", vs[0].Pointer)
	assert.Equal(t, "/compare", vs[1].Pointer)
}

// A rating takes half a word in a row, and one of a wider scale a whole word.
func TestWideScales(t *testing.T) {
	for _, span := range []int64{1<<32 - 1, 1 << 32, 1<<32 + 1, 1<<50 + 1} {
		card := kam.Scorecard{ID: "x", Factors: []kam.Factor{{ID: "a", Weight: kam.Int(100), Scale: kam.Scale{Hi: kam.Dec(span, 4)}}}}
		scorer, err := card.Compile()
		require.NoError(t, err)
		for rating, want := range map[int64]kam.Number{span: kam.Int(100), span / 2: kam.Int(50), 0: kam.Int(0)} {
			row, err := scorer.Bind(kam.Answers{"a": kam.Rated(kam.Dec(rating, 4))})
			require.NoError(t, err)
			points, _ := row.Score().Points()
			assert.Equal(t, want, points, "%d of %d", rating, span)
		}
	}
}

func TestRowsDoNotAllocate(t *testing.T) {
	prime := kam.Scorecard{ID: "prime", Relative: true} // needs 128 bits
	for i := range 20 {
		prime.Factors = append(prime.Factors, kam.Factor{
			ID: string(rune('a' + i)), Weight: kam.Dec(999_983+int64(i), 4), Scale: kam.Scale{Hi: kam.Dec(99_989+int64(i%3), 4)},
		})
	}
	neutral := kam.SelectionScorecard()
	neutral.Missing = kam.Neutral
	r := cases{rand.New(rand.NewPCG(1, 9))}
	for _, card := range []kam.Scorecard{kam.SelectionScorecard(), neutral, prime} {
		scorer, err := card.Compile()
		require.NoError(t, err)
		grid, err := kam.GridRules{}.Compile()
		require.NoError(t, err)
		answers := kam.Answers{}
		for i, f := range leavesOf(card) {
			if i != 3 {
				answers[f.ID] = kam.Rated(r.number(0, 99_989))
			}
		}
		row, err := scorer.Bind(answers)
		require.NoError(t, err)
		var parts kam.Parts
		for what, f := range map[string]func(){
			"bind":    func() { _ = scorer.BindTo(&row, answers) },
			"score":   func() { row.Score().Points() },
			"range":   func() { row.Score().Range() },
			"explain": func() { row.Explain(&parts) },
			"place":   func() { s := row.Score(); grid.Cell(s, s); grid.Firm(s, s) },
			"parts": func() {
				for factor, part := range parts.All() {
					_, _ = factor, part
				}
			},
		} {
			assert.Zero(t, testing.AllocsPerRun(100, f), "%s of %s", what, card.ID)
		}
	}
}
