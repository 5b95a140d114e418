package kam_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

func TestInvest(t *testing.T) {
	entries := []kam.Effort{
		{Kind: kam.EffortSalesCalls, On: day(2, 1), Money: money("120.50 EUR")},
		{Kind: kam.EffortTime, On: day(3, 1), Hours: new(kam.Dec(25, 1)), Rate: money("80 EUR")},
		{Kind: kam.EffortTime, On: day(4, 1), Hours: new(kam.Int(2)), Rate: money("80 EUR"), Money: money("9.50 EUR")},
		{Kind: kam.EffortSamples, On: kam.NewDate(2025, 12, 31), Money: money("1000 EUR")}, // before
		{Kind: kam.EffortSamples, On: kam.NewDate(2027, 1, 1), Money: money("1000 EUR")},   // after
	}
	v, err := kam.Invest("acme", entries, day(1, 1), day(12, 31), money("400 EUR"), money("100 EUR"))
	require.NoError(t, err)
	assert.Equal(t, "490.00 EUR", v.CostToServe.String(), "120.50 + 2.5·80 + 2·80 + 9.50")
	assert.Equal(t, "4.5", v.Hours.String())
	assert.Equal(t, "-90.00 EUR", v.Contribution.String())
	assert.True(t, v.Negative)
	assert.Equal(t, "-18.3673", v.Return.String(), "−90 of 490")
	assert.Equal(t, "450.00 EUR", v.OpportunityCost.String())
	assert.Equal(t, []kam.KindCost{
		{Kind: kam.EffortTime, Entries: 2, Cost: *money("369.50 EUR")}, {Kind: kam.EffortSalesCalls, Entries: 1, Cost: *money("120.50 EUR")},
	}, v.Kinds)

	v, err = kam.Invest("acme", nil, day(1, 1), day(12, 31), money("400 EUR"), nil)
	require.NoError(t, err)
	assert.Equal(t, "400.00 EUR", v.Contribution.String())
	assert.Nil(t, v.Return, "there is no return on nothing")
	assert.Nil(t, v.OpportunityCost)
	v, err = kam.Invest("acme", entries, day(1, 1), day(12, 31), nil, nil)
	require.NoError(t, err)
	assert.Nil(t, v.Contribution, "the margin is not known")
	assert.False(t, v.Negative)
}

// recordBegins is an effort that begins the record of the twelve months.
var recordBegins = kam.Effort{Kind: kam.EffortMaterial, On: kam.NewDate(2025, 11, 1), Money: money("0")}

func TestEngineInvest(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{Portfolio: kam.PortfolioRules{HourYield: money("100 EUR")}})
	require.NoError(t, err)
	account := acme
	account.Efforts = []kam.Effort{
		{Kind: kam.EffortSenior, On: kam.NewDate(2026, 10, 31), Hours: new(kam.Int(500)), Rate: money("80 EUR")},
		{Kind: kam.EffortSenior, On: kam.NewDate(2026, 11, 1), Hours: new(kam.Int(500)), Rate: money("80 EUR")},
		recordBegins,
	}
	a, err := engine.Assess(account, asOf)
	require.NoError(t, err)
	v, err := engine.Invest(account, a)
	require.NoError(t, err)
	assert.Equal(t, "40000.00 EUR -4000.00 EUR 50000.00 EUR true", fmt.Sprint(v.CostToServe, " ", v.Contribution, " ", v.OpportunityCost, " ", v.Negative),
		"the twelve months end with October, and the margin of 36,000 does not pay for it")
	account.Sales = months(12, func(int) kam.Period { return revenue("1 EUR") })
	a, err = engine.Assess(account, asOf)
	require.NoError(t, err)
	v, err = engine.Invest(account, a)
	require.NoError(t, err)
	assert.Nil(t, v.Contribution, "the margin is not known")
	_, err = engine.Invest(account, kam.Assessment{Account: account.ID})
	assert.Equal(t, []string{"/sales missing |"}, found(err))
	_, err = engine.Invest(kam.Account{ID: "other"}, a)
	assert.Equal(t, []string{"/account unknown acme|other"}, found(err))
	account.Efforts = nil
	account.Sales = acme.Sales
	a, err = engine.Assess(account, asOf)
	require.NoError(t, err)
	v, err = engine.Invest(account, a)
	require.NoError(t, err)
	assert.Nil(t, v.Contribution, "nobody said that there were no efforts")
	account.Efforts = []kam.Effort{}
	v, err = engine.Invest(account, a)
	require.NoError(t, err)
	require.NotNil(t, v.Contribution)
	assert.Equal(t, "36000.00 EUR", v.Contribution.String())
}

// A rate that does not come out even costs what fits, rounded half to even.
func TestEffortCostIsRounded(t *testing.T) {
	for _, x := range []struct{ hours, rate, want string }{
		{"1.25", "33.333333333333 EUR", "41.666666666666 EUR"}, // …6625
		{"0.5", "0.000000000001 EUR", "0.00 EUR"},
		{"1.5", "0.000000000001 EUR", "0.000000000002 EUR"},
		{"3", "0.333333333333 EUR", "0.999999999999 EUR"},
		{"1.5", "123456.123456789013 EUR", "185184.18518518352 EUR"},   // …3.5195
		{"1.5", "123456.123456789011 EUR", "185184.185185183516 EUR"},  // …3.5165
		{"0.5", "999999999999999999 EUR", "500000000000000000.00 EUR"}, // …999.5
		{"1.1", "999999999999999999 EUR", "money"},
		{"2", "500000000000000000 EUR", "money"},
	} {
		hours, err := kam.ParseNumber(x.hours)
		require.NoError(t, err)
		cost, err := kam.Effort{Kind: kam.EffortTime, Hours: &hours, Rate: money(x.rate)}.Cost()
		if x.want == "money" {
			require.ErrorIs(t, err, kam.CodeMoney, x.hours)
			continue
		}
		require.NoError(t, err, x)
		assert.Equal(t, x.want, cost.String(), "%s of %s", x.hours, x.rate)
	}
}

// The kinds add up to the whole to the last place, and what has more places than the whole has
// room for is rounded with it.
func TestInvestAddsUp(t *testing.T) {
	spent := func(kind kam.EffortKind, m string) kam.Effort {
		return kam.Effort{Kind: kind, On: day(1, 1), Money: money(m)}
	}
	entries := []kam.Effort{
		spent(kam.EffortSamples, "0.000000000001 EUR"), spent(kam.EffortTime, "999999.999999999999 EUR"), spent(kam.EffortTime, "1000000 EUR"),
	}
	for range entries {
		v, err := kam.Invest("a", entries, day(1, 1), day(2, 1), nil, nil)
		require.NoError(t, err)
		assert.Equal(t, "2000000.00 EUR", v.CostToServe.String())
		require.Len(t, v.Kinds, 2)
		assert.Equal(t, "2000000.00 EUR", v.Kinds[0].Cost.String(), "1,999,999.999999999999 has no room beside the other")
		assert.Equal(t, "0.00 EUR", v.Kinds[1].Cost.String())
		assert.Equal(t, 2, v.Kinds[0].Entries)
		entries = append(entries[1:], entries[0])
	}
	v, err := kam.Invest("a", []kam.Effort{spent(kam.EffortTime, "123456789012345678 EUR"), spent(kam.EffortSamples, "0.4 EUR")}, day(1, 1), day(2, 1), nil, nil)
	require.NoError(t, err)
	assert.Equal(t, "123456789012345678.00 EUR", v.CostToServe.String(), "there is no room for a place")
	v, err = kam.Invest("a", []kam.Effort{{Kind: kam.EffortTime, On: day(1, 1), Hours: new(kam.Dec(5, 1)), Rate: money("0.000000000001 EUR")}}, day(1, 1), day(2, 1), nil, nil)
	require.NoError(t, err)
	assert.Equal(t, "0.00 EUR", v.CostToServe.String(), "half a unit of the last place, to the even one")
	third := kam.Effort{Kind: kam.EffortTime, On: day(1, 1), Money: money("1000000.01 EUR"), Hours: new(kam.Dec(3333, 4)), Rate: money("33.333333333 EUR")}
	cost, err := third.Cost()
	require.NoError(t, err)
	assert.Equal(t, "1000011.11999999989 EUR", cost.String(), "and 0.3333 of 33.333333333, which are 11.1099999998889")
	_, err = kam.Invest("a", []kam.Effort{spent(kam.EffortTime, "900000000000000000 EUR"), spent(kam.EffortTime, "900000000000000000 EUR")}, day(1, 1), day(2, 1), nil, nil)
	assert.Equal(t, []string{"/efforts money 1800000000000000000|"}, found(err))

	many := make([]kam.Effort, 100_001)
	for i := range many {
		many[i] = kam.Effort{Kind: kam.EffortTime, On: day(1, 1), Hours: new(kam.Int(1_000_000_000)), Rate: money("0 EUR")}
	}
	_, err = kam.Invest("a", many, day(1, 1), day(2, 1), nil, nil)
	assert.Equal(t, []string{"/efforts/99999/hours number 1000000000|"}, found(err), "more hours than a Number holds, told once")
	last := many[0]
	last.Hours = new(kam.Dec(9_999_999_999_999, 4))
	v, err = kam.Invest("a", append(many[:99_999:99_999], last), day(1, 1), day(2, 1), nil, nil)
	require.NoError(t, err, "all that it holds")
	assert.Equal(t, "99999999999999.9999", v.Hours.String())
}

// Amounts without a currency are in the account's, and the yield of an hour in the policy's.
func TestEngineInvestOfBareAmounts(t *testing.T) {
	account := kam.Account{
		ID: "a", Currency: "EUR", Sales: []kam.Period{year("100", "40")},
		Efforts: []kam.Effort{{Kind: kam.EffortSamples, On: day(5, 5), Money: money("12")}, {Kind: kam.EffortTime, On: day(5, 6), Hours: new(kam.Int(2)), Rate: money("1.5 EUR")}, recordBegins},
	}
	for _, x := range []struct {
		policy kam.Policy
		yield  string
	}{
		{kam.Policy{Portfolio: kam.PortfolioRules{HourYield: money("10 EUR")}}, "20.00 EUR"},
		{kam.Policy{Currency: "EUR", Portfolio: kam.PortfolioRules{HourYield: money("10")}}, "20.00 EUR"},
		{kam.Policy{Currency: "EUR", Rates: map[string]kam.Money{"EUR": *money("1 EUR")}, Portfolio: kam.PortfolioRules{HourYield: money("10")}}, "20.00 EUR"},
		{kam.Policy{Currency: "EUR", Rates: map[string]kam.Money{"USD": *money("0.5 EUR")}, Portfolio: kam.PortfolioRules{HourYield: money("10 USD")}}, "10.00 EUR"},
	} {
		engine := compiled(t, x.policy)
		a, err := engine.Assess(account, asOf)
		require.NoError(t, err)
		v, err := engine.Invest(account, a)
		require.NoError(t, err)
		assert.Equal(t, "15.00 EUR 45.00 EUR "+x.yield, fmt.Sprint(v.CostToServe, v.Contribution, v.OpportunityCost))
	}
	engine := compiled(t, kam.Policy{Currency: "EUR"})
	a, err := engine.Assess(account, asOf)
	require.NoError(t, err)

	bare := compiled(t, kam.Policy{Portfolio: kam.PortfolioRules{HourYield: money("10")}})
	_, err = bare.Invest(account, a)
	assert.Equal(t, []string{"/yield currency-mix 10|EUR"}, found(err), "of a policy in no currency")
	account.Efforts = account.Efforts[:1]
	_, err = bare.Invest(account, a)
	assert.Equal(t, []string{"/yield currency-mix 10|EUR"}, found(err), "whatever those of the account are in")

	other := kam.Account{ID: "b"}
	_, err = engine.Invest(other, a)
	assert.Equal(t, []string{"/account unknown a|b"}, found(err), "of another account it does not matter what is missing")
	other.ID, a.Signals.To = "a", kam.Date{}
	_, err = engine.Invest(other, a)
	assert.Equal(t, []string{"/sales missing |"}, found(err))
}

// Without a currency of the policy the margin decides.
func TestEngineInvestWithoutACurrency(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	account := kam.Account{ID: "a", Sales: []kam.Period{year("100 EUR", "40 EUR")}}
	a, err := engine.Assess(account, asOf)
	require.NoError(t, err)
	account.Efforts = []kam.Effort{{Kind: kam.EffortTime, On: day(5, 5), Money: money("12 USD")}}
	_, err = engine.Invest(account, a)
	assert.Equal(t, []string{"/efforts/0/money currency-mix 12.00 USD|EUR"}, found(err))
}

// Amounts in other currencies count by the policy's rates, as they do in the signals.
func TestEngineInvestConverts(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{
		Currency: "EUR", Rates: map[string]kam.Money{"USD": *money("0.9 EUR"), "JPY": *money("0.006 EUR")}, Portfolio: kam.PortfolioRules{HourYield: money("7")},
	})
	require.NoError(t, err)
	on := kam.NewDate(2026, 3, 1)
	account := acme
	account.Currency = "USD"
	account.Efforts = []kam.Effort{
		{Kind: kam.EffortTime, On: on, Hours: new(kam.Int(10)), Rate: money("100 USD"), Money: money("1000 JPY")},
		{Kind: kam.EffortSamples, On: on, Money: money("50 EUR")},
		{Kind: kam.EffortSamples, On: on, Money: money("20")}, // in the account's own
		{Kind: kam.EffortSenior, On: on, Hours: new(kam.Int(0)), Rate: money("0")},
		recordBegins,
	}
	a, err := engine.Assess(account, asOf)
	require.NoError(t, err)
	before, err := json.Marshal(account)
	require.NoError(t, err)
	v, err := engine.Invest(account, a)
	require.NoError(t, err)
	assert.Equal(t, "974.00 EUR", v.CostToServe.String(), "10·100·0.9 + 1000·0.006 + 50 + 20·0.9")
	assert.Equal(t, "70.00 EUR", v.OpportunityCost.String(), "the yield is in the policy's currency, whatever the account's")
	require.NotNil(t, v.Contribution)
	assert.Equal(t, "35026.00 EUR", v.Contribution.String(), "36,000 less that")
	after, err := json.Marshal(account)
	require.NoError(t, err)
	assert.Equal(t, string(before), string(after), "the account stays as it was")

	bare := account
	bare.Efforts = []kam.Effort{{Kind: kam.EffortTime, On: on, Hours: new(kam.Int(10)), Rate: money("100")}, recordBegins}
	v, err = engine.Invest(bare, a)
	require.NoError(t, err)
	assert.Equal(t, "900.00 EUR 70.00 EUR", fmt.Sprint(v.CostToServe, " ", v.OpportunityCost), "each in its own, where none says in which")

	account.Efforts[1].Money = money("50 GBP")
	account.Efforts[0].Rate = money("100 CHF")
	_, err = engine.Invest(account, a)
	assert.Equal(t, []string{"/efforts/0/rate currency-mix 100.00 CHF|EUR, JPY, USD", "/efforts/1/money currency-mix 50.00 GBP|EUR, JPY, USD"}, found(err))

	listed := compiled(t, kam.Policy{Currency: "EUR", Rates: map[string]kam.Money{"EUR": *money("1 EUR"), "USD": *money("0.9 EUR"), "CHF": *money("1 EUR")}})
	_, err = listed.Invest(account, a)
	assert.Equal(t, []string{"/efforts/0/money currency-mix 1000 JPY|EUR, CHF, USD", "/efforts/1/money currency-mix 50.00 GBP|EUR, CHF, USD"}, found(err), "each once")
	account.Efforts = []kam.Effort{{Kind: kam.EffortTime, On: on, Money: money("900000000000000000 USD")}}
	v, err = engine.Invest(account, a)
	require.NoError(t, err)
	assert.Equal(t, "810000000000000000.00 EUR", v.CostToServe.String())
	high, err := kam.Compile(kam.Policy{Currency: "EUR", Rates: map[string]kam.Money{"USD": *money("1.9 EUR")}})
	require.NoError(t, err)
	_, err = high.Invest(account, a)
	assert.Equal(t, []string{"/efforts/0/money money 900000000000000000.00 USD|"}, found(err))
}

// What is not recorded is no zero: without a record that reaches back to the first day, or
// with hours that nobody put a price on, what came of it is unknown, unless it is a loss as it is.
func TestInvestOfWhatIsNotRecorded(t *testing.T) {
	engine := compiled(t, kam.Policy{Portfolio: kam.PortfolioRules{HourYield: money("100 EUR")}})
	spent := func(on kam.Date, m string) kam.Effort {
		return kam.Effort{Kind: kam.EffortSamples, On: on, Money: money(m)}
	}
	work := kam.Effort{Kind: kam.EffortTime, On: day(5, 5), Hours: new(kam.Int(3))}
	for _, tt := range []struct {
		name    string
		efforts []kam.Effort
		since   kam.Date
		want    string
	}{
		{"nobody said", nil, kam.Date{}, "false 0.00 EUR, 0 h <nil> <nil> false"},
		{"there were none", []kam.Effort{}, kam.Date{}, "true 0.00 EUR, 0 h 60.00 EUR 0.00 EUR false"},
		{"of days to come", []kam.Effort{spent(asOf.AddDays(1), "9 EUR")}, kam.Date{}, "false 0.00 EUR, 0 h <nil> <nil> false"},
		{"after the twelve months", []kam.Effort{spent(day(11, 5), "9 EUR")}, kam.Date{}, "false 0.00 EUR, 0 h <nil> <nil> false"},
		{"from the first day", []kam.Effort{recordBegins, spent(day(10, 5), "9 EUR")}, kam.Date{}, "true 9.00 EUR, 0 h 51.00 EUR 0.00 EUR false"},
		{"from a month after it", []kam.Effort{spent(kam.NewDate(2025, 12, 2), "9 EUR")}, kam.Date{}, "true 9.00 EUR, 0 h 51.00 EUR 0.00 EUR false"},
		{"from more than a month after it", []kam.Effort{spent(kam.NewDate(2025, 12, 3), "9 EUR")}, kam.Date{}, "false 9.00 EUR, 0 h <nil> <nil> false"},
		{"from the first of the customer", []kam.Effort{spent(day(3, 2), "9 EUR")}, day(3, 1), "true 9.00 EUR, 0 h 51.00 EUR 0.00 EUR false"},
		{"a loss as it is", []kam.Effort{spent(day(10, 5), "61 EUR")}, kam.Date{}, "false 61.00 EUR, 0 h <nil> <nil> true"},
		{"a loss, and hours without a rate", []kam.Effort{recordBegins, work, spent(day(10, 5), "61 EUR")}, kam.Date{}, "false 61.00 EUR, 3 h <nil> 300.00 EUR true"},
		{"hours without a rate", []kam.Effort{recordBegins, work}, kam.Date{}, "false 0.00 EUR, 3 h <nil> 300.00 EUR false"},
		{"work without hours", []kam.Effort{recordBegins, {Kind: kam.EffortTime, On: day(5, 5), Money: money("9 EUR")}}, kam.Date{}, "true 9.00 EUR, 0 h 51.00 EUR <nil> false"},
	} {
		account := kam.Account{ID: "a", CustomerSince: tt.since, Sales: []kam.Period{year("100 EUR", "40 EUR")}, Efforts: tt.efforts}
		a, err := engine.Assess(account, asOf)
		require.NoError(t, err, tt.name)
		v, err := engine.Invest(account, a)
		require.NoError(t, err, tt.name)
		assert.Equal(t, tt.want, fmt.Sprint(v.Complete, " ", v.CostToServe, ", ", v.Hours, " h ", v.Contribution, " ", v.OpportunityCost, " ", v.Negative), tt.name)
		outcome := a.Risks.Outcome(kam.RiskProfitNegative)
		assert.Equal(t, v.Negative, outcome == kam.AtRisk, "as the check says: "+tt.name)
		assert.Equal(t, v.Contribution != nil && !v.Negative, outcome == kam.Clear, "as the check says: "+tt.name)
	}
	v, err := kam.Invest("a", []kam.Effort{recordBegins, work}, recordBegins.On, asOf, nil, nil)
	require.NoError(t, err)
	assert.Equal(t, []kam.KindCost{{Kind: kam.EffortTime, Entries: 1, Unknown: 1}, {Kind: kam.EffortMaterial, Entries: 1}}, v.Kinds)
}

// The margin, the yield and the costs are in one currency, whichever of them there are.
func TestInvestInOneCurrency(t *testing.T) {
	hours := []kam.Effort{{Kind: kam.EffortTime, On: day(1, 1), Hours: new(kam.Int(3)), Rate: money("10 EUR")}}
	for _, tt := range []struct {
		efforts       []kam.Effort
		margin, yield *kam.Money
		want          []string
	}{
		{hours, money("100 EUR"), money("50 USD"), []string{"/yield currency-mix 50.00 USD|EUR"}},
		{nil, money("100 EUR"), money("50 USD"), []string{"/yield currency-mix 50.00 USD|EUR"}},
		{hours, money("100 USD"), nil, []string{"/margin currency-mix 100.00 USD|EUR"}},
		{hours, nil, money("-50 EUR"), []string{"/yield range -50.00 EUR|>= 0"}},
		{hours, nil, money("50 USD"), []string{"/yield currency-mix 50.00 USD|EUR"}},
		{
			[]kam.Effort{{Kind: kam.EffortSamples, On: day(1, 1), Money: money("900000000000000000 EUR")}},
			money("-900000000000000000 EUR"), nil,
			[]string{"/margin money -900000000000000000.00 EUR|900000000000000000.00 EUR"},
		},
		{nil, money("100"), money("50 EUR"), []string{"/yield currency-mix 50.00 EUR|"}},
		{[]kam.Effort{{Kind: kam.EffortTime, On: day(1, 1), Hours: new(kam.Int(3))}}, money("100"), money("50 EUR"), []string{"/yield currency-mix 50.00 EUR|"}},
	} {
		_, err := kam.Invest("a", tt.efforts, day(1, 1), day(1, 1), tt.margin, tt.yield)
		assert.Equal(t, tt.want, found(err))
	}
	// A cost of many places leaves a contribution of as many as there is room for.
	v, err := kam.Invest("a", []kam.Effort{{Kind: kam.EffortSamples, On: day(1, 1), Money: money("0.619631901825 EUR")}}, day(1, 1), day(1, 1), money("5999520 EUR"), nil)
	require.NoError(t, err)
	assert.Equal(t, "5999519.38036809818 EUR", v.Contribution.String(), "5999519.380368098175, half to even")
}

func TestInvestRefusesDays(t *testing.T) {
	_, err := kam.Invest("acme", nil, day(2, 1), day(1, 31), nil, nil)
	assert.Equal(t, []string{"/to order 2026-01-31|>= 2026-02-01"}, found(err))
	_, err = kam.Invest("acme", nil, kam.Date{}, kam.NewDate(2026, 2, 30), nil, nil)
	assert.Equal(t, []string{"/from missing |", "/to date invalid|"}, found(err))
}

func TestInvestRefuses(t *testing.T) {
	_, err := kam.Invest("acme", []kam.Effort{
		{Kind: kam.EffortTime, On: day(1, 1), Money: money("1 EUR")},
		{Kind: kam.EffortTime, On: day(1, 1), Money: money("1 USD")},
		{On: kam.NewDate(2026, 2, 30), Hours: new(kam.Int(1))},
		{Kind: kam.EffortTime, Money: money("-1 EUR")},
		{Kind: kam.EffortTime, On: day(1, 1)},
		{Kind: kam.EffortTime, On: day(1, 1), Money: money("1 EUR"), Hours: new(kam.Int(1)), Rate: money("1 USD")},
		{Kind: kam.EffortTime, On: day(1, 1), Hours: new(kam.Int(99999)), Rate: money("99999999999999999 EUR")},
		{Kind: kam.EffortTime, On: day(1, 1), Hours: new(kam.Int(-1)), Rate: money("1 EUR")},
		{Kind: kam.EffortTime, On: day(1, 1), Money: money("1 USD")}, // still not the first one's
	}, day(1, 1), day(12, 31), nil, nil)
	_, bare := kam.Invest("acme", []kam.Effort{
		{Kind: kam.EffortTime, On: day(1, 1), Money: money("1 EUR")}, {Kind: kam.EffortTime, On: day(1, 1), Money: money("0")}, {Kind: kam.EffortTime, On: day(1, 1), Money: money("1 USD")},
	}, day(1, 1), day(2, 1), nil, nil)
	assert.Equal(t, []string{"/efforts/2 currency-mix 1.00 USD|EUR"}, found(bare), "nothing in no currency between the two changes nothing")
	words := "time, sales-calls, marketing, proposals, technical, senior, material, samples, demonstrations, opportunity, reputation"
	assert.Equal(t, []string{
		"/efforts/1 currency-mix 1.00 USD|EUR",
		"/efforts/2/kind enum unknown|" + words, "/efforts/2/on date invalid|",
		"/efforts/3/on missing |", "/efforts/3/money range -1.00 EUR|>= 0",
		"/efforts/4/money missing |",
		"/efforts/5 currency-mix 1.00 USD|EUR",
		"/efforts/6 money 99999999999999999.00 EUR|",
		"/efforts/7/hours range -1|0..1000000000",
		"/efforts/8 currency-mix 1.00 USD|EUR",
	}, found(err))
	_, err = kam.Effort{Kind: kam.EffortTime}.Cost()
	require.ErrorIs(t, err, kam.CodeMissing)
	_, err = kam.Invest("acme", []kam.Effort{{Kind: kam.EffortTime, On: day(1, 1), Money: money("1 EUR")}}, day(1, 1), day(2, 1), money("1 USD"), nil)
	require.ErrorIs(t, err, kam.CodeCurrencyMix)
	_, err = kam.Invest("acme", []kam.Effort{{Kind: kam.EffortTime, On: day(1, 1), Hours: new(kam.Int(1_000_000)), Rate: money("0 EUR")}}, day(1, 1), day(2, 1), nil, money("1000000000000 EUR"))
	assert.Equal(t, []string{"/yield money 1000000000000.00 EUR|"}, found(err), "a million hours at ten to the 12 are ten to the 18")
	assert.Equal(t, []string{"/efforts/0/money missing |"}, found(kam.Account{ID: "x", Efforts: []kam.Effort{{Kind: kam.EffortTime, On: day(1, 1)}}}.Validate()))
	_, err = kam.Effort{Kind: kam.EffortTime, Hours: new(kam.Int(1)), Money: money("1 EUR")}.Cost()
	require.ErrorIs(t, err, kam.CodeMissing, "hours cost nothing that is known without a rate")
	_, err = kam.Invest("acme", []kam.Effort{
		{Kind: kam.EffortReputation + 1, On: day(1, 1), Hours: new(kam.Int(1)), Rate: money("-1 EUR"), Note: "a\x00"},
	}, day(1, 1), day(2, 1), money("1 USD"), nil)
	assert.Equal(t, []string{
		"/efforts/0/kind enum EffortKind(12)|" + words, "/efforts/0/rate range -1.00 EUR|>= 0", `/efforts/0/note encoding '\x00'|`,
	}, found(err), "what is wrong is not added up")
	_, err = kam.Invest("acme", []kam.Effort{
		{Kind: kam.EffortTime, On: day(1, 1), Money: money("1 EUR")}, {Kind: kam.EffortTime, On: day(1, 1), Money: money("-1 EUR")},
	}, day(1, 1), day(2, 1), money("1 USD"), nil)
	assert.Equal(t, []string{"/efforts/1/money range -1.00 EUR|>= 0"}, found(err), "nor compared with the margin")
	v, err := kam.Invest("acme", []kam.Effort{{Kind: kam.EffortTime, On: day(1, 1), Money: money("1 EUR")}}, day(1, 1), day(2, 1), money("1 EUR"), nil)
	require.NoError(t, err)
	assert.False(t, v.Negative, "just nothing is left")
	v, err = kam.Invest("acme", []kam.Effort{{Kind: kam.EffortTime, On: day(1, 1), Money: money("0.0001 EUR")}}, day(1, 1), day(2, 1), money("1000000000000 EUR"), nil)
	require.NoError(t, err)
	assert.Nil(t, v.Return, "10 to the 18 percent are no Number")
	assert.Equal(t, "Samples", kam.EffortSamples.Label().EN)
	assert.Equal(t, "EffortKind(99)", kam.EffortKind(99).Label().EN)
}

// Totals reconcile to the entries to the last minor unit, in currencies of 0,
// 2 and 3 places.
func TestInvestReconciles(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	for _, code := range []string{"JPY", "EUR", "KWD"} {
		for range 200 {
			var entries []kam.Effort
			want := decimal.Zero
			for range r.IntN(40) {
				m, err := kam.Minor(r.Int64N(1_000_000), code)
				require.NoError(t, err)
				e := kam.Effort{Kind: kam.EffortKind(1 + r.IntN(11)), On: day(1+r.IntN(12), 1), Money: &m}
				want = want.Add(m.Amount())
				if r.IntN(2) == 0 {
					rate, err := kam.Minor(r.Int64N(100_000), code)
					require.NoError(t, err)
					hours := kam.Dec(r.Int64N(400)*25, 2)
					e.Hours, e.Rate = &hours, &rate
					want = want.Add(rate.Amount().Mul(hours.Decimal()))
				}
				entries = append(entries, e)
			}
			v, err := kam.Invest("x", entries, day(1, 1), day(12, 31), nil, nil)
			require.NoError(t, err)
			require.True(t, v.CostToServe.Amount().Equal(want))
			sum := kam.Money{}
			for _, k := range v.Kinds {
				sum, err = sum.Add(k.Cost)
				require.NoError(t, err)
			}
			require.Equal(t, v.CostToServe.Amount().String(), sum.Amount().String())
		}
	}
}

func TestOpportunity(t *testing.T) {
	s, err := kam.Opportunity{
		Volume: money("100000 EUR"), Confidence: new(kam.Int(80)), Rivals: new(kam.Int(60)), Winnable: new(kam.Dec(333, 1)),
		Revenue: money("20000 EUR"), Margin: new(kam.Int(22)), Target: new(kam.Int(30)), Standard: new(kam.Int(20)),
	}.Size()
	require.NoError(t, err)
	assert.Equal(t, "80000.00 EUR 60000.00 EUR 33300.00 EUR 26640.00 EUR", fmt.Sprint(s.Sure, " ", s.Rivals, " ", s.Winnable, " ", s.Expected))
	assert.Equal(t, "-8 1600.00 EUR 2 0.00 EUR", fmt.Sprint(s.TargetGap, " ", s.TargetWorth, " ", s.StandardGap, " ", s.StandardWorth))

	s, err = kam.Opportunity{Volume: money("333 JPY"), Confidence: new(kam.Int(50)), Winnable: new(kam.Int(50)), Margin: new(kam.Int(1)), Target: new(kam.Int(2))}.Size()
	require.NoError(t, err)
	assert.Equal(t, "166 JPY 83 JPY", fmt.Sprint(s.Sure, " ", s.Expected), "166.5 to the even yen, and 83.25 rounded once")
	assert.Nil(t, s.TargetWorth, "the revenue is not known")
	assert.Nil(t, s.StandardGap)

	s, err = kam.Opportunity{Volume: money("0.05"), Confidence: new(kam.Int(50)), Rivals: new(kam.Int(30)), Winnable: new(kam.Int(100))}.Size()
	require.NoError(t, err)
	assert.Equal(t, "0.02 0.02 0.05 0.02", fmt.Sprint(s.Sure, " ", s.Rivals, " ", s.Winnable, " ", s.Expected), "two places without a currency: 0.025 to the even one, 0.015 too")

	s, err = kam.Opportunity{
		Revenue: money("0.01 EUR"), Margin: new(kam.Int(-1000)), Target: new(kam.Int(1000)), Standard: new(kam.Int(-1000)),
	}.Size()
	require.NoError(t, err)
	assert.Equal(t, "0.20 EUR 0 0.00 EUR", fmt.Sprint(s.TargetWorth, " ", s.StandardGap, " ", s.StandardWorth), "2000 percent of a cent")
	s, err = kam.Opportunity{Revenue: money("-10 EUR"), Margin: new(kam.Int(1)), Target: new(kam.Int(2))}.Size()
	require.NoError(t, err)
	assert.Equal(t, "-1 0.00 EUR", fmt.Sprint(s.TargetGap, " ", s.TargetWorth), "more was returned than sold: nothing to gain")
	s, err = kam.Opportunity{Volume: money("100 EUR"), Winnable: new(kam.Int(50))}.Size()
	require.NoError(t, err)
	assert.Equal(t, kam.PotentialSize{Winnable: money("50 EUR")}, s, "how sure it is nobody has said, which is not that nothing is sure")
	s, err = kam.Opportunity{Confidence: new(kam.Int(100)), Rivals: new(kam.Int(5)), Winnable: new(kam.Int(50))}.Size()
	require.NoError(t, err)
	assert.Equal(t, kam.PotentialSize{}, s, "shares of nobody knows what")
	_, err = kam.Opportunity{
		Revenue: money("1 EUX"), Margin: new(kam.Dec(10_000_001, 4)), Target: new(kam.Dec(-10_000_001, 4)),
	}.Size()
	assert.Equal(t, []string{"/revenue currency EUX|", "/margin range 1000.0001|-1000..1000", "/target range -1000.0001|-1000..1000"}, found(err))
	_, err = kam.Opportunity{
		Volume: money("-1 EUR"), Revenue: money("99999999999999999 EUR"), Margin: new(kam.Int(-1000)), Target: new(kam.Int(1000)),
	}.Size()
	assert.Equal(t, []string{"/volume range -1.00 EUR|>= 0"}, found(err), "nothing is computed of what is wrong")

	_, err = kam.Opportunity{
		Revenue: money("99999999999999999 EUR"), Margin: new(kam.Int(-1000)), Target: new(kam.Int(1000)), Standard: new(kam.Int(-1000)),
	}.Size()
	assert.Equal(t, []string{"/revenue money 99999999999999999.00 EUR|"}, found(err), "twenty times of it is more than Money holds")

	_, err = kam.Opportunity{
		Volume: money("-1 EUR"), Confidence: new(kam.Int(101)), Rivals: new(kam.Int(-1)), Winnable: new(kam.Int(101)), Margin: new(kam.Int(2000)),
	}.Size()
	assert.Equal(t, []string{
		"/volume range -1.00 EUR|>= 0", "/confidence range 101|0..100", "/rivals range -1|0..100", "/winnable range 101|0..100", "/margin range 2000|-1000..1000",
	}, found(err))
}

func TestWhiteSpace(t *testing.T) {
	w, err := kam.MapWhiteSpace([]kam.WhiteCell{
		{Line: "pumps", Unit: "north", Bought: kam.Yes, Potential: money("100 EUR"), Current: money("60 EUR")},
		{Line: "valves", Unit: "south", Bought: kam.No, Potential: money("40 EUR")},
		{Line: "pumps", Unit: "south", Bought: kam.Yes, Current: money("5.25 EUR")},
	})
	require.NoError(t, err)
	assert.Equal(t, []string{"pumps", "valves"}, w.Lines)
	assert.Equal(t, []string{"north", "south"}, w.Units)
	assert.Equal(t, kam.WhiteCell{Line: "valves", Unit: "north"}, w.Cells[1][0], "what was not given is unknown")
	// What is open: 40 of the pumps in the north, all 40 of the valves that the south does not
	// buy; of the pumps in the south and the valves in the north nobody has said.
	assert.Equal(t, kam.WhiteSum{
		Bought: 2, NotBought: 1, Unknown: 1, Potential: money("140 EUR"), PotentialUnknown: 2, Current: money("65.25 EUR"), CurrentUnknown: 1,
		Open: money("80 EUR"), OpenUnknown: 2,
	}, w.Total)
	assert.Equal(t, []kam.WhiteSum{
		{Bought: 2, Potential: money("100 EUR"), PotentialUnknown: 1, Current: money("65.25 EUR"), Open: money("40 EUR"), OpenUnknown: 1},
		{NotBought: 1, Unknown: 1, Potential: money("40 EUR"), PotentialUnknown: 1, CurrentUnknown: 1, Open: money("40 EUR"), OpenUnknown: 1},
	}, w.ByLine)
	assert.Equal(t, []kam.WhiteSum{
		{Bought: 1, Unknown: 1, Potential: money("100 EUR"), PotentialUnknown: 1, Current: money("60 EUR"), CurrentUnknown: 1, Open: money("40 EUR"), OpenUnknown: 1},
		{Bought: 1, NotBought: 1, Potential: money("40 EUR"), PotentialUnknown: 1, Current: money("5.25 EUR"), Open: money("40 EUR"), OpenUnknown: 1},
	}, w.ByUnit)
	w, err = kam.MapWhiteSpace([]kam.WhiteCell{
		{Line: "pumps", Unit: "north", Potential: money("10 EUR"), Current: money("12 EUR")},
		{Line: "seals", Unit: "north", Bought: kam.Yes, Current: money("10000.50 EUR")},
	})
	require.NoError(t, err)
	assert.Equal(t, []kam.WhiteSum{
		{Unknown: 1, Potential: money("10 EUR"), Current: money("12 EUR"), Open: money("0 EUR")},
		{Bought: 1, PotentialUnknown: 1, Current: money("10000.50 EUR"), OpenUnknown: 1},
	}, w.ByLine, "nothing is open where they buy more than they could, and a potential that nobody has told is none")
	_, err = kam.MapWhiteSpace([]kam.WhiteCell{
		{Line: "pumps", Unit: "north", Bought: kam.No, Current: money("0.01 EUR")},
		{Line: "seals", Unit: "north", Bought: kam.No, Current: money("0 EUR")},
	})
	assert.Equal(t, []string{"/0/current range 0.01 EUR|0"}, found(err), "they buy it or they do not")
	_, err = kam.MapWhiteSpace([]kam.WhiteCell{
		{Line: "a", Unit: "b", Potential: money("1 EUR")},
		{Line: "a", Unit: "b"},
		{Unit: "b", Bought: 9},
		{Line: "a", Unit: "c", Current: money("-1 EUR")},
		{Line: "a", Unit: "d", Potential: money("1 USD")},
	})
	assert.Equal(t, []string{
		"/1 duplicate a, b|", "/2/line missing |", "/2/bought enum Verdict(9)|unknown, yes, no", "/3/current range -1.00 EUR|>= 0", "/4/potential currency-mix 1.00 USD|EUR",
	}, found(err))
	_, err = kam.MapWhiteSpace([]kam.WhiteCell{
		{Line: "a", Unit: "b", Current: money("1 EUR")},
		{Line: "a", Unit: "c", Current: money("1 USD")},
		{Line: "a", Unit: "d", Potential: money("1 USD")},
		{Line: "a", Unit: "e", Potential: money("1 EUR"), Current: money("1 CHF")},
		{Line: "a", Unit: "f", Potential: money("2 EUR"), Current: money("1 EUR")},
	})
	assert.Equal(t, []string{"/1/current currency-mix 1.00 USD|EUR", "/2/potential currency-mix 1.00 USD|EUR", "/3/current currency-mix 1.00 CHF|EUR"}, found(err), "potential and current are in one currency, too")
	_, err = kam.MapWhiteSpace([]kam.WhiteCell{
		{Line: "a"},
		{Line: "a", Unit: "b", Potential: money("-1 EUR")},
		{Line: "a", Unit: "b", Potential: money("1 EUR")},
		{Line: "a", Unit: "b", Potential: money("1 USD")},
	})
	assert.Equal(t, []string{"/0/unit missing |", "/1/potential range -1.00 EUR|>= 0", "/3 duplicate a, b|"}, found(err), "a cell that is refused takes no place, and one given twice is not added")
	_, err = kam.MapWhiteSpace([]kam.WhiteCell{
		{Line: "A", Unit: "y", Potential: money("999999.999999999999 EUR")},
		{Line: "B", Unit: "x", Potential: money("0.000000000001 EUR")},
		{Line: "A", Unit: "x", Potential: money("1000000 EUR")},
	})
	require.ErrorIs(t, err, kam.CodeMoney, "a sum of more digits than Money has is no sum")
	assert.Equal(t, []string{
		"/2/potential money 1000000.00 EUR|999999.999999999999 EUR", "/2/potential money 1000000.00 EUR|999999.999999999999 EUR", "/1/potential money 0.000000000001 EUR|1000000.00 EUR",
	}, found(err), "of the line, of all, and of the unit, each once")
	_, err = kam.MapWhiteSpace([]kam.WhiteCell{
		{Line: "A", Unit: "x", Bought: kam.No, Potential: money("999999999999999999 EUR")}, {Line: "A", Unit: "y", Bought: kam.No, Potential: money("1 EUR")},
	})
	assert.Equal(t, []string{"/1/potential money 1.00 EUR|999999999999999999.00 EUR"}, found(err), "and not once more for what is open")
	const lines = 317 // and as many units: the table is full at 316
	var diagonal []kam.WhiteCell
	for i := range lines {
		diagonal = append(diagonal, kam.WhiteCell{Line: fmt.Sprint("line", i), Unit: fmt.Sprint("unit", i)})
	}
	_, err = kam.MapWhiteSpace(diagonal)
	assert.Equal(t, []string{" too-large 317 lines, 317 units|<= 100000"}, found(err), "the table has cells that nobody gave")
	w, err = kam.MapWhiteSpace(diagonal[1:])
	require.NoError(t, err)
	assert.Equal(t, 316*316, w.Total.Unknown)
	for i := range 100_001 - lines {
		diagonal = append(diagonal, kam.WhiteCell{Line: fmt.Sprint("more", i)})
	}
	for i := range diagonal {
		diagonal[i].Unit = "one"
	}
	_, err = kam.MapWhiteSpace(diagonal)
	assert.Equal(t, []string{" too-large 100001 lines, 1 units|<= 100000"}, found(err))
	_, err = kam.MapWhiteSpace(diagonal[1:])
	require.NoError(t, err)
}

// The portfolio: who is a key account and why. Ranks go by the lower end of
// the selection index, so the little that is known of the lead counts more
// than what is not known of the customer.
func ExampleEngine_Portfolio() {
	engine, _ := kam.Compile(kam.Policy{})
	p, err := engine.Portfolio(func(yield func(kam.Account, error) bool) {
		_ = yield(acme, nil) && yield(kam.Account{ID: "lead", Judgements: map[kam.Evidence]kam.Judgement{"served": {Verdict: kam.No}}}, nil)
	}, asOf)
	for _, m := range p.Members {
		fmt.Println(m.Rank, m.Account, m.Tier, "key account:", m.Key)
		for _, t := range m.Tests {
			fmt.Println("  ", t.Test, t.Passed)
		}
	}
	fmt.Println(p.Revenue.Known, p.RevenueConcentration.Top1, err)
	// Output:
	// 1 acme regular key account: unknown
	//    loss yes
	//    revenue-share yes
	//    relationship unknown
	//    potential unknown
	//    strategic unknown
	// 2 lead prospect key account: no
	//    loss unknown
	//    revenue-share unknown
	//    relationship no
	//    potential unknown
	//    strategic unknown
	// 120000.00 EUR 100 <nil>
}

// What would be left without the accounts of one owner.
func ExamplePortfolio_Without() {
	engine, _ := kam.Compile(kam.Policy{})
	p, _ := engine.Portfolio(func(yield func(kam.Account, error) bool) {
		a, b := acme, acme
		b.ID, b.Owner, b.Sales = "bolt", "Ann", []kam.Period{year("30000 EUR", "20000 EUR")}
		_ = yield(a, nil) && yield(b, nil)
	}, asOf)
	w, err := p.Without(func(m kam.Member) bool { return m.Owner == "Ann" })
	fmt.Println(w.Without, w.Revenue.Known, "a loss of", w.RevenueLoss, "percent", err)
	// Output: [bolt] 120000.00 EUR a loss of 20 percent <nil>
}

// What an account costs beside its direct cost, against its margin of the same twelve months.
func ExampleEngine_Invest() {
	engine, _ := kam.Compile(kam.Policy{Currency: "EUR", Rates: map[string]kam.Money{"USD": *money("0.9 EUR")}})
	account := acme
	account.Efforts = []kam.Effort{
		{Kind: kam.EffortTime, On: kam.NewDate(2025, 11, 20), Hours: new(kam.Int(120)), Rate: money("80 EUR")},
		{Kind: kam.EffortSalesCalls, On: kam.NewDate(2026, 5, 20), Money: money("1500 USD")},
	}
	a, _ := engine.Assess(account, asOf)
	v, err := engine.Invest(account, a)
	for _, k := range v.Kinds {
		fmt.Println(k.Kind, k.Cost)
	}
	fmt.Println("cost to serve", v.CostToServe, "leaves", v.Contribution, "a return of", v.Return, "percent", err)
	// Output:
	// time 9600.00 EUR
	// sales-calls 1350.00 EUR
	// cost to serve 10950.00 EUR leaves 25050.00 EUR a return of 228.7671 percent <nil>
}

// Members of assessments that were kept, ranked without assessing again.
func ExampleEngine_Rank() {
	engine, _ := kam.Compile(kam.Policy{})
	kept, _ := engine.Assess(acme, asOf)
	m, _ := kam.NewMember(acme, kept)
	p, err := engine.Rank([]kam.Member{m, {Account: "lead", Revenue: money("30000 EUR")}}, asOf)
	for _, m := range p.Members {
		fmt.Println(m.Rank, m.Account, m.Class, m.Revenue)
	}
	fmt.Println(p.Revenue.Known, err)
	// Output:
	// 1 acme A 120000.00 EUR
	// 2 lead C 30000.00 EUR
	// 150000.00 EUR <nil>
}

// Two small customers that belong to one, and are lost together.
func ExamplePortfolio_Groups() {
	engine, _ := kam.Compile(kam.Policy{})
	p, _ := engine.Portfolio(func(yield func(kam.Account, error) bool) {
		north, south := acme, acme
		north.ID, north.Parent, north.Sales = "north", "holding", []kam.Period{year("90000 EUR", "60000 EUR")}
		south.ID, south.Parent, south.Sales = "south", "holding", []kam.Period{year("90000 EUR", "60000 EUR")}
		_ = yield(acme, nil) && yield(north, nil) && yield(south, nil)
	}, asOf)
	groups, err := p.Groups()
	for _, g := range groups.Groups {
		fmt.Println(g.Top, g.Accounts, g.Revenue.Known, g.RevenueShare, "percent")
	}
	fmt.Println("the largest account", p.RevenueConcentration.Top1, "and the largest group", groups.RevenueConcentration.Top1, err)
	// Output:
	// holding [north south] 180000.00 EUR 60 percent
	// acme [acme] 120000.00 EUR 40 percent
	// the largest account 40 and the largest group 60 <nil>
}

// A budget of hours, given out to the last quarter of an hour.
func ExampleEngine_PlanTime() {
	engine, _ := kam.Compile(kam.Policy{Portfolio: kam.PortfolioRules{Pyramid: kam.PyramidRules{Capacity: 1}}})
	p, _ := engine.Portfolio(func(yield func(kam.Account, error) bool) {
		for i := range 3 {
			if !yield(kam.Account{ID: fmt.Sprint("r", i), Judgements: map[kam.Evidence]kam.Judgement{"served": {Verdict: kam.Yes}}}, nil) {
				return
			}
		}
	}, asOf)
	plan, err := engine.PlanTime(p, kam.Int(10), kam.TimeRules{}, nil)
	for _, a := range plan.Accounts {
		fmt.Println(a.Account, a.Hours)
	}
	fmt.Println(err)
	// Output:
	// r0 3.5
	// r1 3.25
	// r2 3.25
	// <nil>
}

// What serving an account costs, and what is left.
func ExampleInvest() {
	v, err := kam.Invest("acme", []kam.Effort{
		{Kind: kam.EffortSalesCalls, On: kam.NewDate(2026, 3, 1), Money: money("800 EUR")},
		{Kind: kam.EffortTechnical, On: kam.NewDate(2026, 5, 1), Hours: new(kam.Int(40)), Rate: money("90 EUR")},
	}, kam.NewDate(2026, 1, 1), kam.NewDate(2026, 12, 31), money("36000 EUR"), money("120 EUR"))
	fmt.Println(v.CostToServe, "leaves", v.Contribution, "and the hours could have brought", v.OpportunityCost, err)
	// Output: 4400.00 EUR leaves 31600.00 EUR and the hours could have brought 4800.00 EUR <nil>
}

// The potential in money.
func ExampleOpportunity_Size() {
	s, err := kam.Opportunity{
		Volume: money("250000 EUR"), Confidence: new(kam.Int(70)), Rivals: new(kam.Int(60)), Winnable: new(kam.Int(30)),
		Revenue: money("50000 EUR"), Margin: new(kam.Int(24)), Target: new(kam.Int(30)),
	}.Size()
	fmt.Println("winnable", s.Winnable, "expected", s.Expected, "closing the gap to our target is worth", s.TargetWorth, err)
	// Output: winnable 75000.00 EUR expected 52500.00 EUR closing the gap to our target is worth 3000.00 EUR <nil>
}

// The whitespace map: what they could buy, and do not.
func ExampleMapWhiteSpace() {
	w, err := kam.MapWhiteSpace([]kam.WhiteCell{
		{Line: "pumps", Unit: "north", Bought: kam.Yes, Potential: money("100 EUR"), Current: money("60 EUR")},
		{Line: "valves", Unit: "north", Bought: kam.No, Potential: money("40 EUR")},
	})
	fmt.Println(w.Total.Current, "of", w.Total.Potential, "not bought:", w.Total.NotBought, err)
	// Output: 60.00 EUR of 140.00 EUR not bought: 1 <nil>
}

func TestCostOfNoNumber(t *testing.T) {
	_, err := kam.Effort{Kind: kam.EffortTime, Hours: new(kam.Dec(1, 1000)), Rate: money("5 EUR")}.Cost()
	require.ErrorIs(t, err, kam.CodeNumber)
}
