package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// The second work is what it says: always the same, with gaps, every stage,
// and every outcome of every check.
func TestStageWork(t *testing.T) {
	in := witnesses(5_000)
	assert.Equal(t, in[:100], witnesses(100), "always the same")
	gaps := 0
	for _, w := range in {
		for _, n := range w.numbers {
			if n == absent {
				gaps++
			}
		}
		for _, v := range w.verdicts {
			if v == kam.VerdictUnknown {
				gaps++
			}
		}
	}
	assert.InDelta(t, 0.1, float64(gaps)/float64(len(in)*(len(measures)+len(judged))), 0.01)
	run, found := stageBound(in)
	run()
	stages, firm := map[kam.Stage]int{}, 0
	var outcomes [checks]map[kam.Outcome]int
	for _, f := range found {
		if stages[f.stage]++; f.firm {
			firm++
		}
		for c, o := range f.outcomes {
			if outcomes[c] == nil {
				outcomes[c] = map[kam.Outcome]int{}
			}
			outcomes[c][o]++
		}
	}
	for _, s := range kam.Stages() {
		assert.Greater(t, stages[s], 50, s)
	}
	assert.Greater(t, firm, 500)
	assert.Less(t, firm, 4_500)
	for c, check := range twelve() {
		want := 3
		if check.Watch != nil {
			want = 4
		}
		assert.Len(t, outcomes[c], want, check.ID)
	}
	t.Log(stages, firm)
}

// The ways agree, and one that is wrong is found out.
func TestStagePeersAgree(t *testing.T) {
	in := witnesses(20_000)
	run, want := stagePeers[0].make(in)
	run()
	for _, p := range stagePeers[1:] {
		run, got := p.make(in)
		run()
		require.NoError(t, sameFindings(p.name, got, want))
		got[77].outcomes[3]++
		require.ErrorContains(t, sameFindings(p.name, got, want), "account 77")
	}
}

func BenchmarkStage(b *testing.B) {
	const n = 100_000
	for _, p := range stagePeers {
		b.Run(p.name, func(b *testing.B) {
			run, _ := p.make(witnesses(n))
			b.ReportAllocs()
			for b.Loop() {
				run()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/account")
		})
	}
}
