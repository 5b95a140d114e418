package northwind_test

import (
	"os"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/cmd/kam/northwind"
)

// What Northwind is known to hold, summed another way: 91 customers, 830
// orders, revenue after discount of 1,265,793.04.
func TestTotals(t *testing.T) {
	accounts, orders, revenue := 0, 0, decimal.Zero
	for a, err := range northwind.Accounts() {
		require.NoError(t, err)
		require.NoError(t, a.Validate(), a.ID)
		accounts++
		for _, p := range a.Sales {
			orders += *p.Orders
			revenue = revenue.Add(p.Revenue.Amount())
		}
	}
	assert.Equal(t, 91, accounts)
	assert.Equal(t, 830, orders)
	assert.Equal(t, "1265793.04", revenue.StringFixed(2))
}

// Every stage and every cell shows, some firm and some provisional.
func TestSamplesShowEverything(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	stages, cells, answered := map[kam.Stage]int{}, map[kam.Cell]int{}, 0
	firm := map[bool]int{}
	for a, err := range engine.AssessRows(northwind.Accounts(), northwind.AsOf) {
		require.NoError(t, err)
		stages[a.Stage.Suggested]++
		cells[a.Placement.Cell]++
		if a.Placement.Cell != kam.CellUnknown {
			answered++
			firm[a.Placement.Firm]++
		}
	}
	for _, s := range kam.Stages() {
		assert.NotZero(t, stages[s], s)
	}
	for _, c := range kam.Cells() {
		assert.NotZero(t, cells[c], c)
	}
	assert.NotZero(t, firm[true])
	assert.NotZero(t, firm[false])
	assert.Equal(t, 24, answered, "25 have answers, one of them too few")
}

func TestLicenceIsKept(t *testing.T) {
	for _, name := range []string{"LICENSE", "input/LICENSE"} {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		assert.Contains(t, string(data), "Microsoft Public License", name)
	}
}
