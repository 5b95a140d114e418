package kam

import (
	"math/big"
	"math/bits"

	"github.com/kam-go/kam/internal/fixed"
)

// Probabilities are computed in binary fractions of a fixed length, so that
// they are the same on every machine, however large the power.

// chance is a fraction from 0 to 1 in units of 2^-192, the lowest word first;
// 1 is a unit of the last word. A product is rounded down by less than a unit, and
// what was lost before is multiplied with it: a power of n has lost fewer than 2n
// units. There are never 2^60 orders, so that far more than the four places that
// are shown stay right.
type chance [4]uint64

var certain = chance{3: 1} // never changed

// power returns num ÷ den to the n, for 0 <= num <= den, rounded down. A power
// of 0 or less is 1.
func power(num, den, n int64) chance {
	base, result := certain, certain
	if num < den {
		base = chance{}
		rest := uint64(num)
		for i := 2; i >= 0; i-- {
			base[i], rest = bits.Div64(rest, 0, uint64(den))
		}
	}
	for ; n > 1; n >>= 1 {
		if n&1 == 1 {
			result = result.mul(base)
		}
		base = base.mul(base)
	}
	if n == 1 {
		result = result.mul(base)
	}
	return result
}

// mul returns a · b, rounded down.
func (a chance) mul(b chance) chance {
	switch {
	case a == certain:
		return b
	case b == certain:
		return a
	}
	var sum chance // of the words of a so far, without those that are lost
	for _, n := range a[:3] {
		h0, l0 := bits.Mul64(n, b[0])
		h1, l1 := bits.Mul64(n, b[1])
		h2, l2 := bits.Mul64(n, b[2])
		var c uint64
		l1, c = bits.Add64(l1, h0, 0)
		l2, c = bits.Add64(l2, h1, c)
		h2 += c
		_, c = bits.Add64(l0, sum[0], 0)
		l1, c = bits.Add64(l1, sum[1], c)
		l2, c = bits.Add64(l2, sum[2], c)
		sum = chance{l1, l2, h2 + c}
	}
	return sum
}

// add and sub are those of whole numbers of 256 bits.
func (a chance) add(b chance) chance {
	var c uint64
	for i := range a {
		a[i], c = bits.Add64(a[i], b[i], c)
	}
	return a
}

func (a chance) sub(b chance) chance {
	var c uint64
	for i := range a {
		a[i], c = bits.Sub64(a[i], b[i], c)
	}
	return a
}

// scaled returns a · n as a whole number of 256 bits; n has at most 63 bits.
func (a chance) scaled(n uint64) chance {
	var carry uint64
	for i := range a {
		hi, lo := bits.Mul64(a[i], n)
		var c uint64
		a[i], c = bits.Add64(lo, carry, 0)
		carry = hi + c
	}
	return a
}

// inverse returns 1 ÷ a, rounded down, for an a of 1 or more and below 2^62. It
// is long division with words for digits: a digit that is tried from the first
// words is at most two too large where the first bit of the divisor is set.
func (a chance) inverse() chance {
	if a == certain {
		return a
	}
	up := bits.LeadingZeros64(a[3])
	for i := 3; i >= 0; i-- {
		a[i] <<= up
		if i > 0 {
			a[i] |= a[i-1] >> (64 - up)
		}
	}
	var quotient chance
	rest := [5]uint64{4: 1 << up}
	for i := 2; i >= 0; i-- {
		digit := ^uint64(0)
		if rest[4] < a[3] {
			digit, _ = bits.Div64(rest[4], rest[3], a[3])
		}
		rest = less(rest, a, digit)
		for int64(rest[4]) < 0 { // it was too large
			digit--
			var c uint64
			for j := range a {
				rest[j], c = bits.Add64(rest[j], a[j], c)
			}
			rest[4] += c
		}
		quotient[i] = digit
		rest = [5]uint64{0, rest[0], rest[1], rest[2], rest[3]}
	}
	return quotient
}

// less returns x − a·n, of which the last word is negative where that is.
func less(x [5]uint64, a chance, n uint64) [5]uint64 {
	var high, borrow uint64
	for i := range a {
		hi, lo := bits.Mul64(a[i], n)
		lo, c := bits.Add64(lo, high, 0)
		high = hi + c
		x[i], borrow = bits.Sub64(x[i], lo, borrow)
	}
	x[4] -= high + borrow
	return x
}

// percent rounds half to even, to a percentage with 4 places. What was lost
// before is made good first, so that a value that lies half way between two of
// them does not come out below it.
func (a chance) percent() Number {
	const lost = 96 // bits
	x := a.scaled(100 * numberOne).add(chance{1: 1 << (lost - 1 - 64)})
	hi, lo := x[2]>>32|x[3]<<32, x[1]>>32|x[2]<<32 // without the lost bits
	q, rest := hi>>32, hi&(1<<32-1)
	if half := uint64(1) << 31; rest > half || rest == half && (lo > 0 || q%2 == 1) {
		q++
	}
	return Number{int64(q)}
}

// noise is how likely it is, in percent, that of the events of two windows as
// many as now or more lie in the window of now, if the rate had not changed: the
// exact conditional test of two rates. Parts of events count down. Beyond so many
// events that it would take long, it is not computed.
func noise(now, before, in, inBefore rational) (Number, bool) {
	const most = 500
	k, e := now.truncated(), now.truncated()+before.truncated()
	if e > most {
		return Number{}, false
	}
	p := in.per(1, in.add(inBefore))
	if p.big == nil { // in two words, as with few events
		g := divisor(p.den, p.num)
		if units, ok := fixed.Tail(k, e, uint64(p.num/g), uint64(p.den/g)); ok {
			return Number{units}, true
		}
	}
	x := p.rat()
	a, b := x.Num(), new(big.Int).Sub(x.Denom(), x.Num()) // odds of now against before
	// As fixed.Tail does it.
	term, sum := new(big.Int).Exp(a, big.NewInt(e), nil), new(big.Int)
	for j := e; j >= k; j-- {
		sum.Add(sum, term)
		term.Mul(term, new(big.Int).Mul(b, big.NewInt(j)))
		term.Quo(term, new(big.Int).Mul(a, big.NewInt(e-j+1)))
	}
	share := new(big.Rat).SetFrac(sum, new(big.Int).Exp(x.Denom(), big.NewInt(e), nil))
	return numberOfRat(share.Mul(share, big.NewRat(100, 1)))
}
