package strictjson

import "slices"

// keys are those of one object. The first are at the end of the binder's, from
// a place on; a map is made only of many.
type keys struct {
	from int
	many map[string]bool
}

func (b *binder) newKeys() keys { return keys{from: len(b.keys)} }

// twice adds a key, and reports whether it was there.
func (k *keys) twice(b *binder, key string) bool {
	const few = 32
	if k.many == nil {
		here := b.keys[k.from:]
		if slices.Contains(here, key) {
			return true
		}
		if len(here) < few {
			b.keys = append(b.keys, key)
			return false
		}
		k.many = make(map[string]bool, 2*few)
		for _, x := range here {
			k.many[x] = true
		}
	}
	was := k.many[key]
	k.many[key] = true
	return was
}

func (k *keys) end(b *binder) { b.keys = b.keys[:k.from] }
