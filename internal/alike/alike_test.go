package alike

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNearestAreAlike(t *testing.T) {
	long := strings.Repeat("a", 63)
	known := []string{"order", "late-order", "late", long + "b"}
	for id, want := range map[string][]string{
		"":              known,
		"order":         {"order", "late-order"},
		"orders":        {"order"},
		"oder":          {"order"},              // one left out
		"ordxer":        {"order"},              // one put in
		"lete-ordr":     {"late-order"},         // two
		"lete-rdr":      known,                  // three
		"lete-rdxer":    known,                  // three in a longer word
		"lte":           {"late"},               // one in three bytes
		"la":            known,                  // of a short word a change makes another
		"late":          {"late", "late-order"}, // it is part of it
		"latest-of-all": {"late"},               // the other way round
		"ORDER":         {"order"},              // but for case
		"zzz":           known,
		long:            {long + "b"},
		long + "b":      known, // an id of 64 is not looked for
	} {
		before := slices.Clone(known)
		assert.Equal(t, strings.Join(want, ", "), Nearest(id, known), id)
		assert.Equal(t, before, known, "the list of the caller stays")
	}
}

// Whatever the bound, it is the distance that the whole table gives, or one more.
func TestDistanceIsBounded(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		b := make([]byte, r.IntN(9))
		for i := range b {
			b[i] = "abc"[r.IntN(3)]
		}
		return string(b)
	}
	for range 2_000 {
		a, b := word(), word()
		for most := range 10 {
			assert.Equal(t, min(table(a, b), most+1), Distance(a, b, most), "%q %q %d", a, b, most)
		}
	}
}

// table is the distance by its definition.
func table(a, b string) int {
	switch {
	case a == "" || b == "":
		return len(a) + len(b)
	case a[0] == b[0]:
		return table(a[1:], b[1:])
	}
	return 1 + min(table(a[1:], b), table(a, b[1:]), table(a[1:], b[1:]))
}

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b       string
		most, want int
	}{
		{"", "", 0, 0},
		{"", "abc", 3, 3},
		{"abc", "", 2, 3},
		{"abc", "abc", 0, 0},
		{"abc", "abd", 1, 1},
		{"abc", "bc", 1, 1},
		{"kitten", "sitting", 9, 3},
		{"kitten", "sitting", 3, 3},
		{"kitten", "sitting", 2, 3},
		{"abcdef", "ghijkl", 2, 3},
		{"ab", "ba", 2, 2},
	} {
		assert.Equal(t, tt.want, Distance(tt.a, tt.b, tt.most), tt)
		assert.Equal(t, tt.want, Distance(tt.b, tt.a, tt.most), "%v, the other way round", tt)
	}
}
