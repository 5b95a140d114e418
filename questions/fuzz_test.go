package questions_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/questions"
)

func requireViolations(t *testing.T, err error) {
	t.Helper()
	vs := kam.ViolationsOf(err)
	require.NotEmpty(t, vs, err)
	for _, v := range vs {
		require.NotEmpty(t, v.Code)
		require.True(t, v.Pointer == "" || v.Pointer[0] == '/', v.Pointer)
		require.LessOrEqual(t, len(v.Value), 64)
	}
}

// A document is taken or its faults are named; what was taken can be drawn,
// asked in any language, and described as a schema.
func FuzzBank(f *testing.F) {
	names, err := filepath.Glob("data/*.json")
	require.NoError(f, err)
	for _, name := range names {
		data, err := os.ReadFile(name)
		require.NoError(f, err)
		if len(data) < 20_000 {
			f.Add(data, "zh-Hans-CN")
		}
	}
	f.Add([]byte(`{"edition": 1, "questions": [{"id": "a", "kind": "rating", "targets": [{"scorecard": "strength", "factor": "price"}], "text": {"de": "{account}?"}, "anchors": [{"at": 1, "text": {"de": "A"}}]}]}`), "de_AT")
	f.Add([]byte(`{"defaults": {"kind": "choice"}, "questions": [{"id": "a", "targets": [{"fact": "x"}], "text": {"en": "A"}, "options": [{"id": "b", "text": {"en": "B"}}, {"id": "c", "text": {"en": "C"}}]}], "notes": [{"id": "form-by", "text": {"en": "N"}}]}`), "--")
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, data []byte, lang string) {
		bank, err := (&questions.Bank{}).Add(data)
		if err != nil {
			requireViolations(t, err)
			return
		}
		for q := range bank.All() {
			require.NotEmpty(t, q.Text.In(kam.Language(lang)))
		}
		form, err := bank.Questionnaire(engine, kam.Account{ID: "x"}, asOf, questions.Draw{Language: kam.Language(lang), Scope: questions.OnlyMissing})
		require.NoError(t, err)
		schema, err := bank.Schema(form)
		require.NoError(t, err)
		require.True(t, json.Valid(schema))
		bank.Missing(kam.Language(lang))
	})
}

// A translation is taken or its faults are named.
func FuzzTranslation(f *testing.F) {
	f.Add(`{"questions": {"liking": {"text": "T", "anchors": {"5": "A"}}}, "notes": {"form-by": "N"}}`, "de")
	f.Add(`{"questions": {"served": {"text": "{account}"}, "volume-class": {"options": {"low": "L"}}}}`, "pt-BR")
	bank, err := questions.Load()
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, data, lang string) {
		next, err := bank.With(kam.Language(lang), strings.NewReader(data))
		if err != nil {
			requireViolations(t, err)
			return
		}
		require.LessOrEqual(t, len(next.Missing(kam.Language(lang))), len(bank.Missing(kam.Language(lang))))
	})
}

// A response decodes or its faults are named; what fits its questions can be
// combined, and what comes of it is taken by the engine.
func FuzzResponse(f *testing.F) {
	f.Add([]byte(`{"by": "Ann", "on": "2026-11-24", "answers": {"liking": {"value": 7.5, "confidence": 80, "note": "n"}, "served": {"value": "yes"}}}`))
	f.Add([]byte(`{"by": "Ann", "answers": {"wallet": {"value": "5 EUR"}, "segment": {"value": "x"}, "last-order": {"value": "2026-11-01"}}}`))
	f.Add([]byte(`{"by": "Ann", "answers": {"potential-volume": {"value": "99999999999999.9999", "confidence": 0.0001}, "our-margin": {"value": -100}}}`))
	bank, err := questions.Load()
	require.NoError(f, err)
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(f, err)
	other := answer("Bo", "liking", "1")
	f.Fuzz(func(t *testing.T, data []byte) {
		var r questions.Response
		if err := r.UnmarshalJSON(data); err != nil {
			requireViolations(t, err)
			return
		}
		if err := bank.Check(r); err != nil {
			requireViolations(t, err)
			_, err = bank.Combine(questions.CombineRules{}, r)
			require.Error(t, err)
			return
		}
		combined, err := bank.Combine(questions.CombineRules{}, r, other)
		if err != nil {
			requireViolations(t, err) // both are Bo
			return
		}
		account, _ := combined.Apply(kam.Account{ID: "x"})
		if _, err := engine.Assess(account, asOf); err != nil {
			requireViolations(t, err)
			require.ErrorIs(t, err, kam.CodeCurrency, "a currency is judged by the engine")
		}
		o, _ := combined.Opportunity()
		if _, err := o.Size(); err != nil {
			requireViolations(t, err)
		}
		out, err := json.Marshal(r)
		require.NoError(t, err)
		var back questions.Response
		require.NoError(t, back.UnmarshalJSON(out), string(out))
		require.NoError(t, bank.Check(back))
	})
}
