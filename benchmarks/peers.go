package main

import (
	"fmt"
	"slices"

	"github.com/kam-go/kam"
)

// peer is one way to do the work on the accounts that it was given. What it
// reads is prepared before; run does all of them.
type peer struct {
	run     func()
	outcome func(i int) outcome
	// want is what account i is to have, where it is not what the others have.
	want func(i int) outcome
}

// entry is a line of the table.
type entry struct {
	name string
	// of is the account to be done: one in so many. The slow peers do a part
	// of the accounts.
	of    int
	exact bool
	make  func([]ratings) peer
}

// entries are the peers; the first is what the others are measured by.
var entries = []entry{
	{"float64 loop, by hand", 1, false, floatLoop},
	{"float64 loop, rounded to 4 places", 1, false, floatRounded},
	{"float64 loop, without branches", 1, false, floatFlags},
	{"float64 loop, without branches, ratings in hundredths", 1, false, floatHundredths},
	{"**kam, bound**", 1, true, kamBound},
	{"**kam, bound, firm or provisional**", 1, true, kamFirm},
	{"**kam, bound, with contributions**", 1, true, kamContributions},
	{"**kam, bound, weights of 4 places**", 1, true, kamFine},
	{"**kam, bound, weights of 4 places, with contributions**", 1, true, kamFineContributions},
	{"**kam, from structs**", 1, true, kamStructs},
	{"**kam, from maps**", 100, true, kamMaps},
	{"**kam, from maps that no cache holds**", 10, true, kamMaps},
	{"**kam, from maps, with By and On**", 100, true, kamNamed},
	{"**kam, from maps, with all reasons**", 100, true, kamReasons},
	{"shopspring/decimal, plain", 100, true, decimalPlain},
	{"expr-lang/expr, compiled", 100, false, exprCompiled},
	{"cel-go, compiled", 100, false, celCompiled},
	{"modernc.org/sqlite, scored in SQL", 10, true, sqlite},
	{"grule-rule-engine", 1000, false, grule},
	{"**kam, the whole Assess**", 100, true, kamAssess},
	{"**kam, the whole Assess, by an Assessor**", 100, true, kamAssessor},
}

// reference is what plain decimals say, which share no code with kam, and of what
// they do not say what the explained scores say.
func reference(accounts []ratings) []outcome {
	var out []outcome
	scorers := scorers()
	for some := range slices.Chunk(accounts, 1000) {
		p := decimalPlain(some)
		p.run()
		for i, a := range some {
			o, said := p.outcome(i), explain(scorers, a)
			o.firm, o.parts = said.firm, said.parts
			out = append(out, o)
		}
	}
	return out
}

// explain is what the explained scores of kam say.
func explain(scorers [cards]*kam.Scorer, a ratings) outcome {
	var scores [cards]kam.Score
	var o outcome
	for c := range scores {
		scores[c] = must(scorers[c].Score(answersOf(a[c])))
		o.points[c], o.parts[c] = unknown, []int64{}
		if scores[c].Points == nil {
			continue
		}
		o.points[c] = units(*scores[c].Points)
		for _, part := range scores[c].Contributions {
			o.parts[c] = append(o.parts[c], units(*part.Points))
		}
	}
	p := must(gridRules().Place(scores[1], scores[2]))
	o.cell, o.firm = p.Cell, verdict(p.Firm)
	return o
}

// compare counts the accounts that are in another cell. An exact peer must
// agree in all that it says, and its contributions must sum to the points; of the
// others the points may differ by one unit of the fourth place.
func compare(e entry, p peer, want []outcome) (otherCells int, err error) {
	for i := range want {
		got, want := p.outcome(i), want[i]
		if p.want != nil {
			want = p.want(i)
		}
		for c := range cards {
			if err := e.compareCard(got, want, c); err != nil {
				return 0, fmt.Errorf("%s: account %d: %s: %w", e.name, i, cardIDs[c], err)
			}
		}
		if got.firm != kam.VerdictUnknown && got.firm != want.firm {
			return 0, fmt.Errorf("%s: account %d: firm is %s, want %s", e.name, i, got.firm, want.firm)
		}
		if got.cell == want.cell {
			continue
		}
		otherCells++
		if e.exact || got.cell == kam.CellUnknown || want.cell == kam.CellUnknown {
			return 0, fmt.Errorf("%s: account %d: cell is %s, want %s", e.name, i, got.cell, want.cell)
		}
	}
	return otherCells, nil
}

func (e *entry) compareCard(got, want outcome, c int) error {
	tolerance := int64(1)
	if e.exact {
		tolerance = 0
	}
	g, w := got.points[c], want.points[c]
	if (g == unknown) != (w == unknown) || max(g-w, w-g) > tolerance {
		return fmt.Errorf("points are %d, want %d", g, w)
	}
	parts := got.parts[c]
	if parts == nil {
		return nil
	}
	var sum int64
	for _, p := range parts {
		sum += p
	}
	if g != unknown && sum != g || !slices.Equal(parts, want.parts[c]) {
		return fmt.Errorf("contributions are %v, want %v of %d", parts, want.parts[c], g)
	}
	return nil
}
