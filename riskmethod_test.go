package kam_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// METHOD.md lists the lines of every built-in check as they are.
func TestMethodListsTheRiskChecks(t *testing.T) {
	method, err := os.ReadFile("METHOD.md")
	require.NoError(t, err)
	settings := kam.DefaultPolicy().Risks.Checks
	show := func(n *kam.Number) string {
		if n == nil {
			return ""
		}
		return n.String()
	}
	for _, c := range kam.RiskChecks() {
		s := settings[c.ID]
		within := ""
		if s.Within > 0 {
			within = fmt.Sprint(s.Within)
		}
		assert.Contains(t, string(method), fmt.Sprintf("| %s | %s | %s | %s | %s | %s | %s | ", c.ID, c.Source, c.Side, c.Severity, show(s.Watch), show(s.AtRisk), within))
	}
}
