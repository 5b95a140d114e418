package kam

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// markdown builds a CommonMark document with GFM tables. What it is given is
// taken as plain text, whoever wrote it: nothing in it becomes a link, an
// image, HTML, a list or a table cell of its own.
type markdown struct {
	strings.Builder
	lang Language
}

func (m *markdown) heading(level int, text string) {
	m.block()
	m.WriteString(strings.Repeat("#", level) + " " + inert(text, " ") + "\n")
}

// block leaves an empty line before what comes next.
func (m *markdown) block() {
	if m.Len() > 0 {
		m.WriteByte('\n')
	}
}

func (m *markdown) paragraph(text string) {
	if strings.TrimSpace(text) != "" {
		m.block()
		m.WriteString(inert(text, "  \n") + "\n")
	}
}

func (m *markdown) list(items []string) {
	if len(items) > 0 {
		m.block()
	}
	for _, item := range items {
		m.WriteString("- " + inert(item, "  \n  ") + "\n")
	}
}

// table writes a table; without rows it writes nothing.
func (m *markdown) table(head []Text, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	m.block()
	titles := make([]string, len(head))
	for i, t := range head {
		titles[i] = t.In(m.lang)
	}
	m.row(titles)
	m.WriteString(strings.Repeat("|---", len(head)) + "|\n")
	for _, row := range rows {
		m.row(row)
	}
}

func (m *markdown) row(cells []string) {
	for _, cell := range cells {
		m.WriteString("| " + inert(cell, " ") + " ")
	}
	m.WriteString("|\n")
}

// inert escapes a text so that Markdown shows it as it is: a backslash before
// the punctuation that can mean something, line ends as breaks, and the
// characters that a reader cannot see by their number.
func inert(s, lineEnd string) string {
	const special = "!\"#$&()*+-./:<=>?@[\\]^_`{|}~"
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	s = strings.ToValidUTF8(s, "\uFFFD")
	space, started := "", false // what is due before the next character
	for i, c := range s {
		switch {
		case c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029':
			space = lineEnd
			continue
		case unicode.IsSpace(c):
			if space == "" {
				space = " "
			}
			continue
		}
		if started {
			b.WriteString(space)
		}
		space, started = "", true
		switch {
		case strings.ContainsRune(special, c) && !harmless(s, i):
			b.WriteByte('\\')
			b.WriteRune(c)
		case unicode.IsControl(c) || unicode.Is(unicode.Cf, c) && c != '\u200C' && c != '\u200D': // joiners shape letters
			fmt.Fprintf(&b, "\\[U\\+%04X\\]", c)
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

// harmless reports whether the punctuation at i means nothing where it stands,
// so that names, days, numbers and sentences stay readable in the source: a
// hyphen within a word, a point or a colon within a number or at the end of a
// word, a parenthesis that cannot be a list's.
func harmless(s string, i int) bool {
	at := func(i int) byte {
		if i < 0 || i >= len(s) {
			return ' '
		}
		return s[i]
	}
	digit := func(c byte) bool { return '0' <= c && c <= '9' }
	letter := func(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= utf8.RuneSelf }
	before, after := at(i-1), at(i+1)
	switch s[i] {
	case '-':
		return (letter(before) || digit(before)) && (letter(after) || digit(after))
	case '.', ':':
		return digit(before) && digit(after) || letter(before) && (after == ' ' || after == '\n')
	case '(':
		return true
	case ')':
		return !digit(before)
	}
	return false
}
