package kam

// SelectionScorecard returns the built-in scorecard for selecting accounts by
// their attractiveness: five dimensions of equal weight, each with its
// questions (S4). Each call returns a new one, to change as you like. Its factors are
// differentiation (fit-of-strengths, weakness-exposure, perceived-difference),
// value-and-price (value-orientation, bargaining, lowest-price-only), preference (stance,
// liking, product-preference, bad-impression), access (reach-deciders, reach-senior, openness,
// information) and purchasing-rules (flexibility, bureaucracy, gatekeeping-rules, adaptability).
func SelectionScorecard() Scorecard {
	return Scorecard{
		ID:     "selection",
		Name:   Text{"Attractiveness, to select accounts", "吸引力（用于筛选客户）"},
		Source: "S4",
		Factors: []Factor{
			{ID: "differentiation", Name: Text{"Differentiation", "差异"}, Weight: Int(20), Questions: []Factor{
				question("fit-of-strengths", 40, "How well do our strengths match what they require?", "我们的优势在多大程度上符合他们的要求？"),
				question("weakness-exposure", 30, "How far do our weaknesses stay clear of what they need?", "我们的弱点在多大程度上不影响满足他们的需求？"),
				question("perceived-difference", 30, "How clearly do they see us as different from the others?", "他们在多大程度上认为我们与众不同？"),
			}},
			{ID: "value-and-price", Name: Text{"Value and price", "价值和价格"}, Weight: Int(20), Questions: []Factor{
				question("value-orientation", 50, "How much does value, rather than price, decide what they buy?", "他们的采购在多大程度上取决于价值而非价格？"),
				against("bargaining", 25, "How hard do they bargain?", "他们讨价还价有多厉害？"),
				against("lowest-price-only", 25, "How far do they want only the lowest price that meets the specification?", "他们在多大程度上只看满足规格的最低价？"),
			}},
			{ID: "preference", Name: Text{"Preference", "偏好"}, Weight: Int(20), Questions: []Factor{
				question("stance", 30, "How do they lean when they choose between us and others?", "在我们与他人之间选择时，他们倾向哪一边？"),
				question("liking", 25, "How much do they like working with us?", "他们有多愿意与我们共事？"),
				question("product-preference", 25, "How much do they prefer our products?", "他们有多偏爱我们的产品？"),
				against("bad-impression", 20, "How bad an impression have we, our products or our people left?", "我们的公司、产品或人员给他们留下的印象有多差？"),
			}},
			{ID: "access", Name: Text{"Access to key people", "接近关键人员"}, Weight: Int(20), Questions: []Factor{
				question("reach-deciders", 40, "How often do we get to those who decide and influence?", "我们有多少机会见到决策者和影响者？"),
				question("reach-senior", 20, "How well do we reach senior managers and directors?", "我们接触其高层管理者和总监有多容易？"),
				question("openness", 20, "How openly do contacts share priorities and worries?", "联系人在多大程度上愿意坦言优先事项和顾虑？"),
				question("information", 20, "How sufficient is what we learn for a tailored solution?", "我们掌握的信息有多充分，能否量身定制方案？"),
			}},
			{ID: "purchasing-rules", Name: Text{"Purchasing rules", "采购规则"}, Weight: Int(20), Questions: []Factor{
				question("flexibility", 35, "How flexible is their way of buying?", "他们的采购方式有多灵活？"),
				against("bureaucracy", 20, "How much does bureaucracy get in the way?", "官僚程序造成多大阻碍？"),
				against("gatekeeping-rules", 20, "How far do the rules keep us from key people?", "规则在多大程度上使我们接触不到关键人员？"),
				question("adaptability", 25, "How well can we adapt to their system?", "我们适应其制度的能力如何？"),
			}},
		},
	}
}

// AttractivenessScorecard returns the built-in scorecard for the horizontal
// question of the grid: six factors of an account's attractiveness, the degree
// of competition counting against it (S7a). Each call returns a new one. Its factors are
// growth-rate, size, competition, profitability, need and strategic-importance.
func AttractivenessScorecard() Scorecard {
	return Scorecard{
		ID:     "attractiveness",
		Name:   Text{"Account attractiveness", "客户的吸引力"},
		Source: "S7a",
		Factors: []Factor{
			{ID: "growth-rate", Name: Text{"Growth rate", "增长率"}, Weight: Int(15)},
			{ID: "size", Name: Text{"Size (potential)", "规模（潜力）"}, Weight: Int(20)},
			{ID: "competition", Name: Text{"Degree of competition", "竞争程度"}, Weight: Int(15), LowerIsBetter: true},
			{
				ID: "profitability", Name: Text{"Profitability", "盈利能力"}, Weight: Int(20),
				Signal: SignalMargin, Bands: Bands(ints(0, 2, 4, 6, 8, 10), ints(0, 10, 20, 30, 40)...),
			},
			{ID: "need", Name: Text{"Need for our product or service", "对我们产品或服务的需求"}, Weight: Int(15)},
			{
				ID: "strategic-importance", Name: Text{"Strategic importance", "战略重要性"}, Weight: Int(15),
				Signal: SignalOurRevenueShare, Bands: Bands(ints(1, 3, 5, 7, 9), Dec(5, 1), Int(1), Int(3), Int(5)),
			},
		},
	}
}

func question(id string, weight int, en, zh string) Factor {
	return Factor{ID: id, Name: Text{en, zh}, Weight: Int(weight)}
}

// against is a question whose high ratings count against the account.
func against(id string, weight int, en, zh string) Factor {
	f := question(id, weight, en, zh)
	f.LowerIsBetter = true
	return f
}

func ints(ns ...int) []Number {
	out := make([]Number, len(ns))
	for i, n := range ns {
		out[i] = Int(n)
	}
	return out
}
