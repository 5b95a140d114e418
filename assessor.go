package kam

import (
	"fmt"
	"maps"
	"strings"
	"sync"
	"unicode"

	"github.com/kam-go/kam/internal/alike"
)

// Assessor assesses one account after another in the same memory, for those
// who write each result down and go on to the next: it allocates nearly
// nothing. An Assessor is for one goroutine at a time, and for one account: a check in
// code that it runs may not use it. [Engine.Assessor] makes one.
type Assessor struct {
	engine *Engine
	memory memory
}

// Assessor returns an [Assessor] of the engine. See [Engine.Assess] for
// results that are kept.
func (e *Engine) Assessor() *Assessor { return &Assessor{engine: e} }

// Assess is [Engine.Assess], with the same results and errors; a nil account, and
// any to the zero Assessor, is a [CodeMissing]. The assessment and all that it points
// to are good until the next call, which writes over them, and over what a check in
// code keeps of it, also where it fails. So a copy of the struct is not enough to
// keep it: write it down, or use Engine.Assess. Texts are never written over. Unlike
// [Engine.AssessAll], it does not refuse accounts in several currencies.
func (s *Assessor) Assess(a *Account, asOf Date) (*Assessment, error) {
	switch {
	case a == nil:
		return nil, fmt.Errorf("kam: assess account: %w", notGiven("account"))
	case s == nil || !s.engine.compiled():
		return nil, &AccountError{a.ID, noEngine(), "assess"}
	}
	s.memory.renew(true)
	err := s.assess(a, asOf)
	s.memory.trim()
	if err != nil {
		return nil, err
	}
	return &s.memory.out, nil
}

// assess makes the result in the memory.
func (s *Assessor) assess(a *Account, asOf Date) error {
	e, m := s.engine, &s.memory
	r, rd, out := &m.report, &m.reader, &m.out
	r.asOf(asOf)
	a.check(r, s)
	if len(r.found) == 0 {
		rd.read(a, asOf, e.policy.Signals, e.converter(a), r)
		out.Signals = rd.signals(m)
		e.nameAttributes(&out.Signals)
	}
	if err := r.found.Err(); err != nil {
		*out = Assessment{}
		return &AccountError{a.ID, err, "assess"}
	}
	out.Account, out.Name, out.AsOf, out.Policy = a.ID, a.Name, asOf, e.ref
	fresh := freshness{asOf, e.policy.AnswerMaxAge}
	scorers := e.scorers()
	for i, score := range out.scores() {
		*score = scorers[i].score(&m.pieces, &m.given[i], &out.Signals, fresh)
	}
	m.evidence.gather(a, asOf, &out.Signals, rd, &out.Strength, fresh)
	f := facts{evidence: &m.evidence, memory: m, names: e.names}
	out.Stage, out.Strategic = e.stage(a, out, f), f.verdict(EvidenceStrategic)
	out.Placement = e.policy.Grid.place(&m.pieces, &out.Attractiveness, &out.Strength, m.cellsBefore(a.Cells, asOf))
	m.active = appendActive(m.active[:0], a.Contacts, asOf)
	m.gaps = m.gapsOf(a.Contacts, m.active, asOf, ContactRules{MetWithin: e.policy.Signals.MetWithin})
	m.overrule(a, e.retired)
	out.Risks = e.risks(m, a, f)
	out.Strategy = m.advise(e)
	return nil
}

// checkAnswers reports answers that the policy's scorecards do not take.
func (s *Assessor) checkAnswers(r *report, id string, answers Answers) {
	for i, sc := range s.engine.scorers() {
		if sc.id == id {
			if !s.memory.given[i].read(sc, answers) {
				sc.checkAnswers(r, "", s.engine.withoutRetired(id, answers))
			}
			return
		}
	}
	if s.engine.retired[id] {
		return
	}
	r.add("", CodeUnknown, id, alike.Nearest(id, s.engine.scorerIDs()))
}

// withoutRetired leaves out the answers to factors that the policy had once.
func (e *Engine) withoutRetired(scorecard string, answers Answers) Answers {
	if len(e.retired) == 0 {
		return answers
	}
	answers = maps.Clone(answers)
	maps.DeleteFunc(answers, func(factor string, _ Answer) bool { return e.retired[scorecard+"/"+factor] })
	return answers
}

// checkJudgement reports a judgement that nobody would read.
func (s *Assessor) checkJudgement(r *report, id Evidence) {
	if id.judged() || r.full() {
		return
	}
	if _, own := s.engine.names[id]; !own || id.attribute() {
		r.add("", CodeUnknown, string(id), alike.Nearest(string(id), s.engine.judgementIDs()))
	}
}

// checkAttribute reports one that is like those that the policy names, and none of them: they
// are absent, and the names differ not in digits alone, as those of two years do.
func (s *Assessor) checkAttribute(r *report, name string, all map[string]Number) {
	if len(s.engine.names) == 0 {
		return
	}
	r.names = s.engine.names
	r.attribute("", Evidence(attributePrefix+name), func(named string) bool {
		_, there := all[named]
		return !there && withoutDigits(named) != withoutDigits(name)
	})
}

func withoutDigits(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsDigit(c) {
			return -1
		}
		return c
	}, s)
}

func (s *Assessor) checkOverrides(r *report, overrides []Override) {
	s.engine.checkOverrides(r, overrides)
}

// assessors are those of an engine that are not in use.
type assessors struct{ pool sync.Pool }

func (p *assessors) get(e *Engine) *Assessor {
	if s, ok := p.pool.Get().(*Assessor); ok {
		return s
	}
	return e.Assessor()
}

// put keeps nothing of the account and of the result.
func (p *assessors) put(s *Assessor) {
	s.memory.forget()
	p.pool.Put(s)
}
