package fixed

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What a kernel must say, in fractions, from the definitions alone.
type fractions struct {
	points, coverage, worst, best *big.Rat
	parts                         []*big.Rat
}

func inFractions(leaves []Leaf, ratings []int64, answered uint64, rule Missing) fractions {
	total, known, weight := new(big.Rat), new(big.Rat), new(big.Rat)
	values := make([]*big.Rat, len(leaves))
	for i, l := range leaves {
		total.Add(total, l.Weight)
		values[i] = new(big.Rat)
		if answered&(1<<i) == 0 {
			continue
		}
		distance := ratings[i] - l.Lo
		if l.LowerIsBetter {
			distance = l.Hi - ratings[i]
		}
		values[i].Mul(l.Weight, big.NewRat(distance, l.Hi-l.Lo))
		weight.Add(weight, l.Weight)
		known.Add(known, values[i])
	}
	of := func(a, b *big.Rat) *big.Rat {
		q := new(big.Rat).Quo(a, b)
		return q.Mul(q, big.NewRat(Whole, 1))
	}
	gap := new(big.Rat).Sub(total, weight)
	f := fractions{coverage: of(weight, total), worst: of(known, total), best: of(new(big.Rat).Add(known, gap), total)}
	part := total
	if rule == Renormalise {
		part = weight
	}
	if part.Sign() == 0 {
		return f
	}
	f.points = new(big.Rat)
	for i, v := range values {
		if rule == Neutral && answered&(1<<i) == 0 {
			v.Quo(leaves[i].Weight, big.NewRat(2, 1))
		}
		f.parts = append(f.parts, of(v, part))
		f.points.Add(f.points, f.parts[i])
	}
	return f
}

// floor returns x rounded down, and what is left.
func floor(x *big.Rat) (int64, *big.Rat) {
	q := new(big.Int).Div(x.Num(), x.Denom())
	return q.Int64(), new(big.Rat).Sub(x, new(big.Rat).SetInt(q))
}

func ceil(x *big.Rat) int64 {
	q, rest := floor(x)
	return q + int64(rest.Sign())
}

func halfEven(x *big.Rat) int64 {
	q, rest := floor(x)
	switch rest.Cmp(big.NewRat(1, 2)) {
	case 1:
		q++
	case 0:
		q += q % 2
	}
	return q
}

// split gives each part its share of the points by the largest remainder.
func split(parts []*big.Rat, points int64) []int64 {
	out, rests, order := make([]int64, len(parts)), make([]*big.Rat, len(parts)), make([]int, len(parts))
	for i, p := range parts {
		out[i], rests[i] = floor(p)
		order[i] = i
		points -= out[i]
	}
	slices.SortStableFunc(order, func(i, j int) int { return rests[j].Cmp(rests[i]) })
	for _, i := range order[:points] {
		out[i]++
	}
	return out
}

// requireFractions holds a kernel against fractions, by each rule.
func requireFractions(t *testing.T, leaves []Leaf, ratings []int64, answered uint64) {
	t.Helper()
	k, err := New(leaves)
	require.NoError(t, err)
	row := k.rowOf(ratings, answered)
	for _, rule := range []Missing{Renormalise, Worst, Neutral} {
		want, got := inFractions(leaves, ratings, answered, rule), k.score(row, rule)
		points := int64(NoPoints)
		switch {
		case want.points == nil:
		case rule == Worst:
			points, _ = floor(want.points)
		default:
			points = halfEven(want.points)
		}
		worst, _ := floor(want.worst)
		require.Equal(t, result{points, halfEven(want.coverage), worst, ceil(want.best)}, got, "rule %d of %v %v %b", rule, leaves, ratings, answered)
		if points == NoPoints {
			continue
		}
		var parts Parts
		k.Split(row, rule, points, &parts)
		require.Equal(t, split(want.parts, points), parts.Points[:len(leaves)], "rule %d of %v %v %b", rule, leaves, ratings, answered)

		weight := k.Weight(answered)
		_, same := k.Score(row, rule, weight)
		require.Equal(t, points, same, "the least weight is enough")
		_, none := k.Score(row, rule, weight+1)
		require.EqualValues(t, NoPoints, none, "less than the least weight has no points")
	}
}

func TestKernelEqualsFractions(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	wide := 0
	for i := range 6_000 {
		leaves, ratings, answered := leavesFor(r, 1+r.IntN(20))
		if i%3 == 0 { // two words
			for j := range leaves {
				leaves[j].Hi = leaves[j].Lo + 1<<(33+r.IntN(8))
				ratings[j] = leaves[j].Lo + r.Int64N(leaves[j].Hi-leaves[j].Lo+1)
			}
			wide++
		}
		requireFractions(t, leaves, ratings, answered)
	}
	assert.Equal(t, 2_000, wide)
}

// Remainders that differ by less than the leaves are many, since the whole is
// small: the place of a leaf must not count before its remainder.
func TestSplitOfCloseRemainders(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	const span = 333_667 // three of them are 1,001,001
	var leaves []Leaf
	for _, weight := range []int64{1, 1, 1, 2_000} {
		leaves = append(leaves, Leaf{Weight: big.NewRat(weight, 1), Hi: span})
	}
	for range 5_000 {
		ratings := []int64{r.Int64N(span + 1), r.Int64N(span + 1), r.Int64N(span + 1), r.Int64N(span + 1)}
		requireFractions(t, leaves, ratings, 7+r.Uint64N(2)*8)
	}
}

// A denominator of just a million, and the smallest there are.
func TestSplitOfAMillion(t *testing.T) {
	leaves := []Leaf{{Weight: big.NewRat(1, 1), Hi: Whole}, {Weight: big.NewRat(1_999, 1), Hi: Whole}}
	for _, rating := range []int64{0, 1, 333_333, Whole} {
		requireFractions(t, leaves, []int64{rating, 5}, 1)
		requireFractions(t, leaves, []int64{rating, 5}, 3)
	}
	for span := range int64(4) {
		small := []Leaf{{Weight: big.NewRat(1, 1), Hi: span + 1}, {Weight: big.NewRat(2, 1), Hi: span + 1}}
		for rating := range span + 2 {
			requireFractions(t, small, []int64{rating, span + 1 - rating}, 3)
			requireFractions(t, small[:1], []int64{rating}, 1)
		}
	}
}

// The ends of what one word, two words and none can hold, by the bits of the
// sum of the weights times the common span.
func TestBitsAtTheEdges(t *testing.T) {
	pow := func(n int) int64 { return 1 << n }
	for _, tt := range []struct {
		name         string
		weights      [2]int64
		lo, span     int64
		narrow, fits bool
	}{
		{"43 bits", [2]int64{pow(21) - 1, 1}, 0, pow(21), true, true},
		{"44 bits", [2]int64{pow(21) - 1, 1}, 0, pow(22), false, true},
		{"107 bits", [2]int64{pow(53) - 1, 1}, 0, pow(53), false, true},
		{"108 bits", [2]int64{pow(53) - 1, 1}, 0, pow(54), false, false},
		{"a rating of 31 bits", [2]int64{1, 1}, 5, pow(31) - 1, true, true},
		{"a rating of 32 bits", [2]int64{1, 1}, -5, pow(31), false, true},
		{"weights of 63 bits", [2]int64{pow(62), 1}, 0, 3, false, true},
		{"weights of 64 bits", [2]int64{1<<63 - 1, 1}, 0, 3, false, false},
		{"a span of 63 bits", [2]int64{1, 1}, 0, 1<<63 - 1, false, true},
	} {
		var leaves []Leaf
		for _, w := range tt.weights {
			leaves = append(leaves, Leaf{Weight: big.NewRat(w, 1), Lo: tt.lo, Hi: tt.lo + tt.span})
		}
		k, err := New(leaves)
		if !tt.fits {
			require.ErrorIs(t, err, ErrPrecision, tt.name)
			continue
		}
		require.NoError(t, err, tt.name)
		assert.Equal(t, tt.narrow, k.Narrow(), tt.name)
		for _, answered := range []uint64{0, 1, 2, 3} {
			requireFractions(t, leaves, []int64{tt.lo + tt.span, tt.lo + tt.span/3}, answered)
		}
	}
	one := big.NewRat(1, 1)
	_, err := New([]Leaf{{Weight: one, Hi: 1 << 62}, {Weight: one, Hi: 3}})
	require.ErrorIs(t, err, ErrPrecision, "a common span of 64 bits")
	huge := new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), 200))
	k, err := New([]Leaf{{Weight: huge, Hi: 1}, {Weight: huge, Hi: 1}})
	require.NoError(t, err, "only ratios count")
	assert.True(t, k.Narrow())
}

// A row is the mask and whole blocks of eight ratings, two in a word where a
// rating is half of one.
func TestWidth(t *testing.T) {
	for _, tt := range []struct{ leaves, narrow, wide int }{{1, 5, 9}, {8, 5, 9}, {9, 9, 17}, {64, 33, 65}} {
		for span, want := range map[int64]int{10: tt.narrow, 1 << 33: tt.wide} {
			leaves := make([]Leaf, tt.leaves)
			for i := range leaves {
				leaves[i] = Leaf{Weight: big.NewRat(1, 1), Hi: span}
			}
			k, err := New(leaves)
			require.NoError(t, err)
			assert.Equal(t, want, k.Width(), "%d leaves to %d", tt.leaves, span)
		}
	}
}

// Two leaves with one multiplication: where a half would overflow by the least,
// nothing is lost.
func TestPairsThatDoNotFit(t *testing.T) {
	for _, tt := range []struct {
		reason string
		leaves []Leaf
		full   []int64
	}{
		{
			"70,000 times 70,000 is more than 32 bits, also where a scale ends at 35,000",
			[]Leaf{{Weight: big.NewRat(1, 1), Lo: -35_000, Hi: 35_000}, {Weight: big.NewRat(1, 1), Hi: 1}},
			[]int64{35_000, 1},
		},
		{
			"the whole is 2 to the 32, and the third leaf has none beside it",
			[]Leaf{{Weight: big.NewRat(1, 1), Hi: 1 << 16}, {Weight: big.NewRat(1, 1), Hi: 1 << 16}, {Weight: big.NewRat(1<<16-2, 1), Hi: 1 << 16}},
			[]int64{1 << 16, 1 << 16, 1 << 16},
		},
		{
			"the lower half is 2 to the 32 by a leaf that weighs nothing",
			[]Leaf{{Weight: new(big.Rat), Hi: 1 << 16}, {Weight: big.NewRat(1, 1), Hi: 1}},
			[]int64{1 << 16, 1},
		},
	} {
		for answered := range uint64(1) << len(tt.leaves) {
			requireFractions(t, tt.leaves, tt.full, answered)
			for i, l := range tt.leaves {
				less := append([]int64(nil), tt.full...)
				less[i] = l.Lo
				requireFractions(t, tt.leaves, less, answered)
			}
		}
	}
}

// A rating that is written over another is the one that stays, and those beside
// it do too.
func TestSetAgain(t *testing.T) {
	for _, span := range []int64{1<<31 - 1, 1 << 33} {
		leaves := make([]Leaf, 5)
		for i := range leaves {
			leaves[i] = Leaf{Weight: big.NewRat(int64(i+1), 1), Hi: span}
		}
		k, err := New(leaves)
		require.NoError(t, err)
		want := []int64{span, 1, 0, span - 1, span}
		row := k.rowOf([]int64{1, span, span, 0, span}, 31)
		for _, i := range []int{3, 0, 4, 2, 1} {
			k.Set(row, i, want[i])
		}
		assert.Equal(t, k.rowOf(want, 31), row, "to %d", span)
	}
}
