package kam_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/questions"
)

// hazards are the inputs that are known to hurt programs of this kind, each
// with the tests that hold kam against it, and what it does else. Where it cannot
// reach kam, the tests are "none" and the reason says why.
var hazards = []struct{ input, tests, reason string }{
	// Numbers.
	{"1e1000000000", "TestBadAccounts TestHazardNumbers FuzzParseNumber", "minutes in Add"},
	{"1e10000", "TestHazardNumbers TestLongDigitsAreRefusedFast", "a gigabyte of printed zeros"},
	{"a caller's decimal of exponent 1e8", "TestHostileDecimals TestMoneyHostileDecimals", "minutes in Cmp"},
	{"another package changes decimal's settings", "TestDecimalGlobalsChangeNothing", "2/3 = 0.67"},
	{"a decode that fails", "TestNumberCodec TestMoneyCodec TestDateCodec TestFailedDecodeChangesNothing", "the destination is 0 already"},
	{"null, and an explicit zero", "TestAbsentIsNotZero", "a fact is lost"},
	{"NaN, Inf, division by zero", "TestBadAccounts TestHazardNumbers TestNothingIsDividedByZero", "a panic"},
	{"decimals compared with ==", "TestNumberArithmeticForms TestMoneyArithmetic TestDecimalsStayOutside", "1.0 == 1.00 is false"},
	{"IntPart of 2^63", "TestHazardNumbers", "−2^63 in silence"},
	{"weights of one third", "TestThirds", "4.9999999999999995"},
	// Text and structure.
	{"a reporting cycle", "TestLongChainOfReports TestKillers", "a stack overflow that nothing catches"},
	{"JSON 600,000 deep", "TestDeepJSON TestKillers", "the same"},
	{"a panic in a caller's function", "TestBrokenRiskChecks", "kills the host"},
	{"an abandoned iter.Pull", "TestAbandonedPull TestAssessAllStops", "a goroutine that stays"},
	{"a JSON string of 200 MB", "TestSixtyFourMegabytes TestLimits TestMemoryBound", "memory"},
	{"50 MB of commas in CSV", "none", "kam reads no CSV; commas in JSON are in TestMemoryBound"},
	{"invalid UTF-8", "TestBadAccounts TestBadValuesInCode TestSurrogates", "U+FFFD in silence"},
	{"keys given twice or in another case, trailing data", "TestBadAccounts TestDecodeFaults", "one of the two is lost"},
	{"a line of 70 kB", "TestAssessLongLine", "the reader stops"},
	{"=1+1 in a cell", "none", "kam writes no CSV"},
	{"control characters in a drawing", "TestDrawingsEscape", "kam draws Mermaid and DOT, and no SVG"},
	{"links, HTML and images in Markdown", "TestHostileTextIsInert TestTextIsShownWhole TestLongTextIsInert", "they are live"},
	{"bidirectional controls", "TestBadAccounts TestUnseenCharactersInMarkdown", "one name reads as another"},
	{"ids that look alike", "TestIDsAreComparedByBytes", "two contacts become one"},
	{"January 31 plus a month", "TestAddMonthsKeepsTheMonth", "March 3"},
	{"a day of 23 hours", "TestZonesChangeNoDay TestDateOfHonoursTheLocation", "0 days"},
	{"New York on December 31", "TestDateOfHonoursTheLocation", "next year in UTC"},
	// Tools.
	{"a fuzz step that names no target", "none", "proof/fuzz.sh discovers the targets, and fails on none"},
}

// Each hazard has a test that is there.
func TestEveryHazardHasATest(t *testing.T) {
	known := map[string]bool{}
	for _, dir := range []string{".", "internal/strictjson", "questions", "cmd/kam", "proof"} {
		files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
		require.NoError(t, err)
		for _, name := range files {
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			require.NoError(t, err)
			for _, d := range file.Decls {
				if f, ok := d.(*ast.FuncDecl); ok {
					known[f.Name.Name] = true
				}
			}
		}
	}
	for _, h := range hazards {
		assert.NotEmpty(t, h.reason, h.input)
		names := strings.Fields(h.tests)
		assert.NotEmpty(t, names, h.input)
		for _, name := range names {
			assert.True(t, known[name] || h.tests == "none", "%s: there is no %s", h.input, name)
		}
	}
}

func TestHazardNumbers(t *testing.T) {
	for _, s := range []string{"1e1000000000", "1e10000", "1E5", "NaN", "Inf", "-Infinity", "0x10", "9223372036854775808", "1_000", "+1", ".5", "5.", " 1", "１"} {
		_, err := kam.ParseNumber(s)
		require.ErrorIs(t, err, kam.CodeNumber, s)
		_, err = kam.ParseMoney(s)
		require.Error(t, err, s)
		var a kam.Account
		require.ErrorIs(t, a.UnmarshalJSON([]byte(`{"attributes":{"a":"`+s+`"}}`)), kam.CodeNumber, s)
	}
	var a kam.Account
	require.ErrorIs(t, a.UnmarshalJSON([]byte(`{"sales":[{"orders":9223372036854775808}]}`)), kam.CodeType, "2^63 is no count")
	_, err := kam.NumberOf(kam.Int(1).Decimal().Shift(18).Mul(kam.Int(9).Decimal()))
	require.ErrorIs(t, err, kam.CodeNumber, "9·10^18 is within 64 bits and beyond Number")
}

// A document with a fault in its last field changes nothing of its
// destination.
func TestFailedDecodeChangesNothing(t *testing.T) {
	account, policy, plan := clone(t, acme), kam.DefaultPolicy(), kam.Plan{Account: "a", Team: []string{"Ann"}}
	wantAccount, wantPolicy := clone(t, acme), kam.DefaultPolicy()
	require.Error(t, account.UnmarshalJSON([]byte(`{"id":"y","sales":[],"answers":{},"attributes":{"a":"x"}}`)))
	require.Error(t, policy.UnmarshalJSON([]byte(`{"name":"y","strength":{"id":"z","factors":[]},"plan":1}`)))
	require.Error(t, plan.UnmarshalJSON([]byte(`{"account":"b","team":[],"reviews":1}`)))
	assert.Equal(t, wantAccount, account)
	assert.Equal(t, wantPolicy, policy)
	assert.Equal(t, kam.Plan{Account: "a", Team: []string{"Ann"}}, plan)
	answer, judgement := kam.Answer{Rating: kam.Int(3), By: "Ann"}, kam.Judgement{Verdict: kam.Yes, By: "Ann"}
	require.Error(t, answer.UnmarshalJSON([]byte(`{"rating":4,"by":1}`)))
	require.Error(t, judgement.UnmarshalJSON([]byte(`{"verdict":"no","by":1}`)))
	assert.Equal(t, kam.Answer{Rating: kam.Int(3), By: "Ann"}, answer)
	assert.Equal(t, kam.Judgement{Verdict: kam.Yes, By: "Ann"}, judgement)
}

// An explicit zero is a fact and stays one; null and absence are none.
func TestAbsentIsNotZero(t *testing.T) {
	for given, want := range map[string]string{
		`{"id":"x"}`:                  `{"id":"x"}`,
		`{"id":"x","wallet":null}`:    `{"id":"x"}`,
		`{"id":"x","wallet":"0.00"}`:  `{"id":"x","wallet":"0"}`,
		`{"id":"x","plannedHours":0}`: `{"id":"x","plannedHours":"0"}`,
		`{"id":"x","sales":[{"from":"2026-01-01","to":"2026-01-31","orders":0,"revenue":"0 EUR"}]}`: `{"id":"x","sales":[{"from":"2026-01-01","to":"2026-01-31","revenue":"0.00 EUR","orders":0}]}`,
	} {
		var a kam.Account
		require.NoError(t, a.UnmarshalJSON([]byte(given)))
		out, err := json.Marshal(a)
		require.NoError(t, err)
		assert.Equal(t, want, string(out), given)
	}
}

// Every denominator that the facts can make zero, at once.
func TestNothingIsDividedByZero(t *testing.T) {
	var a kam.Account
	require.NoError(t, a.UnmarshalJSON([]byte(`{"id":"x","wallet":0,"walletBefore":0,"ourRevenue":0,"plannedHours":0,"standardMargin":0,
		"peers":{"complaints":0,"orders":0},"contacts":[],"efforts":[{"kind":"time","on":"2026-10-01","hours":0,"rate":0}],
		"sales":[{"from":"2024-11-01","to":"2026-10-31","revenue":0,"directCost":0,"discount":0,"orders":0,"units":0,"returns":0,"deliveries":0,"lateDeliveries":0,"complaints":0}]}`)))
	engine := compiled(t, kam.Policy{})
	s, err := engine.Assess(a, asOf)
	require.NoError(t, err)
	for _, signal := range []kam.Signal{kam.SignalRevenueTrend, kam.SignalWalletShare, kam.SignalOurRevenueShare, kam.SignalMargin, kam.SignalDiscount, kam.SignalOnTime, kam.SignalComplaintRate, kam.SignalReturnRate} {
		_, known := s.Signals.Value(signal)
		assert.False(t, known, signal)
	}
	in, err := engine.Invest(a, s)
	require.NoError(t, err)
	assert.Nil(t, in.Return)
	p, err := engine.Portfolio(func(yield func(kam.Account, error) bool) { yield(a, nil) }, asOf)
	require.NoError(t, err)
	_, err = engine.PlanTime(p, kam.Int(0), kam.TimeRules{}, map[string]kam.Number{"x": kam.Int(0)})
	require.NoError(t, err)
	w, err := p.Without(func(kam.Member) bool { return true })
	require.NoError(t, err)
	assert.Nil(t, w.RevenueLoss)
}

// What panics on odd values, or reads a process-wide setting, is called
// nowhere in the package.
func TestDecimalsStayOutside(t *testing.T) {
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		src, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, banned := range []string{"RequireFromString", ".InexactFloat64(", ".Float64()", "decimal.NewFromFloat", ".IntPart(", "DivisionPrecision", ".Div("} {
			assert.NotContains(t, string(src), banned, name)
		}
	}
}

// A stream that is left, or pulled and stopped, does not go on by itself.
func TestAbandonedPull(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	asked, ended := 0, 0
	endless := func(yield func(kam.Account) bool) {
		for yield(kam.Account{ID: "x"}) {
			asked++
		}
		ended++
	}
	for range engine.AssessAll(endless, asOf) {
		if asked == 3 {
			break
		}
	}
	assert.Equal(t, 3, asked)
	assert.Equal(t, 1, ended)

	next, stop := iter.Pull2(engine.AssessAll(endless, asOf))
	for range 2 {
		a, err, ok := next()
		require.NoError(t, err)
		require.True(t, ok)
		assert.Equal(t, "x", a.Account)
	}
	stop()
	_, _, ok := next()
	assert.False(t, ok)
	assert.Equal(t, 4, asked, "a second account was asked for, and no third")
	assert.Equal(t, 2, ended, "the source has returned, and holds no goroutine")
}

// A Latin and a Cyrillic a are two ids.
func TestIDsAreComparedByBytes(t *testing.T) {
	a := kam.Account{ID: "x", Contacts: []kam.Contact{{ID: "a"}, {ID: "а", ReportsTo: "a"}, {ID: "A"}}}
	require.NoError(t, a.Validate())
	assert.Len(t, kam.MapContacts(a.Contacts, asOf, kam.ContactRules{}).Tree, 3)
}

// decoders are all that take bytes from outside.
func decoders(t testing.TB) map[string]func([]byte) error {
	bank, err := questions.Load()
	require.NoError(t, err)
	return map[string]func([]byte) error{
		"account":           func(b []byte) error { return new(kam.Account).UnmarshalJSON(b) },
		"account, outside":  func(b []byte) error { return json.Unmarshal(b, new(kam.Account)) },
		"policy":            func(b []byte) error { return new(kam.Policy).UnmarshalJSON(b) },
		"plan":              func(b []byte) error { return new(kam.Plan).UnmarshalJSON(b) },
		"answer":            func(b []byte) error { return new(kam.Answer).UnmarshalJSON(b) },
		"judgement":         func(b []byte) error { return new(kam.Judgement).UnmarshalJSON(b) },
		"number":            func(b []byte) error { return new(kam.Number).UnmarshalJSON(b) },
		"money":             func(b []byte) error { return new(kam.Money).UnmarshalJSON(b) },
		"number, text":      func(b []byte) error { _, err := kam.ParseNumber(string(b)); return err },
		"money, text":       func(b []byte) error { _, err := kam.ParseMoney(string(b)); return err },
		"date, text":        func(b []byte) error { _, err := kam.ParseDate(string(b)); return err },
		"date, column":      func(b []byte) error { return new(kam.Date).Scan(b) },
		"stage, text":       func(b []byte) error { return new(kam.Stage).UnmarshalText(b) },
		"questions, add":    func(b []byte) error { _, err := bank.Add(b); return err },
		"questions, with":   func(b []byte) error { _, err := bank.With("de", bytes.NewReader(b)); return err },
		"response":          func(b []byte) error { return new(questions.Response).UnmarshalJSON(b) },
		"response, outside": func(b []byte) error { return json.Unmarshal(b, new(questions.Response)) },
		"value":             func(b []byte) error { return new(questions.Value).UnmarshalJSON(b) },
	}
}

// repeated makes a document of about so many bytes from numbered items.
func repeated(size, most int, head, tail string, item func(i int) string) []byte {
	b := bytes.NewBufferString(head)
	for i := 0; i < most; i++ {
		next := item(i)
		if b.Len()+len(next)+len(tail)+1 > size {
			break
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(next)
	}
	b.WriteString(tail)
	return b.Bytes()
}

func same(s string) func(int) string { return func(int) string { return s } }

// hostile are documents that are cheap to write and dear to read.
func hostile(size int) map[string]func() []byte {
	fill := func(head, s, tail string) func() []byte {
		return func() []byte {
			return []byte(head + strings.Repeat(s, max(0, size-len(head)-len(tail))/len(s)) + tail)
		}
	}
	list := func(head, tail string, item func(i int) string) func() []byte {
		return func() []byte { return repeated(size, size, head, tail, item) }
	}
	const levels = 13 // of questions within questions
	return map[string]func() []byte{
		"one string":       fill(`{"id":"`, "a", `"}`),
		"one bare string":  fill(`"`, "a", `"`),
		"escapes":          fill(`{"id":"`, `\u0061`, `"}`),
		"a string cut off": fill(`"`, "a", ""),
		"a string of NUL":  fill(`"`, "\x00", `"`),
		"backslashes":      fill(`"`, `\`, ""),
		"digits":           fill(`{"attributes":{"a":`, "9", `}}`),
		"bare digits":      fill("", "9", ""),
		"zeros":            fill("0.", "0", "1"),
		"spaces":           fill("{", " ", "}"),
		"blank":            fill("", " ", ""),
		"brackets":         fill("", "[", ""),
		"deep":             fill("", `{"answers":`, ""),
		"deep and whole":   func() []byte { return append(bytes.Repeat([]byte("["), size/2), bytes.Repeat([]byte("]"), size/2)...) },
		"commas":           fill("[", ",", "]"),
		"nulls":            list(`{"contacts":[`, `]}`, same("null")),
		"not UTF-8":        fill("", "\xff", ""),
		"half a character": fill("", "\xf0\x9f", ""),
		"unknown fields":   list("{", "}", func(i int) string { return `"` + strconv.Itoa(i) + `":1` }),
		"one field often":  list("{", "}", same(`"id":""`)),
		"long field":       fill(`{"`, "a", `":1}`),
		"contacts":         list(`{"contacts":[`, `]}`, same("{}")),
		"sales":            list(`{"sales":[`, `]}`, same("{}")),
		"wrong types":      list(`{"sales":[`, `]}`, same("1")),
		"attributes":       list(`{"attributes":{`, `}}`, func(i int) string { return fmt.Sprintf(`"%x":1`, i) }),
		"answers":          list(`{"answers":{`, `}}`, func(i int) string { return fmt.Sprintf(`"%x":{"%x":1}`, i, i) }),
		"scorecards of answers": list(`{"id":"x","answers":{`, `}}`, func(i int) string {
			return fmt.Sprintf(`"%x":{%s}`, i, items(113, `"%d":1`)) // a map doubles there
		}),
		"roles": list(`{"contacts":[{"roles":[`, `]}]}`, same(`"user"`)),
		"questions within questions": list(`{"strength":{"factors":[`+strings.Repeat(`{"weight":1,"questions":[`, levels),
			strings.Repeat("]}", levels)+"]}}", same(`{"weight":1}`)),
		"spaces within questions": fill(`{"strength":{"factors":[`+strings.Repeat(`{"weight":1,"questions":[`, levels), " ", strings.Repeat("]}", levels)+"]}}"),
		"evidence":                list(`{"overview":{"snapshot":{"strategy":[`, `]}}}`, same(`{"evidence":[`+strings.Repeat("{},", 9998)+"{}]}")),
		"actions":                 list(`{"actions":[`, `]}`, same("{}")),
		"bank":                    list(`{"questions":[`, `]}`, same(`{"id":"a"}`)),
		"notes":                   list(`{"notes":[`, `]}`, same(`{"id":"a","text":{}}`)),
		"texts":                   list(`{"questions":{`, `}}`, func(i int) string { return fmt.Sprintf(`"a%d":{"text":"x"}`, i) }),
		"replies":                 list(`{"by":"Ann","answers":{`, `}}`, func(i int) string { return fmt.Sprintf(`"a%d":{"value":1}`, i) }),
		"one long note":           fill(`{"by":"Ann","answers":{"liking":{"value":1,"note":"`, "a", `"}}}`),
	}
}

// quick runs f and says that it took no longer than the limit; a machine that
// is busy with something else gets two more tries. Under the race detector all
// takes longer.
func quick(t *testing.T, limit time.Duration, what string, f func()) {
	t.Helper()
	var took time.Duration
	for range 3 {
		start := time.Now()
		f()
		if took = time.Since(start); took <= slower*limit {
			return
		}
	}
	t.Errorf("%s took %s", what, took)
}

// Whatever a document of 1 MB is, every decoder answers within a second.
func TestOneMegabyteIsDecoded(t *testing.T) {
	decoders := decoders(t)
	for name, make := range hostile(1 << 20) {
		doc := make()
		for kind, decode := range decoders {
			quick(t, time.Second, name+" as "+kind, func() {
				if err := decode(doc); err != nil {
					require.Less(t, len(err.Error()), 100_000, "%s as %s: the error is short", name, kind)
				}
			})
		}
	}
}

// 64 MB are answered, by a refusal, in no more than eight times what encoding/json takes
// to see that a document of that size is valid: 2 s on a machine that does so in 250 ms.
func TestSixtyFourMegabytes(t *testing.T) {
	decoders := decoders(t)
	docs := hostile(64 << 20)
	valid := docs["contacts"]()
	for _, name := range []string{"one bare string", "contacts", "deep", "bare digits"} {
		doc := docs[name]()
		start := time.Now()
		require.True(t, json.Valid(valid))
		limit := 8 * time.Since(start) / slower
		for kind, decode := range decoders {
			if kind == "value" && name == "one bare string" {
				continue // free text, which its response bounds
			}
			quick(t, limit, name+" as "+kind, func() {
				require.Error(t, decode(doc), "%s as %s", name, kind)
			})
		}
	}
}

// crowded are accounts of about 1 MB that decode, and are as dear to judge as
// we could make them.
func crowded() map[string][]byte {
	const size, most = 1 << 20, 10_000
	day := func(i int) string { return kam.NewDate(2026, 11, 1).AddDays(-i).String() }
	list := func(name string, item func(i int) string) []byte {
		return repeated(size, most, `{"id":"x","`+name+`":[`, `]}`, item)
	}
	return map[string][]byte{
		"days of sales": list("sales", func(i int) string {
			return fmt.Sprintf(`{"from":"%s","to":"%s","revenue":"0.%012d EUR","orders":1,"lastOrder":"%s"}`, day(i), day(i), i+1, day(i))
		}),
		"sales that overlap": list("sales", same(`{"from":"0001-01-01","to":"9999-12-31"}`)),
		"a chain of contacts": list("contacts", func(i int) string {
			return fmt.Sprintf(`{"id":"%d","reportsTo":"%d","department":"d","owner":"o","reach":"fair"}`, i, i+1)
		}),
		"a circle of contacts": list("contacts", func(i int) string {
			return fmt.Sprintf(`{"id":"%d","reportsTo":"%d","department":"d%d"}`, i, (i+1)%most, i)
		}),
		"one manager": list("contacts", func(i int) string {
			return fmt.Sprintf(`{"id":"%d","reportsTo":"0","roles":["decider"],"lastMet":"2026-11-01"}`, i)
		}),
		"misspelt judgements": repeated(size, most, `{"id":"x","judgements":{`, `}}`, func(i int) string {
			return fmt.Sprintf(`"%s%d":"yes"`, strings.Repeat("k", 58), 10_000+i)
		}),
		"one contact often": list("contacts", same(`{"id":"a","reportsTo":"a"}`)),
		"stages of one day": list("stages", same(`{"stage":"good","on":"2026-01-01"}`)),
		"stages back and forth": list("stages", func(i int) string {
			return fmt.Sprintf(`{"stage":"%s","on":"%s","view":"suggested"}`, []string{"good", "strong"}[i%2], day(most-i))
		}),
		"cells": list("cells", func(i int) string {
			return fmt.Sprintf(`{"cell":"%s","on":"%s"}`, []string{"key", "target"}[i%2], day(most-i))
		}),
		"overrides of one day": list("overrides", same(`{"of":"stage","value":"good","by":"A","why":"w","on":"2026-01-01","until":"2026-12-31"}`)),
		"overrides": list("overrides", func(i int) string {
			return fmt.Sprintf(`{"of":"stage","value":"good","by":"A","why":"w","on":"%s","until":"2026-12-31"}`, day(i))
		}),
		"efforts": list("efforts", func(i int) string {
			return fmt.Sprintf(`{"kind":"time","on":"%s","hours":"1.%04d","rate":"0.%08d EUR"}`, day(i), i+1, i+1)
		}),
		"incidents":    list("incidents", func(i int) string { return fmt.Sprintf(`{"opened":"%s"}`, day(i)) }),
		"activities":   list("activities", func(i int) string { return fmt.Sprintf(`{"kind":"review","on":"%s"}`, day(i)) }),
		"satisfaction": list("satisfaction", func(i int) string { return fmt.Sprintf(`{"on":"%s","rating":5}`, day(most-i)) }),
		"managers":     list("managers", func(i int) string { return fmt.Sprintf(`{"manager":"%d","since":"%s"}`, i, day(most-i)) }),
		"attributes":   repeated(size, most, `{"id":"x","attributes":{`, `}}`, func(i int) string { return fmt.Sprintf(`"%d":%d`, i, i) }),
		"judgements":   repeated(size, most, `{"id":"x","judgements":{`, `}}`, func(i int) string { return fmt.Sprintf(`"j%d":"yes"`, i) }),
		"scorecards":   repeated(size, most, `{"id":"x","answers":{`, `}}`, func(i int) string { return fmt.Sprintf(`"s%d":{"f":1}`, i) }),
		"factors":      repeated(size, most, `{"id":"x","answers":{"strength":{`, `}}}`, func(i int) string { return fmt.Sprintf(`"f%d":1`, i) }),
		"a long name":  []byte(`{"id":"x","name":"` + strings.Repeat("a\u202e", size/4) + `"}`),
	}
}

// judge does with an account all that the package can do.
func judge(t *testing.T, engine *kam.Engine, a kam.Account) {
	if err := a.Validate(); err != nil {
		requireViolations(t, err)
	}
	s, err := engine.Assess(a, asOf)
	if err != nil {
		requireViolations(t, err)
		return
	}
	_, err = engine.Portfolio(func(yield func(kam.Account, error) bool) { yield(a, nil) }, asOf)
	require.NoError(t, err)
	_, _ = engine.Invest(a, s)
	engine.Missing(s)
	_, err = engine.NewPlan(a, asOf, asOf.AddDays(1), asOf.AddMonths(12), kam.FiscalYear{})
	require.NoError(t, err)
	later, err := engine.Assess(a, asOf.AddDays(1))
	require.NoError(t, err)
	_, err = kam.CompareRisks(s, later)
	require.NoError(t, err)
	_, err = json.Marshal(s)
	require.NoError(t, err)
}

// Whatever an account of 1 MB holds, each thing that can be asked of it is
// answered within a second.
func TestOneMegabyteIsJudged(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	for name, doc := range crowded() {
		if len(doc) == 0 {
			continue
		}
		var a kam.Account
		require.NoError(t, a.UnmarshalJSON(doc), name)
		quick(t, 2*time.Second, name, func() { judge(t, engine, a) })
		quick(t, time.Second, name+" as a map", func() {
			m := kam.MapContacts(a.Contacts, asOf, kam.ContactRules{})
			m.Path("0")
			_, _ = m.Mermaid(), m.DOT()
		})
		quick(t, time.Second, name+" as a history", func() {
			a.Stages.Flips(kam.ViewSuggested, asOf)
			a.Stages.Difference(asOf)
			kam.DefaultStageRules().MovesOf(a.Stages, kam.ViewSuggested, asOf)
		})
	}
}

// crowdedPlans are plans of about 1 MB.
func crowdedPlans() map[string][]byte {
	const size, most = 1 << 20, 10_000
	list := func(name string, item func(i int) string) []byte {
		return repeated(size, most, `{"account":"x","from":"0001-01-01","to":"9999-12-31","`+name+`":[`, `]}`, item)
	}
	day := func(i int) string { return kam.NewDate(2026, 11, 1).AddDays(-i).String() }
	return map[string][]byte{
		"a chain of actions":   list("actions", func(i int) string { return fmt.Sprintf(`{"id":"%d","after":["%d"],"due":"%s"}`, i, i+1, day(i)) }),
		"a circle of actions":  list("actions", func(i int) string { return fmt.Sprintf(`{"id":"%d","after":["%d"]}`, i, (i+1)%most) }),
		"actions after all":    list("actions", func(i int) string { return fmt.Sprintf(`{"id":"%d","after":["0%s"]}`, i, strings.Repeat(`","1`, 300)) }),
		"one action often":     list("actions", same(`{"id":"a","uses":[{"resource":"r","amount":1}]}`)),
		"resources":            list("resources", func(i int) string { return fmt.Sprintf(`{"id":"r%d","what":"w","amount":1,"decided":true}`, i) }),
		"days of forecasts":    list("forecast", func(i int) string { return fmt.Sprintf(`{"from":"%s","to":"%s","amount":"1 EUR"}`, day(i), day(i)) }),
		"forecasts that share": list("forecast", same(`{"from":"0001-01-01","to":"9999-12-31","amount":"1 EUR"}`)),
		"parts":                list("forecast", same(`{"amount":"1 EUR","parts":[`+strings.TrimSuffix(strings.Repeat(`{"product":"p","amount":"1 EUR"},`, 200), ",")+`]}`)),
		"team":                 list("team", func(i int) string { return fmt.Sprintf(`"%d"`, i) }),
		"hostile text":         []byte(`{"account":"x","summary":{"purpose":"` + strings.Repeat("|*_<\u202e", size/8) + `"}}`),
	}
}

func TestOneMegabyteOfAPlan(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	var sales kam.Account
	require.NoError(t, sales.UnmarshalJSON(crowded()["days of sales"]))
	for name, doc := range crowdedPlans() {
		var p kam.Plan
		require.NoError(t, p.UnmarshalJSON(doc), name)
		shuffled := p
		shuffled.Actions, shuffled.Forecast = slices.Clone(p.Actions), slices.Clone(p.Forecast)
		slices.Reverse(shuffled.Actions)
		slices.Reverse(shuffled.Forecast)
		for what, f := range map[string]func(){
			"checked":   func() { _, _ = p.Validate(asOf) },
			"complete":  func() { engine.Completeness(p) },
			"in phases": func() { _, _ = engine.Process(p, kam.Account{ID: "x"}, asOf) },
			"in time": func() {
				x, _ := engine.Progress(p, sales, asOf)
				p.ProgressMarkdown(x, kam.English)
			},
			"as text":    func() { p.Markdown(kam.Chinese) },
			"compared":   func() { p.Diff(shuffled) },
			"from empty": func() { p.Diff(kam.Plan{}) },
		} {
			quick(t, time.Second, name+" "+what, f)
		}
	}
}

const childEnv = "KAM_HOSTILE_CHILD"

// long asks for the long runs: go test -run TestMemoryBound . -long
var long = flag.Bool("long", false, "run the tests that take long in full")

// child runs a test of this binary by itself, where it may die, and returns what it
// printed.
func child(t *testing.T, test, arg string) string {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^"+test+"$", "-test.timeout=120s")
	cmd.Env = append(os.Environ(), childEnv+"="+arg)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s %s: %.2000s", test, arg, out)
	return string(out)
}

// What kills a process where it is walked by recursion is refused: a deep
// document, a circle of reports, a circle of actions. The stack is held to
// 1 MB, so that a recursion would show.
func TestKillers(t *testing.T) {
	if os.Getenv(childEnv) == "" {
		child(t, "TestKillers", "1")
		return
	}
	debug.SetMaxStack(1 << 20)
	for _, doc := range [][]byte{
		bytes.Repeat([]byte("["), 8<<20), bytes.Repeat([]byte(`{"a":`), 600_000), bytes.Repeat([]byte("["), 64<<20),
		append(bytes.Repeat([]byte(`{"answers":`), 600_000), bytes.Repeat([]byte("}"), 600_000)...),
	} {
		for kind, decode := range decoders(t) {
			if !strings.HasSuffix(kind, "outside") { // encoding/json has its own limit
				require.Error(t, decode(doc), kind)
			}
		}
	}
	engine := compiled(t, kam.Policy{})
	for _, name := range []string{"a chain of contacts", "a circle of contacts", "one contact often"} {
		var a kam.Account
		require.NoError(t, a.UnmarshalJSON(crowded()[name]))
		judge(t, engine, a)
		m := kam.MapContacts(a.Contacts, asOf, kam.ContactRules{})
		m.Path("0")
		_, _ = m.Mermaid(), m.DOT()
	}
	for _, name := range []string{"a chain of actions", "a circle of actions", "one action often"} {
		var p kam.Plan
		require.NoError(t, p.UnmarshalJSON(crowdedPlans()[name]))
		_, _ = p.Validate(asOf)
		_, _ = engine.Progress(p, kam.Account{ID: "x"}, asOf)
		p.Markdown(kam.English)
	}
}

// memoryBound is what decoding one document takes at most, in MB of the whole
// process, as LIMITS.md says.
const memoryBound = 1024

// A fault is none the less one where a hundred came before it and it is not told.
func TestFaultsBehindAHundredOthers(t *testing.T) {
	many := map[string]kam.Money{}
	for i := range 101 {
		many[fmt.Sprint("x", i)] = *money("1 EUR")
	}
	one := kam.Factor{ID: "a", Weight: kam.Int(1)}
	weightless, flat := one, one
	weightless.Weight, flat.Scale = kam.Int(0), kam.Scale{Lo: kam.Int(5), Hi: kam.Int(5)}
	for name, factor := range map[string]kam.Factor{"no weight": weightless, "no scale": flat} {
		card := kam.Scorecard{ID: "p", Relative: true, Factors: []kam.Factor{factor}}
		for what, policy := range map[string]kam.Policy{"potential": {Potential: card}, "index": {Risks: kam.RiskRules{Index: &card}}} {
			policy.Currency, policy.Rates = "EUR", many
			quick(t, time.Second, name+" of "+what, func() {
				_, err := kam.Compile(policy)
				assert.Len(t, kam.ViolationsOf(err), 101, "%s of %s", name, what)
			})
		}
	}
	efforts := slices.Repeat([]kam.Effort{{Kind: 200, On: asOf}}, 102)
	_, err := kam.Invest("a", efforts, asOf, asOf, nil, nil)
	assert.Len(t, kam.ViolationsOf(err), 101)
	_, err = kam.MapWhiteSpace(slices.Repeat([]kam.WhiteCell{{Bought: 9}}, 102))
	assert.Len(t, kam.ViolationsOf(err), 101)
}

// Every method of every type, on its zero value, and on nil where there is a pointer to slip:
// with arguments that are zero as well, functions included, and with an account, an
// assessment, a plan and a portfolio of another engine.
func TestZeroValuesDoNotPanic(t *testing.T) {
	engine, account := compiled(t, kam.Policy{}), monthly(t)
	assessment, err := engine.Assess(account, asOf)
	require.NoError(t, err)
	portfolio, err := engine.Portfolio(manyRows(12), asOf)
	require.Error(t, err, "of two currencies and ratings out of range")
	plan, err := engine.NewPlan(account, asOf, asOf, asOf.AddDays(364), kam.FiscalYear{})
	require.NoError(t, err)
	given := map[reflect.Type]reflect.Value{}
	for _, v := range []any{account, &account, assessment, &assessment, portfolio, *portfolio, plan, &plan, asOf, kam.Int(5)} {
		given[reflect.TypeOf(v)] = reflect.ValueOf(v)
	}
	zeros := []any{
		new(kam.Account), new(kam.ActionState), new(kam.ActivityKind), new(kam.Answer), new(kam.Assessment), new(kam.Assessor), new(kam.Attitude),
		new(kam.Cell), new(kam.Change), new(kam.ChangeKind), new(kam.Class), new(kam.Classifier), new(kam.Code), new(kam.ComparedFactor), new(kam.Comparison),
		new(kam.Completeness), new(kam.Condition), new(kam.Contact), new(kam.ContactMap), new(kam.Contributions), new(kam.Date), new(kam.Effort),
		new(kam.AssessmentDiff), new(kam.EffortKind), new(kam.Engine), new(kam.Evidence), new(kam.EvidenceDiff), new(kam.Finding), new(kam.FiscalPeriod), new(kam.FiscalUnit), new(kam.FiscalYear), new(kam.Forecast),
		new(kam.GapID), new(kam.Grade), new(kam.Grid), new(kam.GridRules), new(kam.History), new(kam.Judgement), new(kam.KeyContact), new(kam.Level), new(kam.LineError), new(kam.AccountError),
		new(kam.MissingRule), new(kam.Money), new(kam.Number), new(kam.Opportunity), new(kam.Outcome), new(kam.OverrideState), new(kam.Pace),
		new(kam.PartnerRating), new(kam.Phase), new(kam.PhaseState), new(kam.Plan), new(kam.PlanChange), new(kam.Policy), new(kam.Portfolio),
		new(kam.Process), new(kam.Purpose), new(kam.Range), new(kam.RiskReport), new(kam.RiskTrend), new(kam.Role), new(kam.RoleRules), new(kam.Row), new(kam.RowScore),
		new(kam.RowStage), new(kam.Rows), new(kam.Scale), new(kam.Scorecard), new(kam.Scorer), new(kam.SellingStyle), new(kam.Side), new(kam.Signal), new(kam.SignalDiff),
		new(kam.Signals), new(kam.Source), new(kam.Stage), new(kam.StageMove), new(kam.StageRow), new(kam.StageRules), new(kam.StageSpan), new(kam.Stance),
		new(kam.TestID), new(kam.Text), new(kam.Tier), new(kam.Verdict), new(kam.View), new(kam.Violation), new(kam.Violations),
	}
	have := map[string]bool{}
	decoders := []string{"UnmarshalJSON", "UnmarshalText", "Scan"} // which nobody calls on nil
	values := []string{"AccountError", "LineError"}                // that have no error to tell it by
	for _, zero := range zeros {
		v := reflect.ValueOf(zero)
		have[v.Type().Elem().Name()] = true
		for i := range v.NumMethod() {
			name, method := fmt.Sprint(v.Type(), " ", v.Type().Method(i).Name), v.Method(i)
			if method.Type().NumIn() > 0 && method.Type().In(0) == reflect.TypeFor[fmt.State]() {
				continue // package fmt calls it
			}
			assert.NotPanics(t, func() { callWith(method, nil) }, name)
			assert.NotPanics(t, func() { callWith(method, given) }, "%s, with arguments", name)
			_, byValue := v.Type().Elem().MethodByName(v.Type().Method(i).Name)
			if !byValue && !slices.Contains(decoders, v.Type().Method(i).Name) && !slices.Contains(values, v.Type().Elem().Name()) {
				assert.NotPanics(t, func() { callWith(reflect.Zero(v.Type()).Method(i), given) }, "%s, of nil", name)
			}
		}
	}
	for _, line := range apiOf(t, ".") {
		if m := regexp.MustCompile(`^func \((?:\w+ )?\*?([A-Z]\w*)\)`).FindStringSubmatch(line); m != nil {
			assert.True(t, have[m[1]], "%s is not tested", m[1])
		}
	}
}

// callWith calls a method with what is given of its arguments' types and zeros
// else, with functions that return zeros where anything is given, and walks what it returns
// to be walked.
func callWith(method reflect.Value, given map[reflect.Type]reflect.Value) {
	var in []reflect.Value
	for i := range method.Type().NumIn() {
		of := method.Type().In(i)
		arg, ok := given[of]
		switch {
		case method.Type().IsVariadic() && i == method.Type().NumIn()-1:
			continue
		case !ok && of.Kind() == reflect.Func && given != nil:
			arg = reflect.MakeFunc(of, func([]reflect.Value) (out []reflect.Value) {
				for k := range of.NumOut() {
					out = append(out, reflect.Zero(of.Out(k)))
				}
				return out
			})
		case !ok:
			arg = reflect.Zero(of)
		}
		in = append(in, arg)
	}
	for _, out := range method.Call(in) {
		switch {
		case out.Kind() != reflect.Func || out.IsNil():
		case out.Type().CanSeq2():
			for range out.Seq2() {
				continue
			}
		case out.Type().CanSeq():
			for range out.Seq() {
				continue
			}
		}
	}
}

// What a caller has forgotten to hand over is told, once.
func TestNothingHandedOver(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	p, err := engine.Portfolio(manyRows(1), asOf)
	require.NoError(t, err)
	var noHistory *kam.History
	var noCard *kam.Scorecard
	var noPortfolio *kam.Portfolio
	_, gone := p.Without(nil)
	_, portfolio := noPortfolio.Without(func(kam.Member) bool { return true })
	left, rows := engine.Portfolio(nil, asOf)
	assert.Empty(t, left.Members)
	for what, err := range map[string]error{
		"gone": gone, "portfolio": portfolio, "rows": rows,
		"history": noHistory.Append(kam.StageRecord{Stage: kam.StageGood, On: asOf}, asOf),
	} {
		assert.Equal(t, []string{" missing " + what + "|"}, found(err))
	}
	for _, err := range []error{noCard.SetWeights(nil), noCard.Add(kam.Factor{}), noCard.Drop(), noCard.Normalize()} {
		assert.Equal(t, []string{" missing scorecard|"}, found(err))
	}
	for name, walk := range map[string]iter.Seq2[kam.Assessment, error]{
		"AssessAll": engine.AssessAll(nil, asOf), "AssessRows": engine.AssessRows(nil, asOf),
		"one worker": engine.AssessParallel(nil, asOf, 1), "two workers": engine.AssessParallel(nil, asOf, 2),
	} {
		var errs []string
		for a, err := range walk {
			assert.Empty(t, a.Account, name)
			errs = append(errs, found(err)...)
		}
		assert.Equal(t, []string{" missing rows|"}, errs, name)
	}
	for _, workers := range []int{1, 2} {
		var errs []string
		for a, err := range engine.Assessor().AssessParallel(nil, asOf, workers) {
			assert.NotNil(t, a)
			errs = append(errs, found(err)...)
		}
		assert.Equal(t, []string{" missing rows|"}, errs, "%d workers", workers)
	}
}
