package main

import (
	"fmt"
	"io"

	"github.com/kam-go/kam"
)

// show prints all that is said of one account, with the reasons, or what changed of it since
// another day.
func (o *options) show(engine *kam.Engine, stdin io.Reader, out, stderr io.Writer) error {
	account, bad, err := o.wanted(stdin, stderr)
	if err != nil {
		return err
	}
	a, err := engine.Assess(account, o.asOf)
	if err != nil {
		return err
	}
	switch {
	case !o.before.IsZero():
		err = o.showChanges(engine, account, a, out)
	case o.json:
		err = writeJSON(out, a)
	default:
		_, err = io.WriteString(out, engine.Markdown(account, a, o.lang))
	}
	if err == nil && bad {
		err = errBadLines
	}
	return err
}

// showChanges compares the account with what was known of it on the day before.
func (o *options) showChanges(engine *kam.Engine, account kam.Account, now kam.Assessment, out io.Writer) error {
	before, err := engine.Assess(account, o.before)
	if err != nil {
		return err
	}
	d, err := now.Diff(before)
	if err != nil {
		return err
	}
	if o.json {
		return writeJSON(out, d)
	}
	_, err = io.WriteString(out, engine.DiffMarkdown(d, o.lang))
	return err
}

// wanted is the account of -account. Lines that cannot be read are reported, since one of them
// may be that of the account, and so is an account that comes a second time.
func (o *options) wanted(stdin io.Reader, stderr io.Writer) (account kam.Account, bad bool, err error) {
	in, err := o.accounts(stdin)
	if err != nil {
		return kam.Account{}, false, err
	}
	defer in.close()
	found := false
	for a, err := range in.rows {
		switch {
		case err != nil:
			bad = true
			fmt.Fprintln(stderr, err)
		case a.ID != o.account:
		case found:
			return kam.Account{}, bad, fmt.Errorf("kam: find account %q: %w", o.account, kam.Violation{Pointer: "/id", Code: kam.CodeDuplicate})
		default:
			account, found = a, true
		}
	}
	switch {
	case in.failed != nil:
		return kam.Account{}, bad, in.failed
	case !found:
		return kam.Account{}, bad, fmt.Errorf("kam: find account %q: %w", o.account, kam.CodeUnknown)
	}
	return account, bad, nil
}
