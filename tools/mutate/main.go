// Mutate tests the tests of a package: it breaks the code in one small way at
// a time and sees whether a test fails.
//
//	go run ./tools/mutate [-dir DIR] [-least 95] [-explained FILE] [FILE...]
//
// All mutants of the files stand in one test binary, built once with
// -overlay, and an environment variable says which one is on. Each test is
// first run alone to learn which mutants it reaches and how long it takes; a
// mutant is then run with the tests that reach it, the quick ones first. A test
// that fails without a mutant takes no part, and is named.
//
// It exits with an error when fewer than -least percent of the mutants that a
// test reaches are killed (those that time out count on neither side), when a
// survivor is not in the list of -explained, or when a line of that list
// explains nothing.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

type options struct {
	dir, skip, explained, out, again string

	longest time.Duration
	args    string
	least   float64
	files   []string
}

func main() {
	var o options
	flag.StringVar(&o.dir, "dir", ".", "the package's directory")
	flag.StringVar(&o.skip, "skip", "", "leave out the tests whose names match this expression")
	flag.StringVar(&o.args, "args", "-test.short", "arguments of the test binary, split at spaces")
	flag.StringVar(&o.explained, "explained", "", "file of survivors that are explained: file, function, change and reason, split at tabs")
	flag.StringVar(&o.out, "out", "", "also write every mutant and what came of it to this file")
	flag.StringVar(&o.again, "again", "", "leave out the mutants that this file of an earlier run calls killed; for work on survivors")
	flag.DurationVar(&o.longest, "longest", time.Minute, "leave out the tests that take longer")
	flag.Float64Var(&o.least, "least", 0, "least percentage of the reached mutants that must be killed")
	flag.Parse()
	o.files = flag.Args()
	if err := o.run(); err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

func (o *options) run() error {
	mutants, err := o.test()
	if err != nil {
		return err
	}
	return o.report(mutants)
}

// test makes the mutants and runs the tests on each.
func (o *options) test() ([]mutant, error) {
	p, err := load(o.dir)
	if err != nil {
		return nil, err
	}
	temp, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temp)
	if len(o.files) == 0 {
		o.files = p.files
	}
	mutants, err := p.build(temp, o.files)
	if err != nil {
		return nil, err
	}
	s := suite{binary: filepath.Join(temp, "mutants.test"), dir: p.dir, temp: temp, args: strings.Fields(o.args)}
	if err := s.measure(o, len(mutants)); err != nil {
		return nil, err
	}
	var log *os.File
	if o.out != "" {
		if log, err = os.Create(o.out); err != nil {
			return nil, err
		}
		defer log.Close()
	}
	before, err := readKilled(o.again)
	if err != nil {
		return nil, err
	}
	start := time.Now()
	for i := range mutants {
		m := &mutants[i]
		if before[m.key()]--; before[m.key()] >= 0 {
			m.result, m.by = killed, "before"
		} else {
			m.result, m.by = s.try(m.id)
		}
		if log != nil {
			fmt.Fprintf(log, "%s\t%s\t%s\n", m.result, m, m.by)
		}
	}
	fmt.Printf("%d mutants, %d tests, %s\n\n", len(mutants), len(s.tests), time.Since(start).Round(time.Second))
	return mutants, nil
}

// report prints the counts by file and the survivors, and judges them.
func (o *options) report(mutants []mutant) error {
	explained, err := readExplained(o.explained, o.files)
	if err != nil {
		return err
	}
	var files []string
	counts := map[string]map[result]int{"all": {}}
	for _, m := range mutants {
		if counts[m.file] == nil {
			files, counts[m.file] = append(files, m.file), map[result]int{}
		}
		counts[m.file][m.result]++
		counts["all"][m.result]++
	}
	fmt.Println("| file | killed | survived | timed out | not reached | killed of reached |\n|---|---|---|---|---|---|")
	for _, f := range append(files, "all") {
		c := counts[f]
		fmt.Printf("| %s | %d | %d | %d | %d | %.1f %% |\n", f, c[killed], c[survived], c[timedOut], c[notReached], share(c))
	}
	unexplained := 0
	for _, m := range mutants {
		if m.result == killed {
			continue
		}
		reason, ok := explained[m.key()]
		if ok {
			explained[m.key()] = explanation{reason.text, true}
		} else if m.result == survived {
			unexplained++
		}
		fmt.Printf("\n%s\t%s\t%s", m.result, &m, reason.text)
	}
	fmt.Println()
	var idle []string
	for key, e := range explained {
		if !e.used {
			idle = append(idle, key)
		}
	}
	slices.Sort(idle)
	c := counts["all"]
	switch {
	case c[killed]+c[survived] == 0:
		return fmt.Errorf("no mutant was run")
	case share(c) < o.least:
		return fmt.Errorf("%.1f %% were killed, not %g %%", share(c), o.least)
	case o.explained != "" && unexplained > 0:
		return fmt.Errorf("%d survivors are not explained", unexplained)
	case len(idle) > 0:
		return fmt.Errorf("explained, and no survivor:\n%s", strings.Join(idle, "\n"))
	}
	return nil
}

func share(c map[result]int) float64 {
	return 100 * float64(c[killed]) / float64(max(1, c[killed]+c[survived]))
}

type explanation struct {
	text string
	used bool
}

// readExplained returns the reasons by the key of the mutant; those of other
// files take no part.
func readExplained(name string, files []string) (map[string]explanation, error) {
	reasons := map[string]explanation{}
	if name == "" {
		return reasons, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 4 {
			return nil, fmt.Errorf("%s: not four cells: %s", name, line)
		}
		if slices.Contains(files, cells[0]) {
			reasons[strings.Join(cells[:3], "\t")] = explanation{text: cells[3]}
		}
	}
	return reasons, lines.Err()
}

// readKilled counts the mutants of an earlier run that were killed, by key.
// Where some of a key were not, none counts.
func readKilled(name string) (map[string]int, error) {
	counts, alive := map[string]int{}, map[string]bool{}
	if name == "" {
		return counts, nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(line, "\t")
		if len(cells) < 4 {
			return nil, fmt.Errorf("%s: no run's output: %s", name, line)
		}
		file, _, _ := strings.Cut(cells[1], ":")
		key := strings.Join([]string{file, cells[2], cells[3]}, "\t")
		counts[key]++
		alive[key] = alive[key] || result(cells[0]) != killed
	}
	for key := range alive {
		if alive[key] {
			delete(counts, key)
		}
	}
	return counts, nil
}
