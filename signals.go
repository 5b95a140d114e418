package kam

import (
	"fmt"
	"math/big"
	"slices"
	"sort"
	"strings"
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
	SignalWalletShare     Signal = "wallet-share"        // share of wallet: percent of what they spend that they spend with us
	SignalOurRevenueShare Signal = "our-revenue-share"   // percent of our revenue that they are
	SignalGrossMargin     Signal = "gross-margin"        // revenue less direct cost now, in the same currency
	SignalMargin          Signal = "margin"              // percent of revenue left after direct cost
	SignalDiscount        Signal = "discount"            // percent off list value
	SignalDiscountTrend   Signal = "discount-trend"      // percentage points by which the discount rose
	SignalOrders          Signal = "orders"              // orders now
	SignalDaysSinceOrder  Signal = "days-since-order"    // days from the latest order to the as-of date
	SignalOrderInterval   Signal = "order-interval"      // days between orders, on average over 24 months
	SignalOrderDelay      Signal = "order-delay"         // days since the latest order, in percent of the interval
	SignalSilenceChance   Signal = "silence-chance"      // percent: how likely so long a silence is by chance, at the account's own rhythm of at least 3 orders
	SignalNoOrderChance   Signal = "no-order-chance"     // percent: how likely it is that no order comes in the next 92 days
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

// readable lists the signals in the order of the readings, each with the fact
// of the account that it needs.
var readable = []struct {
	signal Signal
	needs  string
}{
	{SignalRevenue, "sales/revenue"},
	{SignalRevenueBefore, "sales/revenue"},
	{SignalRevenueTrend, "sales/revenue"},
	{SignalWalletShare, "wallet"},
	{SignalOurRevenueShare, "ourRevenue"},
	{SignalGrossMargin, "sales/directCost"},
	{SignalMargin, "sales/directCost"},
	{SignalDiscount, "sales/discount"},
	{SignalDiscountTrend, "sales/discount"},
	{SignalOrders, "sales/orders"},
	{SignalDaysSinceOrder, "sales/lastOrder"},
	{SignalOrderInterval, "sales/orders"},
	{SignalOrderDelay, "sales/lastOrder"},
	{SignalSilenceChance, "sales/orders"},
	{SignalNoOrderChance, "sales/orders"},
	{SignalProductLines, "sales/productLines"},
	{SignalOnTime, "sales/lateDeliveries"},
	{SignalComplaintRate, "sales/complaints"},
	{SignalReturnRate, "sales/returns"},
	{SignalContacts, "contacts"},
	{SignalLevels, "contacts/level"},
	{SignalDepartments, "contacts/department"},
	{SignalDeciders, "contacts/roles"},
	{SignalDecidersMet, "contacts/lastMet"},
	{SignalSingleThreaded, "contacts"},
}

func signalIDs() []string {
	ids := make([]string, len(readable))
	for i, s := range readable {
		ids[i] = string(s.signal)
	}
	return ids
}

func (s Signal) known() bool {
	name, own := strings.CutPrefix(string(s), attributePrefix)
	return own && name != "" || slices.Contains(signalIDs(), string(s))
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

func (r SignalRules) withDefaults() SignalRules {
	if r.MaxLag == 0 {
		r.MaxLag = 92
	}
	if r.MetWithin == 0 {
		r.MetWithin = 90
	}
	if r.Months == 0 {
		r.Months = 12
	}
	return r
}

// Signals is everything that could be read from an account's facts on a day.
type Signals struct {
	// From and To are the twelve months that count as now; unknown when no
	// period is closed or the last one is too old.
	From Date `json:"from,omitzero"`
	To   Date `json:"to,omitzero"`
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
	// Value is rounded half to even to 4 places; nil is unknown.
	Value *Number `json:"value,omitzero"`
	// Needs names the fact of the account whose lack leaves the value
	// unknown.
	Needs string `json:"needs,omitzero"`
}

// ReadSignals reads the signals of an account as of a day, without a policy:
// amounts in two currencies are a [CodeCurrencyMix]. The other errors are
// those of [Account.Validate], and of a day that is none.
func ReadSignals(a Account, asOf Date, rules SignalRules) (Signals, error) {
	var r report
	r.asOf(asOf)
	a.check(&r, func(place, string, Answers) {}, func([]Override) {})
	var s Signals
	if len(r.found) == 0 {
		s = newReader(&a, asOf, rules.withDefaults(), &converter{own: a.Currency}, &r).signals()
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
	if v := s.value(signal); v != nil {
		return *v, true
	}
	return Number{}, false
}

func (s *Signals) value(signal Signal) *Number {
	if s == nil || signal == "" {
		return nil
	}
	for i := range s.Readings {
		if s.Readings[i].Signal == signal {
			return clonePtr(s.Readings[i].Value)
		}
	}
	return nil
}

// needs names the fact whose lack leaves the signal unknown, or "".
func (s *Signals) needs(signal Signal) string {
	for _, r := range s.Readings {
		if r.Signal == signal {
			return r.Needs
		}
	}
	return ""
}

// reader computes the signals of one account. Amounts have been brought to
// one currency.
type reader struct {
	account  *Account
	asOf     Date
	rules    SignalRules
	periods  []periodFacts // closed, oldest first
	out      *Signals
	report   *report
	conv     *converter
	now, old span
	// wallet and walletBefore are what they spend; nil is unknown.
	wallet, walletBefore *big.Rat
}

// periodFacts is a period with its money in one currency, as exact ratios.
type periodFacts struct {
	Period
	revenue, cost, discount *big.Rat
}

// span is a run of days, both ends included; the zero span has none.
type span struct{ from, to Date }

func (s span) days() int {
	if s.to.IsZero() || s.to.Cmp(s.from) < 0 {
		return 0
	}
	return s.to.DaysSince(s.from) + 1
}

func (s span) overlap(t span) int {
	if t.from.Cmp(s.from) > 0 {
		s.from = t.from
	}
	if t.to.Cmp(s.to) < 0 {
		s.to = t.to
	}
	return s.days()
}

// newReader converts the amounts of an account that has been checked, and
// fixes the two windows. The report gets what only this and the sums show:
// currencies that do not meet, numbers out of range.
func newReader(a *Account, asOf Date, rules SignalRules, conv *converter, r *report) *reader {
	rd := &reader{account: a, asOf: asOf, rules: rules, out: &Signals{}, report: r, conv: conv}
	rd.close()
	return rd
}

// signals reads every signal.
func (rd *reader) signals() Signals {
	a, s := rd.account, rd.out
	s.Readings = make([]Reading, len(readable), len(readable)+len(a.Attributes))
	for i, x := range readable {
		s.Readings[i] = Reading{Signal: x.signal, Needs: x.needs}
	}
	rd.wallet = rd.perWindow(rd.conv.amount(rd.report, "/wallet", a.Wallet))
	rd.walletBefore = rd.perWindow(rd.conv.amount(rd.report, "/walletBefore", a.WalletBefore))
	ours := rd.conv.amount(rd.report, "/ourRevenue", a.OurRevenue)
	s.Currency = rd.conv.target
	rd.sales(ours)
	rd.orders()
	rd.service()
	rd.contacts()
	for name, v := range sorted(a.Attributes) {
		s.Readings = append(s.Readings, Reading{Signal: Signal(attributePrefix + name), Value: &v})
	}
	return *s
}

// perWindow is the part of a year's amount that falls to one window.
func (rd *reader) perWindow(year *big.Rat) *big.Rat {
	if year == nil || rd.rules.Months == 12 {
		return year
	}
	return new(big.Rat).Mul(year, big.NewRat(int64(rd.rules.Months), 12))
}

// close converts the closed periods and fixes the two windows.
func (rd *reader) close() {
	conv := rd.conv
	for i, p := range rd.account.Sales {
		at := place("/sales").index(i)
		f := periodFacts{
			Period:   p,
			revenue:  conv.amount(rd.report, at.key("revenue"), p.Revenue),
			cost:     conv.amount(rd.report, at.key("directCost"), p.DirectCost),
			discount: conv.amount(rd.report, at.key("discount"), p.Discount),
		}
		if p.To.Cmp(rd.asOf) <= 0 {
			rd.periods = append(rd.periods, f)
		}
	}
	slices.SortFunc(rd.periods, func(a, b periodFacts) int { return a.From.Cmp(b.From) })
	if len(rd.periods) == 0 {
		return
	}
	last := rd.periods[len(rd.periods)-1].To
	if rd.asOf.DaysSince(last) > rd.rules.MaxLag {
		return
	}
	from := last.AddDays(1).AddMonths(-rd.rules.Months)
	rd.now = span{from, last}
	rd.old = span{from.AddMonths(-rd.rules.Months), from.AddDays(-1)}
	rd.out.From, rd.out.To = from, last
}

// set records a value; nil leaves the signal unknown.
func (rd *reader) set(signal Signal, v *big.Rat) {
	if v == nil {
		return
	}
	n, ok := numberOfRat(v)
	if !ok {
		rd.report.add("/sales", CodeRange, string(signal), "-"+Number{numberMax}.String()+".."+Number{numberMax}.String())
		return
	}
	for i := range rd.out.Readings {
		if r := &rd.out.Readings[i]; r.Signal == signal {
			r.Value, r.Needs = &n, ""
		}
	}
}

// sum adds one fact of the periods over a window. A period that lies partly
// in it counts by its days. A day without a period is unknown, unless it is
// before the first sale; so is the sum when a period lacks the fact.
func (rd *reader) sum(w span, fact func(periodFacts) *big.Rat) *big.Rat {
	if w.days() == 0 {
		return nil
	}
	total, covered := new(big.Rat), 0
	before := span{w.from, rd.account.CustomerSince.AddDays(-1)}
	if rd.account.CustomerSince.IsZero() || rd.account.CustomerSince.Cmp(rd.asOf) > 0 {
		before = span{}
	}
	free := w.overlap(before)
	first := sort.Search(len(rd.periods), func(i int) bool { return rd.periods[i].To.Cmp(w.from) >= 0 })
	for _, p := range rd.periods[first:] { // no two share a day
		days := w.overlap(span{p.From, p.To})
		if days == 0 {
			break
		}
		v := fact(p)
		if v == nil {
			return nil
		}
		total.Add(total, new(big.Rat).Mul(v, big.NewRat(int64(days), int64(p.days()))))
		covered += days
		if free > 0 {
			free -= before.overlap(span{maxDate(p.From, w.from), minDate(p.To, w.to)})
		}
	}
	if covered+free != w.days() {
		return nil
	}
	return total
}

func maxDate(a, b Date) Date { return Date{max(a.day, b.day)} }
func minDate(a, b Date) Date { return Date{min(a.day, b.day)} }

// counts makes a fact of a counter.
func counts(counter func(Period) *int) func(periodFacts) *big.Rat {
	return func(p periodFacts) *big.Rat {
		if n := counter(p.Period); n != nil {
			return new(big.Rat).SetInt64(int64(*n))
		}
		return nil
	}
}

// per returns factor · a ÷ b, or nil when either is unknown or b is not
// above zero.
func per(factor int64, a, b *big.Rat) *big.Rat {
	if a == nil || b == nil || b.Sign() <= 0 {
		return nil
	}
	q := new(big.Rat).Quo(a, b)
	return q.Mul(q, big.NewRat(factor, 1))
}

func minus(a, b *big.Rat) *big.Rat {
	if a == nil || b == nil {
		return nil
	}
	return new(big.Rat).Sub(a, b)
}

// sales reads what the money says.
func (rd *reader) sales(ours *big.Rat) {
	revenue := func(p periodFacts) *big.Rat { return p.revenue }
	discount := func(p periodFacts) *big.Rat { return p.discount }
	now, old := rd.sum(rd.now, revenue), rd.sum(rd.old, revenue)
	rd.set(SignalRevenue, now)
	rd.set(SignalRevenueBefore, old)
	rd.set(SignalRevenueTrend, per(100, minus(now, old), old))
	rd.set(SignalWalletShare, per(100, now, rd.wallet))
	rd.set(SignalOurRevenueShare, per(100, now, ours))
	cost := rd.sum(rd.now, func(p periodFacts) *big.Rat { return p.cost })
	rd.set(SignalGrossMargin, minus(now, cost))
	rd.set(SignalMargin, per(100, minus(now, cost), now))
	rate := func(w span, revenue *big.Rat) *big.Rat {
		off := rd.sum(w, discount)
		if off == nil || revenue == nil {
			return nil
		}
		return per(100, off, new(big.Rat).Add(off, revenue))
	}
	offNow := rate(rd.now, now)
	rd.set(SignalDiscount, offNow)
	rd.set(SignalDiscountTrend, minus(offNow, rate(rd.old, old)))
	rd.productLines()
}

// productLines counts the distinct lines bought now. A period without orders
// has none, whether it says so or not.
func (rd *reader) productLines() {
	lines := map[string]bool{}
	known := rd.sum(rd.now, func(p periodFacts) *big.Rat {
		if p.ProductLines == nil && (p.Orders == nil || *p.Orders > 0) {
			return nil
		}
		for _, l := range p.ProductLines {
			lines[l] = true
		}
		return new(big.Rat)
	})
	if known != nil {
		rd.set(SignalProductLines, new(big.Rat).SetInt64(int64(len(lines))))
	}
}

// orders compares the time since the latest order with the account's own
// interval: the days up to that order, over the orders in them.
func (rd *reader) orders() {
	orders := counts(func(p Period) *int { return p.Orders })
	rd.set(SignalOrders, rd.sum(rd.now, orders))
	if rd.now.days() == 0 {
		return
	}
	rd.silence()
	last := rd.lastOrder()
	if last.IsZero() {
		return
	}
	since := new(big.Rat).SetInt64(int64(rd.asOf.DaysSince(last)))
	rd.set(SignalDaysSinceOrder, since)
	window := span{maxDate(rd.old.from, rd.periods[0].From), last}
	n := rd.sum(span{window.from, rd.now.to}, orders)
	if n == nil || n.Cmp(big.NewRat(3, 1)) < 0 {
		return // two orders make no rhythm
	}
	interval := new(big.Rat).Quo(new(big.Rat).SetInt64(int64(window.days())), n)
	rd.set(SignalOrderInterval, interval)
	rd.set(SignalOrderDelay, per(100, since, interval))
}

// lastOrder is the day of the latest order known on the as-of date, or
// unknown when a later closed period had orders and does not say when.
func (rd *reader) lastOrder() Date {
	var last Date
	for _, p := range rd.account.Sales {
		if p.LastOrder.Cmp(rd.asOf) <= 0 {
			last = maxDate(last, p.LastOrder)
		}
	}
	for _, p := range rd.periods {
		if p.LastOrder.IsZero() && p.To.Cmp(last) > 0 && (p.Orders == nil || *p.Orders > 0) {
			return Date{}
		}
	}
	return last
}

// deliveries are those made; without a count each order is one.
func deliveries(p Period) *int {
	if p.Deliveries != nil {
		return p.Deliveries
	}
	return p.Orders
}

// service reads deliveries, complaints and returns.
func (rd *reader) service() {
	orders := rd.sum(rd.now, counts(func(p Period) *int { return p.Orders }))
	made := rd.sum(rd.now, counts(deliveries))
	late := rd.sum(rd.now, counts(func(p Period) *int { return p.LateDeliveries }))
	rd.set(SignalOnTime, per(100, minus(made, late), made))
	complaints := rd.sum(rd.now, counts(func(p Period) *int { return p.Complaints }))
	rd.set(SignalComplaintRate, per(100, complaints, orders))
	returns := rd.sum(rd.now, counts(func(p Period) *int { return p.Returns }))
	rd.set(SignalReturnRate, per(100, returns, rd.sum(rd.now, counts(func(p Period) *int { return p.Units }))))
}

// contacts reads the map of contacts. Each count is of what is known; where
// nothing is known of what it counts, it is unknown.
func (rd *reader) contacts() {
	if !slices.ContainsFunc(rd.account.Contacts, func(c Contact) bool { return c.Since.Cmp(rd.asOf) <= 0 }) {
		return // none is listed, or none was there yet
	}
	levels, departments := map[Level]bool{}, map[string]bool{}
	var active, roles, deciders, dated, met int
	for _, c := range rd.account.Contacts {
		if !c.ActiveOn(rd.asOf) {
			continue
		}
		active++
		levels[c.Level], departments[c.Department] = true, true
		if len(c.Roles) > 0 {
			roles++
		}
		if !c.Has(Decider) {
			continue
		}
		deciders++
		if !c.LastMet.IsZero() && c.LastMet.Cmp(rd.asOf) <= 0 {
			dated++
			if rd.asOf.DaysSince(c.LastMet) <= rd.rules.MetWithin {
				met++
			}
		}
	}
	delete(levels, LevelUnknown)
	delete(departments, "")
	set := func(signal Signal, n int, known bool) {
		if known {
			rd.set(signal, new(big.Rat).SetInt64(int64(n)))
		}
	}
	set(SignalContacts, active, true)
	set(SignalLevels, len(levels), len(levels) > 0 || active == 0)
	set(SignalDepartments, len(departments), len(departments) > 0 || active == 0)
	set(SignalDeciders, deciders, roles > 0 || active == 0)
	set(SignalDecidersMet, met, dated > 0)
	single := 0
	if active <= 1 {
		single = 1
	}
	set(SignalSingleThreaded, single, true)
}
