package kam

import (
	"errors"
	"iter"
	"sync"
	"sync/atomic"
)

// chunkRows is how many accounts a goroutine is given at once, so that handing
// them over costs little beside assessing them.
const chunkRows = 64

const maxWorkers = 1024

// AssessParallel is [Engine.AssessRows] on several goroutines: the same
// results and errors in the same order. workers is how many assess at once; 1
// or less is AssessRows itself, and more than 1024 count as 1024. A row that was
// handed over must not be changed any more, as by a source that uses its memory
// again: it is assessed while later rows are read.
//
// rows and the loop's body run on the caller's goroutine and never at the same
// time. A result comes once up to 2·workers chunks of 64 rows have been read
// ahead, and no more are held. No goroutine outlives the loop, also where the
// body breaks or panics.
//
// Checks in code are called by several goroutines at once. One that panics
// loses nothing but itself, as in [RiskCheck]; one that ends its goroutine
// leaves the accounts of its chunk from there on as errors.
func (e *Engine) AssessParallel(rows iter.Seq2[Account, error], asOf Date, workers int) iter.Seq2[Assessment, error] {
	if workers <= 1 {
		return e.AssessRows(rows, asOf)
	}
	workers = min(workers, maxWorkers)
	return func(yield func(Assessment, error) bool) {
		w := parallelWalk{engine: e, asOf: asOf, yield: yield, running: make(chan struct{}, workers), room: 2 * workers}
		defer w.stop()
		w.run(rows)
	}
}

// errCheckEnded is what remains of accounts whose goroutine a check has ended.
var errCheckEnded = errors.New("kam: assess account: a check has ended its goroutine")

type parallelWalk struct {
	engine   *Engine
	asOf     Date
	yield    func(Assessment, error) bool
	currency string

	running chan struct{} // one for each goroutine that assesses
	room    int           // chunks that may be held
	ahead   []*assessChunk
	spare   [][]assessRow // of chunks that were handed on
	stopped atomic.Bool
	done    sync.WaitGroup
}

type assessChunk struct {
	rows []assessRow
	done chan struct{}
}

// assessRow is an account, then what was found.
type assessRow struct {
	account Account
	out     Assessment
	err     error
	failed  bool // the source did
}

// run reads chunks ahead, and hands on the oldest when there is no more room.
func (w *parallelWalk) run(rows iter.Seq2[Account, error]) {
	next := w.fresh()
	for a, err := range rows {
		next = append(next, assessRow{account: a, err: err, failed: err != nil})
		if len(next) < chunkRows {
			continue
		}
		w.start(next)
		next = w.fresh()
		if len(w.ahead) >= w.room && !w.hand() {
			return
		}
	}
	if len(next) > 0 {
		w.start(next)
	}
	for len(w.ahead) > 0 {
		if !w.hand() {
			return
		}
	}
}

// fresh is room for a chunk.
func (w *parallelWalk) fresh() []assessRow {
	if n := len(w.spare); n > 0 {
		rows := w.spare[n-1]
		w.spare = w.spare[:n-1]
		return rows
	}
	return make([]assessRow, 0, chunkRows)
}

func (w *parallelWalk) start(rows []assessRow) {
	c := &assessChunk{rows, make(chan struct{})}
	w.ahead = append(w.ahead, c)
	w.done.Go(func() {
		defer close(c.done)
		w.running <- struct{}{}
		defer func() { <-w.running }()
		for i := range c.rows {
			if r := &c.rows[i]; !r.failed {
				r.err = errCheckEnded
			}
		}
		for i := range c.rows {
			r := &c.rows[i]
			if w.stopped.Load() {
				return
			}
			if !r.failed {
				r.out, r.err = w.engine.Assess(r.account, w.asOf)
			}
		}
	})
}

// hand waits for the oldest chunk and hands on its results; false is to stop.
func (w *parallelWalk) hand() bool {
	c := w.ahead[0]
	w.ahead = w.ahead[1:]
	<-c.done
	for i := range c.rows {
		r := &c.rows[i]
		if r.err == nil {
			r.err = oneCurrency(&w.currency, &r.out)
		}
		if r.err != nil {
			r.out = Assessment{Account: r.account.ID}
		}
		if !w.yield(r.out, r.err) {
			return false
		}
	}
	w.spare = append(w.spare, emptied(c.rows))
	return true
}

// stop ends what still runs and waits for it.
func (w *parallelWalk) stop() {
	w.stopped.Store(true)
	w.done.Wait()
}
