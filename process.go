package kam

import (
	"cmp"
	"fmt"
	"slices"
)

// Phase is one of the four phases in which an account plan comes about (S12).
type Phase uint8

// The phases, in their order.
const (
	PhaseUnknown  Phase = iota
	PhaseResearch       // find out what is missing
	PhaseAnalysis       // see how things stand
	PhaseStrategy       // decide where to go
	PhaseTactics        // decide who does what
)

var phaseWords = enumWords[Phase]{"unknown", "research", "analysis", "strategy", "tactics"}

var phaseLabels = []Text{{"Unknown", "未知"}, {"Research", "研究"}, {"Analysis", "分析"}, {"Strategy", "战略"}, {"Tactics", "战术"}}

// Label names the phase for people.
func (p Phase) Label() Text { return label(p, phaseLabels) }

// PhaseState is how far a phase is.
type PhaseState uint8

// The states of a phase.
const (
	PhaseStateUnknown PhaseState = iota // the policy asks for nothing in it
	PhaseNotBegun                       // nothing of it is there
	PhaseUnderWay                       // some of it is there
	PhaseDone                           // all of it is there
)

var phaseStateWords = enumWords[PhaseState]{"unknown", "not-begun", "under-way", "done"}

var phaseStateLabels = []Text{{"Unknown", "未知"}, {"Not begun", "未开始"}, {"Under way", "进行中"}, {"Done", "已完成"}}

// Label names the state for people.
func (p PhaseState) Label() Text { return label(p, phaseStateLabels) }

// Process is how far the work on a plan is, phase by phase, and what is to be
// found out (S12).
type Process struct {
	Account string    `json:"account"`
	AsOf    Date      `json:"asOf"`
	Policy  PolicyRef `json:"policy"`
	// Phases are the four phases in their order. A phase is done when all of
	// it is there; later ones may be under way before.
	Phases []PhaseProgress `json:"phases"`
	// Missing is what is not known of the account and would change something,
	// the most useful first; see [Engine.Missing].
	Missing []MissingAnswer `json:"missing,omitempty"`
}

// Next returns the next most useful thing to find out, and whether there is
// any.
func (p Process) Next() (MissingAnswer, bool) {
	if len(p.Missing) == 0 {
		return MissingAnswer{}, false
	}
	return p.Missing[0], true
}

// PhaseProgress is how far one phase is.
type PhaseProgress struct {
	Phase   Phase      `json:"phase"`
	State   PhaseState `json:"state"`
	Done    []PlanItem `json:"done,omitempty"`
	Missing []PlanItem `json:"missing,omitempty"`
}

func (p *PhaseProgress) add(item PlanItem, there bool) {
	if there {
		p.Done = append(p.Done, item)
	} else {
		p.Missing = append(p.Missing, item)
	}
}

// accountItems are what the process asks of the account itself.
var accountItems = []struct {
	item  PlanItem
	phase Phase
	there func(a *Assessment, m *ContactMap, missing []MissingAnswer) bool
}{
	{PlanItem{"every-answer", Text{"Every question answered that would change something", "会影响结果的问题都已有答案"}}, PhaseResearch, func(_ *Assessment, _ *ContactMap, missing []MissingAnswer) bool {
		return len(missing) == 0
	}},
	{PlanItem{"decider-known", Text{"Someone who decides", "知道谁是决策者"}}, PhaseResearch, func(_ *Assessment, m *ContactMap, _ []MissingAnswer) bool {
		return slices.ContainsFunc(m.contacts, func(c Contact) bool { return c.Has(Decider) })
	}},
	{PlanItem{"firm-placement", Text{"A firm place on the grid", "矩阵中的位置已确定"}}, PhaseAnalysis, func(a *Assessment, _ *ContactMap, _ []MissingAnswer) bool {
		return a.Placement.Firm
	}},
	{PlanItem{"firm-stage", Text{"A firm stage of the relationship", "关系阶段已确定"}}, PhaseAnalysis, func(a *Assessment, _ *ContactMap, _ []MissingAnswer) bool {
		return a.Stage.Firm
	}},
}

// Process says how far the work on the plan of an account is on a day. The
// items of a phase are those of the policy's plan scorecard, and what the
// assessment of the account shows. The errors are those of [Engine.Assess];
// a plan of another account is a [CodeUnknown].
func (e *Engine) Process(p Plan, a Account, asOf Date) (Process, error) {
	var r report
	if p.of(&r, &a); len(r.found) > 0 {
		return Process{}, fmt.Errorf("kam: process of the plan of account %q: %w", clip(p.Account), r.found)
	}
	assessment, err := e.Assess(a, asOf)
	if err != nil {
		return Process{}, err
	}
	contacts := MapContacts(a.Contacts, asOf, ContactRules{})
	out := Process{Account: a.ID, AsOf: asOf, Policy: e.ref, Missing: e.Missing(assessment)}
	phases := [PhaseTactics + 1]PhaseProgress{}
	for _, x := range accountItems {
		phases[x.phase].add(x.item, x.there(&assessment, &contacts, out.Missing))
	}
	for _, l := range e.plan.leaves {
		item := planItems[l.id]
		phases[item.phase].add(PlanItem{l.id, l.name}, item.there(&p))
	}
	for phase := PhaseResearch; phase <= PhaseTactics; phase++ {
		x := phases[phase]
		x.Phase = phase
		switch {
		case len(x.Done)+len(x.Missing) == 0: // the policy asks for nothing
		case len(x.Missing) == 0:
			x.State = PhaseDone
		case len(x.Done) == 0:
			x.State = PhaseNotBegun
		default:
			x.State = PhaseUnderWay
		}
		out.Phases = append(out.Phases, x)
	}
	return out, nil
}

// MissingAnswer is something that is not known of an account and would change
// a score or its stage.
type MissingAnswer struct {
	// Of is the id of the scorecard that asks, or "stage".
	Of string `json:"of"`
	// ID is the id of the factor, or of the evidence.
	ID   string `json:"id"`
	Name Text   `json:"name,omitzero"`
	// Closes is by how many points an answer narrows the range of the score,
	// rounded half to even to 4 places; nil for the evidence of a stage.
	Closes *Number `json:"closes,omitzero"`
	// Needs names the fact of the account that would answer it too, where one
	// does; [Engine.Label] has the words for it.
	Needs string `json:"needs,omitzero"`
	// Stale says that there is an answer, which is too old.
	Stale bool `json:"stale,omitzero"`
}

// Missing lists the questions that an assessment leaves open, ordered by how
// much of a score's range the answer would close; ties go first to what places
// an account on the grid, then to potential, then to selection. After them
// comes the evidence that the stage waits for, in the order of its rules. A
// factor without weight changes nothing and is left out. The assessment must be
// one of this engine's; of another's, what the policy does not know is left
// out. To the zero Engine nothing is missing.
func (e *Engine) Missing(a Assessment) []MissingAnswer {
	if !e.compiled() {
		return nil
	}
	var out []MissingAnswer
	for _, x := range []struct {
		scorer *Scorer
		score  *Score
	}{
		{e.attraction, &a.Attractiveness},
		{e.strength, &a.Strength},
		{e.potential, &a.Potential},
		{e.selection, &a.Selection},
	} {
		for _, l := range x.scorer.leaves {
			if l.weight.units == 0 || !slices.Contains(x.score.Missing, l.id) {
				continue
			}
			out = append(out, MissingAnswer{
				Of: x.scorer.id, ID: l.id, Name: l.name, Closes: new(l.weight),
				Needs: a.Signals.needs(l.signal), Stale: slices.Contains(x.score.Stale, l.id),
			})
		}
	}
	slices.SortStableFunc(out, func(a, b MissingAnswer) int { return cmp.Compare(b.Closes.units, a.Closes.units) })
	for _, id := range a.Stage.Unknown {
		if id != EvidenceStrength { // its answers are listed already
			out = append(out, MissingAnswer{Of: "stage", ID: string(id), Name: e.Label(id), Needs: a.Signals.needs(Signal(id))})
		}
	}
	return out
}
