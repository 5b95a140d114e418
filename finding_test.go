package kam_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/cmd/kam/northwind"
)

func TestFindingsInWords(t *testing.T) {
	for _, tt := range []struct {
		name    string
		finding kam.Finding
		en, zh  string
	}{
		{"number", kam.Finding{Evidence: "wallet-share", Condition: "wallet-share < 25", Value: "19.3"}, "Share of wallet, %: 19.3 (< 25)", "钱包份额（%）：19.3（< 25）"},
		{"stage alone", kam.Finding{Evidence: "stage", Condition: "established", Value: "good"}, "Stage: good (must be an established one)", "关系阶段：" + kam.StageGood.Label().ZH + "（须为已确立的阶段）"},
		{"good is no stage here", kam.Finding{Evidence: "segment", Condition: "one of good, bad", Value: "good"}, "Segment: good (one of good, bad)", "细分市场：good（其中之一：good, bad）"},
		{"nor where it is alone", kam.Finding{Evidence: "segment", Condition: "one of good", Value: "fair"}, "Segment: fair (one of good)", "细分市场：fair（其中之一：good）"},
		{"nor in a caller's condition", kam.Finding{Evidence: "x", Condition: "= good", Value: "good"}, "x: good (= good)", "x：good（= good）"},
		{"two lines", kam.Finding{Evidence: "wallet-share", Condition: "25 <= wallet-share < 75", Value: "30"}, "Share of wallet, %: 30 (>= 25, < 75)", "钱包份额（%）：30（≥ 25, < 75）"},
		{"judgement", kam.Finding{Evidence: "served", Condition: "served is no", Value: "yes"}, "We sell to them: yes (the rule asks for no)", "我们在向该客户销售：是（规则要求：否）"},
		{"unknown", kam.Finding{Evidence: "served", Condition: "must be known", Value: "unknown"}, "We sell to them: unknown (must be known)", "我们在向该客户销售：未知（须查明）"},
		{"to change", kam.Finding{Evidence: "served", Condition: "served becomes no", Value: "yes"}, "We sell to them: yes → no", "我们在向该客户销售：是 → 否"},
		{"becomes what", kam.Finding{Evidence: "x", Condition: "becomes old", Value: "1"}, "x: 1 (becomes old)", "x：1（becomes old）"},
		{"stage", kam.Finding{Evidence: "stages", Condition: "= good", Value: "declining"}, "Stage, our view and theirs: declining (= good)", "关系阶段（我方与客户的看法）：" + kam.StageDeclining.Label().ZH + "（= " + kam.StageGood.Label().ZH + "）"},
		{"no stage yet", kam.Finding{Evidence: "stages", Condition: "= unknown", Value: "good"}, "Stage, our view and theirs: good (= unknown)", "关系阶段（我方与客户的看法）：" + kam.StageGood.Label().ZH + "（= 未知）"},
		{"cut", kam.Finding{Evidence: "strength", Condition: "12.5 above the cut", Value: "62.5"}, "Strength of the relationship: 62.5 (12.5 above the cut)", "关系强度：62.5（比分界线高 12.5）"},
		{"nobody", kam.Finding{Evidence: "no-decider-known", Condition: "contacts", Value: "no-decider-known"}, "Nobody is known to decide", "不知道谁是决策者"},
		{"judgement that a check finds clear", kam.Finding{Evidence: "need-ended", Condition: "is yes", Value: "no"}, "Their need has ended: no", "客户已不再需要我们的产品：否"},
		{"judgement that holds", kam.Finding{Evidence: "served", Condition: "is yes", Value: "yes"}, "We sell to them: yes", "我们在向该客户销售：是"},
		{"number that is to cease", kam.Finding{Evidence: "margin", Condition: "not margin < 5", Value: "4"}, "Margin, %: 4 (the rule asks for >= 5)", "毛利率（%）：4（规则要求：≥ 5）"},
		{"below the cut", kam.Finding{Evidence: "strength", Condition: "-2.5 above the cut", Value: "47.5"}, "Strength of the relationship: 47.5 (2.5 below the cut)", "关系强度：47.5（比分界线低 2.5）"},
		{"contacts", kam.Finding{Evidence: "no-decider-met", Condition: "contacts", Value: "ann, bob"}, "No decider is known to have been met lately: ann, bob", "近期没有会见决策者的记录：ann, bob"},
		{"one contact", kam.Finding{Evidence: "single-threaded", Condition: "contacts", Value: "ann"}, "All hangs on one contact: ann", "关系只靠一位联系人：ann"},
		{"the signal of one contact", kam.Finding{Evidence: "single-threaded", Condition: ">= 1", Value: "1"}, "One contact at most (1 is yes): 1 (>= 1)", "联系人不超过一位（1 为是）：1（≥ 1）"},
		{"never", kam.Finding{Evidence: "last-plan", Condition: ">= 2025-11-24", Value: "none"}, "Last plan: none (>= 2025-11-24)", "上次更新计划：无（≥ 2025-11-24）"},
		{"recorded", kam.Finding{Evidence: "stages", Condition: "recorded", Value: "good"}, "Stage as our people see it: good", "我方看法：" + kam.StageGood.Label().ZH},
		{"total, not to", kam.Finding{Evidence: "revenue-without", Condition: "total 5.00 EUR", Value: "4.00 EUR"}, "Revenue without the account: 4.00 EUR (total 5.00 EUR)", "失去该客户后的收入：4.00 EUR（合计 5.00 EUR）"},
		{"no total", kam.Finding{Evidence: "revenue-without", Condition: "total unknown", Value: "unknown"}, "Revenue without the account: unknown (total unknown)", "失去该客户后的收入：未知（合计未知）"},
		{"factor", kam.Finding{Evidence: "attractiveness/size", Condition: "must be answered", Value: "unknown"}, "Size (potential): unknown (must be answered)", "规模（潜力）：未知（待评分）"},
		{"own name", kam.Finding{Evidence: "attribute.staff", Condition: "attribute.staff >= 10", Value: "12", Name: kam.Text{EN: "Staff", ZH: "员工"}}, "Staff: 12 (>= 10)", "员工：12（≥ 10）"},
		{"own, nameless", kam.Finding{Evidence: "attribute.staff", Condition: "attribute.staff >= 10", Value: "12"}, "staff: 12 (>= 10)", "staff：12（≥ 10）"},
		{"words of the caller", kam.Finding{Evidence: "payment", Condition: "not paid in time", Value: "3"}, "payment: 3 (not paid in time)", "payment：3（not paid in time）"},
		{"a value like its id", kam.Finding{Evidence: "insolvent", Value: "insolvent"}, "insolvent: insolvent", "insolvent：insolvent"},
		{"an id that is a word", kam.Finding{Evidence: "not", Condition: "not is yes", Value: "yes"}, "not: yes", "not：是"},
		{"words that begin like ours", kam.Finding{Evidence: "x", Condition: "tolerance 5", Value: "1"}, "x: 1 (tolerance 5)", "x：1（tolerance 5）"},
		{"and again", kam.Finding{Evidence: "x", Condition: "fromage", Value: "1"}, "x: 1 (fromage)", "x：1（fromage）"},
		{"two lines that are to cease", kam.Finding{Evidence: "margin", Condition: "not 5 <= margin < 9", Value: "6"}, "Margin, %: 6 (no longer >= 5, < 9)", "毛利率（%）：6（不再 ≥ 5, < 9）"},
		{"no line", kam.Finding{Evidence: "rhythm-days", Value: "92"}, "Days of the window: 92", "观察期天数：92"},
		{"one line, one direction", kam.Finding{Evidence: "x", Condition: "a\nb", Value: "\u202ec"}, "x: \uFFFDc (a\uFFFDb)", "x：\uFFFDc（a\uFFFDb）"},
		{"zero", kam.Finding{}, ": ", "："},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.en, tt.finding.In(kam.English))
			assert.Equal(t, tt.zh, tt.finding.In("zh-CN"))
		})
	}
	change := kam.Change{Evidence: "served", Condition: "served is yes", Holds: true, Value: "no", Becomes: "yes"}
	assert.Equal(t, "We sell to them: no → yes", change.In(kam.English))
	assert.Equal(t, "我们在向该客户销售：否 → 是", change.In(kam.Chinese))
	assert.Equal(t, "x: \uFFFDv → a\uFFFDb", kam.Change{Evidence: "x", Value: "\nv", Becomes: "a\u202eb", Holds: true}.In(kam.English), "on one line")
	line := kam.Change{Evidence: "wallet-share", Condition: "wallet-share < 25", Value: "19.3", Becomes: "25"}
	assert.Equal(t, "Share of wallet, %: 19.3 → 25 (>= 25)", line.In(kam.English))
}

// Whatever the engine finds about the sample portfolio and about odd accounts has
// Chinese words, up to the ids, the currencies and the texts of the caller.
func TestEveryFindingIsInChinese(t *testing.T) {
	seen := map[string]bool{}
	latin := regexp.MustCompile(`[A-Za-z]{2,}`)
	own := regexp.MustCompile(`（[^（）]*%[^（）]*）|EUR|USD|JPY|\b(?:ann|bob|c\d+|k\d+|[A-Z]{5})\b`)
	say := func(f kam.Finding, callers bool) {
		text := f.In(kam.Chinese)
		kind := string(f.Evidence) + "|" + regexp.MustCompile(`[\d.\-]+`).ReplaceAllString(f.Condition, "0")
		if seen[kind] {
			return
		}
		seen[kind] = true
		assert.Regexp(t, `\p{Han}`, text)
		if callers { // names of contacts, segments and places are shown as they are
			text = strings.Replace(text, "："+f.Value, "", 1)
		}
		assert.Empty(t, latin.FindAllString(own.ReplaceAllString(text, ""), -1), "%s of %q", text, f)
	}
	engine := compiled(t, kam.Policy{})
	walk := func(a kam.Assessment) {
		for _, f := range append(a.Stage.For, a.Stage.Against...) {
			say(f, false)
		}
		for _, r := range append(a.Risks.Findings, a.Risks.Unknown...) {
			for _, f := range r.Evidence {
				say(f, true)
			}
		}
		for _, s := range a.Strategy {
			for _, f := range s.Evidence {
				say(f, strings.Contains(f.Condition, "contacts"))
			}
		}
	}
	for a, err := range northwind.Accounts() {
		require.NoError(t, err)
		out, err := engine.Assess(a, northwind.AsOf)
		require.NoError(t, err)
		walk(out)
	}
	walkDice(t, engine, walk)
	portfolio, err := engine.Portfolio(northwind.Accounts(), northwind.AsOf)
	require.NoError(t, err)
	for _, m := range portfolio.Members {
		for _, x := range m.Tests {
			for _, f := range x.Evidence {
				say(f, true)
			}
		}
	}
	assert.Greater(t, len(seen), 100, "kinds of findings")
}

// walkDice walks over the assessments of accounts that are full of odd things.
func walkDice(t *testing.T, engine *kam.Engine, walk func(kam.Assessment)) {
	d := dice{rand.New(rand.NewPCG(17, 17))}
	for n := range 2_000 {
		a := d.account(n)
		delete(a.Judgements, "own-word")
		if out, err := engine.Assess(a, asOf); err == nil {
			walk(out)
		}
	}
}

// However many judgements are misspelt, and however many names there are to choose from.
func TestMisspeltJudgementsAreRefusedFast(t *testing.T) {
	policy := kam.Policy{Names: map[kam.Evidence]kam.Text{}}
	account := kam.Account{ID: "a", Judgements: map[kam.Evidence]kam.Judgement{}}
	for i := range 10_000 {
		account.Judgements[kam.Evidence(fmt.Sprintf("our-judgment-numbre-%05d", i))] = kam.Judgement{Verdict: kam.Yes}
		if i < 256 {
			policy.Names[kam.Evidence(fmt.Sprintf("our-judgement-number-%05d", i))] = kam.Text{EN: "x"}
		}
	}
	engine := compiled(t, policy)
	rules, err := kam.StageRules{}.Compile()
	require.NoError(t, err)
	quick(t, time.Second, "10,000 misspelt judgements", func() {
		_, err := engine.Assess(account, asOf)
		assert.Len(t, found(err), 101)
	})
	verdicts := map[kam.Evidence]kam.Verdict{}
	for id := range account.Judgements {
		verdicts[kam.Evidence(id)] = kam.Yes
	}
	quick(t, time.Second, "10,000 misspelt judgements to bind", func() {
		_, err := rules.Bind(verdicts, nil)
		assert.Len(t, found(err), 101)
	})
}

// However many conditions there are of ids that look much like the names.
func TestManyConditionsAreCheckedFast(t *testing.T) {
	policy, x := kam.Policy{Names: map[kam.Evidence]kam.Text{}}, strings.Repeat("x", 20)
	for i := range 2_500 {
		if i < 256 {
			policy.Names[kam.Evidence(fmt.Sprintf("%s-%d%s", x, i*104_729, x))] = kam.Text{EN: "x"}
		}
		id := kam.Evidence(fmt.Sprintf("%s-%d%s", x, i*7_919, x))
		policy.Risks.Custom = append(policy.Risks.Custom, kam.CustomRisk{
			RiskInfo: kam.RiskInfo{ID: kam.RiskID(fmt.Sprint("c-", i)), Name: kam.Text{EN: "x"}}, AtRisk: kam.Condition{Evidence: id, Is: kam.Yes},
		})
	}
	quick(t, time.Second, "2,500 conditions beside 256 names", func() { _, _ = kam.Compile(policy) })
}

// Names are what evidence of one's own is called, wherever it is found.
func TestNamesOfEvidence(t *testing.T) {
	staff, insolvent := kam.Text{EN: "Staff", ZH: "员工"}, kam.Text{EN: "Insolvent", ZH: "破产"}
	rule := kam.StageRule{ID: "large", Stage: kam.StageGood, All: []kam.Clause{
		{Any: []kam.Condition{{Evidence: "attribute.staff", AtLeast: new(kam.Int(10))}}}, {Any: []kam.Condition{{Evidence: "insolvent", Is: kam.No}}},
	}}
	policy := kam.Policy{
		Names: map[kam.Evidence]kam.Text{"attribute.staff": staff, "insolvent": insolvent, "only-in-code": {EN: "Read by code"}},
		Stage: kam.StageRules{Rules: []kam.StageRule{rule}},
		Risks: kam.RiskRules{Custom: []kam.CustomRisk{
			{RiskInfo: kam.RiskInfo{ID: "tiny", Name: kam.Text{EN: "Tiny"}}, AtRisk: kam.Condition{Evidence: "attribute.staff", Below: new(kam.Int(20))}},
			{RiskInfo: kam.RiskInfo{ID: "moved", Name: kam.Text{EN: "Moved"}}, AtRisk: kam.Condition{Evidence: "moved-house", Is: kam.Yes}},
		}},
	}
	engine := compiled(t, policy)
	yes := kam.Judgement{Verdict: kam.Yes}
	out, err := engine.Assess(kam.Account{
		ID: "a", Attributes: map[string]kam.Number{"staff": kam.Int(12), "nobody-reads-it": kam.Int(1)},
		Judgements: map[kam.Evidence]kam.Judgement{"insolvent": {Verdict: kam.No}, "only-in-code": yes, "moved-house": yes, "strategic": yes, "served": yes},
	}, asOf)
	require.NoError(t, err)
	require.Len(t, out.Stage.For, 2)
	assert.Equal(t, []kam.Text{staff, insolvent}, []kam.Text{out.Stage.For[0].Name, out.Stage.For[1].Name})
	assert.Equal(t, "破产：否", out.Stage.For[1].In(kam.Chinese))
	names := map[kam.RiskID]kam.Text{}
	for _, r := range out.Risks.Findings {
		names[r.Check] = r.Evidence[0].Name
	}
	assert.Equal(t, staff, names["tiny"])
	assert.Zero(t, names["moved"], "it has no name, and is known since a check reads it")

	inCode, err := engine.WithRisks(kam.RiskCheck{RiskInfo: kam.RiskInfo{ID: "code", Name: kam.Text{EN: "Code"}}, Check: func(kam.RiskInput) kam.RiskResult {
		return kam.RiskResult{Outcome: kam.Watch, Evidence: []kam.Finding{{Evidence: "attribute.staff", Value: "3"}, {Evidence: "insolvent", Value: "yes", Name: staff}}}
	}})
	require.NoError(t, err)
	out, err = inCode.Assess(kam.Account{ID: "a"}, asOf)
	require.NoError(t, err)
	code := out.Risks.Findings[slices.IndexFunc(out.Risks.Findings, func(r kam.Risk) bool { return r.Check == "code" })]
	assert.Equal(t, []kam.Text{staff, staff}, []kam.Text{code.Evidence[0].Name, code.Evidence[1].Name}, "the policy's name, or the check's own")

	assert.Equal(t, insolvent, engine.Label("insolvent"))
	assert.Equal(t, kam.Text{EN: "moved-house", ZH: "moved-house"}, engine.Label("moved-house"))
	assert.Equal(t, kam.EvidenceServed.Label(), engine.Label("served"))
	assert.Equal(t, kam.AttractivenessScorecard().Factors[0].Name, engine.Label("attractiveness/growth-rate"))
	assert.Equal(t, kam.EvidenceServed.Label(), new(kam.Engine).Label("served"))
	own := kam.Text{EN: "Own", ZH: "自有"}
	cards := compiled(t, kam.Policy{Attractiveness: kam.Scorecard{ID: "ours", Name: kam.Text{EN: "Our card"}, Relative: true, Factors: []kam.Factor{
		{ID: "one", Name: own, Weight: kam.Int(1)},
		{ID: "group", Name: kam.Text{EN: "Group"}, Weight: kam.Int(1), Questions: []kam.Factor{{ID: "two", Name: kam.Text{EN: "Two"}, Weight: kam.Int(1)}}},
	}}})
	out, err = cards.Assess(kam.Account{ID: "a"}, asOf)
	require.NoError(t, err)
	missing := slices.IndexFunc(out.Strategy, func(a kam.Advice) bool { return a.ID == "missing-answers" })
	require.GreaterOrEqual(t, missing, 0)
	for _, f := range out.Strategy[missing].Evidence {
		want := map[kam.Evidence]kam.Text{"ours/one": own, "ours/two": {EN: "Two"}}[f.Evidence]
		assert.Equal(t, want, f.Name, "%s: only where it has a name of its own", f.Evidence)
	}
	for id, want := range map[kam.Evidence]string{
		"ours/one": "Own", "ours/two": "Two", "ours/group": "ours/group", "ours/three": "ours/three", "strength/one": "strength/one", "one": "one", "ours": "Our card",
		"strength/price": "Price of products and services",
	} {
		assert.Equal(t, want, cards.Label(id).EN, id)
	}

	_, err = engine.Assess(kam.Account{ID: "a", Judgements: map[kam.Evidence]kam.Judgement{"only-in-cod": yes}}, asOf)
	assert.Equal(t, []string{"/judgements/only-in-cod unknown only-in-cod|only-in-code"}, found(err))
	_, err = engine.Assess(kam.Account{ID: "a", Judgements: map[kam.Evidence]kam.Judgement{"": yes}}, asOf)
	assert.Contains(t, found(err)[0], "moved-house, only-in-code")
	assert.NotContains(t, found(err)[0], "attribute.staff", "which nobody judges")
	_, err = engine.Assess(kam.Account{ID: "a", Judgements: map[kam.Evidence]kam.Judgement{"attribute.staff": yes}}, asOf)
	assert.Equal(t, []string{"/judgements/attribute.staff unknown attribute.staff|"}, []string{found(err)[0][:len("/judgements/attribute.staff unknown attribute.staff|")]})
	assert.NoError(t, kam.Account{ID: "a", Judgements: map[kam.Evidence]kam.Judgement{"only-in-cod": yes}}.Validate(), "no policy is asked")

	renamed := policy
	renamed.Names = map[kam.Evidence]kam.Text{"attribute.staff": {EN: "Employees"}, "insolvent": insolvent, "only-in-code": {EN: "Read by code"}}
	assert.NotEqual(t, engine.Ref().Digest, compiled(t, renamed).Ref().Digest, "the digest covers the names")
	policy.Names["attribute.staff"] = kam.Text{EN: "Changed"}
	assert.Equal(t, staff, engine.Label("attribute.staff"), "the engine keeps nothing of the policy")
}

// Only what is a word of the package has another in Chinese: ids of people, and words of checks
// of one's own, stay as they are.
func TestFindingsKeepIDs(t *testing.T) {
	for _, tt := range []struct {
		reason, want string
		f            kam.Finding
	}{
		{"a contact of the id no", "反对我们的决策者或审批者：no", kam.Finding{Evidence: "decider-against", Condition: "", Value: "no"}},
		{"a contact of the id yes", "反对我们的决策者或审批者：yes", kam.Finding{Evidence: "decider-against", Value: "yes"}},
		{"a day that is not known", "上次更新计划：未知（≥ 2026-01-01）", kam.Finding{Evidence: "last-plan", Condition: ">= 2026-01-01", Value: "unknown"}},
		{"a check of one's own", "tickets：none（opened by phone）", kam.Finding{Evidence: "tickets", Condition: "opened by phone", Value: "none"}},
		{"a rule of one's own", "own-word：否（规则要求：是）", kam.Finding{Evidence: "own-word", Condition: "own-word is yes", Value: "no"}},
		{"its change", "own-word：未知 → 是", kam.Finding{Evidence: "own-word", Condition: "own-word becomes yes", Value: "unknown"}},
		{"a department of the name none", "部门：none（其中之一：none）", kam.Finding{Evidence: "department", Condition: "one of none", Value: "none"}},
		{"a factor of one's own", "mine/fit：未知（待评分）", kam.Finding{Evidence: "mine/fit", Condition: "must be answered", Value: "unknown"}},
		{"a judgement of one's own", "my-word：未知（须查明）", kam.Finding{Evidence: "my-word", Condition: "must be known", Value: "unknown"}},
		{"an attribute", "x：未知（规则要求：≥ 5）", kam.Finding{Evidence: "attribute.x", Condition: "attribute.x >= 5", Value: "unknown"}},
		{"a line that is kept", "钱包份额（%）：30（≥ 25）", kam.Finding{Evidence: "wallet-share", Condition: "wallet-share >= 25", Value: "30"}},
		{"one that is just kept", "钱包份额（%）：25（≤ 25）", kam.Finding{Evidence: "wallet-share", Condition: "<= 25", Value: "25"}},
		{"one that is just missed", "钱包份额（%）：25（规则要求：< 25）", kam.Finding{Evidence: "wallet-share", Condition: "< 25", Value: "25"}},
		{"one that is just missed from below", "钱包份额（%）：25（规则要求：> 25）", kam.Finding{Evidence: "wallet-share", Condition: "> 25", Value: "25"}},
		{"one that is missed by far", "钱包份额（%）：26（规则要求：≤ 25）", kam.Finding{Evidence: "wallet-share", Condition: "<= 25", Value: "26"}},
		{"days", "客户经理具备所需能力：是", kam.Finding{Evidence: "manager-skilled", Value: "yes"}},
		{"a span of days", "钱包份额（%）：25（2025-11-01 至 2026-10-31）", kam.Finding{Evidence: "wallet-share", Condition: "2025-11-01..2026-10-31", Value: "25"}},
		{"no last plan", "上次更新计划：无（≥ 2026-01-01）", kam.Finding{Evidence: "last-plan", Condition: ">= 2026-01-01", Value: "none"}},
		{"nothing known", "部门：未知（其中之一：a）", kam.Finding{Evidence: "department", Condition: "one of a", Value: "unknown"}},
	} {
		assert.Equal(t, tt.want, tt.f.In(kam.Chinese), tt.reason)
	}
	assert.Equal(t, "钱包份额（%）：未知 → 25（≥ 25）", kam.Change{Evidence: "wallet-share", Condition: "wallet-share < 25", Value: "unknown", Becomes: "25"}.In(kam.Chinese))
	assert.Equal(t, "自有：否 → 是", kam.EvidenceDiff{Evidence: "own-word", Name: kam.Text{EN: "own", ZH: "自有"}, Before: "no", After: "yes"}.In(kam.Chinese))
	assert.Equal(t, "我们在向该客户销售：否 → 是", kam.EvidenceDiff{Evidence: "served", Before: "no", After: "yes"}.In(kam.Chinese))
	assert.Equal(t, "关键联系人已离开或即将离开：no → 不作为依据", kam.EvidenceDiff{Evidence: "key-contact-lost", Before: "no"}.In(kam.Chinese))
}
