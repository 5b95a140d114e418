package kam

import (
	"cmp"
	"math"
	"math/big"
	"math/bits"
)

// rational is an exact number: a sum of money, a count, the quotient of two.
// The zero value is unknown, and whatever is computed of it is unknown too.
// It is two machine words where they are enough and a big.Rat where not; which
// of the two changes no result. Rationals are plain values.
type rational struct {
	num, den int64    // den is above zero where the value is known and small
	big      *big.Rat // never changed
}

func whole(n int64) rational { return rational{num: n, den: 1} }

// fraction is num ÷ den, for a den above zero.
func fraction(num, den int64) rational { return rational{num: num, den: den} }

func bigRational(x *big.Rat) rational {
	if x == nil {
		return rational{}
	}
	if x.Num().IsInt64() && x.Denom().IsInt64() {
		return rational{num: x.Num().Int64(), den: x.Denom().Int64()}
	}
	return rational{big: x}
}

func (a rational) known() bool { return a.den != 0 || a.big != nil }

// rat is a as a big.Rat of its own, or nil when a is unknown.
func (a rational) rat() *big.Rat {
	switch {
	case a.big != nil:
		return new(big.Rat).Set(a.big)
	case a.den == 0:
		return nil
	}
	return new(big.Rat).SetFrac64(a.num, a.den)
}

func (a rational) sign() int {
	switch {
	case a.big != nil:
		return a.big.Sign()
	case a.num > 0:
		return 1
	case a.num < 0:
		return -1
	}
	return 0
}

func (a rational) neg() rational {
	if a.big != nil || a.num == math.MinInt64 {
		return bigRational(new(big.Rat).Neg(a.rat()))
	}
	a.num = -a.num
	return a
}

// mul64 multiplies, and reports whether the product fits; of the least that a word
// holds it says no.
func mul64(a, b int64) (int64, bool) {
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	if hi != 0 || lo > math.MaxInt64 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(lo), true
	}
	return int64(lo), true
}

func add64(a, b int64) (int64, bool) {
	sum := a + b
	return sum, (sum > a) == (b > 0)
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// add returns a + b.
func (a rational) add(b rational) rational {
	if !a.known() || !b.known() {
		return rational{}
	}
	if a.big == nil && b.big == nil {
		if a.den == b.den { // as with counts, and with amounts of one currency
			if n, ok := add64(a.num, b.num); ok {
				return rational{num: n, den: a.den}
			}
		}
		if out, ok := addSmall(a, b); ok {
			return out
		}
	}
	return bigRational(new(big.Rat).Add(a.rat(), b.rat()))
}

// addSmall brings a and b to a common denominator; amounts have powers of
// ten, of which one divides the other.
func addSmall(a, b rational) (rational, bool) {
	if a.den < b.den {
		a, b = b, a
	}
	den, up := a.den, int64(1)
	if b.den != a.den {
		if a.den%b.den == 0 {
			up = a.den / b.den
		} else {
			g := divisor(a.den, b.den)
			up = a.den / g
			var ok1, ok2 bool
			if a.num, ok1 = mul64(a.num, b.den/g); !ok1 {
				return rational{}, false
			}
			if den, ok2 = mul64(a.den, b.den/g); !ok2 {
				return rational{}, false
			}
		}
	}
	n, ok := mul64(b.num, up)
	if !ok {
		return rational{}, false
	}
	if n, ok = add64(a.num, n); !ok {
		return rational{}, false
	}
	return rational{num: n, den: den}, true
}

// divisor is the greatest that two numbers above zero have in common.
func divisor(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// sub returns a − b.
func (a rational) sub(b rational) rational {
	if !b.known() {
		return rational{}
	}
	return a.add(b.neg())
}

// mul returns a · num ÷ den, for a den above zero.
func (a rational) mul(num, den int64) rational {
	if !a.known() {
		return rational{}
	}
	if a.big == nil {
		n, ok1 := mul64(a.num, num)
		d, ok2 := mul64(a.den, den)
		if ok1 && ok2 {
			return rational{num: n, den: d}
		}
	}
	return bigRational(new(big.Rat).Mul(a.rat(), big.NewRat(num, den)))
}

// times returns a · b.
func (a rational) times(b rational) rational {
	if !a.known() || !b.known() {
		return rational{}
	}
	if b.big == nil {
		return a.mul(b.num, b.den)
	}
	return bigRational(new(big.Rat).Mul(a.rat(), b.rat()))
}

// per returns factor · a ÷ b, unknown when either is, or b is not above zero.
func (a rational) per(factor int64, b rational) rational {
	if !a.known() || !b.known() || b.sign() <= 0 {
		return rational{}
	}
	if a.big == nil && b.big == nil {
		up, down := b.den, a.den
		if g := divisor(up, down); g > 1 {
			up, down = up/g, down/g
		}
		if n, ok := mul64(a.num, factor); ok {
			n, ok1 := mul64(n, up)
			d, ok2 := mul64(b.num, down)
			if ok1 && ok2 {
				return rational{num: n, den: d}
			}
		}
	}
	q := new(big.Rat).Quo(a.rat(), b.rat())
	return bigRational(q.Mul(q, big.NewRat(factor, 1)))
}

// cmp compares two that are known.
func (a rational) cmp(b rational) int {
	if a.big != nil || b.big != nil {
		return a.rat().Cmp(b.rat())
	}
	if a.sign() != b.sign() {
		return cmp.Compare(a.sign(), b.sign())
	}
	ah, al := bits.Mul64(magnitude(a.num), uint64(b.den))
	bh, bl := bits.Mul64(magnitude(b.num), uint64(a.den))
	switch {
	case ah == bh && al == bl:
		return 0
	case ah > bh || ah == bh && al > bl:
		return a.sign()
	}
	return -a.sign()
}

// number rounds half to even to 4 places; what is unknown or out of range is
// no Number.
func (a rational) number() (Number, bool) {
	switch {
	case a.big != nil:
		return numberOfRat(a.big)
	case a.den == 0:
		return Number{}, false
	}
	hi, lo := bits.Mul64(magnitude(a.num), numberOne)
	den := uint64(a.den)
	if hi >= den {
		return Number{}, false
	}
	q, rest := bits.Div64(hi, lo, den)
	if q > numberMax || q == numberMax && rest > 0 {
		return Number{}, false
	}
	if twice := 2 * rest; twice > den || twice == den && q%2 == 1 {
		q++
	}
	if a.num < 0 {
		return Number{-int64(q)}, true
	}
	return Number{int64(q)}, true
}

// truncated is the whole part of a known value that int64 holds.
func (a rational) truncated() int64 {
	if a.big != nil {
		return new(big.Int).Quo(a.big.Num(), a.big.Denom()).Int64()
	}
	return a.num / a.den
}
