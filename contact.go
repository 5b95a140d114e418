package kam

import (
	"fmt"
	"io"
	"log/slog"
)

// Contact is a person at the account who matters for us. Only the ID must be
// given.
//
// A Contact is personal data: logs and the verbs of fmt show its ID alone.
// In three places fmt asks no method and prints all of it: in an unexported
// field of the caller's struct, also in a text log, and for the verbs %p and
// %w, which mean nothing for a Contact. Encoding it as JSON writes all of it,
// and so does a JSON log of a slice or a struct of the caller's that holds one.
type Contact struct {
	// ID is the caller's own key, unique within the account.
	ID         string `json:"id"`
	Name       string `json:"name,omitzero"`
	Title      string `json:"title,omitzero"`
	Department string `json:"department,omitzero"`
	// Level is where the person stands in the hierarchy.
	Level Level `json:"level,omitzero"`
	// Roles are the parts played in the purchase; one person may play
	// several.
	Roles []Role `json:"roles,omitzero"`
	// Influence on the purchase.
	Influence Grade `json:"influence,omitzero"`
	// Attitude towards us.
	Attitude Attitude `json:"attitude,omitzero"`
	// Reach is how well we reach the person.
	Reach Grade `json:"reach,omitzero"`
	// Owner is who of us owns the tie.
	Owner string `json:"owner,omitzero"`
	// Since and Until are the first and the last day in the position.
	Since Date `json:"since,omitzero"`
	Until Date `json:"until,omitzero"`
	// ReportsTo is the ID of another contact of the account.
	ReportsTo string `json:"reportsTo,omitzero"`
	// LastMet is the day of the latest real conversation.
	LastMet Date `json:"lastMet,omitzero"`
	// Priorities are what the person wants to reach, in their own order.
	Priorities  []string `json:"priorities,omitzero"`
	Personality string   `json:"personality,omitzero"`
}

// ActiveOn reports whether the person is in the position on the day. An
// unknown start or end does not exclude any day.
func (c Contact) ActiveOn(d Date) bool { return c.activeOn(d) }

func (c *Contact) activeOn(d Date) bool {
	return (c.Since.IsZero() || c.Since.Cmp(d) <= 0) && (c.Until.IsZero() || c.Until.Cmp(d) >= 0)
}

// appendActive appends those who are active on the day.
func appendActive(to []*Contact, contacts []Contact, d Date) []*Contact {
	for i := range contacts {
		if contacts[i].activeOn(d) {
			to = append(to, &contacts[i])
		}
	}
	return to
}

// contactIndex finds contacts by their ID; of two with one ID, the first.
type contactIndex struct {
	contacts []Contact
	marks    [few]uint32    // of their IDs, where they are few
	many     map[string]int // nil where they are few
}

// mark tells most short texts apart, so that few need be compared.
func mark(s string) uint32 {
	n := len(s)
	if n < 2 {
		return uint32(n)
	}
	return uint32(n)<<16 | uint32(s[n-2])<<8 | uint32(s[n-1])
}

func indexContacts(contacts []Contact) contactIndex {
	x := contactIndex{contacts: contacts}
	if len(contacts) <= few {
		for i := range contacts {
			x.marks[i] = mark(contacts[i].ID)
		}
		return x
	}
	x.many = make(map[string]int, len(contacts))
	for i := range contacts {
		if _, twice := x.many[contacts[i].ID]; !twice {
			x.many[contacts[i].ID] = i
		}
	}
	return x
}

// manager is the contact that contact i reports to, or -1.
func (x *contactIndex) manager(i int) int {
	if to := x.contacts[i].ReportsTo; to != "" {
		if at, known := x.of(to); known {
			return at
		}
	}
	return -1
}

func (x *contactIndex) of(id string) (int, bool) {
	if x.many != nil {
		i, ok := x.many[id]
		return i, ok
	}
	its := mark(id)
	for i, m := range x.marks[:len(x.contacts)] {
		if m == its && x.contacts[i].ID == id {
			return i, true
		}
	}
	return 0, false
}

// hasName reports a name that is known; some write "unknown" where there is none.
func hasName(s string) bool { return s != "" && s != "unknown" }

// Has reports whether the person plays the role.
func (c Contact) Has(role Role) bool { return c.has(role) }

func (c *Contact) has(role Role) bool {
	for _, r := range c.Roles {
		if r == role {
			return true
		}
	}
	return false
}

// LogValue shows the ID alone.
func (c Contact) LogValue() slog.Value { return slog.StringValue("contact " + c.ID) }

// Format shows the ID alone, whatever the verb; fmt does not ask it for %p and
// %w.
func (c Contact) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "contact "+c.ID) }

// Level is a place in the customer's hierarchy.
type Level uint8

// The levels, from the shop floor up.
const (
	LevelUnknown Level = iota
	Operational        // does the work
	Supervisory        // leads a team
	Managerial         // leads a department
	Director           // leads several departments
	Executive          // leads the company
)

var levelWords = enumWords[Level]{"unknown", "operational", "supervisory", "managerial", "director", "executive"}

// Role is a part that a person plays in a purchase.
type Role uint8

// The roles.
const (
	RoleUnknown Role = iota
	Decider          // says yes or no
	Approver         // must agree, and can stop it
	Influencer       // is listened to
	User             // works with what we sell
	Buyer            // runs the purchase and its terms
	Gatekeeper       // controls who and what gets in
	Sponsor          // stakes a reputation on us
	Coach            // tells us how things stand
)

var roleWords = enumWords[Role]{"unknown", "decider", "approver", "influencer", "user", "buyer", "gatekeeper", "sponsor", "coach"}

// Attitude is how a person stands towards us.
type Attitude uint8

// The attitudes, from against to for.
const (
	AttitudeUnknown   Attitude = iota
	AttitudeOpponent           // works against us
	AttitudeSceptic            // would rather have another
	AttitudeNeutral            // does not mind
	AttitudeSupporter          // would rather have us
	AttitudeSponsor            // stakes a reputation on us
)

// side is "for" us or "against", and of the others nothing.
func (a Attitude) side() string {
	switch a {
	case AttitudeSupporter, AttitudeSponsor:
		return "for"
	case AttitudeOpponent, AttitudeSceptic:
		return "against"
	}
	return ""
}

var attitudeWords = enumWords[Attitude]{"unknown", "opponent", "sceptic", "neutral", "supporter", "sponsor"}
