package kam

import (
	"database/sql/driver"
	"fmt"
	"math"
	"strconv"
	"time"
)

// Date is a day of the calendar, from 0001-01-01 to 9999-12-31, without a
// time or a zone. The zero value means unknown. Dates are plain values: they
// compare with == and serve as map keys.
//
// The text, JSON and SQL form is "2026-11-24"; when unknown it is "", and NULL in SQL.
type Date struct{ day int32 } // days, 1 is 0001-01-01

const (
	dateMax = 3_652_059 // 9999-12-31
	dateBad = math.MinInt32
)

// NewDate returns the day, or an invalid Date when there is no such day, as
// on February 30 or in the year 0. An invalid Date prints as "invalid",
// refuses to marshal, and [Account.Validate] reports it.
func NewDate(year int, month time.Month, day int) Date {
	if year < 1 || year > 9999 {
		return Date{dateBad}
	}
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if t.Month() != month || t.Day() != day {
		return Date{dateBad}
	}
	return midnight(t)
}

// DateOf returns the day that t shows on the calendar of its own location, and an unknown
// one for the zero time. Outside the years 1 to 9999 it is invalid.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	y, m, d := t.Date()
	if y < 1 || y > 9999 {
		return Date{dateBad}
	}
	return midnight(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
}

// midnight is the day that begins at t, in UTC.
func midnight(t time.Time) Date {
	const secondsOfDay, yearOne = 86_400, -62_135_596_800 // 0001-01-01 in Unix time
	return Date{int32((t.Unix()-yearOne)/secondsOfDay) + 1}
}

// ParseDate reads "2026-11-24". Anything else, the year 0 included, is [Violations] with a
// [CodeDate].
func ParseDate(s string) (Date, error) { return parseDate(s) }

func parseDate[T string | []byte](s T) (Date, error) {
	if len(s) == len(time.DateOnly) && s[4] == '-' && s[7] == '-' {
		y, m, d := digits(s[:4]), digits(s[5:7]), digits(s[8:])
		if y >= 1 && m >= 1 && m <= 12 && d >= 1 && (d <= 28 || d <= daysIn(y, m)) {
			return dayOf(y, m, d), nil
		}
	}
	return Date{}, refused("parse date", CodeDate, string(s), "as in 2026-11-24")
}

// digits is the number that they are, or -1.
func digits[T string | []byte](s T) int {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// daysIn is how many days the month has.
func daysIn(y, m int) int {
	switch {
	case m == 2 && y%4 == 0 && (y%100 != 0 || y%400 == 0):
		return 29
	case m == 2:
		return 28
	case m == 4 || m == 6 || m == 9 || m == 11:
		return 30
	}
	return 31
}

// dayOf is a day that there is. Years are counted from March, so that the day
// that leap years add is their last.
func dayOf(y, m, d int) Date {
	if m < 3 {
		y, m = y-1, m+12
	}
	return Date{int32(365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d - 306)}
}

// calendar is what dayOf was given for a known day. It counts from the March before
// the year 1, in cycles of 400 years of 146,097 days; the last day of four years, and
// of a cycle, is the one that is added.
func (d Date) calendar() (y, m, day int) {
	days := int(d.day) + 305
	cycle, days := days/146_097, days%146_097
	century := min(days/36_524, 3)
	days -= century * 36_524
	four, days := days/1461, days%1461
	year := min(days/365, 3)
	days -= year * 365
	m = (5*days + 2) / 153
	day = days - (153*m+2)/5 + 1
	y, m = 400*cycle+100*century+4*four+year, m+3
	if m > 12 {
		y, m = y+1, m-12
	}
	return y, m, day
}

// Time returns midnight UTC at the start of d, and the zero time for an
// unknown or invalid Date.
func (d Date) Time() time.Time {
	if d.day <= 0 {
		return time.Time{}
	}
	return time.Date(1, 1, int(d.day), 0, 0, 0, 0, time.UTC)
}

// IsZero reports whether d is unknown.
func (d Date) IsZero() bool { return d.day == 0 }

// Valid reports whether d is a day or unknown, and not the result of a wrong
// [NewDate].
func (d Date) Valid() bool { return d.day >= 0 }

// Cmp returns -1, 0 or +1 as d is before, the same as or after e. Unknown is
// before every day.
func (d Date) Cmp(e Date) int {
	switch {
	case d.day < e.day:
		return -1
	case d.day > e.day:
		return 1
	}
	return 0
}

// DaysSince returns the number of days from e to d, negative when d is
// earlier. Both must be known: else the number means nothing.
func (d Date) DaysSince(e Date) int { return int(d.day) - int(e.day) }

// AddDays returns the day n days later, held to the first and the last day of
// Date. An unknown or invalid Date stays what it is.
func (d Date) AddDays(n int) Date {
	if d.day <= 0 {
		return d
	}
	n = min(max(n, -dateMax), dateMax) // so that the sum cannot overflow
	return Date{int32(min(max(int(d.day)+n, 1), dateMax))}
}

// AddMonths returns the same day n months later, or the last day of that
// month where it is shorter: January 31 and one month is February 28 or 29.
// The month is held to the first and the last of Date. An unknown or invalid
// Date stays what it is.
func (d Date) AddMonths(n int) Date {
	if d.day <= 0 {
		return d
	}
	y, m, day := d.calendar()
	const all = 9999 * 12
	n = min(max(n, -all), all) // so that the sum cannot overflow
	months := min(max(y*12+m-1+n, 12), all+11)
	y, m = months/12, months%12+1
	return dayOf(y, m, min(day, daysIn(y, m)))
}

// String returns "2026-11-24", "" when unknown, or "invalid".
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case !d.Valid():
		return "invalid"
	}
	var buf [len(time.DateOnly)]byte
	return string(d.append(buf[:0]))
}

// append writes a known day.
func (d Date) append(to []byte) []byte {
	y, m, day := d.calendar()
	return append(to, digit(y/1000), digit(y/100), digit(y/10), digit(y), '-', digit(m/10), digit(m), '-', digit(day/10), digit(day))
}

func digit(n int) byte { return byte('0' + n%10) }

// Equal reports whether d and e are the same day, or both unknown, as == does; it is for packages
// that compare values by a method.
func (d Date) Equal(e Date) bool { return d == e }

// MarshalText returns the form of [Date.String]; an invalid Date is a
// [CodeDate].
func (d Date) MarshalText() ([]byte, error) {
	if !d.Valid() {
		return nil, fmt.Errorf("kam: marshal date: %w", CodeDate)
	}
	return []byte(d.String()), nil
}

// UnmarshalText is [ParseDate], and takes "" for unknown; on error d keeps
// its value.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	v, err := parseDate(text)
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// Value stores the day as text and unknown as NULL.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return textValue(d)
}

// Scan reads a text or time column; NULL and the zero time are unknown. A time is its day where it
// is, as in [DateOf]: a driver that gives local times may give another day. One outside the years
// 1 to 9999 is a [CodeDate]; on error d keeps its value.
func (d *Date) Scan(src any) error {
	switch src := src.(type) {
	case nil:
		*d = Date{}
		return nil
	case time.Time:
		v := DateOf(src)
		if !v.Valid() {
			return refused("scan date", CodeDate, "the year "+strconv.Itoa(src.Year()), "")
		}
		*d = v
		return nil
	}
	return scanText(src, d)
}

// GormDataType tells GORM to use a text column, which sorts by date.
func (Date) GormDataType() string { return "text" }

func maxDate(a, b Date) Date { return Date{max(a.day, b.day)} }
func minDate(a, b Date) Date { return Date{min(a.day, b.day)} }
