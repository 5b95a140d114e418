package kam

import (
	"fmt"
	"slices"
	"strconv"
)

// DateRange is a run of days, both ends included.
type DateRange struct {
	From Date `json:"from"`
	To   Date `json:"to"`
}

// FillGaps returns the sales in the order of their days, with a period in which nothing was
// sold for the days from one to another that no period covers, each within one month: for
// records that have a row only where something was sold. Without such periods the sums over
// the days are unknown. Say it only of days of which everything is recorded.
//
// A period that is added has no revenue, in the currency of the others, and no order, and none
// of what else some of the others tell: where one has complaints, there were none. The sales
// themselves stay as they are, and the result points to their amounts and counts.
//
// A day that is none or not given is a [CodeDate] or a [CodeMissing]; what ends before it
// starts, be it a period or all of the days, a [CodePeriod]; two periods that share a day are a
// [CodeOverlap], and more than 10,000 periods a [CodeTooLarge].
func FillGaps(sales []Period, from, to Date) ([]Period, error) {
	var r report
	r.days(from, to)
	if r.length("/sales", len(sales)) {
		overlaps := (&Account{Sales: sales}).overlaps()
		for i := range sales {
			r.enter("/sales", i)
			sales[i].checkDays(&r, overlaps[i])
			r.leave()
		}
	}
	if err := r.found.Err(); err != nil {
		return nil, fmt.Errorf("kam: fill gaps: %w", err)
	}
	out, idle := slices.Clone(sales), idleLike(sales)
	slices.SortFunc(out, func(a, b Period) int { return a.From.Cmp(b.From) })
	for _, gap := range gapsOf(nil, maxList+1, span{from, to}, out, func(p *Period) span { return span{p.From, p.To} }) {
		for day, more := gap.From, true; more; {
			y, m, _ := day.calendar()
			p := idle.with(day, minDate(gap.To, dayOf(y, m, daysIn(y, m))))
			if out = append(out, p); len(out) > maxList {
				return nil, fmt.Errorf("kam: fill gaps: %w", Violations{{Pointer: "/sales", Code: CodeTooLarge, Value: strconv.Itoa(len(out)), Want: "<= " + strconv.Itoa(maxList)}})
			}
			day, more = p.To.AddDays(1), p.To != gap.To
		}
	}
	slices.SortFunc(out, func(a, b Period) int { return a.From.Cmp(b.From) })
	return out, nil
}

// idleLike is a period of nothing, with 0 for what some of the others tell.
func idleLike(sales []Period) Period {
	idle := Period{Revenue: new(Money), Orders: new(0)}
	for i, p := range slices.Backward(sales) {
		if p.Revenue != nil {
			*idle.Revenue = makeMoney(0, int(p.Revenue.scale), p.Revenue.Currency())
		}
		for _, x := range []struct{ told, to **int }{
			{&sales[i].Units, &idle.Units},
			{&sales[i].Returns, &idle.Returns},
			{&sales[i].Deliveries, &idle.Deliveries},
			{&sales[i].LateDeliveries, &idle.LateDeliveries},
			{&sales[i].Complaints, &idle.Complaints},
		} {
			if *x.told != nil {
				*x.to = new(0)
			}
		}
	}
	return idle
}

// with is the period for other days, which shares nothing with it.
func (p Period) with(from, to Date) Period {
	p.From, p.To, p.Revenue, p.Orders = from, to, clonePtr(p.Revenue), clonePtr(p.Orders)
	p.Units, p.Returns, p.Deliveries, p.LateDeliveries, p.Complaints = clonePtr(p.Units), clonePtr(p.Returns), clonePtr(p.Deliveries), clonePtr(p.LateDeliveries), clonePtr(p.Complaints)
	return p
}

// gapsOf adds to a list the runs of days of a span that none of the items has, which are in
// the order of their days and share none, up to so many.
func gapsOf[T any](to []DateRange, most int, w span, items []T, of func(*T) span) []DateRange {
	next := w.from
	for i := range items {
		s := of(&items[i])
		if s.to.Cmp(next) < 0 {
			continue
		}
		if next.Cmp(s.from) < 0 {
			to = append(to, DateRange{next, minDate(w.to, s.from.AddDays(-1))})
		}
		if s.to.Cmp(w.to) >= 0 || len(to) == most {
			return to
		}
		next = s.to.AddDays(1)
	}
	return append(to, DateRange{next, w.to})
}
