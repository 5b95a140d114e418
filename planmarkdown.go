package kam

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// Markdown returns the whole plan as a document in the language: CommonMark
// with GFM tables (S11). Every section is there; an empty one says so. All text
// is shown as plain text, with its white space folded: nothing in it is read as a
// link, an image, HTML or a table cell, and controls and characters that turn
// the direction are shown by their number. A reader that by itself makes links of
// bare addresses may do so; such a link shows where it leads. The plan is taken
// as it is: [Plan.Validate] checks it.
func (p Plan) Markdown(lang Language) string {
	d := planDocument{markdown{lang: lang}, &p}
	if s := p.Overview.Snapshot; s != nil {
		d.currency = s.Signals.Currency
	}
	d.title()
	for i, section := range []struct {
		name  Text
		write func()
	}{
		{Text{"Executive summary", "执行摘要"}, d.summary},
		{Text{"Account overview", "客户概况"}, d.overview},
		{Text{"Situation", "形势概览"}, d.situation},
		{Text{"Customer value proposition", "客户价值主张"}, d.customer},
		{Text{"Competition", "竞争"}, d.competition},
		{Text{"Strategy and objectives", "战略与目标"}, d.strategy},
		{Text{"Key strategic issues", "关键战略问题"}, d.issues},
		{Text{"Resources", "资源"}, d.resources},
		{Text{"Tactics: actions", "战术：行动"}, d.actions},
		{Text{"Forecast", "预测"}, d.forecast},
		{Text{"Partnership", "伙伴关系"}, d.partnership},
		{Text{"Reviews", "回顾"}, d.reviews},
	} {
		d.block()
		fmt.Fprintf(&d, "## %d. %s\n", i+1, inert(section.name.In(lang), " "))
		before := d.Len()
		if section.write(); d.Len() == before {
			d.paragraph(Text{"Nothing yet.", "尚无内容。"}.In(lang))
		}
	}
	return d.String()
}

// planDocument writes a plan section by section.
type planDocument struct {
	markdown
	plan *Plan
}

func (d *planDocument) title() {
	p := d.plan
	d.heading(1, d.in("Account plan: ", "客户计划：")+p.title())
	var rows [][]string
	add := d.pairs(&rows)
	if p.Version > 0 {
		add("Version", "版本", strconv.Itoa(p.Version))
	}
	add("Owner", "负责人", p.Owner)
	add("Team", "团队", d.join(p.Team))
	add("Period", "期间", period(p.From, p.To))
	if p.FiscalYear.Start > 1 {
		add("Fiscal year begins in month", "财年起始月份", strconv.Itoa(int(p.FiscalYear.Start)))
	}
	d.table([]Text{{"Plan", "计划"}, {"", ""}}, rows)
}

// period writes a span of days, as far as they are known.
func period(from, to Date) string {
	if from.IsZero() && to.IsZero() {
		return ""
	}
	return from.String() + " – " + to.String()
}

func (d *planDocument) summary() {
	d.paragraph(d.plan.Summary.Purpose)
	d.paragraph(d.plan.Summary.Direction)
}

func (d *planDocument) overview() {
	d.paragraph(d.plan.Overview.Text)
	a := d.plan.Overview.Snapshot
	if a == nil {
		return
	}
	d.heading(3, d.in("Assessment of ", "评估日期：")+a.AsOf.String())
	d.standing(a, nil)
	d.moves(a)
	d.findings(a.Risks.Findings)
	d.untold(a.Risks.Unknown)
	d.signals(&a.Signals)
	d.policy("", a.Policy)
}

func (d *planDocument) situation() {
	s := &d.plan.Situation
	d.part("Strengths", "优势", s.Strengths)
	d.part("Weaknesses", "劣势", s.Weaknesses)
	d.part("Opportunities", "机会", s.Opportunities)
	d.part("Threats", "威胁", s.Threats)
	d.part("Trends", "趋势", s.Trends)
	d.part("Outside influences", "外部影响", s.Influences)
	var rows [][]string
	for _, k := range s.Contacts {
		rows = append(rows, []string{dash(withName(k.Name, k.Contact)), k.Authority.Label().In(d.lang), dash(k.Personality), dash(d.join(k.Priorities)), k.Stance.Label().In(d.lang)})
	}
	d.grid("Key contacts", "关键联系人", []Text{{"Contact", "联系人"}, {"Authority", "权限"}, {"Personality", "个性"}, {"Priorities", "优先事项"}, {"Stance", "立场"}}, rows)
}

func (d *planDocument) customer() {
	var rows [][]string
	for _, o := range d.plan.CustomerObjectives {
		rows = append(rows, []string{o.ID, o.Text})
	}
	d.grid("Objectives of the customer", "客户的目标", []Text{{"ID", "编号"}, {"Objective", "目标"}}, rows)
	rows = nil
	for _, v := range d.plan.Value {
		rows = append(rows, []string{v.Offer, v.Objective, show(v.Worth), dash(v.Text)})
	}
	d.grid("What we offer for them", "我们的方案", []Text{{"Offer", "方案"}, {"Serves", "对应目标"}, {"Worth to them", "对其价值"}, {"Why", "理由"}}, rows)
}

func (d *planDocument) competition() {
	c := &d.plan.Competition
	var rows [][]string
	for _, f := range c.Factors {
		var rivals []string
		for _, r := range f.Rivals {
			rivals = append(rivals, r.Rival+d.in(": ", "：")+r.Rating.String())
		}
		relative := "–"
		if n, ok := f.RelativeStrength(); ok {
			relative = n.String()
		}
		rows = append(rows, []string{f.Factor, show(f.Ours), dash(d.several(rivals)), relative})
	}
	d.grid("Comparison, from 0 to 10", "比较（0 至 10 分）", []Text{{"Factor", "因素"}, {"Ours", "我方"}, {"Rivals", "竞争对手"}, {"Relative strength", "相对实力"}}, rows)
	answers := map[string][]string{}
	for _, x := range c.Counter {
		answers[x.Move] = append(answers[x.Move], x.Text)
	}
	rows = nil
	for _, m := range c.Moves {
		rows = append(rows, []string{m.ID, m.Rival, m.Text, dash(d.several(answers[m.ID]))})
		delete(answers, m.ID)
	}
	for id, texts := range sorted(answers) { // to no move of the plan
		rows = append(rows, []string{id, "–", "–", d.several(texts)})
	}
	d.grid("Expected moves and our answers", "竞争对手的举动与我们的应对", []Text{{"ID", "编号"}, {"Rival", "竞争对手"}, {"Move", "举动"}, {"Our answer", "我们的应对"}}, rows)
}

func (d *planDocument) strategy() {
	s := &d.plan.Strategy
	d.paragraph(s.Text)
	if s.Stance != StanceUnknown {
		d.paragraph(d.in("Stance: ", "投入策略：") + s.Stance.Label().In(d.lang))
	}
	if s.Why != "" {
		d.paragraph(d.in("Why: ", "理由：") + s.Why)
	}
	var rows [][]string
	for _, o := range d.plan.Objectives {
		current := show(o.Current)
		if !o.CurrentOn.IsZero() {
			current += " (" + o.CurrentOn.String() + ")"
		}
		rows = append(rows, []string{o.ID, o.Purpose.Label().In(d.lang), dash(o.Text), dash(o.Unit), show(o.Baseline), d.target(&o), current, dash(o.Start.String()), dash(o.Due.String())})
	}
	d.grid("Objectives", "目标", []Text{
		{"ID", "编号"}, {"Purpose", "目的"}, {"Objective", "目标"}, {"Unit", "单位"}, {"Baseline", "基线"}, {"Target", "目标值"}, {"Current", "当前值"}, {"From", "起始日"}, {"Due", "完成期限"},
	}, rows)
}

func (d *planDocument) issues() {
	var rows [][]string
	for _, x := range d.plan.Issues {
		rows = append(rows, []string{x.ID, x.Text, dash(x.Owner), dash(x.Due.String()), dash(x.Settled.String())})
	}
	d.table([]Text{{"ID", "编号"}, {"Issue", "问题"}, {"Owner", "负责人"}, {"Due", "完成期限"}, {"Settled", "解决日期"}}, rows)
}

func (d *planDocument) resources() {
	var rows [][]string
	for _, x := range d.plan.Resources {
		state := d.in("asked for", "申请中")
		if x.Decided {
			state = d.in("decided", "已批准")
		}
		rows = append(rows, []string{x.ID, x.What, dash(x.Who), strings.TrimSpace(show(x.Amount) + " " + x.Unit), state})
	}
	d.table([]Text{{"ID", "编号"}, {"What", "内容"}, {"From whom", "提供方"}, {"How much", "数量"}, {"State", "状态"}}, rows)
}

func (d *planDocument) actions() {
	resources := map[string]*Resource{}
	for i := range d.plan.Resources {
		resources[d.plan.Resources[i].ID] = &d.plan.Resources[i]
	}
	var rows [][]string
	for _, a := range d.plan.Actions {
		state := a.State.Label().In(d.lang)
		if !a.DoneOn.IsZero() {
			state += d.in(", ", "，") + a.DoneOn.String()
		}
		var uses []string
		for _, u := range a.Uses {
			of := cmp.Or(resources[u.Resource], &Resource{What: u.Resource})
			uses = append(uses, cmp.Or(of.What, u.Resource)+d.in(": ", "：")+strings.TrimSpace(u.Amount.String()+" "+of.Unit))
		}
		rows = append(rows, []string{
			a.ID, dash(a.Text), dash(a.Owner), dash(a.Due.String()), state, dash(a.Objective), dash(d.join(a.After)), dash(d.several(uses)),
		})
	}
	d.table([]Text{
		{"ID", "编号"}, {"Action", "行动"}, {"Owner", "负责人"}, {"Due", "完成期限"}, {"State", "状态"}, {"Serves", "对应目标"}, {"After", "前置行动"}, {"Uses", "占用资源"},
	}, rows)
}

func (d *planDocument) forecast() {
	var rows, parts [][]string
	for _, f := range d.plan.Forecast {
		when, expected := period(f.From, f.To), "–"
		if m, ok := f.Expected(); ok {
			expected = grouped(m)
		}
		rows = append(rows, []string{when, grouped(f.Amount), d.percentOf(f.Probability), expected})
		for _, x := range f.Parts {
			parts = append(parts, []string{when, x.Product, grouped(x.Amount), d.percentOf(x.Probability)})
		}
	}
	d.grid("Revenue", "收入", []Text{{"Period", "期间"}, {"Amount", "金额"}, {"Probability", "概率"}, {"Expected", "期望值"}}, rows)
	d.grid("Products and services", "产品和服务", []Text{{"Period", "期间"}, {"Product or service", "产品或服务"}, {"Amount", "金额"}, {"Own probability", "单独概率"}}, parts)
}

func (m *markdown) percentOf(n *Number) string {
	if n == nil {
		return "–"
	}
	return m.percent(*n)
}

func (d *planDocument) partnership() {
	var rows [][]string
	for _, r := range d.plan.Partnership {
		gap := "–"
		if n, ok := r.Gap(); ok {
			gap = n.String()
		}
		rows = append(rows, []string{r.Topic, show(r.Ours), show(r.Theirs), gap})
	}
	d.table([]Text{{"Topic", "主题"}, {"We say", "我方评价"}, {"They say", "客户评价"}, {"Gap", "差距"}}, rows)
}

func (d *planDocument) reviews() {
	for _, v := range d.plan.Reviews {
		title := v.On.String() + d.in(", ", "，") + v.By
		if v.Version > 0 {
			title += d.in(", version ", "，版本 ") + strconv.Itoa(v.Version)
		}
		d.heading(3, title)
		d.list(v.Decided)
	}
}
