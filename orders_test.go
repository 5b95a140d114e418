package kam_test

import (
	"fmt"
	"log"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// A CRM has orders. The sales of an account are periods without a gap, up to the day.
func ExampleMonthlyPeriods() {
	eur := func(text string) *kam.Money {
		m, err := kam.ParseMoney(text + " EUR")
		if err != nil {
			log.Fatal(err)
		}
		return &m
	}
	orders := []kam.Order{
		{On: kam.NewDate(2026, 9, 3), Revenue: eur("1200"), ProductLines: []string{"pumps"}},
		{On: kam.NewDate(2026, 9, 24), Revenue: eur("800.50"), ProductLines: []string{"valves", "pumps"}},
		{On: kam.NewDate(2026, 11, 12), Revenue: eur("300"), ProductLines: []string{"pumps"}},
		{On: kam.NewDate(2026, 11, 27), Revenue: eur("5000"), ProductLines: []string{"pumps"}}, // not yet
	}
	sales, err := kam.MonthlyPeriods(orders, kam.NewDate(2026, 9, 1), kam.NewDate(2026, 11, 24))
	if err != nil {
		log.Fatal(err)
	}
	for _, p := range sales {
		fmt.Println(p.From, p.To, *p.Orders, p.Revenue, p.LastOrder, p.ProductLines)
	}
	// Output:
	// 2026-09-01 2026-09-30 2 2000.50 EUR 2026-09-24 [pumps valves]
	// 2026-10-01 2026-10-31 0 0.00 EUR  []
	// 2026-11-01 2026-11-30 1 300.00 EUR 2026-11-12 [pumps]
}

func TestMonthlyPeriods(t *testing.T) {
	day := kam.NewDate
	full := func(on kam.Date) kam.Order {
		return kam.Order{On: on, Revenue: money("10 EUR"), DirectCost: money("6.5 EUR"), Discount: money("1 EUR"), ProductLines: []string{"a"}, Units: new(3)}
	}
	without := func(on kam.Date, change func(*kam.Order)) kam.Order {
		o := full(on)
		change(&o)
		return o
	}
	for name, tt := range map[string]struct {
		orders   []kam.Order
		from, to kam.Date
		want     []kam.Period
	}{
		"nobody orders": {nil, day(2026, 1, 15), day(2026, 2, 1), []kam.Period{
			{From: day(2026, 1, 15), To: day(2026, 1, 31), Orders: new(0), Revenue: new(kam.Money)}, {From: day(2026, 2, 1), To: day(2026, 2, 28), Orders: new(0), Revenue: new(kam.Money)},
		}},
		"the first and the last day, and what is beyond": {
			[]kam.Order{full(day(2026, 3, 10)), full(day(2026, 3, 4)), full(day(2026, 3, 11)), full(day(2026, 3, 5))},
			day(2026, 3, 5), day(2026, 3, 10),
			[]kam.Period{{From: day(2026, 3, 5), To: day(2026, 3, 31), Orders: new(2), LastOrder: day(2026, 3, 10), Revenue: money("20 EUR"), DirectCost: money("13 EUR"), Discount: money("2 EUR"), ProductLines: []string{"a"}, Units: new(6)}},
		},
		"what one does not tell": {
			[]kam.Order{
				without(day(2026, 3, 1), func(o *kam.Order) { o.DirectCost, o.ProductLines = nil, nil }), full(day(2026, 3, 31)), full(day(2026, 2, 28)),
				without(day(2026, 3, 2), func(o *kam.Order) { o.Units = nil }),
			},
			day(2026, 2, 1), day(2026, 3, 31),
			[]kam.Period{
				{From: day(2026, 2, 1), To: day(2026, 2, 28), Orders: new(1), LastOrder: day(2026, 2, 28), Revenue: money("10 EUR"), DirectCost: money("6.5 EUR"), Discount: money("1 EUR"), ProductLines: []string{"a"}, Units: new(3)},
				{From: day(2026, 3, 1), To: day(2026, 3, 31), Orders: new(3), LastOrder: day(2026, 3, 31), Revenue: money("30 EUR"), Discount: money("3 EUR")},
			},
		},
		"a credit note, and no line": {
			[]kam.Order{full(day(2026, 3, 1)), {On: day(2026, 3, 2), Revenue: money("-12 EUR"), ProductLines: []string{}, Units: new(0)}},
			day(2026, 3, 1), day(2026, 3, 31),
			[]kam.Period{{From: day(2026, 3, 1), To: day(2026, 3, 31), Orders: new(2), LastOrder: day(2026, 3, 2), Revenue: money("-2 EUR"), ProductLines: []string{"a"}, Units: new(3)}},
		},
		"months of two currencies": {
			[]kam.Order{{On: day(2026, 3, 1), Revenue: money("5 EUR")}, {On: day(2026, 5, 1), Revenue: money("7 USD")}},
			day(2026, 3, 1), day(2026, 5, 31),
			[]kam.Period{
				{From: day(2026, 3, 1), To: day(2026, 3, 31), Orders: new(1), LastOrder: day(2026, 3, 1), Revenue: money("5 EUR")},
				{From: day(2026, 4, 1), To: day(2026, 4, 30), Orders: new(0), Revenue: money("0 EUR")},
				{From: day(2026, 5, 1), To: day(2026, 5, 31), Orders: new(1), LastOrder: day(2026, 5, 1), Revenue: money("7 USD")},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			given := slices.Clone(tt.orders)
			got, err := kam.MonthlyPeriods(tt.orders, tt.from, tt.to)
			require.NoError(t, err)
			assert.Equal(t, tt.want, got)
			assert.Equal(t, given, tt.orders, "they stay in their order")
			require.NoError(t, kam.Account{ID: "x", Sales: got}.Validate())
		})
	}
}

func TestMonthlyPeriodsRefuses(t *testing.T) {
	day := kam.NewDate
	on := day(2026, 3, 3)
	most := money("999999999999999999 EUR")
	for name, tt := range map[string]struct {
		orders   []kam.Order
		from, to kam.Date
		want     []string
	}{
		"no days":                  {nil, kam.Date{}, kam.Date{}, []string{"/from missing |", "/asOf missing |"}},
		"the wrong way round":      {nil, day(2026, 3, 2), day(2026, 3, 1), []string{"/asOf order 2026-03-01|>= 2026-03-02"}},
		"an order of no day":       {[]kam.Order{{}, {On: on}}, on, on, []string{"/orders/0/on missing |"}},
		"two currencies":           {[]kam.Order{{On: on, Revenue: money("5 EUR")}, {On: on, Revenue: money("7 USD")}}, on, on, []string{"/orders/1/revenue currency-mix 7.00 USD|EUR"}},
		"too much":                 {[]kam.Order{{On: on, DirectCost: most}, {On: on, DirectCost: most}}, on, on, []string{"/orders/1/directCost money 999999999999999999.00 EUR|999999999999999999.00 EUR"}},
		"units":                    {[]kam.Order{{On: on, Units: new(-1)}, {On: on, Units: new(math.MaxInt)}}, on, on, []string{"/orders/0/units range -1|0..1000000000", fmt.Sprintf("/orders/1/units range %d|0..1000000000", math.MaxInt)}},
		"a discount below nothing": {[]kam.Order{{On: on, Discount: money("-1 EUR")}}, on, on, []string{"/orders/0/discount range -1.00 EUR|>= 0"}},
		"a line without an id":     {[]kam.Order{{On: on, ProductLines: []string{"a", ""}}}, on, on, []string{"/orders/0/productLines/1 missing |"}},
		"too many lines":           {manyLines(on), on, on, []string{"/orders/1/productLines too-large 10002|<= 10000"}},
		"units of a month":         {[]kam.Order{{On: on, Units: new(1_000_000_000)}, {On: on, Units: new(1)}}, on, on, []string{"/orders/1/units range 1000000001|0..1000000000"}},
		"too many months":          {nil, day(1, 1, 1), day(9999, 12, 31), []string{"/from too-large 10001|<= 10000"}},
		"too many orders":          {make([]kam.Order, 10_001), on, on, []string{"/orders too-large 10001|<= 10000"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := kam.MonthlyPeriods(tt.orders, tt.from, tt.to)
			assert.Equal(t, tt.want, found(err))
			assert.Nil(t, got)
		})
	}
}

// manyLines are two orders that have more product lines together than a period may have.
func manyLines(on kam.Date) []kam.Order {
	out := []kam.Order{{On: on, ProductLines: []string{"x", "y"}}, {On: on}}
	for i := range 10_000 {
		out[1].ProductLines = append(out[1].ProductLines, fmt.Sprint("line", i))
	}
	return out
}

// By chance: what all orders come to is what the periods come to, and the signals of the account do
// not hang on the order in which they are given.
func TestMonthlyPeriodsAddUp(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	from := kam.NewDate(2024, 11, 1)
	for range 200 {
		var orders []kam.Order
		sum, count := int64(0), 0
		for range rng.IntN(60) {
			cents := rng.Int64N(100_000) - 5_000
			m, err := kam.Minor(cents, "EUR")
			require.NoError(t, err)
			on := from.AddDays(rng.IntN(760) - 10)
			orders = append(orders, kam.Order{On: on, Revenue: &m, ProductLines: []string{string(rune('a' + rng.IntN(5)))}})
			if on.Cmp(from) >= 0 && on.Cmp(asOf) <= 0 {
				sum, count = sum+cents, count+1
			}
		}
		periods, err := kam.MonthlyPeriods(orders, from, asOf)
		require.NoError(t, err)
		require.Len(t, periods, 25)
		total, of := kam.Money{}, 0
		for i, p := range periods {
			total, err = total.Add(*p.Revenue)
			require.NoError(t, err)
			of += *p.Orders
			if i > 0 {
				require.Equal(t, 1, p.From.DaysSince(periods[i-1].To), "without a gap")
			}
		}
		want, err := kam.Minor(sum, "EUR")
		require.NoError(t, err)
		require.Equal(t, count, of)
		require.Zero(t, total.Amount().Cmp(want.Amount()))
		rng.Shuffle(len(orders), func(i, j int) { orders[i], orders[j] = orders[j], orders[i] })
		again, err := kam.MonthlyPeriods(orders, from, asOf)
		require.NoError(t, err)
		require.Equal(t, periods, again)
	}
}
