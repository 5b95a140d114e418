package strictjson

import "reflect"

// new returns a pointer to a new zero value. Small ones of one type in one
// document lie side by side, up to 32 of them, which takes an allocation
// instead of 32; they live as long as one of them.
func (b *binder) new(p *plan) reflect.Value {
	const small, most = 32, 32
	if p.elem.typ.Size() > small {
		return reflect.New(p.elem.typ)
	}
	for len(b.slabs) <= p.slab {
		b.slabs = append(b.slabs, slab{})
	}
	s := &b.slabs[p.slab]
	if s.used == s.size {
		s.size, s.used = min(2*s.size+1, most), 0
		s.values = reflect.MakeSlice(p.list, s.size, s.size)
	}
	s.used++
	return s.values.Index(s.used - 1).Addr()
}

// slab is memory for values of one type.
type slab struct {
	values     reflect.Value
	used, size int
}
