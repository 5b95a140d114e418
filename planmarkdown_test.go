package kam_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// The documents of the sample plan, as they were read and found right.
func TestPlanMarkdownGolden(t *testing.T) {
	for _, lang := range []kam.Language{kam.English, kam.Chinese} {
		golden(t, fmt.Sprintf("testdata/plan.%s.md", lang), samplePlan(t, 2).Markdown(lang))
	}
}

// Every text of a plan is in its document, wherever it stands: each gets a
// word of its own.
func TestPlanMarkdownIsComplete(t *testing.T) {
	p := samplePlan(t, 2)
	p.Overview.Snapshot = nil // it is shown in part
	words := 0
	var name func(v reflect.Value)
	name = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			words++
			v.SetString(fmt.Sprintf("word%dx", words))
		case reflect.Slice:
			for i := range v.Len() {
				name(v.Index(i))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					name(v.Field(i))
				}
			}
		}
	}
	p.Strategy.Why = "x"
	p.FiscalYear.Start = 10
	p.Objectives[0].Start = kam.NewDate(1998, 2, 3)
	name(reflect.ValueOf(&p).Elem())
	require.Greater(t, words, 100)
	doc := p.Markdown(kam.English)
	for i := range words {
		assert.Contains(t, doc, fmt.Sprintf("word%dx", i+1))
	}
	for _, s := range []string{"| 10 |", "1998-02-03", "28,000.00 USD", "57713.575", "1998-09-15"} {
		assert.Contains(t, doc, s)
	}
}

// Two answers to one move stand together; an answer to no move is not lost.
func TestCounterMovesInMarkdown(t *testing.T) {
	p := kam.Plan{Competition: kam.Competition{
		Moves:   []kam.RivalMove{{ID: "m", Rival: "Bolt", Text: "cheaper"}},
		Counter: []kam.CounterMove{{Move: "m", Text: "one"}, {Move: "none", Text: "lost"}, {Move: "m", Text: "two"}},
	}}
	doc := p.Markdown(kam.English)
	assert.Contains(t, doc, "| m | Bolt | cheaper | one; two |\n| none | – | – | lost |")
}

// Joiners shape the letters of some scripts and are left; what turns the
// direction is shown.
func TestUnseenCharactersInMarkdown(t *testing.T) {
	assert.Contains(t, kam.Plan{Account: "a\u200Cb\u200Dc"}.Markdown(kam.English), "a\u200Cb\u200Dc")
	assert.Contains(t, kam.Plan{Account: "a\u202Eb"}.Markdown(kam.English), `a\[U\+202E\]b`)
}

// Punctuation that could mean something is escaped, and what reads well
// without is left: the source of each text by hand.
func TestPunctuationInMarkdown(t *testing.T) {
	for text, want := range map[string]string{
		"a-b":              "a-b",
		"3-4":              "3-4",
		"é-日":              "é-日",
		"-b":               `\-b`,
		"a-":               `a\-`,
		"a--b":             `a\-\-b`,
		"a - b":            `a \- b`,
		"1.5":              "1.5",
		".5":               `\.5`,
		"-5":               "-5",
		"a -5":             "a -5",
		"a -b":             `a \-b`,
		"1.":               "1.",
		"1. a":             "1. a",
		"5 > 4":            "5 > 4",
		"> 4":              `> 4`,
		"(>= 5)":           "(>= 5)",
		"<= 5":             "<= 5",
		"< 5":              `\< 5`,
		"<=5":              `<\=5`,
		"a == b":           `a \=\= b`,
		"%: 5":             "%: 5",
		"%:5":              `%\:5`,
		"a.":               "a.",
		"a. b":             "a. b",
		"é. b":             "é. b",
		"a.b":              `a\.b`,
		"a.5":              `a\.5`,
		"5.a":              `5\.a`,
		"www.":             `www\.`,
		"WwW. a":           `WwW\. a`,
		"ww. a":            "ww. a",
		"...":              `\.\.\.`,
		"10:30":            "10:30",
		"10:":              `10\:`,
		"a:":               "a:",
		"a: b":             "a: b",
		"mailto:a":         `mailto\:a`,
		": a":              `\: a`,
		"(a)":              "(a)",
		"(1)":              "(1)",
		"1)":               "1)",
		"a)":               "a)",
		")":                ")",
		"a, b; c?":         "a, b; c?",
		"100 %":            "100 %",
		"it's":             "it's",
		"\x07":             `\[U\+0007\]`,
		"\u200B":           `\[U\+200B\]`,
		"\U000E0001":       `\[U\+E0001\]`,
		"~!@#$^&*_+={":     `\~\!\@\#\$\^\&\*\_\+\=\{`,
		`}|[]\:"<>/` + "`": `\}\|\[\]\\\:\"\<\>\/` + "\\`",
	} {
		doc := kam.Plan{Account: text}.Markdown(kam.English)
		first, _, _ := strings.Cut(doc, "\n")
		assert.Equal(t, "# Account plan: "+want, first)
	}
	doc := kam.Plan{Summary: kam.Summary{Purpose: "See a.\nNote:\nwww.\n1.\n2)\n> a\n2026.", Direction: " \t "}, Situation: kam.Situation{Trends: []string{"one\ntwo.", "three"}}}.Markdown(kam.English)
	assert.Contains(t, doc, "## 1. Executive summary\n\nSee a.  \nNote:  \nwww\\.  \n1\\.  \n2\\)  \n\\> a  \n2026\\.\n\n## 2", "a line ends a word as well; a text of white space is none")
	assert.Contains(t, doc, "### Trends\n\n- one  \n  two.\n- three\n\n## 4")
}

// A line end of any kind is a line end, with the white space around it.
func TestLineEndsInMarkdown(t *testing.T) {
	for _, end := range []string{"\n", "\r\n", "\r", "\u0085", "\u2028", "\u2029", " \n \t", "\n\n"} {
		doc := kam.Plan{Summary: kam.Summary{Purpose: end + "one" + end + "two" + end}}.Markdown(kam.English)
		assert.Contains(t, doc, "one  \ntwo\n", "%q", end)
		assert.Contains(t, kam.Plan{Account: "one" + end + "two"}.Markdown(kam.English), "Account plan: one two\n", "%q", end)
	}
	assert.Contains(t, kam.Plan{Account: " one \t two "}.Markdown(kam.English), "Account plan: one two\n")
}

// An empty plan is a whole document that says of each section that it is
// empty; an enum beyond its words shows itself.
func TestEmptyPlanMarkdown(t *testing.T) {
	doc := kam.Plan{}.Markdown(kam.English)
	assert.Equal(t, 12, strings.Count(doc, "\n## "))
	assert.Equal(t, 12, strings.Count(doc, "Nothing yet"))
	assert.Contains(t, kam.Plan{Strategy: kam.PlanStrategy{Stance: 9}}.Markdown("zh-Hans"), `投入策略：Stance(9)`)
	assert.Contains(t, kam.Plan{Account: "1.5-2 a.b"}.Markdown(kam.English), `Account plan: 1.5-2 a\.b`, "only what could mean something is escaped")
}

// An attribute of one's own is shown by the name that the policy gives it, else by its own
// without the prefix of its id.
func TestPlanMarkdownNamesAttributes(t *testing.T) {
	engine := compiled(t, kam.Policy{Names: map[kam.Evidence]kam.Text{"attribute.staff": {EN: "Staff", ZH: "员工人数"}}})
	a, err := engine.Assess(kam.Account{ID: "a", Attributes: map[string]kam.Number{"staff": kam.Int(7), "employees": kam.Int(8), "days-overdue": kam.Int(9)}}, asOf)
	require.NoError(t, err)
	p := kam.Plan{Account: "a", Overview: kam.Overview{Snapshot: &a}}
	for lang, want := range map[kam.Language]string{
		kam.English: "| days-overdue | 9 |\n| employees | 8 |\n| Staff | 7 |\n",
		kam.Chinese: "| days-overdue | 9 |\n| employees | 8 |\n| 员工人数 | 7 |\n",
	} {
		assert.Contains(t, p.Markdown(lang), want)
	}
}

// What is not known is left out, or a dash where it has a column.
func TestSparsePlanMarkdown(t *testing.T) {
	n := new(kam.Int(5))
	for _, tt := range []struct {
		reason   string
		plan     kam.Plan
		want     string
		unwanted string
	}{
		{"a version, and a calendar year", kam.Plan{Account: "a", Version: 1, FiscalYear: kam.FiscalYear{Start: 1}}, "# Account plan: a\n\n| Plan |  |\n|---|---|\n| Version | 1 |\n\n## 1", "Fiscal"},
		{"nothing", kam.Plan{Account: "a"}, "# Account plan: a\n\n## 1", "| Plan |"},
		{"a year from February", kam.Plan{FiscalYear: kam.FiscalYear{Start: 2}}, "\n| Fiscal year begins in month | 2 |\n", "Version"},
		{"no last day", kam.Plan{From: asOf}, "\n| Period | 2026-11-24 – |\n", "Owner"},
		{"no first day", kam.Plan{To: asOf}, "\n| Period | – 2026-11-24 |\n", "Team"},
		{"a snapshot without a name", kam.Plan{Account: "a", Overview: kam.Overview{Snapshot: &kam.Assessment{AsOf: asOf}}}, "# Account plan: a\n\n## 1", "| Signal |"},
		{"a snapshot with one", kam.Plan{Account: "a", Overview: kam.Overview{Snapshot: &kam.Assessment{Name: "Acme"}}}, "# Account plan: Acme (a)\n", "| Signal |"},
		{
			"what the snapshot does not know",
			kam.Plan{Overview: kam.Overview{Snapshot: &kam.Assessment{
				AsOf: asOf, Policy: kam.PolicyRef{Name: "p", Digest: "d"}, Placement: kam.Placement{Cell: kam.CellKey, Firm: true},
				Signals:  kam.Signals{Readings: []kam.Reading{{Signal: kam.SignalContacts}, {Signal: kam.SignalOrders, Value: n}}},
				Strength: kam.Score{Points: n, Range: kam.Range{Worst: kam.Int(4), Best: kam.Int(6)}, Coverage: kam.Int(90)},
			}}},
			"\n### Assessment of 2026-11-24\n\n| Finding | Value | How sure |\n|---|---|---|\n| Stage | Unknown | – |\n| Cell of the grid | Key | firm |\n" +
				"| Attractiveness | – | 0–0, known 0 % |\n| Strength of the relationship | 5 | 4–6, known 90 % |\n| Potential | – | 0–0, known 0 % |\n| Attractiveness, to select accounts | – | 0–0, known 0 % |\n" +
				"\n| Signal | Value |\n|---|---|\n| Orders now | 5 |\n\nPolicy p, SHA-256 d\n", "Contacts",
		},
		{"a contact without a name", kam.Plan{Situation: kam.Situation{Contacts: []kam.KeyContact{{Contact: "c"}, {Contact: "d", Name: "Jo"}}}}, "| c | Unknown | – | – | Unknown |\n| Jo (d) | Unknown | – | – | Unknown |\n", "Strengths"},
		{"no rating", kam.Plan{Competition: kam.Competition{Factors: []kam.ComparedFactor{{Factor: "f"}}}}, "| f | – | – | – |\n", "answers"},
		{"no stance", kam.Plan{Strategy: kam.PlanStrategy{Text: "t"}}, "\nt\n\n## 7", "Stance"},
		{"no reason", kam.Plan{Strategy: kam.PlanStrategy{Stance: kam.StanceHold}}, "\nStance: Hold\n\n## 7", "Why"},
		{"an objective", kam.Plan{Objectives: []kam.Objective{{ID: "o", Current: n, CurrentOn: asOf}, {ID: "p"}}}, "| o | Unknown | – | – | – | – | 5 (2026-11-24) | – | – |\n| p | Unknown | – | – | – | – | – | – | – |\n", "Nothing yet.\n\n## 7"},
		{"resources", kam.Plan{Resources: []kam.Resource{{ID: "r", What: "w"}, {ID: "s", What: "w", Amount: n, Unit: "days", Decided: true}}}, "| r | w | – | – | asked for |\n| s | w | – | 5 days | decided |\n", "Serves"},
		{"forecast", kam.Plan{Forecast: []kam.Forecast{{Amount: *money("7 EUR")}, {From: asOf, To: asOf, Amount: *money("7 EUR"), Probability: new(kam.Int(100))}}}, "|  | 7.00 EUR | – | – |\n| 2026-11-24 – 2026-11-24 | 7.00 EUR | 100 % | 7.00 EUR |\n", "Products"},
		{"partnership", kam.Plan{Partnership: []kam.PartnerRating{{Topic: "t", Ours: n}, {Topic: "u", Ours: n, Theirs: new(kam.Int(7))}}}, "| t | 5 | – | – |\n| u | 5 | 7 | -2 |\n", "Serves"},
		{"reviews", kam.Plan{Reviews: []kam.Review{{On: asOf, By: "Ann"}, {On: asOf, By: "Bob", Version: 1, Decided: []string{"d"}}}}, "\n### 2026-11-24, Ann\n\n### 2026-11-24, Bob, version 1\n\n- d\n", "version 0"},
	} {
		doc := tt.plan.Markdown(kam.English)
		assert.Contains(t, doc, tt.want, tt.reason)
		assert.NotContains(t, doc, tt.unwanted, tt.reason)
	}
}

// A part has the probability of its forecast unless it has its own.
func TestForecastExpected(t *testing.T) {
	seventy, sixty := new(kam.Int(70)), new(kam.Int(60))
	part := func(amount string, p *kam.Number) kam.ForecastPart {
		return kam.ForecastPart{Amount: *money(amount), Probability: p}
	}
	tests := []struct {
		name, reason string
		forecast     kam.Forecast
		want         string
	}{
		{"no parts", "70 % of 1000", kam.Forecast{Amount: *money("1000 EUR"), Probability: seventy}, "700.00 EUR"},
		{"own probability", "60 % of 400 and 70 % of 600", kam.Forecast{Amount: *money("1000 EUR"), Probability: seventy, Parts: []kam.ForecastPart{part("400 EUR", sixty), part("600 EUR", nil)}}, "660.00 EUR"},
		{"rounded to the cent", "70 % of 0.05 is 0.035, half to even", kam.Forecast{Amount: *money("0.05 EUR"), Probability: seventy}, "0.04 EUR"},
		{"no probability", "unknown", kam.Forecast{Amount: *money("1000 EUR")}, "unknown"},
		{"one part without", "unknown", kam.Forecast{Amount: *money("1000 EUR"), Parts: []kam.ForecastPart{part("400 EUR", sixty), part("600 EUR", nil)}}, "unknown"},
		{"for sure", "100 % of 1000", kam.Forecast{Amount: *money("1000 EUR"), Probability: new(kam.Int(100))}, "1000.00 EUR"},
		{"never", "nothing of 1000", kam.Forecast{Amount: *money("1000 EUR"), Probability: new(kam.Int(0))}, "0.00 EUR"},
		{"more than sure", "no probability", kam.Forecast{Amount: *money("1000 EUR"), Probability: new(kam.Dec(1_000_001, 4))}, "unknown"},
		{"less than never", "no probability", kam.Forecast{Amount: *money("1000 EUR"), Probability: new(kam.Dec(-1, 4))}, "unknown"},
		{"a part's own, where the forecast has none", "60 % of 400", kam.Forecast{Amount: *money("400 EUR"), Parts: []kam.ForecastPart{part("400 EUR", sixty)}}, "240.00 EUR"},
		{"more digits than Money holds", "half of it ends in a half", kam.Forecast{Amount: *money("999999999999999999 EUR"), Probability: new(kam.Int(50))}, "unknown"},
		{"parts too small to round", "a hundred halves of a cent", kam.Forecast{Amount: *money("1 EUR"), Probability: new(kam.Int(50)), Parts: slices.Repeat([]kam.ForecastPart{part("0.01 EUR", nil)}, 100)}, "0.50 EUR"},
		{"parts rounded once", "0.03 and 0.005", kam.Forecast{Amount: *money("7 EUR"), Probability: new(kam.Dec(5, 1)), Parts: []kam.ForecastPart{part("6 EUR", nil), part("1 EUR", nil)}}, "0.04 EUR"},
		{"to the even cent", "50 % of 0.05", kam.Forecast{Amount: *money("0.05 EUR"), Probability: new(kam.Int(50))}, "0.02 EUR"},
		{"nothing between two currencies", "it changes nothing", kam.Forecast{Probability: seventy, Parts: []kam.ForecastPart{part("1 EUR", nil), part("0", nil), part("1 USD", nil)}}, "unknown"},
		{"parts in another currency", "no part of it", kam.Forecast{Amount: *money("1 EUR"), Probability: seventy, Parts: []kam.ForecastPart{part("1 USD", nil)}}, "unknown"},
		{"two currencies", "no sum", kam.Forecast{Probability: seventy, Parts: []kam.ForecastPart{part("400 EUR", nil), part("600 USD", nil)}}, "unknown"},
	}
	for _, tt := range tests {
		got := "unknown"
		if m, ok := tt.forecast.Expected(); ok {
			got = m.String()
		}
		assert.Equal(t, tt.want, got, "%s: %s", tt.name, tt.reason)
	}
}

// What is set by hand says so, and is neither firm nor provisional.
func TestPlanMarkdownShowsOverrides(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	a := kam.Account{ID: "x", Judgements: verdicts("need-ended"), Overrides: []kam.Override{{Of: "stage", Value: "strong", By: "Ann", Why: "w", On: back(9), Until: asOf}}}
	p, err := engine.NewPlan(a, asOf, kam.NewDate(2027, 1, 1), kam.NewDate(2027, 12, 31), kam.FiscalYear{})
	require.NoError(t, err)
	assert.Contains(t, p.Markdown(kam.English), "| Stage | Strong | set by hand |")
	assert.Contains(t, p.Markdown(kam.English), "| Cell of the grid | Unknown | – |")
	assert.Contains(t, p.Markdown(kam.Chinese), "人工设定")
}

// What can mean nothing where it stands is not escaped.
func TestHarmlessSigns(t *testing.T) {
	for text, want := range map[string]string{"a -0": "a -0", "a -9": "a -9", "a -:": `a \-\:`, "a >= 5": "a >= 5", "a > 5": "a > 5", "a >5": `a \>5`} {
		assert.Contains(t, kam.Plan{Account: text}.Markdown(kam.English), "Account plan: "+want+"\n", text)
	}
	assert.True(t, kam.StageMove{Why: "\uFFFC"}.NeedsReason(), "an object that is not there says nothing")
	assert.False(t, kam.StageMove{Why: "\uFFFD"}.NeedsReason())
}
