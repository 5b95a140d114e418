package questions_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/questions"
)

// all answers every item of a form.
func all(form questions.Questionnaire, on kam.Date) questions.Response {
	r := questions.Response{By: "Ann", On: on, Answers: map[string]questions.Reply{}}
	for _, it := range form.Items {
		v := map[questions.Kind]questions.Value{
			questions.Rating: "5", questions.YesNo: "yes", questions.Money: "100 EUR", questions.Percent: "20",
			questions.Count: "3", questions.Date: "2025-01-02", questions.Words: "something",
		}[it.Kind]
		if it.Kind == questions.Choice {
			v = questions.Value(it.Options[0].ID)
		}
		r.Answers[it.ID] = questions.Reply{Value: v}
	}
	return r
}

// What was answered comes back only where it is said to be taken up by nothing.
func TestNothingComesBackUnsaid(t *testing.T) {
	bank := load(t)
	acme := kam.Account{ID: "x"}
	form := draw(t, kam.Policy{}, acme, questions.Draw{})
	combined := combine(t, questions.CombineRules{}, all(form, asOf))
	acme, kept := combined.Apply(acme)
	assert.Empty(t, kept)
	require.NoError(t, acme.Validate())
	again := ids(draw(t, kam.Policy{}, acme, questions.Draw{Scope: questions.OnlyMissing}))
	assert.Subset(t, combined.NotTaken, again)
	assert.NotContains(t, again, "standard-margin", "the account has it, for opportunities too")
	assert.Less(t, len(combined.NotTaken), len(form.Items)/2)
	for _, id := range combined.NotTaken {
		q, ok := bank.Question(id)
		require.True(t, ok)
		for _, target := range q.Targets {
			assert.True(t, target.Factor != "" && q.Kind != questions.Rating || target.Fact != "", "%s: a rating and a judgement have their place", id)
		}
	}
	undated := combine(t, questions.CombineRules{}, all(form, kam.Date{}))
	assert.Contains(t, undated.NotTaken, "satisfaction", "a record needs a day")
	assert.Len(t, undated.NotTaken, len(combined.NotTaken)+1)
}

// Each row answers questions, and says what the account has of it.
func TestApplyTakes(t *testing.T) {
	bank, err := load(t).Add([]byte(`{"questions": [
		{"id": "staff", "kind": "count", "targets": [{"fact": "attributes/employees"}], "text": {"en": "How many work there?"}},
		{"id": "colour", "kind": "text", "targets": [{"fact": "attributes/colour"}], "text": {"en": "Which colour?"}}]}`))
	require.NoError(t, err)
	tierless, err := (&questions.Bank{}).Add([]byte(`{"questions": [{"id": "tier", "kind": "choice", "targets": [{"fact": "tier"}], "text": {"en": "Which?"},
		"options": [{"id": "gold", "text": {"en": "Gold"}}, {"id": "unknown", "text": {"en": "Nobody knows"}}]}]}`))
	require.NoError(t, err)
	rated := func(on kam.Date, n int) kam.SatisfactionRecord {
		return kam.SatisfactionRecord{On: on, Rating: kam.Int(n)}
	}
	day, before := kam.NewDate(2020, 5, 1), asOf.AddDays(-30)
	tests := []struct {
		name, reason string
		bank         *questions.Bank
		answers      map[string]questions.Value
		had, want    kam.Account
		not          []string
	}{
		{"customer since", "a field of its own", bank, map[string]questions.Value{"customer-since": "2020-05-01"}, kam.Account{}, kam.Account{CustomerSince: day}, nil},
		{"satisfaction", "a record of the day", bank, map[string]questions.Value{"satisfaction": "8"}, kam.Account{}, kam.Account{Satisfaction: []kam.SatisfactionRecord{rated(asOf, 8)}}, nil},
		{
			"satisfaction, one of the day", "it takes its place", bank,
			map[string]questions.Value{"satisfaction": "8"},
			kam.Account{Satisfaction: []kam.SatisfactionRecord{rated(before, 3), rated(asOf, 4), rated(asOf, 5), rated(asOf.AddDays(1), 6)}},
			kam.Account{Satisfaction: []kam.SatisfactionRecord{rated(before, 3), rated(asOf, 4), rated(asOf, 8), rated(asOf.AddDays(1), 6)}},
			nil,
		},
		{
			"satisfaction, between", "oldest first", bank,
			map[string]questions.Value{"satisfaction": "8"},
			kam.Account{Satisfaction: []kam.SatisfactionRecord{rated(before, 3), rated(asOf.AddDays(1), 6)}},
			kam.Account{Satisfaction: []kam.SatisfactionRecord{rated(before, 3), rated(asOf, 8), rated(asOf.AddDays(1), 6)}},
			nil,
		},
		{"peers", "both make a rate", bank, map[string]questions.Value{"peer-complaints": "3", "peer-orders": "90"}, kam.Account{Peers: &kam.Peers{}}, kam.Account{Peers: &kam.Peers{Complaints: 3, Orders: 90}}, nil},
		{
			"half of peers", "the other half may be of other months", bank,
			map[string]questions.Value{"peer-complaints": "3"},
			kam.Account{Peers: &kam.Peers{Complaints: 1, Orders: 2}},
			kam.Account{Peers: &kam.Peers{Complaints: 1, Orders: 2}},
			[]string{"peer-complaints"},
		},
		{
			"attributes", "numbers, beside the others", bank,
			map[string]questions.Value{"staff": "40", "colour": "red"},
			kam.Account{Attributes: map[string]kam.Number{"sites": kam.Int(2)}},
			kam.Account{Attributes: map[string]kam.Number{"sites": kam.Int(2), "employees": kam.Int(40)}},
			[]string{"colour"},
		},
		{"a tier that is none", "the account keeps its own", tierless, map[string]questions.Value{"tier": "gold"}, kam.Account{Tier: kam.TierKey}, kam.Account{Tier: kam.TierKey}, []string{"tier"}},
		{"a tier that nobody knows", "not to know is no reason to forget", tierless, map[string]questions.Value{"tier": "unknown"}, kam.Account{Tier: kam.TierKey}, kam.Account{Tier: kam.TierKey}, []string{"tier"}},
		{"records", "the caller keeps them", bank, map[string]questions.Value{"last-order": "2026-01-01", "stage-recorded": "good"}, kam.Account{}, kam.Account{}, []string{"stage-recorded", "last-order"}},
		{"grounds", "they rate nothing", bank, map[string]questions.Value{"known-to-them": "yes", "our-weaknesses": "slow"}, kam.Account{}, kam.Account{}, []string{"our-weaknesses", "known-to-them"}},
		{"a person", "no account", bank, map[string]questions.Value{"role-advocate": "5"}, kam.Account{}, kam.Account{Answers: map[string]kam.Answers{}}, []string{"role-advocate"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := questions.Response{By: "Ann", On: asOf, Answers: map[string]questions.Reply{}}
			for id, v := range tt.answers {
				r.Answers[id] = questions.Reply{Value: v}
			}
			got, err := tt.bank.Combine(questions.CombineRules{}, r)
			require.NoError(t, err)
			tt.had.ID, tt.want.ID = "x", "x"
			attributes, satisfaction := maps.Clone(tt.had.Attributes), slices.Clone(tt.had.Satisfaction)
			now, _ := got.Apply(tt.had)
			assert.Equal(t, tt.want, now, tt.reason)
			assert.Equal(t, tt.not, got.NotTaken, tt.reason)
			assert.Equal(t, attributes, tt.had.Attributes, "the caller's own stays")
			assert.Equal(t, satisfaction, tt.had.Satisfaction, "the caller's own stays")
			require.NoError(t, now.Validate())
		})
	}
}

// Where no value comes of the answers, or people disagree and that is left out, nothing is
// taken up, and this is said.
func TestNotTakenWithoutValue(t *testing.T) {
	answers := func(by, segment, served, wallet string) questions.Response {
		return questions.Response{By: by, On: asOf, Answers: map[string]questions.Reply{
			"segment": {Value: questions.Value(segment)}, "served": {Value: questions.Value(served)}, "wallet": {Value: questions.Value(wallet)},
		}}
	}
	ann, bo := answers("Ann", "pumps", "yes", "1 EUR"), answers("Bo", "Pumps", "no", "9 EUR")
	assert.Equal(t, []string{"served", "segment"}, combine(t, questions.CombineRules{}, ann, bo).NotTaken, "a tie, and two texts")
	assert.ElementsMatch(t, []string{"served", "segment", "wallet"}, combine(t, questions.CombineRules{OnlyAgreed: true}, ann, bo).NotTaken)
	assert.Empty(t, combine(t, questions.CombineRules{}, ann).NotTaken)
}

// A satisfaction on a scale of one's own is no satisfaction from 0 to 10.
func TestSatisfactionOffTheScale(t *testing.T) {
	bank, err := (&questions.Bank{}).Add([]byte(`{"questions": [{"id": "happy", "kind": "rating", "scale": {"lo": -100, "hi": 100}, "targets": [{"fact": "satisfaction"}], "text": {"en": "How happy?"}}]}`))
	require.NoError(t, err)
	for v, want := range map[string]bool{"-0.0001": false, "0": true, "10": true, "10.0001": false} {
		got, err := bank.Combine(questions.CombineRules{}, answer("Ann", "happy", v))
		require.NoError(t, err)
		assert.Equal(t, want, got.Satisfaction != nil, v)
		assert.Equal(t, want, got.NotTaken == nil, v)
	}
}
