package kam

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/kam-go/kam/internal/alike"
	"github.com/kam-go/kam/internal/strictjson"
	"github.com/kam-go/kam/internal/text"
)

// A Violation is one thing wrong with a document or an argument, as
// data: where, what, and what was expected. [Violation.In] says it in words.
// It is a plain value and may be shared.
type Violation struct {
	// Pointer is the place, a JSON Pointer (RFC 6901) into the document, such as an account, or
	// into the arguments ("/asOf"); "" is the whole of it.
	Pointer string `json:"pointer"`
	// Code says what is wrong. It never changes its meaning.
	Code Code `json:"code"`
	// Value is what was found there, as text, cut at 60 bytes.
	Value string `json:"value,omitzero"`
	// Want is what was expected: a limit, a range, the ids to choose from, cut
	// at 1,000 bytes, as is the pointer.
	Want string `json:"want,omitzero"`
}

// In returns the violation in words, on one line: "/factors/2/weight: a weight is too
// small: -3; expected >= 0".
func (v Violation) In(lang Language) string {
	v.Pointer, v.Value, v.Want = shown(v.Pointer), shown(v.Value), shown(v.wantIn(lang))
	words, ok := codeTexts[v.Code]
	if !ok {
		words = Text{EN: string(v.Code)}
	}
	text, sep, want := words.In(lang), ": ", "; expected "
	if lang.chinese() {
		sep, want = "：", "；应为 "
	}
	if words.hasResidue() {
		text = strings.NewReplacer("{value}", v.Value, "{residue}", v.residue(lang)).Replace(text)
		return v.Pointer + sep + text
	}
	if v.Pointer != "" {
		text = v.Pointer + sep + text
	}
	if v.Value != "" {
		text += sep + v.Value
	}
	if v.Want != "" {
		text += want + v.Want
	}
	return text
}

// wantIn is what was expected; of the words that are no ids or numbers, in the language.
func (v Violation) wantIn(lang Language) string {
	if !lang.chinese() {
		return v.Want
	}
	if word, ok := wants[v.Want]; ok {
		return word
	}
	for _, x := range []struct{ before, after, zh string }{
		{"as in ", "", "例如 {}"},
		{"fewer than ", " faults", "少于 {} 处错误"},
		{"integer of ", " bits", "{} 位整数"},
		{"<= ", " bytes", "<= {} 字节"},
		{"before ", "", "在 {} 之前"},
		{"", asBefore, "{}，与之前的客户一致，或使用设定了货币和汇率的评估规则"},
		{"not with ", "", "不与 {} 同时"},
	} {
		if rest, ok := strings.CutPrefix(v.Want, x.before); ok {
			if rest, ok = strings.CutSuffix(rest, x.after); ok {
				return strings.Replace(x.zh, "{}", rest, 1)
			}
		}
	}
	return v.Want
}

// wants are, in Chinese, the kinds of JSON and other words.
var wants = map[string]string{"string": "文本", "object": "对象", "array": "数组", "nothing": "无", "end": "结尾", "none": "无", "a name of its own": "自己的名称", "none of the policy's": "评估规则中不再有的标识"}

// hasResidue reports whether the text says how far a value is from another.
func (t Text) hasResidue() bool { return strings.Contains(t.EN, "{residue}") }

// residue is how far a sum of weights is from what it should be.
func (v Violation) residue(lang Language) string {
	sum, err1 := ParseNumber(v.Value)
	want, err2 := ParseNumber(v.Want)
	if err1 != nil || err2 != nil {
		return v.Want
	}
	short := Number{want.units - sum.units}
	words := Text{"{n} short of {want}", "比 {want} 少 {n}"}
	if short.units < 0 {
		short.units = -short.units
		words = Text{"{n} over {want}", "比 {want} 多 {n}"}
	}
	return strings.NewReplacer("{n}", short.String(), "{want}", v.Want).Replace(words.In(lang))
}

// Error is the violation in English.
func (v Violation) Error() string { return v.In(English) }

// Unwrap returns the code, so that errors.Is(err, kam.CodeWeightSum) works.
func (v Violation) Unwrap() error { return v.Code }

// Violations is every violation found, in document order. It is an error
// that unwraps to each of them.
type Violations []Violation

// Error lists the violations in English, one to a line, the first ten of
// them.
func (vs Violations) Error() string {
	return firstTen(len(vs), "\n\t", func(i int) error { return vs[i] })
}

// firstTen is the text of the first ten of n errors, and how many more there are.
func firstTen(n int, between string, one func(int) error) string {
	const shown = 10
	lines := make([]string, 0, shown+1)
	for i := range min(n, shown) {
		lines = append(lines, one(i).Error())
	}
	if more := n - shown; more > 0 {
		lines = append(lines, "and "+strconv.Itoa(more)+" more")
	}
	return strings.Join(lines, between)
}

// Unwrap returns each violation as an error.
func (vs Violations) Unwrap() []error {
	errs := make([]error, len(vs))
	for i, v := range vs {
		errs[i] = v
	}
	return errs
}

// Err returns vs as an error, or nil when there is none.
func (vs Violations) Err() error {
	if len(vs) == 0 {
		return nil
	}
	return vs
}

// ViolationsOf returns all violations that err wraps, those of joined errors one after
// the other, or nil. Of errors that wrap more than a million others, or themselves, the
// first million are looked at.
func ViolationsOf(err error) (out Violations) {
	unwrap(err, func(err error) bool {
		switch x := err.(type) {
		case Violations:
			out = append(out, x...)
		case Violation:
			out = append(out, x)
		default:
			return false
		}
		return true
	})
	return out
}

// AccountErrorsOf returns the errors of single accounts that err wraps, as that of
// [Engine.Portfolio] does, in the order in which the accounts came, and behind them those whose
// amounts are in no currency, or nil. It looks at as
// many errors as [ViolationsOf].
func AccountErrorsOf(err error) (out []*AccountError) {
	unwrap(err, func(err error) bool {
		x, ok := err.(*AccountError)
		if ok && x != nil {
			out = append(out, x)
		}
		return ok
	})
	return out
}

// unwrap walks an error and what it wraps, those of joined errors one after the other. It
// goes no further into one that is taken.
func unwrap(err error, take func(error) bool) {
	open, room := []error{err}, 1_000_000
	for len(open) > 0 {
		last := len(open) - 1
		err, open = open[last], open[:last]
		if take(err) {
			continue
		}
		var inner []error
		switch x := err.(type) {
		case interface{ Unwrap() error }:
			inner = []error{x.Unwrap()}
		case interface{ Unwrap() []error }:
			inner = x.Unwrap()
		}
		inner = inner[:min(len(inner), room)]
		room -= len(inner)
		for _, x := range slices.Backward(inner) {
			open = append(open, x)
		}
	}
}

// An AccountError says which account is bad, and wraps what is wrong with it: mostly
// [Violations]. Those of a loop or a portfolio are one an account.
type AccountError struct {
	Account string
	Err     error
	doing   string
}

// Error is what is wrong, behind the id of the account.
func (e *AccountError) Error() string {
	if e == nil {
		return "<nil>"
	}
	return fmt.Sprintf("kam: %s account %q: %v", cmp.Or(e.doing, "read"), clip(e.Account), e.Err)
}

// Unwrap returns what is wrong.
func (e *AccountError) Unwrap() error {
	if e == nil {
		return nil
	}
	return e.Err
}

// notGiven is what is wrong where a caller has handed over nil.
func notGiven(what string) Violations { return Violations{{Code: CodeMissing, Value: what}} }

// refused is what is wrong with one value, which has no place of its own.
func refused(doing string, code Code, value, want string) error {
	return fmt.Errorf("kam: %s: %w", doing, Violations{{Code: code, Value: clip(value), Want: want}})
}

// place is a JSON Pointer under construction.
type place string

func (p place) key(name string) place { return p + "/" + place(text.Key(name)) }

func (p place) index(i int) place { return p + "/" + place(strconv.Itoa(i)) }

// maxWant bounds what a violation repeats beside its value, in bytes.
const maxWant = 1000

// report collects violations while a document is walked in order.
type report struct {
	found  Violations
	faults int // all that were added, though found keeps the first alone
	// within are the places that the walk has entered; a pointer is made of
	// them only where something is wrong.
	within [4]step
	depth  int
	listed [3]byte // the latest currency that was found in the table
	// names are those of the policy that is checked, which its conditions may be about,
	// and evidence is all that they may be.
	names    map[Evidence]Text
	evidence []string
}

// step is a way into an object or a list: a place, then a key or an index.
type step struct {
	at    place
	key   string
	index int // or -1 for a key
}

// enter goes into an item of a list; what is added until the matching leave
// has its place within. It may be nested four deep.
func (r *report) enter(list place, i int) {
	r.within[r.depth] = step{list, "", i}
	r.depth++
}

// enterKey is enter for a member of an object.
func (r *report) enterKey(object place, key string) {
	r.within[r.depth] = step{object, key, -1}
	r.depth++
}

func (r *report) leave() { r.depth-- }

// knownEvidence is all that a condition may be about, but for judgements that have no name.
func (r *report) knownEvidence() []string {
	if r.evidence == nil {
		r.evidence = append(numberIDs(), judgementIDs()...)
		for id := range sorted(r.names) {
			r.evidence = append(r.evidence, string(id))
		}
	}
	return r.evidence
}

// attribute reports an attribute that is like those that the policy names, of which all may be meant, or some, and none
// of them.
func (r *report) attribute(at place, e Evidence, may func(name string) bool) {
	if _, named := r.names[e]; named || !e.attribute() {
		return
	}
	var named []string
	for id := range sorted(r.names) {
		if name, ok := strings.CutPrefix(string(id), attributePrefix); ok && (may == nil || may(name)) {
			named = append(named, name)
		}
	}
	near := alike.Near(strings.TrimPrefix(string(e), attributePrefix), named)
	for i := range near {
		near[i] = attributePrefix + near[i]
	}
	if near != nil {
		r.add(at, CodeUnknown, string(e), join(near))
	}
}

// full reports that another fault would not be told.
func (r *report) full() bool { return len(r.found) > strictjson.MaxFaults }

// add keeps the first faults; who sent more needs no list of them.
func (r *report) add(at place, code Code, value, want string) {
	r.faults++
	switch {
	case r.full():
		return
	case len(r.found) == strictjson.MaxFaults:
		r.found = append(r.found, Violation{Code: CodeTooLarge, Want: "fewer than " + strconv.Itoa(strictjson.MaxFaults) + " faults"})
		return
	}
	var whole place
	for _, s := range r.within[:r.depth] {
		if whole += s.at; s.index < 0 {
			whole = whole.key(s.key)
		} else {
			whole = whole.index(s.index)
		}
	}
	r.found = append(r.found, Violation{cut(string(whole+at), maxWant), code, clip(value), cut(want, maxWant)})
}
