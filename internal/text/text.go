// Package text has the checks of text that package kam and its packages share.
package text

import (
	"strings"
	"unicode"
)

// Hidden is the first character that is unseen, but for what breaks a line of a note on
// purpose: a tab and a new line, with or without the return that forms of web pages send
// before it.
func Hidden(s string) (rune, bool) {
	for i, c := range s {
		if Unseen(c) && c != '\n' && c != '\t' && !strings.HasPrefix(s[i:], "\r\n") {
			return c, true
		}
	}
	return 0, false
}

// Unseen reports characters that break a line or turn its direction where it
// is shown.
func Unseen(c rune) bool {
	return unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) || c == '\u2028' || c == '\u2029'
}
