package kam

import (
	"fmt"
	"math"
	"strconv"

	"github.com/kam-go/kam/internal/fixed"
)

// maxRows is the most rows that lie side by side.
const maxRows = 10_000_000

// Rows are rows of one scorecard that lie side by side in memory, which is what
// scoring many of them wants; [Scorer.Rows] makes them. Copies share the memory.
// Different rows may be filled and scored by different goroutines. What a [Row]
// leaves out, Rows do as well. The zero value has none.
type Rows struct {
	scorer   *Scorer
	n, width int
	fixed    fixed.Row
}

// Rows returns n rows without answers. A number below 0 is a [CodeRange], and one
// above 10,000,000, or of more bytes than the machine can address, a
// [CodeTooLarge].
func (sc *Scorer) Rows(n int) (Rows, error) {
	if sc = sc.orZero(); sc.kernel == nil {
		return Rows{}, fmt.Errorf("kam: make rows: %w", noFactors())
	}
	width := sc.kernel.Width()
	most := min(maxRows, math.MaxInt/(8*width))
	switch {
	case n < 0:
		return Rows{}, fmt.Errorf("kam: make rows of %q: %w", sc.id, Violations{{Code: CodeRange, Value: strconv.Itoa(n), Want: ">= 0"}})
	case n > most:
		return Rows{}, fmt.Errorf("kam: make rows of %q: %w", sc.id, Violations{{Code: CodeTooLarge, Value: strconv.Itoa(n), Want: "<= " + strconv.Itoa(most)}})
	}
	return Rows{sc, n, width, make(fixed.Row, n*width)}, nil
}

// Len is the number of rows.
func (r Rows) Len() int { return r.n }

// At returns row i, which shares the memory of r. Where there is no such row,
// it is the zero [Row].
func (r Rows) At(i int) Row {
	if i < 0 || i >= r.Len() {
		return Row{}
	}
	at, end := i*r.width, (i+1)*r.width
	return Row{r.scorer, r.fixed[at:end:end]}
}

// Bind is [Scorer.BindTo] into row i. Where there is no such row, it is a
// [CodeRange].
func (r Rows) Bind(i int, answers Answers) error {
	if i < 0 || i >= r.Len() {
		return fmt.Errorf("kam: bind row: %w", outside(i, r.Len()))
	}
	row := r.At(i)
	return r.scorer.BindTo(&row, answers)
}
