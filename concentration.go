package kam

import (
	"cmp"
	"math/big"
	"slices"

	"golang.org/x/exp/stats"
)

// Class is a class of the ABC analysis. The zero value is none: no amount, or
// none above zero.
type Class uint8

// The classes.
const (
	ClassNone Class = iota
	ClassA
	ClassB
	ClassC
)

var classWords = enumWords[Class]{"none", "A", "B", "C"}

// ABCRules are the boundaries of the ABC classes, in percent of the whole. The
// zero value is 80 and 95.
type ABCRules struct {
	A Number `json:"a"`
	B Number `json:"b"`
}

func (b ABCRules) withDefaults() ABCRules {
	if b == (ABCRules{}) {
		return ABCRules{Int(80), Int(95)}
	}
	return b
}

func (b ABCRules) check(r *report, at place) {
	if b.A.units <= 0 || b.A.units > 100*numberOne {
		r.add(at.key("a"), CodeRange, b.A.String(), "0..100")
	}
	if b.B.units < b.A.units || b.B.units > 100*numberOne {
		r.add(at.key("b"), CodeRange, b.B.String(), b.A.String()+"..100")
	}
}

// Concentration says how much of a whole a few hold. It looks at the amounts
// above zero alone: a negative revenue is no share of anything.
type Concentration struct {
	// Accounts counts the amounts above zero, and Excluded those that are
	// zero, negative or unknown.
	Accounts int `json:"accounts"`
	Excluded int `json:"excluded"`
	// Top1 to Top10 are the shares of the largest, in percent; TopTenth is
	// that of the largest tenth of the accounts, rounded up to a whole one.
	Top1     Number `json:"top1"`
	Top3     Number `json:"top3"`
	Top5     Number `json:"top5"`
	Top10    Number `json:"top10"`
	TopTenth Number `json:"topTenth"`
	// HHI is the Herfindahl–Hirschman index, the sum of the squared shares in
	// percent: from near 0, evenly spread, to 10,000, one has all.
	HHI Number `json:"hhi"`
	// Gini is 0 when all have the same and nears 1 when one has all.
	Gini Number `json:"gini"`
	// Classes are the ABC classes in the order of the amounts given. An
	// account is A while the cumulative share of the largest, its own
	// included, is at most the boundary. The largest is A whatever its share, and
	// of equal amounts all are in the class of the first.
	//
	// They are not in the JSON: a portfolio's are those of its members, and of groups they are
	// made again by Concentrate.
	Classes []Class `json:"-"`
}

// Concentrate computes the concentration of amounts; nil is unknown. The rules must be as
// [Compile] takes them, the lower boundary first: others give classes that mean nothing.
func Concentrate(amounts []*Number, rules ABCRules) Concentration {
	rules = rules.withDefaults()
	c := Concentration{Classes: make([]Class, len(amounts))}
	var order []int
	total := new(big.Int)
	for i, a := range amounts {
		if a == nil || a.units <= 0 {
			c.Excluded++
			continue
		}
		order = append(order, i)
		total.Add(total, big.NewInt(a.units))
	}
	c.Accounts = len(order)
	if len(order) == 0 {
		return c
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(amounts[j].units, amounts[i].units) })
	sum, squares, ranked := new(big.Int), new(big.Int), new(big.Int)
	tenth := (len(order) + 9) / 10
	hundred := big.NewInt(100 * numberOne)
	for k, i := range order {
		x := big.NewInt(amounts[i].units)
		sum.Add(sum, x)
		squares.Add(squares, new(big.Int).Mul(x, x))
		ranked.Add(ranked, new(big.Int).Mul(x, big.NewInt(int64(len(order)-k)))) // the smallest counts 1
		switch {
		case k == 0:
			c.Classes[i] = ClassA
		case amounts[i].units == amounts[order[k-1]].units:
			c.Classes[i] = c.Classes[order[k-1]]
		default:
			c.Classes[i] = rules.class(sum, total)
		}
		share := Number{roundRat(new(big.Rat).SetFrac(new(big.Int).Mul(sum, hundred), total))}
		for _, top := range []struct {
			n  int
			to *Number
		}{{1, &c.Top1}, {3, &c.Top3}, {5, &c.Top5}, {10, &c.Top10}, {tenth, &c.TopTenth}} {
			if k < top.n {
				*top.to = share
			}
		}
	}
	squares.Mul(squares, big.NewInt(10_000*numberOne))
	c.HHI = Number{roundRat(new(big.Rat).SetFrac(squares, new(big.Int).Mul(total, total)))}
	// Gini = 2·Σ rank·x ÷ (n·Σ x) − (n+1) ÷ n, the ranks ascending.
	n := int64(len(order))
	g := new(big.Rat).SetFrac(ranked.Lsh(ranked, 1), new(big.Int).Mul(total, big.NewInt(n)))
	g.Sub(g, big.NewRat(n+1, n))
	c.Gini = Number{roundRat(g.Mul(g, big.NewRat(numberOne, 1)))}
	return c
}

func (b ABCRules) class(sum, total *big.Int) Class {
	within := func(line Number) bool {
		l := new(big.Int).Mul(sum, big.NewInt(100*numberOne))
		return l.Cmp(new(big.Int).Mul(total, big.NewInt(line.units))) <= 0
	}
	switch {
	case within(b.A):
		return ClassA
	case within(b.B):
		return ClassB
	}
	return ClassC
}

// Quartiles are the lines that cut scores into four quarters.
type Quartiles struct {
	Q1 Number `json:"q1"`
	Q2 Number `json:"q2"`
	Q3 Number `json:"q3"`
}

// QuartilesOf returns the quartiles of the known numbers, and whether there is
// one. Between two numbers a line is interpolated, and rounded half to even to
// 4 places, exactly for numbers up to 100,000,000,000.
func QuartilesOf(numbers []*Number) (Quartiles, bool) {
	var xs []float64
	for _, n := range numbers {
		if n != nil && n.Valid() {
			xs = append(xs, float64(n.units))
		}
	}
	if len(xs) == 0 {
		return Quartiles{}, false
	}
	// Points are integers far below 2^53 here and a quarter is a power of two, so
	// these floats are exact.
	q := stats.Quantiles(xs, 0.25, 0.5, 0.75)
	line := func(x float64) Number {
		return Number{min(max(roundRat(new(big.Rat).SetFloat64(x)), -numberMax), numberMax)}
	}
	return Quartiles{line(q[0]), line(q[1]), line(q[2])}, true
}
