package kam

import (
	"fmt"
	"strconv"
)

// Signal is the id of something that is computed from an account's facts.
// "attribute." and a name is the account's own attribute of that name.
type Signal string

// The signals, with their units. "Now" is the twelve months that end with the
// last closed period, and "before" the twelve months before those;
// [SignalRules].Months sets another length.
const (
	SignalRevenue         Signal = "revenue"             // now, in the currency of the readings
	SignalRevenueBefore   Signal = "revenue-before"      // before, in the same currency
	SignalRevenueTrend    Signal = "revenue-trend"       // percent by which now is above before
	SignalWalletShare     Signal = "wallet-share"        // share of wallet: percent of what they spend that they spend with us, from 0 to 100
	SignalOurRevenueShare Signal = "our-revenue-share"   // percent of our revenue that they are, from 0
	SignalGrossMargin     Signal = "gross-margin"        // revenue less direct cost now, in the same currency
	SignalMargin          Signal = "margin"              // percent of revenue left after direct cost
	SignalDiscount        Signal = "discount"            // percent off list value
	SignalDiscountTrend   Signal = "discount-trend"      // percentage points by which the discount rose
	SignalOrders          Signal = "orders"              // orders now
	SignalDaysSinceOrder  Signal = "days-since-order"    // days from the latest order to the as-of date
	SignalOrderInterval   Signal = "order-interval"      // days between orders, on average over twice the window (24 months)
	SignalOrderDelay      Signal = "order-delay"         // days since the latest order, in percent of the interval
	SignalSilenceChance   Signal = "silence-chance"      // percent: how likely so long a silence is by chance, at the account's own rhythm of at least 3 orders
	SignalNoOrderChance   Signal = "no-order-chance"     // percent: how likely it is that no order comes in the next 92 days, whatever the season
	SignalProductLines    Signal = "product-lines"       // product lines bought now
	SignalOnTime          Signal = "on-time"             // percent of deliveries that came on time
	SignalComplaintRate   Signal = "complaint-rate"      // complaints for 100 orders
	SignalReturnRate      Signal = "return-rate"         // pieces returned for 100 sold
	SignalContacts        Signal = "contacts"            // active contacts
	SignalLevels          Signal = "contact-levels"      // levels of the hierarchy with an active contact
	SignalDepartments     Signal = "contact-departments" // departments with an active contact
	SignalDeciders        Signal = "deciders"            // active contacts who decide
	SignalDecidersMet     Signal = "deciders-met"        // of these, how many were met lately
	SignalSingleThreaded  Signal = "single-threaded"     // 1 when at most one contact is active, else 0
)

const attributePrefix = "attribute."

// readable lists the signals in the order of the readings, each with the facts
// of the account that it needs; where several lack, the first is asked for. What the
// rhythm of orders needs it tells itself.
var readable = []struct {
	signal Signal
	needs  []string
}{
	{SignalRevenue, []string{"sales/revenue"}},
	{SignalRevenueBefore, []string{"sales/revenue"}},
	{SignalRevenueTrend, []string{"sales/revenue"}},
	{SignalWalletShare, []string{"wallet", "sales/revenue"}},
	{SignalOurRevenueShare, []string{"ourRevenue", "sales/revenue"}},
	{SignalGrossMargin, []string{"sales/directCost", "sales/revenue"}},
	{SignalMargin, []string{"sales/directCost", "sales/revenue"}},
	{SignalDiscount, []string{"sales/discount", "sales/revenue"}},
	{SignalDiscountTrend, []string{"sales/discount", "sales/revenue"}},
	{SignalOrders, []string{"sales/orders"}},
	{SignalDaysSinceOrder, []string{"sales/lastOrder"}},
	{SignalOrderInterval, []string{"sales/orders", "sales/lastOrder"}},
	{SignalOrderDelay, []string{"sales/lastOrder", "sales/orders"}},
	{SignalSilenceChance, nil},
	{SignalNoOrderChance, nil},
	{SignalProductLines, []string{"sales/productLines"}},
	{SignalOnTime, []string{"sales/lateDeliveries", "sales/deliveries"}},
	{SignalComplaintRate, []string{"sales/complaints", "sales/orders"}},
	{SignalReturnRate, []string{"sales/returns", "sales/units"}},
	{SignalContacts, []string{"contacts"}},
	{SignalLevels, []string{"contacts/level"}},
	{SignalDepartments, []string{"contacts/department"}},
	{SignalDeciders, []string{"contacts/roles"}},
	{SignalDecidersMet, []string{"contacts/lastMet"}},
	{SignalSingleThreaded, []string{"contacts"}},
}

// index is the place of a signal in the readings, or -1; a switch is far quicker
// than a search.
func (s Signal) index() int {
	switch s {
	case SignalRevenue:
		return 0
	case SignalRevenueBefore:
		return 1
	case SignalRevenueTrend:
		return 2
	case SignalWalletShare:
		return 3
	case SignalOurRevenueShare:
		return 4
	case SignalGrossMargin:
		return 5
	case SignalMargin:
		return 6
	case SignalDiscount:
		return 7
	case SignalDiscountTrend:
		return 8
	case SignalOrders:
		return 9
	case SignalDaysSinceOrder:
		return 10
	case SignalOrderInterval:
		return 11
	case SignalOrderDelay:
		return 12
	case SignalSilenceChance:
		return 13
	case SignalNoOrderChance:
		return 14
	case SignalProductLines:
		return 15
	case SignalOnTime:
		return 16
	case SignalComplaintRate:
		return 17
	case SignalReturnRate:
		return 18
	case SignalContacts:
		return 19
	case SignalLevels:
		return 20
	case SignalDepartments:
		return 21
	case SignalDeciders:
		return 22
	case SignalDecidersMet:
		return 23
	case SignalSingleThreaded:
		return 24
	}
	return -1
}

// signalIDs are what a signal may be.
func signalIDs() []string {
	ids := make([]string, 0, len(readable)+1)
	for _, s := range readable {
		ids = append(ids, string(s.signal))
	}
	return append(ids, attributePrefix+"<name>")
}

// money reports a signal that is an amount.
func (s Signal) money() bool {
	return s == SignalRevenue || s == SignalRevenueBefore || s == SignalGrossMargin
}

func (s Signal) known() bool {
	return s.index() >= 0 || Evidence(s).attribute()
}

const maxMonths = 120

// SignalRules are the policy's rules for reading signals. Zero fields mean
// the defaults.
type SignalRules struct {
	// MaxLag is how many days the last closed period may be before the as-of
	// date; beyond it nothing is known about "now". 0 is 92.
	MaxLag int `json:"maxLag,omitzero"`
	// MetWithin is how many days count as lately for a meeting with a
	// decider. 0 is 90.
	MetWithin int `json:"metWithin,omitzero"`
	// Months is how many months count as now, and as many as before; 0 is 12.
	// The built-in bands are made for 12.
	Months int `json:"months,omitzero"`
}

func (s SignalRules) withDefaults() SignalRules {
	if s.MaxLag == 0 {
		s.MaxLag = 92
	}
	if s.MetWithin == 0 {
		s.MetWithin = 90
	}
	if s.Months == 0 {
		s.Months = 12
	}
	return s
}

// Signals is everything that could be read from an account's facts on a day.
type Signals struct {
	// From and To are the twelve months that count as now; unknown when no
	// period is closed or the last one is too old.
	From Date `json:"from,omitzero"`
	To   Date `json:"to,omitzero"`
	// Gaps are the days of the two windows, now and before, that no period covers, and for
	// which sums are unknown; oldest first, twelve runs of days at most. [FillGaps] is for
	// records that have no row where nothing was sold.
	Gaps []DateRange `json:"gaps,omitempty"`
	// Currency of the readings that are money; "" where the amounts carry
	// none.
	Currency string `json:"currency,omitzero"`
	// Readings has every signal in a fixed order, the unknown ones too, and
	// then the account's attributes by name.
	Readings []Reading `json:"readings"`
}

// Reading is the value of one signal.
type Reading struct {
	Signal Signal `json:"signal"`
	// Name is what the policy calls an attribute of the caller's own ([Policy].Names);
	// empty where [Signal.Label] has the words.
	Name Text `json:"name,omitzero"`
	// Value is rounded half to even to 4 places; nil is unknown.
	Value *Number `json:"value,omitzero"`
	// Needs names the fact of the account whose lack leaves the value
	// unknown; [Evidence.Label] has the words for it. It is empty where none lacks: of
	// nothing sold there is no margin, and two orders make no rhythm. A wallet below our own
	// sales is asked for anew.
	Needs string `json:"needs,omitzero"`
}

func (s *SignalRules) check(r *report, at place) {
	r.count(at.key("maxLag"), &s.MaxLag)
	r.count(at.key("metWithin"), &s.MetWithin)
	if s.Months < 1 || s.Months > maxMonths {
		r.add(at.key("months"), CodeRange, strconv.Itoa(s.Months), "1.."+strconv.Itoa(maxMonths))
	}
}

// ReadSignals reads the signals of an account as of a day, without a policy:
// amounts in two currencies are a [CodeCurrencyMix]. The other errors are
// those of [Account.Validate], of a day that is none, and of rules that [Compile] refuses.
func ReadSignals(a Account, asOf Date, rules SignalRules) (Signals, error) {
	var r report
	r.asOf(asOf)
	a.check(&r, noPolicy{})
	rules = rules.withDefaults()
	rules.check(&r, "/rules")
	var s Signals
	if len(r.found) == 0 {
		s = newReader(&a, asOf, rules, converter{own: a.Currency}, &r).signals(new(memory))
	}
	if err := r.found.Err(); err != nil {
		return Signals{}, fmt.Errorf("kam: read signals of account %q: %w", clip(a.ID), err)
	}
	return s, nil
}

// asOf reports a day to judge on that is unknown or none.
func (r *report) asOf(day Date) {
	if day.IsZero() || !day.Valid() {
		r.add("/asOf", CodeDate, day.String(), "")
	}
}

// Value returns the value of a signal and whether it is known.
func (s Signals) Value(signal Signal) (Number, bool) {
	if v := s.peek(signal); v != nil {
		return *v, true
	}
	return Number{}, false
}

// peek is the value, or nil, for those who keep nothing of it.
func (s *Signals) peek(signal Signal) *Number {
	if s == nil || signal == "" {
		return nil
	}
	if r := s.reading(signal); r != nil {
		return r.Value
	}
	return nil
}

// reading finds a signal, at its own place where the readings were read here.
func (s *Signals) reading(signal Signal) *Reading {
	if i := signal.index(); i >= 0 && i < len(s.Readings) && s.Readings[i].Signal == signal {
		return &s.Readings[i]
	}
	for i := range s.Readings {
		if s.Readings[i].Signal == signal {
			return &s.Readings[i]
		}
	}
	return nil
}

// needs names the fact whose lack leaves the signal unknown, or "".
func (s *Signals) needs(signal Signal) string {
	if r := s.reading(signal); r != nil {
		return r.Needs
	}
	return ""
}
