package main

import (
	"strconv"

	"github.com/kam-go/kam"
)

// bind gives the rows of the accounts by scorecard.
func bind(scorers [cards]*kam.Scorer, accounts []ratings) [cards]kam.Rows {
	var rows [cards]kam.Rows
	for c, scorer := range scorers {
		rows[c] = must(scorer.Rows(len(accounts)))
		for i, a := range accounts {
			check(rows[c].Bind(i, answersOf(a[c])))
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

func (p *placed) keep(grid *kam.Grid, x, y, z kam.RowScore) {
	p.points[0], p.known[0] = x.Points()
	p.points[1], p.known[1] = y.Points()
	p.points[2], p.known[2] = z.Points()
	p.cell = grid.Cell(y, z)
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

func kamBound(accounts []ratings) peer { return boundPeer(scorers(), accounts) }

func boundPeer(scorers [cards]*kam.Scorer, accounts []ratings) peer {
	rows, out, grid := bind(scorers, accounts), make([]placed, len(accounts)), must(gridRules().Compile())
	return peer{
		run: func() {
			for i := range out {
				// As placed.keep, a call of which is felt here.
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
	rows, out, grid := bind(scorers(), accounts), make([]placed, len(accounts)), must(gridRules().Compile())
	firm := make([]bool, len(accounts))
	return peer{
		run: func() {
			for i := range out {
				x, y, z := rows[0].At(i).Score(), rows[1].At(i).Score(), rows[2].At(i).Score()
				out[i].keep(grid, x, y, z)
				firm[i] = grid.Firm(y, z)
			}
		},
		outcome: func(i int) outcome {
			o := out[i].outcome()
			o.firm = verdict(firm[i])
			return o
		},
	}
}

func verdict(yes bool) kam.Verdict {
	if yes {
		return kam.Yes
	}
	return kam.No
}

func kamContributions(accounts []ratings) peer { return contributionsPeer(scorers(), accounts) }

// contributionsPeer explains each score, and reads all that the factors add.
func contributionsPeer(scorers [cards]*kam.Scorer, accounts []ratings) peer {
	rows, out, grid := bind(scorers, accounts), make([]placed, len(accounts)), must(gridRules().Compile())
	var parts [cards]kam.Contributions
	var read [cards][20]kam.Number
	one := func(i int) {
		out[i].keep(grid, rows[0].At(i).Explain(&parts[0]), rows[1].At(i).Explain(&parts[1]), rows[2].At(i).Explain(&parts[2]))
		for c := range parts {
			into := read[c][:len(weights[c])]
			for j := range into {
				into[j], _ = parts[c].At(j)
			}
		}
	}
	return peer{
		run: func() {
			for i := range out {
				one(i)
			}
		},
		outcome: func(i int) outcome {
			one(i)
			o := out[i].outcome()
			for c := range read {
				o.parts[c] = []int64{}
				for j := range weights[c] {
					if points, counts := parts[c].At(j); counts && points == read[c][j] {
						o.parts[c] = append(o.parts[c], units(points))
					}
				}
			}
			return o
		},
	}
}

// finely are the scorecards with weights of four places.
func finely() [cards]*kam.Scorer {
	var out [cards]*kam.Scorer
	for c, card := range scorecards() {
		card.Relative = true
		for i := range card.Factors {
			card.Factors[i].Weight = kam.Dec(int64(10_000*weights[c][i]+i+1), 4)
		}
		out[c] = must(card.Compile())
	}
	return out
}

func kamFine(accounts []ratings) peer { return fine(accounts, boundPeer) }

func kamFineContributions(accounts []ratings) peer { return fine(accounts, contributionsPeer) }

// fine is a peer whose scores are others, so that it is held to those.
func fine(accounts []ratings, of func([cards]*kam.Scorer, []ratings) peer) peer {
	scorers := finely()
	p := of(scorers, accounts)
	p.want = func(i int) outcome { return explain(scorers, accounts[i]) }
	return p
}

// kamStructs sets the ratings, which are whole hundredths, by their places.
func kamStructs(accounts []ratings) peer {
	out, grid := make([]placed, len(accounts)), must(gridRules().Compile())
	var row [cards]kam.Row
	var places [cards][]int
	for c, scorer := range scorers() {
		row[c] = must(scorer.Bind(nil))
		for i := range weights[c] {
			place, _ := scorer.Index(factorID(i))
			places[c] = append(places[c], place)
		}
	}
	return peer{
		run: func() {
			for i := range accounts {
				for c := range row {
					row[c].Clear()
					for j, r := range accounts[i][c] {
						if r != missing {
							check(row[c].Set(places[c][j], kam.Dec(int64(r), 2)))
						}
					}
				}
				out[i].keep(grid, row[0].Score(), row[1].Score(), row[2].Score())
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

func kamMaps(accounts []ratings) peer { return mapsPeer(maps(accounts)) }

// kamNamed has answers with the person and the day.
func kamNamed(accounts []ratings) peer {
	answers := maps(accounts)
	for i := range answers {
		for _, of := range answers[i] {
			for factor, a := range of {
				a.By, a.On = "王芳", asOf.AddDays(-len(of))
				of[factor] = a
			}
		}
	}
	return mapsPeer(answers)
}

func mapsPeer(answers [][cards]kam.Answers) peer {
	out, grid, scorers := make([]placed, len(answers)), must(gridRules().Compile()), scorers()
	var row [cards]kam.Row
	return peer{
		run: func() {
			for i := range answers {
				for c := range row {
					check(scorers[c].BindTo(&row[c], answers[i][c]))
				}
				out[i].keep(grid, row[0].Score(), row[1].Score(), row[2].Score())
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
	return assessed(accounts, func(engine *kam.Engine) func(*kam.Account) outcome {
		return func(a *kam.Account) outcome {
			out := must(engine.Assess(*a, asOf))
			return assessment(&out)
		}
	})
}

// kamAssessor is the same in memory that is used again.
func kamAssessor(accounts []ratings) peer {
	return assessed(accounts, func(engine *kam.Engine) func(*kam.Account) outcome {
		assessor := engine.Assessor()
		return func(a *kam.Account) outcome { return assessment(must(assessor.Assess(a, asOf))) }
	})
}

func assessment(a *kam.Assessment) outcome {
	e := explained{[...]*kam.Number{a.Selection.Points, a.Attractiveness.Points, a.Strength.Points}, a.Placement.Cell}
	return e.outcome()
}

func assessed(accounts []ratings, by func(*kam.Engine) func(*kam.Account) outcome) peer {
	policy := kam.DefaultPolicy()
	cards := scorecards()
	policy.Selection, policy.Attractiveness, policy.Strength, policy.Grid = cards[0], cards[1], cards[2], gridRules()
	assess := by(must(kam.Compile(policy)))
	whole, out := make([]kam.Account, len(accounts)), make([]outcome, len(accounts))
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
				out[i] = assess(&whole[i])
			}
		},
		outcome: func(i int) outcome { return out[i] },
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
