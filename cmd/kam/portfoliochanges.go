package main

import (
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/kam-go/kam"
)

// keep keeps the accounts that are read, for another day.
func keep(rows iter.Seq2[kam.Account, error], read *[]kam.Account) iter.Seq2[kam.Account, error] {
	return func(yield func(kam.Account, error) bool) {
		for a, err := range rows {
			if err == nil {
				*read = append(*read, a)
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

// portfolioChanges reports who stands elsewhere than on the day before. What was bad of the
// accounts has been found: those of the portfolio are looked at again, and what is bad of them
// on that day is the first error.
func (o *options) portfolioChanges(engine *kam.Engine, read []kam.Account, now *kam.Portfolio, out io.Writer) (bad, err error) {
	members := make(map[string]bool, len(now.Members))
	for _, m := range now.Members {
		members[m.Account] = true
	}
	before, bad := engine.Portfolio(func(yield func(kam.Account, error) bool) {
		for _, a := range read {
			if members[a.ID] && !yield(a, nil) {
				return
			}
		}
	}, o.before)
	if before == nil {
		return nil, bad
	}
	d, err := now.Diff(before)
	if err != nil {
		return bad, err
	}
	if o.json {
		return bad, writeJSON(out, d)
	}
	r := &report{w: out, lang: o.lang}
	r.changes(d)
	return bad, r.err
}

// tierCause is why the tier is another one, where the tests do not say it.
func tierCause(before, now kam.Standing) kam.Text {
	switch {
	case now.Forced:
		return kam.Text{EN: "set by hand", ZH: "人工设定"}
	case before.Forced:
		return kam.Text{EN: "no longer set by hand", ZH: "不再人工设定"}
	case before.Key == kam.Yes && now.Key == kam.Yes && now.Tier == kam.TierKey:
		return kam.Text{EN: "found a place", ZH: "获得名额"}
	case before.Key == kam.Yes && now.Key == kam.Yes && now.Tier == kam.TierRegular:
		return kam.Text{EN: "found no place", ZH: "没有名额"}
	}
	return kam.Text{}
}

// changes prints a line for each thing that is said otherwise of an account.
func (r *report) changes(d kam.PortfolioDiff) {
	r.say("from %s to %s: %d accounts stand elsewhere", "%s 至 %s：%d 个客户的位置有变化", d.Before, d.AsOf, len(d.Came)+len(d.Changed))
	if d.OtherPolicy {
		r.say("the two portfolios were made by different rules", "两次组合的规则不同")
	}
	rows := [][]string{r.head("ACCOUNT", "客户", "NAME", "名称", "WHAT", "项目", "BEFORE", "之前", "NOW", "现在", "BECAUSE", "原因")}
	add := func(m kam.MemberDiff, what kam.Text, before, now, why string) {
		if before != now {
			rows = append(rows, []string{m.Account, cut(m.Name, 24), what.In(r.lang), before, now, why})
		}
	}
	for _, m := range d.Came { // which could not be judged before; of the same accounts none is gone
		add(m, kam.Text{EN: "rank", ZH: "排名"}, "?", fmt.Sprint(m.After.Rank), "")
	}
	for _, m := range d.Changed {
		b, a := m.Before, m.After
		add(m, kam.Text{EN: "key account", ZH: "关键客户"}, b.Key.Label().In(r.lang), a.Key.Label().In(r.lang), "")
		for _, t := range m.Tests {
			var why []string
			for _, e := range t.Evidence {
				why = append(why, e.In(r.lang))
			}
			add(m, t.Test.Label(), t.Before.Label().In(r.lang), t.After.Label().In(r.lang), strings.Join(why, kam.Text{EN: "; ", ZH: "；"}.In(r.lang)))
		}
		add(m, kam.Text{EN: "tier", ZH: "等级"}, b.Tier.Label().In(r.lang), a.Tier.Label().In(r.lang), tierCause(b, a).In(r.lang))
		add(m, kam.Text{EN: "ABC class", ZH: "ABC 类"}, class(b.Class, r.lang), class(a.Class, r.lang), "")
		add(m, kam.Text{EN: "stage", ZH: "关系阶段"}, b.Stage.Label().In(r.lang), a.Stage.Label().In(r.lang), "")
		add(m, kam.Text{EN: "cell", ZH: "矩阵位置"}, b.Cell.Label().In(r.lang), a.Cell.Label().In(r.lang), "")
	}
	if len(rows) > 1 {
		r.table(rows)
	}
}
