package kam_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/cmd/kam/northwind"
)

// Laws between operations, held against bytes that nobody would write.

// A scorecard and answers, both as JSON: what compiles and fits is scored as
// the reference scores it, and a row gives the same.
func FuzzScore(f *testing.F) {
	for _, card := range []kam.Scorecard{kam.StrengthScorecard(), kam.PotentialScorecard()} {
		data, err := json.Marshal(card)
		require.NoError(f, err)
		f.Add(data, []byte(`{"price": 7.25, "sales-volume": 3, "range": {"rating": 10, "by": "Ann"}}`))
	}
	f.Add([]byte(`{"id":"c","relative":true,"missing":"neutral","minCoverage":0,"factors":[{"id":"a","weight":3,"lowerIsBetter":true,"scale":{"lo":-1,"hi":2}},{"id":"b","weight":1,"questions":[{"id":"c","weight":"0.0001"}]}]}`), []byte(`{"a":"1.9999"}`))
	f.Add([]byte(`{"id":"c","relative":true,"factors":[{"id":"a","weight":99999999999989},{"id":"b","weight":1,"scale":{"lo":0,"hi":9973}}]}`), []byte(`{"a":1,"b":2}`))
	f.Fuzz(func(t *testing.T, cardJSON, answersJSON []byte) {
		var doc struct {
			card    kam.Policy
			answers kam.Account
		}
		if doc.card.UnmarshalJSON(slices.Concat([]byte(`{"strength":`), cardJSON, []byte("}"))) != nil {
			return
		}
		if doc.answers.UnmarshalJSON(slices.Concat([]byte(`{"answers":{"c":`), answersJSON, []byte("}}"))) != nil {
			return
		}
		card, answers := doc.card.Strength, doc.answers.Answers["c"]
		scorer, err := card.Compile()
		if err != nil {
			requireViolations(t, err)
			return
		}
		for id := range answers { // what does not fit would be refused
			if !slices.ContainsFunc(leavesOf(card), func(f kam.Factor) bool { return f.ID == id }) {
				delete(answers, id)
			}
		}
		s, err := scorer.Score(answers)
		var row kam.Row
		bound := scorer.BindTo(&row, answers)
		if err != nil {
			requireViolations(t, err)
			require.Error(t, bound)
			return
		}
		requireWhole(t, s)
		require.NoError(t, equalReference(card, answers, s))
		require.NoError(t, bound)
		require.NoError(t, equalRow(row, card, s))
	})
}

// An account's signals and judgements do not hang on the order of its
// periods, incidents and activities.
func FuzzOrderOfFacts(f *testing.F) {
	addAccounts(f)
	engine := compiled(f, kam.Policy{})
	f.Fuzz(func(t *testing.T, data []byte) {
		var a kam.Account
		if a.UnmarshalJSON(data) != nil {
			return
		}
		b := a
		b.Sales, b.Incidents, b.Activities = slices.Clone(a.Sales), slices.Clone(a.Incidents), slices.Clone(a.Activities)
		slices.Reverse(b.Sales)
		slices.Reverse(b.Incidents)
		slices.Reverse(b.Activities)
		one, err := engine.Assess(a, asOf)
		two, err2 := engine.Assess(b, asOf)
		require.Equal(t, err == nil, err2 == nil)
		if err != nil {
			return
		}
		require.Equal(t, one.Signals, two.Signals)
		require.Equal(t, one.Stage, two.Stage)
		for id := range engine.Policy().Risks.Checks {
			require.Equal(t, one.Risks.Outcome(id), two.Risks.Outcome(id), id)
		}
	})
}

// An override changes nothing that is computed.
func FuzzOverrides(f *testing.F) {
	f.Add([]byte(`{"id":"x"}`), "stage", "good", 0, 10)
	f.Add([]byte(`{"id":"x","answers":{"strength":{"price":5}}}`), "strength", "50.0", 10, 0)
	f.Add([]byte(`{"id":"x","stages":[{"stage":"good","on":"2026-01-01","view":"suggested"}]}`), "stage", "unknown", -1, 1)
	f.Add([]byte(`{"id":"x"}`), "tier", "key", 400, 4000000)
	engine := compiled(f, kam.Policy{})
	f.Fuzz(func(t *testing.T, data []byte, of, value string, before, days int) {
		var a kam.Account
		if a.UnmarshalJSON(data) != nil {
			return
		}
		a.Overrides = nil
		plain, err := engine.Assess(a, asOf)
		if err != nil {
			return
		}
		on := asOf.AddDays(-before)
		a.Overrides = []kam.Override{{Of: of, Value: value, By: "Ann", Why: "why", On: on, Until: on.AddDays(days)}}
		with, err := engine.Assess(a, asOf)
		if err != nil {
			requireViolations(t, err)
			for _, v := range kam.ViolationsOf(err) {
				require.True(t, strings.HasPrefix(v.Pointer, "/overrides/0/"), v.Pointer)
			}
			return
		}
		for _, o := range with.Overrides {
			require.Equal(t, o.State == kam.OverrideInForce, o.On.Cmp(asOf) <= 0 && o.Until.Cmp(asOf) >= 0)
		}
		require.Equal(t, len(with.Overrides) == 0, on.Cmp(asOf) > 0, "one to come is not known")
		with.Overrides = nil
		require.Equal(t, plain, with)
	})
}

// A portfolio of lines: the order of the accounts changes nothing, its parts
// add up, and each account is there once or in the error.
func FuzzPortfolio(f *testing.F) {
	lines := `{"id":"a","sales":[{"from":"2025-11-01","to":"2026-10-31","revenue":"100 EUR","directCost":"40 EUR","orders":3}],"judgements":{"served":"yes"}}
{"id":"b","answers":{"potential":{"sales-volume":9},"selection":{"openness":3}}}
{"id":"c","sales":[{"from":"2025-11-01","to":"2026-10-31","revenue":"-5 EUR"}],"tier":"key"}`
	f.Add([]byte(lines))
	f.Add([]byte(`{"id":"a"}` + "\n" + `{"id":"a","name":"twice"}` + "\n" + `{"id":"b","currency":"XXX","wallet":1}`))
	var sample []byte
	n := 0
	for a, err := range northwind.Accounts() {
		require.NoError(f, err)
		if n++; n%30 == 0 {
			data, err := json.Marshal(a)
			require.NoError(f, err)
			sample = append(append(sample, data...), '\n')
		}
	}
	f.Add(sample)
	engine := compiled(f, kam.Policy{})
	f.Fuzz(func(t *testing.T, data []byte) {
		var accounts []kam.Account
		for line := range strings.Lines(string(data)) {
			var a kam.Account
			if a.UnmarshalJSON([]byte(line)) == nil {
				accounts = append(accounts, a)
			}
		}
		put := func(accounts []kam.Account) (*kam.Portfolio, error) {
			return engine.Portfolio(func(yield func(kam.Account, error) bool) {
				for _, a := range accounts {
					if !yield(a, nil) {
						return
					}
				}
			}, asOf)
		}
		p, err := put(accounts)
		if p == nil {
			require.Error(t, err)
			return
		}
		require.LessOrEqual(t, len(p.Members), len(accounts))
		if err != nil {
			require.Less(t, len(p.Members), len(accounts))
			return // which of two currencies is left out hangs on the first
		}
		require.Len(t, p.Members, len(accounts))
		tiers := 0
		for _, tier := range p.Pyramid.Tiers {
			tiers += tier.Accounts
		}
		require.Equal(t, len(accounts), tiers)
		require.Equal(t, len(accounts), p.Revenue.Accounts+p.Revenue.Unknown)
		require.Equal(t, len(accounts), p.RevenueConcentration.Accounts+p.RevenueConcentration.Excluded)
		for i, m := range p.Members {
			require.Equal(t, i+1, m.Rank)
			require.True(t, m.RankBest <= m.Rank && m.Rank <= m.RankWorst)
		}
		if len(accounts) > 0 {
			plan, err := engine.PlanTime(p, kam.Int(1000), kam.TimeRules{ByIndex: true}, nil)
			require.NoError(t, err)
			sum := kam.Number{}.Decimal()
			for _, a := range plan.Accounts {
				sum = sum.Add(a.Hours.Decimal())
			}
			require.Equal(t, "1000", sum.String())
		}
		slices.Reverse(accounts)
		back, err := put(accounts)
		require.NoError(t, err)
		require.Equal(t, p, back)
	})
}

// Days add, count and compare as whole numbers do, and fiscal periods hold
// their days.
func FuzzDays(f *testing.F) {
	f.Add("2026-11-24", "2024-02-29", 12, 4, true)
	f.Add("0001-01-01", "9999-12-31", -1, 0, false)
	f.Add("2100-02-28", "2000-02-29", 1200000, 13, true)
	f.Fuzz(func(t *testing.T, a, b string, n, month int, named bool) {
		d, err := kam.ParseDate(a)
		e, err2 := kam.ParseDate(b)
		if err != nil || err2 != nil {
			return
		}
		require.Equal(t, a, d.String(), "one text for one day")
		require.Equal(t, e, d.AddDays(e.DaysSince(d)))
		require.Equal(t, d.Time().AddDate(0, 0, e.DaysSince(d)), e.Time(), "as the standard library counts")
		require.Equal(t, d.Cmp(e) < 0, a < b)
		if far := d.AddDays(n); far.AddDays(-n) != d {
			require.Contains(t, []string{"0001-01-01", "9999-12-31"}, far.String(), "only the ends of the calendar hold")
		}
		moved := d.AddMonths(n)
		require.True(t, moved.Valid())
		require.LessOrEqual(t, moved.Time().Day(), d.Time().Day())
		fiscal := kam.FiscalYear{Start: time.Month(month), NamedByStart: named}
		for _, unit := range []kam.FiscalUnit{kam.FiscalUnitMonth, kam.FiscalUnitQuarter, kam.FiscalUnitYear} {
			p, ok := fiscal.Period(d, unit)
			require.Equal(t, month >= 0 && month <= 12, ok)
			if ok {
				require.True(t, p.From.Cmp(d) <= 0 && d.Cmp(p.To) <= 0)
				q, _ := fiscal.Period(p.From, unit)
				require.Equal(t, p, q)
			}
		}
	})
}

// What is added can be taken off again; the order is the sign of the
// difference; sums are those of decimals.
func FuzzMoneySums(f *testing.F) {
	f.Add("1.10 EUR", "2.20 EUR")
	f.Add("-0.000000000001 JPY", "999999 JPY")
	f.Add("5", "0 USD")
	f.Add("999999999999999999 EUR", "0.1 EUR")
	f.Fuzz(func(t *testing.T, x, y string) {
		a, err := kam.ParseMoney(x)
		b, err2 := kam.ParseMoney(y)
		if err != nil || err2 != nil {
			return
		}
		sum, err := a.Add(b)
		other, err2 := b.Add(a)
		require.Equal(t, err == nil, err2 == nil)
		if err != nil {
			require.True(t, errIsAny(err, kam.CodeCurrencyMix, kam.CodeMoney), err)
			return
		}
		require.Equal(t, sum, other)
		require.True(t, sum.Amount().Equal(a.Amount().Add(b.Amount())))
		back, err := sum.Sub(b)
		require.NoError(t, err)
		require.True(t, back.Amount().Equal(a.Amount()))
		order, err := a.Cmp(b)
		require.NoError(t, err)
		if diff, err := a.Sub(b); err == nil {
			require.Equal(t, order, diff.Sign())
		}
	})
}

func errIsAny(err error, codes ...kam.Code) bool {
	text := err.Error()
	return slices.ContainsFunc(codes, func(c kam.Code) bool { return strings.Contains(text, c.Error()) })
}

// What Append takes, Validate takes; what it refuses leaves the history as it
// was; and readers agree with each other.
func FuzzHistory(f *testing.F) {
	f.Add([]byte{1, 0, 5, 2, 1, 0, 3, 2, 9, 4, 0, 0})
	f.Add([]byte{9, 9, 9, 1, 1, 255, 1, 1, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		var h kam.History
		day := asOf.AddDays(-300)
		for step := range slices.Chunk(data, 3) {
			if len(step) < 3 {
				break
			}
			r := kam.StageRecord{Stage: kam.Stage(step[0]), View: kam.View(step[1]), On: day.AddDays(int(int8(step[2])))}
			before := slices.Clone(h)
			if err := h.Append(r, asOf); err != nil {
				requireViolations(t, err)
				require.True(t, slices.Equal(before, h))
				continue
			}
			day = r.On
			got, ok := h.At(r.View, r.On)
			require.True(t, ok)
			require.Equal(t, r, got)
		}
		require.NoError(t, kam.Account{ID: "x", Stages: h}.Validate())
		for _, view := range []kam.View{kam.ViewRecorded, kam.ViewSuggested, kam.ViewCustomer} {
			spans := slices.Collect(h.Spans(view, asOf))
			at, known := h.At(view, asOf)
			last, standing := h.Standing(view, asOf)
			require.Equal(t, known, standing)
			require.Equal(t, known, len(spans) > 0)
			if known {
				require.Equal(t, at.Stage, last.Stage)
				require.Equal(t, spans[len(spans)-1], last)
			}
		}
	})
}

// The map of contacts shows each active contact once, under its manager; the
// influence sums to 100; a path leads where it is to.
func FuzzContactMap(f *testing.F) {
	f.Add([]byte(`[{"id":"a","reportsTo":"b","influence":"high","attitude":"sponsor","reach":"high"},{"id":"b","roles":["decider"],"department":"d"},{"id":"c","department":"d"}]`), "b")
	f.Add([]byte(`[{"id":"a","reportsTo":"b"},{"id":"b","reportsTo":"a","until":"2026-01-01"},{"id":"a"}]`), "a")
	f.Add([]byte(`[{"id":"a","reportsTo":"a","name":"\"];\n<b>"}]`), "a")
	f.Fuzz(func(t *testing.T, data []byte, to string) {
		var a kam.Account
		if a.UnmarshalJSON(slices.Concat([]byte(`{"contacts":`), data, []byte("}"))) != nil {
			return
		}
		m := kam.MapContacts(a.Contacts, asOf, kam.ContactRules{})
		active := map[string]bool{}
		for _, c := range a.Contacts {
			if c.ActiveOn(asOf) {
				active[c.ID] = true
			}
		}
		depth, managed := map[string]int{}, 0
		for _, n := range m.Tree {
			require.True(t, active[n.Contact])
			require.NotContains(t, depth, n.Contact, "each once")
			depth[n.Contact] = n.Depth
			if n.Manager != "" {
				managed++
				require.Equal(t, depth[n.Manager]+1, n.Depth)
			} else {
				require.Zero(t, n.Depth)
			}
		}
		require.Equal(t, len(active), len(depth))
		if len(active) > 0 {
			sum := m.Influence.For.Decimal().Add(m.Influence.Against.Decimal()).Add(m.Influence.Neutral.Decimal()).Add(m.Influence.Unknown.Decimal())
			require.Equal(t, "100", sum.String())
		}
		require.Equal(t, 3+len(m.Tree)+managed, strings.Count(m.DOT(), "\n"), "no text breaks out of its line")
		require.NotContains(t, m.Mermaid(), "<b>")
		if p, ok := m.Path(to); ok {
			require.True(t, active[to])
			at := p.From
			for _, s := range p.Steps {
				require.Equal(t, at, s.From)
				at = s.To
			}
			require.Equal(t, to, at)
		}
		back, err := json.Marshal(m)
		require.NoError(t, err)
		require.True(t, json.Valid(back))
	})
}

// A draft of a plan is a plan: it has no faults but what is for people to
// say, and its forecasts lie in the plan and share no day.
func FuzzNewPlan(f *testing.F) {
	data, err := json.Marshal(richAccount(f))
	require.NoError(f, err)
	f.Add(data, "2026-12-01", "2027-11-30", 4)
	f.Add([]byte(`{"id":"x"}`), "2026-12-01", "2026-11-30", 13)
	f.Add([]byte(`{"id":"x","owner":"Ann","currency":"JPY","sales":[{"from":"2024-02-29","to":"2025-02-28","revenue":"1.5"}]}`), "2024-02-29", "2028-02-29", 2)
	engine := compiled(f, kam.Policy{})
	f.Fuzz(func(t *testing.T, data []byte, from, to string, month int) {
		var a kam.Account
		if a.UnmarshalJSON(data) != nil {
			return
		}
		first, err := kam.ParseDate(from)
		last, err2 := kam.ParseDate(to)
		if err != nil || err2 != nil || last.DaysSince(first) > 4000 {
			return
		}
		p, err := engine.NewPlan(a, asOf, first, last, kam.FiscalYear{Start: time.Month(month)})
		if err != nil {
			requireViolations(t, err)
			return
		}
		end := kam.Date{}
		for _, x := range p.Forecast {
			require.True(t, first.Cmp(x.From) <= 0 && x.From.Cmp(x.To) <= 0 && x.To.Cmp(last) <= 0)
			require.True(t, end.Cmp(x.From) < 0)
			end = x.To
		}
		_, err = p.Validate(asOf)
		for _, v := range kam.ViolationsOf(err) {
			require.Contains(t, []kam.Code{kam.CodeNoOwner, kam.CodeMissing, kam.CodeNoTarget, kam.CodeNoBaseline}, v.Code, v)
		}
		_, err = engine.Progress(p, a, asOf)
		require.NoError(t, err)
		require.Empty(t, p.Diff(p))
		for _, item := range p.Diff(kam.Plan{Account: a.ID}) {
			require.NotEqual(t, kam.ChangeRemoved, item.Kind, "nothing is taken from an empty plan")
		}
	})
}

// A column, a text and a JSON string of the same value are the same value, or
// none of the three is one.
func FuzzColumns(f *testing.F) {
	for _, s := range []string{"12.5", "1.50 EUR", "2026-11-24", "good", "", "-0", "null", "1e5", "\u00e9", `"`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		quoted, err := json.Marshal(s)
		require.NoError(t, err)
		if strings.ToValidUTF8(s, "\uFFFD") != s {
			return // not the same text in JSON
		}
		sameValue[kam.Number](t, s, quoted)
		sameValue[kam.Money](t, s, quoted)
		sameValue[kam.Date](t, s, quoted)
		sameValue[kam.Stage](t, s, quoted)
		sameValue[kam.Verdict](t, s, quoted)
	})
}

func sameValue[T any, P interface {
	*T
	UnmarshalText(text []byte) error
	Scan(src any) error
}](t *testing.T, s string, quoted []byte) {
	var text, column, bytes, decoded T
	err := P(&text).UnmarshalText([]byte(s))
	for _, other := range []error{P(&column).Scan(s), P(&bytes).Scan([]byte(s)), json.Unmarshal(quoted, &decoded)} {
		require.Equal(t, err == nil, other == nil, "%q: %v, %v", s, err, other)
	}
	require.Equal(t, []T{text, text, text}, []T{column, bytes, decoded})
}

// Answers of one account never reach another: decoding into the same variable
// keeps nothing of the one before.
func FuzzDecodeTwice(f *testing.F) {
	f.Add([]byte(`{"id":"x","name":"n","attributes":{"a":1}}`), []byte(`{"id":"y","attributes":{"b":2}}`))
	f.Add([]byte(`{"id":"x","contacts":[{"id":"a"}],"wallet":5}`), []byte(`{"id":"y","contacts":null,"wallet":null}`))
	f.Fuzz(func(t *testing.T, one, two []byte) {
		var used, fresh kam.Account
		if used.UnmarshalJSON(one) != nil || fresh.UnmarshalJSON(two) != nil {
			return
		}
		attributes := maps.Clone(used.Attributes)
		first := used
		require.NoError(t, used.UnmarshalJSON(two))
		require.Equal(t, fresh, used)
		require.Equal(t, attributes, first.Attributes, "nor does the second change what was kept of the first")
	})
}
