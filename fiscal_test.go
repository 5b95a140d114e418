package kam_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"
	_ "time/tzdata" // the same zones on every machine

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

var fiscalUnits = []kam.FiscalUnit{kam.FiscalUnitMonth, kam.FiscalUnitQuarter, kam.FiscalUnitYear}

func TestFiscalPeriods(t *testing.T) {
	october, april := kam.FiscalYear{Start: time.October}, kam.FiscalYear{Start: time.April, NamedByStart: true}
	march := kam.FiscalYear{Start: time.March}
	tests := []struct {
		name, reason string
		year         kam.FiscalYear
		day          string
		unit         kam.FiscalUnit
		want         string
	}{
		{"calendar year", "the zero value", kam.FiscalYear{}, "2026-11-24", kam.FiscalUnitYear, "FY2026 2026-01-01..2026-12-31"},
		{"calendar quarter", "the zero value", kam.FiscalYear{}, "2026-11-24", kam.FiscalUnitQuarter, "FY2026 Q4 2026-10-01..2026-12-31"},
		{"January said", "is the same year", kam.FiscalYear{Start: time.January}, "2026-01-01", kam.FiscalUnitQuarter, "FY2026 Q1 2026-01-01..2026-03-31"},
		{"January by start", "both names are one", kam.FiscalYear{NamedByStart: true}, "2026-11-24", kam.FiscalUnitMonth, "FY2026 M11 2026-11-01..2026-11-30"},
		{"October", "named by its end", october, "2026-10-01", kam.FiscalUnitYear, "FY2027 2026-10-01..2027-09-30"},
		{"day before October", "the year before", october, "2026-09-30", kam.FiscalUnitYear, "FY2026 2025-10-01..2026-09-30"},
		{"quarter over the new year", "January is month 4", october, "2027-01-01", kam.FiscalUnitQuarter, "FY2027 Q2 2027-01-01..2027-03-31"},
		{"month", "February is month 5", october, "2027-02-28", kam.FiscalUnitMonth, "FY2027 M05 2027-02-01..2027-02-28"},
		{"April by start", "named by its start", april, "2027-03-31", kam.FiscalUnitYear, "FY2026 2026-04-01..2027-03-31"},
		{"leap year", "it ends on February 29", march, "2027-03-01", kam.FiscalUnitYear, "FY2028 2027-03-01..2028-02-29"},
		{"leap day", "in the last quarter", march, "2028-02-29", kam.FiscalUnitQuarter, "FY2028 Q4 2027-12-01..2028-02-29"},
		{"no leap year", "it ends on February 28", march, "2100-02-28", kam.FiscalUnitYear, "FY2100 2099-03-01..2100-02-28"},
		{"first day", "the year began before the calendar does", october, "0001-01-01", kam.FiscalUnitYear, "FY0001 0001-01-01..0001-09-30"},
		{"first day by start", "in the year 0", april, "0001-01-01", kam.FiscalUnitQuarter, "FY0000 Q4 0001-01-01..0001-03-31"},
		{"first quarter cut", "December began it, in the year 0", kam.FiscalYear{Start: time.December}, "0001-01-01", kam.FiscalUnitQuarter, "FY0001 Q1 0001-01-01..0001-02-28"},
		{"last day", "the year ends after the calendar does", october, "9999-12-31", kam.FiscalUnitYear, "FY10000 9999-10-01..9999-12-31"},
		{"last whole month", "November has its 30 days", kam.FiscalYear{}, "9999-11-15", kam.FiscalUnitMonth, "FY9999 M11 9999-11-01..9999-11-30"},
		{"last month", "December is month 3", october, "9999-12-31", kam.FiscalUnitMonth, "FY10000 M03 9999-12-01..9999-12-31"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := kam.ParseDate(tt.day)
			require.NoError(t, err)
			p, ok := tt.year.Period(d, tt.unit)
			require.True(t, ok)
			assert.Equal(t, tt.want, fmt.Sprintf("%s %s..%s", p, p.From, p.To), tt.reason)
			assert.Equal(t, tt.unit, p.Unit)
		})
	}
}

// Where there is no period there is nothing, and no panic.
func TestFiscalPeriodsOfNothing(t *testing.T) {
	bad := kam.NewDate(2026, 2, 30)
	for _, tt := range []struct {
		name     string
		year     kam.FiscalYear
		from, to kam.Date
		unit     kam.FiscalUnit
	}{
		{"unknown day", kam.FiscalYear{}, kam.Date{}, asOf, kam.FiscalUnitMonth},
		{"invalid day", kam.FiscalYear{}, bad, asOf, kam.FiscalUnitMonth},
		{"both unknown", kam.FiscalYear{}, kam.Date{}, kam.Date{}, kam.FiscalUnitMonth},
		{"unknown unit", kam.FiscalYear{}, asOf, asOf, kam.FiscalUnitUnknown},
		{"no such unit", kam.FiscalYear{}, asOf, asOf, kam.FiscalUnit(9)},
		{"month 13", kam.FiscalYear{Start: 13}, asOf, asOf, kam.FiscalUnitMonth},
		{"month -1", kam.FiscalYear{Start: -1}, asOf, asOf, kam.FiscalUnitMonth},
	} {
		_, ok := tt.year.Period(tt.from, tt.unit)
		assert.False(t, ok, tt.name)
		assert.Empty(t, slices.Collect(tt.year.Periods(tt.from, tt.to, tt.unit)), tt.name)
	}
	for name, to := range map[string]kam.Date{"unknown end": {}, "invalid end": bad, "end in the same month, before the start": day(11, 23)} {
		assert.Empty(t, slices.Collect(kam.FiscalYear{}.Periods(asOf, to, kam.FiscalUnitMonth)), name)
	}
	assert.Equal(t, "FY0000", kam.FiscalPeriod{}.String())
}

// The walk takes in both ends, and what it yields is whole.
func TestFiscalPeriodsOfDays(t *testing.T) {
	for _, tt := range []struct {
		name     string
		from, to kam.Date
		want     string
	}{
		{"one day", day(11, 24), day(11, 24), "[FY2026 M11]"},
		{"to the last day", day(11, 24), day(11, 30), "[FY2026 M11]"},
		{"to the next first day", day(11, 30), day(12, 1), "[FY2026 M11 FY2026 M12]"},
		{"over the new year", day(12, 31), kam.NewDate(2027, 1, 1), "[FY2026 M12 FY2027 M01]"},
	} {
		got := slices.Collect(kam.FiscalYear{}.Periods(tt.from, tt.to, kam.FiscalUnitMonth))
		assert.Equal(t, tt.want, fmt.Sprint(got), tt.name)
		assert.Equal(t, 1, got[0].From.Time().Day(), tt.name)
		assert.Equal(t, 1, got[len(got)-1].To.AddDays(1).Time().Day(), tt.name)
	}
}

// For every start month and kind of year: the periods of a year follow each
// other from its first day to its last, each lies in one of the next longer
// ones, and each holds the days that the calendar, shifted by whole months,
// puts into it.
func TestFiscalYearIsPartitioned(t *testing.T) {
	for start := time.January; start <= time.December; start++ {
		for _, f := range []kam.FiscalYear{{Start: start}, {Start: start, NamedByStart: true}} {
			for _, y := range []int{2, 1899, 1900, 1999, 2000, 2023, 2024, 2025, 2099, 2100, 9997} {
				first := kam.NewDate(y, start, 1)
				year, ok := f.Period(first, kam.FiscalUnitYear)
				require.True(t, ok)
				require.Equal(t, first, year.From)
				requireYear(t, f, year)
			}
		}
	}
}

func requireYear(t *testing.T, f kam.FiscalYear, year kam.FiscalPeriod) {
	t.Helper()
	for i, count := range []int{12, 4, 1} {
		next, n := year.From, 0
		for p := range f.Periods(year.From, year.To, fiscalUnits[i]) {
			n++
			require.Equal(t, next, p.From, "no gap and no overlap")
			require.Equal(t, n, p.Number)
			require.Equal(t, year.Year, p.Year)
			if p.Unit != kam.FiscalUnitYear {
				longer, ok := f.Period(p.From, fiscalUnits[i+1])
				require.True(t, ok)
				require.True(t, longer.From.Cmp(p.From) <= 0 && p.To.Cmp(longer.To) <= 0, "%s is not in %s", p, longer)
			}
			next = p.To.AddDays(1)
		}
		require.Equal(t, count, n)
		require.Equal(t, year.To.AddDays(1), next)
	}
	for d := year.From; d.Cmp(year.To) <= 0; d = d.AddDays(13) {
		on := d.Time()
		shifted := time.Date(on.Year(), on.Month()-(max(f.Start, 1)-1), 1, 0, 0, 0, 0, time.UTC)
		name := shifted.Year()
		if !f.NamedByStart && f.Start > time.January {
			name++
		}
		month, _ := f.Period(d, kam.FiscalUnitMonth)
		require.Equal(t, fmt.Sprintf("FY%04d M%02d", name, shifted.Month()), month.String(), d)
		quarter, _ := f.Period(d, kam.FiscalUnitQuarter)
		require.Equal(t, fmt.Sprintf("FY%04d Q%d", name, (shifted.Month()+2)/3), quarter.String(), d)
	}
}

// Over the whole range of Date the walk ends, and every day is in one period.
func TestFiscalPeriodsOfAllTime(t *testing.T) {
	first, last := kam.NewDate(1, 1, 1), kam.NewDate(9999, 12, 31)
	for start := time.Month(0); start <= time.December; start++ {
		f := kam.FiscalYear{Start: start}
		for i, length := range []int{1, 3, 12} {
			next, n := first, 0
			for p := range f.Periods(first, last, fiscalUnits[i]) {
				require.Equal(t, next, p.From)
				next = p.To.AddDays(1)
				n++
			}
			require.Equal(t, last, next, "held to the range")
			want := 9999 * 12 / length
			if start > 0 && (int(start)-1)%length != 0 {
				want++ // one is cut at both ends
			}
			require.Equal(t, want, n, "%s of a year from %d", fiscalUnits[i], start)
		}
	}
	for range (kam.FiscalYear{}).Periods(first, last, kam.FiscalUnitMonth) {
		break // a caller may stop
	}
}

// A day is the one on the wall, and names the same period, whatever the zone
// and whatever the clock there does on it.
func TestZonesChangeNoDay(t *testing.T) {
	local := time.Local
	t.Cleanup(func() { time.Local = local })
	zones := []*time.Location{time.UTC, time.FixedZone("", -12*3600), time.FixedZone("", 14*3600), time.FixedZone("", 5*3600+45*60)}
	for _, name := range []string{
		"America/New_York",  // behind UTC
		"America/Sao_Paulo", // had days without a midnight
		"Pacific/Apia",      // left out 2011-12-30
		"Asia/Kathmandu",
	} {
		zone, err := time.LoadLocation(name)
		require.NoError(t, err)
		zones = append(zones, zone)
	}
	f := kam.FiscalYear{Start: time.April}
	for _, zone := range zones {
		time.Local = zone
		for _, civil := range []kam.Date{kam.NewDate(2011, 12, 31), kam.NewDate(2018, 11, 4), kam.NewDate(2026, 3, 31), kam.NewDate(2026, 4, 1), kam.NewDate(2024, 2, 29)} {
			y, m, d := civil.Time().Date()
			for _, hour := range []int{1, 12, 23} {
				got := kam.DateOf(time.Date(y, m, d, hour, 59, 59, 0, zone))
				require.Equal(t, civil, got, zone)
				want, _ := f.Period(civil, kam.FiscalUnitMonth)
				p, _ := f.Period(got, kam.FiscalUnitMonth)
				require.Equal(t, want, p, zone)

				data, err := json.Marshal(kam.Plan{Account: "a", Actions: []kam.Action{{ID: "x", Due: got}}})
				require.NoError(t, err)
				assert.Contains(t, string(data), `"due":"`+civil.String()+`"`)
				var back kam.Plan
				require.NoError(t, back.UnmarshalJSON(data))
				require.Equal(t, civil, back.Actions[0].Due, zone)
			}
		}
	}
}

func TestPlanFiscalYear(t *testing.T) {
	p := goodPlan(t)
	require.NoError(t, p.UnmarshalJSON([]byte(`{"account": "acme", "fiscalYear": {"start": 4, "namedByStart": true}}`)))
	assert.Equal(t, kam.FiscalYear{Start: time.April, NamedByStart: true}, p.FiscalYear)
	data, err := json.Marshal(p)
	require.NoError(t, err)
	assert.JSONEq(t, `{"account": "acme", "fiscalYear": {"start": 4, "namedByStart": true}}`, string(data))
	data, err = json.Marshal(kam.Plan{Account: "acme"})
	require.NoError(t, err)
	assert.JSONEq(t, `{"account": "acme"}`, string(data), "the calendar year is not said")
	assert.Equal(t, []string{`/fiscalYear/start type "April"|` + wholeNumber}, found(p.UnmarshalJSON([]byte(`{"fiscalYear": {"start": "April"}}`))))

	for start, want := range map[time.Month][]string{
		0: nil, 1: nil, 12: nil,
		13: {"/fiscalYear/start range 13|1..12"},
		-1: {"/fiscalYear/start range -1|1..12"},
	} {
		p := goodPlan(t)
		p.FiscalYear.Start = start
		_, err := p.Validate(asOf)
		assert.Equal(t, want, found(err), "%d", int(start))
	}
}

// The quarters of a plan, where the year begins in October.
func ExampleFiscalYear_Periods() {
	plan := kam.Plan{
		From: kam.NewDate(2026, 11, 24), To: kam.NewDate(2027, 6, 30),
		FiscalYear: kam.FiscalYear{Start: time.October},
	}
	for p := range plan.FiscalYear.Periods(plan.From, plan.To, kam.FiscalUnitQuarter) {
		fmt.Println(p, "from", p.From, "to", p.To)
	}
	// Output:
	// FY2027 Q1 from 2026-10-01 to 2026-12-31
	// FY2027 Q2 from 2027-01-01 to 2027-03-31
	// FY2027 Q3 from 2027-04-01 to 2027-06-30
}
