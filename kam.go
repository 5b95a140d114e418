// Package kam is key account management for programs: which customers matter
// most, where we stand with them, and how sure that is.
//
// A program hands in an [Account], which is the facts that a CRM has (sales by
// period, contacts, spending) and the judgements that people made (ratings,
// yes or no). An [Engine], compiled once from a [Policy], gives back an
// [Assessment]: signals, scores, the stage of the relationship, the place on
// the grid and what could lose the account, each with its reasons.
//
//	engine, err := kam.Compile(kam.Policy{}) // the default policy
//	assessment, err := engine.Assess(account, kam.NewDate(2026, 11, 24))
//
// S1, S4, S7b and so on in these comments are the parts of the method; they
// are listed in METHOD.md.
//
// # Terms
//
// A signal is computed from facts: a trend, a share, a count. A factor is one
// criterion of a scorecard, or one question within a criterion. A rating is
// the answer to a factor, on its scale of 0 to 10 unless it has another. A
// band turns a signal into a rating where nobody gave one. A scorecard weighs
// the ratings into points of 100. A stage is one of seven states of a
// relationship; they are not a ladder. A placement is a cell of the grid of
// attractiveness against strength of relationship.
//
// The policy has four scorecards of accounts. "selection" (S4) and "potential" (S5) say
// whom to choose; "attractiveness" (S7a) and "strength" (S7b) place an account
// on the grid (S8). Each is plain data, made to be changed: see
// [Scorecard.SetWeights], [Scorecard.Add], [Scorecard.Drop] and
// [Scorecard.Normalize].
//
// All accounts together make a portfolio ([Engine.Portfolio]): who is a key
// account and why, the tiers of the pyramid, the time each is to have, and
// what losing one would cost. [Portfolio.Markdown] shows it as a page, and [Portfolio.Diff] tells
// what changed since the last one.
//
// The account plan ([Plan]) is data too: drafted ([Engine.NewPlan]), checked
// ([Plan.Validate]), measured ([Engine.Completeness], [Engine.Process],
// [Engine.Progress]), compared ([Plan.Diff]) and written out ([Plan.Markdown]).
//
// Failure checks ([RiskReport]) stand beside the scores. Each is at risk, on
// watch, clear or could not tell; checks of one's own are data ([CustomRisk]) or
// code ([Engine.WithRisks]). [RiskReport.Compare] puts the accounts in most danger first, and
// [CompareRisks] tells what is new. What else changed since an assessment that was kept, and
// what changed it, is in [Assessment.Diff].
//
// # Scoring and rounding
//
// A rating r on the scale from lo to hi is worth (r−lo)/(hi−lo), or 1 minus
// that where lower is better. Points are 100 times the weighted mean of these
// over the answered factors. The arithmetic is exact, in integers; it is
// rounded once, at the end, half to even, to 4 places. The number that is
// printed is the number that was compared with a cut, and the contributions
// add up to it exactly. No float takes part, and no setting of the decimal
// package changes a result.
//
// # Missing answers
//
// Unknown is neither zero nor an error. A missing factor lowers the [Score]'s
// coverage and widens its [Range], which is always known. Below the
// scorecard's minimum coverage, or without a required factor, there are no
// points. A [Placement] that rests on a gap is
// provisional and lists the cells that are still possible; a [StageResult]
// lists the stages. Optional facts are pointers: new(0) is zero and nil is
// unknown.
//
// What to ask next is in two lists. [Engine.Missing] has the questions that people
// answer, by how much of a score they settle; [RiskReport].Settle the facts that the
// failure checks wait for. Package questions makes forms of both.
//
// # Errors
//
// Compile checks a policy, a scorecard and rules, Assess and Validate an account, and
// Validate a plan; what reads something else, such as a portfolio, a grid or efforts, checks
// that. What cannot be decoded is told before what
// was decoded is checked; what is no JSON at all is told by [Decode] too, and by
// [json.Unmarshal] in words of its own. The error wraps [Violations], all of
// them together and in document order; of more than a hundred the first, and a
// [CodeTooLarge] that says so. A [Violation] has a JSON Pointer, a
// stable [Code], what was found and what was expected; errors.Is works with a
// code, and [Violation.In] says it in English or Chinese. What is not wrong and deserves a
// look are warnings, of a plan (Validate) and of a policy ([Engine.Warnings]). No input makes the
// package panic.
//
// # Concurrency and reproducibility
//
// Whoever scores millions binds answers to a scorecard once ([Scorer.Rows]) and
// scores each [Row] without an allocation; [StageRules.Compile] does the same for
// stages. [Engine.AssessParallel] assesses on several goroutines, an [Assessor] in
// memory that is used again, and [Assessor.AssessParallel] does both. Who reads accounts
// as JSON and writes assessments as JSON spends most of the time on that:
// [Engine.AssessLines] leaves it to the workers too.
//
// What is compiled never changes and may be shared by goroutines: an [Engine], a [Scorer], a
// [Classifier], a [Grid]. An [Assessor] and [Contributions] are for one goroutine at a
// time, and a row may be shared while nobody changes it ([Row], [Rows], [StageRow]); the other
// types are plain data. There is no global state, no clock and no randomness:
// the day is an argument. The same policy, account and day give the same JSON,
// byte for byte, on any machine, and every assessment carries the SHA-256 of
// its policy.
package kam

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"
	"strings"
)

// Engine is a compiled [Policy]. It never changes and may be shared by
// goroutines. [Compile] makes one.
type Engine struct {
	policy     Policy
	json       []byte
	ref        PolicyRef
	rates      map[string]rational
	selection  *Scorer
	potential  *Scorer
	attraction *Scorer
	strength   *Scorer
	plan       *Scorer
	names      map[Evidence]Text // of the caller's own evidence; a judgement may have none
	renamed    map[Evidence]Text // of scorecards and factors that are called otherwise than the built-in ones
	retired    map[string]bool   // scorecards and factors that the policy had once
	checks     []riskLines       // of the built-in checks, in their order
	riskIndex  *Scorer           // nil where the policy asks for none
	code       []RiskCheck       // of the caller's own
	assessors  *assessors
}

// PolicyRef names the policy that an assessment was made by.
type PolicyRef struct {
	Name    string `json:"name,omitzero"`
	Version string `json:"version,omitzero"`
	// Digest is the SHA-256, in hex, of the JSON of the whole policy with its
	// defaults filled in, as json.Marshal of [Engine.Policy] writes it; METHOD.md spells it out.
	Digest string `json:"digest"`
	// Model is the [ModelVersion] of the package that judged: what no policy can change is its.
	Model string `json:"model,omitzero"`
}

// text names the policy, with as much of its digest as a violation has room for.
func (p PolicyRef) text() string {
	return clip("model " + p.Model + ", " + p.Digest + ", " + strings.TrimSpace(p.Name+" "+p.Version))
}

// same reports whether two assessments were made by the same rules.
func (p PolicyRef) same(other PolicyRef) bool {
	unknown := p.Model == "" || other.Model == "" // as in what was kept before there was a model
	return p.Digest == other.Digest && (unknown || p.Model == other.Model)
}

// Compile checks a policy and returns the engine that assesses by it. All that
// is wrong comes back together, as [Violations] in document order. The engine
// keeps nothing of p: change it afterwards as you like.
func Compile(p Policy) (*Engine, error) {
	p = p.withDefaults()
	r := report{names: p.Names}
	e := &Engine{rates: p.checkMoney(&r), assessors: new(assessors)}
	r.text("/name", p.Name)
	r.text("/version", p.Version)
	r.count("/answerMaxAge", &p.AnswerMaxAge)
	p.Signals.check(&r, "/signals")
	e.selection = p.Selection.compile(&r, "/selection")
	e.potential = p.Potential.compile(&r, "/potential")
	e.attraction = p.Attractiveness.compile(&r, "/attractiveness")
	e.strength = p.Strength.compile(&r, "/strength")
	r.distinct(p.ownEvidence(), p.Selection.ID, p.Potential.ID, p.Attractiveness.ID, p.Strength.ID)
	p.Stage.check(&r, "/stage", &p.Potential)
	p.Grid.check(&r, "/grid")
	p.Portfolio.check(&r, "/portfolio")
	p.checkYield(&r, "/portfolio/hourYield", e.rates)
	p.Risks.check(&r, "/risks")
	if p.Risks.Index != nil {
		e.riskIndex = p.Risks.Index.compile(&r, "/risks/index")
	}
	e.plan = p.compilePlan(&r, "/plan")
	p.checkNames(&r, "/names")
	p.checkRetired(&r, "/retired")
	if err := r.found.Err(); err != nil {
		return nil, fmt.Errorf("kam: compile policy %q: %w", clip(p.Name), err)
	}
	data, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("kam: compile policy %q: %w", clip(p.Name), err)
	}
	// What was compiled is what the digest covers, whoever changes p later.
	if err := json.Unmarshal(data, &e.policy); err != nil {
		return nil, fmt.Errorf("kam: compile policy %q: %w", clip(p.Name), err)
	}
	for _, c := range builtInRisks {
		set := e.policy.Risks.Checks[c.ID]
		e.checks = append(e.checks, riskLines{set, wordsOf(set.Watch), wordsOf(set.AtRisk)})
	}
	e.names, e.renamed, e.retired = e.policy.ownEvidence(), e.ownScorecards(), setOf(e.policy.Retired)
	sum := sha256.Sum256(data)
	e.json, e.ref = data, PolicyRef{p.Name, p.Version, hex.EncodeToString(sum[:]), ModelVersion}
	return e, nil
}

// noEngine is what is wrong with the zero Engine.
func noEngine() Violations {
	return Violations{{Code: CodeMissing, Value: "engine", Want: "kam.Compile"}}
}

// compiled reports whether Compile has made the engine.
func (e *Engine) compiled() bool { return e != nil && e.json != nil }

// ownScorecards are the names of scorecards and factors that differ from the built-in ones.
func (e *Engine) ownScorecards() map[Evidence]Text {
	own := map[Evidence]Text{}
	put := func(id Evidence, name Text) {
		if name != (Text{}) && name != factorLabels()[id] {
			own[id] = name
		}
	}
	for _, sc := range e.scorers() {
		id := Evidence(sc.id)
		put(id, sc.name)
		for _, l := range sc.leaves {
			put(id+"/"+Evidence(l.id), l.name)
		}
	}
	return own
}

// Policy returns a copy of the policy, with its defaults filled in.
func (e *Engine) Policy() Policy {
	var p Policy
	if !e.compiled() {
		return p
	}
	_ = json.Unmarshal(e.json, &p) // Compile has read the same bytes
	return p
}

// Label names evidence for people: what is of the caller's own by the Names of the policy,
// a scorecard, and a factor such as "attractiveness/size", by its name there, and all other
// by [Evidence.Label]. So it does facts that are missing, such as "judgements/insolvent".
func (e *Engine) Label(id Evidence) Text {
	if !e.compiled() {
		return id.Label()
	}
	for _, names := range []map[Evidence]Text{e.names, e.renamed} {
		if name := names[id]; name != (Text{}) {
			return name
		}
	}
	if of, words, ok := id.entry(); ok {
		return words.about(e.Label(of))
	}
	return id.Label()
}

// nameAttributes gives the readings of attributes the names that the policy has for them.
func (e *Engine) nameAttributes(s *Signals) {
	if len(e.names) == 0 {
		return
	}
	for i := len(readable); i < len(s.Readings); i++ {
		s.Readings[i].Name = e.names[Evidence(s.Readings[i].Signal)]
	}
}

// Ref returns the name, version and digest of the policy.
func (e *Engine) Ref() PolicyRef {
	if e == nil {
		return PolicyRef{}
	}
	return e.ref
}

// Assessment is everything the engine says about one account on one day, with
// the reasons. It is plain data; its JSON is the same, byte for byte, for the
// same policy, account and day. [Engine.Markdown] shows it as a page.
type Assessment struct {
	// Account and Name are the account's.
	Account string `json:"account"`
	Name    string `json:"name,omitzero"`
	AsOf    Date   `json:"asOf"`
	// Policy is the one that the account was assessed by.
	Policy  PolicyRef `json:"policy"`
	Signals Signals   `json:"signals"`

	Selection      Score `json:"selection"`      // S4
	Potential      Score `json:"potential"`      // S5
	Attractiveness Score `json:"attractiveness"` // S7a
	Strength       Score `json:"strength"`       // S7b

	Stage     StageResult `json:"stage"`     // S6
	Placement Placement   `json:"placement"` // S8

	// Strategic is whether people judge the account to be of strategic importance, which
	// a portfolio asks (S1); a judgement that is too old, or of a later day, is unknown.
	Strategic Verdict `json:"strategic,omitzero"`

	// Risks are what could lose the account. They stand beside the scores.
	Risks RiskReport `json:"risks"` // S15, S16

	// Strategy is a short list of moves, the most pressing first.
	Strategy []Advice `json:"strategy,omitempty"`
	// Overrides lists the overrides that were made by the day, each beside
	// the computed value. What else is in the assessment is computed.
	Overrides []Overruling `json:"overrides,omitempty"`
}

// scores are the four, in the order of the fields.
func (a *Assessment) scores() [4]*Score {
	return [...]*Score{&a.Selection, &a.Potential, &a.Attractiveness, &a.Strength}
}

// Assess judges one account as of a day, and gives all of an [Assessment]. Facts, answers
// and records dated after the day are not yet known and are left out. An account that
// cannot be is an [AccountError] with [Violations], each with the pointer into the account; so
// is an unknown asOf. To the zero Engine each account is a [CodeMissing].
func (e *Engine) Assess(a Account, asOf Date) (Assessment, error) {
	if !e.compiled() {
		return Assessment{}, &AccountError{a.ID, noEngine(), "assess"}
	}
	s := e.assessors.get(e)
	defer e.assessors.put(s)
	s.memory.renew(false)
	err := s.assess(&a, asOf)
	return s.memory.out, err
}

// scorers are those of accounts, in the order of the [Assessment].
func (e *Engine) scorers() [4]*Scorer {
	return [...]*Scorer{e.selection, e.potential, e.attraction, e.strength}
}

func (e *Engine) scorerIDs() []string {
	var ids []string
	for _, sc := range e.scorers() {
		ids = append(ids, sc.id)
	}
	return ids
}

// judgementIDs are those that accounts may have.
func (e *Engine) judgementIDs() []string {
	ids := judgementIDs()
	for id := range sorted(e.names) {
		if !id.attribute() {
			ids = append(ids, string(id))
		}
	}
	return ids
}

func (e *Engine) converter(a *Account) converter {
	c := converter{target: e.policy.Currency, decided: e.policy.Currency != "", rates: e.rates, own: a.Currency}
	if c.own == "" {
		c.own = e.policy.Currency
	}
	return c
}

func (e *Engine) stage(a *Account, so *Assessment, f facts) StageResult {
	gap := so.Strength.gap()
	out := e.policy.Stage.classify(f, gap)
	e.policy.Stage.hold(&out, f, gap, f.memory.stagesBefore(a.Stages, so.AsOf))
	out.views(f.memory, &e.policy.Stage, a.Stages, so.AsOf)
	out.Served = f.verdict(EvidenceServed)
	if out.Suggested == StagePotential {
		out.Interest = f.verdict(EvidenceInterest)
		out.LikelyVolume = e.policy.Stage.Volume.grade(&so.Potential)
	}
	return out
}

// AssessAll assesses accounts as they come and yields each result with its
// error; one account's error does not end the walk. The result of a failed
// account has its id. Nothing is kept but the first account's currency: where
// the policy names no currency, an account in another one is a
// [CodeCurrencyMix], since their amounts could not be compared. Nil accounts are one
// result with a [CodeMissing].
func (e *Engine) AssessAll(accounts iter.Seq[Account], asOf Date) iter.Seq2[Assessment, error] {
	if accounts == nil {
		return e.AssessRows(nil, asOf)
	}
	return e.AssessRows(func(yield func(Account, error) bool) {
		for a := range accounts {
			if !yield(a, nil) {
				return
			}
		}
	}, asOf)
}

// AssessRows is [Engine.AssessAll] for a source that can fail, such as the
// rows of a database: an error of the source is passed on in its place. Nil rows are one
// result with a [CodeMissing].
func (e *Engine) AssessRows(rows iter.Seq2[Account, error], asOf Date) iter.Seq2[Assessment, error] {
	return func(yield func(Assessment, error) bool) {
		var currency string
		for a, err := range orMissing(rows) {
			out := Assessment{Account: a.ID}
			if err == nil {
				out, err = e.Assess(a, asOf)
			}
			if err == nil {
				err = oneCurrency(&currency, out.Account, out.Signals.Currency)
			}
			if err != nil {
				out = Assessment{Account: a.ID}
			}
			if !yield(out, err) {
				return
			}
		}
	}
}

// orMissing is the rows, or where they are nil one error that says so.
func orMissing(rows iter.Seq2[Account, error]) iter.Seq2[Account, error] {
	if rows != nil {
		return rows
	}
	return func(yield func(Account, error) bool) {
		yield(Account{}, fmt.Errorf("kam: assess accounts: %w", notGiven("rows")))
	}
}

// asBefore is what else would do where accounts are in two currencies.
const asBefore = ", as the accounts before it, or a policy with a currency and rates"

// oneCurrency holds the accounts of one walk to the currency of the first
// that has one.
func oneCurrency(first *string, account, currency string) error {
	switch {
	case currency == "" || currency == *first:
		return nil
	case *first == "":
		*first = currency
		return nil
	}
	v := Violation{Pointer: "/currency", Code: CodeCurrencyMix, Value: currency, Want: *first + asBefore}
	return &AccountError{account, Violations{v}, "assess"}
}
