package kam_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

var judged = []kam.Evidence{
	kam.EvidenceServed, kam.EvidenceNeedEnded, kam.EvidenceNotWorthServing, kam.EvidenceOnceFirm, kam.EvidencePoorPerformance,
	kam.EvidenceRivalAttack, kam.EvidenceRivalStronger, kam.EvidenceFullShare, kam.EvidenceCrossSell, kam.EvidenceOtherUnits,
}

var counted = []kam.Evidence{
	kam.EvidenceStrength, kam.Evidence(kam.SignalWalletShare), kam.Evidence(kam.SignalRevenueTrend),
	kam.Evidence(kam.SignalOnTime), kam.Evidence(kam.SignalComplaintRate), kam.Evidence(kam.SignalReturnRate),
}

// The way to another stage is computed from the rules: whoever goes it gets
// there.
func TestPathsLeadWhereTheySay(t *testing.T) {
	rules := kam.DefaultStageRules()
	r := rand.New(rand.NewPCG(9, 9))
	better, danger := map[kam.Stage]int{}, map[kam.Stage]int{}
	for range 20_000 {
		verdicts, numbers := map[kam.Evidence]kam.Verdict{}, map[kam.Evidence]kam.Number{}
		for _, e := range judged {
			verdicts[e] = kam.Verdict(r.IntN(3))
		}
		verdicts[kam.EvidenceServed] = kam.Verdict(1 + r.IntN(8)/7) // mostly served
		for _, e := range counted {
			if r.IntN(3) > 0 {
				numbers[e] = kam.Int(r.IntN(140) - 40)
			}
		}
		s := rules.Classify(verdicts, numbers)
		for _, way := range []struct {
			path *kam.Path
			seen map[kam.Stage]int
		}{{s.Better, better}, {s.Danger, danger}} {
			if way.path == nil {
				continue
			}
			way.seen[s.Suggested]++
			v, n := map[kam.Evidence]kam.Verdict{}, map[kam.Evidence]kam.Number{}
			for e, x := range verdicts {
				v[e] = x
			}
			for e, x := range numbers {
				n[e] = x
			}
			require.NotEmpty(t, way.path.Changes)
			for _, c := range way.path.Changes {
				require.False(t, c.Evidence == kam.EvidenceOnceFirm && c.Value != "unknown", "nothing changes what has been")
				if number, err := kam.ParseNumber(c.Becomes); err == nil {
					if now, known := numbers[c.Evidence]; known {
						moreIsWorse := c.Evidence == kam.Evidence(kam.SignalComplaintRate) || c.Evidence == kam.Evidence(kam.SignalReturnRate)
						require.Equal(t, moreIsWorse == (way.path == s.Danger), number.Cmp(now) > 0, "no way leads back: %+v", way.path)
					}
					n[c.Evidence] = number
					continue
				}
				var verdict kam.Verdict
				require.NoError(t, verdict.UnmarshalText([]byte(c.Becomes)))
				v[c.Evidence] = verdict
			}
			got := rules.Classify(v, n)
			require.Equal(t, way.path.To, got.Suggested, "from %v by %+v", s.Suggested, way.path)
			require.Equal(t, way.path.Rule, got.Rule)
		}
	}
	for _, s := range kam.Stages() {
		if s != kam.StageStrong {
			assert.NotZero(t, better[s], "a way up from %v", s)
		}
		if s != kam.StagePotential {
			assert.NotZero(t, danger[s], "a danger for %v", s)
		}
	}
}

func TestMovesOf(t *testing.T) {
	var h kam.History
	for i, s := range []kam.Stage{kam.StagePotential, kam.StageDeveloping, kam.StageStrong, kam.StageDefensive} {
		record := kam.StageRecord{Stage: s, On: kam.NewDate(2025, 1, 1+i)}
		if s == kam.StageStrong {
			record.Why = "they bought our rival"
		}
		require.NoError(t, h.Append(record, asOf))
	}
	moves := kam.StageRules{}.MovesOf(h, kam.ViewRecorded, asOf)
	require.Len(t, moves, 3)
	assert.True(t, moves[0].Usual)
	assert.False(t, moves[1].Usual, "developing does not become strong at once")
	assert.False(t, moves[1].NeedsReason(), "and somebody said why")
	assert.True(t, moves[2].Usual)

	none := kam.StageRules{Moves: []kam.Move{}}
	for _, m := range none.MovesOf(h, kam.ViewRecorded, asOf) {
		assert.False(t, m.Usual, "a policy may call nothing usual")
	}
	ask := moves[1].Ask()
	assert.Contains(t, ask.EN, "Developing")
	assert.Contains(t, ask.ZH, "发展中关系")
	assert.Empty(t, moves[0].Ask().EN)
}

func TestSuggestedMoveIsJudged(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	a, err := engine.Assess(kam.Account{
		ID: "x", Judgements: verdicts("served", "need-ended"),
		Stages: kam.History{{Stage: kam.StagePotential, On: kam.NewDate(2026, 1, 1)}},
	}, asOf)
	require.NoError(t, err)
	assert.Equal(t, &kam.StageMove{From: kam.StagePotential, To: kam.StageDeclining}, a.Stage.Move)
	assert.True(t, a.Stage.Move.NeedsReason())
}

func TestBadMoves(t *testing.T) {
	_, err := kam.Compile(kam.Policy{Stage: kam.StageRules{Moves: []kam.Move{
		{From: kam.StageGood, To: kam.StageStrong},
		{From: kam.StageGood, To: kam.StageStrong, Better: true},
		{From: kam.StageGood, To: kam.StageGood},
		{To: kam.StageDeclining + 1},
	}}})
	words := "potential, developing, good, strong, limited-share, defensive, declining"
	assert.Equal(t, []string{
		"/stage/moves/1 duplicate good to strong|", "/stage/moves/2 duplicate good to good|",
		"/stage/moves/3/from enum unknown|" + words, "/stage/moves/3/to enum Stage(8)|" + words,
	}, found(err))
}

func TestEveryStageHasAStrategy(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range append(kam.Stages(), kam.StageUnknown) {
		text := s.Strategy()
		assert.NotEmpty(t, text.EN)
		assert.NotEmpty(t, text.ZH)
		seen[text.EN] = true
	}
	assert.Len(t, seen, 8)
	assert.Equal(t, "Stage(8)", (kam.StageDeclining + 1).Strategy().EN)
}

func ExampleStageRules_MovesOf() {
	var h kam.History
	_ = h.Append(kam.StageRecord{Stage: kam.StagePotential, On: kam.NewDate(2026, 1, 10)}, asOf)
	_ = h.Append(kam.StageRecord{Stage: kam.StageStrong, On: kam.NewDate(2026, 3, 1)}, asOf)
	for _, m := range kam.DefaultStageRules().MovesOf(h, kam.ViewRecorded, asOf) {
		fmt.Println(m.From, "to", m.To, "usual:", m.Usual)
		fmt.Println(m.Ask())
	}
	// Output:
	// potential to strong usual: false
	// What happened, that the relationship went from “Potential” to “Strong” without a stage between?
}

// What would have to change for a better stage, and what would make it worse.
func ExamplePath() {
	s := kam.DefaultStageRules().Classify(
		map[kam.Evidence]kam.Verdict{"served": kam.Yes, "once-firm": kam.Yes, "rival-attack": kam.No, "room-to-cross-sell": kam.No, "other-units": kam.No},
		map[kam.Evidence]kam.Number{"strength": kam.Int(75), "wallet-share": kam.Int(60)},
	)
	fmt.Println("now", s.Suggested)
	for _, p := range []*kam.Path{s.Better, s.Danger} {
		for _, c := range p.Changes {
			fmt.Println(p.To, "if", c.Condition, "which is", c.Value)
		}
	}
	// Output:
	// now good
	// strong if full-share is yes which is unknown
	// defensive if poor-performance is yes which is unknown
}

// Where a condition cannot be brought about, or not be undone, no way leads to
// the stage. Of these numbers neither more nor less is better.
func TestNoPathWhereThereIsNone(t *testing.T) {
	least := kam.Dec(-999_999_999_999_999_999, 4)
	strength := func(c kam.Condition) []kam.Clause {
		c.Evidence = "our-revenue-share"
		return []kam.Clause{{Any: []kam.Condition{c}}}
	}
	good := kam.StageRule{ID: "good", Stage: kam.StageGood, All: strength(kam.Condition{AtLeast: new(kam.Int(70))})}
	for _, tt := range []struct {
		name, reason string
		rules        []kam.StageRule
		want         []kam.Change
	}{
		{
			"the next number", "70 makes it good, and 69.9999 undoes what comes first",
			[]kam.StageRule{
				{ID: "first", Stage: kam.StageDeveloping, All: []kam.Clause{{Any: []kam.Condition{{Evidence: "discount", AtLeast: new(kam.Int(40))}}}}}, good,
			},
			[]kam.Change{
				{Evidence: "our-revenue-share", Condition: "our-revenue-share >= 70", Holds: true, Value: "50", Becomes: "70"},
				{Evidence: "discount", Condition: "discount >= 40", Value: "40", Becomes: "39.9999"},
			},
		},
		{
			"nothing is below the least number", "so the rule never holds",
			[]kam.StageRule{
				{ID: "good", Stage: kam.StageGood, All: strength(kam.Condition{Below: &least})},
				{ID: "first", Stage: kam.StageDeveloping, All: strength(kam.Condition{Below: new(kam.Int(70))})},
			},
			nil,
		},
		{
			"all is at least the least number", "so the rule before always holds",
			[]kam.StageRule{
				{ID: "first", Stage: kam.StageDeveloping, All: []kam.Clause{{Any: []kam.Condition{{Evidence: "discount", AtLeast: &least}}}}}, good,
			},
			nil,
		},
		{
			"undone and done", "a share under 40 undoes the second rule, and makes the first hold",
			[]kam.StageRule{
				{ID: "small", Stage: kam.StageDeclining, All: []kam.Clause{{Any: []kam.Condition{{Evidence: "discount", Below: new(kam.Int(40))}}}}},
				{ID: "first", Stage: kam.StageDeveloping, All: []kam.Clause{{Any: []kam.Condition{{Evidence: "discount", AtLeast: new(kam.Int(40))}}}}},
				good,
			},
			nil,
		},
		{
			"one number for two", "the strength has been changed already",
			[]kam.StageRule{
				{ID: "first", Stage: kam.StageDeveloping, All: strength(kam.Condition{AtLeast: new(kam.Int(50))})}, good,
			},
			nil,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rules := kam.StageRules{Rules: tt.rules, Moves: []kam.Move{{From: kam.StageDeveloping, To: kam.StageGood, Better: true}}}
			s := rules.Classify(nil, map[kam.Evidence]kam.Number{"our-revenue-share": kam.Int(50), "discount": kam.Int(40)})
			require.Equal(t, kam.StageDeveloping, s.Suggested)
			if tt.want == nil {
				assert.Nil(t, s.Better, tt.reason)
				return
			}
			require.NotNil(t, s.Better, tt.reason)
			assert.Equal(t, tt.want, s.Better.Changes)
		})
	}
}

// What makes one stage makes a still better one, where that is all it lacks.
func TestWayLeadsOn(t *testing.T) {
	way := func(numbers map[kam.Evidence]kam.Number, words ...string) string {
		t.Helper()
		v := map[kam.Evidence]kam.Verdict{}
		for e, j := range verdicts(words...) {
			v[e] = j.Verdict
		}
		s := kam.DefaultStageRules().Classify(v, numbers)
		if s.Better == nil {
			return fmt.Sprint(s.Suggested, " to no better one")
		}
		out := fmt.Sprint(s.Suggested, " to ", s.Better.To, " by ", s.Better.Rule)
		for _, c := range s.Better.Changes {
			out += fmt.Sprint("; ", c.Evidence, " ", c.Becomes)
		}
		return out
	}
	strength := func(n int) map[kam.Evidence]kam.Number {
		return map[kam.Evidence]kam.Number{kam.EvidenceStrength: kam.Int(n)}
	}
	assert.Equal(t, "potential to good by firm-with-room; served yes", way(strength(80), "!served", "!need-ended", "!not-worth-serving", "!once-firm", "room-to-cross-sell"))
	assert.Equal(t, "potential to developing by served; served yes", way(strength(69), "!served", "!need-ended", "!not-worth-serving", "!once-firm", "room-to-cross-sell"))
	assert.Equal(t, "declining to good by firm-with-room; not-worth-serving no", way(strength(90), "served", "!need-ended", "not-worth-serving", "!once-firm", "room-to-cross-sell"))
	assert.Equal(t, "declining to no better one", way(strength(90), "served", "need-ended", "!not-worth-serving", "!once-firm", "room-to-cross-sell"), "the need is theirs")
	half := strength(90)
	half["wallet-share"] = kam.Int(50)
	full := []string{"served", "!need-ended", "!not-worth-serving", "!once-firm", "!rival-stronger", "full-share", "!room-to-cross-sell", "!other-units"}
	assert.Equal(t, "strong to no better one", way(half, full...), "that it is not so strong any more is no aim")
	assert.Equal(t, "strong to no better one", way(strength(90), full...))

	assert.Equal(t, "potential to strong by firm-and-full; served yes", way(half, append([]string{"!served"}, full[1:]...)...), "on to the first rule that holds then, though that of good does as well")

	// The fewest changes, and none that is not needed.
	failing := strength(90)
	failing["on-time"], failing["complaint-rate"], failing["return-rate"], failing["revenue-trend"] = kam.Int(50), kam.Int(20), kam.Int(20), kam.Int(-11)
	assert.Equal(t, "defensive to good by firm-with-room; revenue-trend -10", way(failing, "served", "!need-ended", "!not-worth-serving", "once-firm", "!poor-performance", "!rival-attack", "room-to-cross-sell"))
	assert.Equal(t, "declining to good by firm-with-room; not-worth-serving no", way(strength(90), "!need-ended", "not-worth-serving", "!once-firm", "room-to-cross-sell"), "whether they are served does not matter there")
}

// The end of a range that is nearer is not gone to where that would be worse.
func TestWayOutOfARange(t *testing.T) {
	rules := kam.StageRules{
		Rules: []kam.StageRule{
			{ID: "now", Stage: kam.StageDeveloping, All: []kam.Clause{{Any: []kam.Condition{{Evidence: "order-delay", AtLeast: new(kam.Int(40)), Below: new(kam.Int(50))}}}}},
			{ID: "good", Stage: kam.StageGood, All: []kam.Clause{{Any: []kam.Condition{{Evidence: "strength", AtLeast: new(kam.Int(0))}}}}},
		},
		Moves: []kam.Move{{From: kam.StageDeveloping, To: kam.StageGood, Better: true}},
	}
	s := rules.Classify(nil, map[kam.Evidence]kam.Number{"strength": kam.Int(50), "order-delay": kam.Int(49)})
	require.NotNil(t, s.Better)
	require.Len(t, s.Better.Changes, 1)
	assert.Equal(t, "39.9999", s.Better.Changes[0].Becomes, "50 would be later still")
}

// The ways go from the stage that stands, and what is suggested already needs nothing.
func TestWaysOfWhoIsHeld(t *testing.T) {
	assess := func(t *testing.T, e *kam.Engine, a kam.Account) kam.Assessment {
		t.Helper()
		out, err := e.Assess(a, asOf)
		require.NoError(t, err)
		return out
	}
	engine := compiled(t, kam.Policy{Stage: kam.StageRules{Margin: kam.Int(5)}})
	a := kam.Account{
		ID: "a", Judgements: verdicts("served", "!need-ended", "!not-worth-serving", "!once-firm", "room-to-cross-sell"),
		Answers: map[string]kam.Answers{"strength": allStrength(7)},
		Stages:  kam.History{{Stage: kam.StageGood, On: back(90), View: kam.ViewSuggested}},
	}
	a.Answers["strength"]["knowledge"] = kam.Rated(kam.Int(5))
	s := assess(t, engine, a).Stage
	require.Equal(t, "good developing 68", fmt.Sprint(s.Standing, " ", s.Suggested, " ", assess(t, engine, a).Strength.Points))
	require.NotNil(t, s.Better)
	assert.Equal(t, kam.StageStrong, s.Better.To)
	require.NotNil(t, s.Danger)
	assert.Equal(t, kam.StageDeclining, s.Danger.To)

	engine = compiled(t, kam.Policy{Stage: kam.StageRules{Reviews: 3}})
	a.Answers["strength"], a.Stages = allStrength(8), kam.History{{Stage: kam.StageDeveloping, On: back(90), View: kam.ViewSuggested}}
	s = assess(t, engine, a).Stage
	require.Equal(t, "developing good", fmt.Sprint(s.Standing, " ", s.Suggested))
	assert.Nil(t, s.Better, "good is confirmed, or not")

	a.Answers["strength"], a.Judgements = allStrength(9), verdicts("served", "!need-ended", "!not-worth-serving", "!once-firm", "!room-to-cross-sell", "!other-units", "full-share")
	s = assess(t, engine, a).Stage
	require.Equal(t, "developing strong", fmt.Sprint(s.Standing, " ", s.Suggested))
	assert.Nil(t, s.Better, "good lies on the way to strong, and would have to be made of it again")
	a.Judgements, a.Stages[0].Stage = verdicts("!served", "!need-ended", "!not-worth-serving", "!once-firm"), kam.StageStrong
	s = assess(t, engine, a).Stage
	require.Equal(t, "strong potential", fmt.Sprint(s.Standing, " ", s.Suggested))
	assert.Nil(t, s.Danger, "that they buy again is no danger")

	// Without a margin and reviews what was found before says nothing.
	poor := kam.Account{
		ID: "b", Judgements: verdicts("served", "!need-ended", "!not-worth-serving", "once-firm"),
		Sales: []kam.Period{
			{From: kam.NewDate(2024, 11, 1), To: kam.NewDate(2025, 10, 31), Revenue: money("100 EUR")},
			{From: kam.NewDate(2025, 11, 1), To: kam.NewDate(2026, 10, 31), Revenue: money("50 EUR"), Orders: new(10), Complaints: new(5)},
		},
	}
	engine = compiled(t, kam.Policy{})
	before := assess(t, engine, poor).Stage
	require.NotEmpty(t, before.Unknown)
	poor.Stages = kam.History{{Stage: kam.StageDefensive, On: back(90), View: kam.ViewSuggested}}
	assert.Equal(t, before.Unknown, assess(t, engine, poor).Stage.Unknown)
}

// What METHOD.md calls usual, the better moves and the dangers of each stage.
func TestUsualMoves(t *testing.T) {
	better := map[kam.Stage][]kam.Stage{
		kam.StagePotential:    {kam.StageDeveloping},
		kam.StageDeveloping:   {kam.StageGood},
		kam.StageGood:         {kam.StageStrong},
		kam.StageStrong:       {kam.StageGood}, // new room opens
		kam.StageLimitedShare: {kam.StageGood, kam.StageDeveloping},
		kam.StageDefensive:    {kam.StageGood, kam.StageStrong},
		kam.StageDeclining:    {kam.StageDeveloping},
	}
	danger := map[kam.Stage][]kam.Stage{
		kam.StageDeveloping:   {kam.StageLimitedShare, kam.StageDeclining},
		kam.StageGood:         {kam.StageDefensive, kam.StageDeclining},
		kam.StageStrong:       {kam.StageDefensive, kam.StageDeclining},
		kam.StageLimitedShare: {kam.StageDeclining},
		kam.StageDefensive:    {kam.StageLimitedShare, kam.StageDeclining},
		kam.StageDeclining:    {kam.StagePotential},
	}
	got := map[bool]map[kam.Stage][]kam.Stage{true: {}, false: {}}
	for _, m := range kam.DefaultStageRules().Moves {
		got[m.Better][m.From] = append(got[m.Better][m.From], m.To)
	}
	assert.Equal(t, better, got[true])
	assert.Equal(t, danger, got[false])
}

// Of the conditions of a clause the first that can be changed is, and a rule
// is broken in the first clause that can be.
func TestPathTakesWhatCanBeChanged(t *testing.T) {
	least := kam.Dec(-999_999_999_999_999_999, 4)
	const strength, share, trend = kam.Evidence("our-revenue-share"), kam.Evidence("discount"), kam.Evidence("attribute.staff")
	from := func(e kam.Evidence, n int) kam.Condition { return kam.Condition{Evidence: e, AtLeast: new(kam.Int(n))} }
	under := func(e kam.Evidence, n int) kam.Condition { return kam.Condition{Evidence: e, Below: new(kam.Int(n))} }
	between := func(e kam.Evidence, n, below int) kam.Condition {
		return kam.Condition{Evidence: e, AtLeast: new(kam.Int(n)), Below: new(kam.Int(below))}
	}
	is := func(v kam.Verdict) kam.Condition { return kam.Condition{Evidence: kam.EvidenceServed, Is: v} }
	all := func(clauses ...[]kam.Condition) []kam.Clause {
		var out []kam.Clause
		for _, any := range clauses {
			out = append(out, kam.Clause{Any: any})
		}
		return out
	}
	one := func(c ...kam.Condition) []kam.Condition { return c }
	now := kam.StageRule{ID: "now", Stage: kam.StageDeveloping, All: all(one(from(trend, 0)))}
	good := func(id string, clauses ...[]kam.Condition) kam.StageRule {
		return kam.StageRule{ID: id, Stage: kam.StageGood, All: all(clauses...)}
	}
	for _, tt := range []struct {
		name, reason string
		rules        []kam.StageRule
		rule         string
		want         []string
	}{
		{
			"below a line", "69.9999 is the next below 70",
			[]kam.StageRule{good("good", one(under(strength, 40))), now},
			"good",
			[]string{"our-revenue-share 39.9999"},
		},
		{
			"a number is changed once", "the strength is 70 already, so the share must do",
			[]kam.StageRule{good("good", one(from(strength, 70)), one(under(strength, 40), from(share, 60))), now},
			"good",
			[]string{"our-revenue-share 70", "discount 60"},
		},
		{
			"a verdict is changed once", "they are served already, so the share must do",
			[]kam.StageRule{good("good", one(is(kam.Yes)), one(is(kam.No), from(share, 60))), now},
			"good",
			[]string{"served yes", "discount 60"},
		},
		{
			"what cannot be is left", "nothing is below the least number",
			[]kam.StageRule{good("good", one(kam.Condition{Evidence: strength, Below: &least}, from(share, 60))), now},
			"good",
			[]string{"discount 60"},
		},
		{
			"the clause that can be broken", "no number is below the least, but a trend is below 0",
			[]kam.StageRule{
				{ID: "now", Stage: kam.StageDeveloping, All: all(one(kam.Condition{Evidence: share, AtLeast: &least}), one(from(trend, 0)))},
				good("good", one(from(strength, 70))),
			},
			"good",
			[]string{"our-revenue-share 70", "attribute.staff -0.0001"},
		},
		{
			"half a clause is not broken", "what was supposed for the first clause is taken back",
			[]kam.StageRule{
				{ID: "now", Stage: kam.StageDeveloping, All: all(one(from(strength, 0), kam.Condition{Evidence: share, AtLeast: &least}), one(from(trend, 0)))},
				good("good", one(is(kam.Yes))),
			},
			"good",
			[]string{"served yes", "attribute.staff -0.0001"},
		},
		{
			"the end of a range from below", "40 comes to 60 first",
			[]kam.StageRule{good("good", one(between(share, 60, 80))), now},
			"good",
			[]string{"discount 60"},
		},
		{
			"the end of a range from above", "40 comes to 29.9999 first, below 30",
			[]kam.StageRule{good("good", one(between(share, 10, 30))), now},
			"good",
			[]string{"discount 29.9999"},
		},
		{
			"out of a range by the nearer end", "40 is 1 from below 40 and 10 from 50; 5 is 5.0001 from below 0 and 2 from 7",
			[]kam.StageRule{
				{ID: "now", Stage: kam.StageDeveloping, All: all(one(between(share, 40, 50), between(trend, 0, 7)))},
				good("good", one(from(strength, 0))),
			},
			"good",
			[]string{"discount 39.9999", "attribute.staff 7"},
		},
		{
			"out of a range by the lower end", "5.0001 is 5 from 0.0001 and from 10.0001",
			[]kam.StageRule{
				{ID: "now", Stage: kam.StageDeveloping, All: all(one(kam.Condition{Evidence: trend, AtLeast: new(kam.Dec(2, 4)), Below: new(kam.Dec(99_999, 4))}))},
				good("good", one(from(strength, 0))),
			},
			"good",
			[]string{"attribute.staff 0.0001"},
		},
		{
			"the least number", "below the next to it",
			[]kam.StageRule{good("good", one(kam.Condition{Evidence: share, Below: new(kam.Dec(-999_999_999_999_999_998, 4))})), now},
			"good",
			[]string{"discount -99999999999999.9999"},
		},
		{
			"as short a way", "the earlier rule",
			[]kam.StageRule{good("first", one(from(strength, 70))), good("second", one(from(share, 60))), now},
			"first",
			[]string{"our-revenue-share 70"},
		},
		{
			"a shorter way", "the later rule",
			[]kam.StageRule{good("first", one(from(strength, 70)), one(is(kam.Yes))), good("second", one(from(share, 60))), now},
			"second",
			[]string{"discount 60"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rules := kam.StageRules{Rules: tt.rules, Moves: []kam.Move{{From: kam.StageDeveloping, To: kam.StageGood, Better: true}}}
			s := rules.Classify(nil, map[kam.Evidence]kam.Number{strength: kam.Int(50), share: kam.Int(40), trend: kam.Int(5)})
			require.Equal(t, kam.StageDeveloping, s.Suggested)
			require.NotNil(t, s.Better, tt.reason)
			var got []string
			for _, c := range s.Better.Changes {
				got = append(got, string(c.Evidence)+" "+c.Becomes)
			}
			assert.Equal(t, tt.want, got, tt.reason)
			assert.Equal(t, tt.rule, s.Better.Rule, tt.reason)
		})
	}
}

// On the way up nothing gets worse and on the way down nothing better, be it a number or a
// judgement, and what has been stays.
// Who is full and not firm yet is strong once firm: the way leads there at once, and not by new room.
func TestWayOfAFullShare(t *testing.T) {
	rules := kam.DefaultStageRules()
	got := rules.Classify(map[kam.Evidence]kam.Verdict{
		kam.EvidenceServed: kam.Yes, kam.EvidenceNeedEnded: kam.No, kam.EvidenceNotWorthServing: kam.No, kam.EvidenceOnceFirm: kam.No, kam.EvidenceRivalStronger: kam.No,
		kam.EvidenceCrossSell: kam.No, kam.EvidenceOtherUnits: kam.No,
	}, map[kam.Evidence]kam.Number{kam.EvidenceStrength: kam.Dec(685, 1), kam.Evidence(kam.SignalWalletShare): kam.Int(92), kam.Evidence(kam.SignalRevenueTrend): kam.Int(0)})
	require.Equal(t, kam.StageDeveloping, got.Suggested)
	require.NotNil(t, got.Better)
	assert.Equal(t, kam.StageStrong, got.Better.To)
	require.Len(t, got.Better.Changes, 1)
	assert.Equal(t, kam.EvidenceStrength, got.Better.Changes[0].Evidence)
	assert.Equal(t, "70", got.Better.Changes[0].Becomes)
}

func TestWaysGoOneWay(t *testing.T) {
	number := func(s kam.Signal, least, below int) kam.Condition {
		c := kam.Condition{Evidence: kam.Evidence(s)}
		if least > 0 {
			c.AtLeast = new(kam.Int(least))
		}
		if below > 0 {
			c.Below = new(kam.Int(below))
		}
		return c
	}
	is := func(e kam.Evidence, v kam.Verdict) kam.Condition { return kam.Condition{Evidence: e, Is: v} }
	for _, tt := range []struct {
		reason       string
		condition    kam.Condition // of the rule for another stage
		now          int
		judged       kam.Verdict
		better, down bool // whether a way up, and a way down, may lead over it
	}{
		{"to hang on one contact is worse", number(kam.SignalSingleThreaded, 1, 0), 0, 0, false, true},
		{"to hang on more is better", number(kam.SignalSingleThreaded, 0, 1), 1, 0, true, false},
		{"a silence that is less by chance is worse", number(kam.SignalSilenceChance, 0, 5), 10, 0, false, true},
		{"one that is more by chance is better", number(kam.SignalSilenceChance, 5, 0), 1, 0, true, false},
		{"orders further apart are worse", number(kam.SignalOrderInterval, 50, 0), 10, 0, false, true},
		{"a discount is neither", number(kam.SignalDiscount, 15, 0), 10, 0, true, true},
		{"what they bought before they bought", number(kam.SignalRevenueBefore, 15, 0), 10, 0, false, false},
		{"sound finances are better", is(kam.EvidenceFinanciallySound, kam.Yes), 0, kam.No, true, false},
		{"unsound ones are worse", is(kam.EvidenceFinanciallySound, kam.No), 0, kam.Yes, false, true},
		{"nobody works on an attack, known or not", is(kam.EvidenceRivalAttack, kam.Yes), 0, kam.VerdictUnknown, false, true},
		{"that there is none may be found out, up and down", is(kam.EvidenceRivalAttack, kam.No), 0, kam.VerdictUnknown, true, true},
		{"damaged trust is worse", is(kam.EvidenceTrustDamaged, kam.Yes), 0, kam.No, false, true},
		{"units to enter, where there are none, are no aim", is(kam.EvidenceOtherUnits, kam.Yes), 0, kam.No, false, true},
		{"nor is room to cross-sell", is(kam.EvidenceCrossSell, kam.Yes), 0, kam.No, false, true},
		{"they may be found out, up and down", is(kam.EvidenceCrossSell, kam.Yes), 0, kam.VerdictUnknown, true, true},
		{"to have sold all of it is neither", is(kam.EvidenceCrossSell, kam.No), 0, kam.Yes, true, true},
	} {
		for _, up := range []bool{true, false} {
			rules := kam.StageRules{
				Rules: []kam.StageRule{
					{ID: "other", Stage: kam.StageGood, All: []kam.Clause{{Any: []kam.Condition{tt.condition}}}},
					{ID: "now", Stage: kam.StageDeveloping, All: []kam.Clause{{Any: []kam.Condition{is(kam.EvidenceServed, kam.Yes)}}}},
				},
				Moves: []kam.Move{{From: kam.StageDeveloping, To: kam.StageGood, Better: up}},
			}
			judgements, numbers := map[kam.Evidence]kam.Verdict{kam.EvidenceServed: kam.Yes}, map[kam.Evidence]kam.Number{}
			if tt.condition.Is == kam.VerdictUnknown {
				numbers[tt.condition.Evidence] = kam.Int(tt.now)
			} else {
				judgements[tt.condition.Evidence] = tt.judged
			}
			got := rules.Classify(judgements, numbers)
			require.Equal(t, kam.StageDeveloping, got.Suggested, tt.reason)
			if up {
				assert.Equal(t, tt.better, got.Better != nil, tt.reason)
			} else {
				assert.Equal(t, tt.down, got.Danger != nil, tt.reason)
			}
		}
	}
}

// What breaks an earlier rule may do what was to be done besides, and the way has no change that it
// does not need; what makes one rule hold may make that of a better stage hold first, and the
// way leads there, where none of its own does.
func TestWaysAreShort(t *testing.T) {
	line := func(e kam.Evidence, least, below int) kam.Condition {
		c := kam.Condition{Evidence: e}
		if least > 0 {
			c.AtLeast = new(kam.Int(least))
		}
		if below > 0 {
			c.Below = new(kam.Int(below))
		}
		return c
	}
	is := func(e kam.Evidence, v kam.Verdict) kam.Condition { return kam.Condition{Evidence: e, Is: v} }
	any := func(cs ...kam.Condition) kam.Clause { return kam.Clause{Any: cs} }
	moves := kam.DefaultStageRules().Moves
	full := map[kam.Evidence]kam.Verdict{kam.EvidenceFullShare: kam.Yes}
	share := kam.Evidence(kam.SignalWalletShare)
	for name, tt := range map[string]struct {
		rules   []kam.StageRule
		numbers map[kam.Evidence]kam.Number
		to      kam.Stage
		want    []string
	}{
		"what breaks one mends the other": {
			[]kam.StageRule{
				{ID: "a", Stage: kam.StagePotential, All: []kam.Clause{any(is(kam.EvidenceFullShare, kam.Yes))}},
				{ID: "b", Stage: kam.StageDeveloping, All: []kam.Clause{any(line(share, 10, 0)), any(is(kam.EvidenceOtherUnits, kam.Yes), is(kam.EvidenceFullShare, kam.No))}},
			},
			map[kam.Evidence]kam.Number{share: kam.Int(22)},
			kam.StageDeveloping,
			[]string{"full-share no"},
		},
		"the first and the last": {
			[]kam.StageRule{
				{ID: "a", Stage: kam.StagePotential, All: []kam.Clause{any(is(kam.EvidenceFullShare, kam.Yes))}},
				{ID: "b", Stage: kam.StageDeveloping, All: []kam.Clause{
					any(is(kam.EvidenceOtherUnits, kam.Yes), is(kam.EvidenceFullShare, kam.No)), any(line(share, 10, 0)), any(line("strength", 40, 0), is(kam.EvidenceFullShare, kam.No)),
				}},
			},
			map[kam.Evidence]kam.Number{share: kam.Int(5), "strength": kam.Int(10)},
			kam.StageDeveloping,
			[]string{"wallet-share 10", "full-share no"},
		},
		"a better stage is first": {
			[]kam.StageRule{
				{ID: "a", Stage: kam.StagePotential, All: []kam.Clause{any(line(share, 0, 30))}},
				{ID: "b", Stage: kam.StageGood, All: []kam.Clause{any(is(kam.EvidenceFullShare, kam.Yes)), any(is(kam.EvidenceFullShare, kam.No), line("strength", 60, 0))}},
				{ID: "c", Stage: kam.StageDeveloping, All: []kam.Clause{any(line("strength", 90, 0)), any(line(share, 50, 0))}},
			},
			map[kam.Evidence]kam.Number{share: kam.Int(29), "strength": kam.Int(22)},
			kam.StageGood,
			[]string{"strength 90", "wallet-share 50"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := kam.StageRules{Rules: tt.rules, Moves: moves}.Classify(full, tt.numbers)
			require.Equal(t, kam.StagePotential, got.Suggested)
			require.NotNil(t, got.Better)
			assert.Equal(t, tt.to, got.Better.To)
			var changes []string
			for _, c := range got.Better.Changes {
				changes = append(changes, string(c.Evidence)+" "+c.Becomes)
			}
			assert.Equal(t, tt.want, changes)
		})
	}
}
