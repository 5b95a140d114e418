package kam

import (
	"fmt"
	"slices"
)

// Cell is a place on the grid of strategic focus (S8): how attractive the
// account is, against how strong the relationship. The zero value is unknown.
type Cell uint8

// The four cells.
const (
	CellUnknown    Cell = iota
	CellTarget          // attractive, relationship weak
	CellKey             // attractive, relationship strong
	CellLowProfile      // not attractive, relationship weak
	CellMaintain        // not attractive, relationship strong
)

var cellWords = enumWords[Cell]{"unknown", "target", "key", "low-profile", "maintain"}

var cellLabels = []Text{
	{"Unknown", "未知"},
	{"Target", "目标"},
	{"Key", "关键"},
	{"Low profile", "低调"},
	{"Maintain", "维持"},
}

var cellStrategies = []Text{
	{"Find out more first: answer what is missing, then place the account.", "先补齐缺少的评分，再确定位置。"},
	{
		"Invest to win. Pick the few accounts where a stronger position can be reached, put capable people and a funded plan on them, and agree in advance when to stop.",
		"加大投入，积极争取。选出少数能够建立更强关系的客户，配备得力人员和有预算的计划，并事先约定何时停止。",
	},
	{
		"Protect and grow. Give the best people and a joint plan, tie the two companies at several levels, and look for new value before a rival does.",
		"保护并发展。派出最得力的人员，与客户共同制定计划，在多个层面把两家公司连接起来，赶在竞争对手之前创造新价值。",
	},
	{
		"Serve at low cost. Use standard offers, telephone and online channels, and move people's time to better prospects.",
		"以低成本服务。采用标准产品、电话和网络渠道，把人员时间用于更好的机会。",
	},
	{
		"Keep what there is with less. Hold service at the agreed level, automate the routine, and spend no more than the business brings.",
		"以较少投入保持现状。按约定水平服务，让日常事务自动化，花费不超过业务带来的回报。",
	},
}

// Label names the cell for people.
func (c Cell) Label() Text { return label(c, cellLabels) }

// Strategy says what the cell asks for.
func (c Cell) Strategy() Text { return label(c, cellStrategies) }

// Cells returns the four cells, the attractive ones first.
func Cells() []Cell { return []Cell{CellTarget, CellKey, CellLowProfile, CellMaintain} }

func cellAt(attractive, strong bool) Cell {
	x, y := 0, 0
	if attractive {
		x = 1
	}
	if strong {
		y = 1
	}
	return [2][2]Cell{{CellLowProfile, CellMaintain}, {CellTarget, CellKey}}[x][y]
}

func (c Cell) attractive() bool { return c == CellKey || c == CellTarget }
func (c Cell) strong() bool     { return c == CellKey || c == CellMaintain }

// Comparison says which number of a score is compared with a cut.
type Comparison uint8

// The comparisons.
const (
	ByPoints Comparison = iota // the points
	ByWorst                    // the lower end of the range, so that a gap never helps; the points where nothing is missing
)

var comparisonWords = enumWords[Comparison]{"points", "worst"}

// GridRules place an account on the grid.
type GridRules struct {
	// AttractivenessCut and StrengthCut are from 0 to 100; a score of the cut
	// or more is high, or strong. Nil is 50.
	AttractivenessCut *Number `json:"attractivenessCut,omitzero"`
	StrengthCut       *Number `json:"strengthCut,omitzero"`
	// Margin is the hysteresis: an account with a previous cell leaves its
	// side of a cut only when its score passes the cut by this many points.
	// 0 is none.
	Margin Number `json:"margin"`
	// Reviews is how many reviews in a row, today's included, must find
	// another cell before the account changes to it. 0 and 1 are one.
	Reviews int `json:"reviews"`
	// Compare is the number of a score that is compared.
	Compare Comparison `json:"compare"`
}

// Placement is where an account stands on the grid, and how sure that is.
type Placement struct {
	// Cell is unknown when a score has no points.
	Cell Cell `json:"cell"`
	// Firm says that whatever the missing answers turn out to be, the cell
	// stays. Otherwise the placement is provisional.
	Firm bool `json:"firm"`
	// Possible lists the cells that the ranges of the scores allow.
	Possible []Cell `json:"possible"`
	// AboveAttractivenessCut and AboveStrengthCut are how many points the
	// account is above each line; below it they are negative. Nil where the
	// score has no points.
	AboveAttractivenessCut *Number `json:"aboveAttractivenessCut,omitzero"`
	AboveStrengthCut       *Number `json:"aboveStrengthCut,omitzero"`
	// Previous is the cell where the account stood, and Held says that without the margin or
	// the wait for more reviews it would be in another cell than it is.
	Previous Cell `json:"previous,omitzero"`
	Held     bool `json:"held,omitzero"`
	// Found is the cell that this review found, margin included, whether or
	// not it must still be confirmed; where it is known it belongs into [Account].Cells.
	Found Cell `json:"found"`
}

// Place places two scores on the grid. The cells that earlier reviews found
// come oldest first. Of a zero Score all is possible. Cuts, a margin, points and ranges
// outside 0 to 100, points outside their range, one that ends below its start, and a
// comparison or a cell that is none are [Violations].
func (g GridRules) Place(attractiveness, strength Score, before ...Cell) (Placement, error) {
	var r report
	g.check(&r, "")
	for i, c := range before {
		enum(&r, place("/before").index(i), c, cellWords)
	}
	attractiveness.checkPoints(&r, "attractiveness")
	strength.checkPoints(&r, "strength")
	if len(r.found) > 0 {
		return Placement{}, fmt.Errorf("kam: place on the grid: %w", r.found)
	}
	return g.place(new(pieces), &attractiveness, &strength, before), nil
}

func (g *GridRules) place(m *pieces, attractiveness, strength *Score, before []Cell) Placement {
	previous := standing(before, g.Reviews)
	x := newAxis(attractiveness, g.cut(g.AttractivenessCut), g.Compare)
	y := newAxis(strength, g.cut(g.StrengthCut), g.Compare)
	plain := cellOf(x, y)
	if previous != CellUnknown {
		x.shift, y.shift = g.Margin.units, g.Margin.units
		if previous.attractive() {
			x.shift = -x.shift
		}
		if previous.strong() {
			y.shift = -y.shift
		}
	}
	p := Placement{Found: cellOf(x, y), Previous: previous}
	p.Cell = settle(before, p.Found, g.Reviews)
	p.AboveAttractivenessCut, p.AboveStrengthCut = x.above(m), y.above(m)
	p.Held = p.Cell != plain
	p.Possible = m.cells.begin()
	for _, c := range [...]Cell{CellTarget, CellKey, CellLowProfile, CellMaintain} {
		if !x.possible(c.attractive()) || !y.possible(c.strong()) {
			continue
		}
		if c = settle(before, c, g.Reviews); !slices.Contains(p.Possible, c) {
			p.Possible = append(p.Possible, c)
		}
	}
	p.Possible = m.cells.keep(p.Possible)
	p.Firm = len(p.Possible) == 1 && p.Cell != CellUnknown
	return p
}

func (g *GridRules) cut(n *Number) int64 {
	if n == nil {
		return 50 * numberOne
	}
	return n.units
}

// axis is one score against one line.
type axis struct {
	known       bool  // whether the score has points
	number      int64 // what is compared
	worst, best int64 // what it could become
	cut, shift  int64
}

func newAxis(s *Score, cut int64, by Comparison) axis {
	a := axis{known: s.Points != nil, worst: s.Range.Worst.units, best: s.Range.Best.units, cut: cut}
	if !a.known {
		return a
	}
	switch a.number = s.Points.units; {
	case len(s.Missing) == 0 && a.best-a.worst <= 1: // there is only that number, between the two
		a.worst, a.best = a.number, a.number
	case by == ByWorst:
		a.number = a.worst
	}
	return a
}

func (a axis) high(number int64) bool { return number >= a.cut+a.shift }

func (a axis) above(m *pieces) *Number {
	if a.known {
		return m.numbers.one(Number{a.number - a.cut})
	}
	return nil
}

// possible reports whether some answer to what is missing leads to the side.
func (a axis) possible(high bool) bool {
	if high {
		return a.high(a.best)
	}
	return !a.high(a.worst)
}

func cellOf(x, y axis) Cell {
	if !x.known || !y.known {
		return CellUnknown
	}
	return cellAt(x.high(x.number), y.high(y.number))
}

func (g GridRules) check(r *report, at place) {
	for _, c := range []struct {
		name string
		cut  *Number
	}{{"attractivenessCut", g.AttractivenessCut}, {"strengthCut", g.StrengthCut}} {
		r.percent(at.key(c.name), c.cut)
	}
	if most := g.mostMargin(); g.Margin.units < 0 || g.Margin.units > most {
		r.add(at.key("margin"), CodeRange, g.Margin.String(), "0.."+Number{most}.String())
	}
	r.count(at.key("reviews"), &g.Reviews)
	enum(r, at.key("compare"), g.Compare, comparisonWords)
}

// mostMargin is the widest margin, in ten-thousandths, with which some score still leaves each cell:
// 0 from above a cut, 100 from below it.
func (g GridRules) mostMargin() int64 {
	room := func(cut *Number) int64 {
		at, all := orFifty(cut).units, int64(100*numberOne)
		if at <= 0 || at >= all { // it divides nothing, or only 100 from the rest
			return all
		}
		return min(at-1, all-at)
	}
	return min(room(g.AttractivenessCut), room(g.StrengthCut))
}
