package strictjson

import (
	"bytes"
	"cmp"
	"encoding"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// binder stores one document and collects its faults.
type binder struct{ faults []Fault }

func (b *binder) fault(f Fault) {
	if len(b.faults) < MaxFaults {
		f.Value = clip(f.Value)
		b.faults = append(b.faults, f)
	}
}

var pointerEscaper = strings.NewReplacer("~", "~0", "/", "~1")

func member(pointer, key string) string { return pointer + "/" + pointerEscaper.Replace(key) }

// bind stores the JSON value raw, without space around it, in dst.
func (b *binder) bind(raw []byte, dst reflect.Value, pointer string) {
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
		fields := fieldsOf(dst.Type())
		switch {
		case len(fields) == 0 && unmarshals(dst.Type()):
			wrong("string")
		case raw[0] != '{':
			wrong("object")
		default:
			b.structure(raw, dst, fields, pointer)
		}
	case reflect.Map:
		key := dst.Type().Key()
		switch {
		case key.Kind() != reflect.String || unmarshals(key):
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
		dst.SetString(text(raw))
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
func (b *binder) scalar(raw []byte, dst reflect.Value, pointer string) bool {
	var err error
	switch u := dst.Addr().Interface().(type) {
	case json.Unmarshaler:
		err = u.UnmarshalJSON(raw)
	case encoding.TextUnmarshaler:
		if raw[0] != '"' {
			b.fault(Fault{Pointer: pointer, Kind: Type, Value: string(raw), Want: "string"})
			return true
		}
		err = u.UnmarshalText([]byte(text(raw)))
	default:
		return false
	}
	if err != nil {
		b.fault(Fault{Pointer: pointer, Kind: Value, Value: string(raw), Err: err})
	}
	return true
}

// unmarshals reports whether a type has an unmarshaller of its own.
func unmarshals(t reflect.Type) bool {
	t = reflect.PointerTo(t)
	return t.Implements(reflect.TypeFor[json.Unmarshaler]()) || t.Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

// text is the content of a JSON string; the document has been checked.
func text(raw []byte) string {
	if bytes.IndexByte(raw, '\\') < 0 {
		return string(raw[1 : len(raw)-1])
	}
	var s string
	_ = json.Unmarshal(raw, &s)
	return s
}

// members walks an object's keys and values, and reports keys given twice.
func (b *binder) members(raw []byte, pointer string, each func(key string, value []byte)) {
	seen := map[string]bool{}
	for rest := inside(raw); len(rest) > 0 && b.room(len(seen), pointer); {
		var name, value []byte
		name, rest = next(rest)
		value, rest = next(rest)
		key := text(name)
		if seen[key] {
			b.fault(Fault{Pointer: member(pointer, key), Kind: Duplicate, Value: key})
			continue
		}
		seen[key] = true
		each(key, value)
	}
}

// room reports whether the walk of a list or an object goes on: its items are
// not too many, and there is room for what is wrong with them.
func (b *binder) room(items int, pointer string) bool {
	if items == MaxItems {
		b.fault(Fault{Pointer: pointer, Kind: Large, Want: "<= " + strconv.Itoa(MaxItems)})
		return false
	}
	return len(b.faults) < MaxFaults
}

func (b *binder) structure(raw []byte, dst reflect.Value, fields []field, pointer string) {
	given := map[string]bool{}
	b.members(raw, pointer, func(key string, value []byte) {
		for _, f := range fields {
			if f.name == key {
				given[key] = string(value) != "null"
				b.bind(value, dst.FieldByIndex(f.index), member(pointer, key))
				return
			}
		}
		b.fault(Fault{Pointer: member(pointer, key), Kind: Unknown, Value: key, Want: suggest(key, fields)})
	})
	for _, f := range fields {
		if f.required && !given[f.name] {
			b.fault(Fault{Pointer: member(pointer, f.name), Kind: Missing})
		}
	}
}

func (b *binder) mapping(raw []byte, dst reflect.Value, pointer string) {
	m := reflect.MakeMap(dst.Type())
	b.members(raw, pointer, func(key string, value []byte) {
		v := reflect.New(dst.Type().Elem()).Elem()
		b.bind(value, v, member(pointer, key))
		if string(value) != "null" {
			m.SetMapIndex(reflect.ValueOf(key).Convert(dst.Type().Key()), v)
		}
	})
	dst.Set(m)
}

func (b *binder) list(raw []byte, dst reflect.Value, pointer string) {
	rest := inside(raw)
	out := reflect.MakeSlice(dst.Type(), 0, count(rest)) // growing it would leave twice as much behind
	for i := 0; len(rest) > 0 && b.room(i, pointer); i++ {
		var value []byte
		value, rest = next(rest)
		out = reflect.Append(out, reflect.Zero(dst.Type().Elem()))
		b.bind(value, out.Index(i), pointer+"/"+strconv.Itoa(i))
	}
	dst.Set(out)
}

// field is a field of a struct as JSON sees it.
type field struct {
	name     string
	index    []int // as of reflect.Value.FieldByIndex
	tagged   bool  // the name is that of a tag
	required bool
}

// hides reports whether f takes the name from g, as encoding/json has it: the
// field less deep does, and of equal ones the tagged. Two that are equal in
// that as well hide each other.
func (f field) hides(g field) bool {
	if f.name != g.name || len(f.index) > len(g.index) {
		return false
	}
	return len(f.index) < len(g.index) || f.tagged || !g.tagged
}

// seenFields remembers what fieldsOf found, by type.
var seenFields sync.Map

// fieldsOf lists the fields of a struct in their order, those of embedded
// structs in their place.
func fieldsOf(t reflect.Type) []field {
	if fields, ok := seenFields.Load(t); ok {
		return fields.([]field)
	}
	all, fields := allFields(t, nil), []field(nil)
	for i, f := range all {
		hidden := func(g field) bool { return g.hides(f) }
		if !slices.ContainsFunc(all[:i], hidden) && !slices.ContainsFunc(all[i+1:], hidden) {
			fields = append(fields, f)
		}
	}
	seenFields.Store(t, fields)
	return fields
}

// allFields also lists the fields that are hidden by others of their name.
func allFields(t reflect.Type, above []int) []field {
	var fields []field
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		embedded := f.Anonymous && name == ""
		index := append(slices.Clone(above), i)
		switch {
		case embedded && f.Type.Kind() == reflect.Struct:
			fields = append(fields, allFields(f.Type, index)...)
		case !f.IsExported() || name == "-" || embedded && f.Type.Kind() == reflect.Pointer:
		default:
			fields = append(fields, field{cmp.Or(name, f.Name), index, name != "", f.Tag.Get("required") == "true"})
		}
	}
	return fields
}

// suggest names the field that a wrong key differs from in case alone, or
// else lists the fields in their order.
func suggest(key string, fields []field) string {
	var names []string
	for _, f := range fields {
		if strings.EqualFold(f.name, key) {
			return f.name
		}
		names = append(names, f.name)
	}
	return strings.Join(names, ", ")
}
