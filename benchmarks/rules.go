package main

import (
	"fmt"
	"strings"

	"github.com/hyperjumptech/grule-rule-engine/ast"
	"github.com/hyperjumptech/grule-rule-engine/builder"
	"github.com/hyperjumptech/grule-rule-engine/engine"
	"github.com/hyperjumptech/grule-rule-engine/pkg"
)

// ruleFacts are what the rules see: sums, weights and points by scorecard.
type ruleFacts struct {
	ratings    [cards][]float64
	S0, S1, S2 float64
	W0, W1, W2 float64
	P0, P1, P2 float64
}

func (f *ruleFacts) Has(card, i int64) bool       { return f.ratings[card][i] >= 0 }
func (f *ruleFacts) Rating(card, i int64) float64 { return f.ratings[card][i] }

// grl has a rule for each factor, and then one for each scorecard.
func grl() string {
	var b strings.Builder
	for c, ws := range weights {
		for i, w := range ws {
			fmt.Fprintf(&b, `rule C%[1]dF%[2]d salience 10 { when A.Has(%[1]d, %[2]d) then
				A.S%[1]d = A.S%[1]d + %[3]d.0 * A.Rating(%[1]d, %[2]d); A.W%[1]d = A.W%[1]d + %[3]d.0; Retract("C%[1]dF%[2]d"); }
			`, c, i, w)
		}
		fmt.Fprintf(&b, `rule C%[1]d { when A.W%[1]d >= %[2]d.0 then A.P%[1]d = A.S%[1]d / A.W%[1]d * 10.0; Retract("C%[1]d"); }
			`, c, leastPercent)
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
