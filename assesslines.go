package kam

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"sync"
)

// AssessedLine is what became of one line of accounts.
type AssessedLine struct {
	// Line is its number in the source, from 1; blank lines count.
	Line int
	// Account is the id of the account, where it could be read.
	Account string
	// JSON is the assessment on a line of its own, with the end of the line; none where
	// there is an error. It is good until the loop's next turn.
	JSON []byte
	// Flush reports that the source must be read for the next line: whoever is asked line
	// by line, and buffers what he writes, flushes it here.
	Flush bool
}

// AssessLines is [ReadAccounts], an assessment, and its JSON, in the order of the lines:
// what programs do that read accounts and write assessments. Up to so many workers (at
// least one, at most 1024) decode, assess and encode, which is nearly all of the work,
// where [Engine.AssessParallel] leaves decoding and encoding to the caller. Memory is
// that of some chunks of 64 lines or 64 KiB, whatever the number of lines.
//
// The bytes are those of [json.Marshal] of [Engine.Assess], and an end of line. A line that
// cannot be decoded or assessed, or is of another currency than the first, as in
// [Engine.AssessAll], is a [LineError], and the next line follows. Any other error is one
// of r, a panic in it included, and ends the loop.
//
// Each loop reads on where r stands, and ahead. r is read by a goroutine of its own, which
// ends with the loop, or, where the loop is broken off, as soon as r returns, and is not
// read again; the others end before the loop does. Checks in code are called by several
// goroutines at once; one that ends its goroutine is an error of its line.
func (e *Engine) AssessLines(r io.Reader, asOf Date, workers int) iter.Seq2[AssessedLine, error] {
	return func(yield func(AssessedLine, error) bool) {
		workers := max(1, min(workers, maxWorkers))
		w := &lineWalk{
			engine: e, asOf: asOf,
			todo: make(chan *lineChunk, workers), inOrder: make(chan *lineChunk, workers), stop: make(chan struct{}),
		}
		source := r
		if r != nil {
			source = untilStopped{r, w.stop}
		}
		w.lines = newLineReader(source)
		defer w.end()
		for range workers {
			w.done.Go(func() { w.work(nil) })
		}
		go w.read()
		for c := range w.inOrder {
			<-c.done
			if !w.hand(c, yield) {
				return
			}
			w.free.Put(c)
		}
		if err := w.lines.failed(); err != nil {
			yield(AssessedLine{}, err)
		}
	}
}

// untilStopped is a source that nobody reads once the loop has ended.
type untilStopped struct {
	r    io.Reader
	stop <-chan struct{}
}

func (u untilStopped) Read(p []byte) (int, error) {
	if closed(u.stop) {
		return 0, io.EOF
	}
	return u.r.Read(p)
}

func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// lineWalk is what the goroutines share. One reads, the workers decode, assess and
// encode, and the caller's hands on. They hand over chunks of lines. A chunk ends early
// where the source must be waited for, so that whoever feeds us line by line is answered
// line by line.
type lineWalk struct {
	engine   *Engine
	asOf     Date
	lines    *lineReader
	currency string

	todo, inOrder chan *lineChunk
	stop          chan struct{}  // closed when the loop ends
	done          sync.WaitGroup // the workers
	free          sync.Pool      // chunks to be used again
}

// A chunk has at most so many lines, and ends behind so many bytes.
const (
	chunkLines = 64
	chunkBytes = 64 << 10
)

// lineChunk is some lines, then what came of them.
type lineChunk struct {
	data  []byte
	lines []chunkLine
	begun int // lines that were assessed, or are being
	out   bytes.Buffer
	waits bool // for the source
	done  chan struct{}
}

// chunkLine ends somewhere in the data of its chunk, and its assessment in the output.
type chunkLine struct {
	number, end, outEnd int
	account, currency   string
	err                 error
}

// read cuts the source into chunks.
func (w *lineWalk) read() {
	defer close(w.todo)
	defer close(w.inOrder)
	finished := false
	defer func() {
		if p := recover(); p != nil {
			w.lines.err = fmt.Errorf("panic: %v", p)
		} else if !finished {
			w.lines.err = errSourceEnded
		}
	}()
	for end := false; !end; {
		c, _ := w.free.Get().(*lineChunk)
		if c == nil {
			c = new(lineChunk)
		}
		end = c.fill(w.lines)
		select {
		case w.inOrder <- c:
		case <-w.stop:
			return // nobody asks for an error
		}
		w.todo <- c // has as much room as inOrder
	}
	finished = true
}

// errSourceEnded is what remains of a source that ends the goroutine it is read by.
var errSourceEnded = errors.New("the source has ended its goroutine")

// fill reads the lines of one chunk and reports the end of the source.
func (c *lineChunk) fill(lines *lineReader) (end bool) {
	if cap(c.data) > 4*chunkBytes || c.out.Cap() > 64*chunkBytes {
		c.data, c.out = nil, bytes.Buffer{} // of a very long line
	}
	clear(c.lines)
	c.begun = 0
	c.data, c.lines, c.done = c.data[:0], c.lines[:0], make(chan struct{})
	for !end && len(c.lines) < chunkLines && len(c.data) < chunkBytes {
		var blank bool
		var err error
		start := len(c.data)
		c.data, blank, err, end = lines.next(c.data)
		if blank {
			c.data = c.data[:start]
			continue
		}
		if err == nil {
			err = errCheckEnded // until it is assessed
		}
		c.lines = append(c.lines, chunkLine{number: lines.number, end: len(c.data), err: err})
		if c.waits = lines.waiting(); c.waits {
			break
		}
	}
	return end
}

// work takes chunks, after the one that is begun, until there are no more.
func (w *lineWalk) work(c *lineChunk) {
	assessor, finished := w.engine.Assessor(), false
	defer func() {
		if !finished { // a check has ended this goroutine
			w.done.Go(func() { w.work(c) })
		}
	}()
	for !finished {
		if c == nil {
			select {
			case c = <-w.todo:
			case <-w.stop:
			}
		}
		if finished = c == nil; !finished {
			w.assess(c, assessor)
			close(c.done)
			c = nil
		}
	}
}

// assess goes on with the lines of a chunk that nobody has begun.
func (w *lineWalk) assess(c *lineChunk, assessor *Assessor) {
	if c.begun == 0 {
		c.out.Reset()
	}
	encoder := json.NewEncoder(&c.out)
	for c.begun < len(c.lines) && !closed(w.stop) {
		l, start := &c.lines[c.begun], 0
		if c.begun > 0 {
			start = c.lines[c.begun-1].end
		}
		if c.begun++; l.err == errCheckEnded {
			l.err = l.assess(c.data[start:l.end], assessor, w.asOf, encoder)
			l.outEnd = c.out.Len()
		}
	}
}

func (l *chunkLine) assess(data []byte, assessor *Assessor, asOf Date, out *json.Encoder) error {
	account, err := decodeAccount(data)
	if l.account = account.ID; err != nil {
		return err
	}
	a, err := assessor.Assess(&account, asOf)
	if err != nil {
		return err
	}
	l.currency = a.Signals.Currency
	return out.Encode(a)
}

// hand hands on what came of a chunk; false is to stop.
func (w *lineWalk) hand(c *lineChunk, yield func(AssessedLine, error) bool) bool {
	start := 0
	for i := range c.lines {
		l := &c.lines[i]
		out := AssessedLine{Line: l.number, Account: l.account, Flush: c.waits && i == len(c.lines)-1}
		err := l.err
		if err == nil {
			out.JSON, start = c.out.Bytes()[start:l.outEnd:l.outEnd], l.outEnd
			err = oneCurrency(&w.currency, l.account, l.currency)
		}
		if err != nil {
			out.JSON, err = nil, &LineError{l.number, err}
		}
		if !yield(out, err) {
			return false
		}
	}
	return true
}

// end ends what still runs, and waits for all but the source.
func (w *lineWalk) end() {
	close(w.stop)
	w.done.Wait()
}
