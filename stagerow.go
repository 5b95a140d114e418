package kam

import (
	"fmt"
	"iter"
	"math/bits"
	"slices"

	"github.com/kam-go/kam/internal/alike"
)

// maxConditions is the most distinct conditions of a [Classifier], one bit of
// a mask each.
const maxConditions = 64

// Classifier is compiled [StageRules], with checks of failure that are data
// beside them, for those who judge millions of accounts, or the same ones again
// and again; [StageRules.Classify] and [Engine.Assess] give a stage with all its
// reasons. [StageRules.Compile] makes one. It never changes and may be shared by
// goroutines.
type Classifier struct {
	conditions conditions
	rules      []ruleMasks
	checks     []checkBits
}

// ruleMasks is a rule: each of its clauses is the conditions of which one must
// hold.
type ruleMasks struct {
	id    string
	stage Stage
	all   []uint64
}

// checkBits are the conditions of a check. Where there is none for watch, its bit
// is one beyond the last, which no mask has.
type checkBits struct{ atRisk, watch uint8 }

// Compile checks the rules, and the checks that are to be judged with them. The
// errors are those of [Compile], with pointers into the rules and, for the
// checks, into a list "custom"; the volume, which needs a scorecard, is left to
// it. More than 64 distinct conditions are a [CodeTooLarge]: compile the further
// checks with rules of their own. The margin, the reviews and the moves take no
// part. Nothing of the arguments is kept.
func (s StageRules) Compile(checks ...CustomRisk) (*Classifier, error) {
	rules, potential := s.withDefaults(), PotentialScorecard()
	rules.Volume = DefaultStageRules().Volume
	var r report
	rules.check(&r, "", &potential)
	risks := RiskRules{Custom: checks}.withDefaults()
	risks.check(&r, "")
	var c Classifier
	if len(r.found) == 0 {
		c.compile(&r, rules.Rules, risks.Custom)
	}
	if err := r.found.Err(); err != nil {
		return nil, fmt.Errorf("kam: compile stage rules: %w", err)
	}
	return &c, nil
}

func (c *Classifier) compile(r *report, rules []StageRule, checks []CustomRisk) {
	c.rules = make([]ruleMasks, 0, len(rules)) // never nil, which is that of the zero Classifier
	for i, rule := range rules {
		masks, at := ruleMasks{id: rule.ID, stage: rule.Stage}, place("/rules").index(i).key("all")
		for j, cl := range rule.All {
			var clause uint64
			for k, cond := range cl.Any {
				clause |= 1 << c.conditions.bit(r, at.index(j).key("any").index(k), cond)
			}
			masks.all = append(masks.all, clause)
		}
		c.rules = append(c.rules, masks)
	}
	for i, check := range checks {
		at := place("/custom").index(i)
		bits := checkBits{c.conditions.bit(r, at.key("atRisk"), check.AtRisk), maxConditions}
		if check.Watch != nil {
			bits.watch = c.conditions.bit(r, at.key("watch"), *check.Watch)
		}
		c.checks = append(c.checks, bits)
	}
}

// conditions are the distinct conditions of a classifier. The bit of each is
// its place in all.
type conditions struct {
	all      []conditionKey
	texts    []string
	judged   []judged
	measured []measured
	bounds   []bound
}

// conditionKey is a condition without pointers. A bound that is absent lies
// beyond all numbers.
type conditionKey struct {
	evidence Evidence
	is       Verdict
	lo, hi   int64
}

// bound is a condition on a number: lo <= number < lo + width.
type bound struct {
	lo          int64
	width       uint64
	number, bit uint8
}

// judged is a judgement with the conditions that it makes true.
type judged struct {
	evidence Evidence
	yes, no  uint64
}

// measured is a number with the conditions that read it.
type measured struct {
	evidence Evidence
	read     uint64
}

// bit returns the bit of a condition, and adds one that is new. That for which
// there is no bit is reported, once.
func (c *conditions) bit(r *report, at place, x Condition) uint8 {
	key := conditionKey{x.Evidence, x.Is, -numberMax - 1, numberMax + 1}
	if x.AtLeast != nil {
		key.lo = x.AtLeast.units
	}
	if x.Below != nil {
		key.hi = x.Below.units
	}
	i := slices.Index(c.all, key)
	if i >= 0 {
		return uint8(i)
	}
	if i = len(c.all); i == maxConditions {
		if len(r.found) == 0 {
			r.add(at, CodeTooLarge, x.String(), fmt.Sprint("<= ", maxConditions))
		}
		return maxConditions
	}
	c.all, c.texts = append(c.all, key), append(c.texts, x.String())
	if key.is == VerdictUnknown {
		c.measure(key, i)
	} else {
		c.judge(key, i)
	}
	return uint8(i)
}

func (c *conditions) judge(key conditionKey, bit int) {
	i := slices.IndexFunc(c.judged, func(j judged) bool { return j.evidence == key.evidence })
	if i < 0 {
		i, c.judged = len(c.judged), append(c.judged, judged{evidence: key.evidence})
	}
	if key.is == Yes {
		c.judged[i].yes = 1 << bit
	} else {
		c.judged[i].no = 1 << bit
	}
}

func (c *conditions) measure(key conditionKey, bit int) {
	i := slices.IndexFunc(c.measured, func(m measured) bool { return m.evidence == key.evidence })
	if i < 0 {
		i, c.measured = len(c.measured), append(c.measured, measured{evidence: key.evidence})
	}
	c.measured[i].read |= 1 << bit
	c.bounds = append(c.bounds, bound{key.lo, uint64(key.hi - key.lo), uint8(i), uint8(bit)})
}

// StageRow is the evidence about one account, bound to its [Classifier]: what
// people judge, and numbers without names. The zero value is bound to nothing
// and has no stage. A StageRow may be shared by goroutines while nobody binds it
// anew; copies share its memory.
type StageRow struct {
	classifier   *Classifier
	numbers      []int64
	yes, unknown uint64 // yes of the judgements alone
}

// Bind copies the evidence that the rules and the checks ask for into a
// [StageRow]: judgements of yes or no, and numbers by the id of a signal or
// "strength", as [StageRules.Classify] takes them. What is absent is unknown, and
// what nothing asks for is left out. [Engine.Assess] puts two judgements in where
// nobody gives them, "served" where there is revenue now and "once-firm" where the
// stage was ever recorded as good or strong, leaves out what is later than its day or
// older than the policy's age, and looks at the whole range of a strength with answers
// missing; here that is for the caller to do. A verdict that is none is a [CodeEnum], a
// number that is none a [CodeNumber], and evidence that is neither built in nor asked
// for by the rules and the checks a [CodeUnknown], but for attributes, with pointers
// such as "/judgements/served" and "/numbers/on-time".
func (c *Classifier) Bind(judgements map[Evidence]Verdict, numbers map[Evidence]Number) (StageRow, error) {
	var row StageRow
	err := c.BindTo(&row, judgements, numbers)
	return row, err
}

// BindTo is [Classifier.Bind] into a row that is there already; its memory is
// used again. On error the row keeps its evidence; a nil row is a [CodeMissing], and so is
// any to a classifier that [StageRules.Compile] has not made.
func (c *Classifier) BindTo(row *StageRow, judgements map[Evidence]Verdict, numbers map[Evidence]Number) error {
	switch {
	case c == nil || c.rules == nil:
		return fmt.Errorf("kam: bind evidence: %w", Violations{{Code: CodeMissing, Value: "classifier", Want: "kam.StageRules.Compile"}})
	case row == nil:
		return fmt.Errorf("kam: bind evidence: %w", notGiven("row"))
	}
	if err := c.refuse(judgements, numbers); err != nil {
		return fmt.Errorf("kam: bind evidence: %w", err)
	}
	if row.classifier != c {
		*row = StageRow{classifier: c, numbers: make([]int64, len(c.conditions.measured))}
	}
	row.yes, row.unknown = 0, 0
	for _, j := range c.conditions.judged {
		switch judgements[j.evidence] {
		case Yes:
			row.yes |= j.yes
		case No:
			row.yes |= j.no
		default:
			row.unknown |= j.yes | j.no
		}
	}
	for i, m := range c.conditions.measured {
		n, ok := numbers[m.evidence]
		if row.numbers[i] = n.units; !ok {
			row.unknown |= m.read
		}
	}
	return nil
}

func (c *Classifier) refuse(judgements map[Evidence]Verdict, numbers map[Evidence]Number) error {
	wrong := false
	for e, v := range judgements {
		wrong = wrong || v > No || !c.judges(e)
	}
	for e, n := range numbers {
		wrong = wrong || !n.Valid() || !e.numeric()
	}
	if !wrong {
		return nil
	}
	var r report
	for e, v := range sorted(judgements) {
		at := place("/judgements").key(string(e))
		if enum(&r, at, v, verdictWords); !c.judges(e) && !r.full() {
			r.add(at, CodeUnknown, string(e), alike.Nearest(string(e), c.judgementIDs()))
		}
	}
	for e, n := range sorted(numbers) {
		at := place("/numbers").key(string(e))
		if r.number(at, &n); !e.numeric() {
			r.add(at, CodeUnknown, string(e), alike.Nearest(string(e), numberIDs()))
		}
	}
	return r.found
}

// judges reports a judgement that is built in or asked for.
func (c *Classifier) judges(e Evidence) bool {
	return e.judged() || slices.ContainsFunc(c.conditions.judged, func(j judged) bool { return j.evidence == e })
}

func (c *Classifier) judgementIDs() []string {
	ids := judgementIDs()
	for _, j := range c.conditions.judged {
		if !j.evidence.judged() {
			ids = append(ids, string(j.evidence))
		}
	}
	return ids
}

// Classify judges the row; it allocates nothing. The results are those of
// [StageRules.Classify] and of the checks in [Engine.Assess], of the same
// evidence.
func (r StageRow) Classify() RowStage {
	c := r.classifier
	if c == nil {
		return RowStage{}
	}
	yes, possible := r.yes|c.conditions.hold(r.numbers)&^r.unknown, uint8(0)
	for i := range c.rules {
		rule := &c.rules[i]
		lacks, fails := rule.judge(yes, yes|r.unknown)
		if fails > 0 {
			continue
		}
		if possible |= 1 << rule.stage; lacks == 0 {
			return RowStage{c, rule, yes, r.unknown, possible}
		}
	}
	return RowStage{c, nil, yes, r.unknown, possible | 1<<StageUnknown}
}

// hold sets the bits of the conditions on numbers that hold.
func (c *conditions) hold(numbers []int64) (yes uint64) {
	for _, b := range c.bounds {
		// The difference borrows where the number is in the bounds.
		_, in := bits.Sub64(uint64(numbers[b.number]-b.lo), b.width, 0)
		yes |= in << (b.bit % maxConditions)
	}
	return yes
}

// judge counts the clauses that do not hold and those that fail, by the
// conditions that are true and those that may be. It has no branch, since whoever
// judges many would guess each wrong.
func (r *ruleMasks) judge(yes, may uint64) (lacks, fails uint64) {
	for _, clause := range r.all {
		_, lack := bits.Sub64(yes&clause, 1, 0)
		_, fail := bits.Sub64(may&clause, 1, 0)
		lacks, fails = lacks+lack, fails+fail
	}
	return lacks, fails
}

// RowStage is what the evidence of a [StageRow] says, and a small value: what is
// not asked for is not computed. The zero value is that of no rules: its stage
// and outcomes are unknown.
type RowStage struct {
	classifier   *Classifier
	rule         *ruleMasks // nil where none holds
	yes, unknown uint64
	possible     uint8 // a bit for each stage
}

// Suggested is [StageResult].Suggested: the stage of the first rule that holds,
// or unknown.
func (s RowStage) Suggested() Stage {
	if s.rule == nil {
		return StageUnknown
	}
	return s.rule.stage
}

// Rule is the id of the rule that held, or "".
func (s RowStage) Rule() string {
	if s.rule == nil {
		return ""
	}
	return s.rule.id
}

// Firm is [StageResult].Firm: no unknown evidence could have made an earlier rule
// hold with another stage.
func (s RowStage) Firm() bool {
	return s.rule != nil && s.possible == 1<<s.rule.stage
}

// Possible yields the stages that the unknown evidence leaves open, as
// [StageResult].Possible lists them.
func (s RowStage) Possible() iter.Seq[Stage] {
	return func(yield func(Stage) bool) {
		if s.classifier == nil {
			return
		}
		left := s.possible
		for i := range s.classifier.rules {
			rule := &s.classifier.rules[i]
			if left&(1<<rule.stage) == 0 {
				continue
			}
			if _, fails := rule.judge(s.yes, s.yes|s.unknown); fails > 0 {
				continue
			}
			if left &^= 1 << rule.stage; !yield(rule.stage) {
				return
			}
		}
		if left != 0 {
			yield(StageUnknown)
		}
	}
}

// Outcome is what the i-th of the checks given to [StageRules.Compile] found, and
// unknown where there is none.
func (s RowStage) Outcome(i int) Outcome {
	if s.classifier == nil || i < 0 || i >= len(s.classifier.checks) {
		return OutcomeUnknown
	}
	c := s.classifier.checks[i]
	// Whoever judges many meets each outcome by turns: no branch would be guessed
	// right.
	atRisk, watch := s.yes>>c.atRisk&1, s.yes>>c.watch&1
	known := ^(s.unknown>>c.atRisk | s.unknown>>c.watch) & 1
	return Outcome(max(atRisk*uint64(AtRisk), watch*uint64(Watch), known*uint64(Clear)))
}

// Conditions yields each distinct condition of the rules and then of the checks,
// as [Condition.String] has it, with its verdict: that is the explanation.
func (s RowStage) Conditions() iter.Seq2[string, Verdict] {
	return func(yield func(string, Verdict) bool) {
		if s.classifier == nil {
			return
		}
		for i, text := range s.classifier.conditions.texts {
			v := No
			switch bit := uint64(1) << i; {
			case s.unknown&bit != 0:
				v = VerdictUnknown
			case s.yes&bit != 0:
				v = Yes
			}
			if !yield(text, v) {
				return
			}
		}
	}
}

// Bits are the conditions that hold and those that are unknown, the first of
// [RowStage.Conditions] at bit 0: an explanation to store, count and compare.
func (s RowStage) Bits() (yes, unknown uint64) { return s.yes, s.unknown }
