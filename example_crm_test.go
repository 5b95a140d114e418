package kam_test

import (
	"context"
	"fmt"
	"iter"

	"github.com/kam-go/kam"
)

// Customer is a customer of a CRM of one's own: it has kam's account as a field, and
// what that CRM knows besides.
type Customer struct {
	Account  kam.Account
	City     string
	Priority int // of its own making
}

// CRM is a small CRM that keeps its customers in memory and judges them by one
// engine, which all its goroutines share.
type CRM struct {
	customers []Customer
	engine    *kam.Engine
}

// NewCRM compiles the rules once: the built-in ones, but for two weights and
// a line of its own.
func NewCRM() (*CRM, error) {
	policy := kam.DefaultPolicy()
	policy.Name, policy.Version = "small-crm", "1"
	if err := policy.Attractiveness.SetWeights(kam.Weights{"size": kam.Int(25), "need": kam.Int(10)}); err != nil {
		return nil, err
	}
	policy.Grid.AttractivenessCut = new(kam.Int(60))
	engine, err := kam.Compile(policy)
	if err != nil {
		return nil, err
	}
	return &CRM{engine: engine}, nil
}

// Rate stores an answer as someone gives it. The engine checks it later.
func (c *CRM) Rate(id, scorecard, factor string, rating kam.Number, by string, on kam.Date) {
	for i := range c.customers {
		a := &c.customers[i].Account
		if a.ID != id {
			continue
		}
		if a.Answers == nil {
			a.Answers = map[string]kam.Answers{}
		}
		if a.Answers[scorecard] == nil {
			a.Answers[scorecard] = kam.Answers{}
		}
		a.Answers[scorecard][factor] = kam.Answer{Rating: rating, By: by, On: on}
	}
}

// rows streams the customers as a database would, with an error of its own
// when the work is called off.
func (c *CRM) rows(ctx context.Context) iter.Seq2[kam.Account, error] {
	return func(yield func(kam.Account, error) bool) {
		for _, customer := range c.customers {
			if err := ctx.Err(); err != nil {
				yield(kam.Account{}, err)
				return
			}
			if !yield(customer.Account, nil) {
				return
			}
		}
	}
}

// Report prints where each customer stands.
func (c *CRM) Report(ctx context.Context, asOf kam.Date) {
	for a, err := range c.engine.AssessRows(c.rows(ctx), asOf) {
		if err != nil {
			for _, v := range kam.ViolationsOf(err) {
				fmt.Println(a.Account, "needs care:", v.In(kam.English))
			}
			continue
		}
		state := "firm"
		if !a.Placement.Firm {
			state = fmt.Sprint("provisional, could be ", a.Placement.Possible)
		}
		fmt.Println(a.Account, a.Placement.Cell.Label(), state)
	}
}

// A CRM of one's own, whole: keep the account beside its own fields, compile once, rate, report.
func Example_crm() {
	crm, err := NewCRM()
	if err != nil {
		fmt.Println(err)
		return
	}
	crm.customers = []Customer{
		{Account: kam.Account{ID: "acme", Name: "Acme Pumps"}, City: "Delft"},
		{Account: kam.Account{ID: "bolt", Name: "Bolt & Co"}, City: "Lyon"},
		{Account: kam.Account{ID: "cogs", Name: "Cogs"}, City: "Wuhan"},
	}
	today := kam.NewDate(2026, 11, 24)
	for _, id := range []string{"acme", "bolt"} {
		for _, factor := range []string{"growth-rate", "size", "profitability", "need", "strategic-importance"} {
			crm.Rate(id, "attractiveness", factor, kam.Int(8), "Ann", today)
		}
		for _, factor := range []string{"knowledge", "personal-ties", "reputation", "service-quality", "purchase-frequency"} {
			crm.Rate(id, "strength", factor, kam.Dec(75, 1), "Ann", today)
		}
	}
	crm.Rate("bolt", "attractiveness", "competition", kam.Int(2), "Bob", today)
	crm.Rate("bolt", "strength", "price", kam.Int(6), "Bob", today)
	crm.Rate("cogs", "strength", "price", kam.Int(12), "Bob", today)
	crm.Report(context.Background(), today)
	// Output:
	// acme Key provisional, could be [target key]
	// bolt Key firm
	// cogs needs care: /answers/strength/price/rating: the rating is outside its scale: 12; expected 0..10
}
