package kam_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// Situations as account managers meet them, each with the stage that the
// source's description (S6) gives it. "x" is yes, "!x" is no, what is not
// named is unknown. calm is what must be known for a firm stage of one served.
func TestSituations(t *testing.T) {
	const (
		calm  = "served !need-ended !not-worth-serving !poor-performance !rival-attack on-time=95 complaint-rate=1 return-rate=1 revenue-trend=0 "
		fresh = "!once-firm "
		firm  = "once-firm strength=80 "
	)
	tests := []struct {
		name, evidence string
		want           kam.Stage
		firm           bool
		reason         string
	}{
		{"stranger", "", kam.StageUnknown, false, "nothing is known, so nothing is said"},
		{"stranger who asked", "interest-shown", kam.StageUnknown, false, "interest alone does not say whether they are served"},
		{"lead", "!served", kam.StagePotential, true, "not served yet"},
		{"interested lead", "!served interest-shown", kam.StagePotential, true, "interest is told beside the stage"},
		{"cold lead", "!served !interest-shown", kam.StagePotential, true, "no interest yet is still a potential"},
		{"lead with a strong rival", "!served rival-stronger rival-attack", kam.StagePotential, true, "there is no share to limit and no position to defend"},
		{"lead we know well", "!served strength=90 other-units", kam.StagePotential, true, "friends who do not buy are not a good current relationship"},
		{"lapsed customer", "!served once-firm", kam.StagePotential, true, "served no more: to be won again"},
		{"lead without a need", "!served need-ended", kam.StagePotential, true, "not served comes first: nothing is declining that never was"},

		{"first order", "served", kam.StageDeveloping, false, "we have got in; the rest is to be found out"},
		{"growing young account", calm + fresh + "strength=40 revenue-trend=50 wallet-share=10", kam.StageDeveloping, true, "more business may come"},
		{"young account with room", calm + fresh + "strength=50 room-to-cross-sell", kam.StageDeveloping, false, "room is not enough, and a rival may stand closer"},
		{"young account, rival no closer", calm + fresh + "strength=50 room-to-cross-sell !rival-stronger", kam.StageDeveloping, true, "the relationship is not very good yet"},
		{"just short of very good", calm + fresh + "strength=69.9999 other-units !rival-stronger", kam.StageDeveloping, true, "69.9999 is not 70"},
		{"shrinking young account", calm + fresh + "strength=40 wallet-share=10 rival-stronger revenue-trend=-30", kam.StageDeveloping, true, "its share is not stable, and it was never firm"},
		{"attacked young account", "served !need-ended !not-worth-serving !once-firm rival-attack strength=40 wallet-share=40", kam.StageDeveloping, true, "what was never strong is not shaken"},
		{"poorly served young account", "served !need-ended !not-worth-serving !once-firm poor-performance strength=30 wallet-share=40", kam.StageDeveloping, true, "nor is it a position to defend"},

		{"good, can cross-sell", calm + firm + "room-to-cross-sell wallet-share=50", kam.StageGood, true, "very good, and they buy elsewhere what we have"},
		{"good, other units", calm + firm + "!room-to-cross-sell other-units wallet-share=90 !full-share", kam.StageGood, true, "very good, and other departments are to be entered"},
		{"good by share alone", calm + firm + "wallet-share=79.9999 !full-share", kam.StageGood, true, "a fifth of the wallet is elsewhere, so there is room"},
		{"good, at the line", calm + "once-firm strength=70 room-to-cross-sell wallet-share=50", kam.StageGood, true, "70 is very good"},
		{"good from the start", calm + fresh + "strength=85 other-units wallet-share=50", kam.StageGood, true, "it need not have been recorded before"},
		{"good with a rival around", calm + firm + "rival-stronger wallet-share=40 room-to-cross-sell", kam.StageGood, true, "a share of 40 percent is not small"},
		{"good though sales dip", calm + firm + "wallet-share=50 room-to-cross-sell revenue-trend=-30", kam.StageGood, true, "a dip without a cause is not an attack"},
		{"good with one late truck", calm + firm + "wallet-share=50 room-to-cross-sell on-time=79 revenue-trend=5", kam.StageGood, true, "late, and they buy more all the same"},
		{"good, share unknown", calm + firm + "other-units !rival-stronger", kam.StageGood, true, "other units are room enough"},

		{"strong", calm + firm + "wallet-share=90 !room-to-cross-sell !other-units", kam.StageStrong, true, "firm, and all the value is taken and given"},
		{"strong at the lines", calm + "once-firm strength=70 wallet-share=80 !room-to-cross-sell !other-units", kam.StageStrong, true, "80 percent of the wallet is a full share"},
		{"strong as people say", calm + firm + "full-share !room-to-cross-sell !other-units !rival-stronger", kam.StageStrong, true, "the share is said, the wallet not known"},
		{"strong at first sight", calm + fresh + "strength=95 full-share !room-to-cross-sell !other-units !rival-stronger", kam.StageStrong, true, "it need not have been strong before"},
		{"strong and growing", calm + firm + "wallet-share=85 revenue-trend=30 !room-to-cross-sell !other-units", kam.StageStrong, true, "they grow, and we with them"},
		{"strong or good?", calm + firm + "wallet-share=90 !other-units !rival-stronger", kam.StageDeveloping, false, "whether there is room is what tells them apart, and is unknown"},
		{"strong but for room", calm + firm + "wallet-share=90 room-to-cross-sell !other-units", kam.StageGood, true, "a full share of what they buy, and more that they could: good, not strong"},
		{"strong but for a unit", calm + firm + "full-share !room-to-cross-sell other-units !rival-stronger", kam.StageGood, true, "another unit to enter: good, not strong"},
		{"full share, weak ties", calm + fresh + "strength=50 wallet-share=95 !room-to-cross-sell !other-units", kam.StageDeveloping, true, "they buy it all from us and do not love us: neither good nor strong"},
		{"strong ties, no room, small share", calm + firm + "wallet-share=30 !room-to-cross-sell !other-units !full-share", kam.StageGood, true, "seven tenths are elsewhere: there is room, whatever people say"},

		{"limited", calm + fresh + "wallet-share=10 rival-stronger strength=40", kam.StageLimitedShare, true, "small, flat, and a rival stands closer"},
		{"limited just under a quarter", calm + fresh + "wallet-share=24.9999 rival-stronger strength=40", kam.StageLimitedShare, true, "under 25 percent is small"},
		{"a quarter", calm + fresh + "wallet-share=25 rival-stronger strength=40", kam.StageDeveloping, true, "25 percent is not small"},
		{"limited, falling a little", calm + fresh + "wallet-share=10 rival-stronger strength=40 revenue-trend=-10", kam.StageLimitedShare, true, "10 percent down is still flat"},
		{"limited, rising", calm + fresh + "wallet-share=10 rival-stronger strength=40 revenue-trend=10", kam.StageDeveloping, true, "10 percent up is growth"},
		{"limited, rising a little", calm + fresh + "wallet-share=10 rival-stronger strength=40 revenue-trend=9.9999", kam.StageLimitedShare, true, "less than 10 percent up is flat"},
		{"small without a rival", calm + fresh + "wallet-share=10 !rival-stronger strength=40", kam.StageDeveloping, true, "small, and nobody stands in the way"},
		{"small, rival unknown", calm + fresh + "wallet-share=10 strength=40", kam.StageDeveloping, false, "it may be limited: ask"},
		{"limited though they like us", calm + firm + "wallet-share=10 rival-stronger room-to-cross-sell", kam.StageLimitedShare, true, "the share decides: very good ties that do not sell are limited"},
		{"limited or defensive?", calm + "once-firm strength=40 wallet-share=10 rival-stronger", kam.StageLimitedShare, true, "firm once and stable now: nobody attacks, so limited, not defensive"},
		{"limited, since long", calm + fresh + "strength=60 wallet-share=15 rival-stronger !room-to-cross-sell", kam.StageLimitedShare, true, "ours is stable but limited"},

		{"attacked", "served !need-ended !not-worth-serving once-firm rival-attack", kam.StageDefensive, true, "once firm, and a rival attacks"},
		{"our own fault", "served !need-ended !not-worth-serving once-firm poor-performance", kam.StageDefensive, true, "once firm, and our work was poor"},
		{"attacked and small", "served !need-ended !not-worth-serving once-firm rival-attack rival-stronger wallet-share=10 revenue-trend=0", kam.StageDefensive, true, "firm once and under attack: defensive, not limited"},
		{"attacked and still strong", "served !need-ended !not-worth-serving once-firm rival-attack strength=90 full-share !room-to-cross-sell !other-units", kam.StageDefensive, true, "a strong attack shakes even the strong"},
		{"late and losing", "served !need-ended !not-worth-serving !poor-performance !rival-attack once-firm on-time=79.9999 revenue-trend=-10.0001", kam.StageDefensive, true, "the facts say what people do not"},
		{"complaints and losing", "served !need-ended !not-worth-serving !poor-performance !rival-attack once-firm complaint-rate=10 revenue-trend=-20", kam.StageDefensive, true, "one complaint in ten orders, and a fifth of the sales gone"},
		{"returns and losing", "served !need-ended !not-worth-serving !poor-performance !rival-attack once-firm return-rate=12 revenue-trend=-20", kam.StageDefensive, true, "they send it back, and buy less"},
		{"late and not losing", calm + firm + "on-time=60 revenue-trend=-10 wallet-share=50 room-to-cross-sell", kam.StageGood, true, "10 percent down is flat: they bear it"},
		{"losing without a fault", calm + "once-firm strength=60 revenue-trend=-40 wallet-share=50", kam.StageDeveloping, true, "no attack and no fault is known: not defensive"},
		{"perhaps attacked", "served !need-ended !not-worth-serving once-firm !poor-performance strength=80 wallet-share=50 revenue-trend=0", kam.StageGood, false, "whether a rival attacks is not known"},
		{"firm once?", "served !need-ended !not-worth-serving rival-attack strength=60 wallet-share=50 revenue-trend=0", kam.StageDeveloping, false, "whether there was a position to defend is not known"},

		{"sunset", "served need-ended", kam.StageDeclining, true, "they need us no more"},
		{"sunset of the strong", "served need-ended once-firm strength=90 full-share !room-to-cross-sell !other-units", kam.StageDeclining, true, "however strong it was"},
		{"sunset under attack", "served need-ended once-firm rival-attack", kam.StageDeclining, true, "a need that has ended cannot be defended"},
		{"cutting costs", "served !need-ended not-worth-serving", kam.StageDeclining, true, "serving them is not worth it"},
		{"cutting costs, small share", "served not-worth-serving wallet-share=5 rival-stronger revenue-trend=0", kam.StageDeclining, true, "not worth serving comes before limited"},
		{"sunset, perhaps not served", "need-ended", kam.StageDeclining, false, "if they are not served any more it is a potential"},
	}
	require.GreaterOrEqual(t, len(tests), 60)
	rules := kam.DefaultStageRules()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			verdicts, numbers := map[kam.Evidence]kam.Verdict{}, map[kam.Evidence]kam.Number{}
			for _, word := range strings.Fields(tt.evidence) {
				id, number, isNumber := strings.Cut(word, "=")
				switch {
				case isNumber: // a later one counts
					n, err := kam.ParseNumber(number)
					require.NoError(t, err)
					numbers[kam.Evidence(id)] = n
				case id[0] == '!':
					verdicts[kam.Evidence(id[1:])] = kam.No
				default:
					verdicts[kam.Evidence(id)] = kam.Yes
				}
			}
			s := rules.Classify(verdicts, numbers)
			assert.Equal(t, tt.want, s.Suggested, "%s (by %s)", tt.reason, s.Rule)
			assert.Equal(t, tt.firm, s.Firm, "%s: %v, for %v", tt.reason, s.Possible, s.Unknown)
		})
	}
}

// What a CRM really holds of accounts, each with what must not be said of it.
func TestNotSaid(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	of := func(t *testing.T, a kam.Account) kam.Assessment {
		t.Helper()
		a.ID = "x"
		out, err := engine.Assess(a, asOf)
		require.NoError(t, err)
		return out
	}
	on := func(j kam.Verdict, day kam.Date) kam.Judgement { return kam.Judgement{Verdict: j, On: day} }
	months := func(n int, fill func(i int, p *kam.Period)) (out []kam.Period) {
		for i := range n {
			from := kam.NewDate(2026, 11, 1).AddMonths(i - n)
			p := kam.Period{From: from, To: from.AddMonths(1).AddDays(-1), Revenue: money("0 EUR"), Orders: new(0)}
			fill(i, &p)
			out = append(out, p)
		}
		return out
	}
	idle := func(int, *kam.Period) {}
	reading := func(a kam.Account, signal kam.Signal) kam.Reading {
		readings := of(t, a).Signals.Readings
		return readings[slices.IndexFunc(readings, func(r kam.Reading) bool { return r.Signal == signal })]
	}

	t.Run("not served, and a customer since", func(t *testing.T) {
		a := kam.Account{Sales: months(24, func(_ int, p *kam.Period) { p.Revenue, p.Orders = money("100 EUR"), new(3) })}
		first := a.Sales[12].From // of the window now
		for _, x := range []struct {
			said kam.Judgement
			want kam.Verdict
		}{
			{on(kam.No, first.AddDays(-300)), kam.Yes},
			{on(kam.No, a.Sales[23].From.AddDays(-1)), kam.Yes},
			{on(kam.No, a.Sales[23].From), kam.No}, // the month may have been sold before it
			{on(kam.No, a.Sales[23].To), kam.No},
			{on(kam.No, kam.Date{}), kam.No},
			{on(kam.Yes, first.AddDays(-300)), kam.Yes},
		} {
			a.Judgements = map[kam.Evidence]kam.Judgement{"served": x.said}
			assert.Equal(t, x.want, of(t, a).Stage.Served, "%v", x.said)
		}
		a.Sales = months(24, idle)
		a.Judgements = map[kam.Evidence]kam.Judgement{"served": on(kam.No, first)}
		assert.Equal(t, kam.No, of(t, a).Stage.Served, "nothing was sold")
	})
	t.Run("a full share, though the wallet says no", func(t *testing.T) {
		for wallet, want := range map[string]kam.Stage{"1250 EUR": kam.StageStrong, "1251 EUR": kam.StageGood, "9000 EUR": kam.StageGood} {
			a := kam.Account{
				Sales: twoYears(kam.Period{Revenue: money("990 EUR")}, kam.Period{Revenue: money("1000 EUR")}), Wallet: money(wallet),
				Answers: map[string]kam.Answers{"strength": allStrength(9)}, Judgements: verdicts("!need-ended", "!not-worth-serving", "!once-firm", "!rival-stronger", "!room-to-cross-sell", "!other-units"),
			}
			stage := of(t, a).Stage
			assert.Equal(t, want, stage.Standing, wallet)
			assert.NotContains(t, stage.Unknown, kam.EvidenceFullShare, wallet)
			a.Judgements["full-share"] = kam.Judgement{Verdict: kam.Yes}
			assert.Equal(t, kam.StageStrong, of(t, a).Stage.Standing, "who says so goes before the wallet")
		}
	})
	t.Run("a share of less than nothing", func(t *testing.T) {
		a := kam.Account{
			Sales:  twoYears(kam.Period{Revenue: money("990 EUR")}, kam.Period{Revenue: money("-240 EUR")}),
			Wallet: money("1000 EUR"), OurRevenue: money("9000 EUR"),
		}
		for _, s := range []kam.Signal{kam.SignalWalletShare, kam.SignalOurRevenueShare} {
			assert.Equal(t, kam.Reading{Signal: s}, reading(a, s), "and no fact lacks")
		}
	})
	t.Run("a newcomer's interval", func(t *testing.T) {
		a := kam.Account{CustomerSince: kam.NewDate(2026, 9, 21), Sales: months(12, func(i int, p *kam.Period) {
			if i >= 10 {
				p.Revenue, p.Orders, p.LastOrder = money("100 EUR"), new(2), p.To.AddDays(-2)
			}
		})}
		// From 21 September to the 29th of October 39 days, by four orders.
		assert.Equal(t, "9.75", reading(a, kam.SignalOrderInterval).Value.String())
		a.CustomerSince = kam.Date{}
		assert.NotEqual(t, "9.75", reading(a, kam.SignalOrderInterval).Value.String(), "who was one all the time")
		a.CustomerSince = kam.NewDate(2026, 10, 5)
		assert.NotEqual(t, "6.25", reading(a, kam.SignalOrderInterval).Value.String(), "of two orders before the first day nobody knows")
	})
	t.Run("an order on the day before the first", func(t *testing.T) {
		a := kam.Account{CustomerSince: kam.NewDate(2026, 10, 1), Sales: months(12, func(i int, p *kam.Period) {
			if i == 11 {
				p.Revenue, p.Orders, p.LastOrder = money("100 EUR"), new(3), p.To
			}
		})}
		last := &a.Sales[10]
		eve := *last
		last.To, eve.From = last.To.AddDays(-1), eve.To
		assert.Equal(t, "10.3333", reading(a, kam.SignalOrderInterval).Value.String(), "31 days by three")
		eve.Revenue, eve.Orders, eve.LastOrder = money("9 EUR"), new(1), eve.To
		a.Sales = slices.Insert(a.Sales, 11, eve)
		assert.NotEqual(t, "10.3333", reading(a, kam.SignalOrderInterval).Value.String(), "and not by four either")
	})
	t.Run("a full share by another rule", func(t *testing.T) {
		policy := kam.DefaultPolicy()
		policy.Stage.Rules = []kam.StageRule{{ID: "full", Stage: kam.StageStrong, All: []kam.Clause{{Any: []kam.Condition{{Evidence: kam.EvidenceFullShare, Is: kam.Yes}}}}}}
		for wallet, want := range map[string]kam.Stage{"1250 EUR": kam.StageStrong, "1250.01 EUR": kam.StageUnknown} {
			a := kam.Account{ID: "x", Sales: twoYears(kam.Period{}, kam.Period{Revenue: money("1000 EUR")}), Wallet: money(wallet)}
			out, err := compiled(t, policy).Assess(a, asOf)
			require.NoError(t, err)
			assert.Equal(t, want, out.Stage.Standing, wallet)
		}
	})
	t.Run("complaints of a prospect", func(t *testing.T) {
		for _, x := range of(t, kam.Account{Sales: months(24, idle)}).Risks.Unknown {
			if x.Check == kam.RiskComplaintsRising || x.Check == kam.RiskReturnsRising {
				assert.Empty(t, x.Needs, x.Check)
			}
		}
	})
	t.Run("parts in buying that are all told", func(t *testing.T) {
		a := kam.Account{Contacts: []kam.Contact{{ID: "a", Roles: []kam.Role{kam.Buyer}}, {ID: "b", Roles: []kam.Role{kam.User}}}}
		for _, want := range []string{"contacts", "contacts/roles"} {
			asked := 0
			for _, x := range of(t, a).Risks.Unknown {
				if x.Check == kam.RiskDeciderAgainst || x.Check == kam.RiskNewDeciderUnmet {
					asked++
					assert.Equal(t, []string{want}, x.Needs, x.Check)
				}
			}
			assert.Equal(t, 2, asked)
			a.Contacts[1].Roles, a.Contacts[1].Attitude = nil, kam.AttitudeSupporter
		}
	})
	t.Run("one shipment that came back", func(t *testing.T) {
		a := kam.Account{Sales: months(24, func(_ int, p *kam.Period) {
			p.Revenue, p.Orders, p.Units, p.Returns = money("100 EUR"), new(2), new(40), new(0)
		})}
		a.Sales[20].Returns = new(30)
		risks := of(t, a).Risks
		assert.Equal(t, kam.Clear, risks.Outcome(kam.RiskReturnsRising), "30 pieces of two orders are two events at most")
		for i := 13; i < 24; i += 2 {
			a.Sales[i].Returns = new(5)
		}
		risks = of(t, a).Risks
		assert.Equal(t, kam.AtRisk, risks.Outcome(kam.RiskReturnsRising))
		for _, x := range risks.Findings {
			if x.Check == kam.RiskReturnsRising {
				// 14 of 14 events in the half of now: 100/2^14.
				assert.Equal(t, "0.0061", x.ByChance.String())
			}
		}
	})
	t.Run("one return of the only order", func(t *testing.T) {
		// 99 orders before and one now: that it comes now has a chance of one in a hundred, and one
		// event is no rise all the same. Of no order at all it would be one too.
		a := kam.Account{Sales: twoYears(
			kam.Period{Revenue: money("100 EUR"), Orders: new(99), Units: new(990), Returns: new(0)},
			kam.Period{Revenue: money("100 EUR"), Orders: new(1), Units: new(10), Returns: new(9)},
		)}
		assert.Equal(t, kam.Clear, of(t, a).Risks.Outcome(kam.RiskReturnsRising))
		a.Sales[1].Orders = nil
		assert.Equal(t, kam.AtRisk, of(t, a).Risks.Outcome(kam.RiskReturnsRising), "of pieces alone, since nobody tells the orders")
		a.Sales[1].Orders = new(2)
		assert.Equal(t, kam.AtRisk, of(t, a).Risks.Outcome(kam.RiskReturnsRising), "two events are a rise, at one in 2,500")
		a.Sales[0].Orders = nil
		assert.Equal(t, kam.AtRisk, of(t, a).Risks.Outcome(kam.RiskReturnsRising))
		late := kam.Account{Sales: months(24, func(i int, p *kam.Period) {
			p.Orders, p.Units, p.Returns = new(0), new(0), new(0)
			if i < 13 {
				p.Revenue, p.Orders, p.Units = money("100 EUR"), new(50), new(500)
			}
			if i > 13 && i < 16 {
				p.Returns = new(40)
			}
		})}
		assert.Equal(t, kam.AtRisk, of(t, late).Risks.Outcome(kam.RiskReturnsRising), "each month in which something came back has one event at least")
		late.Sales[14].Returns = new(0)
		assert.Equal(t, kam.Clear, of(t, late).Risks.Outcome(kam.RiskReturnsRising))
	})
	t.Run("no complaint where all others complain", func(t *testing.T) {
		a := kam.Account{Peers: &kam.Peers{Complaints: 12, Orders: 10}, Sales: twoYears(kam.Period{}, kam.Period{Revenue: money("9 EUR"), Orders: new(1), Complaints: new(0)})}
		for _, x := range of(t, a).Risks.Findings {
			if x.Check == kam.RiskNoComplaints {
				assert.Equal(t, "0", x.ByChance.String(), "more complaints than orders: none goes without one")
				return
			}
		}
		t.Error("the silence is no chance")
	})
	t.Run("a key account that is attacked", func(t *testing.T) {
		for stage, want := range map[kam.Stage]kam.Verdict{kam.StageGood: kam.Yes, kam.StageDefensive: kam.Yes, kam.StageDeclining: kam.No} {
			m := established("a", "100 EUR")
			m.Stage, m.Stages = stage, []kam.Stage{stage}
			assert.Equal(t, want, member(t, ranked(t, asOf, m), "a").Key, stage)
		}
	})
	t.Run("grow, where it is asked whether to go on", func(t *testing.T) {
		a := full(t)
		for _, ended := range []kam.Verdict{kam.No, kam.Yes} {
			a.Judgements = map[kam.Evidence]kam.Judgement{kam.EvidenceNeedEnded: {Verdict: ended}, kam.EvidenceNotWorthServing: {Verdict: kam.No}}
			a.Overrides, a.Stages = nil, nil
			out, err := engine.Assess(a, asOf)
			require.NoError(t, err)
			require.NotEqual(t, kam.CellUnknown, out.Placement.Cell)
			cell := slices.ContainsFunc(out.Strategy, func(x kam.Advice) bool { return strings.HasPrefix(x.ID, "cell-") })
			assert.Equal(t, ended == kam.No, cell, ended)
			plan, err := engine.NewPlan(a, asOf, asOf.AddDays(1), asOf.AddDays(365), kam.FiscalYear{})
			require.NoError(t, err)
			assert.Equal(t, ended == kam.No, plan.Strategy.Stance != kam.StanceUnknown, ended)
		}
	})
	t.Run("an id where there is a name", func(t *testing.T) {
		policy := kam.DefaultPolicy()
		rule := kam.StageRule{ID: "insolvent", Stage: kam.StageDeclining, All: []kam.Clause{{Any: []kam.Condition{{Evidence: "insolvent", Is: kam.Yes}}}}}
		policy.Stage.Rules = append([]kam.StageRule{rule}, policy.Stage.Rules...)
		policy.Names = map[kam.Evidence]kam.Text{"insolvent": {EN: "They are insolvent", ZH: "已资不抵债"}}
		out, err := compiled(t, policy).Assess(kam.Account{ID: "x", Judgements: verdicts("served")}, asOf)
		require.NoError(t, err)
		for _, a := range out.Strategy {
			if a.ID == "unknown-evidence" {
				require.NotEmpty(t, a.Evidence)
				assert.Equal(t, "They are insolvent: unknown (must be known)", a.Evidence[0].In(kam.English))
			}
		}
	})
}
