package kam

import (
	"slices"
	"strings"
)

// Finding is a condition with the value that it met. [Finding.In] says it in words.
type Finding struct {
	Evidence  Evidence `json:"evidence"`
	Condition string   `json:"condition"`
	// Value is the judgement or the number found, or "unknown".
	Value string `json:"value"`
	// Name is what the policy calls evidence of the caller's own ([Policy].Names); empty
	// where [Evidence.Label] has the words.
	Name Text `json:"name,omitzero"`
}

// found is a finding about evidence that has a label.
func found(e Evidence, condition, value string) Finding {
	return Finding{Evidence: e, Condition: condition, Value: value}
}

// In returns the finding in words, on one line, with what it was held against in
// parentheses: "Share of wallet, %: 19.3 (< 25)". Ids, days and numbers stay as they are;
// a factor of a scorecard of one's own is such an id, which [Engine.Label] names.
func (f Finding) In(lang Language) string {
	return sayFinding(lang, f.Name, f.Evidence, f.Value, f.Condition)
}

// In returns the change in words, on one line, as [Finding.In] does, and what would do
// for it: "We sell to them: no (is yes), to become yes".
func (c Change) In(lang Language) string {
	condition := c.Condition
	if !c.Holds {
		condition = "not " + condition
	}
	becomes := Text{", to become ", "，须变为 "}.In(lang) + valueIn(lang, c.Evidence, c.Becomes)
	return sayFinding(lang, c.Name, c.Evidence, c.Value, condition) + becomes
}

func sayFinding(lang Language, name Text, e Evidence, value, condition string) string {
	if name == (Text{}) {
		name = e.Label()
	}
	open, end := " (", ")"
	out := name.In(lang) + ": "
	if lang.chinese() {
		open, end = "（", "）"
		out = name.In(lang) + "："
	}
	out += valueIn(lang, e, value)
	if condition = conditionIn(lang, e, condition); condition != "" {
		out += open + condition + end
	}
	return shown(out)
}

// valueIn is a value of the evidence in words: only the words of the package have others
// in Chinese.
func valueIn(lang Language, e Evidence, value string) string {
	if value == string(e) && e != "" { // of a gap where nobody is
		value = "none"
	}
	if lang.chinese() {
		return zhValue(e, value)
	}
	return value
}

func zhValue(e Evidence, value string) string {
	switch value {
	case "none":
		return "无"
	case "unknown":
		return unknownText.ZH
	case "yes":
		return Yes.Label().ZH
	case "no":
		return No.Label().ZH
	}
	if i := slices.Index(stageWords, value); i > 0 && (e == "stage" || e == "stages") {
		return Stage(i).Label().ZH
	}
	return value
}

// conditionIn is what a value was held against, without the id of the evidence.
func conditionIn(lang Language, e Evidence, condition string) string {
	condition, ceased := strings.CutPrefix(condition, "not ")
	condition = strings.TrimPrefix(condition, string(e)+" ")
	if least, below, both := strings.Cut(condition, " <= "+string(e)+" < "); both {
		condition = ">= " + least + ", < " + below
	}
	if lang.chinese() {
		condition = zhCondition(condition)
	}
	if ceased {
		return Text{"no longer ", "不再 "}.In(lang) + condition
	}
	return condition
}

func zhCondition(condition string) string {
	for _, words := range conditionWords {
		rest, starts := strings.CutPrefix(condition, words.EN)
		if !starts {
			continue
		}
		if stage := slices.Index(stageWords, rest); stage > 0 {
			rest = Stage(stage).Label().ZH
		}
		return words.ZH + rest
	}
	if above, is := strings.CutSuffix(condition, " above the cut"); is {
		return "高于分界线 " + above
	}
	return condition
}

// conditionWords are how the conditions of findings begin, where not with a sign, a number
// or a day.
var conditionWords = []Text{
	{"is yes", "为“是”"},
	{"is no", "为“否”"},
	{"contacts", "联系人"},
	{"recorded", "我方记录"},
	{"customer", "客户看法"},
	{"since", "自此日起"},
	{"from worst to best", "从最差到最好"},
	{"from", "原阶段"},
	{"held against", "未采纳的建议"},
	{"must be known", "须查明"},
	{"must be answered", "须回答"},
	{"established", "须为已确立的阶段"},
	{"percent ", "百分比 "},
	{"points ", "分数 "},
	{"total ", "合计 "},
	{"to", "新阶段"},
	{"one of ", "其中之一："},
	{"opened ", "立案日 "},
	{"= ", "= "},
}
