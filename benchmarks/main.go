// Command benchmarks does the same work with kam and with what one would use
// instead, side by side in one run, and prints a table in Markdown. It fails
// if one of the exact ways disagrees with kam.
//
// It is a module of its own, so that the peers never reach the go.mod of
// kam's users.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"
)

func main() {
	n := flag.Int("accounts", 100_000, "how many accounts; the slow peers do a part of them")
	passes := flag.Int("passes", 11, "how often all is measured")
	only := flag.String("only", "", "the peers to measure, as a regular expression; the loops by hand always are")
	flag.Parse()
	if err := run(*n, *passes, *only); err != nil {
		fmt.Fprintln(os.Stderr, "benchmarks:", err)
		os.Exit(1)
	}
}

func run(n, passes int, only string) error {
	if n < 1 || passes < 1 {
		return errors.New("there is nothing to measure: -accounts and -passes are 1 or more")
	}
	pattern, err := regexp.Compile(only)
	if err != nil {
		return fmt.Errorf("-only: %w", err)
	}
	return report(os.Stdout, n, passes, pattern)
}

// line is what was measured of an entry.
type line struct {
	entry
	accounts          int
	nanos, ratios     []float64 // an account, by pass
	bytes, allocs     float64   // an account, in the last pass
	otherCells, onCut int
}

func report(w io.Writer, n, passes int, only *regexp.Regexp) error {
	var chosen []entry
	for i, e := range entries {
		if i == 0 || only.MatchString(e.name) {
			chosen = append(chosen, e)
		}
	}
	fmt.Fprintf(w, "%s, %d cores, %s, %s/%s. %d accounts, %d passes.\n\n",
		processor(), runtime.NumCPU(), runtime.Version(), runtime.GOOS, runtime.GOARCH, n, passes)
	accounts, atCut := ordinary(n), onTheLine(max(n/10, 1))
	want, wantAtCut := reference(accounts), reference(atCut)
	lines, peers := make([]line, len(chosen)), make([]peer, len(chosen))
	for i, e := range chosen {
		some, someAtCut := accounts[:max(n/e.of, 1)], atCut[:max(len(atCut)/e.of, 1)]
		lines[i], peers[i] = line{entry: e, accounts: len(some)}, e.make(some)
		var err error
		peers[i].run()
		if lines[i].otherCells, err = compare(e, peers[i], want[:len(some)]); err != nil {
			return err
		}
		p := e.make(someAtCut)
		p.run()
		if lines[i].onCut, err = compare(e, p, wantAtCut[:len(someAtCut)]); err != nil {
			return err
		}
	}
	runs := make([]func(), len(chosen))
	for i := range peers {
		runs[i] = peers[i].run
	}
	race(lines, runs, passes)
	table(w, lines, len(atCut))
	staged, err := stageReport(w, n, passes, only)
	if err != nil {
		return err
	}
	if len(chosen) == len(entries) {
		targets(w, append(lines, staged...))
	}
	misses, scores := floatMisses(accounts)
	fmt.Fprintf(w, "\nContributions in float64, rounded one by one to 4 places, miss their rounded score in %d of %d cases (%.0f %%).\n",
		misses, scores, 100*float64(misses)/float64(scores))
	return nil
}

// race measures the lines in turns. The first, which all are measured by, runs
// just before each.
func race(lines []line, runs []func(), passes int) {
	for range passes {
		for i := range lines {
			base := measure(runs[0], &lines[0])
			nanos := measure(runs[i], &lines[i])
			lines[i].nanos = append(lines[i].nanos, nanos)
			lines[i].ratios = append(lines[i].ratios, nanos/base)
		}
	}
}

// measure runs a peer once to warm up and then again and again for at least
// 10 ms, and returns the nanoseconds of an account.
func measure(run func(), l *line) float64 {
	runtime.GC()
	run()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	done, start := 0, time.Now()
	for time.Since(start) < 10*time.Millisecond {
		run()
		done += l.accounts
	}
	nanos := float64(time.Since(start).Nanoseconds())
	runtime.ReadMemStats(&after)
	l.bytes = float64(after.TotalAlloc-before.TotalAlloc) / float64(done)
	l.allocs = float64(after.Mallocs-before.Mallocs) / float64(done)
	return nanos / float64(done)
}

func table(w io.Writer, lines []line, atCut int) {
	fmt.Fprintf(w, "| the work with | accounts | ns (quartiles) | × float64 loop (quartiles) | bytes | allocations | exact | in another cell | of those on a cut |\n")
	fmt.Fprintf(w, "|---|---:|---:|---:|---:|---:|---|---:|---:|\n")
	for _, l := range lines {
		exact := "no"
		if l.exact {
			exact = "yes"
		}
		onCut := max(atCut/l.of, 1)
		fmt.Fprintf(w, "| %s | %d | %s | %s | %.0f | %.0f | %s | %d of %d | %d of %d |\n",
			l.name, l.accounts, spread(l.nanos), spread(l.ratios), l.bytes, l.allocs, exact,
			l.otherCells, l.accounts, l.onCut, onCut)
	}
}

// stageReport measures the second work, where one of its peers is chosen.
func stageReport(w io.Writer, n, passes int, only *regexp.Regexp) ([]line, error) {
	var lines []line
	var runs []func()
	var want []finding
	in := witnesses(n)
	for i, p := range stagePeers {
		if i > 0 && !only.MatchString(p.name) {
			continue
		}
		run, found := p.make(in)
		if run(); i == 0 {
			want = found
		}
		if err := sameFindings(p.name, found, want); err != nil {
			return nil, err
		}
		lines, runs = append(lines, line{entry: entry{name: p.name}, accounts: n}), append(runs, run)
	}
	if len(lines) == 1 {
		return nil, nil
	}
	race(lines, runs, passes)
	fmt.Fprintf(w, "\n| the work with | accounts | ns (quartiles) | × by hand (quartiles) | bytes | allocations |\n|---|---:|---:|---:|---:|---:|\n")
	for _, l := range lines {
		fmt.Fprintf(w, "| %s | %d | %s | %s | %.0f | %.0f |\n", l.name, l.accounts, spread(l.nanos), spread(l.ratios), l.bytes, l.allocs)
	}
	return lines, nil
}

// spread is the median with the quartiles.
func spread(xs []float64) string {
	return fmt.Sprintf("%s (%s–%s)", figures(median(xs)), figures(quantile(xs, 1, 4)), figures(quantile(xs, 3, 4)))
}

func median(xs []float64) float64 { return quantile(xs, 1, 2) }

// quantile is the value that num of den of the others are at most; of an even
// number the upper.
func quantile(xs []float64, num, den int) float64 {
	return slices.Sorted(slices.Values(xs))[min(len(xs)*num/den, len(xs)-1)]
}

// figures is x with 3 digits that count.
func figures(x float64) string {
	switch {
	case x < 10:
		return fmt.Sprintf("%.2f", x)
	case x < 100:
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.0f", x)
}

// targets prints what was asked for beside what was reached.
func targets(w io.Writer, lines []line) {
	of, line := map[string]float64{}, map[string]line{}
	for _, l := range lines {
		name := strings.Trim(l.name, "*")
		of[name], line[name] = median(l.ratios), l
	}
	assess, again := line["kam, the whole Assess"], line["kam, the whole Assess, by an Assessor"]
	bound := of["kam, bound"]
	fmt.Fprintf(w, "\n| target | asked for | reached |\n|---|---:|---:|\n")
	for _, t := range []struct {
		what    string
		least   bool
		limit   float64
		reached float64
	}{
		{"bound, × float64 loop", false, 0.6, bound},
		{"bound, with contributions, × float64 loop", false, 2.5, of["kam, bound, with contributions"]},
		{"from maps, × float64 loop", false, 15, of["kam, from maps"]},
		{"stage and twelve checks, × by hand", false, 2, of["kam, bound, stage and twelve checks"]},
		{"bound, times faster than the faster of expr and cel", true, 100, min(of["expr-lang/expr, compiled"], of["cel-go, compiled"]) / bound},
		{"bound, times faster than plain decimal", true, 150, of["shopspring/decimal, plain"] / bound},
		{"the whole Assess, µs", false, 10, median(assess.nanos) / 1000},
		{"the whole Assess, allocations", false, 40, assess.allocs},
		{"the whole Assess, by an Assessor, µs", false, 10, median(again.nanos) / 1000},
		{"the whole Assess, by an Assessor, allocations", false, 4, again.allocs},
	} {
		sign, met := "≤", t.reached <= t.limit
		if t.least {
			sign, met = "≥", t.reached >= t.limit
		}
		missed := ""
		if !met {
			missed = ", missed"
		}
		fmt.Fprintf(w, "| %s | %s %g | %s%s |\n", t.what, sign, t.limit, figures(t.reached), missed)
	}
}

// processor is the model's name where the system tells it.
func processor() string {
	f, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return "unknown processor"
	}
	defer f.Close()
	seen := map[string]string{}
	for s := bufio.NewScanner(f); s.Scan(); {
		name, value, _ := strings.Cut(s.Text(), ":")
		if name = strings.TrimSpace(name); seen[name] == "" {
			seen[name] = strings.TrimSpace(value)
		}
	}
	return fmt.Sprintf("%s (family %s, model %s)", seen["model name"], seen["cpu family"], seen["model"])
}
