package kam

import (
	"cmp"
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
// ones, in percent; where the account or the record of hours is younger, with
// their part of the year. Without both it says nothing, and hides nothing.
func (c *riskCase) hoursShort() Outcome {
	planned, year := c.account.PlannedHours, span{c.asOf.AddMonths(-12).AddDays(1), c.asOf}
	first := year.to.AddDays(1)
	if c.account.Efforts != nil && len(c.account.Efforts) == 0 {
		first = year.from // there were none
	}
	for _, x := range c.account.Efforts {
		first = minDate(first, x.On)
	}
	since := span{maxDate(year.from, maxDate(first, c.reader.customerSince())), year.to}
	if planned == nil || planned.units == 0 || first.Cmp(year.to) > 0 || since.days() == 0 {
		return OutcomeUnknown
	}
	hours, told := c.hours(since)
	given, due := fraction(hours, numberOne), planned.rational().mul(int64(since.days()), int64(year.days()))
	share, ok := given.per(100, due).number()
	if !told || !ok {
		return OutcomeUnknown
	}
	for _, x := range [...]struct {
		id    Evidence
		hours rational
	}{{"hours-given", given}, {"hours-due", due}} {
		n, _ := x.hours.number() // as few as an account may have fit
		c.numberFact(x.id, c.texts.span(since), n)
	}
	return c.falls("hours-of-planned", share)
}

// hours adds up the hours of the efforts in the window, in ten-thousandths. Work
// that is recorded without its hours leaves the sum unknown.
func (c *riskCase) hours(w span) (sum int64, told bool) {
	told = true
	for i := range c.account.Efforts {
		x := &c.account.Efforts[i]
		switch {
		case x.On.Cmp(w.from) < 0 || x.On.Cmp(w.to) > 0:
		case x.Hours != nil:
			sum += x.Hours.units
		case x.untold():
			told = false
		}
	}
	return sum, told
}

// effortsBy reports whether the record of efforts is empty or has begun by a day.
func (c *riskCase) effortsBy(day Date) bool {
	return recorded(c.account.Efforts, func(x Effort) Date { return x.On }, day)
}

// untold is work whose hours nobody told.
func (e *Effort) untold() bool {
	work := e.Kind == EffortTime || e.Kind == EffortProposals || e.Kind == EffortTechnical || e.Kind == EffortSenior
	return work && e.Hours == nil
}

func (c *riskCase) noInternalSupport() Outcome { return c.says(EvidenceInternalSupport, No) }

// complacency counts what has not happened for long in a firm relationship:
// review, plan, new idea, senior visit.
func (c *riskCase) complacency() Outcome {
	stage, known := c.firmStage()
	if known && stage != StageGood && stage != StageStrong {
		return Clear
	}
	if since := c.reader.customerSince(); since.day > 0 && c.asOf.DaysSince(since) <= c.set.Within {
		return Clear // too young to be taken for granted
	}
	switch told := recorded(c.account.Activities, func(x Activity) Date { return x.On }, c.asOf); {
	case !told && !known:
		return c.needsStage()
	case !told:
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
			c.fact(Evidence(c.texts.add("last-", kind.String())), c.lately(), cmp.Or(c.texts.day("", last), "none"))
		}
	}
	out := c.rises("activities-lacking", Int(lacking))
	if out != Clear && !known {
		return c.needsStage()
	}
	return out
}

// needsStage names what would tell whether the stage is good or strong: the record of our people,
// or, where that says otherwise, the strength, or else all that is unknown of the stage.
func (c *riskCase) needsStage() Outcome {
	s := &c.so.Stage
	switch {
	case s.Recorded == StageUnknown:
		return c.needs("stages/recorded")
	case slices.Contains(s.Unknown, EvidenceStrength):
		c.needsEvidence(EvidenceStrength)
	default:
		for _, e := range s.Unknown {
			c.needsEvidence(e)
		}
	}
	return OutcomeUnknown
}

// firmStage is the stage that stands, unless what is unknown could make it
// good or strong: then it is known only where our people recorded that it is.
func (c *riskCase) firmStage() (Stage, bool) {
	s := &c.so.Stage
	firm := func(x Stage) bool { return x == StageGood || x == StageStrong }
	if firm(s.Standing) || len(s.Possible) > 0 && !slices.ContainsFunc(s.Possible, firm) {
		return s.Standing, true
	}
	return s.Recorded, firm(s.Recorded)
}

// exhaustion compares three half-years: a step is hours that rose and a margin
// for each that fell, both by the line. One step is a first sign.
func (c *riskCase) exhaustion() Outcome {
	if !c.effortsBy(c.asOf) {
		return c.needs("efforts")
	}
	end := c.reader.now.to.AddDays(1)
	if c.reader.now.days() == 0 {
		return c.needs("sales/revenue")
	}
	var halves [3]halfYear // the latest first
	for i := range halves {
		halves[i] = c.halfYear(span{end.AddMonths(-6 * (i + 1)), end.AddMonths(-6 * i).AddDays(-1)})
	}
	latest := halves[0].after(halves[1], *c.set.Watch)
	switch latest.taken {
	case VerdictUnknown:
		return c.needsHalves(halves[0], halves[1])
	case No:
		return Clear
	}
	c.since(end.AddMonths(-6))
	before := halfYearStep{taken: No}
	if halves[0].after(halves[1], *c.set.AtRisk).taken == Yes {
		before = halves[1].after(halves[2], *c.set.AtRisk)
	}
	switch before.taken {
	case Yes:
		c.since(end.AddMonths(-12))
		c.stepFacts(latest, &c.set.atRisk)
		c.stepFacts(before, &c.set.atRisk)
		return AtRisk
	case VerdictUnknown:
		c.needsHalves(halves[1], halves[2])
	}
	c.stepFacts(latest, &c.set.watch)
	return Watch
}

// stepFacts records by how much the hours rose and what came of each fell.
func (c *riskCase) stepFacts(s halfYearStep, line *lineWords) {
	c.numberFact("hours-rise", line.atLeast, s.rise)
	if s.fall != nil {
		c.numberFact("margin-per-hour-fall", line.atLeast, *s.fall)
	} else if before, ok := s.before.number(); ok {
		margin, _ := s.margin.number()
		c.numberFact("half-year-margin", c.texts.number("< ", before), margin)
	}
}

// needsHalves names what is missing to compare two half-years.
func (c *riskCase) needsHalves(now, before halfYear) Outcome {
	if !now.told || !before.told || before.hours.sign() == 0 {
		c.needs("efforts")
	}
	c.known(now.revenue, now.cost, before.revenue, before.cost)
	return OutcomeUnknown
}

// halfYear is the hours that went in and the margin that came of them.
type halfYear struct {
	hours, margin rational
	revenue, cost sum
	told          bool // the hours are known
}

func (c *riskCase) halfYear(w span) halfYear {
	hours, told := c.hours(w)
	told = told && c.account.effortsFrom(w.from, c.asOf)
	h := halfYear{hours: fraction(hours, numberOne), told: told}
	h.revenue, h.cost = c.money(w)
	if c.reader.window(w).blurred { // a longer period does not tell its halves apart
		h.revenue.fact, h.cost.fact = "sales/from", "sales/from"
	}
	h.margin = h.revenue.value.sub(h.cost.value)
	if !told {
		return h
	}
	if n, ok := h.hours.number(); ok {
		c.numberFact("hours", c.texts.span(w), n)
	}
	if n, ok := h.margin.per(1, h.hours).number(); ok {
		c.numberFact("margin-per-hour", c.texts.span(w), n)
	}
	return h
}

// halfYearStep is whether more hours went in than in the half-year before, and less came of
// each, both by so many percent.
type halfYearStep struct {
	taken Verdict
	rise  Number
	fall  *Number // nil where the half-year before brought nothing
	// margin is what this one brought, and before what the one before did.
	margin, before rational
}

// after is the step from the half-year before, which is none where it brought more in all.
// A margin that was not above zero brought less when it fell.
func (h halfYear) after(before halfYear, line Number) halfYearStep {
	if !h.told || !before.told {
		return halfYearStep{}
	}
	if h.hours.cmp(before.hours) <= 0 {
		return halfYearStep{taken: No}
	}
	rise, ok := h.hours.sub(before.hours).per(100, before.hours).number()
	switch {
	case !ok:
		return halfYearStep{}
	case rise.Cmp(line) < 0:
		return halfYearStep{taken: No}
	case !h.margin.known() || !before.margin.known():
		return halfYearStep{}
	case h.margin.cmp(before.margin) > 0: // it paid
		return halfYearStep{taken: No}
	case before.margin.sign() <= 0:
		return halfYearStep{verdictOf(h.margin.cmp(before.margin) < 0), rise, nil, h.margin, before.margin}
	}
	yield, was := h.margin.per(1, h.hours), before.margin.per(1, before.hours)
	fall, ok := was.sub(yield).per(100, was).number()
	if !ok {
		return halfYearStep{}
	}
	return halfYearStep{verdictOf(fall.Cmp(line) >= 0), rise, &fall, h.margin, before.margin}
}

func verdictOf(yes bool) Verdict {
	if yes {
		return Yes
	}
	return No
}

func (c *riskCase) financialCondition() Outcome { return c.says(EvidenceFinanciallySound, No) }

func (c *riskCase) concentration() Outcome {
	if share, ok := c.so.Signals.Value(SignalOurRevenueShare); ok {
		return c.rises(Evidence(SignalOurRevenueShare), share)
	}
	if c.account.OurRevenue == nil {
		c.needs("ourRevenue")
	}
	revenue, _ := c.money(c.reader.now.span)
	c.known(revenue)
	return OutcomeUnknown
}

// money are the revenue and the direct cost of a window.
func (c *riskCase) money(w span) (revenue, cost sum) {
	over := c.reader.windowAt(w)
	return sum{"sales/revenue", c.reader.total(w, factRevenue), over}, sum{"sales/directCost", c.reader.total(w, factCost), over}
}

// profitNegative finds a gross margin below zero, or below what serving the
// account costs. Without the efforts a margin above zero says too little.
func (c *riskCase) profitNegative() Outcome {
	revenue, cost := c.money(c.reader.now.span)
	if !c.known(revenue, cost) {
		return OutcomeUnknown
	}
	left, priced := c.contribution(c.reader.now.span)
	now, ok := c.number(left, "efforts")
	switch {
	case !ok:
		return OutcomeUnknown
	case now.units >= 0 && !(priced && c.account.effortsFrom(c.reader.now.from, c.asOf)):
		return c.needs("efforts")
	case now.units >= 0:
		return Clear
	}
	left, priced = c.contribution(c.reader.old.span)
	if before, ok := left.number(); ok && priced && c.account.effortsFrom(c.reader.old.from, c.asOf) {
		c.numberFact("contribution-before", c.spanBefore(), before)
		if before.units >= 0 {
			c.since(c.reader.now.from)
		}
	}
	c.numberFact("contribution", "< 0", now)
	return AtRisk
}

// contribution is the gross margin of a window less what the efforts in it cost, exactly, and
// whether all of them have a cost, which hours without a rate have not.
func (c *riskCase) contribution(w span) (left rational, priced bool) {
	revenue, cost := c.money(w)
	left, priced = revenue.value.sub(cost.value), true
	value := func(m *Money) rational { return c.reader.conv.value(c.reader.report, "/efforts", m) }
	for _, x := range c.account.Efforts {
		if x.On.Cmp(w.from) < 0 || x.On.Cmp(w.to) > 0 {
			continue
		}
		if x.Money != nil {
			left = left.sub(value(x.Money))
		}
		switch {
		case x.Hours == nil:
		case x.Rate == nil:
			priced = false
		default:
			left = left.sub(value(x.Rate).times(x.Hours.rational()))
		}
	}
	return left, priced
}

// pricePressure reads what is said, and the discount.
func (c *riskCase) pricePressure() Outcome {
	rise, known := c.so.Signals.Value(SignalDiscountTrend)
	if !known {
		return c.says(EvidencePricePressure, Yes)
	}
	trend := c.rises(Evidence(SignalDiscountTrend), rise)
	if c.facts.verdict(EvidencePricePressure) == VerdictUnknown {
		return trend
	}
	return worst(trend, c.says(EvidencePricePressure, Yes))
}
