package kam

import (
	"fmt"
	"math/big"
	"slices"
)

// Pace is how an objective stands against the straight line from its baseline
// to its target.
type Pace uint8

// The paces.
const (
	PaceUnknown Pace = iota // no baseline, no target or no current value
	PaceAhead               // better than the line, by more than 5 % of the whole way
	PaceOnTrack             // on the line, or off it by 5 % of the whole way at most
	PaceBehind              // behind the line by more
)

var paceWords = enumWords[Pace]{"unknown", "ahead", "on-track", "behind"}

// paceTolerance is how far from the line still counts as on track, in percent
// of the way from baseline to target.
const paceTolerance = 5

// PlanProgress is how a plan stands on a day.
type PlanProgress struct {
	AsOf       Date                `json:"asOf"`
	Objectives []ObjectiveProgress `json:"objectives,omitempty"`
	// Done, Open, Late and Blocked list the actions: late ones are open and
	// past due, blocked ones open and waiting for another that is. An action
	// that is both is in both; one that was dropped is in none.
	Done    []string `json:"done,omitempty"`
	Open    []string `json:"open,omitempty"`
	Late    []string `json:"late,omitempty"`
	Blocked []string `json:"blocked,omitempty"`
	// LastReview is the day of the latest review; see [Plan.Diff] for what has
	// changed since.
	LastReview Date `json:"lastReview,omitzero"`
	// Critical is the chain of open actions that decides when the plan ends:
	// the one due last, and before each the one it waits for that is due
	// last.
	Critical []string           `json:"critical,omitempty"`
	Forecast []ForecastProgress `json:"forecast,omitempty"`
}

// ObjectiveProgress is an objective against its straight line.
type ObjectiveProgress struct {
	Objective string `json:"objective"`
	Pace      Pace   `json:"pace"`
	// On is the day that is compared: the one of the current value, or the
	// as-of day where that is not known.
	On Date `json:"on"`
	// Expected is what the line asks for on that day, rounded half to even to
	// 4 places, and Ahead by how much the current value is better than that;
	// nil is unknown. A value from before the line begins is compared with
	// nothing.
	Expected *Number `json:"expected,omitzero"`
	Current  *Number `json:"current,omitzero"`
	Ahead    *Number `json:"ahead,omitzero"`
}

// ForecastProgress is a forecast against what happened.
type ForecastProgress struct {
	From Date `json:"from"`
	To   Date `json:"to"`
	// Forecast is in the policy's currency where it has one, like Actual.
	Forecast Money `json:"forecast"`
	// Actual is the revenue of the account in the period, once it is over and
	// known, and Error that less the forecast; nil is unknown, as of a period without a first
	// or a last day.
	Actual *Money `json:"actual,omitzero"`
	Error  *Money `json:"error,omitzero"`
	// ErrorPercent is the error in percent of the forecast, rounded half to
	// even to 4 places; nil where the forecast is not above zero.
	ErrorPercent *Number `json:"errorPercent,omitzero"`
}

// Progress says how a plan stands on a day. The account's sales are what the
// forecast is held against, and nothing else: the current value of an objective
// is what the plan says. Amounts are converted by the policy's rates; two
// currencies without a rate are a [CodeCurrencyMix], and a plan of another
// account a [CodeUnknown], forecasts that share days are a [CodeOverlap], numbers of objectives
// that are none a [CodeNumber], and to the zero Engine any plan is a [CodeMissing]. Else the
// plan is taken as it is: [Plan.Validate] checks it.
func (e *Engine) Progress(p Plan, a Account, asOf Date) (PlanProgress, error) {
	if !e.compiled() {
		return PlanProgress{}, fmt.Errorf("kam: progress of the plan of account %q: %w", clip(p.Account), noEngine())
	}
	var r report
	r.asOf(asOf)
	p.of(&r, &a)
	for i := range p.Objectives {
		o := &p.Objectives[i]
		r.enter("/objectives", i)
		r.number("/baseline", o.Baseline)
		r.number("/target", o.Target)
		r.number("/current", o.Current)
		r.leave()
	}
	a.check(&r, noPolicy{})
	out := PlanProgress{AsOf: asOf}
	if len(r.found) == 0 {
		for _, o := range p.Objectives {
			out.Objectives = append(out.Objectives, o.progress(p.From, asOf))
		}
		p.actions(&out)
		for _, v := range p.Reviews {
			if v.On.Cmp(asOf) <= 0 {
				out.LastReview = maxDate(out.LastReview, v.On)
			}
		}
		out.Forecast = p.forecasts(&r, newReader(&a, asOf, e.policy.Signals, e.converter(&a), &r))
	}
	if err := r.found.Err(); err != nil {
		return PlanProgress{}, fmt.Errorf("kam: progress of the plan of account %q: %w", clip(p.Account), err)
	}
	return out, nil
}

// of reports a plan of another account.
func (p *Plan) of(r *report, a *Account) {
	if p.Account != a.ID {
		r.add("/account", CodeUnknown, p.Account, a.ID)
	}
}

// progress compares the current value with the straight line.
func (o *Objective) progress(from, asOf Date) ObjectiveProgress {
	out := ObjectiveProgress{Objective: o.ID, On: asOf}
	if o.CurrentOn.Cmp(asOf) <= 0 { // else nobody knew it yet
		out.Current = clonePtr(o.Current)
		if o.Current != nil && o.CurrentOn.day > 0 {
			out.On = o.CurrentOn
		}
	}
	if o.Start.day > 0 {
		from = o.Start
	}
	before, dated := out.On.Cmp(from) < 0, out.Current != nil && o.CurrentOn.day > 0
	if o.Baseline == nil || o.Target == nil || from.day <= 0 || o.Due.Cmp(from) < 0 || before && dated {
		return out
	}
	passed, all := min(max(out.On.DaysSince(from), 0), o.Due.DaysSince(from)), o.Due.DaysSince(from)
	if all == 0 && !before { // due on the day on which it begins
		passed = 1
	}
	all = max(all, 1)
	way := new(big.Int).Sub(big.NewInt(o.Target.units), big.NewInt(o.Baseline.units))
	line := new(big.Rat).SetFrac(new(big.Int).Mul(way, big.NewInt(int64(passed))), big.NewInt(int64(all)))
	line.Add(line, new(big.Rat).SetInt64(o.Baseline.units))
	out.Expected = &Number{roundRat(line)}
	if out.Current == nil {
		return out
	}
	ahead := out.Current.units - out.Expected.units
	if way.Sign() < 0 { // the target is below the baseline
		ahead = -ahead
	}
	if ahead >= -numberMax && ahead <= numberMax {
		out.Ahead = &Number{ahead}
	}
	tolerance := way.Abs(way).Mul(way, big.NewInt(paceTolerance))
	off := new(big.Int).Mul(big.NewInt(ahead), big.NewInt(100))
	switch {
	case off.CmpAbs(tolerance) <= 0:
		out.Pace = PaceOnTrack
	case ahead > 0:
		out.Pace = PaceAhead
	default:
		out.Pace = PaceBehind
	}
	return out
}

func (a *Action) open() bool { return a.State == ActionOpen || a.State == ActionStarted }

// actions sorts the actions by how they stand.
func (p *Plan) actions(out *PlanProgress) {
	index, last := p.actionIndex(), -1
	for i := range p.Actions {
		a := &p.Actions[i]
		switch {
		case a.State == ActionDone:
			out.Done = append(out.Done, a.ID)
			continue
		case !a.open():
			continue
		}
		out.Open = append(out.Open, a.ID)
		if a.Due.day > 0 && a.Due.Cmp(out.AsOf) < 0 {
			out.Late = append(out.Late, a.ID)
		}
		if p.waitsFor(a, index) >= 0 {
			out.Blocked = append(out.Blocked, a.ID)
		}
		if last < 0 || a.Due.Cmp(p.Actions[last].Due) > 0 {
			last = i
		}
	}
	seen := map[int]bool{}
	for i := last; i >= 0 && !seen[i]; i = p.waitsFor(&p.Actions[i], index) {
		seen[i] = true
		out.Critical = append(out.Critical, p.Actions[i].ID)
	}
	slices.Reverse(out.Critical)
}

// waitsFor is the open action that is due last of those that a waits for, or
// -1.
func (p *Plan) waitsFor(a *Action, index map[string]int) int {
	last := -1
	for _, id := range a.After {
		if i, ok := index[id]; ok && p.Actions[i].open() && (last < 0 || p.Actions[i].Due.Cmp(p.Actions[last].Due) > 0) {
			last = i
		}
	}
	return last
}

// forecasts sets the account's revenue beside each forecast whose period is
// over. A forecast without a currency is in the account's.
func (p *Plan) forecasts(r *report, rd *reader) []ForecastProgress {
	var out []ForecastProgress
	overlaps := p.overlaps()
	for i, f := range p.Forecast {
		at := place("/forecast").index(i)
		if end, ok := overlaps[i]; ok {
			r.add(at, CodeOverlap, f.From.String()+".."+f.To.String(), "> "+end.String())
			continue
		}
		x := ForecastProgress{From: f.From, To: f.To, Forecast: f.Amount}
		if amount := rd.conv.amount(r, at.key("amount"), &f.Amount); amount != nil && f.Amount.Currency() != rd.conv.target {
			var ok bool
			if x.Forecast, ok = moneyOfRat(amount, rd.conv.target); !ok {
				r.add(at.key("amount"), CodeMoney, f.Amount.String(), "")
			}
		}
		if f.From.day > 0 && f.To.day > 0 && f.To.Cmp(rd.asOf) <= 0 { // of a day to come nothing is known; this spares the walk
			x.actual(r, at, rd.total(span{f.From, f.To}, factRevenue).rat(), rd.conv.target)
		}
		out = append(out, x)
	}
	return out
}

func (x *ForecastProgress) actual(r *report, at place, revenue *big.Rat, code string) {
	if revenue == nil {
		return
	}
	m, ok := moneyOfRat(revenue, code)
	if !ok {
		r.add(at, CodeMoney, "", "")
		return
	}
	diff, err := m.Sub(x.Forecast)
	if err != nil {
		r.wrap(at, err, m.String(), &x.Forecast)
		return
	}
	x.Actual, x.Error = &m, &diff
	if n, ok := diff.rational().per(100, x.Forecast.rational()).number(); ok {
		x.ErrorPercent = &n
	}
}
