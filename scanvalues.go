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
		*to = &s.numbers.take(1)[0]
		s.number(*to)
	}
}

func (s *accountScan) amount(to **Money) {
	if s.Null() {
		return
	}
	*to = &s.money.take(1)[0]
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
		*to = &s.counts.take(1)[0]
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
func scanList[T any](s *accountScan, items *[]T, shared *slab[T], read func(*T)) []T {
	if s.Null() {
		return nil
	}
	const short = 4 // of what shares a piece of memory
	s.Open('[')
	for n := 0; s.More(']', n); n++ {
		var zero T
		if *items = append(*items, zero); !s.Null() {
			read(&(*items)[n])
		}
	}
	var out []T
	if n := len(*items); shared != nil && n > 0 && n <= short {
		out = shared.take(n)
	} else {
		out = make([]T, n)
	}
	copy(out, *items)
	forget(items)
	return out
}

// scanMap collects the items; a null is no map, and one within is not ours.
func scanMap[K ~string, T any](s *accountScan, items *[]named[T], read func(*T)) map[K]T {
	if s.Null() {
		return nil
	}
	s.Open('{')
	for n := 0; s.More('}', n); n++ {
		*items = append(*items, named[T]{key: s.TextKey()})
		read(&(*items)[n].value)
	}
	out := make(map[K]T, len(*items))
	for i := range *items {
		out[K((*items)[i].key)] = (*items)[i].value
	}
	if len(out) < len(*items) {
		s.Fail() // a key given twice
	}
	forget(items)
	return out
}

// forget keeps nothing of the account, nor more memory than an ordinary one needs.
func forget[T any](items *[]T) {
	if cap(*items) > ordinary {
		*items = nil
	}
	*items = emptied(*items)
}

// begun is a slab for one account, of about the size that the last one took, and
// no more than a document of so many bytes can need. What is in it lives as long as
// one of it.
func begun[T any](s *slab[T], size int) {
	s.used = min(s.used, size/32)
	s.renew(false)
}
