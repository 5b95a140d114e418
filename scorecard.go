package kam

import (
	"cmp"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"

	"github.com/kam-go/kam/internal/alike"
)

// Scorecard is a weighted set of factors that gives an account a score from 0
// to 100. It is plain data: write it as a literal, keep it in JSON, change the
// built-in ones. [Scorecard.Compile] checks it.
type Scorecard struct {
	// ID names the scorecard in [Account.Answers]. It is no id of a judgement, a signal or an
	// override ("stage", "cell", "tier"), and "strength" is that of [Policy].Strength alone.
	ID   string `json:"id"`
	Name Text   `json:"name,omitzero"`
	// Source is the part of the method that it comes from, such as "S4".
	Source string `json:"source,omitzero"`
	// Missing says what a missing factor does to the points. The zero value
	// is Renormalise.
	Missing MissingRule `json:"missing"`
	// MinCoverage is the least coverage, in percent, that gives points; nil
	// is 50.
	MinCoverage *Number `json:"minCoverage,omitzero"`
	// Relative weights are shares of their sum, whatever it is; all 1 means
	// equal. Otherwise the weights of each level sum to exactly 100.
	Relative bool `json:"relative,omitzero"`
	// Factors, in the order in which a score lists them; at most 64 leaves.
	Factors []Factor `json:"factors"`
}

// UnmarshalJSON decodes strictly, in place of the whole scorecard, as that of [Policy] does: a field
// that is misspelt would turn a scorecard round. [Scorecard.Compile] says whether it makes sense.
func (s *Scorecard) UnmarshalJSON(data []byte) error { return decodeInto(data, s) }

// fill takes the ID and the factors of the built-in scorecard, and what else is zero.
func (s *Scorecard) fill(builtIn Scorecard) {
	if s.Name != (Text{}) {
		builtIn.Name = s.Name
	}
	builtIn.Source = cmp.Or(s.Source, builtIn.Source)
	builtIn.Missing = cmp.Or(s.Missing, builtIn.Missing)
	builtIn.MinCoverage = cmp.Or(s.MinCoverage, builtIn.MinCoverage)
	builtIn.Relative = s.Relative || builtIn.Relative
	*s = builtIn
}

// Factor is one criterion of a scorecard, or one question within a criterion.
type Factor struct {
	// ID is kebab-case and unique in the scorecard.
	ID   string `json:"id"`
	Name Text   `json:"name,omitzero"`
	// Weight has at most 4 places. Within a group it is the share of the
	// group's weight.
	Weight Number `json:"weight" required:"true"`
	// Scale is the range of ratings. The zero value is 0 to 10.
	Scale Scale `json:"scale,omitzero"`
	// LowerIsBetter says that a low rating is worth more, as for the degree
	// of competition.
	LowerIsBetter bool `json:"lowerIsBetter,omitzero"`
	// Required says that without this factor there are no points. On a group
	// it means each of its questions.
	Required bool `json:"required,omitzero"`
	// Signal and Bands rate the factor where nobody gave an answer.
	Signal Signal `json:"signal,omitzero"`
	Bands  []Band `json:"bands,omitempty"`
	// Questions make the factor a group: they are rated, and it is not.
	Questions []Factor `json:"questions,omitempty"`
}

// Scale is a range of ratings, both ends included, with at most 4 places. The
// zero value is 0 to 10.
type Scale struct {
	Lo Number `json:"lo" required:"true"`
	Hi Number `json:"hi" required:"true"`
}

func (s Scale) or10() Scale {
	if s == (Scale{}) {
		return Scale{Hi: Int(10)}
	}
	return s
}

// has reports whether the rating lies within a scale that is not zero.
func (s Scale) has(r Number) bool { return r.units >= s.Lo.units && r.units <= s.Hi.units }

// String returns the scale as "0..10".
func (s Scale) String() string { s = s.or10(); return s.Lo.String() + ".." + s.Hi.String() }

// Band gives a rating to the values of a signal from From, included, to To,
// not included. An absent end is open. The bands of a factor follow each other
// without a gap, from the open start to the open end.
type Band struct {
	From   *Number `json:"from,omitzero"`
	To     *Number `json:"to,omitzero"`
	Rating Number  `json:"rating" required:"true"`
}

// Bands returns the bands that ratings make with the edges between them:
// Bands([]Number{Int(2), Int(8)}, Int(10)) rates values below 10 as 2, and 10
// or more as 8. There is one rating more than there are edges, and an
// edge at least; otherwise the bands do not compile.
func Bands(ratings []Number, edges ...Number) []Band {
	bands := make([]Band, len(ratings))
	for i, r := range ratings {
		bands[i].Rating = r
		if i > 0 && i-1 < len(edges) {
			bands[i].From = new(edges[i-1])
		}
		if i < len(edges) {
			bands[i].To = new(edges[i])
		}
	}
	return bands
}

// MissingRule says what a missing factor does to the points of a score. It
// does nothing to the range, which always allows for the worst and the best.
type MissingRule uint8

// The missing rules.
const (
	// Renormalise takes the points over the answered factors alone.
	Renormalise MissingRule = iota
	// Worst makes the points the lower end of the range.
	Worst
	// Neutral counts a missing factor as the middle of its scale.
	Neutral
)

var missingRuleWords = enumWords[MissingRule]{"renormalise", "worst", "neutral"}

// Weights are weights by factor id.
type Weights map[string]Number

// SetWeights replaces the weights of the factors that w names, groups and
// questions alike, and leaves the others. An id that s does not have is a
// [CodeUnknown], and s stays as it was. Whether the weights sum to 100 is
// checked by [Scorecard.Compile]; [Scorecard.Normalize] makes them. A nil scorecard, as the
// index of risks is by default, is a [CodeMissing] here and where it is changed otherwise.
func (s *Scorecard) SetWeights(w Weights) error {
	if s == nil {
		return fmt.Errorf("kam: set weights: %w", notGiven("scorecard"))
	}
	factors := cloneFactors(s.Factors)
	left := maps.Clone(w)
	for f := range allFactors(factors) {
		if weight, ok := left[f.ID]; ok {
			f.Weight = weight
			delete(left, f.ID)
		}
	}
	if err := s.unknownIDs("set weights", slices.Sorted(maps.Keys(left))); err != nil {
		return err
	}
	s.Factors = factors
	return nil
}

// Add appends a copy of a factor. An id that s already has, as the factor's or one of its questions', is
// a [CodeDuplicate].
func (s *Scorecard) Add(f Factor) error {
	if s == nil {
		return fmt.Errorf("kam: add factor: %w", notGiven("scorecard"))
	}
	factors, seen := cloneFactors(append(s.Factors[:len(s.Factors):len(s.Factors)], f)), map[string]bool{}
	for g := range allFactors(factors) {
		if seen[g.ID] {
			return refused("add factor to scorecard "+strconv.Quote(clip(s.ID)), CodeDuplicate, g.ID, "")
		}
		seen[g.ID] = true
	}
	s.Factors = factors
	return nil
}

// Drop removes the factors or questions with these ids, and a group with its last question. An id that s does not
// have is a [CodeUnknown], and s stays as it was. The weights of the others
// stay; [Scorecard.Normalize] makes them sum to 100 again. [Engine.Assess] refuses accounts that have
// answers to them already, unless [Policy.Retired] names them.
func (s *Scorecard) Drop(ids ...string) error {
	if s == nil {
		return fmt.Errorf("kam: drop factors: %w", notGiven("scorecard"))
	}
	known := map[string]bool{}
	for f := range allFactors(s.Factors) {
		known[f.ID] = true
	}
	if err := s.unknownIDs("drop factor", slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return known[id] })); err != nil {
		return err
	}
	named := func(f Factor) bool { return slices.Contains(ids, f.ID) }
	var kept []Factor
	for _, f := range cloneFactors(s.Factors) {
		group := len(f.Questions) > 0
		f.Questions = slices.DeleteFunc(f.Questions, named)
		if empty := group && len(f.Questions) == 0; !empty && !named(f) {
			kept = append(kept, f)
		}
	}
	s.Factors = kept
	return nil
}

func (s *Scorecard) unknownIDs(verb string, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	var known []string
	for f := range allFactors(s.Factors) {
		known = append(known, f.ID)
	}
	v := Violation{Code: CodeUnknown, Value: clip(ids[0]), Want: alike.Nearest(ids[0], known)}
	return fmt.Errorf("kam: %s %q of scorecard %q: %w", verb, clip(ids[0]), clip(s.ID), v)
}

// Normalize rescales the weights of each level to sum to exactly 100, in the
// same ratios, rounded to 4 places by the largest remainder. A level whose
// weights are negative or sum to zero is a [CodeWeight], and s stays as it
// was.
func (s *Scorecard) Normalize() error {
	if s == nil {
		return fmt.Errorf("kam: normalize scorecard: %w", notGiven("scorecard"))
	}
	factors := cloneFactors(s.Factors)
	if !normalizeLevel(factors) {
		return refused("normalize scorecard "+strconv.Quote(clip(s.ID)), CodeWeight, "", "> 0")
	}
	for _, f := range factors {
		if len(f.Questions) > 0 && !normalizeLevel(f.Questions) {
			return refused("normalize scorecard "+strconv.Quote(clip(s.ID)), CodeWeight, f.ID, "> 0")
		}
	}
	s.Factors, s.Relative = factors, false
	return nil
}

func normalizeLevel(fs []Factor) bool {
	weights := make([]int64, len(fs))
	for i, f := range fs {
		if weights[i] = f.Weight.units; weights[i] < 0 {
			return false
		}
	}
	if sumWeights(fs).Sign() == 0 {
		return false
	}
	for i, units := range apportion(weights, 100*numberOne) {
		fs[i].Weight.units = units
	}
	return true
}

// apportion splits the whole in the ratios of the parts, which are not
// negative and not all zero, by the largest remainder; ties go to the earlier
// part.
func apportion(parts []int64, whole int64) []int64 {
	sum := new(big.Int)
	for _, p := range parts {
		sum.Add(sum, big.NewInt(p))
	}
	out, rests := make([]int64, len(parts)), make([]*big.Int, len(parts))
	left := whole
	for i, p := range parts {
		q := big.NewInt(p)
		q, rests[i] = q.Mul(q, big.NewInt(whole)).QuoRem(q, sum, new(big.Int))
		out[i] = q.Int64()
		left -= out[i]
	}
	order := make([]int, len(parts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return rests[j].Cmp(rests[i]) })
	for _, i := range order[:left] {
		out[i]++
	}
	return out
}

// cloneFactors copies the factors with all that they hold.
func cloneFactors(fs []Factor) []Factor {
	fs = slices.Clone(fs)
	for i := range fs {
		fs[i].Questions = cloneFactors(fs[i].Questions)
		fs[i].Bands = slices.Clone(fs[i].Bands)
		for j, b := range fs[i].Bands {
			fs[i].Bands[j].From, fs[i].Bands[j].To = clonePtr(b.From), clonePtr(b.To)
		}
	}
	return fs
}

func clonePtr[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

// allFactors walks factors and their questions in declared order, to be
// changed in place.
func allFactors(fs []Factor) func(yield func(*Factor) bool) {
	return func(yield func(*Factor) bool) {
		for i := range fs {
			if !yield(&fs[i]) {
				return
			}
			for j := range fs[i].Questions {
				if !yield(&fs[i].Questions[j]) {
					return
				}
			}
		}
	}
}

// sumWeights is the exact sum of the weights of one level.
func sumWeights(fs []Factor) *big.Int {
	sum := new(big.Int)
	for _, f := range fs {
		sum.Add(sum, big.NewInt(f.Weight.units))
	}
	return sum
}

// check reports all that is wrong with the scorecard, in document order.
func (s *Scorecard) check(r *report, at place) {
	r.id(at.key("id"), s.ID)
	r.words(at.key("name"), s.Name)
	r.text(at.key("source"), s.Source)
	enum(r, at.key("missing"), s.Missing, missingRuleWords)
	r.percent(at.key("minCoverage"), s.MinCoverage)
	leaves, seen := 0, map[string]bool{}
	at = at.key("factors")
	for i := range s.Factors {
		leaves += max(1, len(s.Factors[i].Questions))
		s.Factors[i].check(r, at.index(i), s.Relative, seen)
	}
	if leaves == 0 || leaves > 64 {
		r.add(at, CodeFactorCount, strconv.Itoa(leaves), "1..64")
	}
	s.checkSum(r, at, s.Factors)
}

// checkSum reports weights of one level that do not sum to what they should.
func (s *Scorecard) checkSum(r *report, at place, fs []Factor) {
	for _, f := range fs {
		if f.Weight.units < 0 {
			return // reported already, and the sum would only confuse
		}
	}
	sum := sumWeights(fs)
	switch {
	case len(fs) == 0:
	case s.Relative && sum.Sign() == 0:
		r.add(at, CodeWeight, "0", "> 0")
	case !s.Relative && sum.Cmp(big.NewInt(100*numberOne)) != 0:
		r.add(at, CodeWeightSum, decimalSum(sum), "100")
	}
}

func decimalSum(units *big.Int) string {
	if !units.IsInt64() {
		return "> " + Number{numberMax}.String()
	}
	return formatDecimal(units.Int64(), numberPlaces, 0)
}

func (f *Factor) check(r *report, at place, relative bool, seen map[string]bool) {
	if r.id(at.key("id"), f.ID); seen[f.ID] && f.ID != "" {
		r.add(at.key("id"), CodeDuplicate, f.ID, "")
	}
	seen[f.ID] = true
	r.words(at.key("name"), f.Name)
	switch {
	case !f.Weight.Valid():
		r.add(at.key("weight"), CodeNumber, f.Weight.String(), "")
	case f.Weight.units < 0:
		r.add(at.key("weight"), CodeWeight, f.Weight.String(), ">= 0")
	}
	scale := f.Scale.or10()
	if len(f.Questions) == 0 {
		if !scale.Lo.Valid() || !scale.Hi.Valid() || scale.Lo.units >= scale.Hi.units {
			r.add(at.key("scale"), CodeScale, f.Scale.String(), "")
		}
		f.checkBands(r, at)
		return
	}
	if f.LowerIsBetter {
		r.add(at.key("lowerIsBetter"), CodeGroup, "true", "")
	}
	if scale != (Scale{}).or10() {
		r.add(at.key("scale"), CodeGroup, f.Scale.String(), "")
	}
	if f.Signal != "" {
		r.add(at.key("signal"), CodeGroup, string(f.Signal), "")
	}
	if len(f.Bands) > 0 {
		r.add(at.key("bands"), CodeGroup, strconv.Itoa(len(f.Bands)), "")
	}
	at = at.key("questions")
	for i := range f.Questions {
		q := &f.Questions[i]
		q.check(r, at.index(i), relative, seen)
		if len(q.Questions) > 0 {
			r.add(at.index(i).key("questions"), CodeNesting, q.ID, "")
		}
	}
	(&Scorecard{Relative: relative}).checkSum(r, at, f.Questions)
}

// checkBands reports bands that do not partition the whole line.
func (f *Factor) checkBands(r *report, at place) {
	if f.Signal == "" && len(f.Bands) == 0 {
		return
	}
	if !f.Signal.known() {
		r.add(at.key("signal"), CodeUnknown, string(f.Signal), alike.Nearest(string(f.Signal), signalIDs()))
	}
	r.attribute(at.key("signal"), Evidence(f.Signal), nil)
	at = at.key("bands")
	switch b := f.Bands; {
	case len(b) == 0:
		r.add(at, CodeMissing, "", ">= 2")
	case len(b) == 1 && b[0].From == nil && b[0].To == nil: // it rates all alike, as one that is null would
		r.add(at, CodeBands, "1", ">= 2")
	}
	scale := f.Scale.or10()
	for i, b := range f.Bands {
		r.number(at.index(i).key("from"), b.From)
		r.number(at.index(i).key("to"), b.To)
		if b.Rating.units < scale.Lo.units || b.Rating.units > scale.Hi.units {
			r.add(at.index(i).key("rating"), CodeRating, b.Rating.String(), scale.String())
		}
		if i == 0 && b.From != nil {
			r.add(at.index(i).key("from"), CodeBands, b.From.String(), "null")
		}
		last := i == len(f.Bands)-1
		switch {
		case last && b.To != nil:
			r.add(at.index(i).key("to"), CodeBands, b.To.String(), "null")
		case !last && b.To == nil:
			r.add(at.index(i).key("to"), CodeBands, "null", "...")
		case b.From != nil && b.To != nil && b.From.units >= b.To.units:
			r.add(at.index(i).key("to"), CodeBands, b.To.String(), "> "+b.From.String())
		}
		if i > 0 && (b.From == nil || f.Bands[i-1].To != nil && *b.From != *f.Bands[i-1].To) {
			found, want := "null", "..."
			if b.From != nil {
				found = b.From.String()
			}
			if to := f.Bands[i-1].To; to != nil {
				want = to.String()
			}
			r.add(at.index(i).key("from"), CodeBands, found, want)
		}
	}
}

// leafIDs are those of the factors that are rated.
func (s *Scorecard) leafIDs() (ids []string) {
	for f := range allFactors(s.Factors) {
		if len(f.Questions) == 0 {
			ids = append(ids, f.ID)
		}
	}
	return ids
}
