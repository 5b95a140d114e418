package kam_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
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

// Nor does any text of an account stay in the memory.
func TestAssessorForgetsTexts(t *testing.T) {
	account := monthly(t)
	data, err := json.Marshal(account)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &account)) // of its own
	mark := func(texts ...*string) {
		for _, s := range texts {
			*s = "zebra-" + *s
		}
	}
	mark(&account.ID, &account.Name, &account.Owner, &account.Segment, &account.Place)
	for i := range account.Contacts {
		c := &account.Contacts[i]
		mark(&c.ID, &c.Name, &c.Title, &c.Department, &c.Owner)
		if c.ReportsTo != "" {
			mark(&c.ReportsTo)
		}
		c.Attitude, c.Until = kam.AttitudeOpponent, asOf.AddDays(10)
	}
	account.Managers = []kam.ManagerRecord{{Manager: "zebra-a", Since: back(90)}, {Manager: "zebra-b", Since: back(9)}}
	account.Incidents = []kam.Incident{{Opened: back(5), Text: "zebra"}}
	account.Attributes = map[string]kam.Number{"zebra": kam.Int(1)}
	account.Overrides = []kam.Override{{Of: "stage", Value: "good", By: "zebra-by", Why: "zebra-why", On: back(5), Until: asOf.AddDays(5)}}
	assessor := compiled(t, kam.Policy{}).Assessor()
	for range 2 { // the second time in the room that the first took
		got, err := assessor.Assess(&account, asOf)
		require.NoError(t, err)
		require.NotEmpty(t, got.Overrides)
	}
	require.NotEmpty(t, zebras(reflect.ValueOf(assessor).Elem().FieldByName("memory").FieldByName("pieces"), "pieces"), "the result tells of its account")
	_, err = assessor.Assess(&kam.Account{ID: "small"}, asOf)
	require.NoError(t, err)
	require.Empty(t, zebras(reflect.ValueOf(assessor).Elem().FieldByName("memory").FieldByName("pieces"), "pieces"))

	// Nor where the next one fails.
	met := kam.Account{ID: "a", Contacts: []kam.Contact{{ID: "zebra-1", Roles: []kam.Role{kam.Decider}}, {ID: "zebra-2", Roles: []kam.Role{kam.Decider}}}}
	for range 2 {
		_, err = assessor.Assess(&met, asOf)
		require.NoError(t, err)
	}
	require.NotEmpty(t, zebras(reflect.ValueOf(assessor).Elem().FieldByName("memory").FieldByName("pieces").FieldByName("words"), "words"))
	_, err = assessor.Assess(&kam.Account{}, asOf)
	require.Error(t, err)
	require.Empty(t, zebras(reflect.ValueOf(assessor).Elem().FieldByName("memory").FieldByName("pieces"), "pieces"))
}

// zebras are the places of texts with a zebra, in the room of lists too; what is pointed to lies
// in another list.
func zebras(v reflect.Value, at string) (found []string) {
	switch v.Kind() {
	case reflect.String:
		if strings.Contains(v.String(), "zebra") {
			found = []string{at}
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[strings.Builder]() {
			return nil // it is new for each account
		}
		for i := range v.NumField() {
			found = append(found, zebras(v.Field(i), at+"."+v.Type().Field(i).Name)...)
		}
	case reflect.Slice, reflect.Array:
		if v.Kind() == reflect.Slice {
			v = v.Slice3(0, v.Cap(), v.Cap())
		}
		for i := range v.Len() {
			found = append(found, zebras(v.Index(i), fmt.Sprint(at, "[", i, "]"))...)
		}
	}
	return found
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

// What an Assessor gives is nowhere written over while it is good, whatever checks of data
// look at: it is what a new one gives.
func TestAssessorAgainAndAgain(t *testing.T) {
	policy := kam.DefaultPolicy()
	for i, many := range []int{100, 7, 3, 100} {
		policy.Risks.Custom = append(policy.Risks.Custom, kam.CustomRisk{
			RiskInfo: kam.RiskInfo{ID: kam.RiskID(fmt.Sprint("contacts-", i)), Name: kam.Text{EN: "x"}},
			AtRisk:   kam.Condition{Evidence: "contacts", AtLeast: new(kam.Int(many))}, Watch: &kam.Condition{Evidence: "contacts", AtLeast: new(kam.Int(1))},
		})
	}
	engine := compiled(t, policy)
	assessor, d, taken := engine.Assessor(), dice{rand.New(rand.NewPCG(11, 12))}, 0
	for n := range 400 {
		account := d.account(n)
		delete(account.Judgements, "own-word")
		want, wantErr := engine.Assess(account, asOf)
		got, err := assessor.Assess(&account, asOf)
		require.Equal(t, answerOf(t, &want, wantErr), answerOf(t, got, err), n)
		if err == nil {
			taken++
		}
	}
	require.Greater(t, taken, 200)
}
