package main

import "github.com/kam-go/kam"

// The second work as a developer would write it by hand, in floats, with three
// truth values in the order in which max is or, and min is and.
type truth uint8

const (
	isFalse truth = iota
	isOpen
	isTrue
)

func not(t truth) truth { return isTrue - t }

// quantity is a number that may be missing.
type quantity struct {
	value float64
	known bool
}

func (q quantity) below(line float64) truth {
	if !q.known {
		return isOpen
	}
	if q.value < line {
		return isTrue
	}
	return isFalse
}

func (q quantity) atLeast(line float64) truth { return not(q.below(line)) }

type evidence struct {
	onTime, complaints, returns, trend, share, strength                            quantity
	margin, discount, discountTrend, delay, contacts, met                          quantity
	served, needEnded, notWorth, onceFirm, poor, attack, stronger, full, crossSell truth
	otherUnits, distrusted, ending                                                 truth
}

// candidates are the stages that are possible, a bit each.
type candidates uint8

// try takes a rule and says whether it holds.
func (c *candidates) try(rule truth, s kam.Stage) bool {
	if rule != isFalse {
		*c |= 1 << s
	}
	return rule == isTrue
}

func (e *evidence) stage() (stage kam.Stage, firm bool) {
	var c candidates
	flat := min(e.trend.atLeast(-10), e.trend.below(10))
	switch {
	case c.try(not(e.served), kam.StagePotential):
		stage = kam.StagePotential
	case c.try(max(e.needEnded, e.notWorth), kam.StageDeclining):
		stage = kam.StageDeclining
	case c.try(min(e.onceFirm, max(e.poor, e.attack)), kam.StageDefensive):
		stage = kam.StageDefensive
	case c.try(min(e.onceFirm, max(e.onTime.below(80), e.complaints.atLeast(10), e.returns.atLeast(10)), e.trend.below(-10)), kam.StageDefensive):
		stage = kam.StageDefensive
	case c.try(min(e.share.below(25), flat, e.stronger), kam.StageLimitedShare):
		stage = kam.StageLimitedShare
	case c.try(min(e.strength.atLeast(70), max(e.full, e.share.atLeast(80)), not(e.crossSell), not(e.otherUnits)), kam.StageStrong):
		stage = kam.StageStrong
	case c.try(min(e.strength.atLeast(70), max(e.crossSell, e.otherUnits, e.share.below(80))), kam.StageGood):
		stage = kam.StageGood
	case c.try(e.served, kam.StageDeveloping):
		stage = kam.StageDeveloping
	default:
		return kam.StageUnknown, false
	}
	return stage, c == 1<<stage
}

func outcomeOf(atRisk, watch truth) kam.Outcome {
	switch {
	case atRisk == isTrue:
		return kam.AtRisk
	case watch == isTrue:
		return kam.Watch
	case atRisk == isOpen || watch == isOpen:
		return kam.OutcomeUnknown
	}
	return kam.Clear
}

func (e *evidence) check(o *[checks]kam.Outcome) {
	o[0] = outcomeOf(e.margin.below(5), e.margin.below(15))
	o[1] = outcomeOf(e.trend.below(-25), e.trend.below(-10))
	o[2] = outcomeOf(e.complaints.atLeast(10), e.complaints.atLeast(5))
	o[3] = outcomeOf(e.onTime.below(80), e.onTime.below(90))
	o[4] = outcomeOf(e.returns.atLeast(10), e.returns.atLeast(5))
	o[5] = outcomeOf(e.discount.atLeast(30), e.discount.atLeast(20))
	o[6] = outcomeOf(e.discountTrend.atLeast(5), e.discountTrend.atLeast(2))
	o[7] = outcomeOf(e.delay.atLeast(200), e.delay.atLeast(130))
	o[8] = outcomeOf(e.contacts.below(2), e.contacts.below(3))
	o[9] = outcomeOf(e.met.below(1), isFalse)
	o[10] = outcomeOf(e.distrusted, isFalse)
	o[11] = outcomeOf(e.ending, e.attack)
}

func stageByHand(in []witness) (func(), []finding) {
	rows, out := make([]evidence, len(in)), make([]finding, len(in))
	for i := range in {
		e := &rows[i]
		for j, into := range []*quantity{
			&e.onTime, &e.complaints, &e.returns, &e.trend, &e.share, &e.strength,
			&e.margin, &e.discount, &e.discountTrend, &e.delay, &e.contacts, &e.met,
		} {
			if n := in[i].numbers[j]; n != absent {
				*into = quantity{float64(n) / 100, true}
			}
		}
		for j, into := range []*truth{
			&e.served, &e.needEnded, &e.notWorth, &e.onceFirm, &e.poor, &e.attack, &e.stronger, &e.full, &e.crossSell,
			&e.otherUnits, &e.distrusted, &e.ending,
		} {
			*into = [...]truth{kam.VerdictUnknown: isOpen, kam.Yes: isTrue, kam.No: isFalse}[in[i].verdicts[j]]
		}
	}
	return func() {
		for i := range rows {
			e, o := &rows[i], &out[i]
			o.stage, o.firm = e.stage()
			e.check(&o.outcomes)
		}
	}, out
}
