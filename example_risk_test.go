package kam_test

import (
	"encoding/json"
	"fmt"
	"log"
	"slices"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/cmd/kam/northwind"
)

// What could lose an account, in the order in which to act; what could not be
// told; and which facts would settle most of that.
func ExampleRiskReport() {
	engine, err := kam.Compile(kam.Policy{})
	if err != nil {
		log.Fatal(err)
	}
	account, err := northwind.Account("MEREP")
	if err != nil {
		log.Fatal(err)
	}
	a, err := engine.Assess(account, northwind.AsOf)
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range a.Risks.Findings[:2] {
		fmt.Println(r.Severity, r.Outcome, r.Check)
		for _, e := range r.Evidence {
			fmt.Printf("    %s %s, line %q\n", e.Evidence, e.Value, e.Condition)
		}
		fmt.Println("   ", r.Remedy.In(kam.English))
	}
	fmt.Println("could not tell:", len(a.Risks.Unknown), "such as", a.Risks.Unknown[0].Ask)
	fmt.Println("find out first:", a.Risks.Settle[0].Fact, "for", a.Risks.Settle[0].Checks)
	// Output:
	// high at-risk poor-performance
	//     poor-performance yes, line "is yes"
	//     Say what went wrong before they do, and what is different from now on.
	// high at-risk order-rhythm
	//     orders-in-rhythm 13, line ""
	//     rhythm-days 561, line ""
	//     last-order 1997-10-30, line ""
	//     rhythm-until 379, line ""
	//     stopped-chance 27.1403, line ""
	//     no-order-chance 37.2592, line ""
	//     silence-chance 0.9039, line "<= 5"
	//     Ask what has changed before offering anything: a stock, a budget, a rival, a person.
	// could not tell: 26 such as Who of their people matters most, and is any of them leaving?
	// find out first: contacts/roles for [key-contact-leaving new-decider-unmet decider-against no-decider-known]
}

// A policy switches checks off, moves their lines, and adds checks as data.
func ExampleRiskRules() {
	policy := kam.DefaultPolicy()
	policy.Risks.Checks["no-known-opponent"] = kam.RiskSetting{Off: true}
	policy.Risks.Checks["concentration"] = kam.RiskSetting{Watch: new(kam.Int(2)), AtRisk: new(kam.Int(8))}
	policy.Risks.Custom = []kam.CustomRisk{{
		RiskInfo: kam.RiskInfo{
			ID: "slow-payer", Side: kam.SideTheirs, Severity: kam.High,
			Name: kam.Text{EN: "They pay late", ZH: "付款拖延"},
		},
		AtRisk: kam.Condition{Evidence: "attribute.days-overdue", AtLeast: new(kam.Int(60))},
		Watch:  &kam.Condition{Evidence: "attribute.days-overdue", AtLeast: new(kam.Int(30))},
	}}
	policy.Names = map[kam.Evidence]kam.Text{"attribute.days-overdue": {EN: "Days overdue", ZH: "逾期天数"}}
	engine, err := kam.Compile(policy)
	if err != nil {
		log.Fatal(err)
	}
	a, err := engine.Assess(kam.Account{ID: "acme", Attributes: map[string]kam.Number{"days-overdue": kam.Int(45)}}, asOf)
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range a.Risks.Findings {
		fmt.Println(r.Check, r.Outcome, r.Evidence[0].In(kam.English))
		fmt.Println(r.Name.In(kam.Chinese), r.Outcome.Label().In(kam.Chinese), r.Evidence[0].In(kam.Chinese))
	}
	// Output:
	// slow-payer watch Days overdue: 45 (>= 30)
	// 付款拖延 需关注 逾期天数：45（≥ 30）
}

// A check in code. One that panics is reported, and nothing else is lost.
func ExampleEngine_WithRisks() {
	engine, err := kam.Compile(kam.Policy{})
	if err != nil {
		log.Fatal(err)
	}
	engine, err = engine.WithRisks(
		kam.RiskCheck{
			RiskInfo: kam.RiskInfo{ID: "no-parent", Side: kam.SideOurs, Severity: kam.Low, Name: kam.Text{EN: "The group is not known", ZH: "集团归属不明"}},
			Check: func(in kam.RiskInput) kam.RiskResult {
				if in.Account.Parent == "" {
					return kam.RiskResult{Outcome: kam.Watch, Evidence: []kam.Finding{{Evidence: "parent", Condition: "is given", Value: "no"}}}
				}
				return kam.RiskResult{Outcome: kam.Clear}
			},
		},
		kam.RiskCheck{
			RiskInfo: kam.RiskInfo{ID: "broken", Name: kam.Text{EN: "Broken", ZH: "有错"}},
			Check: func(in kam.RiskInput) kam.RiskResult {
				return kam.RiskResult{Outcome: kam.Outcome(len(in.Account.Contacts[7].ID))}
			},
		},
	)
	if err != nil {
		log.Fatal(err)
	}
	a, err := engine.Assess(kam.Account{ID: "acme"}, asOf)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(a.Risks.Findings[0].Check, a.Risks.Findings[0].Evidence[0].In(kam.English))
	for _, r := range a.Risks.Unknown {
		if r.Error != "" {
			fmt.Println(r.Check, r.Outcome, r.Error)
		}
	}
	fmt.Println("in code:", a.Risks.Code)
	// Output:
	// no-parent parent: no (is given)
	// broken unknown panic: runtime error: index out of range [7] with length 0
	// in code: [no-parent broken]
}

// An early warning: what is new, worse, better and gone from one assessment to
// the next. What was found each quarter is kept as JSON, and read back.
func ExampleCompareRisks() {
	engine, err := kam.Compile(kam.Policy{})
	if err != nil {
		log.Fatal(err)
	}
	account, err := northwind.Account("MEREP")
	if err != nil {
		log.Fatal(err)
	}
	var kept [][]byte // a row of a table each, say
	for _, day := range []kam.Date{kam.NewDate(1997, 10, 31), kam.NewDate(1998, 1, 31), kam.NewDate(1998, 4, 30)} {
		a, err := engine.Assess(account, day)
		if err != nil {
			log.Fatal(err)
		}
		data, err := json.Marshal(a)
		if err != nil {
			log.Fatal(err)
		}
		kept = append(kept, data)
	}
	var row []kam.Assessment
	for _, data := range kept {
		a, err := kam.Decode[kam.Assessment](data)
		if err != nil {
			log.Fatal(err)
		}
		row = append(row, a)
	}
	steps, err := kam.CompareRisks(row...)
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range steps {
		for _, c := range s.Changes {
			if c.Trend != kam.RiskSame {
				fmt.Println(s.Before, s.AsOf, c.Check, c.Trend, c.Before, c.Now)
			}
		}
	}
	// Output:
	// 1997-10-31 1998-01-31 revenue-falling new unknown at-risk
	// 1997-10-31 1998-01-31 order-rhythm new clear watch
	// 1998-01-31 1998-04-30 poor-performance new unknown at-risk
	// 1998-01-31 1998-04-30 views-differ new unknown watch
	// 1998-01-31 1998-04-30 order-rhythm worse watch at-risk
}

// What changed since last month, and what changed it: the points that each factor adds now and
// did not add before sum to the change of the score.
func ExampleAssessment_Diff() {
	engine, err := kam.Compile(kam.Policy{})
	if err != nil {
		log.Fatal(err)
	}
	account := kam.Account{ID: "acme", Answers: map[string]kam.Answers{"attractiveness": {
		"size": kam.Rated(kam.Int(8)), "profitability": kam.Rated(kam.Int(6)), "need": kam.Rated(kam.Int(9)),
	}}}
	before, err := engine.Assess(account, kam.NewDate(2026, 10, 31))
	if err != nil {
		log.Fatal(err)
	}
	account.Answers["attractiveness"]["profitability"] = kam.Rated(kam.Int(3))
	account.Answers["attractiveness"]["competition"] = kam.Rated(kam.Int(5))
	now, err := engine.Assess(account, kam.NewDate(2026, 11, 30))
	if err != nil {
		log.Fatal(err)
	}
	diff, err := now.Diff(before)
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range diff.Scores {
		fmt.Println(s.Scorecard, "from", s.Before, "to", s.After, "by", s.By)
		for _, f := range s.Factors {
			fmt.Println(" ", f.Factor, "rated", f.Before, "then", f.After, "adds", f.By)
		}
	}
	// Output:
	// attractiveness from 75.4545 to 61.4286 by -14.0259
	//   size rated 8 then 8 adds -6.2337
	//   competition rated <nil> then 5 adds 10.7143
	//   profitability rated 6 then 3 adds -13.2468
	//   need rated 9 then 9 adds -5.2597
}

// The facts changed, and so did the policy. What is due to which is told by a third assessment, of
// the facts of now by the rules of before: keep the old policy as JSON.
func ExampleAssessment_Diff_policy() {
	compile := func(p kam.Policy) *kam.Engine {
		engine, err := kam.Compile(p)
		if err != nil {
			log.Fatal(err)
		}
		return engine
	}
	rated := func(size, ties int) kam.Account {
		account := kam.Account{ID: "acme", Answers: map[string]kam.Answers{"attractiveness": {}, "strength": {}}}
		for _, f := range kam.AttractivenessScorecard().Factors {
			account.Answers["attractiveness"][f.ID] = kam.Rated(kam.Int(size))
		}
		for _, f := range kam.StrengthScorecard().Factors {
			account.Answers["strength"][f.ID] = kam.Rated(kam.Int(ties))
		}
		return account
	}
	was := compile(kam.Policy{})
	is := compile(kam.Policy{Name: "ours", Version: "2", Grid: kam.GridRules{AttractivenessCut: new(kam.Int(60))}})
	assess := func(engine *kam.Engine, account kam.Account, on kam.Date) kam.Assessment {
		a, err := engine.Assess(account, on)
		if err != nil {
			log.Fatal(err)
		}
		return a
	}
	before := assess(was, rated(5, 4), kam.NewDate(2026, 10, 31))
	facts := assess(was, rated(5, 6), asOf)
	now := assess(is, rated(5, 6), asOf)
	for _, step := range []struct {
		due      string
		from, to kam.Assessment
	}{{"the facts", before, facts}, {"the policy", facts, now}} {
		d, err := step.to.Diff(step.from)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(step.due, "moved it from", d.Cell.Before, "to", d.Cell.After)
		fmt.Println("  points above the cut of attractiveness:", d.Cell.Attractiveness.Before, "then", d.Cell.Attractiveness.After)
		fmt.Println("  points above the cut of strength:", d.Cell.Strength.Before, "then", d.Cell.Strength.After)
	}
	// Output:
	// the facts moved it from target to key
	//   points above the cut of attractiveness: 0 then 0
	//   points above the cut of strength: -10 then 10
	// the policy moved it from key to maintain
	//   points above the cut of attractiveness: 0 then -10
	//   points above the cut of strength: 10 then 10
}

// The accounts in most danger first.
func ExampleRiskReport_Compare() {
	engine, err := kam.Compile(kam.Policy{})
	if err != nil {
		log.Fatal(err)
	}
	judged := func(id string, yes ...kam.Evidence) kam.Account {
		a := kam.Account{ID: id, Judgements: map[kam.Evidence]kam.Judgement{}}
		for _, evidence := range yes {
			a.Judgements[evidence] = kam.Judgement{Verdict: kam.Yes}
		}
		return a
	}
	var all []kam.Assessment
	for _, a := range []kam.Account{judged("acme", "price-pressure"), judged("borg"), judged("cora", "rival-attack", "price-pressure"), judged("dyne", "trust-damaged")} {
		assessment, err := engine.Assess(a, kam.NewDate(2026, 11, 24))
		if err != nil {
			log.Fatal(err)
		}
		all = append(all, assessment)
	}
	slices.SortStableFunc(all, func(a, b kam.Assessment) int { return a.Risks.Compare(b.Risks) })
	for _, a := range all {
		fmt.Print(a.Account, ":")
		for _, r := range a.Risks.Findings {
			fmt.Print(" ", r.Check, " (", r.Severity, ")")
		}
		fmt.Println()
	}
	// Output:
	// cora: rival-attack (high) price-pressure (low)
	// dyne: trust-damaged (high)
	// acme: price-pressure (low)
	// borg:
}
