package kam

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// summed is the sum by the definition, day by day: each day of the window has
// its share of the period that holds it.
func summed(a *Account, asOf Date, w span, value func(*Period) *big.Rat) *big.Rat {
	total := new(big.Rat)
	since := a.CustomerSince
	if since.Cmp(asOf) > 0 {
		since = Date{} // of which nobody knew
	}
	for day := w.from; day.Cmp(w.to) <= 0; day = day.AddDays(1) {
		found := false
		for i := range a.Sales {
			p := &a.Sales[i]
			from := p.From
			if since.Cmp(from) > 0 && since.Cmp(p.To) <= 0 {
				from = since // nothing was sold before
			}
			if p.To.Cmp(asOf) > 0 || day.Cmp(from) < 0 || day.Cmp(p.To) > 0 {
				continue
			}
			v, days := value(p), p.To.DaysSince(from)+1
			if v == nil || days > 35 && (from.Cmp(w.from) < 0 || p.To.Cmp(w.to) > 0) { // nobody knows what was when
				return nil
			}
			total.Add(total, v.Quo(v, big.NewRat(int64(days), 1)))
			found = true
		}
		if !found && (since.IsZero() || day.Cmp(since) >= 0) {
			return nil
		}
	}
	return total
}

// The sums in machine words are those by the definition: periods of any
// length, partly in the window, amounts of any scale, in two currencies, and
// too large for 64 bits.
func TestSumsAreExact(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	asOf := NewDate(2026, 11, 24)
	rate := makeMoney(r.Int64N(numberMax), 12, "EUR")
	rates := map[string]rational{"USD": rate.rational()}
	amount := func() *Money {
		if r.IntN(150) == 0 {
			return nil
		}
		m := makeMoney(r.Int64N(numberMax)>>r.IntN(59), r.IntN(3)*r.IntN(7), []string{"EUR", "EUR", "USD"}[r.IntN(3)])
		return &m
	}
	sums, unknown, large := 0, 0, 0
	for range 400 {
		a := Account{ID: "x"}
		if r.IntN(2) == 0 {
			a.CustomerSince = asOf.AddDays(-r.IntN(900))
		}
		end := asOf.AddDays(r.IntN(20) - 15)
		for range 3 + r.IntN(30) {
			p := Period{From: end.AddDays(-r.IntN(45)), To: end, Revenue: amount(), Orders: new(r.IntN(9)), LateDeliveries: new(0)}
			if r.IntN(4) == 0 {
				p.Deliveries = new(r.IntN(9))
			}
			a.Sales = append(a.Sales, p)
			end = p.From.AddDays(-1)
			if r.IntN(60) == 0 {
				end = end.AddDays(-1)
			}
		}
		var rep report
		rd := newReader(&a, asOf, SignalRules{}.withDefaults(), converter{target: "EUR", decided: true, rates: rates}, &rep)
		require.Empty(t, rep.found)
		odd := span{asOf.AddDays(-r.IntN(500) - 100), asOf.AddDays(-r.IntN(120))}
		for _, w := range []span{rd.now.span, rd.old.span, odd} {
			if w.days() == 0 {
				continue
			}
			same := func(f fact, want *big.Rat) {
				t.Helper()
				got := rd.total(w, f)
				sums++
				if want == nil {
					unknown++
					require.False(t, got.known())
					return
				}
				require.True(t, got.known())
				require.Zero(t, want.Cmp(got.rat()), "%s, not %s", got.rat(), want)
				if got.big != nil {
					large++
				}
			}
			revenue := summed(&a, asOf, w, func(p *Period) *big.Rat {
				if p.Revenue == nil {
					return nil
				}
				x := p.Revenue.rational().rat()
				if p.Revenue.Currency() == "USD" {
					x.Mul(x, rate.rational().rat())
				}
				return x
			})
			same(factRevenue, revenue)
			same(factOrders, summed(&a, asOf, w, func(p *Period) *big.Rat { return big.NewRat(int64(*p.Orders), 1) }))
			same(factDeliveries, summed(&a, asOf, w, func(p *Period) *big.Rat {
				if p.Deliveries == nil {
					return big.NewRat(int64(*p.Orders), 1)
				}
				return big.NewRat(int64(*p.Deliveries), 1)
			}))
			same(factComplaints, summed(&a, asOf, w, func(*Period) *big.Rat { return nil }))
		}
	}
	require.Greater(t, sums-unknown, 500)
	require.Greater(t, large, 100, "some need more than 64 bits")
}

// Every signal and every judgement is at its place, and every place has one.
func TestPlaces(t *testing.T) {
	for i, e := range judgements {
		require.Equal(t, i, e.index(), e)
	}
	require.Equal(t, -1, Evidence("").index())
	require.Len(t, judgements, len(accountEvidence{}.verdicts))
	for i, x := range readable {
		require.Equal(t, i, x.signal.index(), x.signal)
	}
	require.Equal(t, -1, Signal("").index())
	s := Signals{Readings: []Reading{{Signal: SignalOrders, Value: new(Int(3))}}}
	n, ok := s.Value(SignalOrders)
	require.True(t, ok, "readings in another order are found as well")
	require.Equal(t, Int(3), n)
}
