package kam_test

import (
	"fmt"
	"slices"

	"github.com/kam-go/kam"
)

// Whoever scores millions of accounts, or the same ones again and again, binds
// the answers to their scorecard once. Scoring what is bound allocates
// nothing.
func ExampleScorer_Bind() {
	attractiveness, _ := kam.AttractivenessScorecard().Compile()
	strength, _ := kam.StrengthScorecard().Compile()
	grid, _ := kam.GridRules{StrengthCut: new(kam.Int(60))}.Compile()

	x, err := attractiveness.Bind(acme.Answers["attractiveness"])
	if err != nil {
		fmt.Println(err)
		return
	}
	y, err := strength.Bind(acme.Answers["strength"])
	if err != nil {
		fmt.Println(err)
		return
	}
	a, s := x.Score(), y.Score()
	points, known := a.Points()
	fmt.Println(points, known, a.Coverage(), a.Range())
	fmt.Println(grid.Cell(a, s), grid.Firm(a, s))
	// Output:
	// 71.875 true 80 {57.5 77.5}
	// key false
}

// Parts is memory of the caller's: one is enough for any number of rows. The
// parts sum to the points exactly.
func ExampleRow_Explain() {
	third := kam.Scorecard{ID: "fit", Relative: true, Factors: []kam.Factor{
		{ID: "need", Weight: kam.Int(1)}, {ID: "budget", Weight: kam.Int(1)}, {ID: "timing", Weight: kam.Int(1)},
	}}
	scorer, _ := third.Compile()
	var row kam.Row
	var parts kam.Parts
	for _, ratings := range []map[string]int{{"need": 10, "budget": 10, "timing": 0}, {"need": 4, "timing": 9}} {
		if err := scorer.BindTo(&row, rated(ratings)); err != nil {
			fmt.Println(err)
			return
		}
		points, _ := row.Explain(&parts).Points()
		fmt.Println(points)
		for factor, part := range parts.All() {
			fmt.Println(" ", factor, part)
		}
	}
	// Output:
	// 66.6667
	//   need 33.3334
	//   budget 33.3333
	//   timing 0
	// 65
	//   need 20
	//   budget 0
	//   timing 45
}

// The rules of the stage, and checks of one's own, are compiled once. What is
// bound to them is judged without an allocation, and the conditions say why.
func ExampleStageRules_Compile() {
	late := kam.CustomRisk{
		RiskInfo: kam.RiskInfo{ID: "late", Name: kam.Text{EN: "Deliveries are late"}},
		AtRisk:   kam.Condition{Evidence: "on-time", Below: new(kam.Int(80))},
		Watch:    &kam.Condition{Evidence: "on-time", Below: new(kam.Int(90))},
	}
	rules, err := kam.DefaultStageRules().Compile(late)
	if err != nil {
		fmt.Println(err)
		return
	}
	var row kam.StageRow
	for _, onTime := range []int{75, 85} {
		err := rules.BindTo(&row,
			map[kam.Evidence]kam.Verdict{
				"served": kam.Yes, "once-firm": kam.Yes, "need-ended": kam.No, "not-worth-serving": kam.No,
				"poor-performance": kam.No, "rival-attack": kam.No,
			},
			map[kam.Evidence]kam.Number{"on-time": kam.Int(onTime), "revenue-trend": kam.Int(-12), "strength": kam.Int(55)})
		if err != nil {
			fmt.Println(err)
			return
		}
		got := row.Classify()
		fmt.Println(got.Suggested(), got.Rule(), got.Firm(), slices.Collect(got.Possible()), got.Outcome(0))
	}
	for condition, verdict := range row.Classify().Conditions() {
		if verdict == kam.Yes {
			fmt.Println(" ", condition)
		}
	}
	// Output:
	// defensive firm-and-failing true [defensive] at-risk
	// developing served false [defensive developing] watch
	//   once-firm is yes
	//   revenue-trend < -10
	//   served is yes
	//   on-time < 90
}
