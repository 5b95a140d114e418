package text

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestHidden(t *testing.T) {
	for s, want := range map[string]rune{
		"": 0, "a\tb\nc": 0, "备注\r\n\r\n一": 0, "\r\n": 0, "\uFFFD": 0, "\u200d": 0,
		"a\rb": '\r', "a\r": '\r', "a\r\r\n": '\r', "\n\r": '\r', "\x00": 0, "\x7f": 0x7f, "a\u0085": 0x85,
		"a\u2028b": 0x2028, "\u2029": 0x2029, "a\u202eb\u0007": 0x202e, "\u061c": 0x61c,
	} {
		c, found := Hidden(s)
		assert.Equal(t, want, c, "%q", s)
		assert.Equal(t, want != 0 || s == "\x00", found, "%q", s)
	}
}
