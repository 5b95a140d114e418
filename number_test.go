package kam_test

import (
	"database/sql"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

func TestNumberBounds(t *testing.T) {
	tests := []struct {
		name, reason string
		n            kam.Number
		want         string
	}{
		{"most", "18 nines", kam.Dec(999_999_999_999_999_999, 4), "99999999999999.9999"},
		{"least", "the range is symmetric", kam.Dec(-999_999_999_999_999_999, 4), "-99999999999999.9999"},
		{"one unit above", "19 digits", kam.Dec(1_000_000_000_000_000_000, 4), "invalid"},
		{"one unit below", "19 digits", kam.Dec(-1_000_000_000_000_000_000, 4), "invalid"},
		{"largest whole", "14 digits before the point", kam.Dec(99_999_999_999_999, 0), "99999999999999"},
		{"next whole", "15 digits before the point", kam.Dec(100_000_000_000_000, 0), "invalid"},
		{"most of three places", "17 nines, and a zero at the end", kam.Dec(99_999_999_999_999_999, 3), "99999999999999.999"},
		{"least of three places", "the range is symmetric", kam.Dec(-99_999_999_999_999_999, 3), "-99999999999999.999"},
		{"one more of three places", "19 digits", kam.Dec(100_000_000_000_000_000, 3), "invalid"},
		{"scaled over the top", "multiplying must not wrap around", kam.Dec(math.MaxInt64/10, 3), "invalid"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, tt.n.String(), tt.reason)
			assert.Equal(t, tt.want != "invalid", tt.n.Valid(), tt.reason)
		})
	}
}

func TestNumberFixedHalfEven(t *testing.T) {
	tests := []struct {
		name, reason, in string
		places           int
		want             string
	}{
		{"half to even, down", "2 is even", "2.5", 0, "2"},
		{"half to even, up", "3 is odd", "3.5", 0, "4"},
		{"negative half, to even", "mirrors the positive", "-2.5", 0, "-2"},
		{"just above half", "not a tie", "2.5001", 0, "3"},
		{"half of one", "0 is even, and has no sign", "-0.5", 0, "0"},
		{"tiny negative", "there is no -0.00", "-0.0049", 2, "0.00"},
		{"carry into a new digit", "nines roll over", "99.9999", 3, "100.000"},
		{"largest", "rounding up leaves the range of Number, not of the text", "99999999999999.9999", 0, "100000000000000"},
		{"places below zero", "held to 0", "1.5", -3, "2"},
		{"places above four", "held to 4", "1.5", 99, "1.5000"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n, err := kam.ParseNumber(tt.in)
			require.NoError(t, err)
			assert.Equal(t, tt.want, n.Fixed(tt.places), tt.reason)
		})
	}
}

// Text, and the decimal that math/big reads in it, are the same number.
func TestNumberTextIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for range 10_000 {
		units := r.Int64N(1_000_000_000_000_000_000) >> r.IntN(60)
		if r.IntN(2) == 0 {
			units = -units
		}
		n := kam.Dec(units, 4)
		got, ok := new(big.Rat).SetString(n.String())
		require.True(t, ok, n.String())
		require.Zero(t, got.Cmp(big.NewRat(units, 10_000)), n.String())
		back, err := kam.ParseNumber(n.String())
		require.NoError(t, err)
		require.True(t, back == n, "equal numbers are equal with ==")
	}
}

// Long input is refused by its length. The bound is loose: a parse of it
// would take over a minute.
func TestLongDigitsAreRefusedFast(t *testing.T) {
	digits := strings.Repeat("1", 10<<20)
	start := time.Now()
	_, err := kam.ParseNumber(digits)
	require.ErrorIs(t, err, kam.CodeNumber)
	assert.Less(t, len(err.Error()), 300, "the error does not repeat it all")
	_, err = kam.ParseMoney(digits + " EUR")
	require.ErrorIs(t, err, kam.CodeMoney)
	_, err = kam.ParseMoney("1 " + digits)
	require.ErrorIs(t, err, kam.CodeCurrency)
	assert.Less(t, time.Since(start), time.Second)
}

// What other packages do to decimal's settings changes nothing of ours.
func TestDecimalGlobalsChangeNothing(t *testing.T) {
	places, quotes, trim, exponent, scientific := decimal.DivisionPrecision, decimal.MarshalJSONWithoutQuotes,
		decimal.TrimTrailingZeros, decimal.MaxDecodeExponent, decimal.UseScientificNotation
	defer func() {
		decimal.DivisionPrecision, decimal.MarshalJSONWithoutQuotes = places, quotes
		decimal.TrimTrailingZeros, decimal.MaxDecodeExponent, decimal.UseScientificNotation = trim, exponent, scientific
	}()
	all := func() []string {
		var out []string
		for _, s := range []string{"0.5", "12.50", "49999999999999.9999", "100"} {
			n, err := kam.ParseNumber(s)
			require.NoError(t, err)
			again, err := kam.NumberOf(n.Decimal())
			require.NoError(t, err)
			m, err := kam.NewMoney(n.Decimal(), "EUR")
			require.NoError(t, err)
			data, err := again.MarshalText()
			require.NoError(t, err)
			sum, err := m.Add(m)
			require.NoError(t, err)
			out = append(out, string(data), n.Fixed(2), m.String(), sum.String())
		}
		big, err := kam.NumberOf(decimal.New(1, 13))
		require.NoError(t, err)
		return append(out, big.String())
	}
	before := all()
	decimal.DivisionPrecision, decimal.MarshalJSONWithoutQuotes = 0, true
	decimal.TrimTrailingZeros, decimal.MaxDecodeExponent, decimal.UseScientificNotation = false, 0, true
	assert.Equal(t, before, all())
}

func TestNumberColumns(t *testing.T) {
	tests := []struct {
		name, reason string
		src          any
		cause        error
	}{
		{"integer out of range", "15 digits before the point", int64(100_000_000_000_000), kam.CodeNumber},
		{"NULL", "use sql.Null", nil, kam.CodeType},
		{"float", "not exact", 1.5, kam.CodeType},
		{"bool", "not a number", true, kam.CodeType},
		{"no bytes", "empty text", []byte(nil), kam.CodeNumber},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := kam.Int(42)
			require.ErrorIs(t, n.Scan(tt.src), tt.cause, tt.reason)
			assert.Equal(t, kam.Int(42), n, "a failed scan changes nothing")
		})
	}
	var null sql.Null[kam.Number]
	require.NoError(t, null.Scan(nil))
	assert.False(t, null.Valid)
	require.NoError(t, null.Scan("1.5"))
	assert.Equal(t, kam.Dec(15, 1), null.V, "as the doc comment of Scan advises")
}

func TestNumberOf(t *testing.T) {
	half := decimal.New(1, 0).Div(decimal.New(2, 0)) // 0.5000000000000000
	zeros := new(big.Int).Exp(big.NewInt(10), big.NewInt(1000), nil)
	tests := []struct {
		name, reason string
		d            decimal.Decimal
		want         string
	}{
		{"product of quotients", "48 places, 45 of them zeros at the end", half.Mul(half).Mul(half), "0.125"},
		{"1000 places", "all of them zeros", decimal.NewFromBigInt(zeros, -1000), "1"},
		{"1001 places", "one more than the doc comment allows", decimal.NewFromBigInt(new(big.Int).Mul(zeros, big.NewInt(10)), -1001), ""},
		{"positive exponent", "1 and 13 zeros", decimal.New(1, 13), "10000000000000"},
		{"5 places", "would be cut", decimal.New(1, -5), ""},
		{"over the range", "15 digits before the point", decimal.New(1, 14), ""},
		{"huge exponent", "would print a hundred million zeros", decimal.New(1, 1e8), ""},
		{"tiny exponent", "the same behind the point", decimal.New(1, -1e8), ""},
		{"most negative exponent", "its negative does not exist", decimal.New(1, math.MinInt32), ""},
		{"28 million bits", "counting their digits takes a second", decimal.NewFromBigInt(new(big.Int).Lsh(big.NewInt(1), 28e6), 0), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start := time.Now()
			n, err := kam.NumberOf(tt.d)
			assert.Less(t, time.Since(start), 200*time.Millisecond, tt.reason)
			if tt.want == "" {
				require.ErrorIs(t, err, kam.CodeNumber, tt.reason)
				assert.Zero(t, n)
				return
			}
			require.NoError(t, err, tt.reason)
			assert.Equal(t, tt.want, n.String(), tt.reason)
		})
	}
}

func TestParseNumberLength(t *testing.T) {
	n, err := kam.ParseNumber("1." + strings.Repeat("0", 38))
	require.NoError(t, err, "40 bytes, and zeros at the end are no places")
	assert.Equal(t, kam.Int(1), n)
	_, err = kam.ParseNumber("1." + strings.Repeat("0", 39))
	require.ErrorIs(t, err, kam.CodeNumber, "41 bytes")
}

// A number that was read prints as text that reads as the same number.
func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"0", "-0", "12.50", "-0.0001", "99999999999999.9999", "1.50000", "1e3", "+1", ".5", "5.", "１", "0x1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := kam.ParseNumber(s)
		if err != nil {
			require.ErrorIs(t, err, kam.CodeNumber)
			require.Zero(t, n)
			return
		}
		require.True(t, n.Valid())
		exact, ok := new(big.Rat).SetString(s)
		require.True(t, ok)
		require.Zero(t, exact.Cmp(n.Decimal().Rat()), "%s is not %s", s, n)
		again, err := kam.ParseNumber(n.String())
		require.NoError(t, err)
		require.True(t, again == n)
	})
}

// Packages that compare by a method find one.
func TestEqual(t *testing.T) {
	assert.True(t, kam.Dec(150, 2).Equal(kam.Dec(15, 1)))
	assert.False(t, kam.Int(1).Equal(kam.Int(2)))
	assert.True(t, asOf.Equal(kam.NewDate(2026, 11, 24)))
	assert.False(t, asOf.Equal(kam.Date{}))
	assert.True(t, money("1.50 EUR").Equal(*money("1.5 EUR")))
	assert.False(t, money("1.50 EUR").Equal(*money("1.50 USD")))
	assert.False(t, money("0 EUR").Equal(kam.Money{}))
}
