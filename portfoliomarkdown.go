package kam

import "strconv"

// Markdown returns the portfolio as a page in the language, for those who decide on the customer
// base: the key accounts and why, the cells of the grid, the tiers beside the plan, how much a few
// hold, and whose place is in question (S1, S2, S3, S8). A list has the first fifty by rank and
// says how many more there are; the whole, with all places, is in p. Text is shown as in
// [Plan.Markdown].
func (p *Portfolio) Markdown(lang Language) string {
	if p == nil {
		p = &Portfolio{}
	}
	d := portfolioPage{markdown{lang: lang}, p}
	d.heading(1, d.in("Customer portfolio", "客户组合"))
	d.totals()
	d.sections([]section{
		{Text{"Key accounts", "关键客户"}, d.key},
		{Text{"Grid of strategic focus", "战略重点矩阵"}, d.cells},
		{Text{"Pyramid", "客户金字塔"}, d.tiers},
		{Text{"Concentration", "集中度"}, d.concentration},
		{Text{"In question", "有待确认"}, d.questions},
	})
	d.policy("", p.Policy)
	return d.String()
}

// portfolioPage writes a portfolio section by section.
type portfolioPage struct {
	markdown
	*Portfolio
}

func (d *portfolioPage) totals() {
	var rows [][]string
	add := d.pairs(&rows)
	add("As of", "截至", d.AsOf.String())
	add("Oldest assessment", "最早的评估", d.Oldest.String())
	add("Accounts", "客户数", strconv.Itoa(len(d.Members)))
	add("Revenue", "收入", d.total(d.Revenue))
	add("Gross margin", "毛利", d.total(d.Margin))
	d.table([]Text{{"What", "项目"}, {"Value", "值"}}, rows)
}

// total is the sum of what is known, and of how many accounts nothing is.
func (d *portfolioPage) total(t Total) string {
	text := grouped(t.Known)
	switch {
	case t.Accounts+t.Unknown == 0:
		return ""
	case t.Accounts == 0:
		text = dash("")
	}
	if t.Unknown > 0 {
		text += d.in(", unknown of ", "，未知客户数 ") + strconv.Itoa(t.Unknown)
	}
	return text
}

// listed is how many accounts a list has at most.
const listed = 50

// key are the accounts of the highest tier.
func (d *portfolioPage) key() {
	var rows [][]string
	more := 0
	for i := range d.Members {
		m := &d.Members[i]
		switch {
		case m.Tier != TierKey:
		case len(rows) == listed:
			more++
		default:
			rows = append(rows, []string{
				d.rank(m), withName(m.Name, m.Account), dash(m.Owner), m.Stage.Label().In(d.lang), m.Cell.Label().In(d.lang), d.index(&m.Index), show(m.Revenue),
				d.class(m.Class), strconv.Itoa(m.Grave), d.why(m),
			})
		}
	}
	d.table([]Text{
		{"Rank", "排名"},
		{"Account", "客户"},
		{"Owner", "负责人"},
		{"Stage", "关系阶段"},
		{"Cell", "矩阵位置"},
		{"Index", "指数"},
		{"Revenue", "收入"},
		{"ABC", "ABC"},
		{"Grave risks", "高风险项"},
		{"Why", "理由"},
	}, rows)
	d.paragraph(d.andMore(more))
}

func (d *portfolioPage) andMore(n int) string {
	if n == 0 {
		return ""
	}
	return d.in("and ", "另有 ") + strconv.Itoa(n) + d.in(" more", " 个")
}

// rank is that of the member, and those that are possible.
func (d *portfolioPage) rank(m *Member) string {
	rank := strconv.Itoa(m.Rank)
	if m.RankBest != m.RankWorst {
		rank += aside(d.lang, strconv.Itoa(m.RankBest)+"–"+strconv.Itoa(m.RankWorst))
	}
	return rank
}

// index is its points, or what it can become.
func (d *portfolioPage) index(x *Index) string {
	span := x.Range.Worst.Fixed(1) + "–" + x.Range.Best.Fixed(1)
	switch {
	case x.Points == nil:
		return span
	case x.Range.Worst == x.Range.Best:
		return x.Points.Fixed(1)
	}
	return x.Points.Fixed(1) + aside(d.lang, span)
}

// why are the tests that the account passes, and those of which that is unknown.
func (d *portfolioPage) why(m *Member) string {
	if m.Forced != nil {
		return d.in("set by hand", "人工设定")
	}
	var passed, unknown []string
	for _, t := range m.Tests {
		switch t.Passed {
		case Yes:
			passed = append(passed, t.Test.Label().In(d.lang))
		case VerdictUnknown:
			unknown = append(unknown, t.Test.Label().In(d.lang))
		}
	}
	if len(unknown) > 0 {
		passed = append(passed, d.in("unknown: ", "未知：")+d.several(unknown))
	}
	return dash(d.several(passed))
}

// cells are the four of the grid, with who is in each, and what the cell asks for.
func (d *portfolioPage) cells() {
	if len(d.Members) == 0 {
		return
	}
	in := map[Cell][]string{}
	for i := range d.Members {
		m := &d.Members[i]
		in[m.Cell] = append(in[m.Cell], withName(m.Name, m.Account))
	}
	var rows [][]string
	for _, c := range append(Cells(), CellUnknown) {
		rows = append(rows, []string{c.Label().In(d.lang), strconv.Itoa(len(in[c])), dash(d.names(in[c])), c.Strategy().In(d.lang)})
	}
	d.table([]Text{{"Cell", "矩阵位置"}, {"Accounts", "客户数"}, {"Who", "客户"}, {"What it asks for", "应对策略"}}, rows)
}

// names are the first of a list.
func (d *portfolioPage) names(list []string) string {
	if more := len(list) - listed; more > 0 {
		return d.several(append(list[:listed:listed], d.andMore(more)))
	}
	return d.several(list)
}

func (d *portfolioPage) tiers() {
	var rows [][]string
	for _, t := range d.Pyramid.Tiers {
		rows = append(rows, []string{t.Tier.Label().In(d.lang), strconv.Itoa(t.Accounts), d.share(t.Share), d.share(t.Planned), t.Gap.Fixed(1)})
	}
	d.table([]Text{{"Tier", "等级"}, {"Accounts", "客户数"}, {"Share", "占比"}, {"Planned", "计划占比"}, {"Gap, points", "差距（百分点）"}}, rows)
}

// share is a percentage to one place.
func (d *portfolioPage) share(n Number) string { return n.Fixed(1) + d.in(" %", "%") }

// concentration is that of the revenue and of the margin, where each is known.
func (d *portfolioPage) concentration() {
	revenue, margin := &d.RevenueConcentration, &d.MarginConcentration
	if revenue.Accounts+margin.Accounts == 0 {
		return
	}
	value := func(c *Concentration, text string) string {
		if c.Accounts == 0 {
			return dash("")
		}
		return text
	}
	var rows [][]string
	for _, x := range []struct {
		name Text
		of   func(c *Concentration) string
	}{
		{Text{"Accounts with more than 0", "大于 0 的客户数"}, func(c *Concentration) string { return strconv.Itoa(c.Accounts) }},
		{Text{"The largest", "最大客户"}, func(c *Concentration) string { return d.share(c.Top1) }},
		{Text{"The three largest", "前 3 名"}, func(c *Concentration) string { return d.share(c.Top3) }},
		{Text{"The five largest", "前 5 名"}, func(c *Concentration) string { return d.share(c.Top5) }},
		{Text{"The ten largest", "前 10 名"}, func(c *Concentration) string { return d.share(c.Top10) }},
		{Text{"The largest tenth", "前 10%"}, func(c *Concentration) string { return d.share(c.TopTenth) }},
		{Text{"HHI, up to 10,000", "HHI（最高 10,000）"}, func(c *Concentration) string { return c.HHI.Fixed(0) }},
		{Text{"Gini, up to 1", "基尼系数（最高 1）"}, func(c *Concentration) string { return c.Gini.Fixed(2) }},
	} {
		rows = append(rows, []string{x.name.In(d.lang), value(revenue, x.of(revenue)), value(margin, x.of(margin))})
	}
	d.table([]Text{{"Share of", "占比"}, {"Revenue", "收入"}, {"Gross margin", "毛利"}}, rows)
}

// questions are the accounts whose place is in question, by why.
func (d *portfolioPage) questions() {
	names := map[string]string{}
	for i := range d.Members {
		m := &d.Members[i]
		names[m.Account] = withName(m.Name, m.Account)
	}
	for _, x := range []struct {
		en, zh   string
		accounts []string
	}{
		{"Pass the tests and find no place", "符合条件但没有名额", d.Pyramid.Beyond},
		{"Recorded as key accounts and do not pass", "登记为关键客户但不再符合条件", d.Pyramid.Lapsed},
		{"Tier set by hand", "人工设定等级", d.Pyramid.Forced},
		{"Undecided, since too little is known", "已知信息太少，尚无法判定", d.Pyramid.Undecided},
	} {
		var list []string
		for _, account := range x.accounts {
			list = append(list, names[account])
		}
		if len(list) > 0 {
			d.heading(3, d.in(x.en, x.zh))
			d.paragraph(d.names(list))
		}
	}
}

// class is its letter, or a dash.
func (d *portfolioPage) class(c Class) string {
	if c == ClassNone {
		return dash("")
	}
	return c.String()
}
