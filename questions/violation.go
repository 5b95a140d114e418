package questions

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/internal/strictjson"
	"github.com/kam-go/kam/internal/text"
)

// report collects violations while a document is walked in order.
type report struct{ found kam.Violations }

func (r *report) add(at place, code kam.Code, value, want string) {
	r.found = append(r.found, kam.Violation{Pointer: text.Cut(string(at), maxWant), Code: code, Value: clip(value), Want: text.Cut(want, maxWant)})
}

// place is a JSON Pointer under construction.
type place string

func (p place) key(name string) place { return p + "/" + place(text.Key(name)) }

func (p place) index(i int) place { return p + "/" + place(strconv.Itoa(i)) }

const (
	maxDepth = 32
	maxText  = 4096 // characters of one text
	maxCount = 4096 // questions of a bank
)

// decode reads one JSON document strictly; null is none.
func decode(data []byte, into any) kam.Violations {
	var r report
	if string(bytes.TrimSpace(data)) == "null" {
		r.add("", kam.CodeType, "null", "object")
		return r.found
	}
	for _, f := range strictjson.Decode(data, into, maxDepth) {
		code, want := kam.Code(f.Kind.Code()), f.Want
		var v kam.Violation
		switch {
		case errors.As(f.Err, &v):
			code, want = v.Code, v.Want
		case errors.As(f.Err, &code): // whose words say what was expected
			want = ""
		}
		r.add(place(f.Pointer), code, f.Value, want)
	}
	return r.found
}

// maxWant bounds what a violation repeats beside its value, in bytes.
const maxWant = 1000

func clip(s string) string { return text.Clip(s) }

func (r *report) id(at place, id string) {
	switch {
	case id == "":
		r.add(at, kam.CodeMissing, "", "")
	case !text.Kebab(id):
		r.add(at, kam.CodeID, id, "")
	}
}

// clean reports text that is too long, not valid UTF-8, or holds characters
// that package kam takes in no text.
func (r *report) clean(at place, s string) {
	if !utf8.ValidString(s) {
		r.add(at, kam.CodeEncoding, strings.ToValidUTF8(s, "\uFFFD"), "")
		return
	}
	if n := utf8.RuneCountInString(s); n > maxText {
		r.add(at, kam.CodeTooLarge, strconv.Itoa(n), "<= "+strconv.Itoa(maxText))
	}
	if c, found := text.Hidden(s); found {
		r.add(at, kam.CodeEncoding, strconv.QuoteRune(c), "")
	}
}
