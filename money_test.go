package kam_test

import (
	"errors"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

func TestMinorUnits(t *testing.T) {
	tests := []struct {
		name, reason, code string
		units              int64
		want               string
		cause              error
	}{
		{"two places", "cents", "EUR", 123450, "1234.50 EUR", nil},
		{"no places", "the yen has no part", "JPY", 500, "500 JPY", nil},
		{"three places", "fils", "KWD", 1, "0.001 KWD", nil},
		{"four places", "unidad de fomento", "CLF", -12345, "-1.2345 CLF", nil},
		{"less than one", "the zero before the point stays", "EUR", -5, "-0.05 EUR", nil},
		{"18 digits", "the most there are", "EUR", 999_999_999_999_999_999, "9999999999999999.99 EUR", nil},
		{"19 digits", "more than Money holds", "EUR", math.MaxInt64, "", kam.CodeMoney},
		{"smallest int64", "its negative does not exist", "JPY", math.MinInt64, "", kam.CodeMoney},
		{"gone into the euro", "Lithuania, on 2015-01-01", "LTL", 1, "", kam.CodeCurrency},
		{"gone lately", "Bulgaria, on 2026-01-01, of which there are sales", "BGN", 1, "0.01 BGN", nil},
		{"unlisted", "its places are not known", "EUX", 1, "", kam.CodeCurrency},
		{"lower case", "codes are capitals", "eur", 1, "", kam.CodeCurrency},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m, err := kam.Minor(tt.units, tt.code)
			if tt.cause != nil {
				require.ErrorIs(t, err, tt.cause, tt.reason)
				assert.Zero(t, m)
				return
			}
			require.NoError(t, err, tt.reason)
			assert.Equal(t, tt.want, m.String(), tt.reason)
		})
	}
}

func TestMoneyEdges(t *testing.T) {
	tests := []struct{ name, reason, a, b, sum string }{
		{"no currency on the left", "it is neutral only when it is nothing", "0", "5 EUR", "5.00 EUR"},
		{"no currency on the right", "the same the other way round", "5 EUR", "0", "5.00 EUR"},
		{"minus nothing", "is nothing", "-0", "5 EUR", "5.00 EUR"},
		{"both without", "they are in one currency, unnamed", "1.5", "2", "3.5"},
		{"carry to 18 digits", "the sum's last zero is no digit", "99999999999999999.5 EUR", "0.5 EUR", "100000000000000000.00 EUR"},
		{"down to zero", "the currency stays", "1 EUR", "-1 EUR", "0.00 EUR"},
		{"12 places", "the finest there are", "0.000000000001 EUR", "0.000000000009 EUR", "0.00000000001 EUR"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, err := kam.ParseMoney(tt.a)
			require.NoError(t, err)
			b, err := kam.ParseMoney(tt.b)
			require.NoError(t, err)
			sum, err := a.Add(b)
			require.NoError(t, err, tt.reason)
			assert.Equal(t, tt.sum, sum.String(), tt.reason)
			parsed, err := kam.ParseMoney(tt.sum)
			require.NoError(t, err)
			assert.True(t, parsed == sum, "a computed amount is stored like a parsed one")
		})
	}
	zero, err := kam.ParseMoney("0 EUR")
	require.NoError(t, err)
	dollar, err := kam.ParseMoney("1 USD")
	require.NoError(t, err)
	_, err = dollar.Add(zero)
	require.ErrorIs(t, err, kam.CodeCurrencyMix, "nothing in euros is still in euros")
	_, err = zero.Add(dollar)
	require.ErrorIs(t, err, kam.CodeCurrencyMix, "on either side")
	assert.ErrorContains(t, err, "0.00 EUR")
	assert.ErrorContains(t, err, "1.00 USD")
}

func TestMoneyHostileDecimals(t *testing.T) {
	tests := []struct {
		name, reason string
		d            decimal.Decimal
	}{
		{"huge exponent", "would print a hundred million zeros", decimal.New(1, 1e8)},
		{"tiny exponent", "the same behind the point", decimal.New(1, -1e8)},
		{"most negative exponent", "its negative does not exist", decimal.New(1, math.MinInt32)},
		{"a thousand digits", "Money holds 18", decimal.NewFromBigInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(1000), nil), 0)},
		{"19 digits", "one too many", decimal.New(1_000_000_000_000_000_001, 0)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m, err := kam.NewMoney(tt.d, "EUR")
			require.ErrorIs(t, err, kam.CodeMoney, tt.reason)
			assert.Zero(t, m)
			assert.Less(t, len(err.Error()), 300, "the error does not print it")
		})
	}
	zeros := new(big.Int).Exp(big.NewInt(10), big.NewInt(1000), nil)
	most := new(big.Int).Mul(big.NewInt(999_999_999_999_999_999), zeros)
	m, err := kam.NewMoney(decimal.NewFromBigInt(most, -1000), "JPY")
	require.NoError(t, err, "18 nines and 1000 places of zeros are large and not hostile")
	assert.Equal(t, "999999999999999999 JPY", m.String())
}

// Amounts in every form come back as they were, and equal ones are equal.
func TestMoneyTextIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	for range 10_000 {
		d := decimal.New((r.Int64N(2_000_000)-1_000_000)*pow(10, r.IntN(12)), -int32(r.IntN(13)))
		code := []string{"EUR", "JPY", "KWD", "CLF", "XXA"}[r.IntN(5)]
		m, err := kam.NewMoney(d, code)
		require.NoError(t, err, d.String())
		require.True(t, m.Amount().Equal(d))
		back, err := kam.ParseMoney(m.String())
		require.NoError(t, err, m.String())
		require.True(t, back == m, m.String())
		amount, _, _ := strings.Cut(m.String(), " ")
		text, ok := new(big.Rat).SetString(amount)
		require.True(t, ok)
		require.Zero(t, text.Cmp(d.Rat()))
	}
}

func pow(x int64, n int) int64 {
	p := int64(1)
	for range n {
		p *= x
	}
	return p
}

// An amount that was read prints as text that reads as the same amount.
func FuzzParseMoney(f *testing.F) {
	for _, s := range []string{"0", "-0 EUR", "1234.5 EUR", "100000000000000000.00 EUR", "0.000000000001 JPY", "1 eur", "1  EUR", "EUR 1", "1\tEUR", "7 XXA"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := kam.ParseMoney(s)
		if err != nil {
			require.Zero(t, m)
			require.True(t, errors.Is(err, kam.CodeMoney) || errors.Is(err, kam.CodeCurrency), err)
			return
		}
		again, err := kam.ParseMoney(m.String())
		require.NoError(t, err, m.String())
		require.True(t, again == m, m.String())
	})
}

// A computed amount keeps twelve places, as many as there are.
func TestComputedAmountsKeepTheirPlaces(t *testing.T) {
	engine := compiled(t, kam.Policy{Currency: "EUR", Rates: map[string]kam.Money{"USD": *money("0.000001 EUR")}})
	for amount, want := range map[string]string{"0.000001 USD": "0.000000000001 EUR", "0.0000001 USD": "0.00 EUR"} {
		got, err := engine.Progress(kam.Plan{Account: "a", Forecast: []kam.Forecast{{Amount: *money(amount)}}}, kam.Account{ID: "a"}, asOf)
		require.NoError(t, err)
		assert.Equal(t, want, got.Forecast[0].Forecast.String(), "and else 4")
	}
}
