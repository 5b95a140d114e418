package kam

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam/internal/strictjson"
)

// faultsOf are the faults of a check, each as its code, value and what was
// wanted.
func faultsOf(check func(*report)) []string {
	var r report
	check(&r)
	out := []string{}
	for _, v := range r.found {
		out = append(out, fmt.Sprintf("%s %s|%s", string(v.Code), v.Value, v.Want))
	}
	return out
}

func TestTextsAreClean(t *testing.T) {
	long := strings.Repeat("a", maxText-1)
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"empty", "", nil},
		{"the ends of what is printed", " ~", nil},
		{"lines and tabs of a note", "a\n\tb", nil},
		{"other scripts", "Müller 王", nil},
		{"the longest", long + "a", nil},
		{"the longest with a line", long + "\n", nil},
		{"a byte too long", long + "aa", []string{"too-large 4097|<= 4096"}},
		{"a byte too long, of two bytes a letter", long + "é", []string{"too-large 4097|<= 4096"}},
		{"below a space", "a\x1f", []string{`encoding '\x1f'|`}},
		{"nothing", "\x00", []string{`encoding '\x00'|`}},
		{"the first that is hidden", "\x01\x02", []string{`encoding '\x01'|`}},
		{"a return", "\r", []string{`encoding '\r'|`}},
		{"delete", "\x7f", []string{`encoding '\x7f'|`}},
		{"control of Latin-1", "\u0085", []string{`encoding '\u0085'|`}},
		{"turned around", "a\u202eb", []string{`encoding '\u202e'|`}},
		{"line separator", "\u2028", []string{`encoding '\u2028'|`}},
		{"paragraph separator", "\u2029", []string{`encoding '\u2029'|`}},
		{"no UTF-8", "a\xff\x01", []string{"encoding a\uFFFD\x01|"}},
		{"too long and no UTF-8", long + "a\xff", []string{"too-large 4097|<= 4096", "encoding " + strings.Repeat("a", 60) + "…|"}},
		{"too long and hidden", long + "\x01\x02", []string{"too-large 4097|<= 4096", `encoding '\x01'|`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, append([]string{}, tt.want...), faultsOf(func(r *report) { r.text("", tt.text) }))
			assert.Equal(t, tt.want == nil, clean(tt.text))
		})
	}
	assert.False(t, clean("\uFFFD"), "someone may have written it, or not")
	assert.Empty(t, faultsOf(func(r *report) { r.text("", "\uFFFD") }))
	assert.Equal(t, "a\uFFFD\uFFFD\uFFFDb", shown("a\n\t\u2028b"), "one line")
}

func TestIDsAreKebabCase(t *testing.T) {
	for id, want := range map[string]bool{
		"a": true, "z": true, "0": true, "9": true, "a-b-9": true, strings.Repeat("a", 64): true,
		strings.Repeat("a", 65): false, "-a": false, "a-": false, "a--b": false, "-": false,
		"A": false, "`": false, "{": false, "/": false, ":": false, "a_b": false, "a b": false, "é": false,
	} {
		assert.Equal(t, want, kebab(id), id)
	}
	seen := map[string]bool{}
	assert.Equal(t, []string{"missing |", "missing |", "duplicate A|"}, faultsOf(func(r *report) {
		for _, id := range []string{"", "", "A", "A"} {
			r.unique("", id, seen)
		}
	}), "two that are absent are not the same one")
}

// Every range holds at both of its ends, and a step beyond them does not.
func TestRangesHoldAtTheirEnds(t *testing.T) {
	day := func(n int) Date { return NewDate(2026, 1, n) }
	bad, first := Date{-1}, NewDate(1, 1, 1)
	for _, tt := range []struct {
		name  string
		check func(*report)
		want  []string
	}{
		{"no number", func(r *report) {
			r.percent("", nil)
			r.rating10("", nil)
			r.hours("", nil)
			r.count("", nil)
			r.number("", nil)
		}, nil},
		{"percent", func(r *report) { r.percent("", new(Int(0))); r.percent("", new(Int(100))) }, nil},
		{"percent outside", func(r *report) { r.percent("", new(Dec(-1, 4))); r.percent("", new(Dec(1_000_001, 4))) }, []string{"range -0.0001|0..100", "range 100.0001|0..100"}},
		{"rating", func(r *report) { r.rating10("", new(Int(0))); r.rating10("", new(Int(10))) }, nil},
		{"rating outside", func(r *report) { r.rating10("", new(Dec(-1, 4))); r.rating10("", new(Dec(100_001, 4))) }, []string{"rating -0.0001|0..10", "rating 10.0001|0..10"}},
		{"hours", func(r *report) { r.hours("", new(Int(0))); r.hours("", new(Int(1_000_000_000))) }, nil},
		{"hours outside", func(r *report) { r.hours("", new(Dec(-1, 4))); r.hours("", new(Dec(10_000_000_000_001, 4))) }, []string{"range -0.0001|0..1000000000", "range 1000000000.0001|0..1000000000"}},
		{"count", func(r *report) { r.count("", new(0)); r.count("", new(1_000_000_000)) }, nil},
		{"count outside", func(r *report) { r.count("", new(-1)); r.count("", new(1_000_000_001)) }, []string{"range -1|0..1000000000", "range 1000000001|0..1000000000"}},
		{"length outside", func(r *report) { r.length("", 10_000); r.length("", 10_001) }, []string{"too-large 10001|<= 10000"}},
		{"invalid number", func(r *report) { r.number("", new(Dec(1, 9))) }, []string{"number invalid|"}},
		{"in order", func(r *report) { r.after("", day(1), day(1)); r.after("", day(1), day(2)) }, nil},
		{"out of order", func(r *report) { r.after("", day(2), day(1)) }, []string{"order 2026-01-01|>= 2026-01-02"}},
		{"after the first day of all", func(r *report) { r.after("", day(1), first); r.after("", first, day(1)) }, []string{"order 0001-01-01|>= 2026-01-01"}},
		{"unknown days are in order", func(r *report) { r.after("", day(1), Date{}); r.after("", Date{}, day(1)) }, nil},
		{"what is no day has no order", func(r *report) { r.after("", day(1), bad); r.after("", bad, day(1)) }, nil},
		{"a day that must be given", func(r *report) { r.day("", Date{}); r.day("", day(1)) }, []string{"missing |"}},
		{"below zero", func(r *report) {
			r.money("", new(makeMoney(0, 2, "EUR")), false)
			r.money("", new(makeMoney(-1, 2, "EUR")), true)
			r.money("", nil, false)
		}, nil},
		{"below zero where that makes no sense", func(r *report) { r.money("", new(makeMoney(-1, 2, "EUR")), false) }, []string{"range -0.01 EUR|>= 0"}},
		{"currencies, listed or not", func(r *report) {
			r.currency("", "")
			r.currency("", "EUR")
			r.currency("", "EUX")
			r.currency("", "EUR")
			r.currency("", "USD")
		}, []string{"currency EUX|"}},
		{"a word and none", func(r *report) { enum(r, "", Yes, verdictWords); enum(r, "", Verdict(9), verdictWords) }, []string{"enum Verdict(9)|unknown, yes, no"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, append([]string{}, tt.want...), faultsOf(tt.check))
		})
	}
	var r report
	assert.True(t, r.length("", 10_000))
	assert.False(t, r.length("", 10_001))
}

// Whatever order a map is walked in, what is found is in the order of its keys.
func TestMembersAreInOrder(t *testing.T) {
	m, want := map[string]int{}, []string{}
	for i := range 3 * few {
		m[fmt.Sprintf("k%02d", i)] = i
		want = append(want, fmt.Sprintf("id k%02d|", i))
	}
	got := faultsOf(func(r *report) {
		r.add("", CodeMissing, "", "")
		members(r, m, func(k string, _ int) { r.add("", CodeID, k, "") })
	})
	assert.Equal(t, append([]string{"missing |"}, want...), got, "what was found before stays")
	assert.Equal(t, m, maps.Collect(sorted(m)))
	for k := range sorted(m) {
		require.Equal(t, "k00", k)
		break
	}
	calls := 0
	assert.Empty(t, faultsOf(func(r *report) { members(r, m, func(string, int) { calls++ }) }))
	assert.Len(t, m, calls, "where nothing is found each is looked at once")
}

func TestFaultCodes(t *testing.T) {
	for _, tt := range []struct {
		fault strictjson.Fault
		code  Code
		want  string
	}{
		{strictjson.Fault{Kind: strictjson.Encoding}, CodeEncoding, ""},
		{strictjson.Fault{Kind: strictjson.Missing}, CodeMissing, ""},
		{strictjson.Fault{Kind: strictjson.Duplicate}, CodeDuplicate, ""},
		{strictjson.Fault{Kind: strictjson.Unknown, Want: "w"}, CodeUnknown, "w"},
		{strictjson.Fault{Kind: strictjson.Type, Want: "w"}, CodeType, "w"},
		{strictjson.Fault{Kind: strictjson.Depth, Want: "w"}, CodeTooLarge, "w"},
		{strictjson.Fault{Kind: strictjson.Large, Want: "w"}, CodeTooLarge, "w"},
		{strictjson.Fault{Kind: strictjson.Syntax, Want: "w"}, CodeSyntax, "w"},
		{strictjson.Fault{Kind: strictjson.Value, Want: "w", Err: CodeMoney}, CodeMoney, ""},
		{strictjson.Fault{Kind: strictjson.Value, Want: "w", Err: fmt.Errorf("wrapped: %w", CodeDate)}, CodeDate, ""},
		{strictjson.Fault{Kind: strictjson.Value, Want: "w", Err: new(Verdict).UnmarshalText([]byte("maybe"))}, CodeEnum, "unknown, yes, no"},
		{strictjson.Fault{Kind: strictjson.Value, Want: "w", Err: errors.New("other")}, CodeSyntax, "w"},
	} {
		code, want := faultCode(tt.fault)
		assert.Equal(t, tt.code, code, "%+v", tt.fault)
		assert.Equal(t, tt.want, want, "%+v", tt.fault)
	}
	for data, want := range map[string]bool{"null": true, " null\n": true, "nul": false, "nulll": false, `"null"`: false, "": false} {
		assert.Equal(t, want, isNull([]byte(data)), data)
	}
	for data, want := range map[string]bool{"{}": true, "\t{": true, "": false, "[{": false} {
		assert.Equal(t, want, isObject([]byte(data)), data)
	}
}

// Forms of web pages send a return before each new line.
func TestNotesOfForms(t *testing.T) {
	for s, want := range map[string]bool{"a\r\nb": true, "备注\r\n\r\n一": true, "a\rb": false, "a\r": false, "\r\n": true, "a\r\r\n": false, "\uFFFD": true, "a\u0085": false} {
		var r report
		r.text("/note", s)
		assert.Equal(t, want, len(r.found) == 0, "%q", s)
		assert.False(t, clean(s) && !want, "%q", s)
	}
}
