// Command lines writes accounts as JSON Lines, always the same, and measures how
// fast they are decoded.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strconv"

	"github.com/kam-go/kam"
)

func main() {
	n := flag.Int("n", 1000, "how many lines")
	small := flag.Bool("small", false, "accounts of a few facts, instead of 24 months, 12 contacts and answers")
	passes := flag.Int("measure", 0, "instead, measure in so many passes how long decoding a line takes")
	flag.Parse()
	err := error(nil)
	if *passes > 0 {
		err = measure(os.Stdout, *passes)
	} else {
		err = write(os.Stdout, *n, *small)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "lines:", err)
		os.Exit(1)
	}
}

func write(w io.Writer, n int, small bool) error {
	out := bufio.NewWriterSize(w, 1<<20)
	r := rand.New(rand.NewPCG(2026, 11))
	cards := []kam.Scorecard{kam.SelectionScorecard(), kam.AttractivenessScorecard(), kam.StrengthScorecard()}
	for i := range n {
		a := kam.Account{ID: strconv.Itoa(i), Name: fmt.Sprint("Customer ", i), Currency: "EUR", Owner: owners[r.IntN(len(owners))]}
		if small {
			a.Wallet = euros(r, 900_000)
			a.Answers = map[string]kam.Answers{"attractiveness": {"size": kam.Rated(rating(r)), "need": kam.Rated(rating(r))}}
		} else {
			fill(&a, cards, r)
		}
		line, err := json.Marshal(a)
		if err != nil {
			return err
		}
		if _, err := out.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	return out.Flush()
}

var (
	owners      = []string{"Ann Lee", "Bo Chen", "Carla Ruiz", "王芳"}
	departments = []string{"purchasing", "engineering", "finance", "operations"}
	products    = []string{"pumps", "valves", "seals", "service"}
)

func euros(r *rand.Rand, n int) *kam.Money {
	m, err := kam.Minor(int64(n*50+r.IntN(n*100)), "EUR")
	if err != nil {
		panic(err) // of no number that n is
	}
	return &m
}

func rating(r *rand.Rand) kam.Number { return kam.Dec(int64(r.IntN(21)*5), 1) }

// fill gives an account 24 months of sales, 12 contacts, answers to the
// scorecards, half of them with who gave them, and judgements.
func fill(a *kam.Account, cards []kam.Scorecard, r *rand.Rand) {
	day := kam.NewDate(2026, 11, 24)
	a.Segment, a.Place, a.CustomerSince = "industry", "north", kam.NewDate(2019, 3, 1)
	a.Wallet, a.OurRevenue = euros(r, 900_000), euros(r, 9_000_000)
	for m := range 24 {
		from := kam.NewDate(2024, 11, 1).AddMonths(m)
		a.Sales = append(a.Sales, kam.Period{
			From: from, To: from.AddMonths(1).AddDays(-1),
			Revenue: euros(r, 20_000), DirectCost: euros(r, 12_000), Discount: euros(r, 900),
			Orders: new(1 + r.IntN(8)), LastOrder: from.AddDays(r.IntN(28)), ProductLines: products[:1+r.IntN(3)],
			Deliveries: new(9), LateDeliveries: new(r.IntN(3)), Complaints: new(r.IntN(2)),
		})
	}
	for p := range 12 {
		c := kam.Contact{
			ID: fmt.Sprint("p", p), Name: fmt.Sprint("Person ", r.IntN(1000)), Title: "manager", Department: departments[p%4],
			Level: kam.Level(1 + r.IntN(5)), Roles: []kam.Role{kam.Role(1 + r.IntN(8))}, Influence: kam.Grade(1 + r.IntN(3)),
			Attitude: kam.Attitude(1 + r.IntN(5)), Owner: a.Owner, LastMet: day.AddDays(-r.IntN(300)),
		}
		if p > 0 {
			c.ReportsTo = fmt.Sprint("p", (p-1)/3)
		}
		a.Contacts = append(a.Contacts, c)
	}
	a.Answers = map[string]kam.Answers{}
	for _, card := range cards {
		answers := kam.Answers{}
		for _, f := range card.Factors {
			leaves := f.Questions
			if len(leaves) == 0 {
				leaves = []kam.Factor{f}
			}
			for _, leaf := range leaves {
				answer := kam.Rated(rating(r))
				if r.IntN(2) == 0 {
					answer.By, answer.On = a.Owner, day.AddDays(-r.IntN(200))
				}
				if r.IntN(10) > 0 {
					answers[leaf.ID] = answer
				}
			}
		}
		a.Answers[card.ID] = answers
	}
	a.Judgements = map[kam.Evidence]kam.Judgement{}
	for _, e := range []kam.Evidence{kam.EvidenceServed, kam.EvidenceRivalStronger, kam.EvidenceCrossSell, kam.EvidenceTrustDamaged, kam.EvidenceManagerSkilled} {
		a.Judgements[e] = kam.Judgement{Verdict: kam.Verdict(1 + r.IntN(2)), By: a.Owner, On: day.AddDays(-r.IntN(200))}
	}
}
