package kam

import (
	"fmt"
	"math/big"
	"slices"
)

// RoleScorecard returns the built-in scorecard for the work of an account
// manager: five responsibilities to the customer and ten to our own company
// (S13), and seven principles (S14). The three lists weigh the same, and so do
// the entries of one list. Package questions has the questions and what a 0, a
// 5 and a 10 look like. Each call returns a new one, to change as you like.
func RoleScorecard() Scorecard {
	return Scorecard{
		ID:       "role",
		Name:     Text{"The account manager's role", "客户经理的角色"},
		Source:   "S13, S14",
		Relative: true,
		Factors: []Factor{
			{ID: "to-customer", Name: Text{"Responsibilities to the customer", "对客户的职责"}, Weight: Int(1), Questions: []Factor{
				question("advocate", 1, "Speaks for them inside our company", "在公司内部为客户发声"),
				question("expert", 1, "Is an expert", "是行家"),
				question("resource", 1, "Finds resources and solves problems", "调动资源、解决问题"),
				question("ambassador", 1, "Opens doors and drives the relationship", "打开局面、推动关系"),
				question("adviser", 1, "Analyses their business and advises", "分析业务、提供建议"),
			}},
			{ID: "to-company", Name: Text{"Responsibilities to the company", "对公司的职责"}, Weight: Int(1), Questions: []Factor{
				question("joint-strategy", 1, "Strategy for working together", "合作战略"),
				question("account-plan", 1, "Account plan", "客户计划"),
				question("market-knowledge", 1, "Knowledge of customers, competitors and markets", "客户、竞争对手与市场信息"),
				question("relationships", 1, "Relationships on both sides", "内外部关系"),
				question("early-positioning", 1, "Position before the purchase", "采购前展示优势"),
				question("proposals", 1, "Follow-up of proposals", "方案跟进"),
				question("contracts", 1, "Contracts that both sides gain from", "双赢的合同"),
				question("satisfaction", 1, "Customer satisfaction", "客户满意度"),
				question("future-business", 1, "Future business", "未来业务"),
				question("coordination", 1, "One company towards the customer", "对外步调一致"),
			}},
			{ID: "principles", Name: Text{"Principles", "原则"}, Weight: Int(1), Questions: []Factor{
				question("customer-matters", 1, "The customer always counts", "客户始终重要"),
				question("customer-viewpoint", 1, "The customer's point of view", "客户的视角"),
				question("execution", 1, "Good execution", "执行到位"),
				question("living-relationship", 1, "A relationship alive on both sides", "双方关系保持活跃"),
				question("problem-solving", 1, "Problems get solved", "解决问题"),
				question("satisfaction-and-profit", 1, "Satisfaction tied to profit", "满意度与利润挂钩"),
				question("measuring", 1, "What matters is measured", "衡量重要事项"),
			}},
		},
	}
}

// RoleRules say how two ratings of one account manager are read. Ratings are
// compared on a scale of 0 to 10, on which more is better; a factor with
// another scale is converted. The zero value means the defaults.
type RoleRules struct {
	// Scorecard is what is rated; one without factors is [RoleScorecard].
	Scorecard Scorecard
	// Strength is the rating from which a factor is a strength; nil is 7.
	Strength *Number
	// Weakness is the rating up to which a factor is to be developed, below
	// Strength; nil is 5.
	Weakness *Number
	// Gap is the difference from which two ratings count as apart; nil is 2, and 0 is any.
	Gap *Number
}

// RoleReview is what one or two raters say of an account manager's work. It
// is to be talked about; it is no grade.
type RoleReview struct {
	// Self is the score of the manager's own answers, and Second that of the
	// second rater's, the manager's superior or a customer; nil without one.
	Self   Score  `json:"self"`
	Second *Score `json:"second,omitzero"`
	// Factors lists every factor in declared order.
	Factors []RoleFactor `json:"factors"`
	// Strengths are the factors where every rating given is a strength; the
	// highest first.
	Strengths []string `json:"strengths,omitempty"`
	// BlindSpots are the factors that the manager rates higher than the
	// second rater by the gap or more, and Hidden those rated lower.
	BlindSpots []string `json:"blindSpots,omitempty"`
	Hidden     []string `json:"hidden,omitempty"`
	// Development lists what to work on, what would raise the score most
	// first.
	Development []Development `json:"development,omitempty"`
}

// RoleFactor is one factor of a review. A rating is nil when it was not given.
type RoleFactor struct {
	Factor string  `json:"factor"`
	Group  string  `json:"group,omitzero"`
	Self   *Number `json:"self,omitzero"`
	Second *Number `json:"second,omitzero"`
	// Gap is the own rating less the second one.
	Gap *Number `json:"gap,omitzero"`
}

// Development is one factor to work on.
type Development struct {
	Factor string `json:"factor"`
	// Rating is the lower of the ratings.
	Rating Number `json:"rating"`
	// Gain is what a rating of 10 would add to the score of all factors, in points, rounded
	// once half to even to 4 places.
	Gain Number `json:"gain"`
	// BlindSpot says that the manager rates it higher than the second rater
	// by the gap or more: talk about it before working on it.
	BlindSpot bool `json:"blindSpot,omitzero"`
}

// Review puts the manager's own answers beside those of a second rater, which
// may be nil. A factor is to be developed when its lower rating is a weakness,
// or when it is a blind spot and the lower rating no strength. A scorecard
// that does not compile, answers that it does not take, limits outside 0 to 10,
// and a weakness that is not below the strength are [Violations].
func (rules RoleRules) Review(self, second Answers) (RoleReview, error) {
	if len(rules.Scorecard.Factors) == 0 {
		rules.Scorecard = RoleScorecard()
	}
	sc, err := rules.Scorecard.Compile()
	if err != nil {
		return RoleReview{}, err
	}
	var r report
	strength, weakness := r.tenth("/strength", rules.Strength, 7), r.tenth("/weakness", rules.Weakness, 5)
	gap := r.tenth("/gap", rules.Gap, 2)
	if len(r.found) == 0 && weakness >= strength {
		r.add("/weakness", CodeRange, Number{weakness}.String(), "< "+Number{strength}.String())
	}
	sc.checkAnswers(&r, "/self", self)
	sc.checkAnswers(&r, "/second", second)
	if len(r.found) > 0 {
		return RoleReview{}, fmt.Errorf("kam: review role: %w", r.found)
	}
	out := RoleReview{Self: sc.scoreOf(self)}
	if second != nil {
		out.Second = new(sc.scoreOf(second))
	}
	lower, shares := rules.Scorecard.reversed(), rules.Scorecard.shares()
	for _, l := range sc.leaves {
		own, other := l.answered(self, lower[l.id]), l.answered(second, lower[l.id])
		f := RoleFactor{Factor: l.id, Group: l.group, Self: tenths(own), Second: tenths(other)}
		if f.Self != nil && f.Second != nil {
			f.Gap = &Number{f.Self.units - f.Second.units}
		}
		out.Factors = append(out.Factors, f)
		least, ok := f.least()
		if !ok {
			continue
		}
		blind := f.Gap != nil && f.Gap.units >= max(gap, 1)
		if blind {
			out.BlindSpots = append(out.BlindSpots, l.id)
		} else if f.Gap != nil && -f.Gap.units >= max(gap, 1) {
			out.Hidden = append(out.Hidden, l.id)
		}
		switch {
		case least.units >= strength:
			out.Strengths = append(out.Strengths, l.id)
		case least.units <= weakness || blind:
			out.Development = append(out.Development, Development{l.id, least, gain(shares[l.id], own, other), blind})
		}
	}
	out.sort()
	return out, nil
}

// tenth is a limit on the scale of 0 to 10, in ten-thousandths.
func (r *report) tenth(at place, n *Number, otherwise int) int64 {
	if n == nil {
		return int64(otherwise) * numberOne
	}
	if n.units < 0 || n.units > 10*numberOne {
		r.add(at, CodeRange, n.String(), "0..10")
	}
	return n.units
}

// sort orders the strengths by their rating and the development by what it
// would gain; ties stay in declared order.
func (v *RoleReview) sort() {
	rating := map[string]int64{}
	for _, f := range v.Factors {
		least, _ := f.least()
		rating[f.Factor] = least.units
	}
	slices.SortStableFunc(v.Strengths, func(a, b string) int { return Number{rating[b]}.Cmp(Number{rating[a]}) })
	slices.SortStableFunc(v.Development, func(a, b Development) int { return b.Gain.Cmp(a.Gain) })
}

// least is the lower of the ratings given.
func (f RoleFactor) least() (Number, bool) {
	switch {
	case f.Self == nil && f.Second == nil:
		return Number{}, false
	case f.Self == nil || f.Second != nil && f.Second.units < f.Self.units:
		return *f.Second, true
	}
	return *f.Self, true
}

// reversed names the leaves of which less is better.
func (s *Scorecard) reversed() map[string]bool {
	out := map[string]bool{}
	for f := range allFactors(s.Factors) {
		out[f.ID] = f.LowerIsBetter
	}
	return out
}

// shares is the part of the whole that each leaf weighs.
func (s *Scorecard) shares() map[string]*big.Rat {
	out, top := map[string]*big.Rat{}, sumWeights(s.Factors)
	for _, f := range s.Factors {
		share, sum := ratio(f.Weight, top), sumWeights(f.Questions)
		out[f.ID] = share
		for _, q := range f.Questions {
			out[q.ID] = new(big.Rat).Mul(share, ratio(q.Weight, sum))
		}
	}
	return out
}

// part is how far up its scale a rating is, from 0 to 1, more being better.
func (l leafFactor) part(rating Number, lowerIsBetter bool) *big.Rat {
	lo, hi := l.scale.Lo.units, l.scale.Hi.units
	above := rating.units - lo
	if lowerIsBetter {
		above = hi - rating.units
	}
	return new(big.Rat).SetFrac(big.NewInt(above), new(big.Int).Sub(big.NewInt(hi), big.NewInt(lo)))
}

// answered is the part of the answer to the leaf, nil without one.
func (l leafFactor) answered(answers Answers, lowerIsBetter bool) *big.Rat {
	if a, ok := answers[l.id]; ok {
		return l.part(a.Rating, lowerIsBetter)
	}
	return nil
}

// tenths is a part on the scale of 0 to 10, rounded half to even.
func tenths(part *big.Rat) *Number {
	if part == nil {
		return nil
	}
	return &Number{roundRat(new(big.Rat).Mul(part, big.NewRat(10*numberOne, 1)))}
}

// gain is what the whole scale in the place of the lower of two parts adds to
// the points.
func gain(share, own, other *big.Rat) Number {
	if own == nil || other != nil && other.Cmp(own) < 0 {
		own = other
	}
	short := new(big.Rat).Sub(big.NewRat(1, 1), own)
	return Number{roundRat(short.Mul(short, share).Mul(short, big.NewRat(100*numberOne, 1)))}
}

// worth is a rating on a scale of 0 to 10 on which more is better, in
// ten-thousandths, rounded half to even.
func (l leafFactor) worth(rating Number, lowerIsBetter bool) int64 {
	return tenths(l.part(rating, lowerIsBetter)).units
}
