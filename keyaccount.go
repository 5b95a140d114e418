package kam

import "slices"

// TestID names a test of what makes a key account (S1, S9). It never changes
// its meaning.
type TestID string

// The tests.
const (
	TestLoss         TestID = "loss"          // losing the account would hurt the year's result
	TestRevenueShare TestID = "revenue-share" // it is a large share of today's revenue
	TestRelationship TestID = "relationship"  // the relationship is established
	TestPotential    TestID = "potential"     // future potential is large
	TestStrategic    TestID = "strategic"     // it stands for a target segment, department or place
)

var testIDs = []string{string(TestLoss), string(TestRevenueShare), string(TestRelationship), string(TestPotential), string(TestStrategic)}

// EvidenceStrategic is the judgement whether an account is of strategic
// importance.
const EvidenceStrategic Evidence = "strategic"

// KeyRules say which accounts are key accounts. Zero fields mean the defaults.
type KeyRules struct {
	// LossRevenue and LossMargin are the losses, in percent of all known revenue (that of the
	// portfolio, or a greater one that the account states as ours) and of all known gross
	// margin, that hurt the year's result; either is enough. The
	// margin's is unknown while the margins of accounts whose revenue alone is known could bring
	// it under the line; who has neither is left out.
	LossRevenue *Number `json:"lossRevenue,omitzero"`
	LossMargin  *Number `json:"lossMargin,omitzero"`
	// RevenueShare is a large share of all revenue, in percent.
	RevenueShare *Number `json:"revenueShare,omitzero"`
	// Established lists the stages of an established relationship; nil is good, strong and
	// defensive, which is an established one under attack.
	Established []Stage `json:"established"`
	// Potential is the points of the potential scorecard that are large. The
	// test is unknown while what is not answered could decide it.
	Potential *Number `json:"potential,omitzero"`
	// Segments, Departments and Places are the targets of the strategy.
	Segments    []string `json:"segments,omitempty"`
	Departments []string `json:"departments,omitempty"`
	Places      []string `json:"places,omitempty"`
	// All lists what a key account must pass: of each list one test at least.
	All [][]TestID `json:"all"`
}

func (k KeyRules) withDefaults() KeyRules {
	or := func(n *Number, d int) *Number {
		if n == nil {
			return new(Int(d))
		}
		return clonePtr(n)
	}
	k.LossRevenue, k.LossMargin, k.RevenueShare = or(k.LossRevenue, 5), or(k.LossMargin, 5), or(k.RevenueShare, 2)
	k.Potential = or(k.Potential, 60)
	if k.Established == nil {
		k.Established = []Stage{StageGood, StageStrong, StageDefensive}
	}
	if k.All == nil {
		k.All = [][]TestID{{TestRelationship}, {TestPotential}, {TestLoss, TestRevenueShare, TestStrategic}}
	}
	return k
}

func (k *KeyRules) check(r *report, at place) {
	for _, n := range []struct {
		name  string
		value *Number
	}{{"lossRevenue", k.LossRevenue}, {"lossMargin", k.LossMargin}, {"revenueShare", k.RevenueShare}, {"potential", k.Potential}} {
		r.percent(at.key(n.name), n.value)
	}
	for i, s := range k.Established {
		enum(r, at.key("established").index(i), s, stageWords)
	}
	if len(k.All) == 0 { // all would pass
		r.add(at.key("all"), CodeMissing, "", ">= 1")
	}
	for i, any := range k.All {
		if len(any) == 0 {
			r.add(at.key("all").index(i), CodeMissing, "", ">= 1")
		}
		for j, id := range any {
			if !slices.Contains(testIDs, string(id)) {
				r.add(at.key("all").index(i).index(j), CodeUnknown, string(id), join(testIDs))
			}
		}
	}
}

// TestResult is one test of an account, passed, failed or unknown, with its
// evidence.
type TestResult struct {
	Test     TestID    `json:"test"`
	Passed   Verdict   `json:"passed"`
	Evidence []Finding `json:"evidence"`
}

// key runs the tests of a member against the totals of the portfolio, of whose margin most
// is the most that it may be.
func (k *KeyRules) key(m *Member, p *Portfolio, most rational) {
	m.Tests = []TestResult{
		k.loss(m, p, most), k.share(m, p), k.relationship(m), k.potential(m), k.strategic(m),
	}
	m.Key = Yes
	for _, any := range k.All {
		best := No
		for _, t := range m.Tests {
			if slices.Contains(any, t.Test) && (t.Passed == Yes || t.Passed == VerdictUnknown && best == No) {
				best = t.Passed
			}
		}
		switch {
		case best == No:
			m.Key = No
			return
		case best == VerdictUnknown:
			m.Key = VerdictUnknown
		}
	}
}

// reaches compares a number with a line.
func reaches(n *Number, line Number) Verdict {
	switch {
	case n == nil:
		return VerdictUnknown
	case n.units >= line.units:
		return Yes
	}
	return No
}

func valueOf(n *Number) string {
	if n == nil {
		return "unknown"
	}
	return n.String()
}

// revenueShare is the member's share of all our revenue: of that of the portfolio, or, where the
// account states a greater one, of that; part says that it does, so that the portfolio is a part
// of our customers.
func (p *Portfolio) revenueShare(m *Member) (share *Number, part bool) {
	share = p.Revenue.share(m.Revenue)
	if share != nil && m.ofOurs != nil && m.ofOurs.units < share.units {
		return m.ofOurs, true
	}
	return share, false
}

// unlisted is the revenue of the customers who are not in the portfolio, at the most: the share
// that tells of it is rounded to 4 places.
func (m *Member) unlisted(p *Portfolio) rational {
	all := m.Revenue.rational().mul(2_000_000, max(1, 2*m.ofOurs.units-1))
	return all.sub(p.Revenue.Known.rational())
}

// loss asks what the year would be without the account. A margin that nobody knows is
// anything up to the revenue, that of customers who are not in the portfolio too: a share that
// this could bring under the line is unknown.
func (k *KeyRules) loss(m *Member, p *Portfolio, most rational) TestResult {
	revenue, part := p.revenueShare(m)
	margin := p.Margin.share(m.Margin)
	t := TestResult{Test: TestLoss, Passed: reaches(revenue, *k.LossRevenue)}
	lost := reaches(margin, *k.LossMargin)
	shown := valueOf(margin)
	if part {
		most = most.add(m.unlisted(p))
	}
	if least := shareOf(most, m.Margin); lost == Yes && reaches(least, *k.LossMargin) != Yes {
		lost, shown = VerdictUnknown, valueOf(least)+".."+shown
	}
	if t.Passed != Yes && lost != No {
		t.Passed = lost
	}
	without := func(total Total, amount *Money) string {
		if amount == nil {
			return "unknown"
		}
		rest, err := total.Known.Sub(*amount)
		if err != nil {
			return "unknown"
		}
		return rest.String()
	}
	of := func(total Total) string {
		if total.Accounts == 0 {
			return "total unknown"
		}
		return "total " + total.Known.String()
	}
	lostRevenue, lostMargin := found("revenue-lost", ">= "+k.LossRevenue.String(), valueOf(revenue)), found("margin-lost", ">= "+k.LossMargin.String(), shown)
	if part { // what would be left is not known
		t.Evidence = []Finding{lostRevenue, lostMargin}
		return t
	}
	t.Evidence = []Finding{
		lostRevenue, found("revenue-without", of(p.Revenue), without(p.Revenue, m.Revenue)),
		lostMargin, found("margin-without", of(p.Margin), without(p.Margin, m.Margin)),
	}
	return t
}

func (k *KeyRules) share(m *Member, p *Portfolio) TestResult {
	share, part := p.revenueShare(m)
	id := Evidence("revenue-share")
	if part {
		id = Evidence(SignalOurRevenueShare)
	}
	return TestResult{TestRevenueShare, reaches(share, *k.RevenueShare), []Finding{found(id, ">= "+k.RevenueShare.String(), valueOf(share))}}
}

// relationship is decided when all the stages that are possible agree.
func (k *KeyRules) relationship(m *Member) TestResult {
	t := TestResult{Test: TestRelationship, Evidence: []Finding{found("stage", "established", m.Stage.String())}}
	var possible []string
	established := 0
	for _, s := range m.Stages {
		possible = append(possible, s.String())
		if slices.Contains(k.Established, s) {
			established++
		}
	}
	if len(possible) > 0 {
		t.Evidence = append(t.Evidence, found("possible-stages", "each established", join(possible)))
	}
	switch {
	case len(m.Stages) == 0:
	case established == len(m.Stages):
		t.Passed = Yes
	case established == 0 && !slices.Contains(m.Stages, StageUnknown):
		t.Passed = No
	}
	return t
}

// potential is unknown while the range of the score straddles the line: what is not
// answered passes no test.
func (k *KeyRules) potential(m *Member) TestResult {
	line, may := Condition{AtLeast: k.Potential}, m.Potential.Range.around(m.Potential.Points)
	return TestResult{TestPotential, line.judge(may), []Finding{
		found("potential", "points >= "+k.Potential.String(), valueOf(m.Potential.Points)),
		found("potential-range", "from worst to best", m.Potential.Range.Worst.String()+".."+m.Potential.Range.Best.String()),
	}}
}

// strategic asks people first, and then whether the account stands for a
// target.
func (k *KeyRules) strategic(m *Member) TestResult {
	t := TestResult{Test: TestStrategic, Passed: m.Strategic, Evidence: []Finding{found(EvidenceStrategic, "is yes", m.Strategic.String())}}
	if t.Passed != VerdictUnknown {
		return t
	}
	known := true
	for _, x := range []struct {
		what    Evidence
		targets []string
		have    []string
		more    bool // there is more that nobody knows
	}{
		{"segment", k.Segments, ifNamed(m.Segment), false},
		{"department", k.Departments, m.departments, m.unplaced},
		{"place", k.Places, ifNamed(m.Place), false},
	} {
		if len(x.targets) == 0 {
			continue
		}
		f := found(x.what, "one of "+join(x.targets), "unknown")
		if known = known && len(x.have) > 0 && !x.more; len(x.have) > 0 {
			f.Value = join(x.have)
		}
		for _, h := range x.have {
			if slices.Contains(x.targets, h) {
				t.Passed = Yes
			}
		}
		t.Evidence = append(t.Evidence, f)
	}
	if t.Passed == VerdictUnknown && known && len(t.Evidence) > 1 { // there are targets
		t.Passed = No
	}
	return t
}

// ifNamed is a name that is known, or none.
func ifNamed(name string) []string {
	if !hasName(name) {
		return nil
	}
	return []string{name}
}
