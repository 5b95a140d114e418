package kam

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// markdown builds a CommonMark document with GFM tables. What it is given is
// taken as plain text, whoever wrote it: nothing in it is read as a link, an
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
// the punctuation that can mean something, line ends as breaks, and controls and
// formatting characters, which a reader cannot see, by their number.
func inert(s, lineEnd string) string {
	text := fold(s)
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	for i, c := range text {
		switch {
		case c == '\n':
			b.WriteString(lineEnd)
		case strings.ContainsRune("!\"#$&()*+-./:<=>?@[\\]^_`{|}~", c) && !harmless(text, i):
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

// fold makes one space of each run of white space, or one line end of a run
// that has some, and takes them off both ends.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	due := rune(0)
	for _, c := range s {
		switch {
		case strings.ContainsRune("\n\r\u0085\u2028\u2029", c):
			due = '\n'
		case unicode.IsSpace(c):
			due = cmp.Or(due, ' ')
		default:
			if due != 0 && b.Len() > 0 {
				b.WriteRune(due)
			}
			due = 0
			b.WriteRune(c)
		}
	}
	return b.String()
}

// harmless reports whether the punctuation at i of a folded text means nothing
// where it stands, so that names, days, numbers and sentences stay readable in
// the source: a hyphen within a word, a point or a colon within a number or at
// the end of a word, a parenthesis that cannot be a list's.
func harmless(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+1:])
	word := func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }
	switch s[i] {
	case '-':
		return word(before) && word(after)
	case '.', ':':
		end := i+1 == len(s) || after == ' ' || after == '\n'
		return unicode.IsDigit(before) && unicode.IsDigit(after) || unicode.IsLetter(before) && end && !strings.HasSuffix(strings.ToLower(s[:i]), "www")
	case '(':
		return true
	case ')':
		return !unicode.IsDigit(before)
	}
	return false
}
