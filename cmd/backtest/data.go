package main

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/kam-go/kam"
)

// data is described in README.md.
//
//go:embed online_retail.csv.gz
var data []byte

const (
	months = 9 // December 2010 to August 2011
	look   = 6 // of these are looked at
)

// month returns the first and the last day of a month of the data.
func month(i int) (from, to kam.Date) {
	from = kam.NewDate(2010, time.December, 1).AddMonths(i)
	return from, from.AddMonths(1).AddDays(-1)
}

// row is one customer by month.
type row struct {
	id                string
	invoices, cancels [months]int
	revenue           [months]int64 // in pence
}

// read returns the customers in the order of their ids.
func read() ([]row, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	lines, err := csv.NewReader(z).ReadAll()
	if err != nil {
		return nil, err
	}
	byID := map[string]*row{}
	for n, line := range lines[1:] {
		r := byID[line[0]]
		if r == nil {
			r = &row{id: line[0]}
			byID[line[0]] = r
		}
		if err := r.add(line); err != nil {
			return nil, fmt.Errorf("line %d: %w", n+2, err)
		}
	}
	var out []row
	for _, r := range byID {
		out = append(out, *r)
	}
	slices.SortFunc(out, func(a, b row) int { return bytes.Compare([]byte(a.id), []byte(b.id)) })
	return out, nil
}

// add counts a line: customer, country, month, invoices, lines, skus, units,
// revenue, cancelled invoices, cancelled amount. A customer may have lines of
// two countries.
func (r *row) add(line []string) error {
	day, err := kam.ParseDate(line[2] + "-01")
	if err != nil {
		return err
	}
	i := 0
	for ; i < months; i++ {
		if from, _ := month(i); from == day {
			break
		}
	}
	if i == months {
		return fmt.Errorf("month %s", line[2])
	}
	invoices, err := strconv.Atoi(line[3])
	if err != nil {
		return err
	}
	cancels, err := strconv.Atoi(line[8])
	if err != nil {
		return err
	}
	pounds, err := strconv.ParseFloat(line[7], 64)
	if err != nil {
		return err
	}
	r.invoices[i] += invoices
	r.cancels[i] += cancels
	r.revenue[i] += int64(pounds*100 + 0.5)
	return nil
}

func (r *row) pence(from, to int) (sum int64) {
	for _, p := range r.revenue[from:to] {
		sum += p
	}
	return sum
}

func (r *row) orders() (n int) {
	for _, o := range r.invoices[:look] {
		n += o
	}
	return n
}

// recency is the months since the last one with an order.
func (r *row) recency() int {
	for i := look - 1; i >= 0; i-- {
		if r.invoices[i] > 0 {
			return look - 1 - i
		}
	}
	return look
}

// outcome tells whether the customer bought nothing in the three months after,
// and whether it bought less than half as much a day as before.
func (r *row) outcome() (lost, halved bool) {
	after := 0
	for _, o := range r.invoices[look:] {
		after += o
	}
	const before, then = 182, 92 // days
	return after == 0, 2*r.pence(look, months)*before < r.pence(0, look)*then
}

// ours is the revenue of all customers in the last three months looked at, in
// pence.
func ours(rows []row) (sum int64) {
	for i := range rows {
		sum += rows[i].pence(look-3, look)
	}
	return sum
}

// account is the customer as a CRM would know it on the day: nothing after the
// months looked at. Cancelled invoices stand for returns.
func (r *row) account(ours int64) kam.Account {
	money := func(pence int64) *kam.Money {
		m, err := kam.Minor(pence, "GBP")
		if err != nil {
			panic(err) // GBP is a currency
		}
		return &m
	}
	a := kam.Account{ID: r.id, OurRevenue: money(ours)}
	for i := range look {
		from, to := month(i)
		a.Sales = append(a.Sales, kam.Period{
			From: from, To: to, Revenue: money(r.revenue[i]), Orders: &r.invoices[i], Units: &r.invoices[i], Returns: &r.cancels[i],
		})
	}
	return a
}
