package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// pkg is a package with its types.
type pkg struct {
	dir, name string
	files     []string
	fset      *token.FileSet
	syntax    []*ast.File
	info      *types.Info
	types     *types.Package
}

func load(dir string) (*pkg, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	list := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Export,Dir,Name,GoFiles", ".")
	list.Dir, list.Stderr = dir, os.Stderr
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	exports := map[string]string{}
	p := &pkg{dir: dir, fset: token.NewFileSet()}
	var path string
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var l struct {
			ImportPath, Export, Dir, Name string
			GoFiles                       []string
		}
		if err := dec.Decode(&l); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		exports[l.ImportPath] = l.Export
		path, p.name, p.files = l.ImportPath, l.Name, l.GoFiles // the last one is ours
	}
	for _, f := range p.files {
		file, err := parser.ParseFile(p.fset, filepath.Join(dir, f), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		p.syntax = append(p.syntax, file)
	}
	open := func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) }
	conf := types.Config{Importer: importer.ForCompiler(p.fset, "gc", open)}
	p.info = &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Selections: map[*ast.SelectorExpr]*types.Selection{}, Uses: map[*ast.Ident]types.Object{}}
	p.types, err = conf.Check(path, p.fset, p.syntax, p.info)
	return p, err
}

// build writes the files with all their mutants, and the test binary.
func (p *pkg) build(temp string, files []string) ([]mutant, error) {
	for _, f := range files {
		if !slices.Contains(p.files, f) {
			return nil, fmt.Errorf("no file %s in %s", f, p.dir)
		}
	}
	var all []mutant
	overlay := struct{ Replace map[string]string }{map[string]string{}}
	put := func(name, text string) error {
		to := filepath.Join(temp, name)
		overlay.Replace[filepath.Join(p.dir, name)] = to
		return os.WriteFile(to, []byte(text), 0o600)
	}
	for i, f := range p.files {
		if !slices.Contains(files, f) {
			continue
		}
		src, err := os.ReadFile(filepath.Join(p.dir, f))
		if err != nil {
			return nil, err
		}
		w := writer{pkg: p, file: f, src: src, base: p.fset.File(p.syntax[i].Pos()).Base(), mutants: all, plain: map[ast.Expr]bool{}, equal: map[ast.Expr]bool{}, kept: map[ast.Expr]bool{}}
		text := w.render(p.syntax[i])
		all = w.mutants
		if err := put(f, text); err != nil {
			return nil, err
		}
	}
	if err := put("zz_mutants.go", "package "+p.name+"\n"+helpers); err != nil {
		return nil, err
	}
	data, err := json.Marshal(overlay)
	if err != nil {
		return nil, err
	}
	name := filepath.Join(temp, "overlay.json")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		return nil, err
	}
	test := exec.Command("go", "test", "-c", "-vet=off", "-overlay", name, "-o", filepath.Join(temp, "mutants.test"), ".")
	test.Dir = p.dir
	if out, err := test.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go test -c: %w\n%s", err, out)
	}
	return all, nil
}
