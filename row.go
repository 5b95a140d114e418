package kam

import (
	"encoding/json"
	"fmt"
	"iter"
	"math/bits"
	"slices"
	"strconv"

	"github.com/kam-go/kam/internal/fixed"
)

// Row is the answers to one scorecard, bound to its [Scorer]: ratings without
// names, 4 bytes each in blocks of eight (8 bytes on scales that are very wide
// or with weights of many places). It is for those who score millions of
// accounts, or the same ones again and again; [Scorer.Score] gives a score with
// all its reasons.
//
// A Row is the ratings alone: signals and their bands, [Policy].AnswerMaxAge and
// the day of an assessment take no part, so that its score is not that of
// [Engine.Assess] where a policy has them, as the default one does. [Assessor] is
// for those.
//
// The zero value is bound to nothing and has no points. Copies share its memory:
// what is set in one is set in all. A Row may be shared by goroutines while nobody
// changes it.
type Row struct {
	scorer *Scorer
	fixed  fixed.Row
}

// Bind checks the answers as [Scorer.Score] does, with the same violations, and
// copies their ratings into a [Row] of its own. Nil is a row without answers, to be
// filled by [Row.Set]. All answers count, whatever their day and age, and no
// signal stands in for a missing one: see [Row].
func (sc *Scorer) Bind(answers Answers) (Row, error) {
	var row Row
	err := sc.BindTo(&row, answers)
	return row, err
}

// BindTo is [Scorer.Bind] into a row that is there already; its memory is used
// again. On error, which is [Violations], the row keeps its answers. A nil row is a
// [CodeMissing].
//
// Copies of the row change with it, so a loop that collects rows wants
// [Scorer.Rows] and [Rows.Bind]: of one variable, bound and appended again and
// again, all are the last. A row of another Scorer, be it of the same scorecard,
// gets memory of its own and leaves what it was a part of.
func (sc *Scorer) BindTo(row *Row, answers Answers) error {
	sc = sc.orZero()
	var g given
	err := sc.refuse(answers, &g)
	if row == nil {
		err = notGiven("row")
	}
	if err != nil {
		return fmt.Errorf("kam: bind %q: %w", sc.id, err)
	}
	if row.scorer != sc {
		*row = sc.row()
	}
	row.Clear()
	for m := g.answered; m != 0; m &= m - 1 {
		i := bits.TrailingZeros64(m)
		sc.kernel.Set(row.fixed, i, g.ratings[i].units)
	}
	return nil
}

// Index is the place of a factor or question in the rows of the scorecard, in
// declared order from 0, for [Row.Set]. False is an id that the scorecard does not
// have, or of a group, which is not rated itself.
func (sc *Scorer) Index(factor string) (int, bool) {
	i, ok := sc.orZero().byID[factor]
	if !ok || i == groupIndex {
		return 0, false
	}
	return i, true
}

// Set answers the factor at place i, as [Scorer.Index] gives it, for those who
// have their ratings in structs or columns. A place that the scorecard does not
// have, and any of the zero Row, is a [CodeRange]; a rating outside the scale is a
// [CodeRating], and what is no number a [CodeNumber]. On error the row stays as it
// was. [Row.Clear] takes answers back.
func (r Row) Set(i int, rating Number) error {
	if r.scorer == nil || i < 0 || i >= len(r.scorer.leaves) {
		return r.noPlace(i)
	}
	l := &r.scorer.leaves[i]
	if !l.scale.has(rating) {
		return fmt.Errorf("kam: set rating: %w", r.scorer.refuse(Answers{l.id: Rated(rating)}, new(given)))
	}
	r.scorer.kernel.Set(r.fixed, i, rating.units)
	return nil
}

func (r Row) noPlace(i int) error {
	n := 0
	if r.scorer != nil {
		n = len(r.scorer.leaves)
	}
	return fmt.Errorf("kam: set rating: %w", outside(i, n))
}

// outside is the fault of an index.
func outside(i, n int) Violations {
	return Violations{{Code: CodeRange, Value: strconv.Itoa(i), Want: fmt.Sprintf("0 <= i < %d", n)}}
}

// Clear takes all answers of the row back.
func (r Row) Clear() { clear(r.fixed) }

// row returns one without an answer.
func (sc *Scorer) row() Row { return Row{sc, make(fixed.Row, sc.kernel.Width())} }

// row is that of a Scorer, until the next one is asked for.
func (m *pieces) row(sc *Scorer) Row {
	m.fixed = append(m.fixed[:0], make(fixed.Row, sc.kernel.Width())...)
	return Row{sc, m.fixed}
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

// Explain is [Row.Score] with what each factor adds to the points. With nil it
// is Score. It is quickest where the weights and the scales have few places: see
// LIMITS.md.
func (r Row) Explain(into *Contributions) RowScore {
	s := r.Score()
	if into == nil {
		return s
	}
	if into.scorer != s.scorer || !s.known() {
		*into = Contributions{} // nothing is left of another scorecard
	}
	if !s.known() {
		return s
	}
	into.scorer, into.counted = s.scorer, s.answered
	if s.scorer.missing == Neutral {
		into.counted = s.scorer.all
	}
	s.scorer.kernel.Split(r.fixed, fixed.Missing(s.scorer.missing), s.points, &into.parts)
	return s
}

// RowScore is the score of a [Row], and a small value: what is not asked for
// is not computed. In JSON it is a [Score] without contributions. The zero value is
// that of no scorecard: it has no points.
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

// Missing yields the factors without an answer, as [Score].Missing lists them.
func (s RowScore) Missing() iter.Seq[string] {
	return func(yield func(string) bool) {
		if s.scorer == nil {
			return
		}
		for left := s.scorer.all &^ s.answered; left != 0; left &= left - 1 {
			if !yield(s.scorer.leaves[bits.TrailingZeros64(left)].id) {
				return
			}
		}
	}
}

// String returns the score as "71.875 of 57.5..77.5 (coverage 80)", and with
// "unknown" where it has no points.
func (s RowScore) String() string {
	points, span := "unknown", s.Range()
	if p, ok := s.Points(); ok {
		points = p.String()
	}
	return fmt.Sprintf("%s of %s..%s (coverage %s)", points, span.Worst, span.Best, s.Coverage())
}

// MarshalJSON writes the fields of a [Score] that a row has.
func (s RowScore) MarshalJSON() ([]byte, error) {
	out := struct {
		Scorecard string   `json:"scorecard"`
		Points    *Number  `json:"points,omitzero"`
		Coverage  Number   `json:"coverage"`
		Range     Range    `json:"range"`
		Missing   []string `json:"missing,omitempty"`
	}{Coverage: s.Coverage(), Range: s.Range(), Missing: slices.Collect(s.Missing())}
	if s.scorer != nil {
		out.Scorecard = s.scorer.id
	}
	if p, ok := s.Points(); ok {
		out.Points = &p
	}
	return json.Marshal(out)
}

// Contributions are what the factors of a [Row] add to its points, in memory of
// the caller's: [Row.Explain] fills it, as often as you like. They are those of
// [Score].Contributions, have 4 places and sum to the points exactly. The zero
// value has none. A Contributions is for one goroutine at a time.
type Contributions struct {
	scorer  *Scorer
	counted uint64 // the leaves that count
	parts   fixed.Parts
}

// All yields each factor that counts, in declared order, with what it adds: those
// that are answered, and under [Neutral] the missing ones with their middle. One
// that is rated worst adds 0, and a missing one is not there. Where the score has
// no points there are none.
func (c *Contributions) All() iter.Seq2[string, Number] {
	return func(yield func(string, Number) bool) {
		if c == nil || c.scorer == nil {
			return
		}
		for left := c.counted; left != 0; left &= left - 1 {
			i := bits.TrailingZeros64(left)
			if !yield(c.scorer.leaves[i].id, Number{c.parts.Points[i]}) {
				return
			}
		}
	}
}

// At is what the factor at place i adds, as [Scorer.Index] gives the place: the
// quickest way to read many. False is a factor that does not count, or a place that
// the scorecard does not have, and then the number is 0.
func (c *Contributions) At(i int) (Number, bool) {
	if c == nil || uint(i) >= fixed.MaxLeaves {
		return Number{}, false
	}
	return Number{c.parts.Points[i]}, c.counted>>i&1 == 1
}
