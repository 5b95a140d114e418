package kam

// PotentialScorecard returns the built-in scorecard for an account's
// potential: volume and profitability, each with its questions (S5). Each call
// returns a new one, to change as you like.
func PotentialScorecard() Scorecard {
	return Scorecard{
		ID:     "potential",
		Name:   Text{"Potential", "潜力"},
		Source: "S5",
		Factors: []Factor{
			{ID: "volume", Name: Text{"Volume", "数量"}, Weight: Int(60), Questions: []Factor{
				question("sales-volume", 30, "How large could our sales to them become?", "我们对其销售量可能有多大？"),
				question("future-share", 20, "What part of our future work could be with them?", "未来业务中有多少可能来自他们？"),
				question("budget", 20, "How sure is it that they have the budget for what we sell?", "他们有预算购买我们产品的把握有多大？"),
				against("entrenched-rivals", 15, "How entrenched are competitors?", "竞争对手的地位有多稳固？"),
				question("winnable", 15, "How much of the potential can we realistically win?", "其中有多少是我们实际能够赢得的？"),
			}},
			{ID: "profit", Name: Text{"Profitability", "赢利性"}, Weight: Int(40), Questions: []Factor{
				{
					ID: "account-margin", Name: Text{"How profitable is selling to them?", "向他们销售的赢利如何？"}, Weight: Int(50),
					Signal: SignalMargin, Bands: Bands(ints(0, 2, 4, 6, 8, 10), ints(0, 10, 20, 30, 40)...),
				},
				question("against-target", 25, "How does the margin compare with the one we want?", "利润率与我们的目标相比如何？"),
				question("against-standard", 25, "How does the margin compare with the standard of the industry and the products?", "利润率与行业及产品的标准相比如何？"),
			}},
		},
	}
}
