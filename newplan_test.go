package kam_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// draftAccount sells by month, from January 2025 to October 2026, as much as
// the number of the month.
func draftAccount() kam.Account {
	a := kam.Account{ID: "x", Owner: "Ann", Currency: "EUR"}
	for i := range 22 {
		from := kam.NewDate(2025, 1, 1).AddMonths(i)
		a.Sales = append(a.Sales, kam.Period{From: from, To: from.AddMonths(1).AddDays(-1), Revenue: money(kam.Int(i%12+1).String() + " EUR")})
	}
	return a
}

// A draft is in the currency of the sales, whether or not the account names one.
func TestDraftKeepsTheCurrency(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	a := draftAccount()
	a.Currency = ""
	p, err := engine.NewPlan(a, asOf, kam.NewDate(2027, 1, 1), kam.NewDate(2027, 12, 31), kam.FiscalYear{})
	require.NoError(t, err)
	assert.Equal(t, "6.00 EUR", p.Forecast[0].Amount.String())
	_, err = engine.Progress(p, a, asOf)
	require.NoError(t, err)
}

func TestNewPlan(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	a := draftAccount()
	a.Contacts = []kam.Contact{
		{ID: "gone", Influence: kam.High, Until: asOf.AddDays(-1)},
		{ID: "key", Name: "Jo", Roles: []kam.Role{kam.Approver}, Personality: "dry", Priorities: []string{"cost"}, Attitude: kam.AttitudeSceptic},
		{ID: "other"},
	}
	p, err := engine.NewPlan(a, asOf, kam.NewDate(2027, 1, 15), kam.NewDate(2027, 12, 31), kam.FiscalYear{Start: 2})
	require.NoError(t, err)
	assert.Equal(t, []kam.KeyContact{{Contact: "key", Name: "Jo", Personality: "dry", Priorities: []string{"cost"}, Stance: kam.AttitudeSceptic}}, p.Situation.Contacts)
	var forecast []string
	for _, f := range p.Forecast {
		forecast = append(forecast, f.From.String()+" "+f.To.String()+" "+f.Amount.String())
	}
	assert.Equal(t, []string{
		"2027-01-15 2027-01-31 0.55 EUR",  // 17 of the 31 days of January, at 1
		"2027-02-01 2027-04-30 9.00 EUR",  // 2 + 3 + 4
		"2027-05-01 2027-07-31 18.00 EUR", // 5 + 6 + 7
		"2027-08-01 2027-10-31 27.00 EUR", // 8 + 9 + 10; November 2026 is not over
	}, forecast)
	assert.Equal(t, "78 EUR 78 2026-10-31", p.Objectives[1].Baseline.String()+" "+p.Objectives[1].Unit+" "+p.Objectives[1].Current.String()+" "+p.Objectives[1].CurrentOn.String(),
		"twelve months have each number once")

	// What the plan has is its own.
	*p.Objectives[1].Current = kam.Int(1)
	p.Situation.Contacts[0].Priorities[0] = "changed"
	assert.Equal(t, "78", p.Objectives[1].Baseline.String())
	revenue, _ := p.Overview.Snapshot.Signals.Value(kam.SignalRevenue)
	assert.Equal(t, "78", revenue.String())
	assert.Equal(t, "cost", a.Contacts[1].Priorities[0])
}

// A customer who bought nothing yet is to bring money all the same, in the policy's currency or its own.
func TestNewPlanOfAProspect(t *testing.T) {
	a := kam.Account{ID: "x", Currency: "KWD"}
	for _, x := range []struct {
		policy kam.Policy
		want   string
	}{{kam.Policy{}, "KWD"}, {kam.Policy{Currency: "EUR", Rates: map[string]kam.Money{"KWD": *money("3 EUR")}}, "EUR"}} {
		p, err := compiled(t, x.policy).NewPlan(a, asOf, asOf, asOf.AddDays(364), kam.FiscalYear{})
		require.NoError(t, err)
		assert.Equal(t, x.want, p.Objectives[1].Unit)
		_, err = p.Validate(asOf)
		assert.Contains(t, found(err), "/objectives/1/baseline no-baseline |")
	}
}

// A draft says whose it is and for when; where nobody is known to matter more,
// all who are active are listed, and a year before is over on its last day.
func TestNewPlanFillsIn(t *testing.T) {
	a := draftAccount()
	a.Contacts = []kam.Contact{
		{ID: "new", Since: asOf},
		{ID: "last day", Until: asOf},
		{ID: "gone", Roles: []kam.Role{kam.Decider}, Until: asOf.AddDays(-1)},
		{ID: "to come", Since: asOf.AddDays(1)},
		{ID: "some", Influence: kam.Fair},
	}
	from, to := kam.NewDate(2027, 9, 1), kam.NewDate(2027, 10, 31)
	on := kam.NewDate(2026, 10, 31)
	engine := compiled(t, kam.Policy{})
	p, err := engine.NewPlan(a, asOf, from, to, kam.FiscalYear{Start: 8, NamedByStart: true})
	require.NoError(t, err)
	assert.Equal(t, []kam.KeyContact{{Contact: "new"}, {Contact: "last day"}, {Contact: "some", Authority: kam.Fair}}, p.Situation.Contacts)
	p.Situation.Contacts, p.Overview.Snapshot = nil, nil
	assert.Equal(t, kam.Plan{
		Account: "x", Version: 1, Owner: "Ann", Team: []string{"Ann"}, From: from, To: to, FiscalYear: kam.FiscalYear{Start: 8, NamedByStart: true},
		Objectives: []kam.Objective{
			{ID: "position", Purpose: kam.PurposePosition, Due: to},
			{ID: "business", Purpose: kam.PurposeBusiness, Unit: "EUR", Due: to, LowerIsBetter: kam.No, Start: on, Baseline: new(kam.Int(78)), Current: new(kam.Int(78)), CurrentOn: on},
		},
		Forecast: []kam.Forecast{{From: from, To: to, Amount: *money("19.00 EUR")}},
	}, p)
	p, err = engine.NewPlan(a, on, from, to, kam.FiscalYear{})
	require.NoError(t, err)
	require.Len(t, p.Forecast, 2)
	assert.Equal(t, "10.00 EUR", p.Forecast[1].Amount.String(), "the last day of October is over")
	p, err = engine.NewPlan(a, on.AddDays(-1), from, to, kam.FiscalYear{})
	require.NoError(t, err)
	require.Len(t, p.Forecast, 1, "and not before")
	assert.Equal(t, kam.NewDate(2027, 9, 30), p.Forecast[0].To)
	for since, want := range map[kam.Date]int{kam.NewDate(2026, 9, 1): 2, kam.NewDate(2026, 9, 2): 1, kam.NewDate(2026, 10, 2): 0} {
		a.CustomerSince = since
		p, err = engine.NewPlan(a, on, from, to, kam.FiscalYear{})
		require.NoError(t, err)
		assert.Len(t, p.Forecast, want, "of days before %s it says nothing", since)
	}
}

// A leap day has no day of its own a year before.
func TestNewPlanInALeapYear(t *testing.T) {
	a := draftAccount()
	for i := range 12 {
		from := kam.NewDate(2026, 11, 1).AddMonths(i)
		a.Sales = append(a.Sales, kam.Period{From: from, To: from.AddMonths(1).AddDays(-1), Revenue: money("28 EUR")})
	}
	p, err := compiled(t, kam.Policy{}).NewPlan(a, kam.NewDate(2027, 10, 31), kam.NewDate(2028, 2, 1), kam.NewDate(2028, 2, 29), kam.FiscalYear{})
	require.NoError(t, err)
	assert.Equal(t, "28.00 EUR", p.Forecast[0].Amount.String(), "the whole of February 2027")
}

func TestNewPlanOfWhatIsNotKnown(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	p, err := engine.NewPlan(kam.Account{ID: "x", CustomerSince: kam.NewDate(2030, 1, 1)}, asOf, kam.NewDate(2027, 1, 1), kam.NewDate(2027, 12, 31), kam.FiscalYear{})
	require.NoError(t, err)
	assert.Empty(t, p.Forecast, "a customer to come has no sales that are known to be nothing")
	assert.Nil(t, p.Objectives[1].Baseline)
	assert.True(t, p.Objectives[1].CurrentOn.IsZero())
	assert.Empty(t, p.Team)
	ordered, err := engine.NewPlan(kam.Account{ID: "x", Sales: []kam.Period{{From: day(1, 1), To: day(10, 31), Orders: new(3)}}}, asOf, kam.NewDate(2027, 1, 1), kam.NewDate(2027, 12, 31), kam.FiscalYear{})
	require.NoError(t, err)
	assert.False(t, ordered.Overview.Snapshot.Signals.To.IsZero())
	assert.Nil(t, ordered.Objectives[1].Current, "the orders are known, and no revenue")
	assert.True(t, ordered.Objectives[1].CurrentOn.IsZero(), "so there is no day of it")
	assert.Equal(t, kam.StanceUnknown, p.Strategy.Stance)
	assert.Equal(t, []string{"snapshot"}, itemIDs(engine.Completeness(p).Sections[1].Done))
	assert.Equal(t, "6", engine.Completeness(p).Percent.String(), "the snapshot alone: objectives without a text are none")
}

func TestNewPlanStance(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	for _, tt := range []struct {
		attractive, strong int
		want               kam.Stance
	}{{8, 2, kam.StanceInvest}, {8, 8, kam.StanceInvest}, {2, 8, kam.StanceHold}, {2, 2, kam.StanceReduce}} {
		a := kam.Account{ID: "x", Answers: map[string]kam.Answers{"attractiveness": {}, "strength": {}}}
		for _, f := range kam.AttractivenessScorecard().Factors {
			n := tt.attractive
			if f.LowerIsBetter {
				n = 10 - n
			}
			a.Answers["attractiveness"][f.ID] = kam.Rated(kam.Int(n))
		}
		for _, f := range kam.StrengthScorecard().Factors {
			a.Answers["strength"][f.ID] = kam.Rated(kam.Int(tt.strong))
		}
		p, err := engine.NewPlan(a, asOf, asOf, asOf, kam.FiscalYear{})
		require.NoError(t, err)
		assert.Equal(t, tt.want, p.Strategy.Stance)
	}
}

func TestNewPlanErrors(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	for _, tt := range []struct {
		name     string
		from, to kam.Date
		fiscal   kam.FiscalYear
		asOf     kam.Date
		want     []string
	}{
		{"no days", kam.Date{}, kam.Date{}, kam.FiscalYear{}, asOf, []string{"/from date |", "/to date |"}},
		{"no such day", kam.NewDate(2027, 2, 30), asOf, kam.FiscalYear{}, asOf, []string{"/from date invalid|"}},
		{"wrong order", asOf, asOf.AddDays(-1), kam.FiscalYear{}, asOf, []string{"/to order 2026-11-23|>= 2026-11-24"}},
		{"no such month", asOf, asOf, kam.FiscalYear{Start: 13}, asOf, []string{"/fiscalYear/start range 13|1..12"}},
		{"no days at all", kam.Date{}, asOf, kam.FiscalYear{}, kam.Date{}, []string{"/asOf date |", "/from date |"}},
		{"no day of assessment", asOf, asOf, kam.FiscalYear{}, kam.Date{}, []string{"/asOf date |"}},
	} {
		_, err := engine.NewPlan(kam.Account{ID: "x"}, tt.asOf, tt.from, tt.to, tt.fiscal)
		assert.Equal(t, tt.want, found(err), tt.name)
	}
}

// What a draft forecasts, its progress can be held against, whatever the
// currencies.
func TestProgressConverts(t *testing.T) {
	policy := kam.Policy{Currency: "USD", Rates: map[string]kam.Money{"EUR": *money("1.1 USD")}}
	engine := compiled(t, policy)
	a := draftAccount()
	p, err := engine.NewPlan(a, asOf, kam.NewDate(2026, 12, 1), kam.NewDate(2027, 11, 30), kam.FiscalYear{})
	require.NoError(t, err)
	assert.Equal(t, "13.20 USD", p.Forecast[0].Amount.String(), "December, 12 at 1.1")
	a.Sales = append(a.Sales, kam.Period{From: kam.NewDate(2026, 11, 1), To: kam.NewDate(2026, 11, 30), Revenue: money("0 EUR")},
		kam.Period{From: kam.NewDate(2026, 12, 1), To: kam.NewDate(2026, 12, 31), Revenue: money("10 EUR")})
	got, err := engine.Progress(p, a, kam.NewDate(2027, 1, 15))
	require.NoError(t, err)
	assert.Equal(t, "11.00 USD -2.20 USD -16.6667", got.Forecast[0].Actual.String()+" "+got.Forecast[0].Error.String()+" "+got.Forecast[0].ErrorPercent.String())

	p.Forecast[0].Amount = *money("12 EUR")
	got, err = engine.Progress(p, a, kam.NewDate(2027, 1, 15))
	require.NoError(t, err)
	assert.Equal(t, "13.20 USD 11.00 USD", got.Forecast[0].Forecast.String()+" "+got.Forecast[0].Actual.String(), "the forecast is converted too")

	plain := compiled(t, kam.Policy{})
	p.Forecast = p.Forecast[:1]
	p.Forecast[0].Amount = *money("12")
	got, err = plain.Progress(p, a, kam.NewDate(2027, 1, 15))
	require.NoError(t, err)
	assert.Equal(t, "12.00 EUR -2.00 EUR", got.Forecast[0].Forecast.String()+" "+got.Forecast[0].Error.String(), "an amount without a code is in the account's currency")

	_, err = plain.Progress(p, kam.Account{ID: "other"}, asOf)
	assert.Equal(t, []string{"/account unknown x|other"}, found(err), "another account's sales are not held against it")
	p.Forecast[0].Amount = *money("12 USD")
	_, err = plain.Progress(p, kam.Account{ID: "other", Sales: a.Sales}, asOf)
	assert.Equal(t, []string{"/account unknown x|other"}, found(err), "whatever currency they have")
}

// Revenue beyond what Money holds is a fault of the draft, and of the
// forecast that it is held against.
func TestForecastsOutOfRange(t *testing.T) {
	a := kam.Account{ID: "x", Sales: []kam.Period{{From: kam.NewDate(2023, 1, 1), To: kam.NewDate(2023, 2, 28), Revenue: money("900000000000000000 EUR")}, {From: kam.NewDate(2023, 3, 1), To: kam.NewDate(2023, 3, 31), Revenue: money("900000000000000000 EUR")}}}
	engine := compiled(t, kam.Policy{})
	_, err := engine.NewPlan(a, asOf, kam.NewDate(2024, 1, 1), kam.NewDate(2024, 12, 31), kam.FiscalYear{})
	assert.Equal(t, []string{"/sales money 2024-01-01..2024-03-31|"}, found(err))
	require.ErrorContains(t, err, `kam: draft a plan of account "x": `)

	p := kam.Plan{Account: "x", Forecast: []kam.Forecast{{From: kam.NewDate(2023, 1, 1), To: kam.NewDate(2023, 3, 31), Amount: *money("1 EUR")}}}
	_, err = engine.Progress(p, a, asOf)
	assert.Equal(t, []string{"/forecast/0 money |"}, found(err))

	a.Sales, p.Forecast[0].To = a.Sales[:1], kam.NewDate(2023, 2, 28)
	a.Sales[0].Revenue, p.Forecast[0].Amount = money("10000000 EUR"), *money("0.000000000001 EUR")
	got, err := engine.Progress(p, a, asOf)
	require.NoError(t, err)
	assert.Equal(t, "10000000.00 EUR", got.Forecast[0].Actual.String())
	assert.Nil(t, got.Forecast[0].Error, "their difference has 20 digits")

	engine = compiled(t, kam.Policy{Currency: "USD", Rates: map[string]kam.Money{"EUR": *money("2 USD")}})
	p.Forecast[0].Amount = *money("600000000000000000 EUR")
	_, err = engine.Progress(p, kam.Account{ID: "x"}, asOf)
	assert.Equal(t, []string{"/forecast/0/amount money 600000000000000000.00 EUR|"}, found(err))
}

// What was sold is held against the forecast to its last place.
func TestProgressIsExact(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	january := func(amount string) kam.Period {
		return kam.Period{From: day(1, 1), To: day(1, 31), Revenue: money(amount)}
	}
	for _, tt := range []struct{ sold, forecast, actual, off string }{
		{"0.00001 EUR", "0.00001 EUR", "0.00001 EUR", "0.00 EUR"},
		{"1000000.00005 EUR", "1000000.00005 EUR", "1000000.00005 EUR", "0.00 EUR"},
		{"999999999999999999 JPY", "999999999999999999 JPY", "999999999999999999 JPY", "0 JPY"},
	} {
		p := kam.Plan{Account: "x", Forecast: []kam.Forecast{{From: day(1, 1), To: day(1, 31), Amount: *money(tt.forecast)}}}
		got, err := engine.Progress(p, kam.Account{ID: "x", Sales: []kam.Period{january(tt.sold)}}, asOf)
		require.NoError(t, err)
		f := got.Forecast[0]
		assert.Equal(t, tt.actual+", "+tt.off, f.Actual.String()+", "+f.Error.String())
	}
	third := kam.Plan{Account: "x", Forecast: []kam.Forecast{{From: day(1, 1), To: day(1, 10), Amount: *money("1 EUR")}}}
	got, err := engine.Progress(third, kam.Account{ID: "x", Sales: []kam.Period{january("10 EUR")}}, asOf)
	require.NoError(t, err)
	assert.Equal(t, "3.2258 EUR", got.Forecast[0].Actual.String(), "100/31, which has no end")

	bad := kam.Dec(math.MaxInt64, 0)
	for _, x := range []kam.PartnerRating{{Ours: new(kam.Int(5)), Theirs: &bad}, {Ours: &bad, Theirs: new(kam.Int(5))}} {
		_, known := x.Gap()
		assert.False(t, known)
	}
}
