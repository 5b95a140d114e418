package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"slices"
	"time"

	"github.com/kam-go/kam"
)

// bare is an account as one would decode it without kam: texts and integers,
// and nothing is looked at.
type bare struct {
	ID            string `json:"id"`
	Name          string `json:"name"`
	Segment       string `json:"segment"`
	Owner         string `json:"owner"`
	Place         string `json:"place"`
	Currency      string `json:"currency"`
	CustomerSince string `json:"customerSince"`
	Sales         []struct {
		From           string   `json:"from"`
		To             string   `json:"to"`
		Revenue        *string  `json:"revenue"`
		DirectCost     *string  `json:"directCost"`
		Discount       *string  `json:"discount"`
		Orders         *int     `json:"orders"`
		LastOrder      string   `json:"lastOrder"`
		ProductLines   []string `json:"productLines"`
		Deliveries     *int     `json:"deliveries"`
		LateDeliveries *int     `json:"lateDeliveries"`
		Complaints     *int     `json:"complaints"`
	} `json:"sales"`
	Wallet     *string `json:"wallet"`
	OurRevenue *string `json:"ourRevenue"`
	Answers    map[string]map[string]struct {
		Rating string `json:"rating"`
		By     string `json:"by"`
		On     string `json:"on"`
	} `json:"answers"`
	Judgements map[string]struct {
		Verdict string `json:"verdict"`
		By      string `json:"by"`
		On      string `json:"on"`
	} `json:"judgements"`
	Contacts []struct {
		ID         string   `json:"id"`
		Name       string   `json:"name"`
		Title      string   `json:"title"`
		Department string   `json:"department"`
		Level      string   `json:"level"`
		Roles      []string `json:"roles"`
		Influence  string   `json:"influence"`
		Attitude   string   `json:"attitude"`
		Owner      string   `json:"owner"`
		ReportsTo  string   `json:"reportsTo"`
		LastMet    string   `json:"lastMet"`
	} `json:"contacts"`
}

// same is an account as encoding/json decodes it: the same values, read by the
// same methods of numbers, amounts, days and words.
type same kam.Account

// ways decode one line. All but the first give the same account.
var ways = []struct {
	name   string
	decode func(line []byte) (any, error)
}{
	{"encoding-json,texts-and-ints", func(line []byte) (any, error) { var v bare; return &v, json.Unmarshal(line, &v) }},
	{"encoding-json,same-values", func(line []byte) (any, error) {
		var v same
		err := json.Unmarshal(line, &v)
		return (*kam.Account)(&v), err
	}},
	{"encoding-json,Account", func(line []byte) (any, error) { var v kam.Account; return &v, json.Unmarshal(line, &v) }},
	{"Account.UnmarshalJSON", func(line []byte) (any, error) { var v kam.Account; return &v, v.UnmarshalJSON(line) }},
}

// lines are those of write.
func lines(n int, small bool) ([][]byte, error) {
	var b bytes.Buffer
	err := write(&b, n, small)
	return bytes.SplitAfter(b.Bytes(), []byte("\n"))[:n], err
}

// measure prints how long each way takes for a line: the least and the median
// of many passes over the same lines, one way after the other in each pass.
func measure(w io.Writer, passes int) error {
	fmt.Fprintf(w, "%s, %s/%s, %d passes.\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, passes)
	fmt.Fprintln(w, "| lines | decoded by | bytes a line | µs, least | µs, median | MB/s | bytes | allocations | Account.UnmarshalJSON is faster, times (by medians) |")
	fmt.Fprintln(w, "|---|---|---:|---:|---:|---:|---:|---:|---:|")
	for _, small := range []bool{false, true} {
		lines, err := lines(200, small)
		if err != nil {
			return err
		}
		size := float64(len(bytes.Join(lines, nil))) / float64(len(lines))
		found := make([]figures, len(ways))
		for range passes {
			for i := range ways {
				if err := found[i].pass(ways[i].decode, lines); err != nil {
					return err
				}
			}
		}
		own := found[len(found)-1]
		for i, f := range found {
			fmt.Fprintf(w, "| %s | %s | %.0f | %.2f | %.2f | %.0f | %.0f | %.0f | %.1f (%.1f) |\n",
				map[bool]string{false: "whole", true: "small"}[small], ways[i].name, size, f.least(), f.median(), size/f.least(), f.bytes, f.allocs,
				f.least()/own.least(), f.median()/own.median())
		}
	}
	return steps(w, passes)
}

// steps prints what the command kam assess spends on a line, step by step.
func steps(w io.Writer, passes int) error {
	engine, err := kam.Compile(kam.Policy{})
	if err != nil {
		return err
	}
	var account kam.Account
	var out kam.Assessment
	names := []string{"decode", "assess", "encode"}
	do := []func(line []byte) error{
		func(line []byte) error { account = kam.Account{}; return account.UnmarshalJSON(line) },
		func([]byte) (err error) { out, err = engine.Assess(account, kam.NewDate(2026, 11, 24)); return err },
		func([]byte) error { return json.NewEncoder(io.Discard).Encode(out) },
	}
	fmt.Fprint(w, "\n| lines | step | µs, median | share |\n|---|---|---:|---:|\n")
	for _, small := range []bool{false, true} {
		lines, err := lines(200, small)
		if err != nil {
			return err
		}
		micros := make([][]float64, len(do))
		for range passes {
			var sum [3]time.Duration
			for _, line := range lines {
				for i, step := range do {
					start := time.Now()
					if err := step(line); err != nil {
						return err
					}
					sum[i] += time.Since(start)
				}
			}
			for i, d := range sum {
				micros[i] = append(micros[i], float64(d.Nanoseconds())/1000/float64(len(lines)))
			}
		}
		var all float64
		for i := range micros {
			slices.Sort(micros[i])
			all += micros[i][passes/2]
		}
		for i, m := range micros {
			fmt.Fprintf(w, "| %s | %s | %.1f | %.0f %% |\n", map[bool]string{false: "whole", true: "small"}[small], names[i], m[passes/2], 100*m[passes/2]/all)
		}
	}
	return nil
}

// figures are of one line: microseconds by pass, and the memory of the last.
type figures struct {
	micros        []float64
	bytes, allocs float64
}

func (f *figures) pass(decode func([]byte) (any, error), lines [][]byte) error {
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	for _, line := range lines {
		if _, err := decode(line); err != nil {
			return err
		}
	}
	n := float64(len(lines))
	f.micros = append(f.micros, float64(time.Since(start).Nanoseconds())/1000/n)
	runtime.ReadMemStats(&after)
	f.bytes, f.allocs = float64(after.TotalAlloc-before.TotalAlloc)/n, float64(after.Mallocs-before.Mallocs)/n
	slices.Sort(f.micros)
	return nil
}

func (f *figures) least() float64  { return f.micros[0] }
func (f *figures) median() float64 { return f.micros[len(f.micros)/2] }
