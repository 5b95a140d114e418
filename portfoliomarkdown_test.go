package kam_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/cmd/kam/northwind"
)

// The page of the sample portfolio, as it was read and found right.
func TestPortfolioMarkdownGolden(t *testing.T) {
	p, err := compiled(t, kam.Policy{}).Portfolio(northwind.Accounts(), northwind.AsOf)
	require.NoError(t, err)
	for _, lang := range []kam.Language{kam.English, kam.Chinese} {
		golden(t, fmt.Sprintf("testdata/portfolio.%s.md", lang), p.Markdown(lang))
	}
}

func TestPortfolioMarkdown(t *testing.T) {
	key := func(m kam.Member) *kam.Portfolio {
		m.Account, m.Tier, m.Rank, m.RankBest, m.RankWorst = "a", kam.TierKey, 1, 1, 1
		return &kam.Portfolio{Members: []kam.Member{m}}
	}
	points := func(n int) kam.Index {
		return kam.Index{Points: new(kam.Int(n)), Range: kam.Range{Worst: kam.Int(n), Best: kam.Int(n)}}
	}
	test := func(id kam.TestID, v kam.Verdict) kam.TestResult { return kam.TestResult{Test: id, Passed: v} }
	for name, tt := range map[string]struct {
		p              *kam.Portfolio
		want, unwanted string
	}{
		"nobody":    {new(kam.Portfolio), "# Customer portfolio\n\n| What | Value |\n|---|---|\n| Accounts | 0 |\n", "##"},
		"nil":       {nil, "| Accounts | 0 |\n", "##"},
		"certain":   {key(kam.Member{Index: points(60), Class: kam.ClassB}), "| 1 | a | – | Unknown | Unknown | 60.0 | – | B | 0 | – |\n", "In question"},
		"a name":    {key(kam.Member{Name: "A | B", Owner: "Bo"}), "| A \\| B (a) | Bo |", "Concentration"},
		"no points": {key(kam.Member{Index: kam.Index{Range: kam.Range{Best: kam.Int(90)}}}), "| 0.0–90.0 |", "90.0 ("},
		"both": {
			key(kam.Member{Index: kam.Index{Points: new(kam.Int(50)), Range: kam.Range{Worst: kam.Int(40), Best: kam.Int(60)}}}),
			"| 50.0 (40.0–60.0) |", "–– ",
		},
		"passed and unknown": {
			key(kam.Member{Tests: []kam.TestResult{test(kam.TestLoss, kam.Yes), test(kam.TestStrategic, kam.VerdictUnknown), test(kam.TestPotential, kam.No)}}),
			"| Losing it would hurt; unknown: Of strategic importance |\n", "Large potential",
		},
		"unknown alone": {key(kam.Member{Tests: []kam.TestResult{test(kam.TestStrategic, kam.VerdictUnknown)}}), "| unknown: Of strategic importance |\n", "; unknown"},
		"by hand":       {key(kam.Member{Forced: new(kam.Overruling), Tests: []kam.TestResult{test(kam.TestLoss, kam.Yes)}}), "| set by hand |\n", "Losing"},
		"margin alone": {
			&kam.Portfolio{MarginConcentration: kam.Concentration{Accounts: 2, Top1: kam.Int(75)}},
			"| Accounts with more than 0 | – | 2 |\n| The largest | – | 75.0 % |\n", "75.0 % | –",
		},
		"as many unknown": {&kam.Portfolio{Revenue: kam.Total{Known: *money("5 EUR"), Accounts: 2, Unknown: 2}}, "| Revenue | 5.00 EUR, unknown of 2 |\n", "Gross"},
		"one unknown":     {&kam.Portfolio{Revenue: kam.Total{Known: *money("5 EUR"), Accounts: 2, Unknown: 1}}, "| Revenue | 5.00 EUR, unknown of 1 |\n", "Gross"},
		"both known":      {&kam.Portfolio{RevenueConcentration: kam.Concentration{Accounts: 2}, MarginConcentration: kam.Concentration{Accounts: 2}}, "| Accounts with more than 0 | 2 | 2 |\n", "–"},
		"one in question": {&kam.Portfolio{Members: []kam.Member{{Account: "a"}}, Pyramid: kam.Pyramid{Lapsed: []string{"a"}}}, "### Recorded as key accounts and do not pass\n\na\n", "Undecided"},
		"no class":        {key(kam.Member{Index: points(60)}), "| – | – | 0 | – |\n", "none"},
		"all unknown":     {&kam.Portfolio{Revenue: kam.Total{Unknown: 2}}, "| Revenue | –, unknown of 2 |\n", "Gross"},
		"some unknown":    {&kam.Portfolio{Revenue: kam.Total{Known: *money("5 EUR"), Accounts: 1, Unknown: 2}}, "| Revenue | 5.00 EUR, unknown of 2 |\n", "Gross"},
		"a tier":          {&kam.Portfolio{Pyramid: kam.Pyramid{Tiers: []kam.TierShare{{Tier: kam.TierKey, Accounts: 3, Share: kam.Int(7), Planned: kam.Int(10), Gap: kam.Int(-3)}}}}, "| Key account | 3 | 7.0 % | 10.0 % | -3.0 |\n", "In question"},
	} {
		t.Run(name, func(t *testing.T) {
			page := tt.p.Markdown(kam.English)
			assert.Contains(t, page, tt.want)
			assert.NotContains(t, page, tt.unwanted)
		})
	}
}

// A list is as long as one can read, and says how many more there are.
func TestPortfolioMarkdownIsShort(t *testing.T) {
	for _, n := range []int{50, 51, 52} {
		var p kam.Portfolio
		for i := range n {
			m := kam.Member{Account: fmt.Sprintf("member%d", i), Tier: kam.TierKey, Cell: kam.CellKey}
			p.Members = append(p.Members, m)
			p.Pyramid.Undecided = append(p.Pyramid.Undecided, m.Account)
		}
		page := p.Markdown(kam.English)
		assert.Equal(t, 3*50, strings.Count(page, "member"), n)
		assert.NotContains(t, page, "; |", "no item of nothing")
		more := fmt.Sprintf("and %d more", n-50)
		assert.Equal(t, map[bool]int{true: 3}[n > 50], strings.Count(page, more), n)
	}
}
