package kam_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// strong and weak are answers to the strength scorecard, all 8 or all 3.
func allStrength(rating int) kam.Answers {
	answers := kam.Answers{}
	for _, f := range kam.StrengthScorecard().Factors {
		answers[f.ID] = kam.Rated(kam.Int(rating))
	}
	return answers
}

func verdicts(words ...string) map[kam.Evidence]kam.Judgement {
	out := map[kam.Evidence]kam.Judgement{}
	for _, w := range words {
		if w[0] == '!' {
			out[kam.Evidence(w[1:])] = kam.Judgement{Verdict: kam.No}
		} else {
			out[kam.Evidence(w)] = kam.Judgement{Verdict: kam.Yes}
		}
	}
	return out
}

func TestStage(t *testing.T) {
	sales := func(now, before string) []kam.Period {
		return []kam.Period{
			{From: kam.NewDate(2024, 11, 1), To: kam.NewDate(2025, 10, 31), Revenue: money(before)},
			{From: kam.NewDate(2025, 11, 1), To: kam.NewDate(2026, 10, 31), Revenue: money(now)},
		}
	}
	once := []kam.StageRecord{{Stage: kam.StageGood, On: kam.NewDate(2024, 1, 1)}}
	tests := []struct {
		name, reason string
		account      kam.Account
		want         kam.Stage
		rule         string
		firm         bool
	}{
		{"nothing known", "no evidence fires no rule", kam.Account{}, kam.StageUnknown, "", false},
		{
			"never served", "no sales in a year that is known",
			kam.Account{Sales: sales("0 EUR", "0 EUR")},
			kam.StagePotential, "not-served", true,
		},
		{
			"said to be served", "a judgement goes before the facts",
			kam.Account{Sales: sales("0 EUR", "0 EUR"), Judgements: verdicts("served")},
			kam.StageDeveloping, "served", false,
		},
		{
			"need ended", "sunset, whatever else holds",
			kam.Account{Sales: sales("100 EUR", "100 EUR"), Judgements: verdicts("need-ended", "rival-attack", "once-firm")},
			kam.StageDeclining, "no-need-or-no-return", true,
		},
		{
			"not worth serving", "their cuts make serving pointless",
			kam.Account{Judgements: verdicts("served", "not-worth-serving")},
			kam.StageDeclining, "no-need-or-no-return", true,
		},
		{
			"attacked after a good time", "the record says that it was good once",
			kam.Account{Stages: once, Judgements: verdicts("served", "!need-ended", "!not-worth-serving", "rival-attack")},
			kam.StageDefensive, "firm-and-attacked", true,
		},
		{
			"attacked and never firm", "there was no position to defend",
			kam.Account{
				Stages:     []kam.StageRecord{{Stage: kam.StageDeveloping, On: kam.NewDate(2024, 1, 1)}},
				Judgements: verdicts("served", "!need-ended", "!not-worth-serving", "rival-attack"),
			},
			kam.StageDeveloping, "served", false,
		},
		{
			"firm only after the day", "a record of the future is not known yet",
			kam.Account{
				Stages:     []kam.StageRecord{{Stage: kam.StageGood, On: kam.NewDate(2026, 11, 25)}},
				Judgements: verdicts("served", "rival-attack"),
			},
			kam.StageDeveloping, "served", false,
		},
		{
			"failing by the facts", "half of the deliveries late and a fifth of the revenue gone",
			kam.Account{Stages: once, Judgements: verdicts("!need-ended", "!not-worth-serving"), Sales: []kam.Period{
				{From: kam.NewDate(2024, 11, 1), To: kam.NewDate(2025, 10, 31), Revenue: money("100 EUR")},
				{From: kam.NewDate(2025, 11, 1), To: kam.NewDate(2026, 10, 31), Revenue: money("80 EUR"), Orders: new(10), LateDeliveries: new(5)},
			}},
			kam.StageDefensive, "firm-and-failing", true,
		},
		{
			"small share", "a flat tenth of the wallet and a rival who stands closer",
			kam.Account{
				Sales: sales("100 EUR", "100 EUR"), Wallet: money("1000 EUR"),
				Judgements: verdicts("!need-ended", "!not-worth-serving", "!once-firm", "rival-stronger"),
			},
			kam.StageLimitedShare, "small-flat-share", true,
		},
		{
			"small share that grows", "growth of 10 percent is not flat",
			kam.Account{
				Sales: sales("110 EUR", "100 EUR"), Wallet: money("1000 EUR"),
				Judgements: verdicts("!need-ended", "!not-worth-serving", "!once-firm", "rival-stronger"),
				Answers:    map[string]kam.Answers{"strength": allStrength(3)},
			},
			kam.StageDeveloping, "served", true,
		},
		{
			"a quarter of the wallet", "25 percent is not under 25",
			kam.Account{
				Sales: sales("250 EUR", "250 EUR"), Wallet: money("1000 EUR"),
				Judgements: verdicts("!need-ended", "!not-worth-serving", "!once-firm", "rival-stronger"),
				Answers:    map[string]kam.Answers{"strength": allStrength(3)},
			},
			kam.StageDeveloping, "served", true,
		},
		{
			"strong", "firm, four fifths of the wallet, nothing left to sell",
			kam.Account{
				Sales: sales("800 EUR", "700 EUR"), Wallet: money("1000 EUR"),
				Judgements: verdicts("!need-ended", "!not-worth-serving", "!once-firm", "!room-to-cross-sell", "!other-units"),
				Answers:    map[string]kam.Answers{"strength": allStrength(7)},
			},
			kam.StageStrong, "firm-and-full", true,
		},
		{
			"strong but for the ties", "just under 70 points",
			kam.Account{
				Sales: sales("800 EUR", "700 EUR"), Wallet: money("1000 EUR"),
				Judgements: verdicts("!need-ended", "!not-worth-serving", "!once-firm", "!room-to-cross-sell", "!other-units"),
				Answers: map[string]kam.Answers{"strength": func() kam.Answers {
					a := allStrength(7)
					a["price"] = kam.Rated(kam.Dec(69999, 4))
					return a
				}()},
			},
			kam.StageDeveloping, "served", true,
		},
		{
			"good", "firm, with other departments to enter",
			kam.Account{
				Judgements: verdicts("served", "!need-ended", "!not-worth-serving", "!once-firm", "!rival-stronger", "!full-share", "other-units"),
				Answers:    map[string]kam.Answers{"strength": allStrength(8)},
			},
			kam.StageGood, "firm-with-room", true,
		},
	}
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.account.ID = "x"
			a, err := engine.Assess(tt.account, asOf)
			require.NoError(t, err)
			assert.Equal(t, tt.want, a.Stage.Suggested, tt.reason)
			assert.Equal(t, tt.rule, a.Stage.Rule, tt.reason)
			assert.Equal(t, tt.firm, a.Stage.Firm, "%s: %v, unknown %v", tt.reason, a.Stage.Possible, a.Stage.Unknown)
		})
	}
}

// Every combination of three-valued evidence gives one stage or unknown; what
// is firm does not change when the unknown becomes known; and what is known
// to be possible holds the outcome.
func TestStageTotal(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	ids := []string{"served", "need-ended", "once-firm", "rival-attack", "room-to-cross-sell", "other-units", "full-share"}
	n := 1
	for range ids {
		n *= 3
	}
	results := make([]kam.StageResult, n)
	for i := range n {
		account := kam.Account{ID: "x", Judgements: map[kam.Evidence]kam.Judgement{}, Answers: map[string]kam.Answers{"strength": allStrength(8)}}
		for k, rest := 0, i; k < len(ids); k, rest = k+1, rest/3 {
			account.Judgements[kam.Evidence(ids[k])] = kam.Judgement{Verdict: kam.Verdict(rest % 3)}
		}
		a, err := engine.Assess(account, asOf)
		require.NoError(t, err)
		again, err := engine.Assess(account, asOf)
		require.NoError(t, err)
		require.Equal(t, a, again)
		require.Contains(t, a.Stage.Possible, a.Stage.Suggested)
		results[i] = a.Stage
	}
	unit := 1
	for k := range ids {
		for i := range n {
			if i/unit%3 != 0 {
				continue // the evidence is known
			}
			for _, known := range []int{i + unit, i + 2*unit} {
				require.Contains(t, results[i].Possible, results[known].Suggested,
					"%s became known: from %v to %v", ids[k], results[i].Suggested, results[known].Suggested)
				if results[i].Firm {
					require.Equal(t, results[i].Suggested, results[known].Suggested)
				}
			}
		}
		unit *= 3
	}
}

func TestStageViewsStayApart(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	a, err := engine.Assess(kam.Account{
		ID: "x", Judgements: verdicts("served"),
		Stages: []kam.StageRecord{
			{Stage: kam.StageDeveloping, On: kam.NewDate(2025, 1, 1)},
			{Stage: kam.StageStrong, On: kam.NewDate(2026, 1, 1)},
			{Stage: kam.StageLimitedShare, On: kam.NewDate(2026, 2, 1), View: kam.ViewCustomer},
			{Stage: kam.StageDeclining, On: kam.NewDate(2027, 1, 1)},
		},
	}, asOf)
	require.NoError(t, err)
	assert.Equal(t, kam.StageDeveloping, a.Stage.Suggested)
	assert.Equal(t, kam.StageStrong, a.Stage.Recorded, "the latest record on the day")
	assert.Equal(t, "2026-01-01", a.Stage.RecordedSince.String())
	assert.Equal(t, kam.StageLimitedShare, a.Stage.Customer)
	assert.Equal(t, &kam.Difference{Ours: kam.StageStrong, Customer: kam.StageLimitedShare, Since: kam.NewDate(2026, 2, 1)}, a.Stage.Differs)
}

func TestLikelyVolume(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	for rating, want := range map[string]kam.Grade{"7": kam.High, "6.9999": kam.Fair, "4": kam.Fair, "3.9999": kam.Low, "0": kam.Low} {
		r, err := kam.ParseNumber(rating)
		require.NoError(t, err)
		a, err := engine.Assess(kam.Account{
			ID: "x", Judgements: verdicts("!served"),
			Answers: map[string]kam.Answers{"potential": {"sales-volume": kam.Rated(r)}},
		}, asOf)
		require.NoError(t, err)
		assert.Equal(t, want, a.Stage.LikelyVolume, rating)
		assert.Equal(t, kam.VerdictUnknown, a.Stage.Interest)
	}
}

func TestEveryStageAndCellHasTexts(t *testing.T) {
	var texts []kam.Text
	for _, s := range kam.Stages() {
		texts = append(texts, s.Label())
	}
	for _, c := range append(kam.Cells(), kam.CellUnknown) {
		texts = append(texts, c.Label(), c.Strategy())
	}
	p := kam.DefaultPolicy()
	for _, s := range []kam.Scorecard{p.Selection, p.Potential, p.Attractiveness, p.Strength} {
		texts = append(texts, s.Name)
		for _, f := range s.Factors {
			texts = append(texts, f.Name)
			for _, q := range f.Questions {
				texts = append(texts, q.Name)
			}
		}
	}
	seen := map[string]bool{}
	for _, text := range texts {
		assert.NotEmpty(t, text.EN, text)
		assert.NotEmpty(t, text.ZH, text)
		assert.NotEqual(t, text.EN, text.ZH)
		seen[text.EN] = true
	}
	assert.Greater(t, len(seen), 45)
	for _, code := range kam.Codes() {
		v := kam.Violation{Code: code}
		assert.NotEqual(t, v.In(kam.English), v.In(kam.Chinese), code)
		assert.NotEqual(t, string(code), v.In(kam.English), "a code has words")
	}
	assert.Equal(t, "Stage(9)", kam.Stage(9).Label().EN)
	assert.Equal(t, "Cell(9)", fmt.Sprint(kam.Cell(9)))
}

// The volume may be any leaf of the potential, wherever it stands, and a leaf
// that is missing has no grade, even where a middle stands in for it.
func TestLikelyVolumeOfAnotherFactor(t *testing.T) {
	policy := kam.DefaultPolicy()
	policy.Stage.Volume.Factor = "winnable"
	policy.Potential.Missing = kam.Neutral
	engine, err := kam.Compile(policy)
	require.NoError(t, err)
	account := kam.Account{ID: "x", Judgements: verdicts("!served"), Answers: map[string]kam.Answers{"potential": {
		"sales-volume": kam.Rated(kam.Int(9)), "future-share": kam.Rated(kam.Int(9)), "budget": kam.Rated(kam.Int(9)), "against-target": kam.Rated(kam.Int(9)),
	}}}
	a, err := engine.Assess(account, asOf)
	require.NoError(t, err)
	require.NotNil(t, a.Potential.Points)
	assert.Equal(t, kam.GradeUnknown, a.Stage.LikelyVolume)
	account.Answers["potential"]["winnable"] = kam.Rated(kam.Int(5))
	a, err = engine.Assess(account, asOf)
	require.NoError(t, err)
	assert.Equal(t, kam.Fair, a.Stage.LikelyVolume)

	policy.Stage.Volume.Factor = "profit"
	_, err = kam.Compile(policy)
	assert.Equal(t, []string{"/stage/volume/factor unknown profit|sales-volume, future-share, budget, entrenched-rivals, winnable, account-margin, against-target, against-standard"}, found(err), "a group is not rated")
	policy.Stage.Volume.Factor = "sales"
	_, err = kam.Compile(policy)
	assert.Equal(t, []string{"/stage/volume/factor unknown sales|sales-volume"}, found(err))
}

// A condition without a bound is taken as it is where nobody compiles it.
func TestConditionText(t *testing.T) {
	for want, c := range map[string]kam.Condition{
		"wallet-share":           {Evidence: "wallet-share"},
		"wallet-share >= 1.5":    {Evidence: "wallet-share", AtLeast: new(kam.Dec(15, 1))},
		"wallet-share < 25":      {Evidence: "wallet-share", Below: new(kam.Int(25))},
		"1 <= wallet-share < 25": {Evidence: "wallet-share", AtLeast: new(kam.Int(1)), Below: new(kam.Int(25))},
		"served is no":           {Evidence: "served", Is: kam.No},
		"need-ended is yes":      {Evidence: "need-ended", Is: kam.Yes},
	} {
		assert.Equal(t, want, c.String())
	}
}

// The lines of METHOD.md: on each side of each of them, what holds.
func TestStageRulesAtTheirLines(t *testing.T) {
	const (
		share, trend = kam.Evidence(kam.SignalWalletShare), kam.Evidence(kam.SignalRevenueTrend)
		onTime       = kam.Evidence(kam.SignalOnTime)
		complaints   = kam.Evidence(kam.SignalComplaintRate)
		returns      = kam.Evidence(kam.SignalReturnRate)
	)
	failing := map[kam.Evidence]kam.Number{trend: kam.Int(-50), onTime: kam.Int(100), complaints: kam.Int(0), returns: kam.Int(0)}
	small := map[kam.Evidence]kam.Number{share: kam.Int(10), trend: kam.Int(0)}
	strong := map[kam.Evidence]kam.Number{kam.EvidenceStrength: kam.Int(90), share: kam.Int(90)}
	for _, tt := range []struct {
		reason  string
		yes, no []kam.Evidence
		numbers map[kam.Evidence]kam.Number
		of      kam.Evidence
		under   string // the rule a step under the line
		line    kam.Number
		at      string // the rule on the line
	}{
		{"less than 80 % on time", []kam.Evidence{kam.EvidenceOnceFirm}, nil, failing, onTime, "firm-and-failing", kam.Int(80), "served"},
		{"10 complaints for 100 orders", []kam.Evidence{kam.EvidenceOnceFirm}, nil, failing, complaints, "served", kam.Int(10), "firm-and-failing"},
		{"10 % returned", []kam.Evidence{kam.EvidenceOnceFirm}, nil, failing, returns, "served", kam.Int(10), "firm-and-failing"},
		{
			"down more than 10 %",
			[]kam.Evidence{kam.EvidenceOnceFirm},
			nil,
			map[kam.Evidence]kam.Number{complaints: kam.Int(20)},
			trend, "firm-and-failing", kam.Int(-10), "served",
		},
		{"share under 25 %", []kam.Evidence{kam.EvidenceRivalStronger}, nil, small, share, "small-flat-share", kam.Int(25), "served"},
		{"flat from -10 %", []kam.Evidence{kam.EvidenceRivalStronger}, nil, small, trend, "served", kam.Int(-10), "small-flat-share"},
		{"flat to 10 %", []kam.Evidence{kam.EvidenceRivalStronger}, nil, small, trend, "small-flat-share", kam.Int(10), "served"},
		{"strength of 70 and full", nil, []kam.Evidence{kam.EvidenceCrossSell, kam.EvidenceOtherUnits}, strong, kam.EvidenceStrength, "served", kam.Int(70), "firm-and-full"},
		{"80 % of wallet is full", nil, []kam.Evidence{kam.EvidenceCrossSell, kam.EvidenceOtherUnits}, strong, share, "firm-with-room", kam.Int(80), "firm-and-full"},
		{"strength of 70 with room", []kam.Evidence{kam.EvidenceCrossSell}, nil, strong, kam.EvidenceStrength, "served", kam.Int(70), "firm-with-room"},
	} {
		verdicts := map[kam.Evidence]kam.Verdict{kam.EvidenceServed: kam.Yes}
		for _, e := range tt.yes {
			verdicts[e] = kam.Yes
		}
		for _, e := range tt.no {
			verdicts[e] = kam.No
		}
		numbers := map[kam.Evidence]kam.Number{}
		for e, n := range tt.numbers {
			numbers[e] = n
		}
		numbers[tt.of] = tt.line
		s := kam.DefaultStageRules().Classify(verdicts, numbers)
		assert.Equal(t, tt.at, s.Rule, tt.reason)
		assert.Equal(t, s.Suggested, s.Standing, "without a record nothing is held")
		below, err := kam.NumberOf(tt.line.Decimal().Sub(kam.Dec(1, 4).Decimal()))
		require.NoError(t, err)
		numbers[tt.of] = below
		assert.Equal(t, tt.under, kam.DefaultStageRules().Classify(verdicts, numbers).Rule, tt.reason)
	}
}

// A number that is not given is unknown, and not 0; one given for what people
// judge is not looked at.
func TestClassifyWithoutNumbers(t *testing.T) {
	s := kam.DefaultStageRules().Classify(map[kam.Evidence]kam.Verdict{
		kam.EvidenceServed: kam.Yes, kam.EvidenceNeedEnded: kam.No, kam.EvidenceNotWorthServing: kam.No, kam.EvidenceOnceFirm: kam.No, kam.EvidenceRivalStronger: kam.No,
	}, map[kam.Evidence]kam.Number{kam.EvidenceServed: kam.Int(7)})
	assert.Equal(t, kam.StageDeveloping, s.Suggested)
	assert.Equal(t, []kam.Stage{kam.StageStrong, kam.StageGood, kam.StageDeveloping}, s.Possible)
	assert.Equal(t, []kam.Evidence{kam.EvidenceStrength, kam.EvidenceFullShare, kam.Evidence(kam.SignalWalletShare), kam.EvidenceCrossSell, kam.EvidenceOtherUnits}, s.Unknown)
	assert.Equal(t, []kam.Finding{{Evidence: kam.EvidenceServed, Condition: "served is yes", Value: "yes"}}, s.For)

	beyond := kam.Dec(1<<60, 0) // no number of ours, and not checked here
	s = kam.DefaultStageRules().Classify(map[kam.Evidence]kam.Verdict{kam.EvidenceServed: kam.Yes, kam.EvidenceFullShare: kam.Yes}, map[kam.Evidence]kam.Number{kam.EvidenceStrength: beyond})
	data, err := json.Marshal(s)
	require.NoError(t, err)
	assert.Contains(t, string(data), `"value":"`+beyond.String()+`"`)
}

// Who was never good or strong was never firm; without a record nobody knows.
func TestOnceFirmIsReadFromTheRecord(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	for _, tt := range []struct {
		reason string
		stages kam.History
		want   bool // defensive is possible
	}{
		{"no record", nil, true},
		{"never firm", kam.History{{Stage: kam.StageDeveloping, On: kam.NewDate(2024, 1, 1)}, {Stage: kam.StageLimitedShare, On: kam.NewDate(2025, 1, 1)}}, false},
		{"firm first", kam.History{{Stage: kam.StageStrong, On: kam.NewDate(2024, 1, 1)}, {Stage: kam.StageLimitedShare, On: kam.NewDate(2025, 1, 1)}}, true},
	} {
		a, err := engine.Assess(kam.Account{ID: "x", Judgements: verdicts("served", "!need-ended", "!not-worth-serving"), Stages: tt.stages}, asOf)
		require.NoError(t, err)
		assert.Equal(t, tt.want, slices.Contains(a.Stage.Possible, kam.StageDefensive), tt.reason)
	}
}

// The least revenue is served, and none is not; of more that came back nobody can tell.
func TestServedByRevenue(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	for revenue, want := range map[string]kam.Verdict{"0.0001 EUR": kam.Yes, "0 EUR": kam.No, "-1 EUR": kam.VerdictUnknown} {
		a, err := engine.Assess(kam.Account{ID: "x", Sales: []kam.Period{{From: kam.NewDate(2025, 11, 1), To: kam.NewDate(2026, 10, 31), Revenue: money(revenue)}}}, asOf)
		require.NoError(t, err)
		assert.Equal(t, want, a.Stage.Served, revenue)
	}
}

// Who was judged not served is not surely so where later periods may have sales.
func TestNotServedMayHaveBought(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	year := kam.Period{From: kam.NewDate(2025, 11, 1), To: kam.NewDate(2026, 10, 31)}
	with := func(change func(*kam.Period)) kam.Period {
		p := year
		change(&p)
		return p
	}
	for _, tt := range []struct {
		name   string
		period kam.Period
		judged kam.Date
		want   kam.Verdict
	}{
		{"revenue", with(func(p *kam.Period) { p.Revenue = money("1 EUR") }), kam.NewDate(2025, 10, 31), kam.Yes},
		{"orders, and no revenue told", with(func(p *kam.Period) { p.Orders = new(500) }), kam.NewDate(2025, 10, 31), kam.Yes},
		{"orders for nothing", with(func(p *kam.Period) { p.Orders, p.Revenue = new(1), money("0 EUR") }), kam.NewDate(2025, 10, 31), kam.VerdictUnknown},
		{"neither orders nor revenue", with(func(p *kam.Period) { p.Orders, p.Revenue = new(0), money("0 EUR") }), kam.NewDate(2025, 10, 31), kam.No},
		{"neither told", year, kam.NewDate(2025, 10, 31), kam.VerdictUnknown},
		{"no revenue", with(func(p *kam.Period) { p.Revenue = money("0 EUR") }), kam.NewDate(2025, 10, 31), kam.No},
		{"no orders", with(func(p *kam.Period) { p.Orders = new(0) }), kam.NewDate(2025, 10, 31), kam.No},
		{"more came back", with(func(p *kam.Period) { p.Revenue = money("-1 EUR") }), kam.NewDate(2025, 10, 31), kam.No},
		{"judged on the first day of the period", year, kam.NewDate(2025, 11, 1), kam.No},
		{"judged on no known day", year, kam.Date{}, kam.No},
	} {
		a, err := engine.Assess(kam.Account{ID: "x", Sales: []kam.Period{tt.period}, Judgements: map[kam.Evidence]kam.Judgement{kam.EvidenceServed: {Verdict: kam.No, On: tt.judged}}}, asOf)
		require.NoError(t, err)
		assert.Equal(t, tt.want, a.Stage.Served, tt.name)
		assert.Equal(t, tt.want == kam.No, a.Stage.Firm, tt.name)
	}
}

// Each row breaks one thing of rules that compile.
func TestBrokenStageRules(t *testing.T) {
	for _, tt := range []struct {
		reason string
		change func(*kam.StageRules)
		want   []string
	}{
		{"one line for high and fair", func(s *kam.StageRules) { s.Volume.Fair = s.Volume.High }, nil},
		{"fair above high", func(s *kam.StageRules) { s.Volume.Fair = kam.Dec(70_001, 4) }, []string{"/stage/volume/fair range 7.0001|<= 7"}},
		{"no number", func(s *kam.StageRules) { s.Volume.Fair = kam.Dec(1, 9) }, []string{"/stage/volume/fair number invalid|"}},
		{"beyond the stages", func(s *kam.StageRules) { s.Rules[0].Stage = kam.StageDeclining + 1 }, []string{"/stage/rules/0/stage enum Stage(8)|potential, developing, good, strong, limited-share, defensive, declining"}},
		{"a bound that is no number", func(s *kam.StageRules) { s.Rules[5].All[0].Any[0].AtLeast = new(kam.Dec(1, 9)) }, []string{"/stage/rules/5/all/0/any/0/atLeast number invalid|"}},
		{"nearly a judgement", func(s *kam.StageRules) {
			s.Rules[0].All[0].Any[0] = kam.Condition{Evidence: "rival-attacks", AtLeast: new(kam.Int(1))}
		}, []string{"/stage/rules/0/all/0/any/0/evidence unknown rival-attacks|rival-attack"}},
	} {
		policy := kam.DefaultPolicy()
		tt.change(&policy.Stage)
		_, err := kam.Compile(policy)
		assert.Equal(t, tt.want, found(err), tt.reason)
	}
}

// Rules that Compile would refuse are taken as they are, without a panic.
func TestClassifyWithoutALine(t *testing.T) {
	rules := kam.StageRules{Rules: []kam.StageRule{
		{ID: "x", Stage: kam.StageGood, All: []kam.Clause{{Any: []kam.Condition{{Evidence: "wallet-share"}}}}},
		{ID: "y", Stage: kam.StageDeveloping, All: []kam.Clause{{Any: []kam.Condition{{Evidence: "served", Is: kam.Yes}}}}},
	}}
	got := rules.Classify(map[kam.Evidence]kam.Verdict{"served": kam.Yes}, nil)
	assert.Equal(t, kam.StageDeveloping, got.Suggested)
	assert.Nil(t, got.Better, "nothing makes a condition without a line hold")
}

// A line that the range ends on may not be below it.
func TestLineAtTheEndOfTheRange(t *testing.T) {
	policy := kam.Policy{
		Strength: kam.Scorecard{ID: "strength", MinCoverage: new(kam.Int(10)), Factors: []kam.Factor{{ID: "a", Weight: kam.Int(60)}, {ID: "b", Weight: kam.Int(40)}}},
		Stage: kam.StageRules{Rules: []kam.StageRule{
			{ID: "weak", Stage: kam.StageDeveloping, All: []kam.Clause{{Any: []kam.Condition{{Evidence: kam.EvidenceStrength, Below: new(kam.Int(40))}}}}},
			{ID: "served", Stage: kam.StageGood, All: []kam.Clause{{Any: []kam.Condition{{Evidence: kam.EvidenceServed, Is: kam.Yes}}}}},
		}},
	}
	a := kam.Account{ID: "x", Judgements: verdicts("served"), Answers: map[string]kam.Answers{"strength": {"a": kam.Rated(kam.Int(0))}}}
	got, err := compiled(t, policy).Assess(a, asOf)
	require.NoError(t, err)
	assert.Equal(t, kam.Int(40), got.Strength.Range.Best)
	assert.Equal(t, []kam.Stage{kam.StageDeveloping, kam.StageGood}, got.Stage.Possible)
	policy.Stage.Rules[0].All[0].Any[0].Below = new(kam.Dec(400_001, 4))
	got, err = compiled(t, policy).Assess(a, asOf)
	require.NoError(t, err)
	assert.Equal(t, []kam.Stage{kam.StageDeveloping}, got.Stage.Possible)
}

// Where a factor that is required is not answered there are no points, and the range that is
// left makes no stage certain either.
func TestStageWithoutPoints(t *testing.T) {
	policy := kam.DefaultPolicy()
	policy.Strength = kam.Scorecard{ID: "strength", Factors: []kam.Factor{{ID: "a", Weight: kam.Int(90)}, {ID: "b", Weight: kam.Int(10), Required: true}}}
	engine := compiled(t, policy)
	a := kam.Account{
		ID: "x", Judgements: verdicts("served", "!need-ended", "!not-worth-serving", "!once-firm", "!rival-stronger", "full-share", "!other-units", "!room-to-cross-sell"),
		Answers: map[string]kam.Answers{"strength": {"a": kam.Rated(kam.Int(10))}},
	}
	got, err := engine.Assess(a, asOf)
	require.NoError(t, err)
	require.Nil(t, got.Strength.Points)
	require.Equal(t, "90", got.Strength.Range.Worst.String())
	assert.False(t, got.Stage.Firm, "%v", got.Stage.Possible)
	a.Answers["strength"]["b"] = kam.Rated(kam.Int(0))
	got, err = engine.Assess(a, asOf)
	require.NoError(t, err)
	assert.True(t, got.Stage.Firm)
}

// Points of 69.99996 are 70 where they are printed and where they are compared, and as certain:
// their range ends at 69.9999 by rounding alone.
func TestStageOnARoundedLine(t *testing.T) {
	policy := kam.DefaultPolicy()
	policy.Strength = kam.Scorecard{ID: "strength", Factors: []kam.Factor{
		{ID: "a", Weight: kam.Int(40), Scale: kam.Scale{Hi: kam.Int(100)}}, {ID: "b", Weight: kam.Int(60), Scale: kam.Scale{Hi: kam.Int(100)}},
	}}
	a := kam.Account{
		ID: "x", Judgements: verdicts("served", "!need-ended", "!not-worth-serving", "!once-firm", "!rival-stronger", "full-share", "!other-units", "!room-to-cross-sell"),
		Answers: map[string]kam.Answers{"strength": {"a": kam.Rated(kam.Dec(699_999, 4)), "b": kam.Rated(kam.Dec(700_000, 4))}},
	}
	got, err := compiled(t, policy).Assess(a, asOf)
	require.NoError(t, err)
	require.Equal(t, "69.9999 70", got.Strength.Range.Worst.String()+" "+got.Strength.Points.String())
	assert.Equal(t, kam.StageStrong, got.Stage.Suggested)
	assert.True(t, got.Stage.Firm, "%v", got.Stage.Possible)
}
