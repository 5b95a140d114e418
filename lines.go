package kam

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode"

	"github.com/kam-go/kam/internal/strictjson"
)

// A LineError says which line of JSON Lines is bad, and wraps what is wrong with it.
type LineError struct {
	// Line is its number from 1; blank lines count.
	Line int
	// Err is what is wrong, mostly [Violations].
	Err error
}

// Error is what is wrong, behind the number of the line.
func (e *LineError) Error() string {
	if e == nil {
		return "<nil>"
	}
	return "kam: line " + strconv.Itoa(e.Line) + ": " + strings.TrimPrefix(fmt.Sprint(e.Err), "kam: ")
}

// Unwrap returns what is wrong.
func (e *LineError) Unwrap() error {
	if e == nil {
		return nil
	}
	return e.Err
}

// ReadAccounts reads JSON Lines: one account a line, of at most 8 MiB, in memory for one.
// Blank lines and a byte order mark in front are skipped. A bad line is a [LineError],
// with the id of the account where that could be read, and the next line follows; any
// other error is one of r and ends the loop, and so does a nil r, which is a
// [CodeMissing]. Each loop reads on where r stands, a buffer's length ahead.
func ReadAccounts(r io.Reader) iter.Seq2[Account, error] {
	return func(yield func(Account, error) bool) {
		lines := newLineReader(r)
		for line, err := range lines.all() {
			var a Account
			if err == nil {
				a, err = decodeAccount(line)
			}
			if err != nil {
				err = &LineError{lines.number, err}
			}
			if !yield(a, err) {
				return
			}
		}
		if err := lines.failed(); err != nil {
			yield(Account{}, err)
		}
	}
}

// lineReader yields lines of any length up to the most bytes of a document; a
// longer one is skipped and reported.
type lineReader struct {
	r      *bufio.Reader
	number int   // of the line yielded last, from 1
	err    error // of the source, when it is not its end
	buf    []byte
}

func newLineReader(r io.Reader) *lineReader {
	if r == nil {
		return &lineReader{err: notGiven("reader")}
	}
	return &lineReader{r: bufio.NewReaderSize(source{r}, 64<<10)}
}

// source keeps what only the buffer may say apart from what a reader says, and a count that
// cannot be from the buffer, which would panic.
type source struct{ r io.Reader }

func (s source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	switch {
	case n < 0 || n > len(p):
		return 0, fmt.Errorf("the reader returned a count of %d bytes of %d", n, len(p))
	case err == bufio.ErrBufferFull:
		err = fmt.Errorf("%w of the reader", err)
	}
	return n, err
}

// failed is the error of the source.
func (l *lineReader) failed() error {
	if l.err == nil {
		return nil
	}
	return fmt.Errorf("kam: read line %d: %w", l.number+1, l.err)
}

// all yields the lines that are not blank, each valid until the next one.
func (l *lineReader) all() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for end := false; !end; {
			var blank bool
			var err error
			if l.buf, blank, err, end = l.next(l.buf[:0]); !blank && !yield(l.buf, err) {
				return
			}
		}
	}
}

// next appends one line to buf, and says whether it is blank, too long, or the
// last. After a failure of the source there is none.
func (l *lineReader) next(buf []byte) (out []byte, blank bool, err error, end bool) {
	if l.err != nil {
		return buf, true, nil, true
	}
	out = buf
	for {
		part, failed := l.r.ReadSlice('\n')
		if l.number == 0 && len(out) == len(buf) {
			part = bytes.TrimPrefix(part, []byte("\uFEFF")) // which some programs put first
		}
		if len(out)-len(buf) < strictjson.MaxBytes+len("\r\n") { // else it is too long, whatever follows
			out = append(out, part...)
		}
		switch {
		case failed == bufio.ErrBufferFull:
			continue
		case failed != nil && failed != io.EOF:
			l.err = failed
			return l.next(buf)
		}
		l.number++
		line := withoutEnd(out[len(buf):])
		if len(line) > strictjson.MaxBytes {
			return buf, false, errTooLong, failed != nil
		}
		return out[:len(buf)+len(line)], len(bytes.TrimSpace(line)) == 0, nil, failed != nil
	}
}

var errTooLong error = Violations{{Code: CodeTooLarge, Want: "<= " + strconv.Itoa(strictjson.MaxBytes) + " bytes"}}

func withoutEnd(line []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
}

// waiting reports whether the source must be read for the next line that is not
// blank.
func (l *lineReader) waiting() bool {
	buffered, _ := l.r.Peek(l.r.Buffered())
	return !bytes.ContainsRune(bytes.TrimLeftFunc(buffered, unicode.IsSpace), '\n')
}
