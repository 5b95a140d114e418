package kam

import (
	"cmp"
	"slices"
)

// Checks of the relationship and of the market (S4d, S6, S15.5 to S15.9).

func (c *riskCase) prioritiesNotShared() Outcome {
	return c.saysOr(EvidencePrioritiesShared, No, "openness", false)
}

func (c *riskCase) thinInformation() Outcome {
	return c.saysOr(EvidenceInformation, No, "information", false)
}

func (c *riskCase) trustDamaged() Outcome {
	return c.saysOr(EvidenceTrustDamaged, Yes, "bad-impression", true)
}

// positionAbused needs both: a margin far above the usual, and satisfaction
// that falls. Either alone is no abuse.
func (c *riskCase) positionAbused() Outcome {
	falling := c.satisfactionFalls()
	margin, known := c.so.Signals.Value(SignalMargin)
	above := OutcomeUnknown
	switch {
	case !known:
		c.known(c.money(c.reader.now.span))
	case c.account.StandardMargin == nil:
		c.needs("standardMargin")
	default:
		above = c.rises("margin-above-standard", Number{margin.units - c.account.StandardMargin.units})
	}
	switch {
	case falling == Clear || above == Clear:
		return Clear
	case falling == OutcomeUnknown || above == OutcomeUnknown:
		return OutcomeUnknown
	}
	return above
}

// satisfactionFalls compares the last rating with the best before it, within two years: a
// fall is one of a point or more, where the last is no better than the one before it. Of the
// ratings of one day the lowest counts.
func (c *riskCase) satisfactionFalls() Outcome {
	var before, now *SatisfactionRecord
	var best int64
	for i := range c.account.Satisfaction {
		s := &c.account.Satisfaction[i]
		if s.On.Cmp(c.asOf) > 0 || c.asOf.DaysSince(s.On) > 730 {
			continue
		}
		switch {
		case now == nil || s.On == now.On && s.Rating.Cmp(now.Rating) < 0:
			now = s
		case s.On != now.On:
			best = max(best, now.Rating.units)
			before, now = now, s
		}
	}
	if before == nil {
		return c.needs("satisfaction")
	}
	c.numberFact("satisfaction-best", "", Number{best})
	c.numberFact("satisfaction", c.texts.number("<= ", Number{best - numberOne}), now.Rating)
	if best-now.Rating.units < numberOne || now.Rating.Cmp(before.Rating) > 0 {
		return Clear
	}
	since := Date{} // the first day from which it has been a point below
	for _, s := range c.account.Satisfaction {
		switch {
		case s.On.Cmp(now.On) > 0:
		case s.Rating.units > best-numberOne:
			since = Date{}
		case since.IsZero():
			since = s.On
		}
	}
	c.since(cmp.Or(since, now.On))
	return AtRisk
}

// notKnownAsKey asks only of key accounts.
func (c *riskCase) notKnownAsKey() Outcome {
	switch c.account.Tier {
	case TierUnknown:
		c.needs("tier")
	case TierKey:
	default:
		return Clear
	}
	out := c.says(EvidenceKnownAsKey, No)
	if c.account.Tier == TierUnknown && out == AtRisk {
		return OutcomeUnknown
	}
	return out
}

// viewsDiffer finds two views of the stage, and a risk where they have
// differed for long.
func (c *riskCase) viewsDiffer() Outcome {
	s := &c.so.Stage
	out := Clear
	if s.Recorded == StageUnknown {
		out = c.needs("stages/recorded")
	}
	if s.Customer == StageUnknown {
		out = c.needs("stages/customer")
	}
	if out == OutcomeUnknown {
		return out
	}
	if s.Differs == nil {
		return Clear
	}
	c.fact("stages", "recorded", s.Recorded.String())
	c.fact("stages", "customer", s.Customer.String())
	c.since(s.Differs.Since)
	if c.asOf.DaysSince(s.Differs.Since) > c.set.Within {
		return AtRisk
	}
	return Watch
}

// revenueFalling compares the revenue with that before, in percent of it. Where there was
// none, nothing could fall but below zero, which is no percentage; of a customer who came in
// the time before it is as much as it would have been in all of it, and a quarter is the
// least to compare with. Where nobody says since when they are one, they may have come with
// the first sales.
func (c *riskCase) revenueFalling() Outcome {
	now, known := c.signal(SignalRevenue)
	before, knownBefore := c.signal(SignalRevenueBefore)
	if !known || !knownBefore {
		return OutcomeUnknown
	}
	c.numberFact(Evidence(SignalRevenue), c.spanNow(), now)
	c.numberFact(Evidence(SignalRevenueBefore), c.spanBefore(), before)
	switch {
	case before.units <= 0 && now.units < before.units: // of which there is no share
		return OutcomeUnknown
	case before.units <= 0:
		return Clear
	}
	window, all := &c.reader.old, c.reader.old.days()
	days := all
	since := c.reader.customerSince()
	bought := func(p closedPeriod) bool { return p.To.Cmp(since) < 0 && p.money[factRevenue].sign() > 0 }
	if since.Cmp(window.from) > 0 && !slices.ContainsFunc(window.periods, bought) { // they came in it
		days = span{since, window.to}.days()
		c.countFact("days-before", "", days)
	}
	if days < min(all, quarter) {
		return OutcomeUnknown
	}
	fall := func(days int) rational {
		full := c.reader.sumsOld[factRevenue].mul(int64(all), int64(days))
		return full.sub(c.reader.sumsNow[factRevenue]).per(100, full)
	}
	fell, ok := c.number(fall(days), "sales/revenue")
	if !ok {
		return OutcomeUnknown
	}
	out, worse := c.rises("revenue-fall", fell), c.set.Watch
	if out == Watch {
		worse = c.set.AtRisk
	}
	first := c.reader.firstSale()
	if out == AtRisk || !since.IsZero() || first.Cmp(window.from) <= 0 {
		return out
	}
	days = span{first, window.to}.days()
	if may, ok := fall(max(days, 1)).number(); days >= quarter && ok && may.Cmp(*worse) < 0 {
		return out
	}
	if c.needs("customerSince"); out == Clear {
		return OutcomeUnknown
	}
	return out
}

// walletShareFalling compares the share of wallet with the one before, in
// points.
func (c *riskCase) walletShareFalling() Outcome {
	revenue, _ := c.money(c.reader.now.span)
	revenueBefore, _ := c.money(c.reader.old.span)
	if !c.known(sum{"wallet", c.reader.wallet, nil}, sum{"walletBefore", c.reader.walletBefore, nil}, revenue, revenueBefore) {
		return OutcomeUnknown
	}
	now, before := revenue.value.per(100, c.reader.wallet), revenueBefore.value.per(100, c.reader.walletBefore)
	if !now.known() || !before.known() || now.sign() < 0 || before.sign() < 0 {
		return OutcomeUnknown // of nothing there is no share, and less than nothing is none
	}
	for _, x := range []struct {
		share rational
		fact  string
	}{{now, "wallet"}, {before, "walletBefore"}} {
		if x.share.cmp(whole(100)) > 0 { // nobody spends less than we sell them
			return c.needs(x.fact)
		}
	}
	fall, ok := c.number(before.sub(now), "walletBefore")
	if !ok {
		return OutcomeUnknown
	}
	if a, ok := now.number(); ok {
		c.numberFact(Evidence(SignalWalletShare), c.spanNow(), a)
	}
	if b, ok := before.number(); ok {
		c.numberFact("wallet-share-before", c.spanBefore(), b)
	}
	return c.rises("wallet-share-fall", fall)
}

func (c *riskCase) rivalStronger() Outcome { return c.says(EvidenceRivalStronger, Yes) }
func (c *riskCase) rivalAttack() Outcome   { return c.says(EvidenceRivalAttack, Yes) }
func (c *riskCase) marketShift() Outcome   { return c.says(EvidenceMarketShift, Yes) }

// needEnding is at risk whether the need is ending or has ended.
func (c *riskCase) needEnding() Outcome {
	return worst(c.says(EvidenceNeedEnded, Yes), c.says(EvidenceNeedEnding, Yes))
}
