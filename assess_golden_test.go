package kam_test

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/cmd/kam/northwind"
)

// goldenPolicies reach the rules that the default policy leaves aside.
func goldenPolicies() []kam.Policy {
	converted := kam.Policy{Name: "converted", Currency: "EUR", AnswerMaxAge: 400}
	rate := func(s string) kam.Money {
		m, err := kam.ParseMoney(s)
		if err != nil {
			panic(err)
		}
		return m
	}
	converted.Rates = map[string]kam.Money{"USD": rate("0.923456789 EUR"), "JPY": rate("0.006171 EUR")}
	converted.Signals = kam.SignalRules{Months: 6, MaxLag: 40, MetWithin: 30}
	converted.Grid = kam.GridRules{Margin: kam.Int(10), Reviews: 2, Compare: kam.ByWorst}

	held := kam.DefaultPolicy()
	held.Name = "held"
	held.Stage.Margin, held.Stage.Reviews = kam.Int(15), 2
	held.Attractiveness.Missing, held.Strength.Missing = kam.Neutral, kam.Worst
	text := kam.Text{EN: "x", ZH: "x"}
	held.Risks.Custom = []kam.CustomRisk{
		{RiskInfo: kam.RiskInfo{ID: "own-number", Name: text, Ask: text}, AtRisk: kam.Condition{Evidence: "attribute.staff", AtLeast: new(kam.Int(10))}, Watch: &kam.Condition{Evidence: "margin", Below: new(kam.Int(20))}},
		{RiskInfo: kam.RiskInfo{ID: "own-word", Name: text, Remedy: text}, AtRisk: kam.Condition{Evidence: "own-word", Is: kam.Yes}},
		{RiskInfo: kam.RiskInfo{ID: "weak", Name: text}, AtRisk: kam.Condition{Evidence: "strength", Below: new(kam.Int(40))}},
	}
	held.Risks.Index = &kam.Scorecard{ID: "index", Relative: true, Factors: []kam.Factor{
		{ID: "order-rhythm", Weight: kam.Int(2)}, {ID: "own-number", Weight: kam.Int(1)}, {ID: "single-threaded", Weight: kam.Int(1)},
	}}
	return []kam.Policy{{}, converted, held}
}

// dice makes accounts that are full of odd things, and some that are refused.
type dice struct{ *rand.Rand }

func (d dice) one(words ...string) string { return words[d.IntN(len(words))] }

func (d dice) day(from, to int) kam.Date { return asOf.AddDays(-d.IntN(to-from) - from) }

func (d dice) maybe(n int) *int {
	if d.IntN(60) == 0 {
		return nil
	}
	return new(d.IntN(n))
}

// money has any scale up to 12 places and now and then more digits than an
// int64 sum holds.
func (d dice) money(codes ...string) *kam.Money {
	if d.IntN(8) == 0 {
		return nil
	}
	digits := 1 + d.IntN(9)
	if d.IntN(40) == 0 {
		digits = 18
	}
	n := d.Int64N(tenTo(digits))
	if d.IntN(10) == 0 {
		n = 0
	}
	text := fmt.Sprint(n)
	if places := d.IntN(13); places > 0 && d.IntN(2) == 0 {
		text = fmt.Sprintf("%0*d", places+1, n)
		text = text[:len(text)-places] + "." + text[len(text)-places:]
	}
	if code := codes[d.IntN(len(codes))]; code != "" {
		text += " " + code
	}
	m, err := kam.ParseMoney(text)
	if err != nil {
		panic(err)
	}
	return &m
}

func tenTo(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

func (d dice) account(i int) kam.Account {
	a := kam.Account{ID: fmt.Sprintf("a%d", i), Name: d.one("", "Acme", "客户"), Currency: d.one("", "EUR", "USD")}
	codes := []string{""}
	switch d.IntN(8) {
	case 0, 1:
		codes = []string{"EUR"}
		a.Currency = "EUR"
	case 2:
		codes = []string{"EUR", "USD", "JPY", ""}
	}
	if d.IntN(2) == 0 {
		a.CustomerSince = d.day(0, 900)
	}
	a.Tier = kam.Tier(d.IntN(len(kam.Tier(0).Values())))
	d.sales(&a, codes)
	a.Wallet, a.WalletBefore, a.OurRevenue = d.money(codes...), d.money(codes...), d.money(codes...)
	d.answers(&a)
	d.records(&a, codes)
	for range d.IntN(14) {
		a.Contacts = append(a.Contacts, d.contact(len(a.Contacts)))
	}
	if d.IntN(3) == 0 {
		a.Attributes = map[string]kam.Number{"staff": kam.Int(d.IntN(20)), "age": kam.Dec(d.Int64N(100_000), 3)}
	}
	return a
}

// sales has periods of a month or of any length, with gaps now and then.
func (d dice) sales(a *kam.Account, codes []string) {
	end := asOf.AddDays(-d.IntN(60) + 20)
	monthly := d.IntN(2) == 0
	if monthly {
		end = kam.NewDate(2026, 10, 31).AddMonths(d.IntN(3) - 1)
	}
	for range d.IntN(30) {
		from := end.AddDays(-d.IntN(80))
		if monthly {
			from = end.AddDays(1).AddMonths(-1)
		}
		p := kam.Period{From: from, To: end, Revenue: d.money(codes...), DirectCost: d.money(codes...), Discount: d.money(codes...)}
		if d.IntN(3) > 0 { // the plain case: nothing is missing
			small := func(n int64) *kam.Money {
				m, _ := kam.ParseMoney(fmt.Sprintf("%d.%02d", n, d.IntN(100)))
				return &m
			}
			p.Revenue, p.DirectCost, p.Discount = small(d.Int64N(5000)), small(d.Int64N(4000)), small(d.Int64N(300))
		}
		p.Orders, p.Units, p.Returns = d.maybe(6), d.maybe(100), d.maybe(9)
		p.Deliveries, p.Complaints = d.maybe(9), d.maybe(3)
		if made := cmp.Or(p.Deliveries, p.Orders); made != nil && d.IntN(8) > 0 {
			p.LateDeliveries = new(d.IntN(*made + 1))
		}
		if d.IntN(2) == 0 {
			last := from.AddDays(d.IntN(end.DaysSince(from) + 1))
			if p.Orders == nil || *p.Orders > 0 {
				p.LastOrder = last
			}
		}
		for range d.IntN(3) {
			p.ProductLines = append(p.ProductLines, d.one("pumps", "valves", "seals"))
		}
		a.Sales = append(a.Sales, p)
		end = from.AddDays(-1)
		if d.IntN(40) == 0 {
			end = end.AddDays(-d.IntN(20))
		}
	}
	if d.IntN(3) == 0 {
		d.Shuffle(len(a.Sales), func(i, j int) { a.Sales[i], a.Sales[j] = a.Sales[j], a.Sales[i] })
	}
}

func (d dice) answers(a *kam.Account) {
	policy := kam.DefaultPolicy()
	a.Answers = map[string]kam.Answers{}
	for _, card := range []kam.Scorecard{policy.Selection, policy.Potential, policy.Attractiveness, policy.Strength} {
		answers := kam.Answers{}
		rate := func(id string) {
			if d.IntN(4) == 0 {
				return
			}
			x := kam.Rated(kam.Dec(d.Int64N(1001), 2))
			if d.IntN(3) == 0 {
				x.On, x.By = d.day(-20, 900), "Ann"
			}
			answers[id] = x
		}
		for _, f := range card.Factors {
			if len(f.Questions) == 0 {
				rate(f.ID)
			}
			for _, q := range f.Questions {
				rate(q.ID)
			}
		}
		if d.IntN(100) == 0 {
			answers["not-there"] = kam.Rated(kam.Int(11))
		}
		a.Answers[card.ID] = answers
	}
	a.Judgements = map[kam.Evidence]kam.Judgement{}
	for _, id := range []kam.Evidence{
		kam.EvidenceServed, kam.EvidenceInterest, kam.EvidenceNeedEnded, kam.EvidenceNotWorthServing, kam.EvidenceOnceFirm,
		kam.EvidencePoorPerformance, kam.EvidenceRivalAttack, kam.EvidenceRivalStronger, kam.EvidenceFullShare, kam.EvidenceCrossSell, kam.EvidenceOtherUnits,
		kam.EvidencePrioritiesShared, kam.EvidenceInformation, kam.EvidenceTrustDamaged, kam.EvidenceKnownAsKey, kam.EvidenceMarketShift, kam.EvidenceNeedEnding,
		kam.EvidenceManagerSkilled, kam.EvidenceManagerTime, kam.EvidenceInternalSupport, kam.EvidenceFinanciallySound, kam.EvidencePricePressure, "own-word",
	} {
		if d.IntN(2) == 0 {
			j := kam.Judgement{Verdict: kam.Verdict(d.IntN(3))}
			if d.IntN(2) == 0 {
				j.On = d.day(-20, 700)
			}
			a.Judgements[id] = j
		}
	}
}

func (d dice) records(a *kam.Account, codes []string) {
	day := asOf.AddDays(-1200)
	later := func() kam.Date { day = day.AddDays(1 + d.IntN(400)); return day }
	for range d.IntN(5) {
		a.Stages = append(a.Stages, kam.StageRecord{Stage: kam.Stage(1 + d.IntN(7)), On: later(), View: kam.View(d.IntN(3)), By: "Ann"})
	}
	day = asOf.AddDays(-900)
	for range d.IntN(4) {
		a.Cells = append(a.Cells, kam.CellRecord{Cell: kam.Cell(1 + d.IntN(4)), On: later()})
	}
	if d.IntN(4) == 0 {
		a.Overrides = append(a.Overrides, kam.Override{Of: d.one("stage", "cell", "tier", "strength", "strength", "other"), Value: d.one("good", "key", "50", "50.0"), By: "Ann", Why: "x", On: d.day(-5, 100), Until: asOf.AddDays(d.IntN(50) - 10)})
	}
	if d.IntN(2) == 0 {
		a.Efforts = []kam.Effort{}
		for range d.IntN(9) {
			e := kam.Effort{Kind: kam.EffortKind(1 + d.IntN(2)), On: d.day(-10, 800), Money: d.money(codes...), Hours: new(kam.Dec(d.Int64N(4000), 1))}
			if e.Rate = d.money(codes...); e.Rate == nil {
				e.Hours = nil
			}
			if e.Money == nil && e.Hours == nil {
				continue
			}
			a.Efforts = append(a.Efforts, e)
		}
		a.PlannedHours = new(kam.Int(d.IntN(500)))
	}
	if d.IntN(2) == 0 {
		a.Managers, a.Incidents, a.Activities = []kam.ManagerRecord{}, []kam.Incident{}, []kam.Activity{}
		day = asOf.AddDays(-700)
		for range d.IntN(4) {
			a.Managers = append(a.Managers, kam.ManagerRecord{Manager: d.one("Ann", "Bob", "Cid"), Since: later()})
		}
		for range d.IntN(5) {
			opened := d.day(-5, 100)
			x := kam.Incident{Opened: opened}
			if d.IntN(2) == 0 {
				x.Closed = opened.AddDays(d.IntN(60))
			}
			a.Incidents = append(a.Incidents, x)
			a.Activities = append(a.Activities, kam.Activity{Kind: kam.ActivityKind(1 + d.IntN(4)), On: d.day(-5, 600)})
		}
		a.StandardMargin = new(kam.Int(d.IntN(40)))
		a.Peers = &kam.Peers{Complaints: d.IntN(90), Orders: d.IntN(1000)}
		day = asOf.AddDays(-600)
		for range d.IntN(4) {
			a.Satisfaction = append(a.Satisfaction, kam.SatisfactionRecord{On: later(), Rating: kam.Int(d.IntN(11))})
		}
	}
}

func (d dice) contact(i int) kam.Contact {
	c := kam.Contact{
		ID: fmt.Sprintf("c%d", i), Department: d.one("board", "works", "sales"), Level: kam.Level(d.IntN(6)),
		Influence: kam.Grade(d.IntN(4)), Attitude: kam.Attitude(d.IntN(6)), Reach: kam.Grade(d.IntN(4)), Owner: d.one("", "Ann", "Bob"),
	}
	for range d.IntN(3) {
		c.Roles = append(c.Roles, kam.Role(1+d.IntN(8)))
	}
	if i > 0 && d.IntN(2) == 0 {
		c.ReportsTo = fmt.Sprintf("c%d", d.IntN(i))
	}
	if d.IntN(2) == 0 {
		c.Since = d.day(-10, 900)
	}
	if d.IntN(4) == 0 {
		c.Until = asOf.AddDays(d.IntN(300) - 100)
	}
	if d.IntN(3) > 0 {
		c.LastMet = d.day(-10, 400)
	}
	if d.IntN(150) == 0 {
		c.ID, c.Name = "c0", "bad\x00name"
	}
	return c
}

// answerOf is the JSON of an assessment, or of what was wrong.
func answerOf(t testing.TB, out *kam.Assessment, err error) string {
	var got any = out
	if err != nil {
		var vs kam.Violations
		require.True(t, errors.As(err, &vs))
		got = vs
	}
	data, err := json.Marshal(got)
	require.NoError(t, err)
	return string(data)
}

// Each assessment of the sample portfolio, of the full account and of
// accounts made at random stays what it is, byte for byte. A change that is
// meant is listed in CHANGELOG.md and written with -update. KAM_DUMP names a file
// for the assessments themselves, to compare those of two builds.
func TestAssessmentsGolden(t *testing.T) {
	var lines strings.Builder
	dump := os.Getenv("KAM_DUMP")
	var dumped strings.Builder
	for i, p := range goldenPolicies() {
		engine, err := kam.Compile(p)
		require.NoError(t, err)
		assessor := engine.Assessor()
		group := func(name string, each func(yield func(kam.Account, kam.Date))) {
			sum, n := sha256.New(), 0
			each(func(a kam.Account, day kam.Date) {
				out, err := engine.Assess(a, day)
				text := answerOf(t, &out, err)
				reused, err := assessor.Assess(&a, day)
				require.Equal(t, text, answerOf(t, reused, err), "in memory that is used again")
				if dump != "" {
					dumped.WriteString(text + "\n")
				}
				sum.Write([]byte(text + "\n"))
				n++
			})
			fmt.Fprintf(&lines, "policy %d, %d of %s: %s\n", i, n, name, hex.EncodeToString(sum.Sum(nil)))
		}
		group("northwind", func(yield func(kam.Account, kam.Date)) {
			for a, err := range northwind.Accounts() {
				require.NoError(t, err)
				yield(a, northwind.AsOf)
			}
		})
		group("the full account", func(yield func(kam.Account, kam.Date)) { yield(full(t), asOf) })
		group("random accounts", func(yield func(kam.Account, kam.Date)) {
			d := dice{rand.New(rand.NewPCG(11, uint64(i)))}
			for n := range 400 {
				a := d.account(n)
				if i < 2 && n%20 > 0 {
					delete(a.Judgements, "own-word") // which these policies refuse
				}
				yield(a, asOf.AddDays(-d.IntN(2)*d.IntN(400)))
			}
		})
	}
	if dump != "" {
		require.NoError(t, os.WriteFile(dump, []byte(dumped.String()), 0o644))
	}
	if *update {
		require.NoError(t, os.WriteFile("testdata/assessments.sha256", []byte(lines.String()), 0o644))
	}
	golden, err := os.ReadFile("testdata/assessments.sha256")
	require.NoError(t, err)
	assert.Equal(t, string(golden), lines.String())
}

// What Assess returned stays what it is, whatever is assessed afterwards, with
// the same engine and in the memory that it uses again.
func TestAssessmentsStay(t *testing.T) {
	engine := compiled(t, goldenPolicies()[2])
	d := dice{rand.New(rand.NewPCG(12, 13))}
	var kept []kam.Assessment
	var texts []string
	for n := range 200 {
		out, err := engine.Assess(d.account(n), asOf)
		if err == nil {
			kept, texts = append(kept, out), append(texts, answerOf(t, &out, nil))
		}
	}
	require.Greater(t, len(kept), 50)
	for i := range kept {
		require.Equal(t, texts[i], answerOf(t, &kept[i], nil))
	}
}

// No list of a result has room behind it that another list is in: what a caller
// appends to one shows in no other.
func TestAssessmentListsEndWhereTheyEnd(t *testing.T) {
	engine := compiled(t, goldenPolicies()[2])
	account := monthly(t)
	again, err := engine.Assessor().Assess(&account, asOf)
	require.NoError(t, err)
	out, err := engine.Assess(account, asOf)
	require.NoError(t, err)
	lists := 0
	var walk func(at string, v reflect.Value)
	walk = func(at string, v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() {
				walk(at, v.Elem())
			}
		case reflect.Struct:
			for i := range v.NumField() {
				walk(at+"/"+v.Type().Field(i).Name, v.Field(i))
			}
		case reflect.Slice:
			if lists++; v.Len() > 0 {
				assert.Equal(t, v.Len(), v.Cap(), at)
			}
			for i := range v.Len() {
				walk(fmt.Sprint(at, "/", i), v.Index(i))
			}
		}
	}
	walk("", reflect.ValueOf(out))
	walk("", reflect.ValueOf(*again))
	assert.Greater(t, lists, 50)
}
