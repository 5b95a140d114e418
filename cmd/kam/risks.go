package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/kam-go/kam"
)

// accountRisk is what the failure checks say of one account, as data.
type accountRisk struct {
	Account string         `json:"account"`
	Name    string         `json:"name,omitzero"`
	AsOf    kam.Date       `json:"asOf"`
	Policy  kam.PolicyRef  `json:"policy"`
	Risks   kam.RiskReport `json:"risks"`
	revenue *kam.Number
}

// risks lists the accounts most at risk but prospects; bad lines, and accounts that come a second time, are
// reported and left out.
func (o *options) risks(engine *kam.Engine, stdin io.Reader, out io.Writer, stderr io.Writer) error {
	in, err := o.accounts(stdin)
	if err != nil {
		return err
	}
	defer in.close()
	var all []accountRisk
	for a, err := range engine.AssessRows(in.once(), o.asOf) {
		if err != nil {
			in.report(stderr, err)
			continue
		}
		if prospect(&a) { // whom nobody can lose
			continue
		}
		all = append(all, accountRisk{a.Account, a.Name, a.AsOf, a.Policy, a.Risks, revenueOf(a)})
	}
	if in.failed != nil {
		return in.failed
	}
	slices.SortStableFunc(all, graver)
	if o.most > 0 {
		all = all[:min(o.most, len(all))]
	}
	if o.json {
		err = writeLines(out, all)
	} else {
		err = o.printRisks(out, all)
	}
	return in.done(err)
}

// prospect reports an account that is not sold to, and was not the year before.
func prospect(a *kam.Assessment) bool {
	before, known := a.Signals.Value(kam.SignalRevenueBefore)
	return a.Stage.Served == kam.No && (!known || before.Cmp(kam.Int(0)) <= 0)
}

// graver puts the account in more danger first, and of two the one with more revenue.
func graver(a, b accountRisk) int {
	return cmp.Or(a.Risks.Compare(b.Risks), better(a.revenue, b.revenue), cmp.Compare(a.Account, b.Account))
}

// number counts the findings with an outcome.
func number(a accountRisk, outcome kam.Outcome) (n int) {
	for _, x := range a.Risks.Findings {
		if x.Outcome == outcome {
			n++
		}
	}
	return n
}

func writeLines(w io.Writer, all []accountRisk) error {
	for _, a := range all {
		if err := writeLine(w, a); err != nil {
			return err
		}
	}
	return nil
}

func (o *options) printRisks(w io.Writer, all []accountRisk) error {
	r := &report{w: w, lang: o.lang}
	rows := [][]string{r.head("ACCOUNT", "客户", "NAME", "名称", "REVENUE", "收入", "AT RISK", "风险", "WATCH", "关注", "CANNOT TELL", "无法判断", "FIRST REASON", "首要原因")}
	for _, a := range all {
		revenue := "?"
		if a.revenue != nil {
			revenue = a.revenue.Fixed(2)
		}
		rows = append(rows, []string{
			a.Account, cut(a.Name, 24), fmt.Sprintf("%12s", revenue),
			o.atRisk(a), fmt.Sprint(number(a, kam.Watch)), fmt.Sprint(len(a.Risks.Unknown)), reason(a.Risks, o.lang),
		})
	}
	r.table(rows)
	r.say("\nA check that cannot tell is not clear. \"kam show\" says what to find out first.",
		"\n无法判断不等于没有问题。应先查明的事实见“kam show”。")
	return r.err
}

// atRisk is how many findings are at risk, and of these the grave ones, by which the accounts
// are sorted first.
func (o *options) atRisk(a accountRisk) string {
	grave := 0
	for _, x := range a.Risks.Findings {
		if x.Outcome == kam.AtRisk && x.Severity == kam.High {
			grave++
		}
	}
	text := fmt.Sprint(number(a, kam.AtRisk))
	if grave > 0 {
		text += fmt.Sprintf(kam.Text{EN: " (%d high)", ZH: "（高 %d）"}.In(o.lang), grave)
	}
	return text
}

// reason is the first finding in one line, with the fact that decided it.
func reason(r kam.RiskReport, lang kam.Language) string {
	if len(r.Findings) == 0 {
		return ""
	}
	first := r.Findings[0]
	text := first.Name.In(lang)
	for _, e := range slices.Backward(first.Evidence) {
		if e.Value == kam.Yes.String() || e.Value == kam.No.String() {
			continue // the name of the check says it
		}
		e.Condition = "" // for one line
		text += kam.Text{EN: " (", ZH: "（"}.In(lang) + e.In(lang) + kam.Text{EN: ")", ZH: "）"}.In(lang)
		break
	}
	return text
}
