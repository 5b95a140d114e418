package kam_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// Two people rate the same work: the manager, and a customer.
func ExampleRoleRules_Review() {
	self := rated(map[string]int{"advocate": 9, "expert": 8, "proposals": 8, "measuring": 3})
	customer := rated(map[string]int{"advocate": 8, "expert": 9, "proposals": 4, "measuring": 6})
	review, err := kam.RoleRules{}.Review(self, customer)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("strengths", review.Strengths)
	fmt.Println("blind spots", review.BlindSpots, "hidden", review.Hidden)
	for _, d := range review.Development {
		fmt.Println("develop", d.Factor, "rated", d.Rating, "to gain", d.Gain)
	}
	// Output:
	// strengths [advocate expert]
	// blind spots [proposals] hidden [measuring]
	// develop measuring rated 3 to gain 3.3333
	// develop proposals rated 4 to gain 2
}

func TestRoleScorecard(t *testing.T) {
	card := kam.RoleScorecard()
	_, err := card.Compile()
	require.NoError(t, err)
	var counts []int
	for _, f := range card.Factors {
		counts = append(counts, len(f.Questions))
		for _, q := range f.Questions {
			assert.NotEmpty(t, q.Name.EN)
			assert.NotEmpty(t, q.Name.ZH)
		}
	}
	assert.Equal(t, []int{5, 10, 7}, counts, "S13 has five and ten responsibilities, S14 seven principles")
}

// Each row reviews one factor: "expert", with a third of the score over five.
func TestRoleReview(t *testing.T) {
	tests := []struct {
		name, reason         string
		self, second         int // -1 is not rated
		strength, develop    bool
		blind, hidden, alone bool
	}{
		{"agreed strength", "both at 7 or more", 7, 8, true, false, false, false, false},
		{"strength of one", "the other sees less, though not by 2", 7, 6, false, false, false, false, false},
		{"weakness at 6 of 10 missing", "4 and 4", 4, 4, false, true, false, false, false},
		{"agreed weakness", "both at 5 or less", 5, 4, false, true, false, false, false},
		{"blind spot", "8 against 6: apart by the gap, and no strength", 8, 6, false, true, true, false, false},
		{"blind spot above the line", "10 against 8 is apart, and still a strength", 10, 8, true, false, true, false, false},
		{"hidden", "the customer thinks more of it", 5, 9, false, true, false, true, false},
		{"self alone", "a single rating counts", 7, -1, true, false, false, false, false},
		{"second alone", "a single rating counts", -1, 5, false, true, false, false, false},
		{"no second rater", "then there is no second score", 5, -1, false, true, false, false, true},
		{"not rated", "nothing is said of it", -1, -1, false, false, false, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			answers := func(n int) kam.Answers {
				out := kam.Answers{}
				if n >= 0 {
					out["expert"] = kam.Rated(kam.Int(n))
				}
				return out
			}
			second := answers(tt.second)
			if tt.alone {
				second = nil
			}
			got, err := kam.RoleRules{}.Review(answers(tt.self), second)
			require.NoError(t, err)
			only := func(is bool) []string {
				if is {
					return []string{"expert"}
				}
				return nil
			}
			assert.Equal(t, only(tt.strength), got.Strengths, tt.reason)
			assert.Equal(t, only(tt.blind), got.BlindSpots, tt.reason)
			assert.Equal(t, only(tt.hidden), got.Hidden, tt.reason)
			assert.Equal(t, tt.develop, len(got.Development) == 1, tt.reason)
			assert.Equal(t, tt.alone, got.Second == nil)
			require.Len(t, got.Factors, 22)
			if tt.self >= 0 && tt.second >= 0 {
				assert.Equal(t, kam.Int(tt.self-tt.second), *got.Factors[1].Gap, "own less second")
			}
			if tt.develop {
				low := min(max(tt.self, 0), max(tt.second, 0))
				if tt.self < 0 || tt.second < 0 {
					low = max(tt.self, tt.second)
				}
				// Its weight is a third over five: 6.66… of 100; of 6 missing that
				// is 4, and of 4 it is 2.6667.
				assert.Equal(t, fmt.Sprintf("%.4f", 100.0/15*float64(10-low)/10), got.Development[0].Gain.Fixed(4))
				assert.Equal(t, tt.blind, got.Development[0].BlindSpot)
			}
		})
	}
}

// A scorecard of the caller's own: on a scale of 1 to 5 on which less is
// better, 2 is three quarters of the way, 7.5 of 10.
func TestRoleReviewOtherScale(t *testing.T) {
	rules := kam.RoleRules{Scorecard: kam.Scorecard{ID: "own", Factors: []kam.Factor{
		{ID: "delays", Weight: kam.Int(100), Scale: kam.Scale{Lo: kam.Int(1), Hi: kam.Int(5)}, LowerIsBetter: true},
	}}}
	got, err := rules.Review(kam.Answers{"delays": kam.Rated(kam.Int(2))}, kam.Answers{"delays": kam.Rated(kam.Int(4))})
	require.NoError(t, err)
	assert.Equal(t, kam.Dec(75, 1), *got.Factors[0].Self)
	assert.Equal(t, kam.Dec(25, 1), *got.Factors[0].Second)
	assert.Equal(t, []kam.Development{{Factor: "delays", Rating: kam.Dec(25, 1), Gain: kam.Int(75), BlindSpot: true}}, got.Development)
}

func TestRoleReviewRefuses(t *testing.T) {
	_, err := kam.RoleRules{}.Review(rated(map[string]int{"expert": 11}), rated(map[string]int{"to-company": 5}))
	got := found(err)
	require.Len(t, got, 2)
	assert.Equal(t, "/self/expert/rating rating 11|0..10", got[0])
	assert.Contains(t, got[1], "/second/to-company group to-company|joint-strategy, account-plan")
	_, err = kam.RoleRules{Gap: new(kam.Int(11)), Strength: new(kam.Int(-1))}.Review(nil, nil)
	assert.Equal(t, []string{"/strength range -1|0..10", "/gap range 11|0..10"}, found(err))
	_, err = kam.RoleRules{Strength: new(kam.Int(3)), Weakness: new(kam.Int(8))}.Review(nil, nil)
	assert.Equal(t, []string{"/weakness range 8|< 3"}, found(err))
	_, err = kam.RoleRules{Strength: new(kam.Int(5))}.Review(nil, nil)
	assert.Equal(t, []string{"/weakness range 5|< 5"}, found(err), "the usual weakness is 5; no rating is both")
	_, err = kam.RoleRules{Scorecard: kam.Scorecard{ID: "x", Factors: []kam.Factor{{ID: "f"}}}}.Review(nil, nil)
	require.ErrorIs(t, err, kam.CodeWeightSum)
}

// Two groups of 60 and 40 with questions of 30 and 70, and 50 and 50, each on a
// scale of its own: the shares are 18, 42, 20 and 20 of 100.
func TestRoleReviewWeighsAndSorts(t *testing.T) {
	rules := kam.RoleRules{
		Scorecard: kam.Scorecard{ID: "own", Factors: []kam.Factor{
			{ID: "g", Weight: kam.Int(60), Questions: []kam.Factor{
				{ID: "a", Weight: kam.Int(30)}, {ID: "b", Weight: kam.Int(70), Scale: kam.Scale{Lo: kam.Int(-5), Hi: kam.Int(15)}},
			}},
			{ID: "h", Weight: kam.Int(40), Questions: []kam.Factor{
				{ID: "c", Weight: kam.Int(50), LowerIsBetter: true}, {ID: "d", Weight: kam.Int(50), Scale: kam.Scale{Lo: kam.Int(0), Hi: kam.Int(3)}},
			}},
		}},
		Strength: new(kam.Int(6)), Weakness: new(kam.Int(4)), Gap: new(kam.Dec(15, 1)),
	}
	got, err := rules.Review(rated(map[string]int{"a": 6, "b": 9, "c": 7, "d": 2}), rated(map[string]int{"a": 7, "b": 12, "c": 6}))
	require.NoError(t, err)
	ten := func(units int64) *kam.Number { return new(kam.Dec(units, 4)) }
	assert.Equal(t, []kam.RoleFactor{
		{Factor: "a", Group: "g", Self: ten(60000), Second: ten(70000), Gap: ten(-10000)},
		{Factor: "b", Group: "g", Self: ten(70000), Second: ten(85000), Gap: ten(-15000)},
		{Factor: "c", Group: "h", Self: ten(30000), Second: ten(40000), Gap: ten(-10000)},
		{Factor: "d", Group: "h", Self: ten(66667)},
	}, got.Factors, "12 of -5 to 15 is 8.5 of 10, and of what is better low 7 is 3")
	assert.Equal(t, []string{"b", "d", "a"}, got.Strengths, "7, 6.6667 and 6: the line itself is one")
	assert.Equal(t, []string{"b"}, got.Hidden, "rated lower by 1.5, the gap itself; 1 is less")
	assert.Empty(t, got.BlindSpots)
	assert.Equal(t, []kam.Development{{Factor: "c", Rating: kam.Int(3), Gain: kam.Int(14)}}, got.Development, "7 tenths of 20 points")

	got, err = rules.Review(rated(map[string]int{"a": 0, "b": 3, "c": 6, "d": 3}), nil)
	require.NoError(t, err)
	assert.Equal(t, []kam.Development{
		{Factor: "b", Rating: kam.Int(4), Gain: kam.Dec(252, 1)}, {Factor: "a", Rating: kam.Int(0), Gain: kam.Int(18)}, {Factor: "c", Rating: kam.Int(4), Gain: kam.Int(12)},
	}, got.Development, "6 tenths of 42, all of 18, 6 tenths of 20: the most gain first; 4 is still a weakness")
	got, err = rules.Review(rated(map[string]int{"a": 7, "b": 15}), rated(map[string]int{"a": 5, "b": 12}))
	require.NoError(t, err)
	assert.Equal(t, []string{"a", "b"}, got.BlindSpots, "apart by 2 and by 1.5, the gap itself")
	assert.Equal(t, []kam.Development{{Factor: "a", Rating: kam.Int(5), Gain: kam.Int(9), BlindSpot: true}}, got.Development, "between the lines, but a blind spot")
}

// Without a gap who agrees is no blind spot, and the least difference is one.
func TestRoleReviewWithoutAGap(t *testing.T) {
	rules := kam.RoleRules{Gap: new(kam.Int(0))}
	same := kam.Answers{"expert": kam.Rated(kam.Int(6))}
	got, err := rules.Review(same, same)
	require.NoError(t, err)
	assert.Empty(t, got.BlindSpots)
	assert.Empty(t, got.Hidden)
	assert.Empty(t, got.Development)
	more := kam.Answers{"expert": kam.Rated(kam.Dec(60_001, 4))}
	got, err = rules.Review(more, same)
	require.NoError(t, err)
	assert.Equal(t, []string{"expert"}, got.BlindSpots)
	got, err = rules.Review(same, more)
	require.NoError(t, err)
	assert.Equal(t, []string{"expert"}, got.Hidden)
}

// The limits may be anything on the scale, its ends included.
func TestRoleReviewLimits(t *testing.T) {
	all := kam.RoleRules{Strength: new(kam.Int(10)), Weakness: new(kam.Int(0)), Gap: new(kam.Int(10))}
	got, err := all.Review(rated(map[string]int{"expert": 10, "advocate": 9, "proposals": 0, "measuring": 1}), rated(map[string]int{"advocate": 0}))
	require.NoError(t, err)
	assert.Equal(t, []string{"expert"}, got.Strengths)
	assert.Empty(t, got.BlindSpots, "9 apart is not 10")
	require.Len(t, got.Development, 2)
	assert.Equal(t, []string{"advocate", "proposals"}, []string{got.Development[0].Factor, got.Development[1].Factor}, "0 alone; of a third the fifth gains more than the tenth")
	_, err = kam.RoleRules{Weakness: new(kam.Dec(-1, 4)), Strength: new(kam.Dec(100_001, 4))}.Review(nil, nil)
	assert.Equal(t, []string{"/strength range 10.0001|0..10", "/weakness range -0.0001|0..10"}, found(err))
}
