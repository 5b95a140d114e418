package fixed

import "math/bits"

// Parts are the leaves' shares of the points, and the memory to find them. Two
// leaves lie side by side, as in a narrow row.
type Parts struct {
	Points [MaxLeaves]int64
	rests  [MaxLeaves / 2][2]uint64
}

// Split gives each leaf its share of the points by the largest remainder; ties
// go to the earlier leaf. The points must be those of the row by the rule.
func (k *Kernel) Split(row Row, rule Missing, points int64, out *Parts) {
	weight := k.Weight(row.Answered())
	if rule == Renormalise && weight-1 < uint64(len(k.reciprocals)) {
		k.quickSplit(row, weight*k.steps, k.reciprocals[weight-1], points, out)
		return
	}
	den := k.den(weight, rule)
	if !k.narrow || den.lo <= Whole || den.lo >= 1<<quickBits {
		k.wideSplit(row, rule, den, points, out)
		return
	}
	if rule == Neutral {
		var filled [1 + MaxLeaves/2]uint64
		row = k.fill(row, &filled)
	}
	k.quickSplit(row, den.lo, reciprocal(den.lo), points, out)
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

// quickSplit is Split of a narrow row, for a denominator above Whole and below
// 2³². It divides by multiplying with its reciprocal r. The product with a part of
// at most den is too large by less than 2⁶⁴/den, so the quotient is right and so is
// the remainder that comes of the fraction.
//
// The largest remainders are those of a half or more, but for a few more or a few
// less, so the line is first drawn there. All goes by two leaves, since most of the
// time of a single one would be the loop's. A leaf that fills the last word adds
// nothing, and has the least of all remainders.
func (k *Kernel) quickSplit(row Row, den, r uint64, points int64, out *Parts) {
	ratings := row[1:][:(len(k.leaves)+1)/2]
	factors, parts, rests := k.factors[:len(ratings)], &out.Points, out.rests[:len(ratings)]
	line, left := den*(MaxLeaves/2)-1, points
	for i, two := range ratings {
		factor, rest, place := &factors[i], &rests[i], uint64(MaxLeaves-1-2*i)
		a, b := pair(i)
		parts[a], rest[0] = divide(factor[0]*uint64(uint32(two)), den, r, place)
		left -= parts[a] + above(rest[0], line)
		parts[b], rest[1] = divide(factor[1]*(two>>half), den, r, place-1)
		left -= parts[b] + above(rest[1], line)
	}
	line = moveLine(rests, line, left)
	for i := range rests {
		a, b := pair(i)
		parts[a] += above(rests[i][0], line)
		parts[b] += above(rests[i][1], line)
	}
}

// pair is the leaves of word i, within bounds that the compiler sees.
func pair(i int) (a, b int) { return 2 * i & (MaxLeaves - 2), 2*i&(MaxLeaves-2) + 1 }

// divide gives v·Whole ÷ den by the reciprocal r, and the remainder with the place
// of the leaf beside it, from the last up, which makes ties go to the earlier one.
func divide(v, den, r, place uint64) (part int64, rest uint64) {
	q, fraction := bits.Mul64(v, r)
	rest, _ = bits.Mul64(fraction, den)
	return int64(q), rest*MaxLeaves + place
}

// fill returns the row of what counts under Neutral, where all is doubled so that
// the middle is whole: a leaf that is not answered has it.
func (k *Kernel) fill(row Row, into *[1 + MaxLeaves/2]uint64) Row {
	for i, two := range row[1:] {
		into[1+i] = two << 1 // a rating has 31 bits, as twice the whole has 32
	}
	for i, l := range k.leaves {
		if row.Answered()>>i&1 == 0 {
			into[1+i/2] |= uint64(l.hi-l.lo) << (i % 2 * half)
		}
	}
	return into[:len(row)]
}

// moveLine lowers the line until n more of the rests are above it, or raises it
// until -n no longer are. The rests are distinct. A distance on the other side of
// the line wraps around, and so is never the least.
func moveLine(rests [][2]uint64, line uint64, n int64) uint64 {
	for ; n > 0; n-- {
		a, b := ^uint64(0), ^uint64(0)
		for i := range rests {
			a, b = min(a, line-rests[i][0]), min(b, line-rests[i][1])
		}
		line -= min(a, b) + 1
	}
	for ; n < 0; n++ {
		next := line + 1
		a, b := ^uint64(0), ^uint64(0)
		for i := range rests {
			a, b = min(a, rests[i][0]-next), min(b, rests[i][1]-next)
		}
		line = next + min(a, b)
	}
	return line
}

// above is 1 where r > line and else 0, without a branch that nobody could
// predict. Both are below 2⁶³.
func above(r, line uint64) int64 { return int64((line - r) >> 63) }
