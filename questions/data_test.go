package questions_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/internal/strictjson"
	"github.com/kam-go/kam/questions"
)

// Each row is one bad document, with all that is to be found.
func TestAddRefuses(t *testing.T) {
	q := func(rest string) string {
		return `{"questions": [{"id": "q", "text": {"en": "Q?"}, ` + rest + `}]}`
	}
	tests := []struct{ name, json, want string }{
		{"not JSON", `{`, " syntax byte 1|JSON"},
		{"unknown field", `{"question": []}`, "/question unknown question|questions"},
		{"edition", `{"edition": -1}`, "/edition range -1|>= 0"},
		{"no kind", q(`"targets": [{"fact": "f"}]`), "/questions/0/kind enum unknown|rating, yes-no"},
		{"bad kind", q(`"kind": "stars", "targets": [{"fact": "f"}]`), `/questions/0/kind enum "stars"|`},
		{"feeds nothing", q(`"kind": "text"`), "/questions/0/targets missing |>= 1"},
		{"two in one target", q(`"kind": "text", "targets": [{"fact": "f", "evidence": "e"}]`), "/questions/0/targets/0 missing |scorecard and factor, evidence, fact"},
		{"factor of nothing", q(`"kind": "text", "targets": [{"factor": "f"}]`), "/questions/0/targets/0 missing |scorecard and factor, evidence, fact"},
		{"target twice", q(`"kind": "text", "targets": [{"fact": "f"}, {"fact": "f"}]`), "/questions/0/targets/1 duplicate |"},
		{"a rating as evidence", q(`"kind": "rating", "targets": [{"evidence": "e"}]`), "/questions/0/targets/0 type rating|yes-no"},
		{"a second judgement", q(`"kind": "yes-no", "targets": [{"evidence": "served"}]`), "/questions/0/targets/0 duplicate served|"},
		{"a second fact", q(`"kind": "money", "targets": [{"fact": "own"}, {"fact": "wallet"}]`), "/questions/0/targets/1 duplicate wallet|"},
		{"a second rating", q(`"kind": "rating", "targets": [{"scorecard": "selection", "factor": "liking"}]`), "/questions/0/targets/0 duplicate liking|"},
		{"check id", q(`"kind": "text", "checks": ["No"]`), "/questions/0/checks/0 id No|"},
		{"no text", `{"questions": [{"id": "q", "kind": "text", "targets": [{"fact": "f"}], "text": {}}]}`, "/questions/0/text missing |"},
		{"id", `{"questions": [{"id": "Q", "kind": "text", "targets": [{"fact": "f"}], "text": {"en": "Q?"}}]}`, "/questions/0/id id Q|"},
		{"id of the bank", `{"questions": [{"id": "liking", "kind": "text", "targets": [{"fact": "f"}], "text": {"en": "Q?"}}]}`, "/questions/0/id duplicate liking|"},
		{"language", q(`"kind": "text", "targets": [{"fact": "f"}], "help": {"English": "H"}`), "/questions/0/help/English unknown English|BCP 47: de, pt-BR"},
		{"empty text", q(`"kind": "text", "targets": [{"fact": "f"}], "help": {"en": ""}`), "/questions/0/help/en missing |"},
		{"placeholder", q(`"kind": "text", "targets": [{"fact": "f"}], "help": {"en": "{name}"}`), "/questions/0/help/en unknown {name}|{account}, {from}, {to}"},
		{"a placeholder lost", q(`"kind": "text", "targets": [{"fact": "f"}], "help": {"en": "{from}", "zh": "X"}`), "/questions/0/help/zh missing {from}|"},
		{"a placeholder too many", q(`"kind": "text", "targets": [{"fact": "f"}], "help": {"en": "X", "zh": "{to}"}`), "/questions/0/help/zh unknown {to}|"},
		{"null", `null`, " type null|object"},
		{"an option that is a number", q(`"kind": "choice", "options": [{"id": "1", "text": {"en": "A"}}, {"id": "b", "text": {"en": "B"}}], "targets": [{"fact": "f"}]`), "/questions/0/options/0/id id 1|"},
		{"scale of a text", q(`"kind": "text", "scale": {"lo": 0, "hi": 1}, "targets": [{"fact": "f"}]`), "/questions/0/scale scale 0..1|"},
		{"scale backwards", q(`"kind": "rating", "scale": {"lo": 1, "hi": 1}, "targets": [{"fact": "f"}]`), "/questions/0/scale scale 1..1|"},
		{"anchors of a text", q(`"kind": "text", "anchors": [{"at": 1, "text": {"en": "A"}}], "targets": [{"fact": "f"}]`), "/questions/0/anchors unknown |"},
		{"anchor off the scale", q(`"kind": "rating", "anchors": [{"at": 11, "text": {"en": "A"}}], "targets": [{"fact": "f"}]`), "/questions/0/anchors/0/at rating 11|0..10"},
		{"anchors out of order", q(`"kind": "rating", "anchors": [{"at": 5, "text": {"en": "A"}}, {"at": 5, "text": {"en": "B"}}], "targets": [{"fact": "f"}]`), "/questions/0/anchors/1/at range 5|> 5"},
		{"one option", q(`"kind": "choice", "options": [{"id": "a", "text": {"en": "A"}}], "targets": [{"fact": "f"}]`), "/questions/0/options range 1|choice: >= 2"},
		{"options of a text", q(`"kind": "text", "options": [{"id": "a", "text": {"en": "A"}}], "targets": [{"fact": "f"}]`), "/questions/0/options range 1|choice: >= 2"},
		{"option twice", q(`"kind": "choice", "options": [{"id": "a", "text": {"en": "A"}}, {"id": "a", "text": {"en": "B"}}], "targets": [{"fact": "f"}]`), "/questions/0/options/1/id duplicate a|"},
		{"note twice", `{"notes": [{"id": "n", "text": {"en": "N"}}, {"id": "n", "text": {"en": "N"}}]}`, "/notes/1/id duplicate n|"},
	}
	bank := load(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := bank.Add([]byte(tt.json))
			got := found(err)
			require.Len(t, got, 1, err)
			assert.True(t, strings.HasPrefix(got[0], tt.want), "%s\n%s", got[0], tt.want)
		})
	}
	_, err := bank.Add([]byte(q(`"kind": "text", "targets": [{"scorecard": "selection", "factor": "liking"}]`)))
	require.NoError(t, err, "grounds for a rating may be many")
	_, err = (&questions.Bank{}).Add([]byte(q(`"kind": "rating", "targets": [{"fact": "own"}, {"fact": "wallet"}]`)))
	assert.Equal(t, []string{"/questions/0/targets/1 type rating|money"}, found(err))
	var many []map[string]any
	for range 4097 {
		many = append(many, map[string]any{"id": "x", "text": map[string]string{"en": "x"}})
	}
	data, err := json.Marshal(map[string]any{"questions": many})
	require.NoError(t, err)
	_, err = bank.Add(data)
	require.ErrorIs(t, err, kam.CodeTooLarge)
}

// What is handed out is the caller's; the bank stays as it was.
func TestBankIsImmutable(t *testing.T) {
	bank := load(t)
	spoil := func(q questions.Question) {
		q.Text["en"], q.Help["en"], q.Why["en"] = "x", "x", "x"
		q.Targets[0], q.Sources[0] = questions.Target{}, "x"
		for i := range q.Anchors {
			q.Anchors[i].Text["en"] = "x"
			q.Anchors[i].At = kam.Int(99)
		}
	}
	for q := range bank.All() {
		if len(q.Targets) > 0 {
			spoil(q)
		}
	}
	q, ok := bank.Question("liking")
	require.True(t, ok)
	spoil(q)
	note, ok := bank.Note("form-by")
	require.True(t, ok)
	note["en"] = "x"
	form := bank.ForScorecards("en", kam.SelectionScorecard())
	form.Items[0].Targets[0] = questions.Target{}

	_, err := bank.Add([]byte(`{"questions": [{"id": "q", "kind": "text", "targets": [{"fact": "f"}], "text": {"en": "Q?"}}]}`))
	require.NoError(t, err)
	_, err = bank.With("en", strings.NewReader(`{"questions": {"liking": {"text": "x"}}}`))
	require.NoError(t, err)

	for at, text := range texts(bank) {
		assert.NotEqual(t, "x", text["en"], at)
	}
	_, ok = bank.Question("q")
	assert.False(t, ok)
	_, ok = bank.Note("nothing")
	assert.False(t, ok)
	assert.Empty(t, bank.Style(kam.StyleUnknown, "en"))
	assert.NotEqual(t, questions.Target{}, bank.ForScorecards("en", kam.SelectionScorecard()).Items[0].Targets[0])
}

func TestChain(t *testing.T) {
	tests := []struct{ tag, want string }{
		{"zh-Hans-CN", "zh-hans-cn zh-hans zh en"},
		{"zh_CN", "zh-cn zh en"},
		{"en-GB", "en-gb en"},
		{"EN", "en"},
		{"", "en"},
		{"---", "en"},
	}
	for _, tt := range tests {
		var got []string
		for _, l := range questions.Chain(kam.Language(tt.tag)) {
			got = append(got, string(l))
		}
		assert.Equal(t, tt.want, strings.Join(got, " "), tt.tag)
	}
	assert.Less(t, len(questions.Chain(kam.Language(strings.Repeat("b-", 100_000)))), 40)
	assert.Less(t, len(questions.Chain(kam.Language(strings.Repeat("b", 100_000)))), 3)

	text := questions.Text{"de": "D", "zh": "Z"}
	assert.Equal(t, "Z", text.In("zh-Hans-CN"))
	assert.Equal(t, "D", text.In("fr"), "without English the first by tag")
	assert.Empty(t, questions.Text{}.In("en"))
	assert.Empty(t, questions.Text{"en": ""}.In("en"))
}

func TestWithRefuses(t *testing.T) {
	bank := load(t)
	tests := []struct{ name, lang, json, want string }{
		{"tag", "Deutsch!", `{}`, " unknown Deutsch!|BCP 47: de, pt-BR"},
		{"no tag", "", `{}`, " unknown |BCP 47: de, pt-BR"},
		{"edition", "de", `{"edition": 2}`, "/edition range 2|<= 1"},
		{"unknown question", "de", `{"questions": {"likin": {"text": "T"}}}`, "/questions/likin unknown likin|liking"},
		{"unknown anchor", "de", `{"questions": {"liking": {"anchors": {"7": "A"}}}}`, "/questions/liking/anchors/7 unknown anchors/7|"},
		{"unknown option", "de", `{"questions": {"liking": {"options": {"a": "A"}}}}`, "/questions/liking/options/a unknown options/a|"},
		{"unknown note", "de", `{"notes": {"n": "N"}}`, "/notes/n unknown n|"},
		{"placeholder lost", "de", `{"questions": {"served": {"text": "Verkaufen wir ihnen etwas?"}}}`, "/questions/served/text missing {account}|"},
		{"placeholder too many", "de", `{"questions": {"liking": {"text": "{from}"}}}`, "/questions/liking/text unknown {from}|"},
		{"null", "de", `null`, " type null|object"},
		{"hidden", "de", `{"notes": {"form-by": "a\u202eb"}}`, `/notes/form-by encoding '\u202e'|`},
		{"not JSON", "de", `[]`, " type []|object"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := bank.With(kam.Language(tt.lang), strings.NewReader(tt.json))
			assert.Equal(t, []string{tt.want}, found(err))
		})
	}
	broken := errors.New("broken")
	_, err := bank.With("de", iotest.ErrReader(broken))
	require.ErrorIs(t, err, broken)
	_, err = bank.With("de", strings.NewReader(`{"notes": {}}`+strings.Repeat(" ", 8<<20)))
	require.ErrorIs(t, err, kam.CodeTooLarge)
}

// A translation of everything leaves nothing missing.
func TestWithEverything(t *testing.T) {
	bank := load(t)
	doc := map[string]any{}
	notes, qs := map[string]string{}, map[string]map[string]any{}
	for q := range bank.All() {
		anchors, options := map[string]string{}, map[string]string{}
		for _, a := range q.Anchors {
			anchors[a.At.String()] = "ja: " + a.Text["en"]
		}
		for _, o := range q.Options {
			options[o.ID] = "ja: " + o.Text["en"]
		}
		qs[q.ID] = map[string]any{"text": "ja: " + q.Text["en"], "help": "ja: " + q.Help["en"], "why": "ja: " + q.Why["en"], "anchors": anchors, "options": options}
	}
	for _, id := range noteIDs {
		text, _ := bank.Note(id)
		notes[id] = "ja: " + text["en"]
	}
	doc["questions"], doc["notes"], doc["edition"] = qs, notes, 1
	data, err := json.Marshal(doc)
	require.NoError(t, err)
	japanese, err := bank.With("ja-JP", strings.NewReader(string(data)))
	require.NoError(t, err)
	assert.Empty(t, japanese.Missing("ja_JP"))
	assert.Len(t, bank.Missing("ja-JP"), len(texts(bank)))
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	form, err := japanese.Questionnaire(engine, kam.Account{ID: "x"}, asOf, questions.Draw{Language: "ja-JP"})
	require.NoError(t, err)
	for _, it := range form.Items {
		assert.True(t, strings.HasPrefix(it.Text, "ja: ") && strings.HasPrefix(it.Help, "ja: ") && strings.HasPrefix(it.Why, "ja: "), it.ID)
	}
	assert.True(t, strings.HasPrefix(japanese.Style(kam.PushTheProduct, "ja-JP"), "ja: "))
}

func TestKind(t *testing.T) {
	for i, w := range questions.Kind(0).Values() {
		k := questions.Kind(i)
		assert.Equal(t, w, k.String())
		text, err := k.MarshalText()
		require.NoError(t, err)
		var back questions.Kind
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, k, back)
	}
	assert.Equal(t, "Kind(9)", questions.Kind(9).String())
	_, err := questions.Kind(9).MarshalText()
	require.ErrorIs(t, err, kam.CodeEnum)
	k := questions.Rating
	err = k.UnmarshalText([]byte("stars"))
	want := "rating, yes-no, choice, money, percent, count, date, text"
	assert.Equal(t, kam.Violations{{Code: kam.CodeEnum, Value: "stars", Want: want}}, kam.ViolationsOf(err))
	assert.Equal(t, questions.Rating, k)
}

// A bank, an engine or a reader that is nil is an error or an empty bank.
func TestNil(t *testing.T) {
	var none *questions.Bank
	for range none.All() {
		assert.Fail(t, "nil has no questions")
	}
	_, ok := none.Question("liking")
	assert.False(t, ok)
	_, ok = none.Note("form-by")
	assert.False(t, ok)
	assert.Zero(t, none.Edition())
	assert.Empty(t, none.Style(kam.PushTheProduct, "en"))
	assert.Empty(t, none.Missing("en"))
	assert.Len(t, none.ForScorecards("en", kam.RoleScorecard()).NoQuestion, 22)
	assert.Zero(t, none.For(nil).Edition())
	_, err := none.Schema(questions.Questionnaire{})
	require.NoError(t, err)
	require.ErrorIs(t, none.Check(answer("Ann", "liking", "5")), kam.CodeUnknown)
	_, err = none.Combine(questions.CombineRules{}, answer("Ann", "liking", "5"))
	require.ErrorIs(t, err, kam.CodeUnknown)
	own, err := none.Add([]byte(`{"questions": [{"id": "q", "kind": "text", "targets": [{"fact": "f"}], "text": {"en": "Q?"}}]}`))
	require.NoError(t, err)
	_, ok = own.Question("q")
	assert.True(t, ok)
	_, err = none.With("de", strings.NewReader(`{}`))
	require.NoError(t, err)

	_, err = load(t).With("de", nil)
	require.ErrorIs(t, err, kam.CodeMissing)
	_, err = load(t).Questionnaire(nil, kam.Account{ID: "x"}, asOf, questions.Draw{})
	assert.Equal(t, []string{"/engine missing |"}, found(err))
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	form, err := none.Questionnaire(engine, kam.Account{ID: "x"}, asOf, questions.Draw{})
	require.NoError(t, err)
	assert.Empty(t, form.Items)
}

func TestSchemaRefuses(t *testing.T) {
	bank := load(t)
	_, err := bank.Schema(questions.Questionnaire{Items: []questions.Item{{ID: "q", Kind: questions.Choice}}})
	require.ErrorIs(t, err, kam.CodeMissing, "a choice between nothing has no schema")
}

func TestNullsOfAResponseStopAtTheLimit(t *testing.T) {
	var doc strings.Builder
	doc.WriteString(`{"by": "a", "answers": {`)
	for i := range 5000 {
		fmt.Fprintf(&doc, `"q%d": null, `, i)
	}
	doc.WriteString(`"q": null}}`)
	var r questions.Response
	var vs kam.Violations
	require.ErrorAs(t, r.UnmarshalJSON([]byte(doc.String())), &vs)
	assert.Len(t, vs, strictjson.MaxFaults, "as decoding stops, nulls are reported so far and no further")
}
