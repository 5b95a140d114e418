package fixed

import "math/bits"

// Tail is how likely it is that k or more of e events fall into a part of a
// whole, each by itself: in units of Whole, rounded half to even. False is that
// its terms need more than two words. The part is at most the whole, which is above
// 0.
func Tail(k, e int64, part, whole uint64) (int64, bool) {
	rest := whole - part
	// A term is at most whole^e, and is multiplied by rest·j once.
	size := bits.Len64(whole) * int(e)
	if size > 107 || size+bits.Len64(rest)+bits.Len64(uint64(e)) > 127 {
		return 0, false
	}
	// The terms are C(e,j)·part^j·rest^(e−j), from j = e down: each from the one
	// after it, by whole divisions.
	term, all, sum := u128{0, 1}, u128{0, 1}, u128{}
	for range e {
		term, all = term.times(part), all.times(whole)
	}
	for j := e; j >= k; j-- {
		sum = sum.add(term)
		term = term.times(rest * uint64(j)).quo(part * uint64(e-j+1))
	}
	q, left := sum.share(all)
	return left.even(q), true
}

func (a u128) times(n uint64) u128 {
	hi, lo := bits.Mul64(a.lo, n)
	return u128{a.hi*n + hi, lo}
}

func (a u128) quo(n uint64) u128 {
	lo, _ := bits.Div64(a.hi%n, a.lo, n)
	return u128{a.hi / n, lo}
}
