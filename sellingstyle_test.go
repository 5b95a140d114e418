package kam_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// styleAnswers answers each item of a dimension: normal for those that speak
// for the concern, reversed for those against it.
func styleAnswers(card kam.Scorecard, normal, reversed int) kam.Answers {
	out := kam.Answers{}
	for _, f := range card.Factors {
		out[f.ID] = kam.Rated(kam.Int(normal))
		if f.LowerIsBetter {
			out[f.ID] = kam.Rated(kam.Int(reversed))
		}
	}
	return out
}

// Someone who works hard for the customer and not quite as hard for the sale.
func ExamplePlaceSellingStyle() {
	sale, customer := kam.SellingStyleScorecards()
	got, err := kam.PlaceSellingStyle(map[string]kam.Answers{
		sale.ID:     styleAnswers(sale, 4, 2),
		customer.ID: styleAnswers(customer, 5, 1),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("place", *got.Sale.Place, *got.Customer.Place, "consistent", got.Consistent)
	for _, s := range got.Styles[:2] {
		fmt.Println(s.Style.Label(), "at a distance of", s.Distance)
	}
	// Output:
	// place 7 9 consistent yes
	// Solution-oriented at a distance of 2
	// Sales technique at a distance of 4.4721
}

func TestSellingStyleScorecards(t *testing.T) {
	sale, customer := kam.SellingStyleScorecards()
	for _, card := range []kam.Scorecard{sale, customer} {
		_, err := card.Compile()
		require.NoError(t, err)
		reversed := 0
		for _, f := range card.Factors {
			if f.LowerIsBetter {
				reversed++
			}
		}
		assert.Len(t, card.Factors, 12)
		assert.Equal(t, 5, reversed)
	}
	checkEnum[kam.SellingStyle](t)
	assert.Len(t, kam.SellingStyles(), len(kam.SellingStyle(0).Values())-1)
	var names []string
	for _, s := range kam.SellingStyles() {
		names = append(names, s.Label().ZH)
	}
	assert.Equal(t, []string{"事不关己型", "顾客导向型", "强力推销型", "推销技巧型", "解决问题型"}, names, "as the textbooks have them")
	assert.Equal(t, "SellingStyle(9)", kam.SellingStyle(9).Label().EN)
}

// Every even pair of answers, held against the formula by hand: agreeing with
// a on the normal items and with 6−a on the reversed ones is the place 1+2(a−1).
func TestSellingStylePlaces(t *testing.T) {
	sale, customer := kam.SellingStyleScorecards()
	named := map[[2]int]kam.SellingStyle{
		{1, 1}: kam.TakeItOrLeaveIt, {1, 5}: kam.PeopleOriented, {5, 1}: kam.PushTheProduct, {3, 3}: kam.SalesTechnique, {5, 5}: kam.SolutionOriented,
	}
	for a := 1; a <= 5; a++ {
		for b := 1; b <= 5; b++ {
			got, err := kam.PlaceSellingStyle(map[string]kam.Answers{
				"style-sale": styleAnswers(sale, a, 6-a), "style-customer": styleAnswers(customer, b, 6-b),
			})
			require.NoError(t, err)
			x, y := 2*a-1, 2*b-1
			assert.Equal(t, kam.Int(x), *got.Sale.Place)
			assert.Equal(t, kam.Int(y), *got.Customer.Place)
			assert.Equal(t, *got.Sale.Place, got.Sale.Least, "nothing is missing")
			assert.Equal(t, *got.Sale.Place, got.Sale.Most)
			require.Len(t, got.Styles, 5)
			for _, s := range got.Styles {
				at := map[kam.SellingStyle][2]int{
					kam.TakeItOrLeaveIt: {1, 1}, kam.PeopleOriented: {1, 9}, kam.PushTheProduct: {9, 1}, kam.SalesTechnique: {5, 5}, kam.SolutionOriented: {9, 9},
				}[s.Style]
				want := math.Hypot(float64(x-at[0]), float64(y-at[1]))
				assert.Equal(t, fmt.Sprintf("%.4f", want), s.Distance.Fixed(4))
			}
			if s, ok := named[[2]int{a, b}]; ok {
				assert.Equal(t, s, got.Styles[0].Style)
				assert.Equal(t, kam.Int(0), got.Styles[0].Distance)
			}
			want := kam.Yes
			if a == 3 && b == 3 {
				want = kam.No // every answer is 3
			}
			assert.Equal(t, want, got.Consistent)
		}
	}
}

func TestSellingStyleConsistency(t *testing.T) {
	sale, customer := kam.SellingStyleScorecards()
	tests := []struct {
		name, reason     string
		normal, reversed int
		want             kam.Verdict
	}{
		{"agrees with both", "4 and 4: places of 7 and 3 are 4 apart", 4, 4, kam.No},
		{"one step off", "4 and 3: places of 7 and 5 are 2 apart", 4, 3, kam.Yes},
		{"one step off below", "3 and 2: places of 5 and 7 are 2 apart as well", 3, 2, kam.Yes},
		{"agrees with nothing", "1 and 1: places of 1 and 9", 1, 1, kam.No},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := kam.PlaceSellingStyle(map[string]kam.Answers{
				"style-sale": styleAnswers(sale, tt.normal, tt.reversed), "style-customer": styleAnswers(customer, 5, 1),
			})
			require.NoError(t, err)
			assert.Equal(t, tt.want, got.Sale.Consistent, tt.reason)
			assert.Equal(t, tt.want, got.Consistent, tt.reason)
			assert.Equal(t, kam.Int(2*tt.normal-1), *got.Sale.Normal, "1 to 5 are 1, 3, 5, 7, 9")
			assert.Equal(t, kam.Int(11-2*tt.reversed), *got.Sale.Reversed, "and the other way round")
		})
	}
}

// What is not consistent in one dimension is not as a whole; what is not known
// of one is not known.
func TestSellingStyleConsistencyOfBoth(t *testing.T) {
	sale, customer := kam.SellingStyleScorecards()
	yes, no := styleAnswers(sale, 5, 1), styleAnswers(sale, 5, 5)
	tests := []struct {
		name, reason   string
		sale, customer kam.Answers
		want           kam.Verdict
	}{
		{"both", "5 and 1 on each", yes, styleAnswers(customer, 5, 1), kam.Yes},
		{"the second is not", "5 and 5 are far apart", yes, styleAnswers(customer, 5, 5), kam.No},
		{"the first is not, the second is unknown", "one is enough", no, nil, kam.No},
		{"the first is, the second is unknown", "it could still be either", yes, nil, kam.VerdictUnknown},
		{"the second is, the first is unknown", "it could still be either", nil, styleAnswers(customer, 5, 1), kam.VerdictUnknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := kam.PlaceSellingStyle(map[string]kam.Answers{sale.ID: tt.sale, customer.ID: tt.customer})
			require.NoError(t, err)
			assert.Equal(t, tt.want, got.Consistent, tt.reason)
		})
	}
}

// At 5,1 three styles are 4 away and two are √80: ties keep the order of
// SellingStyles.
func TestSellingStyleTies(t *testing.T) {
	sale, customer := kam.SellingStyleScorecards()
	got, err := kam.PlaceSellingStyle(map[string]kam.Answers{sale.ID: styleAnswers(sale, 3, 3), customer.ID: styleAnswers(customer, 1, 5)})
	require.NoError(t, err)
	four, far := kam.Int(4), kam.Dec(89443, 4)
	assert.Equal(t, []kam.StyleDistance{
		{Style: kam.TakeItOrLeaveIt, Distance: four},
		{Style: kam.PushTheProduct, Distance: four},
		{Style: kam.SalesTechnique, Distance: four},
		{Style: kam.PeopleOriented, Distance: far},
		{Style: kam.SolutionOriented, Distance: far},
	}, got.Styles)
}

// Distances are those of the exact places: with four of twelve items a step
// off, both places are 2/3 from 9, and √(8/9) is 0.94281; from the rounded
// places it would be 0.94285.
func TestSellingStyleDistanceIsExact(t *testing.T) {
	sale, customer := kam.SellingStyleScorecards()
	answers := map[string]kam.Answers{sale.ID: styleAnswers(sale, 5, 1), customer.ID: styleAnswers(customer, 5, 1)}
	for _, id := range []string{"ask-for-decision", "stretch-target", "lead-conversation", "work-objections"} {
		answers[sale.ID][id] = kam.Rated(kam.Int(4))
	}
	for _, id := range []string{"ask-before-showing", "know-their-goals", "own-our-mistake", "advise-against"} {
		answers[customer.ID][id] = kam.Rated(kam.Int(4))
	}
	got, err := kam.PlaceSellingStyle(answers)
	require.NoError(t, err)
	assert.Equal(t, "8.3333", got.Sale.Place.String(), "four of twelve a quarter down: 9 − 8/12")
	assert.Equal(t, "0.9428", got.Styles[0].Distance.String())
}

// With ratings of four places a distance can lie half way: an item that is
// lower by 0.0003 moves the place by a sixth of it, by 0.00005.
func TestSellingStyleRoundsToEven(t *testing.T) {
	sale, customer := kam.SellingStyleScorecards()
	for lower, want := range map[int64]string{2: "0", 3: "0", 4: "0.0001", 8: "0.0001", 9: "0.0002", 10: "0.0002", 15: "0.0002", 21: "0.0004"} {
		answers := map[string]kam.Answers{sale.ID: styleAnswers(sale, 5, 1), customer.ID: styleAnswers(customer, 5, 1)}
		answers[sale.ID]["ask-for-decision"] = kam.Rated(kam.Dec(50_000-lower, 4))
		got, err := kam.PlaceSellingStyle(answers)
		require.NoError(t, err)
		assert.Equal(t, want, got.Styles[0].Distance.String(), "%d ten-thousandths", lower)
	}
}

// Two places are consistent up to 2 apart, and not by 0.0001 more: an item that
// is 0.0004 higher lifts the mean of seven by 8/28 of it.
func TestSellingStyleConsistencyEnds(t *testing.T) {
	sale, _ := kam.SellingStyleScorecards()
	for _, tt := range []struct {
		normal, reversed int
		more             int64
		want             kam.Verdict
	}{{4, 3, 0, kam.Yes}, {4, 3, 4, kam.No}, {3, 2, 0, kam.Yes}, {3, 2, -4, kam.No}} {
		answers := styleAnswers(sale, tt.normal, tt.reversed)
		answers["ask-for-decision"] = kam.Rated(kam.Dec(int64(tt.normal)*10_000+tt.more, 4))
		got, err := kam.PlaceSellingStyle(map[string]kam.Answers{sale.ID: answers})
		require.NoError(t, err)
		assert.Equal(t, tt.want, got.Sale.Consistent, "%v", tt)
	}
}

// Two answers alike are no column of ticks.
func TestSellingStyleOfTwo(t *testing.T) {
	got, err := kam.PlaceSellingStyle(map[string]kam.Answers{"style-sale": rated(map[string]int{"ask-for-decision": 3, "stretch-target": 3})})
	require.NoError(t, err)
	assert.Equal(t, kam.VerdictUnknown, got.Consistent)
}

func TestSellingStyleMissing(t *testing.T) {
	got, err := kam.PlaceSellingStyle(nil)
	require.NoError(t, err)
	assert.Nil(t, got.Sale.Place)
	assert.Equal(t, []kam.Number{kam.Int(1), kam.Int(9)}, []kam.Number{got.Sale.Least, got.Sale.Most})
	assert.Equal(t, kam.VerdictUnknown, got.Consistent)
	assert.Empty(t, got.Styles)

	sale, customer := kam.SellingStyleScorecards()
	some := styleAnswers(sale, 5, 1)
	delete(some, "ask-for-decision")
	delete(some, "stretch-target")
	answers := map[string]kam.Answers{"style-sale": some, "style-customer": styleAnswers(customer, 5, 1), "role": rated(map[string]int{"expert": 5})}
	got, err = kam.PlaceSellingStyle(answers)
	require.NoError(t, err)
	assert.Equal(t, kam.Int(9), *got.Sale.Place, "10 of 12 are 83 %")
	assert.Equal(t, "7.6666", got.Sale.Least.String(), "two of twelve at their worst: 1 + 8 · 10/12, rounded down")
	assert.Equal(t, kam.VerdictUnknown, got.Sale.Consistent, "5 of 7 are under 80 %")
	assert.Nil(t, got.Sale.Normal)
	assert.Equal(t, kam.Int(9), *got.Sale.Reversed, "5 of 5")
	some["ask-for-decision"] = kam.Rated(kam.Int(5))
	delete(some, "avoid-asking")
	part, err := kam.PlaceSellingStyle(answers)
	require.NoError(t, err)
	assert.Equal(t, []kam.Number{kam.Int(9), kam.Int(9)}, []kam.Number{*part.Sale.Normal, *part.Sale.Reversed}, "6 of 7 are 86 %, 4 of 5 are 80 %")
	delete(some, "ask-for-decision")
	four := styleAnswers(sale, 4, 2)
	delete(four, "ask-for-decision")
	one, err := kam.PlaceSellingStyle(map[string]kam.Answers{"style-sale": four})
	require.NoError(t, err)
	assert.Equal(t, kam.Int(7), *one.Sale.Place)
	assert.Equal(t, "6.5", one.Sale.Least.String(), "eleven of twelve at three quarters: 1 + 8 · 8.25/12")
	assert.Equal(t, "7.1667", one.Sale.Most.String(), "1 + 8 · 9.25/12, rounded up")
	assert.Equal(t, kam.Int(7), *one.Sale.Normal, "6 of 7 are 86 %")
	assert.Nil(t, one.Customer.Place)
	assert.Empty(t, one.Styles, "with one place there is no distance")
	got, err = kam.PlaceSellingStyle(answers)
	require.NoError(t, err)
	assert.Nil(t, got.Sale.Place, "9 of 12 are 75 %")
	assert.Empty(t, got.Styles)

	_, err = kam.PlaceSellingStyle(map[string]kam.Answers{"style-sale": rated(map[string]int{"ask-for-decision": 6}), "style-customer": {}})
	assert.Equal(t, []string{"/style-sale/ask-for-decision/rating rating 6|1..5"}, found(err))
}
