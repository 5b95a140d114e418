package kam_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// grouped ranks members with these parents, each with its revenue in euros or "?".
func grouped(t testing.TB, members ...[3]string) *kam.Portfolio {
	t.Helper()
	var list []kam.Member
	for _, m := range members {
		x := kam.Member{Account: m[0], Name: "the " + m[0], Parent: m[1]}
		if m[2] != "?" {
			x.Revenue = money(m[2] + " EUR")
		}
		list = append(list, x)
	}
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	p, err := engine.Rank(list, asOf)
	require.NoError(t, err)
	return p
}

// groupsOf is each group in a line.
func groupsOf(g kam.Groups) []string {
	var out []string
	for _, x := range g.Groups {
		slices.Sort(x.Accounts)
		share := "?"
		if x.RevenueShare != nil {
			share = x.RevenueShare.String()
		}
		out = append(out, fmt.Sprintf("%s %q %v %s, %d unknown, %s%%", x.Top, x.Name, x.Accounts, x.Revenue.Known, x.Revenue.Unknown, share))
	}
	return out
}

func TestGroups(t *testing.T) {
	for _, x := range []struct {
		name    string
		members [][3]string
		want    []string
	}{
		{"each by itself", [][3]string{{"a", "", "10"}, {"b", "", "30"}}, []string{
			`b "the b" [b] 30.00 EUR, 0 unknown, 75%`, `a "the a" [a] 10.00 EUR, 0 unknown, 25%`,
		}},
		{"over three levels", [][3]string{{"a", "", "40"}, {"b", "c", "5"}, {"c", "top", "25"}, {"top", "", "30"}}, []string{
			`top "the top" [b c top] 60.00 EUR, 0 unknown, 60%`, `a "the a" [a] 40.00 EUR, 0 unknown, 40%`,
		}},
		{"under one that is no customer", [][3]string{{"a", "x", "40"}, {"b", "x", "60"}, {"c", "y", "0"}}, []string{
			`x "" [a b] 100.00 EUR, 0 unknown, 100%`, `y "" [c] 0.00 EUR, 0 unknown, 0%`,
		}},
		{"unknown is not zero", [][3]string{{"a", "x", "40"}, {"b", "x", "?"}, {"c", "", "60"}, {"d", "", "?"}}, []string{
			`c "the c" [c] 60.00 EUR, 0 unknown, 60%`, `x "" [a b] 40.00 EUR, 1 unknown, ?%`, `d "the d" [d] 0, 1 unknown, ?%`,
		}},
		{"many small ones", [][3]string{{"a", "x", "20"}, {"b", "x", "20"}, {"c", "", "60"}}, []string{
			`c "the c" [c] 60.00 EUR, 0 unknown, 60%`, `x "" [a b] 40.00 EUR, 0 unknown, 40%`,
		}},
		{"one of them costs", [][3]string{{"a", "x", "30"}, {"b", "x", "-20"}, {"c", "", "20"}}, []string{
			`c "the c" [c] 20.00 EUR, 0 unknown, 66.6667%`, `x "" [a b] 10.00 EUR, 0 unknown, 33.3333%`,
		}},
		{"unknown is last", [][3]string{{"a", "", "?"}, {"b", "", "-10"}, {"c", "", "30"}}, []string{
			`c "the c" [c] 30.00 EUR, 0 unknown, 150%`, `b "the b" [b] -10.00 EUR, 0 unknown, -50%`, `a "the a" [a] 0, 1 unknown, ?%`,
		}},
		{"one that costs", [][3]string{{"a", "", "-10"}, {"b", "", "0"}, {"c", "", "30"}}, []string{
			`c "the c" [c] 30.00 EUR, 0 unknown, 150%`, `b "the b" [b] 0.00 EUR, 0 unknown, 0%`, `a "the a" [a] -10.00 EUR, 0 unknown, -50%`,
		}},
	} {
		t.Run(x.name, func(t *testing.T) {
			got, err := grouped(t, x.members...).Groups()
			require.NoError(t, err)
			assert.Equal(t, x.want, groupsOf(got))
		})
	}
}

// Four customers of a quarter each, of which three are one, are two.
func TestGroupsConcentration(t *testing.T) {
	p := grouped(t, [3]string{"a", "x", "25"}, [3]string{"b", "x", "25"}, [3]string{"c", "x", "25"}, [3]string{"d", "", "25"}, [3]string{"e", "", "?"}, [3]string{"f", "x", "?"})
	got, err := p.Groups()
	require.NoError(t, err)
	assert.Equal(t, "2500", p.RevenueConcentration.HHI.String())
	c := got.RevenueConcentration
	assert.Equal(t, "6250", c.HHI.String(), "75² + 25²")
	assert.Equal(t, "75", c.Top1.String())
	assert.Equal(t, 2, c.Accounts)
	assert.Equal(t, 1, c.Excluded, "e alone: of x three are known")
	assert.Equal(t, []kam.Class{kam.ClassA, kam.ClassC, kam.ClassNone}, c.Classes)
}

// A group has margin too, and sums that no Number holds are told at their places.
func TestGroupsOfLargeAmounts(t *testing.T) {
	list := []kam.Member{
		{Account: "a", Revenue: money("5 EUR"), Margin: money("3 EUR")}, {Account: "b", Parent: "a", Margin: money("1 EUR")}, {Account: "c", Margin: money("12 EUR")},
	}
	p, err := compiled(t, kam.Policy{}).Rank(list, asOf)
	require.NoError(t, err)
	got, err := p.Groups()
	require.NoError(t, err)
	assert.Equal(t, "4.00 EUR 25", fmt.Sprint(got.Groups[0].Margin.Known, " ", got.Groups[0].MarginShare))

	list = nil
	for i, parent := range []string{"x", "x", "y", "y"} {
		list = append(list, kam.Member{Account: fmt.Sprint(i), Parent: parent, Revenue: money("90000000000000 EUR")})
	}
	p, err = compiled(t, kam.Policy{}).Rank(list, asOf)
	require.NoError(t, err)
	_, err = p.Groups()
	want := " money 180000000000000.00 EUR|at most 14 digits before the point and 4 behind it"
	assert.Equal(t, []string{"/groups/0/revenue" + want, "/groups/1/revenue" + want}, found(err))

	got, err = (&kam.Portfolio{Members: []kam.Member{{}, {Account: "b"}}}).Groups()
	assert.Equal(t, []string{"/members/0/account missing |"}, found(err))
	assert.Empty(t, got.Groups, "what is no portfolio has none")
}

// Parents in a circle are told, and nobody is lost; those below the circle are in its group.
func TestGroupsInACircle(t *testing.T) {
	p := grouped(t, [3]string{"a", "b", "10"}, [3]string{"b", "c", "20"}, [3]string{"c", "a", "30"}, [3]string{"d", "b", "5"}, [3]string{"e", "e", "7"}, [3]string{"f", "", "1"})
	got, err := p.Groups()
	assert.ErrorIs(t, err, kam.CodeCycle)
	var vs kam.Violations
	require.True(t, errors.As(err, &vs))
	require.Len(t, vs, 2)
	tops := map[string]string{}
	for _, v := range vs {
		for i, m := range p.Members {
			if v.Pointer == fmt.Sprintf("/members/%d/parent", i) {
				tops[m.Account] = v.Value
				assert.Equal(t, m.Parent, v.Value)
			}
		}
	}
	assert.Len(t, tops, 2)
	assert.Contains(t, tops, "e")
	require.Len(t, got.Groups, 3)
	slices.Sort(got.Groups[0].Accounts)
	assert.Equal(t, []string{"a", "b", "c", "d"}, got.Groups[0].Accounts)
	assert.Contains(t, tops, got.Groups[0].Top)
	assert.Equal(t, "65.00 EUR", got.Groups[0].Revenue.Known.String())
}

// Whatever the parents, the groups have each account once and all of the revenue, and
// losing a group is what its share says.
func TestGroupsShareOutThePortfolio(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		n := 1 + r.IntN(12)
		var members [][3]string
		for i := range n {
			parent, revenue := "", "?"
			switch r.IntN(4) {
			case 0:
				parent = fmt.Sprint("m", r.IntN(n+2))
			case 1:
				parent = "outside"
			}
			if r.IntN(5) > 0 {
				revenue = fmt.Sprint(r.IntN(1000))
			}
			members = append(members, [3]string{fmt.Sprint("m", i), parent, revenue})
		}
		p := grouped(t, members...)
		got, _ := p.Groups()
		var all []string
		known := kam.Money{}
		for _, g := range got.Groups {
			all = append(all, g.Accounts...)
			var err error
			known, err = known.Add(g.Revenue.Known)
			require.NoError(t, err)
			gone, err := p.Without(func(m kam.Member) bool { return slices.Contains(g.Accounts, m.Account) })
			require.NoError(t, err)
			require.Equal(t, gone.RevenueLost, g.Revenue)
			require.Equal(t, gone.RevenueLoss, g.RevenueShare)
		}
		require.True(t, known.Amount().Equal(p.Revenue.Known.Amount()))
		slices.Sort(all)
		require.Len(t, slices.Compact(all), n)
	}
}

func TestGroupsRefuse(t *testing.T) {
	var none *kam.Portfolio
	_, err := none.Groups()
	require.ErrorIs(t, err, kam.CodeMissing)
	got, err := new(kam.Portfolio).Groups()
	require.NoError(t, err)
	data, err := json.Marshal(got.Groups)
	require.NoError(t, err)
	require.Equal(t, "[]", string(data))

	_, err = (&kam.Portfolio{Members: []kam.Member{{Account: "a", Parent: "x", Revenue: money("1 EUR")}, {Account: "b", Parent: "x", Revenue: money("1 USD")}}}).Groups()
	require.ErrorIs(t, err, kam.CodeCurrencyMix)
	require.ErrorContains(t, err, "/members/1/revenue")

	// Each in a group of its own, and revenue and margin.
	for _, members := range [][]kam.Member{
		{{Account: "a", Revenue: money("1 EUR")}, {Account: "b", Revenue: money("1 USD")}},
		{{Account: "a", Revenue: money("1 EUR")}, {Account: "b", Margin: money("1 USD")}},
	} {
		p := &kam.Portfolio{Members: members}
		_, err = p.Groups()
		require.ErrorIs(t, err, kam.CodeCurrencyMix)
		_, err = p.Without(func(m kam.Member) bool { return m.Account == "b" })
		require.ErrorIs(t, err, kam.CodeCurrencyMix)
	}
	p := &kam.Portfolio{Members: []kam.Member{{Account: "a", Revenue: money("10.00001 EUR")}, {}}}
	want := []string{"/members/0/revenue money 10.00001 EUR|at most 14 digits before the point and 4 behind it", "/members/1/account missing |"}
	_, err = p.Groups()
	assert.Equal(t, want, found(err))
	_, err = p.Without(func(m kam.Member) bool { return m.Account == "b" })
	assert.Equal(t, want, found(err))

	// Each of these is a Number, and their sum is none.
	_, err = grouped(t, [3]string{"a", "x", "90000000000000"}, [3]string{"b", "x", "90000000000000"}).Groups()
	require.ErrorIs(t, err, kam.CodeMoney)
	require.ErrorContains(t, err, "/groups/0/revenue")
}

// A chain of a hundred thousand parents is walked once.
func TestGroupsOfALongChain(t *testing.T) {
	p := &kam.Portfolio{}
	for i := range 100_000 {
		m := kam.Member{Account: fmt.Sprint(i)}
		if i > 0 {
			m.Parent = fmt.Sprint(i - 1)
		}
		p.Members = append(p.Members, m)
	}
	quick(t, time.Second, "a long chain", func() {
		got, err := p.Groups()
		require.NoError(t, err)
		require.Len(t, got.Groups, 1)
		require.Equal(t, "0", got.Groups[0].Top)
	})
}
