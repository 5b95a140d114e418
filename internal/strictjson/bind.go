package strictjson

import (
	"bytes"
	"encoding"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
)

// binder stores one document and collects its faults.
type binder struct{ faults []Fault }

func (b *binder) fault(f Fault) {
	if len(b.faults) < maxFaults {
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
		case raw[0] == '{' && len(fields) > 0:
			b.structure(raw, dst, fields, pointer)
		case len(fields) > 0:
			wrong("object")
		default:
			wrong("string")
		}
	case reflect.Map:
		if raw[0] != '{' {
			wrong("object")
			return
		}
		b.mapping(raw, dst, pointer)
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

// text is the content of a JSON string; the document has been checked.
func text(raw []byte) string {
	var s string
	_ = json.Unmarshal(raw, &s)
	return s
}

// members walks an object's keys and values, and reports keys given twice.
func (b *binder) members(raw []byte, pointer string, each func(key string, value []byte)) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	_, _ = dec.Token()
	seen := map[string]bool{}
	for dec.More() {
		token, _ := dec.Token()
		key, _ := token.(string)
		var value json.RawMessage
		if dec.Decode(&value) != nil {
			return
		}
		if seen[key] {
			b.fault(Fault{Pointer: member(pointer, key), Kind: Duplicate, Value: key})
			continue
		}
		seen[key] = true
		each(key, value)
	}
}

func (b *binder) structure(raw []byte, dst reflect.Value, fields map[string]int, pointer string) {
	given := map[int]bool{}
	b.members(raw, pointer, func(key string, value []byte) {
		i, ok := fields[key]
		if !ok {
			b.fault(Fault{Pointer: member(pointer, key), Kind: Unknown, Value: key, Want: suggest(key, dst.Type())})
			return
		}
		given[i] = string(value) != "null"
		b.bind(value, dst.Field(i), member(pointer, key))
	})
	for i := range dst.NumField() {
		if f := dst.Type().Field(i); f.Tag.Get("required") == "true" && !given[i] {
			b.fault(Fault{Pointer: member(pointer, jsonName(f)), Kind: Missing})
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
	out := reflect.MakeSlice(dst.Type(), 0, 0)
	dec := json.NewDecoder(bytes.NewReader(raw))
	_, _ = dec.Token()
	for i := 0; dec.More(); i++ {
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

// fieldsOf maps the JSON names of a struct's fields to their places.
func fieldsOf(t reflect.Type) map[string]int {
	fields := map[string]int{}
	for i := range t.NumField() {
		if name := jsonName(t.Field(i)); name != "" {
			fields[name] = i
		}
	}
	return fields
}

func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	switch {
	case !f.IsExported() || name == "-":
		return ""
	case name == "":
		return f.Name
	}
	return name
}

// suggest names the field that a wrong key differs from in case alone, or
// else lists the fields in their order.
func suggest(key string, t reflect.Type) string {
	var names []string
	for i := range t.NumField() {
		name := jsonName(t.Field(i))
		if strings.EqualFold(name, key) {
			return name
		}
		if name != "" {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}
