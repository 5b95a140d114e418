package kam_test

import (
	"fmt"

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
