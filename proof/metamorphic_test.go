package proof

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/cmd/kam/northwind"
)

// What may be changed of the input without a change of what is computed: of
// the accounts of the sample portfolio, and of random ones.

// everyAccount tries the sample accounts, each on its day, and random ones.
func everyAccount(t *testing.T, try func(t *rapid.T, a kam.Account, asOf kam.Date)) {
	t.Helper()
	var sample []kam.Account
	for a, err := range northwind.Accounts() {
		require.NoError(t, err)
		sample = append(sample, a)
	}
	t.Run("sample", func(t *testing.T) {
		next := 0
		slowly(t, func(t *rapid.T) {
			try(t, copyOf(t, sample[next%len(sample)]), northwind.AsOf)
			next++
		})
		if !testing.Short() { // rapid tries fewer then
			require.GreaterOrEqual(t, next, len(sample), "each was tried")
		}
	})
	t.Run("random", func(t *testing.T) {
		slowly(t, func(t *rapid.T) { try(t, account("x").Draw(t, "account"), asOf) })
	})
}

func assessOn(t require.TestingT, e *kam.Engine, a kam.Account, day kam.Date) kam.Assessment {
	s, err := e.Assess(a, day)
	require.NoError(t, err)
	return s
}

// equalSignals compares all signals but those that are named.
func equalSignals(t require.TestingT, a, b kam.Signals, but ...kam.Signal) {
	require.Equal(t, len(a.Readings), len(b.Readings))
	for i, r := range a.Readings {
		if !slices.Contains(but, r.Signal) {
			require.Equal(t, r, b.Readings[i])
		}
	}
}

// In a portfolio an account is judged as if it were alone: another one that
// joins changes its shares and its rank, and nothing else.
func TestMetaAnotherAccountChangesNoScore(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	judged := func(p *kam.Portfolio) map[string]string {
		out := map[string]string{}
		for _, m := range p.Members {
			out[m.Account] = toJSON(t, []any{m.Selection, m.Potential, m.Stage, m.Stages, m.Cell, m.Revenue, m.Margin, m.Index})
		}
		return out
	}
	check := func(t require.TestingT, accounts []kam.Account, more kam.Account, day kam.Date) {
		on := func(accounts []kam.Account) *kam.Portfolio {
			p, err := engine.Portfolio(func(yield func(kam.Account, error) bool) {
				for _, a := range accounts {
					if !yield(a, nil) {
						return
					}
				}
			}, day)
			require.NoError(t, err)
			return p
		}
		without, with := judged(on(accounts)), judged(on(append(slices.Clone(accounts), more)))
		delete(with, more.ID)
		require.Equal(t, without, with)
	}
	var sample []kam.Account
	for a, err := range northwind.Accounts() {
		require.NoError(t, err)
		sample = append(sample, a)
	}
	for i, more := range sample {
		if i%10 == 0 {
			check(t, slices.Delete(slices.Clone(sample), i, i+1), more, northwind.AsOf)
		}
	}
	slowly(t, func(t *rapid.T) { check(t, crowd(t, 5), account("zz").Draw(t, "more"), asOf) })
}

// split parts a period in two whose facts add up.
func split(t *rapid.T, p kam.Period) (first, second kam.Period) {
	first, second = p, p
	middle := p.From.AddDays(rapid.IntRange(0, p.To.DaysSince(p.From)-1).Draw(t, "middle"))
	first.To, second.From = middle, middle.AddDays(1)
	first.LastOrder, second.LastOrder = kam.Date{}, kam.Date{}
	money := func(whole, a, b **kam.Money) {
		if *whole == nil {
			return
		}
		part := euros(t, rapid.IntRange(0, 100_000).Draw(t, "part"))
		if (*whole).Currency() != "EUR" {
			var err error
			part, err = kam.NewMoney(part.Amount(), (*whole).Currency())
			require.NoError(t, err)
		}
		if order, err := part.Cmp(**whole); err != nil || order > 0 {
			part = **whole
		}
		rest, err := (*whole).Sub(part)
		require.NoError(t, err)
		*a, *b = &part, &rest
	}
	revenue, cost, discount := p.Revenue, p.DirectCost, p.Discount
	money(&revenue, &first.Revenue, &second.Revenue)
	money(&cost, &first.DirectCost, &second.DirectCost)
	money(&discount, &first.Discount, &second.Discount)
	count := func(whole *int, lo, hi int) (a, b *int) {
		if whole == nil {
			return nil, nil
		}
		n := rapid.IntRange(max(lo, 0), min(hi, *whole)).Draw(t, "count")
		return new(n), new(*whole - n)
	}
	const all = 1 << 40
	first.Orders, second.Orders = count(p.Orders, 0, all)
	first.Units, second.Units = count(p.Units, 0, all)
	first.Returns, second.Returns = count(p.Returns, 0, all)
	first.Complaints, second.Complaints = count(p.Complaints, 0, all)
	first.Deliveries, second.Deliveries = count(p.Deliveries, 0, all)
	made, rest := first.Deliveries, second.Deliveries
	if made == nil {
		made, rest = first.Orders, second.Orders
	}
	if p.LateDeliveries != nil {
		if made == nil {
			made, rest = new(all), new(all)
		}
		first.LateDeliveries, second.LateDeliveries = count(p.LateDeliveries, *p.LateDeliveries-*rest, *made)
	}
	return first, second
}

// sums are the signals that add up periods, or are ratios of such.
var sums = []kam.Signal{
	kam.SignalRevenue, kam.SignalRevenueBefore, kam.SignalRevenueTrend, kam.SignalWalletShare, kam.SignalOurRevenueShare, kam.SignalGrossMargin,
	kam.SignalMargin, kam.SignalDiscount, kam.SignalDiscountTrend, kam.SignalOrders, kam.SignalOnTime, kam.SignalComplaintRate, kam.SignalReturnRate,
}

func TestMetaAPeriodInTwoIsTheSameSum(t *testing.T) {
	tried := 0
	everyAccount(t, func(t *rapid.T, a kam.Account, day kam.Date) {
		one, err := kam.ReadSignals(a, day, kam.SignalRules{})
		require.NoError(t, err)
		before := one.From.AddMonths(-12)
		var whole []int // within one of the windows
		for i, p := range a.Sales {
			if p.To.Cmp(p.From) > 0 && p.To.Cmp(one.To) <= 0 && (p.From.Cmp(one.From) >= 0 || p.To.Cmp(one.From) < 0 && p.From.Cmp(before) >= 0) {
				whole = append(whole, i)
			}
		}
		if len(whole) == 0 {
			return
		}
		tried++
		at := rapid.SampledFrom(whole).Draw(t, "period")
		first, second := split(t, a.Sales[at])
		a.Sales[at] = first
		a.Sales = append(a.Sales, second)
		two, err := kam.ReadSignals(a, day, kam.SignalRules{})
		require.NoError(t, err)
		for i, r := range one.Readings {
			if slices.Contains(sums, r.Signal) {
				require.Equal(t, r, two.Readings[i])
			}
		}
	})
	if !testing.Short() {
		require.Greater(t, tried, 50)
	}
}

// times multiplies every amount of an account.
func times(t require.TestingT, a *kam.Account, n int, code string) {
	by := func(m **kam.Money) {
		if *m == nil {
			return
		}
		sum, err := kam.NewMoney((*m).Amount().Mul(kam.Int(n).Decimal()), code)
		require.NoError(t, err)
		*m = &sum
	}
	for i := range a.Sales {
		by(&a.Sales[i].Revenue)
		by(&a.Sales[i].DirectCost)
		by(&a.Sales[i].Discount)
	}
	for i := range a.Efforts {
		by(&a.Efforts[i].Money)
		by(&a.Efforts[i].Rate)
	}
	by(&a.Wallet)
	by(&a.WalletBefore)
	by(&a.OurRevenue)
	a.Currency = code
}

func currencyOf(a kam.Account) string {
	for _, p := range a.Sales {
		if p.Revenue != nil && p.Revenue.Currency() != "" {
			return p.Revenue.Currency()
		}
	}
	return a.Currency
}

var amounts = []kam.Signal{kam.SignalRevenue, kam.SignalRevenueBefore, kam.SignalGrossMargin}

// Twice the money is the same account, in all that is no amount.
func TestMetaTwiceTheMoneyIsTheSameRatio(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	everyAccount(t, func(t *rapid.T, a kam.Account, day kam.Date) {
		one := assessOn(t, engine, a, day)
		b := copyOf(t, a)
		times(t, &b, 2, currencyOf(a))
		two := assessOn(t, engine, b, day)
		equalSignals(t, one.Signals, two.Signals, amounts...)
		for _, signal := range amounts {
			x, known := one.Signals.Value(signal)
			y, also := two.Signals.Value(signal)
			require.Equal(t, known, also)
			off := units(y) - 2*units(x)
			require.True(t, off >= -1 && off <= 1, "%s is %s, and then %s", signal, x, y)
		}
		for _, s := range [][2]kam.Score{{one.Selection, two.Selection}, {one.Potential, two.Potential}, {one.Attractiveness, two.Attractiveness}, {one.Strength, two.Strength}} {
			require.Equal(t, s[0], s[1])
		}
		require.Equal(t, one.Stage, two.Stage)
		require.Equal(t, one.Placement, two.Placement)
		for id := range kam.DefaultPolicy().Risks.Checks {
			require.Equal(t, one.Risks.Outcome(id), two.Risks.Outcome(id), id)
		}
	})
}

// An account in a currency that is worth two of ours is one with twice the
// money in ours.
func TestMetaARateIsAFactor(t *testing.T) {
	engine := compiled(t, kam.Policy{Currency: "EUR", Rates: map[string]kam.Money{"GBP": euros(t, 200)}})
	everyAccount(t, func(t *rapid.T, a kam.Account, day kam.Date) {
		twice, pounds := copyOf(t, a), copyOf(t, a)
		times(t, &twice, 2, "EUR")
		times(t, &pounds, 1, "GBP")
		one, two := assessOn(t, engine, twice, day), assessOn(t, engine, pounds, day)
		require.Equal(t, toJSON(t, one.Signals), toJSON(t, two.Signals))
		require.Equal(t, toJSON(t, one.Placement), toJSON(t, two.Placement))
		require.Equal(t, toJSON(t, one.Stage), toJSON(t, two.Stage))
	})
}

var dayShape = regexp.MustCompile(`\b\d{4}-\d\d-\d\d\b`)

// moved shifts every day in a document.
func moved(t require.TestingT, doc string, by int) string {
	return dayShape.ReplaceAllStringFunc(doc, func(s string) string {
		d, err := kam.ParseDate(s)
		require.NoError(t, err)
		return d.AddDays(by).String()
	})
}

func movedAccount(t require.TestingT, a kam.Account, by int) (out kam.Account) {
	require.NoError(t, out.UnmarshalJSON([]byte(moved(t, toJSON(t, a), by))))
	return out
}

// The calendar repeats after 400 years, which are 146,097 days.
func TestMetaFourHundredYearsChangeNothing(t *testing.T) {
	const cycle = 146_097
	engine := compiled(t, kam.Policy{AnswerMaxAge: 400})
	everyAccount(t, func(t *rapid.T, a kam.Account, day kam.Date) {
		by := cycle * rapid.SampledFrom([]int{-4, -1, 1, 19}).Draw(t, "cycles")
		now := toJSON(t, assessOn(t, engine, a, day))
		then := toJSON(t, assessOn(t, engine, movedAccount(t, a, by), day.AddDays(by)))
		require.Equal(t, now, moved(t, then, -by))
	})
}

// A year without a leap day is as good as another. The windows of neither day
// have one: 24 months back from 2026-10-31 and from 2027-10-31, and from
// 1998-04-30 and from 1999-04-30.
func TestMetaAYearChangesNoSignal(t *testing.T) {
	everyAccount(t, func(t *rapid.T, a kam.Account, day kam.Date) {
		now, err := kam.ReadSignals(a, day, kam.SignalRules{})
		require.NoError(t, err)
		then, err := kam.ReadSignals(movedAccount(t, a, 365), day.AddDays(365), kam.SignalRules{})
		require.NoError(t, err)
		equalSignals(t, now, then)
		require.Equal(t, then.To, now.To.AddDays(365))
		require.Equal(t, then.From, now.From.AddDays(365))
	})
}

const prefix = "zz-"

// renamed gives an account, its contacts and its lines other ids.
func renamed(t require.TestingT, a kam.Account) kam.Account {
	b := copyOf(t, a)
	b.ID = prefix + a.ID
	for i := range b.Contacts {
		c := &b.Contacts[i]
		if c.ID = prefix + c.ID; c.ReportsTo != "" {
			c.ReportsTo = prefix + c.ReportsTo
		}
	}
	for i := range b.Sales {
		for j := range b.Sales[i].ProductLines {
			b.Sales[i].ProductLines[j] = prefix + b.Sales[i].ProductLines[j]
		}
	}
	return b
}

func TestMetaOtherIDsChangeNamesAlone(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	everyAccount(t, func(t *rapid.T, a kam.Account, day kam.Date) {
		one, two := assessOn(t, engine, a, day), assessOn(t, engine, renamed(t, a), day)
		require.Equal(t, toJSON(t, one), strings.ReplaceAll(toJSON(t, two), prefix, ""))
		m, n := kam.MapContacts(a.Contacts, day, kam.ContactRules{}), kam.MapContacts(renamed(t, a).Contacts, day, kam.ContactRules{})
		require.Equal(t, toJSON(t, m), strings.ReplaceAll(toJSON(t, n), prefix, ""))
	})
	slowly(t, func(t *rapid.T) {
		accounts := crowd(t, 4)
		var others []kam.Account
		for _, a := range accounts {
			others = append(others, renamed(t, a))
		}
		require.Equal(t, toJSON(t, portfolio(t, engine, accounts)), strings.ReplaceAll(toJSON(t, portfolio(t, engine, others)), prefix, ""))
	})
}

// A factor by another name weighs the same.
func TestMetaOtherFactorIDsChangeNamesAlone(t *testing.T) {
	p := kam.DefaultPolicy()
	for i := range p.Attractiveness.Factors {
		p.Attractiveness.Factors[i].ID = prefix + p.Attractiveness.Factors[i].ID
	}
	one, two := compiled(t, kam.Policy{}), compiled(t, p)
	everyAccount(t, func(t *rapid.T, a kam.Account, day kam.Date) {
		b := copyOf(t, a)
		for id, answer := range b.Answers["attractiveness"] {
			delete(b.Answers["attractiveness"], id)
			b.Answers["attractiveness"][prefix+id] = answer
		}
		x, y := assessOn(t, one, a, day), assessOn(t, two, b, day)
		require.Equal(t, toJSON(t, x.Attractiveness), strings.ReplaceAll(toJSON(t, y.Attractiveness), prefix, ""))
		require.Equal(t, x.Placement, y.Placement)
	})
}

// A plan by other ids has the same faults and the same progress.
func TestMetaOtherPlanIDsChangeNamesAlone(t *testing.T) {
	engine := compiled(t, kam.Policy{})
	rename := func(s *string) {
		if *s != "" {
			*s = prefix + *s
		}
	}
	slowly(t, func(t *rapid.T) {
		p := plan().Draw(t, "plan")
		q := copyOf(t, p)
		for i := range q.Objectives {
			rename(&q.Objectives[i].ID)
		}
		for i := range q.Actions {
			a := &q.Actions[i]
			rename(&a.ID)
			rename(&a.Objective)
			for j := range a.After {
				rename(&a.After[j])
			}
		}
		w1, e1 := p.Validate(asOf)
		w2, e2 := q.Validate(asOf)
		text := func(w kam.Violations, err error) string {
			return strings.ReplaceAll(fmt.Sprint(toJSON(t, w), toJSON(t, kam.ViolationsOf(err))), prefix, "")
		}
		require.Equal(t, text(w1, e1), text(w2, e2))
		one, err1 := engine.Progress(p, kam.Account{ID: "x"}, asOf)
		two, err2 := engine.Progress(q, kam.Account{ID: "x"}, asOf)
		require.Equal(t, err1 == nil, err2 == nil)
		require.Equal(t, toJSON(t, one), strings.ReplaceAll(toJSON(t, two), prefix, ""))
		require.Equal(t, engine.Completeness(p), engine.Completeness(q))
	})
}
