package kam

import (
	"fmt"
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
// with the prior on the rate left flat, and the chance that no order comes in
// the next 92 days. METHOD.md tells where the two constants come from and how
// well it does.

// rhythm is what is known of an account's orders.
type rhythm struct {
	orders int64 // in the window
	others int64 // of these, without the one that starts the window
	last   Date
	until  int // days from the start of the window to the last order
	days   int // of the window
}

const (
	leastOrders = 3  // fewer have no rhythm of their own
	ahead       = 92 // days to look ahead, a quarter
)

// rhythm reads the orders of the closed periods that lie wholly within 24
// months. An order whose day is not known counts as of the last day of its
// period, so that a check never fires for want of a day.
func (rd *reader) rhythm() (rhythm, bool) {
	if rd.now.days() == 0 {
		return rhythm{}, false
	}
	end := rd.now.to
	from := end.AddDays(1).AddMonths(-24)
	var r rhythm
	var start Date
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
			last := p.LastOrder
			if last.IsZero() {
				last = p.To
			}
			r.last = maxDate(r.last, last)
		}
	}
	r.others = r.orders
	if since := rd.account.CustomerSince; since.Cmp(start) >= 0 && since.Cmp(end) < 0 && r.orders > 0 {
		start, r.others = since, r.orders-1
	}
	w := span{start, end}
	if r.last.IsZero() || rd.sum(w, func(periodFacts) *big.Rat { return new(big.Rat) }) == nil {
		return rhythm{}, false // a day that no period covers
	}
	r.until, r.days = span{start, r.last}.days(), w.days()
	return r, true
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
func (rd *reader) running(last Date) bool {
	return slices.ContainsFunc(rd.account.Sales, func(p Period) bool { return p.LastOrder.Cmp(rd.asOf) <= 0 && p.LastOrder.Cmp(last) > 0 })
}

// orderRhythm judges the chance of the silence. An order in a period that is
// still running ends it.
func (c *riskCase) orderRhythm() Outcome {
	r, ok := c.reader.rhythm()
	if !ok || r.orders < leastOrders {
		return c.needs("sales/orders")
	}
	c.fact(Evidence(SignalOrders), fmt.Sprintf("in %d days", r.days), r.orders)
	if c.reader.running(r.last) {
		c.fact("last-order", "in a period that is still running", "since "+r.last.String())
		return Clear
	}
	silence, stopped, none := r.chances()
	c.fact("last-order", fmt.Sprintf("day %d of these", r.until), r.last)
	c.fact("stopped-chance", "percent", stopped)
	c.fact(Evidence(SignalNoOrderChance), fmt.Sprintf("percent, in the next %d days", ahead), none)
	c.out.Chance = &silence
	c.since(r.last)
	return c.falls(Evidence(SignalSilenceChance), silence)
}
