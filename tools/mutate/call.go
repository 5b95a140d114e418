package main

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// methods are those that become another one of the same type, where it has
// one with the same arguments and results.
var methods = map[string]string{
	"Add": "Sub", "Sub": "Add", "Mul": "Quo", "Quo": "Mul", "Lsh": "Rsh", "Rsh": "Lsh", "And": "Or", "Or": "And",
	"add": "sub", "sub": "add", "Num": "Denom", "Denom": "Num", "RoundBank": "Round", "RoundFloor": "RoundCeil", "RoundCeil": "RoundFloor",
	"LessThan": "LessThanOrEqual", "LessThanOrEqual": "LessThan", "GreaterThan": "GreaterThanOrEqual", "GreaterThanOrEqual": "GreaterThan",
	"even": "up", "up": "even", "TrimLeft": "TrimRight", "TrimRight": "TrimLeft",
}

// functions are those of other packages that become another one.
var functions = map[string]string{
	"slices.Max": "slices.Min", "slices.Min": "slices.Max", "slices.MaxFunc": "slices.MinFunc", "slices.MinFunc": "slices.MaxFunc",
	"strings.HasPrefix": "strings.HasSuffix", "strings.HasSuffix": "strings.HasPrefix",
}

func (w *writer) call(e *ast.CallExpr) string {
	head := w.text(e.Pos(), e.Lparen)
	arguments := func(list []ast.Expr) string { return w.between(e.Lparen, e.End(), nodes(list)) }
	if w.info.Types[e.Fun].IsType() {
		return head + arguments(e.Args)
	}
	switch name := types.ExprString(e.Fun); {
	case w.info.Types[e.Fun].IsBuiltin():
		switch {
		case name == "make" && len(e.Args) == 3: // a capacity changes nothing
			return head + w.between(e.Lparen, e.End(), nodes(e.Args[1:2]))
		case (name == "min" || name == "max") && len(e.Args) == 2:
			other := map[string]string{"min": "max", "max": "min"}[name]
			id := w.add(e, other+w.text(e.Lparen, e.End()))
			return fmt.Sprintf("mutant%s%s[%s](%d, %s, %s)", strings.ToUpper(name[:1]), name[1:], w.typeName(w.info.TypeOf(e)), id, w.render(e.Args[0]), w.render(e.Args[1]))
		}
	case functions[name] != "":
		id := w.add(e, functions[name]+w.text(e.Lparen, e.End()))
		whole := head + arguments(e.Args)
		return fmt.Sprintf("func() %s { if mutantOn(%d) { return %s%s }; return %s }()", w.typeName(w.info.TypeOf(e)), id, functions[name], w.text(e.Lparen, e.End()), whole)
	case name == "cmp.Compare" || name == "strings.Compare":
		return w.turned(e, head+arguments(e.Args))
	}
	sel, ok := e.Fun.(*ast.SelectorExpr)
	if !ok || w.info.Selections[sel] == nil {
		return w.inside(e)
	}
	other := w.other(sel)
	if other != "" {
		return w.method(e, sel, other)
	}
	whole := w.render(sel.X) + w.text(sel.X.End(), e.Lparen) + arguments(e.Args)
	if sel.Sel.Name == "Cmp" || sel.Sel.Name == "Sign" || sel.Sel.Name == "Compare" {
		return w.turned(e, whole)
	}
	return whole
}

// turned makes a comparison say the opposite: x.Cmp(y) becomes y.Cmp(x).
func (w *writer) turned(e *ast.CallExpr, whole string) string {
	if !isInteger(w.info.TypeOf(e)) || w.equal[e] {
		return whole
	}
	return fmt.Sprintf("mutantMinus(%d, %s)", w.add(e, "-"+w.whole(e)), whole)
}

// other is the name of the method that a method becomes, or "".
func (w *writer) other(sel *ast.SelectorExpr) string {
	s, name := w.info.Selections[sel], methods[sel.Sel.Name]
	other, _, _ := types.LookupFieldOrMethod(s.Recv(), true, w.types, name)
	if other == nil || s.Kind() != types.MethodVal || !types.Identical(signature(other), signature(s.Obj())) {
		return ""
	}
	// Where they differ, it takes an address, or is embedded.
	if !types.Identical(s.Obj().Type().(*types.Signature).Recv().Type(), s.Recv()) {
		return ""
	}
	return name
}

// method makes a method another one.
func (w *writer) method(e *ast.CallExpr, sel *ast.SelectorExpr, other string) string {
	id := w.add(e, w.whole(sel.X)+"."+other+w.text(e.Lparen, e.End()))
	args := make([]string, len(e.Args))
	for i, a := range e.Args {
		args[i] = w.render(a)
	}
	// A name may hide that of its type, and a call must be made once.
	expr := w.whole(sel.X)
	if _, name := sel.X.(*ast.Ident); !name {
		expr, args = "("+w.typeName(w.info.TypeOf(sel.X))+")", append([]string{w.render(sel.X)}, args...)
	}
	return fmt.Sprintf("mutantPick(%d, %s.%s, %s.%s)(%s)", id, expr, sel.Sel.Name, expr, other, strings.Join(args, ", "))
}

func signature(o types.Object) types.Type {
	s := o.Type().(*types.Signature)
	return types.NewSignatureType(nil, nil, nil, s.Params(), s.Results(), s.Variadic())
}
