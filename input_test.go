package kam_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// wholeNumber is what is expected where something is counted.
var wholeNumber = "integer of " + strconv.Itoa(strconv.IntSize) + " bits"

// found lists violations as "pointer code value|want".
func found(err error) []string {
	var out []string
	for _, v := range kam.ViolationsOf(err) {
		out = append(out, fmt.Sprintf("%s %s %s|%s", v.Pointer, string(v.Code), v.Value, v.Want))
	}
	return out
}

// Bad accounts as JSON, through decoding and Assess. Each row lists all that
// is to be found.
func TestBadAccounts(t *testing.T) {
	tests := []struct{ name, reason, json, want string }{
		{"not JSON", "cut short", `{"id": "x"`, ` syntax byte 10|JSON`},
		{"trailing data", "two accounts in one", `{"id": "x"} {}`, ` syntax byte 11|end`},
		{"nested too deep", "an attack on the stack", `{"id": "x", "answers": {"strength": ` + strings.Repeat("[", 31) + strings.Repeat("]", 31) + `}}`, "/answers/strength" + strings.Repeat("/0", 30) + ` too-large |<= 32`},
		{"invalid UTF-8", "would become U+FFFD in silence", "{\"id\": \"\xff\"}", ` encoding byte 8|`},
		{"lone surrogate", "would become U+FFFD in silence", `{"id": "\ud800"}`, ` encoding byte 8|`},
		{"unknown field", "a typing mistake must not lose a fact", `{"id": "x", "walet": "1 EUR"}`, `/walet unknown walet|wallet`},
		{"case variant", "encoding/json would accept it", `{"ID": "x", "id": "y"}`, `/ID unknown ID|id`},
		{"key twice", "one of the two would be lost", `{"id": "x", "id": "y"}`, `/id duplicate id|`},
		{"no id", "an account must be told from others", `{}`, `/id missing |`},
		{"control character", "hides in a name", `{"id": "x\u0007"}`, `/id encoding '\a'|`},
		{"bidirectional control", "one name would read as another", `{"id": "x", "name": "a\u202eb"}`, `/name encoding '\u202e'|`},
		{"not a number", "NaN is no rating", `{"id": "x", "answers": {"strength": {"price": "NaN"}}}`, `/answers/strength/price number "NaN"|`},
		{"huge exponent", "would take minutes", `{"id": "x", "answers": {"strength": {"price": 1e1000000000}}}`, `/answers/strength/price number 1e1000000000|`},
		{"rating out of scale", "11 of 10", `{"id": "x", "answers": {"strength": {"price": 11}}}`, `/answers/strength/price/rating rating 11|0..10`},
		{"rating below scale", "-0.0001", `{"id": "x", "answers": {"strength": {"price": {"rating": "-0.0001"}}}}`, `/answers/strength/price/rating rating -0.0001|0..10`},
		{"answer without a rating", "no rating is not a rating of 0", `{"id": "x", "answers": {"strength": {"price": {"by": "Ann"}}}}`, `/answers/strength/price/rating missing |`},
		{"rating of null", "unknown is not 0", `{"id": "x", "answers": {"strength": {"price": {"rating": null}}}}`, `/answers/strength/price/rating missing |`},
		{"judgement without a verdict", "must be said", `{"id": "x", "judgements": {"served": {"by": "Ann"}}}`, `/judgements/served/verdict missing |`},
		{"five places", "ratings have four", `{"id": "x", "answers": {"strength": {"price": 1.00001}}}`, `/answers/strength/price number 1.00001|`},
		{"unknown factor", "its names are given", `{"id": "x", "answers": {"strength": {"prize": 1}}}`, `/answers/strength/prize unknown prize|price`},
		{"unknown scorecard", "its names are given", `{"id": "x", "answers": {"strenght": {"price": 1}}}`, `/answers/strenght unknown strenght|strength`},
		{"answer to a group", "its questions are rated", `{"id": "x", "answers": {"potential": {"profit": 1}}}`, `/answers/potential/profit group profit|account-margin, against-target, against-standard`},
		{"confidence", "percent", `{"id": "x", "answers": {"strength": {"price": {"rating": 1, "confidence": 101}}}}`, `/answers/strength/price/confidence range 101|0..100`},
		{"year 0", "there is none", `{"id": "x", "customerSince": "0000-01-01"}`, `/customerSince date "0000-01-01"|`},
		{"February 30", "there is none", `{"id": "x", "customerSince": "2026-02-30"}`, `/customerSince date "2026-02-30"|`},
		{"period without an end", "both are needed", `{"id": "x", "sales": [{"from": "2026-01-01"}]}`, `/sales/0/to missing |`},
		{"an order in a period without an end", "it is not after a day that nobody knows", `{"id": "x", "sales": [{"from": "2026-01-01", "lastOrder": "2026-01-15"}]}`, `/sales/0/to missing |`},
		{"order after the first day", "when that is all of the period", `{"id": "x", "sales": [{"from": "0001-01-01", "to": "0001-01-01", "lastOrder": "0001-01-02"}]}`, `/sales/0/lastOrder range 0001-01-02|0001-01-01..0001-01-01`},
		{"period backwards", "ends before it starts", `{"id": "x", "sales": [{"from": "2026-02-01", "to": "2026-01-31"}]}`, `/sales/0/to period 2026-01-31|>= 2026-02-01`},
		{
			"periods that share a day", "it would count twice",
			`{"id": "x", "sales": [{"from": "2026-02-01", "to": "2026-02-28"}, {"from": "2026-01-01", "to": "2026-02-01"}]}`,
			`/sales/0 overlap 2026-02-01..2026-02-28|> 2026-02-01`,
		},
		{
			"a period inside another", "also when a third lies between their starts",
			`{"id": "x", "sales": [{"from": "2026-01-01", "to": "2026-12-31"}, {"from": "2026-02-01", "to": "2026-02-02"}, {"from": "2026-03-01", "to": "2026-03-02"}]}`,
			"/sales/1 overlap 2026-02-01..2026-02-02|> 2026-12-31\n/sales/2 overlap 2026-03-01..2026-03-02|> 2026-12-31",
		},
		{
			"periods in order that share a day", "the end of one is the start of the next",
			`{"id": "x", "sales": [{"from": "2026-01-01", "to": "2026-01-31"}, {"from": "2026-01-31", "to": "2026-01-31"}]}`,
			`/sales/1 overlap 2026-01-31..2026-01-31|> 2026-01-31`,
		},
		{
			"the first days there are", "they are days like others",
			`{"id": "x", "sales": [{"from": "0001-01-01", "to": "0001-01-03"}, {"from": "0001-01-01", "to": "0001-01-01"}, {"from": "0001-01-05", "to": "0001-01-06", "lastOrder": "0001-01-01"}, {"from": "0001-01-02", "to": "0001-01-01"}]}`,
			"/sales/1 overlap 0001-01-01..0001-01-01|> 0001-01-03\n/sales/2/lastOrder range 0001-01-01|0001-01-05..0001-01-06\n/sales/3/to period 0001-01-01|>= 0001-01-02",
		},
		{
			"a period backwards hides no overlap", "it has no days itself",
			`{"id": "x", "sales": [{"from": "2026-01-01", "to": "2026-01-31"}, {"from": "2026-03-01", "to": "2026-01-15"}, {"from": "2026-01-20", "to": "2026-01-25"}]}`,
			"/sales/1/to period 2026-01-15|>= 2026-03-01\n/sales/2 overlap 2026-01-20..2026-01-25|> 2026-01-31",
		},
		{
			"periods without days", "they share none, and are wrong themselves",
			`{"id": "x", "sales": [{"to": "2026-06-30"}, {"from": "2026-01-01", "to": "2026-12-31"}, {"from": "2026-03-02", "to": "2026-03-01"}, {"from": "2026-03-01"}]}`,
			"/sales/0/from missing |\n/sales/2/to period 2026-03-01|>= 2026-03-02\n/sales/3/to missing |",
		},
		{"order before its period", "one of the two is wrong", `{"id": "x", "sales": [{"from": "2026-01-02", "to": "2026-01-31", "lastOrder": "2026-01-01"}]}`, `/sales/0/lastOrder range 2026-01-01|2026-01-02..2026-01-31`},
		{"order outside its period", "one of the two is wrong", `{"id": "x", "sales": [{"from": "2026-01-01", "to": "2026-01-31", "lastOrder": "2026-02-01"}]}`, `/sales/0/lastOrder range 2026-02-01|2026-01-01..2026-01-31`},
		{"a last order of none", "one of the two is wrong", `{"id": "x", "sales": [{"from": "2026-01-01", "to": "2026-01-31", "orders": 0, "lastOrder": "2026-01-05"}]}`, `/sales/0/orders range 0|>= 1`},
		{"negative count", "orders cannot be", `{"id": "x", "sales": [{"from": "2026-01-01", "to": "2026-01-31", "orders": -1}]}`, `/sales/0/orders range -1|0..1000000000`},
		{"fractional count", "orders are whole", `{"id": "x", "sales": [{"from": "2026-01-01", "to": "2026-01-31", "orders": 1.5}]}`, `/sales/0/orders type 1.5|` + wholeNumber},
		{"more late than made", "4 of 3", `{"id": "x", "sales": [{"from": "2026-01-01", "to": "2026-01-31", "orders": 3, "lateDeliveries": 4}]}`, `/sales/0/lateDeliveries range 4|<= 3`},
		{"negative wallet", "nobody spends less than nothing", `{"id": "x", "wallet": "-1 EUR"}`, `/wallet range -1.00 EUR|>= 0`},
		{
			"other negative amounts", "a purse, all our sales and a discount are not below nothing",
			`{"id": "x", "sales": [{"from": "2026-01-01", "to": "2026-01-31", "discount": "-1 EUR"}], "walletBefore": "-1 EUR", "ourRevenue": "-1 EUR"}`,
			"/sales/0/discount range -1.00 EUR|>= 0\n/walletBefore range -1.00 EUR|>= 0\n/ourRevenue range -1.00 EUR|>= 0",
		},
		{"margin below its range", "it is percent", `{"id": "x", "standardMargin": "-1000.0001"}`, `/standardMargin range -1000.0001|-1000..1000`},
		{"margin above its range", "it is percent", `{"id": "x", "standardMargin": "1000.0001"}`, `/standardMargin range 1000.0001|-1000..1000`},
		{
			"managers and satisfaction out of order", "oldest first",
			`{"id": "x", "managers": [{"manager": "Ann", "since": "2026-02-01"}, {"manager": "Bob", "since": "2026-01-31"}],
				"satisfaction": [{"on": "2026-02-01", "rating": 5}, {"on": "2026-01-31", "rating": 5}]}`,
			"/managers/1/since order 2026-01-31|>= 2026-02-01\n/satisfaction/1/on order 2026-01-31|>= 2026-02-01",
		},
		{"closed before opened", "one of the two is wrong", `{"id": "x", "incidents": [{"opened": "2026-02-01", "closed": "2026-01-31"}]}`, `/incidents/0/closed order 2026-01-31|>= 2026-02-01`},
		{"contacts without an id", "they are not one person", `{"id": "x", "contacts": [{}, {}]}`, "/contacts/0/id missing |\n/contacts/1/id missing |"},
		{
			"one stage twice", "the same view on the same day",
			`{"id": "x", "stages": [{"stage": "good", "on": "2026-02-01"}, {"stage": "good", "on": "2026-02-01", "view": "customer"}, {"stage": "strong", "on": "2026-02-01"}]}`,
			`/stages/2/on duplicate 2026-02-01|`,
		},
		{"currency by shape", "three capitals", `{"id": "x", "wallet": "1 eur"}`, `/wallet currency "1 eur"|`},
		{"currency by table", "no such code", `{"id": "x", "wallet": "1 EUX"}`, `/wallet currency EUX|`},
		{
			"currencies mixed", "no rate between them",
			`{"id": "x", "wallet": "10 USD", "sales": [{"from": "2026-01-01", "to": "2026-01-31", "revenue": "5 EUR"}]}`,
			`/wallet currency-mix 10.00 USD|EUR`,
		},
		{
			"an amount without currency", "beside one that has one, and no account currency",
			`{"id": "x", "wallet": "10", "sales": [{"from": "2026-01-01", "to": "2026-01-31", "revenue": "5 EUR"}]}`,
			`/wallet currency-mix 10|EUR`,
		},
		{"enum", "the words are given", `{"id": "x", "cells": [{"cell": "golden", "on": "2026-01-01"}]}`, `/cells/0/cell enum "golden"|unknown, target`},
		{"wrong type", "a list is wanted", `{"id": "x", "contacts": {}}`, `/contacts type {}|array`},
		{
			"contact twice", "ids are unique",
			`{"id": "x", "contacts": [{"id": "a"}, {"id": "a"}]}`, `/contacts/1/id duplicate a|`,
		},
		{
			"a circle", "a reports to b reports to c reports to a; d is outside it",
			`{"id": "x", "contacts": [{"id": "d", "reportsTo": "a"}, {"id": "a", "reportsTo": "b"}, {"id": "b", "reportsTo": "c"}, {"id": "c", "reportsTo": "a"}]}`,
			`/contacts/1/reportsTo cycle b|`,
		},
		{
			"two circles", "one contact of each is named",
			`{"id": "x", "contacts": [{"id": "a", "reportsTo": "b"}, {"id": "b", "reportsTo": "a"}, {"id": "c", "reportsTo": "d"}, {"id": "d", "reportsTo": "c"}]}`,
			"/contacts/0/reportsTo cycle b|\n/contacts/2/reportsTo cycle d|",
		},
		{"a circle of one", "nobody reports to themselves", `{"id": "x", "contacts": [{"id": "a", "reportsTo": "a"}]}`, `/contacts/0/reportsTo cycle a|`},
		{"reports to nobody", "the contact is not listed", `{"id": "x", "contacts": [{"id": "a", "reportsTo": "z"}]}`, `/contacts/0/reportsTo unknown z|`},
		{"left before coming", "until before since", `{"id": "x", "contacts": [{"id": "a", "since": "2026-02-01", "until": "2026-01-01"}]}`, `/contacts/0/until order 2026-01-01|>= 2026-02-01`},
		{
			"record out of order", "oldest first",
			`{"id": "x", "stages": [{"stage": "good", "on": "2026-02-01"}, {"stage": "strong", "on": "2026-01-01"}]}`,
			`/stages/1/on order 2026-01-01|>= 2026-02-01`,
		},
		{"cells out of order", "oldest first", `{"id": "x", "cells": [{"cell": "key", "on": "2026-02-01"}, {"cell": "key", "on": "2026-01-01"}]}`, `/cells/1/on order 2026-01-01|>= 2026-02-01`},
		{"cell without a day", "both are needed", `{"id": "x", "cells": [{"cell": "key"}]}`, `/cells/0/on missing |`},
		{
			"override of nothing", "all of it must be said", `{"id": "x", "overrides": [{}]}`,
			"/overrides/0/of unknown |stage, cell, tier, selection\n/overrides/0/by missing |\n/overrides/0/why missing |\n/overrides/0/on missing |\n/overrides/0/until missing |",
		},
		{
			"override values", "a stage, a cell, points", `{"id": "x", "overrides": [
				{"of": "stage", "value": "unknown", "by": "Ann", "why": "w", "on": "2026-01-01", "until": "2026-12-31"},
				{"of": "cell", "value": "good", "by": "Ann", "why": "w", "on": "2026-01-01", "until": "2025-12-31"},
				{"of": "strength", "value": "a lot", "by": "Ann", "why": "w", "on": "2026-01-01", "until": "2026-12-31"},
				{"of": "strength", "value": "101", "by": "Ann", "why": "w", "on": "2026-01-01", "until": "2026-12-31"}]}`,
			"/overrides/0/value enum unknown|potential\n/overrides/1/value enum good|target\n/overrides/1/until order 2025-12-31|>= 2026-01-01\n/overrides/2/value number a lot|0..100\n/overrides/3/value range 101|0..100\n/overrides/3/on duplicate 2026-01-01|",
		},
		{"record of nothing", "a stage must be said", `{"id": "x", "stages": [{"stage": "unknown", "on": "2026-02-01"}]}`, `/stages/0/stage enum unknown|potential`},
		{"activity of nothing", "a kind must be said", `{"id": "x", "activities": [{"kind": "unknown", "on": "2026-02-01"}]}`, `/activities/0/kind enum unknown|review, plan, idea, senior-visit`},
		{"its own parent", "a circle of one", `{"id": "x", "parent": "x"}`, `/parent cycle x|`},
		{"judgement id", "one is like it", `{"id": "x", "judgements": {"Served": "yes"}}`, `/judgements/Served unknown Served|served`},
		{"judgement misspelt", "or its risk would be lost", `{"id": "x", "judgements": {"rival-stronge": "yes"}}`, `/judgements/rival-stronge unknown rival-stronge|rival-stronger`},
		{"judgement that is a signal", "nobody judges a number", `{"id": "x", "judgements": {"wallet-share": "yes"}}`, `/judgements/wallet-share unknown wallet-share|strategic, served`},
		{"judgement", "yes, no or unknown", `{"id": "x", "judgements": {"served": true}}`, `/judgements/served enum true|unknown, yes, no`},
		{"slash in a key", "escaped in the pointer", `{"id": "x", "judgements": {"a/b~c": "yes"}}`, `/judgements/a~1b~0c unknown a/b~c|strategic, served`},
		{"several at once", "all come back, in document order", `{"name": 1, "cells": {}, "sales": [{"revenue": "y"}]}`, "/name type 1|string\n/cells type {}|array\n/sales/0/revenue money \"y\"|"},
	}
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var a kam.Account
			err := a.UnmarshalJSON([]byte(tt.json))
			if err == nil {
				_, err = engine.Assess(a, asOf)
			} else {
				assert.Equal(t, kam.Account{}, a, "a failed decoding changes nothing")
			}
			require.Error(t, err, tt.reason)
			got, want := found(err), strings.Split(tt.want, "\n")
			require.Len(t, got, len(want), "%s: %v", tt.reason, got)
			for i := range want {
				assert.True(t, strings.HasPrefix(got[i], want[i]), "%s:\n got %s\nwant %s", tt.reason, got[i], want[i])
			}
		})
	}
}

func TestBadPolicies(t *testing.T) {
	card := func(f func(*kam.Scorecard)) kam.Policy {
		p := kam.DefaultPolicy()
		f(&p.Strength)
		return p
	}
	factors := func(n int) []kam.Factor {
		fs := make([]kam.Factor, n)
		for i := range fs {
			fs[i] = kam.Factor{ID: fmt.Sprint("f-", i), Weight: kam.Int(1)}
		}
		return fs
	}
	tests := []struct {
		name, reason string
		policy       kam.Policy
		want         []string
	}{
		{
			"weights short by the least", "99.9999 is not 100",
			card(func(s *kam.Scorecard) { s.Factors[0].Weight = kam.Dec(149999, 4) }),
			[]string{"/strength/factors weight-sum 99.9999|100"},
		},
		{
			"a group with what only its questions can have", "nothing would read it",
			card(func(s *kam.Scorecard) {
				q := kam.Factor{ID: "q", Weight: kam.Int(100), Scale: kam.Scale{Hi: kam.Int(5)}, LowerIsBetter: true}
				s.Factors = []kam.Factor{{ID: "g", Weight: kam.Int(100), Scale: q.Scale, LowerIsBetter: true, Questions: []kam.Factor{q}}}
			}),
			[]string{"/strength/factors/0/lowerIsBetter group true|", "/strength/factors/0/scale group 0..5|"},
		},
		{
			"no test of a key account", "all would pass",
			kam.Policy{Portfolio: kam.PortfolioRules{Key: kam.KeyRules{All: [][]kam.TestID{}}}},
			[]string{"/portfolio/key/all missing |>= 1"},
		},
		{
			"a margin that no score gets out of", "above the cut and below it",
			kam.Policy{Grid: kam.GridRules{AttractivenessCut: new(kam.Int(45)), StrengthCut: new(kam.Int(60)), Margin: kam.Int(45)}},
			[]string{"/grid/margin range 45|0..40"},
		},
		{
			"lines of the strength", "a score is from 0 to 100",
			kam.Policy{Stage: kam.StageRules{Rules: []kam.StageRule{{ID: "a", Stage: kam.StageGood, All: []kam.Clause{{Any: []kam.Condition{
				{Evidence: kam.EvidenceStrength, AtLeast: new(kam.Dec(1_000_001, 4))},
				{Evidence: kam.EvidenceStrength, Below: new(kam.Dec(-1, 4))},
				{Evidence: kam.EvidenceStrength, AtLeast: new(kam.Int(0)), Below: new(kam.Int(100))},
				{Evidence: "on-time", AtLeast: new(kam.Int(101))},
			}}}}}}},
			[]string{"/stage/rules/0/all/0/any/0/atLeast range 100.0001|0..100", "/stage/rules/0/all/0/any/1/below range -0.0001|0..100"},
		},
		{
			"an attribute misspelt", "another one has that name, and nothing would be known of this one",
			func() kam.Policy {
				p := card(func(s *kam.Scorecard) {
					s.Factors[1].Signal, s.Factors[1].Bands = "attribute.plnats", kam.Bands([]kam.Number{kam.Int(1), kam.Int(9)}, kam.Int(3))
				})
				p.Names = map[kam.Evidence]kam.Text{"attribute.plants": {EN: "Plants"}, "plnats": {EN: "A judgement"}}
				above := func(e kam.Evidence) kam.Condition { return kam.Condition{Evidence: e, AtLeast: new(kam.Int(1))} }
				for i, e := range []kam.Evidence{"attribute.Plants", "attribute.plants ", "attribute.plants", "attribute.branches"} {
					id := fmt.Sprint("own-", i)
					p.Risks.Custom = append(p.Risks.Custom, kam.CustomRisk{RiskInfo: kam.RiskInfo{ID: kam.RiskID(id), Name: kam.Text{EN: id}}, AtRisk: above(e)})
				}
				return p
			}(),
			[]string{
				"/strength/factors/1/signal unknown attribute.plnats|attribute.plants", "/risks/custom/0/atRisk/evidence unknown attribute.Plants|attribute.plants",
				"/risks/custom/1/atRisk/evidence unknown attribute.plants |attribute.plants",
			},
		},
		{
			"a scorecard called as a judgement of one's own", "one of the two would have the other's name",
			kam.Policy{
				Potential: kam.Scorecard{ID: "insolvent", Relative: true, Factors: []kam.Factor{{ID: "sales-volume", Weight: kam.Int(1)}}},
				Names:     map[kam.Evidence]kam.Text{"insolvent": {EN: "Insolvent"}},
			},
			[]string{"/potential/id duplicate insolvent|"},
		},
		{
			"an index that turns round", "high is bad, and only outcomes are read",
			kam.Policy{Risks: kam.RiskRules{Index: &kam.Scorecard{ID: "index", Relative: true, Factors: []kam.Factor{
				{ID: "one-level", Weight: kam.Int(1), LowerIsBetter: true},
				{ID: "rival-attack", Weight: kam.Int(1), Signal: "orders", Bands: kam.Bands([]kam.Number{kam.Int(1), kam.Int(9)}, kam.Int(3))},
				{ID: "rival-stronger", Weight: kam.Int(1), Bands: []kam.Band{{Rating: kam.Int(3)}}},
			}}}},
			[]string{
				"/risks/index/factors/0/lowerIsBetter range true|false", "/risks/index/factors/1/signal range orders|none", "/risks/index/factors/1/bands range 2|none",
				"/risks/index/factors/2/bands range 1|none", "/risks/index/factors/2/signal unknown |", "/risks/index/factors/2/bands bands 1|>= 2",
			},
		},
		{
			"an index of checks that do not run", "what does is to choose from",
			kam.Policy{Risks: kam.RiskRules{
				Checks: map[kam.RiskID]kam.RiskSetting{kam.RiskRivalAttack: {Off: true}},
				Custom: []kam.CustomRisk{{RiskInfo: kam.RiskInfo{ID: "rival-attacks", Name: kam.Text{EN: "x"}}, AtRisk: kam.Condition{Evidence: "orders", Below: new(kam.Int(1))}}},
				Index: &kam.Scorecard{ID: "index", Relative: true, Factors: []kam.Factor{
					{ID: "rival-attack", Weight: kam.Int(1)}, {ID: "one-levels", Weight: kam.Int(1)},
				}},
			}},
			[]string{"/risks/index/factors/0/id unknown rival-attack|rival-attacks", "/risks/index/factors/1/id unknown one-levels|one-level"},
		},
		{
			"an hour's yield without a rate", "no account could be told what its hours cost",
			kam.Policy{Currency: "EUR", Portfolio: kam.PortfolioRules{HourYield: money("85 GBP")}},
			[]string{"/portfolio/hourYield currency-mix 85.00 GBP|EUR"},
		},
		{
			"settings that a check does not have", "it has others",
			kam.Policy{Risks: kam.RiskRules{Checks: map[kam.RiskID]kam.RiskSetting{kam.RiskRivalAttack: {Watch: new(kam.Int(1)), Within: 3}, kam.RiskRevenueFalling: {Within: 3}, kam.RiskManagerChanged: {Watch: new(kam.Int(1))}}}},
			[]string{
				"/risks/checks/manager-changed/watch unknown 1|off, severity, within", "/risks/checks/revenue-falling/within unknown 3|off, severity, watch, atRisk",
				"/risks/checks/rival-attack/watch unknown 1|off, severity", "/risks/checks/rival-attack/within unknown 3|off, severity",
			},
		},
		{
			"retired what is there, twice, or no id", "it would be read and not read",
			kam.Policy{Retired: []string{"strength", "strength/price", "potential/volume", "bond", "bond/trust", "bond", "Bond/Trust", "a/b/c", "", "strenght/trust", "strength/trust", "stage", "revenue", "served"}},
			[]string{
				"/retired/0 duplicate strength|", "/retired/1 duplicate strength/price|", "/retired/2 duplicate potential/volume|",
				"/retired/4 unknown bond/trust|selection, potential, attractiveness, strength", "/retired/5 duplicate bond|",
				"/retired/6 id Bond|", "/retired/6 id Trust|", "/retired/7 id b/c|", "/retired/8 missing |", "/retired/9 unknown strenght/trust|strength",
				"/retired/11 duplicate stage|", "/retired/12 duplicate revenue|", "/retired/13 duplicate served|",
			},
		},
		{
			"weights over", "100.5", card(func(s *kam.Scorecard) { s.Factors[0].Weight = kam.Dec(155, 1) }),
			[]string{"/strength/factors weight-sum 100.5|100"},
		},
		{
			"negative weight", "the sum is not complained about besides",
			card(func(s *kam.Scorecard) { s.Factors[0].Weight = kam.Int(-15) }),
			[]string{"/strength/factors/0/weight weight -15|>= 0"},
		},
		{
			"invalid weight", "five places cannot be made",
			card(func(s *kam.Scorecard) { s.Factors[0].Weight = kam.Dec(15, 5) }),
			[]string{"/strength/factors/0/weight number invalid|"},
		},
		{
			"duplicate id across levels", "ids are unique in the scorecard",
			card(func(s *kam.Scorecard) {
				s.Factors[1].Questions = []kam.Factor{{ID: "price", Weight: kam.Int(100)}}
			}),
			[]string{"/strength/factors/5/id duplicate price|"},
		},
		{
			"65 factors", "one bit each",
			card(func(s *kam.Scorecard) { s.Factors, s.Relative = factors(65), true }),
			[]string{"/strength/factors factor-count 65|1..64"},
		},
		{"no factor", "nothing to score", card(func(s *kam.Scorecard) { s.Factors = nil }), []string{"/strength/factors factor-count 0|1..64"}},
		{
			"relative weights of nothing", "shares of zero",
			card(func(s *kam.Scorecard) { s.Relative, s.Factors = true, []kam.Factor{{ID: "f"}} }),
			[]string{"/strength/factors weight 0|> 0"},
		},
		{
			"ids", "kebab-case", card(func(s *kam.Scorecard) { s.Factors[0].ID, s.Factors[1].ID, s.Factors[2].ID = "", "Price", "a--b" }),
			[]string{"/strength/factors/0/id missing |", "/strength/factors/1/id id Price|", "/strength/factors/2/id id a--b|"},
		},
		{
			"scale backwards", "ends above its start",
			card(func(s *kam.Scorecard) { s.Factors[5].Scale = kam.Scale{Lo: kam.Int(3), Hi: kam.Int(3)} }),
			[]string{"/strength/factors/5/scale scale 3..3|"},
		},
		{
			"three levels", "a question has no questions",
			card(func(s *kam.Scorecard) {
				s.Factors[1].Questions = []kam.Factor{{ID: "q", Weight: kam.Int(100), Questions: []kam.Factor{{ID: "r", Weight: kam.Int(100)}}}}
			}),
			[]string{"/strength/factors/1/questions/0/questions nesting q|"},
		},
		{
			"bands with a gap", "33 to 34",
			card(func(s *kam.Scorecard) {
				s.Factors[0].Bands = kam.Bands([]kam.Number{kam.Int(0), kam.Int(10)}, kam.Int(33))
				s.Factors[0].Bands[1].From = new(kam.Int(34))
			}),
			[]string{"/strength/factors/0/bands/1/from bands 34|33"},
		},
		{
			"bands that overlap", "34 to 33",
			card(func(s *kam.Scorecard) {
				s.Factors[0].Bands = kam.Bands([]kam.Number{kam.Int(0), kam.Int(10)}, kam.Int(33))
				s.Factors[0].Bands[1].From = new(kam.Int(32))
			}),
			[]string{"/strength/factors/0/bands/1/from bands 32|33"},
		},
		{
			"bands that do not reach", "both ends must be open",
			card(func(s *kam.Scorecard) {
				s.Factors[0].Bands = []kam.Band{{From: new(kam.Int(0)), To: new(kam.Int(9)), Rating: kam.Int(11)}}
			}),
			[]string{
				"/strength/factors/0/bands/0/rating rating 11|0..10",
				"/strength/factors/0/bands/0/from bands 0|null", "/strength/factors/0/bands/0/to bands 9|null",
			},
		},
		{
			"bands without edges", "two open bands",
			card(func(s *kam.Scorecard) { s.Factors[0].Bands = make([]kam.Band, 2) }),
			[]string{"/strength/factors/0/bands/0/to bands null|...", "/strength/factors/0/bands/1/from bands null|..."},
		},
		{
			"edges that fall", "10 then 5",
			card(func(s *kam.Scorecard) {
				s.Factors[0].Bands = kam.Bands([]kam.Number{kam.Int(0), kam.Int(1), kam.Int(2)}, kam.Int(10), kam.Int(5))
			}),
			[]string{"/strength/factors/0/bands/1/to bands 5|> 10"},
		},
		{
			"bands of nothing", "a signal without bands, and a group with one",
			card(func(s *kam.Scorecard) {
				s.Factors[0].Bands = nil
				s.Factors[2].Questions = []kam.Factor{{ID: "q", Weight: kam.Int(100)}}
			}),
			[]string{"/strength/factors/0/bands missing |>= 2", "/strength/factors/2/signal group deciders-met|", "/strength/factors/2/bands group 3|"},
		},
		{
			"one band", "rates all alike, as one that is null in JSON would",
			card(func(s *kam.Scorecard) { s.Factors[0].Bands = []kam.Band{{}} }),
			[]string{"/strength/factors/0/bands bands 1|>= 2"},
		},
		{
			"unknown signal", "the names that are alike are given",
			card(func(s *kam.Scorecard) { s.Factors[0].Signal = "order" }),
			[]string{"/strength/factors/0/signal unknown order|orders, days-since-order, order-interval, order-delay"},
		},
		{"minimum coverage", "percent", card(func(s *kam.Scorecard) { s.MinCoverage = new(kam.Int(101)) }), []string{"/strength/minCoverage range 101|0..100"}},
		{"missing rule", "one of three", card(func(s *kam.Scorecard) { s.Missing = 7 }), []string{"/strength/missing enum MissingRule(7)|renormalise, worst, neutral"}},
		{"one id for two scorecards", "answers could not be told apart", card(func(s *kam.Scorecard) { s.ID = "potential" }), []string{"/strength/id duplicate potential|"}},
		{
			"more than 128 bits", "large primes in the weights and the scales",
			card(func(s *kam.Scorecard) {
				s.Relative, s.Factors = true, nil
				for i, prime := range []int64{999999999989, 999999999961, 999999999937} {
					s.Factors = append(s.Factors, kam.Factor{
						ID: fmt.Sprint("f-", i), Weight: kam.Dec(prime, 4), Scale: kam.Scale{Hi: kam.Dec(prime, 4)},
					})
				}
			}),
			[]string{"/strength/factors precision |"},
		},
		{
			"numbers that are none", "each where it stands",
			func() kam.Policy {
				bad := kam.Dec(1, 9)
				p := card(func(s *kam.Scorecard) { s.Factors[0].Bands[0].To, s.Factors[0].Bands[1].From = &bad, &bad })
				p.Stage.Rules[4].All[0].Any[0].Below = &bad
				p.Stage.Volume.High = bad
				return p
			}(),
			[]string{
				"/strength/factors/0/bands/0/to number invalid|", "/strength/factors/0/bands/1/from number invalid|",
				"/stage/rules/4/all/0/any/0/below number invalid|", "/stage/volume/high number invalid|", "/stage/volume/fair range 4|<= invalid",
			},
		},
		{"currency", "by the table", kam.Policy{Currency: "EUX"}, []string{"/currency currency EUX|"}},
		{
			"rates", "of nothing, into another currency, of an unknown one",
			kam.Policy{Currency: "EUR", Rates: map[string]kam.Money{"USD": {}, "GBP": *money("1.1 USD"), "XYZ": *money("2 EUR")}},
			[]string{"/rates/GBP currency-mix 1.10 USD|EUR", "/rates/USD range 0|> 0", "/rates/XYZ currency XYZ|"},
		},
		{
			"rates into nothing", "a policy with rates has a currency",
			kam.Policy{Rates: map[string]kam.Money{"USD": *money("1 EUR")}},
			[]string{"/currency missing |", "/rates/USD currency-mix 1.00 EUR|"},
		},
		{
			"conditions misspelt", "they would lose a stage or a risk",
			kam.Policy{Names: map[kam.Evidence]kam.Text{"insolvent": {EN: "x"}, "serve": {EN: "like served, and named"}}, Risks: kam.RiskRules{Custom: []kam.CustomRisk{
				{RiskInfo: kam.RiskInfo{ID: "a", Name: kam.Text{EN: "a"}}, AtRisk: kam.Condition{Evidence: "trust-damagd", Is: kam.Yes}, Watch: &kam.Condition{Evidence: "insolvnt", Is: kam.Yes}},
				{RiskInfo: kam.RiskInfo{ID: "b", Name: kam.Text{EN: "b"}}, AtRisk: kam.Condition{Evidence: "serve", Is: kam.Yes}, Watch: &kam.Condition{Evidence: "insolvent", AtLeast: new(kam.Int(1))}},
				{RiskInfo: kam.RiskInfo{ID: "c", Name: kam.Text{EN: "c"}}, AtRisk: kam.Condition{Evidence: "served", Is: 9, AtLeast: new(kam.Int(1))}},
			}}},
			[]string{
				"/risks/custom/0/atRisk/evidence unknown trust-damagd|trust-damaged", "/risks/custom/0/watch/evidence unknown insolvnt|insolvent",
				"/risks/custom/1/watch/atLeast evidence 1|is: yes, no", "/risks/custom/2/atRisk/is enum Verdict(9)|yes, no", "/risks/custom/2/atRisk/atLeast evidence 1|is: yes, no",
			},
		},
		{"a rate without a currency", "0.9 of what?", kam.Policy{Currency: "EUR", Rates: map[string]kam.Money{"USD": *money("0.9")}}, []string{"/rates/USD missing 0.9|as in 0.9 EUR"}},
		{"a rate of its own", "nothing would read it", kam.Policy{Currency: "EUR", Rates: map[string]kam.Money{"EUR": *money("1.01 EUR")}}, []string{"/rates/EUR range 1.01 EUR|1 EUR"}},
		{"names", "text without controls", kam.Policy{Name: "a\x00", Version: "1\n\xff"}, []string{"/name encoding ", "/version encoding "}},
		{
			"names of evidence", "of one's own, and no empty ones",
			kam.Policy{Names: map[kam.Evidence]kam.Text{
				"attribute.": {EN: "x"}, "attribute.staff": {EN: "Staff"}, "insolvent": {ZH: "破产"}, "Odd": {EN: "x"}, "nameless": {},
				"served": {EN: "x"}, "margin": {EN: "x"}, "strength": {EN: "x"}, "strategic": {EN: "x"}, "unclean": {EN: "a\x00"}, "attribute.\x01": {EN: "x"},
			}},
			[]string{
				"/names/Odd id Odd|", "/names/attribute. id attribute.|", "/names/attribute.\x01 encoding ", "/names/margin duplicate margin|", "/names/nameless missing |",
				"/names/served duplicate served|", "/names/strategic duplicate strategic|", "/names/strength duplicate strength|", "/names/unclean/en encoding ",
			},
		},
		{"no months", "a period of the signals is not empty", kam.Policy{Signals: kam.SignalRules{Months: -1}}, []string{"/signals/months range -1|1..120"}},
		{"months", "ten years at most", kam.Policy{Signals: kam.SignalRules{Months: 121}}, []string{"/signals/months range 121|1..120"}},
		{"ages", "days are not negative", kam.Policy{AnswerMaxAge: -1, Signals: kam.SignalRules{MaxLag: -2, MetWithin: -3}}, []string{
			"/answerMaxAge range -1|0..1000000000", "/signals/maxLag range -2|0..1000000000", "/signals/metWithin range -3|0..1000000000",
		}},
		{
			"stage rules", "each mistake where it is",
			kam.Policy{Stage: kam.StageRules{
				Rules: []kam.StageRule{
					{ID: "a", Stage: kam.StageGood, All: []kam.Clause{{Any: []kam.Condition{{Evidence: "servd"}}}}},
					{ID: "a", All: []kam.Clause{{}}},
					{ID: "b", Stage: kam.StageGood},
					{ID: "c", Stage: kam.StageGood, All: []kam.Clause{{Any: []kam.Condition{
						{Evidence: "served"},
						{Evidence: "served", Is: kam.Yes, Below: new(kam.Int(1))},
						{Evidence: "strength", Is: kam.Yes},
						{Evidence: "attribute.staff", Is: kam.No, AtLeast: new(kam.Int(1))},
						{Evidence: "churn-notice", Is: kam.Yes, AtLeast: new(kam.Int(3)), Below: new(kam.Int(4))},
						{Evidence: "margin"},
						{Evidence: "attribute."},
						{Evidence: "margin", AtLeast: new(kam.Int(2)), Below: new(kam.Int(2))},
					}}}},
				},
				Volume: kam.VolumeRule{Factor: "volume", High: kam.Int(1), Fair: kam.Int(2)},
			}},
			[]string{
				"/stage/rules/0/all/0/any/0/evidence unknown servd|served",
				"/stage/rules/1/id duplicate a|", "/stage/rules/1/stage enum unknown|potential", "/stage/rules/1/all/0/any missing |>= 1",
				"/stage/rules/2/all missing |>= 1",
				"/stage/rules/3/all/0/any/0/is enum unknown|yes, no", "/stage/rules/3/all/0/any/1/below evidence 1|is: yes, no",
				"/stage/rules/3/all/0/any/2/is evidence yes|atLeast, below", "/stage/rules/3/all/0/any/3/is evidence no|atLeast, below",
				"/stage/rules/3/all/0/any/4/atLeast evidence 3|is: yes, no", "/stage/rules/3/all/0/any/4/below evidence 4|is: yes, no",
				"/stage/rules/3/all/0/any/5/atLeast missing |atLeast, below", "/stage/rules/3/all/0/any/6/evidence unknown attribute.|attribute.<name>",
				"/stage/rules/3/all/0/any/7/below range 2|> 2",
				"/stage/volume/factor unknown volume|", "/stage/volume/fair range 2|<= 1",
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := kam.Compile(tt.policy)
			require.Error(t, err, tt.reason)
			got := found(err)
			require.Len(t, got, len(tt.want), "%s: %v", tt.reason, got)
			for i := range tt.want {
				assert.True(t, strings.HasPrefix(got[i], tt.want[i]), "%s:\n got %s\nwant %s", tt.reason, got[i], tt.want[i])
			}
		})
	}
}

// The ends of the range of months are in it.
func TestPolicyMonths(t *testing.T) {
	for _, months := range []int{1, 120} {
		_, err := kam.Compile(kam.Policy{Signals: kam.SignalRules{Months: months}})
		assert.NoError(t, err, "%d months", months)
	}
}

// Whatever number, word or text of a policy cannot be, it is refused where it
// stands: of each list the first and the last element are tried.
func TestEveryLeafOfAPolicyIsChecked(t *testing.T) {
	p := kam.DefaultPolicy()
	leaves := 0
	eachLeaf(reflect.ValueOf(&p).Elem(), "", func(at string) {
		leaves++
		_, err := kam.Compile(p)
		var vs kam.Violations
		require.ErrorAs(t, err, &vs, at)
		at = strings.TrimSuffix(strings.ToLower(at), "/is") // a word beside a number is refused as a pair
		assert.True(t, slices.ContainsFunc(vs, func(v kam.Violation) bool {
			pointer := strings.ToLower(v.Pointer)
			return strings.HasPrefix(at, pointer) || path.Dir(pointer) == at
		}), "%s: %v", at, vs)
	})
	assert.Greater(t, leaves, 200)
	_, err := kam.Compile(p)
	require.NoError(t, err, "each was put back")
}

// Whatever number, word, day or text of an account cannot be, it is refused where
// it stands.
func TestEveryLeafOfAnAccountIsChecked(t *testing.T) {
	var a kam.Account
	filled(reflect.ValueOf(&a).Elem())
	a.Sales, a.Contacts, a.Stages, a.Overrides = a.Sales[:1], a.Contacts[:1], a.Stages[:1], nil
	a.Parent, a.Currency, a.Satisfaction, a.Contacts[0].ReportsTo = "another", "EUR", []kam.SatisfactionRecord{{On: asOf}}, ""
	require.NoError(t, a.Validate())
	codes := []kam.Code{kam.CodeEncoding, kam.CodeDate, kam.CodeNumber, kam.CodeRange, kam.CodeRating, kam.CodeEnum, kam.CodeCurrency}
	leaves := 0
	eachLeaf(reflect.ValueOf(&a).Elem(), "", func(at string) {
		leaves++
		vs := kam.ViolationsOf(a.Validate())
		assert.True(t, slices.ContainsFunc(vs, func(v kam.Violation) bool {
			return strings.EqualFold(v.Pointer, at) && slices.Contains(codes, v.Code)
		}), "%s: %v", at, vs)
	})
	assert.Greater(t, leaves, 100)
	require.NoError(t, a.Validate(), "each was put back")
}

// eachLeaf breaks each number, enum, day, amount, count and text below v, calls
// try with its place, and puts it back.
func eachLeaf(v reflect.Value, at string, try func(at string)) {
	with := func(bad any) {
		old := reflect.ValueOf(v.Interface())
		v.Set(reflect.ValueOf(bad).Convert(v.Type()))
		try(at)
		v.Set(old)
	}
	switch {
	case v.Type() == reflect.TypeFor[kam.Number]():
		with(kam.Dec(1, 9))
	case v.Type() == reflect.TypeFor[kam.Date]():
		with(kam.NewDate(2026, 2, 30))
	case v.Type() == reflect.TypeFor[kam.Money]():
		with(*money("1 EUX"))
	case v.Kind() == reflect.Int:
		with(-1)
	case v.Kind() == reflect.Uint8: // the first that has no word
		bad := reflect.New(v.Type()).Elem()
		for !strings.HasSuffix(fmt.Sprint(bad.Interface()), ")") {
			bad.SetUint(bad.Uint() + 1)
		}
		with(bad.Interface())
	case v.Kind() == reflect.String:
		with("\xff")
	case v.Kind() == reflect.Pointer && !v.IsNil():
		eachLeaf(v.Elem(), at, try)
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			if i == 0 || i == v.Len()-1 {
				eachLeaf(v.Index(i), fmt.Sprint(at, "/", i), try)
			}
		}
	case v.Kind() == reflect.Map:
		for _, key := range v.MapKeys() {
			old, value := v.MapIndex(key), reflect.New(v.Type().Elem()).Elem()
			value.Set(old)
			eachLeaf(value, fmt.Sprint(at, "/", key), func(at string) {
				v.SetMapIndex(key, value)
				try(at)
			})
			v.SetMapIndex(key, old)
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				eachLeaf(v.Field(i), at+"/"+f.Name, try)
			}
		}
	}
}

// What a policy must say and does not is not taken for zero.
func TestPolicyJSONMustSay(t *testing.T) {
	var p kam.Policy
	err := p.UnmarshalJSON([]byte(`{
		"strength": {"id": "s", "relative": true, "factors": [{"id": "f", "scale": {"hi": 5}, "signal": "margin", "bands": [{}]}]},
		"stage": {"volume": {}}
	}`))
	assert.Equal(t, []string{
		"/strength/factors/0/scale/lo missing |", "/strength/factors/0/bands/0/rating missing |", "/strength/factors/0/weight missing |",
		"/stage/volume/factor missing |", "/stage/volume/high missing |", "/stage/volume/fair missing |",
	}, found(err))
}

// The residue of a sum is named, above and below.
func TestWeightSumNamesTheResidue(t *testing.T) {
	for weight, want := range map[string]string{
		"19.9":     "/factors: weights sum to 99.9, 0.1 short of 100",
		"20.00005": "",
		"20.0001":  "/factors: weights sum to 100.0001, 0.0001 over 100",
	} {
		card := kam.AttractivenessScorecard()
		n, err := kam.ParseNumber(weight)
		if want == "" {
			require.Error(t, err, "weights have four places")
			continue
		}
		require.NoError(t, card.SetWeights(kam.Weights{"size": n}))
		_, err = card.Compile()
		assert.Equal(t, `kam: compile scorecard "attractiveness": `+want, err.Error())
	}
}

func TestAssessNeedsADay(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	for _, day := range []kam.Date{{}, kam.NewDate(0, 1, 1)} {
		_, err := engine.Assess(kam.Account{ID: "x"}, day)
		require.ErrorIs(t, err, kam.CodeDate)
	}
}

// Values built in code are checked as those from JSON are.
func TestBadValuesInCode(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	_, err = engine.Assess(kam.Account{
		ID: "x\xff", Name: strings.Repeat("n", 5000), CustomerSince: kam.NewDate(2026, 2, 30),
		Answers:    map[string]kam.Answers{"strength": {"price": kam.Rated(kam.Dec(1, 9))}},
		Judgements: map[kam.Evidence]kam.Judgement{"served": {Verdict: 9}},
		Cells:      []kam.CellRecord{{Cell: 9, On: asOf}},
		Contacts:   []kam.Contact{{ID: "a", Level: 99, Roles: []kam.Role{99, kam.RoleUnknown}, Influence: 99, Attitude: 99, Reach: 99}},
		Attributes: map[string]kam.Number{"": kam.Dec(1, 9)},
		Sales:      []kam.Period{{From: kam.NewDate(2026, 1, 1), To: kam.NewDate(2026, 2, 31), ProductLines: []string{""}}},
	}, asOf)
	assert.Equal(t, []string{
		"/id encoding x\uFFFD|", "/name too-large 5000|<= 4096", "/customerSince date invalid|",
		"/sales/0/to date invalid|", "/sales/0/productLines/0 missing |",
		"/answers/strength/price/rating number invalid|", "/judgements/served/verdict enum Verdict(9)|unknown, yes, no",
		"/cells/0/cell enum Cell(9)|target, key, low-profile, maintain",
		"/contacts/0/level enum Level(99)|unknown, operational, supervisory, managerial, director, executive",
		"/contacts/0/roles/0 enum Role(99)|decider, approver, influencer, user, buyer, gatekeeper, sponsor, coach",
		"/contacts/0/roles/1 enum unknown|decider, approver, influencer, user, buyer, gatekeeper, sponsor, coach",
		"/contacts/0/influence enum Grade(99)|unknown, low, fair, high",
		"/contacts/0/attitude enum Attitude(99)|unknown, opponent, sceptic, neutral, supporter, sponsor",
		"/contacts/0/reach enum Grade(99)|unknown, low, fair, high",
		"/attributes/ missing |", "/attributes/ number invalid|",
	}, found(err))
}

func TestListsAreBounded(t *testing.T) {
	const n = 10_001
	a := kam.Account{
		ID: "x", Sales: make([]kam.Period, n), Contacts: make([]kam.Contact, n), Stages: make([]kam.StageRecord, n), Cells: make([]kam.CellRecord, n),
		Efforts: make([]kam.Effort, n), Managers: make([]kam.ManagerRecord, n), Incidents: make([]kam.Incident, n),
		Satisfaction: make([]kam.SatisfactionRecord, n), Activities: make([]kam.Activity, n),
	}
	var want []string
	for _, list := range []string{"sales", "stages", "cells", "efforts", "managers", "incidents", "satisfaction", "activities", "contacts"} {
		want = append(want, "/"+list+" too-large 10001|<= 10000")
	}
	assert.Equal(t, want, found(a.Validate()), "and what is in them is not looked at")
	period := year("1", "1")
	period.ProductLines = make([]string, n)
	assert.Equal(t, []string{"/sales/0/productLines too-large 10001|<= 10000"}, found(kam.Account{ID: "x", Sales: []kam.Period{period}}.Validate()))
}

// What lies just within a bound is taken.
func TestAccountsAtTheEdge(t *testing.T) {
	for _, text := range []string{
		`"sales": [{"from": "2026-01-01", "to": "2026-01-01"}, {"from": "2026-01-02", "to": "2026-01-02"}]`,
		`"sales": [{"from": "2026-01-01", "to": "2026-01-31", "lastOrder": "2026-01-01"}, {"from": "2026-02-01", "to": "2026-02-28", "lastOrder": "2026-02-28"}]`,
		`"sales": [{"from": "2026-01-01", "to": "2026-01-31", "revenue": "-1 EUR", "directCost": "-1 EUR", "discount": 0, "orders": 3, "lateDeliveries": 3}]`,
		`"sales": [{"from": "2026-01-01", "to": "2026-01-31", "orders": 3, "deliveries": 4, "lateDeliveries": 4}, {"from": "2026-02-01", "to": "2026-02-28", "lateDeliveries": 9}]`,
		`"wallet": 0, "walletBefore": 0, "ourRevenue": 0, "standardMargin": -1000`,
		`"standardMargin": 1000, "managers": [{"manager": "Ann", "since": "2026-02-01"}, {"manager": "Bob", "since": "2026-02-01"}]`,
		`"contacts": [{"id": "a"}, {"id": "b", "reportsTo": "a"}, {"id": "c", "reportsTo": "b"}, {"id": "d", "reportsTo": "a"}]`,
	} {
		var a kam.Account
		require.NoError(t, a.UnmarshalJSON([]byte(`{"id": "x", `+text+"}")), text)
		assert.NoError(t, a.Validate(), text)
	}
}

// Sums that no Number holds are an error, not a wrong number.
func TestSumsOutOfRange(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	_, err = engine.Assess(kam.Account{ID: "x", Sales: []kam.Period{year("999999999999999 EUR", "0 EUR")}}, asOf)
	assert.Equal(t, []string{
		"/sales range revenue|-99999999999999.9999..99999999999999.9999", "/sales range gross-margin|-99999999999999.9999..99999999999999.9999",
	}, found(err))
}

// A chain of reports as long as the list allows is walked without recursion,
// and quickly.
func TestLongChainOfReports(t *testing.T) {
	a := kam.Account{ID: "x"}
	for i := range 10_000 {
		a.Contacts = append(a.Contacts, kam.Contact{ID: fmt.Sprint(i), ReportsTo: fmt.Sprint((i + 1) % 10_000)})
	}
	start := time.Now()
	err := a.Validate()
	assert.Less(t, time.Since(start), 5*time.Second)
	require.Len(t, kam.ViolationsOf(err), 1, "one circle, reported once")
	require.ErrorIs(t, err, kam.CodeCycle)
}

// Hostile decimals are refused before anything is computed with them.
func TestHostileDecimals(t *testing.T) {
	start := time.Now()
	for _, d := range []decimal.Decimal{decimal.New(1, 1e8), decimal.New(1, -1e8), decimal.New(1, 2e9)} {
		_, err := kam.NumberOf(d)
		require.ErrorIs(t, err, kam.CodeNumber)
		_, err = kam.NewMoney(d, "EUR")
		require.ErrorIs(t, err, kam.CodeMoney)
	}
	_, err := kam.ParseNumber(strings.Repeat("9", 10<<20))
	require.ErrorIs(t, err, kam.CodeNumber)
	assert.Less(t, time.Since(start), time.Second)
}

func TestDeepJSON(t *testing.T) {
	deep := append(bytes.Repeat([]byte(`{"answers":`), 600_000), bytes.Repeat([]byte("}"), 600_000)...)
	var a kam.Account
	require.ErrorIs(t, a.UnmarshalJSON(deep), kam.CodeTooLarge)
	var p kam.Policy
	require.ErrorIs(t, p.UnmarshalJSON(deep), kam.CodeTooLarge)
}

// A wall of mistakes does not become a wall of text.
func TestViolationsAreBounded(t *testing.T) {
	var a kam.Account
	err := a.UnmarshalJSON([]byte(`{"contacts": [` + strings.TrimSuffix(strings.Repeat(`1,`, 5000), ",") + `]}`))
	vs := kam.ViolationsOf(err)
	assert.Len(t, vs, 101)
	assert.Equal(t, kam.CodeTooLarge, vs[100].Code, "the last one says that there are more")
	assert.Contains(t, err.Error(), "and 91 more")
	require.ErrorIs(t, err, kam.CodeType)

	for n, want := range map[int]int{100: 100, 101: 101, 150: 101} {
		vs := kam.ViolationsOf(kam.Account{ID: "x", Contacts: make([]kam.Contact, n)}.Validate())
		require.Len(t, vs, want, "%d faults of an account in code", n)
		assert.Equal(t, n > 100, vs[want-1].Code == kam.CodeTooLarge, "%d faults", n)
	}
	eleven := make(kam.Violations, 11)
	assert.Len(t, strings.Split(eleven[:10].Error(), "\n"), 10, "ten are all listed, and no more are spoken of")
	assert.Contains(t, eleven.Error(), "\n\tand 1 more")
}

func TestViolationsOfOtherErrors(t *testing.T) {
	assert.Nil(t, kam.ViolationsOf(nil))
	assert.Nil(t, kam.ViolationsOf(fmt.Errorf("other")))
	v := kam.Violation{Pointer: "/x", Code: kam.CodeMissing}
	assert.Equal(t, kam.Violations{v}, kam.ViolationsOf(fmt.Errorf("wrapped: %w", v)))
	data, err := json.Marshal(kam.Violations{{Pointer: "/x", Code: kam.CodeRange, Value: "1", Want: "2"}})
	require.NoError(t, err)
	assert.JSONEq(t, `[{"pointer": "/x", "code": "range", "value": "1", "want": "2"}]`, string(data))
	assert.True(t, slices.IsSorted(kam.Codes()))
}

// What JSON would refuse by itself is refused of an account in code as well.
func TestRecordsInCode(t *testing.T) {
	a := kam.Account{
		ID:           "x",
		Managers:     []kam.ManagerRecord{{Manager: "Ann"}},
		Incidents:    []kam.Incident{{}},
		Satisfaction: []kam.SatisfactionRecord{{Rating: kam.Int(5)}},
		Activities:   []kam.Activity{{}, {Kind: 99, On: asOf}},
		Stages:       kam.History{{Stage: kam.StageGood}},
	}
	assert.Equal(t, []string{
		"/activities/0/kind enum unknown|", "/activities/0/on missing |", "/activities/1/kind enum ActivityKind(99)|", "/incidents/0/opened missing |",
		"/managers/0/since missing |", "/satisfaction/0/on missing |", "/stages/0/on missing |",
	}, sortedCuts(found(a.Validate())))

	_, err := kam.Compile(kam.Policy{Currency: "EUR", Rates: map[string]kam.Money{"": *money("1 EUR")}})
	assert.Equal(t, []string{"/rates/ currency |"}, found(err))
}

// sortedCuts sorts faults, and leaves out the words to choose from.
func sortedCuts(faults []string) []string {
	for i, f := range faults {
		head, _, _ := strings.Cut(f, "|")
		faults[i] = head + "|"
	}
	slices.Sort(faults)
	return faults
}

// Every character that Unicode calls a control, or one of direction, is unseen,
// and no others but the two that end a line.
func TestUnseenCharacters(t *testing.T) {
	for c := range rune(unicode.MaxRune + 1) {
		want := unicode.In(c, unicode.Cc, unicode.Bidi_Control, unicode.Zl, unicode.Zp)
		if kam.Unseen(c) != want {
			t.Errorf("%U: unseen is %v", c, !want)
		}
	}
}

// There are ten thousand retired ids at most.
func TestRetiredAreLimited(t *testing.T) {
	var p kam.Policy
	for i := range 10_000 {
		p.Retired = append(p.Retired, fmt.Sprint("card-", i))
	}
	_, err := kam.Compile(p)
	require.NoError(t, err)
	p.Retired = append(p.Retired, "one-more")
	_, err = kam.Compile(p)
	assert.Equal(t, []string{"/retired too-large 10001|<= 10000"}, found(err))
}

// What can be set of a check is all that is offered.
func TestSettingsOffered(t *testing.T) {
	for id, want := range map[kam.RiskID]string{kam.RiskRivalAttack: "off, severity", kam.RiskIncidentsOpen: ""} {
		_, err := kam.Compile(kam.Policy{Risks: kam.RiskRules{Checks: map[kam.RiskID]kam.RiskSetting{id: {Within: 3, Watch: new(kam.Int(1))}}}})
		if want == "" {
			require.NoError(t, err)
			continue
		}
		for _, v := range kam.ViolationsOf(err) {
			assert.Equal(t, want, v.Want)
		}
		require.Error(t, err)
	}
}

// A judgement that is like an attribute is none, and takes nothing from it.
func TestAttributeLikeAJudgement(t *testing.T) {
	_, err := kam.Compile(kam.Policy{
		Names: map[kam.Evidence]kam.Text{"attribute-plants": {EN: "A judgement"}, "plant": {EN: "Another"}},
		Risks: kam.RiskRules{Custom: []kam.CustomRisk{{RiskInfo: kam.RiskInfo{ID: "own", Name: kam.Text{EN: "Own"}}, AtRisk: kam.Condition{Evidence: "attribute.plants", Below: new(kam.Int(1))}}}},
	})
	require.NoError(t, err)
}

// An attribute that is like one that the policy names is misspelt, and would be lost.
func TestAttributeLikeANamedOne(t *testing.T) {
	p := kam.Policy{Names: map[kam.Evidence]kam.Text{"attribute.days-overdue": {EN: "Days overdue"}, "attribute.employees": {EN: "Employees"}}}
	engine := compiled(t, p)
	for name, want := range map[string]string{
		"days-overdu":  "attribute.days-overdue",
		"Days-Overdue": "attribute.days-overdue",
		"days_overdue": "attribute.days-overdue",
		"employee":     "attribute.employees",
		"days-overdue": "",
		"head-count":   "",
		"days-on-hold": "",
	} {
		a := kam.Account{ID: "x", Attributes: map[string]kam.Number{name: kam.Int(90)}}
		_, err := engine.Assess(a, asOf)
		if want == "" {
			require.NoError(t, err, name)
			continue
		}
		assert.Equal(t, kam.Violations{{Pointer: "/attributes/" + name, Code: kam.CodeUnknown, Value: "attribute." + name, Want: want}}, kam.ViolationsOf(err))
		_, err = compiled(t, kam.Policy{}).Assess(a, asOf)
		require.NoError(t, err, "nobody named one")
		require.NoError(t, a.Validate())
		a.Attributes["days-overdue"], a.Attributes["employees"] = kam.Int(1), kam.Int(2)
		_, err = engine.Assess(a, asOf)
		require.NoError(t, err, "those that are meant are there")
	}
	years := compiled(t, kam.Policy{Names: map[kam.Evidence]kam.Text{"attribute.revenue-2024": {EN: "Revenue of 2024"}}})
	_, err := years.Assess(kam.Account{ID: "x", Attributes: map[string]kam.Number{"revenue-2025": kam.Int(2)}}, asOf)
	require.NoError(t, err, "another year is no misspelt one")
}

// An id of which nothing is seen is none.
func TestBlankIDs(t *testing.T) {
	for _, id := range []string{"", " ", "\t", "\u00a0", "\u3000", "\u2800", "  \u3000"} {
		assert.Equal(t, kam.Violations{{Pointer: "/id", Code: kam.CodeMissing, Value: id}}, kam.ViolationsOf(kam.Account{ID: id}.Validate()), "%q", id)
	}
	for _, id := range []string{" a", "客", "\u3000a", "-"} {
		require.NoError(t, kam.Account{ID: id}.Validate(), "%q", id)
	}
}
