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

	gaps    map[Target]bool       // every leaf, and whether it has no answer
	open    map[string]bool       // scorecards of which a gap could change the cell or the stage
	ranks   map[Target]int        // the order of what is missing, from 1
	closes  map[Target]kam.Number // points of range, of leaves and of facts that would rate one
	stage   map[Target]bool       // what the stage waits for
	decides map[Target]bool       // what could change the stage or the cell
	unknown map[kam.RiskID]bool   // checks that could not tell
	given   map[string]bool       // facts that the account has
}

func needOf(e *kam.Engine, account *kam.Account, asOf kam.Date) (*need, error) {
	a, err := e.Assess(*account, asOf)
	if err != nil {
		return nil, err
	}
	n := &need{
		policy: e.Policy(), account: account, asOf: asOf, assessed: a, from: a.Signals.From, to: a.Signals.To,
		gaps: map[Target]bool{}, open: map[string]bool{}, ranks: map[Target]int{}, closes: map[Target]kam.Number{},
		stage: map[Target]bool{}, decides: map[Target]bool{}, unknown: map[kam.RiskID]bool{}, given: facts(account),
	}
	if n.to.IsZero() {
		n.from, n.to = asOf.AddDays(1).AddMonths(-12), asOf
	}
	for _, s := range n.scores() {
		for id := range leaves(*s.card) {
			n.gaps[Target{Scorecard: s.card.ID, Factor: id}] = slices.Contains(s.score.Missing, id)
		}
	}
	for _, r := range a.Risks.Unknown {
		n.unknown[r.Check] = true
	}
	n.sides()
	for i, m := range e.Missing(a) {
		n.rank(i+1, m)
	}
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

func (n *need) cards() []kam.Scorecard {
	var out []kam.Scorecard
	for _, s := range n.scores() {
		out = append(out, *s.card)
	}
	return out
}

// sides finds the scores that could still change the cell, or the stage.
func (n *need) sides() {
	p := &n.assessed.Placement
	both := func(high ...kam.Cell) bool {
		var in, out bool
		for _, c := range p.Possible {
			is := slices.Contains(high, c)
			in, out = in || is, out || !is
		}
		return in && out
	}
	waits := !n.assessed.Stage.Firm && slices.Contains(n.assessed.Stage.Unknown, kam.EvidenceStrength)
	n.open[n.policy.Attractiveness.ID] = n.assessed.Attractiveness.Points == nil || both(kam.CellTarget, kam.CellKey)
	n.open[n.policy.Strength.ID] = n.assessed.Strength.Points == nil || both(kam.CellKey, kam.CellMaintain) || waits
}

// rank notes one thing that is missing, at its place in the order, and the
// fact that would answer it too.
func (n *need) rank(place int, m kam.MissingAnswer) {
	of := []Target{{Scorecard: m.Of, Factor: m.ID}}
	if m.Closes == nil {
		of[0] = Target{Evidence: kam.Evidence(m.ID)}
	}
	if m.Needs != "" {
		of = append(of, Target{Fact: m.Needs})
	}
	for _, t := range of {
		if n.ranks[t] == 0 {
			n.ranks[t] = place
		}
		switch {
		case m.Closes == nil:
			n.stage[t] = n.stage[t] || !n.assessed.Stage.Firm
		case n.closes[t].Cmp(*m.Closes) < 0:
			n.closes[t] = *m.Closes
		}
		n.decides[t] = n.decides[t] || n.stage[t] || m.Closes != nil && n.open[m.Of]
	}
}

// state is what a question means for the account.
type state struct {
	asked   bool // it is about an account by this policy
	missing bool
	decides bool
	stage   bool
	rank    int // 0 is last
	closes  kam.Number
	checks  []kam.RiskID
}

func (n *need) of(q *Question) state {
	s := state{asked: len(q.Targets) == 0, missing: len(q.Targets) == 0}
	for _, t := range q.Targets {
		switch gap, leaf := n.gaps[t]; {
		case t.Factor != "" && !leaf:
			continue
		case t.Factor != "":
			s.missing = s.missing || gap
		case t.Evidence != "":
			s.missing = s.missing || !n.judged(t.Evidence)
		default:
			s.missing = s.missing || !n.has(t.Fact)
		}
		s.asked = true
		if t.Factor != "" && q.Kind != Rating {
			continue // it gathers grounds and settles nothing
		}
		if r := n.ranks[t]; r > 0 && (s.rank == 0 || r < s.rank) {
			s.rank = r
		}
		if n.closes[t].Cmp(s.closes) > 0 {
			s.closes = n.closes[t]
		}
		s.stage, s.decides = s.stage || n.stage[t], s.decides || n.decides[t]
	}
	for _, c := range q.Checks {
		if n.unknown[c] {
			s.checks = append(s.checks, c)
		}
	}
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
	j, ok := n.account.Judgements[e]
	if !ok || j.Verdict == kam.VerdictUnknown || j.On.Cmp(n.asOf) > 0 {
		return false
	}
	age := n.policy.AnswerMaxAge
	return age == 0 || !j.On.IsZero() && n.asOf.DaysSince(j.On) <= age
}

// has reports whether the account has the fact, and no signal lacks it: one that cannot be
// right is asked for anew.
func (n *need) has(fact string) bool {
	switch fact {
	case "stages/recorded":
		return n.assessed.Stage.Recorded != kam.StageUnknown
	case "stages/customer":
		return n.assessed.Stage.Customer != kam.StageUnknown
	case "opportunity/standard": // which the account has of all opportunities
		fact = "standardMargin"
	}
	for _, r := range n.assessed.Signals.Readings {
		if r.Needs == fact {
			return false
		}
	}
	return n.given[fact]
}

// facts names what an account has, as "wallet" and "sales/complaints": a list
// has what one of its entries has, and activities are told by their kind.
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
		entries, ok := v.([]any)
		if !ok {
			entries = []any{v}
		}
		for _, entry := range entries {
			fields, _ := entry.(map[string]any)
			for field := range fields {
				given[key+"/"+field] = true
			}
		}
	}
	for _, x := range a.Activities {
		given["activities/"+x.Kind.String()] = true
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
	ask := func(c kam.Condition) {
		if c.Is != kam.VerdictUnknown && !seen[c.Evidence] && !b.asks(Target{Evidence: c.Evidence}) {
			out = append(out, string(c.Evidence))
		}
		seen[c.Evidence] = true
	}
	for _, rule := range n.policy.Stage.Rules {
		for _, clause := range rule.All {
			for _, c := range clause.Any {
				ask(c)
			}
		}
	}
	for _, custom := range n.policy.Risks.Custom {
		if ask(custom.AtRisk); custom.Watch != nil {
			ask(*custom.Watch)
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
