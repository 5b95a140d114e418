package kam_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// monthly is an account with 24 closed months, every fact of sales, 12
// contacts and the answers of [full].
func monthly(t testing.TB) kam.Account {
	a := full(t)
	a.Sales = nil
	for i := range 24 {
		from := kam.NewDate(2024, 11, 1).AddMonths(i)
		money := func(units int) *kam.Money {
			m, err := kam.Minor(int64(units), "EUR")
			require.NoError(t, err)
			return &m
		}
		a.Sales = append(a.Sales, kam.Period{
			From: from, To: from.AddMonths(1).AddDays(-1),
			Revenue: money(900_000 + 1234*i), DirectCost: money(600_000 + 777*i), Discount: money(20_000 + 55*i),
			Orders: new(2 + i%3), LastOrder: from.AddDays(20), ProductLines: []string{"pumps", "valves"},
			Units: new(40 + i), Returns: new(i % 2), Deliveries: new(3 + i%3), LateDeliveries: new(i % 2), Complaints: new(i % 2),
		})
	}
	lead := a.Contacts[0]
	a.Contacts = nil
	for i := range 12 {
		c := lead
		c.ID, c.ReportsTo, c.Level = fmt.Sprintf("c%d", i), "", kam.Level(1+i%5)
		if i > 0 {
			c.ReportsTo = fmt.Sprintf("c%d", i/2)
			c.Roles = []kam.Role{kam.User}
		}
		if i == 1 {
			c.ReportsTo = "c0"
		}
		a.Contacts = append(a.Contacts, c)
	}
	return a
}

// BenchmarkAssessMonthly is one account with 24 monthly periods and 12
// contacts.
func BenchmarkAssessMonthly(b *testing.B) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(b, err)
	account := monthly(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := engine.Assess(account, asOf); err != nil {
			b.Fatal(err)
		}
	}
}

// What an assessment costs in memory is held where it is.
func TestAssessAllocations(t *testing.T) {
	if slower > 1 {
		t.Skip("the race detector allocates, and drops what is pooled")
	}
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	gappy := monthly(t)
	for i := range gappy.Sales {
		gappy.Sales[i].From = gappy.Sales[i].From.AddDays(1)
	}
	for _, x := range []struct {
		name    string
		account kam.Account
		most    float64
	}{{"24 months and 12 contacts", monthly(t), 24}, {"the full account", full(t), 30}, {"an id alone", kam.Account{ID: "x"}, 20}, {"a gap in each month", gappy, 26}} {
		t.Run(x.name, func(t *testing.T) {
			got := testing.AllocsPerRun(100, func() {
				if _, err := engine.Assess(x.account, asOf); err != nil {
					t.Fatal(err)
				}
			})
			require.LessOrEqual(t, got, x.most)
			assessor := engine.Assessor()
			got = testing.AllocsPerRun(100, func() {
				if _, err := assessor.Assess(&x.account, asOf); err != nil {
					t.Fatal(err)
				}
			})
			require.LessOrEqual(t, got, 4.0, "in memory that is used again")
		})
	}
}

// BenchmarkAssessorMonthly is the same in memory that is used again.
func BenchmarkAssessorMonthly(b *testing.B) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(b, err)
	account, assessor := monthly(b), engine.Assessor()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := assessor.Assess(&account, asOf); err != nil {
			b.Fatal(err)
		}
	}
}
