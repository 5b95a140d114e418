package kam_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

func TestPolicyWarnings(t *testing.T) {
	n := func(s string) *kam.Number {
		n, err := kam.ParseNumber(s)
		require.NoError(t, err)
		return &n
	}
	number := func(e kam.Signal, atLeast, below *kam.Number) kam.Condition {
		return kam.Condition{Evidence: kam.Evidence(e), AtLeast: atLeast, Below: below}
	}
	served := kam.Condition{Evidence: kam.EvidenceServed, Is: kam.Yes}
	rules := func(all ...[]kam.Clause) func(p *kam.Policy) {
		return func(p *kam.Policy) {
			p.Stage.Rules = nil
			for i, clauses := range all {
				p.Stage.Rules = append(p.Stage.Rules, kam.StageRule{ID: string(rune('a' + i)), Stage: kam.StageGood, All: clauses})
			}
		}
	}
	one := func(cs ...kam.Condition) kam.Clause { return kam.Clause{Any: cs} }
	custom := func(atRisk kam.Condition, watch *kam.Condition) func(p *kam.Policy) {
		return func(p *kam.Policy) {
			p.Risks.Custom = []kam.CustomRisk{{
				RiskInfo: kam.RiskInfo{ID: "ours", Name: kam.Text{EN: "Ours"}, Severity: kam.High}, AtRisk: atRisk, Watch: watch,
			}}
		}
	}
	idle := func(s *kam.Scorecard) {
		require.NoError(t, s.Add(kam.Factor{ID: "extra", Weight: kam.Int(0)}))
	}
	strong, weak := number("strength", n("70"), nil), number("strength", nil, n("50"))
	for name, tt := range map[string]struct {
		change func(*kam.Policy)
		want   string // none where ""
	}{
		"the built-in policy":       {func(p *kam.Policy) { p.Name = "kam" }, ""},
		"a name of its own":         {func(p *kam.Policy) { p.Grid.StrengthCut = n("40") }, ""},
		"the next version":          {func(p *kam.Policy) { p.Name, p.Version, p.Grid.StrengthCut = "kam", "2", n("40") }, ""},
		"the built-in one's name":   {func(p *kam.Policy) { p.Name, p.Grid.StrengthCut = "kam", n("40") }, "/name: this must be given: kam 1; expected a name of its own"},
		"a later one that is wider": {rules([]kam.Clause{one(served), one(strong)}, []kam.Clause{one(served)}), ""},
		"an earlier one that is wider": {
			rules([]kam.Clause{one(served)}, []kam.Clause{one(strong), one(served)}),
			"/stage/rules/1: this never takes effect: b; expected before a",
		},
		"two that are wider": {
			rules([]kam.Clause{one(served)}, []kam.Clause{one(strong, served)}, []kam.Clause{one(strong), one(served)}),
			"/stage/rules/2: this never takes effect: c; expected before a",
		},
		"two clauses that exclude a third": {
			rules([]kam.Clause{one(strong), one(number("strength", n("80"), nil)), one(weak)}),
			"/stage/rules/0/all/2/any: this never takes effect: strength < 50; expected not with strength >= 70",
		},
		"a clause with more ways": {rules([]kam.Clause{one(strong)}, []kam.Clause{one(strong, served)}), ""},
		"a clause with fewer ways": {
			rules([]kam.Clause{one(strong, served)}, []kam.Clause{one(strong)}),
			"/stage/rules/1: this never takes effect: b; expected before a",
		},
		"a narrower number": {
			rules([]kam.Clause{one(strong)}, []kam.Clause{one(number("strength", n("70.5"), n("90")))}),
			"/stage/rules/1: this never takes effect: b; expected before a",
		},
		"a margin moves the lines": {func(p *kam.Policy) {
			rules([]kam.Clause{one(strong)}, []kam.Clause{one(number("strength", n("75"), nil))}, []kam.Clause{one(number(kam.SignalOrders, n("5"), nil)), one(number(kam.SignalOrders, nil, n("4")))})(p)
			p.Stage.Margin = kam.Dec(1, 4)
		}, ""},
		"a margin, and judgements": {func(p *kam.Policy) {
			rules([]kam.Clause{one(served)}, []kam.Clause{one(served), one(served)})(p)
			p.Stage.Margin = kam.Int(10)
		}, "/stage/rules/1: this never takes effect: b; expected before a"},
		"a test that a loss fails":     {func(p *kam.Policy) { p.Portfolio.Key.LossMargin = n("0") }, ""},
		"a number that reaches beyond": {rules([]kam.Clause{one(strong)}, []kam.Clause{one(number("strength", n("69.9999"), n("90")))}), ""},
		"clauses that exclude each other": {
			rules([]kam.Clause{one(strong), one(served), one(weak)}),
			"/stage/rules/0/all/2/any: this never takes effect: strength < 50; expected not with strength >= 70",
		},
		"lines that touch": {
			rules([]kam.Clause{one(weak), one(number("strength", n("50"), nil))}),
			"/stage/rules/0/all/1/any: this never takes effect: strength >= 50; expected not with strength < 50",
		},
		"lines that meet": {rules([]kam.Clause{one(number("strength", nil, n("50.0001"))), one(number("strength", n("50"), nil))}), ""},
		"two verdicts": {
			rules([]kam.Clause{one(served), one(kam.Condition{Evidence: kam.EvidenceServed, Is: kam.No})}),
			"/stage/rules/0/all/1/any: this never takes effect: served is no; expected not with served is yes",
		},
		"one way is left": {rules([]kam.Clause{one(strong), one(weak, served)}), ""},
		"beyond a hundred": {
			rules([]kam.Clause{one(number(kam.SignalWalletShare, n("100.0001"), nil))}),
			"/stage/rules/0/all/0/any/0: this never takes effect: wallet-share >= 100.0001; expected 0..100",
		},
		"a hundred":  {rules([]kam.Clause{one(number(kam.SignalWalletShare, n("100"), nil))}), ""},
		"below zero": {rules([]kam.Clause{one(number(kam.SignalOrders, nil, n("0")))}), "/stage/rules/0/all/0/any/0: this never takes effect: orders < 0; expected >= 0"},
		"a revenue below zero, a number without limits": {rules([]kam.Clause{one(number(kam.SignalRevenue, nil, n("0")))}), ""},
		"zero or more":                 {rules([]kam.Clause{one(number(kam.SignalOrders, n("0"), nil))}), "/stage/rules/0/all/0/any/0: every value that is known meets this: orders >= 0; expected >= 0"},
		"no more than a hundred":       {rules([]kam.Clause{one(number(kam.SignalOnTime, nil, n("100.0001")))}), "/stage/rules/0/all/0/any/0: every value that is known meets this: on-time < 100.0001; expected 0..100"},
		"less than a hundred":          {rules([]kam.Clause{one(number(kam.SignalOnTime, n("0"), n("100")))}), ""},
		"more levels than there are":   {rules([]kam.Clause{one(number(kam.SignalLevels, n("6"), nil))}), "/stage/rules/0/all/0/any/0: this never takes effect: contact-levels >= 6; expected 0..5"},
		"a single thread":              {rules([]kam.Clause{one(number(kam.SignalSingleThreaded, n("1"), nil))}), ""},
		"no rules":                     {func(p *kam.Policy) { p.Stage.Rules = []kam.StageRule{} }, "/stage/rules: this must be given; expected >= 1"},
		"a cut that all reach":         {func(p *kam.Policy) { p.Grid.AttractivenessCut = n("0") }, "/grid/attractivenessCut: every value that is known meets this: 0; expected > 0"},
		"a test that all pass":         {func(p *kam.Policy) { p.Portfolio.Key.Potential = n("0") }, "/portfolio/key/potential: every value that is known meets this: 0; expected > 0"},
		"a risk of one's own that all": {custom(number(kam.SignalContacts, n("0"), nil), nil), "/risks/custom/0/atRisk: every value that is known meets this: contacts >= 0; expected >= 0"},
		"a watch that none":            {custom(number(kam.SignalOrderDelay, n("200"), nil), new(number(kam.SignalOnTime, n("101"), nil))), "/risks/custom/0/watch: this never takes effect: on-time >= 101; expected 0..100"},
		"a factor that counts for nothing": {
			func(p *kam.Policy) {
				require.NoError(t, p.Strength.Add(kam.Factor{ID: "extra", Weight: kam.Int(0)}))
			},
			"/strength/factors/9/weight: this counts for nothing: 0; expected > 0",
		},
		"of the potential":      {func(p *kam.Policy) { idle(&p.Potential) }, "/potential/factors/2/weight: this counts for nothing: 0; expected > 0"},
		"of the attractiveness": {func(p *kam.Policy) { idle(&p.Attractiveness) }, "/attractiveness/factors/6/weight: this counts for nothing: 0; expected > 0"},
		"of the plan": {func(p *kam.Policy) {
			fs := p.Plan.Factors
			fs[0].Weight, fs[1].Weight = kam.Int(0), kam.Dec(fs[0].Weight.Decimal().Add(fs[1].Weight.Decimal()).IntPart(), 0)
		}, "/plan/factors/0/weight: this counts for nothing: 0; expected > 0"},
		"a question": {func(p *kam.Policy) {
			q := p.Potential.Factors[0].Questions
			q[0].Weight, q[1].Weight = kam.Int(0), kam.Dec(q[0].Weight.Decimal().Add(q[1].Weight.Decimal()).IntPart(), 0)
		}, "/potential/factors/0/questions/0/weight: this counts for nothing: 0; expected > 0"},
		"of the index of risks": {func(p *kam.Policy) {
			p.Risks.Index = &kam.Scorecard{ID: "index", Factors: []kam.Factor{{ID: "one-level", Weight: kam.Int(100)}, {ID: "one-holder"}}}
		}, "/risks/index/factors/1/weight: this counts for nothing: 0; expected > 0"},
		"the other cut": {func(p *kam.Policy) { p.Grid.StrengthCut = n("0") }, "/grid/strengthCut: every value that is known meets this: 0; expected > 0"},
		"a band that no value meets": {
			func(p *kam.Policy) {
				p.Selection = kam.Scorecard{ID: "selection", Factors: []kam.Factor{{
					ID: "share", Weight: kam.Int(100), Signal: kam.SignalWalletShare,
					Bands: kam.Bands([]kam.Number{kam.Int(1), kam.Int(5), kam.Int(10)}, kam.Int(0), kam.Int(50)),
				}}}
			},
			"/selection/factors/0/bands/0: this never takes effect: wallet-share < 0; expected 0..100",
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := kam.DefaultPolicy()
			p.Name = "ours"
			tt.change(&p)
			engine, err := kam.Compile(p)
			require.NoError(t, err)
			var got []string
			for _, w := range engine.Warnings() {
				got = append(got, w.Error())
			}
			if tt.want == "" {
				assert.Empty(t, got)
				return
			}
			assert.Equal(t, []string{tt.want}, got)
		})
	}
}

func TestPolicyWarningsInWords(t *testing.T) {
	for _, tt := range []struct {
		v    kam.Violation
		want string
	}{
		{kam.Violation{Pointer: "/stage/rules/1", Code: kam.CodeNever, Value: "b", Want: "before a"}, "/stage/rules/1：此项永远不会生效：b；应为 在 a 之前"},
		{kam.Violation{Pointer: "/x", Code: kam.CodeNever, Value: "b", Want: "not with a"}, "/x：此项永远不会生效：b；应为 不与 a 同时"},
		{kam.Violation{Pointer: "/currency", Code: kam.CodeCurrencyMix, Value: "EUR", Want: "USD, as the accounts before it, or a policy with a currency and rates"}, "/currency：涉及两种货币，但未提供汇率：EUR；应为 USD，与之前的客户一致，或使用设定了货币和汇率的评估规则"},
		{kam.Violation{Pointer: "/name", Code: kam.CodeMissing, Want: "a name of its own"}, "/name：必须给出；应为 自己的名称"},
	} {
		assert.Equal(t, tt.want, tt.v.In(kam.Chinese))
	}
	for _, none := range []*kam.Engine{nil, new(kam.Engine)} {
		assert.Equal(t, kam.Violations{{Code: kam.CodeMissing, Value: "engine", Want: "kam.Compile"}}, none.Warnings())
	}
}

// Rules of a few judgements and lines, by chance: whatever the account is, a rule that is
// warned of is never the first that holds, and a condition that is warned of is met by none
// or by all. The rules are read here by hand.
func TestPolicyWarningsAreTrue(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	verdicts := []kam.Evidence{kam.EvidenceServed, kam.EvidenceRivalAttack}
	signals := []kam.Evidence{"strength", kam.Evidence(kam.SignalOrders)}
	lines := []int{0, 1, 50, 100, 101}
	seen := map[kam.Code]int{}
	for range 1_000 {
		p := kam.DefaultPolicy()
		p.Name, p.Stage.Rules = "ours", nil
		for i := range 4 {
			rule := kam.StageRule{ID: string(rune('a' + i)), Stage: kam.StageGood}
			for range 1 + rng.IntN(3) {
				var clause kam.Clause
				for range 1 + rng.IntN(2) {
					if rng.IntN(2) == 0 {
						clause.Any = append(clause.Any, kam.Condition{Evidence: verdicts[rng.IntN(2)], Is: kam.Verdict(1 + rng.IntN(2))})
						continue
					}
					c := kam.Condition{Evidence: signals[rng.IntN(2)]}
					from, to := rng.IntN(4), rng.IntN(5)
					if c.Evidence == "strength" { // its lines lie within 100
						to = min(to, 3)
					}
					if kind := rng.IntN(3); kind == 0 || kind == 2 && from < to {
						c.AtLeast = new(kam.Int(lines[from]))
					}
					if c.AtLeast == nil || from < to && rng.IntN(2) == 0 {
						c.Below = new(kam.Int(lines[to]))
					}
					clause.Any = append(clause.Any, c)
				}
				rule.All = append(rule.All, clause)
			}
			p.Stage.Rules = append(p.Stage.Rules, rule)
		}
		engine, err := kam.Compile(p)
		require.NoError(t, err)
		warned := map[string]kam.Code{}
		for _, w := range engine.Warnings() {
			warned[w.Pointer] = w.Code
			seen[w.Code]++
		}
		for _, served := range []kam.Verdict{kam.Yes, kam.No} {
			for _, attack := range []kam.Verdict{kam.Yes, kam.No} {
				for _, strength := range []int{0, 1, 49, 50, 99, 100} {
					for _, orders := range []int{0, 1, 2, 50, 100, 101, 1000} {
						holds := func(c kam.Condition) bool {
							value := map[kam.Evidence]int{"strength": strength, kam.Evidence(kam.SignalOrders): orders}[c.Evidence]
							switch {
							case c.Evidence == kam.EvidenceServed:
								return c.Is == served
							case c.Evidence == kam.EvidenceRivalAttack:
								return c.Is == attack
							}
							return (c.AtLeast == nil || kam.Int(value).Cmp(*c.AtLeast) >= 0) && (c.Below == nil || kam.Int(value).Cmp(*c.Below) < 0)
						}
						first := true
						for i, rule := range p.Stage.Rules {
							all := true
							for j, clause := range rule.All {
								any := false
								for k, c := range clause.Any {
									at := fmt.Sprintf("/stage/rules/%d/all/%d/any/%d", i, j, k)
									if code, ok := warned[at]; ok {
										require.Equal(t, code == kam.CodeAlways, holds(c), "%s of %v", at, p.Stage.Rules)
									}
									any = any || holds(c)
								}
								all = all && any
							}
							for j := range rule.All {
								if _, ok := warned[fmt.Sprintf("/stage/rules/%d/all/%d/any", i, j)]; ok {
									require.False(t, all, "rule %d of %v", i, p.Stage.Rules)
								}
							}
							if _, ok := warned[fmt.Sprintf("/stage/rules/%d", i)]; ok {
								require.False(t, all && first, "rule %d of %v", i, p.Stage.Rules)
							}
							first = first && !all
						}
					}
				}
			}
		}
	}
	assert.Greater(t, seen[kam.CodeNever], 200)
	assert.Greater(t, seen[kam.CodeAlways], 200)
}
