package kam

import (
	"bytes"
	"database/sql/driver"
	"encoding"
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// What every value type of the package shares: its text form is also its JSON
// and its SQL form.

// clip bounds what an error message repeats of its input.
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

// maxScalar is more bytes than any value of the package takes in JSON, with
// every character escaped.
const maxScalar = 1024

// unmarshalScalar hands a JSON string's content, or a bare JSON number as it
// stands, to UnmarshalText; null changes nothing. What is too long to be a
// value goes there as it stands, to be refused.
func unmarshalScalar(data []byte, into encoding.TextUnmarshaler) error {
	data = bytes.TrimSpace(data)
	switch {
	case bytes.Equal(data, []byte("null")):
		return nil
	case len(data) > 0 && len(data) <= maxScalar && data[0] == '"':
		var s string
		if json.Unmarshal(data, &s) != nil {
			return fmt.Errorf("kam: decode %s: %w", clip(string(data)), CodeSyntax)
		}
		return into.UnmarshalText([]byte(s))
	}
	return into.UnmarshalText(data)
}

// inQuotes is the content of a JSON string, or of data that is none nothing.
// Where it reads as a number or an amount, no character of it is escaped.
func inQuotes(data []byte) []byte {
	if len(data) < 2 || data[0] != '"' || data[len(data)-1] != '"' {
		return nil
	}
	return data[1 : len(data)-1]
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
	return fmt.Errorf("kam: scan a column of type %T: %w", src, CodeType)
}
