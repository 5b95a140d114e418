package proof

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/cmd/kam/northwind"
)

// parse reads Markdown as the most permissive readers do: tables, bare links,
// struck text and task lists are live.
func parse(source string) ast.Node {
	return goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList)).Parser().Parse(text.NewReader([]byte(source)))
}

// shape lists the kinds of the nodes, without the text itself and its breaks.
func shape(t *testing.T, source string) []string {
	var kinds []string
	err := ast.Walk(parse(source), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && n.Kind() != ast.KindText && n.Kind() != ast.KindString {
			kinds = append(kinds, n.Kind().String())
		}
		return ast.WalkContinue, nil
	})
	require.NoError(t, err)
	return kinds
}

// read is the text that a reader sees in one table cell or paragraph.
func read(t *testing.T, source string) string {
	var b strings.Builder
	src := []byte(source)
	err := ast.Walk(parse(source), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if x, ok := n.(*ast.Text); ok && entering {
			b.Write(x.Segment.Value(src))
			if x.SoftLineBreak() || x.HardLineBreak() {
				b.WriteByte(' ')
			}
		}
		return ast.WalkContinue, nil
	})
	require.NoError(t, err)
	return b.String()
}

// fill puts one text into every string of a value.
func fill(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Pointer:
		if !v.IsNil() {
			fill(v.Elem(), text)
		}
	case reflect.Slice:
		for i := range v.Len() {
			fill(v.Index(i), text)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), text)
			}
		}
	}
}

var hostile = []string{
	"<script>alert(1)</script>", "<!-- hidden", "</td></tr>", "&lt;b&gt; &#60;i&#62;", "|", "a | b |\n|---|---|\n| c | d |", "](javascript:alert(1))",
	"[x](javascript:alert(1))", "![x](http://evil.example/y.png)", "<http://evil.example>", "http://evil.example/", "www.evil.example", "HTTPS://EVIL.example",
	"mailto:a@evil.example", "a@evil.example", "[ref]: http://evil.example", "[ref]", "[^1]: note", "# heading", "text\n# heading", "text\n===", "text\n---", "---", "***", "- item", "+ item", "* item",
	"1. item", "1) item", "text\n\n1. item", "> quote", "    code", "\tcode", "```\ncode", "~~~", "`code`", "*a* **b** _c_ __d__ ~~e~~", "- [ ] task", "term\n: definition",
	"\u202Egnp.exe", "a\u200Bb\uFEFF", "a\u2066b\u2069", "line\r\nline", "line\u2028line\u0085line", "back\\slash", "\\", "trailing\\\nnext", "\x00\x01\x1b[31m", "\xff\xfe", "  spaces   within  ", "$x$ :smile: ^a^ ==b==", "{{.}} {% x %}", "关键客户|《客户》",
	"\u3000-\u3000item", "\u00a0-\u00a0item", "text\u2028-\u3000item", "text\u2028-\u2028more", "text\u2028\u3000-\u3000\u3000-\u3000\u3000-\u3000", "term\n\u3000: definition",
	"see www.", "(www. x", "WWW.", "一、- 项", "1\u3000. 项", "１. item", "a\n\n\n- b", "é- x", "-é", "x\n1\u00a0) y",
}

// No text of a plan, wherever it stands, makes anything but text.
func TestHostileTextIsInert(t *testing.T) {
	plain, err := northwind.Plan(2)
	require.NoError(t, err)
	fill(reflect.ValueOf(&plain).Elem(), "x")
	for _, lang := range []kam.Language{kam.English, kam.Chinese} {
		want := shape(t, plain.Markdown(lang))
		assert.Contains(t, want, "Table")
		for _, s := range hostile {
			p, err := northwind.Plan(2)
			require.NoError(t, err)
			fill(reflect.ValueOf(&p).Elem(), s)
			assert.Equal(t, want, shape(t, p.Markdown(lang)), "%q", s)
		}
	}
}

// What is shown is what was written, but for white space and what cannot be
// seen.
func TestTextIsShownWhole(t *testing.T) {
	for _, s := range hostile {
		if !utf8.ValidString(s) || strings.ContainsAny(s, "\u202E\u200B\u2066\x00") {
			continue
		}
		p := kam.Plan{Summary: kam.Summary{Purpose: s}}
		source := p.Markdown(kam.English)
		_, after, _ := strings.Cut(source, "Executive summary\n\n")
		body, _, _ := strings.Cut(after, "\n\n## ")
		want := strings.Join(strings.Fields(s), " ")
		got := strings.Join(strings.Fields(unescape(read(t, body))), " ")
		assert.Equal(t, want, got, "%q", s)
	}
	p := kam.Plan{Summary: kam.Summary{Purpose: "a\u202Eb"}}
	assert.Contains(t, unescape(p.Markdown(kam.English)), "a[U+202E]b", "what cannot be seen is shown by its number")
}

// unescape takes the backslashes off that the parser leaves in the source.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", s[i+1]) >= 0 {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// A text of a megabyte costs no more than its length.
func TestLongTextIsInert(t *testing.T) {
	for _, letter := range []string{"a", "|", "[", "<", "\n", "\u202E", "-", "`", "关"} {
		long := strings.Repeat(letter, 1<<20)
		p := kam.Plan{Account: long, Actions: []kam.Action{{ID: long, Text: long}}}
		source := p.Markdown(kam.English)
		assert.Less(t, len(source), 40*len(long)+1<<16, "%q", letter)
	}
	short := kam.Plan{Account: "a", Actions: []kam.Action{{ID: "a", Text: "a"}}}
	long := strings.Repeat("a", 1<<20)
	p := kam.Plan{Account: long, Actions: []kam.Action{{ID: long, Text: long}}}
	assert.Equal(t, shape(t, short.Markdown(kam.English)), shape(t, p.Markdown(kam.English)))
}
