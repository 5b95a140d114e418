package kam_test

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// riskRow is an account that one check is asked about.
type riskRow struct {
	check        kam.RiskID
	name, reason string
	account      kam.Account
	want         kam.Outcome
	// needs are the facts that an unknown outcome names, all of them.
	needs []string
	// since is checked where it is given.
	since kam.Date
	// edge marks a row that is one step from firing.
	edge bool
	asOf kam.Date // zero is asOf
}

// checkRows assesses the rows by the default policy.
func checkRows(t *testing.T, rows []riskRow) {
	engine := compiled(t, kam.Policy{})
	for _, row := range rows {
		t.Run(string(row.check)+"/"+row.name, func(t *testing.T) {
			day := row.asOf
			if day.IsZero() {
				day = asOf
			}
			got := riskOf(t, engine, row.account, row.check, day)
			require.Equal(t, row.want, got.Outcome, "%s: %+v", row.reason, got)
			assert.Equal(t, row.needs, got.Needs, row.reason)
			if !row.since.IsZero() {
				assert.Equal(t, row.since, got.Since, row.reason)
			}
		})
	}
}

// riskOf is what the report says of one check. A clear one is an id alone.
func riskOf(t testing.TB, engine *kam.Engine, a kam.Account, check kam.RiskID, day kam.Date) kam.Risk {
	t.Helper()
	a.ID = "x"
	got, err := engine.Assess(a, day)
	require.NoError(t, err)
	requireReport(t, &got.Risks)
	for _, x := range slices.Concat(got.Risks.Findings, got.Risks.Unknown) {
		if x.Check == check {
			return x
		}
	}
	require.Contains(t, got.Risks.Clear, check)
	return kam.Risk{Check: check, Outcome: kam.Clear}
}

// lineOrDays is what a condition of a built-in check is: a line, a span of
// days, or nothing.
var lineOrDays = regexp.MustCompile(`^$|^(= [a-z0-9-]+(, [a-z]+)*|is (yes|no)|recorded|customer|(opened )?(<|<=|>|>=) (-?[0-9.]+|\d{4}-\d\d-\d\d))$|^\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d$`)

// dateless are the checks whose facts do not say since when.
var dateless = map[kam.RiskID]bool{
	kam.RiskComplaintsRising: true, kam.RiskLateDeliveriesRising: true, kam.RiskReturnsRising: true,
	kam.RiskNoComplaints: true, kam.RiskWalletShareFalling: true,
}

// requireReport says what every report of the built-in checks keeps to: each
// check once, and the texts that its outcome needs, in both languages.
func requireReport(t testing.TB, r *kam.RiskReport) {
	t.Helper()
	seen := map[kam.RiskID]int{}
	both := func(x kam.Text) bool { return x.EN != "" && x.ZH != "" }
	for _, x := range r.Findings {
		seen[x.Check]++
		require.GreaterOrEqual(t, x.Outcome, kam.Watch, x.Check)
		require.NotEmpty(t, x.Evidence, x.Check)
		require.True(t, both(x.Name) && both(x.Remedy), x.Check)
		require.True(t, x.Ask == kam.Text{} && (x.Needs == nil || x.Outcome == kam.Watch), x.Check)
		require.NotContains(t, x.Needs, "", x.Check)
	}
	for _, x := range r.Unknown {
		seen[x.Check]++
		require.Equal(t, kam.OutcomeUnknown, x.Outcome, x.Check)
		require.True(t, both(x.Name) && both(x.Ask), x.Check)
		require.True(t, x.Remedy == kam.Text{} && x.Since.IsZero() && x.Error == "", x.Check)
		require.NotContains(t, x.Needs, "", x.Check)
	}
	builtIn := map[kam.RiskID]bool{}
	for _, c := range kam.RiskChecks() {
		builtIn[c.ID] = true
	}
	for _, x := range slices.Concat(r.Findings, r.Unknown) {
		for _, fact := range x.Needs {
			if builtIn[x.Check] {
				requireLabel(t, fact)
			}
		}
		for _, e := range x.Evidence {
			require.True(t, e.Evidence != "" && e.Value != "", "%s: %+v", x.Check, e)
			if builtIn[x.Check] {
				require.Regexp(t, lineOrDays, e.Condition, "%s: %+v", x.Check, e)
			}
		}
		if dateless[x.Check] {
			require.Zero(t, x.Since, "%s: a window has a first day, and the facts have not", x.Check)
		}
	}
	for _, id := range r.Clear {
		seen[id]++
	}
	for _, c := range kam.RiskChecks() {
		require.Equal(t, 1, seen[c.ID], c.ID)
	}
	require.LessOrEqual(t, len(r.Settle), 5)
}

// twoYears are the twelve months up to October 2026, and those before.
func twoYears(before, now kam.Period) []kam.Period {
	before.From, before.To = kam.NewDate(2024, 11, 1), kam.NewDate(2025, 10, 31)
	now.From, now.To = kam.NewDate(2025, 11, 1), kam.NewDate(2026, 10, 31)
	return []kam.Period{before, now}
}

func said(id kam.Evidence, v kam.Verdict) map[kam.Evidence]kam.Judgement {
	return map[kam.Evidence]kam.Judgement{id: {Verdict: v}}
}

// back is a day so many days before the as-of date.
func back(days int) kam.Date { return asOf.AddDays(-days) }

func allRiskRows() []riskRow {
	return slices.Concat(peopleRows(), serviceRows(), rhythmRows(), relationshipRows(), ourRows())
}

// Each check has rows in which it fires in every way that it can, is one step
// from firing, and cannot tell.
func TestEveryRiskHasRows(t *testing.T) {
	onlyAtRisk, onlyWatch, both := []kam.Outcome{kam.AtRisk}, []kam.Outcome{kam.Watch}, []kam.Outcome{kam.Watch, kam.AtRisk}
	fires := map[kam.RiskID][]kam.Outcome{
		kam.RiskKeyContactLeaving: onlyAtRisk, kam.RiskNewDeciderUnmet: both, kam.RiskSingleThreaded: both, kam.RiskOneLevel: onlyAtRisk,
		kam.RiskNoDeciderKnown: onlyAtRisk, kam.RiskDeciderAgainst: both, kam.RiskNoKnownOpponent: onlyWatch, kam.RiskManagerChanged: both, kam.RiskOneHolder: onlyWatch,
		kam.RiskComplaintsRising: both, kam.RiskLateDeliveriesRising: both, kam.RiskReturnsRising: both, kam.RiskIncidentsOpen: both, kam.RiskPoorPerformance: onlyAtRisk,
		kam.RiskNoComplaints: both, kam.RiskNoContact: both, kam.RiskOrderRhythm: both,
		kam.RiskPrioritiesNotShared: both, kam.RiskThinInformation: both, kam.RiskTrustDamaged: both, kam.RiskPositionAbused: both,
		kam.RiskNotKnownAsKey: onlyAtRisk, kam.RiskViewsDiffer: both,
		kam.RiskRevenueFalling: both, kam.RiskWalletShareFalling: both, kam.RiskRivalStronger: onlyAtRisk, kam.RiskRivalAttack: onlyAtRisk, kam.RiskMarketShift: onlyAtRisk, kam.RiskNeedEnding: onlyAtRisk,
		kam.RiskManagerShort: both, kam.RiskNoInternalSupport: onlyAtRisk, kam.RiskComplacency: both, kam.RiskExhaustion: both,
		kam.RiskFinancialCondition: onlyAtRisk, kam.RiskConcentration: both, kam.RiskProfitNegative: onlyAtRisk, kam.RiskPricePressure: both,
	}
	seen := map[kam.RiskID]map[kam.Outcome]bool{}
	edges := map[kam.RiskID]bool{}
	for _, row := range allRiskRows() {
		require.NotEmpty(t, row.name)
		require.NotEmpty(t, row.reason, row.name)
		if seen[row.check] == nil {
			seen[row.check] = map[kam.Outcome]bool{}
		}
		seen[row.check][row.want] = true
		edges[row.check] = edges[row.check] || row.edge && row.want == kam.Clear
	}
	policy := kam.DefaultPolicy()
	require.Len(t, kam.RiskChecks(), 37)
	for _, c := range kam.RiskChecks() {
		for _, o := range fires[c.ID] {
			assert.True(t, seen[c.ID][o], "%s never fires as %s", c.ID, o)
		}
		if s := policy.Risks.Checks[c.ID]; s.Watch != nil && s.AtRisk != nil {
			assert.Equal(t, both, fires[c.ID], "%s has two lines", c.ID)
		}
		assert.True(t, edges[c.ID], "%s: no row that just does not fire", c.ID)
		assert.True(t, seen[c.ID][kam.OutcomeUnknown], "%s: no row that cannot tell", c.ID)
	}
}

// What a check is about is there in both languages, and so is its source.
func TestRiskChecksAreComplete(t *testing.T) {
	seen := map[kam.RiskID]bool{}
	for _, c := range kam.RiskChecks() {
		assert.False(t, seen[c.ID], c.ID)
		seen[c.ID] = true
		for _, text := range []kam.Text{c.Name, c.Ask, c.Remedy} {
			assert.NotEmpty(t, text.EN, c.ID)
			assert.NotEmpty(t, text.ZH, c.ID)
		}
		assert.Regexp(t, `^S(1|4d|6|15\.\d+|16)$`, c.Source, c.ID)
		assert.NotEqual(t, kam.SideUnknown, c.Side, c.ID)
		assert.NotEqual(t, kam.GradeUnknown, c.Severity, c.ID)
	}
	first := kam.RiskChecks()
	first[0].ID = "changed"
	assert.Equal(t, kam.RiskKeyContactLeaving, kam.RiskChecks()[0].ID, "each call returns a new slice")
}

// laterRow is a fact that fires a check and is dated after the as-of date.
type laterRow struct {
	check        kam.RiskID
	name, reason string
	account      kam.Account
	fact         func(*kam.Account) // dated after day
	day          kam.Date
	want         kam.Outcome // on the day
	later        kam.Date
	fires        kam.Outcome // later
}

// No check looks ahead: a fact of a later day changes nothing, and fires when
// its day has come.
func TestRisksDoNotLookAhead(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	seen := map[kam.RiskID]bool{}
	for _, row := range laterRows() {
		seen[row.check] = true
		t.Run(string(row.check)+"/"+row.name, func(t *testing.T) {
			with := clone(t, row.account)
			row.fact(&with)
			got := riskOf(t, engine, with, row.check, row.day)
			assert.Equal(t, row.want, got.Outcome, "%s: %+v", row.reason, got)
			assert.Equal(t, riskOf(t, engine, row.account, row.check, row.day), got, row.reason)
			assert.Equal(t, row.fires, riskOf(t, engine, with, row.check, row.later).Outcome, "later: %s", row.reason)
		})
	}
	for _, c := range kam.RiskChecks() {
		assert.True(t, seen[c.ID], c.ID)
	}
}

// clone copies an account deeply; its JSON loses nothing.
func clone(t testing.TB, a kam.Account) kam.Account {
	t.Helper()
	a.ID = "x"
	data, err := json.Marshal(a)
	require.NoError(t, err)
	var out kam.Account
	require.NoError(t, out.UnmarshalJSON(data))
	return out
}

func laterRows() []laterRow {
	next, then := asOf.AddDays(7), asOf.AddDays(14)
	everyone := func(contacts ...kam.Contact) kam.Account { return kam.Account{Contacts: contacts} }
	leaves := func(i int) func(*kam.Account) {
		return func(a *kam.Account) { a.Contacts[i].Until = next }
	}
	rows := []laterRow{
		{
			kam.RiskKeyContactLeaving, "notice", "who leaves in more than 90 days does not leave soon",
			everyone(kam.Contact{ID: "a", Influence: kam.High}),
			func(a *kam.Account) { a.Contacts[0].Until = asOf.AddDays(100) },
			asOf, kam.Clear, then, kam.AtRisk,
		},
		{
			kam.RiskKeyContactLeaving, "successor", "who comes later is nobody yet",
			kam.Account{},
			func(a *kam.Account) {
				a.Contacts = []kam.Contact{{ID: "a", Influence: kam.High, Since: next, Until: then}}
			},
			asOf, kam.OutcomeUnknown, then, kam.AtRisk,
		},
		{
			kam.RiskNewDeciderUnmet, "arrival", "the decider is not there yet",
			everyone(kam.Contact{ID: "a", Roles: []kam.Role{kam.Decider}, Since: back(400), LastMet: back(10)}),
			func(a *kam.Account) {
				a.Contacts = append(a.Contacts, kam.Contact{ID: "b", Roles: []kam.Role{kam.Decider}, Since: next})
			},
			asOf, kam.Clear, then, kam.AtRisk,
		},
		{
			kam.RiskSingleThreaded, "contact", "nobody is listed yet, which is unknown and not none",
			kam.Account{},
			func(a *kam.Account) { a.Contacts = []kam.Contact{{ID: "a", Since: next}} },
			asOf, kam.OutcomeUnknown, then, kam.AtRisk,
		},
		{
			kam.RiskSingleThreaded, "departure", "three until two of them leave",
			everyone(kam.Contact{ID: "a"}, kam.Contact{ID: "b"}, kam.Contact{ID: "c"}),
			func(a *kam.Account) { leaves(0)(a); leaves(1)(a) },
			asOf, kam.Clear, then, kam.AtRisk,
		},
		{
			kam.RiskOneLevel, "departure", "two levels until one leaves",
			everyone(kam.Contact{ID: "a", Level: kam.Director}, kam.Contact{ID: "b", Level: kam.Operational}, kam.Contact{ID: "c", Level: kam.Operational}),
			leaves(0), asOf, kam.Clear, then, kam.AtRisk,
		},
		{
			kam.RiskNoDeciderKnown, "departure", "a decider until then",
			everyone(kam.Contact{ID: "a", Roles: []kam.Role{kam.Decider}}, kam.Contact{ID: "b", Roles: []kam.Role{kam.User}}),
			leaves(0), asOf, kam.Clear, then, kam.AtRisk,
		},
		{
			kam.RiskNoDeciderKnown, "contact", "the first contact comes later",
			kam.Account{},
			func(a *kam.Account) {
				a.Contacts = []kam.Contact{{ID: "a", Roles: []kam.Role{kam.User}, Since: next}}
			},
			asOf, kam.OutcomeUnknown, then, kam.AtRisk,
		},
		{
			kam.RiskDeciderAgainst, "arrival", "another one decides later",
			everyone(kam.Contact{ID: "a", Roles: []kam.Role{kam.Decider}, Attitude: kam.AttitudeNeutral}),
			func(a *kam.Account) {
				a.Contacts = append(a.Contacts, kam.Contact{ID: "z", Roles: []kam.Role{kam.Decider}, Attitude: kam.AttitudeOpponent, Since: next})
			},
			asOf, kam.Clear, then, kam.AtRisk,
		},
		{
			kam.RiskNoKnownOpponent, "departure", "the opponent is known until then",
			everyone(kam.Contact{ID: "a", Attitude: kam.AttitudeOpponent}, kam.Contact{ID: "b", Attitude: kam.AttitudeNeutral}, kam.Contact{ID: "c", Attitude: kam.AttitudeSponsor}),
			leaves(0), asOf, kam.Clear, then, kam.Watch,
		},
		{
			kam.RiskManagerChanged, "hand-over", "the next manager starts later",
			kam.Account{Managers: []kam.ManagerRecord{{Manager: "Ann", Since: back(900)}}},
			func(a *kam.Account) {
				a.Managers = append(a.Managers, kam.ManagerRecord{Manager: "Bob", Since: next})
			},
			asOf, kam.Clear, then, kam.Watch,
		},
		{
			kam.RiskOneHolder, "departure", "Bob's contact leaves later",
			everyone(kam.Contact{ID: "a", Owner: "Bob"}, kam.Contact{ID: "b", Owner: "Ann"}, kam.Contact{ID: "c", Owner: "Ann"}, kam.Contact{ID: "d", Owner: "Ann"}),
			leaves(0), asOf, kam.Clear, then, kam.Watch,
		},
		{
			kam.RiskManagerChanged, "the first records", "on the day the list may have been absent",
			kam.Account{},
			func(a *kam.Account) {
				a.Managers = []kam.ManagerRecord{{Manager: "Ann", Since: asOf.AddDays(1)}, {Manager: "Bob", Since: next}}
			},
			asOf, kam.OutcomeUnknown, then, kam.Watch,
		},
		{
			kam.RiskIncidentsOpen, "the first incident", "on the day the list may have been absent",
			kam.Account{},
			func(a *kam.Account) { a.Incidents = []kam.Incident{{Opened: next}} },
			asOf, kam.OutcomeUnknown, then, kam.Watch,
		},
		{
			kam.RiskComplacency, "the first activity", "on the day the list may have been absent",
			kam.Account{Stages: kam.History{{Stage: kam.StageGood, On: back(300)}}},
			func(a *kam.Account) { a.Activities = []kam.Activity{{Kind: kam.ActivityReview, On: next}} },
			asOf, kam.OutcomeUnknown, then, kam.AtRisk,
		},
		{
			kam.RiskIncidentsOpen, "incident", "it opens later, and the one before is settled",
			kam.Account{Incidents: []kam.Incident{{Opened: back(99), Closed: back(90)}}},
			func(a *kam.Account) { a.Incidents = append(a.Incidents, kam.Incident{Opened: next}) },
			asOf, kam.Clear, then, kam.Watch,
		},
		{
			kam.RiskIncidentsOpen, "closing", "what is closed later is open today",
			kam.Account{Incidents: []kam.Incident{{Opened: back(40)}}},
			func(a *kam.Account) { a.Incidents[0].Closed = next },
			asOf, kam.AtRisk, then, kam.Clear,
		},
		{
			kam.RiskNoContact, "meeting", "a meeting of a later day is not one yet; it does not hide the visit of today",
			kam.Account{
				Tier: kam.TierKey, Contacts: []kam.Contact{{ID: "a"}},
				Activities: []kam.Activity{{Kind: kam.ActivitySeniorVisit, On: asOf}},
			},
			func(a *kam.Account) { a.Contacts[0].LastMet = next },
			asOf, kam.Clear, asOf.AddDays(37), kam.Watch,
		},
		{
			kam.RiskNoContact, "arrival", "who is nobody yet has not been met before: the 40 days are known",
			kam.Account{Tier: kam.TierKey, Contacts: []kam.Contact{{ID: "a", LastMet: back(40)}}},
			func(a *kam.Account) {
				a.Contacts = append(a.Contacts, kam.Contact{ID: "b", Since: next, LastMet: next})
			},
			asOf, kam.Watch, asOf.AddDays(67), kam.AtRisk,
		},
		{
			kam.RiskViewsDiffer, "customer", "they say so later",
			kam.Account{Stages: kam.History{{Stage: kam.StageGood, On: back(300)}, {Stage: kam.StageGood, On: back(200), View: kam.ViewCustomer}}},
			func(a *kam.Account) {
				a.Stages = append(a.Stages, kam.StageRecord{Stage: kam.StageLimitedShare, On: next, View: kam.ViewCustomer})
			},
			asOf, kam.Clear, then, kam.Watch,
		},
		{
			kam.RiskPositionAbused, "satisfaction", "they are less satisfied later",
			kam.Account{
				Sales: twoYears(kam.Period{}, kam.Period{Revenue: money("100 EUR"), DirectCost: money("60 EUR")}), StandardMargin: new(kam.Int(30)),
				Satisfaction: []kam.SatisfactionRecord{{On: back(100), Rating: kam.Int(8)}, {On: back(50), Rating: kam.Int(8)}},
			},
			func(a *kam.Account) {
				a.Satisfaction = append(a.Satisfaction, kam.SatisfactionRecord{On: next, Rating: kam.Int(7)})
			},
			asOf, kam.Clear, then, kam.Watch, // 40 % where 30 are usual
		},
		{
			kam.RiskManagerShort, "hours", "hours of a later day are not given yet",
			kam.Account{
				PlannedHours: new(kam.Int(100)), Efforts: []kam.Effort{{Kind: kam.EffortTime, On: back(360), Hours: new(kam.Int(76)), Rate: money("1 EUR")}},
				Judgements: said(kam.EvidenceManagerSkilled, kam.Yes),
			},
			func(a *kam.Account) {
				a.Efforts = append(a.Efforts, kam.Effort{Kind: kam.EffortTime, On: next, Hours: new(kam.Int(60)), Rate: money("1 EUR")})
			},
			asOf, kam.Clear, then, kam.Watch, // 60 of 100: the 76 are over a year old then
		},
		{
			kam.RiskComplacency, "stage", "the relationship is firm later",
			kam.Account{Stages: kam.History{{Stage: kam.StageDeveloping, On: back(300)}}, Activities: []kam.Activity{}},
			func(a *kam.Account) {
				a.Stages = append(a.Stages, kam.StageRecord{Stage: kam.StageGood, On: next})
			},
			asOf, kam.OutcomeUnknown, then, kam.AtRisk,
		},
	}
	for id, check := range map[kam.Evidence]kam.RiskID{
		kam.EvidencePrioritiesShared: kam.RiskPrioritiesNotShared, kam.EvidenceInformation: kam.RiskThinInformation,
		kam.EvidenceKnownAsKey: kam.RiskNotKnownAsKey, kam.EvidenceInternalSupport: kam.RiskNoInternalSupport,
		kam.EvidenceFinanciallySound: kam.RiskFinancialCondition, kam.EvidenceManagerSkilled: kam.RiskManagerShort,
	} {
		rows = append(rows, saidLater(check, id, kam.No))
	}
	for id, check := range map[kam.Evidence]kam.RiskID{
		kam.EvidenceTrustDamaged: kam.RiskTrustDamaged, kam.EvidenceRivalStronger: kam.RiskRivalStronger, kam.EvidenceRivalAttack: kam.RiskRivalAttack, kam.EvidencePoorPerformance: kam.RiskPoorPerformance,
		kam.EvidenceMarketShift: kam.RiskMarketShift, kam.EvidenceNeedEnding: kam.RiskNeedEnding, kam.EvidenceNeedEnded: kam.RiskNeedEnding,
		kam.EvidencePricePressure: kam.RiskPricePressure,
	} {
		rows = append(rows, saidLater(check, id, kam.Yes))
	}
	return slices.Concat(rows, soldLater())
}

func saidLater(check kam.RiskID, id kam.Evidence, bad kam.Verdict) laterRow {
	return laterRow{
		check, "said of " + string(id), "nobody has said so yet",
		kam.Account{Tier: kam.TierKey},
		func(a *kam.Account) {
			a.Judgements = map[kam.Evidence]kam.Judgement{id: {Verdict: bad, On: asOf.AddDays(7)}}
		},
		asOf, kam.OutcomeUnknown, asOf.AddDays(14), kam.AtRisk,
	}
}

// soldLater are facts of October 2026 on a day before it ended. The customer
// is one since November 2024, so that the days before are known.
func soldLater() []laterRow {
	middle := kam.NewDate(2026, 10, 15)
	since := kam.NewDate(2024, 11, 1)
	// Nothing happened in October 2025, which is now on the day, and before later.
	account := func(before, now kam.Period) kam.Account {
		sales := twoYears(before, now)
		sales[0].To, sales[1].To = kam.NewDate(2025, 9, 30), kam.NewDate(2026, 9, 30)
		none := kam.Period{From: kam.NewDate(2025, 10, 1), To: kam.NewDate(2025, 10, 31), Revenue: money("0 EUR"), DirectCost: money("0 EUR"), Discount: money("0 EUR")}
		none.Orders, none.Complaints, none.LateDeliveries, none.Units, none.Returns = new(0), new(0), new(0), new(0), new(0)
		return kam.Account{CustomerSince: since, Sales: []kam.Period{sales[0], none, sales[1]}}
	}
	october := func(p kam.Period) func(*kam.Account) {
		p.From, p.To = kam.NewDate(2026, 10, 1), kam.NewDate(2026, 10, 31)
		return func(a *kam.Account) { a.Sales = append(a.Sales, p) }
	}
	calm := kam.Period{Orders: new(100), Complaints: new(0), LateDeliveries: new(0), Units: new(100), Returns: new(0)}
	bad := kam.Period{Orders: new(20), Complaints: new(20), LateDeliveries: new(20), Units: new(20), Returns: new(20)}
	money100 := kam.Period{Revenue: money("100 EUR"), DirectCost: money("50 EUR"), Discount: money("0 EUR")}
	var rows []laterRow
	for _, check := range []kam.RiskID{kam.RiskComplaintsRising, kam.RiskLateDeliveriesRising, kam.RiskReturnsRising} {
		rows = append(rows, laterRow{
			check, "October", "20 in a month that is not over",
			account(calm, calm), october(bad), middle, kam.Clear, asOf, kam.AtRisk,
		})
	}
	add := func(check kam.RiskID, reason string, a kam.Account, p kam.Period, want, fires kam.Outcome) {
		rows = append(rows, laterRow{check, "October", reason, a, october(p), middle, want, asOf, fires})
	}
	quiet := account(calm, kam.Period{Orders: new(20), Complaints: new(0)})
	quiet.Peers = &kam.Peers{Complaints: 10, Orders: 100}
	// On the day 20 orders: 0.9^20 is 12.16 %.
	add(kam.RiskNoComplaints, "24 orders more without a complaint: 44 and 0.97 %", quiet, kam.Period{Orders: new(24), Complaints: new(0)}, kam.Clear, kam.AtRisk)

	steady := kam.Account{CustomerSince: since, Sales: twoYears(kam.Period{Orders: new(12), LastOrder: kam.NewDate(2025, 10, 20)}, kam.Period{Orders: new(12), LastOrder: kam.NewDate(2026, 9, 20)})}
	steady.Sales[1].To = kam.NewDate(2026, 9, 30)
	rows = append(rows, laterRow{
		kam.RiskOrderRhythm, "a quarter without an order", "the quarter is not over: (689/699)^23 is 72 %; then, within 24 months, (324/426)^12 is 3.7 %",
		steady,
		func(a *kam.Account) {
			a.Sales = append(a.Sales, kam.Period{From: kam.NewDate(2026, 10, 1), To: kam.NewDate(2026, 12, 31), Orders: new(0)})
		},
		middle, kam.Clear, kam.NewDate(2027, 1, 15), kam.AtRisk,
	})

	share := account(money100, money100)
	share.Wallet, share.WalletBefore = money("200 EUR"), money("200 EUR")
	add(kam.RiskWalletShareFalling, "a refund of 20 in October: 40 % after 50 %", share, kam.Period{Revenue: money("-20 EUR")}, kam.Clear, kam.AtRisk)

	old := account(money100, money100)
	old.CustomerSince = kam.NewDate(2024, 10, 1)
	old.Sales = append(old.Sales, kam.Period{From: old.CustomerSince, To: kam.NewDate(2024, 10, 31), Revenue: money("0 EUR")})
	add(kam.RiskRevenueFalling, "a refund of 60 in October: 40 after 100", old, kam.Period{Revenue: money("-60 EUR")}, kam.Clear, kam.AtRisk)

	ours := account(money100, money100)
	ours.OurRevenue = money("10000 EUR")
	add(kam.RiskConcentration, "1,000 in October: 11 % of all", ours, kam.Period{Revenue: money("1000 EUR")}, kam.Clear, kam.AtRisk)

	loss := account(money100, money100)
	loss.Efforts = []kam.Effort{}
	add(kam.RiskProfitNegative, "October costs 60 more than it brings", loss, kam.Period{Revenue: money("0 EUR"), DirectCost: money("60 EUR")}, kam.Clear, kam.AtRisk)

	rows = append(rows, laterRow{
		kam.RiskProfitNegative, "customer since", "that there was nothing to sell before is known when they are a customer",
		kam.Account{Sales: []kam.Period{{From: kam.NewDate(2026, 5, 1), To: kam.NewDate(2026, 10, 31), Revenue: money("0 EUR"), DirectCost: money("10 EUR")}}},
		func(a *kam.Account) { a.CustomerSince = asOf.AddDays(7) },
		asOf, kam.OutcomeUnknown, asOf.AddDays(14), kam.AtRisk,
	})

	add(kam.RiskPricePressure, "a discount of 10 in October: 9.09 % after 0", account(money100, money100), kam.Period{Revenue: money("0 EUR"), Discount: money("10 EUR")}, kam.Clear, kam.AtRisk)

	// Ten euros a month; 15 hours after 12 after 10, with what comes in October.
	tired := kam.Account{Efforts: []kam.Effort{
		effortOf(kam.NewDate(2025, 5, 1), 10), effortOf(kam.NewDate(2026, 1, 1), 12), effortOf(kam.NewDate(2026, 6, 1), 12),
	}}
	for from := kam.NewDate(2025, 4, 1); from.Cmp(kam.NewDate(2026, 10, 1)) < 0; from = from.AddMonths(1) {
		tired.Sales = append(tired.Sales, kam.Period{From: from, To: from.AddMonths(1).AddDays(-1), Revenue: money("10 EUR"), DirectCost: money("0 EUR")})
	}
	rows = append(rows, laterRow{
		kam.RiskExhaustion, "October", "three hours more in October: 60 for 15, after 60 for 12, after 60 for 10",
		tired,
		func(a *kam.Account) {
			a.Efforts = append(a.Efforts, effortOf(kam.NewDate(2026, 10, 20), 3))
			a.Sales = append(a.Sales, kam.Period{From: kam.NewDate(2026, 10, 1), To: kam.NewDate(2026, 10, 31), Revenue: money("10 EUR"), DirectCost: money("0 EUR")})
		},
		middle, kam.Clear, asOf, kam.AtRisk,
	})
	return rows
}

func effortOf(on kam.Date, hours int) kam.Effort {
	return kam.Effort{Kind: kam.EffortTime, On: on, Hours: new(kam.Int(hours)), Rate: money("1 EUR")}
}

// richAccount has everything, and every kind of fact that the checks read.
func richAccount(t testing.TB) kam.Account {
	t.Helper()
	a := full(t)
	a.Tier, a.WalletBefore = kam.TierKey, money("300000")
	a.PlannedHours, a.StandardMargin, a.Peers = new(kam.Int(60)), new(kam.Int(20)), &kam.Peers{Complaints: 9, Orders: 300}
	a.Sales = append(a.Sales,
		kam.Period{From: kam.NewDate(2024, 3, 1), To: kam.NewDate(2024, 10, 31), Revenue: money("50000"), DirectCost: money("20000"), Discount: money("0"), Orders: new(9), LastOrder: kam.NewDate(2024, 10, 2), Units: new(90), Returns: new(1), LateDeliveries: new(0), Complaints: new(1)},
		kam.Period{From: kam.NewDate(2026, 11, 1), To: kam.NewDate(2026, 12, 31), Revenue: money("10000"), DirectCost: money("12000"), Discount: money("4000"), Orders: new(3), LastOrder: kam.NewDate(2026, 11, 20), Units: new(40), Returns: new(20), LateDeliveries: new(3), Complaints: new(3)},
		kam.Period{From: kam.NewDate(2027, 1, 1), To: kam.NewDate(2027, 1, 31), Revenue: money("0"), DirectCost: money("90000"), Discount: money("0"), Orders: new(0), Units: new(0), Returns: new(0), LateDeliveries: new(0), Complaints: new(0)},
	)
	for i, id := range []kam.Evidence{
		kam.EvidencePrioritiesShared, kam.EvidenceInformation, kam.EvidenceTrustDamaged, kam.EvidenceKnownAsKey, kam.EvidenceMarketShift, kam.EvidenceNeedEnding, kam.EvidenceNeedEnded,
		kam.EvidenceManagerSkilled, kam.EvidenceManagerTime, kam.EvidenceInternalSupport, kam.EvidenceFinanciallySound, kam.EvidencePricePressure, kam.EvidenceRivalStronger,
	} {
		v := kam.Yes
		if i%2 == 0 {
			v = kam.No
		}
		a.Judgements[id] = kam.Judgement{Verdict: v, On: kam.NewDate(2026, 1, 15).AddDays(25 * i)}
	}
	a.Answers["selection"]["openness"] = kam.Answer{Rating: kam.Int(2), On: kam.NewDate(2025, 12, 1)}
	a.Answers["selection"]["bad-impression"] = kam.Answer{Rating: kam.Int(8), On: kam.NewDate(2026, 5, 1)}
	a.Managers = []kam.ManagerRecord{{Manager: "Zoe", Since: kam.NewDate(2024, 3, 1)}, {Manager: "Bob", Since: kam.NewDate(2026, 2, 1)}, {Manager: "Ann", Since: kam.NewDate(2026, 10, 1)}}
	a.Incidents = []kam.Incident{{Opened: kam.NewDate(2026, 3, 1), Closed: kam.NewDate(2026, 6, 1)}, {Opened: kam.NewDate(2026, 11, 20)}}
	a.Satisfaction = []kam.SatisfactionRecord{{On: kam.NewDate(2025, 12, 1), Rating: kam.Int(8)}, {On: kam.NewDate(2026, 6, 1), Rating: kam.Int(7)}, {On: kam.NewDate(2026, 12, 1), Rating: kam.Int(9)}}
	a.Activities = []kam.Activity{{Kind: kam.ActivityReview, On: kam.NewDate(2026, 2, 1)}, {Kind: kam.ActivityPlan, On: kam.NewDate(2026, 11, 30)}, {Kind: kam.ActivitySeniorVisit, On: kam.NewDate(2025, 6, 1)}}
	for i := range 40 {
		a.Efforts = append(a.Efforts, effortOf(kam.NewDate(2024, 12, 1).AddDays(20*i), 1+i/8))
	}
	a.Stages = append(a.Stages, kam.StageRecord{Stage: kam.StageStrong, On: kam.NewDate(2026, 9, 1)}, kam.StageRecord{Stage: kam.StageStrong, On: kam.NewDate(2026, 12, 1), View: kam.ViewCustomer})
	a.Contacts = append(a.Contacts,
		kam.Contact{ID: "c3", Level: kam.Director, Roles: []kam.Role{kam.Decider}, Attitude: kam.AttitudeSceptic, Owner: "Bob", Since: kam.NewDate(2026, 9, 15), LastMet: kam.NewDate(2026, 12, 10)},
		kam.Contact{ID: "c4", ReportsTo: "c3", Level: kam.Operational, Roles: []kam.Role{kam.User}, Attitude: kam.AttitudeSupporter, Owner: "Ann", Since: kam.NewDate(2025, 1, 1), Until: kam.NewDate(2026, 5, 1), LastMet: kam.NewDate(2026, 4, 1)},
	)
	return a
}

// knownBy takes out of a value what is dated after the day: items of lists and
// maps that begin later, and later days of other things. What a period holds is
// known when it is over; but the day of an order in it is known from that day.
// The end of a position, and of an override, is said in advance. Of a list with
// later items alone nothing was known; a later meeting has overwritten the one
// before, and rows of their own show what is read of it.
func knownBy(v reflect.Value, day kam.Date) {
	later := func(f reflect.Value) bool {
		d, ok := f.Interface().(kam.Date)
		return ok && d.Cmp(day) > 0
	}
	begins := func(item reflect.Value) bool {
		for _, name := range []string{"On", "Since", "Opened", "From"} {
			if item.Kind() == reflect.Struct && item.FieldByName(name).IsValid() && later(item.FieldByName(name)) {
				return true
			}
		}
		return false
	}
	switch v.Kind() {
	case reflect.Slice:
		if v.IsNil() {
			return
		}
		kept := reflect.MakeSlice(v.Type(), 0, v.Len())
		for i := range v.Len() {
			if !begins(v.Index(i)) {
				knownBy(v.Index(i), day)
				kept = reflect.Append(kept, v.Index(i))
			}
		}
		if kept.Len() == 0 && v.Len() > 0 {
			kept = reflect.Zero(v.Type())
		}
		v.Set(kept)
	case reflect.Map:
		for _, key := range v.MapKeys() {
			item := reflect.New(v.Type().Elem()).Elem()
			item.Set(v.MapIndex(key))
			if begins(item) {
				v.SetMapIndex(key, reflect.Value{})
				continue
			}
			knownBy(item, day)
			v.SetMapIndex(key, item)
		}
	case reflect.Struct:
		period, running := v.Interface().(kam.Period)
		running = running && period.To.Cmp(day) > 0
		for i := range v.NumField() {
			f, name := v.Field(i), v.Type().Field(i).Name
			switch {
			case !f.CanSet() || name == "Until" || name == "LastMet" || running && name == "To":
			case later(f), running && (f.Kind() == reflect.Pointer || f.Kind() == reflect.Slice):
				f.SetZero()
			default:
				knownBy(f, day)
			}
		}
	}
}

// What is known on a day decides, and nothing that came later: for every day
// around the facts of an account that has them all.
func TestRisksAreOfTheDay(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	rich := richAccount(t)
	require.NoError(t, rich.Validate())
	step := 1
	if testing.Short() {
		step = 9
	}
	outcomes := map[kam.RiskID]map[kam.Outcome]bool{}
	for day := kam.NewDate(2024, 2, 1); day.Cmp(kam.NewDate(2027, 3, 1)) < 0; day = day.AddDays(step) {
		cut := clone(t, rich)
		knownBy(reflect.ValueOf(&cut).Elem(), day)
		listed := map[string]bool{}
		for _, c := range cut.Contacts {
			listed[c.ID] = true
		}
		for i := range cut.Contacts {
			if !listed[cut.Contacts[i].ReportsTo] {
				cut.Contacts[i].ReportsTo = ""
			}
		}
		want, err := engine.Assess(cut, day)
		require.NoError(t, err, day)
		whole := clone(t, rich)
		got, err := engine.Assess(whole, day)
		require.NoError(t, err, day)
		require.Equal(t, want.Risks, got.Risks, "on %s", day)
		requireReport(t, &got.Risks)
		for _, c := range kam.RiskChecks() {
			if outcomes[c.ID] == nil {
				outcomes[c.ID] = map[kam.Outcome]bool{}
			}
			outcomes[c.ID][got.Risks.Outcome(c.ID)] = true
		}
	}
	moved := 0
	for _, o := range outcomes {
		if len(o) > 1 {
			moved++
		}
	}
	assert.GreaterOrEqual(t, moved, 25, "most checks say more than one thing over the days, else this shows little")
}

// The same bytes from any number of goroutines that share an engine, with
// checks of one's own in code and as data.
func TestRisksAreReproducible(t *testing.T) {
	engine, err := compiled(t, kam.Policy{Risks: kam.RiskRules{
		Custom: []kam.CustomRisk{{RiskInfo: kam.RiskInfo{ID: "big", Name: kam.Text{EN: "Big"}}, AtRisk: kam.Condition{Evidence: "attribute.employees", AtLeast: new(kam.Int(100))}}},
		Index:  &kam.Scorecard{ID: "index", Relative: true, Factors: []kam.Factor{{ID: "big", Weight: kam.Int(1)}, {ID: "one-level", Weight: kam.Int(2)}}},
	}}).WithRisks(kam.RiskCheck{
		RiskInfo: kam.RiskInfo{ID: "mine", Name: kam.Text{EN: "Mine"}},
		Check:    func(kam.RiskInput) kam.RiskResult { panic("always") },
	})
	require.NoError(t, err)
	bytes := func(a kam.Account) string {
		got, err := engine.Assess(a, asOf)
		if err != nil {
			return err.Error()
		}
		data, err := json.Marshal(got.Risks)
		if err != nil {
			return err.Error()
		}
		return string(data)
	}
	accounts := make([]kam.Account, 16)
	for i := range accounts {
		accounts[i] = richAccount(t)
	}
	want := bytes(richAccount(t))
	require.Contains(t, want, "panic: always")
	got := make([]string, len(accounts))
	var wg sync.WaitGroup
	for i, a := range accounts {
		wg.Go(func() {
			for range 8 {
				got[i] = bytes(a)
			}
		})
	}
	wg.Wait()
	for _, g := range got {
		assert.Equal(t, want, g)
	}
}

// A rating that stands in is read on its own scale.
func TestStandInRatingOnAnotherScale(t *testing.T) {
	card := kam.SelectionScorecard()
	for i := range card.Factors {
		for j := range card.Factors[i].Questions {
			card.Factors[i].Questions[j].Scale = kam.Scale{Lo: kam.Int(1), Hi: kam.Int(5)}
		}
	}
	engine := compiled(t, kam.Policy{Selection: card})
	for rating, want := range map[int]kam.Outcome{1: kam.Watch, 2: kam.Watch, 3: kam.Clear, 5: kam.Clear} { // 0, 2.5, 5 and 10 of 10
		a, err := engine.Assess(kam.Account{ID: "x", Answers: map[string]kam.Answers{"selection": {"openness": kam.Rated(kam.Int(rating))}}}, asOf)
		require.NoError(t, err)
		assert.Equal(t, want, a.Risks.Outcome("priorities-not-shared"), "%d", rating)
	}
}

// A value that is no Number is unknown, and no reason to fail.
func TestRisksOfExtremes(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	for _, tt := range []struct {
		name, reason string
		account      kam.Account
		check        kam.RiskID
	}{
		{
			"share of wallet", "10 to the 12 of a ten-thousandth is 10 to the 18 percent",
			kam.Account{
				Wallet: money("1 EUR"), WalletBefore: money("0.0001 EUR"),
				Sales: twoYears(kam.Period{Revenue: money("1000000000000 EUR")}, kam.Period{Revenue: money("1 EUR")}),
			},
			kam.RiskWalletShareFalling,
		},
		{
			"contribution", "what serving costs is more than a Number holds",
			kam.Account{
				Sales: twoYears(kam.Period{}, kam.Period{Revenue: money("0 EUR"), DirectCost: money("0 EUR")}),
				Efforts: []kam.Effort{
					{Kind: kam.EffortTime, On: back(100), Money: money("99999999999999 EUR")},
					{Kind: kam.EffortTime, On: back(100), Money: money("99999999999999 EUR")},
				},
			},
			kam.RiskProfitNegative,
		},
		{
			"cost of an effort", "a billion hours at ten to the 15 are more than Money holds",
			kam.Account{
				Sales:   twoYears(kam.Period{}, kam.Period{Revenue: money("1 EUR"), DirectCost: money("0 EUR")}),
				Efforts: []kam.Effort{{Kind: kam.EffortTime, On: back(100), Hours: new(kam.Int(1_000_000_000)), Rate: money("1000000000000000 EUR")}},
			},
			kam.RiskProfitNegative,
		},
		{
			"hours of those planned", "a billion of a ten-thousandth",
			kam.Account{
				PlannedHours: new(kam.Dec(1, 4)), Judgements: map[kam.Evidence]kam.Judgement{"manager-skilled": {Verdict: kam.Yes}},
				Efforts: []kam.Effort{{Kind: kam.EffortTime, On: back(300), Hours: new(kam.Int(1_000_000_000)), Rate: money("0 EUR")}},
			},
			kam.RiskManagerShort,
		},
		{
			"complaints", "a billion of the thousandth part of an order",
			kam.Account{Sales: []kam.Period{
				{From: kam.NewDate(1, 1, 1), To: kam.NewDate(2025, 10, 30), Orders: new(1), Complaints: new(0)},
				{From: kam.NewDate(2025, 10, 31), To: kam.NewDate(2025, 10, 31), Orders: new(0), Complaints: new(1_000_000_000)},
				{From: kam.NewDate(2025, 11, 1), To: kam.NewDate(2026, 10, 31), Orders: new(100), Complaints: new(10)},
			}},
			kam.RiskComplaintsRising,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, kam.OutcomeUnknown, riskOf(t, engine, tt.account, tt.check, asOf).Outcome, tt.reason)
		})
	}
}
