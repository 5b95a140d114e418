package main

import (
	"database/sql"
	"fmt"
	"strings"

	_ "modernc.org/sqlite" // the driver

	"github.com/kam-go/kam"
)

// sqlite scores a table in SQL, in integers: ratings in hundredths, points in
// ten-thousandths, rounded half to even. One query gives all accounts.
func sqlite(accounts []ratings) peer {
	db := must(sql.Open("sqlite", ":memory:"))
	db.SetMaxOpenConns(1)
	columns := make([]string, 0, factors)
	for c := range weights {
		for i := range weights[c] {
			columns = append(columns, column(c, i))
		}
	}
	exec(db, "create table account (id integer primary key, "+strings.Join(columns, " integer, ")+" integer)")
	exec(db, "begin")
	insert := must(db.Prepare("insert into account values (?" + strings.Repeat(", ?", factors) + ")"))
	for i, a := range accounts {
		row := []any{i}
		for c := range a {
			for _, r := range a[c] {
				if r == missing {
					row = append(row, nil)
				} else {
					row = append(row, r)
				}
			}
		}
		must(insert.Exec(row...))
	}
	exec(db, "commit")
	query := must(db.Prepare(scoring()))
	out := make([]outcome, len(accounts))
	return peer{
		run: func() {
			rows := must(query.Query())
			defer rows.Close()
			for rows.Next() {
				var i int
				var points [cards]sql.NullInt64
				var cell uint8
				check(rows.Scan(&i, &points[0], &points[1], &points[2], &cell))
				for c, p := range points {
					out[i].points[c] = unknown
					if p.Valid {
						out[i].points[c] = p.Int64
					}
				}
				out[i].cell = kam.Cell(cell)
			}
			check(rows.Err())
		},
		outcome: func(i int) outcome { return out[i] },
	}
}

func exec(db *sql.DB, statement string) { must(db.Exec(statement)) }

func column(c, i int) string { return fmt.Sprintf("c%d%s", c, factorID(i)) }

func scoring() string {
	var sums, quotients, points []string
	for c, ws := range weights {
		var sum, weight []string
		for i, w := range ws {
			sum = append(sum, fmt.Sprintf("%d*coalesce(%s,0)", w, column(c, i)))
			weight = append(weight, fmt.Sprintf("%d*(%s is not null)", w, column(c, i)))
		}
		sums = append(sums, fmt.Sprintf("(%s)*1000 n%d, %s d%d", strings.Join(sum, "+"), c, strings.Join(weight, "+"), c))
		quotients = append(quotients, fmt.Sprintf("n%[1]d/d%[1]d q%[1]d, n%[1]d%%d%[1]d r%[1]d, d%[1]d", c))
		points = append(points, fmt.Sprintf("case when d%[1]d >= %[2]d then q%[1]d + (2*r%[1]d + q%[1]d%%2 > d%[1]d) end p%[1]d", c, leastPercent))
	}
	return fmt.Sprintf(`with sums as materialized (select id, %s from account),
		quotients as materialized (select id, %s from sums),
		scores as materialized (select id, %s from quotients)
		select id, p0, p1, p2, case when p1 is null or p2 is null then %[4]d
			when p1 >= %[5]d and p2 >= %[5]d then %[6]d when p1 >= %[5]d then %[7]d when p2 >= %[5]d then %[8]d else %[9]d end
		from scores`,
		strings.Join(sums, ", "), strings.Join(quotients, ", "), strings.Join(points, ", "),
		kam.CellUnknown, cut*10_000, kam.CellKey, kam.CellTarget, kam.CellMaintain, kam.CellLowProfile)
}
