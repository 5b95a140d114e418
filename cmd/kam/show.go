package main

import (
	"cmp"
	"fmt"
	"io"
	"iter"

	"github.com/kam-go/kam"
)

// show prints all that is said of one account, with the reasons.
func (o *options) show(engine *kam.Engine, stdin io.Reader, out io.Writer) error {
	account, err := o.wanted(stdin)
	if err != nil {
		return err
	}
	a, err := engine.Assess(account, o.asOf)
	if err != nil {
		return err
	}
	if o.json {
		return writeJSON(out, a)
	}
	_, err = io.WriteString(out, engine.Markdown(account, a, o.lang))
	return err
}

// wanted is the account of -account.
func (o *options) wanted(stdin io.Reader) (kam.Account, error) {
	in, err := o.accounts(stdin)
	if err != nil {
		return kam.Account{}, err
	}
	defer in.close()
	a, err := find(in.rows, o.account)
	return a, cmp.Or(in.failed, err)
}

// find returns the account of an id. A line that cannot be read may be that
// of the account, so that its error ends the search.
func find(rows iter.Seq2[kam.Account, error], id string) (kam.Account, error) {
	for a, err := range rows {
		if err != nil || a.ID == id {
			return a, err
		}
	}
	return kam.Account{}, fmt.Errorf("kam: find account %q: %w", id, kam.CodeUnknown)
}
