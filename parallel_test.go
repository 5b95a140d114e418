package kam_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

var errSource = errors.New("the source failed")

// manyRows has good and bad accounts, in two currencies and in none, and
// errors of its own.
func manyRows(n int) iter.Seq2[kam.Account, error] {
	return func(yield func(kam.Account, error) bool) {
		for i := range n {
			a, err := kam.Account{ID: fmt.Sprint(i)}, error(nil)
			if i%5 > 0 {
				a.Wallet = amount(1000+i, []string{"EUR", "EUR", "EUR", "USD"}[i%4])
			}
			a.Answers = map[string]kam.Answers{"attractiveness": {"size": kam.Rated(kam.Int(i % 13))}} // up to 10 is good
			if i%97 == 13 {
				err = fmt.Errorf("row %d: %w", i, errSource)
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

func amount(units int, code string) *kam.Money {
	m, err := kam.Minor(int64(units), code)
	if err != nil {
		panic(err)
	}
	return &m
}

func walked(t *testing.T, results iter.Seq2[kam.Assessment, error]) []string {
	var out []string
	for a, err := range results {
		data, jsonErr := json.Marshal(a)
		require.NoError(t, jsonErr)
		out = append(out, fmt.Sprintf("%s %v", data, err))
	}
	return out
}

// kept is each result before the next one is written over it.
func kept(results iter.Seq2[*kam.Assessment, error]) iter.Seq2[kam.Assessment, error] {
	return func(yield func(kam.Assessment, error) bool) {
		for a, err := range results {
			if !yield(*a, err) {
				return
			}
		}
	}
}

// bothParallel are the two ways of an engine.
func bothParallel(engine *kam.Engine) []func(iter.Seq2[kam.Account, error], kam.Date, int) iter.Seq2[kam.Assessment, error] {
	return []func(iter.Seq2[kam.Account, error], kam.Date, int) iter.Seq2[kam.Assessment, error]{
		engine.AssessParallel,
		func(rows iter.Seq2[kam.Account, error], asOf kam.Date, workers int) iter.Seq2[kam.Assessment, error] {
			return kept(engine.Assessor().AssessParallel(rows, asOf, workers))
		},
	}
}

// settled waits until no more goroutines run than before.
func settled(t *testing.T, before int) {
	t.Helper()
	for range 200 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}

// One after another or at once: the same results and errors, in their order.
func TestAssessParallelIsAssessRows(t *testing.T) {
	before := runtime.NumGoroutine()
	engine := compiled(t, kam.Policy{})
	assessor := engine.Assessor() // one for all loops
	for _, n := range []int{0, 1, 15, 16, 17, 32, 250} {
		rows := manyRows(n)
		want := walked(t, engine.AssessRows(rows, asOf))
		require.Len(t, want, n)
		for _, workers := range []int{-1, 1, 2, 3, 16} {
			assert.Equal(t, want, walked(t, engine.AssessParallel(rows, asOf, workers)), "%d rows, %d workers", n, workers)
			again := assessor.AssessParallel(rows, asOf, workers)
			assert.Equal(t, want, walked(t, kept(again)), "%d rows, %d workers, memory used again", n, workers)
		}
	}
	settled(t, before)
}

// The source is read ahead by a bounded number of rows, and not read on when
// the loop has ended; nothing keeps running.
func TestAssessParallelStops(t *testing.T) {
	before := runtime.NumGoroutine()
	engine := compiled(t, kam.Policy{})
	read := 0
	endless := func(yield func(kam.Account, error) bool) {
		for yield(kam.Account{ID: fmt.Sprint(read)}, nil) {
			read++
		}
	}
	for _, parallel := range bothParallel(engine) {
		for _, stop := range []int{0, 1, 15, 16, 17, 1000} {
			read = 0
			seen := 0
			for a, err := range parallel(endless, asOf, 3) {
				require.NoError(t, err)
				require.Equal(t, fmt.Sprint(seen), a.Account)
				require.LessOrEqual(t, read-seen, 16*6, "rows held")
				if seen++; seen > stop {
					break
				}
			}
			settled(t, before)
		}
		read = 0
		for range parallel(endless, asOf, 1) {
			require.Zero(t, read, "one worker is the caller, who reads nothing ahead")
			break
		}
		assert.PanicsWithValue(t, "body", func() {
			for range parallel(endless, asOf, 3) {
				panic("body")
			}
		})
		for _, workers := range []int{1, 3} {
			for _, rows := range []int{0, 5, 16, 90, 200} { // none, and less than a chunk, a chunk, what is held, and more
				breaking := func(yield func(kam.Account, error) bool) {
					for i := range rows {
						if !yield(kam.Account{ID: fmt.Sprint(i)}, nil) {
							return
						}
					}
					panic("source")
				}
				seen := 0
				assert.PanicsWithValue(t, "source", func() {
					for a, err := range parallel(breaking, asOf, workers) {
						require.NoError(t, err)
						require.Equal(t, fmt.Sprint(seen), a.Account)
						seen++
					}
				})
				assert.Equal(t, rows, seen, "what was read comes before the panic, %d workers", workers)
				settled(t, before)
			}
		}
		seen := 0
		assert.PanicsWithValue(t, "source", func() {
			for range parallel(func(yield func(kam.Account, error) bool) {
				for i := range 40 { // fewer than are held
					yield(kam.Account{ID: fmt.Sprint(i)}, nil)
				}
				panic("source")
			}, asOf, 3) {
				if seen++; seen == 20 {
					break
				}
			}
		})
		assert.Equal(t, 20, seen, "who has broken off gets no more")
		settled(t, before)
	}
	few := func(yield func(kam.Account, error) bool) { // three chunks, all read before the first is handed on
		for i := 0; i < 40 && yield(kam.Account{ID: fmt.Sprint(i)}, nil); i++ {
			continue
		}
	}
	for a := range engine.AssessParallel(few, asOf, 2) {
		require.Equal(t, "0", a.Account)
		break
	}
	settled(t, before)
}

// Memory is used again by the workers as well: what is new are the texts of each
// result.
func TestAssessorParallelAllocatesLittle(t *testing.T) {
	if slower > 1 {
		t.Skip("the race detector allocates")
	}
	const n = 16_000 // beside which the memory of the rows that are held is little
	assessor, account := compiled(t, kam.Policy{}).Assessor(), monthly(t)
	rows := func(yield func(kam.Account, error) bool) {
		for range n {
			if !yield(account, nil) {
				return
			}
		}
	}
	var before, after runtime.MemStats // testing.AllocsPerRun lets one processor run
	runtime.ReadMemStats(&before)
	for _, err := range assessor.AssessParallel(rows, asOf, 2) {
		require.NoError(t, err)
	}
	runtime.ReadMemStats(&after)
	assert.LessOrEqual(t, float64(after.Mallocs-before.Mallocs)/n, 4.0+1, "an assessment takes 4 at most, and handing it over less than 1")
}

// What the rows of a loop took is forgotten with it, with one worker as with more.
func TestAssessorParallelForgets(t *testing.T) {
	assessor := compiled(t, kam.Policy{}).Assessor()
	for _, workers := range []int{1, 2} {
		gone := make(chan bool, 1)
		for a, err := range assessor.AssessParallel(func(yield func(kam.Account, error) bool) {
			contacts := monthly(t).Contacts
			runtime.AddCleanup(&contacts[0], func(c chan bool) { c <- true }, gone)
			yield(kam.Account{ID: "x", Contacts: contacts}, nil)
		}, asOf, workers) {
			require.NoError(t, err)
			require.Equal(t, "x", a.Account)
		}
		collected(t, gone)
	}
	runtime.KeepAlive(assessor)
}

// collected waits for the collector to have found what sends on gone.
func collected[T any](t *testing.T, gone chan T) {
	t.Helper()
	for range 100 {
		runtime.GC()
		select {
		case <-gone:
			return
		case <-time.After(50 * time.Millisecond):
		}
	}
	t.Fatal("something of the account is kept")
}

// An Assessor keeps the room of an ordinary account, whatever it has seen.
func TestAssessorKeepsLittleRoom(t *testing.T) {
	heap := func() int {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC() // what a pool has is dropped at the second
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc)
	}
	engine, account := compiled(t, kam.Policy{}), monthly(t)
	assessor, large := engine.Assessor(), account
	_, err := assessor.Assess(&account, asOf)
	require.NoError(t, err)
	large.Contacts = make([]kam.Contact, 10_000)
	for i := range large.Contacts {
		large.Contacts[i] = kam.Contact{ID: fmt.Sprint(i), Name: "x", Roles: []kam.Role{kam.Decider}}
	}
	rows := func(yield func(kam.Account, error) bool) {
		for range 200 {
			if !yield(large, nil) {
				return
			}
		}
	}
	before := heap()
	_, err = assessor.Assess(&large, asOf)
	require.NoError(t, err)
	for _, err := range assessor.AssessParallel(rows, asOf, 2) {
		require.NoError(t, err)
	}
	for range 2 {
		_, err = assessor.Assess(&account, asOf)
		require.NoError(t, err)
	}
	assert.Less(t, heap()-before, 64<<10, "an account of 10,000 contacts takes some megabytes")
	runtime.KeepAlive(assessor)
	runtime.KeepAlive(large.Contacts)
}

// The memory of a loop is its own: the body may use the Assessor, and what it had
// before is good after it.
func TestAssessorInTheBodyOfItsLoop(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	account := monthly(t)
	want, err := engine.Assess(account, asOf)
	require.NoError(t, err)
	assessor := engine.Assessor()
	before, err := assessor.Assess(&account, asOf)
	require.NoError(t, err)
	for _, workers := range []int{1, 2} {
		rows := manyRows(40)
		for range assessor.AssessParallel(rows, asOf, workers) {
			continue
		}
		require.Equal(t, want, *before, "%d workers", workers)
		other, seen := engine.Assessor(), 0
		for a := range other.AssessParallel(rows, asOf, workers) {
			_, inner := other.Assess(&account, asOf)
			require.NoError(t, inner)
			require.Equal(t, fmt.Sprint(seen), a.Account)
			for range other.AssessParallel(rows, asOf, workers) { // a loop in a loop
				continue
			}
			require.Equal(t, fmt.Sprint(seen), a.Account)
			seen++
		}
		require.Equal(t, 40, seen)
	}
}

// A loop that ends, a source that fails and an Assessor of no engine.
func TestAssessorParallelEnds(t *testing.T) {
	before := runtime.NumGoroutine()
	assessor := compiled(t, kam.Policy{}).Assessor()
	for _, workers := range []int{1, 2} {
		seen := 0
		for a, err := range assessor.AssessParallel(manyRows(700), asOf, workers) {
			if require.Equal(t, fmt.Sprint(seen), a.Account); seen == 13 {
				require.ErrorIs(t, err, errSource)
			}
			if seen++; seen == 300 {
				break
			}
		}
		assert.Equal(t, 300, seen)
		var none *kam.Assessor
		for _, nobodys := range []*kam.Assessor{none, {}, new(kam.Engine).Assessor()} {
			for a, err := range nobodys.AssessParallel(manyRows(1), asOf, workers) {
				assert.Equal(t, "0", a.Account)
				assert.ErrorIs(t, err, kam.CodeMissing)
			}
			_, err := nobodys.Assess(&kam.Account{ID: "0"}, asOf)
			assert.ErrorIs(t, err, kam.CodeMissing)
		}
		for a, err := range new(kam.Engine).AssessParallel(manyRows(1), asOf, workers) {
			assert.Equal(t, "0", a.Account)
			assert.ErrorIs(t, err, kam.CodeMissing)
		}
	}
	settled(t, before)
}

// A check that panics is an error of that check; one that ends its goroutine
// leaves errors, and never a walk that hangs.
func TestAssessParallelWithBadChecks(t *testing.T) {
	before := runtime.NumGoroutine()
	text := kam.Text{EN: "x"}
	var running, most atomic.Int32
	engine, err := compiled(t, kam.Policy{}).WithRisks(kam.RiskCheck{
		RiskInfo: kam.RiskInfo{ID: "own", Name: text},
		Check: func(in kam.RiskInput) kam.RiskResult {
			for n := running.Add(1); ; {
				if m := most.Load(); n <= m || most.CompareAndSwap(m, n) {
					break
				}
			}
			defer running.Add(-1)
			switch in.Account.Name {
			case "panic":
				panic("no")
			case "exit":
				runtime.Goexit()
			case "slow":
				time.Sleep(10 * time.Millisecond)
			}
			return kam.RiskResult{Outcome: kam.Clear}
		},
	})
	require.NoError(t, err)
	rows := func(name string) iter.Seq2[kam.Account, error] {
		return func(yield func(kam.Account, error) bool) {
			for i := range 300 {
				a := kam.Account{ID: fmt.Sprint(i)}
				if i%100 == 50 || name == "slow" {
					a.Name = name
				}
				if !yield(a, nil) {
					return
				}
			}
		}
	}
	for _, parallel := range bothParallel(engine) {
		panics, n := 0, 0
		for a, err := range parallel(rows("panic"), asOf, 2) {
			require.NoError(t, err)
			require.Equal(t, fmt.Sprint(n), a.Account)
			n++
			for _, x := range a.Risks.Unknown {
				if x.Error != "" {
					require.Equal(t, kam.RiskID("own"), x.Check)
					require.Equal(t, "panic", a.Name)
					panics++
				}
			}
		}
		assert.Equal(t, 300, n)
		assert.Equal(t, 3, panics)
		failed, n := 0, 0
		for a, err := range parallel(rows("exit"), asOf, 2) {
			require.Equal(t, fmt.Sprint(n), a.Account)
			n++
			if err != nil {
				require.ErrorContains(t, err, fmt.Sprintf("account %q: a check has ended its goroutine", a.Account))
				failed++
			}
		}
		assert.Equal(t, 300, n)
		assert.Equal(t, (64-50)+(160-150)+(256-250), failed, "from the account to the end of its chunk")
		settled(t, before)
	}
	assert.LessOrEqual(t, int(most.Load()), 2, "no more workers than were asked for")
	for range engine.AssessParallel(rows("slow"), asOf, 2) {
		break
	}
	assert.Zero(t, running.Load(), "none outlives the loop")
}

// BenchmarkAssessParallel is 20,000 accounts with 24 months and 12 contacts, each in
// memory of its own, one after another and on two goroutines, in memory for each result
// and in memory that is used again.
func BenchmarkAssessParallel(b *testing.B) {
	engine := compiled(b, kam.Policy{})
	accounts := make([]kam.Account, 20_000)
	for i := range accounts {
		accounts[i] = monthly(b)
		accounts[i].ID = fmt.Sprint(i)
	}
	rows := func(yield func(kam.Account, error) bool) {
		for _, a := range accounts {
			if !yield(a, nil) {
				return
			}
		}
	}
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprintf("kept/workers=%d", workers), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, err := range engine.AssessParallel(rows, asOf, workers) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
	assessor := engine.Assessor()
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprintf("again/workers=%d", workers), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, err := range assessor.AssessParallel(rows, asOf, workers) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// The accounts come from anywhere, here a list; two workers assess them, and
// the results come in their order.
func ExampleEngine_AssessParallel() {
	engine, err := kam.Compile(kam.Policy{})
	if err != nil {
		panic(err)
	}
	accounts := func(yield func(kam.Account, error) bool) {
		for _, id := range []string{"acme", "", "globex"} {
			if !yield(kam.Account{ID: id}, nil) {
				return
			}
		}
	}
	for a, err := range engine.AssessParallel(accounts, kam.NewDate(2026, 11, 24), 2) {
		fmt.Println(a.Account, err)
	}
	// Output:
	// acme <nil>
	//  kam: assess account "": /id: this must be given
	// globex <nil>
}
