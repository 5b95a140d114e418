package kam

import (
	"fmt"
	"math/bits"
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

// index is the place of a signal in the readings, or -1.
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
	a.check(&r, noPolicy{})
	var s Signals
	if len(r.found) == 0 {
		s = newReader(&a, asOf, rules.withDefaults(), converter{own: a.Currency}, &r).signals(new(memory))
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

// reader computes the signals of one account. Amounts have been brought to
// one currency.
type reader struct {
	account  *Account
	asOf     Date
	rules    SignalRules
	periods  []closedPeriod // oldest first
	report   *report
	conv     converter
	now, old window
	// sumsNow and sumsOld are the totals of the two windows.
	sumsNow, sumsOld totals
	// wallet and walletBefore are what they spend.
	wallet, walletBefore rational
	beat                 beat
	out                  Signals
	memory               *memory // of what the readings point to
}

// fact names something that is added up over the periods of a window.
type fact uint8

const (
	factRevenue fact = iota
	factCost
	factDiscount
	factOrders
	factDeliveries
	factLate
	factComplaints
	factReturns
	factUnits
	factCount
)

// totals are the sums of all facts over one window.
type totals [factCount]rational

// closedPeriod is a period with its money in one currency.
type closedPeriod struct {
	*Period
	money [factDiscount + 1]rational
}

// counters read the facts that are counts.
var counters = [factCount]func(*Period) *int{
	factOrders:     func(p *Period) *int { return p.Orders },
	factDeliveries: (*Period).made,
	factLate:       func(p *Period) *int { return p.LateDeliveries },
	factComplaints: func(p *Period) *int { return p.Complaints },
	factReturns:    func(p *Period) *int { return p.Returns },
	factUnits:      func(p *Period) *int { return p.Units },
}

// value is one fact of the period.
func (p *closedPeriod) value(f fact) rational {
	count := counters[f]
	if count == nil {
		return p.money[f]
	}
	if n := count(p.Period); n != nil {
		return whole(int64(*n))
	}
	return rational{}
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
func newReader(a *Account, asOf Date, rules SignalRules, conv converter, r *report) *reader {
	rd := new(reader)
	rd.read(a, asOf, rules, conv, r)
	return rd
}

// read is newReader in the memory of another one.
func (rd *reader) read(a *Account, asOf Date, rules SignalRules, conv converter, r *report) {
	*rd = reader{account: a, asOf: asOf, rules: rules, report: r, conv: conv, periods: rd.periods[:0]}
	rd.close()
}

// signals reads every signal.
func (rd *reader) signals(m *memory) Signals {
	a, s := rd.account, &rd.out
	rd.memory = m
	s.Readings = m.readings.take(len(readable) + len(a.Attributes))
	for i, x := range readable {
		s.Readings[i] = Reading{Signal: x.signal, Needs: x.needs}
	}
	rd.wallet = rd.perWindow(rd.conv.value(rd.report, "/wallet", a.Wallet))
	rd.walletBefore = rd.perWindow(rd.conv.value(rd.report, "/walletBefore", a.WalletBefore))
	ours := rd.conv.value(rd.report, "/ourRevenue", a.OurRevenue)
	s.Currency = rd.conv.target
	rd.sales(ours)
	rd.orders()
	rd.service()
	rd.contacts()
	i := len(readable)
	for name, v := range sorted(a.Attributes) {
		s.Readings[i] = Reading{Signal: Signal(m.texts.add(attributePrefix, name)), Value: m.numbers.one(v)}
		i++
	}
	return *s
}

// perWindow is the part of a year's amount that falls to one window.
func (rd *reader) perWindow(year rational) rational {
	if rd.rules.Months == 12 {
		return year
	}
	return year.mul(int64(rd.rules.Months), 12)
}

// close converts the closed periods, fixes the two windows and adds up.
func (rd *reader) close() {
	rd.periods = slices.Grow(rd.periods, len(rd.account.Sales))
	for i := range rd.account.Sales {
		p := &rd.account.Sales[i]
		f := closedPeriod{Period: p}
		for j, m := range [...]*Money{p.Revenue, p.DirectCost, p.Discount} {
			before := len(rd.report.found)
			if f.money[j] = rd.conv.value(rd.report, "", m); len(rd.report.found) > before {
				at := place("/sales").index(i).key([...]string{"revenue", "directCost", "discount"}[j])
				rd.report.found[before].Pointer = string(at)
			}
		}
		if p.To.Cmp(rd.asOf) <= 0 {
			rd.periods = append(rd.periods, f)
		}
	}
	for i := 1; i < len(rd.periods); i++ {
		if rd.periods[i].From.Cmp(rd.periods[i-1].From) < 0 {
			slices.SortFunc(rd.periods, func(a, b closedPeriod) int { return a.From.Cmp(b.From) })
			break
		}
	}
	if len(rd.periods) == 0 {
		return
	}
	last := rd.periods[len(rd.periods)-1].To
	if rd.asOf.DaysSince(last) > rd.rules.MaxLag {
		return
	}
	from := last.AddDays(1).AddMonths(-rd.rules.Months)
	rd.now = rd.window(span{from, last})
	rd.old = rd.window(span{from.AddMonths(-rd.rules.Months), from.AddDays(-1)})
	rd.out.From, rd.out.To = from, last
	rd.sumsNow, rd.sumsOld = rd.now.totals(), rd.old.totals()
}

// set records a value; an unknown one leaves the signal unknown.
func (rd *reader) set(signal Signal, v rational) {
	if !v.known() {
		return
	}
	n, ok := v.number()
	if !ok {
		rd.report.add("/sales", CodeRange, string(signal), "-"+Number{numberMax}.String()+".."+Number{numberMax}.String())
		return
	}
	r := &rd.out.Readings[signal.index()]
	r.Value, r.Needs = rd.memory.numbers.one(n), ""
}

// window is the periods that share days with a span.
type window struct {
	span
	periods []closedPeriod
	covered bool // each day is one of a period, or before the first sale
	split   bool // some period lies partly in it
}

func (rd *reader) window(w span) window {
	x := window{span: w}
	all := w.days()
	if all == 0 {
		return x
	}
	before := span{w.from, rd.account.CustomerSince.AddDays(-1)}
	if rd.account.CustomerSince.IsZero() || rd.account.CustomerSince.Cmp(rd.asOf) > 0 {
		before = span{}
	}
	free, covered := w.overlap(before), 0
	first := sort.Search(len(rd.periods), func(i int) bool { return rd.periods[i].To.Cmp(w.from) >= 0 })
	last := first
	for ; last < len(rd.periods); last++ { // no two share a day
		p := &rd.periods[last]
		days := w.overlap(span{p.From, p.To})
		if days == 0 {
			break
		}
		covered += days
		x.split = x.split || days < p.days()
		if free > 0 {
			free -= before.overlap(span{maxDate(p.From, w.from), minDate(p.To, w.to)})
		}
	}
	x.periods, x.covered = rd.periods[first:last], covered+free == all
	return x
}

// sum adds up one fact. A period that lies partly in the window counts by its
// days. The sum is unknown where a day is not covered, and where a period lacks
// the fact.
func (x *window) sum(f fact) rational {
	if !x.covered {
		return rational{}
	}
	if count := counters[f]; count != nil && !x.split {
		return x.count(count)
	}
	total := whole(0)
	for i := range x.periods {
		p := &x.periods[i]
		v := p.value(f)
		if days, all := x.overlap(span{p.From, p.To}), p.days(); days != all {
			v = v.mul(int64(days), int64(all))
		}
		total = total.add(v)
	}
	return total
}

// count is sum of a count where no period is split, as with most windows.
func (x *window) count(of func(*Period) *int) rational {
	var total int64
	for i := range x.periods {
		n := of(x.periods[i].Period)
		if n == nil {
			return rational{}
		}
		total += int64(*n)
	}
	return whole(total)
}

// totals adds up every fact.
func (x *window) totals() (out totals) {
	for f := range out {
		out[f] = x.sum(fact(f))
	}
	return out
}

// total is the sum of one fact over any span.
func (rd *reader) total(w span, f fact) rational {
	switch w {
	case rd.now.span:
		return rd.sumsNow[f]
	case rd.old.span:
		return rd.sumsOld[f]
	}
	x := rd.window(w)
	return x.sum(f)
}

func maxDate(a, b Date) Date { return Date{max(a.day, b.day)} }
func minDate(a, b Date) Date { return Date{min(a.day, b.day)} }

// sales reads what the money says.
func (rd *reader) sales(ours rational) {
	now, old := &rd.sumsNow, &rd.sumsOld
	revenue, before := now[factRevenue], old[factRevenue]
	rd.set(SignalRevenue, revenue)
	rd.set(SignalRevenueBefore, before)
	rd.set(SignalRevenueTrend, revenue.sub(before).per(100, before))
	rd.set(SignalWalletShare, revenue.per(100, rd.wallet))
	rd.set(SignalOurRevenueShare, revenue.per(100, ours))
	margin := revenue.sub(now[factCost])
	rd.set(SignalGrossMargin, margin)
	rd.set(SignalMargin, margin.per(100, revenue))
	rate := func(t *totals) rational {
		return t[factDiscount].per(100, t[factDiscount].add(t[factRevenue]))
	}
	rd.set(SignalDiscount, rate(now))
	rd.set(SignalDiscountTrend, rate(now).sub(rate(old)))
	rd.productLines()
}

// productLines counts the distinct lines bought now. A period without orders
// has none, whether it says so or not.
func (rd *reader) productLines() {
	if !rd.now.covered {
		return
	}
	var lines names
	for i := range rd.now.periods {
		p := &rd.now.periods[i]
		if p.ProductLines == nil && (p.Orders == nil || *p.Orders > 0) {
			return
		}
		for _, l := range p.ProductLines {
			lines.add(l)
		}
	}
	rd.set(SignalProductLines, whole(int64(lines.count)))
}

// names counts distinct texts; a map is made only of many.
type names struct {
	few   [few]string
	many  map[string]bool
	count int
}

func (n *names) add(name string) {
	switch {
	case n.many != nil:
		n.many[name] = true
		n.count = len(n.many)
		return
	case slices.Contains(n.few[:n.count], name):
		return
	case n.count < len(n.few):
		n.few[n.count] = name
		n.count++
		return
	}
	n.many = make(map[string]bool, 2*len(n.few))
	for _, x := range n.few {
		n.many[x] = true
	}
	n.add(name)
}

// orders compares the time since the latest order with the account's own
// interval: the days up to that order, over the orders in them.
func (rd *reader) orders() {
	rd.set(SignalOrders, rd.sumsNow[factOrders])
	if rd.now.days() == 0 {
		return
	}
	rd.silence()
	last := rd.lastOrder()
	if last.IsZero() {
		return
	}
	since := whole(int64(rd.asOf.DaysSince(last)))
	rd.set(SignalDaysSinceOrder, since)
	window := span{maxDate(rd.old.from, rd.periods[0].From), last}
	n := rd.total(span{window.from, rd.now.to}, factOrders)
	if !n.known() || n.cmp(whole(3)) < 0 {
		return // two orders make no rhythm
	}
	interval := whole(int64(window.days())).per(1, n)
	rd.set(SignalOrderInterval, interval)
	rd.set(SignalOrderDelay, since.per(100, interval))
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

// made are the deliveries made; without a count each order is one.
func (p *Period) made() *int {
	if p.Deliveries != nil {
		return p.Deliveries
	}
	return p.Orders
}

// service reads deliveries, complaints and returns.
func (rd *reader) service() {
	now := &rd.sumsNow
	made := now[factDeliveries]
	rd.set(SignalOnTime, made.sub(now[factLate]).per(100, made))
	rd.set(SignalComplaintRate, now[factComplaints].per(100, now[factOrders]))
	rd.set(SignalReturnRate, now[factReturns].per(100, now[factUnits]))
}

// contacts reads the map of contacts. Each count is of what is known; where
// nothing is known of what it counts, it is unknown.
func (rd *reader) contacts() {
	var levels uint64 // a bit for each
	var departments names
	var listed, active, roles, deciders, dated, met int
	for i := range rd.account.Contacts {
		c := &rd.account.Contacts[i]
		if c.Since.Cmp(rd.asOf) <= 0 {
			listed++
		}
		if !c.activeOn(rd.asOf) {
			continue
		}
		active++
		if c.Level != LevelUnknown {
			levels |= 1 << c.Level
		}
		if c.Department != "" {
			departments.add(c.Department)
		}
		if len(c.Roles) > 0 {
			roles++
		}
		if !c.has(Decider) {
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
	if listed == 0 {
		return // none is listed, or none was there yet
	}
	set := func(signal Signal, n int, known bool) {
		if known {
			rd.set(signal, whole(int64(n)))
		}
	}
	set(SignalContacts, active, true)
	set(SignalLevels, bits.OnesCount64(levels), levels != 0 || active == 0)
	set(SignalDepartments, departments.count, departments.count > 0 || active == 0)
	set(SignalDeciders, deciders, roles > 0 || active == 0)
	set(SignalDecidersMet, met, dated > 0)
	single := 0
	if active <= 1 {
		single = 1
	}
	set(SignalSingleThreaded, single, true)
}
