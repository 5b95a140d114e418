package kam_test

import (
	"fmt"
	"log"
	"slices"

	"github.com/kam-go/kam"
)

// Whoever scores the same accounts again and again binds the answers to their
// scorecard once. Scoring what is bound allocates nothing.
func ExampleScorer_Bind() {
	attractiveness, err := kam.AttractivenessScorecard().Compile()
	if err != nil {
		log.Fatal(err)
	}
	strength, err := kam.StrengthScorecard().Compile()
	if err != nil {
		log.Fatal(err)
	}
	grid, err := kam.GridRules{StrengthCut: new(kam.Int(60))}.Compile()
	if err != nil {
		log.Fatal(err)
	}

	x, err := attractiveness.Bind(acme.Answers["attractiveness"])
	if err != nil {
		log.Fatal(err)
	}
	y, err := strength.Bind(acme.Answers["strength"])
	if err != nil {
		log.Fatal(err)
	}
	a, s := x.Score(), y.Score()
	points, known := a.Points()
	fmt.Println(points, known, a.Coverage(), a.Range())
	fmt.Println(s)
	fmt.Println(grid.Cell(a, s), grid.Firm(a, s))
	// Output:
	// 71.875 true 80 57.5..77.5
	// 68.2353 of 58..73 (coverage 85)
	// key false
}

// Many accounts are rows that lie side by side. Here they come from the answers of
// a policy's accounts: the scorecard is that of the engine.
func ExampleScorer_Rows() {
	engine, err := kam.Compile(kam.DefaultPolicy())
	if err != nil {
		log.Fatal(err)
	}
	scorer, err := engine.Policy().Attractiveness.Compile()
	if err != nil {
		log.Fatal(err)
	}
	accounts := []kam.Account{
		acme,
		{ID: "beta", Answers: map[string]kam.Answers{"attractiveness": rated(map[string]int{"size": 3, "need": 4, "profitability": 5})}},
		{ID: "gamma"},
	}
	rows, err := scorer.Rows(len(accounts))
	if err != nil {
		log.Fatal(err)
	}
	for i, a := range accounts {
		if err := rows.Bind(i, a.Answers["attractiveness"]); err != nil {
			log.Fatal(err)
		}
	}
	for i, a := range accounts {
		fmt.Println(a.ID, rows.At(i).Score())
	}
	// Output:
	// acme 71.875 of 57.5..77.5 (coverage 80)
	// beta 40 of 22..67 (coverage 55)
	// gamma unknown of 0..100 (coverage 0)
}

// A program that has its ratings in structs needs no maps: it asks once for the
// place of each factor, and sets what is rated.
func ExampleRow_Set() {
	card := kam.Scorecard{ID: "fit", Factors: []kam.Factor{
		{ID: "need", Weight: kam.Int(50)}, {ID: "budget", Weight: kam.Int(30)}, {ID: "timing", Weight: kam.Int(20)},
	}}
	scorer, err := card.Compile()
	if err != nil {
		log.Fatal(err)
	}
	type lead struct {
		name                 string
		need, budget, timing *int // nil is unknown
	}
	need, _ := scorer.Index("need")
	budget, _ := scorer.Index("budget")
	timing, _ := scorer.Index("timing")

	row, err := scorer.Bind(nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, l := range []lead{{"Acme", new(8), new(5), nil}, {"Beta", new(6), new(0), new(9)}} {
		row.Clear()
		for i, rating := range map[int]*int{need: l.need, budget: l.budget, timing: l.timing} {
			if rating == nil {
				continue
			}
			if err := row.Set(i, kam.Int(*rating)); err != nil {
				log.Fatal(err)
			}
		}
		s := row.Score()
		fmt.Println(l.name, s, slices.Collect(s.Missing()))
	}
	// Output:
	// Acme 68.75 of 55..75 (coverage 80) [timing]
	// Beta 48 of 48..48 (coverage 100) []
}

// Contributions is memory of the caller's: one is enough for any number of rows.
// They sum to the points exactly. A factor that is rated worst adds 0, and one that
// is missing is not there.
func ExampleRow_Explain() {
	third := kam.Scorecard{ID: "fit", Relative: true, Factors: []kam.Factor{
		{ID: "need", Weight: kam.Int(1)}, {ID: "budget", Weight: kam.Int(1)}, {ID: "timing", Weight: kam.Int(1)},
	}}
	scorer, err := third.Compile()
	if err != nil {
		log.Fatal(err)
	}
	var row kam.Row
	var parts kam.Contributions
	for _, ratings := range []map[string]int{{"need": 10, "budget": 10, "timing": 0}, {"need": 4, "timing": 9}} {
		if err := scorer.BindTo(&row, rated(ratings)); err != nil {
			log.Fatal(err)
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
