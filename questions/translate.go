package questions

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/kam-go/kam/internal/alike"

	"github.com/kam-go/kam"
)

// translation is a language's texts by the ids of the bank.
type translation struct {
	Edition   int                           `json:"edition"`
	Questions map[string]questionTranslated `json:"questions"`
	Notes     map[string]string             `json:"notes"`
}

type questionTranslated struct {
	Text    string            `json:"text"`
	Help    string            `json:"help"`
	Why     string            `json:"why"`
	Anchors map[string]string `json:"anchors"` // by the rating
	Options map[string]string `json:"options"` // by the option's id
}

// maxTranslation bounds what is read of a translation.
const maxTranslation = 8 << 20

// With returns a bank that has the texts of one more language, or better ones
// of a language that it has. They are read as JSON, by the ids of the bank:
//
//	{"questions": {"liking": {"text": "…", "help": "…", "why": "…", "anchors": {"0": "…", "5": "…", "10": "…"}}},
//	 "notes": {"form-by": "…"}}
//
// A text may be absent, and [Bank.Missing] lists those. Ids that the bank does
// not have, placeholders that differ, an edition later than the bank's, and a
// tag that is none are [kam.Violations]. An error of the reader is returned
// as it is, wrapped; a reader that is nil is a [kam.CodeMissing].
func (b *Bank) With(lang kam.Language, r io.Reader) (*Bank, error) {
	tag := canonical(lang)
	if r == nil {
		return nil, fmt.Errorf("kam: read translation %q: reader: %w", clip(string(lang)), kam.CodeMissing)
	}
	data, err := io.ReadAll(io.LimitReader(r, maxTranslation+1))
	if err != nil {
		return nil, fmt.Errorf("kam: read translation %q: %w", clip(string(lang)), err)
	}
	var rep report
	var t translation
	switch {
	case !validTag(tag):
		rep.add("", kam.CodeUnknown, string(lang), wantTag)
	case len(data) > maxTranslation:
		rep.add("", kam.CodeTooLarge, "", "<= "+strconv.Itoa(maxTranslation)+" bytes")
	default:
		rep.found = decode(data, &t)
	}
	next := b.clone()
	if len(rep.found) == 0 {
		next.translate(&rep, tag, &t)
	}
	if err := rep.found.Err(); err != nil {
		return nil, fmt.Errorf("kam: read translation %q: %w", clip(string(lang)), err)
	}
	return next, nil
}

func (b *Bank) translate(r *report, lang kam.Language, t *translation) {
	if t.Edition < 0 || t.Edition > b.edition {
		r.add("/edition", kam.CodeRange, strconv.Itoa(t.Edition), "<= "+strconv.Itoa(b.edition))
	}
	for id, words := range sorted(t.Questions) {
		at := place("/questions").key(id)
		i, ok := b.index[id]
		if !ok {
			r.add(at, kam.CodeUnknown, id, b.nearest(id))
			continue
		}
		given := map[string]string{"text": words.Text, "help": words.Help, "why": words.Why}
		for rating, s := range words.Anchors {
			given["anchors/"+rating] = s
		}
		for option, s := range words.Options {
			given["options/"+option] = s
		}
		for part, text := range b.questions[i].parts() {
			r.put(at, part, text, lang, given[part])
			delete(given, part)
		}
		for part, s := range sorted(given) {
			if s != "" {
				r.add(at+"/"+place(part), kam.CodeUnknown, part, "")
			}
		}
	}
	for id, s := range sorted(t.Notes) {
		text, ok := b.notes[id]
		if !ok {
			r.add(place("/notes").key(id), kam.CodeUnknown, id, "")
			continue
		}
		r.put("/notes", id, text, lang, s)
	}
}

// put adds a translation to a text, when its placeholders are the same.
func (r *report) put(at place, part string, text Text, lang kam.Language, s string) {
	if s == "" {
		return
	}
	at += "/" + place(part)
	r.clean(at, s)
	r.placeholders(at, s, placeholders(text.In(kam.English)))
	text[lang] = s
}

// parts yields the texts of a question that it has in some language, each
// with its name.
func (q *Question) parts() iter.Seq2[string, Text] {
	return func(yield func(string, Text) bool) {
		all := []struct {
			name string
			text Text
		}{{"text", q.Text}, {"help", q.Help}, {"why", q.Why}}
		for _, a := range q.Anchors {
			all = append(all, struct {
				name string
				text Text
			}{"anchors/" + a.At.String(), a.Text})
		}
		for _, o := range q.Options {
			all = append(all, struct {
				name string
				text Text
			}{"options/" + o.ID, o.Text})
		}
		for _, p := range all {
			if len(p.text) > 0 && !yield(p.name, p.text) {
				return
			}
		}
	}
}

// Missing lists the texts that the bank does not have in the language itself,
// without the fallback: JSON Pointers into a translation, such as
// "/questions/liking/anchors/5".
func (b *Bank) Missing(lang kam.Language) []string {
	tag := canonical(lang)
	b = b.orEmpty()
	var out []string
	for i := range b.questions {
		for part, text := range b.questions[i].parts() {
			if text[tag] == "" {
				out = append(out, "/questions/"+b.questions[i].ID+"/"+part)
			}
		}
	}
	for _, id := range b.noteOrder {
		if b.notes[id][tag] == "" {
			out = append(out, "/notes/"+id)
		}
	}
	return out
}

// nearest lists the ids of the questions that are most like one that is not
// known, three at most: an id that is part of the other, one that begins alike,
// or one of which few letters differ.
func (b *Bank) nearest(id string) string {
	if id = strings.ToLower(id); len(id) < 2 || len(id) > 64 {
		return ""
	}
	var near []string
	far := map[string]int{}
	for i := range b.questions {
		known := b.questions[i].ID
		d := alike.Distance(known, id, 64)
		part := len(id) > 2 && (strings.Contains(known, id) || strings.Contains(id, known))
		if part || d <= min(2, len(id)/3) || d <= 3 && len(id) > 3 && strings.HasPrefix(known, id[:3]) {
			near, far[known] = append(near, known), d
		}
	}
	slices.SortStableFunc(near, func(x, y string) int { return cmp.Compare(far[x], far[y]) })
	return strings.Join(near[:min(len(near), 3)], ", ")
}

// sorted walks a map in the order of its keys.
func sorted[K ~string, V any](m map[K]V) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}
