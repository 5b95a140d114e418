package questions

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/internal/strictjson"
)

// Response is what one person answered on one day. It is plain data; its JSON
// is what the schema of a form describes ([Bank.Schema]), and decoding is
// strict.
type Response struct {
	// By is who answered; it may not be blank.
	By string `json:"by" required:"true"`
	// On is the day; unknown where it does not matter.
	On kam.Date `json:"on,omitzero"`
	// Answers holds a reply to each question that was answered, by its id.
	Answers map[string]Reply `json:"answers" required:"true"`
}

// Reply is the answer to one question.
type Reply struct {
	Value Value `json:"value" required:"true"`
	// Confidence is how sure the person is, 0 to 100 percent. A free text has
	// none, and an item of the selling style neither this nor a note.
	Confidence *kam.Number `json:"confidence,omitzero"`
	Note       string      `json:"note,omitzero"`
}

// MarshalJSON writes the confidence as a bare number, as the schema has it.
func (r Reply) MarshalJSON() ([]byte, error) {
	out := struct {
		Value      Value  `json:"value"`
		Confidence Value  `json:"confidence,omitzero"`
		Note       string `json:"note,omitzero"`
	}{Value: r.Value, Note: r.Note}
	if r.Confidence != nil {
		if !r.Confidence.Valid() {
			return nil, fmt.Errorf("kam: marshal confidence: %w", kam.CodeNumber)
		}
		out.Confidence = Num(*r.Confidence)
	}
	return json.Marshal(out)
}

// Value is an answer as text, in the form of its question's [Kind]: "7.5",
// "yes", "1200000 EUR", "2026-11-24". In JSON a number may be bare, and is
// written so whatever the kind: a free text "42" is 42.
type Value string

// Num is a number as a value.
func Num(n kam.Number) Value { return Value(n.String()) }

// MarshalJSON writes a number bare and all else as a string.
func (v Value) MarshalJSON() ([]byte, error) {
	if n, err := kam.ParseNumber(string(v)); err == nil && n.String() == string(v) {
		return []byte(v), nil
	}
	return json.Marshal(string(v))
}

// UnmarshalJSON reads a string or a number without an exponent; on error v
// keeps its value.
func (v *Value) UnmarshalJSON(data []byte) error {
	data = bytes.TrimSpace(data)
	switch {
	case len(data) > 0 && data[0] == '"':
		var s string
		if faults := decode(data, &s); len(faults) > 0 {
			return fmt.Errorf("kam: decode value %s: %w", clip(string(data)), faults[0].Code)
		}
		*v = Value(s)
		return nil
	}
	n, err := kam.ParseNumber(string(data))
	if err != nil {
		return fmt.Errorf("kam: decode value %s: %w", clip(string(data)), kam.CodeType)
	}
	*v = Num(n)
	return nil
}

// UnmarshalJSON decodes strictly, as the schema of a form does, and reports all
// that is wrong as [kam.Violations]; on error r keeps its value. More than 8 MiB
// is a [kam.CodeTooLarge]. A null is a [kam.CodeType], or a [kam.CodeMissing]
// where something must be given. Whether the answers fit their questions is for
// [Bank.Check] to say.
func (r *Response) UnmarshalJSON(data []byte) error {
	var v struct {
		By      string               `json:"by" required:"true"`
		On      kam.Date             `json:"on"`
		Answers map[string]bareReply `json:"answers" required:"true"`
	}
	vs := decode(data, &v)
	if len(vs) > 0 && (vs[0].Code == kam.CodeSyntax || vs[0].Code == kam.CodeTooLarge) {
		return vs
	}
	rep := report{found: vs}
	if bytes.Contains(data, []byte("null")) {
		rep.nulls("", data, 4)
	}
	if len(rep.found) > 0 {
		return rep.found
	}
	*r = Response{By: v.By, On: v.On, Answers: map[string]Reply{}}
	for id, reply := range v.Answers {
		r.Answers[id] = Reply{reply.Value, (*kam.Number)(reply.Confidence), reply.Note}
	}
	return nil
}

// bareReply is a reply whose confidence is a bare number.
type bareReply struct {
	Value      Value       `json:"value" required:"true"`
	Confidence *bareNumber `json:"confidence"`
	Note       string      `json:"note"`
}

type bareNumber kam.Number

// UnmarshalJSON reads a number, and no string.
func (n *bareNumber) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return fmt.Errorf("kam: decode confidence %s: %w", clip(string(data)), kam.CodeType)
	}
	return (*kam.Number)(n).UnmarshalJSON(data)
}

// nulls reports each null down to a depth, but where a fault has been found; it
// stops where decoding does.
func (r *report) nulls(at place, data []byte, depth int) {
	var object map[string]json.RawMessage
	if depth == 0 || json.Unmarshal(data, &object) != nil {
		return
	}
	for key, value := range sorted(object) {
		if len(r.found) >= strictjson.MaxFaults {
			return
		}
		at := at.key(key)
		if string(value) != "null" {
			r.nulls(at, value, depth-1)
			continue
		}
		if !slices.ContainsFunc(r.found, func(v kam.Violation) bool { return v.Pointer == string(at) }) {
			r.add(at, kam.CodeType, "null", "")
		}
	}
}

// Check reports all that is wrong with a response, as [kam.Violations] whose
// pointers name the question: "/answers/liking/value". A question that the bank
// does not have is a [kam.CodeUnknown]; a value that is not of its question's
// kind, or outside its scale or its options, is reported with what was
// expected.
func (b *Bank) Check(r Response) error {
	var rep report
	b.orEmpty().checkResponse(&rep, "", &r)
	if err := rep.found.Err(); err != nil {
		return fmt.Errorf("kam: check response of %q: %w", clip(r.By), err)
	}
	return nil
}

func (b *Bank) checkResponse(r *report, at place, resp *Response) {
	if strings.TrimSpace(resp.By) == "" {
		r.add(at.key("by"), kam.CodeMissing, "", "")
	}
	r.clean(at.key("by"), resp.By)
	if !resp.On.Valid() {
		r.add(at.key("on"), kam.CodeDate, resp.On.String(), "")
	}
	for id, reply := range sorted(resp.Answers) {
		at := at.key("answers").key(id)
		i, ok := b.index[id]
		if !ok {
			r.add(at, kam.CodeUnknown, id, b.nearest(id))
			continue
		}
		if _, code, want := b.questions[i].read(reply.Value); code != "" {
			r.add(at.key("value"), code, string(reply.Value), want)
		}
		style := aboutStyle(b.questions[i].Targets)
		if style && reply.Note != "" {
			r.add(at.key("note"), kam.CodeUnknown, reply.Note, "")
		}
		if (style || b.questions[i].Kind == Words) && reply.Confidence != nil {
			r.add(at.key("confidence"), kam.CodeUnknown, reply.Confidence.String(), "")
		} else if c := reply.Confidence; c != nil && (!c.Valid() || c.Cmp(kam.Int(0)) < 0 || c.Cmp(kam.Int(100)) > 0) {
			r.add(at.key("confidence"), kam.CodeRange, c.String(), "0..100")
		}
		r.clean(at.key("note"), reply.Note)
	}
}

// reading is a value in the type of its kind.
type reading struct {
	number kam.Number // of a rating, a percentage, a count
	money  kam.Money
	word   string // a verdict, an option, a day
}

// read reads a value, or says what is wrong with it and what was expected.
func (q *Question) read(v Value) (out reading, code kam.Code, want string) {
	s := string(v)
	out.word = s
	switch q.Kind {
	case Rating, Percent, Count:
		n, err := kam.ParseNumber(s)
		scale := q.scale()
		switch {
		case err != nil:
			return out, kam.CodeNumber, scale.String()
		case (n.Cmp(scale.Lo) < 0 || n.Cmp(scale.Hi) > 0) && q.Kind == Rating:
			return out, kam.CodeRating, scale.String()
		case n.Cmp(scale.Lo) < 0 || n.Cmp(scale.Hi) > 0:
			return out, kam.CodeRange, scale.String()
		case q.Kind == Count && strings.Contains(n.String(), "."):
			return out, kam.CodeType, "whole number"
		}
		out.number = n
	case YesNo:
		var v kam.Verdict
		if v.UnmarshalText([]byte(s)) != nil {
			return out, kam.CodeEnum, "yes, no, unknown"
		}
	case Choice:
		var ids []string
		for _, o := range q.Options {
			if o.ID == s {
				return out, "", ""
			}
			ids = append(ids, o.ID)
		}
		return out, kam.CodeEnum, strings.Join(ids, ", ")
	case Money:
		m, err := kam.ParseMoney(s)
		switch {
		case err != nil:
			return out, kam.CodeMoney, "1200.50 EUR"
		case m.Sign() < 0:
			return out, kam.CodeRange, ">= 0"
		}
		if _, err := kam.Minor(0, m.Currency()); err != nil && m.Currency() != "" {
			return out, kam.CodeCurrency, "EUR"
		}
		out.money = m
	case Date:
		d, err := kam.ParseDate(s)
		if err != nil {
			return out, kam.CodeDate, "YYYY-MM-DD"
		}
		out.word = d.String()
	case Words:
		var r report
		if r.clean("", s); len(r.found) > 0 {
			return out, r.found[0].Code, r.found[0].Want
		}
		switch n := utf8.RuneCountInString(s); {
		case strings.TrimSpace(s) == "":
			return out, kam.CodeMissing, ""
		case n > longestText(q.Targets):
			return out, kam.CodeTooLarge, "<= " + strconv.Itoa(longestText(q.Targets))
		}
	}
	return out, "", ""
}

// longestText is how many characters a free text may have. A name goes into an
// account, which takes 4096 bytes of one text.
func longestText(targets []Target) int {
	if slices.Contains(targets, Target{Fact: "segment"}) || slices.Contains(targets, Target{Fact: "place"}) {
		return 1000
	}
	return maxText
}
