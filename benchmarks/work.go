package main

import (
	"fmt"
	"math/rand/v2"

	"github.com/kam-go/kam"
)

// The work: three scorecards of 20, 7 and 9 factors, ratings from 0 to 10 with
// up to 2 places, one in ten missing, then the grid by the second and the
// third score, both cut at 50. Less than half of the weight answered is no
// score.

const (
	cards        = 3
	factors      = 20 + 7 + 9
	missing      = -1
	cut          = 50
	leastPercent = 50
)

// weights are in percent.
var weights = [cards][]int{
	{13, 11, 9, 8, 7, 7, 6, 6, 5, 5, 4, 4, 3, 3, 2, 2, 2, 1, 1, 1},
	{20, 20, 15, 15, 15, 10, 5},
	{15, 15, 15, 10, 10, 10, 10, 10, 5},
}

var cardIDs = [cards]string{"selection", "attractiveness", "strength"}

// factorIDs are made once, as constants would be.
var factorIDs = func() (ids [20]string) {
	for i := range ids {
		ids[i] = fmt.Sprintf("f%02d", i+1)
	}
	return ids
}()

func factorID(i int) string { return factorIDs[i] }

// ratings are those of one account to each scorecard, in hundredths.
type ratings [cards][]int

// outcome is what is made of one account: points in ten-thousandths, or
// unknown. Most peers do not say whether the cell is firm, and what the factors
// add.
type outcome struct {
	points [cards]int64
	cell   kam.Cell
	firm   kam.Verdict
	parts  [cards][]int64 // nil where nothing is said
}

const unknown = -1

func draw(r *rand.Rand) ratings {
	var a ratings
	for c := range a {
		for range weights[c] {
			rating := r.IntN(1001)
			if r.IntN(10) == 0 {
				rating = missing
			}
			a[c] = append(a[c], rating)
		}
	}
	return a
}

// ordinary are n accounts, always the same.
func ordinary(n int) []ratings {
	r := rand.New(rand.NewPCG(2026, 11))
	out := make([]ratings, n)
	for i := range out {
		out[i] = draw(r)
	}
	return out
}

// onTheLine are n accounts whose second and third score are exactly 50.
func onTheLine(n int) []ratings {
	r := rand.New(rand.NewPCG(2026, 12))
	out := make([]ratings, n)
	for i := range out {
		out[i] = draw(r)
		for _, c := range []int{1, 2} {
			for !level(out[i][c], weights[c], r) {
				out[i][c] = draw(r)[c]
			}
		}
	}
	return out
}

// level changes one rating, so that the weighted mean is 5. It reports whether
// there is such a change, and enough of the weight is answered.
func level(ratings, weights []int, r *rand.Rand) bool {
	above, answered := 0, 0
	for i, rating := range ratings {
		if rating != missing {
			above += weights[i] * (rating - 500)
			answered += weights[i]
		}
	}
	for _, i := range r.Perm(len(ratings)) {
		level := ratings[i] - above/weights[i]
		if ratings[i] != missing && above%weights[i] == 0 && level >= 0 && level <= 1000 {
			ratings[i] = level
			return answered >= leastPercent
		}
	}
	return false
}

// scorecards are the three as kam has them.
func scorecards() [cards]kam.Scorecard {
	var out [cards]kam.Scorecard
	for c := range out {
		out[c].ID = cardIDs[c]
		for i, w := range weights[c] {
			out[c].Factors = append(out[c].Factors, kam.Factor{ID: factorID(i), Weight: kam.Int(w)})
		}
	}
	return out
}

func scorers() [cards]*kam.Scorer {
	var out [cards]*kam.Scorer
	for c, card := range scorecards() {
		out[c] = must(card.Compile())
	}
	return out
}

func answersOf(ratings []int) kam.Answers {
	answers := kam.Answers{}
	for i, rating := range ratings {
		if rating != missing {
			answers[factorID(i)] = kam.Rated(kam.Dec(int64(rating), 2))
		}
	}
	return answers
}

func must[T any](v T, err error) T {
	check(err)
	return v
}

// check stops the program: it has no input that could be wrong.
func check(err error) {
	if err != nil {
		panic(err) // the work is ours, and cannot fail
	}
}

// units is a Number in ten-thousandths.
func units(n kam.Number) int64 { return n.Decimal().Shift(4).IntPart() }

func unitsOrUnknown(n kam.Number, known bool) int64 {
	if !known {
		return unknown
	}
	return units(n)
}
