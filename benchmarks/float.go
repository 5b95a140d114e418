package main

import (
	"math"
	"slices"

	"github.com/kam-go/kam"
)

// rating is what a developer would write by hand.
type rating struct {
	value    float64
	answered bool
}

type floatAccount struct {
	selection      [20]rating
	attractiveness [7]rating
	strength       [9]rating
}

type floatOutcome struct {
	points [cards]float64
	known  [cards]bool
	cell   kam.Cell
}

var (
	selectionWeights      = [20]float64{13, 11, 9, 8, 7, 7, 6, 6, 5, 5, 4, 4, 3, 3, 2, 2, 2, 1, 1, 1}
	attractivenessWeights = [7]float64{20, 20, 15, 15, 15, 10, 5}
	strengthWeights       = [9]float64{15, 15, 15, 10, 10, 10, 10, 10, 5}
)

func floatScore(ratings []rating, weights []float64) (points float64, known bool) {
	var sum, weight float64
	for i, r := range ratings {
		if r.answered {
			sum += weights[i] * r.value
			weight += weights[i]
		}
	}
	if weight < leastPercent {
		return 0, false
	}
	return sum / weight * 10, true
}

func floatCell(attractiveness, strength float64) kam.Cell {
	switch {
	case attractiveness >= cut && strength >= cut:
		return kam.CellKey
	case attractiveness >= cut:
		return kam.CellTarget
	case strength >= cut:
		return kam.CellMaintain
	}
	return kam.CellLowProfile
}

func floats(accounts []ratings) []floatAccount {
	out := make([]floatAccount, len(accounts))
	for i, a := range accounts {
		for c, into := range [][]rating{out[i].selection[:], out[i].attractiveness[:], out[i].strength[:]} {
			for j, r := range a[c] {
				if r != missing {
					into[j] = rating{float64(r) / 100, true}
				}
			}
		}
	}
	return out
}

func floatLoop(accounts []ratings) peer {
	in, out := floats(accounts), make([]floatOutcome, len(accounts))
	return peer{
		run: func() {
			for i := range in {
				a, o := &in[i], &out[i]
				o.points[0], o.known[0] = floatScore(a.selection[:], selectionWeights[:])
				o.points[1], o.known[1] = floatScore(a.attractiveness[:], attractivenessWeights[:])
				o.points[2], o.known[2] = floatScore(a.strength[:], strengthWeights[:])
				o.place()
			}
		},
		outcome: func(i int) outcome { return out[i].outcome() },
	}
}

// floatRounded rounds to 4 places before it compares.
func floatRounded(accounts []ratings) peer {
	in, out := floats(accounts), make([]floatOutcome, len(accounts))
	score := func(ratings []rating, weights []float64) (float64, bool) {
		points, known := floatScore(ratings, weights)
		return round4(points), known
	}
	return peer{
		run: func() {
			for i := range in {
				a, o := &in[i], &out[i]
				o.points[0], o.known[0] = score(a.selection[:], selectionWeights[:])
				o.points[1], o.known[1] = score(a.attractiveness[:], attractivenessWeights[:])
				o.points[2], o.known[2] = score(a.strength[:], strengthWeights[:])
				o.place()
			}
		},
		outcome: func(i int) outcome { return out[i].outcome() },
	}
}

// flagged is a rating for a loop without branches: what is missing is 0, and so is
// its flag.
type flagged struct{ value, answered float64 }

func flagScore(ratings []flagged, weights []float64, ten float64) (points float64, known bool) {
	var sum, weight float64
	for i, r := range ratings {
		sum += weights[i] * r.value
		weight += weights[i] * r.answered
	}
	if weight < leastPercent {
		return 0, false
	}
	return sum / weight * ten, true
}

// floatFlags multiplies by a flag.
func floatFlags(accounts []ratings) peer { return flagPeer(accounts, 100, 10) }

// floatHundredths keeps the ratings as they came, so that all sums are of whole
// numbers and exact.
func floatHundredths(accounts []ratings) peer { return flagPeer(accounts, 1, 0.1) }

func flagPeer(accounts []ratings, divisor, ten float64) peer {
	in, out := make([][factors]flagged, len(accounts)), make([]floatOutcome, len(accounts))
	for i, a := range accounts {
		for j, r := range slices.Concat(a[:]...) {
			if r != missing {
				in[i][j] = flagged{float64(r) / divisor, 1}
			}
		}
	}
	return peer{
		run: func() {
			for i := range in {
				a, o := &in[i], &out[i]
				o.points[0], o.known[0] = flagScore(a[:20], selectionWeights[:], ten)
				o.points[1], o.known[1] = flagScore(a[20:27], attractivenessWeights[:], ten)
				o.points[2], o.known[2] = flagScore(a[27:], strengthWeights[:], ten)
				o.place()
			}
		},
		outcome: func(i int) outcome { return out[i].outcome() },
	}
}

func round4(x float64) float64 { return math.RoundToEven(x*10_000) / 10_000 }

func (f *floatOutcome) outcome() outcome {
	o := outcome{cell: f.cell}
	for c := range o.points {
		o.points[c] = floatUnits(f.points[c], f.known[c])
	}
	return o
}

func floatUnits(points float64, known bool) int64 {
	if !known {
		return unknown
	}
	return int64(math.RoundToEven(points * 10_000))
}

// floatMisses counts the scores that are known, and those whose contributions,
// rounded one by one to 4 places, do not sum to the rounded score.
func floatMisses(accounts []ratings) (misses, scores int) {
	for _, a := range accounts {
		for c, ws := range weights {
			var weight float64
			for i, w := range ws {
				if a[c][i] != missing {
					weight += float64(w)
				}
			}
			if weight < leastPercent {
				continue
			}
			var points float64
			var sum int64
			for i, w := range ws {
				if a[c][i] != missing {
					part := float64(w) * float64(a[c][i]) / 100 / weight * 10
					points += part
					sum += floatUnits(part, true)
				}
			}
			scores++
			if sum != floatUnits(points, true) {
				misses++
			}
		}
	}
	return misses, scores
}
