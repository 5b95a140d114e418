package questions_test

import (
	"fmt"
	"strings"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/questions"
)

// asOf is the day on which the examples judge.
var asOf = kam.NewDate(2026, 11, 24)

// A whole round: draw what is missing, let two people answer, and take the
// answers up.
func Example() {
	bank, err := questions.Load()
	if err != nil {
		fmt.Println(err)
		return
	}
	engine, err := kam.Compile(kam.Policy{})
	if err != nil {
		fmt.Println(err)
		return
	}
	acme := kam.Account{ID: "acme", Name: "Acme Pumps"}
	form, err := bank.Questionnaire(engine, acme, asOf, questions.Draw{Scope: questions.OnlyMissing, Limit: 3})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, it := range form.Items {
		fmt.Println(it.ID+":", it.Text)
	}
	combined, err := bank.Combine(
		questions.CombineRules{},
		questions.Response{By: "Ann", On: asOf, Answers: map[string]questions.Reply{
			"served": {Value: "yes"}, "stance": {Value: "8"}, "bargaining": {Value: "3", Note: "two rounds in May"},
		}},
		questions.Response{By: "Bo", On: asOf, Answers: map[string]questions.Reply{
			"served": {Value: "yes"}, "stance": {Value: "7"}, "bargaining": {Value: "9"}, "who-decides": {Value: "Ms Wu"},
		}},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("stance", combined.Answers["selection"]["stance"].Rating, "by", combined.Answers["selection"]["stance"].By)
	fmt.Println("to be talked about:", combined.Disagreements)
	fmt.Println("to be recorded:", combined.NotTaken)
	acme, _ = combined.Apply(acme)
	a, err := engine.Assess(acme, asOf)
	fmt.Println(a.Stage.Suggested, a.Selection.Coverage, err)
	// Output:
	// size: How much do they spend in all on what we sell?
	// account-margin: How high is the margin on what they buy?
	// direct-cost: What was the direct cost of what we sold them from 2025-11-25 to 2026-11-24?
	// stance 7.5 by Ann, Bo
	// to be talked about: [bargaining]
	// to be recorded: [who-decides]
	// developing 11 <nil>
}

// What a rating looks like, in the reader's language.
func ExampleBank_Question() {
	bank, _ := questions.Load()
	q, _ := bank.Question("bureaucracy")
	fmt.Println(q.Text.In("zh-Hans-CN"))
	for _, a := range q.Anchors {
		fmt.Println(a.At, a.Text.In("zh-Hans-CN"))
	}
	fmt.Println(q.Help.In("fr"), "(there is no French)")
	// Output:
	// 他们的手续和审批拖慢我们多少？
	// 0 一个签字，一周内收到订单。
	// 5 三四个签字，约一个月。
	// 10 审批超过六道，超过三个月，每张订单都要重新填报。
	// Count signatures and weeks between a verbal yes and the order. High means slow. (there is no French)
}

// Only what could change the stage or the cell, with what each answer closes.
// Where a fact of the account would rate a factor, both are asked for.
func ExampleBank_Questionnaire() {
	bank, _ := questions.Load()
	engine, _ := kam.Compile(kam.Policy{})
	rated := func(ids ...string) kam.Answers {
		out := kam.Answers{}
		for _, id := range ids {
			out[id] = kam.Rated(kam.Int(9))
		}
		return out
	}
	acme := kam.Account{
		ID: "acme",
		Answers: map[string]kam.Answers{
			"attractiveness": rated("growth-rate", "size", "profitability", "need", "strategic-importance"),
			"strength":       rated("purchase-frequency", "personal-ties", "service-quality"),
		},
		Judgements: map[kam.Evidence]kam.Judgement{"served": {Verdict: kam.No}},
	}
	form, err := bank.Questionnaire(engine, acme, asOf, questions.Draw{Scope: questions.OnlyDeciding})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, it := range form.Items {
		fmt.Println(it.ID, "closes", it.Closes)
	}
	// Output:
	// knowledge closes 10
	// company-ties closes 10
	// departments-known closes 10
	// range closes 10
	// product-lines closes 10
	// price closes 10
	// reputation closes 10
	// financial-strength closes 5
}

// The form as a JSON Schema, for a CRM that draws forms by itself.
func ExampleBank_Schema() {
	bank, _ := questions.Load()
	engine, _ := kam.Compile(kam.Policy{})
	form, _ := bank.Questionnaire(engine, kam.Account{ID: "acme"}, asOf, questions.Draw{Language: "zh", Limit: 1})
	schema, err := bank.Schema(form)
	fmt.Println(len(schema) > 1000, strings.Contains(string(schema), form.Items[0].Text), err)
	// Output: true true <nil>
}

// Questions of one's own, in the shape of the files in questions/data: the defaults hold
// for all of them. What is wrong is told with what was expected, and then nothing is added.
func ExampleBank_Add() {
	bank, _ := questions.Load()
	own, err := bank.Add([]byte(`{
		"defaults": {"sources": ["ours"], "kind": "yes-no"},
		"questions": [{
			"id": "signed-code-of-conduct",
			"targets": [{"evidence": "code-of-conduct"}],
			"text": {"en": "Have they signed our code of conduct?", "zh": "他们是否已签署我们的行为准则？"},
			"help": {"en": "Yes, if we hold the signed copy.", "zh": "我们手中有签署件，即为“是”。"}
		}]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	q, ok := own.Question("signed-code-of-conduct")
	fmt.Println(q.Text.In(kam.English), q.Kind, q.Sources, ok)
	_, ok = bank.Question("signed-code-of-conduct")
	fmt.Println("in the built-in bank:", ok)
	_, err = own.Add([]byte(`{"questions": [{"id": "stars", "kind": "stars", "targets": [{"evidence": "stars"}], "text": {"en": "How many?"}}]}`))
	for _, v := range kam.ViolationsOf(err) {
		fmt.Println(v)
	}
	// Output:
	// Have they signed our code of conduct? yes-no [ours] true
	// in the built-in bank: false
	// /questions/0/kind: this is not one of the words to choose from: "stars"; expected rating, yes-no, choice, money, percent, count, date, text
}

// A third language. What is not translated falls back to English.
func ExampleBank_With() {
	bank, _ := questions.Load()
	german, err := bank.With("de", strings.NewReader(`{"questions": {"liking": {
		"text": "Wie gern arbeiten ihre Leute mit unseren zusammen?",
		"anchors": {"0": "Sie antworten erst auf die zweite Erinnerung."}}}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	q, _ := german.Question("liking")
	fmt.Println(q.Text.In("de-AT"))
	missing := german.Missing("de")
	fmt.Println(missing[0], "and more:", len(missing) > 100)
	// Output:
	// Wie gern arbeiten ihre Leute mit unseren zusammen?
	// /questions/fit-of-strengths/text and more: true
}

// A response that does not fit names the question.
func ExampleBank_Check() {
	bank, _ := questions.Load()
	err := bank.Check(questions.Response{By: "Ann", Answers: map[string]questions.Reply{
		"liking": {Value: "11"}, "served": {Value: "maybe"},
	}})
	for _, v := range kam.ViolationsOf(err) {
		fmt.Println(v.In(kam.Chinese))
	}
	// Output:
	// /answers/liking/value：评分超出量表：11；应为 0..10
	// /answers/served/value：不是可选值之一：maybe；应为 yes, no, unknown
}

// An estimate counts only as far as people are sure of it (S5).
func ExampleCombined_Opportunity() {
	bank, _ := questions.Load()
	combined, err := bank.Combine(
		questions.CombineRules{},
		questions.Response{By: "Ann", Answers: map[string]questions.Reply{
			"potential-volume": {Value: "400000 EUR", Confidence: new(kam.Int(80))}, "winnable-share": {Value: "30"},
		}},
		questions.Response{By: "Bo", Answers: map[string]questions.Reply{
			"potential-volume": {Value: "500000 EUR", Confidence: new(kam.Int(40))}, "winnable-share": {Value: "50"},
		}},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	o, missing := combined.Opportunity()
	size, err := o.Size()
	fmt.Println("volume", o.Volume, "at", o.Confidence, "percent; expected", size.Expected, err)
	fmt.Println("not answered:", missing)
	// Output:
	// volume 450000.00 EUR at 60 percent; expected 108000.00 EUR <nil>
	// not answered: [rivals margin target standard]
}

// The account manager's work, rated by the manager and by the boss. The two are
// combined apart, so that the difference is seen.
func ExampleBank_Combine_role() {
	bank, _ := questions.Load()
	fmt.Println(bank.ForScorecards("en", kam.RoleScorecard()).Notice)
	self, err := bank.Combine(questions.CombineRules{}, questions.Response{By: "Ann", Answers: map[string]questions.Reply{
		"role-advocate": {Value: "9"}, "role-proposals": {Value: "8"}, "role-measuring": {Value: "3"},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	boss, err := bank.Combine(questions.CombineRules{}, questions.Response{By: "Bo", Answers: map[string]questions.Reply{
		"role-advocate": {Value: "8"}, "role-proposals": {Value: "4"}, "role-measuring": {Value: "4"},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	review, err := kam.RoleRules{}.Review(self.Answers["role"], boss.Answers["role"])
	fmt.Println("strengths", review.Strengths, "blind spots", review.BlindSpots, err)
	for _, d := range review.Development {
		fmt.Println("develop", d.Factor, "to gain", d.Gain)
	}
	// Output:
	// In these questions we and our company are the supplier, also where a customer answers.
	// strengths [advocate] blind spots [proposals] <nil>
	// develop measuring to gain 3.3333
	// develop proposals to gain 2
}

// The selling-style test from the form to the place. What it must not be used
// for stands on the form, and where the answers do not fit together a note says
// what that means.
func ExampleBank_Combine_style() {
	bank, _ := questions.Load()
	sale, customer := kam.SellingStyleScorecards()
	form := bank.ForScorecards("en", sale, customer)
	fmt.Println(strings.SplitAfter(form.Notice, ".")[1])
	seller := questions.Response{By: "Ann", Answers: map[string]questions.Reply{}}
	for _, it := range form.Items {
		seller.Answers[it.ID] = questions.Reply{Value: "4"} // agrees with everything
	}
	combined, err := bank.Combine(questions.CombineRules{}, seller)
	if err != nil {
		fmt.Println(err)
		return
	}
	style, err := kam.PlaceSellingStyle(combined.Answers)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("place", *style.Sale.Place, *style.Customer.Place, style.Styles[0].Style.Label(), "consistent:", style.Consistent)
	if style.Consistent == kam.No {
		note, _ := bank.Note("style-consistency")
		fmt.Println(note.In("en"))
	}
	// Output:
	// It has not been validated, says nothing about ability or success, and must not be used for decisions on employment, pay or promotion.
	// place 5.3333 5.3333 Sales technique consistent: no
	// Some statements ask the same thing from the other side. If the answers to both do not fit together, the place on the grid means little; look at the statements together.
}

// The forms for the account manager's work and for the style of selling.
func ExampleBank_ForScorecards() {
	bank, _ := questions.Load()
	form := bank.ForScorecards("en", kam.RoleScorecard())
	fmt.Println(form.Title, len(form.Items))
	fmt.Println(form.Items[0].Text)
	sale, customer := kam.SellingStyleScorecards()
	fmt.Println(len(bank.ForScorecards("zh", sale, customer).Items), bank.Style(kam.PushTheProduct, "en"))
	// Output:
	// The work of the account manager 22
	// How well does the account manager speak up for the customer inside our company?
	// 24 Much concern for the sale, little for the customer. Drives every talk towards the close. Talk about: which customer bought only once, and what would they say?
}
