package kam

import (
	"slices"
	"strconv"
)

// Validate reports all that is wrong with the account on its own, as
// [Violations] in document order. [Engine.Assess] calls it, and checks the
// answers and the judgements against the policy besides.
func (a Account) Validate() error {
	var r report
	a.check(&r, anyPolicy{})
	return r.found.Err()
}

// byPolicy checks what depends on the policy: the answers to each scorecard, the ids
// of the judgements and the overrides.
type byPolicy interface {
	checkAnswers(r *report, scorecard string, answers Answers)
	checkJudgement(r *report, id Evidence)
	checkAttribute(r *report, name string, all map[string]Number)
	checkOverrides(r *report, overrides []Override)
}

// anyPolicy takes answers to any factor, and judgements of any evidence.
type anyPolicy struct{}

func (anyPolicy) checkAnswers(r *report, _ string, answers Answers) {
	members(r, answers, func(factor string, answer Answer) {
		r.enterKey("", factor)
		answer.check(r)
		r.leave()
	})
}

func (anyPolicy) checkJudgement(r *report, id Evidence) { r.id("", string(id)) }

func (anyPolicy) checkAttribute(*report, string, map[string]Number) {}

func (anyPolicy) checkOverrides(*report, []Override) {}

// noPolicy is for those who read neither answers nor overrides.
type noPolicy struct{}

func (noPolicy) checkAnswers(*report, string, Answers)             {}
func (noPolicy) checkJudgement(r *report, id Evidence)             { r.id("", string(id)) }
func (noPolicy) checkAttribute(*report, string, map[string]Number) {}
func (noPolicy) checkOverrides(*report, []Override)                {}

// check reports what is wrong, in document order.
func (a *Account) check(r *report, policy byPolicy) {
	r.key("/id", a.ID)
	r.text("/name", a.Name)
	r.text("/segment", a.Segment)
	r.text("/owner", a.Owner)
	if r.text("/parent", a.Parent); a.Parent != "" && a.Parent == a.ID {
		r.add("/parent", CodeCycle, a.Parent, "")
	}
	r.text("/place", a.Place)
	enum(r, "/tier", a.Tier, tierWords)
	r.currency("/currency", a.Currency)
	r.date("/customerSince", a.CustomerSince)
	a.checkSales(r)
	r.money("/wallet", a.Wallet, false)
	r.money("/walletBefore", a.WalletBefore, false)
	r.money("/ourRevenue", a.OurRevenue, false)
	members(r, a.Answers, func(id string, answers Answers) {
		r.enterKey("/answers", id)
		policy.checkAnswers(r, id, answers)
		r.leave()
	})
	members(r, a.Judgements, func(id Evidence, j Judgement) {
		r.enterKey("/judgements", string(id))
		policy.checkJudgement(r, id)
		enum(r, "/verdict", j.Verdict, verdictWords)
		r.text("/by", j.By)
		r.date("/on", j.On)
		r.text("/note", j.Note)
		r.leave()
	})
	a.checkStages(r)
	a.checkCells(r)
	policy.checkOverrides(r, a.Overrides)
	if r.length("/efforts", len(a.Efforts)) {
		for i := range a.Efforts {
			r.enter("/efforts", i)
			a.Efforts[i].check(r, "")
			r.leave()
		}
	}
	r.hours("/plannedHours", a.PlannedHours)
	a.checkRecords(r)
	a.checkContacts(r)
	members(r, a.Attributes, func(name string, v Number) {
		r.enterKey("/attributes", name)
		if r.key("", name); !v.Valid() {
			r.add("", CodeNumber, v.String(), "")
		}
		policy.checkAttribute(r, name, a.Attributes)
		r.leave()
	})
}

// checkRecords reports records that cannot be.
func (a *Account) checkRecords(r *report) {
	if r.length("/managers", len(a.Managers)) {
		for i := range a.Managers {
			m := &a.Managers[i]
			r.enter("/managers", i)
			r.key("/manager", m.Manager)
			r.day("/since", m.Since)
			if i > 0 {
				r.after("/since", a.Managers[i-1].Since, m.Since)
			}
			r.leave()
		}
	}
	if r.length("/incidents", len(a.Incidents)) {
		for i := range a.Incidents {
			x := &a.Incidents[i]
			r.enter("/incidents", i)
			r.day("/opened", x.Opened)
			r.date("/closed", x.Closed)
			r.after("/closed", x.Opened, x.Closed)
			r.text("/text", x.Text)
			r.leave()
		}
	}
	if r.length("/satisfaction", len(a.Satisfaction)) {
		for i, s := range a.Satisfaction {
			r.enter("/satisfaction", i)
			r.day("/on", s.On)
			if i > 0 {
				r.after("/on", a.Satisfaction[i-1].On, s.On)
			}
			r.rating10("/rating", &s.Rating)
			r.leave()
		}
	}
	if r.length("/activities", len(a.Activities)) {
		for i := range a.Activities {
			x := &a.Activities[i]
			r.enter("/activities", i)
			word(r, "/kind", x.Kind, activityKindWords)
			r.day("/on", x.On)
			r.text("/note", x.Note)
			r.leave()
		}
	}
	if m := a.StandardMargin; m != nil && (m.units < -1000*numberOne || m.units > 1000*numberOne) {
		r.add("/standardMargin", CodeRange, m.String(), "-1000..1000")
	}
	if p := a.Peers; p != nil {
		r.count("/peers/complaints", &p.Complaints)
		r.count("/peers/orders", &p.Orders)
	}
}

// check reports what is wrong with an answer whatever its factor.
func (a *Answer) check(r *report) {
	if !a.Rating.Valid() {
		r.add("/rating", CodeNumber, a.Rating.String(), "")
	}
	r.text("/by", a.By)
	r.date("/on", a.On)
	r.percent("/confidence", a.Confidence)
	r.text("/note", a.Note)
}

// checkSales reports periods that end before they start or share a day, and
// facts that cannot be.
func (a *Account) checkSales(r *report) {
	if !r.length("/sales", len(a.Sales)) {
		return
	}
	overlaps := a.overlaps()
	for i := range a.Sales {
		p := &a.Sales[i]
		r.enter("/sales", i)
		p.checkDays(r, overlaps[i])
		p.check(r)
		r.leave()
	}
}

// overlaps finds the periods that start before an earlier one has ended, each
// with that end.
func (a *Account) overlaps() map[int]Date {
	if a.inOrder() {
		return nil
	}
	spans := make([]span, len(a.Sales))
	for i, p := range a.Sales {
		spans[i] = span{p.From, p.To}
	}
	return overlaps(spans)
}

// inOrder reports whether each period ends before the next one begins, as most
// accounts have them.
func (a *Account) inOrder() bool {
	var end Date
	for i := range a.Sales {
		p := &a.Sales[i]
		if p.From.Cmp(end) <= 0 || p.To.Cmp(p.From) < 0 {
			return false
		}
		end = p.To
	}
	return true
}

// overlaps finds the spans that start before an earlier one has ended, each
// with that end.
func overlaps(spans []span) map[int]Date {
	order := make([]int, 0, len(spans))
	for i, s := range spans {
		if s.from.day > 0 && s.days() > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(i, j int) int { return spans[i].from.Cmp(spans[j].from) })
	found := map[int]Date{}
	var end Date // of the spans so far
	for _, i := range order {
		if spans[i].from.Cmp(end) <= 0 {
			found[i] = end
		}
		end = maxDate(end, spans[i].to)
	}
	return found
}

// checkDays reports days that cannot be, and those that another period has up to its end.
func (p *Period) checkDays(r *report, other Date) {
	if !other.IsZero() {
		r.add("", CodeOverlap, p.From.String()+".."+p.To.String(), "> "+other.String())
	}
	r.days(p.From, p.To)
}

// days reports a first and a last day that are not given or are none, and those that run
// backwards.
func (r *report) days(from, to Date) {
	r.day("/from", from)
	r.day("/to", to)
	if to.day > 0 && to.Cmp(from) < 0 {
		r.add("/to", CodePeriod, to.String(), ">= "+from.String())
	}
}

func (p *Period) check(r *report) {
	r.money("/revenue", p.Revenue, true)
	r.money("/directCost", p.DirectCost, true)
	r.money("/discount", p.Discount, false)
	r.count("/orders", p.Orders)
	if r.date("/lastOrder", p.LastOrder); p.LastOrder.day > 0 && (p.LastOrder.Cmp(p.From) < 0 || p.To.day > 0 && p.LastOrder.Cmp(p.To) > 0) {
		r.add("/lastOrder", CodeRange, p.LastOrder.String(), p.From.String()+".."+p.To.String())
	}
	if p.LastOrder.day > 0 && p.Orders != nil && *p.Orders == 0 {
		r.add("/orders", CodeRange, "0", ">= 1")
	}
	if r.length("/productLines", len(p.ProductLines)) {
		for i, l := range p.ProductLines {
			r.enter("/productLines", i)
			r.key("", l)
			r.leave()
		}
	}
	r.count("/units", p.Units)
	r.count("/returns", p.Returns)
	r.count("/deliveries", p.Deliveries)
	r.count("/lateDeliveries", p.LateDeliveries)
	if made := p.made(); made != nil && p.LateDeliveries != nil && *p.LateDeliveries > *made {
		r.add("/lateDeliveries", CodeRange, strconv.Itoa(*p.LateDeliveries), "<= "+strconv.Itoa(*made))
	}
	r.count("/complaints", p.Complaints)
}

// checkStages reports a record that is not in the order of its days.
func (a *Account) checkStages(r *report) {
	if !r.length("/stages", len(a.Stages)) {
		return
	}
	for i, s := range a.Stages {
		r.enter("/stages", i)
		word(r, "/stage", s.Stage, stageWords)
		r.day("/on", s.On)
		if i > 0 {
			r.after("/on", a.Stages[i-1].On, s.On)
		}
		if before := a.Stages[:i]; before.has(s.View, s.On) {
			r.add("/on", CodeDuplicate, s.On.String(), "")
		}
		enum(r, "/view", s.View, viewWords)
		r.text("/by", s.By)
		r.text("/why", s.Why)
		r.leave()
	}
}

// checkCells reports cells that are not in the order of their days.
func (a *Account) checkCells(r *report) {
	if !r.length("/cells", len(a.Cells)) {
		return
	}
	for i, c := range a.Cells {
		r.enter("/cells", i)
		word(r, "/cell", c.Cell, cellWords)
		r.day("/on", c.On)
		if i > 0 {
			r.after("/on", a.Cells[i-1].On, c.On)
		}
		r.leave()
	}
}

func (a *Account) checkContacts(r *report) {
	if !r.length("/contacts", len(a.Contacts)) {
		return
	}
	index := indexContacts(a.Contacts)
	var small [few]int
	managers := append(small[:0], make([]int, len(a.Contacts))...)
	for i := range a.Contacts {
		managers[i] = index.manager(i)
	}
	circles := circlesOf(managers)
	for i := range a.Contacts {
		c := &a.Contacts[i]
		r.enter("/contacts", i)
		c.check(r)
		if first, _ := index.of(c.ID); first != i && c.ID != "" {
			r.add("/id", CodeDuplicate, c.ID, "")
		}
		switch {
		case managers[i] < 0 && c.ReportsTo != "":
			r.add("/reportsTo", CodeUnknown, c.ReportsTo, "")
		case circles[i]:
			r.add("/reportsTo", CodeCycle, c.ReportsTo, "")
		}
		r.leave()
	}
}

// circlesOf finds one contact of each circle of reports, given the manager of
// each or -1, or one account of each circle of parents. It walks without recursion,
// each once.
func circlesOf(managers []int) map[int]bool {
	const fresh = 0
	var found map[int]bool
	var small [few]int
	walk := append(small[:0], make([]int, len(managers))...) // the walk that reached a contact, from 1
	for start := range managers {
		at := start
		for walk[at] == fresh {
			walk[at] = start + 1
			if managers[at] < 0 {
				break
			}
			if at = managers[at]; walk[at] == start+1 {
				if found == nil {
					found = map[int]bool{}
				}
				found[at] = true
			}
		}
	}
	return found
}

func (c *Contact) check(r *report) {
	r.key("/id", c.ID)
	r.text("/name", c.Name)
	r.text("/title", c.Title)
	r.text("/department", c.Department)
	enum(r, "/level", c.Level, levelWords)
	for i, role := range c.Roles {
		r.enter("/roles", i)
		word(r, "", role, roleWords)
		r.leave()
	}
	enum(r, "/influence", c.Influence, gradeWords)
	enum(r, "/attitude", c.Attitude, attitudeWords)
	enum(r, "/reach", c.Reach, gradeWords)
	r.text("/owner", c.Owner)
	r.date("/since", c.Since)
	r.date("/until", c.Until)
	r.after("/until", c.Since, c.Until)
	r.text("/reportsTo", c.ReportsTo)
	r.date("/lastMet", c.LastMet)
	for i, p := range c.Priorities {
		r.enter("/priorities", i)
		r.text("", p)
		r.leave()
	}
	r.text("/personality", c.Personality)
}
