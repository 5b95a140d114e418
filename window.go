package kam

import (
	"cmp"
	"slices"
	"sort"
)

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

// closedPeriod is a period with its money in one currency, and the days of it on which
// something could be sold.
type closedPeriod struct {
	*Period
	span  span
	money [factDiscount + 1]rational
}

// counts are the facts that are counts, in the order of the facts. Of no delivery none was
// late, and where nothing was sold no piece was, and none was delivered.
func (p *Period) counts() [factCount - factOrders]*int {
	made, late, units := p.made(), p.LateDeliveries, p.Units
	if late == nil && p.Deliveries != nil && *p.Deliveries == 0 {
		late = p.Deliveries
	}
	if p.idle() {
		units = cmp.Or(units, p.Orders)
		if p.Deliveries == nil {
			late = cmp.Or(late, p.Orders)
		}
	}
	return [...]*int{p.Orders, made, late, p.Complaints, p.Returns, units}
}

// idle reports a period of no orders and no revenue.
func (p *Period) idle() bool {
	return p.Orders != nil && *p.Orders == 0 && p.Revenue != nil && p.Revenue.Sign() == 0
}

// nothing reports amounts and counts that are zero or not told.
func nothing(amounts []*Money, counts ...*int) bool {
	return !slices.ContainsFunc(amounts, func(m *Money) bool { return m != nil && m.Sign() != 0 }) &&
		!slices.ContainsFunc(counts, func(n *int) bool { return n != nil && *n != 0 })
}

// tellsNoSale reports a period that tells of nothing that was sold.
func (p *Period) tellsNoSale() bool {
	return nothing([]*Money{p.Revenue}, p.Orders, p.Units, p.Deliveries) && p.LastOrder.IsZero() && len(p.ProductLines) == 0
}

// empty reports a period in which nothing was.
func (p *Period) empty() bool {
	return p.idle() && p.tellsNoSale() && nothing([]*Money{p.DirectCost, p.Discount}, p.Returns, p.LateDeliveries, p.Complaints)
}

// filled is the period with nothing of what it does not tell.
func (p *Period) filled() *Period {
	out, zero := *p, new(int)
	for _, n := range [...]**int{&out.Orders, &out.Units, &out.Returns, &out.Deliveries, &out.LateDeliveries, &out.Complaints} {
		*n = cmp.Or(*n, zero)
	}
	out.Revenue = cmp.Or(out.Revenue, new(Money))
	return &out
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

// factNames are the facts by their names.
var factNames = map[string]fact{
	"sales/revenue": factRevenue, "sales/directCost": factCost, "sales/discount": factDiscount, "sales/orders": factOrders, "sales/deliveries": factDeliveries,
	"sales/lateDeliveries": factLate, "sales/complaints": factComplaints, "sales/returns": factReturns, "sales/units": factUnits,
}

// lacks reports a period of the window without the fact.
func (x *window) lacks(f fact) bool {
	return slices.ContainsFunc(x.periods, func(p closedPeriod) bool {
		if f < factOrders {
			return !p.money[f].known()
		}
		return p.counts()[f-factOrders] == nil
	})
}

// month is the most days of one, and fiveWeeks of a month of weeks.
const month, fiveWeeks = 31, 35

// window is the periods that share days with a span.
type window struct {
	span
	periods []closedPeriod
	covered bool // each day is one of a period, or before the first sale
	blurred bool // some period lies partly in it that is longer than five weeks
}

func (rd *reader) window(w span) window {
	x := window{span: w}
	all := w.days()
	if all == 0 {
		return x
	}
	var before span
	if since := rd.customerSince(); !since.IsZero() {
		before = span{w.from, since.AddDays(-1)}
	}
	free, covered := w.overlap(before), 0
	first := sort.Search(len(rd.periods), func(i int) bool { return rd.periods[i].To.Cmp(w.from) >= 0 })
	last := first
	for ; last < len(rd.periods); last++ { // no two share a day
		p := &rd.periods[last]
		days := w.overlap(p.span)
		if days == 0 {
			break
		}
		covered += days
		if all := p.span.days(); days < all && all > fiveWeeks && !p.empty() { // a part of nothing is nothing
			x.blurred = true
		}
		if free > 0 {
			free -= before.overlap(span{maxDate(p.span.from, w.from), minDate(p.To, w.to)})
		}
	}
	x.periods, x.covered = rd.periods[first:last], covered+free == all
	return x
}

// totals adds up every fact. A period of five weeks at most that lies partly in the window counts
// by its days; of a longer one nobody knows what was when. A sum is unknown there, where
// a day is not covered, and where a period lacks the fact.
func (x *window) totals() (out totals) {
	if !x.covered || x.blurred {
		return out
	}
	for f := range out {
		out[f] = whole(0)
	}
	var counted [factCount - factOrders]int64 // in periods that lie wholly in it
	for i := range x.periods {
		p := &x.periods[i]
		days, all := x.overlap(p.span), p.span.days()
		for f := range p.money {
			v := &p.money[f]
			if days != all {
				v = new(v.mul(int64(days), int64(all)))
			}
			out[f] = out[f].add(*v)
		}
		counts := p.counts()
		for i, n := range &counts {
			switch f := int(factOrders) + i; {
			case n == nil:
				out[f] = rational{}
			case days != all:
				out[f] = out[f].add(whole(int64(*n)).mul(int64(days), int64(all)))
			default:
				counted[i] += int64(*n)
			}
		}
	}
	for i, n := range counted {
		f := int(factOrders) + i
		out[f] = out[f].add(whole(n))
	}
	return out
}

// returnedOrders are the orders of which something came back, as many as the pieces and the orders
// of each period allow, and one at least. Both are told.
func (x *window) returnedOrders() rational {
	sum := whole(0)
	for i := range x.periods {
		p := &x.periods[i]
		n := min(*p.Returns, max(1, *p.Orders))
		sum = sum.add(whole(int64(n)).mul(int64(x.overlap(p.span)), int64(p.span.days())))
	}
	return sum
}

// total is the sum of one fact over any span.
func (rd *reader) total(w span, f fact) rational {
	switch w {
	case rd.now.span:
		return rd.sumsNow[f]
	case rd.old.span:
		return rd.sumsOld[f]
	case span{rd.old.from, rd.now.to}:
		if !rd.old.blurred && !rd.now.blurred { // by a period that lies in both
			return rd.sumsOld[f].add(rd.sumsNow[f])
		}
	}
	x := rd.window(w)
	return x.totals()[f]
}

// covers reports whether each day of a span is one of a period, or before the first
// sale.
func (rd *reader) covers(w span) bool {
	if w == (span{rd.old.from, rd.now.to}) {
		return rd.old.covered && rd.now.covered
	}
	return rd.window(w).covered
}
