package main

import (
	"fmt"
	"strings"

	"github.com/hyperjumptech/grule-rule-engine/ast"
	"github.com/hyperjumptech/grule-rule-engine/builder"
	"github.com/hyperjumptech/grule-rule-engine/engine"
	"github.com/hyperjumptech/grule-rule-engine/pkg"
)

// ruleFacts are what the rules see: ratings, flags and points by scorecard.
type ruleFacts struct {
	ratings    [cards][]float64
	P0, P1, P2 float64
}

// Rating is 0 for what is missing, and so is Has.
func (f *ruleFacts) Rating(card, i int64) float64 { return max(f.ratings[card][i], 0) }

func (f *ruleFacts) Has(card, i int64) float64 {
	if f.ratings[card][i] < 0 {
		return 0
	}
	return 1
}

// grl has a rule for each scorecard, of one expression: a rule for each factor
// takes three times as long.
func grl() string {
	var b strings.Builder
	for c, ws := range weights {
		var sums, known []string
		for i, w := range ws {
			sums = append(sums, fmt.Sprintf("%d.0 * A.Rating(%d, %d)", w, c, i))
			known = append(known, fmt.Sprintf("%d.0 * A.Has(%d, %d)", w, c, i))
		}
		sum, weight := strings.Join(sums, " + "), strings.Join(known, " + ")
		fmt.Fprintf(&b, `rule C%[1]d { when %[3]s >= %[4]d.0 then A.P%[1]d = (%[2]s) / (%[3]s) * 10.0; Retract("C%[1]d"); }
			`, c, sum, weight, leastPercent)
	}
	return b.String()
}

func grule(accounts []ratings) peer {
	library := ast.NewKnowledgeLibrary()
	check(builder.NewRuleBuilder(library).BuildRuleFromResource("work", "1", pkg.NewBytesResource([]byte(grl()))))
	knowledge := must(library.NewKnowledgeBaseInstance("work", "1"))
	rules := engine.NewGruleEngine()
	in, out := make([][cards][]float64, len(accounts)), make([]floatOutcome, len(accounts))
	for i, a := range accounts {
		for c := range a {
			for _, r := range a[c] {
				in[i][c] = append(in[i][c], float64(r)/100)
			}
		}
	}
	return peer{
		run: func() {
			for i := range in {
				f := &ruleFacts{ratings: in[i], P0: -1, P1: -1, P2: -1}
				data := ast.NewDataContext()
				check(data.Add("A", f))
				check(rules.Execute(data, knowledge))
				for c, p := range [cards]float64{f.P0, f.P1, f.P2} {
					out[i].set(c, p)
				}
				out[i].place()
			}
		},
		outcome: func(i int) outcome { return out[i].outcome() },
	}
}
