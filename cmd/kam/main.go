// Command kam assesses accounts with the package kam: JSON Lines in, JSON
// Lines or a table out.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/cmd/kam/northwind"
)

const usage = `kam judges accounts: how attractive each is, how strong the relationship,
its stage, its place on the grid, what could lose it, and what is not known.

Usage:

  kam [-lang en|zh] [-policy FILE] [-asof DATE] [-in FILE]
        print a table of the accounts, the most attractive of each cell first;
        of the sample portfolio, or of the JSON Lines in FILE
  kam assess [-policy FILE] [-asof DATE] [-workers N] [-in FILE] < accounts.jsonl
        assess one account a line; a bad line is reported on standard error
        with its number, the others go on, and the exit status is 1. Accounts
        are not kept, so one that comes twice is assessed twice
  kam portfolio [-lang en|zh] [-policy FILE] [-asof DATE] [-before DATE] [-in FILE]
               [-hours N] [-most N] [-json | -page]
        report on all accounts together: key accounts and why, tiers, time,
        concentration, also as a page of Markdown with the grid, or who stands
        elsewhere than on -before, by what was known on the two days; of the
        sample portfolio, or of the JSON Lines in FILE
  kam show -account ID [-before DATE] [-lang en|zh] [-policy FILE] [-asof DATE]
               [-in FILE] [-json]
        print all that is said of one account as Markdown, every number with
        its reasons, or what changed of it since -before, by what was known
        on the two days; of the sample portfolio, or of the JSON Lines in FILE
  kam risks [-lang en|zh] [-policy FILE] [-asof DATE] [-in FILE] [-most N] [-json]
        list the accounts that are most at risk of being lost, each with its
        first reason, and no prospects; of the sample portfolio, or of the JSON Lines in FILE
  kam plan check [-lang en|zh] [-policy FILE] [-asof DATE] [-json] [FILE]
        check an account plan (JSON): errors, warnings, and what is missing;
        the exit status is 1 where there are errors
  kam plan show [-lang en|zh] [FILE]
        print the plan as Markdown
  kam plan progress [-lang en|zh] [-in FILE] [-policy FILE] [-asof DATE] [-json]
                    [FILE]
        print how the plan stands, for a review: objectives, actions, issues,
        and the forecast against the sales of its account, which is of the
        sample portfolio or of the JSON Lines in -in
  kam plan new [-account ID] [-in FILE] [-policy FILE] [-asof DATE]
               [-from DATE] [-to DATE] [-fiscal MONTH]
        draft a plan of an account of the sample portfolio, or of the JSON
        Lines in FILE; without -account print the sample plan to learn from
  kam policy [-lang en|zh] [-policy FILE] [-digest]
        print the default policy as JSON, to start one's own from; or check the
        policy in FILE and print it with its defaults filled in, and on standard
        error what deserves a look, such as rules that nothing reaches; or the
        digest alone, as assessments have it
  kam sample
        print the accounts of the sample portfolio as JSON Lines, to see what an
        account is; "go doc github.com/kam-go/kam.Account" says what each field
        means
  kam version
        print the version of the command
  kam help
        print this text

Flags:

  -policy FILE  judge by the policy in FILE (JSON) instead of the default one
  -asof DATE    judge as of DATE, as in 2026-11-24 (default: today, and
                1998-04-30 for what is of the sample portfolio)
  -lang LANG    language of what is printed: en or zh (default: en); errors are
                in English
  -in FILE      JSON Lines of accounts; - is standard input
  -hours N      hours to give out (default: 1000)
  -json         print JSON instead of a report
  -workers N    how many accounts are assessed at once; what is printed and its
                order stay the same (default: as many as there are processors)
  -most N       how many accounts to list; 0 is all (default: 20, and 25 of a
                portfolio, whose -json has all)
  -account ID   the account to show, or to draft a plan of
  -before DATE  show what changed from DATE to -asof; without -hours and -most
  -from DATE    first day of the plan (default: the day after -asof)
  -to DATE      last day of the plan (default: a year later)
  -fiscal MONTH month in which the fiscal year begins, 1 to 12 (default: 1)

A plan without FILE is the sample plan; FILE - is standard input. An account is one
object on one line ("jq -c" makes such lines). All accounts are in one currency,
that of the first, or in the policy's, with its rates for the others:
{"currency": "EUR", "rates": {"USD": "0.9 EUR"}}.

Examples:

  echo '{"id":"acme","answers":{"attractiveness":{"size":8}}}' | kam assess
  kam policy > mine.json     # change the weights in mine.json, then
  kam assess -policy mine.json -asof 2026-06-30 < accounts.jsonl
  kam plan new -account ALFKI > plan.json     # fill it in, then
  kam plan check plan.json && kam plan show plan.json > plan.md

Exit status: 0 all is well, 1 some input was bad, 2 wrong usage.
`

// Exit statuses.
const (
	exitOK    = 0
	exitBad   = 1
	exitUsage = 2
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run does what args ask and returns the exit status.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	command := ""
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		command, args = args[0], args[1:]
	}
	if command == "plan" && len(args) > 0 {
		command, args = command+" "+args[0], args[1:]
	}
	out := bufio.NewWriter(stdout)
	opts, err := parse(command, args)
	if err == nil {
		err = opts.do(command, stdin, out, stderr)
	}
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	var misuse *usageError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &misuse):
		fmt.Fprintf(stderr, "kam: %v\nRun \"kam help\" for how to use it.\n", err)
		return exitUsage
	case !errors.Is(err, errBadLines) && !errors.Is(err, errBadPlan):
		fmt.Fprintln(stderr, err)
	}
	return exitBad
}

// usageError is a mistake in the command line.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

// options are the flags.
type options struct {
	policy string
	asOf   kam.Date
	lang   kam.Language
	in     string
	hours  kam.Number
	json   bool
	page   bool
	digest bool
	help   bool

	file     string // of a plan
	account  string
	before   kam.Date
	from, to kam.Date
	fiscal   time.Month
	most     int
	workers  int
}

// parse reads the flags that the command takes.
func parse(command string, args []string) (*options, error) {
	opts := &options{asOf: kam.DateOf(time.Now()), lang: kam.English, hours: kam.Int(1000), workers: runtime.GOMAXPROCS(0)}
	flags := flag.NewFlagSet("kam", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	switch command {
	case "", "portfolio", "risks", "show":
		opts.asOf = northwind.AsOf // until -in says otherwise
		flags.TextVar(&opts.asOf, "asof", opts.asOf, "")
		flags.StringVar(&opts.in, "in", "", "")
		if command != "" {
			flags.BoolVar(&opts.json, "json", false, "")
		}
		switch command {
		case "portfolio":
			flags.IntVar(&opts.most, "most", 25, "")
			flags.TextVar(&opts.hours, "hours", opts.hours, "")
			flags.BoolVar(&opts.page, "page", false, "")
			flags.TextVar(&opts.before, "before", opts.before, "")
		case "risks":
			flags.IntVar(&opts.most, "most", 20, "")
		case "show":
			flags.StringVar(&opts.account, "account", "", "")
			flags.TextVar(&opts.before, "before", opts.before, "")
		}
		flags.StringVar(&opts.policy, "policy", "", "")
		opts.langFlag(flags)
	case "assess":
		flags.StringVar(&opts.in, "in", "-", "")
		flags.IntVar(&opts.workers, "workers", opts.workers, "")
		flags.StringVar(&opts.policy, "policy", "", "")
		flags.TextVar(&opts.asOf, "asof", opts.asOf, "")
	case "plan check", "plan show", "plan progress", "plan new":
		opts.asOf = northwind.AsOf
		opts.planFlags(flags, command)
	case "plan":
		return nil, &usageError{"plan needs one of check, show, progress and new"}
	case "plan -h", "plan -help", "plan --help", "plan help":
		return &options{help: true}, nil
	case "policy":
		flags.StringVar(&opts.policy, "policy", "", "")
		flags.BoolVar(&opts.digest, "digest", false, "")
		opts.langFlag(flags)
	case "sample", "version", "help":
	default:
		return nil, &usageError{fmt.Sprintf("there is no command %q", command)}
	}
	err := flags.Parse(args)
	if takesFile := strings.HasPrefix(command, "plan ") && command != "plan new"; takesFile && err == nil && flags.NArg() > 0 {
		if opts.file = flags.Arg(0); opts.file == "" {
			return nil, &usageError{"the name of the file is empty"}
		}
		err = flags.Parse(flags.Args()[1:]) // flags may follow the file
	}
	switch {
	case errors.Is(err, flag.ErrHelp):
		opts.help = true
	case err != nil:
		return nil, &usageError{err.Error()}
	case command == "plan new" && opts.account == "" && flags.NFlag() > 0:
		return nil, &usageError{"a draft needs -account"}
	case command == "show" && opts.account == "":
		return nil, &usageError{"show needs -account"}
	case flags.NArg() > 0 && command != "help":
		return nil, &usageError{fmt.Sprintf("unexpected argument %q", flags.Arg(0))}
	case opts.workers < 1 || opts.workers > maxWorkers:
		return nil, &usageError{fmt.Sprintf("-workers needs 1 to %d", maxWorkers)}
	case opts.in == "-" && opts.file == "-":
		return nil, &usageError{"one of the plan and the accounts may be standard input"}
	case isSet(flags, "in") && opts.in == "":
		return nil, &usageError{"the name of the file of -in is empty"}
	case isSet(flags, "policy") && opts.policy == "":
		return nil, &usageError{"the name of the file of -policy is empty"}
	case opts.hours.Cmp(kam.Int(0)) < 0 || !opts.hours.Valid():
		return nil, &usageError{"-hours needs 0 or more"}
	case opts.most < 0:
		return nil, &usageError{"-most needs 0, for all, or more"}
	case command == "portfolio" && opts.json && isSet(flags, "most"):
		return nil, &usageError{"-json of a portfolio has all accounts, and goes without -most"}
	case opts.page && (opts.json || isSet(flags, "most") || isSet(flags, "hours") || isSet(flags, "before")):
		return nil, &usageError{"-page goes without -json, -most, -hours and -before"}
	case opts.in+opts.file != "" && !isSet(flags, "asof"):
		opts.asOf = kam.DateOf(time.Now())
	case opts.asOf.IsZero():
		return nil, &usageError{"-asof needs a date, as in 2026-11-24"}
	}
	switch before := isSet(flags, "before"); {
	case before && opts.before.IsZero():
		return nil, &usageError{"-before needs a date, as in 2026-11-24"}
	case before && opts.before.Cmp(opts.asOf) >= 0:
		return nil, &usageError{"-before needs a day before " + opts.asOf.String()}
	case before && (isSet(flags, "hours") || isSet(flags, "most")):
		return nil, &usageError{"-before goes without -hours and -most"}
	}
	return opts, nil
}

func (o *options) langFlag(flags *flag.FlagSet) {
	flags.Func("lang", "", func(s string) error {
		if o.lang = kam.Language(s); o.lang != kam.English && o.lang != kam.Chinese {
			return errors.New("the language is en or zh")
		}
		return nil
	})
}

// planFlags are the flags of the commands on plans.
func (o *options) planFlags(flags *flag.FlagSet, command string) {
	if command != "plan new" {
		o.langFlag(flags)
	}
	if command == "plan show" {
		return
	}
	flags.StringVar(&o.policy, "policy", "", "")
	flags.TextVar(&o.asOf, "asof", o.asOf, "")
	if command != "plan check" {
		flags.StringVar(&o.in, "in", "", "")
	}
	if command != "plan new" {
		flags.BoolVar(&o.json, "json", false, "")
		return
	}
	flags.StringVar(&o.account, "account", "", "")
	flags.TextVar(&o.from, "from", o.from, "")
	flags.TextVar(&o.to, "to", o.to, "")
	flags.Func("fiscal", "", func(s string) error {
		month, err := strconv.Atoi(s)
		if err != nil || month < 1 || month > 12 {
			return errors.New("a month is 1 to 12")
		}
		o.fiscal = time.Month(month)
		return nil
	})
}

// isSet reports whether a flag was given.
func isSet(flags *flag.FlagSet, name string) bool {
	set := false
	flags.Visit(func(f *flag.Flag) { set = set || f.Name == name })
	return set
}

func (o *options) do(command string, stdin io.Reader, out *bufio.Writer, stderr io.Writer) error {
	switch {
	case o.help || command == "help":
		_, err := out.WriteString(usage)
		return err
	case command == "sample":
		return writeSample(out)
	case command == "version":
		return writeVersion(out)
	}
	engine, err := o.engine()
	if err != nil {
		return err
	}
	switch command {
	case "policy":
		if o.digest {
			_, err := fmt.Fprintln(out, engine.Ref().Digest)
			return err
		}
		for _, w := range engine.Warnings() {
			if _, err := fmt.Fprintf(stderr, "kam: %s%s\n", kam.Text{EN: "warning: ", ZH: "警告："}.In(o.lang), w.In(o.lang)); err != nil {
				return err
			}
		}
		return writeJSON(out, engine.Policy())
	case "portfolio":
		return o.portfolio(engine, stdin, out, stderr)
	case "show":
		return o.show(engine, stdin, out, stderr)
	case "risks":
		return o.risks(engine, stdin, out, stderr)
	case "plan check", "plan show", "plan progress", "plan new":
		return o.plan(command, engine, stdin, out, stderr)
	case "assess":
		in, err := o.accounts(stdin)
		if err != nil {
			return err
		}
		defer in.close()
		return assess(engine, o.asOf, o.workers, in.source, out, newProgress(stderr))
	}
	return o.table(engine, stdin, out, stderr)
}

// writeSample writes the accounts of the sample portfolio.
func writeSample(out io.Writer) error {
	for a, err := range northwind.Accounts() {
		if err != nil {
			return err
		}
		if err := writeLine(out, a); err != nil {
			return err
		}
	}
	return nil
}

// writeLine writes a line of JSON.
func writeLine(out io.Writer, v any) error {
	data, err := json.Marshal(v)
	if err == nil {
		_, err = out.Write(append(data, '\n'))
	}
	return err
}

// writeVersion writes the version of the module as the build has it, and that of the model.
func writeVersion(out io.Writer) error {
	version := "(unknown)"
	if info, ok := debug.ReadBuildInfo(); ok {
		version = info.Main.Version
	}
	_, err := fmt.Fprintf(out, "kam %s, model %s, %s\n", version, kam.ModelVersion, runtime.Version())
	return err
}

// engine compiles the policy of the flags.
func (o *options) engine() (*kam.Engine, error) {
	var policy kam.Policy
	if o.policy != "" {
		data, err := readFile("policy", o.policy, nil)
		if err != nil {
			return nil, err
		}
		if policy, err = kam.Decode[kam.Policy](data); err != nil {
			return nil, fmt.Errorf("kam: read policy %q: %w", o.policy, kam.ViolationsOf(err))
		}
	}
	return kam.Compile(policy)
}

// portfolio reports on all accounts together; bad lines are reported and left
// out.
func (o *options) portfolio(engine *kam.Engine, stdin io.Reader, out io.Writer, stderr io.Writer) error {
	in, err := o.accounts(stdin)
	if err != nil {
		return err
	}
	defer in.close()
	rows, read := in.once(), []kam.Account(nil)
	if !o.before.IsZero() {
		rows = keep(rows, &read)
	}
	p, bad := engine.Portfolio(rows, o.asOf)
	if in.failed != nil {
		return in.failed
	}
	if p == nil {
		return bad
	}
	if !o.before.IsZero() {
		badBefore, err := o.portfolioChanges(engine, read, p, out)
		in.report(stderr, errors.Join(bad, badBefore))
		return in.done(err)
	}
	if o.page {
		_, err := io.WriteString(out, p.Markdown(o.lang))
		in.report(stderr, bad)
		return in.done(err)
	}
	hours := o.hours
	if len(p.Members) == 0 {
		hours = kam.Int(0) // there is nobody to have them
	}
	plan, err := engine.PlanTime(p, hours, kam.TimeRules{}, nil)
	if err != nil {
		return err
	}
	groups, circles := p.Groups()
	if o.json {
		err = printJSON(out, p, groups, plan)
	} else {
		err = o.printReport(out, p, groups, plan)
	}
	in.report(stderr, errors.Join(bad, circles))
	return in.done(err)
}

// maxFile is the most bytes of a policy or a plan, as of any document.
const maxFile = 8 << 20

// readFile reads a policy or a plan; "-" is standard input where there is one.
func readFile(what, name string, stdin io.Reader) ([]byte, error) {
	if name != "-" || stdin == nil {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("kam: read %s: %w", what, err)
		}
		defer f.Close()
		stdin = f
	}
	data, err := io.ReadAll(io.LimitReader(stdin, maxFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("kam: read %s: %w", what, err)
	case len(data) > maxFile:
		return nil, fmt.Errorf("kam: read %s %q: %w: more than %d bytes", what, name, kam.CodeTooLarge, maxFile)
	}
	return bytes.TrimPrefix(data, []byte("\uFEFF")), nil
}
