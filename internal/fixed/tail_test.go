package fixed

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Each term on its own, from the binomials.
func TestTailEqualsBinomials(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	two := 0
	for range 20_000 {
		whole := 1 + r.Uint64N(1<<(1+r.UintN(20)))
		part, e := 1+r.Uint64N(whole), r.Int64N(60)
		k := r.Int64N(e + 1)
		got, ok := Tail(k, e, part, whole)
		size := new(big.Int).Exp(new(big.Int).SetUint64(whole), big.NewInt(e), nil)
		if !ok {
			require.Greater(t, size.BitLen(), 40, "%d^%d", whole, e)
			continue
		}
		if size.BitLen() > 64 {
			two++
		}
		sum := new(big.Int)
		for j := k; j <= e; j++ {
			term := new(big.Int).Binomial(e, j)
			term.Mul(term, new(big.Int).Exp(new(big.Int).SetUint64(part), big.NewInt(j), nil))
			sum.Add(sum, term.Mul(term, new(big.Int).Exp(new(big.Int).SetUint64(whole-part), big.NewInt(e-j), nil)))
		}
		sum.Mul(sum, big.NewInt(Whole))
		want, left := new(big.Int).QuoRem(sum, size, new(big.Int))
		if c := left.Lsh(left, 1).Cmp(size); c > 0 || c == 0 && want.Bit(0) == 1 {
			want.Add(want, big.NewInt(1))
		}
		require.Equal(t, want.Int64(), got, "%d of %d in %d of %d", k, e, part, whole)
	}
	assert.Greater(t, two, 500, "some need two words")
}

func TestTailByHand(t *testing.T) {
	for _, tt := range []struct {
		reason      string
		k, e        int64
		part, whole uint64
		want        int64
	}{
		{"both of two, at an even chance", 2, 2, 1, 2, 250_000},
		{"232/2048 is 11.328125 %", 8, 11, 1, 2, 113_281},
		{"none or more", 0, 7, 1, 10, Whole},
		{"nothing else to fall into", 5, 5, 3, 3, Whole},
		{"1/2^7 is 0.78125 %, half way, and 0.7812 is even", 7, 7, 1, 2, 7_812},
	} {
		got, ok := Tail(tt.k, tt.e, tt.part, tt.whole)
		require.True(t, ok, tt.reason)
		assert.Equal(t, tt.want, got, tt.reason)
	}
}

// A whole of n bits to the power e takes up to n·e bits: 107 are the most. What is
// multiplied on the way has those of the rest and of e besides, and 127 in all.
func TestTailAtItsLimits(t *testing.T) {
	for _, tt := range []struct {
		reason      string
		k, e        int64
		part, whole uint64
		want        int64
		ok          bool
	}{
		{"107 times 1 bit", 107, 107, 1, 1, Whole, true},
		{"108 times 1 bit", 108, 108, 1, 1, 0, false},
		{"4 times 25 bits, 24 bits of rest, and 3 of the number; a little above a half, four times", 4, 4, 1 << 24, 1<<25 - 1, 62_500, true},
		{"4 times 25 bits, 25 bits of rest, and 3 of the number", 4, 4, 1, 1<<25 - 1, 0, false},
	} {
		got, ok := Tail(tt.k, tt.e, tt.part, tt.whole)
		assert.Equal(t, tt.ok, ok, tt.reason)
		assert.Equal(t, tt.want, got, tt.reason)
	}
}
