package kam

import (
	"strconv"
	"strings"
)

// texts makes many short texts in one piece of memory, which lives as long as
// one of them. A nil one makes each by itself. It must not be copied.
type texts struct{ b strings.Builder }

// add returns the parts as one text.
func (t *texts) add(parts ...string) string {
	if t == nil {
		return strings.Join(parts, "")
	}
	if t.b.Cap() == 0 {
		t.b.Grow(1024)
	}
	start := t.b.Len()
	for _, p := range parts {
		t.b.WriteString(p)
	}
	return t.b.String()[start:] // what is written is never written over
}

// number is the text of [Number.String] behind another.
func (t *texts) number(before string, n Number) string {
	if !n.Valid() {
		return t.add(before, n.String())
	}
	var buf [maxDecimal]byte
	digits := appendDecimal(buf[:0], n.units, numberPlaces, 0)
	if t == nil {
		return before + string(digits)
	}
	start := len(t.add(before))
	t.b.Write(digits)
	return t.b.String()[t.b.Len()-len(digits)-start:]
}

// whole is a whole number between two texts.
func (t *texts) whole(before string, n int, after string) string {
	var buf [20]byte
	return t.add(before, string(strconv.AppendInt(buf[:0], int64(n), 10)), after)
}

// slab hands out lists that lie in one piece of memory: each is begun, grown
// by append, and kept before the next one is begun.
type slab[T any] struct{ free []T }

func (s *slab[T]) begin(room int) []T {
	if cap(s.free) < room/4+1 {
		s.free = make([]T, 0, room)
	}
	return s.free[:0]
}

// keep ends a list that was begun; an empty one is nil.
func (s *slab[T]) keep(list []T) []T {
	if len(list) == 0 {
		return nil
	}
	if cap(list) == cap(s.free) { // it has not outgrown the piece
		s.free = s.free[len(list):len(list)]
	}
	return list[:len(list):len(list)]
}
