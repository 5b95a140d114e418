package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// stream has lines of all kinds, in any order: good, blank, refused, of
// another currency, and some that are longer than a chunk.
func stream(n int) string {
	r := rand.New(rand.NewPCG(7, 7))
	var b strings.Builder
	b.WriteString("\uFEFF")
	for i := range n {
		switch r.IntN(12) {
		case 0:
			b.WriteString([]string{"", " ", "\r", "\t \r"}[r.IntN(4)])
		case 1:
			b.WriteString([]string{"{", "null", "[]", `{"id":1}`, `{"id":"x","walet":1}`, `{"id":""}`, `{"id":"` + "\xff" + `"}`}[r.IntN(7)])
		case 2:
			fmt.Fprintf(&b, `{"id":"%d","wallet":"1 USD"}`, i)
		case 3:
			fmt.Fprintf(&b, `{"id":"%d","name":"%s"}`+"\r", i, strings.Repeat("长", 1+r.IntN(1300)))
		case 4:
			fmt.Fprintf(&b, `{"id":"%d"%s}`, i, strings.Repeat(" ", r.IntN(200_000)))
		default:
			fmt.Fprintf(&b, `{"id":"%d","wallet":"%d EUR","answers":{"attractiveness":{"size":%d}}}`, i, i, r.IntN(12))
		}
		if i < n-1 {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// However many workers there are, and however the source is cut: the same
// bytes on both outputs.
func TestWorkersChangeNothing(t *testing.T) {
	in := stream(600)
	wantStatus, want, wantErrs := call(in, "assess", "-asof", "2026-11-24", "-workers", "1")
	require.Equal(t, exitBad, wantStatus)
	require.Greater(t, strings.Count(want, "\n"), 300)
	for _, part := range []string{"/currency", "/walet", "/id"} {
		require.Contains(t, wantErrs, part)
	}
	for _, workers := range []string{"2", "4", "33"} {
		for name, source := range map[string]io.Reader{
			"at once":         strings.NewReader(in),
			"in small pieces": pieces{strings.NewReader(in), 700},
		} {
			var out, errs bytes.Buffer
			status := run([]string{"assess", "-asof", "2026-11-24", "-workers", workers}, source, &out, &errs)
			require.Equal(t, wantStatus, status)
			require.True(t, want == out.String(), "%s workers, %s: another output", workers, name)
			require.Equal(t, wantErrs, errs.String(), name)
		}
	}
	status, out, _ := call(in, "assess", "-asof", "2026-11-24")
	assert.Equal(t, wantStatus, status)
	assert.True(t, want == out, "the default number of workers")
}

// pieces reads a little at a time.
type pieces struct {
	r io.Reader
	n int
}

func (p pieces) Read(b []byte) (int, error) { return p.r.Read(b[:min(len(b), p.n)]) }

// The results and the words of the errors are those of the package.
func TestAssessIsAssessRows(t *testing.T) {
	in := stream(300)
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	var numbers []int // of the lines that are not blank
	for i, line := range strings.Split(strings.TrimPrefix(in, "\uFEFF"), "\n") {
		if strings.TrimSpace(line) != "" {
			numbers = append(numbers, i+1)
		}
	}
	var ids, errs []string
	n := -1
	for a, err := range engine.AssessRows(kam.ReadAccounts(strings.NewReader(in)), kam.NewDate(2026, 11, 24)) {
		if n++; err != nil {
			var line *kam.LineError
			if !errors.As(err, &line) {
				line = &kam.LineError{Line: numbers[n], Err: err} // found by Assess
			}
			require.Equal(t, numbers[n], line.Line)
			errs = append(errs, line.Error()+"\n")
			continue
		}
		ids = append(ids, a.Account)
	}
	_, out, stderr := call(in, "assess", "-asof", "2026-11-24", "-workers", "3")
	assert.Equal(t, strings.Join(errs, ""), stderr)
	got := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	require.Len(t, got, len(ids))
	for i, id := range ids {
		assert.True(t, strings.HasPrefix(got[i], `{"account":"`+id+`"`), got[i][:40])
	}
}

// A line in gives a line out, though the source is still open, and though the
// next line has begun.
func TestAssessAnswersAtOnce(t *testing.T) {
	in, feed := io.Pipe()
	out, answers := io.Pipe()
	done := make(chan int)
	go func() {
		done <- run([]string{"assess", "-workers", "4"}, in, answers, io.Discard)
		answers.Close()
	}()
	read := bufio.NewReader(out)
	for i := range 5 {
		_, err := fmt.Fprintf(feed, "{\"id\":\"%d\"}\n {", i)
		require.NoError(t, err)
		answer := make(chan string)
		go func() {
			line, _ := read.ReadString('\n')
			answer <- line
		}()
		select {
		case line := <-answer:
			require.Contains(t, line, fmt.Sprintf(`"account":"%d"`, i))
		case <-time.After(10 * time.Second):
			t.Fatal("no answer")
		}
		_, err = fmt.Fprint(feed, "}\n")
		require.NoError(t, err)
	}
	require.NoError(t, feed.Close())
	assert.Equal(t, exitBad, <-done, "the empty objects have no id")
}

// manyLines are as many as are handed over at once.
const manyLines = 64

// Answers do not wait in the buffer of the output, also where blank lines alone
// are left to read.
func TestAssessFlushesBeforeItWaits(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	for _, end := range []string{"\n", "\n\n \r\n"} {
		in, feed := io.Pipe()
		out, answers := io.Pipe()
		go func() {
			_ = assess(engine, kam.NewDate(2026, 11, 24), 2, in, bufio.NewWriterSize(answers, 8<<20), newProgress(io.Discard))
			answers.Close()
		}()
		go func() {
			_, _ = io.WriteString(feed, strings.Repeat("{\"id\":\"a\"}\n", manyLines-1)+"{\"id\":\"last\"}"+end)
		}()
		arrived := make(chan string, manyLines)
		go func() {
			for lines := bufio.NewReader(out); ; {
				line, err := lines.ReadString('\n')
				if err != nil {
					return
				}
				arrived <- line
			}
		}()
		for range manyLines {
			select {
			case <-arrived:
			case <-time.After(10 * time.Second):
				t.Fatalf("an answer waits behind %q", end)
			}
		}
		require.NoError(t, feed.Close())
	}
}

// A line at the limit is taken, whatever ends it.
func TestAssessLongestLine(t *testing.T) {
	account := `{"id":"x"}`
	longest := account + strings.Repeat(" ", maxFile-len(account))
	for _, tt := range []struct {
		name, in string
		want     int
	}{
		{"without an end", longest, exitOK},
		{"ended", longest + "\n", exitOK},
		{"ended by two", longest + "\r\n", exitOK},
		{"behind a mark", "\uFEFF" + longest + "\n", exitOK},
		{"a byte more", longest + " \n", exitBad},
		{"a byte more, and two to end", longest + " \r\n", exitBad},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, run([]string{"assess"}, strings.NewReader(tt.in), io.Discard, io.Discard))
		})
	}
}

// Nothing keeps running, also where the output breaks.
func TestAssessLeavesNothingBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	in := stream(400)
	call(in, "assess", "-workers", "8")
	var errs bytes.Buffer
	assert.Equal(t, exitBad, run([]string{"assess", "-workers", "8"}, strings.NewReader(in), broken{}, &errs))
	assert.Contains(t, errs.String(), "disk full")
	for range 200 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}

func TestWorkersAreAtLeastOne(t *testing.T) {
	for _, n := range []string{"0", "-1", "x"} {
		status, _, errs := call("", "assess", "-workers", n)
		assert.Equal(t, exitUsage, status)
		assert.Contains(t, errs, "workers")
	}
	status, _, _ := call("", "portfolio", "-workers", "2")
	assert.Equal(t, exitUsage, status, "it has none")
}

// What is held does not grow with the lines.
func TestAssessInConstantMemory(t *testing.T) {
	line := []byte(`{"id":"a","answers":{"attractiveness":{"size":8}}}` + "\n")
	most := func(n int) (peak uint64) {
		source := &counted{left: n, line: line, each: func() {
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapAlloc)
		}}
		var errs bytes.Buffer
		require.Equal(t, exitOK, run([]string{"assess", "-workers", "2"}, source, io.Discard, &errs), errs.String())
		return peak
	}
	few, many := most(2_000), most(20_000)
	assert.Less(t, many, 2*few+8<<20, "ten times the lines")
}

// counted is a source of equal lines, which looks around now and then.
type counted struct {
	left int
	line []byte
	each func()
}

func (c *counted) Read(p []byte) (int, error) {
	n := min(len(p)/len(c.line), c.left)
	if n == 0 {
		return 0, io.EOF
	}
	c.left -= n
	c.each()
	return copy(p, slices.Repeat(c.line, n)), nil
}
