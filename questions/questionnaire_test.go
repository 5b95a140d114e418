package questions_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/questions"
)

func draw(t testing.TB, policy kam.Policy, account kam.Account, d questions.Draw) questions.Questionnaire {
	engine, err := kam.Compile(policy)
	require.NoError(t, err)
	form, err := load(t).Questionnaire(engine, account, asOf, d)
	require.NoError(t, err)
	return form
}

func ids(form questions.Questionnaire) []string {
	var out []string
	for _, it := range form.Items {
		out = append(out, it.ID)
	}
	return out
}

// Nothing known: all is missing but the questions on the role and the style,
// which are not about an account.
func TestDrawOfNothing(t *testing.T) {
	all := draw(t, kam.Policy{}, kam.Account{ID: "x"}, questions.Draw{})
	missing := draw(t, kam.Policy{}, kam.Account{ID: "x"}, questions.Draw{Scope: questions.OnlyMissing})
	want := 0
	for q := range load(t).All() {
		if !slices.ContainsFunc(q.Targets, func(t questions.Target) bool {
			return t.Scorecard == "role" || strings.HasPrefix(t.Scorecard, "style-")
		}) {
			want++
		}
	}
	assert.Len(t, all.Items, want)
	assert.ElementsMatch(t, ids(all), ids(missing))
	assert.Empty(t, all.NoQuestion)
	assert.Equal(t, "fit-of-strengths", all.Items[0].ID, "everything comes in the bank's order")
	assert.Equal(t, "size", missing.Items[0].ID, "20 of 100 points, and it places the account")

	var closes []kam.Number
	for _, it := range missing.Items {
		if !it.Stage {
			closes = append(closes, it.Closes)
		}
	}
	assert.True(t, slices.IsSortedFunc(closes, func(a, b kam.Number) int { return b.Cmp(a) }), "then by what they close")
	// S7a size and profitability weigh 20 of 100; account-margin rates the latter.
	assert.Equal(t, []kam.Number{kam.Int(20), kam.Int(20), kam.Int(20)}, closes[:3], "account-margin, size, and the cost that would rate the margin")
}

// Each row adds something known to an account, and names a question that is
// asked no more, and one that still is.
func TestDrawMissing(t *testing.T) {
	money := func(s string) *kam.Money {
		m, err := kam.ParseMoney(s)
		require.NoError(t, err)
		return &m
	}
	judged := func(id kam.Evidence, v kam.Verdict, on kam.Date) kam.Account {
		return kam.Account{Judgements: map[kam.Evidence]kam.Judgement{id: {Verdict: v, On: on}}}
	}
	old := kam.NewDate(2024, 1, 1)
	tests := []struct {
		name, reason string
		account      kam.Account
		gone, still  string
		maxAge       int
	}{
		{"an answer", "its factor is rated", kam.Account{Answers: map[string]kam.Answers{"selection": {"liking": kam.Rated(kam.Int(5))}}}, "liking", "stance", 0},
		{"the ground of a rating", "the factor has its rating", kam.Account{Answers: map[string]kam.Answers{"selection": {"perceived-difference": kam.Rated(kam.Int(5))}}}, "how-we-differ", "our-weaknesses", 0},
		{"half of two targets", "the other scorecard still lacks it", kam.Account{Answers: map[string]kam.Answers{"potential": {"account-margin": kam.Rated(kam.Int(5))}}}, "", "account-margin", 0},
		{"a judgement", "someone said no", judged("rival-attack", kam.No, old), "rival-attack", "rival-stronger", 0},
		{"a judgement of unknown", "nobody knows", judged("rival-attack", kam.VerdictUnknown, old), "", "rival-attack", 0},
		{"an old judgement", "older than the policy allows", judged("rival-attack", kam.No, old), "", "rival-attack", 365},
		{"a judgement without a day", "its age is unknown", judged("rival-attack", kam.No, kam.Date{}), "", "rival-attack", 365},
		{"a judgement of tomorrow", "not known today", judged("rival-attack", kam.No, asOf.AddDays(1)), "", "rival-attack", 0},
		{"a recent judgement", "young enough", judged("rival-attack", kam.No, asOf), "rival-attack", "rival-stronger", 365},
		{"a fact", "the wallet is known; that the share is not is for want of sales", kam.Account{Wallet: money("5 EUR")}, "wallet", "revenue-now", 0},
		{"our revenue", "it is known, whatever is made of it", kam.Account{OurRevenue: money("5 EUR")}, "our-revenue", "revenue-now", 0},
		{"sales", "revenue shows that they are served", kam.Account{Sales: []kam.Period{{
			From: kam.NewDate(2025, 11, 1), To: kam.NewDate(2026, 10, 31), Revenue: money("5 EUR"), Orders: new(30),
		}}}, "served", "once-firm", 0},
		{"orders", "a band rates the purchase frequency", kam.Account{Sales: []kam.Period{{
			From: kam.NewDate(2025, 11, 1), To: kam.NewDate(2026, 10, 31), Orders: new(30),
		}}}, "purchase-frequency", "knowledge", 0},
		{"a record", "it shows whether the relationship was firm", kam.Account{Stages: kam.History{{Stage: kam.StageDeveloping, On: old}}}, "once-firm", "stage-customer", 0},
		{"the customer's view", "kept apart from ours", kam.Account{Stages: kam.History{{Stage: kam.StageGood, On: old, View: kam.ViewCustomer}}}, "stage-customer", "stage-recorded", 0},
		{"a field of contacts", "one of them has it", kam.Account{Contacts: []kam.Contact{{ID: "a", Attitude: kam.AttitudeNeutral}, {ID: "b"}}}, "who-is-against-us", "ties-held-by", 0},
		{"the tier", "it is on record", kam.Account{Tier: kam.TierKey}, "tier", "segment", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.account.ID = "x"
			got := ids(draw(t, kam.Policy{AnswerMaxAge: tt.maxAge}, tt.account, questions.Draw{Scope: questions.OnlyMissing}))
			if tt.gone != "" {
				assert.NotContains(t, got, tt.gone, tt.reason)
			}
			assert.Contains(t, got, tt.still, tt.reason)
		})
	}
}

// settled is an account about which nothing more could change the stage or
// the cell: not served, not attractive, and weak.
func settled() kam.Account {
	low := func(card kam.Scorecard, skip ...string) kam.Answers {
		out := kam.Answers{}
		for _, f := range card.Factors {
			r := 0
			if f.LowerIsBetter {
				r = 10
			}
			if !slices.Contains(skip, f.ID) {
				out[f.ID] = kam.Rated(kam.Int(r))
			}
		}
		return out
	}
	return kam.Account{
		ID:         "x",
		Answers:    map[string]kam.Answers{"attractiveness": low(kam.AttractivenessScorecard(), "need"), "strength": low(kam.StrengthScorecard(), "price")},
		Judgements: map[kam.Evidence]kam.Judgement{"served": {Verdict: kam.No}},
	}
}

func TestDrawDeciding(t *testing.T) {
	d := questions.Draw{Scope: questions.OnlyDeciding}
	assert.Empty(t, draw(t, kam.Policy{}, settled(), d).Items, "two answers are missing, and change nothing")

	open := settled()
	open.Judgements = nil
	got := draw(t, kam.Policy{}, open, d)
	assert.Equal(t, []string{"served", "need-ended", "not-worth-serving", "once-firm", "poor-performance", "rival-attack"}, ids(got)[:6],
		"the evidence in the order of the stage rules")
	for _, it := range got.Items {
		assert.True(t, it.Stage, it.ID)
	}
	assert.NotContains(t, ids(got), "need", "the attractiveness is on one side")
	assert.Contains(t, ids(got), "wallet", "a signal that the stage waits for asks for its fact")
	wallet, err := kam.ParseMoney("5 EUR")
	require.NoError(t, err)
	open.Wallet, open.Judgements = &wallet, map[kam.Evidence]kam.Judgement{"served": {Verdict: kam.Yes}}
	got = draw(t, kam.Policy{}, open, d)
	assert.NotContains(t, ids(got), "wallet", "it is given")
	assert.Contains(t, ids(got), "revenue-now", "the share of wallet lacks the sales")
	for _, it := range draw(t, kam.Policy{}, open, questions.Draw{}).Items {
		assert.False(t, it.ID == "wallet" && it.Stage, "the stage does not wait for what is given")
	}

	near := settled()
	for id := range near.Answers["attractiveness"] {
		near.Answers["attractiveness"][id] = kam.Rated(kam.Int(5))
	}
	got = draw(t, kam.Policy{}, near, d)
	assert.Equal(t, []string{"need"}, ids(got), "42.5 to 57.5 is on either side of 50")
	assert.Equal(t, kam.Int(15), got.Items[0].Closes)

	policy := kam.DefaultPolicy()
	policy.Grid.AttractivenessCut = new(kam.Int(60))
	assert.Empty(t, draw(t, policy, near, d).Items, "57.5 is below 60")

	policy = kam.DefaultPolicy()
	policy.Attractiveness.Factors[4].Required = true
	got = draw(t, policy, settled(), d)
	assert.Equal(t, []string{"need"}, ids(got), "without a required factor there is no cell")

	policy = kam.DefaultPolicy()
	require.NoError(t, policy.Attractiveness.SetWeights(kam.Weights{"need": kam.Int(0), "size": kam.Int(35)}))
	assert.Empty(t, draw(t, policy, near, d).Items, "a factor without weight decides nothing")
}

// Every answer that a deciding questionnaire does not ask for leaves the
// stage and the cell as they are.
func TestDrawDecidingIsEnough(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	before, err := engine.Assess(settled(), asOf)
	require.NoError(t, err)
	bank := load(t)
	for _, value := range []string{"0", "5", "10", "yes", "no"} {
		r := questions.Response{By: "Ann", On: asOf, Answers: map[string]questions.Reply{}}
		for q := range bank.All() {
			one := questions.Response{By: "Ann", Answers: map[string]questions.Reply{q.ID: {Value: questions.Value(value)}}}
			known := settled().Answers
			if bank.Check(one) != nil || slices.ContainsFunc(q.Targets, func(t questions.Target) bool {
				_, answered := known[t.Scorecard][t.Factor]
				return answered || t.Evidence == kam.EvidenceServed || t.Fact != ""
			}) {
				continue
			}
			r.Answers[q.ID] = one.Answers[q.ID]
		}
		require.Greater(t, len(r.Answers), 20, value)
		combined, err := bank.Combine(questions.CombineRules{}, r)
		require.NoError(t, err)
		answered, _ := combined.Apply(settled())
		after, err := engine.Assess(answered, asOf)
		require.NoError(t, err)
		assert.Equal(t, before.Stage.Suggested, after.Stage.Suggested)
		assert.Equal(t, before.Placement.Cell, after.Placement.Cell)
	}
}

// A policy of the caller's own: a factor that the bank has no question on is
// named, and so is evidence; a question to a factor that is gone is not asked.
func TestDrawOwnPolicy(t *testing.T) {
	policy := kam.DefaultPolicy()
	require.NoError(t, policy.Strength.Drop("price"))
	require.NoError(t, policy.Strength.Add(kam.Factor{ID: "own-factor", Weight: kam.Int(10)}))
	policy.Stage.Rules[0].All = append(policy.Stage.Rules[0].All, kam.Clause{Any: []kam.Condition{{Evidence: "own-evidence", Is: kam.No}}})
	form := draw(t, policy, kam.Account{ID: "x"}, questions.Draw{})
	assert.Equal(t, []string{"strength/own-factor", "own-evidence"}, form.NoQuestion)
	assert.NotContains(t, ids(form), "price")

	bank, err := load(t).Add([]byte(`{"questions": [{"id": "own", "kind": "rating", "targets": [{"scorecard": "strength", "factor": "own-factor"}], "text": {"en": "How own is it?"}},
		{"id": "own-yes", "kind": "yes-no", "targets": [{"evidence": "own-evidence"}], "text": {"en": "Is it own?"}}]}`))
	require.NoError(t, err)
	engine, err := kam.Compile(policy)
	require.NoError(t, err)
	form, err = bank.Questionnaire(engine, kam.Account{ID: "x"}, asOf, questions.Draw{Language: "zh", Scope: questions.OnlyMissing})
	require.NoError(t, err)
	assert.Empty(t, form.NoQuestion)
	i := slices.Index(ids(form), "own")
	require.GreaterOrEqual(t, i, 0)
	assert.Equal(t, "How own is it?", form.Items[i].Text, "the chain of zh ends in en")
	assert.Equal(t, kam.Int(10), form.Items[i].Closes)
}

func TestDrawPlaceholders(t *testing.T) {
	form := draw(t, kam.Policy{}, kam.Account{ID: "acme", Name: "Acme {from} Pumps"}, questions.Draw{Language: "zh-Hans-CN"})
	assert.Equal(t, "Acme {from} Pumps 客户问卷", form.Title, "what is filled in is not filled in again")
	all := fmt.Sprint(form)
	assert.Contains(t, all, "2025-11-25 至 2026-11-24 收到多少起投诉？")
	assert.NotContains(t, all, "{account}")
	assert.NotContains(t, all, "{to}")
	form = draw(t, kam.Policy{}, kam.Account{ID: "acme", Sales: []kam.Period{{From: kam.NewDate(2025, 10, 1), To: kam.NewDate(2026, 9, 30)}}}, questions.Draw{})
	assert.Equal(t, "Questions about acme", form.Title)
	assert.Contains(t, fmt.Sprint(form), "How many complaints came from 2025-10-01 to 2026-09-30?", "the twelve months of the signals")
}

func TestDrawRefuses(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	bank := load(t)
	_, err = bank.Questionnaire(engine, kam.Account{ID: "x"}, asOf, questions.Draw{Scope: 3, Limit: -1})
	assert.Equal(t, []string{"/scope enum 3|", "/limit range -1|>= 0"}, found(err))
	_, err = bank.Questionnaire(engine, kam.Account{}, asOf, questions.Draw{})
	assert.Equal(t, []string{"/id missing |"}, found(err))
	_, err = bank.Questionnaire(engine, kam.Account{ID: "x"}, kam.Date{}, questions.Draw{})
	assert.Equal(t, []string{"/asOf date |"}, found(err))
	assert.Len(t, draw(t, kam.Policy{}, kam.Account{ID: "x"}, questions.Draw{Limit: 4}).Items, 4)
	empty := (&questions.Bank{}).ForScorecards("en", kam.RoleScorecard())
	assert.Len(t, empty.NoQuestion, 22, "a bank without questions has none on any factor")
}

// A wallet below our own sales cannot be right, and is asked for anew; one that can be is not.
func TestWalletThatCannotBe(t *testing.T) {
	month, err := kam.ParseMoney("1 EUR")
	require.NoError(t, err)
	account := kam.Account{ID: "x"}
	for i := range 24 {
		from := kam.NewDate(2024, 11, 1).AddMonths(i)
		account.Sales = append(account.Sales, kam.Period{From: from, To: from.AddMonths(1).AddDays(-1), Revenue: &month})
	}
	for amount, asked := range map[string]bool{"11.99 EUR": true, "12 EUR": false} {
		wallet, err := kam.ParseMoney(amount)
		require.NoError(t, err)
		account.Wallet = &wallet
		for _, scope := range []questions.Scope{questions.OnlyMissing, questions.OnlyDeciding} {
			assert.Equal(t, asked, slices.Contains(ids(draw(t, kam.Policy{}, account, questions.Draw{Scope: scope})), "wallet"), "%s %v", amount, scope)
		}
	}
}
