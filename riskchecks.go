package kam

// The built-in checks, by what they look at (S15, S16).
const (
	// People.
	RiskKeyContactLeaving RiskID = "key-contact-leaving"
	RiskNewDeciderUnmet   RiskID = "new-decider-unmet"
	RiskSingleThreaded    RiskID = "single-threaded"
	RiskOneLevel          RiskID = "one-level"
	RiskNoDeciderKnown    RiskID = "no-decider-known"
	RiskDeciderAgainst    RiskID = "decider-against"
	RiskNoKnownOpponent   RiskID = "no-known-opponent"
	RiskManagerChanged    RiskID = "manager-changed"
	RiskOneHolder         RiskID = "one-holder"
	// Product and service.
	RiskComplaintsRising     RiskID = "complaints-rising"
	RiskLateDeliveriesRising RiskID = "late-deliveries-rising"
	RiskReturnsRising        RiskID = "returns-rising"
	RiskIncidentsOpen        RiskID = "incidents-open"
	RiskPoorPerformance      RiskID = "poor-performance"
	// Silence.
	RiskNoComplaints RiskID = "no-complaints"
	RiskNoContact    RiskID = "no-contact"
	RiskOrderRhythm  RiskID = "order-rhythm"
	// The relationship.
	RiskPrioritiesNotShared RiskID = "priorities-not-shared"
	RiskThinInformation     RiskID = "thin-information"
	RiskTrustDamaged        RiskID = "trust-damaged"
	RiskPositionAbused      RiskID = "position-abused"
	RiskNotKnownAsKey       RiskID = "not-known-as-key"
	RiskViewsDiffer         RiskID = "views-differ"
	// The market.
	RiskRevenueFalling     RiskID = "revenue-falling"
	RiskWalletShareFalling RiskID = "wallet-share-falling"
	RiskRivalStronger      RiskID = "rival-stronger"
	RiskRivalAttack        RiskID = "rival-attack"
	RiskMarketShift        RiskID = "market-shift"
	RiskNeedEnding         RiskID = "need-ending"
	// Our own side.
	RiskManagerShort      RiskID = "manager-short"
	RiskNoInternalSupport RiskID = "no-internal-support"
	RiskComplacency       RiskID = "complacency"
	RiskExhaustion        RiskID = "exhaustion"
	// Money.
	RiskFinancialCondition RiskID = "financial-condition"
	RiskConcentration      RiskID = "concentration"
	RiskProfitNegative     RiskID = "profit-negative"
	RiskPricePressure      RiskID = "price-pressure"
)

// The judgements that the failure checks ask for, besides those of the stages.
const (
	EvidencePrioritiesShared Evidence = "priorities-shared"      // do they share their priorities and worries with us?
	EvidenceInformation      Evidence = "information-sufficient" // do we know enough for a solution that is made for them?
	EvidenceTrustDamaged     Evidence = "trust-damaged"          // has their trust in us been broken?
	EvidenceKnownAsKey       Evidence = "known-as-key-account"   // do our own people know that it is a key account?
	EvidenceMarketShift      Evidence = "market-shift"           // is the market position of buyer or seller changing?
	EvidenceNeedEnding       Evidence = "need-ending"            // is their need coming to an end?
	EvidenceManagerSkilled   Evidence = "manager-skilled"        // has the account manager the skills for this account?
	EvidenceManagerTime      Evidence = "manager-has-time"       // has the account manager the time for it?
	EvidenceInternalSupport  Evidence = "internal-support"       // do our other departments support the account?
	EvidenceFinanciallySound Evidence = "financially-sound"      // is the customer financially sound?
	EvidencePricePressure    Evidence = "price-pressure"         // are they pressing for lower prices?

)

// builtInRisk is a built-in check with its lines.
type builtInRisk struct {
	RiskInfo
	watch, atRisk *Number
	within        int
	run           func(c *riskCase) Outcome
}

// RiskChecks returns the built-in checks in their order. Each call returns a
// new slice.
func RiskChecks() []RiskInfo {
	out := make([]RiskInfo, len(builtInRisks))
	for i, c := range builtInRisks {
		out[i] = c.RiskInfo
	}
	return out
}

// builtInRisks lists the checks. It is filled once and never changes.
var builtInRisks = []builtInRisk{
	{
		RiskInfo: RiskInfo{
			RiskKeyContactLeaving, "S15.3", SideTheirs, High,
			Text{"A key contact has left or is about to", "关键联系人已离开或即将离开"},
			Text{"Who of their people matters most, and is any of them leaving?", "对方哪些人最关键？其中有人要离开吗？"},
			Text{"Meet the successor before a rival does, and ask the one who leaves for an introduction.", "赶在竞争对手之前拜访继任者，并请离任者引荐。"},
		},
		within: 90, run: (*riskCase).keyContactLeaving,
	},
	{
		RiskInfo: RiskInfo{
			RiskNewDeciderUnmet, "S15.3", SideOurs, High,
			Text{"Someone new decides, whom we have not met since", "新决策者上任后，我们还没有见过"},
			Text{"Since when has each decider been in the position, and when did we last meet?", "每位决策者何时上任？我们上次何时见面？"},
			Text{"Meet within a month, listen first, and bring what the predecessor agreed with us.", "一个月内会面，先倾听，并带上与前任达成的约定。"},
		},
		within: 180, run: (*riskCase).newDeciderUnmet,
	},
	{
		RiskInfo: RiskInfo{
			RiskSingleThreaded, "S15.6", SideOurs, Fair,
			Text{"All hangs on one or two contacts", "关系只靠一两位联系人"},
			Text{"Whom at the customer do we know?", "我们认识该客户的哪些人？"},
			Text{"Win more contacts, so that there are three at least, and not all in one department.", "再结识更多联系人，至少达到三位，且不局限于同一部门。"},
		},
		watch: new(Int(2)), atRisk: new(Int(1)), run: (*riskCase).singleThreaded,
	},
	{
		RiskInfo: RiskInfo{
			RiskOneLevel, "S15.6", SideOurs, Fair,
			Text{"All contacts are on one level", "所有联系人都在同一层级"},
			Text{"On which level of the hierarchy is each contact?", "每位联系人处于哪个层级？"},
			Text{"Bring our own seniors together with theirs, and reach the people who use what we sell.", "安排双方高层会面，并接触实际使用者。"},
		},
		atRisk: new(Int(1)), run: (*riskCase).oneLevel,
	},
	{
		RiskInfo: RiskInfo{
			RiskNoDeciderKnown, "S15.6", SideOurs, Fair,
			Text{"Nobody is known to decide", "不知道谁是决策者"},
			Text{"Who says yes or no, and who must agree?", "谁拍板？谁必须同意？"},
			Text{"Ask the contacts how the last purchase was decided, and who signed.", "询问联系人上次采购是如何决定的、由谁签字。"},
		},
		run: (*riskCase).noDeciderKnown,
	},
	{
		RiskInfo: RiskInfo{
			RiskDeciderAgainst, "S15.6", SideBoth, High,
			Text{"Someone who decides or must agree is against us", "有决策者或审批者反对我们"},
			Text{"How does each of those who decide or must agree stand towards us?", "每位决策者和审批者对我们持什么态度？"},
			Text{"Find out what the objection is, mend what can be mended, and let a supporter whom they trust speak for us.", "查明其反对的原因，能改的就改，并请其信任的支持者替我们说话。"},
		},
		run: (*riskCase).deciderAgainst,
	},
	{
		RiskInfo: RiskInfo{
			RiskNoKnownOpponent, "S15.6", SideOurs, Low,
			Text{"Nobody is known to be against us", "不知道谁反对我们"},
			Text{"How does each contact stand towards us?", "每位联系人对我们持什么态度？"},
			Text{"Ask a supporter who would rather have a rival, and why.", "向支持者打听谁更愿意选择竞争对手，原因是什么。"},
		},
		run: (*riskCase).noKnownOpponent,
	},
	{
		RiskInfo: RiskInfo{
			RiskManagerChanged, "S15.3", SideOurs, Fair,
			Text{"Our account manager changed lately, or twice in a year", "我方客户经理近期更换，或一年内两次更换"},
			Text{"Who of us has been responsible, and since when?", "我方先后由谁负责？从何时起？"},
			Text{"Hand over in a meeting with the customer, in writing, and keep the one who knows them within reach.", "与客户当面交接并留下书面记录，确保熟悉该客户的前任仍可随时联系到。"},
		},
		within: 180, run: (*riskCase).managerChanged,
	},
	{
		RiskInfo: RiskInfo{
			RiskOneHolder, "S15.6", SideOurs, Fair,
			Text{"One of us holds all ties", "所有联系都在我方一人手中"},
			Text{"Who of us knows each contact?", "每位联系人由我方哪位同事负责联系？"},
			Text{"Bring a colleague to the next meetings, and share what is known.", "接下来的会面带上同事，并共享所掌握的信息。"},
		},
		run: (*riskCase).oneHolder,
	},
	{
		RiskInfo: RiskInfo{
			RiskComplaintsRising, "S15.2", SideOurs, High,
			Text{"Complaints are rising", "投诉在增加"},
			Text{"How many complaints and orders were there, now and before?", "本期和上期各有多少投诉和订单？"},
			Text{"Find the one cause behind most complaints, mend it, and tell the customer when.", "找出造成多数投诉的主要原因，加以解决，并告知客户何时完成。"},
		},
		watch: new(Int(2)), atRisk: new(Int(5)), run: (*riskCase).complaintsRising,
	},
	{
		RiskInfo: RiskInfo{
			RiskLateDeliveriesRising, "S15.2", SideOurs, High,
			Text{"Late deliveries are rising", "延迟交货在增加"},
			Text{"How many deliveries came late, now and before?", "本期和上期各有多少次延迟交货？"},
			Text{"Agree dates that can be kept, warn before a delay, and report on-time delivery to the customer.", "约定能够兑现的日期，延误前预先告知，并向客户报告准时率。"},
		},
		watch: new(Int(5)), atRisk: new(Int(10)), run: (*riskCase).lateRising,
	},
	{
		RiskInfo: RiskInfo{
			RiskReturnsRising, "S15.2", SideOurs, High,
			Text{"Returns are rising", "退货在增加"},
			Text{"How many pieces were sold and came back, now and before?", "本期和上期各售出和退回多少件？"},
			Text{"Look at what comes back together with the customer, and settle it with those who make it.", "与客户一起查看退回的产品，并与生产部门解决问题。"},
		},
		watch: new(Int(2)), atRisk: new(Int(5)), run: (*riskCase).returnsRising,
	},
	{
		RiskInfo: RiskInfo{
			RiskIncidentsOpen, "S15.2", SideOurs, High,
			Text{"Quality incidents are open", "有未结案的质量事故"},
			Text{"Which quality incidents have there been, and which are still open?", "发生过哪些质量事故？哪些尚未结案？"},
			Text{"Name one person who answers for it, and tell the customer each step until it is closed.", "指定一名负责人，逐步向客户通报直至结案。"},
		},
		watch: new(Int(1)), atRisk: new(Int(3)), within: 30, run: (*riskCase).incidentsOpen,
	},
	{
		RiskInfo: RiskInfo{
			RiskPoorPerformance, "S15.2", SideOurs, High,
			Text{"Our own work has hurt the relationship", "我方工作失误损害了关系"},
			Text{"Is the relationship worse for something that we did badly?", "双方关系是否因我们的失误而变差？"},
			Text{"Say what went wrong before they do, and what is different from now on.", "赶在客户提出之前，主动说明问题所在及今后如何改进。"},
		},
		run: (*riskCase).poorPerformance,
	},
	{
		RiskInfo: RiskInfo{
			RiskNoComplaints, "S16", SideBoth, Fair,
			Text{"They do not complain, where others do", "其他客户会投诉，该客户却从不投诉"},
			Text{"How many complaints and orders were there, here and with all other customers?", "该客户和其他客户各有多少投诉和订单？"},
			Text{"Ask what they would change if they were us; silence is not satisfaction.", "问一问：如果换作他们，会改进什么。沉默不等于满意。"},
		},
		watch: new(Int(5)), atRisk: new(Int(1)), run: (*riskCase).noComplaints,
	},
	{
		RiskInfo: RiskInfo{
			RiskNoContact, "S16", SideOurs, Fair,
			Text{"Nobody has met them for as long as the tier allows", "距上次会面的时间已达到该等级规定的最长间隔"},
			Text{"When did we last meet them, and which tier are they in?", "我们上次何时与其会面？该客户属于哪个等级？"},
			Text{"Meet, with something that is worth their time.", "带着对他们有价值的内容去会面。"},
		},
		watch: new(Int(100)), atRisk: new(Int(200)), run: (*riskCase).noContact,
	},
	{
		RiskInfo: RiskInfo{
			RiskOrderRhythm, "S16", SideTheirs, High,
			Text{"Their rhythm of orders is broken", "订货节奏中断"},
			Text{"How many orders were there in each period, and when was the last one?", "每个期间有多少张订单？最近一张是何时？"},
			Text{"Ask what has changed before offering anything: a stock, a budget, a rival, a person.", "先问清是什么发生了变化（库存、预算、竞争对手还是人事），再谈报价。"},
		},
		watch: new(Int(10)), atRisk: new(Int(5)), run: (*riskCase).orderRhythm,
	},
	{
		RiskInfo: RiskInfo{
			RiskPrioritiesNotShared, "S4d", SideTheirs, Fair,
			Text{"They do not share their priorities and worries", "客户不向我们坦言其优先事项和顾虑"},
			Text{"Do they tell us what they care and worry about?", "他们会告诉我们关心什么、担心什么吗？"},
			Text{"Share something of ours first, and ask in a smaller circle.", "先分享我们的情况，再在小范围内询问。"},
		},
		run: (*riskCase).prioritiesNotShared,
	},
	{
		RiskInfo: RiskInfo{
			RiskThinInformation, "S4d", SideOurs, Fair,
			Text{"Too little is known for a solution made for them", "掌握的信息太少，无法量身定制方案"},
			Text{"Do we know enough of their business to make a solution for them?", "我们对其业务的了解足以量身定制方案吗？"},
			Text{"Spend a day where they use what we sell, and write down what was seen.", "到使用现场待一天，写下所见所闻。"},
		},
		run: (*riskCase).thinInformation,
	},
	{
		RiskInfo: RiskInfo{
			RiskTrustDamaged, "S15.7", SideOurs, High,
			Text{"Their trust in us is damaged", "客户对我们的信任受损"},
			Text{"Has a promise of ours been broken in their eyes?", "在他们看来，我们是否失信过？"},
			Text{"Have someone senior say what went wrong, make good, and keep small promises on the day.", "由高层说明问题所在，予以补偿，并按时兑现每个小承诺。"},
		},
		run: (*riskCase).trustDamaged,
	},
	{
		RiskInfo: RiskInfo{
			RiskPositionAbused, "S15.7", SideOurs, High,
			Text{"Our margin is far above the usual while their satisfaction falls", "毛利率远高于通常水平，而满意度下降"},
			Text{"What margin is usual, and how satisfied have they been over time?", "通常的毛利率是多少？客户满意度如何变化？"},
			Text{"Give value back before they ask: in service, in terms, in price.", "在客户开口之前回馈价值：服务、条件或价格。"},
		},
		watch: new(Int(10)), atRisk: new(Int(20)), run: (*riskCase).positionAbused,
	},
	{
		RiskInfo: RiskInfo{
			RiskNotKnownAsKey, "S15.8", SideOurs, Fair,
			Text{"Our own people do not know that it is a key account", "我方员工不知道这是关键客户"},
			Text{"Do those who answer their calls know that it is a key account?", "接听其电话的员工知道这是关键客户吗？"},
			Text{"Tell everyone who meets them, and mark the account where calls and orders come in.", "告知所有接触该客户的人，并在来电和订单系统中标明。"},
		},
		run: (*riskCase).notKnownAsKey,
	},
	{
		RiskInfo: RiskInfo{
			RiskViewsDiffer, "S15.5", SideBoth, Fair,
			Text{"The two sides see the relationship differently", "双方对关系的看法不一致"},
			Text{"How does the customer see the relationship, and how do we?", "客户如何看待双方关系？我们呢？"},
			Text{"Talk about it with them, with examples from both sides.", "与客户谈一谈，双方各举实例。"},
		},
		within: 180, run: (*riskCase).viewsDiffer,
	},
	{
		RiskInfo: RiskInfo{
			RiskRevenueFalling, "S1", SideBoth, High,
			Text{"Revenue is falling", "销售收入下降"},
			Text{"What did we sell them in these twelve months, and in the twelve before?", "最近十二个月和此前十二个月，我们分别向客户销售了多少？"},
			Text{"Ask what they buy less of, and whether from us alone or from everyone.", "了解客户少买了什么：只是少向我们买，还是整体采购减少。"},
		},
		watch: new(Int(25)), atRisk: new(Int(50)), run: (*riskCase).revenueFalling,
	},
	{
		RiskInfo: RiskInfo{
			RiskWalletShareFalling, "S15.9", SideMarket, Fair,
			Text{"Our share of what they spend is falling", "我们在客户采购中的份额（钱包份额）下降"},
			Text{"What do they spend on what we sell, this year and the last?", "客户今年和去年在此类产品上花费多少？"},
			Text{"Find out which line went to whom, and win that line back first.", "查明哪条产品线流向了谁，先把它赢回来。"},
		},
		watch: new(Int(2)), atRisk: new(Int(5)), run: (*riskCase).walletShareFalling,
	},
	{
		RiskInfo: RiskInfo{
			RiskRivalStronger, "S6", SideMarket, Fair,
			Text{"A rival's relationship is stronger", "竞争对手与客户的关系更牢固"},
			Text{"Which rival stands closest to them, and closer than we do?", "哪家竞争对手与他们走得最近？比我们更近吗？"},
			Text{"Pick one department where the rival is weak, and be the best there.", "在客户方选一个竞争对手根基薄弱的部门，在那里做到最好。"},
		},
		run: (*riskCase).rivalStronger,
	},
	{
		RiskInfo: RiskInfo{
			RiskRivalAttack, "S6", SideMarket, High,
			Text{"A rival attacks our position", "竞争对手正在冲击我们的地位"},
			Text{"Has a rival made them an offer for what they buy from us?", "是否有竞争对手针对我们供应的产品向他们报价？"},
			Text{"Answer with what the rival cannot copy, before the price is talked about.", "在谈价格之前，以竞争对手无法复制的价值回应。"},
		},
		run: (*riskCase).rivalAttack,
	},
	{
		RiskInfo: RiskInfo{
			RiskMarketShift, "S15.9", SideMarket, Fair,
			Text{"Market positions are changing", "买卖双方的市场地位正在变化"},
			Text{"Is their market position changing, or ours?", "他们的市场地位在变化吗？我们的呢？"},
			Text{"Work out with them what the change means for both, and change the offer in time.", "与客户共同分析变化的影响，及时调整方案。"},
		},
		run: (*riskCase).marketShift,
	},
	{
		RiskInfo: RiskInfo{
			RiskNeedEnding, "S6", SideTheirs, High,
			Text{"Their need is ending", "客户的需求正在消失"},
			Text{"Will they still need what we sell in two years?", "两年后他们还需要我们的产品吗？"},
			Text{"Look for the need that comes next, or plan an orderly end.", "寻找下一个需求，或有序收尾。"},
		},
		run: (*riskCase).needEnding,
	},
	{
		RiskInfo: RiskInfo{
			RiskManagerShort, "S15.4", SideOurs, High,
			Text{"The account manager is short of skill or time", "客户经理能力或时间不足"},
			Text{"Has the account manager the skills and the hours for this account?", "客户经理是否具备所需的能力和时间？"},
			Text{"Give the account manager what is short: for skill training and someone with experience beside them, for time fewer other accounts.", "补足客户经理所缺：能力不足，则培训或安排有经验的人从旁协助；时间不足，则减少其负责的其他客户。"},
		},
		watch: new(Int(75)), atRisk: new(Int(50)), run: (*riskCase).managerShort,
	},
	{
		RiskInfo: RiskInfo{
			RiskNoInternalSupport, "S16", SideOurs, High,
			Text{"Our own departments do not support the account", "我方各部门对该客户支持不足"},
			Text{"Do our other departments do what this account needs?", "我方其他部门是否满足该客户的需求？"},
			Text{"Name a sponsor in our management, and show the departments what the account is worth.", "在我方管理层指定一位牵头支持的人，并向各部门说明该客户的价值。"},
		},
		run: (*riskCase).noInternalSupport,
	},
	{
		RiskInfo: RiskInfo{
			RiskComplacency, "S15.10", SideOurs, Fair,
			Text{"A firm relationship is taken for granted", "把牢固的关系视为理所当然"},
			Text{"When were the last review, plan, new idea and senior visit?", "上一次回顾、更新计划、提出新想法和高层拜访分别是什么时候？"},
			Text{"Bring an idea of value within a month, and put the review into both calendars.", "一个月内带去有价值的想法，并把回顾会议列入双方日程。"},
		},
		watch: new(Int(2)), atRisk: new(Int(3)), within: 365, run: (*riskCase).complacency,
	},
	{
		RiskInfo: RiskInfo{
			RiskExhaustion, "S15.10", SideOurs, Fair,
			Text{"More hours bring less, period after period", "投入越来越多，回报越来越少"},
			Text{"How many hours went into the account, and what came of them, half-year by half-year?", "每半年投入多少工时？带来多少回报？"},
			Text{"Stop what brings nothing, and agree with the customer what is worth both sides' time.", "停止无效的投入，与客户商定哪些事值得双方花时间。"},
		},
		watch: new(Int(10)), atRisk: new(Int(10)), run: (*riskCase).exhaustion,
	},
	{
		RiskInfo: RiskInfo{
			RiskFinancialCondition, "S15.11", SideTheirs, High,
			Text{"The customer's finances are unsound", "客户财务状况不佳"},
			Text{"Do they pay on time, and is their business sound?", "他们是否按时付款？经营是否稳健？"},
			Text{"Agree terms that limit what we can lose, and help where help pays.", "约定能控制我方损失的条款，在值得之处给予帮助。"},
		},
		run: (*riskCase).financialCondition,
	},
	{
		RiskInfo: RiskInfo{
			RiskConcentration, "S1", SideOurs, Fair,
			Text{"Losing them would hurt our year", "失去该客户会严重影响全年业绩"},
			Text{"What is our revenue with all customers together?", "我们来自所有客户的总收入是多少？"},
			Text{"Protect this account first, and grow others so that the year does not hang on one.", "首先保护该客户，同时发展其他客户，避免全年业绩系于一家。"},
		},
		watch: new(Int(5)), atRisk: new(Int(10)), run: (*riskCase).concentration,
	},
	{
		RiskInfo: RiskInfo{
			RiskProfitNegative, "S15.11", SideBoth, Fair,
			Text{"The account brings a loss", "该客户带来亏损"},
			Text{"What did the goods sold cost us, and what did we spend on the account?", "所售产品的成本是多少？在该客户上花费多少？"},
			Text{"Take out the costs that they do not value, then talk about terms.", "先去掉客户不看重的成本，再谈条件。"},
		},
		run: (*riskCase).profitNegative,
	},
	{
		RiskInfo: RiskInfo{
			RiskPricePressure, "S15.1", SideBoth, Low,
			Text{"They press for lower prices (seldom the real cause)", "客户要求降价（很少是真正的原因）"},
			Text{"Are they asking for lower prices, and did the discount grow?", "他们在要求降价吗？折扣是否扩大？"},
			Text{"Look first for another cause; show value in money before any price is moved.", "先找其他原因；在调价之前，用金额说明价值。"},
		},
		watch: new(Int(2)), atRisk: new(Int(5)), run: (*riskCase).pricePressure,
	},
}
