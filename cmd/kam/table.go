package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/kam-go/kam"
)

// table assesses the accounts and prints a table for people, the
// most attractive of each cell first, and a summary by cell; bad lines, and accounts that come a
// second time, are reported and left out.
func (o *options) table(engine *kam.Engine, stdin io.Reader, w, stderr io.Writer) error {
	in, err := o.accounts(stdin)
	if err != nil {
		return err
	}
	defer in.close()
	var all []kam.Assessment
	for a, err := range engine.AssessRows(in.once(), o.asOf) {
		if err != nil {
			in.report(stderr, err)
			continue
		}
		all = append(all, a)
	}
	if in.failed != nil {
		return in.failed
	}
	return in.done(printAssessments(w, engine, all, o.asOf, o.lang))
}

func printAssessments(w io.Writer, engine *kam.Engine, all []kam.Assessment, asOf kam.Date, lang kam.Language) error {
	slices.SortStableFunc(all, byPlace)
	t := table{lang: lang, engine: engine, gaps: weightsOf(engine.Policy())}
	t.header()
	for _, a := range all {
		t.account(a)
	}
	if err := t.print(w); err != nil {
		return err
	}
	notes := kam.Text{
		EN: "\nScores are of 100; the percentage is how much of the scorecard is known.\n~ provisional: an answer that is missing could still move the account. ? not known.\n\n",
		ZH: "\n分数满分为 100，百分数为已知部分的权重占比。\n~ 暂定：缺少的答案仍可能改变位置。? 未知。\n\n",
	}
	if _, err := io.WriteString(w, notes.In(lang)); err != nil {
		return err
	}
	sum := summary(all, lang)
	if err := sum.print(w); err != nil {
		return err
	}
	ref := engine.Ref()
	_, err := fmt.Fprintf(w, "\n%s %s %s, sha256 %s\n", asOf, ref.Name, ref.Version, ref.Digest)
	return err
}

// order of the cells in the table: where attention should go first.
var order = []kam.Cell{kam.CellKey, kam.CellTarget, kam.CellMaintain, kam.CellLowProfile, kam.CellUnknown}

func byPlace(a, b kam.Assessment) int {
	return cmp.Or(
		cmp.Compare(slices.Index(order, a.CellInForce()), slices.Index(order, b.CellInForce())),
		better(a.Attractiveness.Points, b.Attractiveness.Points),
		better(revenueOf(a), revenueOf(b)),
		cmp.Compare(a.Account, b.Account),
	)
}

// better puts the greater number first, and the unknown last.
func better(a, b *kam.Number) int {
	switch {
	case a != nil && b != nil:
		return b.Cmp(*a)
	case a != nil:
		return -1
	case b != nil:
		return 1
	}
	return 0
}

func revenueOf(a kam.Assessment) *kam.Number {
	if v, ok := a.Signals.Value(kam.SignalRevenue); ok {
		return &v
	}
	return nil
}

// table is rows of cells, aligned by the width that a terminal shows.
type table struct {
	lang   kam.Language
	engine *kam.Engine
	gaps   map[string]kam.Number
	rows   [][]string
}

func (t *table) header() {
	head := [][2]string{
		{"ACCOUNT", "客户"},
		{"NAME", "名称"},
		{"STAGE", "阶段"},
		{"CELL", "位置"},
		{"ATTRACTIVE", "吸引力"},
		{"STRENGTH", "关系强度"},
		{"POTENTIAL", "潜力"},
		{"MISSING MOST", "最需补充"},
	}
	var row []string
	for _, h := range head {
		row = append(row, kam.Text{EN: h[0], ZH: h[1]}.In(t.lang))
	}
	t.rows = append(t.rows, row)
}

func (t *table) account(a kam.Assessment) {
	stage := a.StageInForce().Label().In(t.lang)
	if !a.Stage.Firm && !byHand(a, kam.OverrideStage) {
		stage += " ~"
	}
	cell := "?"
	if c := a.CellInForce(); c != kam.CellUnknown {
		cell = c.Label().In(t.lang)
	}
	if !a.Placement.Firm && !byHand(a, kam.OverrideCell) {
		cell += " ~"
	}
	t.rows = append(t.rows, []string{
		a.Account, cut(a.Name, 28), stage, cell,
		scoreText(a.Attractiveness), scoreText(a.Strength), scoreText(a.Potential),
		t.missing(a),
	})
}

// byHand reports an override in force.
func byHand(a kam.Assessment, of string) bool {
	return slices.ContainsFunc(a.Overrides, func(o kam.Overruling) bool { return o.Of == of && o.State == kam.OverrideInForce })
}

func scoreText(s kam.Score) string {
	points := "?"
	if s.Points != nil {
		points = s.Points.Fixed(1)
	}
	return fmt.Sprintf("%5s %3s%%", points, s.Coverage.Fixed(0))
}

// missing names the heaviest gap of the scores that place the account.
func (t *table) missing(a kam.Assessment) string {
	var ids []string
	for _, s := range []kam.Score{a.Attractiveness, a.Strength} {
		for _, id := range s.Missing {
			ids = append(ids, s.Scorecard+"/"+id)
		}
	}
	slices.SortStableFunc(ids, func(a, b string) int { return t.gaps[b].Cmp(t.gaps[a]) })
	if len(ids) == 0 {
		return ""
	}
	name := t.engine.Label(kam.Evidence(ids[0])).In(t.lang)
	if more := len(ids) - 1; more > 0 {
		return kam.Text{EN: fmt.Sprintf("%s +%d", name, more), ZH: fmt.Sprintf("%s等 %d 项", name, len(ids))}.In(t.lang)
	}
	return name
}

// weightsOf returns the weights of the factors of the grid's scorecards.
func weightsOf(p kam.Policy) map[string]kam.Number {
	weights := map[string]kam.Number{}
	for _, s := range []kam.Scorecard{p.Attractiveness, p.Strength} {
		for _, f := range s.Factors {
			weights[s.ID+"/"+f.ID] = f.Weight
			for _, q := range f.Questions {
				weights[s.ID+"/"+q.ID] = f.Weight
			}
		}
	}
	return weights
}

// summary counts the accounts and adds up the revenue of each cell.
func summary(all []kam.Assessment, lang kam.Language) table {
	head := [][2]string{{"CELL", "位置"}, {"ACCOUNTS", "客户数"}, {"FIRM", "确定"}, {"REVENUE", "收入"}, {"WHAT IT ASKS FOR", "应对方式"}}
	t := table{lang: lang}
	var row []string
	for _, h := range head {
		row = append(row, kam.Text{EN: h[0], ZH: h[1]}.In(lang))
	}
	t.rows = append(t.rows, row)
	for _, cell := range order {
		var n, firm int
		var revenue kam.Money
		for _, a := range all {
			if a.CellInForce() != cell {
				continue
			}
			n++
			if a.Placement.Firm || byHand(a, kam.OverrideCell) {
				firm++
			}
			if v, ok := a.Signals.Value(kam.SignalRevenue); ok {
				revenue = add(revenue, v, a.Signals.Currency)
			}
		}
		t.rows = append(t.rows, []string{
			cell.Label().In(lang), fmt.Sprintf("%8d", n), fmt.Sprintf("%4d", firm),
			fmt.Sprintf("%15s", revenue), firstSentence(cell.Strategy().In(lang)),
		})
	}
	return t
}

// add adds what an account brought; what does not add up is left out, as one
// portfolio has one currency.
func add(sum kam.Money, v kam.Number, currency string) kam.Money {
	m, err := kam.NewMoney(v.Decimal().RoundBank(2), currency)
	if err != nil {
		return sum
	}
	if total, err := sum.Add(m); err == nil {
		return total
	}
	return sum
}

func firstSentence(s string) string {
	if i := strings.IndexAny(s, ".。"); i >= 0 {
		return s[:i]
	}
	return s
}

func (t *table) print(w io.Writer) error {
	widths := make([]int, len(t.rows[0]))
	for _, row := range t.rows {
		for i, c := range row {
			row[i] = oneLine(c)
			widths[i] = max(widths[i], width(row[i]))
		}
	}
	for _, row := range t.rows {
		var line strings.Builder
		for i, c := range row {
			line.WriteString(c)
			line.WriteString(strings.Repeat(" ", widths[i]-width(c)+2))
		}
		if _, err := fmt.Fprintln(w, strings.TrimRight(line.String(), " ")); err != nil {
			return err
		}
	}
	return nil
}

// oneLine shows what would break a line or the columns as a space.
func oneLine(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || c == '\u2028' || c == '\u2029' {
			return ' '
		}
		return c
	}, s)
}

// width is how many columns a terminal gives a text: two for a character of
// Chinese, Japanese or Korean.
func width(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x1100 && r <= 0x115F || r >= 0x2E80 && r <= 0xA4CF || r >= 0xAC00 && r <= 0xD7A3 ||
			r >= 0xF900 && r <= 0xFAFF || r >= 0xFE30 && r <= 0xFE6F || r >= 0xFF00 && r <= 0xFF60 {
			n++
		}
	}
	return n
}

// cut shortens a name to a number of columns.
func cut(s string, columns int) string {
	if width(s) <= columns {
		return s
	}
	runes := []rune(s)
	for width(string(runes)) > columns-1 {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), " ") + "…"
}
