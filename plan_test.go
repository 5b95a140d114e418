package kam_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

func TestPlanValidate(t *testing.T) {
	plan := kam.Plan{
		Account: "acme", Owner: "Ann", From: kam.NewDate(2027, 1, 1), To: kam.NewDate(2027, 12, 31), Purpose: "Grow.",
		Objectives: []kam.Objective{{ID: "o", Text: "Half of the wallet", Due: kam.NewDate(2027, 12, 31)}},
		Actions:    []kam.Action{{ID: "a", Text: "Visit", Owner: "Ann", Due: kam.NewDate(2027, 2, 1), Objective: "o"}},
	}
	require.NoError(t, plan.Validate())
	assert.Equal(t, []string{
		"/account missing |", "/owner missing |", "/purpose missing |", "/objectives missing |>= 1",
	}, found(kam.Plan{}.Validate()))
	plan.To = kam.NewDate(2026, 1, 1)
	plan.Objectives = append(plan.Objectives, kam.Objective{ID: "o", Text: "x", Due: kam.NewDate(2026, 12, 31)})
	plan.Actions = append(plan.Actions, kam.Action{Objective: "p", Due: kam.NewDate(2027, 2, 30)})
	assert.Equal(t, []string{
		"/to order 2026-01-01|>= 2027-01-01",
		"/objectives/1/id duplicate o|", "/objectives/1/due order 2026-12-31|>= 2027-01-01",
		"/actions/1/id missing |", "/actions/1/text missing |", "/actions/1/owner missing |",
		"/actions/1/due date invalid|", "/actions/1/objective unknown p|",
	}, found(plan.Validate()))
}
