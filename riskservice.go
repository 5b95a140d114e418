package kam

import (
	"fmt"
	"math/big"
)

// Checks of product and service, and of silence (S15.2, S16).

func per100(a, b *big.Rat) *big.Rat { return per(100, a, b) }

// leastEvents is how many events there must be now: one alone is no trend.
const leastEvents = 2

// mostNoise is the chance, in percent, up to which a rise is no mere chance.
const mostNoise = 5

// sum is what one fact of the sales comes to; nil is unknown.
type sum struct {
	fact  string
	value *big.Rat
}

// known names the facts whose sums are not known, and reports whether there
// are none.
func (c *riskCase) known(sums ...sum) bool {
	all := true
	for _, s := range sums {
		if s.value == nil {
			c.needs(s.fact)
			all = false
		}
	}
	return all
}

// count is a counter of the sales over a window.
func (c *riskCase) count(fact string, w span, of func(Period) *int) sum {
	return sum{"sales/" + fact, c.reader.sum(w, counts(of))}
}

// rising compares the rate now with the one before, in points. A rise that may
// well be chance is none: with n and m to count in, of e events in all as many as
// now would lie in the n of now. Where there was nothing to count in one of the
// windows, there is no rate.
func (c *riskCase) rising(id Evidence, fact string, of func(Period) *int, perFact string, per func(Period) *int) Outcome {
	events, all := c.count(fact, c.reader.now, of), c.count(perFact, c.reader.now, per)
	if events.value != nil && events.value.Cmp(big.NewRat(leastEvents, 1)) < 0 {
		n, _ := numberOfRat(events.value)
		c.fact(id, fmt.Sprint(">= ", leastEvents), n)
		return Clear
	}
	eventsBefore, allBefore := c.count(fact, c.reader.old, of), c.count(perFact, c.reader.old, per)
	if !c.known(events, all, eventsBefore, allBefore) {
		return OutcomeUnknown
	}
	now, before := per100(events.value, all.value), per100(eventsBefore.value, allBefore.value)
	if now == nil || before == nil {
		return OutcomeUnknown
	}
	rise, ok := c.number(minus(now, before), events.fact)
	if !ok {
		return OutcomeUnknown
	}
	if n, ok := numberOfRat(now); ok {
		c.fact(id+"-now", c.reader.now.String(), n)
	}
	if n, ok := numberOfRat(before); ok {
		c.fact(id+"-before", c.reader.old.String(), n)
	}
	chance := noise(events.value, eventsBefore.value, all.value, allBefore.value)
	c.out.ByChance = &chance
	if chance.Cmp(Int(mostNoise)) > 0 {
		c.fact("noise-chance", fmt.Sprint("<= ", mostNoise), chance)
		return Clear
	}
	return c.rises(id+"-rise", rise)
}

func (c *riskCase) complaintsRising() Outcome {
	return c.rising("complaint-rate", "complaints", func(p Period) *int { return p.Complaints }, "orders", func(p Period) *int { return p.Orders })
}

func (c *riskCase) lateRising() Outcome {
	return c.rising("late-rate", "lateDeliveries", func(p Period) *int { return p.LateDeliveries }, "deliveries", deliveries)
}

func (c *riskCase) returnsRising() Outcome {
	return c.rising("return-rate", "returns", func(p Period) *int { return p.Returns }, "units", func(p Period) *int { return p.Units })
}

func (c *riskCase) poorPerformance() Outcome { return c.says(EvidencePoorPerformance, Yes) }

// incidentsOpen counts the incidents that were open on the day; one that has
// been open for long is a risk by itself.
func (c *riskCase) incidentsOpen() Outcome {
	if !recorded(c.account.Incidents, func(x Incident) Date { return x.Opened }, c.asOf) {
		return c.needs("incidents")
	}
	open, old := 0, 0
	for _, x := range c.account.Incidents {
		if x.Opened.Cmp(c.asOf) > 0 || x.Closed.day > 0 && x.Closed.Cmp(c.asOf) <= 0 {
			continue
		}
		open++
		c.since(x.Opened)
		if c.asOf.DaysSince(x.Opened) > c.set.Within {
			old++
		}
	}
	out := c.rises("incidents-open", Int(open))
	if old > 0 {
		c.fact("incidents-old", fmt.Sprintf("opened < %s", c.asOf.AddDays(-c.set.Within)), old)
		return AtRisk
	}
	return out
}

// noComplaints asks how likely it is that none of the orders was complained
// about, if each were at the rate of the other customers.
func (c *riskCase) noComplaints() Outcome {
	complaints := c.count("complaints", c.reader.now, func(p Period) *int { return p.Complaints })
	orders := c.count("orders", c.reader.now, func(p Period) *int { return p.Orders })
	if n := complaints.value; n != nil && n.Sign() > 0 {
		c.fact("complaints", "= 0", n.FloatString(0))
		return Clear
	}
	known, peers := c.known(complaints, orders), c.account.Peers
	if peers == nil || peers.Complaints >= peers.Orders { // no rate, or none below 1
		return c.needs("peers")
	}
	if !known {
		return OutcomeUnknown
	}
	n := new(big.Int).Quo(orders.value.Num(), orders.value.Denom()) // whole orders
	chance := percentOfChance(power(big.NewRat(int64(peers.Orders-peers.Complaints), int64(peers.Orders)), n.Int64()))
	c.fact("complaints", "= 0", 0)
	c.fact(Evidence(SignalOrders), c.reader.now.String(), n)
	c.fact("peer-complaint-rate", "", Number{roundRat(big.NewRat(int64(peers.Complaints)*100*numberOne, int64(peers.Orders)))})
	c.out.ByChance = &chance
	return c.falls("no-complaint-chance", chance)
}

// noContact compares the days since the last contact with what the tier asks: a
// meeting with someone, a review, idea or senior visit, a sales call.
// Where the tier is not known, what holds for every tier still holds. Of someone
// who was met after the day, a meeting before it is not known.
func (c *riskCase) noContact() Outcome {
	var last Date
	later := false
	for _, x := range c.account.Contacts {
		switch {
		case x.Since.Cmp(c.asOf) > 0: // nobody yet
		case x.LastMet.Cmp(c.asOf) <= 0:
			last = maxDate(last, x.LastMet)
		default:
			later = true
		}
	}
	for _, x := range c.account.Activities {
		if x.Kind != ActivityPlan && x.On.Cmp(c.asOf) <= 0 {
			last = maxDate(last, x.On)
		}
	}
	for _, x := range c.account.Efforts {
		if (x.Kind == EffortSalesCalls || x.Kind == EffortSenior) && x.On.Cmp(c.asOf) <= 0 {
			last = maxDate(last, x.On)
		}
	}
	if last.IsZero() {
		return c.needs("contacts/lastMet")
	}
	if out := c.tierAllows(last); out == Clear || !later {
		return out
	}
	c.out.Evidence = nil
	return c.needs("contacts/lastMet")
}

// tierAllows judges the days since the last meeting.
func (c *riskCase) tierAllows(last Date) Outcome {
	days := c.asOf.DaysSince(last)
	c.fact("days-since-contact", "", days)
	c.since(last)
	asked := map[Tier]int{TierKey: c.every.Key, TierRegular: c.every.Regular, TierProspect: c.every.Prospect}
	judge := func(every int) Outcome {
		share, _ := numberOfRat(big.NewRat(int64(days)*100, int64(every)))
		return c.rises("percent-of-tier", share)
	}
	if every, ok := asked[c.account.Tier]; ok {
		return judge(every)
	}
	most := max(c.every.Key, c.every.Regular, c.every.Prospect)
	least := min(c.every.Key, c.every.Regular, c.every.Prospect)
	before := len(c.out.Evidence)
	if strict, mild := judge(least), judge(most); strict == mild {
		c.out.Evidence = c.out.Evidence[:before+1]
		return strict
	}
	c.out.Evidence = c.out.Evidence[:before]
	return c.needs("tier")
}
