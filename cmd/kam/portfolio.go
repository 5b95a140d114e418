package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/kam-go/kam"
)

// printJSON writes the portfolio, its groups and the plan of hours as indented JSON.
func printJSON(w io.Writer, p *kam.Portfolio, groups kam.Groups, plan kam.TimePlan) error {
	return writeJSON(w, struct {
		*kam.Portfolio
		Parents kam.Groups   `json:"parents"`
		Time    kam.TimePlan `json:"time"`
	}{p, groups, plan})
}

// report is text and tables for people.
type report struct {
	w    io.Writer
	lang kam.Language
	err  error
}

func (r *report) say(en, zh string, args ...any) {
	if r.err == nil {
		_, r.err = fmt.Fprintf(r.w, kam.Text{EN: en, ZH: zh}.In(r.lang)+"\n", args...)
	}
}

func (r *report) table(rows [][]string) {
	if r.err == nil {
		t := table{rows: rows}
		r.err = t.print(r.w)
	}
}

func (r *report) head(pairs ...string) []string {
	var row []string
	for i := 0; i < len(pairs); i += 2 {
		row = append(row, kam.Text{EN: pairs[i], ZH: pairs[i+1]}.In(r.lang))
	}
	return row
}

// printReport prints who matters and why, what a loss would cost, the pyramid
// and the time.
func (o *options) printReport(w io.Writer, p *kam.Portfolio, groups kam.Groups, plan kam.TimePlan) error {
	r := &report{w: w, lang: o.lang}
	revenue := "?"
	if p.Revenue.Accounts > 0 {
		revenue = p.Revenue.Known.String()
	}
	r.say("%d accounts as of %s, revenue of twelve months %s (%d not known)", "%d 个客户，截至 %s，十二个月收入 %s（%d 个未知）",
		len(p.Members), p.AsOf, revenue, p.Revenue.Unknown)
	if c := p.RevenueConcentration; c.Accounts > 0 {
		r.say("the largest: %s%%, top 3: %s%%, top 10: %s%%, top tenth: %s%%; HHI %s, Gini %s", "最大客户：%s%%，前 3 名：%s%%，前 10 名：%s%%，前 10%%：%s%%；HHI %s，基尼系数 %s",
			c.Top1.Fixed(1), c.Top3.Fixed(1), c.Top10.Fixed(1), c.TopTenth.Fixed(1), c.HHI.Fixed(0), c.Gini.Fixed(2))
	}
	r.parents(p, groups)
	r.say("", "")
	r.members(p, plan, o.most)
	r.say("", "")
	r.pyramid(p, plan)
	for _, list := range []struct {
		en, zh string
		ids    []string
	}{
		{"pass the tests and find no place: %s", "符合条件但没有名额：%s", p.Pyramid.Beyond},
		{"recorded as key accounts and do not pass: %s", "登记为关键客户但不再符合条件：%s", p.Pyramid.Lapsed},
		{"tier by override: %s", "人工设定等级：%s", p.Pyramid.Forced},
	} {
		if len(list.ids) > 0 {
			r.say(list.en, list.zh, strings.Join(list.ids, ", "))
		}
	}
	r.say("undecided, since too little is known: %d", "已知信息太少，尚无法判定：%d", len(p.Pyramid.Undecided))
	return r.err
}

// parents says how much one has to whom several accounts belong.
func (r *report) parents(p *kam.Portfolio, groups kam.Groups) {
	if len(groups.Groups) == len(p.Members) || groups.RevenueConcentration.Accounts == 0 {
		return // each is by itself, or nobody knows what they have
	}
	c, largest := groups.RevenueConcentration, groups.Groups[0]
	r.say("by parents: %d groups, the largest %s with %d accounts: %s%%, top 3: %s%%; HHI %s", "按母公司合并：%d 组，最大的是 %s（%d 个客户）：%s%%，前 3 组：%s%%；HHI %s",
		len(groups.Groups), largest.Top, len(largest.Accounts), c.Top1.Fixed(1), c.Top3.Fixed(1), c.HHI.Fixed(0))
}

// class is its letter, or the word for none.
func class(c kam.Class, lang kam.Language) string {
	if c == 0 {
		return kam.Text{EN: "none", ZH: "无"}.In(lang)
	}
	return c.String()
}

// members lists the accounts by rank, those with a say in the index first.
func (r *report) members(p *kam.Portfolio, plan kam.TimePlan, most int) {
	shown := len(p.Members)
	if most > 0 {
		shown = min(shown, most)
	}
	rows := [][]string{r.head("RANK", "排名", "ACCOUNT", "客户", "NAME", "名称", "TIER", "等级", "INDEX", "指数", "REVENUE", "收入", "ABC", "ABC", "HOURS", "工时", "TESTS", "检验")}
	for i, m := range p.Members[:shown] {
		rank := fmt.Sprint(m.Rank)
		if m.RankBest != m.RankWorst {
			rank = fmt.Sprintf("%d (%d-%d)", m.Rank, m.RankBest, m.RankWorst)
		}
		index := m.Index.Range.Worst.Decimal().Floor().String() + "-" + m.Index.Range.Best.Decimal().Ceil().String()
		switch points := m.Index.Points; {
		case points != nil && m.Index.Range.Worst == m.Index.Range.Best:
			index = points.Fixed(1)
		case points != nil:
			index = points.Fixed(1) + " (" + index + ")"
		}
		revenue := "?"
		if m.Revenue != nil {
			revenue = m.Revenue.Amount().StringFixedBank(2)
		}
		rows = append(rows, []string{
			rank, m.Account, cut(m.Name, 24), m.Tier.Label().In(r.lang), index, fmt.Sprintf("%12s", revenue), class(m.Class, r.lang),
			fmt.Sprintf("%6s", plan.Accounts[i].Hours.Fixed(2)), tests(m),
		})
	}
	r.table(rows)
	if more := len(p.Members) - shown; more > 0 {
		r.say("and %d more", "另有 %d 个", more)
	}
	r.say("tests: + passed, - failed, ? unknown", "检验：+ 通过，- 未通过，? 未知")
	if len(p.Members) == 0 {
		return
	}
	for _, t := range p.Members[0].Tests {
		r.say("  %s: %s", "  %s：%s", t.Test, t.Test.Label().In(r.lang))
	}
}

// tests marks each test of an account.
func tests(m kam.Member) string {
	marks := map[kam.Verdict]string{kam.Yes: "+", kam.No: "-", kam.VerdictUnknown: "?"}
	var out []string
	for _, t := range m.Tests {
		out = append(out, marks[t.Passed]+string(t.Test))
	}
	return strings.Join(out, " ")
}

func (r *report) pyramid(p *kam.Portfolio, plan kam.TimePlan) {
	rows := [][]string{r.head("TIER", "等级", "ACCOUNTS", "客户数", "SHARE", "客户占比", "PLANNED", "计划占比", "GAP", "差距", "HOURS", "工时", "PLANNED TIME", "计划工时占比")}
	for i, t := range p.Pyramid.Tiers {
		rows = append(rows, []string{
			t.Tier.Label().In(r.lang), fmt.Sprintf("%8d", t.Accounts), t.Share.Fixed(1) + "%", t.Planned.Fixed(0) + "%", t.Gap.Fixed(1),
			fmt.Sprintf("%8s", plan.Tiers[i].Hours.Fixed(2)), plan.Tiers[i].Planned.Fixed(0) + "%",
		})
	}
	r.table(rows)
}
