package proof

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/kam-go/kam"
)

// asked says that the command line says how many cases a law gets.
var asked bool

// TestMain gives each law 500 cases, unless the command line asks for more:
//
//	go test ./proof -run Law -rapid.checks=10000
func TestMain(m *testing.M) {
	flag.Parse()
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "rapid.checks" })
	cases("500")
	os.Exit(m.Run())
}

func cases(n string) {
	if !asked {
		_ = flag.Set("rapid.checks", n)
	}
}

// slowly checks a law that compiles policies or assesses portfolios, and gets
// fewer cases unless the command line asks for more.
func slowly(t *testing.T, law func(t *rapid.T)) {
	t.Helper()
	cases("100")
	defer cases("500")
	rapid.Check(t, law)
}

func num(n int64) kam.Number { return kam.Dec(n, 4) }

// units is a number in ten-thousandths.
func units(n kam.Number) int64 { return n.Decimal().Shift(4).IntPart() }

func number(lo, hi int64) *rapid.Generator[kam.Number] {
	return rapid.Map(rapid.Int64Range(lo, hi), num)
}

// anyNumber is near the ends of the range as often as not.
func anyNumber() *rapid.Generator[kam.Number] {
	const most = 999_999_999_999_999_999
	return rapid.OneOf(number(-200_000, 200_000), number(-most, most), number(most-3, most), number(-most, 3-most))
}

func money(code string) *rapid.Generator[kam.Money] {
	return rapid.Custom(func(t *rapid.T) kam.Money {
		digits := rapid.StringMatching(`-?[1-9][0-9]{0,8}(\.[0-9]{1,6})?`).Draw(t, "amount")
		m, err := kam.ParseMoney(digits + " " + code)
		if err != nil {
			t.Fatal(err)
		}
		return m
	})
}

func date() *rapid.Generator[kam.Date] {
	first := kam.NewDate(1, 1, 1)
	return rapid.Map(rapid.OneOf(rapid.IntRange(0, 3_652_058), rapid.IntRange(735_000, 745_000), rapid.IntRange(0, 800), rapid.IntRange(3_651_300, 3_652_058)), first.AddDays)
}

// near are days around the as-of date.
func near(before, after int) *rapid.Generator[kam.Date] {
	return rapid.Map(rapid.IntRange(-before, after), asOf.AddDays)
}

func enum[E ~uint8](most E) *rapid.Generator[E] {
	return rapid.Map(rapid.IntRange(0, int(most)), func(n int) E { return E(n) })
}

// some is a value, or nothing.
func some[T any](g *rapid.Generator[T]) *rapid.Generator[*T] { return rapid.Ptr(g, true) }

// scorecard makes scorecards that compile, of a few factors and groups.
func scorecard() *rapid.Generator[kam.Scorecard] {
	return rapid.Custom(func(t *rapid.T) kam.Scorecard {
		card := kam.Scorecard{ID: "card", Relative: true, Missing: enum(kam.Neutral).Draw(t, "missing")}
		card.MinCoverage = some(number(0, 1_000_000)).Draw(t, "minimum")
		leaves := 0
		leaf := func() kam.Factor {
			leaves++
			f := kam.Factor{
				ID: fmt.Sprint("f-", leaves), Weight: number(1, 400_000).Draw(t, "weight"),
				LowerIsBetter: rapid.Bool().Draw(t, "lower"), Required: rapid.IntRange(0, 19).Draw(t, "required") == 0,
			}
			if rapid.Bool().Draw(t, "scaled") {
				lo := rapid.Int64Range(-50_000, 50_000).Draw(t, "lo")
				f.Scale = kam.Scale{Lo: num(lo), Hi: num(lo + rapid.SampledFrom([]int64{1, 30_000, 70_000, 100_000, 123_457}).Draw(t, "span"))}
			}
			return f
		}
		for i := range rapid.IntRange(1, 6).Draw(t, "factors") {
			if rapid.IntRange(0, 2).Draw(t, "group") > 0 {
				card.Factors = append(card.Factors, leaf())
				continue
			}
			g := kam.Factor{ID: fmt.Sprint("g-", i), Weight: number(1, 400_000).Draw(t, "weight")}
			for range rapid.IntRange(1, 3).Draw(t, "questions") {
				g.Questions = append(g.Questions, leaf())
			}
			card.Factors = append(card.Factors, g)
		}
		return card
	})
}

func leavesOf(card kam.Scorecard) (out []kam.Factor) {
	for _, f := range card.Factors {
		if len(f.Questions) == 0 {
			out = append(out, f)
		}
		out = append(out, f.Questions...)
	}
	return out
}

func scaleOf(f kam.Factor) (lo, hi int64) {
	if f.Scale == (kam.Scale{}) {
		return 0, 100_000
	}
	return units(f.Scale.Lo), units(f.Scale.Hi)
}

func rating(f kam.Factor) *rapid.Generator[kam.Number] {
	lo, hi := scaleOf(f)
	return number(lo, hi)
}

// answers rates some of the leaves.
func answers(t *rapid.T, card kam.Scorecard) kam.Answers {
	out := kam.Answers{}
	gaps := rapid.IntRange(0, 4).Draw(t, "gaps")
	for _, f := range leavesOf(card) {
		if rapid.IntRange(0, 4).Draw(t, "answered") >= gaps {
			out[f.ID] = kam.Rated(rating(f).Draw(t, "rating"))
		}
	}
	return out
}

func scorer(t *rapid.T, card kam.Scorecard) *kam.Scorer {
	sc, err := card.Compile()
	if err != nil {
		require.ErrorIs(t, err, kam.CodePrecision)
		t.Skip("beyond 128 bits")
	}
	return sc
}

func score(t *rapid.T, sc *kam.Scorer, a kam.Answers) kam.Score {
	s, err := sc.Score(a)
	require.NoError(t, err)
	return s
}

func compiled(t require.TestingT, p kam.Policy) *kam.Engine {
	e, err := kam.Compile(p)
	require.NoError(t, err)
	return e
}

func toJSON(t require.TestingT, v any) string {
	out, err := json.Marshal(v)
	require.NoError(t, err)
	return string(out)
}

// copyOf copies what its JSON keeps whole.
func copyOf[T any](t require.TestingT, v T) T {
	var out T
	require.NoError(t, json.Unmarshal([]byte(toJSON(t, v)), &out))
	return out
}

// account makes accounts that can be assessed on asOf, in euros.
func account(id string) *rapid.Generator[kam.Account] {
	return rapid.Custom(func(t *rapid.T) kam.Account {
		a := kam.Account{ID: id, Name: "Name of " + id, Currency: "EUR", Owner: rapid.SampledFrom([]string{"", "Ann", "Bo"}).Draw(t, "owner")}
		a.Segment = rapid.SampledFrom([]string{"", "north", "south"}).Draw(t, "segment")
		a.Sales = sales(t)
		positive := rapid.Map(rapid.IntRange(0, 1_000_000), func(n int) kam.Money { return euros(t, n) })
		a.Wallet, a.WalletBefore = some(positive).Draw(t, "wallet"), some(positive).Draw(t, "wallet before")
		a.OurRevenue, a.PlannedHours = some(positive).Draw(t, "ours"), some(number(0, 5_000_000)).Draw(t, "hours")
		if rapid.Bool().Draw(t, "since") {
			a.CustomerSince = near(2000, 0).Draw(t, "day")
		}
		for _, card := range []kam.Scorecard{kam.SelectionScorecard(), kam.PotentialScorecard(), kam.AttractivenessScorecard(), kam.StrengthScorecard()} {
			given := answers(t, card)
			if a.Answers == nil {
				a.Answers = map[string]kam.Answers{}
			}
			a.Answers[card.ID] = given
		}
		a.Tier, a.StandardMargin = enum(kam.TierProspect).Draw(t, "tier"), some(number(0, 500_000)).Draw(t, "usual margin")
		if rapid.Bool().Draw(t, "has peers") {
			a.Peers = &kam.Peers{Orders: rapid.IntRange(1, 500).Draw(t, "orders of others"), Complaints: rapid.IntRange(0, 50).Draw(t, "complaints of others")}
		}
		for _, d := range days(t, 3) {
			a.Managers = append(a.Managers, kam.ManagerRecord{Manager: rapid.SampledFrom([]string{"Ann", "Bo"}).Draw(t, "manager"), Since: d})
		}
		a.Judgements = map[kam.Evidence]kam.Judgement{}
		for _, e := range slices.Concat(evidence, askedOf) {
			if v := enum(kam.No).Draw(t, string(e)); v != kam.VerdictUnknown {
				a.Judgements[e] = kam.Judgement{Verdict: v}
			}
		}
		a.Contacts = contacts(t)
		a.Stages = history(t)
		for _, d := range days(t, 4) {
			a.Cells = append(a.Cells, kam.CellRecord{Cell: rapid.SampledFrom(kam.Cells()).Draw(t, "cell"), On: d})
		}
		for _, d := range days(t, 3) {
			a.Incidents = append(a.Incidents, kam.Incident{Opened: d})
			a.Activities = append(a.Activities, kam.Activity{Kind: kam.ActivityKind(rapid.IntRange(1, 4).Draw(t, "kind")), On: d})
			a.Satisfaction = append(a.Satisfaction, kam.SatisfactionRecord{On: d, Rating: number(0, 100_000).Draw(t, "satisfied")})
			a.Efforts = append(a.Efforts, effort(t, d))
		}
		return a
	})
}

var evidence = []kam.Evidence{
	kam.EvidenceServed, kam.EvidenceInterest, kam.EvidenceNeedEnded, kam.EvidenceNotWorthServing, kam.EvidenceOnceFirm, kam.EvidencePoorPerformance,
	kam.EvidenceRivalAttack, kam.EvidenceRivalStronger, kam.EvidenceFullShare, kam.EvidenceCrossSell, kam.EvidenceOtherUnits, kam.EvidenceStrategic,
}

// askedOf are the judgements of the failure checks alone.
var askedOf = []kam.Evidence{
	kam.EvidencePrioritiesShared, kam.EvidenceInformation, kam.EvidenceTrustDamaged, kam.EvidenceKnownAsKey, kam.EvidenceMarketShift, kam.EvidenceNeedEnding,
	kam.EvidenceManagerSkilled, kam.EvidenceManagerTime, kam.EvidenceInternalSupport, kam.EvidenceFinanciallySound, kam.EvidencePricePressure,
}

func euros(t require.TestingT, cents int) kam.Money {
	m, err := kam.Minor(int64(cents), "EUR")
	require.NoError(t, err)
	return m
}

func effort(t *rapid.T, on kam.Date) kam.Effort {
	e := kam.Effort{Kind: kam.EffortKind(rapid.IntRange(1, 11).Draw(t, "effort")), On: on}
	if rapid.Bool().Draw(t, "spent") {
		e.Money = new(euros(t, rapid.IntRange(0, 100_000).Draw(t, "money")))
	}
	if e.Money == nil || rapid.Bool().Draw(t, "worked") {
		e.Hours, e.Rate = new(number(0, 400_000).Draw(t, "hours")), new(euros(t, rapid.IntRange(0, 20_000).Draw(t, "rate")))
	}
	return e
}

// days are some days before asOf, in order.
func days(t *rapid.T, most int) (out []kam.Date) {
	day := asOf.AddDays(-rapid.IntRange(0, 900).Draw(t, "first"))
	for range rapid.IntRange(0, most).Draw(t, "days") {
		if day = day.AddDays(rapid.IntRange(1, 200).Draw(t, "step")); day.Cmp(asOf) > 0 {
			break
		}
		out = append(out, day)
	}
	return out
}

// sales are periods back from the end of a month, mostly without a gap.
func sales(t *rapid.T) (out []kam.Period) {
	end := asOf.AddDays(-rapid.SampledFrom([]int{24, 24, 24, 0, 55, 120}).Draw(t, "lag"))
	for range rapid.IntRange(0, 26).Draw(t, "periods") {
		from := end.AddDays(1 - rapid.SampledFrom([]int{30, 31, 28, 91, 7}).Draw(t, "length"))
		p := kam.Period{From: from, To: end}
		if rapid.IntRange(0, 9).Draw(t, "has revenue") > 0 {
			p.Revenue = new(euros(t, rapid.IntRange(-1000, 2_000_000).Draw(t, "revenue")))
		}
		count := func(name string, most int) *int {
			if rapid.IntRange(0, 9).Draw(t, "has "+name) == 0 {
				return nil
			}
			return new(rapid.IntRange(0, most).Draw(t, name))
		}
		if rapid.Bool().Draw(t, "costed") {
			p.DirectCost = new(euros(t, rapid.IntRange(0, 1_500_000).Draw(t, "cost")))
			p.Discount = new(euros(t, rapid.IntRange(0, 300_000).Draw(t, "discount")))
		}
		p.Orders = count("orders", 12)
		if p.Orders != nil && *p.Orders > 0 && rapid.Bool().Draw(t, "dated") {
			p.LastOrder = from.AddDays(rapid.IntRange(0, end.DaysSince(from)).Draw(t, "last order"))
		}
		p.Complaints, p.Units, p.Returns = count("complaints", 3), count("units", 500), count("returns", 20)
		p.Deliveries = count("deliveries", 20)
		if p.Deliveries != nil {
			p.LateDeliveries = new(rapid.IntRange(0, *p.Deliveries).Draw(t, "late"))
		}
		if rapid.Bool().Draw(t, "lined") {
			p.ProductLines = rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c", "d"}), 1, 3, rapid.ID[string]).Draw(t, "lines")
		}
		out = append(out, p)
		end = from.AddDays(-1)
		if rapid.IntRange(0, 19).Draw(t, "gap") == 0 {
			end = end.AddDays(-rapid.IntRange(1, 40).Draw(t, "gap days"))
		}
	}
	return out
}

func contacts(t *rapid.T) (out []kam.Contact) {
	n := rapid.IntRange(0, 5).Draw(t, "contacts")
	for i := range n {
		c := kam.Contact{
			ID: fmt.Sprint("c", i), Level: enum(kam.Executive).Draw(t, "level"), Department: rapid.SampledFrom([]string{"", "it", "buying"}).Draw(t, "department"),
			Influence: enum(kam.High).Draw(t, "influence"), Attitude: enum(kam.AttitudeSponsor).Draw(t, "attitude"), Reach: enum(kam.High).Draw(t, "reach"),
			Owner: rapid.SampledFrom([]string{"", "Ann", "Bo"}).Draw(t, "owner"),
		}
		c.Roles = rapid.SliceOfNDistinct(rapid.SampledFrom([]kam.Role{kam.Decider, kam.Approver, kam.User, kam.Buyer, kam.Sponsor}), 0, 2, rapid.ID[kam.Role]).Draw(t, "roles")
		if i > 0 && rapid.Bool().Draw(t, "reports") {
			c.ReportsTo = fmt.Sprint("c", rapid.IntRange(0, i-1).Draw(t, "to"))
		}
		if rapid.Bool().Draw(t, "met") {
			c.LastMet = near(300, 10).Draw(t, "last met")
		}
		if rapid.Bool().Draw(t, "came") {
			c.Since = near(900, 0).Draw(t, "since")
		}
		if rapid.IntRange(0, 4).Draw(t, "leaves") == 0 {
			if c.Until = near(200, 200).Draw(t, "until"); c.Until.Cmp(c.Since) < 0 {
				c.Until = c.Since
			}
		}
		out = append(out, c)
	}
	return out
}

func history(t *rapid.T) (h kam.History) {
	for _, d := range days(t, 6) {
		r := kam.StageRecord{Stage: rapid.SampledFrom(kam.Stages()).Draw(t, "stage"), On: d, View: enum(kam.ViewCustomer).Draw(t, "view")}
		require.NoError(t, h.Append(r, asOf))
	}
	return h
}
