package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/kam-go/kam"
)

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
	buf    []byte
}

func newLineReader(r io.Reader) *lineReader { return &lineReader{r: bufio.NewReaderSize(r, 64<<10)} }

// all yields the lines, each valid until the next one.
func (l *lineReader) all() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for {
			line, blank, err, end := l.next(l.buf[:0])
			l.buf = line
			if !blank && !yield(line, err) {
				return
			}
			if end {
				return
			}
		}
	}
}

// next appends one line to buf, and says whether it is blank, too long, or the
// last. After a failure of the source there is none.
func (l *lineReader) next(buf []byte) (out []byte, blank bool, err error, end bool) {
	out = buf
	for {
		part, failed := l.r.ReadSlice('\n')
		if l.number == 0 && len(out) == len(buf) {
			part = bytes.TrimPrefix(part, []byte("\uFEFF")) // which some programs put first
		}
		if len(out)-len(buf)+len(part) > maxLine+len("\r\n") {
			out, err = buf, errTooLong
		}
		if err == nil {
			out = append(out, part...)
		}
		switch {
		case errors.Is(failed, bufio.ErrBufferFull):
			continue
		case failed != nil && !errors.Is(failed, io.EOF):
			l.err = failed
			return buf, true, nil, true
		}
		l.number++
		if err == nil {
			out = out[:len(buf)+len(withoutEnd(out[len(buf):]))]
		}
		if err == nil && len(out)-len(buf) > maxLine {
			out, err = buf, errTooLong
		}
		return out, err == nil && len(bytes.TrimSpace(out[len(buf):])) == 0, err, failed != nil
	}
}

var errTooLong = fmt.Errorf("%w: more than %d bytes", kam.CodeTooLarge, maxLine)

func withoutEnd(line []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
}

// waiting reports whether the source must be read for the next line that is not
// blank.
func (l *lineReader) waiting() bool {
	buffered, _ := l.r.Peek(l.r.Buffered())
	return bytes.IndexByte(bytes.TrimLeft(buffered, " \t\r\n"), '\n') < 0
}
