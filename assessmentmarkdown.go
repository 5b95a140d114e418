package kam

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Markdown returns the assessment as a page in the language, every number with its
// reasons: CommonMark with GFM tables, all text shown as in [Plan.Markdown] (S4 to S8,
// S15, S16). What nothing is known of has no section, or says what to find out. The names
// are the engine's: let it be the one that made the assessment, since what it does not know
// goes by its id. The account adds who its contacts are, and who gave each answer and when;
// one that is not the assessment's, as the zero Account, adds nothing.
func (e *Engine) Markdown(account Account, a Assessment, lang Language) string {
	if account.ID != a.Account {
		account = Account{}
	}
	d := assessmentPage{markdown{lang: lang, currency: a.Signals.Currency}, e, &account, &a}
	d.heading(1, withName(a.Name, a.Account))
	if !a.AsOf.IsZero() {
		d.paragraph(d.in("Assessed on ", "评估日期：") + a.AsOf.String())
	}
	var renamed map[Evidence]Text
	if e.compiled() {
		renamed = e.renamed
	}
	d.standing(&a, renamed)
	d.sections([]section{
		{Text{"What to do", "应对措施"}, func() { d.moves(&a) }},
		{Text{"Risks of failure", "流失风险"}, d.risks},
		{Text{"Stage of the relationship", "关系阶段"}, d.stage},
		{Text{"Scores", "评分"}, d.scores},
		{Text{"Place on the grid", "矩阵位置"}, d.cell},
		{Text{"Signals", "信号"}, d.facts},
		{Text{"Contacts", "联系人"}, d.contacts},
		{Text{"Set by hand", "人工设定"}, d.overrides},
	})
	d.policy("", a.Policy)
	return d.String()
}

// assessmentPage writes an assessment section by section.
type assessmentPage struct {
	markdown
	engine  *Engine
	account *Account // the zero one where it is not given
	*Assessment
}

// called is the engine's name of evidence, of a factor or of a missing fact.
func (d *assessmentPage) called(id Evidence) string { return d.engine.Label(id).In(d.lang) }

// asked is what a missing fact is called: a judgement is a question, and not so.
func (d *assessmentPage) asked(fact Evidence) string {
	name := d.called(fact)
	switch judgement, ok := strings.CutPrefix(string(fact), "judgements/"); {
	case ok, Evidence(judgement).judged():
		return d.in("Yes or no: ", "是或否：") + name
	case fact == "contacts": // the list, and not the count
		return d.in("The contacts at the customer", "联系人名单")
	}
	return name
}

func (d *assessmentPage) risks() {
	r := &d.Risks
	d.findings(r.Findings)
	if r.OneSided != SideUnknown && len(r.Findings) > 1 {
		d.paragraph(d.in("All causes that were found are on one side: ", "已发现的原因都在同一方：") + r.OneSided.Label().In(d.lang) +
			d.in(". Causes usually come from both: look at the other side too.", "。原因通常来自双方：也要看另一方。"))
	}
	names, ours := d.engine.checkNames(d.lang), map[RiskID]bool{}
	for i := range builtInRisks {
		ours[builtInRisks[i].ID] = true
	}
	var rows [][]string
	for _, x := range r.Unknown {
		var needs []string
		for _, fact := range x.Needs {
			needs = append(needs, d.asked(Evidence(fact)))
		}
		switch {
		case x.Error != "":
			needs = append(needs, x.Error)
		case len(needs) == 0 && ours[x.Check]:
			needs = append(needs, d.in("nothing: too little to tell by", "不缺信息，但没有足够的业务可供判断"))
		}
		rows = append(rows, []string{x.Name.In(d.lang), dash(d.several(needs)), dash(x.Ask.In(d.lang))})
	}
	var facts []string
	for _, f := range r.Settle {
		checks := d.in(" checks wait for it", " 项检查")
		if len(f.Checks) == 1 {
			checks = d.in(" check waits for it", " 项检查")
		}
		facts = append(facts, d.asked(Evidence(f.Fact))+d.in(" (", "（关系到 ")+strconv.Itoa(len(f.Checks))+checks+d.in(")", "）"))
	}
	d.part("To find out first", "应先查明", facts)
	d.grid("Could not tell, which is not clear", "无法判断（不等于没有问题）", []Text{{"Risk of failure", "流失风险"}, {"What is missing", "缺少的信息"}, {"Ask", "提问"}}, rows)
	var clear []string
	for _, id := range r.Clear {
		clear = append(clear, cmp.Or(names[id], string(id)))
	}
	d.part("Risks that were looked for and not found", "已检查、未发现的风险", clear)
	if r.Index != nil {
		d.score(Text{"Index of risk", "风险指数"}, r.Index, func(id string) string { return cmp.Or(names[RiskID(id)], id) })
	}
}

// checkNames are what the checks are called.
func (e *Engine) checkNames(lang Language) map[RiskID]string {
	checks := RiskChecks()
	if e.compiled() {
		for _, c := range e.policy.Risks.Custom {
			checks = append(checks, c.RiskInfo)
		}
		for _, c := range e.code {
			checks = append(checks, c.RiskInfo)
		}
	}
	names := map[RiskID]string{}
	for _, c := range checks {
		names[c.ID] = c.Name.In(lang)
	}
	return names
}

func (d *assessmentPage) stage() {
	s := &d.Stage
	var rows [][]string
	add := d.pairs(&rows)
	stage := func(s Stage, since Date) string {
		switch {
		case s == StageUnknown:
			return ""
		case since.IsZero():
			return s.Label().In(d.lang)
		}
		return s.Label().In(d.lang) + d.in(", since "+since.String(), "，自 "+since.String()+" 起")
	}
	add("Stands", "当前", stage(s.Standing, Date{}))
	suggested := s.Suggested.Label()
	if s.Suggested != s.Standing {
		add("Suggested now, while the margin or the reviews keep the one before", "本次建议（变化幅度不足，或得出相同结论的评估次数不够，暂保留原阶段）", suggested.In(d.lang))
	}
	add("Suggested by the rule", "建议所依据的规则", withName(stageRuleNames[s.Rule].In(d.lang), s.Rule))
	if !s.Firm {
		add("Possible, for all that is unknown", "因部分信息未知，仍有可能的阶段", d.join(labels(s.Possible, d.lang)))
	}
	if s.LikelyVolume != GradeUnknown {
		add("Likely volume", "可能的采购量", s.LikelyVolume.Label().In(d.lang))
	}
	if s.Interest != VerdictUnknown {
		add("Shows interest", "已表现出兴趣", s.Interest.Label().In(d.lang))
	}
	add("As our people see it", "我方看法", stage(s.Recorded, s.RecordedSince))
	add("As the customer sees it", "客户看法", stage(s.Customer, Date{}))
	if s.Differs != nil {
		add("The two have differed since", "双方看法不同始于", s.Differs.Since.String())
	}
	if s.Move != nil {
		add("To ask", "需询问", s.Move.Ask().In(d.lang))
	}
	d.table([]Text{{"Stage", "关系阶段"}, {"", ""}}, rows)
	d.part("What speaks for "+suggested.EN, "支持“"+suggested.ZH+"”的依据", d.said(s.For))
	d.part("What speaks against "+suggested.EN, "反对“"+suggested.ZH+"”的依据", d.said(s.Against))
	var unknown []string
	for _, id := range s.Unknown {
		unknown = append(unknown, d.asked(id))
	}
	d.part("What is not known", "未知信息", unknown)
	if r := s.RunnerUp; r != nil {
		name := r.Stage.Label()
		d.part("The rule that came closest is of "+name.EN+", and lacks", "最接近满足的另一条规则属于“"+name.ZH+"”，尚缺的条件", d.said(r.Lacking))
	}
	if p := s.Better; p != nil {
		name := p.To.Label()
		d.part("The way to "+name.EN, "转为“"+name.ZH+"”所需的变化", d.changes(p))
	}
	if p := s.Danger; p != nil {
		name := p.To.Label()
		d.part("What would make it "+name.EN, "可能转为“"+name.ZH+"”的变化", d.changes(p))
	}
}

func (d *assessmentPage) changes(p *Path) (out []string) {
	for _, c := range p.Changes {
		out = append(out, c.In(d.lang))
	}
	return out
}

func (d *assessmentPage) scores() {
	scores := []*Score{&d.Attractiveness, &d.Strength, &d.Potential, &d.Selection}
	if slices.ContainsFunc(scores, func(s *Score) bool { return s.Points != nil && len(s.Contributions) > 0 }) {
		d.paragraph(d.in("Points are the part of the way from the bad end of the scale to the good one, times the part of the weight that counts; they add up to the score.",
			"得分为评分在量表上由差到好的位置，乘以该因素在已计入权重中的占比；各项得分之和即为总分。"))
	}
	for _, s := range scores {
		d.score(d.engine.Label(Evidence(s.Scorecard)), s, func(id string) string { return d.called(Evidence(s.Scorecard + "/" + id)) })
	}
}

// score writes the contributions, which add up to the points, and what is missing.
func (d *assessmentPage) score(title Text, s *Score, factor func(id string) string) {
	if len(s.Contributions) == 0 && len(s.Missing) == 0 {
		return
	}
	var rows [][]string
	for _, c := range s.Contributions {
		from := c.Source.Label().In(d.lang) + d.answered(s, &c)
		if c.Value != nil {
			r := Reading{Signal: c.Signal, Value: c.Value}
			if at := slices.IndexFunc(d.Signals.Readings, func(x Reading) bool { return x.Signal == c.Signal }); at >= 0 {
				r.Name = d.Signals.Readings[at].Name
			}
			from = r.label().In(d.lang) + d.in(": ", "：") + r.shown(d.Signals.Currency)
		}
		name := factor(c.Factor)
		if d.engine.lowerIsBetter(s.Scorecard, c.Factor) {
			name += d.in(" (less is better)", "（越低越好）")
		}
		rows = append(rows, []string{name, c.Weight.String(), show(c.Rating), show(c.Points), from})
	}
	if s.Points != nil {
		rows = append(rows, []string{d.in("Together", "合计"), "", "", s.Points.String(), ""})
	}
	head := []Text{{"Factor", "因素"}, {"Weight, %", "权重（%）"}, {"Rating", "评分"}, {"Points", "得分"}, {"From", "来源"}}
	d.heading(3, title.In(d.lang)+d.in(": ", "：")+show(s.Points))
	if s.Coverage.Cmp(Int(100)) < 0 && len(rows) > 0 {
		d.paragraph(d.in("Known: ", "已知权重：") + d.percent(s.Coverage) + d.in(" of the weight. With all that is missing it is from ", "。缺失项补齐后，总分将在 ") +
			s.Range.Worst.String() + d.in(" to ", " 至 ") + s.Range.Best.String() + d.in(".", " 之间。"))
	}
	d.table(head, rows)
	for i, list := range []struct {
		title Text
		ids   []string
	}{{Text{"Missing:", "缺少："}, s.Missing}, {Text{"Too old, or of no known day:", "已过期或日期不明："}, s.Stale}} {
		var names []string
		for _, id := range list.ids {
			if i == 0 && slices.Contains(s.Stale, id) {
				continue // it is told below
			}
			names = append(names, factor(id))
		}
		if len(names) > 0 {
			d.paragraph(list.title.In(d.lang))
			d.list(names)
		}
	}
}

// answered is who gave an answer that counts, and when, where the account says so.
func (d *assessmentPage) answered(s *Score, c *Contribution) string {
	a, ok := d.account.Answers[s.Scorecard][c.Factor]
	if !ok || c.Source != FromAnswer || c.Rating == nil || a.Rating != *c.Rating || a.On.Cmp(d.AsOf) > 0 {
		return ""
	}
	said := strings.Join(slices.DeleteFunc([]string{a.By, a.On.String()}, func(s string) bool { return s == "" }), d.in(", ", "，"))
	if said == "" {
		return ""
	}
	return aside(d.lang, said)
}

// lowerIsBetter reports a factor or question of which less is better.
func (e *Engine) lowerIsBetter(scorecard, id string) bool {
	if !e.compiled() {
		return false
	}
	for _, card := range e.policy.scorecards() {
		if card.ID != scorecard {
			continue
		}
		for _, f := range card.Factors {
			if f.ID == id {
				return f.LowerIsBetter
			}
			if i := slices.IndexFunc(f.Questions, func(q Factor) bool { return q.ID == id }); i >= 0 {
				return f.Questions[i].LowerIsBetter
			}
		}
	}
	return false
}

// contacts are those of the account as of the day, by the ids that findings name.
func (d *assessmentPage) contacts() {
	var rows [][]string
	for i := range d.account.Contacts {
		c := &d.account.Contacts[i]
		if c.Since.Cmp(d.AsOf) > 0 {
			continue
		}
		met := "–"
		if !c.LastMet.IsZero() && c.LastMet.Cmp(d.AsOf) <= 0 {
			met = c.LastMet.String()
		}
		left := ""
		if !c.Until.IsZero() {
			left = d.in(", until ", "，任职至 ") + c.Until.String()
		}
		level := ""
		if c.Level != LevelUnknown {
			level = c.Level.Label().In(d.lang)
		}
		position := strings.Join(slices.DeleteFunc([]string{c.Title, c.Department, level}, func(s string) bool { return !hasName(s) }), d.in(", ", "，"))
		rows = append(rows, []string{withName(c.Name, c.ID), dash(position) + left, dash(d.join(labels(c.Roles, d.lang))), c.Attitude.Label().In(d.lang), met})
	}
	d.table([]Text{{"Contact", "联系人"}, {"Position", "职位、部门与层级"}, {"Part in buying", "采购角色"}, {"Attitude", "态度"}, {"Last met", "上次会面"}}, rows)
}

func (d *assessmentPage) cell() {
	p := &d.Placement
	var rows [][]string
	add := d.pairs(&rows)
	if p.Cell != CellUnknown {
		add("Computed", "计算结果", p.Cell.Label().In(d.lang))
		add("Attractiveness less the cut", "吸引力与分界线之差", show(p.AboveAttractivenessCut))
		add("Strength less the cut", "关系强度与分界线之差", show(p.AboveStrengthCut))
	}
	if !p.Firm {
		add("Possible, for all that is unknown", "因部分信息未知，仍有可能的位置", d.join(labels(p.Possible, d.lang)))
	}
	if p.Held {
		add("Held from before", "沿用此前位置", p.Previous.Label().In(d.lang))
	}
	d.table([]Text{{"Cell of the grid", "矩阵位置"}, {"", ""}}, rows)
}

func (d *assessmentPage) facts() {
	d.signals(&d.Signals)
	var gaps []string
	for _, g := range d.Signals.Gaps {
		gaps = append(gaps, period(g.From, g.To))
	}
	if len(gaps) == maxGaps {
		gaps = append(gaps, "…")
	}
	if len(gaps) > 0 {
		d.paragraph(d.in("Days of no period, for which nobody knows what was sold: ", "缺少销售数据的期间：") + d.several(gaps))
	}
	var unknown []string
	for _, r := range d.Signals.Readings {
		if r.Value == nil {
			needs := d.in(": too little to measure it by", "：没有足够的数据可供计算")
			switch {
			case r.Needs == "wallet" && d.account.Wallet != nil:
				needs = d.in(": what they spend is given as less than our revenue, which cannot be: ask again, ", "：所给的采购总额低于我方收入，不可能，请重新核实：") + grouped(*d.account.Wallet)
			case r.Needs != "":
				needs = d.in(": needs ", "：缺少") + d.asked(Evidence(r.Needs))
			}
			unknown = append(unknown, r.label().In(d.lang)+needs)
		}
	}
	d.part("Not known", "未知", unknown)
}

// word is the value of an override in words; points are a number already.
func (d *assessmentPage) word(of, value string) string {
	var stage Stage
	var cell Cell
	var tier Tier
	switch {
	case value == "unknown":
		return unknownText.In(d.lang)
	case of == OverrideStage && stage.UnmarshalText([]byte(value)) == nil:
		return stage.Label().In(d.lang)
	case of == OverrideCell && cell.UnmarshalText([]byte(value)) == nil:
		return cell.Label().In(d.lang)
	case of == OverrideTier && tier.UnmarshalText([]byte(value)) == nil:
		return tier.Label().In(d.lang)
	}
	return value
}

func (d *assessmentPage) overrides() {
	var rows [][]string
	for _, o := range d.Overrides {
		what := d.called(Evidence(o.Of))
		if o.Of == OverrideCell {
			what = d.in("Cell of the grid", "矩阵位置")
		}
		rows = append(rows, []string{what, d.word(o.Of, o.Value), d.word(o.Of, o.Computed), o.By, o.Why, o.On.String() + " – " + o.Until.String(), o.State.Label().In(d.lang)})
	}
	d.table([]Text{
		{"What", "项目"}, {"Set to", "设定值"}, {"Computed", "计算值"}, {"By", "设定人"}, {"Why", "原因"}, {"In force", "有效期"}, {"State", "状态"},
	}, rows)
}
