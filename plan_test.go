package kam_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// goodPlan is a plan that has everything and no fault.
func goodPlan(t testing.TB) kam.Plan {
	t.Helper()
	data, err := os.ReadFile("testdata/plan.json")
	require.NoError(t, err)
	var p kam.Plan
	require.NoError(t, json.Unmarshal(data, &p))
	return p
}

func TestGoodPlan(t *testing.T) {
	p := goodPlan(t)
	warnings, err := p.Validate(asOf)
	require.NoError(t, err)
	assert.Empty(t, warnings)
	data, err := json.Marshal(p)
	require.NoError(t, err)
	var back kam.Plan
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, p, back)
	assert.Contains(t, string(data), `"70000.00 EUR"`, "no zero of money is lost")

	n, ok := p.Competition.Factors[0].RelativeStrength()
	assert.True(t, ok)
	assert.Equal(t, "1.3333", n.String(), "8 over the stronger rival's 6")
	_, ok = kam.ComparedFactor{Ours: new(kam.Int(8)), Rivals: []kam.RivalRating{{Rival: "x"}}}.RelativeStrength()
	assert.False(t, ok, "nothing is a share of zero")
	gap, ok := p.Partnership[0].Gap()
	assert.True(t, ok)
	assert.Equal(t, "2", gap.String())
	_, ok = kam.PartnerRating{}.Gap()
	assert.False(t, ok)
}

// Each fault, made one at a time in a plan that has none.
func TestPlanFaults(t *testing.T) {
	tests := []struct {
		name    string
		change  func(*kam.Plan)
		want    []string
		warning bool
	}{
		{"no account", func(p *kam.Plan) { p.Account = "" }, []string{"/account missing |"}, false},
		{"no owner", func(p *kam.Plan) { p.Owner = "" }, []string{"/owner no-owner |"}, false},
		{"version", func(p *kam.Plan) { p.Version = -1 }, []string{"/version range -1|>= 1"}, false},
		{"no purpose", func(p *kam.Plan) { p.Summary.Purpose = "" }, []string{"/summary/purpose missing |"}, false},
		{"a purpose without an objective", func(p *kam.Plan) { p.Objectives[0].Purpose = kam.PurposeBusiness }, []string{"/objectives no-objective position|"}, false},
		{"no baseline", func(p *kam.Plan) { p.Objectives[1].Baseline = nil }, []string{"/objectives/1/baseline no-baseline |"}, false},
		{"no target", func(p *kam.Plan) { p.Objectives[1].Target = nil }, []string{"/objectives/1/target no-target |"}, false},
		{"action without an owner", func(p *kam.Plan) { p.Actions[0].Owner = "" }, []string{"/actions/0/owner no-owner |"}, false},
		{"action without a day", func(p *kam.Plan) { p.Actions[0].Due = kam.Date{} }, []string{"/actions/0/due no-due |"}, false},
		{"issue without a day", func(p *kam.Plan) { p.Issues[0].Due = kam.Date{} }, []string{"/issues/0/due no-due |"}, false},
		{"past due", func(p *kam.Plan) { p.Actions[0].Due = asOf.AddDays(-1) }, []string{"/actions/0/due past-due 2026-11-23|>= 2026-11-24"}, true},
		{"done, so not past due", func(p *kam.Plan) { p.Actions[0].Due, p.Actions[0].State = asOf.AddDays(-1), kam.ActionDone }, nil, true},
		{"due today", func(p *kam.Plan) { p.Actions[0].Due = asOf }, nil, true},
		{"serves nothing", func(p *kam.Plan) { p.Actions[0].Objective = "o9" }, []string{"/actions/0/objective serves-nothing o9|"}, false},
		{"waits for itself", func(p *kam.Plan) { p.Actions[0].After = []string{"a1"} }, []string{"/actions/0/after/0 circle a1|"}, false},
		{"wait for each other", func(p *kam.Plan) { p.Actions[0].After = []string{"a2"} }, []string{"/actions/1/after/0 circle a1|"}, false},
		{"waits for nobody", func(p *kam.Plan) { p.Actions[0].After = []string{"a9"} }, []string{"/actions/0/after/0 unknown a9|"}, false},
		{"waits for no name", func(p *kam.Plan) { p.Actions[0].After = []string{""} }, []string{"/actions/0/after/0 missing |"}, false},
		{"uses no name", func(p *kam.Plan) { p.Actions[0].Uses = []kam.Use{{}} }, []string{"/actions/0/uses/0/resource missing |"}, false},
		{"less than nothing of a resource", func(p *kam.Plan) {
			p.Resources = append(p.Resources, kam.Resource{ID: "z", What: "z", Amount: new(kam.Dec(-1, 4))})
		}, []string{"/resources/1/amount range -0.0001|>= 0"}, false},
		{"a resource without a limit", func(p *kam.Plan) {
			p.Resources = append(p.Resources, kam.Resource{ID: "z", What: "z"})
			p.Actions[0].Uses = []kam.Use{{Resource: "z", Amount: kam.Int(1_000_000)}}
		}, nil, false},
		{"a review without a day", func(p *kam.Plan) { p.Reviews = []kam.Review{{By: "Ann"}} }, []string{"/reviews/0/on missing |"}, false},
		{"action twice", func(p *kam.Plan) { p.Actions[1].ID, p.Actions[1].After = "a1", nil }, []string{"/actions/1/id duplicate a1|"}, false},
		{"outside the period", func(p *kam.Plan) { p.Actions[1].Due = kam.NewDate(2028, 1, 1) }, []string{"/actions/1/due outside 2028-01-01|2026-01-01..2027-12-31"}, false},
		{"forecast outside", func(p *kam.Plan) { p.Forecast[0].To = kam.NewDate(2028, 1, 1) }, []string{"/forecast/0/to outside 2028-01-01|2026-01-01..2027-12-31"}, false},
		{"parts do not sum", func(p *kam.Plan) { p.Forecast[0].Parts[0].Amount = *money("50000.01 EUR") }, []string{"/forecast/0/parts forecast-sum 70000.01 EUR|70000.00 EUR"}, false},
		{"parts in two currencies", func(p *kam.Plan) { p.Forecast[0].Parts[1].Amount = *money("1 USD") }, []string{"/forecast/0/parts/1/amount currency-mix 1.00 USD|EUR"}, false},
		{"parts in another currency", func(p *kam.Plan) {
			p.Forecast[0].Parts = p.Forecast[0].Parts[:1]
			p.Forecast[0].Parts[0].Amount = *money("70000 USD")
		}, []string{"/forecast/0/parts forecast-sum 70000.00 USD|70000.00 EUR"}, false},
		{"forecasts in two currencies", func(p *kam.Plan) {
			p.Forecast[0].From = day(2, 2)
			p.Forecast = append(p.Forecast, kam.Forecast{From: day(1, 1), To: day(2, 1), Amount: *money("1 USD")})
		}, []string{"/forecast/1/amount currency-mix 1.00 USD|EUR"}, false},
		{"forecasts that share a day", func(p *kam.Plan) {
			p.Forecast = append(p.Forecast, kam.Forecast{From: p.Forecast[0].To, To: p.Forecast[0].To, Amount: *money("1 EUR")})
		}, []string{"/forecast/1 overlap 2027-12-31..2027-12-31|> 2027-12-31"}, false},
		{"forecasts that meet", func(p *kam.Plan) {
			last := p.Forecast[0].To
			p.Forecast[0].To = last.AddDays(-1)
			p.Forecast = append(p.Forecast, kam.Forecast{From: last, To: last, Amount: *money("1 EUR")})
		}, nil, true},
		{"last day without a forecast", func(p *kam.Plan) { p.Forecast[0].To = p.Forecast[0].To.AddDays(-1) }, []string{"/forecast forecast-gap 2027-12-31|2026-01-01..2027-12-31"}, true},
		{"first day without a forecast", func(p *kam.Plan) { p.Forecast[0].From = day(1, 2) }, []string{"/forecast forecast-gap 2026-01-01|2026-01-01..2027-12-31"}, true},
		{"no currency beside one", func(p *kam.Plan) { p.Forecast[0].Amount, p.Forecast[0].Parts = *money("70000"), nil }, []string{"/forecast/0/amount currency-mix 70000|EUR"}, false},
		{"nothing beside a currency", func(p *kam.Plan) { p.Forecast[0].Amount, p.Forecast[0].Parts = *money("0"), nil }, nil, true},
		{"topic twice", func(p *kam.Plan) { p.Partnership = append(p.Partnership, p.Partnership[0]) }, []string{"/partnership/1/topic duplicate trust|"}, false},
		{"factor twice", func(p *kam.Plan) {
			p.Competition.Factors = append(p.Competition.Factors, p.Competition.Factors[0])
		}, []string{"/competition/factors/1/factor duplicate service|"}, false},
		{"member twice", func(p *kam.Plan) { p.Team = append(p.Team, "Bob") }, []string{"/team/2 duplicate Bob|"}, false},
		{"waits twice", func(p *kam.Plan) { p.Actions[1].After = []string{"a1", "a1"} }, []string{"/actions/1/after/1 duplicate a1|"}, false},
		{"uses twice", func(p *kam.Plan) { p.Actions[1].Uses = append(p.Actions[1].Uses, kam.Use{Resource: "r1"}) }, []string{"/actions/1/uses/1/resource duplicate r1|"}, false},
		{"done, so it has what it took", func(p *kam.Plan) { p.Resources[0].Decided, p.Actions[1].State = false, kam.ActionDone }, nil, true},
		{"another account's snapshot", func(p *kam.Plan) {
			p.Overview.Snapshot = snapshot(kam.CellKey)
			p.Overview.Snapshot.Account = "other"
		}, []string{"/overview/snapshot/account unknown other|acme"}, false},
		{"a snapshot of tomorrow", func(p *kam.Plan) {
			p.Overview.Snapshot = snapshot(kam.CellKey)
			p.Overview.Snapshot.AsOf = asOf.AddDays(1)
		}, []string{"/overview/snapshot/asOf future 2026-11-25|<= 2026-11-24"}, true},
		{"measured tomorrow", func(p *kam.Plan) { p.Objectives[1].CurrentOn = asOf.AddDays(1) }, []string{"/objectives/1/currentOn future 2026-11-25|<= 2026-11-24"}, true},
		{"settled tomorrow", func(p *kam.Plan) { p.Issues[0].Settled = asOf.AddDays(1) }, []string{"/issues/0/settled future 2026-11-25|<= 2026-11-24"}, true},
		{"reviewed tomorrow", func(p *kam.Plan) { p.Reviews[0].On = asOf.AddDays(1) }, []string{"/reviews/0/on future 2026-11-25|<= 2026-11-24"}, true},
		{"too many actions", func(p *kam.Plan) {
			for i := range 9_999 {
				p.Actions = append(p.Actions, p.Actions[0])
				p.Actions[i+2].ID = fmt.Sprint("b", i)
			}
		}, []string{"/actions too-large 10001|<= 10000"}, false},
		{"worth in another currency", func(p *kam.Plan) { p.Value[0].Worth = money("1 USD") }, []string{"/forecast/0/amount currency-mix 70000.00 EUR|USD"}, false},
		{"part's probability", func(p *kam.Plan) { p.Forecast[0].Parts[1].Probability = new(kam.Dec(1000001, 4)) }, []string{"/forecast/0/parts/1/probability range 100.0001|0..100"}, false},
		{"due before what it waits for", func(p *kam.Plan) { p.Actions[1].Due = p.Actions[0].Due.AddDays(-1) }, []string{"/actions/1/after/0 order 2026-12-09|>= 2026-12-10"}, true},
		{"due with what it waits for", func(p *kam.Plan) { p.Actions[1].Due = p.Actions[0].Due }, nil, true},
		{"issue past due", func(p *kam.Plan) { p.Issues[0].Due = asOf.AddDays(-1) }, []string{"/issues/0/due past-due 2026-11-23|>= 2026-11-24"}, true},
		{"issue settled", func(p *kam.Plan) { p.Issues[0].Due, p.Issues[0].Settled = asOf.AddDays(-1), asOf }, nil, true},
		{"objective twice", func(p *kam.Plan) { p.Objectives = append(p.Objectives, p.Objectives[1]) }, []string{"/objectives/2/id duplicate o2|"}, false},
		{"review of no version", func(p *kam.Plan) { p.Reviews[0].Version = -1 }, []string{"/reviews/0/version range -1|>= 1"}, false},
		{"probability", func(p *kam.Plan) { p.Forecast[0].Probability = new(kam.Int(101)) }, []string{"/forecast/0/probability range 101|0..100"}, false},
		{"counter without a move", func(p *kam.Plan) { p.Competition.Counter[0].Move = "m9" }, []string{"/competition/counter/0/move no-move m9|"}, false},
		{"rating", func(p *kam.Plan) { p.Competition.Factors[0].Ours = new(kam.Int(11)) }, []string{"/competition/factors/0/ours rating 11|0..10"}, false},
		{"partner rating", func(p *kam.Plan) { p.Partnership[0].Theirs = new(kam.Int(-1)) }, []string{"/partnership/0/theirs rating -1|0..10"}, false},
		{"value for no objective", func(p *kam.Plan) { p.Value[0].Objective = "x" }, []string{"/value/0/objective unknown x|"}, false},
		{"asks for more than is decided", func(p *kam.Plan) { p.Actions[0].Uses = []kam.Use{{Resource: "r1", Amount: kam.Int(8)}} }, []string{"/actions/1/uses/0/amount over-asked 12.5|<= 12"}, false},
		{"asks for exactly what is left", func(p *kam.Plan) { p.Actions[0].Uses = []kam.Use{{Resource: "r1", Amount: kam.Dec(75, 1)}} }, nil, false},
		{"dropped, so it asks for nothing", func(p *kam.Plan) {
			p.Actions[0].Uses, p.Actions[0].State = []kam.Use{{Resource: "r1", Amount: kam.Int(20)}}, kam.ActionDropped
		}, nil, false},
		{"not decided", func(p *kam.Plan) { p.Resources[0].Decided = false }, []string{"/actions/1/uses/0/amount over-asked 12.5|<= 0"}, false},
		{"no such resource", func(p *kam.Plan) { p.Actions[1].Uses[0].Resource = "r9" }, []string{"/actions/1/uses/0/resource unknown r9|"}, false},
		{"takes less than nothing", func(p *kam.Plan) { p.Actions[1].Uses[0].Amount = kam.Int(-1) }, []string{"/actions/1/uses/0/amount range -1|>= 0"}, false},
		{"not on the team", func(p *kam.Plan) { p.Actions[0].Owner = "Cy" }, []string{"/actions/0/owner not-on-team Cy|Ann, Bob"}, false},
		{"no team, so anyone", func(p *kam.Plan) { p.Team, p.Actions[0].Owner = nil, "Cy" }, nil, false},
		{"reviews out of order", func(p *kam.Plan) { p.Reviews = append(p.Reviews, kam.Review{On: day(1, 1), By: "Ann"}) }, []string{"/reviews/1/on order 2026-01-01|>= 2026-06-30"}, false},
		{"ends before it starts", func(p *kam.Plan) {
			*p = kam.Plan{Account: "a", Owner: "x", Summary: p.Summary, From: day(2, 1), To: day(1, 1), Objectives: nil}
		}, []string{
			"/to order 2026-01-01|>= 2026-02-01", "/objectives no-objective position|", "/objectives no-objective business|",
		}, false},
		{"against the cell", func(p *kam.Plan) { p.Overview.Snapshot = snapshot(kam.CellLowProfile) }, []string{"/strategy/stance against-cell invest|low-profile"}, true},
		{"against the cell with a reason", func(p *kam.Plan) {
			p.Overview.Snapshot, p.Strategy.Why = snapshot(kam.CellLowProfile), "a test market"
		}, nil, true},
		{"with the cell", func(p *kam.Plan) { p.Overview.Snapshot = snapshot(kam.CellTarget) }, nil, true},
	}
	exactly := map[kam.Code]bool{} // found by a change that makes nothing else wrong
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := goodPlan(t)
			tt.change(&p)
			warnings, err := p.Validate(asOf)
			if all := append(kam.ViolationsOf(err), warnings...); len(all) == 1 {
				exactly[all[0].Code] = true
			}
			if tt.warning {
				require.NoError(t, err)
				assert.Equal(t, tt.want, found(warnings.Err()))
				return
			}
			assert.Equal(t, tt.want, found(err))
		})
	}
	for _, code := range []kam.Code{
		kam.CodeNoObjective, kam.CodeNoBaseline, kam.CodeNoTarget, kam.CodeNoOwner, kam.CodeNoDue, kam.CodePastDue, kam.CodeServesNothing, kam.CodeCircle,
		kam.CodeOutside, kam.CodeForecastSum, kam.CodeForecastGap, kam.CodeFuture, kam.CodeNoMove, kam.CodeOverAsked, kam.CodeAgainstCell, kam.CodeNotOnTeam,
		kam.CodeOverlap, kam.CodeCurrencyMix, kam.CodeRating, kam.CodeOrder, kam.CodeRange, kam.CodeUnknown, kam.CodeDuplicate, kam.CodeMissing,
	} {
		assert.True(t, exactly[code], "%s: no row finds it alone", code)
	}
}

func snapshot(cell kam.Cell) *kam.Assessment {
	return &kam.Assessment{Account: "acme", AsOf: asOf, Placement: kam.Placement{Cell: cell}}
}

// A plan keeps the assessment that it was made on, with the digest of its
// policy, through JSON.
func TestPlanKeepsItsSnapshot(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	a, err := engine.Assess(full(t), asOf)
	require.NoError(t, err)
	p := goodPlan(t)
	p.Overview.Snapshot = &a
	data, err := json.Marshal(p)
	require.NoError(t, err)
	var back kam.Plan
	require.NoError(t, back.UnmarshalJSON(data))
	assert.Equal(t, p, back)
	assert.Equal(t, engine.Ref().Digest, back.Overview.Snapshot.Policy.Digest)
}

// What a plan's file holds is what its JSON holds after it was read: no field,
// no order, no zero at the end of an amount is lost.
func TestPlanJSONLosesNothing(t *testing.T) {
	for _, file := range []string{"cmd/kam/northwind/plans/savea-1.json", "cmd/kam/northwind/plans/savea-2.json"} {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		var p kam.Plan
		require.NoError(t, p.UnmarshalJSON(data))
		var want bytes.Buffer
		require.NoError(t, json.Compact(&want, data))
		got, err := json.Marshal(p)
		require.NoError(t, err)
		assert.Equal(t, want.String(), string(got))
	}
	empty := `{"account":"a","team":[],"situation":{"strengths":[]},"forecast":[{"from":"2026-01-01","to":"2026-01-31","amount":"10.00 EUR","parts":[]}]}`
	var p kam.Plan
	require.NoError(t, p.UnmarshalJSON([]byte(empty)))
	got, err := json.Marshal(p)
	require.NoError(t, err)
	assert.Equal(t, empty, string(got), "an empty list is not an absent one")
}

// bigPlan has n actions in a long chain with side links, and n/10 objectives.
func bigPlan(tb testing.TB, n int) kam.Plan {
	p := goodPlan(tb)
	p.Actions, p.Objectives = nil, p.Objectives[:2]
	for i := range n / 10 {
		p.Objectives = append(p.Objectives, kam.Objective{ID: fmt.Sprint("b", i), Text: "t", Due: day(12, 1), Purpose: kam.PurposeBusiness})
	}
	for i := range n {
		a := kam.Action{ID: fmt.Sprint("x", i), Text: "t", Owner: "Ann", Due: day(12, 1), Objective: fmt.Sprint("b", i%(n/10))}
		for back := 1; back <= 4 && i-back >= 0; back++ {
			a.After = append(a.After, fmt.Sprint("x", i-back))
		}
		p.Actions = append(p.Actions, a)
	}
	return p
}

func TestBigPlan(t *testing.T) {
	p := bigPlan(t, 2000)
	_, err := p.Validate(asOf)
	require.NoError(t, err)
	p.Actions[0].After = []string{"x1999"}
	_, err = p.Validate(asOf)
	require.ErrorIs(t, err, kam.CodeCircle)
}

// BenchmarkPlan shows that the check is linear in actions and dependencies.
func BenchmarkPlan(b *testing.B) {
	for _, n := range []int{200, 2_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p := bigPlan(b, n)
			for b.Loop() {
				if _, err := p.Validate(asOf); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/action")
		})
	}
}
