package kam

import (
	"fmt"
	"math/big"
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

// orderRhythm judges the chance of the silence. An order in a period that is
// still running ends it.
func (c *riskCase) orderRhythm() Outcome {
	r, ok := c.reader.rhythm()
	if !ok || r.orders < leastOrders {
		return c.needs("sales/orders")
	}
	for _, p := range c.account.Sales {
		if p.LastOrder.Cmp(c.asOf) <= 0 && p.LastOrder.Cmp(r.last) > 0 {
			c.fact("last-order", "in a period that is still running", p.LastOrder)
			return Clear
		}
	}
	silence, stopped, none := r.chances()
	c.fact(Evidence(SignalOrders), fmt.Sprintf("in %d days", r.days), r.orders)
	c.fact("last-order", fmt.Sprintf("day %d of these", r.until), r.last)
	c.fact("chance-stopped", "percent", stopped)
	c.fact("chance-no-order", fmt.Sprintf("percent, in the next %d days", ahead), none)
	c.out.Chance = &silence
	c.since(r.last)
	return c.falls("chance-of-silence", silence)
}
