package main

import (
	"fmt"
	"math/rand/v2"

	"github.com/kam-go/kam"
)

// The second work: the stage by the default rules, firm or not, and twelve
// checks that are data. One piece of evidence in ten is missing.

const checks = 12

// measures are the numbers that the rules and the checks read, with the range
// of what is drawn.
var measures = [...]struct {
	id     kam.Evidence
	lo, hi int
}{
	{"on-time", 60, 100},
	{"complaint-rate", 0, 15},
	{"return-rate", 0, 15},
	{"revenue-trend", -40, 40},
	{"wallet-share", 0, 100},
	{"strength", 30, 100},
	{"margin", -5, 40},
	{"discount", 0, 40},
	{"discount-trend", -5, 10},
	{"order-delay", 0, 300},
	{"contacts", 0, 8},
	{"deciders-met", 0, 4},
}

// judged are the judgements, with the chance of a yes in percent.
var judged = [...]struct {
	id  kam.Evidence
	yes int
}{
	{kam.EvidenceServed, 93},
	{kam.EvidenceNeedEnded, 4},
	{kam.EvidenceNotWorthServing, 4},
	{kam.EvidenceOnceFirm, 50},
	{kam.EvidencePoorPerformance, 10},
	{kam.EvidenceRivalAttack, 15},
	{kam.EvidenceRivalStronger, 40},
	{kam.EvidenceFullShare, 30},
	{kam.EvidenceCrossSell, 50},
	{kam.EvidenceOtherUnits, 50},
	{kam.EvidenceTrustDamaged, 10},
	{kam.EvidenceNeedEnding, 10},
}

// witness is the evidence of one account: numbers in hundredths, and verdicts.
type witness struct {
	numbers  [len(measures)]int
	verdicts [len(judged)]kam.Verdict
}

const absent = -1 << 30

// witnesses are n accounts, always the same.
func witnesses(n int) []witness {
	r := rand.New(rand.NewPCG(2026, 13))
	out := make([]witness, n)
	for i := range out {
		for j, m := range measures {
			if out[i].numbers[j] = 100*m.lo + r.IntN(100*(m.hi-m.lo)+1); r.IntN(10) == 0 {
				out[i].numbers[j] = absent
			}
		}
		for j, q := range judged {
			if out[i].verdicts[j] = kam.No; r.IntN(100) < q.yes {
				out[i].verdicts[j] = kam.Yes
			}
			if r.IntN(10) == 0 {
				out[i].verdicts[j] = kam.VerdictUnknown
			}
		}
	}
	return out
}

// finding is what is made of one account.
type finding struct {
	stage    kam.Stage
	firm     bool
	outcomes [checks]kam.Outcome
}

// stagePeer is a way to do the second work; run does all accounts.
type stagePeer struct {
	name string
	make func([]witness) (run func(), found []finding)
}

// stagePeers are the ways; the first is what the other is measured by.
var stagePeers = []stagePeer{
	{"stage and twelve checks, by hand", stageByHand},
	{"**kam, bound, stage and twelve checks**", stageBound},
}

func twelve() []kam.CustomRisk {
	atLeast := func(e kam.Evidence, line int) kam.Condition {
		return kam.Condition{Evidence: e, AtLeast: new(kam.Int(line))}
	}
	below := func(e kam.Evidence, line int) kam.Condition {
		return kam.Condition{Evidence: e, Below: new(kam.Int(line))}
	}
	yes := func(e kam.Evidence) kam.Condition { return kam.Condition{Evidence: e, Is: kam.Yes} }
	check := func(id kam.RiskID, atRisk kam.Condition, watch ...kam.Condition) kam.CustomRisk {
		c := kam.CustomRisk{RiskInfo: kam.RiskInfo{ID: id, Name: kam.Text{EN: string(id)}}, AtRisk: atRisk}
		if len(watch) > 0 {
			c.Watch = &watch[0]
		}
		return c
	}
	return []kam.CustomRisk{
		check("thin-margin", below("margin", 5), below("margin", 15)),
		check("falling", below("revenue-trend", -25), below("revenue-trend", -10)),
		check("complaints", atLeast("complaint-rate", 10), atLeast("complaint-rate", 5)),
		check("late", below("on-time", 80), below("on-time", 90)),
		check("returns", atLeast("return-rate", 10), atLeast("return-rate", 5)),
		check("discounted", atLeast("discount", 30), atLeast("discount", 20)),
		check("discounts-rising", atLeast("discount-trend", 5), atLeast("discount-trend", 2)),
		check("silent", atLeast("order-delay", 200), atLeast("order-delay", 130)),
		check("few-contacts", below("contacts", 2), below("contacts", 3)),
		check("decider-unmet", below("deciders-met", 1)),
		check("distrusted", yes(kam.EvidenceTrustDamaged)),
		check("ending", yes(kam.EvidenceNeedEnding), yes(kam.EvidenceRivalAttack)),
	}
}

func stageBound(in []witness) (func(), []finding) {
	rules, out := must(kam.DefaultStageRules().Compile(twelve()...)), make([]finding, len(in))
	rows := make([]kam.StageRow, len(in))
	for i := range in {
		rows[i] = must(rules.Bind(in[i].evidence()))
	}
	return func() {
		for i := range rows {
			o, got := &out[i], rows[i].Classify()
			o.stage, o.firm = got.Suggested(), got.Firm()
			for c := range o.outcomes {
				o.outcomes[c] = got.Outcome(c)
			}
		}
	}, out
}

func (w *witness) evidence() (map[kam.Evidence]kam.Verdict, map[kam.Evidence]kam.Number) {
	verdicts, numbers := map[kam.Evidence]kam.Verdict{}, map[kam.Evidence]kam.Number{}
	for i, v := range w.verdicts {
		verdicts[judged[i].id] = v
	}
	for i, n := range w.numbers {
		if n != absent {
			numbers[measures[i].id] = kam.Dec(int64(n), 2)
		}
	}
	return verdicts, numbers
}

// sameFindings says where two ways of the second work differ.
func sameFindings(name string, got, want []finding) error {
	for i := range want {
		if got[i] != want[i] {
			return fmt.Errorf("%s: account %d: found %v, want %v", name, i, got[i], want[i])
		}
	}
	return nil
}
