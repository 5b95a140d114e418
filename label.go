package kam

import "fmt"

// Words for people. The wire words of enums and ids are for programs.

// label is the text of an enum's value; one beyond the texts shows itself.
func label[E interface {
	~uint8
	fmt.Stringer
}](e E, texts []Text) Text {
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
	return label(a, []Text{unknownText, {"Opponent", "反对者"}, {"Sceptic", "怀疑者"}, {"Neutral", "中立者"}, {"Supporter", "支持者"}, {"Sponsor", "力挺者"}})
}

// Label names the purpose for people.
func (p Purpose) Label() Text {
	return label(p, []Text{unknownText, {"Competitive position", "竞争地位"}, {"Business potential", "业务潜力"}})
}

// Label names the stance for people.
func (s Stance) Label() Text {
	return label(s, []Text{unknownText, {"Invest", "投入"}, {"Hold", "维持"}, {"Reduce", "缩减"}})
}

// Label names the state for people.
func (a ActionState) Label() Text {
	return label(a, []Text{{"Open", "未开始"}, {"Started", "进行中"}, {"Done", "完成"}, {"Dropped", "取消"}})
}

// Label names the pace for people.
func (p Pace) Label() Text {
	return label(p, []Text{unknownText, {"Ahead", "超前"}, {"On track", "正常"}, {"Behind", "落后"}})
}

// Label names the evidence for people: a judgement, a signal, or the strength
// of the relationship.
func (e Evidence) Label() Text {
	if t, ok := evidenceLabels[e]; ok {
		return t
	}
	return Signal(e).Label()
}

var evidenceLabels = map[Evidence]Text{
	EvidenceServed:          {"We sell to them", "我们向其供货"},
	EvidenceInterest:        {"They have shown interest", "客户表示过兴趣"},
	EvidenceNeedEnded:       {"Their need has ended", "客户不再需要"},
	EvidenceNotWorthServing: {"Serving them is not worth it", "服务他们已不值得"},
	EvidenceOnceFirm:        {"The relationship was once firm", "关系曾经牢固"},
	EvidencePoorPerformance: {"Our own work has hurt the relationship", "我们自身的工作损害了关系"},
	EvidenceRivalAttack:     {"A rival attacks our position", "对手正在进攻我们的地位"},
	EvidenceRivalStronger:   {"A rival's relationship is stronger", "对手与客户的关系更强"},
	EvidenceFullShare:       {"They buy nearly all they can from us", "客户几乎全部从我们购买"},
	EvidenceCrossSell:       {"There is room to cross-sell", "有交叉销售的余地"},
	EvidenceOtherUnits:      {"There are other units to enter", "还有其他部门可以进入"},
	EvidenceStrength:        {"Strength of the relationship", "关系强度"},

	EvidencePrioritiesShared: {"They share their priorities and worries with us", "客户与我们分享其关注点和担忧"},
	EvidenceInformation:      {"We know enough for a solution made for them", "我们的了解足以量身定制方案"},
	EvidenceTrustDamaged:     {"Their trust in us is damaged", "客户对我们的信任受损"},
	EvidenceKnownAsKey:       {"Our own people know that it is a key account", "我方员工知道这是关键客户"},
	EvidenceMarketShift:      {"Market positions are changing", "市场地位正在变化"},
	EvidenceNeedEnding:       {"Their need is ending", "客户的需求正在消失"},
	EvidenceManagerSkilled:   {"The account manager has the skills", "客户经理具备所需能力"},
	EvidenceManagerTime:      {"The account manager has the time", "客户经理有足够时间"},
	EvidenceInternalSupport:  {"Our departments support the account", "内部各部门支持该客户"},
	EvidenceFinanciallySound: {"The customer is financially sound", "客户财务状况良好"},
	EvidencePricePressure:    {"They press for lower prices", "客户要求降价"},
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
	SignalDiscount:        {"Discount, %", "折扣（%）"},
	SignalDiscountTrend:   {"Rise of the discount, points", "折扣上升（百分点）"},
	SignalOrders:          {"Orders now", "本期订单数"},
	SignalDaysSinceOrder:  {"Days since the last order", "距上次订单的天数"},
	SignalOrderInterval:   {"Days between orders", "订单间隔天数"},
	SignalOrderDelay:      {"Time since the last order, % of the interval", "距上次订单的时间占间隔的百分比"},
	SignalProductLines:    {"Product lines bought", "购买的产品线数"},
	SignalOnTime:          {"Deliveries on time, %", "准时交货率（%）"},
	SignalComplaintRate:   {"Complaints for 100 orders", "每百单投诉数"},
	SignalReturnRate:      {"Returns for 100 pieces", "每百件退货数"},
	SignalContacts:        {"Contacts", "联系人数"},
	SignalLevels:          {"Levels with a contact", "有联系人的层级数"},
	SignalDepartments:     {"Departments with a contact", "有联系人的部门数"},
	SignalDeciders:        {"Contacts who decide", "决策者人数"},
	SignalDecidersMet:     {"Deciders met lately", "近期见过的决策者"},
	SignalSingleThreaded:  {"Single-threaded (1 is yes)", "单线联系（1 为是）"},
}
