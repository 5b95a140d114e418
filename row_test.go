package kam_test

import (
	"encoding/json"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

func plus(t *testing.T, a, b kam.Number) kam.Number {
	t.Helper()
	n, err := kam.NumberOf(a.Decimal().Add(b.Decimal()))
	require.NoError(t, err)
	return n
}

// What is bound scores as the maps do, whatever the row was bound to before.
func TestRowEqualsScore(t *testing.T) {
	var row kam.Row
	known := 0
	forCases(t, 6000, func(r cases, card kam.Scorecard, scorer *kam.Scorer, answers kam.Answers) {
		for range 2 {
			require.NoError(t, scorer.BindTo(&row, answers))
			want := scored(t, scorer, answers)
			require.NoError(t, equalRow(row, card, want))
			require.Equal(t, inJSON(t, want, "contributions"), inJSON(t, row.Score()))
			require.NoError(t, equalReference(card, answers, want))
			if want.Points != nil {
				known++
			}
			answers = r.answers(card)
		}
	})
	assert.Greater(t, known, 6000)
}

// inJSON is a value as JSON has it, but for some of its fields.
func inJSON(t *testing.T, v any, without ...string) map[string]any {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	var fields map[string]any
	require.NoError(t, json.Unmarshal(data, &fields))
	for _, field := range without {
		delete(fields, field)
	}
	return fields
}

// Ratings that are set one by one make the row that the maps make, whatever was
// set before.
func TestSetEqualsBind(t *testing.T) {
	forCases(t, 2000, func(r cases, card kam.Scorecard, scorer *kam.Scorer, answers kam.Answers) {
		row, err := scorer.Bind(r.answers(card))
		require.NoError(t, err)
		row.Clear()
		assert.Equal(t, kam.Int(0), row.Score().Coverage())
		for factor, a := range answers {
			i, ok := scorer.Index(factor)
			require.True(t, ok)
			f := leavesOf(card)[i]
			require.Equal(t, factor, f.ID, "the place is that of the declared order")
			lo := f.Scale.Lo
			require.NoError(t, row.Set(i, lo), "what is set again is written over")
			require.NoError(t, row.Set(i, a.Rating))
		}
		require.NoError(t, equalRow(row, card, scored(t, scorer, answers)))
	})
}

func TestSetRefuses(t *testing.T) {
	card := kam.Scorecard{ID: "x", Factors: []kam.Factor{
		{ID: "a", Weight: kam.Int(40)},
		{ID: "g", Weight: kam.Int(60), Questions: []kam.Factor{{ID: "b", Weight: kam.Int(100)}}},
	}}
	scorer, err := card.Compile()
	require.NoError(t, err)
	for _, tt := range []struct {
		factor string
		i      int
		ok     bool
	}{{"a", 0, true}, {"b", 1, true}, {"g", 0, false}, {"c", 0, false}, {"", 0, false}} {
		i, ok := scorer.Index(tt.factor)
		assert.Equal(t, tt.i, i, tt.factor)
		assert.Equal(t, tt.ok, ok, tt.factor)
	}
	row, err := scorer.Bind(rated(map[string]int{"a": 5, "b": 10}))
	require.NoError(t, err)
	for _, tt := range []struct {
		reason  string
		row     kam.Row
		i       int
		rating  kam.Number
		code    kam.Code
		pointer string
		message string
	}{
		{"before the first", row, -1, kam.Int(1), kam.CodeRange, "", "kam: set rating: the value is out of range: -1; expected 0 <= i < 2"},
		{"after the last", row, 2, kam.Int(1), kam.CodeRange, "", "kam: set rating: the value is out of range: 2; expected 0 <= i < 2"},
		{"bound to nothing", kam.Row{}, 0, kam.Int(1), kam.CodeRange, "", "kam: set rating: the value is out of range: 0; expected 0 <= i < 0"},
		{"above the scale", row, 1, kam.Dec(100_001, 4), kam.CodeRating, "/b/rating", ""},
		{"below the scale", row, 0, kam.Dec(-1, 4), kam.CodeRating, "/a/rating", ""},
		{"no number", row, 0, kam.Dec(1, 9), kam.CodeNumber, "/a/rating", ""},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			err := tt.row.Set(tt.i, tt.rating)
			vs := kam.ViolationsOf(err)
			require.Len(t, vs, 1)
			assert.Equal(t, tt.code, vs[0].Code)
			assert.Equal(t, tt.pointer, vs[0].Pointer)
			if tt.message != "" {
				assert.EqualError(t, err, tt.message)
			}
			points, _ := row.Score().Points()
			assert.Equal(t, kam.Int(80), points, "0.4 times 50 and 0.6 times 100: the row stays as it was")
		})
	}
	kam.Row{}.Clear()
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
		{"a Chinese name with a control character", kam.Answers{"size": {Rating: kam.Int(3), By: "王\u0085芳"}}, kam.CodeEncoding, "/size/by"},
		{"a name that turns the line", kam.Answers{"size": {Rating: kam.Int(3), By: "王\u202e芳"}}, kam.CodeEncoding, "/size/by"},
		{"a return without a new line", kam.Answers{"size": {Rating: kam.Int(3), Note: "a\rb\r\n"}}, kam.CodeEncoding, "/size/note"},
		{"half of a character", kam.Answers{"size": {Rating: kam.Int(3), By: "王\xe8"}}, kam.CodeEncoding, "/size/by"},
		{"a Chinese note that is too long", kam.Answers{"size": {Rating: kam.Int(3), Note: strings.Repeat("长", 1366)}}, kam.CodeTooLarge, "/size/note"},
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
	require.NoError(t, scorer.BindTo(&row, kam.Answers{"size": {Rating: kam.Int(8), By: "王芳", On: kam.NewDate(2026, 9, 1), Note: "会面后\n– 待定"}}))
	assert.Equal(t, kam.Int(20), row.Score().Coverage())
}

func second(_ kam.Row, err error) error { return err }

func TestZeroRow(t *testing.T) {
	var row kam.Row
	var parts kam.Contributions
	s := row.Explain(&parts)
	_, known := s.Points()
	assert.False(t, known)
	assert.Equal(t, kam.Int(0), s.Coverage())
	assert.Equal(t, kam.Range{}, s.Range())
	assert.Empty(t, slices.Collect(s.Missing()))
	assert.Equal(t, "unknown of 0..0 (coverage 0)", s.String())
	data, err := json.Marshal(s)
	require.NoError(t, err)
	assert.JSONEq(t, `{"scorecard": "", "coverage": "0", "range": {"worst": "0", "best": "0"}}`, string(data))
	for range parts.All() {
		t.Error("there are no contributions")
	}
}

// What nobody compiled, and what is nil where it could be memory, gives no
// answer and does not panic.
func TestZeroAndNil(t *testing.T) {
	scorer, err := kam.AttractivenessScorecard().Compile()
	require.NoError(t, err)
	row, err := scorer.Bind(rated(map[string]int{"size": 10, "need": 10, "profitability": 10, "strategic-importance": 10}))
	require.NoError(t, err)
	require.ErrorIs(t, scorer.BindTo(nil, nil), kam.CodeMissing)
	points, known := row.Explain(nil).Points()
	assert.True(t, known)
	assert.Equal(t, kam.Int(100), points)
	var none *kam.Contributions
	for range none.All() {
		t.Error("there are no contributions")
	}
	var parts kam.Contributions
	for _, i := range []int{-1, 0, 6, 63, 64, math.MaxInt, math.MinInt} {
		for _, c := range []*kam.Contributions{none, &parts} {
			part, counts := c.At(i)
			assert.Equal(t, kam.Int(0), part)
			assert.False(t, counts)
		}
	}
	row.Explain(&parts)
	part, counts := parts.At(1)
	assert.True(t, counts)
	assert.Equal(t, kam.Dec(285_714, 4), part, "size, 20 of the 70 that are answered")
	other, err := scorer.Bind(nil)
	require.NoError(t, err)
	other.Explain(&parts)
	part, counts = parts.At(1)
	assert.Equal(t, kam.Int(0), part, "nothing is left of the row before")
	assert.False(t, counts)
	row.Explain(&parts)
	single, err := kam.Scorecard{ID: "single", Factors: []kam.Factor{{ID: "only", Weight: kam.Int(100)}}}.Compile()
	require.NoError(t, err)
	other, err = single.Bind(rated(map[string]int{"only": 5}))
	require.NoError(t, err)
	other.Explain(&parts)
	part, counts = parts.At(3)
	assert.Equal(t, kam.Int(0), part, "nor of the scorecard before")
	assert.False(t, counts)
	for _, grid := range []*kam.Grid{nil, {}} {
		assert.Equal(t, kam.CellUnknown, grid.Cell(row.Score(), row.Score()), "no cuts, no cell")
		assert.False(t, grid.Firm(row.Score(), row.Score()))
	}
	zero := new(kam.Scorer)
	_, ok := zero.Index("size")
	assert.False(t, ok)
	_, bindErr := zero.Bind(nil)
	_, rowsErr := zero.Rows(1)
	_, scoreErr := zero.Score(nil)
	for _, err := range []error{bindErr, zero.BindTo(&row, nil), rowsErr, scoreErr} {
		require.ErrorIs(t, err, kam.CodeFactorCount)
	}
	assert.Equal(t, "100 of 70..100 (coverage 70)", row.Score().String(), "the row is bound as before")
}

// Rows side by side do not touch each other.
func TestRows(t *testing.T) {
	scorer, err := kam.AttractivenessScorecard().Compile()
	require.NoError(t, err)
	rows, err := scorer.Rows(3)
	require.NoError(t, err)
	all := map[string]int{"growth-rate": 10, "size": 10, "competition": 0, "profitability": 10, "need": 10, "strategic-importance": 10}
	require.NoError(t, rows.Bind(1, rated(all)))
	require.NoError(t, rows.Bind(2, rated(map[string]int{"size": 5, "need": 5, "profitability": 5})))
	points, _ := rows.At(1).Score().Points()
	assert.Equal(t, kam.Int(100), points)
	points, _ = rows.At(2).Score().Points()
	assert.Equal(t, kam.Int(50), points)
	assert.Equal(t, kam.Int(0), rows.At(0).Score().Coverage(), "nothing is answered yet")
	require.NoError(t, rows.Bind(0, rated(map[string]int{"size": 10, "need": 10})))
	assert.Equal(t, kam.Int(35), rows.At(0).Score().Coverage(), "the first row is one of them")
	require.ErrorIs(t, rows.Bind(0, rated(map[string]int{"size": 11})), kam.CodeRating)
	assert.Equal(t, kam.Int(35), rows.At(0).Score().Coverage(), "a row that is refused stays as it was")
	assert.Equal(t, 3, rows.Len())
	for _, i := range []int{3, -1, math.MaxInt, math.MinInt} {
		assert.Equal(t, kam.Row{}, rows.At(i))
		require.ErrorIs(t, rows.Bind(i, nil), kam.CodeRange, "there is no such row")
	}
	err = rows.Bind(3, rated(all))
	assert.EqualError(t, err, "kam: bind row: the value is out of range: 3; expected 0 <= i < 3")
	var none kam.Rows
	assert.Zero(t, none.Len())
	assert.Equal(t, kam.Row{}, none.At(0))
	require.ErrorIs(t, none.Bind(0, nil), kam.CodeRange)

	var parts kam.Contributions
	rows.At(1).Explain(&parts)
	for factor := range parts.All() {
		assert.Equal(t, "growth-rate", factor)
		break
	}
	for factor := range rows.At(2).Score().Missing() {
		assert.Equal(t, "growth-rate", factor)
		break
	}
}

// A number of rows that no memory holds is refused before it is multiplied.
func TestRowsRefuses(t *testing.T) {
	scorer, err := kam.AttractivenessScorecard().Compile()
	require.NoError(t, err)
	for n, code := range map[int]kam.Code{
		-1: kam.CodeRange, math.MinInt: kam.CodeRange,
		10_000_001: kam.CodeTooLarge, math.MaxInt: kam.CodeTooLarge, math.MaxInt/5 + 1: kam.CodeTooLarge, math.MaxInt/10 + 1: kam.CodeTooLarge,
	} {
		rows, err := scorer.Rows(n)
		require.ErrorIs(t, err, code, n)
		assert.Zero(t, rows.Len())
	}
	most, err := scorer.Rows(10_000_000) // which nobody touches
	require.NoError(t, err)
	assert.Equal(t, 10_000_000, most.Len())
	none, err := scorer.Rows(0)
	require.NoError(t, err)
	assert.Equal(t, kam.Row{}, none.At(0))
}

// A row of another Scorer leaves what it was a part of, and the others keep
// theirs.
func TestBindToOfAnotherScorer(t *testing.T) {
	one, err := kam.AttractivenessScorecard().Compile()
	require.NoError(t, err)
	two, err := kam.AttractivenessScorecard().Compile()
	require.NoError(t, err)
	rows, err := one.Rows(1)
	require.NoError(t, err)
	row := rows.At(0)
	require.NoError(t, two.BindTo(&row, rated(map[string]int{"size": 10, "need": 10})))
	assert.Equal(t, kam.Int(35), row.Score().Coverage())
	assert.Equal(t, kam.Int(0), rows.At(0).Score().Coverage())
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
	for _, span := range []int64{1<<31 - 1, 1 << 31, 1<<32 - 1, 1 << 32, 1<<32 + 1, 1<<50 + 1} {
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
		dated := maps.Clone(answers)
		for id, a := range dated {
			a.By, a.On, a.Note, a.Confidence = "王芳", kam.NewDate(2026, 9, 1), "会面后 – 待定", new(kam.Int(80))
			dated[id] = a
		}
		rows, err := scorer.Rows(2)
		require.NoError(t, err)
		row, err := scorer.Bind(answers)
		require.NoError(t, err)
		var parts kam.Contributions
		for what, f := range map[string]func(){
			"bind":    func() { _ = scorer.BindTo(&row, answers) },
			"dated":   func() { _ = rows.Bind(1, dated) },
			"set":     func() { row.Clear(); _ = row.Set(2, kam.Int(3)) },
			"score":   func() { row.Score().Points() },
			"range":   func() { row.Score().Range() },
			"explain": func() { row.Explain(&parts) },
			"place":   func() { s := row.Score(); grid.Cell(s, s); grid.Firm(s, s) },
			"parts": func() {
				for factor, part := range parts.All() {
					_, _ = factor, part
				}
				for factor := range row.Score().Missing() {
					_ = factor
				}
			},
		} {
			assert.Zero(t, testing.AllocsPerRun(100, f), "%s of %s", what, card.ID)
		}
	}
}

// The JSON of a row's score names the scorecard and has the points.
func TestRowScoreJSON(t *testing.T) {
	scorer, err := kam.Scorecard{ID: "fit", Factors: []kam.Factor{{ID: "a", Weight: kam.Int(60)}, {ID: "b", Weight: kam.Int(40)}}}.Compile()
	require.NoError(t, err)
	row, err := scorer.Bind(kam.Answers{"a": kam.Rated(kam.Int(5))})
	require.NoError(t, err)
	data, err := json.Marshal(row.Score())
	require.NoError(t, err)
	assert.JSONEq(t, `{"scorecard":"fit","points":"50","coverage":"60","range":{"worst":"30","best":"70"},"missing":["b"]}`, string(data))
}
