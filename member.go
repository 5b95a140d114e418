package kam

import "slices"

// Member is an account as the portfolio sees it.
type Member struct {
	Account string `json:"account"`
	Name    string `json:"name,omitzero"`
	Segment string `json:"segment,omitzero"`
	Place   string `json:"place,omitzero"`
	Owner   string `json:"owner,omitzero"`
	Parent  string `json:"parent,omitzero"`

	// Revenue and Margin are the last twelve months' revenue and gross
	// margin; nil is unknown.
	Revenue *Money `json:"revenue,omitzero"`
	Margin  *Money `json:"margin,omitzero"`

	Selection Score `json:"-"`
	Potential Score `json:"-"`
	// Stage is the one in force, and Stages those that are possible.
	Stage  Stage   `json:"stage"`
	Stages []Stage `json:"-"`
	Cell   Cell    `json:"cell"`
	// Strategic is the judgement of people.
	Strategic Verdict `json:"-"`
	// Recorded is the tier that the account is recorded to have, and Forced
	// the one that an override demands.
	Recorded Tier        `json:"recorded,omitzero"`
	Forced   *Overruling `json:"override,omitzero"`
	// Grave counts the failure checks of high severity that are at risk.
	Grave  int `json:"grave,omitzero"`
	served Verdict

	// What the portfolio adds.
	Tests []TestResult `json:"tests"`
	// Key says whether the account passes the tests of a key account.
	Key   Verdict `json:"key"`
	Index Index   `json:"index"`
	// Rank is from 1, and RankBest to RankWorst the ranks that are possible
	// given what is unknown.
	Rank      int   `json:"rank"`
	RankBest  int   `json:"rankBest"`
	RankWorst int   `json:"rankWorst"`
	Tier      Tier  `json:"tier"`
	Class     Class `json:"class"`

	policy      PolicyRef // that it was assessed by, and when; none of one made by hand
	asOf        Date
	ofOurs      *Number // share of all our revenue, where the account says what that is
	departments []string
	unplaced    bool // a contact is of a department that nobody knows
}

// NewMember takes from an account and its assessment what a portfolio needs, and keeps
// nothing that an [Assessor] writes over. Of points that are overridden it takes those that are
// in force. An assessment of another account is a [CodeUnknown], and an amount that Money
// does not hold a [CodeMoney].
func NewMember(a Account, s Assessment) (Member, error) {
	var r report
	if r.sameAccount(&a, &s); len(r.found) > 0 {
		return Member{}, &AccountError{a.ID, r.found, "rank"}
	}
	m := Member{
		Account: a.ID, Name: a.Name, Segment: a.Segment, Place: a.Place, Owner: a.Owner, Parent: a.Parent,
		Selection: s.inForceOf(&s.Selection), Potential: s.inForceOf(&s.Potential),
		Stage: s.StageInForce(), Stages: slices.Clone(s.Stage.Possible), Cell: s.CellInForce(),
		Strategic: s.Strategic, Recorded: a.Tier, served: s.Stage.Served,
		policy: s.Policy, asOf: s.AsOf, ofOurs: clonePtr(s.Signals.peek(SignalOurRevenueShare)),
		Grave: s.Risks.count(AtRisk, High),
	}
	m.Forced = clonePtr(s.overruling(OverrideTier))
	if s.overruling(OverrideStage) != nil {
		m.Stages = []Stage{m.Stage}
	}
	for _, c := range a.Contacts {
		switch {
		case !c.ActiveOn(s.AsOf) || slices.Contains(m.departments, c.Department):
		case c.Department == "":
			m.unplaced = true
		default:
			m.departments = append(m.departments, c.Department)
		}
	}
	slices.Sort(m.departments)
	for _, x := range []struct {
		signal Signal
		to     **Money
	}{{SignalRevenue, &m.Revenue}, {SignalGrossMargin, &m.Margin}} {
		n := s.Signals.peek(x.signal)
		if n == nil {
			continue
		}
		at := place("").key(string(x.signal))
		amount, ok := moneyOf(n.Decimal(), s.Signals.Currency)
		switch {
		case !n.Valid():
			r.number(at, n)
		case !ok:
			r.add(at, CodeMoney, n.String(), "")
		case s.Signals.Currency != "":
			r.currency("/currency", s.Signals.Currency)
		}
		*x.to = &amount
	}
	if len(r.found) > 0 {
		return Member{}, &AccountError{a.ID, r.found, "rank"}
	}
	return m, nil
}

// check reports what [NewMember] does not make, and takes the tier of the override.
func (m *Member) check(r *report) {
	r.money("/revenue", m.Revenue, true)
	r.money("/margin", m.Margin, true)
	m.Selection.checkPoints(r, "selection")
	m.Potential.checkPoints(r, "potential")
	if enum(r, "/stage", m.Stage, stageWords); m.Stage != StageUnknown && int(m.Stage) < len(stageWords) && len(m.Stages) > 0 && !slices.Contains(m.Stages, m.Stage) {
		var words []string
		for _, s := range m.Stages {
			words = append(words, s.String())
		}
		r.add("/stage", CodeUnknown, m.Stage.String(), join(words))
	}
	for i, s := range m.Stages {
		r.enter("/stages", i)
		enum(r, "", s, stageWords)
		r.leave()
	}
	enum(r, "/cell", m.Cell, cellWords)
	enum(r, "/strategic", m.Strategic, verdictWords)
	enum(r, "/recorded", m.Recorded, tierWords)
	if m.Forced == nil {
		return
	}
	if m.Forced.Of != OverrideTier {
		r.add("/override/of", CodeEnum, m.Forced.Of, OverrideTier)
	}
	if s := m.Forced.State; s == OverrideExpired || s == OverrideSuperseded {
		r.add("/override/state", CodeEnum, s.String(), OverrideInForce.String())
	}
	if err := m.Tier.UnmarshalText([]byte(m.Forced.Value)); err != nil || m.Tier == TierUnknown {
		r.add("/override/value", CodeEnum, m.Forced.Value, join(tierWords[1:]))
	}
}

// checkPoints reports points that no scorecard gives. Where there are none, all is possible.
func (s *Score) checkPoints(r *report, name string) {
	s.orUnknown()
	r.enterKey("", name)
	defer r.leave()
	r.percent("/points", s.Points)
	r.percent("/range/worst", &s.Range.Worst)
	r.percent("/range/best", &s.Range.Best)
	switch p := s.Points; {
	case s.Range.Best.units < s.Range.Worst.units:
		r.add("/range", CodeRange, s.Range.Worst.String()+".."+s.Range.Best.String(), "worst <= best")
	case p != nil && isPercent(p) && (p.units < s.Range.Worst.units || p.units > s.Range.Best.units):
		r.add("/points", CodeRange, p.String(), s.Range.Worst.String()+".."+s.Range.Best.String())
	}
}

// orUnknown makes all possible of a score without a range, as of a member that was read back
// from JSON or made by hand.
func (s *Score) orUnknown() {
	if s.Range == (Range{}) && (s.Points == nil || s.Points.units != 0) {
		s.Range.Best = Int(100)
	}
}

// Member returns the member of an account, and whether there is one. It looks through all of
// them: make a map of Members to look up many.
func (p *Portfolio) Member(account string) (Member, bool) {
	if p != nil {
		for _, m := range p.Members {
			if m.Account == account {
				return m, true
			}
		}
	}
	return Member{}, false
}
