package strictjson

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Each text with something at each place of it: what [json.Unmarshal] takes the
// scanner takes, and as the same text.
func TestScannerText(t *testing.T) {
	parts := []string{"", `"`, `\"`, `\\`, `\/`, `\n`, `\u00e9`, `\ud83d\ude00`, `\ud83d`, `\uDBFF\uDFFF`, `\uD800\uDC00`, `\udc00`, `\udfff`, `\ue000`, `\ud7ff`, `\x`, `\u12`, `\u00g0`, "\x00", "\x1f", "\x7f", "é", "😀"}
	var s Scanner
	good, bad := 0, 0
	for size := range 42 {
		for at := range size + 1 {
			for _, part := range parts {
				doc := `"` + strings.Repeat("a", at) + part + strings.Repeat("b", size-at) + `"`
				var want string
				err := json.Unmarshal([]byte(doc), &want)
				if strings.ContainsRune(want, '�') { // half a character, which encoding/json mends
					err = assert.AnError
				}
				for _, doc := range []string{doc, " " + doc + "\n"} {
					s.Reset([]byte(doc))
					got := s.Text()
					require.Equal(t, err == nil, s.End(), "%s", doc)
					if err == nil {
						require.Equal(t, want, got, "%s", doc)
						good++
					} else {
						bad++
					}
				}
				if content := doc[1 : len(doc)-1]; err == nil && !strings.Contains(content, `\`) {
					s.Reset([]byte(doc))
					got := s.Content()
					require.Equal(t, content, string(got))
					require.Equal(t, len(got), cap(got), "what is appended is not written into the document")
					require.True(t, s.End())
				} else {
					s.Reset([]byte(doc))
					s.Content()
					require.False(t, s.End(), "%s", doc)
				}
			}
		}
	}
	assert.Greater(t, good, 10_000)
	assert.Greater(t, bad, 10_000)
}

// What each method takes, of a document that is nothing else.
func TestScannerValues(t *testing.T) {
	text := func(s *Scanner) any { return s.Text() }
	whole := func(s *Scanner) any { return s.Int() }
	null := func(s *Scanner) any { return s.Null() }
	number := func(s *Scanner) any { return string(s.Number()) }
	content := func(s *Scanner) any { return string(s.Content()) }
	tests := []struct {
		reason string
		read   func(*Scanner) any
		docs   string // separated by |
		want   any    // nil is that all fail
	}{
		{"a null is no text", text, "null| null ", ""},
		{"other values, and none", text, "5|{}|[]|true|nul|nulls|N|", nil},
		{"two values", text, `"a" "b"|"a"b|null null`, nil},
		{"nothing is escaped", content, `"a b"| "a b" `, "a b"},
		{"cut, escaped, or no text", content, `"|"a|"a\"|"a\n"|"a"b|a|null|5|`, nil},
		{"one digit", whole, "7| 7 ", 7},
		{"nothing", whole, "0", 0},
		{"nine digits, which 32 bits have", whole, "999999999", 999_999_999},
		{"ten digits, zeros in front, signs, fractions, and none at all", whole, "1000000000|01|00|-1|+1|1.0|1e2|x|/|:|\"1\"|null|", nil},
		{"there is one", null, "null|null ", true},
		{"it is cut, or another word", null, "nul|nulL|n|nulls", nil},
		{"another value is there to be read", null, "true|5", nil},
		{"no number", number, "01|-|-x|.5|1.|1.e5|1e|1e+|1e-|+1|00|-01|1x|1 2|0x1|e5|\"1\"|", nil},
		{"as it stands", number, "-0.50E+07", "-0.50E+07"},
		{"as it stands", number, "0", "0"},
		{"as it stands", number, "-12.25e-3 ", "-12.25e-3"},
		{"as it stands", number, "1e5", "1e5"},
	}
	for _, tt := range tests {
		for doc := range strings.SplitSeq(tt.docs, "|") {
			t.Run(doc, func(t *testing.T) {
				var s Scanner
				s.Reset([]byte(doc))
				got := tt.read(&s)
				require.Equal(t, tt.want != nil, s.End(), tt.reason)
				if tt.want != nil {
					assert.Equal(t, tt.want, got, tt.reason)
				}
			})
		}
	}
	var s Scanner
	s.Reset([]byte("125"))
	n := s.Number()
	assert.Equal(t, len(n), cap(n))
}

// Lists of whole numbers, and objects of them, as [json.Unmarshal] has them.
func TestScannerLists(t *testing.T) {
	docs := []string{
		"[]", "[ ]", "[1]", "[1,2]", " [ 1 , 2 ,\t3\r\n] ", "[1,]", "[,1]", "[,]", "[1 2]", "[1", "[1,", "[", "]", "[1]]", "[1}", "{1]", "[1:2]", "[1;2]", "", "5", `"[1]"`,
		"{}", "{ }", `{"a":1}`, `{"a":1,"b":2}`, ` { "a" : 1 , "" :2}`, `{"a":1,}`, `{,"a":1}`, `{"a" 1}`, `{"a",1}`, `{"a":}`, `{"a"}`, `{"a`, `{"a"`, `{"a":`, `{"a":1`, `{a:1}`,
		`{1:1}`, `{"a":1]`, `{"a":1}}`, `{"a":1 "b":2}`, `{"a"::1}`, `{null:1}`,
	}
	for _, doc := range docs {
		t.Run(doc, func(t *testing.T) {
			var list, wantList []int
			var s Scanner
			s.Reset([]byte(doc))
			s.Open('[')
			for n := 0; s.More(']', n); n++ {
				list = append(list, s.Int())
			}
			err := json.Unmarshal([]byte(doc), &wantList)
			if require.Equal(t, err == nil, s.End(), "as a list"); err == nil {
				assert.ElementsMatch(t, wantList, list)
			}

			object, wantObject := map[string]int{}, map[string]int{}
			s.Reset([]byte(doc))
			s.Open('{')
			for n := 0; s.More('}', n); n++ {
				object[s.TextKey()] = s.Int()
			}
			err = json.Unmarshal([]byte(doc), &wantObject)
			if require.Equal(t, err == nil, s.End(), "as an object"); err == nil {
				assert.Equal(t, wantObject, object)
			}
		})
	}
	for items, want := range map[int]bool{MaxItems: true, MaxItems + 1: false} {
		var s Scanner
		s.Reset([]byte("[" + strings.Repeat("1,", items-1) + "1]"))
		s.Open('[')
		n := 0
		for s.More(']', n) {
			s.Int()
			n++
		}
		assert.Equal(t, want, s.End(), "%d items", items)
		assert.Equal(t, MaxItems, n)
	}
}

// A value is read as Decode reads it, whatever stands behind it.
func TestScannerValue(t *testing.T) {
	for _, tt := range []struct {
		reason, value string
		good          bool
	}{
		{"an object", `{"n": 1, "text": "x"}`, true},
		{"brackets, commas and marks in texts", `{"text": "]},{[\"\\"}`, true},
		{"empty", `{}`, true},
		{"none", `null`, true},
		{"another type", `[1]`, false},
		{"a field that nobody knows", `{"m": 1}`, false},
		{"given twice", `{"n": 1, "n": 1}`, false},
		{"not JSON", `{"n": 01}`, false},
		{"two values", `{} {}`, false},
		{"cut", `{"text": "x`, false},
	} {
		for _, behind := range []string{"]", " ]", `, {"n": 2}]`, ` ,{"text": "]"} ]`} {
			t.Run(tt.value+behind, func(t *testing.T) {
				var want []inner
				require.Equal(t, tt.good, len(Decode([]byte("["+tt.value+behind), &want, 9)) == 0)
				var got []inner
				var s Scanner
				s.Reset([]byte("[" + tt.value + behind))
				s.Open('[')
				for n := 0; s.More(']', n); n++ {
					got = append(got, inner{})
					s.Value(&got[n], 8)
				}
				require.Equal(t, tt.good, s.End(), tt.reason)
				if tt.good {
					assert.Equal(t, want, got, tt.reason)
				}
			})
		}
	}
	deep := func(most int) bool {
		var v []outer
		var s Scanner
		s.Reset([]byte(`{"x": [{"list": [{"n": 1}]}]}`))
		s.Open('{')
		for n := 0; s.More('}', n); n++ {
			s.Key()
			s.Value(&v, most)
		}
		return s.End()
	}
	assert.True(t, deep(4))
	assert.False(t, deep(3))
	assert.False(t, func() bool { var s Scanner; var v inner; s.Reset([]byte("{}")); s.Value(&v, 9); return s.End() }(), "it is for what stands in a list or an object")
}

// What a document may be, and what a failure leaves.
func TestScannerFails(t *testing.T) {
	var s Scanner
	s.Reset([]byte(strings.Repeat(" ", MaxBytes-1) + "5"))
	assert.Equal(t, 5, s.Int())
	assert.True(t, s.End())
	s.Reset([]byte(strings.Repeat(" ", MaxBytes) + "5"))
	assert.False(t, s.End(), "one byte too many")
	s.Reset([]byte("\"\xff\""))
	assert.Empty(t, s.Text())
	assert.False(t, s.End(), "no UTF-8")

	s.Reset([]byte(`[1, "x", null]`))
	assert.Equal(t, byte('['), s.Peek())
	s.Fail()
	assert.Zero(t, s.Peek())
	s.Open('[')
	assert.False(t, s.More(']', 0))
	assert.Nil(t, s.Key())
	assert.Nil(t, s.Content())
	assert.Nil(t, s.Number())
	assert.Empty(t, s.Text())
	assert.Empty(t, s.TextKey())
	assert.Zero(t, s.Int())
	assert.False(t, s.Null())
	var v inner
	s.Value(&v, 9)
	assert.False(t, s.End())

	s.Reset([]byte("7"))
	assert.Equal(t, 7, s.Int(), "another document is another try")
	assert.True(t, s.End())
}

// Texts are their own: the document may be written over.
func TestScannerKeepsNothing(t *testing.T) {
	var s Scanner
	var got []string
	for i := range 300 { // more than are remembered
		doc := fmt.Appendf(nil, `{"key %d": "text %d, which is longer than what is remembered"}`, i, i)
		s.Reset(doc)
		s.Open('{')
		require.True(t, s.More('}', 0))
		got = append(got, s.TextKey(), s.Text())
		require.False(t, s.More('}', 1))
		require.True(t, s.End())
		clear(doc)
	}
	for i := range 300 {
		require.Equal(t, fmt.Sprintf("key %d", i), got[2*i])
		require.Equal(t, fmt.Sprintf("text %d, which is longer than what is remembered", i), got[2*i+1])
	}
}
