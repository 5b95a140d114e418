package main

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPortfolioIsUpToDate(t *testing.T) {
	want, err := os.ReadFile("../accounts.jsonl")
	require.NoError(t, err)
	got, err := portfolio("../input")
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got), "run go generate ./cmd/kam/northwind")
}

// The tables are whole: Northwind has 2,155 lines of 830 orders.
func TestTablesAreWhole(t *testing.T) {
	for table, want := range map[string]int{"customers": 91, "orders": 830, "order_details": 2155} {
		rows, err := read("../input/" + table + ".csv")
		require.NoError(t, err)
		assert.Len(t, rows, want, table)
	}
}

func TestPortfolioNeedsItsTables(t *testing.T) {
	_, err := portfolio(t.TempDir())
	require.ErrorIs(t, err, os.ErrNotExist)
}
