package questions

import (
	"embed"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/kam-go/kam"
)

// The files of the bank, in the order in which its questions come.
//
//go:embed data/*.json
var files embed.FS

var fileNames = []string{"notes", "s4", "s5", "s6", "s7a", "s7b", "s9", "s15", "facts", "s13", "s14", "s17"}

// Bank is a set of questions in one or more languages. It never changes and
// may be shared by goroutines; [Load] gives the built-in one. The zero value
// and nil have no questions.
type Bank struct {
	edition   int
	questions []Question
	index     map[string]int
	notes     map[string]Text
	noteOrder []string
}

// document is a file of the bank.
type document struct {
	Edition   int        `json:"edition"`
	Defaults  defaults   `json:"defaults"`
	Questions []Question `json:"questions"`
	Notes     []Note     `json:"notes"`
}

// defaults are what the questions of a file share.
type defaults struct {
	Sources []string  `json:"sources"`
	Kind    Kind      `json:"kind"`
	Scale   kam.Scale `json:"scale"`
	Help    Text      `json:"help"`
	Why     Text      `json:"why"`
	Anchors []Anchor  `json:"anchors"`
}

// builtIn reads the embedded files once.
var builtIn = sync.OnceValues(func() (*Bank, error) {
	b := &Bank{}
	for _, name := range fileNames {
		data, err := files.ReadFile("data/" + name + ".json")
		if err == nil {
			b, err = b.Add(data)
		}
		if err != nil {
			return nil, fmt.Errorf("kam: load questions of %s: %w", name, err)
		}
	}
	return b, nil
})

// Load returns the built-in bank. The embedded files are read once; that they
// can be is tested, so the error is for whoever changes them.
func Load() (*Bank, error) { return builtIn() }

// Add returns a bank that has the questions of a JSON document besides those
// of b, in the shape of the files in questions/data: an edition, defaults that
// its questions share, questions and notes. More than 8 MiB or 4,096 questions
// are a [kam.CodeTooLarge]. An id that b already has is a
// [kam.CodeDuplicate], and so is a second question that rates one factor or
// answers one judgement or fact; a kind whose answers a judgement or a fact
// cannot take is a [kam.CodeType]. All that is wrong comes back together, as
// [kam.Violations] in document order.
func (b *Bank) Add(data []byte) (*Bank, error) {
	var d document
	if vs := decode(data, &d); len(vs) > 0 {
		return nil, fmt.Errorf("kam: add questions: %w", vs)
	}
	next := b.clone()
	b = b.orEmpty()
	var r report
	if d.Edition < 0 {
		r.add("/edition", kam.CodeRange, strconv.Itoa(d.Edition), ">= 0")
	}
	next.edition = max(next.edition, d.Edition)
	if n := len(b.questions) + len(d.Questions); n > maxCount || len(d.Notes) > maxCount {
		r.add("/questions", kam.CodeTooLarge, strconv.Itoa(n), "<= "+strconv.Itoa(maxCount))
		return nil, fmt.Errorf("kam: add questions: %w", r.found)
	}
	for i := range d.Questions {
		q := d.Defaults.fill(d.Questions[i])
		at := place("/questions").index(i)
		q.check(&r, at)
		next.checkAlone(&r, at, &q)
		if _, twice := next.index[q.ID]; twice {
			r.add(at.key("id"), kam.CodeDuplicate, q.ID, "")
		}
		next.index[q.ID] = len(next.questions)
		next.questions = append(next.questions, q)
	}
	for i, n := range d.Notes {
		at := place("/notes").index(i)
		r.id(at.key("id"), n.ID)
		r.words(at.key("text"), n.Text, true)
		if _, twice := next.notes[n.ID]; twice {
			r.add(at.key("id"), kam.CodeDuplicate, n.ID, "")
		}
		next.notes[n.ID] = n.Text
		next.noteOrder = append(next.noteOrder, n.ID)
	}
	if err := r.found.Err(); err != nil {
		return nil, fmt.Errorf("kam: add questions: %w", err)
	}
	return next, nil
}

// clone copies the bank with all that it holds.
func (b *Bank) clone() *Bank {
	b = b.orEmpty()
	c := &Bank{edition: b.edition, index: map[string]int{}, notes: map[string]Text{}, noteOrder: slices.Clone(b.noteOrder)}
	for i := range b.questions {
		c.questions = append(c.questions, b.questions[i].clone())
		c.index[b.questions[i].ID] = i
	}
	for id, t := range b.notes {
		c.notes[id] = t.clone()
	}
	return c
}

// fill gives a question what its file's questions share.
func (d *defaults) fill(q Question) Question {
	if q.Kind == KindUnknown {
		q.Kind = d.Kind
	}
	if q.Sources == nil {
		q.Sources = d.Sources
	}
	if q.Scale == (kam.Scale{}) && q.Kind == d.Kind {
		q.Scale = d.Scale
	}
	if len(q.Help) == 0 {
		q.Help = d.Help
	}
	if len(q.Why) == 0 {
		q.Why = d.Why
	}
	if len(q.Anchors) == 0 && q.Kind == d.Kind {
		q.Anchors = d.Anchors
	}
	return q.clone()
}

// Edition is the number of the edition.
func (b *Bank) Edition() int { return b.orEmpty().edition }

// All yields every question in the order of the bank.
func (b *Bank) All() iter.Seq[Question] {
	b = b.orEmpty()
	return func(yield func(Question) bool) {
		for i := range b.questions {
			if !yield(b.questions[i].clone()) {
				return
			}
		}
	}
}

// Question returns the question with the id, and whether there is one.
func (b *Bank) Question(id string) (Question, bool) {
	b = b.orEmpty()
	i, ok := b.index[id]
	if !ok {
		return Question{}, false
	}
	return b.questions[i].clone(), true
}

// Note returns the note with the id, and whether there is one. Besides the
// words of forms these are "role-notice", "style-notice" and
// "style-consistency", of which the package's text tells, and a description of
// each style ([Bank.Style]).
func (b *Bank) Note(id string) (Text, bool) {
	t, ok := b.orEmpty().notes[id]
	return t.clone(), ok
}

// word is a note in a language, or its id where there is none.
func (b *Bank) word(id string, lang kam.Language) string {
	if s := b.orEmpty().notes[id].In(lang); s != "" {
		return s
	}
	return id
}

// Style describes a selling style in the language: how someone with it sells,
// and what to talk about. It is "" for an unknown style, or where the bank has
// no such note.
func (b *Bank) Style(s kam.SellingStyle, lang kam.Language) string {
	return b.orEmpty().notes["style-"+s.String()].In(lang)
}

// check reports all that is wrong with a question, in document order.
func (q *Question) check(r *report, at place) {
	r.id(at.key("id"), q.ID)
	if q.Kind == KindUnknown || int(q.Kind) >= len(kindWords) {
		r.add(at.key("kind"), kam.CodeEnum, q.Kind.String(), strings.Join(kindWords[1:], ", "))
	}
	for i, s := range q.Sources {
		r.clean(at.key("sources").index(i), s)
	}
	q.checkTargets(r, at)
	scale := q.scale()
	scaled := q.Kind == Rating || q.Kind == Percent || q.Kind == Count
	if q.Scale != (kam.Scale{}) && (!scaled || !scale.Lo.Valid() || !scale.Hi.Valid() || scale.Lo.Cmp(scale.Hi) >= 0) {
		r.add(at.key("scale"), kam.CodeScale, q.Scale.String(), "")
	}
	r.words(at.key("text"), q.Text, true)
	r.words(at.key("help"), q.Help, false)
	r.words(at.key("why"), q.Why, false)
	if len(q.Anchors) > 0 && q.Kind != Rating {
		r.add(at.key("anchors"), kam.CodeUnknown, "", "")
	}
	for i, a := range q.Anchors {
		at := at.key("anchors").index(i)
		if a.At.Cmp(scale.Lo) < 0 || a.At.Cmp(scale.Hi) > 0 {
			r.add(at.key("at"), kam.CodeRating, a.At.String(), scale.String())
		}
		if i > 0 && a.At.Cmp(q.Anchors[i-1].At) <= 0 {
			r.add(at.key("at"), kam.CodeRange, a.At.String(), "> "+q.Anchors[i-1].At.String())
		}
		r.words(at.key("text"), a.Text, true)
	}
	q.checkOptions(r, at.key("options"))
}

// checkAlone reports what another question feeds already, since one answer
// would then be lost: a rating of a factor, a judgement, a fact.
func (b *Bank) checkAlone(r *report, at place, q *Question) {
	for i, t := range q.Targets {
		for j := range b.questions {
			other := &b.questions[j]
			if other.feeds(t) && (t.Factor == "" || q.Kind == Rating && other.Kind == Rating) {
				r.add(at.key("targets").index(i), kam.CodeDuplicate, other.ID, "")
				break
			}
		}
	}
}

// factKinds are the kinds of question whose answer a fact can take; any kind,
// where there is no entry.
var factKinds = map[string][]Kind{
	"segment": {Words, Choice}, "place": {Words, Choice}, "tier": {Choice},
	"customerSince": {Date}, "satisfaction": {Rating}, "peers/complaints": {Count}, "peers/orders": {Count},
	"wallet": {Money}, "walletBefore": {Money}, "ourRevenue": {Money}, "standardMargin": {Percent}, "plannedHours": {Count},
	"opportunity/volume": {Money}, "opportunity/confidence": {Percent}, "opportunity/rivals": {Percent}, "opportunity/winnable": {Percent},
	"opportunity/margin": {Percent}, "opportunity/target": {Percent}, "opportunity/standard": {Percent},
}

// takes lists the kinds of question that a target takes.
func (t Target) takes() []Kind {
	if t.Evidence != "" {
		return []Kind{YesNo}
	}
	return factKinds[t.Fact]
}

func (q *Question) checkTargets(r *report, at place) {
	if len(q.Targets) == 0 && len(q.Checks) == 0 {
		r.add(at.key("targets"), kam.CodeMissing, "", ">= 1")
	}
	seen := map[Target]bool{}
	for i, t := range q.Targets {
		at := at.key("targets").index(i)
		named := 0
		for _, s := range []string{t.Factor, string(t.Evidence), t.Fact} {
			r.clean(at, s)
			if s != "" {
				named++
			}
		}
		if r.clean(at, t.Scorecard); named != 1 || (t.Factor == "") != (t.Scorecard == "") {
			r.add(at, kam.CodeMissing, "", "scorecard and factor, evidence, fact")
		}
		if seen[t] {
			r.add(at, kam.CodeDuplicate, "", "")
		}
		seen[t] = true
		if kinds := t.takes(); named == 1 && kinds != nil && q.Kind != KindUnknown && !slices.Contains(kinds, q.Kind) {
			var want []string
			for _, k := range kinds {
				want = append(want, k.String())
			}
			r.add(at, kam.CodeType, q.Kind.String(), strings.Join(want, ", "))
		}
	}
	for i, c := range q.Checks {
		r.id(at.key("checks").index(i), string(c))
	}
}

// isNumber reports an id that [Value] would write as a bare number.
func isNumber(id string) bool {
	_, err := kam.ParseNumber(id)
	return err == nil
}

func (q *Question) checkOptions(r *report, at place) {
	if q.Kind == Choice && len(q.Options) < 2 || q.Kind != Choice && len(q.Options) > 0 {
		r.add(at, kam.CodeRange, strconv.Itoa(len(q.Options)), "choice: >= 2")
	}
	seen := map[string]bool{}
	for i, o := range q.Options {
		at := at.index(i)
		if r.id(at.key("id"), o.ID); isNumber(o.ID) {
			r.add(at.key("id"), kam.CodeID, o.ID, "")
		} else if seen[o.ID] {
			r.add(at.key("id"), kam.CodeDuplicate, o.ID, "")
		}
		seen[o.ID] = true
		r.words(at.key("text"), o.Text, true)
	}
}

// words checks a text in all its languages, and gives its tags their one form.
func (r *report) words(at place, t Text, must bool) {
	if must && len(t) == 0 {
		r.add(at, kam.CodeMissing, "", "")
	}
	var first []string
	for i, lang := range slices.Sorted(maps.Keys(t)) {
		at, s := at.key(string(lang)), t[lang]
		if !validTag(lang) {
			r.add(at, kam.CodeUnknown, string(lang), wantTag)
		}
		if s == "" {
			r.add(at, kam.CodeMissing, "", "")
		}
		r.clean(at, s)
		if i == 0 {
			first = placeholders(s)
			for _, p := range first {
				if !slices.Contains(knownPlaceholders, p) {
					r.add(at, kam.CodeUnknown, p, strings.Join(knownPlaceholders, ", "))
				}
			}
		}
		r.placeholders(at, s, first)
	}
}

// placeholders reports those that a text lacks, and those that it should not
// have.
func (r *report) placeholders(at place, s string, want []string) {
	found := placeholders(s)
	for _, p := range want {
		if !slices.Contains(found, p) {
			r.add(at, kam.CodeMissing, p, "")
		}
	}
	for _, p := range found {
		if !slices.Contains(want, p) {
			r.add(at, kam.CodeUnknown, p, strings.Join(want, ", "))
		}
	}
}
