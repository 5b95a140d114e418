package kam

// Tier is a level of the customer pyramid (S2). The zero value is unknown.
type Tier uint8

// The tiers, from the top.
const (
	TierUnknown  Tier = iota
	TierKey           // key accounts
	TierRegular       // regular customers
	TierProspect      // prospects, who may become customers
)

var tierWords = enumWords[Tier]{"unknown", "key", "regular", "prospect"}

var tierLabels = []Text{
	{"Unknown", "未知"},
	{"Key account", "关键客户"},
	{"Regular customer", "普通客户"},
	{"Prospect", "潜在客户"},
}

// Label names the tier for people.
func (t Tier) Label() Text { return label(t, tierLabels) }

// Tiers returns the three tiers from the top.
func Tiers() []Tier { return []Tier{TierKey, TierRegular, TierProspect} }

// Shares are shares of the three tiers in percent; they sum to 100.
type Shares struct {
	Key      Number `json:"key"`
	Regular  Number `json:"regular"`
	Prospect Number `json:"prospect"`
}

func (s Shares) list() []int64 { return []int64{s.Key.units, s.Regular.units, s.Prospect.units} }

// PyramidRules say how many accounts and how much time each tier is to have.
// Zero fields mean the source's shares (S2).
type PyramidRules struct {
	// Customers is the share of accounts, and Time that of the hours: 10, 30
	// and 60 percent, and 60, 30 and 10.
	Customers Shares `json:"customers"`
	Time      Shares `json:"time"`
	// Capacity is how many key accounts there can be; 0 is the share of
	// Customers.
	Capacity int `json:"capacity"`
}

func (p PyramidRules) withDefaults() PyramidRules {
	if p.Customers == (Shares{}) {
		p.Customers = Shares{Int(10), Int(30), Int(60)}
	}
	if p.Time == (Shares{}) {
		p.Time = Shares{Int(60), Int(30), Int(10)}
	}
	return p
}

func (p *PyramidRules) check(r *report, at place) {
	for _, s := range []struct {
		name   string
		shares Shares
	}{{"customers", p.Customers}, {"time", p.Time}} {
		at, sum, bad := at.key(s.name), int64(0), false
		for i, units := range s.shares.list() {
			if units < 0 || units > 100*numberOne {
				r.add(at.key(tierWords[i+1]), CodeRange, Number{units}.String(), "0..100")
				bad = true
			}
			sum += units
		}
		if !bad && sum != 100*numberOne {
			r.add(at, CodeWeightSum, Number{sum}.String(), "100")
		}
	}
	r.count(at.key("capacity"), &p.Capacity)
}

// Pyramid is the accounts by tier (S2).
type Pyramid struct {
	// Places is how many key accounts there can be.
	Places int `json:"places"`
	// Tiers are the three tiers from the top, actual beside planned.
	Tiers []TierShare `json:"tiers"`
	// Beyond lists the accounts that pass the tests of a key account and find
	// no place, in the order of their ranks: not prospects, and not those whose tier is an
	// override's.
	Beyond []string `json:"beyond,omitempty"`
	// Lapsed lists the accounts that are recorded as key accounts and do not
	// pass the tests any more.
	Lapsed []string `json:"lapsed,omitempty"`
	// Undecided lists the accounts of which too little is known to say
	// whether they are key accounts.
	Undecided []string `json:"undecided,omitempty"`
	// Forced lists the accounts whose tier is an override's.
	Forced []string `json:"forced,omitempty"`
}

// TierShare is how many accounts a tier has, beside how many it is to have.
type TierShare struct {
	Tier     Tier `json:"tier"`
	Accounts int  `json:"accounts"`
	// Share is of all accounts, in percent; the shares sum to 100. Planned is
	// the policy's, and Gap is Share less Planned.
	Share   Number `json:"share"`
	Planned Number `json:"planned"`
	Gap     Number `json:"gap"`
}

// build gives each member, ranked already, its tier. Prospects are those not
// served; key accounts those that pass the tests, by rank, as far as there are
// places; the others are regular. An override goes first, and takes a place.
func (p *PyramidRules) build(members []Member) Pyramid {
	out := Pyramid{Places: p.Capacity}
	if out.Places == 0 {
		out.Places = int(apportion(p.Customers.list(), int64(len(members)))[0])
	}
	left := out.Places
	for i := range members {
		if m := &members[i]; m.Forced != nil {
			out.Forced = append(out.Forced, m.Account)
			if m.Tier == TierKey {
				left--
			}
		}
	}
	counts := make([]int64, 3)
	for i := range members {
		m := &members[i]
		if m.Key == VerdictUnknown {
			out.Undecided = append(out.Undecided, m.Account)
		}
		if m.Recorded == TierKey && m.Key == No {
			out.Lapsed = append(out.Lapsed, m.Account)
		}
		switch {
		case m.Forced != nil:
		case m.served == No || m.Stage == StagePotential:
			m.Tier = TierProspect
		case m.Key == Yes && left > 0:
			m.Tier = TierKey
			left--
		default:
			m.Tier = TierRegular
			if m.Key == Yes {
				out.Beyond = append(out.Beyond, m.Account)
			}
		}
		counts[m.Tier-TierKey]++
	}
	shares := make([]int64, 3)
	if len(members) > 0 {
		shares = apportion(counts, 100*numberOne)
	}
	for i, tier := range Tiers() {
		planned := p.Customers.list()[i]
		out.Tiers = append(out.Tiers, TierShare{tier, int(counts[i]), Number{shares[i]}, Number{planned}, Number{shares[i] - planned}})
	}
	return out
}
