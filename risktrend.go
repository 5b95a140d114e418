package kam

import (
	"cmp"
	"fmt"
	"slices"
)

// RiskTrend is what became of a finding from one assessment to the next.
type RiskTrend uint8

// The trends.
const (
	RiskTrendUnknown RiskTrend = iota
	RiskNew                    // found now, and not before: it was clear, or could not be told
	RiskFirstRun               // found now, and the check did not run before
	RiskWorse                  // a first sign before, at risk now
	RiskSame                   // found before, and found now
	RiskBetter                 // at risk before, a first sign now
	RiskGone                   // found before, and clear now
	RiskLost                   // found before, and nobody can tell now
	RiskNotRun                 // found before, and the check does not run now: neither gone nor looked for
)

var riskTrendWords = enumWords[RiskTrend]{"unknown", "new", "first-run", "worse", "same", "better", "gone", "lost-sight", "not-run"}

// RiskStep is what the failure checks say of one day, against the day before
// in the row.
type RiskStep struct {
	AsOf Date `json:"asOf"`
	// Before is the day that it is compared with.
	Before  Date         `json:"before"`
	Changes []RiskChange `json:"changes,omitempty"`
	// OtherPolicy says that the two were assessed by different policies or models, or with
	// checks in code of other ids, so that a change may be one of the rules and not of the
	// account.
	OtherPolicy bool `json:"otherPolicy,omitzero"`
}

// RiskChange is what became of one finding.
type RiskChange struct {
	Check  RiskID    `json:"check"`
	Name   Text      `json:"name"`
	Trend  RiskTrend `json:"trend"`
	Before Outcome   `json:"before"`
	Now    Outcome   `json:"now"`
	// Since is the first day of the row from which it has been found without a
	// break; unknown where it is not found now.
	Since Date `json:"since,omitzero"`
	// Evidence is that of the check now, or, where it found nothing or did not run, what it found before.
	Evidence []Finding `json:"evidence,omitempty"`
}

// CompareRisks says what became of the findings of one account from each
// assessment to the next, as an early warning: what is new comes first, then
// what a check found that did not run before, what is worse, the same, better, gone, out of sight,
// and no longer looked for. The assessments may come in any order; they must be of one account, on
// different days. Other ones are [Violations] with the index of the assessment; fewer than two give
// nothing. Facts without a day, such as the tier or a rate of others, are those of the account as
// it was given: compare assessments that were made on their days, and not one account of today on
// several.
func CompareRisks(assessments ...Assessment) ([]RiskStep, error) {
	var r report
	row := make([]*Assessment, len(assessments))
	days := map[Date]bool{}
	for i := range assessments {
		a := &assessments[i]
		row[i] = a
		at := place("").index(i)
		r.day(at.key("asOf"), a.AsOf)
		if a.Account != assessments[0].Account {
			r.add(at.key("account"), CodeUnknown, a.Account, clip(assessments[0].Account))
		}
		if days[a.AsOf] {
			r.add(at.key("asOf"), CodeDuplicate, a.AsOf.String(), "")
		}
		days[a.AsOf] = true
	}
	if err := r.found.Err(); err != nil {
		return nil, fmt.Errorf("kam: compare risks: %w", err)
	}
	slices.SortFunc(row, func(a, b *Assessment) int { return a.AsOf.Cmp(b.AsOf) })
	return riskSteps(row), nil
}

// riskSteps are those from each assessment of a row to the next.
func riskSteps(row []*Assessment) (out []RiskStep) {
	since := map[RiskID]Date{}
	for i, now := range row {
		for _, x := range now.Risks.Findings {
			if _, ok := since[x.Check]; !ok {
				since[x.Check] = now.AsOf
			}
		}
		for id := range since {
			if now.Risks.Outcome(id) < Watch {
				delete(since, id)
			}
		}
		if i > 0 {
			out = append(out, riskStep(row[i-1], now, since))
		}
	}
	return out
}

func riskStep(before, now *Assessment, since map[RiskID]Date) RiskStep {
	step := RiskStep{AsOf: now.AsOf, Before: before.AsOf, OtherPolicy: !before.Policy.same(now.Policy) || !slices.Equal(before.Risks.Code, now.Risks.Code)}
	add := func(x Risk) {
		was, is := before.Risks.Outcome(x.Check), now.Risks.Outcome(x.Check)
		change := RiskChange{x.Check, x.Name, trend(was, is), was, is, since[x.Check], slices.Clone(x.Evidence)}
		switch {
		case !now.Risks.ran(x.Check):
			change.Trend = RiskNotRun
		case !before.Risks.ran(x.Check):
			change.Trend = RiskFirstRun
		}
		step.Changes = append(step.Changes, change)
	}
	for _, x := range now.Risks.Findings {
		add(x)
	}
	for _, x := range before.Risks.Findings {
		if now.Risks.Outcome(x.Check) < Watch {
			add(x)
		}
	}
	slices.SortStableFunc(step.Changes, func(a, b RiskChange) int { return cmp.Compare(a.Trend, b.Trend) })
	return step
}

// trend tells what became of something that is or was found.
func trend(was, is Outcome) RiskTrend {
	switch {
	case was < Watch:
		return RiskNew
	case is == OutcomeUnknown:
		return RiskLost
	case is == Clear:
		return RiskGone
	case is > was:
		return RiskWorse
	case is < was:
		return RiskBetter
	}
	return RiskSame
}
