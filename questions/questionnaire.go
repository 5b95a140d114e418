package questions

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/kam-go/kam"
)

// Scope says which questions a questionnaire has.
type Scope uint8

// The scopes.
const (
	// Everything has every question about an account, in the bank's order.
	Everything Scope = iota
	// OnlyMissing has those whose answer the account lacks. What no field of an account has
	// ([Combined].NotTaken) is asked each time, until its records show it; grounds for a rating,
	// until there is one.
	OnlyMissing
	// OnlyDeciding has those whose answer could change the stage or the cell
	// of the grid: the evidence that the stage waits for, and the missing
	// factors of a score that may still fall on either side of its line, or
	// has no points yet.
	OnlyDeciding
)

// Draw says how a questionnaire is drawn. The zero value draws everything, in
// English.
type Draw struct {
	Language kam.Language
	Scope    Scope
	// Limit is the greatest number of questions; 0 is no limit.
	Limit int
}

// Questionnaire is a set of questions in one language, ready to be shown. It
// is plain data.
type Questionnaire struct {
	// Account is the account that is asked about, or "".
	Account string `json:"account,omitzero"`
	// Edition is that of the bank, and Language what was asked for.
	Edition  int          `json:"edition"`
	Language kam.Language `json:"language"`
	Title    string       `json:"title"`
	// Intro says how to answer, and Notice what the answers are not for, or who
	// is meant by "we"; a form shows both.
	Intro  string `json:"intro,omitzero"`
	Notice string `json:"notice,omitzero"`
	Items  []Item `json:"items"`
	// NoQuestion lists what the policy asks for, and the bank has no question
	// on: "scorecard/factor", or the id of evidence. See [Bank.Add].
	NoQuestion []string `json:"noQuestion,omitempty"`
}

// Item is one question in one language.
type Item struct {
	ID      string       `json:"id"`
	Sources []string     `json:"sources,omitempty"`
	Kind    Kind         `json:"kind"`
	Text    string       `json:"text"`
	Help    string       `json:"help,omitzero"`
	Why     string       `json:"why,omitzero"`
	Scale   kam.Scale    `json:"scale,omitzero"` // of a rating, a percentage, a count
	Anchors []ItemAnchor `json:"anchors,omitempty"`
	Options []ItemOption `json:"options,omitempty"`
	Targets []Target     `json:"targets,omitempty"`
	// Closes is how many points of a score's range the answer closes: the
	// weight of the missing factor that it rates, or that a fact of the
	// account would rate.
	Closes kam.Number `json:"closes,omitzero"`
	// Stage says that the stage waits for the answer.
	Stage bool `json:"stage,omitzero"`
	// Checks are the checks of failure that could not tell, and look at the
	// answer.
	Checks []kam.RiskID `json:"checks,omitempty"`
}

// ItemAnchor says what a rating looks like.
type ItemAnchor struct {
	At   kam.Number `json:"at"`
	Text string     `json:"text"`
}

// ItemOption is one answer to a choice.
type ItemOption struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// Questionnaire draws the questions about an account as of a day. Those that
// are missing or decide come in the order of [kam.Engine.Missing]: by the
// points of range that the answer closes, then what the stage waits for; after
// these by how many checks of failure could not tell without the answer, and
// then in the order of the bank. A rating has the scale that its factor has in
// the engine's policy, see [Bank.For]. The errors are those of
// [kam.Engine.Assess], no engine, and a scope or a limit that is none.
func (b *Bank) Questionnaire(e *kam.Engine, account kam.Account, asOf kam.Date, d Draw) (Questionnaire, error) {
	var r report
	if e == nil {
		r.add("/engine", kam.CodeMissing, "", "")
	}
	if d.Scope > OnlyDeciding {
		r.add("/scope", kam.CodeEnum, strconv.Itoa(int(d.Scope)), "")
	}
	if d.Limit < 0 {
		r.add("/limit", kam.CodeRange, strconv.Itoa(d.Limit), ">= 0")
	}
	if err := r.found.Err(); err != nil {
		return Questionnaire{}, fmt.Errorf("kam: draw questionnaire: %w", err)
	}
	need, err := needOf(e, &account, asOf)
	if err != nil {
		return Questionnaire{}, err
	}
	b = b.forCards(need.cards())
	drawn := b.draw(need, d.Scope)
	if d.Limit > 0 && len(drawn) > d.Limit {
		drawn = drawn[:d.Limit]
	}
	name := account.Name
	if name == "" {
		name = account.ID
	}
	fill := filler(name, need.from, need.to)
	out := b.form("title-account", d.Language, fill)
	out.Account, out.NoQuestion = account.ID, need.without(b)
	for _, x := range drawn {
		item := x.question.item(d.Language, fill)
		item.Closes, item.Stage, item.Checks = x.closes, x.stage, x.checks
		out.Items = append(out.Items, item)
	}
	return out, nil
}

// drawn is a question with what it means for the account.
type drawn struct {
	question *Question
	state
}

// draw picks and orders the questions.
func (b *Bank) draw(n *need, scope Scope) []drawn {
	var out []drawn
	for i := range b.questions {
		s := n.of(&b.questions[i])
		if s.asked && (scope == Everything || s.missing) && (scope != OnlyDeciding || s.decides) {
			out = append(out, drawn{&b.questions[i], s})
		}
	}
	if scope == Everything {
		return out
	}
	slices.SortStableFunc(out, func(x, y drawn) int {
		switch {
		case x.rank > 0 && y.rank > 0:
			return cmp.Compare(x.rank, y.rank)
		case x.rank != y.rank:
			return cmp.Compare(y.rank, x.rank) // what has no rank comes last
		}
		return cmp.Compare(len(y.checks), len(x.checks))
	})
	return out
}

// ForScorecards draws every question of some scorecards, in the order of the
// bank and on their scales: of [kam.RoleScorecard], of
// [kam.SellingStyleScorecards], or of the caller's own. The form has the title,
// intro and notice of its scorecards where the bank has such notes:
// "title-role", "role-intro", "role-notice"; those of the two scorecards of the
// selling style begin or end with "style". Show the notice.
func (b *Bank) ForScorecards(lang kam.Language, cards ...kam.Scorecard) Questionnaire {
	b = b.forCards(cards)
	title, none := "title-form", func(s string) string { return s }
	var kinds, notices []string
	for _, c := range cards {
		kind := c.ID
		if strings.HasPrefix(kind, "style-") {
			kind = "style"
		}
		if slices.Contains(kinds, kind) {
			continue
		}
		kinds = append(kinds, kind)
		if notice := b.notes[kind+"-notice"].In(lang); notice != "" {
			notices = append(notices, notice)
		}
	}
	if len(kinds) == 1 && len(b.notes["title-"+kinds[0]]) > 0 {
		title = "title-" + kinds[0]
	}
	out := b.form(title, lang, none)
	out.Notice = strings.Join(notices, "\n")
	if len(kinds) == 1 && len(b.notes[kinds[0]+"-intro"]) > 0 {
		out.Intro = b.notes[kinds[0]+"-intro"].In(lang)
	}
	for i := range b.questions {
		q := &b.questions[i]
		if slices.ContainsFunc(cards, func(c kam.Scorecard) bool {
			return slices.ContainsFunc(q.Targets, func(t Target) bool { return t.Scorecard == c.ID && hasLeaf(c, t.Factor) })
		}) {
			out.Items = append(out.Items, q.item(lang, none))
		}
	}
	for _, c := range cards {
		for id := range leaves(c) {
			if !b.rated(c.ID, id) {
				out.NoQuestion = append(out.NoQuestion, c.ID+"/"+id)
			}
		}
	}
	return out
}

func (b *Bank) form(title string, lang kam.Language, fill fill) Questionnaire {
	if lang == "" {
		lang = kam.English
	}
	return Questionnaire{
		Edition: b.edition, Language: lang, Title: fill(b.word(title, lang)), Intro: b.word("form-intro", lang), Items: []Item{},
	}
}

// rated reports whether a question rates the factor.
func (b *Bank) rated(scorecard, factor string) bool {
	return slices.ContainsFunc(b.questions, func(q Question) bool { return q.rates(scorecard, factor) })
}

// item puts a question into one language.
func (q *Question) item(lang kam.Language, fill fill) Item {
	c := q.clone()
	say := func(t Text) string { return fill(t.In(lang)) }
	it := Item{
		ID: c.ID, Sources: c.Sources, Kind: c.Kind, Targets: c.Targets,
		Text: say(c.Text), Help: say(c.Help), Why: say(c.Why),
	}
	if c.Kind == Rating || c.Kind == Percent || c.Kind == Count {
		it.Scale = q.scale()
	}
	for _, a := range c.Anchors {
		it.Anchors = append(it.Anchors, ItemAnchor{a.At, say(a.Text)})
	}
	for _, o := range c.Options {
		it.Options = append(it.Options, ItemOption{o.ID, say(o.Text)})
	}
	return it
}
