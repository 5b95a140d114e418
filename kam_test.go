package kam_test

import (
	"encoding/json"
	"errors"
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

// All that is wrong with several accounts is told, and of which.
func TestViolationsOfJoinedErrors(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	rows := func(yield func(kam.Account, error) bool) {
		_ = yield(kam.Account{ID: "a", Tier: 99}, nil) && yield(kam.Account{ID: "b", Currency: "EURO"}, nil) && yield(kam.Account{ID: "c"}, nil) && yield(kam.Account{ID: "c"}, nil)
	}
	p, err := engine.Portfolio(rows, asOf)
	assert.Len(t, p.Members, 1)
	assert.Equal(t, []string{"/tier enum Tier(99)|unknown, key, regular, prospect", "/currency currency EURO|", "/id duplicate c|"}, found(err))
	var bad *kam.AccountError
	require.ErrorAs(t, err, &bad)
	assert.Equal(t, "a", bad.Account)
	var of []string
	for _, x := range kam.AccountErrorsOf(fmt.Errorf("tonight: %w", err)) {
		of = append(of, x.Account+found(x)[0])
	}
	assert.Equal(t, []string{"a/tier enum Tier(99)|unknown, key, regular, prospect", "b/currency currency EURO|", "c/id duplicate c|"}, of)
	assert.Nil(t, kam.AccountErrorsOf(nil))
	assert.Nil(t, kam.AccountErrorsOf(kam.CodeID))
	assert.Nil(t, kam.AccountErrorsOf((*kam.AccountError)(nil)))
	assert.Nil(t, kam.ViolationsOf(nil))
	one := kam.Violation{Code: kam.CodeID}
	assert.Equal(t, kam.Violations{one}, kam.ViolationsOf(fmt.Errorf("x: %w", one)))
}

// Of half a million accounts none is lost, and of more than a million the first are looked at.
func TestErrorsOfManyAccounts(t *testing.T) {
	many := make([]error, 1_000_001)
	for i := range many {
		many[i] = &kam.AccountError{Account: "x", Err: kam.CodeID}
	}
	for _, n := range []int{600_000, 1_000_000} {
		assert.Len(t, kam.AccountErrorsOf(errors.Join(many[:n]...)), n)
	}
	many[0] = &kam.AccountError{Account: "first", Err: kam.CodeID}
	got := kam.AccountErrorsOf(errors.Join(many...))
	require.Len(t, got, 1_000_000)
	assert.Equal(t, "first", got[0].Account)
}

// Errors that wrap themselves, or the same again and again, end.
func TestViolationsOfEndlessErrors(t *testing.T) {
	self := &kam.AccountError{}
	self.Err = self
	assert.Empty(t, kam.ViolationsOf(self))
	assert.Equal(t, []*kam.AccountError{self}, kam.AccountErrorsOf(self))
	twice := error(kam.Violation{Code: kam.CodeID})
	for range 40 {
		twice = errors.Join(twice, twice)
	}
	assert.LessOrEqual(t, len(kam.ViolationsOf(twice)), 1_000_000)
	assert.NotEmpty(t, kam.ViolationsOf(twice))
	account, line := (*kam.AccountError)(nil), (*kam.LineError)(nil)
	assert.Empty(t, kam.ViolationsOf(errors.Join(account, line)))
	assert.Equal(t, "<nil> <nil>", account.Error()+" "+line.Error())
}
