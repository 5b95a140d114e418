package questions_test

import (
	"encoding/json"
	"flag"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/questions"
)

var update = flag.Bool("update", false, "write the golden files anew")

func load(t testing.TB) *questions.Bank {
	bank, err := questions.Load()
	require.NoError(t, err)
	return bank
}

// texts yields every text of the bank with its place.
func texts(bank *questions.Bank) map[string]questions.Text {
	out := map[string]questions.Text{}
	for q := range bank.All() {
		out[q.ID+"/text"], out[q.ID+"/help"], out[q.ID+"/why"] = q.Text, q.Help, q.Why
		for _, a := range q.Anchors {
			out[q.ID+"/anchors/"+a.At.String()] = a.Text
		}
		for _, o := range q.Options {
			out[q.ID+"/options/"+o.ID] = o.Text
		}
	}
	for _, id := range noteIDs {
		text, _ := bank.Note(id)
		out["note/"+id] = text
	}
	return out
}

// noteIDs are the notes that the package or its callers read.
var noteIDs = []string{
	"title-account", "title-form", "title-role", "title-style", "form-intro", "form-by", "form-on", "form-answers", "form-value",
	"form-confidence", "form-note", "verdict-yes", "verdict-no", "verdict-unknown", "role-notice", "style-intro", "style-notice", "style-consistency",
	"style-take-it-or-leave-it", "style-people-oriented", "style-push-the-product", "style-sales-technique", "style-solution-oriented",
}

var placeholder = regexp.MustCompile(`\{[^}]*\}`)

// Both languages are complete, and each is what it says.
func TestLanguagesAreComplete(t *testing.T) {
	bank := load(t)
	assert.Empty(t, bank.Missing("en"))
	assert.Empty(t, bank.Missing("zh"))
	assert.NotEmpty(t, bank.Missing("fr"), "the test can fail")
	all := texts(bank)
	require.Greater(t, len(all), 600)
	for at, text := range all {
		assert.ElementsMatch(t, []kam.Language{"en", "zh"}, slices.Collect(maps.Keys(text)), at)
		en, zh := text["en"], text["zh"]
		assert.False(t, strings.ContainsFunc(en, func(c rune) bool { return c > 127 }), "%s: English is plain ASCII: %s", at, en)
		assert.True(t, strings.ContainsFunc(zh, func(c rune) bool { return unicode.Is(unicode.Han, c) }), "%s has no Han: %s", at, zh)
		assert.NotRegexp(t, `[,;:?!()"]`, zh, "%s: Chinese has its own marks", at)
		assert.NotRegexp(t, `\s{2}|^\s|\s$`, en+"|"+zh, at)
		assert.Equal(t, placeholder.FindAllString(en, -1), placeholder.FindAllString(zh, -1), at)
		assert.Equal(t, strings.HasSuffix(en, "?"), strings.HasSuffix(zh, "？"), "%s: a question in one language is one in the other", at)
	}
}

// A question fits the label of a form; help and anchors have more room.
func TestTextsFit(t *testing.T) {
	for at, text := range texts(load(t)) {
		en, zh := 200, 80
		switch {
		case strings.HasSuffix(at, "/text"), strings.HasPrefix(at, "note/form-value"), strings.Contains(at, "/options/"):
			en, zh = 90, 36
		case strings.HasPrefix(at, "note/style-"), at == "note/form-intro":
			en, zh = 400, 150
		}
		assert.LessOrEqual(t, utf8.RuneCountInString(text["en"]), en, "%s: %s", at, text["en"])
		assert.LessOrEqual(t, utf8.RuneCountInString(text["zh"]), zh, "%s: %s", at, text["zh"])
	}
}

// No two questions ask the same, and no anchor stands twice in one question.
func TestTextsDiffer(t *testing.T) {
	for _, lang := range []kam.Language{"en", "zh"} {
		seen := map[string]string{}
		for q := range load(t).All() {
			text := q.Text[lang]
			assert.Empty(t, seen[text], "%s asks what %s asks", q.ID, seen[text])
			seen[text] = q.ID
			anchors := map[string]bool{}
			for _, a := range q.Anchors {
				assert.False(t, anchors[a.Text[lang]], "%s: %s", q.ID, a.Text[lang])
				anchors[a.Text[lang]] = true
			}
		}
	}
}

// A rating has anchors at the ends and in the middle, in words that can be
// observed, and every question says how to answer it and why.
func TestQuestionsAreWhole(t *testing.T) {
	vague := regexp.MustCompile(`(?i)^(very )?(low|medium|high|good|bad|average|poor|excellent)\.?$|^(很)?(低|中|高|好|差|一般)。?$`)
	for q := range load(t).All() {
		assert.NotEmpty(t, q.Sources, q.ID)
		assert.NotEmpty(t, q.Help, q.ID)
		assert.NotEmpty(t, q.Why, q.ID)
		if q.Kind != questions.Rating {
			continue
		}
		if q.Targets[0].Factor == "" {
			assert.Empty(t, q.Anchors, "%s: the customer's own figure is no rating of ours", q.ID)
			continue
		}
		assert.NotRegexp(t, `^(Do|Does|Is|Are|Have|Has|Whom?)\b|, whom`, q.Text["en"], "%s: a rating asks how much", q.ID)
		assert.NotRegexp(t, `是否|是不是|经理能否|选谁`, q.Text["zh"], "%s: a rating asks how much", q.ID)
		at := []string{"0", "5", "10"}
		if slices.Contains(q.Sources, "S17") {
			at = []string{"1", "2", "3", "4", "5"}
		}
		var got []string
		for _, a := range q.Anchors {
			got = append(got, a.At.String())
			assert.NotRegexp(t, vague, a.Text["en"], q.ID)
			assert.NotRegexp(t, vague, a.Text["zh"], q.ID)
			if len(at) == 3 {
				assert.GreaterOrEqual(t, len(strings.Fields(a.Text["en"])), 4, "%s: %s", q.ID, a.Text["en"])
			}
		}
		assert.Equal(t, at, got, q.ID)
	}
}

// A number in one language is the number in the other.
func TestNumbersAgree(t *testing.T) {
	number := regexp.MustCompile(`\d+(\.\d+)?`)
	found := 0
	for at, text := range texts(load(t)) {
		en, zh := number.FindAllString(text["en"], -1), number.FindAllString(text["zh"], -1)
		found += len(en)
		assert.ElementsMatch(t, en, zh, "%s: %s / %s", at, text["en"], text["zh"])
	}
	assert.Greater(t, found, 25)
}

// 以上 includes the number before it, and "more than" does not.
func TestMoreThan(t *testing.T) {
	for at, text := range texts(load(t)) {
		if strings.Contains(text["zh"], "以上") {
			assert.NotRegexp(t, `(?i)\b(more than|over [0-9a-z]+ (%|years|weeks|months)|above [0-9])`, text["en"], "%s: %s", at, text["zh"])
		}
	}
}

// Where an anchor names a number that a band of the same factor reads, they
// rate alike: the anchor of 0 and of 10 lie in the bands of these ratings, and
// that of 5 lies on the edge between the bands of 4 and 6, or in one of 5.
func TestAnchorsAgreeWithBands(t *testing.T) {
	tests := []struct {
		question, card, factor string
		at                     int
		says                   string
		value, below           kam.Number // the number, and one just under it
	}{
		{"account-margin", "potential", "account-margin", 0, "above revenue", kam.Dec(-1, 1), kam.Int(-50)},
		{"account-margin", "potential", "account-margin", 5, "20 %", kam.Int(20), kam.Dec(199, 1)},
		{"account-margin", "attractiveness", "profitability", 10, "40 %", kam.Int(40), kam.Int(40)},
		{"purchase-frequency", "strength", "purchase-frequency", 0, "No order", kam.Int(0), kam.Int(0)},
		{"purchase-frequency", "strength", "purchase-frequency", 5, "Five or six", kam.Int(6), kam.Int(5)},
		{"purchase-frequency", "strength", "purchase-frequency", 10, "Two orders a month", kam.Int(24), kam.Int(24)},
		{"personal-ties", "strength", "personal-ties", 5, "One decider", kam.Int(1), kam.Int(1)},
		{"company-ties", "strength", "company-ties", 0, "No department", kam.Int(0), kam.Int(0)},
		{"company-ties", "strength", "company-ties", 5, "Two or three", kam.Int(3), kam.Int(2)},
		{"range", "strength", "range", 0, "Nothing", kam.Int(0), kam.Int(0)},
		{"service-quality", "strength", "service-quality", 0, "Less than 70 %", kam.Dec(699, 1), kam.Int(0)},
		{"service-quality", "strength", "service-quality", 5, "90 %", kam.Int(90), kam.Dec(899, 1)},
		{"service-quality", "strength", "service-quality", 10, "99 %", kam.Int(99), kam.Int(99)},
	}
	for _, tt := range tests {
		q, ok := load(t).Question(tt.question)
		require.True(t, ok)
		for _, a := range q.Anchors {
			if a.At == kam.Int(tt.at) {
				assert.Contains(t, a.Text["en"], tt.says, tt.question)
			}
		}
		var mean int64
		for _, v := range []kam.Number{tt.value, tt.below} {
			rating := bandOf(t, tt.card, tt.factor, v)
			mean += rating.Decimal().IntPart()
		}
		assert.Equal(t, int64(2*tt.at), mean, "%s at %d", tt.question, tt.at)
	}
}

func bandOf(t *testing.T, card, factor string, value kam.Number) kam.Number {
	for _, c := range cards() {
		for _, f := range c.Factors {
			for _, leaf := range append(f.Questions, f) {
				if c.ID != card || leaf.ID != factor {
					continue
				}
				for _, b := range leaf.Bands {
					if (b.From == nil || value.Cmp(*b.From) >= 0) && (b.To == nil || value.Cmp(*b.To) < 0) {
						return b.Rating
					}
				}
			}
		}
	}
	require.Fail(t, "no band", "%s/%s", card, factor)
	return kam.Number{}
}

type glossary struct {
	Terms []struct {
		EN    string   `json:"en"`
		Forms []string `json:"forms"`
		ZH    string   `json:"zh"`
		Both  bool     `json:"both"`
	} `json:"terms"`
	Avoid map[string][]string `json:"avoid"`
}

// One term, one meaning, in both languages.
func TestGlossary(t *testing.T) {
	data, err := os.ReadFile("glossary.json")
	require.NoError(t, err)
	var g glossary
	require.NoError(t, json.Unmarshal(data, &g))
	seen := map[string]bool{}
	all := texts(load(t))
	for _, term := range g.Terms {
		assert.False(t, seen[term.EN] || seen[term.ZH], "%s has two meanings", term.EN)
		seen[term.EN], seen[term.ZH] = true, true
		word := wordOf(term.Forms...)
		used := 0
		for at, text := range all {
			en, zh := word.MatchString(placeholder.ReplaceAllString(text["en"], "")), strings.Contains(text["zh"], term.ZH)
			if en {
				used++
				assert.True(t, zh, "%s: %q and no %q: %s / %s", at, term.EN, term.ZH, text["en"], text["zh"])
			}
			if zh && term.Both {
				assert.True(t, en, "%s: %q and no %q: %s / %s", at, term.ZH, term.EN, text["zh"], text["en"])
			}
		}
		assert.NotZero(t, used, "%s is not used: take it out", term.EN)
	}
	for _, text := range all {
		assert.NotRegexp(t, wordOf(g.Avoid["en"]...), text["en"])
		for _, w := range g.Avoid["zh"] {
			assert.NotContains(t, text["zh"], w)
		}
	}
}

func wordOf(forms ...string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(` + strings.Join(forms, "|") + `)\b`)
}

// evidence are the judgements that something reads: the stage rules, the
// tests of a key account, and the checks of failure.
func evidence() []kam.Evidence {
	out := []kam.Evidence{
		kam.EvidenceInterest, kam.EvidenceStrategic, kam.EvidencePrioritiesShared, kam.EvidenceInformation, kam.EvidenceTrustDamaged,
		kam.EvidenceKnownAsKey, kam.EvidenceMarketShift, kam.EvidenceNeedEnding, kam.EvidenceManagerSkilled, kam.EvidenceManagerTime,
		kam.EvidenceInternalSupport, kam.EvidenceFinanciallySound, kam.EvidencePricePressure,
	}
	for _, r := range kam.DefaultStageRules().Rules {
		for _, cl := range r.All {
			for _, c := range cl.Any {
				if c.Is != kam.VerdictUnknown && !slices.Contains(out, c.Evidence) {
					out = append(out, c.Evidence)
				}
			}
		}
	}
	return out
}

// otherFacts are facts that no signal needs: fields of the account and of the
// opportunity.
var otherFacts = []string{
	"customerSince",
	"segment", "place", "tier", "stages/recorded", "stages/customer", "sales/deliveries", "sales/units", "efforts/hours", "efforts/money", "plannedHours",
	"contacts/until", "contacts/since", "contacts/attitude", "contacts/owner", "contacts/influence",
	"opportunity/volume", "opportunity/confidence", "opportunity/rivals", "opportunity/winnable", "opportunity/margin", "opportunity/target", "opportunity/standard",
	"managers", "incidents", "satisfaction", "walletBefore", "standardMargin", "peers/complaints", "peers/orders",
	"activities/review", "activities/plan", "activities/idea", "activities/senior-visit",
}

// Each fact is a field of the account or of the opportunity, by its JSON name.
func TestFactsAreFields(t *testing.T) {
	fields := func(v any) map[string]reflect.Type {
		out := map[string]reflect.Type{}
		for _, f := range reflect.VisibleFields(reflect.TypeOf(v)) {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			out[name] = f.Type
		}
		return out
	}
	account := fields(kam.Account{})
	account["opportunity"] = reflect.TypeFor[kam.Opportunity]()
	for q := range load(t).All() {
		for _, target := range q.Targets {
			first, second, nested := strings.Cut(target.Fact, "/")
			if target.Fact == "" {
				continue
			}
			typ, ok := account[first]
			assert.True(t, ok, "%s: the account has no %s", q.ID, first)
			if !nested || first == "stages" {
				continue // recorded and customer are views
			}
			if first == "activities" {
				assert.Contains(t, kam.ActivityKind(0).Values(), second, q.ID)
				continue
			}
			for typ.Kind() == reflect.Slice || typ.Kind() == reflect.Pointer {
				typ = typ.Elem()
			}
			assert.Contains(t, fields(reflect.Zero(typ).Interface()), second, q.ID)
		}
	}
}

// What a check of failure says that it needs is asked for, by a question that
// names the check; the needs are read from the checks' own code, too.
func TestChecksAreServed(t *testing.T) {
	bank := load(t)
	serves := func(need string, check kam.RiskID) bool {
		for q := range bank.All() {
			if check != "" && !slices.Contains(q.Checks, check) {
				continue
			}
			for _, target := range q.Targets {
				if target.Fact == need || strings.HasPrefix(target.Fact, need+"/") || "judgements/"+string(target.Evidence) == need {
					return true
				}
			}
		}
		return false
	}
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	a, err := engine.Assess(kam.Account{ID: "x"}, asOf)
	require.NoError(t, err)
	require.Greater(t, len(a.Risks.Unknown), 30)
	for _, r := range a.Risks.Unknown {
		for _, need := range r.Needs {
			assert.True(t, serves(need, r.Check), "%s needs %s", r.Check, need)
		}
	}
	sources, err := filepath.Glob("../risk*.go")
	require.NoError(t, err)
	found := 0
	for _, name := range sources {
		code, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, call := range regexp.MustCompile(`c\.needs\(([^)]*)\)`).FindAllStringSubmatch(string(code), -1) {
			for _, need := range regexp.MustCompile(`"([^"]+)"`).FindAllStringSubmatch(call[1], -1) {
				if found++; !strings.HasSuffix(need[1], "/") { // what comes after is computed
					assert.True(t, serves(need[1], ""), "%s: a check needs %s", name, need[1])
				}
			}
		}
	}
	assert.Greater(t, found, 20)
}

func cards() []kam.Scorecard {
	p := kam.DefaultPolicy()
	sale, customer := kam.SellingStyleScorecards()
	return []kam.Scorecard{p.Selection, p.Potential, p.Attractiveness, p.Strength, kam.RoleScorecard(), sale, customer}
}

// Every factor, every piece of evidence, every fact that a signal needs and
// every check has a question; and no question feeds nothing.
func TestCoverage(t *testing.T) {
	bank := load(t)
	wanted := map[questions.Target]bool{} // and whether it must be a rating
	for _, card := range cards() {
		for _, f := range card.Factors {
			for _, leaf := range append(f.Questions, f) {
				if len(leaf.Questions) == 0 {
					wanted[questions.Target{Scorecard: card.ID, Factor: leaf.ID}] = true
				}
			}
		}
	}
	for _, e := range evidence() {
		wanted[questions.Target{Evidence: e}] = false
	}
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	a, err := engine.Assess(kam.Account{ID: "x"}, asOf)
	require.NoError(t, err)
	for _, r := range a.Signals.Readings {
		wanted[questions.Target{Fact: r.Needs}] = false
	}
	for _, f := range otherFacts {
		wanted[questions.Target{Fact: f}] = false
	}
	asked, checked := map[questions.Target]bool{}, map[kam.RiskID]bool{}
	for q := range bank.All() {
		assert.NotEmpty(t, len(q.Targets)+len(q.Checks), "%s feeds nothing", q.ID)
		for _, target := range q.Targets {
			mustRate, known := wanted[target]
			assert.True(t, known, "%s feeds %v, which nothing reads", q.ID, target)
			asked[target] = asked[target] || !mustRate || q.Kind == questions.Rating
			if target.Evidence != "" {
				assert.Equal(t, questions.YesNo, q.Kind, "%s: a judgement is yes or no", q.ID)
			}
		}
		for _, c := range q.Checks {
			assert.True(t, slices.ContainsFunc(kam.RiskChecks(), func(r kam.RiskInfo) bool { return r.ID == c }), "%s: no check %s", q.ID, c)
			checked[c] = true
		}
	}
	for target := range wanted {
		assert.True(t, asked[target], "nothing asks for %v", target)
	}
	for _, c := range kam.RiskChecks() {
		assert.True(t, checked[c.ID], "nothing asks for what %s does not know", c.ID)
	}
	assert.Len(t, wanted, 18+8+6+9+22+24+11+1+11+16+len(otherFacts), "factors, evidence, facts of signals and others")
}

// The ids are a contract: a line of this file is never taken away or changed.
// A question that is no longer asked keeps its line.
func TestIDsAreStable(t *testing.T) {
	var ids []string
	bank := load(t)
	for q := range bank.All() {
		ids = append(ids, q.ID+" "+q.Kind.String())
		for _, o := range q.Options {
			ids = append(ids, q.ID+" option "+o.ID)
		}
	}
	slices.Sort(ids)
	text := strings.Join(ids, "\n") + "\n"
	if *update {
		require.NoError(t, os.WriteFile("testdata/ids.txt", []byte(text), 0o644))
	}
	golden, err := os.ReadFile("testdata/ids.txt")
	require.NoError(t, err)
	assert.Equal(t, string(golden), text)
	assert.Equal(t, 1, bank.Edition())
}

// A program that imports kam alone does not carry the texts.
func TestKamDoesNotCarryTheTexts(t *testing.T) {
	if testing.Short() {
		t.Skip("builds two programs")
	}
	build := func(imports string) string {
		dir, err := os.MkdirTemp("..", "size-")
		require.NoError(t, err)
		t.Cleanup(func() { os.RemoveAll(dir) })
		program := "package main\n\nimport (\n" + imports + ")\n"
		require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte(program), 0o600))
		out, err := exec.Command("go", "build", "-o", filepath.Join(dir, "program"), dir).CombinedOutput()
		require.NoError(t, err, string(out))
		data, err := os.ReadFile(filepath.Join(dir, "program"))
		require.NoError(t, err)
		return string(data)
	}
	alone := build("\t\"fmt\"\n\n\t\"github.com/kam-go/kam\"\n)\n\nfunc main() { fmt.Println(kam.Compile(kam.Policy{}))\n\tfmt.Println(kam.RoleRules{}.Review(nil, nil))\n\tfmt.Println(kam.PlaceSellingStyle(nil)) }\n\nvar (\n")
	both := build("\t\"fmt\"\n\n\t\"github.com/kam-go/kam/questions\"\n)\n\nfunc main() { fmt.Println(questions.Load()) }\n\nvar (\n")
	found := 0
	for at, text := range texts(load(t)) {
		for _, s := range text {
			if len(s) < 20 {
				continue // "Yes" and "Key account" are anybody's
			}
			assert.False(t, strings.Contains(alone, s), "%s: %s", at, s)
			if strings.Contains(both, s) {
				found++
			}
		}
	}
	assert.Greater(t, found, 1000, "the texts can be found where they are")
}
