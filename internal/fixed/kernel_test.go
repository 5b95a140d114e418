package fixed

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func leavesFor(r *rand.Rand, n int) ([]Leaf, []int64, uint64) {
	spans := []int64{30_000, 60_000, 70_000, 90_000, 100_000}
	var leaves []Leaf
	var ratings []int64
	for range n {
		lo := r.Int64N(100_000) - 50_000
		span := spans[r.IntN(len(spans))]
		leaves = append(leaves, Leaf{big.NewRat(r.Int64N(1_000_000), 1+r.Int64N(9)), lo, lo + span, r.IntN(2) == 0})
		ratings = append(ratings, lo+r.Int64N(span+1))
	}
	leaves[0].Weight.SetInt64(7)
	return leaves, ratings, r.Uint64() & (1<<n - 1)
}

// The two ways of summing are one kernel: they agree on everything.
func TestNarrowEqualsWide(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	narrow := 0
	for range 20_000 {
		leaves, ratings, answered := leavesFor(r, 1+r.IntN(20))
		k, err := New(leaves)
		require.NoError(t, err)
		if !k.Narrow() {
			continue
		}
		narrow++
		wide := *k
		wide.narrow = false
		for _, rule := range []Missing{Renormalise, Worst, Neutral} {
			a, b := make([]int64, len(leaves)), make([]int64, len(leaves))
			require.Equal(t, k.Score(ratings, answered, rule, a), wide.Score(ratings, answered, rule, b))
			require.Equal(t, a, b)
		}
	}
	assert.Greater(t, narrow, 5_000)
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
	assert.Equal(t, Result{Points: Whole, Coverage: Whole, Worst: Whole, Best: Whole}, k.Score(ratings, ^uint64(0), Renormalise, nil))
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
		whole := u128{r.Uint64() >> (21 + r.IntN(43)), r.Uint64()}
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

func TestScoreDoesNotAllocate(t *testing.T) {
	leaves, ratings, _ := leavesFor(rand.New(rand.NewPCG(3, 3)), 20)
	k, err := New(leaves)
	require.NoError(t, err)
	parts := make([]int64, len(leaves))
	assert.Zero(t, testing.AllocsPerRun(100, func() { k.Score(ratings, 0b1011, Neutral, parts) }))
}
