package fixed

import "math/bits"

// Parts are the leaves' shares of the points, and the memory to find them.
type Parts struct {
	Points [MaxLeaves]int64
	rests  [MaxLeaves]uint64
}

// Split gives each leaf its share of the points by the largest remainder; ties
// go to the earlier leaf. The points must be those of the row by the rule.
func (k *Kernel) Split(row Row, rule Missing, points int64, out *Parts) {
	weight := k.Weight(row.Answered())
	if rule == Renormalise && weight-1 < uint64(len(k.reciprocals)) {
		k.quickSplit(row, rule, weight*k.steps, k.reciprocals[weight-1], points, out)
		return
	}
	den := k.den(weight, rule)
	if den.hi == 0 && den.lo > Whole && den.lo < 1<<quickBits {
		k.quickSplit(row, rule, den.lo, reciprocal(den.lo), points, out)
		return
	}
	k.wideSplit(row, rule, den, points, out)
}

func (k *Kernel) wideSplit(row Row, rule Missing, den u128, points int64, out *Parts) {
	var rests [MaxLeaves]u128
	left := points
	for i := range k.leaves {
		q, rest := k.part(row, rule, i).share(den)
		out.Points[i], rests[i] = q, rest.num
		left -= q
	}
	for ; left > 0; left-- {
		top := 0
		for i := range k.leaves {
			if rests[top].less(rests[i]) {
				top = i
			}
		}
		out.Points[top]++
		rests[top] = u128{}
	}
}

// part is what leaf i adds to the points, of den.
func (k *Kernel) part(row Row, rule Missing, i int) u128 {
	v := k.value(row, i)
	switch {
	case rule != Neutral:
		return v
	case row.Answered()&(1<<i) == 0:
		return mul(k.leaves[i].weight, k.steps)
	}
	return v.add(v)
}

// quickBits is the size of a denominator up to which quickSplit is exact.
const quickBits = 32

// reciprocal is Whole·2⁶⁴/den, rounded up where it is not whole, for a den above
// Whole.
func reciprocal(den uint64) uint64 {
	r, _ := bits.Div64(Whole, 0, den)
	return r + 1
}

// quickSplit is Split for a denominator above Whole and below 2³². It divides
// by multiplying with its reciprocal r. The product with a part of at most den
// is too large by less than 2⁶⁴/den, so the quotient is right and so is the
// remainder that comes of the fraction.
//
// The largest remainders are found from the half up: they are those that reach
// it, but for a few more or a few less.
func (k *Kernel) quickSplit(row Row, rule Missing, den, r uint64, points int64, out *Parts) {
	n := len(k.leaves)
	parts, rests := out.Points[:n], out.rests[:n]
	k.numerators(row, rule, out.rests[:n+n%2])
	line, left := den*(MaxLeaves/2), points
	for i, v := range rests {
		q, fraction := bits.Mul64(v, r)
		rest, _ := bits.Mul64(fraction, den)
		// The leaf beside its remainder makes ties go to the earlier one.
		rest = rest*MaxLeaves + uint64(MaxLeaves-1-i)
		parts[i], rests[i] = int64(q), rest
		left -= int64(q + reaches(rest, line))
	}
	line = moveLine(rests, line, left)
	for i, rest := range rests {
		parts[i] += int64(reaches(rest, line))
	}
}

// numerators writes what each leaf adds to the points, of den. Out has room for a
// leaf that fills the last word. A kernel that is not narrow gets here under
// Renormalise, where little is answered. Then the factor of a leaf that is not
// answered may have wrapped, and its rating is 0; what an answered leaf adds is at
// most den, so that its factor has not.
func (k *Kernel) numerators(row Row, rule Missing, out []uint64) {
	factors, ratings := k.factors[:len(out)], row[1:]
	if !k.narrow {
		for i := range out {
			out[i] = factors[i] * ratings[i]
		}
	}
	for i := 0; k.narrow && i < len(out)-1; i += 2 {
		two := ratings[i/2]
		out[i], out[i+1] = factors[i]*uint64(uint32(two)), factors[i+1]*(two>>half)
	}
	if rule != Neutral {
		return
	}
	for i := range k.leaves {
		if out[i] *= 2; row.Answered()&(1<<i) == 0 {
			out[i] = k.leaves[i].weight * k.steps
		}
	}
}

// moveLine lowers the line until n more of the rests reach it, or raises it
// until -n reach it no more. The rests are distinct. A distance on the other
// side of the line wraps around, and so is never the least.
func moveLine(rests []uint64, line uint64, n int64) uint64 {
	for ; n > 0; n-- {
		least := ^uint64(0)
		for _, r := range rests {
			least = min(least, line-1-r)
		}
		line -= 1 + least
	}
	for ; n < 0; n++ {
		least := ^uint64(0)
		for _, r := range rests {
			least = min(least, r-line)
		}
		line += least + 1
	}
	return line
}

// reaches is 1 where r >= line and else 0, without a branch that nobody could
// predict. Both are below 2⁶³.
func reaches(r, line uint64) uint64 { return (line - 1 - r) >> 63 }
