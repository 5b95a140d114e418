package kam_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// addRisks adds the accounts of the tables, each on the day of its row.
func addRisks(f *testing.F) {
	add := func(a kam.Account, day kam.Date) {
		a.ID = "x"
		data, err := json.Marshal(a)
		require.NoError(f, err)
		f.Add(data, day.DaysSince(asOf))
	}
	add(richAccount(f), asOf)
	for _, row := range allRiskRows() {
		if row.asOf.IsZero() {
			row.asOf = asOf
		}
		add(row.account, row.asOf)
	}
	for _, row := range laterRows() {
		with := clone(f, row.account)
		row.fact(&with)
		add(with, row.later)
	}
}

// No account makes a check panic; every check says something once, with the
// evidence and the words that its outcome needs.
func FuzzRisks(f *testing.F) {
	addRisks(f)
	engine := compiled(f, kam.Policy{})
	f.Fuzz(func(t *testing.T, data []byte, days int) {
		var a kam.Account
		if a.UnmarshalJSON(data) != nil {
			return
		}
		got, err := engine.Assess(a, asOf.AddDays(days%2_000_000))
		if err != nil {
			requireViolations(t, err)
			return
		}
		requireReport(t, &got.Risks)
		for _, x := range slices.Concat(got.Risks.Findings, got.Risks.Unknown) {
			if c := x.ByChance; c != nil {
				require.True(t, c.Cmp(kam.Int(0)) >= 0 && c.Cmp(kam.Int(100)) <= 0, "%s: %s", x.Check, c)
			}
			require.LessOrEqual(t, x.Since.Cmp(got.AsOf), 0, "%s since %s", x.Check, x.Since)
		}
		out, err := json.Marshal(got.Risks)
		require.NoError(t, err)
		var back kam.RiskReport
		require.NoError(t, json.Unmarshal(out, &back))
		again, err := json.Marshal(back)
		require.NoError(t, err)
		require.Equal(t, string(out), string(again))
	})
}

// Of one account on three days, the steps hold together: each change is one of
// the findings of its two days, and each of these is there once.
func FuzzCompareRisks(f *testing.F) {
	addRisks(f)
	engine := compiled(f, kam.Policy{})
	f.Fuzz(func(t *testing.T, data []byte, days int) {
		var a kam.Account
		if a.UnmarshalJSON(data) != nil {
			return
		}
		var row []kam.Assessment
		for i := range 3 {
			got, err := engine.Assess(a, asOf.AddDays((days%4000)*i))
			if err != nil {
				return
			}
			row = append(row, got)
		}
		steps, err := kam.CompareRisks(row...)
		if days%4000 == 0 {
			require.ErrorIs(t, err, kam.CodeDuplicate)
			return
		}
		require.NoError(t, err)
		require.Len(t, steps, 2)
		on := map[kam.Date]kam.RiskReport{}
		for _, a := range row {
			on[a.AsOf] = a.Risks
		}
		for _, s := range steps {
			require.Negative(t, s.Before.Cmp(s.AsOf))
			was, is, seen := on[s.Before], on[s.AsOf], map[kam.RiskID]bool{}
			last := kam.RiskTrendUnknown
			for _, c := range s.Changes {
				require.False(t, seen[c.Check])
				seen[c.Check] = true
				require.Equal(t, [2]kam.Outcome{was.Outcome(c.Check), is.Outcome(c.Check)}, [2]kam.Outcome{c.Before, c.Now})
				require.True(t, c.Before >= kam.Watch || c.Now >= kam.Watch)
				require.Equal(t, c.Now >= kam.Watch, !c.Since.IsZero())
				require.GreaterOrEqual(t, c.Trend, last)
				last = c.Trend
			}
			for _, x := range append(was.Findings, is.Findings...) {
				require.True(t, seen[x.Check])
			}
		}
	})
}
