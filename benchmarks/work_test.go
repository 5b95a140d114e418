package main

import (
	"io"
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// Every peer does the same work: the exact ones agree with kam in all, the
// others in all that is not on a cut.
func TestPeersAgree(t *testing.T) {
	n := 2_000
	if testing.Short() {
		n = 400
	}
	accounts, atCut := ordinary(n), onTheLine(n/4)
	want, wantAtCut := reference(accounts), reference(atCut)
	for _, e := range entries {
		t.Run(e.name, func(t *testing.T) {
			some, someAtCut := accounts, atCut
			if e.of >= 1000 {
				some, someAtCut = accounts[:100], atCut[:50]
			}
			p := e.make(some)
			p.run()
			other, err := compare(e, p, want[:len(some)])
			require.NoError(t, err)
			assert.Less(t, other, 5)
			p = e.make(someAtCut)
			p.run()
			_, err = compare(e, p, wantAtCut[:len(someAtCut)])
			require.NoError(t, err)
		})
	}
}

// The work is what it says: gaps, all cells, and scores that are on a cut.
func TestWork(t *testing.T) {
	accounts := ordinary(2_000)
	assert.Equal(t, accounts[:100], ordinary(100), "always the same")
	gaps := 0
	for _, a := range accounts {
		for c := range a {
			require.Len(t, a[c], len(weights[c]))
			for _, r := range a[c] {
				if r == missing {
					gaps++
				}
			}
		}
	}
	assert.InDelta(t, 0.1, float64(gaps)/float64(len(accounts)*factors), 0.01)
	seen := map[kam.Cell]int{}
	for _, o := range reference(accounts) {
		seen[o.cell]++
	}
	for _, c := range kam.Cells() {
		assert.Greater(t, seen[c], 100, c)
	}
	for i, o := range reference(onTheLine(500)) {
		require.Equal(t, [2]int64{cut * 10_000, cut * 10_000}, [2]int64{o.points[1], o.points[2]}, i)
		require.Equal(t, kam.CellKey, o.cell, i)
	}
}

// A peer that is wrong is found out.
func TestCompareFindsFaults(t *testing.T) {
	parts := [cards][]int64{{1}, {0, 2}, {}}
	want := []outcome{{[cards]int64{1, 2, unknown}, kam.CellKey, kam.Yes, parts}}
	exact, near := entry{exact: true}, entry{}
	for _, tt := range []struct {
		reason string
		entry  entry
		got    outcome
		ok     bool
	}{
		{"the same", exact, want[0], true},
		{"the same, firm and contributions not said", exact, outcome{points: want[0].points, cell: kam.CellKey}, true},
		{"one unit off, exact", exact, outcome{points: [cards]int64{1, 3, unknown}, cell: kam.CellKey}, false},
		{"one unit off, in floats", near, outcome{points: [cards]int64{1, 3, unknown}, cell: kam.CellKey}, true},
		{"two units off, in floats", near, outcome{points: [cards]int64{1, 4, unknown}, cell: kam.CellKey}, false},
		{"unknown where it is known", near, outcome{points: [cards]int64{unknown, 2, unknown}, cell: kam.CellKey}, false},
		{"another cell, exact", exact, outcome{points: want[0].points, cell: kam.CellTarget}, false},
		{"another cell, in floats", near, outcome{points: want[0].points, cell: kam.CellTarget}, true},
		{"no cell", near, outcome{points: want[0].points, cell: kam.CellUnknown}, false},
		{"firm where it is not", exact, outcome{want[0].points, kam.CellKey, kam.No, parts}, false},
		{"contributions of other factors", exact, outcome{want[0].points, kam.CellKey, kam.Yes, [cards][]int64{{1}, {2, 0}, {}}}, false},
		{"a contribution that is missing", exact, outcome{want[0].points, kam.CellKey, kam.Yes, [cards][]int64{{1}, {2}, {}}}, false},
	} {
		_, err := compare(tt.entry, peer{outcome: func(int) outcome { return tt.got }}, want)
		assert.Equal(t, tt.ok, err == nil, tt.reason)
	}
	// What is wanted itself is wrong where the contributions do not sum.
	wrong := outcome{[cards]int64{1, 2, unknown}, kam.CellKey, kam.Yes, [cards][]int64{{1}, {0, 3}, {}}}
	_, err := compare(exact, peer{outcome: func(int) outcome { return wrong }}, []outcome{wrong})
	require.Error(t, err)
	// A peer of another work is held to its own.
	_, err = compare(exact, peer{outcome: func(int) outcome { return want[0] }, want: func(int) outcome { return wrong }}, want)
	require.Error(t, err)
}

func TestRunRefuses(t *testing.T) {
	require.Error(t, run(0, 1, ""))
	require.Error(t, run(-1, 1, ""))
	require.Error(t, run(10, 0, ""))
	require.ErrorContains(t, run(10, 1, "("), "-only")
}

func TestReport(t *testing.T) {
	require.NoError(t, report(io.Discard, 200, 1, regexp.MustCompile("")))
	assert.Equal(t, 2.0, median([]float64{3, 1, 2}))
	assert.Equal(t, "3.00 (2.00–40.0)", spread([]float64{40, 1, 2, 500, 3}))
}

// An account costs the same, whether there are a thousand or a million.
func BenchmarkBound(b *testing.B) {
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			p := kamBound(ordinary(n))
			b.ReportAllocs()
			for b.Loop() {
				p.run()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/account")
		})
	}
}

func BenchmarkPeers(b *testing.B) {
	for _, e := range entries {
		b.Run(e.name, func(b *testing.B) {
			n := max(100_000/e.of, 1)
			p := e.make(ordinary(n))
			b.ReportAllocs()
			for b.Loop() {
				p.run()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/account")
		})
	}
}
