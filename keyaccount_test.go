package kam_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// 0 and 100 are percentages, and the least more is not.
func TestKeyRulesBounds(t *testing.T) {
	for at, set := range map[string]func(*kam.KeyRules, *kam.Number){
		"/portfolio/key/lossRevenue":  func(k *kam.KeyRules, n *kam.Number) { k.LossRevenue = n },
		"/portfolio/key/lossMargin":   func(k *kam.KeyRules, n *kam.Number) { k.LossMargin = n },
		"/portfolio/key/revenueShare": func(k *kam.KeyRules, n *kam.Number) { k.RevenueShare = n },
		"/portfolio/key/potential":    func(k *kam.KeyRules, n *kam.Number) { k.Potential = n },
	} {
		for units, ok := range map[int64]bool{0: true, 1_000_000: true, -1: false, 1_000_001: false} {
			var policy kam.Policy
			n := kam.Dec(units, 4)
			set(&policy.Portfolio.Key, &n)
			_, err := kam.Compile(policy)
			if ok {
				require.NoError(t, err, "%s %s", at, n)
				continue
			}
			assert.Equal(t, []string{at + " range " + n.String() + "|0..100"}, found(err))
		}
	}
}

// A share of just the line is large, and one a step under it is not.
func TestKeyTestsAtTheirLines(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	for _, tt := range []struct {
		reason, revenue, rest string
		share, loss           kam.Verdict
	}{
		{"2 % is a large share", "2", "98", kam.Yes, kam.No},
		{"1.9999 % is not", "1.9999", "98.0001", kam.No, kam.No},
		{"5 % is a loss that hurts", "5", "95", kam.Yes, kam.Yes},
		{"4.9999 % is not", "4.9999", "95.0001", kam.Yes, kam.No},
	} {
		p, err := engine.Rank([]kam.Member{
			{Account: "a", Revenue: money(tt.revenue + " EUR"), Margin: money("0 EUR")}, {Account: "b", Revenue: money(tt.rest + " EUR"), Margin: money("100 EUR")},
		}, asOf)
		require.NoError(t, err)
		got := passed(member(t, p, "a"))
		assert.Equal(t, tt.share, got[kam.TestRevenueShare], tt.reason)
		assert.Equal(t, tt.loss, got[kam.TestLoss], tt.reason)
	}
}

// Where no revenue is known, there is no total of zero either.
func TestKeyTestsWithoutATotal(t *testing.T) {
	p, err := compiled(t, kam.Policy{}).Rank([]kam.Member{{Account: "a"}, {Account: "b", Margin: money("5 EUR")}}, asOf)
	require.NoError(t, err)
	words := map[kam.Evidence]string{}
	for _, x := range member(t, p, "a").Tests {
		for _, f := range x.Evidence {
			words[f.Evidence] = f.In(kam.English) + " " + f.In(kam.Chinese)
		}
	}
	assert.Equal(t, "Revenue without the account: unknown (total unknown) 失去该客户后的收入：未知（合计未知）", words["revenue-without"])
	assert.Equal(t, "Margin without the account: unknown (total 5.00 EUR) 失去该客户后的毛利：未知（合计 5.00 EUR）", words["margin-without"])
}

// The potential is decided by what it can still become: points that rest on a gap
// pass no test, and fail none.
func TestPotentialByItsRange(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	for _, tt := range []struct {
		reason      string
		points      *kam.Number
		worst, best kam.Number
		want        kam.Verdict
	}{
		{"points on the line", new(kam.Int(60)), kam.Int(60), kam.Int(60), kam.Yes},
		{"points under it", new(kam.Dec(599_999, 4)), kam.Dec(599_999, 4), kam.Dec(599_999, 4), kam.No},
		{"points on the line, and an end that was rounded down", new(kam.Int(60)), kam.Dec(599_999, 4), kam.Int(60), kam.Yes},
		{"points under it, and an end that was rounded up", new(kam.Dec(599_999, 4)), kam.Dec(599_999, 4), kam.Int(60), kam.No},
		{"points on the line that may become less", new(kam.Int(60)), kam.Dec(599_998, 4), kam.Int(60), kam.VerdictUnknown},
		{"points under it that may become more", new(kam.Dec(599_999, 4)), kam.Dec(599_998, 4), kam.Int(60), kam.VerdictUnknown},
		{"points beyond it, whatever they become", new(kam.Int(80)), kam.Int(60), kam.Int(90), kam.Yes},
		{"points under it, whatever they become", new(kam.Int(40)), kam.Int(10), kam.Dec(599_999, 4), kam.No},
		{"60 at worst", nil, kam.Int(60), kam.Int(100), kam.Yes},
		{"59.9999 at worst", nil, kam.Dec(599_999, 4), kam.Int(100), kam.VerdictUnknown},
		{"60 at best", nil, kam.Int(0), kam.Int(60), kam.VerdictUnknown},
		{"59.9999 at best", nil, kam.Int(0), kam.Dec(599_999, 4), kam.No},
	} {
		p, err := engine.Rank([]kam.Member{{Account: "a", Potential: kam.Score{Points: tt.points, Range: kam.Range{Worst: tt.worst, Best: tt.best}}}}, asOf)
		require.NoError(t, err)
		assert.Equal(t, tt.want, passed(p.Members[0])[kam.TestPotential], tt.reason)
	}
}

// The targets are looked at one after the other, each with what the account
// has, and one that is met is enough.
func TestStrategicTargets(t *testing.T) {
	policy := kam.Policy{Portfolio: kam.PortfolioRules{Key: kam.KeyRules{
		Segments: []string{"pharma", "steel"}, Places: []string{"Wuhan"}, Departments: []string{"board"},
	}}}
	in := func(department string, until kam.Date) kam.Contact {
		return kam.Contact{ID: "of-" + department + until.String(), Department: department, Until: until}
	}
	_, p := portfolioOf(
		t, policy,
		kam.Account{ID: "segment", Segment: "pharma", Place: "Beijing"},
		kam.Account{ID: "department", Contacts: []kam.Contact{in("plant", kam.Date{}), in("board", kam.Date{}), in("plant", asOf), in("", kam.Date{})}},
		kam.Account{ID: "gone", Segment: "glass", Contacts: []kam.Contact{in("board", asOf.AddDays(-1))}},
		kam.Account{ID: "none", Segment: "glass", Place: "Beijing", Contacts: []kam.Contact{in("plant", kam.Date{})}},
		kam.Account{ID: "nothing"},
		kam.Account{ID: "unnamed", Segment: "unknown", Place: "unknown", Contacts: []kam.Contact{in("unknown", kam.Date{})}},
	)
	finding := func(what kam.Evidence, targets, value string) kam.Finding {
		return kam.Finding{Evidence: what, Condition: "one of " + targets, Value: value}
	}
	unsaid := kam.Finding{Evidence: "strategic", Condition: "is yes", Value: "unknown"}
	for id, want := range map[string]kam.TestResult{
		"segment": {Test: kam.TestStrategic, Passed: kam.Yes, Evidence: []kam.Finding{
			unsaid, finding("segment", "pharma, steel", "pharma"), finding("department", "board", "unknown"), finding("place", "Wuhan", "Beijing"),
		}},
		"department": {Test: kam.TestStrategic, Passed: kam.Yes, Evidence: []kam.Finding{
			unsaid, finding("segment", "pharma, steel", "unknown"), finding("department", "board", "board, plant"), finding("place", "Wuhan", "unknown"),
		}},
		"none": {Test: kam.TestStrategic, Passed: kam.No, Evidence: []kam.Finding{
			unsaid, finding("segment", "pharma, steel", "glass"), finding("department", "board", "plant"), finding("place", "Wuhan", "Beijing"),
		}},
		// One of what is unknown may be a target.
		"gone": {Test: kam.TestStrategic, Passed: kam.VerdictUnknown, Evidence: []kam.Finding{
			unsaid, finding("segment", "pharma, steel", "glass"), finding("department", "board", "unknown"), finding("place", "Wuhan", "unknown"),
		}},
		"unnamed": {Test: kam.TestStrategic, Passed: kam.VerdictUnknown, Evidence: []kam.Finding{
			unsaid, finding("segment", "pharma, steel", "unknown"), finding("department", "board", "unknown"), finding("place", "Wuhan", "unknown"),
		}},
		"nothing": {Test: kam.TestStrategic, Passed: kam.VerdictUnknown, Evidence: []kam.Finding{
			unsaid, finding("segment", "pharma, steel", "unknown"), finding("department", "board", "unknown"), finding("place", "Wuhan", "unknown"),
		}},
	} {
		assert.Equal(t, want, member(t, p, id).Tests[4], id)
	}
}

// What is in force goes into the portfolio, and nothing else.
func TestMemberTakesWhatIsInForce(t *testing.T) {
	overrule := func(of, value string, until kam.Date) kam.Override {
		return kam.Override{Of: of, Value: value, By: "Ann", Why: "w", On: day(1, 1), Until: until}
	}
	_, p := portfolioOf(
		t, kam.Policy{Portfolio: kam.PortfolioRules{Pyramid: kam.PyramidRules{Capacity: 1}}},
		base("stage", "1 EUR", func(a *kam.Account) { a.Overrides = []kam.Override{overrule("stage", "good", day(12, 31))} }),
		base("expired", "1 EUR", func(a *kam.Account) { a.Overrides = []kam.Override{overrule("tier", "key", day(2, 1))} }),
		base("regular", "1 EUR", func(a *kam.Account) { a.Overrides = []kam.Override{overrule("tier", "regular", day(12, 31))} }),
		base("lost", "1 EUR", func(a *kam.Account) {
			a.Judgements, a.Overrides = verdicts("served"), []kam.Override{overrule("stage", "potential", day(12, 31))}
		}),
		base("best", "10 EUR", func(a *kam.Account) {
			keyable(a)
			a.Sales[0].DirectCost = money("7 EUR")
		}),
	)
	assert.Equal(t, []kam.Stage{kam.StageGood}, member(t, p, "stage").Stages, "no other is possible")
	assert.Equal(t, kam.Yes, passed(member(t, p, "stage"))[kam.TestRelationship])
	assert.Nil(t, member(t, p, "stage").Forced, "the stage forces no tier")
	assert.Nil(t, member(t, p, "expired").Forced)
	assert.Equal(t, []string{"regular"}, p.Pyramid.Forced)
	assert.Equal(t, kam.TierRegular, member(t, p, "regular").Tier)
	assert.Equal(t, kam.TierKey, member(t, p, "best").Tier, "the one place is not taken by a regular one")
	assert.Equal(t, kam.TierProspect, member(t, p, "lost").Tier, "a potential is a prospect, though it is served")
	assert.Equal(t, "10.00 EUR 3.00 EUR", member(t, p, "best").Revenue.String()+" "+member(t, p, "best").Margin.String())
}

func TestPortfolioOfOne(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	p, err := engine.Rank([]kam.Member{{Account: "a", Margin: money("1 EUR")}}, asOf)
	require.NoError(t, err)
	assert.Equal(t, "EUR", p.Currency, "the margin has one")
	assert.Nil(t, p.Indices, "no index is known")
	assert.Equal(t, "100", p.Pyramid.Tiers[1].Share.String())
	w, err := p.Without(func(kam.Member) bool { return false })
	require.NoError(t, err)
	assert.Equal(t, "0", w.MarginLoss.String(), "nothing is lost")
	_, err = kam.Compile(kam.Policy{Portfolio: kam.PortfolioRules{HourYield: money("-1 EUR")}})
	assert.Equal(t, []string{"/portfolio/hourYield range -1.00 EUR|>= 0"}, found(err))
}

// One margin that is known is not all of the margin: those that nobody knows may be as much as
// the revenue, and only a share that stands then passes.
func TestLossOfKnownMargins(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	for _, tt := range []struct {
		reason  string
		others  int
		revenue *kam.Money
		margin  *kam.Money // of the others
		want    kam.Verdict
		lost    string
	}{
		{"99 others have revenue and tell no margin", 99, money("100 EUR"), nil, kam.VerdictUnknown, "0.4024..100"},
		{"nine others: 40 of 940 is under the line too", 9, money("100 EUR"), nil, kam.VerdictUnknown, "4.2553..100"},
		{"seven others: 40 of 740 is not", 7, money("100 EUR"), nil, kam.Yes, "100"},
		{"margins that are known decide", 99, money("100 EUR"), money("40 EUR"), kam.No, "1"},
		{"what has no revenue has no margin", 99, money("0 EUR"), nil, kam.Yes, "100"},
		{"returns alone bring none", 99, money("-100 EUR"), nil, kam.Yes, "100"},
		{"nothing bounds what has no figures; it is left out, as of the revenue", 99, nil, nil, kam.Yes, "100"},
	} {
		members := []kam.Member{{Account: "a", Revenue: money("1 EUR"), Margin: money("40 EUR")}, {Account: "large", Revenue: money("99999 EUR"), Margin: money("0 EUR")}}
		for i := range tt.others {
			members = append(members, kam.Member{Account: fmt.Sprint(i), Revenue: tt.revenue, Margin: tt.margin})
		}
		p, err := engine.Rank(members, asOf)
		require.NoError(t, err)
		m := member(t, p, "a")
		assert.Equal(t, tt.want, passed(m)[kam.TestLoss], tt.reason)
		for _, x := range m.Tests[0].Evidence {
			if x.Evidence == "margin-lost" {
				assert.Equal(t, tt.lost, x.Value, tt.reason)
			}
		}
	}
}

// Amounts of a member are checked, the margin as well as the revenue; both may be below zero.
func TestAmountsOfAMember(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	_, err := engine.Rank([]kam.Member{{Account: "a", Revenue: money("1 EUX"), Margin: money("1 EUX")}}, asOf)
	assert.Equal(t, []string{"/members/0/revenue currency EUX|", "/members/0/margin currency EUX|"}, found(err))
	_, err = engine.Rank([]kam.Member{{Account: "a", Revenue: money("-1 EUR"), Margin: money("-2 EUR")}}, asOf)
	require.NoError(t, err)
}

// Who has no stages has no possible ones to show.
func TestRelationshipOfNoStages(t *testing.T) {
	p, err := compiled(t, kam.Policy{}).Rank([]kam.Member{{Account: "a"}}, asOf)
	require.NoError(t, err)
	for _, x := range p.Members[0].Tests {
		if x.Test == kam.TestRelationship {
			assert.Equal(t, []kam.Finding{{Evidence: "stage", Condition: "established", Value: "unknown"}}, x.Evidence)
		}
	}
}

// A portfolio may be the list of one manager: where an account says what we sell to all customers
// together, its share is of that, and the margin of those who are not listed is unknown.
func TestSharesOfAllOurRevenue(t *testing.T) {
	year := func(id, revenue, cost, ours string) kam.Account {
		a := kam.Account{ID: id, Sales: []kam.Period{{From: kam.NewDate(2025, 11, 1), To: kam.NewDate(2026, 10, 31), Revenue: money(revenue), DirectCost: money(cost)}}}
		if ours != "" {
			a.OurRevenue = money(ours)
		}
		return a
	}
	for name, tt := range map[string]struct {
		ours         string
		share        string
		id           kam.Evidence
		passed, loss kam.Verdict
		marginLost   string
	}{
		"not stated":                   {"", "20", "revenue-share", kam.Yes, kam.Yes, "20"},
		"the listed alone":             {"500 EUR", "20", "revenue-share", kam.Yes, kam.Yes, "20"},
		"less than listed":             {"400 EUR", "20", "revenue-share", kam.Yes, kam.Yes, "20"},
		"twice the listed":             {"1000 EUR", "10", "our-revenue-share", kam.Yes, kam.Yes, "20"},
		"a dollar more than listed":    {"501 EUR", "19.9601", "our-revenue-share", kam.Yes, kam.Yes, "20"},
		"on the line":                  {"2000 EUR", "5", "our-revenue-share", kam.Yes, kam.Yes, "2.3529..20"},
		"just below it":                {"2000.1 EUR", "4.9998", "our-revenue-share", kam.Yes, kam.VerdictUnknown, "2.3528..20"},
		"beyond what four places tell": {"1000000000000 EUR", "0", "our-revenue-share", kam.No, kam.VerdictUnknown, "0..20"},
		"a hundred times it":           {"50000 EUR", "0.2", "our-revenue-share", kam.No, kam.VerdictUnknown, "0.0805..20"},
	} {
		t.Run(name, func(t *testing.T) {
			_, p := portfolioOf(t, kam.Policy{}, year("a", "100 EUR", "60 EUR", tt.ours), year("b", "400 EUR", "240 EUR", ""))
			m, ok := p.Member("a")
			require.True(t, ok)
			assert.Equal(t, tt.loss, m.Tests[0].Passed)
			assert.Equal(t, tt.share, m.Tests[0].Evidence[0].Value)
			at := slices.IndexFunc(m.Tests[0].Evidence, func(f kam.Finding) bool { return f.Evidence == "margin-lost" })
			assert.Equal(t, tt.marginLost, m.Tests[0].Evidence[at].Value)
			assert.Equal(t, tt.id == "revenue-share", len(m.Tests[0].Evidence) == 4, "what would be left of a part is not known")
			assert.Equal(t, tt.passed, m.Tests[1].Passed)
			assert.Equal(t, []kam.Finding{{Evidence: tt.id, Condition: ">= 2", Value: tt.share}}, m.Tests[1].Evidence)
		})
	}
	_, p := portfolioOf(t, kam.Policy{}, year("a", "4 EUR", "2 EUR", "1000 EUR"), year("b", "96 EUR", "48 EUR", ""))
	m, _ := p.Member("a")
	assert.Equal(t, kam.No, m.Tests[0].Passed, "4 % of the listed margin is less of all of it")
	_, p = portfolioOf(t, kam.Policy{}, year("a", "100 EUR", "10 EUR", "50000000 EUR"), year("b", "400 EUR", "240 EUR", ""))
	m, _ = p.Member("a")
	assert.Contains(t, m.Tests[0].Evidence, kam.Finding{Evidence: "margin-lost", Condition: ">= 5", Value: "0.0001..36"}, "of 0.0002 %, rounded, all may be 66,666,667 EUR")
}
