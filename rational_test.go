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

// edgeRationals are numbers at the ends of a machine word, and around the root
// of its end: their sums and products just fit, or just do not.
func edgeRationals() (out []rational) {
	const root = 3037000499 // root² fits, (root+1)² does not
	for _, den := range []int64{1, 2, 10_000, root, math.MaxInt64} {
		for _, num := range []int64{1, root, root + 1, 1 << 62, math.MaxInt64} {
			out = append(out, fraction(num, den), fraction(-num, den))
		}
		out = append(out, fraction(0, den), fraction(math.MinInt64, den), bigRational(new(big.Rat).SetFrac(new(big.Int).Lsh(big.NewInt(den), 64), big.NewInt(3))))
	}
	return out
}

// At the edges, too, all is what big.Rat computes. Two words are kept where
// both parts of the result fit in one each, and nowhere else.
func TestRationalAtTheEdgesOfAWord(t *testing.T) {
	check := func(got rational, want *big.Rat, what string, a, b rational) {
		if !got.known() || got.rat().Cmp(want) != 0 || (got.big == nil) != (want.Num().IsInt64() && want.Denom().IsInt64()) {
			t.Errorf("%v %s %v is %v, not %s", a, what, b, got, want)
		}
	}
	edges := edgeRationals()
	want := new(big.Rat)
	for _, a := range edges {
		x := a.rat()
		n, ok := a.number()
		if m, ok2 := numberOfRat(x); n != m || ok != ok2 {
			t.Errorf("%v rounds to %v, not %v", a, n, m)
		}
		if cut := new(big.Int).Quo(x.Num(), x.Denom()); cut.IsInt64() && a.truncated() != cut.Int64() {
			t.Errorf("%v is cut to %d, not %s", a, a.truncated(), cut)
		}
		check(a.neg(), want.Neg(x), "negated", a, a)
		for _, b := range edges {
			y := b.rat()
			check(a.add(b), want.Add(x, y), "+", a, b)
			check(a.sub(b), want.Sub(x, y), "-", a, b)
			check(a.times(b), want.Mul(x, y), "·", a, b)
			if y.Sign() > 0 {
				check(a.per(1, b), want.Quo(x, y), "÷", a, b)
			}
			if a.cmp(b) != x.Cmp(y) {
				t.Errorf("%v cmp %v is %d", a, b, a.cmp(b))
			}
		}
	}
}

// What is computed of the unknown is unknown, also beside what no word holds.
func TestRationalOfTheUnknown(t *testing.T) {
	large := bigRational(new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), 80)))
	for _, x := range []rational{whole(3), fraction(-1, 3), large} {
		for _, got := range []rational{
			x.add(rational{}), rational{}.add(x), x.sub(rational{}), rational{}.sub(x), x.times(rational{}), rational{}.times(x),
			x.per(100, rational{}), rational{}.per(100, x), rational{}.mul(2, 3), rational{}.neg(),
		} {
			require.False(t, got.known())
			_, ok := got.number()
			require.False(t, ok)
			require.Nil(t, got.rat())
		}
	}
	_, ok := fraction(math.MinInt64, 5000).number() // its ten-thousandths are 2⁶⁴ and more
	require.False(t, ok)
}

// What two words hold is computed in them: a big.Rat would have to be allocated.
func TestRationalOfTwoWordsAllocatesNothing(t *testing.T) {
	const root = 3037000499 // root² fits, (root+1)² does not
	greatest, least := int64(math.MaxInt64), int64(math.MinInt64)
	for _, tt := range []struct {
		name     string
		f        func() rational
		num, den int64
	}{
		{"up to the greatest", func() rational { return whole(greatest - 1).add(whole(1)) }, greatest, 1},
		{"down to the least", func() rational { return whole(least + 1).add(whole(-1)) }, least, 1},
		{"nothing added to the greatest", func() rational { return whole(greatest).add(whole(0)) }, greatest, 1},
		{"difference of the greatest", func() rational { return whole(-1).sub(whole(greatest)) }, least, 1},
		{"one denominator", func() rational { return fraction(1, greatest).add(fraction(2, greatest)) }, 3, greatest},
		{"one denominator divides the other", func() rational { return fraction(1, greatest-7).add(fraction(1, greatest/2-3)) }, 3, greatest - 7},
		{"a common denominator that just fits", func() rational { return fraction(1, root).add(fraction(1, 2*root)) }, 3, 2 * root},
		{"denominators with a divisor in common", func() rational { return fraction(1, 6).add(fraction(1, 4)) }, 5, 12},
		{"negated", func() rational { return whole(greatest).neg() }, -greatest, 1},
		{"the root squared", func() rational { return fraction(root, root).mul(-root, root) }, -root * root, root * root},
		{"product of two", func() rational { return fraction(root, 7).times(fraction(root, 5)) }, root * root, 35},
		{"the greatest times one", func() rational { return whole(greatest).mul(1, greatest) }, greatest, greatest},
		{"quotient", func() rational { return whole(root).per(root, whole(greatest)) }, root * root, greatest},
		{"quotient of amounts", func() rational { return fraction(greatest/100, 10_000).per(100, fraction(3, 10_000)) }, greatest / 100 * 100, 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got rational
			require.Zero(t, testing.AllocsPerRun(10, func() { got = tt.f() }))
			require.Nil(t, got.big)
			require.Zero(t, big.NewRat(tt.num, tt.den).Cmp(got.rat()), "%v", got)
		})
	}
}
