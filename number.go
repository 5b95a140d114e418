package kam

import (
	"database/sql/driver"
	"fmt"
	"math"
	"math/big"
	"strings"

	"github.com/shopspring/decimal"
)

// Number is an exact decimal number with at most four places: a weight, a
// rating, a score, a percentage. The zero value is 0. Numbers are plain
// values: they compare with ==, serve as map keys and may be shared.
//
// The range is ±99,999,999,999,999.9999. A Number that could not be built
// from its arguments is invalid: it prints as "invalid", refuses to marshal,
// and [Compile] and [Engine.Assess] refuse it.
//
// Its text, JSON and SQL form is a decimal string such as "12.5"; decoding
// also accepts a bare JSON number.
type Number struct{ units int64 }

const (
	numberPlaces = 4
	numberOne    = 10_000
	numberMax    = 999_999_999_999_999_999
	numberBad    = math.MinInt64
)

// Int returns the whole number n. Beyond the range of [Number] it is invalid.
func Int(n int) Number { return Dec(int64(n), 0) }

// Dec returns value ÷ 10^places: Dec(125, 1) is 12.5. The result is invalid
// when places is not within 0 to 4 or the value is out of range.
func Dec(value int64, places int) Number {
	if places < 0 || places > numberPlaces {
		return Number{numberBad}
	}
	for ; places < numberPlaces; places++ {
		if value > numberMax/10 || value < -numberMax/10 {
			return Number{numberBad}
		}
		value *= 10
	}
	if value > numberMax || value < -numberMax {
		return Number{numberBad}
	}
	return Number{value}
}

// ParseNumber reads a decimal such as "-12.5": digits, one point and a leading
// minus; no exponent, no space, no plus sign. The text has at most 40 bytes, 18
// digits and 4 places; zeros in front, and at the end of the places, count as
// bytes alone. Anything else or out of range is [Violations] with a [CodeNumber].
func ParseNumber(s string) (Number, error) { return parseNumber(s) }

func parseNumber[T string | []byte](s T) (Number, error) {
	n, ok := readNumber(s)
	if !ok {
		return Number{}, refused("parse number", CodeNumber, string(s), "as in -12.5")
	}
	return n, nil
}

func readNumber[T string | []byte](s T) (Number, bool) {
	coef, places, ok := parseDecimal(s, numberPlaces)
	n := Dec(coef, places)
	if !ok || !n.Valid() {
		return Number{}, false
	}
	return n, true
}

// Equal reports whether n and m are the same number, as == does; it is for packages that compare
// values by a method.
func (n Number) Equal(m Number) bool { return n == m }

// NumberOf converts d exactly. A value with more than 4 places or out of
// range is a [CodeNumber], and so is an exponent outside -1000 to 18.
func NumberOf(d decimal.Decimal) (Number, error) {
	if !decimalInBounds(d) {
		return Number{}, refused("convert decimal", CodeNumber, "", "")
	}
	return ParseNumber(plainString(d))
}

// numberOfRat rounds half to even to 4 places; what is out of range is no
// Number.
func numberOfRat(x *big.Rat) (Number, bool) {
	units := new(big.Rat).Mul(x, big.NewRat(numberOne, 1))
	if new(big.Rat).Abs(units).Cmp(big.NewRat(numberMax, 1)) > 0 {
		return Number{}, false
	}
	return Number{roundRat(units)}, true
}

// decimalInBounds must hold before anything is computed with a caller's
// decimal: a hostile exponent or coefficient would cost minutes. It holds for
// all that [Number] and [Money] can be, written with up to 1000 places.
func decimalInBounds(d decimal.Decimal) bool {
	const digits, places, bits = 18, 1000, 3382 // the bits of 10^1018
	e := d.Exponent()
	return e <= digits && e >= -places && d.Coefficient().BitLen() <= bits
}

// plainString is d without an exponent and without trailing zeros, whatever
// decimal's process-wide settings say.
func plainString(d decimal.Decimal) string {
	s := d.StringFixed(max(0, -d.Exponent()))
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// Decimal returns n for further arithmetic. An invalid Number gives 0.
func (n Number) Decimal() decimal.Decimal {
	if !n.Valid() {
		return decimal.Decimal{}
	}
	return decimal.New(n.units, -numberPlaces)
}

// rational is n, which must be valid.
func (n Number) rational() rational { return fraction(n.units, numberOne) }

// Valid reports whether n was built from arguments in range.
func (n Number) Valid() bool { return n.units != numberBad }

// Cmp returns -1, 0 or +1 as n is below, equal to or above m.
func (n Number) Cmp(m Number) int {
	switch {
	case n.units < m.units:
		return -1
	case n.units > m.units:
		return 1
	}
	return 0
}

// String returns the shortest exact form: "12.5", "0", "-0.0001".
func (n Number) String() string {
	if !n.Valid() {
		return "invalid"
	}
	return formatDecimal(n.units, numberPlaces, 0)
}

// Fixed returns n with exactly places digits after the point, rounded half to
// even, for tables; places is held to 0 to 4.
func (n Number) Fixed(places int) string {
	if !n.Valid() {
		return "invalid"
	}
	places = min(max(places, 0), numberPlaces)
	unit := pow10(numberPlaces - places)
	q, r := n.units/unit, n.units%unit
	if r < 0 {
		r = -r
	}
	if 2*r > unit || 2*r == unit && q%2 != 0 {
		if n.units < 0 {
			q--
		} else {
			q++
		}
	}
	return formatDecimal(q, places, places)
}

// MarshalText returns the form of [Number.String]; an invalid Number is a
// [CodeNumber].
func (n Number) MarshalText() ([]byte, error) {
	if !n.Valid() {
		return nil, fmt.Errorf("kam: marshal number: %w", CodeNumber)
	}
	return appendDecimal(nil, n.units, numberPlaces, 0), nil
}

// UnmarshalText is [ParseNumber]; on error n keeps its value.
func (n *Number) UnmarshalText(text []byte) error {
	v, err := parseNumber(text)
	if err != nil {
		return err
	}
	*n = v
	return nil
}

// UnmarshalJSON reads a quoted decimal or a bare JSON number without an
// exponent; null leaves n as it is.
func (n *Number) UnmarshalJSON(data []byte) error {
	if v, ok := readNumber(inQuotes(data)); ok {
		*n = v
		return nil
	}
	return unmarshalScalar(data, n)
}

// Value stores n as text, which a column of text keeps exactly, and compares and sorts as text:
// 9 above 85.5. To ask by size, cast it to an exact type (numeric in PostgreSQL, decimal in MySQL).
// SQLite has none, and makes floats of what is stored in a column of another type than text.
func (n Number) Value() (driver.Value, error) { return textValue(n) }

// Scan reads a text or integer column. NULL is an error: scan into a
// sql.Null[Number] or a *Number where the column may be absent.
func (n *Number) Scan(src any) error { return scanText(src, n) }

// GormDataType tells GORM to use a text column.
func (Number) GormDataType() string { return "text" }

// parseDecimal reads sign, digits and point into coef ÷ 10^places. Zeros at
// the end of the places are dropped.
func parseDecimal[T string | []byte](s T, maxPlaces int) (coef int64, places int, ok bool) {
	if len(s) > 40 {
		return 0, 0, false
	}
	at, end, point := 0, len(s), -1
	neg := end > 0 && s[0] == '-'
	if neg {
		at++
	}
	for i := at; i < end && point < 0; i++ {
		if s[i] == '.' {
			point = i
		}
	}
	if point == at || point == end-1 || at == end {
		return 0, 0, false
	}
	if point >= 0 {
		for s[end-1] == '0' {
			end--
		}
		if places = end - 1 - point; places > maxPlaces {
			return 0, 0, false
		}
	}
	for ; at < end; at++ {
		if at == point {
			continue
		}
		c := s[at]
		if c < '0' || c > '9' || coef > numberMax/10 {
			return 0, 0, false
		}
		coef = coef*10 + int64(c-'0')
	}
	if neg {
		coef = -coef
	}
	return coef, places, true
}

// formatDecimal prints coef ÷ 10^places with at least least places, and no
// zeros at the end beyond them.
func formatDecimal(coef int64, places, least int) string {
	var buf [maxDecimal]byte
	return string(appendDecimal(buf[:0], coef, places, least))
}

// maxDecimal is enough for the bytes of any number or amount.
const maxDecimal = 48

// appendDecimal is formatDecimal at the end of a text. It is written from the
// last digit on.
func appendDecimal(to []byte, coef int64, places, least int) []byte {
	var buf [maxDecimal]byte
	at, rest := len(buf), uint64(coef)
	if coef < 0 {
		rest = -rest
	}
	for range least - places {
		at--
		buf[at] = '0'
	}
	for place := places; place > 0; place-- {
		digit := byte(rest % 10)
		rest /= 10
		if at < len(buf) || digit > 0 || place <= least {
			at--
			buf[at] = '0' + digit
		}
	}
	if at < len(buf) {
		at--
		buf[at] = '.'
	}
	for whole := true; whole || rest > 0; whole = false {
		at--
		buf[at] = '0' + byte(rest%10)
		rest /= 10
	}
	if coef < 0 {
		at--
		buf[at] = '-'
	}
	return append(to, buf[at:]...)
}

// pow10 is 10 to the n, for an n of 0 to 18.
func pow10(n int) int64 { return powers[n] }

var powers = [...]int64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18}
