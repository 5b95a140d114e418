package kam_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/kam-go/kam"
)

// checkLabels checks that each word of an enum has words for people in both
// languages, all different, and none beyond.
func checkLabels[T interface {
	~uint8
	fmt.Stringer
	Label() kam.Text
	Values() []string
}](t *testing.T,
) {
	t.Helper()
	seen := map[string]bool{}
	words := T(0).Values()
	for i, word := range words {
		l := T(i).Label()
		assert.Regexp(t, "^[A-Z][^\\p{Han}]*$", l.EN, word)
		assert.Regexp(t, "\\p{Han}", l.ZH, word)
		assert.False(t, seen[l.EN] || seen[l.ZH], "%s: %v", word, l)
		seen[l.EN], seen[l.ZH] = true, true
	}
	beyond := T(len(words))
	assert.Equal(t, beyond.String(), beyond.Label().EN)
}

func TestLabels(t *testing.T) {
	checkLabels[kam.Stage](t)
	checkLabels[kam.Cell](t)
	checkLabels[kam.Tier](t)
	checkLabels[kam.EffortKind](t)
	checkLabels[kam.Grade](t)
	checkLabels[kam.Attitude](t)
	checkLabels[kam.Purpose](t)
	checkLabels[kam.Stance](t)
	checkLabels[kam.ActionState](t)
	checkLabels[kam.Pace](t)
	checkLabels[kam.Phase](t)
	checkLabels[kam.PhaseState](t)
	checkLabels[kam.SellingStyle](t)
	checkLabels[kam.Outcome](t)
	checkLabels[kam.Side](t)
	checkLabels[kam.RiskTrend](t)
}

// The words fit what they stand for: the wire word and the label of the same
// value are spelt out here side by side.
func TestLabelsMatchTheirWords(t *testing.T) {
	for word, label := range map[string]string{
		kam.PaceAhead.String(): kam.PaceAhead.Label().EN, kam.PaceBehind.String(): kam.PaceBehind.Label().EN, kam.High.String(): kam.High.Label().EN,
		kam.Low.String(): kam.Low.Label().EN, kam.AttitudeOpponent.String(): kam.AttitudeOpponent.Label().EN, kam.AttitudeSponsor.String(): kam.AttitudeSponsor.Label().EN,
		kam.StanceReduce.String(): kam.StanceReduce.Label().EN, kam.ActionDropped.String(): kam.ActionDropped.Label().EN, kam.ActionDone.String(): kam.ActionDone.Label().EN,
		kam.PhaseTactics.String(): kam.PhaseTactics.Label().EN, kam.StageDeclining.String(): kam.StageDeclining.Label().EN, kam.CellTarget.String(): kam.CellTarget.Label().EN,
	} {
		assert.Equal(t, word, strings.ToLower(label))
	}
}

// Every signal and every piece of evidence has words in both languages.
func TestEvidenceLabels(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	a, err := engine.Assess(full(t), asOf)
	assert.NoError(t, err)
	for _, r := range a.Signals.Readings {
		if r.Signal != "attribute.employees" {
			assert.Regexp(t, "\\p{Han}", r.Signal.Label().ZH, r.Signal)
		}
	}
	for _, f := range a.Risks.Findings {
		for _, e := range f.Evidence {
			assert.Regexp(t, "\\p{Han}", e.Evidence.Label().ZH, e.Evidence)
		}
	}
	assert.Equal(t, kam.Text{EN: "mine", ZH: "mine"}, kam.Evidence("mine").Label(), "what is not known shows itself")
}
