package questions

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/kam-go/kam"
)

// CombineRules say how the answers of several people become one. The zero
// value means the defaults.
type CombineRules struct {
	// Limit is the spread beyond which people disagree, in percent: of the
	// scale for ratings and percentages, of the median for amounts and counts,
	// of the votes for the rest. Nil is 30.
	Limit *kam.Number
	// Sure is the least confidence, in percent, of an answer that is not
	// listed as unsure. Nil is 50.
	Sure *kam.Number
	// AsOf leaves out the responses that were given later, and
	// [Combined].Skipped lists them. Unknown takes all, since there is no clock
	// to tell which are of the future.
	AsOf kam.Date
	// From leaves out the responses that were given before, or on no known day, and
	// [Combined].Skipped lists them too: an old answer among new ones is not told apart by
	// the day of what they come to. Unknown takes all.
	From kam.Date
	// OnlyAgreed keeps what people disagree on out of Answers, Judgements and
	// Facts, so that Apply takes up only the rest. Results have everything.
	OnlyAgreed bool
}

// Combined is what several people answered, question by question, and what it
// comes to. It is plain data.
type Combined struct {
	Edition int `json:"edition"`
	// Results has one entry for each question answered, in the bank's order.
	Results []Result `json:"results"`
	// Answers are the ratings by scorecard and factor, and Judgements the
	// verdicts by evidence, as [kam.Account] takes them. Facts are values by
	// the fact's name.
	Answers    map[string]kam.Answers         `json:"answers,omitempty"`
	Judgements map[kam.Evidence]kam.Judgement `json:"judgements,omitempty"`
	Facts      map[string]Value               `json:"facts,omitempty"`
	// Satisfaction is what the customer said, on the day of its result; nil where that is unknown.
	Satisfaction *kam.SatisfactionRecord `json:"satisfaction,omitempty"`
	// NotTaken lists the questions that were answered and of whose answers
	// [Combined.Apply] takes up nothing, in the bank's order: no field of an account has them, since
	// they belong to its records, to an opportunity or to a person, or are grounds for a rating;
	// or no value came of them, as where votes tie or texts differ; or people disagree, and
	// OnlyAgreed leaves that out. Results have the answers.
	NotTaken []string `json:"notTaken,omitempty"`
	// Disagreements and Unsure list questions: those on which people differ
	// beyond the limit, and those whose confidence is too low.
	Disagreements []string `json:"disagreements,omitempty"`
	Unsure        []string `json:"unsure,omitempty"`
	// Skipped lists what was not combined.
	Skipped []Skipped `json:"skipped,omitempty"`
}

// Skipped is a response, or one reply of it, that was not combined.
type Skipped struct {
	// Response is its place among the responses, from 0.
	Response int      `json:"response"`
	By       string   `json:"by"`
	On       kam.Date `json:"on,omitzero"`
	// Question is the one to which the same person gave a later reply; "" is
	// the whole response, which was given after [CombineRules].AsOf, before From, or on no
	// known day where there is a From. Two people
	// of one name are found here.
	Question string `json:"question,omitzero"`
}

// Result is what people answered to one question.
type Result struct {
	Question string `json:"question"`
	Kind     Kind   `json:"kind"`
	// By are those whose answers count, in the order of the responses, and On
	// the latest of their days, since before it nobody knew this; unknown when one of them is.
	By []string `json:"by"`
	On kam.Date `json:"on,omitzero"`
	// Unsaid are those who answered that they do not know, where others do.
	// Where nobody knows, that is the answer, and they are in By.
	Unsaid []string `json:"unsaid,omitempty"`
	// Value is the median of numbers and amounts (of two counts in the middle
	// the lower, so that it is a whole number), what most chose of the rest,
	// and a free text that all wrote alike; "" where the votes tie or the texts
	// differ.
	Value Value `json:"value,omitzero"`
	// Least and Most are the ends of the spread of numbers and amounts.
	Least Value `json:"least,omitzero"`
	Most  Value `json:"most,omitzero"`
	// Spread is Most less Least.
	Spread Value `json:"spread,omitzero"`
	// Votes count what was chosen, "unknown" as well, the most chosen first.
	Votes []Vote `json:"votes,omitempty"`
	// Disagree says that people differ beyond the limit: talk before anything
	// rests on the value.
	Disagree bool `json:"disagree,omitzero"`
	// Confidence is the median of those stated by the people in By; nil unless
	// each of them stated one.
	Confidence *kam.Number `json:"confidence,omitzero"`
	// Remarks are the notes, and the answers in free text.
	Remarks []Remark `json:"remarks,omitempty"`
}

// Vote is how many people chose a value.
type Vote struct {
	Value Value `json:"value"`
	Count int   `json:"count"`
}

// Remark is what someone wrote.
type Remark struct {
	By   string `json:"by"`
	Text string `json:"text"`
}

// given is one person's reply that counts.
type given struct {
	from    int // the place of its response
	by      string
	on      kam.Date
	reply   Reply
	reading reading
}

// Combine checks the responses and makes one answer to each question of them.
// Of one person's replies to a question the latest counts; a person is told by
// the name, in which neither case nor space at the ends or between words
// makes a difference.
//
// Everyone counts alike: being sure is not being right, so confidence does not
// weigh the median. It is kept with the answer, an answer under the limit is
// listed as unsure, by the median of what was stated, and the confidence of an estimated volume goes into the
// expected volume (S5, [Combined.Opportunity]).
//
// What is wrong is reported as [Bank.Check] does, with pointers such as
// "/responses/1/answers/liking/value"; an AsOf or a From that is no day is a [kam.CodeDate], and a
// From after the AsOf a [kam.CodeOrder]; two responses of one person on one day with replies to the
// same question are a [kam.CodeDuplicate], and amounts in two currencies, or one with a currency
// and one without, are a [kam.CodeCurrencyMix].
func (b *Bank) Combine(rules CombineRules, responses ...Response) (Combined, error) {
	b = b.orEmpty()
	var r report
	limit, sure := r.percent("/limit", rules.Limit, 30), r.percent("/sure", rules.Sure, 50)
	out := Combined{Edition: b.edition, Results: []Result{}}
	for _, day := range []struct {
		at place
		on kam.Date
	}{{"/asOf", rules.AsOf}, {"/from", rules.From}} {
		if !day.on.Valid() {
			r.add(day.at, kam.CodeDate, day.on.String(), "YYYY-MM-DD")
		}
	}
	if len(r.found) == 0 && !rules.AsOf.IsZero() && rules.From.Cmp(rules.AsOf) > 0 {
		r.add("/from", kam.CodeOrder, rules.From.String(), "<= "+rules.AsOf.String())
	}
	replies := b.collect(&r, &out, rules, responses)
	for i := range b.questions {
		q := &b.questions[i]
		if all := replies[q.ID]; len(all) > 0 && len(r.found) == 0 {
			res, unsure := q.combine(&r, all, limit, sure)
			out.add(q, res, unsure, rules.OnlyAgreed)
		}
	}
	if err := r.found.Err(); err != nil {
		return Combined{}, fmt.Errorf("kam: combine responses: %w", err)
	}
	out.listNotTaken(b)
	return out, nil
}

func (r *report) percent(at place, n *kam.Number, otherwise int) kam.Number {
	if n == nil {
		return kam.Int(otherwise)
	}
	if !n.Valid() || n.Cmp(kam.Int(0)) < 0 || n.Cmp(kam.Int(100)) > 0 {
		r.add(at, kam.CodeRange, n.String(), "0..100")
	}
	return *n
}

// person is what tells one by the name.
func person(by string) string { return strings.ToLower(strings.Join(strings.Fields(by), " ")) }

// collect checks the responses and sorts the replies that count by question.
func (b *Bank) collect(rep *report, out *Combined, rules CombineRules, responses []Response) map[string][]given {
	type reply struct{ question, by string }
	replies, seen := map[string][]given{}, map[reply]int{}
	type day struct {
		reply
		on kam.Date
	}
	days := map[day]bool{}
	for i := range responses {
		resp, at := &responses[i], place("/responses").index(i)
		before := len(rep.found)
		if b.checkResponse(rep, at, resp); len(rep.found) > before {
			continue
		}
		by := strings.TrimSpace(resp.By)
		if !rules.AsOf.IsZero() && resp.On.Cmp(rules.AsOf) > 0 || resp.On.Cmp(rules.From) < 0 {
			out.Skipped = append(out.Skipped, Skipped{Response: i, By: by, On: resp.On})
			continue
		}
		for id, r := range sorted(resp.Answers) {
			g := given{from: i, by: by, on: resp.On, reply: r}
			g.reading, _, _ = b.questions[b.index[id]].read(r.Value)
			key := reply{id, person(by)}
			of := day{key, g.on}
			if days[of] {
				rep.add(at.key("answers").key(id), kam.CodeDuplicate, resp.By, "")
				continue
			}
			days[of] = true
			at, twice := seen[key]
			if !twice {
				seen[key] = len(replies[id])
				replies[id] = append(replies[id], g)
				continue
			}
			had := &replies[id][at]
			if had.on.Cmp(g.on) < 0 {
				*had, g = g, *had
			}
			out.Skipped = append(out.Skipped, Skipped{g.from, g.by, g.on, id})
		}
	}
	return replies
}

// knows reports whether a reply is more than that its giver does not know.
func (q *Question) knows(g given) bool { return q.Kind != YesNo || g.reading.word != "unknown" }

// combine makes one result of the replies to a question, and says whether
// people are unsure of it.
func (q *Question) combine(r *report, all []given, limit, sure kam.Number) (out Result, unsure bool) {
	out = Result{Question: q.ID, Kind: q.Kind}
	anyone := slices.ContainsFunc(all, q.knows)
	var confidences []decimal.Decimal
	for _, g := range all {
		if q.Kind == Words {
			out.Remarks = append(out.Remarks, Remark{g.by, string(g.reply.Value)})
		}
		if g.reply.Note != "" {
			out.Remarks = append(out.Remarks, Remark{g.by, g.reply.Note})
		}
		if anyone && !q.knows(g) {
			out.Unsaid = append(out.Unsaid, g.by)
			continue
		}
		if first := len(out.By) == 0; first || g.on.IsZero() || !out.On.IsZero() && g.on.Cmp(out.On) > 0 {
			out.On = g.on
		}
		out.By = append(out.By, g.by)
		if c := g.reply.Confidence; c != nil {
			confidences = append(confidences, c.Decimal())
		}
	}
	if len(confidences) > 0 {
		middle := median(confidences).RoundBank(4)
		unsure = middle.Cmp(sure.Decimal()) < 0
		if n, err := kam.NumberOf(middle); err == nil && len(confidences) == len(out.By) {
			out.Confidence = &n
		}
	}
	switch {
	case q.Kind.numeric():
		q.spread(r, &out, all, limit)
	case q.Kind.voted():
		out.count(all, limit)
	case !slices.ContainsFunc(all, func(g given) bool { return g.reply.Value != all[0].reply.Value }):
		out.Value = all[0].reply.Value
	}
	return out, unsure
}

// spread finds the median and how far people are apart.
func (q *Question) spread(r *report, out *Result, all []given, limit kam.Number) {
	var xs []decimal.Decimal
	places, code := int32(4), ""
	for i, g := range all {
		if q.Kind != Money {
			xs = append(xs, g.reading.number.Decimal())
			continue
		}
		if c := g.reading.money.Currency(); i == 0 {
			code = c
		} else if c != code {
			at := place("/responses").index(g.from).key("answers").key(q.ID).key("value")
			r.add(at, kam.CodeCurrencyMix, string(g.reply.Value), all[0].reading.money.String())
			return
		}
		xs = append(xs, g.reading.money.Amount())
		places = max(places, -g.reading.money.Amount().Exponent())
	}
	slices.SortFunc(xs, decimal.Decimal.Cmp)
	least, most, middle := xs[0], xs[len(xs)-1], median(xs).RoundBank(places)
	if q.Kind == Count {
		middle = xs[(len(xs)-1)/2]
	}
	write := func(d decimal.Decimal) Value {
		for p := places; ; p-- { // the middle of two, or what is between them, may have a place that there is no room for
			m, err := kam.ParseMoney(strings.TrimSpace(d.RoundBank(p).StringFixed(p) + " " + code))
			if err == nil || p == 0 {
				return Value(m.String())
			}
		}
	}
	apart := most.Sub(least)
	out.Value, out.Least, out.Most, out.Spread = write(middle), write(least), write(most), write(apart)
	whole := middle
	if q.Kind == Rating || q.Kind == Percent {
		whole = q.scale().Hi.Decimal().Sub(q.scale().Lo.Decimal())
	}
	out.Disagree = apart.Shift(2).Cmp(whole.Mul(limit.Decimal())) > 0
}

// median is the middle of sorted or unsorted numbers, or the mean of the two
// in the middle.
func median(xs []decimal.Decimal) decimal.Decimal {
	xs = slices.Clone(xs)
	slices.SortFunc(xs, decimal.Decimal.Cmp)
	half := len(xs) / 2
	if len(xs)%2 == 1 {
		return xs[half]
	}
	return xs[half-1].Add(xs[half]).Mul(decimal.New(5, -1))
}

// count counts votes. Who does not know has no vote.
func (out *Result) count(all []given, limit kam.Number) {
	cast := 0
	for _, g := range all {
		v := Value(g.reading.word)
		i := slices.IndexFunc(out.Votes, func(w Vote) bool { return w.Value == v })
		if i < 0 {
			i = len(out.Votes)
			out.Votes = append(out.Votes, Vote{Value: v})
		}
		out.Votes[i].Count++
		if out.Kind != YesNo || v != "unknown" {
			cast++
		}
	}
	slices.SortStableFunc(out.Votes, func(a, b Vote) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	valid := slices.DeleteFunc(slices.Clone(out.Votes), func(v Vote) bool { return out.Kind == YesNo && v.Value == "unknown" })
	switch {
	case len(valid) == 0:
		out.Value = out.Votes[0].Value
		return
	case len(valid) == 1 || valid[0].Count > valid[1].Count:
		out.Value = valid[0].Value
	}
	others := decimal.NewFromInt(int64(cast - valid[0].Count)).Shift(2)
	out.Disagree = others.Cmp(limit.Decimal().Mul(decimal.NewFromInt(int64(cast)))) > 0
}
