package kam

import (
	"cmp"
	"slices"
	"strings"
)

// Advice is one move that the assessment leads to, with the evidence for it
// (S6, S8, S12, S15).
type Advice struct {
	// ID names the kind of move. It never changes its meaning.
	ID   string `json:"id"`
	Text Text   `json:"text"`
	// Evidence is what the move rests on; there is always some.
	Evidence []Finding `json:"evidence"`
}

// maxAdvice keeps the list short enough to act on, and maxRisks leaves room beside the gravest.
const maxAdvice, maxRisks = 7, 3

var (
	talkText     = Text{"Our view of the relationship and the customer's differ: talk about it with them.", "我方与客户对关系的看法不一致：与客户谈一谈。"}
	reasonText   = Text{"The stage that the evidence suggests seldom follows the recorded one: write down why it does, or look at the evidence again.", "依据所指向的关系阶段通常不会直接接在登记的阶段之后：写明原因，或重新核对依据。"}
	dangerText   = Text{"Watch for what would make it worse, and prevent what is ours to prevent.", "留意可能使关系恶化的情况，能防范的加以防范。"}
	betterText   = Text{"Work towards what a better stage asks for.", "争取满足进入更好阶段的条件。"}
	winBackText  = Text{"Win them back: find out why they stopped, mend that, and make it easy to order again.", "赢回客户：查明停止采购的原因并加以改进，方便其重新下单。"}
	answersText  = Text{"Answer what is missing: the place on the grid depends on it.", "补齐缺少的评分：客户在矩阵中的位置取决于这些评分。"}
	evidenceText = Text{"Find out what is unknown about the relationship: the stage depends on it.", "查明关系中未知的情况：关系阶段取决于此。"}
)

// advise lists the moves in the order in which they matter: what is lost or
// about to be, the gravest risks, who is missing, what the stage and the cell ask
// for, where it could go, and what must be found out.
func (m *memory) advise(e *Engine) []Advice {
	a := &m.out
	gaps, out := m.gaps, m.advice.begin()
	add := func(before, id string, text Text, evidence []Finding) {
		if len(evidence) > 0 && len(out) < maxAdvice {
			out = append(out, Advice{m.texts.add(before, id), text, evidence})
		}
	}
	s := &a.Stage
	hurt := s.Standing == StageDefensive || s.Standing == StageDeclining
	stage := func() {
		text, evidence := s.Standing.Strategy(), m.stageEvidence()
		now, before := a.Signals.peek(SignalRevenue), a.Signals.peek(SignalRevenueBefore)
		if s.Standing == StagePotential && now != nil && now.units <= 0 && before != nil && before.units > 0 {
			text = winBackText
			evidence = m.findings.keep(append(append(m.findings.begin(), evidence...), found(Evidence(SignalRevenueBefore), "", m.texts.number("", *before))))
		}
		add("stage-", s.Standing.String(), text, evidence)
	}
	if hurt {
		stage()
	}
	for i, risks := 0, 0; i < len(a.Risks.Findings) && risks < maxRisks; i++ {
		if r := &a.Risks.Findings[i]; r.grave(gaps) && !r.moved(a.Risks.Findings[:i], gaps) {
			add("risk-", string(r.Check), cmp.Or(r.Remedy, r.Name), r.Evidence)
			risks++
		}
	}
	gap := func(g Gap) {
		add("", string(g.ID), g.ID.Text(), m.findings.list(found(Evidence(g.ID), "contacts", gapValue(g))))
	}
	grave := 0
	for grave < len(gaps) && grave < 2 && !gaps[grave].light() {
		gap(gaps[grave])
		grave++
	}
	if d := s.Differs; d != nil {
		add("", "views-differ", talkText, m.findings.list(
			found("stages", "recorded", d.Ours.String()), found("stages", "customer", d.Customer.String()), found("stages", "since", m.texts.day("", d.Since)),
		))
	}
	if !hurt && s.Standing != StageUnknown {
		stage()
	}
	if a.Placement.Cell != CellUnknown && !s.Standing.against(a.Placement.Cell) {
		add("cell-", a.Placement.Cell.String(), a.Placement.Cell.Strategy(), m.cellEvidence(e))
	}
	if s.Move != nil && s.Move.NeedsReason() {
		add("", "unusual-move", reasonText, m.findings.list(found("stages", "from", s.Move.From.String()), found("stages", "to", s.Move.To.String())))
	}
	if s.Danger != nil && s.Standing != StageDeclining && slices.ContainsFunc(s.Danger.Changes, func(c Change) bool { return c.Value != "unknown" }) { // else it is to be found out
		add("danger-", s.Danger.To.String(), dangerText, m.pathFindings(s.Danger))
	}
	if s.Better != nil {
		add("better-", s.Better.To.String(), betterText, m.pathFindings(s.Better))
	}
	if !a.Placement.Firm {
		add("", "missing-answers", answersText, m.missingFindings(e, &a.Attractiveness, &a.Strength))
	}
	if !s.Firm {
		unknown := m.findings.begin()
		for _, id := range s.Unknown {
			if id == EvidenceStrength && a.Strength.Points != nil { // which rests on answers
				unknown = m.appendMissing(unknown, e, &a.Strength)
				continue
			}
			unknown = append(unknown, Finding{id, "must be known", "unknown", e.names[id]})
		}
		add("", "unknown-evidence", evidenceText, m.findings.keep(unknown))
	}
	for _, g := range gaps[grave:] {
		gap(g)
	}
	return m.advice.keep(out)
}

// toldBy are the gaps that tell of a risk already.
var toldBy = map[RiskID]GapID{RiskKeyContactLeaving: GapKeyLoss, RiskNewDeciderUnmet: GapDeciderUnmet}

// grave reports a finding that calls for a move of its own: of high severity, at
// risk, with evidence, and not told by a gap among the contacts.
func (r *Risk) grave(gaps []Gap) bool {
	return r.Outcome == AtRisk && r.Severity == High && len(r.Evidence) > 0 && !slices.ContainsFunc(gaps, func(g Gap) bool { return g.ID == toldBy[r.Check] })
}

// moved reports a finding of a cause that has a move already: of one reason of the method on one
// side, as complaints, delays and incidents are.
func (r *Risk) moved(before []Risk, gaps []Gap) bool {
	return r.Source != "" && slices.ContainsFunc(before, func(x Risk) bool { return x.Source == r.Source && x.Side == r.Side && x.grave(gaps) })
}

// against reports a stage that denies what the cell asks for: a declining account, of which it
// is asked first whether to go on, and a strong position to protect where nothing is sold, or little for
// good.
func (s Stage) against(c Cell) bool {
	switch s {
	case StageDeclining:
		return true
	case StagePotential, StageLimitedShare:
		return c == CellKey || c == CellMaintain
	}
	return false
}

func gapValue(g Gap) string {
	if len(g.Contacts) == 0 {
		return string(g.ID)
	}
	return strings.Join(g.Contacts, ", ")
}

func (m *memory) stageEvidence() []Finding {
	s := &m.out.Stage
	if s.Held {
		return m.findings.list(found("stages", "held against", s.Suggested.String()))
	}
	return m.findings.list(s.For...)
}

// cellEvidence is that of a cell that is known, and so both scores.
func (m *memory) cellEvidence(e *Engine) []Finding {
	a, out, grid := &m.out, m.findings.begin(), &e.policy.Grid
	for _, x := range [...]struct {
		score *Score
		above *Number
		cut   int64
	}{
		{&a.Attractiveness, a.Placement.AboveAttractivenessCut, grid.cut(grid.AttractivenessCut)},
		{&a.Strength, a.Placement.AboveStrengthCut, grid.cut(grid.StrengthCut)},
	} {
		above := m.texts.add(m.texts.number("", *x.above), " above the cut")
		id, compared := Evidence(x.score.Scorecard), Number{x.above.units + x.cut}
		out = append(out, Finding{id, above, m.texts.number("", compared), e.renamed[id]})
	}
	return m.findings.keep(out)
}

// pathFindings are the changes on a path, each beside what is so now.
func (m *memory) pathFindings(p *Path) []Finding {
	out := m.findings.begin()
	for _, c := range p.Changes {
		condition := c.Condition
		switch {
		case c.Becomes == Yes.String() || c.Becomes == No.String():
			condition = m.texts.add(string(c.Evidence), " becomes ", c.Becomes)
		case !c.Holds:
			condition = m.texts.add("not ", condition)
		}
		out = append(out, Finding{c.Evidence, condition, c.Value, c.Name})
	}
	return m.findings.keep(out)
}

func (m *memory) missingFindings(e *Engine, scores ...*Score) []Finding {
	out := m.findings.begin()
	for _, s := range scores {
		out = m.appendMissing(out, e, s)
	}
	return m.findings.keep(out)
}

func (m *memory) appendMissing(out []Finding, e *Engine, s *Score) []Finding {
	for _, id := range s.Missing {
		id := Evidence(m.texts.add(s.Scorecard, "/", id))
		out = append(out, Finding{id, "must be answered", "unknown", e.renamed[id]})
	}
	return out
}
