package kam

import (
	"bytes"
	"encoding/json"
	"slices"
)

// Warnings are what may be right in the policy and deserves a look, in document order;
// [Compile] refuses what is wrong. They name rules of stages that no account reaches, since
// one before them holds wherever they do, or since their own clauses exclude each other
// ([CodeNever]); conditions and bands that no value meets, and conditions, cuts and tests that
// every known value meets ([CodeAlways]); factors of no weight, whose answers count for nothing
// ([CodeIdle]); and a policy that is not the built-in one and has its name ([CodeMissing]). The
// built-in policy has none. Rules with lines for numbers are looked at where the stages have no
// margin, which moves lines. Pointers go into [Engine.Policy], where the defaults are filled in.
// The zero Engine is a [CodeMissing].
func (e *Engine) Warnings() Violations {
	if !e.compiled() {
		return noEngine()
	}
	w := policyWarnings{}
	p := e.Policy()
	w.name(e)
	w.scorecard("/selection", &p.Selection)
	w.scorecard("/potential", &p.Potential)
	w.scorecard("/attractiveness", &p.Attractiveness)
	w.scorecard("/strength", &p.Strength)
	w.stage("/stage", &p.Stage)
	w.lowest("/grid/attractivenessCut", p.Grid.AttractivenessCut)
	w.lowest("/grid/strengthCut", p.Grid.StrengthCut)
	w.lowest("/portfolio/key/potential", p.Portfolio.Key.Potential)
	for i := range p.Risks.Custom {
		at, c := place("/risks/custom").index(i), &p.Risks.Custom[i]
		w.condition(at.key("atRisk"), &c.AtRisk)
		if c.Watch != nil {
			w.condition(at.key("watch"), c.Watch)
		}
	}
	if p.Risks.Index != nil {
		w.scorecard("/risks/index", p.Risks.Index)
	}
	w.scorecard("/plan", &p.Plan)
	return w.found
}

// policyWarnings walks a policy that is not wrong, in document order.
type policyWarnings struct{ report }

// name warns of another policy under the built-in one's name, which assessments carry.
func (w *policyWarnings) name(e *Engine) {
	builtIn := DefaultPolicy()
	if e.ref.Name != builtIn.Name || e.ref.Version != builtIn.Version {
		return
	}
	if data, err := json.Marshal(builtIn); err != nil || !bytes.Equal(data, e.json) {
		w.add("/name", CodeMissing, e.ref.Name+" "+e.ref.Version, "a name of its own")
	}
}

// lowest warns of a line at the lower end of what is held against it.
func (w *policyWarnings) lowest(at place, line *Number) {
	if line.units == 0 {
		w.add(at, CodeAlways, line.String(), "> 0")
	}
}

func (w *policyWarnings) scorecard(at place, s *Scorecard) { w.factors(at.key("factors"), s.Factors) }

func (w *policyWarnings) factors(at place, fs []Factor) {
	for i := range fs {
		at, f := at.index(i), &fs[i]
		if f.Weight.units == 0 {
			w.add(at.key("weight"), CodeIdle, f.Weight.String(), "> 0")
		}
		for j, b := range f.Bands {
			w.condition(at.key("bands").index(j), &Condition{Evidence: Evidence(f.Signal), AtLeast: b.From, Below: b.To})
		}
		w.factors(at.key("questions"), f.Questions)
	}
}

func (w *policyWarnings) stage(at place, s *StageRules) {
	at = at.key("rules")
	rules := s.Rules
	if len(rules) == 0 { // every stage would be unknown
		w.add(at, CodeMissing, "", ">= 1")
	}
	for i := range rules {
		at, rule := at.index(i), &rules[i]
		if s.Margin.units > 0 && rule.bounded() { // the margin moves its lines where its stage stands
			continue
		}
		for j := range rules[:i] {
			if before := &rules[j]; rule.within(before) {
				w.add(at, CodeNever, rule.ID, "before "+before.ID)
				break
			}
		}
		for j := range rule.All {
			at, clause := at.key("all").index(j).key("any"), &rule.All[j]
			for k := range clause.Any {
				w.condition(at.index(k), &clause.Any[k])
			}
			for k := range rule.All[:j] {
				if before := &rule.All[k]; clause.excludes(before) {
					w.add(at, CodeNever, clause.Any[0].String(), "not with "+before.Any[0].String())
					break
				}
			}
		}
	}
}

// bounded reports a rule that has a line for a number.
func (s *StageRule) bounded() bool {
	return slices.ContainsFunc(s.All, func(c Clause) bool {
		return slices.ContainsFunc(c.Any, func(c Condition) bool { return c.Is == VerdictUnknown })
	})
}

// within reports a rule that holds only where the other one does.
func (s *StageRule) within(other *StageRule) bool {
	for i := range other.All {
		implied := false
		for j := range s.All {
			implied = implied || s.All[j].within(&other.All[i])
		}
		if !implied {
			return false
		}
	}
	return true
}

// within reports a clause that holds only where the other one does.
func (c *Clause) within(other *Clause) bool {
	for i := range c.Any {
		implied := false
		for j := range other.Any {
			implied = implied || c.Any[i].within(&other.Any[j])
		}
		if !implied {
			return false
		}
	}
	return true
}

// excludes reports two clauses that never hold together.
func (c *Clause) excludes(other *Clause) bool {
	for i := range c.Any {
		for j := range other.Any {
			if !c.Any[i].excludes(&other.Any[j]) {
				return false
			}
		}
	}
	return true
}

// excludes reports two conditions that never hold together.
func (c *Condition) excludes(other *Condition) bool {
	if c.Evidence != other.Evidence {
		return false
	}
	return c.Is != other.Is || c.above(other.Below) || other.above(c.Below)
}

// above reports a condition that nothing below the line meets.
func (c *Condition) above(line *Number) bool {
	return line != nil && c.AtLeast != nil && c.AtLeast.Cmp(*line) >= 0
}

// condition warns of one that every value of its evidence meets, or none.
func (w *policyWarnings) condition(at place, c *Condition) {
	least, most := c.Evidence.limits()
	switch {
	case c.Is != VerdictUnknown:
	case most != nil && c.AtLeast != nil && c.AtLeast.Cmp(*most) > 0, least != nil && c.Below != nil && c.Below.Cmp(*least) <= 0:
		w.add(at, CodeNever, c.String(), rangeText(least, most))
	case (c.AtLeast == nil || least != nil && c.AtLeast.Cmp(*least) <= 0) && (c.Below == nil || most != nil && c.Below.Cmp(*most) > 0):
		w.add(at, CodeAlways, c.String(), rangeText(least, most))
	}
}

// rangeText is "0..100", or ">= 0" where there is no most.
func rangeText(least, most *Number) string {
	if most == nil {
		return ">= " + least.String()
	}
	return least.String() + ".." + most.String()
}

// limits are the least and the most that a number can be, where there are such.
func (e Evidence) limits() (least, most *Number) {
	switch Signal(e) {
	case Signal(EvidenceStrength), SignalWalletShare, SignalSilenceChance, SignalNoOrderChance, SignalOnTime:
		return new(Int(0)), new(Int(100))
	case SignalSingleThreaded:
		return new(Int(0)), new(Int(1))
	case SignalLevels:
		return new(Int(0)), new(Int(len(levelWords) - 1))
	case SignalOurRevenueShare, SignalOrders, SignalDaysSinceOrder, SignalOrderInterval, SignalOrderDelay, SignalProductLines,
		SignalComplaintRate, SignalReturnRate, SignalContacts, SignalDepartments, SignalDeciders, SignalDecidersMet:
		return new(Int(0)), nil
	}
	return nil, nil
}
