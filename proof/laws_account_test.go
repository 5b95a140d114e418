package proof

import (
	"encoding/json"
	"fmt"
	"maps"
	gopath "path"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/kam-go/kam"
)

// laws of stages, of whole assessments, and of plans.

func assess(t require.TestingT, e *kam.Engine, a kam.Account) kam.Assessment {
	s, err := e.Assess(a, asOf)
	require.NoError(t, err)
	return s
}

// facts are what the stage rules read: verdicts and numbers, so many tenths of
// them known.
func facts(t *rapid.T, known int) (map[kam.Evidence]kam.Verdict, map[kam.Evidence]kam.Number) {
	verdicts, numbers := map[kam.Evidence]kam.Verdict{}, map[kam.Evidence]kam.Number{}
	for _, e := range evidence {
		if rapid.IntRange(1, 10).Draw(t, string(e)) <= known {
			verdicts[e] = rapid.SampledFrom([]kam.Verdict{kam.Yes, kam.No}).Draw(t, "verdict")
		}
	}
	for _, e := range []kam.Evidence{
		kam.EvidenceStrength, kam.Evidence(kam.SignalRevenueTrend), kam.Evidence(kam.SignalOnTime), kam.Evidence(kam.SignalComplaintRate),
		kam.Evidence(kam.SignalReturnRate), kam.Evidence(kam.SignalWalletShare),
	} {
		if rapid.IntRange(1, 10).Draw(t, string(e)) <= known {
			numbers[e] = number(-500_000, 1_000_000).Draw(t, "number")
		}
	}
	return verdicts, numbers
}

// A row says what the maps say; what becomes known leaves what was known of a
// check, but that a watch may turn out to be at risk.
func TestLawARowLearns(t *testing.T) {
	line := func(lo, hi int64) kam.Condition {
		return kam.Condition{Evidence: kam.Evidence(kam.SignalRevenueTrend), AtLeast: new(num(lo)), Below: new(num(hi))}
	}
	checks := []kam.CustomRisk{
		{AtRisk: line(0, 200_000), Watch: &kam.Condition{Evidence: kam.EvidenceRivalStronger, Is: kam.Yes}},
		{AtRisk: kam.Condition{Evidence: kam.EvidenceRivalAttack, Is: kam.Yes}, Watch: new(line(200_000, 500_000))},
		{AtRisk: line(-500_000, 0)},
	}
	for i := range checks {
		checks[i].RiskInfo = kam.RiskInfo{ID: kam.RiskID(fmt.Sprint("check-", i)), Name: kam.Text{EN: "Check"}}
	}
	rules := kam.DefaultStageRules()
	classifier, err := rules.Compile(checks...)
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		classify := func(verdicts map[kam.Evidence]kam.Verdict, numbers map[kam.Evidence]kam.Number) kam.RowStage {
			row, err := classifier.Bind(verdicts, numbers)
			require.NoError(t, err)
			got, want := row.Classify(), rules.Classify(verdicts, numbers)
			require.Equal(t, want.Suggested, got.Suggested())
			require.Equal(t, want.Rule, got.Rule())
			require.Equal(t, want.Firm, got.Firm())
			require.Equal(t, want.Possible, slices.Collect(got.Possible()))
			return got
		}
		verdicts, numbers := facts(t, 6)
		some := classify(verdicts, numbers)
		more, counts := facts(t, 10)
		maps.Copy(more, verdicts)
		maps.Copy(counts, numbers)
		all := classify(more, counts)
		for i := range checks {
			was, is := some.Outcome(i), all.Outcome(i)
			require.NotEqual(t, kam.OutcomeUnknown, is, "with all evidence")
			require.True(t, was == kam.OutcomeUnknown || was == is || was == kam.Watch && is == kam.AtRisk, "%s to %s", was, is)
		}
		holds, unknown := some.Bits()
		settled, none := all.Bits()
		require.Zero(t, none)
		require.Equal(t, holds, settled&^unknown)
	})
}

// What is still unknown can lead to a stage that was possible, and nowhere
// else; a firm stage stays.
func TestLawUnknownEvidenceNeverFires(t *testing.T) {
	rules := kam.DefaultStageRules()
	rapid.Check(t, func(t *rapid.T) {
		verdicts, numbers := facts(t, 6)
		some := rules.Classify(verdicts, numbers)
		require.Contains(t, some.Possible, some.Suggested)
		more, counts := facts(t, 10)
		maps.Copy(more, verdicts)
		maps.Copy(counts, numbers)
		all := rules.Classify(more, counts)
		require.Contains(t, some.Possible, all.Suggested, "rule %s", all.Rule)
		require.True(t, all.Firm, "with all evidence")
		require.Empty(t, all.Unknown)
		if some.Firm {
			require.Equal(t, some.Suggested, all.Suggested)
		}
		for _, f := range some.For {
			require.NotEqual(t, "unknown", f.Value, "no evidence for a stage is unknown")
		}
	})
}

// With answers hidden, whatever they are, the stage is firm only where it is the
// true one, which stays possible; a check is clear only where it is; and no test of a
// key account passes that would not. The scorecards read no signals, which may stand in.
func TestLawHidingAnswersNeverPays(t *testing.T) {
	unread := func(card kam.Scorecard) kam.Scorecard {
		for i := range card.Factors {
			card.Factors[i].Signal, card.Factors[i].Bands = "", nil
			for j := range card.Factors[i].Questions {
				card.Factors[i].Questions[j].Signal, card.Factors[i].Questions[j].Bands = "", nil
			}
		}
		return card
	}
	weak := kam.CustomRisk{
		RiskInfo: kam.RiskInfo{ID: "weak", Name: kam.Text{EN: "Weak"}},
		AtRisk:   kam.Condition{Evidence: kam.EvidenceStrength, Below: new(num(400_000))},
		Watch:    &kam.Condition{Evidence: kam.EvidenceStrength, AtLeast: new(num(400_000)), Below: new(num(600_000))},
	}
	cards := []kam.Scorecard{unread(kam.StrengthScorecard()), unread(kam.PotentialScorecard())}
	firm, clear, passed := 0, 0, 0
	slowly(t, func(t *rapid.T) {
		for i := range cards {
			cards[i].Missing, cards[i].MinCoverage = enum(kam.Neutral).Draw(t, "missing"), some(number(0, 1_000_000)).Draw(t, "minimum")
		}
		engine := compiled(t, kam.Policy{
			Strength: cards[0], Potential: cards[1], Risks: kam.RiskRules{Custom: []kam.CustomRisk{weak}},
			Stage: kam.StageRules{Margin: number(0, 200_000).Draw(t, "margin"), Reviews: rapid.IntRange(1, 3).Draw(t, "reviews")},
		})
		a := kam.Account{ID: "x", Answers: map[string]kam.Answers{}, Judgements: map[kam.Evidence]kam.Judgement{"served": {Verdict: kam.Yes}}}
		for i := range rapid.IntRange(0, 3).Draw(t, "records") {
			stage := rapid.SampledFrom([]kam.Stage{kam.StageGood, kam.StageStrong, kam.StageDeveloping}).Draw(t, "stage")
			a.Stages = append(a.Stages, kam.StageRecord{View: kam.ViewSuggested, Stage: stage, On: asOf.AddDays(i - 30)})
		}
		hidden := a
		hidden.Answers, hidden.Judgements = map[string]kam.Answers{}, maps.Clone(a.Judgements)
		all := rapid.Bool().Draw(t, "all judgements told") // else few stages are firm
		for _, e := range evidence {
			if !rapid.Bool().Draw(t, string(e)) {
				continue
			}
			a.Judgements[e] = kam.Judgement{Verdict: rapid.SampledFrom([]kam.Verdict{kam.Yes, kam.No}).Draw(t, "verdict")}
			if hidden.Judgements[e] = a.Judgements[e]; !all && rapid.IntRange(0, 3).Draw(t, "hidden judgement") == 0 {
				delete(hidden.Judgements, e)
			}
		}
		for _, card := range cards {
			a.Answers[card.ID], hidden.Answers[card.ID] = kam.Answers{}, kam.Answers{}
			level, most := rapid.SampledFrom([]int64{0, 3, 6, 7, 8, 8}).Draw(t, "level"), rapid.SampledFrom([]int{3, 20}).Draw(t, "one in")
			for _, f := range leavesOf(card) {
				given := kam.Rated(kam.Int(int(level + rapid.Int64Range(0, 2).Draw(t, f.ID))))
				a.Answers[card.ID][f.ID] = given
				if rapid.IntRange(0, most).Draw(t, "hidden") > 0 {
					hidden.Answers[card.ID][f.ID] = given
				}
			}
		}
		told, some := assess(t, engine, a), assess(t, engine, hidden)
		require.Subset(t, some.Stage.Possible, told.Stage.Possible)
		if some.Stage.Firm {
			require.Equal(t, told.Stage.Standing, some.Stage.Standing)
			firm++
		}
		if some.Risks.Outcome("weak") == kam.Clear {
			require.Equal(t, kam.Clear, told.Risks.Outcome("weak"))
			clear++
		}
		tests := func(a kam.Account) []kam.TestResult { return portfolio(t, engine, []kam.Account{a}).Members[0].Tests }
		want := tests(a)
		for i, got := range tests(hidden) {
			if got.Passed != kam.VerdictUnknown {
				require.Equal(t, want[i].Passed, got.Passed, got.Test)
				passed++
			}
		}
	})
	require.NotZero(t, firm)
	require.NotZero(t, clear)
	require.NotZero(t, passed)
}

// A fact that is left out turns no check clear, unless another fact stands in for it:
// METHOD.md says which do.
func TestLawWhatIsNotToldClearsNothing(t *testing.T) {
	standsIn := []string{
		"/contacts/*/until",         // who has no last day stays
		"/stages/*/view",            // a record without one is our people's
		"/judgements",               // of the two that follow
		"/judgements/once-firm",     // the record tells
		"/judgements/served",        // the revenue tells
		"/judgements/trust-damaged", // a rating does, of these three
		"/judgements/priorities-shared",
		"/judgements/information-sufficient",
		"/judgements/manager-has-time", // the hours do, and where they are not known, what people say
		"/plannedHours",
		"/efforts",
		"/sales/*/discount", // what people say of the price
		"/answers",          // of the next
		"/answers/strength", // signals rate
		"/answers/strength/*",
		"/efforts/*/hours",    // its money is all that it cost
		"/efforts/*/money",    // and so are its hours
		"/sales/*/deliveries", // each order is one
		"/sales/*/lastOrder",  // an order before the customer was one is not told apart
		"/customerSince",      // the first period begins the rhythm
	}
	engine := compiled(t, kam.Policy{})
	slowly(t, func(t *rapid.T) {
		a := account("x").Draw(t, "account")
		was := assess(t, engine, a)
		var doc any
		require.NoError(t, json.Unmarshal([]byte(toJSON(t, a)), &doc))
		some := standsIn
		if slices.ContainsFunc(a.Sales, func(p kam.Period) bool {
			return p.Orders != nil && *p.Orders == 0 && p.Revenue != nil && p.Revenue.Sign() == 0
		}) {
			some = slices.Concat(standsIn, []string{"/sales/*/directCost", "/sales/*/units", "/sales/*/lateDeliveries"}) // of what nobody bought there was none
		}
		leaveOut(doc, "", func(path string) {
			if slices.ContainsFunc(some, func(pattern string) bool { ok, _ := gopath.Match(pattern, path); return ok }) {
				return
			}
			b, err := kam.Decode[kam.Account]([]byte(toJSON(t, doc)))
			if err != nil {
				return // which must be there
			}
			if rowsWithoutSale(b) > 0 {
				return // that they were no customer then stands in for what such a row does not tell
			}
			is, err := engine.Assess(b, asOf)
			if err != nil {
				return
			}
			for _, r := range append(was.Risks.Findings, was.Risks.Unknown...) {
				now := is.Risks.Outcome(r.Check)
				require.NotEqual(t, kam.Clear, now, "%s was %s with %s", r.Check, r.Outcome, path)
				if r.Outcome == kam.AtRisk && now == kam.Watch {
					i := slices.IndexFunc(is.Risks.Findings, func(x kam.Risk) bool { return x.Check == r.Check })
					require.NotEmpty(t, is.Risks.Findings[i].Needs, "%s was at risk with %s, and what could make it so again is not named", r.Check, path)
				}
			}
		})
	})
}

// rowsWithoutSale counts the rows of days before they were a customer that tell of no sale.
func rowsWithoutSale(a kam.Account) (n int) {
	for _, p := range a.Sales {
		sale := !p.LastOrder.IsZero() || len(p.ProductLines) > 0 || p.Revenue != nil && p.Revenue.Sign() != 0
		for _, c := range []*int{p.Orders, p.Units, p.Deliveries} {
			sale = sale || c != nil && *c != 0
		}
		if p.To.Cmp(a.CustomerSince) < 0 && !sale {
			n++
		}
	}
	return n
}

// leaveOut leaves one field of the document out at a time; the items of a list are "*".
func leaveOut(doc any, at string, try func(path string)) {
	switch doc := doc.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(doc)) {
			value, path := doc[key], at+"/"+key
			delete(doc, key)
			try(path)
			doc[key] = value
			leaveOut(value, path, try)
		}
	case []any:
		for _, item := range doc {
			leaveOut(item, at+"/*", try)
		}
	}
}

func TestLawOverridesChangeNothingComputed(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	slowly(t, func(t *rapid.T) {
		a := account("x").Draw(t, "account")
		plain := assess(t, engine, a)
		for i, of := range []struct {
			of, value string
		}{{"stage", "strong"}, {"cell", "key"}, {"tier", "prospect"}, {"strength", "12.5"}} {
			on := near(300, 20).Draw(t, "on")
			a.Overrides = append(a.Overrides, kam.Override{Of: of.of, Value: of.value, By: "Ann", Why: fmt.Sprint(i), On: on, Until: on.AddDays(rapid.IntRange(0, 300).Draw(t, "days"))})
		}
		s := assess(t, engine, a)
		for _, o := range s.Overrides {
			require.Equal(t, o.State == kam.OverrideInForce, o.Until.Cmp(asOf) >= 0)
		}
		s.Overrides = nil
		require.Equal(t, toJSON(t, plain), toJSON(t, s))
	})
}

func TestLawTheOrderOfFactsChangesNothing(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	slowly(t, func(t *rapid.T) {
		a := account("x").Draw(t, "account")
		b := a
		b.Sales = rapid.Permutation(a.Sales).Draw(t, "sales")
		b.Incidents = rapid.Permutation(a.Incidents).Draw(t, "incidents")
		b.Activities = rapid.Permutation(a.Activities).Draw(t, "activities")
		require.Equal(t, toJSON(t, assess(t, engine, a)), toJSON(t, assess(t, engine, b)))
	})
}

// What is dated after the day was not known on it.
func TestLawTheFutureChangesNothing(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	slowly(t, func(t *rapid.T) {
		a := account("x").Draw(t, "account")
		a.Wallet = new(euros(t, 5)) // the currency is that of all amounts
		before := toJSON(t, assess(t, engine, a))
		later := asOf.AddDays(rapid.IntRange(1, 300).Draw(t, "days"))
		a.Sales = append(a.Sales, kam.Period{From: asOf.AddDays(1), To: later, Revenue: new(euros(t, 5))})
		a.Incidents = append(a.Incidents, kam.Incident{Opened: later})
		a.Activities = append(a.Activities, kam.Activity{Kind: kam.ActivityReview, On: later})
		a.Satisfaction = append(a.Satisfaction, kam.SatisfactionRecord{On: later})
		a.Efforts = append(a.Efforts, kam.Effort{Kind: kam.EffortTime, On: later, Money: new(euros(t, 5))})
		a.Stages = append(a.Stages, kam.StageRecord{Stage: kam.StageDeclining, On: later, View: kam.ViewSuggested})
		a.Cells = append(a.Cells, kam.CellRecord{Cell: kam.CellKey, On: later})
		a.Managers = append(a.Managers, kam.ManagerRecord{Manager: "Cy", Since: later})
		for _, card := range []string{"strength", "attractiveness"} {
			for _, f := range []string{"price", "size"} {
				if _, ok := a.Answers[card][f]; !ok && (card == "strength") == (f == "price") {
					a.Answers[card][f] = kam.Answer{Rating: kam.Int(9), On: later}
				}
			}
		}
		require.Equal(t, before, toJSON(t, assess(t, engine, a)))
	})
}

func TestLawAnAccountIsItsJSON(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	slowly(t, func(t *rapid.T) {
		a := account("x").Draw(t, "account")
		b := copyOf(t, a)
		require.Equal(t, toJSON(t, a), toJSON(t, b))
		s := assess(t, engine, a)
		require.Equal(t, toJSON(t, s), toJSON(t, assess(t, engine, b)))
		require.Equal(t, toJSON(t, s), toJSON(t, copyOf(t, s)))
	})
}

func TestLawAPolicyIsItsDigest(t *testing.T) {
	slowly(t, func(t *rapid.T) {
		p := kam.DefaultPolicy()
		p.Strength = scorecard().Draw(t, "card")
		p.Grid = rules(t)
		p.AnswerMaxAge = rapid.IntRange(0, 400).Draw(t, "age")
		engine, err := kam.Compile(p)
		if err != nil {
			t.Skip()
		}
		require.Equal(t, engine.Ref(), compiled(t, copyOf(t, engine.Policy())).Ref())
		p.AnswerMaxAge++
		require.NotEqual(t, engine.Ref().Digest, compiled(t, p).Ref().Digest)
	})
}

// plan makes plans, most of them faulty, all of them plans.
func plan() *rapid.Generator[kam.Plan] {
	return rapid.Custom(func(t *rapid.T) kam.Plan {
		word := rapid.SampledFrom([]string{"", "one", "two", "three"})
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"one", "two", "three"}), 0, 3)
		p := kam.Plan{Account: "x", Owner: word.Draw(t, "owner"), Team: words.Draw(t, "team"), From: asOf, To: asOf.AddDays(rapid.IntRange(0, 400).Draw(t, "days"))}
		p.Summary = kam.Summary{Purpose: word.Draw(t, "purpose"), Direction: word.Draw(t, "direction")}
		p.Situation = kam.Situation{Strengths: words.Draw(t, "strengths"), Threats: words.Draw(t, "threats")}
		p.Strategy = kam.PlanStrategy{Text: word.Draw(t, "strategy"), Stance: enum(kam.StanceReduce).Draw(t, "stance")}
		for range rapid.IntRange(0, 3).Draw(t, "objectives") {
			p.Objectives = append(p.Objectives, kam.Objective{
				ID: word.Draw(t, "id"), Purpose: enum(kam.PurposeBusiness).Draw(t, "purpose"), Text: word.Draw(t, "text"),
				Target: some(number(0, 1000)).Draw(t, "target"), Due: near(0, 400).Draw(t, "due"),
			})
		}
		for range rapid.IntRange(0, 4).Draw(t, "actions") {
			p.Actions = append(p.Actions, kam.Action{
				ID: word.Draw(t, "id"), Owner: word.Draw(t, "owner"), State: enum(kam.ActionDropped).Draw(t, "state"),
				After: words.Draw(t, "after"), Objective: word.Draw(t, "objective"), Due: near(100, 400).Draw(t, "due"),
			})
		}
		for range rapid.IntRange(0, 3).Draw(t, "forecasts") {
			from := near(0, 300).Draw(t, "from")
			p.Forecast = append(p.Forecast, kam.Forecast{From: from, To: from.AddDays(30), Amount: money("EUR").Draw(t, "amount"), Probability: some(number(0, 1_000_000)).Draw(t, "probability")})
		}
		for range rapid.IntRange(0, 2).Draw(t, "reviews") {
			p.Reviews = append(p.Reviews, kam.Review{On: near(100, 0).Draw(t, "on"), By: word.Draw(t, "by"), Decided: words.Draw(t, "decided")})
		}
		return p
	})
}

// What was added on the way there is removed on the way back.
func TestLawDiffMirrors(t *testing.T) {
	mirror := map[kam.ChangeKind]kam.ChangeKind{kam.ChangeAdded: kam.ChangeRemoved, kam.ChangeRemoved: kam.ChangeAdded, kam.ChangeChanged: kam.ChangeChanged, kam.ChangeMoved: kam.ChangeMoved}
	// At a change of place or value pointers are into the later plan, so that
	// what changed is compared by its values.
	list := func(changes []kam.PlanChange, back bool) (out []string) {
		for _, c := range changes {
			if back {
				c.Kind, c.Before, c.After = mirror[c.Kind], c.After, c.Before
			}
			if c.Kind == kam.ChangeMoved {
				c.Before, c.After = nil, nil // keys in the one order and the other
			}
			out = append(out, fmt.Sprint(c.Kind, " ", c.Item, " ", string(c.Before), " ", string(c.After)))
		}
		slices.Sort(out)
		return out
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := plan().Draw(t, "a"), plan().Draw(t, "b")
		require.Empty(t, a.Diff(copyOf(t, a)))
		there, back := a.Diff(b), b.Diff(a)
		require.Equal(t, list(there, false), list(back, true))
		require.Equal(t, toJSON(t, a) == toJSON(t, b), len(there) == 0)
	})
}

func TestLawAPlanIsItsJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := plan().Draw(t, "plan")
		q := copyOf(t, p)
		require.Equal(t, p, q)
		require.Equal(t, p.Markdown(kam.English), q.Markdown(kam.English))
		w1, e1 := p.Validate(asOf)
		w2, e2 := q.Validate(asOf)
		require.Equal(t, w1, w2)
		require.Equal(t, kam.ViolationsOf(e1), kam.ViolationsOf(e2))
	})
}

// What is written into a plan never takes from its completeness, and its
// sections make it up.
func TestLawCompletenessOnlyGrows(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	rapid.Check(t, func(t *rapid.T) {
		p := plan().Draw(t, "plan")
		before := engine.Completeness(p)
		var sum int64
		for _, s := range before.Sections {
			sum += units(s.Points)
			require.True(t, s.Percent.Cmp(kam.Int(0)) >= 0 && s.Percent.Cmp(kam.Int(100)) <= 0)
		}
		require.Equal(t, units(before.Percent), sum)
		require.Equal(t, before.Percent == kam.Int(100), len(before.Missing()) == 0)
		switch rapid.IntRange(0, 4).Draw(t, "what") {
		case 0:
			p.Owner, p.Summary.Purpose, p.Summary.Direction = "Ann", "p", "d"
		case 1:
			p.Situation.Weaknesses, p.Situation.Opportunities = []string{"w"}, []string{"o"}
		case 2:
			p.Strategy.Text = "s"
		case 3:
			p.Overview.Text = "t"
		case 4:
			p.Situation.Trends, p.Situation.Influences = []string{"t"}, []string{"i"}
		}
		after := engine.Completeness(p)
		require.LessOrEqual(t, before.Percent.Cmp(after.Percent), 0)
		for _, item := range after.Missing() {
			require.Contains(t, before.Missing(), item)
		}
	})
}

func TestLawAForecastExpectsItsShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := euros(t, rapid.IntRange(0, 10_000_000).Draw(t, "amount"))
		expect := func(p kam.Number) kam.Money {
			m, ok := kam.Forecast{Amount: amount, Probability: &p}.Expected()
			require.True(t, ok)
			return m
		}
		require.Equal(t, amount, expect(kam.Int(100)))
		require.Zero(t, expect(kam.Int(0)).Sign())
		p, q := number(0, 1_000_000).Draw(t, "p"), number(0, 1_000_000).Draw(t, "q")
		if p.Cmp(q) > 0 {
			p, q = q, p
		}
		order, err := expect(p).Cmp(expect(q))
		require.NoError(t, err)
		require.LessOrEqual(t, order, 0, "what is more likely is not worth less")
	})
}

// Whatever bytes there are, decoding gives a value or violations, and the
// value is not half changed.
func TestLawDecodingIsAllOrNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := account("x").Draw(t, "account")
		before := toJSON(t, a)
		doc := []byte(toJSON(t, account("y").Draw(t, "other")))
		at := rapid.IntRange(0, len(doc)-1).Draw(t, "at")
		doc[at] = rapid.Byte().Draw(t, "byte")
		if err := a.UnmarshalJSON(doc); err != nil {
			require.NotEmpty(t, kam.ViolationsOf(err))
			require.Equal(t, before, toJSON(t, a))
			return
		}
		var again kam.Account
		require.NoError(t, json.Unmarshal(doc, &again), "what is taken is JSON")
		require.Equal(t, toJSON(t, again), toJSON(t, a))
	})
}

// What the factors add otherwise sums to the change of the score, on the way there and back.
func TestLawDiffAddsUp(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	slowly(t, func(t *rapid.T) {
		before, err := engine.Assess(account("x").Draw(t, "before"), asOf.AddDays(-1))
		require.NoError(t, err)
		now := assess(t, engine, account("x").Draw(t, "now"))
		d, err := now.Diff(before)
		require.NoError(t, err)
		for _, s := range d.Scores {
			if s.By == nil {
				continue
			}
			sum := decimal.Zero
			for _, f := range s.Factors {
				sum = sum.Add(f.By.Decimal())
			}
			require.Equal(t, s.By.String(), sum.String())
			require.Equal(t, s.After.String(), s.Before.Decimal().Add(sum).String())
		}
		same := now
		same.AsOf = now.AsOf.AddDays(1)
		d, err = same.Diff(now)
		require.NoError(t, err)
		require.Equal(t, kam.AssessmentDiff{Account: "x", Name: now.Name, AsOf: same.AsOf, Before: now.AsOf}, d)
	})
}

// Two periods told as one clear no check that found something, and make no other stage
// firm, unless the one is of five weeks at most and lies on the border of a window, where it
// counts by its days, or the day since when they are a customer lies in the one and behind the
// sales of the first of the two, which it contradicts.
func TestLawMergedPeriodsClearNothing(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	merged := 0
	slowly(t, func(t *rapid.T) {
		a := account("x").Draw(t, "account")
		for i := range a.Sales {
			p := &a.Sales[i] // so that nothing but the days is lost
			p.ProductLines, p.Discount, p.DirectCost = nil, nil, nil
			p.Orders, p.LastOrder = new(1), p.To
			for _, x := range []**int{&p.Units, &p.Deliveries, &p.LateDeliveries, &p.Complaints, &p.Returns} {
				if *x == nil {
					*x = new(0)
				}
			}
		}
		var follow []int // the periods, the latest first, that another comes right before
		for i := range len(a.Sales) - 1 {
			if _, ok := together(a.Sales[i+1], a.Sales[i]); ok {
				follow = append(follow, i)
			}
		}
		if len(follow) == 0 {
			return
		}
		i := rapid.SampledFrom(follow).Draw(t, "period")
		one, _ := together(a.Sales[i+1], a.Sales[i])
		if since := a.CustomerSince; a.Sales[i+1].To.Cmp(since) < 0 && since.Cmp(one.To) <= 0 {
			return
		}
		was := assess(t, engine, a)
		for _, border := range []kam.Date{was.Signals.From, was.Signals.From.AddMonths(-12)} {
			if one.To.DaysSince(one.From) < 35 && one.From.Cmp(border) < 0 && one.To.Cmp(border) >= 0 {
				return
			}
		}
		merged++
		a.Sales = slices.Concat(a.Sales[:i:i], []kam.Period{one}, a.Sales[i+2:])
		is := assess(t, engine, a)
		for _, r := range was.Risks.Findings {
			require.NotEqual(t, kam.Clear, is.Risks.Outcome(r.Check), "%s was %s", r.Check, r.Outcome)
		}
		if is.Stage.Firm && was.Stage.Firm {
			require.Equal(t, was.Stage.Standing, is.Stage.Standing)
		}
	})
	require.NotZero(t, merged)
}

// together is two periods that follow each other as one.
func together(a, b kam.Period) (kam.Period, bool) {
	if a.To.AddDays(1) != b.From || a.Revenue == nil || b.Revenue == nil {
		return a, false
	}
	sum, err := a.Revenue.Add(*b.Revenue)
	if err != nil {
		return a, false
	}
	a.To, a.Revenue, a.LastOrder = b.To, &sum, b.LastOrder
	for _, x := range []struct{ to, add **int }{
		{&a.Orders, &b.Orders}, {&a.Units, &b.Units}, {&a.Deliveries, &b.Deliveries}, {&a.LateDeliveries, &b.LateDeliveries}, {&a.Complaints, &b.Complaints}, {&a.Returns, &b.Returns},
	} {
		if (*x.to == nil) != (*x.add == nil) {
			return a, false
		}
		if *x.to != nil {
			*x.to = new(**x.to + **x.add)
		}
	}
	return a, true
}

// Gaps are the days of the two windows of no period, each once, and with them filled no day
// lacks: the sums that are unknown lack something else. Nothing that was known changes.
func TestLawGapsAreFilled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := kam.Account{ID: "x"}
		day := asOf.AddDays(-rapid.IntRange(800, 1000).Draw(t, "first"))
		for day.Cmp(asOf) < 0 {
			if gap := rapid.IntRange(-60, 70).Draw(t, "gap"); gap > 0 {
				day = day.AddDays(gap)
			}
			to := day.AddDays(rapid.IntRange(0, 34).Draw(t, "days"))
			p := kam.Period{From: day, To: to, Revenue: new(euros(t, rapid.IntRange(0, 9).Draw(t, "revenue")))}
			a.Sales = append(a.Sales, p)
			day = to.AddDays(1)
		}
		if rapid.Bool().Draw(t, "since") {
			a.CustomerSince = asOf.AddDays(-rapid.IntRange(0, 1200).Draw(t, "since"))
		}
		a.Sales = rapid.Permutation(a.Sales).Draw(t, "order")
		before, err := kam.ReadSignals(a, asOf, kam.SignalRules{})
		require.NoError(t, err)
		if before.From.IsZero() {
			return // the books are old
		}
		first := before.From.AddMonths(-12)
		filled, err := kam.FillGaps(a.Sales, first, before.To)
		require.NoError(t, err)
		if len(before.Gaps) < 12 { // else there may be more
			missing := map[kam.Date]bool{}
			for _, g := range before.Gaps {
				for day := g.From; day.Cmp(g.To) <= 0; day = day.AddDays(1) {
					require.False(t, missing[day])
					missing[day] = true
				}
			}
			for day := first; day.Cmp(before.To) <= 0; day = day.AddDays(1) {
				in := slices.ContainsFunc(a.Sales, func(p kam.Period) bool { return p.From.Cmp(day) <= 0 && day.Cmp(p.To) <= 0 })
				require.Equal(t, !in && day.Cmp(a.CustomerSince) >= 0, missing[day], "%s", day)
			}
		}
		a.Sales = filled
		after, err := kam.ReadSignals(a, asOf, kam.SignalRules{})
		require.NoError(t, err)
		require.Empty(t, after.Gaps)
		for i, r := range after.Readings {
			require.NotEqual(t, "sales/to", r.Needs, "%s", r.Signal)
			if was := before.Readings[i]; was.Value != nil && was.Signal != kam.SignalDaysSinceOrder {
				require.Equal(t, was.Value, r.Value, "%s", r.Signal)
			}
		}
	})
}

// On the way to a better stage no known number falls that should rise, and on the way to a worse
// one none rises.
func TestLawWaysGoOneWay(t *testing.T) {
	up := []kam.Evidence{kam.EvidenceStrength, kam.Evidence(kam.SignalRevenueTrend), kam.Evidence(kam.SignalOnTime), kam.Evidence(kam.SignalWalletShare)}
	down := []kam.Evidence{kam.Evidence(kam.SignalComplaintRate), kam.Evidence(kam.SignalReturnRate)}
	good := []kam.Evidence{kam.EvidenceServed}
	bad := []kam.Evidence{kam.EvidenceNeedEnded, kam.EvidenceNotWorthServing, kam.EvidencePoorPerformance, kam.EvidenceRivalAttack, kam.EvidenceRivalStronger}
	rapid.Check(t, func(t *rapid.T) {
		verdicts, numbers := facts(t, rapid.IntRange(3, 10).Draw(t, "known"))
		got := kam.DefaultStageRules().Classify(verdicts, numbers)
		for _, way := range []struct {
			path *kam.Path
			sign int
		}{{got.Better, 1}, {got.Danger, -1}} {
			if way.path == nil {
				continue
			}
			require.NotEmpty(t, way.path.Changes)
			for _, c := range way.path.Changes {
				n, known := numbers[c.Evidence]
				if known && (slices.Contains(up, c.Evidence) || slices.Contains(down, c.Evidence)) {
					becomes, err := kam.ParseNumber(c.Becomes)
					require.NoError(t, err)
					sign := way.sign
					if slices.Contains(down, c.Evidence) {
						sign = -sign
					}
					require.Equal(t, sign, becomes.Cmp(n), "%s", c.In(kam.English))
				}
				worse := slices.Contains(good, c.Evidence) && c.Becomes == "no" || slices.Contains(bad, c.Evidence) && c.Becomes == "yes"
				better := slices.Contains(good, c.Evidence) && c.Becomes == "yes" || slices.Contains(bad, c.Evidence) && c.Becomes == "no"
				require.False(t, way.sign > 0 && worse, "%s", c.In(kam.English))
				require.False(t, way.sign < 0 && better && verdicts[c.Evidence] != kam.VerdictUnknown, "%s", c.In(kam.English))
				require.False(t, c.Evidence == kam.EvidenceOnceFirm && verdicts[c.Evidence] != kam.VerdictUnknown, "what has been stays")
			}
		}
	})
}

// What Warnings say no account meets, none does, and every one of which the number is known
// meets the line that all are said to meet.
func TestLawNumbersKeepTheirLimits(t *testing.T) {
	p := kam.Policy{Name: "limits"}
	for _, limited := range []struct {
		signal      kam.Signal
		least, most int // none where most is 0
	}{
		{kam.Signal(kam.EvidenceStrength), 0, 100},
		{kam.SignalWalletShare, 0, 100},
		{kam.SignalOurRevenueShare, 0, 0},
		{kam.SignalOrders, 0, 0},
		{kam.SignalDaysSinceOrder, 0, 0},
		{kam.SignalOrderInterval, 0, 0},
		{kam.SignalOrderDelay, 0, 0},
		{kam.SignalSilenceChance, 0, 100},
		{kam.SignalNoOrderChance, 0, 100},
		{kam.SignalProductLines, 0, 0},
		{kam.SignalOnTime, 0, 100},
		{kam.SignalComplaintRate, 0, 0},
		{kam.SignalReturnRate, 0, 0},
		{kam.SignalContacts, 0, 0},
		{kam.SignalLevels, 0, 5},
		{kam.SignalDepartments, 0, 0},
		{kam.SignalDeciders, 0, 0},
		{kam.SignalDecidersMet, 0, 0},
		{kam.SignalSingleThreaded, 0, 1},
	} {
		risk := func(kind string, c kam.Condition) {
			c.Evidence = kam.Evidence(limited.signal)
			id := kam.RiskID(kind + "-" + string(limited.signal))
			p.Risks.Custom = append(p.Risks.Custom, kam.CustomRisk{RiskInfo: kam.RiskInfo{ID: id, Name: kam.Text{EN: string(id)}, Severity: kam.Low}, AtRisk: c})
		}
		risk("all", kam.Condition{AtLeast: new(kam.Int(limited.least))})
		if limited.signal != kam.Signal(kam.EvidenceStrength) { // whose lines lie within 100
			risk("none-below", kam.Condition{Below: new(kam.Int(limited.least))})
			if limited.most > 0 {
				risk("none-above", kam.Condition{AtLeast: new(num(int64(limited.most)*10_000 + 1))})
			}
		}
	}
	engine := compiled(t, p)
	warned := map[kam.Code]int{}
	for _, w := range engine.Warnings() {
		warned[w.Code]++
	}
	require.Equal(t, map[kam.Code]int{kam.CodeAlways: 19, kam.CodeNever: 24}, warned)
	rapid.Check(t, func(t *rapid.T) {
		a, err := engine.Assess(account("a").Draw(t, "account"), asOf)
		require.NoError(t, err)
		for _, c := range p.Risks.Custom {
			never := kam.AtRisk
			if strings.HasPrefix(string(c.ID), "all-") {
				never = kam.Clear
			}
			require.NotEqual(t, never, a.Risks.Outcome(c.ID), c.ID)
		}
	})
}
