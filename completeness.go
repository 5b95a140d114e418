package kam

import (
	"math/big"
	"slices"

	"github.com/kam-go/kam/internal/alike"
)

// PlanScorecard returns the built-in scorecard for the completeness of an
// account plan: the sections of the plan, each with what it should hold (S11).
// Its ratings are read from the plan: 10 where the thing is there, and 0 where
// it is not. Each call returns a new one, to change as you like; what is
// dropped is not asked for.
func PlanScorecard() Scorecard {
	section := func(id string, weight int, en, zh string, items ...Factor) Factor {
		return Factor{ID: id, Name: Text{en, zh}, Weight: Int(weight), Questions: items}
	}
	return Scorecard{
		ID:     "plan",
		Name:   Text{"Account plan", "客户计划"},
		Source: "S11",
		Factors: []Factor{
			section(
				"summary", 5, "Executive summary", "执行摘要",
				question("purpose", 50, "Purpose of the plan", "计划的目的"),
				question("direction", 50, "Direction to take", "前进方向"),
			),
			section(
				"overview", 10, "Account overview", "客户概况",
				question("snapshot", 60, "Assessment of the account", "客户评估"),
				question("background", 40, "Background of the account", "客户背景"),
			),
			section(
				"situation", 15, "Situation", "形势概览",
				question("strengths", 15, "Our strengths", "我们的优势"),
				question("weaknesses", 15, "Our weaknesses", "我们的劣势"),
				question("opportunities", 15, "Opportunities", "机会"),
				question("threats", 15, "Threats", "威胁"),
				question("trends", 10, "Trends", "趋势"),
				question("influences", 10, "Outside influences", "外部影响"),
				question("key-contacts", 10, "Key contacts", "关键联系人"),
				question("contact-profiles", 10, "Authority, personality, priorities and stance of each key contact", "每位关键联系人的权限、个性、优先事项和立场"),
			),
			section(
				"customer", 15, "Customer value proposition", "客户价值主张",
				question("customer-objectives", 40, "Objectives of the customer", "客户的目标"),
				question("value-proposition", 40, "An offer of ours for each of the customer's objectives", "针对客户每项目标的方案"),
				question("value-worth", 20, "What each offer is worth to the customer", "每个方案对客户的价值"),
			),
			section(
				"competition", 15, "Competition", "竞争",
				question("comparison", 40, "Comparison with the rivals", "与竞争对手的比较"),
				question("rival-moves", 30, "Moves expected of the rivals", "预计的竞争对手举动"),
				question("counter-moves", 30, "An answer to each of these moves", "对每个举动的应对"),
			),
			section(
				"strategy", 15, "Strategy", "战略",
				question("overall-strategy", 30, "Overall strategy and stance", "总体战略和投入策略"),
				question("position-objective", 15, "An objective for our position", "针对竞争地位的目标"),
				question("business-objective", 15, "An objective for the business", "针对业务潜力的目标"),
				question("measured-objectives", 20, "Objectives with baseline, target, current value and day", "有基线、目标值、当前值和日期的目标"),
				question("strategic-issues", 20, "Key strategic issues with owner and day", "有负责人和日期的关键战略问题"),
			),
			section(
				"resources", 5, "Resources", "资源",
				question("resource-needs", 50, "Resources needed", "所需资源"),
				question("resource-decisions", 50, "A decision on each resource", "对每项资源的决定"),
			),
			section(
				"tactics", 10, "Tactics", "战术",
				question("actions", 40, "Actions", "行动"),
				question("actions-owned", 30, "Owner and day of each action", "每项行动的负责人和日期"),
				question("objectives-served", 30, "An action for each objective", "每项目标都有行动"),
			),
			section(
				"forecast", 5, "Forecast", "预测",
				question("revenue-forecast", 40, "Revenue by period, for the whole of the plan", "覆盖整个计划期间的分期收入"),
				question("product-forecast", 40, "Products and services of each period", "每期的产品和服务"),
				question("probability", 20, "Probability of each period", "每期的概率"),
			),
			section(
				"partnership", 5, "Partnership", "伙伴关系",
				question("our-view", 50, "How we rate the partnership", "我们对伙伴关系的评价"),
				question("their-view", 50, "How the customer rates it", "客户对伙伴关系的评价"),
			),
		},
	}
}

// planItems says of each thing that a plan should hold in which phase of the
// process it is found or decided (S12), and whether it is there.
var planItems = map[string]struct {
	phase Phase
	there func(p *Plan) bool
}{
	"purpose":       {PhaseStrategy, func(p *Plan) bool { return said(p.Summary.Purpose) }},
	"direction":     {PhaseStrategy, func(p *Plan) bool { return said(p.Summary.Direction) }},
	"snapshot":      {PhaseResearch, func(p *Plan) bool { return p.Overview.Snapshot != nil }},
	"background":    {PhaseResearch, func(p *Plan) bool { return said(p.Overview.Text) }},
	"strengths":     {PhaseAnalysis, func(p *Plan) bool { return said(p.Situation.Strengths...) }},
	"weaknesses":    {PhaseAnalysis, func(p *Plan) bool { return said(p.Situation.Weaknesses...) }},
	"opportunities": {PhaseAnalysis, func(p *Plan) bool { return said(p.Situation.Opportunities...) }},
	"threats":       {PhaseAnalysis, func(p *Plan) bool { return said(p.Situation.Threats...) }},
	"trends":        {PhaseAnalysis, func(p *Plan) bool { return said(p.Situation.Trends...) }},
	"influences":    {PhaseAnalysis, func(p *Plan) bool { return said(p.Situation.Influences...) }},
	"key-contacts": {PhaseResearch, func(p *Plan) bool {
		return each(p.Situation.Contacts, func(k KeyContact) bool { return said(k.Contact) })
	}},
	"contact-profiles": {PhaseAnalysis, func(p *Plan) bool {
		return each(p.Situation.Contacts, func(k KeyContact) bool {
			return k.Authority != GradeUnknown && said(k.Personality) && said(k.Priorities...) && k.Stance != AttitudeUnknown
		})
	}},
	"customer-objectives": {PhaseResearch, func(p *Plan) bool {
		return each(p.CustomerObjectives, func(o CustomerObjective) bool { return said(o.Text) })
	}},
	"value-proposition": {PhaseStrategy, func(p *Plan) bool {
		served := map[string]bool{}
		for _, v := range p.Value {
			served[v.Objective] = served[v.Objective] || !blank(v.Offer)
		}
		return each(p.CustomerObjectives, func(o CustomerObjective) bool { return said(o.ID) && served[o.ID] })
	}},
	"value-worth": {PhaseStrategy, func(p *Plan) bool {
		return each(p.Value, func(v ValueItem) bool { return v.Worth != nil })
	}},
	"comparison": {PhaseAnalysis, func(p *Plan) bool {
		return each(p.Competition.Factors, func(f ComparedFactor) bool { return f.Ours != nil && len(f.Rivals) > 0 })
	}},
	"rival-moves": {PhaseAnalysis, func(p *Plan) bool {
		return each(p.Competition.Moves, func(m RivalMove) bool { return said(m.Text) })
	}},
	"counter-moves": {PhaseStrategy, func(p *Plan) bool {
		answered := map[string]bool{}
		for _, m := range p.Competition.Counter {
			answered[m.Move] = answered[m.Move] || said(m.Text)
		}
		return each(p.Competition.Moves, func(m RivalMove) bool { return said(m.ID) && answered[m.ID] })
	}},
	"overall-strategy":   {PhaseStrategy, func(p *Plan) bool { return said(p.Strategy.Text) && p.Strategy.Stance != StanceUnknown }},
	"position-objective": {PhaseStrategy, func(p *Plan) bool { return p.pursues(PurposePosition) }},
	"business-objective": {PhaseStrategy, func(p *Plan) bool { return p.pursues(PurposeBusiness) }},
	"measured-objectives": {PhaseStrategy, func(p *Plan) bool {
		var measured []Objective
		for _, o := range p.Objectives {
			if o.quantitative() {
				measured = append(measured, o)
			}
		}
		return each(measured, func(o Objective) bool {
			return o.Baseline != nil && o.Target != nil && o.Current != nil && !o.CurrentOn.IsZero() && !o.Due.IsZero()
		})
	}},
	"strategic-issues": {PhaseStrategy, func(p *Plan) bool {
		return each(p.Issues, func(x Issue) bool { return said(x.Text, x.Owner) && !x.Due.IsZero() })
	}},
	"resource-needs": {PhaseTactics, func(p *Plan) bool {
		return each(p.Resources, func(x Resource) bool { return said(x.What) })
	}},
	"resource-decisions": {PhaseTactics, func(p *Plan) bool {
		return each(p.Resources, func(x Resource) bool { return said(x.What) && x.Decided })
	}},
	"actions": {PhaseTactics, func(p *Plan) bool {
		return each(p.kept(), func(a Action) bool { return said(a.Text) })
	}},
	"actions-owned": {PhaseTactics, func(p *Plan) bool {
		return each(p.kept(), func(a Action) bool { return said(a.Owner) && !a.Due.IsZero() })
	}},
	"objectives-served": {PhaseTactics, func(p *Plan) bool {
		served := map[string]bool{}
		for _, a := range p.kept() {
			served[a.Objective] = true
		}
		return each(p.Objectives, func(o Objective) bool { return said(o.ID) && served[o.ID] })
	}},
	"revenue-forecast": {PhaseStrategy, func(p *Plan) bool {
		_, gap := p.forecastGap()
		return !gap && p.From.day > 0 && p.To.Cmp(p.From) >= 0
	}},
	"product-forecast": {PhaseStrategy, func(p *Plan) bool {
		return each(p.Forecast, func(f Forecast) bool { return len(f.Parts) > 0 })
	}},
	"probability": {PhaseStrategy, func(p *Plan) bool {
		return each(p.Forecast, func(f Forecast) bool { _, known := f.Expected(); return known })
	}},
	"our-view": {PhaseAnalysis, func(p *Plan) bool {
		return each(p.Partnership, func(r PartnerRating) bool { return r.Ours != nil })
	}},
	"their-view": {PhaseResearch, func(p *Plan) bool {
		return each(p.Partnership, func(r PartnerRating) bool { return r.Theirs != nil })
	}},
}

// kept are the actions that were not dropped.
func (p *Plan) kept() []Action {
	return slices.DeleteFunc(slices.Clone(p.Actions), func(a Action) bool { return a.State == ActionDropped })
}

// said reports whether there is a text, and none of them is blank.
func said(texts ...string) bool {
	return each(texts, func(s string) bool { return !blank(s) })
}

// each reports whether there is something, and all of it is as it should be.
func each[T any](list []T, ok func(T) bool) bool {
	for _, x := range list {
		if !ok(x) {
			return false
		}
	}
	return len(list) > 0
}

func (p *Plan) pursues(purpose Purpose) bool {
	return slices.ContainsFunc(p.Objectives, func(o Objective) bool { return o.Purpose == purpose && said(o.Text) })
}

// PlanItem is something that a plan or an account should hold: an item of the
// policy's plan scorecard, or one of the four that a [Process] asks of the
// account.
type PlanItem struct {
	ID   string `json:"id"`
	Name Text   `json:"name,omitzero"`
}

// Completeness is how much of a plan is there, with what is missing (S11).
type Completeness struct {
	// Percent is the weighted share of the items that are there, rounded once,
	// half to even, to 4 places. A plan may be complete and wrong: that is for
	// [Plan.Validate] to say.
	Percent Number `json:"percent"`
	// Sections are in the order of the plan.
	Sections []SectionCompleteness `json:"sections"`
}

// SectionCompleteness is how much of one section is there.
type SectionCompleteness struct {
	// Section is the id of the factor in the policy's plan scorecard.
	Section string `json:"section"`
	Name    Text   `json:"name,omitzero"`
	// Percent is the share of the section, and Points what the section adds to
	// the percent of the whole; these sum to it exactly.
	Percent Number     `json:"percent"`
	Points  Number     `json:"points"`
	Done    []PlanItem `json:"done,omitempty"`
	Missing []PlanItem `json:"missing,omitempty"`
}

// Missing lists what is missing in all sections, in the order of the plan.
func (c Completeness) Missing() []PlanItem {
	var out []PlanItem
	for _, s := range c.Sections {
		out = append(out, s.Missing...)
	}
	return out
}

// Completeness says how much of a plan is there, weighted by the policy's plan
// scorecard. To the zero Engine it is empty.
func (e *Engine) Completeness(p Plan) Completeness {
	if !e.compiled() {
		return Completeness{}
	}
	points := map[string]int64{}
	score := e.plan.scoreOf(e.planAnswers(&p))
	for _, c := range score.Contributions {
		if c.Points != nil {
			points[c.Factor] = c.Points.units
		}
	}
	var out Completeness
	if score.Points != nil {
		out.Percent = *score.Points
	}
	for _, f := range e.policy.Plan.Factors {
		items := f.Questions
		if len(items) == 0 {
			items = []Factor{f}
		}
		s := SectionCompleteness{Section: f.ID, Name: f.Name}
		done := new(big.Int)
		for _, item := range items {
			s.Points.units += points[item.ID]
			if planItems[item.ID].there(&p) {
				s.Done = append(s.Done, PlanItem{item.ID, item.Name})
				done.Add(done, big.NewInt(item.Weight.units))
			} else {
				s.Missing = append(s.Missing, PlanItem{item.ID, item.Name})
			}
		}
		if sum := sumWeights(items); sum.Sign() == 0 { // asked for, and counts nothing
			if len(s.Done) > 0 { // it is the only item
				s.Percent = Int(100)
			}
		} else {
			share := new(big.Rat).SetFrac(done.Mul(done, big.NewInt(100*numberOne)), sum)
			s.Percent = Number{roundRat(share)}
		}
		out.Sections = append(out.Sections, s)
	}
	return out
}

// planAnswers rates each item of the plan scorecard by whether it is there.
func (e *Engine) planAnswers(p *Plan) Answers {
	answers := Answers{}
	for _, l := range e.plan.leaves {
		rating := l.scale.Lo
		if planItems[l.id].there(p) {
			rating = l.scale.Hi
		}
		answers[l.id] = Rated(rating)
	}
	return answers
}

// compilePlan compiles the plan scorecard, whose items must be known here.
func (p *Policy) compilePlan(r *report, at place) *Scorer {
	sc := p.Plan.compile(r, at)
	if sc == nil {
		return nil
	}
	var known []string
	for id := range sorted(planItems) {
		known = append(known, id)
	}
	check := func(at place, f *Factor) {
		if _, ok := planItems[f.ID]; !ok {
			r.add(at.key("id"), CodeUnknown, f.ID, alike.Nearest(f.ID, known))
		}
		if f.LowerIsBetter {
			r.add(at.key("lowerIsBetter"), CodeRange, "true", "false")
		}
	}
	for i := range p.Plan.Factors {
		f := &p.Plan.Factors[i]
		at := at.key("factors").index(i)
		for j := range f.Questions {
			check(at.key("questions").index(j), &f.Questions[j])
		}
		if len(f.Questions) == 0 {
			check(at, f)
		}
	}
	return sc
}
