// Package fixed is the arithmetic of a scorecard: weighted means of ratings in
// integers, exact until the one rounding at the end.
package fixed

import (
	"errors"
	"math/big"
	"math/bits"
)

// MaxLeaves is the most leaves a kernel takes, one bit of a mask each.
const MaxLeaves = 64

// Whole is 100 %, in the unit of every result: a ten-thousandth of a percent.
const Whole = 1_000_000

// ErrPrecision says that weights and scales do not fit 128-bit arithmetic.
var ErrPrecision = errors.New("weights and scales need more than 128 bits")

// Leaf is one rated factor. Ratings and scale ends are integers in one unit
// of the caller's choice, here ten-thousandths.
type Leaf struct {
	Weight        *big.Rat // any positive or zero share; only ratios count
	Lo, Hi        int64    // Lo < Hi
	LowerIsBetter bool
}

// Missing says what an unanswered leaf does to the points.
type Missing uint8

// The missing rules.
const (
	Renormalise Missing = iota // points over the answered leaves alone
	Worst                      // points are the lower end of the range
	Neutral                    // an unanswered leaf counts as the middle
)

// Result is a score in ten-thousandths of a percent.
type Result struct {
	Points, Coverage, Worst, Best int64
	// None is set when nothing was answered and the rule gives no points.
	None bool
}

// Kernel is a compiled scorecard. It never changes and may be shared.
//
// Weights are integers over a common denominator, and so are the values: a
// value of 1 is steps. A leaf's share of the points is
// offset + slope·rating, over total·steps.
type Kernel struct {
	leaves []leaf
	total  uint64
	steps  uint64
	// narrow is set when total·steps fits 63 bits, so that sums
	// need one word.
	narrow bool

	// For rows: what each unit of a value is worth on the narrow path, the
	// weight of each set of leaves by bytes of the mask, and the mask of all.
	factors []uint64
	weights [][256]uint64
	all     uint64
}

type leaf struct {
	weight        uint64
	unit          uint64 // steps per unit of rating
	lo, hi        int64
	offset, slope uint64 // for the narrow path
	lowerIsBetter bool
}

// New compiles leaves. The sum of the weights must be positive.
func New(in []Leaf) (*Kernel, error) {
	if len(in) == 0 || len(in) > MaxLeaves {
		return nil, errors.New("fixed: from 1 to 64 leaves")
	}
	weights, total, err := integers(in)
	if err != nil {
		return nil, err
	}
	steps, err := commonSpan(in)
	if err != nil {
		return nil, err
	}
	// 20 bits are kept free for the factor of a million at the end.
	scale := new(big.Int).Mul(new(big.Int).SetUint64(total), new(big.Int).SetUint64(steps))
	if scale.BitLen() > 107 {
		return nil, ErrPrecision
	}
	k := &Kernel{total: total, steps: steps, narrow: scale.BitLen() <= 63}
	for i, l := range in {
		c := leaf{weight: weights[i], unit: steps / uint64(l.Hi-l.Lo), lo: l.Lo, hi: l.Hi, lowerIsBetter: l.LowerIsBetter}
		c.fold()
		k.leaves = append(k.leaves, c)
		k.factors = append(k.factors, c.weight*c.unit)
		k.all |= 1 << i
	}
	k.tabulate()
	return k, nil
}

// Narrow reports whether the sums take one word, and not two.
func (k *Kernel) Narrow() bool { return k.narrow }

// fold writes the leaf's value as offset + slope·rating. Both may wrap around
// 64 bits, and so may what is made of them: the sum that the narrow path ends
// with is within 63 bits, so it comes out right.
func (l *leaf) fold() {
	l.slope, l.offset = l.weight*l.unit, -l.weight*l.unit*uint64(l.lo)
	if l.lowerIsBetter {
		l.slope, l.offset = -l.slope, l.weight*l.unit*uint64(l.hi)
	}
}

// integers scales the weights to the smallest integers in the same ratios.
func integers(in []Leaf) (weights []uint64, total uint64, err error) {
	den := big.NewInt(1)
	for _, l := range in {
		den = lcm(den, l.Weight.Denom())
	}
	scaled, gcd := make([]*big.Int, len(in)), new(big.Int)
	for i, l := range in {
		scaled[i] = new(big.Int).Mul(l.Weight.Num(), new(big.Int).Quo(den, l.Weight.Denom()))
		gcd.GCD(nil, nil, gcd, scaled[i])
	}
	if gcd.Sign() <= 0 {
		return nil, 0, errors.New("fixed: the weights sum to nothing")
	}
	sum := new(big.Int)
	for _, w := range scaled {
		w.Quo(w, gcd)
		if sum.Add(sum, w).BitLen() > 63 {
			return nil, 0, ErrPrecision
		}
		weights = append(weights, w.Uint64())
	}
	return weights, sum.Uint64(), nil
}

func commonSpan(in []Leaf) (uint64, error) {
	d := big.NewInt(1)
	for _, l := range in {
		if d = lcm(d, big.NewInt(l.Hi-l.Lo)); d.BitLen() > 63 {
			return 0, ErrPrecision
		}
	}
	return d.Uint64(), nil
}

func lcm(a, b *big.Int) *big.Int {
	g := new(big.Int).GCD(nil, nil, a, b)
	return g.Mul(a, new(big.Int).Quo(b, g))
}

// Score computes a result from the ratings of the leaves whose bit is set in
// answered; the others are not read. Ratings must lie within their scales.
// Where parts is not nil, it receives each leaf's contribution to the points;
// they sum to the points exactly.
func (k *Kernel) Score(ratings []int64, answered uint64, rule Missing, parts []int64) Result {
	var sum u128
	var weight uint64
	if k.narrow {
		for m := answered; m != 0; m &= m - 1 {
			i := bits.TrailingZeros64(m)
			l := &k.leaves[i]
			sum.lo += l.offset + l.slope*uint64(ratings[i])
			weight += l.weight
		}
	} else {
		for m := answered; m != 0; m &= m - 1 {
			i := bits.TrailingZeros64(m)
			l := &k.leaves[i]
			sum = sum.add(mul(l.weight, l.steps(ratings[i])))
			weight += l.weight
		}
	}
	whole, gap := mul(k.total, k.steps), mul(k.total-weight, k.steps)
	cov, half := mul(weight, 1).share(mul(k.total, 1))
	var r Result
	r.Coverage = half.even(cov)
	worst, _ := sum.share(whole)
	best, rest := sum.add(gap).share(whole)
	r.Worst, r.Best = worst, rest.up(best)
	switch {
	case rule == Worst:
		r.Points = worst
	case rule == Neutral:
		q, rest := sum.add(sum).add(gap).share(whole.add(whole))
		r.Points = rest.even(q)
	case weight == 0:
		r.None = true
		return r
	default:
		q, rest := sum.share(mul(weight, k.steps))
		r.Points = rest.even(q)
	}
	if parts != nil {
		k.split(ratings, answered, rule, weight, r.Points, parts)
	}
	return r
}

// steps is the value of a rating, where 1 is the kernel's steps.
func (l *leaf) steps(rating int64) uint64 {
	if l.lowerIsBetter {
		return uint64(l.hi-rating) * l.unit
	}
	return uint64(rating-l.lo) * l.unit
}

// split gives each leaf its share of the points.
func (k *Kernel) split(ratings []int64, answered uint64, rule Missing, weight uint64, points int64, parts []int64) {
	k.apportion(rule, weight, points, parts, func(i int) (u128, bool) {
		if answered&(1<<i) == 0 {
			return u128{}, false
		}
		return mul(k.leaves[i].weight, k.leaves[i].steps(ratings[i])), true
	})
}

// apportion gives each leaf its share of the points by the largest remainder;
// ties go to the earlier leaf. share is a leaf's share in parts of total·steps,
// and whether it was answered.
func (k *Kernel) apportion(rule Missing, weight uint64, points int64, parts []int64, share func(i int) (u128, bool)) {
	whole := mul(k.total, k.steps)
	switch rule {
	case Renormalise:
		whole = mul(weight, k.steps)
	case Neutral:
		whole = whole.add(whole)
	}
	var rests [MaxLeaves]u128
	left := points
	for i := range k.leaves {
		l := &k.leaves[i]
		part, answered := share(i)
		switch {
		case answered && rule == Neutral:
			part = part.add(part)
		case rule == Neutral:
			part = mul(l.weight, k.steps)
		}
		q, rest := part.share(whole)
		parts[i], rests[i] = q, rest.num
		left -= q
	}
	for ; left > 0; left-- {
		top := 0
		for i := range k.leaves {
			if rests[top].less(rests[i]) {
				top = i
			}
		}
		parts[top]++
		rests[top] = u128{}
	}
}
