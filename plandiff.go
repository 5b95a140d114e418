package kam

import (
	"bytes"
	"encoding"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
)

// ChangeKind is what happened to a part of a plan.
type ChangeKind uint8

// The kinds of change.
const (
	ChangeUnknown ChangeKind = iota
	ChangeAdded
	ChangeRemoved
	ChangeChanged // another value in the same place
	ChangeMoved   // a list has the items it keeps in another order
)

var changeKindWords = enumWords[ChangeKind]{"unknown", "added", "removed", "changed", "moved"}

// PlanChange is one difference between two versions of a plan, as data.
// [PlanChange.In] says it in words.
type PlanChange struct {
	// Pointer is the place, a JSON Pointer (RFC 6901) into the later plan; of
	// what was removed it is into the earlier.
	Pointer string `json:"pointer"`
	// Item is the key of the list's item that it is about, the innermost one,
	// such as the ID of an action; "" outside of lists.
	Item string     `json:"item,omitzero"`
	Kind ChangeKind `json:"kind"`
	// Before and After are the JSON of what stands there, nil where there is
	// nothing. Of a list that moved they are the keys of the items it keeps.
	// A value that has no JSON, such as an invalid [Date], is null.
	Before json.RawMessage `json:"before,omitempty"`
	After  json.RawMessage `json:"after,omitempty"`
}

// Diff returns what changed since an earlier version of the plan, in document
// order of p; what a list lost comes after what it keeps. There is no change
// exactly when both have the same JSON.
//
// Items of lists are matched by their own key, such as an action's ID or a
// forecast's days, and where a key stands twice by their order; texts are
// their own key. What has another key is another thing: one is removed and
// one is added. A list whose kept items stand in another order is one change
// beside those of its items. Numbers, amounts, days, words and the snapshot
// change as a whole.
//
// Earlier and later mirror each other: what was added on the way there is
// removed on the way back. Plans of two accounts, or with the later one before, are compared like
// others: the changes at /account and /version tell.
func (p Plan) Diff(before Plan) []PlanChange {
	var d planDiff
	d.compare(side{v: reflect.ValueOf(p)}, side{v: reflect.ValueOf(before)})
	return d.found
}

// planKeys are the fields that make the key of an item that has no ID.
var planKeys = map[reflect.Type][]string{
	reflect.TypeFor[KeyContact]():     {"Contact"},
	reflect.TypeFor[ComparedFactor](): {"Factor"},
	reflect.TypeFor[RivalRating]():    {"Rival"},
	reflect.TypeFor[CounterMove]():    {"Move", "Text"},
	reflect.TypeFor[ValueItem]():      {"Offer", "Objective"},
	reflect.TypeFor[Use]():            {"Resource"},
	reflect.TypeFor[Forecast]():       {"From", "To"},
	reflect.TypeFor[ForecastPart]():   {"Product"},
	reflect.TypeFor[PartnerRating]():  {"Topic"},
	reflect.TypeFor[Review]():         {"On", "By"},
}

// itemKey is the JSON of an item's key: one value, or a list of them. Items
// that have no key have the same, and are matched by their order.
func itemKey(item reflect.Value) json.RawMessage {
	if item.Kind() != reflect.Struct {
		return jsonOf(item)
	}
	if id := item.FieldByName("ID"); id.IsValid() {
		return jsonOf(id)
	}
	var keys []json.RawMessage
	for _, name := range planKeys[item.Type()] {
		keys = append(keys, jsonOf(item.FieldByName(name)))
	}
	if len(keys) == 1 {
		return keys[0]
	}
	return jsonOf(reflect.ValueOf(keys))
}

func jsonOf(v reflect.Value) json.RawMessage {
	data, err := json.Marshal(v.Interface())
	if err != nil {
		return json.RawMessage("null")
	}
	return data
}

// side is a part of one of the two plans, and where it stands there.
type side struct {
	v      reflect.Value
	at     place
	absent bool // its JSON leaves it out
}

func (s side) field(i int) side {
	f := s.v.Type().Field(i)
	name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
	v := s.v.Field(i)
	return side{v, s.at.key(name), options == "omitzero" && v.IsZero()}
}

func (s side) item(i int) side { return side{v: s.v.Index(i), at: s.at.index(i)} }

func (s side) json() json.RawMessage {
	if s.absent {
		return nil
	}
	return jsonOf(s.v)
}

type planDiff struct {
	found []PlanChange
	item  string // that is compared
}

// compare finds the changes within a part, and where there are none but its
// JSON differs, the part itself.
func (d *planDiff) compare(now, was side) {
	if reflect.DeepEqual(now.v.Interface(), was.v.Interface()) {
		return
	}
	found := len(d.found)
	_, isText := now.v.Interface().(encoding.TextMarshaler)
	switch kind := now.v.Kind(); {
	case kind == reflect.Slice:
		d.list(now, was)
	case kind == reflect.Struct && !isText:
		for i := range now.v.NumField() {
			d.compare(now.field(i), was.field(i))
		}
	}
	if len(d.found) > found {
		return
	}
	after, before := now.json(), was.json()
	switch {
	case bytes.Equal(before, after):
	case before == nil:
		d.add(now.at, ChangeAdded, nil, after)
	case after == nil:
		d.add(was.at, ChangeRemoved, before, nil)
	default:
		d.add(now.at, ChangeChanged, before, after)
	}
}

func (d *planDiff) add(at place, kind ChangeKind, before, after json.RawMessage) {
	d.found = append(d.found, PlanChange{string(at), d.item, kind, before, after})
}

// list matches the items of a list by their keys, the first of a key with the
// first.
func (d *planDiff) list(now, was side) {
	places := map[string][]int{} // of the items before, by key
	for i := range was.v.Len() {
		key := string(itemKey(was.v.Index(i)))
		places[key] = append(places[key], i)
	}
	match := make([]int, now.v.Len()) // the item before, or -1
	var kept []int
	var keys []json.RawMessage
	for i := range match {
		key := itemKey(now.v.Index(i))
		if same := places[string(key)]; len(same) > 0 {
			match[i], places[string(key)] = same[0], same[1:]
			kept, keys = append(kept, same[0]), append(keys, key)
		} else {
			match[i] = -1
		}
	}
	d.order(now, was, kept, keys)
	outer := d.item
	for i, j := range match {
		d.item = shownJSON(itemKey(now.v.Index(i)))
		if j < 0 {
			d.add(now.at.index(i), ChangeAdded, nil, now.item(i).json())
		} else {
			d.compare(now.item(i), was.item(j))
		}
	}
	slices.Sort(kept)
	for j := range was.v.Len() {
		if _, ok := slices.BinarySearch(kept, j); !ok {
			d.item = shownJSON(itemKey(was.v.Index(j)))
			d.add(was.at.index(j), ChangeRemoved, was.item(j).json(), nil)
		}
	}
	d.item = outer
}

// order reports kept items that stood in another order. The places are those
// before, and the keys their keys, both in the order of now.
func (d *planDiff) order(now, was side, places []int, keys []json.RawMessage) {
	if slices.IsSorted(places) {
		return
	}
	var before []json.RawMessage
	for _, j := range slices.Sorted(slices.Values(places)) {
		before = append(before, itemKey(was.v.Index(j)))
	}
	d.add(now.at, ChangeMoved, jsonOf(reflect.ValueOf(before)), jsonOf(reflect.ValueOf(keys)))
}

var changeTexts = map[ChangeKind]Text{
	ChangeAdded:   {"added {after}", "新增 {after}"},
	ChangeRemoved: {"removed {before}", "删除 {before}"},
	ChangeChanged: {"changed from {before} to {after}", "由 {before} 改为 {after}"},
	ChangeMoved:   {"order changed from {before} to {after}", "次序由 {before} 改为 {after}"},
}

// In returns the change in words, on one line, each value cut at 60 bytes:
// "/actions/2/due (a3): changed from 2026-11-01 to 2026-12-01".
func (c PlanChange) In(lang Language) string {
	words, ok := changeTexts[c.Kind]
	if !ok {
		words = Text{EN: c.Kind.String()}
	}
	sep := ": "
	if lang.chinese() {
		sep = "："
	}
	values := strings.NewReplacer("{before}", shownJSON(c.Before), "{after}", shownJSON(c.After))
	at := shown(c.Pointer)
	if c.Item != "" {
		at += " (" + shown(c.Item) + ")"
	}
	return at + sep + values.Replace(words.In(lang))
}

// shownJSON is a JSON value for people: a text without its quotes, with its white space
// folded, and no character that breaks the line or turns its direction.
func shownJSON(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) != nil || s == "" {
		s = string(raw)
	}
	return shown(clip(strings.Join(strings.Fields(s), " ")))
}
