package kam_test

import (
	"encoding/json"
	"fmt"
	"log"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// ranked is a portfolio of members as of a day.
func ranked(t testing.TB, on kam.Date, members ...kam.Member) *kam.Portfolio {
	t.Helper()
	p, err := compiled(t, kam.Policy{}).Rank(members, on)
	require.NoError(t, err)
	return p
}

// established is a member that passes every test of a key account but that of its revenue.
func established(id, revenue string) kam.Member {
	sure := kam.Score{Points: new(kam.Int(80)), Range: kam.Range{Worst: kam.Int(80), Best: kam.Int(80)}}
	return kam.Member{
		Account: id, Name: "the " + id, Revenue: money(revenue), Potential: sure, Selection: sure,
		Stage: kam.StageGood, Stages: []kam.Stage{kam.StageGood}, Cell: kam.CellKey, Strategic: kam.No,
	}
}

func TestPortfolioDiff(t *testing.T) {
	before := ranked(t, back(90), established("a", "1 EUR"), established("b", "999 EUR"), established("gone", "5 EUR"), established("late", "4 EUR"))
	lost := established("b", "990 EUR")
	lost.Stage, lost.Stages, lost.Cell = kam.StageDeclining, []kam.Stage{kam.StageDeclining}, kam.CellMaintain
	after := ranked(t, asOf, established("a", "30 EUR"), lost, established("new", "2 EUR"), established("late", "4 EUR"))
	d, err := after.Diff(before)
	require.NoError(t, err)
	require.Len(t, d.Came, 1)
	came := member(t, after, "new")
	assert.Equal(t, kam.MemberDiff{
		Account: "new", Name: "the new", After: kam.Standing{Key: came.Key, Tier: came.Tier, Class: came.Class, Stage: kam.StageGood, Cell: kam.CellKey, Rank: came.Rank},
	}, d.Came[0])
	require.Len(t, d.Gone, 1)
	gone := member(t, before, "gone")
	assert.Equal(t, kam.MemberDiff{
		Account: "gone", Name: "the gone", Before: kam.Standing{Key: gone.Key, Tier: gone.Tier, Class: gone.Class, Stage: kam.StageGood, Cell: kam.CellKey, Rank: gone.Rank},
	}, d.Gone[0])
	assert.Equal(t, asOf, d.AsOf)
	assert.Equal(t, back(90), d.Before)
	assert.False(t, d.OtherPolicy)
	require.Len(t, d.Changed, 2)
	b, a := d.Changed[0], d.Changed[1]
	if a.Account == "b" {
		a, b = b, a
	}
	assert.Equal(t, "the a", a.Name)
	assert.Equal(t, "unknown yes", fmt.Sprint(a.Before.Key, " ", a.After.Key), "of the margin nobody knows how much it is")
	assert.Equal(t, []kam.TestDiff{{
		Test: kam.TestRevenueShare, Before: kam.No, After: kam.Yes,
		Evidence: []kam.EvidenceDiff{{Evidence: "revenue-share", Before: "0.0991", After: "2.924"}},
	}}, a.Tests, "1 of 1009, and 30 of 1026")
	assert.Equal(t, "yes no good declining key maintain", fmt.Sprint(b.Before.Key, " ", b.After.Key, " ", b.Before.Stage, " ", b.After.Stage, " ", b.Before.Cell, " ", b.After.Cell))
	assert.Equal(t, []kam.TestDiff{{
		Test: kam.TestRelationship, Before: kam.Yes, After: kam.No,
		Evidence: []kam.EvidenceDiff{{Evidence: "stage", Before: "good", After: "declining"}, {Evidence: "possible-stages", Before: "good", After: "declining"}},
	}}, b.Tests)
	open := established("a", "30 EUR")
	open.Stages = []kam.Stage{kam.StageGood, kam.StageDeveloping}
	closed, err := ranked(t, asOf, established("a", "30 EUR")).Diff(ranked(t, back(90), open))
	require.NoError(t, err)
	require.Len(t, closed.Changed, 1)
	assert.Equal(t, kam.TestDiff{
		Test: kam.TestRelationship, Before: kam.VerdictUnknown, After: kam.Yes,
		Evidence: []kam.EvidenceDiff{{Evidence: "possible-stages", Before: "good, developing", After: "good"}},
	}, closed.Changed[0].Tests[0], "the stage is the same, and no other is possible any more")
	assert.Equal(t, "可能的关系阶段：良好关系、发展中关系 → 良好关系", closed.Changed[0].Tests[0].Evidence[0].In(kam.Chinese))
	for _, m := range []kam.MemberDiff{a, b} {
		assert.Equal(t, member(t, before, m.Account).Rank, m.Before.Rank)
		assert.Equal(t, member(t, after, m.Account).Rank, m.After.Rank)
		assert.Equal(t, member(t, before, m.Account).Class, m.Before.Class)
		assert.Equal(t, member(t, after, m.Account).Tier, m.After.Tier)
	}

	// As it was kept.
	for _, p := range []*kam.Portfolio{before, after} {
		data, err := json.Marshal(p)
		require.NoError(t, err)
		*p = kam.Portfolio{}
		require.NoError(t, json.Unmarshal(data, p))
	}
	kept, err := after.Diff(before)
	require.NoError(t, err)
	assert.Equal(t, d, kept)

	after.Policy.Digest = "other"
	d, err = after.Diff(before)
	require.NoError(t, err)
	assert.True(t, d.OtherPolicy)
}

// A word that is none is told where it stands, and what is made of it can be written.
func TestPortfolioDiffRefusesWords(t *testing.T) {
	before, after := ranked(t, back(1), established("a", "20 EUR")), ranked(t, asOf, established("a", "20 EUR"))
	after.Members[0].Tier = 77
	_, err := after.Diff(before)
	assert.Equal(t, []string{"/members/0/tier enum Tier(77)|unknown, key, regular, prospect"}, found(err))
	m := &after.Members[0]
	good := *m
	m.Tier, m.Key, m.Class, m.Stage, m.Cell = kam.TierKey, 9, 9, 9, 9
	_, err = after.Diff(before)
	assert.Equal(t, []string{
		"/members/0/key enum Verdict(9)|unknown, yes, no", "/members/0/class enum Class(9)|none, A, B, C",
		"/members/0/stage enum Stage(9)|unknown, potential, developing, good, strong, limited-share, defensive, declining", "/members/0/cell enum Cell(9)|unknown, target, key, low-profile, maintain",
	}, found(err))
	*m = good
	after.Members[0].Tier, after.Members[0].Tests[1].Passed = kam.TierKey, 9
	_, err = after.Diff(before)
	assert.Equal(t, []string{"/members/0/tests/1/passed enum Verdict(9)|unknown, yes, no"}, found(err))
}

func accounts(list []kam.MemberDiff) (ids []string) {
	for _, m := range list {
		ids = append(ids, m.Account)
	}
	return ids
}

// Where one comes in front the ranks of all move, and nothing is said of the others.
func TestPortfolioDiffOfRanks(t *testing.T) {
	before := ranked(t, back(1), established("b", "20 EUR"), established("c", "19 EUR"))
	after := ranked(t, asOf, established("a", "22 EUR"), established("b", "20 EUR"), established("c", "19 EUR"))
	require.Equal(t, 2, member(t, after, "b").Rank)
	d, err := after.Diff(before)
	require.NoError(t, err)
	var classes []string
	for _, m := range d.Changed {
		require.Empty(t, m.Tests)
		classes = append(classes, fmt.Sprint(m.Account, m.Before.Class, m.After.Class))
	}
	assert.Equal(t, []string{"a"}, accounts(d.Came))
	for _, m := range d.Changed {
		require.NotEqual(t, m.Before.Class, m.After.Class, classes)
	}
}

// From one random portfolio to another: each account is in one place, what is said of it is
// what the two say, and the way back says the same the other way round.
func TestPortfolioDiffIsWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	draw := func(on kam.Date) *kam.Portfolio {
		var members []kam.Member
		for i := range 8 {
			if r.IntN(4) == 0 {
				continue
			}
			m := established(fmt.Sprint("m", i), fmt.Sprint(r.IntN(40), " EUR"))
			if r.IntN(2) == 0 {
				m.Stage, m.Stages = kam.StageDeveloping, []kam.Stage{kam.StageDeveloping}
			}
			if r.IntN(3) == 0 {
				m.Revenue = nil
			}
			members = append(members, m)
		}
		return ranked(t, on, members...)
	}
	changed := 0
	for range 300 {
		before, after := draw(back(30)), draw(asOf)
		d, err := after.Diff(before)
		require.NoError(t, err)
		before.AsOf, after.AsOf = after.AsOf, before.AsOf
		way, err := before.Diff(after)
		require.NoError(t, err)
		require.Equal(t, accounts(d.Came), accounts(way.Gone))
		require.Equal(t, accounts(d.Gone), accounts(way.Came))
		require.Len(t, way.Changed, len(d.Changed))
		told := map[string]kam.MemberDiff{}
		for _, m := range d.Changed {
			told[m.Account] = m
			i := slices.IndexFunc(way.Changed, func(x kam.MemberDiff) bool { return x.Account == m.Account })
			require.Equal(t, m.Before, way.Changed[i].After)
			require.Equal(t, m.After, way.Changed[i].Before)
			require.Len(t, way.Changed[i].Tests, len(m.Tests))
		}
		for _, a := range after.Members {
			i := slices.IndexFunc(before.Members, func(b kam.Member) bool { return b.Account == a.Account })
			require.Equal(t, i < 0, slices.Contains(accounts(d.Came), a.Account))
			if i < 0 {
				continue
			}
			b, m := before.Members[i], told[a.Account]
			same := a.Key == b.Key && a.Tier == b.Tier && a.Class == b.Class && a.Stage == b.Stage && a.Cell == b.Cell
			for k := range a.Tests {
				same = same && a.Tests[k].Passed == b.Tests[k].Passed
			}
			require.Equal(t, same, m.Account == "", a.Account)
			if same {
				continue
			}
			changed++
			require.Equal(t, kam.Standing{Key: b.Key, Tier: b.Tier, Class: b.Class, Stage: b.Stage, Cell: b.Cell, Rank: b.Rank}, m.Before)
			require.Equal(t, kam.Standing{Key: a.Key, Tier: a.Tier, Class: a.Class, Stage: a.Stage, Cell: a.Cell, Rank: a.Rank}, m.After)
		}
	}
	require.Greater(t, changed, 500)
}

func TestPortfolioDiffRefuses(t *testing.T) {
	one := ranked(t, asOf, established("a", "1 EUR"))
	var none *kam.Portfolio
	for _, x := range []struct{ p, before *kam.Portfolio }{{none, one}, {one, none}, {none, none}} {
		_, err := x.p.Diff(x.before)
		require.ErrorIs(t, err, kam.CodeMissing)
	}
	same, err := one.Diff(one)
	require.NoError(t, err, "of one day, as by two policies")
	assert.Equal(t, kam.PortfolioDiff{AsOf: asOf, Before: asOf}, same)
	_, err = ranked(t, back(1)).Diff(one)
	assert.Equal(t, []string{"/asOf order 2026-11-23|>= 2026-11-24"}, found(err))
	_, err = (&kam.Portfolio{Members: []kam.Member{{Account: "a"}, {}, {Account: "a"}}}).Diff(&kam.Portfolio{Members: []kam.Member{{}, {}}})
	assert.Equal(t, []string{
		"/before/asOf missing |", "/before/members/0/account missing |", "/before/members/1/account missing |",
		"/asOf missing |", "/members/1/account missing |", "/members/2/account duplicate a|",
	}, found(err))
	d, err := ranked(t, asOf).Diff(ranked(t, back(1)))
	require.NoError(t, err)
	data, err := json.Marshal(d)
	require.NoError(t, err)
	assert.JSONEq(t, `{"asOf": "2026-11-24", "before": "2026-11-23"}`, string(data))
}

// Who is a key account now and was none before, and which test made the difference.
func ExamplePortfolio_Diff() {
	engine, err := kam.Compile(kam.Policy{})
	if err != nil {
		log.Fatal(err)
	}
	account := func(id string, revenue string) kam.Account {
		sold, err := kam.ParseMoney(revenue)
		if err != nil {
			log.Fatal(err)
		}
		return kam.Account{
			ID:         id,
			Sales:      []kam.Period{{From: kam.NewDate(2025, 10, 1), To: kam.NewDate(2026, 9, 30), Revenue: &sold}},
			Judgements: map[kam.Evidence]kam.Judgement{"strategic": {Verdict: kam.No}},
		}
	}
	portfolio := func(asOf kam.Date, accounts ...kam.Account) *kam.Portfolio {
		p, err := engine.Portfolio(func(yield func(kam.Account, error) bool) {
			for _, a := range accounts {
				if !yield(a, nil) {
					return
				}
			}
		}, asOf)
		if err != nil {
			log.Fatal(err)
		}
		return p
	}
	before := portfolio(kam.NewDate(2026, 10, 1), account("acme", "1000 EUR"), account("borg", "990000 EUR"), account("cora", "50000 EUR"))
	now := portfolio(kam.NewDate(2026, 11, 1), account("acme", "40000 EUR"), account("borg", "990000 EUR"), account("dyne", "70000 EUR"))
	diff, err := now.Diff(before)
	if err != nil {
		log.Fatal(err)
	}
	for _, m := range diff.Came {
		fmt.Println(m.Account, "came, of class", m.After.Class)
	}
	for _, m := range diff.Gone {
		fmt.Println(m.Account, "is gone, and was of class", m.Before.Class)
	}
	for _, m := range diff.Changed {
		for _, t := range m.Tests {
			fmt.Println(m.Account, t.Test, "was", t.Before, "and is", t.After)
			for _, e := range t.Evidence {
				fmt.Println("  ", e.In(kam.English))
			}
		}
	}
	// Output:
	// dyne came, of class C
	// cora is gone, and was of class C
	// acme revenue-share was no and is yes
	//    Share of the portfolio's revenue, %: 0.0961 → 3.6364
}
