package kam

import (
	"cmp"
	"math/big"
	"slices"
	"sort"
)

// IndexRules combine attractiveness, potential and relationship position into
// one index (S3). The zero value means the defaults. What is attractive is the
// points of the selection scorecard (S4), which S3 chooses customers by; those of
// the attractiveness scorecard (S7a) place an account on the grid and are no part.
type IndexRules struct {
	// The weights of the selection scorecard, the potential scorecard and the
	// rating of the stage sum to 100.
	Attractiveness Number `json:"attractiveness"`
	Potential      Number `json:"potential"`
	Position       Number `json:"position"`
	// Stages rates each stage from 0 to 10.
	Stages []StageRating `json:"stages"`
}

// StageRating is what a stage counts in the index, from 0 to 10.
type StageRating struct {
	Stage  Stage  `json:"stage"`
	Rating Number `json:"rating" required:"true"`
}

func (x IndexRules) withDefaults() IndexRules {
	if x.Attractiveness == (Number{}) && x.Potential == (Number{}) && x.Position == (Number{}) {
		x.Attractiveness, x.Potential, x.Position = Int(40), Int(30), Int(30)
	}
	if x.Stages == nil {
		x.Stages = []StageRating{
			{StagePotential, Int(0)},
			{StageDeveloping, Int(6)},
			{StageGood, Int(9)},
			{StageStrong, Int(10)},
			{StageLimitedShare, Int(3)},
			{StageDefensive, Int(5)},
			{StageDeclining, Int(0)},
		}
	}
	x.Stages = slices.Clone(x.Stages)
	return x
}

func (x *IndexRules) check(r *report, at place) {
	weights := []struct {
		name  string
		value Number
	}{{"attractiveness", x.Attractiveness}, {"potential", x.Potential}, {"position", x.Position}}
	sum, bad := new(big.Int), false
	for _, w := range weights {
		if sum.Add(sum, big.NewInt(w.value.units)); w.value.units < 0 {
			r.add(at.key(w.name), CodeWeight, w.value.String(), ">= 0")
			bad = true
		}
	}
	if sum.Cmp(big.NewInt(100*numberOne)) != 0 && !bad {
		r.add(at, CodeWeightSum, decimalSum(sum), "100")
	}
	seen := map[Stage]bool{}
	for i, s := range x.Stages {
		at := at.key("stages").index(i)
		if s.Rating.units < 0 || s.Rating.units > 10*numberOne {
			r.add(at.key("rating"), CodeRating, s.Rating.String(), "0..10")
		}
		if word(r, at.key("stage"), s.Stage, stageWords) && seen[s.Stage] {
			r.add(at.key("stage"), CodeDuplicate, s.Stage.String(), "")
		}
		seen[s.Stage] = true
	}
	if at := at.key("stages"); len(x.Stages) < len(stageWords)-1 {
		r.add(at, CodeMissing, "", join(stageWords[1:]))
	}
}

// Index is the selection index of an account, from 0 to 100.
type Index struct {
	// Points are nil while one of the three parts is unknown.
	Points *Number `json:"points,omitzero"`
	// Range is what the index can become; it is always known.
	Range Range `json:"range"`
}

// index combines the parts exactly, and rounds once.
func (x *IndexRules) index(m *Member) Index {
	lo, hi := x.position(m)
	parts := []struct {
		weight Number
		points *Number
		Range
	}{
		{x.Attractiveness, m.Selection.Points, m.Selection.Range.around(m.Selection.Points)},
		{x.Potential, m.Potential.Points, m.Potential.Range.around(m.Potential.Points)},
		{x.Position, nil, Range{lo, hi}},
	}
	if m.Stage != StageUnknown {
		parts[2].points = new(x.rating(m.Stage))
	}
	var points, worst, best int64 // in units of units: 10^12 is 100 points
	known := true
	for _, p := range parts {
		worst += p.weight.units * p.Worst.units
		best += p.weight.units * p.Best.units
		if p.points == nil {
			known = known && p.weight.units == 0
			continue
		}
		points += p.weight.units * p.points.units
	}
	const whole = 100 * numberOne
	out := Index{Range: Range{Number{worst / whole}, Number{(best + whole - 1) / whole}}}
	if known {
		out.Points = &Number{roundRat(big.NewRat(points, whole))}
	}
	return out
}

// rating is a stage's rating on the scale of points.
func (x *IndexRules) rating(s Stage) Number {
	for _, r := range x.Stages {
		if r.Stage == s {
			return Number{r.Rating.units * 10}
		}
	}
	return Number{}
}

// position is the range of the ratings of the stages that are possible.
func (x *IndexRules) position(m *Member) (lo, hi Number) {
	if len(m.Stages) == 0 || slices.Contains(m.Stages, StageUnknown) {
		return Number{}, Int(100)
	}
	lo, hi = Int(100), Number{}
	for _, s := range m.Stages {
		r := x.rating(s)
		lo, hi = Number{min(lo.units, r.units)}, Number{max(hi.units, r.units)}
	}
	return lo, hi
}

// lower and upper are the ends that a rank compares. With all known they are
// the points.
func (x Index) lower() int64 {
	return x.Range.around(x.Points).Worst.units
}

func (x Index) upper() int64 {
	return x.Range.around(x.Points).Best.units
}

// rank orders the members by the lower end of the index, so that what may only be
// more gives no better rank, also among equals; then by the revenue, and the id.
// Each gets its rank from 1 and the ranks that are possible.
func rank(members []Member) {
	slices.SortFunc(members, func(a, b Member) int {
		return cmp.Or(
			cmp.Compare(b.Index.lower(), a.Index.lower()),
			compareKnown(b.Revenue, a.Revenue),
			cmp.Compare(a.Account, b.Account),
		)
	})
	n := len(members)
	uppers := make([]int64, n) // ascending
	for i := range members {
		uppers[i] = members[i].Index.upper()
	}
	slices.Sort(uppers)
	for from := 0; from < n; {
		lower := members[from].Index.lower()
		to := from + sort.Search(n-from, func(k int) bool { return members[from+k].Index.lower() < lower })
		rankEquals(members, uppers, from, to)
		from = to
	}
}

// rankEquals ranks the members from one place to another, which have one lower end. The
// order of those that are firm is decided.
func rankEquals(members []Member, uppers []int64, from, to int) {
	n, firm := len(members), 0
	for i := range members[from:to] {
		m := &members[from+i]
		lo, hi := m.Index.lower(), m.Index.upper()
		above := sort.Search(n, func(k int) bool { return members[k].Index.lower() <= hi })
		below := sort.Search(n, func(k int) bool { return uppers[k] >= lo })
		m.Rank, m.RankBest, m.RankWorst = from+i+1, above+1, n-below
		if lo == hi {
			m.RankBest += firm
			firm++
		}
	}
	for i := from; i < to; i++ {
		if m := &members[i]; m.Index.lower() == m.Index.upper() {
			firm--
			m.RankWorst -= firm
		}
	}
}

// compareKnown compares amounts of one currency; what is unknown is less than any.
func compareKnown(a, b *Money) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	return a.rational().cmp(b.rational())
}
