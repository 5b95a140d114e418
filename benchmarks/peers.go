package main

import (
	"fmt"

	"github.com/kam-go/kam"
)

// peer is one way to do the work on the accounts that it was given. What it
// reads is prepared before; run does all of them.
type peer struct {
	run     func()
	outcome func(i int) outcome
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
	{"**kam, bound**", 1, true, kamBound},
	{"**kam, bound, firm or provisional**", 1, true, kamFirm},
	{"**kam, bound, with contributions**", 1, true, kamContributions},
	{"**kam, from maps**", 100, true, kamMaps},
	{"**kam, from maps that no cache holds**", 10, true, kamMaps},
	{"**kam, from maps, with all reasons**", 100, true, kamReasons},
	{"shopspring/decimal, plain", 100, true, decimalPlain},
	{"expr-lang/expr, compiled", 100, false, exprCompiled},
	{"cel-go, compiled", 100, false, celCompiled},
	{"modernc.org/sqlite, scored in SQL", 10, true, sqlite},
	{"grule-rule-engine", 1000, false, grule},
	{"**kam, the whole Assess**", 100, true, kamAssess},
}

// reference is what the explained scores of kam say.
func reference(accounts []ratings) []outcome {
	p := kamReasons(accounts)
	p.run()
	return outcomes(p, len(accounts))
}

func outcomes(p peer, n int) []outcome {
	out := make([]outcome, n)
	for i := range out {
		out[i] = p.outcome(i)
	}
	return out
}

// compare counts the accounts that are in another cell. An exact peer must
// agree in all; of the others the points may differ by one unit of the fourth
// place.
func compare(e entry, got, want []outcome) (otherCells int, err error) {
	tolerance := int64(1)
	if e.exact {
		tolerance = 0
	}
	for i := range got {
		for c := range cards {
			g, w := got[i].points[c], want[i].points[c]
			if (g == unknown) != (w == unknown) || max(g-w, w-g) > tolerance {
				return 0, fmt.Errorf("%s: account %d: points of %s are %d, want %d", e.name, i, cardIDs[c], g, w)
			}
		}
		if got[i].cell == want[i].cell {
			continue
		}
		otherCells++
		if e.exact || got[i].cell == kam.CellUnknown || want[i].cell == kam.CellUnknown {
			return 0, fmt.Errorf("%s: account %d: cell is %s, want %s", e.name, i, got[i].cell, want[i].cell)
		}
	}
	return otherCells, nil
}
