package kam

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// randomRational has every size of both words, their edges, and values that
// need more than them.
func randomRational(r *rand.Rand) rational {
	size := func() int64 { return r.Int64() >> r.IntN(63) }
	num, den := size(), max(1, size())
	if r.IntN(2) == 0 {
		den = pow10(r.IntN(13))
	}
	switch r.IntN(12) {
	case 0:
		num = math.MaxInt64
	case 1:
		num, den = math.MinInt64, max(den, 1)
	case 2:
		den = math.MaxInt64
	case 3:
		x := new(big.Rat).SetFrac64(num, den)
		return bigRational(x.Mul(x, x))
	}
	if r.IntN(2) == 0 && num != math.MinInt64 {
		num = -num
	}
	return fraction(num, den)
}

// Whatever is computed in machine words is what big.Rat computes.
func TestRationalIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	small, large, pairs := 0, 0, 200_000
	if testing.Short() {
		pairs = 8_000
	}
	for range pairs {
		a, b := randomRational(r), randomRational(r)
		x, y := a.rat(), b.rat()
		same := func(what string, want *big.Rat, got rational) {
			t.Helper()
			require.True(t, got.known(), what)
			require.Zero(t, want.Cmp(got.rat()), "%s of %s and %s: %s, not %s", what, x, y, got.rat(), want)
			if got.big == nil {
				require.Positive(t, got.den)
				small++
			} else {
				large++
			}
			n, ok := numberOfRat(want)
			m, ok2 := got.number()
			require.Equal(t, ok, ok2, "%s rounds", want)
			require.Equal(t, n, m, "%s rounds", want)
		}
		same("sum", new(big.Rat).Add(x, y), a.add(b))
		same("difference", new(big.Rat).Sub(x, y), a.sub(b))
		same("product", new(big.Rat).Mul(x, y), a.times(b))
		num, den := r.Int64N(800)-400, 1+r.Int64N(366)
		same("share", new(big.Rat).Mul(x, big.NewRat(num, den)), a.mul(num, den))
		if q := a.per(100, b); y.Sign() > 0 {
			want := new(big.Rat).Quo(x, y)
			same("quotient", want.Mul(want, big.NewRat(100, 1)), q)
		} else {
			require.False(t, q.known(), "%s", y)
		}
		require.Equal(t, x.Cmp(y), a.cmp(b), "%s and %s", x, y)
		require.Equal(t, x.Sign(), a.sign())
		if whole := new(big.Int).Quo(x.Num(), x.Denom()); whole.IsInt64() {
			require.Equal(t, whole.Int64(), a.truncated())
		}
	}
	require.Greater(t, small, pairs/2, "both forms are met")
	require.Greater(t, large, pairs/2, "both forms are met")
}

// Half way between two Numbers the even one is taken, on both sides of zero.
func TestRationalRoundsToEven(t *testing.T) {
	for num, want := range map[int64]int64{1: 0, 3: 2, 5: 2, 7: 4, -1: 0, -3: -2, -5: -2, -7: -4} {
		n, ok := fraction(num, 20_000).number()
		require.True(t, ok)
		require.Equal(t, Number{want}, n, "%d halves", num)
	}
}

func TestRationalUnknown(t *testing.T) {
	var none rational
	one := whole(1)
	for _, x := range []rational{none.add(one), one.add(none), none.sub(one), one.sub(none), none.mul(1, 2), none.times(one), one.times(none), none.per(1, one), one.per(1, none), one.per(1, whole(0)), one.per(1, whole(-1)), bigRational(nil)} {
		require.False(t, x.known())
		_, ok := x.number()
		require.False(t, ok)
	}
	require.Nil(t, none.rat())
}

// The greatest and the least Number are in range, and what is beyond them by
// however little is not, on either way of counting.
func TestRationalAtTheEndsOfNumber(t *testing.T) {
	for _, tt := range []struct {
		name, reason string
		num, den     int64
		ok           bool
	}{
		{"greatest", "18 nines", numberMax, numberOne, true},
		{"least", "the range is symmetric", -numberMax, numberOne, true},
		{"a fifth of a unit above", "it would round to the greatest, and is beyond it", 5*numberMax + 1, 5 * numberOne, false},
		{"a fifth of a unit below", "the same on the other side", -5*numberMax - 1, 5 * numberOne, false},
		{"half a unit inside", "between …97 and …98, of which 98 is even", 2*numberMax - 3, 2 * numberOne, true},
		{"a whole unit above", "19 digits", numberMax + 1, numberOne, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := fraction(tt.num, tt.den)
			n, ok := a.number()
			require.Equal(t, tt.ok, ok, tt.reason)
			m, ok := numberOfRat(a.rat())
			require.Equal(t, tt.ok, ok, tt.reason)
			require.Equal(t, m, n, tt.reason)
			require.Equal(t, tt.ok && tt.den == numberOne, n.units == tt.num, tt.reason)
		})
	}
}
