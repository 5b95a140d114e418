package kam

import "math/big"

// Probabilities are computed in binary fractions of a fixed length, so that
// they are the same on every machine, however large the power.

// chanceBits is the length of the fractions. Squaring and multiplying lose at
// most one unit of the last place each; the powers have at most 62 of each, so
// that far more than the four places that are shown stay right.
const chanceBits = 192

// power returns x to the n for an x from 0 to 1, rounded down. A power of 0 or
// less is 1.
func power(x *big.Rat, n int64) *big.Int {
	one := new(big.Int).Lsh(big.NewInt(1), chanceBits)
	base := new(big.Int).Lsh(x.Num(), chanceBits)
	base.Quo(base, x.Denom())
	result := one
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			result = new(big.Int).Mul(result, base)
			result.Rsh(result, chanceBits)
		}
		base.Mul(base, base)
		base.Rsh(base, chanceBits)
	}
	return result
}

// percentOfChance rounds a fraction, half to even, to a percentage with 4
// places. What was lost before is made good first, so that a value that lies
// half way between two of them does not come out below it.
func percentOfChance(x *big.Int) Number {
	const lost = 96 // bits
	units := new(big.Int).Mul(x, big.NewInt(100*numberOne))
	units.Add(units, new(big.Int).Lsh(big.NewInt(1), lost-1)).Rsh(units, lost)
	return Number{roundRat(new(big.Rat).SetFrac(units, new(big.Int).Lsh(big.NewInt(1), chanceBits-lost)))}
}

// noise is how likely it is, in percent, that of the events of two windows as
// many as now or more lie in the window of now, if the rate had not changed: the
// exact conditional test of two rates. Parts of events count down. Beyond so many
// events that it would take long, a rise is no chance: 0.
func noise(now, before, in, inBefore *big.Rat) Number {
	const most = 500
	whole := func(x *big.Rat) int64 { return new(big.Int).Quo(x.Num(), x.Denom()).Int64() }
	k, e := whole(now), whole(now)+whole(before)
	if e > most {
		return Number{}
	}
	all := new(big.Rat).Add(in, inBefore)
	p := new(big.Rat).Quo(in, all)
	a, b := p.Num(), new(big.Int).Sub(p.Denom(), p.Num()) // odds of now against before
	// The terms are C(e,j)·a^j·b^(e−j), from j = e down: each from the one after
	// it, by whole divisions.
	term, sum := new(big.Int).Exp(a, big.NewInt(e), nil), new(big.Int)
	for j := e; j >= k; j-- {
		sum.Add(sum, term)
		term.Mul(term, new(big.Int).Mul(b, big.NewInt(j)))
		term.Quo(term, new(big.Int).Mul(a, big.NewInt(e-j+1)))
	}
	share := new(big.Rat).SetFrac(sum, new(big.Int).Exp(p.Denom(), big.NewInt(e), nil))
	n, _ := numberOfRat(share.Mul(share, big.NewRat(100, 1)))
	return n
}
