package kam_test

import (
	"bytes"
	"go/ast"
	"go/build"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// apiOf lists what a package exports, sorted: constants with their values,
// types with their exported fields and tags, functions and methods.
func apiOf(t *testing.T, dir string) []string {
	pkg, err := build.ImportDir(dir, 0)
	require.NoError(t, err)
	fset := token.NewFileSet()
	var out []string
	list := func(node any) {
		var b bytes.Buffer
		require.NoError(t, (&printer.Config{Mode: printer.UseSpaces, Tabwidth: 1}).Fprint(&b, fset, node))
		var lines []string
		for line := range strings.Lines(b.String()) { // no columns, which a longer name would shift
			if words := strings.Fields(line); len(words) > 0 {
				indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
				lines = append(lines, indent+strings.Join(words, " "))
			}
		}
		out = append(out, strings.Join(lines, "\n"))
	}
	for _, name := range pkg.GoFiles {
		file, err := parser.ParseFile(fset, filepath.Join(dir, name), nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		ast.FileExports(file)
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				d.Body = nil
				list(d)
			case *ast.GenDecl:
				if d.Tok == token.CONST {
					list(d) // whole, since the order gives the values
					continue
				}
				for _, spec := range d.Specs {
					list(&ast.GenDecl{Tok: d.Tok, Specs: []ast.Spec{spec}})
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// The exported API is in a golden file, so that a change of it is seen in
// review: a line that goes or changes breaks someone.
func TestAPI(t *testing.T) {
	const name = "testdata/api.txt"
	var b strings.Builder
	for _, dir := range []string{".", "questions"} {
		b.WriteString("package " + dir + "\n\n" + strings.Join(apiOf(t, dir), "\n") + "\n\n")
	}
	got := b.String()
	assert.Greater(t, strings.Count(got, "\n"), 1000, "the list is not empty")
	assert.NotContains(t, got, "Deprecated")
	if *update {
		require.NoError(t, os.WriteFile(name, []byte(got), 0o600))
	}
	want, err := os.ReadFile(name)
	require.NoError(t, err)
	if got == string(want) {
		return
	}
	lines := func(s string) map[string]int {
		m := map[string]int{}
		for l := range strings.Lines(s) {
			m[l]++
		}
		return m
	}
	was, is := lines(string(want)), lines(got)
	for _, d := range []struct {
		what      string
		here, not map[string]int
	}{{"gone or changed", was, is}, {"new", is, was}} {
		for l, n := range d.here {
			if d.not[l] < n {
				t.Logf("%s: %s", d.what, strings.TrimSpace(l))
			}
		}
	}
	t.Error("the exported API is not that of " + name + `. What is gone or changed breaks programs: say so in CHANGELOG.md. Then "go test -run TestAPI -update ."`)
}
