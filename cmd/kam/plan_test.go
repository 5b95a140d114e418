package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/cmd/kam/northwind"
)

func TestPlanCheck(t *testing.T) {
	status, out, errs := call("", "plan", "check")
	assert.Equal(t, exitOK, status, errs)
	assert.Contains(t, out, "plan of SAVEA as of 1998-04-30: errors 0, warnings 0, 100.0 % complete")

	bad := filepath.Join(t.TempDir(), "plan.json")
	require.NoError(t, os.WriteFile(bad, []byte(`{"account": "a", "owner": "Ann", "from": "2026-01-01", "to": "2026-12-31", "summary": {"purpose": "p"},
		"objectives": [{"id": "o", "purpose": "position", "text": "t", "due": "2026-06-30"}],
		"actions": [{"id": "x", "text": "t", "due": "2026-03-01", "objective": "o"}]}`), 0o644))
	for _, args := range [][]string{{"plan", "check", bad, "-asof", "2026-04-01"}, {"plan", "check", "-asof", "2026-04-01", bad}} {
		status, out, errs = call("", args...)
		assert.Equal(t, exitBad, status)
		assert.Empty(t, errs, "the faults are the output")
		assert.Contains(t, out, "plan of a as of 2026-04-01: errors 2, warnings 1")
		assert.Contains(t, out, "error    /objectives: a purpose of the plan has no objective: business\nerror    /actions/0/owner: nobody answers for this\nwarning  /actions/0/due: this is past due")
		assert.Regexp(t, `Executive summary +50%  Direction to take\n`, out)
	}
	_, out, _ = call("", "plan", "check", "-lang", "zh", "-asof", "2026-04-01", bad)
	assert.Contains(t, out, "错误 /actions/0/owner：没有负责人")
	assert.Contains(t, out, "执行摘要")

	status, out, _ = call("", "plan", "check", "-json", "-asof", "2026-04-01", bad)
	assert.Equal(t, exitBad, status)
	var report planReport
	require.NoError(t, json.Unmarshal([]byte(out), &report))
	assert.Equal(t, kam.CodeNoOwner, report.Errors[1].Code)
	assert.Equal(t, kam.CodePastDue, report.Warnings[0].Code)
	assert.Len(t, report.Completeness.Sections, 10)
}

func TestPlanShow(t *testing.T) {
	p, err := northwind.Plan(2)
	require.NoError(t, err)
	status, out, _ := call("", "plan", "show", "-lang", "zh")
	assert.Equal(t, exitOK, status)
	assert.Equal(t, p.Markdown(kam.Chinese), out)
	status, out, _ = call(`{"account": "a|b"}`, "plan", "show", "-")
	assert.Equal(t, exitOK, status)
	assert.True(t, strings.HasPrefix(out, "# Account plan: a\\|b\n"), out)
}

func TestPlanProgress(t *testing.T) {
	status, out, errs := call("", "plan", "progress")
	assert.Equal(t, exitOK, status, errs)
	assert.Contains(t, out, "# Progress of the account plan: Save-a-lot Markets (SAVEA)\n\nAs of 1998-04-30\n")
	assert.Contains(t, out, "| 1998-01-01 – 1998-03-31 | 18,000.00 USD | 16,200.00 USD | 15,160.06 USD |")
	_, out, _ = call("", "plan", "progress", "-lang", "zh", "-asof", "1998-03-30")
	assert.Contains(t, out, "截至 1998-03-30")
	_, out, _ = call("", "plan", "progress", "-json")
	var x kam.PlanProgress
	require.NoError(t, json.Unmarshal([]byte(out), &x))
	assert.Equal(t, []string{"a1", "a3"}, x.Done)

	lines := filepath.Join(t.TempDir(), "accounts.jsonl")
	require.NoError(t, os.WriteFile(lines, []byte("{\n"+`{"id": "a", "sales": [{"from": "2026-01-01", "to": "2026-01-31", "revenue": "7 EUR"}]}`+"\n"), 0o600))
	status, out, errs = call(`{"account": "a", "forecast": [{"from": "2026-01-01", "to": "2026-01-31", "amount": "5 EUR"}]}`, "plan", "progress", "-in", lines, "-asof", "2026-02-01", "-")
	assert.Equal(t, exitBad, status, "a line that cannot be read may be the account's")
	assert.Contains(t, errs, "line 1")
	assert.Contains(t, out, "| 5.00 EUR | – | 7.00 EUR | 2.00 EUR | 40 |")
}

// A draft is a plan that decodes, and lacks what people must say.
func TestPlanNew(t *testing.T) {
	decode := func(text string) kam.Plan {
		var p kam.Plan
		require.NoError(t, p.UnmarshalJSON([]byte(text)))
		return p
	}
	want, err := northwind.Plan(2)
	require.NoError(t, err)
	status, out, errs := call("", "plan", "new")
	require.Equal(t, exitOK, status, errs)
	assert.Equal(t, want, decode(out), "without an account, the sample plan to learn from")

	status, out, errs = call("", "plan", "new", "-account", "ERNSH", "-fiscal", "4")
	require.Equal(t, exitOK, status, errs)
	p := decode(out)
	assert.Equal(t, "ERNSH 1998-05-01 1999-04-30", p.Account+" "+p.From.String()+" "+p.To.String())
	assert.Equal(t, kam.FiscalYear{Start: 4}, p.FiscalYear)
	assert.Equal(t, kam.CellKey, p.Overview.Snapshot.Placement.Cell)
	_, err = p.Validate(northwind.AsOf)
	require.ErrorIs(t, err, kam.CodeNoTarget)
	assert.NotErrorIs(t, err, kam.CodeOutside)

	in := `{"id": "a"}` + "\n" + `{"id": "b", "owner": "Bo", "contacts": [{"id": "c", "roles": ["decider"], "influence": "high"}, {"id": "d"}]}`
	status, out, errs = call(in, "plan", "new", "-account", "b", "-in", "-", "-asof", "2026-01-31", "-from", "2026-04-01", "-to", "2026-12-31")
	require.Equal(t, exitOK, status, errs)
	p = decode(out)
	assert.Equal(t, []kam.KeyContact{{Contact: "c", Authority: kam.High}}, p.Situation.Contacts, "the key contacts alone")
	assert.Equal(t, "Bo 2026-04-01 2026-12-31", p.Owner+" "+p.From.String()+" "+p.To.String())
	assert.Empty(t, p.Forecast, "nothing is known of the year before")
}

func TestPlanMisuse(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "none.json")
	for _, tt := range []struct {
		name   string
		args   []string
		stdin  string
		status int
		want   string
	}{
		{"no word", []string{"plan"}, "", exitUsage, "one of check, show, progress and new"},
		{"another word", []string{"plan", "burn"}, "", exitUsage, `no command "plan burn"`},
		{"two files", []string{"plan", "show", "a", "b"}, "", exitUsage, `unexpected argument "b"`},
		{"no such file", []string{"plan", "show", missing}, "", exitBad, "kam: read plan"},
		{"unknown field", []string{"plan", "check", "-"}, `{"account": "a", "ownr": "x"}`, exitBad, "/ownr"},
		{"both from standard input", []string{"plan", "progress", "-in", "-", "-"}, `{"account": "a"}`, exitUsage, "one of the plan and the accounts"},
		{"progress of nobody's plan", []string{"plan", "progress", "-in", missing, "-"}, `{"account": "a"}`, exitBad, "none.json"},
		{"progress of another's plan", []string{"plan", "progress", "-", "-asof", "1998-04-30"}, `{"account": "a"}`, exitBad, `find account "a"`},
		{"progress of a bad plan", []string{"plan", "progress", "-"}, `{"account": "SAVEA", "forecast": [{"amount": "1 CNY", "from": "1998-01-01", "to": "1998-01-31"}]}`, exitBad, "/forecast/0/amount"},
		{"no such account", []string{"plan", "new", "-account", "NOBODY"}, "", exitBad, `find account "NOBODY"`},
		{"bad line before it", []string{"plan", "new", "-account", "b", "-in", "-"}, `{"id": 1}`, exitBad, "line 1"},
		{"bad month", []string{"plan", "new", "-account", "ERNSH", "-fiscal", "13"}, "", exitUsage, "1 to 12"},
		{"ends before it starts", []string{"plan", "new", "-account", "ERNSH", "-from", "1999-01-01", "-to", "1998-01-01"}, "", exitBad, "/to: this date is before"},
	} {
		status, _, errs := call(tt.stdin, tt.args...)
		assert.Equal(t, tt.status, status, tt.name)
		assert.Contains(t, errs, tt.want, tt.name)
	}
}

// All of one account, as a page or as data.
func TestShow(t *testing.T) {
	status, page, errs := call("", "show", "-account", "BLONP")
	assert.Equal(t, exitOK, status, errs)
	assert.True(t, strings.HasPrefix(page, "# Blondesddsl père et fils (BLONP)\n\nAssessed on 1998-04-30\n"), page[:80])
	assert.Contains(t, page, "| Together |  |  | 46 |  |", "the points of the attractiveness")
	_, page, _ = call("", "show", "-lang", "zh", "-account", "BLONP")
	assert.Contains(t, page, "## 流失风险")
	status, data, _ := call(`{"id":"acme","customerSince":"2020-01-01"}`, "show", "-account", "acme", "-in", "-", "-json", "-asof", "2026-01-01")
	assert.Equal(t, exitOK, status)
	a, err := kam.Decode[kam.Assessment]([]byte(data))
	require.NoError(t, err)
	assert.Equal(t, "acme 2026-01-01", a.Account+" "+a.AsOf.String())

	status, _, errs = call("", "show")
	assert.Equal(t, exitUsage, status)
	assert.Contains(t, errs, "show needs -account")
	status, _, errs = call("", "show", "-account", "NOBODY")
	assert.Equal(t, exitBad, status)
	assert.Contains(t, errs, `find account "NOBODY"`)
	status, _, errs = call(`{"id":"acme","wallet":"1 EUX"}`, "show", "-account", "acme", "-in", "-")
	assert.Equal(t, exitBad, status)
	assert.Contains(t, errs, "/wallet")
}

// What changed between two days, by what was known on each, as a page or as data.
func TestShowChanges(t *testing.T) {
	const account = `{"id":"acme","answers":{"attractiveness":{"size":{"rating":8,"on":"2026-01-05"},"need":{"rating":6,"on":"2026-01-05"},` +
		`"strategic-importance":{"rating":5,"on":"2026-01-05"},"growth-rate":{"rating":4,"on":"2026-02-01"}}},"judgements":{"rival-attack":{"verdict":"yes","on":"2026-02-01"}}}`
	args := []string{"show", "-account", "acme", "-in", "-", "-asof", "2026-03-01", "-before", "2026-01-31"}
	status, page, errs := call(account, args...)
	assert.Equal(t, exitOK, status, errs)
	// (20·8 + 15·6 + 15·5) ÷ 50, and with 15·4 more ÷ 65
	for _, want := range []string{
		"# What changed: acme\n\nFrom 2026-01-31 to 2026-03-01\n\n## Risks of failure\n", "| A rival attacks our position | New | Could not tell | At risk | A rival attacks our position: yes |\n",
		"### Account attractiveness: 65 → 59.2308\n\nKnown, % of the weight: 50 → 65\n", "| Growth rate | – | 4 | 9.2308 |\n", "| Together |  |  | -5.7692 |\n",
	} {
		assert.Contains(t, page, want)
	}
	status, data, _ := call(account, append(args, "-json")...)
	assert.Equal(t, exitOK, status)
	var d kam.AssessmentDiff
	require.NoError(t, json.Unmarshal([]byte(data), &d))
	assert.Equal(t, "2026-01-31 2026-03-01", d.Before.String()+" "+d.AsOf.String())

	for _, day := range []string{"2026-03-01", "", "2026-02-30"} {
		status, _, errs = call(account, append(args[:len(args)-1:len(args)-1], day)...)
		assert.Equal(t, exitUsage, status, day)
		assert.Contains(t, errs, "before", day)
	}
}

// A bad line is reported and hides no other; the account is one line alone.
func TestShowAmongBadLines(t *testing.T) {
	const good = `{"id":"acme","name":"Acme"}`
	args := []string{"show", "-account", "acme", "-in", "-", "-asof", "2026-03-01"}
	status, page, errs := call("{\n"+good+"\n{\"id\":7}\n", args...)
	assert.Equal(t, exitBad, status)
	assert.Contains(t, page, "# Acme (acme)\n")
	assert.Equal(t, 2, strings.Count(errs, "kam: line "), errs)
	status, page, errs = call(good+"\n"+good, args...)
	assert.Equal(t, exitBad, status)
	assert.Empty(t, page)
	assert.Contains(t, errs, `find account "acme": /id: this is given twice`)
	status, plan, errs := call("{\n"+good, "plan", "new", "-account", "acme", "-in", "-", "-asof", "2026-03-01")
	assert.Equal(t, exitBad, status)
	assert.Contains(t, plan, `"account": "acme"`)
	assert.Contains(t, errs, "kam: line 1: ")
}
