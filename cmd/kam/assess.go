package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"time"

	"github.com/kam-go/kam"
)

// errBadLines says that some lines were bad; each has been reported.
var errBadLines = errors.New("kam: some lines were bad")

// assess streams: one account a line in, one assessment a line out, in
// constant memory. A bad line is reported and the walk goes on.
func assess(engine *kam.Engine, asOf kam.Date, in io.Reader, out *bufio.Writer, p *progress) error {
	lines := &lineReader{r: bufio.NewReaderSize(in, 64<<10)}
	bad := 0
	for a, err := range engine.AssessRows(accounts(lines), asOf) {
		if err != nil {
			bad++
			p.report("kam: line %d: %s\n", lines.number, strings.TrimPrefix(err.Error(), "kam: "))
			continue
		}
		data, err := json.Marshal(a)
		if err != nil {
			return err
		}
		if _, err := out.Write(append(data, '\n')); err != nil {
			return err
		}
		if lines.r.Buffered() == 0 {
			if err := out.Flush(); err != nil { // whoever feeds us may be waiting
				return err
			}
		}
		p.step(lines.number, bad)
	}
	p.end()
	switch {
	case lines.err != nil:
		return fmt.Errorf("kam: read line %d: %w", lines.number+1, lines.err)
	case bad > 0:
		return errBadLines
	}
	return nil
}

// accounts decodes the lines as they come. Blank lines are skipped.
func accounts(lines *lineReader) iter.Seq2[kam.Account, error] {
	return func(yield func(kam.Account, error) bool) {
		for line, err := range lines.all() {
			var a kam.Account
			if err == nil {
				err = a.UnmarshalJSON(line)
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

// numbered is accounts with the number of a line in its error, for those who
// see the errors later.
func numbered(lines *lineReader) iter.Seq2[kam.Account, error] {
	return func(yield func(kam.Account, error) bool) {
		for a, err := range accounts(lines) {
			if err != nil {
				err = fmt.Errorf("kam: line %d: %w", lines.number, err)
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

// maxLine is the most bytes of one line.
const maxLine = 8 << 20

// lineReader yields lines of any length up to maxLine; a longer one is
// skipped and reported.
type lineReader struct {
	r      *bufio.Reader
	number int   // of the line yielded last, from 1
	err    error // of the source, when it is not its end
}

func (l *lineReader) all() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for {
			line, tooLong, end := l.next()
			if l.number == 1 {
				line = bytes.TrimPrefix(line, []byte("\uFEFF"))
			}
			var err error
			if tooLong {
				err = fmt.Errorf("%w: more than %d bytes", kam.CodeTooLarge, maxLine)
			}
			if (tooLong || len(bytes.TrimSpace(line)) > 0) && !yield(line, err) {
				return
			}
			if end {
				return
			}
		}
	}
}

// next reads one line. After a failure of the source there is none.
func (l *lineReader) next() (line []byte, tooLong, end bool) {
	for {
		part, err := l.r.ReadSlice('\n')
		if len(line)+len(part) > maxLine+1 {
			tooLong, line = true, nil
		}
		if !tooLong {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && !errors.Is(err, io.EOF):
			l.err = err
			return nil, false, true
		}
		l.number++
		return line, tooLong, err != nil
	}
}

// progress tells a person at a terminal how far the work is. Into a file or a
// pipe it reports errors alone.
type progress struct {
	w        io.Writer
	terminal bool
	next     time.Time
	shown    bool
}

const progressEvery = time.Second

func newProgress(w io.Writer) *progress {
	p := &progress{w: w, next: time.Now().Add(progressEvery)}
	if f, ok := w.(*os.File); ok {
		info, err := f.Stat()
		p.terminal = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	return p
}

func (p *progress) step(lines, bad int) {
	if !p.terminal || lines%100 != 0 || time.Now().Before(p.next) {
		return
	}
	fmt.Fprintf(p.w, "\r%d lines, %d bad", lines, bad)
	p.shown, p.next = true, time.Now().Add(progressEvery)
}

func (p *progress) report(format string, args ...any) {
	p.end()
	fmt.Fprintf(p.w, format, args...)
}

// end leaves the progress line.
func (p *progress) end() {
	if p.shown {
		fmt.Fprintln(p.w)
		p.shown = false
	}
}
