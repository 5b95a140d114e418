package strictjson

import (
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// requireSame decodes both ways and wants the same faults and values.
func requireSame(t *testing.T, data []byte) (faults int) {
	t.Helper()
	type deep struct {
		Outer outer           `json:"outer"`
		Deep  *deep           `json:"deep"`
		Deeps []deep          `json:"deeps"`
		Maps  map[string]deep `json:"maps"`
	}
	compare := func(got, want []Fault) {
		t.Helper()
		require.Len(t, got, len(want), "%q", data)
		for i := range want {
			g, w := got[i], want[i]
			require.Equal(t, w.Err == nil, g.Err == nil, "%q", data)
			if w.Err != nil {
				require.Equal(t, w.Err.Error(), g.Err.Error(), "%q", data)
			}
			g.Err, w.Err = nil, nil
			require.Equal(t, w, g, "%q", data)
		}
	}
	var a, b outer
	got, want := Decode(data, &a, 8), oldDecode(data, &b, 8)
	compare(got, want)
	require.Equal(t, b, a, "%q", data)
	var c, d deep
	fewest := len(want)
	got, want = Decode(data, &c, 8), oldDecode(data, &d, 8)
	compare(got, want)
	require.Equal(t, d, c, "%q", data)
	return min(fewest, len(want))
}

var differentialSeeds = []string{
	` {"id": "\ud83d\ude00\\u0041\"", "on": true, "small": -128, "big": 9223372036854775807, "inner": {"n": 3, "text": "x"},
		"list": [{"n": 1}, null, {"n": 2}], "map": {"a": {"n": 4}, "b": null}, "words": {"w": ["one"]}, "either": 7, "opaque": "o", "Plain": "p"} `,
	`{"outer": {"id": "x", "list": [], "map": {}, "words": {}}, "deep": {"deeps": [{}, {"maps": {"a/b": {"outer": {"id": 5}}, "~": {}}}]}}`,
	`{"list": [1, [2], {"n": "x"}, {"N": 1}, {"n": 1, "n": 2}], "LIST": 1, "list": []}`,
	`{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":10,"k":11,"l":12,"m":13,"n":14,"o":15,"p":16,"q":17,"a":18,"q":19,"r":20}`,
	`{"id":"a\nb","words":{"\u0000":["bad"],"":null},"on":null}`, `[]`, `null`, `"x"`, `-1.5e3`, `{"id": "\ud800"}`, "{\"id\": \"\xff\"}", `{} {}`, `[[[[[[[[[[]]]]]]]]]]`, ``, `{"id":`,
}

// What is taken and what is refused, and in which words, is what it was: a
// few bytes changed anywhere.
func TestDecodeIsWhatItWas(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	parts := []string{`"`, `\`, `{`, `}`, `[`, `]`, `,`, `:`, ` `, "\n", `null`, `true`, `1`, `-`, `.`, `e5`, `"id"`, `"n":1`, `{}`, `[]`, `\u0041`, `\ud83d`, "é", "\xff", `"a":{"n":2},`, "\x00"}
	good, bad := 0, 0
	for _, seed := range differentialSeeds {
		requireSame(t, []byte(seed))
	}
	rounds := 60_000
	if testing.Short() {
		rounds = 10_000
	}
	for range rounds {
		data := []byte(differentialSeeds[r.IntN(len(differentialSeeds))])
		for range 1 + r.IntN(2) {
			at := r.IntN(len(data) + 1)
			to := min(len(data), at+r.IntN(4)*r.IntN(3))
			data = slices.Replace(data, at, to, []byte(parts[r.IntN(len(parts))])...)
		}
		if requireSame(t, data) == 0 {
			good++
		} else {
			bad++
		}
	}
	require.Greater(t, good, rounds/100)
	require.Greater(t, bad, rounds/100)
	for n := MaxItems - 1; n <= MaxItems+1; n++ {
		requireSame(t, []byte(`{"list":[`+strings.Repeat("{},", n-1)+`{}],"map":{`+numbered(n, `"%d":{}`)+`},"on":1}`))
		requireSame(t, []byte(`{"words":{`+numbered(n, `"%d":null`)+`}}`))
		requireSame(t, []byte(`{`+numbered(n, `"%d":{}`)+`}`))
	}
	for n := MaxFaults - 1; n <= MaxFaults+1; n++ {
		requireSame(t, []byte(`{"list":[[`+strings.Repeat("1,", n-1)+`1]],"map":{`+numbered(n, `"%d":1`)+`},"must":{}}`))
		requireSame(t, []byte(`{"list":[`+strings.Repeat("1,", n-1)+`1],"must":{}}`))
	}
	full, err := os.ReadFile("../../testdata/account.json")
	require.NoError(t, err)
	requireSame(t, full)
}

// Where the two ways could part: keys past those that are looked up one by one,
// texts as long as a value may be repeated, escapes, and ends of numbers.
func TestDecodeAtItsEdges(t *testing.T) {
	for _, n := range []int{1, 31, 32, 33, 34, 70} {
		many := numbered(n, `"%d":{}`)
		for _, again := range []int{0, n / 2, n - 1} {
			twice := fmt.Sprintf(`%s,"%d":{},"other":{},"other":{},"last":{}`, many, again)
			for _, doc := range []string{
				`{"map":{` + twice + `}}`, `{` + twice + `}`, `{"inner":{` + twice + `},"map":{` + many + `},"words":{"0":[],"0":[]}}`,
				`{"list":[{` + many + `},{` + many + `}]}`,
			} {
				require.Positive(t, requireSame(t, []byte(doc))+strings.Count(doc, "list"))
			}
		}
	}
	for size := range 70 {
		for _, letter := range []string{"a", "é", "关", "😀"} {
			requireSame(t, []byte(`{"on":"`+strings.Repeat(letter, size)+`"}`))
			requireSame(t, []byte(`{"on":"`+strings.Repeat("x", size%4)+strings.Repeat(letter, size)+`"}`))
		}
		requireSame(t, []byte(`{"on":[`+strings.Repeat("1", size)+`]}`))
		requireSame(t, []byte(`{"id":"`+strings.Repeat("a", size)+"\xff"+`"}`))
	}
	for _, text := range []string{
		`\b\f\n\r\t\"\\\/`, `\u0000\u001f\u007f`, `\u00aA\u00fF\u0Fa9`, `\uABCD\uEFab`, `\uabcg`, `\u@000`, "\\u`000", `\u/000`, `\u:000`, `\uG000`, `\ug000`,
		`\udbff\udfff`, `\udbff\ue000`, `\udbff\udbff`, `\udc00`, `\udfff`, `\ud7ff\ue000`, `\ud800\u`, `\ud800\`, `\u12`, `\`, `\a`, "\x1f", "\x7f", "\t",
	} {
		requireSame(t, []byte(`{"id":"`+text+`"}`))
		requireSame(t, []byte(`{"`+text+`":1,"id":"a`+text+`b"}`))
		requireSame(t, []byte(`"`+text))
	}
	for _, number := range []string{
		"0", "1", "8", "9", "/", ":", "10", "127", "128", "-0", "-1", "-128", "-129", "-", "--1", "01", "1.", "1.0", "1e1", "1E+2", "1e-", "+1", ".5", "9223372036854775807",
		"9223372036854775808", "-9223372036854775808", "-9223372036854775809", "true", "false", "fals", "falsE", "tru", "null", "nul", "n", "t", "f",
	} {
		for _, behind := range []string{"", " ", "\t", "\r", "\n", "\v", "\x00", "!"} {
			requireSame(t, []byte(`{"small":`+number+behind+`,"big":`+number+behind+`,"on" `+behind+`:`+behind+number+behind+`,"either":`+number+`}`))
		}
	}
	for _, doc := range []string{
		`{`, `{"`, `{"id`, `{"id"`, `{"id" `, `{"id":`, `{"id": `, `{"id" "x"}`, `{"id",1}`, `{id:1}`, `{1:1}`, `{,}`, `{"id":"x",}`, `{"id":"x"]`, `["x"}`, `[1,]`, `[,1]`, `[1 2]`, `[`, `]`, `}`, `,`, `:`,
		"\x00", "\xff", " \xff", "{}\xff", "{}\x00", `[[[[[[[[]]]]]]]]`, `[[[[[[[[[]]]]]]]]]`, `{"id":"\"[[[[[[[[[["}`, `{"id":"\\"}`, `{"id":"\\\"[[[[[[[[[[" , "on":[[[[[[[[[[]]]]]]]]]]}`,
		`{"deep":{"deep":{"deep":{"deep":{"deep":{"deep":{"deep":{}}}}}}}}`, `{"deep":{"deep":{"deep":{"deep":{"deep":{"deep":{"deep":{"deep":{}}}}}}}}}`,
		`{"list":[],"map":{},"words":{"a":[]}}`, `{"list":[{}],"Plain":"\u0041","plain":"x"}`, `{"must":{"a":1,"c":2,"a":null}}`, `{"must":null}`, `{"must":{"a":null,"a":1}}`,
		"\ufeff{}", "{\"id\":\"\ufeff\"}", `{"id":"\ud800"} x`, `{"id":"\ud800"`,
	} {
		requireSame(t, []byte(doc))
	}
}

// The largest document that is no JSON is one that is no JSON.
func TestLargestDocument(t *testing.T) {
	var v outer
	cut := []byte("{" + strings.Repeat(" ", MaxBytes-1))
	require.Equal(t, Syntax, Decode(cut, &v, 9)[0].Kind)
	require.Equal(t, Large, Decode(append(cut, ' '), &v, 9)[0].Kind)
}

// What is read into a value that has been used is as if it were new, but for
// what is absent or null.
func TestDecodeInto(t *testing.T) {
	v := outer{List: []inner{{N: 1, Text: "old"}, {N: 2, Text: "old"}}, Map: map[string]inner{"old": {}}, Big: new(int64(7))}
	list, big := v.List, v.Big
	require.Empty(t, Decode([]byte(`{"list":[{"n":5}],"map":{"new":{}},"big":8}`), &v, 9))
	require.Equal(t, []inner{{N: 5}}, v.List)
	require.Equal(t, []inner{{N: 1, Text: "old"}, {N: 2, Text: "old"}}, list, "the old list is someone's")
	require.Equal(t, map[string]inner{"new": {}}, v.Map)
	require.EqualValues(t, 8, *v.Big)
	require.Same(t, big, v.Big, "as encoding/json has it")
}

// A struct of more fields than most, and pointers to more values than lie side by
// side, small and large.
func TestDecodeMany(t *testing.T) {
	var fields []reflect.StructField
	for i := range 80 {
		tag := fmt.Sprintf(`json:"f%d" required:"%t"`, i, i%2 == 0)
		fields = append(fields, reflect.StructField{Name: fmt.Sprint("F", i), Type: reflect.TypeFor[*int](), Tag: reflect.StructTag(tag)})
	}
	large := reflect.New(reflect.StructOf(fields))
	require.Empty(t, Decode([]byte(`{`+numbered(80, `"f%d":1%[1]d`)+`}`), large.Interface(), 9))
	for i := range 80 {
		want, err := strconv.Atoi(fmt.Sprint("1", i))
		require.NoError(t, err)
		require.EqualValues(t, want, large.Elem().Field(i).Elem().Int())
	}
	require.Equal(t, []Fault{{"/f78", Duplicate, "f78", "", nil}, {"/f79", Duplicate, "f79", "", nil}},
		Decode([]byte(`{`+numbered(80, `"f%d":1`)+`,"f78":1,"f79":1}`), reflect.New(reflect.StructOf(fields)).Interface(), 9))
	require.Len(t, Decode([]byte(`{}`), reflect.New(reflect.StructOf(fields)).Interface(), 9), 40)

	type wide struct {
		A string `json:"a"`
		B string `json:"b"`
		C *int   `json:"c"`
	}
	var v struct {
		Small []*int8 `json:"small"`
		Wide  []*wide `json:"wide"`
	}
	require.Empty(t, Decode([]byte(`{"small":[`+numbered(120, `%d`)+`],"wide":[`+numbered(120, `{"a":"%d","c":%[1]d}`)+`]}`), &v, 9))
	for i := range 120 {
		require.EqualValues(t, i, *v.Small[i])
		require.Equal(t, wide{A: strconv.Itoa(i), C: &i}, *v.Wide[i])
	}
}

func numbered(n int, format string) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

func FuzzDifferential(f *testing.F) {
	for _, seed := range differentialSeeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) { requireSame(t, data) })
}
