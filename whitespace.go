package kam

import (
	"cmp"
	"fmt"
	"strconv"
)

// WhiteCell is what one unit or department of an account does with one product
// line: a cell of the whitespace map (S5, S6).
type WhiteCell struct {
	Line string `json:"line"`
	Unit string `json:"unit"`
	// Bought says whether they buy the line from us.
	Bought Verdict `json:"bought,omitzero"`
	// Potential is what they could buy in a year, and Current what they do;
	// nil is unknown.
	Potential *Money `json:"potential,omitzero"`
	Current   *Money `json:"current,omitzero"`
}

// WhiteSpace is the whitespace map: product lines against units, with sums
// both ways. Lines and units are in the order in which they were first given.
type WhiteSpace struct {
	Lines []string `json:"lines"`
	Units []string `json:"units"`
	// Cells has a row for each line and a column for each unit; what was not
	// given is unknown.
	Cells [][]WhiteCell `json:"cells"`
	// ByLine, ByUnit and Total add up the cells.
	ByLine []WhiteSum `json:"byLine"`
	ByUnit []WhiteSum `json:"byUnit"`
	Total  WhiteSum   `json:"total"`
}

// WhiteSum adds up cells.
type WhiteSum struct {
	Bought    int `json:"bought"`
	NotBought int `json:"notBought"`
	Unknown   int `json:"unknown"`
	// Potential and Current are the sums of what is known, nil where no cell has it, and
	// PotentialUnknown and CurrentUnknown how many cells lack it. Of a line that is not
	// bought nothing is current.
	Potential        *Money `json:"potential,omitzero"`
	Current          *Money `json:"current,omitzero"`
	PotentialUnknown int    `json:"potentialUnknown"`
	CurrentUnknown   int    `json:"currentUnknown"`
	// Open is the white space: what they could buy less what they do, cell by cell, none
	// below zero; nil where no cell has both. OpenUnknown counts the cells that have not.
	Open        *Money `json:"open,omitzero"`
	OpenUnknown int    `json:"openUnknown"`
}

func (s *WhiteSum) add(r *report, at place, c WhiteCell) {
	switch c.Bought {
	case Yes:
		s.Bought++
	case No:
		s.NotBought++
	default:
		s.Unknown++
	}
	open, before := c.open(), r.faults
	r.addUp(at.key("potential"), &s.Potential, s.Current, c.Potential)
	r.addUp(at.key("current"), &s.Current, s.Potential, c.Current)
	if before == r.faults { // else it is told already
		r.addUp(at.key("potential"), &s.Open, nil, open)
	}
	if c.Potential == nil {
		s.PotentialUnknown++
	}
	if c.Current == nil && c.Bought != No {
		s.CurrentUnknown++
	}
	if open == nil {
		s.OpenUnknown++
	}
}

// addUp adds an amount, where there is one, to a sum that is nil before the first. What
// stands beside the sum is in the same currency.
func (r *report) addUp(at place, sum **Money, beside, amount *Money) {
	if amount == nil {
		return
	}
	was, other := cmp.Or(*sum, &Money{}), cmp.Or(beside, &Money{})
	is, err := was.Add(*amount)
	if err != nil {
		r.wrap(at, err, amount.String(), was)
		return
	}
	if _, err := is.Cmp(*other); err != nil {
		r.wrap(at, err, amount.String(), other)
		return
	}
	*sum = &is
}

// open is what they could buy more of a cell, or nil.
func (c *WhiteCell) open() *Money {
	switch {
	case c.Potential == nil || c.Current == nil && c.Bought != No:
		return nil
	case c.Current == nil:
		return c.Potential
	}
	open, err := c.Potential.Sub(*c.Current)
	if err != nil {
		return nil // in two currencies
	}
	if open.Sign() < 0 {
		open, _ = open.Sub(open)
	}
	return &open
}

// maxTable is the most cells of a table that grows with the product of what was given.
const maxTable = 100_000

// MapWhiteSpace arranges cells in a table and adds them up. A cell given
// twice, one without a line or a unit, and amounts below zero or in two
// currencies are [Violations] with the place of the cell. Lines times units, given or not,
// are at most 100,000 cells; more are a [CodeTooLarge]: map some of the units at a time.
func MapWhiteSpace(cells []WhiteCell) (WhiteSpace, error) {
	w := WhiteSpace{Lines: []string{}, Units: []string{}, Cells: [][]WhiteCell{}}
	var r report
	rows, columns := map[string]int{}, map[string]int{}
	position := func(of map[string]int, list *[]string, name string) int {
		i, ok := of[name]
		if !ok {
			i = len(*list)
			of[name] = i
			*list = append(*list, name)
		}
		return i
	}
	type spot struct{ row, column int }
	given := map[spot]int{}
	for i, c := range cells {
		at := place("").index(i)
		before := r.faults
		r.key(at.key("line"), c.Line)
		r.key(at.key("unit"), c.Unit)
		enum(&r, at.key("bought"), c.Bought, verdictWords)
		r.money(at.key("potential"), c.Potential, false)
		r.money(at.key("current"), c.Current, false)
		if c.Bought == No && c.Current != nil && c.Current.Sign() > 0 {
			r.add(at.key("current"), CodeRange, c.Current.String(), "0")
		}
		if r.faults > before {
			continue
		}
		p := spot{position(rows, &w.Lines, c.Line), position(columns, &w.Units, c.Unit)}
		if _, twice := given[p]; twice {
			r.add(at, CodeDuplicate, c.Line+", "+c.Unit, "")
			continue
		}
		given[p] = i
		w.Total.add(&r, at, c)
	}
	if lines, units := len(w.Lines), len(w.Units); units > 0 && lines > maxTable/units {
		r.add("", CodeTooLarge, fmt.Sprint(lines, " lines, ", units, " units"), "<= "+strconv.Itoa(maxTable))
	}
	if err := r.found.Err(); err != nil {
		return WhiteSpace{}, fmt.Errorf("kam: map white space: %w", err)
	}
	w.Total = WhiteSum{} // of the same cells, in the order of the table
	w.ByLine, w.ByUnit = make([]WhiteSum, len(w.Lines)), make([]WhiteSum, len(w.Units))
	for i, line := range w.Lines {
		row := make([]WhiteCell, len(w.Units))
		for j, unit := range w.Units {
			at, ok := given[spot{i, j}]
			c := WhiteCell{Line: line, Unit: unit}
			if ok {
				c = cells[at]
			}
			row[j] = c
			for _, s := range []*WhiteSum{&w.ByLine[i], &w.ByUnit[j], &w.Total} {
				s.add(&r, place("").index(at), c)
			}
		}
		w.Cells = append(w.Cells, row)
	}
	if err := r.found.Err(); err != nil {
		return WhiteSpace{}, fmt.Errorf("kam: map white space: %w", err)
	}
	return w, nil
}
