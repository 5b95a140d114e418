package kam_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// What is wrong with an account does not hang on the one before: a currency is
// looked up or was found, and three NULs are none.
func TestCurrencyIsLookedUp(t *testing.T) {
	nul := kam.Account{ID: "x", Currency: "\x00\x00\x00"}
	require.ErrorIs(t, nul.Validate(), kam.CodeCurrency)
	_, err := kam.Compile(kam.Policy{Currency: nul.Currency})
	require.ErrorIs(t, err, kam.CodeCurrency)
	assessor := compiled(t, kam.Policy{}).Assessor()
	for _, before := range []string{"", "EUR", "XXY"} {
		_, _ = assessor.Assess(&kam.Account{ID: "y", Currency: before}, asOf)
		_, err := assessor.Assess(&nul, asOf)
		assert.ErrorIs(t, err, kam.CodeCurrency, "after %q", before)
	}
	_, err = assessor.Assess(nil, asOf)
	assert.ErrorIs(t, err, kam.CodeMissing)
	_, err = new(kam.Assessor).Assess(&nul, asOf)
	assert.ErrorIs(t, err, kam.CodeMissing)
}
