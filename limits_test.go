package kam_test

import (
	"fmt"
	"math/big"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/internal/strictjson"
	"github.com/kam-go/kam/questions"
)

// limits are the rows of LIMITS.md: each tries something of size n, and is
// given the limit and one more.
func limits(t *testing.T) map[string]func(n int) error {
	engine := compiled(t, kam.Policy{})
	bank, err := questions.Load()
	require.NoError(t, err)
	account := func(json string) error {
		var a kam.Account
		if err := a.UnmarshalJSON([]byte(json)); err != nil {
			return err
		}
		_, err := engine.Assess(a, asOf)
		return err
	}
	strength := func(change func(*kam.Scorecard)) error {
		card := kam.StrengthScorecard()
		change(&card)
		_, err := card.Compile()
		return err
	}
	equal := func(n int) (fs []kam.Factor) {
		for i := range n {
			fs = append(fs, kam.Factor{ID: fmt.Sprint("f-", i), Weight: kam.Int(1)})
		}
		return fs
	}
	return map[string]func(n int) error{
		"bytes of a JSON document": func(n int) error { return account(`{"id":"x"` + strings.Repeat(" ", n-10) + `}`) },
		"levels of nesting": func(n int) error { // of unknown things, of which the first is named where the depth is taken
			err := new(kam.Plan).UnmarshalJSON([]byte(`{"x":` + strings.Repeat("[", n-1) + strings.Repeat("]", n-1) + "}"))
			require.Error(t, err)
			if errIs(err, kam.CodeUnknown) {
				return nil
			}
			return err
		},
		"items of a list": func(n int) error {
			decoded := account(`{"id":"x","contacts":[` + items(n, `{"id":"%d"}`) + `]}`)
			a := kam.Account{ID: "x", Activities: make([]kam.Activity, n)}
			for i := range a.Activities {
				a.Activities[i] = kam.Activity{Kind: kam.ActivityIdea, On: asOf}
			}
			built := a.Validate()
			require.Equal(t, decoded == nil, built == nil, "decoded and built in code")
			return decoded
		},
		"members of an object": func(n int) error { return account(`{"id":"x","attributes":{` + items(n, `"%d":1`) + `}}`) },
		"overrides of an account": func(n int) error {
			a := kam.Account{ID: "x"}
			for i := range n {
				a.Overrides = append(a.Overrides, kam.Override{Of: "cell", Value: "key", By: "Ann", Why: "w", On: asOf.AddDays(-i), Until: asOf})
			}
			_, err := engine.Assess(a, asOf)
			return err
		},
		"faults of a document, an account, a plan or a policy": func(n int) error { // the limit itself is where the list ends
			var a kam.Account
			vs := kam.ViolationsOf(a.UnmarshalJSON([]byte(`{"contacts":[` + strings.TrimSuffix(strings.Repeat("1,", n-1), ",") + `]}`)))
			if vs[len(vs)-1].Code == kam.CodeTooLarge {
				require.Len(t, vs, strictjson.MaxFaults+1)
				return vs
			}
			return nil
		},
		"bytes of a text": func(n int) error { return account(`{"id":"x","name":"` + strings.Repeat("n", n) + `"}`) },
		"bytes of an id in a policy": func(n int) error {
			return strength(func(s *kam.Scorecard) { s.Factors[0].ID = strings.Repeat("f", n) })
		},
		"bytes of a number": func(n int) error {
			_, err := kam.ParseNumber("0." + strings.Repeat("0", n-2))
			return err
		},
		"digits of a number or an amount": func(n int) error {
			_, err := kam.ParseNumber(strings.Repeat("9", n-4) + ".9999")
			_, money := kam.ParseMoney(strings.Repeat("9", n))
			require.Equal(t, err == nil, money == nil)
			return err
		},
		"places of a number": func(n int) error {
			_, err := kam.ParseNumber("0." + strings.Repeat("1", n))
			return err
		},
		"places of an amount": func(n int) error {
			_, err := kam.ParseMoney("0." + strings.Repeat("1", n) + " EUR")
			return err
		},
		"exponent of a decimal": func(n int) error { // of zero, since 10^18 is beyond the range
			_, err := kam.NumberOf(decimal.New(0, int32(n)))
			return err
		},
		"negative exponent of a decimal": func(n int) error {
			_, err := kam.NumberOf(decimal.NewFromBigInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil), int32(-n)))
			return err
		},
		"leaves of a scorecard": func(n int) error {
			return strength(func(s *kam.Scorecard) { s.Relative, s.Factors = true, equal(n) })
		},
		"names of evidence in a policy": func(n int) error {
			policy := kam.Policy{Names: map[kam.Evidence]kam.Text{}}
			for i := range n {
				policy.Names[kam.Evidence(fmt.Sprint("own-", i))] = kam.Text{EN: "x"}
			}
			_, err := kam.Compile(policy)
			return err
		},
		"conditions of a classifier": func(n int) error { // the default rules have 22
			var checks []kam.CustomRisk
			for i := range n - 22 {
				checks = append(checks, kam.CustomRisk{
					RiskInfo: kam.RiskInfo{ID: kam.RiskID(fmt.Sprint("check-", i)), Name: kam.Text{EN: "C"}},
					AtRisk:   kam.Condition{Evidence: kam.EvidenceStrength, Below: new(kam.Int(i))},
				})
			}
			_, err := kam.DefaultStageRules().Compile(checks...)
			return err
		},
		"rows that lie side by side": func(n int) error { // 40 bytes each, which nobody touches
			scorer, err := kam.Scorecard{ID: "x", Factors: []kam.Factor{{ID: "a", Weight: kam.Int(100)}}}.Compile()
			require.NoError(t, err)
			_, err = scorer.Rows(n)
			return err
		},
		"cells of a whitespace map": func(n int) error {
			cells := make([]kam.WhiteCell, n)
			for i := range cells {
				cells[i] = kam.WhiteCell{Line: "pumps", Unit: strconv.Itoa(i)}
			}
			_, err := kam.MapWhiteSpace(cells)
			return err
		},
		"levels of a scorecard": func(n int) error {
			return strength(func(s *kam.Scorecard) {
				fs := []kam.Factor{{ID: "leaf", Weight: kam.Int(1)}}
				for i := range n - 1 {
					fs = []kam.Factor{{ID: fmt.Sprint("group-", i), Weight: kam.Int(1), Questions: fs}}
				}
				s.Relative, s.Factors = true, fs
			})
		},
		"sum of the weights of a level": func(n int) error {
			return strength(func(s *kam.Scorecard) { s.Factors = equal(2); s.Factors[1].Weight = kam.Int(n - 1) })
		},
		"bits of weights and scales": func(n int) error {
			// Weights that sum to 2^54, one of them 1, on scales of 2^(n-55): the
			// product has n bits.
			return strength(func(s *kam.Scorecard) {
				s.Relative, s.Factors = true, equal(2)
				s.Factors[0].Weight, s.Factors[1].Weight = kam.Dec(1, 4), kam.Dec(1<<54-1, 4)
				s.Factors[0].Scale = kam.Scale{Hi: kam.Dec(1<<(n-55), 4)}
				s.Factors[1].Scale = s.Factors[0].Scale
			})
		},
		"months of a signal window": func(n int) error {
			_, err := kam.Compile(kam.Policy{Signals: kam.SignalRules{Months: n}})
			return err
		},
		"days in a rule": func(n int) error {
			_, err := kam.Compile(kam.Policy{AnswerMaxAge: n, Signals: kam.SignalRules{MaxLag: n, MetWithin: n}})
			return err
		},
		"a count of orders, pieces, complaints": func(n int) error {
			return account(fmt.Sprintf(`{"id":"x","sales":[{"from":"2026-01-01","to":"2026-12-31","orders":%d}]}`, n))
		},
		"hours": func(n int) error { return account(fmt.Sprintf(`{"id":"x","plannedHours":%d}`, n)) },
		"percent of a confidence or a probability": func(n int) error {
			return account(fmt.Sprintf(`{"id":"x","answers":{"strength":{"price":{"rating":1,"confidence":%d}}}}`, n))
		},
		"usual margin, in percent": func(n int) error { return account(fmt.Sprintf(`{"id":"x","standardMargin":%d}`, n)) },
		"year of a day": func(n int) error {
			if !kam.NewDate(n, time.December, 31).Valid() {
				_, err := kam.ParseDate(fmt.Sprint(n, "-12-31"))
				return err
			}
			return nil
		},
		"points of an override": func(n int) error {
			return account(fmt.Sprintf(`{"id":"x","overrides":[{"of":"strength","value":"%d","by":"Ann","why":"w","on":"2026-01-01","until":"2026-12-31"}]}`, n))
		},
		"questions of a bank": func(n int) error {
			_, err := (&questions.Bank{}).Add([]byte(`{"questions":[` + items(n, `{"id":"q-%d","kind":"text","checks":["c"],"text":{"en":"Q"}}`) + `]}`))
			return err
		},
		"characters of a text of a question or a reply": func(n int) error {
			return bank.Check(questions.Response{By: "Ann", Answers: map[string]questions.Reply{"liking": {Value: "1", Note: strings.Repeat("长", n)}}})
		},
		"bytes of a translation": func(n int) error {
			_, err := bank.With("de", strings.NewReader("{"+strings.Repeat(" ", n-2)+"}"))
			return err
		},
	}
}

func errIs(err error, code kam.Code) bool {
	for _, v := range kam.ViolationsOf(err) {
		if v.Code == code {
			return true
		}
	}
	return false
}

func items(n int, format string) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// The numbers of LIMITS.md are those of the code: each is taken, and one more
// refused with the code of its row.
func TestLimitsOfTheDocument(t *testing.T) {
	data, err := os.ReadFile("LIMITS.md")
	require.NoError(t, err)
	probes := limits(t)
	seen := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 4 {
			continue
		}
		what := strings.TrimSpace(cells[0])
		n, err := strconv.Atoi(strings.TrimSpace(cells[1]))
		if err != nil {
			continue // the head
		}
		code, why := kam.Code(strings.TrimSpace(cells[2])), strings.TrimSpace(cells[3])
		t.Run(what, func(t *testing.T) {
			seen[what] = true
			probe := probes[what]
			require.NotNil(t, probe, "LIMITS.md has a row that no test knows")
			require.NotEmpty(t, why)
			require.NoError(t, probe(n), "the limit itself")
			require.ErrorIs(t, probe(n+1), code, "one over it")
		})
	}
	for what := range probes {
		assert.True(t, seen[what], "%s is missing in LIMITS.md", what)
	}
	assert.Contains(t, string(data), fmt.Sprintf("under %d MB", memoryBound))
	for _, n := range []kam.Number{kam.Dec(-999_999_999_999_999_999, 4), kam.Dec(999_999_999_999_999_999, 4)} {
		assert.Contains(t, string(data), n.String())
		assert.True(t, n.Valid())
	}
	assert.False(t, kam.Dec(1_000_000_000_000_000_000, 4).Valid())
}

// What a violation repeats is cut where LIMITS.md says.
func TestWhatViolationsRepeat(t *testing.T) {
	var a kam.Account
	long := strings.Repeat("k", 5000)
	vs := kam.ViolationsOf(a.UnmarshalJSON([]byte(`{"attributes":{"` + long + `":"` + long + `"}}`)))
	require.Len(t, vs, 1)
	assert.Equal(t, 1000, len(strings.TrimSuffix(vs[0].Pointer, "…")))
	assert.Equal(t, 60, len(strings.TrimSuffix(vs[0].Value, "…")))
	vs = kam.ViolationsOf(a.UnmarshalJSON([]byte(`{"` + long + `":` + strings.Repeat("[", 40))))
	require.Len(t, vs, 1)
	assert.Equal(t, "/"+long[:999]+"…", vs[0].Pointer, "of what is nested too deep as well")
	err := a.UnmarshalJSON([]byte(`{"contacts":[` + strings.TrimSuffix(strings.Repeat("1,", 12), ",") + `]}`))
	assert.Equal(t, 10, strings.Count(err.Error(), "\n"), "ten lines and what is more")
}
