package kam

import (
	"sync"

	"github.com/kam-go/kam/internal/strictjson"
)

// Accounts come by the million. accountScan reads an ordinary one in a single
// walk; whatever is out of the ordinary it leaves to the strict decoder, which
// also says what is wrong. It takes nothing that the strict decoder refuses,
// and reads it as the same values: FuzzAccountScan holds the two together.
type accountScan struct {
	strictjson.Scanner

	out Account

	// What is collected first, so that lists and maps are made in their size.
	periods    []Period
	contacts   []Contact
	texts      []string
	roles      []Role
	answers    []named[Answer]
	judgements []named[Judgement]

	money   slab[Money]
	numbers slab[Number]
	counts  slab[int]
	lines   slab[string] // for short lists
	parts   slab[Role]
}

// accountScans are used again, for the memory that they have grown.
var accountScans = sync.Pool{New: func() any { return new(accountScan) }}

// scanAccount reports whether it has read an account; if not, a keeps its value.
func scanAccount(data []byte, a *Account) bool {
	s := accountScans.Get().(*accountScan)
	defer accountScans.Put(s)
	s.Reset(data)
	begun(&s.money, len(data))
	begun(&s.numbers, len(data))
	begun(&s.counts, len(data))
	begun(&s.lines, len(data))
	begun(&s.parts, len(data))
	s.account(&s.out)
	ok := s.End()
	if ok {
		*a = s.out
	}
	s.out = Account{}
	s.Reset(nil) // the caller's bytes are not held
	s.money.forget()
	s.numbers.forget()
	s.counts.forget()
	s.lines.forget()
	s.parts.forget()
	return ok
}

// fields are those of one object that have been read, a bit each.
type fields uint64

// first notes a field; one that is given twice is not ours to judge.
func (s *accountScan) first(f *fields, bit int) {
	if *f>>bit&1 != 0 {
		s.Fail()
	}
	*f |= 1 << bit
}

func (s *accountScan) account(a *Account) {
	var seen fields
	s.Open('{')
	for n := 0; s.More('}', n); n++ {
		switch string(s.Key()) {
		case "id":
			s.first(&seen, 0)
			a.ID = s.Text()
		case "name":
			s.first(&seen, 1)
			a.Name = s.Text()
		case "segment":
			s.first(&seen, 2)
			a.Segment = s.Text()
		case "owner":
			s.first(&seen, 3)
			a.Owner = s.Text()
		case "parent":
			s.first(&seen, 4)
			a.Parent = s.Text()
		case "place":
			s.first(&seen, 5)
			a.Place = s.Text()
		case "tier":
			s.first(&seen, 6)
			scanWord(s, &a.Tier)
		case "currency":
			s.first(&seen, 7)
			a.Currency = s.Text()
		case "customerSince":
			s.first(&seen, 8)
			scanWord(s, &a.CustomerSince)
		case "sales":
			s.first(&seen, 9)
			a.Sales = scanList(s, &s.periods, nil, s.period)
		case "wallet":
			s.first(&seen, 10)
			s.amount(&a.Wallet)
		case "walletBefore":
			s.first(&seen, 11)
			s.amount(&a.WalletBefore)
		case "ourRevenue":
			s.first(&seen, 12)
			s.amount(&a.OurRevenue)
		case "answers":
			s.first(&seen, 13)
			s.cards(a)
		case "judgements":
			s.first(&seen, 14)
			a.Judgements = scanMap[Evidence](s, &s.judgements, s.judgement)
		case "contacts":
			s.first(&seen, 15)
			a.Contacts = scanList(s, &s.contacts, nil, s.contact)
		case "stages":
			s.first(&seen, 16)
			s.Value(&a.Stages, maxDepth-1)
		case "cells":
			s.first(&seen, 17)
			s.Value(&a.Cells, maxDepth-1)
		case "overrides":
			s.first(&seen, 18)
			s.Value(&a.Overrides, maxDepth-1)
		case "efforts":
			s.first(&seen, 19)
			s.Value(&a.Efforts, maxDepth-1)
		case "plannedHours":
			s.first(&seen, 20)
			s.numberOf(&a.PlannedHours)
		case "managers":
			s.first(&seen, 21)
			s.Value(&a.Managers, maxDepth-1)
		case "incidents":
			s.first(&seen, 22)
			s.Value(&a.Incidents, maxDepth-1)
		case "satisfaction":
			s.first(&seen, 23)
			s.Value(&a.Satisfaction, maxDepth-1)
		case "activities":
			s.first(&seen, 24)
			s.Value(&a.Activities, maxDepth-1)
		case "standardMargin":
			s.first(&seen, 25)
			s.numberOf(&a.StandardMargin)
		case "peers":
			s.first(&seen, 26)
			s.Value(&a.Peers, maxDepth-1)
		case "attributes":
			s.first(&seen, 27)
			s.Value(&a.Attributes, maxDepth-1)
		default:
			s.Fail()
		}
	}
}

func (s *accountScan) period(p *Period) {
	var seen fields
	s.Open('{')
	for n := 0; s.More('}', n); n++ {
		switch string(s.Key()) {
		case "from":
			s.first(&seen, 0)
			scanWord(s, &p.From)
		case "to":
			s.first(&seen, 1)
			scanWord(s, &p.To)
		case "revenue":
			s.first(&seen, 2)
			s.amount(&p.Revenue)
		case "directCost":
			s.first(&seen, 3)
			s.amount(&p.DirectCost)
		case "discount":
			s.first(&seen, 4)
			s.amount(&p.Discount)
		case "orders":
			s.first(&seen, 5)
			s.count(&p.Orders)
		case "lastOrder":
			s.first(&seen, 6)
			scanWord(s, &p.LastOrder)
		case "productLines":
			s.first(&seen, 7)
			p.ProductLines = scanList(s, &s.texts, &s.lines, s.text)
		case "units":
			s.first(&seen, 8)
			s.count(&p.Units)
		case "returns":
			s.first(&seen, 9)
			s.count(&p.Returns)
		case "deliveries":
			s.first(&seen, 10)
			s.count(&p.Deliveries)
		case "lateDeliveries":
			s.first(&seen, 11)
			s.count(&p.LateDeliveries)
		case "complaints":
			s.first(&seen, 12)
			s.count(&p.Complaints)
		default:
			s.Fail()
		}
	}
}

func (s *accountScan) contact(c *Contact) {
	var seen fields
	s.Open('{')
	for n := 0; s.More('}', n); n++ {
		switch string(s.Key()) {
		case "id":
			s.first(&seen, 0)
			c.ID = s.Text()
		case "name":
			s.first(&seen, 1)
			c.Name = s.Text()
		case "title":
			s.first(&seen, 2)
			c.Title = s.Text()
		case "department":
			s.first(&seen, 3)
			c.Department = s.Text()
		case "level":
			s.first(&seen, 4)
			scanWord(s, &c.Level)
		case "roles":
			s.first(&seen, 5)
			c.Roles = scanList(s, &s.roles, &s.parts, s.role)
		case "influence":
			s.first(&seen, 6)
			scanWord(s, &c.Influence)
		case "attitude":
			s.first(&seen, 7)
			scanWord(s, &c.Attitude)
		case "reach":
			s.first(&seen, 8)
			scanWord(s, &c.Reach)
		case "owner":
			s.first(&seen, 9)
			c.Owner = s.Text()
		case "since":
			s.first(&seen, 10)
			scanWord(s, &c.Since)
		case "until":
			s.first(&seen, 11)
			scanWord(s, &c.Until)
		case "reportsTo":
			s.first(&seen, 12)
			c.ReportsTo = s.Text()
		case "lastMet":
			s.first(&seen, 13)
			scanWord(s, &c.LastMet)
		case "priorities":
			s.first(&seen, 14)
			c.Priorities = scanList(s, &s.texts, &s.lines, s.text)
		case "personality":
			s.first(&seen, 15)
			c.Personality = s.Text()
		default:
			s.Fail()
		}
	}
}

func (s *accountScan) text(t *string) { *t = s.Text() }
func (s *accountScan) role(r *Role)   { scanWord(s, r) }

// cards are the answers by scorecard.
func (s *accountScan) cards(a *Account) {
	if s.Null() {
		return
	}
	a.Answers = map[string]Answers{}
	s.Open('{')
	for n := 0; s.More('}', n); n++ {
		id := s.TextKey()
		if answers := Answers(scanMap[string](s, &s.answers, s.answer)); answers != nil {
			a.Answers[id] = answers
		}
		if len(a.Answers) == n {
			s.Fail() // given twice, or null
		}
	}
}

// answer is an object, or a rating alone.
func (s *accountScan) answer(x *Answer) {
	if s.Peek() != '{' {
		s.number(&x.Rating)
		return
	}
	var seen fields
	s.Open('{')
	for n := 0; s.More('}', n); n++ {
		switch string(s.Key()) {
		case "rating":
			s.first(&seen, 0)
			s.number(&x.Rating)
		case "by":
			s.first(&seen, 1)
			x.By = s.Text()
		case "on":
			s.first(&seen, 2)
			scanWord(s, &x.On)
		case "confidence":
			s.first(&seen, 3)
			s.numberOf(&x.Confidence)
		case "note":
			s.first(&seen, 4)
			x.Note = s.Text()
		default:
			s.Fail()
		}
	}
	if seen&1 == 0 {
		s.Fail()
	}
}

// judgement is an object, or a verdict alone.
func (s *accountScan) judgement(j *Judgement) {
	if s.Peek() != '{' {
		s.verdict(&j.Verdict)
		return
	}
	var seen fields
	s.Open('{')
	for n := 0; s.More('}', n); n++ {
		switch string(s.Key()) {
		case "verdict":
			s.first(&seen, 0)
			s.verdict(&j.Verdict)
		case "by":
			s.first(&seen, 1)
			j.By = s.Text()
		case "on":
			s.first(&seen, 2)
			scanWord(s, &j.On)
		case "note":
			s.first(&seen, 3)
			j.Note = s.Text()
		default:
			s.Fail()
		}
	}
	if seen&1 == 0 {
		s.Fail()
	}
}
