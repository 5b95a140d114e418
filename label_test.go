package kam_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// checkLabels checks that each word of an enum has words for people in both
// languages, all different, and none beyond.
func checkLabels[T interface {
	~uint8
	fmt.Stringer
	Label() kam.Text
	Values() []string
}](t *testing.T,
) {
	t.Helper()
	seen := map[string]bool{}
	words := T(0).Values()
	for i, word := range words {
		l := T(i).Label()
		assert.Regexp(t, "^[A-Z][^\\p{Han}]*$", l.EN, word)
		assert.Regexp(t, "\\p{Han}", l.ZH, word)
		assert.False(t, seen[l.EN] || seen[l.ZH], "%s: %v", word, l)
		seen[l.EN], seen[l.ZH] = true, true
	}
	beyond := T(len(words))
	assert.Equal(t, beyond.String(), beyond.Label().EN)
}

func TestLabels(t *testing.T) {
	checkLabels[kam.Stage](t)
	checkLabels[kam.Cell](t)
	checkLabels[kam.Tier](t)
	checkLabels[kam.EffortKind](t)
	checkLabels[kam.Grade](t)
	checkLabels[kam.Attitude](t)
	checkLabels[kam.Purpose](t)
	checkLabels[kam.Stance](t)
	checkLabels[kam.ActionState](t)
	checkLabels[kam.Pace](t)
	checkLabels[kam.Phase](t)
	checkLabels[kam.PhaseState](t)
	checkLabels[kam.SellingStyle](t)
	checkLabels[kam.Outcome](t)
	checkLabels[kam.Side](t)
	checkLabels[kam.RiskTrend](t)
	checkLabels[kam.Role](t)
	checkLabels[kam.Level](t)
	checkLabels[kam.View](t)
	checkLabels[kam.ActivityKind](t)
	checkLabels[kam.OverrideState](t)
	checkLabels[kam.ChangeKind](t)
	checkLabels[kam.Source](t)
}

// The words fit what they stand for: the wire word and the label of the same
// value are spelt out here side by side.
func TestLabelsMatchTheirWords(t *testing.T) {
	for word, label := range map[string]string{
		kam.PaceAhead.String(): kam.PaceAhead.Label().EN, kam.PaceBehind.String(): kam.PaceBehind.Label().EN, kam.High.String(): kam.High.Label().EN,
		kam.Low.String(): kam.Low.Label().EN, kam.AttitudeOpponent.String(): kam.AttitudeOpponent.Label().EN, kam.AttitudeSponsor.String(): kam.AttitudeSponsor.Label().EN,
		kam.StanceReduce.String(): kam.StanceReduce.Label().EN, kam.ActionDropped.String(): kam.ActionDropped.Label().EN, kam.ActionDone.String(): kam.ActionDone.Label().EN,
		kam.PhaseTactics.String(): kam.PhaseTactics.Label().EN, kam.StageDeclining.String(): kam.StageDeclining.Label().EN, kam.CellTarget.String(): kam.CellTarget.Label().EN,
	} {
		assert.Equal(t, word, strings.ToLower(label))
	}
}

// requireLabel says that a fact that is missing has words in both languages.
func requireLabel(t testing.TB, fact string) {
	t.Helper()
	name := kam.Evidence(fact).Label()
	require.NotContains(t, name.EN, "/", fact)
	require.Regexp(t, "^[A-Z]", name.EN, fact)
	require.Regexp(t, `\p{Han}`, name.ZH, fact)
}

// Every fact that a check, a signal or a missing answer can name has words for people.
// The facts are read from the source: each text that is a place in an account, in the
// files that name some. What is made at run time is checked in every report.
func TestFactLabels(t *testing.T) {
	places, field := map[string]bool{}, func(f reflect.StructField) string { return strings.Split(f.Tag.Get("json"), ",")[0] }
	for _, f := range reflect.VisibleFields(reflect.TypeFor[kam.Account]()) {
		list := field(f)
		places[list] = true
		if of := f.Type; of.Kind() == reflect.Slice && of.Elem().Kind() == reflect.Struct && f.Type != reflect.TypeFor[kam.History]() {
			for _, sub := range reflect.VisibleFields(of.Elem()) {
				places[list+"/"+field(sub)] = true
			}
		}
	}
	for _, view := range kam.View(0).Values() {
		places["stages/"+view] = true
	}
	files, err := filepath.Glob("risk*.go")
	require.NoError(t, err)
	named, anyPlace := map[string]bool{}, regexp.MustCompile(`^[a-z][A-Za-z]*/[A-Za-z-]+$`)
	for _, file := range append(files, "signals.go") {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		require.NoError(t, err)
		see := func(e ast.Expr, alone bool) {
			lit, ok := e.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return
			}
			s, err := strconv.Unquote(lit.Value)
			require.NoError(t, err)
			switch path := anyPlace.MatchString(s); {
			case (path || alone) && places[s]:
				named[s] = true
			case path:
				t.Errorf("%s: %q is no place in an account", file, s)
			}
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.CallExpr:
				to, ok := n.Fun.(*ast.SelectorExpr)
				for _, arg := range n.Args {
					see(arg, ok && (to.Sel.Name == "needs" || to.Sel.Name == "number"))
				}
			case *ast.CompositeLit:
				of, ok := n.Type.(*ast.Ident)
				for _, e := range n.Elts {
					see(e, ok && of.Name == "sum")
				}
			}
			return true
		})
	}
	require.Greater(t, len(named), 25)
	for fact := range named {
		requireLabel(t, fact)
	}
	unread, err := kam.ReadSignals(kam.Account{ID: "a"}, asOf, kam.SignalRules{})
	require.NoError(t, err)
	for _, r := range unread.Readings {
		requireLabel(t, r.Needs)
	}

	// Each judgement, and what is of the caller's own.
	own := kam.Text{EN: "Insolvent", ZH: "破产"}
	engine := compiled(t, kam.Policy{Names: map[kam.Evidence]kam.Text{"insolvent": own, "attribute.staff": {EN: "Staff", ZH: "员工"}}})
	a, err := engine.Assess(kam.Account{ID: "a"}, asOf)
	require.NoError(t, err)
	missing := engine.Missing(a)
	require.NotEmpty(t, missing)
	for _, m := range missing {
		if m.Needs != "" {
			requireLabel(t, m.Needs)
		}
		if m.Of == "stage" {
			requireLabel(t, "judgements/"+m.ID)
		}
	}
	require.NotEmpty(t, a.Risks.Settle)
	for _, x := range a.Risks.Settle {
		requireLabel(t, x.Fact)
	}
	assert.Equal(t, own, engine.Label("judgements/insolvent"))
	assert.Equal(t, kam.Text{EN: "Staff", ZH: "员工"}, engine.Label("attributes/staff"))
	assert.Equal(t, kam.Text{EN: "Strength of the relationship: the answers", ZH: "关系强度：评分"}, engine.Label("answers/strength"))
	assert.Equal(t, kam.Text{EN: "judgements/mine", ZH: "judgements/mine"}, kam.Evidence("judgements/mine").Label(), "what is not known shows itself")
	assert.Equal(t, "judgements/judgements/served", engine.Label("judgements/judgements/served").EN)
	assert.Equal(t, kam.Text{EN: "Late deliveries, by period", ZH: "各期延迟交货次数"}, engine.Label("sales/lateDeliveries"))
}

// Every signal and every piece of evidence has words in both languages.
func TestEvidenceLabels(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	a, err := engine.Assess(full(t), asOf)
	assert.NoError(t, err)
	for _, r := range a.Signals.Readings {
		if r.Signal != "attribute.employees" {
			assert.Regexp(t, "\\p{Han}", r.Signal.Label().ZH, r.Signal)
		}
	}
	for _, f := range a.Risks.Findings {
		for _, e := range f.Evidence {
			assert.Regexp(t, "\\p{Han}", e.Evidence.Label().ZH, e.Evidence)
		}
	}
	assert.Equal(t, kam.Text{EN: "mine", ZH: "mine"}, kam.Evidence("mine").Label(), "what is not known shows itself")
}

func TestKeyAccountTestsHaveLabels(t *testing.T) {
	p, err := compiled(t, kam.Policy{}).Rank([]kam.Member{{Account: "a"}}, asOf)
	require.NoError(t, err)
	require.NotEmpty(t, p.Members[0].Tests)
	for _, x := range p.Members[0].Tests {
		assert.NotEqual(t, string(x.Test), x.Test.Label().EN)
		assert.Regexp(t, "\\p{Han}", x.Test.Label().ZH)
	}
	assert.Equal(t, kam.Text{EN: "mine", ZH: "mine"}, kam.TestID("mine").Label())
}

// Each of the default stage rules has a name on the page, in both languages, and no other has.
func TestStageRuleNames(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	names := map[string]bool{}
	for _, rule := range kam.DefaultStageRules().Rules {
		for lang, want := range map[kam.Language]string{kam.English: "| Suggested by the rule | ", kam.Chinese: "| 建议所依据的规则 | "} {
			page := engine.Markdown(kam.Account{}, kam.Assessment{Stage: kam.StageResult{Rule: rule.ID}}, lang)
			_, name, _ := strings.Cut(page, want)
			name, _, found := strings.Cut(name, " ("+rule.ID+") |\n")
			assert.True(t, found, page)
			names[name] = true
		}
	}
	assert.Len(t, names, 16)
	assert.Contains(t, engine.Markdown(kam.Account{}, kam.Assessment{Stage: kam.StageResult{Rule: "mine"}}, kam.English), "| Suggested by the rule | mine |\n")
}

// Factors of the plan and the role have their names, too.
func TestLabelsOfPlanAndRole(t *testing.T) {
	assert.Equal(t, "Purpose of the plan", kam.Evidence("plan/purpose").Label().EN)
	for _, f := range kam.RoleScorecard().Factors {
		assert.Equal(t, f.Name, kam.Evidence("role/"+f.ID).Label())
		for _, q := range f.Questions {
			assert.Equal(t, q.Name, kam.Evidence("role/"+q.ID).Label())
		}
	}
}
