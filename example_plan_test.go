package kam_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/cmd/kam/northwind"
)

// sample returns an engine, the account that has the sample plan, and the two
// versions of the plan.
func sample() (engine *kam.Engine, account kam.Account, first, second kam.Plan) {
	engine, err := kam.Compile(kam.Policy{})
	if err == nil {
		account, err = northwind.Account(northwind.PlanAccount)
	}
	if err == nil {
		first, err = northwind.Plan(1)
	}
	if err == nil {
		second, err = northwind.Plan(2)
	}
	if err != nil {
		log.Fatal(err)
	}
	return engine, account, first, second
}

// A plan is checked as of a day. Faults are errors; what may be right and
// deserves a look is a warning.
func ExamplePlan_Validate_sample() {
	_, _, plan, _ := sample()
	plan.Actions[3].Owner = "Robert King"
	plan.Actions[0].After = []string{"a4"}
	warnings, err := plan.Validate(kam.NewDate(1998, 3, 1))
	for _, v := range kam.ViolationsOf(err) {
		fmt.Println(string(v.Code), v.In(kam.English))
	}
	for _, v := range warnings {
		fmt.Println("warning:", v.In(kam.Chinese))
	}
	// Output:
	// cycle /actions/1/after/0: this leads back to where it starts: a1
	// not-on-team /actions/3/owner: this person is not on the team: Robert King; expected Nancy Davolio, Andrew Fuller, Janet Leverling, Laura Callahan
	// warning: /actions/0/due：已过完成期限：1998-02-15；应为 >= 1998-03-01
	// warning: /actions/0/after/0：日期顺序有误：此日期早于其前置日期：1998-02-15；应为 >= 1998-05-15
	// warning: /actions/2/due：已过完成期限：1998-02-28；应为 >= 1998-03-01
}

// A draft has what is known of the account; the rest is listed, with the share
// of the plan that is there.
func ExampleEngine_NewPlan() {
	engine, account, _, _ := sample()
	plan, err := engine.NewPlan(account, northwind.AsOf, kam.NewDate(1998, 7, 1), kam.NewDate(1999, 6, 30), kam.FiscalYear{Start: 7})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(plan.Owner, plan.Strategy.Stance, plan.Overview.Snapshot.Placement.Cell)
	for _, f := range plan.Forecast {
		fmt.Println(f.From, f.To, f.Amount)
	}
	c := engine.Completeness(plan)
	fmt.Println(c.Percent, "percent; missing in the summary:", c.Sections[0].Missing[0].Name)
	// Output:
	// Nancy Davolio invest key
	// 1998-07-01 1998-09-30 25147.25 USD
	// 1998-10-01 1998-12-31 17971.75 USD
	// 1999-01-01 1999-03-31 15160.06 USD
	// 7.5 percent; missing in the summary: Purpose of the plan
}

// The four phases of the work on a plan, and what to find out next.
func ExampleEngine_Process() {
	engine, account, _, plan := sample()
	p, err := engine.Process(plan, account, northwind.AsOf)
	if err != nil {
		log.Fatal(err)
	}
	for _, phase := range p.Phases {
		fmt.Println(phase.Phase, phase.State, phase.Missing)
	}
	next, _ := p.Next()
	fmt.Println("next:", next.Name, "It closes", next.Closes, "points of the range of", next.Of)
	// Output:
	// research under-way [{every-answer Every question answered that would change something} {decider-known Someone who decides}]
	// analysis done []
	// strategy done []
	// tactics done []
	// next: How much does value, rather than price, decide what they buy? It closes 10 points of the range of selection
}

// Four months into the plan: the objectives against their straight lines, the
// actions, and the first quarter against what was sold.
func ExampleEngine_Progress() {
	engine, account, _, plan := sample()
	p, err := engine.Progress(plan, account, northwind.AsOf)
	if err != nil {
		log.Fatal(err)
	}
	for _, o := range p.Objectives {
		fmt.Println(o.Objective, o.Pace, "expected", o.Expected, "is", o.Current)
	}
	fmt.Println("done", p.Done, "blocked", p.Blocked, "critical", p.Critical)
	q := p.Forecast[0]
	fmt.Println("forecast", q.Forecast, "actual", q.Actual, "error", q.Error, q.ErrorPercent)
	// Output:
	// compare unknown expected <nil> is <nil>
	// departments behind expected 1.6538 is 1
	// revenue ahead expected 68268.7524 is 78043.11
	// done [a1 a3] blocked [a4 a5 a6] critical [a2 a4 a5]
	// forecast 18000.00 USD actual 15160.06 USD error -2839.94 USD -15.7774
}

// The same as a page for the review; it has tables of actions, issues and forecasts as well, where
// the plan has some.
func ExamplePlan_ProgressMarkdown() {
	engine, account, _, plan := sample()
	plan.Actions, plan.Issues, plan.Resources, plan.Forecast, plan.Objectives = nil, nil, nil, nil, plan.Objectives[2:]
	p, err := engine.Progress(plan, account, northwind.AsOf)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(plan.ProgressMarkdown(p, kam.English))
	// Output:
	// # Progress of the account plan: Save-a-lot Markets (SAVEA)
	//
	// As of 1998-04-30
	//
	// Last review: 1998-04-30
	//
	// ## Objectives
	//
	// | Objective | Unit | Baseline | Target | Due | The line asks for | Current | Against the line | Pace |
	// |---|---|---|---|---|---|---|---|---|
	// | More than half of the wallet (revenue) | USD in twelve months | 57713.575 | 90000 | 1998-12-31 | 68268.7524 | 78043.11 (1998-04-30) | 9774.3576 | Ahead |
}

// What changed between the version that was reviewed and the one after.
func ExamplePlan_Diff_review() {
	_, _, reviewed, now := sample()
	for _, c := range now.Diff(reviewed) {
		if strings.HasPrefix(c.Pointer, "/actions") {
			fmt.Println(c.In(kam.English))
		}
	}
	// Output:
	// /actions/0/state (a1): changed from open to done
	// /actions/1/due (a2): changed from 1998-03-31 to 1998-05-31
	// /actions/1/state (a2): changed from open to started
	// /actions/2/state (a3): changed from open to done
	// /actions/3/due (a4): changed from 1998-05-15 to 1998-06-30
	// /actions/6 (a7): added {"id":"a7","text":"Find out why a delivery of January was la…
}

// The document of a plan, in Chinese. Text of people is shown as it is, and
// can make no link, HTML or table cell.
func ExamplePlan_Markdown() {
	plan := kam.Plan{Account: "acme", Owner: "Ann | [x](javascript:alert(1))", Strategy: kam.PlanStrategy{Text: "Win <b>two</b> plants.", Stance: kam.StanceInvest}}
	doc := plan.Markdown(kam.Chinese)
	fmt.Println(doc[:strings.Index(doc, "\n\n## ")])
	_, after, _ := strings.Cut(doc, "## 6")
	strategy, _, _ := strings.Cut(after, "\n\n## ")
	fmt.Println("\n## 6" + strategy)
	// Output:
	// # 客户计划：acme
	//
	// | 计划 |  |
	// |---|---|
	// | 负责人 | Ann \| \[x\](javascript\:alert(1)) |
	//
	// ## 6. 战略与目标
	//
	// Win \<b\>two\<\/b\> plants.
	//
	// 投入策略：加大投入
}
