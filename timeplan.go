package kam

import (
	"fmt"
	"math/big"
	"slices"
)

// TimeRules split a budget of hours over the accounts of a portfolio (S2). The
// zero value shares each tier's hours equally, in quarters of an hour, without
// bounds.
type TimeRules struct {
	// Step is the smallest part of an hour to plan; the zero value is 0.25.
	Step Number `json:"step"`
	// ByIndex shares a tier's hours in proportion to the lower end of the
	// selection index instead of equally.
	ByIndex bool `json:"byIndex,omitzero"`
	// Min and Max bound the hours of each account; nil is no bound.
	Min *Number `json:"min,omitzero"`
	Max *Number `json:"max,omitzero"`
	// Tolerance is by how many percent actual hours may differ from planned
	// ones before the account counts as overserved or starved; nil is 25.
	Tolerance *Number `json:"tolerance,omitzero"`
}

// TimePlan is a budget of hours, given out to the last step.
type TimePlan struct {
	Budget Number `json:"budget"`
	// Tiers are the hours of each tier beside its share of the policy; the
	// hours of a tier without accounts go to the others in their ratios.
	Tiers []TierTime `json:"tiers"`
	// Accounts are in the order of the portfolio's ranks.
	Accounts []AccountTime `json:"accounts"`
	// Others lists the accounts that have actual hours and are no members of the
	// portfolio, by id; the hours of the tiers are without theirs.
	Others []string `json:"others,omitempty"`
}

// TierTime is the time of a tier.
type TierTime struct {
	Tier    Tier   `json:"tier"`
	Planned Number `json:"planned"` // the policy's share in percent
	Hours   Number `json:"hours"`
	// Actual is the hours that are known. It is nil where the tier has accounts and those of none
	// of them are known, and in a tier without accounts where another one is so: they may belong here.
	Actual *Number `json:"actual,omitzero"`
	// Share is Actual in percent of all actual hours, and Gap that less Planned; nil where any tier
	// has accounts and no known hours, and where there are no hours at all.
	Share *Number `json:"share,omitzero"`
	Gap   *Number `json:"gap,omitzero"`
	// Unknown counts the accounts whose hours are not known beside others that are; they have no
	// part in the shares.
	Unknown int `json:"unknown,omitzero"`
}

// AccountTime is the time of an account.
type AccountTime struct {
	Account string  `json:"account"`
	Tier    Tier    `json:"tier"`
	Hours   Number  `json:"hours"`
	Actual  *Number `json:"actual,omitzero"`
	// Overserved and Starved say that the actual hours are above or below the
	// planned ones by more than the tolerance.
	Overserved bool `json:"overserved,omitzero"`
	Starved    bool `json:"starved,omitzero"`
}

// PlanTime gives out a budget of hours: to the tiers by the policy's shares,
// and within a tier equally or by index, within the bounds, in whole steps by
// the largest remainder, ties to the higher rank. It sums to the budget
// exactly. Actual hours by account stand beside; an account that is absent has
// none known, and one that is no member is listed.
//
// Hours outside 0 to a billion or not in whole steps, members without an id or a tier or
// given twice, and actual hours of more than [Number] holds together are [Violations]; so
// are, by index, indices outside 0 to 100, and bounds that cannot be met, as [CodeHours]
// that says by how much. A nil portfolio, hours for no member at all, and the zero Engine
// are a [CodeMissing].
func (e *Engine) PlanTime(p *Portfolio, budget Number, rules TimeRules, actual map[string]Number) (TimePlan, error) {
	switch {
	case !e.compiled():
		return TimePlan{}, fmt.Errorf("kam: plan %s hours: %w", budget, noEngine())
	case p == nil:
		return TimePlan{}, fmt.Errorf("kam: plan %s hours: %w", budget, notGiven("portfolio"))
	}
	if rules.Step == (Number{}) {
		rules.Step = Dec(25, 2)
	}
	var r report
	steps := rules.check(&r, budget, actual)
	plan := TimePlan{Budget: budget}
	shares := e.policy.Portfolio.Pyramid.Time.list()
	byTier := rules.byTier(&r, p.Members, actual)
	if len(p.Members) == 0 && budget.units > 0 {
		r.add("/members", CodeMissing, "", "")
	}
	hours := map[string]Number{}
	if len(r.found) == 0 && len(p.Members) > 0 {
		for i, n := range rules.tiers(shares, byTier, steps.budget) {
			rules.within(&r, Tiers()[i], byTier[i], n, steps, hours)
		}
	}
	if err := r.found.Err(); err != nil {
		return TimePlan{}, fmt.Errorf("kam: plan %s hours: %w", budget, err)
	}
	plan.fill(p, rules, shares, hours, actual)
	return plan, nil
}

// maxHours bounds hours, so that no sum of them overflows.
const (
	maxHours   = 1_000_000_000 * numberOne
	hoursRange = "0..1000000000"
)

// timeSteps are the budget and the bounds in steps.
type timeSteps struct{ budget, min, max int64 }

func (t *TimeRules) check(r *report, budget Number, actual map[string]Number) timeSteps {
	if t.Step.units <= 0 {
		r.add("/step", CodeRange, t.Step.String(), "> 0")
		return timeSteps{}
	}
	whole := func(at place, n Number) int64 {
		if n.units < 0 || n.units > maxHours {
			r.add(at, CodeRange, n.String(), hoursRange)
		} else if n.units%t.Step.units != 0 {
			r.add(at, CodeRange, n.String(), "n * "+t.Step.String())
		}
		return n.units / t.Step.units
	}
	s := timeSteps{budget: whole("/budget", budget), max: numberMax}
	if t.Min != nil {
		s.min = whole("/min", *t.Min)
	}
	if t.Max != nil {
		if s.max = whole("/max", *t.Max); s.max < s.min {
			r.add("/max", CodeRange, t.Max.String(), ">= "+Number{s.min * t.Step.units}.String())
		}
	}
	if t.Tolerance != nil && t.Tolerance.units < 0 {
		r.add("/tolerance", CodeRange, t.Tolerance.String(), ">= 0")
	}
	for account, n := range sorted(actual) {
		r.hours(place("/actual").key(account), &n)
	}
	return s
}

// byTier checks the members and sorts them into the tiers.
func (t *TimeRules) byTier(r *report, members []Member, actual map[string]Number) [][]*Member {
	byTier := make([][]*Member, len(tierWords)-1)
	seen, spent := map[string]bool{}, int64(0)
	for i := range members {
		m := &members[i]
		r.enter("/members", i)
		r.unique("/account", m.Account, seen)
		if index := m.Index.lower(); t.ByIndex && (index < 0 || index > 100*numberOne) {
			r.add("/index", CodeRange, Number{index}.String(), "0..100")
		}
		if word(r, "/tier", m.Tier, tierWords) {
			byTier[m.Tier-TierKey] = append(byTier[m.Tier-TierKey], m)
		}
		r.leave()
		spent = min(spent+max(0, actual[m.Account].units), numberMax+1)
	}
	if spent > numberMax {
		r.add("/actual", CodeRange, "> "+Number{numberMax}.String(), "<= "+Number{numberMax}.String())
	}
	return byTier
}

// tiers splits the budget over the tiers that have accounts.
func (t *TimeRules) tiers(shares []int64, members [][]*Member, budget int64) []int64 {
	parts, sum := make([]int64, len(shares)), int64(0)
	for i := range shares {
		if len(members[i]) > 0 {
			parts[i] = shares[i]
			sum += shares[i]
		}
	}
	if sum == 0 { // the tiers that have accounts have no share: by heads
		for i := range shares {
			parts[i] = int64(len(members[i]))
		}
	}
	return apportion(parts, budget)
}

// within splits a tier's steps over its members.
func (t *TimeRules) within(r *report, tier Tier, members []*Member, n int64, s timeSteps, out map[string]Number) {
	count := int64(len(members))
	at := place("/tiers").key(tier.String())
	hours := func(steps, times int64) string {
		sum := new(big.Int).Mul(big.NewInt(steps), big.NewInt(times))
		return decimalSum(sum.Mul(sum, big.NewInt(t.Step.units)))
	}
	switch {
	case count == 0:
		return
	case s.min > n/count: // rounded down, which decides the same
		r.add(at, CodeHours, hours(n, 1), hours(s.min, count))
		return
	case s.max < (n+count-1)/count:
		r.add(at, CodeHours, hours(n, 1), hours(s.max, count))
		return
	}
	weights := make([]int64, count)
	for i, m := range members {
		if weights[i] = 1; t.ByIndex {
			weights[i] = m.Index.lower()
		}
	}
	for i, steps := range bounded(weights, n, s.min, s.max) {
		out[members[i].Account] = Number{steps * t.Step.units}
	}
}

// bounded splits n in the ratios of the weights, each part within lo and hi,
// which can be met. Parts that would be outside are fixed at their bound and
// the rest is split again; weights that sum to nothing count as equal.
func bounded(weights []int64, n, lo, hi int64) []int64 {
	out := make([]int64, len(weights))
	free := make([]int, len(weights))
	for i := range free {
		free[i] = i
	}
	for len(free) > 0 {
		parts := make([]int64, len(free))
		var sum int64
		for k, i := range free {
			parts[k] = weights[i]
			sum += weights[i]
		}
		if sum == 0 {
			for k := range parts {
				parts[k] = 1
			}
		}
		parts = apportion(parts, n)
		var short, over int64
		for k, i := range free {
			out[i] = parts[k]
			short += max(0, lo-parts[k])
			over += max(0, parts[k]-hi)
		}
		if short == 0 && over == 0 {
			return out
		}
		// Fix the side that is out by more, and split the rest again.
		free = slices.DeleteFunc(free, func(i int) bool {
			switch {
			case short >= over && out[i] < lo:
				out[i] = lo
			case short < over && out[i] > hi:
				out[i] = hi
			default:
				return false
			}
			n -= out[i]
			return true
		})
	}
	return out
}

// fill sets the actual hours beside the planned ones.
func (p *TimePlan) fill(of *Portfolio, rules TimeRules, shares []int64, hours, actual map[string]Number) {
	planned, spent := make([]int64, len(shares)), make([]int64, len(shares))
	tolerance := int64(25 * numberOne)
	if rules.Tolerance != nil {
		tolerance = rules.Tolerance.units
	}
	accounts, known, all := make([]int, len(shares)), make([]int, len(shares)), int64(0)
	for _, m := range of.Members {
		a, tier := AccountTime{Account: m.Account, Tier: m.Tier, Hours: hours[m.Account]}, m.Tier-TierKey
		planned[tier] += a.Hours.units
		accounts[tier]++
		if n, ok := actual[m.Account]; ok {
			a.Actual = &n
			known[tier]++
			spent[tier] += n.units
			all += n.units
			off := new(big.Int).Mul(big.NewInt(n.units-a.Hours.units), big.NewInt(100*numberOne))
			line := new(big.Int).Mul(big.NewInt(a.Hours.units), big.NewInt(tolerance))
			a.Overserved, a.Starved = off.Cmp(line) > 0, off.Neg(off).Cmp(line) > 0
		}
		p.Accounts = append(p.Accounts, a)
	}
	for account := range sorted(actual) {
		if _, member := hours[account]; !member {
			p.Others = append(p.Others, account)
		}
	}
	told := true // of each tier that has accounts
	for i := range known {
		told = told && (known[i] > 0 || accounts[i] == 0)
	}
	var share []int64
	if told && all > 0 {
		share = apportion(spent, 100*numberOne)
	}
	for i, tier := range Tiers() {
		t := TierTime{Tier: tier, Planned: Number{shares[i]}, Hours: Number{planned[i]}}
		if known[i] > 0 || told && accounts[i] == 0 {
			t.Actual, t.Unknown = &Number{spent[i]}, accounts[i]-known[i]
		}
		if share != nil {
			t.Share, t.Gap = &Number{share[i]}, &Number{share[i] - shares[i]}
		}
		p.Tiers = append(p.Tiers, t)
	}
}
