package kam

import (
	"fmt"
	"math/big"
	"math/bits"
	"slices"

	"github.com/kam-go/kam/internal/alike"

	"github.com/kam-go/kam/internal/fixed"
)

// Answers are the answers to one scorecard by factor id.
type Answers map[string]Answer

// Answer is a rating that a person gave, and what is known about it. In JSON
// it may be a bare number. See [Rated].
type Answer struct {
	// Rating lies within the scale of its factor and has at most 4 places.
	Rating Number `json:"rating" required:"true"`
	// By is who gave it, and On the day.
	By string `json:"by,omitzero"`
	On Date   `json:"on,omitzero"`
	// Confidence is how sure the person is, 0 to 100 percent. It is kept with
	// the answer and changes no score.
	Confidence *Number `json:"confidence,omitzero"`
	Note       string  `json:"note,omitzero"`
}

// Rated returns an answer that is a rating alone.
func Rated(rating Number) Answer { return Answer{Rating: rating} }

// UnmarshalJSON reads a bare rating, or an object that has one, in place of the whole answer.
func (a *Answer) UnmarshalJSON(data []byte) error {
	if isObject(data) {
		return decodeInto(data, a)
	}
	var rating Number
	if err := unmarshalScalar(data, &rating); err != nil || isNull(data) {
		return err
	}
	*a = Rated(rating)
	return nil
}

// Score is what a scorecard says about an account, with its reasons.
type Score struct {
	// Scorecard is the id of the scorecard.
	Scorecard string `json:"scorecard"`
	// Points run from 0 to 100, rounded once, half to even, to 4 places; down where the lower
	// end of the range counts ([Worst]). Nil
	// is unknown: the coverage, as it is printed, is below the scorecard's minimum, a
	// required factor is missing, or the points are over what is answered and that weighs
	// nothing.
	Points *Number `json:"points,omitzero"`
	// Coverage is the weight of the answered factors, in percent.
	Coverage Number `json:"coverage"`
	// Range is what the points could become when the missing factors are
	// answered; it is always known.
	Range Range `json:"range"`
	// Contributions are the leaves that make up the points, in declared
	// order; they sum to the points exactly: each is rounded down to 4 places, and what is left
	// goes to the largest remainders, ties to the earlier leaf. Where there are no points they
	// have none either, but still list what was answered.
	Contributions []Contribution `json:"contributions"`
	// Missing lists the leaves without an answer, in declared order.
	Missing []string `json:"missing,omitempty"`
	// Stale lists the leaves whose answer is older than the policy allows, or whose
	// age is unknown: they are missing, unless a signal rates them.
	Stale []string `json:"stale,omitempty"`
}

// Range is a span of points from 0 to 100. Worst is rounded down and Best up,
// both to 4 places.
type Range struct {
	Worst Number `json:"worst"`
	Best  Number `json:"best"`
}

// String returns the range as text: "42..87".
func (r Range) String() string { return r.Worst.String() + ".." + r.Best.String() }

// firm reports a range that is no wider than its rounding.
func (r Range) firm() bool { return r.Best.units-r.Worst.units <= 1 }

// around is what points of the range may become: themselves alone, where the range is
// firm.
func (r Range) around(points *Number) Range {
	if points != nil && r.firm() {
		return Range{*points, *points}
	}
	return r
}

// gap is the range of points that rest on it; nil where the points are certain, or
// there are none.
func (s *Score) gap() *Range {
	if s.Points == nil || s.Range.firm() {
		return nil
	}
	return &s.Range
}

// Contribution is one leaf's part of a score.
type Contribution struct {
	Factor string `json:"factor"`
	// Group is the factor that the question belongs to, or "".
	Group string `json:"group,omitzero"`
	// Weight is the leaf's share of the scorecard in percent, rounded half to
	// even to 4 places.
	Weight Number `json:"weight"`
	// Rating is on the factor's own scale; nil for the middle that stands in
	// for a missing answer.
	Rating *Number `json:"rating,omitzero"`
	// Points are what the leaf adds to the score; nil where the score has no
	// points.
	Points *Number `json:"points,omitzero"`
	Source Source  `json:"source"`
	// Signal and Value are what the rating was read from, when Source is
	// FromSignal.
	Signal Signal  `json:"signal,omitzero"`
	Value  *Number `json:"value,omitzero"`
}

// clone is the score in memory of its own.
func (s Score) clone() Score {
	s.Points = clonePtr(s.Points)
	s.Contributions, s.Missing, s.Stale = slices.Clone(s.Contributions), slices.Clone(s.Missing), slices.Clone(s.Stale)
	for i := range s.Contributions {
		c := &s.Contributions[i]
		c.Rating, c.Points, c.Value = clonePtr(c.Rating), clonePtr(c.Points), clonePtr(c.Value)
	}
	return s
}

// Source is where a rating comes from.
type Source uint8

// The sources.
const (
	SourceUnknown Source = iota
	FromAnswer           // a person gave it
	FromSignal           // a band of a signal gave it
	FromRule             // the neutral rule put the middle for a missing answer
)

var sourceWords = enumWords[Source]{"unknown", "answer", "signal", "neutral"}

// Scorer is a compiled [Scorecard]; [Scorecard.Compile] makes one, of a policy with
// engine.Policy().Strength.Compile(), say. It never changes and may be shared by
// goroutines. The zero value has no factors, which is a [CodeFactorCount] wherever
// it is to score or to bind, and so is nil, as of a scorecard that did not compile.
type Scorer struct {
	id       string
	name     Text
	leaves   []leafFactor
	byID     map[string]int // of leaves; a group is groupIndex
	all      uint64         // a bit for each leaf
	required uint64
	missing  MissingRule
	least    uint64 // weight that is the minimum coverage
	kernel   *fixed.Kernel
}

const groupIndex = -1

type leafFactor struct {
	id, group string
	name      Text
	weight    Number
	scale     Scale
	signal    Signal
	bands     []Band
}

// Compile checks the scorecard and copies it into a [Scorer]. All that is
// wrong comes back together, as [Violations] in document order.
func (s Scorecard) Compile() (*Scorer, error) {
	var r report
	sc := s.compile(&r, "")
	if err := r.found.Err(); err != nil {
		return nil, fmt.Errorf("kam: compile scorecard %q: %w", clip(s.ID), err)
	}
	return sc, nil
}

// compile returns nil, and reports why, where the scorecard cannot be.
func (s *Scorecard) compile(r *report, at place) *Scorer {
	before := r.faults
	if s.check(r, at); r.faults > before {
		return nil
	}
	sc := &Scorer{id: s.ID, name: s.Name, byID: map[string]int{}, missing: s.Missing}
	var leaves []fixed.Leaf
	top := sumWeights(s.Factors)
	for _, f := range cloneFactors(s.Factors) {
		share := ratio(f.Weight, top)
		if len(f.Questions) == 0 {
			leaves = append(leaves, sc.leaf(f, "", share, f.Required))
			continue
		}
		sc.byID[f.ID] = groupIndex
		sum := sumWeights(f.Questions)
		for _, q := range f.Questions {
			leaves = append(leaves, sc.leaf(q, f.ID, new(big.Rat).Mul(share, ratio(q.Weight, sum)), f.Required || q.Required))
		}
	}
	kernel, err := fixed.New(leaves)
	if err != nil {
		r.add(at.key("factors"), CodePrecision, "", "")
		return nil
	}
	sc.kernel, sc.least = kernel, kernel.LeastWeight(orFifty(s.MinCoverage).units)
	return sc
}

func ratio(w Number, sum *big.Int) *big.Rat { return new(big.Rat).SetFrac(big.NewInt(w.units), sum) }

func (sc *Scorer) leaf(f Factor, group string, share *big.Rat, required bool) fixed.Leaf {
	i := len(sc.leaves)
	scale := f.Scale.or10()
	percent := new(big.Rat).Mul(share, new(big.Rat).SetInt64(fixed.Whole))
	sc.leaves = append(sc.leaves, leafFactor{f.ID, group, f.Name, Number{roundRat(percent)}, scale, f.Signal, f.Bands})
	sc.byID[f.ID] = i
	sc.all |= 1 << i
	if required {
		sc.required |= 1 << i
	}
	return fixed.Leaf{Weight: share, Lo: scale.Lo.units, Hi: scale.Hi.units, LowerIsBetter: f.LowerIsBetter}
}

// roundRat rounds half to even. The caller knows that the result fits.
func roundRat(x *big.Rat) int64 {
	q, rest := new(big.Int).DivMod(x.Num(), x.Denom(), new(big.Int))
	switch rest.Lsh(rest, 1).Cmp(x.Denom()) {
	case 1:
		q.Add(q, big.NewInt(1))
	case 0:
		q.Add(q, big.NewInt(int64(q.Bit(0))))
	}
	return q.Int64()
}

// Score scores the answers, whatever their age and without signals. Answers
// to factors that the scorecard does not have, to groups, and ratings outside
// their scale are [Violations] with the pointer of the answer. To the zero and the nil
// Scorer any are a [CodeFactorCount].
func (sc *Scorer) Score(answers Answers) (Score, error) {
	sc = sc.orZero()
	var g given
	if err := sc.refuse(answers, &g); err != nil {
		return Score{}, fmt.Errorf("kam: score %q: %w", sc.id, err)
	}
	return sc.score(new(pieces), &g, nil, freshness{}), nil
}

// scoreOf is Score for answers that have been checked.
func (sc *Scorer) scoreOf(answers Answers) Score {
	var g given
	g.read(sc, answers)
	return sc.score(new(pieces), &g, nil, freshness{})
}

// refuse returns what is wrong with answers, and reads the others.
func (sc *Scorer) refuse(answers Answers, into *given) error {
	if sc.kernel == nil {
		return noFactors()
	}
	if into.read(sc, answers) {
		return nil
	}
	var r report
	sc.checkAnswers(&r, "", answers)
	return r.found.Err()
}

// orZero is the zero Scorer for a nil one, which has no id to tell either.
func (sc *Scorer) orZero() *Scorer {
	if sc == nil {
		return new(Scorer)
	}
	return sc
}

// noFactors is the fault of the zero Scorer.
func noFactors() Violations {
	return Violations{{Code: CodeFactorCount, Value: "0", Want: "1..64"}}
}

// given is the answers to the leaves of a scorecard, each at its place.
type given struct {
	answered uint64
	ratings  [fixed.MaxLeaves]Number
	on       [fixed.MaxLeaves]Date
}

// read reports whether nothing is wrong with the answers, as with most at a
// glance; where something may be, only checkAnswers can tell.
func (g *given) read(sc *Scorer, answers Answers) bool {
	g.answered = 0
	found, ok := 0, true
	for i := range sc.leaves {
		l := &sc.leaves[i]
		if a, has := answers[l.id]; has {
			g.answered |= 1 << i
			g.ratings[i], g.on[i] = a.Rating, a.On
			found++
			ok = ok && l.scale.has(a.Rating) && a.On.Valid() && isPercent(a.Confidence) && clean(a.By) && clean(a.Note)
		}
	}
	return ok && found == len(answers)
}

// checkAnswers reports what is wrong with answers, in the order of their ids.
func (sc *Scorer) checkAnswers(r *report, at place, answers Answers) {
	for id, a := range sorted(answers) {
		r.enterKey(at, id)
		i, ok := sc.byID[id]
		switch {
		case !ok:
			r.add("", CodeUnknown, id, alike.Nearest(id, sc.leafIDs()))
		case i == groupIndex:
			r.add("", CodeGroup, id, join(sc.questionIDs(id)))
		default:
			if scale := sc.leaves[i].scale; a.Rating.Valid() && !scale.has(a.Rating) {
				r.add("/rating", CodeRating, a.Rating.String(), scale.String())
			}
			a.check(r)
		}
		r.leave()
	}
}

func (sc *Scorer) leafIDs() []string {
	ids := make([]string, len(sc.leaves))
	for i, l := range sc.leaves {
		ids[i] = l.id
	}
	return ids
}

func (sc *Scorer) questionIDs(group string) []string {
	var ids []string
	for _, l := range sc.leaves {
		if l.group == group {
			ids = append(ids, l.id)
		}
	}
	return ids
}

// freshness says which answers count on a day. The zero value takes all.
type freshness struct {
	asOf   Date
	maxAge int // days; 0 is no limit
}

// known reports whether something dated on the day had been said by then.
// What has no date is taken to have been.
func (f freshness) known(on Date) bool {
	return f.asOf.IsZero() || on.IsZero() || on.Cmp(f.asOf) <= 0
}

// stale reports whether something dated on the day is too old, or of unknown
// age.
func (f freshness) stale(on Date) bool {
	return f.maxAge > 0 && (on.IsZero() || f.asOf.DaysSince(on) > f.maxAge)
}

// score computes the score of answers that have been checked.
func (sc *Scorer) score(m *pieces, g *given, signals *Signals, fresh freshness) Score {
	row := m.row(sc)
	out := Score{Scorecard: sc.id}
	m.contributions.reserve(len(sc.leaves))
	contributions, missing := m.contributions.begin(), m.words.begin()
	numbers := m.numbers.take(2 * len(sc.leaves)) // the ratings, then the points
	var rated, stale uint64
	for i := range sc.leaves {
		l := &sc.leaves[i]
		contributions = append(contributions, Contribution{})
		c := &contributions[len(contributions)-1]
		c.Factor, c.Group, c.Weight, c.Source = l.id, l.group, l.weight, FromRule
		ok := g.answered>>i&1 == 1 && fresh.known(g.on[i])
		if ok && fresh.stale(g.on[i]) {
			stale |= 1 << i
			ok = false
		}
		if ok {
			numbers[i] = g.ratings[i]
			c.Source = FromAnswer
		} else if value := signals.peek(l.signal); value != nil {
			numbers[i] = bandOf(l.bands, *value)
			c.Source, c.Signal, c.Value = FromSignal, l.signal, m.numbers.one(*value)
		} else {
			missing = append(missing, l.id)
			if sc.missing != Neutral {
				contributions = contributions[:len(contributions)-1]
			}
			continue
		}
		c.Rating = &numbers[i]
		rated |= 1 << i
		sc.kernel.Set(row.fixed, i, numbers[i].units)
	}
	out.Missing, out.Stale = m.words.keep(missing), m.stale(sc, stale)
	var parts Contributions
	s := row.Explain(&parts)
	out.Coverage, out.Range = s.Coverage(), s.Range()
	p, ok := s.Points()
	switch {
	case ok:
		out.Points = m.numbers.one(p)
		points, at := numbers[len(sc.leaves):], 0
		for i := range sc.leaves {
			if rated>>i&1 == 1 || sc.missing == Neutral {
				points[i], _ = parts.At(i)
				contributions[at].Points = &points[i]
				at++
			}
		}
	case sc.missing == Neutral: // the middle counts only where there are points
		contributions = slices.DeleteFunc(contributions, func(c Contribution) bool { return c.Rating == nil })
	}
	if out.Contributions = m.contributions.keep(contributions); out.Contributions == nil {
		out.Contributions = []Contribution{}
	}
	return out
}

// stale lists leaves by their bits.
func (m *pieces) stale(sc *Scorer, leaves uint64) []string {
	list := m.words.begin()
	for ; leaves != 0; leaves &= leaves - 1 {
		list = append(list, sc.leaves[bits.TrailingZeros64(leaves)].id)
	}
	return m.words.keep(list)
}

// bandOf returns the rating of the band that the value falls in. Compile has
// made sure that there is one.
func bandOf(bands []Band, value Number) Number {
	for _, b := range bands {
		if b.To == nil || value.units < b.To.units {
			return b.Rating
		}
	}
	return Number{numberBad}
}
