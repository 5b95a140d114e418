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
