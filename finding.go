package kam

import "strings"

// Finding is a condition with the value that it met. [Finding.In] says it in words.
type Finding struct {
	Evidence  Evidence `json:"evidence"`
	Condition string   `json:"condition"`
	// Value is the judgement or the number found, or "unknown".
	Value string `json:"value"`
	// Name is what the policy calls evidence of the caller's own ([Policy].Names), and a
	// scorecard or a factor that it gives another name; empty where [Evidence.Label] has
	// the words.
	Name Text `json:"name,omitzero"`
}

// found is a finding about evidence that has a label.
func found(e Evidence, condition, value string) Finding {
	return Finding{Evidence: e, Condition: condition, Value: value}
}

// In returns the finding in words, on one line, with what it was held against in
// parentheses: "Share of wallet, %: 19.3 (< 25)". Ids, days and numbers, and the words of
// checks of one's own, stay as they are.
func (f Finding) In(lang Language) string {
	gap, name := f.Condition == "contacts", f.Name
	switch {
	case gap && f.Evidence == Evidence(GapSingle):
		name = singleText
	case name == (Text{}):
		name = f.Evidence.Label()
	}
	out := name.In(lang)
	if gap && f.Value == string(f.Evidence) { // there is nobody to name
		return shown(out)
	}
	condition := f.conditionIn(lang)
	if of, ok := stageViews[f.Condition]; ok && f.Evidence == "stages" {
		out, condition = of.In(lang), ""
	}
	out += Text{": ", "："}.In(lang) + f.valueIn(lang, f.Value)
	if becomes, ok := f.becomes(); ok {
		out += " → " + f.valueIn(lang, becomes)
	} else if condition != "" {
		out += aside(lang, condition)
	}
	return shown(out)
}

// becomes is the verdict that would do, of a finding that says so.
func (f Finding) becomes() (string, bool) {
	condition := strings.TrimPrefix(f.Condition, string(f.Evidence)+" ")
	becomes, ok := strings.CutPrefix(condition, "becomes ")
	return becomes, ok && (becomes == "yes" || becomes == "no")
}

// In returns the change in words, on one line, as [Finding.In] does, and what would do
// for it: "We sell to them: no → yes".
func (c Change) In(lang Language) string {
	f := Finding{c.Evidence, c.Condition, c.Value, c.Name}
	if c.Becomes == Yes.String() || c.Becomes == No.String() {
		f.Condition = "becomes " + c.Becomes
		return f.In(lang)
	}
	if !c.Holds {
		f.Condition = "not " + f.Condition
	}
	f.Value = f.valueIn(lang, f.Value) + " → " + c.Becomes
	return f.In(lang)
}

// stageViews are whose view a stage is, or of when, by the condition of the finding.
var stageViews = map[string]Text{
	"recorded":     {"Stage as our people see it", "我方看法"},
	"customer":     {"Stage as the customer sees it", "客户看法"},
	"since":        {"The two differ since", "看法不一致的起始日"},
	"from":         {"Stage before", "原阶段"},
	"to":           {"Stage now", "新阶段"},
	"held against": {"The stage before is held; the rules suggest", "维持之前的阶段；规则建议"},
}

// singleText names the gap, since a signal has the same id.
var singleText = Text{"All hangs on one contact", "关系只靠一位联系人"}

// valueIn is a value of the evidence in words: only the words of the package have others
// in Chinese. Whether a yes is one, or the id of someone, the evidence tells.
func (f Finding) valueIn(lang Language, value string) string {
	if !lang.chinese() || !f.worded() {
		return value
	}
	switch value {
	case "none":
		if strings.HasPrefix(string(f.Evidence), "last-") { // else it is a name
			return "无"
		}
	case "unknown":
		return unknownText.ZH
	case "yes":
		return Yes.Label().ZH
	case "no":
		return No.Label().ZH
	}
	if f.Evidence == "possible-stages" {
		stages := strings.Split(value, ", ")
		for i, s := range stages {
			stages[i] = zhStage("stage", s)
		}
		return strings.Join(stages, "、")
	}
	return zhStage(f.Evidence, value)
}

// worded reports a finding whose value is one of the package's words, where it is a word.
func (f Finding) worded() bool {
	is := strings.TrimPrefix(strings.TrimPrefix(f.Condition, "not "), string(f.Evidence)+" ")
	switch _, becomes := f.becomes(); {
	case f.Evidence.judged(), f.Evidence.attribute(), becomes, is == "is yes", is == "is no", is == "must be known", is == "must be answered":
		return true
	case f.Value == "yes", f.Value == "no":
		return false
	}
	return f.Evidence.ours()
}

// zhStage is the stage that a word of the evidence means, or else the word.
func zhStage(e Evidence, word string) string {
	var s Stage
	if e != "stage" && e != "stages" || s.UnmarshalText([]byte(word)) != nil {
		return word
	}
	return s.Label().ZH
}

// conditionIn is what the value was held against, without the id of the evidence and what
// the value says already.
func (f Finding) conditionIn(lang Language) string {
	id, between := string(f.Evidence)+" ", " <= "+string(f.Evidence)+" < "
	condition, ceased := strings.CutPrefix(f.Condition, "not ")
	if ceased && !strings.HasPrefix(condition, id) && !strings.Contains(condition, between) {
		condition, ceased = f.Condition, false // words of the caller
	}
	condition = strings.TrimPrefix(condition, id)
	verdict, judged := strings.CutPrefix(condition, "is ")
	judged = judged && (verdict == "yes" || verdict == "no")
	least, below, both := strings.Cut(condition, between)
	above, cut := strings.CutSuffix(condition, " above the cut")
	switch {
	case judged && (verdict == f.Value || condition == f.Condition), condition == "contacts": // of a check that says what would be a risk
		return ""
	case judged:
		return asksText.In(lang) + f.valueIn(lang, verdict)
	case both:
		condition = ">= " + least + ", < " + below
	case cut && strings.HasPrefix(above, "-"):
		condition = Text{above[1:] + " below the cut", "比分界线低 " + above[1:]}.In(lang)
	case condition == "established":
		condition = Text{"must be an established one", "须为已确立的阶段"}.In(lang)
	case condition == "each established":
		condition = Text{"each must be an established one", "均须为已确立的阶段"}.In(lang)
	case lang.chinese() && cut:
		condition = "比分界线高 " + above
	case lang.chinese() && (f.Evidence.ours() || condition == "must be known" || condition == "must be answered"):
		condition = zhCondition(f.Evidence, condition)
	}
	if ceased {
		condition = opposite(condition, lang)
	}
	if f.missed(condition) {
		condition = asksText.In(lang) + condition
	}
	if lang.chinese() && (f.Evidence.ours() || strings.HasPrefix(condition, asksText.ZH) || strings.HasPrefix(condition, ">= ")) {
		condition = strings.NewReplacer(">= ", "≥ ", "<= ", "≤ ", "..", " 至 ").Replace(condition)
	}
	return condition
}

// asksText is what a rule asks for that is not so: of a rule for a bad stage that is no advice.
var asksText = Text{"the rule asks for ", "规则要求："}

// opposite is what must hold where a line is to be left.
func opposite(condition string, lang Language) string {
	for _, x := range [...][2]string{{">= ", "< "}, {"< ", ">= "}} {
		if line, ok := strings.CutPrefix(condition, x[0]); ok && !strings.Contains(line, ",") {
			return x[1] + line
		}
	}
	return Text{"no longer ", "不再 "}.In(lang) + condition
}

// missed reports a line that the value does not keep, or of which it is not known.
func (f Finding) missed(condition string) bool {
	for _, x := range [...]struct {
		sign  string
		keeps func(int) bool
	}{
		{">= ", func(c int) bool { return c >= 0 }}, {"<= ", func(c int) bool { return c <= 0 }}, {"< ", func(c int) bool { return c < 0 }}, {"> ", func(c int) bool { return c > 0 }},
	} {
		text, ok := strings.CutPrefix(condition, x.sign)
		if !ok {
			continue
		}
		line, err := ParseNumber(text)
		if err != nil {
			return false
		}
		value, err := ParseNumber(f.Value)
		return f.Value == "unknown" || err == nil && !x.keeps(value.Cmp(line))
	}
	return false
}

func zhCondition(e Evidence, condition string) string {
	for _, words := range conditionWords {
		rest, starts := strings.CutPrefix(condition, words.EN)
		if starts && (rest == "" || strings.HasSuffix(words.EN, " ")) {
			return words.ZH + zhStage(e, rest)
		}
	}
	return condition
}

// conditionWords are conditions of findings in words, and how others begin: those that end
// in a space.
var conditionWords = []Text{
	{"from worst to best", "从最差到最好"},
	{"must be known", "须查明"},
	{"must be answered", "待评分"},
	{"points ", "分数 "},
	{"total unknown", "合计未知"},
	{"total ", "合计 "},
	{"one of ", "其中之一："},
	{"opened ", "登记日 "},
	{"= ", "= "},
}
