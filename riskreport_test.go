package kam_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// allOff switches every built-in check off but those named.
func allOff(but ...kam.RiskID) map[kam.RiskID]kam.RiskSetting {
	off := map[kam.RiskID]kam.RiskSetting{}
	for _, c := range kam.RiskChecks() {
		off[c.ID] = kam.RiskSetting{Off: true}
	}
	for _, id := range but {
		delete(off, id)
	}
	return off
}

// fixed is a check in code that finds the same of every account.
func fixed(id kam.RiskID, side kam.Side, severity kam.Grade, result kam.RiskResult) kam.RiskCheck {
	return kam.RiskCheck{
		RiskInfo: kam.RiskInfo{
			ID: id, Source: "own", Side: side, Severity: severity, Name: kam.Text{EN: "name", ZH: "名"},
			Ask: kam.Text{EN: "ask", ZH: "问"}, Remedy: kam.Text{EN: "remedy", ZH: "办法"},
		},
		Check: func(kam.RiskInput) kam.RiskResult { return result },
	}
}

// outcome is a result with so many facts.
func outcome(o kam.Outcome, facts int) kam.RiskResult {
	r := kam.RiskResult{Outcome: o}
	for i := range facts {
		r.Evidence = append(r.Evidence, kam.Finding{Evidence: kam.Evidence(fmt.Sprint("fact-", i)), Condition: "= 1", Value: "1"})
	}
	return r
}

// reportOf runs checks in code, and of the built-in ones those that the policy
// leaves on.
func reportOf(t *testing.T, rules kam.RiskRules, a kam.Account, checks ...kam.RiskCheck) kam.RiskReport {
	t.Helper()
	engine, err := compiled(t, kam.Policy{Risks: rules}).WithRisks(checks...)
	require.NoError(t, err)
	a.ID = "x"
	got, err := engine.Assess(a, asOf)
	require.NoError(t, err)
	return got.Risks
}

func ids(risks []kam.Risk) []kam.RiskID {
	var out []kam.RiskID
	for _, r := range risks {
		out = append(out, r.Check)
	}
	return out
}

// The graver first, at risk before watch, then as they are declared, however many facts each has. Price pressure comes last, whatever it and the others are.
func TestOrderOfFindings(t *testing.T) {
	a := kam.Account{Judgements: said(kam.EvidencePricePressure, kam.Yes)}
	rules := kam.RiskRules{Checks: allOff(kam.RiskPricePressure)}
	rules.Checks[kam.RiskPricePressure] = kam.RiskSetting{Severity: kam.High}
	got := reportOf(t, rules, a,
		fixed("low-risk", kam.SideOurs, kam.Low, outcome(kam.AtRisk, 9)),
		fixed("fair-watch", kam.SideOurs, kam.Fair, outcome(kam.Watch, 9)),
		fixed("fair-risk-1", kam.SideOurs, kam.Fair, outcome(kam.AtRisk, 1)),
		fixed("fair-risk-2", kam.SideOurs, kam.Fair, outcome(kam.AtRisk, 2)),
		fixed("fair-risk-2-later", kam.SideOurs, kam.Fair, outcome(kam.AtRisk, 2)),
		fixed("high-watch", kam.SideOurs, kam.High, outcome(kam.Watch, 0)),
		fixed("clear", kam.SideOurs, kam.High, outcome(kam.Clear, 3)),
		fixed("unsaid-low", kam.SideOurs, kam.Low, kam.RiskResult{}),
		fixed("unsaid-high", kam.SideOurs, kam.High, kam.RiskResult{}),
	)
	assert.Equal(t, []kam.RiskID{"high-watch", "fair-risk-1", "fair-risk-2", "fair-risk-2-later", "fair-watch", "low-risk", kam.RiskPricePressure}, ids(got.Findings))
	assert.Equal(t, kam.AtRisk, got.Findings[6].Outcome)
	assert.Equal(t, kam.High, got.Findings[6].Severity)
	assert.Equal(t, []kam.RiskID{"unsaid-high", "unsaid-low"}, ids(got.Unknown))
	assert.Equal(t, []kam.RiskID{"clear"}, got.Clear)
	for id, want := range map[kam.RiskID]kam.Outcome{"high-watch": kam.Watch, "low-risk": kam.AtRisk, "clear": kam.Clear, "unsaid-low": kam.OutcomeUnknown, "none-such": kam.OutcomeUnknown} {
		assert.Equal(t, want, got.Outcome(id), id)
	}
}

// With the built-in checks alone price pressure is last as well, behind a mere
// One grave finding is before any number of lighter ones, at risk before first signs, and what
// could not be told comes last. A severity that nobody gave is the lightest.
func TestMostInDanger(t *testing.T) {
	report := func(unknown int, findings ...kam.Risk) (r kam.RiskReport) {
		r.Findings, r.Unknown = findings, make([]kam.Risk, unknown)
		return r
	}
	at := func(o kam.Outcome, g kam.Grade) kam.Risk { return kam.Risk{Outcome: o, Severity: g} }
	order := []kam.RiskReport{ // each in more danger than the next
		report(0, at(kam.AtRisk, kam.High), at(kam.AtRisk, kam.High)),
		report(0, at(kam.AtRisk, kam.High), at(kam.Watch, kam.High), at(kam.Watch, kam.Low)),
		report(9, at(kam.AtRisk, kam.High), at(kam.Watch, kam.High)),
		report(8, at(kam.AtRisk, kam.High), at(kam.Watch, kam.High)),
		report(0, at(kam.AtRisk, kam.High)),
		report(9, at(kam.AtRisk, kam.Fair), at(kam.AtRisk, kam.Fair), at(kam.Watch, kam.High), at(kam.Watch, kam.High)),
		report(0, at(kam.AtRisk, kam.Fair), at(kam.AtRisk, kam.Low)),
		report(0, at(kam.AtRisk, kam.Fair)),
		report(0, at(kam.AtRisk, kam.Low)),
		report(0, at(kam.AtRisk, kam.GradeUnknown), at(kam.Watch, kam.High)),
		report(0, at(kam.Watch, kam.High)),
		report(0, at(kam.Watch, kam.Fair)),
		report(0, at(kam.Watch, kam.Low)),
		report(0, at(kam.Watch, kam.GradeUnknown)),
		report(1),
		report(0),
	}
	for i, a := range order {
		for j, b := range order {
			require.Equal(t, cmp.Compare(i, j), a.Compare(b), "%d and %d", i, j)
		}
	}
}

// first sign of low severity.
func TestPriceIsNeverFirst(t *testing.T) {
	a := kam.Account{
		Judgements: said(kam.EvidencePricePressure, kam.Yes),
		Contacts:   []kam.Contact{{ID: "a", Attitude: kam.AttitudeNeutral}, {ID: "b", Attitude: kam.AttitudeSponsor}, {ID: "c"}},
	}
	got := reportOf(t, kam.RiskRules{}, a)
	assert.Equal(t, []kam.RiskID{kam.RiskNoKnownOpponent, kam.RiskPricePressure}, ids(got.Findings))
	assert.Equal(t, kam.SideBoth, got.Findings[1].Side, "they press where we give way")
}

func TestOneSided(t *testing.T) {
	on := func(sides ...kam.Side) []kam.RiskCheck {
		var checks []kam.RiskCheck
		for i, s := range sides {
			checks = append(checks, fixed(kam.RiskID(fmt.Sprint("c", i)), s, kam.Fair, outcome(kam.Watch, 1)))
		}
		return checks
	}
	elsewhere := fixed("clear", kam.SideTheirs, kam.High, outcome(kam.Clear, 1))
	unsaid := fixed("unsaid", kam.SideTheirs, kam.High, kam.RiskResult{})
	tests := []struct {
		name, reason string
		checks       []kam.RiskCheck
		want         kam.Side
	}{
		{"ours", "all findings are on our side; what is clear or unknown is none", append(on(kam.SideOurs, kam.SideOurs), elsewhere, unsaid), kam.SideOurs},
		{"market", "any one side is one side", on(kam.SideMarket), kam.SideMarket},
		{"two sides", "ours and theirs", on(kam.SideOurs, kam.SideTheirs), kam.SideUnknown},
		{"both at the end", "one that is on both sides breaks it", on(kam.SideOurs, kam.SideBoth), kam.SideUnknown},
		{"both alone", "both sides are not one", on(kam.SideBoth), kam.SideUnknown},
		{"both at the start", "in any order", on(kam.SideBoth, kam.SideOurs, kam.SideOurs), kam.SideUnknown},
		{"unknown side", "a side that nobody says may be another", on(kam.SideUnknown, kam.SideOurs), kam.SideUnknown},
		{"none", "no findings are on no side", []kam.RiskCheck{elsewhere, unsaid}, kam.SideUnknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := reportOf(t, kam.RiskRules{Checks: allOff()}, kam.Account{}, tt.checks...)
			assert.Equal(t, tt.want, got.OneSided, tt.reason)
		})
	}
}

// The facts that would settle most come first, by the severity of the checks
// that wait for them: high 3, fair 2, low 1.
func TestSettle(t *testing.T) {
	wants := func(id kam.RiskID, severity kam.Grade, facts ...string) kam.RiskCheck {
		return fixed(id, kam.SideOurs, severity, kam.RiskResult{Needs: facts})
	}
	got := reportOf(t, kam.RiskRules{Checks: allOff()}, kam.Account{},
		wants("low-1", kam.Low, "f1", "f6"), // f1: 1, f6: 1 and 1 below is 2
		wants("fair-1", kam.Fair, "f2", "f3"),
		wants("high-1", kam.High, "f4", "f4"), // asked for twice by one check, it is still 3
		wants("fair-2", kam.Fair, "f2"),       // f2: 4
		wants("low-2", kam.Low, "f5", "f6"),   // f5: 1
		wants("high-2", kam.High, "f7"),       // f7: 3, after f4
	)
	assert.Equal(t, []kam.FactNeeded{
		{Fact: "f2", Checks: []kam.RiskID{"fair-1", "fair-2"}},
		{Fact: "f4", Checks: []kam.RiskID{"high-1"}},
		{Fact: "f7", Checks: []kam.RiskID{"high-2"}},
		{Fact: "f3", Checks: []kam.RiskID{"fair-1"}},
		{Fact: "f6", Checks: []kam.RiskID{"low-1", "low-2"}},
	}, got.Settle, "2 and 2 are in the order of asking, in which the graver come first; f1 and f5 are too many")

	got = reportOf(t, kam.RiskRules{Checks: allOff()}, kam.Account{}, wants("one", kam.Low, "f"), wants("two", kam.Low, "f"))
	assert.Equal(t, []kam.FactNeeded{{Fact: "f", Checks: []kam.RiskID{"one", "two"}}}, got.Settle, "a fact is listed once")

	got = reportOf(t, kam.RiskRules{Checks: allOff()}, kam.Account{}, fixed("clear", kam.SideOurs, kam.Low, outcome(kam.Clear, 0)))
	assert.Empty(t, got.Settle)
}

// Of a bare account nothing can be told, and what is asked for first is what
// most of the checks wait for.
func TestBareAccount(t *testing.T) {
	got := reportOf(t, kam.RiskRules{}, kam.Account{})
	assert.Empty(t, got.Findings)
	assert.Empty(t, got.Clear)
	assert.Len(t, got.Unknown, len(kam.RiskChecks()))
	require.Len(t, got.Settle, 5)
	// contacts: key-contact-leaving, new-decider-unmet and decider-against, single-threaded, one-level,
	// no-decider-known and one-holder 2 each.
	assert.Equal(t, kam.FactNeeded{Fact: "contacts", Checks: []kam.RiskID{kam.RiskKeyContactLeaving, kam.RiskNewDeciderUnmet, kam.RiskDeciderAgainst, kam.RiskSingleThreaded, kam.RiskOneLevel, kam.RiskNoDeciderKnown, kam.RiskOneHolder}}, got.Settle[0])
	assert.Nil(t, got.Index, "no number that nobody asked for")
	assert.Empty(t, got.Code)
}

// What a fact settles it settles: with it the checks that waited for it alone
// can tell.
func TestNeedsAreWhatIsMissing(t *testing.T) {
	a := kam.Account{Managers: []kam.ManagerRecord{}, Incidents: []kam.Incident{}}
	before := reportOf(t, kam.RiskRules{}, kam.Account{})
	after := reportOf(t, kam.RiskRules{}, a)
	for _, id := range []kam.RiskID{kam.RiskManagerChanged, kam.RiskIncidentsOpen} {
		assert.Equal(t, kam.OutcomeUnknown, before.Outcome(id))
		assert.Equal(t, kam.Clear, after.Outcome(id))
	}
	// No check that cannot tell names a list or a number that is given.
	rich := richAccount(t)
	got := reportOf(t, kam.RiskRules{}, rich)
	for _, x := range got.Unknown {
		for _, fact := range []string{"managers", "incidents", "satisfaction", "activities", "standardMargin", "peers", "wallet", "walletBefore", "ourRevenue", "tier", "efforts", "contacts"} {
			assert.NotContains(t, x.Needs, fact, x.Check)
		}
	}
}

// A report there and back is the same, also inside the snapshot of a plan,
// where a wrong field is named by its place.
func TestRiskReportRoundTrip(t *testing.T) {
	engine, err := compiled(t, kam.Policy{Risks: kam.RiskRules{
		Index: &kam.Scorecard{ID: "index", Relative: true, Factors: []kam.Factor{{ID: "one-level", Weight: kam.Int(1)}, {ID: "market-shift", Weight: kam.Int(1)}}},
	}}).WithRisks(
		fixed("mine", kam.SideMarket, kam.High, kam.RiskResult{Outcome: kam.AtRisk, Since: back(9), ByChance: new(kam.Dec(123456, 4)), Evidence: []kam.Finding{{Evidence: "e", Condition: "c", Value: "v"}}}),
		kam.RiskCheck{RiskInfo: kam.RiskInfo{ID: "broken", Name: kam.Text{EN: "n"}}, Check: func(kam.RiskInput) kam.RiskResult { panic("\xff\n\"") }},
	)
	require.NoError(t, err)
	a, err := engine.Assess(richAccount(t), asOf)
	require.NoError(t, err)
	require.NotEmpty(t, a.Risks.Findings)
	require.NotEmpty(t, a.Risks.Unknown)
	require.NotEmpty(t, a.Risks.Clear)
	require.NotNil(t, a.Risks.Index)
	require.NotEmpty(t, a.Risks.Code)

	data, err := json.Marshal(a.Risks)
	require.NoError(t, err)
	var back kam.RiskReport
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, a.Risks, back)

	p := goodPlan(t)
	p.Overview.Snapshot = &a
	data, err = json.Marshal(p)
	require.NoError(t, err)
	var plan kam.Plan
	require.NoError(t, plan.UnmarshalJSON(data))
	assert.Equal(t, a.Risks, plan.Overview.Snapshot.Risks)

	var tree map[string]any
	require.NoError(t, json.Unmarshal(data, &tree))
	finding := tree["overview"].(map[string]any)["snapshot"].(map[string]any)["risks"].(map[string]any)["findings"].([]any)[0].(map[string]any)
	for field, bad := range map[string]any{"outcom": "clear", "outcome": "bad", "side": 1, "since": "2026-02-30", "severity": "grave"} {
		was := maps.Clone(finding)
		finding[field] = bad
		data, err = json.Marshal(tree)
		require.NoError(t, err)
		var plan kam.Plan
		vs := kam.ViolationsOf(plan.UnmarshalJSON(data))
		require.Len(t, vs, 1, field)
		assert.Equal(t, "/overview/snapshot/risks/findings/0/"+field, vs[0].Pointer)
		clear(finding)
		maps.Copy(finding, was)
	}
}
