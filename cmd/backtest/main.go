// Command backtest holds the failure checks of kam against what happened: it
// judges the customers of Online Retail as of the end of May 2011, and counts
// how many of them bought nothing, or half as much, from June to August.
//
//	go run ./cmd/backtest
//
// RESULT.txt has what it prints.
package main

import (
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/kam-go/kam"
)

func main() {
	if err := run(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// asOf is the end of the months that are looked at. What comes after is for
// the outcome alone.
var asOf = kam.NewDate(2011, 5, 31)

// policy looks at quarters, since half a year is all there is.
func policy() kam.Policy {
	return kam.Policy{Name: "backtest", Version: "1", Signals: kam.SignalRules{Months: 3}}
}

// customer is a customer as kam judged it, and what came of it.
type customer struct {
	assessment   kam.Assessment
	orders       int     // in the months looked at
	recency      int     // months since the last order
	revenue      float64 // in these months
	lost, halved bool
}

func run(w io.Writer) error {
	rows, err := read()
	if err != nil {
		return err
	}
	engine, err := kam.Compile(policy())
	if err != nil {
		return err
	}
	var all, regular []customer
	for _, r := range rows {
		c := customer{orders: r.orders(), recency: r.recency(), revenue: float64(r.pence(0, look)) / 100}
		if c.orders == 0 {
			continue // no customer in the months looked at
		}
		if c.assessment, err = engine.Assess(r.account(ours(rows)), asOf); err != nil {
			return err
		}
		c.lost, c.halved = r.outcome()
		all = append(all, c)
		if c.orders >= 3 {
			regular = append(regular, c)
		}
	}
	fmt.Fprintln(w, "Online Retail: looked at from December 2010 to May 2011, outcome June to August 2011")
	for _, g := range []struct {
		name string
		of   []customer
	}{{"all customers", all}, {"customers with 3 orders or more", regular}} {
		fmt.Fprintf(w, "\n%s: %d, lost %s, halved %s\n\n", g.name, len(g.of), share(count(g.of, lost), len(g.of)), share(count(g.of, halved), len(g.of)))
		ranking(w, g.of)
		fmt.Fprintln(w)
		checks(w, g.of)
	}
	return nil
}

func lost(c customer) bool   { return c.lost }
func halved(c customer) bool { return c.halved }

func count(cs []customer, is func(customer) bool) (n int) {
	for _, c := range cs {
		if is(c) {
			n++
		}
	}
	return n
}

func share(k, n int) string {
	s := wilson(k, n)
	return fmt.Sprintf("%.1f %% (%.1f–%.1f)", 100*s.value, 100*s.low, 100*s.high)
}

// signal is the value of a signal, or 0 where it is not known.
func signal(c customer, s kam.Signal) float64 {
	v, _ := c.assessment.Signals.Value(s)
	f, _ := v.Decimal().Float64()
	return f
}

// ranking compares the order-rhythm check with plain rankings: the higher, the
// sooner lost.
func ranking(w io.Writer, cs []customer) {
	recency := func(c customer) float64 { return float64(c.recency) }
	fmt.Fprintf(w, "%-36s %-22s %-24s %-22s %s\n", "AUC (95 %, DeLong)", "lost", "less recency", "halved", "less recency")
	for _, r := range []struct {
		name  string
		score func(customer) float64
	}{
		{"recency: months since the last order", recency},
		{"frequency: orders, fewer first", func(c customer) float64 { return -float64(c.orders) }},
		{"revenue, smaller first", func(c customer) float64 { return -c.revenue }},
		{"order-rhythm: no-order-chance", func(c customer) float64 { return signal(c, kam.SignalNoOrderChance) }},
		{"order-rhythm: silence-chance *", func(c customer) float64 { return -signal(c, kam.SignalSilenceChance) }},
	} {
		fmt.Fprintf(w, "%-36s", r.name)
		for _, is := range []func(customer) bool{lost, halved} {
			own, base := auc(cs, r.score, is), auc(cs, recency, is)
			a, d := own.interval(), own.minus(base)
			fmt.Fprintf(w, " %.3f (%.3f–%.3f)   %+.3f (%+.3f to %+.3f)", a.value, a.low, a.high, d.value, d.low, d.high)
		}
		fmt.Fprintln(w)
	}
	rank := func(c customer) float64 { return signal(c, kam.SignalNoOrderChance) }
	for _, r := range []struct {
		name  string
		score func(customer) float64
	}{
		{"frequency", func(c customer) float64 { return -float64(c.orders) }},
		{"revenue", func(c customer) float64 { return -c.revenue }},
		{"orders ÷ (1 + recency)", func(c customer) float64 { return -float64(c.orders) / float64(1+c.recency) }},
	} {
		d := auc(cs, rank, lost).minus(auc(cs, r.score, lost))
		fmt.Fprintf(w, "no-order-chance less %-24s %+.3f (%+.3f to %+.3f)\n", r.name, d.value, d.low, d.high)
	}
	fmt.Fprintln(w, "* of customers with fewer than 3 orders it is not known, and they come first")
}

func auc(cs []customer, score func(customer) float64, is func(customer) bool) delong {
	s, label := make([]float64, len(cs)), make([]bool, len(cs))
	for i, c := range cs {
		s[i], label[i] = score(c), is(c)
	}
	return newDelong(s, label)
}

// checks tells of every check how often it could tell and fired, and what came
// of those; the lift is over all that it could tell of.
func checks(w io.Writer, cs []customer) {
	fmt.Fprintf(w, "%-26s %6s %6s  %-22s %-18s  %-22s %s\n", "check", "judged", "fired", "lost (95 %, Wilson)", "lift (bootstrap)", "halved", "lift")
	var silent, blind []string
	for _, info := range kam.RiskChecks() {
		id := info.ID
		var judged []customer
		for _, c := range cs {
			if c.assessment.Risks.Outcome(id) != kam.OutcomeUnknown {
				judged = append(judged, c)
			}
		}
		fired := func(c customer) bool { return c.assessment.Risks.Outcome(id) >= kam.Watch }
		switch {
		case len(judged) == 0:
			blind = append(blind, string(id))
			continue
		case count(judged, fired) == 0:
			silent = append(silent, string(id))
			continue
		}
		for _, line := range []kam.Outcome{kam.Watch, kam.AtRisk} {
			check(w, judged, id, line)
		}
	}
	plain := func(c customer) bool { return c.recency >= 3 }
	fates(w, "no order for 3 months", cs, plain)
	fmt.Fprintf(w, "never fired: %s\ncould tell of nobody: %s\n", strings.Join(silent, ", "), strings.Join(blind, ", "))
}

// check prints what came of the customers at a line or beyond.
func check(w io.Writer, judged []customer, id kam.RiskID, line kam.Outcome) {
	fates(w, fmt.Sprint(id, " ", line), judged, func(c customer) bool { return c.assessment.Risks.Outcome(id) >= line })
}

// fates prints what came of the customers for whom a rule fires.
func fates(w io.Writer, name string, judged []customer, fires func(customer) bool) {
	fired := make([]bool, len(judged))
	var hit []customer
	for i, c := range judged {
		if fired[i] = fires(c); fired[i] {
			hit = append(hit, c)
		}
	}
	fmt.Fprintf(w, "%-26s %6d %6d", name, len(judged), len(hit))
	for _, is := range []func(customer) bool{lost, halved} {
		label := make([]bool, len(judged))
		for i, c := range judged {
			label[i] = is(c)
		}
		l := liftOf(fired, label)
		fmt.Fprintf(w, "  %-22s %.2f (%.2f–%.2f)  ", share(count(hit, is), len(hit)), l.value, l.low, l.high)
	}
	fmt.Fprintln(w)
}
