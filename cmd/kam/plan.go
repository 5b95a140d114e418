package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/cmd/kam/northwind"
)

// errBadPlan says that a plan has errors; they have been printed.
var errBadPlan = errors.New("kam: the plan has errors")

// planVersion is the version of the sample plan that is shown without a FILE.
const planVersion = 2

// plan does what the commands "plan check", "plan show", "plan progress" and "plan new" ask.
func (o *options) plan(command string, engine *kam.Engine, stdin io.Reader, out, stderr io.Writer) error {
	if command == "plan new" {
		return o.newPlan(engine, stdin, out, stderr)
	}
	p, err := o.readPlan(stdin)
	if err != nil {
		return err
	}
	switch command {
	case "plan show":
		_, err := io.WriteString(out, p.Markdown(o.lang))
		return err
	case "plan progress":
		return o.progressOfPlan(engine, p, stdin, out, stderr)
	}
	return o.checkPlan(engine, p, out)
}

// readPlan reads the plan of the command line, or else the sample plan.
func (o *options) readPlan(stdin io.Reader) (kam.Plan, error) {
	if o.file == "" {
		return northwind.Plan(planVersion)
	}
	data, err := readFile("plan", o.file, stdin)
	if err != nil {
		return kam.Plan{}, err
	}
	p, err := kam.Decode[kam.Plan](data)
	if err != nil {
		return p, fmt.Errorf("kam: read plan %q: %w", o.file, kam.ViolationsOf(err))
	}
	return p, nil
}

// newPlan prints a draft for an account of the sample portfolio or of a file;
// without an account it prints the sample plan.
func (o *options) newPlan(engine *kam.Engine, stdin io.Reader, out, stderr io.Writer) error {
	if o.account == "" {
		p, err := northwind.Plan(planVersion)
		if err != nil {
			return err
		}
		return writeJSON(out, p)
	}
	a, bad, err := o.wanted(stdin, stderr)
	if err != nil {
		return err
	}
	p, err := o.draft(engine, a)
	if err == nil {
		err = writeJSON(out, p)
	}
	if err == nil && bad {
		err = errBadLines
	}
	return err
}

func (o *options) draft(engine *kam.Engine, a kam.Account) (kam.Plan, error) {
	from, to := o.from, o.to
	if from.IsZero() {
		from = o.asOf.AddDays(1)
	}
	if to.IsZero() {
		to = from.AddMonths(12).AddDays(-1)
	}
	return engine.NewPlan(a, o.asOf, from, to, kam.FiscalYear{Start: o.fiscal})
}

// progressOfPlan prints how the plan stands, by the sales of its account.
func (o *options) progressOfPlan(engine *kam.Engine, p kam.Plan, stdin io.Reader, out, stderr io.Writer) error {
	o.account = p.Account
	a, bad, err := o.wanted(stdin, stderr)
	switch {
	case errors.Is(err, kam.CodeUnknown) && o.in == "":
		return fmt.Errorf("%w in the sample portfolio; -in names another", err)
	case err != nil:
		return err
	}
	x, err := engine.Progress(p, a, o.asOf)
	switch {
	case err != nil:
		return err
	case o.json:
		err = writeJSON(out, x)
	default:
		_, err = io.WriteString(out, p.ProgressMarkdown(x, o.lang))
	}
	if err == nil && bad {
		err = errBadLines
	}
	return err
}

// planReport is the check of a plan as data.
type planReport struct {
	Account      string           `json:"account"`
	Version      int              `json:"version,omitzero"`
	AsOf         kam.Date         `json:"asOf"`
	Errors       kam.Violations   `json:"errors"`
	Warnings     kam.Violations   `json:"warnings"`
	Completeness kam.Completeness `json:"completeness"`
}

func (o *options) checkPlan(engine *kam.Engine, p kam.Plan, out io.Writer) error {
	warnings, err := p.Validate(o.asOf)
	none := kam.Violations{} // in JSON a list, and not null
	report := planReport{p.Account, p.Version, o.asOf, append(none, kam.ViolationsOf(err)...), append(none, warnings...), engine.Completeness(p)}
	if o.json {
		if err := writeJSON(out, report); err != nil {
			return err
		}
	} else if err := o.printPlanReport(out, report); err != nil {
		return err
	}
	if err != nil {
		return errBadPlan
	}
	return nil
}

func (o *options) printPlanReport(w io.Writer, p planReport) error {
	r := &report{w: w, lang: o.lang}
	r.say("plan of %s as of %s: errors %d, warnings %d, %s %% complete", "%s 的计划，截至 %s：%d 个错误，%d 个警告，完整度 %s%%",
		plain(p.Account), p.AsOf, len(p.Errors), len(p.Warnings), p.Completeness.Percent.Fixed(1))
	for _, v := range p.Errors {
		r.say("error    %s", "错误 %s", v.In(o.lang))
	}
	for _, v := range p.Warnings {
		r.say("warning  %s", "警告 %s", v.In(o.lang))
	}
	r.say("", "")
	rows := [][]string{r.head("SECTION", "章节", "COMPLETE", "完整度", "MISSING", "缺少")}
	for _, s := range p.Completeness.Sections {
		name, share := s.Name.In(o.lang), fmt.Sprintf("%8s", s.Percent.Fixed(0)+"%")
		if len(s.Missing) == 0 {
			rows = append(rows, []string{name, share, ""})
		}
		for _, item := range s.Missing {
			rows = append(rows, []string{name, share, item.Name.In(o.lang)})
			name, share = "", ""
		}
	}
	r.table(rows)
	return r.err
}

// plain is a text of a plan that may hold anything, for a terminal.
func plain(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsPrint(c) {
			return c
		}
		return unicode.ReplacementChar
	}, cut(s, 80))
}

// writeJSON writes indented JSON.
func writeJSON(w io.Writer, v any) error {
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(data, '\n'))
	return err
}
