package questions_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/questions"
)

// said is one person's reply on a day, with a confidence where it is stated.
func said(by string, on kam.Date, question, value string, confidence ...int) questions.Response {
	reply := questions.Reply{Value: questions.Value(value)}
	for _, c := range confidence {
		reply.Confidence = new(kam.Int(c))
	}
	return questions.Response{By: by, On: on, Answers: map[string]questions.Reply{question: reply}}
}

func combine(t *testing.T, rules questions.CombineRules, responses ...questions.Response) questions.Combined {
	t.Helper()
	got, err := load(t).Combine(rules, responses...)
	require.NoError(t, err)
	return got
}

// Who does not know takes nothing away from the answer of who does: neither
// its day, nor its confidence, nor the name behind it.
func TestWhoDoesNotKnow(t *testing.T) {
	old := asOf.AddDays(-500)
	ann := said("Ann", asOf, "trust-damaged", "yes", 90)
	got := combine(t, questions.CombineRules{}, ann, said("Bo", old, "trust-damaged", "unknown", 10))
	assert.Equal(t, kam.Judgement{Verdict: kam.Yes, By: "Ann", On: asOf}, got.Judgements["trust-damaged"])
	r := got.Results[0]
	assert.Equal(t, []string{"Ann"}, r.By)
	assert.Equal(t, []string{"Bo"}, r.Unsaid)
	assert.Equal(t, kam.Int(90), *r.Confidence)
	assert.Equal(t, []questions.Vote{{Value: "unknown", Count: 1}, {Value: "yes", Count: 1}}, r.Votes)

	engine, err := kam.Compile(kam.Policy{AnswerMaxAge: 365})
	require.NoError(t, err)
	account, _ := got.Apply(kam.Account{ID: "x"})
	a, err := engine.Assess(account, asOf)
	require.NoError(t, err)
	var found []kam.RiskID
	for _, f := range a.Risks.Findings {
		found = append(found, f.Check)
	}
	assert.Contains(t, found, kam.RiskID("trust-damaged"), "the finding stands with Bo as it does without")

	nobody := combine(t, questions.CombineRules{}, said("Ann", asOf, "served", "unknown"), said("Bo", old, "served", "unknown"))
	assert.Equal(t, kam.Judgement{By: "Ann, Bo", On: asOf}, nobody.Judgements["served"], "that nobody knows is the answer of them all")
	assert.Empty(t, nobody.Results[0].Unsaid)
}

// Each row applies one judgement, or one answer, to an account that has one.
func TestApplyKeeps(t *testing.T) {
	old := asOf.AddDays(-700)
	judged := func(v kam.Verdict, on kam.Date) kam.Judgement { return kam.Judgement{Verdict: v, By: "boss", On: on} }
	tests := []struct {
		name, reason string
		had, got     kam.Judgement
		kept         bool
		unknown      bool
	}{
		{"unknown over yes", "not to know is no reason to forget", judged(kam.Yes, old), judged(kam.VerdictUnknown, asOf), true, true},
		{"unknown over unknown", "the later one of two that say nothing", judged(kam.VerdictUnknown, old), judged(kam.VerdictUnknown, asOf), false, false},
		{"older", "what is known later counts", judged(kam.Yes, asOf), judged(kam.No, old), true, false},
		{"later", "what is known later counts", judged(kam.Yes, old), judged(kam.No, asOf), false, false},
		{"the same day", "what was just combined counts", judged(kam.Yes, asOf), judged(kam.No, asOf), false, false},
		{"without a day", "it may be older than what has one", judged(kam.Yes, old), judged(kam.No, kam.Date{}), true, false},
		{"over one without a day", "it cannot be older", judged(kam.Yes, kam.Date{}), judged(kam.No, old), false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := questions.Combined{Judgements: map[kam.Evidence]kam.Judgement{"served": tt.got}}
			now, kept := c.Apply(kam.Account{Judgements: map[kam.Evidence]kam.Judgement{"served": tt.had}})
			if tt.kept {
				assert.Equal(t, tt.had, now.Judgements["served"], tt.reason)
				assert.Equal(t, []questions.Kept{{Target: questions.Target{Evidence: "served"}, Unknown: tt.unknown}}, kept)
			} else {
				assert.Equal(t, tt.got, now.Judgements["served"], tt.reason)
				assert.Empty(t, kept)
			}
		})
	}
	rating := func(n int, on kam.Date) map[string]kam.Answers {
		return map[string]kam.Answers{"attractiveness": {"need": {Rating: kam.Int(n), On: on}}}
	}
	now, kept := questions.Combined{Answers: rating(1, old)}.Apply(kam.Account{Answers: rating(9, asOf)})
	assert.Equal(t, rating(9, asOf), now.Answers, "1 of 700 days ago does not replace 9 of today")
	assert.Equal(t, []questions.Kept{{Target: questions.Target{Scorecard: "attractiveness", Factor: "need"}}}, kept)
	now, kept = questions.Combined{Answers: rating(1, asOf)}.Apply(kam.Account{Answers: rating(9, asOf)})
	assert.Equal(t, rating(1, asOf), now.Answers)
	assert.Empty(t, kept)
}

// One person is told by the name, however it was typed.
func TestPeopleByName(t *testing.T) {
	early := asOf.AddDays(-1)
	got := combine(t, questions.CombineRules{},
		said("Li Ming ", early.AddDays(-1), "served", "no"), said("li  ming", early, "served", "no"), said("Li Ming", asOf, "served", "yes"))
	assert.Equal(t, []questions.Vote{{Value: "yes", Count: 1}}, got.Results[0].Votes)
	assert.Equal(t, []string{"Li Ming"}, got.Results[0].By)
	assert.Equal(t, []questions.Skipped{
		{Response: 0, By: "Li Ming", On: early.AddDays(-1), Question: "served"}, {Response: 1, By: "li  ming", On: early, Question: "served"},
	}, got.Skipped, "two people of one name would be found here")
	got = combine(t, questions.CombineRules{}, said("Ann", asOf, "served", "yes"), said("Ann", early, "served", "no"))
	assert.Equal(t, []questions.Skipped{{Response: 1, By: "Ann", On: early, Question: "served"}}, got.Skipped)

	assert.Equal(t, []string{"/by missing |"}, found(load(t).Check(questions.Response{By: " "})))
	assert.Equal(t, []string{"/by missing |"}, found(load(t).Check(questions.Response{By: "　"})), "an ideographic space is one too")
}

// What is left out for its day is listed.
func TestSkippedByDay(t *testing.T) {
	late := said("Bo", asOf.AddDays(1), "served", "no")
	got := combine(t, questions.CombineRules{AsOf: asOf}, said("Ann", asOf, "served", "yes"), late)
	assert.Equal(t, []questions.Skipped{{Response: 1, By: "Bo", On: asOf.AddDays(1)}}, got.Skipped)
	got = combine(t, questions.CombineRules{AsOf: asOf}, late)
	assert.Len(t, got.Skipped, 1)
	assert.Empty(t, got.Results)
	assert.Empty(t, combine(t, questions.CombineRules{}, late).Skipped)
}

// The confidence of one is not that of both.
func TestConfidenceOfSome(t *testing.T) {
	got := combine(t, questions.CombineRules{}, said("Ann", asOf, "liking", "5", 40), said("Bo", asOf, "liking", "5"))
	assert.Nil(t, got.Results[0].Confidence)
	assert.Nil(t, got.Answers["selection"]["liking"].Confidence)
	assert.Equal(t, []string{"liking"}, got.Unsure, "by what was stated, somebody is")
	got = combine(t, questions.CombineRules{}, said("Ann", asOf, "liking", "5", 40), said("Bo", asOf, "liking", "5", 60))
	assert.Equal(t, kam.Int(50), *got.Results[0].Confidence)
	assert.Empty(t, got.Unsure, "50 is not under 50")
}

// A disagreement stays out of the account where that is asked for.
func TestOnlyAgreed(t *testing.T) {
	both := []questions.Response{
		{By: "Ann", On: asOf, Answers: map[string]questions.Reply{"liking": {Value: "1"}, "stance": {Value: "6"}, "wallet": {Value: "1 EUR"}}},
		{By: "Bo", On: asOf, Answers: map[string]questions.Reply{"liking": {Value: "9"}, "stance": {Value: "6"}, "wallet": {Value: "9 EUR"}}},
	}
	all, agreed := combine(t, questions.CombineRules{}, both...), combine(t, questions.CombineRules{OnlyAgreed: true}, both...)
	assert.Len(t, all.Answers["selection"], 2)
	assert.Len(t, all.Facts, 1)
	assert.Equal(t, kam.Int(6), agreed.Answers["selection"]["stance"].Rating)
	assert.Len(t, agreed.Answers["selection"], 1)
	assert.Empty(t, agreed.Facts)
	assert.Equal(t, all.Results, agreed.Results)
	assert.Equal(t, []string{"liking", "wallet"}, agreed.Disagreements)
}

// What two answers come to was not known before the later of them: an assessment of a day
// between leaves it out. Who wants none that is older than a year combines those of the year.
func TestCombinedDay(t *testing.T) {
	ann, bo, nameless := said("Ann", asOf.AddDays(-500), "size", "2"), said("Bo", asOf.AddDays(-3), "size", "10"), said("Cy", kam.Date{}, "size", "6")
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	for _, responses := range [][]questions.Response{{ann, bo}, {bo, ann}} {
		got := combine(t, questions.CombineRules{}, responses...)
		assert.Equal(t, asOf.AddDays(-3), got.Results[0].On)
		assert.Empty(t, got.Skipped)
		account, _ := got.Apply(kam.Account{ID: "x"})
		for day, known := range map[kam.Date]bool{asOf.AddDays(-4): false, asOf.AddDays(-3): true} {
			a, err := engine.Assess(account, day)
			require.NoError(t, err)
			assert.Equal(t, known, len(a.Attractiveness.Contributions) == 1, day)
		}
	}
	for _, responses := range [][]questions.Response{{ann, nameless, bo}, {nameless, bo, ann}, {bo, ann, nameless}} {
		assert.True(t, combine(t, questions.CombineRules{}, responses...).Results[0].On.IsZero(), "one of the days is not known")
	}
	got := combine(t, questions.CombineRules{From: asOf.AddDays(-499)}, ann, bo, nameless)
	assert.Equal(t, questions.Value("10"), got.Results[0].Value)
	assert.Equal(t, []questions.Skipped{{Response: 0, By: "Ann", On: ann.On}, {Response: 2, By: "Cy"}}, got.Skipped)
	assert.Len(t, combine(t, questions.CombineRules{From: ann.On, AsOf: ann.On}, ann, bo, nameless).Results[0].By, 1, "the days themselves count")
	_, err = load(t).Combine(questions.CombineRules{From: kam.NewDate(2026, 2, 30)}, ann)
	assert.ErrorContains(t, err, "/from: ")
	_, err = load(t).Combine(questions.CombineRules{From: asOf, AsOf: asOf.AddDays(-1)}, ann)
	assert.Equal(t, []string{"/from order 2026-11-24|<= 2026-11-23"}, found(err))
}

// What is written to the account that comes out changes neither the one before nor what was
// combined, whether there was something to combine or not.
func TestApplySharesNothing(t *testing.T) {
	a := kam.Account{ID: "x", Answers: map[string]kam.Answers{"strength": {}}, Judgements: map[kam.Evidence]kam.Judgement{}}
	rated := questions.Combined{Answers: map[string]kam.Answers{"strength": {"trust": {Rating: kam.Int(5), Confidence: new(kam.Int(80))}}}}
	for _, c := range []questions.Combined{{}, rated} {
		out, _ := c.Apply(a)
		out.Judgements["served"] = kam.Judgement{Verdict: kam.Yes}
		out.Answers["strength"]["interest"] = kam.Rated(kam.Int(1))
		if p := out.Answers["strength"]["trust"].Confidence; p != nil {
			*p = kam.Int(1)
		}
		assert.Empty(t, a.Judgements)
		assert.Empty(t, a.Answers["strength"])
	}
	assert.Equal(t, kam.Int(80), *rated.Answers["strength"]["trust"].Confidence)
}
