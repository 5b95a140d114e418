package kam

import (
	"maps"
	"slices"
)

// A Code names one kind of violation. It is an error, so that
// errors.Is(err, kam.CodeWeightSum) asks for it. Codes are a contract: none
// changes its meaning and none is used again for another. As an error it prints its words in
// English; string(c) is the code itself.
type Code string

// What can be wrong with any value.
const (
	CodeSyntax      Code = "syntax"       // not one JSON document; a byte counts from 0
	CodeEncoding    Code = "encoding"     // not valid UTF-8, or a character unseen: a control but a tab and a new line (LF, CR LF), or one that turns the text
	CodeDuplicate   Code = "duplicate"    // a key or an id given twice
	CodeUnknown     Code = "unknown"      // a field or an id that is not known here
	CodeType        Code = "type"         // the wrong JSON type
	CodeTooLarge    Code = "too-large"    // longer, deeper or more than is allowed
	CodeMissing     Code = "missing"      // something that must be given is not
	CodeRange       Code = "range"        // a value outside its range
	CodeNumber      Code = "number"       // not a decimal number that Number holds
	CodeMoney       Code = "money"        // not an amount that Money holds
	CodeDate        Code = "date"         // not a day from 0001-01-01 to 9999-12-31
	CodeCurrency    Code = "currency"     // not an ISO 4217 code
	CodeEnum        Code = "enum"         // not one of the words to choose from
	CodeCurrencyMix Code = "currency-mix" // amounts in two currencies and no rate
	CodeID          Code = "id"           // not a kebab-case id
)

// What can be wrong with a policy.
const (
	CodeWeightSum   Code = "weight-sum"   // the weights of a level do not sum to 100; see [Scorecard.Normalize]
	CodeWeight      Code = "weight"       // a weight below zero, or zero where weights are relative
	CodeScale       Code = "scale"        // a scale that does not end above its start
	CodeFactorCount Code = "factor-count" // no factor, or more than 64
	CodeNesting     Code = "nesting"      // a question that has questions of its own
	CodeBands       Code = "bands"        // bands that leave a gap, overlap or are out of order
	CodePrecision   Code = "precision"    // weights and scales with too many digits together
	CodeEvidence    Code = "evidence"     // a judgement held against a number, or a number against a verdict
	CodeIdle        Code = "idle"         // a factor without weight; a warning
	CodeNever       Code = "never"        // a rule or a condition that no account meets; a warning
	CodeAlways      Code = "always"       // a line or a condition that every known value meets; a warning
)

// CodeHours says that bounds on hours cannot be met.
const CodeHours Code = "hours"

// What can be wrong with an account.
const (
	CodeRating  Code = "rating"  // a rating outside its factor's scale
	CodeGroup   Code = "group"   // an answer to a group instead of to its questions
	CodePeriod  Code = "period"  // a period that ends before it starts
	CodeOverlap Code = "overlap" // two periods that share a day
	CodeCycle   Code = "cycle"   // what goes in a circle: contacts that report to each other, accounts that are each other's parents, actions that wait for each other
	CodeOrder   Code = "order"   // a date before the one it should follow
	CodeFuture  Code = "future"  // a date after the as-of date
)

// What can be wrong with a plan.
const (
	CodeNoObjective   Code = "no-objective"   // a purpose of the plan without an objective
	CodeNoBaseline    Code = "no-baseline"    // a quantitative objective without a baseline
	CodeNoTarget      Code = "no-target"      // a quantitative objective without a target
	CodeNoOwner       Code = "no-owner"       // nobody answers for it
	CodeNoDue         Code = "no-due"         // no day by which it is to be done
	CodePastDue       Code = "past-due"       // not done, and its day is over
	CodeServesNothing Code = "serves-nothing" // an action that serves no objective of the plan
	CodeOutside       Code = "outside"        // a day outside the plan's period
	CodeForecastSum   Code = "forecast-sum"   // parts that do not sum to their forecast
	CodeNoMove        Code = "no-move"        // a counter-move without the move that it answers
	CodeOverAsked     Code = "over-asked"     // more of a resource than is decided and left
	CodeAgainstCell   Code = "against-cell"   // a stance that the cell of the grid speaks against
	CodeNotOnTeam     Code = "not-on-team"    // someone who is not on the team
	CodeForecastGap   Code = "forecast-gap"   // a day of the plan that no forecast covers
)

// Error returns the meaning in English.
func (c Code) Error() string {
	if t, ok := codeTexts[c]; ok && !t.hasResidue() {
		return t.EN
	}
	return string(c)
}

// Codes returns every code, sorted.
func Codes() []Code { return slices.Sorted(maps.Keys(codeTexts)) }

// codeTexts says each code in words. Where a text has {value} and {residue},
// these are filled in.
var codeTexts = map[Code]Text{
	CodeSyntax:        {"this is not one JSON document", "不是一个 JSON 文档"},
	CodeEncoding:      {"the text is not valid UTF-8, or has a character that nobody sees or that turns the text", "文本不是有效的 UTF-8，或含有不可见字符或改变文字方向的字符"},
	CodeDuplicate:     {"this is given twice", "重复给出"},
	CodeUnknown:       {"this is not known here", "此处不存在该项"},
	CodeType:          {"this has the wrong type", "类型不正确"},
	CodeTooLarge:      {"this is more than is allowed", "超出允许的数量或长度"},
	CodeMissing:       {"this must be given", "必须给出"},
	CodeRange:         {"the value is out of range", "数值超出范围"},
	CodeNumber:        {"this is not a number of at most 18 digits and 4 decimal places", "不是有效的数值（最多 18 位数字，其中小数最多 4 位）"},
	CodeMoney:         {"this is not an amount of at most 18 digits and 12 decimal places", "不是有效的金额（最多 18 位数字，其中小数最多 12 位）"},
	CodeDate:          {"this is not a day from 0001-01-01 to 9999-12-31", "不是 0001-01-01 至 9999-12-31 之间的有效日期"},
	CodeCurrency:      {"this is not an ISO 4217 currency code", "不是有效的 ISO 4217 货币代码"},
	CodeEnum:          {"this is not one of the words to choose from", "不是可选值之一"},
	CodeCurrencyMix:   {"two currencies meet without a rate", "涉及两种货币，但未提供汇率"},
	CodeID:            {"an id is lower-case letters, digits and single hyphens", "标识只能由小写字母、数字和单个连字符组成"},
	CodeWeightSum:     {"weights sum to {value}, {residue}", "权重之和为 {value}，{residue}"},
	CodeHours:         {"the bounds cannot be met with {value} hours, {residue}", "{value} 小时无法满足上下限，{residue}"},
	CodeWeight:        {"a weight is too small", "权重过小"},
	CodeScale:         {"a scale must end above its start", "量表的上限必须大于下限"},
	CodeFactorCount:   {"the number of factors is out of range", "因素数量超出范围"},
	CodeNesting:       {"a question cannot have questions of its own", "问题之下不能再有问题"},
	CodeBands:         {"bands must follow each other without gap or overlap", "区间必须首尾相接，不能有空隙或重叠"},
	CodePrecision:     {"these weights and scales have too many digits together to be computed exactly", "这些权重和量表合起来位数过多，无法精确计算"},
	CodeNever:         {"this never takes effect", "此项永远不会生效"},
	CodeIdle:          {"this counts for nothing", "此项不起作用"},
	CodeAlways:        {"every value that is known meets this", "凡已知的数值都满足此项"},
	CodeEvidence:      {"a judgement is tested by is, a number by atLeast and below", "判断用 is 检验，数值用 atLeast 和 below 检验"},
	CodeNoObjective:   {"a purpose of the plan has no objective", "计划中有一个目的尚无对应的目标"},
	CodeNoBaseline:    {"a quantitative objective needs a baseline", "定量目标需要基线"},
	CodeNoTarget:      {"a quantitative objective needs a target", "定量目标需要目标值"},
	CodeNoOwner:       {"nobody answers for this", "没有负责人"},
	CodeNoDue:         {"this has no due date", "没有完成期限"},
	CodePastDue:       {"this is past due", "已过完成期限"},
	CodeServesNothing: {"the action serves no objective of the plan", "该行动没有对应计划中的任何目标"},
	CodeOutside:       {"this day is outside the plan's period", "此日期不在计划期间之内"},
	CodeForecastSum:   {"the parts do not sum to the forecast", "各部分之和不等于预测"},
	CodeNoMove:        {"this answers no move of the plan", "计划中没有该应对所针对的举动"},
	CodeOverAsked:     {"this asks for more than is decided and left", "所需数量超过已批准的余量"},
	CodeAgainstCell:   {"the cell of the grid speaks against this, and there is no reason", "与客户在矩阵中的位置相悖，且没有说明理由"},
	CodeNotOnTeam:     {"this person is not on the team", "此人不在团队中"},
	CodeForecastGap:   {"forecasts are to cover every day of the plan, and lack this one", "预测应覆盖计划的每一天，缺少这一天"},
	CodeRating:        {"the rating is outside its scale", "评分超出量表"},
	CodeGroup:         {"this factor is a group; answer its questions", "这是一组问题，请回答组内各题"},
	CodePeriod:        {"the period ends before it starts", "期间的结束日期早于开始日期"},
	CodeOverlap:       {"two periods share a day", "两个期间的日期有重叠"},
	CodeCycle:         {"this leads back to where it starts", "形成循环，回到起点"},
	CodeFuture:        {"this date is after the as-of date", "此日期晚于评估日期"},
	CodeOrder:         {"this date is before the one that it follows", "日期顺序有误：此日期早于其前置日期"},
}
