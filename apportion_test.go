package kam

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Published examples of the largest remainder: github.com/martinlackner/apportionment
// at 25f7a872 (MIT), after Balinski and Young 1975.
func TestApportionVectors(t *testing.T) {
	for _, tt := range []struct {
		votes []int64
		seats int64
		want  []int64
	}{
		{[]int64{5117, 4400, 162, 161, 160}, 100, []int64{51, 44, 2, 2, 1}},
		{[]int64{9061, 7179, 5259, 3319, 1182}, 26, []int64{9, 7, 5, 4, 1}},
		{[]int64{14, 28, 7, 35}, 12, []int64{2, 4, 1, 5}},
		{[]int64{1, 1, 1}, 2, []int64{1, 1, 0}}, // ties go to the earlier
		{[]int64{0, 5}, 3, []int64{0, 3}},
	} {
		assert.Equal(t, tt.want, apportion(tt.votes, tt.seats))
	}
}
