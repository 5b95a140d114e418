package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// onlineRetail names the environment variable with the path of UCI Online
// Retail by customer and month (CC0), a gzipped CSV.
const onlineRetail = "KAM_ONLINE_RETAIL"

// retailAccounts turns the table into accounts with a period for each of the
// nine months; a customer is one since its first month.
func retailAccounts(t testing.TB) (lines []byte, total decimal.Decimal) {
	t.Helper()
	name := os.Getenv(onlineRetail)
	if name == "" {
		t.Skip(onlineRetail + " is not set: the test of size needs the data")
	}
	f, err := os.Open(name)
	require.NoError(t, err)
	defer f.Close()
	zip, err := gzip.NewReader(f)
	require.NoError(t, err)
	rows, err := csv.NewReader(zip).ReadAll()
	require.NoError(t, err)

	const first, months = 2010*12 + 11, 9 // December 2010 to August 2011
	accounts, order := map[string]*kam.Account{}, []string{}
	for _, row := range rows[1:] {
		a := accounts[row[0]]
		if a == nil {
			a = &kam.Account{ID: row[0], Segment: row[1], Currency: "GBP", Sales: make([]kam.Period, months)}
			for i := range a.Sales {
				from := kam.NewDate((first+i)/12, time.Month((first+i)%12+1), 1)
				a.Sales[i] = kam.Period{From: from, To: from.AddMonths(1).AddDays(-1), Revenue: new(kam.Money), Orders: new(int), Units: new(int)}
			}
			accounts[row[0]], order = a, append(order, row[0])
		}
		month, err := time.Parse("2006-01", row[2])
		require.NoError(t, err)
		p := &a.Sales[month.Year()*12+int(month.Month())-1-first]
		amount, err := decimal.NewFromString(row[7])
		require.NoError(t, err)
		total = total.Add(amount)
		revenue, err := kam.NewMoney(amount, "GBP")
		require.NoError(t, err)
		p.Revenue = &revenue
		*p.Orders, err = strconv.Atoi(row[3])
		require.NoError(t, err)
		if *p.Units, err = strconv.Atoi(row[6]); *p.Units < 0 {
			*p.Units = 0
		}
		require.NoError(t, err)
		if a.CustomerSince.IsZero() || p.From.Cmp(a.CustomerSince) < 0 {
			a.CustomerSince = p.From
		}
	}
	var out bytes.Buffer
	for _, id := range order {
		line, err := json.Marshal(accounts[id])
		require.NoError(t, err)
		out.Write(append(line, '\n'))
	}
	return out.Bytes(), total
}

// 3,360 real customers go through kam assess; not one is lost, and their
// revenue adds up to that of the table.
func TestOnlineRetail(t *testing.T) {
	in, want := retailAccounts(t)
	var out, errs bytes.Buffer
	start := time.Now()
	status := run([]string{"assess", "-asof", "2011-08-31"}, bytes.NewReader(in), &out, &errs)
	t.Logf("%d bytes in, %d bytes out, %v", len(in), out.Len(), time.Since(start))
	require.Equal(t, exitOK, status, errs.String())
	total, n := decimal.Zero, 0
	for line := range strings.Lines(out.String()) {
		var a kam.Assessment
		require.NoError(t, json.Unmarshal([]byte(line), &a))
		revenue, known := a.Signals.Value(kam.SignalRevenue)
		require.True(t, known, a.Account)
		total = total.Add(revenue.Decimal())
		n++
	}
	assert.Equal(t, 3360, n)
	assert.True(t, want.Equal(total), "%s is not %s", total, want)
}

// Memory does not grow with the number of accounts.
func TestAssessRunsInConstantMemory(t *testing.T) {
	account := []byte(`{"id": "x", "answers": {"strength": {"price": 5}}}` + "\n")
	peak := func(n int) uint64 {
		w := &meter{}
		status := run([]string{"assess"}, bytes.NewReader(bytes.Repeat(account, n)), w, os.Stderr)
		require.Equal(t, exitOK, status)
		return w.peak
	}
	small, large := peak(1_000), peak(20_000)
	assert.Less(t, large, small+8<<20, "20 times the accounts, the same memory")
}

// meter throws output away and looks at what is in use.
type meter struct {
	peak   uint64
	writes int
}

func (m *meter) Write(p []byte) (int, error) {
	if m.writes++; m.writes%200 == 0 {
		runtime.GC()
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		m.peak = max(m.peak, stats.HeapAlloc)
	}
	return len(p), nil
}

// The figures of this test were obtained with awk over the table:
//
//	zcat FILE | awk -F, 'NR>1{r[$1]+=$8} END{for(c in r) if (r[c]>0) print r[c]}' | sort -rn
//
// which leaves 3,317 customers above zero with 5,239,240.56 in all; the first
// 332 of them, a tenth rounded up, have 3,118,479.75.
func TestOnlineRetailConcentration(t *testing.T) {
	in, _ := retailAccounts(t)
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	p, err := engine.Portfolio(kam.ReadAccounts(bytes.NewReader(in)), kam.NewDate(2011, 8, 31))
	require.NoError(t, err)
	c := p.RevenueConcentration
	assert.Equal(t, 3317, c.Accounts)
	assert.Equal(t, 43, c.Excluded)
	assert.Equal(t, "59.5216", c.TopTenth.String())
	assert.Equal(t, "3.3661", c.Top1.String())
	assert.Equal(t, "16.8518", c.Top10.String())
	assert.Equal(t, "46.1653", c.HHI.String())
	assert.Equal(t, "0.6978", c.Gini.String())
}
