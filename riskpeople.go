package kam

import "strconv"

// Checks of the people (S15.3, S15.6).

// keyContactLeaving finds key contacts whose position ended lately or ends
// soon. Where nobody's part or influence is known, nobody can be told to be
// key.
func (c *riskCase) keyContactLeaving() Outcome {
	out, known := Clear, false
	for _, x := range c.account.Contacts {
		if x.Since.Cmp(c.asOf) > 0 {
			continue
		}
		known = known || x.Influence != GradeUnknown || len(x.Roles) > 0
		if !x.key() || x.Until.IsZero() {
			continue
		}
		if off := x.Until.DaysSince(c.asOf); off >= -c.set.Within && off <= c.set.Within {
			c.fact("contact-until", "within "+strconv.Itoa(c.set.Within)+" days", x.ID+" "+x.Until.String())
			c.since(x.Until)
			out = AtRisk
		}
	}
	switch {
	case len(c.account.Contacts) == 0:
		return c.needs("contacts")
	case !known:
		return c.needs("contacts/influence", "contacts/roles")
	}
	return out
}

// newDeciderUnmet finds deciders who came lately and were not met since.
func (c *riskCase) newDeciderUnmet() Outcome {
	deciders, out := 0, Clear
	for _, x := range c.contacts {
		if !x.Has(Decider) {
			continue
		}
		deciders++
		met := x.LastMet.day > 0 && x.LastMet.Cmp(c.asOf) <= 0 && x.LastMet.Cmp(x.Since) >= 0
		switch {
		case met || x.Since.day > 0 && c.asOf.DaysSince(x.Since) > c.set.Within:
			c.fact("decider-met", "since the first day, or in position for long", x.ID)
		case x.Since.IsZero():
			out = worst(out, c.needs("contacts/since"))
		default:
			c.fact("decider-since", "within "+strconv.Itoa(c.set.Within)+" days, not met", x.ID+" "+x.Since.String())
			c.since(x.Since)
			out = worst(out, AtRisk)
		}
	}
	if deciders == 0 {
		return c.needs("contacts/roles")
	}
	return out
}

func (c *riskCase) singleThreaded() Outcome {
	if n, ok := c.signal(SignalContacts); ok {
		return c.falls(Evidence(SignalContacts), n)
	}
	return OutcomeUnknown
}

// oneLevel counts the levels; a contact whose level is not known may be on
// another.
func (c *riskCase) oneLevel() Outcome {
	levels, unknown := map[Level]bool{}, false
	for _, x := range c.contacts {
		if x.Level == LevelUnknown {
			unknown = true
		} else {
			levels[x.Level] = true
		}
	}
	n := Int(len(levels))
	switch {
	case len(c.contacts) == 0:
		return c.needs("contacts")
	case unknown && n.Cmp(*c.set.AtRisk) <= 0:
		return c.needs("contacts/level")
	}
	return c.falls(Evidence(SignalLevels), n)
}

func (c *riskCase) noDeciderKnown() Outcome {
	if n, ok := c.signal(SignalDeciders); ok {
		c.fact(Evidence(SignalDeciders), "= 0", n)
		if n == Int(0) {
			return AtRisk
		}
		return Clear
	}
	return OutcomeUnknown
}

func (c *riskCase) noKnownOpponent() Outcome {
	known := 0
	for _, x := range c.contacts {
		switch x.Attitude {
		case AttitudeOpponent, AttitudeSceptic:
			c.fact("attitude", "opponent or sceptic", x.ID+" "+x.Attitude.String())
			return Clear
		case AttitudeUnknown:
		default:
			known++
		}
	}
	if known == 0 {
		return c.needs("contacts/attitude")
	}
	c.fact("attitude", "no opponent or sceptic among those known", known)
	return Watch
}

// managerChanged finds one change lately, or two within a year. The first
// record is no change.
func (c *riskCase) managerChanged() Outcome {
	if c.account.Managers == nil {
		return c.needs("managers")
	}
	var changes []ManagerRecord
	for i, m := range c.account.Managers {
		if i > 0 && m.Since.Cmp(c.asOf) <= 0 && m.Manager != c.account.Managers[i-1].Manager {
			changes = append(changes, m)
		}
	}
	inYear := 0
	for _, m := range changes {
		if c.asOf.DaysSince(m.Since) <= 365 {
			inYear++
			c.fact("manager-since", "within a year", m.Manager+" "+m.Since.String())
			c.since(m.Since)
		}
	}
	switch {
	case inYear >= 2:
		return AtRisk
	case inYear == 1 && c.asOf.DaysSince(changes[len(changes)-1].Since) <= c.set.Within:
		return Watch
	}
	return Clear
}

// oneHolder counts who of us holds ties; a tie whose owner is not known may be
// another's.
func (c *riskCase) oneHolder() Outcome {
	owners, unknown := map[string]bool{}, false
	for _, x := range c.contacts {
		if x.Owner == "" {
			unknown = true
		} else {
			owners[x.Owner] = true
		}
	}
	switch {
	case len(c.contacts) == 0:
		return c.needs("contacts")
	case unknown && len(owners) < 2:
		return c.needs("contacts/owner")
	}
	c.fact("tie-owners", "= 1", len(owners))
	if len(owners) == 1 {
		return AtRisk
	}
	return Clear
}
