package kam_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

func TestRiskOurs(t *testing.T) { checkRows(t, ourRows()) }

// spent is an effort of hours in ten-thousandths that cost nothing.
func spent(on kam.Date, hours int64) kam.Effort {
	return kam.Effort{Kind: kam.EffortTime, On: on, Hours: new(kam.Dec(hours, 4)), Rate: money("0 EUR")}
}

func ourRows() []riskRow {
	rows := saidRows(kam.RiskNoInternalSupport, kam.EvidenceInternalSupport, kam.No)
	rows = append(rows, saidRows(kam.RiskFinancialCondition, kam.EvidenceFinanciallySound, kam.No)...)
	rows = append(rows, saidRows(kam.RiskPricePressure, kam.EvidencePricePressure, kam.Yes)...)

	manager := func(skilled, time kam.Verdict, hours ...int64) kam.Account {
		a := kam.Account{PlannedHours: new(kam.Int(100)), Judgements: map[kam.Evidence]kam.Judgement{"manager-skilled": {Verdict: skilled}, "manager-has-time": {Verdict: time}}}
		for _, h := range hours {
			a.Efforts = append(a.Efforts, spent(kam.NewDate(2025, 11, 25), h))
		}
		return a
	}
	// young has a record of hours of the last 73 days, a fifth of a year.
	young := func(hours int64, more ...kam.Effort) kam.Account {
		a := manager(kam.Yes, kam.VerdictUnknown)
		a.Efforts = append(more, spent(back(72), hours-1), spent(asOf, 1))
		return a
	}
	year := manager(kam.Yes, kam.VerdictUnknown)
	year.Efforts = []kam.Effort{spent(kam.NewDate(2025, 11, 24), 900_000), spent(kam.NewDate(2025, 11, 25), 400_000)}

	firm := func(stage kam.Stage, days ...int) kam.Account {
		a := kam.Account{Stages: kam.History{{Stage: stage, On: back(900)}}, Activities: []kam.Activity{}}
		for i, d := range days {
			a.Activities = append(a.Activities, kam.Activity{Kind: kam.ActivityReview + kam.ActivityKind(i), On: back(d)})
		}
		return a
	}
	strong := kam.Account{
		Judgements: map[kam.Evidence]kam.Judgement{"served": {Verdict: kam.Yes}, "room-to-cross-sell": {Verdict: kam.Yes}},
		Answers:    map[string]kam.Answers{"strength": rated(map[string]int{"purchase-frequency": 9, "knowledge": 9, "personal-ties": 9, "company-ties": 9, "range": 9, "price": 9, "reputation": 9, "financial-strength": 9, "service-quality": 9})},
		Activities: []kam.Activity{},
	}
	developing := kam.Account{
		Judgements: map[kam.Evidence]kam.Judgement{"served": {Verdict: kam.Yes}},
		Activities: []kam.Activity{},
		// without an answer the strength may be 70 or more
	}
	weak := kam.Account{
		Judgements: map[kam.Evidence]kam.Judgement{"served": {Verdict: kam.Yes}},
		Answers:    map[string]kam.Answers{"strength": rated(map[string]int{"purchase-frequency": 5, "knowledge": 5, "personal-ties": 5, "company-ties": 5, "range": 5, "price": 5, "reputation": 5, "financial-strength": 5, "service-quality": 5})},
		Activities: []kam.Activity{},
	}

	// tired has a half-year's hours, and margins of each, the oldest first.
	tired := func(hours [3]int64, margins [3]string) kam.Account {
		var a kam.Account
		for i, first := range []kam.Date{kam.NewDate(2025, 5, 1), kam.NewDate(2025, 11, 1), kam.NewDate(2026, 5, 1)} {
			p := kam.Period{From: first, To: first.AddMonths(6).AddDays(-1), Revenue: money(margins[i]), DirectCost: money("0 EUR")}
			a.Sales = append(a.Sales, p)
			a.Efforts = append(a.Efforts, spent(p.From, hours[i]), spent(p.To, hours[i]))
		}
		return a
	}
	hundred, tenth := [3]string{"100 EUR", "100 EUR", "100 EUR"}, [3]string{"100 EUR", "100 EUR", "99 EUR"}
	revenue := func(r, cost string, efforts ...kam.Effort) kam.Account {
		return kam.Account{Sales: twoYears(kam.Period{Revenue: money("100 EUR"), DirectCost: money("90 EUR")}, kam.Period{Revenue: money(r), DirectCost: money(cost)}), Efforts: efforts}
	}
	paid := func(m string) kam.Effort {
		return kam.Effort{Kind: kam.EffortSamples, On: kam.NewDate(2026, 10, 31), Money: money(m)}
	}
	share := func(r string) kam.Account {
		return kam.Account{Sales: twoYears(kam.Period{}, kam.Period{Revenue: money(r)}), OurRevenue: money("1000000 EUR")}
	}
	discount := func(r, off string) kam.Account {
		return kam.Account{Sales: twoYears(kam.Period{Revenue: money("100 EUR"), Discount: money("0 EUR")}, kam.Period{Revenue: money(r), Discount: money(off)})}
	}
	with := func(a kam.Account, change func(*kam.Account)) kam.Account {
		change(&a)
		return a
	}
	from := kam.NewDate(2025, 11, 1)
	return append(rows, []riskRow{
		{check: kam.RiskManagerShort, name: "not skilled", reason: "S15.4; time does not make up for it", account: manager(kam.No, kam.Yes, 1_000_000), want: kam.AtRisk},
		{check: kam.RiskManagerShort, name: "no time, said", reason: "whatever the hours", account: manager(kam.Yes, kam.No, 1_000_000), want: kam.AtRisk},
		{check: kam.RiskManagerShort, name: "50 of 100 hours", reason: "at risk at 50 %", account: manager(kam.Yes, kam.VerdictUnknown, 500_000), want: kam.AtRisk},
		{check: kam.RiskManagerShort, name: "50.0001 hours", reason: "a step above", account: manager(kam.Yes, kam.VerdictUnknown, 500_001), want: kam.Watch},
		{check: kam.RiskManagerShort, name: "75 hours", reason: "a first sign, though they say that there is time", account: manager(kam.Yes, kam.Yes, 250_000, 500_000), want: kam.Watch},
		{check: kam.RiskManagerShort, name: "75.0001 hours", reason: "a step above", account: manager(kam.Yes, kam.VerdictUnknown, 750_001), want: kam.Clear, edge: true},
		{check: kam.RiskManagerShort, name: "twelve months", reason: "the 90 hours of a day before them do not count, the 40 of their first day do", account: year, want: kam.AtRisk},
		{check: kam.RiskManagerShort, name: "none given", reason: "an empty list says that there was none", account: with(manager(kam.Yes, kam.VerdictUnknown), func(a *kam.Account) { a.Efforts = []kam.Effort{} }), want: kam.AtRisk},
		{check: kam.RiskManagerShort, name: "none of the least that can be planned", reason: "a ten-thousandth of an hour is planned, and none given", account: with(manager(kam.Yes, kam.VerdictUnknown), func(a *kam.Account) { a.PlannedHours, a.Efforts = new(kam.Dec(1, 4)), []kam.Effort{} }), want: kam.AtRisk},
		{check: kam.RiskManagerShort, name: "a record of today", reason: "half an hour of the one that is due a day", account: with(manager(kam.Yes, kam.VerdictUnknown), func(a *kam.Account) { a.PlannedHours, a.Efforts = new(kam.Int(365)), []kam.Effort{spent(asOf, 5_000)} }), want: kam.AtRisk},
		{check: kam.RiskManagerShort, name: "hours of later days alone", reason: "the record begins later", account: with(manager(kam.Yes, kam.VerdictUnknown), func(a *kam.Account) { a.Efforts = []kam.Effort{spent(back(-1), 1)} }), want: kam.OutcomeUnknown, needs: []string{"judgements/manager-has-time"}},
		{check: kam.RiskManagerShort, name: "a young record, 10 hours", reason: "half of the 20 that are due in a fifth of a year", account: young(100_000), want: kam.AtRisk},
		{check: kam.RiskManagerShort, name: "a young record, 10.0001 hours", reason: "50.0005 % of them", account: young(100_001), want: kam.Watch},
		{check: kam.RiskManagerShort, name: "a young record, 15.0001 hours", reason: "75.0005 %; of the 100 of a year it would be 15", account: young(150_001), want: kam.Clear, edge: true},
		{check: kam.RiskManagerShort, name: "samples before", reason: "the record begins with them, and 15 hours are few for 301 days", account: young(150_001, kam.Effort{Kind: kam.EffortSamples, On: back(300), Money: money("1 EUR")}), want: kam.AtRisk},
		{check: kam.RiskManagerShort, name: "a young customer", reason: "10 of 20 hours since they are one; the 90 before that do not count", account: with(young(100_000, spent(back(73), 900_000)), func(a *kam.Account) { a.CustomerSince = back(72) }), want: kam.AtRisk},
		{check: kam.RiskManagerShort, name: "a customer before the record", reason: "hours are due from the first of them", account: with(young(150_001), func(a *kam.Account) { a.CustomerSince = back(200) }), want: kam.Clear},
		{check: kam.RiskManagerShort, name: "said without hours", reason: "both are said, and the hours are asked for where there are any", account: manager(kam.Yes, kam.Yes), want: kam.Clear, edge: true},
		{check: kam.RiskManagerShort, name: "skill unknown", reason: "hours are no skill", account: manager(kam.VerdictUnknown, kam.VerdictUnknown, 1_000_000), want: kam.OutcomeUnknown, needs: []string{"judgements/manager-skilled"}},
		{check: kam.RiskManagerShort, name: "time unknown", reason: "neither said nor given", account: manager(kam.Yes, kam.VerdictUnknown), want: kam.OutcomeUnknown, needs: []string{"judgements/manager-has-time"}},
		{check: kam.RiskManagerShort, name: "nothing known", reason: "both are asked for", want: kam.OutcomeUnknown, needs: []string{"judgements/manager-skilled", "judgements/manager-has-time"}},

		{check: kam.RiskComplacency, name: "three lacking", reason: "a review, and no plan, idea or visit", account: firm(kam.StageGood, 100), want: kam.AtRisk},
		{check: kam.RiskComplacency, name: "two lacking", reason: "no idea and no visit", account: firm(kam.StageStrong, 100, 100), want: kam.Watch},
		{check: kam.RiskComplacency, name: "one lacking", reason: "no visit", account: firm(kam.StageGood, 100, 100, 100), want: kam.Clear, edge: true},
		{check: kam.RiskComplacency, name: "366 days", reason: "two are a day too old, since the older of them", account: firm(kam.StageGood, 100, 100, 366, 400), want: kam.Watch},
		{check: kam.RiskComplacency, name: "a young customer", reason: "nothing to be taken for granted yet", account: with(firm(kam.StageGood), func(a *kam.Account) { a.CustomerSince = back(365) }), want: kam.Clear, edge: true},
		{check: kam.RiskComplacency, name: "365 days", reason: "and now one", account: firm(kam.StageGood, 100, 100, 365, 400), want: kam.Clear, edge: true},
		{check: kam.RiskComplacency, name: "a young customer of any stage", reason: "nothing to be taken for granted, whatever the stage", account: kam.Account{CustomerSince: back(365)}, want: kam.Clear},
		{check: kam.RiskComplacency, name: "all done, the stage unknown", reason: "of whatever stage they are", account: with(firm(kam.StageGood, 0, 0, 0), func(a *kam.Account) { a.Stages = nil }), want: kam.Clear},
		{check: kam.RiskComplacency, name: "two lacking, the stage unknown", reason: "it may be no firm one", account: with(firm(kam.StageStrong, 100, 100), func(a *kam.Account) { a.Stages = nil }), want: kam.OutcomeUnknown, needs: []string{"stages/recorded"}},
		{check: kam.RiskComplacency, name: "today", reason: "what is done on the day is done", account: firm(kam.StageGood, 0, 0, 0), want: kam.Clear},
		{check: kam.RiskComplacency, name: "a customer since the first day of all", reason: "the first day that there is is a day, and 151 days ago", account: kam.Account{CustomerSince: kam.NewDate(1, 1, 1), Stages: kam.History{{Stage: kam.StageGood, On: kam.NewDate(1, 1, 1)}}, Activities: []kam.Activity{}}, asOf: kam.NewDate(1, 6, 1), want: kam.Clear},
		{check: kam.RiskComplacency, name: "a customer since nobody knows when", reason: "no day is not the day before the first", account: kam.Account{Stages: kam.History{{Stage: kam.StageGood, On: kam.NewDate(1, 1, 1)}}, Activities: []kam.Activity{}}, asOf: kam.NewDate(1, 6, 1), want: kam.AtRisk},
		{check: kam.RiskComplacency, name: "found strong", reason: "the rules find it good; nobody has recorded it", account: strong, want: kam.AtRisk},
		{check: kam.RiskComplacency, name: "recorded as not firm", reason: "recorded as developing, and what is not known may make it good", account: firm(kam.StageDeveloping), want: kam.OutcomeUnknown, needs: []string{"answers/strength"}},
		{check: kam.RiskComplacency, name: "recorded as not firm, and strong enough", reason: "what is not known of room and need decides", account: with(strong, func(a *kam.Account) {
			a.Judgements = nil
			a.Stages = kam.History{{Stage: kam.StageDeveloping, On: back(9)}}
		}), want: kam.OutcomeUnknown, needs: []string{
			"judgements/served", "judgements/need-ended", "judgements/not-worth-serving", "wallet", "sales/revenue", "judgements/rival-stronger",
			"judgements/full-share", "judgements/room-to-cross-sell", "judgements/other-units",
		}},
		{check: kam.RiskComplacency, name: "found weak", reason: "the strength is known and under 70", account: weak, want: kam.Clear},
		{check: kam.RiskComplacency, name: "may be strong", reason: "served, and the strength is not known: developing is not sure", account: developing, want: kam.OutcomeUnknown, needs: []string{"stages/recorded"}},
		{check: kam.RiskComplacency, name: "may be strong, recorded", reason: "our people say good", account: with(developing, func(a *kam.Account) { a.Stages = kam.History{{Stage: kam.StageGood, On: back(9)}} }), want: kam.AtRisk},
		{check: kam.RiskComplacency, name: "stage unknown", reason: "whether it is firm is not known", account: kam.Account{Activities: []kam.Activity{}}, want: kam.OutcomeUnknown, needs: []string{"stages/recorded"}},
		{check: kam.RiskComplacency, name: "activities of later days alone", reason: "the record begins later", account: firm(kam.StageGood, -1, -2), want: kam.OutcomeUnknown, needs: []string{"activities"}},
		{check: kam.RiskComplacency, name: "activities unknown", reason: "an absent list is not none", account: kam.Account{Stages: firm(kam.StageGood).Stages}, want: kam.OutcomeUnknown, needs: []string{"activities"}},

		{check: kam.RiskExhaustion, name: "twice", reason: "more hours, the same margin, two times", account: tired([3]int64{100_000, 200_000, 300_000}, hundred), want: kam.AtRisk, since: from},
		{check: kam.RiskExhaustion, name: "once", reason: "44 hours after 40 and 99 of margin after 100: 10 % more, and 2.25 after 2.5 each, 10 % less; the half-year before took no more hours", account: tired([3]int64{200_000, 200_000, 220_000}, tenth), want: kam.Watch, since: kam.NewDate(2026, 5, 1)},
		{check: kam.RiskExhaustion, name: "a step fewer hours", reason: "43.9998 after 40: 9.9995 % more", account: tired([3]int64{200_000, 200_000, 219_999}, [3]string{"100 EUR", "100 EUR", "1 EUR"}), want: kam.Clear, edge: true},
		{check: kam.RiskExhaustion, name: "a cent more return", reason: "44 hours after 40 and 99.01 after 100: 2.2502 after 2.5, 9.99 % less", account: tired([3]int64{200_000, 200_000, 220_000}, [3]string{"100 EUR", "100 EUR", "99.01 EUR"}), want: kam.Clear, edge: true},
		{check: kam.RiskExhaustion, name: "a fall that no number holds", reason: "from nearly nothing to a loss of 90 trillions", account: tired([3]int64{200_000, 200_000, 220_000}, [3]string{"100 EUR", "0.0001 EUR", "-90000000000000 EUR"}), want: kam.OutcomeUnknown},
		{check: kam.RiskExhaustion, name: "once, none before", reason: "of no hours nothing came for each", account: tired([3]int64{0, 200_000, 220_000}, tenth), want: kam.Watch, needs: []string{"efforts"}},
		{check: kam.RiskExhaustion, name: "a rise of 10 % twice", reason: "from 100 of margin to 99 and 98.01, by a tenth each", account: tired([3]int64{200_000, 220_000, 242_000}, [3]string{"100 EUR", "99 EUR", "98.01 EUR"}), want: kam.AtRisk, since: from},
		{check: kam.RiskExhaustion, name: "nothing, and then a loss", reason: "the margin was 0 and fell; before that it fell from 100", account: tired([3]int64{200_000, 220_000, 242_000}, [3]string{"100 EUR", "0 EUR", "-1 EUR"}), want: kam.AtRisk, since: from},
		{check: kam.RiskExhaustion, name: "a loss that grows", reason: "there is no yield to fall, and the margin itself fell by a cent", account: tired([3]int64{200_000, 200_000, 220_000}, [3]string{"0 EUR", "-10 EUR", "-10.01 EUR"}), want: kam.Watch},
		{check: kam.RiskExhaustion, name: "a loss that stays", reason: "more hours did not make it worse", account: tired([3]int64{200_000, 200_000, 220_000}, [3]string{"0 EUR", "-10 EUR", "-10 EUR"}), want: kam.Clear, edge: true},
		{check: kam.RiskExhaustion, name: "no hours before", reason: "whether none were given or none kept is not known", account: tired([3]int64{200_000, 0, 220_000}, hundred), want: kam.OutcomeUnknown, needs: []string{"efforts"}},
		{check: kam.RiskExhaustion, name: "hours of later days alone", reason: "the record begins later", account: with(tired([3]int64{1, 1, 1}, hundred), func(a *kam.Account) { a.Efforts = []kam.Effort{spent(back(-1), 1)} }), want: kam.OutcomeUnknown, needs: []string{"efforts"}},
		{check: kam.RiskExhaustion, name: "once, unknown before", reason: "what is unknown hides nothing that was found, and might make it more", account: with(tired([3]int64{100_000, 200_000, 300_000}, hundred), func(a *kam.Account) { a.Sales = a.Sales[1:] }), want: kam.Watch, needs: []string{"sales/revenue", "sales/directCost"}},
		{check: kam.RiskExhaustion, name: "the same hours", reason: "less return, and no more hours", account: tired([3]int64{100_000, 200_000, 200_000}, [3]string{"100 EUR", "100 EUR", "1 EUR"}), want: kam.Clear, edge: true},
		{check: kam.RiskExhaustion, name: "the same return", reason: "twice the hours, twice the margin", account: tired([3]int64{50_000, 100_000, 200_000}, [3]string{"100 EUR", "100 EUR", "200 EUR"}), want: kam.Clear, edge: true},
		{check: kam.RiskExhaustion, name: "no hours", reason: "an empty list says that there were none", account: with(tired([3]int64{1, 1, 1}, hundred), func(a *kam.Account) { a.Efforts = []kam.Effort{} }), want: kam.Clear},
		{check: kam.RiskExhaustion, name: "it paid", reason: "more hours, less for each, and more in all", account: tired([3]int64{100_000, 200_000, 400_000}, [3]string{"100 EUR", "110 EUR", "120 EUR"}), want: kam.Clear, edge: true},
		{check: kam.RiskExhaustion, name: "years alone", reason: "the period of a year does not tell its halves apart", account: kam.Account{Efforts: tired([3]int64{100_000, 200_000, 300_000}, hundred).Efforts, Sales: twoYears(kam.Period{Revenue: money("200 EUR"), DirectCost: money("0 EUR")}, kam.Period{Revenue: money("200 EUR"), DirectCost: money("0 EUR")})}, want: kam.OutcomeUnknown, needs: []string{"sales/from"}},
		{check: kam.RiskExhaustion, name: "hours not told", reason: "work without its hours", account: with(tired([3]int64{100_000, 200_000, 300_000}, hundred), func(a *kam.Account) {
			a.Efforts = append(a.Efforts, kam.Effort{Kind: kam.EffortTechnical, On: kam.NewDate(2026, 10, 1), Money: money("5 EUR")})
		}), want: kam.OutcomeUnknown, needs: []string{"efforts"}},
		{check: kam.RiskExhaustion, name: "a young record", reason: "10 hours of each month from February on are no more than before", account: with(tired([3]int64{1, 1, 1}, hundred), func(a *kam.Account) {
			a.Efforts = nil
			for i := range 9 {
				a.Efforts = append(a.Efforts, spent(kam.NewDate(2026, 2, 1).AddMonths(i), 100_000))
			}
		}), want: kam.OutcomeUnknown, needs: []string{"efforts"}},
		{check: kam.RiskManagerShort, name: "hours of old not told", reason: "3 hours since Friday are not 100 a year where there was work before", account: with(manager(kam.Yes, kam.VerdictUnknown), func(a *kam.Account) {
			a.Efforts = []kam.Effort{{Kind: kam.EffortTime, On: back(300), Money: money("10 EUR")}, spent(back(4), 30_000)}
		}), want: kam.OutcomeUnknown, needs: []string{"judgements/manager-has-time"}},
		{check: kam.RiskManagerShort, name: "hours not told", reason: "work without its hours is not work without time", account: with(manager(kam.Yes, kam.Yes), func(a *kam.Account) {
			a.Efforts = []kam.Effort{spent(back(300), 10_000), {Kind: kam.EffortTime, On: back(9), Money: money("500 EUR")}}
		}), want: kam.Clear, edge: true},
		{check: kam.RiskExhaustion, name: "efforts unknown", reason: "an absent list is not none", account: kam.Account{Sales: tired([3]int64{1, 1, 1}, hundred).Sales}, want: kam.OutcomeUnknown, needs: []string{"efforts"}},
		{check: kam.RiskExhaustion, name: "cost unknown", reason: "what came of it is not known", account: with(tired([3]int64{1, 2, 3}, hundred), func(a *kam.Account) { a.Sales[2].DirectCost = nil }), want: kam.OutcomeUnknown, needs: []string{"sales/directCost"}},
		{check: kam.RiskExhaustion, name: "no sales", reason: "no half-years to compare", account: kam.Account{Efforts: []kam.Effort{}}, want: kam.OutcomeUnknown, needs: []string{"sales/revenue"}},

		{check: kam.RiskConcentration, name: "10 %", reason: "at risk from 10", account: share("100000 EUR"), want: kam.AtRisk},
		{check: kam.RiskConcentration, name: "9.9999 %", reason: "a step under", account: share("99999 EUR"), want: kam.Watch},
		{check: kam.RiskConcentration, name: "5 %", reason: "a first sign", account: share("50000 EUR"), want: kam.Watch},
		{check: kam.RiskConcentration, name: "4.9999 %", reason: "a step under", account: share("49999 EUR"), want: kam.Clear, edge: true},
		{check: kam.RiskConcentration, name: "the whole unknown", reason: "a share of what?", account: with(share("1 EUR"), func(a *kam.Account) { a.OurRevenue = nil }), want: kam.OutcomeUnknown, needs: []string{"ourRevenue"}},
		{check: kam.RiskConcentration, name: "the part unknown", reason: "their own revenue is not known", account: kam.Account{OurRevenue: money("100 EUR")}, want: kam.OutcomeUnknown, needs: []string{"sales/revenue"}},

		{check: kam.RiskProfitNegative, name: "a cent", reason: "the gross margin alone is below zero; whether the year before made a loss nobody knows", account: revenue("100 EUR", "100.01 EUR"), want: kam.AtRisk},
		{check: kam.RiskProfitNegative, name: "cost to serve", reason: "20 of margin and 20.01 of samples", account: revenue("100 EUR", "80 EUR", paid("20.01 EUR")), want: kam.AtRisk},
		{check: kam.RiskProfitNegative, name: "new", reason: "the record reaches back over the year before, which left 20", account: revenue("100 EUR", "80 EUR", paid("20.01 EUR"), kam.Effort{Kind: kam.EffortSamples, On: kam.NewDate(2024, 11, 30), Money: money("0 EUR")}), want: kam.AtRisk, since: from},
		{check: kam.RiskProfitNegative, name: "on the first day", reason: "samples of the first day of the year are of the year", account: revenue("100 EUR", "80 EUR", kam.Effort{Kind: kam.EffortSamples, On: from, Money: money("20.01 EUR")}), want: kam.AtRisk},
		{check: kam.RiskProfitNegative, name: "a loss after nothing", reason: "the year before came out even, so it is new", account: with(revenue("100 EUR", "101 EUR"), func(a *kam.Account) { a.Sales[0].DirectCost, a.Efforts = money("100 EUR"), []kam.Effort{} }), want: kam.AtRisk, since: from},
		{check: kam.RiskProfitNegative, name: "nothing left, efforts unknown", reason: "any cost to serve would make it a loss", account: revenue("100 EUR", "100 EUR"), want: kam.OutcomeUnknown, needs: []string{"efforts"}},
		{check: kam.RiskProfitNegative, name: "even", reason: "20 of margin and 20 of samples", account: revenue("100 EUR", "80 EUR", paid("19 EUR"), kam.Effort{Kind: kam.EffortSamples, On: from.AddDays(31), Money: money("1 EUR")}), want: kam.Clear, edge: true},
		{check: kam.RiskProfitNegative, name: "a young record", reason: "of more than the first month of the year nothing is told", account: revenue("100 EUR", "80 EUR", paid("19 EUR"), kam.Effort{Kind: kam.EffortSamples, On: from.AddDays(32), Money: money("1 EUR")}), want: kam.OutcomeUnknown, needs: []string{"efforts"}},
		{check: kam.RiskProfitNegative, name: "a young customer", reason: "whose record begins with them", account: with(revenue("100 EUR", "80 EUR", kam.Effort{Kind: kam.EffortSamples, On: from.AddDays(131), Money: money("1 EUR")}), func(a *kam.Account) { a.CustomerSince = from.AddDays(100) }), want: kam.Clear, edge: true},
		{check: kam.RiskProfitNegative, name: "no efforts", reason: "an empty list says that there were none", account: with(revenue("100 EUR", "80 EUR"), func(a *kam.Account) { a.Efforts = []kam.Effort{} }), want: kam.Clear, edge: true},
		{check: kam.RiskProfitNegative, name: "a rate of many places", reason: "20 of margin, and 1.25 hours at 16.0001 and a trillionth cost 20.0001, exactly and in 14 places", account: revenue("100 EUR", "80 EUR", kam.Effort{Kind: kam.EffortTime, On: from, Hours: new(kam.Dec(125, 2)), Rate: money("16.000100000001 EUR")}), want: kam.AtRisk},
		{check: kam.RiskProfitNegative, name: "a trillionth of a loss", reason: "which is 0 where it is printed", account: revenue("100 EUR", "80 EUR", kam.Effort{Kind: kam.EffortTime, On: from, Hours: new(kam.Dec(125, 2)), Rate: money("16.000000000001 EUR")}), want: kam.Clear, edge: true},
		{check: kam.RiskProfitNegative, name: "outside the year", reason: "samples of the day after do not count", account: revenue("100 EUR", "80 EUR", kam.Effort{Kind: kam.EffortSamples, On: from, Money: money("1 EUR")}, kam.Effort{Kind: kam.EffortSamples, On: kam.NewDate(2026, 11, 1), Money: money("99 EUR")}), want: kam.Clear, edge: true},
		{check: kam.RiskProfitNegative, name: "efforts unknown", reason: "a margin above zero may be eaten up", account: revenue("100 EUR", "80 EUR"), want: kam.OutcomeUnknown, needs: []string{"efforts"}},
		{check: kam.RiskProfitNegative, name: "efforts of later days alone", reason: "the record begins later", account: revenue("100 EUR", "80 EUR", kam.Effort{Kind: kam.EffortSamples, On: back(-1), Money: money("1 EUR")}), want: kam.OutcomeUnknown, needs: []string{"efforts"}},
		{check: kam.RiskProfitNegative, name: "cost unknown", reason: "the margin is not known", account: with(revenue("100 EUR", "80 EUR"), func(a *kam.Account) { a.Sales[1].DirectCost = nil }), want: kam.OutcomeUnknown, needs: []string{"sales/directCost"}},

		{check: kam.RiskPricePressure, name: "5 points of discount", reason: "5 off a list of 100, after none", account: discount("95 EUR", "5 EUR"), want: kam.AtRisk},
		{check: kam.RiskPricePressure, name: "4.9999 points", reason: "a step under at risk", account: discount("950001 EUR", "49999 EUR"), want: kam.Watch},
		{check: kam.RiskPricePressure, name: "2 points", reason: "a first sign, though they deny it", account: with(discount("98 EUR", "2 EUR"), func(a *kam.Account) { a.Judgements = said(kam.EvidencePricePressure, kam.No) }), want: kam.Watch},
		{check: kam.RiskPricePressure, name: "1.9999 points", reason: "a step under watch", account: discount("980001 EUR", "19999 EUR"), want: kam.Clear, edge: true},
		{check: kam.RiskPricePressure, name: "said, no discount", reason: "they press and have not won yet", account: with(discount("100 EUR", "0 EUR"), func(a *kam.Account) { a.Judgements = said(kam.EvidencePricePressure, kam.Yes) }), want: kam.AtRisk},
	}...)
}

// Money and hours in two currencies that have rates are added up.
func TestProfitOfTwoCurrencies(t *testing.T) {
	engine := compiled(t, kam.Policy{Currency: "EUR", Rates: map[string]kam.Money{"USD": *money("0.9 EUR"), "GBP": *money("1.2 EUR")}})
	a := kam.Account{ID: "x", Sales: []kam.Period{year("100 EUR", "80 EUR")}, Efforts: []kam.Effort{{
		Kind: kam.EffortTime, On: kam.NewDate(2026, 5, 1), Money: money("10 USD"), Hours: new(kam.Int(10)), Rate: money("1 GBP"),
	}}}
	got, err := engine.Assess(a, asOf)
	require.NoError(t, err)
	require.True(t, slices.ContainsFunc(got.Risks.Findings, func(r kam.Risk) bool {
		return r.Check == kam.RiskProfitNegative && r.Evidence[len(r.Evidence)-1].Value == "-1"
	}), "20 less 9 less 12")
}

// A loss is of this year alone where the year before is known to have been none.
func TestLossBefore(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	loss := kam.Account{Sales: twoYears(kam.Period{Revenue: money("100 EUR"), DirectCost: money("90 EUR")}, kam.Period{Revenue: money("1 EUR"), DirectCost: money("2 EUR")})}
	now := kam.Finding{Evidence: "contribution", Condition: "< 0", Value: "-1"}
	before := func(v string) kam.Finding {
		return kam.Finding{Evidence: "contribution-before", Condition: "2024-11-01..2025-10-31", Value: v}
	}
	for _, tt := range []struct {
		name, reason, samples string
		want                  []kam.Finding
		since                 kam.Date
	}{
		{"gain", "90 of cost and 9 of samples of 100", "9 EUR", []kam.Finding{before("1"), now}, kam.NewDate(2025, 11, 1)},
		{"loss", "90 of cost and 11 of samples of 100", "11 EUR", []kam.Finding{before("-1"), now}, kam.Date{}},
	} {
		a := loss
		a.Efforts = []kam.Effort{{Kind: kam.EffortSamples, On: kam.NewDate(2024, 12, 1), Money: money(tt.samples)}}
		got := riskOf(t, engine, a, kam.RiskProfitNegative, asOf)
		assert.Equal(t, kam.AtRisk, got.Outcome, tt.name)
		assert.Equal(t, tt.want, got.Evidence, "%s: %s", tt.name, tt.reason)
		assert.Equal(t, tt.since, got.Since, "%s: %s", tt.name, tt.reason)
	}
}

// Of a cost that was not told there was neither a loss nor none.
func TestLossBeforeUnknown(t *testing.T) {
	a := kam.Account{
		Sales:   twoYears(kam.Period{Revenue: money("100 EUR")}, kam.Period{Revenue: money("1 EUR"), DirectCost: money("2 EUR")}),
		Efforts: []kam.Effort{},
	}
	got := riskOf(t, compiled(t, kam.Policy{}), a, kam.RiskProfitNegative, asOf)
	assert.Equal(t, []kam.Finding{{Evidence: "contribution", Condition: "< 0", Value: "-1"}}, got.Evidence)
	assert.True(t, got.Since.IsZero())
}

// A loss that no Number holds cannot be told.
func TestLossBeyondNumbers(t *testing.T) {
	on := kam.NewDate(2026, 1, 1)
	a := kam.Account{Sales: twoYears(kam.Period{}, kam.Period{Revenue: money("2 EUR"), DirectCost: money("1 EUR")}), Efforts: []kam.Effort{
		{Kind: kam.EffortTime, On: kam.NewDate(2025, 11, 1), Money: money("0 EUR")}, {Kind: kam.EffortTime, On: on, Money: money("99999999999999 EUR")}, {Kind: kam.EffortTime, On: on, Money: money("2 EUR")},
	}}
	assert.Equal(t, kam.OutcomeUnknown, riskOf(t, compiled(t, kam.Policy{}), a, kam.RiskProfitNegative, asOf).Outcome)
}

// What has never been done says so in the evidence.
func TestComplacencyEvidence(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	a := kam.Account{
		Stages:     kam.History{{Stage: kam.StageGood, On: back(900)}},
		Activities: []kam.Activity{{Kind: kam.ActivityReview, On: back(400)}, {Kind: kam.ActivityReview, On: back(380)}, {Kind: kam.ActivityIdea, On: back(10)}},
	}
	got := riskOf(t, engine, a, kam.RiskComplacency, asOf)
	require.Equal(t, kam.AtRisk, got.Outcome)
	assert.Equal(t, []kam.Finding{
		{Evidence: "last-review", Condition: ">= 2025-11-24", Value: back(380).String()},
		{Evidence: "last-plan", Condition: ">= 2025-11-24", Value: "none"},
		{Evidence: "last-senior-visit", Condition: ">= 2025-11-24", Value: "none"},
		{Evidence: "activities-lacking", Condition: ">= 3", Value: "3"},
	}, got.Evidence)
}

// The evidence of exhaustion is the hours and what came of each, the latest
// half-year first.
func TestExhaustionEvidence(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	var a kam.Account
	for _, first := range []kam.Date{kam.NewDate(2025, 5, 1), kam.NewDate(2025, 11, 1), kam.NewDate(2026, 5, 1)} {
		a.Efforts = append(a.Efforts, effortOf(first, len(a.Efforts)+1))
		a.Sales = append(a.Sales, kam.Period{From: first, To: first.AddMonths(6).AddDays(-1), Revenue: money("190 EUR"), DirectCost: money("10 EUR")})
	}
	got := riskOf(t, engine, a, kam.RiskExhaustion, asOf)
	require.Equal(t, kam.AtRisk, got.Outcome)
	assert.Equal(t, []kam.Finding{
		{Evidence: "hours", Condition: "2026-05-01..2026-10-31", Value: "3"},
		{Evidence: "margin-per-hour", Condition: "2026-05-01..2026-10-31", Value: "60"},
		{Evidence: "hours", Condition: "2025-11-01..2026-04-30", Value: "2"},
		{Evidence: "margin-per-hour", Condition: "2025-11-01..2026-04-30", Value: "90"},
		{Evidence: "hours", Condition: "2025-05-01..2025-10-31", Value: "1"},
		{Evidence: "margin-per-hour", Condition: "2025-05-01..2025-10-31", Value: "180"},
		{Evidence: "hours-rise", Condition: ">= 10", Value: "50"},
		{Evidence: "margin-per-hour-fall", Condition: ">= 10", Value: "33.3333"},
		{Evidence: "hours-rise", Condition: ">= 10", Value: "100"},
		{Evidence: "margin-per-hour-fall", Condition: ">= 10", Value: "50"},
	}, got.Evidence)
}

// The line is held against what is printed, and a first sign shows the step that it is. What
// brought nothing before has no percentage.
func TestExhaustionStep(t *testing.T) {
	account := func(revenue ...string) (a kam.Account) {
		for i, first := range []kam.Date{kam.NewDate(2025, 11, 1), kam.NewDate(2026, 5, 1)} {
			a.Efforts = append(a.Efforts, effortOf(first, 3+i))
			a.Sales = append(a.Sales, kam.Period{From: first, To: first.AddMonths(6).AddDays(-1), Revenue: money(revenue[i]), DirectCost: money("50 EUR")})
		}
		return a
	}
	check := func(line kam.Number, a kam.Account) kam.Risk {
		engine := compiled(t, kam.Policy{Risks: setting(kam.RiskExhaustion, kam.RiskSetting{Watch: &line, AtRisk: new(kam.Int(100))})})
		return riskOf(t, engine, a, kam.RiskExhaustion, asOf)
	}
	sold := account("350 EUR", "350 EUR") // 100 and 75 an hour
	got := check(kam.Int(25), sold)
	assert.Equal(t, kam.Watch, got.Outcome)
	assert.Equal(t, []kam.Finding{
		{Evidence: "hours-rise", Condition: ">= 25", Value: "33.3333"}, {Evidence: "margin-per-hour-fall", Condition: ">= 25", Value: "25"},
	}, got.Evidence[len(got.Evidence)-2:])
	assert.Equal(t, kam.Clear, check(kam.Dec(250001, 4), sold).Outcome)

	lost := account("50 EUR", "49 EUR")
	got = check(kam.Dec(333333, 4), lost)
	assert.Equal(t, kam.Watch, got.Outcome, "a third is printed as 33.3333")
	assert.Equal(t, []kam.Finding{
		{Evidence: "hours-rise", Condition: ">= 33.3333", Value: "33.3333"}, {Evidence: "half-year-margin", Condition: "< 0", Value: "-1"},
	}, got.Evidence[len(got.Evidence)-2:])
	assert.Equal(t, kam.Clear, check(kam.Dec(333334, 4), lost).Outcome)
}

// At risk asks both steps for the higher line: 10 % after 100 % is a first sign.
func TestExhaustionLines(t *testing.T) {
	var a kam.Account
	for i, first := range []kam.Date{kam.NewDate(2025, 5, 1), kam.NewDate(2025, 11, 1), kam.NewDate(2026, 5, 1)} {
		revenue := []string{"100 EUR", "100 EUR", "99 EUR"}[i]
		a.Sales = append(a.Sales, kam.Period{From: first, To: first.AddMonths(6).AddDays(-1), Revenue: money(revenue), DirectCost: money("0 EUR")})
		a.Efforts = append(a.Efforts, effortOf(first, []int{10, 20, 22}[i]))
	}
	for line, want := range map[int]kam.Outcome{10: kam.AtRisk, 11: kam.Watch} {
		engine := compiled(t, kam.Policy{Risks: setting(kam.RiskExhaustion, kam.RiskSetting{AtRisk: new(kam.Int(line))})})
		assert.Equal(t, want, riskOf(t, engine, a, kam.RiskExhaustion, asOf).Outcome, line)
	}
}

// The percentage of the hours has the hours beside it, and the days that they are of.
func TestHoursAreShown(t *testing.T) {
	a := kam.Account{PlannedHours: new(kam.Int(100)), Efforts: []kam.Effort{spent(back(72), 60_000), spent(asOf, 40_000)}, Judgements: verdicts("manager-skilled")}
	got := riskOf(t, compiled(t, kam.Policy{}), a, kam.RiskManagerShort, asOf)
	var said []string
	for _, f := range got.Evidence[:3] {
		said = append(said, f.In(kam.English))
	}
	assert.Equal(t, []string{
		"Hours given: 10 (2026-09-13..2026-11-24)", "Hours planned for these days: 20 (2026-09-13..2026-11-24)", "Hours given, % of those planned: 50 (<= 50)",
	}, said, "73 of 365 days")
}
