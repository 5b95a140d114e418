package kam_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// finds is an assessment of a day in which the checks found what they found.
// What is not named did not run.
func finds(day kam.Date, outcomes ...any) kam.Assessment {
	a := kam.Assessment{Account: "x", AsOf: day, Policy: kam.PolicyRef{Digest: "one"}}
	for i := 0; i < len(outcomes); i += 2 {
		id := kam.RiskID(outcomes[i].(string))
		switch o := outcomes[i+1].(kam.Outcome); o {
		case kam.Clear:
			a.Risks.Clear = append(a.Risks.Clear, id)
		case kam.OutcomeUnknown:
			a.Risks.Unknown = append(a.Risks.Unknown, kam.Risk{Check: id})
		default:
			a.Risks.Findings = append(a.Risks.Findings, kam.Risk{Check: id, Outcome: o, Name: kam.Text{EN: string(id)}})
		}
	}
	return a
}

func TestCompareRisks(t *testing.T) {
	one, two := back(30), asOf
	before := finds(one,
		"was-clear", kam.Clear, "was-unknown", kam.OutcomeUnknown, "worse", kam.Watch, "same-watch", kam.Watch, "same-risk", kam.AtRisk,
		"better", kam.AtRisk, "gone-risk", kam.AtRisk, "gone-watch", kam.Watch, "lost", kam.AtRisk, "lost-said", kam.Watch, "clear", kam.Clear, "unsaid", kam.OutcomeUnknown, "off", kam.AtRisk)
	now := finds(two,
		"was-unknown", kam.Watch, "was-clear", kam.AtRisk, "worse", kam.AtRisk, "same-watch", kam.Watch, "same-risk", kam.AtRisk,
		"better", kam.Watch, "gone-risk", kam.Clear, "gone-watch", kam.Clear, "lost", kam.OutcomeUnknown, "lost-said", kam.OutcomeUnknown, "clear", kam.OutcomeUnknown, "unsaid", kam.Clear)
	change := func(id kam.RiskID, trend kam.RiskTrend, was, is kam.Outcome, since kam.Date) kam.RiskChange {
		return kam.RiskChange{Check: id, Name: kam.Text{EN: string(id)}, Trend: trend, Before: was, Now: is, Since: since}
	}
	want := []kam.RiskStep{{AsOf: two, Before: one, Changes: []kam.RiskChange{
		// What is new comes first, then what was not run before, worse, the same, better, gone, out of
		// sight, not run; each in the order of the findings.
		change("was-unknown", kam.RiskNew, kam.OutcomeUnknown, kam.Watch, two),
		change("was-clear", kam.RiskNew, kam.Clear, kam.AtRisk, two),
		change("worse", kam.RiskWorse, kam.Watch, kam.AtRisk, one),
		change("same-watch", kam.RiskSame, kam.Watch, kam.Watch, one),
		change("same-risk", kam.RiskSame, kam.AtRisk, kam.AtRisk, one),
		change("better", kam.RiskBetter, kam.AtRisk, kam.Watch, one),
		change("gone-risk", kam.RiskGone, kam.AtRisk, kam.Clear, kam.Date{}),
		change("gone-watch", kam.RiskGone, kam.Watch, kam.Clear, kam.Date{}),
		change("lost", kam.RiskLost, kam.AtRisk, kam.OutcomeUnknown, kam.Date{}),
		change("lost-said", kam.RiskLost, kam.Watch, kam.OutcomeUnknown, kam.Date{}),
		change("off", kam.RiskNotRun, kam.AtRisk, kam.OutcomeUnknown, kam.Date{}),
	}}}
	got, err := kam.CompareRisks(before, now)
	require.NoError(t, err)
	assert.Equal(t, want, got)
	got, err = kam.CompareRisks(now, before)
	require.NoError(t, err)
	assert.Equal(t, want, got, "in any order")
}

// Since is the first day of the row from which it has been found without a
// break: a day on which it was clear, or nobody could tell, is one.
func TestRiskSince(t *testing.T) {
	day := func(i int) kam.Date { return kam.NewDate(2026, 1, 1).AddDays(30 * i) }
	row := []kam.Assessment{
		finds(day(0), "a", kam.Watch, "b", kam.Watch, "c", kam.AtRisk),
		finds(day(1), "a", kam.AtRisk, "b", kam.Clear, "c", kam.AtRisk),
		finds(day(2), "a", kam.Watch, "b", kam.Watch, "c", kam.OutcomeUnknown),
		finds(day(3), "a", kam.AtRisk, "b", kam.AtRisk, "c", kam.AtRisk),
	}
	since := map[kam.RiskID][]kam.Date{ // of each step
		"a": {day(0), day(0), day(0)},
		"b": {{}, day(2), day(2)},
		"c": {day(0), {}, day(3)},
	}
	trends := map[kam.RiskID][]kam.RiskTrend{
		"a": {kam.RiskWorse, kam.RiskBetter, kam.RiskWorse},
		"b": {kam.RiskGone, kam.RiskNew, kam.RiskWorse},
		"c": {kam.RiskSame, kam.RiskLost, kam.RiskNew},
	}
	for _, order := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}} {
		var shuffled []kam.Assessment
		for _, i := range order {
			shuffled = append(shuffled, row[i])
		}
		given := slices.Clone(shuffled)
		got, err := kam.CompareRisks(shuffled...)
		require.NoError(t, err)
		require.Len(t, got, 3)
		for i, step := range got {
			assert.Equal(t, day(i), step.Before)
			assert.Equal(t, day(i+1), step.AsOf)
			require.Len(t, step.Changes, 3)
			for _, c := range step.Changes {
				assert.Equal(t, since[c.Check][i], c.Since, "%s, step %d", c.Check, i)
				assert.Equal(t, trends[c.Check][i], c.Trend, "%s, step %d", c.Check, i)
			}
		}
		assert.Equal(t, given, shuffled, "the assessments stay as and where they were")
	}
}

func TestCompareRisksOfOthers(t *testing.T) {
	other := finds(asOf)
	other.Account = "y"
	tests := []struct {
		name, reason string
		row          []kam.Assessment
		want         []string
	}{
		{"other account", "the account is named, and the one that was expected", []kam.Assessment{finds(back(9)), finds(back(8)), other}, []string{"/2/account unknown y|x"}},
		{"same day twice", "neither is before the other", []kam.Assessment{finds(asOf), finds(back(8)), finds(asOf)}, []string{"/2/asOf duplicate " + asOf.String() + "|"}},
		{"no day", "of an assessment that nobody made", []kam.Assessment{finds(asOf), finds(kam.Date{})}, []string{"/1/asOf missing |"}},
		{"both", "all that is wrong together", []kam.Assessment{finds(asOf), other}, []string{"/1/account unknown y|x", "/1/asOf duplicate " + asOf.String() + "|"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := kam.CompareRisks(tt.row...)
			assert.Equal(t, tt.want, found(err), tt.reason)
			assert.ErrorContains(t, err, "kam: compare risks: ")
			assert.Nil(t, got)
		})
	}
	for _, row := range [][]kam.Assessment{nil, {finds(asOf, "a", kam.AtRisk)}} {
		got, err := kam.CompareRisks(row...)
		require.NoError(t, err)
		assert.Empty(t, got, "fewer than two give nothing")
	}
}

// A change between two policies may be one of the lines; a check that is
// switched off says nothing of what it found before, and so is left out.
func TestCompareRisksOfTwoPolicies(t *testing.T) {
	a := kam.Account{ID: "x", Contacts: []kam.Contact{{ID: "a", Level: kam.Director}, {ID: "b", Level: kam.Director}}}
	assess := func(rules kam.RiskRules, day kam.Date) kam.Assessment {
		got, err := compiled(t, kam.Policy{Risks: rules}).Assess(a, day)
		require.NoError(t, err)
		return got
	}
	steps, err := kam.CompareRisks(
		assess(kam.RiskRules{}, back(60)), assess(kam.RiskRules{}, back(30)),
		assess(kam.RiskRules{Checks: map[kam.RiskID]kam.RiskSetting{kam.RiskSingleThreaded: {AtRisk: new(kam.Int(2))}, kam.RiskOneLevel: {Off: true}}}, asOf),
	)
	require.NoError(t, err)
	require.Len(t, steps, 2)
	assert.False(t, steps[0].OtherPolicy)
	assert.True(t, steps[1].OtherPolicy)
	assert.Equal(t, []kam.RiskTrend{kam.RiskSame, kam.RiskSame}, []kam.RiskTrend{steps[0].Changes[0].Trend, steps[0].Changes[1].Trend})
	require.Len(t, steps[1].Changes, 2)
	assert.Equal(t, kam.RiskSingleThreaded, steps[1].Changes[0].Check)
	assert.Equal(t, kam.RiskWorse, steps[1].Changes[0].Trend)
	assert.Equal(t, back(60), steps[1].Changes[0].Since)
	assert.Equal(t, kam.RiskOneLevel, steps[1].Changes[1].Check, "it is neither gone nor clear")
	assert.Equal(t, kam.RiskNotRun, steps[1].Changes[1].Trend)
}

// Checks in code are no part of the policy; that they differ is said as well,
// and so is what ran before and does not now.
func TestCompareRisksOfOtherCode(t *testing.T) {
	bare := compiled(t, kam.Policy{Risks: kam.RiskRules{Checks: allOff()}})
	assess := func(day kam.Date, checks ...kam.RiskCheck) kam.Assessment {
		engine, err := bare.WithRisks(checks...)
		require.NoError(t, err)
		got, err := engine.Assess(kam.Account{ID: "x"}, day)
		require.NoError(t, err)
		return got
	}
	one, two := fixed("one", kam.SideOurs, kam.High, outcome(kam.AtRisk, 1)), fixed("two", kam.SideOurs, kam.Low, outcome(kam.Watch, 1))
	steps, err := kam.CompareRisks(assess(back(90), one), assess(back(60), one), assess(back(30), one, two), assess(asOf, two))
	require.NoError(t, err)
	change := func(id kam.RiskID, trend kam.RiskTrend, was, is kam.Outcome, since kam.Date) kam.RiskChange {
		return kam.RiskChange{Check: id, Name: kam.Text{EN: "name", ZH: "名"}, Trend: trend, Before: was, Now: is, Since: since, Evidence: outcome(max(was, is), 1).Evidence}
	}
	assert.Equal(t, []kam.RiskStep{
		{AsOf: back(60), Before: back(90), Changes: []kam.RiskChange{change("one", kam.RiskSame, kam.AtRisk, kam.AtRisk, back(90))}},
		{AsOf: back(30), Before: back(60), OtherPolicy: true, Changes: []kam.RiskChange{
			change("two", kam.RiskFirstRun, kam.OutcomeUnknown, kam.Watch, back(30)), change("one", kam.RiskSame, kam.AtRisk, kam.AtRisk, back(90)),
		}},
		{AsOf: asOf, Before: back(30), OtherPolicy: true, Changes: []kam.RiskChange{
			change("two", kam.RiskSame, kam.Watch, kam.Watch, back(30)), change("one", kam.RiskNotRun, kam.AtRisk, kam.OutcomeUnknown, kam.Date{}),
		}},
	}, steps)
}
