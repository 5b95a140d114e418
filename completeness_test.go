package kam_test

import (
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/cmd/kam/northwind"
)

// samplePlan is the worked plan of the sample portfolio.
func samplePlan(tb testing.TB, version int) kam.Plan {
	p, err := northwind.Plan(version)
	require.NoError(tb, err)
	return p
}

func compiled(tb testing.TB, p kam.Policy) *kam.Engine {
	engine, err := kam.Compile(p)
	require.NoError(tb, err)
	return engine
}

func itemIDs(items []kam.PlanItem) []string {
	var ids []string
	for _, x := range items {
		ids = append(ids, x.ID)
	}
	return ids
}

// Each item goes missing by one change, alone, and takes its weight with it:
// the section's weight times the item's share of it, as the scorecard says.
func TestEachItemOfAPlan(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	tests := []struct {
		item   string
		weight string // section weight × share, by hand
		change func(*kam.Plan)
	}{
		{"purpose", "2.5", func(p *kam.Plan) { p.Summary.Purpose = "" }},
		{"direction", "2.5", func(p *kam.Plan) { p.Summary.Direction = "" }},
		{"snapshot", "6", func(p *kam.Plan) { p.Overview.Snapshot = nil }},
		{"background", "4", func(p *kam.Plan) { p.Overview.Text = "" }},
		{"strengths", "2.25", func(p *kam.Plan) { p.Situation.Strengths = nil }},
		{"weaknesses", "2.25", func(p *kam.Plan) { p.Situation.Weaknesses = nil }},
		{"opportunities", "2.25", func(p *kam.Plan) { p.Situation.Opportunities = nil }},
		{"threats", "2.25", func(p *kam.Plan) { p.Situation.Threats = nil }},
		{"trends", "1.5", func(p *kam.Plan) { p.Situation.Trends = nil }},
		{"influences", "1.5", func(p *kam.Plan) { p.Situation.Influences = nil }},
		{"contact-profiles", "1.5", func(p *kam.Plan) { p.Situation.Contacts[0].Stance = kam.AttitudeUnknown }},
		{"contact-profiles", "1.5", func(p *kam.Plan) { p.Situation.Contacts[0].Authority = kam.GradeUnknown }},
		{"contact-profiles", "1.5", func(p *kam.Plan) { p.Situation.Contacts[0].Personality = "" }},
		{"contact-profiles", "1.5", func(p *kam.Plan) { p.Situation.Contacts[0].Priorities = nil }},
		{"value-proposition", "6", func(p *kam.Plan) { p.Value[0].Objective = p.Value[1].Objective }},
		{"value-worth", "3", func(p *kam.Plan) { p.Value[0].Worth = nil }},
		{"comparison", "6", func(p *kam.Plan) { p.Competition.Factors[1].Rivals = nil }},
		{"comparison", "6", func(p *kam.Plan) { p.Competition.Factors[1].Ours = nil }},
		{"counter-moves", "4.5", func(p *kam.Plan) { p.Competition.Counter = p.Competition.Counter[:1] }},
		{"overall-strategy", "4.5", func(p *kam.Plan) { p.Strategy.Text = "" }},
		{"overall-strategy", "4.5", func(p *kam.Plan) { p.Strategy.Stance = kam.StanceUnknown }},
		{"business-objective", "2.25", func(p *kam.Plan) { p.Objectives[2].Purpose = kam.PurposePosition }},
		{"position-objective", "2.25", func(p *kam.Plan) {
			p.Objectives[0].Purpose, p.Objectives[1].Purpose = kam.PurposeBusiness, kam.PurposeBusiness
		}},
		{"measured-objectives", "3", func(p *kam.Plan) { p.Objectives[2].CurrentOn = kam.Date{} }},
		{"measured-objectives", "3", func(p *kam.Plan) { p.Objectives[1].Target = nil }},
		{"measured-objectives", "3", func(p *kam.Plan) { p.Objectives[1].Baseline = nil }},
		{"measured-objectives", "3", func(p *kam.Plan) { p.Objectives[1].Current = nil }},
		{"measured-objectives", "3", func(p *kam.Plan) { // none is quantitative
			for i := range p.Objectives {
				p.Objectives[i] = kam.Objective{ID: p.Objectives[i].ID, Purpose: p.Objectives[i].Purpose, Text: "t"}
			}
		}},
		{"strengths", "2.25", func(p *kam.Plan) { p.Situation.Strengths[0] = " " }},
		{"purpose", "2.5", func(p *kam.Plan) { p.Summary.Purpose = "\t" }},
		{"revenue-forecast", "2", func(p *kam.Plan) { p.Forecast[3].To = p.Forecast[3].To.AddDays(-1) }},
		{"value-proposition", "6", func(p *kam.Plan) { p.Value[2].Objective = "" }},
		{"value-proposition", "6", func(p *kam.Plan) { p.Value[2].Offer = " " }},
		{"rival-moves", "4.5", func(p *kam.Plan) { p.Competition.Moves[0].Text = "" }},
		{"counter-moves", "4.5", func(p *kam.Plan) { p.Competition.Counter[0].Text = "\u200b" }},
		{"strategic-issues", "3", func(p *kam.Plan) { p.Issues[0].Owner = "" }},
		{"strategic-issues", "3", func(p *kam.Plan) { p.Issues[1].Due = kam.Date{} }},
		{"resource-decisions", "2.5", func(p *kam.Plan) { p.Resources[0].Decided = false }},
		{"actions-owned", "3", func(p *kam.Plan) { p.Actions[3].Owner = "" }},
		{"actions-owned", "3", func(p *kam.Plan) { p.Actions[3].Due = kam.Date{} }},
		{"objectives-served", "3", func(p *kam.Plan) {
			for i := range p.Actions {
				if p.Actions[i].Objective == "departments" {
					p.Actions[i].State = kam.ActionDropped
				}
			}
		}},
		{"product-forecast", "2", func(p *kam.Plan) { p.Forecast[0].Parts = nil }},
		{"probability", "1", func(p *kam.Plan) { p.Forecast[0].Probability = nil }},
		{"our-view", "2.5", func(p *kam.Plan) { p.Partnership[0].Ours = nil }},
		{"their-view", "2.5", func(p *kam.Plan) { p.Partnership[0].Theirs = nil }},
	}
	seen := map[string]bool{}
	for _, tt := range tests {
		p := samplePlan(t, 2)
		require.Empty(t, engine.Completeness(p).Missing(), "the sample plan has everything")
		tt.change(&p)
		c := engine.Completeness(p)
		assert.Equal(t, []string{tt.item}, itemIDs(c.Missing()))
		weight := decimal.RequireFromString(tt.weight)
		assert.Equal(t, decimal.NewFromInt(100).Sub(weight).String(), c.Percent.String(), tt.item)
		seen[tt.item] = true
	}
	// These lists can only go missing as a whole, which leaves others undone.
	for _, id := range []string{"key-contacts", "customer-objectives", "resource-needs", "actions"} {
		seen[id] = true
	}
	for _, f := range kam.PlanScorecard().Factors {
		for _, item := range f.Questions {
			assert.True(t, seen[item.ID], item.ID)
		}
	}
}

func TestEmptyPlanIsNotComplete(t *testing.T) {
	c := compiled(t, kam.Policy{}).Completeness(kam.Plan{})
	assert.Equal(t, "0", c.Percent.String())
	var all []string
	for _, f := range kam.PlanScorecard().Factors {
		for _, item := range f.Questions {
			all = append(all, item.ID)
		}
	}
	assert.Equal(t, all, itemIDs(c.Missing()))
	for _, s := range c.Sections {
		assert.Empty(t, s.Done)
		assert.Equal(t, "0", s.Percent.String())
		assert.NotEmpty(t, s.Name.ZH)
	}
}

// Empty things in a plan are not there, and references to nothing serve
// nothing.
func TestEmptyThingsAreNotThere(t *testing.T) {
	empty := kam.Plan{
		Summary: kam.Summary{Purpose: " "}, Situation: kam.Situation{Strengths: []string{""}, Contacts: []kam.KeyContact{{}}},
		CustomerObjectives: []kam.CustomerObjective{{}}, Value: []kam.ValueItem{{}}, Objectives: []kam.Objective{{Purpose: kam.PurposeBusiness}},
		Competition: kam.Competition{Moves: []kam.RivalMove{{}}, Counter: []kam.CounterMove{{}}, Factors: []kam.ComparedFactor{{}}},
		Issues:      []kam.Issue{{}}, Resources: []kam.Resource{{Decided: true}}, Actions: []kam.Action{{}}, Forecast: []kam.Forecast{{}}, Partnership: []kam.PartnerRating{{}},
	}
	c := compiled(t, kam.Policy{}).Completeness(empty)
	var done []string
	for _, s := range c.Sections {
		done = append(done, itemIDs(s.Done)...)
	}
	assert.Empty(t, done)
}

// Whatever is there, the sections' points sum to the percent, the lists
// partition the items, and a thing more never makes a plan less complete.
func TestCompletenessAddsUp(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 11))
	relative := kam.PlanScorecard()
	relative.Relative = true
	for i := range relative.Factors {
		relative.Factors[i].Weight = kam.Int(i + 1)
		for j := range relative.Factors[i].Questions {
			relative.Factors[i].Questions[j].Weight = kam.Int(j + 3)
		}
	}
	for _, engine := range []*kam.Engine{compiled(t, kam.Policy{}), compiled(t, kam.Policy{Plan: relative})} {
		for range 300 {
			p := samplePlan(t, 2)
			before := engine.Completeness(p).Percent
			for _, gone := range []func(){
				func() { p.Summary = kam.Summary{} }, func() { p.Overview = kam.Overview{} }, func() { p.Situation = kam.Situation{} },
				func() { p.CustomerObjectives = nil }, func() { p.Value = nil }, func() { p.Competition.Moves = nil }, func() { p.Competition.Factors = nil },
				func() { p.Objectives = nil }, func() { p.Issues = nil }, func() { p.Resources = nil }, func() { p.Actions = nil }, func() { p.Forecast = nil }, func() { p.Partnership = nil },
			} {
				if rng.IntN(2) == 0 {
					continue
				}
				gone()
				c := engine.Completeness(p)
				sum, items := kam.Number{}.Decimal(), 0
				for _, s := range c.Sections {
					sum = sum.Add(s.Points.Decimal())
					items += len(s.Done) + len(s.Missing)
					if len(s.Missing) == 0 {
						assert.Equal(t, "100", s.Percent.String())
					}
				}
				require.True(t, sum.Equal(c.Percent.Decimal()), "%s is not %s", sum, c.Percent)
				require.Equal(t, 33, items)
				require.LessOrEqual(t, c.Percent.Cmp(before), 0)
				before = c.Percent
			}
		}
	}
}

func TestPlanScorecardOfThePolicy(t *testing.T) {
	card := kam.PlanScorecard()
	require.NoError(t, card.Drop("partnership"))
	require.NoError(t, card.Normalize())
	p := samplePlan(t, 2)
	p.Partnership = nil
	assert.Equal(t, "100", compiled(t, kam.Policy{Plan: card}).Completeness(p).Percent.String(), "what is dropped is not asked for")

	flat := kam.Scorecard{ID: "plan", Relative: true, Factors: []kam.Factor{{ID: "actions", Weight: kam.Int(1)}, {ID: "purpose", Weight: kam.Int(2)}}}
	c := compiled(t, kam.Policy{Plan: flat}).Completeness(kam.Plan{Summary: kam.Summary{Purpose: "x"}})
	assert.Equal(t, "66.6667", c.Percent.String(), "two parts of three")
	assert.Equal(t, []string{"actions"}, itemIDs(c.Missing()))

	flat.Factors[0] = kam.Factor{ID: "action", Weight: kam.Int(1)}
	flat.Factors[1].LowerIsBetter = true
	_, err := kam.Compile(kam.Policy{Plan: flat})
	assert.Equal(t, []string{"/plan/factors/0/id unknown action|actions, actions-owned", "/plan/factors/1/lowerIsBetter range true|false"}, found(err))
}

// One of a thing is enough, and a forecast of a plan without days covers
// nothing.
func TestOneIsEnough(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	p := samplePlan(t, 2)
	p.Competition.Factors[0].Rivals = p.Competition.Factors[0].Rivals[:1]
	p.Forecast[0].Parts = p.Forecast[0].Parts[:1]
	assert.Empty(t, engine.Completeness(p).Missing())
	missing := func(p kam.Plan) []string { return itemIDs(engine.Completeness(p).Missing()) }
	assert.NotContains(t, missing(goodPlan(t)), "revenue-forecast", "one for the whole of the plan")
	assert.Contains(t, missing(kam.Plan{To: asOf}), "revenue-forecast", "a plan that begins on no day has no gap, and no forecast")
	assert.Contains(t, missing(kam.Plan{From: asOf, Forecast: []kam.Forecast{{From: asOf, To: asOf}}}), "revenue-forecast", "nor one that ends on none")
	assert.Contains(t, missing(kam.Plan{To: asOf, Forecast: []kam.Forecast{{From: asOf, To: asOf}}}), "revenue-forecast", "nor, with a forecast, one that begins on none")
	assert.Contains(t, missing(kam.Plan{From: asOf, To: asOf.AddDays(-1), Forecast: []kam.Forecast{{From: asOf, To: asOf}}}), "revenue-forecast", "nor one that ends before it begins")
	assert.Contains(t, missing(kam.Plan{From: asOf, To: asOf, Forecast: []kam.Forecast{{To: asOf}}}), "revenue-forecast", "a forecast since nobody knows when covers no day")
	assert.NotContains(t, missing(kam.Plan{From: asOf, To: asOf, Forecast: []kam.Forecast{{From: asOf, To: asOf}}}), "revenue-forecast", "a plan of a day")
	dropped := kam.Action{ID: "a", Text: "t", Owner: "Ann", Due: asOf, State: kam.ActionDropped}
	assert.Subset(t, missing(kam.Plan{Actions: []kam.Action{dropped}}), []string{"actions", "actions-owned"}, "what was dropped is no action")
	open := dropped
	open.State, dropped.Owner, dropped.Text = kam.ActionOpen, "", ""
	got := missing(kam.Plan{Actions: []kam.Action{open, dropped}})
	assert.NotContains(t, got, "actions")
	assert.NotContains(t, got, "actions-owned", "whatever a dropped one lacks")
	measured := kam.Objective{ID: "o", Unit: "%", Baseline: new(kam.Int(1)), Target: new(kam.Int(2)), Current: new(kam.Int(1)), CurrentOn: asOf}
	assert.Contains(t, missing(kam.Plan{Objectives: []kam.Objective{measured}}), "measured-objectives", "it is due on no day")
	measured.Due = asOf
	assert.NotContains(t, missing(kam.Plan{Objectives: []kam.Objective{measured}}), "measured-objectives")
}

// The percent of a section is by the weights of its items.
func TestPercentOfASection(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	p := samplePlan(t, 2)
	p.Situation.Strengths, p.Situation.Trends, p.Overview.Snapshot = nil, nil, nil
	for _, s := range engine.Completeness(p).Sections {
		want := map[string]string{"situation": "75 11.25", "overview": "40 4"}[s.Section] // 100 − 15 − 10 of 15, 100 − 60 of 10
		if want != "" {
			assert.Equal(t, want, s.Percent.String()+" "+s.Points.String(), s.Section)
		} else {
			assert.Equal(t, "100", s.Percent.String(), s.Section)
		}
	}
	_, err := kam.Compile(kam.Policy{Plan: kam.Scorecard{ID: "plan", Factors: []kam.Factor{{
		ID: "section", Weight: kam.Int(100), Questions: []kam.Factor{{ID: "actions", Weight: kam.Int(50)}, {ID: "purposes", Weight: kam.Int(50), LowerIsBetter: true}},
	}}}})
	assert.Equal(t, []string{"/plan/factors/0/questions/1/id unknown purposes|purpose", "/plan/factors/0/questions/1/lowerIsBetter range true|false"}, found(err), "of a section the items alone are known")
}

// A section that weighs nothing is asked for and listed, and counts nothing.
func TestSectionOfNoWeight(t *testing.T) {
	card := kam.Scorecard{ID: "plan", Factors: []kam.Factor{{ID: "actions", Weight: kam.Int(0)}, {ID: "purpose", Weight: kam.Int(100)}}}
	engine := compiled(t, kam.Policy{Plan: card})
	c := engine.Completeness(kam.Plan{Summary: kam.Summary{Purpose: "x"}})
	assert.Equal(t, "100 0 0", c.Percent.String()+" "+c.Sections[0].Percent.String()+" "+c.Sections[0].Points.String())
	assert.Equal(t, []string{"actions"}, itemIDs(c.Sections[0].Missing))
	c = engine.Completeness(kam.Plan{Actions: []kam.Action{{ID: "a", Text: "t"}}})
	assert.Equal(t, "0 100 0", c.Percent.String()+" "+c.Sections[0].Percent.String()+" "+c.Sections[0].Points.String())

	_, err := kam.Compile(kam.Policy{Plan: kam.Scorecard{ID: "plan", Factors: []kam.Factor{{ID: "action", Weight: kam.Int(99)}}}})
	assert.Equal(t, []string{"/plan/factors weight-sum 99|100"}, found(err), "the items of a scorecard that does not compile are not looked at")
}
