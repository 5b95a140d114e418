package kam

import (
	"strconv"
	"strings"
)

// ProgressMarkdown returns how a plan stands as a page in the language, for a review: the objectives
// against their lines, the open actions and issues with who answers for them, what was asked for
// and is not decided, and the forecasts against what was sold. x is what [Engine.Progress] said of
// the plan. Text is shown as in [Plan.Markdown].
func (p Plan) ProgressMarkdown(x PlanProgress, lang Language) string {
	d := planDocument{markdown{lang: lang}, &p}
	d.heading(1, d.in("Progress of the account plan: ", "客户计划进展：")+p.title())
	d.paragraph(d.in("As of ", "截至 ") + x.AsOf.String())
	if !x.LastReview.IsZero() {
		d.paragraph(d.in("Last review: ", "上次回顾：") + x.LastReview.String())
	}
	d.sections([]section{
		{Text{"Objectives", "目标"}, func() { d.paces(x.Objectives) }},
		{Text{"Open actions", "未完成的行动"}, func() { d.openActions(&x) }},
		{Text{"Actions done", "已完成的行动"}, func() { d.doneActions(&x) }},
		{Text{"Open key issues", "未解决的关键问题"}, func() { d.openIssues(&x.Issues) }},
		{Text{"Key issues settled", "已解决的关键问题"}, func() { d.settledIssues(&x.Issues) }},
		{Text{"Asked for, and not decided", "已申请、尚未批准"}, d.undecided},
		{Text{"Forecast", "预测"}, func() { d.forecasts(&x) }},
	})
	return d.String()
}

// title is the account's name and id.
func (p *Plan) title() string {
	if s := p.Overview.Snapshot; s != nil {
		return withName(s.Name, p.Account)
	}
	return p.Account
}

func (d *planDocument) paces(list []ObjectiveProgress) {
	objectives := map[string]*Objective{}
	for i := range d.plan.Objectives {
		o := &d.plan.Objectives[i]
		objectives[o.ID] = o
	}
	var rows [][]string
	for _, x := range list {
		o := objectives[x.Objective]
		if o == nil {
			o = &Objective{ID: x.Objective}
		}
		pace := x.Pace.Label().In(d.lang)
		if x.Stale {
			pace += d.in(" (a newer value is needed)", "（需要更新的数值）")
		}
		current := show(x.Current)
		if x.Current != nil {
			on := x.On.String()
			if o.CurrentOn.IsZero() {
				on = d.in("no day", "日期未知")
			}
			current += aside(d.lang, on)
		}
		rows = append(rows, []string{
			withName(o.Text, o.ID), dash(o.Unit), show(o.Baseline), d.target(o), dash(o.Due.String()), show(x.Expected), current, show(x.Ahead), pace,
		})
	}
	d.table([]Text{
		{"Objective", "目标"},
		{"Unit", "单位"},
		{"Baseline", "基线"},
		{"Target", "目标值"},
		{"Due", "完成期限"},
		{"The line asks for", "按进度应达到"},
		{"Current", "当前值"},
		{"Against the line", "与进度之差"},
		{"Pace", "进度"},
	}, rows)
}

// target is the target, with the way that is better where the objective says it.
func (d *planDocument) target(o *Objective) string {
	switch o.LowerIsBetter {
	case Yes:
		return show(o.Target) + d.in(" (less is better)", "（越低越好）")
	case No:
		return show(o.Target) + d.in(" (more is better)", "（越高越好）")
	}
	return show(o.Target)
}

func (d *planDocument) openActions(x *PlanProgress) {
	open := setOf(x.Open)
	notes := []struct {
		of   map[string]bool
		name Text
	}{{setOf(x.Late), Text{"late", "已逾期"}}, {setOf(x.Blocked), Text{"waits for another", "等待前置行动"}}, {setOf(x.Critical), Text{"decides the end", "关键路径"}}}
	var rows [][]string
	for _, a := range d.plan.Actions {
		if !open[a.ID] {
			continue
		}
		var marks []string
		for _, n := range notes {
			if n.of[a.ID] {
				marks = append(marks, n.name.In(d.lang))
			}
		}
		rows = append(rows, []string{withName(a.Text, a.ID), dash(a.Owner), dash(a.Due.String()), dash(d.join(a.After)), dash(d.join(marks))})
	}
	d.table([]Text{{"Action", "行动"}, {"Owner", "负责人"}, {"Due", "完成期限"}, {"After", "前置行动"}, {"Note", "备注"}}, rows)
}

func (d *planDocument) doneActions(x *PlanProgress) {
	was, late := setOf(x.Done), setOf(x.DoneLate)
	var done []string
	for _, a := range d.plan.Actions {
		if was[a.ID] {
			done = append(done, d.finished(withName(a.Text, a.ID), a.DoneOn, late[a.ID]))
		}
	}
	d.list(done)
}

// finished is what was done, when and whether late, as far as that is known.
func (d *planDocument) finished(text string, on Date, late bool) string {
	if !on.IsZero() {
		text += d.in(", ", "，") + on.String()
	}
	if late {
		text += d.in(", late", "，逾期完成")
	}
	return text
}

func (d *planDocument) openIssues(x *IssueProgress) {
	open, late := setOf(x.Open), setOf(x.Late)
	var rows [][]string
	for _, i := range d.plan.Issues {
		if !open[i.ID] {
			continue
		}
		note := "–"
		if late[i.ID] {
			note = d.in("late", "已逾期")
		}
		rows = append(rows, []string{withName(i.Text, i.ID), dash(i.Owner), dash(i.Due.String()), note})
	}
	d.table([]Text{{"Issue", "问题"}, {"Owner", "负责人"}, {"Due", "完成期限"}, {"Note", "备注"}}, rows)
}

func (d *planDocument) settledIssues(x *IssueProgress) {
	was, late := setOf(x.Settled), setOf(x.SettledLate)
	var settled []string
	for _, i := range d.plan.Issues {
		if was[i.ID] {
			settled = append(settled, d.finished(withName(i.Text, i.ID), i.Settled, late[i.ID]))
		}
	}
	d.list(settled)
}

func (d *planDocument) undecided() {
	var rows [][]string
	for _, r := range d.plan.Resources {
		if !r.Decided {
			rows = append(rows, []string{withName(r.What, r.ID), dash(r.Who), strings.TrimSpace(show(r.Amount) + " " + r.Unit)})
		}
	}
	d.table([]Text{{"What", "内容"}, {"From whom", "提供方"}, {"How much", "数量"}}, rows)
}

func (d *planDocument) forecasts(x *PlanProgress) {
	var rows [][]string
	row := func(when string, f *ForecastProgress) {
		rows = append(rows, []string{when, grouped(f.Forecast), show(f.Expected), show(f.Actual), show(f.Error), show(f.ErrorPercent)})
	}
	known := 0
	for i := range x.Forecast {
		f := &x.Forecast[i]
		if row(period(f.From, f.To), f); f.Actual != nil {
			known++
		}
	}
	if x.ToDate != nil && known > 1 {
		row(d.in("The known ones together: ", "已知各期合计：")+strconv.Itoa(known)+d.in(" periods", " 期"), x.ToDate)
	}
	d.table([]Text{{"Period", "期间"}, {"Forecast", "预测"}, {"Expected", "期望值"}, {"Actual", "实际"}, {"Difference", "差额"}, {"Difference, %", "差额（%）"}}, rows)
}
