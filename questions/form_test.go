package questions_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/questions"
)

// What a test is not for, and who is meant by "we", stands on the form.
func TestNotices(t *testing.T) {
	bank := load(t)
	sale, customer := kam.SellingStyleScorecards()
	for _, lang := range []kam.Language{"en", "zh"} {
		note := func(id string) string {
			text, ok := bank.Note(id)
			require.True(t, ok, id)
			return text.In(lang)
		}
		tests := []struct {
			name                 string
			form                 questions.Questionnaire
			title, intro, notice string
		}{
			{"style", bank.ForScorecards(lang, sale, customer), note("title-style"), note("style-intro"), note("style-notice")},
			{"half a style", bank.ForScorecards(lang, customer), note("title-style"), note("style-intro"), note("style-notice")},
			{"role", bank.ForScorecards(lang, kam.RoleScorecard()), note("title-role"), note("form-intro"), note("role-notice")},
			{"both", bank.ForScorecards(lang, kam.RoleScorecard(), sale), note("title-form"), note("form-intro"), note("role-notice") + "\n" + note("style-notice")},
			{"account", draw(t, kam.Policy{}, kam.Account{ID: "x"}, questions.Draw{Language: lang, Limit: 1}), "", note("form-intro"), ""},
		}
		for _, tt := range tests {
			assert.Equal(t, tt.intro, tt.form.Intro, tt.name)
			assert.Equal(t, tt.notice, tt.form.Notice, tt.name)
			if tt.title != "" {
				assert.Equal(t, tt.title, tt.form.Title, tt.name)
			}
			schema, err := bank.Schema(tt.form)
			require.NoError(t, err)
			var doc struct {
				Description string `json:"description"`
			}
			require.NoError(t, json.Unmarshal(schema, &doc))
			want := tt.intro
			if tt.notice != "" {
				want += "\n" + tt.notice
			}
			assert.Equal(t, want, doc.Description, tt.name)
		}
	}
}

// An item of the style is answered, and nothing besides.
func TestStyleAsksNoProof(t *testing.T) {
	r := answer("Ann", "style-same-pitch", "3")
	require.NoError(t, load(t).Check(r))
	sale, customer := kam.SellingStyleScorecards()
	schema, err := load(t).Schema(load(t).ForScorecards("en", sale, customer))
	require.NoError(t, err)
	var doc struct {
		Properties map[string]struct {
			Properties map[string]struct {
				Properties map[string]any `json:"properties"`
			} `json:"properties"`
		} `json:"properties"`
	}
	require.NoError(t, json.Unmarshal(schema, &doc))
	items := doc.Properties["answers"].Properties
	assert.Len(t, items, 24)
	for id, it := range items {
		assert.Equal(t, []string{"value"}, slices.Collect(maps.Keys(it.Properties)), id)
	}
	r.Answers["style-same-pitch"] = questions.Reply{Value: "3", Confidence: new(kam.Int(80)), Note: "n"}
	assert.ElementsMatch(t, []string{"/answers/style-same-pitch/note unknown n|", "/answers/style-same-pitch/confidence unknown 80|"}, found(load(t).Check(r)))
}

// A policy on 1..5: the form, its anchors, the check and the combination are on
// that scale.
func TestScaleOfThePolicy(t *testing.T) {
	policy := kam.DefaultPolicy()
	for i := range policy.Attractiveness.Factors {
		f := &policy.Attractiveness.Factors[i]
		switch f.ID {
		case "need":
			f.Scale = kam.Scale{Lo: kam.Int(1), Hi: kam.Int(5)}
		case "competition":
			f.Scale = kam.Scale{Lo: kam.Int(0), Hi: kam.Dec(3, 4)} // its middle has 5 digits
		}
	}
	engine, err := kam.Compile(policy)
	require.NoError(t, err)
	form, err := load(t).Questionnaire(engine, kam.Account{ID: "x"}, asOf, questions.Draw{})
	require.NoError(t, err)
	at := map[string][]string{}
	scale := map[string]string{}
	for _, it := range form.Items {
		scale[it.ID] = it.Scale.String()
		for _, a := range it.Anchors {
			at[it.ID] = append(at[it.ID], a.At.String())
		}
	}
	assert.Equal(t, []string{"1", "3", "5"}, at["need"], "the ends and the middle")
	assert.Equal(t, []string{"0", "0.0003"}, at["competition"])
	assert.Equal(t, "1..5", scale["need"])
	assert.Equal(t, []string{"0", "5", "10"}, at["growth-rate"])

	bank := load(t).For(engine)
	assert.Equal(t, []string{"/answers/need/value rating 9|1..5"}, found(bank.Check(answer("Ann", "need", "9"))))
	require.NoError(t, bank.Check(answer("Ann", "need", "5")))
	got, err := bank.Combine(questions.CombineRules{}, answer("Ann", "need", "2"), answer("Bo", "need", "4"))
	require.NoError(t, err)
	assert.True(t, got.Results[0].Disagree, "2 of 4 is 50 %")
	require.NoError(t, load(t).Check(answer("Ann", "need", "9")), "the bank itself stays as it was")
	assert.Same(t, load(t), load(t).For(nil))
}

// One question that rates two factors cannot be on two scales.
func TestTwoScales(t *testing.T) {
	policy := kam.DefaultPolicy()
	for i := range policy.Attractiveness.Factors {
		if f := &policy.Attractiveness.Factors[i]; f.ID == "profitability" {
			f.Scale, f.Bands, f.Signal = kam.Scale{Lo: kam.Int(1), Hi: kam.Int(5)}, nil, ""
		}
	}
	engine, err := kam.Compile(policy)
	require.NoError(t, err)
	form, err := load(t).Questionnaire(engine, kam.Account{ID: "x"}, asOf, questions.Draw{})
	require.NoError(t, err)
	assert.Equal(t, []string{"attractiveness/profitability"}, form.NoQuestion)
	q, ok := load(t).For(engine).Question("account-margin")
	require.True(t, ok)
	assert.Equal(t, []questions.Target{{Scorecard: "potential", Factor: "account-margin"}}, q.Targets)
}

// A name in Han stands in Chinese text without space, and keeps it in English.
func TestNamesInHan(t *testing.T) {
	title := func(name string, lang kam.Language) string {
		form := draw(t, kam.Policy{}, kam.Account{ID: "x", Name: name}, questions.Draw{Language: lang})
		for _, it := range form.Items {
			if it.ID == "served" {
				return form.Title + " " + it.Text
			}
		}
		return ""
	}
	assert.Equal(t, "海尔客户问卷 我们目前是否向海尔销售？", title("海尔", "zh"))
	assert.Equal(t, "Acme 客户问卷 我们目前是否向 Acme 销售？", title("Acme", "zh"))
	assert.Equal(t, "海尔 A 客户问卷 我们目前是否向海尔 A 销售？", title("海尔 A", "zh"))
	assert.Equal(t, "Questions about 海尔 Do we sell to 海尔 today?", title("海尔", "en"))
}

// The policy changes after a form was sent out: the reply to what it no longer has is refused,
// and one to what it had once is let be. The account can be assessed either way.
func TestOldForms(t *testing.T) {
	own, err := load(t).Add([]byte(`{"questions": [
		{"id": "own-yes", "kind": "yes-no", "targets": [{"evidence": "own-evidence"}], "text": {"en": "Is it own?"}},
		{"id": "own-count", "kind": "count", "targets": [{"fact": "attributes/employes"}], "text": {"en": "How many?"}}
	]}`))
	require.NoError(t, err)
	old := questions.Response{By: "Ann", On: asOf, Answers: map[string]questions.Reply{"price": {Value: "7"}, "reputation": {Value: "6"}}}
	dropped := func(change func(*kam.Policy)) kam.Policy {
		p := kam.DefaultPolicy()
		require.NoError(t, p.Strength.Drop("price"))
		require.NoError(t, p.Strength.Normalize())
		change(&p)
		return p
	}
	yes := questions.Response{By: "Ann", Answers: map[string]questions.Reply{"own-yes": {Value: "yes"}}}
	count := questions.Response{By: "Ann", Answers: map[string]questions.Reply{"own-count": {Value: "7"}}}
	tests := []struct {
		name, reason string
		policy       kam.Policy
		response     questions.Response
		want         []string
	}{
		{"as it was", "all is known", kam.DefaultPolicy(), old, nil},
		{"dropped", "the policy does not have it", dropped(func(*kam.Policy) {}), old, []string{"/answers/price unknown price|"}},
		{"retired", "the policy had it once", dropped(func(p *kam.Policy) { p.Retired = []string{"strength/price"} }), old, nil},
		{"a group", "its questions are rated", dropped(func(p *kam.Policy) {
			for i := range p.Strength.Factors {
				if f := &p.Strength.Factors[i]; f.ID == "reputation" {
					f.Questions = []kam.Factor{{ID: "known", Weight: kam.Int(100)}}
				}
			}
		}), old, []string{"/answers/price unknown price|", "/answers/reputation unknown reputation|"}},
		{"another scorecard", "it took the place", dropped(func(p *kam.Policy) { p.Strength.ID = "bond" }), old, []string{"/answers/price unknown price|", "/answers/reputation unknown reputation|"}},
		{"a retired scorecard", "the policy had it once", dropped(func(p *kam.Policy) { p.Strength.ID, p.Retired = "bond", []string{"strength"} }), old, nil},
		{"evidence", "nothing reads it", kam.DefaultPolicy(), yes, []string{"/answers/own-yes unknown own-yes|"}},
		{"evidence with a name", "a check of one's own may read it", dropped(func(p *kam.Policy) { p.Names = map[kam.Evidence]kam.Text{"own-evidence": {EN: "Own"}} }), yes, nil},
		{"an attribute", "nobody named one", kam.DefaultPolicy(), count, nil},
		{"a misspelt attribute", "the policy names one that is like it", kam.Policy{Names: map[kam.Evidence]kam.Text{"attribute.employees": {EN: "Employees"}}}, count, []string{"/answers/own-count unknown own-count|"}},
		{"a person", "the role is of no policy", kam.DefaultPolicy(), answer("Ann", "role-advocate", "5"), nil},
		{"the style", "the style is of no policy", kam.DefaultPolicy(), answer("Ann", "style-same-pitch", "5"), nil},
		{"grounds", "a choice rates nothing", dropped(func(p *kam.Policy) {
			require.NoError(t, p.Selection.Drop("stance"))
			require.NoError(t, p.Selection.Normalize())
		}), answer("Ann", "preference-side", "favour"), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			engine, err := kam.Compile(tt.policy)
			require.NoError(t, err)
			bank := own.For(engine)
			var got []string
			for _, v := range found(bank.Check(tt.response)) {
				got = append(got, v[:strings.Index(v, "|")+1])
			}
			assert.Equal(t, tt.want, got, tt.reason)
			combined, err := bank.Combine(questions.CombineRules{}, tt.response)
			if tt.want != nil {
				require.ErrorIs(t, err, kam.CodeUnknown)
				return
			}
			require.NoError(t, err)
			account, _ := combined.Apply(kam.Account{ID: "x"})
			_, err = engine.Assess(account, asOf)
			require.NoError(t, err)
			assert.Equal(t, own.Edition(), bank.Edition())
		})
	}
}

// One question rates two factors, and the policy has one of them.
func TestOneOfTwoFactorsDropped(t *testing.T) {
	policy := kam.DefaultPolicy()
	require.NoError(t, policy.Attractiveness.Drop("profitability"))
	require.NoError(t, policy.Attractiveness.Normalize())
	engine, err := kam.Compile(policy)
	require.NoError(t, err)
	bank := load(t).For(engine)
	got, err := bank.Combine(questions.CombineRules{}, answer("Ann", "account-margin", "6"))
	require.NoError(t, err)
	account, _ := got.Apply(kam.Account{ID: "x"})
	assert.Len(t, account.Answers, 1)
	_, err = engine.Assess(account, asOf)
	require.NoError(t, err)
	q, _ := load(t).Question("account-margin")
	assert.Len(t, q.Targets, 2, "the bank itself stays as it was")

	builtIn, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	assert.Same(t, load(t), load(t).For(builtIn), "nothing is left out")
	assert.Same(t, load(t), load(t).For(new(kam.Engine)))
}
