package kam

import (
	"fmt"

	"github.com/kam-go/kam/internal/fixed"
)

// Row is the answers to one scorecard, bound to it for fast scoring: what is
// slow, looking up factors by their ids, is done once. Its methods allocate
// nothing and give what [Scorer.Score] gives. The zero value has no scorecard
// and no points; [Scorer.Bind] makes one. A Row may be read by several
// goroutines and must not be copied while it is bound anew.
type Row struct {
	sc  *Scorer
	row fixed.Row
}

// Bind binds answers to the scorecard, whatever their age and without signals.
// The errors are those of [Scorer.Score]; a scale wider than 214,748 is a
// [CodePrecision].
func (sc *Scorer) Bind(answers Answers) (Row, error) {
	var row Row
	err := sc.Rebind(&row, answers)
	return row, err
}

// Rebind is [Scorer.Bind] into the memory of a row that was used before. On
// error the row has no points.
func (sc *Scorer) Rebind(row *Row, answers Answers) error {
	row.sc = nil
	if !sc.fits(answers) { // say what is wrong, in order
		var r report
		sc.checkAnswers(&r, "", answers)
		return fmt.Errorf("kam: bind to %q: %w", sc.id, r.found)
	}
	var ratings [fixed.MaxLeaves]int64
	var answered uint64
	for id, a := range answers {
		i := sc.byID[id]
		ratings[i] = a.Rating.units
		answered |= 1 << i
	}
	if err := sc.kernel.Fill(&row.row, ratings[:], answered); err != nil {
		return fmt.Errorf("kam: bind to %q: %w: %w", sc.id, CodePrecision, err)
	}
	row.sc = sc
	return nil
}

// fits reports whether the answers are without fault, in any order.
func (sc *Scorer) fits(answers Answers) bool {
	for id, a := range answers {
		i, ok := sc.byID[id]
		if !ok || i == groupIndex {
			return false
		}
		scale := &sc.leaves[i].scale
		if a.Rating.units < scale.Lo.units || a.Rating.units > scale.Hi.units || !a.On.Valid() || a.By+a.Note != "" || a.Confidence != nil {
			var r report
			sc.checkAnswers(&r, "", Answers{id: a})
			if len(r.found) > 0 {
				return false
			}
		}
	}
	return true
}

// Points returns the points, and whether there are any: [Score].Points.
func (row *Row) Points() (Number, bool) {
	sc := row.sc
	if sc == nil || sc.required&^row.row.Answered() != 0 {
		return Number{}, false
	}
	points, coverage, ok := sc.kernel.Points(&row.row, fixed.Missing(sc.missing))
	if !ok || coverage < sc.minimum {
		return Number{}, false
	}
	return Number{points}, true
}

// Contributions writes each leaf's part of the points, in declared order, into
// parts, which it returns cut or grown to their number; they sum to the points
// exactly. A leaf that was not answered has 0, or its half with the missing
// rule neutral. Without points there are none.
func (row *Row) Contributions(parts []Number) (points Number, out []Number, ok bool) {
	if points, ok = row.Points(); !ok {
		return Number{}, parts[:0], false
	}
	n := len(row.sc.leaves)
	if cap(parts) < n {
		parts = make([]Number, n)
	}
	parts = parts[:n]
	var units [fixed.MaxLeaves]int64
	row.sc.kernel.Split(&row.row, fixed.Missing(row.sc.missing), points.units, units[:])
	for i := range parts {
		parts[i] = Number{units[i]}
	}
	return points, parts, true
}
