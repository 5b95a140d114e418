package kam

import (
	"bytes"
	"database/sql/driver"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/kam-go/kam/internal/strictjson"
)

// Decode decodes one document from JSON, strictly. It says what is wrong with what is
// broken as [Violations] too, where [json.Unmarshal] has words of its own, refuses null,
// and takes half the time for an account. More than 8 MiB is a [CodeTooLarge], and so are
// the other limits of LIMITS.md. On error an account has its ID alone, where that could be
// read; the others are zero. Of a part of an account json.Unmarshal refuses no unknown field, but
// for [Answer] and [Judgement], and Decode does; whether they make sense is for the account to say
// ([Account.Validate], [Engine.Assess]). An assessment that was kept is whole again: with its
// account it makes a [Member] ([NewMember]), and [CompareRisks] takes it. One that a later version
// of the package wrote, with fields that this one has not, is for json.Unmarshal, which lets them
// be.
func Decode[T Account | Policy | Plan | Assessment | Scorecard | Period | Contact | Override | StageRecord | Effort | Activity](data []byte) (T, error) {
	var v T
	if a, ok := any(&v).(*Account); ok {
		account, err := decodeAccount(data)
		if *a = account; err != nil {
			return v, fmt.Errorf("kam: decode account: %w", err)
		}
		return v, nil
	}
	if vs := decodeObject(data, &v); len(vs) > 0 {
		return *new(T), fmt.Errorf("kam: decode %s: %w", strings.ToLower(reflect.TypeFor[T]().Name()), vs)
	}
	return v, nil
}

// decodeAccount is Decode of an account with the violations alone.
func decodeAccount(data []byte) (Account, error) {
	var a Account
	if scanAccount(data, &a) {
		return a, nil
	}
	vs := decodeObject(data, &a)
	if len(vs) == 0 {
		return a, nil
	}
	if !clean(a.ID) {
		a.ID = ""
	}
	return Account{ID: a.ID}, vs
}

// maxDepth bounds how deep the JSON of a document may nest.
const maxDepth = 32

// decodeStrict turns the faults of a decoding into violations.
func decodeStrict(data []byte, into any) Violations {
	var r report
	for _, f := range strictjson.Decode(data, into, maxDepth) {
		code, want := faultCode(f)
		r.add(place(f.Pointer), code, f.Value, want)
	}
	if len(r.found) == strictjson.MaxFaults { // where it stops
		r.add("", CodeTooLarge, "", "")
	}
	return r.found
}

// faultCode gives a fault of the decoding its code, and says in JSON's own
// words what was expected.
func faultCode(f strictjson.Fault) (Code, string) {
	var v Violation
	var code Code
	switch {
	case errors.As(f.Err, &v):
		return v.Code, v.Want
	case errors.As(f.Err, &code): // whose words say what was expected
		return code, ""
	}
	return Code(f.Kind.Code()), f.Want
}

// decodeObject is decodeStrict without null.
func decodeObject(data []byte, into any) Violations {
	vs := decodeStrict(data, into)
	if len(vs) == 0 && isNull(data) {
		return Violations{{Code: CodeType, Value: "null", Want: "object"}}
	}
	return vs
}

// decodeInto is the UnmarshalJSON of a whole document: on error, and on null, the value stays.
func decodeInto[T any](data []byte, into *T) error {
	if isNull(data) {
		return nil
	}
	var v T
	if vs := decodeStrict(data, &v); len(vs) > 0 {
		return vs
	}
	*into = v
	return nil
}

// isNull reports the value that leaves its destination alone.
func isNull(data []byte) bool { return string(bytes.TrimSpace(data)) == "null" }

func isObject(data []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) }

// What every value type of the package shares: its text form is also its JSON
// and its SQL form.

// maxScalar is more bytes than any value of the package takes in JSON, with
// every character escaped.
const maxScalar = 1024

// unmarshalScalar hands a JSON string's content, or a bare JSON number as it
// stands, to UnmarshalText; null changes nothing. What is too long to be a
// value goes there as it stands, to be refused.
func unmarshalScalar(data []byte, into encoding.TextUnmarshaler) error {
	data = bytes.TrimSpace(data)
	switch {
	case isNull(data):
		return nil
	case len(data) > 0 && len(data) <= maxScalar && data[0] == '"':
		var s string
		if json.Unmarshal(data, &s) != nil {
			return refused("decode text", CodeSyntax, string(data), "string")
		}
		return into.UnmarshalText([]byte(s))
	}
	return into.UnmarshalText(data)
}

// inQuotes is the content of a JSON string, or of data that is none nothing.
// Where it reads as a number or an amount, no character of it is escaped.
func inQuotes(data []byte) []byte {
	content, begins := bytes.CutPrefix(data, []byte{'"'})
	content, ends := bytes.CutSuffix(content, []byte{'"'})
	if !begins || !ends {
		return nil
	}
	return content
}

func textValue(v encoding.TextMarshaler) (driver.Value, error) {
	text, err := v.MarshalText()
	if err != nil {
		return nil, err
	}
	return string(text), nil
}

func scanText(src any, into encoding.TextUnmarshaler) error {
	switch src := src.(type) {
	case string:
		return into.UnmarshalText([]byte(src))
	case []byte:
		return into.UnmarshalText(src)
	case int64:
		return into.UnmarshalText(strconv.AppendInt(nil, src, 10))
	}
	return refused("scan a column", CodeType, fmt.Sprintf("%T", src), "text or integer")
}
