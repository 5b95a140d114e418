package questions

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/kam-go/kam"
)

// Schema returns a JSON Schema (draft 2020-12) of the [Response] to a
// questionnaire, with titles and descriptions in the questionnaire's language,
// so that a CRM can draw the form. A question's title is its text; its
// description has the help and the anchors. What JSON Schema has no word for is
// in annotations that begin with "x-kam-": the id of the kind, why it is asked,
// the anchors one by one, and what the answer closes. No question is required:
// what is not known is left out.
//
// The form's description has the intro and the notice. An item whose scale is
// invalid is a [kam.CodeScale], and a choice without options a
// [kam.CodeMissing].
func (b *Bank) Schema(q Questionnaire) (json.RawMessage, error) {
	words := func(id string) string { return b.word(id, q.Language) }
	answers := members{}
	for _, it := range q.Items {
		value, err := it.schema(words)
		if err != nil {
			return nil, err
		}
		reply := members{
			{"type", "object"},
			{"title", it.Text},
			{"description", it.describe()},
			{"properties", it.reply(value, words)},
			{"required", []string{"value"}},
			{"additionalProperties", false},
			{"x-kam-kind", it.Kind.String()},
		}
		if it.Why != "" {
			reply = append(reply, member{"x-kam-why", it.Why})
		}
		if len(it.Anchors) > 0 {
			reply = append(reply, member{"x-kam-anchors", it.Anchors})
		}
		if it.Closes != (kam.Number{}) {
			reply = append(reply, member{"x-kam-closes", it.Closes})
		}
		answers = append(answers, member{it.ID, reply})
	}
	return json.Marshal(members{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"title", q.Title},
		{"description", strings.TrimSpace(q.Intro + "\n" + q.Notice)},
		{"type", "object"},
		{"properties", members{
			{"by", members{{"type", "string"}, {"title", words("form-by")}, {"minLength", 1}, {"maxLength", maxText}, {"pattern", notBlank}}},
			{"on", members{{"type", "string"}, {"title", words("form-on")}, {"format", "date"}, {"pattern", datePattern}}},
			{"answers", members{{"type", "object"}, {"title", words("form-answers")}, {"properties", answers}, {"additionalProperties", false}}},
		}},
		{"required", []string{"by", "answers"}},
		{"additionalProperties", false},
	})
}

const (
	datePattern = `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`
	// notBlank has the spaces that Go knows, since not every reader of
	// patterns takes all of them as \s.
	notBlank     = "[^\\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
	moneyPattern = `^[0-9]{1,14}(\.[0-9]{1,4})?( [A-Z]{3})?$`
)

// describe is the help and, line by line, the anchors.
func (it *Item) describe() string {
	lines := []string{}
	if it.Help != "" {
		lines = append(lines, it.Help)
	}
	for _, a := range it.Anchors {
		lines = append(lines, a.At.String()+" = "+a.Text)
	}
	return strings.Join(lines, "\n")
}

// reply are the fields of the reply to the question.
func (it *Item) reply(value members, words func(string) string) members {
	out := members{{"value", value}}
	if aboutStyle(it.Targets) {
		return out
	}
	if it.Kind != Words {
		out = append(out, member{"confidence", members{
			{"type", "number"},
			{"title", words("form-confidence")},
			{"minimum", 0},
			{"maximum", 100},
			{"multipleOf", json.Number("0.0001")},
		}})
	}
	return append(out, member{"note", members{{"type", "string"}, {"title", words("form-note")}, {"maxLength", maxText}}})
}

// schema describes the value by its kind.
func (it *Item) schema(words func(string) string) (members, error) {
	title := member{"title", words("form-value")}
	switch it.Kind {
	case Rating, Percent, Count:
		if !it.Scale.Lo.Valid() || !it.Scale.Hi.Valid() {
			return nil, fmt.Errorf("kam: schema of question %q: %w", clip(it.ID), kam.CodeScale)
		}
		kind, step := "number", json.Number("0.0001")
		if it.Kind == Count {
			kind, step = "integer", "1"
		}
		return members{
			{"type", kind},
			title,
			{"minimum", json.Number(it.Scale.Lo.String())},
			{"maximum", json.Number(it.Scale.Hi.String())},
			{"multipleOf", step},
		}, nil
	case YesNo:
		return members{title, {"oneOf", []members{
			{{"const", "yes"}, {"title", words("verdict-yes")}},
			{{"const", "no"}, {"title", words("verdict-no")}},
			{{"const", "unknown"}, {"title", words("verdict-unknown")}},
		}}}, nil
	case Choice:
		if len(it.Options) == 0 {
			return nil, fmt.Errorf("kam: schema of question %q: options: %w", clip(it.ID), kam.CodeMissing)
		}
		var options []members
		for _, o := range it.Options {
			options = append(options, members{{"const", o.ID}, {"title", o.Text}})
		}
		return members{title, {"oneOf", options}}, nil
	case Money:
		return append(members{{"type", stringOrNumber}, title, {"pattern", moneyPattern}, {"examples", []string{"1200.50 EUR"}}}, numberRange("0")...), nil
	case Date:
		return members{{"type", "string"}, title, {"format", "date"}, {"pattern", datePattern}}, nil
	}
	text := members{{"type", stringOrNumber}, title, {"minLength", 1}, {"maxLength", longestText(it.Targets)}, {"pattern", notBlank}}
	return append(text, numberRange("-"+largest)...), nil
}

// stringOrNumber is the type of a text or an amount, since [Value] is written
// as a bare number where it is one.
var stringOrNumber = []string{"string", "number"}

// largest is the largest number that [kam.Number] holds.
const largest = "99999999999999.9999"

func numberRange(least json.Number) members {
	return members{{"minimum", least}, {"maximum", json.Number(largest)}, {"multipleOf", json.Number("0.0001")}}
}

// members is a JSON object whose members keep their order: the order of the
// questions is that of the form.
type members []member

type member struct {
	key   string
	value any
}

// MarshalJSON writes the members in their order.
func (m members) MarshalJSON() ([]byte, error) {
	out := []byte("{")
	for i, f := range m {
		if i > 0 {
			out = append(out, ',')
		}
		key, err := json.Marshal(f.key)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(f.value)
		if err != nil {
			return nil, err
		}
		out = append(append(append(out, key...), ':'), value...)
	}
	return append(out, '}'), nil
}
