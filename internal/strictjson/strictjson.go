// Package strictjson decodes JSON into Go values and reports every fault with
// its place. Where encoding/json guesses, it refuses: unknown and case-variant
// fields, keys given twice, invalid UTF-8, lone surrogates, trailing data.
package strictjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strconv"
	"unicode/utf8"
)

// Kind is the kind of a fault.
type Kind uint8

// The kinds of fault.
const (
	Syntax    Kind = iota + 1 // not JSON
	Encoding                  // invalid UTF-8 or a lone surrogate
	Depth                     // nested too deep
	Trailing                  // data after the value
	Duplicate                 // a key given twice
	Unknown                   // a field that the destination does not have
	Type                      // the wrong JSON type
	Value                     // refused by the destination's own unmarshaller
	Missing                   // a field tagged required:"true" that is absent or null
	Large                     // a document of too many bytes, a list or an object of too many items
)

// Fault is one thing wrong with a document.
type Fault struct {
	// Pointer is the place, a JSON Pointer (RFC 6901).
	Pointer string
	Kind    Kind
	// Value is the offending JSON text or key, cut at 60 bytes.
	Value string
	// Want is what was expected, in the words of JSON.
	Want string
	// Err is the unmarshaller's error, for the kind Value.
	Err error
}

// What one document may be. A list or an object with more items is read no
// further, and neither is the document after MaxFaults faults.
const (
	MaxBytes  = 8 << 20 // of the document
	MaxItems  = 10_000  // of one list or one object
	MaxFaults = 100
)

// Decode reads one JSON document into dst, a non-nil pointer, and returns its
// faults in document order; none means that all is good. A document that is
// not JSON at all gives one fault and leaves dst alone; otherwise what was
// good has been stored, so decode into a temporary.
//
// A JSON null leaves its destination alone. An object for a struct with fields
// is bound field by field, also where the struct has an UnmarshalJSON, which
// may therefore call Decode. Every other destination with an UnmarshalJSON or
// UnmarshalText gets the scalar. The fields of embedded structs are those that
// encoding/json finds, less what is behind an embedded pointer: that is
// unknown. Floats, interfaces, and maps with keys other than plain strings are
// not supported: they give a fault of type.
func Decode(data []byte, dst any, maxDepth int) []Fault {
	if f := document(data, maxDepth); f != nil {
		return []Fault{*f}
	}
	b, root := binder{}, reflect.ValueOf(dst).Elem()
	data = bytes.TrimSpace(data)
	if root.Kind() == reflect.Struct && len(fieldsOf(root.Type())) > 0 && data[0] != '{' && string(data) != "null" {
		// Its own unmarshaller is what calls us.
		b.fault(Fault{Kind: Type, Value: string(data), Want: "object"})
		return b.faults
	}
	b.bind(data, root, "")
	return b.faults
}

// document checks what must hold before anything is bound.
func document(data []byte, maxDepth int) *Fault {
	if len(data) > MaxBytes {
		return &Fault{Kind: Large, Value: strconv.Itoa(len(data)), Want: "<= " + strconv.Itoa(MaxBytes) + " bytes"}
	}
	if at := invalidUTF8(data); at >= 0 {
		return &Fault{Kind: Encoding, Value: "byte " + strconv.Itoa(at)}
	}
	if tooDeep(data, maxDepth) {
		return &Fault{Kind: Depth, Want: "<= " + strconv.Itoa(maxDepth)}
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	var first json.RawMessage
	if err := dec.Decode(&first); err != nil {
		at := int64(len(data))
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			at = syntax.Offset
		}
		return &Fault{Kind: Syntax, Value: "byte " + strconv.FormatInt(at, 10), Want: "JSON"}
	}
	end := dec.InputOffset()
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return &Fault{Kind: Trailing, Value: "byte " + strconv.FormatInt(end, 10), Want: "end"}
	}
	if at := loneSurrogate(data); at >= 0 {
		return &Fault{Kind: Encoding, Value: "byte " + strconv.Itoa(at)}
	}
	return nil
}

func invalidUTF8(data []byte) int {
	for at := 0; at < len(data); {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}

// tooDeep scans without recursion, so that no document can exhaust the stack.
func tooDeep(data []byte, limit int) bool {
	depth, inString := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			if depth++; depth > limit {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}

// loneSurrogate finds an escape that stands for half a character, which
// encoding/json would replace in silence. The data is valid JSON.
func loneSurrogate(data []byte) int {
	for i := 0; i < len(data); i++ {
		if data[i] != '\\' {
			continue
		}
		i++
		if data[i] != 'u' {
			continue
		}
		switch unit := hex4(data[i+1:]); {
		case unit >= 0xDC00 && unit <= 0xDFFF:
			return i - 1
		case unit >= 0xD800 && unit <= 0xDBFF:
			next := data[i+5:]
			if len(next) < 6 || next[0] != '\\' || next[1] != 'u' {
				return i - 1
			}
			if low := hex4(next[2:]); low < 0xDC00 || low > 0xDFFF {
				return i - 1
			}
			i += 6
		}
		i += 4
	}
	return -1
}

func hex4(digits []byte) uint64 {
	n, _ := strconv.ParseUint(string(digits[:4]), 16, 32)
	return n
}

func clip(s string) string {
	const limit = 60
	if len(s) <= limit {
		return s
	}
	cut := limit
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}
