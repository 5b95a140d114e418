package kam

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kam-go/kam/internal/currency"
	"github.com/kam-go/kam/internal/text"
)

// The checks that policies, accounts and plans share.

const (
	maxText = 4096   // bytes of one text
	maxList = 10_000 // items of one list

	maxCount = 1_000_000_000
)

// id reports an id of the policy that is not kebab-case.
func (r *report) id(at place, id string) {
	switch {
	case id == "":
		r.add(at, CodeMissing, "", "")
	case !kebab(id):
		r.add(at, CodeID, id, "")
	}
}

func kebab(id string) bool { return text.Kebab(id) }

// key reports an id of the caller's, or a text that must say something, that is absent, unseen or not clean.
func (r *report) key(at place, id string) {
	if id == "" || (id[0] <= ' ' || id[0] >= 0x80) && blank(id) {
		r.add(at, CodeMissing, id, "")
		return
	}
	r.text(at, id)
}

// blank reports a text of which nothing is seen.
func blank(s string) bool {
	return !strings.ContainsFunc(s, func(c rune) bool {
		return unicode.In(c, unicode.L, unicode.N, unicode.P, unicode.S) && !unicode.Is(unicode.Other_Default_Ignorable_Code_Point, c) && c != '\u2800' && c != '\uFFFC'
	})
}

// unique reports an id of the caller's that is absent, unclean or given twice.
func (r *report) unique(at place, id string, seen map[string]bool) {
	if r.key(at, id); seen[id] && !blank(id) { // else it is said already
		r.add(at, CodeDuplicate, id, "")
	}
	seen[id] = true
}

// text reports what is not valid UTF-8, too long, or holds control characters
// or the bidirectional controls that make one name read as another. It is small enough
// to cost no call where there is none, as are others here.
func (r *report) text(at place, s string) {
	if s != "" {
		r.letters(at, s)
	}
}

func (r *report) letters(at place, s string) {
	if plain(s) {
		return
	}
	if len(s) > maxText {
		r.tooLarge(at, len(s), maxText)
	}
	if !utf8.ValidString(s) {
		r.add(at, CodeEncoding, strings.ToValidUTF8(s, "\uFFFD"), "")
		return
	}
	if c, found := text.Hidden(s); found {
		r.add(at, CodeEncoding, strconv.QuoteRune(c), "")
	}
}

// plain reports a short text of printable ASCII, as most are.
func plain(s string) bool {
	if len(s) > maxText {
		return false
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// clean reports a text that [report.text] finds no fault with. It may miss one: of
// U+FFFD it does not know whether someone wrote it.
func clean(s string) bool { return s == "" || cleanLetters(s) }

func cleanLetters(s string) bool {
	if plain(s) {
		return true
	}
	_, found := text.Hidden(s)
	return !found && !strings.ContainsRune(s, utf8.RuneError) && len(s) <= maxText
}

// shown is a text for people on one line of a terminal.
func shown(s string) string {
	return strings.Map(func(c rune) rune {
		if text.Unseen(c) {
			return unicode.ReplacementChar
		}
		return c
	}, s)
}

// words checks a text in both languages.
func (r *report) words(at place, t Text) {
	r.text(at.key("en"), t.EN)
	r.text(at.key("zh"), t.ZH)
}

func (r *report) date(at place, d Date) {
	if !d.Valid() {
		r.noDay(at, d)
	}
}

// day is date for one that must be given.
func (r *report) day(at place, d Date) {
	if !d.Valid() || d.IsZero() {
		r.noDay(at, d)
	}
}

func (r *report) noDay(at place, d Date) {
	if d.IsZero() {
		r.add(at, CodeMissing, "", "")
	} else {
		r.add(at, CodeDate, d.String(), "")
	}
}

// after reports a day that is before the one that it follows. Unknown days
// are in order.
func (r *report) after(at place, first, second Date) {
	if first.Valid() && second.Valid() && !first.IsZero() && !second.IsZero() && second.Cmp(first) < 0 {
		r.add(at, CodeOrder, second.String(), ">= "+first.String())
	}
}

func (r *report) currency(at place, code string) {
	if code == "" || r.listed != [3]byte{} && code == string(r.listed[:]) { // most are one
		return
	}
	if _, ok := currency.Places(code); !ok {
		r.add(at, CodeCurrency, code, "")
		return
	}
	copy(r.listed[:], code)
}

// money reports an amount in a currency that ISO 4217 does not list, or below
// zero where that makes no sense.
func (r *report) money(at place, m *Money, negative bool) {
	if m != nil {
		r.amount(at, m, negative)
	}
}

func (r *report) amount(at place, m *Money, negative bool) {
	if m.code != r.listed {
		r.currency(at, m.Currency())
	}
	if !negative && m.coef < 0 {
		r.add(at, CodeRange, m.String(), ">= 0")
	}
}

// number reports a number that could not be built from its arguments.
func (r *report) number(at place, n *Number) {
	if n != nil && !n.Valid() {
		r.add(at, CodeNumber, n.String(), "")
	}
}

func (r *report) percent(at place, n *Number) {
	if !isPercent(n) {
		r.add(at, CodeRange, n.String(), "0..100")
	}
}

// points reports a number that is none, or beyond the points of a score.
func (r *report) points(at place, n *Number) {
	if r.number(at, n); n == nil || n.Valid() {
		r.percent(at, n)
	}
}

func isPercent(n *Number) bool { return n == nil || n.units >= 0 && n.units <= 100*numberOne }

// rating10 reports a rating outside the scale from 0 to 10.
func (r *report) rating10(at place, n *Number) {
	if n != nil && (n.units < 0 || n.units > 10*numberOne) {
		r.add(at, CodeRating, n.String(), "0..10")
	}
}

// hours reports hours below zero or beyond what anyone works.
func (r *report) hours(at place, n *Number) {
	if n != nil && (n.units < 0 || n.units > maxHours) {
		r.add(at, CodeRange, n.String(), hoursRange)
	}
}

func (r *report) count(at place, n *int) {
	if n != nil && uint(*n) > maxCount {
		r.noCount(at, *n)
	}
}

func (r *report) noCount(at place, n int) {
	r.add(at, CodeRange, strconv.Itoa(n), "0.."+strconv.Itoa(maxCount))
}

func (r *report) length(at place, n int) bool {
	if n > maxList {
		r.tooLarge(at, n, maxList)
	}
	return n <= maxList
}

func (r *report) tooLarge(at place, n, most int) {
	r.add(at, CodeTooLarge, strconv.Itoa(n), "<= "+strconv.Itoa(most))
}

// enum reports a value that has no word.
func enum[E enumeration](r *report, at place, v E, words enumWords[E]) {
	if int(v) >= len(words) {
		r.add(at, CodeEnum, v.String(), join(words))
	}
}

// word is enum for a value that must be known too. It is true of one that is.
func word[E enumeration](r *report, at place, v E, words enumWords[E]) bool {
	if v == 0 || int(v) >= len(words) {
		r.add(at, CodeEnum, v.String(), join(words[1:]))
		return false
	}
	return true
}

type enumeration interface {
	~uint8
	String() string
}

// few is how many things are looked up one by one faster than in a map.
const few = 16

// members checks what is in a map. The order matters only where something is found, and
// then all is checked again in the order of the keys.
func members[K ~string, V any](r *report, m map[K]V, check func(K, V)) {
	before := len(r.found)
	for k, v := range m {
		check(k, v)
	}
	if len(r.found) == before {
		return
	}
	r.found = r.found[:before]
	for k, v := range sorted(m) {
		check(k, v)
	}
}

// sorted walks a map in the order of its keys.
func sorted[K cmp.Ordered, V any](m map[K]V) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		var small [few]K
		keys := small[:0]
		for k := range m {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}

func join(words []string) string { return strings.Join(words, ", ") }

// setOf is for asking often whether an id is in a list.
func setOf(ids []string) map[string]bool {
	set := make(map[string]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}
