package strictjson

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strconv"
	"sync"
	"unicode/utf8"

	"github.com/kam-go/kam/internal/text"
)

// The decoding as it was at first, by the decoder of encoding/json, with the
// limits that came later: slow, and what the fast one must agree with.

// oldBinder stores one oldDocument and collects its faults.
type oldBinder struct{ faults []Fault }

func (b *oldBinder) fault(f Fault) {
	if len(b.faults) < MaxFaults {
		f.Value = text.Clip(f.Value)
		b.faults = append(b.faults, f)
	}
}

func (b *oldBinder) room(items int, pointer string) bool {
	if items == MaxItems {
		b.fault(Fault{Pointer: pointer, Kind: Large, Want: "<= " + strconv.Itoa(MaxItems)})
		return false
	}
	return len(b.faults) < MaxFaults
}

var oldFieldsSeen sync.Map

func oldFields(t reflect.Type) []field {
	if fields, ok := oldFieldsSeen.Load(t); ok {
		return fields.([]field)
	}
	fields := fieldsOf(t)
	oldFieldsSeen.Store(t, fields)
	return fields
}

func oldUnmarshals(t reflect.Type) bool {
	t = reflect.PointerTo(t)
	return t.Implements(reflect.TypeFor[json.Unmarshaler]()) || t.Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

func oldMember(pointer, key string) string { return pointer + "/" + text.Key(key) }

// bind stores the JSON value raw, without space around it, in dst.
func (b *oldBinder) bind(raw []byte, dst reflect.Value, pointer string) {
	if string(raw) == "null" {
		return
	}
	wrong := func(want string) { b.fault(Fault{Pointer: pointer, Kind: Type, Value: string(raw), Want: want}) }
	if dst.Kind() == reflect.Pointer {
		if dst.IsNil() {
			dst.Set(reflect.New(dst.Type().Elem()))
		}
		b.bind(raw, dst.Elem(), pointer)
		return
	}
	if raw[0] != '{' && raw[0] != '[' && b.scalar(raw, dst, pointer) {
		return
	}
	switch dst.Kind() {
	case reflect.Struct:
		fields := oldFields(dst.Type())
		switch {
		case len(fields) == 0 && oldUnmarshals(dst.Type()):
			wrong("string")
		case raw[0] != '{':
			wrong("object")
		default:
			b.structure(raw, dst, fields, pointer)
		}
	case reflect.Map:
		key := dst.Type().Key()
		switch {
		case key.Kind() != reflect.String || oldUnmarshals(key):
			wrong("nothing")
		case raw[0] != '{':
			wrong("object")
		default:
			b.mapping(raw, dst, pointer)
		}
	case reflect.Slice:
		if raw[0] != '[' {
			wrong("array")
			return
		}
		b.list(raw, dst, pointer)
	case reflect.String:
		if raw[0] != '"' {
			wrong("string")
			return
		}
		dst.SetString(oldText(raw))
	case reflect.Bool:
		if string(raw) != "true" && string(raw) != "false" {
			wrong("true, false")
			return
		}
		dst.SetBool(raw[0] == 't')
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		n, err := strconv.ParseInt(string(raw), 10, 64)
		if err != nil || dst.OverflowInt(n) {
			wrong("integer of " + strconv.Itoa(dst.Type().Bits()) + " bits")
			return
		}
		dst.SetInt(n)
	default:
		wrong("nothing")
	}
}

// scalar hands a string, number or bool to the destination's own
// unmarshaller, and reports whether it has one.
func (b *oldBinder) scalar(raw []byte, dst reflect.Value, pointer string) bool {
	var err error
	switch u := dst.Addr().Interface().(type) {
	case json.Unmarshaler:
		err = u.UnmarshalJSON(raw)
	case encoding.TextUnmarshaler:
		if raw[0] != '"' {
			b.fault(Fault{Pointer: pointer, Kind: Type, Value: string(raw), Want: "string"})
			return true
		}
		err = u.UnmarshalText([]byte(oldText(raw)))
	default:
		return false
	}
	if err != nil {
		b.fault(Fault{Pointer: pointer, Kind: Value, Value: string(raw), Err: err})
	}
	return true
}

// oldText is the content of a JSON string; the oldDocument has been checked.
func oldText(raw []byte) string {
	var s string
	_ = json.Unmarshal(raw, &s)
	return s
}

// members walks an object's keys and values, and reports keys given twice.
func (b *oldBinder) members(raw []byte, pointer string, each func(key string, value []byte)) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	_, _ = dec.Token()
	seen := map[string]bool{}
	for dec.More() && b.room(len(seen), pointer) {
		token, _ := dec.Token()
		key, _ := token.(string)
		var value json.RawMessage
		if dec.Decode(&value) != nil {
			return
		}
		if seen[key] {
			b.fault(Fault{Pointer: oldMember(pointer, key), Kind: Duplicate, Value: key})
			continue
		}
		seen[key] = true
		each(key, value)
	}
}

func (b *oldBinder) structure(raw []byte, dst reflect.Value, fields []field, pointer string) {
	given := map[string]bool{}
	b.members(raw, pointer, func(key string, value []byte) {
		for _, f := range fields {
			if f.name == key {
				given[key] = string(value) != "null"
				b.bind(value, dst.FieldByIndex(f.index), oldMember(pointer, key))
				return
			}
		}
		b.fault(Fault{Pointer: oldMember(pointer, key), Kind: Unknown, Value: key, Want: suggest(key, fields)})
	})
	for _, f := range fields {
		if f.required && !given[f.name] {
			b.fault(Fault{Pointer: oldMember(pointer, f.name), Kind: Missing})
		}
	}
}

func (b *oldBinder) mapping(raw []byte, dst reflect.Value, pointer string) {
	m := reflect.MakeMap(dst.Type())
	b.members(raw, pointer, func(key string, value []byte) {
		v := reflect.New(dst.Type().Elem()).Elem()
		b.bind(value, v, oldMember(pointer, key))
		if string(value) != "null" {
			m.SetMapIndex(reflect.ValueOf(key).Convert(dst.Type().Key()), v)
		}
	})
	dst.Set(m)
}

func (b *oldBinder) list(raw []byte, dst reflect.Value, pointer string) {
	out := reflect.MakeSlice(dst.Type(), 0, 0)
	dec := json.NewDecoder(bytes.NewReader(raw))
	_, _ = dec.Token()
	for i := 0; dec.More() && b.room(i, pointer); i++ {
		var value json.RawMessage
		if dec.Decode(&value) != nil {
			return
		}
		v := reflect.New(dst.Type().Elem()).Elem()
		b.bind(value, v, pointer+"/"+strconv.Itoa(i))
		out = reflect.Append(out, v)
	}
	dst.Set(out)
}

func oldDecode(data []byte, dst any, maxDepth int) []Fault {
	if f := oldDocument(data, maxDepth); f != nil {
		return []Fault{*f}
	}
	b, root := oldBinder{}, reflect.ValueOf(dst).Elem()
	data = bytes.TrimSpace(data)
	if root.Kind() == reflect.Struct && len(oldFields(root.Type())) > 0 && data[0] != '{' && string(data) != "null" {
		// Its own unmarshaller is what calls us.
		b.fault(Fault{Kind: Type, Value: string(data), Want: "object"})
		return b.faults
	}
	b.bind(data, root, "")
	return b.faults
}

// oldDocument checks what must hold before anything is bound.
func oldDocument(data []byte, maxDepth int) *Fault {
	if len(data) > MaxBytes {
		return &Fault{Kind: Large, Value: strconv.Itoa(len(data)), Want: "<= " + strconv.Itoa(MaxBytes) + " bytes"}
	}
	if at := oldInvalidUTF8(data); at >= 0 {
		return &Fault{Kind: Encoding, Value: "byte " + strconv.Itoa(at)}
	}
	if path := tooDeep(data, maxDepth); path != nil {
		return &Fault{Pointer: pointer(path), Kind: Depth, Want: "<= " + strconv.Itoa(maxDepth)}
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	var first json.RawMessage
	if err := dec.Decode(&first); err != nil {
		at := int64(len(data))
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			at = syntax.Offset - 1
		}
		return &Fault{Kind: Syntax, Value: "byte " + strconv.FormatInt(at, 10), Want: "JSON"}
	}
	end := dec.InputOffset()
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return &Fault{Kind: Trailing, Value: "byte " + strconv.FormatInt(end, 10), Want: "end"}
	}
	if at := oldLoneSurrogate(data); at >= 0 {
		return &Fault{Kind: Encoding, Value: "byte " + strconv.Itoa(at)}
	}
	return nil
}

func oldInvalidUTF8(data []byte) int {
	for at := 0; at < len(data); {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}

func oldLoneSurrogate(data []byte) int {
	for i := 0; i < len(data); i++ {
		if data[i] != '\\' {
			continue
		}
		i++
		if data[i] != 'u' {
			continue
		}
		switch unit := oldHex4(data[i+1:]); {
		case unit >= 0xDC00 && unit <= 0xDFFF:
			return i - 1
		case unit >= 0xD800 && unit <= 0xDBFF:
			next := data[i+5:]
			if len(next) < 6 || next[0] != '\\' || next[1] != 'u' {
				return i - 1
			}
			if low := oldHex4(next[2:]); low < 0xDC00 || low > 0xDFFF {
				return i - 1
			}
			i += 6
		}
		i += 4
	}
	return -1
}

func oldHex4(digits []byte) uint64 {
	n, _ := strconv.ParseUint(string(digits[:4]), 16, 32)
	return n
}
