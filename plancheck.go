package kam

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kam-go/kam/internal/currency"
)

// Validate checks the plan as of a day. All faults come back together, in
// document order, as [Violations]; what may be right and deserves a look comes
// apart, as warnings: what is past due or in the future, an objective that does not say which way
// is better, an open action due before an open one that it waits for, days that no forecast covers,
// and a strategy that the cell of the snapshot speaks against. An unknown day leaves out what
// depends on it; one that is none is a [CodeDate] at "/asOf".
func (p Plan) Validate(asOf Date) (warnings Violations, err error) {
	c := planCheck{plan: &p, asOf: asOf, team: map[string]bool{p.Owner: true}}
	for _, name := range p.Team {
		c.team[name] = true
	}
	c.members = cut(join(p.Team), maxWant)
	c.errors.date("/asOf", asOf)
	c.head()
	c.analysis()
	c.objectives()
	c.issues()
	c.resources()
	c.actions()
	c.forecast()
	c.partnership()
	c.reviews()
	if err := c.errors.found.Err(); err != nil {
		return c.warnings.found, fmt.Errorf("kam: validate plan of account %q: %w", clip(p.Account), err)
	}
	return c.warnings.found, nil
}

// planCheck walks a plan in document order.
type planCheck struct {
	plan             *Plan
	asOf             Date
	errors, warnings report
	team             map[string]bool // the owner included
	members          string          // of the team
	customer, own    map[string]bool // ids of objectives
	first            *Money          // the first amount that is not nothing
}

func (c *planCheck) head() {
	p, r := c.plan, &c.errors
	r.key("/account", p.Account)
	if p.Version < 0 {
		r.add("/version", CodeRange, fmt.Sprint(p.Version), ">= 1")
	}
	if blank(p.Owner) {
		r.add("/owner", CodeNoOwner, p.Owner, "")
	}
	c.person("/owner", p.Owner)
	r.length("/team", len(p.Team))
	seen := map[string]bool{}
	for i, name := range p.Team {
		r.unique(place("/team").index(i), name, seen)
	}
	r.day("/from", p.From)
	r.day("/to", p.To)
	r.after("/to", p.From, p.To)
	p.FiscalYear.check(r, "/fiscalYear")
	r.key("/summary/purpose", p.Summary.Purpose)
	r.text("/summary/direction", p.Summary.Direction)
	r.text("/overview/text", p.Overview.Text)
	if s := p.Overview.Snapshot; s != nil {
		if s.Account != p.Account {
			r.add("/overview/snapshot/account", CodeUnknown, s.Account, p.Account)
		}
		r.text("/overview/snapshot/name", s.Name)
		c.notYet("/overview/snapshot/asOf", s.AsOf)
	}
}

// notYet reports a day that is none, and warns of one after the day of the
// check.
func (c *planCheck) notYet(at place, d Date) {
	if c.errors.date(at, d); d.day > 0 && c.asOf.day > 0 && d.Cmp(c.asOf) > 0 {
		c.warnings.add(at, CodeFuture, d.String(), "<= "+c.asOf.String())
	}
}

// person reports someone who is not on the team, where there is one.
func (c *planCheck) person(at place, name string) {
	c.errors.text(at, name)
	if name != "" && len(c.plan.Team) > 0 && !c.team[name] {
		c.errors.add(at, CodeNotOnTeam, name, c.members)
	}
}

// within reports a day outside the plan's period.
func (c *planCheck) within(at place, d Date) {
	c.errors.date(at, d)
	p := c.plan
	if d.day > 0 && (p.From.day > 0 && d.Cmp(p.From) < 0 || p.To.day > 0 && d.Cmp(p.To) > 0) {
		c.errors.add(at, CodeOutside, d.String(), p.From.String()+".."+p.To.String())
	}
}

func (c *planCheck) texts(at place, list []string) {
	c.errors.length(at, len(list))
	for i, s := range list {
		c.errors.key(at.index(i), s)
	}
}

func (c *planCheck) analysis() {
	r, s := &c.errors, &c.plan.Situation
	at := place("/situation")
	c.texts(at.key("strengths"), s.Strengths)
	c.texts(at.key("weaknesses"), s.Weaknesses)
	c.texts(at.key("opportunities"), s.Opportunities)
	c.texts(at.key("threats"), s.Threats)
	c.texts(at.key("trends"), s.Trends)
	c.texts(at.key("influences"), s.Influences)
	r.length(at.key("contacts"), len(s.Contacts))
	seen := map[string]bool{}
	for i, k := range s.Contacts {
		at := at.key("contacts").index(i)
		r.unique(at.key("contact"), k.Contact, seen)
		r.text(at.key("name"), k.Name)
		enum(r, at.key("authority"), k.Authority, gradeWords)
		r.text(at.key("personality"), k.Personality)
		c.texts(at.key("priorities"), k.Priorities)
		enum(r, at.key("stance"), k.Stance, attitudeWords)
	}
	c.competition()
	c.customer = map[string]bool{}
	r.length("/customerObjectives", len(c.plan.CustomerObjectives))
	r.length("/value", len(c.plan.Value))
	for i, o := range c.plan.CustomerObjectives {
		at := place("/customerObjectives").index(i)
		r.unique(at.key("id"), o.ID, c.customer)
		r.key(at.key("text"), o.Text)
	}
	for i, v := range c.plan.Value {
		at := place("/value").index(i)
		r.key(at.key("offer"), v.Offer)
		r.reference(at.key("objective"), v.Objective, c.customer)
		r.money(at.key("worth"), v.Worth, false)
		c.oneCurrency(at.key("worth"), v.Worth)
		r.text(at.key("text"), v.Text)
	}
	c.strategy()
}

func (c *planCheck) competition() {
	r, comp := &c.errors, &c.plan.Competition
	r.length("/competition/factors", len(comp.Factors))
	r.length("/competition/moves", len(comp.Moves))
	r.length("/competition/counter", len(comp.Counter))
	factors := map[string]bool{}
	for i, f := range comp.Factors {
		at := place("/competition/factors").index(i)
		r.unique(at.key("factor"), f.Factor, factors)
		r.length(at.key("rivals"), len(f.Rivals))
		r.rating10(at.key("ours"), f.Ours)
		seen := map[string]bool{}
		for j, rival := range f.Rivals {
			at := at.key("rivals").index(j)
			r.unique(at.key("rival"), rival.Rival, seen)
			r.rating10(at.key("rating"), &rival.Rating)
		}
	}
	moves := map[string]bool{}
	for i, m := range comp.Moves {
		at := place("/competition/moves").index(i)
		r.unique(at.key("id"), m.ID, moves)
		r.key(at.key("rival"), m.Rival)
		r.key(at.key("text"), m.Text)
	}
	for i, m := range comp.Counter {
		at := place("/competition/counter").index(i)
		if !moves[m.Move] {
			r.add(at.key("move"), CodeNoMove, m.Move, "")
		}
		r.key(at.key("text"), m.Text)
	}
}

// reference reports an id that is not one of those known.
func (r *report) reference(at place, id string, known map[string]bool) {
	if r.key(at, id); id != "" && !known[id] {
		r.add(at, CodeUnknown, id, "")
	}
}

// strategy warns of a stance that the cell speaks against, unless it has a
// reason.
func (c *planCheck) strategy() {
	s := &c.plan.Strategy
	c.errors.text("/strategy/text", s.Text)
	enum(&c.errors, "/strategy/stance", s.Stance, stanceWords)
	c.errors.text("/strategy/why", s.Why)
	if c.plan.Overview.Snapshot == nil || !blank(s.Why) {
		return
	}
	cell := c.plan.Overview.Snapshot.CellInForce()
	against := map[Cell]Stance{CellLowProfile: StanceInvest, CellMaintain: StanceInvest, CellKey: StanceReduce}[cell]
	if against != StanceUnknown && s.Stance == against {
		c.warnings.add("/strategy/stance", CodeAgainstCell, s.Stance.String(), cell.String())
	}
}

func (c *planCheck) objectives() {
	r := &c.errors
	c.own = map[string]bool{}
	served := map[Purpose]bool{}
	r.length("/objectives", len(c.plan.Objectives))
	for i, o := range c.plan.Objectives {
		at := place("/objectives").index(i)
		r.unique(at.key("id"), o.ID, c.own)
		enum(r, at.key("purpose"), o.Purpose, purposeWords)
		served[o.Purpose] = true
		r.key(at.key("text"), o.Text)
		r.text(at.key("unit"), o.Unit)
		for _, n := range []struct {
			name string
			of   *Number
			code Code
		}{{"baseline", o.Baseline, CodeNoBaseline}, {"target", o.Target, CodeNoTarget}} {
			if r.number(at.key(n.name), n.of); o.quantitative() && n.of == nil {
				r.add(at.key(n.name), n.code, "", "")
			}
		}
		r.number(at.key("current"), o.Current)
		c.notYet(at.key("currentOn"), o.CurrentOn)
		if r.date(at.key("start"), o.Start); c.plan.To.day > 0 && o.Start.Cmp(c.plan.To) > 0 {
			r.add(at.key("start"), CodeOutside, o.Start.String(), "<= "+c.plan.To.String())
		}
		c.due(at.key("due"), o.Due, o.missed(c.asOf))
		r.after(at.key("due"), o.Start, o.Due)
		enum(r, at.key("lowerIsBetter"), o.LowerIsBetter, verdictWords)
		if o.unclear() {
			c.warnings.add(at.key("lowerIsBetter"), CodeMissing, "", "yes, no")
		}
	}
	for _, purpose := range []Purpose{PurposePosition, PurposeBusiness} {
		if !served[purpose] {
			r.add("/objectives", CodeNoObjective, purpose.String(), "")
		}
	}
}

// missed reports an objective with a target that is not known to have been reached on the day.
func (o *Objective) missed(day Date) bool {
	if o.Target == nil || o.Current == nil || o.CurrentOn.Cmp(day) > 0 {
		return o.Target != nil
	}
	off := o.Current.Cmp(*o.Target)
	return off != 0 && !(off < 0 && o.lower() == Yes) && !(off > 0 && o.lower() == No)
}

// unclear reports an objective that does not say which way is better: its target is its baseline, or an
// amount of money that is to fall, which may be a cost or what is to be saved of a revenue.
func (o *Objective) unclear() bool {
	if o.LowerIsBetter != VerdictUnknown || o.Baseline == nil || o.Target == nil {
		return false
	}
	code, _, _ := strings.Cut(o.Unit, " ")
	_, money := currency.Places(code)
	return o.lower() == VerdictUnknown || money && o.lower() == Yes
}

// due reports a missing day and one outside the plan, and warns of one that
// is past while the thing is not done.
func (c *planCheck) due(at place, d Date, open bool) {
	if d.IsZero() {
		c.errors.add(at, CodeNoDue, "", "")
	}
	if c.within(at, d); open && d.day > 0 && c.asOf.day > 0 && d.Cmp(c.asOf) < 0 {
		c.warnings.add(at, CodePastDue, d.String(), ">= "+c.asOf.String())
	}
}

func (c *planCheck) issues() {
	c.errors.length("/issues", len(c.plan.Issues))
	seen := map[string]bool{}
	for i, x := range c.plan.Issues {
		at := place("/issues").index(i)
		c.errors.unique(at.key("id"), x.ID, seen)
		c.errors.key(at.key("text"), x.Text)
		c.person(at.key("owner"), x.Owner)
		c.due(at.key("due"), x.Due, x.Settled.IsZero())
		c.notYet(at.key("settled"), x.Settled)
	}
}

func (c *planCheck) resources() {
	r := &c.errors
	r.length("/resources", len(c.plan.Resources))
	seen := map[string]bool{}
	for i, x := range c.plan.Resources {
		at := place("/resources").index(i)
		r.unique(at.key("id"), x.ID, seen)
		r.text(at.key("who"), x.Who)
		r.key(at.key("what"), x.What)
		if x.Amount != nil && x.Amount.units < 0 {
			r.add(at.key("amount"), CodeRange, x.Amount.String(), ">= 0")
		}
		r.text(at.key("unit"), x.Unit)
	}
}

// actionIndex is where each action is.
func (p *Plan) actionIndex() map[string]int {
	index := make(map[string]int, len(p.Actions))
	for i, a := range p.Actions {
		index[a.ID] = i
	}
	return index
}

func (c *planCheck) actions() {
	r := &c.errors
	r.length("/actions", len(c.plan.Actions))
	index, ids := c.plan.actionIndex(), map[string]bool{}
	circles := c.plan.circles(index)
	left := c.plan.granted()
	for i, a := range c.plan.Actions {
		at := place("/actions").index(i)
		r.unique(at.key("id"), a.ID, ids)
		r.key(at.key("text"), a.Text)
		if blank(a.Owner) {
			r.add(at.key("owner"), CodeNoOwner, a.Owner, "")
		}
		c.person(at.key("owner"), a.Owner)
		c.due(at.key("due"), a.Due, a.open())
		enum(r, at.key("state"), a.State, actionStateWords)
		if c.notYet(at.key("doneOn"), a.DoneOn); a.DoneOn.day > 0 && a.State != ActionDone {
			r.add(at.key("state"), CodeEnum, a.State.String(), ActionDone.String())
		}
		r.length(at.key("after"), len(a.After))
		seen := map[string]bool{}
		for j, id := range a.After {
			at := at.key("after").index(j)
			r.unique(at, id, seen)
			before, ok := index[id]
			switch {
			case id == "": // said already
			case !ok:
				r.add(at, CodeUnknown, id, "")
			case circles[[2]int{i, before}]:
				r.add(at, CodeCycle, id, "")
			case a.open() && c.plan.Actions[before].open():
				c.warnings.after(at, c.plan.Actions[before].Due, a.Due)
			}
		}
		if !c.own[a.Objective] {
			r.add(at.key("objective"), CodeServesNothing, a.Objective, "")
		}
		c.uses(at, a, left)
	}
}

// granted is how much of each resource is decided; one
// that is asked for has none to give, and one that is decided without an amount no limit.
func (p *Plan) granted() map[string]*Number {
	left := map[string]*Number{}
	for _, x := range p.Resources {
		switch {
		case x.Decided:
			left[x.ID] = clonePtr(x.Amount)
		default:
			left[x.ID] = new(Number)
		}
	}
	return left
}

// uses takes what an action uses from what is left, and reports the one that
// asks for more.
func (c *planCheck) uses(at place, a Action, left map[string]*Number) {
	c.errors.length(at.key("uses"), len(a.Uses))
	seen := map[string]bool{}
	for j, u := range a.Uses {
		at := at.key("uses").index(j)
		c.errors.unique(at.key("resource"), u.Resource, seen)
		rest, ok := left[u.Resource]
		switch {
		case u.Resource == "": // said already
		case !ok:
			c.errors.add(at.key("resource"), CodeUnknown, u.Resource, "")
		case u.Amount.units < 0:
			c.errors.add(at.key("amount"), CodeRange, u.Amount.String(), ">= 0")
		case rest != nil && a.State != ActionDropped:
			if u.Amount.units > rest.units && a.State != ActionDone { // it has been given
				c.errors.add(at.key("amount"), CodeOverAsked, u.Amount.String(), "<= "+rest.String())
			}
			rest.units = max(0, rest.units-u.Amount.units)
		}
	}
}

// circles finds the dependencies that close a circle, by depth-first search
// without recursion: each edge is looked at once.
func (p *Plan) circles(index map[string]int) map[[2]int]bool {
	const fresh, walking, done = 0, 1, 2
	found, state := map[[2]int]bool{}, make([]int, len(p.Actions))
	type frame struct{ at, next int }
	for start := range p.Actions {
		if state[start] != fresh {
			continue
		}
		stack := []frame{{start, 0}}
		state[start] = walking
		for len(stack) > 0 {
			f := &stack[len(stack)-1]
			if f.next == len(p.Actions[f.at].After) {
				state[f.at] = done
				stack = stack[:len(stack)-1]
				continue
			}
			to, ok := index[p.Actions[f.at].After[f.next]]
			f.next++
			switch {
			case !ok:
			case state[to] == walking:
				found[[2]int{f.at, to}] = true
			case state[to] == fresh:
				state[to] = walking
				stack = append(stack, frame{to, 0})
			}
		}
	}
	return found
}

func (c *planCheck) forecast() {
	r := &c.errors
	r.length("/forecast", len(c.plan.Forecast))
	if gap, ok := c.plan.forecastGap(); ok && len(c.plan.Forecast) > 0 {
		c.warnings.add("/forecast", CodeForecastGap, gap.String(), c.plan.From.String()+".."+c.plan.To.String())
	}
	overlaps := c.plan.overlaps()
	for i := range c.plan.Forecast {
		f := &c.plan.Forecast[i]
		at := place("/forecast").index(i)
		if end, ok := overlaps[i]; ok {
			r.add(at, CodeOverlap, f.From.String()+".."+f.To.String(), "> "+end.String())
		}
		for _, d := range []struct {
			name string
			day  Date
		}{{"from", f.From}, {"to", f.To}} {
			if c.within(at.key(d.name), d.day); d.day.IsZero() {
				r.add(at.key(d.name), CodeMissing, "", "")
			}
		}
		r.after(at.key("to"), f.From, f.To)
		r.money(at.key("amount"), &f.Amount, true)
		c.oneCurrency(at.key("amount"), &f.Amount)
		r.percent(at.key("probability"), f.Probability)
		c.parts(at.key("parts"), f)
	}
}

// oneCurrency holds the amounts of the plan to the currency of the first that
// has one.
func (c *planCheck) oneCurrency(at place, m *Money) {
	switch {
	case m == nil || *m == Money{}: // nothing goes with any currency
	case c.first == nil:
		c.first = m
	case m.code != c.first.code:
		c.errors.add(at, CodeCurrencyMix, m.String(), c.first.Currency())
	}
}

// forecastGap is the first day of the plan that no forecast covers.
func (p *Plan) forecastGap() (Date, bool) {
	var spans []span
	for _, f := range p.Forecast {
		if f.From.day > 0 { // else it begins on no day
			spans = append(spans, span{f.From, f.To})
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return a.from.Cmp(b.from) })
	next := p.From
	for _, s := range spans {
		if s.from.Cmp(next) > 0 {
			break
		}
		if s.to.Cmp(p.To) >= 0 {
			return Date{}, false // the rest needs no day after the last that there is
		}
		if s.to.Cmp(next) >= 0 {
			next = s.to.AddDays(1)
		}
	}
	return next, p.From.day > 0 && next.Cmp(p.To) <= 0
}

// overlaps finds the forecasts that start before an earlier one has ended,
// each with that end.
func (p *Plan) overlaps() map[int]Date {
	spans := make([]span, len(p.Forecast))
	for i, f := range p.Forecast {
		spans[i] = span{f.From, f.To}
	}
	return overlaps(spans)
}

// parts reports parts that do not sum to their forecast.
func (c *planCheck) parts(at place, f *Forecast) {
	c.errors.length(at, len(f.Parts))
	var sum Money
	added := true
	for i, part := range f.Parts {
		c.errors.key(at.index(i).key("product"), part.Product)
		c.errors.percent(at.index(i).key("probability"), part.Probability)
		total, err := sum.Add(part.Amount)
		if err != nil {
			c.errors.wrap(at.index(i).key("amount"), err, part.Amount.String(), &sum)
			added = false
			continue
		}
		sum = total
	}
	if n, err := sum.Cmp(f.Amount); added && len(f.Parts) > 0 && (err != nil || n != 0) {
		c.errors.add(at, CodeForecastSum, sum.String(), f.Amount.String())
	}
}

func (c *planCheck) partnership() {
	c.errors.length("/partnership", len(c.plan.Partnership))
	topics := map[string]bool{}
	for i, p := range c.plan.Partnership {
		at := place("/partnership").index(i)
		c.errors.unique(at.key("topic"), p.Topic, topics)
		c.errors.rating10(at.key("ours"), p.Ours)
		c.errors.rating10(at.key("theirs"), p.Theirs)
	}
}

func (c *planCheck) reviews() {
	c.errors.length("/reviews", len(c.plan.Reviews))
	var last Date
	for i, v := range c.plan.Reviews {
		at := place("/reviews").index(i)
		if c.notYet(at.key("on"), v.On); v.On.IsZero() {
			c.errors.add(at.key("on"), CodeMissing, "", "")
		}
		c.errors.after(at.key("on"), last, v.On)
		last = v.On
		c.errors.key(at.key("by"), v.By)
		if v.Version < 0 {
			c.errors.add(at.key("version"), CodeRange, fmt.Sprint(v.Version), ">= 1")
		}
		c.texts(at.key("decided"), v.Decided)
	}
}
