package kam_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// Random rules, checks and accounts, with numbers on the lines and beside them.

// lines are where conditions draw theirs.
var lines = []kam.Number{kam.Int(-1), kam.Int(0), kam.Dec(1, 4), kam.Int(1), kam.Int(3), kam.Int(50), kam.Int(70), kam.Dec(999_999_999_999_999_999, 4)}

var (
	ruleNumbers    = []kam.Evidence{"attribute.a", "attribute.b", "attribute.c", kam.EvidenceStrength, "orders", "complaint-rate", "contacts", "revenue"}
	ruleJudgements = []kam.Evidence{kam.EvidenceServed, kam.EvidenceOnceFirm, kam.EvidenceNeedEnded, kam.EvidenceCrossSell, "our-own-question"}
)

func pick[T any](r cases, of []T) T { return of[r.IntN(len(of))] }

func (r cases) condition() kam.Condition {
	if r.IntN(2) == 0 {
		return kam.Condition{Evidence: pick(r, ruleJudgements), Is: kam.Verdict(1 + r.IntN(2))}
	}
	c := kam.Condition{Evidence: pick(r, ruleNumbers)}
	lines := lines
	if c.Evidence == kam.EvidenceStrength { // points
		lines = lines[1 : len(lines)-1]
	}
	i := r.IntN(len(lines))
	switch r.IntN(3) {
	case 0:
		c.AtLeast = &lines[i]
	case 1:
		c.Below = &lines[i]
	default:
		i = r.IntN(len(lines) - 1)
		c.AtLeast, c.Below = &lines[i], &lines[i+1+r.IntN(len(lines)-1-i)]
	}
	return c
}

func (r cases) stageRules() (rules kam.StageRules) {
	if r.IntN(8) == 0 {
		return kam.StageRules{} // the default ones
	}
	for i := range 1 + r.IntN(6) {
		rule := kam.StageRule{ID: fmt.Sprint("rule-", i), Stage: pick(r, kam.Stages()[:1+r.IntN(7)])}
		for range 1 + r.IntN(3) {
			var cl kam.Clause
			for range 1 + r.IntN(3) {
				cl.Any = append(cl.Any, r.condition())
			}
			rule.All = append(rule.All, cl)
		}
		rules.Rules = append(rules.Rules, rule)
	}
	return rules
}

func (r cases) checks() (checks []kam.CustomRisk) {
	for i := range r.IntN(5) {
		id := fmt.Sprint("check-", i)
		c := kam.CustomRisk{RiskInfo: kam.RiskInfo{ID: kam.RiskID(id), Name: kam.Text{EN: id}}, AtRisk: r.condition()}
		if r.IntN(3) > 0 {
			c.Watch = new(r.condition())
			if _, err := (kam.StageRules{}).Compile(c); errors.Is(err, kam.CodeRange) { // it would never be alone
				c.Watch = nil
			}
		}
		checks = append(checks, c)
	}
	return checks
}

// onALine is a number on a line or beside it.
func (r cases) onALine(t *testing.T) kam.Number {
	n := pick(r, lines)
	if n == lines[len(lines)-1] {
		return n
	}
	return plus(t, n, kam.Dec(int64(r.IntN(3)-1), 4))
}

// account draws one, and says what is to be read from it where nobody judges.
func (r cases) account(t *testing.T) (a kam.Account, judgements map[kam.Evidence]kam.Verdict) {
	a = kam.Account{ID: "a", Attributes: map[string]kam.Number{}, Judgements: map[kam.Evidence]kam.Judgement{}, Answers: map[string]kam.Answers{}}
	judgements = map[kam.Evidence]kam.Verdict{}
	for _, name := range []string{"a", "b", "c"} {
		if r.IntN(3) > 0 {
			a.Attributes[name] = r.onALine(t)
		}
	}
	if r.IntN(3) > 0 {
		year := kam.Period{From: asOf.AddDays(-19).AddMonths(-12), To: asOf.AddDays(-20)}
		if r.IntN(3) > 0 {
			sold := r.IntN(2)
			year.Revenue, judgements[kam.EvidenceServed] = new(cents(t, sold)), kam.No
			if sold > 0 {
				judgements[kam.EvidenceServed] = kam.Yes
			}
		}
		year.Orders, year.Complaints = new(r.IntN(5)), new(r.IntN(3))
		switch {
		case *year.Orders == 0:
		case year.Revenue == nil:
			judgements[kam.EvidenceServed] = kam.Yes
		case year.Revenue.Sign() == 0: // samples, or all came back
			delete(judgements, kam.EvidenceServed)
		}
		a.Sales = []kam.Period{year}
	}
	for i := range r.IntN(4) {
		a.Contacts = append(a.Contacts, kam.Contact{ID: fmt.Sprint(i)})
	}
	if r.IntN(3) > 0 {
		answers, points := kam.Answers{}, pick(r, []kam.Number{kam.Int(5), kam.Int(7), kam.Dec(69_999, 4), kam.Int(10)})
		for _, f := range kam.StrengthScorecard().Factors {
			answers[f.ID] = kam.Rated(points)
		}
		a.Answers["strength"] = answers
	}
	if r.IntN(2) == 0 {
		stage := pick(r, kam.Stages())
		require.NoError(t, a.Stages.Append(kam.StageRecord{Stage: stage, On: asOf.AddDays(-9), View: kam.ViewRecorded}, asOf))
		judgements[kam.EvidenceOnceFirm] = kam.No
		if stage == kam.StageGood || stage == kam.StageStrong {
			judgements[kam.EvidenceOnceFirm] = kam.Yes
		}
	}
	for _, e := range ruleJudgements {
		if v := kam.Verdict(r.IntN(3)); v != kam.VerdictUnknown {
			a.Judgements[e], judgements[e] = kam.Judgement{Verdict: v}, v
		}
	}
	return a, judgements
}

func cents(t *testing.T, n int) kam.Money {
	m, err := kam.Minor(int64(n), "EUR")
	require.NoError(t, err)
	return m
}

// numbersOf are the signals that could be read, and the strength.
func numbersOf(a kam.Assessment) map[kam.Evidence]kam.Number {
	numbers := map[kam.Evidence]kam.Number{}
	for _, s := range a.Signals.Readings {
		if s.Value != nil {
			numbers[kam.Evidence(s.Signal)] = *s.Value
		}
	}
	if a.Strength.Points != nil {
		numbers[kam.EvidenceStrength] = *a.Strength.Points
	}
	return numbers
}

// requireSameStage compares what a row says with a stage that has its reasons.
func requireSameStage(t *testing.T, want kam.StageResult, got kam.RowStage) {
	t.Helper()
	require.Equal(t, want.Suggested, got.Suggested())
	require.Equal(t, want.Rule, got.Rule())
	require.Equal(t, want.Firm, got.Firm())
	require.Equal(t, want.Possible, slices.Collect(got.Possible()))
	verdicts := maps.Collect(got.Conditions())
	for _, f := range want.For {
		require.Equal(t, kam.Yes, verdicts[f.Condition], f)
	}
	for _, f := range want.Against {
		require.Equal(t, kam.No, verdicts[f.Condition], f)
	}
	if want.RunnerUp != nil {
		for _, f := range want.RunnerUp.Lacking {
			require.Contains(t, verdicts, f.Condition)
			require.Equal(t, f.Value == "unknown", verdicts[f.Condition] == kam.VerdictUnknown, f)
		}
	}
}

// What is bound gives the stage, and the outcomes, that Assess gives with all
// reasons.
func TestStageRowEqualsAssess(t *testing.T) {
	policies, rows := 3_000, 8
	if testing.Short() {
		policies = 300
	}
	r := cases{rand.New(rand.NewPCG(7, 11))}
	stages, outcomes, firm, several := map[kam.Stage]int{}, map[kam.Outcome]int{}, 0, 0
	var row kam.StageRow // of one classifier after another
	for range policies {
		policy := kam.Policy{Stage: r.stageRules(), Risks: kam.RiskRules{Custom: append(r.checks(), kam.CustomRisk{
			RiskInfo: kam.RiskInfo{ID: "own", Name: kam.Text{EN: "own"}}, AtRisk: kam.Condition{Evidence: "our-own-question", Is: kam.Yes},
		})}}
		engine := compiled(t, policy)
		rules, err := policy.Stage.Compile(policy.Risks.Custom...)
		require.NoError(t, err)
		for range rows {
			account, judgements := r.account(t)
			want, err := engine.Assess(account, asOf)
			require.NoError(t, err)
			numbers := numbersOf(want)
			require.NoError(t, rules.BindTo(&row, judgements, numbers))
			got := row.Classify()
			requireSameStage(t, want.Stage, got)
			requireSameStage(t, policy.Stage.Classify(judgements, numbers), got)
			for i, c := range policy.Risks.Custom {
				require.Equal(t, want.Risks.Outcome(c.ID), got.Outcome(i), c)
				outcomes[got.Outcome(i)]++
			}
			if stages[got.Suggested()]++; got.Firm() {
				firm++
			}
			if len(want.Stage.Possible) > 2 {
				several++
			}
		}
	}
	for _, s := range append(kam.Stages(), kam.StageUnknown) {
		assert.Greater(t, stages[s], policies/20, s)
	}
	for _, o := range []kam.Outcome{kam.OutcomeUnknown, kam.Clear, kam.Watch, kam.AtRisk} {
		assert.Greater(t, outcomes[o], policies/5, o)
	}
	assert.Greater(t, firm, policies)
	assert.Greater(t, several, policies/5)
}

// By hand: two rules and one check, whatever is known.
func TestStageRowByHand(t *testing.T) {
	is := func(e kam.Evidence, v kam.Verdict) kam.Condition { return kam.Condition{Evidence: e, Is: v} }
	rules, err := kam.StageRules{Rules: []kam.StageRule{
		{ID: "full", Stage: kam.StageStrong, All: []kam.Clause{
			{Any: []kam.Condition{is("full-share", kam.Yes), {Evidence: "wallet-share", AtLeast: new(kam.Int(80))}}},
			{Any: []kam.Condition{is("once-firm", kam.Yes)}},
		}},
		{ID: "served", Stage: kam.StageGood, All: []kam.Clause{{Any: []kam.Condition{is("served", kam.Yes)}}}},
	}}.Compile(kam.CustomRisk{
		RiskInfo: kam.RiskInfo{ID: "small", Name: kam.Text{EN: "Small"}},
		AtRisk:   kam.Condition{Evidence: "wallet-share", Below: new(kam.Int(20))},
		Watch:    &kam.Condition{Evidence: "wallet-share", AtLeast: new(kam.Int(20)), Below: new(kam.Int(30))},
	})
	require.NoError(t, err)
	yes, no := kam.Yes, kam.No
	for _, tt := range []struct {
		reason     string
		judgements map[kam.Evidence]kam.Verdict
		share      *kam.Number
		suggested  kam.Stage
		firm       bool
		possible   []kam.Stage
		outcome    kam.Outcome
		bits       [2]uint64 // full, share >= 80, once firm, served, share < 20, 20 <= share < 30
	}{
		{
			"nothing is known", nil, nil,
			kam.StageUnknown, false,
			[]kam.Stage{kam.StageStrong, kam.StageGood, kam.StageUnknown},
			kam.OutcomeUnknown,
			[2]uint64{0, 0b111111},
		},
		{
			"on the line of 80, which is in it; one condition of a clause is enough",
			map[kam.Evidence]kam.Verdict{"once-firm": yes},
			new(kam.Int(80)),
			kam.StageStrong, true,
			[]kam.Stage{kam.StageStrong},
			kam.Clear,
			[2]uint64{0b000110, 0b001001},
		},
		{
			"beside the line the other condition is open",
			map[kam.Evidence]kam.Verdict{"once-firm": yes, "served": yes},
			new(kam.Dec(799_999, 4)),
			kam.StageGood, false,
			[]kam.Stage{kam.StageStrong, kam.StageGood},
			kam.Clear,
			[2]uint64{0b001100, 0b000001},
		},
		{
			"a clause that fails settles the rule, whatever is open in the others",
			map[kam.Evidence]kam.Verdict{"once-firm": no, "served": yes},
			nil,
			kam.StageGood, true,
			[]kam.Stage{kam.StageGood},
			kam.OutcomeUnknown,
			[2]uint64{0b001000, 0b110011},
		},
		{
			"no rule holds",
			map[kam.Evidence]kam.Verdict{"once-firm": no, "served": no},
			new(kam.Dec(199_999, 4)),
			kam.StageUnknown, false,
			[]kam.Stage{kam.StageUnknown},
			kam.AtRisk,
			[2]uint64{0b010000, 0b000001},
		},
		{
			"20 is no longer at risk, and on watch",
			map[kam.Evidence]kam.Verdict{"full-share": no, "served": yes},
			new(kam.Int(20)),
			kam.StageGood, true,
			[]kam.Stage{kam.StageGood},
			kam.Watch,
			[2]uint64{0b101000, 0b000100},
		},
		{
			"30 is no longer on watch",
			map[kam.Evidence]kam.Verdict{"full-share": yes, "served": no},
			new(kam.Int(30)),
			kam.StageUnknown, false,
			[]kam.Stage{kam.StageStrong, kam.StageUnknown},
			kam.Clear,
			[2]uint64{0b000001, 0b000100},
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			numbers := map[kam.Evidence]kam.Number{"margin": kam.Int(3)} // nothing asks for it
			if tt.share != nil {
				numbers["wallet-share"] = *tt.share
			}
			row, err := rules.Bind(tt.judgements, numbers)
			require.NoError(t, err)
			got := row.Classify()
			assert.Equal(t, tt.suggested, got.Suggested())
			assert.Equal(t, tt.firm, got.Firm())
			assert.Equal(t, tt.possible, slices.Collect(got.Possible()))
			assert.Equal(t, tt.outcome, got.Outcome(0))
			yes, unknown := got.Bits()
			assert.Equal(t, tt.bits, [2]uint64{yes, unknown})
		})
	}
}

func TestStageRulesCompileRefuses(t *testing.T) {
	yes := kam.Condition{Evidence: kam.EvidenceServed, Is: kam.Yes}
	rule := func(id string, cs ...kam.Condition) kam.StageRule {
		return kam.StageRule{ID: id, Stage: kam.StageGood, All: []kam.Clause{{Any: cs}}}
	}
	check := func(id kam.RiskID, atRisk kam.Condition) kam.CustomRisk {
		return kam.CustomRisk{RiskInfo: kam.RiskInfo{ID: id, Name: kam.Text{EN: "N"}}, AtRisk: atRisk}
	}
	for _, tt := range []struct {
		reason  string
		rules   kam.StageRules
		check   kam.CustomRisk
		code    kam.Code
		pointer string
	}{
		{"no such evidence", kam.StageRules{Rules: []kam.StageRule{rule("a", kam.Condition{Evidence: "on-tme", Below: new(kam.Int(1))})}}, check("c", yes), kam.CodeUnknown, "/rules/0/all/0/any/0/evidence"},
		{"a rule twice", kam.StageRules{Rules: []kam.StageRule{rule("a", yes), rule("a", yes)}}, check("c", yes), kam.CodeDuplicate, "/rules/1/id"},
		{"a clause without conditions", kam.StageRules{Rules: []kam.StageRule{rule("a")}}, check("c", yes), kam.CodeMissing, "/rules/0/all/0/any"},
		{"a margin below zero", kam.StageRules{Margin: kam.Int(-1)}, check("c", yes), kam.CodeRange, "/margin"},
		{"a check of our own name", kam.StageRules{}, check(kam.RiskPricePressure, yes), kam.CodeDuplicate, "/custom/0/id"},
		{"a check without a line", kam.StageRules{}, check("c", kam.Condition{Evidence: "on-time"}), kam.CodeMissing, "/custom/0/atRisk/atLeast"},
		{"a number that is none", kam.StageRules{}, check("c", kam.Condition{Evidence: "on-time", Below: new(kam.Dec(1, 9))}), kam.CodeNumber, "/custom/0/atRisk/below"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			_, err := tt.rules.Compile(tt.check)
			vs := kam.ViolationsOf(err)
			require.NotEmpty(t, vs)
			assert.Equal(t, tt.code, vs[0].Code)
			assert.Equal(t, tt.pointer, vs[0].Pointer)
			_, err = kam.Compile(kam.Policy{Stage: tt.rules, Risks: kam.RiskRules{Custom: []kam.CustomRisk{tt.check}}})
			whole := kam.ViolationsOf(err)
			for i := range whole {
				whole[i].Pointer = strings.TrimPrefix(strings.TrimPrefix(whole[i].Pointer, "/stage"), "/risks")
			}
			assert.Equal(t, whole, vs, "as Compile says it")
		})
	}
	_, err := kam.StageRules{Volume: kam.VolumeRule{Factor: "of another scorecard"}}.Compile()
	assert.NoError(t, err, "the volume is not read")
}

// Conditions are counted once, and the first beyond the 64th is named.
func TestStageRulesCompileCountsConditions(t *testing.T) {
	var many []kam.Condition
	for i := range 63 {
		many = append(many, kam.Condition{Evidence: "orders", Below: new(kam.Int(i))})
	}
	rules := kam.StageRules{Rules: []kam.StageRule{
		{ID: "a", Stage: kam.StageGood, All: []kam.Clause{{Any: many}, {Any: many}}},
		{ID: "b", Stage: kam.StageStrong, All: []kam.Clause{{Any: append(slices.Clone(many), kam.Condition{Evidence: kam.EvidenceServed, Is: kam.Yes})}}},
	}}
	info := kam.RiskInfo{ID: "c", Name: kam.Text{EN: "C"}}
	full, err := rules.Compile(kam.CustomRisk{RiskInfo: info, AtRisk: many[62], Watch: &rules.Rules[1].All[0].Any[63]})
	require.NoError(t, err)
	row, err := full.Bind(map[kam.Evidence]kam.Verdict{kam.EvidenceServed: kam.Yes}, map[kam.Evidence]kam.Number{"orders": kam.Int(62)})
	require.NoError(t, err)
	got := row.Classify()
	assert.Equal(t, kam.StageStrong, got.Suggested(), "served is the 64th bit")
	assert.Equal(t, kam.Watch, got.Outcome(0))
	yes, unknown := got.Bits()
	assert.Equal(t, [2]uint64{1 << 63, 0}, [2]uint64{yes, unknown})

	_, err = rules.Compile(kam.CustomRisk{RiskInfo: info, AtRisk: many[0], Watch: &kam.Condition{Evidence: "orders", AtLeast: new(kam.Int(1))}})
	vs := kam.ViolationsOf(err)
	require.Len(t, vs, 1)
	assert.Equal(t, kam.Violation{Pointer: "/custom/0/watch", Code: kam.CodeTooLarge, Value: "orders >= 1", Want: "<= 64"}, vs[0])
}

func TestBindEvidenceRefuses(t *testing.T) {
	rules, err := kam.StageRules{}.Compile()
	require.NoError(t, err)
	row, err := rules.Bind(map[kam.Evidence]kam.Verdict{kam.EvidenceServed: kam.No}, nil)
	require.NoError(t, err)
	before := row.Classify()
	require.Equal(t, kam.StagePotential, before.Suggested())
	judgements := map[kam.Evidence]kam.Verdict{kam.EvidenceServed: kam.Yes, kam.EvidenceInterest: 3}
	numbers := map[kam.Evidence]kam.Number{"on-time": kam.Int(90), "orders": kam.Dec(1, 9)}
	_, bindErr := rules.Bind(judgements, numbers)
	for _, err := range []error{bindErr, rules.BindTo(&row, judgements, numbers)} {
		assert.Equal(t, kam.Violations{
			{Pointer: "/judgements/interest-shown", Code: kam.CodeEnum, Value: "Verdict(3)", Want: "unknown, yes, no"},
			{Pointer: "/numbers/orders", Code: kam.CodeNumber, Value: "invalid"},
		}, kam.ViolationsOf(err))
		assert.ErrorContains(t, err, "kam: bind evidence: ")
	}
	assert.Error(t, rules.BindTo(&row, judgements, nil))
	assert.Error(t, rules.BindTo(&row, nil, numbers))
	assert.Equal(t, before, row.Classify(), "the row keeps its evidence")
}

func TestZeroStageRow(t *testing.T) {
	var row kam.StageRow
	for _, s := range []kam.RowStage{{}, row.Classify()} {
		assert.Equal(t, kam.StageUnknown, s.Suggested())
		assert.Empty(t, s.Rule())
		assert.False(t, s.Firm())
		assert.Empty(t, slices.Collect(s.Possible()))
		assert.Empty(t, maps.Collect(s.Conditions()))
		assert.Equal(t, kam.OutcomeUnknown, s.Outcome(0))
	}
	rules, err := kam.StageRules{}.Compile()
	require.NoError(t, err)
	require.NoError(t, rules.BindTo(&row, map[kam.Evidence]kam.Verdict{kam.EvidenceServed: kam.No}, nil))
	require.NoError(t, rules.BindTo(&row, nil, nil))
	for s := range row.Classify().Possible() {
		assert.Equal(t, kam.StagePotential, s, "the first of all")
		break
	}
	for _, i := range []int{-1, 0, 1} {
		assert.Equal(t, kam.OutcomeUnknown, row.Classify().Outcome(i), "there is no check")
	}
	for _, none := range []*kam.Classifier{nil, {}} {
		require.ErrorIs(t, none.BindTo(&row, nil, nil), kam.CodeMissing, "nobody has compiled it")
		_, err := none.Bind(nil, nil)
		require.ErrorIs(t, err, kam.CodeMissing)
	}
	check := kam.CustomRisk{RiskInfo: kam.RiskInfo{ID: "check", Name: kam.Text{EN: "C"}}, AtRisk: kam.Condition{Evidence: kam.EvidenceServed, Is: kam.No}}
	bare, err := kam.StageRules{Rules: []kam.StageRule{}}.Compile(check)
	require.NoError(t, err)
	require.NoError(t, bare.BindTo(&row, nil, nil), "no rule is none the less compiled")
	require.ErrorIs(t, bare.BindTo(nil, nil, nil), kam.CodeMissing, "there is no row")
	assert.Equal(t, []kam.Stage{kam.StageUnknown}, slices.Collect(row.Classify().Possible()))
	assert.False(t, row.Classify().Firm())
	for range row.Classify().Possible() {
		break
	}
}

// Changing a policy later changes nothing that is compiled.
func TestClassifierKeepsNothing(t *testing.T) {
	rules := kam.DefaultStageRules()
	c, err := rules.Compile()
	require.NoError(t, err)
	row, err := c.Bind(map[kam.Evidence]kam.Verdict{kam.EvidenceServed: kam.No}, nil)
	require.NoError(t, err)
	for i := range rules.Rules {
		rules.Rules[i].ID, rules.Rules[i].Stage = "changed", kam.StageStrong
		for _, cl := range rules.Rules[i].All {
			for k := range cl.Any {
				if n := cl.Any[k].Below; n != nil {
					*n = kam.Int(-5)
				}
				cl.Any[k] = kam.Condition{}
			}
		}
	}
	assert.Equal(t, "not-served", row.Classify().Rule())
	assert.Equal(t, kam.StagePotential, row.Classify().Suggested())
	for text := range row.Classify().Conditions() {
		assert.Equal(t, "served is no", text, "the first condition")
		break
	}
}

func TestStageRowsDoNotAllocate(t *testing.T) {
	checks := cases{rand.New(rand.NewPCG(3, 3))}.checks()
	require.NotEmpty(t, checks)
	rules, err := kam.StageRules{}.Compile(checks...)
	require.NoError(t, err)
	judgements := map[kam.Evidence]kam.Verdict{kam.EvidenceServed: kam.Yes, kam.EvidenceCrossSell: kam.Yes}
	numbers := map[kam.Evidence]kam.Number{kam.EvidenceStrength: kam.Int(75), "on-time": kam.Int(99), "attribute.a": kam.Int(3)}
	row, err := rules.Bind(judgements, numbers)
	require.NoError(t, err)
	require.Equal(t, "firm-with-room", row.Classify().Rule())
	for what, f := range map[string]func(){
		"bind":     func() { _ = rules.BindTo(&row, judgements, numbers) },
		"classify": func() { s := row.Classify(); s.Suggested(); s.Rule(); s.Firm() },
		"outcomes": func() {
			s := row.Classify()
			for i := range checks {
				s.Outcome(i)
			}
		},
		"possible": func() {
			for s := range row.Classify().Possible() {
				_ = s
			}
		},
		"conditions": func() {
			for text, v := range row.Classify().Conditions() {
				_, _ = text, v
			}
		},
	} {
		assert.Zero(t, testing.AllocsPerRun(100, f), what)
	}
}

// Evidence that nobody knows is no unknown evidence: it is misspelt.
func TestBindRefusesEvidenceThatNobodyKnows(t *testing.T) {
	rules, err := kam.StageRules{}.Compile(kam.CustomRisk{
		RiskInfo: kam.RiskInfo{ID: "insolvency", Name: kam.Text{EN: "Insolvency"}}, AtRisk: kam.Condition{Evidence: "insolvent", Is: kam.Yes},
	})
	require.NoError(t, err)
	_, err = rules.Bind(
		map[kam.Evidence]kam.Verdict{"insolvent": kam.Yes, "strategic": kam.Yes, "rival-stronge": kam.Yes, "insolvnt": 7, "a/b": kam.Yes, "margin": kam.No},
		map[kam.Evidence]kam.Number{"attribute.staff": kam.Int(3), "margin": kam.Int(4), "marign": kam.Int(5), "served": kam.Int(1)},
	)
	require.Error(t, err)
	got := found(err)
	want := []string{
		"/judgements/a~1b unknown a/b|strategic, served", "/judgements/insolvnt enum Verdict(7)|", "/judgements/insolvnt unknown insolvnt|insolvent", "/judgements/margin unknown margin|strategic, served",
		"/judgements/rival-stronge unknown rival-stronge|rival-stronger", "/numbers/marign unknown marign|margin", "/numbers/served unknown served|revenue",
	}
	require.Len(t, got, len(want), "%v", got)
	for i := range want {
		assert.True(t, strings.HasPrefix(got[i], want[i]), "\n got %s\nwant %s", got[i], want[i])
	}
}

// However many conditions there are beyond 64, it is one fault, and none beside
// another.
func TestTooManyConditionsAreOneFault(t *testing.T) {
	rule := kam.StageRule{ID: "many", Stage: kam.StageGood, All: []kam.Clause{{}}}
	for i := range 70 {
		rule.All[0].Any = append(rule.All[0].Any, kam.Condition{Evidence: kam.EvidenceStrength, AtLeast: new(kam.Int(i))})
	}
	_, err := kam.StageRules{Rules: []kam.StageRule{rule}}.Compile()
	require.Len(t, found(err), 1)
	require.ErrorIs(t, err, kam.CodeTooLarge)
	rule.ID = "Many"
	_, err = kam.StageRules{Rules: []kam.StageRule{rule}}.Compile()
	assert.Equal(t, []string{"/rules/0/id id Many|"}, found(err))
}

// An id that is like the wrong one is told once, though a rule reads it too.
func TestClassifierSuggestsOnce(t *testing.T) {
	rules, err := kam.DefaultStageRules().Compile()
	require.NoError(t, err)
	_, err = rules.Bind(map[kam.Evidence]kam.Verdict{"serve": kam.Yes}, nil)
	require.ErrorIs(t, err, kam.CodeUnknown)
	assert.Equal(t, 1, strings.Count(kam.ViolationsOf(err)[0].Want, "served"))
}
