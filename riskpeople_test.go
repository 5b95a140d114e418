package kam_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/kam-go/kam"
)

func TestRiskPeople(t *testing.T) { checkRows(t, peopleRows()) }

func peopleRows() []riskRow {
	with := func(contacts ...kam.Contact) kam.Account { return kam.Account{Contacts: contacts} }
	decider := func(id string, since, met kam.Date) kam.Contact {
		return kam.Contact{ID: id, Roles: []kam.Role{kam.Decider}, Since: since, LastMet: met}
	}
	user := func(met kam.Date) kam.Contact {
		return kam.Contact{ID: "u", Roles: []kam.Role{kam.User}, LastMet: met}
	}
	stands := func(id string, attitude kam.Attitude) kam.Contact {
		return kam.Contact{ID: id, Roles: []kam.Role{kam.Decider}, Attitude: attitude}
	}
	managers := func(records ...kam.ManagerRecord) kam.Account { return kam.Account{Managers: records} }
	by := func(manager string, days int) kam.ManagerRecord {
		return kam.ManagerRecord{Manager: manager, Since: back(days)}
	}
	gone := kam.Contact{ID: "gone", Roles: []kam.Role{kam.User}, Level: kam.Director, Owner: "Ann", Attitude: kam.AttitudeNeutral, Until: back(200)}
	return []riskRow{
		{check: kam.RiskKeyContactLeaving, name: "leaves in 90 days", reason: "soon is within 90 days", account: with(kam.Contact{ID: "a", Influence: kam.High, Until: back(-90)}), want: kam.AtRisk},
		{check: kam.RiskKeyContactLeaving, name: "leaves today", reason: "the last day is a day from which it is so", account: with(kam.Contact{ID: "a", Influence: kam.High, Until: asOf}), want: kam.AtRisk, since: asOf},
		{check: kam.RiskKeyContactLeaving, name: "came today", reason: "whose first day it is is there, and stays", account: with(kam.Contact{ID: "a", Influence: kam.High, Since: asOf}), want: kam.Clear},
		{check: kam.RiskKeyContactLeaving, name: "left 90 days ago", reason: "and so is lately", account: with(kam.Contact{ID: "a", Roles: []kam.Role{kam.Sponsor}, Until: back(90)}), want: kam.AtRisk, since: back(90)},
		{check: kam.RiskKeyContactLeaving, name: "two leave", reason: "since the one who has left", account: with(kam.Contact{ID: "a", Influence: kam.High, Until: back(-5)}, kam.Contact{ID: "b", Influence: kam.High, Until: back(5)}), want: kam.AtRisk, since: back(5)},
		{check: kam.RiskKeyContactLeaving, name: "leaves in 91 days", reason: "a day too late", account: with(kam.Contact{ID: "a", Influence: kam.High, Until: back(-91)}), want: kam.Clear, edge: true},
		{check: kam.RiskKeyContactLeaving, name: "left 91 days ago", reason: "a day too early", account: with(kam.Contact{ID: "a", Influence: kam.High, Until: back(91)}), want: kam.Clear, edge: true},
		{check: kam.RiskKeyContactLeaving, name: "not key", reason: "a fair influence on the purchase and no say in it", account: with(kam.Contact{ID: "a", Influence: kam.Fair, Roles: []kam.Role{kam.User}, Until: back(-1)}), want: kam.Clear, edge: true},
		{check: kam.RiskKeyContactLeaving, name: "who leaves is not known", reason: "another's part is known, and this one may be key", account: with(kam.Contact{ID: "a", Influence: kam.High}, kam.Contact{ID: "b", Until: back(-90)}), want: kam.OutcomeUnknown, needs: []string{"contacts/influence", "contacts/roles"}},
		{check: kam.RiskKeyContactLeaving, name: "whose influence is not known", reason: "a user may have a high one", account: with(kam.Contact{ID: "a", Roles: []kam.Role{kam.User}, Until: back(-1)}), want: kam.OutcomeUnknown, needs: []string{"contacts/influence"}},
		{check: kam.RiskKeyContactLeaving, name: "whose role is not known", reason: "one of little influence may decide", account: with(kam.Contact{ID: "a", Influence: kam.Low, Until: back(-1)}), want: kam.OutcomeUnknown, needs: []string{"contacts/roles"}},
		{check: kam.RiskKeyContactLeaving, name: "who leaves late is not known", reason: "91 days are not soon, for whomever", account: with(kam.Contact{ID: "a", Influence: kam.High}, kam.Contact{ID: "b", Until: back(-91)}), want: kam.Clear, edge: true},
		{check: kam.RiskKeyContactLeaving, name: "one known, one not", reason: "what is unknown hides nothing that was found, in either order", account: with(kam.Contact{ID: "a", Until: back(-1)}, kam.Contact{ID: "b", Influence: kam.High, Until: back(-1)}, kam.Contact{ID: "c", Until: back(-1)}), want: kam.AtRisk},
		{check: kam.RiskKeyContactLeaving, name: "nobody listed", reason: "nothing is known", want: kam.OutcomeUnknown, needs: []string{"contacts"}},
		{check: kam.RiskKeyContactLeaving, name: "nobody's part known", reason: "nobody can be told to be key", account: with(kam.Contact{ID: "a", Until: back(-1)}), want: kam.OutcomeUnknown, needs: []string{"contacts/influence", "contacts/roles"}},

		{check: kam.RiskNewDeciderUnmet, name: "180 days, not met", reason: "lately is within 180 days; meetings with others are recorded", account: with(decider("a", back(180), kam.Date{}), user(asOf)), want: kam.AtRisk, since: back(180)},
		{check: kam.RiskNewDeciderUnmet, name: "met in the old position", reason: "the meeting was the day before the first day", account: with(decider("a", back(100), back(101))), want: kam.Watch, since: back(100)},
		{check: kam.RiskNewDeciderUnmet, name: "180 days, met in the old position", reason: "still new on the 180th day", account: with(decider("a", back(180), back(200))), want: kam.Watch, since: back(180)},
		{check: kam.RiskNewDeciderUnmet, name: "met on the first day of all", reason: "the first day that there is is a day, in the old position here", account: with(decider("a", kam.NewDate(1, 2, 1), kam.NewDate(1, 1, 1))), asOf: kam.NewDate(1, 6, 1), want: kam.Watch, since: kam.NewDate(1, 2, 1)},
		{check: kam.RiskNewDeciderUnmet, name: "another met on the first day of all", reason: "so meetings are recorded", account: with(decider("a", kam.NewDate(1, 2, 1), kam.Date{}), user(kam.NewDate(1, 1, 1))), asOf: kam.NewDate(1, 6, 1), want: kam.AtRisk, since: kam.NewDate(1, 2, 1)},
		{check: kam.RiskNewDeciderUnmet, name: "one met before, one never", reason: "the graver of the two, since the first of them", account: with(decider("a", back(100), back(101)), decider("b", back(10), kam.Date{})), want: kam.AtRisk, since: back(100)},
		{check: kam.RiskNewDeciderUnmet, name: "one of two", reason: "what is unknown of the one hides nothing of the other", account: with(decider("a", kam.Date{}, kam.Date{}), decider("b", back(10), kam.Date{}), user(asOf)), want: kam.AtRisk, since: back(10)},
		{check: kam.RiskNewDeciderUnmet, name: "a first sign of two", reason: "nor of one who was met before only", account: with(decider("a", kam.Date{}, kam.Date{}), decider("b", back(10), back(20))), want: kam.Watch, since: back(10), needs: []string{"contacts/since"}},
		{check: kam.RiskNewDeciderUnmet, name: "new, and of no known role", reason: "may be the decider who was not met", account: with(decider("a", back(300), back(5)), kam.Contact{ID: "b", Since: back(180)}), want: kam.OutcomeUnknown, needs: []string{"contacts/roles"}},
		{check: kam.RiskNewDeciderUnmet, name: "of no known role, and met", reason: "decider or not", account: with(decider("a", back(300), back(5)), kam.Contact{ID: "b", Since: back(180), LastMet: back(180)}), want: kam.Clear},
		{check: kam.RiskNewDeciderUnmet, name: "of no known role, and not new", reason: "a decider would be a first sign", account: with(decider("a", back(300), back(5)), kam.Contact{ID: "b", Since: back(181)}), want: kam.OutcomeUnknown, needs: []string{"contacts/roles"}},
		{check: kam.RiskNewDeciderUnmet, name: "of no known role, since nobody knows when", reason: "nor of a decider would that be known", account: with(decider("a", back(300), back(5)), kam.Contact{ID: "b"}), want: kam.OutcomeUnknown, needs: []string{"contacts/roles"}},
		{check: kam.RiskNewDeciderUnmet, name: "new, and a user", reason: "that is no decider", account: with(decider("a", back(300), back(5)), kam.Contact{ID: "b", Since: back(180), Roles: []kam.Role{kam.User}}), want: kam.Clear},
		{check: kam.RiskNewDeciderUnmet, name: "181 days, not met", reason: "no longer new, and waiting does not mend it", account: with(decider("a", back(181), kam.Date{}), user(back(9))), want: kam.Watch},
		{check: kam.RiskNewDeciderUnmet, name: "met on the first day", reason: "met is met", account: with(decider("a", back(100), back(100))), want: kam.Clear, edge: true},
		{check: kam.RiskNewDeciderUnmet, name: "no parts known", reason: "who decides is not known", account: with(kam.Contact{ID: "a", Since: back(10), LastMet: back(20)}), want: kam.OutcomeUnknown, needs: []string{"contacts/roles"}},
		{check: kam.RiskNewDeciderUnmet, name: "met, and nobody knows since when", reason: "may have come after the meeting", account: with(decider("a", kam.Date{}, back(1))), want: kam.OutcomeUnknown, needs: []string{"contacts/since"}},
		{check: kam.RiskNewDeciderUnmet, name: "met today, and nobody knows since when", reason: "nobody comes after today", account: with(decider("a", kam.Date{}, asOf)), want: kam.Clear},
		{check: kam.RiskNewDeciderUnmet, name: "since when", reason: "new or not is not known", account: with(decider("a", kam.Date{}, kam.Date{}), user(back(9))), want: kam.OutcomeUnknown, needs: []string{"contacts/since"}},
		{check: kam.RiskNewDeciderUnmet, name: "met later", reason: "a later meeting says nothing of those before it", account: with(decider("a", back(10), back(-5)), user(asOf)), want: kam.OutcomeUnknown, needs: []string{"contacts/lastMet"}},
		{check: kam.RiskNewDeciderUnmet, name: "not new, met later", reason: "met before or not is not known", account: with(decider("a", back(181), back(-5)), user(asOf)), want: kam.OutcomeUnknown, needs: []string{"contacts/lastMet"}},
		{check: kam.RiskNewDeciderUnmet, name: "not new, met before taking office", reason: "an old acquaintance of long standing", account: with(decider("a", back(181), back(200))), want: kam.Clear},
		{check: kam.RiskNewDeciderUnmet, name: "no meeting recorded", reason: "an absent day is unknown, and not never", account: with(decider("a", back(10), kam.Date{}), user(kam.Date{})), want: kam.OutcomeUnknown, needs: []string{"contacts/lastMet"}},

		{check: kam.RiskSingleThreaded, name: "one", reason: "at risk at 1", account: with(kam.Contact{ID: "a"}), want: kam.AtRisk},
		{check: kam.RiskSingleThreaded, name: "none left", reason: "the only one has left", account: with(gone), want: kam.AtRisk},
		{check: kam.RiskSingleThreaded, name: "two", reason: "a first sign at 2", account: with(kam.Contact{ID: "a"}, kam.Contact{ID: "b"}), want: kam.Watch},
		{check: kam.RiskSingleThreaded, name: "three", reason: "one more than two", account: with(kam.Contact{ID: "a"}, kam.Contact{ID: "b"}, kam.Contact{ID: "c"}, gone), want: kam.Clear, edge: true},
		{check: kam.RiskSingleThreaded, name: "nobody listed", reason: "unknown is not none", want: kam.OutcomeUnknown, needs: []string{"contacts"}},

		{check: kam.RiskOneLevel, name: "one level", reason: "two on it, the director has left", account: with(kam.Contact{ID: "a", Level: kam.Managerial}, kam.Contact{ID: "b", Level: kam.Managerial}, gone), want: kam.AtRisk},
		{check: kam.RiskOneLevel, name: "two levels", reason: "one more; a third contact without a level changes nothing", account: with(kam.Contact{ID: "a", Level: kam.Managerial}, kam.Contact{ID: "b", Level: kam.Supervisory}, kam.Contact{ID: "c"}), want: kam.Clear, edge: true},
		{check: kam.RiskOneLevel, name: "one contact", reason: "that is the finding of another check", account: with(kam.Contact{ID: "a", Level: kam.Managerial}, gone), want: kam.Clear, edge: true},
		{check: kam.RiskOneLevel, name: "one contact, level unknown", reason: "whatever the level", account: with(kam.Contact{ID: "a"}), want: kam.Clear},
		{check: kam.RiskOneLevel, name: "a level unknown", reason: "it may be another one", account: with(kam.Contact{ID: "a", Level: kam.Managerial}, kam.Contact{ID: "b"}), want: kam.OutcomeUnknown, needs: []string{"contacts/level"}},
		{check: kam.RiskOneLevel, name: "nobody listed", reason: "nothing is known", want: kam.OutcomeUnknown, needs: []string{"contacts"}},

		{check: kam.RiskNoDeciderKnown, name: "a user", reason: "the parts are known and nobody decides", account: with(user(kam.Date{}), kam.Contact{ID: "b"}), want: kam.AtRisk},
		{check: kam.RiskNoDeciderKnown, name: "a decider", reason: "one is enough", account: with(decider("a", kam.Date{}, kam.Date{})), want: kam.Clear, edge: true},
		{check: kam.RiskNoDeciderKnown, name: "no parts known", reason: "a contact may decide", account: with(kam.Contact{ID: "a"}), want: kam.OutcomeUnknown, needs: []string{"contacts/roles"}},

		{check: kam.RiskDeciderAgainst, name: "the one who decides", reason: "an opponent, met or not, whoever else is for us", account: with(stands("a", kam.AttitudeOpponent), kam.Contact{ID: "b", Roles: []kam.Role{kam.User}, Attitude: kam.AttitudeSponsor}), want: kam.AtRisk},
		{check: kam.RiskDeciderAgainst, name: "one of two, the other neutral", reason: "nobody who decides is for us", account: with(stands("a", kam.AttitudeNeutral), stands("b", kam.AttitudeOpponent)), want: kam.AtRisk},
		{check: kam.RiskDeciderAgainst, name: "one of two, the other for us", reason: "it is not decided yet", account: with(stands("a", kam.AttitudeSupporter), stands("b", kam.AttitudeOpponent)), want: kam.Watch},
		{check: kam.RiskDeciderAgainst, name: "one of two, the other a sponsor", reason: "who is for us all the more", account: with(stands("a", kam.AttitudeOpponent), stands("b", kam.AttitudeSponsor)), want: kam.Watch},
		{check: kam.RiskDeciderAgainst, name: "one against, one unknown", reason: "what is unknown hides nothing that was found", account: with(stands("a", kam.AttitudeOpponent), stands("b", kam.AttitudeUnknown)), want: kam.AtRisk},
		{check: kam.RiskDeciderAgainst, name: "a sceptic", reason: "who doubts is not against us", account: with(stands("a", kam.AttitudeSceptic)), want: kam.Clear, edge: true},
		{check: kam.RiskDeciderAgainst, name: "an opponent who uses", reason: "and does not decide", account: with(stands("a", kam.AttitudeNeutral), kam.Contact{ID: "b", Roles: []kam.Role{kam.User}, Attitude: kam.AttitudeOpponent}), want: kam.Clear, edge: true},
		{check: kam.RiskDeciderAgainst, name: "an opponent of no known role", reason: "may decide", account: with(stands("a", kam.AttitudeNeutral), kam.Contact{ID: "b", Attitude: kam.AttitudeOpponent}), want: kam.OutcomeUnknown, needs: []string{"contacts/roles"}},
		{check: kam.RiskDeciderAgainst, name: "neither role nor attitude known", reason: "may decide, and against us", account: with(stands("a", kam.AttitudeNeutral), kam.Contact{ID: "b"}), want: kam.OutcomeUnknown, needs: []string{"contacts/roles"}},
		{check: kam.RiskDeciderAgainst, name: "a friend of no known role", reason: "whether or not it is one who decides", account: with(stands("a", kam.AttitudeNeutral), kam.Contact{ID: "b", Attitude: kam.AttitudeSponsor}), want: kam.Clear},
		{check: kam.RiskDeciderAgainst, name: "an attitude unknown", reason: "of one who decides; a user of no known attitude changes nothing", account: with(stands("a", kam.AttitudeNeutral), stands("b", kam.AttitudeUnknown), user(asOf)), want: kam.OutcomeUnknown, needs: []string{"contacts/attitude"}},
		{check: kam.RiskDeciderAgainst, name: "no decider known", reason: "anyone may decide", account: with(kam.Contact{ID: "a", Attitude: kam.AttitudeNeutral}), want: kam.OutcomeUnknown, needs: []string{"contacts/roles"}},
		{check: kam.RiskDeciderAgainst, name: "the opponent has left", reason: "who is gone decides nothing", account: with(stands("a", kam.AttitudeNeutral), func() kam.Contact { x := stands("b", kam.AttitudeOpponent); x.Until = back(200); return x }()), want: kam.Clear},
		{check: kam.RiskDeciderAgainst, name: "nobody listed", reason: "nothing is known", want: kam.OutcomeUnknown, needs: []string{"contacts"}},

		{check: kam.RiskNoKnownOpponent, name: "friends only", reason: "nobody looked", account: with(kam.Contact{ID: "a", Attitude: kam.AttitudeSponsor}, kam.Contact{ID: "b", Attitude: kam.AttitudeNeutral}, kam.Contact{ID: "c"}), want: kam.Watch},
		{check: kam.RiskNoKnownOpponent, name: "a sceptic", reason: "the mildest who is against us", account: with(kam.Contact{ID: "a", Attitude: kam.AttitudeSceptic}), want: kam.Clear, edge: true},
		{check: kam.RiskNoKnownOpponent, name: "one friend", reason: "of one attitude nothing follows", account: with(kam.Contact{ID: "a", Attitude: kam.AttitudeSponsor}, kam.Contact{ID: "b"}, gone), want: kam.OutcomeUnknown, needs: []string{"contacts/attitude"}},
		{check: kam.RiskNoKnownOpponent, name: "no attitude known", reason: "anyone may be against us", account: with(kam.Contact{ID: "a"}, gone), want: kam.OutcomeUnknown, needs: []string{"contacts/attitude"}},

		{check: kam.RiskManagerChanged, name: "twice in 365 days", reason: "both days count", account: managers(by("Ann", 900), by("Bob", 365), by("Eve", 200)), want: kam.AtRisk, since: back(365)},
		{check: kam.RiskManagerChanged, name: "there and back", reason: "from Ann to Bob to Ann is two", account: managers(by("Ann", 900), by("Bob", 300), by("Ann", 290)), want: kam.AtRisk, since: back(300)},
		{check: kam.RiskManagerChanged, name: "once, 180 days ago", reason: "lately is within 180 days", account: managers(by("Ann", 900), by("Bob", 180)), want: kam.Watch, since: back(180)},
		{check: kam.RiskManagerChanged, name: "once in 366 days, once in 180", reason: "of the year only the later one is, and since that one", account: managers(by("Ann", 900), by("Bob", 366), by("Eve", 180)), want: kam.Watch, since: back(180)},
		{check: kam.RiskManagerChanged, name: "today", reason: "the as-of day counts", account: managers(by("Ann", 900), by("Bob", 0)), want: kam.Watch, since: asOf},
		{check: kam.RiskManagerChanged, name: "once, 181 days ago", reason: "a day too early", account: managers(by("Ann", 900), by("Bob", 181)), want: kam.Clear, edge: true},
		{check: kam.RiskManagerChanged, name: "twice in 366 days", reason: "one of them a day too early, the other not lately", account: managers(by("Ann", 900), by("Bob", 366), by("Eve", 200)), want: kam.Clear, edge: true},
		{check: kam.RiskManagerChanged, name: "the first one", reason: "who was there before is not told", account: managers(by("Ann", 10)), want: kam.OutcomeUnknown, needs: []string{"managers"}},
		{check: kam.RiskManagerChanged, name: "the first one, and one lately", reason: "the first may be a change too, and the second of a year", account: managers(by("Ann", 365), by("Bob", 54)), want: kam.Watch, since: back(54), needs: []string{"managers"}},
		{check: kam.RiskManagerChanged, name: "the first one, 366 days ago, and one lately", reason: "the first is not of the year", account: managers(by("Ann", 366), by("Bob", 54)), want: kam.Watch},
		{check: kam.RiskManagerChanged, name: "the first one, and one in the year", reason: "two changes of a year, if the first is one", account: managers(by("Ann", 365), by("Bob", 236)), want: kam.OutcomeUnknown, needs: []string{"managers"}},
		{check: kam.RiskManagerChanged, name: "the first one, 366 days ago, and one in the year", reason: "of the year there is one change at most", account: managers(by("Ann", 366), by("Bob", 236)), want: kam.Clear},
		{check: kam.RiskManagerChanged, name: "the first one, with the customer, and one in the year", reason: "one change, and not lately", account: func() kam.Account {
			a := managers(by("Ann", 330), by("Bob", 236))
			a.CustomerSince = back(330)
			return a
		}(), want: kam.Clear, edge: true},
		{check: kam.RiskManagerChanged, name: "the first one, a customer from tomorrow", reason: "of which nothing is known today", account: func() kam.Account { a := managers(by("Ann", 10)); a.CustomerSince = back(-1); return a }(), want: kam.OutcomeUnknown, needs: []string{"managers"}},
		{check: kam.RiskManagerChanged, name: "no manager", reason: "an empty list says that there was none", account: managers([]kam.ManagerRecord{}...), want: kam.Clear},
		{check: kam.RiskManagerChanged, name: "the first one, 180 days ago", reason: "which is lately", account: managers(by("Ann", 180)), want: kam.OutcomeUnknown, needs: []string{"managers"}},
		{check: kam.RiskManagerChanged, name: "the first one, with the customer", reason: "there was nobody before", account: func() kam.Account { a := managers(by("Ann", 10)); a.CustomerSince = back(10); return a }(), want: kam.Clear, edge: true},
		{check: kam.RiskManagerChanged, name: "the first one, long ago", reason: "no change lately", account: managers(by("Ann", 181)), want: kam.Clear},
		{check: kam.RiskManagerChanged, name: "the same again", reason: "a record that repeats the manager is no change", account: managers(by("Ann", 900), by("Ann", 10)), want: kam.Clear, edge: true},
		{check: kam.RiskManagerChanged, name: "no record", reason: "an owner alone does not say since when", account: kam.Account{Owner: "Ann"}, want: kam.OutcomeUnknown, needs: []string{"managers"}},

		{check: kam.RiskOneHolder, name: "one of us", reason: "three contacts, one tie holder", account: with(kam.Contact{ID: "a", Owner: "Bob"}, kam.Contact{ID: "b", Owner: "Bob"}, kam.Contact{ID: "c", Owner: "Bob"}, gone), want: kam.Watch},
		{check: kam.RiskOneHolder, name: "two contacts", reason: "the account manager's alone, which is usual", account: with(kam.Contact{ID: "a", Owner: "Bob"}, kam.Contact{ID: "b", Owner: "Bob"}), want: kam.Clear, edge: true},
		{check: kam.RiskOneHolder, name: "two of us", reason: "one more; a third contact without an owner changes nothing", account: with(kam.Contact{ID: "a", Owner: "Bob"}, kam.Contact{ID: "b", Owner: "Ann"}, kam.Contact{ID: "c"}), want: kam.Clear, edge: true},
		{check: kam.RiskOneHolder, name: "one contact", reason: "that is the finding of another check", account: with(kam.Contact{ID: "a", Owner: "Bob"}, gone), want: kam.Clear, edge: true},
		{check: kam.RiskOneHolder, name: "one contact, owner unknown", reason: "whoever it is", account: with(kam.Contact{ID: "a"}), want: kam.Clear},
		{check: kam.RiskOneHolder, name: "an owner unknown", reason: "it may be another one", account: with(kam.Contact{ID: "a", Owner: "Bob"}, kam.Contact{ID: "b"}, kam.Contact{ID: "c", Owner: "Bob"}), want: kam.OutcomeUnknown, needs: []string{"contacts/owner"}},
		{check: kam.RiskOneHolder, name: "an owner that says unknown", reason: "is nobody's name", account: with(kam.Contact{ID: "a", Owner: "unknown"}, kam.Contact{ID: "b", Owner: "unknown"}, kam.Contact{ID: "c", Owner: "unknown"}), want: kam.OutcomeUnknown, needs: []string{"contacts/owner"}},
		{check: kam.RiskOneHolder, name: "nobody listed", reason: "nothing is known", want: kam.OutcomeUnknown, needs: []string{"contacts"}},
	}
}

// The evidence names the days and the people.
func TestPeopleEvidence(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	a := kam.Account{Contacts: []kam.Contact{
		{ID: "a", Roles: []kam.Role{kam.Decider}, Since: back(100), LastMet: back(101), Attitude: kam.AttitudeNeutral, Until: back(-10)},
		{ID: "b", Attitude: kam.AttitudeSponsor},
	}}
	for check, want := range map[kam.RiskID][]kam.Finding{
		// 180 days before 2026-11-24, and the first day of the position.
		kam.RiskNewDeciderUnmet: {{Evidence: "decider-since", Condition: ">= 2026-05-28", Value: "a 2026-08-16"}, {Evidence: "met-before", Condition: ">= 2026-08-16", Value: "a 2026-08-15"}},
		// 90 days before and after.
		kam.RiskKeyContactLeaving: {{Evidence: "contact-until", Condition: "2026-08-26..2027-02-22", Value: "a 2026-12-04"}},
		kam.RiskNoKnownOpponent:   {{Evidence: "contacts-known", Condition: ">= 2", Value: "2"}},
	} {
		assert.Equal(t, want, riskOf(t, engine, a, check, asOf).Evidence, check)
	}
}

// Of one met today it is not told since when, where nobody knows.
func TestDeciderMetToday(t *testing.T) {
	a := kam.Account{Contacts: []kam.Contact{
		{ID: "a", Roles: []kam.Role{kam.Decider}, LastMet: asOf},
		{ID: "b", Roles: []kam.Role{kam.Decider}, Since: back(10)},
	}}
	got := riskOf(t, compiled(t, kam.Policy{}), a, kam.RiskNewDeciderUnmet, asOf)
	assert.Equal(t, []kam.Finding{
		{Evidence: "decider-met", Value: "a 2026-11-24"}, {Evidence: "decider-since", Condition: ">= 2026-05-28", Value: "b 2026-11-14"},
	}, got.Evidence)
}

// Lately may be longer than the year in which two changes count.
func TestManagerChangedWithin(t *testing.T) {
	engine := compiled(t, kam.Policy{Risks: kam.RiskRules{Checks: map[kam.RiskID]kam.RiskSetting{kam.RiskManagerChanged: {Within: 500}}}})
	for days, want := range map[int]kam.Outcome{400: kam.Watch, 500: kam.Watch, 501: kam.Clear} {
		a := kam.Account{Managers: []kam.ManagerRecord{{Manager: "Ann", Since: back(900)}, {Manager: "Bob", Since: back(days)}}}
		assert.Equal(t, want, riskOf(t, engine, a, kam.RiskManagerChanged, asOf).Outcome, days)
	}
}
