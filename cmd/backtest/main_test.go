package main

import (
	"bytes"
	"flag"
	"fmt"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write RESULT.txt anew")

// What the program prints is RESULT.txt; TestMethod holds METHOD.md to that.
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

// METHOD.md states the numbers of RESULT.txt, but for those that it says are of
// other runs: the inner split, and returns without the test against chance.
func TestMethod(t *testing.T) {
	result, err := os.ReadFile("RESULT.txt")
	require.NoError(t, err)
	method, err := os.ReadFile("../../METHOD.md")
	require.NoError(t, err)
	_, section, ok := strings.Cut(string(method), "### What the backtest shows\n")
	require.True(t, ok)
	section, _, _ = strings.Cut(section, "\n## ")
	section = strings.Join(strings.Fields(section), " ")
	first, second, ok := strings.Cut(string(result), "\ncustomers with 3 orders or more: ")
	require.True(t, ok)

	// figure is the nth number with its interval of a line, by how the line begins.
	figures := regexp.MustCompile(`[-+]?\d+\.\d+(?: %)? \([^)]+\)`)
	figure := func(part, line string, n int) string {
		_, rest, ok := strings.Cut(part, "\n"+line)
		require.True(t, ok, line)
		rest, _, _ = strings.Cut(rest, "\n")
		all := figures.FindAllString(rest, -1)
		require.Greater(t, len(all), n, line)
		return strings.NewReplacer("(+", "(", "to +", "to ", "-", "−").Replace(all[n])
	}
	share := func(part, line string, n int) string { // without its interval
		out, _, _ := strings.Cut(figure(part, line, n), " (")
		return out
	}
	bare := func(part, line string, n int) string { // as after a comma: "+0.024, −0.011 to 0.058"
		return strings.NewReplacer(" (", ", ", ")", "").Replace(figure(part, line, n))
	}
	// counts are how many customers a check could tell of, and for how many it fired.
	counts := func(part, line string) (judged, fired string) {
		_, rest, ok := strings.Cut(part, "\n"+line)
		require.True(t, ok, line)
		words := strings.Fields(rest)
		return words[0], words[1]
	}

	of := regexp.MustCompile(`^.*?: (\d+), lost (\d+\.\d %)`).FindStringSubmatch(first[strings.Index(first, "\nall customers")+1:])
	require.Len(t, of, 3)
	regular, _, _ := strings.Cut(second, ",")
	assert.Contains(t, section, "looks at "+of[1][:1]+","+of[1][1:]+" customers of Online Retail from December 2010 to May 2011; of these "+of[2]+" bought nothing")
	assert.Contains(t, section, "3 orders or more ("+regular+")")

	const gain = "no-order-chance less "
	for _, row := range []struct {
		name, line string
		n          int
	}{
		{"recency, in months", "recency: ", 0},
		{"frequency", "frequency: ", 0},
		{"revenue", "revenue, ", 0},
		{"`no-order-chance`", "order-rhythm: no-order-chance", 0},
		{"`no-order-chance` less recency", "order-rhythm: no-order-chance", 1},
		{"less frequency", gain + "frequency", 0},
		{"less revenue", gain + "revenue", 0},
		{"less orders ÷ (1 + recency)", gain + "orders ÷ (1 + recency)", 0},
	} {
		assert.Contains(t, section, "| "+row.name+" | "+figure(first, row.line, row.n)+" | "+figure(second, row.line, row.n)+" |")
	}

	const watch, atRisk, plain = "order-rhythm watch ", "order-rhythm at-risk ", "no order for 3 months "
	judged, fired := counts(second, watch)
	_, grave := counts(second, atRisk)
	assert.Contains(t, section, "can tell of "+judged+" of the "+regular+" with a rhythm")
	assert.Contains(t, section, "fires for "+fired+" ("+grave+" of them at risk): "+share(second, watch, 0)+" and "+share(second, atRisk, 0)+
		" of these were lost, a lift of "+figure(second, watch, 1)+" and "+figure(second, atRisk, 1)+".")
	assert.Contains(t, section, "ranks worse than recency ("+share(second, "order-rhythm: silence-chance", 0)+
		" of those with 3 orders or more, "+bare(second, "order-rhythm: silence-chance", 1)+")")
	_, fired = counts(second, plain)
	assert.Contains(t, section, "("+share(second, plain, 0)+" of "+fired+")")
	assert.Contains(t, section, "("+bare(second, "order-rhythm: no-order-chance", 3)+")")
	assert.Contains(t, section, "alone has "+share(first, "frequency: ", 0)+" there")
	var lost float64
	_, err = fmt.Sscanf(share(second, atRisk, 0), "%f", &lost)
	require.NoError(t, err)
	assert.Contains(t, section, fmt.Sprintf("- %.0f %% of those under the line of 5 %% came back", 100-lost))
	_, fired = counts(first, "returns-rising watch ")
	assert.Contains(t, section, "fires for "+fired+" customer,")
	assert.Contains(t, section, "has a lift of "+figure(second, "revenue-falling watch ", 1)+" among those with 3 orders or more, and of "+
		figure(second, "revenue-falling at-risk ", 1)+" at risk")
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
