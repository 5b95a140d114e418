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
	r.found = append(r.found, kam.Violation{Pointer: cut(string(at), maxWant), Code: code, Value: clip(value), Want: cut(want, maxWant)})
}

// place is a JSON Pointer under construction.
type place string

var escapePointer = strings.NewReplacer("~", "~0", "/", "~1")

func (p place) key(name string) place { return p + "/" + place(escapePointer.Replace(name)) }

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
		code := kam.CodeSyntax
		switch f.Kind {
		case strictjson.Encoding:
			code = kam.CodeEncoding
		case strictjson.Missing:
			code = kam.CodeMissing
		case strictjson.Duplicate:
			code = kam.CodeDuplicate
		case strictjson.Unknown:
			code = kam.CodeUnknown
		case strictjson.Type:
			code = kam.CodeType
		case strictjson.Depth, strictjson.Large:
			code = kam.CodeTooLarge
		case strictjson.Value:
			if !errors.As(f.Err, &code) {
				code = kam.CodeSyntax
			}
			if v := (kam.Violation{}); errors.As(f.Err, &v) && v.Code == kam.CodeEnum {
				f.Want = v.Want
			}
		}
		r.add(place(f.Pointer), code, f.Value, f.Want)
	}
	return r.found
}

// maxWant bounds what a violation repeats beside its value, in bytes.
const maxWant = 1000

// clip bounds what a violation repeats of its input.
func clip(s string) string { return cut(s, 60) }

// cut bounds a text to so many bytes, and marks where it did.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit] + "…"
}

func kebab(id string) bool {
	if id == "" || len(id) > 64 || strings.HasPrefix(id, "-") || strings.HasSuffix(id, "-") || strings.Contains(id, "--") {
		return false
	}
	for _, c := range []byte(id) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

func (r *report) id(at place, id string) {
	switch {
	case id == "":
		r.add(at, kam.CodeMissing, "", "")
	case !kebab(id):
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
