package main

import (
	"strconv"

	"github.com/kam-go/kam"
)

// bind gives the rows of the accounts by scorecard.
func bind(accounts []ratings) [cards]kam.Rows {
	var rows [cards]kam.Rows
	for c, scorer := range scorers() {
		rows[c] = scorer.Rows(len(accounts))
		for i, a := range accounts {
			row := rows[c].At(i)
			check(scorer.BindTo(&row, answersOf(a[c])))
		}
	}
	return rows
}

// placed is what the bound peers keep of an account.
type placed struct {
	points [cards]kam.Number
	known  [cards]bool
	cell   kam.Cell
}

func (p *placed) outcome() outcome {
	o := outcome{cell: p.cell}
	for c := range o.points {
		o.points[c] = unitsOrUnknown(p.points[c], p.known[c])
	}
	return o
}

func gridRules() kam.GridRules {
	return kam.GridRules{AttractivenessCut: new(kam.Int(cut)), StrengthCut: new(kam.Int(cut))}
}

func kamBound(accounts []ratings) peer {
	rows, out, grid := bind(accounts), make([]placed, len(accounts)), must(gridRules().Compile())
	return peer{
		run: func() {
			for i := range out {
				o, x, y, z := &out[i], rows[0].At(i).Score(), rows[1].At(i).Score(), rows[2].At(i).Score()
				o.points[0], o.known[0] = x.Points()
				o.points[1], o.known[1] = y.Points()
				o.points[2], o.known[2] = z.Points()
				o.cell = grid.Cell(y, z)
			}
		},
		outcome: func(i int) outcome { return out[i].outcome() },
	}
}

func kamFirm(accounts []ratings) peer {
	rows, out, grid := bind(accounts), make([]placed, len(accounts)), must(gridRules().Compile())
	firm := make([]bool, len(accounts))
	return peer{
		run: func() {
			for i := range out {
				o, x, y, z := &out[i], rows[0].At(i).Score(), rows[1].At(i).Score(), rows[2].At(i).Score()
				o.points[0], o.known[0] = x.Points()
				o.points[1], o.known[1] = y.Points()
				o.points[2], o.known[2] = z.Points()
				o.cell = grid.Cell(y, z)
				firm[i] = grid.Firm(y, z)
			}
		},
		outcome: func(i int) outcome { return out[i].outcome() },
	}
}

func kamContributions(accounts []ratings) peer {
	rows, out, grid := bind(accounts), make([]placed, len(accounts)), must(gridRules().Compile())
	var parts [cards]kam.Parts
	return peer{
		run: func() {
			for i := range out {
				o := &out[i]
				x, y, z := rows[0].At(i).Explain(&parts[0]), rows[1].At(i).Explain(&parts[1]), rows[2].At(i).Explain(&parts[2])
				o.points[0], o.known[0] = x.Points()
				o.points[1], o.known[1] = y.Points()
				o.points[2], o.known[2] = z.Points()
				o.cell = grid.Cell(y, z)
			}
		},
		outcome: func(i int) outcome { return out[i].outcome() },
	}
}

func maps(accounts []ratings) [][cards]kam.Answers {
	out := make([][cards]kam.Answers, len(accounts))
	for i, a := range accounts {
		for c := range a {
			out[i][c] = answersOf(a[c])
		}
	}
	return out
}

func kamMaps(accounts []ratings) peer {
	answers, out, grid := maps(accounts), make([]placed, len(accounts)), must(gridRules().Compile())
	scorers := scorers()
	var row [cards]kam.Row
	return peer{
		run: func() {
			for i := range answers {
				for c := range row {
					check(scorers[c].BindTo(&row[c], answers[i][c]))
				}
				o, x, y, z := &out[i], row[0].Score(), row[1].Score(), row[2].Score()
				o.points[0], o.known[0] = x.Points()
				o.points[1], o.known[1] = y.Points()
				o.points[2], o.known[2] = z.Points()
				o.cell = grid.Cell(y, z)
			}
		},
		outcome: func(i int) outcome { return out[i].outcome() },
	}
}

func kamReasons(accounts []ratings) peer {
	answers, out := maps(accounts), make([]explained, len(accounts))
	scorers, rules := scorers(), gridRules()
	return peer{
		run: func() {
			for i := range answers {
				var scores [cards]kam.Score
				for c := range scores {
					scores[c] = must(scorers[c].Score(answers[i][c]))
				}
				p := must(rules.Place(scores[1], scores[2]))
				out[i] = explained{[...]*kam.Number{scores[0].Points, scores[1].Points, scores[2].Points}, p.Cell}
			}
		},
		outcome: func(i int) outcome { return out[i].outcome() },
	}
}

// explained is what the peers with reasons keep of an account.
type explained struct {
	points [cards]*kam.Number
	cell   kam.Cell
}

func (e *explained) outcome() outcome {
	o := outcome{cell: e.cell}
	for c, p := range e.points {
		o.points[c] = unknown
		if p != nil {
			o.points[c] = units(*p)
		}
	}
	return o
}

// asOf is the day of the assessments.
var asOf = kam.NewDate(2026, 11, 24)

func kamAssess(accounts []ratings) peer {
	policy := kam.DefaultPolicy()
	cards := scorecards()
	policy.Selection, policy.Attractiveness, policy.Strength, policy.Grid = cards[0], cards[1], cards[2], gridRules()
	engine := must(kam.Compile(policy))
	whole, out := make([]kam.Account, len(accounts)), make([]explained, len(accounts))
	for i, a := range accounts {
		whole[i] = facts()
		whole[i].ID = strconv.Itoa(i)
		whole[i].Answers = map[string]kam.Answers{}
		for c, id := range cardIDs {
			whole[i].Answers[id] = answersOf(a[c])
		}
	}
	return peer{
		run: func() {
			for i := range whole {
				a := must(engine.Assess(whole[i], asOf))
				out[i] = explained{[...]*kam.Number{a.Selection.Points, a.Attractiveness.Points, a.Strength.Points}, a.Placement.Cell}
			}
		},
		outcome: func(i int) outcome { return out[i].outcome() },
	}
}

func euros(n int) *kam.Money { return new(must(kam.Minor(int64(n)*100, "EUR"))) }

// facts is an account with 24 months of sales and 12 contacts.
func facts() kam.Account {
	a := kam.Account{
		Name: "Account", Currency: "EUR", CustomerSince: kam.NewDate(2019, 3, 1),
		Wallet: euros(900_000),
	}
	for m := range 24 {
		from := kam.NewDate(2024, 11, 1).AddMonths(m)
		a.Sales = append(a.Sales, kam.Period{
			From: from, To: from.AddMonths(1).AddDays(-1),
			Revenue:    euros(20_000 + 100*m),
			DirectCost: euros(14_000),
			Orders:     new(4), LastOrder: from.AddDays(20),
			Deliveries: new(4), LateDeliveries: new(m % 2), Complaints: new(m % 3),
			ProductLines: []string{"pumps", "valves"},
		})
	}
	for p := range 12 {
		a.Contacts = append(a.Contacts, kam.Contact{
			ID: strconv.Itoa(p), Name: "Person", Department: "department " + strconv.Itoa(p%4), Owner: "Ann",
			Roles: []kam.Role{kam.Role(1 + p%4)}, Influence: kam.Grade(1 + p%3), LastMet: kam.NewDate(2026, 5, 1).AddDays(10 * p),
		})
	}
	for p := range a.Contacts[1:] {
		a.Contacts[1+p].ReportsTo = strconv.Itoa(p / 3)
	}
	return a
}
