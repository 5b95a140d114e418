package kam_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// A short list of moves, each with its evidence.
func ExampleAdvice() {
	engine, _ := kam.Compile(kam.Policy{})
	account := acme
	account.Contacts = people
	a, _ := engine.Assess(account, asOf)
	for _, s := range a.Strategy[:2] {
		fmt.Println(s.ID, s.Evidence[0].Value)
		fmt.Println(" ", s.Text)
	}
	// Output:
	// key-contact-lost gone
	//   A key contact has left or is about to: meet the successor before a rival does.
	// stage-good 73
	//   Grow inside: offer what they buy elsewhere, and ask to be introduced where they have other units.
}

func TestStrategy(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	a, err := engine.Assess(full(t), asOf)
	require.NoError(t, err)
	var ids []string
	for _, s := range a.Strategy {
		ids = append(ids, s.ID)
		assert.NotEmpty(t, s.Evidence, s.ID)
		assert.NotEmpty(t, s.Text.EN)
		assert.NotEmpty(t, s.Text.ZH)
	}
	assert.Equal(t, []string{"key-contact-lost", "views-differ", "stage-developing", "cell-key", "unusual-move", "better-good", "unknown-evidence"}, ids)
	assert.LessOrEqual(t, len(a.Strategy), 7)
	account := full(t)
	account.Judgements = maps.Clone(account.Judgements)
	account.Judgements["need-ended"] = kam.Judgement{Verdict: kam.No}
	known, err := engine.Assess(account, asOf)
	require.NoError(t, err)
	assert.Equal(t, "danger-declining", known.Strategy[5].ID, "what is known can be prevented, and what is not is to be found out")

	hurt, err := engine.Assess(kam.Account{ID: "x", Judgements: verdicts("need-ended", "served")}, asOf)
	require.NoError(t, err)
	assert.Equal(t, "stage-declining", hurt.Strategy[0].ID, "what is being lost comes first")
	nothing, err := engine.Assess(kam.Account{ID: "x"}, asOf)
	require.NoError(t, err)
	ids = nil
	for _, s := range nothing.Strategy {
		ids = append(ids, s.ID)
	}
	assert.Equal(t, []string{"no-contacts", "missing-answers", "unknown-evidence"}, ids, "nothing known leads to asking")
	assert.False(t, slices.Contains(ids, "stage-unknown"))
}

// Each move with what it rests on, in the order in which they matter.
func TestAdviceEvidence(t *testing.T) {
	known := []string{"served", "!need-ended", "!not-worth-serving", "!once-firm", "!rival-stronger"}
	attractive := rated(map[string]int{"growth-rate": 8, "size": 8, "competition": 2, "profitability": 8, "need": 8, "strategic-importance": 8})
	decider := kam.Contact{ID: "d", Roles: []kam.Role{kam.Decider}, LastMet: asOf, Level: kam.Director, Owner: "Ann"}
	sceptic := kam.Contact{ID: "s", Attitude: kam.AttitudeSceptic}
	// The account of which all is known: 80 and 30 points, both cuts at 50, and
	// no gap among the contacts.
	base := func() kam.Account {
		return kam.Account{
			ID: "x", Judgements: verdicts(known...), Contacts: []kam.Contact{decider, sceptic},
			Answers: map[string]kam.Answers{"attractiveness": attractive, "strength": allStrength(3)},
		}
	}
	stage := "stage-developing: served|served is yes|yes"
	cell := "cell-target: attractiveness|30 above the cut|80; strength|-20 above the cut|30"
	danger := "danger-declining: need-ended|need-ended becomes yes|no"
	better := "better-good: strength|strength >= 70|30; room-to-cross-sell|room-to-cross-sell becomes yes|unknown"
	tests := []struct {
		name, reason string
		policy       kam.Policy
		change       func(a *kam.Account)
		want         []string
	}{
		{"all known", "the stage, the cell, and where it could go", kam.Policy{}, func(*kam.Account) {}, []string{stage, cell, danger, better}},
		{
			"evidence unknown", "a small share is not ruled out",
			kam.Policy{},
			func(a *kam.Account) { delete(a.Judgements, "rival-stronger") },
			[]string{stage, cell, danger, better, "unknown-evidence: wallet-share|must be known|unknown; revenue-trend|must be known|unknown; rival-stronger|must be known|unknown"},
		},
		{
			"answer missing", "45 to 55 points: on either side of the cut",
			kam.Policy{},
			func(a *kam.Account) {
				a.Answers["strength"] = allStrength(5)
				delete(a.Answers["strength"], "price")
				delete(a.Answers["attractiveness"], "need")
			},
			[]string{
				stage, "cell-key: attractiveness|30 above the cut|80; strength|0 above the cut|50", danger, "better-good: strength|strength >= 70|50; room-to-cross-sell|room-to-cross-sell becomes yes|unknown",
				"missing-answers: attractiveness/need|must be answered|unknown; strength/price|must be answered|unknown",
			},
		},
		{
			"two key contacts gone", "both are named, before all else",
			kam.Policy{},
			func(a *kam.Account) {
				a.Contacts = append(a.Contacts, kam.Contact{ID: "b", Influence: kam.High, Until: asOf}, kam.Contact{ID: "a", Influence: kam.High, Until: asOf})
			},
			[]string{"key-contact-lost: key-contact-lost|contacts|b, a", stage, cell, danger, better},
		},
		{
			"three gaps", "the two gravest come first, the third last",
			kam.Policy{},
			func(a *kam.Account) { a.Contacts = []kam.Contact{{ID: "c"}} },
			[]string{
				"no-decider-known: no-decider-known|contacts|no-decider-known", "single-threaded: single-threaded|contacts|c", stage, cell, danger, better,
				"no-known-opponent: no-known-opponent|contacts|no-known-opponent",
			},
		},
		{
			"held", "the stage that stands, and what is held against",
			kam.Policy{Stage: kam.StageRules{Reviews: 2}},
			func(a *kam.Account) {
				a.Stages = kam.History{{Stage: kam.StageLimitedShare, On: day(1, 1), View: kam.ViewSuggested}}
			},
			[]string{"stage-limited-share: stages|held against|developing", cell, danger, better},
		},
		{
			"under attack", "what is being lost comes before who is missing",
			kam.Policy{},
			func(a *kam.Account) {
				a.Judgements, a.Contacts = verdicts("served", "!need-ended", "!not-worth-serving", "once-firm", "rival-attack"), nil
			},
			[]string{
				"stage-defensive: once-firm|once-firm is yes|yes; rival-attack|rival-attack is yes|yes", "risk-rival-attack: rival-attack|is yes|yes",
				"no-contacts: no-contacts|contacts|no-contacts", cell, danger,
				better + "; rival-attack|rival-attack becomes no|yes",
			},
		},
		{
			"firm by another rule", "poor performance is unknown, and late deliveries make the same stage of it",
			kam.Policy{},
			func(a *kam.Account) {
				a.Judgements = verdicts("served", "!need-ended", "!not-worth-serving", "once-firm", "!rival-attack")
				a.Sales = []kam.Period{
					{From: kam.NewDate(2024, 11, 1), To: kam.NewDate(2025, 10, 31), Revenue: money("100 EUR")},
					{From: kam.NewDate(2025, 11, 1), To: kam.NewDate(2026, 10, 31), Revenue: money("80 EUR"), Orders: new(10), LateDeliveries: new(5)},
				}
			},
			[]string{
				"stage-defensive: once-firm|once-firm is yes|yes; on-time|on-time < 80|50; revenue-trend|revenue-trend < -10|-20", cell, danger,
				better + "; on-time|not on-time < 80|50",
			},
		},
		{
			"no rule fits", "all is known, so there is nothing to find out",
			kam.Policy{Stage: kam.StageRules{Rules: []kam.StageRule{{ID: "not-served", Stage: kam.StagePotential, All: []kam.Clause{{Any: []kam.Condition{{Evidence: "served", Is: kam.No}}}}}}}},
			func(*kam.Account) {},
			[]string{cell},
		},
		{
			"the stage rests on an answer", "70 points without it, and 63 to 73 with it: on either side of 70",
			kam.Policy{},
			func(a *kam.Account) {
				a.Answers["strength"] = allStrength(7)
				delete(a.Answers["strength"], "price")
				a.Judgements["room-to-cross-sell"] = kam.Judgement{Verdict: kam.Yes}
			},
			[]string{
				"stage-good: strength|strength >= 70|70; room-to-cross-sell|room-to-cross-sell is yes|yes",
				"cell-key: attractiveness|30 above the cut|80; strength|20 above the cut|70", danger,
				"better-strong: full-share|full-share becomes yes|unknown; room-to-cross-sell|room-to-cross-sell becomes no|yes; other-units|other-units becomes no|unknown",
				"unknown-evidence: strength/price|must be answered|unknown",
			},
		},
		{
			"grave risks", "the three gravest that are at risk, after what is being lost and before who is missing",
			kam.Policy{},
			func(a *kam.Account) {
				for id, j := range verdicts("trust-damaged", "!financially-sound", "need-ending") {
					a.Judgements[id] = j
				}
				a.Contacts = nil
			},
			[]string{
				"risk-trust-damaged: trust-damaged|is yes|yes", "risk-need-ending: need-ended|is yes|no; need-ending|is yes|yes", "risk-financial-condition: financially-sound|is no|no",
				"no-contacts: no-contacts|contacts|no-contacts", stage, cell, danger,
			},
		},
		{
			"a risk that a gap tells", "the gap names the contact",
			kam.Policy{},
			func(a *kam.Account) {
				a.Contacts = append(a.Contacts, kam.Contact{ID: "k", Influence: kam.High, Until: asOf.AddDays(1)})
			},
			[]string{"key-contact-lost: key-contact-lost|contacts|k", stage, cell, danger, better},
		},
		{
			"a first sign", "calls for no move yet",
			kam.Policy{},
			func(a *kam.Account) { a.Incidents = []kam.Incident{{Opened: asOf}} },
			[]string{stage, cell, danger, better},
		},
		{
			"a check of one's own", "which says nothing of what to do but its name",
			kam.Policy{Risks: kam.RiskRules{Custom: []kam.CustomRisk{{
				RiskInfo: kam.RiskInfo{ID: "moved", Name: kam.Text{EN: "Their warehouse moves"}, Severity: kam.High},
				AtRisk:   kam.Condition{Evidence: "warehouse-moves", Is: kam.Yes},
			}}}},
			func(a *kam.Account) { a.Judgements["warehouse-moves"] = kam.Judgement{Verdict: kam.Yes} },
			[]string{"risk-moved: warehouse-moves|warehouse-moves is yes|yes", stage, cell, danger, better},
		},
		{
			"unusual move", "from strong to developing nothing leads",
			kam.Policy{},
			func(a *kam.Account) {
				a.Stages = kam.History{{Stage: kam.StageStrong, On: day(1, 1)}}
			},
			[]string{stage, cell, "unusual-move: stages|from|strong; stages|to|developing", danger, better},
		},
		{
			"usual move", "needs no reason",
			kam.Policy{},
			func(a *kam.Account) {
				a.Stages = kam.History{{Stage: kam.StageLimitedShare, On: day(1, 1)}}
			},
			[]string{stage, cell, danger, better},
		},
		{
			"views differ", "each with its view, and since when",
			kam.Policy{},
			func(a *kam.Account) {
				a.Stages = kam.History{{Stage: kam.StageDeveloping, On: day(1, 1)}, {Stage: kam.StageLimitedShare, On: day(2, 1), View: kam.ViewCustomer}}
			},
			[]string{"views-differ: stages|recorded|developing; stages|customer|limited-share; stages|since|2026-02-01", stage, cell, danger, better},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			account := base()
			account.Answers["attractiveness"] = maps.Clone(attractive)
			tt.change(&account)
			a, err := compiled(t, tt.policy).Assess(account, asOf)
			require.NoError(t, err)
			var got []string
			for _, s := range a.Strategy {
				require.NotEmpty(t, s.Text.EN, s.ID)
				var evidence []string
				for _, f := range s.Evidence {
					evidence = append(evidence, fmt.Sprint(f.Evidence, "|", f.Condition, "|", f.Value))
				}
				got = append(got, s.ID+": "+strings.Join(evidence, "; "))
			}
			assert.Equal(t, tt.want, got, tt.reason)
		})
	}
}

// Of one cause there is one move, a gap that can wait is behind all others, and what the cell asks
// for is left out where the stage denies it, as is a stance in a draft.
func TestStrategyOfTheCauses(t *testing.T) {
	yes, no := kam.Judgement{Verdict: kam.Yes}, kam.Judgement{Verdict: kam.No}
	rated := func(n int) kam.Answers {
		out := kam.Answers{}
		for _, f := range kam.StrengthScorecard().Factors {
			out[f.ID] = kam.Rated(kam.Int(n))
		}
		return out
	}
	attractive := kam.Answers{}
	for _, f := range kam.AttractivenessScorecard().Factors {
		attractive[f.ID] = kam.Rated(kam.Int(9))
		if f.LowerIsBetter {
			attractive[f.ID] = kam.Rated(kam.Int(1))
		}
	}
	year := kam.Period{From: kam.NewDate(2025, 11, 1), To: kam.NewDate(2026, 10, 31), Revenue: money("100 EUR")}
	before := kam.Period{From: kam.NewDate(2024, 11, 1), To: kam.NewDate(2025, 10, 31), Revenue: money("100 EUR")}
	for name, tt := range map[string]struct {
		account        kam.Account
		want, unwanted []string
		stance         kam.Stance
	}{
		"one move of two that are ours": {
			kam.Account{Judgements: map[kam.Evidence]kam.Judgement{kam.EvidencePoorPerformance: yes}, Incidents: []kam.Incident{{Opened: kam.NewDate(2026, 1, 5)}}},
			[]string{"risk-incidents-open"},
			[]string{"risk-poor-performance"},
			kam.StanceUnknown,
		},
		"two causes": {
			kam.Account{Judgements: map[kam.Evidence]kam.Judgement{kam.EvidencePoorPerformance: yes, kam.EvidenceTrustDamaged: yes, kam.EvidenceInternalSupport: no}},
			[]string{"risk-poor-performance", "risk-trust-damaged", "risk-no-internal-support"},
			nil, kam.StanceUnknown,
		},
		"sold to, strong": {
			kam.Account{
				Sales: []kam.Period{year}, Answers: map[string]kam.Answers{"strength": rated(6), "attractiveness": attractive},
				Contacts: []kam.Contact{{ID: "a", Attitude: kam.AttitudeSupporter}, {ID: "b"}},
			},
			[]string{"stage-developing", "cell-key", "no-known-opponent"},
			nil, kam.StanceInvest,
		},
		"not sold to, and strong": {
			kam.Account{Judgements: map[kam.Evidence]kam.Judgement{kam.EvidenceServed: no}, Answers: map[string]kam.Answers{"strength": rated(6), "attractiveness": attractive}},
			[]string{"stage-potential"},
			[]string{"cell-key"},
			kam.StanceUnknown,
		},
		"not sold to, and weak": {
			kam.Account{Judgements: map[kam.Evidence]kam.Judgement{kam.EvidenceServed: no}, Answers: map[string]kam.Answers{"strength": rated(3), "attractiveness": attractive}},
			[]string{"stage-potential", "cell-target"},
			nil, kam.StanceInvest,
		},
		"a small share for good": {
			kam.Account{
				Sales: []kam.Period{before, year}, Wallet: money("1000 EUR"), Judgements: map[kam.Evidence]kam.Judgement{kam.EvidenceRivalStronger: yes},
				Answers: map[string]kam.Answers{"strength": rated(6), "attractiveness": attractive},
			},
			[]string{"stage-limited-share"},
			[]string{"cell-key"},
			kam.StanceUnknown,
		},
		"a provisional cell": {
			kam.Account{
				Sales:   []kam.Period{year},
				Answers: map[string]kam.Answers{"strength": {"knowledge": kam.Rated(kam.Int(6)), "service-quality": kam.Rated(kam.Int(6)), "personal-ties": kam.Rated(kam.Int(6)), "price": kam.Rated(kam.Int(6))}, "attractiveness": attractive},
			},
			[]string{"cell-key"},
			nil, kam.StanceUnknown,
		},
	} {
		t.Run(name, func(t *testing.T) {
			tt.account.ID = "x"
			engine := compiled(t, kam.Policy{})
			a, err := engine.Assess(tt.account, asOf)
			require.NoError(t, err)
			var got []string
			for _, s := range a.Strategy {
				got = append(got, s.ID)
			}
			for _, id := range tt.unwanted {
				assert.NotContains(t, got, id)
			}
			assert.Equal(t, tt.want, slices.DeleteFunc(got, func(id string) bool { return !slices.Contains(tt.want, id) }), "in this order")
			p, err := engine.NewPlan(tt.account, asOf, kam.NewDate(2027, 1, 1), kam.NewDate(2027, 12, 31), kam.FiscalYear{})
			require.NoError(t, err)
			assert.Equal(t, tt.stance, p.Strategy.Stance)
		})
	}
}

// A finding without evidence leads to no move, and takes the place of none.
func TestNoMoveWithoutEvidence(t *testing.T) {
	check := func(id kam.RiskID, source string, facts int) kam.RiskCheck {
		c := fixed(id, kam.SideOurs, kam.High, outcome(kam.AtRisk, facts))
		c.Source = source
		return c
	}
	engine, err := compiled(t, kam.Policy{}).WithRisks(
		check("a-one", "x", 0), check("a-two", "x", 1), check("a-three", "y", 0), check("a-four", "z", 0), check("a-five", "w", 1), check("a-six", "w", 1), check("a-seven", "", 1), check("a-eight", "", 1),
	)
	require.NoError(t, err)
	a, err := engine.Assess(kam.Account{ID: "x"}, asOf)
	require.NoError(t, err)
	var moves []string
	for _, s := range a.Strategy {
		if strings.HasPrefix(s.ID, "risk-") {
			moves = append(moves, s.ID)
		}
	}
	assert.Equal(t, []string{"risk-a-two", "risk-a-five", "risk-a-seven"}, moves)
}

// Who bought before and buys no more is to be won back; a prospect is not, nor one who
// buys, whatever is said or held.
func TestWinBack(t *testing.T) {
	engine := compiled(t, kam.Policy{Stage: kam.StageRules{Reviews: 2}})
	for _, tt := range []struct {
		name, before, now string
		account           kam.Account
		want              bool
	}{
		{"lost", "100 EUR", "0 EUR", kam.Account{}, true},
		{"never bought", "0 EUR", "0 EUR", kam.Account{}, false},
		{"said not to be served", "10 EUR", "20 EUR", kam.Account{Judgements: verdicts("!served")}, false},
		{"held", "100 EUR", "500 EUR", kam.Account{Stages: kam.History{{View: kam.ViewSuggested, Stage: kam.StagePotential, On: back(30)}}}, false},
	} {
		a := tt.account
		a.ID, a.Sales = "x", twoYears(kam.Period{Revenue: money(tt.before)}, kam.Period{Revenue: money(tt.now)})
		got, err := engine.Assess(a, asOf)
		require.NoError(t, err)
		require.Equal(t, kam.StagePotential, got.Stage.Standing, tt.name)
		i := slices.IndexFunc(got.Strategy, func(x kam.Advice) bool { return x.ID == "stage-potential" })
		require.GreaterOrEqual(t, i, 0, tt.name)
		advice := got.Strategy[i]
		assert.Equal(t, tt.want, advice.Text != kam.StagePotential.Strategy(), tt.name)
		if tt.want {
			assert.Contains(t, advice.Evidence, kam.Finding{Evidence: "revenue-before", Value: "100"})
			assert.Equal(t, "Win them back: find out why they stopped, mend that, and make it easy to order again.", advice.Text.EN)
		}
	}
}
