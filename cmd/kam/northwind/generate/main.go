// Command generate turns the Northwind tables in input/ into accounts.jsonl.
// Run it with go generate in the folder above.
package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/kam-go/kam"
)

func main() {
	out, err := portfolio("input")
	if err == nil {
		err = os.WriteFile("accounts.jsonl", out, 0o644)
	}
	if err != nil {
		log.Fatal(err)
	}
}

// The orders run from 1996-07-04 to 1998-05-06. The periods are calendar
// months, the last one ending with the data. The portfolio is judged as of the
// end of April 1998, the last month that is whole.
var (
	firstDay = kam.NewDate(1996, time.July, 1)
	lastDay  = kam.NewDate(1998, time.May, 6)
	yearFrom = kam.NewDate(1997, time.May, 1)
	yearTo   = kam.NewDate(1998, time.April, 30)
)

// portfolio returns one line of JSON for each customer.
func portfolio(dir string) ([]byte, error) {
	tables := map[string][]row{}
	for _, name := range []string{"customers", "orders", "order_details", "products", "categories", "employees"} {
		rows, err := read(filepath.Join(dir, name+".csv"))
		if err != nil {
			return nil, err
		}
		tables[name] = rows
	}
	orders, err := ordersOf(tables)
	if err != nil {
		return nil, err
	}
	year := decimal.Zero
	for _, taken := range orders {
		for _, o := range taken {
			if o.on.Cmp(yearFrom) >= 0 && o.on.Cmp(yearTo) <= 0 {
				year = year.Add(o.net)
			}
		}
	}
	var out bytes.Buffer
	for _, customer := range tables["customers"] {
		a, err := account(customer, orders[customer["customer_id"]], year)
		if err != nil {
			return nil, err
		}
		line, err := json.Marshal(a)
		if err != nil {
			return nil, err
		}
		out.Write(append(line, '\n'))
	}
	return out.Bytes(), nil
}

// row is a line of a table by column.
type row map[string]string

func read(name string) ([]row, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	records, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var rows []row
	for _, record := range records[1:] {
		r := row{}
		for i, column := range records[0] {
			r[column] = record[i]
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// order is an order with its lines added up.
type order struct {
	on            kam.Date
	employee      string // id
	net, off      decimal.Decimal
	units         int
	lines         []string // categories
	shipped, late bool
}

// ordersOf groups the orders by customer.
func ordersOf(tables map[string][]row) (map[string][]*order, error) {
	category := map[string]string{}
	for _, c := range tables["categories"] {
		id := strings.ToLower(c["category_name"])
		category[c["category_id"]] = strings.NewReplacer("/", "-", " ", "-").Replace(id)
	}
	product := map[string]string{}
	for _, p := range tables["products"] {
		product[p["product_id"]] = category[p["category_id"]]
	}
	name := map[string]string{}
	for _, e := range tables["employees"] {
		name[e["employee_id"]] = e["first_name"] + " " + e["last_name"]
	}
	byID, byCustomer := map[string]*order{}, map[string][]*order{}
	for _, r := range tables["orders"] {
		on, err := kam.ParseDate(r["order_date"])
		if err != nil {
			return nil, err
		}
		o := &order{
			on: on, employee: name[r["employee_id"]],
			shipped: r["shipped_date"] != "", late: r["shipped_date"] > r["required_date"],
		}
		byID[r["order_id"]] = o
		byCustomer[r["customer_id"]] = append(byCustomer[r["customer_id"]], o)
	}
	for _, r := range tables["order_details"] {
		if byID[r["order_id"]] == nil {
			return nil, fmt.Errorf("a line of order %q, which there is not", r["order_id"])
		}
		if err := byID[r["order_id"]].add(r, product[r["product_id"]]); err != nil {
			return nil, err
		}
	}
	return byCustomer, nil
}

// add adds a line. The tables come from 32-bit floats: a price of 9.80000019
// is 9.8, a discount of 0.150000006 is 0.15.
func (o *order) add(r row, category string) error {
	price, err1 := decimal.NewFromString(r["unit_price"])
	discount, err2 := decimal.NewFromString(r["discount"])
	units, err3 := strconv.Atoi(r["quantity"])
	if err := cmp.Or(err1, err2, err3); err != nil {
		return fmt.Errorf("order %s: %w", r["order_id"], err)
	}
	list := price.Round(4).Mul(decimal.NewFromInt(int64(units)))
	off := list.Mul(discount.Round(4))
	o.net, o.off, o.units = o.net.Add(list.Sub(off)), o.off.Add(off), o.units+units
	o.lines = append(o.lines, category)
	return nil
}

func account(customer row, orders []*order, year decimal.Decimal) (kam.Account, error) {
	if _, ok := titles[customer["contact_title"]]; !ok {
		return kam.Account{}, fmt.Errorf("nothing is said of the title %q", customer["contact_title"])
	}
	total, err := kam.NewMoney(year, "USD")
	if err != nil {
		return kam.Account{}, err
	}
	a := kam.Account{
		ID: customer["customer_id"], Name: customer["company_name"], Segment: customer["country"],
		Owner: owner(orders), Currency: "USD", OurRevenue: &total,
		Contacts: []kam.Contact{contact(customer)},
	}
	for _, o := range orders {
		if a.CustomerSince.IsZero() || o.on.Cmp(a.CustomerSince) < 0 {
			a.CustomerSince = o.on
		}
	}
	for from := firstDay; from.Cmp(lastDay) <= 0; from = from.AddMonths(1) {
		to := from.AddMonths(1).AddDays(-1)
		if to.Cmp(lastDay) > 0 {
			to = lastDay
		}
		p, err := period(from, to, orders)
		if err != nil {
			return kam.Account{}, err
		}
		a.Sales = append(a.Sales, p)
	}
	return a, a.Validate()
}

// owner is who took most of the orders; ties go to the first name.
func owner(orders []*order) string {
	taken := map[string]int{}
	for _, o := range orders {
		taken[o.employee]++
	}
	best := ""
	for name, n := range taken {
		if n > taken[best] || n == taken[best] && name < best {
			best = name
		}
	}
	return best
}

// period adds up the orders placed from one day to another. Northwind knows
// no costs, complaints or returns: they stay unknown.
func period(from, to kam.Date, orders []*order) (kam.Period, error) {
	var net, off decimal.Decimal
	var count, units, made, late int
	p := kam.Period{From: from, To: to, Orders: &count, Units: &units, Deliveries: &made, LateDeliveries: &late}
	for _, o := range orders {
		if o.on.Cmp(from) < 0 || o.on.Cmp(to) > 0 {
			continue
		}
		net, off = net.Add(o.net), off.Add(o.off)
		count, units = count+1, units+o.units
		if o.shipped {
			made++
		}
		if o.late {
			late++
		}
		if o.on.Cmp(p.LastOrder) > 0 {
			p.LastOrder = o.on
		}
		p.ProductLines = append(p.ProductLines, o.lines...)
	}
	slices.Sort(p.ProductLines)
	p.ProductLines = slices.Compact(p.ProductLines)
	revenue, err1 := kam.NewMoney(net, "USD")
	discount, err2 := kam.NewMoney(off, "USD")
	p.Revenue, p.Discount = &revenue, &discount
	return p, cmp.Or(err1, err2)
}

// titles says what a job title tells of a contact, and nothing more.
var titles = map[string]kam.Contact{
	"Owner":                          {Department: "management", Level: kam.Executive, Roles: []kam.Role{kam.Decider}},
	"Owner/Marketing Assistant":      {Department: "management", Level: kam.Executive, Roles: []kam.Role{kam.Decider}},
	"Sales Manager":                  {Department: "sales", Level: kam.Managerial},
	"Marketing Manager":              {Department: "marketing", Level: kam.Managerial},
	"Accounting Manager":             {Department: "accounting", Level: kam.Managerial},
	"Order Administrator":            {Department: "purchasing", Level: kam.Operational, Roles: []kam.Role{kam.Buyer}},
	"Sales Representative":           {Department: "sales", Level: kam.Operational},
	"Sales Associate":                {Department: "sales", Level: kam.Operational},
	"Sales Agent":                    {Department: "sales", Level: kam.Operational},
	"Assistant Sales Agent":          {Department: "sales", Level: kam.Operational},
	"Assistant Sales Representative": {Department: "sales", Level: kam.Operational},
	"Marketing Assistant":            {Department: "marketing", Level: kam.Operational},
}

func contact(customer row) kam.Contact {
	c := titles[customer["contact_title"]]
	c.ID, c.Name, c.Title = "c1", customer["contact_name"], customer["contact_title"]
	return c
}
