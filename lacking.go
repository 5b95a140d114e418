package kam

import "slices"

// needs names what is missing of sales for a sum over a window: the fact, or where its
// periods have it, the days that they leave out, or where they begin, if they are too long.
func (rd *reader) needs(name string, w *window) string {
	f, sum := factNames[name]
	switch {
	case len(rd.periods) == 0 || w == nil || sum && w.lacks(f) || !sum && name != "sales/productLines":
		return name
	case w.blurred:
		return "sales/from"
	case !w.covered && (w == &rd.now || len(w.periods) > 0):
		return "sales/to"
	}
	return name
}

// windowAt is the one of the two windows that is the span, or nil.
func (rd *reader) windowAt(w span) *window {
	switch w {
	case rd.now.span:
		return &rd.now
	case rd.old.span:
		return &rd.old
	}
	return nil
}

// lacking names the first of the facts for which the signal is unknown, or "" where none
// lacks.
func (rd *reader) lacking(s Signal, facts []string) string {
	for _, fact := range facts {
		if need := rd.lacks(s, fact); need != "" {
			return need
		}
	}
	return ""
}

// lacks names the fact, or the days, for which the signal is unknown, or is "".
func (rd *reader) lacks(s Signal, fact string) string {
	revenue := rd.sumsNow[factRevenue]
	switch fact {
	case "wallet": // they cannot spend less than we sell them
		if rd.wallet.known() && (!revenue.known() || revenue.cmp(rd.wallet) <= 0) {
			return ""
		}
		return fact
	case "ourRevenue": // nor can all of it be nothing then
		if ours := rd.account.OurRevenue; ours != nil && (!revenue.known() || revenue.sign() <= 0) {
			return ""
		}
		return fact
	case "sales/lastOrder":
		return rd.lacksLastOrder(s)
	}
	if rd.now.days() == 0 {
		return rd.needs(fact, &rd.now)
	}
	f, sum := factNames[fact]
	now := sum && rd.sumsNow[f].known()
	switch s {
	case SignalRevenueBefore:
		return rd.lacksSum(fact, rd.sumsOld[f], &rd.old)
	case SignalRevenueTrend, SignalDiscountTrend:
		if now {
			return rd.lacksSum(fact, rd.sumsOld[f], &rd.old)
		}
	case SignalOrderInterval, SignalOrderDelay:
		w := rd.window(span{rd.rhythmFrom(), rd.now.to})
		return rd.lacksSum(fact, w.totals()[f], &w)
	}
	if now {
		return ""
	}
	return rd.needs(fact, &rd.now)
}

// lacksSum is [reader.needs] of a sum that may be known.
func (rd *reader) lacksSum(fact string, of rational, w *window) string {
	if of.known() {
		return ""
	}
	return rd.needs(fact, w)
}

// lacksLastOrder names what is missing of the day of the last order, and of that in a closed
// period, or is "": it is told, or there was none.
func (rd *reader) lacksLastOrder(s Signal) string {
	if len(rd.periods) == 0 {
		return "sales/lastOrder"
	}
	untold := func(p *Period) bool { return p.LastOrder.IsZero() && (p.Orders == nil || *p.Orders > 0) }
	switch p := rd.running(); {
	case rd.now.days() == 0:
		return "sales/to"
	case (s == SignalOrderInterval || !rd.last.IsZero()) && (s == SignalDaysSinceOrder || !rd.lastClosed.IsZero()):
		return ""
	case s != SignalOrderInterval && p != nil && untold(p) || slices.ContainsFunc(rd.periods, func(p closedPeriod) bool { return untold(p.Period) }):
		return "sales/lastOrder"
	case !rd.covers(span{rd.periods[0].From, rd.now.to}):
		return "sales/to"
	}
	return ""
}
