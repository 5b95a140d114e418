package kam_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/cmd/kam/northwind"
)

func TestDecode(t *testing.T) {
	for _, tt := range []struct {
		name, json string
		id         string
		want       []string
	}{
		{"good", `{"id": "a", "name": "Acme"}`, "a", nil},
		{"read the longer way", `{"id": "a", "n\u0061me": "Acme"}`, "a", nil},
		{"no JSON", `{`, "", []string{" syntax byte 1|JSON"}},
		{"nothing", ``, "", []string{" syntax byte 0|JSON"}},
		{"two documents", `{"id": "a"} {}`, "", []string{" syntax byte 11|end"}},
		{"null is no account", ` null `, "", []string{" type null|object"}},
		{"a list", `[]`, "", []string{" type []|object"}},
		{"misspelt", `{"id": "客户", "walet": "1 EUR"}`, "客户", []string{"/walet unknown walet|wallet"}},
		{"no id", `{"id": 1}`, "", []string{"/id type 1|string"}},
		{"an id that turns the line", `{"id": "a\u202e", "x": 1}`, "", []string{"/x unknown x|"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := kam.Decode[kam.Account]([]byte(tt.json))
			assert.Equal(t, tt.id, a.ID)
			if tt.want == nil {
				require.NoError(t, err)
				assert.Equal(t, "Acme", a.Name)
				return
			}
			require.ErrorContains(t, err, "kam: decode account: ")
			assert.Equal(t, kam.Account{ID: tt.id}, a, "nothing but the id")
			got := found(err)
			require.Len(t, got, len(tt.want))
			for i := range tt.want {
				assert.True(t, strings.HasPrefix(got[i], tt.want[i]), got[i])
			}
		})
	}
	policy, err := json.Marshal(kam.DefaultPolicy())
	require.NoError(t, err)
	p, err := kam.Decode[kam.Policy](policy)
	require.NoError(t, err)
	assert.Equal(t, compiled(t, kam.Policy{}).Ref(), compiled(t, p).Ref())
	p, err = kam.Decode[kam.Policy]([]byte(`{"name": "x", "grid": {"margn": 1}}`))
	assert.ErrorContains(t, err, "kam: decode policy: /grid/margn: ")
	assert.Equal(t, kam.Policy{}, p)
	plan, err := kam.Decode[kam.Plan]([]byte(`null`))
	assert.ErrorContains(t, err, "kam: decode plan: ")
	assert.Equal(t, kam.Plan{}, plan)
}

// An assessment that was kept makes the same member of a portfolio, and goes on being
// compared.
// What a service takes for itself of an account is decoded as strictly as the whole.
func TestDecodeParts(t *testing.T) {
	period, err := kam.Decode[kam.Period]([]byte(`{"from":"2026-01-01","to":"2026-01-31","revenue":"5 EUR"}`))
	require.NoError(t, err)
	assert.Equal(t, money("5 EUR"), period.Revenue)
	for name, err := range map[string]error{
		"/revenu":  errorOf(kam.Decode[kam.Period]([]byte(`{"from":"2026-01-01","to":"2026-01-31","revenu":"5 EUR"}`))),
		"/untill":  errorOf(kam.Decode[kam.Override]([]byte(`{"of":"cell","untill":"2026-01-31"}`))),
		"/lastmet": errorOf(kam.Decode[kam.Contact]([]byte(`{"id":"a","lastmet":"2026-01-31"}`))),
		"/stagge":  errorOf(kam.Decode[kam.StageRecord]([]byte(`{"stagge":"good"}`))),
		"/cost":    errorOf(kam.Decode[kam.Effort]([]byte(`{"cost":"5 EUR"}`))),
		"/when":    errorOf(kam.Decode[kam.Activity]([]byte(`{"when":"2026-01-31"}`))),
	} {
		vs := kam.ViolationsOf(err)
		require.NotEmpty(t, vs, name)
		assert.Equal(t, name, vs[0].Pointer)
		assert.Equal(t, kam.CodeUnknown, vs[0].Code)
	}
}

func errorOf[T any](_ T, err error) error { return err }

func TestDecodeAssessment(t *testing.T) {
	engine, account := compiled(t, kam.Policy{}), full(t)
	was, err := engine.Assess(account, asOf)
	require.NoError(t, err)
	data, err := json.Marshal(was)
	require.NoError(t, err)
	kept, err := kam.Decode[kam.Assessment](data)
	require.NoError(t, err)
	again, err := json.Marshal(kept)
	require.NoError(t, err)
	assert.Equal(t, string(data), string(again))

	want, err := kam.NewMember(account, was)
	require.NoError(t, err)
	got, err := kam.NewMember(account, kept)
	require.NoError(t, err)
	assert.Equal(t, want, got)
	assert.Equal(t, engine.Missing(was), engine.Missing(kept))
	later, err := engine.Assess(account, asOf.AddDays(31))
	require.NoError(t, err)
	steps, err := kam.CompareRisks(was, later)
	require.NoError(t, err)
	fromKept, err := kam.CompareRisks(kept, later)
	require.NoError(t, err)
	assert.Equal(t, steps, fromKept)

	broken, err := kam.Decode[kam.Assessment]([]byte(`{"account": "x", "stage": {"suggested": "goud"}}`))
	assert.Equal(t, []string{`/stage/suggested enum "goud"|` + "unknown, potential, developing, good, strong, limited-share, defensive, declining"}, found(err))
	assert.Equal(t, kam.Assessment{}, broken)
}

// lineOf is the number in a [kam.LineError], or 0.
func lineOf(err error) int {
	var line *kam.LineError
	if errors.As(err, &line) {
		return line.Line
	}
	return 0
}

func TestReadAccounts(t *testing.T) {
	long := strings.Repeat(" ", 8<<20)
	for _, tt := range []struct {
		name string
		in   io.Reader
		ids  []string // one for each turn
		bad  []int    // the lines of the errors; 0 is one of the source
		last string   // part of the last error
	}{
		{"nothing", strings.NewReader(""), nil, nil, ""},
		{"blank lines", strings.NewReader("\uFEFF\n \n{\"id\":\"a\"}\r\n\r\n\t\n{\"id\":\"b\"}"), []string{"a", "b"}, nil, ""},
		{"bad lines", strings.NewReader("{\"id\":\"a\",\"x\":1}\n\n{\nnull\n{\"id\":\"b\"}\n[]"), []string{"a", "", "", "b", ""}, []int{1, 3, 4, 6}, "kam: line 6: this has the wrong type: []; expected object"},
		{"a long line", io.MultiReader(strings.NewReader("{\"id\":\"a\"}\n"), strings.NewReader(long), strings.NewReader("x\n{\"id\":\"b\"}")), []string{"a", "", "b"}, []int{2}, "kam: line 2: this is more than is allowed; expected <= 8388608 bytes"},
		{"the longest line", io.MultiReader(strings.NewReader("{\"id\":\"a\"}"), strings.NewReader(long[10:]), strings.NewReader("\r\n{\"id\":\"b\"}")), []string{"a", "b"}, nil, ""},
		{"a byte order mark that is not in front", strings.NewReader("{\"id\":\"a\"}\n\uFEFF{\"id\":\"b\"}"), []string{"a", ""}, []int{2}, "kam: line 2: "},
		{"nor where a buffer begins", strings.NewReader(long[:64<<10] + "\uFEFF{\"id\":\"a\"}"), []string{""}, []int{1}, "kam: line 1: "},
		{"a source that fails", io.MultiReader(strings.NewReader("{\"id\":\"a\"}\n{\"id\":"), iotest.ErrReader(errors.New("disk on fire"))), []string{"a", ""}, []int{0}, "kam: read line 2: disk on fire"},
		{"a source that says why it ends", io.MultiReader(strings.NewReader("{\"id\":\"a\"}\n"), iotest.ErrReader(fmt.Errorf("connection lost: %w", io.EOF))), []string{"a", ""}, []int{0}, "kam: read line 2: connection lost"},
		{"no source", nil, []string{""}, []int{0}, "kam: read line 1: this must be given: reader"},
		{"a byte at a time", iotest.OneByteReader(strings.NewReader("{\"id\":\"a\"}\n\n{}x\n{\"id\":\"b\"}\n")), []string{"a", "", "b"}, []int{3}, "kam: line 3: "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var ids []string
			var bad []int
			var last error
			for a, err := range kam.ReadAccounts(tt.in) {
				if ids = append(ids, a.ID); err != nil {
					bad, last = append(bad, lineOf(err)), err
				}
			}
			assert.Equal(t, tt.ids, ids)
			assert.Equal(t, tt.bad, bad)
			if tt.last != "" {
				assert.ErrorContains(t, last, tt.last)
			}
		})
	}
	for _, err := range kam.ReadAccounts(strings.NewReader("{\n{")) {
		assert.ErrorIs(t, err, kam.CodeSyntax)
		assert.Equal(t, kam.Violations{{Code: kam.CodeSyntax, Value: "byte 1", Want: "JSON"}}, kam.ViolationsOf(err))
		break
	}
}

// linesOf writes what each line comes to: its number, the id, and the JSON or the error.
func linesOf(t *testing.T, engine *kam.Engine, in io.Reader, workers int) string {
	var b strings.Builder
	for line, err := range engine.AssessLines(in, asOf, workers) {
		require.Equal(t, err == nil, line.JSON != nil)
		data, jsonErr := json.Marshal([]any{line.Line, line.Account, lineOf(err)})
		require.NoError(t, jsonErr)
		b.Write(data)
		if b.Write(line.JSON); err != nil {
			b.WriteString(err.Error() + "\n")
		}
	}
	return b.String()
}

// What comes of a line is what ReadAccounts, Assess and json.Marshal make of it, by
// however many workers.
func TestAssessLines(t *testing.T) {
	var in bytes.Buffer
	d := dice{rand.New(rand.NewPCG(3, 5))}
	for a, err := range northwind.Accounts() {
		require.NoError(t, err)
		require.NoError(t, json.NewEncoder(&in).Encode(a))
		if odd := d.account(in.Len()); d.IntN(2) == 0 {
			require.NoError(t, json.NewEncoder(&in).Encode(odd)) // many are refused, or of another currency
		}
		in.WriteString(d.one("", "\n", " \r\n", "{\n", "{\"id\":\"odd\",\"x\":1}\n", "{\"id\":\"odd\",\"judgements\":{\"x\":\"yes\"}}\n"))
	}
	engine := compiled(t, kam.Policy{})
	var want strings.Builder
	currency, good, mixed, number := "", 0, 0, 0
	lines := strings.Split(in.String(), "\n")
	for a, err := range kam.ReadAccounts(bytes.NewReader(in.Bytes())) {
		for number++; strings.TrimSpace(lines[number-1]) == ""; {
			number++
		}
		var out kam.Assessment
		if err == nil {
			out, err = engine.Assess(a, asOf)
		}
		if own := out.Signals.Currency; currency == "" {
			currency = own
		} else if own != "" && own != currency {
			mixed++
			err = fmt.Errorf("kam: assess account %q: %w", a.ID, kam.Violations{{Pointer: "/currency", Code: kam.CodeCurrencyMix, Value: own, Want: currency + ", as the accounts before it, or a policy with a currency and rates"}})
		}
		if err != nil && lineOf(err) == 0 {
			err = &kam.LineError{Line: number, Err: err}
		}
		var text string
		if err != nil {
			text = err.Error()
		} else {
			good++
			data, err := json.Marshal(out)
			require.NoError(t, err)
			text = string(data)
		}
		head, jsonErr := json.Marshal([]any{number, a.ID, lineOf(err)})
		require.NoError(t, jsonErr)
		want.WriteString(string(head) + text + "\n")
	}
	require.Greater(t, good, 80)
	require.Positive(t, mixed)
	for _, workers := range []int{-1, 1, 2, 5, 2000} {
		require.Equal(t, want.String(), linesOf(t, engine, bytes.NewReader(in.Bytes()), workers), "%d workers", workers)
	}
	require.Equal(t, want.String(), linesOf(t, engine, iotest.HalfReader(bytes.NewReader(in.Bytes())), 3), "cut otherwise")
	for line, err := range new(kam.Engine).AssessLines(strings.NewReader(`{"id":"a"}`), asOf, 2) {
		assert.ErrorIs(t, err, kam.CodeMissing)
		assert.Equal(t, kam.AssessedLine{Line: 1, Account: "a", Flush: true}, line)
	}
	for _, err := range engine.AssessLines(nil, asOf, 2) {
		assert.ErrorIs(t, err, kam.CodeMissing)
	}
}

// ending is a source that goes on otherwise than by an error.
type ending struct {
	text *strings.Reader
	end  func()
}

func (r ending) Read(p []byte) (int, error) {
	if r.text.Len() == 0 {
		r.end()
	}
	return r.text.Read(p)
}

// Whatever happens to the source or to a check: it is told, the lines before it are
// handed on, and nothing keeps running.
func TestAssessLinesThatBreak(t *testing.T) {
	before := runtime.NumGoroutine()
	text := strings.Repeat("{\"id\":\"a\"}\n", 500)
	engine := compiled(t, kam.Policy{})
	for name, tt := range map[string]struct {
		in   io.Reader
		want string
	}{
		"error":  {io.MultiReader(strings.NewReader(text), iotest.ErrReader(errors.New("disk on fire"))), "kam: read line 501: disk on fire"},
		"panic":  {ending{strings.NewReader(text), func() { panic("out of paper") }}, "kam: read line 501: panic: out of paper"},
		"goexit": {ending{strings.NewReader(text), runtime.Goexit}, "kam: read line 501: the source has ended its goroutine"},
	} {
		t.Run(name, func(t *testing.T) {
			n := 0
			var last error
			for _, err := range engine.AssessLines(tt.in, asOf, 3) {
				if last = err; err == nil {
					n++
				}
			}
			assert.Equal(t, 500, n)
			assert.EqualError(t, last, tt.want)
			assert.Zero(t, lineOf(last), "no fault of a line")
		})
	}
	t.Run("a check that ends its goroutine", func(t *testing.T) {
		calls := 0
		engine, err := engine.WithRisks(kam.RiskCheck{RiskInfo: kam.RiskInfo{ID: "ends", Name: kam.Text{EN: "x"}}, Check: func(in kam.RiskInput) kam.RiskResult {
			if in.Account.Name == "end" {
				runtime.Goexit()
			}
			return kam.RiskResult{Outcome: kam.Clear}
		}})
		require.NoError(t, err)
		in := strings.Repeat("{\"id\":\"a\"}\n", 99) + strings.Repeat("{\"id\":\"b\",\"name\":\"end\"}\n", 2) + strings.Repeat("{\"id\":\"c\"}\n", 300)
		var ended []int
		for line, err := range engine.AssessLines(strings.NewReader(in), asOf, 1) {
			if calls++; err != nil {
				assert.EqualError(t, err, fmt.Sprintf("kam: line %d: a check has ended its goroutine", line.Line))
				assert.Equal(t, "b", line.Account)
				ended = append(ended, line.Line)
			} else {
				assert.True(t, json.Valid(line.JSON))
			}
		}
		assert.Equal(t, 401, calls)
		assert.Equal(t, []int{100, 101}, ended, "and no other line")
	})
	t.Run("the body breaks", func(t *testing.T) {
		for range engine.AssessLines(strings.NewReader(text), asOf, 4) {
			break
		}
	})
	t.Run("the body panics", func(t *testing.T) {
		assert.PanicsWithValue(t, "enough", func() {
			for range engine.AssessLines(strings.NewReader(text), asOf, 4) {
				panic("enough")
			}
		})
	})
	settled(t, before)
}

// As many checks run at once as there are workers, and none once the loop has ended.
func TestAssessLinesByWorkers(t *testing.T) {
	var running, most, calls atomic.Int32
	var want int32
	var pause time.Duration
	var all chan struct{} // closed when as many run as are wanted
	engine, err := compiled(t, kam.Policy{}).WithRisks(kam.RiskCheck{RiskInfo: kam.RiskInfo{ID: "own", Name: kam.Text{EN: "x"}}, Check: func(kam.RiskInput) kam.RiskResult {
		n := running.Add(1)
		for m := most.Load(); n > m; m = most.Load() {
			if most.CompareAndSwap(m, n) && n == want {
				close(all)
			}
		}
		select {
		case <-all:
		case <-time.After(10 * time.Second):
		}
		time.Sleep(pause)
		calls.Add(1)
		running.Add(-1)
		return kam.RiskResult{Outcome: kam.Clear}
	}})
	require.NoError(t, err)
	in := strings.Repeat("{\"id\":\"a\"}\n", 300)
	for _, workers := range []int{-1, 1, 3} {
		want, all = int32(max(1, workers)), make(chan struct{})
		most.Store(0)
		for _, err := range engine.AssessLines(strings.NewReader(in), asOf, workers) {
			require.NoError(t, err)
		}
		assert.Equal(t, want, most.Load(), "%d workers", workers)
	}
	calls.Store(0)
	pause = time.Millisecond
	for range engine.AssessLines(strings.NewReader(in), asOf, 3) {
		break
	}
	assert.Zero(t, running.Load(), "the loop has waited for its workers")
	assert.LessOrEqual(t, calls.Load(), int32(4*64), "the chunk that was handed on, and one of each")
}

// A loop may follow another one.
func TestAssessLinesAgain(t *testing.T) {
	r := strings.NewReader("")
	loop := compiled(t, kam.Policy{}).AssessLines(r, asOf, 2)
	for range 3 {
		r.Reset("{\"id\":\"a\"}\n{\"id\":\"b\"}\n")
		n := 0
		for line, err := range loop {
			require.NoError(t, err)
			n++
			assert.Equal(t, n, line.Line)
		}
		assert.Equal(t, 2, n)
	}
}

// A line that is too long is told as such, and the next one follows.
func TestAssessLinesOfALongLine(t *testing.T) {
	in := "{\"id\":\"a\"}\n" + strings.Repeat(" ", 8<<20) + "x\n{\"id\":\"b\"}\n"
	var ids []string
	for line, err := range compiled(t, kam.Policy{}).AssessLines(strings.NewReader(in), asOf, 2) {
		if ids = append(ids, line.Account); line.Line == 2 {
			assert.EqualError(t, err, "kam: line 2: this is more than is allowed; expected <= 8388608 bytes")
		} else {
			assert.NoError(t, err)
		}
	}
	assert.Equal(t, []string{"a", "", "b"}, ids)
}

// A line is the caller's to write more behind it.
func TestAssessLinesAppend(t *testing.T) {
	for line, err := range compiled(t, kam.Policy{}).AssessLines(strings.NewReader("{\"id\":\"a\"}\n{\"id\":\"b\"}\n"), asOf, 1) {
		require.NoError(t, err)
		require.True(t, json.Valid(line.JSON), string(line.JSON[:20]))
		_ = append(line.JSON, "XXXX"...)
	}
}

// Blank lines are read in one walk.
func TestBlankLinesAreReadFast(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	quick(t, time.Second, "1 MB of blank lines", func() {
		for range engine.AssessLines(strings.NewReader(strings.Repeat("\n", 1<<20)), asOf, 2) {
			t.Error("a blank line is none")
		}
	})
}

// The end of what is at hand is told behind blank lines.
func TestAssessLinesOfBlankLines(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	in, feed := io.Pipe()
	go func() { _, _ = io.WriteString(feed, strings.Repeat("{\"id\":\"a\"}\n", 64)+"\v\u00a0\n") }()
	n := 0
	for line, err := range engine.AssessLines(in, asOf, 2) {
		require.NoError(t, err)
		if n++; line.Flush {
			assert.Equal(t, 64, n)
			require.NoError(t, feed.Close())
		}
	}
	assert.Equal(t, 64, n)
}

// keepAlive sends blank lines for ever, and counts how often it is read.
type keepAlive struct {
	first *strings.Reader
	reads *atomic.Int32
}

func (k keepAlive) Read(p []byte) (int, error) {
	k.reads.Add(1)
	if k.first.Len() > 0 {
		return k.first.Read(p)
	}
	time.Sleep(100 * time.Microsecond)
	return copy(p, "\n"), nil
}

// Once the loop has ended, the source is read no more.
func TestAssessLinesLeavesTheSourceAlone(t *testing.T) {
	before := runtime.NumGoroutine()
	var reads atomic.Int32
	for range compiled(t, kam.Policy{}).AssessLines(keepAlive{strings.NewReader("{\"id\":\"a\"}\n"), &reads}, asOf, 2) {
		break
	}
	settled(t, before)
	after := reads.Load()
	time.Sleep(5 * time.Millisecond)
	assert.Equal(t, after, reads.Load())
}

// A line is answered before the next one is read, and says that it is the last at hand.
func TestAssessLinesAnswersAtOnce(t *testing.T) {
	in, feed := io.Pipe()
	answers := make(chan kam.AssessedLine)
	engine := compiled(t, kam.Policy{})
	go func() {
		defer close(answers)
		for line := range engine.AssessLines(in, asOf, 2) {
			answers <- line
		}
	}()
	for i := range 3 {
		_, err := io.WriteString(feed, "{\"id\":\"a\"}\n{\"id\":\"b\"}\n {")
		require.NoError(t, err)
		for k, id := range []string{"a", "b"} {
			select {
			case line := <-answers:
				assert.Equal(t, id, line.Account)
				assert.Equal(t, 3*i+k+1, line.Line)
				assert.Equal(t, id == "b", line.Flush)
			case <-time.After(10 * time.Second):
				t.Fatal("no answer")
			}
		}
		_, err = io.WriteString(feed, "}\n")
		require.NoError(t, err)
		<-answers
	}
	require.NoError(t, feed.Close())
	_, more := <-answers
	assert.False(t, more)
}

type reads func(p []byte) (int, error)

func (r reads) Read(p []byte) (int, error) { return r(p) }

// An error of the reader ends the lines and is told, one that a buffer has as well, and a
// count that cannot be.
func TestReadersThatBite(t *testing.T) {
	first := true
	for _, tt := range []struct {
		reader io.Reader
		want   string
	}{
		{reads(func([]byte) (int, error) { return 0, bufio.ErrBufferFull }), "buffer full of the reader"},
		{reads(func(p []byte) (int, error) {
			if !first {
				return copy(p, "\"}\n"), nil
			}
			first = false
			return copy(p, "{\"id\":\"a\"}\n{\"id\":\"b"), fmt.Errorf("record too long: %w", bufio.ErrBufferFull)
		}), "record too long"},
		{reads(func([]byte) (int, error) { return -1, nil }), "a count of -1 bytes"},
		{reads(func(p []byte) (int, error) { return len(p) + 1, nil }), "bytes of"},
	} {
		var ids []string
		var err error
		for a, failed := range kam.ReadAccounts(tt.reader) {
			if err = failed; err == nil {
				ids = append(ids, a.ID)
			}
		}
		require.ErrorContains(t, err, tt.want)
		assert.LessOrEqual(t, len(ids), 1, "and no two halves are one")
	}
}
