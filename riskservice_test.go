package kam_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

func TestRiskService(t *testing.T) { checkRows(t, serviceRows()) }

func serviceRows() []riskRow {
	sales := func(before, now kam.Period) kam.Account { return kam.Account{Sales: twoYears(before, now)} }
	complaints := func(n, orders int) kam.Period { return kam.Period{Complaints: new(n), Orders: new(orders)} }
	late := func(n, made int) kam.Period { return kam.Period{LateDeliveries: new(n), Deliveries: new(made)} }
	returns := func(n, units int) kam.Period { return kam.Period{Returns: new(n), Units: new(units)} }
	orders := func(n int) kam.Period { return kam.Period{Orders: new(n)} }
	incidents := func(list ...kam.Incident) kam.Account { return kam.Account{Incidents: list} }
	silent := func(n, complained, of int) kam.Account {
		a := sales(kam.Period{}, complaints(0, n))
		a.Peers = &kam.Peers{Complaints: complained, Orders: of}
		return a
	}
	met := func(tier kam.Tier, days int) kam.Account {
		return kam.Account{Tier: tier, Contacts: []kam.Contact{{ID: "a", LastMet: back(days + 7)}, {ID: "b", LastMet: back(days)}, {ID: "c"}}}
	}
	metLater := func(tier kam.Tier, days int) kam.Account {
		a := met(tier, days)
		a.Contacts[2].LastMet = back(-1)
		return a
	}
	return []riskRow{
		{check: kam.RiskComplaintsRising, name: "5 points", reason: "80 of 1,000 orders after 30", account: sales(complaints(30, 1000), complaints(80, 1000)), want: kam.AtRisk},
		{check: kam.RiskComplaintsRising, name: "2 points", reason: "50 of 1,000 after 30", account: sales(complaints(30, 1000), complaints(50, 1000)), want: kam.Watch},
		{check: kam.RiskComplaintsRising, name: "4.9999 points", reason: "a step under at risk", account: sales(complaints(3, 100), complaints(79_999, 1_000_000)), want: kam.Watch},
		{check: kam.RiskComplaintsRising, name: "1.9999 points", reason: "a step under watch", account: sales(complaints(3, 100), complaints(49_999, 1_000_000)), want: kam.Clear, edge: true},
		{check: kam.RiskComplaintsRising, name: "one complaint", reason: "10 points, but one alone is no trend", account: sales(complaints(0, 10), complaints(1, 10)), want: kam.Clear, edge: true},
		{check: kam.RiskComplaintsRising, name: "two complaints", reason: "20 points; but that both of two fall into one of two like years has a chance of 1/4", account: sales(complaints(0, 10), complaints(2, 10)), want: kam.Clear},
		{check: kam.RiskComplaintsRising, name: "four complaints", reason: "40 points, by a chance of 1/16: 6.25 %", account: sales(complaints(0, 10), complaints(4, 10)), want: kam.Clear, edge: true},
		{check: kam.RiskComplaintsRising, name: "five complaints", reason: "by a chance of 1/32: 3.125 %", account: sales(complaints(0, 10), complaints(5, 10)), want: kam.AtRisk},
		{check: kam.RiskComplaintsRising, name: "8 after 3", reason: "5 points of 100 orders; of 11 complaints 8 or more, (165 + 55 + 11 + 1)/2048, 11.3 %", account: sales(complaints(3, 100), complaints(8, 100)), want: kam.Clear},
		{check: kam.RiskComplaintsRising, name: "few orders now", reason: "both of two in 19 of 85 orders: 361/7225, 4.997 %", account: sales(complaints(0, 66), complaints(2, 19)), want: kam.AtRisk},
		{check: kam.RiskComplaintsRising, name: "more orders now", reason: "both of two in 17 of 76 orders: 289/5776, 5.003 %", account: sales(complaints(0, 59), complaints(2, 17)), want: kam.Clear, edge: true},
		{check: kam.RiskComplaintsRising, name: "on the line of chance", reason: "4 of 37 orders after 1 of 71: (5 · 37⁴ · 71 + 37⁵)/108⁵, 5.0000 % in the places that are shown", account: sales(complaints(1, 71), complaints(4, 37)), want: kam.AtRisk},
		{check: kam.RiskComplaintsRising, name: "none now", reason: "what is none does not rise, whatever was before", account: sales(kam.Period{}, complaints(0, 10)), want: kam.Clear, edge: true},
		{check: kam.RiskComplaintsRising, name: "complaints unknown", reason: "the orders are known and not asked for", account: sales(orders(10), orders(10)), want: kam.OutcomeUnknown, needs: []string{"sales/complaints"}},
		{check: kam.RiskComplaintsRising, name: "orders unknown", reason: "and the other way round", account: sales(kam.Period{Complaints: new(2)}, kam.Period{Complaints: new(2)}), want: kam.OutcomeUnknown, needs: []string{"sales/orders"}},
		{check: kam.RiskComplaintsRising, name: "before unknown", reason: "no year to compare with", account: kam.Account{Sales: twoYears(kam.Period{}, complaints(2, 10))[1:]}, want: kam.OutcomeUnknown, needs: []string{"sales/complaints", "sales/orders"}},
		{check: kam.RiskComplaintsRising, name: "no orders before", reason: "there is no rate of nothing, and no fact is missing", account: sales(complaints(0, 0), complaints(2, 10)), want: kam.OutcomeUnknown},

		{check: kam.RiskLateDeliveriesRising, name: "10 points", reason: "15 of 100 after 5 of 100; of 20 late ones 15 or more, 21700/2^20, 2.07 %", account: sales(late(5, 100), late(15, 100)), want: kam.AtRisk},
		{check: kam.RiskLateDeliveriesRising, name: "5 points", reason: "100 of 1,000 after 50", account: sales(late(50, 1000), late(100, 1000)), want: kam.Watch},
		{check: kam.RiskLateDeliveriesRising, name: "10 after 5", reason: "5 points of 100 deliveries; of 15 late ones 10 or more, 4944/32768, 15.1 %", account: sales(late(5, 100), late(10, 100)), want: kam.Clear, edge: true},
		{check: kam.RiskLateDeliveriesRising, name: "9.9999 points", reason: "a step under at risk", account: sales(late(5, 100), late(149_999, 1_000_000)), want: kam.Watch},
		{check: kam.RiskLateDeliveriesRising, name: "4.9999 points", reason: "a step under watch", account: sales(late(5, 100), late(99_999, 1_000_000)), want: kam.Clear, edge: true},
		{check: kam.RiskLateDeliveriesRising, name: "orders for deliveries", reason: "without a count of deliveries each order is one", account: sales(kam.Period{LateDeliveries: new(5), Orders: new(100)}, kam.Period{LateDeliveries: new(15), Orders: new(100)}), want: kam.AtRisk},
		{check: kam.RiskLateDeliveriesRising, name: "one late", reason: "50 points, but one alone is no trend", account: sales(late(0, 2), late(1, 2)), want: kam.Clear, edge: true},
		{check: kam.RiskLateDeliveriesRising, name: "late unknown", reason: "the deliveries are known", account: sales(kam.Period{Deliveries: new(9)}, orders(9)), want: kam.OutcomeUnknown, needs: []string{"sales/lateDeliveries"}},
		{check: kam.RiskLateDeliveriesRising, name: "deliveries unknown", reason: "and orders, which could stand for them", account: sales(kam.Period{LateDeliveries: new(2)}, kam.Period{LateDeliveries: new(2)}), want: kam.OutcomeUnknown, needs: []string{"sales/deliveries"}},

		{check: kam.RiskReturnsRising, name: "5 points", reason: "60 of 1,000 pieces after 10", account: sales(returns(10, 1000), returns(60, 1000)), want: kam.AtRisk},
		{check: kam.RiskReturnsRising, name: "2 points", reason: "30 of 1,000 after 10", account: sales(returns(10, 1000), returns(30, 1000)), want: kam.Watch},
		{check: kam.RiskReturnsRising, name: "4.9999 points", reason: "a step under at risk", account: sales(returns(10, 1000), returns(59_999, 1_000_000)), want: kam.Watch},
		{check: kam.RiskReturnsRising, name: "1.9999 points", reason: "a step under watch", account: sales(returns(10, 1000), returns(29_999, 1_000_000)), want: kam.Clear, edge: true},
		{check: kam.RiskReturnsRising, name: "falling", reason: "fewer came back", account: sales(returns(60, 1000), returns(10, 1000)), want: kam.Clear},
		{check: kam.RiskReturnsRising, name: "returns unknown", reason: "the pieces are known", account: sales(kam.Period{Units: new(9)}, kam.Period{Units: new(9)}), want: kam.OutcomeUnknown, needs: []string{"sales/returns"}},
		{check: kam.RiskReturnsRising, name: "nothing known", reason: "no sales at all", want: kam.OutcomeUnknown, needs: []string{"sales/returns", "sales/units"}},

		{check: kam.RiskIncidentsOpen, name: "one for 30 days", reason: "open, and not for long", account: incidents(kam.Incident{Opened: back(30)}), want: kam.Watch, since: back(30)},
		{check: kam.RiskIncidentsOpen, name: "one for 31 days", reason: "open for more than 30 days", account: incidents(kam.Incident{Opened: back(31)}), want: kam.AtRisk, since: back(31)},
		{check: kam.RiskIncidentsOpen, name: "one of all time", reason: "the first day that there is is a day", account: incidents(kam.Incident{Opened: kam.NewDate(1, 1, 1)}), want: kam.AtRisk, since: kam.NewDate(1, 1, 1)},
		{check: kam.RiskIncidentsOpen, name: "three of today", reason: "at risk from 3", account: incidents(kam.Incident{Opened: asOf}, kam.Incident{Opened: asOf}, kam.Incident{Opened: asOf}), want: kam.AtRisk, since: asOf},
		{check: kam.RiskIncidentsOpen, name: "two of today", reason: "one under at risk", account: incidents(kam.Incident{Opened: asOf}, kam.Incident{Opened: asOf}), want: kam.Watch},
		{check: kam.RiskIncidentsOpen, name: "closed today", reason: "it is not open any more", account: incidents(kam.Incident{Opened: back(99), Closed: asOf}), want: kam.Clear, edge: true},
		{check: kam.RiskIncidentsOpen, name: "closed on the first day of all", reason: "the first day that there is is a day", account: incidents(kam.Incident{Opened: kam.NewDate(1, 1, 1), Closed: kam.NewDate(1, 1, 1)}), want: kam.Clear},
		{check: kam.RiskIncidentsOpen, name: "none, said", reason: "an empty list says that there was none", account: kam.Account{Incidents: []kam.Incident{}}, want: kam.Clear},
		{check: kam.RiskIncidentsOpen, name: "later ones alone", reason: "whether there was one on the day is not known", account: incidents(kam.Incident{Opened: back(-1)}), want: kam.OutcomeUnknown, needs: []string{"incidents"}},
		{check: kam.RiskIncidentsOpen, name: "one of today, one later", reason: "the list was kept on the day", account: incidents(kam.Incident{Opened: asOf, Closed: asOf}, kam.Incident{Opened: back(-1)}), want: kam.Clear, edge: true},
		{check: kam.RiskIncidentsOpen, name: "no list", reason: "an absent list is unknown", want: kam.OutcomeUnknown, needs: []string{"incidents"}},

		{check: kam.RiskNoContact, name: "a sales call", reason: "30 days of the 30 that a key account may wait, since a call", account: kam.Account{Tier: kam.TierKey, Contacts: []kam.Contact{{ID: "a", LastMet: back(300)}}, Efforts: []kam.Effort{{Kind: kam.EffortSalesCalls, On: back(30), Money: money("1 EUR")}}}, want: kam.Watch, since: back(30)},
		{check: kam.RiskNoContact, name: "a call today", reason: "the as-of day counts", account: kam.Account{Tier: kam.TierKey, Efforts: []kam.Effort{{Kind: kam.EffortSalesCalls, On: asOf, Money: money("1 EUR")}}}, want: kam.Clear},
		{check: kam.RiskNoContact, name: "an idea", reason: "we brought it to them 29 days ago", account: kam.Account{Tier: kam.TierKey, Activities: []kam.Activity{{Kind: kam.ActivityIdea, On: back(29)}, {Kind: kam.ActivityPlan, On: back(1)}}}, want: kam.Clear, edge: true},
		{check: kam.RiskNoComplaints, name: "44 orders", reason: "0.9 to the 44th is 0.97 %", account: silent(44, 10, 100), want: kam.AtRisk},
		{check: kam.RiskNoComplaints, name: "43 orders", reason: "0.9 to the 43rd is 1.08 %", account: silent(43, 10, 100), want: kam.Watch},
		{check: kam.RiskNoComplaints, name: "29 orders", reason: "0.9 to the 29th is 4.71 %", account: silent(29, 10, 100), want: kam.Watch},
		{check: kam.RiskNoComplaints, name: "28 orders", reason: "0.9 to the 28th is 5.23 %", account: silent(28, 10, 100), want: kam.Clear, edge: true},
		{check: kam.RiskNoComplaints, name: "on the lower line", reason: "1 % exactly", account: silent(1, 99, 100), want: kam.AtRisk},
		{check: kam.RiskNoComplaints, name: "a step above it", reason: "1.0001 %", account: silent(1, 989_999, 1_000_000), want: kam.Watch},
		{check: kam.RiskNoComplaints, name: "on the upper line", reason: "5 % exactly", account: silent(1, 95, 100), want: kam.Watch},
		{check: kam.RiskNoComplaints, name: "a step above that", reason: "5.0001 %", account: silent(1, 949_999, 1_000_000), want: kam.Clear, edge: true},
		{check: kam.RiskNoComplaints, name: "no orders", reason: "of no order none is complained about", account: silent(0, 10, 100), want: kam.Clear},
		{check: kam.RiskNoComplaints, name: "others complain of all", reason: "that none came of an order is no chance", account: silent(1, 100, 100), want: kam.AtRisk},
		{check: kam.RiskNoComplaints, name: "others complain twice", reason: "at most of each", account: silent(1, 200, 100), want: kam.AtRisk},
		{check: kam.RiskNoComplaints, name: "a complaint", reason: "they do complain; how many orders there were does not matter", account: sales(kam.Period{}, kam.Period{Complaints: new(1)}), want: kam.Clear, edge: true},
		{check: kam.RiskNoComplaints, name: "complaints unknown", reason: "silence is not known", account: func() kam.Account {
			a := sales(kam.Period{}, orders(99))
			a.Peers = &kam.Peers{Complaints: 1, Orders: 9}
			return a
		}(), want: kam.OutcomeUnknown, needs: []string{"sales/complaints"}},
		{check: kam.RiskNoComplaints, name: "peers unknown", reason: "what is usual is not known", account: sales(kam.Period{}, complaints(0, 99)), want: kam.OutcomeUnknown, needs: []string{"peers"}},
		{check: kam.RiskNoComplaints, name: "peers without orders", reason: "nothing is usual", account: silent(99, 0, 0), want: kam.OutcomeUnknown, needs: []string{"peers"}},
		{check: kam.RiskNoComplaints, name: "nothing known", reason: "all three are asked for", want: kam.OutcomeUnknown, needs: []string{"sales/complaints", "sales/orders", "peers"}},

		{check: kam.RiskNoContact, name: "key, 60 days", reason: "twice the 30 days", account: met(kam.TierKey, 60), want: kam.AtRisk, since: back(60)},
		{check: kam.RiskNoContact, name: "key, 59 days", reason: "under twice", account: met(kam.TierKey, 59), want: kam.Watch, since: back(59)},
		{check: kam.RiskNoContact, name: "key, 30 days", reason: "the whole 30 days", account: met(kam.TierKey, 30), want: kam.Watch},
		{check: kam.RiskNoContact, name: "key, 29 days", reason: "a day before", account: met(kam.TierKey, 29), want: kam.Clear, edge: true},
		{check: kam.RiskNoContact, name: "regular, 90 days", reason: "every 90 days", account: met(kam.TierRegular, 90), want: kam.Watch},
		{check: kam.RiskNoContact, name: "regular, 89 days", reason: "a day before", account: met(kam.TierRegular, 89), want: kam.Clear, edge: true},
		{check: kam.RiskNoContact, name: "prospect, 180 days", reason: "every 180 days", account: met(kam.TierProspect, 180), want: kam.Watch},
		{check: kam.RiskNoContact, name: "prospect, 179 days", reason: "a day before", account: met(kam.TierProspect, 179), want: kam.Clear, edge: true},
		{check: kam.RiskNoContact, name: "any tier, 360 days", reason: "twice what is asked for any of them", account: met(kam.TierUnknown, 360), want: kam.AtRisk, since: back(360)},
		{check: kam.RiskNoContact, name: "any tier, 29 days", reason: "enough for every tier", account: met(kam.TierUnknown, 29), want: kam.Clear},
		{check: kam.RiskNoContact, name: "which tier, 30 days", reason: "too long for a key account, not for the others", account: met(kam.TierUnknown, 30), want: kam.OutcomeUnknown, needs: []string{"tier"}},
		{check: kam.RiskNoContact, name: "which tier, 359 days", reason: "a first sign at least", account: met(kam.TierUnknown, 359), want: kam.Watch, needs: []string{"tier"}},
		{check: kam.RiskNoContact, name: "another met later", reason: "and perhaps before the day as well, which the later day has overwritten", account: metLater(kam.TierKey, 60), want: kam.OutcomeUnknown, needs: []string{"contacts/lastMet"}},
		{check: kam.RiskNoContact, name: "another met later, 29 days", reason: "clear stays clear", account: metLater(kam.TierKey, 29), want: kam.Clear, edge: true},
		{check: kam.RiskNoContact, name: "met later alone", reason: "nothing is known of the day", account: kam.Account{Tier: kam.TierKey, Contacts: []kam.Contact{{ID: "a", LastMet: back(-1)}}}, want: kam.OutcomeUnknown, needs: []string{"contacts/lastMet"}},
		{check: kam.RiskNoContact, name: "another met later, which tier", reason: "both are asked for", account: metLater(kam.TierUnknown, 30), want: kam.OutcomeUnknown, needs: []string{"tier", "contacts/lastMet"}},
		{check: kam.RiskNoContact, name: "a review", reason: "a review with the customer is a meeting", account: kam.Account{Tier: kam.TierKey, Activities: []kam.Activity{{Kind: kam.ActivityReview, On: back(29)}}}, want: kam.Clear, edge: true},
		{check: kam.RiskNoContact, name: "a plan", reason: "a plan is made at our own desk", account: kam.Account{Tier: kam.TierKey, Activities: []kam.Activity{{Kind: kam.ActivityPlan, On: back(1)}}}, want: kam.OutcomeUnknown, needs: []string{"contacts/lastMet"}},
		{check: kam.RiskNoContact, name: "no meeting known", reason: "unknown is not never", account: kam.Account{Tier: kam.TierKey, Contacts: []kam.Contact{{ID: "a"}}}, want: kam.OutcomeUnknown, needs: []string{"contacts/lastMet"}},
	}
}

// How often each tier is to be met is the policy's.
func TestContactEvery(t *testing.T) {
	engine := compiled(t, kam.Policy{Risks: kam.RiskRules{ContactEvery: kam.ContactEvery{Key: 7}}})
	a := kam.Account{Tier: kam.TierKey, Contacts: []kam.Contact{{ID: "a", LastMet: back(7)}}}
	assert.Equal(t, kam.Watch, riskOf(t, engine, a, kam.RiskNoContact, asOf).Outcome)
	a.Contacts[0].LastMet = back(6)
	assert.Equal(t, kam.Clear, riskOf(t, engine, a, kam.RiskNoContact, asOf).Outcome)
	assert.Equal(t, kam.ContactEvery{Key: 7, Regular: 90, Prospect: 180}, engine.Policy().Risks.ContactEvery, "the others are the defaults")

	engine = compiled(t, kam.Policy{Risks: kam.RiskRules{ContactEvery: kam.ContactEvery{Regular: 60, Prospect: 120}}})
	assert.Equal(t, kam.ContactEvery{Key: 30, Regular: 60, Prospect: 120}, engine.Policy().Risks.ContactEvery)
	for tier, every := range map[kam.Tier]int{kam.TierRegular: 60, kam.TierProspect: 120} {
		a := kam.Account{Tier: tier, Activities: []kam.Activity{{Kind: kam.ActivityReview, On: back(every)}}}
		assert.Equal(t, kam.Watch, riskOf(t, engine, a, kam.RiskNoContact, asOf).Outcome, tier)
		a.Activities[0].On = back(every - 1)
		assert.Equal(t, kam.Clear, riskOf(t, engine, a, kam.RiskNoContact, asOf).Outcome, tier)
	}
}

// The evidence of a rise shows both rates, and that of a silence how likely it
// is by chance.
func TestServiceEvidence(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	rise := riskOf(t, engine, kam.Account{Sales: twoYears(kam.Period{Returns: new(10), Units: new(1000)}, kam.Period{Returns: new(60), Units: new(1000)})}, kam.RiskReturnsRising, asOf)
	assert.Equal(t, []kam.Finding{
		{Evidence: "return-rate-now", Condition: "2025-11-01..2026-10-31", Value: "6"},
		{Evidence: "return-rate-before", Condition: "2024-11-01..2025-10-31", Value: "1"},
		{Evidence: "return-rate-rise", Condition: ">= 5", Value: "5"},
	}, rise.Evidence)
	five := riskOf(t, engine, kam.Account{Sales: twoYears(kam.Period{Complaints: new(0), Orders: new(10)}, kam.Period{Complaints: new(5), Orders: new(10)})}, kam.RiskComplaintsRising, asOf)
	require.NotNil(t, five.ByChance)
	assert.Equal(t, kam.Dec(3125, 3), *five.ByChance, "all of five in one of two like years: 1/32")
	many := riskOf(t, engine, kam.Account{Sales: twoYears(kam.Period{Complaints: new(0), Orders: new(10_000)}, kam.Period{Complaints: new(501), Orders: new(10_000)})}, kam.RiskComplaintsRising, asOf)
	assert.Equal(t, kam.AtRisk, many.Outcome, "5.01 points")
	assert.Nil(t, many.ByChance, "of more than 500 it is not computed, and that is not 0")
	silence := riskOf(t, engine, kam.Account{
		Sales: twoYears(kam.Period{}, kam.Period{Complaints: new(0), Orders: new(2)}), Peers: &kam.Peers{Complaints: 80, Orders: 100},
	}, kam.RiskNoComplaints, asOf)
	require.NotNil(t, silence.ByChance)
	assert.Equal(t, kam.Int(4), *silence.ByChance, "0.2 squared")
	assert.Equal(t, []kam.Finding{
		{Evidence: "complaints", Condition: "= 0", Value: "0"},
		{Evidence: "orders", Condition: "2025-11-01..2026-10-31", Value: "2"},
		{Evidence: "peer-complaint-rate", Value: "80"},
		{Evidence: "no-complaint-chance", Condition: "<= 5", Value: "4"},
	}, silence.Evidence)
	later := kam.Account{Tier: kam.TierKey, Contacts: []kam.Contact{{ID: "a", LastMet: back(60)}, {ID: "b", LastMet: back(-1)}}}
	assert.Empty(t, riskOf(t, engine, later, kam.RiskNoContact, asOf).Evidence, "60 days are not known to be without a meeting")
	old := riskOf(t, engine, kam.Account{Incidents: []kam.Incident{{Opened: back(31)}}}, kam.RiskIncidentsOpen, asOf)
	// 30 days before 2026-11-24.
	assert.Contains(t, old.Evidence, kam.Finding{Evidence: "incidents-old", Condition: "opened < 2026-10-25", Value: "1"})
	anyTier := kam.Account{Contacts: []kam.Contact{{ID: "a", LastMet: back(360)}}}
	assert.Equal(t, []kam.Finding{{Evidence: "days-since-contact", Value: "360"}, {Evidence: "percent-of-tier", Condition: ">= 200", Value: "200"}},
		riskOf(t, engine, anyTier, kam.RiskNoContact, asOf).Evidence, "of the mildest tier, 180 days")
}

// A rise is of two windows: what one of them lacks is named.
func TestRisesNeedBothWindows(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	for _, x := range []struct {
		check kam.RiskID
		lacks func(*kam.Period)
		needs []string
	}{
		{kam.RiskComplaintsRising, func(p *kam.Period) { p.Complaints = nil }, []string{"sales/complaints"}},
		{kam.RiskComplaintsRising, func(p *kam.Period) { p.Complaints, p.Orders = nil, nil }, []string{"sales/complaints", "sales/orders"}},
		{kam.RiskLateDeliveriesRising, func(p *kam.Period) { p.LateDeliveries = nil }, []string{"sales/lateDeliveries"}},
		{kam.RiskReturnsRising, func(p *kam.Period) { p.Returns = nil }, []string{"sales/returns"}},
	} {
		account := monthly(t)
		x.lacks(&account.Sales[3])
		got := riskOf(t, engine, account, x.check, asOf)
		assert.Equal(t, kam.OutcomeUnknown, got.Outcome, x.check)
		assert.Equal(t, x.needs, got.Needs, x.check)
	}
}
