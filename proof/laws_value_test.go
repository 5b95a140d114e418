package proof

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/kam-go/kam"
)

// laws of numbers, money, days and histories.

func TestLawNumbersAreInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := anyNumber().Draw(t, "a"), anyNumber().Draw(t, "b"), anyNumber().Draw(t, "c")
		require.Equal(t, a.Decimal().Cmp(b.Decimal()), a.Cmp(b), "as of decimals")
		require.Equal(t, -a.Cmp(b), b.Cmp(a))
		require.Equal(t, a == b, a.Cmp(b) == 0)
		if a.Cmp(b) <= 0 && b.Cmp(c) <= 0 {
			require.LessOrEqual(t, a.Cmp(c), 0)
		}
	})
}

func TestLawANumberIsItsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := anyNumber().Draw(t, "n")
		back, err := kam.ParseNumber(n.String())
		require.NoError(t, err)
		require.Equal(t, n, back)
		require.Equal(t, n, copyOf(t, n))
		stored, err := n.Value()
		require.NoError(t, err)
		var scanned kam.Number
		require.NoError(t, scanned.Scan(stored))
		require.Equal(t, n, scanned)
		same, err := kam.NumberOf(n.Decimal())
		require.NoError(t, err)
		require.Equal(t, n, same)
	})
}

// What is rounded for a table is in the order of what was rounded, and no
// further from it than half a unit.
func TestLawFixedKeepsTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places := rapid.IntRange(0, 4).Draw(t, "places")
		fixed := func(n kam.Number) kam.Number {
			out, err := kam.ParseNumber(n.Fixed(places))
			require.NoError(t, err)
			return out
		}
		a, b := number(-200_000, 200_000).Draw(t, "a"), number(-200_000, 200_000).Draw(t, "b")
		if a.Cmp(b) > 0 {
			a, b = b, a
		}
		require.LessOrEqual(t, fixed(a).Cmp(fixed(b)), 0)
		off := units(fixed(a)) - units(a)
		require.LessOrEqual(t, 2*max(off, -off), []int64{10_000, 1_000, 100, 10, 1}[places])
	})
}

func TestLawMoneyIsAGroup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := money("EUR")
		a, b, c := m.Draw(t, "a"), m.Draw(t, "b"), m.Draw(t, "c")
		add := func(x, y kam.Money) kam.Money {
			s, err := x.Add(y)
			require.NoError(t, err)
			return s
		}
		require.Equal(t, add(add(a, b), c), add(a, add(b, c)))
		require.Equal(t, add(a, b), add(b, a))
		require.Equal(t, a, add(a, kam.Money{}), "nothing is neutral")
		less, err := add(a, b).Sub(b)
		require.NoError(t, err)
		require.Equal(t, a, less, "and there is a way back")
		none, err := a.Sub(a)
		require.NoError(t, err)
		require.Zero(t, none.Sign())
	})
}

func TestLawTheOrderOfMoneyIsTheSignOfTheDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := money("EUR").Draw(t, "a"), money("EUR").Draw(t, "b"), money("EUR").Draw(t, "c")
		order, err := a.Cmp(b)
		require.NoError(t, err)
		diff, err := a.Sub(b)
		require.NoError(t, err)
		require.Equal(t, order, diff.Sign())
		more, err := a.Add(c)
		require.NoError(t, err)
		also, err := b.Add(c)
		require.NoError(t, err)
		shifted, err := more.Cmp(also)
		require.NoError(t, err)
		require.Equal(t, order, shifted, "the same added to both changes no order")
	})
}

func TestLawTwoCurrenciesNeverMeet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := money("EUR").Draw(t, "a"), money("USD").Draw(t, "b")
		_, err := a.Add(b)
		require.ErrorIs(t, err, kam.CodeCurrencyMix)
		_, err = b.Sub(a)
		require.ErrorIs(t, err, kam.CodeCurrencyMix)
		_, err = a.Cmp(b)
		require.ErrorIs(t, err, kam.CodeCurrencyMix)
	})
}

func TestLawMoneyIsItsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := money(rapid.SampledFrom([]string{"EUR", "JPY", "BHD", "XXX", "ZZZ"}).Draw(t, "code")).Draw(t, "m")
		back, err := kam.ParseMoney(m.String())
		require.NoError(t, err)
		require.Equal(t, m, back)
		require.Equal(t, m, copyOf(t, m))
		again, err := kam.NewMoney(m.Amount(), m.Currency())
		require.NoError(t, err)
		require.Equal(t, m, again)
	})
}

func TestLawDaysAddAndCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, e := date().Draw(t, "d"), date().Draw(t, "e")
		require.Equal(t, e, d.AddDays(e.DaysSince(d)), "from d as many days as there are to e")
		require.Equal(t, -e.DaysSince(d), d.DaysSince(e))
		require.Equal(t, d.Cmp(e) < 0, d.DaysSince(e) < 0)
		m, n := rapid.IntRange(-1000, 1000).Draw(t, "m"), rapid.IntRange(-1000, 1000).Draw(t, "n")
		require.Equal(t, asOf.AddDays(m+n), asOf.AddDays(m).AddDays(n))
	})
}

func TestLawMonthsKeepTheOrderOfDays(t *testing.T) {
	// At the ends of the calendar the month is held, and the day stays.
	first, last := kam.NewDate(26, 1, 1), kam.NewDate(9974, 12, 31)
	days := rapid.IntRange(0, last.DaysSince(first))
	rapid.Check(t, func(t *rapid.T) {
		d, e := first.AddDays(days.Draw(t, "d")), first.AddDays(days.Draw(t, "e"))
		if d.Cmp(e) > 0 {
			d, e = e, d
		}
		n := rapid.IntRange(-300, 300).Draw(t, "n")
		require.LessOrEqual(t, d.AddMonths(n).Cmp(e.AddMonths(n)), 0)
		x := near(5000, 5000).Draw(t, "x")
		back := x.DaysSince(x.AddMonths(n).AddMonths(-n))
		require.True(t, back >= 0 && back <= 3, "there and back loses three days at most: %d", back)
		if x.Time().Day() <= 28 {
			require.Zero(t, back)
			require.Equal(t, x.Time().Day(), x.AddMonths(n).Time().Day())
		}
	})
}

func TestLawADayIsItsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, e := date().Draw(t, "d"), date().Draw(t, "e")
		back, err := kam.ParseDate(d.String())
		require.NoError(t, err)
		require.Equal(t, d, back)
		require.Equal(t, d, copyOf(t, d))
		require.True(t, d.Time().IsZero() || d == kam.DateOf(d.Time()), "but for the first day of all, whose time is the zero time")
		require.Equal(t, d.Cmp(e) < 0, d.String() < e.String(), "texts sort as days do")
	})
}

func TestLawFiscalPeriodsPartitionTheDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := kam.FiscalYear{Start: time.Month(rapid.IntRange(0, 12).Draw(t, "start")), NamedByStart: rapid.Bool().Draw(t, "named")}
		unit := rapid.SampledFrom([]kam.FiscalUnit{kam.FiscalUnitMonth, kam.FiscalUnitQuarter, kam.FiscalUnitYear}).Draw(t, "unit")
		d := date().Draw(t, "d")
		p, ok := f.Period(d, unit)
		require.True(t, ok)
		require.True(t, p.From.Cmp(d) <= 0 && d.Cmp(p.To) <= 0, "a day is in its period")
		for _, edge := range []kam.Date{p.From, p.To} {
			same, _ := f.Period(edge, unit)
			require.Equal(t, p, same, "and so are its ends")
		}
		year, _ := f.Period(d, kam.FiscalUnitYear)
		require.True(t, year.From.Cmp(p.From) <= 0 && p.To.Cmp(year.To) <= 0, "a part is within its year")
		require.Equal(t, year.Year, p.Year)
		if from, to := year.From.Time().Year(), year.To.Time().Year(); from > 1 && to < 9999 {
			require.Equal(t, map[bool]int{true: from, false: to}[f.NamedByStart], year.Year, "named by where it begins, or ends")
		}
		next := p.From
		for q := range f.Periods(d, d.AddDays(rapid.IntRange(0, 900).Draw(t, "days")), unit) {
			require.Equal(t, next, q.From, "each begins when the one before has ended")
			next = q.To.AddDays(1)
		}
	})
}

func TestLawHistoryOnlyGrows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var h kam.History
		day := asOf.AddDays(-2000)
		for range rapid.IntRange(1, 12).Draw(t, "records") {
			r := kam.StageRecord{
				Stage: rapid.SampledFrom(kam.Stages()).Draw(t, "stage"), View: enum(kam.ViewCustomer).Draw(t, "view"),
				On: day.AddDays(rapid.IntRange(-2, 40).Draw(t, "step")),
			}
			before := slices.Clone(h)
			if err := h.Append(r, asOf); err != nil {
				require.True(t, r.On.Cmp(day) <= 0, "only what is not later is refused")
				require.Equal(t, before, h)
				continue
			}
			require.True(t, slices.Equal(before, h[:len(h)-1]))
			got, ok := h.At(r.View, r.On)
			require.True(t, ok)
			require.Equal(t, r, got, "the last word of the day")
			for _, view := range []kam.View{kam.ViewRecorded, kam.ViewSuggested, kam.ViewCustomer} {
				was, had := before.At(view, r.On.AddDays(-1))
				is, has := h.At(view, r.On.AddDays(-1))
				require.Equal(t, was, is, "what stood before stands")
				require.Equal(t, had, has)
			}
			day = r.On
		}
	})
}

func TestLawSpansPartitionAView(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, view := history(t), enum(kam.ViewCustomer).Draw(t, "view")
		records, spans := 0, slices.Collect(h.Spans(view, asOf))
		for _, r := range h {
			if r.View == view {
				records++
			}
		}
		for i, s := range spans {
			records -= s.Records
			if i > 0 {
				require.Equal(t, spans[i-1].To.AddDays(1), s.From)
				require.NotEqual(t, spans[i-1].Stage, s.Stage)
			}
			require.Equal(t, i == len(spans)-1, s.To.IsZero(), "the last one stands")
			for _, d := range []kam.Date{s.From, s.To} {
				if !d.IsZero() {
					at, _ := h.At(view, d)
					require.Equal(t, s.Stage, at.Stage)
				}
			}
		}
		require.Zero(t, records, "each record is in one span")
		changes, back := h.Flips(view, asOf)
		require.Equal(t, max(len(spans)-1, 0), changes)
		require.True(t, back >= 0 && back <= max(changes-1, 0))
	})
}
