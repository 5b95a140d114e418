package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Each line that is not blank gives one assessment or one report with its
// number, and the exit status says whether all were good.
func FuzzLines(f *testing.F) {
	f.Add([]byte("{\"id\":\"a\"}\n\n{\"id\":\"b\"}\r\n{"))
	f.Add([]byte("\uFEFF{\"id\":\"a\"}\n{\"id\":\"\"}\n null \n[]"))
	f.Add([]byte("{\"id\":\"a\",\"wallet\":\"1 EUR\"}\n{\"id\":\"b\",\"wallet\":\"1 USD\"}"))
	f.Fuzz(func(t *testing.T, in []byte) {
		var out, errs bytes.Buffer
		status := run([]string{"assess", "-asof", "2026-11-24", "-workers", "1"}, bytes.NewReader(in), &out, &errs)
		lines := 0
		for i, line := range bytes.Split(in, []byte("\n")) {
			if i == 0 {
				line = bytes.TrimPrefix(line, []byte("\uFEFF"))
			}
			if len(bytes.TrimSpace(line)) > 0 {
				lines++
			}
		}
		bad := 0
		for line := range strings.Lines(errs.String()) {
			if strings.HasPrefix(line, "kam: line ") {
				bad++
			}
		}
		require.Equal(t, lines, strings.Count(out.String(), "\n")+bad, errs.String())
		require.Equal(t, bad > 0, status == exitBad)
		require.Contains(t, []int{exitOK, exitBad}, status)
		var sameOut, sameErrs bytes.Buffer
		require.Equal(t, status, run([]string{"assess", "-asof", "2026-11-24", "-workers", "3"}, bytes.NewReader(in), &sameOut, &sameErrs))
		require.Equal(t, out.String(), sameOut.String())
		require.Equal(t, errs.String(), sameErrs.String())
	})
}
