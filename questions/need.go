package questions

import (
	"encoding/json"
	"iter"
	"slices"

	"github.com/kam-go/kam"
)

// need is what is known and unknown of one account on one day, for drawing.
type need struct {
	policy   kam.Policy
	account  *kam.Account
	asOf     kam.Date
	assessed kam.Assessment
	from, to kam.Date // the twelve months that are asked about

	weights map[Target]kam.Number // of the leaves of the four scorecards
	gaps    map[Target]bool       // leaves without an answer
	open    map[string]bool       // scorecards of which a gap could change the cell
	ranks   map[Target]int        // what the stage waits for, from 1
	signals map[string][]Target   // the missing leaves that a fact would rate
	given   map[string]bool       // facts that the account has
}

func needOf(e *kam.Engine, account *kam.Account, asOf kam.Date) (*need, error) {
	a, err := e.Assess(*account, asOf)
	if err != nil {
		return nil, err
	}
	n := &need{
		policy: e.Policy(), account: account, asOf: asOf, assessed: a, from: a.Signals.From, to: a.Signals.To,
		weights: map[Target]kam.Number{}, gaps: map[Target]bool{}, open: map[string]bool{},
		ranks: map[Target]int{}, signals: map[string][]Target{}, given: facts(account),
	}
	if n.to.IsZero() {
		n.from, n.to = asOf.AddDays(1).AddMonths(-12), asOf
	}
	for _, s := range n.scores() {
		if err := n.card(s.card, s.score); err != nil {
			return nil, err
		}
	}
	n.cells()
	n.stage()
	return n, nil
}

type scored struct {
	card  *kam.Scorecard
	score *kam.Score
}

func (n *need) scores() []scored {
	return []scored{
		{&n.policy.Selection, &n.assessed.Selection},
		{&n.policy.Potential, &n.assessed.Potential},
		{&n.policy.Attractiveness, &n.assessed.Attractiveness},
		{&n.policy.Strength, &n.assessed.Strength},
	}
}

// card notes the weights and the gaps of one scorecard.
func (n *need) card(card *kam.Scorecard, score *kam.Score) error {
	scorer, err := card.Compile()
	if err != nil {
		return err
	}
	answers := kam.Answers{}
	for id, f := range leaves(*card) {
		answers[id] = kam.Rated(f.Scale.Lo)
	}
	full, err := scorer.Score(answers)
	if err != nil {
		return err
	}
	for _, c := range full.Contributions {
		n.weights[Target{Scorecard: card.ID, Factor: c.Factor}] = c.Weight
	}
	for id, f := range leaves(*card) {
		leaf := Target{Scorecard: card.ID, Factor: id}
		if n.gaps[leaf] = slices.Contains(score.Missing, id); n.gaps[leaf] {
			if fact := n.needs(f.Signal); fact != "" {
				n.signals[fact] = append(n.signals[fact], leaf)
			}
		}
	}
	return nil
}

// needs is the fact without which the signal is unknown.
func (n *need) needs(signal kam.Signal) string {
	for _, r := range n.assessed.Signals.Readings {
		if r.Signal == signal {
			return r.Needs
		}
	}
	return ""
}

// cells finds the scores that could still change the cell.
func (n *need) cells() {
	p := &n.assessed.Placement
	side := func(high ...kam.Cell) (open bool) {
		var in, out bool
		for _, c := range p.Possible {
			is := slices.Contains(high, c)
			in, out = in || is, out || !is
		}
		return in && out
	}
	n.open[n.policy.Attractiveness.ID] = n.assessed.Attractiveness.Points == nil || side(kam.CellTarget, kam.CellKey)
	n.open[n.policy.Strength.ID] = n.assessed.Strength.Points == nil || side(kam.CellKey, kam.CellMaintain)
}

// stage notes what the stage waits for.
func (n *need) stage() {
	if n.assessed.Stage.Firm {
		return
	}
	for i, e := range n.assessed.Stage.Unknown {
		rank := func(t Target) {
			if n.ranks[t] == 0 {
				n.ranks[t] = i + 1
			}
		}
		rank(Target{Evidence: e})
		if fact := n.needs(kam.Signal(e)); fact != "" {
			rank(Target{Fact: fact})
		}
		if e == kam.EvidenceStrength {
			n.open[n.policy.Strength.ID] = true
		}
	}
}

// state is what a question means for the account.
type state struct {
	asked   bool // it is about an account by this policy
	missing bool
	decides bool
	rank    int // of what the stage waits for; 0 is none
	closes  kam.Number
}

func (n *need) of(q *Question) state {
	s := state{asked: len(q.Targets) == 0, missing: len(q.Targets) == 0}
	for _, t := range q.Targets {
		var leaves []Target
		switch {
		case t.Factor != "":
			if _, ok := n.weights[t]; !ok {
				continue
			}
			s.asked, s.missing = true, s.missing || n.gaps[t]
			if q.Kind == Rating && n.gaps[t] {
				leaves = []Target{t}
			}
		case t.Evidence != "":
			s.asked, s.missing = true, s.missing || !n.judged(t.Evidence)
		default:
			s.asked, s.missing = true, s.missing || !n.has(t.Fact)
			leaves = n.signals[t.Fact]
		}
		if r := n.ranks[t]; r > 0 && (s.rank == 0 || r < s.rank) {
			s.rank = r
		}
		for _, leaf := range leaves {
			w := n.weights[leaf]
			if w.Cmp(s.closes) > 0 {
				s.closes = w
			}
			if n.open[leaf.Scorecard] && w.Cmp(kam.Number{}) > 0 {
				s.decides = true
			}
		}
	}
	s.decides = s.decides || s.rank > 0
	s.missing = s.missing || s.decides
	return s
}

// judged reports whether the evidence is known: someone said yes or no, and
// the policy does not find it too old; or the record shows it.
func (n *need) judged(e kam.Evidence) bool {
	switch {
	case e == kam.EvidenceServed && n.assessed.Stage.Served != kam.VerdictUnknown:
		return true
	case e == kam.EvidenceOnceFirm:
		for range n.account.Stages.Spans(kam.ViewRecorded, n.asOf) {
			return true
		}
	}
	j, ok := n.account.Judgements[string(e)]
	if !ok || j.Verdict == kam.VerdictUnknown || j.On.Cmp(n.asOf) > 0 {
		return false
	}
	age := n.policy.AnswerMaxAge
	return age == 0 || !j.On.IsZero() && n.asOf.DaysSince(j.On) <= age
}

// has reports whether the account has the fact, and no signal lacks it.
func (n *need) has(fact string) bool {
	switch fact {
	case "stages/recorded":
		return n.assessed.Stage.Recorded != kam.StageUnknown
	case "stages/customer":
		return n.assessed.Stage.Customer != kam.StageUnknown
	}
	for _, r := range n.assessed.Signals.Readings {
		if r.Needs == fact {
			return false
		}
	}
	return n.given[fact]
}

// facts names what an account has, as "wallet" and "sales/complaints": a list
// has what one of its entries has.
func facts(a *kam.Account) map[string]bool {
	given := map[string]bool{}
	data, err := json.Marshal(a)
	if err != nil {
		return given
	}
	var doc map[string]any
	if json.Unmarshal(data, &doc) != nil {
		return given
	}
	for key, v := range doc {
		given[key] = true
		list, _ := v.([]any)
		for _, entry := range list {
			fields, _ := entry.(map[string]any)
			for field := range fields {
				given[key+"/"+field] = true
			}
		}
	}
	return given
}

// without lists what the policy asks for and the bank has no question on.
func (n *need) without(b *Bank) []string {
	var out []string
	for _, s := range n.scores() {
		for id := range leaves(*s.card) {
			if !b.rated(s.card.ID, id) {
				out = append(out, s.card.ID+"/"+id)
			}
		}
	}
	seen := map[kam.Evidence]bool{}
	for _, rule := range n.policy.Stage.Rules {
		for _, clause := range rule.All {
			for _, c := range clause.Any {
				if c.Is != kam.VerdictUnknown && !seen[c.Evidence] && !b.asks(Target{Evidence: c.Evidence}) {
					out = append(out, string(c.Evidence))
				}
				seen[c.Evidence] = true
			}
		}
	}
	return out
}

func (b *Bank) asks(t Target) bool {
	return slices.ContainsFunc(b.questions, func(q Question) bool { return q.feeds(t) })
}

// leaves yields what of a scorecard is rated, in declared order.
func leaves(s kam.Scorecard) iter.Seq2[string, kam.Factor] {
	return func(yield func(string, kam.Factor) bool) {
		for _, f := range s.Factors {
			if len(f.Questions) == 0 && !yield(f.ID, f) {
				return
			}
			for _, q := range f.Questions {
				if !yield(q.ID, q) {
					return
				}
			}
		}
	}
}

func hasLeaf(s kam.Scorecard, id string) bool {
	for leaf := range leaves(s) {
		if leaf == id {
			return true
		}
	}
	return false
}
