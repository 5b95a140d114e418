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
)

// months makes periods of a calendar month each, the newest ending in October
// 2026, with the revenue that f gives for the months ago.
func months(n int, f func(ago int) kam.Period) []kam.Period {
	var out []kam.Period
	for ago := range n {
		first := time.Date(2026, time.Month(10-ago), 1, 0, 0, 0, 0, time.UTC)
		p := f(ago)
		p.From, p.To = kam.DateOf(first), kam.DateOf(first.AddDate(0, 1, -1))
		out = append(out, p)
	}
	return out
}

func revenue(s string) kam.Period { return kam.Period{Revenue: money(s)} }

func TestSignals(t *testing.T) {
	flat := func(int) kam.Period { return revenue("100 EUR") }
	contact := func(c kam.Contact) kam.Contact { c.ID = c.Name + c.Department; return c }
	tests := []struct {
		name, reason string
		account      kam.Account
		asOf         kam.Date
		signal       kam.Signal
		want         string // "" is unknown
	}{
		{
			"revenue", "twelve closed months of 100",
			kam.Account{Sales: months(24, flat)},
			asOf, kam.SignalRevenue, "1200",
		},
		{
			"revenue of eleven months", "a month that no period covers is unknown, not zero",
			kam.Account{Sales: months(11, flat)},
			asOf, kam.SignalRevenue, "",
		},
		{
			"revenue of a new customer", "before the first sale sales are known to be nothing",
			kam.Account{Sales: months(5, flat), CustomerSince: kam.NewDate(2026, 6, 1)},
			asOf, kam.SignalRevenue, "500",
		},
		{
			"revenue of a customer to come", "that there were no sales before is known when they are a customer",
			kam.Account{Sales: months(5, flat), CustomerSince: asOf.AddDays(1)},
			asOf, kam.SignalRevenue, "",
		},
		{
			"contacts to come", "nobody is listed on the day, which is unknown and not none",
			kam.Account{Contacts: []kam.Contact{{ID: "a", Since: asOf.AddDays(1)}}},
			asOf, kam.SignalContacts, "",
		},
		{
			"contacts that came today", "the first day counts",
			kam.Account{Contacts: []kam.Contact{{ID: "a", Since: asOf}}},
			asOf, kam.SignalContacts, "1",
		},
		{
			"revenue with a month that lacks it", "an unknown part makes the sum unknown",
			kam.Account{Sales: months(12, func(ago int) kam.Period {
				if ago == 5 {
					return kam.Period{Orders: new(1)}
				}
				return revenue("100 EUR")
			})},
			asOf, kam.SignalRevenue, "",
		},
		{
			"revenue when the books are old", "the last period ended more than 92 days ago",
			kam.Account{Sales: months(24, flat)},
			kam.NewDate(2027, 2, 1), kam.SignalRevenue, "",
		},
		{
			"revenue on the last day of the lag", "92 days is still allowed",
			kam.Account{Sales: months(24, flat)},
			kam.NewDate(2027, 1, 31), kam.SignalRevenue, "1200",
		},
		{
			"revenue without a running month", "a period that has not ended is left out",
			kam.Account{Sales: append(months(24, flat), kam.Period{
				From: kam.NewDate(2026, 11, 1), To: kam.NewDate(2026, 11, 30), Revenue: money("9999 EUR"),
			})},
			asOf, kam.SignalRevenue, "1200",
		},
		{
			"revenue as of an earlier day", "what came later was not known then",
			kam.Account{Sales: months(24, flat)},
			kam.NewDate(2025, 10, 31), kam.SignalRevenue, "1200",
		},
		{
			"revenue of a month that straddles", "of the 31 days to 2025-11-10 ten lie in the twelve months",
			kam.Account{Sales: []kam.Period{{From: kam.NewDate(2025, 10, 11), To: kam.NewDate(2025, 11, 10), Revenue: money("31 EUR")}, {From: kam.NewDate(2025, 11, 11), To: kam.NewDate(2026, 10, 31), Revenue: money("2 EUR")}}},
			asOf, kam.SignalRevenue, "12",
		},
		{
			"trend up", "120 against 100 is 20 percent",
			kam.Account{Sales: months(24, func(ago int) kam.Period {
				if ago < 12 {
					return revenue("120 EUR")
				}
				return revenue("100 EUR")
			})},
			asOf, kam.SignalRevenueTrend, "20",
		},
		{
			"trend from nothing", "there is no percentage of zero",
			kam.Account{Sales: months(12, flat), CustomerSince: kam.NewDate(2025, 11, 1)},
			asOf, kam.SignalRevenueTrend, "",
		},
		{
			"share of wallet", "1200 of 3600 is a third, rounded once",
			kam.Account{Sales: months(12, flat), Wallet: money("3600 EUR")},
			asOf, kam.SignalWalletShare, "33.3333",
		},
		{
			"share of an empty wallet", "nothing can be a share of zero",
			kam.Account{Sales: months(12, flat), Wallet: money("0 EUR")},
			asOf, kam.SignalWalletShare, "",
		},
		{
			"share of our revenue", "1200 of 120000",
			kam.Account{Sales: months(12, flat), OurRevenue: money("120000 EUR")},
			asOf, kam.SignalOurRevenueShare, "1",
		},
		{
			"margin below zero", "costs above revenue are a loss",
			kam.Account{Sales: months(12, func(int) kam.Period {
				return kam.Period{Revenue: money("100 EUR"), DirectCost: money("130 EUR")}
			})},
			asOf, kam.SignalMargin, "-30",
		},
		{
			"discount", "20 off a list value of 100",
			kam.Account{Sales: months(12, func(int) kam.Period {
				return kam.Period{Revenue: money("80 EUR"), Discount: money("20 EUR")}
			})},
			asOf, kam.SignalDiscount, "20",
		},
		{
			"discount trend", "from 0 to 20 percent is 20 points",
			kam.Account{Sales: months(24, func(ago int) kam.Period {
				if ago < 12 {
					return kam.Period{Revenue: money("80 EUR"), Discount: money("20 EUR")}
				}
				return kam.Period{Revenue: money("80 EUR"), Discount: money("0 EUR")}
			})},
			asOf, kam.SignalDiscountTrend, "20",
		},
		{
			"on time", "3 of 120 late, each order being a delivery",
			kam.Account{Sales: months(12, func(ago int) kam.Period {
				late := 0
				if ago < 3 {
					late = 1
				}
				return kam.Period{Orders: new(10), LateDeliveries: &late}
			})},
			asOf, kam.SignalOnTime, "97.5",
		},
		{
			"on time without deliveries", "no delivery is neither late nor on time",
			kam.Account{Sales: months(12, func(int) kam.Period {
				return kam.Period{Orders: new(3), Deliveries: new(0), LateDeliveries: new(0)}
			})},
			asOf, kam.SignalOnTime, "",
		},
		{
			"complaints", "12 for 120 orders",
			kam.Account{Sales: months(12, func(int) kam.Period {
				return kam.Period{Orders: new(10), Complaints: new(1)}
			})},
			asOf, kam.SignalComplaintRate, "10",
		},
		{
			"returns", "24 of 1200 pieces",
			kam.Account{Sales: months(12, func(int) kam.Period {
				return kam.Period{Units: new(100), Returns: new(2)}
			})},
			asOf, kam.SignalReturnRate, "2",
		},
		{
			"product lines", "the union of all months, a month without orders having none",
			kam.Account{Sales: months(12, func(ago int) kam.Period {
				switch ago {
				case 0:
					return kam.Period{Orders: new(1), ProductLines: []string{"pumps", "valves"}}
				case 7:
					return kam.Period{Orders: new(1), ProductLines: []string{"pumps", "seals"}}
				}
				return kam.Period{Orders: new(0)}
			})},
			asOf, kam.SignalProductLines, "3",
		},
		{
			"product lines not recorded", "a month with orders and no lines leaves the breadth unknown",
			kam.Account{Sales: months(12, func(int) kam.Period { return kam.Period{Orders: new(1)} })},
			asOf, kam.SignalProductLines, "",
		},
		{
			"no contact listed", "none recorded is unknown, not none",
			kam.Account{},
			asOf, kam.SignalContacts, "",
		},
		{
			"contacts", "one has left, one has not come yet",
			kam.Account{Contacts: []kam.Contact{
				{ID: "1"},
				{ID: "2", Until: kam.NewDate(2026, 11, 23)},
				{ID: "3", Since: kam.NewDate(2026, 11, 25)},
				{ID: "4", Since: kam.NewDate(2026, 11, 24), Until: kam.NewDate(2026, 11, 24)},
			}},
			asOf, kam.SignalContacts, "2",
		},
		{
			"single-threaded", "one active contact is a thread",
			kam.Account{Contacts: []kam.Contact{{ID: "1"}, {ID: "2", Until: kam.NewDate(2020, 1, 1)}}},
			asOf, kam.SignalSingleThreaded, "1",
		},
		{
			"departments", "two of the three are known, and the third may be another",
			kam.Account{Contacts: []kam.Contact{
				contact(kam.Contact{Name: "a", Department: "sales"}), contact(kam.Contact{Name: "b", Department: "plant"}), contact(kam.Contact{Name: "c"}),
			}},
			asOf, kam.SignalDepartments, "",
		},
		{
			"departments not recorded", "nothing is known of any",
			kam.Account{Contacts: []kam.Contact{{ID: "1"}}},
			asOf, kam.SignalDepartments, "",
		},
		{
			"deciders met", "one within 90 days, one before",
			kam.Account{Contacts: []kam.Contact{
				{ID: "1", Roles: []kam.Role{kam.Decider}, LastMet: kam.NewDate(2026, 8, 26)},
				{ID: "2", Roles: []kam.Role{kam.User, kam.Decider}, LastMet: kam.NewDate(2026, 8, 25)},
			}},
			asOf, kam.SignalDecidersMet, "1",
		},
		{
			"deciders never dated", "nobody recorded a meeting, which is not that there was none",
			kam.Account{Contacts: []kam.Contact{{ID: "1", Roles: []kam.Role{kam.Decider}}}},
			asOf, kam.SignalDecidersMet, "",
		},
		{
			"revenue of a customer since the second day", "the first is known twice, and counts once",
			kam.Account{Sales: months(12, flat), CustomerSince: kam.NewDate(2025, 11, 2)},
			asOf, kam.SignalRevenue, "1200",
		},
		{
			"revenue of a customer since today", "all days before are known to be without sales",
			kam.Account{Sales: months(1, func(int) kam.Period { return revenue("0 EUR") }), CustomerSince: asOf},
			asOf, kam.SignalRevenue, "0",
		},
		{
			"days since an order that nobody dated", "one order of October is later than that of September",
			kam.Account{Sales: months(12, func(ago int) kam.Period {
				if ago == 1 {
					return kam.Period{Orders: new(1), LastOrder: kam.NewDate(2026, 9, 30)}
				}
				return kam.Period{Orders: new(1)}
			})},
			asOf, kam.SignalDaysSinceOrder, "",
		},
		{
			"days since an order before a month without", "55 days from September 30 to November 24",
			kam.Account{Sales: months(12, func(ago int) kam.Period {
				if ago == 1 {
					return kam.Period{Orders: new(1), LastOrder: kam.NewDate(2026, 9, 30)}
				}
				return kam.Period{Orders: new(0)}
			})},
			asOf, kam.SignalDaysSinceOrder, "55",
		},
		{
			"two contacts", "are not a single thread",
			kam.Account{Contacts: []kam.Contact{{ID: "1"}, {ID: "2"}}},
			asOf, kam.SignalSingleThreaded, "0",
		},
		{
			"one contact", "is one",
			kam.Account{Contacts: []kam.Contact{{ID: "1"}}},
			asOf, kam.SignalSingleThreaded, "1",
		},
		{
			"levels", "one of the two is known, and the other may be another",
			kam.Account{Contacts: []kam.Contact{{ID: "1", Level: kam.Operational}, {ID: "2"}}},
			asOf, kam.SignalLevels, "",
		},
		{
			"levels not recorded", "nothing is known of any",
			kam.Account{Contacts: []kam.Contact{{ID: "1"}}},
			asOf, kam.SignalLevels, "",
		},
		{
			"nobody is left: contacts", "all have gone",
			kam.Account{Contacts: []kam.Contact{{ID: "1", Level: kam.Operational, Department: "sales", Roles: []kam.Role{kam.Decider}, Until: asOf.AddDays(-1)}}},
			asOf, kam.SignalContacts, "0",
		},
		{
			"nobody is left: levels", "all have gone",
			kam.Account{Contacts: []kam.Contact{{ID: "1", Level: kam.Operational, Department: "sales", Roles: []kam.Role{kam.Decider}, Until: asOf.AddDays(-1)}}},
			asOf, kam.SignalLevels, "0",
		},
		{
			"nobody is left: departments", "all have gone",
			kam.Account{Contacts: []kam.Contact{{ID: "1", Level: kam.Operational, Department: "sales", Roles: []kam.Role{kam.Decider}, Until: asOf.AddDays(-1)}}},
			asOf, kam.SignalDepartments, "0",
		},
		{
			"nobody is left: deciders", "all have gone",
			kam.Account{Contacts: []kam.Contact{{ID: "1", Level: kam.Operational, Department: "sales", Roles: []kam.Role{kam.Decider}, Until: asOf.AddDays(-1)}}},
			asOf, kam.SignalDeciders, "0",
		},
		{
			"nobody is left: decidersmet", "of none, none",
			kam.Account{Contacts: []kam.Contact{{ID: "1", Level: kam.Operational, Department: "sales", Roles: []kam.Role{kam.Decider}, Until: asOf.AddDays(-1)}}},
			asOf, kam.SignalDecidersMet, "0",
		},
		{
			"nobody decides", "so that none was met, whoever was",
			kam.Account{Contacts: []kam.Contact{{ID: "1", Roles: []kam.Role{kam.User}, LastMet: asOf}}},
			asOf, kam.SignalDecidersMet, "0",
		},
		{
			"nobody is known to decide", "the other one may",
			kam.Account{Contacts: []kam.Contact{{ID: "1", Roles: []kam.Role{kam.User}}, {ID: "2", LastMet: asOf}}},
			asOf, kam.SignalDecidersMet, "",
		},
		{
			"orders of a running period without a day", "the last one may be of any",
			kam.Account{Sales: []kam.Period{{From: asOf.AddDays(-40), To: asOf.AddDays(-10), Orders: new(1), LastOrder: asOf.AddDays(-20)}, {From: asOf.AddDays(-9), To: asOf.AddDays(9), Orders: new(1)}}},
			asOf, kam.SignalDaysSinceOrder, "",
		},
		{
			"no orders in a running period", "the last one is that before",
			kam.Account{Sales: []kam.Period{{From: asOf.AddDays(-40), To: asOf.AddDays(-10), Orders: new(1), LastOrder: asOf.AddDays(-20)}, {From: asOf.AddDays(-9), To: asOf.AddDays(9), Orders: new(0)}}},
			asOf, kam.SignalDaysSinceOrder, "20",
		},
		{
			"a period in which they came: before", "the days before the first sale had none",
			kam.Account{CustomerSince: kam.NewDate(2025, 11, 5), Sales: []kam.Period{{From: kam.NewDate(2025, 10, 20), To: kam.NewDate(2025, 11, 14), Revenue: money("10")}, {From: kam.NewDate(2025, 11, 15), To: kam.NewDate(2026, 10, 31), Revenue: money("5")}}},
			asOf, kam.SignalRevenueBefore, "0",
		},
		{
			"a period in which they came: now", "all of it was sold since",
			kam.Account{CustomerSince: kam.NewDate(2025, 11, 5), Sales: []kam.Period{{From: kam.NewDate(2025, 10, 5), To: kam.NewDate(2025, 11, 14), Revenue: money("10")}, {From: kam.NewDate(2025, 11, 15), To: kam.NewDate(2026, 10, 31), Revenue: money("5")}}},
			asOf, kam.SignalRevenue, "15",
		},
		{
			"a period from before they came", "whose last day is the only one of the window before the first sale",
			kam.Account{CustomerSince: kam.NewDate(2025, 11, 2), Sales: []kam.Period{{From: kam.NewDate(2025, 10, 20), To: kam.NewDate(2025, 11, 1), Revenue: money("13")}, {From: kam.NewDate(2025, 11, 2), To: kam.NewDate(2026, 10, 31), Revenue: money("5")}}},
			asOf, kam.SignalRevenue, "6",
		},
		{
			"a gap after the last order", "of which nobody knows",
			kam.Account{Sales: []kam.Period{{From: asOf.AddDays(-90), To: asOf.AddDays(-60), Orders: new(1), LastOrder: asOf.AddDays(-70)}, {From: asOf.AddDays(-58), To: asOf.AddDays(-1), Orders: new(0)}}},
			asOf, kam.SignalDaysSinceOrder, "",
		},
		{
			"no gap after the last order", "the day before it is one of no period",
			kam.Account{Sales: []kam.Period{{From: asOf.AddDays(-90), To: asOf.AddDays(-60), Orders: new(0)}, {From: asOf.AddDays(-58), To: asOf.AddDays(-1), Orders: new(1), LastOrder: asOf.AddDays(-58)}}},
			asOf, kam.SignalDaysSinceOrder, "58",
		},
		{
			"nobody is left: singlethreaded", "all have gone",
			kam.Account{Contacts: []kam.Contact{{ID: "1", Level: kam.Operational, Department: "sales", Roles: []kam.Role{kam.Decider}, Until: asOf.AddDays(-1)}}},
			asOf, kam.SignalSingleThreaded, "1",
		},
		{
			"one department", "is known",
			kam.Account{Contacts: []kam.Contact{{ID: "1", Department: "sales"}}},
			asOf, kam.SignalDepartments, "1",
		},
		{
			"the last order of a long period", "may be of its first day or of its last",
			kam.Account{CustomerSince: kam.NewDate(2020, 1, 1), Sales: []kam.Period{{From: kam.NewDate(2025, 11, 1), To: kam.NewDate(2026, 10, 31), Orders: new(12)}}},
			asOf, kam.SignalSilenceChance, "",
		},
		{
			"the last order of a month", "is taken for one of its last day",
			kam.Account{CustomerSince: kam.NewDate(2020, 1, 1), Sales: []kam.Period{
				{From: kam.NewDate(2025, 11, 1), To: kam.NewDate(2026, 9, 26), Orders: new(12)}, {From: kam.NewDate(2026, 9, 27), To: kam.NewDate(2026, 10, 31), Orders: new(1)},
			}},
			asOf, kam.SignalSilenceChance, "100",
		},
		{
			"sold this month, of nobody knows how many orders", "the last one may be of any day",
			kam.Account{Sales: []kam.Period{
				{From: kam.NewDate(2025, 11, 1), To: kam.NewDate(2026, 10, 31), Orders: new(12), LastOrder: kam.NewDate(2026, 10, 20)},
				{From: kam.NewDate(2026, 11, 1), To: kam.NewDate(2026, 11, 30), Revenue: money("5 EUR")},
			}},
			asOf, kam.SignalDaysSinceOrder, "",
		},
		{
			"nothing sold this month", "and so no order",
			kam.Account{Sales: []kam.Period{
				{From: kam.NewDate(2025, 11, 1), To: kam.NewDate(2026, 10, 31), Orders: new(12), LastOrder: kam.NewDate(2026, 10, 20)},
				{From: kam.NewDate(2026, 11, 1), To: kam.NewDate(2026, 11, 30), Revenue: money("0 EUR")},
			}},
			asOf, kam.SignalDaysSinceOrder, "35",
		},
		{
			"no decider", "the one whose part is known is none, and the other may be one",
			kam.Account{Contacts: []kam.Contact{{ID: "1", Roles: []kam.Role{kam.User}}, {ID: "2"}}},
			asOf, kam.SignalDeciders, "",
		},
		{
			"deciders not recorded", "nobody's part is known",
			kam.Account{Contacts: []kam.Contact{{ID: "1"}}},
			asOf, kam.SignalDeciders, "",
		},
		{
			"a decider met today", "the day counts",
			kam.Account{Contacts: []kam.Contact{{ID: "1", Roles: []kam.Role{kam.Decider}, LastMet: asOf}}},
			asOf, kam.SignalDecidersMet, "1",
		},
		{
			"a decider met tomorrow", "nobody knew it yet",
			kam.Account{Contacts: []kam.Contact{{ID: "1", Roles: []kam.Role{kam.Decider}, LastMet: asOf.AddDays(1)}}},
			asOf, kam.SignalDecidersMet, "",
		},
		{
			"attribute", "a number of the caller's own",
			kam.Account{Attributes: map[string]kam.Number{"employees": kam.Int(120)}},
			asOf, "attribute.employees", "120",
		},
	}
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.account.ID = "x"
			a, err := engine.Assess(tt.account, tt.asOf)
			require.NoError(t, err)
			got, known := a.Signals.Value(tt.signal)
			if tt.want == "" {
				assert.False(t, known, "%s: got %s", tt.reason, got)
				return
			}
			require.True(t, known, tt.reason)
			assert.Equal(t, tt.want, got.String(), tt.reason)
		})
	}
}

// The rhythm is the account's own: an order a month and then silence.
func TestOrderRhythm(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	account := kam.Account{ID: "x", Sales: months(24, func(ago int) kam.Period {
		if ago < 3 {
			return kam.Period{Orders: new(0)}
		}
		first := time.Date(2026, time.Month(10-ago), 1, 0, 0, 0, 0, time.UTC)
		return kam.Period{Orders: new(2), LastOrder: kam.DateOf(first.AddDate(0, 1, -1))}
	})}
	value := func(s kam.Signal) string {
		a, err := engine.Assess(account, kam.NewDate(2026, 10, 31))
		require.NoError(t, err)
		v, known := a.Signals.Value(s)
		if !known {
			return "unknown"
		}
		return v.String()
	}
	// From 2024-11-01 to the last order on 2026-07-31 are 638 days, in 42
	// orders; since then it has been 92 days.
	assert.Equal(t, "15.1905", value(kam.SignalOrderInterval))
	assert.Equal(t, "92", value(kam.SignalDaysSinceOrder))
	assert.Equal(t, "605.6426", value(kam.SignalOrderDelay), "92 of 638/42 days, rounded once")

	account.Sales[3].LastOrder = kam.Date{}
	assert.Equal(t, "unknown", value(kam.SignalDaysSinceOrder), "the latest month with orders does not say when")

	account.Sales = months(12, func(ago int) kam.Period {
		if ago == 0 {
			return kam.Period{Orders: new(2), LastOrder: kam.NewDate(2026, 10, 5)}
		}
		return kam.Period{Orders: new(0)}
	})
	assert.Equal(t, "26", value(kam.SignalDaysSinceOrder))
	assert.Equal(t, "unknown", value(kam.SignalOrderInterval), "two orders make no rhythm")
}

// Facts in any order give the same signals.
func TestSignalsIgnoreOrder(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	up := kam.Account{ID: "x", Sales: months(24, func(ago int) kam.Period { return revenue([]string{"1 EUR", "2 EUR", "7 EUR"}[ago%3]) })}
	down := up
	down.Sales = make([]kam.Period, len(up.Sales))
	for i, p := range up.Sales {
		down.Sales[len(up.Sales)-1-i] = p
	}
	a, err := engine.Assess(up, asOf)
	require.NoError(t, err)
	b, err := engine.Assess(down, asOf)
	require.NoError(t, err)
	assert.Equal(t, a, b)
}

func TestReadSignalsRefuses(t *testing.T) {
	for _, tt := range []struct {
		reason  string
		account kam.Account
		day     kam.Date
		want    string
	}{
		{"no rate is known without a policy", kam.Account{ID: "x", Wallet: money("9 USD"), Sales: months(1, func(int) kam.Period { return revenue("1 EUR") })}, asOf, "/wallet currency-mix 9.00 USD|EUR"},
		{"what is wrong is not read", kam.Account{Wallet: money("9 USD"), Sales: months(1, func(int) kam.Period { return revenue("1 EUR") })}, asOf, "/id missing |"},
		{"the account is checked", kam.Account{}, asOf, "/id missing |"},
		{"a day is needed", kam.Account{ID: "x"}, kam.Date{}, "/asOf date |"},
		{"one that there is", kam.Account{ID: "x"}, kam.NewDate(2026, 2, 30), "/asOf date invalid|"},
	} {
		s, err := kam.ReadSignals(tt.account, tt.day, kam.SignalRules{})
		assert.Equal(t, []string{tt.want}, found(err), tt.reason)
		assert.Equal(t, kam.Signals{}, s)
		assert.ErrorContains(t, err, `kam: read signals of account "`+tt.account.ID+`": `)
	}
	_, err := kam.ReadSignals(kam.Account{ID: "x"}, asOf, kam.SignalRules{Months: -5, MaxLag: -1, MetWithin: -2})
	assert.Equal(t, []string{"/rules/maxLag range -1|0..1000000000", "/rules/metWithin range -2|0..1000000000", "/rules/months range -5|1..120"}, found(err))
	_, err = kam.ReadSignals(kam.Account{ID: "x"}, asOf, kam.SignalRules{Months: 121})
	assert.Equal(t, []string{"/rules/months range 121|1..120"}, found(err))
}

// The orders of a month that is not over are in neither the days nor the number of
// the rhythm, and their day is the latest order.
func TestOrderIntervalIsOfClosedPeriods(t *testing.T) {
	closed := []kam.Period{{From: kam.NewDate(2026, 8, 1), To: kam.NewDate(2026, 8, 30), Orders: new(3), LastOrder: kam.NewDate(2026, 8, 30)}}
	running := kam.Period{From: kam.NewDate(2026, 8, 31), To: kam.NewDate(2026, 12, 31), Orders: new(30), LastOrder: kam.NewDate(2026, 11, 20)}
	for _, tt := range []struct {
		sales                 []kam.Period
		interval, days, delay string
	}{
		{closed, "10", "86", "860"},
		{append(closed[:1:1], running), "10", "4", "40"},
	} {
		s, err := kam.ReadSignals(kam.Account{ID: "x", CustomerSince: kam.NewDate(2026, 8, 1), Sales: tt.sales}, asOf, kam.SignalRules{})
		require.NoError(t, err)
		for signal, want := range map[kam.Signal]string{kam.SignalOrderInterval: tt.interval, kam.SignalDaysSinceOrder: tt.days, kam.SignalOrderDelay: tt.delay} {
			v, ok := s.Value(signal)
			assert.True(t, ok)
			assert.Equal(t, want, v.String(), signal)
		}
	}
}

// Of half a year's window half of the wallet counts; without a wallet there is
// no share.
func TestSignalsOfHalfAYear(t *testing.T) {
	a := kam.Account{ID: "x", Sales: months(6, func(int) kam.Period { return revenue("100 EUR") })}
	s, err := kam.ReadSignals(a, asOf, kam.SignalRules{Months: 6})
	require.NoError(t, err)
	_, known := s.Value(kam.SignalWalletShare)
	assert.False(t, known)
	a.Wallet = money("2400 EUR")
	s, err = kam.ReadSignals(a, asOf, kam.SignalRules{Months: 6})
	require.NoError(t, err)
	share, _ := s.Value(kam.SignalWalletShare)
	assert.Equal(t, "50", share.String(), "600 of 1200")
}

// However many lines there are, each counts once.
func TestManyProductLines(t *testing.T) {
	for _, n := range []int{1, 15, 16, 17, 40} {
		var lines []string
		for i := range n {
			lines = append(lines, fmt.Sprint("line ", i))
		}
		for _, twice := range []int{0, 1, n} {
			a := kam.Account{ID: "x", Sales: []kam.Period{{
				From: kam.NewDate(2025, 11, 1), To: kam.NewDate(2026, 10, 31), Orders: new(1), ProductLines: append(lines[:n:n], lines[:twice]...),
			}}}
			s, err := kam.ReadSignals(a, asOf, kam.SignalRules{})
			require.NoError(t, err)
			got, _ := s.Value(kam.SignalProductLines)
			assert.Equal(t, kam.Int(n), got, "%d of %d are there twice", twice, n)
		}
	}
}

// Readings are found wherever they stand, and where there are fewer.
func TestReadingsInAnyOrder(t *testing.T) {
	all, err := kam.ReadSignals(kam.Account{ID: "x", Attributes: map[string]kam.Number{"a": kam.Int(1)}}, asOf, kam.SignalRules{})
	require.NoError(t, err)
	turned := kam.Signals{Readings: slices.Clone(all.Readings)}
	for i := range turned.Readings {
		turned.Readings[i].Value = new(kam.Int(i))
	}
	slices.Reverse(turned.Readings)
	for i, r := range all.Readings {
		got, known := turned.Value(r.Signal)
		require.True(t, known, r.Signal)
		assert.Equal(t, kam.Int(i), got, r.Signal)
		for n := range turned.Readings {
			few := kam.Signals{Readings: turned.Readings[:n]}
			_, known := few.Value(r.Signal)
			assert.Equal(t, n >= len(all.Readings)-i, known, "%s of the first %d", r.Signal, n)
		}
	}
	_, known := turned.Value("")
	assert.False(t, known)
}

// An effort in a currency without a rate is refused, as a sale is.
func TestEffortsMeetTheCurrency(t *testing.T) {
	a := kam.Account{ID: "x", Sales: []kam.Period{{From: back(400), To: back(10), Revenue: money("1 EUR")}}, Efforts: []kam.Effort{
		{Kind: kam.EffortTime, On: back(9), Money: money("1 EUR")},
		{Kind: kam.EffortTime, On: back(8), Money: money("7000 USD")},
		{Kind: kam.EffortTime, On: back(7), Hours: new(kam.Int(1)), Rate: money("9 CHF")},
	}}
	_, err := compiled(t, kam.Policy{}).Assess(a, asOf)
	assert.Equal(t, []string{"/efforts/1/money currency-mix 7000.00 USD|EUR", "/efforts/2/rate currency-mix 9.00 CHF|EUR"}, found(err))
}

// A row of the days before they came tells no more than no row, whatever it leaves out, and
// however long it is.
func TestRowsBeforeTheCustomer(t *testing.T) {
	now := kam.Period{From: kam.NewDate(2026, 8, 1), To: kam.NewDate(2026, 10, 31), Revenue: money("100 EUR"), Orders: new(3), LastOrder: kam.NewDate(2026, 10, 20), Units: new(9)}
	read := func(before ...kam.Period) kam.Signals {
		s, err := kam.ReadSignals(kam.Account{ID: "x", CustomerSince: kam.NewDate(2026, 8, 1), Sales: append(before, now)}, asOf, kam.SignalRules{})
		require.NoError(t, err)
		return s
	}
	want := read()
	last := kam.NewDate(2026, 7, 31)
	for name, p := range map[string]kam.Period{
		"nothing told":                    {From: kam.NewDate(2026, 7, 1), To: last},
		"a long one, nothing told":        {From: kam.NewDate(2025, 4, 1), To: last},
		"a long one of nothing":           {From: kam.NewDate(2025, 4, 1), To: last, Revenue: money("0 EUR"), Orders: new(0)},
		"no complaint and no late one":    {From: kam.NewDate(2026, 7, 1), To: last, Complaints: new(0), LateDeliveries: new(0)},
		"nothing, in the account's money": {From: kam.NewDate(2026, 7, 1), To: last, DirectCost: money("0 EUR"), Discount: money("0 EUR")},
		"a cost and a complaint":          {From: kam.NewDate(2026, 7, 1), To: last, DirectCost: money("1 EUR"), Complaints: new(1), Returns: new(1)},
	} {
		for _, signal := range []kam.Signal{kam.SignalRevenue, kam.SignalOrders, kam.SignalSilenceChance, kam.SignalOrderInterval, kam.SignalRevenueBefore, kam.SignalNoOrderChance} {
			wanted, known := want.Value(signal)
			require.True(t, known, signal)
			got, known := read(p).Value(signal)
			assert.True(t, known, "%s: %s", name, signal)
			assert.Equal(t, wanted.String(), got.String(), "%s: %s", name, signal)
		}
	}
	for name, p := range map[string]kam.Period{
		"an order": {Orders: new(1)}, "a day of an order": {LastOrder: last}, "a line": {ProductLines: []string{"pumps"}},
		"came back": {Revenue: money("-1 EUR")}, "a piece": {Units: new(1)}, "a delivery": {Deliveries: new(1)},
	} {
		p.From, p.To = kam.NewDate(2026, 7, 1), last
		revenue, known := read(p).Value(kam.SignalRevenue)
		assert.True(t, !known || revenue == kam.Int(99), "%s is told of it, and the rest is not", name)
	}
	now.Complaints = new(2)
	rate, known := read(kam.Period{From: kam.NewDate(2026, 7, 1), To: last, Complaints: new(1)}).Value(kam.SignalComplaintRate)
	assert.True(t, known && rate == kam.Int(100), "three of three orders: what is told counts")
	idle := kam.Period{From: kam.NewDate(2025, 9, 1), To: last, Revenue: money("0 EUR"), Orders: new(0)}
	s, err := kam.ReadSignals(kam.Account{ID: "x", Sales: []kam.Period{idle, now}}, asOf, kam.SignalRules{})
	require.NoError(t, err)
	revenue, known := s.Value(kam.SignalRevenue)
	assert.True(t, known && revenue == kam.Int(100), "a part of nothing is nothing")
	for name, change := range map[string]func(*kam.Period){
		"cost": func(p *kam.Period) { p.DirectCost = money("5 EUR") }, "complaints": func(p *kam.Period) { p.Complaints = new(1) }, "returns": func(p *kam.Period) { p.Returns = new(1) },
		"an order": func(p *kam.Period) { p.Orders = new(1) }, "lines": func(p *kam.Period) { p.ProductLines = []string{"pumps"} },
	} {
		p := idle
		change(&p)
		s, err = kam.ReadSignals(kam.Account{ID: "x", Sales: []kam.Period{p, now}}, asOf, kam.SignalRules{})
		require.NoError(t, err)
		_, known = s.Value(kam.SignalRevenue)
		assert.False(t, known, "of a part of a long period's %s nobody knows", name)
	}
}

// Something sold is enough for an account to be served, with a month missing or more sent back
// than sold; what is missing then is named as such.
func TestServedWithGaps(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	months := func(skip int, revenue func(i int) string) (out []kam.Period) {
		for i := range 24 {
			if from := kam.NewDate(2024, 11, 1).AddMonths(i); i != skip {
				out = append(out, kam.Period{From: from, To: from.AddMonths(1).AddDays(-1), Revenue: money(revenue(i))})
			}
		}
		return out
	}
	of := func(s string) func(int) string { return func(int) string { return s } }
	for _, tt := range []struct {
		name  string
		sales []kam.Period
		want  kam.Verdict
		needs string // of the revenue
	}{
		{"a month missing", months(20, of("1000 EUR")), kam.Yes, "sales/to"},
		{"a year up to today", []kam.Period{{From: kam.NewDate(2026, 1, 1), To: asOf, Revenue: money("450000 EUR")}}, kam.Yes, "sales/to"},
		{"a month missing, and nothing sold", months(20, of("0 EUR")), kam.VerdictUnknown, "sales/to"},
		{"nothing sold", months(-1, of("0 EUR")), kam.No, ""},
		{"more came back", months(-1, func(i int) string {
			if i == 20 {
				return "-1000 EUR"
			}
			return "1 EUR"
		}), kam.Yes, ""},
		{"all came back", []kam.Period{{From: kam.NewDate(2025, 11, 1), To: kam.NewDate(2026, 10, 31), Revenue: money("-1 EUR")}}, kam.VerdictUnknown, ""},
		{"old books", []kam.Period{{From: kam.NewDate(2025, 1, 1), To: kam.NewDate(2025, 12, 31), Revenue: money("1 EUR")}}, kam.VerdictUnknown, "sales/to"},
		{"sold in five weeks that began before", []kam.Period{
			{From: kam.NewDate(2025, 9, 28), To: kam.NewDate(2025, 11, 1), Revenue: money("35 EUR")}, {From: kam.NewDate(2025, 11, 2), To: kam.NewDate(2026, 10, 31), Revenue: money("0 EUR")},
		}, kam.Yes, ""},
		{"sold in six weeks that began before", []kam.Period{
			{From: kam.NewDate(2025, 9, 27), To: kam.NewDate(2025, 11, 1), Revenue: money("35 EUR")}, {From: kam.NewDate(2025, 11, 2), To: kam.NewDate(2026, 10, 31), Revenue: money("0 EUR")},
		}, kam.VerdictUnknown, "sales/from"},
		{"no revenue told", []kam.Period{{From: kam.NewDate(2025, 11, 1), To: kam.NewDate(2026, 10, 31)}}, kam.VerdictUnknown, "sales/revenue"},
		{"nothing told", nil, kam.VerdictUnknown, "sales/revenue"},
	} {
		got, err := engine.Assess(kam.Account{ID: "x", Sales: tt.sales}, asOf)
		require.NoError(t, err)
		assert.Equal(t, tt.want, got.Stage.Served, tt.name)
		assert.Equal(t, tt.needs, got.Signals.Readings[0].Needs, tt.name)
	}
}

// A calendar of weeks (4, 4 and 5) has sums of twelve months, though their first day lies in the last
// period of the year before; a period of 36 days there hides what was when.
func TestWeeksHaveSums(t *testing.T) {
	for _, extra := range []int{0, 1} {
		var sales []kam.Period
		to := kam.NewDate(2026, 10, 24)
		for i := range 30 {
			weeks := []int{5, 4, 4}[i%3]
			from := to.AddDays(1 - 7*weeks)
			if i == 12 { // in which the twelve months begin
				from = from.AddDays(-extra)
			}
			sales = append(sales, kam.Period{From: from, To: to, Revenue: money("7 EUR")})
			to = from.AddDays(-1)
		}
		s, err := kam.ReadSignals(kam.Account{ID: "x", Sales: sales}, asOf, kam.SignalRules{})
		require.NoError(t, err)
		v, known := s.Value(kam.SignalRevenue)
		if extra > 0 {
			assert.False(t, known)
			assert.Equal(t, "sales/from", s.Readings[0].Needs)
			continue
		}
		assert.True(t, known)
		assert.Equal(t, "84.2", v.String(), "twelve periods, and one of 35 days")
	}
}

// A period that lies in both windows is whole in the rhythm of both; an order before them has no
// interval.
func TestOrderIntervalOverTheBorder(t *testing.T) {
	sales := []kam.Period{
		{From: kam.NewDate(2024, 11, 1), To: kam.NewDate(2025, 10, 10), Orders: new(5), LastOrder: kam.NewDate(2025, 10, 1)},
		{From: kam.NewDate(2025, 10, 11), To: kam.NewDate(2025, 12, 31), Orders: new(3), LastOrder: kam.NewDate(2025, 12, 1)},
		{From: kam.NewDate(2026, 1, 1), To: kam.NewDate(2026, 10, 31), Orders: new(2), LastOrder: kam.NewDate(2026, 10, 31)},
	}
	s, err := kam.ReadSignals(kam.Account{ID: "x", Sales: sales}, asOf, kam.SignalRules{})
	require.NoError(t, err)
	interval, known := s.Value(kam.SignalOrderInterval)
	assert.True(t, known)
	assert.Equal(t, "73", interval.String(), "730 days, ten orders")

	sales = []kam.Period{
		{From: kam.NewDate(2024, 10, 10), To: kam.NewDate(2024, 11, 9), Orders: new(31), LastOrder: kam.NewDate(2024, 10, 12)},
		{From: kam.NewDate(2024, 11, 10), To: kam.NewDate(2026, 10, 31), Orders: new(0)},
	}
	s, err = kam.ReadSignals(kam.Account{ID: "x", Sales: sales}, asOf, kam.SignalRules{})
	require.NoError(t, err)
	_, known = s.Value(kam.SignalOrderInterval)
	assert.False(t, known)
}

// What is missing is named, and nothing of what is known.
func TestNeedsOfOrdersAndDeciders(t *testing.T) {
	a := kam.Account{
		ID: "x", Contacts: []kam.Contact{{ID: "1", Roles: []kam.Role{kam.User}}, {ID: "2"}},
		Sales: append(months(24, func(int) kam.Period { return kam.Period{Orders: new(1)} }), kam.Period{From: kam.NewDate(2026, 11, 1), To: kam.NewDate(2026, 11, 30), Orders: new(2)}),
	}
	needs := func(s kam.Signal) string {
		got, err := kam.ReadSignals(a, asOf, kam.SignalRules{})
		require.NoError(t, err)
		for _, r := range got.Readings {
			if r.Signal == s {
				return r.Needs
			}
		}
		return "no reading"
	}
	for _, s := range []kam.Signal{kam.SignalSilenceChance, kam.SignalNoOrderChance, kam.SignalDaysSinceOrder} {
		assert.Equal(t, "sales/lastOrder", needs(s), s)
	}
	assert.Equal(t, "contacts/roles", needs(kam.SignalDecidersMet))
	a.Contacts[1].Roles = []kam.Role{kam.User}
	assert.Empty(t, needs(kam.SignalDecidersMet), "none was met, since none decides")
	a.Sales[24].LastOrder = kam.NewDate(2026, 11, 20)
	assert.Empty(t, needs(kam.SignalSilenceChance))
}

// Where all facts are given and make no value, no fact is asked for; one that is not given
// is, whichever of several it is.
func TestNeedsNothingOfNothing(t *testing.T) {
	full := func(revenue string, orders int) func(int) kam.Period {
		return func(ago int) kam.Period {
			p := kam.Period{
				Revenue: money(revenue), DirectCost: money("0 EUR"), Discount: money("0 EUR"), Orders: new(orders), Deliveries: new(orders), LateDeliveries: new(0),
				Complaints: new(0), Units: new(orders), Returns: new(0), ProductLines: []string{"pumps"},
			}
			if orders > 0 {
				p.LastOrder = kam.NewDate(2026, 10, 1).AddMonths(-ago)
			}
			return p
		}
	}
	without := func(drop func(*kam.Period)) []kam.Period {
		sales := months(24, full("1 EUR", 1))
		drop(&sales[3])
		return sales
	}
	for _, tt := range []struct {
		name  string
		a     kam.Account
		needs map[kam.Signal]string // "" is unknown with nothing that lacks
	}{
		{"nothing sold for two years", kam.Account{Sales: months(24, full("0 EUR", 0)), Wallet: money("9 EUR"), OurRevenue: money("0 EUR")}, map[kam.Signal]string{
			kam.SignalRevenueTrend: "", kam.SignalMargin: "", kam.SignalDiscount: "", kam.SignalDiscountTrend: "", kam.SignalOnTime: "", kam.SignalComplaintRate: "",
			kam.SignalReturnRate: "", kam.SignalDaysSinceOrder: "", kam.SignalOrderInterval: "", kam.SignalOrderDelay: "", kam.SignalSilenceChance: "",
			kam.SignalNoOrderChance: "", kam.SignalOurRevenueShare: "",
		}},
		{"two orders", kam.Account{Sales: append(months(1, full("1 EUR", 2)), months(24, full("0 EUR", 0))[1:]...)}, map[kam.Signal]string{
			kam.SignalRevenueTrend: "", kam.SignalDiscountTrend: "", kam.SignalOrderInterval: "", kam.SignalOrderDelay: "", kam.SignalSilenceChance: "",
			kam.SignalWalletShare: "wallet", kam.SignalOurRevenueShare: "ourRevenue",
		}},
		{"a wallet below our sales", kam.Account{Sales: months(24, full("1 EUR", 1)), Wallet: money("11.99 EUR")}, map[kam.Signal]string{kam.SignalWalletShare: "wallet"}},
		{"no revenue told, the costs are", kam.Account{Wallet: money("9 EUR"), OurRevenue: money("9 EUR"), Sales: without(func(p *kam.Period) { p.Revenue = nil })}, map[kam.Signal]string{
			kam.SignalRevenue: "sales/revenue", kam.SignalRevenueTrend: "sales/revenue", kam.SignalWalletShare: "sales/revenue", kam.SignalOurRevenueShare: "sales/revenue",
			kam.SignalGrossMargin: "sales/revenue", kam.SignalMargin: "sales/revenue", kam.SignalDiscount: "sales/revenue", kam.SignalDiscountTrend: "sales/revenue",
		}},
		{"no orders told, the complaints are", kam.Account{Sales: without(func(p *kam.Period) { p.Orders, p.LastOrder = nil, kam.Date{} })}, map[kam.Signal]string{
			kam.SignalOrders: "sales/orders", kam.SignalComplaintRate: "sales/orders", kam.SignalOrderInterval: "sales/orders", kam.SignalOrderDelay: "sales/orders",
			kam.SignalSilenceChance: "sales/orders", kam.SignalNoOrderChance: "sales/orders", kam.SignalWalletShare: "wallet", kam.SignalOurRevenueShare: "ourRevenue",
		}},
		{"no last order told", kam.Account{Sales: months(24, func(ago int) kam.Period { p := full("1 EUR", 1)(ago); p.LastOrder = kam.Date{}; return p })}, map[kam.Signal]string{
			kam.SignalDaysSinceOrder: "sales/lastOrder", kam.SignalOrderInterval: "sales/lastOrder", kam.SignalOrderDelay: "sales/lastOrder",
			kam.SignalWalletShare: "wallet", kam.SignalOurRevenueShare: "ourRevenue",
		}},
		{"a last order of today alone", kam.Account{Sales: append(months(24, func(ago int) kam.Period { p := full("1 EUR", 1)(ago); p.LastOrder = kam.Date{}; return p }), kam.Period{From: kam.NewDate(2026, 11, 1), To: kam.NewDate(2026, 11, 30), Orders: new(1), LastOrder: asOf})}, map[kam.Signal]string{
			kam.SignalOrderInterval: "sales/lastOrder", kam.SignalOrderDelay: "sales/lastOrder",
		}},
		{"a running month of which nothing is told", kam.Account{
			Wallet: money("9 EUR"), OurRevenue: money("9 EUR"), Sales: append(months(24, full("0 EUR", 0)), kam.Period{From: kam.NewDate(2026, 11, 1), To: kam.NewDate(2026, 11, 30)}),
		}, map[kam.Signal]string{
			kam.SignalRevenueTrend: "", kam.SignalMargin: "", kam.SignalDiscount: "", kam.SignalDiscountTrend: "", kam.SignalOnTime: "", kam.SignalComplaintRate: "", kam.SignalReturnRate: "",
			kam.SignalDaysSinceOrder: "sales/lastOrder", kam.SignalOrderInterval: "", kam.SignalOrderDelay: "sales/lastOrder", kam.SignalSilenceChance: "", kam.SignalNoOrderChance: "",
		}},
		{"old books", kam.Account{Wallet: money("9 EUR"), OurRevenue: money("9 EUR"), Sales: months(24, full("1 EUR", 1))[12:]}, map[kam.Signal]string{
			kam.SignalRevenue: "sales/to", kam.SignalRevenueBefore: "sales/to", kam.SignalRevenueTrend: "sales/to", kam.SignalWalletShare: "sales/to", kam.SignalOurRevenueShare: "sales/to", kam.SignalGrossMargin: "sales/to",
			kam.SignalMargin: "sales/to", kam.SignalDiscount: "sales/to", kam.SignalDiscountTrend: "sales/to", kam.SignalOrders: "sales/to", kam.SignalDaysSinceOrder: "sales/to",
			kam.SignalOrderInterval: "sales/to", kam.SignalOrderDelay: "sales/to", kam.SignalSilenceChance: "sales/to", kam.SignalNoOrderChance: "sales/to",
			kam.SignalOnTime: "sales/to", kam.SignalComplaintRate: "sales/to", kam.SignalReturnRate: "sales/to",
		}},
		{"our whole revenue cannot be nothing", kam.Account{OurRevenue: money("0 EUR"), Wallet: money("12 EUR"), Sales: months(24, full("1 EUR", 1))}, map[kam.Signal]string{kam.SignalOurRevenueShare: "ourRevenue"}},
		{"no revenue told, and our whole revenue nothing", kam.Account{OurRevenue: money("0 EUR"), Wallet: money("12 EUR"), Sales: without(func(p *kam.Period) { p.Revenue = nil })}, map[kam.Signal]string{
			kam.SignalRevenue: "sales/revenue", kam.SignalRevenueTrend: "sales/revenue", kam.SignalWalletShare: "sales/revenue", kam.SignalOurRevenueShare: "sales/revenue",
			kam.SignalGrossMargin: "sales/revenue", kam.SignalMargin: "sales/revenue", kam.SignalDiscount: "sales/revenue", kam.SignalDiscountTrend: "sales/revenue",
		}},
		{"they spend just what we sell them", kam.Account{OurRevenue: money("1 EUR"), Wallet: money("12 EUR"), Sales: months(24, full("1 EUR", 1))}, map[kam.Signal]string{}},
		{"a wallet of nothing, and nothing sold", kam.Account{OurRevenue: money("1 EUR"), Wallet: money("0 EUR"), Sales: months(12, full("0 EUR", 0))}, map[kam.Signal]string{
			kam.SignalWalletShare: "", kam.SignalMargin: "", kam.SignalDiscount: "", kam.SignalOnTime: "", kam.SignalComplaintRate: "", kam.SignalReturnRate: "",
			kam.SignalRevenueBefore: "sales/revenue", kam.SignalRevenueTrend: "sales/revenue", kam.SignalDiscountTrend: "sales/discount",
			kam.SignalDaysSinceOrder: "", kam.SignalOrderInterval: "", kam.SignalOrderDelay: "", kam.SignalSilenceChance: "", kam.SignalNoOrderChance: "",
		}},
		{"no pieces told, the returns are", kam.Account{Sales: without(func(p *kam.Period) { p.Units, p.Deliveries, p.Orders = nil, new(1), new(1) })}, map[kam.Signal]string{
			kam.SignalReturnRate: "sales/units", kam.SignalWalletShare: "wallet", kam.SignalOurRevenueShare: "ourRevenue",
		}},
		{"a month left out", kam.Account{Wallet: money("99 EUR"), OurRevenue: money("99 EUR"), Sales: slices.Delete(months(24, full("0 EUR", 0)), 2, 3)}, map[kam.Signal]string{
			kam.SignalRevenue: "sales/to", kam.SignalRevenueTrend: "sales/to", kam.SignalWalletShare: "sales/to", kam.SignalOurRevenueShare: "sales/to", kam.SignalGrossMargin: "sales/to",
			kam.SignalMargin: "sales/to", kam.SignalDiscount: "sales/to", kam.SignalDiscountTrend: "sales/to", kam.SignalOrders: "sales/to", kam.SignalDaysSinceOrder: "sales/to",
			kam.SignalOrderInterval: "sales/to", kam.SignalOrderDelay: "sales/to", kam.SignalSilenceChance: "sales/to", kam.SignalNoOrderChance: "sales/to",
			kam.SignalOnTime: "sales/to", kam.SignalComplaintRate: "sales/to", kam.SignalReturnRate: "sales/to",
		}},
	} {
		tt.a.ID = "x"
		s, err := kam.ReadSignals(tt.a, asOf, kam.SignalRules{})
		require.NoError(t, err)
		got := map[kam.Signal]string{}
		for _, r := range s.Readings {
			if r.Value == nil && !strings.HasPrefix(r.Needs, "contacts") {
				got[r.Signal] = r.Needs
			}
		}
		if tt.a.Wallet == nil {
			tt.needs[kam.SignalWalletShare] = "wallet"
		}
		if tt.a.OurRevenue == nil {
			tt.needs[kam.SignalOurRevenueShare] = "ourRevenue"
		}
		delete(got, kam.SignalProductLines)
		assert.Equal(t, tt.needs, got, tt.name)
	}
}

// A month in which nothing was ordered and nothing came in says all that its counts and
// amounts can be; what came back in it, and who complained, it does not say.
func TestIdleMonth(t *testing.T) {
	sales := months(12, func(int) kam.Period {
		return kam.Period{
			Revenue: money("100 EUR"), DirectCost: money("60 EUR"), Discount: money("5 EUR"), Orders: new(2), LateDeliveries: new(1), Units: new(10), Returns: new(1), Complaints: new(0),
		}
	})
	read := func(idle kam.Period) map[kam.Signal]string {
		idle.From, idle.To = sales[4].From, sales[4].To
		s, err := kam.ReadSignals(kam.Account{ID: "x", Sales: append(slices.Clone(sales[:4]), append([]kam.Period{idle}, sales[5:]...)...)}, asOf, kam.SignalRules{})
		require.NoError(t, err)
		out := map[kam.Signal]string{}
		for _, id := range []kam.Signal{kam.SignalGrossMargin, kam.SignalDiscount, kam.SignalOnTime, kam.SignalReturnRate} {
			out[id] = "unknown"
			if v, ok := s.Value(id); ok {
				out[id] = v.String()
			}
		}
		return out
	}
	known := map[kam.Signal]string{kam.SignalGrossMargin: "440", kam.SignalDiscount: "4.7619", kam.SignalOnTime: "50", kam.SignalReturnRate: "unknown"}
	assert.Equal(t, known, read(kam.Period{Revenue: money("0 EUR"), Orders: new(0), Complaints: new(0)}), "11 months; whether something came back in the idle one is not told")
	known[kam.SignalReturnRate] = "10"
	assert.Equal(t, known, read(kam.Period{Revenue: money("0 EUR"), Orders: new(0), Complaints: new(0), Returns: new(0)}))
	known[kam.SignalOnTime] = "unknown"
	assert.Equal(t, known, read(kam.Period{Revenue: money("0 EUR"), Orders: new(0), Deliveries: new(1), Returns: new(0)}), "something ordered before was delivered")
	for name, p := range map[string]kam.Period{
		"revenue of no order": {Revenue: money("1 EUR"), Orders: new(0)}, "taken back": {Revenue: money("-1 EUR"), Orders: new(0)},
		"an order for nothing": {Revenue: money("0 EUR"), Orders: new(1)}, "no orders told": {Revenue: money("0 EUR")}, "no revenue told": {Orders: new(0)},
	} {
		got := read(p)
		assert.Equal(t, []string{"unknown", "unknown", "unknown"}, []string{got[kam.SignalGrossMargin], got[kam.SignalDiscount], got[kam.SignalOnTime]}, name)
		none := p
		none.Deliveries = new(0)
		assert.Equal(t, "50", read(none)[kam.SignalOnTime], "none was delivered, and so none late: "+name)
	}
}
