package kam

import (
	"slices"
	"strings"

	"github.com/kam-go/kam/internal/alike"
)

// Stage is where the relationship with an account stands (S6). The stages are
// not a ladder and have no order. The zero value is unknown.
type Stage uint8

// The seven stages.
const (
	StageUnknown      Stage = iota
	StagePotential          // not served yet
	StageDeveloping         // served, and not more yet
	StageGood               // very good, with room to grow
	StageStrong             // firm, and all the value is taken and given
	StageLimitedShare       // stable but small, as a rival stands closer
	StageDefensive          // once firm, now under attack or hurt by our own work
	StageDeclining          // they need us no more, or serving them no longer pays
)

var stageWords = enumWords[Stage]{"unknown", "potential", "developing", "good", "strong", "limited-share", "defensive", "declining"}

var stageLabels = []Text{
	{"Unknown", "未知"},
	{"Potential", "潜在关系"},
	{"Developing", "发展中关系"},
	{"Good", "良好关系"},
	{"Strong", "牢固关系"},
	{"Limited share", "份额有限"},
	{"Defensive", "防御性关系"},
	{"Declining", "萎缩关系"},
}

// Label names the stage for people.
func (s Stage) Label() Text { return label(s, stageLabels) }

// Stages returns the seven stages in the order of the source (S6).
func Stages() []Stage {
	return []Stage{StagePotential, StageDeveloping, StageGood, StageStrong, StageLimitedShare, StageDefensive, StageDeclining}
}

// Evidence is the id of something that a stage rests on. It is one of the
// constants below, which are judgements of yes or no, or a [Signal], or
// "strength", the points of the relationship-strength scorecard, or a judgement of
// one's own, which a condition of the policy reads or [Policy].Names has.
type Evidence string

// The judgements that the default rules ask for (S6).
const (
	EvidenceServed          Evidence = "served"             // do we sell to them? read from the facts where nobody says, or since someone said no
	EvidenceInterest        Evidence = "interest-shown"     // have they shown interest?
	EvidenceNeedEnded       Evidence = "need-ended"         // do they no longer need what we sell?
	EvidenceNotWorthServing Evidence = "not-worth-serving"  // do their cuts make serving them pointless?
	EvidenceOnceFirm        Evidence = "once-firm"          // was the stage ever good or strong? read from the record where nobody says
	EvidencePoorPerformance Evidence = "poor-performance"   // has our own poor work hurt the relationship?
	EvidenceRivalAttack     Evidence = "rival-attack"       // is a rival attacking our position?
	EvidenceRivalStronger   Evidence = "rival-stronger"     // is a rival's relationship stronger than ours?
	EvidenceFullShare       Evidence = "full-share"         // do they buy nearly all they can from us? read from the share of wallet where nobody says
	EvidenceCrossSell       Evidence = "room-to-cross-sell" // is there more of what we sell that they could buy?
	EvidenceOtherUnits      Evidence = "other-units"        // are there departments or buying units yet to enter?
)

// EvidenceStrength is the points of the relationship-strength scorecard. Where answers
// are missing the points give the stage, and the whole range says whether it is firm; a
// check of failure is clear by the whole range alone.
const EvidenceStrength Evidence = "strength"

var judgements = [...]Evidence{
	EvidenceServed, EvidenceInterest, EvidenceNeedEnded, EvidenceNotWorthServing, EvidenceOnceFirm,
	EvidencePoorPerformance, EvidenceRivalAttack, EvidenceRivalStronger, EvidenceFullShare, EvidenceCrossSell, EvidenceOtherUnits,
	EvidencePrioritiesShared, EvidenceInformation, EvidenceTrustDamaged, EvidenceKnownAsKey, EvidenceMarketShift, EvidenceNeedEnding,
	EvidenceManagerSkilled, EvidenceManagerTime, EvidenceInternalSupport, EvidenceFinanciallySound, EvidencePricePressure,
}

// index is the place of a judgement in judgements, or -1; a switch is far quicker than
// a search.
func (e Evidence) index() int {
	switch e {
	case EvidenceServed:
		return 0
	case EvidenceInterest:
		return 1
	case EvidenceNeedEnded:
		return 2
	case EvidenceNotWorthServing:
		return 3
	case EvidenceOnceFirm:
		return 4
	case EvidencePoorPerformance:
		return 5
	case EvidenceRivalAttack:
		return 6
	case EvidenceRivalStronger:
		return 7
	case EvidenceFullShare:
		return 8
	case EvidenceCrossSell:
		return 9
	case EvidenceOtherUnits:
		return 10
	case EvidencePrioritiesShared:
		return 11
	case EvidenceInformation:
		return 12
	case EvidenceTrustDamaged:
		return 13
	case EvidenceKnownAsKey:
		return 14
	case EvidenceMarketShift:
		return 15
	case EvidenceNeedEnding:
		return 16
	case EvidenceManagerSkilled:
		return 17
	case EvidenceManagerTime:
		return 18
	case EvidenceInternalSupport:
		return 19
	case EvidenceFinanciallySound:
		return 20
	case EvidencePricePressure:
		return 21
	}
	return -1
}

// StageRules classify a relationship. The rules are tried in order and the
// first that holds gives the stage.
type StageRules struct {
	// Rules in order; nil means the default rules.
	Rules []StageRule `json:"rules"`
	// Volume reads how likely a customer that is not served yet is to buy
	// much (S6).
	Volume VolumeRule `json:"volume"`
	// Margin is hysteresis on the numbers: of the stage that stands by what the
	// reviews found ([StageResult].Found, recorded in [Account].Stages), its own rules
	// hold until their lines are passed by this much, in the unit of each line: points of the
	// strength, percent, and days, orders or an amount where a rule has such a line. 0 is none.
	Margin Number `json:"margin"`
	// Reviews is how many of them in a row, today's included, must find another
	// stage before it stands. 0 and 1 are one.
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

// VolumeRule grades the rating of one factor of the potential scorecard.
type VolumeRule struct {
	Factor string `json:"factor" required:"true"`
	High   Number `json:"high" required:"true"` // this or more is high
	Fair   Number `json:"fair" required:"true"` // this or more is fair
}

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
				anyOf(is(EvidenceFullShare, Yes), atLeast(SignalWalletShare, Int(nearlyAll))),
				anyOf(is(EvidenceCrossSell, No)),
				anyOf(is(EvidenceOtherUnits, No)),
			}},
			{"firm-with-room", StageGood, []Clause{
				anyOf(atLeast(EvidenceStrength, Int(70))),
				anyOf(is(EvidenceCrossSell, Yes), is(EvidenceOtherUnits, Yes), below(SignalWalletShare, Int(nearlyAll))),
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
	// Found is what this review found: the suggested stage, unless the margin keeps the one
	// before. Where it is known, record it in the history ([ViewSuggested]): the margin and the
	// reviews of the next assessment go by what the reviews found.
	Found Stage `json:"found,omitzero"`
	// Standing is the stage that stands: the suggested one, unless the margin
	// or the wait for more reviews keeps the one before. Held says that it
	// does.
	Standing Stage `json:"standing"`
	Held     bool  `json:"held,omitzero"`
	// Firm says that whatever is unknown, answers of the strength included, turns
	// out to be, this stage stands.
	Firm bool `json:"firm"`
	// Possible lists the stages that may stand, for all that is unknown, the
	// standing one included: those of the rules, in their order, or what the margin
	// and the reviews keep in their place.
	Possible []Stage `json:"possible"`
	// Rule is the id of the rule that held.
	Rule string `json:"rule,omitzero"`
	// For and Against are the conditions of that rule that are true, and
	// those that are false where another of their clause is true.
	For     []Finding `json:"for,omitempty"`
	Against []Finding `json:"against,omitempty"`
	// Unknown lists the evidence without which a rule of a possible stage could
	// not be decided; the strength, where its range lies on both sides of a line.
	Unknown []Evidence `json:"unknown,omitempty"`
	// RunnerUp is the rule of another stage that the evidence speaks for
	// next: that with the most clauses that hold, less those that do not.
	RunnerUp *RunnerUp `json:"runnerUp,omitzero"`

	// Better is the way from the stage that stands to a better one, and Danger the way to
	// the stage that the account is most in danger of; nil where the table of moves or the
	// rules have none, but for what is suggested already. Nothing is better than strong.
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

// RunnerUp is a rule that did not give the stage, and what kept it from it.
type RunnerUp struct {
	Rule  string `json:"rule"`
	Stage Stage  `json:"stage"`
	// Lacking are the conditions of its clauses that do not hold; none when
	// an earlier rule alone kept it from giving the stage.
	Lacking []Finding `json:"lacking,omitempty"`
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
		word(r, at.key("stage"), rule.Stage, stageWords)
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
	if leaves := potential.leafIDs(); !slices.Contains(leaves, s.Volume.Factor) {
		r.add(at.key("factor"), CodeUnknown, s.Volume.Factor, alike.Nearest(s.Volume.Factor, leaves))
	}
	r.number(at.key("high"), &s.Volume.High)
	r.number(at.key("fair"), &s.Volume.Fair)
	if s.Volume.Fair.units > s.Volume.High.units {
		r.add(at.key("fair"), CodeRange, s.Volume.Fair.String(), "<= "+s.Volume.High.String())
	}
	if s.Margin.units < 0 {
		r.add(root.key("margin"), CodeRange, s.Margin.String(), ">= 0")
	}
	r.count(root.key("reviews"), &s.Reviews)
	s.checkMoves(r, root.key("moves"))
}

// judged reports evidence that people judge, of the built-in kind.
func (e Evidence) judged() bool { return e.index() >= 0 || e == EvidenceStrategic }

// numeric reports evidence that is a number: a signal, an attribute or the strength.
func (e Evidence) numeric() bool { return e == EvidenceStrength || Signal(e).known() }

// attribute reports a number of the caller's own.
func (e Evidence) attribute() bool {
	name, own := strings.CutPrefix(string(e), attributePrefix)
	return own && name != ""
}

// numberIDs are the kinds of evidence that are numbers.
func numberIDs() []string {
	return append(signalIDs(), string(EvidenceStrength))
}

func judgementIDs() []string {
	ids := []string{string(EvidenceStrategic)}
	for _, e := range judgements {
		ids = append(ids, string(e))
	}
	return ids
}

// views reads what people said from the record.
func (s *StageResult) views(m *memory, rules *StageRules, h History, asOf Date) {
	if span, ok := h.Standing(ViewRecorded, asOf); ok {
		s.Recorded, s.RecordedSince = span.Stage, span.From
	}
	if s.Recorded != StageUnknown && s.Suggested != StageUnknown && s.Recorded != s.Suggested {
		s.Move = &m.stagePart().move
		*s.Move = StageMove{From: s.Recorded, To: s.Suggested, Usual: rules.usual(s.Recorded, s.Suggested)}
	}
	if r, ok := h.At(ViewCustomer, asOf); ok {
		s.Customer = r.Stage
	}
	if d, ok := h.Difference(asOf); ok {
		s.Differs = &m.stagePart().differs
		*s.Differs = d
	}
}

// StrengthScorecard returns the built-in scorecard for the strength of the
// relationship on the grid: nine factors (S7b). Each call returns a new one,
// to change as you like. Its factors are purchase-frequency, knowledge, personal-ties,
// company-ties, range, price, reputation, financial-strength and service-quality.
func StrengthScorecard() Scorecard {
	return Scorecard{
		ID:     "strength",
		Name:   Text{"Relationship strength", "关系强度"},
		Source: "S7b",
		Factors: []Factor{
			{
				ID: "purchase-frequency", Name: Text{"Purchase frequency", "采购频率"}, Weight: Int(15),
				Signal: SignalOrders, Bands: Bands(ints(0, 2, 4, 6, 8, 10), ints(1, 3, 6, 12, 24)...),
			},
			{ID: "knowledge", Name: Text{"Knowledge of the customer", "对客户的了解"}, Weight: Int(10)},
			{
				ID: "personal-ties", Name: Text{"Relationship with the customer's people", "与客户方人员的关系"}, Weight: Int(15),
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
