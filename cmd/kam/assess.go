package main

import (
	"bufio"
	"errors"
	"io"

	"github.com/kam-go/kam"
)

// errBadLines says that some lines were bad; each has been reported.
var errBadLines = errors.New("kam: some lines were bad")

// maxWorkers is far more than there are processors.
const maxWorkers = 1024

// assess streams: one account a line in, one assessment a line out. A bad line is
// reported and the walk goes on.
func assess(engine *kam.Engine, asOf kam.Date, workers int, in io.Reader, out *bufio.Writer, p *progress) error {
	defer p.end()
	bad := 0
	for line, err := range engine.AssessLines(in, asOf, workers) {
		var wrong *kam.LineError
		switch {
		case errors.As(err, &wrong):
			bad++
			p.report("%v\n", wrong)
		case err != nil:
			return err
		default:
			if _, err := out.Write(line.JSON); err != nil {
				return err
			}
			p.step(line.Line, bad)
		}
		if line.Flush { // and so may whoever feeds us
			if err := out.Flush(); err != nil {
				return err
			}
		}
	}
	if bad > 0 {
		return errBadLines
	}
	return nil
}
