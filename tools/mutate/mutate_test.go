package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const toys = `killed	toy.go:8	Larger	a > b → false
killed	toy.go:8	Larger	a > b → true
SURVIVED	toy.go:8	Larger	a > b → a >= b
killed	toy.go:16	Down	n != 0 → n == 0
killed	toy.go:16	Down	0 → 1
timed out	toy.go:17	Down	n-- → n++
not reached	toy.go:23	Idle	a && b → a || b
killed	toy.go:28	Sum	sum.Add(sum, big.NewInt(b)) → nothing
killed	toy.go:28	Sum	sum.Add(sum, big.NewInt(b)) → sum.Sub(sum, big.NewInt(b))
SURVIVED	toy.go:35	Each	i == 1 → false
SURVIVED	toy.go:35	Each	i == 1 → true
SURVIVED	toy.go:35	Each	1 → 0
SURVIVED	toy.go:36	Each	continue → nothing
SURVIVED	toy.go:38	Each	f(i * 2) → nothing
SURVIVED	toy.go:38	Each	i * 2 → i / 2
SURVIVED	toy.go:38	Each	2 → 3
not reached	toy.go:43	Year.Late	y.Start > 1 → y.Start >= 1
not reached	toy.go:43	Year.Late	y.Start > 1 → y.Start <= 1
not reached	toy.go:43	Year.Late	1 → 0
`

const survivors = `# a comment
toy.go	Each	i == 1 → false	nobody looks
toy.go	Each	i == 1 → true	nobody looks
toy.go	Each	1 → 0	nobody looks
toy.go	Each	continue → nothing	nobody looks
toy.go	Each	f(i * 2) → nothing	nobody looks
toy.go	Each	i * 2 → i / 2	nobody looks
toy.go	Each	2 → 3	nobody looks
toy.go	Larger	a > b → a >= b	equal ones are the same
`

// The toy package has a mutant of each fate, and a test that fails by itself.
func TestToy(t *testing.T) {
	dir := t.TempDir()
	o := options{dir: "testdata/toy", args: "-test.short", out: filepath.Join(dir, "out"), explained: filepath.Join(dir, "explained"), longest: time.Minute, least: 42}
	mutants, err := o.test()
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for i := range mutants {
		got.WriteString(string(mutants[i].result) + "\t" + mutants[i].String() + "\n")
	}
	if got.String() != toys {
		t.Errorf("got\n%s\nwant\n%s", got.String(), toys)
	}
	for _, tt := range []struct {
		explained string
		least     float64
		want      string
	}{
		{survivors, 42, ""},
		{survivors, 43, "42.9 % were killed, not 43 %"},
		{strings.Replace(survivors, "toy.go	Each	2 → 3	nobody looks\n", "", 1), 42, "1 survivors are not explained"},
		{survivors + "toy.go	Each	9 → 10	gone\n", 42, "explained, and no survivor:\ntoy.go	Each	9 → 10"},
		{survivors + "toy.go	Larger	a > b → true	killed\n", 42, "explained, and no survivor:\ntoy.go	Larger	a > b → true"},
		{survivors + "other.go	Each	9 → 10	not of these files\n", 42, ""},
		{"no cells", 42, o.explained + ": not four cells: no cells"},
	} {
		if err := os.WriteFile(o.explained, []byte(tt.explained), 0o600); err != nil {
			t.Fatal(err)
		}
		o.least = tt.least
		message := ""
		if err := o.report(mutants); err != nil {
			message = err.Error()
		}
		if message != tt.want {
			t.Errorf("got %q, want %q", message, tt.want)
		}
	}
	before, err := readKilled(o.out)
	if err != nil {
		t.Fatal(err)
	}
	if len(before) != 6 {
		t.Errorf("6 were killed before, not %v", before)
	}
}
