package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// call runs the command and returns what it printed.
func call(stdin string, args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = run(args, strings.NewReader(stdin), &out, &errs)
	return status, out.String(), errs.String()
}

func TestPortfolioTable(t *testing.T) {
	status, out, errs := call("")
	require.Equal(t, exitOK, status, errs)
	assert.Empty(t, errs)
	lines := strings.Split(out, "\n")
	assert.Contains(t, lines[0], "ACCOUNT")
	assert.Regexp(t, `^SAVEA .*Good .* Key .* 81\.5 100% .* 84\.5 100%`, lines[1], "the most attractive key account comes first")
	assert.Contains(t, out, "PICCO", "with its gaps")
	assert.Regexp(t, `PICCO .*Key ~ .*Profitability \+3`, out)
	counts := 0
	for _, cell := range []string{"Key", "Target", "Maintain", "Low profile", "Unknown"} {
		var n int
		for _, line := range lines {
			if rest, ok := strings.CutPrefix(line, cell+" "); ok {
				_, err := fmt.Sscan(rest, &n)
				require.NoError(t, err)
				counts += n
			}
		}
	}
	assert.Equal(t, 91, counts, "every account is in the summary")
	for _, line := range lines {
		assert.LessOrEqual(t, width(line), 140, "a table fits a wide terminal")
	}
}

// The table has what is in force, as the page of an account has.
func TestPortfolioTableOfOverrides(t *testing.T) {
	override := func(of, value, until string) string {
		return `{"of": "` + of + `", "value": "` + value + `", "by": "Ann", "why": "w", "on": "2026-01-01", "until": "` + until + `"}`
	}
	in := `{"id": "a", "overrides": [` + override("stage", "strong", "2026-12-31") + `, ` + override("cell", "maintain", "2026-12-31") + `]}` + "\n" +
		`{"id": "b", "overrides": [` + override("stage", "strong", "2026-11-01") + `, ` + override("cell", "maintain", "2026-11-01") + `]}`
	status, out, errs := call(in, "-in", "-", "-asof", "2026-11-24")
	require.Equal(t, exitOK, status, errs)
	lines := strings.Split(out, "\n")
	assert.Regexp(t, `^a +Strong +Maintain +\?`, lines[1], "by hand, and so not provisional")
	assert.Regexp(t, `^b +Unknown ~ +\? ~ +\?`, lines[2], "overrides that are over")
	assert.Regexp(t, `(?m)^Maintain +1 +1 `, out, "in the summary too")
	assert.Regexp(t, `(?m)^Unknown +1 +0 `, out)
}

func TestPortfolioTableInChinese(t *testing.T) {
	status, out, _ := call("", "-lang", "zh")
	require.Equal(t, exitOK, status)
	assert.Contains(t, out, "良好关系")
	assert.Contains(t, out, "暂定")
	status, _, errs := call("", "-lang", "fr")
	assert.Equal(t, exitUsage, status)
	assert.Contains(t, errs, "en or zh")
}

func TestAssessStreams(t *testing.T) {
	in := "\uFEFF" + `{"id": "a", "answers": {"attractiveness": {"size": 8}}}` + "\n\n" +
		`{"id": "b", "walet": "1 EUR"}` + "\n" +
		`not json` + "\r\n" +
		`{"id": "c"}` // and no newline at the end
	status, out, errs := call(in, "assess", "-asof", "2026-11-24")
	assert.Equal(t, exitBad, status)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	require.Len(t, lines, 2)
	for i, id := range []string{"a", "c"} {
		var a kam.Assessment
		require.NoError(t, json.Unmarshal([]byte(lines[i]), &a))
		assert.Equal(t, id, a.Account)
		assert.Equal(t, "2026-11-24", a.AsOf.String())
	}
	assert.Regexp(t, `(?m)^kam: line 3: .*/walet`, errs)
	assert.Regexp(t, `(?m)^kam: line 4: `, errs)
	assert.Equal(t, 2, strings.Count(errs, "kam: line"))
}

func TestAssessAllGood(t *testing.T) {
	status, out, errs := call(`{"id": "a"}`+"\n", "assess")
	assert.Equal(t, exitOK, status)
	assert.Empty(t, errs)
	assert.Equal(t, 1, strings.Count(out, "\n"))
	status, out, _ = call("", "assess")
	assert.Equal(t, exitOK, status, "no accounts, no complaint")
	assert.Empty(t, out)
}

// A line that is too long is skipped without being kept, and the next is read.
func TestAssessLongLine(t *testing.T) {
	in := io.MultiReader(strings.NewReader(`{"id": "`), io.LimitReader(letters{}, maxFile+100), strings.NewReader("\"}\n{\"id\": \"b\"}\n"))
	var out, errs bytes.Buffer
	status := run([]string{"assess"}, in, &out, &errs)
	assert.Equal(t, exitBad, status)
	assert.Contains(t, errs.String(), "kam: line 1: ")
	assert.Contains(t, errs.String(), "expected <= 8388608 bytes")
	assert.Contains(t, out.String(), `"account":"b"`)
}

// letters is an endless reader.
type letters struct{}

func (letters) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// broken fails after its text.
type broken struct{ text *strings.Reader }

func (b broken) Read(p []byte) (int, error) {
	if n, err := b.text.Read(p); err == nil {
		return n, nil
	}
	return 0, errors.New("disk on fire")
}

func (broken) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestAssessBrokenPipes(t *testing.T) {
	var out, errs bytes.Buffer
	status := run([]string{"assess"}, broken{strings.NewReader("{\"id\": \"a\"}\n{\"id\"")}, &out, &errs)
	assert.Equal(t, exitBad, status)
	assert.Contains(t, errs.String(), "read line 2: disk on fire")
	assert.Contains(t, out.String(), `"account":"a"`, "what was good is kept")

	errs.Reset()
	assert.Equal(t, exitBad, run([]string{"assess"}, strings.NewReader(`{"id": "a"}`), broken{}, &errs))
	assert.Contains(t, errs.String(), "disk full")
	assert.Equal(t, exitBad, run(nil, strings.NewReader(""), broken{}, &errs))
}

func TestPolicyFile(t *testing.T) {
	status, out, _ := call("", "policy")
	require.Equal(t, exitOK, status)
	name := filepath.Join(t.TempDir(), "policy.json")
	require.NoError(t, os.WriteFile(name, []byte(out), 0o600))
	_, table, _ := call("")
	status, same, errs := call("", "-policy", name)
	require.Equal(t, exitOK, status, errs)
	assert.Equal(t, table, same, "the printed policy is the default policy")

	require.NoError(t, os.WriteFile(name, []byte(`{"name": "ours", "grid": {"strengthCut": 95}}`), 0o600))
	status, out, _ = call(`{"id": "a"}`, "assess", "-policy", name)
	assert.Equal(t, exitOK, status)
	assert.Contains(t, out, `"name":"ours"`)

	require.NoError(t, os.WriteFile(name, []byte(`{"name": "R&D <ours>", "grid": {"strengthCut": "95.0"}}`), 0o600))
	status, full, errs := call("", "policy", "-policy", name)
	require.Equal(t, exitOK, status, errs)
	assert.Contains(t, full, `"strengthCut": "95"`)
	assert.Contains(t, full, `"volume"`, "the defaults are filled in")
	assert.Empty(t, errs, "nothing deserves a look")
	_, digest, _ := call("", "policy", "-policy", name, "-digest")
	var compact bytes.Buffer
	require.NoError(t, json.Compact(&compact, []byte(full)))
	assert.Equal(t, fmt.Sprintf("%x\n", sha256.Sum256(compact.Bytes())), digest, "as METHOD says")
	_, out, _ = call(`{"id": "a"}`, "assess", "-policy", name)
	assert.Contains(t, out, strings.TrimSpace(digest))
	require.NoError(t, os.WriteFile(name, []byte(full), 0o600))
	_, again, _ := call("", "policy", "-policy", name, "-digest")
	assert.Equal(t, digest, again)

	require.NoError(t, os.WriteFile(name, []byte(`{"grid": {"strengthCut": "0"}}`), 0o600))
	status, _, errs = call("", "policy", "-policy", name)
	assert.Equal(t, exitOK, status, "a warning is no fault")
	_, _, zh := call("", "policy", "-policy", name, "-lang", "zh")
	assert.Contains(t, zh, "kam: 警告：/grid/strengthCut：凡已知的数值都满足此项：0")
	assert.Equal(t, "kam: warning: /name: this must be given: kam 1; expected a name of its own\n"+
		"kam: warning: /grid/strengthCut: every value that is known meets this: 0; expected > 0\n", errs)

	for text, want := range map[string]string{
		`{"grid": {"cut": 5}}`:           "/grid/cut",
		`{"grid": {"strengthCut": 101}}`: "/grid/strengthCut",
		"null":                           "expected object",
		strings.Repeat(" ", maxFile+1):   "more than 8388608 bytes",
	} {
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
		for _, command := range []string{"assess", "policy"} {
			status, _, errs = call("", command, "-policy", name)
			assert.Equal(t, exitBad, status)
			assert.Contains(t, errs, want)
		}
	}
	status, _, errs = call("", "assess", "-policy", name+".none")
	assert.Equal(t, exitBad, status)
	assert.Contains(t, errs, "read policy")
	status, _, _ = call("", "-policy", filepath.Dir(name))
	assert.Equal(t, exitBad, status, "a folder is no policy")
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{{"help"}, {"-h"}, {"assess", "-help"}, {"policy", "-h"}} {
		status, out, errs := call("", args...)
		assert.Equal(t, exitOK, status, args)
		assert.Contains(t, out, "Examples:")
		assert.Empty(t, errs)
	}
	for _, args := range [][]string{
		{"asess"}, {"assess", "file.jsonl"}, {"assess", "-asof", "yesterday"}, {"assess", "-asof", ""}, {"-x"}, {"policy", "-asof", "2026-01-01"},
	} {
		status, out, errs := call("", args...)
		assert.Equal(t, exitUsage, status, args)
		assert.Empty(t, out)
		assert.Contains(t, errs, "kam help")
	}
}

func TestProgress(t *testing.T) {
	var w bytes.Buffer
	p := newProgress(&w)
	p.step(100, 0)
	assert.Empty(t, w.String(), "not a terminal")
	p.terminal = true
	p.next = p.next.Add(-2 * progressEvery)
	p.step(99, 0)
	p.step(100, 1)
	p.step(200, 1)
	assert.Equal(t, "\r100 lines, 1 bad", w.String(), "once a second")
	p.report("kam: line %d: %s\n", 201, "bad")
	p.end()
	assert.Equal(t, "\r100 lines, 1 bad\nkam: line 201: bad\n", w.String())
}

func TestPortfolioReport(t *testing.T) {
	status, out, errs := call("", "portfolio")
	require.Equal(t, exitOK, status, errs)
	assert.Contains(t, out, "91 accounts as of 1998-04-30")
	assert.Regexp(t, `QUICK .*Key account .*\+loss \+revenue-share \+relationship \+potential`, out)
	assert.Regexp(t, `(?m)^Regular customer +\d+ `, out)
	for _, line := range strings.Split(out, "\n") {
		assert.LessOrEqual(t, width(line), 190)
	}
	status, out, _ = call("", "portfolio", "-lang", "zh", "-hours", "40")
	assert.Equal(t, exitOK, status)
	assert.Contains(t, out, "关键客户")
	assert.Contains(t, out, "loss：失去该客户会造成重大损失")
	assert.NotContains(t, out, "母公司", "no account of the sample has a parent")

	status, out, _ = call("", "portfolio", "-page", "-lang", "zh")
	assert.Equal(t, exitOK, status)
	assert.Contains(t, out, "# 客户组合\n")
	assert.Contains(t, out, "QUICK-Stop (QUICK)")

	status, out, _ = call("", "portfolio", "-json")
	assert.Equal(t, exitOK, status)
	var p struct {
		Members []struct{ Account string }
		Pyramid kam.Pyramid
		Time    kam.TimePlan
	}
	require.NoError(t, json.Unmarshal([]byte(out), &p))
	assert.Len(t, p.Members, 91)
	assert.Equal(t, "1000", p.Time.Budget.String())
	assert.Equal(t, 9, p.Pyramid.Places, "10 percent of 91 by largest remainder")
}

func TestPortfolioOfLines(t *testing.T) {
	in := "{\"id\": \"a\", \"overrides\": [{\"of\": \"tier\", \"value\": \"key\", \"by\": \"Ann\", \"why\": \"w\", \"on\": \"2026-01-01\", \"until\": \"2026-12-31\"}]}\n{\"id\": 1}\n{\"id\": \"b\", \"tier\": \"key\", \"judgements\": {\"served\": \"no\"}}\n"
	status, out, errs := call(in, "portfolio", "-in", "-", "-asof", "2026-11-24")
	assert.Equal(t, exitBad, status)
	assert.Contains(t, out, "2 accounts as of 2026-11-24")
	assert.Contains(t, out, "tier by override: a")
	assert.Contains(t, out, "do not pass: b")
	assert.Contains(t, errs, "kam: line 2: /id")
	name := filepath.Join(t.TempDir(), "accounts.jsonl")
	require.NoError(t, os.WriteFile(name, []byte("{\"id\": \"a\"}\n"), 0o600))
	status, out, _ = call("", "portfolio", "-in", name, "-json")
	assert.Equal(t, exitOK, status)
	assert.Contains(t, out, `"account": "a"`)
	for _, args := range [][]string{{"-in", name + ".none"}, {"-hours", "0.1"}} {
		status, _, errs = call("{\"id\": \"a\"}", append([]string{"portfolio"}, args...)...)
		assert.Equal(t, exitBad, status, args)
		assert.NotEmpty(t, errs)
	}
	status, _, errs = call("{\"id\": \"a\", \"wallet\": \"1 EUR\"}\n{\"id\": \"a\"}", "portfolio", "-in", "-")
	assert.Equal(t, exitBad, status)
	assert.Contains(t, errs, "given twice")
	year := `"sales": [{"from": "2025-11-01", "to": "2026-10-31", "revenue": "60 EUR"}]`
	lines := `{"id": "a", "parent": "x", ` + year + "}\n" + `{"id": "b", "parent": "x", ` + year + "}\n" + `{"id": "c", ` + year + "}\n"
	status, out, errs = call(lines, "portfolio", "-in", "-", "-asof", "2026-11-24")
	assert.Equal(t, exitOK, status, errs)
	assert.Contains(t, out, "by parents: 2 groups, the largest x with 2 accounts: 66.7%, top 3: 100.0%; HHI 5556")
	status, out, errs = call(lines+`{"id": "d", "parent": "d2"}`+"\n"+`{"id": "d2", "parent": "d"}`, "portfolio", "-in", "-", "-asof", "2026-11-24", "-json")
	assert.Equal(t, exitBad, status)
	assert.Contains(t, out, `"top": "x"`)
	assert.Regexp(t, `/members/\d/parent: this leads back to where it starts`, errs)
	status, out, errs = call("{\"id\": 1}", "portfolio", "-in", "-", "-asof", "2026-11-24")
	assert.Equal(t, exitBad, status)
	assert.Contains(t, out, "0 accounts as of 2026-11-24", "nobody is there to have the hours")
	assert.Contains(t, errs, "kam: line 1: /id")
}

// Each bad account is told with its line, and hides no other, wherever it stands.
func TestLinesOfBadAccounts(t *testing.T) {
	year := `"sales": [{"from": "2025-11-01", "to": "2026-10-31", "revenue": "%s"}]`
	lines := []string{
		"\uFEFF{\"id\": \"a\", " + fmt.Sprintf(year, "100 EUR") + "}", "", `{"name": "none"}`, `{"id": "a"}`, `{"id": "bad", "currency": "?"}`, "{\r",
		`{"id": "long", "name": "` + strings.Repeat("x", 5000) + `"}`, `{"id": "b", ` + fmt.Sprintf(year, "50 EUR") + "}",
	}
	for _, command := range []string{"", "risks", "portfolio"} {
		args := []string{"-in", "-", "-asof", "2026-11-24"}
		if command != "" {
			args = append([]string{command}, args...)
		}
		status, out, errs := call(strings.Join(lines, "\n"), args...)
		assert.Equal(t, exitBad, status)
		assert.Regexp(t, `(?m)^(\d \(1-2\) +|2 +)?b +`, out, command)
		var told []string
		for _, line := range strings.Split(strings.TrimSpace(errs), "\n") {
			told = append(told, strings.SplitN(line, ": ", 3)[1])
		}
		assert.Equal(t, []string{"line 3", "line 4", "line 5", "line 6", "line 7"}, told, "%q: %s", command, errs)
		assert.Contains(t, errs, `kam: line 4: account "a": /id: this is given twice, and left out; line 1 has it`)
	}
	// Amounts in no currency are left out where others are in one, whichever comes first.
	unnamed := `{"id": "c", ` + fmt.Sprintf(year, "9") + "}"
	named := strings.TrimPrefix(lines[0], "\uFEFF")
	for _, in := range []string{named + "\n" + unnamed, unnamed + "\n" + named} {
		status, out, errs := call(in, "portfolio", "-in", "-", "-asof", "2026-11-24")
		assert.Equal(t, exitBad, status)
		assert.Contains(t, out, "1 accounts as of 2026-11-24, revenue of twelve months 100.00 EUR")
		assert.Regexp(t, `^kam: line \d: rank account "c": /currency: this must be given; expected EUR\n$`, errs)
	}
}

// What is half of the last place goes to the even one, as everywhere.
func TestTablesRoundToEven(t *testing.T) {
	in := `{"id": "a", "parent": "p", "sales": [{"from": "2025-11-01", "to": "2026-10-31", "revenue": "100.005 EUR"}]}` + "\n" + `{"id": "b", "parent": "p"}`
	for _, args := range [][]string{{}, {"risks"}, {"portfolio"}} {
		_, out, errs := call(in, append(args, "-in", "-", "-asof", "2026-11-24")...)
		assert.Contains(t, out, "100.00", args)
		assert.NotContains(t, out, "100.01", args)
		assert.Empty(t, errs)
	}
	_, out, _ := call(`{"id": "a", "parent": "p"}`+"\n"+`{"id": "b", "parent": "p"}`, "portfolio", "-in", "-", "-asof", "2026-11-24")
	assert.NotContains(t, out, "by parents", "nobody knows what they have")
	_, out, _ = call("", "portfolio", "-most", "2")
	assert.Contains(t, out, "and 89 more")
	_, out, _ = call("", "portfolio", "-most", "0")
	assert.NotContains(t, out, " more\n")
}

// The sample can be assessed as one's own accounts are.
func TestSample(t *testing.T) {
	status, sample, errs := call("", "sample")
	require.Equal(t, exitOK, status, errs)
	assert.Equal(t, 91, strings.Count(sample, "\n"))
	name := filepath.Join(t.TempDir(), "sample.jsonl")
	require.NoError(t, os.WriteFile(name, []byte(sample), 0o600))
	_, want, _ := call("")
	status, got, errs := call("", "-in", name, "-asof", "1998-04-30")
	assert.Equal(t, exitOK, status, errs)
	assert.Equal(t, want, got)
	_, want, _ = call(sample, "assess", "-asof", "1998-04-30")
	status, got, _ = call("", "assess", "-in", name, "-asof", "1998-04-30")
	assert.Equal(t, exitOK, status)
	assert.Equal(t, want, got)
	status, _, errs = call("", "assess", "-in", name+".none")
	assert.Equal(t, exitBad, status)
	assert.Contains(t, errs, "read accounts")
	status, got, _ = call("", "version")
	assert.Equal(t, exitOK, status)
	assert.Regexp(t, `^kam \S+, model `+kam.ModelVersion+`, go\S+\n$`, got)
	for _, args := range [][]string{{"-policy", ""}, {"portfolio", "-hours", "-1"}, {"portfolio", "-page", "-json"}, {"portfolio", "-page", "-most", "3"}, {"-in", ""}, {"sample", "-in", name}} {
		status, _, errs = call("", args...)
		assert.Equal(t, exitUsage, status, args)
		assert.NotEmpty(t, errs)
	}
}

// Who stands elsewhere than on another day, and why, by what was known on each. What is bad is
// told once.
func TestPortfolioChanges(t *testing.T) {
	year := func(year int, revenue string) string {
		return fmt.Sprintf(`{"from": "%d-01-01", "to": "%d-12-31", "revenue": "%s EUR"}`, year, year, revenue)
	}
	lines := `{"id": "up", "name": "Up", "sales": [` + year(2024, "10") + "," + year(2025, "70") + "]}\n" +
		`{"id": "down", "sales": [` + year(2024, "90") + "," + year(2025, "30") + "]}\n" +
		"{\n" + `{"id": "down"}` + "\n" + `{"id": "bad", "currency": "?"}` + "\n"
	args := []string{"portfolio", "-in", "-", "-asof", "2026-01-31", "-before", "2025-01-31"}
	status, out, errs := call(lines, args...)
	assert.Equal(t, exitBad, status)
	assert.Equal(t, 1, strings.Count(errs, "line 3"), errs)
	assert.Equal(t, 1, strings.Count(errs, `"bad"`), errs)
	assert.Equal(t, 1, strings.Count(errs, "given twice"), errs)
	assert.Contains(t, out, "from 2025-01-31 to 2026-01-31: 2 accounts stand elsewhere\n")
	assert.Regexp(t, `(?m)^up +Up +ABC class +C +A *$`, out, "the smaller of two, and then the larger")
	assert.NotContains(t, out, "key account", "what stayed as it was")
	_, out, _ = call(lines, append(args, "-lang", "zh")...)
	assert.Contains(t, out, "2025-01-31 至 2026-01-31：2 个客户的位置有变化")
	status, out, _ = call(lines, append(args, "-json")...)
	assert.Equal(t, exitBad, status)
	var d kam.PortfolioDiff
	require.NoError(t, json.Unmarshal([]byte(out), &d))
	require.Len(t, d.Changed, 2)
	assert.Equal(t, kam.NewDate(2025, 1, 31), d.Before)
	// What is in no currency can be judged only where nothing of it is added.
	unnamed := `{"id": "late", "sales": [` + strings.Replace(year(2024, "5"), " EUR", "", 1) + "]}\n"
	status, out, errs = call(lines[:strings.Index(lines, "{\n")]+unnamed, args...)
	assert.Equal(t, exitBad, status)
	assert.Equal(t, 1, strings.Count(errs, "\n"), errs)
	assert.Contains(t, errs, `kam: line 3: rank account "late": /currency: `)
	assert.Contains(t, out, "3 accounts stand elsewhere\n")
	assert.Regexp(t, `(?m)^late +rank +\? +3 *$`, out)
	status, out, _ = call("", "portfolio", "-asof", "1998-04-29", "-before", "1998-04-28")
	assert.Equal(t, exitOK, status)
	assert.NotContains(t, out, "ACCOUNT", "of one day nothing changed, and there is no table")
	for _, day := range []string{"2026-01-31", "", "2026-02-30"} {
		status, _, errs = call(lines, "portfolio", "-in", "-", "-asof", "2026-01-31", "-before", day)
		assert.Equal(t, exitUsage, status, day)
		assert.Contains(t, errs, "before", day)
	}
	for _, flag := range []string{"-hours", "-most"} {
		status, _, errs = call(lines, append(args, flag, "3")...)
		assert.Equal(t, exitUsage, status, flag)
		assert.Contains(t, errs, "-before goes without", flag)
	}
	status, _, errs = call("", "portfolio", "-json", "-most", "3")
	assert.Equal(t, exitUsage, status)
	assert.Contains(t, errs, "goes without -most")
}

func TestRisks(t *testing.T) {
	status, out, errs := call("", "risks", "-most", "3")
	assert.Regexp(t, `(?m)^BLONP .* 5 \(3 high\) .*Our own work has hurt the relationship`, out, "three grave ones, by which it is the first")
	require.Equal(t, exitOK, status, errs)
	lines := strings.Split(out, "\n")
	assert.Contains(t, lines[0], "FIRST REASON")
	assert.Regexp(t, `^CENTC .* Revenue is falling \(Fall of the revenue, %: [0-9.]+\)$`, lines[3])
	assert.Empty(t, lines[4], "three accounts, then the note")
	_, out, _ = call("", "risks", "-lang", "zh", "-most", "1")
	assert.Contains(t, out, "5（高 3）")
	assert.Contains(t, out, "我方工作失误损害了关系")
	_, out, _ = call("", "risks", "-most", "0")
	assert.Equal(t, 1+89+1+1, strings.Count(out, "\n"), "the head, all accounts but two prospects, an empty line and the note")
	assert.NotContains(t, out, "PARIS", "who never bought")
	assert.Contains(t, out, "CENTC", "who bought before")

	in := `{"id": "calm", "judgements": {"trust-damaged": "no"}}` + "\n" + `{"id": 7}` + "\n" + `{"id": "sad", "judgements": {"trust-damaged": {"verdict": "yes", "on": "2026-01-02"}}}`
	status, out, errs = call(in, "risks", "-in", "-", "-asof", "2026-11-24", "-json")
	assert.Equal(t, exitBad, status)
	assert.Contains(t, errs, "line 2")
	lines = strings.Split(strings.TrimSpace(out), "\n")
	require.Len(t, lines, 2)
	var first struct {
		Account string
		Risks   kam.RiskReport
	}
	require.NoError(t, json.Unmarshal([]byte(lines[0]), &first))
	assert.Equal(t, "sad", first.Account, "the one at risk comes first")
	assert.Equal(t, kam.NewDate(2026, 1, 2), first.Risks.Findings[0].Since)
	status, _, errs = call("", "risks", "-hours", "3")
	assert.Equal(t, exitUsage, status, errs)
	for _, command := range []string{"risks", "portfolio"} {
		status, _, errs = call("", command, "-in", "")
		assert.Equal(t, exitUsage, status)
		assert.Contains(t, errs, "the name of the file of -in is empty")
	}
	_, out, _ = call(`{"id": "a\nb\tc", "name": "two\nlines"}`+"\n", "risks", "-in", "-")
	assert.Contains(t, out, "a b c")
	status, out, errs = call("", "risks", "-most", "-1")
	assert.Equal(t, exitUsage, status)
	assert.Contains(t, errs, "-most needs 0, for all, or more")
	assert.Empty(t, out)

	status, out, errs = call(`{"id": "a"}`+"\n"+`{"id": "b"}`+"\n"+`{"id": "a", "judgements": {"trust-damaged": "yes"}}`, "risks", "-in", "-", "-asof", "2026-11-24", "-json")
	assert.Equal(t, exitBad, status)
	assert.Equal(t, 2, strings.Count(out, "\n"), "each account once, as it came first")
	assert.NotContains(t, out, `"at-risk"`)
	assert.Equal(t, "kam: line 3: account \"a\": /id: this is given twice, and left out; line 1 has it\n", errs)
}
