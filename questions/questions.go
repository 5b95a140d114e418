// Package questions is the bank of questions behind the ratings of package
// kam: what to ask, in which words, why, and what a 0, a 5 and a 10 look
// like, so that two people rate alike. The texts are in English and in
// simplified Chinese, and [Bank.With] adds a language.
//
// A program loads the bank, draws a [Questionnaire] for an account, shows it
// as a form (by itself or by its JSON Schema), reads a [Response] from each
// person, and combines them into answers for [kam.Account]:
//
//	bank, err := questions.Load()
//	bank = bank.For(engine) // where the policy has scales or factors of its own
//	form, err := bank.Questionnaire(engine, account, asOf, questions.Draw{Language: "zh-Hans-CN", Scope: questions.OnlyDeciding})
//	schema, err := bank.Schema(form)
//	combined, err := bank.Combine(questions.CombineRules{AsOf: asOf}, ann, bo)
//	account, kept := combined.Apply(account)
//
// What people answered and no field of an account has is in [Combined].NotTaken: record it, or
// the next form asks for it again.
//
// [OnlyDeciding] asks what could change the stage or the cell of the grid, and
// is the short form; [OnlyMissing] asks all that the account lacks.
//
// Package kam does not import this package, so that a program which shows no
// questions does not carry their texts.
//
// # Role and selling style
//
// These are about a person and not an account: [Bank.ForScorecards] has their
// forms, and [Combined].Answers goes to package kam by the id of a scorecard. A
// manager and a second rater are combined apart:
//
//	self, err := bank.Combine(questions.CombineRules{}, manager)
//	second, err := bank.Combine(questions.CombineRules{}, boss)
//	review, err := kam.RoleRules{}.Review(self.Answers["role"], second.Answers["role"])
//
//	combined, err := bank.Combine(questions.CombineRules{}, seller)
//	style, err := kam.PlaceSellingStyle(combined.Answers)
//
// Three notes go with them ([Bank.Note]): "role-notice" says who "we" are where
// a customer answers, and "style-notice" what the style must not be used for;
// [Questionnaire].Notice has them, so show it. "style-consistency" belongs
// beside a [kam.StyleResult] whose Consistent is no.
//
// # Ids and editions
//
// The id of a question never changes its meaning: a question with another
// meaning gets another id. Words may be improved without one. The number of
// the edition rises with every published change.
//
// # Placeholders
//
// A text may hold {account}, the name of the account, and {from} and {to}, the
// twelve months that are asked about. A [Questionnaire] has them filled in.
package questions

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kam-go/kam"
)

// Kind is the kind of answer that a question takes. The zero value is
// unknown.
type Kind uint8

// The kinds.
const (
	KindUnknown Kind = iota
	Rating           // a number on a scale, 0 to 10 unless the question has another
	YesNo            // "yes", "no", or "unknown" for someone who does not know
	Choice           // one of the question's options, by its id
	Money            // an amount, "1200000 EUR"
	Percent          // a number, 0 to 100 unless the question has another scale
	Count            // a whole number, not below 0
	Date             // a day, "2026-11-24"
	Words            // free text
)

var kindWords = []string{"unknown", "rating", "yes-no", "choice", "money", "percent", "count", "date", "text"}

// numeric reports whether answers have a median and a spread.
func (k Kind) numeric() bool { return k == Rating || k == Money || k == Percent || k == Count }

// voted reports whether answers are counted.
func (k Kind) voted() bool { return k == YesNo || k == Choice || k == Date }

// Question is one question of the bank. It is plain data; what the bank hands
// out is a copy.
type Question struct {
	// ID is kebab-case, unique in the bank, and never changes its meaning.
	ID string `json:"id" required:"true"`
	// Sources are the parts of the method that ask it, such as "S4".
	Sources []string `json:"sources,omitempty"`
	Kind    Kind     `json:"kind,omitzero"`
	// Targets are what the answer feeds. A question without any is free text
	// that helps people to judge its Checks.
	Targets []Target `json:"targets,omitempty"`
	// Checks are the ids of the checks of failure that look at the answer
	// (S15, S16).
	Checks []kam.RiskID `json:"checks,omitempty"`
	// Scale bounds a rating, a percentage or a count. The zero value is that
	// of the kind.
	Scale kam.Scale `json:"scale,omitzero"`
	// Text is the question, short enough for the label of a form; Help says
	// how to answer it, and Why what the answer is for.
	Text Text `json:"text" required:"true"`
	Help Text `json:"help,omitempty"`
	Why  Text `json:"why,omitempty"`
	// Anchors say what some ratings look like, the lowest first.
	Anchors []Anchor `json:"anchors,omitempty"`
	// Options are what a choice is between.
	Options []Option `json:"options,omitempty"`
}

// Target is what an answer feeds: a factor of a scorecard, or a judgement, or
// a fact of the account. A question whose kind is not rating does not rate its
// factor: it gathers the grounds for the rating.
type Target struct {
	// Scorecard and Factor name a leaf of a scorecard.
	Scorecard string `json:"scorecard,omitzero"`
	Factor    string `json:"factor,omitzero"`
	// Evidence names a judgement in [kam.Account].
	Evidence kam.Evidence `json:"evidence,omitzero"`
	// Fact names a fact of the account, in the words of [kam.Reading].Needs:
	// "wallet", "sales/complaints". Facts that begin with "opportunity/" are
	// those of [kam.Opportunity].
	Fact string `json:"fact,omitzero"`
}

// Anchor says what a rating looks like.
type Anchor struct {
	At   kam.Number `json:"at" required:"true"`
	Text Text       `json:"text" required:"true"`
}

// Option is one of the answers to a choice.
type Option struct {
	ID   string `json:"id" required:"true"`
	Text Text   `json:"text" required:"true"`
}

// Note is a text of the bank that belongs to no question: the title of a
// form, the description of a style.
type Note struct {
	ID   string `json:"id" required:"true"`
	Text Text   `json:"text" required:"true"`
}

// scale is the question's scale, or that of its kind.
func (q *Question) scale() kam.Scale {
	switch {
	case q.Scale != kam.Scale{}:
		return q.Scale
	case q.Kind == Percent:
		return kam.Scale{Hi: kam.Int(100)}
	case q.Kind == Count:
		return kam.Scale{Hi: kam.Int(1_000_000_000)}
	}
	return kam.Scale{Hi: kam.Int(10)}
}

// rates reports whether the answer rates a factor.
func (q *Question) rates(scorecard, factor string) bool {
	return q.Kind == Rating && slices.Contains(q.Targets, Target{Scorecard: scorecard, Factor: factor})
}

// feeds reports whether the answer is the judgement or the fact.
func (q *Question) feeds(t Target) bool { return slices.Contains(q.Targets, t) }

func (q *Question) clone() Question {
	c := *q
	c.Sources, c.Targets, c.Checks = slices.Clone(q.Sources), slices.Clone(q.Targets), slices.Clone(q.Checks)
	c.Text, c.Help, c.Why = q.Text.clone(), q.Help.clone(), q.Why.clone()
	c.Anchors, c.Options = slices.Clone(q.Anchors), slices.Clone(q.Options)
	for i := range c.Anchors {
		c.Anchors[i].Text = c.Anchors[i].Text.clone()
	}
	for i := range c.Options {
		c.Options[i].Text = c.Options[i].Text.clone()
	}
	return c
}

// String returns the word of the kind.
func (k Kind) String() string {
	if int(k) < len(kindWords) {
		return kindWords[k]
	}
	return fmt.Sprintf("Kind(%d)", uint8(k))
}

// MarshalText returns the word, or a [kam.CodeEnum] where there is none.
func (k Kind) MarshalText() ([]byte, error) {
	if int(k) < len(kindWords) {
		return []byte(kindWords[k]), nil
	}
	return nil, fmt.Errorf("kam: marshal %s: %w", k, kam.CodeEnum)
}

// UnmarshalText reads the word; anything else is a [kam.CodeEnum].
func (k *Kind) UnmarshalText(text []byte) error {
	i := slices.Index(kindWords, string(text))
	if i < 0 {
		return fmt.Errorf("kam: parse Kind: %w", kam.Violations{{Code: kam.CodeEnum, Value: clip(string(text)), Want: strings.Join(kindWords[1:], ", ")}}) // the first is unknown, and no choice
	}
	*k = Kind(i)
	return nil
}

// Values lists the words.
func (Kind) Values() []string { return slices.Clone(kindWords) }
