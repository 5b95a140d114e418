package questions_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/questions"
)

// answer is a response of one reply.
func answer(by, question, value string) questions.Response {
	return questions.Response{By: by, On: asOf, Answers: map[string]questions.Reply{question: {Value: questions.Value(value)}}}
}

// found lists violations as "pointer code value|want".
func found(err error) []string {
	var out []string
	for _, v := range kam.ViolationsOf(err) {
		out = append(out, fmt.Sprintf("%s %s %s|%s", v.Pointer, string(v.Code), v.Value, v.Want))
	}
	return out
}

// Each row: the values that people gave, and what they come to.
func TestCombine(t *testing.T) {
	tests := []struct {
		name, reason, question string
		values                 string // of one person each
		want                   string // value, least..most, spread
		disagree               bool
	}{
		{"one", "alone one is the median", "liking", "7", "7 7..7 0", false},
		{"odd", "the middle of three", "liking", "2 8 3", "3 2..8 6", true},
		{"even", "the mean of the middle two", "liking", "6 7", "6.5 6..7 1", false},
		{"half to even", "2.00005 has five places", "liking", "2 2.0001", "2 2..2.0001 0.0001", false},
		{"at the limit", "3 of 10 is 30 %, not beyond it", "liking", "4 7", "5.5 4..7 3", false},
		{"past the limit", "3.0001 of 10", "liking", "4 7.0001", "5.5 4..7.0001 3.0001", true},
		{"scale of five", "2 of 4 is 50 %", "style-wait-for-order", "1 3", "2 1..3 2", true},
		{"percent", "30 of 100", "winnable-share", "20 50", "35 20..50 30", false},
		{"percent below zero", "a scale of 200: 61 is beyond 60", "our-margin", "-10 51", "20.5 -10..51 61", true},
		{"count", "of two the lower; 4 of 8 is 50 %", "complaints", "8 12", "8 8..12 4", true},
		{"count, even", "of 2 and 3 contacts the lower: there is no half contact", "contacts-known", "3 2", "2 2..3 1", true},
		{"count, close", "3 of a median of 10 is 30 %", "complaints", "10 9 12", "10 9..12 3", false},
		{"count about nothing", "any difference is beyond 30 % of 0", "complaints", "0 0 1", "0 0..1 1", true},
		{"money", "in the places of the currency at least", "wallet", "100_EUR 120.50_EUR", "110.25 EUR 100.00 EUR..120.50 EUR 20.50 EUR", false},
		{"money without a code", "all without one are of one kind", "wallet", "100 200", "150 100..200 100", true},
		{"money to a fraction", "not rounded to cents", "wallet", "0.01_EUR 0.02_EUR", "0.015 EUR 0.01 EUR..0.02 EUR 0.01 EUR", true},
		{"votes", "two of three; a third differs, beyond 30 %", "served", "yes no yes", "yes", true},
		{"votes, few against", "one of four is 25 %", "served", "yes yes no yes", "yes", false},
		{"a tie", "no value stands", "served", "yes no", "", true},
		{"one does not know", "who does not know has no vote", "served", "unknown yes", "yes", false},
		{"nobody knows", "that is an answer", "served", "unknown unknown", "unknown", false},
		{"choice", "most chose it", "purchase-decision", "both value both both", "both", false},
		{"choice, a tie", "no value stands", "purchase-decision", "both value", "", true},
		{"days", "counted, not averaged", "last-order", "2026-11-01 2026-11-02 2026-11-01 2026-11-01", "2026-11-01", false},
		{"text", "has no value, and is kept", "who-decides", "Ms._Wu Mr._Li", "", false},
	}
	bank := load(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var responses []questions.Response
			for i, v := range strings.Fields(tt.values) {
				responses = append(responses, answer(fmt.Sprint("p", i), tt.question, strings.ReplaceAll(v, "_", " ")))
			}
			got, err := bank.Combine(questions.CombineRules{}, responses...)
			require.NoError(t, err)
			require.Len(t, got.Results, 1)
			r := got.Results[0]
			text := string(r.Value)
			if r.Most != "" {
				text += " " + string(r.Least) + ".." + string(r.Most) + " " + string(r.Spread)
			}
			assert.Equal(t, tt.want, text, tt.reason)
			assert.Equal(t, tt.disagree, r.Disagree, tt.reason)
			assert.Equal(t, tt.disagree, len(got.Disagreements) == 1)
			assert.Len(t, append(r.By, r.Unsaid...), len(responses))
			votes := 0
			for _, v := range r.Votes {
				votes += v.Count
			}
			if r.Most == "" && tt.name != "text" {
				assert.Equal(t, len(responses), votes)
			}
			if tt.name == "text" {
				assert.Equal(t, []questions.Remark{{By: "p0", Text: "Ms. Wu"}, {By: "p1", Text: "Mr. Li"}}, r.Remarks)
			}
		})
	}
}

func TestCombineFeeds(t *testing.T) {
	bank := load(t)
	older := kam.NewDate(2026, 3, 1)
	got, err := bank.Combine(questions.CombineRules{},
		questions.Response{By: "Ann", On: asOf, Answers: map[string]questions.Reply{
			"account-margin":   {Value: "6", Confidence: new(kam.Int(90)), Note: "from the books"},
			"known-to-them":    {Value: "yes"},
			"wallet":           {Value: "900 EUR"},
			"planned-hours":    {Value: "120"},
			"standard-margin":  {Value: "22.5"},
			"tier":             {Value: "key"},
			"segment":          {Value: "Pumps"},
			"risks-of-serving": {Value: "One plant takes all."},
		}},
		questions.Response{By: "Bo", On: older, Answers: map[string]questions.Reply{
			"account-margin": {Value: "7", Confidence: new(kam.Int(5))},
			"rival-attack":   {Value: "yes", Confidence: new(kam.Int(49)), Note: "a trial in plant 2"},
		}})
	require.NoError(t, err)
	both := kam.Answer{Rating: kam.Dec(65, 1), By: "Ann, Bo", On: asOf, Confidence: new(kam.Dec(475, 1)), Note: "Ann: from the books"}
	assert.Equal(t, map[string]kam.Answers{"potential": {"account-margin": both}, "attractiveness": {"profitability": both}}, got.Answers,
		"one question feeds both scorecards, on the later day, with the median confidence; a yes or no rates no factor")
	assert.Equal(t, map[kam.Evidence]kam.Judgement{"rival-attack": {Verdict: kam.Yes, By: "Bo", On: older, Note: "Bo: a trial in plant 2"}}, got.Judgements)
	assert.Equal(t, []string{"account-margin", "rival-attack"}, got.Unsure, "47.5 and 49 are under 50")

	had := kam.Account{
		ID: "x", Answers: map[string]kam.Answers{"potential": {"budget": kam.Rated(kam.Int(3)), "account-margin": kam.Rated(kam.Int(1))}},
		Judgements: map[kam.Evidence]kam.Judgement{"served": {Verdict: kam.Yes}},
	}
	now, kept := got.Apply(had)
	assert.Empty(t, kept)
	assert.Equal(t, kam.Int(3), now.Answers["potential"]["budget"].Rating, "what was not asked stays")
	assert.Equal(t, kam.Dec(65, 1), now.Answers["potential"]["account-margin"].Rating)
	assert.Equal(t, kam.Int(1), had.Answers["potential"]["account-margin"].Rating, "the caller's maps are left alone")
	assert.Len(t, now.Judgements, 2)
	assert.Len(t, had.Judgements, 1)
	assert.Equal(t, "900.00 EUR", now.Wallet.String())
	assert.Equal(t, "Pumps", now.Segment)
	assert.Equal(t, kam.TierKey, now.Tier)
	assert.Equal(t, kam.Int(120), *now.PlannedHours)
	assert.Equal(t, kam.Dec(225, 1), *now.StandardMargin)
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	_, err = engine.Assess(now, asOf)
	require.NoError(t, err)
	same, kept := questions.Combined{}.Apply(had)
	assert.Equal(t, had, same, "nothing combined changes nothing")
	assert.Empty(t, kept)
}

// Of one person's replies the latest counts; later than the day, none.
func TestCombineLatest(t *testing.T) {
	bank := load(t)
	early, late := answer("Ann", "liking", "2"), answer("Ann", "liking", "9")
	early.On = kam.NewDate(2026, 1, 1)
	for _, order := range [][]questions.Response{{early, late}, {late, early}} {
		got, err := bank.Combine(questions.CombineRules{}, order...)
		require.NoError(t, err)
		assert.Equal(t, questions.Value("9"), got.Results[0].Value)
		assert.Equal(t, []string{"Ann"}, got.Results[0].By)
		got, err = bank.Combine(questions.CombineRules{AsOf: early.On}, order...)
		require.NoError(t, err)
		assert.Equal(t, questions.Value("2"), got.Results[0].Value)
	}
	_, err := bank.Combine(questions.CombineRules{}, late, late)
	assert.Equal(t, []string{"/responses/1/answers/liking duplicate Ann|"}, found(err))
	for _, order := range [][]questions.Response{{early, early, late}, {early, late, early}, {late, early, early}} {
		_, err = bank.Combine(questions.CombineRules{}, order...)
		assert.Len(t, found(err), 1, "twice on one day, in any order, the latest or not")
	}

	undated := answer("Bo", "liking", "5")
	undated.On = kam.Date{}
	got, err := bank.Combine(questions.CombineRules{}, late, undated)
	require.NoError(t, err)
	assert.True(t, got.Answers["selection"]["liking"].On.IsZero(), "an age that is not known in full is not known")
}

func TestCombineLimits(t *testing.T) {
	bank := load(t)
	two := []questions.Response{answer("Ann", "liking", "4"), answer("Bo", "liking", "5")}
	got, err := bank.Combine(questions.CombineRules{Limit: new(kam.Int(0))}, two...)
	require.NoError(t, err)
	assert.True(t, got.Results[0].Disagree)
	got, err = bank.Combine(questions.CombineRules{Limit: new(kam.Int(100))}, two...)
	require.NoError(t, err)
	assert.False(t, got.Results[0].Disagree)
	_, err = bank.Combine(questions.CombineRules{Limit: new(kam.Int(101)), Sure: new(kam.Int(-1))}, two...)
	assert.Equal(t, []string{"/limit range 101|0..100", "/sure range -1|0..100"}, found(err))
	for other, want := range map[string]string{"5 USD": "5 USD", "200": "200"} {
		_, err = bank.Combine(questions.CombineRules{}, answer("Ann", "wallet", "5 EUR"), answer("Bo", "wallet", other))
		assert.Equal(t, []string{"/responses/1/answers/wallet/value currency-mix " + want + "|5.00 EUR"}, found(err))
	}
}

// A combination that was put together by hand is taken as it is.
func TestCombinedByHand(t *testing.T) {
	c := questions.Combined{Results: []questions.Result{{Question: "potential-volume", Confidence: new(kam.Int(70))}}}
	o, missing := c.Opportunity()
	assert.Equal(t, new(kam.Int(70)), o.Confidence)
	assert.Equal(t, []string{"volume", "rivals", "winnable", "margin", "target", "standard"}, missing)
	assert.Nil(t, c.Facts)
}

// Everybody's long names and remarks still make an account that is taken.
func TestCombineManyPeople(t *testing.T) {
	bank := load(t)
	var all []questions.Response
	for i := range 300 {
		r := answer(fmt.Sprint("人员", i, strings.Repeat("名", 30)), "liking", "5")
		r.Answers["liking"] = questions.Reply{Value: "5", Note: strings.Repeat("注", 100)}
		all = append(all, r)
	}
	longest := strings.Repeat("段", 1000)
	all[0].Answers["segment"] = questions.Reply{Value: questions.Value(longest)}
	got, err := bank.Combine(questions.CombineRules{}, all...)
	require.NoError(t, err)
	account, _ := got.Apply(kam.Account{ID: "x"})
	require.NoError(t, account.Validate())
	assert.Equal(t, longest, account.Segment, "what is taken is not cut")
}

// Each row is one bad reply.
func TestCheck(t *testing.T) {
	tests := []struct{ name, question, reply, want string }{
		{"unknown question", "likin", `{"value": 1}`, "/answers/likin unknown likin|liking"},
		{"above the scale", "liking", `{"value": 10.0001}`, "/answers/liking/value rating 10.0001|0..10"},
		{"below the scale", "liking", `{"value": "-1"}`, "/answers/liking/value rating -1|0..10"},
		{"no number", "liking", `{"value": "good"}`, "/answers/liking/value number good|0..10"},
		{"own scale", "style-same-pitch", `{"value": 0}`, "/answers/style-same-pitch/value rating 0|1..5"},
		{"half a complaint", "complaints", `{"value": 1.5}`, "/answers/complaints/value type 1.5|whole number"},
		{"percent", "winnable-share", `{"value": 101}`, "/answers/winnable-share/value range 101|0..100"},
		{"loss of more than all", "our-margin", `{"value": -101}`, "/answers/our-margin/value range -101|-100..100"},
		{"count", "contacts-known", `{"value": 1001}`, "/answers/contacts-known/value range 1001|0..1000"},
		{"day as written in German", "last-order", `{"value": "24.11.2026"}`, "/answers/last-order/value date 24.11.2026|YYYY-MM-DD"},
		{"in capitals", "LIKING", `{"value": 1}`, "/answers/LIKING unknown LIKING|liking"},
		{"a letter left out", "likng", `{"value": 1}`, "/answers/likng unknown likng|liking"},
		{"another form", "like", `{"value": 1}`, "/answers/like unknown like|liking"},
		{"nothing like it", "weather-on-the-moon", `{"value": 1}`, "/answers/weather-on-the-moon unknown weather-on-the-moon|"},
		{"how sure of a text", "segment", `{"value": "x", "confidence": 5}`, "/answers/segment/confidence unknown 5|"},
		{"verdict", "served", `{"value": "true"}`, "/answers/served/value enum true|yes, no, unknown"},
		{"option", "volume-class", `{"value": "huge"}`, "/answers/volume-class/value enum huge|low, fair, high"},
		{"amount", "wallet", `{"value": "much"}`, "/answers/wallet/value money much|1200.50 EUR"},
		{"negative amount", "wallet", `{"value": "-1 EUR"}`, "/answers/wallet/value range -1 EUR|>= 0"},
		{"no such day", "last-order", `{"value": "2026-02-30"}`, "/answers/last-order/value date 2026-02-30|YYYY-MM-DD"},
		{"empty text", "segment", `{"value": "  "}`, "/answers/segment/value missing   |"},
		{"hidden text", "segment", `{"value": "a\u202eb"}`, "/answers/segment/value encoding a\u202eb|"},
		{"a line that breaks", "segment", `{"value": "a\u2028b"}`, "/answers/segment/value encoding a\u2028b|"},
		{"confidence", "liking", `{"value": 5, "confidence": 101}`, "/answers/liking/confidence range 101|0..100"},
		{"note", "liking", `{"value": 5, "note": "a\u0007"}`, `/answers/liking/note encoding '\a'|`},
	}
	bank := load(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var r questions.Response
			require.NoError(t, json.Unmarshal([]byte(`{"by": "Ann", "answers": {"`+tt.question+`": `+tt.reply+`}}`), &r))
			assert.Equal(t, []string{tt.want}, found(bank.Check(r)))
		})
	}
	assert.Equal(t, []string{"/by missing |", "/on date invalid|"}, found(bank.Check(questions.Response{On: kam.NewDate(2026, 2, 30)})))
	long := questions.Response{By: "Ann", Answers: map[string]questions.Reply{
		"segment": {Value: questions.Value(strings.Repeat("长", 1001))}, "who-decides": {Value: questions.Value(strings.Repeat("长", 4097))},
	}}
	assert.Equal(t, []string{"/answers/segment/value too-large " + strings.Repeat("长", 20) + "…|<= 1000", "/answers/who-decides/value too-large " + strings.Repeat("长", 20) + "…|<= 4096"}, found(bank.Check(long)))
	require.NoError(t, bank.Check(questions.Response{By: "Ann"}))
}

func TestResponseJSON(t *testing.T) {
	tests := []struct{ name, json, want string }{
		{"unknown field", `{"by": "Ann", "answer": {}, "answers": {}}`, "/answer unknown answer|answers"},
		{"nobody", `{"answers": {}}`, "/by missing |"},
		{"no answers", `{"by": "Ann"}`, "/answers missing |"},
		{"null for all", `null`, " type null|object"},
		{"null for the answers", `{"by": "Ann", "answers": null}`, "/answers missing |"},
		{"null for a reply", `{"by": "Ann", "answers": {"need": null}}`, "/answers/need type null|"},
		{"null for a value", `{"by": "Ann", "answers": {"need": {"value": null}}}`, "/answers/need/value missing |"},
		{"null for the rest", `{"by": "Ann", "on": null, "answers": {}}`, "/on type null|"},
		{"null for a note", `{"by": "Ann", "answers": {"need": {"value": 1, "note": null}}}`, "/answers/need/note type null|"},
		{"confidence in quotes", `{"by": "Ann", "answers": {"need": {"value": 1, "confidence": "80"}}}`, "/answers/need/confidence type \"80\"|"},
		{"no value", `{"by": "Ann", "answers": {"liking": {"note": "n"}}}`, "/answers/liking/value missing |"},
		{"bare reply", `{"by": "Ann", "answers": {"liking": 5}}`, "/answers/liking type 5|object"},
		{"exponent", `{"by": "Ann", "answers": {"liking": {"value": 1e1}}}`, "/answers/liking/value type 1e1|"},
		{"bool", `{"by": "Ann", "answers": {"served": {"value": true}}}`, "/answers/served/value type true|"},
		{"twice", `{"by": "Ann", "answers": {"liking": {"value": 1}, "liking": {"value": 2}}}`, "/answers/liking duplicate liking|"},
		{"day", `{"by": "Ann", "on": "yesterday", "answers": {}}`, `/on date "yesterday"|as in 2026-11-24`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := questions.Response{By: "kept"}
			assert.Equal(t, []string{tt.want}, found(r.UnmarshalJSON([]byte(tt.json))))
			assert.Equal(t, "kept", r.By)
		})
	}
	r := questions.Response{By: "Ann", On: asOf, Answers: map[string]questions.Reply{
		"liking": {Value: questions.Num(kam.Dec(75, 1)), Confidence: new(kam.Int(80))}, "segment": {Value: `a "b"`},
	}}
	data, err := json.Marshal(r)
	require.NoError(t, err)
	assert.JSONEq(t, `{"by": "Ann", "on": "2026-11-24", "answers": {"liking": {"value": 7.5, "confidence": 80}, "segment": {"value": "a \"b\""}}}`, string(data))
	var back questions.Response
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, r, back)
}

// A day that is none leaves nothing out, and is refused; the middle of two amounts of all the
// digits there are is rounded to an amount; a currency that there is not is none.
func TestCombineAtItsEdges(t *testing.T) {
	bank, err := questions.Load()
	require.NoError(t, err)
	_, err = bank.Combine(questions.CombineRules{AsOf: kam.NewDate(2026, 2, 30)}, answer("Ann", "wallet", "5 EUR"))
	assert.Equal(t, []string{"/asOf date invalid|YYYY-MM-DD"}, found(err))
	got, err := bank.Combine(questions.CombineRules{}, answer("Ann", "wallet", "999999999999999999 EUR"), answer("Bo", "wallet", "999999999999999998 EUR"))
	require.NoError(t, err)
	assert.Equal(t, questions.Value("999999999999999998.00 EUR"), got.Results[0].Value, "half to even")
	got, err = bank.Combine(questions.CombineRules{}, answer("Ann", "wallet", "999999999999999998 EUR"), answer("Bo", "wallet", "0.5 EUR"))
	require.NoError(t, err)
	r := got.Results[0]
	assert.Equal(t, "499999999999999999.00 EUR 0.50 EUR 999999999999999998.00 EUR 999999999999999998.00 EUR", fmt.Sprint(r.Value, " ", r.Least, " ", r.Most, " ", r.Spread),
		"499,999,999,999,999,999.25, and 999,999,999,999,999,997.5 to the even one")
	_, err = bank.Combine(questions.CombineRules{}, answer("Ann", "wallet", "100 XYZ"))
	assert.Equal(t, []string{"/responses/0/answers/wallet/value currency 100 XYZ|EUR"}, found(err))
	for _, bad := range []string{"\"\xff\"", `"\ud800"`} {
		require.ErrorIs(t, new(questions.Value).UnmarshalJSON([]byte(bad)), kam.CodeEncoding, "%q", bad)
	}
	var v questions.Value
	require.NoError(t, v.UnmarshalJSON([]byte("\"a\uFFFD\"")), "which someone wrote")
	require.NoError(t, v.UnmarshalJSON([]byte(`"\uFFFD"`)))
}

// What package kam takes in an account is taken in a form, and nothing else: forms of web
// pages send a return before each new line.
func TestTextsOfAccounts(t *testing.T) {
	bank := load(t)
	agree := func(s string) bool {
		account := kam.Account{ID: "x", Judgements: map[kam.Evidence]kam.Judgement{"served": {Note: s}}}
		r := answer("Ann", "served", "yes")
		r.Answers["served"] = questions.Reply{Value: "yes", Note: s}
		taken := bank.Check(r) == nil
		if taken != (account.Validate() == nil) {
			assert.Fail(t, "they differ", "%q", s)
		}
		return taken
	}
	for s, want := range map[string]bool{"one\r\ntwo": true, "\r\n": true, "\n": true, "\t": true, "a\rb": false, "\r": false, "\r\r\n": false, "\n\r": false, "\xff": false} {
		assert.Equal(t, want, agree(s), "%q", s)
	}
	const block = 256
	for from := rune(0); from <= unicode.MaxRune; from += block {
		var all strings.Builder
		for c := range rune(block) {
			all.WriteRune(from + c)
		}
		if agree(all.String()) {
			continue // there is none to tell apart
		}
		for c := range rune(block) {
			agree(string(from + c))
		}
	}
	r := answer("Ann\r\nBo", "who-decides", "one\r\ntwo")
	got, err := bank.Combine(questions.CombineRules{}, r)
	require.NoError(t, err)
	assert.Equal(t, questions.Value("one\r\ntwo"), got.Results[0].Value)
}
