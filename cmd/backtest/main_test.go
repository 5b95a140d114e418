package main

import (
	"bytes"
	"flag"
	"math"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write RESULT.txt anew")

// What the program prints is what RESULT.txt and METHOD.md report.
func TestResult(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(&out))
	if *update {
		require.NoError(t, os.WriteFile("RESULT.txt", out.Bytes(), 0o644))
	}
	want, err := os.ReadFile("RESULT.txt")
	require.NoError(t, err)
	assert.Equal(t, string(want), out.String())
}

// Nothing after the months looked at reaches the account.
func TestAccountEndsWithTheLook(t *testing.T) {
	rows, err := read()
	require.NoError(t, err)
	assert.Len(t, rows, 3360)
	for i := range rows {
		before := rows[i].account(1)
		for m := look; m < months; m++ {
			rows[i].invoices[m], rows[i].cancels[m], rows[i].revenue[m] = 999, 999, 999
		}
		require.Equal(t, before, rows[i].account(1))
	}
}

func TestOutcome(t *testing.T) {
	r := row{revenue: [months]int64{0: 182, 6: 46}, invoices: [months]int{0: 1, 6: 1}}
	isLost, isHalved := r.outcome()
	assert.False(t, isLost)
	assert.False(t, isHalved, "a penny a day, then half a penny a day: exactly half")
	r.revenue[6] = 45
	_, isHalved = r.outcome()
	assert.True(t, isHalved)
	r.invoices[6] = 0
	isLost, _ = r.outcome()
	assert.True(t, isLost)
	assert.Equal(t, 5, r.recency(), "an order in December alone")
}

// Small cases worked out by hand: every pair counted, ties as half.
func TestStatistics(t *testing.T) {
	d := newDelong([]float64{3, 2, 2, 1}, []bool{true, true, false, false})
	assert.InDelta(t, 3.5/4, d.auc, 1e-12, "of four pairs three are in order and one is tied")
	// Wilson for 8 of 10: centre (0.8 + 3.8415/20) ÷ 1.38415, as in Wilson (1927).
	w := wilson(8, 10)
	assert.InDelta(t, 0.4902, w.low, 5e-5)
	assert.InDelta(t, 0.9433, w.high, 5e-5)
	l := liftOf([]bool{true, true, false, false}, []bool{true, false, false, false})
	assert.InDelta(t, 2.0, l.value, 1e-12, "a half of the fired against a quarter of all")
	assert.True(t, l.low <= l.value && l.value <= l.high || math.IsNaN(l.low))
}
