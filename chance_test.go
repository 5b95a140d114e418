package kam

import (
	"math/big"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// tenThousandths rounds a percentage half to even to 4 places, from the exact
// fraction, by whole numbers alone.
func tenThousandths(x *big.Rat) Number {
	num := new(big.Int).Mul(x.Num(), big.NewInt(1_000_000))
	q, rest := new(big.Int).QuoRem(num, x.Denom(), new(big.Int))
	rest.Mul(rest, big.NewInt(2))
	if c := rest.Cmp(x.Denom()); c > 0 || c == 0 && q.Bit(0) == 1 {
		q.Add(q, big.NewInt(1))
	}
	return Number{q.Int64()}
}

// exactPower is (a ÷ b) to the n.
func exactPower(a, b, n int64) *big.Rat {
	e := big.NewInt(n)
	return new(big.Rat).SetFrac(new(big.Int).Exp(big.NewInt(a), e, nil), new(big.Int).Exp(big.NewInt(b), e, nil))
}

// exactChances are the three chances as exact fractions.
func exactChances(r rhythm) (silence, stopped, none Number) {
	one := big.NewRat(1, 1)
	s := exactPower(int64(r.until), int64(r.days), r.others)
	st := new(big.Rat).SetInt64(24*r.orders - 15)
	st.Inv(st.Add(st.Mul(st, s), one))
	no := new(big.Rat).Sub(one, st)
	no.Add(no.Mul(no, exactPower(int64(r.days), int64(r.days)+92, r.orders)), st)
	return tenThousandths(s), tenThousandths(st), tenThousandths(no)
}

func TestChances(t *testing.T) {
	tests := []struct {
		name                   string
		r                      rhythm
		silence, stopped, none string
	}{
		{"6 orders in 150 of 240 days", rhythm{orders: 6, others: 6, until: 150, days: 240}, "5.9605", "11.5088", "24.1369"},
		{"4 in 92 of 182", rhythm{orders: 4, others: 4, until: 92, days: 182}, "6.5293", "15.9015", "32.2723"},
		{"24 in 640 of 731", rhythm{orders: 24, others: 24, until: 640, days: 731}, "4.1144", "4.1526", "9.7244"},
		// silence 0: stopped is 1, and no order will come
		{"before the window", rhythm{orders: 3, others: 3, until: 0, days: 10}, "0", "100", "100"},
		// silence 1: stopped is 1 ÷ (1 + 57) = 1.72413…; 92 of 184 days, so (1/2)³: 1.72413… + 98.27586… ÷ 8
		{"an order on the last day", rhythm{orders: 3, others: 3, until: 92, days: 92}, "100", "1.7241", "14.0086"},
		// (1/2)^7 is 0.78125 %, half way between two: the even one
		{"half way", rhythm{orders: 8, others: 7, until: 1, days: 2}, "0.7812", "41.9672", "41.9672"}, // 128 ÷ 305; (2/94)^8 is nothing
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, st, no := tt.r.chances()
			assert.Equal(t, tt.silence, s.String())
			assert.Equal(t, tt.stopped, st.String())
			assert.Equal(t, tt.none, no.String())
		})
	}
}

// The chances are those of exact fractions, each rounded once.
func TestChancesAgainstFractions(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 16))
	check := func(r rhythm) {
		s, st, no := r.chances()
		ws, wst, wno := exactChances(r)
		assert.Equal(t, [3]Number{ws, wst, wno}, [3]Number{s, st, no}, "%+v", r)
	}
	many := []int64{100, 999, 1000, 4096, 10_000}
	if testing.Short() {
		many = many[:2]
	}
	for range 3000 {
		days := 1 + rng.IntN(731)
		n := 3 + rng.Int64N(60)
		check(rhythm{orders: n, others: n - rng.Int64N(2), until: rng.IntN(days + 1), days: days})
	}
	for _, n := range many {
		for _, until := range []int{1, 365, 700, 729, 730, 731} {
			check(rhythm{orders: n, others: n, until: until, days: 731})
		}
	}
}

// tail is the chance of k or more of e in a window that has the part p of both,
// added up from the binomials, each on its own.
func tail(k, e int64, p *big.Rat) *big.Rat {
	pow := func(x *big.Rat, n int64) *big.Rat {
		out := big.NewRat(1, 1)
		for range n {
			out.Mul(out, x)
		}
		return out
	}
	sum, rest := new(big.Rat), new(big.Rat).Sub(big.NewRat(1, 1), p)
	for j := k; j <= e; j++ {
		x := new(big.Rat).SetInt(new(big.Int).Binomial(e, j))
		sum.Add(sum, x.Mul(x, pow(p, j)).Mul(x, pow(rest, e-j)))
	}
	return sum
}

func TestNoise(t *testing.T) {
	tests := []struct {
		name                      string
		now, before, in, inBefore rational
		want                      string
	}{
		{"two and none of as many", whole(2), whole(0), whole(10), whole(10), "25"},
		{"five and none", whole(5), whole(0), whole(10), whole(10), "3.125"},
		{"two and one", whole(2), whole(1), whole(10), whole(10), "50"},                          // 3 + 1 of 8
		{"two and none, three times as many", whole(2), whole(0), whole(30), whole(10), "56.25"}, // 9/16
		{"8 and 3", whole(8), whole(3), whole(1), whole(1), "11.3281"},                           // 232/2048 = 11.328125
		{"none now", whole(0), whole(7), whole(1), whole(9), "100"},                              // none or more
		{"parts count down", fraction(29, 10), fraction(19, 10), whole(10), whole(10), "50"},     // 2 and 1, not 2 of 4
		{"parts to count in", whole(2), whole(0), fraction(5, 2), fraction(15, 2), "6.25"},       // (1/4)²
		{"500 at an even rate", whole(500), whole(0), whole(1), whole(0), "100"},                 // nothing else to fall into
		{"more than two words hold", whole(2), whole(0), whole(1 << 62), whole(1<<62 + 1), "25"}, // a half but for 2^-64, squared
		{"more than 500", whole(500), whole(1), whole(1), whole(0), ""},                          // not computed
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, computed := noise(tt.now, tt.before, tt.in, tt.inBefore)
			assert.Equal(t, tt.want != "", computed)
			if computed {
				assert.Equal(t, tt.want, got.String())
			}
		})
	}
	rng := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		k, rest, in, old := rng.Int64N(40), rng.Int64N(40), 1+rng.Int64N(300), 1+rng.Int64N(300)
		got, _ := noise(whole(k), whole(rest), whole(in), fraction(old, 3))
		p := new(big.Rat).Quo(big.NewRat(in, 1), new(big.Rat).Add(big.NewRat(in, 1), big.NewRat(old, 3)))
		assert.Equal(t, tenThousandths(tail(k, k+rest, p)), got, "%d of %d in %d against %d/3", k, k+rest, in, old)
	}
	half := big.NewRat(1, 2)
	for _, k := range []int64{250, 270, 300} {
		got, _ := noise(whole(k), whole(500-k), whole(7), whole(7))
		assert.Equal(t, tenThousandths(tail(k, 500, half)), got, "%d of 500", k)
	}
}

// The chance of no complaint is (1 − c/o) to the n, exactly.
func TestPowerAgainstFractions(t *testing.T) {
	tests := []struct {
		name           string
		complaints, of int64
		orders         int64
		want           string
	}{
		{"one order", 1, 100, 1, "99"},
		{"ten", 10, 100, 10, "34.8678"}, // 0.9^10 = 0.3486784401
		{"no order", 10, 100, 0, "100"},
		{"nobody complains", 0, 100, 1000, "100"},
		{"all complain", 100, 100, 1, "0"},
		// 639/640 is 99.84375 %: half way, and 99.8438 is the even one
		{"half way up", 1, 640, 1, "99.8438"},
		// 637/640 is 99.53125 %, and 99.5312 is
		{"half way down", 3, 640, 1, "99.5312"},
		// 3/2,000,000 is 0.00015 %
		{"half way, small", 1_999_997, 2_000_000, 1, "0.0002"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := power(tt.of-tt.complaints, tt.of, tt.orders).percent()
			assert.Equal(t, tt.want, got.String())
			assert.Equal(t, tenThousandths(exactPower(tt.of-tt.complaints, tt.of, tt.orders)), got)
		})
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		of := 1 + rng.Int64N(5000)
		good, n := rng.Int64N(of+1), rng.Int64N(400)
		got := power(good, of, n).percent()
		assert.Equal(t, tenThousandths(exactPower(good, of, n)), got, "(%d/%d)^%d", good, of, n)
	}
	for k := int64(1); k < 2_000_000; k += 2 * (1 + rng.Int64N(997)) {
		got := power(k, 2_000_000, 1).percent()
		assert.Equal(t, tenThousandths(big.NewRat(k, 2_000_000)), got, "%d/2,000,000 is half way", k)
	}
	// A count that no fraction can be made of takes no time and stays a chance.
	assert.Equal(t, "0", power(999, 1000, 10_000_000_000_000).percent().String())
	assert.Equal(t, "100", power(1, 1, 10_000_000_000_000).percent().String())
}

// The words give what whole numbers without a limit give, bit by bit.
func TestChanceIsThatOfWholeNumbers(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	bigOf := func(c chance) *big.Int {
		x := new(big.Int)
		for i := 3; i >= 0; i-- {
			x.Lsh(x, 64).Or(x, new(big.Int).SetUint64(c[i]))
		}
		return x
	}
	one := bigOf(certain)
	for range 30_000 {
		den := 1 + r.Int64N(1<<62)>>r.IntN(62)
		num, n := r.Int64N(den+1), r.Int64N(1<<62)>>r.IntN(63)
		if r.IntN(3) == 0 {
			num = den - r.Int64N(min(den, 100))
		}
		got, want := power(num, den, n), bigPower(big.NewRat(num, den), n)
		require.Zero(t, want.Cmp(bigOf(got)), "%d/%d to the %d", num, den, n)
		require.Equal(t, percentOfChance(want), got.percent())
		require.Equal(t, got, got.mul(certain))
		orders := r.Int64N(1 << 44)
		odds := new(big.Int).Mul(want, big.NewInt(orders))
		st := new(big.Int).Lsh(one, chanceBits)
		st.Quo(st, odds.Add(odds, one))
		inverse := got.scaled(uint64(orders)).add(certain).inverse()
		require.Zero(t, st.Cmp(bigOf(inverse)))
		require.Equal(t, percentOfChance(st), inverse.percent())
	}
	// Half way between two numbers, by what counts as lost below and above it, by
	// 2^-32 of a place above it, and one bit beside each.
	lost := new(big.Int).Lsh(big.NewInt(1), 95)
	aside := []*big.Int{new(big.Int), new(big.Int).Neg(lost), lost, new(big.Int).Lsh(big.NewInt(1), chanceBits-32)}
	for i := range 10_000 {
		x := new(big.Int).Lsh(big.NewInt(2*r.Int64N(500_000)+1), chanceBits-1)
		x.Add(x, aside[i%len(aside)])
		x.Quo(x, big.NewInt(100*numberOne)).Add(x, big.NewInt(r.Int64N(3)-1))
		var c chance
		for i, rest := 0, new(big.Int).Set(x); i < 4; i++ {
			c[i] = new(big.Int).And(rest, new(big.Int).SetUint64(1<<64-1)).Uint64()
			rest.Rsh(rest, 64)
		}
		require.Equal(t, percentOfChance(x), c.percent())
	}
}

// With x for 2^125, (x² − x + 1)·(x + 1) is x³ + 1, so that 2^384 divided by the first is
// 2^9·(x + 1) less very little: rounded down, 2^134 + 2^9 − 1.
func TestInverseJustBelow(t *testing.T) {
	divisor := chance{0: 1, 3: 1 << 58}.sub(chance{1: 1 << 61})
	require.Equal(t, chance{0: 1<<9 - 1, 2: 1 << 6}, divisor.inverse())
}

// (2^64 − 1) · 2^-64 of a unit is less than one, so that nothing is left of it.
func TestProductJustBelow(t *testing.T) {
	require.Equal(t, chance{}, chance{2: 1<<64 - 1}.mul(chance{0: 1}))
	require.Equal(t, chance{}, chance{0: 1}.mul(chance{2: 1<<64 - 1}))
}

// chanceBits is the length of the fractions. Squaring and multiplying lose at
// most one unit of the last place each; the powers have at most 62 of each, so
// that far more than the four places that are shown stay right.
const chanceBits = 192

// bigPower returns x to the n for an x from 0 to 1, rounded down. A power of 0 or
// less is 1.
func bigPower(x *big.Rat, n int64) *big.Int {
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

// The days of a year before are those of the calendar, and the last of February stands for the
// last of February.
func TestYearBefore(t *testing.T) {
	on := NewDate
	for _, tt := range []struct {
		name, reason   string
		last, end      Date
		from, to, days string
	}{
		{"plain", "31 days after the last order, and the next is the first", on(2026, 8, 20), on(2026, 10, 31), "2025-09-21", "2025-10-31", "41"},
		{"over the new year", "as well", on(2026, 12, 20), on(2027, 1, 31), "2026-01-21", "2026-01-31", "11"},
		{"last order on January 28", "31 days later is February 28, and an order on February 29 a year before is as late", on(2025, 1, 28), on(2025, 4, 30), "2024-03-01", "2024-04-30", "61"},
		{"last order on January 28 of a leap year", "and so is one on February 28", on(2024, 1, 28), on(2024, 4, 30), "2023-03-01", "2023-04-30", "61"},
		{"last order on January 29", "the same", on(2024, 1, 29), on(2024, 4, 30), "2023-03-01", "2023-04-30", "61"},
		{"up to February 28", "the year before has one day more", on(2024, 11, 30), on(2025, 2, 28), "2024-01-01", "2024-02-29", "60"},
		{"up to February 29", "the year before has one day less", on(2023, 11, 30), on(2024, 2, 29), "2023-01-01", "2023-02-28", "59"},
		{"up to February 28 of a leap year", "it has its day", on(2023, 11, 30), on(2024, 2, 28), "2023-01-01", "2023-02-28", "59"},
		{"February 29 alone", "has no day of its own a year before", on(2024, 1, 28), on(2024, 2, 29), "2023-03-01", "2023-02-28", "0"},
	} {
		r := rhythm{early: tt.last, end: tt.end}
		got := r.yearBefore()
		assert.Equal(t, []string{tt.from, tt.to, tt.days}, []string{got.from.String(), got.to.String(), strconv.Itoa(got.days())}, "%s: %s", tt.name, tt.reason)
	}
}
