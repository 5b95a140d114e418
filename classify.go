package kam

import "slices"

// facts are the evidence of one account.
type facts struct {
	evidence
	memory *memory
	names  map[Evidence]Text // of the caller's own
	gap    *Range            // of the strength, where it is to count; see within
}

// evidence is where facts are from.
type evidence interface {
	verdict(e Evidence) Verdict
	number(e Evidence) *Number // nil is unknown
}

// within are the facts with the strength anywhere in its gap: what it may be, and may
// not be, is unknown. Without one they are the same.
func (f facts) within(gap *Range) facts {
	f.gap = gap
	return f
}

// judge judges a condition: yes, no, or unknown when the evidence is.
func (f facts) judge(c *Condition) Verdict {
	if c.Is != VerdictUnknown {
		switch f.verdict(c.Evidence) {
		case VerdictUnknown:
			return VerdictUnknown
		case c.Is:
			return Yes
		}
		return No
	}
	n := f.number(c.Evidence)
	switch {
	case n == nil:
		return VerdictUnknown
	case f.gap != nil && c.Evidence == EvidenceStrength:
		return c.judge(*f.gap)
	}
	return c.judge(Range{*n, *n})
}

// judge judges a number that lies anywhere in the range.
func (c *Condition) judge(n Range) Verdict {
	worst, best := n.Worst.units, n.Best.units
	switch {
	case c.AtLeast != nil && best < c.AtLeast.units, c.Below != nil && worst >= c.Below.units:
		return No
	case c.AtLeast != nil && worst < c.AtLeast.units, c.Below != nil && best >= c.Below.units:
		return VerdictUnknown
	}
	return Yes
}

func (f facts) finding(c *Condition) Finding {
	value := f.verdict(c.Evidence).String()
	if c.Is == VerdictUnknown {
		if n := f.number(c.Evidence); n != nil {
			value = f.memory.texts.number("", *n)
		}
	}
	return Finding{c.Evidence, c.text(&f.memory.texts), value, f.names[c.Evidence]}
}

// clause is the best verdict of its conditions.
func (f facts) clause(c Clause) Verdict {
	out := No
	for i := range c.Any {
		switch f.judge(&c.Any[i]) {
		case Yes:
			return Yes
		case VerdictUnknown:
			out = VerdictUnknown
		}
	}
	return out
}

func (s StageRules) withDefaults() StageRules {
	if s.Rules == nil {
		s.Rules = DefaultStageRules().Rules
	}
	if s.Volume == (VolumeRule{}) {
		s.Volume = DefaultStageRules().Volume
	}
	if s.Moves == nil {
		s.Moves = defaultMoves()
	}
	return s
}

// Classify suggests a stage from evidence alone: judgements of yes or no, and
// numbers by the id of a signal or "strength". What is absent is unknown, and what is
// given is certain: of a strength with answers missing, try both ends of its range.
// [Engine.Assess] gathers both from an account, and adds what the record and
// the customer say. The rules and the ids are taken as they are: [Compile] checks the rules, and
// [Classifier.Bind] refuses an id that is misspelt.
func (s StageRules) Classify(judgements map[Evidence]Verdict, numbers map[Evidence]Number) StageResult {
	rules := s.withDefaults()
	out := rules.classify(facts{evidence: givenEvidence{judgements, numbers}, memory: new(memory)}, nil)
	out.Found, out.Standing = out.Suggested, out.Suggested
	return out
}

// givenEvidence is evidence as a caller gives it.
type givenEvidence struct {
	judgements map[Evidence]Verdict
	numbers    map[Evidence]Number
}

func (g givenEvidence) verdict(e Evidence) Verdict { return g.judgements[e] }

func (g givenEvidence) number(e Evidence) *Number {
	if n, ok := g.numbers[e]; ok {
		return &n
	}
	return nil
}

// judgedRule is a rule with the verdicts of its clauses.
type judgedRule struct {
	*StageRule
	clauses []Verdict
}

// verdict is the worst of the clauses.
func (r *judgedRule) verdict() Verdict {
	out := Yes
	for _, v := range r.clauses {
		switch v {
		case No:
			return No
		case VerdictUnknown:
			out = VerdictUnknown
		}
	}
	return out
}

// judged are the rules by the facts as they are.
func (f facts) judged(rules []StageRule) []judgedRule {
	m := f.memory
	out, clauses := m.rules[:0], m.clauses[:0]
	for i := range rules {
		r := &rules[i]
		from := len(clauses)
		for _, cl := range r.All {
			clauses = append(clauses, f.clause(cl))
		}
		out = append(out, judgedRule{r, clauses[from:]})
	}
	m.rules, m.clauses = out, clauses
	return out
}

// classify tries the rules in order. Every combination of evidence gives
// exactly one stage, or unknown. By the strength as it is that is the suggested one, and
// within its gap, where it has one, the possible ones.
func (s *StageRules) classify(f facts, gap *Range) StageResult {
	var out StageResult
	certain := f.within(gap)
	rules := certain.judged(s.Rules)
	out.Possible, out.Unknown = certain.possible(rules)
	if gap != nil {
		rules = f.judged(s.Rules)
	}
	if i := slices.IndexFunc(rules, func(r judgedRule) bool { return r.verdict() == Yes }); i >= 0 {
		out.Suggested, out.Rule = s.Rules[i].Stage, s.Rules[i].ID
		f.reasons(&out, &s.Rules[i])
	}
	out.Firm = len(out.Possible) == 1 && out.Suggested != StageUnknown
	out.RunnerUp = f.runnerUp(rules, out.Suggested)
	out.Better, out.Danger = s.outlook(f, rules, out.Suggested, out.Suggested)
	return out
}

// possible lists the stages that the rules may give, and the evidence that would
// tell which.
func (f facts) possible(rules []judgedRule) ([]Stage, []Evidence) {
	stages, unknown := f.memory.stages.begin(), f.memory.evidences.begin()
	decided := false
	for i := range rules {
		r := &rules[i]
		v := r.verdict()
		if v == No {
			continue
		}
		stages = appendNew(stages, r.Stage)
		if v == Yes {
			decided = true
			break
		}
		unknown = f.unknowns(unknown, r)
	}
	if !decided {
		stages = append(stages, StageUnknown)
	}
	return f.memory.stages.keep(stages), f.memory.evidences.keep(unknown)
}

// unknowns adds the unknown evidence of the clauses that are undecided.
func (f facts) unknowns(to []Evidence, r *judgedRule) []Evidence {
	for k, cl := range r.All {
		if r.clauses[k] != VerdictUnknown {
			continue
		}
		for i := range cl.Any {
			if c := &cl.Any[i]; f.judge(c) == VerdictUnknown && !slices.Contains(to, c.Evidence) {
				to = append(to, c.Evidence)
			}
		}
	}
	return to
}

func (f facts) reasons(out *StageResult, r *StageRule) {
	out.For, out.Against = f.findings(r, Yes), f.findings(r, No)
}

// findings are the conditions of a rule that come to the verdict.
func (f facts) findings(r *StageRule, v Verdict) []Finding {
	out := f.memory.findings.begin()
	for _, cl := range r.All {
		for i := range cl.Any {
			if c := &cl.Any[i]; f.judge(c) == v {
				out = append(out, f.finding(c))
			}
		}
	}
	return f.memory.findings.keep(out)
}

// runnerUp is the rule of another stage that has the most clauses that hold,
// less those that do not; unknown ones count for nothing, and ties go to the earlier rule.
func (f facts) runnerUp(rules []judgedRule, suggested Stage) *RunnerUp {
	best, most := -1, 0
	for i := range rules {
		if rules[i].Stage == suggested {
			continue
		}
		holding := 0
		for _, v := range rules[i].clauses {
			switch v {
			case Yes:
				holding++
			case No:
				holding--
			}
		}
		if best < 0 || holding > most {
			best, most = i, holding
		}
	}
	if best < 0 {
		return nil
	}
	r := &rules[best]
	lacking := f.memory.findings.begin()
	for k, cl := range r.All {
		if r.clauses[k] == Yes {
			continue
		}
		for i := range cl.Any {
			lacking = append(lacking, f.finding(&cl.Any[i]))
		}
	}
	up := &f.memory.stagePart().runnerUp
	*up = RunnerUp{Rule: r.ID, Stage: r.Stage, Lacking: f.memory.findings.keep(lacking)}
	return up
}

// accountEvidence is the evidence about an account: what people judge, and
// where nobody does, what the facts and the record show.
type accountEvidence struct {
	account  *Account
	signals  *Signals
	strength *Score
	fresh    freshness
	verdicts [len(judgements)]Verdict // of the judgements
}

func (x *accountEvidence) gather(a *Account, asOf Date, signals *Signals, rd *reader, strength *Score, fresh freshness) {
	*x = accountEvidence{account: a, signals: signals, strength: strength, fresh: fresh}
	for id, j := range a.Judgements {
		if i := id.index(); i >= 0 && x.counts(j) {
			x.verdicts[i] = j.Verdict
		}
	}
	served := &x.verdicts[EvidenceServed.index()]
	if *served == No && rd.mayHaveSoldAfter(a.Judgements[EvidenceServed].On) {
		*served = VerdictUnknown // they may have become customers
	}
	if *served == VerdictUnknown {
		*served = servedBy(signals, rd.sold())
	}
	if full := &x.verdicts[EvidenceFullShare.index()]; *full == VerdictUnknown {
		*full = fullShare(signals)
	}
	if firm := &x.verdicts[EvidenceOnceFirm.index()]; *firm == VerdictUnknown {
		*firm = onceFirm(a.Stages, asOf)
	}
}

// counts reports whether a judgement was made by the day, and not too long
// before.
func (x *accountEvidence) counts(j Judgement) bool {
	return x.fresh.known(j.On) && !x.fresh.stale(j.On)
}

func (x *accountEvidence) verdict(e Evidence) Verdict {
	if i := e.index(); i >= 0 {
		return x.verdicts[i]
	}
	if j := x.account.Judgements[e]; x.counts(j) { // of the caller's own
		return j.Verdict
	}
	return VerdictUnknown
}

func (x *accountEvidence) number(e Evidence) *Number {
	if e == EvidenceStrength {
		return x.strength.Points
	}
	return x.signals.peek(Signal(e))
}

// servedBy is read from the revenue now: something sold is enough, whatever came back and
// whatever other days are not known. Without one, more that came back than was sold
// does not tell whether sales go on.
func servedBy(signals *Signals, sold Verdict) Verdict {
	if revenue := signals.peek(SignalRevenue); sold == No && (revenue == nil || revenue.units != 0) {
		return VerdictUnknown
	}
	return sold
}

// nearlyAll is the share of what they spend from which on they buy nearly all they can from us.
const nearlyAll = 80

// fullShare is read from the share of wallet.
func fullShare(signals *Signals) Verdict {
	switch share := signals.peek(SignalWalletShare); {
	case share == nil:
		return VerdictUnknown
	case share.Cmp(Int(nearlyAll)) >= 0:
		return Yes
	}
	return No
}

// onceFirm is read from the record of our people; an account without one is
// unknown.
func onceFirm(h History, asOf Date) Verdict {
	out := VerdictUnknown
	for span := range h.Spans(ViewRecorded, asOf) {
		if span.Stage == StageGood || span.Stage == StageStrong {
			return Yes
		}
		out = No
	}
	return out
}

// grade reads the rating of the factor that stands for volume.
func (v VolumeRule) grade(potential *Score) Grade {
	for _, c := range potential.Contributions {
		if c.Factor != v.Factor || c.Rating == nil {
			continue
		}
		switch {
		case c.Rating.units >= v.High.units:
			return High
		case c.Rating.units >= v.Fair.units:
			return Fair
		}
		return Low
	}
	return GradeUnknown
}
