package kam_test

import (
	"encoding/json"
	"fmt"
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

// requireBothWays wants of the scan that it takes nothing which the strict
// decoder refuses, and reads the same; and of the two together, which are
// UnmarshalJSON, that they are the strict decoder.
func requireBothWays(t *testing.T, data []byte) (scanned, good bool) {
	t.Helper()
	var fast, strict, both kam.Account
	scanned = kam.ScanAccount(data, &fast)
	vs := kam.StrictAccount(data, &strict)
	err := both.UnmarshalJSON(data)
	if len(vs) > 0 {
		require.False(t, scanned, "%q", data)
		require.Zero(t, fast)
		require.Equal(t, vs, err, "%q", data)
		require.Zero(t, both)
		return false, false
	}
	require.NoError(t, err)
	require.Equal(t, strict, both)
	if scanned {
		require.Equal(t, strict, fast, "%q", data)
	}
	return scanned, true
}

// filled sets everything that JSON can see to something, by its type.
func filled(v reflect.Value) {
	switch v.Interface().(type) {
	case kam.Date:
		v.Set(reflect.ValueOf(kam.NewDate(2026, 2, 28)))
		return
	case kam.Number:
		v.Set(reflect.ValueOf(kam.Dec(125, 1)))
		return
	case kam.Money:
		v.Set(reflect.ValueOf(*amount(150, "EUR")))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				filled(v.Field(i))
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		filled(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		filled(v.Index(0))
		filled(v.Index(1))
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for _, key := range []string{"one", "two"} {
			value := reflect.New(v.Type().Elem()).Elem()
			filled(value)
			v.SetMapIndex(reflect.ValueOf(key).Convert(v.Type().Key()), value)
		}
	case reflect.String:
		v.SetString("some text")
	case reflect.Uint8:
		v.SetUint(1)
	case reflect.Int:
		v.SetInt(7)
	case reflect.Bool:
		v.SetBool(true)
	}
}

// A field that is added to an account and not to the scan is found here.
func TestScanKnowsEveryField(t *testing.T) {
	var a kam.Account
	filled(reflect.ValueOf(&a).Elem())
	whole, err := json.Marshal(a)
	require.NoError(t, err)
	var got kam.Account
	require.True(t, kam.ScanAccount(whole, &got), "%s", whole)
	require.Equal(t, a, got)
	scanned, good := requireBothWays(t, whole)
	require.True(t, scanned && good)

	for _, twice := range []string{`"attributes":{"a":1,"a":2}`, `"judgements":{"a":"yes","a":"no"}`, `"answers":{"s":{"a":1,"a":2}}`, `"answers":{"s":{},"s":{}}`} {
		scanned, good = requireBothWays(t, []byte(`{"id":"x",`+twice+`}`))
		assert.False(t, scanned || good, "a member given twice: %s", twice)
	}

	for _, null := range []string{`"answers":{"s":null}`, `"answers":{"s":{"a":null}}`, `"judgements":{"a":null}`} {
		scanned, good = requireBothWays(t, []byte(`{"id":"x",`+null+`}`))
		assert.True(t, good && !scanned, "a null within is left to the strict decoder: %s", null)
	}

	// Each field by itself, and each that may be null as null.
	for i := range reflect.TypeFor[kam.Account]().NumField() {
		f := reflect.TypeFor[kam.Account]().Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		value, err := json.Marshal(reflect.ValueOf(a).Field(i).Interface())
		require.NoError(t, err)
		for _, text := range []string{fmt.Sprintf(`{"%s":%s}`, name, value), fmt.Sprintf(` { "%s" : null } `, name)} {
			scanned, good := requireBothWays(t, []byte(text))
			assert.True(t, scanned && good, text)
		}
		scanned, good = requireBothWays(t, fmt.Appendf(nil, `{"%s":%s,"%s":null}`, name, value, name))
		assert.False(t, scanned || good, "given twice: %s", name)
	}

	// Each field of what an account is made of, given twice, and an unknown one without a value.
	for within, part := range map[string]any{
		`%s`:                         a,
		`{"sales":[%s]}`:             a.Sales[0],
		`{"contacts":[%s]}`:          a.Contacts[0],
		`{"answers":{"s":{"f":%s}}}`: a.Answers["one"]["one"],
		`{"judgements":{"e":%s}}`:    a.Judgements["one"],
	} {
		whole, err := json.Marshal(part)
		require.NoError(t, err)
		fields := map[string]json.RawMessage{"": nil}
		require.NoError(t, json.Unmarshal(whole, &fields))
		require.Len(t, fields, 1+reflect.TypeOf(part).NumField())
		for name, value := range fields {
			text := fmt.Sprintf(within, fmt.Sprintf(`%s,"%s":%s}`, whole[:len(whole)-1], name, value))
			scanned, good := requireBothWays(t, []byte(text))
			assert.False(t, scanned || good, text)
		}
	}
}

// Ordinary accounts do not come to the strict decoder, which would be slow and
// change nothing.
func TestScanTakesOrdinaryAccounts(t *testing.T) {
	whole, err := os.ReadFile("testdata/account.json")
	require.NoError(t, err)
	northwind, err := os.ReadFile("cmd/kam/northwind/accounts.jsonl")
	require.NoError(t, err)
	texts := append(strings.Split(strings.TrimSpace(string(northwind)), "\n"), string(whole),
		`{"id":"a","name":"\u5ba2\u6237 \"A\" \ud83d\ude00","answers":{"strength":{"price":7,"range":"7.5"}},"judgements":{"served":"yes"}}`,
		`{"id":"a","sales":[],"contacts":[null,{"roles":[],"priorities":["a","b","c","d","e"]}],"answers":{},"judgements":{}}`,
		`{"sales":[{"to":null,"revenue":null,"orders":null,"lastOrder":null,"productLines":null}],"contacts":[{"name":null,"level":null,"roles":[null]}]}`,
		`{"answers":{"s":{"f":{"rating":1,"by":null,"on":null,"confidence":null}}},"judgements":{"e":{"verdict":"no","on":null}}}`)
	for _, text := range texts {
		scanned, good := requireBothWays(t, []byte(text))
		require.True(t, scanned && good, text)
	}
}

// At each limit both say the same.
func TestScanAtTheLimits(t *testing.T) {
	for _, n := range []int{9_999, 10_000, 10_001} {
		for _, text := range []string{
			`{"contacts":[` + items(n, `{"id":"%d"}`) + `]}`, `{"sales":[{"productLines":[` + items(n, `"%d"`) + `]}]}`,
			`{"answers":{"a":{` + items(n, `"%d":1`) + `}}}`, `{"answers":{` + items(n, `"%d":{}`) + `}}`,
			`{"judgements":{` + items(n, `"%d":"no"`) + `}}`, `{"cells":[` + items(n, `{"on":"","cell":"key","x%d":1}`) + `]}`,
		} {
			scanned, good := requireBothWays(t, []byte(text))
			require.Equal(t, good, scanned, text[:40])
			require.Equal(t, n <= 10_000 && !strings.Contains(text, "cells"), good, text[:40])
		}
	}
}

var scanSeeds = []string{
	`{"id":"a","name":"A","tier":"key","currency":"EUR","customerSince":"2019-03-01","wallet":"1.50 EUR","plannedHours":"12.5","attributes":{"x":1}}`,
	`{"sales":[{"from":"2026-01-01","to":"2026-01-31","revenue":"10","orders":4,"productLines":["p","q"],"complaints":0},null]}`,
	`{"answers":{"strength":{"price":{"rating":"8","by":"Ann","on":"2026-01-01","confidence":50,"note":"n"},"range":7}},"judgements":{"served":"yes","strategic":{"verdict":"no","by":"Bo"}}}`,
	`{"contacts":[{"id":"c","name":"\u0043","level":"director","roles":["decider","user"],"influence":"high","reach":"low","reportsTo":"d","lastMet":"2026-05-05"}]}`,
	`{"stages":{},"cells":[{"cell":"key","on":"2026-01-01"}],"peers":{"complaints":1,"orders":2},"managers":[{"manager":"Ann","since":""}],"activities":null}`,
}

// A few bytes changed anywhere.
func TestScanIsTheStrictDecoder(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	parts := []string{
		`"`, `\`, `{`, `}`, `[`, `]`, `,`, `:`, ` `, "\n", `null`, `true`, `1`, `-`, `.`, `0`, `e5`, `"id"`, `{}`, `[]`, `""`, `\u0041`, `\ud83d`, "é", "\xff",
		`"id":"b",`, `"by":"x",`, `"rating":1,`, `"orders":null,`, "\x00", `"id": 1,`, ` EUR`, `99999999999999999999`,
	}
	both, neither, strictOnly := 0, 0, 0
	rounds := 100_000
	if testing.Short() {
		rounds = 20_000
	}
	for range rounds {
		data := []byte(scanSeeds[r.IntN(len(scanSeeds))])
		for range 1 + r.IntN(2) {
			at := r.IntN(len(data) + 1)
			to := min(len(data), at+r.IntN(4)*r.IntN(3))
			data = slices.Replace(data, at, to, []byte(parts[r.IntN(len(parts))])...)
		}
		switch scanned, good := requireBothWays(t, data); {
		case scanned:
			both++
		case good:
			strictOnly++
		default:
			neither++
		}
	}
	assert.Greater(t, both, rounds/100)
	assert.Greater(t, strictOnly, 0)
	assert.Greater(t, neither, rounds/100)
}

// Accounts that are read share nothing, though the memory for reading is used
// again.
func TestScannedAccountsShareNothing(t *testing.T) {
	line := []byte(scanSeeds[1])
	var a, b, want kam.Account
	require.NoError(t, a.UnmarshalJSON(line))
	require.NoError(t, b.UnmarshalJSON(line))
	require.NoError(t, want.UnmarshalJSON(line))
	copy(line, strings.Repeat("x", len(line)))
	a.Sales[0].ProductLines = append(a.Sales[0].ProductLines[:1], "changed", "changed")
	*a.Sales[0].Orders, *a.Sales[0].Complaints = 99, 98
	a.Sales[1] = a.Sales[0]
	assert.Equal(t, want, b)
}

// Values of one kind lie in one piece of memory, lists of up to four as well; and an
// account pays for nothing that the one before it had.
func TestScanAllocations(t *testing.T) {
	if slower > 1 {
		t.Skip("the race detector allocates, and drops what is pooled")
	}
	var a kam.Account
	scan := func(data []byte) {
		if !kam.ScanAccount(data, &a) {
			t.Fatalf("not read: %.60s", data)
		}
	}
	const n = 100
	const sales, contacts, answers = `{"sales":[%s]}`, `{"contacts":[%s]}`, `{"answers":{"s":{%s}}}`
	document := func(within, item string) []byte {
		var list []string
		for i := range n {
			list = append(list, strings.ReplaceAll(item, "#", strconv.Itoa(i)))
		}
		return []byte(fmt.Sprintf(within, strings.Join(list, ",")) + strings.Repeat(" ", 200*n)) // as long as one with other facts
	}
	for _, tt := range []struct {
		within, with, without string
		more                  float64
	}{
		{sales, `{"revenue":1}`, `{}`, 1},
		{sales, `{"orders":1}`, `{}`, 1},
		{sales, `{"productLines":["a"]}`, `{}`, 1},
		{sales, `{"productLines":["a","a","a","a"]}`, `{}`, 1},
		{sales, `{"productLines":["a","a","a","a","a"]}`, `{}`, n},
		{contacts, `{"roles":["user"]}`, `{}`, 1},
		{answers, `"f-#":{"rating":1,"confidence":1}`, `"f-#":{"rating":1}`, 1},
	} {
		with, without := document(tt.within, tt.with), document(tt.within, tt.without)
		more := testing.AllocsPerRun(50, func() { scan(with) }) - testing.AllocsPerRun(50, func() { scan(without) })
		assert.Equal(t, tt.more, more, tt.with)
	}
	next := [][]byte{document(sales, `{"revenue":1,"orders":1,"productLines":["a"]}`), []byte(`{}`)}
	assert.Zero(t, testing.AllocsPerRun(1, func() { scan(next[0]); next = next[1:] }), "the second of the two")
}

func FuzzAccountScan(f *testing.F) {
	addAccounts(f)
	for _, seed := range scanSeeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) { requireBothWays(t, data) })
}
