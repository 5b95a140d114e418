package main

import (
	"fmt"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/ext"
	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"

	"github.com/kam-go/kam"
)

// The expressions are evaluated for each scorecard, on ratings that are in a
// map already; a score that is not known is -1.

// sums writes the sum of what each factor adds and the sum of the weights.
func sums(weights []int, value, weight string) (sum, total string) {
	var values, all []string
	for i, w := range weights {
		values = append(values, fmt.Sprintf(value, factorID(i), w))
		all = append(all, fmt.Sprintf(weight, factorID(i), w))
	}
	return strings.Join(values, " + "), strings.Join(all, " + ")
}

func (o *floatOutcome) set(c int, points float64) {
	o.points[c], o.known[c] = points, points >= 0
}

func (o *floatOutcome) place() {
	o.cell = kam.CellUnknown
	if o.known[1] && o.known[2] {
		o.cell = floatCell(o.points[1], o.points[2])
	}
}

func exprCompiled(accounts []ratings) peer {
	var programs [cards]*vm.Program
	for c, ws := range weights {
		sum, total := sums(ws, "(%[1]s ?? 0) * %[2]d", "(%[1]s == nil ? 0 : %[2]d)")
		code := fmt.Sprintf("let w = %s; w < %d ? -1.0 : (%s) / w * 10", total, leastPercent, sum)
		programs[c] = must(expr.Compile(code, expr.AllowUndefinedVariables(), expr.AsFloat64()))
	}
	in, out := make([][cards]map[string]any, len(accounts)), make([]floatOutcome, len(accounts))
	for i, a := range accounts {
		for c := range a {
			in[i][c] = floatMap(a[c], func(x float64) any { return x })
		}
	}
	var machine vm.VM
	return peer{
		run: func() {
			for i := range in {
				for c, p := range programs {
					out[i].set(c, must(machine.Run(p, in[i][c])).(float64))
				}
				out[i].place()
			}
		},
		outcome: func(i int) outcome { return out[i].outcome() },
	}
}

func celCompiled(accounts []ratings) peer {
	env := must(cel.NewEnv(cel.Variable("a", cel.MapType(cel.StringType, cel.DoubleType)), ext.Bindings()))
	var programs [cards]cel.Program
	for c, ws := range weights {
		sum, total := sums(ws, "(has(a.%[1]s) ? a.%[1]s * %[2]d.0 : 0.0)", "(has(a.%[1]s) ? %[2]d.0 : 0.0)")
		ast, issues := env.Compile(fmt.Sprintf("cel.bind(w, %s, w < %d.0 ? -1.0 : (%s) / w * 10.0)", total, leastPercent, sum))
		check(issues.Err())
		programs[c] = must(env.Program(ast, cel.EvalOptions(cel.OptOptimize)))
	}
	in, out := make([][cards]map[string]any, len(accounts)), make([]floatOutcome, len(accounts))
	for i, a := range accounts {
		for c := range a {
			in[i][c] = map[string]any{"a": floatMap(a[c], func(x float64) float64 { return x })}
		}
	}
	return peer{
		run: func() {
			for i := range in {
				for c, p := range programs {
					v, _, err := p.Eval(in[i][c])
					check(err)
					out[i].set(c, v.Value().(float64))
				}
				out[i].place()
			}
		},
		outcome: func(i int) outcome { return out[i].outcome() },
	}
}

func floatMap[T any](ratings []int, of func(float64) T) map[string]T {
	m := map[string]T{}
	for i, r := range ratings {
		if r != missing {
			m[factorID(i)] = of(float64(r) / 100)
		}
	}
	return m
}
