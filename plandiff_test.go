package kam_test

import (
	"encoding"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// Each change, made one at a time in a good plan.
func TestPlanDiff(t *testing.T) {
	tests := []struct {
		name, reason string
		change       func(*kam.Plan)
		want         []string
	}{
		{"nothing", "the same plan", func(*kam.Plan) {}, nil},
		{"empty is not absent", "JSON keeps the two apart", func(p *kam.Plan) { p.Actions[0].After = []string{} }, []string{`added /actions/0/after  []`}},
		{"changed", "both have a value", func(p *kam.Plan) { p.Actions[0].Due = day(12, 11) }, []string{`changed /actions/0/due "2026-12-10" "2026-12-11"`}},
		{"removed", "the JSON leaves out what is unknown", func(p *kam.Plan) { p.Owner = "" }, []string{`removed /owner "Ann" `}},
		{"added", "it was left out", func(p *kam.Plan) { p.Strategy.Why = "test" }, []string{`added /strategy/why  "test"`}},
		{"money", "an amount changes as a whole", func(p *kam.Plan) { p.Value[0].Worth = money("1 USD") }, []string{`changed /value/0/worth "40000.00 EUR" "1.00 USD"`}},
		{"number", "unknown is not zero", func(p *kam.Plan) { p.Objectives[0].Current = new(kam.Number) }, []string{`added /objectives/0/current  "0"`}},
		{"day that must be", "it is never left out", func(p *kam.Plan) { p.Reviews[0].By, p.Reviews[0].On = "", kam.Date{} }, []string{
			`added /reviews/0  {"on":"","by":"","decided":["start with the second plant"]}`,
			`removed /reviews/0 {"on":"2026-06-30","by":"Ann","decided":["start with the second plant"]} `,
		}},
		{"whole section", "its parts are named one by one", func(p *kam.Plan) { p.Summary = kam.Summary{} }, []string{
			`removed /summary/purpose "Become the first supplier of pumps." `, `removed /summary/direction "From parts to whole systems." `,
		}},
		{"first action gone", "the second is the same one in another place", func(p *kam.Plan) { p.Actions = p.Actions[1:] }, []string{
			`removed /actions/0 {"id":"a1","text":"Map what they buy","owner":"Bob","due":"2026-12-10","state":"started","objective":"o1"} `,
		}},
		{"pointers", "of what is left into the later plan, of what was removed into the earlier", func(p *kam.Plan) {
			p.Actions = p.Actions[1:]
			p.Actions[0].Owner, p.Actions[0].Text, p.Actions[0].After = "Bob", "", nil
		}, []string{
			`removed /actions/1/text "Offer a service contract" `, `changed /actions/0/owner "Ann" "Bob"`, `removed /actions/1/after/0 "a1" `,
			`removed /actions/0 {"id":"a1","text":"Map what they buy","owner":"Bob","due":"2026-12-10","state":"started","objective":"o1"} `,
		}},
		{"other order", "one change beside those of the items", func(p *kam.Plan) {
			slices.Reverse(p.Actions)
			p.Actions[0].State = kam.ActionDone
		}, []string{`moved /actions ["a1","a2"] ["a2","a1"]`, `changed /actions/0/state "open" "done"`}},
		{"something before", "what is kept stands in the same order", func(p *kam.Plan) { p.Team = []string{"Cy", "Ann", "Bob"} }, []string{`added /team/0  "Cy"`}},
		{"texts", "a text is its own key", func(p *kam.Plan) { p.Team = []string{"Bob", "Cy", "Ann"} }, []string{
			`moved /team ["Ann","Bob"] ["Bob","Ann"]`, `added /team/1  "Cy"`,
		}},
		{"texts twice", "the first goes with the first", func(p *kam.Plan) { p.Team = []string{"Ann", "Ann", "Bob"} }, []string{`added /team/1  "Ann"`}},
		{"key of two", "offer and objective", func(p *kam.Plan) {
			p.Value = append([]kam.ValueItem{{Offer: "service contract", Objective: "co2"}}, p.Value...)
		}, []string{
			`added /value/0  {"offer":"service contract","objective":"co2"}`,
		}},
		{"keys of two in another order", "each is a list", func(p *kam.Plan) {
			p.Reviews = []kam.Review{{On: day(7, 1), By: "Bob"}, p.Reviews[0]}
		}, []string{`added /reviews/0  {"on":"2026-07-01","by":"Bob"}`}},
		{"deep", "a rating of a rival of a factor", func(p *kam.Plan) { p.Competition.Factors[0].Rivals[1].Rating = kam.Int(7) }, []string{`changed /competition/factors/0/rivals/1/rating "5" "7"`}},
		{"no JSON", "what cannot be is null", func(p *kam.Plan) { p.From, p.Strategy.Stance = kam.NewDate(2026, 2, 30), 9 }, []string{
			`changed /from "2026-01-01" null`, `changed /strategy/stance "invest" null`,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := goodPlan(t)
			tt.change(&p)
			var got []string
			for _, c := range p.Diff(goodPlan(t)) {
				got = append(got, fmt.Sprintf("%s %s %s %s", c.Kind, c.Pointer, c.Before, c.After))
			}
			assert.Equal(t, tt.want, got, tt.reason)
		})
	}
}

// A change names the innermost item that it is about, and none outside of
// lists.
func TestPlanDiffItems(t *testing.T) {
	p := goodPlan(t)
	p.Team, p.From = append(p.Team, "Cy"), day(1, 2)
	p.Situation.Contacts[0].Name = "Jo"
	p.Competition.Factors[0].Rivals[1].Rating, p.Competition.Counter[0].Text = kam.Int(7), "else"
	p.Value[0].Text, p.Strategy.Text = "else", "else"
	p.Actions[1].After, p.Actions[1].Objective, p.Actions[1].Uses[0].Amount = nil, "o1", kam.Int(1)
	p.Forecast[0].Parts[1].Product, p.Forecast[0].Parts[0].Amount = "", *money("1 EUR")
	p.Partnership[0].Ours = nil
	var got []string
	for _, c := range p.Diff(goodPlan(t)) {
		got = append(got, c.Pointer+" "+c.Item)
	}
	assert.Equal(t, []string{
		"/team/2 Cy", "/from ", "/situation/contacts/0/name c1", "/competition/factors/0/rivals/1/rating Cogs",
		`/competition/counter/0 ["m1","else"]`, `/competition/counter/0 ["m1","guarantee uptime instead"]`,
		`/value/0/text ["service contract","co1"]`, "/strategy/text ",
		"/actions/1/after/0 a1", "/actions/1/objective a2", "/actions/1/uses/0/amount r1",
		"/forecast/0/parts/0/amount pumps", `/forecast/0/parts/1 ""`, "/forecast/0/parts/1 service",
		"/partnership/0/ours trust",
	}, got)

	p = goodPlan(t)
	p.Competition.Factors = append([]kam.ComparedFactor{{Factor: "price"}}, p.Competition.Factors...)
	before := goodPlan(t)
	before.Competition.Factors = append(before.Competition.Factors, kam.ComparedFactor{Factor: "price"})
	got = nil
	for _, c := range p.Diff(before) {
		got = append(got, c.In(kam.English))
	}
	assert.Equal(t, []string{`/competition/factors: order changed from ["service","price"] to ["price","service"]`}, got)
}

// What counts is the JSON, where bytes that are not UTF-8 are all one mark.
func TestPlanDiffOfBrokenTexts(t *testing.T) {
	p, before := kam.Plan{Owner: "a\xff", Team: []string{"b\xff"}}, kam.Plan{Owner: "a\xfe", Team: []string{"b\xfe"}}
	require.Equal(t, string(mustJSON(t, p)), string(mustJSON(t, before)))
	assert.Empty(t, p.Diff(before))
}

// The snapshot changes as a whole.
func TestPlanDiffOfSnapshots(t *testing.T) {
	p, before := goodPlan(t), goodPlan(t)
	p.Overview.Snapshot, before.Overview.Snapshot = snapshot(kam.CellKey), snapshot(kam.CellTarget)
	got := p.Diff(before)
	require.Len(t, got, 1)
	assert.Equal(t, kam.ChangeChanged, got[0].Kind)
	assert.Equal(t, "/overview/snapshot", got[0].Pointer)
	var a kam.Assessment
	require.NoError(t, json.Unmarshal(got[0].After, &a))
	assert.Equal(t, *p.Overview.Snapshot, a)
	before.Overview.Snapshot = snapshot(kam.CellKey)
	assert.Empty(t, p.Diff(before), "another pointer to the same")
}

// A change is data: it goes through JSON, and leaves out the side that is not.
func TestPlanChangeJSON(t *testing.T) {
	p, before := goodPlan(t), goodPlan(t)
	p.Owner, before.Strategy.Text = "Bob", ""
	data, err := json.Marshal(p.Diff(before))
	require.NoError(t, err)
	assert.JSONEq(t, `[
		{"pointer": "/owner", "kind": "changed", "before": "Ann", "after": "Bob"},
		{"pointer": "/strategy/text", "kind": "added", "after": "Grow with the second plant."}
	]`, string(data))
	var back []kam.PlanChange
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, p.Diff(before), back)
}

func TestPlanChangeInWords(t *testing.T) {
	raw := func(s string) json.RawMessage { return json.RawMessage(s) }
	for _, tt := range []struct {
		name   string
		change kam.PlanChange
		en, zh string
	}{
		{"changed", kam.PlanChange{"/from", "", kam.ChangeChanged, raw(`"2026-11-01"`), raw(`"2026-12-01"`)}, "/from: changed from 2026-11-01 to 2026-12-01", "/from：由 2026-11-01 改为 2026-12-01"},
		{"added", kam.PlanChange{"/team/0", "", kam.ChangeAdded, nil, raw(`"Ann"`)}, "/team/0: added Ann", "/team/0：新增 Ann"},
		{"removed", kam.PlanChange{"/value/0", "", kam.ChangeRemoved, raw(`{"offer":"x"}`), nil}, `/value/0: removed {"offer":"x"}`, `/value/0：删除 {"offer":"x"}`},
		{"moved", kam.PlanChange{"/team", "", kam.ChangeMoved, raw(`["a","b"]`), raw(`["b","a"]`)}, `/team: order changed from ["a","b"] to ["b","a"]`, `/team：次序由 ["a","b"] 改为 ["b","a"]`},
		{"empty text is seen", kam.PlanChange{"/x", "", kam.ChangeChanged, raw(`""`), raw(`"a"`)}, `/x: changed from "" to a`, `/x：由 "" 改为 a`},
		{"one line, one direction", kam.PlanChange{"/x", "", kam.ChangeAdded, nil, raw(`"a\nb\u202ec"`)}, "/x: added a b\uFFFDc", "/x：新增 a b\uFFFDc"},
		{"cut", kam.PlanChange{"/x", "", kam.ChangeAdded, nil, raw(`"` + strings.Repeat("a", 99) + `"`)}, "/x: added " + strings.Repeat("a", 60) + "…", "/x：新增 " + strings.Repeat("a", 60) + "…"},
		{"words of a value are no marks", kam.PlanChange{"/x", "", kam.ChangeChanged, raw(`"{after}"`), raw(`"y"`)}, "/x: changed from {after} to y", "/x：由 {after} 改为 y"},
		{"no kind", kam.PlanChange{Pointer: "/x"}, "/x: unknown", "/x：unknown"},
		{"no such kind", kam.PlanChange{Pointer: "/x", Kind: 9}, "/x: ChangeKind(9)", "/x：ChangeKind(9)"},
	} {
		assert.Equal(t, tt.en, tt.change.In(kam.English), tt.name)
		assert.Equal(t, tt.zh, tt.change.In(kam.Chinese), tt.name)
	}
}

// What Diff takes for granted of the fields of a plan, now and later.
func TestPlanDiffKnowsEveryField(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var walk func(typ reflect.Type)
	walk = func(typ reflect.Type) {
		if seen[typ] || typ.Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
			return
		}
		seen[typ] = true
		for f := range typ.Fields() {
			name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			at := typ.Name() + "." + f.Name
			assert.True(t, f.IsExported() && !f.Anonymous && name != "", at)
			assert.Contains(t, []string{"", "omitzero"}, options, at)
			switch f.Type.Kind() {
			case reflect.Slice:
				if elem := f.Type.Elem(); elem.Kind() == reflect.Struct {
					walk(elem)
				}
			case reflect.Struct:
				walk(f.Type)
			case reflect.Map, reflect.Array, reflect.Interface:
				t.Errorf("%s: a plan has no %s", at, f.Type)
			}
		}
	}
	walk(reflect.TypeFor[kam.Plan]())
	assert.True(t, seen[reflect.TypeFor[kam.RivalRating]()], "the walk goes all the way down")
}

// The laws hold for random plans and their random changes, and Diff finds
// what a slow reference finds.
func TestPlanDiffLaws(t *testing.T) {
	rounds := 2_000
	if testing.Short() {
		rounds = 250
	}
	r := rand.New(rand.NewPCG(5, 6))
	same := 0
	for range rounds {
		p := goodPlan(t)
		randomise(r, reflect.ValueOf(&p).Elem(), 3)
		before := p
		require.NoError(t, before.UnmarshalJSON(mustJSON(t, p)))
		randomise(r, reflect.ValueOf(&before).Elem(), 12+r.IntN(60))
		if len(p.Diff(before)) == 0 {
			same++
		}
		requireDiffLaws(t, p, before)
		require.Empty(t, p.Diff(p))
	}
	assert.Less(t, same, rounds/4, "most plans were changed")
}

// randomise changes about one of n parts of v to something from a small set,
// so that keys meet, repeat and move.
func randomise(r *rand.Rand, v reflect.Value, n int) {
	fresh := r.IntN(n) == 0
	small := kam.Int(r.IntN(3))
	switch x := v.Addr().Interface().(type) {
	case *kam.Date:
		if fresh {
			*x = []kam.Date{{}, day(1, 1), day(2, 1), day(3, 1)}[r.IntN(4)]
		}
		return
	case *kam.Number:
		if fresh {
			*x = small
		}
		return
	case *kam.Money:
		if fresh {
			*x = *money(small.String() + []string{"", " EUR"}[r.IntN(2)])
		}
		return
	case **kam.Assessment:
		if fresh {
			*x = []*kam.Assessment{nil, snapshot(kam.CellKey), snapshot(kam.CellTarget)}[r.IntN(3)]
		}
		return
	case interface{ Values() []string }:
		if fresh {
			v.SetUint(r.Uint64N(uint64(len(x.Values()))))
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			randomise(r, v.Field(i), n)
		}
	case reflect.Slice:
		items := reflect.MakeSlice(v.Type(), 0, v.Len())
		for i := range v.Len() {
			for range 1 + r.IntN(n+1)/n - r.IntN(n+1)/n { // seldom none or two
				items = reflect.Append(items, v.Index(i))
				randomise(r, items.Index(items.Len()-1), n)
			}
		}
		if fresh {
			item := reflect.New(v.Type().Elem()).Elem()
			randomise(r, item, 2)
			items = reflect.Append(items, item)
		}
		if r.IntN(n) == 0 {
			r.Shuffle(items.Len(), reflect.Swapper(items.Interface()))
		}
		v.Set(items)
	case reflect.Pointer:
		if fresh && r.IntN(2) == 0 {
			v.SetZero()
		} else if fresh {
			v.Set(reflect.New(v.Type().Elem()))
			randomise(r, v.Elem(), 1)
		}
	case reflect.String:
		if fresh {
			v.SetString([]string{"", "a", "b", "c", "<&\u2028"}[r.IntN(5)])
		}
	case reflect.Bool:
		v.SetBool(v.Bool() != fresh)
	case reflect.Int:
		if fresh {
			v.SetInt(r.Int64N(3))
		}
	default:
		panic(v.Type())
	}
}

func mustJSON(t testing.TB, v any) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	return data
}

// requireDiffLaws says that a diff is empty exactly when both plans have the
// same JSON, that its pointers lead to what it states, that it is its own
// mirror, and that it is complete.
func requireDiffLaws(t *testing.T, p, before kam.Plan) {
	t.Helper()
	after, was := mustJSON(t, p), mustJSON(t, before)
	diff, mirror := p.Diff(before), before.Diff(p)
	require.Equal(t, string(after) == string(was), len(diff) == 0, "%s\n%s", after, was)

	forth, back := map[string]int{}, map[string]int{}
	for _, c := range diff {
		pointer := c.Pointer
		switch c.Kind {
		case kam.ChangeAdded:
			require.Nil(t, c.Before)
			require.Equal(t, string(c.After), string(resolve(t, after, c.Pointer)), c.Pointer)
		case kam.ChangeRemoved:
			require.Nil(t, c.After)
			require.Equal(t, string(c.Before), string(resolve(t, was, c.Pointer)), c.Pointer)
		case kam.ChangeChanged:
			require.NotEqual(t, string(c.Before), string(c.After))
			require.Equal(t, string(c.After), string(resolve(t, after, c.Pointer)), c.Pointer)
			pointer = ""
		case kam.ChangeMoved:
			require.Equal(t, byte('['), resolve(t, after, c.Pointer)[0], c.Pointer)
			pointer = ""
		default:
			t.Fatal(c)
		}
		forth[fmt.Sprint(c.Kind, pointer, string(c.Before), string(c.After))]++
	}
	for _, c := range mirror {
		kind, pointer := c.Kind, c.Pointer
		switch kind {
		case kam.ChangeAdded:
			kind = kam.ChangeRemoved
		case kam.ChangeRemoved:
			kind = kam.ChangeAdded
		default:
			pointer = ""
		}
		back[fmt.Sprint(kind, pointer, string(c.After), string(c.Before))]++
	}
	require.Equal(t, forth, back)
	requireReference(t, diff, after, was)
}

// resolve follows a JSON Pointer.
func resolve(t *testing.T, doc json.RawMessage, pointer string) json.RawMessage {
	t.Helper()
	for _, token := range strings.Split(pointer, "/")[1:] {
		object, list := members(doc)
		if list != nil {
			i, err := strconv.Atoi(token)
			require.NoError(t, err, pointer)
			require.Less(t, i, len(list), pointer)
			doc = list[i]
			continue
		}
		require.Contains(t, object, token, pointer)
		doc = object[token]
	}
	return doc
}

func members(doc json.RawMessage) (object map[string]json.RawMessage, list []json.RawMessage) {
	if doc[0] == '{' {
		_ = json.Unmarshal(doc, &object)
	} else {
		_ = json.Unmarshal(doc, &list)
	}
	return object, list
}

// named is a document as a map from the names of its leaves to their JSON,
// and from the names of its lists to the names of their items, where the name
// of an item is its key and how often that stood before. A section without
// anything in it has no name.
type named struct {
	leaves map[string]string
	lists  map[string][]string
}

func readNamed(doc json.RawMessage) named {
	n := named{map[string]string{}, map[string][]string{}}
	n.read(doc, "")
	return n
}

func (n named) read(doc json.RawMessage, at string) {
	object, list := members(doc)
	switch {
	case at == "/overview/snapshot" || object == nil && list == nil:
		n.leaves[at] = string(doc)
	case list != nil:
		n.lists[at] = itemNames(at, list)
		for i, name := range n.lists[at] {
			n.leaves[at+"/"+name] = "is there"
			n.read(list[i], at+"/"+name)
		}
	default:
		for name, v := range object {
			n.read(v, at+"/"+name)
		}
	}
}

// itemNames gives each item of a list its name. The key of what is not in this
// table is its id.
func itemNames(at string, list []json.RawMessage) []string {
	keys := map[string][]string{
		"contacts": {"contact"}, "factors": {"factor"}, "rivals": {"rival"}, "counter": {"move", "text"}, "value": {"offer", "objective"},
		"uses": {"resource"}, "forecast": {"from", "to"}, "parts": {"product"}, "partnership": {"topic"}, "reviews": {"on", "by"},
	}[at[strings.LastIndex(at, "/")+1:]]
	if keys == nil {
		keys = []string{"id"}
	}
	seen := map[string]int{}
	var names []string
	for _, item := range list {
		key := string(item)
		if object, _ := members(item); object != nil {
			key = ""
			for _, k := range keys {
				key += string(object[k]) + ","
			}
		}
		seen[key]++
		names = append(names, fmt.Sprintf("%s#%d", key, seen[key]))
	}
	return names
}

// nameOf turns a pointer into a name.
func nameOf(t *testing.T, doc json.RawMessage, pointer string) string {
	t.Helper()
	at := ""
	for _, token := range strings.Split(pointer, "/")[1:] {
		if _, list := members(doc); list != nil {
			i, _ := strconv.Atoi(token)
			at += "/" + itemNames(at, list)[i]
		} else {
			at += "/" + token
		}
		doc = resolve(t, doc, "/"+token)
	}
	return at
}

// requireReference compares the diff with the leaves and the orders of lists
// that differ.
func requireReference(t *testing.T, diff []kam.PlanChange, after, was json.RawMessage) {
	t.Helper()
	now, then := readNamed(after), readNamed(was)
	want, got := map[string]bool{}, map[string]bool{}
	for name := range maps.Keys(now.leaves) {
		want[name] = now.leaves[name] != then.leaves[name]
	}
	for name := range maps.Keys(then.leaves) {
		want[name] = now.leaves[name] != then.leaves[name]
	}
	for name, items := range now.lists {
		common := func(items, others []string) []string {
			return slices.DeleteFunc(slices.Clone(items), func(s string) bool { return !slices.Contains(others, s) })
		}
		want["order "+name] = !slices.Equal(common(items, then.lists[name]), common(then.lists[name], items))
	}
	for _, c := range diff {
		doc, side := after, now
		if c.Kind == kam.ChangeRemoved {
			doc, side = was, then
		}
		name := nameOf(t, doc, c.Pointer)
		if c.Kind == kam.ChangeMoved {
			got["order "+name] = true
			continue
		}
		for leaf := range side.leaves {
			if leaf == name || strings.HasPrefix(leaf, name+"/") {
				got[leaf] = true
			}
		}
	}
	maps.DeleteFunc(want, func(_ string, differs bool) bool { return !differs })
	require.Equal(t, want, got, "%s\n%s", after, was)
}

// Plans that decode, valid or not, have a diff for which the laws hold.
func FuzzPlanDiff(f *testing.F) {
	data, err := os.ReadFile("testdata/plan.json")
	require.NoError(f, err)
	f.Add(data, []byte(`{}`))
	f.Add(data, []byte(strings.NewReplacer("a1", "a3", "Ann", "Cy", "0000.00", "1").Replace(string(data))))
	f.Add([]byte(`{"team": ["a", "a", "b"], "situation": {"trends": []}}`), []byte(`{"team": ["b", "a"]}`))
	f.Add([]byte(`{"actions": [{"id": ""}, {"id": "", "uses": [{"resource": "r", "amount": 1}]}]}`), []byte(`{"actions": [{"id": "x"}, {"id": ""}]}`))
	f.Fuzz(func(t *testing.T, one, two []byte) {
		var p, before kam.Plan
		if p.UnmarshalJSON(one) != nil || before.UnmarshalJSON(two) != nil {
			return
		}
		requireDiffLaws(t, p, before)
	})
}

// BenchmarkPlanDiff shows that the diff is linear in the actions: each has
// changed, and all stand in another order.
func BenchmarkPlanDiff(b *testing.B) {
	for _, n := range []int{200, 2_000, 20_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p, before := bigPlan(b, n), bigPlan(b, n)
			slices.Reverse(p.Actions)
			for i := range p.Actions {
				p.Actions[i].Due = day(11, 1)
			}
			for b.Loop() {
				if len(p.Diff(before)) != n+1 {
					b.Fatal("not every change was found")
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/action")
		})
	}
}

// What changed between two versions of a plan.
func ExamplePlan_Diff() {
	before := kam.Plan{Account: "acme", Version: 1, Actions: []kam.Action{
		{ID: "map", Text: "Map what they buy", Due: kam.NewDate(2026, 11, 1)},
		{ID: "offer", Text: "Offer a service contract", Due: kam.NewDate(2026, 12, 1)},
	}}
	after := kam.Plan{Account: "acme", Version: 2, Actions: []kam.Action{
		{ID: "offer", Text: "Offer a service contract", Due: kam.NewDate(2027, 1, 15)},
		{ID: "visit", Text: "Meet the new manager"},
	}}
	for _, c := range after.Diff(before) {
		fmt.Println(c.In(kam.English))
	}
	// Output:
	// /version: changed from 1 to 2
	// /actions/0/due (offer): changed from 2026-12-01 to 2027-01-15
	// /actions/1 (visit): added {"id":"visit","text":"Meet the new manager","state":"open"}
	// /actions/0 (map): removed {"id":"map","text":"Map what they buy","due":"2026-11-01","s…
}
