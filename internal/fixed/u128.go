package fixed

import "math/bits"

// u128 is an unsigned integer of 128 bits. Sums and products here stay below
// 2^108, which share multiplies by Whole, of 20 bits: none overflows.
type u128 struct{ hi, lo uint64 }

func mul(a, b uint64) u128 {
	hi, lo := bits.Mul64(a, b)
	return u128{hi, lo}
}

func (a u128) add(b u128) u128 {
	lo, carry := bits.Add64(a.lo, b.lo, 0)
	return u128{a.hi + b.hi + carry, lo}
}

func (a u128) sub(b u128) u128 {
	lo, borrow := bits.Sub64(a.lo, b.lo, 0)
	return u128{a.hi - b.hi - borrow, lo}
}

func (a u128) less(b u128) bool { return a.hi < b.hi || a.hi == b.hi && a.lo < b.lo }

func (a u128) shl(n uint) u128 { return u128{a.hi<<n | a.lo>>(64-n), a.lo << n} }

// rest is what a division leaves, num of den.
type rest struct{ num, den u128 }

// share returns a as a part of whole, in units of Whole, rounded down, and
// what is left. a is at most whole.
func (a u128) share(whole u128) (int64, rest) {
	hi, lo := bits.Mul64(a.lo, Whole)
	if a.hi == 0 && whole.hi == 0 {
		q, r := bits.Div64(hi, lo, whole.lo)
		return int64(q), rest{u128{0, r}, whole}
	}
	left := u128{a.hi*Whole + hi, lo}
	var q int64 // Whole has 20 bits
	for bit := 19; bit >= 0; bit-- {
		if d := whole.shl(uint(bit)); !left.less(d) {
			left = left.sub(d)
			q |= 1 << bit
		}
	}
	return q, rest{left, whole}
}

// even rounds q half to even by what is left.
func (r rest) even(q int64) int64 {
	twice := r.num.add(r.num)
	if r.den.less(twice) || twice == r.den && q%2 == 1 {
		return q + 1
	}
	return q
}

// up rounds q up by what is left.
func (r rest) up(q int64) int64 {
	if r.num != (u128{}) {
		return q + 1
	}
	return q
}
