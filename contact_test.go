package kam_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// secretPerson has a word of its own in each field that must not be shown.
func secretPerson() kam.Contact {
	return kam.Contact{
		ID: "c1", Name: "zqname", Title: "zqtitle", Department: "zqdepartment", Owner: "zqowner", ReportsTo: "zqboss",
		Priorities: []string{"zqpriority"}, Personality: "zqpersonality",
	}
}

// keyed is the contact as a plan has it.
func keyed(c kam.Contact) kam.KeyContact {
	return kam.KeyContact{Contact: c.ID, Name: c.Name, Personality: c.Personality, Priorities: c.Priorities}
}

// leaks reports a secret in a text, as it stands or in hex.
func leaks(s string) bool {
	low := strings.ToLower(s)
	return strings.Contains(low, "zq") || strings.Contains(low, fmt.Sprintf("%x", "zq"))
}

func TestContactInEveryVerb(t *testing.T) {
	c := secretPerson()
	type holder struct{ Contact kam.Contact }
	type embedder struct{ kam.Contact }
	tests := []struct {
		name, reason string
		v            any
	}{
		{"value", "as it is", c},
		{"pointer", "has the methods of the value", &c},
		{"slice", "each on its own", []kam.Contact{c}},
		{"slice of pointers", "print as addresses or by id", []*kam.Contact{&c}},
		{"array", "each on its own", [1]kam.Contact{c}},
		{"map", "values", map[string]kam.Contact{"x": c}},
		{"struct", "an exported field", holder{c}},
		{"pointer to a struct", "followed by fmt", &holder{c}},
		{"embedded", "the method is promoted", embedder{c}},
		{"account", "a slice in a struct", kam.Account{ID: "a", Contacts: []kam.Contact{c}}},
		{"pointer to an account", "the same", &kam.Account{ID: "a", Contacts: []kam.Contact{c}}},
		{"any", "the dynamic type counts", []any{c}},
		{"of a plan", "shows itself as a contact does", keyed(c)},
		{"within a plan", "a slice in a struct in a struct", kam.Plan{Situation: kam.Situation{Contacts: []kam.KeyContact{keyed(c)}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, verb := range "vsqdxXobcUeEfFgGtT" {
				for _, flags := range []string{"", "+", "#", "-40", "010.3", " "} {
					format := "%" + flags + string(verb)
					got := fmt.Sprintf(format, tt.v)
					assert.False(t, leaks(got), "%s: %s gives %s", tt.reason, format, got)
				}
			}
			noVerb := strings.Clone("no verb") // vet and staticcheck would find a constant
			assert.False(t, leaks(fmt.Sprint(tt.v)+fmt.Sprintf(noVerb, tt.v)), tt.reason)
		})
	}
	assert.Equal(t, "contact c1", fmt.Sprintf("%+v", c))
	assert.Equal(t, "contact c1", fmt.Sprintf("%+v", keyed(c)))
	assert.Equal(t, c.LogValue(), keyed(c).LogValue())
}

// The doc comment of Contact names these: fmt prints them without asking any
// method. A row that fails has become safe, and the comment is to say so.
func TestContactWhereFmtAsksNobody(t *testing.T) {
	c := secretPerson()
	asAddress, asError := strings.Clone("%p"), strings.Clone("%w") // vet would find a constant
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("met", "x", struct{ c kam.Contact }{c})
	tests := []struct{ name, reason, got string }{
		{"address", "a Contact has none, and is printed as an error of the call", fmt.Sprintf(asAddress, c)},
		{"wrapped", "a Contact is no error", fmt.Errorf(asError, c).Error()},
		{"pointer, wrapped", "nor is its pointer", fmt.Errorf(asError, &c).Error()},
		{"unexported field", "reflection may not call its methods", fmt.Sprintf("%v", struct{ c kam.Contact }{c})},
		{"unexported field in a text log", "which prints with fmt", log.String()},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { assert.True(t, leaks(tt.got), "%s: %s", tt.reason, tt.got) })
	}
	assert.False(t, leaks(fmt.Sprintf(asAddress, &c)), "the address of a pointer is one")
	assert.False(t, leaks(fmt.Sprintf("%v", struct{ c *kam.Contact }{&c})), "a pointer in a field is not followed")
}

func TestContactInLogs(t *testing.T) {
	c := secretPerson()
	account := kam.Account{ID: "a1", Name: "Acme", Contacts: []kam.Contact{c}}
	handlers := []struct {
		name string
		make func(*bytes.Buffer) slog.Handler
	}{
		{"text", func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) }},
		{"JSON", func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) }},
	}
	tests := []struct {
		name, reason, id string
		attr             slog.Attr
	}{
		{"contact", "LogValue", "contact c1", slog.Any("x", c)},
		{"pointer", "has the method too", "contact c1", slog.Any("x", &c)},
		{"in a group", "resolved in depth", "contact c1", slog.Group("g", "x", c)},
		{"account", "its LogValue leaves the contacts out", "a1", slog.Any("x", account)},
		{"pointer to an account", "has the method too", "a1", slog.Any("x", &account)},
	}
	for _, h := range handlers {
		for _, tt := range tests {
			t.Run(h.name+"/"+tt.name, func(t *testing.T) {
				var out bytes.Buffer
				log := slog.New(h.make(&out))
				log.LogAttrs(t.Context(), slog.LevelInfo, "met", tt.attr)
				log.With(tt.attr).WithGroup("later").Info("met")
				assert.False(t, leaks(out.String()), "%s: %s", tt.reason, out.String())
				assert.Equal(t, 2, strings.Count(out.String(), tt.id), tt.reason)
			})
		}
	}
}

// JSON is the way to store a contact: it keeps all of it.
func TestContactJSONKeepsEverything(t *testing.T) {
	c := secretPerson()
	data, err := json.Marshal(c)
	require.NoError(t, err)
	var back kam.Contact
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, c, back)
}

// A contact is there on both ends of the time in the position, and on any day
// beyond an end that is not known.
func TestContactActiveOn(t *testing.T) {
	first, last := kam.NewDate(2026, 3, 1), kam.NewDate(2026, 6, 30)
	tests := []struct {
		name, reason string
		c            kam.Contact
		on           kam.Date
		want         bool
	}{
		{"first day", "the first is one of them", kam.Contact{Since: first, Until: last}, first, true},
		{"last day", "and so is the last", kam.Contact{Since: first, Until: last}, last, true},
		{"day before", "not yet there", kam.Contact{Since: first, Until: last}, first.AddDays(-1), false},
		{"day after", "no longer there", kam.Contact{Since: first, Until: last}, last.AddDays(1), false},
		{"start unknown", "excludes no day", kam.Contact{Until: last}, kam.NewDate(1, 1, 1), true},
		{"end unknown", "excludes no day", kam.Contact{Since: first}, kam.NewDate(9999, 12, 31), true},
		{"start unknown, gone", "the end still counts", kam.Contact{Until: last}, last.AddDays(1), false},
		{"end unknown, to come", "the start still counts", kam.Contact{Since: first}, first.AddDays(-1), false},
		{"nothing known", "there on any day", kam.Contact{}, first, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, tt.c.ActiveOn(tt.on), tt.reason) })
	}
}

func TestContactHas(t *testing.T) {
	c := kam.Contact{Roles: []kam.Role{kam.User, kam.Buyer}}
	assert.True(t, c.Has(kam.User), "the first role")
	assert.True(t, c.Has(kam.Buyer), "the last role")
	assert.False(t, c.Has(kam.Decider), "not one of them")
	assert.False(t, kam.Contact{}.Has(kam.User), "without roles there is none")
}
