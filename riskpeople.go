package kam

import (
	"math/bits"
	"slices"
)

// Checks of the people (S15.3, S15.6).

// keyContactLeaving finds key contacts whose position ended lately or ends
// soon. Someone who goes and of whom the part or the influence is not known may be
// one.
func (c *riskCase) keyContactLeaving() Outcome {
	out, listed, known := Clear, false, false
	for i := range c.account.Contacts {
		x := &c.account.Contacts[i]
		if x.Since.Cmp(c.asOf) > 0 {
			continue
		}
		listed = true
		known = known || x.Influence != GradeUnknown || len(x.Roles) > 0
		off := x.Until.DaysSince(c.asOf)
		if x.Until.IsZero() || off < -c.set.Within || off > c.set.Within {
			continue
		}
		if !x.key() {
			out = worst(out, c.mayBeKey(x))
			continue
		}
		c.fact("contact-until", c.around(), c.dated(x.ID, x.Until))
		if off <= 0 {
			c.since(x.Until)
		}
		out = AtRisk
	}
	switch {
	case !listed:
		return c.needs("contacts")
	case !known:
		return c.needs("contacts/influence", "contacts/roles")
	}
	return out
}

// mayBeKey is clear of a contact who is not key, whatever is yet to be told.
func (c *riskCase) mayBeKey(x *Contact) Outcome {
	out := Clear
	if x.Influence == GradeUnknown {
		out = c.needs("contacts/influence")
	}
	if len(x.Roles) == 0 {
		out = c.needs("contacts/roles")
	}
	return out
}

// around are the days that count as lately and as soon.
func (c *riskCase) around() string {
	return c.texts.span(span{c.asOf.AddDays(-c.set.Within), c.asOf.AddDays(c.set.Within)})
}

// lately is the line of what counts as lately.
func (c *riskCase) lately() string { return c.texts.day(">= ", c.asOf.AddDays(-c.set.Within)) }

// newDeciderUnmet finds deciders who came lately and were not met since; who was
// met before, or has not been met for longer, is a first sign. Where
// no meeting with anyone is recorded, nobody can tell who was not met; nor is a
// meeting before a later one known. Who has no role may be a decider.
func (c *riskCase) newDeciderUnmet() Outcome {
	deciders, out := 0, Clear
	recorded := slices.ContainsFunc(c.contacts, c.met)
	for _, x := range c.contacts {
		decides := x.has(Decider)
		if !decides && len(x.Roles) > 0 {
			continue
		}
		found, need := c.unmet(x, recorded)
		switch {
		case !decides && found != Clear:
			out = worst(out, c.needs("contacts/roles"))
		case !decides:
		case found == OutcomeUnknown:
			deciders++
			out = worst(out, c.needs(need))
		default:
			deciders++
			out = worst(out, found)
			c.decider(x, found)
		}
	}
	if deciders == 0 {
		return c.needsDecider()
	}
	return out
}

// needsDecider says that nobody is listed who is known to decide.
func (c *riskCase) needsDecider() Outcome {
	if slices.ContainsFunc(c.contacts, func(x *Contact) bool { return len(x.Roles) == 0 }) {
		return c.needs("contacts/roles")
	}
	return c.needs("contacts")
}

// met reports whether a contact was met by the day.
func (c *riskCase) met(x *Contact) bool { return x.LastMet.day > 0 && x.LastMet.Cmp(c.asOf) <= 0 }

// long reports whether a contact has been there for longer than what is new.
func (c *riskCase) long(x *Contact) bool {
	return c.asOf.DaysSince(x.Since) > c.set.Within
}

// unmet judges one who decides, and names the fact without which nobody can tell.
func (c *riskCase) unmet(x *Contact, recorded bool) (found Outcome, need string) {
	met, long := c.met(x), c.long(x)
	switch {
	case x.Since.IsZero() && x.LastMet != c.asOf: // who may have come since
		return OutcomeUnknown, "contacts/since"
	case met && (long || x.LastMet.Cmp(x.Since) >= 0):
		return Clear, ""
	case !recorded || x.LastMet.Cmp(c.asOf) > 0:
		return OutcomeUnknown, "contacts/lastMet"
	case met || long:
		return Watch, ""
	}
	return AtRisk, ""
}

// decider records what was found of one who decides.
func (c *riskCase) decider(x *Contact, found Outcome) {
	met := c.met(x)
	if met && x.LastMet.Cmp(x.Since) >= 0 {
		condition := ""
		if !x.Since.IsZero() {
			condition = c.texts.day(">= ", x.Since)
		}
		c.fact("decider-met", condition, c.dated(x.ID, x.LastMet))
		return
	}
	c.fact("decider-since", c.lately(), c.dated(x.ID, x.Since))
	if found == Clear {
		return
	}
	c.since(x.Since)
	if met {
		c.fact("met-before", c.texts.day(">= ", x.Since), c.dated(x.ID, x.LastMet))
	}
}

func (c *riskCase) singleThreaded() Outcome {
	if n, ok := c.signal(SignalContacts); ok {
		return c.falls(Evidence(SignalContacts), n)
	}
	return OutcomeUnknown
}

// oneLevel counts the levels of two contacts or more; a contact whose level is not known may be on
// another.
func (c *riskCase) oneLevel() Outcome {
	var levels uint64 // a bit for each
	unknown := false
	for _, x := range c.contacts {
		if x.Level == LevelUnknown {
			unknown = true
		} else {
			levels |= 1 << x.Level
		}
	}
	n := Int(bits.OnesCount64(levels))
	switch {
	case len(c.contacts) == 0:
		return c.needs("contacts")
	case len(c.contacts) == 1:
		return Clear // too few, which single-threaded tells
	case unknown && n.Cmp(*c.set.AtRisk) <= 0:
		return c.needs("contacts/level")
	}
	return c.falls(Evidence(SignalLevels), n)
}

// noDeciderKnown counts those who are known to decide, once some tell what they do.
func (c *riskCase) noDeciderKnown() Outcome {
	if _, listed := c.signal(SignalContacts); !listed {
		return OutcomeUnknown
	}
	told, deciders := len(c.contacts) == 0, 0
	for _, x := range c.contacts {
		told = told || len(x.Roles) > 0
		if x.has(Decider) {
			deciders++
		}
	}
	if !told {
		return c.needs("contacts/roles")
	}
	c.countFact("known-deciders", "= 0", deciders)
	if deciders > 0 {
		return Clear
	}
	return AtRisk
}

// deciderAgainst finds those who decide or must agree and are against us; where another of
// them is for us it is a first sign. Who has no role may be one.
func (c *riskCase) deciderAgainst() Outcome {
	asked, against, friends, out := false, false, false, Clear
	for _, x := range c.contacts {
		switch opposes := x.Attitude == AttitudeOpponent; {
		case len(x.Roles) == 0 && (opposes || x.Attitude == AttitudeUnknown):
			out = worst(out, c.needs("contacts/roles"))
		case !x.has(Decider) && !x.has(Approver):
			continue
		case x.Attitude == AttitudeUnknown:
			out = worst(out, c.needs("contacts/attitude"))
		case opposes:
			against = true
			c.fact("decider-against", "", x.ID)
		case x.Attitude.side() == "for":
			friends = true
		}
		asked = true
	}
	switch {
	case len(c.contacts) == 0:
		return c.needs("contacts")
	case !asked:
		return c.needsDecider()
	case against && friends:
		return Watch
	case against:
		return AtRisk
	}
	return out
}

func (c *riskCase) noKnownOpponent() Outcome {
	known := 0
	for _, x := range c.contacts {
		switch x.Attitude {
		case AttitudeOpponent, AttitudeSceptic:
			return Clear
		case AttitudeUnknown:
		default:
			known++
		}
	}
	if known < 2 { // of one alone nothing follows
		return c.needs("contacts/attitude")
	}
	c.countFact("contacts-known", ">= 2", known)
	return Watch
}

// managerChanged finds one change lately, or two within a year.
func (c *riskCase) managerChanged() Outcome {
	if !recorded(c.account.Managers, func(m ManagerRecord) Date { return m.Since }, c.asOf) {
		return c.needs("managers")
	}
	var changes []ManagerRecord
	for i, m := range c.account.Managers {
		if i > 0 && m.Since.Cmp(c.asOf) <= 0 && m.Manager != c.account.Managers[i-1].Manager {
			changes = append(changes, m)
		}
	}
	inYear, lately := 0, 0
	for _, m := range changes {
		days := c.asOf.DaysSince(m.Since)
		if days <= 365 {
			inYear++
		}
		if days <= c.set.Within {
			lately++
		}
		if days <= max(365, c.set.Within) {
			c.fact("manager-since", c.texts.day(">= ", c.asOf.AddDays(-max(365, c.set.Within))), c.dated(m.Manager, m.Since))
			c.since(m.Since)
		}
	}
	switch first, untold := c.untoldManager(); {
	case inYear >= 2:
		return AtRisk
	case lately > 0:
		if untold && first <= 365 {
			c.needs("managers")
		}
		return Watch
	case untold && (first <= c.set.Within || first <= 365 && inYear > 0):
		c.firstFacts(0)
		return c.needs("managers")
	}
	return Clear
}

// untoldManager are the days since the first record, which may be a change: of one
// who is there for less long than the customer it is not told who was before.
func (c *riskCase) untoldManager() (days int, untold bool) {
	if len(c.account.Managers) == 0 {
		return 0, false
	}
	first := c.account.Managers[0].Since
	return c.asOf.DaysSince(first), first.Cmp(c.reader.customerSince()) > 0
}

// oneHolder counts who of us holds ties; a tie whose owner is not known may be
// another's.
func (c *riskCase) oneHolder() Outcome {
	var owners names
	unknown := false
	for _, x := range c.contacts {
		if !hasName(x.Owner) {
			unknown = true
		} else {
			owners.add(x.Owner)
		}
	}
	switch {
	case len(c.contacts) == 0:
		return c.needs("contacts")
	case len(c.contacts) < 3: // the account manager's alone, which is usual
		return Clear
	case unknown && owners.count < 2:
		return c.needs("contacts/owner")
	}
	c.countFact("tie-owners", "= 1", owners.count)
	if owners.count == 1 {
		return Watch
	}
	return Clear
}
