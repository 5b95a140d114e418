package kam

import (
	"cmp"
	"math/big"
	"slices"
)

// Checks of our own side and of money (S1, S15.1, S15.4, S15.10, S15.11, S16).

// managerShort reads what is said of skill and time, and the hours given of
// those planned.
func (c *riskCase) managerShort() Outcome {
	hours := c.hoursShort()
	skilled := c.says(EvidenceManagerSkilled, No)
	switch {
	case hours == OutcomeUnknown:
		return worst(skilled, c.says(EvidenceManagerTime, No))
	case c.facts.verdict(EvidenceManagerTime) == VerdictUnknown:
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
	switch stage, known := c.firmStage(); {
	case !known:
		return c.needs("stages/recorded")
	case stage != StageGood && stage != StageStrong:
		c.fact("stage", "good or strong", stage)
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
			c.fact(Evidence("last-"+kind.String()), "within "+Int(c.set.Within).String()+" days", cmp.Or(last.String(), "none"))
			c.since(last)
		}
	}
	return c.rises("activities-lacking", Int(lacking))
}

// firmStage is the stage that stands, unless what is unknown could make it
// good or strong: then it is the one that our people recorded, if any.
func (c *riskCase) firmStage() (Stage, bool) {
	s := &c.so.Stage
	firm := func(x Stage) bool { return x == StageGood || x == StageStrong }
	if firm(s.Standing) || s.Held || s.Standing != StageUnknown && !slices.ContainsFunc(s.Possible, firm) {
		return s.Standing, true
	}
	return s.Recorded, s.Recorded != StageUnknown
}

// exhaustion compares three half-years: more hours each time, and less return
// for an hour each time. Two of them are a first sign.
func (c *riskCase) exhaustion() Outcome {
	if c.account.Efforts == nil {
		return c.needs("efforts")
	}
	end := c.reader.now.to
	if end.IsZero() {
		return c.needs("sales/revenue")
	}
	var halves [3]halfYear // the latest first
	for i := range halves {
		first := end.AddDays(1)
		halves[i] = c.halfYear(span{first.AddMonths(-6 * (i + 1)), first.AddMonths(-6 * i).AddDays(-1)})
	}
	now := halves[0].worse(halves[1])
	switch {
	case now == OutcomeUnknown:
		for _, h := range halves[:2] {
			c.known(h.revenue, h.cost)
		}
		return now
	case now == Clear:
		return now
	}
	c.since(end.AddDays(1).AddMonths(-6))
	if halves[1].worse(halves[2]) == Watch {
		c.since(end.AddDays(1).AddMonths(-12))
		return AtRisk
	}
	return Watch
}

// halfYear is the hours that went in and the margin that came of each; nil is
// unknown, or none for want of hours.
type halfYear struct {
	hours, yield  *big.Rat
	revenue, cost sum
}

func (c *riskCase) halfYear(w span) halfYear {
	h := halfYear{hours: new(big.Rat).SetFrac64(c.hours(w), numberOne)}
	h.revenue, h.cost = c.money(w)
	h.yield = per(1, minus(h.revenue.value, h.cost.value), h.hours)
	if n, ok := numberOfRat(h.hours); ok {
		c.fact("hours", "of a half-year", n)
	}
	if h.yield != nil {
		if n, ok := numberOfRat(h.yield); ok {
			c.fact("margin-per-hour", "of a half-year", n)
		}
	}
	return h
}

// worse is a first sign where more hours brought less each than in the
// half-year before.
func (h halfYear) worse(before halfYear) Outcome {
	switch {
	case before.hours.Sign() == 0 || h.hours.Cmp(before.hours) <= 0:
		return Clear
	case h.yield == nil || before.yield == nil:
		return OutcomeUnknown
	case h.yield.Cmp(before.yield) < 0:
		return Watch
	}
	return Clear
}

func (c *riskCase) financialCondition() Outcome { return c.says(EvidenceFinanciallySound, No) }

func (c *riskCase) concentration() Outcome {
	if share, ok := c.so.Signals.Value(SignalOurRevenueShare); ok {
		return c.rises(Evidence(SignalOurRevenueShare), share)
	}
	if c.account.OurRevenue == nil {
		c.needs("ourRevenue")
	}
	revenue, _ := c.money(c.reader.now)
	c.known(revenue)
	return OutcomeUnknown
}

// money are the revenue and the direct cost of a window.
func (c *riskCase) money(w span) (revenue, cost sum) {
	return sum{"sales/revenue", c.reader.sum(w, func(p periodFacts) *big.Rat { return p.revenue })},
		sum{"sales/directCost", c.reader.sum(w, func(p periodFacts) *big.Rat { return p.cost })}
}

// profitNegative finds a gross margin below zero, or below what serving the
// account costs. Without the efforts a margin above zero says too little.
func (c *riskCase) profitNegative() Outcome {
	revenue, cost := c.money(c.reader.now)
	if !c.known(revenue, cost) {
		return OutcomeUnknown
	}
	left, known := c.contribution(c.reader.now)
	if !known {
		return c.needs("efforts")
	}
	now, ok := c.number(left, "efforts")
	if !ok {
		return OutcomeUnknown
	}
	c.fact("contribution", "< 0", now)
	switch {
	case left.Sign() >= 0 && c.account.Efforts == nil:
		return c.needs("efforts")
	case left.Sign() >= 0:
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
	revenue, cost := c.money(w)
	left := minus(revenue.value, cost.value)
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
