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
