package kam_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"log"
	"log/slog"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/kam-go/kam"
)

// The examples read as the manual, from the first account to a bulk stream.

// asOf is the day on which the examples judge: time is always an argument.
var asOf = kam.NewDate(2026, 11, 24)

// money keeps the examples short; kam.Minor is for codes that come from
// elsewhere.
func money(s string) *kam.Money {
	m, err := kam.ParseMoney(s)
	if err != nil {
		panic(err)
	}
	return &m
}

// year is what we sold an account in the twelve months up to October 2026.
func year(revenue, cost string) kam.Period {
	return kam.Period{
		From: kam.NewDate(2025, 11, 1), To: kam.NewDate(2026, 10, 31),
		Revenue: money(revenue), DirectCost: money(cost), Orders: new(24), LastOrder: kam.NewDate(2026, 10, 20),
	}
}

// rated makes answers of ratings alone.
func rated(ratings map[string]int) kam.Answers {
	answers := kam.Answers{}
	for id, r := range ratings {
		answers[id] = kam.Rated(kam.Int(r))
	}
	return answers
}

var acme = kam.Account{
	ID:     "acme",
	Name:   "Acme Pumps",
	Sales:  []kam.Period{year("120000 EUR", "84000 EUR")},
	Wallet: money("400000 EUR"),
	Answers: map[string]kam.Answers{
		"attractiveness": rated(map[string]int{"growth-rate": 8, "size": 7, "competition": 4, "need": 9, "strategic-importance": 6}),
		"strength": rated(map[string]int{
			"knowledge": 6, "personal-ties": 8, "company-ties": 5, "range": 4,
			"price": 6, "reputation": 8, "financial-strength": 7, "service-quality": 9,
		}),
	},
	Judgements: map[kam.Evidence]kam.Judgement{
		"room-to-cross-sell": {Verdict: kam.Yes, By: "Ann", On: kam.NewDate(2026, 9, 1)},
	},
}

// The first account: compile a policy once, assess as many accounts as you
// like.
func Example() {
	engine, err := kam.Compile(kam.DefaultPolicy())
	if err != nil {
		fmt.Println(err)
		return
	}
	a, err := engine.Assess(acme, asOf)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("attractiveness", a.Attractiveness.Points, "strength", a.Strength.Points)
	fmt.Println("stage", a.Stage.Suggested, "by rule", a.Stage.Rule)
	fmt.Println("cell", a.Placement.Cell, "firm", a.Placement.Firm)
	// Output:
	// attractiveness 73.5 strength 73
	// stage good by rule firm-with-room
	// cell key firm true
}

// An account from JSON: amounts without a code are in the account's currency,
// and an answer may be a bare number.
func ExampleAccount() {
	var a kam.Account
	err := json.Unmarshal([]byte(`{
		"id": "acme",
		"currency": "EUR",
		"sales": [{"from": "2025-11-01", "to": "2026-10-31", "revenue": "120000", "orders": 24}],
		"answers": {"attractiveness": {"size": 7, "need": {"rating": "8.5", "by": "Ann", "on": "2026-09-01"}}}
	}`), &a)
	fmt.Println(a.ID, a.Sales[0].Revenue, a.Answers["attractiveness"]["need"].Rating, err)
	// Output: acme 120000 8.5 <nil>
}

// Everything that is wrong with an account comes back together, each with its
// place.
func ExampleAccount_Validate() {
	a := kam.Account{
		ID:       "acme",
		Currency: "EURO",
		Sales:    []kam.Period{{From: kam.NewDate(2026, 3, 1), To: kam.NewDate(2026, 1, 31)}},
		Contacts: []kam.Contact{{ID: "ann", ReportsTo: "bob"}, {ID: "bob", ReportsTo: "ann"}},
	}
	err := a.Validate()
	for _, v := range kam.ViolationsOf(err) {
		fmt.Println(v)
	}
	fmt.Println(errors.Is(err, kam.CodeCycle))
	// Output:
	// /currency: this is not an ISO 4217 currency code: EURO
	// /sales/0/to: the period ends before it starts: 2026-01-31; expected >= 2026-03-01
	// /contacts/0/reportsTo: this leads back to where it starts: bob
	// true
}

// Strict decoding refuses what encoding/json would let pass.
func ExampleAccount_UnmarshalJSON() {
	var a kam.Account
	err := a.UnmarshalJSON([]byte(`{"id": "acme", "Name": "Acme", "wallet": "1e9 EUR", "cells": [{"cell": "star"}]}`))
	for _, v := range kam.ViolationsOf(err) {
		fmt.Println(v)
	}
	// Output:
	// /Name: this is not known here: Name; expected name
	// /wallet: this is not an amount of at most 18 digits and 12 decimal places: "1e9 EUR"; expected as in 1234.50 EUR
	// /cells/0/cell: this is not one of the words to choose from: "star"; expected unknown, target, key, low-profile, maintain
}

// A violation is data, and speaks the reader's language.
func ExampleViolation_In() {
	v := kam.Violation{Pointer: "/factors", Code: kam.CodeWeightSum, Value: "99.9", Want: "100"}
	fmt.Println(v.In(kam.English))
	fmt.Println(v.In(kam.Chinese))
	// Output:
	// /factors: weights sum to 99.9, 0.1 short of 100
	// /factors：权重之和为 99.9，比 100 少 0.1
}

// A scorecard of one's own is a literal.
func ExampleScorecard() {
	card := kam.Scorecard{
		ID: "fit",
		Factors: []kam.Factor{
			{ID: "budget", Weight: kam.Int(50)},
			{ID: "timing", Weight: kam.Int(30)},
			{ID: "risk", Weight: kam.Int(20), LowerIsBetter: true},
		},
	}
	scorer, err := card.Compile()
	if err != nil {
		fmt.Println(err)
		return
	}
	score, err := scorer.Score(kam.Answers{"budget": kam.Rated(kam.Int(8)), "risk": kam.Rated(kam.Dec(25, 1))})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("points", score.Points, "coverage", score.Coverage, "missing", score.Missing)
	fmt.Println("could end anywhere from", score.Range.Worst, "to", score.Range.Best)
	for _, c := range score.Contributions {
		fmt.Println(c.Factor, c.Rating, "gives", c.Points)
	}
	// Output:
	// points 78.5714 coverage 70 missing [timing]
	// could end anywhere from 55 to 85
	// budget 8 gives 57.1428
	// risk 2.5 gives 21.4286
}

// Replace some of the weights. What they sum to is checked exactly.
func ExampleScorecard_SetWeights() {
	card := kam.AttractivenessScorecard()
	err := card.SetWeights(kam.Weights{"size": kam.Int(30), "growth-rate": kam.Dec(49, 1)})
	fmt.Println(err)
	_, err = card.Compile()
	fmt.Println(err)
	// Output:
	// <nil>
	// kam: compile scorecard "attractiveness": /factors: weights sum to 99.9, 0.1 short of 100
}

// A name that is not a factor is an error, with the names that are alike.
func ExampleScorecard_SetWeights_unknown() {
	card := kam.AttractivenessScorecard()
	fmt.Println(card.SetWeights(kam.Weights{"growth": kam.Int(30)}))
	// Output:
	// kam: set weights "growth" of scorecard "attractiveness": this is not known here: growth; expected growth-rate
}

// Replace all weights by ratios, and let them be rescaled to 100.
func ExampleScorecard_Normalize() {
	card := kam.PotentialScorecard()
	if err := card.SetWeights(kam.Weights{"volume": kam.Int(2), "profit": kam.Int(1)}); err != nil {
		fmt.Println(err)
	}
	err := card.Normalize()
	fmt.Println(card.Factors[0].Weight, card.Factors[1].Weight, err)
	// Output: 66.6667 33.3333 <nil>
}

// Add a factor of your own, rated from an attribute of the account.
func ExampleScorecard_Add() {
	policy := kam.DefaultPolicy()
	err := policy.Attractiveness.Add(kam.Factor{
		ID: "headcount", Name: kam.Text{EN: "Headcount", ZH: "人数"}, Weight: kam.Int(25),
		Signal: "attribute.employees",
		Bands:  kam.Bands([]kam.Number{kam.Int(2), kam.Int(6), kam.Int(10)}, kam.Int(50), kam.Int(500)),
	})
	if err == nil {
		err = policy.Attractiveness.Normalize()
	}
	engine, err2 := kam.Compile(policy)
	if err != nil || err2 != nil {
		fmt.Println(err, err2)
		return
	}
	a, _ := engine.Assess(kam.Account{ID: "acme", Attributes: map[string]kam.Number{"employees": kam.Int(120)}}, asOf)
	c := a.Attractiveness.Contributions[0]
	fmt.Println(c.Factor, "weighs", c.Weight, "and is rated", c.Rating, "from", c.Signal, "=", c.Value)
	// Output: headcount weighs 20 and is rated 6 from attribute.employees = 120
}

// Drop what does not apply to you.
func ExampleScorecard_Drop() {
	card := kam.AttractivenessScorecard()
	err := errors.Join(card.Drop("competition", "need"), card.Normalize())
	for _, f := range card.Factors {
		fmt.Println(f.ID, f.Weight)
	}
	fmt.Println(err)
	// Output:
	// growth-rate 21.4286
	// size 28.5714
	// profitability 28.5714
	// strategic-importance 21.4286
	// <nil>
}

// Relative weights need no particular sum; all 1 means equal.
func ExampleScorecard_relative() {
	card := kam.Scorecard{ID: "fit", Relative: true, Factors: []kam.Factor{
		{ID: "a", Weight: kam.Int(1)}, {ID: "b", Weight: kam.Int(1)}, {ID: "c", Weight: kam.Int(1)},
	}}
	scorer, _ := card.Compile()
	score, _ := scorer.Score(rated(map[string]int{"a": 10, "b": 10, "c": 0}))
	fmt.Println(score.Points)
	for _, c := range score.Contributions {
		fmt.Println(c.Factor, c.Points)
	}
	// Output:
	// 66.6667
	// a 33.3334
	// b 33.3333
	// c 0
}

// A rating outside its scale never passes in silence.
func ExampleScorer_Score() {
	scorer, _ := kam.AttractivenessScorecard().Compile()
	_, err := scorer.Score(kam.Answers{"size": kam.Rated(kam.Int(11)), "sise": kam.Rated(kam.Int(3))})
	for _, v := range kam.ViolationsOf(err) {
		fmt.Println(v.Pointer, string(v.Code), v.Value, v.Want)
	}
	// Output:
	// /sise unknown sise size
	// /size/rating rating 11 0..10
}

// What a gap does to the points is the scorecard's choice; it never changes
// the range.
func ExampleMissingRule() {
	for _, rule := range []kam.MissingRule{kam.Renormalise, kam.Worst, kam.Neutral} {
		card := kam.Scorecard{ID: "fit", Missing: rule, Factors: []kam.Factor{
			{ID: "budget", Weight: kam.Int(60)}, {ID: "timing", Weight: kam.Int(40)},
		}}
		scorer, _ := card.Compile()
		score, _ := scorer.Score(rated(map[string]int{"budget": 9}))
		fmt.Println(rule, score.Points, score.Range)
	}
	// Output:
	// renormalise 90 54..94
	// worst 54 54..94
	// neutral 74 54..94
}

// Below the minimum coverage there are no points: unknown is not zero.
func ExampleScore() {
	scorer, _ := kam.AttractivenessScorecard().Compile()
	score, _ := scorer.Score(rated(map[string]int{"size": 10}))
	fmt.Println(score.Points == nil, score.Coverage, score.Range)
	// Output: true 20 20..100
}

// Bands turn a signal into a rating; a gap between them does not compile.
func ExampleBand() {
	low, high := kam.Int(33), kam.Int(34)
	card := kam.Scorecard{ID: "fit", Factors: []kam.Factor{{
		ID: "margin", Weight: kam.Int(100), Signal: kam.SignalMargin,
		Bands: []kam.Band{{To: &low, Rating: kam.Int(2)}, {From: &high, Rating: kam.Int(8)}},
	}}}
	_, err := card.Compile()
	fmt.Println(err)
	// Output:
	// kam: compile scorecard "fit": /factors/0/bands/1/from: bands must follow each other without gap or overlap: 34; expected 33
}

// Signals are read from facts; what cannot be read says which fact it needs.
func ExampleSignals() {
	engine, _ := kam.Compile(kam.Policy{})
	a, _ := engine.Assess(acme, asOf)
	for _, r := range a.Signals.Readings[:7] {
		if r.Value == nil {
			fmt.Println(r.Signal, "needs", r.Needs)
			continue
		}
		fmt.Println(r.Signal, r.Value)
	}
	// Output:
	// revenue 120000
	// revenue-before needs sales/revenue
	// revenue-trend needs sales/revenue
	// wallet-share 30
	// our-revenue-share needs ourRevenue
	// gross-margin 36000
	// margin 30
}

// Each step can be called alone: the signals of an account, without a policy.
func ExampleReadSignals() {
	s, err := kam.ReadSignals(acme, asOf, kam.SignalRules{})
	margin, known := s.Value(kam.SignalMargin)
	fmt.Println(s.From, s.To, s.Currency, margin, known, err)
	// Output: 2025-11-01 2026-10-31 EUR 30 true <nil>
}

// A stage from evidence alone.
func ExampleStageRules_Classify() {
	s := kam.DefaultStageRules().Classify(
		map[kam.Evidence]kam.Verdict{kam.EvidenceServed: kam.Yes, kam.EvidenceNeedEnded: kam.Yes},
		nil,
	)
	fmt.Println(s.Suggested, "by", s.Rule, "firm:", s.Firm)
	// Output: declining by no-need-or-no-return firm: true
}

// The stage comes with its reasons: what speaks for it, what was not known,
// and what nearly was.
func ExampleStageResult() {
	engine, _ := kam.Compile(kam.Policy{})
	a, _ := engine.Assess(acme, asOf)
	s := a.Stage
	fmt.Println(s.Suggested, "firm:", s.Firm, "possible:", s.Possible)
	for _, f := range s.For {
		fmt.Println("for:", f.Condition, "as it is", f.Value)
	}
	fmt.Println("unknown:", s.Unknown)
	fmt.Println("runner-up:", s.RunnerUp.Stage, "by", s.RunnerUp.Rule, "lacks", s.RunnerUp.Lacking)
	// Output:
	// good firm: false possible: [declining defensive good]
	// for: strength >= 70 as it is 73
	// for: room-to-cross-sell is yes as it is yes
	// for: wallet-share < 80 as it is 30
	// unknown: [need-ended not-worth-serving once-firm poor-performance rival-attack on-time complaint-rate return-rate revenue-trend]
	// runner-up: developing by served lacks []
}

// A customer that is not served yet: how much it might buy, and whether it
// has shown interest.
func ExampleStage() {
	engine, _ := kam.Compile(kam.Policy{})
	a, _ := engine.Assess(kam.Account{
		ID:         "newco",
		Judgements: map[kam.Evidence]kam.Judgement{kam.EvidenceServed: {Verdict: kam.No}, kam.EvidenceInterest: {Verdict: kam.Yes}},
		Answers:    map[string]kam.Answers{"potential": rated(map[string]int{"sales-volume": 8})},
	}, asOf)
	fmt.Println(a.Stage.Suggested, a.Stage.LikelyVolume, a.Stage.Interest)
	fmt.Println(a.Stage.Suggested.Label().In(kam.Chinese))
	// Output:
	// potential high yes
	// 潜在关系
}

// The rules of the stages are data: put one of your own where it belongs, here behind that of
// who is not served. Where nobody has judged what it asks for, its stage stays possible and
// no other is firm: so judge it of every account, or let an attribute tell.
func ExampleStageRules() {
	policy := kam.DefaultPolicy()
	policy.Stage.Rules = slices.Insert(policy.Stage.Rules, 1, kam.StageRule{
		ID: "insolvent", Stage: kam.StageDeclining,
		All: []kam.Clause{{Any: []kam.Condition{{Evidence: "insolvent", Is: kam.Yes}}}},
	})
	engine, err := kam.Compile(policy)
	if err != nil {
		fmt.Println(err)
		return
	}
	a, _ := engine.Assess(kam.Account{ID: "acme", Judgements: map[kam.Evidence]kam.Judgement{
		kam.EvidenceServed: {Verdict: kam.Yes}, "insolvent": {Verdict: kam.Yes},
	}}, asOf)
	fmt.Println(a.Stage.Suggested, a.Stage.Rule, a.Stage.Firm)
	// Output: declining insolvent true
}

// A placement that rests on gaps is provisional and says what is possible.
func ExamplePlacement() {
	engine, _ := kam.Compile(kam.Policy{})
	gaps := acme
	gaps.Answers = map[string]kam.Answers{
		"attractiveness": rated(map[string]int{"size": 7, "need": 9}),
		"strength":       acme.Answers["strength"],
	}
	a, _ := engine.Assess(gaps, asOf)
	p := a.Placement
	fmt.Println(p.Cell, "firm:", p.Firm, "possible:", p.Possible)
	fmt.Println("above the lines:", p.AboveAttractivenessCut, p.AboveStrengthCut)
	// Output:
	// key firm: false possible: [key maintain]
	// above the lines: 29.0909 23
}

// With a margin an account does not flip back and forth at a line.
func ExampleGridRules() {
	rules := kam.GridRules{Margin: kam.Int(5)}
	scorer, _ := kam.Scorecard{ID: "x", Factors: []kam.Factor{{ID: "f", Weight: kam.Int(100)}}}.Compile()
	score := func(n kam.Number) kam.Score {
		s, _ := scorer.Score(kam.Answers{"f": kam.Rated(n)})
		return s
	}
	for _, rating := range []kam.Number{kam.Dec(48, 1), kam.Dec(44, 1)} {
		p, _ := rules.Place(score(rating), score(kam.Int(8)), kam.CellKey)
		fmt.Println(score(rating).Points, p.Cell, "held:", p.Held)
	}
	// Output:
	// 48 key held: true
	// 44 maintain held: false
}

// Each cell has a name and a strategy, in English and in Chinese.
func ExampleCell() {
	for _, c := range kam.Cells() {
		fmt.Println(c, c.Label().In(kam.English), c.Label().In("zh-CN"))
	}
	// Output:
	// target Target 目标
	// key Key 关键
	// low-profile Low profile 低调
	// maintain Maintain 维持
}

// A policy is data: keep it in a file and change it there. What is left out is
// as in the default policy; what is not known is refused.
func ExamplePolicy() {
	var policy kam.Policy
	err := json.Unmarshal([]byte(`{"name": "ours", "version": "2026-1", "grid": {"attractivenessCut": 60}}`), &policy)
	if err != nil {
		fmt.Println(err)
		return
	}
	engine, err := kam.Compile(policy)
	fmt.Println(engine.Ref().Name, engine.Ref().Version, engine.Policy().Grid.AttractivenessCut, err)

	err = json.Unmarshal([]byte(`{"grid": {"cutoff": 60}}`), &policy)
	fmt.Println(errors.Is(err, kam.CodeUnknown), kam.ViolationsOf(err)[0].Pointer)
	// Output:
	// ours 2026-1 60 <nil>
	// true /grid/cutoff
}

// All mistakes of a policy come back together, in document order.
func ExampleCompile() {
	policy := kam.DefaultPolicy()
	policy.Selection.Factors[0].Weight = kam.Int(-20)
	policy.Attractiveness.Factors[1].ID = "growth-rate"
	policy.Grid.StrengthCut = new(kam.Int(101))
	_, err := kam.Compile(policy)
	for _, v := range kam.ViolationsOf(err) {
		fmt.Println(v)
	}
	// Output:
	// /selection/factors/0/weight: a weight is too small: -20; expected >= 0
	// /attractiveness/factors/1/id: this is given twice: growth-rate
	// /grid/strengthCut: the value is out of range: 101; expected 0..100
}

// The digest tells whether two assessments were made by the same rules.
func ExampleEngine_Ref() {
	a, _ := kam.Compile(kam.Policy{})
	b, _ := kam.Compile(kam.DefaultPolicy())
	c, _ := kam.Compile(kam.Policy{Grid: kam.GridRules{Margin: kam.Int(3)}})
	fmt.Println(a.Ref().Digest == b.Ref().Digest, a.Ref().Digest == c.Ref().Digest)
	// Output: true false
}

// Answers grow old: beyond the policy's age they count as missing and are
// listed as stale.
func ExampleEngine_Assess_stale() {
	engine, _ := kam.Compile(kam.Policy{AnswerMaxAge: 365})
	a, _ := engine.Assess(kam.Account{ID: "acme", Answers: map[string]kam.Answers{"attractiveness": {
		"size": {Rating: kam.Int(8), On: kam.NewDate(2026, 6, 1)},
		"need": {Rating: kam.Int(9), On: kam.NewDate(2024, 6, 1)},
	}}}, asOf)
	fmt.Println("coverage", a.Attractiveness.Coverage, "stale", a.Attractiveness.Stale)
	// Output: coverage 20 stale [need]
}

// Amounts in two currencies are an error that names both, unless the policy
// has rates.
func ExampleEngine_Assess_currencies() {
	account := kam.Account{ID: "acme", Sales: []kam.Period{year("120000 EUR", "84000 EUR")}, Wallet: money("500000 USD")}

	engine, _ := kam.Compile(kam.Policy{})
	_, err := engine.Assess(account, asOf)
	fmt.Println(err)

	engine, _ = kam.Compile(kam.Policy{Currency: "EUR", Rates: map[string]kam.Money{"USD": *money("0.96 EUR")}})
	a, err := engine.Assess(account, asOf)
	share, known := a.Signals.Value(kam.SignalWalletShare)
	fmt.Println(share, known, err)
	// Output:
	// kam: assess account "acme": /wallet: two currencies meet without a rate: 500000.00 USD; expected EUR
	// 25 true <nil>
}

// Many accounts are a stream; one account's error does not end it.
func ExampleEngine_AssessAll() {
	engine, _ := kam.Compile(kam.Policy{})
	accounts := []kam.Account{acme, {Name: "no id"}, {ID: "newco"}}
	for a, err := range engine.AssessAll(slices.Values(accounts), asOf) {
		if err != nil {
			fmt.Println("error:", err)
			continue
		}
		fmt.Println(a.Account, a.Placement.Cell)
	}
	// Output:
	// acme key
	// error: kam: assess account "": /id: this must be given
	// newco unknown
}

// Rows of a database come with errors of their own, which are passed on in
// their place.
func ExampleEngine_AssessRows() {
	engine, _ := kam.Compile(kam.Policy{})
	var rows iter.Seq2[kam.Account, error] = func(yield func(kam.Account, error) bool) {
		_ = yield(acme, nil) && yield(kam.Account{ID: "broken"}, errors.New("connection lost"))
	}
	for a, err := range engine.AssessRows(rows, asOf) {
		fmt.Println(a.Account, a.Placement.Cell, err)
	}
	// Output:
	// acme key <nil>
	// broken unknown connection lost
}

// JSON Lines are read one account at a time. A bad line says which it is, and the next
// one follows.
func ExampleReadAccounts() {
	in := strings.NewReader(`{"id": "acme", "wallet": "500000 EUR"}

{"id": "newco", "walet": "1 EUR"}
{"id": "globex"`)
	for a, err := range kam.ReadAccounts(in) {
		fmt.Printf("%q %v\n", a.ID, err)
	}
	// Output:
	// "acme" <nil>
	// "newco" kam: line 3: /walet: this is not known here: walet; expected wallet
	// "" kam: line 4: this is not one JSON document: byte 15; expected JSON
}

// Accounts in, assessments out: the workers decode, assess and encode.
func ExampleEngine_AssessLines() {
	engine, err := kam.Compile(kam.Policy{})
	if err != nil {
		log.Fatal(err)
	}
	in := strings.NewReader("{\"id\": \"acme\"}\n{\"id\": \"newco\", \"tier\": \"gold\"}\n{\"id\": \"globex\"}\n")
	out := bufio.NewWriter(io.Discard) // a file, or the answer to a request
	for line, err := range engine.AssessLines(in, asOf, runtime.GOMAXPROCS(0)) {
		if wrong := new(kam.LineError); errors.As(err, &wrong) {
			fmt.Println(line.Account, "is left out:", err)
			continue
		} else if err != nil {
			log.Fatal(err) // of the source
		}
		if _, err := out.Write(line.JSON); err != nil {
			log.Fatal(err)
		}
		fmt.Println(line.Line, line.Account)
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
	// Output:
	// 1 acme
	// newco is left out: kam: line 2: /tier: this is not one of the words to choose from: "gold"; expected unknown, key, regular, prospect
	// 3 globex
}

// Decode says what is wrong with what is no JSON, too.
func ExampleDecode() {
	_, err := kam.Decode[kam.Policy]([]byte(`{"grid": {"attractivenessCut": 60},}`))
	fmt.Println(errors.Is(err, kam.CodeSyntax), err)
	policy, err := kam.Decode[kam.Policy]([]byte(`{"grid": {"attractivenessCut": 60}}`))
	fmt.Println(policy.Grid.AttractivenessCut, err)
	// Output:
	// true kam: decode policy: this is not one JSON document: byte 35; expected JSON
	// 60 <nil>
}

// Money carries its currency; adding two currencies names both amounts.
func ExampleMoney() {
	price, _ := kam.NewMoney(decimal.RequireFromString("1234.5"), "EUR")
	fee, _ := kam.Minor(250, "EUR")
	sum, err := price.Add(fee)
	fmt.Println(sum, err)
	_, err = price.Add(*money("10 USD"))
	fmt.Println(err)
	// Output:
	// 1237.00 EUR <nil>
	// kam: add 1234.50 EUR and 10.00 USD: two currencies meet without a rate: 10.00 USD; expected EUR
}

// Numbers are exact, and parse by a strict grammar.
func ExampleParseNumber() {
	for _, s := range []string{"12.50", "1e9", "NaN", "0.12345"} {
		n, err := kam.ParseNumber(s)
		fmt.Println(n, errors.Is(err, kam.CodeNumber))
	}
	// Output:
	// 12.5 false
	// 0 true
	// 0 true
	// 0 true
}

// Contacts redact themselves in logs.
func ExampleContact_LogValue() {
	c := kam.Contact{ID: "c1", Name: "Jane Roe", Personality: "direct"}
	log := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}))
	log.Info("met", "who", c)
	fmt.Printf("%+v\n", c)
	// Output:
	// level=INFO msg=met who="contact c1"
	// contact c1
}

// An account plan is checked as a whole; what deserves a look comes apart, as
// warnings.
func ExamplePlan_Validate() {
	plan := kam.Plan{
		Account: "acme", Owner: "Ann", Team: []string{"Bob"},
		From: kam.NewDate(2026, 1, 1), To: kam.NewDate(2027, 12, 31),
		Summary: kam.Summary{Purpose: "Become the first supplier of pumps."},
		Objectives: []kam.Objective{
			{ID: "view", Purpose: kam.PurposePosition, Text: "Know where we stand in each plant", Due: kam.NewDate(2026, 12, 31)},
			{ID: "share", Purpose: kam.PurposeBusiness, Text: "Half of the wallet", Unit: "percent", Baseline: new(kam.Int(30)), Due: kam.NewDate(2027, 12, 31)},
		},
		Actions: []kam.Action{
			{ID: "visit", Text: "Meet the new plant manager", Owner: "Cy", Due: kam.NewDate(2026, 10, 31), Objective: "shares"},
		},
	}
	warnings, err := plan.Validate(asOf)
	for _, v := range kam.ViolationsOf(err) {
		fmt.Println(v)
	}
	for _, v := range warnings {
		fmt.Println("warning:", v)
	}
	// Output:
	// /objectives/1/target: a quantitative objective needs a target
	// /actions/0/owner: this person is not on the team: Cy; expected Bob
	// /actions/0/objective: the action serves no objective of the plan: shares
	// warning: /actions/0/due: this is past due: 2026-10-31; expected >= 2026-11-24
}

// A CRM's invoices have no row for a month without any. What is not recorded is unknown to
// kam; who knows that all is recorded says so.
func ExampleFillGaps() {
	eur := func(units int64) *kam.Money {
		m, err := kam.Minor(100*units, "EUR")
		if err != nil {
			log.Fatal(err)
		}
		return &m
	}
	day := kam.NewDate
	account := kam.Account{ID: "acme", Sales: []kam.Period{
		{From: day(2025, 11, 1), To: day(2026, 8, 31), Revenue: eur(50_000), Orders: new(9)},
		{From: day(2026, 10, 1), To: day(2026, 10, 31), Revenue: eur(5_000), Orders: new(1)},
	}}
	show := func() {
		s, err := kam.ReadSignals(account, asOf, kam.SignalRules{})
		if err != nil {
			log.Fatal(err)
		}
		revenue, known := s.Value(kam.SignalRevenue)
		fmt.Println(revenue, known, s.Gaps)
	}
	show()
	var err error
	account.Sales, err = kam.FillGaps(account.Sales, day(2024, 11, 1), day(2026, 10, 31))
	if err != nil {
		log.Fatal(err)
	}
	show()
	// Output:
	// 0 false [{2024-11-01 2025-10-31} {2026-09-01 2026-09-30}]
	// 55000 true []
}

// What changed of an account between two days, for people.
func ExampleEngine_DiffMarkdown() {
	engine, err := kam.Compile(kam.Policy{})
	if err != nil {
		log.Fatal(err)
	}
	account := kam.Account{ID: "acme", Judgements: map[kam.Evidence]kam.Judgement{kam.EvidenceServed: {Verdict: kam.Yes}}}
	before, err := engine.Assess(account, asOf.AddDays(-30))
	if err != nil {
		log.Fatal(err)
	}
	account.Judgements["rival-attack"] = kam.Judgement{Verdict: kam.Yes, By: "Ann", On: asOf}
	now, err := engine.Assess(account, asOf)
	if err != nil {
		log.Fatal(err)
	}
	diff, err := now.Diff(before)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(engine.DiffMarkdown(diff, kam.English))
	// Output:
	// # What changed: acme
	//
	// From 2026-10-25 to 2026-11-24
	//
	// ## Risks of failure
	//
	// | Risk of failure | Trend | Before | Now | Evidence |
	// |---|---|---|---|---|
	// | A rival attacks our position | New | Could not tell | At risk | A rival attacks our position: yes |
}

// The page of an account, for people: what was found, and then every number with its
// reasons.
func ExampleEngine_Markdown() {
	engine, err := kam.Compile(kam.Policy{})
	if err != nil {
		log.Fatal(err)
	}
	a, err := engine.Assess(acme, asOf)
	if err != nil {
		log.Fatal(err)
	}
	head, _, _ := strings.Cut(engine.Markdown(acme, a, kam.English), "\n## ")
	fmt.Println(head)
	_, score, _ := strings.Cut(engine.Markdown(acme, a, kam.Chinese), "## 评分\n\n")
	score, _, _ = strings.Cut(score, "\n\n### 关系强度")
	fmt.Println(score)
	// Output:
	// # Acme Pumps (acme)
	//
	// Assessed on 2026-11-24
	//
	// | Finding | Value | How sure |
	// |---|---|---|
	// | Stage | Good | provisional |
	// | Cell of the grid | Key | firm |
	// | Attractiveness | 73.5 | known 100 % |
	// | Strength of the relationship | 73 | known 100 % |
	// | Potential | – | 16–96, known 20 % |
	// | Attractiveness, to select accounts | – | 0–100, known 0 % |
	//
	// 得分为评分在量表上由差到好的位置，乘以该因素在已计入权重中的占比；各项得分之和即为总分。
	//
	// ### 客户的吸引力：73.5
	//
	// | 因素 | 权重（%） | 评分 | 得分 | 来源 |
	// |---|---|---|---|---|
	// | 增长率 | 15 | 8 | 12 | 回答 |
	// | 规模（潜力） | 20 | 7 | 14 | 回答 |
	// | 竞争程度（越低越好） | 15 | 4 | 9 | 回答 |
	// | 盈利能力 | 20 | 8 | 16 | 毛利率（%）：30 |
	// | 对我们产品或服务的需求 | 15 | 9 | 13.5 | 回答 |
	// | 战略重要性 | 15 | 6 | 9 | 回答 |
	// | 合计 |  |  | 73.5 |  |
}
