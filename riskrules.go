package kam

import (
	"fmt"
	"slices"

	"github.com/kam-go/kam/internal/alike"
)

// RiskRules are the policy's rules for the failure checks. Zero fields mean
// the defaults.
type RiskRules struct {
	// Checks switch built-in checks off, and set their lines, by id; what is
	// absent or zero is the default.
	Checks map[RiskID]RiskSetting `json:"checks,omitempty"`
	// ContactEvery is how often each tier is to be met.
	ContactEvery ContactEvery `json:"contactEvery"`
	// Custom are checks of one's own, as data; [Engine.WithRisks] adds checks
	// in code.
	Custom []CustomRisk `json:"custom,omitempty"`
	// Index makes one number of the outcomes: a scorecard whose factors are ids
	// of checks, rated 0 when clear, 5 on watch and 10 at risk. High is bad, so
	// that the best end of its range is the riskiest. Nil asks for none.
	Index *Scorecard `json:"index,omitzero"`
}

// RiskSetting sets one built-in check. METHOD.md lists the defaults and the
// unit of each line. Start from [DefaultPolicy], whose Checks has all of them.
type RiskSetting struct {
	Off bool `json:"off,omitzero"`
	// Severity replaces the check's own; unknown keeps it.
	Severity Grade `json:"severity,omitzero"`
	// Watch and AtRisk are the values from which the check finds something.
	Watch  *Number `json:"watch,omitzero"`
	AtRisk *Number `json:"atRisk,omitzero"`
	// Within is how many days count as lately, or as soon.
	Within int `json:"within,omitzero"`
}

// riskLines is a setting with its lines in words.
type riskLines struct {
	RiskSetting
	watch, atRisk lineWords
}

// lineWords are what a number is on either side of a line; "" where there is none.
type lineWords struct{ atLeast, below, atMost, above string }

func wordsOf(line *Number) lineWords {
	if line == nil {
		return lineWords{}
	}
	n := line.String()
	return lineWords{">= " + n, "< " + n, "<= " + n, "> " + n}
}

// ContactEvery is how many days may pass between meetings with an account, by
// its tier (S2). Zero fields mean 30, 90 and 180.
type ContactEvery struct {
	Key      int `json:"key"`
	Regular  int `json:"regular"`
	Prospect int `json:"prospect"`
}

// CustomRisk is a check as data: a condition for at risk and, if there is one,
// another for watch. A condition reads a judgement, a signal, one of the
// account's attributes, or "strength".
type CustomRisk struct {
	RiskInfo
	AtRisk Condition  `json:"atRisk"`
	Watch  *Condition `json:"watch,omitzero"`
}

func (r RiskRules) withDefaults() RiskRules {
	checks := make(map[RiskID]RiskSetting, len(builtInRisks))
	for id, s := range r.Checks {
		checks[id] = s
	}
	for _, c := range builtInRisks {
		s := checks[c.ID]
		if s.Severity == GradeUnknown {
			s.Severity = c.Severity
		}
		if s.Watch == nil {
			s.Watch = clonePtr(c.watch)
		}
		if s.AtRisk == nil {
			s.AtRisk = clonePtr(c.atRisk)
		}
		if s.Within == 0 {
			s.Within = c.within
		}
		checks[c.ID] = s
	}
	r.Checks = checks
	if r.ContactEvery.Key == 0 {
		r.ContactEvery.Key = 30
	}
	if r.ContactEvery.Regular == 0 {
		r.ContactEvery.Regular = 90
	}
	if r.ContactEvery.Prospect == 0 {
		r.ContactEvery.Prospect = 180
	}
	r.Custom = slices.Clone(r.Custom)
	if r.Index != nil {
		index := *r.Index
		index.Factors, index.MinCoverage = cloneFactors(index.Factors), orFifty(index.MinCoverage)
		r.Index = &index
	}
	return r
}

// check reports what is wrong with the rules, in document order.
func (r *RiskRules) check(rep *report, at place) {
	var known []string
	builtIn := map[RiskID]builtInRisk{}
	for _, c := range builtInRisks {
		known = append(known, string(c.ID))
		builtIn[c.ID] = c
	}
	for id, s := range sorted(r.Checks) {
		at := at.key("checks").key(string(id))
		c, ok := builtIn[id]
		if !ok {
			rep.add(at, CodeUnknown, string(id), alike.Nearest(string(id), known))
			continue
		}
		s.check(rep, at, c)
	}
	for _, n := range []struct {
		name  string
		value int
	}{{"key", r.ContactEvery.Key}, {"regular", r.ContactEvery.Regular}, {"prospect", r.ContactEvery.Prospect}} {
		if n.value < 1 || n.value > maxDays {
			rep.add(at.key("contactEvery").key(n.name), CodeRange, fmt.Sprint(n.value), daysRange)
		}
	}
	seen := map[RiskID]bool{}
	for i := range r.Custom {
		at := at.key("custom").index(i)
		c := &r.Custom[i]
		if c.RiskInfo.check(rep, at); builtIn[c.ID].ID != "" || seen[c.ID] {
			rep.add(at.key("id"), CodeDuplicate, string(c.ID), "")
		}
		seen[c.ID] = true
		if c.AtRisk == (Condition{}) {
			rep.add(at.key("atRisk"), CodeMissing, "", "")
		} else {
			c.AtRisk.check(rep, at.key("atRisk"))
		}
		if c.Watch == nil {
			continue
		}
		before := rep.faults
		if c.Watch.check(rep, at.key("watch")); rep.faults == before && c.Watch.within(&c.AtRisk) {
			rep.add(at.key("watch"), CodeRange, c.Watch.String(), "not within "+c.AtRisk.String())
		}
	}
	r.checkIndex(rep, at.key("index"), seen)
}

const (
	maxDays   = 36_500
	daysRange = "1..36500"
)

func (s *RiskSetting) check(r *report, at place, c builtInRisk) {
	enum(r, at.key("severity"), s.Severity, gradeWords)
	r.number(at.key("watch"), s.Watch)
	r.number(at.key("atRisk"), s.AtRisk)
	for _, line := range []struct {
		name      string
		set, uses *Number
	}{{"watch", s.Watch, c.watch}, {"atRisk", s.AtRisk, c.atRisk}} {
		if line.set != nil && line.uses == nil { // a line that nothing reads
			r.add(at.key(line.name), CodeUnknown, line.set.String(), c.takes())
		}
	}
	if c.within == 0 && s.Within != 0 {
		r.add(at.key("within"), CodeUnknown, fmt.Sprint(s.Within), c.takes())
	}
	if c.within > 0 && (s.Within < 1 || s.Within > maxDays) {
		r.add(at.key("within"), CodeRange, fmt.Sprint(s.Within), daysRange)
	}
	if c.watch == nil || c.atRisk == nil || s.Watch == nil || s.AtRisk == nil || !s.Watch.Valid() || !s.AtRisk.Valid() {
		return
	}
	// The line of at risk lies beyond that of watch, on the side where the
	// check's own lines have it.
	if lower := c.atRisk.Cmp(*c.watch) < 0; lower && s.AtRisk.Cmp(*s.Watch) > 0 {
		r.add(at.key("atRisk"), CodeRange, s.AtRisk.String(), "<= "+s.Watch.String())
	} else if !lower && s.AtRisk.Cmp(*s.Watch) < 0 {
		r.add(at.key("atRisk"), CodeRange, s.AtRisk.String(), ">= "+s.Watch.String())
	}
}

// takes lists what can be set of the check.
func (c *builtInRisk) takes() string {
	out := []string{"off", "severity"}
	if c.watch != nil {
		out = append(out, "watch")
	}
	if c.atRisk != nil {
		out = append(out, "atRisk")
	}
	if c.within != 0 {
		out = append(out, "within")
	}
	return join(out)
}

func (i *RiskInfo) check(r *report, at place) {
	r.id(at.key("id"), string(i.ID))
	r.text(at.key("source"), i.Source)
	enum(r, at.key("side"), i.Side, sideWords)
	enum(r, at.key("severity"), i.Severity, gradeWords)
	if r.words(at.key("name"), i.Name); i.Name == (Text{}) {
		r.add(at.key("name"), CodeMissing, "", "")
	}
	r.words(at.key("ask"), i.Ask)
	r.words(at.key("remedy"), i.Remedy)
}

// checkIndex reports factors of the index that are no checks, or switched off. Checks in code
// come later, and cannot be part of it.
func (r *RiskRules) checkIndex(rep *report, at place, custom map[RiskID]bool) {
	if r.Index == nil {
		return
	}
	if r.Index.Missing == Worst { // the lower end is the good one here
		rep.add(at.key("missing"), CodeEnum, Worst.String(), Renormalise.String()+", "+Neutral.String())
	}
	for i, f := range r.Index.Factors {
		at := at.key("factors").index(i)
		for j, q := range f.Questions {
			r.checkFactor(rep, at.key("questions").index(j), &q, custom)
		}
		if len(f.Questions) == 0 {
			r.checkFactor(rep, at, &f, custom)
		}
	}
}

// running are the ids of the checks that are data and not switched off.
func (r *RiskRules) running() (ids []string) {
	for id, s := range sorted(r.Checks) {
		if !s.Off {
			ids = append(ids, string(id))
		}
	}
	for _, c := range r.Custom {
		ids = append(ids, string(c.ID))
	}
	return ids
}

func (r *RiskRules) checkFactor(rep *report, at place, f *Factor, custom map[RiskID]bool) {
	if s, ok := r.Checks[RiskID(f.ID)]; !ok && !custom[RiskID(f.ID)] || s.Off {
		rep.add(at.key("id"), CodeUnknown, f.ID, alike.Nearest(f.ID, r.running()))
	}
	if f.Scale.or10() != (Scale{}).or10() {
		rep.add(at.key("scale"), CodeScale, f.Scale.String(), "0..10")
	}
	if f.LowerIsBetter { // high is bad here
		rep.add(at.key("lowerIsBetter"), CodeRange, "true", "false")
	}
	if f.Signal != "" { // only outcomes are read
		rep.add(at.key("signal"), CodeRange, string(f.Signal), "none")
	}
	if len(f.Bands) > 0 {
		rep.add(at.key("bands"), CodeRange, fmt.Sprint(len(f.Bands)), "none")
	}
}
