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

var tierWords = []string{"unknown", "key", "regular", "prospect"}

var tierLabels = []Text{
	{"Unknown", "未知"},
	{"Key account", "关键客户"},
	{"Regular customer", "普通客户"},
	{"Prospect", "有可能成为的客户"},
}

// Label names the tier for people.
func (t Tier) Label() Text {
	if int(t) < len(tierLabels) {
		return tierLabels[t]
	}
	return Text{EN: t.String(), ZH: t.String()}
}
