package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/cmd/kam/northwind"
)

// accounts are those of the file that -in names, or of the sample portfolio.
type accounts struct {
	source io.Reader // nil of the sample portfolio
	rows   iter.Seq2[kam.Account, error]
	lines  *lineReader    // nil of the sample portfolio
	lineOf map[string]int // of each account that once has yielded
	failed error          // of the source, once the rows have been read
	bad    bool           // whether something was reported
	close  func()
}

// done is the error of what was done with the accounts, or else that some were bad.
func (a *accounts) done(err error) error {
	if err == nil && a.bad {
		return errBadLines
	}
	return err
}

func (o *options) accounts(stdin io.Reader) (*accounts, error) {
	a := &accounts{rows: northwind.Accounts(), close: func() {}}
	switch o.in {
	case "":
		return a, nil
	case "-":
	default:
		f, err := os.Open(o.in)
		if err != nil {
			return nil, fmt.Errorf("kam: read accounts: %w", err)
		}
		stdin, a.close = f, func() { _ = f.Close() }
	}
	a.source, a.lines = stdin, &lineReader{r: bufio.NewReader(stdin)}
	a.rows = func(yield func(kam.Account, error) bool) {
		for account, err := range kam.ReadAccounts(a.lines) {
			var line *kam.LineError
			if err != nil && !errors.As(err, &line) {
				a.failed = err
				return
			}
			if !yield(account, err) {
				return
			}
		}
	}
	return a, nil
}

// once are the rows, each account once: a second one, and one without an id, is the error of its
// line.
func (a *accounts) once() iter.Seq2[kam.Account, error] {
	a.lineOf = map[string]int{}
	return func(yield func(kam.Account, error) bool) {
		for account, err := range a.rows {
			if err == nil && a.lines != nil {
				switch first, twice := a.lineOf[account.ID]; {
				case account.ID == "":
					err = &kam.LineError{Line: a.lines.n, Err: kam.Violation{Pointer: "/id", Code: kam.CodeMissing}}
				case twice:
					err = &kam.LineError{Line: a.lines.n, Err: fmt.Errorf("account %q: %w, and left out; line %d has it", cut(account.ID, 60), kam.Violation{Pointer: "/id", Code: kam.CodeDuplicate}, first)}
				default:
					a.lineOf[account.ID] = a.lines.n
				}
			}
			if !yield(account, err) {
				return
			}
		}
	}
}

// line is the error with the line of its account, where it has none.
func (a *accounts) line(err error) error {
	var has *kam.LineError
	var of *kam.AccountError
	if errors.As(err, &has) || !errors.As(err, &of) || a.lineOf[of.Account] == 0 {
		return err
	}
	return &kam.LineError{Line: a.lineOf[of.Account], Err: err}
}

// report prints what is wrong with accounts, one error or several joined, each with its line.
func (a *accounts) report(stderr io.Writer, err error) {
	if err == nil {
		return
	}
	a.bad = true
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, err := range joined.Unwrap() {
			a.report(stderr, err)
		}
		return
	}
	fmt.Fprintln(stderr, a.line(err))
}

// lineReader hands out a line, or a part of one, at a time, so that the lines that have been
// read are those that it has handed out.
type lineReader struct {
	r *bufio.Reader
	n int // the number of the line that was handed out last
	// inside says that the line has not ended yet.
	inside bool
}

func (l *lineReader) Read(p []byte) (int, error) {
	if _, err := l.r.Peek(1); err != nil || len(p) == 0 {
		return 0, err
	}
	part, _ := l.r.Peek(min(len(p), l.r.Buffered()))
	if end := bytes.IndexByte(part, '\n'); end >= 0 {
		part = part[:end+1]
	}
	if !l.inside {
		l.n++
	}
	l.inside = part[len(part)-1] != '\n'
	n := copy(p, part)
	_, err := l.r.Discard(n)
	return n, err
}
