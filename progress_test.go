package kam_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/cmd/kam/northwind"
)

func TestObjectivePace(t *testing.T) {
	from, due := day(1, 1), day(1, 1).AddDays(100)
	most, least := kam.Dec(999_999_999_999_999_999, 4), kam.Dec(-999_999_999_999_999_999, 4)
	tests := []struct {
		name, reason          string
		baseline, target, now *kam.Number
		on                    kam.Date
		pace                  kam.Pace
		expected, ahead       string
	}{
		{"half way", "50 days of 100, 30 to 50", new(kam.Int(30)), new(kam.Int(50)), new(kam.Int(40)), from.AddDays(50), kam.PaceOnTrack, "40", "0"},
		{"a twentieth off", "5 percent of the way is on track", new(kam.Int(30)), new(kam.Int(50)), new(kam.Int(39)), from.AddDays(50), kam.PaceOnTrack, "40", "-1"},
		{"more than that", "1.0001 of 20", new(kam.Int(30)), new(kam.Int(50)), new(kam.Dec(389999, 4)), from.AddDays(50), kam.PaceBehind, "40", "-1.0001"},
		{"ahead", "by 5", new(kam.Int(30)), new(kam.Int(50)), new(kam.Int(45)), from.AddDays(50), kam.PaceAhead, "40", "5"},
		{"a twentieth ahead", "5 percent of the way is on track", new(kam.Int(30)), new(kam.Int(50)), new(kam.Int(41)), from.AddDays(50), kam.PaceOnTrack, "40", "1"},
		{"more than that ahead", "1.0001 of 20", new(kam.Int(30)), new(kam.Int(50)), new(kam.Dec(410_001, 4)), from.AddDays(50), kam.PaceAhead, "40", "1.0001"},
		{"downwards and ahead", "by 5", new(kam.Int(50)), new(kam.Int(30)), new(kam.Int(35)), from.AddDays(50), kam.PaceAhead, "40", "5"},
		{"downwards and a twentieth off", "5 percent of 20", new(kam.Int(50)), new(kam.Int(30)), new(kam.Int(41)), from.AddDays(50), kam.PaceOnTrack, "40", "-1"},
		{"no target", "there is no line", new(kam.Int(50)), nil, new(kam.Int(40)), due, kam.PaceUnknown, "<nil>", "<nil>"},
		{"no way to go, and gone", "nobody says which way is better", new(kam.Int(5)), new(kam.Int(5)), new(kam.Dec(50_001, 4)), due, kam.PaceUnknown, "5", "<nil>"},
		{"as far ahead as a Number holds", "the greatest one", new(kam.Int(0)), new(kam.Int(1)), new(most), from, kam.PaceAhead, "0", "99999999999999.9999"},
		{"as far behind", "the least one", new(kam.Int(0)), new(kam.Int(-1)), new(most), from, kam.PaceBehind, "0", "-99999999999999.9999"},
		{"further than that", "twice the greatest is no Number", new(least), new(kam.Int(0)), new(most), from, kam.PaceAhead, "-99999999999999.9999", "<nil>"},
		{"further back than that", "nor its opposite", new(most), new(kam.Int(0)), new(least), from, kam.PaceAhead, "99999999999999.9999", "<nil>"},
		{"far back", "half a hundred percent of a way of twice the greatest", new(least), new(most), new(least), from.AddDays(50), kam.PaceBehind, "0", "-99999999999999.9999"},
		{"downwards", "fewer complaints are better", new(kam.Int(50)), new(kam.Int(30)), new(kam.Int(45)), from.AddDays(50), kam.PaceBehind, "40", "-5"},
		{"a third of a day's way", "rounded half to even once", new(kam.Int(0)), new(kam.Int(1)), new(kam.Int(0)), from.AddDays(33), kam.PaceBehind, "0.33", "-0.33"},
		{"before it starts", "the baseline is asked for", new(kam.Int(30)), new(kam.Int(50)), new(kam.Int(30)), from.AddDays(-9), kam.PaceOnTrack, "30", "0"},
		{"after it is due", "the target is asked for", new(kam.Int(30)), new(kam.Int(50)), new(kam.Int(40)), due.AddDays(9), kam.PaceBehind, "50", "-10"},
		{"no current value", "nobody measured", new(kam.Int(30)), new(kam.Int(50)), nil, due, kam.PaceUnknown, "50", "<nil>"},
		{"no baseline", "there is no line", nil, new(kam.Int(50)), new(kam.Int(40)), due, kam.PaceUnknown, "<nil>", "<nil>"},
		{"no way to go", "the target is the baseline", new(kam.Int(5)), new(kam.Int(5)), new(kam.Int(5)), due, kam.PaceOnTrack, "5", "0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := kam.Plan{Account: "x", From: from, Objectives: []kam.Objective{{ID: "o", Baseline: tt.baseline, Target: tt.target, Current: tt.now, Due: due}}}
			progress, err := compiled(t, kam.Policy{}).Progress(p, kam.Account{ID: "x"}, tt.on)
			require.NoError(t, err)
			o := progress.Objectives[0]
			assert.Equal(t, tt.pace, o.Pace, tt.reason)
			assert.Equal(t, tt.expected, fmt.Sprint(o.Expected), tt.reason)
			assert.Equal(t, tt.ahead, fmt.Sprint(o.Ahead), tt.reason)
		})
	}
}

// A value is compared with the line of its own day, and counts only once it
// is known.
func TestObjectiveIsComparedOnItsDay(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	p := kam.Plan{Account: "x", From: day(1, 1), Objectives: []kam.Objective{{
		ID: "o", Baseline: new(kam.Int(0)), Target: new(kam.Int(100)), Current: new(kam.Int(40)), CurrentOn: day(1, 1).AddDays(40), Due: day(1, 1).AddDays(100),
	}}}
	at := func(on kam.Date) kam.ObjectiveProgress {
		got, err := engine.Progress(p, kam.Account{ID: "x"}, on)
		require.NoError(t, err)
		return got.Objectives[0]
	}
	later := at(day(1, 1).AddDays(90))
	assert.Equal(t, "on-track 40 2026-02-10", later.Pace.String()+" "+later.Expected.String()+" "+later.On.String(), "40 of 100 on day 40, however late one looks")
	before := at(day(1, 1).AddDays(39))
	assert.Nil(t, before.Current, "nobody had measured it")
	assert.Equal(t, "unknown 39", before.Pace.String()+" "+before.Expected.String())
	today := at(day(1, 1).AddDays(40))
	assert.Equal(t, "40 on-track", today.Current.String()+" "+today.Pace.String(), "it was measured today")
	p.Objectives[0].CurrentOn = day(1, 1)
	begun := at(day(1, 1).AddDays(40))
	assert.Equal(t, "ahead 0 40 2026-01-01", begun.Pace.String()+" "+begun.Expected.String()+" "+begun.Ahead.String()+" "+begun.On.String(), "on the first day nothing is asked for yet")
	p.Objectives[0].CurrentOn = day(1, 1).AddDays(-1)
	assert.Equal(t, kam.PaceUnknown, at(day(1, 1).AddDays(-1)).Pace, "on that day too")
	old := at(day(1, 1).AddDays(50))
	assert.Equal(t, kam.PaceUnknown, old.Pace, "it was measured before the line begins")
	assert.Nil(t, old.Expected)
	assert.Equal(t, "40", old.Current.String())

	o := &p.Objectives[0]
	o.Current, o.CurrentOn = nil, day(2, 1)
	assert.Equal(t, day(3, 1), at(day(3, 1)).On, "the day of no value is none")
	o.Due = day(1, 2)
	assert.Equal(t, "0", at(day(1, 1)).Expected.String(), "a line of one day")
	assert.Equal(t, "100", at(day(1, 2)).Expected.String())
	o.Due = day(1, 1)
	assert.Equal(t, "100", at(day(1, 1)).Expected.String(), "it is due when it begins")
	assert.Equal(t, "0", at(day(1, 1).AddDays(-1)).Expected.String())
	p.From, o.Due = kam.Date{}, day(4, 1)
	assert.Nil(t, at(day(3, 1)).Expected, "it begins on no day")
	first := kam.NewDate(1, 1, 1)
	p.From, o.Due, o.Current, o.CurrentOn = first, first.AddDays(100), new(kam.Int(0)), first
	since := at(first.AddDays(50))
	assert.Equal(t, "0001-01-01 0", since.On.String()+" "+since.Expected.String(), "the first day there is, is one")
	p.From, o.CurrentOn, o.Start = first.AddDays(50), first.AddDays(50), first
	assert.Equal(t, "50", at(first.AddDays(50)).Expected.String())
	p.From, o.Due, o.Current, o.CurrentOn = kam.Date{}, day(4, 1), nil, kam.Date{}
	o.Start = day(3, 1)
	assert.Equal(t, "0", at(day(3, 1)).Expected.String(), "or on its own")
}

func TestLastReview(t *testing.T) {
	p := kam.Plan{Account: "x", Reviews: []kam.Review{{On: day(3, 1)}, {On: day(9, 1)}, {On: asOf.AddDays(1)}}}
	got, err := compiled(t, kam.Policy{}).Progress(p, kam.Account{ID: "x"}, asOf)
	require.NoError(t, err)
	assert.Equal(t, day(9, 1), got.LastReview, "the next one has not been")
	p.Reviews = []kam.Review{{On: asOf}, {On: day(9, 1)}}
	got, err = compiled(t, kam.Policy{}).Progress(p, kam.Account{ID: "x"}, asOf)
	require.NoError(t, err)
	assert.Equal(t, asOf, got.LastReview, "today's has, wherever it stands")
}

func TestActionsAndForecast(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	p := kam.Plan{
		Account: acme.ID,
		Actions: []kam.Action{
			{ID: "done", State: kam.ActionDone, Due: day(1, 1)},
			{ID: "dropped", State: kam.ActionDropped, Due: day(1, 1)},
			{ID: "late", Due: day(11, 1)},
			{ID: "early", Due: day(12, 1), After: []string{"done"}},
			{ID: "middle", Due: day(12, 10), After: []string{"late", "early", "dropped"}},
			{ID: "end", Due: day(12, 31), State: kam.ActionStarted, After: []string{"middle", "late"}},
		},
		Forecast: []kam.Forecast{
			{From: kam.NewDate(2025, 11, 1), To: kam.NewDate(2026, 10, 31), Amount: *money("100000 EUR")},
			{From: kam.NewDate(2026, 11, 1), To: kam.NewDate(2026, 11, 30), Amount: *money("5 EUR")},
			{From: kam.NewDate(2024, 1, 1), To: kam.NewDate(2024, 12, 31), Amount: *money("5 EUR")},
		},
	}
	got, err := engine.Progress(p, acme, asOf)
	require.NoError(t, err)
	assert.Equal(t, []string{"done"}, got.Done)
	assert.Equal(t, []string{"late", "early", "middle", "end"}, got.Open)
	assert.Equal(t, []string{"late"}, got.Late)
	assert.Equal(t, []string{"middle", "end"}, got.Blocked)
	assert.Equal(t, []string{"early", "middle", "end"}, got.Critical)
	assert.Equal(t, "120000.00 EUR 20000.00 EUR", fmt.Sprint(got.Forecast[0].Actual, " ", got.Forecast[0].Error))
	assert.Nil(t, got.Forecast[1].Actual, "the period is not over")
	assert.Nil(t, got.Forecast[2].Actual, "and what was then is not known")

	double := p
	double.Forecast = append(slices.Clone(p.Forecast), kam.Forecast{From: kam.NewDate(2026, 10, 31), To: kam.NewDate(2026, 10, 31), Amount: *money("5 EUR")})
	_, err = engine.Progress(double, acme, asOf)
	assert.Equal(t, []string{"/forecast/3 overlap 2026-10-31..2026-10-31|> 2026-10-31"}, found(err))

	p.Actions[2].After = []string{"end"} // a circle is walked once
	_, err = engine.Progress(p, acme, asOf)
	require.NoError(t, err)
	p.Forecast[0].Amount = *money("1 USD")
	_, err = engine.Progress(p, acme, asOf)
	require.ErrorIs(t, err, kam.CodeCurrencyMix)
	bad := new(kam.Dec(1, 5))
	_, err = engine.Progress(kam.Plan{Account: acme.ID, Objectives: []kam.Objective{{ID: "o"}, {ID: "p", Baseline: bad, Target: bad, Current: bad}}}, acme, asOf)
	assert.Equal(t, []string{"/objectives/1/baseline number invalid|", "/objectives/1/target number invalid|", "/objectives/1/current number invalid|"}, found(err))
	_, err = engine.Progress(kam.Plan{}, kam.Account{}, kam.Date{})
	assert.Equal(t, []string{"/asOf date |", "/id missing |"}, found(err))
}

// What was sold since nobody knows when is not known, however much there is to add up.
func TestForecastWithoutAStart(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	a := kam.Account{ID: "a", CustomerSince: kam.NewDate(1990, 1, 1)}
	for i := range 10_000 {
		on := asOf.AddDays(i - 10_000)
		a.Sales = append(a.Sales, kam.Period{From: on, To: on, Revenue: money("1 EUR")})
	}
	p := kam.Plan{Account: "a"}
	for range 10_000 {
		p.Forecast = append(p.Forecast, kam.Forecast{To: asOf, Amount: *money("1 EUR")})
	}
	quick(t, time.Second, "the progress", func() {
		got, err := engine.Progress(p, a, asOf)
		require.NoError(t, err)
		require.Nil(t, got.Forecast[0].Actual)
	})
}

// An action is late the day after it is due; of those due on one day the first
// is the critical one, and a forecast is over on its last day.
func TestProgressAtTheEdges(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	p := kam.Plan{
		Account: acme.ID,
		Actions: []kam.Action{
			{ID: "today", Due: asOf},
			{ID: "yesterday", Due: asOf.AddDays(-1), State: kam.ActionStarted},
			{ID: "some day"},
			{ID: "one", Due: day(12, 31), After: []string{"today", "twin", "nobody"}},
			{ID: "other", Due: day(12, 31), After: []string{"some day"}},
			{ID: "twin", Due: asOf},
		},
	}
	got, err := engine.Progress(p, acme, asOf)
	require.NoError(t, err)
	assert.Equal(t, []string{"yesterday"}, got.Late)
	assert.Equal(t, []string{"one", "other"}, got.Blocked)
	assert.Equal(t, []string{"today", "one"}, got.Critical)
	assert.Equal(t, asOf, got.AsOf)

	p.Actions[0].After = []string{"one"} // they wait for each other
	got, err = engine.Progress(p, acme, asOf)
	require.NoError(t, err)
	assert.Equal(t, []string{"today", "one"}, got.Critical)

	p = kam.Plan{Account: acme.ID, Actions: []kam.Action{{ID: "last", Due: day(12, 31)}, {ID: "first", Due: kam.NewDate(1, 1, 1)}}}
	got, err = engine.Progress(p, acme, asOf)
	require.NoError(t, err)
	assert.Equal(t, []string{"last"}, got.Critical)
	assert.Equal(t, []string{"first"}, got.Late, "it was due on the first day there is")

	p = kam.Plan{Account: acme.ID, Actions: []kam.Action{{ID: "some day"}, {ID: "done", State: kam.ActionDone}}}
	got, err = engine.Progress(p, acme, asOf)
	require.NoError(t, err)
	assert.Equal(t, []string{"some day"}, got.Critical, "the only one, though it has no day")
	p.Actions = p.Actions[1:]
	got, err = engine.Progress(p, acme, asOf)
	require.NoError(t, err)
	assert.Empty(t, got.Critical)

	for _, tt := range []struct{ forecast, off, percent string }{
		{"0 EUR", "120000.00 EUR", "<nil>"}, // nothing was forecast
		{"-1 EUR", "120001.00 EUR", "<nil>"},
		{"150000 EUR", "-30000.00 EUR", "-20"},
	} {
		p = kam.Plan{Account: acme.ID, Forecast: []kam.Forecast{{From: kam.NewDate(2025, 11, 1), To: kam.NewDate(2026, 10, 31), Amount: *money(tt.forecast)}}}
		got, err = engine.Progress(p, acme, kam.NewDate(2026, 10, 31))
		require.NoError(t, err)
		f := got.Forecast[0]
		assert.Equal(t, tt.off+" "+tt.percent, fmt.Sprint(f.Error, " ", f.ErrorPercent), tt.forecast)
		assert.Equal(t, "2025-11-01..2026-10-31", f.From.String()+".."+f.To.String())
	}
	got, err = engine.Progress(p, acme, kam.NewDate(2026, 10, 30))
	require.NoError(t, err)
	assert.Nil(t, got.Forecast[0].Actual, "its last day is not over")
}

// What a later period lacks takes nothing from an earlier one.
func TestForecastBeforeAGap(t *testing.T) {
	a := kam.Account{ID: "x", Sales: []kam.Period{
		{From: kam.NewDate(2026, 1, 1), To: kam.NewDate(2026, 3, 31), Revenue: money("10 EUR")},
		{From: kam.NewDate(2026, 4, 1), To: kam.NewDate(2026, 6, 30)},
	}}
	p := kam.Plan{Account: "x", Forecast: []kam.Forecast{{From: kam.NewDate(2026, 1, 1), To: kam.NewDate(2026, 3, 31), Amount: *money("8 EUR")}}}
	got, err := compiled(t, kam.Policy{}).Progress(p, a, asOf)
	require.NoError(t, err)
	require.NotNil(t, got.Forecast[0].Actual)
	assert.Equal(t, "10.00 EUR", got.Forecast[0].Actual.String())
}

// One day is a period like others, and days in the wrong order are none.
func TestForecastOfADay(t *testing.T) {
	a := kam.Account{ID: "x", Sales: []kam.Period{{From: kam.NewDate(2026, 1, 1), To: kam.NewDate(2026, 1, 1), Revenue: money("10 EUR")}}}
	p := kam.Plan{Account: "x", Forecast: []kam.Forecast{
		{From: kam.NewDate(2026, 1, 1), To: kam.NewDate(2026, 1, 1), Amount: *money("8 EUR")},
		{From: kam.NewDate(2026, 1, 2), To: kam.NewDate(2026, 1, 1), Amount: *money("8 EUR")},
	}}
	got, err := compiled(t, kam.Policy{}).Progress(p, a, asOf)
	require.NoError(t, err)
	require.NotNil(t, got.Forecast[0].Actual)
	assert.Equal(t, "10.00 EUR", got.Forecast[0].Actual.String())
	assert.Nil(t, got.Forecast[1].Actual)
}

// An objective that starts after the plan has its own line.
func TestObjectiveStarts(t *testing.T) {
	p := kam.Plan{Account: "x", From: day(1, 1), Objectives: []kam.Objective{{
		ID: "o", Baseline: new(kam.Int(0)), Target: new(kam.Int(100)), Start: day(1, 1).AddDays(50), Due: day(1, 1).AddDays(100),
	}}}
	got, err := compiled(t, kam.Policy{}).Progress(p, kam.Account{ID: "x"}, day(1, 1).AddDays(75))
	require.NoError(t, err)
	assert.Equal(t, "50", got.Objectives[0].Expected.String(), "25 days of 50")
}

// Which way is better says the objective, or else its target.
func TestObjectiveDirection(t *testing.T) {
	n := func(n int) *kam.Number { return new(kam.Int(n)) }
	from := day(1, 1)
	for _, x := range []struct {
		name                      string
		baseline, target, current int
		lower                     kam.Verdict
		want                      string
	}{
		{"a fall that is to be limited", 285, 180, 100, kam.No, "behind -132.5"},
		{"and is", 285, 180, 240, kam.No, "ahead 7.5"},
		{"a cost that is to fall", 285, 180, 100, kam.Yes, "ahead 132.5"},
		{"as the target says", 285, 180, 100, kam.VerdictUnknown, "ahead 132.5"},
		{"more than was to be held, of what should be low", 5, 5, 8, kam.Yes, "behind -3"},
		{"less than was to be held", 5, 5, 2, kam.Yes, "ahead 3"},
		{"more of what should be high", 5, 5, 8, kam.No, "ahead 3"},
		{"held", 5, 5, 5, kam.No, "on-track 0"},
		{"a rise that is to be limited", 100, 200, 170, kam.Yes, "behind -20"},
	} {
		p := kam.Plan{Account: "x", From: from, Objectives: []kam.Objective{{ID: "o", Baseline: n(x.baseline), Target: n(x.target), Current: n(x.current), Due: from.AddDays(100), LowerIsBetter: x.lower}}}
		got, err := compiled(t, kam.Policy{}).Progress(p, kam.Account{ID: "x"}, from.AddDays(50))
		require.NoError(t, err)
		o := got.Objectives[0]
		assert.Equal(t, x.want, fmt.Sprint(o.Pace, " ", o.Ahead), x.name)
	}
}

// A value of long ago, or of before the day that was the last, rewards nobody.
func TestStaleObjectives(t *testing.T) {
	from, due := day(1, 1), day(12, 1)
	n := func(n int) *kam.Number { return new(kam.Int(n)) }
	for _, x := range []struct {
		name     string
		current  int
		on, asOf kam.Date
		want     string
	}{
		{"of the day on which it was due, a year later", 200, due, due.AddDays(365), "on-track false"},
		{"of a later day, a year later", 200, due.AddDays(1), due.AddDays(365), "on-track false"},
		{"92 days old", 100, from, from.AddDays(92), "on-track false"},
		{"93 days old", 100, from, from.AddDays(93), "unknown true"},
		{"ahead then", 150, from, from.AddDays(93), "unknown true"},
		{"behind then, and nobody knows better", 50, from, from.AddDays(93), "behind true"},
		{"of the day before it was due, on that day", 200, due.AddDays(-1), due, "on-track false"},
		{"and on the next", 200, due.AddDays(-1), due.AddDays(1), "unknown true"},
		{"of the day on which it was due", 200, due, due.AddDays(1), "on-track false"},
		{"of no day", 200, kam.Date{}, due.AddDays(200), "on-track false"},
		{"without a due day", 200, from, from.AddDays(93), "unknown true"},
	} {
		due := due
		if x.name == "without a due day" {
			due = kam.Date{}
		}
		p := kam.Plan{Account: "x", From: from, Objectives: []kam.Objective{{ID: "o", Baseline: n(100), Target: n(200), Current: n(x.current), CurrentOn: x.on, Due: due}}}
		got, err := compiled(t, kam.Policy{}).Progress(p, kam.Account{ID: "x"}, x.asOf)
		require.NoError(t, err)
		o := got.Objectives[0]
		assert.Equal(t, x.want, fmt.Sprint(o.Pace, " ", o.Stale), x.name)
	}
}

// What was done or settled after the day was open on it, and what was done late is said.
func TestProgressOfTheDay(t *testing.T) {
	p := kam.Plan{
		Account: "x",
		Actions: []kam.Action{
			{ID: "in time", State: kam.ActionDone, Due: day(3, 1), DoneOn: day(3, 1)},
			{ID: "late", State: kam.ActionDone, Due: day(3, 1), DoneOn: day(3, 2)},
			{ID: "today", State: kam.ActionDone, Due: day(4, 1), DoneOn: day(4, 1)},
			{ID: "first", State: kam.ActionDone, Due: kam.NewDate(1, 1, 1), DoneOn: kam.NewDate(1, 1, 2)},
			{ID: "later", State: kam.ActionDone, Due: day(3, 1), DoneOn: day(5, 1)},
			{ID: "some day", State: kam.ActionDone, Due: day(3, 1)},
			{ID: "never due", State: kam.ActionDone, DoneOn: day(3, 1)},
			{ID: "waits", After: []string{"later"}, Due: day(6, 1)},
		},
		Issues: []kam.Issue{
			{ID: "settled", Due: day(2, 1), Settled: day(4, 1)},
			{ID: "to be", Due: day(2, 1), Settled: day(4, 2)},
			{ID: "due", Due: day(4, 1)},
			{ID: "over", Due: day(3, 31)},
			{ID: "some day"},
			{ID: "never due", Settled: day(4, 1)},
			{ID: "in time", Due: day(4, 1), Settled: day(4, 1)},
			{ID: "at once", Due: kam.NewDate(1, 1, 1), Settled: kam.NewDate(1, 1, 1)},
			{ID: "of old", Due: kam.NewDate(1, 1, 1), Settled: kam.NewDate(1, 1, 2)},
			{ID: "long over", Due: kam.NewDate(1, 1, 1)},
		},
	}
	state := p.Actions[4].State
	got, err := compiled(t, kam.Policy{}).Progress(p, kam.Account{ID: "x"}, day(4, 1))
	require.NoError(t, err)
	assert.Equal(t, []string{"in time", "late", "today", "first", "some day", "never due"}, got.Done)
	assert.Equal(t, []string{"late", "first"}, got.DoneLate)
	assert.Equal(t, []string{"later", "waits"}, got.Open)
	assert.Equal(t, []string{"later"}, got.Late)
	assert.Equal(t, []string{"waits"}, got.Blocked)
	assert.Equal(t, kam.IssueProgress{Settled: []string{"settled", "never due", "in time", "at once", "of old"}, SettledLate: []string{"settled", "of old"}, Open: []string{"to be", "due", "over", "some day", "long over"}, Late: []string{"to be", "over", "long over"}}, got.Issues)
	assert.Equal(t, state, p.Actions[4].State, "the plan is the caller's")
}

// The forecasts that are over add up, each at its probability too, in one currency.
func TestForecastToDate(t *testing.T) {
	a := kam.Account{ID: "x", Currency: "EUR", CustomerSince: kam.NewDate(2025, 1, 1)}
	for i, revenue := range []string{"10 EUR", "20 EUR", "30.005 EUR"} {
		from := kam.NewDate(2026, 1, 1).AddMonths(3 * i)
		a.Sales = append(a.Sales, kam.Period{From: from, To: from.AddMonths(3).AddDays(-1), Revenue: money(revenue)})
	}
	half := new(kam.Int(50))
	p := kam.Plan{Account: "x", Forecast: []kam.Forecast{
		{From: kam.NewDate(2026, 4, 1), To: kam.NewDate(2026, 6, 30), Amount: *money("10 USD"), Probability: half},
		{From: kam.NewDate(2026, 1, 1), To: kam.NewDate(2026, 3, 31), Amount: *money("8 EUR"), Probability: half},
		{From: kam.NewDate(2026, 10, 1), To: kam.NewDate(2026, 12, 31), Amount: *money("99 EUR"), Probability: half},
	}}
	engine := compiled(t, kam.Policy{Currency: "EUR", Rates: map[string]kam.Money{"USD": *money("0.5 EUR")}})
	got, err := engine.Progress(p, a, asOf)
	require.NoError(t, err)
	text := func(x *kam.ForecastProgress) string {
		return fmt.Sprint(x.From, " ", x.To, " ", x.Forecast, " ", x.Expected, " ", x.Actual, " ", x.Error, " ", x.ErrorPercent)
	}
	assert.Equal(t, "2026-04-01 2026-06-30 5.00 EUR 2.50 EUR 20.00 EUR 15.00 EUR 300", text(&got.Forecast[0]))
	assert.Equal(t, "2026-10-01 2026-12-31 99.00 EUR 49.50 EUR <nil> <nil> <nil>", text(&got.Forecast[2]))
	require.NotNil(t, got.ToDate)
	assert.Equal(t, "2026-01-01 2026-06-30 13.00 EUR 6.50 EUR 30.00 EUR 17.00 EUR 130.7692", text(got.ToDate))
	assert.Equal(t, "20.00 EUR 2.50 EUR", got.Forecast[0].Actual.String()+" "+got.Forecast[0].Expected.String(), "which stay what they are")

	p.Forecast[1].Probability = nil
	got, err = engine.Progress(p, a, asOf)
	require.NoError(t, err)
	assert.Nil(t, got.ToDate.Expected, "of one it is not known")
	assert.Equal(t, "30.00 EUR", got.ToDate.Actual.String())
	p.Forecast = p.Forecast[2:]
	got, err = engine.Progress(p, a, asOf)
	require.NoError(t, err)
	assert.Nil(t, got.ToDate, "nothing is over")

	most := *money("999999999999999999 EUR")
	a.Sales = []kam.Period{{From: day(1, 1), To: day(1, 1), Revenue: &most}, {From: day(1, 2), To: day(1, 2), Revenue: &most}}
	p.Forecast = []kam.Forecast{{From: day(1, 1), To: day(1, 1), Amount: *money("1 EUR")}, {From: day(1, 2), To: day(1, 2), Amount: *money("1 EUR")}}
	got, err = engine.Progress(p, a, asOf)
	require.NoError(t, err)
	assert.Nil(t, got.ToDate, "no Money holds the sum")
	assert.NotNil(t, got.Forecast[1].Actual)
	one := kam.Account{ID: "x", Sales: []kam.Period{{From: day(1, 1), To: day(1, 1), Revenue: money("1 EUR")}, {From: day(1, 2), To: day(1, 2), Revenue: money("1 EUR")}, {From: day(1, 3), To: day(1, 3), Revenue: money("1 EUR")}}}
	many := kam.Plan{Account: "x"}
	for i, x := range []struct {
		amount string
		chance int
	}{{"900000000000000000 EUR", 100}, {"-900000000000000000 EUR", 0}, {"900000000000000000 EUR", 100}} {
		on := day(1, 1+i)
		many.Forecast = append(many.Forecast, kam.Forecast{From: on, To: on, Amount: *money(x.amount), Probability: new(kam.Int(x.chance))})
	}
	got, err = engine.Progress(many, one, asOf)
	require.NoError(t, err)
	assert.Equal(t, "900000000000000000.00 EUR 3.00 EUR", got.ToDate.Forecast.String()+" "+got.ToDate.Actual.String())
	assert.Nil(t, got.ToDate.Expected, "no Money holds what is expected of the two")
	sums := func(forecast, revenue string) *kam.ForecastProgress {
		for i := range a.Sales {
			a.Sales[i].Revenue, p.Forecast[i].Amount = money(revenue), *money(forecast)
		}
		got, err := engine.Progress(p, a, asOf)
		require.NoError(t, err)
		return got.ToDate
	}
	assert.Nil(t, sums("999999999999999999 EUR", "1 EUR"), "nor that of the forecasts")
	apart := sums("-400000000000000000 EUR", "400000000000000000 EUR")
	assert.Equal(t, "800000000000000000.00 EUR", apart.Actual.String())
	assert.Nil(t, apart.Error, "how far the two are apart is no Money")
	assert.Nil(t, apart.ErrorPercent)
	assert.NotNil(t, sums("-200000000000000000 EUR", "200000000000000000 EUR").Error)
}

// The page of a review: the sample plan, as it was read and found right.
func TestProgressMarkdownGolden(t *testing.T) {
	engine, p := compiled(t, kam.Policy{}), samplePlan(t, 2)
	account, err := northwind.Account(northwind.PlanAccount)
	require.NoError(t, err)
	p.Actions[0].DoneOn, p.Actions[2].DoneOn = kam.NewDate(1998, 2, 1), p.Actions[2].Due.AddDays(1)
	p.Actions[1].Due = kam.NewDate(1998, 4, 29)
	p.Resources[0].Decided = false
	p.Issues[0].Due = kam.NewDate(1998, 4, 1)
	p.Objectives[1].CurrentOn = kam.NewDate(1998, 1, 2)
	p.Objectives[2].LowerIsBetter = kam.No
	p.Forecast[0].To = kam.NewDate(1998, 2, 28)
	p.Forecast = append([]kam.Forecast{{From: kam.NewDate(1998, 3, 1), To: kam.NewDate(1998, 3, 31), Amount: *money("5000 USD")}}, p.Forecast...)
	x, err := engine.Progress(p, account, kam.NewDate(1998, 4, 30))
	require.NoError(t, err)
	for _, lang := range []kam.Language{kam.English, kam.Chinese} {
		golden(t, fmt.Sprintf("testdata/progress.%s.md", lang), p.ProgressMarkdown(x, lang))
	}
	assert.Equal(t, "# Progress of the account plan: a\n\nAs of 2026-11-24\n", kam.Plan{Account: "a"}.ProgressMarkdown(kam.PlanProgress{AsOf: asOf}, kam.English))
	page := kam.Plan{Account: "a"}.ProgressMarkdown(kam.PlanProgress{AsOf: asOf, Objectives: []kam.ObjectiveProgress{{Objective: "gone", On: asOf}}}, kam.English)
	assert.Contains(t, page, "| gone | – | – |", "an objective of another version")
	p = samplePlan(t, 2)
	p.Issues[1].Settled, p.Issues[2].Due, p.Issues[2].Settled = kam.NewDate(1998, 4, 1), kam.NewDate(1998, 3, 1), kam.NewDate(1998, 3, 2)
	x, err = engine.Progress(p, account, kam.NewDate(1998, 4, 30))
	require.NoError(t, err)
	page = p.ProgressMarkdown(x, kam.English)
	assert.Contains(t, page, "- Draw the map of who buys and who decides (a1)\n", "of no known day")
	assert.Contains(t, page, "## Key issues settled\n\n- "+p.Issues[1].Text+" (i-cost), 1998-04-01\n- "+p.Issues[2].Text+" (i-view), 1998-03-02, late\n")
	assert.Equal(t, 1, strings.Count(page, p.Issues[1].Text), "what is settled is not open")
	p.Objectives[1].CurrentOn = kam.Date{}
	assert.Contains(t, p.ProgressMarkdown(x, kam.English), "| 1 (no day) |")
	assert.NotContains(t, page, "known ones together", "one period is no sum")
	p.Forecast = p.Forecast[1:]
	x, err = engine.Progress(p, account, kam.NewDate(1998, 4, 30))
	require.NoError(t, err)
	assert.NotContains(t, p.ProgressMarkdown(x, kam.English), "known ones together", "and none neither")
}

// A page of ten thousand actions is made in no time, and text in it is text.
func TestProgressMarkdownOfMuch(t *testing.T) {
	p := kam.Plan{Account: "<b>|x"}
	for i := range 10_000 {
		p.Actions = append(p.Actions, kam.Action{ID: fmt.Sprint("a", i), Text: "[x](y) | <i>", After: []string{fmt.Sprint("a", i-1)}})
	}
	x, err := compiled(t, kam.Policy{}).Progress(p, kam.Account{ID: p.Account}, asOf)
	require.NoError(t, err)
	quick(t, time.Second, "the page", func() {
		page := p.ProgressMarkdown(x, kam.English)
		require.Contains(t, page, `| \[x\](y) \| \<i\> (a9999) |`)
		require.Contains(t, page, `# Progress of the account plan: \<b\>\|x`)
	})
}

// What is no word, no day and no number of a plan that was made in Go is refused, and not compared.
func TestProgressOfWhatIsNone(t *testing.T) {
	none := kam.NewDate(2026, 2, 30)
	p := kam.Plan{
		Account:    "x",
		Objectives: []kam.Objective{{ID: "o", LowerIsBetter: 9, CurrentOn: none, Start: none, Due: none}},
		Issues:     []kam.Issue{{ID: "i", Due: none, Settled: none}},
		Actions:    []kam.Action{{ID: "a", State: 9, Due: none, DoneOn: none}},
	}
	_, err := compiled(t, kam.Policy{}).Progress(p, kam.Account{ID: "x"}, asOf)
	assert.Equal(t, []string{
		"/objectives/0/currentOn date invalid|", "/objectives/0/start date invalid|", "/objectives/0/due date invalid|", "/objectives/0/lowerIsBetter enum Verdict(9)|unknown, yes, no",
		"/issues/0/due date invalid|", "/issues/0/settled date invalid|",
		"/actions/0/due date invalid|", "/actions/0/state enum ActionState(9)|open, started, done, dropped", "/actions/0/doneOn date invalid|",
	}, found(err))
}

// Two currencies without a rate are one fault for each amount, and no more.
func TestProgressInTwoCurrencies(t *testing.T) {
	a := kam.Account{ID: "x", Currency: "EUR", Sales: []kam.Period{{From: day(7, 1), To: day(7, 31), Revenue: money("1300 EUR")}}}
	p := kam.Plan{Account: "x", Forecast: []kam.Forecast{{From: day(7, 1), To: day(7, 31), Amount: *money("1000 USD"), Probability: new(kam.Int(50))}}}
	_, err := compiled(t, kam.Policy{}).Progress(p, a, asOf)
	assert.Equal(t, []string{"/forecast/0/amount currency-mix 1000.00 USD|EUR"}, found(err))
}
