// Package strictjson decodes JSON into Go values and reports every fault with
// its place. Where encoding/json guesses, it refuses: unknown and case-variant
// fields, keys given twice, invalid UTF-8, lone surrogates, trailing data.
//
// It scans the bytes itself, in two walks: the first proves that the document
// is JSON and counts the items of its lists, the second stores the values. The
// tests keep the former decoding, by the decoder of encoding/json, and hold
// this one to it.
package strictjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"slices"
	"strconv"
	"sync"
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

// codes are the words that package kam and its packages have for the kinds.
var codes = [...]string{
	Syntax: "syntax", Encoding: "encoding", Depth: "too-large", Trailing: "syntax", Duplicate: "duplicate",
	Unknown: "unknown", Type: "type", Value: "syntax", Missing: "missing", Large: "too-large",
}

// Code is the word of the kind. That of Value is for an error that has no code of its own.
func (k Kind) Code() string { return codes[k] }

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
// good has been stored, so decode into a temporary. Nothing of dst refers to
// data.
//
// A JSON null leaves its destination alone. An object for a struct with fields
// is bound field by field, also where the struct has an UnmarshalJSON, which
// may therefore call Decode. Every other destination with an UnmarshalJSON or
// UnmarshalText gets the scalar, as a part of data that it must not keep. The
// fields of embedded structs are those that encoding/json finds, less what is
// behind an embedded pointer: that is unknown. Floats, interfaces, and maps
// with keys other than plain strings are not supported: they give a fault of
// type.
func Decode(data []byte, dst any, maxDepth int) []Fault {
	b := binders.Get().(*binder)
	defer b.release()
	if !b.valid(data, maxDepth) {
		return []Fault{refusal(data, maxDepth)}
	}
	root := reflect.ValueOf(dst).Elem()
	p := planOf(root.Type())
	b.data, b.at, b.escapes = data, space(data, 0), bytes.IndexByte(data, '\\') >= 0
	if p.kind == reflect.Struct && len(p.fields) > 0 && !b.starts('{') && !b.starts('n') {
		// Its own unmarshaller is what calls us.
		b.wrong("object")
	} else {
		b.bind(root, p)
	}
	faults := b.faults
	b.faults = nil
	return faults
}

// binders are used again, for the memory that they have grown.
var binders = sync.Pool{New: func() any { return new(binder) }}

// release keeps no more than an ordinary document needs.
func (b *binder) release() {
	const ordinary = 1 << 12
	b.data, b.faults = nil, nil
	clear(b.path[:cap(b.path)])
	clear(b.keys[:cap(b.keys)])
	clear(b.slabs)
	b.path, b.keys, b.slabs = b.path[:0], b.keys[:0], b.slabs[:0]
	if cap(b.groups) > ordinary {
		b.groups = nil
	}
	binders.Put(b)
}

// refusal says why a document is not valid, with the place.
func refusal(data []byte, maxDepth int) Fault {
	if len(data) > MaxBytes {
		return Fault{Kind: Large, Value: strconv.Itoa(len(data)), Want: "<= " + strconv.Itoa(MaxBytes) + " bytes"}
	}
	if at := invalidUTF8(data); at >= 0 {
		return Fault{Kind: Encoding, Value: "byte " + strconv.Itoa(at)}
	}
	if path := tooDeep(data, maxDepth); path != nil {
		return Fault{Pointer: pointer(path), Kind: Depth, Want: "<= " + strconv.Itoa(maxDepth)}
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	var first json.RawMessage
	if err := dec.Decode(&first); err != nil {
		at := int64(len(data))
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			at = max(syntax.Offset-1, 0) // of the byte itself, from 0, as the other places
		}
		return Fault{Kind: Syntax, Value: "byte " + strconv.FormatInt(at, 10), Want: "JSON"}
	}
	end := dec.InputOffset()
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return Fault{Kind: Trailing, Value: "byte " + strconv.FormatInt(end, 10), Want: "end"}
	}
	return Fault{Kind: Encoding, Value: "byte " + strconv.Itoa(loneSurrogate(data))}
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

// tooDeep is the way to the first value that is nested deeper than the limit, or none. It
// scans without recursion, so that no document can exhaust the stack, and takes what is no
// JSON as well.
func tooDeep(data []byte, limit int) []step {
	type level struct {
		key   []byte // as it is written
		index int    // -1 in an object
	}
	var levels []level
	var text []byte // the latest string, which before a colon is a key
	for at := 0; at < len(data); at++ {
		top := len(levels) - 1
		switch c := data[at]; {
		case c == '"':
			start := at + 1
			for at = start; at < len(data) && data[at] != '"'; at++ {
				if data[at] == '\\' {
					at++
				}
			}
			text = data[start:min(at, len(data))]
		case (c == '{' || c == '[') && top+1 == limit:
			path := make([]step, limit)
			for i, l := range levels {
				path[i] = step{unescaped(l.key), l.index}
			}
			return path
		case c == '{':
			levels = append(levels, level{index: -1})
		case c == '[':
			levels = append(levels, level{})
		case top < 0:
		case c == '}' || c == ']':
			levels = levels[:top]
		case c == ':':
			levels[top].key = text
		case c == ',' && levels[top].index >= 0:
			levels[top].index++
		}
	}
	return nil
}

// unescaped is the text of a key, or where that is none the key as it is written.
func unescaped(key []byte) string {
	var text string
	if json.Unmarshal(slices.Concat([]byte{'"'}, key, []byte{'"'}), &text) != nil {
		return string(key)
	}
	return text
}

// loneSurrogate finds an escape that stands for half a character, which
// encoding/json would replace in silence. The data is JSON otherwise.
func loneSurrogate(data []byte) int {
	for i := 0; i < len(data); i++ {
		if data[i] != '\\' {
			continue
		}
		if size := escape(data[i:]); size > 0 {
			i += size - 1
			continue
		}
		return i
	}
	return -1
}
