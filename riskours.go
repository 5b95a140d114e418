package kam

import "math/big"

// Checks of our own side and of money (S1, S15.1, S15.4, S15.10, S15.11, S16).

// managerShort reads what is said of skill and time, and the hours given of
// those planned.
func (c *riskCase) managerShort() Outcome {
	hours := c.hoursShort()
	skilled := c.says(EvidenceManagerSkilled, No)
	if c.facts.verdict(EvidenceManagerTime) == VerdictUnknown && hours != OutcomeUnknown {
		return worst(skilled, hours)
	}
	return worst(skilled, hours, c.says(EvidenceManagerTime, No))
}

// hoursShort compares the hours of the last twelve months with the planned
// ones, in percent. Without both it says nothing, and hides nothing.
func (c *riskCase) hoursShort() Outcome {
	planned := c.account.PlannedHours
	if planned == nil || planned.units == 0 || c.account.Efforts == nil {
		return OutcomeUnknown
	}
	given := c.hours(span{c.asOf.AddMonths(-12).AddDays(1), c.asOf})
	share, ok := numberOfRat(per(100, new(big.Rat).SetInt64(given), new(big.Rat).SetInt64(planned.units)))
	if !ok {
		return OutcomeUnknown
	}
	return c.falls("hours-of-planned", share)
}

// hours adds up the hours of the efforts in the window, in ten-thousandths.
func (c *riskCase) hours(w span) int64 {
	var sum int64
	for _, x := range c.account.Efforts {
		if x.Hours != nil && x.On.Cmp(w.from) >= 0 && x.On.Cmp(w.to) <= 0 {
			sum += x.Hours.units
		}
	}
	return sum
}

func (c *riskCase) noInternalSupport() Outcome { return c.says(EvidenceInternalSupport, No) }

// complacency counts what has not happened for long in a firm relationship:
// review, plan, new idea, senior visit.
func (c *riskCase) complacency() Outcome {
	switch c.so.Stage.Standing {
	case StageUnknown:
		return c.needs("stages/recorded")
	case StageGood, StageStrong:
	default:
		c.fact("stage", "good or strong", c.so.Stage.Standing)
		return Clear
	}
	if c.account.Activities == nil {
		return c.needs("activities")
	}
	lacking := 0
	for kind := ActivityReview; kind <= ActivitySeniorVisit; kind++ {
		var last Date
		for _, x := range c.account.Activities {
			if x.Kind == kind && x.On.Cmp(c.asOf) <= 0 {
				last = maxDate(last, x.On)
			}
		}
		if last.IsZero() || c.asOf.DaysSince(last) > c.set.Within {
			lacking++
			c.fact(Evidence("last-"+kind.String()), "within "+Int(c.set.Within).String()+" days", last)
			c.since(last)
		}
	}
	return c.rises("activities-lacking", Int(lacking))
}

// exhaustion compares three half-years: more hours each time, and less return
// for an hour each time.
func (c *riskCase) exhaustion() Outcome {
	if c.account.Efforts == nil {
		return c.needs("efforts")
	}
	end := c.reader.now.to
	if end.IsZero() {
		return c.needs("sales/revenue")
	}
	var hours, yield [3]*big.Rat
	for i := range 3 {
		first := end.AddDays(1)
		w := span{first.AddMonths(-6 * (i + 1)), first.AddMonths(-6 * i).AddDays(-1)}
		hours[2-i] = new(big.Rat).SetFrac64(c.hours(w), numberOne)
		revenue := c.reader.sum(w, func(p periodFacts) *big.Rat { return p.revenue })
		cost := c.reader.sum(w, func(p periodFacts) *big.Rat { return p.cost })
		yield[2-i] = per(1, minus(revenue, cost), hours[2-i])
	}
	for i := range 3 {
		if hours[i].Sign() == 0 {
			c.fact("hours", "in each half-year", 0)
			return Clear
		}
		if yield[i] == nil {
			return c.needs("sales/directCost")
		}
		h, _ := numberOfRat(hours[i])
		y, _ := numberOfRat(yield[i])
		c.fact("hours", "of a half-year", h)
		c.fact("margin-per-hour", "of a half-year", y)
	}
	worse := func(i int) bool { return hours[i].Cmp(hours[i-1]) > 0 && yield[i].Cmp(yield[i-1]) < 0 }
	c.since(end.AddDays(1).AddMonths(-6))
	switch {
	case worse(2) && worse(1):
		c.since(end.AddDays(1).AddMonths(-12))
		return AtRisk
	case worse(2):
		return Watch
	}
	return Clear
}

func (c *riskCase) financialCondition() Outcome { return c.says(EvidenceFinanciallySound, No) }

func (c *riskCase) concentration() Outcome {
	if share, ok := c.signal(SignalOurRevenueShare); ok {
		return c.rises(Evidence(SignalOurRevenueShare), share)
	}
	return OutcomeUnknown
}

// profitNegative finds a gross margin below zero, or below what serving the
// account costs.
func (c *riskCase) profitNegative() Outcome {
	now, known := c.contribution(c.reader.now)
	if !known {
		return c.needs("sales/directCost")
	}
	if n, ok := numberOfRat(now); ok {
		c.fact("contribution", "< 0", n)
	}
	if now.Sign() >= 0 {
		return Clear
	}
	if before, known := c.contribution(c.reader.old); known {
		if n, ok := numberOfRat(before); ok {
			c.fact("contribution-before", "the year before", n)
		}
		if before.Sign() >= 0 {
			c.since(c.reader.now.from)
		}
	}
	return AtRisk
}

// contribution is the gross margin of a window less what the efforts in it
// cost, and whether it is known.
func (c *riskCase) contribution(w span) (*big.Rat, bool) {
	revenue := c.reader.sum(w, func(p periodFacts) *big.Rat { return p.revenue })
	left := minus(revenue, c.reader.sum(w, func(p periodFacts) *big.Rat { return p.cost }))
	if left == nil {
		return nil, false
	}
	for _, x := range c.account.Efforts {
		if x.On.Cmp(w.from) < 0 || x.On.Cmp(w.to) > 0 {
			continue
		}
		cost, err := x.Cost()
		if err != nil {
			return nil, false
		}
		amount, ok := c.reader.conv.known(cost)
		if !ok {
			return nil, false
		}
		left.Sub(left, amount)
	}
	return left, true
}

// pricePressure reads what is said, and the discount.
func (c *riskCase) pricePressure() Outcome {
	rise, known := c.so.Signals.Value(SignalDiscountTrend)
	if !known {
		return c.says(EvidencePricePressure, Yes)
	}
	trend := c.rises(Evidence(SignalDiscountTrend), rise)
	if trend != Clear {
		c.since(c.reader.now.from)
	}
	if c.facts.verdict(EvidencePricePressure) == VerdictUnknown {
		return trend
	}
	return worst(trend, c.says(EvidencePricePressure, Yes))
}
