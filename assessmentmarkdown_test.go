package kam_test

import (
	"fmt"
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
		{"one side", kam.Assessment{Risks: kam.RiskReport{OneSided: kam.SideOurs}}, "All causes that were found are on one side: Ours. Causes usually come from both: look at the other side too.\n", "To find out"},
		{"an own check that is gone", kam.Assessment{Risks: kam.RiskReport{Clear: []kam.RiskID{"old-one", kam.RiskOneLevel}}}, "### Risks that were looked for and not found\n\n- old-one\n- All contacts are on one level\n", "Could not"},
		{
			"a fact and a check that are gone",
			kam.Assessment{Risks: kam.RiskReport{Settle: []kam.FactNeeded{{Fact: "sales/orders", Checks: []kam.RiskID{"old-one"}}}}},
			"### To find out first\n\n- Orders, by period (1 check waits for it)\n", "Clear",
		},
		{
			"a check that failed",
			kam.Assessment{Risks: kam.RiskReport{Unknown: []kam.Risk{{Name: kam.Text{EN: "Mine"}, Needs: []string{"contacts"}, Error: "panic: x"}}}},
			"| Mine | Contacts; panic: x | – |\n", "Settle",
		},
		{
			"held",
			kam.Assessment{Stage: kam.StageResult{Suggested: kam.StageDeveloping, Standing: kam.StageGood, Firm: true}},
			"| Stands | Good |\n| Suggested now, while the margin or the reviews keep the one before | Developing |\n", "Possible, for",
		},
		{
			"not firm",
			kam.Assessment{Stage: kam.StageResult{Possible: []kam.Stage{kam.StageGood, kam.StageStrong}, Customer: kam.StageGood, Recorded: kam.StageStrong}},
			"| Possible, for all that is unknown | Good; Strong |\n| As our people see it | Strong |\n| As the customer sees it | Good |\n", "Stands",
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
			"### What is not known\n\n- A rival attacks our position\n\n### The next likely stage, Good, lacks\n\n- We sell to them: no (the rule asks for yes)\n\n### The way to Strong\n\n- We sell to them: no → yes\n\n" +
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
			"## Signals\n\n### Not known\n\n- Share of wallet, %: needs What they spend in a year on what we sell, with us and with others\n- Margin, %: too little happened to measure it\n", "| Signal |",
		},
		{
			"a cell that is held",
			kam.Assessment{Placement: kam.Placement{Cell: kam.CellKey, Possible: []kam.Cell{kam.CellKey, kam.CellTarget}, Held: true, Previous: kam.CellKey, AboveStrengthCut: n(-3)}},
			"| Computed | Key |\n| Attractiveness above the cut | – |\n| Strength above the cut | -3 |\n| Possible, for all that is unknown | Key; Target |\n| Held from before | Key |\n", "Set by hand",
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
		{"a cell that is not known", kam.Assessment{Placement: kam.Placement{Possible: []kam.Cell{kam.CellKey, kam.CellTarget}}}, "| Possible, for all that is unknown | Key; Target |\n", "Computed"},
		{"a cell that is not held", kam.Assessment{Placement: kam.Placement{Cell: kam.CellKey, Firm: true, Previous: kam.CellKey}}, "| Computed | Key |\n", "Held from"},
		{
			"a currency that there is not",
			kam.Assessment{Signals: kam.Signals{Currency: "xy", From: asOf, To: asOf, Readings: []kam.Reading{{Signal: kam.SignalRevenue, Value: n(5)}}}},
			"The figures are for 2026-11-24 to 2026-11-24\n\n| Signal | Value |\n|---|---|\n| Revenue now | 5 |\n", "xy",
		},
		{"no signal of these days", kam.Assessment{Signals: kam.Signals{From: asOf, To: asOf, Readings: []kam.Reading{{Signal: kam.SignalMargin}}}}, "### Not known\n\n- Margin, %: too little happened to measure it\n", "The figures"},
		{
			"a rating from a signal that is not there",
			kam.Assessment{Strength: kam.Score{Scorecard: "strength", Contributions: []kam.Contribution{{Factor: "price", Weight: kam.Int(10), Rating: n(5), Points: n(5), Source: kam.FromSignal, Signal: kam.SignalMargin, Value: n(7)}}}},
			"| 10 | 5 | 5 | Margin, %: 7 |\n", "Missing",
		},
	} {
		page := engine.Markdown(kam.Account{}, tt.a, kam.English)
		assert.Contains(t, page, tt.want, tt.reason)
		assert.NotContains(t, page, tt.unwanted, tt.reason)
	}
	one := kam.Plan{Overview: kam.Overview{Snapshot: &kam.Assessment{Risks: kam.RiskReport{Unknown: []kam.Risk{{Name: kam.Text{EN: "Mine"}}}}}}}
	assert.Contains(t, one.Markdown(kam.English), "Could not tell, which is not clear: Mine\n")
	points := kam.Assessment{Overrides: []kam.Overruling{{Override: kam.Override{Of: "strength", Value: "50.5", By: "Ann", Why: "w"}, Computed: "unknown"}}}
	assert.Contains(t, engine.Markdown(kam.Account{}, points, kam.Chinese), "| 50.5 | 未知 | Ann |")
}
