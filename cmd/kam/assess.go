package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/kam-go/kam"
)

// errBadLines says that some lines were bad; each has been reported.
var errBadLines = errors.New("kam: some lines were bad")

// assess streams: one account a line in, one assessment a line out, in their
// order and in constant memory. A bad line is reported and the walk goes on.
//
// One goroutine reads, the workers decode, assess and encode, and this one
// writes. They hand over chunks of lines. A chunk ends early where the source
// must be waited for, so that whoever feeds us line by line is answered line by
// line.
func assess(engine *kam.Engine, asOf kam.Date, workers int, in io.Reader, out *bufio.Writer, p *progress) error {
	w := &assessing{
		engine: engine, asOf: asOf, lines: newLineReader(in),
		todo: make(chan *chunk, workers), inOrder: make(chan *chunk, workers), stop: make(chan struct{}),
	}
	defer close(w.stop)
	for range workers {
		go w.work()
	}
	go w.read()
	bad, currency := 0, ""
	for c := range w.inOrder {
		<-c.done
		if err := c.write(out, p, &bad, &currency); err != nil {
			return err
		}
		w.free.Put(c)
	}
	p.end()
	switch {
	case w.lines.err != nil:
		return fmt.Errorf("kam: read line %d: %w", w.lines.number+1, w.lines.err)
	case bad > 0:
		return errBadLines
	}
	return nil
}

// assessing is what the goroutines share.
type assessing struct {
	engine *kam.Engine
	asOf   kam.Date
	lines  *lineReader

	todo, inOrder chan *chunk
	stop          chan struct{}
	free          sync.Pool // chunks to be used again
}

// maxWorkers is far more than there are processors.
const maxWorkers = 1024

// A chunk has at most so many lines, and ends behind so many bytes.
const (
	chunkLines = 64
	chunkBytes = 64 << 10
)

// chunk is some lines, then what came of them.
type chunk struct {
	data    []byte
	lines   []line
	out     bytes.Buffer
	waiting bool // for the source
	done    chan struct{}
}

// line ends somewhere in the data of its chunk, and its assessment in the
// output.
type line struct {
	number, end, outEnd int
	account, currency   string
	fault               string // what is wrong, in words, which are short
}

// read cuts the source into chunks.
func (w *assessing) read() {
	defer close(w.todo)
	defer close(w.inOrder)
	for end := false; !end; {
		c, _ := w.free.Get().(*chunk)
		if c == nil {
			c = new(chunk)
		}
		end = c.fill(w.lines)
		if len(c.lines) == 0 {
			continue
		}
		select {
		case w.inOrder <- c:
		case <-w.stop:
			return
		}
		w.todo <- c // has as much room as inOrder
	}
}

// fill reads the lines of one chunk and reports the end of the source.
func (c *chunk) fill(lines *lineReader) (end bool) {
	if cap(c.data) > 4*chunkBytes || c.out.Cap() > 64*chunkBytes {
		c.data, c.out = nil, bytes.Buffer{} // of a very long line
	}
	clear(c.lines)
	c.data, c.lines, c.done = c.data[:0], c.lines[:0], make(chan struct{})
	for !end && len(c.lines) < chunkLines && len(c.data) < chunkBytes {
		var blank bool
		var err error
		start := len(c.data)
		c.data, blank, err, end = lines.next(c.data)
		if blank {
			c.data = c.data[:start]
		} else {
			c.lines = append(c.lines, line{number: lines.number, end: len(c.data), fault: faultOf(err)})
		}
		if c.waiting = lines.waiting(); c.waiting && len(c.lines) > 0 {
			break
		}
	}
	return end
}

func (w *assessing) work() {
	for c := range w.todo {
		c.assess(w.engine, w.asOf)
		close(c.done)
	}
}

func (c *chunk) assess(engine *kam.Engine, asOf kam.Date) {
	c.out.Reset()
	encoder := json.NewEncoder(&c.out)
	start := 0
	for i := range c.lines {
		l := &c.lines[i]
		if l.fault == "" {
			l.fault = faultOf(l.assess(c.data[start:l.end], engine, asOf, encoder))
		}
		start, l.outEnd = l.end, c.out.Len()
	}
}

func (l *line) assess(data []byte, engine *kam.Engine, asOf kam.Date, out *json.Encoder) error {
	var account kam.Account
	if err := account.UnmarshalJSON(data); err != nil {
		return err
	}
	a, err := engine.Assess(account, asOf)
	if err != nil {
		return err
	}
	l.account, l.currency = a.Account, a.Signals.Currency
	return out.Encode(a)
}

func faultOf(err error) string {
	if err == nil {
		return ""
	}
	return strings.TrimPrefix(err.Error(), "kam: ")
}

// write reports the bad lines and writes the assessments of the others.
func (c *chunk) write(out *bufio.Writer, p *progress, bad *int, currency *string) error {
	start := 0
	for i := range c.lines {
		l := &c.lines[i]
		text := c.out.Bytes()[start:l.outEnd]
		start = l.outEnd
		if l.fault == "" {
			l.fault = faultOf(oneCurrency(currency, l))
		}
		if l.fault != "" {
			*bad++
			p.report("kam: line %d: %s\n", l.number, l.fault)
			continue
		}
		if _, err := out.Write(text); err != nil {
			return err
		}
		p.step(l.number, *bad)
	}
	if c.waiting {
		return out.Flush() // whoever feeds us may be waiting too
	}
	return nil
}

// oneCurrency is the rule of [kam.Engine.AssessRows]: all accounts are in the
// currency of the first that has one.
func oneCurrency(first *string, l *line) error {
	if *first == "" {
		*first = l.currency
	}
	if l.currency == "" || l.currency == *first {
		return nil
	}
	v := kam.Violation{Pointer: "/currency", Code: kam.CodeCurrencyMix, Value: l.currency, Want: *first}
	return fmt.Errorf("kam: assess account %q: %w", clip(l.account), kam.Violations{v})
}

// clip bounds what an error repeats of its input.
func clip(s string) string {
	limit := 60
	if len(s) <= limit {
		return s
	}
	for !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit] + "…"
}
