package text

import (
	"strings"
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

func TestKebab(t *testing.T) {
	for id, want := range map[string]bool{
		"a": true, "a-b-9": true, strings.Repeat("a", 64): true, strings.Repeat("a", 65): false,
		"-a": false, "a-": false, "a--b": false, "A": false, "a_b": false, "é": false,
	} {
		assert.Equal(t, want, Kebab(id), id)
	}
}

func TestCut(t *testing.T) {
	assert.Equal(t, "ab", Cut("ab", 2))
	assert.Equal(t, "a…", Cut("ab", 1))
	assert.Equal(t, "a…", Cut("a长", 3), "between characters")
	assert.Equal(t, "…", Cut("\x80\x80", 1), "where no character begins")
	assert.Equal(t, strings.Repeat("a", 60)+"…", Clip(strings.Repeat("a", 61)))
}

func TestKey(t *testing.T) {
	assert.Equal(t, "a", Key("a"))
	assert.Equal(t, "~0~1~01", Key("~/~1"))
}
