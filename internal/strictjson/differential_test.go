package strictjson

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
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
