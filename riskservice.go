package kam

// Checks of product and service, and of silence (S15.2, S16).

// leastEvents is how many events there must be now: one alone is no trend.
const leastEvents = 2

// mostNoise is the chance, in percent, up to which a rise is no mere chance.
const mostNoise = 5

// sum is what one fact of the sales comes to.
type sum struct {
	fact  string
	value rational
	over  *window // nil where it is no sum over one of the two
}

// known names the facts whose sums are not known, and reports whether there
// are none.
func (c *riskCase) known(sums ...sum) bool {
	all := true
	for _, s := range sums {
		if !s.value.known() {
			c.needs(c.reader.needs(s.fact, s.over))
			all = false
		}
	}
	return all
}

// rateEvidence is what is looked at of a rate.
type rateEvidence struct{ now, before, rise Evidence }

// rising compares the rate now with the one before, in points. A rise that may
// well be chance is none: with n and m to count in, of e events in all as many as
// now would lie in the n of now. Where there was nothing to count in one of the
// windows, there is no rate.
func (c *riskCase) rising(id rateEvidence, event fact, eventFact string, of fact, ofFact string) Outcome {
	rd := c.reader
	events, all := sum{eventFact, rd.sumsNow[event], &rd.now}, sum{ofFact, rd.sumsNow[of], &rd.now}
	if events.value.known() && events.value.cmp(whole(leastEvents)) < 0 {
		return Clear
	}
	eventsBefore, allBefore := sum{eventFact, rd.sumsOld[event], &rd.old}, sum{ofFact, rd.sumsOld[of], &rd.old}
	for _, s := range [...]sum{all, allBefore} {
		if s.value.known() && s.value.sign() == 0 {
			return OutcomeUnknown // and no fact would tell
		}
	}
	if !c.known(events, all, eventsBefore, allBefore) {
		return OutcomeUnknown
	}
	now, before := events.value.per(100, all.value), eventsBefore.value.per(100, allBefore.value)
	rise, ok := c.number(now.sub(before), events.fact)
	if !ok {
		return OutcomeUnknown
	}
	counted, countedBefore := tally{events.value, all.value}, tally{eventsBefore.value, allBefore.value}
	if event == factReturns {
		counted, countedBefore = c.byOrders(counted, countedBefore)
		if counted.events.cmp(whole(leastEvents)) < 0 {
			return Clear
		}
	}
	if chance, ok := noise(counted.events, countedBefore.events, counted.of, countedBefore.of); ok {
		if chance.Cmp(Int(mostNoise)) > 0 {
			return Clear
		}
		c.out.ByChance = c.memory.numbers.one(chance)
	}
	if n, ok := now.number(); ok {
		c.numberFact(id.now, c.spanNow(), n)
	}
	if n, ok := before.number(); ok {
		c.numberFact(id.before, c.spanBefore(), n)
	}
	return c.rises(id.rise, rise)
}

// tally is what was counted in a window, and in how much.
type tally struct{ events, of rational }

// byOrders counts pieces that came back by the orders, where these are told: the pieces of one
// order come back together, and are no events of their own.
func (c *riskCase) byOrders(pieces, piecesBefore tally) (now, before tally) {
	orders, ordersBefore := c.reader.sumsNow[factOrders], c.reader.sumsOld[factOrders]
	if orders.sign() == 0 || ordersBefore.sign() == 0 { // unknown, or none
		return pieces, piecesBefore
	}
	return tally{c.reader.now.returnedOrders(), orders}, tally{c.reader.old.returnedOrders(), ordersBefore}
}

func (c *riskCase) complaintsRising() Outcome {
	return c.rising(rateEvidence{"complaint-rate-now", "complaint-rate-before", "complaint-rate-rise"}, factComplaints, "sales/complaints", factOrders, "sales/orders")
}

func (c *riskCase) lateRising() Outcome {
	return c.rising(rateEvidence{"late-rate-now", "late-rate-before", "late-rate-rise"}, factLate, "sales/lateDeliveries", factDeliveries, "sales/deliveries")
}

func (c *riskCase) returnsRising() Outcome {
	return c.rising(rateEvidence{"return-rate-now", "return-rate-before", "return-rate-rise"}, factReturns, "sales/returns", factUnits, "sales/units")
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
		c.countFact("incidents-old", c.texts.day("opened < ", c.asOf.AddDays(-c.set.Within)), old)
		return AtRisk
	}
	return out
}

// noComplaints asks how likely it is that none of the orders was complained
// about, if each were at the rate of the other customers.
func (c *riskCase) noComplaints() Outcome {
	complaints := sum{"sales/complaints", c.reader.sumsNow[factComplaints], &c.reader.now}
	orders := sum{"sales/orders", c.reader.sumsNow[factOrders], &c.reader.now}
	if complaints.value.sign() > 0 {
		return Clear
	}
	known, peers := c.known(complaints, orders), c.account.Peers
	if peers == nil || peers.Orders == 0 { // no rate
		return c.needs("peers")
	}
	if !known {
		return OutcomeUnknown
	}
	n := orders.value.truncated() // whole orders
	chance := power(int64(max(0, peers.Orders-peers.Complaints)), int64(peers.Orders), n).percent()
	c.fact("complaints", "= 0", "0")
	c.countFact(Evidence(SignalOrders), c.spanNow(), int(n))
	rate, _ := fraction(int64(peers.Complaints)*100, int64(peers.Orders)).number()
	c.numberFact("peer-complaint-rate", "", rate)
	c.out.ByChance = c.memory.numbers.one(chance)
	return c.falls("no-complaint-chance", chance)
}

// noContact compares the days since the last contact with what the tier asks: a
// meeting with someone, a review, idea or senior visit, a sales call.
// Where the tier is not known, what holds for every tier still holds. Of someone
// who was met after the day, a meeting before it is not known.
func (c *riskCase) noContact() Outcome {
	var last Date
	later := false
	for i := range c.account.Contacts {
		switch x := &c.account.Contacts[i]; {
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
	c.firstFacts(0)
	return c.needs("contacts/lastMet")
}

// tierAllows judges the days since the last meeting.
func (c *riskCase) tierAllows(last Date) Outcome {
	days := c.asOf.DaysSince(last)
	c.countFact("days-since-contact", "", days)
	c.since(last)
	judge := func(every int) Outcome {
		share, _ := fraction(int64(days)*100, int64(every)).number()
		return c.rises("percent-of-tier", share)
	}
	switch c.account.Tier {
	case TierKey:
		return judge(c.every.Key)
	case TierRegular:
		return judge(c.every.Regular)
	case TierProspect:
		return judge(c.every.Prospect)
	}
	most := max(c.every.Key, c.every.Regular, c.every.Prospect)
	least := min(c.every.Key, c.every.Regular, c.every.Prospect)
	before := len(c.out.Evidence)
	strict := judge(least)
	c.firstFacts(before)
	mild := judge(most)
	if strict == mild {
		return mild
	}
	if c.needs("tier"); mild == Clear {
		c.firstFacts(before)
		return OutcomeUnknown
	}
	return mild
}
