package kam

import (
	"encoding"
	"slices"

	"github.com/kam-go/kam/internal/alike"
)

// Override puts a value of someone's own in the place of a computed one, for a
// time. The computed value stands beside it and goes on being computed, and
// nothing else of the assessment is computed from the override. A portfolio goes by what is
// in force.
type Override struct {
	// Of is what is overridden: "stage", "cell", "tier", or the id of a
	// scorecard for its points.
	Of string `json:"of"`
	// Value is the word of the stage, cell or tier, or points from 0 to 100.
	Value string `json:"value"`
	// By is who decided it, and Why the reason; both must say something.
	By  string `json:"by"`
	Why string `json:"why"`
	// On and Until are the first and the last day that it is in force; both
	// must be given, so that none is forgotten.
	On    Date `json:"on"`
	Until Date `json:"until"`
}

// The computed values, beside the scorecards, that can be overridden.
const (
	OverrideStage = "stage"
	OverrideCell  = "cell"
	OverrideTier  = "tier"
)

// OverrideState is whether an override counts on a day.
type OverrideState uint8

// The states.
const (
	OverrideUnknown    OverrideState = iota
	OverrideInForce                  // it counts
	OverrideExpired                  // its last day is over
	OverrideSuperseded               // a later one of the same value counts
)

var overrideStateWords = enumWords[OverrideState]{"unknown", "in-force", "expired", "superseded"}

// Overruling is an override beside the value that was computed.
type Overruling struct {
	Override
	State OverrideState `json:"state"`
	// Computed is the computed value as text, of a stage that which stands, or "unknown"; a
	// tier is not computed for one account alone.
	Computed string `json:"computed"`
	// Differs says that the override is in force and not what was computed.
	Differs bool `json:"differs"`
	// DiffersSince is the later of the override's first day and the day from
	// which what the reviews found has been what is computed now: that of the assessment
	// where the last one still found what the override says, the first where they do not tell.
	DiffersSince Date `json:"differsSince,omitzero"`
}

// StageInForce is the stage that counts: the override's, where one is in
// force, or else the one that stands.
func (a Assessment) StageInForce() Stage {
	if s, ok := a.stageByHand(); ok {
		return s
	}
	return a.Stage.Standing
}

// CellInForce is the cell that counts: the override's, where one is in force,
// or else the placement's.
func (a Assessment) CellInForce() Cell {
	if c, ok := a.cellByHand(); ok {
		return c
	}
	return a.Placement.Cell
}

// TierInForce is the tier of the override in force, or else unknown: an
// account alone has no tier.
func (a Assessment) TierInForce() Tier {
	var out Tier
	a.inForce(OverrideTier, &out)
	return out
}

// PointsInForce are the points that count for a scorecard: the override's,
// where one is in force, or else the computed ones; nil is unknown.
func (a Assessment) PointsInForce(scorecard string) *Number {
	var n Number
	if a.inForce(scorecard, &n) {
		return &n
	}
	for _, s := range a.scores() {
		if s.Scorecard == scorecard {
			return clonePtr(s.Points)
		}
	}
	return nil
}

// inForceOf is a copy of a score with the points that count.
func (a *Assessment) inForceOf(s *Score) Score {
	out := s.clone()
	var points Number
	if a.inForce(s.Scorecard, &points) {
		out.Points, out.Range = &points, Range{points, points}
	}
	return out
}

func (a *Assessment) inForce(of string, out encoding.TextUnmarshaler) bool {
	o := a.overruling(of)
	return o != nil && out.UnmarshalText([]byte(o.Value)) == nil
}

// stageByHand and cellByHand are those of the override in force, where there is one.
func (a *Assessment) stageByHand() (Stage, bool) {
	if o := a.overruling(OverrideStage); o != nil {
		return stageWords.valueOf(o.Value)
	}
	return StageUnknown, false
}

func (a *Assessment) cellByHand() (Cell, bool) {
	if o := a.overruling(OverrideCell); o != nil {
		return cellWords.valueOf(o.Value)
	}
	return CellUnknown, false
}

// overruling is the override in force, or nil.
func (a *Assessment) overruling(of string) *Overruling {
	for i := range a.Overrides {
		if o := &a.Overrides[i]; o.Of == of && o.State == OverrideInForce {
			return o
		}
	}
	return nil
}

// overrule sets each override that was made by the day beside the computed
// value.
func (m *memory) overrule(of *Account, retired map[string]bool) {
	overrides := of.Overrides
	if len(overrides) == 0 {
		return
	}
	a, out := &m.out, m.overrides.begin()
	latest := map[string]Date{}
	for _, o := range overrides {
		if o.On.Cmp(a.AsOf) <= 0 && o.Until.Cmp(a.AsOf) >= 0 {
			latest[o.Of] = maxDate(latest[o.Of], o.On)
		}
	}
	for _, o := range overrides {
		if o.On.Cmp(a.AsOf) > 0 || retired[o.Of] {
			continue // not yet known, or of what there is no more
		}
		r := Overruling{Override: o, State: OverrideInForce, Computed: a.computed(o.Of)}
		switch {
		case o.Until.Cmp(a.AsOf) < 0:
			r.State = OverrideExpired
		case latest[o.Of] != o.On:
			r.State = OverrideSuperseded
		case o.canonical() != r.Computed:
			r.Differs, r.DiffersSince = true, maxDate(o.On, of.foundSince(&o, a))
		}
		out = append(out, r)
	}
	a.Overrides = m.overrides.keep(out)
}

// foundSince is the day from which the reviews have found what an assessment computes, or its
// own where the last review still found what the override says and this one no longer does;
// else it is unknown.
func (a *Account) foundSince(o *Override, so *Assessment) Date {
	var found, now string
	var since Date
	add := func(value string, on Date) {
		if on.Cmp(so.AsOf) <= 0 && value != found {
			found, since = value, on
		}
	}
	switch o.Of {
	case OverrideStage:
		now = so.Stage.Found.String()
		for span := range a.Stages.Spans(ViewSuggested, so.AsOf) {
			add(span.Stage.String(), span.From)
		}
	case OverrideCell:
		now = so.Placement.Found.String()
		for _, c := range a.Cells {
			add(c.Cell.String(), c.On)
		}
	}
	switch {
	case found == so.computed(o.Of):
		return since
	case found == o.Value && now != o.Value:
		return so.AsOf
	}
	return Date{}
}

// computed is the value beside an override, as text.
func (a *Assessment) computed(of string) string {
	switch of {
	case OverrideStage:
		return a.Stage.Standing.String()
	case OverrideCell:
		return a.Placement.Cell.String()
	}
	for _, s := range a.scores() {
		if s.Scorecard == of && s.Points != nil {
			return s.Points.String()
		}
	}
	return "unknown"
}

// canonical is the value as the package prints it: points of "50.0" are "50".
func (o Override) canonical() string {
	if n, ok := readNumber(o.Value); ok {
		return n.String()
	}
	return o.Value
}

// checkOverrides reports overrides that cannot be.
func (e *Engine) checkOverrides(r *report, overrides []Override) {
	if len(overrides) == 0 || !r.length("/overrides", len(overrides)) {
		return
	}
	type start struct {
		of string
		on Date
	}
	seen := map[start]bool{}
	for i, o := range overrides {
		r.enter("/overrides", i)
		e.checkOverride(r, o)
		if seen[start{o.Of, o.On}] {
			r.add("/on", CodeDuplicate, o.On.String(), "")
		}
		seen[start{o.Of, o.On}] = true
		r.leave()
	}
}

func (e *Engine) checkOverride(r *report, o Override) {
	switch {
	case e.retired[o.Of]:
	case o.Of == OverrideStage:
		o.word(r, new(Stage), stageWords)
	case o.Of == OverrideCell:
		o.word(r, new(Cell), cellWords)
	case o.Of == OverrideTier:
		o.word(r, new(Tier), tierWords)
	case slices.Contains(e.scorerIDs(), o.Of):
		points, err := ParseNumber(o.Value)
		switch {
		case err != nil:
			r.add("/value", CodeNumber, o.Value, "0..100")
		case points.units < 0 || points.units > 100*numberOne:
			r.add("/value", CodeRange, o.Value, "0..100")
		}
	default:
		known := append([]string{OverrideStage, OverrideCell, OverrideTier}, e.scorerIDs()...)
		r.add("/of", CodeUnknown, o.Of, alike.Nearest(o.Of, known))
	}
	r.key("/by", o.By)
	r.key("/why", o.Why)
	r.day("/on", o.On)
	r.day("/until", o.Until)
	r.after("/until", o.On, o.Until)
}

// word reports a value that is not one of the words, or unknown.
func (o *Override) word(r *report, into encoding.TextUnmarshaler, words []string) {
	if into.UnmarshalText([]byte(o.Value)) != nil || o.Value == "unknown" {
		r.add("/value", CodeEnum, o.Value, join(words[1:]))
	}
}
