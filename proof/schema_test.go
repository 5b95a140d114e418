package proof

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/questions"
)

var asOf = kam.NewDate(2026, 11, 24)

// forms are every questionnaire that the built-in bank gives.
func forms(t *testing.T, bank *questions.Bank, lang kam.Language) map[string]questions.Questionnaire {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	account, err := bank.Questionnaire(engine, kam.Account{ID: "acme", Name: `A "quoted" <name>`}, asOf, questions.Draw{Language: lang})
	require.NoError(t, err)
	sale, customer := kam.SellingStyleScorecards()
	return map[string]questions.Questionnaire{
		"account": account, "role": bank.ForScorecards(lang, kam.RoleScorecard()), "style": bank.ForScorecards(lang, sale, customer),
	}
}

func compile(t *testing.T, schema []byte) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft4) // so that the schema's own word for its draft must count
	c.AssertFormat()
	require.NoError(t, c.AddResource("form.json", doc))
	s, err := c.Compile("form.json")
	require.NoError(t, err)
	assert.Equal(t, 2020, s.DraftVersion)
	return s
}

// The schema of every form is one, in both languages.
func TestSchemaIsValid(t *testing.T) {
	bank, err := questions.Load()
	require.NoError(t, err)
	for _, lang := range []kam.Language{"en", "zh-Hans-CN"} {
		for name, form := range forms(t, bank, lang) {
			schema, err := bank.Schema(form)
			require.NoError(t, err)
			s := compile(t, schema)
			assert.Equal(t, form.Title, s.Title)
			answers := s.Properties["answers"]
			require.Len(t, answers.Properties, len(form.Items), name)
			for _, it := range form.Items {
				assert.Equal(t, it.Text, answers.Properties[it.ID].Title)
				for _, a := range it.Anchors {
					assert.Contains(t, answers.Properties[it.ID].Description, a.Text)
				}
			}
		}
	}
}

// What the validator takes the bank takes, and what the validator refuses the
// bank refuses: every kind of question, with values at and beyond its limits.
func TestSchemaAgreesWithCheck(t *testing.T) {
	values := []string{
		`0`, `1`, `5`, `7.5`, `10`, `10.0001`, `-1`, `-100`, `100`, `100.5`, `101`, `0.0001`, `0.00001`, `1000`, `1001`, `1000000000`, `1000000001`,
		`"yes"`, `"no"`, `"unknown"`, `"maybe"`, `""`, `" "`, `"\u3000"`, `"text"`, `"中文"`, `true`, `[]`, `{}`,
		`"low"`, `"high"`, `"price"`, `"key"`, `"developing"`, `"executive"`, `"oppose"`,
		`"12 EUR"`, `"12.34 EUR"`, `"12"`, `"12 eur"`, `"EUR 12"`, `"-12 EUR"`, `"12.3.4 EUR"`,
		`"2026-11-24"`, `"2026-02-30"`, `"24.11.2026"`, `"2026-11-24T00:00:00Z"`,
		`"` + strings.Repeat("长", 4096) + `"`, `"` + strings.Repeat("x", 4097) + `"`,
	}
	bank, err := questions.Load()
	require.NoError(t, err)
	taken, refused := 0, 0
	for _, form := range forms(t, bank, "en") {
		schema, err := bank.Schema(form)
		require.NoError(t, err)
		s := compile(t, schema)
		for _, it := range form.Items {
			for _, value := range values {
				reply := fmt.Sprintf(`{"value": %s}`, value)
				if !isNumber(value) && isNumber(strings.Trim(value, `"`)) && numeric(it.Kind) {
					continue // the bank takes a number in quotes too; a form sends it bare
				}
				if agree(t, bank, s, it.ID, reply) {
					taken++
				} else {
					refused++
				}
			}
		}
	}
	assert.Greater(t, taken, 800)
	assert.Greater(t, refused, 3000)
}

func TestSchemaAgreesOnTheRest(t *testing.T) {
	bank, err := questions.Load()
	require.NoError(t, err)
	schema, err := bank.Schema(forms(t, bank, "en")["account"])
	require.NoError(t, err)
	s := compile(t, schema)
	for reply, want := range map[string]bool{
		`{"value": 5, "confidence": 80, "note": "n"}`: true,
		`{"value": 5, "confidence": 0}`:               true,
		`{"value": 5, "confidence": 100.5}`:           false,
		`{"value": 5, "confidence": -1}`:              false,
		`{"value": 5, "more": 1}`:                     false,
		`{"note": "n"}`:                               false,
		`5`:                                           false,
	} {
		assert.Equal(t, want, agree(t, bank, s, "liking", reply), reply)
	}
	for _, response := range []string{`{"answers": {}}`, `{"by": "", "answers": {}}`, `{"by": "Ann", "on": "2026-02-30", "answers": {}}`, `{"by": "Ann", "answers": {"likin": {"value": 1}}}`, `[]`} {
		assert.False(t, both(t, bank, s, response), response)
	}
	for _, response := range []string{
		`{"by": "Ann"}`, `{"by": " ", "answers": {}}`, `{"by": "\u3000", "answers": {}}`, `{"by": "Ann", "answers": null}`, `{"by": "Ann", "on": null, "answers": {}}`, `null`,
		`{"by": "Ann", "answers": {"need": null}}`, `{"by": "Ann", "answers": {"need": {"value": null}}}`, `{"by": "Ann", "answers": {"need": {"value": 1, "confidence": "80"}}}`,
		`{"by": "Ann", "answers": {"need": {"value": 1, "confidence": null}}}`, `{"by": "Ann", "answers": {"segment": {"value": "x", "confidence": 80}}}`,
	} {
		assert.False(t, both(t, bank, s, response), response)
	}
	assert.True(t, both(t, bank, s, `{"by": "Ann", "on": "2026-11-24", "answers": {}}`))
}

// What a program writes is what the schema of the form describes, also where a
// text or an amount is a number.
func TestSchemaTakesWhatIsWritten(t *testing.T) {
	bank, err := questions.Load()
	require.NoError(t, err)
	form := forms(t, bank, "en")["account"]
	schema, err := bank.Schema(form)
	require.NoError(t, err)
	for _, words := range []questions.Value{"words", "42", "-0.5"} {
		for _, money := range []questions.Value{"1200.50 EUR", "1200", "0.5"} {
			r := questions.Response{By: "Ann", On: asOf, Answers: map[string]questions.Reply{}}
			for _, it := range form.Items {
				value := map[questions.Kind]questions.Value{
					questions.Rating: "7.5", questions.YesNo: "no", questions.Money: money, questions.Percent: "12.5", questions.Count: "3",
					questions.Date: "2026-11-01", questions.Words: words,
				}[it.Kind]
				if it.Kind == questions.Choice {
					value = questions.Value(it.Options[0].ID)
				}
				r.Answers[it.ID] = questions.Reply{Value: value, Note: "n"}
				if it.Kind != questions.Words {
					r.Answers[it.ID] = questions.Reply{Value: value, Confidence: new(kam.Dec(505, 1))}
				}
			}
			data, err := json.Marshal(r)
			require.NoError(t, err)
			assert.True(t, both(t, bank, compile(t, schema), string(data)))
		}
	}
}

func agree(t *testing.T, bank *questions.Bank, s *jsonschema.Schema, id, reply string) bool {
	t.Helper()
	return both(t, bank, s, fmt.Sprintf(`{"by": "Ann", "answers": {%q: %s}}`, id, reply))
}

// both asks the validator and the bank, and fails where they differ.
func both(t *testing.T, bank *questions.Bank, s *jsonschema.Schema, response string) bool {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(response))
	require.NoError(t, err)
	valid := s.Validate(doc)
	var r questions.Response
	checked := r.UnmarshalJSON([]byte(response))
	if checked == nil {
		checked = bank.Check(r)
	}
	assert.Equal(t, valid == nil, checked == nil, "%s\nschema: %v\nbank: %v", clip(response), valid, checked)
	return valid == nil
}

func clip(s string) string { return s[:min(len(s), 200)] }

func isNumber(value string) bool { return json.Unmarshal([]byte(value), new(float64)) == nil }

func numeric(k questions.Kind) bool {
	return k == questions.Rating || k == questions.Percent || k == questions.Count
}
