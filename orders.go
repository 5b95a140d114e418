package kam

import (
	"fmt"
	"slices"
)

// Order is an order, or an invoice, as a CRM keeps it: [MonthlyPeriods] makes the sales of an
// account of them. Each fact is unknown when absent.
type Order struct {
	On Date `json:"on"`
	// Revenue, DirectCost and Discount are as in a [Period]; a credit note has a revenue below zero.
	Revenue    *Money `json:"revenue,omitzero"`
	DirectCost *Money `json:"directCost,omitzero"`
	Discount   *Money `json:"discount,omitzero"`
	// ProductLines are the ids of the product lines that it has; an empty list has none.
	ProductLines []string `json:"productLines,omitzero"`
	// Units counts the pieces.
	Units *int `json:"units,omitzero"`
}

// MonthlyPeriods returns the sales of an account by calendar months, for [Account].Sales, made of
// its orders, which may come in any order. From is the first day of which all orders are
// recorded, and asOf the day of the assessment: orders before the one and after the other are
// left out, so that the month that is still running tells what was known on the day. Returns,
// deliveries and complaints are for the caller to add. Trends compare the twelve closed months with
// the twelve before them: give orders from 25 months before the earliest day that you assess.
//
// Make them again for each assessment: the last one is still running, and would count as whole
// once its month is over. A month without an order has 0 orders and no revenue. A sum is unknown
// where an order of the month does not tell its part, and so are the product lines.
//
// An unknown day is a [CodeMissing] and one that is none a [CodeDate], at "/from", "/asOf" or
// "/orders/3/on"; an asOf before from is a [CodeOrder], and more than 10,000 months or orders are
// a [CodeTooLarge]. Two currencies in one sum are a [CodeCurrencyMix], sums that Money does not
// hold a [CodeMoney], a discount below 0, units below 0, or of an order or a month beyond
// 1,000,000,000, a [CodeRange], and what else a [Period] may not have what it is there.
func MonthlyPeriods(orders []Order, from, asOf Date) ([]Period, error) {
	var r report
	r.day("/from", from)
	r.day("/asOf", asOf)
	r.after("/asOf", from, asOf)
	if r.length("/orders", len(orders)) {
		for i := range orders {
			r.enter("/orders", i)
			orders[i].check(&r)
			r.leave()
		}
	}
	var out []Period
	if len(r.found) == 0 {
		out = monthly(&r, orders, from, asOf)
	}
	if err := r.found.Err(); err != nil {
		return nil, fmt.Errorf("kam: make periods of orders: %w", err)
	}
	return out, nil
}

func (o *Order) check(r *report) {
	r.day("/on", o.On)
	as := Period{Revenue: o.Revenue, DirectCost: o.DirectCost, Discount: o.Discount, ProductLines: o.ProductLines, Units: o.Units}
	as.check(r)
}

// monthly makes the periods of orders that are checked.
func monthly(r *report, orders []Order, from, asOf Date) (out []Period) {
	todo := make([]int, 0, len(orders))
	for i := range orders {
		if on := orders[i].On; on.Cmp(from) >= 0 && on.Cmp(asOf) <= 0 {
			todo = append(todo, i)
		}
	}
	slices.SortStableFunc(todo, func(a, b int) int { return orders[a].On.Cmp(orders[b].On) })
	var nothing Money // in the currency of the first revenue
	for _, i := range todo {
		if m := orders[i].Revenue; m != nil && m.Currency() != "" {
			nothing = makeMoney(0, 0, m.Currency())
			break
		}
	}
	for month := range (FiscalYear{}).Periods(from, asOf, FiscalUnitMonth) {
		n := 0
		for n < len(todo) && orders[todo[n]].On.Cmp(month.To) <= 0 {
			n++
		}
		p := Period{From: maxDate(month.From, from), To: month.To, Orders: new(n)}
		if n == 0 {
			p.Revenue = clonePtr(&nothing)
		} else {
			p.sum(r, orders, todo[:n])
		}
		if out, todo = append(out, p), todo[n:]; len(out) > maxList {
			r.tooLarge("/from", len(out), maxList)
			return nil
		}
	}
	return out
}

// sum adds up the orders of a month, which are in the order of their days.
func (p *Period) sum(r *report, orders []Order, of []int) {
	p.LastOrder = orders[of[len(of)-1]].On
	p.Revenue, p.DirectCost, p.Discount = new(Money), new(Money), new(Money)
	p.Units, p.ProductLines = new(0), []string{}
	for _, i := range of {
		o := &orders[i]
		r.enter("/orders", i)
		r.part("/revenue", &p.Revenue, o.Revenue)
		r.part("/directCost", &p.DirectCost, o.DirectCost)
		r.part("/discount", &p.Discount, o.Discount)
		switch {
		case p.Units == nil || o.Units == nil:
			p.Units = nil
		default:
			*p.Units += *o.Units
			r.count("/units", p.Units)
		}
		r.leave()
		if p.ProductLines == nil || o.ProductLines == nil {
			p.ProductLines = nil
			continue
		}
		p.ProductLines = append(p.ProductLines, o.ProductLines...)
	}
	slices.Sort(p.ProductLines)
	p.ProductLines = slices.Compact(p.ProductLines)
	r.enter("/orders", of[len(of)-1])
	r.length("/productLines", len(p.ProductLines))
	r.leave()
}

// part adds to a sum, which is unknown as soon as a part of it is.
func (r *report) part(at place, sum **Money, part *Money) {
	if *sum == nil || part == nil {
		*sum = nil
		return
	}
	total, err := (*sum).Add(*part)
	if err != nil {
		r.wrap(at, err, part.String(), *sum)
		return
	}
	**sum = total
}
