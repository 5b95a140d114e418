package fixed

import (
	"math/big"
	"math/bits"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func leavesFor(r *rand.Rand, n int) ([]Leaf, []int64, uint64) {
	spans := []int64{30_000, 60_000, 70_000, 90_000, 100_000}
	var leaves []Leaf
	var ratings []int64
	plain := r.IntN(2) == 0
	for range n {
		lo := r.Int64N(100_000) - 50_000
		span := spans[r.IntN(len(spans))]
		weight := big.NewRat(r.Int64N(1_000_000), 1+r.Int64N(9))
		if plain {
			weight, span = big.NewRat(r.Int64N(20), 1), 100_000
		}
		leaves = append(leaves, Leaf{weight, lo, lo + span, r.IntN(2) == 0})
		rating := lo + r.Int64N(span+1)
		if plain {
			rating -= (rating - lo) % 10_000 // equal remainders, so that ties are met
		}
		ratings = append(ratings, rating)
	}
	leaves[0].Weight.SetInt64(7)
	return leaves, ratings, r.Uint64() & (1<<n - 1)
}

type result struct{ Points, Coverage, Worst, Best int64 }

// rowOf binds the ratings that are answered.
func (k *Kernel) rowOf(ratings []int64, answered uint64) Row {
	row := make(Row, k.Width())
	for i, rating := range ratings {
		if answered&(1<<i) != 0 {
			k.Set(row, i, rating)
		}
	}
	return row
}

// score is all that a kernel says of a row but its parts.
func (k *Kernel) score(row Row, rule Missing) result {
	s, points := k.Score(row, rule, 0)
	worst, best := k.Range(s, row.Answered())
	return result{points, k.Coverage(k.Weight(row.Answered())), worst, best}
}

// The two ways of summing are one kernel: they agree on everything, and so do
// the two ways of splitting.
func TestNarrowEqualsWide(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	narrow, paired, quick, quickest, ties := 0, 0, 0, 0, 0
	for range 20_000 {
		leaves, ratings, answered := leavesFor(r, 1+r.IntN(20))
		k, err := New(leaves)
		require.NoError(t, err)
		if !k.Narrow() {
			continue
		}
		narrow++
		wide, single := *k, *k
		wide.narrow, single.pairs = false, nil
		if len(k.pairs) > 0 {
			paired++
		}
		row := k.rowOf(ratings, answered)
		for _, rule := range []Missing{Renormalise, Worst, Neutral} {
			got := k.score(row, rule)
			require.Equal(t, wide.score(wide.rowOf(ratings, answered), rule), got)
			require.Equal(t, single.score(row, rule), got)
			if den := k.den(k.Weight(row.Answered()), rule); got.Points != NoPoints && den.lo <= k.quick {
				quick++
				if rule == Renormalise && len(k.reciprocals) > 0 {
					quickest++
				}
				var a, b Parts
				k.Split(row, rule, got.Points, &a)
				k.wideSplit(row, rule, den, got.Points, &b)
				require.Equal(t, b.Points, a.Points)
				ties += k.ties(row, rule)
			}
		}
	}
	assert.Greater(t, narrow, 10_000)
	assert.Greater(t, paired, 5_000)
	assert.Greater(t, narrow-paired, 100)
	assert.Greater(t, quick, 20_000)
	assert.Greater(t, quickest, 1_000)
	assert.Greater(t, ties, 1_000)
}

// ties counts the leaves whose remainder, not zero, is that of another.
func (k *Kernel) ties(row Row, rule Missing) int {
	n, seen := 0, map[uint64]bool{}
	for i := range k.leaves {
		_, rest := k.part(row, rule, i).share(k.den(k.Weight(row.Answered()), rule))
		if r := rest.num.lo; r > 0 && seen[r] {
			n++
		}
		seen[rest.num.lo] = true
	}
	return n
}

// Two leaves share a word while neither half of it overflows. With steps of
// 2^16 and weights of 1 the factors are 1 and 2^16; the best rating of the first
// is 2^16, so that its product with the factor of the second is 2^32, too much.
func TestPairsAtTheEdge(t *testing.T) {
	for _, tt := range []struct {
		reason string
		spans  [2]int64
		weight int64
		paired bool
	}{
		{"the lower half is 2^32 + 1", [2]int64{1 << 16, 1}, 1, false},
		{"the lower half is 2^30 + 1", [2]int64{1 << 15, 1}, 1, true},
		{"the upper half is 2^32, and the lower one", [2]int64{1 << 30, 1 << 30}, 3, false},
		{"the upper half is 2^31, and the lower one", [2]int64{1 << 30, 1 << 30}, 1, true},
	} {
		k, err := New([]Leaf{{Weight: big.NewRat(tt.weight, 1), Hi: tt.spans[0]}, {Weight: big.NewRat(1, 1), Hi: tt.spans[1]}})
		require.NoError(t, err)
		require.True(t, k.Narrow(), tt.reason)
		assert.Equal(t, tt.paired, len(k.pairs) > 0, tt.reason)
		for _, ratings := range [][]int64{tt.spans[:], {tt.spans[0], 0}, {0, tt.spans[1]}, {tt.spans[0] - 1, tt.spans[1]}} {
			wide := *k
			wide.narrow = false
			assert.Equal(t, wide.score(wide.rowOf(ratings, 3), Renormalise), k.score(k.rowOf(ratings, 3), Renormalise), tt.reason)
		}
	}
}

// Reciprocals are exact up to the edge of what takes them, and what lies
// beyond is divided.
func TestSplitAtTheEdges(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	quick := 0
	for _, total := range []uint64{1, 2, 3, 1000, 1<<14 - 1, 1 << 14, 1<<15 - 1, 1 << 15, 1<<16 - 1, 1 << 16, 1<<22 - 1, 1 << 22, 1<<25 - 1} {
		for _, span := range []int64{1, 2, 3, 489, 65_535, 65_536, 65_537, 131_072, 262_144, 1<<18 - 1, 1<<31 + 11} {
			part := 1 + r.Uint64N(total)
			leaves := []Leaf{
				{Weight: new(big.Rat).SetInt(new(big.Int).SetUint64(part)), Hi: span},
				{Weight: new(big.Rat).SetInt(new(big.Int).SetUint64(total - part)), Hi: span},
				{Weight: big.NewRat(1, 1), Hi: span},
			}
			k, err := New(leaves)
			require.NoError(t, err)
			for range 200 {
				ratings := []int64{r.Int64N(span + 1), span - r.Int64N(min(span, 3)), r.Int64N(span + 1)}
				answered := 1 + r.Uint64N(7)
				row := k.rowOf(ratings, answered)
				for _, rule := range []Missing{Renormalise, Worst, Neutral} {
					_, points := k.Score(row, rule, 0)
					if points == NoPoints {
						continue
					}
					var a, b Parts
					k.Split(row, rule, points, &a)
					den := k.den(k.Weight(row.Answered()), rule)
					k.wideSplit(row, rule, den, points, &b)
					require.Equal(t, b.Points, a.Points, "%d %d %v", total, span, ratings)
					for i := range leaves {
						// Points are right for most remainders that are not, so look at these.
						if q, rest := k.part(row, rule, i).share(den); k.narrow && den.lo <= k.quick {
							exact, _ := bits.Div64(rest.num.lo>>(64-places), rest.num.lo<<places, den.lo)
							exact += uint64(q)<<places + 1<<(places-1) + uint64(2*(3-i))
							require.Contains(t, []uint64{exact, exact + 1}, a.exact[i/2][i%2], "leaf %d of %d %d %v", i, total, span, ratings)
							quick++
						}
					}
					require.Equal(t, points, a.Points[0]+a.Points[1]+a.Points[2])
				}
			}
		}
	}
	assert.Greater(t, quick, 50_000)
}

// A third of the points of 64 leaves is 5208 1/3 for each: 21 of the thirds are whole
// together, and they go to the first 21 leaves.
func TestSplitAmongAsManyAsThereMayBe(t *testing.T) {
	leaves, ratings := make([]Leaf, MaxLeaves), make([]int64, MaxLeaves)
	for i := range leaves {
		leaves[i], ratings[i] = Leaf{Weight: big.NewRat(1, 1), Hi: 3}, 1
	}
	k, err := New(leaves)
	require.NoError(t, err)
	row := k.rowOf(ratings, 1<<MaxLeaves-1)
	_, points := k.Score(row, Renormalise, 0)
	require.Equal(t, int64(333_333), points)
	var p Parts
	k.Split(row, Renormalise, points, &p)
	for i, got := range p.Points {
		want := int64(5208)
		if i < 21 {
			want = 5209
		}
		assert.Equal(t, want, got, "leaf %d", i)
	}
}

// Of two remainders the larger gets what is left, and be it by one part of the largest whole
// that is divided by reciprocals, but for a thousand: 173 times 397,222,403. 20,616·10⁶ is less
// than that, and 145,774,624·10⁶ is it 2121 times, and 20,616,000,001.
func TestSplitByTheLeastDifference(t *testing.T) {
	leaves, ratings := make([]Leaf, MaxLeaves), make([]int64, MaxLeaves)
	for i := range leaves {
		leaves[i] = Leaf{Weight: big.NewRat(1, 1), Hi: 397_222_403}
	}
	leaves[1].Weight = big.NewRat(110, 1)
	k, err := New(leaves)
	require.NoError(t, err)
	require.LessOrEqual(t, k.whole, k.quick)
	require.Greater(t, k.whole, k.quick-1_100)
	for _, at := range [][2]int{{0, MaxLeaves - 1}, {MaxLeaves - 1, 0}, {2, 3}, {3, 2}, {0, 44}, {45, 46}} {
		clear(ratings)
		ratings[at[0]], ratings[at[1]] = 20_616, 145_774_624
		row := k.rowOf(ratings, 1<<MaxLeaves-1)
		_, points := k.Score(row, Renormalise, 0)
		require.Equal(t, int64(2122), points, "2121.6")
		var p Parts
		k.Split(row, Renormalise, points, &p)
		assert.Equal(t, []int64{0, 2122}, []int64{p.Points[at[0]], p.Points[at[1]]}, "leaves %d", at)
	}
}

// The whole of a wide kernel needs more than one word. What is left of it in one
// must not pass for a small one: 16 spans of 2^60 and 64 of 2^58 are 2^64, which is 0
// there, and 17 of the third are 2^64 and a little more than a million.
func TestWholeBeyondOneWord(t *testing.T) {
	for _, x := range []struct {
		leaves int
		span   int64
	}{{16, 1 << 60}, {64, 1 << 58}, {17, 1_085_102_592_571_208_920}} {
		leaves, ratings := make([]Leaf, x.leaves), make([]int64, x.leaves)
		for i := range leaves {
			leaves[i], ratings[i] = Leaf{Weight: big.NewRat(1, 1), Hi: x.span}, x.span
		}
		for _, answered := range []uint64{1, 3, 7, 1<<x.leaves - 1} {
			k, err := New(leaves)
			require.NoError(t, err)
			require.False(t, k.Narrow())
			row := k.rowOf(ratings, answered)
			_, points := k.Score(row, Renormalise, 0)
			require.EqualValues(t, Whole, points, "all is at its best")
			var p Parts
			k.Split(row, Renormalise, points, &p)
			n := int64(0)
			for m := answered; m != 0; m &= m - 1 {
				n++
			}
			sum := int64(0)
			for i := range leaves {
				sum += p.Points[i]
				if answered>>i&1 == 0 {
					assert.Zero(t, p.Points[i])
				} else {
					assert.InDelta(t, Whole/n, p.Points[i], 1, "an equal part")
				}
			}
			assert.EqualValues(t, Whole, sum)
		}
	}
}

func TestLeastWeight(t *testing.T) {
	k, err := New([]Leaf{{Weight: big.NewRat(1, 1), Hi: 1}, {Weight: big.NewRat(2, 1), Hi: 1}})
	require.NoError(t, err)
	for _, tt := range []struct {
		reason  string
		minimum int64
		want    uint64
	}{
		{"nothing is asked for", 0, 0},
		{"a third is 33.3333", 333_333, 1},
		{"a third is less than 33.3334", 333_334, 2},
		{"two thirds are 66.6667, rounded up", 666_667, 2},
		{"all", Whole, 3},
	} {
		assert.Equal(t, tt.want, k.LeastWeight(tt.minimum), tt.reason)
	}
}

// Common scorecards stay within one word; uncommon ones take two.
func TestNarrowWhereItFits(t *testing.T) {
	var common, uncommon []Leaf
	for i := range 64 {
		common = append(common, Leaf{Weight: big.NewRat(int64(i+1), 640_000), Lo: 0, Hi: 100_000})
		uncommon = append(uncommon, Leaf{Weight: big.NewRat(int64(i+1), 999_983), Lo: 0, Hi: int64(99_900 + i%3)})
	}
	k, err := New(common)
	require.NoError(t, err)
	assert.True(t, k.Narrow())
	uncommon[0].Weight = big.NewRat(999_979, 999_961)
	k, err = New(uncommon)
	require.NoError(t, err)
	assert.False(t, k.Narrow())
	ratings := make([]int64, 64)
	for i := range ratings {
		ratings[i] = uncommon[i].Hi
	}
	assert.Equal(t, result{Whole, Whole, Whole, Whole}, k.score(k.rowOf(ratings, ^uint64(0)), Renormalise))
}

func TestNewRefuses(t *testing.T) {
	one := big.NewRat(1, 1)
	for name, leaves := range map[string][]Leaf{
		"none":    nil,
		"65":      make([]Leaf, 65),
		"nothing": {{Weight: new(big.Rat), Hi: 1}},
	} {
		_, err := New(leaves)
		require.Error(t, err, name)
	}
	for name, leaves := range map[string][]Leaf{
		"weights": {{Weight: big.NewRat(1, 1<<62), Hi: 1}, {Weight: big.NewRat(9, 2), Hi: 1}},
		"scales":  {{Weight: one, Hi: 1<<62 - 57}, {Weight: one, Hi: 1<<61 - 1}},
		"both":    {{Weight: big.NewRat(1, 1<<60), Hi: 1<<50 - 27}, {Weight: one, Hi: 1}},
	} {
		_, err := New(leaves)
		require.ErrorIs(t, err, ErrPrecision, name)
	}
}

// share is a division, checked against math/big.
func TestShareEqualsBig(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for range 50_000 {
		whole := u128{r.Uint64() >> (20 + r.IntN(44)), r.Uint64()} // 108 bits, as the neutral rule has
		if r.IntN(3) == 0 {
			whole.hi = 0
		}
		bigWhole := toBig(whole)
		if bigWhole.Sign() == 0 {
			continue
		}
		n := new(big.Int).Mul(bigWhole, big.NewInt(r.Int64N(Whole+1)))
		n.Quo(n, big.NewInt(Whole))
		a := fromBig(n)
		q, rest := a.share(whole)
		wantQ, wantRest := new(big.Int).QuoRem(n.Mul(n, big.NewInt(Whole)), bigWhole, new(big.Int))
		require.Equal(t, wantQ.Int64(), q)
		require.Zero(t, wantRest.Cmp(toBig(rest.num)))

		up := q
		if wantRest.Sign() > 0 {
			up++
		}
		require.Equal(t, up, rest.up(q))
		even := q
		switch wantRest.Lsh(wantRest, 1).Cmp(bigWhole) {
		case 1:
			even++
		case 0:
			even += q % 2
		}
		require.Equal(t, even, rest.even(q))
	}
}

func toBig(a u128) *big.Int {
	n := new(big.Int).SetUint64(a.hi)
	return n.Add(n.Lsh(n, 64), new(big.Int).SetUint64(a.lo))
}

func fromBig(n *big.Int) u128 {
	return u128{new(big.Int).Rsh(n, 64).Uint64(), new(big.Int).And(n, new(big.Int).SetUint64(^uint64(0))).Uint64()}
}
