package kam_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

func TestRiskRelationship(t *testing.T) { checkRows(t, relationshipRows()) }

// saidRows are the rows of a check that rests on what people say.
func saidRows(check kam.RiskID, id kam.Evidence, bad kam.Verdict) []riskRow {
	good := kam.Yes + kam.No - bad
	on := func(v kam.Verdict, d kam.Date) kam.Account {
		return kam.Account{Judgements: map[kam.Evidence]kam.Judgement{id: {Verdict: v, On: d}}}
	}
	return []riskRow{
		{check: check, name: "said", reason: "people say so, since that day", account: on(bad, back(20)), want: kam.AtRisk, since: back(20)},
		{check: check, name: "said today", reason: "the as-of day counts", account: on(bad, asOf), want: kam.AtRisk, since: asOf},
		{check: check, name: "denied", reason: "people say the opposite", account: on(good, back(20)), want: kam.Clear, edge: true},
		{check: check, name: "nobody says", reason: "unknown is not clear", want: kam.OutcomeUnknown, needs: []string{"judgements/" + string(id)}},
		{check: check, name: "unknown, said", reason: "somebody says that it is unknown", account: on(kam.VerdictUnknown, asOf), want: kam.OutcomeUnknown, needs: []string{"judgements/" + string(id)}},
	}
}

// ratedRows are the rows of a check for which a rating of S4 stands in.
func ratedRows(check kam.RiskID, id kam.Evidence, bad kam.Verdict, factor string, line, under kam.Number) []riskRow {
	rated := func(n kam.Number) kam.Account {
		return kam.Account{Answers: map[string]kam.Answers{"selection": {factor: kam.Rated(n)}}}
	}
	other := kam.Account{Answers: map[string]kam.Answers{"selection": {"stance": kam.Rated(line), "bureaucracy": kam.Rated(line)}}}
	both := rated(line)
	both.Judgements = said(id, kam.Yes+kam.No-bad)
	return append(saidRows(check, id, bad),
		riskRow{check: check, name: "rated on the line", reason: "a rating is a first sign", account: rated(line), want: kam.Watch},
		riskRow{check: check, name: "rated off the line", reason: "one step from it", account: rated(under), want: kam.Clear, edge: true},
		riskRow{check: check, name: "others rated", reason: "the ratings of other questions say nothing", account: other, want: kam.OutcomeUnknown, needs: []string{"judgements/" + string(id)}},
		riskRow{check: check, name: "rated and denied", reason: "what people say goes before a rating", account: both, want: kam.Clear},
	)
}

// Of a window of another length the wallet counts in proportion: the share of
// three months is of a quarter of what they spend in a year.
func TestWalletOfAnotherWindow(t *testing.T) {
	quarters := []kam.Period{
		{From: kam.NewDate(2026, 5, 1), To: kam.NewDate(2026, 7, 31), Revenue: money("25 EUR")},
		{From: kam.NewDate(2026, 8, 1), To: kam.NewDate(2026, 10, 31), Revenue: money("20 EUR")},
	}
	for months, want := range map[int]struct {
		sales       []kam.Period
		now, before string
	}{
		3:  {quarters, "20", "25"},                                                                                                                                                                                             // of 100 and 100
		24: {[]kam.Period{{From: kam.NewDate(2022, 11, 1), To: kam.NewDate(2024, 10, 31), Revenue: money("200 EUR")}, {From: kam.NewDate(2024, 11, 1), To: kam.NewDate(2026, 10, 31), Revenue: money("160 EUR")}}, "20", "25"}, // of 800 and 800
	} {
		engine := compiled(t, kam.Policy{Signals: kam.SignalRules{Months: months}})
		a := kam.Account{Sales: want.sales, Wallet: money("400 EUR"), WalletBefore: money("400 EUR")}
		got := riskOf(t, engine, a, kam.RiskWalletShareFalling, asOf)
		require.Equal(t, kam.AtRisk, got.Outcome, months)
		require.Len(t, got.Evidence, 3)
		assert.Equal(t, kam.Finding{Evidence: "wallet-share-fall", Condition: ">= 5", Value: "5"}, got.Evidence[2], months)
		assert.Equal(t, []string{want.now, want.before}, []string{got.Evidence[0].Value, got.Evidence[1].Value}, months)
		a.ID = "x"
		whole, err := engine.Assess(a, asOf)
		require.NoError(t, err)
		share, ok := whole.Signals.Value(kam.SignalWalletShare)
		require.True(t, ok)
		assert.Equal(t, want.now, share.String(), months)
	}
}

// Where more came back than was sold, there is no share to fall.
func TestNoShareOfLessThanNothing(t *testing.T) {
	for _, x := range [][2]string{{"100 EUR", "-50 EUR"}, {"-50 EUR", "100 EUR"}} {
		a := kam.Account{Wallet: money("1000 EUR"), WalletBefore: money("1000 EUR"), Sales: twoYears(kam.Period{Revenue: money(x[0])}, kam.Period{Revenue: money(x[1])})}
		got := riskOf(t, compiled(t, kam.Policy{}), a, kam.RiskWalletShareFalling, asOf)
		assert.Equal(t, kam.OutcomeUnknown, got.Outcome)
		assert.Empty(t, got.Needs)
	}
	for sales, want := range map[[2]string]kam.Outcome{{"100 EUR", "0 EUR"}: kam.AtRisk, {"0 EUR", "100 EUR"}: kam.Clear} {
		a := kam.Account{Wallet: money("1000 EUR"), WalletBefore: money("1000 EUR"), Sales: twoYears(kam.Period{Revenue: money(sales[0])}, kam.Period{Revenue: money(sales[1])})}
		assert.Equal(t, want, riskOf(t, compiled(t, kam.Policy{}), a, kam.RiskWalletShareFalling, asOf).Outcome, "nothing is a share")
	}
}

// Nobody spends less than we sell them: such a wallet is wrong, and asked for.
func TestWalletTooSmall(t *testing.T) {
	for _, tt := range []struct{ wallet, before, needs string }{
		{"110 EUR", "60 EUR", "walletBefore"}, {"60 EUR", "110 EUR", "wallet"}, {"60 EUR", "60 EUR", "wallet"}, {"99.5 EUR", "110 EUR", "wallet"}, {"0.0001 EUR", "110 EUR", "wallet"},
	} {
		a := kam.Account{Wallet: money(tt.wallet), WalletBefore: money(tt.before), Sales: twoYears(kam.Period{Revenue: money("100 EUR")}, kam.Period{Revenue: money("100 EUR")})}
		got := riskOf(t, compiled(t, kam.Policy{}), a, kam.RiskWalletShareFalling, asOf)
		assert.Equal(t, kam.OutcomeUnknown, got.Outcome)
		assert.Equal(t, []string{tt.needs}, got.Needs)
		a.ID = "x"
		s, err := kam.ReadSignals(a, asOf, kam.SignalRules{})
		require.NoError(t, err)
		_, known := s.Value(kam.SignalWalletShare)
		assert.Equal(t, tt.wallet == "110 EUR", known)
	}
	all := kam.Account{Wallet: money("100 EUR"), WalletBefore: money("100 EUR"), Sales: twoYears(kam.Period{Revenue: money("100 EUR")}, kam.Period{Revenue: money("100 EUR")})}
	assert.Equal(t, kam.Clear, riskOf(t, compiled(t, kam.Policy{}), all, kam.RiskWalletShareFalling, asOf).Outcome)
	a := kam.Account{ID: "x", Wallet: money("100 EUR"), Sales: twoYears(kam.Period{}, kam.Period{Revenue: money("100 EUR")})}
	s, err := kam.ReadSignals(a, asOf, kam.SignalRules{})
	require.NoError(t, err)
	share, known := s.Value(kam.SignalWalletShare)
	assert.True(t, known)
	assert.Equal(t, kam.Int(100), share, "all that they spend")
}

func relationshipRows() []riskRow {
	rows := ratedRows(kam.RiskPrioritiesNotShared, kam.EvidencePrioritiesShared, kam.No, "openness", kam.Int(3), kam.Dec(30001, 4))
	rows = append(rows, ratedRows(kam.RiskThinInformation, kam.EvidenceInformation, kam.No, "information", kam.Int(3), kam.Dec(30001, 4))...)
	rows = append(rows, ratedRows(kam.RiskTrustDamaged, kam.EvidenceTrustDamaged, kam.Yes, "bad-impression", kam.Int(7), kam.Dec(69999, 4))...)
	rows = append(rows, saidRows(kam.RiskRivalStronger, kam.EvidenceRivalStronger, kam.Yes)...)
	rows = append(rows, saidRows(kam.RiskRivalAttack, kam.EvidenceRivalAttack, kam.Yes)...)
	rows = append(rows, saidRows(kam.RiskPoorPerformance, kam.EvidencePoorPerformance, kam.Yes)...)
	rows = append(rows, saidRows(kam.RiskMarketShift, kam.EvidenceMarketShift, kam.Yes)...)

	abused := func(margin string, ratings ...kam.SatisfactionRecord) kam.Account {
		a := kam.Account{Sales: twoYears(kam.Period{}, kam.Period{Revenue: money("1000000 EUR"), DirectCost: money(margin)}), StandardMargin: new(kam.Int(30)), Satisfaction: ratings}
		return a
	}
	rated := func(days, rating int) kam.SatisfactionRecord {
		return kam.SatisfactionRecord{On: back(days), Rating: kam.Int(rating)}
	}
	without := func(a kam.Account, change func(*kam.Account)) kam.Account {
		change(&a)
		return a
	}
	key := func(tier kam.Tier, v kam.Verdict) kam.Account {
		return kam.Account{Tier: tier, Judgements: said(kam.EvidenceKnownAsKey, v)}
	}
	known := "judgements/" + string(kam.EvidenceKnownAsKey)
	views := func(ours, theirs kam.Stage, days int) kam.Account {
		var h kam.History
		if ours != kam.StageUnknown {
			h = append(h, kam.StageRecord{Stage: ours, On: back(700)})
		}
		if theirs != kam.StageUnknown {
			h = append(h, kam.StageRecord{Stage: theirs, On: back(days), View: kam.ViewCustomer})
		}
		return kam.Account{Stages: h}
	}
	years := func(before, now string) kam.Account {
		return kam.Account{Sales: twoYears(kam.Period{Revenue: money(before)}, kam.Period{Revenue: money(now)})}
	}
	young := func(day int) kam.Account {
		return without(years("30 EUR", "48 EUR"), func(a *kam.Account) {
			a.Sales[0].From = kam.NewDate(2025, 8, day)
			a.CustomerSince = a.Sales[0].From
		})
	}
	long := kam.Account{Sales: []kam.Period{{From: kam.NewDate(2024, 11, 1), To: kam.NewDate(2026, 10, 31), Revenue: money("1000 EUR")}}, Wallet: money("9 EUR"), WalletBefore: money("9 EUR")}
	month := kam.Account{Sales: []kam.Period{
		{From: kam.NewDate(2024, 10, 1), To: kam.NewDate(2025, 9, 29), Revenue: money("1000 EUR")},
		{From: kam.NewDate(2025, 9, 30), To: kam.NewDate(2025, 10, 30), Revenue: money("0 EUR")},
		{From: kam.NewDate(2025, 10, 31), To: kam.NewDate(2026, 9, 30), Revenue: money("0 EUR")},
	}}
	share := func(before, now string) kam.Account {
		return kam.Account{
			Sales:  twoYears(kam.Period{Revenue: money(before)}, kam.Period{Revenue: money(now)}),
			Wallet: money("1000000 EUR"), WalletBefore: money("1000000 EUR"),
		}
	}
	need := func(ended, ending kam.Verdict) kam.Account {
		return kam.Account{Judgements: map[kam.Evidence]kam.Judgement{"need-ended": {Verdict: ended}, "need-ending": {Verdict: ending}}}
	}
	return append(rows, []riskRow{
		{check: kam.RiskPositionAbused, name: "20 points above", reason: "50 % where 30 are usual, and 7 after 8", account: abused("500000 EUR", rated(90, 8), rated(9, 7)), want: kam.AtRisk, since: back(9)},
		{check: kam.RiskPositionAbused, name: "rated today", reason: "the as-of day counts", account: abused("500000 EUR", rated(90, 8), rated(0, 7)), want: kam.AtRisk, since: asOf},
		{check: kam.RiskPositionAbused, name: "19.9999 points above", reason: "a step under at risk", account: abused("500001 EUR", rated(90, 8), rated(9, 7)), want: kam.Watch},
		{check: kam.RiskPositionAbused, name: "10 points above", reason: "a first sign", account: abused("600000 EUR", rated(90, 8), rated(9, 7)), want: kam.Watch, since: back(9)},
		{check: kam.RiskPositionAbused, name: "9.9999 points above", reason: "a step under watch", account: abused("600001 EUR", rated(90, 8), rated(9, 7)), want: kam.Clear, edge: true},
		{
			check: kam.RiskPositionAbused, name: "less than a point", reason: "7.0001 after 8 is no fall",
			account: abused("100000 EUR", rated(90, 8), kam.SatisfactionRecord{On: back(9), Rating: kam.Dec(70001, 4)}), want: kam.Clear, edge: true,
		},
		{check: kam.RiskPositionAbused, name: "satisfied", reason: "a margin alone is no abuse", account: abused("100000 EUR", rated(90, 7), rated(9, 7)), want: kam.Clear, edge: true},
		{check: kam.RiskPositionAbused, name: "an older fall", reason: "from which it has not risen", account: abused("100000 EUR", rated(90, 9), rated(60, 7), rated(9, 7)), want: kam.AtRisk},
		{check: kam.RiskPositionAbused, name: "step by step", reason: "the best of two years is what it fell from", account: abused("100000 EUR", rated(90, 9), kam.SatisfactionRecord{On: back(60), Rating: kam.Dec(85, 1)}, rated(9, 8)), want: kam.AtRisk},
		{check: kam.RiskPositionAbused, name: "since the second", reason: "from which on it was a point below", account: abused("100000 EUR", rated(200, 9), rated(60, 8), rated(9, 7), rated(-5, 9)), want: kam.AtRisk, since: back(60)},
		{check: kam.RiskPositionAbused, name: "since the second fall", reason: "between the two it was above", account: abused("100000 EUR", rated(200, 9), rated(150, 7), kam.SatisfactionRecord{On: back(100), Rating: kam.Dec(85, 1)}, rated(60, 8), rated(9, 7)), want: kam.AtRisk, since: back(60)},
		{check: kam.RiskPositionAbused, name: "risen since", reason: "the fall is over", account: abused("100000 EUR", rated(90, 9), rated(60, 6), rated(9, 7)), want: kam.Clear},
		{check: kam.RiskPositionAbused, name: "two ratings of a day", reason: "the lower one counts", account: abused("100000 EUR", rated(90, 9), rated(9, 7), rated(9, 9)), want: kam.AtRisk},
		{check: kam.RiskPositionAbused, name: "one day alone", reason: "of one day there is no fall", account: abused("100000 EUR", rated(9, 9), rated(9, 7)), want: kam.OutcomeUnknown, needs: []string{"satisfaction"}},
		{check: kam.RiskPositionAbused, name: "730 days", reason: "both ratings are of two years", account: abused("500000 EUR", rated(730, 8), rated(9, 7)), want: kam.AtRisk},
		{check: kam.RiskPositionAbused, name: "731 days", reason: "one rating shows no fall", account: abused("600000 EUR", rated(731, 8), rated(9, 7)), want: kam.OutcomeUnknown, needs: []string{"satisfaction"}},
		{check: kam.RiskPositionAbused, name: "satisfied, margin unknown", reason: "without a fall there is no abuse, whatever the margin", account: kam.Account{Satisfaction: []kam.SatisfactionRecord{rated(90, 7), rated(9, 8)}}, want: kam.Clear},
		{check: kam.RiskPositionAbused, name: "usual margin, satisfaction unknown", reason: "and none without a margin", account: abused("700000 EUR"), want: kam.Clear},
		{check: kam.RiskPositionAbused, name: "standard unknown", reason: "what is usual is not known", account: without(abused("600000 EUR", rated(90, 8), rated(9, 7)), func(a *kam.Account) { a.StandardMargin = nil }), want: kam.OutcomeUnknown, needs: []string{"standardMargin"}},
		{check: kam.RiskPositionAbused, name: "cost unknown", reason: "the margin is not known", account: without(abused("600000 EUR", rated(90, 8), rated(9, 7)), func(a *kam.Account) { a.Sales[1].DirectCost = nil }), want: kam.OutcomeUnknown, needs: []string{"sales/directCost"}},
		{check: kam.RiskPositionAbused, name: "nothing known", reason: "all is asked for but the standard, which comes after the margin", want: kam.OutcomeUnknown, needs: []string{"satisfaction", "sales/revenue", "sales/directCost"}},

		{check: kam.RiskNotKnownAsKey, name: "a key account, not known", reason: "S15.8", account: key(kam.TierKey, kam.No), want: kam.AtRisk},
		{check: kam.RiskNotKnownAsKey, name: "a key account, known", reason: "they know", account: key(kam.TierKey, kam.Yes), want: kam.Clear, edge: true},
		{check: kam.RiskNotKnownAsKey, name: "a regular account", reason: "it is none, so nobody need know", account: key(kam.TierRegular, kam.No), want: kam.Clear, edge: true},
		{check: kam.RiskNotKnownAsKey, name: "nobody says", reason: "unknown is not clear", account: kam.Account{Tier: kam.TierKey}, want: kam.OutcomeUnknown, needs: []string{known}},
		{check: kam.RiskNotKnownAsKey, name: "tier unknown, not known", reason: "it may be none", account: key(kam.TierUnknown, kam.No), want: kam.OutcomeUnknown, needs: []string{"tier"}},
		{check: kam.RiskNotKnownAsKey, name: "tier unknown, known", reason: "clear in either case", account: key(kam.TierUnknown, kam.Yes), want: kam.Clear},
		{check: kam.RiskNotKnownAsKey, name: "nothing known", reason: "both are asked for", want: kam.OutcomeUnknown, needs: []string{"tier", known}},

		{check: kam.RiskViewsDiffer, name: "for 181 days", reason: "for more than 180", account: views(kam.StageGood, kam.StageDeveloping, 181), want: kam.AtRisk, since: back(181)},
		{check: kam.RiskViewsDiffer, name: "for 180 days", reason: "a first sign", account: views(kam.StageGood, kam.StageDeveloping, 180), want: kam.Watch, since: back(180)},
		{check: kam.RiskViewsDiffer, name: "the same", reason: "both say good", account: views(kam.StageGood, kam.StageGood, 181), want: kam.Clear, edge: true},
		{check: kam.RiskViewsDiffer, name: "theirs unknown", reason: "they were not asked", account: views(kam.StageGood, kam.StageUnknown, 0), want: kam.OutcomeUnknown, needs: []string{"stages/customer"}},
		{check: kam.RiskViewsDiffer, name: "ours unknown", reason: "we have not said", account: views(kam.StageUnknown, kam.StageGood, 9), want: kam.OutcomeUnknown, needs: []string{"stages/recorded"}},

		{check: kam.RiskRevenueFalling, name: "one long period", reason: "it does not tell what was when", account: long, want: kam.OutcomeUnknown, needs: []string{"sales/from"}},
		{check: kam.RiskWalletShareFalling, name: "one long period", reason: "nor does a share of it", account: long, want: kam.OutcomeUnknown, needs: []string{"sales/from"}},
		{check: kam.RiskRevenueFalling, name: "a month in both", reason: "31 days, two of them before, hide little", account: month, want: kam.AtRisk},
		{check: kam.RiskRevenueFalling, name: "half", reason: "50 %, whatever the wallet", account: years("1000 EUR", "500 EUR"), want: kam.AtRisk},
		{check: kam.RiskRevenueFalling, name: "49.9999 %", reason: "a step under at risk", account: years("1000000 EUR", "500001 EUR"), want: kam.Watch},
		{check: kam.RiskRevenueFalling, name: "a quarter", reason: "a first sign at 25 %", account: years("1000 EUR", "750 EUR"), want: kam.Watch},
		{check: kam.RiskRevenueFalling, name: "24.9999 %", reason: "a step under a first sign", account: years("1000000 EUR", "750001 EUR"), want: kam.Clear, edge: true},
		{check: kam.RiskRevenueFalling, name: "more came back than was sold", reason: "a fall of 110 %", account: years("1000 EUR", "-100 EUR"), want: kam.AtRisk},
		{check: kam.RiskRevenueFalling, name: "nothing before", reason: "nothing could fall", account: years("0 EUR", "0 EUR"), want: kam.Clear, edge: true},
		{check: kam.RiskRevenueFalling, name: "refunds before", reason: "of a revenue below zero there is no share", account: years("-10 EUR", "-20 EUR"), want: kam.OutcomeUnknown},
		{check: kam.RiskRevenueFalling, name: "below zero", reason: "nor of none", account: years("0 EUR", "-0.0001 EUR"), want: kam.OutcomeUnknown},
		{check: kam.RiskRevenueFalling, name: "fewer refunds", reason: "it did not fall", account: years("-10 EUR", "-10 EUR"), want: kam.Clear, edge: true},
		{check: kam.RiskRevenueFalling, name: "new", reason: "nothing could fall", account: without(years("1 EUR", "1 EUR"), func(a *kam.Account) { a.Sales, a.CustomerSince = a.Sales[1:], kam.NewDate(2025, 11, 1) }), want: kam.Clear},
		{check: kam.RiskRevenueFalling, name: "new in the time before", reason: "30 in 92 days would be 119.02 in 365, and 48 is 59.67 % less", account: young(1), want: kam.AtRisk},
		{check: kam.RiskRevenueFalling, name: "the least revenue", reason: "is one, and all of it is gone", account: years("0.0001 EUR", "0 EUR"), want: kam.AtRisk},
		{check: kam.RiskRevenueFalling, name: "a customer from today", reason: "who had bought before is no new customer", account: without(years("1000 EUR", "500 EUR"), func(a *kam.Account) { a.CustomerSince = asOf }), want: kam.AtRisk},
		{check: kam.RiskRevenueFalling, name: "a customer from tomorrow", reason: "of which nothing is known today", account: without(years("1000 EUR", "500 EUR"), func(a *kam.Account) { a.CustomerSince = asOf.AddDays(1) }), want: kam.AtRisk},
		{check: kam.RiskRevenueFalling, name: "a customer from the last day of a month", reason: "whose month is not before: 62 days are too few", account: without(years("30 EUR", "10 EUR"), func(a *kam.Account) {
			a.CustomerSince = kam.NewDate(2025, 8, 31)
			a.Sales[0].From = kam.NewDate(2025, 9, 1)
			a.Sales = append(a.Sales, kam.Period{From: kam.NewDate(2025, 8, 1), To: kam.NewDate(2025, 8, 31), Revenue: money("10 EUR")})
		}), want: kam.OutcomeUnknown},
		{check: kam.RiskRevenueFalling, name: "newer", reason: "91 days are too few", account: young(2), want: kam.OutcomeUnknown},
		{check: kam.RiskRevenueFalling, name: "a customer from the first day", reason: "of all the time before", account: without(years("1000 EUR", "500 EUR"), func(a *kam.Account) { a.CustomerSince = kam.NewDate(2024, 11, 1) }), want: kam.AtRisk},
		{check: kam.RiskRevenueFalling, name: "quiet, or no customer yet", reason: "300 in three months and 360 in twelve: more, or 69.8 % less", account: begun(9, 100, 30), want: kam.OutcomeUnknown, needs: []string{"customerSince"}},
		{check: kam.RiskRevenueFalling, name: "quiet, or no customer yet, of late", reason: "61 days are too few to tell", account: begun(10, 100, 30), want: kam.OutcomeUnknown, needs: []string{"customerSince"}},
		{check: kam.RiskRevenueFalling, name: "no customer yet", reason: "they say so", account: without(begun(9, 100, 30), func(a *kam.Account) { a.CustomerSince = kam.NewDate(2025, 8, 1) }), want: kam.AtRisk},
		{check: kam.RiskRevenueFalling, name: "quiet", reason: "they say so", account: without(begun(9, 100, 30), func(a *kam.Account) { a.CustomerSince = kam.NewDate(2020, 1, 1) }), want: kam.Clear},
		{check: kam.RiskRevenueFalling, name: "quiet, after other sales", reason: "they bought before the time before", account: without(begun(9, 100, 30), func(a *kam.Account) {
			a.Sales = append([]kam.Period{{From: kam.NewDate(2024, 10, 1), To: kam.NewDate(2024, 10, 31), Revenue: money("1 EUR")}}, a.Sales...)
		}), want: kam.Clear},
		{check: kam.RiskRevenueFalling, name: "the same, whenever they came", reason: "90 in 92 days would be 357.07, and 360 is more", account: begun(9, 30, 30), want: kam.Clear, edge: true},
		{check: kam.RiskRevenueFalling, name: "a first sign, or more", reason: "30 % less, or 82.4", account: begun(9, 200, 35), want: kam.Watch, needs: []string{"customerSince"}},
		{check: kam.RiskRevenueFalling, name: "a first sign, no more", reason: "30 % less, or 35.75 of what 335 days would be in 365", account: begun(1, 1200, 770), want: kam.Watch},
		{check: kam.RiskRevenueFalling, name: "nothing, or a first sign", reason: "20 % less, or 26.58", account: begun(1, 1200, 880), want: kam.OutcomeUnknown, needs: []string{"customerSince"}},
		{check: kam.RiskRevenueFalling, name: "nothing, or just a first sign", reason: "18.28 % less, or 25", account: begun(1, 402_000, 301_125), want: kam.OutcomeUnknown, needs: []string{"customerSince"}},
		{check: kam.RiskRevenueFalling, name: "nothing, whenever they came", reason: "or 24.9998", account: begun(1, 402_000, 301_126), want: kam.Clear, edge: true},
		{check: kam.RiskRevenueFalling, name: "of late, and more than before", reason: "61 days are too few, whatever came of them", account: begun(10, 100, 80), want: kam.OutcomeUnknown, needs: []string{"customerSince"}},
		{check: kam.RiskRevenueFalling, name: "one year alone", reason: "there is nothing to compare with", account: without(years("1 EUR", "1 EUR"), func(a *kam.Account) { a.Sales = a.Sales[1:] }), want: kam.OutcomeUnknown, needs: []string{"sales/revenue"}},
		{check: kam.RiskRevenueFalling, name: "revenue unknown", reason: "periods alone say nothing", account: kam.Account{Sales: twoYears(kam.Period{Revenue: money("1 EUR")}, kam.Period{})}, want: kam.OutcomeUnknown, needs: []string{"sales/revenue"}},

		{check: kam.RiskWalletShareFalling, name: "5 points", reason: "20 % after 25", account: share("250000 EUR", "200000 EUR"), want: kam.AtRisk},
		{check: kam.RiskWalletShareFalling, name: "4.9999 points", reason: "a step under at risk", account: share("250000 EUR", "200001 EUR"), want: kam.Watch},
		{check: kam.RiskWalletShareFalling, name: "2 points", reason: "23 % after 25", account: share("250000 EUR", "230000 EUR"), want: kam.Watch},
		{check: kam.RiskWalletShareFalling, name: "1.9999 points", reason: "a step under watch", account: share("250000 EUR", "230001 EUR"), want: kam.Clear, edge: true},
		{
			check: kam.RiskWalletShareFalling, name: "the wallet grew", reason: "the same revenue of twice the wallet: 12.5 % after 25",
			account: without(share("250000 EUR", "250000 EUR"), func(a *kam.Account) { a.Wallet = money("2000000 EUR") }), want: kam.AtRisk,
		},
		{check: kam.RiskWalletShareFalling, name: "wallet unknown", reason: "the share is not known", account: without(share("1 EUR", "1 EUR"), func(a *kam.Account) { a.Wallet = nil }), want: kam.OutcomeUnknown, needs: []string{"wallet"}},
		{check: kam.RiskWalletShareFalling, name: "wallet before unknown", reason: "there is nothing to compare with", account: without(share("1 EUR", "1 EUR"), func(a *kam.Account) { a.WalletBefore = nil }), want: kam.OutcomeUnknown, needs: []string{"walletBefore"}},
		{check: kam.RiskWalletShareFalling, name: "revenue before unknown", reason: "one year alone", account: without(share("1 EUR", "1 EUR"), func(a *kam.Account) { a.Sales = a.Sales[1:] }), want: kam.OutcomeUnknown, needs: []string{"sales/revenue"}},
		{check: kam.RiskWalletShareFalling, name: "an empty wallet", reason: "of nothing there is no share, and no fact is missing", account: without(share("1 EUR", "1 EUR"), func(a *kam.Account) { a.WalletBefore = money("0 EUR") }), want: kam.OutcomeUnknown},

		{check: kam.RiskNeedEnding, name: "ending", reason: "it is coming to an end", account: need(kam.No, kam.Yes), want: kam.AtRisk},
		{check: kam.RiskNeedEnding, name: "ended", reason: "it has ended; nobody says whether it is ending", account: need(kam.Yes, kam.VerdictUnknown), want: kam.AtRisk},
		{check: kam.RiskNeedEnding, name: "neither", reason: "both denied", account: need(kam.No, kam.No), want: kam.Clear, edge: true},
		{check: kam.RiskNeedEnding, name: "one denied", reason: "the other may be", account: need(kam.No, kam.VerdictUnknown), want: kam.OutcomeUnknown, needs: []string{"judgements/need-ending"}},
		{check: kam.RiskNeedEnding, name: "nobody says", reason: "both are asked for", want: kam.OutcomeUnknown, needs: []string{"judgements/need-ended", "judgements/need-ending"}},
	}...)
}

// The days as a customer are told where they are not all of the time before.
func TestRevenueFallingEvidence(t *testing.T) {
	for since, want := range map[kam.Date]int{kam.NewDate(2024, 11, 1): 3, kam.NewDate(2024, 11, 2): 4} {
		a := kam.Account{Sales: twoYears(kam.Period{Revenue: money("100 EUR")}, kam.Period{Revenue: money("1 EUR")}), CustomerSince: since}
		assert.Len(t, riskOf(t, compiled(t, kam.Policy{}), a, kam.RiskRevenueFalling, asOf).Evidence, want, since)
	}
}

// begun has sales after so many quiet months of the time before, each month one amount, and
// another in each month of the year.
func begun(quiet, before, now int) kam.Account {
	var a kam.Account
	for i := range 24 {
		from := kam.NewDate(2024, 11, 1).AddMonths(i)
		units := now
		switch {
		case i < quiet:
			units = 0
		case i < 12:
			units = before
		}
		a.Sales = append(a.Sales, kam.Period{From: from, To: from.AddMonths(1).AddDays(-1), Revenue: money(fmt.Sprint(units, " EUR"))})
	}
	return a
}
