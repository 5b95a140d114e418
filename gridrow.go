package kam

import "fmt"

// Grid is compiled [GridRules], for those who place millions of accounts by
// the scores of a [Row]. It never changes and may be shared by goroutines. The
// zero value has both cuts at 0.
type Grid struct {
	attractivenessCut, strengthCut int64
	compare                        Comparison
}

// Compile checks the rules, with the errors of [GridRules.Place].
func (g GridRules) Compile() (*Grid, error) {
	var r report
	if g.check(&r, ""); len(r.found) > 0 {
		return nil, fmt.Errorf("kam: compile grid: %w", r.found)
	}
	return &Grid{g.cut(g.AttractivenessCut), g.cut(g.StrengthCut), g.Compare}, nil
}

// Cell is where two scores stand, compared with the cuts as they are printed.
// It is [Placement].Cell of an account that never stood anywhere before: the
// margin and the reviews take no part, and [GridRules.Place] knows them. It is
// unknown when a score has no points.
func (g *Grid) Cell(attractiveness, strength RowScore) Cell {
	if !attractiveness.known() || !strength.known() {
		return CellUnknown
	}
	return cellAt(attractiveness.compared(g.compare) >= g.attractivenessCut, strength.compared(g.compare) >= g.strengthCut)
}

// Firm is [Placement].Firm: whatever the missing answers turn out to be, the
// cell stays.
func (g *Grid) Firm(attractiveness, strength RowScore) bool {
	return attractiveness.firm(g.attractivenessCut, g.compare) && strength.firm(g.strengthCut, g.compare)
}

func (s RowScore) compared(by Comparison) int64 {
	if by == ByPoints {
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
