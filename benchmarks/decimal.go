package main

import (
	"github.com/shopspring/decimal"

	"github.com/kam-go/kam"
)

type decimalRating struct {
	value    decimal.Decimal
	answered bool
}

type decimalOutcome struct {
	points [cards]decimal.Decimal
	known  [cards]bool
	cell   kam.Cell
}

func decimalPlain(accounts []ratings) peer {
	in, out := make([][cards][]decimalRating, len(accounts)), make([]decimalOutcome, len(accounts))
	var ws [cards][]decimal.Decimal
	for c := range weights {
		for _, w := range weights[c] {
			ws[c] = append(ws[c], decimal.NewFromInt(int64(w)))
		}
	}
	for i, a := range accounts {
		for c := range a {
			for _, r := range a[c] {
				in[i][c] = append(in[i][c], decimalRating{decimal.New(int64(max(r, 0)), -2), r != missing})
			}
		}
	}
	line, least, ten := decimal.NewFromInt(cut), decimal.NewFromInt(leastPercent), decimal.NewFromInt(10)
	score := func(ratings []decimalRating, weights []decimal.Decimal) (decimal.Decimal, bool) {
		var sum, weight decimal.Decimal
		for i, r := range ratings {
			if r.answered {
				sum = sum.Add(weights[i].Mul(r.value))
				weight = weight.Add(weights[i])
			}
		}
		if weight.LessThan(least) {
			return decimal.Decimal{}, false
		}
		return sum.Div(weight).Mul(ten).RoundBank(4), true
	}
	return peer{
		run: func() {
			for i := range in {
				o := &out[i]
				for c := range cards {
					o.points[c], o.known[c] = score(in[i][c], ws[c])
				}
				o.cell = kam.CellUnknown
				if o.known[1] && o.known[2] {
					o.cell = decimalCell(o.points[1].GreaterThanOrEqual(line), o.points[2].GreaterThanOrEqual(line))
				}
			}
		},
		outcome: func(i int) outcome {
			o := outcome{cell: out[i].cell}
			for c, p := range out[i].points {
				o.points[c] = unknown
				if out[i].known[c] {
					o.points[c] = p.Shift(4).IntPart()
				}
			}
			return o
		},
	}
}

func decimalCell(attractive, strong bool) kam.Cell {
	switch {
	case attractive && strong:
		return kam.CellKey
	case attractive:
		return kam.CellTarget
	case strong:
		return kam.CellMaintain
	}
	return kam.CellLowProfile
}
