package kam

import "fmt"

// Grid is compiled [GridRules], for those who place millions of accounts by
// the scores of a [Row]. [GridRules.Compile] makes one. It never changes and may be
// shared by goroutines. The zero value and nil have no cuts: every cell is unknown,
// and none is firm.
type Grid struct {
	compiled                       bool
	attractivenessCut, strengthCut int64
	compare                        Comparison
}

// Compile checks the rules, with the violations of [GridRules.Place]. Margin and
// Reviews are checked and take no part: a [Grid] knows no cell of before, and
// [GridRules.Place] does.
func (g GridRules) Compile() (*Grid, error) {
	var r report
	if g.check(&r, ""); len(r.found) > 0 {
		return nil, fmt.Errorf("kam: compile grid: %w", r.found)
	}
	return &Grid{true, g.cut(g.AttractivenessCut), g.cut(g.StrengthCut), g.Compare}, nil
}

// Cell is where two scores stand, compared with the cuts as they are printed.
// It is [Placement].Cell of an account that never stood anywhere before. It is
// unknown when a score has no points.
func (g *Grid) Cell(attractiveness, strength RowScore) Cell {
	if g == nil || !g.compiled || !attractiveness.known() || !strength.known() {
		return CellUnknown
	}
	return cellAt(attractiveness.compared(g.compare) >= g.attractivenessCut, strength.compared(g.compare) >= g.strengthCut)
}

// Firm is [Placement].Firm: whatever the missing answers turn out to be, the
// cell stays. A range whose ends are rounded to different sides of a cut is not
// firm, even where what is missing weighs nothing.
func (g *Grid) Firm(attractiveness, strength RowScore) bool {
	return g != nil && g.compiled && attractiveness.firm(g.attractivenessCut, g.compare) && strength.firm(g.strengthCut, g.compare)
}

func (s RowScore) compared(by Comparison) int64 {
	if by == ByPoints || s.complete() {
		return s.points
	}
	return s.Range().Worst.units
}

func (s RowScore) firm(cut int64, by Comparison) bool {
	if !s.known() || s.complete() {
		return s.known()
	}
	span := s.Range()
	return (span.Worst.units >= cut) == (span.Best.units >= cut)
}
