package fixed

import (
	"errors"
	"math"
	"math/bits"
)

// Row is the answers of one account in the form that a kernel sums fastest:
// the value of each leaf in units of its scale, 0 where it is missing, and the
// mask of those that are there. A row belongs to the kernel that filled it.
type Row struct {
	values   []int32
	answered uint64
}

// ErrSpan says that a scale is too wide for a row.
var ErrSpan = errors.New("a scale of more than 214748.3647")

// Fill puts ratings into the row, whose memory it reuses. Ratings must lie
// within their scales; those whose bit is not set are not read.
func (k *Kernel) Fill(row *Row, ratings []int64, answered uint64) error {
	if cap(row.values) < len(k.leaves) {
		row.values = make([]int32, len(k.leaves))
	}
	row.values, row.answered = row.values[:len(k.leaves)], answered
	for i := range k.leaves {
		l := &k.leaves[i]
		if l.hi-l.lo > math.MaxInt32 {
			return ErrSpan
		}
		switch {
		case answered&(1<<i) == 0:
			row.values[i] = 0
		case l.lowerIsBetter:
			row.values[i] = int32(l.hi - ratings[i])
		default:
			row.values[i] = int32(ratings[i] - l.lo)
		}
	}
	return nil
}

// weighed is the weight of the answered leaves, by the tables of the kernel.
func (k *Kernel) weighed(mask uint64) uint64 {
	var sum uint64
	for i := range k.weights {
		sum += k.weights[i][byte(mask>>(8*i))]
	}
	return sum
}

// tabulate makes the tables of weighed: for each byte of the mask the weight
// of every set of its eight leaves.
func (k *Kernel) tabulate() {
	k.weights = make([][256]uint64, (len(k.leaves)+7)/8)
	for i := range k.weights {
		for set := 1; set < 256; set++ {
			low := bits.TrailingZeros8(uint8(set))
			k.weights[i][set] = k.weights[i][set&(set-1)]
			if leaf := 8*i + low; leaf < len(k.leaves) {
				k.weights[i][set] += k.leaves[leaf].weight
			}
		}
	}
}

// sum adds up the shares of a row, in parts of total·steps.
func (k *Kernel) sum(row *Row) (s u128) {
	if k.narrow {
		values := row.values
		factors := k.factors[:len(values)]
		for i, v := range values {
			s.lo += factors[i] * uint64(uint32(v))
		}
		return s
	}
	for i, v := range row.values {
		s = s.add(mul(k.leaves[i].weight, uint64(uint32(v))*k.leaves[i].unit))
	}
	return s
}

// Points are the points and the coverage of a row, and whether there are
// points: the same as those of Score.
func (k *Kernel) Points(row *Row, rule Missing) (points, coverage int64, ok bool) {
	weight := k.total
	if coverage = Whole; row.answered != k.all {
		weight = k.weighed(row.answered)
		cov, left := mul(weight, 1).share(mul(k.total, 1))
		coverage = left.even(cov)
	}
	s := k.sum(row)
	switch {
	case rule == Worst:
		points, _ = s.share(mul(k.total, k.steps))
		return points, coverage, true
	case rule == Neutral:
		whole := mul(k.total, k.steps)
		q, left := s.add(s).add(mul(k.total-weight, k.steps)).share(whole.add(whole))
		return left.even(q), coverage, true
	case weight == 0:
		return 0, coverage, false
	}
	q, left := s.share(mul(weight, k.steps))
	return left.even(q), coverage, true
}

// Split gives each leaf of a row its part of the points, as Score does.
func (k *Kernel) Split(row *Row, rule Missing, points int64, parts []int64) {
	k.apportion(rule, k.weighed(row.answered), points, parts, func(i int) (u128, bool) {
		l := &k.leaves[i]
		return mul(l.weight, uint64(uint32(row.values[i]))*l.unit), row.answered&(1<<i) != 0
	})
}

// Answered is the mask of the leaves that were answered.
func (r *Row) Answered() uint64 { return r.answered }
