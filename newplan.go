package kam

import (
	"cmp"
	"fmt"
	"slices"
)

// NewPlan drafts the plan of an account for the days from one to another, on
// the assessment of the day asOf: what is known of the account is filled in,
// and what is for people to say is left open, for [Plan.Validate] and
// [Engine.Completeness] to ask for.
//
// Filled in are the snapshot, the key contacts (who have a high influence,
// decide, approve or sponsor; all active ones where nobody is known to), the
// stance that the cell asks for (none where the cell is provisional or the stage speaks against it), an
// objective for each purpose, and a forecast by quarters of the fiscal year with
// the revenue of the same days a year before, rounded half to even to the minor
// unit. Baseline and current value of the business objective are the revenue of the last twelve months; hold it
// against twelve months again. A quarter whose days of a year before are not over or not known, or begin
// before they were a customer, is left out. The errors are those of [Engine.Assess], of days that are none
// ([CodeDate]) or in the wrong order ([CodeOrder]), and of a fiscal year that
// begins in no month ([CodeRange]).
func (e *Engine) NewPlan(a Account, asOf, from, to Date, fiscal FiscalYear) (Plan, error) {
	var r report
	for _, d := range []struct {
		at  place
		day Date
	}{{"/asOf", asOf}, {"/from", from}, {"/to", to}} {
		if d.day.IsZero() || !d.day.Valid() {
			r.add(d.at, CodeDate, d.day.String(), "")
		}
	}
	r.after("/to", from, to)
	fiscal.check(&r, "/fiscalYear")
	if err := r.found.Err(); err != nil {
		return Plan{}, fmt.Errorf("kam: draft a plan of account %q: %w", clip(a.ID), err)
	}
	s, err := e.Assess(a, asOf)
	if err != nil {
		return Plan{}, err
	}
	p := Plan{Account: a.ID, Version: 1, Owner: a.Owner, From: from, To: to, FiscalYear: fiscal}
	if a.Owner != "" {
		p.Team = []string{a.Owner}
	}
	p.Overview.Snapshot = &s
	p.Situation.Contacts = keyContacts(a.Contacts, asOf)
	_, byHand := s.cellByHand()
	if cell := s.CellInForce(); (byHand || s.Placement.Firm) && !s.StageInForce().against(cell) { // else it is to be decided first
		p.Strategy.Stance = stanceOf(cell)
	}
	p.Objectives = []Objective{
		{ID: "position", Purpose: PurposePosition, Due: to},
		{ID: "business", Purpose: PurposeBusiness, Unit: cmp.Or(s.Signals.Currency, e.policy.Currency, a.Currency), Due: to, LowerIsBetter: No},
	}
	if revenue := s.Signals.peek(SignalRevenue); revenue != nil {
		o := &p.Objectives[1]
		o.Baseline, o.Current, o.CurrentOn, o.Start = clonePtr(revenue), clonePtr(revenue), s.Signals.To, s.Signals.To
	}
	p.Forecast = e.yearBefore(&r, &a, asOf, p.FiscalYear, span{from, to})
	if err := r.found.Err(); err != nil {
		return Plan{}, fmt.Errorf("kam: draft a plan of account %q: %w", clip(a.ID), err)
	}
	return p, nil
}

// keyContacts lists the active contacts whose loss would hurt, or all where
// none is known to be one.
func keyContacts(contacts []Contact, asOf Date) []KeyContact {
	some := slices.ContainsFunc(contacts, func(c Contact) bool { return c.key() && c.ActiveOn(asOf) })
	var out []KeyContact
	for _, c := range contacts {
		if c.ActiveOn(asOf) && (c.key() || !some) {
			out = append(out, KeyContact{
				Contact: c.ID, Name: c.Name, Authority: c.Influence, Personality: c.Personality, Priorities: slices.Clone(c.Priorities), Stance: c.Attitude,
			})
		}
	}
	return out
}

// stanceOf is what a cell asks for (S8).
func stanceOf(c Cell) Stance {
	return map[Cell]Stance{CellTarget: StanceInvest, CellKey: StanceInvest, CellMaintain: StanceHold, CellLowProfile: StanceReduce}[c]
}

// yearBefore forecasts each quarter by the revenue of the same days a year
// before, to the minor unit; a quarter without that is left out.
func (e *Engine) yearBefore(r *report, a *Account, asOf Date, fiscal FiscalYear, plan span) []Forecast {
	rd := newReader(a, asOf, e.policy.Signals, e.converter(a), r)
	var out []Forecast
	for q := range fiscal.Periods(plan.from, plan.to, FiscalUnitQuarter) {
		f := Forecast{From: maxDate(q.From, plan.from), To: minDate(q.To, plan.to)}
		before := span{f.From.AddMonths(-12), f.To.AddDays(1).AddMonths(-12).AddDays(-1)}
		revenue := rd.total(before, factRevenue)
		if !revenue.known() || before.from.Cmp(rd.customerSince()) < 0 { // as of days to come, or of a longer period; or before they came
			continue
		}
		var ok bool
		if f.Amount, ok = minorOf(revenue.rat(), rd.conv.target); !ok {
			r.add("/sales", CodeMoney, f.From.String()+".."+f.To.String(), "")
		}
		out = append(out, f)
	}
	return out
}
