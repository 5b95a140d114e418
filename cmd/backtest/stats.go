package main

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// z95 is the normal quantile of a two-sided 95 % interval.
const z95 = 1.959963984540054

// interval is an estimate with its 95 % interval.
type interval struct{ value, low, high float64 }

// delong holds an AUC (Mann-Whitney, ties half) and, for its variance, the
// placements of each positive among the negatives and the other way round.
type delong struct {
	auc      float64
	pos, neg []float64
}

func newDelong(score []float64, label []bool) delong {
	order := make([]int, len(score))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(score[i], score[j]) })
	place := make([]float64, len(score))
	var npos, nneg float64
	for _, y := range label {
		if y {
			npos++
		} else {
			nneg++
		}
	}
	belowPos, belowNeg := 0.0, 0.0
	for i := 0; i < len(order); {
		j, tiePos, tieNeg := i, 0.0, 0.0
		for ; j < len(order) && score[order[j]] == score[order[i]]; j++ {
			if label[order[j]] {
				tiePos++
			} else {
				tieNeg++
			}
		}
		for _, k := range order[i:j] {
			if label[k] {
				place[k] = (belowNeg + tieNeg/2) / nneg
			} else {
				place[k] = 1 - (belowPos+tiePos/2)/npos
			}
		}
		belowPos, belowNeg, i = belowPos+tiePos, belowNeg+tieNeg, j
	}
	var d delong
	for i, y := range label {
		if y {
			d.pos = append(d.pos, place[i])
			d.auc += place[i] / npos
		} else {
			d.neg = append(d.neg, place[i])
		}
	}
	return d
}

// interval is the AUC with DeLong's interval.
func (d delong) interval() interval {
	se := math.Sqrt(variance(d.pos)/float64(len(d.pos)) + variance(d.neg)/float64(len(d.neg)))
	return interval{d.auc, d.auc - z95*se, d.auc + z95*se}
}

// minus is the difference of two AUCs on the same customers, with DeLong's
// interval for paired scores.
func (d delong) minus(e delong) interval {
	diff := func(a, b []float64) []float64 {
		out := make([]float64, len(a))
		for i := range a {
			out[i] = a[i] - b[i]
		}
		return out
	}
	p, n := diff(d.pos, e.pos), diff(d.neg, e.neg)
	se := math.Sqrt(variance(p)/float64(len(p)) + variance(n)/float64(len(n)))
	v := d.auc - e.auc
	return interval{v, v - z95*se, v + z95*se}
}

func variance(x []float64) float64 {
	var mean, sum float64
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		sum += (v - mean) * (v - mean)
	}
	return sum / float64(len(x)-1)
}

// wilson is a share k of n with Wilson's interval.
func wilson(k, n int) interval {
	if n == 0 {
		return interval{math.NaN(), 0, 1}
	}
	p, m := float64(k)/float64(n), float64(n)
	mid := (p + z95*z95/(2*m)) / (1 + z95*z95/m)
	half := z95 / (1 + z95*z95/m) * math.Sqrt(p*(1-p)/m+z95*z95/(4*m*m))
	return interval{p, mid - half, mid + half}
}

// liftOf is the share of label among the fired over the share among all, with
// a percentile bootstrap over customers (2,000 draws, a fixed seed).
func liftOf(fired, label []bool) interval {
	lift := func(pick func(i int) int) float64 {
		var nf, kf, k float64
		for i := range label {
			j := pick(i)
			if label[j] {
				k++
			}
			if fired[j] {
				nf++
				if label[j] {
					kf++
				}
			}
		}
		return kf / nf * float64(len(label)) / k
	}
	r := rand.New(rand.NewPCG(1, 2))
	var draws []float64
	for range 2000 {
		if l := lift(func(int) int { return r.IntN(len(label)) }); !math.IsNaN(l) {
			draws = append(draws, l)
		}
	}
	slices.Sort(draws)
	v := lift(func(i int) int { return i })
	if len(draws) < 1000 {
		return interval{v, math.NaN(), math.NaN()}
	}
	at := func(q float64) float64 { return draws[int(q*float64(len(draws)-1)+0.5)] }
	return interval{v, at(0.025), at(0.975)}
}
