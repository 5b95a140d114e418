package questions

import (
	"maps"
	"slices"
	"strings"

	"github.com/kam-go/kam"
)

// add takes a result up, and gives it to what its question feeds.
func (c *Combined) add(q *Question, res Result, unsure, onlyAgreed bool) {
	c.Results = append(c.Results, res)
	if res.Disagree {
		c.Disagreements = append(c.Disagreements, q.ID)
	}
	if unsure {
		c.Unsure = append(c.Unsure, q.ID)
	}
	if res.Value == "" || onlyAgreed && res.Disagree {
		return
	}
	for _, t := range q.Targets {
		switch {
		case t.Factor != "" && q.Kind == Rating:
			c.answer(t, &res)
		case t.Evidence != "" && q.Kind == YesNo:
			c.judge(t, &res)
		case t.Fact != "":
			if c.Facts == nil {
				c.Facts = map[string]Value{}
			}
			c.Facts[t.Fact] = res.Value
		}
	}
}

func (c *Combined) answer(t Target, res *Result) {
	rating, err := kam.ParseNumber(string(res.Value))
	if err != nil {
		return
	}
	if c.Answers == nil {
		c.Answers = map[string]kam.Answers{}
	}
	if c.Answers[t.Scorecard] == nil {
		c.Answers[t.Scorecard] = kam.Answers{}
	}
	c.Answers[t.Scorecard][t.Factor] = kam.Answer{
		Rating: rating, By: names(res.By), On: res.On, Confidence: res.Confidence, Note: res.note(),
	}
}

func (c *Combined) judge(t Target, res *Result) {
	var v kam.Verdict
	if v.UnmarshalText([]byte(res.Value)) != nil {
		return
	}
	if c.Judgements == nil {
		c.Judgements = map[kam.Evidence]kam.Judgement{}
	}
	c.Judgements[t.Evidence] = kam.Judgement{Verdict: v, By: names(res.By), On: res.On, Note: res.note()}
}

// longest is how many bytes of names or remarks go into an account, which
// takes 4096 of one text.
const longest = 2000

// names lists who answered, as many as have room.
func names(by []string) string { return fit(strings.Join(by, ", ")) }

func (res *Result) note() string {
	var lines []string
	for _, r := range res.Remarks {
		lines = append(lines, r.By+": "+r.Text)
	}
	return fit(strings.Join(lines, "\n"))
}

func fit(s string) string {
	if len(s) <= longest {
		return s
	}
	return strings.ToValidUTF8(s[:longest], "") + "…"
}

// Kept is an answer or a judgement that an account had, and that
// [Combined.Apply] left as it was.
type Kept struct {
	Target Target `json:"target"`
	// Unknown says that nobody knew better than the yes or no that stands;
	// otherwise what was combined is of an earlier day than what stands, or of
	// none.
	Unknown bool `json:"unknown,omitzero"`
}

// Apply returns the account with the combined answers and judgements in the
// place of those that it had, and what it left as it was, sorted by target. A
// yes or no stays where people do not know, and an answer or a judgement stays
// where the combined one is of an earlier day; one of the same day is
// replaced. An unknown day is before every day.
//
// Of the facts it takes up those that have one field of their own: segment,
// place, tier, wallet (and the year before), our revenue, the usual margin,
// planned hours. These have no day, so what was combined stands. The other
// facts belong to periods, contacts and records, which the caller keeps, and
// answers on the role and the selling style are about a person and no account.
// Names and notes beyond 2000 bytes end in "…"; Results have them whole. The maps of answers and
// judgements are new: what is written to them changes neither a nor c.
func (c Combined) Apply(a kam.Account) (kam.Account, []Kept) {
	var kept []Kept
	if a.Answers != nil || len(c.Answers) > 0 {
		answers := map[string]kam.Answers{}
		for card, had := range a.Answers {
			answers[card] = maps.Clone(had)
		}
		for card, got := range sorted(c.Answers) {
			if aboutPerson(card) {
				continue
			}
			if answers[card] == nil {
				answers[card] = kam.Answers{}
			}
			for factor, answer := range sorted(got) {
				if had, ok := answers[card][factor]; ok && answer.On.Cmp(had.On) < 0 {
					kept = append(kept, Kept{Target: Target{Scorecard: card, Factor: factor}})
					continue
				}
				if answer.Confidence != nil {
					answer.Confidence = new(*answer.Confidence)
				}
				answers[card][factor] = answer
			}
		}
		a.Answers = answers
	}
	if a.Judgements != nil || len(c.Judgements) > 0 {
		judgements := map[kam.Evidence]kam.Judgement{}
		maps.Copy(judgements, a.Judgements)
		for id, j := range sorted(c.Judgements) {
			had := judgements[id]
			unknown := j.Verdict == kam.VerdictUnknown && had.Verdict != kam.VerdictUnknown
			if unknown || j.On.Cmp(had.On) < 0 {
				kept = append(kept, Kept{Target{Evidence: id}, unknown})
				continue
			}
			judgements[id] = j
		}
		a.Judgements = judgements
	}
	c.applyFacts(&a)
	return a, kept
}

func (c *Combined) applyFacts(a *kam.Account) {
	for fact, field := range map[string]**kam.Money{"wallet": &a.Wallet, "walletBefore": &a.WalletBefore, "ourRevenue": &a.OurRevenue} {
		if m, ok := c.money(fact); ok {
			*field = &m
		}
	}
	for fact, field := range map[string]**kam.Number{"standardMargin": &a.StandardMargin, "plannedHours": &a.PlannedHours} {
		if n, err := kam.ParseNumber(string(c.Facts[fact])); err == nil {
			*field = &n
		}
	}
	var tier kam.Tier
	if v, ok := c.Facts["tier"]; ok && tier.UnmarshalText([]byte(v)) == nil {
		a.Tier = tier
	}
	for fact, field := range map[string]*string{"segment": &a.Segment, "place": &a.Place} {
		if v, ok := c.Facts[fact]; ok {
			*field = string(v)
		}
	}
}

func aboutPerson(card string) bool {
	return card == kam.RoleScorecard().ID || aboutStyle([]Target{{Scorecard: card}})
}

// aboutStyle reports whether the answer feeds the selling-style test. How
// someone sells is said by that person alone: there is nothing to be sure of
// or to prove.
func aboutStyle(targets []Target) bool {
	sale, customer := kam.SellingStyleScorecards()
	return slices.ContainsFunc(targets, func(t Target) bool { return t.Scorecard == sale.ID || t.Scorecard == customer.ID })
}

func (c *Combined) money(fact string) (kam.Money, bool) {
	v, ok := c.Facts[fact]
	if !ok {
		return kam.Money{}, false
	}
	m, err := kam.ParseMoney(string(v))
	return m, err == nil
}

// Opportunity puts the answers about volume and margin together (S5), and
// lists what of it was not answered. The confidence is that which people gave
// with the volume, or else their answer to the question how sure it is: an
// unsure volume expects less ([kam.Opportunity.Size]).
func (c Combined) Opportunity() (o kam.Opportunity, missing []string) {
	number := func(field string) *kam.Number {
		n, err := kam.ParseNumber(string(c.Facts["opportunity/"+field]))
		if err != nil {
			missing = append(missing, field)
			return nil
		}
		return &n
	}
	if m, ok := c.money("opportunity/volume"); ok {
		o.Volume = &m
	} else {
		missing = append(missing, "volume")
	}
	for _, res := range c.Results {
		if res.Question == "potential-volume" && res.Confidence != nil {
			facts := map[string]Value{}
			maps.Copy(facts, c.Facts)
			facts["opportunity/confidence"] = Num(*res.Confidence)
			c.Facts = facts
		}
	}
	o.Confidence, o.Rivals, o.Winnable = number("confidence"), number("rivals"), number("winnable")
	o.Margin, o.Target, o.Standard = number("margin"), number("target"), number("standard")
	return o, missing
}
