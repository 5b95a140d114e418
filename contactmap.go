package kam

import (
	"cmp"
	"fmt"
	"io"
	"log/slog"
	"slices"
)

// ContactRules say what counts as lately and soon in the map of contacts. Zero
// fields mean the defaults.
type ContactRules struct {
	// MetWithin is how many days ago a meeting still counts. 0 is 90.
	MetWithin int `json:"metWithin,omitzero"`
	// LeavingWithin is how many days before or after the day the end of a
	// position counts as a loss. 0 is 90.
	LeavingWithin int `json:"leavingWithin,omitzero"`
}

// ContactMap shows who is who at an account on a day: who reports to whom, who
// plays which part, who of us knows whom, and what is missing (S7b, S12). It
// holds the contacts that are in their position on that day. Its JSON is what it says; to ask
// for paths and drawings, make it again of the contacts.
type ContactMap struct {
	AsOf Date `json:"asOf"`
	// Tree is the reporting tree, each manager before the reports.
	Tree []TreeNode `json:"tree"`
	// BuyingCentre lists the contacts by the part they play, Levels by their
	// place in the hierarchy, Departments by name, and Ties by who of us owns
	// the tie. What is unknown comes last, as "".
	BuyingCentre []ContactGroup `json:"buyingCentre"`
	Levels       []ContactGroup `json:"levels"`
	Departments  []ContactGroup `json:"departments"`
	Ties         []ContactGroup `json:"ties"`
	// Influence is how much of the influence is for us and against us.
	Influence InfluenceSplit `json:"influence"`
	// Gaps are the gaps that matter, the gravest first.
	Gaps []Gap `json:"gaps,omitempty"`
	// Faults are the contacts that are not as they should be: ids given
	// twice, unknown managers, circles of reports. They are not followed.
	Faults Violations `json:"faults,omitempty"`

	contacts []Contact      // the active ones
	index    map[string]int // of contacts
	manager  []int          // of each contact, or -1
}

// LogValue shows the day and how many contacts there are: the map holds personal data.
func (m ContactMap) LogValue() slog.Value { return slog.StringValue(m.short()) }

// Format shows what LogValue does, whatever the verb.
func (m ContactMap) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, m.short()) }

func (m ContactMap) short() string {
	return fmt.Sprintf("%d contacts as of %s", len(m.contacts), m.AsOf)
}

// TreeNode is a contact in the reporting tree.
type TreeNode struct {
	Contact string `json:"contact"`
	// Manager is the ID of the contact reported to, or "" at a root.
	Manager string `json:"manager,omitzero"`
	// Depth is 0 at a root.
	Depth int `json:"depth"`
}

// ContactGroup is the contacts that have something in common.
type ContactGroup struct {
	Name     string   `json:"name"`
	Contacts []string `json:"contacts"`
	// Met counts those who were met lately.
	Met int `json:"met"`
}

// InfluenceSplit is the influence in the account, in percent that sum to
// exactly 100. A high influence counts 3, a fair one 2, a low one 1; an unknown
// one counts as fair, and how much of the whole rests on that is stated.
type InfluenceSplit struct {
	For     Number `json:"for"`     // supporters and sponsors
	Against Number `json:"against"` // sceptics and opponents
	Neutral Number `json:"neutral"`
	Unknown Number `json:"unknown"` // whose attitude is not known
	// Assumed is the share of contacts whose influence is not known, within
	// the others.
	Assumed Number `json:"assumed"`
}

// MapContacts draws the map of the contacts as of a day. It takes them as they
// are, up to 10,000, and reports what is wrong with them and with the rules in Faults; of more
// it shows none. Time grows with the number of contacts, hardly faster.
func MapContacts(contacts []Contact, asOf Date, rules ContactRules) ContactMap {
	m := ContactMap{
		AsOf: asOf, index: map[string]int{}, Tree: []TreeNode{},
		BuyingCentre: []ContactGroup{}, Levels: []ContactGroup{}, Departments: []ContactGroup{}, Ties: []ContactGroup{}, // as of too many
	}
	var r report
	r.asOf(asOf)
	a := Account{Contacts: contacts}
	a.checkContacts(&r)
	r.count("/rules/metWithin", &rules.MetWithin)
	r.count("/rules/leavingWithin", &rules.LeavingWithin)
	if m.Faults = r.found; len(contacts) > maxList {
		m.Influence = m.influence()
		return m
	}
	for _, c := range contacts {
		if _, twice := m.index[c.ID]; !twice && c.ActiveOn(asOf) {
			m.index[c.ID] = len(m.contacts)
			m.contacts = append(m.contacts, c)
		}
	}
	m.hierarchy()
	met := func(c Contact) bool { return c.met(asOf, rules) }
	m.BuyingCentre = m.group(met, func(c Contact) []string {
		var roles []string
		for _, role := range c.Roles {
			roles = append(roles, role.String())
		}
		return roles
	}, roleWords)
	m.Levels = m.group(met, func(c Contact) []string { return []string{c.Level.String()} }, levelWords)
	m.Departments = m.group(met, func(c Contact) []string { return []string{c.Department} }, nil)
	m.Ties = m.group(met, func(c Contact) []string { return []string{c.Owner} }, nil)
	m.Influence = m.influence()
	active := make([]*Contact, len(m.contacts))
	for i := range m.contacts {
		active[i] = &m.contacts[i]
	}
	m.Gaps = new(memory).gapsOf(contacts, active, asOf, rules)
	return m
}

// hierarchy finds the managers and walks the tree without recursion.
func (m *ContactMap) hierarchy() {
	index := contactIndex{contacts: m.contacts, many: m.index}
	m.manager = make([]int, len(m.contacts))
	for i := range m.contacts {
		m.manager[i] = index.manager(i)
	}
	for i := range circlesOf(m.manager) {
		m.manager[i] = -1
	}
	reports := make([][]int, len(m.contacts))
	var stack []int
	for i, up := range slices.Backward(m.manager) {
		if up < 0 {
			stack = append(stack, i)
			continue
		}
		reports[up] = append(reports[up], i)
	}
	depth := make([]int, len(m.contacts))
	for len(stack) > 0 {
		i := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		n := TreeNode{Contact: m.contacts[i].ID}
		if up := m.manager[i]; up >= 0 {
			n.Manager, depth[i] = m.contacts[up].ID, depth[up]+1
		}
		n.Depth = depth[i]
		m.Tree = append(m.Tree, n)
		stack = append(stack, reports[i]...)
	}
}

// group gathers the contacts by what keys gives, in the given order or that of
// the names; the unknown, "" or "unknown", comes last as "".
func (m *ContactMap) group(met func(Contact) bool, keys func(Contact) []string, order []string) []ContactGroup {
	byName := map[string]*ContactGroup{}
	for _, c := range m.contacts {
		names := keys(c)
		if len(names) == 0 {
			names = []string{""}
		}
		for _, name := range names {
			if !hasName(name) {
				name = ""
			}
			g := byName[name]
			if g == nil {
				g = &ContactGroup{Name: name}
				byName[name] = g
			}
			if slices.Contains(g.Contacts[max(0, len(g.Contacts)-1):], c.ID) {
				continue // the same role twice
			}
			g.Contacts = append(g.Contacts, c.ID)
			if met(c) {
				g.Met++
			}
		}
	}
	out := make([]ContactGroup, 0, len(byName))
	for _, g := range sorted(byName) {
		out = append(out, *g)
	}
	slices.SortStableFunc(out, func(a, b ContactGroup) int {
		if (a.Name == "") != (b.Name == "") {
			return cmp.Compare(b.Name, a.Name)
		}
		return cmp.Compare(slices.Index(order, a.Name), slices.Index(order, b.Name))
	})
	return out
}

// influence splits the whole by attitude.
func (m *ContactMap) influence() InfluenceSplit {
	var parts [4]int64 // for, against, neutral, unknown
	var assumed, whole int64
	for _, c := range m.contacts {
		w := int64(c.Influence)
		if c.Influence == GradeUnknown {
			w = int64(Fair)
			assumed += w
		}
		whole += w
		switch c.Attitude {
		case AttitudeSupporter, AttitudeSponsor:
			parts[0] += w
		case AttitudeOpponent, AttitudeSceptic:
			parts[1] += w
		case AttitudeNeutral:
			parts[2] += w
		default:
			parts[3] += w
		}
	}
	if whole == 0 {
		return InfluenceSplit{Unknown: Int(100)}
	}
	of := apportion(parts[:], 100*numberOne)
	known := apportion([]int64{assumed, whole - assumed}, 100*numberOne)
	return InfluenceSplit{Number{of[0]}, Number{of[1]}, Number{of[2]}, Number{of[3]}, Number{known[0]}}
}

// Gap is something that the map of contacts lacks.
type Gap struct {
	ID GapID `json:"id"`
	// Contacts are the ids that it is about, where it is about some.
	Contacts []string `json:"contacts,omitempty"`
}

// GapID names a kind of gap. It never changes its meaning.
type GapID string

// The gaps, the gravest first. "Known" is what is recorded: a gap may be one
// of the record alone, and is a reason to ask.
const (
	GapNoContacts   GapID = "no-contacts"       // nobody is known
	GapKeyLoss      GapID = "key-contact-lost"  // a key contact is gone lately, or leaves soon
	GapNoDecider    GapID = "no-decider-known"  // nobody is known to decide
	GapDeciderUnmet GapID = "no-decider-met"    // no decider is known to have been met lately
	GapSingle       GapID = "single-threaded"   // all hangs on one contact
	GapOneHolder    GapID = "one-holder"        // one of us holds all ties
	GapOneLevel     GapID = "one-level"         // all contacts are on one level
	GapNoOpponent   GapID = "no-known-opponent" // nobody is known to be against us
)

var gapTexts = map[GapID]Text{
	GapNoContacts:   {"Nobody at the account is known: find the people behind the business.", "尚无该客户的联系人：找出业务背后的人。"},
	GapKeyLoss:      {"A key contact has left or is about to: meet the successor before a rival does.", "关键联系人已离开或即将离开：赶在竞争对手之前拜访继任者。"},
	GapNoDecider:    {"Nobody is known to decide: find out who says yes.", "不知道谁是决策者：查明由谁拍板。"},
	GapDeciderUnmet: {"No decider is known to have been met lately: meet one, or write down when that was.", "近期没有会见决策者的记录：安排会面，或补记上次会面的日期。"},
	GapSingle:       {"All hangs on one contact: win a second one.", "关系只靠一位联系人：再结识一位联系人。"},
	GapOneHolder:    {"One of us holds all ties: bring in a colleague.", "所有联系都在我方一人手中：让同事参与进来。"},
	GapOneLevel:     {"All contacts are on one level: reach above and below.", "所有联系人都在同一层级：向上、向下拓展。"},
	GapNoOpponent:   {"Nobody is known to be against us, which usually means that nobody looked: ask who would rather have a rival.", "不知道谁反对我们，这往往说明没有去找：问一问谁更愿意选择竞争对手。"},
}

// light reports a gap that can wait.
func (g Gap) light() bool {
	return g.ID == GapOneHolder || g.ID == GapOneLevel || g.ID == GapNoOpponent
}

// Text says what the gap asks for.
func (g GapID) Text() Text {
	if t, ok := gapTexts[g]; ok {
		return t
	}
	return Text{EN: string(g), ZH: string(g)}
}

// met reports whether the last meeting was lately.
func (c *Contact) met(asOf Date, rules ContactRules) bool {
	return !c.LastMet.IsZero() && c.LastMet.Cmp(asOf) <= 0 && asOf.DaysSince(c.LastMet) <= cmp.Or(rules.MetWithin, 90)
}

// gapsOf finds what is missing among all contacts and those who are active.
func (m *memory) gapsOf(all []Contact, active []*Contact, asOf Date, rules ContactRules) []Gap {
	gaps := m.gaps[:0]
	add := func(id GapID, when bool, contacts []string) {
		if when {
			gaps = append(gaps, Gap{id, contacts})
		}
	}
	decided, against, oneOwner, oneLevel := false, false, true, true
	deciders := m.words.begin()
	for _, c := range active {
		if c.has(Decider) {
			deciders = append(deciders, c.ID)
			decided = decided || c.met(asOf, rules)
		}
		against = against || c.Attitude.side() == "against"
		oneOwner = oneOwner && c.Owner == active[0].Owner && hasName(c.Owner)
		oneLevel = oneLevel && c.Level == active[0].Level && c.Level != LevelUnknown
	}
	deciders = m.words.keep(deciders)
	leaving := cmp.Or(rules.LeavingWithin, 90)
	lost := m.words.begin()
	for i := range all {
		c := &all[i]
		if off := c.Until.DaysSince(asOf); !c.Until.IsZero() && c.Since.Cmp(asOf) <= 0 && c.key() && off >= -leaving && off <= leaving {
			lost = append(lost, c.ID)
		}
	}
	lost = m.words.keep(lost)
	n := len(active)
	add(GapNoContacts, n == 0, nil)
	if add(GapKeyLoss, len(lost) > 0, lost); n > 0 {
		add(GapNoDecider, len(deciders) == 0, nil)
		add(GapDeciderUnmet, len(deciders) > 0 && !decided, deciders)
		if n == 1 {
			add(GapSingle, true, m.words.list(active[0].ID))
		}
		add(GapOneHolder, n > 2 && oneOwner, nil) // of two it is usual
		add(GapOneLevel, n > 1 && oneLevel, nil)
		add(GapNoOpponent, !against, nil)
	}
	return gaps
}

// key reports whether losing the contact would hurt.
func (c *Contact) key() bool {
	return c.Influence == High || c.has(Decider) || c.has(Approver) || c.has(Sponsor)
}
