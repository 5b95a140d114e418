package kam

import (
	"fmt"
	"log/slog"
	"math/big"

	"github.com/shopspring/decimal"
)

// Plan is an account plan (S11): where we want to be with one account by a
// day, and who does what to get there. It is plain data, decodes strictly from
// JSON, and loses nothing there and back. [Plan.Validate] checks it.
type Plan struct {
	// Account is the ID of the account, and Version counts the plan's
	// versions from 1.
	Account string `json:"account"`
	Version int    `json:"version,omitzero"`
	// Owner is who of us answers for the plan; Team lists all who work on it.
	Owner string   `json:"owner,omitzero"`
	Team  []string `json:"team,omitzero"`
	From  Date     `json:"from,omitzero"`
	To    Date     `json:"to,omitzero"`
	// FiscalYear is by whose months, quarters and years the plan forecasts;
	// its zero value is the calendar year.
	FiscalYear FiscalYear `json:"fiscalYear,omitzero"`

	Summary     Summary     `json:"summary,omitzero"`
	Overview    Overview    `json:"overview,omitzero"`
	Situation   Situation   `json:"situation,omitzero"`
	Competition Competition `json:"competition,omitzero"`
	// CustomerObjectives are what the customer wants to reach, and Value what
	// our offers do for it: the customer value proposition.
	CustomerObjectives []CustomerObjective `json:"customerObjectives,omitzero"`
	Value              []ValueItem         `json:"value,omitzero"`
	Strategy           PlanStrategy        `json:"strategy,omitzero"`
	Objectives         []Objective         `json:"objectives,omitzero"`
	Issues             []Issue             `json:"issues,omitzero"`
	Resources          []Resource          `json:"resources,omitzero"`
	Actions            []Action            `json:"actions,omitzero"`
	Forecast           []Forecast          `json:"forecast,omitzero"`
	Partnership        []PartnerRating     `json:"partnership,omitzero"`
	Reviews            []Review            `json:"reviews,omitzero"`
}

// UnmarshalJSON decodes strictly, in place of the whole plan: what the document does not have is
// not kept. It reports all that is wrong as
// [Violations]; on error p keeps its value, and so it does on null. More than 8 MiB is a
// [CodeTooLarge], and so are the other limits of LIMITS.md.
func (p *Plan) UnmarshalJSON(data []byte) error {
	return decodeInto(data, p)
}

// Purpose is one of the two purposes of an account plan (S11).
type Purpose uint8

// The purposes.
const (
	PurposeUnknown  Purpose = iota
	PurposePosition         // analyse the competitive position together with the account
	PurposeBusiness         // raise the business potential most
)

var purposeWords = enumWords[Purpose]{"unknown", "position", "business"}

// Summary is the executive summary.
type Summary struct {
	Purpose   string `json:"purpose,omitzero"`
	Direction string `json:"direction,omitzero"`
}

// Overview is the account at the time of the plan.
type Overview struct {
	Text string `json:"text,omitzero"`
	// Snapshot is the assessment that the plan was made on, with its digest.
	Snapshot *Assessment `json:"snapshot,omitzero"`
}

// Situation is what is seen when the account is analysed (S12).
type Situation struct {
	Strengths     []string `json:"strengths,omitzero"`
	Weaknesses    []string `json:"weaknesses,omitzero"`
	Opportunities []string `json:"opportunities,omitzero"`
	Threats       []string `json:"threats,omitzero"`
	Trends        []string `json:"trends,omitzero"`
	// Influences come from outside.
	Influences []string     `json:"influences,omitzero"`
	Contacts   []KeyContact `json:"contacts,omitzero"`
}

// KeyContact is a contact who matters for the plan. It is personal data, and
// shows itself as [Contact] does.
type KeyContact struct {
	// Contact is the contact's ID in the account, and Name how to call them.
	Contact     string   `json:"contact"`
	Name        string   `json:"name,omitzero"`
	Authority   Grade    `json:"authority,omitzero"`
	Personality string   `json:"personality,omitzero"`
	Priorities  []string `json:"priorities,omitzero"`
	Stance      Attitude `json:"stance,omitzero"`
}

// LogValue shows the contact's ID alone.
func (k KeyContact) LogValue() slog.Value { return Contact{ID: k.Contact}.LogValue() }

// Format shows the contact's ID alone, whatever the verb.
func (k KeyContact) Format(f fmt.State, verb rune) { Contact{ID: k.Contact}.Format(f, verb) }

// CustomerObjective is something that the customer wants to reach.
type CustomerObjective struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// ValueItem is what one offer of ours does for one objective of theirs.
type ValueItem struct {
	Offer string `json:"offer"`
	// Objective is the ID of a customer's objective.
	Objective string `json:"objective"`
	// Worth is what it is worth to them.
	Worth *Money `json:"worth,omitzero"`
	Text  string `json:"text,omitzero"`
}

// Competition compares us with our rivals, and says what they will do.
type Competition struct {
	Factors []ComparedFactor `json:"factors,omitzero"`
	Moves   []RivalMove      `json:"moves,omitzero"`
	Counter []CounterMove    `json:"counter,omitzero"`
}

// ComparedFactor rates us and the rivals on one scale, from 0 to 10.
type ComparedFactor struct {
	Factor string        `json:"factor"`
	Ours   *Number       `json:"ours,omitzero"`
	Rivals []RivalRating `json:"rivals,omitzero"`
}

// RivalRating is a rival's rating.
type RivalRating struct {
	Rival  string `json:"rival"`
	Rating Number `json:"rating" required:"true"`
}

// RelativeStrength is our rating over the strongest rival's, rounded half to
// even to 4 places, and whether it is known: it takes both ratings, and a
// rival above 0.
func (c ComparedFactor) RelativeStrength() (Number, bool) {
	var best Number
	for _, r := range c.Rivals {
		best = Number{max(best.units, r.Rating.units)}
	}
	if c.Ours == nil || c.Ours.units < 0 || best.units <= 0 {
		return Number{}, false
	}
	return numberOfRat(big.NewRat(c.Ours.units, best.units))
}

// RivalMove is what a rival is expected to do.
type RivalMove struct {
	ID    string `json:"id"`
	Rival string `json:"rival"`
	Text  string `json:"text"`
}

// CounterMove is our answer to a rival's move.
type CounterMove struct {
	// Move is the ID of the rival's move.
	Move string `json:"move"`
	Text string `json:"text"`
}

// Stance is what a strategy does with the account.
type Stance uint8

// The stances.
const (
	StanceUnknown Stance = iota
	StanceInvest         // put in more than it brings now
	StanceHold           // keep what there is
	StanceReduce         // put in less
)

var stanceWords = enumWords[Stance]{"unknown", "invest", "hold", "reduce"}

// PlanStrategy is the overall strategy.
type PlanStrategy struct {
	Text   string `json:"text,omitzero"`
	Stance Stance `json:"stance,omitzero"`
	// Why is the reason of a stance that the cell of the grid speaks against.
	Why string `json:"why,omitzero"`
}

// Objective is something that the plan is to reach. One with a unit or any
// value is quantitative, and has a baseline and a target.
type Objective struct {
	// ID is the caller's own key, unique in the plan.
	ID      string  `json:"id"`
	Purpose Purpose `json:"purpose,omitzero"`
	Text    string  `json:"text,omitzero"`
	// Unit is what the numbers count, such as "EUR" or "percent".
	Unit     string  `json:"unit,omitzero"`
	Baseline *Number `json:"baseline,omitzero"`
	Target   *Number `json:"target,omitzero"`
	// Current is the value on the day CurrentOn; without a day it is that of the day of the
	// check or the progress.
	Current   *Number `json:"current,omitzero"`
	CurrentOn Date    `json:"currentOn,omitzero"`
	// Start is the day of the baseline, which may lie before the plan; unknown is the plan's first
	// day.
	Start Date `json:"start,omitzero"`
	Due   Date `json:"due,omitzero"`
	// LowerIsBetter says which way is better; unknown is the way from the baseline to the target.
	// No is for revenue that is planned to fall, and that should fall no further.
	LowerIsBetter Verdict `json:"lowerIsBetter,omitzero"`
}

// lower is LowerIsBetter, or else what the target says; unknown where it is the baseline.
func (o *Objective) lower() Verdict {
	switch {
	case o.LowerIsBetter != VerdictUnknown || o.Baseline == nil || o.Target == nil:
		return o.LowerIsBetter
	case o.Target.units < o.Baseline.units:
		return Yes
	case o.Target.units > o.Baseline.units:
		return No
	}
	return VerdictUnknown
}

func (o *Objective) quantitative() bool {
	return o.Unit != "" || o.Baseline != nil || o.Target != nil || o.Current != nil
}

// Issue is a key strategic issue with its schedule.
type Issue struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Owner string `json:"owner,omitzero"`
	Due   Date   `json:"due,omitzero"`
	// Settled is the day on which it was settled; unknown while it is open.
	Settled Date `json:"settled,omitzero"`
}

// Resource is something that the plan needs.
type Resource struct {
	ID   string `json:"id"`
	Who  string `json:"who,omitzero"`
	What string `json:"what"`
	// Amount is how much, in Unit.
	Amount *Number `json:"amount,omitzero"`
	Unit   string  `json:"unit,omitzero"`
	// Decided says that it was granted; otherwise it is asked for.
	Decided bool `json:"decided"`
}

// ActionState is how far an action is.
type ActionState uint8

// The states of an action. The zero value is open.
const (
	ActionOpen ActionState = iota
	ActionStarted
	ActionDone
	ActionDropped
)

var actionStateWords = enumWords[ActionState]{"open", "started", "done", "dropped"}

// Action is something that someone does by a day for an objective.
type Action struct {
	// ID is the caller's own key, unique in the plan.
	ID   string `json:"id"`
	Text string `json:"text,omitzero"`
	// Owner is who does it: one of the team.
	Owner string      `json:"owner,omitzero"`
	Due   Date        `json:"due,omitzero"`
	State ActionState `json:"state"`
	// DoneOn is the day on which it was done; unknown is a day that nobody wrote down.
	DoneOn Date `json:"doneOn,omitzero"`
	// After lists the IDs of the actions that must be done before.
	After []string `json:"after,omitzero"`
	// Objective is the ID of the objective that it serves.
	Objective string `json:"objective,omitzero"`
	// Uses are the resources that it takes.
	Uses []Use `json:"uses,omitzero"`
}

// Use is how much of a resource an action takes.
type Use struct {
	Resource string `json:"resource"`
	Amount   Number `json:"amount" required:"true"`
}

// Forecast is what a period is expected to bring.
type Forecast struct {
	From   Date  `json:"from"`
	To     Date  `json:"to"`
	Amount Money `json:"amount" required:"true"`
	// Probability is in percent; nil is unknown.
	Probability *Number `json:"probability,omitzero"`
	// Parts are the products and services that make it up; they sum to it.
	Parts []ForecastPart `json:"parts,omitzero"`
}

// ForecastPart is one product or service of a forecast.
type ForecastPart struct {
	Product string `json:"product"`
	Amount  Money  `json:"amount" required:"true"`
	// Probability is in percent; nil is that of the forecast.
	Probability *Number `json:"probability,omitzero"`
}

// Expected is the amount at its probability, rounded half to even to the minor
// unit of the currency, and whether it is known: it takes probabilities from 0
// to 100 and one currency. With parts it is their sum, rounded once, each at its own
// probability or that of the forecast.
func (f Forecast) Expected() (Money, bool) {
	parts := f.Parts
	if len(parts) == 0 {
		parts = []ForecastPart{{Amount: f.Amount}}
	}
	var sum decimal.Decimal
	code, of := "", f.Amount
	for _, part := range parts {
		p := part.Probability
		if p == nil {
			p = f.Probability
		}
		var one bool
		if code, one = of.with(part.Amount); !one || p == nil || !isPercent(p) {
			return Money{}, false
		}
		if of == (Money{}) {
			of = part.Amount
		}
		sum = sum.Add(part.Amount.Amount().Mul(p.Decimal()).Shift(-2))
	}
	out, ok := moneyOf(sum.RoundBank(minorPlaces(code)), code)
	if !ok {
		return Money{}, false
	}
	return out, true
}

// PartnerRating is how both sides rate the partnership, from 0 to 10.
type PartnerRating struct {
	Topic  string  `json:"topic"`
	Ours   *Number `json:"ours,omitzero"`
	Theirs *Number `json:"theirs,omitzero"`
}

// Gap is our rating less theirs, and whether both are known.
func (p PartnerRating) Gap() (Number, bool) {
	if p.Ours == nil || p.Theirs == nil || !p.Ours.Valid() || !p.Theirs.Valid() {
		return Number{}, false
	}
	return numberOfRat(new(big.Rat).Sub(p.Ours.Decimal().Rat(), p.Theirs.Decimal().Rat()))
}

// Review is a meeting on the plan.
type Review struct {
	On Date   `json:"on"`
	By string `json:"by"`
	// Version is the version of the plan that was reviewed; see [Plan.Diff].
	Version int      `json:"version,omitzero"`
	Decided []string `json:"decided,omitzero"`
}
