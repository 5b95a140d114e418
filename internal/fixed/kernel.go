// Package fixed is the arithmetic of a scorecard: weighted means of ratings in
// integers, exact until the one rounding at the end.
package fixed

import (
	"errors"
	"math"
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

// Kernel is a compiled scorecard. It never changes and may be shared.
//
// Weights are integers over a common denominator, and so are the values: a
// value of 1 is steps. A row holds how far each rating is from the bad end of
// its scale, and 0 for what is not answered, so that the sum of factor·row
// over total·steps is the score of the known.
type Kernel struct {
	leaves []leaf
	total  uint64
	steps  uint64
	// narrow is set when all results can be computed in one word, and twice a rating
	// is half a word. Then whole is total·steps.
	narrow bool
	whole  uint64
	// factors are weight·unit, for the narrow path, two leaves each, with zeros up
	// to a whole number of blocks. weights are the sums of weights by the bits of a
	// mask, for each block.
	factors [][2]uint64
	weights [][1 << block]uint64
	// pairs are the factors of two leaves each, in one word. There are none where a
	// word is too small.
	pairs []uint64
	// quick is the denominator up to which quickSplit is exact: a remainder of 1 is twice as
	// many of the last places of a quotient as there are leaves in the words of a row.
	// reciprocals are those of all denominators under Renormalise, from a weight of 1 up, where
	// all are that small and there are not many.
	quick       uint64
	reciprocals []uint64
}

const block = 8

// maxReciprocals is the total weight up to which reciprocals are kept: 8 kB.
const maxReciprocals = 1024

type leaf struct {
	weight        uint64
	unit          uint64 // steps per unit of rating
	lo, hi        int64
	lowerIsBetter bool
}

// narrowBits is the size of total·steps up to which one word is enough: twice
// as much for the neutral rule, times a million.
const narrowBits = 64 - 1 - 20

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
	k := &Kernel{total: total, steps: steps, narrow: scale.BitLen() <= narrowBits}
	for _, l := range in {
		k.narrow = k.narrow && l.Hi-l.Lo <= math.MaxInt32
	}
	for i, l := range in {
		k.leaves = append(k.leaves, leaf{weights[i], k.steps / uint64(l.Hi-l.Lo), l.Lo, l.Hi, l.LowerIsBetter})
	}
	k.tabulate()
	if k.narrow {
		k.whole = k.total * k.steps
		k.quick = 1 << places / uint64(2*2*((len(k.leaves)+1)/2))
		k.pair()
		k.reciprocate()
	}
	return k, nil
}

func (k *Kernel) tabulate() {
	blocks := (len(k.leaves) + block - 1) / block
	k.factors, k.weights = make([][2]uint64, blocks*block/2), make([][1 << block]uint64, blocks)
	for i, l := range k.leaves {
		k.factors[i/2][i%2] = l.weight * l.unit
		b, bit := i/block, i%block
		for mask := range k.weights[b] {
			if mask&(1<<bit) != 0 {
				k.weights[b][mask] += l.weight
			}
		}
	}
}

// pair lets one multiplication do two: (a + b·2³²)·(g + f·2³²) is
// a·g + (a·f + b·g)·2³², but for what a word loses above. So the upper half of the
// sum of such words is that of a·f + b·g, where neither half overflows.
func (k *Kernel) pair() {
	pairs, lower := make([]uint64, len(k.factors)), u128{}
	for i := range 2 * len(k.factors) {
		f := k.factors[i/2][i%2]
		pairs[i/2] |= f << ((i + 1) % 2 * half)
		if other := i ^ 1; other < len(k.leaves) {
			lower = lower.add(mul(f, uint64(k.leaves[other].hi-k.leaves[other].lo)))
		}
	}
	if fits := (u128{0, 1 << half}); k.whole < 1<<half && lower.less(fits) {
		k.pairs = pairs
	}
}

// reciprocate has the division of each weight that can be answered done once.
func (k *Kernel) reciprocate() {
	if k.whole > k.quick || k.total > maxReciprocals {
		return
	}
	for weight := range k.total {
		k.reciprocals = append(k.reciprocals, reciprocal((weight+1)*k.steps))
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

// Row is the mask of what is answered, and then ratings as distances from the
// bad ends of their scales; what is not answered is 0, and so is what fills the
// last block. A narrow kernel has two of them in a word, the first in its lower
// half.
type Row []uint64

// Width is the length of a row of this kernel.
func (k *Kernel) Width() int {
	if k.narrow {
		return 1 + len(k.factors)
	}
	return 1 + 2*len(k.factors)
}

// Answered is the mask of the answered leaves.
func (r Row) Answered() uint64 { return r[0] }

// Set writes the rating of leaf i, which lies within its scale.
func (k *Kernel) Set(row Row, i int, rating int64) {
	l := &k.leaves[i]
	distance := rating - l.lo
	if l.lowerIsBetter {
		distance = l.hi - rating
	}
	row[0] |= 1 << i
	if k.narrow {
		word, at := &row[1+i/2], i%2*half
		*word = *word&^((1<<half-1)<<at) | uint64(distance)<<at
	} else {
		row[1+i] = uint64(distance)
	}
}

const half = 32

// distance is what Set wrote.
func (k *Kernel) distance(row Row, i int) uint64 {
	if k.narrow {
		return uint64(uint32(row[1+i/2] >> (i % 2 * half)))
	}
	return row[1+i]
}

// Narrow reports whether one word is enough.
func (k *Kernel) Narrow() bool { return k.narrow }

// NoPoints stands for points that are unknown.
const NoPoints = -1

// Sum is what the answered leaves of a row add up to. A wide kernel's sum does
// not fit, and the ends of its range stand there instead: worst·2³² + best.
type Sum uint64

// Score adds up a row, and gives its points in ten-thousandths of a percent,
// rounded once. Where what is answered weighs less than least, or nothing under
// Renormalise, the points are NoPoints.
func (k *Kernel) Score(row Row, rule Missing, least uint64) (Sum, int64) {
	if !k.narrow {
		return k.wideScore(row, rule, least)
	}
	var value uint64
	if pairs := k.pairs; len(pairs) > 0 { // by blocks: a loop over leaves would be guessed wrong at each end
		ratings := row[1:][:len(pairs)]
		for i := 0; i < len(pairs)-3; i += 4 {
			value += pairs[i]*ratings[i] + pairs[i+1]*ratings[i+1] + pairs[i+2]*ratings[i+2] + pairs[i+3]*ratings[i+3]
		}
		value >>= half
	} else {
		value = k.sum(row)
	}
	weight := k.Weight(row.Answered())
	if weight < least {
		return Sum(value), NoPoints
	}
	num, den := value, weight*k.steps
	switch {
	case rule == Worst:
		return Sum(value), int64(num * Whole / k.whole)
	case rule == Neutral:
		num, den = 2*num+(k.total-weight)*k.steps, 2*k.whole
	case weight == 0:
		return Sum(value), NoPoints
	}
	q := num * Whole / den
	r := num*Whole - q*den
	// Half to even, without a branch that nobody could predict.
	_, up := bits.Sub64(den, 2*r+q&1, 0)
	return Sum(value), int64(q + up)
}

// sum is that of a narrow row, where two leaves do not fit one multiplication.
func (k *Kernel) sum(row Row) (value uint64) {
	for i, two := range row[1:] {
		value += k.factors[i][0]*uint64(uint32(two)) + k.factors[i][1]*(two>>half)
	}
	return value
}

func (k *Kernel) wideScore(row Row, rule Missing, least uint64) (Sum, int64) {
	var value u128
	answered := row.Answered()
	for m := answered; m != 0; m &= m - 1 {
		value = value.add(k.value(row, bits.TrailingZeros64(m)))
	}
	weight, whole := k.Weight(answered), mul(k.total, k.steps)
	gap := mul(k.total-weight, k.steps)
	worst, _ := value.share(whole)
	best, rest := value.add(gap).share(whole)
	s := Sum(worst)<<32 | Sum(rest.up(best))
	switch {
	case weight < least || weight == 0 && rule == Renormalise:
		return s, NoPoints
	case rule == Worst:
		return s, worst
	case rule == Neutral:
		value = value.add(value).add(gap)
	}
	q, rest := value.share(k.den(weight, rule))
	return s, rest.even(q)
}

// value is what leaf i adds to the sum.
func (k *Kernel) value(row Row, i int) u128 {
	return mul(k.leaves[i].weight, k.leaves[i].unit*k.distance(row, i))
}

// den is what the points are a part of.
func (k *Kernel) den(weight uint64, rule Missing) u128 {
	whole := mul(k.total, k.steps)
	switch rule {
	case Worst:
		return whole
	case Neutral:
		return whole.add(whole)
	}
	return mul(weight, k.steps)
}

// Range is what the score would be with the worst and with the best answers
// to what is missing, rounded down and up.
func (k *Kernel) Range(s Sum, answered uint64) (worst, best int64) {
	if !k.narrow {
		return int64(s >> 32), int64(s & (1<<32 - 1))
	}
	value, gap := uint64(s), (k.total-k.Weight(answered))*k.steps
	return int64(value * Whole / k.whole), int64(((value+gap)*Whole + k.whole - 1) / k.whole)
}

// Weight is that of the answered leaves.
func (k *Kernel) Weight(answered uint64) uint64 {
	var weight uint64
	for b := range k.weights {
		weight += k.weights[b][byte(answered)]
		answered >>= block
	}
	return weight
}

// Coverage is a weight in ten-thousandths of a percent of the whole.
func (k *Kernel) Coverage(weight uint64) int64 {
	q, rest := mul(weight, 1).share(mul(k.total, 1))
	return rest.even(q)
}

// LeastWeight is the least weight whose coverage is at least the minimum,
// which is at most Whole.
func (k *Kernel) LeastWeight(minimum int64) uint64 {
	lo, hi := uint64(0), k.total
	for lo < hi {
		if mid := (lo + hi) / 2; k.Coverage(mid) >= minimum {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo
}
