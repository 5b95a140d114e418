package kam

import (
	"fmt"
	"iter"
	"math/bits"

	"github.com/kam-go/kam/internal/fixed"
)

// Row is the answers to one scorecard, bound to its [Scorer]: ratings without
// names, 4 bytes each. It is for those who score millions of accounts, or the
// same ones again and again; [Scorer.Score] gives a score with all its
// reasons. The zero value is bound to nothing and has no points. A Row may be
// shared by goroutines while nobody binds it anew; copies share its memory.
type Row struct {
	scorer *Scorer
	fixed  fixed.Row
}

// Bind checks the answers as [Scorer.Score] does, with the same errors, and
// copies their ratings into a [Row].
func (sc *Scorer) Bind(answers Answers) (Row, error) {
	var row Row
	err := sc.BindTo(&row, answers)
	return row, err
}

// Rows returns n rows without answers that lie side by side in memory, which
// is what scoring many of them wants. [Scorer.BindTo] fills them; a row of
// another scorecard gets memory of its own.
func (sc *Scorer) Rows(n int) Rows {
	n, width := max(n, 0), sc.kernel.Width()
	return Rows{sc, n, width, make(fixed.Row, n*width)}
}

// BindTo is [Scorer.Bind] into a row that is there already; its memory is used
// again. On error the row keeps its answers.
func (sc *Scorer) BindTo(row *Row, answers Answers) error {
	var g given
	if err := sc.refuse(answers, &g); err != nil {
		return fmt.Errorf("kam: bind %q: %w", sc.id, err)
	}
	if row.scorer != sc {
		*row = sc.row()
	}
	clear(row.fixed)
	for m := g.answered; m != 0; m &= m - 1 {
		i := bits.TrailingZeros64(m)
		sc.kernel.Set(row.fixed, i, g.ratings[i].units)
	}
	return nil
}

// row returns one without an answer.
func (sc *Scorer) row() Row { return Row{sc, make(fixed.Row, sc.kernel.Width())} }

// row is that of a Scorer, until the next one is asked for.
func (m *memory) row(sc *Scorer) Row {
	m.fixed = append(m.fixed[:0], make(fixed.Row, sc.kernel.Width())...)
	return Row{sc, m.fixed}
}

// Rows are rows of one scorecard. The zero value has none.
type Rows struct {
	scorer   *Scorer
	n, width int
	fixed    fixed.Row
}

// Len is the number of rows.
func (r *Rows) Len() int { return r.n }

// At returns row i, which shares the memory of r. Where there is no such row,
// it is the zero [Row].
func (r *Rows) At(i int) Row {
	if i < 0 || i >= r.n {
		return Row{}
	}
	at, end := i*r.width, (i+1)*r.width
	return Row{r.scorer, r.fixed[at:end:end]}
}

// Score scores the row; it allocates nothing. The numbers are those of
// [Scorer.Score].
func (r Row) Score() RowScore {
	sc := r.scorer
	if sc == nil {
		return RowScore{}
	}
	sum, points := sc.kernel.Score(r.fixed, fixed.Missing(sc.missing), sc.least)
	answered := r.fixed.Answered()
	if sc.required&^answered != 0 {
		points = fixed.NoPoints
	}
	return RowScore{sc, answered, sum, points}
}

// Explain is [Row.Score] with what each factor adds to the points.
func (r Row) Explain(parts *Parts) RowScore {
	s := r.Score()
	if parts.scorer = nil; s.known() {
		parts.scorer = s.scorer
		s.scorer.kernel.Split(r.fixed, fixed.Missing(s.scorer.missing), s.points, &parts.fixed)
	}
	return s
}

// RowScore is the score of a [Row], and a small value: what is not asked for
// is not computed. The zero value is that of no scorecard: it has no points.
type RowScore struct {
	scorer   *Scorer
	answered uint64
	sum      fixed.Sum
	points   int64
}

func (s RowScore) known() bool    { return s.scorer != nil && s.points != fixed.NoPoints }
func (s RowScore) complete() bool { return s.scorer != nil && s.answered == s.scorer.all }

// Points are [Score].Points. False is unknown, and then the number is 0.
func (s RowScore) Points() (Number, bool) {
	if !s.known() {
		return Number{}, false
	}
	return Number{s.points}, true
}

// Coverage is [Score].Coverage.
func (s RowScore) Coverage() Number {
	if s.scorer == nil {
		return Number{}
	}
	k := s.scorer.kernel
	return Number{k.Coverage(k.Weight(s.answered))}
}

// Range is [Score].Range.
func (s RowScore) Range() Range {
	if s.scorer == nil {
		return Range{}
	}
	worst, best := s.scorer.kernel.Range(s.sum, s.answered)
	return Range{Number{worst}, Number{best}}
}

// Parts are what the factors of a [Row] add to its points, in memory of the
// caller's: [Row.Explain] fills it, as often as you like. They have 4 places
// and sum to the points exactly. The zero value has none.
type Parts struct {
	scorer *Scorer
	fixed  fixed.Parts
}

// All yields each factor that is rated, in declared order, with its part; a
// missing one has 0, or what the missing rule gives it. Where the score has no
// points there are none.
func (p *Parts) All() iter.Seq2[string, Number] {
	return func(yield func(string, Number) bool) {
		if p.scorer == nil {
			return
		}
		for i := range p.scorer.leaves {
			if !yield(p.scorer.leaves[i].id, p.at(i)) {
				return
			}
		}
	}
}

func (p *Parts) at(i int) Number { return Number{p.fixed.Points[i]} }
