package kam_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// A change that is refused leaves the scorecard as it was.
func TestScorecardChangesAreRefused(t *testing.T) {
	for _, tt := range []struct {
		name, reason string
		change       func(*kam.Scorecard) error
		code         kam.Code
		text         string
	}{
		{
			"add a factor that is there", "two would share its answers",
			func(s *kam.Scorecard) error { return s.Add(kam.Factor{ID: "volume", Weight: kam.Int(1)}) },
			kam.CodeDuplicate, `kam: add factor "volume": `,
		},
		{
			"add what is a question", "questions and factors share one space of names",
			func(s *kam.Scorecard) error { return s.Add(kam.Factor{ID: "against-standard", Weight: kam.Int(1)}) },
			kam.CodeDuplicate, `kam: add factor "against-standard": `,
		},
		{
			"drop what is not there", "the one that is there stays as well",
			func(s *kam.Scorecard) error { return s.Drop("volume", "budgets") },
			kam.CodeUnknown, `kam: drop factor "budgets" of scorecard "potential": `,
		},
		{
			"weigh what is not there", "the one that is there keeps its weight",
			func(s *kam.Scorecard) error { return s.SetWeights(kam.Weights{"volume": kam.Int(50), "z": kam.Int(1)}) },
			kam.CodeUnknown, `kam: set weights "z" of scorecard "potential": `,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			card := kam.PotentialScorecard()
			err := tt.change(&card)
			require.ErrorIs(t, err, tt.code, tt.reason)
			assert.Contains(t, err.Error(), tt.text)
			assert.Equal(t, kam.PotentialScorecard(), card, tt.reason)
		})
	}
}

func TestDropQuestions(t *testing.T) {
	card := kam.PotentialScorecard()
	require.NoError(t, card.Drop("budget", "against-target", "winnable"))
	var ids []string
	for _, f := range card.Factors {
		ids = append(ids, f.ID)
		for _, q := range f.Questions {
			ids = append(ids, q.ID)
		}
	}
	assert.Equal(t, []string{
		"volume", "sales-volume", "future-share", "entrenched-rivals",
		"profit", "account-margin", "against-standard",
	}, ids)
}

// Ten times the greatest weight is more than 64 bits hold, and so is the sum
// that is named.
func TestWeightSumBeyondNumbers(t *testing.T) {
	var card kam.Scorecard
	for _, id := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"} {
		card.Factors = append(card.Factors, kam.Factor{ID: id, Weight: kam.Int(99_999_999_999_999)})
	}
	card.ID = "x"
	_, err := card.Compile()
	assert.Equal(t, []string{"/factors weight-sum > 99999999999999.9999|100"}, found(err))
}
