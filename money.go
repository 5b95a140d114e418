package kam

import (
	"database/sql/driver"
	"fmt"
	"math/big"

	"github.com/shopspring/decimal"

	"github.com/kam-go/kam/internal/currency"
)

// Money is an exact amount in a currency. The zero value is nothing in no
// currency, and neutral: it adds to any amount. Equal amounts of one currency are equal with
// ==, since 1.50 EUR and 1.5 EUR are stored alike; 0 EUR is not the zero value.
//
// An amount has at most 18 digits and 12 decimal places. The text, JSON and
// SQL form is "1234.50 EUR". An amount without a code, "1234.50" or a bare
// JSON number, is in the currency of the [Account] that it belongs to.
type Money struct {
	coef  int64
	scale uint8
	code  [3]byte
}

const (
	moneyPlaces = 12
	moneyDigits = 18
)

// NewMoney returns the amount in the currency of an ISO 4217 code. The errors
// are [CodeCurrency] for a code that is not three capital letters, and
// [CodeMoney] for an amount beyond the digits that Money holds or with an
// exponent outside -1000 to 18.
func NewMoney(amount decimal.Decimal, code string) (Money, error) {
	if !currencyShape(code) {
		return Money{}, refused("make money", CodeCurrency, code, "")
	}
	if !decimalInBounds(amount) {
		return Money{}, refused("make money in "+code, CodeMoney, "", "")
	}
	return ParseMoney(plainString(amount) + " " + code)
}

// Minor returns an amount counted in the smallest unit of the currency:
// Minor(123450, "EUR") is 1234.50 EUR, Minor(500, "JPY") is 500 JPY. The
// error is [CodeCurrency] for a code that ISO 4217 does not list.
func Minor(units int64, code string) (Money, error) {
	places, ok := currency.Places(code)
	if !ok {
		return Money{}, refused("make money", CodeCurrency, code, "")
	}
	return NewMoney(decimal.New(units, int32(-places)), code)
}

// ParseMoney reads "1234.50 EUR" or "1234.50": the grammar of [ParseNumber]
// with up to 12 places, then a space and three capital letters. The errors
// are [Violations] with a [CodeMoney] or a [CodeCurrency].
func ParseMoney(s string) (Money, error) { return parseMoney(s) }

func parseMoney[T string | []byte](s T) (Money, error) {
	m, fault := readMoney(s)
	if fault != "" {
		return Money{}, refused("parse money", fault, string(s), "as in 1234.50 EUR")
	}
	return m, nil
}

// readMoney says with a code what is wrong, or "" if nothing is.
func readMoney[T string | []byte](s T) (m Money, fault Code) {
	if n := len(s) - len(" EUR"); n > 0 && s[n] == ' ' && currencyShape(s[n+1:]) {
		if coef, scale, ok := parseDecimal(s[:n], moneyPlaces); ok {
			m.coef, m.scale = coef, uint8(scale)
			copy(m.code[:], s[n+1:])
			return m, ""
		}
	}
	amount := s
	for i := range len(s) {
		if s[i] != ' ' {
			continue
		}
		if !currencyShape(s[i+1:]) {
			return Money{}, CodeCurrency
		}
		amount = s[:i]
		copy(m.code[:], s[i+1:])
		break
	}
	coef, scale, ok := parseDecimal(amount, moneyPlaces)
	if !ok {
		return Money{}, CodeMoney
	}
	m.coef, m.scale = coef, uint8(scale)
	return m, ""
}

// makeMoney takes what parseDecimal gives, which has no zeros at its end, so
// that equal amounts are stored alike.
func makeMoney(coef int64, scale int, code string) Money {
	m := Money{coef: coef, scale: uint8(scale)}
	copy(m.code[:], code)
	return m
}

// currencyShape judges by shape alone; Validate and Compile judge by the
// table, so that data with a code newer than the table can still be read.
func currencyShape[T string | []byte](code T) bool {
	if len(code) != 3 {
		return false
	}
	for i := range len(code) {
		if code[i] < 'A' || code[i] > 'Z' {
			return false
		}
	}
	return true
}

// Amount returns the number without its currency.
func (m Money) Amount() decimal.Decimal { return decimal.New(m.coef, -int32(m.scale)) }

// Currency returns the ISO 4217 code, or "" where the amount has none.
func (m Money) Currency() string {
	if m.code == [3]byte{} {
		return ""
	}
	return string(m.code[:])
}

// Sign returns -1, 0 or +1 for an amount below, at or above zero.
func (m Money) Sign() int { return m.Amount().Sign() }

// Add returns m + n. Two currencies are a [CodeCurrencyMix] that names both
// amounts; a sum beyond 18 digits is a [CodeMoney].
func (m Money) Add(n Money) (Money, error) { return m.sum("add", n, n.coef) }

// Sub returns m − n, with the errors of [Money.Add].
func (m Money) Sub(n Money) (Money, error) { return m.sum("subtract", n, -n.coef) }

func (m Money) sum(verb string, n Money, coef int64) (Money, error) {
	code, ok := m.with(n)
	if !ok {
		return Money{}, refused(fmt.Sprintf("%s %s and %s", verb, m, n), CodeCurrencyMix, n.String(), m.Currency())
	}
	total := m.Amount().Add(decimal.New(coef, -int32(n.scale)))
	out, ok := moneyOf(total, code)
	if !ok {
		return Money{}, refused(fmt.Sprintf("%s %s and %s", verb, m, n), CodeMoney, "", "")
	}
	return out, nil
}

// Equal reports whether m and n are the same amount in the same currency, as == does; it is for
// packages that compare values by a method.
func (m Money) Equal(n Money) bool { return m == n }

// Cmp returns -1, 0 or +1 as m is below, equal to or above n. Two currencies
// are a [CodeCurrencyMix].
func (m Money) Cmp(n Money) (int, error) {
	if _, ok := m.with(n); !ok {
		return 0, refused(fmt.Sprintf("compare %s and %s", m, n), CodeCurrencyMix, n.String(), m.Currency())
	}
	return m.Amount().Cmp(n.Amount()), nil
}

// with returns the currency that m and n share; nothing in no currency goes
// with any.
func (m Money) with(n Money) (code string, ok bool) {
	switch {
	case m.code == n.code || n == Money{}:
		return m.Currency(), true
	case m == Money{}:
		return n.Currency(), true
	}
	return "", false
}

// moneyOf holds a computed amount, when it has no more digits than Money.
func moneyOf(d decimal.Decimal, code string) (Money, bool) {
	coef, scale, ok := parseDecimal(plainString(d), moneyPlaces)
	return makeMoney(coef, scale, code), ok
}

// fit is moneyOf, rounded half to even to 12 places, or to fewer where it has more than 18
// digits; an amount of more before the point is none.
func fit(d decimal.Decimal, code string) (Money, bool) {
	room := moneyRoom(d)
	return moneyOf(d.RoundBank(int32(max(room, 0))), code)
}

// moneyRoom is how many places of an amount Money has room for; below 0 it has none.
func moneyRoom(d decimal.Decimal) int {
	return min(moneyPlaces, moneyDigits-max(0, d.NumDigits()+int(d.Exponent())))
}

// moneyOfRat holds a computed amount: exactly, where Money has its places, and else rounded
// half to even to 4.
func moneyOfRat(x *big.Rat, code string) (Money, bool) {
	if places, exact := x.FloatPrec(); exact && places <= moneyPlaces {
		if m, ok := moneyOf(decimal.NewFromBigRat(x, int32(places)), code); ok {
			return m, true
		}
	}
	n, ok := numberOfRat(x)
	if !ok {
		return Money{}, false
	}
	return moneyOf(n.Decimal(), code)
}

// minorOf is an amount rounded half to even to the minor unit of its currency.
func minorOf(x *big.Rat, code string) (Money, bool) {
	places := minorPlaces(code)
	n, ok := numberOfRat(new(big.Rat).Mul(x, big.NewRat(1, pow10(numberPlaces-int(places))))) // whose units are minor ones
	if !ok {
		return Money{}, false
	}
	return moneyOf(decimal.New(n.units, -places), code)
}

// rational is the exact amount, for sums of shares of periods.
func (m Money) rational() rational { return fraction(m.coef, pow10(int(m.scale))) }

// String returns the exact amount with at least the places of its currency:
// "1234.50 EUR", "500 JPY", "0.125 USD".
func (m Money) String() string {
	text, _ := m.MarshalText()
	return string(text)
}

// MarshalText returns the form of [Money.String].
func (m Money) MarshalText() ([]byte, error) {
	if m.code == [3]byte{} {
		return appendDecimal(nil, m.coef, int(m.scale), 0), nil
	}
	places, _ := currency.Places(string(m.code[:]))
	text := appendDecimal(make([]byte, 0, maxDecimal), m.coef, int(m.scale), places)
	return append(append(text, ' '), m.code[:]...), nil
}

// UnmarshalText is [ParseMoney]; on error m keeps its value.
func (m *Money) UnmarshalText(text []byte) error {
	v, err := parseMoney(text)
	if err != nil {
		return err
	}
	*m = v
	return nil
}

// UnmarshalJSON reads a quoted amount or a bare JSON number without an
// exponent; null leaves m as it is.
func (m *Money) UnmarshalJSON(data []byte) error {
	if v, fault := readMoney(inQuotes(data)); fault == "" {
		*m = v
		return nil
	}
	return unmarshalScalar(data, m)
}

// Value stores m as text, as [Number.Value] does, with its currency behind the amount.
func (m Money) Value() (driver.Value, error) { return textValue(m) }

// Scan reads a text or integer column. NULL is an error: scan into a
// sql.Null[Money] or a *Money where the column may be absent.
func (m *Money) Scan(src any) error { return scanText(src, m) }

// GormDataType tells GORM to use a text column.
func (Money) GormDataType() string { return "text" }

// minorPlaces are those of the minor unit of a currency, and 2 without one.
func minorPlaces(code string) int32 {
	if places, ok := currency.Places(code); ok {
		return int32(places)
	}
	return 2
}
