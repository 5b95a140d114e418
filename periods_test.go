package kam_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// runs are periods as text, one that brought nothing with a 0.
func runs(sales []kam.Period) string {
	var out []string
	for _, p := range sales {
		s := p.From.String() + ".." + p.To.String()
		if p.Orders != nil && *p.Orders == 0 {
			s += "=0"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestFillGaps(t *testing.T) {
	day := kam.NewDate
	sold := func(from, to kam.Date) kam.Period { return kam.Period{From: from, To: to, Orders: new(2)} }
	for _, tt := range []struct {
		name     string
		sales    []kam.Period
		from, to kam.Date
		want     string
	}{
		{"nothing at all", nil, day(2026, 1, 31), day(2026, 3, 1), "2026-01-31..2026-01-31=0 2026-02-01..2026-02-28=0 2026-03-01..2026-03-01=0"},
		{"one day", nil, day(2026, 1, 31), day(2026, 1, 31), "2026-01-31..2026-01-31=0"},
		{
			"a month left out, newest first",
			[]kam.Period{sold(day(2026, 3, 1), day(2026, 3, 31)), sold(day(2026, 1, 1), day(2026, 1, 31))},
			day(2026, 1, 1), day(2026, 3, 31), "2026-01-01..2026-01-31 2026-02-01..2026-02-28=0 2026-03-01..2026-03-31",
		},
		{
			"within months, and at both ends",
			[]kam.Period{sold(day(2026, 1, 10), day(2026, 1, 20)), sold(day(2026, 1, 21), day(2026, 2, 1))},
			day(2026, 1, 9), day(2026, 2, 2), "2026-01-09..2026-01-09=0 2026-01-10..2026-01-20 2026-01-21..2026-02-01 2026-02-02..2026-02-02=0",
		},
		{
			"periods before, over the ends and after",
			[]kam.Period{
				sold(day(2025, 1, 1), day(2025, 1, 31)), sold(day(2025, 12, 1), day(2026, 1, 5)), sold(day(2026, 1, 8), day(2026, 2, 9)), sold(day(2027, 1, 1), day(2027, 1, 31)),
			},
			day(2026, 1, 1), day(2026, 2, 5), "2025-01-01..2025-01-31 2025-12-01..2026-01-05 2026-01-06..2026-01-07=0 2026-01-08..2026-02-09 2027-01-01..2027-01-31",
		},
		{"one that begins after the last day", []kam.Period{sold(day(2026, 5, 1), day(2026, 5, 2))}, day(2026, 1, 1), day(2026, 1, 3), "2026-01-01..2026-01-03=0 2026-05-01..2026-05-02"},
		{"the last month of all", nil, day(9999, 12, 30), day(9999, 12, 31), "9999-12-30..9999-12-31=0"},
		{"up to the last day of all", []kam.Period{sold(day(9999, 12, 30), day(9999, 12, 31))}, day(9999, 12, 29), day(9999, 12, 31), "9999-12-29..9999-12-29=0 9999-12-30..9999-12-31"},
		{"the first day of all", []kam.Period{sold(day(1, 1, 1), day(1, 1, 1))}, day(1, 1, 1), day(1, 1, 2), "0001-01-01..0001-01-01 0001-01-02..0001-01-02=0"},
	} {
		before := runs(tt.sales)
		got, err := kam.FillGaps(tt.sales, tt.from, tt.to)
		require.NoError(t, err, tt.name)
		assert.Equal(t, tt.want, runs(got), tt.name)
		assert.Equal(t, before, runs(tt.sales), "the caller's list stays as it is")
	}
}

// A period that is added says what the others say, each on its own, and no more.
func TestFillGapsTellsWhatIsTold(t *testing.T) {
	sales := []kam.Period{
		{From: kam.NewDate(2026, 1, 1), To: kam.NewDate(2026, 1, 31), Orders: new(1)},
		{From: kam.NewDate(2026, 2, 1), To: kam.NewDate(2026, 2, 28), Revenue: money("5 EUR"), Complaints: new(1), Returns: new(2)},
		{From: kam.NewDate(2026, 3, 1), To: kam.NewDate(2026, 3, 31), Revenue: money("5 USD")},
	}
	got, err := kam.FillGaps(sales, kam.NewDate(2026, 1, 1), kam.NewDate(2026, 5, 31))
	require.NoError(t, err)
	want := kam.Period{From: kam.NewDate(2026, 4, 1), To: kam.NewDate(2026, 4, 30), Revenue: money("0 EUR"), Orders: new(0), Complaints: new(0), Returns: new(0)}
	assert.Equal(t, want, got[3])
	*got[3].Orders, *got[3].Complaints = 7, 7
	assert.Equal(t, 0, *got[4].Orders+*got[4].Complaints, "nothing is shared")

	got, err = kam.FillGaps([]kam.Period{{From: kam.NewDate(2026, 1, 1), To: kam.NewDate(2026, 1, 31), Units: new(1), Deliveries: new(1), LateDeliveries: new(1)}}, kam.NewDate(2026, 1, 1), kam.NewDate(2026, 2, 28))
	require.NoError(t, err)
	assert.Equal(t, kam.Period{From: kam.NewDate(2026, 2, 1), To: kam.NewDate(2026, 2, 28), Revenue: new(kam.Money), Orders: new(0), Units: new(0), Deliveries: new(0), LateDeliveries: new(0)}, got[1])
}

func TestFillGapsRefuses(t *testing.T) {
	day := kam.NewDate
	for _, tt := range []struct {
		name     string
		sales    []kam.Period
		from, to kam.Date
		want     []string
	}{
		{"no days", nil, kam.Date{}, kam.Date{}, []string{"/from missing |", "/to missing |"}},
		{"none that there are", nil, day(2026, 2, 30), day(2026, 3, 1), []string{"/from date invalid|"}},
		{"periods without days", []kam.Period{{}}, day(2026, 1, 1), day(2026, 1, 1), []string{"/sales/0/from missing |", "/sales/0/to missing |"}},
		{"days backwards", []kam.Period{{From: day(2026, 3, 1), To: day(2026, 3, 31)}}, day(2026, 2, 1), day(2026, 1, 31), []string{"/to period 2026-01-31|>= 2026-02-01"}},
		{"too many periods", make([]kam.Period, 10_001), day(2026, 1, 1), day(2026, 1, 1), []string{"/sales too-large 10001|<= 10000"}},
		{"backwards", []kam.Period{{From: day(2026, 1, 2), To: day(2026, 1, 1)}}, day(2026, 1, 1), day(2026, 1, 1), []string{"/sales/0/to period 2026-01-01|>= 2026-01-02"}},
		{
			"a day of two",
			[]kam.Period{{From: day(2026, 1, 2), To: day(2026, 1, 3)}, {From: day(2026, 1, 1), To: day(2026, 1, 2)}},
			day(2026, 1, 1), day(2026, 1, 1),
			[]string{"/sales/0 overlap 2026-01-02..2026-01-03|> 2026-01-02"},
		},
		{"too many months", nil, day(1, 1, 1), day(9999, 12, 31), []string{"/sales too-large 10001|<= 10000"}},
	} {
		got, err := kam.FillGaps(tt.sales, tt.from, tt.to)
		assert.Equal(t, tt.want, found(err), tt.name)
		assert.Nil(t, got, tt.name)
	}
	got, err := kam.FillGaps(nil, day(1, 1, 1), day(834, 4, 30))
	require.NoError(t, err)
	assert.Len(t, got, 10_000)
}

// With the gaps filled the sums are known, and without the days are named for which they are
// not.
func TestGapsAreNamed(t *testing.T) {
	all := months(24, func(int) kam.Period { return kam.Period{Revenue: money("1 EUR"), Orders: new(1)} })
	read := func(a kam.Account) kam.Signals {
		a.ID = "x"
		s, err := kam.ReadSignals(a, asOf, kam.SignalRules{})
		require.NoError(t, err)
		return s
	}
	days := func(fy, fm, ty, tm int) kam.DateRange {
		return kam.DateRange{From: kam.NewDate(fy, 1, 1).AddMonths(fm - 1), To: kam.NewDate(ty, 1, 1).AddMonths(tm).AddDays(-1)}
	}
	assert.Empty(t, read(kam.Account{Sales: all}).Gaps)
	assert.Empty(t, read(kam.Account{}).Gaps, "without sales all lacks, and no window is known")
	assert.Empty(t, read(kam.Account{Sales: all[20:]}).Gaps, "old ones alone make no window either")

	some := slices.Concat(all[:3], all[4:6], all[8:20])
	assert.Equal(t, []kam.DateRange{days(2024, 11, 2025, 2), days(2026, 3, 2026, 4), days(2026, 7, 2026, 7)}, read(kam.Account{Sales: some}).Gaps)
	assert.Equal(t, []kam.DateRange{days(2026, 3, 2026, 4), days(2026, 7, 2026, 7)}, read(kam.Account{Sales: some, CustomerSince: kam.NewDate(2025, 3, 1)}).Gaps, "before they were a customer nothing was")
	filled, err := kam.FillGaps(some, kam.NewDate(2024, 11, 1), kam.NewDate(2026, 10, 31))
	require.NoError(t, err)
	s := read(kam.Account{Sales: filled})
	assert.Empty(t, s.Gaps)
	v, known := s.Value(kam.SignalRevenue)
	assert.True(t, known)
	assert.Equal(t, kam.Int(9), v)

	every := months(24, func(int) kam.Period { return kam.Period{Revenue: money("1 EUR")} })
	for i := range every {
		every[i].From = every[i].From.AddDays(1)
	}
	assert.Len(t, read(kam.Account{Sales: every[:12]}).Gaps, 12, "a year and eleven days")
	assert.Len(t, read(kam.Account{Sales: every[:12], CustomerSince: kam.NewDate(2025, 11, 3)}).Gaps, 11)
	gaps := read(kam.Account{Sales: every}).Gaps
	assert.Len(t, gaps, 12, "of 24 days that lack")
	assert.Equal(t, kam.DateRange{From: kam.NewDate(2024, 11, 1), To: kam.NewDate(2024, 11, 1)}, gaps[0])
}
