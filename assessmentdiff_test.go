package kam_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

func TestAssessmentDiff(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	a := kam.Account{
		ID: "x", Sales: twoYears(kam.Period{Revenue: money("1000 EUR")}, kam.Period{Revenue: money("900 EUR")}),
		Judgements: verdicts("!need-ended", "!not-worth-serving"), Attributes: map[string]kam.Number{"staff": kam.Int(9)},
		Answers: map[string]kam.Answers{
			"attractiveness": {"size": kam.Rated(kam.Int(8)), "growth-rate": kam.Rated(kam.Int(8)), "competition": kam.Rated(kam.Int(2)), "profitability": kam.Rated(kam.Int(8)), "need": kam.Rated(kam.Int(8)), "strategic-importance": kam.Rated(kam.Int(8))},
			"strength":       allStrength(9),
		},
	}
	day := asOf.AddDays(-20)
	before, err := engine.Assess(a, day)
	require.NoError(t, err)
	same, err := engine.Assess(a, asOf)
	require.NoError(t, err)
	d, err := same.Diff(before)
	require.NoError(t, err)
	assert.Equal(t, kam.AssessmentDiff{Account: "x", AsOf: asOf, Before: day}, d, "twenty days alone change nothing here")

	a.Sales[1].Revenue, a.Attributes = money("400 EUR"), map[string]kam.Number{"head-count": kam.Int(7)}
	a.Judgements = verdicts("need-ended", "!not-worth-serving")
	delete(a.Answers["attractiveness"], "need")
	a.Answers["strength"] = allStrength(2)
	now, err := engine.Assess(a, asOf)
	require.NoError(t, err)
	d, err = now.Diff(before)
	require.NoError(t, err)
	require.Len(t, d.Scores, 2)
	for _, s := range d.Scores {
		sum := decimal.Zero
		for _, f := range s.Factors {
			sum = sum.Add(f.By.Decimal())
		}
		assert.Equal(t, s.By.String(), sum.String(), s.Scorecard)
	}
	attractiveness, strength := d.Scores[0], d.Scores[1]
	assert.Equal(t, "80 80 0", attractiveness.Before.String()+" "+attractiveness.After.String()+" "+attractiveness.By.String(), "all others are rated as high")
	gone := attractiveness.Factors[len(attractiveness.Factors)-1]
	assert.Equal(t, "need", gone.Factor)
	assert.Nil(t, gone.After)
	assert.Equal(t, kam.Int(100), attractiveness.CoverageBefore)
	assert.True(t, attractiveness.CoverageAfter.Cmp(kam.Int(100)) < 0)
	assert.Equal(t, kam.Int(-70), *strength.By)
	assert.Equal(t, &kam.StageDiff{
		Before: before.Stage.Standing, After: kam.StageDeclining, FirmBefore: before.Stage.Firm, FirmAfter: true,
		RuleBefore: "served", RuleAfter: "no-need-or-no-return",
		Evidence: d.Stage.Evidence,
	}, d.Stage)
	assert.Contains(t, d.Stage.Evidence, kam.EvidenceDiff{Evidence: kam.EvidenceNeedEnded, After: "yes"})
	assert.Equal(t, &kam.CellDiff{
		Before: kam.CellKey, After: kam.CellTarget, FirmBefore: true, FirmAfter: d.Cell.FirmAfter,
		Attractiveness: kam.CutDiff{Before: before.Placement.AboveAttractivenessCut, After: now.Placement.AboveAttractivenessCut},
		Strength:       kam.CutDiff{Before: before.Placement.AboveStrengthCut, After: now.Placement.AboveStrengthCut},
	}, d.Cell)
	assert.Equal(t, "-70", minusOf(t, *d.Cell.Strength.After, *d.Cell.Strength.Before))
	risks := map[kam.RiskID]kam.RiskTrend{}
	for _, r := range d.Risks {
		risks[r.Check] = r.Trend
		assert.NotEqual(t, kam.RiskSame, r.Trend)
	}
	assert.Equal(t, kam.RiskNew, risks[kam.RiskRevenueFalling])
	assert.Equal(t, kam.RiskNew, risks[kam.RiskNeedEnding])
	minus := func(n int) *kam.Number { return new(kam.Int(n)) }
	assert.Contains(t, d.Signals, kam.SignalDiff{Signal: kam.SignalRevenue, Before: minus(900), After: minus(400), By: minus(-500), CurrencyBefore: "EUR", CurrencyAfter: "EUR"})
	assert.Contains(t, d.Signals, kam.SignalDiff{Signal: kam.SignalRevenueTrend, Before: minus(-10), After: minus(-60), By: minus(-50)})
	assert.Contains(t, d.Signals, kam.SignalDiff{Signal: "attribute.head-count", After: minus(7)})
	assert.Contains(t, d.Signals, kam.SignalDiff{Signal: "attribute.staff", Before: minus(9)})

	data, err := json.Marshal(before)
	require.NoError(t, err)
	kept, err := kam.Decode[kam.Assessment](data)
	require.NoError(t, err)
	again, err := now.Diff(kept)
	require.NoError(t, err)
	assert.Equal(t, d, again, "one that was kept does as well")
}

// What cannot be compared is told: points with none, factors of another policy, amounts in another
// currency.
func TestAssessmentDiffOfOtherRules(t *testing.T) {
	a := kam.Account{ID: "x", Sales: twoYears(kam.Period{Revenue: money("10 EUR")}, kam.Period{Revenue: money("9 EUR")}), Answers: map[string]kam.Answers{"strength": allStrength(9)}}
	before, err := compiled(t, kam.Policy{}).Assess(a, back(9))
	require.NoError(t, err)
	policy := kam.DefaultPolicy()
	policy.Strength.Factors[0].ID = "another"
	policy.Currency, policy.Rates = "USD", map[string]kam.Money{"EUR": *money("2 USD")}
	a.Answers = map[string]kam.Answers{"strength": {"another": kam.Rated(kam.Int(4))}}
	now, err := compiled(t, policy).Assess(a, asOf)
	require.NoError(t, err)
	d, err := now.Diff(before)
	require.NoError(t, err)
	assert.True(t, d.OtherPolicy)
	assert.Equal(t, now.Policy, d.Policy)
	assert.Equal(t, before.Policy, d.PolicyBefore)
	require.Len(t, d.Scores, 1)
	assert.Equal(t, "another", d.Scores[0].Factors[0].Factor)
	last := d.Scores[0].Factors[len(d.Scores[0].Factors)-1]
	assert.NotNil(t, last.Before)
	assert.Nil(t, last.After)
	for _, s := range d.Signals {
		if s.Signal == kam.SignalRevenue {
			assert.Equal(t, "9 18", s.Before.String()+" "+s.After.String())
			assert.Nil(t, s.By, "euros and dollars")
		}
	}

	same, err := now.Diff(now)
	require.NoError(t, err, "of one day, as by two policies")
	assert.Equal(t, kam.AssessmentDiff{Account: "x", Name: now.Name, AsOf: now.AsOf, Before: now.AsOf}, same)
	later := now
	later.AsOf = now.AsOf.AddDays(1)
	_, err = now.Diff(later)
	assert.Equal(t, []string{"/asOf order 2026-11-24|>= 2026-11-25"}, found(err))
	_, err = now.Diff(kam.Assessment{})
	assert.Equal(t, []string{"/account unknown |x", "/asOf missing |"}, found(err))
}

// What another policy weighs otherwise is told beside the points that it moved; a risk whose check
// was switched off is neither gone nor kept silent; another model is another policy.
func TestAssessmentDiffOfOtherWeights(t *testing.T) {
	a := kam.Account{
		ID: "x", Judgements: verdicts("rival-attack"),
		Answers: map[string]kam.Answers{"attractiveness": {"size": kam.Rated(kam.Int(8)), "need": kam.Rated(kam.Int(4)), "profitability": kam.Rated(kam.Int(6))}},
	}
	before, err := compiled(t, kam.Policy{}).Assess(a, asOf)
	require.NoError(t, err)
	policy := kam.DefaultPolicy()
	require.NoError(t, policy.Attractiveness.SetWeights(kam.Weights{"size": kam.Int(30), "growth-rate": kam.Int(5)}))
	policy.Risks.Checks[kam.RiskRivalAttack] = kam.RiskSetting{Off: true}
	now, err := compiled(t, policy).Assess(a, asOf)
	require.NoError(t, err)
	d, err := now.Diff(before)
	require.NoError(t, err)
	require.Len(t, d.Scores, 1)
	n := func(n int) *kam.Number { return new(kam.Int(n)) }
	size, need := d.Scores[0].Factors[0], d.Scores[0].Factors[2]
	assert.Equal(t, kam.FactorDiff{Factor: "size", Before: n(8), After: n(8), By: size.By, WeightBefore: n(20), WeightAfter: n(30)}, size)
	assert.Equal(t, kam.FactorDiff{Factor: "need", Before: n(4), After: n(4), By: need.By}, need)
	require.Len(t, d.Risks, 1)
	assert.Equal(t, kam.RiskRivalAttack, d.Risks[0].Check)
	assert.Equal(t, kam.RiskNotRun, d.Risks[0].Trend)
	page := compiled(t, policy).DiffMarkdown(d, kam.English)
	for _, want := range []string{
		"\n\nOn 2026-11-24\n", "SHA-256 " + before.Policy.Digest, "SHA-256 " + now.Policy.Digest, "| A rival attacks our position | No longer looked for | At risk | – |",
		"| Size (potential); weight, %: 20 → 30 | 8 | 8 |", "| Need for our product or service | 4 | 4 |",
	} {
		assert.Contains(t, page, want)
	}

	older := before
	older.Policy.Model = "0"
	d, err = before.Diff(older)
	require.NoError(t, err)
	assert.Equal(t, kam.AssessmentDiff{Account: "x", AsOf: asOf, Before: asOf, OtherPolicy: true, Policy: before.Policy, PolicyBefore: older.Policy}, d)
}

// Overrides take no part, a score without points has no change, and what no Number holds is
// none.
func TestAssessmentDiffAtTheEdges(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	a := kam.Account{
		ID: "x", Judgements: verdicts("served"), Attributes: map[string]kam.Number{"n": kam.Dec(-90_000_000_000_000, 0)},
		Overrides: []kam.Override{{Of: "stage", Value: "strong", By: "Ann", Why: "w", On: back(30), Until: back(5)}},
		Answers:   map[string]kam.Answers{"attractiveness": {"size": kam.Rated(kam.Int(8))}},
	}
	before, err := engine.Assess(a, back(9))
	require.NoError(t, err)
	a.Attributes = map[string]kam.Number{"n": kam.Dec(90_000_000_000_000, 0)}
	a.Answers = map[string]kam.Answers{"attractiveness": {"size": kam.Rated(kam.Int(8)), "need": kam.Rated(kam.Int(6)), "profitability": kam.Rated(kam.Int(6)), "growth-rate": kam.Rated(kam.Int(6))}}
	now, err := engine.Assess(a, asOf)
	require.NoError(t, err)
	d, err := now.Diff(before)
	require.NoError(t, err)
	assert.Nil(t, d.Stage, "the override has ended, and what was computed is the same")
	require.Len(t, d.Signals, 1)
	assert.Nil(t, d.Signals[0].By, "180 million million")
	require.Len(t, d.Scores, 1)
	s := d.Scores[0]
	assert.Nil(t, s.Before)
	require.NotNil(t, s.After)
	assert.Nil(t, s.By)
	require.Len(t, s.Factors, 3, "size is rated as before")
	for _, f := range s.Factors {
		assert.Nil(t, f.By)
		assert.Nil(t, f.Before)
	}
	data, err := json.Marshal(d)
	require.NoError(t, err)
	var again kam.AssessmentDiff
	require.NoError(t, json.Unmarshal(data, &again))
	assert.Equal(t, d, again)
}

// From one firm stage to another, with the evidence of both rules, and without what is found as
// before.
func TestAssessmentDiffOfStages(t *testing.T) {
	engine := compiled(t, kam.Policy{
		Strength: kam.Scorecard{ID: "strength", Factors: []kam.Factor{{ID: "a", Weight: kam.Int(50)}, {ID: "b", Weight: kam.Int(50)}}},
	})
	a := kam.Account{
		ID: "x", Attributes: map[string]kam.Number{"up": kam.Int(0), "down": kam.Int(0)},
		Judgements: verdicts("served", "!need-ended", "!not-worth-serving", "!once-firm", "!rival-stronger", "full-share", "room-to-cross-sell", "!other-units", "trust-damaged"),
		Answers:    map[string]kam.Answers{"strength": {"a": kam.Rated(kam.Int(7)), "b": kam.Rated(kam.Int(9))}},
	}
	before, err := engine.Assess(a, back(9))
	require.NoError(t, err)
	a.Judgements = verdicts("served", "!need-ended", "!not-worth-serving", "!once-firm", "!rival-stronger", "full-share", "!room-to-cross-sell", "!other-units", "trust-damaged")
	a.Answers = map[string]kam.Answers{"strength": {"a": kam.Rated(kam.Int(10)), "b": kam.Rated(kam.Int(9))}}
	most, err := kam.ParseNumber("99999999999999.9999")
	require.NoError(t, err)
	least, err := kam.ParseNumber("-99999999999999.9999")
	require.NoError(t, err)
	a.Attributes = map[string]kam.Number{"up": most, "down": least}
	now, err := engine.Assess(a, asOf)
	require.NoError(t, err)
	d, err := now.Diff(before)
	require.NoError(t, err)
	require.NotNil(t, d.Stage)
	assert.Equal(t, &kam.StageDiff{
		Before: kam.StageGood, After: kam.StageStrong, FirmBefore: true, FirmAfter: true,
		RuleBefore: "firm-with-room", RuleAfter: "firm-and-full",
		Evidence: []kam.EvidenceDiff{
			{Evidence: "strength", Before: "80", After: "95"},
			{Evidence: "room-to-cross-sell", Before: "yes", After: "no"},
			{Evidence: "full-share", After: "yes"},
		},
	}, withoutEvidence(d.Stage, "other-units"))
	for _, r := range d.Risks {
		assert.NotEqual(t, kam.RiskTrustDamaged, r.Check, "which was found before")
	}
	assert.Equal(t, []kam.SignalDiff{
		{Signal: "attribute.down", Before: new(kam.Int(0)), After: &least, By: &least}, {Signal: "attribute.up", Before: new(kam.Int(0)), After: &most, By: &most},
	}, d.Signals)

	a.Answers = map[string]kam.Answers{"strength": {"a": kam.Rated(kam.Int(9)), "b": kam.Rated(kam.Int(10))}}
	later, err := engine.Assess(a, asOf.AddDays(1))
	require.NoError(t, err)
	d, err = later.Diff(now)
	require.NoError(t, err)
	require.Len(t, d.Scores, 1, "what the one lost the other won")
	assert.Equal(t, "0", d.Scores[0].By.String())
	assert.Len(t, d.Scores[0].Factors, 2)
}

func withoutEvidence(s *kam.StageDiff, e kam.Evidence) *kam.StageDiff {
	out := *s
	out.Evidence = slices.DeleteFunc(slices.Clone(s.Evidence), func(x kam.EvidenceDiff) bool { return x.Evidence == e })
	return &out
}

// What comes twice cannot be compared.
func TestDiffRefusesWhatComesTwice(t *testing.T) {
	a := kam.Assessment{Account: "a", AsOf: asOf, Strength: kam.Score{Contributions: []kam.Contribution{{Factor: "x"}, {Factor: "x"}}}}
	b := kam.Assessment{Account: "a", AsOf: back(1), Signals: kam.Signals{Readings: []kam.Reading{{Signal: "orders"}, {Signal: "margin"}, {Signal: "orders"}}}}
	_, err := a.Diff(b)
	assert.Equal(t, []string{"/before/signals/readings/2/signal duplicate orders|", "/strength/contributions/1/factor duplicate x|"}, found(err))
}

// What changed is said in the words of the policy, in both languages.
func TestDiffInWords(t *testing.T) {
	overdue := kam.Text{EN: "Days overdue", ZH: "逾期天数"}
	policy := kam.DefaultPolicy()
	policy.Names = map[kam.Evidence]kam.Text{"attribute.overdue": overdue}
	engine := compiled(t, policy)
	account := func(days int, served kam.Verdict) kam.Account {
		return kam.Account{
			ID: "a", Attributes: map[string]kam.Number{"overdue": kam.Int(days)},
			Judgements: map[kam.Evidence]kam.Judgement{"served": {Verdict: served}},
		}
	}
	before, err := engine.Assess(account(3, kam.No), back(30))
	require.NoError(t, err)
	now, err := engine.Assess(account(40, kam.Yes), asOf)
	require.NoError(t, err)
	d, err := now.Diff(before)
	require.NoError(t, err)
	require.Len(t, d.Signals, 1)
	assert.Equal(t, "Days overdue: 3 → 40", d.Signals[0].In(kam.English))
	assert.Equal(t, "逾期天数：3 → 40", d.Signals[0].In(kam.Chinese))
	require.Len(t, d.Stage.Evidence, 1)
	assert.Equal(t, "We sell to them: no → yes", d.Stage.Evidence[0].In(kam.English))
	assert.Equal(t, "我们在向该客户销售：否 → 是", d.Stage.Evidence[0].In(kam.Chinese))
	euros := kam.SignalDiff{Signal: kam.SignalRevenue, Before: new(kam.Int(100)), After: new(kam.Int(100)), CurrencyBefore: "EUR", CurrencyAfter: "USD"}
	assert.Equal(t, "Revenue now: 100.00 EUR → 100.00 USD", euros.In(kam.English))
	gone := kam.SignalDiff{Signal: kam.SignalOrders, Before: new(kam.Int(4))}
	assert.Equal(t, "Orders now: 4 → –", gone.In(kam.English))
	own := kam.EvidenceDiff{Evidence: "attribute.overdue", After: "4\n0", Name: overdue}
	assert.Equal(t, "Days overdue: not a reason → 4\uFFFD0", own.In(kam.English), "on one line")
}

// The same figures in another currency are no longer the same.
func TestAssessmentDiffOfCurrencies(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	euros, dollars := kam.Account{ID: "a", Sales: []kam.Period{year("100 EUR", "90 EUR")}}, kam.Account{ID: "a", Sales: []kam.Period{year("100 USD", "90 USD")}}
	before, err := engine.Assess(euros, asOf.AddDays(-1))
	require.NoError(t, err)
	after, err := engine.Assess(dollars, asOf)
	require.NoError(t, err)
	d, err := after.Diff(before)
	require.NoError(t, err)
	var got []string
	for _, s := range d.Signals {
		if s.By == nil {
			got = append(got, string(s.Signal))
		}
	}
	assert.Equal(t, []string{"revenue", "gross-margin"}, got)
}

// Ten thousand attributes that are all others take no time.
func TestAssessmentDiffOfManyAttributes(t *testing.T) {
	attributes := func(name string) kam.Account {
		a := kam.Account{ID: "a", Attributes: map[string]kam.Number{}}
		for i := range 10_000 {
			a.Attributes[fmt.Sprint(strings.Repeat("long ", 14), name, i)] = kam.Int(i)
		}
		return a
	}
	engine := compiled(t, kam.Policy{})
	before, err := engine.Assess(attributes("before"), asOf.AddDays(-1))
	require.NoError(t, err)
	after, err := engine.Assess(attributes("after"), asOf)
	require.NoError(t, err)
	quick(t, time.Second, "the comparison", func() {
		d, err := after.Diff(before)
		require.NoError(t, err)
		require.Len(t, d.Signals, 20_000)
	})
}

// The least that a factor can add is a change.
func TestAssessmentDiffOfTheLeast(t *testing.T) {
	score := func(points kam.Number) kam.Score {
		return kam.Score{Scorecard: "strength", Points: &points, Contributions: []kam.Contribution{{Factor: "price", Rating: new(kam.Int(5)), Points: &points, Weight: kam.Int(100)}}}
	}
	before := kam.Assessment{Account: "a", AsOf: asOf, Strength: score(kam.Int(50))}
	now := kam.Assessment{Account: "a", AsOf: asOf, Strength: score(kam.Dec(500_001, 4))}
	d, err := now.Diff(before)
	require.NoError(t, err)
	require.Len(t, d.Scores, 1)
	require.Len(t, d.Scores[0].Factors, 1)
	assert.Equal(t, "0.0001", d.Scores[0].Factors[0].By.String())
}

// Two scorecards that take one place after the other are two scores, and their difference is none.
func TestAssessmentDiffOfOtherScorecards(t *testing.T) {
	policy := kam.DefaultPolicy()
	policy.Selection = kam.Scorecard{ID: "bond", Name: kam.Text{EN: "Bond"}, Relative: true, Factors: []kam.Factor{{ID: "trust", Weight: kam.Int(1)}}}
	a := kam.Account{ID: "x", Answers: map[string]kam.Answers{"bond": {"trust": kam.Rated(kam.Int(6))}}}
	before, err := compiled(t, policy).Assess(a, back(1))
	require.NoError(t, err)
	engine := compiled(t, kam.Policy{Retired: []string{"bond"}})
	now, err := engine.Assess(a, asOf)
	require.NoError(t, err)
	n := func(n int) *kam.Number { return new(kam.Int(n)) }
	d, err := now.Diff(before)
	require.NoError(t, err)
	assert.Equal(t, []kam.ScoreDiff{{Scorecard: "bond", Before: n(60), CoverageBefore: kam.Int(100), Factors: []kam.FactorDiff{{Factor: "trust", Before: n(6)}}}}, d.Scores, "the new one has nothing yet")
	later := before
	later.AsOf = asOf.AddDays(1)
	d, err = later.Diff(now)
	require.NoError(t, err)
	assert.Equal(t, []kam.ScoreDiff{{Scorecard: "bond", After: n(60), CoverageAfter: kam.Int(100), Factors: []kam.FactorDiff{{Factor: "trust", After: n(6)}}}}, d.Scores)
}

// What was kept before there was a model may be of this one.
func TestAssessmentDiffWithoutAModel(t *testing.T) {
	a, err := compiled(t, kam.Policy{}).Assess(kam.Account{ID: "x"}, asOf)
	require.NoError(t, err)
	kept := a
	kept.Policy.Model = ""
	for _, pair := range [][2]kam.Assessment{{a, kept}, {kept, a}} {
		d, err := pair[0].Diff(pair[1])
		require.NoError(t, err)
		assert.False(t, d.OtherPolicy)
	}
}

func minusOf(t *testing.T, a, b kam.Number) string {
	t.Helper()
	return a.Decimal().Sub(b.Decimal()).String()
}

// What another policy moved is named: the cut of the grid, the line of a rule, that of a check.
func TestDiffOfMovedLines(t *testing.T) {
	n := func(x int) *kam.Number { return new(kam.Int(x)) }
	account := kam.Account{ID: "x", Judgements: said(kam.EvidenceServed, kam.Yes), Answers: map[string]kam.Answers{"strength": {}, "attractiveness": {}}}
	for _, f := range kam.StrengthScorecard().Factors {
		account.Answers["strength"][f.ID] = kam.Rated(kam.Int(7))
	}
	for _, f := range kam.AttractivenessScorecard().Factors {
		account.Answers["attractiveness"][f.ID] = kam.Rated(kam.Int(5))
	}
	account.Judgements[kam.EvidenceCrossSell] = kam.Judgement{Verdict: kam.Yes}
	account.Contacts = []kam.Contact{{ID: "a"}, {ID: "b"}, {ID: "c"}}
	moved := kam.DefaultPolicy()
	moved.Grid.AttractivenessCut = n(55)
	rules := moved.Stage.Rules
	rules[6].All[0].Any[0].AtLeast = n(65)
	moved.Risks.Checks[kam.RiskSingleThreaded] = kam.RiskSetting{Watch: n(4), AtRisk: n(3)}
	engine := compiled(t, moved)
	before, err := compiled(t, kam.Policy{}).Assess(account, asOf)
	require.NoError(t, err)
	after, err := engine.Assess(account, asOf)
	require.NoError(t, err)
	d, err := after.Diff(before)
	require.NoError(t, err)
	assert.Empty(t, d.Scores)
	assert.Nil(t, d.Stage, "good by both lines")
	require.NotNil(t, d.Cell)
	assert.Equal(t, kam.CutDiff{Before: n(0), After: n(-5)}, d.Cell.Attractiveness)
	assert.Equal(t, kam.CutDiff{Before: n(20), After: n(20)}, d.Cell.Strength)
	require.Len(t, d.Risks, 1)
	assert.Equal(t, kam.RiskNew, d.Risks[0].Trend)
	assert.Equal(t, []kam.Finding{{Evidence: "contacts", Condition: "<= 3", Value: "3"}}, d.Risks[0].Evidence)
	page := engine.DiffMarkdown(d, kam.English)
	assert.Contains(t, page, "### Points above the cut of the grid\n\n- Attractiveness: 0 → -5\n\n")
	assert.Contains(t, page, "| New | Clear | At risk | Contacts: 3 (<= 3) |")

	account.Answers["strength"]["price"] = kam.Rated(kam.Int(4)) // 67 points
	before, err = compiled(t, kam.Policy{}).Assess(account, asOf)
	require.NoError(t, err)
	after, err = engine.Assess(account, asOf)
	require.NoError(t, err)
	d, err = after.Diff(before)
	require.NoError(t, err)
	require.NotNil(t, d.Stage)
	assert.Contains(t, d.Stage.Evidence, kam.EvidenceDiff{Evidence: "strength", After: "67", LineAfter: "strength >= 65"})
}

func TestEvidenceDiffInWords(t *testing.T) {
	for _, tt := range []struct {
		e      kam.EvidenceDiff
		en, zh string
	}{
		{
			kam.EvidenceDiff{Evidence: "strength", Before: "65", After: "65", LineBefore: "strength >= 70", LineAfter: "strength >= 60"},
			"Strength of the relationship: 65 (the rule asks for >= 70) → 65 (>= 60)", "关系强度：65（规则要求：≥ 70） → 65（≥ 60）",
		},
		{kam.EvidenceDiff{Evidence: "strength", After: "65", LineAfter: "strength >= 60"}, "Strength of the relationship: not a reason → 65 (>= 60)", "关系强度：不作为依据 → 65（≥ 60）"},
		{kam.EvidenceDiff{Evidence: "strength", Before: "65", After: "66"}, "Strength of the relationship: 65 → 66", "关系强度：65 → 66"},
	} {
		assert.Equal(t, tt.en, tt.e.In(kam.English))
		assert.Equal(t, tt.zh, tt.e.In(kam.Chinese))
	}
}

// A day that passes changes some readings by itself.
func TestUnchanged(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	account := monthly(t)
	before, err := engine.Assess(account, asOf)
	require.NoError(t, err)
	after, err := engine.Assess(account, asOf.AddDays(1))
	require.NoError(t, err)
	d, err := after.Diff(before)
	require.NoError(t, err)
	require.NotEmpty(t, d.Signals)
	assert.True(t, d.Unchanged())
	for name, other := range map[string]kam.AssessmentDiff{
		"a score": {Scores: make([]kam.ScoreDiff, 1)}, "a score and a risk": {Scores: make([]kam.ScoreDiff, 1), Risks: make([]kam.RiskChange, 1)}, "a stage": {Stage: new(kam.StageDiff)}, "a cell": {Cell: new(kam.CellDiff)}, "a risk": {Risks: make([]kam.RiskChange, 1)},
	} {
		assert.False(t, other.Unchanged(), name)
	}
}

// Two lines of one evidence are told apart.
func TestDiffOfTwoLinesOfOneEvidence(t *testing.T) {
	n := func(x int) *kam.Number { return new(kam.Int(x)) }
	engine := func(stage kam.Stage, least int) *kam.Engine {
		p := kam.Policy{Name: "ours"}
		p.Stage.Rules = []kam.StageRule{{ID: "a", Stage: stage, All: []kam.Clause{
			{Any: []kam.Condition{{Evidence: kam.EvidenceStrength, AtLeast: n(least)}}}, {Any: []kam.Condition{{Evidence: kam.EvidenceStrength, Below: n(95)}}},
		}}}
		return compiled(t, p)
	}
	account := kam.Account{ID: "x", Answers: map[string]kam.Answers{"strength": {}}}
	for _, f := range kam.StrengthScorecard().Factors {
		account.Answers["strength"][f.ID] = kam.Rated(kam.Int(7))
	}
	before, err := engine(kam.StageGood, 60).Assess(account, asOf)
	require.NoError(t, err)
	after, err := engine(kam.StageStrong, 65).Assess(account, asOf)
	require.NoError(t, err)
	d, err := after.Diff(before)
	require.NoError(t, err)
	assert.Equal(t, []kam.EvidenceDiff{{Evidence: kam.EvidenceStrength, Before: "70", After: "70", LineBefore: "strength >= 60", LineAfter: "strength >= 65"}}, d.Stage.Evidence)
}
