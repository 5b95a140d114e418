package kam

import (
	"fmt"
)

// PortfolioDiff is what changed between two portfolios: who came, who is gone, and of
// whom something else is said now. What stayed as it was is left out.
type PortfolioDiff struct {
	AsOf   Date `json:"asOf"`
	Before Date `json:"before"`
	// OtherPolicy says that the two were made by different policies, so that a change may
	// be one of the rules and not of an account.
	OtherPolicy bool `json:"otherPolicy,omitzero"`
	// Came and Gone are the accounts of one of the two alone, by their ranks in it, with where
	// they stand there.
	Came []MemberDiff `json:"came,omitempty"`
	Gone []MemberDiff `json:"gone,omitempty"`
	// Changed are the others of which more is said otherwise than the rank, by their ranks
	// now: a rank moves with those of others.
	Changed []MemberDiff `json:"changed,omitempty"`
}

// MemberDiff is the change of what a portfolio says of an account. Before is the zero
// Standing of one that came, and After of one that is gone.
type MemberDiff struct {
	Account string   `json:"account"`
	Name    string   `json:"name,omitzero"`
	Before  Standing `json:"before,omitzero"`
	After   Standing `json:"after,omitzero"`
	// Tests are those of a key account that came out otherwise, with what changed them.
	Tests []TestDiff `json:"tests,omitempty"`
}

// Standing is what a portfolio says of an account, as in [Member].
type Standing struct {
	Key   Verdict `json:"key"`
	Tier  Tier    `json:"tier"`
	Class Class   `json:"class"`
	Stage Stage   `json:"stage"`
	Cell  Cell    `json:"cell"`
	Rank  int     `json:"rank"`
	// Forced says that the tier is an override's. Who passes (Key), is regular and not Forced
	// found no place.
	Forced bool `json:"forced,omitzero"`
}

// TestDiff is the change of one test of a key account.
type TestDiff struct {
	Test   TestID  `json:"test"`
	Before Verdict `json:"before"`
	After  Verdict `json:"after"`
	// Evidence is what the test looked at, where it is not the same.
	Evidence []EvidenceDiff `json:"evidence,omitempty"`
}

// Diff returns what changed since an earlier portfolio, of the same customers or of
// others. A nil portfolio is a [CodeMissing], and one of a later day a
// [CodeOrder] at "/asOf"; two of one day show what another policy makes of it. In one that
// [Engine.Rank] has not made, a day or an account that is not there is a [CodeMissing], an account
// that comes twice a [CodeDuplicate] and a word that is none a [CodeEnum]. A portfolio that was
// kept as JSON does as well as the one that was made.
func (p *Portfolio) Diff(before *Portfolio) (PortfolioDiff, error) {
	var r report
	if p == nil || before == nil {
		return PortfolioDiff{}, fmt.Errorf("kam: compare portfolios: %w", notGiven("portfolio"))
	}
	r.enterKey("", "before")
	was := before.byAccount(&r)
	r.leave()
	is := p.byAccount(&r)
	if len(r.found) == 0 && before.AsOf.Cmp(p.AsOf) > 0 {
		r.add("/asOf", CodeOrder, p.AsOf.String(), ">= "+before.AsOf.String())
	}
	if err := r.found.Err(); err != nil {
		return PortfolioDiff{}, fmt.Errorf("kam: compare portfolios: %w", err)
	}
	d := PortfolioDiff{AsOf: p.AsOf, Before: before.AsOf, OtherPolicy: !p.Policy.same(before.Policy)}
	for i := range p.Members {
		a := &p.Members[i]
		b := was[a.Account]
		if b == nil {
			d.Came = append(d.Came, MemberDiff{Account: a.Account, Name: a.Name, After: a.standing()})
			continue
		}
		m := MemberDiff{a.Account, a.Name, b.standing(), a.standing(), testDiff(b.Tests, a.Tests)}
		moved := m.Before
		if moved.Rank = m.After.Rank; moved != m.After || len(m.Tests) > 0 {
			d.Changed = append(d.Changed, m)
		}
	}
	for i := range before.Members {
		if b := &before.Members[i]; is[b.Account] == nil {
			d.Gone = append(d.Gone, MemberDiff{Account: b.Account, Name: b.Name, Before: b.standing()})
		}
	}
	return d, nil
}

// byAccount are the members by their account.
func (p *Portfolio) byAccount(r *report) map[string]*Member {
	r.day("/asOf", p.AsOf)
	members, seen := make(map[string]*Member, len(p.Members)), make(map[string]bool, len(p.Members))
	for i := range p.Members {
		m := &p.Members[i]
		r.enter("/members", i)
		r.unique("/account", m.Account, seen)
		enum(r, "/key", m.Key, verdictWords)
		enum(r, "/tier", m.Tier, tierWords)
		enum(r, "/class", m.Class, classWords)
		enum(r, "/stage", m.Stage, stageWords)
		enum(r, "/cell", m.Cell, cellWords)
		for j, t := range m.Tests {
			r.enter("/tests", j)
			enum(r, "/passed", t.Passed, verdictWords)
			r.leave()
		}
		r.leave()
		members[m.Account] = m
	}
	return members
}

func (m *Member) standing() Standing {
	return Standing{m.Key, m.Tier, m.Class, m.Stage, m.Cell, m.Rank, m.Forced != nil}
}

// testDiff compares the tests; one that only one of the two has is unknown in the other.
func testDiff(before, after []TestResult) []TestDiff {
	var out []TestDiff
	for _, id := range testIDs {
		b, a := resultOf(before, TestID(id)), resultOf(after, TestID(id))
		if b.Passed != a.Passed {
			out = append(out, TestDiff{TestID(id), b.Passed, a.Passed, evidenceDiff(b.Evidence, a.Evidence)})
		}
	}
	return out
}

func resultOf(results []TestResult, id TestID) TestResult {
	for _, x := range results {
		if x.Test == id {
			return x
		}
	}
	return TestResult{}
}
