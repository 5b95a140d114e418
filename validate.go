package kam

import (
	"slices"
	"strconv"
)

// Validate reports all that is wrong with the account on its own, as
// [Violations] in document order. [Engine.Assess] calls it, and checks the
// answers against the policy's scorecards besides.
func (a Account) Validate() error {
	var r report
	a.check(&r, func(at place, id string, answers Answers) {
		for factor, answer := range sorted(answers) {
			answer.check(&r, at.key(factor))
		}
	}, func([]Override) {})
	return r.found.Err()
}

// check reports what is wrong, in document order. The answers to each
// scorecard and the overrides are handed on, since what they may be depends
// on the policy.
func (a *Account) check(r *report, each func(at place, scorecard string, answers Answers), overrides func([]Override)) {
	r.key("/id", a.ID)
	r.text("/name", a.Name)
	r.text("/segment", a.Segment)
	r.text("/owner", a.Owner)
	if r.text("/parent", a.Parent); a.Parent != "" && a.Parent == a.ID {
		r.add("/parent", CodeCycle, a.Parent, "")
	}
	r.text("/place", a.Place)
	r.enum("/tier", a.Tier)
	r.currency("/currency", a.Currency)
	r.date("/customerSince", a.CustomerSince)
	a.checkSales(r)
	r.money("/wallet", a.Wallet, false)
	r.money("/walletBefore", a.WalletBefore, false)
	r.money("/ourRevenue", a.OurRevenue, false)
	for id, answers := range sorted(a.Answers) {
		each(place("/answers").key(id), id, answers)
	}
	for id, j := range sorted(a.Judgements) {
		at := place("/judgements").key(id)
		r.id(at, id)
		r.enum(at.key("verdict"), j.Verdict)
		r.text(at.key("by"), j.By)
		r.date(at.key("on"), j.On)
		r.text(at.key("note"), j.Note)
	}
	a.checkStages(r)
	a.checkCells(r)
	overrides(a.Overrides)
	if r.length("/efforts", len(a.Efforts)) {
		for i := range a.Efforts {
			a.Efforts[i].check(r, place("/efforts").index(i))
		}
	}
	r.hours("/plannedHours", a.PlannedHours)
	a.checkRecords(r)
	a.checkContacts(r)
	for name, v := range sorted(a.Attributes) {
		at := place("/attributes").key(name)
		if r.key(at, name); !v.Valid() {
			r.add(at, CodeNumber, v.String(), "")
		}
	}
}

// checkRecords reports records that cannot be.
func (a *Account) checkRecords(r *report) {
	day := func(at place, name string, d Date) {
		if r.date(at.key(name), d); d.IsZero() {
			r.add(at.key(name), CodeMissing, "", "")
		}
	}
	if r.length("/managers", len(a.Managers)) {
		for i, m := range a.Managers {
			at := place("/managers").index(i)
			r.key(at.key("manager"), m.Manager)
			day(at, "since", m.Since)
			if i > 0 {
				r.after(at.key("since"), a.Managers[i-1].Since, m.Since)
			}
		}
	}
	if r.length("/incidents", len(a.Incidents)) {
		for i, x := range a.Incidents {
			at := place("/incidents").index(i)
			day(at, "opened", x.Opened)
			r.date(at.key("closed"), x.Closed)
			r.after(at.key("closed"), x.Opened, x.Closed)
			r.text(at.key("text"), x.Text)
		}
	}
	if r.length("/satisfaction", len(a.Satisfaction)) {
		for i, s := range a.Satisfaction {
			at := place("/satisfaction").index(i)
			day(at, "on", s.On)
			if i > 0 {
				r.after(at.key("on"), a.Satisfaction[i-1].On, s.On)
			}
			r.rating10(at.key("rating"), &s.Rating)
		}
	}
	if r.length("/activities", len(a.Activities)) {
		for i, x := range a.Activities {
			at := place("/activities").index(i)
			if x.Kind == ActivityUnknown || int(x.Kind) >= len(activityKindWords) {
				r.add(at.key("kind"), CodeEnum, x.Kind.String(), join(activityKindWords[1:]))
			}
			day(at, "on", x.On)
			r.text(at.key("note"), x.Note)
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
func (a *Answer) check(r *report, at place) {
	if !a.Rating.Valid() {
		r.add(at.key("rating"), CodeNumber, a.Rating.String(), "")
	}
	r.text(at.key("by"), a.By)
	r.date(at.key("on"), a.On)
	r.percent(at.key("confidence"), a.Confidence)
	r.text(at.key("note"), a.Note)
}

// checkSales reports periods that end before they start or share a day, and
// facts that cannot be.
func (a *Account) checkSales(r *report) {
	if !r.length("/sales", len(a.Sales)) {
		return
	}
	overlaps := a.overlaps()
	for i, p := range a.Sales {
		at := place("/sales").index(i)
		if end, ok := overlaps[i]; ok {
			r.add(at, CodeOverlap, p.From.String()+".."+p.To.String(), "> "+end.String())
		}
		p.check(r, at)
	}
}

// overlaps finds the periods that start before an earlier one has ended, each
// with that end.
func (a *Account) overlaps() map[int]Date {
	spans := make([]span, len(a.Sales))
	for i, p := range a.Sales {
		spans[i] = span{p.From, p.To}
	}
	return overlaps(spans)
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

func (p *Period) check(r *report, at place) {
	for _, d := range []struct {
		name string
		day  Date
	}{{"from", p.From}, {"to", p.To}} {
		if r.date(at.key(d.name), d.day); d.day.IsZero() {
			r.add(at.key(d.name), CodeMissing, "", "")
		}
	}
	if p.From.day > 0 && p.To.day > 0 && p.To.Cmp(p.From) < 0 {
		r.add(at.key("to"), CodePeriod, p.To.String(), ">= "+p.From.String())
	}
	r.money(at.key("revenue"), p.Revenue, true)
	r.money(at.key("directCost"), p.DirectCost, true)
	r.money(at.key("discount"), p.Discount, false)
	r.count(at.key("orders"), p.Orders)
	if r.date(at.key("lastOrder"), p.LastOrder); p.LastOrder.day > 0 && (p.LastOrder.Cmp(p.From) < 0 || p.LastOrder.Cmp(p.To) > 0) {
		r.add(at.key("lastOrder"), CodeRange, p.LastOrder.String(), p.From.String()+".."+p.To.String())
	}
	if r.length(at.key("productLines"), len(p.ProductLines)) {
		for i, l := range p.ProductLines {
			r.key(at.key("productLines").index(i), l)
		}
	}
	r.count(at.key("units"), p.Units)
	r.count(at.key("returns"), p.Returns)
	r.count(at.key("deliveries"), p.Deliveries)
	r.count(at.key("lateDeliveries"), p.LateDeliveries)
	made := p.Deliveries
	if made == nil {
		made = p.Orders
	}
	if made != nil && p.LateDeliveries != nil && *p.LateDeliveries > *made {
		r.add(at.key("lateDeliveries"), CodeRange, strconv.Itoa(*p.LateDeliveries), "<= "+strconv.Itoa(*made))
	}
	r.count(at.key("complaints"), p.Complaints)
}

// checkStages reports a record that is not in the order of its days.
func (a *Account) checkStages(r *report) {
	if !r.length("/stages", len(a.Stages)) {
		return
	}
	for i, s := range a.Stages {
		at := place("/stages").index(i)
		if s.Stage == StageUnknown || int(s.Stage) >= len(stageWords) {
			r.add(at.key("stage"), CodeEnum, s.Stage.String(), join(stageWords[1:]))
		}
		if r.date(at.key("on"), s.On); s.On.IsZero() {
			r.add(at.key("on"), CodeMissing, "", "")
		}
		if i > 0 {
			r.after(at.key("on"), a.Stages[i-1].On, s.On)
		}
		if before := a.Stages[:i]; before.has(s.View, s.On) {
			r.add(at.key("on"), CodeDuplicate, s.On.String(), "")
		}
		r.enum(at.key("view"), s.View)
		r.text(at.key("by"), s.By)
		r.text(at.key("why"), s.Why)
	}
}

// checkCells reports cells that are not in the order of their days.
func (a *Account) checkCells(r *report) {
	if !r.length("/cells", len(a.Cells)) {
		return
	}
	for i, c := range a.Cells {
		at := place("/cells").index(i)
		if c.Cell == CellUnknown || int(c.Cell) >= len(cellWords) {
			r.add(at.key("cell"), CodeEnum, c.Cell.String(), join(cellWords[1:]))
		}
		if r.date(at.key("on"), c.On); c.On.IsZero() {
			r.add(at.key("on"), CodeMissing, "", "")
		}
		if i > 0 {
			r.after(at.key("on"), a.Cells[i-1].On, c.On)
		}
	}
}

func (a *Account) checkContacts(r *report) {
	if !r.length("/contacts", len(a.Contacts)) {
		return
	}
	index := make(map[string]int, len(a.Contacts))
	for i, c := range a.Contacts {
		if _, twice := index[c.ID]; !twice {
			index[c.ID] = i
		}
	}
	circles := a.circles(index)
	for i, c := range a.Contacts {
		at := place("/contacts").index(i)
		c.check(r, at)
		if index[c.ID] != i && c.ID != "" {
			r.add(at.key("id"), CodeDuplicate, c.ID, "")
		}
		_, known := index[c.ReportsTo]
		switch {
		case c.ReportsTo != "" && !known:
			r.add(at.key("reportsTo"), CodeUnknown, c.ReportsTo, "")
		case circles[i]:
			r.add(at.key("reportsTo"), CodeCycle, c.ReportsTo, "")
		}
	}
}

// circles finds one contact of each circle of reports. It walks without
// recursion, each contact once.
func (a *Account) circles(index map[string]int) map[int]bool {
	const fresh = 0
	found, walk := map[int]bool{}, make([]int, len(a.Contacts)) // the walk that reached a contact, from 1
	for start := range a.Contacts {
		at := start
		for walk[at] == fresh {
			walk[at] = start + 1
			to := a.Contacts[at].ReportsTo
			next, known := index[to]
			if to == "" || !known {
				break
			}
			if at = next; walk[at] == start+1 {
				found[at] = true
			}
		}
	}
	return found
}

func (c *Contact) check(r *report, at place) {
	r.key(at.key("id"), c.ID)
	r.text(at.key("name"), c.Name)
	r.text(at.key("title"), c.Title)
	r.text(at.key("department"), c.Department)
	r.enum(at.key("level"), c.Level)
	for i, role := range c.Roles {
		r.enum(at.key("roles").index(i), role)
	}
	r.enum(at.key("influence"), c.Influence)
	r.enum(at.key("attitude"), c.Attitude)
	r.enum(at.key("reach"), c.Reach)
	r.text(at.key("owner"), c.Owner)
	r.date(at.key("since"), c.Since)
	r.date(at.key("until"), c.Until)
	r.after(at.key("until"), c.Since, c.Until)
	r.text(at.key("reportsTo"), c.ReportsTo)
	r.date(at.key("lastMet"), c.LastMet)
	for i, p := range c.Priorities {
		r.text(at.key("priorities").index(i), p)
	}
	r.text(at.key("personality"), c.Personality)
}
