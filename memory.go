package kam

import (
	"strings"

	"github.com/kam-go/kam/internal/fixed"
)

// memory is what an assessment is made in: what is used again for the next
// account, and the pieces that the result points into.
type memory struct {
	out      Assessment
	report   report
	given    [4]given // of each scorecard
	reader   reader
	evidence accountEvidence
	rules    []judgedRule
	clauses  []Verdict
	supposed supposed
	risk     riskCase
	active   []*Contact
	gaps     []Gap
	found    []Risk
	shown    []shownNumber
	sorted   []*Risk
	pieces
}

// pieces are those that a result points into.
type pieces struct {
	fixed fixed.Row // of the row that is scored

	readings      slab[Reading]
	numbers       slab[Number]
	contributions slab[Contribution]
	findings      slab[Finding]
	words         slab[string]
	evidences     slab[Evidence]
	stages        slab[Stage]
	cells         slab[Cell]
	gapDays       slab[DateRange]
	changes       slab[Change]
	advice        slab[Advice]
	risks         slab[Risk]
	ids           slab[RiskID]
	needed        slab[FactNeeded]
	overrides     slab[Overruling]
	stage         *stageParts // nil until something is pointed to
	texts         texts
}

// renew makes room for another result: in new memory, as much as the last one
// took, or in the same memory again, where nobody needs the last one any more.
func (m *memory) renew(again bool) {
	m.out, m.report = Assessment{}, report{listed: m.report.listed}
	for i := range m.given {
		m.given[i].answered = 0
	}
	m.empty()
	m.pieces.renew(again)
}

// empty keeps nothing of the account but the room.
func (m *memory) empty() {
	m.evidence, m.risk = accountEvidence{}, riskCase{}
	m.reader = reader{periods: emptied(m.reader.periods)}
	m.supposed = supposed{changes: emptied(m.supposed.changes)}
	m.active, m.gaps, m.found, m.sorted = emptied(m.active), emptied(m.gaps), emptied(m.found), emptied(m.sorted)
}

func (m *pieces) renew(again bool) {
	m.readings.renew(again)
	m.numbers.renew(again)
	m.contributions.renew(again)
	m.findings.renew(again)
	m.words.renew(again)
	m.evidences.renew(again)
	m.stages.renew(again)
	m.cells.renew(again)
	m.gapDays.renew(again)
	m.changes.renew(again)
	m.advice.renew(again)
	m.risks.renew(again)
	m.ids.renew(again)
	m.needed.renew(again)
	m.overrides.renew(again)
	m.texts.renew()
}

// forget keeps nothing of the account and of the result but how much room it
// took.
func (m *memory) forget() {
	m.out, m.report = Assessment{}, report{listed: m.report.listed}
	m.empty()
	m.pieces.forget()
}

// trim lets go of the account before: these are the pieces that hold its texts, or texts
// that were made of them.
func (m *pieces) trim() {
	m.readings.trim()
	m.findings.trim()
	m.words.trim()
	m.overrides.trim()
}

func (m *pieces) forget() {
	m.readings.forget()
	m.numbers.forget()
	m.contributions.forget()
	m.findings.forget()
	m.words.forget()
	m.evidences.forget()
	m.stages.forget()
	m.cells.forget()
	m.gapDays.forget()
	m.changes.forget()
	m.advice.forget()
	m.risks.forget()
	m.ids.forget()
	m.needed.forget()
	m.overrides.forget()
	m.stage = nil
	m.texts.forget()
}

// stageParts is what a [StageResult] points to.
type stageParts struct {
	runnerUp       RunnerUp
	better, danger Path
	move           StageMove
	differs        Difference
}

func (m *pieces) stagePart() *stageParts {
	if m.stage == nil {
		m.stage = new(stageParts)
	}
	return m.stage
}

// emptied is the room of a list, unless it was for many more than the last ones.
func emptied[T any](list []T) []T {
	if tooMuch(cap(list), len(list)) {
		return nil
	}
	clear(list)
	return list[:0]
}

// slab hands out lists that lie in one piece of memory.
type slab[T any] struct {
	piece []T // its start
	free  []T // its end, that nobody has
	used  int
	dirty int // of the piece, by this result or by the one before
}

// ordinary is how much room a result that is kept gets at once, whatever the last
// one took, and how much one that is not kept may leave unused.
const ordinary = 512

func tooMuch(room, used int) bool { return room > max(ordinary, 8*used) }

func (s *slab[T]) renew(again bool) {
	switch fits := s.used <= cap(s.piece) && !tooMuch(cap(s.piece), s.used); {
	case !again:
		s.piece, s.dirty = make([]T, 0, min(s.used, ordinary)), 0
	case !fits:
		s.piece, s.dirty = make([]T, 0, s.used), 0
	}
	s.free, s.used = s.piece, 0
}

// trim clears what the result before had, where this one has not written over it.
func (s *slab[T]) trim() {
	used := min(s.used, cap(s.piece))
	if used < s.dirty {
		clear(s.piece[used:s.dirty])
	}
	s.dirty = used
}

// reserve makes room for a list of up to n.
func (s *slab[T]) reserve(n int) {
	if cap(s.free) < n {
		s.free = make([]T, 0, n)
	}
}

func (s *slab[T]) forget() { s.piece, s.free = nil, nil }

// begin starts a list that is grown by append and kept before another one is
// begun or taken. It may be cut at its end, and never at its front: what keep is given
// is taken for all that was used. What lies in its room is of an earlier result.
func (s *slab[T]) begin() []T { return s.free }

// keep ends a list that was begun; an empty one is nil.
func (s *slab[T]) keep(list []T) []T {
	if len(list) == 0 {
		return nil
	}
	s.used += len(list)
	s.free = list[len(list):] // of its own piece, where it has outgrown this one
	return list[:len(list):len(list)]
}

// take returns a list of n zero values.
func (s *slab[T]) take(n int) []T {
	if cap(s.free) < n {
		s.free = make([]T, 0, max(n, 8))
	}
	list := s.free[:n]
	clear(list)
	return s.keep(list)
}

// one returns the place of a copy.
func (s *slab[T]) one(v T) *T { return &s.keep(append(s.begin(), v))[0] }

// list keeps a list of what is given.
func (s *slab[T]) list(values ...T) []T { return s.keep(append(s.begin(), values...)) }

// texts makes many short texts in one piece of memory, which lives as long as
// one of them. It must not be copied.
type texts struct {
	b    strings.Builder
	used int
}

func (t *texts) renew() {
	t.forget()
	t.b.Grow(t.used)
}

// forget keeps how much room they took, unless there were none.
func (t *texts) forget() {
	if n := t.b.Len(); n > 0 {
		t.used = max(n, t.used/2)
	}
	t.b.Reset()
}

// add returns the parts as one text.
func (t *texts) add(parts ...string) string {
	start := t.b.Len()
	for _, p := range parts {
		t.b.WriteString(p)
	}
	return t.since(start)
}

// since is what was written from start on; it is never written over.
func (t *texts) since(start int) string { return t.b.String()[start:] }

// number is the text of [Number.String] behind another.
func (t *texts) number(before string, n Number) string {
	if !n.Valid() {
		return t.add(before, n.String())
	}
	var buf [maxDecimal]byte
	start := t.b.Len()
	t.b.WriteString(before)
	t.b.Write(appendDecimal(buf[:0], n.units, numberPlaces, 0))
	return t.since(start)
}

// day is the text of [Date.String] behind another.
func (t *texts) day(before string, d Date) string {
	if d.day <= 0 {
		return t.add(before, d.String())
	}
	var buf [maxDecimal]byte
	start := t.b.Len()
	t.b.WriteString(before)
	t.b.Write(d.append(buf[:0]))
	return t.since(start)
}

// span is the days of a window as evidence is of them.
func (t *texts) span(s span) string {
	start := t.b.Len()
	t.day("", s.from)
	t.day("..", s.to)
	return t.since(start)
}
