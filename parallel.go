package kam

import (
	"errors"
	"iter"
	"sync"
	"sync/atomic"
)

// chunkRows is how many accounts a goroutine is given at once, so that handing
// them over costs little beside assessing them.
const chunkRows = 16

const maxWorkers = 1024

// AssessParallel is [Engine.AssessRows] on several goroutines: the same
// results and errors in the same order. workers is how many assess at once; 1
// or less is AssessRows itself, and more than 1024 count as 1024. A row that was
// handed over must not be changed any more, as by a source that uses its memory
// again: it is assessed while later rows are read.
//
// rows and the loop's body run on the caller's goroutine and never at the same
// time. A result comes once up to 2·workers chunks of 16 rows have been read
// ahead, and no more are held. Where rows panics, the results of what it has yielded come
// before the panic goes on. No goroutine outlives the loop, also where the body breaks or
// panics.
//
// It pays where assessing is most of the work, as with accounts from a database: of
// accounts that come as JSON and go as JSON it is a third, and [Engine.AssessLines] is for
// those. Each result has memory of its own, and where the heap is small the collector wants
// much of a processor for it: [Assessor.AssessParallel] is for results that are not
// kept. Checks in code are called by several goroutines at once. One that panics
// loses nothing but itself, as in [RiskCheck]; one that ends its goroutine
// leaves the accounts of its chunk from there on as errors.
func (e *Engine) AssessParallel(rows iter.Seq2[Account, error], asOf Date, workers int) iter.Seq2[Assessment, error] {
	if workers <= 1 || !e.compiled() {
		return e.AssessRows(rows, asOf)
	}
	return func(yield func(Assessment, error) bool) {
		w := e.parallel(asOf, workers, func(r *assessRow) bool { return yield(r.out, r.err) })
		defer w.stop()
		w.run(rows)
	}
}

// AssessParallel is [Engine.AssessParallel] for those who write each result down
// and go on to the next: an assessment, and all that it points to, is good until the
// loop's next turn, and no longer than the loop. The memory is the loop's own, so that
// the body may use the Assessor; it is used again for row after row, so that a loop of
// thousands allocates nearly nothing and the collector leaves the processors to the
// workers. For a few hundred accounts [Assessor.Assess] is the quicker one. One worker
// or less is the caller's goroutine. A result is never nil; that of an account with an
// error has its id alone. To the zero Assessor each account is a [CodeMissing].
func (s *Assessor) AssessParallel(rows iter.Seq2[Account, error], asOf Date, workers int) iter.Seq2[*Assessment, error] {
	return func(yield func(*Assessment, error) bool) {
		var e *Engine
		if s != nil {
			e = s.engine
		}
		if workers <= 1 || !e.compiled() {
			e.Assessor().walk(rows, asOf, func(_ *Account, out *Assessment, err error) bool { return yield(out, err) })
			return
		}
		w := e.parallel(asOf, workers, func(r *assessRow) bool { return yield(r.result(), r.err) })
		w.again = true
		defer w.stop()
		w.run(rows)
	}
}

// walk assesses one row after another, and hands it on with the account.
func (s *Assessor) walk(rows iter.Seq2[Account, error], asOf Date, yield func(*Account, *Assessment, error) bool) {
	var currency string
	var account Account // one for all
	out := &s.memory.out
	for a, err := range orMissing(rows) {
		if account = a; err == nil {
			_, err = s.Assess(&account, asOf)
		}
		if err == nil {
			err = oneCurrency(&currency, out.Account, out.Signals.Currency)
		}
		if err != nil {
			*out = Assessment{Account: a.ID}
		}
		if !yield(&account, out, err) {
			return
		}
	}
}

func (e *Engine) parallel(asOf Date, workers int, yield func(*assessRow) bool) *parallelWalk {
	workers = min(workers, maxWorkers)
	return &parallelWalk{engine: e, asOf: asOf, yield: yield, running: make(chan struct{}, workers), room: 2 * workers}
}

// errCheckEnded is what remains of accounts whose goroutine a check has ended.
var errCheckEnded = errors.New("a check has ended its goroutine")

type parallelWalk struct {
	engine   *Engine
	asOf     Date
	yield    func(*assessRow) bool
	again    bool // whether a row's memory is used again, which it then has
	currency string

	running chan struct{} // one for each goroutine that assesses
	room    int           // chunks that may be held
	ahead   []*assessChunk
	spare   [][]assessRow // of chunks that were handed on
	over    bool          // whether the body has broken the loop off, or is about to
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
	memory  *Assessor // has what was found, where it is used again
}

func (r *assessRow) result() *Assessment {
	if r.memory != nil {
		return &r.memory.memory.out
	}
	return &r.out
}

func (r *assessRow) assess(e *Engine, asOf Date) {
	if r.memory != nil {
		_, r.err = r.memory.Assess(&r.account, asOf)
	} else {
		r.out, r.err = e.Assess(r.account, asOf)
	}
}

// run reads chunks ahead, and hands on the oldest when there is no more room. What was read
// is handed on at the end, also where that is a panic of the rows.
func (w *parallelWalk) run(rows iter.Seq2[Account, error]) {
	next := w.fresh()
	defer func() {
		if len(next) > 0 && !w.over {
			w.start(next)
		}
		for len(w.ahead) > 0 && !w.over {
			w.hand()
		}
	}()
	for a, err := range orMissing(rows) {
		next = next[:len(next)+1]
		r := &next[len(next)-1]
		r.account, r.err = a, err
		if err == nil {
			r.err = errCheckEnded // until it is assessed
		}
		if w.again && r.memory == nil {
			r.memory = w.engine.Assessor()
		}
		if len(next) < chunkRows {
			continue
		}
		w.start(next)
		next = w.fresh()
		if len(w.ahead) >= w.room {
			w.hand()
		}
		if w.over {
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
			r := &c.rows[i]
			if w.stopped.Load() {
				return
			}
			if r.err == errCheckEnded {
				r.assess(w.engine, w.asOf)
			}
		}
	})
}

// hand waits for the oldest chunk and hands on its results.
func (w *parallelWalk) hand() {
	c := w.ahead[0]
	w.ahead = w.ahead[1:]
	<-c.done
	for i := range c.rows {
		r := &c.rows[i]
		out := r.result()
		switch {
		case r.err == errCheckEnded:
			r.err = &AccountError{r.account.ID, r.err, "assess"}
		case r.err == nil:
			r.err = oneCurrency(&w.currency, out.Account, out.Signals.Currency)
		}
		if r.err != nil {
			*out = Assessment{Account: r.account.ID}
		}
		w.over = true // unless the body goes on, and does not panic
		if w.over = !w.yield(r); w.over {
			return
		}
		*r = assessRow{memory: r.memory}
	}
	w.spare = append(w.spare, c.rows[:0])
}

// stop ends what still runs and waits for it.
func (w *parallelWalk) stop() {
	w.stopped.Store(true)
	w.done.Wait()
}
