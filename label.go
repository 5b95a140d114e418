package kam

import (
	"strings"
	"sync"
)

// Words for people. The wire words of enums and ids are for programs.

// label is the text of an enum's value; one beyond the texts shows itself.
func label[E enumeration](e E, texts []Text) Text {
	if int(e) < len(texts) {
		return texts[e]
	}
	return Text{EN: e.String(), ZH: e.String()}
}

var unknownText = Text{"Unknown", "未知"}

// Label names the grade for people.
func (g Grade) Label() Text {
	return label(g, []Text{unknownText, {"Low", "低"}, {"Fair", "中"}, {"High", "高"}})
}

// Label names the attitude for people.
func (a Attitude) Label() Text {
	return label(a, []Text{unknownText, {"Opponent", "反对者"}, {"Sceptic", "怀疑者"}, {"Neutral", "中立者"}, {"Supporter", "支持者"}, {"Sponsor", "坚定支持者"}})
}

// Label names the purpose for people.
func (p Purpose) Label() Text {
	return label(p, []Text{unknownText, {"Competitive position", "竞争地位"}, {"Business potential", "业务潜力"}})
}

// Label names the stance for people.
func (s Stance) Label() Text {
	return label(s, []Text{unknownText, {"Invest", "加大投入"}, {"Hold", "保持投入"}, {"Reduce", "减少投入"}})
}

// Label names the state for people.
func (a ActionState) Label() Text {
	return label(a, []Text{{"Open", "未开始"}, {"Started", "进行中"}, {"Done", "已完成"}, {"Dropped", "已取消"}})
}

// Label names the outcome for people.
func (o Outcome) Label() Text {
	return label(o, []Text{{"Could not tell", "无法判断"}, {"Clear", "未见异常"}, {"Watch", "需关注"}, {"At risk", "有风险"}})
}

// Label names the side for people.
func (s Side) Label() Text {
	return label(s, []Text{unknownText, {"Ours", "我方"}, {"Theirs", "客户方"}, {"The market", "市场"}, {"Both sides", "双方"}})
}

// Label names the trend for people.
func (r RiskTrend) Label() Text {
	return label(r, []Text{unknownText, {"New", "新发现"}, {"Not looked for before", "此前未检查"}, {"Worse", "加重"}, {"The same", "不变"}, {"Better", "减轻"}, {"Gone", "已消除"}, {"Out of sight", "已无法判断"}, {"No longer looked for", "已不再检查"}})
}

// Label names the pace for people.
func (p Pace) Label() Text {
	return label(p, []Text{unknownText, {"Ahead", "超前"}, {"On track", "正常"}, {"Behind", "落后"}})
}

// Label names the role for people.
func (r Role) Label() Text {
	return label(r, []Text{unknownText, {"Decider", "决策者"}, {"Approver", "审批者"}, {"Influencer", "影响者"}, {"User", "使用者"}, {"Buyer", "采购者"}, {"Gatekeeper", "把关者"}, {"Sponsor", "力荐者"}, {"Coach", "教练"}})
}

// Label names the level for people.
func (l Level) Label() Text {
	return label(l, []Text{unknownText, {"Operational", "执行层"}, {"Supervisory", "主管层"}, {"Managerial", "经理层"}, {"Director", "总监层"}, {"Executive", "高管层"}})
}

// Label names the view for people.
func (v View) Label() Text {
	return label(v, []Text{{"Recorded by us", "我方记录"}, {"Suggested", "系统建议"}, {"The customer's", "客户看法"}})
}

// Label names the kind of activity for people.
func (k ActivityKind) Label() Text {
	return label(k, []Text{unknownText, {"Review", "回顾"}, {"Plan", "客户计划"}, {"New idea", "新想法"}, {"Senior visit", "高层拜访"}})
}

// Label names the state for people.
func (s OverrideState) Label() Text {
	return label(s, []Text{unknownText, {"In force", "生效中"}, {"Expired", "已到期"}, {"Superseded", "已被取代"}})
}

// Label names the kind of change for people.
func (k ChangeKind) Label() Text {
	return label(k, []Text{unknownText, {"Added", "新增"}, {"Removed", "删除"}, {"Changed", "修改"}, {"Moved", "移动"}})
}

// Label names the source for people.
func (s Source) Label() Text {
	return label(s, []Text{unknownText, {"Answer", "回答"}, {"Signal", "信号"}, {"Neutral", "按中间值"}})
}

// Label names the test for people; a test that there is not shows itself.
func (t TestID) Label() Text {
	if text, ok := testTexts[t]; ok {
		return text
	}
	return Text{EN: string(t), ZH: string(t)}
}

var testTexts = map[TestID]Text{
	TestLoss:         {"Losing it would hurt", "失去该客户会造成重大损失"},
	TestRevenueShare: {"A large share of revenue", "收入占比大"},
	TestRelationship: {"An established relationship", "关系已确立"},
	TestPotential:    {"Large potential", "潜力大"},
	TestStrategic:    {"Of strategic importance", "具有战略意义"},
}

// Label names the verdict for people.
func (v Verdict) Label() Text {
	return label(v, []Text{unknownText, {"Yes", "是"}, {"No", "否"}})
}

// Label names the evidence for people: a judgement, a signal, what else a [Finding] is
// about, a built-in scorecard, or a factor of one, such as "attractiveness/size". What
// is of one's own shows itself, an attribute by its name; [Engine.Label] names that too. A fact that is missing
// (Needs, [FactNeeded].Fact) is named in the same way: Evidence("sales/orders").
func (e Evidence) Label() Text {
	if t, ok := evidenceLabels[e]; ok {
		return t
	}
	if t, ok := signalLabels[Signal(e)]; ok {
		return t
	}
	if t, ok := factLabels[e]; ok {
		return t
	}
	if t, ok := factorLabels()[e]; ok {
		return t
	}
	if of, t, ok := e.entry(); ok {
		if name := of.Label(); name != (Text{string(of), string(of)}) {
			return t.about(name)
		}
	}
	name := strings.TrimPrefix(string(e), attributePrefix)
	return Text{EN: name, ZH: name}
}

// ours reports evidence that the package has words for.
func (e Evidence) ours() bool { return e.Label() != Text{string(e), string(e)} && !e.attribute() }

// entry is what an entry of one of the account's maps is about, with how to name it.
func (e Evidence) entry() (of Evidence, words Text, ok bool) {
	list, key, _ := strings.Cut(string(e), "/")
	switch {
	case list != "attributes" && strings.Contains(key, "/"): // no id has one
	case list == "judgements":
		return Evidence(key), Text{"{of}", "{of}"}, true
	case list == "attributes":
		return attributePrefix + Evidence(key), Text{"{of}", "{of}"}, true
	case list == "answers":
		return Evidence(key), Text{"{of}: the answers", "{of}：评分"}, true
	}
	return "", Text{}, false
}

func (t Text) about(of Text) Text {
	return Text{strings.ReplaceAll(t.EN, "{of}", of.In(English)), strings.ReplaceAll(t.ZH, "{of}", of.In(Chinese))}
}

// factLabels are the facts of an account that a signal or a check may lack.
var factLabels = map[Evidence]Text{
	"wallet":               {"What they spend in a year on what we sell, with us and with others", "客户一年在我们这类产品上的支出（含向我方采购的部分）"},
	"walletBefore":         {"What they spent on it in the year before", "客户上一年在我们这类产品上的支出"},
	"ourRevenue":           {"Our revenue with all customers in a year", "我们来自全部客户的年收入"},
	"standardMargin":       {"Usual margin, %", "通常的毛利率（%）"},
	"plannedHours":         {"Hours planned for a year", "计划年工时"},
	"managers":             {"Our account managers, each since when", "我方历任客户经理及接手日期"},
	"incidents":            {"Quality incidents, each with its days", "质量事故及起止日期"},
	"activities":           {"Reviews, plans, new ideas and senior visits, each with its day", "回顾、更新计划、提出新想法和高层拜访的日期"},
	"customerSince":        {"Day from which they are a customer", "成为客户的日期"},
	"efforts":              {"Hours and money given to the account, each with its days", "在该客户上投入的工时和费用及其日期"},
	"peers":                {"Complaints and orders of all other customers, in the same period", "其他所有客户同期的投诉数和订单数"},
	"stages/recorded":      {"Stage of the relationship, our view", "关系阶段（我方看法）"},
	"stages/customer":      {"Stage of the relationship, the customer's view", "关系阶段（客户看法）"},
	"sales/to":             {"Sales up to lately by periods that leave no day out, also those without any", "截至近期、期间连续无空缺的销售数据（无销售的月份也要填报）"},
	"sales/from":           {"Sales by periods of five weeks or less", "按月（不超过五周）的销售数据"},
	"sales/revenue":        {"Revenue, by period", "各期收入"},
	"sales/directCost":     {"Direct cost of what was sold, by period", "各期所售产品的直接成本"},
	"sales/discount":       {"Discount given, by period", "各期折扣金额"},
	"sales/orders":         {"Orders, by period", "各期订单数"},
	"sales/lastOrder":      {"Day of the last order, by period", "各期最近一张订单的日期"},
	"sales/productLines":   {"Product lines bought, by period", "各期采购的产品线"},
	"sales/units":          {"Pieces sold, by period", "各期售出件数"},
	"sales/returns":        {"Pieces returned, by period", "各期退货件数"},
	"sales/deliveries":     {"Deliveries, by period", "各期交货次数"},
	"sales/lateDeliveries": {"Late deliveries, by period", "各期延迟交货次数"},
	"sales/complaints":     {"Complaints, by period", "各期投诉数"},
	"contacts/department":  {"Department of each contact", "每位联系人的部门"},
	"contacts/level":       {"Level of each contact", "每位联系人的层级"},
	"contacts/roles":       {"Part of each contact in buying", "每位联系人在采购中的角色"},
	"contacts/influence":   {"Influence of each contact", "每位联系人的影响力"},
	"contacts/attitude":    {"Attitude of each contact", "每位联系人的态度"},
	"contacts/owner":       {"Who of us holds the tie to each contact", "每位联系人由我方哪位同事负责"},
	"contacts/since":       {"Day from which each contact has been in the position", "每位联系人的上任日期"},
	"contacts/lastMet":     {"Day on which each contact was last met", "每位联系人上次会面的日期"},
}

// factorLabels are the names of the built-in scorecards and of their factors.
var factorLabels = sync.OnceValue(func() map[Evidence]Text {
	labels := map[Evidence]Text{}
	for _, card := range []Scorecard{SelectionScorecard(), PotentialScorecard(), AttractivenessScorecard(), StrengthScorecard(), PlanScorecard(), RoleScorecard()} {
		id := Evidence(card.ID)
		labels[id] = card.Name
		for _, f := range card.Factors {
			labels[id+"/"+Evidence(f.ID)] = f.Name
			for _, q := range f.Questions {
				labels[id+"/"+Evidence(q.ID)] = q.Name
			}
		}
	}
	return labels
})

var evidenceLabels = map[Evidence]Text{
	EvidenceServed:          {"We sell to them", "我们在向该客户销售"},
	EvidenceInterest:        {"They have shown interest", "客户表示过兴趣"},
	EvidenceNeedEnded:       {"Their need has ended", "客户已不再需要我们的产品"},
	EvidenceNotWorthServing: {"Serving them is not worth it", "继续服务该客户已得不偿失"},
	EvidenceOnceFirm:        {"The relationship was once firm", "关系曾经牢固"},
	EvidencePoorPerformance: {"Our own work has hurt the relationship", "我方工作失误损害了关系"},
	EvidenceRivalAttack:     {"A rival attacks our position", "竞争对手正在冲击我们的地位"},
	EvidenceRivalStronger:   {"A rival's relationship is stronger", "竞争对手与客户的关系更牢固"},
	EvidenceFullShare:       {"They buy nearly all they can from us", "客户几乎全部向我们采购"},
	EvidenceCrossSell:       {"There is room to cross-sell", "还有交叉销售的空间"},
	EvidenceOtherUnits:      {"There are other units to enter", "还有其他部门可以进入"},
	EvidenceStrength:        {"Strength of the relationship", "关系强度"},

	EvidencePrioritiesShared: {"They share their priorities and worries with us", "客户向我们坦言其优先事项和顾虑"},
	EvidenceInformation:      {"We know enough for a solution made for them", "我们掌握的信息足以量身定制方案"},
	EvidenceTrustDamaged:     {"Their trust in us is damaged", "客户对我们的信任受损"},
	EvidenceKnownAsKey:       {"Our own people know that it is a key account", "我方员工知道这是关键客户"},
	EvidenceMarketShift:      {"Market positions are changing", "买卖双方的市场地位正在变化"},
	EvidenceNeedEnding:       {"Their need is ending", "客户的需求正在消失"},
	EvidenceManagerSkilled:   {"The account manager has the skills", "客户经理具备所需能力"},
	EvidenceManagerTime:      {"The account manager has the time", "客户经理有足够时间"},
	EvidenceInternalSupport:  {"Our departments support the account", "我方各部门支持该客户"},
	EvidenceFinanciallySound: {"The customer is financially sound", "客户财务状况良好"},
	EvidencePricePressure:    {"They press for lower prices", "客户要求降价"},

	// What the failure checks look at besides.
	"contact-until":         {"Last day in the position", "离任日期"},
	"decider-met":           {"Decider known for long, or met", "任职已久或我们已见过的决策者"},
	"decider-since":         {"New decider since", "新决策者上任日期"},
	"manager-since":         {"Our account manager since", "我方客户经理接手日期"},
	"tie-owners":            {"Colleagues who hold ties", "与客户有联系的同事人数"},
	"complaint-rate-now":    {"Complaints per 100 orders, now", "本期每百单投诉数"},
	"complaint-rate-before": {"Complaints per 100 orders, before", "上期每百单投诉数"},
	"complaint-rate-rise":   {"Rise of complaints per 100 orders", "每百单投诉数升幅"},
	"late-rate-now":         {"Late deliveries of 100, now", "本期每百次交货中的延迟次数"},
	"late-rate-before":      {"Late deliveries of 100, before", "上期每百次交货中的延迟次数"},
	"late-rate-rise":        {"Rise of late deliveries, points", "延迟交货率升幅（百分点）"},
	"return-rate-now":       {"Returns of 100 pieces, now", "本期每百件中的退货件数"},
	"return-rate-before":    {"Returns of 100 pieces, before", "上期每百件中的退货件数"},
	"return-rate-rise":      {"Rise of returns, points", "退货率升幅（百分点）"},
	"incidents-open":        {"Incidents open", "未结案的事故数"},
	"incidents-old":         {"Incidents open for long", "久未结案的事故数"},
	"complaints":            {"Complaints now", "本期投诉数"},
	"peer-complaint-rate":   {"Complaints of others per 100 orders", "其他客户每百单投诉数"},
	"no-complaint-chance":   {"Chance of no complaint, %", "无投诉纯属偶然的概率（%）"},
	"days-since-contact":    {"Days since anyone met them", "距上次会面的天数"},
	"percent-of-tier":       {"Time since, % of what the tier asks", "距上次会面的时间占该等级规定间隔的百分比"},
	"openness":              {"Openness, rated", "开放程度评分"},
	"information":           {"Information, rated", "信息充分程度评分"},
	"bad-impression":        {"Bad impression, rated", "不良印象评分"},
	"margin-above-standard": {"Margin above the usual, points", "毛利率高于通常水平（百分点）"},
	"satisfaction-best":     {"Satisfaction, the best before", "此前最高满意度"},
	"satisfaction":          {"Satisfaction", "满意度"},
	"tier":                  {"Tier", "客户等级"},
	"stage":                 {"Stage", "关系阶段"},
	"stages":                {"Stage, our view and theirs", "关系阶段（我方与客户的看法）"},
	"days-before":           {"Days as a customer in the time before", "上期中作为客户的天数"},
	"revenue-fall":          {"Fall of the revenue, %", "收入降幅（%）"},
	"decider-against":       {"Against us, and decides or must agree", "反对我们的决策者或审批者"},
	"wallet-share-before":   {"Share of wallet before, %", "上期钱包份额（%）"},
	"wallet-share-fall":     {"Fall of the share of wallet, points", "钱包份额降幅（百分点）"},
	"hours-given":           {"Hours given", "已投入工时"},
	"hours-due":             {"Hours planned for these days", "同期计划工时"},
	"hours-of-planned":      {"Hours given, % of those planned", "实际工时占计划的百分比"},
	"last-review":           {"Last review", "上次回顾"},
	"last-plan":             {"Last plan", "上次更新计划"},
	"last-idea":             {"Last new idea", "上次提出新想法"},
	"last-senior-visit":     {"Last senior visit", "上次高层拜访"},
	"activities-lacking":    {"Kinds of activity lacking", "缺少的活动类型数"},
	"hours":                 {"Hours of a half-year", "半年工时"},
	"margin-per-hour":       {"Margin for an hour", "每工时毛利"},
	"half-year-margin":      {"Margin of a half-year", "半年毛利"},
	"hours-rise":            {"Rise of the hours, %", "工时增长（%）"},
	"margin-per-hour-fall":  {"Fall of the margin for an hour, %", "每工时毛利降幅（%）"},
	"contribution":          {"Margin less cost to serve", "毛利减服务成本"},
	"contribution-before":   {"Margin less cost to serve, before", "上期毛利减服务成本"},
	"known-deciders":        {"Contacts who are known to decide", "已知的决策者人数"},
	"last-order":            {"Last order", "上次订单"},
	"orders-in-rhythm":      {"Orders in the window of the rhythm", "订货节奏观察期内的订单数"},
	"rhythm-days":           {"Days of the window", "观察期天数"},
	"rhythm-until":          {"Days up to the last order", "统计期首日至末次订单的天数"},
	"orders-year-before":    {"Orders on the same days a year before", "上年同期订单数"},
	"contacts-known":        {"Contacts of known attitude", "态度已知的联系人数"},
	"met-before":            {"Met before taking office only", "仅在上任前见过"},
	"stopped-chance":        {"Chance that the rhythm has ended, %", "订货节奏已中断的概率（%）"},

	// What the tests of key accounts and the advice look at besides.
	EvidenceStrategic: {"The account is of strategic importance", "该客户具有战略意义"},
	"revenue-lost":    {"Revenue that would be lost, %", "将失去的收入占比（%）"},
	"revenue-without": {"Revenue without the account", "失去该客户后的收入"},
	"margin-lost":     {"Margin that would be lost, %", "将失去的毛利占比（%）"},
	"margin-without":  {"Margin without the account", "失去该客户后的毛利"},
	"revenue-share":   {"Share of the portfolio's revenue, %", "占客户组合收入的比重（%）"},
	"potential-range": {"Potential, range", "潜力得分区间"},
	"possible-stages": {"Stages that are possible", "可能的关系阶段"},
	"segment":         {"Segment", "细分市场"},
	"department":      {"Departments", "部门"},
	"place":           {"Place", "地区"},

	Evidence(GapNoContacts):   {"Nobody at the account is known", "尚无该客户的联系人"},
	Evidence(GapKeyLoss):      {"A key contact has left or is about to", "关键联系人已离开或即将离开"},
	Evidence(GapNoDecider):    {"Nobody is known to decide", "不知道谁是决策者"},
	Evidence(GapDeciderUnmet): {"No decider is known to have been met lately", "近期没有会见决策者的记录"},
	Evidence(GapOneHolder):    {"One of us holds all ties", "所有联系都在我方一人手中"},
	Evidence(GapOneLevel):     {"All contacts are on one level", "所有联系人都在同一层级"},
	Evidence(GapNoOpponent):   {"Nobody is known to be against us", "不知道谁反对我们"},
}

// stageRuleNames are those of the default stage rules, by their ids.
var stageRuleNames = map[string]Text{
	"not-served":           {"nothing is sold to them", "目前未向该客户销售"},
	"no-need-or-no-return": {"no need any more, or no return", "客户已无需求，或继续服务得不偿失"},
	"firm-and-attacked":    {"once firm, and under attack", "关系曾经牢固，现受到冲击"},
	"firm-and-failing":     {"once firm, and served badly while revenue falls", "关系曾经牢固，现服务不佳且收入下降"},
	"small-flat-share":     {"a small share that stays, beside a stronger rival", "份额小且停滞，竞争对手更牢固"},
	"firm-and-full":        {"firm, with nothing left to sell or to enter", "关系牢固，且已无可拓展的空间"},
	"firm-with-room":       {"firm, with room to grow", "关系牢固，且仍有拓展空间"},
	"served":               {"sold to, and none of the rules before", "正在向该客户销售，且不符合前述规则"},
}

// Label names the signal for people.
func (s Signal) Label() Text {
	if t, ok := signalLabels[s]; ok {
		return t
	}
	return Text{EN: string(s), ZH: string(s)}
}

var signalLabels = map[Signal]Text{
	SignalRevenue:         {"Revenue now", "本期收入"},
	SignalRevenueBefore:   {"Revenue before", "上期收入"},
	SignalRevenueTrend:    {"Revenue trend, %", "收入趋势（%）"},
	SignalWalletShare:     {"Share of wallet, %", "钱包份额（%）"},
	SignalOurRevenueShare: {"Share of our revenue, %", "占我们收入的比重（%）"},
	SignalGrossMargin:     {"Gross margin", "毛利"},
	SignalMargin:          {"Margin, %", "毛利率（%）"},
	SignalDiscount:        {"Discount, %", "折扣率（%）"},
	SignalDiscountTrend:   {"Rise of the discount, points", "折扣率升幅（百分点）"},
	SignalOrders:          {"Orders now", "本期订单数"},
	SignalDaysSinceOrder:  {"Days since the last order", "距上次订单的天数"},
	SignalOrderInterval:   {"Days between orders", "订单间隔天数"},
	SignalOrderDelay:      {"Time since the last order, % of the interval", "距上次订单的时间占订单间隔的百分比"},
	SignalSilenceChance:   {"Chance that so long a silence is mere coincidence, as far as orders are known, %", "就已知订单而言，长时间没有订单仅属偶然的概率（%）"},
	SignalNoOrderChance:   {"Chance of no order in 92 days, %", "未来 92 天无订单的概率（%）"},
	SignalProductLines:    {"Product lines bought", "采购的产品线数"},
	SignalOnTime:          {"Deliveries on time, %", "准时交货率（%）"},
	SignalComplaintRate:   {"Complaints per 100 orders", "每百单投诉数"},
	SignalReturnRate:      {"Returns per 100 pieces", "每百件中的退货件数"},
	SignalContacts:        {"Contacts", "联系人数"},
	SignalLevels:          {"Levels with a contact", "有联系人的层级数"},
	SignalDepartments:     {"Departments with a contact", "有联系人的部门数"},
	SignalDeciders:        {"Contacts who decide", "决策者人数"},
	SignalDecidersMet:     {"Deciders met lately", "近期见过的决策者人数"},
	SignalSingleThreaded:  {"One contact at most (1 is yes)", "联系人不超过一位（1 为是）"},
}
