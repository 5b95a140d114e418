package questions

import (
	"maps"
	"slices"
	"strconv"
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
			if t.Fact == "satisfaction" {
				c.satisfied(res.Value, res.On)
			}
		}
	}
}

// satisfied makes a record of what the customer said, which has a day and a rating from 0 to 10.
func (c *Combined) satisfied(v Value, on kam.Date) {
	rating, err := kam.ParseNumber(string(v))
	if err == nil && !on.IsZero() && rating.Cmp(kam.Int(0)) >= 0 && rating.Cmp(kam.Int(10)) <= 0 {
		c.Satisfaction = &kam.SatisfactionRecord{On: on, Rating: rating}
	}
}

// listNotTaken lists the questions of whose answers Apply takes up nothing.
func (c *Combined) listNotTaken(b *Bank) {
	facts := c.applyFacts(&kam.Account{})
	for i := range c.Results {
		q := &b.questions[b.index[c.Results[i].Question]]
		if !slices.ContainsFunc(q.Targets, func(t Target) bool {
			switch {
			case t.Factor != "":
				_, ok := c.Answers[t.Scorecard][t.Factor]
				return ok && q.Kind == Rating && !aboutPerson(t.Scorecard)
			case t.Evidence != "":
				_, ok := c.Judgements[t.Evidence]
				return ok
			}
			return facts[t.Fact]
		}) {
			c.NotTaken = append(c.NotTaken, q.ID)
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
// place, tier, the day since when they are a customer, wallet (and the year before), our
// revenue, the usual margin, planned hours, what the other customers do where complaints and
// orders were both answered, and attributes by their name ("attributes/employees"), where
// the answer is a number. These have no day, so what was combined stands. The satisfaction
// becomes a record of its day in the place of one of the same day; without a day it is none.
//
// The other facts belong to periods, contacts, stages and other records, which the caller
// keeps, or to an opportunity, and answers on the role and the selling style are about a
// person and no account. What is not taken up is in [Combined].NotTaken, and comes back with
// the next form of what is missing unless the caller records it.
// What an engine would not take is for the bank to refuse ([Bank.For]).
// Names and notes beyond 2000 bytes end in "…"; Results have them whole. What is
// returned shares nothing with a or c.
func (c Combined) Apply(a kam.Account) (kam.Account, []Kept) {
	var kept []Kept
	a = a.Clone()
	if a.Answers == nil && len(c.Answers) > 0 {
		a.Answers = map[string]kam.Answers{}
	}
	for card, got := range sorted(c.Answers) {
		if aboutPerson(card) {
			continue
		}
		if a.Answers[card] == nil {
			a.Answers[card] = kam.Answers{}
		}
		for factor, answer := range sorted(got) {
			if had, ok := a.Answers[card][factor]; ok && answer.On.Cmp(had.On) < 0 {
				kept = append(kept, Kept{Target: Target{Scorecard: card, Factor: factor}})
				continue
			}
			if answer.Confidence != nil {
				answer.Confidence = new(*answer.Confidence)
			}
			a.Answers[card][factor] = answer
		}
	}
	if a.Judgements == nil && len(c.Judgements) > 0 {
		a.Judgements = map[kam.Evidence]kam.Judgement{}
	}
	for id, j := range sorted(c.Judgements) {
		had := a.Judgements[id]
		unknown := j.Verdict == kam.VerdictUnknown && had.Verdict != kam.VerdictUnknown
		if unknown || j.On.Cmp(had.On) < 0 {
			kept = append(kept, Kept{Target{Evidence: id}, unknown})
			continue
		}
		a.Judgements[id] = j
	}
	c.applyFacts(&a)
	return a, kept
}

// applyFacts takes up the facts that have a field, and says which.
func (c *Combined) applyFacts(a *kam.Account) map[string]bool {
	taken := map[string]bool{}
	for fact, field := range map[string]**kam.Money{"wallet": &a.Wallet, "walletBefore": &a.WalletBefore, "ourRevenue": &a.OurRevenue} {
		if m, ok := c.money(fact); ok {
			*field, taken[fact] = &m, true
		}
	}
	for fact, field := range map[string]**kam.Number{"standardMargin": &a.StandardMargin, "plannedHours": &a.PlannedHours} {
		if n, err := kam.ParseNumber(string(c.Facts[fact])); err == nil {
			*field, taken[fact] = &n, true
		}
	}
	var tier kam.Tier
	if tier.UnmarshalText([]byte(c.Facts["tier"])) == nil && tier != kam.TierUnknown {
		a.Tier, taken["tier"] = tier, true
	}
	for fact, field := range map[string]*string{"segment": &a.Segment, "place": &a.Place} {
		if v, ok := c.Facts[fact]; ok {
			*field, taken[fact] = string(v), true
		}
	}
	if day, err := kam.ParseDate(string(c.Facts["customerSince"])); err == nil {
		a.CustomerSince, taken["customerSince"] = day, true
	}
	complaints, err1 := strconv.Atoi(string(c.Facts["peers/complaints"]))
	orders, err2 := strconv.Atoi(string(c.Facts["peers/orders"]))
	if err1 == nil && err2 == nil {
		a.Peers = &kam.Peers{Complaints: complaints, Orders: orders}
		taken["peers/complaints"], taken["peers/orders"] = true, true
	}
	if s := c.Satisfaction; s != nil {
		a.Satisfaction, taken["satisfaction"] = recorded(a.Satisfaction, *s), true
	}
	for fact, v := range c.Facts {
		name, ok := strings.CutPrefix(fact, attributes)
		n, err := kam.ParseNumber(string(v))
		if !ok || name == "" || err != nil {
			continue
		}
		if a.Attributes == nil {
			a.Attributes = map[string]kam.Number{}
		}
		a.Attributes[name], taken[fact] = n, true
	}
	return taken
}

// attributes is what the facts that are attributes begin with.
const attributes = "attributes/"

// recorded is a list of one's own, oldest first, with one more record, which takes the place of the latest
// of its day.
func recorded(list []kam.SatisfactionRecord, s kam.SatisfactionRecord) []kam.SatisfactionRecord {
	at := len(list)
	for at > 0 && list[at-1].On.Cmp(s.On) > 0 {
		at--
	}
	if at > 0 && list[at-1].On == s.On {
		list[at-1] = s
		return list
	}
	return slices.Insert(list, at, s)
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
