package main

import (
	"fmt"
	"io"
	"os"
	"time"
)

// progress tells a person at a terminal how far the work is. Into a file or a
// pipe it reports errors alone.
type progress struct {
	w        io.Writer
	terminal bool
	next     time.Time
	shown    bool
}

const progressEvery = time.Second

func newProgress(w io.Writer) *progress {
	p := &progress{w: w, next: time.Now().Add(progressEvery)}
	if f, ok := w.(*os.File); ok {
		info, err := f.Stat()
		p.terminal = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	return p
}

func (p *progress) step(lines, bad int) {
	if !p.terminal || lines%100 != 0 || time.Now().Before(p.next) {
		return
	}
	fmt.Fprintf(p.w, "\r%d lines, %d bad", lines, bad)
	p.shown, p.next = true, time.Now().Add(progressEvery)
}

func (p *progress) report(format string, args ...any) {
	p.end()
	fmt.Fprintf(p.w, format, args...)
}

// end leaves the progress line.
func (p *progress) end() {
	if p.shown {
		fmt.Fprintln(p.w)
		p.shown = false
	}
}
