package questions

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kam-go/kam"
)

// Text is one text by language. The tags of the languages are in lower case.
type Text map[kam.Language]string

// In returns the text in the language, or in the first of [Chain] that it is
// in; failing these in the first language by tag.
func (t Text) In(lang kam.Language) string {
	for _, l := range Chain(lang) {
		if s := t[l]; s != "" {
			return s
		}
	}
	for _, l := range slices.Sorted(maps.Keys(t)) {
		if t[l] != "" {
			return t[l]
		}
	}
	return ""
}

// Chain lists the languages that are tried for a tag, in order: the tag
// itself, the tag with its last parts taken off one by one, and English. For
// "zh-Hans-CN" it is zh-hans-cn, zh-hans, zh, en.
func Chain(lang kam.Language) []kam.Language {
	var out []kam.Language
	for tag := string(canonical(lang)); tag != ""; {
		out = append(out, kam.Language(tag))
		cut := strings.LastIndexByte(tag, '-')
		tag = tag[:max(cut, 0)]
	}
	if !slices.Contains(out, kam.English) {
		out = append(out, kam.English)
	}
	return out
}

// canonical is the tag in lower case with hyphens. A tag of any length has a
// short chain: no more than its first parts count.
func canonical(lang kam.Language) kam.Language {
	const longest = 35 // of a tag in BCP 47 that all systems take
	tag := strings.ToLower(strings.ReplaceAll(string(lang), "_", "-"))
	for len(tag) > longest {
		tag = tag[:max(strings.LastIndexByte(tag, '-'), 0)]
	}
	return kam.Language(strings.Trim(tag, "-"))
}

// wantTag says what a tag is.
const wantTag = "BCP 47: de, pt-BR"

var tagShape = regexp.MustCompile(`^[a-z]{2,8}(-[a-z0-9]{1,8})*$`)

func validTag(lang kam.Language) bool { return len(lang) <= 35 && tagShape.MatchString(string(lang)) }

func (t Text) clone() Text { return maps.Clone(t) }

var placeholderShape = regexp.MustCompile(`\{[^{}]*\}`)

// placeholders lists those of a text, each once, sorted.
func placeholders(s string) []string {
	found := placeholderShape.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

var knownPlaceholders = []string{"{account}", "{from}", "{to}"}

// fill puts names and days in the place of the placeholders of a text.
type fill func(text string) string

// filler fills in an account and the months that are asked about. A text in
// Chinese has a space between Han and a placeholder, as before Latin letters; a
// name in Han takes it away.
func filler(account string, from, to kam.Date) fill {
	values := strings.NewReplacer("{account}", account, "{from}", from.String(), "{to}", to.String())
	first, _ := utf8.DecodeRuneInString(account)
	last, _ := utf8.DecodeLastRuneInString(account)
	return func(text string) string {
		if strings.ContainsFunc(text, wide) {
			if wide(first) {
				text = strings.ReplaceAll(text, " {account}", "{account}")
			}
			if wide(last) {
				text = strings.ReplaceAll(text, "{account} ", "{account}")
			}
		}
		return values.Replace(text)
	}
}

// wide reports Chinese characters and the marks that go with them.
func wide(c rune) bool {
	return unicode.Is(unicode.Han, c) || c >= '\u3000' && c <= '\u303f' || c >= '\uff00' && c <= '\uffef'
}
