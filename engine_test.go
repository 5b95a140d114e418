package kam_test

import (
	"encoding/json"
	"errors"
	"flag"
	"iter"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// update writes golden files anew: go test -run IDs -update
var update = flag.Bool("update", false, "write golden files")

// full is an account that has everything, as JSON would bring it.
func full(t testing.TB) kam.Account {
	t.Helper()
	data, err := os.ReadFile("testdata/account.json")
	require.NoError(t, err)
	var a kam.Account
	require.NoError(t, json.Unmarshal(data, &a))
	return a
}

func TestAccountRoundTrip(t *testing.T) {
	a := full(t)
	data, err := json.Marshal(a)
	require.NoError(t, err)
	var back kam.Account
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, a, back)
	again, err := json.Marshal(back)
	require.NoError(t, err)
	assert.Equal(t, string(data), string(again))
}

func TestAssessmentRoundTrip(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	a, err := engine.Assess(full(t), asOf)
	require.NoError(t, err)
	data, err := json.Marshal(a)
	require.NoError(t, err)
	var back kam.Assessment
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, a, back)
}

// Same policy, same account, same day: the same bytes, from many goroutines
// and whatever decimal's process-wide settings are.
func TestAssessIsReproducible(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	bytes := func() string {
		a, err := engine.Assess(full(t), asOf)
		require.NoError(t, err)
		data, err := json.Marshal(a)
		require.NoError(t, err)
		return string(data)
	}
	want := bytes()
	var wg sync.WaitGroup
	got := make([]string, 8)
	for i := range got {
		wg.Go(func() { got[i] = bytes() })
	}
	wg.Wait()
	for _, g := range got {
		assert.Equal(t, want, g)
	}

	precision, quotes, trim, bound := decimal.DivisionPrecision, decimal.MarshalJSONWithoutQuotes, decimal.TrimTrailingZeros, decimal.MaxDecodeExponent
	t.Cleanup(func() {
		decimal.DivisionPrecision, decimal.MarshalJSONWithoutQuotes = precision, quotes
		decimal.TrimTrailingZeros, decimal.MaxDecodeExponent = trim, bound
	})
	decimal.DivisionPrecision, decimal.MarshalJSONWithoutQuotes = 2, true
	decimal.TrimTrailingZeros, decimal.MaxDecodeExponent = !trim, 0
	assert.Equal(t, want, bytes(), "no switch of another package changes a result")
	other, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	assert.Equal(t, engine.Ref(), other.Ref(), "nor a digest")
}

// The engine keeps nothing of what it was given.
func TestEngineIsImmutable(t *testing.T) {
	policy := kam.DefaultPolicy()
	engine, err := kam.Compile(policy)
	require.NoError(t, err)
	account := full(t)
	before, err := engine.Assess(account, asOf)
	require.NoError(t, err)
	policy.Strength.Factors[0].Weight = kam.Int(99)
	*policy.Grid.StrengthCut = kam.Int(99)
	policy.Stage.Rules[0].All[0].Any[0].Is = kam.Yes
	*policy.Strength.Factors[0].Bands[0].To = kam.Int(99)
	policy.Portfolio.Index.Stages[0].Rating = kam.Int(9)
	copied := engine.Policy()
	copied.Stage.Rules[0].ID = "changed"
	*copied.Grid.StrengthCut = kam.Int(1)
	after, err := engine.Assess(account, asOf)
	require.NoError(t, err)
	assert.Equal(t, before, after)
	assert.Equal(t, kam.DefaultPolicy(), engine.Policy())

	unchanged := full(t)
	assert.Equal(t, unchanged, account, "nor does it change an account")
	rating := unchanged.Answers["strength"]["price"].Rating
	for _, c := range after.Strength.Contributions {
		if c.Rating != nil {
			*c.Rating = kam.Int(1)
		}
	}
	assert.Equal(t, rating, account.Answers["strength"]["price"].Rating, "a result shares no memory with its account")
}

func TestPolicyDigestSeesEveryChange(t *testing.T) {
	digests := map[string]string{}
	for name, change := range map[string]func(*kam.Policy){
		"nothing": func(*kam.Policy) {},
		"version": func(p *kam.Policy) { p.Version = "2" },
		"weight": func(p *kam.Policy) {
			p.Strength.Factors[0].Weight, p.Strength.Factors[1].Weight = kam.Int(14), kam.Int(11)
		},
		"cut":      func(p *kam.Policy) { p.Grid.StrengthCut = new(kam.Dec(501, 1)) },
		"rule":     func(p *kam.Policy) { p.Stage.Rules = p.Stage.Rules[1:] },
		"missing":  func(p *kam.Policy) { p.Potential.Missing = kam.Worst },
		"lag":      func(p *kam.Policy) { p.Signals.MaxLag = 93 },
		"currency": func(p *kam.Policy) { p.Currency = "EUR" },
	} {
		p := kam.DefaultPolicy()
		change(&p)
		engine, err := kam.Compile(p)
		require.NoError(t, err, name)
		assert.Empty(t, digests[engine.Ref().Digest], name)
		digests[engine.Ref().Digest] = name
		assert.Len(t, engine.Ref().Digest, 64)
	}
}

func TestAssessAllKeepsToOneCurrency(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	in := func(id, amount string) kam.Account {
		return kam.Account{ID: id, Wallet: money(amount)}
	}
	var errs []error
	for _, err := range engine.AssessAll(slices.Values([]kam.Account{{ID: "none"}, in("a", "1 EUR"), in("b", "1 USD"), in("c", "2 EUR")}), asOf) {
		errs = append(errs, err)
	}
	require.Len(t, errs, 4)
	require.NoError(t, errs[0])
	require.NoError(t, errs[1])
	require.ErrorIs(t, errs[2], kam.CodeCurrencyMix)
	assert.Contains(t, errs[2].Error(), "USD; expected EUR", "both are named")
	require.NoError(t, errs[3], "and the walk goes on")

	engine, err = kam.Compile(kam.Policy{Currency: "USD", Rates: map[string]kam.Money{"EUR": *money("1.25 USD")}})
	require.NoError(t, err)
	for a, err := range engine.AssessAll(slices.Values([]kam.Account{in("a", "1 EUR"), in("b", "1 USD"), in("c", "7")}), asOf) {
		require.NoError(t, err)
		assert.Equal(t, "USD", a.Signals.Currency)
	}
}

func TestAssessAllStops(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	drawn := 0
	var endless iter.Seq[kam.Account] = func(yield func(kam.Account) bool) {
		for yield(kam.Account{ID: "x"}) {
			drawn++
		}
	}
	for range engine.AssessAll(endless, asOf) {
		break
	}
	assert.Equal(t, 0, drawn, "the source is asked for no more than is taken")
	for a, err := range engine.AssessRows(func(yield func(kam.Account, error) bool) {
		yield(kam.Account{}, errors.New("lost"))
	}, asOf) {
		require.EqualError(t, err, "lost")
		assert.Equal(t, kam.Assessment{}, a)
	}
}

func TestAnswerMaxAge(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{AnswerMaxAge: 30})
	require.NoError(t, err)
	at := func(d kam.Date) kam.Answer { return kam.Answer{Rating: kam.Int(5), On: d} }
	a, err := engine.Assess(kam.Account{
		ID: "x",
		Answers: map[string]kam.Answers{"attractiveness": {
			"growth-rate": at(asOf.AddDays(-30)),
			"size":        at(asOf.AddDays(-31)),
			"competition": at(kam.Date{}),
			"need":        at(asOf.AddDays(1)),
		}},
		Judgements: map[kam.Evidence]kam.Judgement{
			"served":     {Verdict: kam.Yes, On: asOf.AddDays(-30)},
			"need-ended": {Verdict: kam.Yes, On: asOf.AddDays(-31)},
		},
	}, asOf)
	require.NoError(t, err)
	assert.Equal(t, []string{"size", "competition"}, a.Attractiveness.Stale, "an age that is unknown is not young")
	assert.Equal(t, []string{"size", "competition", "profitability", "need", "strategic-importance"}, a.Attractiveness.Missing)
	assert.Equal(t, kam.StageDeveloping, a.Stage.Suggested, "an old judgement does not count")

	engine, err = kam.Compile(kam.Policy{AnswerMaxAge: 1})
	require.NoError(t, err)
	a, err = engine.Assess(kam.Account{ID: "x", Answers: map[string]kam.Answers{"attractiveness": {
		"growth-rate": at(asOf.AddDays(-1)), "size": at(asOf.AddDays(-2)),
	}}}, asOf)
	require.NoError(t, err)
	assert.Equal(t, []string{"size"}, a.Attractiveness.Stale, "one day is the least age there is")
}

// Each zero field is the default of that field, also within a scorecard that is built in.
func TestZeroFieldsOfABuiltInScorecard(t *testing.T) {
	named := kam.Text{EN: "Ours"}
	engine := compiled(t, kam.Policy{
		Selection: kam.Scorecard{MinCoverage: new(kam.Int(80)), Missing: kam.Neutral}, Strength: kam.Scorecard{Name: named, Source: "ours"},
		Currency: "EUR", Rates: map[string]kam.Money{"EUR": *money("1 EUR")},
	})
	want := kam.DefaultPolicy()
	want.Selection.MinCoverage, want.Selection.Missing = new(kam.Int(80)), kam.Neutral
	want.Strength.Name, want.Strength.Source = named, "ours"
	want.Currency, want.Rates = "EUR", map[string]kam.Money{"EUR": *money("1.00 EUR")}
	got := engine.Policy()
	assert.Equal(t, want.Selection, got.Selection)
	assert.Equal(t, want.Strength, got.Strength)
	assert.Equal(t, compiled(t, want).Ref().Digest, engine.Ref().Digest)

	var none *kam.Engine
	assert.Equal(t, kam.Policy{}, none.Policy())
	assert.Equal(t, kam.PolicyRef{}, none.Ref())
	assert.Equal(t, kam.EvidenceServed.Label(), none.Label("served"))
}

// Ids are a contract: this file only ever grows.
func TestIDsAreStable(t *testing.T) {
	var ids []string
	p := kam.DefaultPolicy()
	sale, customer := kam.SellingStyleScorecards()
	for _, s := range []kam.Scorecard{p.Selection, p.Potential, p.Attractiveness, p.Strength, p.Plan, kam.RoleScorecard(), sale, customer} {
		for _, f := range s.Factors {
			ids = append(ids, "factor "+s.ID+"/"+f.ID)
			for _, q := range f.Questions {
				ids = append(ids, "factor "+s.ID+"/"+f.ID+"/"+q.ID)
			}
		}
	}
	for _, r := range p.Stage.Rules {
		ids = append(ids, "rule "+r.ID)
	}
	engine, err := kam.Compile(p)
	require.NoError(t, err)
	a, err := engine.Assess(kam.Account{ID: "x"}, asOf)
	require.NoError(t, err)
	for _, r := range a.Signals.Readings {
		ids = append(ids, "signal "+string(r.Signal))
	}
	for _, c := range kam.RiskChecks() {
		ids = append(ids, "risk "+string(c.ID))
	}
	for _, c := range kam.Codes() {
		ids = append(ids, "code "+string(c))
	}
	for kind, words := range map[string][]string{
		"stage": kam.Stage(0).Values(), "cell": kam.Cell(0).Values(), "verdict": kam.Verdict(0).Values(), "grade": kam.Grade(0).Values(),
		"missing": kam.MissingRule(0).Values(), "source": kam.Source(0).Values(), "role": kam.Role(0).Values(),
		"attitude": kam.Attitude(0).Values(), "level": kam.Level(0).Values(), "comparison": kam.Comparison(0).Values(), "outcome": kam.Outcome(0).Values(), "view": kam.View(0).Values(),
		"tier": kam.Tier(0).Values(), "override": kam.OverrideState(0).Values(), "class": kam.Class(0).Values(), "effort": kam.EffortKind(0).Values(),
		"purpose": kam.Purpose(0).Values(), "stance": kam.Stance(0).Values(), "action": kam.ActionState(0).Values(), "pace": kam.Pace(0).Values(),
		"fiscal": kam.FiscalUnit(0).Values(), "phase": kam.Phase(0).Values(), "side": kam.Side(0).Values(), "activity": kam.ActivityKind(0).Values(), "trend": kam.RiskTrend(0).Values(), "phase-state": kam.PhaseState(0).Values(), "change": kam.ChangeKind(0).Values(),
		"style": kam.SellingStyle(0).Values(),
	} {
		for _, w := range words {
			ids = append(ids, kind+" "+w)
		}
	}
	slices.Sort(ids)
	golden(t, "testdata/ids.txt", strings.Join(ids, "\n")+"\n")
}

// golden holds a text against its file, or writes the file with -update.
func golden(t *testing.T, file, text string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), text)
}

// BenchmarkAssess is one account with all that an account can have.
func BenchmarkAssess(b *testing.B) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(b, err)
	account := full(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := engine.Assess(account, asOf); err != nil {
			b.Fatal(err)
		}
	}
}

// What one account answers is not taken for the next.
func TestAssessAllForgetsAnswers(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	accounts := []kam.Account{
		{ID: "a", Answers: map[string]kam.Answers{"attractiveness": rated(map[string]int{"size": 9, "need": 9, "profitability": 9, "growth-rate": 9})}},
		{ID: "b", Answers: map[string]kam.Answers{"attractiveness": rated(map[string]int{"competition": 2})}},
		{ID: "c"},
	}
	var coverage []string
	for a, err := range engine.AssessAll(slices.Values(accounts), asOf) {
		require.NoError(t, err)
		coverage = append(coverage, a.Attractiveness.Coverage.String())
	}
	assert.Equal(t, []string{"70", "15", "0"}, coverage)
}

// A policy that drops a factor or a scorecard says so, and accounts keep their old answers; what may
// be misspelt is refused as before.
func TestRetiredAnswers(t *testing.T) {
	policy := kam.DefaultPolicy()
	require.NoError(t, policy.Attractiveness.Drop("need"))
	require.NoError(t, policy.Attractiveness.Normalize())
	account := kam.Account{ID: "a", Answers: map[string]kam.Answers{
		"attractiveness": {"size": kam.Rated(kam.Int(8)), "need": kam.Rated(kam.Int(400)), "profitability": kam.Rated(kam.Int(5)), "growth-rate": kam.Rated(kam.Int(5))},
		"bond":           {"trust": kam.Rated(kam.Int(3))},
	}}
	_, err := compiled(t, policy).Assess(account, asOf)
	assert.Equal(t, []string{"/answers/attractiveness/need unknown need|growth-rate, size, competition, profitability, strategic-importance", "/answers/bond unknown bond|selection, potential, attractiveness, strength"}, found(err))

	policy.Retired = []string{"attractiveness/need", "bond"}
	engine := compiled(t, policy)
	got, err := engine.Assess(account, asOf)
	require.NoError(t, err)
	assert.Contains(t, account.Answers["attractiveness"], "need", "the account is the caller's")
	bare := account
	bare.Answers = map[string]kam.Answers{"attractiveness": {"size": kam.Rated(kam.Int(8)), "profitability": kam.Rated(kam.Int(5)), "growth-rate": kam.Rated(kam.Int(5))}}
	want, err := engine.Assess(bare, asOf)
	require.NoError(t, err)
	assert.Equal(t, want, got, "nothing reads them")
	require.NotNil(t, got.Attractiveness.Points)

	one := kam.Account{ID: "a", Answers: map[string]kam.Answers{"attractiveness": account.Answers["attractiveness"]}}
	policy.Retired = policy.Retired[:1]
	_, err = compiled(t, policy).Assess(one, asOf)
	require.NoError(t, err)
	policy.Retired = []string{"attractiveness/need", "bond"}

	account.Answers["attractiveness"]["sise"] = kam.Rated(kam.Int(1))
	account.Answers["attractiveness"]["size"] = kam.Rated(kam.Int(11))
	_, err = engine.Assess(account, asOf)
	assert.Equal(t, []string{"/answers/attractiveness/sise unknown sise|size", "/answers/attractiveness/size/rating rating 11|0..10"}, found(err))
	assert.Equal(t, policy.Retired, engine.Policy().Retired)
}

// An override of the points of a scorecard that is no more neither counts nor hinders.
func TestRetiredOverrides(t *testing.T) {
	account := kam.Account{ID: "a", Overrides: []kam.Override{{Of: "bond", Value: "50", By: "Ann", Why: "x", On: back(30), Until: asOf.AddDays(30)}}}
	_, err := compiled(t, kam.Policy{}).Assess(account, asOf)
	require.Error(t, err)
	got, err := compiled(t, kam.Policy{Retired: []string{"bond"}}).Assess(account, asOf)
	require.NoError(t, err)
	assert.Empty(t, got.Overrides)
}
