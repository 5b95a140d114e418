package kam_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

func TestRiskRhythm(t *testing.T) { checkRows(t, rhythmRows()) }

// hundred is one period of the 100 days up to the as-of date, with the last of
// its orders on the given day of them; 0 does not say.
func hundred(orders, last int) []kam.Period {
	p := kam.Period{From: back(99), To: asOf, Orders: new(orders)}
	if last > 0 {
		p.LastOrder = p.From.AddDays(last - 1)
	}
	return []kam.Period{p}
}

func rhythmRows() []riskRow {
	sales := func(p []kam.Period) kam.Account { return kam.Account{Sales: p} }
	since := func(p []kam.Period, d kam.Date) kam.Account { return kam.Account{Sales: p, CustomerSince: d} }
	old := []kam.Period{{From: kam.NewDate(2024, 10, 1), To: kam.NewDate(2024, 12, 31), Orders: new(9), LastOrder: kam.NewDate(2024, 12, 31)}}
	for i := range 22 {
		from := kam.NewDate(2025, 1, 1).AddMonths(i)
		p := kam.Period{From: from, To: from.AddMonths(1).AddDays(-1), Orders: new(1)}
		if p.LastOrder = p.To; i >= 20 {
			p.Orders, p.LastOrder = new(0), kam.Date{}
		}
		old = append(old, p)
	}
	begun := []kam.Period{{From: back(99), To: back(50), Orders: new(0)}, {From: back(49), To: asOf, Orders: new(3), LastOrder: back(40)}}
	return []riskRow{
		{check: kam.RiskOrderRhythm, name: "36 of 100 days", reason: "0.36 cubed is 4.67 %", account: sales(hundred(3, 36)), want: kam.AtRisk, since: back(64)},
		{check: kam.RiskOrderRhythm, name: "37 of 100 days", reason: "0.37 cubed is 5.07 %", account: sales(hundred(3, 37)), want: kam.Watch, since: back(63)},
		{check: kam.RiskOrderRhythm, name: "46 of 100 days", reason: "0.46 cubed is 9.73 %", account: sales(hundred(3, 46)), want: kam.Watch},
		{check: kam.RiskOrderRhythm, name: "47 of 100 days", reason: "0.47 cubed is 10.38 %", account: sales(hundred(3, 47)), want: kam.Clear, edge: true},
		{check: kam.RiskOrderRhythm, name: "32 days later", reason: "without an order since, (100/132) to the 40th", account: sales(hundred(40, 100)), asOf: asOf.AddDays(32), want: kam.OutcomeUnknown, needs: []string{"sales/orders"}},
		{check: kam.RiskOrderRhythm, name: "31 days later", reason: "a month takes its time to close", account: sales(hundred(40, 100)), asOf: asOf.AddDays(31), want: kam.Clear, edge: true},
		{check: kam.RiskOrderRhythm, name: "three orders, 92 days later", reason: "(100/192) cubed is 14.1 %, which is no alarm", account: sales(hundred(3, 100)), asOf: asOf.AddDays(92), want: kam.Clear},
		{check: kam.RiskOrderRhythm, name: "36 of 100 days, 60 days later", reason: "at risk already", account: sales(hundred(3, 36)), asOf: asOf.AddDays(60), want: kam.AtRisk},
		{check: kam.RiskOrderRhythm, name: "quiet, or no customer yet", reason: "0.6 cubed is 21.6 %; as a customer of 50 days two others in 10, 4 %", account: sales(begun), want: kam.OutcomeUnknown, needs: []string{"customerSince"}},
		{check: kam.RiskOrderRhythm, name: "a customer from tomorrow", reason: "of which nothing is known today", account: since(begun, asOf.AddDays(1)), want: kam.OutcomeUnknown, needs: []string{"customerSince"}},
		{check: kam.RiskOrderRhythm, name: "quiet before", reason: "a customer of old", account: since(begun, back(500)), want: kam.Clear},
		{check: kam.RiskOrderRhythm, name: "no customer before", reason: "a customer of 50 days", account: since(begun, back(49)), want: kam.AtRisk},
		{check: kam.RiskOrderRhythm, name: "two doubts, each too little", reason: "of 3 orders 60 of 100 days are 21.6 %, 66 of 132 are 12.5 %, and 60 of 132 are 9.4 %", account: sales([]kam.Period{{From: back(99), To: back(41), Orders: new(2), LastOrder: back(60)}, {From: back(40), To: back(34), Orders: new(1)}, {From: back(33), To: asOf, Orders: new(0)}}), asOf: asOf.AddDays(32), want: kam.OutcomeUnknown, needs: []string{"sales/lastOrder", "sales/orders"}},
		{check: kam.RiskOrderRhythm, name: "old months in one", reason: "the first period is whole: 29 orders, the last 700 days into 761, 8.9 %", account: sales(old), want: kam.Watch},
		{check: kam.RiskOrderRhythm, name: "ends on the first day", reason: "is within 24 months, and whole: 29 orders, the last 701 days into 762, 8.9 %", account: sales([]kam.Period{
			{From: kam.NewDate(2024, 9, 30), To: kam.NewDate(2024, 11, 1), Orders: new(9), LastOrder: kam.NewDate(2024, 11, 1)},
			{From: kam.NewDate(2024, 11, 2), To: kam.NewDate(2026, 8, 31), Orders: new(20), LastOrder: kam.NewDate(2026, 8, 31)},
			{From: kam.NewDate(2026, 9, 1), To: kam.NewDate(2026, 10, 31), Orders: new(0)},
		}), want: kam.Watch},
		{check: kam.RiskOrderRhythm, name: "silent since, or no customer before", reason: "75 of 160 days are 10.3 %, two others in 25 of 50 are 25 %, and in 25 of 110 are 5.2 %", account: sales([]kam.Period{
			{From: back(99), To: back(50), Orders: new(0)}, {From: back(49), To: asOf, Orders: new(3), LastOrder: back(25)},
		}), asOf: asOf.AddDays(60), want: kam.OutcomeUnknown, needs: []string{"sales/orders", "customerSince"}},
		{check: kam.RiskOrderRhythm, name: "all three doubts", reason: "75 of 160 days are 10.3 %, two others in 35 of 110 are 10.1 %, in 25 of 50 are 25 %, and in 25 of 110 are 5.2 %", account: sales([]kam.Period{
			{From: back(99), To: back(50), Orders: new(0)}, {From: back(49), To: back(26), Orders: new(2), LastOrder: back(40)}, {From: back(25), To: back(15), Orders: new(1)}, {From: back(14), To: asOf, Orders: new(0)},
		}), asOf: asOf.AddDays(60), want: kam.OutcomeUnknown, needs: []string{"sales/lastOrder", "sales/orders", "customerSince"}},
		{check: kam.RiskOrderRhythm, name: "many orders", reason: "0.93 to the 40th is 5.49 %: seven days are long for them", account: sales(hundred(40, 93)), want: kam.Watch},
		{check: kam.RiskOrderRhythm, name: "day unknown", reason: "on the first day of the period it would be 1 of 100 days, on the last 100", account: sales(hundred(40, 0)), want: kam.OutcomeUnknown, needs: []string{"sales/lastOrder"}},
		{
			check: kam.RiskOrderRhythm, name: "day unknown, from day 46", reason: "0.46 cubed is 9.73 %, a first sign, and on the last day nothing is",
			account: sales([]kam.Period{{From: back(99), To: back(55), Orders: new(2), LastOrder: back(60)}, {From: back(54), To: asOf, Orders: new(1)}}), want: kam.OutcomeUnknown, needs: []string{"sales/lastOrder"},
		},
		{
			check: kam.RiskOrderRhythm, name: "day unknown, from day 47", reason: "0.47 cubed is 10.38 %: clear on the first day and on the last",
			account: sales([]kam.Period{{From: back(99), To: back(54), Orders: new(2), LastOrder: back(60)}, {From: back(53), To: asOf, Orders: new(1)}}), want: kam.Clear, edge: true,
		},
		{
			check: kam.RiskOrderRhythm, name: "day unknown, up to day 46", reason: "from 0.1 % to 9.73 %, and the last day decides, since when nobody knows; the first would be at risk",
			account: sales([]kam.Period{{From: back(99), To: back(90), Orders: new(2)}, {From: back(89), To: back(54), Orders: new(1)}, {From: back(53), To: asOf, Orders: new(0)}}), want: kam.Watch, needs: []string{"sales/lastOrder"},
		},
		{
			check: kam.RiskOrderRhythm, name: "day unknown, a customer of three days", reason: "the first order is the earliest day: 2 others in 1 of 3 days, 11.1 %, and in 3 of 3",
			account: since(hundred(3, 0), back(2)), want: kam.Clear,
		},
		{
			check: kam.RiskOrderRhythm, name: "an order before the customer was one", reason: "then it is not new: 3 orders, the last 5 days before the end of 100",
			account: since(hundred(3, 95), back(2)), want: kam.Clear,
		},
		{
			check: kam.RiskOrderRhythm, name: "a customer since the last day", reason: "that is within the window: all three are of that day",
			account: since(hundred(3, 0), asOf), want: kam.Clear,
		},
		{
			check: kam.RiskOrderRhythm, name: "day unknown before a known one", reason: "the later order decides: day 47, and the day of an earlier one does not matter",
			account: sales([]kam.Period{{From: back(99), To: back(60), Orders: new(2)}, {From: back(59), To: asOf, Orders: new(1), LastOrder: back(53)}}), want: kam.Clear,
		},
		{
			check: kam.RiskOrderRhythm, name: "day unknown in an early period", reason: "day 60 of 100: 0.6 to the 5th is 7.78 %; the first would be at risk",
			account: sales([]kam.Period{{From: back(99), To: back(40), Orders: new(5)}, {From: back(39), To: asOf, Orders: new(0)}}), want: kam.Watch, needs: []string{"sales/lastOrder"},
		},
		{
			check: kam.RiskOrderRhythm, name: "an order in a running period", reason: "it ends the silence",
			account: sales([]kam.Period{{From: back(100), To: back(1), Orders: new(3), LastOrder: back(90)}, {From: asOf, To: back(-30), LastOrder: asOf}}), want: kam.Clear, edge: true,
		},
		{
			check: kam.RiskOrderRhythm, name: "orders in a running period", reason: "of which nobody says when they came",
			account: sales([]kam.Period{{From: back(100), To: back(1), Orders: new(3), LastOrder: back(90)}, {From: asOf, To: back(-30), Orders: new(9)}}), want: kam.OutcomeUnknown, needs: []string{"sales/lastOrder"},
		},
		{
			check: kam.RiskOrderRhythm, name: "a running period without orders", reason: "11 of 100 days: 0.13 %",
			account: sales([]kam.Period{{From: back(100), To: back(1), Orders: new(3), LastOrder: back(90)}, {From: asOf, To: back(-30), Orders: new(0)}}), want: kam.AtRisk, since: back(90),
		},
		{
			check: kam.RiskOrderRhythm, name: "an old order in a running period", reason: "four orders in 241 of 327 days, and 85 without one since: 29.5 %",
			account: since([]kam.Period{{From: back(326), To: back(86), Orders: new(3), LastOrder: back(90)}, {From: back(85), To: back(-1), Orders: new(1), LastOrder: back(85)}}, back(999)), want: kam.Clear,
		},
		{
			check: kam.RiskOrderRhythm, name: "an order at the start of a running period", reason: "21 orders in 244 of 328 days: 0.2 %",
			account: since([]kam.Period{{From: back(327), To: back(85), Orders: new(20), LastOrder: back(85)}, {From: back(84), To: back(-1), Orders: new(1), LastOrder: back(84)}}, back(999)), want: kam.AtRisk, since: back(84),
		},
		{
			check: kam.RiskOrderRhythm, name: "an order to come", reason: "it is dated after the day: 11 of 100 days",
			account: sales([]kam.Period{{From: back(100), To: back(1), Orders: new(3), LastOrder: back(90)}, {From: asOf, To: back(-30), LastOrder: back(-1)}}), want: kam.AtRisk, since: back(90),
		},
		{
			check: kam.RiskOrderRhythm, name: "a customer since the first day", reason: "the first order starts the window: 2 others in 31 of 100 days, 9.61 %",
			account: since(hundred(3, 31), back(99)), want: kam.Watch,
		},
		{
			check: kam.RiskOrderRhythm, name: "a new customer", reason: "the first order starts the window of 50 days: 2 others in 16 of them, 10.24 %",
			account: since(hundred(3, 66), back(49)), want: kam.Clear, edge: true,
		},
		{
			check: kam.RiskOrderRhythm, name: "a new customer, a day earlier", reason: "2 others in 15 of 50 days: 9 %",
			account: since(hundred(3, 65), back(49)), want: kam.Watch,
		},
		{
			check: kam.RiskOrderRhythm, name: "days before the first sale", reason: "no period covers days 1 to 50; they were no customer yet, and the window is the last 50 days",
			account: since([]kam.Period{{From: back(149), To: back(100), Orders: new(0)}, {From: back(49), To: asOf, Orders: new(3), LastOrder: back(35)}}, back(49)), want: kam.Watch,
		},
		{
			check: kam.RiskOrderRhythm, name: "a customer of old", reason: "the first order lies before the window: 3 in 47 of 100 days",
			account: since(hundred(3, 47), back(700)), want: kam.Clear, edge: true,
		},
		{
			check: kam.RiskOrderRhythm, name: "a customer since after the window", reason: "that is not new within the window, and the orders recorded in it count: 3 in 37 of 100 days",
			account: since(hundred(3, 37), back(-5)), asOf: back(-10), want: kam.Watch, since: back(63),
		},
		{
			check: kam.RiskOrderRhythm, name: "more than 24 months", reason: "what was sold before them does not count: 3 orders, and not 303, in 320 of 731 days, 8.39 %",
			account: sales([]kam.Period{
				{From: kam.NewDate(2024, 1, 1), To: kam.NewDate(2024, 10, 31), Orders: new(300)},
				{From: kam.NewDate(2024, 11, 1), To: kam.NewDate(2026, 10, 31), Orders: new(3), LastOrder: kam.NewDate(2025, 9, 16)},
			}), want: kam.Watch,
		},
		{check: kam.RiskOrderRhythm, name: "two orders", reason: "they have no rhythm", account: sales(hundred(2, 1)), want: kam.OutcomeUnknown},
		{check: kam.RiskOrderRhythm, name: "orders unknown", reason: "a day of the last one alone has no rhythm", account: sales([]kam.Period{{From: back(99), To: asOf, LastOrder: back(90)}}), want: kam.OutcomeUnknown, needs: []string{"sales/orders"}},
		{
			check: kam.RiskOrderRhythm, name: "a gap", reason: "there may have been orders on the one day that no period covers",
			account: sales([]kam.Period{{From: back(99), To: back(50), Orders: new(9), LastOrder: back(90)}, {From: back(48), To: asOf, Orders: new(0)}}), want: kam.OutcomeUnknown, needs: []string{"sales/to"},
		},
		{check: kam.RiskOrderRhythm, name: "old books", reason: "the last period ended 93 days ago", account: sales(hundred(3, 36)), asOf: asOf.AddDays(93), want: kam.OutcomeUnknown, needs: []string{"sales/to"}},
		{check: kam.RiskOrderRhythm, name: "no orders", reason: "none at all is no rhythm", account: sales(hundred(0, 0)), want: kam.OutcomeUnknown},
		{check: kam.RiskOrderRhythm, name: "no sales", reason: "nothing is known", want: kam.OutcomeUnknown, needs: []string{"sales/orders"}},
	}
}

// The three chances stand in the evidence with their names.
func TestRhythmEvidence(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	p := kam.Period{From: back(239), To: asOf, Orders: new(6), LastOrder: back(90)}
	got := riskOf(t, engine, kam.Account{Sales: []kam.Period{p}}, kam.RiskOrderRhythm, asOf)
	require.Equal(t, kam.Watch, got.Outcome)
	assert.Equal(t, kam.Dec(59605, 4), *got.ByChance)
	assert.Equal(t, []kam.Finding{
		{Evidence: "orders-in-rhythm", Value: "6"},
		{Evidence: "rhythm-days", Value: "240"},
		{Evidence: "last-order", Value: back(90).String()},
		{Evidence: "rhythm-until", Value: "150"},
		{Evidence: "stopped-chance", Value: "11.5088"},
		{Evidence: "no-order-chance", Value: "24.1369"},
		{Evidence: "silence-chance", Condition: "<= 10", Value: "5.9605"},
	}, got.Evidence)
}

// A chance on the line is a finding: half of the days with three orders are 12.5 %.
// On the last day of its period the last order ends the silence, so that its day is
// asked for.
func TestRhythmOnTheLine(t *testing.T) {
	sales := []kam.Period{{From: back(99), To: back(51), Orders: new(2), LastOrder: back(60)}, {From: back(50), To: asOf, Orders: new(1)}}
	half := slices.Clone(sales)
	half[1].LastOrder = back(50)
	for _, tt := range []struct {
		line        kam.Number
		first, half kam.Outcome
	}{
		{kam.Dec(125, 1), kam.OutcomeUnknown, kam.Watch},
		{kam.Dec(124999, 4), kam.Clear, kam.Clear},
	} {
		engine := compiled(t, kam.Policy{Risks: setting(kam.RiskOrderRhythm, kam.RiskSetting{Watch: &tt.line})})
		assert.Equal(t, tt.first, riskOf(t, engine, kam.Account{Sales: sales}, kam.RiskOrderRhythm, asOf).Outcome, tt.line)
		assert.Equal(t, tt.half, riskOf(t, engine, kam.Account{Sales: half}, kam.RiskOrderRhythm, asOf).Outcome, tt.line)
	}
}

// buying is a row of periods that are so many months long from a day on, or weeks where months
// is 0, up to a day. An order of each day from March to August is told as of the period's last
// day of these, unless nobody says when.
func buying(from, to kam.Date, months int, dated bool) (out []kam.Period) {
	for from.Cmp(to) <= 0 {
		p := kam.Period{From: from, To: from.AddDays(6), Orders: new(0)}
		if months > 0 {
			p.To = from.AddMonths(months).AddDays(-1)
		}
		for day := p.From; day.Cmp(p.To) <= 0; day = day.AddDays(1) {
			if m := day.Time().Month(); m >= 3 && m <= 8 {
				if *p.Orders++; dated {
					p.LastOrder = day
				}
			}
		}
		out = append(out, p)
		from = p.To.AddDays(1)
	}
	return out
}

// seasonRows are accounts that buy from March to August, in the silence after it.
func seasonRows() []riskRow {
	on := kam.NewDate
	end := on(2026, 10, 31)
	row := func(name, reason string, want kam.Outcome, sales []kam.Period, since kam.Date, needs ...string) riskRow {
		return riskRow{check: kam.RiskOrderRhythm, name: name, reason: reason, want: want, account: kam.Account{Sales: sales, CustomerSince: since}, asOf: end, needs: needs}
	}
	later := func(r riskRow, days int) riskRow {
		r.asOf = r.asOf.AddDays(days)
		return r
	}
	months := func(change ...func(p *kam.Period)) []kam.Period {
		out := buying(on(2024, 11, 1), end, 1, true)
		for i := range out {
			for _, f := range change {
				f(&out[i])
			}
		}
		return out
	}
	set := func(y, m, orders, day int) func(p *kam.Period) {
		return func(p *kam.Period) {
			if p.From != on(y, 1, 1).AddMonths(m-1) {
				return
			}
			if p.Orders, p.LastOrder = new(orders), (kam.Date{}); day > 0 {
				p.LastOrder = p.From.AddDays(day - 1)
			}
		}
	}
	none := kam.Date{}
	quarters := func(dated bool) []kam.Period { return buying(on(2025, 1, 1), on(2026, 12, 31), 3, dated) }
	thisQuarter := quarters(true)
	thisQuarter[6].LastOrder = none
	earlyQuarter := quarters(false)
	earlyQuarter[2].Orders = new(0)
	weeks := func(dated bool) []kam.Period { return buying(on(2024, 11, 1), on(2026, 10, 26), 0, dated) }
	earlyWeeks := weeks(false)
	for i := range earlyWeeks {
		if p := &earlyWeeks[i]; p.From.Cmp(on(2025, 8, 18)) >= 0 && p.To.Cmp(on(2025, 12, 1)) < 0 {
			p.Orders = new(0)
		}
	}
	oneDay := months()
	oneDay[10].To, oneDay[10].Orders, oneDay[11].From = on(2025, 10, 2), new(3), on(2025, 10, 3)
	untold := months(set(2025, 9, 0, 0), set(2025, 10, 0, 0))
	untold[10].Orders, untold[11].Orders = nil, nil
	year := []kam.Period{
		{From: on(2024, 10, 1), To: on(2024, 10, 31), Orders: new(1), LastOrder: on(2024, 10, 31)},
		{From: on(2024, 11, 1), To: on(2025, 10, 31), Orders: new(99), LastOrder: on(2025, 10, 31)},
		{From: on(2025, 11, 1), To: end, Orders: new(0)},
	}
	var orders []kam.Order
	for day := on(2023, 5, 1); day.Cmp(on(2025, 4, 28)) <= 0; day = day.AddDays(7) {
		orders = append(orders, kam.Order{On: day, Revenue: money("5 EUR")})
	}
	mondays, err := kam.MonthlyPeriods(orders, on(2023, 5, 1), on(2025, 5, 31))
	if err != nil {
		panic(err)
	}
	return []riskRow{
		row("both years", "September and October were as silent", kam.Watch, months(), none),
		{
			check: kam.RiskOrderRhythm, name: "each Monday, and no season", reason: "two days without an order are likely at their rhythm, and were so a year before",
			want: kam.AtRisk, asOf: on(2025, 5, 31), account: kam.Account{Sales: mondays},
		},
		row("both years, of old", "they were a customer before", kam.Watch, months(), on(2019, 5, 1)),
		row("silent now only", "an order in October is in the days of a year before", kam.AtRisk, months(set(2025, 10, 1, 31)), none),
		row("an order a month later", "a season may end later in one year than in another", kam.Watch, months(set(2025, 9, 2, 30), set(2025, 10, 1, 1)), none),
		row("an order more than a month later", "that day is the first one", kam.AtRisk, months(set(2025, 10, 1, 2)), none),
		row("a period that reaches one day into it", "its orders may have come on that day", kam.AtRisk, oneDay, none),
		row("a longer season", "by some days", kam.Watch, months(set(2026, 8, 20, 20)), none),
		row("a season longer by more than a month", "after August 10 there was one a year before", kam.AtRisk, months(set(2026, 7, 20, 10), set(2026, 8, 0, 0)), none),
		row("the same day", "nor was there one after it", kam.Watch, months(set(2025, 8, 20, 20), set(2026, 8, 20, 20)), none),
		row("a shorter season", "the silence is the shorter one", kam.Watch, months(set(2025, 8, 10, 10)), none),
		row("day unknown", "it may be any of August, and more than a month later none came a year before", kam.Watch, months(set(2026, 8, 31, 0)), none),
		row("day unknown, of August without", "it may be any of August, and none came in it a year before", kam.Watch, months(set(2026, 8, 31, 0), set(2025, 8, 0, 0)), none),
		row("day of a year before unknown", "it may have been the last of August, which is near enough", kam.Watch, months(set(2026, 8, 20, 20), set(2025, 8, 20, 0)), none),
		row("days before it untold", "the orders from September 2025 on are told alone", kam.Watch, months()[10:], on(2019, 5, 1)),
		row("partly untold", "of October 2025 nothing is told", kam.AtRisk, months()[12:], on(2019, 5, 1)),
		row("the first month untold", "nothing is asked of it", kam.Watch, months()[11:], on(2019, 5, 1)),
		row("no order before", "who bought first in March 2026 was no customer, as far as one knows", kam.AtRisk, months()[10:], none),
		row("no order before, with all told", "nobody knows that they were one", kam.AtRisk, months(func(p *kam.Period) {
			if p.To.Cmp(on(2025, 12, 1)) < 0 {
				p.Orders, p.LastOrder = new(0), none
			}
		}), none),
		row("a customer within the window", "since June 2025", kam.Watch, months()[7:], on(2025, 6, 1)),
		row("a customer since the last order", "that was before the silence", kam.Watch, months(set(2025, 8, 1, 31))[9:], on(2025, 8, 31)),
		row("a customer since the silence", "they came in it", kam.AtRisk, months(set(2025, 10, 1, 5))[11:], on(2025, 10, 5)),
		row("a customer since its first day", "which was no day before it", kam.AtRisk, months()[10:], on(2025, 10, 2)),
		row("a customer after it", "they were none", kam.AtRisk, months()[10:], on(2026, 3, 1)),
		row("a gap", "there may have been an order in September 2025", kam.OutcomeUnknown, slices.Delete(months(), 10, 11), none, "sales/to"),
		row("orders unknown", "there may have been one in September 2025", kam.OutcomeUnknown, untold, none, "sales/orders"),
		row("untold rows before they were a customer", "they tell of no orders, and others were before", kam.AtRisk, untold, on(2025, 11, 1)),
		row("a year", "the last order is of the days of a year before", kam.AtRisk, year, none),
		later(row("30 days later", "a month takes its time to close", kam.Watch, months(set(2024, 11, 0, 0), set(2025, 11, 3, 3)), none), 30),
		later(row("45 days later", "nobody says whether they bought in November, as they did a year before", kam.AtRisk, months(set(2025, 11, 3, 3)), none), 45),
		later(row("45 days later, silent a year before", "in November there was none then", kam.Watch, months(), none), 45),
		{
			check: kam.RiskOrderRhythm, name: "doubts that the year before settles", reason: "30 orders in 365 of 395 days are 9.35 %, and in 440 0.4 %, and in all of these days none came a year before",
			want: kam.Watch, asOf: on(2026, 8, 14), account: kam.Account{CustomerSince: on(2019, 5, 1), Sales: []kam.Period{
				{From: on(2025, 6, 1), To: on(2025, 12, 31), Orders: new(0)},
				{From: on(2026, 1, 1), To: on(2026, 5, 31), Orders: new(30), LastOrder: on(2026, 5, 31)},
				{From: on(2026, 6, 1), To: on(2026, 6, 30), Orders: new(0)},
			}},
		},
		later(row("quarters", "the last order came on August 31 in both years", kam.Watch, quarters(true), none), 61),
		later(row("quarters, days unknown", "the last order may be of July 1", kam.AtRisk, quarters(false), none), 61),
		later(row("quarters, this day unknown", "after July 1 there were orders a year before", kam.AtRisk, thisQuarter, none), 61),
		later(row("quarters, none in the third", "whichever the day, there were none a year before", kam.Watch, earlyQuarter, none), 61),
		row("weeks", "the last order came on August 31 in both years", kam.Watch, weeks(true), none),
		row("weeks, days unknown", "the last orders may be some days apart", kam.Watch, weeks(false), none),
		row("weeks, of an earlier end", "none came from August 22 on a year before", kam.Watch, earlyWeeks, none),
	}
}

func TestRhythmSeasons(t *testing.T) { checkRows(t, seasonRows()) }

// The evidence tells the days of a year before, and the chance as it is; of a finding that
// these change nothing of they say nothing.
func TestRhythmSeasonEvidence(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	quiet := 0
	for _, row := range seasonRows() {
		got := riskOf(t, engine, row.account, row.check, row.asOf)
		i := slices.IndexFunc(got.Evidence, func(f kam.Finding) bool { return f.Evidence == "orders-year-before" })
		require.Equal(t, row.want == kam.Watch, i >= 0, row.name)
		if i < 0 {
			continue
		}
		quiet++
		require.Equal(t, "0", got.Evidence[i].Value)
		require.Equal(t, kam.Evidence(kam.SignalSilenceChance), got.Evidence[i+1].Evidence)
	}
	require.NotZero(t, quiet)
	got := riskOf(t, engine, seasonRows()[0].account, kam.RiskOrderRhythm, kam.NewDate(2026, 10, 31))
	found := got.Evidence[len(got.Evidence)-2]
	assert.Equal(t, kam.Finding{Evidence: "orders-year-before", Condition: "2025-10-02..2025-10-31", Value: "0"}, found)
	assert.Equal(t, "Orders on the same days a year before: 0 (2025-10-02..2025-10-31)", found.In(kam.English))
	assert.Equal(t, "上年同期订单数：0（2025-10-02 至 2025-10-31）", found.In(kam.Chinese))
	assert.Equal(t, "<= 5", got.Evidence[len(got.Evidence)-1].Condition)
	assert.Equal(t, kam.NewDate(2026, 8, 31), got.Since)
}

// Who is at risk is no less so where a fact of a period before the silence is not told, or a
// period that the year before needs; and none is clear by it.
func TestRhythmSeasonsHidden(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	for _, row := range seasonRows() {
		if row.want < kam.Watch {
			continue
		}
		try := func(what string, a kam.Account) {
			got := riskOf(t, engine, a, row.check, row.asOf)
			require.NotEqual(t, kam.Clear, got.Outcome, "%s without %s", row.name, what)
			require.False(t, row.want == kam.AtRisk && got.Outcome == kam.Watch, "%s without %s: %+v", row.name, what, got)
		}
		a := row.account.Clone()
		a.CustomerSince = kam.Date{}
		try("since", a)
		for i, p := range row.account.Sales {
			a = row.account.Clone()
			a.Sales[i].LastOrder = kam.Date{}
			try("the last order from "+p.From.String(), a)
			a = row.account.Clone()
			a.Sales[i].Orders = nil
			try("the orders from "+p.From.String(), a)
			if i+1 < len(row.account.Sales) { // what is not told of the last month is METHOD.md's
				a.Sales = slices.Delete(a.Sales, i, i+1)
				try("the period from "+p.From.String(), a)
			}
		}
	}
}
