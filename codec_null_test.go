package kam_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// A JSON null leaves what is there alone, as encoding/json has it.
func TestNullLeavesAlone(t *testing.T) {
	doc := struct {
		Account kam.Account
		Policy  kam.Policy
		Plan    kam.Plan
	}{kam.Account{ID: "x"}, kam.Policy{Name: "p"}, kam.Plan{Account: "x"}}
	before := doc
	require.NoError(t, json.Unmarshal([]byte(`{"Account": null, "Policy": null, "Plan": null}`), &doc))
	assert.Equal(t, before, doc)
	require.NoError(t, doc.Account.UnmarshalJSON([]byte(" null ")))
	assert.Equal(t, before, doc)
}
