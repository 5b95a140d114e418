package main

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// mutant is one small change.
type mutant struct {
	id         int
	file, fn   string
	line       int
	from, into string
	result     result
	by         string // the run that killed it
}

// key tells a mutant from others when lines move.
func (m *mutant) key() string { return m.file + "\t" + m.fn + "\t" + m.from + " → " + m.into }

func (m *mutant) String() string {
	return fmt.Sprintf("%s:%d\t%s\t%s → %s", m.file, m.line, m.fn, m.from, m.into)
}

// writer writes a file with its mutants.
type writer struct {
	*pkg
	file    string
	src     []byte
	base    int
	fn      string
	mutants []mutant
	plain   map[ast.Expr]bool // conditions that are mutated as a whole
	equal   map[ast.Expr]bool // comparisons where only equal or not matters
	kept    map[ast.Expr]bool // constants that are left as they are
	imports map[string]bool   // paths that the file imports, or needs for its mutants
	added   string            // the imports of the latter
}

func (w *writer) text(from, to token.Pos) string {
	return string(w.src[int(from)-w.base : int(to)-w.base])
}

func (w *writer) whole(n ast.Node) string { return w.text(n.Pos(), n.End()) }

// add makes a mutant of n and returns its number.
func (w *writer) add(n ast.Node, into string) int {
	short := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	m := mutant{id: len(w.mutants) + 1, file: w.file, fn: w.fn, line: w.fset.Position(n.Pos()).Line, from: short(w.whole(n)), into: short(into)}
	w.mutants = append(w.mutants, m)
	return m.id
}

// render returns the text of n with its mutants.
func (w *writer) render(n ast.Node) string {
	switch n := n.(type) {
	case *ast.File:
		w.imports = map[string]bool{}
		for _, i := range n.Imports {
			w.imports[strings.Trim(i.Path.Value, `"`)] = true
		}
		var b strings.Builder
		at := n.Name.End()
		for _, d := range n.Decls {
			b.WriteString(w.text(at, d.Pos()) + w.render(d))
			at = d.End()
		}
		return w.text(n.FileStart, n.Name.End()) + w.added + b.String() + w.text(at, n.FileEnd)
	case *ast.FuncDecl:
		if n.Body == nil {
			return w.whole(n)
		}
		w.fn = n.Name.Name
		if n.Recv != nil {
			w.fn = strings.Trim(types.ExprString(n.Recv.List[0].Type), "*") + "." + w.fn
		}
		return w.text(n.Pos(), n.Body.Pos()) + w.render(n.Body)
	case *ast.GenDecl:
		if n.Tok != token.VAR {
			return w.whole(n)
		}
	case *ast.BlockStmt:
		return w.list(n, n.List)
	case *ast.CaseClause:
		at := n.Colon
		head := w.text(n.Pos(), at)
		if len(n.List) > 0 {
			head = w.between(n.Pos(), at, nodes(n.List))
		}
		return head + w.statements(at, n.End(), n.Body)
	case *ast.SwitchStmt:
		if n.Tag == nil {
			w.conditions(n)
		}
	case *ast.IfStmt:
		w.whether(n.Cond)
	case *ast.ReturnStmt:
		if last := len(n.Results) - 1; last > 0 && types.TypeString(w.info.TypeOf(n.Results[last]), nil) == "error" {
			for _, e := range n.Results[:last] { // a constant beside an error says nothing
				w.kept[e] = w.info.Types[e].Value != nil
			}
		}
	case *ast.KeyValueExpr:
		return w.text(n.Pos(), n.Value.Pos()) + w.render(n.Value)
	case ast.Expr:
		return w.expr(n)
	}
	return w.inside(n)
}

func nodes[T ast.Node](list []T) []ast.Node {
	out := make([]ast.Node, len(list))
	for i, n := range list {
		out[i] = n
	}
	return out
}

// inside renders the nodes within n.
func (w *writer) inside(n ast.Node) string {
	var within []ast.Node
	ast.Inspect(n, func(c ast.Node) bool {
		if _, comment := c.(*ast.CommentGroup); c != nil && c != n && !comment {
			within = append(within, c)
		}
		return c == n
	})
	return w.between(n.Pos(), n.End(), within)
}

func (w *writer) between(from, to token.Pos, within []ast.Node) string {
	var b strings.Builder
	for _, c := range within {
		b.WriteString(w.text(from, c.Pos()) + w.render(c))
		from = c.End()
	}
	return b.String() + w.text(from, to)
}

func (w *writer) list(n ast.Node, stmts []ast.Stmt) string {
	return w.statements(n.Pos(), n.End(), stmts)
}

func (w *writer) statements(from, to token.Pos, stmts []ast.Stmt) string {
	var b strings.Builder
	for _, s := range stmts {
		b.WriteString(w.text(from, s.Pos()) + w.stmt(s))
		from = s.End()
	}
	return b.String() + w.text(from, to)
}

// conditions marks the cases of a switch without a tag.
func (w *writer) conditions(n *ast.SwitchStmt) {
	for _, c := range n.Body.List {
		for _, e := range c.(*ast.CaseClause).List {
			w.whether(e)
		}
	}
}

// whether marks a condition that is to be made true and false.
func (w *writer) whether(e ast.Expr) {
	w.plain[e] = true
}

// swaps are the assignments with an operator that become another.
var swaps = map[token.Token]token.Token{
	token.ADD_ASSIGN: token.SUB_ASSIGN, token.SUB_ASSIGN: token.ADD_ASSIGN, token.MUL_ASSIGN: token.QUO_ASSIGN,
	token.QUO_ASSIGN: token.MUL_ASSIGN, token.REM_ASSIGN: token.MUL_ASSIGN, token.AND_ASSIGN: token.OR_ASSIGN,
	token.OR_ASSIGN: token.AND_ASSIGN, token.SHL_ASSIGN: token.SHR_ASSIGN, token.SHR_ASSIGN: token.SHL_ASSIGN,
}

// stmt renders a statement of a list, which can be left out or changed.
func (w *writer) stmt(s ast.Stmt) string {
	without := func() string {
		return fmt.Sprintf("if !mutantOn(%d) { %s }", w.add(s, "nothing"), w.inside(s))
	}
	switch s := s.(type) {
	case *ast.ExprStmt:
		if call, ok := s.X.(*ast.CallExpr); ok && types.ExprString(call.Fun) != "panic" {
			return without()
		}
	case *ast.BranchStmt:
		if s.Tok == token.BREAK || s.Tok == token.CONTINUE {
			return without()
		}
	case *ast.IncDecStmt:
		other := map[token.Token]string{token.INC: "--", token.DEC: "++"}[s.Tok]
		x := w.whole(s.X)
		return fmt.Sprintf("if mutantOn(%d) { %s%s } else { %s }", w.add(s, x+other), x, other, w.inside(s))
	case *ast.AssignStmt:
		switch other, op := swaps[s.Tok]; {
		case s.Tok == token.DEFINE || types.ExprString(s.Lhs[0]) == "_" && len(s.Lhs) == 1:
		case op && isInteger(w.info.TypeOf(s.Lhs[0])):
			x, y := w.whole(s.Lhs[0]), w.whole(s.Rhs[0])
			return fmt.Sprintf("if mutantOn(%d) { %s %s %s } else { %s }", w.add(s, x+" "+other.String()+" "+y), x, other, y, w.inside(s))
		default:
			return without()
		}
	}
	return w.render(s)
}

func isInteger(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0 && b.Info()&types.IsUntyped == 0
}

func isBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// typeName is how the file writes a type.
func (w *writer) typeName(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p == w.types {
			return ""
		}
		if !w.imports[p.Path()] { // the type of a field of another file's
			w.imports[p.Path()] = true
			w.added += "; import " + strconv.Quote(p.Path())
		}
		return p.Name()
	})
}

// expr renders an expression.
func (w *writer) expr(e ast.Expr) string {
	if w.plain[e] {
		delete(w.plain, e)
		never, always := w.add(e, "false"), w.add(e, "true")
		return fmt.Sprintf("mutantCond(%d, %d, %s)", never, always, w.operation(e, true))
	}
	return w.operation(e, false)
}

// operation renders an expression. Where it is a whole condition, what only
// turns it around is left out, since true and false do more.
func (w *writer) operation(e ast.Expr, condition bool) string {
	tv := w.info.Types[e]
	if tv.IsType() || w.kept[e] {
		return w.whole(e)
	}
	if tv.Value != nil {
		return w.constant(e, tv)
	}
	switch e := e.(type) {
	case *ast.BinaryExpr:
		return w.binary(e, condition)
	case *ast.UnaryExpr:
		switch {
		case e.Op == token.NOT && !condition:
			return fmt.Sprintf("mutantNot(%d, %s)", w.add(e, w.whole(e.X)), w.inside(e))
		case e.Op == token.SUB && isInteger(tv.Type):
			return fmt.Sprintf("mutantMinus(%d, %s)", w.add(e, w.whole(e.X)), w.inside(e))
		}
	case *ast.CallExpr:
		return w.call(e)
	case *ast.SelectorExpr:
		return w.render(e.X) + w.text(e.X.End(), e.End())
	case *ast.ParenExpr:
		if condition {
			return "(" + w.operation(e.X, true) + ")"
		}
	case *ast.CompositeLit:
		return w.text(e.Pos(), e.Lbrace) + w.between(e.Lbrace, e.End(), nodes(e.Elts))
	case *ast.FuncLit:
		return w.text(e.Pos(), e.Body.Pos()) + w.render(e.Body)
	case *ast.IndexExpr:
		if w.info.Types[e.X].IsType() || w.info.Types[e.Index].IsType() {
			return w.whole(e)
		}
	}
	return w.inside(e)
}

// constant renders a constant: a number that is written as digits, true or
// false.
func (w *writer) constant(e ast.Expr, tv types.TypeAndValue) string {
	if id, ok := e.(*ast.Ident); ok && isBool(tv.Type) && (id.Name == "true" || id.Name == "false") {
		other := map[string]string{"true": "false", "false": "true"}[id.Name]
		return fmt.Sprintf("mutantNot(%d, %s)", w.add(e, other), id.Name)
	}
	digits := false
	ast.Inspect(e, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		digits = digits || ok && (lit.Kind == token.INT || lit.Kind == token.CHAR)
		return true
	})
	if !digits || !isInteger(tv.Type) || tv.Value.Kind() != constant.Int {
		return w.whole(e)
	}
	step, bits := token.ADD, constant.BitLen(tv.Value)
	grows := constant.BitLen(constant.BinaryOp(tv.Value, token.ADD, constant.MakeInt64(1))) > bits
	if bits == 1 || grows && bits > 6 && (bits%8 == 0 || bits%8 == 7) { // 1, and the ends of the types
		step = token.SUB
	}
	other := constant.BinaryOp(tv.Value, step, constant.MakeInt64(1))
	return fmt.Sprintf("mutantConst[%s](%d, %s, %s)", w.typeName(tv.Type), w.add(e, other.String()), w.whole(e), other)
}

// binaries are the operators with a helper and what they become.
var binaries = map[token.Token][2]string{
	token.ADD: {"Add", "-"}, token.SUB: {"Sub", "+"}, token.MUL: {"Mul", "/"}, token.QUO: {"Quo", "*"}, token.REM: {"Rem", "*"},
	token.AND: {"BitAnd", "|"}, token.OR: {"BitOr", "&"}, token.AND_NOT: {"BitClear", "&"}, token.SHL: {"Shl", ">>"}, token.SHR: {"Shr", "<<"},
}

func (w *writer) binary(e *ast.BinaryExpr, condition bool) string {
	x, y := w.whole(e.X), w.whole(e.Y)
	with := func(op string) string { return x + " " + op + " " + y }
	switch e.Op {
	case token.LAND:
		id := w.add(e, with("||"))
		return fmt.Sprintf("mutantAnd(%d, %s, func() bool { return %s })", id, w.render(e.X), w.render(e.Y))
	case token.LOR:
		id := w.add(e, with("&&"))
		return fmt.Sprintf("mutantOr(%d, %s, func() bool { return %s })", id, w.render(e.X), w.render(e.Y))
	case token.EQL, token.NEQ:
		if y == "0" {
			w.equal[e.X] = true
		}
		if condition {
			return w.inside(e)
		}
		other := map[token.Token]string{token.EQL: "!=", token.NEQ: "=="}[e.Op]
		return fmt.Sprintf("mutantNot(%d, %s)", w.add(e, with(other)), w.inside(e))
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
		return w.order(e, condition)
	}
	helper, ok := binaries[e.Op]
	if t := w.info.TypeOf(e); !ok || !isInteger(t) {
		return w.inside(e)
	}
	id, name := w.add(e, with(helper[1])), w.typeName(w.info.TypeOf(e))
	if e.Op == token.SHL || e.Op == token.SHR {
		name += ", " + w.typeName(types.Default(w.info.TypeOf(e.Y)))
	}
	return fmt.Sprintf("mutant%s[%s](%d, %s, %s)", helper[0], name, id, w.render(e.X), w.render(e.Y))
}

// order renders a comparison: the edge moves to the other side, and, unless
// it is a whole condition, all of it is turned around.
func (w *writer) order(e *ast.BinaryExpr, condition bool) string {
	x, y := w.whole(e.X), w.whole(e.Y)
	edges := map[token.Token]string{token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">"}
	others := map[token.Token]string{token.LSS: ">=", token.LEQ: ">", token.GTR: "<=", token.GEQ: "<"}
	edge, not := w.add(e, x+" "+edges[e.Op]+" "+y), -1
	if !condition {
		not = w.add(e, x+" "+others[e.Op]+" "+y)
	}
	t := w.info.TypeOf(e.X)
	if b, ok := t.(*types.Basic); ok && b.Info()&types.IsUntyped != 0 {
		t = w.info.TypeOf(e.Y)
	}
	helper, a, b := "Less", w.render(e.X), w.render(e.Y)
	if e.Op == token.LEQ || e.Op == token.GEQ {
		helper = "LessEqual"
	}
	if e.Op == token.GTR || e.Op == token.GEQ {
		a, b = b, a
	}
	return fmt.Sprintf("mutant%s[%s](%d, %d, %s, %s)", helper, w.typeName(t), edge, not, a, b)
}
