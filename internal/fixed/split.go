package fixed

import "math/bits"

// Parts are the leaves' shares of the points, and the memory to find them.
type Parts struct {
	Points [MaxLeaves]int64
	exact  [MaxLeaves / 2][2]uint64 // see quickSplit
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
	if !k.narrow || den.lo > k.quick {
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

// places is how many bits of a quotient are behind its point.
const places = 43

// reciprocal is Whole/den in 64 bits, rounded up, for a numerator that is shifted as far as
// den can be: their product is 2⁶⁴ times a quotient with its places.
func reciprocal(den uint64) uint64 {
	r, _ := bits.Div64(Whole<<places, 0, den<<bits.LeadingZeros64(den))
	return r + 1
}

// quickSplit is Split of a narrow row, for a denominator up to k.quick. It divides by
// multiplying with its reciprocal r. A numerator is at most den, and so the quotient too large
// by less than one in its last place. To it a half is added, so that what is before the point
// is rounded, and twice the place of the leaf, from the last up, which makes ties go to the
// earlier one. All of that is less than a remainder of 1.
//
// All goes by two leaves, since most of the time of a single one would be the loop's. A
// leaf that fills the last word adds nothing, and has the least of all remainders.
func (k *Kernel) quickSplit(row Row, den, r uint64, points int64, out *Parts) {
	ratings := row[1:][:(len(k.leaves)+1)/2]
	factors, exact := k.factors[:len(ratings)], out.exact[:len(ratings)]
	shift, up, left := bits.LeadingZeros64(den)&63, uint64(1)<<(places-1)+uint64(2*(2*len(ratings)-1)), points
	for i, two := range ratings {
		factor, both := &factors[i], &exact[i]
		x, _ := bits.Mul64(factor[0]*uint64(uint32(two))<<shift, r)
		y, _ := bits.Mul64(factor[1]*(two>>half)<<shift, r)
		x, y, up = x+up, y+up-2, up-4
		both[0], both[1] = x, y
		a, b := pair(i)
		p, q := int64(x>>places), int64(y>>places)
		out.Points[a], out.Points[b] = p, q
		left -= p + q
	}
	if left == 0 {
		return
	}
	up = moreUp(exact, left)
	for i := range exact {
		a, b := pair(i)
		out.Points[a], out.Points[b] = int64((exact[i][0]+up)>>places), int64((exact[i][1]+up)>>places)
	}
}

// pair is the leaves of word i, within bounds that the compiler sees.
func pair(i int) (a, b int) { return 2 * i & (MaxLeaves - 2), 2*i&(MaxLeaves-2) + 1 }

// fill returns the row of what counts under Neutral, where all is doubled so that
// the middle is whole: a leaf that is not answered has it.
func (k *Kernel) fill(row Row, into *[1 + MaxLeaves/2]uint64) Row {
	for i, two := range row[1:] {
		into[1+i] = two << 1
	}
	for i, l := range k.leaves {
		if row.Answered()>>i&1 == 0 {
			into[1+i/2] |= uint64(l.hi-l.lo) << (i % 2 * half)
		}
	}
	return into[:len(row)]
}

// moreUp is what has to be added so that n more of the quotients come to the next whole
// number, or so that -n no longer do. What they have behind the point is distinct. The nearest
// to the next one has the most there, and the last that came to it the least, which is the
// most of the complements.
func moreUp(exact [][2]uint64, n int64) (up uint64) {
	const before = 64 - places
	fewer := uint64(n >> 63) // all its bits, or none
	for n = max(n, -n); n > 0; n-- {
		a, b := uint64(0), uint64(0)
		for i := range exact {
			a, b = max(a, (exact[i][0]+up)<<before^fewer), max(b, (exact[i][1]+up)<<before^fewer)
		}
		up += (1<<places - max(a, b)>>before) ^ fewer - fewer
	}
	return up
}
