package kam

import (
	"strings"

	"github.com/kam-go/kam/internal/text"
)

// A Language is a BCP 47 tag such as "en", "zh" or "zh-Hans-CN".
type Language string

// The two languages that kam ships texts in.
const (
	English Language = "en"
	Chinese Language = "zh"
)

func (l Language) chinese() bool {
	base, _, _ := strings.Cut(strings.ToLower(string(l)), "-")
	return base == string(Chinese)
}

// Text is one text in English and in simplified Chinese. The zero value is
// empty.
type Text struct {
	EN string `json:"en,omitzero"`
	ZH string `json:"zh,omitzero"`
}

// In returns the text in the language: Chinese for every tag whose first part
// is "zh", English for every other. Where that one is empty it returns the
// other.
func (t Text) In(lang Language) string {
	first, second := t.EN, t.ZH
	if lang.chinese() {
		first, second = second, first
	}
	if first == "" {
		return second
	}
	return first
}

// String returns the English text, or the Chinese where there is no English.
func (t Text) String() string { return t.In(English) }

// aside is what stands behind something else, in parentheses.
func aside(lang Language, s string) string {
	return Text{" (", "（"}.In(lang) + s + Text{")", "）"}.In(lang)
}

// clip bounds what an error message repeats of its input.
func clip(s string) string { return text.Clip(s) }

// cut bounds a text to so many bytes, and marks where it did.
func cut(s string, limit int) string { return text.Cut(s, limit) }
