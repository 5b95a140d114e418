package kam_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// worse panics when it is asked what it is.
type worse struct{}

func (worse) String() string { panic("inner") }

// Checks in code run beside the built-in ones, see what has been found, and
// leave the engine that they were added to as it was.
func TestWithRisks(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	a := richAccount(t)
	before, err := engine.Assess(a, asOf)
	require.NoError(t, err)
	check := fixed("mine", kam.SideMarket, kam.Fair, kam.RiskResult{})
	var given kam.RiskInput
	check.Check = func(in kam.RiskInput) kam.RiskResult {
		given = in
		return kam.RiskResult{
			Outcome: kam.AtRisk, Since: back(9), ByChance: new(kam.Int(7)), Needs: []string{"not asked where something was found"},
			Evidence: []kam.Finding{{Evidence: "tender", Condition: "open", Value: "yes"}},
		}
	}
	more, err := engine.WithRisks(check, fixed("other", kam.SideOurs, kam.Low, kam.RiskResult{Needs: []string{"attributes/tender", "attributes/bid", "attributes/tender"}}))
	require.NoError(t, err)
	got, err := more.Assess(a, asOf)
	require.NoError(t, err)

	assert.Equal(t, a, given.Account)
	assert.Equal(t, asOf, given.AsOf)
	assert.Equal(t, before.Strength, given.Assessment.Strength)
	assert.Equal(t, before.Stage, given.Assessment.Stage)
	assert.Equal(t, kam.RiskReport{}, given.Assessment.Risks, "all but the risks")

	mine := riskOf(t, more, a, "mine", asOf)
	assert.Equal(t, kam.Risk{
		Check: "mine", Name: check.Name, Source: "own", Side: kam.SideMarket, Severity: kam.Fair, Outcome: kam.AtRisk, Since: back(9),
		ByChance: new(kam.Int(7)), Evidence: []kam.Finding{{Evidence: "tender", Condition: "open", Value: "yes"}}, Remedy: check.Remedy,
	}, mine)
	other := riskOf(t, more, a, "other", asOf)
	assert.Equal(t, check.Ask, other.Ask)
	assert.Equal(t, []string{"attributes/tender", "attributes/bid"}, other.Needs)
	assert.Equal(t, []kam.RiskID{"mine", "other"}, got.Risks.Code, "the digest does not cover them")
	assert.Equal(t, engine.Ref(), more.Ref())

	// All the built-in checks say what they said.
	for _, c := range kam.RiskChecks() {
		assert.Equal(t, before.Risks.Outcome(c.ID), got.Risks.Outcome(c.ID), c.ID)
	}
	after, err := engine.Assess(a, asOf)
	require.NoError(t, err)
	assert.Equal(t, before, after, "the engine that it came from is unchanged")
	third, err := more.WithRisks(fixed("third", kam.SideOurs, kam.Low, kam.RiskResult{}))
	require.NoError(t, err)
	fourth, err := more.WithRisks(fixed("fourth", kam.SideOurs, kam.Low, kam.RiskResult{}))
	require.NoError(t, err)
	for engine, want := range map[*kam.Engine][]kam.RiskID{more: {"mine", "other"}, third: {"mine", "other", "third"}, fourth: {"mine", "other", "fourth"}} {
		got, err := engine.Assess(a, asOf)
		require.NoError(t, err)
		assert.Equal(t, want, got.Risks.Code, "two engines of one share nothing")
	}
	none, err := engine.WithRisks()
	require.NoError(t, err)
	same, err := none.Assess(a, asOf)
	require.NoError(t, err)
	assert.Equal(t, before, same)
}

// An engine that Compile has not made is missing, whatever is added to it.
func TestWithRisksOfNoEngine(t *testing.T) {
	for _, engine := range []*kam.Engine{nil, new(kam.Engine)} {
		got, err := engine.WithRisks(fixed("mine", kam.SideOurs, kam.Low, kam.RiskResult{}))
		require.Error(t, err)
		assert.Nil(t, got)
		assert.Equal(t, []string{" missing engine|kam.Compile"}, found(err))
	}
}

func TestBadRiskChecks(t *testing.T) {
	own := func(change func(*kam.RiskCheck)) kam.RiskCheck {
		c := fixed("mine", kam.SideOurs, kam.Low, kam.RiskResult{})
		change(&c)
		return c
	}
	id := func(id kam.RiskID) kam.RiskCheck { return own(func(c *kam.RiskCheck) { c.ID = id }) }
	engine, err := compiled(t, kam.Policy{Risks: kam.RiskRules{
		Checks: map[kam.RiskID]kam.RiskSetting{kam.RiskOneLevel: {Off: true}},
		Custom: []kam.CustomRisk{{RiskInfo: kam.RiskInfo{ID: "data", Name: kam.Text{EN: "n"}}, AtRisk: kam.Condition{Evidence: kam.EvidenceServed, Is: kam.No}}},
	}}).WithRisks(id("code"))
	require.NoError(t, err)
	tests := []struct {
		name, reason string
		checks       []kam.RiskCheck
		want         []string
	}{
		{"built-in", "taken", []kam.RiskCheck{id("no-contact")}, []string{"/0/id duplicate no-contact|"}},
		{"switched off", "taken all the same: an id keeps its meaning", []kam.RiskCheck{id("one-level")}, []string{"/0/id duplicate one-level|"}},
		{"data", "taken by the policy", []kam.RiskCheck{id("data")}, []string{"/0/id duplicate data|"}},
		{"code", "taken by a check added before", []kam.RiskCheck{id("code")}, []string{"/0/id duplicate code|"}},
		{"twice", "taken by the one before it", []kam.RiskCheck{id("a"), id("a")}, []string{"/1/id duplicate a|"}},
		{"no id", "it must be told from others", []kam.RiskCheck{id("a"), id("")}, []string{"/1/id missing |"}},
		{"bad id", "kebab-case", []kam.RiskCheck{id("Bad Id")}, []string{"/0/id id Bad Id|"}},
		{"long id", "64 bytes at most", []kam.RiskCheck{id(kam.RiskID(strings.Repeat("a", 65)))}, []string{"/0/id id aaaa"}},
		{"no name", "it must be shown", []kam.RiskCheck{own(func(c *kam.RiskCheck) { c.Name = kam.Text{} })}, []string{"/0/name missing |"}},
		{"no code", "it could not run", []kam.RiskCheck{id("a"), own(func(c *kam.RiskCheck) { c.Check = nil })}, []string{"/1/check missing |"}},
		{"enums", "beyond their words", []kam.RiskCheck{own(func(c *kam.RiskCheck) { c.Side, c.Severity = 9, 9 })}, []string{"/0/side enum Side(9)|", "/0/severity enum Grade(9)|"}},
		{"text", "invalid UTF-8", []kam.RiskCheck{own(func(c *kam.RiskCheck) { c.Remedy.ZH = "\xff" })}, []string{"/0/remedy/zh encoding"}},
		{"all of them", "together", []kam.RiskCheck{{}}, []string{"/0/id missing |", "/0/name missing |", "/0/check missing |"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := engine.WithRisks(tt.checks...)
			require.Error(t, err, tt.reason)
			assert.Nil(t, got)
			assert.True(t, strings.HasPrefix(err.Error(), "kam: add risk checks: "), err)
			vs := found(err)
			require.Len(t, vs, len(tt.want), "%q", vs)
			for i, w := range tt.want {
				assert.Contains(t, vs[i], w, tt.reason)
			}
		})
	}
}

// A panic, and a result that is none, are the error of that check. The others
// run, and the report holds all else.
func TestBrokenRiskChecks(t *testing.T) {
	panics := func(f func()) func(kam.RiskInput) kam.RiskResult {
		return func(kam.RiskInput) kam.RiskResult { f(); return outcome(kam.AtRisk, 1) }
	}
	returns := func(r kam.RiskResult) func(kam.RiskInput) kam.RiskResult {
		return func(kam.RiskInput) kam.RiskResult { return r }
	}
	var counts map[string]int
	tests := []struct {
		name, reason string
		check        func(kam.RiskInput) kam.RiskResult
		want         string
	}{
		{"error", "an error value", panics(func() { panic(errors.New("lost")) }), "panic: lost"},
		{"string", "a text", panics(func() { panic("no data") }), "panic: no data"},
		{"nil", "a nil is a panic too", panics(func() { panic(nil) }), "panic: panic called with nil argument"},
		{"map", "a fault of the run time", panics(func() { counts["a"]++ }), "panic: assignment to entry in nil map"},
		{"index", "a fault of the run time", panics(func() { _ = []int{}[len(counts)] }), "panic: runtime error: index out of range"},
		{"worse", "its String panics as well", panics(func() { panic(worse{}) }), "panic: "},
		{"bytes", "invalid UTF-8 would become another text in JSON", panics(func() { panic("\xff") }), "panic: \uFFFD"},
		{"long", "200 bytes of it are enough", panics(func() { panic(strings.Repeat("x", 1000)) }), "panic: " + strings.Repeat("x", 193) + "…"},
		{"outcome", "beyond the words", returns(kam.RiskResult{Outcome: 4}), "/outcome: this is not one of the words to choose from: "},
		{"day", "there is no such day", returns(kam.RiskResult{Outcome: kam.Watch, Since: kam.NewDate(2026, 2, 30)}), "/since: this is not a day from 0001-01-01 to 9999-12-31: "},
		{"later day", "nobody knows on the day", returns(kam.RiskResult{Outcome: kam.Watch, Since: back(-1)}), "/since: this date is after the as-of date: 2026-11-25"},
		{"chance", "it could not be built", returns(kam.RiskResult{Outcome: kam.Watch, ByChance: new(kam.Dec(1, 9))}), "/byChance: the value is out of range: "},
		{"chance below", "a step under 0", returns(kam.RiskResult{Outcome: kam.Watch, ByChance: new(kam.Dec(-1, 4))}), "/byChance: the value is out of range: -0.0001"},
		{"chance above", "a step over 100", returns(kam.RiskResult{Outcome: kam.Watch, ByChance: new(kam.Dec(1_000_001, 4))}), "/byChance: the value is out of range: 100.0001"},
		{"evidence", "one more than 100", returns(outcome(kam.Watch, 101)), "/evidence: this is more than is allowed: 101"},
		{"needs", "one more than 100", returns(kam.RiskResult{Needs: slices.Repeat([]string{"tier"}, 101)}), "/needs: this is more than is allowed: 101"},
		{"nameless", "a fact must say what it is", returns(kam.RiskResult{Outcome: kam.Watch, Evidence: []kam.Finding{{Evidence: "a", Value: "1"}, {Value: "1"}}}), "/evidence/1/evidence: "},
		{"condition", "invalid UTF-8 would become another text in JSON", returns(kam.RiskResult{Outcome: kam.Watch, Evidence: []kam.Finding{{Evidence: "a", Condition: "\xff"}}}), "/evidence/0/condition: "},
		{"value", "a sign that nobody sees", returns(kam.RiskResult{Outcome: kam.Watch, Evidence: []kam.Finding{{Evidence: "a", Value: "\u202e"}}}), "/evidence/0/value: "},
		{"need", "an empty one asks for nothing", returns(kam.RiskResult{Needs: []string{"tier", ""}}), "/needs/1: "},
		{"several", "the first of them is said", returns(kam.RiskResult{Outcome: 4, Since: back(-1)}), "/outcome: "},
	}
	a := richAccount(t)
	whole, err := compiled(t, kam.Policy{}).Assess(a, asOf)
	require.NoError(t, err)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			broken := fixed("broken", kam.SideOurs, kam.High, kam.RiskResult{})
			broken.Check = tt.check
			engine, err := compiled(t, kam.Policy{}).WithRisks(broken, fixed("after", kam.SideOurs, kam.Low, outcome(kam.Watch, 1)))
			require.NoError(t, err)
			got, err := engine.Assess(a, asOf)
			require.NoError(t, err)
			var x kam.Risk
			for _, r := range got.Risks.Unknown {
				if r.Check == "broken" {
					x = r
				}
			}
			require.Equal(t, kam.RiskID("broken"), x.Check, tt.reason)
			assert.Contains(t, x.Error, tt.want, tt.reason)
			assert.LessOrEqual(t, len(x.Error), 200+len("…"))
			x.Error = ""
			assert.Equal(t, kam.Risk{Check: "broken", Name: broken.Name, Source: "own", Side: kam.SideOurs, Severity: kam.High, Ask: broken.Ask}, x, "nothing else of it stays")
			assert.Equal(t, kam.Watch, got.Risks.Outcome("after"))
			for _, c := range kam.RiskChecks() {
				assert.Equal(t, whole.Risks.Outcome(c.ID), got.Risks.Outcome(c.ID), c.ID)
			}
			data, err := json.Marshal(got)
			require.NoError(t, err)
			var back kam.Assessment
			require.NoError(t, json.Unmarshal(data, &back))
			assert.Equal(t, got, back)
		})
	}
}

// What is just allowed of a result is kept.
func TestRiskResultAtItsBounds(t *testing.T) {
	for _, chance := range []kam.Number{kam.Int(0), kam.Int(100)} {
		r := outcome(kam.Watch, 100)
		r.Since, r.ByChance = asOf, &chance
		engine, err := compiled(t, kam.Policy{}).WithRisks(fixed("mine", kam.SideOurs, kam.High, r))
		require.NoError(t, err)
		got := riskOf(t, engine, kam.Account{}, "mine", asOf)
		assert.Empty(t, got.Error)
		assert.Equal(t, asOf, got.Since)
		assert.Equal(t, chance, *got.ByChance)
		assert.Equal(t, r.Evidence, got.Evidence)
	}
	needs := kam.RiskResult{}
	for i := range 100 {
		needs.Needs = append(needs.Needs, fmt.Sprint("fact-", i))
	}
	engine, err := compiled(t, kam.Policy{}).WithRisks(fixed("mine", kam.SideOurs, kam.High, needs))
	require.NoError(t, err)
	assert.Equal(t, needs.Needs, riskOf(t, engine, kam.Account{}, "mine", asOf).Needs)
}

// A report shares no memory with what a check keeps.
func TestRiskResultIsCopied(t *testing.T) {
	kept := kam.RiskResult{Outcome: kam.Watch, ByChance: new(kam.Int(7)), Evidence: []kam.Finding{{Evidence: "e", Condition: "c", Value: "v"}}}
	engine, err := compiled(t, kam.Policy{}).WithRisks(fixed("mine", kam.SideOurs, kam.High, kept))
	require.NoError(t, err)
	got := riskOf(t, engine, kam.Account{}, "mine", asOf)
	kept.Evidence[0].Value, *kept.ByChance = "changed", kam.Int(1)
	assert.Equal(t, "v", got.Evidence[0].Value)
	assert.Equal(t, kam.Int(7), *got.ByChance)
}

// A list of checks that is changed later changes no engine.
func TestRiskChecksAreCopied(t *testing.T) {
	checks := []kam.RiskCheck{fixed("mine", kam.SideOurs, kam.High, outcome(kam.Watch, 1))}
	engine, err := compiled(t, kam.Policy{}).WithRisks(checks...)
	require.NoError(t, err)
	checks[0] = fixed("other", kam.SideOurs, kam.High, outcome(kam.Clear, 1))
	assert.Equal(t, kam.Watch, riskOf(t, engine, kam.Account{}, "mine", asOf).Outcome)
}
