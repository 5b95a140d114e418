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
	lang     Language
	currency string // of the amounts among the evidence; "" leaves them as they are
}

func (m *markdown) in(en, zh string) string { return Text{en, zh}.In(m.lang) }

func (m *markdown) join(list []string) string { return strings.Join(list, m.in(", ", "、")) }

// percent is a percentage as the language writes it.
func (m *markdown) percent(n Number) string { return n.String() + m.in(" %", "%") }

// several are items that may have commas of their own.
func (m *markdown) several(list []string) string { return strings.Join(list, m.in("; ", "；")) }

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

// section is a part of a page with a heading of its own.
type section struct {
	name  Text
	write func()
}

// sections writes those that have something to say.
func (m *markdown) sections(list []section) {
	for _, s := range list {
		start := m.String()
		m.heading(2, s.name.In(m.lang))
		headed := m.Len()
		if s.write(); m.Len() == headed {
			m.Reset()
			m.WriteString(start)
		}
	}
}

// part writes a heading and a list, or nothing.
func (m *markdown) part(en, zh string, list []string) {
	if len(list) > 0 {
		m.heading(3, m.in(en, zh))
		m.list(list)
	}
}

// grid writes a heading and a table, or nothing.
func (m *markdown) grid(en, zh string, head []Text, rows [][]string) {
	if len(rows) > 0 {
		m.heading(3, m.in(en, zh))
		m.table(head, rows)
	}
}

func (m *markdown) row(cells []string) {
	for _, cell := range cells {
		m.WriteString("| " + inert(cell, " ") + " ")
	}
	m.WriteString("|\n")
}

// pairs adds rows of a name and a value, where there is one.
func (m *markdown) pairs(rows *[][]string) func(en, zh, value string) {
	return func(en, zh, value string) {
		if value != "" {
			*rows = append(*rows, []string{m.in(en, zh), value})
		}
	}
}

// withName is an id behind its name, where it has one.
func withName(name, id string) string {
	if name == "" {
		return id
	}
	return name + " (" + id + ")"
}

// show is an optional value, or a dash.
func show[T fmt.Stringer](v *T) string {
	if v == nil {
		return dash("")
	}
	if m, ok := any(*v).(Money); ok {
		return grouped(m)
	}
	return (*v).String()
}

// grouped is an amount with a comma before each three digits: "848,053.56 USD".
func grouped(m Money) string {
	whole, rest := m.String(), ""
	if point := strings.IndexAny(whole, ". "); point >= 0 {
		whole, rest = whole[:point], whole[point:]
	}
	for at := len(whole) - 3; at > 0 && whole[at-1] != '-'; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	return whole + rest
}

// dash stands for what is not known.
func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
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
// the source: a hyphen within a word or before a digit, a point or a colon within a number
// or at the end of a word, a parenthesis that cannot be a list's, the signs of a line that a
// number is held against.
func harmless(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+1:])
	inWord := func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }
	end := i+1 == len(s) || after == ' ' || after == '\n'
	switch s[i] {
	case '-':
		return inWord(before) && inWord(after) || after >= '0' && after <= '9'
	case '.':
		last := unicode.IsLetter(before) && !strings.HasSuffix(strings.ToLower(s[:i]), "www") || unicode.IsDigit(before) && !numbersItem(s[:i])
		return unicode.IsDigit(before) && unicode.IsDigit(after) || last && end
	case ':':
		return unicode.IsDigit(before) && unicode.IsDigit(after) || (unicode.IsLetter(before) || before == '%') && end
	case '(', '?':
		return true
	case ')':
		return !numbersItem(s[:i])
	case '<':
		return after == '='
	case '>':
		return before == '(' || before == '（' || before == ' ' && (after == '=' || after == ' ') && !startsLine(s[:i])
	case '=':
		return (before == '<' || before == '>') && after == ' '
	}
	return false
}

// numbersItem reports whether a line begins with a number and nothing else, which a point or
// a parenthesis would make an item of a list.
func numbersItem(s string) bool {
	line := s[strings.LastIndexByte(s, '\n')+1:]
	return line != "" && strings.TrimLeftFunc(line, unicode.IsDigit) == ""
}

// startsLine reports whether nothing that is seen stands before on the line.
func startsLine(s string) bool { return strings.TrimSpace(s[strings.LastIndexByte(s, '\n')+1:]) == "" }
