package kam_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// The pages of an account of which much is known, by a policy with a margin, reviews, an
// index and checks in code, as they were read and found right.
func TestAssessmentMarkdownGolden(t *testing.T) {
	engine := sharedEngine(t)
	a, err := engine.Assess(sharedAccounts(t)[0], asOf)
	require.NoError(t, err)
	for _, lang := range []kam.Language{kam.English, kam.Chinese} {
		golden(t, fmt.Sprintf("testdata/assessment.%s.md", lang), engine.Markdown(sharedAccounts(t)[0], a, lang))
	}
}

// What is known alone has a row, and what has no name goes by its id.
func TestSparseAssessmentMarkdown(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	n := func(x int) *kam.Number { return new(kam.Int(x)) }
	for _, tt := range []struct {
		reason   string
		a        kam.Assessment
		want     string
		unwanted string
	}{
		{"no name", kam.Assessment{Account: "a"}, "# a\n\n| Finding", "Assessed on"},
		{"a name and a day", kam.Assessment{Account: "a", Name: "Acme", AsOf: asOf}, "# Acme (a)\n\nAssessed on 2026-11-24\n\n| Finding", "Policy"},
		{"a policy", kam.Assessment{Policy: kam.PolicyRef{Name: "p", Version: "3", Digest: "d"}}, "\n\nPolicy p 3, SHA-256 d\n", "## Signals"},
		{"one side", kam.Assessment{Risks: kam.RiskReport{OneSided: kam.SideOurs, Findings: make([]kam.Risk, 2)}}, "All causes that were found are on one side: Ours. Causes usually come from both: look at the other side too.\n", "To find out"},
		{"one cause", kam.Assessment{Risks: kam.RiskReport{OneSided: kam.SideOurs, Findings: make([]kam.Risk, 1)}}, "## Risks of failure\n", "All causes"},
		{"a prospect", kam.Assessment{Stage: kam.StageResult{Standing: kam.StagePotential, Suggested: kam.StagePotential, LikelyVolume: kam.High, Interest: kam.Yes}}, "| Likely volume | High |\n| Shows interest | Yes |\n", "As our people"},
		{"no stage", kam.Assessment{}, "| Stage | Unknown | – |\n| Cell of the grid | Unknown | – |\n", "provisional"},
		{"an own check that is gone", kam.Assessment{Risks: kam.RiskReport{Clear: []kam.RiskID{"old-one", kam.RiskOneLevel}}}, "### Risks that were looked for and not found\n\n- old-one\n- All contacts are on one level\n", "Could not"},
		{
			"a fact and a check that are gone",
			kam.Assessment{Risks: kam.RiskReport{Settle: []kam.FactNeeded{{Fact: "sales/orders", Checks: []kam.RiskID{"old-one"}}}}},
			"### To find out first\n\n- Orders, by period (1 check waits for it)\n", "Clear",
		},
		{
			"a check that failed",
			kam.Assessment{Risks: kam.RiskReport{Unknown: []kam.Risk{{Name: kam.Text{EN: "Mine"}, Needs: []string{"contacts"}, Error: "panic: x"}}}},
			"| Mine | The contacts at the customer; panic: x | – |\n", "Settle",
		},
		{
			"a check of one's own that says no more", kam.Assessment{Risks: kam.RiskReport{Unknown: []kam.Risk{{Check: "mine", Name: kam.Text{EN: "Mine"}}}}}, "| Mine | – | – |\n", "too little",
		},
		{
			"a check to which nothing lacks",
			kam.Assessment{Risks: kam.RiskReport{Unknown: []kam.Risk{{Check: kam.RiskOrderRhythm, Name: kam.Text{EN: "Rhythm"}}}}},
			"| Rhythm | nothing: too little to tell by | – |\n", "Settle",
		},
		{
			"a fact that two wait for",
			kam.Assessment{Risks: kam.RiskReport{Settle: []kam.FactNeeded{{Fact: "judgements/own-word", Checks: []kam.RiskID{"a", "b"}}}}},
			"- Yes or no: own-word (2 checks wait for it)\n", "Clear",
		},
		{"strategic", kam.Assessment{Strategic: kam.No}, "| The account is of strategic importance | No | people say so |\n", "Clear"},
		{
			"points of one factor",
			kam.Assessment{Strength: kam.Score{Scorecard: "strength", Points: n(5), Contributions: []kam.Contribution{{Factor: "price", Weight: kam.Int(10), Rating: n(5), Points: n(5), Source: kam.FromAnswer}}}},
			"## Scores\n\nPoints are the part of the way", "Missing",
		},
		{"points without contributions", kam.Assessment{Strength: kam.Score{Scorecard: "strength", Points: n(5), Missing: []string{"price"}}}, "## Scores\n\n### Strength", "Points are the part"},
		{
			"a signal that rates as someone does, and an answer without a rating",
			kam.Assessment{Account: "a", Strength: kam.Score{Scorecard: "strength", Contributions: []kam.Contribution{
				{Factor: "price", Weight: kam.Int(10), Rating: n(5), Source: kam.FromSignal, Signal: kam.SignalMargin, Value: n(7)},
				{Factor: "range", Weight: kam.Int(10), Source: kam.FromAnswer},
				{Factor: "range", Weight: kam.Int(10), Rating: n(5), Source: kam.FromRule},
			}}},
			"| Price of products and services | 10 | 5 | – | Margin, %: 7 |\n| Range of products and services | 10 | – | – | Answer |\n", "Points are the part",
		},
		{
			"twelve gaps, and more", kam.Assessment{Signals: kam.Signals{Gaps: slices.Repeat([]kam.DateRange{{From: back(2), To: back(1)}}, 12)}}, "2026-11-22 – 2026-11-23; …\n", "Not known",
		},
		{
			"a gap",
			kam.Assessment{Signals: kam.Signals{Gaps: []kam.DateRange{{From: back(2), To: back(1)}}}},
			"Days of no period, for which nobody knows what was sold: 2026-11-22 – 2026-11-23\n", "…",
		},
		{
			"held",
			kam.Assessment{Stage: kam.StageResult{Suggested: kam.StageDeveloping, Standing: kam.StageGood, Firm: true}},
			"| Stands | Good |\n| Suggested now, while the margin or the reviews keep the one before | Developing |\n", "Possible, for",
		},
		{
			"not firm",
			kam.Assessment{Stage: kam.StageResult{Possible: []kam.Stage{kam.StageGood, kam.StageStrong}, Customer: kam.StageGood, Recorded: kam.StageStrong}},
			"| Possible, for all that is unknown | Good, Strong |\n| As our people see it | Strong |\n| As the customer sees it | Good |\n", "Stands",
		},
		{
			"views that differ, and a move to ask about",
			kam.Assessment{Stage: kam.StageResult{
				Recorded: kam.StageStrong, RecordedSince: asOf, Differs: &kam.Difference{Since: back(1)}, Firm: true,
				Move: &kam.StageMove{From: kam.StageStrong, To: kam.StageDeveloping},
			}},
			"| As our people see it | Strong, since 2026-11-24 |\n| The two have differed since | 2026-11-23 |\n| To ask | ", "Stands",
		},
		{
			"ways and what is lacking",
			kam.Assessment{Stage: kam.StageResult{
				RunnerUp: &kam.RunnerUp{Stage: kam.StageGood, Lacking: []kam.Finding{{Evidence: "served", Condition: "served is yes", Value: "no"}}},
				Better:   &kam.Path{To: kam.StageStrong, Changes: []kam.Change{{Evidence: "served", Condition: "served is yes", Holds: true, Value: "no", Becomes: "yes"}}},
				Danger:   &kam.Path{To: kam.StageDeclining, Changes: []kam.Change{{Evidence: "need-ended", Condition: "need-ended is yes", Holds: true, Value: "no", Becomes: "yes"}}},
				Unknown:  []kam.Evidence{"rival-attack"},
			}},
			"### What is not known\n\n- Yes or no: A rival attacks our position\n\n### The rule that came closest is of Good, and lacks\n\n- We sell to them: no (the rule asks for yes)\n\n### The way to Strong\n\n- We sell to them: no → yes\n\n" +
				"### What would make it Declining\n\n- Their need has ended: no → yes\n", "speaks",
		},
		{
			"a score that was not given points",
			kam.Assessment{Strength: kam.Score{Scorecard: "strength", Contributions: []kam.Contribution{{Factor: "price", Weight: kam.Int(10), Rating: n(5), Source: kam.FromAnswer}}, Missing: []string{"service-quality", "range"}, Stale: []string{"range"}}},
			"### Strength of the relationship: –\n\nKnown: 0 % of the weight. With all that is missing it is from 0 to 0.\n\n| Factor | Weight, % | Rating | Points | From |\n|---|---|---|---|---|\n| Price of products and services | 10 | 5 | – | Answer |\n\n" +
				"Missing:\n\n- Quality of service\n\nToo old, or of no known day:\n\n- Range of products and services\n", "Together",
		},
		{
			"a rating from a signal of one's own",
			kam.Assessment{
				Signals: kam.Signals{Currency: "EUR", Readings: []kam.Reading{
					{Signal: "attribute.staff", Name: kam.Text{EN: "Staff"}, Value: n(7)}, {Signal: kam.SignalRevenue, Value: n(5)}, {Signal: kam.SignalWalletShare, Needs: "wallet"}, {Signal: kam.SignalMargin},
				}},
				Strength: kam.Score{Scorecard: "strength", Points: n(5), Contributions: []kam.Contribution{
					{Factor: "price", Weight: kam.Int(10), Rating: n(5), Points: n(5), Source: kam.FromSignal, Signal: "attribute.staff", Value: n(7)},
					{Factor: "range", Weight: kam.Int(10), Rating: n(5), Points: n(0), Source: kam.FromSignal, Signal: kam.SignalRevenue, Value: n(5)},
				}},
			},
			"| 10 | 5 | 5 | Staff: 7 |\n| Range of products and services | 10 | 5 | 0 | Revenue now: 5.00 EUR |\n| Together |  |  | 5 |  |\n", "The figures are for",
		},
		{
			"signals that are not known",
			kam.Assessment{Signals: kam.Signals{Readings: []kam.Reading{{Signal: kam.SignalWalletShare, Needs: "wallet"}, {Signal: kam.SignalMargin}}}},
			"## Signals\n\n### Not known\n\n- Share of wallet, %: needs What they spend in a year on what we sell, with us and with others\n- Margin, %: too little to measure it by\n", "| Signal |",
		},
		{
			"a cell that is held",
			kam.Assessment{Placement: kam.Placement{Cell: kam.CellKey, Possible: []kam.Cell{kam.CellKey, kam.CellTarget}, Held: true, Previous: kam.CellKey, AboveStrengthCut: n(-3)}},
			"| Computed | Key |\n| Attractiveness less the cut | – |\n| Strength less the cut | -3 |\n| Possible, for all that is unknown | Key, Target |\n| Held from before | Key |\n", "Set by hand",
		},
		{
			"overrides",
			kam.Assessment{Overrides: []kam.Overruling{
				{Override: kam.Override{Of: "tier", Value: "key", By: "Ann", Why: "w", On: back(1), Until: asOf}, Computed: "unknown", State: kam.OverrideExpired},
				{Override: kam.Override{Of: "stage", Value: "good", By: "Ann", Why: "w"}, Computed: "strong"},
				{Override: kam.Override{Of: "cell", Value: "key", By: "Ann", Why: "w"}, Computed: "target"},
				{Override: kam.Override{Of: "strength", Value: "50.5", By: "Ann", Why: "w"}, Computed: "51"},
				{Override: kam.Override{Of: "stage", Value: "gold", By: "Ann", Why: "w"}, Computed: "key"},
			}},
			"| Tier | Key account | Unknown | Ann | w | 2026-11-23 – 2026-11-24 | Expired |\n| Stage | Good | Strong | Ann | w | – | Unknown |\n| Cell of the grid | Key | Target | Ann | w | – | Unknown |\n" +
				"| Strength of the relationship | 50.5 | 51 | Ann | w | – | Unknown |\n| Stage | gold | key | Ann |", "What to do",
		},
		{
			"points set by hand",
			kam.Assessment{
				Strength:  kam.Score{Scorecard: "strength", Coverage: kam.Int(50), Range: kam.Range{Worst: kam.Int(1), Best: kam.Int(9)}},
				Overrides: []kam.Overruling{{Override: kam.Override{Of: "strength", Value: "50.5"}, Computed: "unknown", State: kam.OverrideInForce}},
			},
			"| Strength of the relationship | 50.5 | set by hand |\n", "1–9",
		},
		{"nothing scored", kam.Assessment{Account: "a"}, "| Attractiveness, to select accounts | – | 0–0, known 0 % |\n", "## Scores"},
		{"answers that are missing alone", kam.Assessment{Strength: kam.Score{Scorecard: "strength", Missing: []string{"price"}}}, "### Strength of the relationship: –\n\nMissing:\n\n- Price", "| Factor |"},
		{
			"against",
			kam.Assessment{Stage: kam.StageResult{Suggested: kam.StageGood, Standing: kam.StageGood, Firm: true, Possible: []kam.Stage{kam.StageGood}, Against: []kam.Finding{{Evidence: "served", Condition: "served is yes", Value: "no"}}}},
			"### What speaks against Good\n\n- We sell to them: no (the rule asks for yes)\n", "Possible, for",
		},
		{"a cell that is not known", kam.Assessment{Placement: kam.Placement{Possible: []kam.Cell{kam.CellKey, kam.CellTarget}}}, "| Possible, for all that is unknown | Key, Target |\n", "Computed"},
		{"a cell that is not held", kam.Assessment{Placement: kam.Placement{Cell: kam.CellKey, Firm: true, Previous: kam.CellKey}}, "| Computed | Key |\n", "Held from"},
		{
			"a currency that there is not",
			kam.Assessment{Signals: kam.Signals{Currency: "xy", From: asOf, To: asOf, Readings: []kam.Reading{{Signal: kam.SignalRevenue, Value: n(5)}}}},
			"The figures are for 2026-11-24 to 2026-11-24\n\n| Signal | Value |\n|---|---|\n| Revenue now | 5 |\n", "xy",
		},
		{"no signal of these days", kam.Assessment{Signals: kam.Signals{From: asOf, To: asOf, Readings: []kam.Reading{{Signal: kam.SignalMargin}}}}, "### Not known\n\n- Margin, %: too little to measure it by\n", "The figures"},
		{
			"a rating from a signal that is not there",
			kam.Assessment{Strength: kam.Score{Scorecard: "strength", Contributions: []kam.Contribution{{Factor: "price", Weight: kam.Int(10), Rating: n(5), Points: n(5), Source: kam.FromSignal, Signal: kam.SignalMargin, Value: n(7)}}}},
			"| 10 | 5 | 5 | Margin, %: 7 |\n", "Missing",
		},
	} {
		page := engine.Markdown(kam.Account{ID: "a", Answers: map[string]kam.Answers{"strength": {"price": {Rating: kam.Int(5), By: "Ann"}, "range": {Rating: kam.Int(5), By: "Ann"}}}}, tt.a, kam.English)
		assert.NotContains(t, page, "(Ann", tt.reason)
		assert.Contains(t, page, tt.want, tt.reason)
		assert.NotContains(t, page, tt.unwanted, tt.reason)
	}
	one := kam.Plan{Overview: kam.Overview{Snapshot: &kam.Assessment{Risks: kam.RiskReport{Unknown: []kam.Risk{{Name: kam.Text{EN: "Mine"}}}}}}}
	assert.Contains(t, one.Markdown(kam.English), "Could not tell, which is not clear: Mine\n")
	points := kam.Assessment{Overrides: []kam.Overruling{{Override: kam.Override{Of: "strength", Value: "50.5", By: "Ann", Why: "w"}, Computed: "unknown"}}}
	assert.Contains(t, engine.Markdown(kam.Account{}, points, kam.Chinese), "| 50.5 | 未知 | Ann |")
}

// The pages of what changed within a year, of an account of which much is known, as they were
// read and found right.
func TestDiffMarkdownGolden(t *testing.T) {
	engine := sharedEngine(t)
	account := sharedAccounts(t)[0]
	before, err := engine.Assess(account, asOf.AddDays(-300))
	require.NoError(t, err)
	a, err := engine.Assess(account, asOf)
	require.NoError(t, err)
	d, err := a.Diff(before)
	require.NoError(t, err)
	for _, lang := range []kam.Language{kam.English, kam.Chinese} {
		golden(t, fmt.Sprintf("testdata/assessmentdiff.%s.md", lang), engine.DiffMarkdown(d, lang))
	}
}

// What did not change has no section, and where nothing did the page says so.
func TestSparseDiffMarkdown(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	n := func(x int) *kam.Number { return new(kam.Int(x)) }
	for _, tt := range []struct {
		reason   string
		d        kam.AssessmentDiff
		want     string
		unwanted string
	}{
		{"nothing", kam.AssessmentDiff{Account: "a", Before: back(1), AsOf: asOf}, "# What changed: a\n\nFrom 2026-11-23 to 2026-11-24\n\nNothing changed.\n", "##"},
		{"another policy alone", kam.AssessmentDiff{OtherPolicy: true}, "a change may be one of the rules.\n\nNothing changed.\n", "##"},
		{
			"a stage that became firm",
			kam.AssessmentDiff{Stage: &kam.StageDiff{Before: kam.StageGood, After: kam.StageGood, FirmAfter: true}},
			"## Stage and cell\n\n| Finding | Before | Now |\n|---|---|---|\n| Stage, computed | Good (provisional) | Good (firm) |\n", "Nothing changed",
		},
		{
			"a cell, and what moved the stage",
			kam.AssessmentDiff{
				Stage: &kam.StageDiff{Before: kam.StageGood, After: kam.StageStrong, Evidence: []kam.EvidenceDiff{{Evidence: "served", Before: "no", After: "yes"}}},
				Cell:  &kam.CellDiff{Before: kam.CellKey, After: kam.CellMaintain, FirmBefore: true},
			},
			"| Cell of the grid, computed | Key (firm) | Maintain (provisional) |\n\n### What the stage rests on\n\n- We sell to them: no → yes\n", "## Risks",
		},
		{
			"points that are gone",
			kam.AssessmentDiff{Scores: []kam.ScoreDiff{{Scorecard: "strength", Before: n(5), CoverageBefore: kam.Int(50), Factors: []kam.FactorDiff{{Factor: "price", Before: n(5)}}}}},
			"### Strength of the relationship: 5 → –\n\nKnown, % of the weight: 50 → 0\n\n| Factor | Rated before | Rated now | Change, points |\n|---|---|---|---|\n| Price of products and services | 5 | – | – |\n", "Together",
		},
		{"points whose factors are not told", kam.AssessmentDiff{Scores: []kam.ScoreDiff{{Scorecard: "strength", Before: n(5), After: n(7), By: n(2)}}}, "### Strength of the relationship: 5 → 7\n", "|"},
		{
			"as much known as before",
			kam.AssessmentDiff{Scores: []kam.ScoreDiff{{Scorecard: "strength", Before: n(5), After: n(7), By: n(2), Factors: []kam.FactorDiff{{Factor: "price", Before: n(5), After: n(7), By: n(2)}}}}},
			"### Strength of the relationship: 5 → 7\n\n| Factor | Rated before | Rated now | Change, points |\n|---|---|---|---|\n| Price of products and services | 5 | 7 | 2 |\n| Together |  |  | 2 |\n", "Known",
		},
		{"a signal", kam.AssessmentDiff{Signals: []kam.SignalDiff{{Signal: kam.SignalOrders, After: n(7)}}}, "## Signals\n\n- Orders now: – → 7\n", "## Scores"},
	} {
		page := engine.DiffMarkdown(tt.d, kam.English)
		assert.Contains(t, page, tt.want, tt.reason)
		assert.NotContains(t, page, tt.unwanted, tt.reason)
	}
	assert.Contains(t, (*kam.Engine)(nil).DiffMarkdown(kam.AssessmentDiff{}, kam.Chinese), "没有变化。")
}

// The account tells who answered and who the contacts are, of the day and before; another
// account's tells nothing.
func TestAssessmentMarkdownOfAccount(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	account := kam.Account{
		ID: "a", Answers: map[string]kam.Answers{"strength": {
			"financial-strength": {Rating: kam.Int(4), By: "Di", On: asOf}, "price": {Rating: kam.Int(5), By: "Ann", On: back(3)}, "range": {Rating: kam.Int(6), On: back(4)}, "reputation": {Rating: kam.Int(7), By: "Bo"},
			"knowledge": kam.Rated(kam.Int(8)), "personal-ties": {Rating: kam.Int(3), By: "Eve", On: asOf.AddDays(1)},
		}},
		Contacts: []kam.Contact{
			{ID: "p1", Name: "Els Kuiper", Title: "CFO", Department: "finance", Level: kam.Executive, Roles: []kam.Role{kam.Decider, kam.User}, Attitude: kam.AttitudeSupporter, LastMet: back(5)},
			{ID: "p2", LastMet: asOf.AddDays(1), Until: back(9), Title: "unknown", Department: "unknown"},
			{ID: "p3", Since: asOf.AddDays(1)},
			{ID: "p4", Since: asOf, Level: kam.Executive, Department: "finance", Roles: []kam.Role{kam.User}, LastMet: asOf},
		},
	}
	a, err := engine.Assess(account, asOf)
	require.NoError(t, err)
	page := engine.Markdown(account, a, kam.English)
	for _, want := range []string{
		"| Price of products and services | 10 | 5 | 7.1429 | Answer (Ann, 2026-11-21) |\n", "| Range of products and services | 10 | 6 | 8.5714 | Answer (2026-11-20) |\n",
		"| Overall reputation | 10 | 7 | 10 | Answer (Bo) |\n", "| Knowledge of the customer | 10 | 8 | 11.4286 | Answer |\n",
		"## Contacts\n\n| Contact | Position | Part in buying | Attitude | Last met |\n|---|---|---|---|---|\n" +
			"| Els Kuiper (p1) | CFO, finance, Executive | Decider, User | Supporter | 2026-11-19 |\n| p2 | –, until 2026-11-15 | – | Unknown | – |\n| p4 | finance, Executive | User | Unknown | 2026-11-24 |\n\nPolicy", "Answer (Di, 2026-11-24)",
	} {
		assert.Contains(t, page, want)
	}
	assert.NotContains(t, page, "Eve", "who had not answered by the day")
	for _, since := range []kam.Answer{{Rating: kam.Int(9), By: "Zoe"}, {Rating: kam.Int(5), By: "Zoe", On: asOf.AddDays(9)}} {
		account.Answers["strength"]["price"] = since
		assert.NotContains(t, engine.Markdown(account, a, kam.English), "Zoe", "an answer of since then")
	}
	account.ID = "b"
	page = engine.Markdown(account, a, kam.English)
	assert.NotContains(t, page, "## Contacts")
	assert.NotContains(t, page, "Bo)")
	assert.Contains(t, page, "| Price of products and services | 10 | 5 | 7.1429 | Answer |\n")
}

// What much is missing of is told as provisional, what is set by hand in the place of what was
// computed, and a word that is none changes nothing.
func TestMovesOnThePage(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	made := kam.Assessment{
		Account: "a", Stage: kam.StageResult{Standing: kam.StageGood, Firm: true}, Placement: kam.Placement{Cell: kam.CellKey},
		Strategy: []kam.Advice{
			{ID: "stage-good", Text: kam.StageGood.Strategy(), Evidence: []kam.Finding{{Evidence: "served", Value: "yes"}}},
			{ID: "cell-key", Text: kam.CellKey.Strategy(), Evidence: []kam.Finding{{Evidence: "served", Value: "yes"}}},
		},
	}
	page := engine.Markdown(kam.Account{}, made, kam.English)
	assert.Contains(t, page, kam.StageGood.Strategy().EN+" | We sell to them: yes |\n")
	assert.Contains(t, page, kam.CellKey.Strategy().EN+" | We sell to them: yes; provisional, since something is unknown |\n")
	made.Stage.Firm, made.Placement.Firm = false, true
	page = engine.Markdown(kam.Account{}, made, kam.English)
	assert.Contains(t, page, kam.StageGood.Strategy().EN+" | We sell to them: yes; provisional, since something is unknown |\n")
	assert.Contains(t, page, kam.CellKey.Strategy().EN+" | We sell to them: yes |\n")
	set := func(of, value string) kam.Overruling {
		return kam.Overruling{Override: kam.Override{Of: of, Value: value}, State: kam.OverrideInForce}
	}
	made.Overrides = []kam.Overruling{set("stage", "declining"), set("cell", "maintain"), set("strength", "x")}
	page = engine.Markdown(kam.Account{}, made, kam.English)
	assert.Contains(t, page, kam.StageDeclining.Strategy().EN+" | Declining, set by hand |\n")
	assert.Contains(t, page, kam.CellMaintain.Strategy().EN+" | Maintain, set by hand |\n")
	assert.Contains(t, page, "| Stage | Declining | set by hand |\n")
	made.Strategy = nil
	page = engine.Markdown(kam.Account{}, made, kam.English)
	assert.Contains(t, page, "## What to do\n\n| Move | Because |\n|---|---|\n| "+kam.StageDeclining.Strategy().EN+" | Declining, set by hand |\n| "+kam.CellMaintain.Strategy().EN+" | Maintain, set by hand |\n", "though nothing was computed")
	made.Strategy = []kam.Advice{{ID: "stage-good", Text: kam.StageGood.Strategy(), Evidence: []kam.Finding{{Evidence: "served", Value: "yes"}}}}
	made.Overrides = []kam.Overruling{set("stage", "stronk"), set("cell", "keys")}
	page = engine.Markdown(kam.Account{}, made, kam.English)
	assert.Contains(t, page, "| Stage | Good | provisional |\n| Cell of the grid | Key | firm |\n", "what stands beside a computed value is how sure that is")
	assert.Contains(t, page, kam.StageGood.Strategy().EN+" | We sell to them: yes; provisional")
}

// Of a factor of which less is better the page says so, by the scorecard and down to the
// questions of a group; of one of the same id in another it does not.
func TestLessIsBetterOnThePage(t *testing.T) {
	policy := kam.DefaultPolicy()
	card := func(id string, less bool) kam.Scorecard {
		return kam.Scorecard{ID: id, Relative: true, Factors: []kam.Factor{
			{ID: "same", Weight: kam.Int(1), LowerIsBetter: less},
			{ID: "group", Weight: kam.Int(1), Questions: []kam.Factor{{ID: "first", Weight: kam.Int(1), LowerIsBetter: less}, {ID: "second", Weight: kam.Int(1)}}},
		}}
	}
	policy.Attractiveness, policy.Strength = card("attractiveness", false), card("strength", true)
	engine := compiled(t, policy)
	answers := kam.Answers{"same": kam.Rated(kam.Int(5)), "first": kam.Rated(kam.Int(5)), "second": kam.Rated(kam.Int(5))}
	account := kam.Account{ID: "x", Answers: map[string]kam.Answers{"attractiveness": answers, "strength": answers}}
	a, err := engine.Assess(account, asOf)
	require.NoError(t, err)
	page := engine.Markdown(account, a, kam.English)
	for _, id := range []string{"same", "first"} {
		assert.Equal(t, 1, strings.Count(page, "| strength\\/"+id+" (less is better) |"), page)
		assert.Equal(t, 1, strings.Count(page, "| attractiveness\\/"+id+" |"))
	}
	assert.Equal(t, 2, strings.Count(page, "(less is better)"))
	before, err := engine.Assess(account, back(1))
	require.NoError(t, err)
	_, err = a.Diff(before)
	require.NoError(t, err, "a factor may be one of two scorecards")
	assert.NotContains(t, (*kam.Engine)(nil).Markdown(account, a, kam.English), "less is better", "of which nothing is known")
}

// A scorecard has its own name in the summary as in its heading.
func TestMarkdownOfRenamedScorecards(t *testing.T) {
	policy := kam.DefaultPolicy()
	policy.Strength.Name = kam.Text{EN: "Bond", ZH: "纽带"}
	engine, a := compiled(t, policy), kam.Account{ID: "a"}
	got, err := engine.Assess(a, asOf)
	require.NoError(t, err)
	assert.Contains(t, engine.Markdown(a, got, kam.English), "| Bond | – |")
	assert.Contains(t, engine.Markdown(a, got, kam.Chinese), "| 纽带 | – |")
	assert.Contains(t, engine.Markdown(a, got, kam.English), "| Attractiveness | – |")
}

// A wallet that cannot be is not asked for as if it were missing.
func TestMarkdownOfAWrongWallet(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	account := kam.Account{ID: "x", Sales: []kam.Period{{From: kam.NewDate(2025, 11, 1), To: kam.NewDate(2026, 10, 31), Revenue: money("1200000 EUR")}}}
	for wallet, want := range map[string]string{
		"":            "- Share of wallet, %: needs What they spend in a year on what we sell, with us and with others\n",
		"900000 EUR":  "- Share of wallet, %: what they spend is given as less than our revenue, which cannot be: ask again, 900,000.00 EUR\n",
		"2400000 EUR": "| Share of wallet, % | 50 |\n",
	} {
		if account.Wallet = nil; wallet != "" {
			account.Wallet = money(wallet)
		}
		a, err := engine.Assess(account, asOf)
		require.NoError(t, err)
		assert.Contains(t, engine.Markdown(account, a, kam.English), want)
	}
}
