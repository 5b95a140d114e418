package kam

// What the scan of an account reads values with.

type named[T any] struct {
	key   string
	value T
}

// verdict is no null, since there must be one.
func (s *accountScan) verdict(v *Verdict) {
	if v.UnmarshalText(s.Content()) != nil {
		s.Fail()
	}
}

// number is no null.
func (s *accountScan) number(n *Number) {
	var ok bool
	if s.Peek() == '"' {
		*n, ok = readNumber(s.Content())
	} else {
		*n, ok = readNumber(s.Number())
	}
	if !ok {
		s.Fail()
	}
}

func (s *accountScan) numberOf(to **Number) {
	if !s.Null() {
		*to = s.numbers.next()
		s.number(*to)
	}
}

func (s *accountScan) amount(to **Money) {
	if s.Null() {
		return
	}
	*to = s.money.next()
	var fault Code
	if s.Peek() == '"' {
		**to, fault = readMoney(s.Content())
	} else {
		**to, fault = readMoney(s.Number())
	}
	if fault != "" {
		s.Fail()
	}
}

func (s *accountScan) count(to **int) {
	if !s.Null() {
		*to = s.counts.next()
		**to = s.Int()
	}
}

// scanWord reads what has a text form.
func scanWord[T any, P interface {
	*T
	UnmarshalText([]byte) error
}](s *accountScan, to P) {
	if !s.Null() && to.UnmarshalText(s.Content()) != nil {
		s.Fail()
	}
}

// scanList collects the items and copies them; a null is no list.
func scanList[T any](s *accountScan, items *[]T, short *slab[T], read func(*T)) []T {
	if s.Null() {
		return nil
	}
	*items = (*items)[:0]
	s.Open('[')
	for n := 0; s.More(']', n); n++ {
		var zero T
		if *items = append(*items, zero); !s.Null() {
			read(&(*items)[n])
		}
	}
	out := short.list(len(*items))
	copy(out, *items)
	forget(items)
	return out
}

// scanMap collects the items; a null is no map, and one within is not ours.
func scanMap[T any](s *accountScan, items *[]named[T], read func(*T)) map[string]T {
	if s.Null() {
		return nil
	}
	*items = (*items)[:0]
	s.Open('{')
	for n := 0; s.More('}', n); n++ {
		*items = append(*items, named[T]{key: s.TextKey()})
		read(&(*items)[n].value)
	}
	out := make(map[string]T, len(*items))
	for i := range *items {
		out[(*items)[i].key] = (*items)[i].value
	}
	if len(out) < len(*items) {
		s.Fail() // a key given twice
	}
	forget(items)
	return out
}

// forget lets go of more memory than an ordinary account needs.
func forget[T any](items *[]T) {
	const ordinary = 256
	if cap(*items) > ordinary {
		*items = nil
	}
}

// slab has memory for small values of one account, which takes an allocation
// for many; they live as long as one of them.
type slab[T any] struct {
	free []T
	made int
}

// next is a new zero value.
func (s *slab[T]) next() *T { return &s.list(1)[0] }

// list is a new list, by itself where it is not short or there is no slab.
func (s *slab[T]) list(n int) []T {
	const least, most, short = 8, 32, 4
	if s == nil || n == 0 || n > short {
		return make([]T, n)
	}
	if len(s.free) < n {
		s.made = min(max(2*s.made, least), most)
		s.free = make([]T, s.made)
	}
	out := s.free[:n:n]
	s.free = s.free[n:]
	return out
}
