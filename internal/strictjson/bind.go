package strictjson

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"

	"github.com/kam-go/kam/internal/text"
)

// The second walk: what the values are, in a document that is known to be
// JSON.

// binder stores one document and collects its faults.
type binder struct {
	data    []byte
	at      int  // what is read next
	escapes bool // there is a backslash
	groups  []group
	next    int // of the groups
	stack   []open
	faults  []Fault
	path    []step // to the value that is being bound
	keys    []string
	slabs   []slab
	texts   texts
}

// step is a member of an object, or with an index an item of a list.
type step struct {
	key   string
	index int // -1 for a key
}

func (b *binder) fault(f Fault) {
	if len(b.faults) < MaxFaults {
		f.Pointer, f.Value = pointer(b.path), text.Clip(f.Value)
		b.faults = append(b.faults, f)
	}
}

// pointer is made only where there is a fault.
func pointer(path []step) string {
	var p strings.Builder
	for _, s := range path {
		p.WriteByte('/')
		if s.index < 0 {
			p.WriteString(text.Key(s.key))
		} else {
			p.WriteString(strconv.Itoa(s.index))
		}
	}
	return p.String()
}

func (b *binder) enter(key string) { b.path = append(b.path, step{key, -1}) }
func (b *binder) leave()           { b.path = b.path[:len(b.path)-1] }

// faultIn adds a fault of a member of the object that is being bound.
func (b *binder) faultIn(key string, f Fault) {
	b.enter(key)
	b.fault(f)
	b.leave()
}

func (b *binder) starts(c byte) bool { return b.data[b.at] == c }

// wrong passes a value over that is of another type than wanted.
func (b *binder) wrong(want string) {
	b.fault(Fault{Kind: Type, Value: beginning(b.skip()), Want: want})
}

// beginning is as much of a value as [text.Clip] may keep.
func beginning(raw []byte) string { return string(raw[:min(len(raw), 64)]) }

// bind stores the value that is read next.
func (b *binder) bind(dst reflect.Value, p *plan) {
	first := b.data[b.at]
	if first == 'n' {
		b.at += len("null")
		return
	}
	for p.kind == reflect.Pointer {
		if dst.IsNil() {
			dst.Set(b.new(p))
		}
		dst, p = dst.Elem(), p.elem
	}
	if p.own && first != '{' && first != '[' {
		b.scalar(dst, p, first)
		return
	}
	switch p.kind {
	case reflect.String:
		if first != '"' {
			b.wrong("string")
			return
		}
		dst.SetString(b.texts.of(b.text()))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		b.integer(dst, p)
	case reflect.Struct:
		switch {
		case len(p.fields) == 0 && p.own:
			b.wrong("string")
		case first != '{':
			b.wrong("object")
		default:
			b.structure(dst, p.fields)
		}
	case reflect.Slice:
		if first != '[' {
			b.wrong("array")
			return
		}
		b.list(dst, p)
	case reflect.Map:
		switch {
		case !p.keys:
			b.wrong("nothing")
		case first != '{':
			b.wrong("object")
		default:
			b.mapping(dst, p)
		}
	case reflect.Bool:
		if first != 't' && first != 'f' {
			b.wrong("true, false")
			return
		}
		dst.SetBool(first == 't')
		b.skip()
	default:
		b.wrong("nothing")
	}
}

func (b *binder) integer(dst reflect.Value, p *plan) {
	at := b.at
	raw := b.skip()
	n, err := strconv.ParseInt(string(raw), 10, 64)
	if err != nil || dst.OverflowInt(n) {
		b.at = at
		b.wrong("integer of " + strconv.Itoa(p.typ.Bits()) + " bits")
		return
	}
	dst.SetInt(n)
}

// scalar hands a string, number or bool to the destination's own
// unmarshaller.
func (b *binder) scalar(dst reflect.Value, p *plan, first byte) {
	if !p.json && first != '"' {
		b.wrong("string")
		return
	}
	raw := b.skip()
	var err error
	if p.json {
		err = dst.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(raw[:len(raw):len(raw)])
	} else {
		err = dst.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText(b.content(raw))
	}
	if err != nil {
		b.fault(Fault{Kind: Value, Value: beginning(raw), Err: err})
	}
}

// room reports whether the walk of a list or an object goes on: its items are
// not too many, and there is room for what is wrong with them.
func (b *binder) room(items int) bool {
	if items == MaxItems {
		b.fault(Fault{Kind: Large, Want: "<= " + strconv.Itoa(MaxItems)})
		return false
	}
	return len(b.faults) < MaxFaults
}

// more goes to the next item of the list or the object that is being walked,
// and reports whether there is one.
func (b *binder) more() bool {
	b.at = space(b.data, b.at)
	switch b.data[b.at] {
	case ',':
		b.at = space(b.data, b.at+1)
	case '}', ']':
		b.at++
		return false
	}
	return true
}

// text reads a string or a key.
func (b *binder) text() []byte { return b.content(b.skip()) }

// colon goes from the end of a key to its value.
func (b *binder) colon() {
	if b.starts(':') && b.data[b.at+1] > ' ' {
		b.at++
		return
	}
	b.at = space(b.data, space(b.data, b.at)+1)
}

// field reads a key and is the index of its field, or -1 and the key.
// Documents mostly have their fields in our order, so it looks from the next
// one on.
func (b *binder) field(fields []field, next int) (int, []byte) {
	rest := b.data[b.at:]
	for i := next; i < len(fields); i++ {
		if q := fields[i].quoted; len(q) <= len(rest) && rest[1] == q[1] && string(rest[:len(q)]) == q {
			b.at += len(q)
			b.colon()
			return i, nil
		}
	}
	name := b.text()
	b.colon()
	for i := range fields {
		if fields[i].name == string(name) {
			return i, nil
		}
	}
	return -1, name
}

func (b *binder) structure(dst reflect.Value, fields []field) {
	type mark struct{ seen, given bool }
	var few [64]mark
	marks := few[:]
	if len(fields) > len(few) {
		marks = make([]mark, len(fields))
	}
	others := b.newKeys()
	next := 0
	for b.at++; b.more(); {
		if !b.room(0) { // too many members are too many faults before
			b.leaveRest()
			break
		}
		i, name := b.field(fields, next)
		if i < 0 {
			b.unknown(string(name), fields, &others)
			continue
		}
		f := &fields[i]
		if marks[i].seen {
			b.skip()
			b.faultIn(f.name, Fault{Kind: Duplicate, Value: f.name})
			continue
		}
		marks[i] = mark{true, !b.starts('n')}
		next = i + 1
		b.enter(f.name)
		b.bind(f.in(dst), f.plan)
		b.leave()
	}
	others.end(b)
	for i := range fields {
		if fields[i].required && !marks[i].given {
			b.faultIn(fields[i].name, Fault{Kind: Missing})
		}
	}
}

// unknown passes over a member that the struct has no field for.
func (b *binder) unknown(key string, fields []field, others *keys) {
	b.skip()
	if others.twice(b, key) {
		b.faultIn(key, Fault{Kind: Duplicate, Value: key})
		return
	}
	b.faultIn(key, Fault{Kind: Unknown, Value: key, Want: suggest(key, fields)})
}

func (b *binder) mapping(dst reflect.Value, p *plan) {
	const sure = 64 // more is to be seen first: a key may come again and again
	m := reflect.MakeMapWithSize(p.typ, min(b.items(), sure))
	key, value := reflect.New(p.typ.Key()).Elem(), reflect.New(p.elem.typ).Elem()
	seen := b.newKeys()
	items := 0
	for b.at++; b.more(); {
		if !b.room(items) {
			b.leaveRest()
			break
		}
		name := b.texts.of(b.text())
		b.colon()
		if seen.twice(b, name) {
			b.skip()
			b.faultIn(name, Fault{Kind: Duplicate, Value: name})
			continue
		}
		items++
		if b.starts('n') {
			b.skip()
			continue
		}
		value.SetZero()
		b.enter(name)
		b.bind(value, p.elem)
		b.leave()
		key.SetString(name)
		m.SetMapIndex(key, value)
	}
	seen.end(b)
	dst.Set(m)
}

func (b *binder) list(dst reflect.Value, p *plan) {
	n := b.items()
	dst.SetZero()
	if n == 0 {
		dst.Set(reflect.MakeSlice(p.typ, 0, 0)) // empty, which is not absent
	}
	dst.Grow(n) // at once, since growing it by and by would leave twice as much behind
	dst.SetLen(n)
	i := 0
	for b.at++; b.more(); i++ {
		if !b.room(i) {
			b.leaveRest()
			break
		}
		b.path = append(b.path, step{index: i})
		b.bind(dst.Index(i), p.elem)
		b.leave()
	}
	dst.SetLen(i)
}

// items is how many the list or the object here has.
func (b *binder) items() int {
	for int(b.groups[b.next].at) < b.at {
		b.next++ // of a value that is bound, or was passed over
	}
	return int(b.groups[b.next].items)
}

// skip passes over the value or the key here and returns it.
func (b *binder) skip() []byte {
	start := b.at
	switch b.data[start] {
	case '"':
		b.at = quoted(b.data, start+1)
	case '{', '[':
		b.at++
		b.leaveRest()
	default:
		for b.at < len(b.data) && !ends(b.data[b.at]) {
			b.at++
		}
	}
	return b.data[start:b.at]
}

// ends reports what ends a number or a word.
func ends(c byte) bool {
	return c == ',' || c == '}' || c == ']' || c == ' ' || c == '\n' || c == '\t' || c == '\r'
}

// leaveRest goes to the end of the list or the object that is being walked.
func (b *binder) leaveRest() {
	for depth := 1; depth > 0; {
		switch b.data[b.at] {
		case '"':
			b.at = quoted(b.data, b.at+1)
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		b.at++
	}
}
