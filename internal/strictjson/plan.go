package strictjson

import (
	"cmp"
	"encoding"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/kam-go/kam/internal/alike"
)

// plan is what binding needs to know of a type.
type plan struct {
	typ  reflect.Type
	kind reflect.Kind
	// own says that an unmarshaller of its own takes its scalars, and json that
	// it is one of JSON, not of text.
	own, json bool
	// keys says that a map has keys that are plain strings.
	keys   bool
	elem   *plan        // of a pointer, a list or a map
	slab   int          // of a pointer: where the binder has memory for what it points to
	list   reflect.Type // of a pointer: a list of what it points to
	fields []field      // of a struct
}

// plans remembers what planOf found, by type.
var plans sync.Map

func planOf(t reflect.Type) *plan {
	if p, ok := plans.Load(t); ok {
		return p.(*plan)
	}
	p := makePlan(t, map[reflect.Type]*plan{})
	plans.Store(t, p)
	return p
}

// makePlan also makes the plans that it needs and that are not made yet; types
// may go round in circles.
func makePlan(t reflect.Type, made map[reflect.Type]*plan) *plan {
	if p := made[t]; p != nil {
		return p
	}
	p := &plan{typ: t, kind: t.Kind(), slab: len(made), json: reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]())}
	p.own = p.json || reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
	made[t] = p
	switch p.kind {
	case reflect.Struct:
		p.fields = fieldsOf(t)
		for i := range p.fields {
			p.fields[i].plan = makePlan(t.FieldByIndex(p.fields[i].index).Type, made)
		}
	case reflect.Map:
		p.keys = t.Key().Kind() == reflect.String && !makePlan(t.Key(), made).own
		p.elem = makePlan(t.Elem(), made)
	case reflect.Slice:
		p.elem = makePlan(t.Elem(), made)
	case reflect.Pointer:
		p.elem, p.list = makePlan(t.Elem(), made), reflect.SliceOf(t.Elem())
	}
	return p
}

// field is a field of a struct as JSON sees it.
type field struct {
	name     string
	quoted   string // the name as it stands in a document
	index    []int  // as of reflect.Value.FieldByIndex
	tagged   bool   // the name is that of a tag
	required bool
	plan     *plan
}

// in is the field of a struct.
func (f *field) in(v reflect.Value) reflect.Value {
	for _, i := range f.index {
		v = v.Field(i)
	}
	return v
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

// fieldsOf lists the fields of a struct in their order, those of embedded
// structs in their place.
func fieldsOf(t reflect.Type) []field {
	all, fields := allFields(t, nil), []field(nil)
	for i, f := range all {
		hidden := func(g field) bool { return g.hides(f) }
		if !slices.ContainsFunc(all[:i], hidden) && !slices.ContainsFunc(all[i+1:], hidden) {
			fields = append(fields, f)
		}
	}
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
			fields = append(fields, field{name: cmp.Or(name, f.Name), quoted: `"` + cmp.Or(name, f.Name) + `"`, index: index, tagged: name != "", required: f.Tag.Get("required") == "true"})
		}
	}
	return fields
}

// suggest lists the fields that a wrong key is like, or else all in their order.
func suggest(key string, fields []field) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return alike.Nearest(key, names)
}
