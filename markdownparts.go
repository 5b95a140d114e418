package kam

import (
	"cmp"
	"strings"
)

// What several pages show: an assessment, its difference, a plan with its snapshot, a portfolio.

// standing is what was found, and how sure that is; scorecards have the names that a policy gives
// them.
func (m *markdown) standing(a *Assessment, renamed map[Evidence]Text) {
	sure := func(byHand, known, firm bool) string {
		switch {
		case byHand:
			return m.in("set by hand", "人工设定")
		case !known:
			return "–"
		case firm:
			return m.in("firm", "确定")
		}
		return m.in("provisional", "暂定")
	}
	_, stageByHand := a.stageByHand()
	_, cellByHand := a.cellByHand()
	rows := [][]string{
		{m.in("Stage", "关系阶段"), a.StageInForce().Label().In(m.lang), sure(stageByHand, a.Stage.Standing != StageUnknown, a.Stage.Firm)},
		{m.in("Cell of the grid", "矩阵位置"), a.CellInForce().Label().In(m.lang), sure(cellByHand, a.Placement.Cell != CellUnknown, a.Placement.Firm)},
	}
	if a.Strategic != VerdictUnknown {
		rows = append(rows, []string{EvidenceStrategic.Label().In(m.lang), a.Strategic.Label().In(m.lang), m.in("people say so", "人工判断")})
	}
	for _, s := range []struct {
		name  Text
		score *Score
	}{
		{Text{"Attractiveness", "吸引力"}, &a.Attractiveness},
		{Text{"Strength of the relationship", "关系强度"}, &a.Strength},
		{Text{"Potential", "潜力"}, &a.Potential},
		{Text{"Attractiveness, to select accounts", "吸引力（用于筛选客户）"}, &a.Selection},
	} {
		name := cmp.Or(renamed[Evidence(s.score.Scorecard)], s.name)
		known := m.in("known ", "已知权重 ") + m.percent(s.score.Coverage)
		if r := s.score.Range; s.score.Coverage.Cmp(Int(100)) < 0 {
			known = r.Worst.String() + "–" + r.Best.String() + m.in(", ", "，") + known
		}
		if a.inForce(s.score.Scorecard, new(Number)) {
			known = m.in("set by hand", "人工设定")
		}
		rows = append(rows, []string{name.In(m.lang), show(a.inForceOf(s.score).Points), known})
	}
	m.table([]Text{{"Finding", "结论"}, {"Value", "值"}, {"How sure", "确定程度"}}, rows)
}

// signals are those that are known.
func (m *markdown) signals(s *Signals) {
	var rows [][]string
	for _, r := range s.Readings {
		if r.Value != nil {
			rows = append(rows, []string{r.label().In(m.lang), r.shown(s.Currency)})
		}
	}
	if len(rows) > 0 && !s.To.IsZero() {
		m.paragraph(m.in("The figures are for ", "数据期间：") + s.From.String() + m.in(" to ", " 至 ") + s.To.String())
	}
	m.table([]Text{{"Signal", "信号"}, {"Value", "值"}}, rows)
}

// label names the reading.
func (r *Reading) label() Text {
	return cmp.Or(r.Name, Evidence(r.Signal).Label())
}

// shown is the value of a reading, in the currency where it is of money.
func (r *Reading) shown(currency string) string {
	if r.Value != nil && r.Signal.money() {
		if m, err := NewMoney(r.Value.Decimal(), currency); err == nil {
			return grouped(m)
		}
	}
	return show(r.Value)
}

// findings are the checks that found something.
func (m *markdown) findings(found []Risk) {
	var rows [][]string
	for _, r := range found {
		rows = append(rows, []string{r.Name.In(m.lang), r.Outcome.Label().In(m.lang), m.evidence(r.Evidence), dash(r.Remedy.In(m.lang))})
	}
	m.table([]Text{{"Risk of failure", "流失风险"}, {"Finding", "结论"}, {"Evidence", "依据"}, {"What to do", "应对措施"}}, rows)
}

// untold names the checks that could not tell.
func (m *markdown) untold(unknown []Risk) {
	var names []string
	for _, x := range unknown {
		names = append(names, x.Name.In(m.lang))
	}
	if len(names) > 0 {
		m.paragraph(m.in("Could not tell, which is not clear: ", "无法判断（不等于没有问题）：") + m.several(names))
	}
}

// moves are what the assessment leads to. What it leads to while much is unknown says so, and
// what is set by hand stands in the place of what was computed.
func (m *markdown) moves(a *Assessment) {
	stage, stageByHand := a.stageByHand()
	cell, cellByHand := a.cellByHand()
	byHand := func(label Text) string { return label.In(m.lang) + m.in(", set by hand", "，人工设定") }
	var rows [][]string
	for _, x := range a.Strategy {
		text, because := x.Text, m.evidence(x.Evidence)
		ofStage, ofCell := strings.HasPrefix(x.ID, "stage-"), strings.HasPrefix(x.ID, "cell-")
		switch {
		case ofStage && stageByHand:
			stageByHand = false // told
			text, because = stage.Strategy(), byHand(stage.Label())
		case ofCell && cellByHand:
			cellByHand = false
			text, because = cell.Strategy(), byHand(cell.Label())
		case ofStage && !a.Stage.Firm, ofCell && !a.Placement.Firm:
			because += m.in("; provisional, since something is unknown", "；暂定，因部分信息未知")
		}
		rows = append(rows, []string{text.In(m.lang), because})
	}
	if stageByHand {
		rows = append(rows, []string{stage.Strategy().In(m.lang), byHand(stage.Label())})
	}
	if cellByHand {
		rows = append(rows, []string{cell.Strategy().In(m.lang), byHand(cell.Label())})
	}
	m.table([]Text{{"Move", "措施"}, {"Because", "依据"}}, rows)
}

// policy names the policy, behind a word where there are two.
func (m *markdown) policy(which string, p PolicyRef) {
	if p.Digest == "" {
		return
	}
	text := which + m.in("Policy ", "评估规则 ") + strings.TrimSpace(p.Name+" "+p.Version)
	if p.Model != "" {
		text += m.in(", model ", "，模型 ") + p.Model
	}
	m.paragraph(text + m.in(", SHA-256 ", "，SHA-256 ") + p.Digest)
}

// evidence is the findings in one cell of a table.
func (m *markdown) evidence(found []Finding) string {
	return dash(m.several(m.said(found)))
}

// said is each finding in words, an amount in the currency of the signals.
func (m *markdown) said(found []Finding) (out []string) {
	for _, f := range found {
		if n, err := ParseNumber(f.Value); err == nil && f.Evidence.amount() && m.currency != "" {
			if amount, err := NewMoney(n.Decimal(), m.currency); err == nil {
				f.Value = grouped(amount)
			}
		}
		out = append(out, f.In(m.lang))
	}
	return out
}

// amount reports evidence that is an amount in the currency of the signals.
func (e Evidence) amount() bool {
	switch e {
	case "half-year-margin", "margin-per-hour", "contribution", "contribution-before":
		return true
	}
	return Signal(e).money()
}

// labels are the words of a list.
func labels[T interface{ Label() Text }](list []T, lang Language) (out []string) {
	for _, x := range list {
		out = append(out, x.Label().In(lang))
	}
	return out
}
