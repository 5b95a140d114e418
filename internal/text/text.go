// Package text has what package kam and its packages share that check texts and ids, and
// say what is wrong with them.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
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

// Kebab reports whether an id has words of lower-case letters and digits with a hyphen
// between them, and 64 bytes at most. An id that is not given is for the caller to judge.
func Kebab(id string) bool {
	if len(id) > 64 || strings.HasPrefix(id, "-") || strings.HasSuffix(id, "-") || strings.Contains(id, "--") {
		return false
	}
	for _, c := range []byte(id) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

// Clip bounds what an error message repeats of its input.
func Clip(s string) string { return Cut(s, 60) }

// Cut bounds a text to so many bytes, and marks where it did.
func Cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit] + "…"
}

var escaped = strings.NewReplacer("~", "~0", "/", "~1")

// Key is a key of an object as a part of a JSON Pointer.
func Key(key string) string {
	if !strings.ContainsAny(key, "~/") {
		return key
	}
	return escaped.Replace(key)
}
