package kam

import (
	"math/bits"
	"slices"
)

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
	// last is the day of the last order, and lastClosed that in a closed period.
	last, lastClosed Date
	// wallet and walletBefore are what they spend.
	wallet, walletBefore rational
	beat                 beat
	out                  Signals
	memory               *memory // of what the readings point to
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
		s.Readings[i] = Reading{Signal: x.signal}
	}
	rd.wallet = rd.perWindow(rd.conv.value(rd.report, "/wallet", a.Wallet))
	rd.walletBefore = rd.perWindow(rd.conv.value(rd.report, "/walletBefore", a.WalletBefore))
	ours := rd.conv.value(rd.report, "/ourRevenue", a.OurRevenue)
	for i := range a.Efforts {
		rd.report.enter("/efforts", i)
		rd.conv.value(rd.report, "/money", a.Efforts[i].Money)
		rd.conv.value(rd.report, "/rate", a.Efforts[i].Rate)
		rd.report.leave()
	}
	s.Currency, s.Gaps = rd.conv.target, rd.gaps()
	rd.sales(ours)
	rd.orders()
	rd.service()
	rd.contacts()
	for i, x := range readable {
		if r := &s.Readings[i]; r.Value == nil && r.Needs == "" {
			r.Needs = rd.lacking(x.signal, x.needs)
		}
	}
	i := len(readable)
	for name, v := range sorted(a.Attributes) {
		s.Readings[i] = Reading{Signal: Signal(m.texts.add(attributePrefix, name)), Value: m.numbers.one(v)}
		i++
	}
	return *s
}

// maxGaps keeps the list short enough to mend.
const maxGaps = 12

// gaps are the days that no period covers, since they are a customer.
func (rd *reader) gaps() []DateRange {
	if rd.now.days() == 0 || rd.now.covered && rd.old.covered {
		return nil
	}
	slab, w := &rd.memory.gapDays, span{maxDate(rd.old.from, rd.customerSince()), rd.now.to}
	return slab.keep(gapsOf(slab.begin(), maxGaps, w, rd.periods, func(p *closedPeriod) span { return p.span }))
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
	all := rd.periods[:len(rd.account.Sales)]
	for i := range rd.account.Sales {
		p := &rd.account.Sales[i]
		closed := &all[len(rd.periods)]
		closed.Period, closed.span = p, span{p.From, p.To}
		switch since := rd.customerSince(); {
		case since.Cmp(p.From) <= 0:
		case since.Cmp(p.To) <= 0:
			closed.span.from = since // before it nothing was
		case p.tellsNoSale():
			closed.Period = p.filled()
		}
		rd.report.enter("/sales", i)
		closed.money[factRevenue] = rd.conv.value(rd.report, "/revenue", p.Revenue)
		closed.money[factCost] = rd.conv.value(rd.report, "/directCost", p.DirectCost)
		closed.money[factDiscount] = rd.conv.value(rd.report, "/discount", p.Discount)
		rd.report.leave()
		for f := range closed.money {
			if !closed.money[f].known() && closed.idle() { // what nobody bought cost nothing
				closed.money[f] = whole(0)
			}
		}
		if p.To.Cmp(rd.asOf) <= 0 {
			rd.periods = all[:len(rd.periods)+1]
		}
	}
	clear(all[len(rd.periods):]) // of one that is not closed
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

// firstSale is the first day of the first period with revenue.
func (rd *reader) firstSale() Date {
	for i := range rd.periods {
		if p := &rd.periods[i]; p.money[factRevenue].sign() > 0 {
			return p.From
		}
	}
	return Date{}
}

// customerSince is the account's, unless that is a day to come, of which nobody knew.
func (rd *reader) customerSince() Date { return rd.account.since(rd.asOf) }

// since is the first day of the customer, as far as it was over on a day.
func (a *Account) since(asOf Date) Date {
	if a.CustomerSince.Cmp(asOf) <= 0 {
		return a.CustomerSince
	}
	return Date{}
}

// sold is yes of a period with revenue, or with orders where the revenue is not told. It is
// unknown of one that tells neither, and of one with orders and without revenue, which came back,
// or were of samples.
func (p *closedPeriod) sold() Verdict {
	revenue, ordered := &p.money[factRevenue], p.Orders != nil && *p.Orders > 0
	switch {
	case revenue.sign() > 0, ordered && !revenue.known():
		return Yes
	case !ordered && (revenue.known() || p.Orders != nil):
		return No
	}
	return VerdictUnknown
}

// sold reports whether something was sold in the window now; of a long period that began
// before it nobody knows.
func (rd *reader) sold() Verdict {
	out := No
	for i := range rd.now.periods {
		p := &rd.now.periods[i]
		switch p.sold() {
		case Yes:
			if p.span.days() <= fiveWeeks || p.span.from.Cmp(rd.now.from) >= 0 {
				return Yes
			}
			out = VerdictUnknown
		case VerdictUnknown:
			out = VerdictUnknown
		}
	}
	return out
}

// mayHaveSoldAfter reports whether something was sold, or may have been, in a period of the window
// now that began after the day; after an unknown one nothing is known to be.
func (rd *reader) mayHaveSoldAfter(day Date) bool {
	return !day.IsZero() && slices.ContainsFunc(rd.now.periods, func(p closedPeriod) bool {
		return p.sold() != No && p.span.from.Cmp(day) > 0
	})
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

// sales reads what the money says.
func (rd *reader) sales(ours rational) {
	now, old := &rd.sumsNow, &rd.sumsOld
	revenue, before := now[factRevenue], old[factRevenue]
	rd.set(SignalRevenue, revenue)
	rd.set(SignalRevenueBefore, before)
	rd.set(SignalRevenueTrend, revenue.sub(before).per(100, before))
	// Less than nothing is no share, and they cannot spend less than we sell them.
	if share := revenue.per(100, rd.wallet); share.sign() >= 0 && share.cmp(whole(100)) <= 0 {
		rd.set(SignalWalletShare, share)
	}
	if share := revenue.per(100, ours); share.sign() >= 0 {
		rd.set(SignalOurRevenueShare, share)
	}
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
	if !rd.now.covered || rd.now.blurred {
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
	rd.silence()
	if rd.now.days() == 0 {
		return
	}
	rd.last, rd.lastClosed = rd.lastOrder()
	var since rational
	if !rd.last.IsZero() {
		since = whole(int64(rd.asOf.DaysSince(rd.last)))
		rd.set(SignalDaysSinceOrder, since)
	}
	window := span{rd.rhythmFrom(), rd.lastClosed}
	n := rd.total(span{window.from, rd.now.to}, factOrders)
	if window.days() == 0 || !n.known() || n.cmp(whole(3)) < 0 {
		return // two orders make no rhythm
	}
	interval := whole(int64(window.days())).per(1, n)
	rd.set(SignalOrderInterval, interval)
	rd.set(SignalOrderDelay, since.per(100, interval))
}

// rhythmFrom is the first day of the orders that make an interval: none was before the customer.
func (rd *reader) rhythmFrom() Date {
	from := maxDate(rd.old.from, rd.periods[0].span.from)
	if since := rd.customerSince(); since.Cmp(from) > 0 && rd.total(span{from, since.AddDays(-1)}, factOrders).sign() == 0 {
		return since
	}
	return from
}

// lastOrder is the day of the latest order known on the as-of date, and that of the
// closed periods; each is unknown when a later period had orders and does not say when, and
// the first also where a later day, up to the last closed period, is one of no period.
func (rd *reader) lastOrder() (last, closed Date) {
	for _, p := range rd.account.Sales {
		if p.LastOrder.Cmp(rd.asOf) <= 0 {
			last = maxDate(last, p.LastOrder)
		}
	}
	for _, p := range rd.periods {
		closed = maxDate(closed, p.LastOrder)
	}
	for _, p := range rd.periods {
		if !p.LastOrder.IsZero() || p.Orders != nil && *p.Orders == 0 {
			continue
		}
		if p.To.Cmp(last) > 0 {
			last = Date{}
		}
		if p.To.Cmp(closed) > 0 {
			closed = Date{}
		}
	}
	end := rd.periods[len(rd.periods)-1].To
	if p := rd.running(); p != nil && p.undated() || last.Cmp(end) < 0 && !rd.covers(span{last, end}) {
		last = Date{}
	}
	return last, closed
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

// contacts reads the map of contacts. A count is known where every active contact tells what
// it counts.
func (rd *reader) contacts() {
	var levels uint64 // a bit for each
	var departments names
	var listed, active, levelled, placed, roles, deciders, dated, met int // levelled to roles are those that tell
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
			levelled++
		}
		if hasName(c.Department) {
			departments.add(c.Department)
			placed++
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
	// One contact who does not tell may be one more.
	set(SignalLevels, bits.OnesCount64(levels), levelled == active)
	set(SignalDepartments, departments.count, placed == active)
	set(SignalDeciders, deciders, roles == active)
	if roles < active {
		rd.out.Readings[SignalDecidersMet.index()].Needs = "contacts/roles"
	}
	set(SignalDecidersMet, met, roles == active && dated == deciders)
	single := 0
	if active <= 1 {
		single = 1
	}
	set(SignalSingleThreaded, single, true)
}
