package kam

import (
	"fmt"
	"math/big"
	"slices"
)

// SellingStyle is one of the five named styles of the sales grid of Blake and
// Mouton: how much someone is concerned for the sale, and how much for the
// customer, each from 1 to 9 (S17). The zero value is unknown.
type SellingStyle uint8

// The five styles, each with its concern for the sale and for the customer.
const (
	StyleUnknown     SellingStyle = iota
	TakeItOrLeaveIt               // 1,1
	PeopleOriented                // 1,9
	PushTheProduct                // 9,1
	SalesTechnique                // 5,5
	SolutionOriented              // 9,9
	styleCount       = iota
)

var sellingStyleWords = enumWords[SellingStyle]{"unknown", "take-it-or-leave-it", "people-oriented", "push-the-product", "sales-technique", "solution-oriented"}

var sellingStyleLabels = []Text{
	{"Unknown", "未知"},
	{"Take it or leave it", "事不关己型"},
	{"People-oriented", "顾客导向型"},
	{"Push the product", "强力推销型"},
	{"Sales technique", "推销技巧型"},
	{"Solution-oriented", "解决问题型"},
}

// styleAt is where each style stands: concern for the sale, for the customer.
var styleAt = [styleCount][2]int64{{}, {1, 1}, {1, 9}, {9, 1}, {5, 5}, {9, 9}}

// Label names the style for people.
func (s SellingStyle) Label() Text { return label(s, sellingStyleLabels) }

// SellingStyles returns the five styles.
func SellingStyles() []SellingStyle {
	return []SellingStyle{TakeItOrLeaveIt, PeopleOriented, PushTheProduct, SalesTechnique, SolutionOriented}
}

// The ids of the two scorecards of the selling-style test.
const (
	styleSale     = "style-sale"
	styleCustomer = "style-customer"
)

// SellingStyleScorecards returns the scorecards of the selling-style test:
// concern for the sale and concern for the customer (S17). Each has twelve
// items, rated from 1 (not at all like me) to 5 (just like me); on five of
// them agreeing speaks against the concern. The items' texts are in package
// questions. Each call returns new ones.
func SellingStyleScorecards() (sale, customer Scorecard) {
	return styleCard(styleSale, Text{"Concern for the sale", "对销售的关注"},
			[]string{"ask-for-decision", "stretch-target", "lead-conversation", "work-objections", "press-advantage", "check-figures", "leave-with-next-step"},
			[]string{"wait-for-order", "avoid-asking", "give-up-at-no", "let-target-go", "drift-in-talk"}),
		styleCard(styleCustomer, Text{"Concern for the customer", "对客户的关注"},
			[]string{"ask-before-showing", "know-their-goals", "own-our-mistake", "advise-against", "look-after-use", "tell-drawbacks", "speak-up-for-them"},
			[]string{"same-pitch", "promise-too-much", "skip-their-worry", "gone-after-signing", "sell-what-pays"})
}

func styleCard(id string, name Text, normal, reversed []string) Scorecard {
	s := Scorecard{ID: id, Name: name, Source: "S17", Relative: true, MinCoverage: new(Int(80))}
	for i, item := range slices.Concat(normal, reversed) {
		s.Factors = append(s.Factors, Factor{ID: item, Weight: Int(1), Scale: Scale{Int(1), Int(5)}, LowerIsBetter: i >= len(normal)})
	}
	return s
}

// StyleResult is where someone's answers stand on the sales grid (S17). It is
// an aid to a conversation, says nothing about ability or success, and is not
// for decisions on employment, pay or promotion: the items have not been
// validated for any of these.
type StyleResult struct {
	Sale     StyleDimension `json:"sale"`
	Customer StyleDimension `json:"customer"`
	// Styles are the five styles with their distances, the nearest first,
	// ties in the order of [SellingStyles]; none while a dimension has no
	// place.
	Styles []StyleDistance `json:"styles,omitempty"`
	// Consistent is no where the answers to a dimension are not consistent,
	// or both have a place and all answers are the same: then the places mean
	// little. Else it is unknown while a dimension's is.
	Consistent Verdict `json:"consistent"`
}

// StyleDimension is one of the two concerns.
type StyleDimension struct {
	Score Score `json:"score"`
	// Place runs from 1 to 9: 1 and 8 hundredths of the exact points, rounded
	// once half to even to 4 places. Nil while fewer than 80 % of the items are
	// answered.
	Place *Number `json:"place,omitzero"`
	// Least and Most are what the place could become when all is answered,
	// rounded outwards to 4 places.
	Least Number `json:"least"`
	Most  Number `json:"most"`
	// Normal is the place by the items that speak for the concern, and
	// Reversed by those that speak against it; nil while fewer than 80 % of
	// them are answered.
	Normal   *Number `json:"normal,omitzero"`
	Reversed *Number `json:"reversed,omitzero"`
	// Consistent says that the two differ by 2 at most.
	Consistent Verdict `json:"consistent"`
}

// StyleDistance is how far someone is from a style, on a grid of 9 by 9, by the
// exact places; rounded once half to even to 4 places.
type StyleDistance struct {
	Style    SellingStyle `json:"style"`
	Distance Number       `json:"distance"`
}

// PlaceSellingStyle scores the answers to the selling-style test, by the ids
// of its two scorecards, "style-sale" and "style-customer". Other scorecards'
// answers are left alone. Answers that the test does not take are
// [Violations].
func PlaceSellingStyle(answers map[string]Answers) (StyleResult, error) {
	var r report
	var out StyleResult
	sale, customer := SellingStyleScorecards()
	var x, y *big.Rat
	out.Sale, x = styleDimension(&r, sale, answers[styleSale])
	out.Customer, y = styleDimension(&r, customer, answers[styleCustomer])
	if err := r.found.Err(); err != nil {
		return StyleResult{}, fmt.Errorf("kam: place selling style: %w", err)
	}
	placed := x != nil && y != nil
	switch {
	case out.Sale.Consistent == No || out.Customer.Consistent == No || placed && uniform(answers[styleSale], answers[styleCustomer]):
		out.Consistent = No
	case out.Sale.Consistent == Yes && out.Customer.Consistent == Yes:
		out.Consistent = Yes
	}
	if placed {
		out.Styles = styleDistances(x, y)
	}
	return out, nil
}

// styleDimension scores one concern, and again its two halves. Beside it comes
// the exact place, nil where there is none.
func styleDimension(r *report, card Scorecard, answers Answers) (StyleDimension, *big.Rat) {
	sc := card.compile(r, "")
	if sc.checkAnswers(r, place("").key(card.ID), answers); len(r.found) > 0 {
		return StyleDimension{}, nil
	}
	out := StyleDimension{Score: sc.scoreOf(answers)}
	at := stylePlace(sc, card, answers)
	out.Place = rounded(at)
	out.Least = Number{numberOne + 8*out.Score.Range.Worst.units/100}
	out.Most = Number{numberOne + (8*out.Score.Range.Best.units+99)/100}
	half := func(reversed bool) *Number {
		part := card
		part.Factors = slices.DeleteFunc(slices.Clone(card.Factors), func(f Factor) bool { return f.LowerIsBetter != reversed })
		return rounded(stylePlace(part.compile(r, ""), part, answers))
	}
	if out.Normal, out.Reversed = half(false), half(true); out.Normal != nil && out.Reversed != nil {
		out.Consistent = Yes
		if gap := out.Normal.units - out.Reversed.units; gap > 2*numberOne || gap < -2*numberOne {
			out.Consistent = No
		}
	}
	return out, at
}

// stylePlace is the mean of the items answered, which weigh alike, on a scale
// of 1 to 9; nil where the score has no points.
func stylePlace(sc *Scorer, card Scorecard, answers Answers) *big.Rat {
	if sc.scoreOf(answers).Points == nil {
		return nil
	}
	sum, n, lower := new(big.Rat), int64(0), card.reversed()
	for _, l := range sc.leaves {
		if part := l.answered(answers, lower[l.id]); part != nil {
			sum.Add(sum, part)
			n++
		}
	}
	return sum.Mul(sum, big.NewRat(8, n)).Add(sum, big.NewRat(1, 1))
}

// rounded is a place at 4 places, half to even.
func rounded(at *big.Rat) *Number {
	if at == nil {
		return nil
	}
	return &Number{roundRat(new(big.Rat).Mul(at, big.NewRat(numberOne, 1)))}
}

// uniform reports whether all answers are the same, as when someone ticks one
// column.
func uniform(cards ...Answers) bool {
	seen := map[Number]bool{}
	for _, answers := range cards {
		for _, a := range answers {
			seen[a.Rating] = true
		}
	}
	return len(seen) == 1
}

// styleDistances compares by the exact squares.
func styleDistances(sale, customer *big.Rat) []StyleDistance {
	type ranked struct {
		StyleDistance
		square *big.Rat
	}
	var all []ranked
	for _, s := range SellingStyles() {
		x := new(big.Rat).Sub(sale, big.NewRat(styleAt[s][0], 1))
		y := new(big.Rat).Sub(customer, big.NewRat(styleAt[s][1], 1))
		square := new(big.Rat).Add(x.Mul(x, x), y.Mul(y, y))
		all = append(all, ranked{StyleDistance{s, Number{root(square)}}, square})
	}
	slices.SortStableFunc(all, func(a, b ranked) int { return a.square.Cmp(b.square) })
	out := make([]StyleDistance, len(all))
	for i, r := range all {
		out[i] = r.StyleDistance
	}
	return out
}

// root is the square root in ten-thousandths, rounded half to even.
func root(square *big.Rat) int64 {
	units := new(big.Rat).Mul(square, big.NewRat(numberOne*numberOne, 1))
	n := new(big.Int).Sqrt(new(big.Int).Quo(units.Num(), units.Denom())).Int64()
	half := big.NewRat(2*n+1, 2)
	if c := units.Cmp(half.Mul(half, half)); c > 0 || c == 0 && n%2 == 1 {
		n++
	}
	return n
}
