package kam_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

func TestPolicyZeroIsDefault(t *testing.T) {
	zero, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	def, err := kam.Compile(kam.DefaultPolicy())
	require.NoError(t, err)
	assert.Equal(t, def.Ref(), zero.Ref(), "the zero policy is the default policy")
	assert.Equal(t, kam.DefaultPolicy(), zero.Policy())

	data, err := json.Marshal(kam.DefaultPolicy())
	require.NoError(t, err)
	var back kam.Policy
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, kam.DefaultPolicy(), back, "JSON there and back is the same policy")
}

// A policy has 256 names, and no more.
func TestPolicyNamesAreBounded(t *testing.T) {
	policy := kam.Policy{Names: map[kam.Evidence]kam.Text{}}
	for i := range 256 {
		policy.Names[kam.Evidence(fmt.Sprint("attribute.a-", i))] = kam.Text{EN: "x"}
	}
	_, err := kam.Compile(policy)
	require.NoError(t, err)
	policy.Names["attribute.one-more"] = kam.Text{EN: "x"}
	_, err = kam.Compile(policy)
	assert.Equal(t, []string{"/names too-large 257|<= 256"}, found(err))
}
