package kam

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// AssessmentDiff is what changed between two assessments of an account, with what
// changed it. What stayed as it was is left out.
type AssessmentDiff struct {
	Account string `json:"account"`
	// Name is the account's of the later one.
	Name   string `json:"name,omitzero"`
	AsOf   Date   `json:"asOf"`
	Before Date   `json:"before"`
	// OtherPolicy says that the two were made by different policies or models, or with checks in
	// code of other ids, so that a change may be one of the rules and not of the account.
	OtherPolicy bool `json:"otherPolicy,omitzero"`
	// Policy and PolicyBefore name the two policies where they differ.
	Policy       PolicyRef `json:"policy,omitzero"`
	PolicyBefore PolicyRef `json:"policyBefore,omitzero"`
	// Scores are in the order of the assessment: selection, potential, attractiveness
	// and strength. Where another policy has another scorecard in a place, there are two: the one
	// that is gone, without points now, and the new one, without points before.
	Scores []ScoreDiff `json:"scores,omitempty"`
	// Stage and Cell are nil where they stayed, and as firm as before. Like the scores they
	// are the computed ones: overrides take no part.
	Stage *StageDiff `json:"stage,omitzero"`
	Cell  *CellDiff  `json:"cell,omitzero"`
	// Risks are the findings that are new, of a check that did not run before, worse, better, gone,
	// out of sight or no longer looked for, as [CompareRisks] has them.
	Risks []RiskChange `json:"risks,omitempty"`
	// Signals are the readings that changed, attributes of the caller's own among them, and
	// all amounts where they are in another currency.
	Signals []SignalDiff `json:"signals,omitempty"`
}

// Unchanged reports whether scores, stage, cell and risks are as they were: readings alone may
// differ, as some do each day and others with each month that closes, and overrides take no part.
func (d AssessmentDiff) Unchanged() bool {
	return len(d.Scores)+len(d.Risks) == 0 && d.Stage == nil && d.Cell == nil
}

// ScoreDiff is the change of one score.
type ScoreDiff struct {
	Scorecard string `json:"scorecard"`
	// Before and After are the points, and By how many more they are now; nil is unknown.
	Before *Number `json:"before,omitzero"`
	After  *Number `json:"after,omitzero"`
	By     *Number `json:"by,omitzero"`
	// CoverageBefore and CoverageAfter say how much was answered, in percent of the weight.
	CoverageBefore Number `json:"coverageBefore"`
	CoverageAfter  Number `json:"coverageAfter"`
	// Factors are those that were rated otherwise or add other points, in the order of the
	// scorecard, those that it no longer has last. What they add sums to By exactly.
	Factors []FactorDiff `json:"factors,omitempty"`
}

// FactorDiff is the change of what a factor adds to a score. A factor that was not rated
// otherwise adds other points where others were answered or no longer are, and under
// the weights of another policy.
type FactorDiff struct {
	// Factor is its id; [Engine.Label] of scorecard/factor has its name.
	Factor string `json:"factor"`
	// Before and After are the ratings; nil is not answered, or not asked by the policy.
	Before *Number `json:"before,omitzero"`
	After  *Number `json:"after,omitzero"`
	// By is how many points more it adds now; nil where a score has no points.
	By *Number `json:"by,omitzero"`
	// WeightBefore and WeightAfter are the shares of the scorecard, in percent, where it was rated
	// both times and another policy weighs it otherwise.
	WeightBefore *Number `json:"weightBefore,omitzero"`
	WeightAfter  *Number `json:"weightAfter,omitzero"`
}

// StageDiff is the change of the stage that stands, or of how firm it is.
type StageDiff struct {
	Before     Stage `json:"before"`
	After      Stage `json:"after"`
	FirmBefore bool  `json:"firmBefore"`
	FirmAfter  bool  `json:"firmAfter"`
	// HeldBefore and HeldAfter say that the margin or the reviews keep the stage, and the evidence
	// suggests another.
	HeldBefore bool `json:"heldBefore,omitzero"`
	HeldAfter  bool `json:"heldAfter,omitzero"`
	// RuleBefore and RuleAfter are the ids of the rules that held.
	RuleBefore string `json:"ruleBefore,omitzero"`
	RuleAfter  string `json:"ruleAfter,omitzero"`
	// Evidence is that of the rule that held before and of the one that holds now, where
	// it is not the same.
	Evidence []EvidenceDiff `json:"evidence,omitempty"`
}

// EvidenceDiff is evidence with the value that it had and has, as [Finding].Value has
// them; "" where it was not looked at.
type EvidenceDiff struct {
	Evidence Evidence `json:"evidence"`
	Before   string   `json:"before,omitzero"`
	After    string   `json:"after,omitzero"`
	// LineBefore and LineAfter are what a number was held against, as "strength >= 70", where that
	// is not the same: where another policy has another line, or another rule looked at it.
	LineBefore string `json:"lineBefore,omitzero"`
	LineAfter  string `json:"lineAfter,omitzero"`
	// Name is as in a [Finding].
	Name Text `json:"name,omitzero"`
}

// In returns the change in words, on one line: "We sell to them: no → yes", with "not a reason"
// where it was not looked at, and in parentheses the lines where these are not the same.
func (e EvidenceDiff) In(lang Language) string {
	return changed(lang, cmp.Or(e.Name, e.Evidence.Label()), e.valueIn(lang, e.Before, e.LineBefore), e.valueIn(lang, e.After, e.LineAfter))
}

func (e EvidenceDiff) valueIn(lang Language, value, line string) string {
	if value == "" {
		return Text{"not a reason", "不作为依据"}.In(lang)
	}
	f := Finding{Evidence: e.Evidence, Value: value, Condition: line}
	if e.Name != (Text{}) && line == "" { // of a judgement of one's own
		f.Condition = "is yes"
	}
	text := f.valueIn(lang, value)
	if line != "" {
		text += aside(lang, f.conditionIn(lang))
	}
	return text
}

// changed is what a value was and is, in words; a dash stands for none.
func changed(lang Language, name Text, before, after string) string {
	return shown(name.In(lang) + Text{": ", "："}.In(lang) + dash(before) + " → " + dash(after))
}

// CellDiff is the change of the cell, or of how firm it is.
type CellDiff struct {
	Before     Cell `json:"before"`
	After      Cell `json:"after"`
	FirmBefore bool `json:"firmBefore"`
	FirmAfter  bool `json:"firmAfter"`
	// HeldBefore and HeldAfter say that the margin or the reviews keep the cell, where the scores
	// would have it in another.
	HeldBefore bool `json:"heldBefore,omitzero"`
	HeldAfter  bool `json:"heldAfter,omitzero"`
	// Attractiveness and Strength are how far each score is above its cut: what moved the cell, be it
	// the score or, by another policy, the cut.
	Attractiveness CutDiff `json:"attractiveness"`
	Strength       CutDiff `json:"strength"`
}

// CutDiff is how many points a score was and is above the cut of the grid, below it negative; nil
// where it has no points.
type CutDiff struct {
	Before *Number `json:"before,omitzero"`
	After  *Number `json:"after,omitzero"`
}

// SignalDiff is the change of a reading; nil is unknown. By is how much more it is
// now, nil also where the two are amounts in two currencies, or it is beyond a [Number].
type SignalDiff struct {
	Signal Signal `json:"signal"`
	// Name is as in a [Reading].
	Name   Text    `json:"name,omitzero"`
	Before *Number `json:"before,omitzero"`
	After  *Number `json:"after,omitzero"`
	By     *Number `json:"by,omitzero"`
	// CurrencyBefore and CurrencyAfter are those of amounts.
	CurrencyBefore string `json:"currencyBefore,omitzero"`
	CurrencyAfter  string `json:"currencyAfter,omitzero"`
}

// In returns the change in words, on one line: "Orders now: 4 → 7".
func (s SignalDiff) In(lang Language) string {
	before, after := Reading{Signal: s.Signal, Name: s.Name, Value: s.Before}, Reading{Signal: s.Signal, Value: s.After}
	return changed(lang, before.label(), before.shown(s.CurrencyBefore), after.shown(s.CurrencyAfter))
}

// Diff returns what changed since an earlier assessment of the account. One of another
// account is a [CodeUnknown], one of a later day a [CodeOrder], and one
// without a day a [CodeMissing]; two of one day show what another policy, or a mended account, makes
// of it. In one that was not made by an [Engine] a reading or a factor
// that comes twice is a [CodeDuplicate]. An assessment that was kept as JSON ([Decode]) does as well
// as the one that was made; of an account of today an assessment as of an earlier day does not know
// an answer that was replaced since.
//
// Not compared are Strategic, Strategy, the index of the risks, the stages that are possible where
// the stage is as firm as it was, and what people recorded or set by hand; [Portfolio.Diff] goes by
// what is in force.
func (a Assessment) Diff(before Assessment) (AssessmentDiff, error) {
	var r report
	if a.Account != before.Account {
		r.add("/account", CodeUnknown, clip(before.Account), clip(a.Account))
	}
	r.day("/asOf", before.AsOf)
	if before.AsOf.Cmp(a.AsOf) > 0 {
		r.add("/asOf", CodeOrder, a.AsOf.String(), ">= "+before.AsOf.String())
	}
	r.enterKey("", "before")
	before.once(&r)
	r.leave()
	a.once(&r)
	if err := r.found.Err(); err != nil {
		return AssessmentDiff{}, fmt.Errorf("kam: compare assessments: %w", err)
	}
	step := riskSteps([]*Assessment{&before, &a})[0]
	d := AssessmentDiff{Account: a.Account, Name: a.Name, AsOf: a.AsOf, Before: before.AsOf, OtherPolicy: step.OtherPolicy}
	if !a.Policy.same(before.Policy) {
		d.Policy, d.PolicyBefore = a.Policy, before.Policy
	}
	now := a.scores()
	for i, was := range before.scores() {
		is := now[i]
		if was.Scorecard != is.Scorecard { // two scores that no sum joins
			if s, changed := scoreDiff(was, &Score{Scorecard: was.Scorecard}); changed {
				d.Scores = append(d.Scores, s)
			}
			was = &Score{Scorecard: is.Scorecard}
		}
		if s, changed := scoreDiff(was, is); changed {
			d.Scores = append(d.Scores, s)
		}
	}
	stood, stands := &before.Stage, &a.Stage
	stage := StageDiff{
		stood.Standing, stands.Standing, stood.Firm, stands.Firm, stood.Held, stands.Held, stood.Rule, stands.Rule,
		evidenceDiff(stood.lookedAt(), stands.lookedAt()),
	}
	if stage.Before != stage.After || stage.FirmBefore != stage.FirmAfter {
		d.Stage = &stage
	}
	was, is := &before.Placement, &a.Placement
	cell := CellDiff{
		was.Cell, is.Cell, was.Firm, is.Firm, was.Held, is.Held,
		CutDiff{clonePtr(was.AboveAttractivenessCut), clonePtr(is.AboveAttractivenessCut)},
		CutDiff{clonePtr(was.AboveStrengthCut), clonePtr(is.AboveStrengthCut)},
	}
	if cell.Before != cell.After || cell.FirmBefore != cell.FirmAfter {
		d.Cell = &cell
	}
	for _, x := range step.Changes {
		if x.Trend != RiskSame {
			d.Risks = append(d.Risks, x)
		}
	}
	d.Signals = signalDiff(&before.Signals, &a.Signals)
	return d, nil
}

// once reports readings and factors of a score that come twice.
func (a *Assessment) once(r *report) {
	seen := map[string]bool{}
	for i, x := range a.Signals.Readings {
		r.enter("/signals/readings", i)
		r.unique("/signal", string(x.Signal), seen)
		r.leave()
	}
	for _, x := range []struct {
		at    string
		score *Score
	}{{"selection", &a.Selection}, {"potential", &a.Potential}, {"attractiveness", &a.Attractiveness}, {"strength", &a.Strength}} {
		clear(seen)
		r.enterKey("", x.at)
		for i, c := range x.score.Contributions {
			r.enter("/contributions", i)
			r.unique("/factor", c.Factor, seen)
			r.leave()
		}
		r.leave()
	}
}

// minus is a - b, or nil where one of them is unknown or no Number holds it.
func minus(a, b *Number) *Number {
	if a == nil || b == nil {
		return nil
	}
	d := a.units - b.units
	if d > numberMax || d < -numberMax {
		return nil
	}
	return &Number{d}
}

func sameNumber(a, b *Number) bool { return a == b || a != nil && b != nil && *a == *b }

func scoreDiff(before, after *Score) (ScoreDiff, bool) {
	d := ScoreDiff{
		Scorecard: after.Scorecard, Before: clonePtr(before.Points), After: clonePtr(after.Points), By: minus(after.Points, before.Points),
		CoverageBefore: before.Coverage, CoverageAfter: after.Coverage,
	}
	was := map[string]*Contribution{}
	for i := range before.Contributions {
		was[before.Contributions[i].Factor] = &before.Contributions[i]
	}
	none := Contribution{}
	add := func(factor string, b, a *Contribution) {
		f := FactorDiff{Factor: factor, Before: clonePtr(b.Rating), After: clonePtr(a.Rating)}
		if d.By != nil { // a factor that is not there adds nothing
			f.By = minus(orZero(a.Points), orZero(b.Points))
		}
		if b.Weight != a.Weight && b != &none && a != &none {
			f.WeightBefore, f.WeightAfter = new(b.Weight), new(a.Weight)
		}
		if !sameNumber(f.Before, f.After) || f.By != nil && f.By.units != 0 || f.WeightBefore != nil {
			d.Factors = append(d.Factors, f)
		}
	}
	for i := range after.Contributions {
		a := &after.Contributions[i]
		b := was[a.Factor]
		if b == nil {
			b = &none
		}
		delete(was, a.Factor)
		add(a.Factor, b, a)
	}
	for i := range before.Contributions {
		if b := &before.Contributions[i]; was[b.Factor] != nil {
			add(b.Factor, b, &none)
		}
	}
	return d, len(d.Factors) > 0 || !sameNumber(d.Before, d.After) || d.CoverageBefore != d.CoverageAfter
}

func orZero(n *Number) *Number {
	if n == nil {
		return new(Number)
	}
	return n
}

// lookedAt is what the rule looked at that held.
func (s *StageResult) lookedAt() []Finding { return slices.Concat(s.For, s.Against) }

// evidenceDiff lists the evidence whose value, or line, is not the same. Where one is held against
// several lines, each is for itself.
func evidenceDiff(before, after []Finding) []EvidenceDiff {
	var out []EvidenceDiff
	for i, findings := range [][]Finding{before, after} {
		seen := map[Evidence]int{}
		for _, f := range findings {
			nth := seen[f.Evidence]
			seen[f.Evidence]++
			at := nthOf(out, f.Evidence, nth)
			if at < 0 {
				at, out = len(out), append(out, EvidenceDiff{Evidence: f.Evidence, Name: f.Name})
			}
			line := f.Condition
			if !strings.ContainsAny(line, "<>") { // of a judgement, which says it itself
				line = ""
			}
			if i == 0 {
				out[at].Before, out[at].LineBefore = f.Value, line
			} else {
				out[at].After, out[at].LineAfter = f.Value, line
			}
		}
	}
	for i := range out {
		if x := &out[i]; x.LineBefore == x.LineAfter {
			x.LineBefore, x.LineAfter = "", ""
		}
	}
	return slices.DeleteFunc(out, func(x EvidenceDiff) bool { return x.Before == x.After && x.LineBefore == x.LineAfter })
}

// nthOf is the place of the nth entry of the evidence, or -1.
func nthOf(list []EvidenceDiff, e Evidence, n int) int {
	for i := range list {
		if list[i].Evidence == e {
			if n == 0 {
				return i
			}
			n--
		}
	}
	return -1
}

func signalDiff(before, after *Signals) []SignalDiff {
	var out []SignalDiff
	was := make(map[Signal]*Number, len(before.Readings))
	for _, x := range before.Readings {
		was[x.Signal] = x.Value
	}
	add := func(of *Reading, b, a *Number) {
		other := before.Currency != after.Currency && of.Signal.money()
		if sameNumber(a, b) && (!other || a == nil) {
			return
		}
		x := SignalDiff{Signal: of.Signal, Name: of.Name, Before: clonePtr(b), After: clonePtr(a), By: minus(a, b)}
		if of.Signal.money() {
			x.CurrencyBefore, x.CurrencyAfter = before.Currency, after.Currency
		}
		if other {
			x.By = nil
		}
		out = append(out, x)
	}
	for i := range after.Readings {
		x := &after.Readings[i]
		add(x, was[x.Signal], x.Value)
		delete(was, x.Signal)
	}
	for i := range before.Readings {
		x := &before.Readings[i]
		add(x, was[x.Signal], nil) // nil and nil of those that are still there
	}
	return out
}
