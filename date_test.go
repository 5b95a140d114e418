package kam_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// Every day there is, counted against package time, by its own text.
func TestEveryDay(t *testing.T) {
	day, last := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), kam.Date{}
	first := kam.NewDate(1, 1, 1)
	for n := 0; day.Year() <= 9999; n++ {
		y, m, d := day.Date()
		date := kam.NewDate(y, m, d)
		parsed, err := kam.ParseDate(day.Format(time.DateOnly))
		if err != nil || parsed != date || date.DaysSince(first) != n || date.Cmp(last) != 1 || !date.Time().Equal(day) || n > 0 && kam.DateOf(day) != date || first.AddDays(n) != date {
			t.Fatalf("%s is %s, after %s", day.Format(time.DateOnly), date, last)
		}
		last, day = date, day.AddDate(0, 0, 1)
	}
	assert.Equal(t, "9999-12-31", last.String())
	assert.Equal(t, 3_652_058, last.DaysSince(first), "9999 years of 365.2425 days, less the first day")
}

func TestParseDateRefuses(t *testing.T) {
	tests := []struct{ name, reason, in string }{
		{"empty", "only UnmarshalText takes it for unknown", ""},
		{"two-digit year", "which century?", "26-01-01"},
		{"sign", "no years before year 1", "-001-01-01"},
		{"plus sign", "not the form that is printed", "+2026-01-01"},
		{"day 0", "there is none", "2026-01-00"},
		{"month 0", "there is none", "2026-00-01"},
		{"April 31", "April has 30 days", "2026-04-31"},
		{"leap day of a century", "1900 was no leap year", "1900-02-29"},
		{"space before", "not trimmed", " 2026-01-01"},
		{"space after", "not trimmed", "2026-01-01 "},
		{"slashes", "another form", "2026/01/01"},
		{"full-width digit", "not ASCII", "２026-01-01"},
		{"colon", "the byte after the nine", "2026-01-0:"},
		{"slash for a digit", "the byte before the zero", "2026-0/-01"},
		{"fraction", "a Date has none", "2026-01-01.5"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := kam.ParseDate(tt.in)
			require.ErrorIs(t, err, kam.CodeDate, tt.reason)
			assert.Zero(t, d)
		})
	}
	leap, err := kam.ParseDate("2000-02-29")
	require.NoError(t, err, "2000 was a leap year")
	assert.Equal(t, "2000-02-28", leap.AddDays(-1).String())
}

// There is a day where package time says so, in years of every kind.
func TestParseDateKnowsTheCalendar(t *testing.T) {
	for _, y := range []int{0, 1, 4, 100, 400, 1900, 2000, 2023, 2024, 2100, 9999} {
		for m := range 15 {
			for d := range 34 {
				s := fmt.Sprintf("%04d-%02d-%02d", y, m, d)
				want, err := time.Parse(time.DateOnly, s)
				got, refused := kam.ParseDate(s)
				require.Equal(t, err == nil && y > 0, refused == nil, s)
				if refused == nil {
					require.Equal(t, kam.NewDate(y, time.Month(m), d), got, s)
					require.Equal(t, want, got.Time(), "midnight in UTC")
				}
			}
		}
	}
}

// Days are written as package time has them: those of a whole cycle of leap years,
// and the first and the last that there are.
func TestDaysFollowTheCalendar(t *testing.T) {
	for _, x := range []struct {
		from kam.Date
		days int
	}{{kam.NewDate(1, 1, 1), 1500}, {kam.NewDate(1799, 12, 30), 146_100}, {kam.NewDate(9996, 1, 1), 1461}} {
		for n := range x.days {
			day := x.from.AddDays(n)
			require.Equal(t, x.from.Time().AddDate(0, 0, n).Format(time.DateOnly), day.String())
		}
	}
}

// AddMonths lands on the day, or on the last of a shorter month, and never in
// another month.
func TestAddMonthsKeepsTheMonth(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 32))
	for range 10_000 {
		from := kam.NewDate(1000, 1, 1).AddDays(r.IntN(3_000_000))
		n := r.IntN(2400) - 1200
		first := time.Date(from.Time().Year(), from.Time().Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		last := first.AddDate(0, 1, -1).Day()
		want := kam.NewDate(first.Year(), first.Month(), min(from.Time().Day(), last))
		require.Equal(t, want, from.AddMonths(n), "%s and %d months", from, n)
	}
}

func TestDateOfHonoursTheLocation(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	tests := []struct {
		name, reason string
		t            time.Time
		want         string
	}{
		{"the same instant in UTC", "the location decides", time.Date(2026, 12, 31, 22, 0, 0, 0, newYork).UTC(), "2027-01-01"},
		{"the day of 23 hours", "the clocks go forward", time.Date(2026, 3, 8, 23, 59, 59, 0, newYork), "2026-03-08"},
		{"far east", "already tomorrow", time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC).In(time.FixedZone("", 14*3600)), "2026-01-02"},
		{"before year 1", "still year 0 over there", time.Date(1, 1, 1, 0, 0, 1, 0, time.UTC).In(time.FixedZone("", -3600)), "invalid"},
		{"the zero time", "as a struct or a driver has it where there is none", time.Time{}, ""},
		{"the zero time elsewhere", "it is the same instant", time.Time{}.In(newYork), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, kam.DateOf(tt.t).String(), tt.reason) })
	}
}

func TestDateAddIsHeldToTheRange(t *testing.T) {
	d := kam.NewDate(2026, 11, 24)
	tests := []struct {
		name, reason string
		got          kam.Date
		want         string
	}{
		{"days over the end", "10,000,000 days are 27,000 years", d.AddDays(10_000_000), "9999-12-31"},
		{"days over the start", "the same backwards", d.AddDays(-10_000_000), "0001-01-01"},
		{"most days", "the sum must not overflow", d.AddDays(math.MaxInt), "9999-12-31"},
		{"fewest days", "the sum must not overflow", d.AddDays(math.MinInt), "0001-01-01"},
		{"from end to start", "the farthest that is not held", kam.NewDate(9999, 12, 31).AddDays(-3_652_058), "0001-01-01"},
		{"months over the end", "the month is held, the day stays", d.AddMonths(12 * 8000), "9999-12-24"},
		{"most months", "the sum must not overflow", d.AddMonths(math.MaxInt), "9999-12-24"},
		{"fewest months", "the sum must not overflow", d.AddMonths(math.MinInt), "0001-01-24"},
		{"from end to start in months", "9998 years and 11 months, the farthest that is not held", kam.NewDate(9999, 12, 24).AddMonths(-119_987), "0001-01-24"},
		{"days from the first day", "it is a day like others", kam.NewDate(1, 1, 1).AddDays(31), "0001-02-01"},
		{"months from the first day", "it is a day like others", kam.NewDate(1, 1, 1).AddMonths(1), "0001-02-01"},
		{"days from an unknown day", "nobody knows which", kam.Date{}.AddDays(1), ""},
		{"months from an unknown day", "nobody knows which", kam.Date{}.AddMonths(1), ""},
		{"days from an invalid one", "there is no such day to count from", kam.NewDate(2026, 2, 30).AddDays(1), "invalid"},
		{"months from an invalid one", "there is no such day to count from", kam.NewDate(2026, 2, 30).AddMonths(1), "invalid"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, tt.got.String(), tt.reason) })
	}
}

// Package time wraps around at such years and gives a day of the years 2 and
// 14.
func TestNewDateOfAYearThatWrapsAround(t *testing.T) {
	for _, year := range []int64{2_911_955_996_358_080_826, 1_455_977_998_179_040_426} {
		assert.False(t, kam.NewDate(int(year), 1, 1).Valid())
	}
}

func TestDateColumnOutOfRange(t *testing.T) {
	d := kam.NewDate(2026, 11, 24)
	for _, year := range []int{0, 10_000} {
		require.ErrorIs(t, d.Scan(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)), kam.CodeDate)
	}
	assert.Equal(t, "2026-11-24", d.String(), "a failed scan changes nothing")
}

// Long input is refused by its length; time.Parse would take a second.
func TestLongDateIsRefusedFast(t *testing.T) {
	long := "2026-11-24" + strings.Repeat("\xff", 10<<20)
	start := time.Now()
	_, err := kam.ParseDate(long)
	assert.Less(t, time.Since(start), 100*time.Millisecond)
	require.ErrorIs(t, err, kam.CodeDate)
}

// A day that was read prints as the very text that was read.
func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-11-24", "0001-01-01", "9999-12-31", "2024-02-29", "2026-02-29", "0000-01-01", "2026-1-1", " 2026-01-01", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := kam.ParseDate(s)
		if err != nil {
			require.ErrorIs(t, err, kam.CodeDate)
			require.Zero(t, d)
			return
		}
		require.Equal(t, s, d.String())
		again, err := kam.ParseDate(d.String())
		require.NoError(t, err)
		require.True(t, again == d)
		if !d.Time().IsZero() { // the first day's
			require.Equal(t, d, kam.DateOf(d.Time()))
		}
	})
}
