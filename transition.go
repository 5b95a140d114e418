package kam

import (
	"slices"
	"strings"
)

// Move is a usual passage from one stage to another. Better says that it
// improves our position; otherwise it is a danger.
type Move struct {
	From   Stage `json:"from"`
	To     Stage `json:"to"`
	Better bool  `json:"better"`
}

// defaultMoves are the usual moves; METHOD.md says why.
func defaultMoves() []Move {
	return []Move{
		{StagePotential, StageDeveloping, true},
		{StageDeveloping, StageGood, true},
		{StageDeveloping, StageLimitedShare, false},
		{StageDeveloping, StageDeclining, false},
		{StageGood, StageStrong, true},
		{StageGood, StageDefensive, false},
		{StageGood, StageDeclining, false},
		{StageStrong, StageGood, true},
		{StageStrong, StageDefensive, false},
		{StageStrong, StageDeclining, false},
		{StageLimitedShare, StageGood, true},
		{StageLimitedShare, StageDeveloping, true},
		{StageLimitedShare, StageDeclining, false},
		{StageDefensive, StageGood, true},
		{StageDefensive, StageStrong, true},
		{StageDefensive, StageLimitedShare, false},
		{StageDefensive, StageDeclining, false},
		{StageDeclining, StageDeveloping, true},
		{StageDeclining, StagePotential, false},
	}
}

// usual reports whether the move is in the table.
func (s *StageRules) usual(from, to Stage) bool {
	return slices.ContainsFunc(s.Moves, func(m Move) bool { return m.From == from && m.To == to })
}

// checkMoves reports moves that lead nowhere, and those given twice.
func (s *StageRules) checkMoves(r *report, at place) {
	for i, m := range s.Moves {
		for _, end := range []struct {
			name  string
			stage Stage
		}{{"from", m.From}, {"to", m.To}} {
			word(r, at.index(i).key(end.name), end.stage, stageWords)
		}
		if twice := slices.ContainsFunc(s.Moves[:i], func(n Move) bool { return n.From == m.From && n.To == m.To }); twice || m.From == m.To {
			r.add(at.index(i), CodeDuplicate, m.From.String()+" to "+m.To.String(), "")
		}
	}
}

// StageMove is a passage from one stage to another that was made or is
// suggested.
type StageMove struct {
	From Stage `json:"from"`
	To   Stage `json:"to"`
	// On is the day of the record, where there is one.
	On Date `json:"on,omitzero"`
	// Usual says that the policy's table has the move. One that it does not
	// have is allowed, and needs a reason.
	Usual bool `json:"usual"`
	// Why is the reason that was given.
	Why string `json:"why,omitzero"`
}

// NeedsReason reports whether the move is unusual and nobody has said why.
func (m StageMove) NeedsReason() bool { return !m.Usual && blank(m.Why) }

// Ask returns the question that an unusual move must answer, and an empty
// text for a usual one.
func (m StageMove) Ask() Text {
	if m.Usual {
		return Text{}
	}
	fill := func(text string, lang Language) string {
		return strings.NewReplacer("{from}", m.From.Label().In(lang), "{to}", m.To.Label().In(lang)).Replace(text)
	}
	return Text{
		fill("What happened, that the relationship went from “{from}” to “{to}” without a stage between?", English),
		fill("发生了什么，使关系从“{from}”直接变为“{to}”？", Chinese),
	}
}

// MovesOf lists the moves of one view up to the day, oldest first, each judged
// by the table of usual moves.
func (s StageRules) MovesOf(h History, view View, day Date) []StageMove {
	s = s.withDefaults()
	var out []StageMove
	var from Stage
	for span := range h.Spans(view, day) {
		if from != StageUnknown {
			m := StageMove{From: from, To: span.Stage, On: span.From, Usual: s.usual(from, span.Stage)}
			if r, ok := h.At(view, span.From); ok {
				m.Why = r.Why
			}
			out = append(out, m)
		}
		from = span.Stage
	}
	return out
}

var stageStrategies = []Text{
	{"Find out where the relationship stands: ask for the evidence that is unknown.", "先弄清关系所处的阶段，补齐未知的依据。"},
	{"Earn the first order: find out what they need and who decides, and make it easy to try us.", "争取第一张订单：了解客户的需求和决策者，方便客户试用。"},
	{"Prove the choice right: deliver without fault, widen the contacts, and look for the next need.", "证明客户选对了我们：零差错交付，拓展联系人，寻找下一个需求。"},
	{"Grow inside: offer what they buy elsewhere, and ask to be introduced where they have other units.", "在客户内部拓展：提供他们目前在别处采购的产品，若有其他部门，请客户引荐。"},
	{"Keep what was won: renew the value before it is taken for granted, and watch for rivals and complacency.", "守住成果：在客户习以为常之前带来新价值，警惕竞争对手和自满。"},
	{"Change something or accept it: find what ties them to the rival, attack one point, or serve at low cost.", "要么改变，要么接受：找出是什么把客户与竞争对手绑在一起，选一点突破，或以低成本服务。"},
	{"Defend what is worth it: find out what draws them away, mend what is ours to mend, meet the deciders, and decide how far to go on price.", "守住值得守的：查明客户为何转向别家，改正我方的问题，拜访决策者，确定价格底线。"},
	{"Decide whether to go on: move to telephone and online service, or part on good terms.", "决定是否继续：改为电话和网络服务，或体面地结束合作。"},
}

// Strategy says what the stage asks for next.
func (s Stage) Strategy() Text {
	if int(s) < len(stageStrategies) {
		return stageStrategies[s]
	}
	return Text{EN: s.String(), ZH: s.String()}
}

// Path is what would have to change for the rules to suggest another stage.
type Path struct {
	To Stage `json:"to"`
	// Rule is the one that would then hold first.
	Rule string `json:"rule"`
	// Changes are the fewest that were found, one for each clause that fails; together they
	// are enough.
	Changes []Change `json:"changes"`
}

// Change is a condition that must come to hold, or cease to.
type Change struct {
	Evidence  Evidence `json:"evidence"`
	Condition string   `json:"condition"`
	// Holds is whether the condition must hold then.
	Holds bool `json:"holds"`
	// Value is the evidence now, and Becomes an example of what would do.
	Value   string `json:"value"`
	Becomes string `json:"becomes"`
	// Name is as in a [Finding].
	Name Text `json:"name,omitzero"`
}

// outlook finds the way to a better stage than the one that stands, and the way to the
// stage it is most in danger of: of the usual moves, those that need the fewest changes;
// ties go to the earlier move of the table. What the rules suggest already needs none, nor
// what lies on the way to it. Nothing is better than strong: new room is no aim.
func (s *StageRules) outlook(f facts, rules []judgedRule, stands, suggested Stage) (better, danger *Path) {
	for _, m := range s.Moves {
		if m.From != stands || m.To == suggested || m.Better && stands == StageStrong || m.Better && suggested != stands && s.leadsUp(m.To, suggested) {
			continue
		}
		best, to := &danger, &f.memory.stagePart().danger
		if m.Better {
			best, to = &better, &f.memory.stagePart().better
		}
		if s.path(f, rules, m, suggested, *best, to) {
			*best = to
		}
	}
	return better, danger
}

// path tries each rule of the stage, and on the way up of those that are better still, and writes
// the shortest way, where it is shorter than the best so far; nil is none. Where what makes the
// rule hold makes an earlier one of a still better stage hold, that is where the way leads.
func (s *StageRules) path(f facts, rules []judgedRule, move Move, suggested Stage, best, out *Path) (found bool) {
	better := uint16(0)
	if move.Better {
		better = s.up(move.To) &^ (1 << move.From)
	}
	for i := range rules {
		if to := rules[i].Stage; to != move.To && better>>to&1 == 0 {
			continue
		}
		w := f.memory.supposed.of(f, !move.Better)
		if !w.makeHold(&rules[i]) {
			continue
		}
		lands := i
		for k := range rules[:i] {
			if better>>rules[k].Stage&1 == 1 && w.holds(&rules[k]) {
				lands = k
				break
			}
		}
		if rules[lands].Stage == suggested || !w.reaches(rules, lands) {
			continue
		}
		w.spare(rules, lands)
		if best == nil || len(w.changes) < len(best.Changes) {
			*out = Path{rules[lands].Stage, rules[lands].ID, w.written()}
			best, found = out, true
		}
	}
	return found
}

// leadsUp reports whether better moves lead from one stage to another.
func (s *StageRules) leadsUp(from, to Stage) bool { return s.up(from)>>to&1 == 1 }

// up are the stages, a bit each, to which better moves lead from one, itself included.
func (s *StageRules) up(from Stage) uint16 {
	reached := uint16(1) << from
	for before := uint16(0); before != reached; {
		before = reached
		for _, m := range s.Moves {
			if m.Better && reached>>m.From&1 == 1 {
				reached |= 1 << m.To
			}
		}
	}
	return reached
}

// supposed is evidence with changes that are only supposed.
type supposed struct {
	facts   facts
	danger  bool // they lead to a worse stage
	changes []supposition
}

// supposition is a change of the evidence of a condition.
type supposition struct {
	condition *Condition
	holds     bool
	verdict   Verdict // unknown for a number
	number    Number
}

// of begins with the facts as they are.
func (w *supposed) of(f facts, danger bool) *supposed {
	*w = supposed{f, danger, w.changes[:0]}
	return w
}

// written is the changes in words.
func (w *supposed) written() []Change {
	m := w.facts.memory
	out := m.changes.take(len(w.changes))
	for i, c := range w.changes {
		now, becomes := w.facts.finding(c.condition), c.verdict.String()
		if c.verdict == VerdictUnknown {
			becomes = m.texts.number("", c.number)
		}
		out[i] = Change{now.Evidence, now.Condition, c.holds, now.Value, becomes, now.Name}
	}
	return out
}

// find is the change of the evidence, or nil.
func (w *supposed) find(e Evidence) *supposition {
	for i := range w.changes {
		if w.changes[i].condition.Evidence == e {
			return &w.changes[i]
		}
	}
	return nil
}

func (w *supposed) asFacts() facts {
	return facts{evidence: w, memory: w.facts.memory, names: w.facts.names}
}

func (w *supposed) verdict(e Evidence) Verdict {
	if c := w.find(e); c != nil && c.verdict != VerdictUnknown {
		return c.verdict
	}
	return w.facts.verdict(e)
}

func (w *supposed) number(e Evidence) *Number {
	if c := w.find(e); c != nil && c.verdict == VerdictUnknown {
		return &c.number
	}
	return w.facts.number(e)
}

// clause is the verdict of a rule's clause, which only a change of its own evidence
// makes another one.
func (w *supposed) clause(r *judgedRule, k int) Verdict {
	for i := range r.All[k].Any {
		if w.find(r.All[k].Any[i].Evidence) != nil {
			return w.asFacts().clause(r.All[k])
		}
	}
	return r.clauses[k]
}

// holds reports whether all clauses of a rule hold.
func (w *supposed) holds(r *judgedRule) bool {
	for k := range r.All {
		if w.clause(r, k) != Yes {
			return false
		}
	}
	return true
}

// reaches reports whether the rule is the first that holds, once the earlier
// ones are broken.
func (w *supposed) reaches(rules []judgedRule, i int) bool {
	return w.breakEarlier(rules, i) && w.first(rules, i) // what breaks one may mend another
}

// first reports whether the rule is the first that holds.
func (w *supposed) first(rules []judgedRule, i int) bool {
	for k := range rules[:i] {
		if w.holds(&rules[k]) {
			return false
		}
	}
	return w.holds(&rules[i])
}

// spare takes away the changes without which the rule is still the first that holds.
func (w *supposed) spare(rules []judgedRule, i int) {
	for k := len(w.changes) - 1; k >= 0; k-- {
		without := w.changes[k]
		w.changes = slices.Delete(w.changes, k, k+1)
		if !w.first(rules, i) {
			w.changes = slices.Insert(w.changes, k, without)
		}
	}
}

// makeHold changes one condition of each clause that does not hold.
func (w *supposed) makeHold(r *judgedRule) bool {
	for k, cl := range r.All {
		if w.clause(r, k) != Yes && !w.makeOneHold(cl) {
			return false
		}
	}
	return true
}

func (w *supposed) makeOneHold(cl Clause) bool {
	for i := range cl.Any {
		if w.suppose(&cl.Any[i], true) {
			return true
		}
	}
	return false
}

// breakEarlier makes every rule before one that holds fail in the clause that takes the
// fewest changes, and leaves the one as it is.
func (w *supposed) breakEarlier(rules []judgedRule, i int) bool {
	for k := range rules[:i] {
		r := &rules[k]
		if !w.holds(r) {
			continue
		}
		before, best, fewest := len(w.changes), -1, 0
		for c, cl := range r.All {
			broken := w.breakClause(cl) && w.holds(&rules[i])
			if n := len(w.changes) - before; broken && (best < 0 || n < fewest) {
				best, fewest = c, n
			}
			w.changes = w.changes[:before]
		}
		if best < 0 {
			return false
		}
		w.breakClause(r.All[best])
	}
	return true
}

// breakClause makes each condition that holds fail, if it can.
func (w *supposed) breakClause(cl Clause) bool {
	supposed := w.asFacts()
	for i := range cl.Any {
		if c := &cl.Any[i]; supposed.judge(c) == Yes && !w.suppose(c, false) {
			return false
		}
	}
	return true
}

// suppose changes the evidence so that the condition holds or does not, unless
// the evidence has been changed already, is of what has been, or leads the other way.
func (w *supposed) suppose(c *Condition, holds bool) bool {
	if w.find(c.Evidence) != nil || w.past(c.Evidence) || !w.danger && c.Evidence == EvidenceNeedEnded {
		return false // the need is theirs: nobody brings it back
	}
	if w.opens(c, holds) {
		return false
	}
	change := supposition{condition: c, holds: holds}
	if c.Is != VerdictUnknown {
		change.verdict = c.Is
		if !holds {
			change.verdict = c.Is.opposite()
		}
		wish := wished(c.Evidence)
		if w.danger && w.facts.verdict(c.Evidence) != VerdictUnknown && change.verdict == wish || !w.danger && wish != VerdictUnknown && change.verdict == wish.opposite() {
			return false
		}
	} else {
		var ok bool
		if change.number, ok = w.nearest(c, holds); !ok {
			return false
		}
	}
	w.changes = append(w.changes, change)
	return true
}

// opens reports a way up by new room, which is no aim: nobody works towards what there is yet to sell.
func (w *supposed) opens(c *Condition, holds bool) bool {
	room := c.Evidence == EvidenceCrossSell || c.Evidence == EvidenceOtherUnits
	return room && !w.danger && (c.Is == Yes) == holds && w.facts.verdict(c.Evidence) == No
}

// past reports evidence of what has been, as far as it is known.
func (w *supposed) past(e Evidence) bool {
	switch e {
	case EvidenceOnceFirm:
		return w.facts.verdict(e) != VerdictUnknown
	case Evidence(SignalRevenueBefore):
		return w.facts.number(e) != nil
	}
	return false
}

// wished is the verdict that is better, where one is.
func wished(e Evidence) Verdict {
	switch e {
	case EvidenceServed, EvidenceInterest, EvidencePrioritiesShared, EvidenceInformation, EvidenceKnownAsKey, EvidenceManagerSkilled, EvidenceManagerTime,
		EvidenceInternalSupport, EvidenceFinanciallySound:
		return Yes
	case EvidenceNeedEnded, EvidenceNeedEnding, EvidenceNotWorthServing, EvidencePoorPerformance, EvidenceRivalAttack, EvidenceRivalStronger,
		EvidenceTrustDamaged, EvidenceMarketShift, EvidencePricePressure:
		return No
	}
	return VerdictUnknown
}

// contrary reports whether a number would become worse on the way to a better stage, or
// better on the way to a worse one.
func (w *supposed) contrary(e Evidence, becomes Number) bool {
	now := w.facts.number(e)
	if now == nil {
		return false
	}
	up := becomes.units > now.units
	switch Signal(e) {
	case Signal(EvidenceStrength), SignalRevenue, SignalRevenueTrend, SignalWalletShare, SignalGrossMargin, SignalMargin, SignalOrders, SignalProductLines,
		SignalOnTime, SignalContacts, SignalLevels, SignalDepartments, SignalDeciders, SignalDecidersMet, SignalSilenceChance:
		return up == w.danger
	case SignalDaysSinceOrder, SignalOrderInterval, SignalOrderDelay, SignalNoOrderChance, SignalComplaintRate, SignalReturnRate, SignalDiscountTrend, SignalSingleThreaded:
		return up != w.danger
	}
	return false
}

// nearest is the number, inside of the condition's range or outside, that the evidence comes to
// first, if it may go that way. What is unknown comes to the lower end.
func (w *supposed) nearest(c *Condition, inside bool) (Number, bool) {
	var ends [2]int64
	n := 0
	if c.AtLeast != nil {
		ends[n] = c.AtLeast.units
		if !inside {
			ends[n]--
		}
		n++
	}
	if c.Below != nil {
		ends[n] = c.Below.units
		if inside {
			ends[n]--
		}
		n++
	}
	if now := w.facts.number(c.Evidence); now != nil && n == 2 && apart(now.units, ends[1]) < apart(now.units, ends[0]) {
		ends[0], ends[1] = ends[1], ends[0]
	}
	for _, end := range ends[:n] {
		if x := (Number{end}); end >= -numberMax && !w.contrary(c.Evidence, x) {
			return x, true
		}
	}
	return Number{}, false
}

func apart(a, b int64) uint64 { return uint64(max(a, b)) - uint64(min(a, b)) }
