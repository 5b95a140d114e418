package kam_test

import (
	"fmt"
	"os"
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

// Every text and every number that the plan holds is in the document.
func TestPlanMarkdownIsComplete(t *testing.T) {
	doc := strings.ReplaceAll(samplePlan(t, 2).Markdown(kam.English), `\`, "")
	p := samplePlan(t, 2)
	texts := append([]string{p.Account, p.Owner, p.Summary.Purpose, p.Summary.Direction, p.Overview.Text, p.Strategy.Text, p.Overview.Snapshot.Policy.Digest}, p.Team...)
	s := p.Situation
	for _, list := range [][]string{s.Strengths, s.Weaknesses, s.Opportunities, s.Threats, s.Trends, s.Influences, s.Contacts[0].Priorities} {
		texts = append(texts, list...)
	}
	texts = append(texts, s.Contacts[0].Name, s.Contacts[0].Personality)
	for _, x := range p.CustomerObjectives {
		texts = append(texts, x.ID, x.Text)
	}
	for _, x := range p.Value {
		texts = append(texts, x.Offer, x.Worth.String(), x.Text)
	}
	for _, x := range p.Competition.Factors {
		texts = append(texts, x.Factor, x.Rivals[0].Rival)
	}
	for _, x := range p.Competition.Moves {
		texts = append(texts, x.Text)
	}
	for _, x := range p.Competition.Counter {
		texts = append(texts, x.Text)
	}
	for _, x := range p.Objectives {
		texts = append(texts, x.ID, x.Text, x.Due.String())
	}
	for _, x := range p.Issues {
		texts = append(texts, x.Text, x.Owner, x.Due.String())
	}
	for _, x := range p.Resources {
		texts = append(texts, x.What, x.Who, x.Amount.String()+" "+x.Unit)
	}
	for _, x := range p.Actions {
		texts = append(texts, x.Text, x.Owner, x.Due.String(), strings.Join(x.After, ", "))
	}
	for _, x := range p.Forecast {
		texts = append(texts, x.Amount.String(), x.Parts[0].Product, x.Parts[0].Amount.String())
	}
	for _, x := range p.Partnership {
		texts = append(texts, x.Topic)
	}
	for _, x := range p.Reviews {
		texts = append(append(texts, x.By), x.Decided...)
	}
	for _, text := range texts {
		assert.Contains(t, doc, text)
	}
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
