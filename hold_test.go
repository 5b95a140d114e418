package kam_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

func TestPlaceWaitsForReviews(t *testing.T) {
	key, target := scoreOf(t, "80", 0), scoreOf(t, "20", 0)
	gap := scoreOf(t, "60", 40)
	K, T := kam.CellKey, kam.CellTarget
	tests := []struct {
		name, reason string
		reviews      int
		strength     kam.Score
		before       []kam.Cell
		want, found  kam.Cell
		held, firm   bool
	}{
		{"first review", "nothing stood before", 3, target, nil, T, T, false, true},
		{"second opinion", "one review of three", 3, target, []kam.Cell{K, K}, K, T, true, true},
		{"two of three", "not yet", 3, target, []kam.Cell{K, K, T}, K, T, true, true},
		{"three of three", "now it changes", 3, target, []kam.Cell{K, T, T}, T, T, false, true},
		{"interrupted", "the reviews must follow each other", 3, target, []kam.Cell{K, T, K, T}, K, T, true, true},
		{"settled elsewhere", "three in a row some time ago", 3, target, []kam.Cell{K, T, T, T, K}, T, T, false, true},
		{"no waiting", "one review is enough", 1, target, []kam.Cell{K, K}, T, T, false, true},
		{"a gap that cannot matter today", "whatever the answer is, the cell is held", 2, gap, []kam.Cell{K, K}, K, K, false, true},
		{"a gap that can", "the review before found the other cell", 2, gap, []kam.Cell{K, K, T}, K, K, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := kam.GridRules{Reviews: tt.reviews}.Place(key, tt.strength, tt.before...)
			require.NoError(t, err)
			assert.Equal(t, tt.want, p.Cell, tt.reason)
			assert.Equal(t, tt.found, p.Found, tt.reason)
			assert.Equal(t, tt.held, p.Held, tt.reason)
			assert.Equal(t, tt.firm, p.Firm, "%s: %v", tt.reason, p.Possible)
		})
	}
}

func TestStageHolds(t *testing.T) {
	suggested := func(stages ...kam.Stage) kam.History {
		var h kam.History
		for i, s := range stages {
			require.NoError(t, h.Append(kam.StageRecord{Stage: s, On: day(1+i, 1), View: kam.ViewSuggested, By: "kam"}, asOf))
		}
		return h
	}
	strength := func(rating string) map[string]kam.Answers {
		answers := kam.Answers{}
		n, err := kam.ParseNumber(rating)
		require.NoError(t, err)
		for _, f := range kam.StrengthScorecard().Factors {
			answers[f.ID] = kam.Rated(n)
		}
		return map[string]kam.Answers{"strength": answers}
	}
	G, D := kam.StageGood, kam.StageDeveloping
	weak := []kam.StageRule{
		{ID: "weak", Stage: D, All: []kam.Clause{{Any: []kam.Condition{{Evidence: "strength", Below: new(kam.Int(70))}}}}},
		{ID: "served", Stage: G, All: []kam.Clause{{Any: []kam.Condition{{Evidence: "served", Is: kam.Yes}}}}},
	}
	near := []kam.StageRule{
		{ID: "strong", Stage: kam.StageStrong, All: []kam.Clause{{Any: []kam.Condition{{Evidence: "strength", AtLeast: new(kam.Int(72))}}}}},
		{ID: "good", Stage: G, All: []kam.Clause{{Any: []kam.Condition{{Evidence: "strength", AtLeast: new(kam.Int(70))}}}}},
		{ID: "served", Stage: D, All: []kam.Clause{{Any: []kam.Condition{{Evidence: "served", Is: kam.Yes}}}}},
	}
	tests := []struct {
		name, reason string
		rules        kam.StageRules
		strength     string
		history      kam.History
		suggested    kam.Stage
		standing     kam.Stage
	}{
		{"no rule", "what is suggested stands", kam.StageRules{}, "6.9", suggested(G, G), D, D},
		{"within the margin", "69 points are within 5 of 70", kam.StageRules{Margin: kam.Int(5)}, "6.9", suggested(G), D, G},
		{"at the margin", "65 have not passed it", kam.StageRules{Margin: kam.Int(5)}, "6.5", suggested(G), D, G},
		{"past the margin", "64.99 have", kam.StageRules{Margin: kam.Int(5)}, "6.499", suggested(G), D, D},
		{"margin without a stage before", "nothing to hold", kam.StageRules{Margin: kam.Int(5)}, "6.9", nil, D, D},
		{"margin for another stage", "it does not make what was not", kam.StageRules{Margin: kam.Int(5)}, "6.9", suggested(D), D, D},
		{"a line from above", "74 points are within 5 of less than 70", kam.StageRules{Margin: kam.Int(5), Rules: weak}, "7.4", suggested(D), G, D},
		{"at the margin from above", "75 are not less than 75", kam.StageRules{Margin: kam.Int(5), Rules: weak}, "7.5", suggested(D), G, G},
		{"another stage's line", "those of the stage that stands alone are moved", kam.StageRules{Margin: kam.Int(5), Rules: weak}, "6.9", suggested(G), D, D},
		{"what is not known", "where no rule holds the margin keeps none", kam.StageRules{Margin: kam.Int(5), Rules: weak[:1]}, "7.4", suggested(D), kam.StageUnknown, kam.StageUnknown},
		{"both", "what the margin keeps is one more review for it", kam.StageRules{Margin: kam.Int(5), Reviews: 2}, "6.9", suggested(G, G, D), D, G},
		{"a rule before it", "it is not judged by the margin as well", kam.StageRules{Margin: kam.Int(5), Rules: near}, "6.9", suggested(G), D, G},
		{"second review", "one before it is not enough", kam.StageRules{Reviews: 2}, "6.9", suggested(G), D, G},
		{"people's own view", "what they recorded is no review", kam.StageRules{Reviews: 2}, "6.9", append(suggested(D), kam.StageRecord{Stage: G, On: day(5, 1)}, kam.StageRecord{Stage: G, On: day(6, 1)}), D, D},
		{"reviewed yesterday", "it stood until today", kam.StageRules{Reviews: 2}, "6.9", kam.History{{Stage: G, On: asOf.AddDays(-1), View: kam.ViewSuggested}}, D, G},
		{"reviewed today", "today's record is no review before", kam.StageRules{Reviews: 2}, "6.9", append(suggested(G, D), kam.StageRecord{Stage: G, On: asOf, View: kam.ViewSuggested}), D, D},
		{"first of two reviews", "one is not enough", kam.StageRules{Reviews: 2}, "6.9", suggested(G, G), D, G},
		{"second of two", "now it changes", kam.StageRules{Reviews: 2}, "6.9", suggested(G, G, D), D, D},
		{"back up", "the same in the other direction", kam.StageRules{Reviews: 2}, "8", suggested(D, D), G, D},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			engine, err := kam.Compile(kam.Policy{Stage: tt.rules})
			require.NoError(t, err)
			a, err := engine.Assess(kam.Account{
				ID: "x", Judgements: verdicts("served", "other-units"), Answers: strength(tt.strength), Stages: tt.history,
			}, asOf)
			require.NoError(t, err)
			assert.Equal(t, tt.suggested, a.Stage.Suggested, tt.reason)
			assert.Equal(t, tt.standing, a.Stage.Standing, tt.reason)
			assert.Equal(t, tt.suggested != tt.standing, a.Stage.Held)
		})
	}
	_, err := kam.Compile(kam.Policy{Stage: kam.StageRules{Margin: kam.Int(-1), Reviews: -1}, Grid: kam.GridRules{Reviews: -1}})
	assert.Equal(t, []string{"/stage/margin range -1|>= 0", "/stage/reviews range -1|0..1000000000", "/grid/reviews range -1|0..1000000000"}, found(err))
}

// The least margin holds what is off by the least, and an assessment moves no
// line for the next.
func TestStageMargin(t *testing.T) {
	large := func(n kam.Number) []kam.StageRule {
		return []kam.StageRule{
			{ID: "large", Stage: kam.StageGood, All: []kam.Clause{{Any: []kam.Condition{{Evidence: "attribute.staff", AtLeast: &n}}}}},
			{ID: "served", Stage: kam.StageDeveloping, All: []kam.Clause{{Any: []kam.Condition{{Evidence: "served", Is: kam.Yes}}}}},
		}
	}
	standing := func(engine *kam.Engine, staff kam.Number) kam.Stage {
		a, err := engine.Assess(kam.Account{
			ID: "x", Judgements: verdicts("served"), Attributes: map[string]kam.Number{"staff": staff},
			Stages: kam.History{{Stage: kam.StageGood, On: day(3, 1), View: kam.ViewSuggested}},
		}, asOf)
		require.NoError(t, err)
		return a.Stage.Standing
	}
	least := compiled(t, kam.Policy{Stage: kam.StageRules{Margin: kam.Dec(1, 4), Rules: large(kam.Int(70))}})
	assert.Equal(t, kam.StageGood, standing(least, kam.Dec(699_999, 4)))
	assert.Equal(t, kam.StageDeveloping, standing(least, kam.Dec(699_998, 4)))
	five := compiled(t, kam.Policy{Stage: kam.StageRules{Margin: kam.Int(5), Rules: large(kam.Int(70))}})
	for range 3 {
		assert.Equal(t, kam.StageGood, standing(five, kam.Int(65)))
	}
	assert.Equal(t, kam.StageDeveloping, standing(five, kam.Int(64)))
}

// The cells that were found before the day are the reviews of the place on the
// grid.
func TestCellHolds(t *testing.T) {
	engine := compiled(t, kam.Policy{Grid: kam.GridRules{Reviews: 2}})
	a := kam.Account{ID: "x", Answers: map[string]kam.Answers{"attractiveness": {}, "strength": allStrength(2)}}
	for _, f := range kam.AttractivenessScorecard().Factors {
		n := 8
		if f.LowerIsBetter {
			n = 2
		}
		a.Answers["attractiveness"][f.ID] = kam.Rated(kam.Int(n))
	}
	K, T := kam.CellKey, kam.CellTarget
	for _, tt := range []struct {
		reason string
		before []kam.CellRecord
		want   kam.Cell
	}{
		{"no review before", nil, T},
		{"key has stood", []kam.CellRecord{{Cell: K, On: day(3, 1)}, {Cell: K, On: day(6, 1)}}, K},
		{"one that agrees with today's", []kam.CellRecord{{Cell: K, On: day(3, 1)}, {Cell: T, On: asOf.AddDays(-1)}}, T},
		{"today's is no review before", []kam.CellRecord{{Cell: K, On: day(3, 1)}, {Cell: T, On: asOf}}, K},
	} {
		a.Cells = tt.before
		s, err := engine.Assess(a, asOf)
		require.NoError(t, err)
		assert.Equal(t, []any{T, tt.want, tt.want == K}, []any{s.Placement.Found, s.Placement.Cell, s.Placement.Held}, tt.reason)
	}
}

func TestOverrides(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	override := func(of, value string, on, until kam.Date) kam.Override {
		return kam.Override{Of: of, Value: value, By: "Ann", Why: "a reason", On: on, Until: until}
	}
	account := kam.Account{
		ID: "x", Judgements: verdicts("served", "need-ended"),
		Answers: map[string]kam.Answers{"strength": allStrength(8)},
		Stages:  kam.History{{Stage: kam.StageDeclining, On: day(8, 1), View: kam.ViewSuggested}},
		Overrides: []kam.Override{
			override("stage", "good", day(1, 1), day(2, 1)),
			override("stage", "limited-share", day(3, 1), day(12, 31)),
			override("stage", "strong", day(5, 1), day(12, 31)),
			override("stage", "potential", asOf.AddDays(1), day(12, 31)),
			override("strength", "80.0", day(5, 1), asOf),
			override("attractiveness", "72.5", day(5, 1), day(12, 31)),
			override("cell", "key", day(5, 1), asOf.AddDays(-1)),
			override("tier", "key", day(5, 1), day(12, 31)),
		},
	}
	a, err := engine.Assess(account, asOf)
	require.NoError(t, err)
	var got []string
	for _, o := range a.Overrides {
		got = append(got, fmt.Sprint(o.Of, " ", o.Value, " ", o.State, " ", o.Computed, " ", o.Differs, " ", o.DiffersSince))
	}
	assert.Equal(t, []string{
		"stage good expired declining false ",
		"stage limited-share superseded declining false ",
		"stage strong in-force declining true 2026-08-01",
		"strength 80.0 in-force 80 false ",
		"attractiveness 72.5 in-force unknown true 2026-05-01",
		"cell key expired unknown false ",
		"tier key in-force unknown true 2026-05-01",
	}, got, "what is made tomorrow is not known today")

	assert.Equal(t, kam.StageDeclining, a.Stage.Suggested, "the computed value goes on being computed")
	assert.Equal(t, "no-need-or-no-return", a.Stage.Rule, "and explains itself alone")
	assert.Equal(t, kam.StageStrong, a.StageInForce())
	assert.Equal(t, kam.CellUnknown, a.CellInForce(), "an override that expired no longer counts")
	assert.Equal(t, kam.TierKey, a.TierInForce())
	assert.Equal(t, "80", a.PointsInForce("strength").String())
	assert.Equal(t, "72.5", a.PointsInForce("attractiveness").String())
	assert.Nil(t, a.PointsInForce("selection"))
	assert.Nil(t, a.PointsInForce("other"))

	plain := account
	plain.Overrides = nil
	b, err := engine.Assess(plain, asOf)
	require.NoError(t, err)
	assert.Equal(t, kam.StageDeclining, b.StageInForce())
	assert.Equal(t, "80", b.PointsInForce("strength").String())
	a.Overrides = nil
	assert.Equal(t, b, a, "an override changes nothing that is computed")
	assert.Equal(t, "Key account", kam.TierKey.Label().EN)
	assert.Equal(t, "Tier(9)", kam.Tier(9).Label().EN)
}

// An override counts from its first day to its last, and of those that count
// the one that began last does.
func TestOverridesAtTheirEdges(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	override := func(value string, on, until kam.Date) kam.Override {
		return kam.Override{Of: "stage", Value: value, By: "Ann", Why: "a reason", On: on, Until: until}
	}
	account := kam.Account{
		ID: "x", Judgements: verdicts("served", "need-ended"),
		Stages: kam.History{{Stage: kam.StageGood, On: day(4, 1), View: kam.ViewSuggested}, {Stage: kam.StageDeclining, On: day(8, 1), View: kam.ViewSuggested}},
	}
	states := func(on kam.Date, overrides ...kam.Override) []string {
		account.Overrides = overrides
		a, err := engine.Assess(account, on)
		require.NoError(t, err)
		var got []string
		for _, o := range a.Overrides {
			got = append(got, fmt.Sprint(o.Value, " ", o.State, " ", o.DiffersSince))
		}
		return got
	}
	assert.Equal(t, []string{"good in-force 2026-11-24"}, states(asOf, override("good", asOf, asOf)), "one day")
	assert.Equal(t, []string{"strong in-force 2026-08-01", "good expired "},
		states(asOf, override("strong", day(3, 1), day(12, 31)), override("good", day(5, 1), asOf.AddDays(-1))), "a later one that is over stands in nobody's way")
	assert.Equal(t, []string{"strong in-force 2026-08-01", "good superseded "},
		states(asOf, override("strong", day(5, 1), day(12, 31)), override("good", day(3, 1), day(12, 31))), "in whatever order they stand")
	assert.Equal(t, []string{"strong superseded ", "good in-force 2026-09-01"},
		states(asOf, override("strong", day(3, 1), day(12, 31)), override("good", day(9, 1), day(12, 31)), override("limited-share", asOf.AddDays(1), day(12, 31))), "what begins tomorrow supersedes nothing")
	assert.Equal(t, []string{"declining in-force "}, states(asOf, override("declining", day(3, 1), day(12, 31))), "it is what is computed")
	assert.Equal(t, []string{"strong in-force 2026-03-01"}, states(day(5, 1), override("strong", day(3, 1), day(12, 31))),
		"what was suggested in May is not what is computed now: it is not known since when")
	assert.Equal(t, []string{"good in-force 2026-05-01"}, states(day(5, 1), override("good", day(3, 1), day(12, 31))), "the review of April still agreed with it")

	cell := func(cells ...kam.CellRecord) kam.Date {
		account.Answers = map[string]kam.Answers{"attractiveness": {}, "strength": allStrength(8)}
		for _, f := range kam.AttractivenessScorecard().Factors {
			account.Answers["attractiveness"][f.ID] = kam.Rated(kam.Int(8))
		}
		account.Answers["attractiveness"]["competition"] = kam.Rated(kam.Int(2))
		account.Cells = cells
		account.Overrides = []kam.Override{{Of: "cell", Value: "target", By: "Ann", Why: "a reason", On: day(1, 1), Until: day(12, 31)}}
		a, err := engine.Assess(account, day(3, 1))
		require.NoError(t, err)
		require.Equal(t, "key", a.Overrides[0].Computed)
		return a.Overrides[0].DiffersSince
	}
	// What stands is not what the reviews found, so that they say nothing of it.
	held := compiled(t, kam.Policy{Stage: kam.StageRules{Reviews: 3}})
	waits := kam.Account{
		ID: "x", Judgements: verdicts("served", "!need-ended", "!not-worth-serving", "!once-firm", "room-to-cross-sell"), Answers: map[string]kam.Answers{"strength": allStrength(8)},
		Stages:    kam.History{{Stage: kam.StageDeveloping, On: day(6, 1), View: kam.ViewSuggested}, {Stage: kam.StageGood, On: day(8, 1), View: kam.ViewSuggested}},
		Overrides: []kam.Override{override("good", day(1, 1), day(12, 31))},
	}
	for _, on := range []kam.Date{day(10, 2), day(11, 4)} {
		a, err := held.Assess(waits, on)
		require.NoError(t, err)
		assert.Equal(t, "developing 2026-01-01", fmt.Sprint(a.Overrides[0].Computed, " ", a.Overrides[0].DiffersSince), "on %s", on)
	}
	target, key := kam.CellRecord{Cell: kam.CellTarget, On: day(2, 10)}, kam.CellRecord{Cell: kam.CellKey, On: day(2, 20)}
	assert.Equal(t, day(2, 20), cell(target, key), "since the review that found it")
	assert.Equal(t, day(3, 1), cell(kam.CellRecord{Cell: kam.CellMaintain, On: day(2, 10)}, kam.CellRecord{Cell: kam.CellKey, On: day(3, 1)}), "a review of the day counts")
	waits.Answers["attractiveness"], waits.Overrides = account.Answers["attractiveness"], account.Overrides
	waits.Cells = []kam.CellRecord{{Cell: kam.CellMaintain, On: day(1, 1)}, {Cell: kam.CellTarget, On: day(2, 10)}}
	waits.Answers["strength"] = allStrength(3)
	a, err := compiled(t, kam.Policy{Grid: kam.GridRules{Reviews: 3}}).Assess(waits, day(3, 1))
	require.NoError(t, err)
	assert.Equal(t, "maintain target 2026-01-01", fmt.Sprint(a.Overrides[0].Computed, " ", a.Placement.Found, " ", a.Overrides[0].DiffersSince), "what waits to be confirmed is what the override says")
	assert.Equal(t, day(3, 1), cell(target), "the last review still agreed")
	assert.Equal(t, day(1, 1), cell())
	assert.Equal(t, day(2, 20), cell(target, key, kam.CellRecord{Cell: kam.CellTarget, On: day(3, 2)}), "what is found later is not known yet")
}

// Each row breaks one thing of an override that is right, or none.
func TestBadOverrides(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	for _, tt := range []struct {
		reason, of, value string
		want              []string
	}{
		{"no points", "strength", "0", nil},
		{"all points", "strength", "100", nil},
		{"less than none", "strength", "-0.0001", []string{"/overrides/0/value range -0.0001|0..100"}},
		{"more than all", "strength", "100.0001", []string{"/overrides/0/value range 100.0001|0..100"}},
		{"no number", "selection", "1e2", []string{"/overrides/0/value number 1e2|0..100"}},
		{"a stage", "stage", "strong", nil},
		{"no stage", "stage", "key", []string{"/overrides/0/value enum key|potential, developing, good, strong, limited-share, defensive, declining"}},
		{"an unknown stage", "stage", "unknown", []string{"/overrides/0/value enum unknown|potential, developing, good, strong, limited-share, defensive, declining"}},
		{"a cell", "cell", "key", nil},
		{"no cell", "cell", "strong", []string{"/overrides/0/value enum strong|target, key, low-profile, maintain"}},
		{"a tier", "tier", "regular", nil},
		{"no tier", "tier", "good", []string{"/overrides/0/value enum good|key, regular, prospect"}},
		{"nothing that is computed", "stages", "good", []string{"/overrides/0/of unknown stages|stage"}},
	} {
		o := kam.Override{Of: tt.of, Value: tt.value, By: "Ann", Why: "w", On: asOf, Until: asOf}
		_, err := engine.Assess(kam.Account{ID: "x", Overrides: []kam.Override{o}}, asOf)
		assert.Equal(t, tt.want, found(err), tt.reason)
	}
	_, err := engine.Assess(kam.Account{ID: "x", Overrides: make([]kam.Override, 10_001)}, asOf)
	assert.Equal(t, []string{"/overrides too-large 10001|<= 10000"}, found(err), "they are not looked at one by one")
	right := kam.Override{Of: "stage", Value: "good", By: "Ann", Why: "w", On: asOf, Until: asOf}
	for _, tt := range []struct {
		change func(*kam.Override)
		want   []string
	}{
		{func(o *kam.Override) { o.By = "" }, []string{"/overrides/1/by missing |"}},
		{func(o *kam.Override) { o.Why = "a\x00" }, []string{`/overrides/1/why encoding '\x00'|`}},
		{func(o *kam.Override) { o.On = kam.NewDate(2026, 2, 30) }, []string{"/overrides/1/on date invalid|"}},
		{func(o *kam.Override) { o.Until = kam.Date{} }, []string{"/overrides/1/until missing |"}},
		{func(o *kam.Override) { o.Until = o.On.AddDays(-1) }, []string{"/overrides/1/until order 2026-11-24|>= 2026-11-25"}},
		{func(o *kam.Override) { o.On = asOf }, []string{"/overrides/1/on duplicate 2026-11-24|"}},
		{func(o *kam.Override) { o.Of, o.Value, o.On = "cell", "key", asOf }, nil},
	} {
		o := right
		o.On, o.Until = asOf.AddDays(1), asOf.AddDays(1)
		tt.change(&o)
		_, err := engine.Assess(kam.Account{ID: "x", Overrides: []kam.Override{right, o}}, asOf)
		assert.Equal(t, tt.want, found(err))
	}
}

// An override stands beside what was computed, with its author, its reason and
// its end.
func ExampleOverride() {
	engine, _ := kam.Compile(kam.Policy{})
	account := acme
	account.Overrides = []kam.Override{{
		Of: kam.OverrideCell, Value: "target", By: "Ann", Why: "their board changes in spring",
		On: kam.NewDate(2026, 11, 1), Until: kam.NewDate(2027, 4, 30),
	}}
	a, _ := engine.Assess(account, asOf)
	fmt.Println("computed", a.Placement.Cell, "in force", a.CellInForce())
	o := a.Overrides[0]
	fmt.Println(o.Of, o.Value, "by", o.By, "until", o.Until, "differs", o.Differs, "since", o.DiffersSince)
	// Output:
	// computed key in force target
	// cell target by Ann until 2027-04-30 differs true since 2026-11-01
}

// Who decided an override and why must be readable.
func TestOverrideSaysWhoAndWhy(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	for _, none := range []string{" ", "\u200b", "\n\t", "\u00ad\u3164"} {
		a := kam.Account{ID: "x", Overrides: []kam.Override{{Of: "stage", Value: "good", By: none, Why: none, On: asOf, Until: asOf}}}
		_, err := engine.Assess(a, asOf)
		assert.Len(t, found(err), 2, "%q", none)
		require.ErrorIs(t, err, kam.CodeMissing)
	}
}

// A stage that the margin or the reviews hold is firm only where each that is possible
// settles on it, and an override is the one that is in force.
func TestHeldStageIsNoMoreCertain(t *testing.T) {
	engine := compiled(t, kam.Policy{Stage: kam.StageRules{Reviews: 2}})
	a := kam.Account{ID: "x", Judgements: map[kam.Evidence]kam.Judgement{"served": {Verdict: kam.Yes}}, Stages: kam.History{
		{View: kam.ViewSuggested, Stage: kam.StageGood, On: back(60)},
		{View: kam.ViewSuggested, Stage: kam.StageStrong, On: back(30)},
	}}
	got, err := engine.Assess(a, asOf)
	require.NoError(t, err)
	assert.Equal(t, kam.StageGood, got.Stage.Standing, "developing is one review of two, as strong was")
	assert.ElementsMatch(t, []kam.Stage{kam.StageGood, kam.StageStrong}, got.Stage.Possible, "strong again would be the second, any other the first")
	assert.False(t, got.Stage.Firm)
	m, err := kam.NewMember(a, got)
	require.NoError(t, err)
	assert.Equal(t, got.Stage.Possible, m.Stages)
	a.Overrides = []kam.Override{{Of: "stage", Value: "developing", By: "Ann", Why: "w", On: asOf, Until: asOf}}
	got, err = engine.Assess(a, asOf)
	require.NoError(t, err)
	m, err = kam.NewMember(a, got)
	require.NoError(t, err)
	assert.Equal(t, []kam.Stage{kam.StageDeveloping}, m.Stages, "though it is the suggested one")
}

// With a margin a stage stands where the relaxed line holds it whatever is missing, may
// stand where it may, and else does not.
func TestMarginOfWhatIsMissing(t *testing.T) {
	engine := compiled(t, kam.Policy{
		Strength: kam.Scorecard{ID: "strength", Factors: []kam.Factor{{ID: "a", Weight: kam.Int(95)}, {ID: "b", Weight: kam.Int(5)}}},
		Stage:    kam.StageRules{Margin: kam.Int(5)}, // 70 is 65 for what is good
	})
	for _, tt := range []struct {
		name     string
		answers  kam.Answers
		standing kam.Stage
		possible []kam.Stage
	}{
		{"67, all answered", kam.Answers{"a": kam.Rated(kam.Dec(67, 1)), "b": kam.Rated(kam.Dec(67, 1))}, kam.StageGood, []kam.Stage{kam.StageGood}},
		{"64, all answered", kam.Answers{"a": kam.Rated(kam.Dec(64, 1)), "b": kam.Rated(kam.Dec(64, 1))}, kam.StageDeveloping, []kam.Stage{kam.StageDeveloping}},
		{"70, from 66.5 to 71.5", kam.Answers{"a": kam.Rated(kam.Int(7))}, kam.StageGood, []kam.Stage{kam.StageGood}},
		{"67, from 63.65 to 68.65", kam.Answers{"a": kam.Rated(kam.Dec(67, 1))}, kam.StageGood, []kam.Stage{kam.StageDeveloping, kam.StageGood}},
		{"64, from 60.8 to 65.8", kam.Answers{"a": kam.Rated(kam.Dec(64, 1))}, kam.StageDeveloping, []kam.Stage{kam.StageDeveloping, kam.StageGood}},
		{"60, from 57 to 62", kam.Answers{"a": kam.Rated(kam.Int(6))}, kam.StageDeveloping, []kam.Stage{kam.StageDeveloping}},
	} {
		a := kam.Account{
			ID: "x", Answers: map[string]kam.Answers{"strength": tt.answers},
			Judgements: verdicts("served", "room-to-cross-sell", "!need-ended", "!not-worth-serving", "!once-firm", "!rival-stronger"),
			Stages:     kam.History{{View: kam.ViewSuggested, Stage: kam.StageGood, On: back(30)}},
		}
		got, err := engine.Assess(a, asOf)
		require.NoError(t, err)
		assert.Equal(t, tt.standing, got.Stage.Standing, tt.name)
		assert.Equal(t, tt.possible, got.Stage.Possible, tt.name)
		assert.Equal(t, len(tt.possible) == 1, got.Stage.Firm, tt.name)
		if got.Stage.Firm {
			assert.Empty(t, got.Stage.Unknown, "%s: it waits for nothing", tt.name)
		} else {
			assert.Equal(t, []kam.Evidence{kam.EvidenceStrength}, got.Stage.Unknown, tt.name)
		}
	}
	// What is not decided at all is not held.
	a := kam.Account{ID: "x", Stages: kam.History{{View: kam.ViewSuggested, Stage: kam.StageGood, On: back(30)}}}
	got, err := engine.Assess(a, asOf)
	require.NoError(t, err)
	assert.Equal(t, kam.StageUnknown, got.Stage.Standing)
	assert.Contains(t, got.Stage.Possible, kam.StageUnknown)
	assert.False(t, got.Stage.Firm)
}

// Whoever records what each review found gets both: within the margin the stage stays for
// good, and beyond it until the second review that says so.
func TestRecordedFindingsHold(t *testing.T) {
	policy := kam.Policy{Stage: kam.StageRules{Margin: kam.Int(5), Reviews: 2}}
	engine := compiled(t, policy)
	a := kam.Account{ID: "x", Judgements: verdicts("served", "!need-ended", "!not-worth-serving", "!once-firm", "!rival-stronger", "!full-share", "other-units", "room-to-cross-sell", "!poor-performance", "!rival-attack")}
	review := func(day kam.Date, rating int) (found, standing kam.Stage) {
		answers := kam.Answers{}
		for _, f := range kam.StrengthScorecard().Factors {
			answers[f.ID] = kam.Rated(kam.Dec(int64(rating), 1))
		}
		a.Answers = map[string]kam.Answers{"strength": answers}
		got, err := engine.Assess(a, day)
		require.NoError(t, err)
		require.NoError(t, a.Stages.Append(kam.StageRecord{Stage: got.Stage.Found, On: day, View: kam.ViewSuggested}, day))
		return got.Stage.Found, got.Stage.Standing
	}
	for i, x := range []struct {
		rating          int
		found, standing kam.Stage
	}{
		{75, kam.StageGood, kam.StageGood},
		{68, kam.StageGood, kam.StageGood},
		{68, kam.StageGood, kam.StageGood},
		{68, kam.StageGood, kam.StageGood},
		{60, kam.StageDeveloping, kam.StageGood},
		{60, kam.StageDeveloping, kam.StageDeveloping},
		{71, kam.StageGood, kam.StageDeveloping},
		{60, kam.StageDeveloping, kam.StageDeveloping},
	} {
		found, standing := review(kam.NewDate(2026, 1, 1).AddMonths(i), x.rating)
		assert.Equal(t, x.found, found, "review %d", i)
		assert.Equal(t, x.standing, standing, "review %d", i)
	}
}

// A stage that waits for two reviews: each review records what it found, and the next one goes by
// that. Record once a review, and not each night, or two nights are two reviews.
func ExampleStageResult_found() {
	policy := kam.DefaultPolicy()
	policy.Stage.Reviews = 2
	engine, err := kam.Compile(policy)
	if err != nil {
		fmt.Println(err)
		return
	}
	a := kam.Account{ID: "acme", Judgements: map[kam.Evidence]kam.Judgement{kam.EvidenceServed: {Verdict: kam.No}}}
	for quarter := range 4 {
		day := kam.NewDate(2026, 1, 31).AddMonths(3 * quarter)
		if quarter > 0 {
			a.Judgements[kam.EvidenceServed] = kam.Judgement{Verdict: kam.Yes, On: kam.NewDate(2026, 4, 1)}
		}
		got, err := engine.Assess(a, day)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(day, "found", got.Stage.Found, "stands", got.Stage.Standing)
		if found := got.Stage.Found; found != kam.StageUnknown {
			if err := a.Stages.Append(kam.StageRecord{Stage: found, On: day, View: kam.ViewSuggested}, day); err != nil {
				fmt.Println(err)
			}
		}
		if found := got.Placement.Found; found != kam.CellUnknown { // for the grid's own margin and reviews
			a.Cells = append(a.Cells, kam.CellRecord{Cell: found, On: day})
		}
	}
	// Output:
	// 2026-01-31 found potential stands potential
	// 2026-04-30 found developing stands potential
	// 2026-07-31 found developing stands developing
	// 2026-10-31 found developing stands developing
}

// The widest margins leave a score that gets out of the cell, 0 below and 100 above; a cut of 0 or
// 100 bounds none.
func TestWidestMargins(t *testing.T) {
	for _, x := range []struct {
		cut, margin kam.Number
		before      kam.Cell
		points      int
		want        kam.Cell
	}{
		{kam.Int(60), kam.Int(40), kam.CellLowProfile, 100, kam.CellKey},
		{kam.Int(40), kam.Dec(399_999, 4), kam.CellKey, 0, kam.CellLowProfile},
		{kam.Dec(1, 4), kam.Int(0), kam.CellKey, 0, kam.CellLowProfile},
	} {
		rules := kam.GridRules{AttractivenessCut: new(kam.Int(50)), StrengthCut: &x.cut, Margin: plus(t, x.margin, kam.Dec(1, 4))}
		_, err := rules.Compile()
		assert.Equal(t, []string{"/margin range " + rules.Margin.String() + "|0.." + x.margin.String()}, found(err), "one more")
		rules = kam.GridRules{AttractivenessCut: &x.cut, StrengthCut: &x.cut, Margin: x.margin}
		points := kam.Score{Points: new(kam.Int(x.points)), Range: kam.Range{Worst: kam.Int(x.points), Best: kam.Int(x.points)}, Coverage: kam.Int(100)}
		p, err := rules.Place(points, points, x.before)
		require.NoError(t, err)
		assert.Equal(t, x.want, p.Cell, x)
	}
	for _, cut := range []kam.Number{kam.Int(0), kam.Int(100)} {
		_, err := kam.GridRules{AttractivenessCut: &cut, Margin: kam.Dec(499_999, 4)}.Compile()
		require.NoError(t, err, "it is for the other axis")
		_, err = kam.GridRules{AttractivenessCut: &cut, Margin: kam.Int(50)}.Compile()
		assert.Equal(t, []string{"/margin range 50|0..49.9999"}, found(err))
	}
}
