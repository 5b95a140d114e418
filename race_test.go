package kam_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/cmd/kam/northwind"
	"github.com/kam-go/kam/questions"
)

// sharedEngine has everything that an engine can have: rates, ages, margins
// and reviews, checks as data and in code, one of which panics, and an index.
func sharedEngine(t *testing.T) *kam.Engine {
	name := kam.Text{EN: "name", ZH: "名"}
	p := kam.DefaultPolicy()
	p.Currency, p.Rates = "EUR", map[string]kam.Money{"USD": *money("0.9 EUR")}
	p.AnswerMaxAge = 900
	p.Grid.Margin, p.Grid.Reviews = kam.Int(5), 2
	p.Stage.Margin, p.Stage.Reviews = kam.Int(3), 2
	p.Portfolio.HourYield = money("50 EUR")
	p.Risks.Custom = []kam.CustomRisk{{RiskInfo: kam.RiskInfo{ID: "small", Name: name}, AtRisk: kam.Condition{Evidence: "revenue", Below: new(kam.Int(20_000))}}}
	p.Risks.Index = &kam.Scorecard{ID: "index", Relative: true, Factors: []kam.Factor{{ID: "small", Weight: kam.Int(2)}, {ID: "one-level", Weight: kam.Int(1)}}}
	engine, err := compiled(t, p).WithRisks(
		kam.RiskCheck{RiskInfo: kam.RiskInfo{ID: "long-name", Name: name}, Check: func(in kam.RiskInput) kam.RiskResult {
			var out kam.RiskResult
			if out.Outcome = kam.Clear; len(in.Assessment.Name) > 12 {
				out.Outcome = kam.Watch
			}
			out.Evidence = []kam.Finding{{Evidence: "name", Condition: "length", Value: fmt.Sprint(len(in.Account.Name))}}
			return out
		}},
		kam.RiskCheck{RiskInfo: kam.RiskInfo{ID: "broken", Name: name}, Check: func(in kam.RiskInput) kam.RiskResult { panic(in.Account.ID) }},
	)
	require.NoError(t, err)
	return engine
}

// sharedAccounts have overrides, histories and cells, and share memory with
// each other as far as their fields go.
func sharedAccounts(t *testing.T) []kam.Account {
	out := []kam.Account{richAccount(t)}
	for a, err := range northwind.Accounts() {
		require.NoError(t, err)
		out = append(out, a)
	}
	for i := range out[0].Contacts { // who tell all that a held cell needs
		c := &out[0].Contacts[i]
		c.Level, c.Department, c.LastMet = cmp.Or(c.Level, kam.Operational), cmp.Or(c.Department, "plant"), cmp.Or(c.LastMet, asOf)
		if len(c.Roles) == 0 {
			c.Roles = []kam.Role{kam.User}
		}
	}
	for i := range out {
		day := northwind.AsOf
		if i == 0 {
			day = asOf
		}
		for _, of := range [][2]string{{"stage", "good"}, {"cell", "maintain"}, {"tier", "key"}} {
			out[i].Overrides = append(slices.Clip(out[i].Overrides), kam.Override{Of: of[0], Value: of[1], By: "Ann", Why: "w", On: day.AddDays(-i), Until: day.AddDays(i % 3)})
		}
		out[i].Cells = []kam.CellRecord{{Cell: kam.CellLowProfile, On: day.AddDays(-500)}, {Cell: kam.CellLowProfile, On: day.AddDays(-100)}}
		out[i].Stages = append(slices.Clip(out[i].Stages), kam.StageRecord{Stage: kam.StageGood, On: day.AddDays(40), View: kam.ViewSuggested})
	}
	return out
}

// everything is what can be asked of a shared engine, as one text for each
// account; the accounts are only read.
func everything(engine *kam.Engine, bank *questions.Bank, accounts []kam.Account, turn int) ([]string, error) {
	out := make([]string, len(accounts)+1)
	for k := range accounts {
		i := (k + turn) % len(accounts) // each goroutine begins elsewhere
		a, day := accounts[i], northwind.AsOf
		if i == 0 {
			day = asOf
		}
		s, err := engine.Assess(a, day)
		if err != nil {
			return nil, err
		}
		plan, err := engine.NewPlan(a, day, day.AddDays(1), day.AddMonths(12), kam.FiscalYear{Start: 4})
		if err != nil {
			return nil, err
		}
		progress, err := engine.Progress(plan, a, day)
		if err != nil {
			return nil, err
		}
		form, err := bank.Questionnaire(engine, a, day, questions.Draw{Language: kam.Chinese, Limit: 5})
		if err != nil {
			return nil, err
		}
		data, err := json.Marshal([]any{s, plan, progress, engine.Completeness(plan), engine.Missing(s), form, plan.Markdown(kam.English)})
		if err != nil {
			return nil, err
		}
		out[i] = string(data)
	}
	p, err := engine.Portfolio(func(yield func(kam.Account, error) bool) {
		for _, a := range accounts[1:] {
			if !yield(a, nil) {
				return
			}
		}
	}, northwind.AsOf)
	if err != nil {
		return nil, err
	}
	hours, err := engine.PlanTime(p, kam.Int(1000), kam.TimeRules{ByIndex: true}, nil)
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal([]any{p, hours, engine.Policy(), engine.Ref()})
	out[len(accounts)] = string(data)
	return out, err
}

// One engine, shared by 64 goroutines with one list of accounts, says to each
// of them what it says to one alone, byte for byte. Run it with -race too.
func TestSharedEngine(t *testing.T) {
	const goroutines = 64
	engine, accounts := sharedEngine(t), sharedAccounts(t)
	bank, err := questions.Load()
	require.NoError(t, err)
	accounts = accounts[:8]
	before, err := json.Marshal(accounts)
	require.NoError(t, err)
	want, err := everything(engine, bank, accounts, 0)
	require.NoError(t, err)
	got, errs := make([][]string, goroutines), make([]error, goroutines)
	var group sync.WaitGroup
	for g := range goroutines {
		group.Go(func() { got[g], errs[g] = everything(engine, bank, accounts, g) })
	}
	group.Wait()
	for g := range goroutines {
		require.NoError(t, errs[g])
		for i := range want {
			require.Equal(t, want[i], got[g][i], "goroutine %d", g)
		}
	}
	after, err := json.Marshal(accounts)
	require.NoError(t, err)
	assert.Equal(t, string(before), string(after), "the accounts are as they were")
	for _, sign := range []string{"panic: ", `"held":true`, `"overrides":[`, `"recorded":`, `"check":"broken"`, `"small"`} {
		assert.Contains(t, strings.Join(want, ""), sign)
	}
}
