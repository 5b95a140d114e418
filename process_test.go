package kam_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/cmd/kam/northwind"
)

func TestPhases(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	states := func(p kam.Plan, a kam.Account) []kam.PhaseState {
		got, err := engine.Process(p, a, northwind.AsOf)
		require.NoError(t, err)
		var out []kam.PhaseState
		for i, x := range got.Phases {
			assert.Equal(t, kam.Phase(i+1), x.Phase)
			out = append(out, x.State)
		}
		return out
	}
	nothing := states(kam.Plan{Account: "x"}, kam.Account{ID: "x"})
	assert.Equal(t, []kam.PhaseState{kam.PhaseNotBegun, kam.PhaseNotBegun, kam.PhaseNotBegun, kam.PhaseNotBegun}, nothing)

	account, err := northwind.Account(northwind.PlanAccount)
	require.NoError(t, err)
	p := samplePlan(t, 2)
	assert.Equal(t, []kam.PhaseState{kam.PhaseUnderWay, kam.PhaseDone, kam.PhaseDone, kam.PhaseDone}, states(p, account),
		"nobody who decides is known, and the questions of the selection are open")
	p.Actions = nil
	p.Resources = nil
	assert.Equal(t, kam.PhaseNotBegun, states(p, account)[3], "no action, and no resource")

	got, err := engine.Process(p, account, northwind.AsOf)
	require.NoError(t, err)
	assert.Equal(t, []string{"every-answer", "decider-known"}, itemIDs(got.Phases[0].Missing))
	assert.Equal(t, engine.Ref(), got.Policy)
	next, ok := got.Next()
	require.True(t, ok)
	assert.Equal(t, "selection value-orientation 10", next.Of+" "+next.ID+" "+next.Closes.String(), "50 percent of the 20 for value and price")
	assert.Equal(t, "他们的采购在多大程度上取决于价值而非价格？", next.Name.In(kam.Chinese))

	_, err = engine.Process(p, kam.Account{ID: "other"}, asOf)
	assert.Equal(t, []string{"/account unknown SAVEA|other"}, found(err))
	_, err = engine.Process(kam.Plan{}, kam.Account{}, asOf)
	assert.Equal(t, []string{"/id missing |"}, found(err))
}

// A phase of which the policy asks nothing is neither begun nor done, and what
// is asked of the account is shown by the account of the day.
func TestPhasesByTheAccount(t *testing.T) {
	engine := compiled(t, kam.Policy{Plan: kam.Scorecard{ID: "plan", Factors: []kam.Factor{{ID: "actions", Weight: kam.Int(100)}}}})
	ids := func(items []kam.PlanItem) string { return strings.Join(itemIDs(items), " ") }
	a := kam.Account{
		ID: "x", Judgements: map[kam.Evidence]kam.Judgement{"served": {Verdict: kam.No}},
		Contacts: []kam.Contact{{ID: "gone", Roles: []kam.Role{kam.Decider}, Until: asOf.AddDays(-1)}, {ID: "user", Roles: []kam.Role{kam.Approver}}},
	}
	p := kam.Plan{Account: "x", Actions: []kam.Action{{ID: "a"}}}
	got, err := engine.Process(p, a, asOf)
	require.NoError(t, err)
	require.Len(t, got.Phases, 4)
	assert.Equal(t, kam.PhaseProgress{Phase: kam.PhaseStrategy}, got.Phases[2], "the policy asks for nothing in it")
	assert.Equal(t, "not-begun: ; every-answer decider-known", got.Phases[0].State.String()+": "+ids(got.Phases[0].Done)+"; "+ids(got.Phases[0].Missing))
	assert.Equal(t, "under-way: firm-stage; firm-placement", got.Phases[1].State.String()+": "+ids(got.Phases[1].Done)+"; "+ids(got.Phases[1].Missing))
	assert.Equal(t, "not-begun: ; actions", got.Phases[3].State.String()+": "+ids(got.Phases[3].Done)+"; "+ids(got.Phases[3].Missing))

	a.Contacts[0].Until = asOf
	p.Actions[0].Text = "t"
	got, err = engine.Process(p, a, asOf)
	require.NoError(t, err)
	assert.Equal(t, "under-way: decider-known; every-answer", got.Phases[0].State.String()+": "+ids(got.Phases[0].Done)+"; "+ids(got.Phases[0].Missing))
	assert.Equal(t, "done: actions; ", got.Phases[3].State.String()+": "+ids(got.Phases[3].Done)+"; "+ids(got.Phases[3].Missing))
	assert.Equal(t, []any{"x", asOf}, []any{got.Account, got.AsOf})
}

// Every answer is there when none is missing, and one is enough for it not to
// be.
func TestEveryAnswer(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	a := kam.Account{ID: "x", Judgements: map[kam.Evidence]kam.Judgement{"served": {Verdict: kam.No}}, Answers: map[string]kam.Answers{}}
	for _, card := range []kam.Scorecard{kam.AttractivenessScorecard(), kam.StrengthScorecard(), kam.PotentialScorecard(), kam.SelectionScorecard()} {
		answers := kam.Answers{}
		for _, f := range card.Factors {
			if len(f.Questions) == 0 {
				answers[f.ID] = kam.Rated(kam.Int(5))
			}
			for _, q := range f.Questions {
				answers[q.ID] = kam.Rated(kam.Int(5))
			}
		}
		a.Answers[card.ID] = answers
	}
	got, err := engine.Process(kam.Plan{Account: "x"}, a, asOf)
	require.NoError(t, err)
	assert.Empty(t, got.Missing)
	assert.Equal(t, []string{"every-answer"}, itemIDs(got.Phases[0].Done))
	delete(a.Answers["strength"], "price")
	got, err = engine.Process(kam.Plan{Account: "x"}, a, asOf)
	require.NoError(t, err)
	require.Len(t, got.Missing, 1)
	assert.Equal(t, "strength price", got.Missing[0].Of+" "+got.Missing[0].ID)
	assert.Empty(t, got.Phases[0].Done)
}

// Of questions that close as much, those that place an account come first, and
// those of one scorecard in its order.
func TestMissingOrder(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	s, err := engine.Assess(kam.Account{ID: "x"}, asOf)
	require.NoError(t, err)
	place := map[string]int{}
	for i, card := range []kam.Scorecard{kam.AttractivenessScorecard(), kam.StrengthScorecard(), kam.PotentialScorecard(), kam.SelectionScorecard()} {
		for j, f := range card.Factors {
			place[card.ID+"/"+f.ID] = i*1000 + j*10
			for k, q := range f.Questions {
				place[card.ID+"/"+q.ID] = i*1000 + j*10 + k
			}
		}
	}
	missing := engine.Missing(s)
	ties := 0
	for i, m := range missing[1:] {
		if before := missing[i]; m.Closes != nil && before.Closes.Cmp(*m.Closes) == 0 {
			assert.Less(t, place[before.Of+"/"+before.ID], place[m.Of+"/"+m.ID], "%s %s", before.ID, m.ID)
			ties++
		}
	}
	assert.Greater(t, ties, 10)
	assert.Contains(t, s.Stage.Unknown, kam.EvidenceStrength)
	for _, m := range missing {
		assert.NotEqual(t, "stage strength", m.Of+" "+m.ID, "its own questions are listed")
	}
	last := missing[len(missing)-1]
	assert.Equal(t, "stage", last.Of)
	assert.False(t, last.Stale)
}

// The missing answers of a scorecard close its range: what each closes sums to
// the width of the range, to the roundings.
func TestMissingClosesTheRange(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	for a, err := range northwind.Accounts() {
		require.NoError(t, err)
		s, err := engine.Assess(a, northwind.AsOf)
		require.NoError(t, err)
		missing := engine.Missing(s)
		closes, evidence := map[string]kam.Number{}, 0
		for i, m := range missing {
			assert.NotEmpty(t, m.Name.EN, m.ID)
			assert.NotEmpty(t, m.Name.ZH, m.ID)
			if m.Of == "stage" {
				assert.Nil(t, m.Closes)
				assert.Contains(t, s.Stage.Unknown, kam.Evidence(m.ID))
				evidence++
				continue
			}
			require.Zero(t, evidence, "evidence comes last")
			if i > 0 {
				assert.GreaterOrEqual(t, missing[i-1].Closes.Cmp(*m.Closes), 0)
			}
			sum, err := kam.NumberOf(closes[m.Of].Decimal().Add(m.Closes.Decimal()))
			require.NoError(t, err)
			closes[m.Of] = sum
		}
		for _, score := range []kam.Score{s.Selection, s.Potential, s.Attractiveness, s.Strength} {
			width := score.Range.Best.Decimal().Sub(score.Range.Worst.Decimal())
			off := width.Sub(closes[score.Scorecard].Decimal()).Abs()
			assert.LessOrEqual(t, off.Cmp(kam.Dec(64, 4).Decimal()), 0, "%s %s: %s and %s", a.ID, score.Scorecard, width, closes[score.Scorecard])
		}
		unknown := slices.DeleteFunc(slices.Clone(s.Stage.Unknown), func(e kam.Evidence) bool { return e == kam.EvidenceStrength })
		assert.Len(t, unknown, evidence)
	}
}

// An answer narrows the range by what was said that it closes.
func TestAnsweringClosesAsSaid(t *testing.T) {
	engine := compiled(t, kam.Policy{AnswerMaxAge: 100})
	a := kam.Account{ID: "x", Answers: map[string]kam.Answers{"attractiveness": {"size": {Rating: kam.Int(5), On: asOf.AddDays(-101)}}}}
	s, err := engine.Assess(a, asOf)
	require.NoError(t, err)
	m := engine.Missing(s)
	i := slices.IndexFunc(m, func(m kam.MissingAnswer) bool { return m.ID == "size" })
	assert.True(t, m[i].Stale)
	assert.Equal(t, "20", m[i].Closes.String())
	a.Answers["attractiveness"]["size"] = kam.Answer{Rating: kam.Int(5), On: asOf}
	again, err := engine.Assess(a, asOf)
	require.NoError(t, err)
	assert.Equal(t, "0 100, then 10 90", s.Attractiveness.Range.Worst.String()+" "+s.Attractiveness.Range.Best.String()+", then "+
		again.Attractiveness.Range.Worst.String()+" "+again.Attractiveness.Range.Best.String())

	p := slices.IndexFunc(m, func(m kam.MissingAnswer) bool { return m.ID == "profitability" })
	assert.Equal(t, "sales/directCost", m[p].Needs, "the fact that would answer it too")
	weightless := kam.AttractivenessScorecard()
	require.NoError(t, weightless.SetWeights(kam.Weights{"size": kam.Int(40), "profitability": kam.Int(0)}))
	other := compiled(t, kam.Policy{Attractiveness: weightless})
	for _, m := range other.Missing(s) {
		assert.NotEqual(t, "profitability", m.ID, "it would change nothing")
	}
}

func TestNothingNext(t *testing.T) {
	next, ok := kam.Process{}.Next()
	assert.False(t, ok)
	assert.Equal(t, kam.MissingAnswer{}, next)
}
