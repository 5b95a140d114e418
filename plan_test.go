package kam_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

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

// Of two things with one id nobody knows which is meant.
func TestThingsWithOneID(t *testing.T) {
	p := kam.Plan{Account: "a", Actions: []kam.Action{{ID: "x"}, {ID: "x", State: kam.ActionDone}, {ID: "y", After: []string{"x"}}}}
	p.Objectives, p.Issues = []kam.Objective{{ID: "x"}, {ID: "x"}}, []kam.Issue{{ID: "x"}, {ID: "y"}, {ID: "y"}}
	_, err := compiled(t, kam.Policy{}).Progress(p, kam.Account{ID: "a"}, asOf)
	assert.Equal(t, []string{"/objectives/1/id duplicate x|", "/issues/2/id duplicate y|", "/actions/1/id duplicate x|"}, found(err))
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
	_, ok = kam.PartnerRating{Ours: new(kam.Int(8))}.Gap()
	assert.False(t, ok, "they said nothing")
}

// Ratings at the ends of what can be told.
func TestRelativeStrength(t *testing.T) {
	rivals := func(ratings ...kam.Number) (out []kam.RivalRating) {
		for _, n := range ratings {
			out = append(out, kam.RivalRating{Rating: n})
		}
		return out
	}
	for _, tt := range []struct {
		reason string
		ours   *kam.Number
		rivals []kam.RivalRating
		want   string
	}{
		{"the strongest, wherever it stands", new(kam.Int(3)), rivals(kam.Int(4), kam.Int(6), kam.Int(5)), "0.5"},
		{"nothing of something", new(kam.Int(0)), rivals(kam.Int(4)), "0"},
		{"the least rival", new(kam.Int(10)), rivals(kam.Dec(1, 4)), "100000"},
		{"less than nothing is no rating", new(kam.Dec(-1, 4)), rivals(kam.Int(4)), "unknown"},
		{"we did not rate ourselves", nil, rivals(kam.Int(4)), "unknown"},
		{"a rival below nothing", new(kam.Int(1)), rivals(kam.Int(-4)), "unknown"},
		{"no rival", new(kam.Int(1)), nil, "unknown"},
		{"more than a Number holds", new(kam.Dec(99_999_999_999_999, 0)), rivals(kam.Dec(1, 4)), "unknown"},
	} {
		got := "unknown"
		if n, ok := (kam.ComparedFactor{Ours: tt.ours, Rivals: tt.rivals}).RelativeStrength(); ok {
			got = n.String()
		}
		assert.Equal(t, tt.want, got, tt.reason)
	}
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
		{"ids of which nothing is seen", func(p *kam.Plan) { p.Actions[0].ID, p.Issues[0].ID = "  ", "\u00a0" }, []string{"/issues/0/id missing \u00a0|", "/actions/0/id missing   |", "/actions/1/after/0 unknown a1|"}, false},
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
		{"an objective whose day is over", func(p *kam.Plan) {
			o := &p.Objectives[1]
			o.Due, o.Baseline, o.Target, o.Current = asOf.AddDays(-1), new(kam.Int(1)), new(kam.Int(2)), new(kam.Dec(19_999, 4))
		}, []string{"/objectives/1/due past-due 2026-11-23|>= 2026-11-24"}, true},
		{"an objective whose day is over, that is reached", func(p *kam.Plan) {
			o := &p.Objectives[1]
			o.Due, o.Baseline, o.Target, o.Current = asOf.AddDays(-1), new(kam.Int(1)), new(kam.Int(2)), new(kam.Int(2))
		}, nil, true},
		{"a day of being done", func(p *kam.Plan) { p.Actions[0].DoneOn, p.Actions[0].State = asOf, kam.ActionDropped }, []string{"/actions/0/state enum dropped|done"}, false},
		{"a day of being done to come", func(p *kam.Plan) { p.Actions[0].DoneOn, p.Actions[0].State = asOf.AddDays(1), kam.ActionDone }, []string{"/actions/0/doneOn future 2026-11-25|<= 2026-11-24"}, true},
		{"started, so past due", func(p *kam.Plan) { p.Actions[0].Due, p.Actions[0].State = asOf.AddDays(-1), kam.ActionStarted }, []string{"/actions/0/due past-due 2026-11-23|>= 2026-11-24"}, true},
		{"dropped, so not past due", func(p *kam.Plan) { p.Actions[0].Due, p.Actions[0].State = asOf.AddDays(-1), kam.ActionDropped }, nil, true},
		{"an objective past due", func(p *kam.Plan) { p.Objectives[0].Due = asOf.AddDays(-1) }, nil, true},
		{"objective without a day", func(p *kam.Plan) { p.Objectives[0].Due = kam.Date{} }, []string{"/objectives/0/due no-due |"}, false},
		{"due on the first day", func(p *kam.Plan) { p.Objectives[0].Due = p.From }, nil, true},
		{"due on the first day there is", func(p *kam.Plan) { p.Objectives[0].Due = kam.NewDate(1, 1, 1) }, []string{"/objectives/0/due outside 0001-01-01|2026-01-01..2027-12-31"}, false},
		{"over on the first day there is", func(p *kam.Plan) {
			p.From, p.To = kam.NewDate(1, 1, 1), kam.NewDate(1, 1, 1)
			*p = kam.Plan{Account: "a", Owner: "x", Summary: p.Summary, From: p.From, To: p.To, Objectives: p.Objectives}
		}, []string{"/objectives/0/due outside 2026-12-31|0001-01-01..0001-01-01", "/objectives/1/due outside 2027-12-31|0001-01-01..0001-01-01"}, false},
		{"since the first day there is", func(p *kam.Plan) { p.From, p.Actions[0].Due = kam.NewDate(1, 1, 1), kam.NewDate(1, 1, 1) }, []string{
			"/actions/0/due past-due 0001-01-01|>= 2026-11-24", "/forecast forecast-gap 0001-01-01|0001-01-01..2027-12-31",
		}, true},
		{"due before it", func(p *kam.Plan) { p.Objectives[0].Due = p.From.AddDays(-1) }, []string{"/objectives/0/due outside 2025-12-31|2026-01-01..2027-12-31"}, false},
		{"an objective that starts after it", func(p *kam.Plan) { p.Objectives[0].Start = p.To.AddDays(1) }, []string{"/objectives/0/start outside 2028-01-01|<= 2027-12-31", "/objectives/0/due order 2026-12-31|>= 2028-01-01"}, false},
		{"an objective that starts on its last day", func(p *kam.Plan) { p.Objectives[0].Start, p.Objectives[0].Due = p.To, p.To }, nil, false},
		{"an objective of a plan without an end", func(p *kam.Plan) { p.Objectives[0].Start, p.To = p.From.AddDays(1), kam.Date{} }, []string{"/to missing |"}, false},
		{"an objective that starts before it", func(p *kam.Plan) { p.Objectives[0].Start = p.From.AddDays(-1) }, nil, false},
		{"starts when it is due", func(p *kam.Plan) { p.Objectives[0].Start = p.Objectives[0].Due }, nil, true},
		{"starts after it is due", func(p *kam.Plan) { p.Objectives[0].Start = p.Objectives[0].Due.AddDays(1) }, []string{"/objectives/0/due order 2026-12-31|>= 2027-01-01"}, false},
		{"a baseline alone", func(p *kam.Plan) { p.Objectives[0].Baseline = new(kam.Int(0)) }, []string{"/objectives/0/target no-target |"}, false},
		{"a target alone", func(p *kam.Plan) { p.Objectives[0].Target = new(kam.Int(0)) }, []string{"/objectives/0/baseline no-baseline |"}, false},
		{"a unit alone", func(p *kam.Plan) { p.Objectives[0].Unit = "EUR" }, []string{"/objectives/0/baseline no-baseline |", "/objectives/0/target no-target |"}, false},
		{"a value alone", func(p *kam.Plan) { p.Objectives[0].Current = new(kam.Int(0)) }, []string{"/objectives/0/baseline no-baseline |", "/objectives/0/target no-target |"}, false},
		{"no first day", func(p *kam.Plan) { p.From = kam.Date{} }, []string{"/from missing |"}, false},
		{"no last day", func(p *kam.Plan) { p.To = kam.Date{} }, []string{"/to missing |"}, false},
		{"no first day, and one after the last", func(p *kam.Plan) { p.From, p.Actions[1].Due = kam.Date{}, kam.NewDate(2028, 1, 1) }, []string{"/from missing |", "/actions/1/due outside 2028-01-01|..2027-12-31"}, false},
		{"no last day, and one before the first", func(p *kam.Plan) { p.To, p.Objectives[0].Due = kam.Date{}, kam.NewDate(2025, 12, 31) }, []string{"/to missing |", "/objectives/0/due outside 2025-12-31|2026-01-01.."}, false},
		{"a plan of a day", func(p *kam.Plan) {
			p.From, p.To = asOf, asOf
			p.Objectives[0].Due, p.Objectives[1].Due, p.Issues[0].Due, p.Actions[0].Due, p.Actions[1].Due, p.Forecast[0].From, p.Forecast[0].To = asOf, asOf, asOf, asOf, asOf, asOf, asOf
		}, nil, true},
		{"the first version", func(p *kam.Plan) { p.Version, p.Reviews[0].Version = 0, 0 }, nil, true},
		{"the owner, who is not listed", func(p *kam.Plan) { p.Owner, p.Actions[0].Owner = "Cy", "Cy" }, nil, true},
		{"an issue of nobody", func(p *kam.Plan) { p.Issues[0].Owner = "" }, nil, true},
		{"an issue of someone else", func(p *kam.Plan) { p.Issues[0].Owner = "Cy" }, []string{"/issues/0/owner not-on-team Cy|Ann, Bob"}, false},
		{"due today", func(p *kam.Plan) { p.Actions[0].Due = asOf }, nil, true},
		{"serves nothing", func(p *kam.Plan) { p.Actions[0].Objective = "o9" }, []string{"/actions/0/objective serves-nothing o9|"}, false},
		{"waits for itself", func(p *kam.Plan) { p.Actions[0].After = []string{"a1"} }, []string{"/actions/0/after/0 cycle a1|"}, false},
		{"wait for each other", func(p *kam.Plan) { p.Actions[0].After = []string{"a2"} }, []string{"/actions/1/after/0 cycle a1|"}, false},
		{"two circles", func(p *kam.Plan) {
			for _, id := range []string{"b1", "b2", "b3"} {
				a := p.Actions[0]
				a.ID = id
				p.Actions = append(p.Actions, a)
			}
			p.Actions[0].After, p.Actions[2].After, p.Actions[3].After, p.Actions[4].After = []string{"a2"}, []string{"b3", "b2"}, []string{"a1"}, []string{"b1"}
		}, []string{"/actions/1/after/0 cycle a1|", "/actions/4/after/0 cycle b1|"}, false},
		{"waits for a circle", func(p *kam.Plan) {
			for _, id := range []string{"b1", "b2"} {
				a := p.Actions[0]
				a.ID, a.After = id, []string{"b1"}
				p.Actions = append(p.Actions, a)
			}
			p.Actions[0].After, p.Actions[2].After = []string{"b1"}, []string{"b2"}
		}, []string{"/actions/3/after/0 cycle b1|"}, false},
		{"the same by two ways", func(p *kam.Plan) {
			a := p.Actions[1]
			a.ID, a.Uses = "a3", nil
			p.Actions = append(p.Actions, a)
			a.ID, a.After = "a4", []string{"a2", "a3"}
			p.Actions = append(p.Actions, a)
		}, nil, true},
		{"waits for nobody", func(p *kam.Plan) { p.Actions[0].After = []string{"a9"} }, []string{"/actions/0/after/0 unknown a9|"}, false},
		{"waits for no name", func(p *kam.Plan) { p.Actions[0].After = []string{""} }, []string{"/actions/0/after/0 missing |"}, false},
		{"uses no name", func(p *kam.Plan) { p.Actions[0].Uses = []kam.Use{{}} }, []string{"/actions/0/uses/0/resource missing |"}, false},
		{"less than nothing of a resource", func(p *kam.Plan) {
			p.Resources = append(p.Resources, kam.Resource{ID: "z", What: "z", Amount: new(kam.Dec(-1, 4))})
		}, []string{"/resources/1/amount range -0.0001|>= 0"}, false},
		{"a resource without a limit", func(p *kam.Plan) {
			p.Resources = append(p.Resources, kam.Resource{ID: "z", What: "z", Decided: true})
			p.Actions[0].Uses = []kam.Use{{Resource: "z", Amount: kam.Int(1_000_000)}}
		}, nil, false},
		{"a resource without a limit that is asked for", func(p *kam.Plan) {
			p.Resources = append(p.Resources, kam.Resource{ID: "z", What: "z"})
			p.Actions[0].Uses = []kam.Use{{Resource: "z", Amount: kam.Int(1)}}
		}, []string{"/actions/0/uses/0/amount over-asked 1|<= 0"}, false},
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
		{"a quarter without a forecast", func(p *kam.Plan) {
			later := p.Forecast[0]
			p.Forecast[0].To, later.From = day(6, 30), day(10, 1)
			p.Forecast = []kam.Forecast{later, p.Forecast[0]}
		}, []string{"/forecast forecast-gap 2026-07-01|2026-01-01..2027-12-31"}, true},
		{"forecasts in any order", func(p *kam.Plan) {
			later := p.Forecast[0]
			p.Forecast[0].To, later.From = day(6, 30), day(7, 1)
			p.Forecast = []kam.Forecast{later, p.Forecast[0]}
		}, nil, true},
		{"a forecast within another", func(p *kam.Plan) {
			p.Forecast = append(p.Forecast, kam.Forecast{From: day(2, 1), To: day(2, 28), Amount: *money("1 EUR")})
		}, []string{"/forecast/1 overlap 2026-02-01..2026-02-28|> 2027-12-31"}, false},
		{"no forecast", func(p *kam.Plan) { p.Forecast = nil }, nil, true},
		{"a forecast without days", func(p *kam.Plan) { p.Forecast[0].From, p.Forecast[0].To = kam.Date{}, kam.Date{} }, []string{"/forecast/0/from missing |", "/forecast/0/to missing |"}, false},
		{"a forecast that ends before it starts", func(p *kam.Plan) { p.Forecast[0].From, p.Forecast[0].To = day(2, 1), day(1, 31) }, []string{"/forecast/0/to order 2026-01-31|>= 2026-02-01"}, false},
		{"a loss", func(p *kam.Plan) { p.Forecast[0].Amount, p.Forecast[0].Parts = *money("-1 EUR"), nil }, nil, true},
		{"less than nothing to them", func(p *kam.Plan) { p.Value[0].Worth = money("-0.01 EUR") }, []string{"/value/0/worth range -0.01 EUR|>= 0"}, false},
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
		{"what is done and more", func(p *kam.Plan) {
			a := p.Actions[1]
			p.Actions[1].State, p.Actions[1].Uses = kam.ActionDone, []kam.Use{{Resource: "r1", Amount: kam.Int(25)}}
			a.ID, a.Uses = "a3", []kam.Use{{Resource: "r1", Amount: kam.Dec(1, 4)}}
			p.Actions = append(p.Actions, a)
		}, []string{"/actions/2/uses/0/amount over-asked 0.0001|<= 0"}, false},
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
		{"to invest where there is to be kept", func(p *kam.Plan) { p.Overview.Snapshot = snapshot(kam.CellMaintain) }, []string{"/strategy/stance against-cell invest|maintain"}, true},
		{"to reduce a key account", func(p *kam.Plan) {
			p.Overview.Snapshot, p.Strategy.Stance = snapshot(kam.CellKey), kam.StanceReduce
		}, []string{"/strategy/stance against-cell reduce|key"}, true},
		{"no stance", func(p *kam.Plan) {
			p.Overview.Snapshot, p.Strategy.Stance = snapshot(kam.CellUnknown), kam.StanceUnknown
		}, nil, true},
		{"a cell that is not known", func(p *kam.Plan) { p.Overview.Snapshot = snapshot(kam.CellUnknown) }, nil, true},
		{"a snapshot of today", func(p *kam.Plan) { p.Overview.Snapshot = snapshot(kam.CellKey) }, nil, true},
		{"all at their bounds", func(p *kam.Plan) {
			p.Competition.Factors[0].Ours, p.Competition.Factors[0].Rivals[0].Rating = new(kam.Int(0)), kam.Int(10)
			p.Partnership[0].Ours, p.Partnership[0].Theirs = new(kam.Int(10)), new(kam.Int(0))
			p.Forecast[0].Probability, p.Forecast[0].Parts[0].Probability = new(kam.Int(100)), new(kam.Int(0))
			p.Resources = append(p.Resources, kam.Resource{ID: "z", What: "z", Amount: new(kam.Int(0)), Decided: true})
			p.Actions[0].Uses = []kam.Use{{Resource: "z"}}
		}, nil, true},
		{"settled, measured and reviewed today", func(p *kam.Plan) {
			p.Issues[0].Settled, p.Objectives[1].CurrentOn = asOf, asOf
			p.Reviews = append(p.Reviews, kam.Review{On: asOf, By: "Ann"}, kam.Review{On: asOf, By: "Bob"})
		}, nil, true},
		{"with the cell", func(p *kam.Plan) { p.Overview.Snapshot = snapshot(kam.CellTarget) }, nil, true},
	}
	late := []string{"/actions/0/after/0 order 2026-12-10|>= 2027-03-31"}
	gap := []string{"/forecast forecast-gap 2026-01-01|2026-01-01..2027-12-31"}
	beside := map[string][]string{ // a warning that the fault cannot be without
		"wait for each other": late, "two circles": late, "a forecast without days": gap, "a forecast that ends before it starts": gap,
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
			assert.Equal(t, beside[tt.name], found(warnings.Err()))
		})
	}
	for _, code := range []kam.Code{
		kam.CodeNoObjective, kam.CodeNoBaseline, kam.CodeNoTarget, kam.CodeNoOwner, kam.CodeNoDue, kam.CodePastDue, kam.CodeServesNothing, kam.CodeCycle,
		kam.CodeOutside, kam.CodeForecastSum, kam.CodeForecastGap, kam.CodeFuture, kam.CodeNoMove, kam.CodeOverAsked, kam.CodeAgainstCell, kam.CodeNotOnTeam,
		kam.CodeOverlap, kam.CodeCurrencyMix, kam.CodeRating, kam.CodeOrder, kam.CodeRange, kam.CodeUnknown, kam.CodeDuplicate, kam.CodeMissing,
	} {
		assert.True(t, exactly[code], "%s: no row finds it alone", code)
	}
}

// Every field of a plan is looked at: in each, alone, something stands that
// cannot be, and a fault names its place.
func TestEveryFieldOfAPlanIsChecked(t *testing.T) {
	codes := map[string]kam.Code{ // where it is another than that of the type
		"/overview/snapshot/account": kam.CodeUnknown, "/competition/counter/move": kam.CodeNoMove, "/actions/objective": kam.CodeServesNothing,
		"/objectives/baseline": kam.CodeNumber, "/objectives/target": kam.CodeNumber, "/objectives/current": kam.CodeNumber,
		"/competition/factors/ours": kam.CodeRating, "/competition/factors/rivals/rating": kam.CodeRating,
		"/partnership/ours": kam.CodeRating, "/partnership/theirs": kam.CodeRating,
	}
	index := regexp.MustCompile("/[0-9]+")
	fresh := func() *kam.Plan {
		p := goodPlan(t)
		p.Overview.Snapshot = snapshot(kam.CellKey)
		return &p
	}
	leaves := 0
	// try breaks the field that get finds in a plan.
	var try func(at string, get func(*kam.Plan) reflect.Value)
	try = func(at string, get func(*kam.Plan) reflect.Value) {
		p := fresh()
		v, code := get(p), kam.Code("")
		switch x := v.Addr().Interface().(type) {
		case *string:
			*x, code = "a\x00b", kam.CodeEncoding
		case *kam.Date:
			*x, code = kam.NewDate(2026, 2, 30), kam.CodeDate
		case *kam.Number:
			*x, code = kam.Dec(math.MinInt64, 0), kam.CodeRange
		case **kam.Number:
			*x, code = new(kam.Dec(math.MinInt64, 0)), kam.CodeRange
		case *kam.Money:
			if strings.Contains(at, "/parts/") { // they are held to the forecast
				return
			}
			*x, code = *money("1 EUX"), kam.CodeCurrency
		case **kam.Money:
			*x, code = money("1 EUX"), kam.CodeCurrency
		case *int:
			*x, code = -1, kam.CodeRange
		case *time.Month:
			*x, code = -1, kam.CodeRange
		case *bool:
			return
		case interface{ Values() []string }:
			v.SetUint(200)
			code = kam.CodeEnum
		case **kam.Assessment:
			try(at+"/account", func(p *kam.Plan) reflect.Value { return reflect.ValueOf(&p.Overview.Snapshot.Account).Elem() })
			try(at+"/name", func(p *kam.Plan) reflect.Value { return reflect.ValueOf(&p.Overview.Snapshot.Name).Elem() })
			try(at+"/asOf", func(p *kam.Plan) reflect.Value { return reflect.ValueOf(&p.Overview.Snapshot.AsOf).Elem() })
			return
		default:
			if v.Kind() == reflect.Struct {
				for i := range v.NumField() {
					name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
					try(at+"/"+name, func(p *kam.Plan) reflect.Value { return get(p).Field(i) })
				}
				return
			}
			require.Equal(t, reflect.Slice, v.Kind(), at)
			for i := range v.Len() {
				try(at+"/"+strconv.Itoa(i), func(p *kam.Plan) reflect.Value { return get(p).Index(i) })
			}
			v.Set(reflect.MakeSlice(v.Type(), 10_001, 10_001))
			code = kam.CodeTooLarge
		}
		leaves++
		code = cmp.Or(codes[index.ReplaceAllString(at, "")], code)
		_, err := p.Validate(asOf)
		assert.True(t, slices.ContainsFunc(kam.ViolationsOf(err), func(v kam.Violation) bool { return v.Pointer == at && v.Code == code }), "%s %s: %v", at, code, err)
	}
	try("", func(p *kam.Plan) reflect.Value { return reflect.ValueOf(p).Elem() })
	assert.Greater(t, leaves, 100)
}

// What depends on the day of the check is left out without one.
func TestPlanWithoutADayOfTheCheck(t *testing.T) {
	p := goodPlan(t)
	p.Actions[0].Due, p.Issues[0].Settled, p.Reviews[0].On = day(1, 1), kam.NewDate(2030, 1, 1), kam.NewDate(2030, 1, 1)
	warnings, err := p.Validate(kam.Date{})
	require.NoError(t, err)
	assert.Empty(t, warnings)
	warnings, err = p.Validate(kam.NewDate(2026, 2, 30))
	assert.Equal(t, []string{"/asOf date invalid|"}, found(err))
	assert.Empty(t, warnings)
	warnings, err = p.Validate(asOf)
	require.NoError(t, err)
	assert.Equal(t, []string{
		"/issues/0/settled future 2030-01-01|<= 2026-11-24", "/actions/0/due past-due 2026-01-01|>= 2026-11-24", "/reviews/0/on future 2030-01-01|<= 2026-11-24",
	}, found(warnings.Err()))
	warnings, err = p.Validate(kam.NewDate(1, 1, 1))
	require.NoError(t, err)
	assert.Len(t, warnings, 2, "on the first day there is all is in the future")
	p.Account = ""
	warnings, err = p.Validate(asOf)
	assert.Equal(t, []string{"/account missing |"}, found(err))
	assert.Len(t, warnings, 3, "they come beside the faults")
	require.ErrorContains(t, err, `kam: validate plan of account "": `)
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
	require.ErrorIs(t, err, kam.CodeCycle)
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

// A text of which nothing is seen says nothing, and is missing as none is.
func TestBlankPlan(t *testing.T) {
	p := goodPlan(t)
	_, err := p.Validate(asOf)
	require.NoError(t, err)
	p.Account, p.Owner, p.Summary.Purpose = " ", "\t", "\u2800"
	p.Team = nil
	p.Objectives[0].Text, p.Actions[0].Text, p.Actions[0].Owner = "  ", "\n", " "
	_, err = p.Validate(asOf)
	got := found(err)
	for _, want := range []string{"/account missing  |", "/owner no-owner \t|", "/summary/purpose missing \u2800|", "/objectives/0/text missing   |", "/actions/0/text missing \n|", "/actions/0/owner no-owner  |"} {
		assert.Contains(t, got, want)
	}
}

// A warning asks which way is better where nothing tells, and of money that is to fall.
func TestObjectivesThatDoNotSayWhatIsBetter(t *testing.T) {
	n := func(n int) *kam.Number { return new(kam.Int(n)) }
	for _, x := range []struct {
		baseline, target *kam.Number
		unit             string
		lower            kam.Verdict
		warned           bool
	}{
		{n(5), n(5), "complaints", kam.VerdictUnknown, true},
		{n(5), n(5), "complaints", kam.Yes, false},
		{n(5), n(3), "complaints", kam.VerdictUnknown, false},
		{n(3), n(5), "complaints", kam.VerdictUnknown, false},
		{n(5), n(3), "EUR", kam.VerdictUnknown, true},
		{n(5), n(3), "EUR", kam.No, false},
		{n(3), n(5), "EUR", kam.VerdictUnknown, false},
		{nil, n(5), "EUR", kam.VerdictUnknown, false},
		{n(5), nil, "EUR", kam.VerdictUnknown, false},
	} {
		p := goodPlan(t)
		o := &p.Objectives[1]
		o.Baseline, o.Target, o.Unit, o.LowerIsBetter = x.baseline, x.target, x.unit, x.lower
		warnings, _ := p.Validate(asOf)
		assert.Equal(t, x.warned, slices.Contains(found(warnings), "/objectives/1/lowerIsBetter missing |yes, no"), x)
	}
	p := goodPlan(t)
	p.Objectives[1].LowerIsBetter = 9
	_, err := p.Validate(asOf)
	assert.Contains(t, found(err), "/objectives/1/lowerIsBetter enum Verdict(9)|unknown, yes, no")
}

// An objective whose day is over is past due until its target is reached.
func TestObjectivesPastDue(t *testing.T) {
	n := func(n int) *kam.Number { return new(kam.Int(n)) }
	for _, x := range []struct {
		baseline, target, current *kam.Number
		lower                     kam.Verdict
		late                      bool
	}{
		{n(1), n(5), n(4), kam.VerdictUnknown, true},
		{n(1), n(5), n(5), kam.VerdictUnknown, false},
		{n(1), n(5), n(6), kam.VerdictUnknown, false},
		{n(5), n(1), n(2), kam.VerdictUnknown, true},
		{n(5), n(1), n(1), kam.VerdictUnknown, false},
		{n(5), n(1), n(0), kam.VerdictUnknown, false},
		{n(9), n(5), n(4), kam.No, true},
		{n(1), n(5), n(6), kam.Yes, true},
		{n(5), n(5), n(9), kam.VerdictUnknown, true},
		{n(5), n(5), n(5), kam.VerdictUnknown, false},
		{nil, n(5), n(4), kam.VerdictUnknown, true},
		{n(1), n(5), nil, kam.VerdictUnknown, true},
		{n(1), nil, n(5), kam.VerdictUnknown, false},
	} {
		p := goodPlan(t)
		o := &p.Objectives[1]
		o.Baseline, o.Target, o.Current, o.LowerIsBetter, o.Due = x.baseline, x.target, x.current, x.lower, asOf.AddDays(-1)
		o.CurrentOn = asOf
		warnings, _ := p.Validate(asOf)
		assert.Equal(t, x.late, slices.Contains(found(warnings), "/objectives/1/due past-due 2026-11-23|>= 2026-11-24"), x)
	}
}

// A value of a day to come has reached nothing yet.
func TestObjectivesPastDueWithAValueToCome(t *testing.T) {
	p := goodPlan(t)
	o := &p.Objectives[1]
	o.Baseline, o.Target, o.Current, o.CurrentOn, o.Due = new(kam.Int(1)), new(kam.Int(5)), new(kam.Int(5)), asOf.AddDays(1), asOf.AddDays(-1)
	warnings, err := p.Validate(asOf)
	require.NoError(t, err)
	assert.Equal(t, []string{"/objectives/1/currentOn future 2026-11-25|<= 2026-11-24", "/objectives/1/due past-due 2026-11-23|>= 2026-11-24"}, found(warnings))
}

// Forecasts cover a plan however they are cut, to the last day there is and from the first.
func TestForecastsThatCoverAPlan(t *testing.T) {
	first, last := kam.NewDate(1, 1, 1), kam.NewDate(9999, 12, 31)
	for _, x := range []struct {
		name     string
		from, to kam.Date
		forecast [][2]kam.Date
		gap      bool
	}{
		{"to the last day", day(1, 1), last, [][2]kam.Date{{day(1, 1), last}}, false},
		{"not to the last day", day(1, 1), last, [][2]kam.Date{{day(1, 1), last.AddDays(-1)}}, true},
		{"from the first day", first, day(1, 1), [][2]kam.Date{{first, day(1, 1)}}, false},
		{"not from the first day", first, day(1, 1), [][2]kam.Date{{first.AddDays(1), day(1, 1)}}, true},
		{"a day, then the rest", day(1, 1), day(12, 31), [][2]kam.Date{{day(1, 1), day(1, 1)}, {day(1, 2), day(12, 31)}}, false},
		{"one within another", day(1, 1), day(12, 31), [][2]kam.Date{{day(1, 1), day(11, 30)}, {day(2, 1), day(2, 28)}, {day(12, 1), day(12, 31)}}, false},
	} {
		p := kam.Plan{From: x.from, To: x.to}
		for _, f := range x.forecast {
			p.Forecast = append(p.Forecast, kam.Forecast{From: f[0], To: f[1]})
		}
		warnings, _ := p.Validate(asOf)
		assert.Equal(t, x.gap, errors.Is(warnings.Err(), kam.CodeForecastGap), x.name)
	}
}

// An order of days is only asked of two actions that are open.
func TestOnlyOpenActionsWait(t *testing.T) {
	for _, x := range []struct {
		first, second kam.ActionState
		warned        bool
	}{
		{kam.ActionOpen, kam.ActionStarted, true},
		{kam.ActionDone, kam.ActionOpen, false},
		{kam.ActionOpen, kam.ActionDone, false},
	} {
		p := kam.Plan{Actions: []kam.Action{
			{ID: "a", State: x.first, Due: asOf.AddDays(9)}, {ID: "b", State: x.second, Due: asOf.AddDays(5), After: []string{"a"}},
		}}
		warnings, _ := p.Validate(asOf)
		assert.Equal(t, x.warned, errors.Is(warnings.Err(), kam.CodeOrder), x)
	}
}

// Each part in another currency is one fault.
func TestPartsInOtherCurrencies(t *testing.T) {
	p := kam.Plan{Forecast: []kam.Forecast{{From: day(1, 1), To: day(1, 31), Amount: *money("3 EUR"), Parts: []kam.ForecastPart{
		{Product: "a", Amount: *money("1 EUR")}, {Product: "b", Amount: *money("1 USD")}, {Product: "c", Amount: *money("1 USD")},
	}}}}
	_, err := p.Validate(asOf)
	var mixed []string
	for _, v := range kam.ViolationsOf(err) {
		if v.Code == kam.CodeCurrencyMix {
			mixed = append(mixed, v.Pointer)
		}
	}
	assert.Equal(t, []string{"/forecast/0/parts/1/amount", "/forecast/0/parts/2/amount"}, mixed)
}
