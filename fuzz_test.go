package kam_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// What decodes and compiles has a digest, and its JSON is the same policy.
func FuzzPolicy(f *testing.F) {
	whole, err := json.Marshal(kam.DefaultPolicy())
	require.NoError(f, err)
	f.Add(whole)
	f.Add([]byte(`{"grid": {"attractivenessCut": 60, "margin": "2.5", "compare": "worst"}}`))
	f.Add([]byte(`{"strength": {"id": "s", "relative": true, "factors": [{"id": "f", "weight": 1}]}}`))
	f.Add([]byte(`{"currency": "EUR", "rates": {"USD": "0.9 EUR"}, "stage": {"rules": [], "volume": {}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var p kam.Policy
		if err := p.UnmarshalJSON(data); err != nil {
			requireViolations(t, err)
			return
		}
		engine, err := kam.Compile(p)
		if err != nil {
			requireViolations(t, err)
			return
		}
		out, err := json.Marshal(engine.Policy())
		require.NoError(t, err)
		var back kam.Policy
		require.NoError(t, back.UnmarshalJSON(out))
		again, err := kam.Compile(back)
		require.NoError(t, err)
		require.Equal(t, engine.Ref(), again.Ref())
		_, err = engine.Assess(kam.Account{ID: "x"}, asOf)
		require.NoError(t, err)
	})
}

// What decodes is the same account after its own JSON, valid or not.
func FuzzAccount(f *testing.F) {
	addAccounts(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		var a kam.Account
		if err := a.UnmarshalJSON(data); err != nil {
			requireViolations(t, err)
			return
		}
		if err := a.Validate(); err != nil {
			requireViolations(t, err)
		}
		out, err := json.Marshal(a)
		require.NoError(t, err)
		var back kam.Account
		require.NoError(t, back.UnmarshalJSON(out), "%s", out)
		again, err := json.Marshal(back)
		require.NoError(t, err)
		require.Equal(t, string(out), string(again))
	})
}

// Assess never panics; what it gives holds together.
func FuzzAssess(f *testing.F) {
	addAccounts(f)
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, data []byte) {
		var a kam.Account
		if a.UnmarshalJSON(data) != nil {
			return
		}
		got, err := engine.Assess(a, asOf)
		if err != nil {
			requireViolations(t, err)
			return
		}
		for _, s := range []kam.Score{got.Selection, got.Potential, got.Attractiveness, got.Strength} {
			requireWhole(t, s)
		}
		require.Contains(t, got.Stage.Possible, got.Stage.Suggested)
		if got.Placement.Cell != kam.CellUnknown {
			require.Contains(t, got.Placement.Possible, got.Placement.Cell)
		}
		one, err := json.Marshal(got)
		require.NoError(t, err)
		again, err := engine.Assess(a, asOf)
		require.NoError(t, err)
		two, err := json.Marshal(again)
		require.NoError(t, err)
		require.Equal(t, string(one), string(two))
	})
}

// A plan decodes or names the place; what decodes is checked without a panic,
// and is the same plan after its own JSON.
func FuzzPlan(f *testing.F) {
	data, err := os.ReadFile("testdata/plan.json")
	require.NoError(f, err)
	f.Add(data)
	engine := compiled(f, kam.Policy{})
	f.Add([]byte(`{"account": "a", "actions": [{"id": "x", "after": ["x"]}], "forecast": [{"amount": "1 EUR", "parts": [{"amount": "2 USD"}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var p kam.Plan
		if err := p.UnmarshalJSON(data); err != nil {
			requireViolations(t, err)
			return
		}
		if warnings, err := p.Validate(asOf); err != nil {
			requireViolations(t, err)
		} else if len(warnings) > 0 {
			requireViolations(t, warnings)
		}
		require.NotEmpty(t, p.Markdown(kam.Chinese))
		require.GreaterOrEqual(t, engine.Completeness(p).Percent.Cmp(kam.Int(0)), 0)
		p.Account = acme.ID
		progress, err := engine.Progress(p, acme, asOf)
		if err != nil {
			requireViolations(t, err)
		}
		require.NotEmpty(t, p.ProgressMarkdown(progress, kam.Chinese))
		_, err = engine.Process(p, acme, asOf)
		require.NoError(t, err)
		out, err := json.Marshal(p)
		require.NoError(t, err)
		var back kam.Plan
		require.NoError(t, back.UnmarshalJSON(out), "%s", out)
		again, err := json.Marshal(back)
		require.NoError(t, err)
		require.Equal(t, string(out), string(again))
	})
}

func addAccounts(f *testing.F) {
	data, err := os.ReadFile("testdata/account.json")
	require.NoError(f, err)
	f.Add(data)
	f.Add([]byte(`{"id": "x"}`))
	f.Add([]byte(`{"id": "x", "currency": "EUR", "sales": [{"from": "2025-11-01", "to": "2026-10-31", "revenue": 1e3}]}`))
	f.Add([]byte(`{"id": "x", "contacts": [{"id": "a", "reportsTo": "b"}, {"id": "b", "reportsTo": "a"}]}`))
}

// requireViolations says that an error names places and codes.
func requireViolations(t *testing.T, err error) {
	t.Helper()
	vs := kam.ViolationsOf(err)
	require.NotEmpty(t, vs, err)
	for _, v := range vs {
		require.NotEmpty(t, v.Code)
		require.True(t, v.Pointer == "" || v.Pointer[0] == '/', v.Pointer)
		require.LessOrEqual(t, len(v.Value), 64)
	}
}

// requireWhole says that a score's parts make up its points, within its range.
func requireWhole(t *testing.T, s kam.Score) {
	t.Helper()
	require.LessOrEqual(t, s.Range.Worst.Cmp(s.Range.Best), 0)
	require.GreaterOrEqual(t, s.Range.Worst.Cmp(kam.Int(0)), 0)
	require.LessOrEqual(t, s.Range.Best.Cmp(kam.Int(100)), 0)
	if s.Points == nil {
		return
	}
	require.LessOrEqual(t, s.Range.Worst.Cmp(*s.Points), 0)
	require.GreaterOrEqual(t, s.Range.Best.Cmp(*s.Points), 0)
	sum := kam.Number{}.Decimal()
	for _, c := range s.Contributions {
		sum = sum.Add(c.Points.Decimal())
	}
	require.True(t, sum.Equal(s.Points.Decimal()), "%s is not %s", sum, s.Points)
}
