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
// for it: "We sell to them: no (held against yes), to become yes".
func (c Change) In(lang Language) string {
	condition := c.Condition
	if !c.Holds {
		condition = "not " + condition
	}
	becomes := Text{", to become ", "，须变为 "}.In(lang) + valueIn(lang, c.Evidence, c.Becomes)
	return sayFinding(lang, c.Name, c.Evidence, c.Value, condition) + becomes
}

func sayFinding(lang Language, name Text, e Evidence, value, condition string) string {
	gap := condition == "contacts"
	switch {
	case gap && e == Evidence(GapSingle):
		name = singleText
	case name == (Text{}):
		name = e.Label()
	}
	if gap && value == string(e) { // there is nobody to name
		return shown(name.In(lang))
	}
	out := name.In(lang) + Text{": ", "："}.In(lang) + valueIn(lang, e, value)
	if condition = conditionIn(lang, e, value, condition); condition != "" {
		out += Text{" (", "（"}.In(lang) + condition + Text{")", "）"}.In(lang)
	}
	return shown(out)
}

// singleText names the gap, since a signal has the same id.
var singleText = Text{"All hangs on one contact", "一切系于一个联系人"}

// valueIn is a value of the evidence in words: only the words of the package have others
// in Chinese.
func valueIn(lang Language, e Evidence, value string) string {
	if !lang.chinese() {
		return value
	}
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
	if e == "stage" || e == "stages" {
		return zhStage(value)
	}
	return value
}

func zhStage(word string) string {
	if i := slices.Index(stageWords, word); i > 0 {
		return Stage(i).Label().ZH
	}
	return word
}

// conditionIn is what a value was held against, without the id of the evidence and what
// the value says already.
func conditionIn(lang Language, e Evidence, value, condition string) string {
	condition, ceased := strings.CutPrefix(condition, "not ")
	condition = strings.TrimPrefix(condition, string(e)+" ")
	verdict, judged := strings.CutPrefix(condition, "is ")
	judged = judged && (verdict == "yes" || verdict == "no")
	least, below, both := strings.Cut(condition, " <= "+string(e)+" < ")
	above, cut := strings.CutSuffix(condition, " above the cut")
	switch {
	case ceased && judged:
		return Text{"no longer ", "不再为"}.In(lang) + valueIn(lang, e, verdict)
	case judged && verdict == value, condition == "contacts":
		return ""
	case judged:
		return Text{"held against ", "对照："}.In(lang) + valueIn(lang, e, verdict)
	case both:
		condition = ">= " + least + ", < " + below
	case cut && strings.HasPrefix(above, "-"):
		condition = Text{above[1:] + " below the cut", "低于分界线 " + above[1:]}.In(lang)
	case lang.chinese():
		condition = zhCondition(condition)
	}
	if ceased {
		return Text{"no longer ", "不再 "}.In(lang) + condition
	}
	return condition
}

func zhCondition(condition string) string {
	if above, is := strings.CutSuffix(condition, " above the cut"); is {
		return "高于分界线 " + above
	}
	for _, words := range conditionWords {
		if rest, starts := strings.CutPrefix(condition, words.EN); starts {
			return words.ZH + zhStage(rest)
		}
	}
	return condition
}

// conditionWords are how the conditions of findings begin, where not with a sign, a number
// or a day.
var conditionWords = []Text{
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
