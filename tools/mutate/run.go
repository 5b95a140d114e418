package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

type result string

const (
	killed     result = "killed"
	survived   result = "SURVIVED"
	timedOut   result = "timed out"
	notReached result = "not reached"
)

// suite is the test binary and what is known of its tests.
type suite struct {
	binary, dir, temp string
	args              []string
	tests             []test // the quick ones first
}

type test struct {
	name    string
	took    time.Duration
	reaches []bool // by the number of the mutant
}

// memory is what a run may take, in KiB of addresses: some mutants allocate
// without an end.
const memory = 6 << 20

// exec runs tests with a mutant. The mutant 0 is none.
func (s *suite) exec(limit time.Duration, mutant int, trace string, args ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	line := []string{"-c", fmt.Sprintf(`ulimit -v %d; exec "$0" "$@"`, memory), s.binary}
	c := exec.CommandContext(ctx, "sh", slices.Concat(line, s.args, args)...)
	c.Dir, c.WaitDelay = s.dir, time.Second
	c.Env = append(os.Environ(), "MUTANT="+strconv.Itoa(mutant), "MUTANT_TRACE="+trace)
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	err := c.Run()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return out.Bytes(), err
}

// measure runs each test alone.
func (s *suite) measure(o *options, mutants int) error {
	skipped, err := regexp.Compile(o.skip)
	if err != nil {
		return err
	}
	out, err := s.exec(time.Minute, 0, "", "-test.list", ".*")
	if err != nil {
		return fmt.Errorf("list the tests: %w\n%s", err, out)
	}
	trace := filepath.Join(s.temp, "trace")
	for _, name := range strings.Fields(string(out)) {
		if strings.HasPrefix(name, "Benchmark") || o.skip != "" && skipped.MatchString(name) {
			continue
		}
		if err := os.WriteFile(trace, nil, 0o600); err != nil {
			return err
		}
		if out, err := s.exec(2*time.Minute, 0, trace, "-test.run", "^"+name+"$"); err != nil {
			fmt.Printf("left out, since it fails without a mutant: %s: %v\n%s\n", name, err, out)
			continue
		}
		t := test{name: name, reaches: make([]bool, mutants+1)}
		data, err := os.ReadFile(trace)
		if err != nil {
			return err
		}
		for _, id := range strings.Fields(string(data)) {
			n, err := strconv.Atoi(id)
			if err != nil {
				return err
			}
			if n > 0 {
				t.reaches[n] = true
			}
		}
		start := time.Now()
		if out, err := s.exec(2*time.Minute, 0, "", "-test.run", "^"+name+"$"); err != nil {
			fmt.Printf("left out, since it fails at times: %s: %v\n%s\n", name, err, out)
			continue
		}
		if t.took = time.Since(start); t.took > o.longest {
			fmt.Printf("left out, since it takes long: %s\n", name)
			continue
		}
		s.tests = append(s.tests, t)
	}
	slices.SortStableFunc(s.tests, func(a, b test) int { return cmp.Compare(a.took, b.took) })
	return nil
}

// try runs the tests that reach a mutant, in runs of more and more time, until
// one fails. It returns the first line that says so.
func (s *suite) try(mutant int) (result, string) {
	var names []string
	var sum, all time.Duration
	least := 100 * time.Millisecond
	reached := slices.DeleteFunc(slices.Clone(s.tests), func(t test) bool { return !t.reaches[mutant] })
	if len(reached) == 0 {
		return notReached, ""
	}
	for i, t := range reached {
		names, sum, all = append(names, t.name), sum+t.took, all+t.took
		if i+1 < len(reached) && sum < least {
			continue
		}
		tests := []string{"-test.failfast", "-test.run", "^(" + strings.Join(names, "|") + ")$"}
		out, err := s.exec(2*time.Second+10*sum, mutant, "", tests...)
		if errors.Is(err, context.DeadlineExceeded) { // the machine may be busy
			out, err = s.exec(6*time.Second+20*sum, mutant, "", tests...)
		}
		switch {
		case errors.Is(err, context.DeadlineExceeded):
			return timedOut, strings.Join(names, " ")
		case err != nil:
			return killed, firstFailure(out)
		}
		names, sum, least = nil, 0, 2*least
	}
	return survived, ""
}

func firstFailure(out []byte) string {
	for line := range strings.Lines(string(out)) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "--- FAIL") || strings.HasPrefix(line, "panic") || strings.HasPrefix(line, "fatal error") {
			return line
		}
	}
	return "failed"
}
