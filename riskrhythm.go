package kam

import (
	"cmp"
	"math/bits"
	"slices"
)

// The rhythm of orders (S16): the time since the last order against the
// account's own rhythm, as a probability.
//
// With n orders in T days, at any steady rate, the chance that all of them lie
// in the first t days is (t/T)^n: how likely the silence since the last order
// is by chance. Of that follows the chance that the rhythm has ended, by the
// model of Fader, Hardie and Lee (Counting your customers the easy way, 2005)
// with a prior on the rate that is flat in its logarithm, and the chance that no order comes in
// the next 92 days. METHOD.md tells where the two constants come from and how
// well it does.

// rhythm is what is known of an account's orders.
type rhythm struct {
	orders int64 // in the window
	others int64 // of these, without the one that starts the window
	last   Date
	early  Date   // the same at the earliest, where its day is not known
	end    Date   // of what is looked at; the as-of date where that is more than a month later
	until  int    // days from the start of the window to the last order
	least  int    // the same, where its day is not known: at the least
	days   int    // of the window
	lag    int    // days since the window, where they are more than a month's
	idle   int    // days without an order at its start, where nobody says since when they are a customer
	needs  string // what is missing; "" where there are too few orders
	vague  bool   // the last order was in a long period, on no known day
}

const (
	leastOrders = 3  // fewer have no rhythm of their own
	quarter     = 92 // days, to look ahead
)

// beat is the rhythm of the reader's account, if it has one, and the chances.
type beat struct {
	rhythm
	read, known            bool
	silence, stopped, none Number // where there are orders
}

// rhythmOnce is the rhythm with its chances, for the signals and the check.
func (rd *reader) rhythmOnce() *beat {
	b := &rd.beat
	if !b.read {
		b.read = true
		if b.rhythm, b.known = rd.rhythm(); b.known {
			b.silence, b.stopped, b.none = b.chances()
		}
	}
	return b
}

// rhythm reads the orders of the closed periods that end within 24
// months, and the last one of a period that is still running. An order whose day is not
// known counts as of the last day of its period for the signals, where that is no longer
// than five weeks; a check looks at the first day too. Without an order there is no rhythm.
func (rd *reader) rhythm() (rhythm, bool) {
	if rd.now.days() == 0 {
		return rhythm{needs: rd.needs("sales/orders", &rd.now)}, false
	}
	end := rd.now.to
	from := end.AddDays(1).AddMonths(-24)
	var r rhythm
	var start, early, first Date
	for i := range rd.periods {
		p := &rd.periods[i]
		if p.To.Cmp(from) < 0 {
			continue
		}
		if start.IsZero() {
			start = p.From
		}
		if p.Orders == nil {
			return rhythm{needs: "sales/orders"}, false
		}
		if r.orders += int64(*p.Orders); *p.Orders > 0 {
			first = cmp.Or(first, p.From)
			r.vague = p.LastOrder.IsZero() && p.span.days() > fiveWeeks
			r.last, early = maxDate(r.last, cmp.Or(p.LastOrder, p.To)), maxDate(early, cmp.Or(p.LastOrder, p.From))
		}
	}
	r.others = r.orders
	if since := rd.customerSince(); since.Cmp(start) >= 0 && since.Cmp(end) <= 0 && rd.noOrderBefore(since) {
		start, r.others = since, r.orders-1
	}
	w := span{start, end}
	switch p := rd.running(); {
	case !rd.covers(w):
		return rhythm{needs: "sales/to"}, false // a day that no period covers
	case r.last.IsZero():
		return rhythm{}, false
	case p == nil:
	case p.undated():
		return rhythm{needs: "sales/lastOrder"}, false
	case p.LastOrder.IsZero() || p.LastOrder.Cmp(rd.asOf) > 0: // its counts may be of days to come
	case p.From.DaysSince(end) > 1:
		return rhythm{needs: "sales/to"}, false
	default: // one order at least
		r.orders, r.others = r.orders+1, r.others+1
		w.to, r.last, early, r.vague = rd.asOf, p.LastOrder, p.LastOrder, false
	}
	r.early, r.end = early, w.to
	if lag := rd.asOf.DaysSince(w.to); lag > month {
		r.lag, r.end = lag, rd.asOf
	}
	if rd.customerSince().IsZero() {
		r.idle = first.DaysSince(start)
	}
	r.until, r.least, r.days = span{start, r.last}.days(), max(1, span{start, early}.days()), w.days()
	return r, true
}

// noOrderBefore reports whether no closed period before the day has an order.
func (rd *reader) noOrderBefore(day Date) bool {
	return !slices.ContainsFunc(rd.periods, func(p closedPeriod) bool {
		return cmp.Or(p.LastOrder, p.To).Cmp(day) < 0 && p.Orders != nil && *p.Orders > 0
	})
}

// chances are the three probabilities, in percent.
func (r rhythm) chances() (silence, stopped, none Number) {
	s := power(int64(r.until), int64(r.days), r.others)
	// stopped = 1 ÷ (1 + (24n − 15)·silence)
	st := s.scaled(uint64(24*r.orders - 15)).add(certain).inverse()
	// none = stopped + (1 − stopped)·(T ÷ (T + 92))^n
	quiet := power(int64(r.days), int64(r.days+quarter), r.orders)
	no := certain.sub(st).mul(quiet).add(st)
	return s.percent(), st.percent(), no.percent()
}

// silence reads the two signals. Fewer than three orders make no rhythm of the
// account's own, and still tell how likely another order is.
func (rd *reader) silence() {
	r := rd.rhythmOnce()
	if r.vague {
		r.needs = "sales/lastOrder"
	}
	rd.out.Readings[SignalSilenceChance.index()].Needs = r.needs
	rd.out.Readings[SignalNoOrderChance.index()].Needs = r.needs
	if !r.known || r.vague {
		return
	}
	if r.orders >= leastOrders {
		rd.set(SignalSilenceChance, r.silence.rational())
	}
	rd.set(SignalNoOrderChance, r.none.rational())
}

// running is the period that has begun and has not ended by the as-of date, or nil.
func (rd *reader) running() *Period {
	for i := range rd.account.Sales {
		if p := &rd.account.Sales[i]; p.From.Cmp(rd.asOf) <= 0 && p.To.Cmp(rd.asOf) > 0 {
			return p
		}
	}
	return nil
}

// undated reports whether the period has orders, or sales of nobody knows how many, and does
// not say when the last one came.
func (p *Period) undated() bool {
	sold := p.Orders == nil && p.Revenue != nil && p.Revenue.Sign() > 0
	return p.LastOrder.IsZero() && (sold || p.Orders != nil && *p.Orders > 0)
}

// orderRhythm judges the chance of the silence.
func (c *riskCase) orderRhythm() Outcome {
	r := c.reader.rhythmOnce()
	if !r.known || r.orders < leastOrders {
		return c.needs(r.needs)
	}
	c.countFact("orders-in-rhythm", "", int(r.orders))
	sure, known := c.reached(r.silence), true
	for _, doubts := range [...]uint{1, 2, 4, 1 | 2, 1 | 4, 2 | 4, 1 | 2 | 4} {
		if bits.OnesCount(doubts) > 1 && !known {
			break // one alone would do
		}
		if doubts&^r.doubts() != 0 || c.reached(r.supposing(doubts).percent()) <= sure {
			continue
		}
		known = false
		for i, fact := range rhythmDoubts {
			if doubts>>i&1 == 1 {
				c.needs(fact)
			}
		}
	}
	if !known && sure == Clear {
		return OutcomeUnknown
	}
	c.countFact("rhythm-days", "", r.days)
	if r.vague { // the silence is that at the least
		c.fact("last-order", "", c.texts.day("<= ", r.last))
	} else {
		c.fact("last-order", "", c.texts.day("", r.last))
		c.countFact("rhythm-until", "", r.until)
		c.numberFact("stopped-chance", "", r.stopped)
		c.numberFact(Evidence(SignalNoOrderChance), "", r.none)
		c.out.ByChance = c.memory.numbers.one(r.silence)
		c.since(r.last)
	}
	most := AtRisk
	if sure > Clear {
		if before := r.yearBefore(); c.reader.quiet(before) && c.reached(r.quietFor(before.days())) > Clear {
			c.countFact("orders-year-before", c.texts.span(before), 0)
			c.out.Needs = c.out.Needs[:0] // none of the doubts makes it worse
			most = Watch
		}
	}
	return min(most, c.falls(Evidence(SignalSilenceChance), r.silence))
}

// quietFor is how likely it is that no order comes in so many of the days, in percent: what is likely at
// their own rhythm tells of no season.
func (r *rhythm) quietFor(days int) Number {
	return power(int64(max(0, r.days-days)), int64(r.days), r.others).percent()
}

// yearBefore are the days since a month after the last order, as many as there may be, a year
// before: a season may end some weeks later in one year than in another.
func (r *rhythm) yearBefore() span {
	return span{sameDayBefore(r.early.AddDays(month)).AddDays(1), sameDayBefore(r.end)}
}

// sameDayBefore is the day a year before, and the last one of February of the last one.
func sameDayBefore(d Date) Date {
	return maxDate(d.AddMonths(-12), d.AddDays(1).AddMonths(-12).AddDays(-1))
}

// quiet reports whether periods tell of each day of a span that no order came, though they were a
// customer before it. Only what the account itself tells counts.
func (rd *reader) quiet(w span) bool {
	since, told := rd.customerSince(), 0
	customer := !since.IsZero() && since.Cmp(w.from) < 0
	for i := range rd.account.Sales {
		p := &rd.account.Sales[i]
		days := w.overlap(span{p.From, p.To})
		switch ordered := p.Orders != nil && *p.Orders > 0; {
		case ordered && cmp.Or(p.LastOrder, p.To).Cmp(w.from) < 0:
			customer = true
		case days > 0 && (ordered || p.Orders == nil):
			return false
		}
		told += days
	}
	return customer && told == w.days()
}

// rhythmDoubts are what may make a silence longer than it is known to be: the last order
// was the first day's of its period, there was none since the last period, and none before
// they were a customer.
var rhythmDoubts = [...]string{"sales/lastOrder", "sales/orders", "customerSince"}

// doubts are those that there are, a bit each.
func (r *rhythm) doubts() (out uint) {
	for i, there := range [...]bool{r.least < r.until, r.lag > 0, r.idle > 0} {
		if there {
			out |= 1 << i
		}
	}
	return out
}

// supposing is the chance of the silence with some of the doubts taken for true.
func (r *rhythm) supposing(doubts uint) chance {
	until, days, others := r.until, r.days, r.others
	if doubts&1 != 0 {
		until = r.least
	}
	if doubts&2 != 0 {
		days += r.lag
	}
	if doubts&4 != 0 {
		until, days, others = until-r.idle, days-r.idle, r.orders-1
	}
	return power(int64(until), int64(days), others)
}

// reached is what a chance comes to by the lines of the check, without a fact.
func (c *riskCase) reached(chance Number) Outcome {
	switch {
	case chance.Cmp(*c.set.AtRisk) <= 0:
		return AtRisk
	case chance.Cmp(*c.set.Watch) <= 0:
		return Watch
	}
	return Clear
}
