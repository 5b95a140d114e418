package kam

import (
	"cmp"
	"math/big"
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
	until  int // days from the start of the window to the last order
	least  int // the same, where its day is not known: at the least
	days   int // of the window
}

const (
	leastOrders = 3  // fewer have no rhythm of their own
	ahead       = 92 // days to look ahead, a quarter
)

// rhythm reads the orders of the closed periods that lie wholly within 24
// months. An order whose day is not known counts as of the last day of its
// period for the signals; a check looks at the first day too.
func (rd *reader) rhythm() (rhythm, bool) {
	if rd.now.days() == 0 {
		return rhythm{}, false
	}
	end := rd.now.to
	from := end.AddDays(1).AddMonths(-24)
	var r rhythm
	var start, early Date
	for _, p := range rd.periods {
		if p.From.Cmp(from) < 0 {
			continue
		}
		if start.IsZero() {
			start = p.From
		}
		if p.Orders == nil {
			return rhythm{}, false
		}
		if r.orders += int64(*p.Orders); *p.Orders > 0 {
			r.last, early = maxDate(r.last, cmp.Or(p.LastOrder, p.To)), maxDate(early, cmp.Or(p.LastOrder, p.From))
		}
	}
	r.others = r.orders
	if since := rd.account.CustomerSince; since.Cmp(start) >= 0 && since.Cmp(end) < 0 && r.orders > 0 && rd.noOrderBefore(since) {
		start, r.others = since, r.orders-1
	}
	w := span{start, end}
	if r.last.IsZero() || rd.sum(w, func(periodFacts) *big.Rat { return new(big.Rat) }) == nil {
		return rhythm{}, false // a day that no period covers
	}
	r.until, r.least, r.days = span{start, r.last}.days(), max(1, span{start, early}.days()), w.days()
	return r, true
}

// noOrderBefore reports whether no closed period before the day has an order.
func (rd *reader) noOrderBefore(day Date) bool {
	return !slices.ContainsFunc(rd.periods, func(p periodFacts) bool { return p.To.Cmp(day) < 0 && p.Orders != nil && *p.Orders > 0 })
}

// chances are the three probabilities, in percent.
func (r rhythm) chances() (silence, stopped, none Number) {
	one := new(big.Int).Lsh(big.NewInt(1), chanceBits)
	s := power(big.NewRat(int64(r.until), int64(r.days)), r.others)
	// stopped = 1 ÷ (1 + (24n − 15)·silence)
	odds := new(big.Int).Mul(s, big.NewInt(24*r.orders-15))
	st := new(big.Int).Lsh(one, chanceBits)
	st.Quo(st, odds.Add(odds, one))
	// none = stopped + (1 − stopped)·(T ÷ (T + 92))^n
	quiet := power(big.NewRat(int64(r.days), int64(r.days+ahead)), r.orders)
	no := new(big.Int).Sub(one, st)
	no.Mul(no, quiet).Rsh(no, chanceBits)
	return percentOfChance(s), percentOfChance(st), percentOfChance(no.Add(no, st))
}

// silence reads the two signals. Fewer than three orders make no rhythm of the
// account's own, and still tell how likely another order is.
func (rd *reader) silence() {
	r, ok := rd.rhythm()
	if !ok || r.orders == 0 || rd.running(r.last) {
		return
	}
	silence, _, none := r.chances()
	if r.orders >= leastOrders {
		rd.set(SignalSilenceChance, silence.Decimal().Rat())
	}
	rd.set(SignalNoOrderChance, none.Decimal().Rat())
}

// running reports whether there is an order later than the last one of the
// closed periods: the silence that they show is over.
func (rd *reader) running(last Date) bool { return rd.latest().Cmp(last) > 0 }

// latest is the latest day of an order that is given.
func (rd *reader) latest() (last Date) {
	for _, p := range rd.account.Sales {
		if p.LastOrder.Cmp(rd.asOf) <= 0 {
			last = maxDate(last, p.LastOrder)
		}
	}
	return last
}

// orderRhythm judges the chance of the silence. An order in a period that is
// still running ends it.
func (c *riskCase) orderRhythm() Outcome {
	r, ok := c.reader.rhythm()
	if !ok || r.orders < leastOrders {
		return c.needs("sales/orders")
	}
	c.fact("orders-in-rhythm", "", r.orders)
	if c.reader.running(r.last) {
		c.fact("last-order", "> "+r.last.String(), c.reader.latest())
		return Clear
	}
	if r.least < r.until { // the day of the last order matters, and is not known
		early := r
		early.until = r.least
		first, _, _ := early.chances()
		last, _, _ := r.chances()
		if c.reached(first) != Clear && c.reached(last) == Clear {
			return c.needs("sales/lastOrder")
		}
	}
	silence, stopped, none := r.chances()
	c.fact("rhythm-days", "", r.days)
	c.fact("last-order", "", r.last)
	c.fact("rhythm-until", "", r.until)
	c.fact("stopped-chance", "", stopped)
	c.fact(Evidence(SignalNoOrderChance), "", none)
	c.out.ByChance = &silence
	c.since(r.last)
	return c.falls(Evidence(SignalSilenceChance), silence)
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
