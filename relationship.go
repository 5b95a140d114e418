package kam

import "slices"

// Stage is where the relationship with an account stands (S6). The stages are
// not a ladder and have no order. The zero value is unknown.
type Stage uint8

// The seven stages.
const (
	StageUnknown      Stage = iota
	StagePotential          // not served yet
	StageDeveloping         // served, and growing
	StageGood               // very good, with room to grow
	StageStrong             // firm, and all the value is taken and given
	StageLimitedShare       // stable but small, as a rival stands closer
	StageDefensive          // once firm, now under attack or hurt by our own work
	StageDeclining          // they need us no more, or serving them no longer pays
)

var stageWords = []string{"unknown", "potential", "developing", "good", "strong", "limited-share", "defensive", "declining"}

var stageLabels = []Text{
	{"Unknown", "未知"},
	{"Potential", "潜在的关系"},
	{"Developing", "发展的关系"},
	{"Good", "良好的当前关系"},
	{"Strong", "牢固的当前关系"},
	{"Limited share", "有限的当前市场份额"},
	{"Defensive", "防御性的关系"},
	{"Declining", "萎缩的关系"},
}

// Label names the stage for people.
func (s Stage) Label() Text {
	if int(s) < len(stageLabels) {
		return stageLabels[s]
	}
	return Text{EN: s.String(), ZH: s.String()}
}

// Stages returns the seven stages in the order of the source (S6).
func Stages() []Stage {
	return []Stage{StagePotential, StageDeveloping, StageGood, StageStrong, StageLimitedShare, StageDefensive, StageDeclining}
}

// Evidence is the id of something that a stage rests on. It is one of the
// constants below, which are judgements of yes or no, or a [Signal], or
// "strength", the points of the relationship-strength scorecard.
type Evidence string

// The judgements that the default rules ask for (S6).
const (
	EvidenceServed          Evidence = "served"            // do we sell to them? read from the facts where nobody says
	EvidenceInterest        Evidence = "interest-shown"    // have they shown interest?
	EvidenceNeedEnded       Evidence = "need-ended"        // do they no longer need what we sell?
	EvidenceNotWorthServing Evidence = "not-worth-serving" // do their cuts make serving them pointless?
	EvidenceOnceFirm        Evidence = "once-firm"         // was the stage ever good or strong? read from the record where nobody says
	EvidencePoorPerformance Evidence = "poor-performance"  // has our own poor work hurt the relationship?
	EvidenceRivalAttack     Evidence = "rival-attack"      // is a rival attacking our position?
	EvidenceRivalStronger   Evidence = "rival-stronger"    // is a rival's relationship stronger than ours?
	EvidenceFullShare       Evidence = "full-share"        // do they buy nearly all they can from us?
	EvidenceCrossSell       Evidence = "room-to-cross-sell"
	EvidenceOtherUnits      Evidence = "other-units" // are there departments or buying units yet to enter?
)

// EvidenceStrength is the points of the relationship-strength scorecard.
const EvidenceStrength Evidence = "strength"

var judgements = []Evidence{
	EvidenceServed, EvidenceInterest, EvidenceNeedEnded, EvidenceNotWorthServing, EvidenceOnceFirm,
	EvidencePoorPerformance, EvidenceRivalAttack, EvidenceRivalStronger, EvidenceFullShare, EvidenceCrossSell, EvidenceOtherUnits,
}

// StageRules classify a relationship. The rules are tried in order and the
// first that holds gives the stage.
type StageRules struct {
	// Rules in order; nil means the default rules.
	Rules []StageRule `json:"rules"`
	// Volume reads how likely a customer that is not served yet is to buy
	// much (S6).
	Volume VolumeRule `json:"volume"`
	// Margin is hysteresis on the numbers: with a stage that stands from the
	// suggestions of [Account].Stages, its own rules hold until their lines
	// are passed by this much. 0 is none.
	Margin Number `json:"margin"`
	// Reviews is how many suggestions in a row, today's included, must agree
	// before another stage stands. 0 and 1 are one.
	Reviews int `json:"reviews"`
	// Moves are the usual passages between stages; nil means the default
	// ones.
	Moves []Move `json:"moves"`
}

// StageRule is one named rule. It holds when each of its clauses holds.
type StageRule struct {
	ID    string   `json:"id"`
	Stage Stage    `json:"stage"`
	All   []Clause `json:"all"`
}

// Clause holds when at least one of its conditions does.
type Clause struct {
	Any []Condition `json:"any"`
}

// Condition tests one piece of evidence: a judgement against Is, or a number
// against AtLeast and Below. It is unknown when the evidence is.
type Condition struct {
	Evidence Evidence `json:"evidence"`
	// Is is Yes or No, for a judgement.
	Is Verdict `json:"is,omitzero"`
	// AtLeast and Below bound a number: AtLeast <= number < Below. One of
	// them may be absent.
	AtLeast *Number `json:"atLeast,omitzero"`
	Below   *Number `json:"below,omitzero"`
}

// VolumeRule grades the rating of one factor of the potential scorecard.
type VolumeRule struct {
	Factor string `json:"factor" required:"true"`
	High   Number `json:"high" required:"true"` // this or more is high
	Fair   Number `json:"fair" required:"true"` // this or more is fair
}

// String returns the condition as "wallet-share < 25" or "served is no".
func (c Condition) String() string {
	s := string(c.Evidence)
	if c.Is != VerdictUnknown {
		return s + " is " + c.Is.String()
	}
	switch {
	case c.AtLeast != nil && c.Below != nil:
		return c.AtLeast.String() + " <= " + s + " < " + c.Below.String()
	case c.AtLeast != nil:
		return s + " >= " + c.AtLeast.String()
	case c.Below != nil:
		return s + " < " + c.Below.String()
	}
	return s
}

// is and atLeast and below write conditions in one place.
func is(e Evidence, v Verdict) Condition { return Condition{Evidence: e, Is: v} }

func atLeast[E ~string](e E, n Number) Condition {
	return Condition{Evidence: Evidence(e), AtLeast: &n}
}

func below[E ~string](e E, n Number) Condition { return Condition{Evidence: Evidence(e), Below: &n} }

func anyOf(cs ...Condition) Clause { return Clause{Any: cs} }

// DefaultStageRules returns the rules for the seven stages, with the
// thresholds that METHOD.md gives reasons for (S6).
func DefaultStageRules() StageRules {
	flat := Condition{Evidence: Evidence(SignalRevenueTrend), AtLeast: new(Int(-10)), Below: new(Int(10))}
	return StageRules{
		Rules: []StageRule{
			{"not-served", StagePotential, []Clause{anyOf(is(EvidenceServed, No))}},
			{"no-need-or-no-return", StageDeclining, []Clause{
				anyOf(is(EvidenceNeedEnded, Yes), is(EvidenceNotWorthServing, Yes)),
			}},
			{"firm-and-attacked", StageDefensive, []Clause{
				anyOf(is(EvidenceOnceFirm, Yes)),
				anyOf(is(EvidencePoorPerformance, Yes), is(EvidenceRivalAttack, Yes)),
			}},
			{"firm-and-failing", StageDefensive, []Clause{
				anyOf(is(EvidenceOnceFirm, Yes)),
				anyOf(below(SignalOnTime, Int(80)), atLeast(SignalComplaintRate, Int(10)), atLeast(SignalReturnRate, Int(10))),
				anyOf(below(SignalRevenueTrend, Int(-10))),
			}},
			{"small-flat-share", StageLimitedShare, []Clause{
				anyOf(below(SignalWalletShare, Int(25))),
				anyOf(flat),
				anyOf(is(EvidenceRivalStronger, Yes)),
			}},
			{"firm-and-full", StageStrong, []Clause{
				anyOf(atLeast(EvidenceStrength, Int(70))),
				anyOf(is(EvidenceFullShare, Yes), atLeast(SignalWalletShare, Int(80))),
				anyOf(is(EvidenceCrossSell, No)),
				anyOf(is(EvidenceOtherUnits, No)),
			}},
			{"firm-with-room", StageGood, []Clause{
				anyOf(atLeast(EvidenceStrength, Int(70))),
				anyOf(is(EvidenceCrossSell, Yes), is(EvidenceOtherUnits, Yes), below(SignalWalletShare, Int(80))),
			}},
			{"served", StageDeveloping, []Clause{anyOf(is(EvidenceServed, Yes))}},
		},
		Volume: VolumeRule{Factor: "sales-volume", High: Int(7), Fair: Int(4)},
		Moves:  defaultMoves(),
	}
}

// StageResult is the stage that the rules suggest, with the reasons, beside
// what our people recorded and what the customer says (S6).
type StageResult struct {
	// Suggested is the stage of the first rule that holds, or unknown.
	Suggested Stage `json:"suggested"`
	// Standing is the stage that stands: the suggested one, unless the margin
	// or the wait for more reviews keeps the one before. Held says that it
	// does.
	Standing Stage `json:"standing"`
	Held     bool  `json:"held,omitzero"`
	// Firm says that no unknown evidence could have made an earlier rule hold
	// with another stage.
	Firm bool `json:"firm"`
	// Possible lists the stages that the unknown evidence leaves open, the
	// suggested one included, in the order of the rules.
	Possible []Stage `json:"possible"`
	// Rule is the id of the rule that held.
	Rule string `json:"rule,omitzero"`
	// For and Against are the conditions of that rule that are true, and
	// those that are false where another of their clause is true.
	For     []Finding `json:"for,omitempty"`
	Against []Finding `json:"against,omitempty"`
	// Unknown lists the evidence without which an earlier rule could not be
	// decided.
	Unknown []Evidence `json:"unknown,omitempty"`
	// RunnerUp is the rule of another stage that the evidence speaks for
	// next: that with the most clauses that hold, less those that do not.
	RunnerUp *RunnerUp `json:"runnerUp,omitzero"`

	// Better is the way to a better stage, and Danger the way to the stage
	// that the account is most in danger of; nil where the table of moves or
	// the rules have none.
	Better *Path `json:"better,omitzero"`
	Danger *Path `json:"danger,omitzero"`

	// Served says whether we sell to them, as people say or the revenue shows.
	Served Verdict `json:"served"`
	// LikelyVolume and Interest say more about an account that is not served
	// yet.
	LikelyVolume Grade   `json:"likelyVolume,omitzero"`
	Interest     Verdict `json:"interest,omitzero"`

	// Recorded is the stage that our people recorded, as of the day, and
	// RecordedSince the day from which it has stood.
	Recorded      Stage `json:"recorded,omitzero"`
	RecordedSince Date  `json:"recordedSince,omitzero"`
	// Customer is the stage as the customer sees it.
	Customer Stage `json:"customer,omitzero"`
	// Move is the passage from the recorded stage to the suggested one, where
	// the two differ.
	Move *StageMove `json:"move,omitzero"`
	// Differs says since when our view and the customer's differ.
	Differs *Difference `json:"differs,omitzero"`
}

// Finding is a condition with the value that it met.
type Finding struct {
	Evidence  Evidence `json:"evidence"`
	Condition string   `json:"condition"`
	// Value is the judgement or the number found, or "unknown".
	Value string `json:"value"`
}

// RunnerUp is a rule that did not give the stage, and what kept it from it.
type RunnerUp struct {
	Rule  string `json:"rule"`
	Stage Stage  `json:"stage"`
	// Lacking are the conditions of its clauses that do not hold; none when
	// an earlier rule alone kept it from giving the stage.
	Lacking []Finding `json:"lacking,omitempty"`
}

// facts are the evidence of one account.
type facts struct {
	verdict func(Evidence) Verdict
	number  func(Evidence) *Number
	relax   func(StageRule) StageRule // nil but where a margin holds a stage
}

// judge judges a condition: yes, no, or unknown when the evidence is.
func (f facts) judge(c Condition) Verdict {
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
	case c.AtLeast != nil && n.units < c.AtLeast.units, c.Below != nil && n.units >= c.Below.units:
		return No
	}
	return Yes
}

func (f facts) finding(c Condition) Finding {
	value := f.verdict(c.Evidence).String()
	if c.Is == VerdictUnknown {
		if n := f.number(c.Evidence); n != nil {
			value = n.String()
		}
	}
	return Finding{c.Evidence, c.String(), value}
}

// clause is the best verdict of its conditions.
func (f facts) clause(c Clause) Verdict {
	out := No
	for _, cond := range c.Any {
		switch f.judge(cond) {
		case Yes:
			return Yes
		case VerdictUnknown:
			out = VerdictUnknown
		}
	}
	return out
}

// rule is the worst verdict of its clauses.
func (f facts) rule(r StageRule) Verdict {
	if f.relax != nil {
		r = f.relax(r)
	}
	out := Yes
	for _, c := range r.All {
		switch f.clause(c) {
		case No:
			return No
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
// numbers by the id of a signal or "strength". What is absent is unknown.
// [Engine.Assess] gathers both from an account, and adds what the record and
// the customer say. The rules are taken as they are: [Compile] checks them.
func (s StageRules) Classify(judgements map[Evidence]Verdict, numbers map[Evidence]Number) StageResult {
	rules := s.withDefaults()
	out := rules.classify(facts{
		verdict: func(e Evidence) Verdict { return judgements[e] },
		number: func(e Evidence) *Number {
			if n, ok := numbers[e]; ok {
				return &n
			}
			return nil
		},
	})
	out.Standing = out.Suggested
	return out
}

// classify tries the rules in order. Every combination of evidence gives
// exactly one stage, or unknown.
func (s *StageRules) classify(f facts) StageResult {
	var out StageResult
	fired := -1
	for i, r := range s.Rules {
		v := f.rule(r)
		if v == No {
			continue
		}
		if !slices.Contains(out.Possible, r.Stage) {
			out.Possible = append(out.Possible, r.Stage)
		}
		if v == Yes {
			fired = i
			break
		}
		out.Unknown = f.unknowns(out.Unknown, r)
	}
	if fired < 0 {
		out.Possible = append(out.Possible, StageUnknown)
	} else {
		out.Suggested, out.Rule = s.Rules[fired].Stage, s.Rules[fired].ID
		f.reasons(&out, s.Rules[fired])
	}
	out.Firm = len(out.Possible) == 1 && fired >= 0
	out.RunnerUp = s.runnerUp(f, out.Suggested)
	out.Better, out.Danger = s.outlook(f, out.Suggested)
	return out
}

// unknowns adds the unknown evidence of the clauses that are undecided.
func (f facts) unknowns(to []Evidence, r StageRule) []Evidence {
	for _, cl := range r.All {
		if f.clause(cl) != VerdictUnknown {
			continue
		}
		for _, c := range cl.Any {
			if f.judge(c) == VerdictUnknown && !slices.Contains(to, c.Evidence) {
				to = append(to, c.Evidence)
			}
		}
	}
	return to
}

func (f facts) reasons(out *StageResult, r StageRule) {
	for _, cl := range r.All {
		for _, c := range cl.Any {
			switch f.judge(c) {
			case Yes:
				out.For = append(out.For, f.finding(c))
			case No:
				out.Against = append(out.Against, f.finding(c))
			}
		}
	}
}

// runnerUp is the rule of another stage that has the most clauses that hold,
// less those that do not; ties go to the earlier rule.
func (s *StageRules) runnerUp(f facts, suggested Stage) *RunnerUp {
	var best *RunnerUp
	most := 0
	for _, r := range s.Rules {
		if r.Stage == suggested {
			continue
		}
		holding := 0
		up := RunnerUp{Rule: r.ID, Stage: r.Stage}
		for _, cl := range r.All {
			if f.clause(cl) == Yes {
				holding++
				continue
			}
			holding--
			for _, c := range cl.Any {
				up.Lacking = append(up.Lacking, f.finding(c))
			}
		}
		if best == nil || holding > most {
			most, best = holding, &up
		}
	}
	return best
}

// check reports rules that cannot work, in document order.
func (s *StageRules) check(r *report, at place, potential *Scorecard) {
	seen := map[string]bool{}
	for i, rule := range s.Rules {
		at := at.key("rules").index(i)
		if r.id(at.key("id"), rule.ID); seen[rule.ID] {
			r.add(at.key("id"), CodeDuplicate, rule.ID, "")
		}
		seen[rule.ID] = true
		if int(rule.Stage) >= len(stageWords) || rule.Stage == StageUnknown {
			r.add(at.key("stage"), CodeEnum, rule.Stage.String(), join(stageWords[1:]))
		}
		if len(rule.All) == 0 {
			r.add(at.key("all"), CodeMissing, "", ">= 1")
		}
		for j, cl := range rule.All {
			at := at.key("all").index(j).key("any")
			if len(cl.Any) == 0 {
				r.add(at, CodeMissing, "", ">= 1")
			}
			for k, c := range cl.Any {
				c.check(r, at.index(k))
			}
		}
	}
	root, at := at, at.key("volume")
	if !potential.hasLeaf(s.Volume.Factor) {
		r.add(at.key("factor"), CodeUnknown, s.Volume.Factor, "")
	}
	if s.Volume.Fair.units > s.Volume.High.units {
		r.add(at.key("fair"), CodeRange, s.Volume.Fair.String(), "<= "+s.Volume.High.String())
	}
	if s.Margin.units < 0 {
		r.add(root.key("margin"), CodeRange, s.Margin.String(), ">= 0")
	}
	r.count(root.key("reviews"), &s.Reviews)
	s.checkMoves(r, root.key("moves"))
}

func (c Condition) check(r *report, at place) {
	judged := slices.Contains(judgements, c.Evidence)
	if !judged && c.Evidence != EvidenceStrength && !Signal(c.Evidence).known() {
		if !kebab(string(c.Evidence)) || c.Is == VerdictUnknown {
			known := append(signalIDs(), string(EvidenceStrength))
			for _, e := range judgements {
				known = append(known, string(e))
			}
			r.add(at.key("evidence"), CodeUnknown, string(c.Evidence), nearest(string(c.Evidence), known))
			return
		}
		judged = true // a judgement of the caller's own
	}
	bounded := c.AtLeast != nil || c.Below != nil
	switch {
	case judged && (c.Is != Yes && c.Is != No || bounded):
		r.add(at.key("is"), CodeEnum, c.Is.String(), "yes, no")
	case !judged && (c.Is != VerdictUnknown || !bounded):
		r.add(at.key("atLeast"), CodeMissing, "", "atLeast, below")
	case c.AtLeast != nil && c.Below != nil && c.AtLeast.units >= c.Below.units:
		r.add(at.key("below"), CodeRange, c.Below.String(), "> "+c.AtLeast.String())
	}
}

// gather collects the evidence about an account: what people judge, and where
// nobody does, what the facts and the record show.
func gather(a *Account, asOf Date, signals *Signals, strength *Score, fresh freshness) facts {
	verdicts := map[Evidence]Verdict{}
	for id, j := range a.Judgements {
		if fresh.known(j.On) && !fresh.stale(j.On) {
			verdicts[Evidence(id)] = j.Verdict
		}
	}
	if verdicts[EvidenceServed] == VerdictUnknown {
		verdicts[EvidenceServed] = served(signals)
	}
	if verdicts[EvidenceOnceFirm] == VerdictUnknown {
		verdicts[EvidenceOnceFirm] = onceFirm(a.Stages, asOf)
	}
	return facts{
		verdict: func(e Evidence) Verdict { return verdicts[e] },
		number: func(e Evidence) *Number {
			if e == EvidenceStrength {
				return strength.Points
			}
			return signals.value(Signal(e))
		},
	}
}

// served is read from the revenue now.
func served(signals *Signals) Verdict {
	revenue := signals.value(SignalRevenue)
	switch {
	case revenue == nil:
		return VerdictUnknown
	case revenue.units > 0:
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

// views reads what people said from the record.
func (s *StageResult) views(rules *StageRules, h History, asOf Date) {
	if span, ok := h.Standing(ViewRecorded, asOf); ok {
		s.Recorded, s.RecordedSince = span.Stage, span.From
	}
	if s.Recorded != StageUnknown && s.Suggested != StageUnknown && s.Recorded != s.Suggested {
		s.Move = &StageMove{From: s.Recorded, To: s.Suggested, Usual: rules.usual(s.Recorded, s.Suggested)}
	}
	if r, ok := h.At(ViewCustomer, asOf); ok {
		s.Customer = r.Stage
	}
	if d, ok := h.Difference(asOf); ok {
		s.Differs = &d
	}
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

// StrengthScorecard returns the built-in scorecard for the strength of the
// relationship on the grid: nine factors (S7b). Each call returns a new one,
// to change as you like.
func StrengthScorecard() Scorecard {
	return Scorecard{
		ID:     "strength",
		Name:   Text{"Relationship strength", "关系定位"},
		Source: "S7b",
		Factors: []Factor{
			{
				ID: "purchase-frequency", Name: Text{"Purchase frequency", "购买频率"}, Weight: Int(15),
				Signal: SignalOrders, Bands: Bands(ints(0, 2, 4, 6, 8, 10), ints(1, 3, 6, 12, 24)...),
			},
			{ID: "knowledge", Name: Text{"Knowledge of the customer", "对客户的了解"}, Weight: Int(10)},
			{
				ID: "personal-ties", Name: Text{"Relationship with the customer's people", "与客户的关系"}, Weight: Int(15),
				Signal: SignalDecidersMet, Bands: Bands(ints(2, 5, 8), ints(1, 2)...),
			},
			{
				ID: "company-ties", Name: Text{"Ties to the customer's company", "与客户公司的联系"}, Weight: Int(10),
				Signal: SignalDepartments, Bands: Bands(ints(0, 2, 4, 6, 8), ints(1, 2, 3, 5)...),
			},
			{
				ID: "range", Name: Text{"Range of products and services", "产品和服务的范围"}, Weight: Int(10),
				Signal: SignalProductLines, Bands: Bands(ints(0, 2, 4, 6, 8, 10), ints(1, 2, 4, 6, 8)...),
			},
			{ID: "price", Name: Text{"Price of products and services", "产品和服务的价格"}, Weight: Int(10)},
			{ID: "reputation", Name: Text{"Overall reputation", "总体声誉"}, Weight: Int(10)},
			{ID: "financial-strength", Name: Text{"Financial strength", "财务实力"}, Weight: Int(5)},
			{
				ID: "service-quality", Name: Text{"Quality of service", "服务质量"}, Weight: Int(15),
				Signal: SignalOnTime, Bands: Bands(ints(0, 2, 4, 6, 8, 10), ints(70, 80, 90, 95, 99)...),
			},
		},
	}
}
