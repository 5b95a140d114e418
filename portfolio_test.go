package kam_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/cmd/kam/northwind"
)

func numbers(ns ...int) []*kam.Number {
	var out []*kam.Number
	for _, n := range ns {
		out = append(out, new(kam.Int(n)))
	}
	return out
}

// Published worked examples; their sources stand beside them.
func TestConcentrationVectors(t *testing.T) {
	// https://3g.network/knowledgebase/how-is-hhi-calculated
	assert.Equal(t, "2600", kam.Concentrate(numbers(30, 30, 20, 20), kam.ABCRules{}).HHI.String())
	// collegedunia.com, an industry with six firms
	assert.Equal(t, "1950", kam.Concentrate(numbers(30, 20, 15, 15, 10, 10), kam.ABCRules{}).HHI.String())
	// https://pypi.org/project/abc-classification/0.0.7/: the class sums.
	values := []int{27000, 24000, 18000, 16000, 6000, 5000, 4000}
	c := kam.Concentrate(numbers(values...), kam.ABCRules{A: kam.Int(70), B: kam.Int(90)})
	sums := map[kam.Class]int{}
	for i, class := range c.Classes {
		sums[class] += values[i]
	}
	assert.Equal(t, map[kam.Class]int{kam.ClassA: 69000, kam.ClassB: 16000, kam.ClassC: 15000}, sums)
}

func TestConcentrationByHand(t *testing.T) {
	c := kam.Concentrate(append(numbers(0, 10, -5, 30, 60), nil), kam.ABCRules{})
	assert.Equal(t, 3, c.Accounts)
	assert.Equal(t, 3, c.Excluded, "zero, negative and unknown are no shares")
	assert.Equal(t, "60", c.Top1.String())
	assert.Equal(t, "100", c.Top3.String())
	assert.Equal(t, "100", c.Top10.String())
	assert.Equal(t, "60", c.TopTenth.String(), "a tenth of three is one, rounded up")
	assert.Equal(t, "4600", c.HHI.String(), "3600 + 900 + 100")
	assert.Equal(t, "0.3333", c.Gini.String(), "2·(10+60+180)/(3·100) − 4/3")
	assert.Equal(t, []kam.Class{kam.ClassNone, kam.ClassC, kam.ClassNone, kam.ClassB, kam.ClassA, kam.ClassNone}, c.Classes)

	equal := kam.Concentrate(numbers(7, 7, 7, 7), kam.ABCRules{})
	assert.Equal(t, "0", equal.Gini.String())
	assert.Equal(t, "2500", equal.HHI.String())
	one := kam.Concentrate(numbers(7), kam.ABCRules{})
	assert.Equal(t, "10000", one.HHI.String())
	assert.Equal(t, "0", one.Gini.String())
	assert.Equal(t, kam.Concentration{Classes: []kam.Class{}}, kam.Concentrate(nil, kam.ABCRules{}))
}

func TestQuartiles(t *testing.T) {
	q, ok := kam.QuartilesOf(append(numbers(1, 2, 3, 4), nil))
	require.True(t, ok)
	assert.Equal(t, "1.75 2.5 3.25", fmt.Sprint(q.Q1, " ", q.Q2, " ", q.Q3))
	_, ok = kam.QuartilesOf([]*kam.Number{nil})
	assert.False(t, ok)
}

// base is an account with one year of sales.
func base(id, revenue string, more func(*kam.Account)) kam.Account {
	a := kam.Account{ID: id, Sales: []kam.Period{{
		From: kam.NewDate(2025, 11, 1), To: kam.NewDate(2026, 10, 31), Revenue: money(revenue),
	}}}
	if more != nil {
		more(&a)
	}
	return a
}

// keyable makes an account pass the tests of relationship and potential.
func keyable(a *kam.Account) {
	potential := kam.Answers{}
	for _, f := range kam.PotentialScorecard().Factors {
		for _, q := range f.Questions {
			potential[q.ID] = kam.Rated(kam.Int(7))
			if q.LowerIsBetter {
				potential[q.ID] = kam.Rated(kam.Int(3))
			}
		}
	}
	a.Answers = map[string]kam.Answers{"strength": allStrength(8), "potential": potential}
	a.Judgements = verdicts("served", "!need-ended", "!not-worth-serving", "!once-firm", "!rival-stronger", "!full-share", "other-units")
}

func portfolioOf(t testing.TB, policy kam.Policy, accounts ...kam.Account) (*kam.Engine, *kam.Portfolio) {
	t.Helper()
	engine, err := kam.Compile(policy)
	require.NoError(t, err)
	p, err := engine.Portfolio(func(yield func(kam.Account, error) bool) {
		for _, a := range accounts {
			if !yield(a, nil) {
				return
			}
		}
	}, asOf)
	require.NoError(t, err)
	return engine, p
}

func member(t *testing.T, p *kam.Portfolio, id string) kam.Member {
	t.Helper()
	i := slices.IndexFunc(p.Members, func(m kam.Member) bool { return m.Account == id })
	require.GreaterOrEqual(t, i, 0, id)
	return p.Members[i]
}

func passed(m kam.Member) map[kam.TestID]kam.Verdict {
	out := map[kam.TestID]kam.Verdict{}
	for _, r := range m.Tests {
		out[r.Test] = r.Passed
	}
	return out
}

func TestKeyAccounts(t *testing.T) {
	policy := kam.Policy{Portfolio: kam.PortfolioRules{
		Key:     kam.KeyRules{Segments: []string{"pharma"}, Places: []string{"Wuhan"}, Departments: []string{"board"}},
		Pyramid: kam.PyramidRules{Capacity: 2},
	}}
	_, p := portfolioOf(
		t, policy,
		base("big", "900 EUR", keyable),
		base("mid", "60 EUR", keyable),
		base("small", "10 EUR", func(a *kam.Account) { keyable(a); a.Segment = "steel" }),
		base("target", "10 EUR", func(a *kam.Account) { keyable(a); a.Segment = "pharma" }),
		base("placed", "10 EUR", func(a *kam.Account) {
			keyable(a)
			a.Place = "Wuhan"
			a.Judgements["strategic"] = kam.Judgement{Verdict: kam.No}
		}),
		base("weak", "10 EUR", func(a *kam.Account) {
			keyable(a)
			a.Answers["strength"], a.Judgements = allStrength(2), verdicts("served", "!need-ended", "!not-worth-serving", "!once-firm", "!rival-stronger")
			a.Tier = kam.TierKey
		}),
		kam.Account{ID: "dark"},
		kam.Account{ID: "lead", Judgements: verdicts("!served")},
		base("friend", "0 EUR", func(a *kam.Account) {
			a.Judgements = verdicts("served")
			a.Overrides = []kam.Override{{Of: "tier", Value: "key", By: "Ann", Why: "the owner's friend", On: day(1, 1), Until: day(12, 31)}}
		}),
	)
	assert.Equal(t, "1000.00 EUR", p.Revenue.Known.String())
	assert.Equal(t, 2, p.Revenue.Unknown)
	y, n, u := kam.Yes, kam.No, kam.VerdictUnknown
	for id, want := range map[string][]kam.Verdict{ // loss, share, relationship, potential, strategic
		"big":    {y, y, y, y, u},
		"mid":    {y, y, y, y, u},
		"small":  {u, n, y, y, u}, // the margin might still be a loss, and the place a target
		"target": {u, n, y, y, y},
		"placed": {u, n, y, y, n}, // people's word goes first
		"weak":   {u, n, n, y, u},
		"dark":   {u, u, u, u, u},
		"lead":   {u, u, n, u, u},
	} {
		got := passed(member(t, p, id))
		for i, test := range []kam.TestID{kam.TestLoss, kam.TestRevenueShare, kam.TestRelationship, kam.TestPotential, kam.TestStrategic} {
			assert.Equal(t, want[i], got[test], "%s %s", id, test)
		}
	}
	for id, want := range map[string]kam.Verdict{"big": y, "mid": y, "target": y, "small": u, "placed": u, "weak": n, "dark": u, "lead": n} {
		assert.Equal(t, want, member(t, p, id).Key, id)
	}
	loss := member(t, p, "big").Tests[0].Evidence
	assert.Equal(t, []string{"90", "100.00 EUR"}, []string{loss[0].Value, loss[1].Value}, "in percent and in money")

	assert.Equal(t, 2, p.Pyramid.Places)
	assert.Equal(t, kam.TierKey, member(t, p, "friend").Tier, "an override takes a place")
	assert.Equal(t, "the owner's friend", member(t, p, "friend").Forced.Why, "and keeps its reason")
	assert.Equal(t, []string{"friend"}, p.Pyramid.Forced)
	assert.Equal(t, kam.TierKey, member(t, p, "big").Tier)
	assert.Equal(t, []string{"mid", "target"}, p.Pyramid.Beyond, "they pass, and there is no place")
	assert.Equal(t, []string{"weak"}, p.Pyramid.Lapsed)
	assert.Equal(t, kam.TierProspect, member(t, p, "lead").Tier)
	assert.Subset(t, p.Pyramid.Undecided, []string{"dark", "small", "placed"})
	sum := kam.Int(0).Decimal()
	for _, tier := range p.Pyramid.Tiers {
		sum = sum.Add(tier.Share.Decimal())
	}
	assert.Equal(t, "100", sum.String())
}

func TestSelectionIndex(t *testing.T) {
	_, p := portfolioOf(
		t, kam.Policy{},
		base("known", "10 EUR", func(a *kam.Account) {
			keyable(a)
			a.Answers["selection"] = kam.Answers{}
			for _, f := range kam.SelectionScorecard().Factors {
				for _, q := range f.Questions {
					a.Answers["selection"][q.ID] = kam.Rated(kam.Int(5))
				}
			}
		}),
		base("partly", "10 EUR", keyable),
		kam.Account{ID: "dark"},
	)
	// 40 % of 50, 30 % of 70, 30 % of the 90 of a good relationship.
	m := member(t, p, "known")
	assert.Equal(t, "68", m.Index.Points.String())
	assert.Equal(t, kam.Range{Worst: kam.Int(68), Best: kam.Int(68)}, m.Index.Range)
	m = member(t, p, "partly")
	assert.Nil(t, m.Index.Points, "the attractiveness is not known")
	assert.Equal(t, kam.Range{Worst: kam.Int(48), Best: kam.Int(88)}, m.Index.Range)
	m = member(t, p, "dark")
	assert.Equal(t, kam.Range{Worst: kam.Int(0), Best: kam.Int(100)}, m.Index.Range)
	var ranks []string
	for _, m := range p.Members {
		ranks = append(ranks, fmt.Sprint(m.Account, " ", m.Rank, " ", m.RankBest, "-", m.RankWorst))
	}
	assert.Equal(t, []string{"known 1 1-3", "partly 2 1-3", "dark 3 1-3"}, ranks)
}

// The ranks that are possible, found by trying: every index anywhere in its
// range.
func TestRankRanges(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2))
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	for range 300 {
		n := 1 + r.IntN(7)
		var members []kam.Member
		for i := range n {
			lo := r.IntN(5) * 20
			hi := min(100, lo+r.IntN(3)*20)
			m := kam.Member{Account: fmt.Sprint(i), Stage: kam.StageGood, Stages: []kam.Stage{kam.StageGood}}
			for _, s := range []*kam.Score{&m.Selection, &m.Potential} {
				s.Range = kam.Range{Worst: kam.Int(lo), Best: kam.Int(hi)}
				if lo == hi {
					s.Points = new(kam.Int(lo))
				}
			}
			members = append(members, m)
		}
		p, err := engine.Rank(members, asOf)
		require.NoError(t, err)
		for i, m := range p.Members {
			best, worst := 1, 1
			for j, o := range p.Members {
				if i == j {
					continue
				}
				above := o.Index.Range.Worst.Cmp(m.Index.Range.Best)
				below := o.Index.Range.Best.Cmp(m.Index.Range.Worst)
				both := o.Index.Points != nil && m.Index.Points != nil
				if above > 0 || both && above == 0 && j < i {
					best++
				}
				if below > 0 || below == 0 && !(both && j > i) {
					worst++
				}
			}
			require.Equal(t, []int{i + 1, best, worst}, []int{m.Rank, m.RankBest, m.RankWorst}, "%+v", p.Members)
		}
	}
}

func TestOddPortfolios(t *testing.T) {
	rules := kam.TimeRules{}
	for name, accounts := range map[string][]kam.Account{
		"empty":         nil,
		"one":           {base("a", "1 EUR", keyable)},
		"all equal":     {base("a", "1 EUR", nil), base("b", "1 EUR", nil), base("c", "1 EUR", nil)},
		"all unknown":   {{ID: "a"}, {ID: "b"}},
		"all prospects": {{ID: "a", Judgements: verdicts("!served")}, {ID: "b", Judgements: verdicts("!served")}},
		"more returned": {base("a", "-5 EUR", nil), base("b", "-7 EUR", nil)},
		"nets to zero":  {base("a", "-5 EUR", nil), base("b", "5 EUR", nil)},
	} {
		t.Run(name, func(t *testing.T) {
			engine, p := portfolioOf(t, kam.Policy{}, accounts...)
			assert.Len(t, p.Members, len(accounts))
			_, err := json.Marshal(p)
			require.NoError(t, err)
			plan, err := engine.PlanTime(p, kam.Int(100), rules, nil)
			if len(accounts) > 0 {
				require.NoError(t, err)
				sum := kam.Int(0).Decimal()
				for _, a := range plan.Accounts {
					sum = sum.Add(a.Hours.Decimal())
				}
				assert.Equal(t, "100", sum.String())
			} else {
				require.ErrorIs(t, err, kam.CodeMissing, "there is nobody to have them")
			}
			_, err = p.Without(func(kam.Member) bool { return true })
			require.NoError(t, err)
		})
	}
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	_, err = engine.Rank([]kam.Member{{Account: "a"}, {Account: "a"}}, asOf)
	require.ErrorIs(t, err, kam.CodeDuplicate)
	_, err = engine.Rank([]kam.Member{{Account: "a", Revenue: money("1 EUR")}, {Account: "b", Revenue: money("1 USD")}}, asOf)
	require.ErrorIs(t, err, kam.CodeCurrencyMix)
	p, err := engine.Portfolio(func(yield func(kam.Account, error) bool) {
		_ = yield(kam.Account{}, nil) && yield(kam.Account{ID: "good"}, nil) && yield(kam.Account{}, os.ErrClosed)
	}, asOf)
	require.ErrorIs(t, err, kam.CodeMissing)
	require.ErrorIs(t, err, os.ErrClosed)
	assert.Len(t, p.Members, 1, "what was good is kept")
}

func TestWithout(t *testing.T) {
	in := func(owner string) func(*kam.Account) { return func(a *kam.Account) { a.Owner = owner } }
	_, p := portfolioOf(t, kam.Policy{}, base("a", "60 JPY", in("Ann")), base("b", "30 JPY", in("Bob")), base("c", "10 JPY", in("Ann")), kam.Account{ID: "d", Owner: "Cy"})
	w, err := p.Without(func(m kam.Member) bool { return m.Owner == "Ann" })
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{"a", "c"}, w.Without)
	assert.Equal(t, "30 JPY", w.Revenue.Known.String())
	assert.Equal(t, "70", w.RevenueLoss.String())
	assert.Nil(t, w.MarginLoss, "no margin is known")
	assert.Equal(t, "10000", w.Concentration.HHI.String())
	w, err = p.Without(func(m kam.Member) bool { return m.Owner == "Cy" })
	require.NoError(t, err)
	assert.Nil(t, w.RevenueLoss, "what it brings is not known")
	w, err = p.Without(func(m kam.Member) bool { return m.Owner != "Bob" })
	require.NoError(t, err)
	assert.Nil(t, w.RevenueLoss, "70 percent and more: of d it is not known")
	assert.Equal(t, kam.Total{Known: *money("70 JPY"), Accounts: 2, Unknown: 1}, w.RevenueLost)
	assert.Equal(t, kam.Total{Known: *money("30 JPY"), Accounts: 1}, w.Revenue)
	assert.Equal(t, kam.Total{Unknown: 3}, w.MarginLost)
}

// In a portfolio made by hand an account counts once, in the currency of the whole.
func TestPortfoliosByHandAreHeldTogether(t *testing.T) {
	for want, p := range map[string]kam.Portfolio{
		"/members/1/account duplicate a|":              {Members: []kam.Member{{Account: "a"}, {Account: "a"}}},
		"/members/0/revenue currency-mix 1.00 EUR|USD": {Members: []kam.Member{{Account: "a", Revenue: money("1 EUR")}}, Revenue: kam.Total{Known: *money("1000 USD"), Accounts: 1}},
		"/margin currency-mix 1.00 EUR|USD":            {Margin: kam.Total{Known: *money("1 EUR")}, Revenue: kam.Total{Known: *money("1000 USD"), Accounts: 1}},
	} {
		_, err := p.Without(func(kam.Member) bool { return true })
		assert.Equal(t, []string{want}, found(err))
		_, err = p.Groups()
		assert.Equal(t, []string{want}, found(err))
	}
	for _, amounts := range [][2]string{{"5", "5 EUR"}, {"5 EUR", "5"}} {
		mixed := kam.Portfolio{Members: []kam.Member{{Account: "a", Revenue: money(amounts[0])}, {Account: "b", Revenue: money(amounts[1])}}}
		_, err := mixed.Without(func(m kam.Member) bool { return m.Account == "a" })
		require.ErrorIs(t, err, kam.CodeCurrencyMix, "in whatever order")
	}
	most := money("99999999999999.9999 EUR")
	huge := kam.Portfolio{Members: []kam.Member{{Account: "a", Revenue: most}, {Account: "b", Revenue: most}}}
	for range 17 {
		huge.Members = append(huge.Members, kam.Member{Account: fmt.Sprint("c", len(huge.Members)), Revenue: most})
	}
	_, err := huge.Without(func(kam.Member) bool { return false })
	require.ErrorIs(t, err, kam.CodeMoney)
	assert.Equal(t, "/members/1/revenue", kam.ViolationsOf(err)[0].Pointer, "which has no room for the sum's places")
}

// What an assessment says that was put together by hand is not believed.
func TestNewMemberRefusesFigures(t *testing.T) {
	bad := kam.Dec(math.MaxInt64, 0)
	of := func(n kam.Number, currency string) kam.Assessment {
		return kam.Assessment{Account: "a", Signals: kam.Signals{Currency: currency, Readings: []kam.Reading{{Signal: kam.SignalRevenue, Value: &n}}}}
	}
	for want, a := range map[string]kam.Assessment{
		"/revenue number invalid|": of(bad, "EUR"), "/currency currency E|": of(kam.Int(5), "E"), "/currency currency eur\\|x|": of(kam.Int(5), "eur\\|x"),
	} {
		_, err := kam.NewMember(kam.Account{ID: "a"}, a)
		assert.Equal(t, []string{want}, found(err))
	}
}

// The classes of what is left are those of the policy, also of a portfolio that was kept as
// JSON.
func TestWithoutKeepsTheRules(t *testing.T) {
	policy := kam.Policy{Portfolio: kam.PortfolioRules{ABC: kam.ABCRules{A: kam.Int(50), B: kam.Int(90)}}}
	_, p := portfolioOf(t, policy, base("a", "60 EUR", nil), base("b", "59 EUR", nil), base("c", "60 EUR", nil))
	data, err := json.Marshal(p)
	require.NoError(t, err)
	var kept kam.Portfolio
	require.NoError(t, json.Unmarshal(data, &kept))
	for what, p := range map[string]*kam.Portfolio{"computed": p, "kept": &kept} {
		w, err := p.Without(func(m kam.Member) bool { return m.Account == "c" })
		require.NoError(t, err)
		assert.Equal(t, []kam.Class{kam.ClassA, kam.ClassC}, w.Concentration.Classes, what)
	}
}

// What a member's JSON leaves out is unknown when it is read back, and no zero.
func TestMembersReadBack(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	p, err := engine.Portfolio(northwind.Accounts(), northwind.AsOf)
	require.NoError(t, err)
	data, err := json.Marshal(p.Members)
	require.NoError(t, err)
	var members []kam.Member
	require.NoError(t, json.Unmarshal(data, &members))
	again, err := engine.Rank(members, northwind.AsOf)
	require.NoError(t, err)
	for _, m := range again.Members {
		for _, s := range []kam.Score{m.Selection, m.Potential} {
			assert.Equal(t, kam.Range{Worst: kam.Int(0), Best: kam.Int(100)}, s.Range)
		}
		assert.Equal(t, kam.VerdictUnknown, passed(m)[kam.TestPotential], "nobody knows")
		assert.Equal(t, kam.VerdictUnknown, passed(m)[kam.TestRelationship])
		assert.Nil(t, m.Index.Points)
	}
}

// What is ranked has its class by revenue, and all together the quartiles of their indices.
func TestRankCompares(t *testing.T) {
	of := func(id, revenue string, points int) kam.Member {
		score := kam.Score{Points: new(kam.Int(points)), Range: kam.Range{Worst: kam.Int(points), Best: kam.Int(points)}}
		return kam.Member{Account: id, Revenue: money(revenue), Selection: score, Potential: score, Stage: kam.StageGood, Stages: []kam.Stage{kam.StageGood}}
	}
	p, err := compiled(t, kam.Policy{}).Rank([]kam.Member{of("a", "80 EUR", 100), of("b", "15 EUR", 50), of("c", "5 EUR", 0)}, asOf)
	require.NoError(t, err)
	for id, want := range map[string]kam.Class{"a": kam.ClassA, "b": kam.ClassB, "c": kam.ClassC} {
		assert.Equal(t, want, member(t, p, id).Class, id)
	}
	assert.Equal(t, kam.Range{}, member(t, p, "c").Selection.Range, "0 points are known")
	// 40 and 30 % of the points, 30 % of the 90 of a good relationship: 97, 62 and 27.
	assert.Equal(t, &kam.Quartiles{Q1: kam.Dec(445, 1), Q2: kam.Int(62), Q3: kam.Dec(795, 1)}, p.Indices)
}

func TestRankRefuses(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	forced := func(tier string) kam.Member {
		return kam.Member{Account: "b", Tier: kam.TierKey, Forced: &kam.Overruling{Override: kam.Override{Of: "tier", Value: tier}}}
	}
	for _, tt := range []struct {
		reason  string
		members []kam.Member
		want    kam.Code
		text    string
	}{
		{"no tier", []kam.Member{{Account: "a"}, forced("")}, kam.CodeEnum, `kam: rank accounts: /members/1/override/value: `},
		{"unknown is none", []kam.Member{{Account: "a"}, forced("unknown")}, kam.CodeEnum, ": unknown; expected key, regular, prospect"},
		{"gold is none", []kam.Member{{Account: "a"}, forced("gold")}, kam.CodeEnum, ": gold; expected key, regular, prospect"},
		{"revenue and margin in two currencies", []kam.Member{{Account: "a", Revenue: money("5 EUR")}, {Account: "b", Margin: money("3 USD")}}, kam.CodeCurrencyMix, "/members/1/margin: two currencies meet without a rate: 3.00 USD; expected EUR"},
		{"and of one account", []kam.Member{{Account: "a", Revenue: money("5 EUR"), Margin: money("3 USD")}}, kam.CodeCurrencyMix, "/members/0/margin: two currencies meet without a rate: 3.00 USD; expected EUR"},
		{"a margin in none", []kam.Member{{Account: "a", Revenue: money("5 EUR")}, {Account: "b", Margin: money("0")}, {Account: "c", Margin: money("-5")}}, kam.CodeCurrencyMix, "/members/2/margin: two currencies meet without a rate: -5; expected EUR"},
		{"a currency that there is not", []kam.Member{{Account: "a", Revenue: money("5 XYZ")}}, kam.CodeCurrency, "/members/0/revenue: "},
	} {
		_, err := engine.Rank(tt.members, asOf)
		require.ErrorIs(t, err, tt.want, tt.reason)
		assert.ErrorContains(t, err, tt.text, tt.reason)
	}
	odd := kam.Member{
		Account: "a", Stage: 9, Stages: []kam.Stage{kam.StageGood, 8}, Cell: 7, Strategic: 3, Recorded: 4,
		Selection: kam.Score{Points: new(kam.Int(101)), Range: kam.Range{Worst: kam.Int(60), Best: kam.Int(40)}},
		Potential: kam.Score{Points: new(kam.Int(-1)), Range: kam.Range{Worst: kam.Dec(-1, 4), Best: kam.Dec(1_000_001, 4)}},
	}
	_, err := engine.Rank([]kam.Member{{}, odd, {Account: "a"}}, kam.Date{})
	assert.Equal(t, []string{
		"/asOf date |", "/members/0/account missing |",
		"/members/1/selection/points range 101|0..100", "/members/1/selection/range range 60..40|worst <= best",
		"/members/1/potential/points range -1|0..100", "/members/1/potential/range/worst range -0.0001|0..100", "/members/1/potential/range/best range 100.0001|0..100",
		"/members/1/stage enum Stage(9)|unknown, potential, developing, good, strong, limited-share, defensive, declining",
		"/members/1/stages/1 enum Stage(8)|unknown, potential, developing, good, strong, limited-share, defensive, declining",
		"/members/1/cell enum Cell(7)|unknown, target, key, low-profile, maintain", "/members/1/strategic enum Verdict(3)|unknown, yes, no",
		"/members/1/recorded enum Tier(4)|unknown, key, regular, prospect", "/members/2/account duplicate a|",
	}, found(err))
	_, err = engine.Rank([]kam.Member{{Account: "a", Revenue: money("5 EUR"), Margin: money("1 EUR")}, {Account: "b", Revenue: money("3 USD")}, {Account: "c", Margin: money("3 USD")}}, asOf)
	assert.Equal(t, []string{"/members/1/revenue currency-mix 3.00 USD|EUR", "/members/2/margin currency-mix 3.00 USD|EUR"}, found(err))
	_, err = (&kam.Portfolio{Members: []kam.Member{{Account: "a", Revenue: money("5 EUR")}, {Account: "b", Revenue: money("0")}, {Account: "c", Revenue: money("3 USD")}}}).Groups()
	assert.Equal(t, []string{"/members/2/revenue currency-mix 3.00 USD|EUR"}, found(err), "nothing in no currency between the two changes nothing")
	points := func(p, worst, best int) kam.Score {
		return kam.Score{Points: new(kam.Int(p)), Range: kam.Range{Worst: kam.Int(worst), Best: kam.Int(best)}}
	}
	_, err = engine.Rank([]kam.Member{{Account: "a", Stage: 8, Stages: []kam.Stage{kam.StageGood}, Selection: points(50, 60, 70), Potential: points(71, 60, 70)}, {Account: "b", Selection: points(60, 60, 70), Potential: points(70, 60, 70)}}, asOf)
	assert.Equal(t, []string{
		"/members/0/selection/points range 50|60..70", "/members/0/potential/points range 71|60..70",
		"/members/0/stage enum Stage(8)|unknown, potential, developing, good, strong, limited-share, defensive, declining",
	}, found(err))
	whole := kam.Score{Points: new(kam.Int(100)), Range: kam.Range{Worst: kam.Int(0), Best: kam.Int(100)}}
	_, err = engine.Rank([]kam.Member{{Account: "a", Selection: whole, Potential: whole, Stage: kam.StageDeclining, Stages: kam.Stages(), Recorded: kam.TierProspect, Strategic: kam.No}}, asOf)
	require.NoError(t, err, "the ends of what can be")
	p, err := engine.Rank([]kam.Member{{Account: "a"}, forced("regular")}, asOf)
	require.NoError(t, err)
	assert.Equal(t, kam.TierRegular, member(t, p, "b").Tier)
	_, err = engine.PlanTime(p, kam.Int(1), kam.TimeRules{Max: new(kam.Int(-1))}, nil)
	assert.ErrorContains(t, err, "/max: the value is out of range: -1; expected >= 0")
}

// What no assessment gives is refused, and what is not told is not zero.
func TestRankOfMembersByHand(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	_, err := engine.Rank([]kam.Member{
		{Account: "a", Stage: kam.StagePotential, Stages: []kam.Stage{kam.StageStrong}},
		{Account: "b", Forced: &kam.Overruling{Override: kam.Override{Of: "tier", Value: "key"}, State: kam.OverrideExpired}},
		{Account: "c", Forced: &kam.Overruling{Override: kam.Override{Of: "tier", Value: "key"}, State: kam.OverrideSuperseded}},
	}, asOf)
	assert.Equal(t, []string{
		"/members/0/stage unknown potential|strong",
		"/members/1/override/state enum expired|in-force", "/members/2/override/state enum superseded|in-force",
	}, found(err))
	_, err = engine.Rank([]kam.Member{{Account: "a", Revenue: money("10")}, {Account: "b", Margin: money("5 EUR")}}, asOf)
	require.ErrorIs(t, err, kam.CodeCurrencyMix, "an amount in no currency is not one in euros")

	p, err := engine.Rank([]kam.Member{{
		Account: "a", Selection: kam.Score{Points: new(kam.Int(80))}, Potential: kam.Score{Scorecard: "potential"},
		Stage: kam.StageStrong, Stages: []kam.Stage{kam.StageStrong},
	}}, asOf)
	require.NoError(t, err)
	m := p.Members[0]
	assert.Equal(t, kam.VerdictUnknown, passed(m)[kam.TestPotential], "no points are not 0 points")
	assert.Nil(t, m.Index.Points)
	assert.Equal(t, "30..100", m.Index.Range.Worst.String()+".."+m.Index.Range.Best.String(), "3 tenths are known")
}

// A portfolio goes by the points in force.
func TestPortfolioOfPointsInForce(t *testing.T) {
	a := acme
	for _, of := range []string{"potential", "selection"} {
		a.Overrides = append(a.Overrides, kam.Override{Of: of, Value: "90", By: "Ann", Why: "talks", On: day(1, 1), Until: day(12, 31)})
	}
	engine, p := portfolioOf(t, kam.Policy{}, a)
	assert.Equal(t, kam.Yes, passed(p.Members[0])[kam.TestPotential])
	assert.Equal(t, "90", p.Members[0].Potential.Points.String())
	got, err := engine.Assess(a, asOf)
	require.NoError(t, err)
	assert.Nil(t, got.Potential.Points, "what was computed stays beside it")
	_, err = kam.NewMember(kam.Account{ID: "other"}, got)
	assert.Equal(t, []string{"/account unknown acme|other"}, found(err))
	var bad *kam.AccountError
	require.ErrorAs(t, err, &bad)
	assert.Equal(t, "other", bad.Account)
}

// A contact of a department that nobody told may be of the one that is a target.
func TestStrategicByAnUnknownDepartment(t *testing.T) {
	policy := kam.Policy{Portfolio: kam.PortfolioRules{Key: kam.KeyRules{Departments: []string{"R&D"}}}}
	for _, x := range []struct {
		departments []string
		want        kam.Verdict
	}{{[]string{"buying", "sales"}, kam.No}, {[]string{"buying", ""}, kam.VerdictUnknown}, {[]string{"", "R&D"}, kam.Yes}, {[]string{""}, kam.VerdictUnknown}} {
		a := kam.Account{ID: "a"}
		for i, d := range x.departments {
			a.Contacts = append(a.Contacts, kam.Contact{ID: fmt.Sprint(i), Department: d})
		}
		_, p := portfolioOf(t, policy, a)
		assert.Equal(t, x.want, passed(p.Members[0])[kam.TestStrategic], x.departments)
	}
}

// An account that comes twice is told, and the others are ranked.
func TestPortfolioOfAnAccountTwice(t *testing.T) {
	rows := func(yield func(kam.Account, error) bool) {
		for _, id := range []string{"a", "b", "a", "c", "a"} {
			if !yield(kam.Account{ID: id}, nil) {
				return
			}
		}
	}
	p, err := compiled(t, kam.Policy{}).Portfolio(rows, asOf)
	require.ErrorIs(t, err, kam.CodeDuplicate)
	assert.Equal(t, 2, strings.Count(err.Error(), `account "a"`))
	require.Len(t, p.Members, 3)
}

// A member is its own: an Assessor that writes over its assessment changes nothing.
func TestMembersOfAnAssessor(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	assessor := engine.Assessor()
	var members []kam.Member
	for a, err := range northwind.Accounts() {
		require.NoError(t, err)
		if a.ID == "SAVEA" {
			a.Overrides = []kam.Override{{Of: "tier", Value: "regular", By: "Ann", Why: "x", On: northwind.AsOf, Until: northwind.AsOf}}
		}
		out, err := assessor.Assess(&a, northwind.AsOf)
		require.NoError(t, err)
		m, err := kam.NewMember(a, *out)
		require.NoError(t, err)
		members = append(members, m)
	}
	got, err := engine.Rank(members, northwind.AsOf)
	require.NoError(t, err)
	want, err := engine.Portfolio(func(yield func(kam.Account, error) bool) {
		for a, err := range northwind.Accounts() {
			if a.ID == "SAVEA" {
				a.Overrides = []kam.Override{{Of: "tier", Value: "regular", By: "Ann", Why: "x", On: northwind.AsOf, Until: northwind.AsOf}}
			}
			if !yield(a, err) {
				return
			}
		}
	}, northwind.AsOf)
	require.NoError(t, err)
	require.NotNil(t, member(t, want, "SAVEA").Forced)
	assert.Equal(t, want, got)
}

// What people judge of an account counts in a portfolio as anywhere else: not what is of
// a later day, nor what is too old.
func TestStrategicJudgementsAreOfTheDay(t *testing.T) {
	for _, tt := range []struct {
		reason string
		on     kam.Date
		want   kam.Verdict
	}{
		{"without a day it is too old where an age is asked for", kam.Date{}, kam.VerdictUnknown},
		{"of the day", asOf, kam.Yes},
		{"as old as it may be", asOf.AddDays(-30), kam.Yes},
		{"a day older", asOf.AddDays(-31), kam.VerdictUnknown},
		{"of the next day", asOf.AddDays(1), kam.VerdictUnknown},
	} {
		a := kam.Account{ID: "a", Judgements: map[kam.Evidence]kam.Judgement{"strategic": {Verdict: kam.Yes, On: tt.on}}}
		out, err := compiled(t, kam.Policy{AnswerMaxAge: 30}).Assess(a, asOf)
		require.NoError(t, err)
		assert.Equal(t, tt.want, out.Strategic, tt.reason)
		m, err := kam.NewMember(a, out)
		require.NoError(t, err)
		assert.Equal(t, tt.want, m.Strategic, tt.reason)
	}
}

// Actual hours of what is no member are not lost.
func TestPlanTimeOfOthers(t *testing.T) {
	p := &kam.Portfolio{Members: []kam.Member{{Account: "a", Tier: kam.TierKey}}}
	plan, err := compiled(t, kam.Policy{}).PlanTime(p, kam.Int(10), kam.TimeRules{}, map[string]kam.Number{"b": kam.Int(2), "a": kam.Int(3), "A": kam.Int(4)})
	require.NoError(t, err)
	assert.Equal(t, []string{"A", "b"}, plan.Others)
	assert.Equal(t, kam.Int(3), *plan.Tiers[0].Actual)
}

func TestPlanTime(t *testing.T) {
	var accounts []kam.Account
	for i := range 20 {
		accounts = append(accounts, base(fmt.Sprintf("a%02d", i), fmt.Sprint(100-i, " EUR"), func(a *kam.Account) {
			if i < 2 {
				keyable(a)
			}
		}))
	}
	engine, p := portfolioOf(t, kam.Policy{}, accounts...)
	r := rand.New(rand.NewPCG(8, 8))
	for range 500 {
		steps := r.IntN(4000)
		rules := kam.TimeRules{ByIndex: r.IntN(2) == 0}
		if r.IntN(2) == 0 {
			rules.Min = new(kam.Dec(int64(r.IntN(8))*25, 2))
		}
		if r.IntN(2) == 0 {
			rules.Max = new(kam.Dec(int64(r.IntN(2000))*25, 2))
		}
		plan, err := engine.PlanTime(p, kam.Dec(int64(steps)*25, 2), rules, nil)
		if err != nil {
			require.ErrorIs(t, err, kam.CodeHours)
			continue
		}
		sum := kam.Int(0).Decimal()
		for _, a := range plan.Accounts {
			sum = sum.Add(a.Hours.Decimal())
			if rules.Min != nil {
				require.GreaterOrEqual(t, a.Hours.Cmp(*rules.Min), 0)
			}
			if rules.Max != nil {
				require.LessOrEqual(t, a.Hours.Cmp(*rules.Max), 0)
			}
		}
		require.True(t, sum.Equal(plan.Budget.Decimal()), "%s is not %s", sum, plan.Budget)
	}

	for _, tt := range []struct {
		name   string
		budget kam.Number
		rules  kam.TimeRules
		want   []string
	}{
		{"too little", kam.Int(10), kam.TimeRules{Min: new(kam.Int(1))}, []string{"/tiers/regular hours 3.25|18"}},
		{"too much", kam.Int(100), kam.TimeRules{Max: new(kam.Int(2))}, []string{"/tiers/key hours 66.75|4"}},
		{"not whole steps", kam.Dec(101, 1), kam.TimeRules{}, []string{"/budget range 10.1|n * 0.25"}},
		{"bounds crossed", kam.Int(10), kam.TimeRules{Min: new(kam.Int(2)), Max: new(kam.Int(1))}, []string{"/max range 1|>= 2"}},
		{"no step", kam.Int(10), kam.TimeRules{Step: kam.Int(-1)}, []string{"/step range -1|> 0"}},
		{"negative", kam.Int(-1), kam.TimeRules{Tolerance: new(kam.Int(-1))}, []string{"/budget range -1|0..1000000000", "/tolerance range -1|>= 0"}},
	} {
		_, err := engine.PlanTime(p, tt.budget, tt.rules, nil)
		got := found(err)
		if tt.name == "too much" || tt.name == "too little" {
			require.NotEmpty(t, got, tt.name)
			assert.Equal(t, tt.want[0], got[0][:len(tt.want[0])], tt.name)
			continue
		}
		assert.Equal(t, tt.want, got, tt.name)
	}
	_, err := engine.PlanTime(p, kam.Int(10), kam.TimeRules{Min: new(kam.Int(1))}, nil)
	assert.Contains(t, err.Error(), "the bounds cannot be met with 3.25 hours, 14.75 short of 18")
	_, err = engine.PlanTime(&kam.Portfolio{Members: []kam.Member{{Account: "a"}}}, kam.Int(10), kam.TimeRules{}, map[string]kam.Number{"a": kam.Int(-1)})
	assert.Equal(t, []string{"/actual/a range -1|0..1000000000", "/members/0/tier enum unknown|key, regular, prospect"}, found(err))
	plan, err := engine.PlanTime(p, kam.Int(100), kam.TimeRules{}, map[string]kam.Number{"a00": kam.Int(60), "a05": kam.Int(0)})
	require.NoError(t, err)
	byID := map[string]kam.AccountTime{}
	for _, a := range plan.Accounts {
		byID[a.Account] = a
	}
	assert.True(t, byID["a00"].Overserved)
	assert.True(t, byID["a05"].Starved)
	assert.False(t, byID["a06"].Starved, "nobody recorded its hours")
	assert.Equal(t, "100", plan.Tiers[0].Share.String())
	assert.Equal(t, "40", plan.Tiers[0].Gap.String(), "all hours went to key accounts, 60 percent were to")
}

func TestBadPortfolioRules(t *testing.T) {
	_, err := kam.Compile(kam.Policy{Portfolio: kam.PortfolioRules{
		Key:     kam.KeyRules{LossRevenue: new(kam.Int(101)), Established: []kam.Stage{9}, All: [][]kam.TestID{{}, {"size"}}},
		Index:   kam.IndexRules{Attractiveness: kam.Int(50), Potential: kam.Int(40), Position: kam.Int(9), Stages: []kam.StageRating{{Stage: 9, Rating: kam.Int(11)}}},
		Pyramid: kam.PyramidRules{Customers: kam.Shares{Key: kam.Int(10), Regular: kam.Int(10)}, Time: kam.Shares{Key: kam.Int(-1)}, Capacity: -1},
		ABC:     kam.ABCRules{A: kam.Int(90), B: kam.Int(80)},
	}})
	var got []string
	for _, v := range kam.ViolationsOf(err) {
		got = append(got, v.Pointer+" "+string(v.Code))
	}
	assert.Equal(t, []string{
		"/portfolio/key/lossRevenue range", "/portfolio/key/established/0 enum", "/portfolio/key/all/0 missing", "/portfolio/key/all/1/0 unknown",
		"/portfolio/index weight-sum", "/portfolio/index/stages/0/rating rating", "/portfolio/index/stages/0/stage enum", "/portfolio/index/stages missing",
		"/portfolio/pyramid/customers weight-sum", "/portfolio/pyramid/time/key range", "/portfolio/pyramid/capacity range", "/portfolio/abc/b range",
	}, got)
}

// crowdOf makes n members with random scores.
func crowdOf(n int) []kam.Member {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	members := make([]kam.Member, n)
	for i := range members {
		lo := r.Int64N(1_000_000)
		hi := min(1_000_000, lo+r.Int64N(3)*1000)
		x := kam.Range{Worst: kam.Dec(lo, 4), Best: kam.Dec(hi, 4)}
		amount, _ := kam.NewMoney(kam.Int(r.IntN(1_000_000)).Decimal(), "EUR")
		members[i] = kam.Member{
			Account: fmt.Sprint(i), Stage: kam.StageGood, Stages: []kam.Stage{kam.StageGood}, Revenue: &amount,
			Selection: kam.Score{Range: x}, Potential: kam.Score{Range: x},
		}
		if lo == hi {
			members[i].Selection.Points, members[i].Potential.Points = &x.Worst, &x.Worst
		}
	}
	return members
}

// BenchmarkPortfolio ranks, tiers, plans time and measures concentration.
func BenchmarkPortfolio(b *testing.B) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(b, err)
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			members := crowdOf(n)
			for b.Loop() {
				p, err := engine.Rank(members, asOf)
				if err == nil {
					_, err = engine.PlanTime(p, kam.Int(n), kam.TimeRules{ByIndex: true}, nil)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/account")
		})
	}
}

// Hours by index within bounds, in whole hours, worked out by hand.
func TestPlanTimeWithinBounds(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	for _, tt := range []struct {
		name, reason string
		indices      []int
		budget       int
		min, max     int
		want         string
	}{
		{"within the bounds", "80, 15 and 5 of 100", []int{80, 15, 5}, 100, 5, 80, "80 15 5"},
		{"more is over than short", "the first is over by 20: it has 60, and 40 are split 15 to 5", []int{80, 15, 5}, 100, 10, 60, "60 30 10"},
		{"more is short than over", "the last is short by 5: it has 10, and 90 are split 50 to 45, 47.37 and 42.63", []int{50, 45, 5}, 100, 10, 60, "47 43 10"},
		{"as much of both", "the last has 10; 90 are split 65 to 30, the first is over by 2 and has 60", []int{65, 30, 5}, 100, 10, 60, "60 30 10"},
		{"two are short", "both have 20", []int{90, 5, 5}, 100, 20, 100, "60 20 20"},
		{"two are over", "both have 40", []int{48, 48, 4}, 100, 0, 40, "40 40 20"},
		{"no index", "equally, the odd hour to the first", []int{0, 0, 0}, 100, 0, 100, "34 33 33"},
		{"one index alone", "nothing is the share of the others", []int{0, 7, 0}, 100, 0, 100, "0 100 0"},
		{"one index alone, bounded", "50 are left for two without one", []int{0, 7, 0}, 100, 0, 50, "25 50 25"},
		{"just at the least", "5, 2, 1 and 0: the last has 1, and 7 are split anew to 4.2, 1.4 and 1.4, though the third was not short", []int{3, 1, 1, 0}, 8, 1, 8, "4 2 1 1"},
		{"just at the most", "11, 10, 4 and 1: the first has 10, and 16 are split anew to 10.18, 4.36 and 1.45, though the second was not over", []int{8, 7, 3, 1}, 26, 1, 10, "10 10 4 2"},
		{"as much of both, and the least first", "8, 5, 1 and 0: the last has 1, and 13 are split to 7.22, 4.33 and 1.44", []int{5, 3, 1, 0}, 14, 1, 7, "7 4 2 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var p kam.Portfolio
			for i, index := range tt.indices {
				points := kam.Int(index)
				p.Members = append(p.Members, kam.Member{
					Account: fmt.Sprint(i), Tier: kam.TierRegular, Index: kam.Index{Points: &points, Range: kam.Range{Worst: points, Best: points}},
				})
			}
			plan, err := engine.PlanTime(&p, kam.Int(tt.budget), kam.TimeRules{Step: kam.Int(1), ByIndex: true, Min: new(kam.Int(tt.min)), Max: new(kam.Int(tt.max))}, nil)
			require.NoError(t, err)
			var got []string
			for _, a := range plan.Accounts {
				got = append(got, a.Hours.String())
			}
			assert.Equal(t, tt.want, strings.Join(got, " "), tt.reason)
		})
	}
}

// Where the tiers that have accounts have no share of the time, it goes by
// heads.
func TestPlanTimeWithoutShares(t *testing.T) {
	var policy kam.Policy
	policy.Portfolio.Pyramid.Time = kam.Shares{Key: kam.Int(100)}
	engine := compiled(t, policy)
	p := kam.Portfolio{Members: []kam.Member{
		{Account: "a", Tier: kam.TierRegular}, {Account: "b", Tier: kam.TierRegular}, {Account: "c", Tier: kam.TierProspect},
	}}
	plan, err := engine.PlanTime(&p, kam.Int(90), kam.TimeRules{}, nil)
	require.NoError(t, err)
	assert.Equal(t, []kam.AccountTime{
		{Account: "a", Tier: kam.TierRegular, Hours: kam.Int(30)}, {Account: "b", Tier: kam.TierRegular, Hours: kam.Int(30)}, {Account: "c", Tier: kam.TierProspect, Hours: kam.Int(30)},
	}, plan.Accounts)
}

// A tenth more or less is within a tolerance of 10 percent.
func TestPlanTimeTolerance(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	p := kam.Portfolio{Members: []kam.Member{
		{Account: "a", Tier: kam.TierKey}, {Account: "b", Tier: kam.TierKey}, {Account: "c", Tier: kam.TierKey}, {Account: "d", Tier: kam.TierKey},
	}}
	plan, err := engine.PlanTime(&p, kam.Int(200), kam.TimeRules{Tolerance: new(kam.Int(10))}, map[string]kam.Number{
		"a": kam.Int(55), "b": kam.Dec(550_001, 4), "c": kam.Int(45), "d": kam.Dec(449_999, 4),
	})
	require.NoError(t, err)
	var got []string
	for _, a := range plan.Accounts {
		got = append(got, fmt.Sprint(a.Account, " ", a.Overserved, a.Starved))
	}
	assert.Equal(t, []string{"a false false", "b true false", "c false false", "d false true"}, got)
}

// The hours that were spent stand beside the planned ones, of the accounts and
// of the tiers; without a tolerance a quarter more or less is none.
func TestPlanTimeBesideActualHours(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	p := kam.Portfolio{Members: []kam.Member{{Account: "a", Tier: kam.TierKey}, {Account: "b", Tier: kam.TierKey}, {Account: "c", Tier: kam.TierRegular}}}
	hours := func(n int) *kam.Number { return new(kam.Int(n)) }
	plan, err := engine.PlanTime(&p, kam.Int(90), kam.TimeRules{}, map[string]kam.Number{"a": kam.Int(30), "b": kam.Int(45), "c": kam.Int(25)})
	require.NoError(t, err)
	assert.Equal(t, kam.TimePlan{
		Budget: kam.Int(90),
		Tiers: []kam.TierTime{
			{Tier: kam.TierKey, Planned: kam.Int(60), Hours: kam.Int(60), Actual: hours(75), Share: hours(75), Gap: hours(15)},
			{Tier: kam.TierRegular, Planned: kam.Int(30), Hours: kam.Int(30), Actual: hours(25), Share: hours(25), Gap: hours(-5)},
			{Tier: kam.TierProspect, Planned: kam.Int(10), Actual: hours(0), Share: hours(0), Gap: hours(-10)},
		},
		Accounts: []kam.AccountTime{
			{Account: "a", Tier: kam.TierKey, Hours: kam.Int(30), Actual: hours(30)},
			{Account: "b", Tier: kam.TierKey, Hours: kam.Int(30), Actual: hours(45), Overserved: true},
			{Account: "c", Tier: kam.TierRegular, Hours: kam.Int(30), Actual: hours(25)},
		},
	}, plan)
	plan, err = engine.PlanTime(&p, kam.Int(1200), kam.TimeRules{}, map[string]kam.Number{"a": kam.Int(500), "b": kam.Dec(5_000_001, 4), "c": kam.Dec(2_999_999, 4)})
	require.NoError(t, err)
	assert.Equal(t, "false true true", fmt.Sprint(plan.Accounts[0].Overserved, " ", plan.Accounts[1].Overserved, " ", plan.Accounts[2].Starved), "of 400 hours a quarter is 100")
	plan, err = engine.PlanTime(&p, kam.Int(90), kam.TimeRules{}, map[string]kam.Number{"b": kam.Int(0), "c": kam.Dec(1, 4)})
	require.NoError(t, err)
	assert.Equal(t, "100", plan.Tiers[1].Share.String(), "the least time is all that was spent")
	assert.Equal(t, []int{1, 0, 0}, []int{plan.Tiers[0].Unknown, plan.Tiers[1].Unknown, plan.Tiers[2].Unknown}, "of the key accounts one is not known")
	assert.Nil(t, plan.Accounts[0].Actual)
	plan, err = engine.PlanTime(&p, kam.Int(90), kam.TimeRules{}, map[string]kam.Number{"c": kam.Int(5)})
	require.NoError(t, err)
	assert.Nil(t, plan.Tiers[0].Actual, "of the key accounts nothing is known")
	assert.Nil(t, plan.Tiers[2].Actual, "which may be prospects too")
	assert.Zero(t, plan.Tiers[0].Unknown, "beside none that is known")
	assert.Nil(t, plan.Tiers[1].Share, "nor what share the others had")
	assert.Equal(t, "5", plan.Tiers[1].Actual.String())
	plan, err = engine.PlanTime(&p, kam.Int(90), kam.TimeRules{}, map[string]kam.Number{"c": kam.Int(0)})
	require.NoError(t, err)
	assert.Nil(t, plan.Tiers[1].Share, "there is no share of nothing")
	assert.Equal(t, kam.Int(0), *plan.Tiers[1].Actual, "and nothing is what was spent")
}

// Amounts of a caller's own members may not sum without one of them; what a Number
// does not hold is refused.
func TestPortfolioOfExtremes(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	with := func(id, revenue string) kam.Member { return kam.Member{Account: id, Revenue: money(revenue)} }
	loss := func(t *testing.T, p *kam.Portfolio, id string) []kam.Finding {
		t.Helper()
		for _, r := range member(t, p, id).Tests {
			if r.Test == kam.TestLoss {
				return r.Evidence
			}
		}
		return nil
	}
	_, err := engine.Rank([]kam.Member{with("a", "100000000000000 EUR"), with("b", "1.00001 EUR"), with("c", "1 EUR")}, asOf)
	assert.Equal(t, []string{
		"/members/0/revenue money 100000000000000.00 EUR|at most 14 digits before the point and 4 behind it",
		"/members/1/revenue money 1.00001 EUR|at most 14 digits before the point and 4 behind it",
	}, found(err))
	p, err := engine.Rank([]kam.Member{with("a", "-99999999999999.9999 EUR"), with("b", "99999999999999.9999 EUR"), with("c", "99999999999999.9999 EUR")}, asOf)
	require.NoError(t, err)
	assert.Equal(t, "99999999999999.9999 EUR", p.Revenue.Known.String())
	assert.Equal(t, "unknown", loss(t, p, "a")[1].Value, "b and c are more than Money holds")
	assert.Equal(t, "0.00 EUR", loss(t, p, "b")[1].Value)
	assert.Equal(t, 2, p.RevenueConcentration.Accounts)
	assert.Equal(t, 1, p.RevenueConcentration.Excluded, "what is below zero is no share")
	_, err = p.Without(func(m kam.Member) bool { return m.Account == "a" })
	require.ErrorIs(t, err, kam.CodeMoney)
	w, err := p.Without(func(m kam.Member) bool { return m.Account == "b" })
	require.NoError(t, err)
	assert.Equal(t, "100", w.RevenueLoss.String())

	p, err = engine.Rank([]kam.Member{with("a", "-99999999999999.9998 EUR"), with("b", "99999999999999.9999 EUR")}, asOf)
	require.NoError(t, err)
	assert.Equal(t, "0.0001 EUR", p.Revenue.Known.String())
	assert.Equal(t, "unknown", loss(t, p, "b")[0].Value, "a share of 10 to the 20 percent is no Number")
	for _, r := range member(t, p, "b").Tests {
		if r.Test == kam.TestRelationship {
			assert.Equal(t, kam.VerdictUnknown, r.Passed, "no stage is possible of a member that nobody assessed")
		}
	}
}

func TestBadShares(t *testing.T) {
	stages := kam.DefaultPolicy().Portfolio.Index.Stages
	_, err := kam.Compile(kam.Policy{Portfolio: kam.PortfolioRules{
		Index: kam.IndexRules{Attractiveness: kam.Int(-10), Potential: kam.Int(60), Position: kam.Int(50), Stages: append(stages, stages[2])},
		ABC:   kam.ABCRules{A: kam.Int(-1), B: kam.Int(101)},
	}})
	assert.Equal(t, []string{
		"/portfolio/index/attractiveness weight -10|>= 0",
		"/portfolio/index/stages/7/stage duplicate " + stages[2].Stage.String() + "|",
		"/portfolio/abc/a range -1|0..100",
		"/portfolio/abc/b range 101|-1..100",
	}, found(err))
	for _, tt := range []struct {
		a, b kam.Number
		ok   bool
	}{
		{kam.Dec(1, 4), kam.Dec(1, 4), true},
		{kam.Int(100), kam.Int(100), true},
		{kam.Int(0), kam.Int(50), false},
		{kam.Dec(1_000_001, 4), kam.Dec(1_000_001, 4), false},
		{kam.Int(50), kam.Dec(499_999, 4), false},
	} {
		_, err := kam.Compile(kam.Policy{Portfolio: kam.PortfolioRules{ABC: kam.ABCRules{A: tt.a, B: tt.b}}})
		assert.Equal(t, tt.ok, err == nil, "%s and %s", tt.a, tt.b)
	}
}

func TestSharesAtTheirBounds(t *testing.T) {
	_, err := kam.Compile(kam.Policy{Portfolio: kam.PortfolioRules{Pyramid: kam.PyramidRules{
		Customers: kam.Shares{Key: kam.Int(100)}, Time: kam.Shares{Key: kam.Dec(1_000_001, 4), Prospect: kam.Dec(-1, 4)},
	}}})
	assert.Equal(t, []string{
		"/portfolio/pyramid/time/key range 100.0001|0..100", "/portfolio/pyramid/time/prospect range -0.0001|0..100",
	}, found(err))
	_, err = kam.Compile(kam.Policy{Portfolio: kam.PortfolioRules{ABC: kam.ABCRules{A: kam.Dec(1_000_001, 4), B: kam.Dec(1_000_001, 4)}}})
	assert.Equal(t, []string{"/portfolio/abc/a range 100.0001|0..100", "/portfolio/abc/b range 100.0001|100.0001..100"}, found(err))
}

// An account at a boundary is within it; the least amount counts, and a tenth
// of ten is one.
func TestConcentrationAtItsEdges(t *testing.T) {
	c := kam.Concentrate(numbers(80, 15, 5), kam.ABCRules{})
	assert.Equal(t, []kam.Class{kam.ClassA, kam.ClassB, kam.ClassC}, c.Classes, "80, 95 and 100 percent")
	c = kam.Concentrate([]*kam.Number{new(kam.Dec(1, 4)), new(kam.Int(0)), new(kam.Dec(-1, 4))}, kam.ABCRules{})
	assert.Equal(t, []int{1, 2}, []int{c.Accounts, c.Excluded})
	c = kam.Concentrate(numbers(10, 10, 10, 10, 10, 10, 10, 10, 10, 10), kam.ABCRules{})
	assert.Equal(t, "10 30 50 100 10", fmt.Sprint(c.Top1, " ", c.Top3, " ", c.Top5, " ", c.Top10, " ", c.TopTenth))
}

// The largest is A, however large; equals are of one class, in whatever order they come.
func TestLargestIsOfClassA(t *testing.T) {
	const a, b, c = kam.ClassA, kam.ClassB, kam.ClassC
	for _, tt := range []struct {
		amounts []int
		want    []kam.Class
	}{
		{[]int{100}, []kam.Class{a}},
		{[]int{90, 10}, []kam.Class{a, c}},
		{[]int{10, 90}, []kam.Class{c, a}},
		{[]int{85, 10, 5}, []kam.Class{a, b, c}},
		{[]int{50, 50}, []kam.Class{a, a}},
		{[]int{20, 20, 30, 20, 10}, []kam.Class{a, a, a, a, c}},
		{[]int{5, 75, 5, 5, 5, 5}, []kam.Class{a, a, a, a, a, a}},
		{[]int{3, 3, 80, 8, 6}, []kam.Class{c, c, a, b, b}},
	} {
		assert.Equal(t, tt.want, kam.Concentrate(numbers(tt.amounts...), kam.ABCRules{}).Classes, tt.amounts)
	}
}

// Bounds that can just be met, and those that just cannot.
func TestPlanTimeAtItsBounds(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	three := kam.Portfolio{Members: []kam.Member{{Account: "a", Tier: kam.TierKey}, {Account: "b", Tier: kam.TierKey}, {Account: "c", Tier: kam.TierKey}}}
	hours := func(p *kam.Portfolio, budget kam.Number, rules kam.TimeRules) string {
		plan, err := engine.PlanTime(p, budget, rules, nil)
		if err != nil {
			return strings.Join(found(err), "; ")
		}
		var got []string
		for _, a := range plan.Accounts {
			got = append(got, a.Hours.String())
		}
		return strings.Join(got, " ")
	}
	one := kam.Int(1)
	bounds := func(lo, hi int) kam.TimeRules {
		return kam.TimeRules{Step: one, Min: new(kam.Int(lo)), Max: new(kam.Int(hi))}
	}
	assert.Equal(t, "10 10 10", hours(&three, kam.Int(30), bounds(10, 10)))
	assert.Equal(t, "4 3 3", hours(&three, kam.Int(10), bounds(3, 4)))
	assert.Equal(t, "3 3 3", hours(&three, kam.Int(9), bounds(0, 3)))
	assert.Equal(t, "/tiers/key hours 10|9", hours(&three, kam.Int(10), bounds(0, 3)), "three have 9 at most")
	assert.Equal(t, "/tiers/key hours 11|12", hours(&three, kam.Int(11), bounds(4, 9)), "three have 12 at least")
	assert.Equal(t, "0.0004 0.0003 0.0003", hours(&three, kam.Dec(10, 4), kam.TimeRules{Step: kam.Dec(1, 4)}), "the least step")
	assert.Equal(t, "1000000000 0 0", hours(&three, kam.Int(1_000_000_000), kam.TimeRules{Step: kam.Int(1_000_000_000)}))
	assert.Equal(t, "/budget range 1000000000.0001|0..1000000000", hours(&three, kam.Dec(10_000_000_000_001, 4), kam.TimeRules{Step: kam.Dec(1, 4)}))

	pair := kam.Portfolio{Members: []kam.Member{{Account: "a", Tier: kam.TierKey}, {Account: "b", Tier: kam.TierRegular}}}
	assert.Equal(t, "60 30", hours(&pair, kam.Int(90), kam.TimeRules{}), "60 to 30, and nobody is a prospect")
	ranked := kam.Portfolio{Members: []kam.Member{
		{Account: "a", Tier: kam.TierKey, Index: kam.Index{Range: kam.Range{Worst: kam.Int(90), Best: kam.Int(100)}}},
		{Account: "b", Tier: kam.TierKey, Index: kam.Index{Range: kam.Range{Worst: kam.Int(10), Best: kam.Int(100)}}},
	}}
	assert.Equal(t, "45 45", hours(&ranked, kam.Int(90), kam.TimeRules{}), "equally, unless by index")
	assert.Equal(t, "81 9", hours(&ranked, kam.Int(90), kam.TimeRules{ByIndex: true}), "by the lower ends")

	_, err := engine.PlanTime(&kam.Portfolio{Members: []kam.Member{{Account: "a", Tier: kam.TierProspect + 1}}}, one, kam.TimeRules{Tolerance: new(kam.Int(0))}, map[string]kam.Number{
		"a": kam.Int(1_000_000_000), "b": kam.Dec(10_000_000_000_001, 4),
	})
	assert.Equal(t, []string{"/actual/b range 1000000000.0001|0..1000000000", "/members/0/tier enum Tier(4)|key, regular, prospect"}, found(err))
	_, err = engine.PlanTime(&three, one, kam.TimeRules{Tolerance: new(kam.Dec(-1, 4))}, nil)
	assert.Equal(t, []string{"/tolerance range -0.0001|>= 0"}, found(err))
}

// What would give out more or less than there is, or count what nobody can, is refused.
func TestPlanTimeRefuses(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	member := func(id string) kam.Member { return kam.Member{Account: id, Tier: kam.TierKey} }
	indexed := func(id string, worst, best kam.Number) kam.Member {
		m := member(id)
		m.Index.Range = kam.Range{Worst: worst, Best: best}
		return m
	}
	refused := func(budget kam.Number, rules kam.TimeRules, actual map[string]kam.Number, members ...kam.Member) []string {
		_, err := engine.PlanTime(&kam.Portfolio{Members: members}, budget, rules, actual)
		return found(err)
	}
	ten := kam.Int(10)
	assert.Equal(t, []string{"/members/2/account duplicate a|"}, refused(ten, kam.TimeRules{}, nil, member("a"), member("b"), member("a")))
	assert.Equal(t, []string{"/members/0/account missing |"}, refused(ten, kam.TimeRules{}, nil, member("")))
	assert.Equal(t, []string{"/members missing |"}, refused(ten, kam.TimeRules{}, nil))
	assert.Empty(t, refused(kam.Int(0), kam.TimeRules{}, nil), "nothing for nobody")

	odd := []kam.Member{indexed("a", kam.Int(-1), kam.Int(50)), indexed("b", kam.Int(101), kam.Int(200)), indexed("c", kam.Int(0), kam.Int(100))}
	assert.Equal(t, []string{"/members/0/index range -1|0..100", "/members/1/index range 101|0..100"}, refused(ten, kam.TimeRules{ByIndex: true}, nil, odd...))
	assert.Empty(t, refused(ten, kam.TimeRules{}, nil, odd...), "equally, whatever the index")
}

// A billion hours each: 99,999 accounts have as much as Number holds, and of 922,338 the
// sum is beyond 64 bits.
func TestPlanTimeOfManyHours(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	many, spent := make([]kam.Member, 922_338), map[string]kam.Number{}
	for i := range many {
		many[i] = kam.Member{Account: fmt.Sprint(i), Tier: kam.TierKey}
		spent[many[i].Account] = kam.Int(1_000_000_000)
	}
	_, err := engine.PlanTime(&kam.Portfolio{Members: many}, kam.Int(0), kam.TimeRules{}, spent)
	assert.Equal(t, []string{"/actual range > 99999999999999.9999|<= 99999999999999.9999"}, found(err))
	plan, err := engine.PlanTime(&kam.Portfolio{Members: many[:99_999]}, kam.Int(0), kam.TimeRules{}, spent)
	require.NoError(t, err)
	assert.Equal(t, "99999000000000", plan.Tiers[0].Actual.String())
	_, err = engine.PlanTime(&kam.Portfolio{Members: many}, kam.Int(0), kam.TimeRules{Min: new(kam.Int(1_000_000_000))}, nil)
	assert.Equal(t, []string{"/tiers/key hours 0|> 99999999999999.9999"}, found(err), "the least that all would have")
}

// Hours are of a portfolio.
func TestPlanTimeOfNoPortfolio(t *testing.T) {
	_, err := compiled(t, kam.Policy{}).PlanTime(nil, kam.Int(8), kam.TimeRules{}, nil)
	require.ErrorIs(t, err, kam.CodeMissing)
}

// The portfolio is of its own memory: what the caller does to the members later changes
// nothing in it.
func TestRankKeepsItsOwn(t *testing.T) {
	points := new(kam.Int(60))
	m := kam.Member{
		Account: "a", Revenue: money("5 EUR"), Stage: kam.StageGood, Stages: []kam.Stage{kam.StageGood},
		Selection: kam.Score{Scorecard: "selection", Points: points, Range: kam.Range{Worst: kam.Int(60), Best: kam.Int(60)}},
		Forced:    &kam.Overruling{Override: kam.Override{Of: "tier", Value: "key", By: "Ann"}},
	}
	p, err := compiled(t, kam.Policy{}).Rank([]kam.Member{m}, asOf)
	require.NoError(t, err)
	*points, m.Stages[0], m.Forced.By, *m.Revenue = kam.Int(1), kam.StageDeclining, "Bob", *money("9 EUR")
	got := p.Members[0]
	assert.Equal(t, "60 good Ann 5.00 EUR", fmt.Sprint(got.Selection.Points, " ", got.Stages[0], " ", got.Forced.By, " ", got.Revenue))
}

func TestRankRefusesOtherOverrides(t *testing.T) {
	m := kam.Member{Account: "a", Forced: &kam.Overruling{Override: kam.Override{Of: "stage", Value: "key"}}}
	_, err := compiled(t, kam.Policy{}).Rank([]kam.Member{m}, asOf)
	assert.Equal(t, []string{"/members/0/override/of enum stage|tier"}, found(err))
}

// A member keeps nothing of the assessment that it was made of.
func TestMemberIsItsOwn(t *testing.T) {
	a := acme
	got, err := compiled(t, kam.Policy{AnswerMaxAge: 1}).Assess(a, asOf)
	require.NoError(t, err)
	m, err := kam.NewMember(a, got)
	require.NoError(t, err)
	before, err := json.Marshal([]kam.Score{m.Selection, m.Potential})
	require.NoError(t, err)
	for _, s := range []*kam.Score{&got.Selection, &got.Potential} {
		for i := range s.Contributions {
			c := &s.Contributions[i]
			for _, n := range []*kam.Number{c.Rating, c.Points, c.Value} {
				if n != nil {
					*n = kam.Int(77)
				}
			}
			c.Factor = "another"
		}
		for i := range s.Missing {
			s.Missing[i] = "another"
		}
	}
	after, err := json.Marshal([]kam.Score{m.Selection, m.Potential})
	require.NoError(t, err)
	assert.Equal(t, string(before), string(after))
	assert.Contains(t, string(before), `"factor":`)
	assert.Contains(t, string(before), `"missing":`)
}

// Where nothing is missing the index is its points, though the ranges of two scores are rounded
// outwards: 3 tenths of 13.3333 and 4 tenths of 10 are both 4, and the revenue decides.
func TestRankOfRoundedScores(t *testing.T) {
	score := func(points, worst, best int64) kam.Score {
		return kam.Score{Points: new(kam.Dec(points, 4)), Range: kam.Range{Worst: kam.Dec(worst, 4), Best: kam.Dec(best, 4)}}
	}
	ended := []kam.Stage{kam.StageDeclining}
	p := ranked(
		t, asOf,
		kam.Member{Account: "a", Revenue: money("200 EUR"), Selection: score(0, 0, 0), Potential: score(133_333, 133_333, 133_334), Stage: ended[0], Stages: ended},
		kam.Member{Account: "b", Revenue: money("100 EUR"), Selection: score(100_000, 99_999, 100_000), Potential: score(0, 0, 1), Stage: ended[0], Stages: ended},
	)
	for i, id := range []string{"a", "b"} {
		m := p.Members[i]
		assert.Equal(t, id, m.Account)
		assert.Equal(t, "4", m.Index.Points.String())
		assert.Equal(t, []int{i + 1, i + 1, i + 1}, []int{m.Rank, m.RankBest, m.RankWorst})
	}
}

// Amounts in no currency cannot be added to those in one: their accounts are left out, and no
// others, whichever comes first.
func TestPortfolioLeavesOutUnnamedAmounts(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	of := func(id, revenue, cost string) kam.Account {
		p := kam.Period{Revenue: money(revenue)}
		if cost != "" {
			p.DirectCost = money(cost)
		}
		return kam.Account{ID: id, Sales: twoYears(kam.Period{}, p)}
	}
	accounts := []kam.Account{of("unnamed", "9", ""), of("both", "9", "4"), of("nothing", "0", "0"), of("named", "5 EUR", ""), {ID: "none"}, of("also", "7 EUR", "1 EUR")}
	for range 2 {
		p, err := engine.Portfolio(func(yield func(kam.Account, error) bool) {
			for _, a := range accounts {
				if !yield(a, nil) {
					return
				}
			}
		}, asOf)
		require.NotNil(t, p)
		var left []string
		for _, e := range kam.AccountErrorsOf(err) {
			left = append(left, e.Account)
			assert.Equal(t, []string{"/currency missing |EUR"}, found(e))
		}
		assert.ElementsMatch(t, []string{"unnamed", "both"}, left)
		assert.Len(t, p.Members, 4)
		assert.Equal(t, "12.00 EUR", p.Revenue.Known.String())
		slices.Reverse(accounts)
	}
	p, err := engine.Portfolio(func(yield func(kam.Account, error) bool) { yield(of("a", "9", ""), nil) }, asOf)
	require.NoError(t, err, "where nothing has a currency nothing is amiss")
	assert.Len(t, p.Members, 1)
}

// An error of thousands of accounts is ten lines long, and has them all.
func TestPortfolioErrorsAreShort(t *testing.T) {
	rows := func(yield func(kam.Account, error) bool) {
		for i := range 1000 {
			if !yield(kam.Account{ID: fmt.Sprint("a", i), Currency: "x"}, nil) {
				return
			}
		}
	}
	p, err := compiled(t, kam.Policy{}).Portfolio(rows, asOf)
	require.Error(t, err)
	assert.Empty(t, p.Members)
	assert.Len(t, kam.AccountErrorsOf(err), 1000)
	assert.Len(t, kam.ViolationsOf(err), 1000)
	assert.Equal(t, 10, strings.Count(err.Error(), "\n"))
	assert.Contains(t, err.Error(), "\nand 990 more")
	require.ErrorIs(t, err, kam.CodeCurrency)
}

func TestPortfolioMember(t *testing.T) {
	p, err := compiled(t, kam.Policy{}).Rank([]kam.Member{{Account: "a"}, {Account: "b"}}, asOf)
	require.NoError(t, err)
	m, ok := p.Member("b")
	assert.True(t, ok)
	assert.Equal(t, "b", m.Account)
	_, ok = p.Member("c")
	assert.False(t, ok)
	_, ok = (*kam.Portfolio)(nil).Member("a")
	assert.False(t, ok)
}

// Lists that a reader walks are lists in JSON, also where nothing is in them.
func TestEmptyListsInJSON(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	p, err := engine.Rank(nil, asOf)
	require.NoError(t, err)
	without, err := p.Without(func(kam.Member) bool { return true })
	require.NoError(t, err)
	invest, err := kam.Invest("a", nil, asOf, asOf, nil, nil)
	require.NoError(t, err)
	space, err := kam.MapWhiteSpace(nil)
	require.NoError(t, err)
	for _, v := range []any{p, without, invest, space, kam.MapContacts(nil, asOf, kam.ContactRules{})} {
		data, err := json.Marshal(v)
		require.NoError(t, err)
		assert.NotContains(t, string(data), "null", "%T", v)
	}
}

// Members that were judged by other rules, or after the day, are refused; of an earlier day the
// portfolio says so.
func TestRankOfOtherAssessments(t *testing.T) {
	engine, other := compiled(t, kam.Policy{}), compiled(t, kam.Policy{Name: "other"})
	member := func(e *kam.Engine, id string, on kam.Date) kam.Member {
		account := kam.Account{ID: id}
		a, err := e.Assess(account, on)
		require.NoError(t, err)
		m, err := kam.NewMember(account, a)
		require.NoError(t, err)
		return m
	}
	_, err := engine.Rank([]kam.Member{member(engine, "a", asOf), member(other, "b", asOf), member(engine, "c", asOf.AddDays(1))}, asOf)
	vs := kam.ViolationsOf(err)
	require.Len(t, vs, 2)
	assert.Equal(t, "/members/1/policy", vs[0].Pointer)
	assert.Equal(t, kam.CodeUnknown, vs[0].Code)
	assert.Contains(t, vs[0].Value, other.Ref().Digest[:40])
	assert.Contains(t, vs[0].Want, engine.Ref().Digest[:40])
	assert.Equal(t, kam.Violation{Pointer: "/members/2/asOf", Code: kam.CodeFuture, Value: asOf.AddDays(1).String(), Want: "<= " + asOf.String()}, vs[1])

	p, err := engine.Rank([]kam.Member{member(engine, "a", asOf), member(engine, "b", asOf.AddDays(-2)), member(engine, "c", asOf.AddDays(-9)), {Account: "by-hand"}}, asOf)
	require.NoError(t, err)
	assert.Equal(t, asOf.AddDays(-9), p.Oldest)
	assert.Contains(t, p.Markdown(kam.English), "| Oldest assessment | "+p.Oldest.String()+" |")
	p, err = engine.Rank([]kam.Member{member(engine, "a", asOf)}, asOf)
	require.NoError(t, err)
	assert.True(t, p.Oldest.IsZero())
}
