package kam_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

func setting(id kam.RiskID, s kam.RiskSetting) kam.RiskRules {
	return kam.RiskRules{Checks: map[kam.RiskID]kam.RiskSetting{id: s}}
}

// A check switched off is nowhere in the report; the others stay.
func TestRiskOff(t *testing.T) {
	got := reportOf(t, setting(kam.RiskOneHolder, kam.RiskSetting{Off: true}), kam.Account{})
	assert.Len(t, got.Unknown, len(kam.RiskChecks())-1)
	assert.NotContains(t, ids(got.Unknown), kam.RiskOneHolder)
	for _, f := range got.Settle {
		assert.NotContains(t, f.Checks, kam.RiskOneHolder)
	}
	got = reportOf(t, kam.RiskRules{Checks: allOff()}, kam.Account{})
	assert.Equal(t, kam.RiskReport{}, got, "without checks there is no report")
}

// The lines, the severity and the days are the policy's, each apart from the
// others.
func TestRiskSettings(t *testing.T) {
	four := kam.Account{Contacts: []kam.Contact{{ID: "a"}, {ID: "b"}, {ID: "c"}, {ID: "d"}}}
	two := kam.Account{Contacts: four.Contacts[:2]}
	rise := kam.Account{Sales: twoYears(kam.Period{Complaints: new(30), Orders: new(1000)}, kam.Period{Complaints: new(50), Orders: new(1000)})}
	leaving := kam.Account{Contacts: []kam.Contact{{ID: "a", Influence: kam.High, Until: back(-10)}}}
	tests := []struct {
		name, reason string
		check        kam.RiskID
		set          kam.RiskSetting
		account      kam.Account
		want         kam.Outcome
	}{
		{"default", "two contacts are a first sign", kam.RiskSingleThreaded, kam.RiskSetting{}, two, kam.Watch},
		{"watch", "four are few now", kam.RiskSingleThreaded, kam.RiskSetting{Watch: new(kam.Int(4))}, four, kam.Watch},
		{"watch alone", "the other line is the default", kam.RiskSingleThreaded, kam.RiskSetting{Watch: new(kam.Int(4))}, two, kam.Watch},
		{"at risk", "two are too few now", kam.RiskSingleThreaded, kam.RiskSetting{AtRisk: new(kam.Int(2))}, two, kam.AtRisk},
		{"at risk above", "2 points are enough now", kam.RiskComplaintsRising, kam.RiskSetting{AtRisk: new(kam.Int(2))}, rise, kam.AtRisk},
		{"watch above", "2 points are nothing now", kam.RiskComplaintsRising, kam.RiskSetting{Watch: new(kam.Dec(20001, 4))}, rise, kam.Clear},
		{"zero", "a line of 0 is a line and not a default", kam.RiskConcentration, kam.RiskSetting{Watch: new(kam.Int(0))}, kam.Account{Sales: twoYears(kam.Period{}, kam.Period{Revenue: money("0 EUR")}), OurRevenue: money("9 EUR")}, kam.Watch},
		{"within", "ten days are not soon now", kam.RiskKeyContactLeaving, kam.RiskSetting{Within: 9}, leaving, kam.Clear},
		{"within, on the day", "ten are", kam.RiskKeyContactLeaving, kam.RiskSetting{Within: 10}, leaving, kam.AtRisk},
		{"levels", "two levels are one too few now", kam.RiskOneLevel, kam.RiskSetting{AtRisk: new(kam.Int(2))}, kam.Account{Contacts: []kam.Contact{{ID: "a", Level: kam.Director}, {ID: "b", Level: kam.Executive}}}, kam.AtRisk},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			engine := compiled(t, kam.Policy{Risks: setting(tt.check, tt.set)})
			assert.Equal(t, tt.want, riskOf(t, engine, tt.account, tt.check, asOf).Outcome, tt.reason)
		})
	}
	engine := compiled(t, kam.Policy{Risks: setting(kam.RiskSingleThreaded, kam.RiskSetting{Severity: kam.High})})
	assert.Equal(t, kam.High, riskOf(t, engine, two, kam.RiskSingleThreaded, asOf).Severity)
	assert.Equal(t, kam.Low, riskOf(t, engine, kam.Account{}, kam.RiskNoKnownOpponent, asOf).Severity, "another keeps its own")
}

// Where the scorecard counts what is missing as the middle, a question that
// nobody answered is still unknown to the checks.
func TestRatingsThatNobodyGave(t *testing.T) {
	p := kam.DefaultPolicy()
	p.Selection.Missing = kam.Neutral
	got := riskOf(t, compiled(t, p), kam.Account{}, kam.RiskTrustDamaged, asOf)
	assert.Equal(t, []string{"judgements/trust-damaged"}, got.Needs)
}

// A judgement or an answer that is older than the policy's greatest age counts
// for nothing.
func TestRisksForgetOldAnswers(t *testing.T) {
	engine := compiled(t, kam.Policy{AnswerMaxAge: 30})
	for days, want := range map[int]kam.Outcome{30: kam.AtRisk, 31: kam.OutcomeUnknown} {
		a := kam.Account{Judgements: map[kam.Evidence]kam.Judgement{"rival-attack": {Verdict: kam.Yes, On: back(days)}}}
		assert.Equal(t, want, riskOf(t, engine, a, kam.RiskRivalAttack, asOf).Outcome, days)
	}
	for days, want := range map[int]kam.Outcome{30: kam.Watch, 31: kam.OutcomeUnknown} {
		a := kam.Account{Answers: map[string]kam.Answers{"selection": {"openness": {Rating: kam.Int(1), On: back(days)}}}}
		assert.Equal(t, want, riskOf(t, engine, a, kam.RiskPrioritiesNotShared, asOf).Outcome, days)
	}
}

func TestBadRiskRules(t *testing.T) {
	name := kam.Text{EN: "n", ZH: "名"}
	served := kam.Condition{Evidence: kam.EvidenceServed, Is: kam.No}
	custom := func(checks ...kam.CustomRisk) kam.RiskRules { return kam.RiskRules{Custom: checks} }
	own := func(id kam.RiskID) kam.CustomRisk {
		return kam.CustomRisk{RiskInfo: kam.RiskInfo{ID: id, Name: name}, AtRisk: served}
	}
	index := func(factors ...kam.Factor) kam.RiskRules {
		return kam.RiskRules{Custom: []kam.CustomRisk{own("mine")}, Index: &kam.Scorecard{ID: "index", Relative: true, Factors: factors}}
	}
	limits := func(watch *kam.Condition) kam.CustomRisk {
		return kam.CustomRisk{RiskInfo: kam.RiskInfo{ID: "mine", Name: name}, AtRisk: kam.Condition{Evidence: "margin", Below: new(kam.Int(10))}, Watch: watch}
	}
	one := kam.Int(1)
	tests := []struct {
		name, reason string
		rules        kam.RiskRules
		want         []string // pointer code value|want
	}{
		{"unknown id", "the nearest ids are given", setting("complaints", kam.RiskSetting{}), []string{"/risks/checks/complaints unknown complaints|complaints-rising, no-complaints"}},
		{"unknown id, set", "that nothing reads its lines goes without saying", setting("complaints", kam.RiskSetting{Watch: &one, Within: 9}), []string{"/risks/checks/complaints unknown complaints|complaints-rising, no-complaints"}},
		{"an index by the lower end", "the lower end is the good one of risks", kam.RiskRules{Index: &kam.Scorecard{
			ID: "index", Missing: kam.Worst, Factors: []kam.Factor{{ID: "trust-damaged", Weight: kam.Int(100)}},
		}}, []string{"/risks/index/missing enum worst|renormalise, neutral"}},
		{"a line that nothing reads", "one-level has no first sign", setting(kam.RiskOneLevel, kam.RiskSetting{Watch: &one}), []string{"/risks/checks/one-level/watch unknown 1|"}},
		{"lines that nothing reads", "people say yes or no", setting(kam.RiskTrustDamaged, kam.RiskSetting{Watch: &one, AtRisk: &one, Within: 1}), []string{
			"/risks/checks/trust-damaged/watch unknown 1|", "/risks/checks/trust-damaged/atRisk unknown 1|", "/risks/checks/trust-damaged/within unknown 1|",
		}},
		{"at risk after watch", "fewer contacts are worse", setting(kam.RiskSingleThreaded, kam.RiskSetting{AtRisk: new(kam.Dec(20001, 4))}), []string{"/risks/checks/single-threaded/atRisk range 2.0001|<= 2"}},
		{"at risk before watch", "more complaints are worse", setting(kam.RiskComplaintsRising, kam.RiskSetting{Watch: new(kam.Int(3)), AtRisk: new(kam.Dec(29999, 4))}), []string{"/risks/checks/complaints-rising/atRisk range 2.9999|>= 3"}},
		{"watch beyond at risk", "the other line is the default of 5", setting(kam.RiskComplaintsRising, kam.RiskSetting{Watch: new(kam.Int(6))}), []string{"/risks/checks/complaints-rising/atRisk range 5|>= 6"}},
		{"the same line", "then nothing is a first sign", setting(kam.RiskComplaintsRising, kam.RiskSetting{Watch: new(kam.Int(3)), AtRisk: new(kam.Int(3))}), nil},
		{"bad number", "built from nothing", setting(kam.RiskConcentration, kam.RiskSetting{Watch: new(kam.Dec(1, 5))}), []string{"/risks/checks/concentration/watch number invalid|"}},
		{"bad number at risk", "the same of the other line", setting(kam.RiskConcentration, kam.RiskSetting{AtRisk: new(kam.Dec(1, 5))}), []string{"/risks/checks/concentration/atRisk number invalid|"}},
		{"bad number where less is worse", "it lies on no side of the other line", setting(kam.RiskSingleThreaded, kam.RiskSetting{Watch: new(kam.Dec(1, 5))}), []string{"/risks/checks/single-threaded/watch number invalid|"}},
		{"bad severity", "four words", setting(kam.RiskConcentration, kam.RiskSetting{Severity: 4}), []string{"/risks/checks/concentration/severity enum Grade(4)|unknown, low, fair, high"}},
		{"days below 1", "within no day", setting(kam.RiskIncidentsOpen, kam.RiskSetting{Within: -1}), []string{"/risks/checks/incidents-open/within range -1|1..36500"}},
		{"days beyond a century", "36,501", setting(kam.RiskIncidentsOpen, kam.RiskSetting{Within: 36_501}), []string{"/risks/checks/incidents-open/within range 36501|1..36500"}},
		{"a day", "1 is allowed, to all that have days", kam.RiskRules{
			Checks:       map[kam.RiskID]kam.RiskSetting{kam.RiskIncidentsOpen: {Within: 1}},
			ContactEvery: kam.ContactEvery{Key: 1, Regular: 1, Prospect: 1},
		}, nil},
		{"a century", "36,500 are allowed", setting(kam.RiskIncidentsOpen, kam.RiskSetting{Within: 36_500}), nil},
		{"tiers", "days of each", kam.RiskRules{ContactEvery: kam.ContactEvery{Key: -1, Regular: 36_501, Prospect: 36_500}}, []string{"/risks/contactEvery/key range -1|1..36500", "/risks/contactEvery/regular range 36501|1..36500"}},
		{"order", "as in the document", kam.RiskRules{Checks: map[kam.RiskID]kam.RiskSetting{"zz": {}, "aa": {}}, Custom: []kam.CustomRisk{own("one-level")}}, []string{
			"/risks/checks/aa unknown aa|", "/risks/checks/zz unknown zz|", "/risks/custom/0/id duplicate one-level|",
		}},
		{"custom id taken", "by a built-in check", custom(own("no-contact")), []string{"/risks/custom/0/id duplicate no-contact|"}},
		{"custom id twice", "by another custom one", custom(own("mine"), own("mine")), []string{"/risks/custom/1/id duplicate mine|"}},
		{"custom id", "kebab-case", custom(own("Mine")), []string{"/risks/custom/0/id id Mine|"}},
		{"custom without name", "it must be shown", custom(kam.CustomRisk{RiskInfo: kam.RiskInfo{ID: "mine"}, AtRisk: served}), []string{"/risks/custom/0/name missing |"}},
		{"custom without id", "it must be told from others", custom(own("")), []string{"/risks/custom/0/id missing |"}},
		{"custom without condition", "it would never fire", custom(kam.CustomRisk{RiskInfo: kam.RiskInfo{ID: "mine", Name: name}}), []string{"/risks/custom/0/atRisk missing |"}},
		{"custom watch", "a number that has no line", custom(kam.CustomRisk{RiskInfo: kam.RiskInfo{ID: "mine", Name: name}, AtRisk: served, Watch: &kam.Condition{Evidence: "revenue"}}), []string{"/risks/custom/0/watch/atLeast missing |atLeast, below"}},
		{"custom watch within at risk", "it would never be alone", custom(limits(&kam.Condition{Evidence: "margin", Below: new(kam.Int(10))}), limits(&kam.Condition{Evidence: "margin", AtLeast: new(kam.Int(0)), Below: new(kam.Int(9))})), []string{
			"/risks/custom/0/watch range margin < 10|not within margin < 10", "/risks/custom/1/id duplicate mine|", "/risks/custom/1/watch range 0 <= margin < 9|not within margin < 10",
		}},
		{"custom watch beyond at risk", "it is a first sign", custom(limits(&kam.Condition{Evidence: "margin", Below: new(kam.Dec(100001, 4))})), nil},
		{"custom watch beside at risk", "so is a lower bound", custom(limits(&kam.Condition{Evidence: "margin", AtLeast: new(kam.Int(9))})), nil},
		{"custom watch of another number", "they do not meet", custom(limits(&kam.Condition{Evidence: "orders", Below: new(kam.Int(9))})), nil},
		{"custom watch of a bounded one", "the other bound lets it be alone", custom(kam.CustomRisk{
			RiskInfo: kam.RiskInfo{ID: "mine", Name: name}, AtRisk: kam.Condition{Evidence: "margin", AtLeast: new(kam.Int(5)), Below: new(kam.Int(10))}, Watch: &kam.Condition{Evidence: "margin", Below: new(kam.Int(10))},
		}), nil},
		{"custom watch of the same verdict", "yes twice", custom(kam.CustomRisk{RiskInfo: kam.RiskInfo{ID: "mine", Name: name}, AtRisk: served, Watch: &served}), []string{"/risks/custom/0/watch range served is no|not within served is no"}},
		{"custom watch of the other verdict", "yes and no", custom(kam.CustomRisk{
			RiskInfo: kam.RiskInfo{ID: "mine", Name: name}, AtRisk: kam.Condition{Evidence: "served", Is: kam.No}, Watch: &kam.Condition{Evidence: "served", Is: kam.Yes},
		}), nil},
		{"custom texts", "they would read as others", custom(kam.CustomRisk{RiskInfo: kam.RiskInfo{ID: "mine", Name: name, Source: "\u202e", Side: 5, Ask: kam.Text{ZH: "\a"}}, AtRisk: served}), []string{
			`/risks/custom/0/source encoding '\u202e'|`, "/risks/custom/0/side enum Side(5)|unknown, ours", `/risks/custom/0/ask/zh encoding '\a'|`,
		}},
		{"index of a custom check", "it may be part", index(kam.Factor{ID: "mine", Weight: one}, kam.Factor{ID: "one-level", Weight: one}), nil},
		{"index of nothing", "the factor is no check", index(kam.Factor{ID: "mine", Weight: one}, kam.Factor{ID: "size", Weight: one}), []string{"/risks/index/factors/1/id unknown size|"}},
		{"index of a check that is off", "it could never be told", kam.RiskRules{Checks: map[kam.RiskID]kam.RiskSetting{kam.RiskOneLevel: {Off: true}}, Index: &kam.Scorecard{ID: "index", Relative: true, Factors: []kam.Factor{{ID: "one-holder", Weight: one}, {ID: "one-level", Weight: one}}}}, []string{"/risks/index/factors/1/id unknown one-level|"}},
		{"index in a group", "so is the question", index(kam.Factor{ID: "people", Weight: one, Questions: []kam.Factor{{ID: "one-level", Weight: one}, {ID: "size", Weight: one}}}), []string{"/risks/index/factors/0/questions/1/id unknown size|"}},
		{"index scale", "ratings are 0, 5 and 10", index(kam.Factor{ID: "mine", Weight: one, Scale: kam.Scale{Lo: one, Hi: kam.Int(5)}}), []string{"/risks/index/factors/0/scale scale 1..5|0..10"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := kam.Compile(kam.Policy{Risks: tt.rules})
			got := found(err)
			require.Len(t, got, len(tt.want), "%s: %q", tt.reason, got)
			for i, w := range tt.want {
				assert.Contains(t, got[i], w, tt.reason)
			}
		})
	}
}

// The defaults are part of the policy and of its digest, and so is each
// setting.
func TestRiskRulesAreInTheDigest(t *testing.T) {
	policy := kam.DefaultPolicy()
	require.Len(t, policy.Risks.Checks, len(kam.RiskChecks()))
	assert.Equal(t, kam.RiskSetting{Severity: kam.High, Watch: new(kam.Int(1)), AtRisk: new(kam.Int(3)), Within: 30}, policy.Risks.Checks[kam.RiskIncidentsOpen])
	assert.Equal(t, kam.RiskSetting{Severity: kam.High}, policy.Risks.Checks[kam.RiskTrustDamaged])
	assert.Equal(t, kam.ContactEvery{Key: 30, Regular: 90, Prospect: 180}, policy.Risks.ContactEvery)
	same := compiled(t, kam.Policy{Risks: setting(kam.RiskIncidentsOpen, kam.RiskSetting{Watch: new(kam.Int(1))})})
	assert.Equal(t, compiled(t, kam.Policy{}).Ref(), same.Ref(), "a default that is said is the default")

	served := kam.Condition{Evidence: kam.EvidenceServed, Is: kam.No}
	digests := map[string]string{compiled(t, kam.Policy{}).Ref().Digest: "default"}
	for name, rules := range map[string]kam.RiskRules{
		"off":      setting(kam.RiskIncidentsOpen, kam.RiskSetting{Off: true}),
		"severity": setting(kam.RiskIncidentsOpen, kam.RiskSetting{Severity: kam.Low}),
		"watch":    setting(kam.RiskIncidentsOpen, kam.RiskSetting{Watch: new(kam.Int(2))}),
		"at risk":  setting(kam.RiskIncidentsOpen, kam.RiskSetting{AtRisk: new(kam.Int(2))}),
		"within":   setting(kam.RiskIncidentsOpen, kam.RiskSetting{Within: 31}),
		"tier":     {ContactEvery: kam.ContactEvery{Regular: 91}},
		"custom":   {Custom: []kam.CustomRisk{{RiskInfo: kam.RiskInfo{ID: "mine", Name: kam.Text{EN: "n"}}, AtRisk: served}}},
		"index":    {Index: &kam.Scorecard{ID: "index", Relative: true, Factors: []kam.Factor{{ID: "one-level", Weight: kam.Int(1)}}}},
	} {
		digest := compiled(t, kam.Policy{Risks: rules}).Ref().Digest
		assert.Empty(t, digests[digest], name)
		digests[digest] = name
	}

	// The engine keeps nothing of the policy's.
	line := kam.Int(2)
	rules := setting(kam.RiskIncidentsOpen, kam.RiskSetting{Watch: &line})
	both := kam.Text{EN: "n", ZH: "名"}
	rules.Custom = []kam.CustomRisk{{RiskInfo: kam.RiskInfo{ID: "mine", Name: both, Ask: both, Remedy: both}, AtRisk: served}}
	engine := compiled(t, kam.Policy{Risks: rules})
	line, rules.Custom[0].AtRisk.Is = kam.Int(3), kam.Yes
	rules.Checks[kam.RiskIncidentsOpen] = kam.RiskSetting{Off: true}
	a := kam.Account{Incidents: []kam.Incident{{Opened: asOf}, {Opened: asOf}}}
	assert.Equal(t, kam.Watch, riskOf(t, engine, a, kam.RiskIncidentsOpen, asOf).Outcome)
	a.Judgements = said(kam.EvidenceServed, kam.No)
	assert.Equal(t, kam.AtRisk, riskOf(t, engine, a, "mine", asOf).Outcome)

	// And its JSON is the policy.
	data, err := json.Marshal(engine.Policy())
	require.NoError(t, err)
	var back kam.Policy
	require.NoError(t, back.UnmarshalJSON(data))
	assert.Equal(t, engine.Ref(), compiled(t, back).Ref())
}

// The index is a score: its parts add up, and what could not be told lowers
// the coverage and widens the range.
func TestRiskIndex(t *testing.T) {
	index := kam.Scorecard{ID: "index", Factors: []kam.Factor{
		{ID: "single-threaded", Weight: kam.Int(50)}, // on watch: 5 of 10
		{ID: "trust-damaged", Weight: kam.Int(30)},   // at risk: 10
		{ID: "no-complaints", Weight: kam.Int(20)},   // could not tell
	}}
	a := kam.Account{Contacts: []kam.Contact{{ID: "a"}, {ID: "b"}}, Judgements: said(kam.EvidenceTrustDamaged, kam.Yes)}
	got := reportOf(t, kam.RiskRules{Index: &index}, a).Index
	require.NotNil(t, got)
	requireWhole(t, *got)
	assert.Equal(t, kam.Dec(6875, 2), *got.Points, "100 · (50·½ + 30) ÷ 80")
	assert.Equal(t, kam.Int(80), got.Coverage)
	assert.Equal(t, kam.Int(55), got.Range.Worst)
	assert.Equal(t, kam.Int(75), got.Range.Best)
	assert.Equal(t, []string{"no-complaints"}, got.Missing)
	require.Len(t, got.Contributions, 2)
	assert.Equal(t, kam.Dec(3125, 2), *got.Contributions[0].Points, "25 of 80")
	assert.Equal(t, kam.Dec(375, 1), *got.Contributions[1].Points, "30 of 80")

	a.Judgements = said(kam.EvidenceTrustDamaged, kam.No)
	a.Contacts = append(a.Contacts, kam.Contact{ID: "c"})
	assert.Equal(t, kam.Int(0), *reportOf(t, kam.RiskRules{Index: &index}, a).Index.Points, "two that are clear")
	a = kam.Account{}
	none := reportOf(t, kam.RiskRules{Index: &index}, a).Index
	assert.Nil(t, none.Points, "nothing could be told, and that is not 0")
	assert.Equal(t, kam.Int(100), none.Range.Best)
}

// Checks as data read a signal, an attribute, a judgement and the strength.
func TestCustomRisks(t *testing.T) {
	custom := kam.CustomRisk{RiskInfo: kam.RiskInfo{
		ID: "mine", Source: "house rule 7", Side: kam.SideTheirs, Severity: kam.High,
		Name: kam.Text{EN: "Name", ZH: "名"}, Ask: kam.Text{EN: "Ask", ZH: "问"}, Remedy: kam.Text{EN: "Remedy", ZH: "办法"},
	}}
	atLeast := func(e kam.Evidence, n int) kam.Condition { return kam.Condition{Evidence: e, AtLeast: new(kam.Int(n))} }
	below := func(e kam.Evidence, n int) kam.Condition { return kam.Condition{Evidence: e, Below: new(kam.Int(n))} }
	sold := func(before, now string) kam.Account {
		return kam.Account{Sales: twoYears(kam.Period{Revenue: money(before)}, kam.Period{Revenue: money(now)})}
	}
	staff := func(n int64) kam.Account {
		return kam.Account{Attributes: map[string]kam.Number{"employees": kam.Dec(n, 4)}}
	}
	moved := func(v kam.Verdict) kam.Account { return kam.Account{Judgements: said("warehouse-moved", v)} }
	strength := func(n int) kam.Account {
		return kam.Account{Answers: map[string]kam.Answers{"strength": rated(map[string]int{"purchase-frequency": n, "knowledge": n, "personal-ties": n, "company-ties": n, "range": n, "service-quality": n})}}
	}
	is := func(v kam.Verdict) kam.Condition { return kam.Condition{Evidence: "warehouse-moved", Is: v} }
	tests := []struct {
		name, reason  string
		atRisk, watch kam.Condition
		account       kam.Account
		want          kam.Outcome
		needs         []string
	}{
		{"signal", "revenue fell by a fifth", below("revenue-trend", -10), below("revenue-trend", 0), sold("100 EUR", "80 EUR"), kam.AtRisk, nil},
		{"signal on the line", "-10 is not below -10", below("revenue-trend", -10), below("revenue-trend", 0), sold("100 EUR", "90 EUR"), kam.Watch, nil},
		{"signal clear", "0 is not below 0", below("revenue-trend", -10), below("revenue-trend", 0), sold("100 EUR", "100 EUR"), kam.Clear, nil},
		{"signal unknown", "no sales", below("revenue-trend", -10), below("revenue-trend", 0), kam.Account{}, kam.OutcomeUnknown, []string{"sales/revenue"}},
		{"attribute", "on the line", atLeast("attribute.employees", 100), kam.Condition{}, staff(1_000_000), kam.AtRisk, nil},
		{"attribute under", "a step under it", atLeast("attribute.employees", 100), kam.Condition{}, staff(999_999), kam.Clear, nil},
		{"attribute unknown", "its place in the account is named", atLeast("attribute.employees", 100), kam.Condition{}, kam.Account{}, kam.OutcomeUnknown, []string{"attributes/employees"}},
		{"judgement", "one of the caller's own", is(kam.Yes), kam.Condition{}, moved(kam.Yes), kam.AtRisk, nil},
		{"judgement denied", "people say no", is(kam.Yes), kam.Condition{}, moved(kam.No), kam.Clear, nil},
		{"judgement unknown", "nobody says", is(kam.No), kam.Condition{}, kam.Account{}, kam.OutcomeUnknown, []string{"judgements/warehouse-moved"}},
		{"strength", "40 points, of 75 % of the weight", below("strength", 50), kam.Condition{}, strength(4), kam.AtRisk, nil},
		{"strength clear", "52.5 at the least", below("strength", 50), kam.Condition{}, strength(7), kam.Clear, nil},
		{"strength with a gap", "50 points, and 37.5 at the least", below("strength", 50), kam.Condition{}, strength(5), kam.OutcomeUnknown, []string{"answers/strength"}},
		{"strength unknown", "no points without answers", below("strength", 50), kam.Condition{}, kam.Account{}, kam.OutcomeUnknown, []string{"answers/strength"}},
		{"unknown and found", "what is unknown hides nothing that was found, and is named", atLeast("attribute.employees", 100), is(kam.Yes), moved(kam.Yes), kam.Watch, []string{"attributes/employees"}},
		{"unknown and not found", "and is not clear", is(kam.Yes), atLeast("attribute.employees", 100), moved(kam.No), kam.OutcomeUnknown, []string{"attributes/employees"}},
		{"found and unknown", "at risk whatever the first sign", is(kam.Yes), atLeast("attribute.employees", 100), moved(kam.Yes), kam.AtRisk, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := custom
			if c.AtRisk = tt.atRisk; tt.watch.Evidence != "" {
				c.Watch = &tt.watch
			}
			engine := compiled(t, kam.Policy{Risks: kam.RiskRules{Custom: []kam.CustomRisk{c}}})
			got := riskOf(t, engine, tt.account, "mine", asOf)
			require.Equal(t, tt.want, got.Outcome, tt.reason)
			assert.Equal(t, tt.needs, got.Needs, tt.reason)
			if tt.want == kam.Clear {
				return
			}
			assert.Equal(t, []any{custom.Name, custom.Source, custom.Side, custom.Severity}, []any{got.Name, got.Source, got.Side, got.Severity})
			if tt.want >= kam.Watch {
				assert.Equal(t, custom.Remedy, got.Remedy)
			} else {
				assert.Equal(t, custom.Ask, got.Ask)
			}
		})
	}
	c := custom
	c.AtRisk, c.Watch = below("revenue-trend", -10), new(below("revenue-trend", 0))
	got := riskOf(t, compiled(t, kam.Policy{Risks: kam.RiskRules{Custom: []kam.CustomRisk{c}}}), sold("100 EUR", "80 EUR"), "mine", asOf)
	assert.Equal(t, []kam.Finding{{Evidence: "revenue-trend", Condition: "revenue-trend < -10", Value: "-20"}}, got.Evidence)
	got = riskOf(t, compiled(t, kam.Policy{Risks: kam.RiskRules{Custom: []kam.CustomRisk{c}}}), sold("100 EUR", "95 EUR"), "mine", asOf)
	assert.Equal(t, []kam.Finding{{Evidence: "revenue-trend", Condition: "revenue-trend < 0", Value: "-5"}}, got.Evidence, "the line that was passed")
}
