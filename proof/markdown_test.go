package proof

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/cmd/kam/northwind"
)

// parse reads Markdown as the most permissive readers do: tables, bare links,
// struck text and task lists are live.
func parse(source string) ast.Node {
	return goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList)).Parser().Parse(text.NewReader([]byte(source)))
}

// shape lists the kinds of the nodes, without the text itself and its breaks.
func shape(t *testing.T, source string) []string {
	var kinds []string
	err := ast.Walk(parse(source), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && n.Kind() != ast.KindText && n.Kind() != ast.KindString {
			kinds = append(kinds, n.Kind().String())
		}
		return ast.WalkContinue, nil
	})
	require.NoError(t, err)
	return kinds
}

// read is the text that a reader sees in one table cell or paragraph.
func read(t *testing.T, source string) string {
	var b strings.Builder
	src := []byte(source)
	err := ast.Walk(parse(source), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if x, ok := n.(*ast.Text); ok && entering {
			b.Write(x.Segment.Value(src))
			if x.SoftLineBreak() || x.HardLineBreak() {
				b.WriteByte(' ')
			}
		}
		return ast.WalkContinue, nil
	})
	require.NoError(t, err)
	return b.String()
}

// fill puts one text into every string of a value.
func fill(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Pointer:
		if !v.IsNil() {
			fill(v.Elem(), text)
		}
	case reflect.Slice:
		for i := range v.Len() {
			fill(v.Index(i), text)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), text)
			}
		}
	}
}

var hostile = []string{
	"<script>alert(1)</script>", "<!-- hidden", "</td></tr>", "&lt;b&gt; &#60;i&#62;", "|", "a | b |\n|---|---|\n| c | d |", "](javascript:alert(1))",
	"[x](javascript:alert(1))", "![x](http://evil.example/y.png)", "<http://evil.example>", "http://evil.example/", "www.evil.example", "HTTPS://EVIL.example",
	"mailto:a@evil.example", "a@evil.example", "[ref]: http://evil.example", "[ref]", "[^1]: note", "# heading", "text\n# heading", "text\n===", "text\n---", "---", "***", "- item", "+ item", "* item",
	"1. item", "1) item", "text\n\n1. item", "> quote", "    code", "\tcode", "```\ncode", "~~~", "`code`", "*a* **b** _c_ __d__ ~~e~~", "- [ ] task", "term\n: definition",
	"\u202Egnp.exe", "a\u200Bb\uFEFF", "a\u2066b\u2069", "line\r\nline", "line\u2028line\u0085line", "back\\slash", "\\", "trailing\\\nnext", "\x00\x01\x1b[31m", "\xff\xfe", "  spaces   within  ", "$x$ :smile: ^a^ ==b==", "{{.}} {% x %}", "关键客户|《客户》",
	"\u3000-\u3000item", "\u00a0-\u00a0item", "text\u2028-\u3000item", "text\u2028-\u2028more", "text\u2028\u3000-\u3000\u3000-\u3000\u3000-\u3000", "term\n\u3000: definition",
	"see www.", "(www. x", "WWW.", "一、- 项", "1\u3000. 项", "１. item", "a\n\n\n- b", "é- x", "-é", "x\n1\u00a0) y",
}

// No text of a plan, wherever it stands, makes anything but text.
func TestHostileTextIsInert(t *testing.T) {
	plain, err := northwind.Plan(2)
	require.NoError(t, err)
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	account, err := northwind.Account(northwind.PlanAccount)
	require.NoError(t, err)
	progress := func(text string) kam.PlanProgress {
		x, err := engine.Progress(plain, account, northwind.AsOf)
		require.NoError(t, err)
		fill(reflect.ValueOf(&x).Elem(), text)
		return x
	}
	x, others := progress("x"), make([]kam.PlanProgress, len(hostile))
	for i, s := range hostile {
		others[i] = progress(s)
	}
	fill(reflect.ValueOf(&plain).Elem(), "x")
	for _, lang := range []kam.Language{kam.English, kam.Chinese} {
		want := shape(t, plain.Markdown(lang))
		assert.Contains(t, want, "Table")
		review := shape(t, plain.ProgressMarkdown(x, lang))
		assert.Contains(t, review, "Table")
		for i, s := range hostile {
			p, err := northwind.Plan(2)
			require.NoError(t, err)
			fill(reflect.ValueOf(&p).Elem(), s)
			assert.Equal(t, want, shape(t, p.Markdown(lang)), "%q", s)
			assert.Equal(t, review, shape(t, p.ProgressMarkdown(others[i], lang)), "%q", s)
		}
	}
}

// What is shown is what was written, but for white space and what cannot be
// seen.
func TestTextIsShownWhole(t *testing.T) {
	for _, s := range hostile {
		if !utf8.ValidString(s) || strings.ContainsAny(s, "\u202E\u200B\u2066\x00") {
			continue
		}
		p := kam.Plan{Summary: kam.Summary{Purpose: s}}
		source := p.Markdown(kam.English)
		_, after, _ := strings.Cut(source, "Executive summary\n\n")
		body, _, _ := strings.Cut(after, "\n\n## ")
		want := strings.Join(strings.Fields(s), " ")
		got := strings.Join(strings.Fields(unescape(read(t, body))), " ")
		assert.Equal(t, want, got, "%q", s)
	}
	p := kam.Plan{Summary: kam.Summary{Purpose: "a\u202Eb"}}
	assert.Contains(t, unescape(p.Markdown(kam.English)), "a[U+202E]b", "what cannot be seen is shown by its number")
}

// unescape takes the backslashes off that the parser leaves in the source.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", s[i+1]) >= 0 {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// A text of a megabyte costs no more than its length.
func TestLongTextIsInert(t *testing.T) {
	for _, letter := range []string{"a", "|", "[", "<", "\n", "\u202E", "-", "`", "关"} {
		long := strings.Repeat(letter, 1<<20)
		p := kam.Plan{Account: long, Actions: []kam.Action{{ID: long, Text: long}}}
		source := p.Markdown(kam.English)
		assert.Less(t, len(source), 40*len(long)+1<<16, "%q", letter)
	}
	short := kam.Plan{Account: "a", Actions: []kam.Action{{ID: "a", Text: "a"}}}
	long := strings.Repeat("a", 1<<20)
	p := kam.Plan{Account: long, Actions: []kam.Action{{ID: long, Text: long}}}
	assert.Equal(t, shape(t, short.Markdown(kam.English)), shape(t, p.Markdown(kam.English)))
}

// The page of an assessment says all that the assessment says, and its points add up.
func TestAssessmentPageIsWhole(t *testing.T) {
	policy := kam.DefaultPolicy()
	policy.Risks.Index = &kam.Scorecard{ID: "index", Factors: []kam.Factor{
		{ID: string(kam.RiskRevenueFalling), Weight: kam.Int(40)}, {ID: string(kam.RiskTrustDamaged), Weight: kam.Int(60)},
	}}
	engine, err := kam.Compile(policy)
	require.NoError(t, err)
	checks := map[kam.RiskID]kam.Text{}
	for _, info := range kam.RiskChecks() {
		checks[info.ID] = info.Name
	}
	less := map[string]bool{} // is better
	for _, card := range []kam.Scorecard{engine.Policy().Selection, engine.Policy().Potential, engine.Policy().Attractiveness, engine.Policy().Strength} {
		for _, f := range card.Factors {
			less[card.ID+"/"+f.ID] = f.LowerIsBetter
			for _, q := range f.Questions {
				less[card.ID+"/"+q.ID] = q.LowerIsBetter
			}
		}
	}
	require.True(t, less["attractiveness/competition"])
	pages := 0
	for account, err := range northwind.Accounts() {
		require.NoError(t, err)
		account.Overrides = append(account.Overrides,
			kam.Override{Of: "cell", Value: "key", By: "Ann", Why: "a friend of the house", On: northwind.AsOf, Until: northwind.AsOf},
			kam.Override{Of: "selection", Value: "77.25", By: "Ann", Why: "as was agreed", On: northwind.AsOf, Until: northwind.AsOf})
		a, err := engine.Assess(account, northwind.AsOf)
		require.NoError(t, err)
		for _, lang := range []kam.Language{kam.English, kam.Chinese} {
			page := unescape(engine.Markdown(kam.Account{}, a, lang))
			pages++
			says := func(texts ...string) {
				t.Helper()
				for _, s := range texts {
					require.Contains(t, page, s, a.Account)
				}
			}
			require.NotContains(t, page, "| key |", "no word of a program")
			says(a.Account, strings.Join(strings.Fields(a.Name), " "), a.AsOf.String(), a.Policy.Digest, "a friend of the house", "| 77.25 | ", a.StageInForce().Label().In(lang), kam.CellKey.Label().In(lang))
			for _, s := range []*kam.Score{&a.Selection, &a.Potential, &a.Attractiveness, &a.Strength, a.Risks.Index} {
				var sum kam.Number
				name := func(id string) string { return engine.Label(kam.Evidence(s.Scorecard + "/" + id)).In(lang) }
				if s == a.Risks.Index { // whose factors are checks
					name = func(id string) string { return checks[kam.RiskID(id)].In(lang) }
				}
				for _, c := range s.Contributions {
					row := "| " + name(c.Factor)
					if less[s.Scorecard+"/"+c.Factor] {
						row += kam.Text{EN: " (less is better)", ZH: "（越低越好）"}.In(lang)
					}
					row += " | " + c.Weight.String() + " | "
					if c.Rating != nil && c.Points != nil {
						row += c.Rating.String() + " | " + c.Points.String() + " |"
						sum = kam.Dec(units(sum)+units(*c.Points), 4)
					}
					says(row)
				}
				if s.Points != nil {
					require.Equal(t, *s.Points, sum)
					says("| " + sum.String() + " |")
				}
				for _, id := range s.Missing {
					says("- " + name(id))
				}
			}
			for _, r := range a.Signals.Readings {
				says(r.Signal.Label().In(lang))
			}
			found := slices.Concat(a.Stage.For, a.Stage.Against)
			for _, r := range a.Risks.Findings {
				says("| "+r.Name.In(lang)+" | "+r.Outcome.Label().In(lang)+" | ", r.Remedy.In(lang))
				found = append(found, r.Evidence...)
			}
			for _, r := range a.Risks.Unknown {
				says("| "+r.Name.In(lang)+" | ", r.Ask.In(lang))
				for _, fact := range r.Needs {
					says(engine.Label(kam.Evidence(fact)).In(lang))
				}
			}
			for _, info := range kam.RiskChecks() {
				if slices.Contains(a.Risks.Clear, info.ID) {
					says("- " + info.Name.In(lang) + "\n")
				}
			}
			for _, m := range a.Strategy {
				if strings.HasPrefix(m.ID, "cell-") { // the one that is in force
					says("| " + kam.CellKey.Strategy().In(lang) + " | ")
					continue
				}
				says(m.Text.In(lang))
				found = append(found, m.Evidence...)
			}
			for _, p := range []*kam.Path{a.Stage.Better, a.Stage.Danger} {
				if p != nil {
					for _, c := range p.Changes {
						says("- " + c.In(lang))
					}
				}
			}
			for _, f := range found {
				if name, rest, ok := strings.Cut(f.In(lang), f.Value); ok && f.Value != "" && !strings.Contains(page, f.In(lang)) { // an amount, in its currency and with commas
					require.Contains(t, []kam.Evidence{"revenue", "revenue-before", "gross-margin", "contribution", "contribution-before"}, f.Evidence)
					require.Contains(t, strings.ReplaceAll(page, ",", ""), strings.ReplaceAll(name+f.Value, ",", ""))
					says(a.Signals.Currency + rest)
					continue
				}
				says(f.In(lang))
			}
			for _, e := range a.Stage.Unknown {
				says(engine.Label(e).In(lang) + "\n")
			}
			require.NotContains(t, page, "%!", "no format that misses its value")
		}
	}
	require.Equal(t, 182, pages)
}

// No text of an assessment makes anything but text.
func TestHostileAssessmentIsInert(t *testing.T) {
	engine, err := kam.Compile(kam.DefaultPolicy())
	require.NoError(t, err)
	made := func(text string) kam.Assessment {
		for account, err := range northwind.Accounts() {
			require.NoError(t, err)
			if account.ID == "BLONP" {
				account.Overrides = append(account.Overrides, kam.Override{Of: "cell", Value: "key", By: "Ann", Why: "so", On: northwind.AsOf, Until: northwind.AsOf})
				a, err := engine.Assess(account, northwind.AsOf)
				require.NoError(t, err)
				fill(reflect.ValueOf(&a).Elem(), text)
				return a
			}
		}
		panic("no such account")
	}
	changes := func(text string) kam.AssessmentDiff {
		d := kam.AssessmentDiff{
			Scores: []kam.ScoreDiff{{Factors: []kam.FactorDiff{{}, {}}}}, Stage: &kam.StageDiff{Evidence: []kam.EvidenceDiff{{}}}, Cell: &kam.CellDiff{},
			Risks: []kam.RiskChange{{}}, Signals: []kam.SignalDiff{{}},
		}
		fill(reflect.ValueOf(&d).Elem(), text)
		return d
	}
	portfolio := func(text string) *kam.Portfolio {
		p := &kam.Portfolio{
			Members: []kam.Member{{Account: "a", Tier: kam.TierKey, Tests: []kam.TestResult{{Passed: kam.Yes}}}}, Revenue: kam.Total{Accounts: 1},
			Pyramid: kam.Pyramid{Lapsed: []string{"a"}}, RevenueConcentration: kam.Concentration{Accounts: 1},
		}
		fill(reflect.ValueOf(p).Elem(), text)
		return p
	}
	for _, lang := range []kam.Language{kam.English, kam.Chinese} {
		want := shape(t, portfolio("x").Markdown(lang))
		assert.Contains(t, want, "Table")
		for _, s := range hostile {
			assert.Equal(t, want, shape(t, portfolio(s).Markdown(lang)), "%q", s)
		}
		want = shape(t, engine.Markdown(kam.Account{}, made("x"), lang))
		assert.Contains(t, want, "Table")
		for _, s := range hostile {
			assert.Equal(t, want, shape(t, engine.Markdown(kam.Account{}, made(s), lang)), "%q", s)
		}
		want = shape(t, engine.DiffMarkdown(changes("x"), lang))
		assert.Contains(t, want, "Table")
		for _, s := range hostile {
			assert.Equal(t, want, shape(t, engine.DiffMarkdown(changes(s), lang)), "%q", s)
		}
	}
	nothing := (&kam.Engine{}).Markdown(kam.Account{}, kam.Assessment{}, kam.English)
	assert.NotContains(t, nothing, "Policy")
	assert.NotContains(t, nothing, "Assessed on")
	assert.NotContains(t, nothing, "## Scores")
	assert.NotEmpty(t, (*kam.Engine)(nil).Markdown(kam.Account{}, made("x"), kam.Chinese))
}
