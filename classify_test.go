package kam

import (
	"testing"
)

// space enumerates every combination of the evidence that the default rules
// ask for: each judgement yes, no or unknown; each number in each of the
// ranges that the rules tell apart, or unknown.
type space struct {
	evidence []Evidence
	values   [][]Number // for a number; nil for a judgement
	sizes    []int
}

func defaultSpace() space {
	var s space
	add := func(e Evidence, numbers ...Number) {
		s.evidence = append(s.evidence, e)
		s.values = append(s.values, numbers)
		s.sizes = append(s.sizes, max(3, len(numbers)+1)) // 0 is unknown
	}
	for _, e := range []Evidence{
		EvidenceServed, EvidenceNeedEnded, EvidenceNotWorthServing, EvidenceOnceFirm, EvidencePoorPerformance,
		EvidenceRivalAttack, EvidenceRivalStronger, EvidenceFullShare, EvidenceCrossSell, EvidenceOtherUnits,
	} {
		add(e)
	}
	add(EvidenceStrength, Int(69), Int(70))
	add(Evidence(SignalWalletShare), Int(24), Int(25), Int(80))
	add(Evidence(SignalRevenueTrend), Int(-11), Int(0), Int(10))
	// The three signs of failing service stand in one clause: one of them
	// tells what all do.
	add(Evidence(SignalOnTime), Int(79), Int(80))
	return s
}

// TestEveryCombination goes through all of them: each gives one stage or
// unknown, and when something unknown becomes known the stage is one that was
// possible. So a firm stage, for which only one was possible, never changes;
// that holds for every rule.
func TestEveryCombination(t *testing.T) {
	rules := DefaultStageRules()
	s := defaultSpace()
	if testing.Short() {
		s.evidence, s.values, s.sizes = s.evidence[2:], s.values[2:], s.sizes[2:]
	}
	total := 1
	index := map[Evidence]int{}
	for i, n := range s.sizes {
		total *= n
		index[s.evidence[i]] = i
	}
	state := make([]int, len(s.sizes))
	f := facts{memory: new(memory), evidence: evidenceFuncs{
		says: func(e Evidence) Verdict {
			if i, ok := index[e]; ok {
				return Verdict(state[i])
			}
			return VerdictUnknown
		},
		counts: func(e Evidence) *Number {
			i, ok := index[e]
			if !ok {
				if e == Evidence(SignalComplaintRate) || e == Evidence(SignalReturnRate) {
					return &Number{} // none: the sign is that of late deliveries alone
				}
				return nil
			}
			if state[i] == 0 {
				return nil
			}
			return &s.values[i][state[i]-1]
		},
	}}
	stage, possible := make([]Stage, total), make([]uint16, total)
	seen := map[Stage]int{}
	for n := range total {
		for i, rest := 0, n; i < len(s.sizes); i++ {
			state[i], rest = rest%s.sizes[i], rest/s.sizes[i]
		}
		judged := f.judged(rules.Rules)
		for i := range rules.Rules {
			v := judged[i].verdict()
			if v != No {
				possible[n] |= 1 << rules.Rules[i].Stage
			}
			if v == Yes {
				stage[n] = rules.Rules[i].Stage
				break
			}
		}
		if stage[n] == StageUnknown {
			possible[n] |= 1 << StageUnknown
		}
		seen[stage[n]]++
	}
	for _, want := range append(Stages(), StageUnknown) {
		if seen[want] == 0 && !testing.Short() {
			t.Errorf("no combination gives %v", want)
		}
	}
	unit := 1
	for i, size := range s.sizes {
		for n := range total {
			if n/unit%size != 0 {
				continue
			}
			for known := 1; known < size; known++ {
				if m := n + known*unit; possible[n]&(1<<stage[m]) == 0 {
					t.Fatalf("%s becomes known in case %d: %v, which was not possible", s.evidence[i], n, stage[m])
				}
			}
		}
		unit *= size
	}
	t.Logf("%d combinations: %v", total, seen)
}

// evidenceFuncs is evidence as two functions give it.
type evidenceFuncs struct {
	says   func(Evidence) Verdict
	counts func(Evidence) *Number
}

func (f evidenceFuncs) verdict(e Evidence) Verdict { return f.says(e) }
func (f evidenceFuncs) number(e Evidence) *Number  { return f.counts(e) }
