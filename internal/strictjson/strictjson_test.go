package strictjson

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type inner struct {
	N    int    `json:"n"`
	Text string `json:"text"`
}

// word is a leaf with its own unmarshaller, as text.
type word string

func (w *word) UnmarshalText(text []byte) error {
	if string(text) == "bad" {
		return errBad
	}
	*w = word(text)
	return nil
}

var errBad = errors.New("bad word")

// either is an object, or a scalar that it reads itself.
type either struct {
	V int `json:"v"`
}

func (e *either) UnmarshalJSON(data []byte) error {
	if string(data) == "false" {
		return errBad
	}
	return json.Unmarshal(data, &e.V)
}

// opaque has nothing that JSON can see.
type opaque struct{ v string }

func (o *opaque) UnmarshalText(text []byte) error { o.v = string(text); return nil }

type must struct {
	A int `json:"a" required:"true"`
	B int `json:"b"`
	C int `json:"c" required:"true"`
}

type outer struct {
	ID      string            `json:"id"`
	On      bool              `json:"on"`
	Small   int8              `json:"small"`
	Big     *int64            `json:"big,omitempty"`
	Inner   inner             `json:"inner"`
	List    []inner           `json:"list"`
	Map     map[string]inner  `json:"map"`
	Words   map[string][]word `json:"words"`
	Either  either            `json:"either"`
	Opaque  opaque            `json:"opaque"`
	Float   float64           `json:"float"`
	Plain   string
	Must    must   `json:"must"`
	Ignored string `json:"-"`
}

// wholeNumber is what is wanted of an int, which is of 32 bits on some machines.
var wholeNumber = fmt.Sprintf("integer of %d bits", strconv.IntSize)

func TestDecodeFaults(t *testing.T) {
	tests := []struct {
		name, reason, json string
		want               []Fault
	}{
		{"empty", "no value at all", "", []Fault{{"", Syntax, "byte 0", "JSON", nil}}},
		{"space", "no value at all", "  ", []Fault{{"", Syntax, "byte 2", "JSON", nil}}},
		{"trailing value", "two documents", `{} {}`, []Fault{{"", Trailing, "byte 2", "end", nil}}},
		{"trailing rubbish", "a document and something", `{}x`, []Fault{{"", Trailing, "byte 2", "end", nil}}},
		{"raw byte", "invalid UTF-8", "{\"id\": \"a\xff\"}", []Fault{{"", Encoding, "byte 9", "", nil}}},
		{"low surrogate", "half a character", `{"id": "\udc00"}`, []Fault{{"", Encoding, "byte 8", "", nil}}},
		{"high surrogate", "half a character, then text", `{"id": "\ud800x"}`, []Fault{{"", Encoding, "byte 8", "", nil}}},
		{"two high surrogates", "neither has its other half", `{"id": "\ud800\ud800"}`, []Fault{{"", Encoding, "byte 8", "", nil}}},
		{"scalar", "a struct needs an object", `5`, []Fault{{"", Type, "5", "object", nil}}},
		{"list", "a struct needs an object", `[]`, []Fault{{"", Type, "[]", "object", nil}}},
		{"unknown", "the names are listed", `{"inner": {"m": 1}}`, []Fault{{"/inner/m", Unknown, "m", "n, text", nil}}},
		{"case variant", "the right name is given", `{"inner": {"N": 1}}`, []Fault{{"/inner/N", Unknown, "N", "n", nil}}},
		{"ignored", "as good as unknown", `{"Ignored": "x"}`, []Fault{{"/Ignored", Unknown, "Ignored", "id, on, small, big, inner, list, map, words, either, opaque, float, Plain, must", nil}}},
		{"twice", "deep down", `{"list": [{}, {"n": 1, "n": 2}]}`, []Fault{{"/list/1/n", Duplicate, "n", "", nil}}},
		{"twice, escaped", "the keys are the same text", `{"id": "a", "\u0069d": "b"}`, []Fault{{"/id", Duplicate, "id", "", nil}}},
		{"twice in a map", "one of them would be lost", `{"map": {"a/b": {}, "a/b": {}}}`, []Fault{{"/map/a~1b", Duplicate, "a/b", "", nil}}},
		{"tilde", "escaped", `{"map": {"~/": 1}}`, []Fault{{"/map/~0~1", Type, "1", "object", nil}}},
		{"types", "each says what was wanted", `{"id": 1, "on": "yes", "small": "1", "list": {}, "map": [], "words": {"w": "x"}, "float": 1.5}`, []Fault{
			{"/id", Type, "1", "string", nil},
			{"/on", Type, `"yes"`, "true, false", nil},
			{"/small", Type, `"1"`, "integer of 8 bits", nil},
			{"/list", Type, "{}", "array", nil},
			{"/map", Type, "[]", "object", nil},
			{"/words/w", Type, `"x"`, "array", nil},
			{"/float", Type, "1.5", "nothing", nil},
		}},
		{"integers", "whole and in range", `{"small": 128, "big": 9223372036854775808, "inner": {"n": 1e2}, "list": [{"n": 1.0}]}`, []Fault{
			{"/small", Type, "128", "integer of 8 bits", nil},
			{"/big", Type, "9223372036854775808", "integer of 64 bits", nil},
			{"/inner/n", Type, "1e2", wholeNumber, nil},
			{"/list/0/n", Type, "1.0", wholeNumber, nil},
		}},
		{"own words", "refused by their unmarshallers", `{"words": {"w": ["good", "bad", 1]}, "either": false, "opaque": {}}`, []Fault{
			{"/words/w/1", Value, `"bad"`, "", errBad},
			{"/words/w/2", Type, "1", "string", nil},
			{"/either", Value, "false", "", errBad},
			{"/opaque", Type, "{}", "string", nil},
		}},
		{"an object for one with its own unmarshaller", "bound field by field, so that places are exact", `{"either": {"v": "x"}}`, []Fault{
			{"/either/v", Type, `"x"`, wholeNumber, nil},
		}},
		{"required", "absent or null, beside a field that may be either", `{"must": {"c": null}}`, []Fault{
			{"/must/a", Missing, "", "", nil},
			{"/must/c", Missing, "", "", nil},
		}},
		{"long value", "cut on a character", `{"on": "` + strings.Repeat("关", 40) + `"}`, []Fault{
			{"/on", Type, `"` + strings.Repeat("关", 19) + "…", "true, false", nil},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var v outer
			assert.Equal(t, tt.want, Decode([]byte(tt.json), &v, 10), tt.reason)
		})
	}
}

func TestDecodeGood(t *testing.T) {
	doc := ` {"id": "\ud83d\ude00\\u0041\"", "on": true, "small": -128, "big": 9223372036854775807, "inner": {"n": 3, "text": "x"},
		"list": [{"n": 1}, null, {"n": 2}], "map": {"a": {"n": 4}, "b": null}, "words": {"w": ["one"]}, "either": 7, "opaque": "o", "Plain": "p"} `
	var v outer
	require.Empty(t, Decode([]byte(doc), &v, 10))
	assert.Equal(t, outer{
		ID: "😀\\u0041\"", On: true, Small: -128, Big: new(int64(9223372036854775807)), Inner: inner{3, "x"},
		List: []inner{{N: 1}, {}, {N: 2}}, Map: map[string]inner{"a": {N: 4}}, Words: map[string][]word{"w": {"one"}},
		Either: either{7}, Opaque: opaque{"o"}, Plain: "p",
	}, v)
	before := v
	require.Empty(t, Decode([]byte(`{"id": null, "on": null, "big": null, "list": null, "either": null}`), &v, 10))
	assert.Equal(t, before, v, "null changes nothing")
	require.Empty(t, Decode([]byte("null"), &v, 10))
	assert.Equal(t, before, v)
	require.Empty(t, Decode([]byte(`{"inner": {"n": 9}}`), &v, 10))
	assert.Equal(t, inner{9, "x"}, v.Inner, "what is absent stays")
}

// The same letters after an escaped backslash are text, and so is a whole
// pair.
func TestSurrogates(t *testing.T) {
	tests := []struct {
		name, reason, text string
		good               bool
	}{
		{"pair in capitals", "hex digits of either case", `\uD83D\uDE00`, true},
		{"two pairs", "each has both halves", `\ud83d\ude00\ud83d\ude01`, true},
		{"escaped backslash", "no escape at all", `\\ud800`, true},
		{"backslash, then half", "the third backslash starts an escape", `\\\ud800`, false},
		{"pair, then half", "the half stands alone", `\ud83d\ude00\ud83d`, false},
		{"half, then a letter's escape", "not its other half", `\ud83d\u0041`, false},
		{"half, then a line break", "the escape is no unit", `\ud83d\ndc00`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var v outer
			faults := Decode([]byte(`{"id": "`+tt.text+`"}`), &v, 9)
			if tt.good {
				assert.Empty(t, faults, tt.reason)
				return
			}
			require.Len(t, faults, 1, tt.reason)
			assert.Equal(t, Encoding, faults[0].Kind, tt.reason)
		})
	}
}

func TestDepth(t *testing.T) {
	var v outer
	assert.Empty(t, Decode([]byte(`{"list": [{"n": 1}]}`), &v, 3))
	for _, tt := range []struct {
		doc, want string
		limit     int
	}{
		{`{"list": [{"n": 1}]}`, "/list/0", 2},
		{`{"id": "x", "list": [{"n": 1, "m": 2}, 7, {"a:b": ["c", "d,:{", {}]}]}`, "/list/2/a:b/2", 4},
		{`{"list": [1, [2, 3], {"a": 4}, "x", {"b/c~\u0064\"": {"e": {"f": 1}}}]}`, `/list/4/b~1c~0d"/e`, 4},
		{`[[],[],{"a":[],"b":[[]]}]`, "/2/b/0", 3},
		{`{"a":{},"b":{"c":`, "/a", 1},
		{`{"a": "\q": {`, `/\q`, 1},
		{`]]}{"a":[`, "/a", 1},
	} {
		assert.Equal(t, []Fault{{tt.want, Depth, "", "<= " + strconv.Itoa(tt.limit), nil}}, Decode([]byte(tt.doc), &v, tt.limit), tt.doc)
	}
	assert.Empty(t, Decode([]byte(`{"id": "[[[\"{{{"}`), &v, 1), "brackets in a string are text")
	deep := strings.Repeat("[", 600_000)
	assert.Equal(t, Depth, Decode([]byte(deep), &v, 100)[0].Kind)
}

func TestFaultsAreCapped(t *testing.T) {
	var v outer
	assert.Len(t, Decode([]byte(`{"list": [`+strings.Repeat("1,", 9999)+`1]}`), &v, 9), MaxFaults)
}

// Each limit at the last thing that is taken and at the first that is not.
func TestLimits(t *testing.T) {
	spaces := func(n int) []byte { return []byte("{" + strings.Repeat(" ", n-2) + "}") }
	var v outer
	assert.Empty(t, Decode(spaces(MaxBytes), &v, 9))
	assert.Equal(t, []Fault{{"", Large, "8388609", "<= 8388608 bytes", nil}}, Decode(spaces(MaxBytes+1), &v, 9))

	list := func(n int) []byte {
		return []byte(`{"id": "x", "list": [` + strings.Repeat("{}, ", n-1) + `{}], "on": 1}`)
	}
	afterwards := Fault{"/on", Type, "1", "true, false", nil}
	assert.Equal(t, []Fault{afterwards}, Decode(list(MaxItems), &v, 9))
	assert.Len(t, v.List, MaxItems)
	assert.Equal(t, []Fault{{"/list", Large, "", "<= 10000", nil}, afterwards}, Decode(list(MaxItems+1), &v, 9), "what follows is read")

	object := func(n int) []byte {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `,"%d":{}`, i)
		}
		return []byte(`{"map":{` + b.String()[1:] + `}}`)
	}
	assert.Empty(t, Decode(object(MaxItems), &v, 9))
	assert.Len(t, v.Map, MaxItems)
	assert.Equal(t, []Fault{{"/map", Large, "", "<= 10000", nil}}, Decode(object(MaxItems+1), &v, 9))
}

// Spaces, separators and brackets within texts are no part of the structure.
func TestTextsThatLookLikeStructure(t *testing.T) {
	var v outer
	data := []byte(" {\t\"id\"\r:\n\"a]},:{[ \\\\\" , \"list\":[ {\"text\":\"\\\"}]\"} , {\"text\":\" \"}\t] ,\"map\":{\"}\":{ } , \"]\\u0022\" : {\"n\":3} } } ")
	require.Empty(t, Decode(data, &v, 9))
	assert.Equal(t, "a]},:{[ \\", v.ID)
	assert.Equal(t, []inner{{Text: `"}]`}, {Text: " "}}, v.List)
	assert.Equal(t, map[string]inner{"}": {}, `]"`: {N: 3}}, v.Map)
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{`{"id": "x", "list": [{"n": 1}], "map": {"a": {"text": "t"}}}`, `{"big": 5, "words": {"w": ["a"]}}`, `{"id": "\ud800"}`, `null`, `[`, `{"a": 1, "a": 2}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		type plain struct {
			ID    string           `json:"id"`
			On    bool             `json:"on"`
			Big   *int64           `json:"big"`
			Inner inner            `json:"inner"`
			List  []inner          `json:"list"`
			Map   map[string]inner `json:"map"`
		}
		var v, std plain
		faults := Decode(data, &v, 20)
		for _, f := range faults {
			require.True(t, f.Pointer == "" || f.Pointer[0] == '/')
			require.LessOrEqual(t, len(f.Value), 64)
		}
		if len(faults) > 0 {
			return
		}
		require.NoError(t, json.Unmarshal(data, &std), "what we take, encoding/json takes")
		for k := range std.Map { // it keeps a null as an empty value
			if _, ok := v.Map[k]; !ok {
				require.Equal(t, inner{}, std.Map[k])
				delete(std.Map, k)
			}
		}
		require.True(t, reflect.DeepEqual(std, v), fmt.Sprintf("%+v\n%+v", std, v))
	})
}
