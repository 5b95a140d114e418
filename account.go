package kam

import (
	"log/slog"
	"maps"
	"slices"
)

// Account is a customer, present or possible: the facts that a CRM has about
// it and the judgements that people have made. Only the ID must be given;
// whatever else is absent is unknown, which is not zero. Of the records (Efforts, Incidents,
// Managers and Activities) a nil list is unknown, and an empty one says that there was
// nothing to record.
//
// An Account is plain data. [Engine.Assess] reads it and keeps nothing of it.
// Decoding it from JSON is strict: unknown fields, keys given twice and values
// of the wrong shape are [Violations]. A struct that embeds an Account takes
// over that decoding, which knows no further fields: where such a struct is
// decoded from JSON, give it the Account as a named field.
type Account struct {
	// ID is the caller's own key for the account.
	ID      string `json:"id"`
	Name    string `json:"name,omitzero"`
	Segment string `json:"segment,omitzero"`
	// Owner is who of us is responsible: the account manager.
	Owner string `json:"owner,omitzero"`
	// Parent is the ID of the account that this one belongs to.
	Parent string `json:"parent,omitzero"`

	// Place is where the account is, for a strategy that has target places.
	Place string `json:"place,omitzero"`
	// Tier is the tier of the pyramid that it is recorded to have (S2).
	Tier Tier `json:"tier,omitzero"`

	// Currency is the ISO 4217 code of amounts that carry none.
	Currency string `json:"currency,omitzero"`
	// CustomerSince is the day of the first sale. Before it sales are known
	// to be nothing.
	CustomerSince Date `json:"customerSince,omitzero"`
	// Sales is what we sold them, period by period, in any order and of any
	// length; no two periods share a day. A day that no period covers is
	// unknown, so a period without sales is given with a revenue of 0.
	// [MonthlyPeriods] makes them of orders, and [FillGaps] adds those without sales.
	Sales []Period `json:"sales,omitzero"`
	// Wallet is what they spend in a year, with everyone, on what we sell.
	Wallet *Money `json:"wallet,omitzero"`
	// WalletBefore is what they spent in the year before that.
	WalletBefore *Money `json:"walletBefore,omitzero"`
	// OurRevenue is what we sold in the last twelve months (or the policy's
	// window) to all customers together, for the share of it that this account stands for.
	OurRevenue *Money `json:"ourRevenue,omitzero"`

	// Answers holds the ratings that people gave: the scorecard's id, then
	// the factor's id.
	Answers map[string]Answers `json:"answers,omitzero"`
	// Judgements holds what people say about the evidence that the stage
	// rests on, by its id, such as "rival-stronger". See [Evidence].
	Judgements map[Evidence]Judgement `json:"judgements,omitzero"`
	// Stages is the history of the relationship: the stage as our people
	// recorded it, as the customer stated it, and as it was suggested (S6).
	Stages History `json:"stages,omitzero"`
	// Cells are the cells of the grid that were found for the account before,
	// oldest first, for hysteresis (S8).
	Cells []CellRecord `json:"cells,omitzero"`
	// Overrides put someone's own value in the place of a computed one, for a
	// time.
	Overrides []Override `json:"overrides,omitzero"`

	// Efforts are what we invested in the account (S10), and PlannedHours what
	// it is to have in a year; see [Engine.PlanTime].
	Efforts      []Effort `json:"efforts,omitzero"`
	PlannedHours *Number  `json:"plannedHours,omitzero"`

	// The facts that the failure checks read besides (S15, S16).

	// Managers lists who of us has been responsible, oldest first.
	Managers []ManagerRecord `json:"managers,omitzero"`
	// Incidents are troubles with what we delivered.
	Incidents []Incident `json:"incidents,omitzero"`
	// Satisfaction is what the customer said of us, oldest first.
	Satisfaction []SatisfactionRecord `json:"satisfaction,omitzero"`
	// Activities are what keeps the relationship moving.
	Activities []Activity `json:"activities,omitzero"`
	// StandardMargin is the margin that is usual for such business, in percent.
	StandardMargin *Number `json:"standardMargin,omitzero"`
	// Peers says how often our other customers complain.
	Peers *Peers `json:"peers,omitzero"`

	Contacts []Contact `json:"contacts,omitzero"`
	// Attributes are numbers of the caller's own, which a custom factor may
	// band: the attribute "employees" is the signal "attribute.employees".
	Attributes map[string]Number `json:"attributes,omitzero"`
}

// Clone returns a copy that shares nothing with a: change it to ask what would be, and compare
// ([Assessment.Diff]).
func (a Account) Clone() Account {
	a.Sales = slices.Clone(a.Sales)
	for i := range a.Sales {
		p := &a.Sales[i]
		p.Revenue, p.DirectCost, p.Discount = clonePtr(p.Revenue), clonePtr(p.DirectCost), clonePtr(p.Discount)
		p.Orders, p.Units, p.Returns, p.Complaints = clonePtr(p.Orders), clonePtr(p.Units), clonePtr(p.Returns), clonePtr(p.Complaints)
		p.Deliveries, p.LateDeliveries = clonePtr(p.Deliveries), clonePtr(p.LateDeliveries)
		p.ProductLines = slices.Clone(p.ProductLines)
	}
	a.Wallet, a.WalletBefore, a.OurRevenue = clonePtr(a.Wallet), clonePtr(a.WalletBefore), clonePtr(a.OurRevenue)
	a.Answers = maps.Clone(a.Answers)
	for card, answers := range a.Answers {
		answers = maps.Clone(answers)
		for factor, answer := range answers {
			answer.Confidence = clonePtr(answer.Confidence)
			answers[factor] = answer
		}
		a.Answers[card] = answers
	}
	a.Judgements = maps.Clone(a.Judgements)
	a.Stages, a.Cells, a.Overrides = slices.Clone(a.Stages), slices.Clone(a.Cells), slices.Clone(a.Overrides)
	a.Efforts = slices.Clone(a.Efforts)
	for i := range a.Efforts {
		e := &a.Efforts[i]
		e.Money, e.Hours, e.Rate = clonePtr(e.Money), clonePtr(e.Hours), clonePtr(e.Rate)
	}
	a.PlannedHours, a.StandardMargin, a.Peers = clonePtr(a.PlannedHours), clonePtr(a.StandardMargin), clonePtr(a.Peers)
	a.Managers, a.Incidents, a.Satisfaction, a.Activities = slices.Clone(a.Managers), slices.Clone(a.Incidents), slices.Clone(a.Satisfaction), slices.Clone(a.Activities)
	a.Contacts = slices.Clone(a.Contacts)
	for i := range a.Contacts {
		c := &a.Contacts[i]
		c.Roles, c.Priorities = slices.Clone(c.Roles), slices.Clone(c.Priorities)
	}
	a.Attributes = maps.Clone(a.Attributes)
	return a
}

// ManagerRecord says from which day someone of us was responsible.
type ManagerRecord struct {
	Manager string `json:"manager"`
	Since   Date   `json:"since"`
}

// Incident is a trouble with what we delivered.
type Incident struct {
	Opened Date `json:"opened"`
	// Closed is unknown while it is open.
	Closed Date   `json:"closed,omitzero"`
	Text   string `json:"text,omitzero"`
}

// SatisfactionRecord is how satisfied the customer was on a day, from 0 to 10.
type SatisfactionRecord struct {
	On     Date   `json:"on"`
	Rating Number `json:"rating" required:"true"`
}

// Activity is something that keeps a relationship moving.
type Activity struct {
	Kind ActivityKind `json:"kind"`
	On   Date         `json:"on"`
	Note string       `json:"note,omitzero"`
}

// ActivityKind is a kind of activity.
type ActivityKind uint8

// The kinds.
const (
	ActivityUnknown     ActivityKind = iota
	ActivityReview                   // the relationship was reviewed with the customer
	ActivityPlan                     // the account plan was made or renewed
	ActivityIdea                     // we brought an idea that was new to them
	ActivitySeniorVisit              // someone senior of ours met someone senior of theirs
)

var activityKindWords = enumWords[ActivityKind]{"unknown", "review", "plan", "idea", "senior-visit"}

// Peers are the complaints and the orders of all other customers in the same
// window, for how usual it is not to complain (S16).
type Peers struct {
	Complaints int `json:"complaints" required:"true"`
	Orders     int `json:"orders" required:"true"`
}

// Period is what we sold an account from one day to another, both included.
// Money is net of discounts and taxes. Each fact is unknown when absent, but for what
// follows of others: without orders and revenue nothing was sold, and so there was no cost, no
// discount and no piece, and without a delivery none was late. Periods go from day to day
// without a gap: a month without sales is a period with 0 orders and 0 revenue, and a month that
// is left out is unknown.
type Period struct {
	From Date `json:"from"`
	To   Date `json:"to"`
	// Revenue is what was invoiced, returns taken off.
	Revenue *Money `json:"revenue,omitzero"`
	// DirectCost is what the goods and services sold cost us.
	DirectCost *Money `json:"directCost,omitzero"`
	// Discount is what was taken off list prices; list value is Revenue plus
	// Discount.
	Discount *Money `json:"discount,omitzero"`
	// Orders counts the orders placed; at least one where there is a LastOrder.
	Orders *int `json:"orders,omitzero"`
	// LastOrder is the day of the latest order in the period. Of a period that ends after the as-of
	// date give the orders up to that date: with a LastOrder after it, it was recorded later, and is left out.
	LastOrder Date `json:"lastOrder,omitzero"`
	// ProductLines lists the ids of the product lines bought.
	ProductLines []string `json:"productLines,omitzero"`
	// Units counts the pieces sold, and Returns the pieces that came back.
	Units   *int `json:"units,omitzero"`
	Returns *int `json:"returns,omitzero"`
	// Deliveries counts the deliveries made, and LateDeliveries those that
	// came after the promised day. Without Deliveries, each order counts as
	// one.
	Deliveries     *int `json:"deliveries,omitzero"`
	LateDeliveries *int `json:"lateDeliveries,omitzero"`
	Complaints     *int `json:"complaints,omitzero"`
}

// Judgement is what someone says about one piece of evidence: yes, no or
// unknown. In JSON it may be a bare "yes" or "no".
type Judgement struct {
	Verdict Verdict `json:"verdict" required:"true"`
	By      string  `json:"by,omitzero"`
	On      Date    `json:"on,omitzero"`
	Note    string  `json:"note,omitzero"`
}

// Verdict is yes, no or unknown.
type Verdict uint8

// The verdicts.
const (
	VerdictUnknown Verdict = iota
	Yes
	No
)

var verdictWords = enumWords[Verdict]{"unknown", "yes", "no"}

// opposite is yes of no, no of yes, and unknown of what is unknown.
func (v Verdict) opposite() Verdict {
	switch v {
	case Yes:
		return No
	case No:
		return Yes
	}
	return VerdictUnknown
}

// Grade is low, fair or high: an influence, how well we reach someone, a
// likely volume, the severity of a risk.
type Grade uint8

// The grades.
const (
	GradeUnknown Grade = iota
	Low
	Fair
	High
)

var gradeWords = enumWords[Grade]{"unknown", "low", "fair", "high"}

// UnmarshalJSON decodes strictly, in place of the whole account: what the document does not
// have is not kept. It reports all that is wrong as
// [Violations]; on error a keeps its value, and so it does on null. More than 8 MiB is a
// [CodeTooLarge], and so are the other limits of LIMITS.md. It does not check the account as
// a whole: [Account.Validate] does, and [Engine.Assess] calls it.
func (a *Account) UnmarshalJSON(data []byte) error {
	if scanAccount(data, a) {
		return nil
	}
	return decodeInto(data, a)
}

// UnmarshalJSON reads a bare verdict, or an object, in place of the whole judgement.
func (j *Judgement) UnmarshalJSON(data []byte) error {
	if isObject(data) {
		return decodeInto(data, j)
	}
	var v Verdict
	if err := unmarshalScalar(data, &v); err != nil || isNull(data) {
		return err
	}
	*j = Judgement{Verdict: v}
	return nil
}

// LogValue shows the ID and the name: the rest is long, and the contacts are
// personal data.
func (a Account) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", a.ID), slog.String("name", a.Name))
}
