package kam

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/kam-go/kam/internal/alike"
)

// Policy is the rules by which accounts are judged, as plain data. The zero
// value is [DefaultPolicy]; each zero field means the default of that field, but a policy
// that has a Name or a Version has no other, numbers that belong together (the lines of ABC, the
// weights of the index, the shares of a pyramid) are given together, and of a [Scorecard] without ID and Factors
// each zero field is that of the built-in one. In JSON unknown fields are refused. [Compile] checks it.
type Policy struct {
	Name    string `json:"name,omitzero"`
	Version string `json:"version,omitzero"`
	// Currency is the ISO 4217 code that amounts are converted to; "" leaves
	// each account in its own currency, and a portfolio of accounts in several is refused. What is
	// computed of an account, its draft of a plan included, is in it.
	Currency string `json:"currency,omitzero"`
	// Rates say what one unit of another currency is worth in Currency, whose own rate,
	// where given, is 1.
	Rates map[string]Money `json:"rates,omitempty"`
	// AnswerMaxAge is the greatest age of an answer or a judgement in days;
	// an older one, or one without a date, counts as missing. 0 is no limit.
	AnswerMaxAge int `json:"answerMaxAge,omitzero"`

	Signals        SignalRules `json:"signals"`
	Selection      Scorecard   `json:"selection"`      // S4
	Potential      Scorecard   `json:"potential"`      // S5
	Attractiveness Scorecard   `json:"attractiveness"` // S7a
	Strength       Scorecard   `json:"strength"`       // S7b
	Stage          StageRules  `json:"stage"`          // S6
	Grid           GridRules   `json:"grid"`           // S8

	Portfolio PortfolioRules `json:"portfolio"` // S1, S2, S3
	Risks     RiskRules      `json:"risks"`     // S15, S16
	// Plan weighs what an account plan should hold (S11).
	Plan Scorecard `json:"plan"`

	// Names are what judgements and attributes of one's own are called, by id, such as
	// "insolvent" or "attribute.employees". [Engine.Assess] refuses a judgement that is
	// no constant of [Evidence], that no condition of the policy reads, and that has no
	// name here: one that is misspelt would be lost. A judgement that only a check in
	// code reads needs a name, therefore, and one that differs from another id by an edit
	// or two; attributes need none, but for those that are like one with a name. There are 256 at most.
	Names map[Evidence]Text `json:"names,omitempty"`
	// Retired are the scorecards that the policy had once and has no more, as "bond", and the factors
	// that one of its scorecards had, as "strength/trust": accounts keep their answers to them and the
	// overrides of their points, and [Engine.Assess] reads neither. Other answers to what the policy
	// does not have are refused, since they may be misspelt. Of a group, name its questions.
	Retired []string `json:"retired,omitempty"`
}

// ModelVersion is the version of the built-in policy. It rises whenever the
// same account would get another number, stage or cell.
const ModelVersion = "1"

// DefaultPolicy returns the built-in policy; METHOD.md gives the reason of
// each number in it. Each call returns a new one, to change as you like.
func DefaultPolicy() Policy { return Policy{}.withDefaults() }

// withDefaults fills what is zero, and writes to nothing that the caller holds.
func (p Policy) withDefaults() Policy {
	if p.Name == "" && p.Version == "" {
		p.Name, p.Version = "kam", ModelVersion
	}
	p.Signals = p.Signals.withDefaults()
	for _, s := range []struct {
		card    *Scorecard
		builtIn func() Scorecard
	}{
		{&p.Selection, SelectionScorecard},
		{&p.Potential, PotentialScorecard},
		{&p.Attractiveness, AttractivenessScorecard},
		{&p.Strength, StrengthScorecard},
		{&p.Plan, PlanScorecard},
	} {
		if len(s.card.Factors) == 0 && s.card.ID == "" {
			s.card.fill(s.builtIn())
		}
		s.card.MinCoverage = orFifty(s.card.MinCoverage)
	}
	p.Stage = p.Stage.withDefaults()
	p.Grid.AttractivenessCut = orFifty(p.Grid.AttractivenessCut)
	p.Grid.StrengthCut = orFifty(p.Grid.StrengthCut)
	p.Portfolio = p.Portfolio.withDefaults()
	p.Risks = p.Risks.withDefaults()
	return p
}

func orFifty(n *Number) *Number {
	if n == nil {
		return new(Int(50))
	}
	return clonePtr(n)
}

// UnmarshalJSON decodes strictly, in place of the whole policy: what the document does not have is
// not kept. It reports all that is wrong as
// [Violations]; on error p keeps its value, and so it does on null. More than 8 MiB is a
// [CodeTooLarge], and so are the other limits of LIMITS.md. Whether the policy makes sense is
// for [Compile] to say.
func (p *Policy) UnmarshalJSON(data []byte) error {
	return decodeInto(data, p)
}

// scorecards are those of accounts, in the order of the [Assessment].
func (p *Policy) scorecards() [4]*Scorecard {
	return [...]*Scorecard{&p.Selection, &p.Potential, &p.Attractiveness, &p.Strength}
}

// checkMoney reports currencies and rates that cannot be, and returns the
// rates.
func (p *Policy) checkMoney(r *report) map[string]rational {
	r.currency("/currency", p.Currency)
	rates := map[string]rational{}
	if len(p.Rates) > 0 && p.Currency == "" {
		r.add("/currency", CodeMissing, "", "")
	}
	for code, rate := range sorted(p.Rates) {
		at := place("/rates").key(code)
		if r.currency(at, code); code == "" {
			r.add(at, CodeCurrency, code, "")
		}
		switch {
		case rate.coef <= 0:
			r.add(at, CodeRange, rate.String(), "> 0")
		case rate.Currency() == "" && p.Currency != "":
			r.add(at, CodeMissing, rate.String(), "as in "+rate.String()+" "+p.Currency)
		case rate.Currency() != p.Currency:
			r.add(at, CodeCurrencyMix, rate.String(), p.Currency)
		case code == p.Currency && rate.rational().cmp(whole(1)) != 0: // nothing would read it
			r.add(at, CodeRange, rate.String(), "1 "+code)
		}
		rates[code] = rate.rational()
	}
	return rates
}

// checkYield reports what an hour yields in a currency for which there is no rate.
func (p *Policy) checkYield(r *report, at place, rates map[string]rational) {
	y := p.Portfolio.HourYield
	if y == nil || y.Sign() == 0 || p.Currency == "" || y.Currency() == "" || y.Currency() == p.Currency {
		return
	}
	if _, ok := rates[y.Currency()]; !ok {
		r.add(at, CodeCurrencyMix, y.String(), p.Currency)
	}
}

// maxNames keeps it quick to find the name that a misspelt id is like.
const maxNames = 256

// checkNames reports names of what is not the caller's own.
func (p *Policy) checkNames(r *report, at place) {
	if n := len(p.Names); n > maxNames {
		r.add(at, CodeTooLarge, fmt.Sprint(n), fmt.Sprint("<= ", maxNames))
	}
	for e, name := range sorted(p.Names) {
		at := at.key(string(e))
		switch {
		case e.attribute():
			r.text(at, string(e))
		case e.judged() || e.numeric():
			r.add(at, CodeDuplicate, string(e), "")
		default:
			r.id(at, string(e))
		}
		r.words(at, name)
		if name == (Text{}) {
			r.add(at, CodeMissing, "", "")
		}
	}
}

// checkRetired reports what is no id of a scorecard or a factor, or still there.
func (p *Policy) checkRetired(r *report, at place) {
	var cards []string
	there := map[string]bool{}
	for _, s := range p.scorecards() {
		cards = append(cards, s.ID)
		there[s.ID] = true
		for f := range allFactors(s.Factors) {
			there[s.ID+"/"+f.ID] = true
		}
	}
	r.length(at, len(p.Retired))
	for i, id := range p.Retired {
		at := at.index(i)
		card, factor, of := strings.Cut(id, "/")
		before := r.faults
		if r.id(at, card); of {
			r.id(at, factor)
		}
		switch {
		case r.faults > before:
		case there[id] || reserved(card): // then there was no such scorecard
			r.add(at, CodeDuplicate, id, "none of the policy's")
		case of && !slices.Contains(cards, card): // of a scorecard that is retired, its id is enough
			r.add(at, CodeUnknown, id, alike.Nearest(card, cards))
		}
		there[id] = true
	}
}

// ownEvidence is what the policy names, and the judgements that it reads besides.
func (p *Policy) ownEvidence() map[Evidence]Text {
	own := maps.Clone(p.Names)
	read := func(c *Condition) {
		if _, named := own[c.Evidence]; c.ownJudgement() && !named {
			if own == nil {
				own = map[Evidence]Text{}
			}
			own[c.Evidence] = Text{}
		}
	}
	for _, rule := range p.Stage.Rules {
		for _, clause := range rule.All {
			for i := range clause.Any {
				read(&clause.Any[i])
			}
		}
	}
	for i := range p.Risks.Custom {
		c := &p.Risks.Custom[i]
		read(&c.AtRisk)
		if c.Watch != nil {
			read(c.Watch)
		}
	}
	return own
}

// reserved reports an id that no scorecard has: an override, or whoever looks for a name, would take
// it for something else.
func reserved(id string) bool {
	return Evidence(id).judged() || Signal(id).index() >= 0 || id == OverrideStage || id == OverrideCell || id == OverrideTier
}

// distinct reports two scorecards with one id, one that is called as the strength or a judgement of
// one's own, and one that is reserved.
func (r *report) distinct(own map[Evidence]Text, ids ...string) {
	at := []place{"/selection/id", "/potential/id", "/attractiveness/id", "/strength/id"}
	for i, id := range ids {
		twice := slices.Contains(ids[:i], id) && id != ""
		_, judgement := own[Evidence(id)]
		strength := id == string(EvidenceStrength) && at[i] != "/strength/id"
		if twice || strength || judgement && !Evidence(id).numeric() || reserved(id) {
			r.add(at[i], CodeDuplicate, id, "")
		}
	}
}
