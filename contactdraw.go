package kam

import (
	"fmt"
	"strings"
)

// label is what a drawing says of a contact: the name, or else the ID, and the
// title.
func (c Contact) label() (name, title string) {
	if c.Name == "" {
		return c.ID, c.Title
	}
	return c.Name, c.Title
}

// Mermaid draws the reporting tree as a Mermaid flowchart: who is for us is
// green, who is against us red. Names are escaped. A drawing shows personal
// data.
func (m ContactMap) Mermaid() string {
	var b strings.Builder
	b.WriteString("flowchart TD\n")
	for i, c := range m.contacts {
		name, title := c.label()
		text := mermaidText(name)
		if title != "" {
			text += "<br/>" + mermaidText(title)
		}
		fmt.Fprintf(&b, "  n%d[\"%s\"]", i, text)
		if side := c.Attitude.side(); side != "" {
			b.WriteString(":::" + side)
		}
		b.WriteByte('\n')
	}
	for i, up := range m.manager {
		if up >= 0 {
			fmt.Fprintf(&b, "  n%d --> n%d\n", up, i)
		}
	}
	b.WriteString("  classDef for fill:#d9f2d9,stroke:#2e7d32\n  classDef against fill:#fbe0e0,stroke:#c62828\n")
	return b.String()
}

// mermaidText writes all ASCII punctuation as character codes, so that no name
// can end its label or start a tag.
func mermaidText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r < ' ' || r == 0x7f:
			b.WriteByte(' ')
		case r < 0x80 && r != ' ' && !('0' <= r && r <= '9' || 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z'):
			fmt.Fprintf(&b, "#%d;", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// DOT draws the reporting tree in the language of Graphviz, with the colours
// of [ContactMap.Mermaid]. Names are escaped. A drawing shows personal data.
func (m ContactMap) DOT() string {
	var b strings.Builder
	b.WriteString("digraph contacts {\n  node [shape=box, style=filled, fillcolor=white];\n")
	colours := map[string]string{"for": "#d9f2d9", "against": "#fbe0e0"}
	for i, c := range m.contacts {
		name, title := c.label()
		text := dotText(name)
		if title != "" {
			text += `\n` + dotText(title)
		}
		fmt.Fprintf(&b, "  n%d [label=\"%s\"", i, text)
		if colour := colours[c.Attitude.side()]; colour != "" {
			fmt.Fprintf(&b, ", fillcolor=\"%s\"", colour)
		}
		b.WriteString("];\n")
	}
	for i, up := range m.manager {
		if up >= 0 {
			fmt.Fprintf(&b, "  n%d -> n%d;\n", up, i)
		}
	}
	b.WriteString("}\n")
	return b.String()
}

var dotEscaper = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;")

func dotText(s string) string {
	return dotEscaper.Replace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s))
}
