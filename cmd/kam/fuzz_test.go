package main

import (
	"bufio"
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// Each line that is not blank gives one assessment or one report with its
// number, and the error says whether all were good.
func FuzzLines(f *testing.F) {
	f.Add([]byte("{\"id\":\"a\"}\n\n{\"id\":\"b\"}\r\n{"))
	f.Add([]byte("\uFEFF{\"id\":\"a\"}\n{\"id\":\"\"}\n null \n[]"))
	f.Add([]byte("{\"id\":\"a\",\"wallet\":\"1 EUR\"}\n{\"id\":\"b\",\"wallet\":\"1 USD\"}"))
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(f, err)
	assessed := func(in []byte, workers int) (out, errs bytes.Buffer, err error) {
		w := bufio.NewWriter(&out)
		err = assess(engine, kam.NewDate(2026, 11, 24), workers, bytes.NewReader(in), w, newProgress(&errs))
		return out, errs, errors.Join(err, w.Flush())
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		out, errs, err := assessed(in, 1)
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
		require.Equal(t, bad > 0, errors.Is(err, errBadLines))
		require.True(t, err == nil || bad > 0, "%v", err)
		sameOut, sameErrs, sameErr := assessed(in, 3)
		require.Equal(t, err != nil, sameErr != nil)
		require.Equal(t, out.String(), sameOut.String())
		require.Equal(t, errs.String(), sameErrs.String())
	})
}
