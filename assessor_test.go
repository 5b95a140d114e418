package kam_test

import (
	"fmt"
	"runtime"
	"strings"
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

// Nothing is told of an account that fails, also where its sums show what is wrong.
func TestFailedAssessmentIsEmpty(t *testing.T) {
	engine, account := compiled(t, kam.Policy{}), monthly(t)
	most, err := kam.ParseMoney("99999999999999 EUR")
	require.NoError(t, err)
	account.Sales[22].Revenue, account.Sales[23].Revenue = &most, &most
	got, err := engine.Assess(account, asOf)
	require.ErrorIs(t, err, kam.CodeRange)
	assert.Equal(t, kam.Assessment{}, got)
}

// An Assessor keeps nothing of the account before the last one.
func TestAssessorForgets(t *testing.T) {
	assessor := compiled(t, kam.Policy{}).Assessor()
	gone := make(chan string, 2)
	func() { // so that no variable of ours keeps them
		account, contacts := new(monthly(t)), make([]kam.Contact, 40)
		for i := range contacts {
			contacts[i] = kam.Contact{ID: strings.Clone(fmt.Sprint("contact", i)), Roles: []kam.Role{kam.Decider}}
		}
		account.Contacts = contacts
		runtime.AddCleanup(account, func(s string) { gone <- s }, "account")
		runtime.AddCleanup(&contacts[0], func(s string) { gone <- s }, "contacts")
		_, err := assessor.Assess(account, asOf)
		require.NoError(t, err)
	}()
	_, err := assessor.Assess(&kam.Account{ID: "small"}, asOf)
	require.NoError(t, err)
	collected(t, gone)
	collected(t, gone)
	runtime.KeepAlive(assessor)
}
