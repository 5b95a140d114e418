package kam_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// A slow reference of the scoring semantics, in exact rationals, written from
// the formulas and sharing nothing with the kernel.

type refLeaf struct {
	id       string
	weight   *big.Rat // of 1
	value    *big.Rat // nil is missing
	required bool
}

type refScore struct {
	points, coverage, worst, best *big.Rat // points nil is unknown
	parts                         map[string]*big.Rat
	missing                       []string
}

var unit = big.NewRat(1, 10_000)

func rat(n kam.Number) *big.Rat { return n.Decimal().Rat() }

// inUnits returns x in units of 0.0001, rounded by the mode.
func inUnits(x *big.Rat, mode string) *big.Rat {
	q := new(big.Rat).Quo(x, unit)
	floor := new(big.Int).Div(q.Num(), q.Denom())
	rest := new(big.Rat).Sub(q, new(big.Rat).SetInt(floor))
	up := false
	switch mode {
	case "up":
		up = rest.Sign() > 0
	case "even":
		half := rest.Cmp(big.NewRat(1, 2))
		up = half > 0 || half == 0 && floor.Bit(0) == 1
	}
	if up {
		floor.Add(floor, big.NewInt(1))
	}
	return new(big.Rat).Mul(new(big.Rat).SetInt(floor), unit)
}

func refLeaves(card kam.Scorecard, answers kam.Answers) []refLeaf {
	share := func(level []kam.Factor, w kam.Number) *big.Rat {
		sum := big.NewRat(100, 1)
		if card.Relative {
			sum = new(big.Rat)
			for _, f := range level {
				sum.Add(sum, rat(f.Weight))
			}
		}
		return new(big.Rat).Quo(rat(w), sum)
	}
	var leaves []refLeaf
	add := func(f kam.Factor, weight *big.Rat, required bool) {
		l := refLeaf{id: f.ID, weight: weight, required: required}
		if a, ok := answers[f.ID]; ok {
			lo, hi := rat(f.Scale.Lo), rat(f.Scale.Hi)
			if f.Scale == (kam.Scale{}) {
				lo, hi = new(big.Rat), big.NewRat(10, 1)
			}
			l.value = new(big.Rat).Sub(rat(a.Rating), lo)
			l.value.Quo(l.value, new(big.Rat).Sub(hi, lo))
			if f.LowerIsBetter {
				l.value.Sub(big.NewRat(1, 1), l.value)
			}
		}
		leaves = append(leaves, l)
	}
	for _, f := range card.Factors {
		w := share(card.Factors, f.Weight)
		if len(f.Questions) == 0 {
			add(f, w, f.Required)
		}
		for _, q := range f.Questions {
			add(q, new(big.Rat).Mul(w, share(f.Questions, q.Weight)), f.Required || q.Required)
		}
	}
	return leaves
}

func reference(card kam.Scorecard, answers kam.Answers) refScore {
	leaves := refLeaves(card, answers)
	hundred := big.NewRat(100, 1)
	known, gap, answered := new(big.Rat), new(big.Rat), new(big.Rat)
	var s refScore
	lacksRequired := false
	for _, l := range leaves {
		if l.value == nil {
			gap.Add(gap, l.weight)
			s.missing = append(s.missing, l.id)
			lacksRequired = lacksRequired || l.required
			continue
		}
		answered.Add(answered, l.weight)
		known.Add(known, new(big.Rat).Mul(l.weight, l.value))
	}
	s.coverage = inUnits(new(big.Rat).Mul(answered, hundred), "even")
	s.worst = inUnits(new(big.Rat).Mul(known, hundred), "down")
	s.best = inUnits(new(big.Rat).Mul(new(big.Rat).Add(known, gap), hundred), "up")
	minimum := big.NewRat(50, 1)
	if card.MinCoverage != nil {
		minimum = rat(*card.MinCoverage)
	}
	if s.coverage.Cmp(minimum) < 0 || lacksRequired || card.Missing == kam.Renormalise && answered.Sign() == 0 {
		return s
	}
	whole, stand, mode := big.NewRat(1, 1), new(big.Rat), "even"
	switch card.Missing {
	case kam.Renormalise:
		whole = answered
	case kam.Worst:
		mode = "down"
	case kam.Neutral:
		stand = big.NewRat(1, 2)
	}
	exact := map[string]*big.Rat{}
	total := new(big.Rat)
	for _, l := range leaves {
		v := l.value
		if v == nil {
			v = stand
		}
		part := new(big.Rat).Mul(l.weight, v)
		exact[l.id] = part.Quo(part.Mul(part, hundred), whole)
		total.Add(total, part)
	}
	s.points = inUnits(total, mode)
	s.share(leaves, exact)
	return s
}

// share splits the points by the largest remainder; ties go to the earlier.
func (s *refScore) share(leaves []refLeaf, exact map[string]*big.Rat) {
	s.parts = map[string]*big.Rat{}
	left := new(big.Rat).Set(s.points)
	for id, x := range exact {
		s.parts[id] = inUnits(x, "down")
		left.Sub(left, s.parts[id])
	}
	ids := make([]string, len(leaves))
	for i, l := range leaves {
		ids[i] = l.id
	}
	rests := map[string]*big.Rat{}
	for id, x := range exact {
		rests[id] = x.Sub(x, s.parts[id])
	}
	slices.SortStableFunc(ids, func(a, b string) int { return rests[b].Cmp(rests[a]) })
	for _, id := range ids {
		if left.Sign() <= 0 {
			break
		}
		s.parts[id].Add(s.parts[id], unit)
		left.Sub(left, unit)
	}
}

// cases makes random scorecards with answers.
type cases struct{ *rand.Rand }

func (r cases) number(lo, hi int64) kam.Number { return kam.Dec(lo+r.Int64N(hi-lo+1), 4) }

func (r cases) scale() kam.Scale {
	spans := []int{3, 6, 7, 9, 10, 1, 5, 100}
	switch n := r.IntN(60); {
	case n < 15:
		return kam.Scale{}
	case n == 15: // an odd span with four places
		lo := r.Int64N(200_000) - 100_000
		return kam.Scale{Lo: kam.Dec(lo, 4), Hi: kam.Dec(lo+1+r.Int64N(100_000), 4)}
	}
	lo := r.IntN(11) - 5
	return kam.Scale{Lo: kam.Int(lo), Hi: kam.Int(lo + spans[r.IntN(len(spans))])}
}

// weigh gives a level its weights.
func (r cases) weigh(fs []kam.Factor, relative bool) {
	if relative {
		for i := range fs {
			fs[i].Weight = r.number(1, []int64{100, 10_000, 100_000}[r.IntN(3)])
		}
		return
	}
	left := int64(1_000_000)
	for i := range fs {
		w := left
		if i < len(fs)-1 {
			w = r.Int64N(left/2 + 1)
			if r.IntN(4) == 0 {
				w -= w % 10_000
			}
		}
		fs[i].Weight = kam.Dec(w, 4)
		left -= w
	}
}

func (r cases) scorecard() kam.Scorecard {
	card := kam.Scorecard{ID: "random", Missing: kam.MissingRule(r.IntN(3)), Relative: r.IntN(4) == 0}
	switch r.IntN(4) {
	case 0:
		card.MinCoverage = new(kam.Int(0))
	case 1:
		card.MinCoverage = new(r.number(0, 1_000_000))
	}
	n := 1 + r.IntN(7)
	if r.IntN(50) == 0 {
		n = 64
	}
	leaves := 0
	leaf := func() kam.Factor {
		leaves++
		return kam.Factor{ID: fmt.Sprint("f-", leaves), Scale: r.scale(), LowerIsBetter: r.IntN(3) == 0, Required: r.IntN(25) == 0}
	}
	for i := range n {
		if n < 64 && r.IntN(3) == 0 {
			group := kam.Factor{ID: fmt.Sprint("g-", i), Required: r.IntN(25) == 0}
			for range 1 + r.IntN(4) {
				group.Questions = append(group.Questions, leaf())
			}
			r.weigh(group.Questions, card.Relative)
			card.Factors = append(card.Factors, group)
			continue
		}
		card.Factors = append(card.Factors, leaf())
	}
	r.weigh(card.Factors, card.Relative)
	return card
}

func (r cases) answers(card kam.Scorecard) kam.Answers {
	answers := kam.Answers{}
	gaps := r.IntN(5) // in tenths
	for _, f := range leavesOf(card) {
		if r.IntN(10) < gaps {
			continue
		}
		answers[f.ID] = kam.Rated(r.rating(f))
	}
	return answers
}

func (r cases) rating(f kam.Factor) kam.Number {
	scale := f.Scale
	if scale == (kam.Scale{}) {
		scale.Hi = kam.Int(10)
	}
	lo := scale.Lo.Decimal().Shift(4).IntPart()
	hi := scale.Hi.Decimal().Shift(4).IntPart()
	switch r.IntN(6) {
	case 0:
		return scale.Lo
	case 1:
		return scale.Hi
	}
	return r.number(lo, hi)
}

func leavesOf(card kam.Scorecard) []kam.Factor {
	var out []kam.Factor
	for _, f := range card.Factors {
		if len(f.Questions) == 0 {
			out = append(out, f)
		}
		out = append(out, f.Questions...)
	}
	return out
}

func explain(card kam.Scorecard, answers kam.Answers) string {
	c, _ := json.Marshal(card)
	a, _ := json.Marshal(answers)
	return string(c) + "\n" + string(a)
}

// equalReference compares a score with the reference, all of it.
func equalReference(card kam.Scorecard, answers kam.Answers, s kam.Score) error {
	want := reference(card, answers)
	var errs []error
	check := func(what string, got kam.Number, want *big.Rat) {
		if rat(got).Cmp(want) != 0 {
			errs = append(errs, fmt.Errorf("%s is %s, want %s", what, got, want.FloatString(6)))
		}
	}
	check("coverage", s.Coverage, want.coverage)
	check("worst", s.Range.Worst, want.worst)
	check("best", s.Range.Best, want.best)
	if !slices.Equal(s.Missing, want.missing) {
		errs = append(errs, fmt.Errorf("missing %v, want %v", s.Missing, want.missing))
	}
	if (s.Points == nil) != (want.points == nil) {
		return errors.Join(append(errs, fmt.Errorf("points %v, want %v", s.Points, want.points))...)
	}
	if s.Points != nil {
		check("points", *s.Points, want.points)
	}
	listed := map[string]bool{}
	for _, c := range s.Contributions {
		listed[c.Factor] = true
		if s.Points != nil {
			check("contribution of "+c.Factor, *c.Points, want.parts[c.Factor])
		}
	}
	for id, part := range want.parts {
		if part.Sign() != 0 && !listed[id] {
			errs = append(errs, fmt.Errorf("the contribution of %s is not listed", id))
		}
	}
	return errors.Join(errs...)
}

// edges are the bits about which Compile chooses.
var edges = []int{42, 43, 44, 106, 107, 108}

// edge makes a scorecard whose weights and scales together have about so many
// bits, where Compile goes from one word to two, and from two to a refusal.
func (r cases) edge() kam.Scorecard {
	bits := edges[r.IntN(len(edges))]
	least := max(bits-58, 1)
	of := least + r.IntN(min(57, bits-4)-least) // of the weights
	odd := func(bits int) int64 { return 1<<(bits-1) | r.Int64N(1<<(bits-1)) | 1 }
	span := odd(min(bits-of, 58))
	card := kam.Scorecard{ID: "edge", Missing: kam.MissingRule(r.IntN(3)), Relative: true, MinCoverage: new(kam.Int(0))}
	left := odd(of)
	for i := range 2 + r.IntN(3) {
		w := 1 + r.Int64N(max(left/2, 1))
		left -= w
		lo := r.Int64N(1_000_000) - 500_000
		card.Factors = append(card.Factors, kam.Factor{
			ID: fmt.Sprint("f-", i), Weight: kam.Dec(w, 4), Scale: kam.Scale{Lo: kam.Dec(lo, 4), Hi: kam.Dec(lo+span, 4)}, LowerIsBetter: r.IntN(2) == 0,
		})
	}
	if left > 0 {
		card.Factors[0].Weight = kam.Dec(card.Factors[0].Weight.Decimal().Shift(4).IntPart()+left, 4)
	}
	return card
}

// bitsOf is how many bits the weights and scales of a scorecard have over
// their common denominators, worked out from the definition.
func bitsOf(card kam.Scorecard) int {
	whole := func(x *big.Rat, of *big.Int) *big.Int {
		return new(big.Int).Mul(x.Num(), new(big.Int).Quo(of, x.Denom()))
	}
	lcm := func(a, b *big.Int) *big.Int {
		g := new(big.Int).GCD(nil, nil, a, b)
		return g.Mul(a, new(big.Int).Quo(b, g))
	}
	den, span := big.NewInt(1), big.NewInt(1)
	leaves := refLeaves(card, nil)
	for _, l := range leaves {
		den = lcm(den, l.weight.Denom())
	}
	gcd, sum := new(big.Int), new(big.Int)
	for _, l := range leaves {
		w := whole(l.weight, den)
		gcd.GCD(nil, nil, gcd, w)
		sum.Add(sum, w)
	}
	for _, f := range leavesOf(card) {
		width := big.NewRat(10, 1)
		if f.Scale != (kam.Scale{}) {
			width = new(big.Rat).Sub(rat(f.Scale.Hi), rat(f.Scale.Lo))
		}
		span = lcm(span, whole(width, big.NewInt(10_000)))
	}
	return sum.Quo(sum, gcd).Mul(sum, span).BitLen()
}

// widest is the bits of the widest scale.
func widest(card kam.Scorecard) int {
	bits := 0
	for _, f := range leavesOf(card) {
		width := new(big.Rat).Sub(rat(f.Scale.Hi), rat(f.Scale.Lo))
		bits = max(bits, width.Quo(width, unit).Num().BitLen())
	}
	return bits
}

// tally counts what a differential run has hit.
type tally struct {
	cases, scored, refused, narrow, wide int
	edges                                map[int]int // by bits
}

func (a *tally) add(b tally) {
	a.cases, a.scored, a.refused = a.cases+b.cases, a.scored+b.scored, a.refused+b.refused
	a.narrow, a.wide = a.narrow+b.narrow, a.wide+b.wide
	for bits, n := range b.edges {
		a.edges[bits] += n
	}
}

// equalRow compares a row with the score of the same answers, all of it.
func equalRow(row kam.Row, card kam.Scorecard, s kam.Score) error {
	var parts kam.Contributions
	r := row.Explain(&parts)
	if r != row.Score() || r != row.Explain(nil) {
		return fmt.Errorf("explained the row is %s, and else %s", r, row.Score())
	}
	points, ok := r.Points()
	if ok != (s.Points != nil) || ok && points != *s.Points {
		return fmt.Errorf("the row has %s %v, and the score %v", points, ok, s.Points)
	}
	if r.Coverage() != s.Coverage || r.Range() != s.Range {
		return fmt.Errorf("the row has %s of %v, and the score %s of %v", r.Coverage(), r.Range(), s.Coverage, s.Range)
	}
	if missing := slices.Collect(r.Missing()); !slices.Equal(missing, s.Missing) {
		return fmt.Errorf("the row lacks %v, and the score %v", missing, s.Missing)
	}
	var got, want []string
	for factor, part := range parts.All() {
		got = append(got, factor+" "+part.String())
	}
	var at []string
	for i, f := range leavesOf(card) {
		switch part, counts := parts.At(i); {
		case counts:
			at = append(at, f.ID+" "+part.String())
		case part != kam.Int(0):
			return fmt.Errorf("%s does not count, and gives %s", f.ID, part)
		}
	}
	if !slices.Equal(got, at) {
		return fmt.Errorf("the row is made of %v, and by places of %v", got, at)
	}
	for _, c := range s.Contributions {
		if c.Points != nil {
			want = append(want, c.Factor+" "+c.Points.String())
		}
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("the row is made of %v, and the score of %v", got, want)
	}
	return nil
}

// differ compares so many random cases with the reference.
func (r cases) differ(t *testing.T, n int) tally {
	const answersEach = 4
	sum := tally{edges: map[int]int{}}
	var row kam.Row
	for sum.cases < n {
		card := r.scorecard()
		if r.IntN(8) == 0 {
			card = r.edge()
		}
		bits := bitsOf(card)
		scorer, err := card.Compile()
		if bits > 107 || err != nil {
			require.ErrorIs(t, err, kam.CodePrecision)
			sum.refused++
			sum.cases++
			sum.edges[bits]++
			continue
		}
		require.Equal(t, bits <= 43 && widest(card) <= 31, kam.NarrowOf(scorer), "%d bits", bits)
		for range answersEach {
			answers := r.answers(card)
			s, err := scorer.Score(answers)
			if err == nil {
				err = equalReference(card, answers, s)
			}
			if err != nil {
				require.NoError(t, err, explain(card, answers))
			}
			if s.Points != nil {
				sum.scored++
			}
			if err = scorer.BindTo(&row, answers); err == nil {
				err = equalRow(row, card, s)
			}
			if err != nil {
				require.NoError(t, err, explain(card, answers))
			}
			if kam.NarrowOf(scorer) {
				sum.narrow++
			} else {
				sum.wide++
			}
			sum.edges[bits]++
			sum.cases++
		}
	}
	return sum
}

var differential = flag.Int("cases", 200_000, "cases of the differential test")

// The kernel is the reference, in one word, in two, and where Compile chooses
// between them. The long run is
//
//	go test -run TestScoreEqualsReference -cases 10000000 -timeout 12h -v .
func TestScoreEqualsReference(t *testing.T) {
	total, shards := *differential, 2
	if testing.Short() {
		total = 12_000
	}
	var mu sync.Mutex
	all := tally{edges: map[int]int{}}
	t.Run("shards", func(t *testing.T) {
		for shard := range shards {
			t.Run(fmt.Sprint(shard), func(t *testing.T) {
				t.Parallel()
				got := cases{rand.New(rand.NewPCG(2026, uint64(shard)))}.differ(t, total/shards)
				mu.Lock()
				defer mu.Unlock()
				all.add(got)
			})
		}
	})
	t.Logf("%d cases: %d in one word, %d in two, %d refused; %d with points; at 42, 43, 44 bits %d, %d, %d, at 106, 107, 108 bits %d, %d, %d",
		all.cases, all.narrow, all.wide, all.refused, all.scored, all.edges[42], all.edges[43], all.edges[44], all.edges[106], all.edges[107], all.edges[108])
	assert.GreaterOrEqual(t, all.cases, total)
	assert.Greater(t, all.scored, total/2, "most cases have points")
	assert.Greater(t, all.narrow, total/4)
	assert.Greater(t, all.wide, total/20)
	assert.Less(t, all.refused, total/20, "few cases are beyond 128 bits")
	for _, bits := range edges {
		assert.Greater(t, all.edges[bits], total/2_000, "%d bits", bits)
	}
}
