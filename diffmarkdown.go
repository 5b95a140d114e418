package kam

import "cmp"

// DiffMarkdown returns the difference of two assessments as a page in the language, as
// [Engine.Markdown] does the assessment: stage, cell and risks first, then each score with
// the factors that changed it, whose changes add up, and the signals. What stayed has no row,
// and overrides, which change nothing that is computed, take no part.
func (e *Engine) DiffMarkdown(x AssessmentDiff, lang Language) string {
	d := assessmentPage{markdown: markdown{lang: lang}, engine: e}
	d.heading(1, d.in("What changed: ", "变化：")+withName(x.Name, x.Account))
	if x.Before == x.AsOf {
		d.paragraph(d.in("On ", "截至 ") + x.AsOf.String())
	} else {
		d.paragraph(d.in("From ", "从 ") + x.Before.String() + d.in(" to ", " 至 ") + x.AsOf.String())
	}
	if x.OtherPolicy {
		d.paragraph(d.in("The two were made by different rules: a change may be one of the rules.", "两次评估的规则不同：变化可能来自规则。"))
		d.policy(d.in("Before: ", "之前："), x.PolicyBefore)
		d.policy(d.in("Now: ", "现在："), x.Policy)
	}
	for _, s := range x.Signals {
		d.currency = cmp.Or(d.currency, s.CurrencyAfter)
	}
	start := d.Len()
	d.sections([]section{
		{Text{"Stage and cell", "关系阶段与矩阵位置"}, func() { d.standings(&x) }},
		{Text{"Risks of failure", "流失风险"}, func() { d.riskChanges(x.Risks) }},
		{Text{"Scores", "评分"}, func() {
			for _, s := range x.Scores {
				d.scoreChange(s)
			}
		}},
		{Text{"Signals", "信号"}, func() {
			var signals []string
			for _, s := range x.Signals {
				signals = append(signals, s.In(lang))
			}
			d.list(signals)
		}},
	})
	if d.Len() == start {
		d.paragraph(d.in("Nothing changed.", "没有变化。"))
	}
	return d.String()
}

// standings are the stage and the cell, with what moved the stage.
func (d *assessmentPage) standings(x *AssessmentDiff) {
	value := func(label Text, firm, held bool) string {
		how := d.in("provisional", "暂定")
		if firm {
			how = d.in("firm", "确定")
		}
		if held {
			how += d.in(", held", "，维持之前的结果")
		}
		return label.In(d.lang) + aside(d.lang, how)
	}
	var rows [][]string
	var evidence []string
	if s := x.Stage; s != nil {
		rows = append(rows, []string{d.in("Stage, computed", "关系阶段（计算结果）"), value(s.Before.Label(), s.FirmBefore, s.HeldBefore), value(s.After.Label(), s.FirmAfter, s.HeldAfter)})
		for _, e := range s.Evidence {
			evidence = append(evidence, e.In(d.lang))
		}
	}
	if c := x.Cell; c != nil {
		rows = append(rows, []string{d.in("Cell of the grid, computed", "矩阵位置（计算结果）"), value(c.Before.Label(), c.FirmBefore, c.HeldBefore), value(c.After.Label(), c.FirmAfter, c.HeldAfter)})
	}
	d.table([]Text{{"Finding", "结论"}, {"Before", "之前"}, {"Now", "现在"}}, rows)
	d.part("What the stage rests on", "关系阶段的依据", evidence)
	if c := x.Cell; c != nil {
		var cuts []string
		for _, x := range []struct {
			name Text
			cut  CutDiff
		}{{Text{"Attractiveness", "吸引力"}, c.Attractiveness}, {Text{"Strength of the relationship", "关系强度"}, c.Strength}} {
			if !sameNumber(x.cut.Before, x.cut.After) {
				cuts = append(cuts, changed(d.lang, x.name, show(x.cut.Before), show(x.cut.After)))
			}
		}
		d.part("Points above the cut of the grid", "高于矩阵分界线的分数", cuts)
	}
}

func (d *assessmentPage) riskChanges(changes []RiskChange) {
	var rows [][]string
	for _, r := range changes {
		before, now := r.Before.Label().In(d.lang), r.Now.Label().In(d.lang)
		switch r.Trend {
		case RiskFirstRun:
			before = "–"
		case RiskNotRun:
			now = "–"
		}
		evidence := d.evidence(r.Evidence)
		if r.Now < Watch { // which tells no evidence
			evidence = d.in("before: ", "此前：") + evidence
		}
		rows = append(rows, []string{r.Name.In(d.lang), r.Trend.Label().In(d.lang), before, now, evidence})
	}
	d.table([]Text{{"Risk of failure", "流失风险"}, {"Trend", "趋势"}, {"Before", "之前"}, {"Now", "现在"}, {"Evidence", "依据"}}, rows)
}

func (d *assessmentPage) scoreChange(s ScoreDiff) {
	name := d.called(Evidence(s.Scorecard))
	d.heading(3, changed(d.lang, Text{name, name}, show(s.Before), show(s.After)))
	if s.CoverageBefore != s.CoverageAfter {
		d.paragraph(changed(d.lang, Text{"Known, % of the weight", "已知权重（%）"}, s.CoverageBefore.String(), s.CoverageAfter.String()))
	}
	var rows [][]string
	for _, f := range s.Factors {
		name := d.called(Evidence(s.Scorecard + "/" + f.Factor))
		if f.WeightBefore != nil {
			name += d.in("; ", "；") + changed(d.lang, Text{"weight, %", "权重（%）"}, show(f.WeightBefore), show(f.WeightAfter))
		}
		rows = append(rows, []string{name, show(f.Before), show(f.After), show(f.By)})
	}
	if s.By != nil && len(rows) > 0 {
		rows = append(rows, []string{d.in("Together", "合计"), "", "", s.By.String()})
	}
	d.table([]Text{{"Factor", "因素"}, {"Rated before", "之前评分"}, {"Rated now", "现在评分"}, {"Change, points", "得分变化"}}, rows)
}
