package kam_test

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// The documents of the sample plan, as they were read and found right.
func TestPlanMarkdownGolden(t *testing.T) {
	for _, lang := range []kam.Language{kam.English, kam.Chinese} {
		file := fmt.Sprintf("testdata/plan.%s.md", lang)
		got := samplePlan(t, 2).Markdown(lang)
		if *update {
			require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
		}
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Equal(t, string(want), got)
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
	for _, s := range []string{"| 10 |", "1998-02-03", "28000.00 USD", "57713.575", "1998-09-15"} {
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
	assert.Contains(t, kam.Plan{Strategy: kam.PlanStrategy{Stance: 9}}.Markdown("zh-Hans"), `姿态：Stance(9\)`)
	assert.Contains(t, kam.Plan{Account: "1.5-2 a.b"}.Markdown(kam.English), `Account plan: 1.5-2 a\.b`, "only what could mean something is escaped")
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
