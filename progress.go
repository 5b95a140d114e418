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
	PaceUnknown Pace = iota // no baseline, target or current value, one that is stale or of before the start, or no way that is better
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
	// that is both is in both; one that was dropped is in none, and one that was done
	// later is open on the day. DoneLate are those of Done that were done after they were due.
	Done     []string `json:"done,omitempty"`
	DoneLate []string `json:"doneLate,omitempty"`
	Open     []string `json:"open,omitempty"`
	Late     []string `json:"late,omitempty"`
	Blocked  []string `json:"blocked,omitempty"`
	// Issues are the key issues, settled by the day or open, and late where they are open and
	// past due.
	Issues IssueProgress `json:"issues,omitzero"`
	// LastReview is the day of the latest review; see [Plan.Diff] for what has
	// changed since.
	LastReview Date `json:"lastReview,omitzero"`
	// Critical is the chain of open actions that decides when the plan ends:
	// the one due last, and before each the one it waits for that is due
	// last.
	Critical []string           `json:"critical,omitempty"`
	Forecast []ForecastProgress `json:"forecast,omitempty"`
	// ToDate is the sum of the forecasts whose actual revenue is known, from the first of their
	// days to the last; nil where there are none, or no Money holds it. Its Expected
	// is nil where one of those forecasts has none, or no Money holds the sum.
	ToDate *ForecastProgress `json:"toDate,omitzero"`
}

// IssueProgress lists the key strategic issues of a plan by how they stand.
type IssueProgress struct {
	Settled []string `json:"settled,omitempty"`
	// SettledLate are those of Settled that were settled after they were due.
	SettledLate []string `json:"settledLate,omitempty"`
	Open        []string `json:"open,omitempty"`
	Late        []string `json:"late,omitempty"`
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
	// nil is unknown. A value of a day before the line begins is compared with
	// nothing.
	Expected *Number `json:"expected,omitzero"`
	Current  *Number `json:"current,omitzero"`
	Ahead    *Number `json:"ahead,omitzero"`
	// Stale says that the current value tells too little of today: it is of before the due day, and
	// that is over, or more than 92 days have passed. Who was behind is still; else the pace is unknown.
	Stale bool `json:"stale,omitzero"`
}

// ForecastProgress is a forecast against what happened.
type ForecastProgress struct {
	From Date `json:"from"`
	To   Date `json:"to"`
	// Forecast is in the policy's currency where it has one, like Actual.
	Forecast Money `json:"forecast"`
	// Expected is the forecast at its probability ([Forecast.Expected], which rounds in its own
	// currency); nil is unknown.
	Expected *Money `json:"expected,omitzero"`
	// Actual is the revenue of the account in the period, once it is over and
	// known, and Error that less the forecast; nil is unknown, as of a period without a first
	// or a last day, or of more digits than a Money has.
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
// account a [CodeUnknown], forecasts that share days are a [CodeOverlap], objectives, issues and actions
// without an id a [CodeMissing] and with one id a [CodeDuplicate], numbers, days and words of
// theirs that are none a [CodeNumber], a [CodeDate] and a [CodeEnum], and to the zero Engine any
// plan is a [CodeMissing]. Else the plan is taken as it is: [Plan.Validate] checks it.
func (e *Engine) Progress(p Plan, a Account, asOf Date) (PlanProgress, error) {
	if !e.compiled() {
		return PlanProgress{}, fmt.Errorf("kam: progress of the plan of account %q: %w", clip(p.Account), noEngine())
	}
	var r report
	r.asOf(asOf)
	p.of(&r, &a)
	p.checkProgress(&r)
	a.check(&r, noPolicy{})
	out := PlanProgress{AsOf: asOf}
	if len(r.found) == 0 {
		p = p.on(asOf)
		for _, o := range p.Objectives {
			out.Objectives = append(out.Objectives, o.progress(p.From, asOf))
		}
		p.actions(&out)
		p.issues(&out)
		for _, v := range p.Reviews {
			if v.On.Cmp(asOf) <= 0 {
				out.LastReview = maxDate(out.LastReview, v.On)
			}
		}
		out.Forecast = p.forecasts(&r, e, newReader(&a, asOf, e.policy.Signals, e.converter(&a), &r))
		out.ToDate = toDate(out.Forecast)
	}
	if err := r.found.Err(); err != nil {
		return PlanProgress{}, fmt.Errorf("kam: progress of the plan of account %q: %w", clip(p.Account), err)
	}
	return out, nil
}

// checkProgress reports what nobody could compare: things without an id of their own, numbers, days and
// words that are none.
func (p *Plan) checkProgress(r *report) {
	seen := map[string]bool{}
	for i := range p.Objectives {
		o := &p.Objectives[i]
		r.enter("/objectives", i)
		r.unique("/id", o.ID, seen)
		r.number("/baseline", o.Baseline)
		r.number("/target", o.Target)
		r.number("/current", o.Current)
		r.date("/currentOn", o.CurrentOn)
		r.date("/start", o.Start)
		r.date("/due", o.Due)
		enum(r, "/lowerIsBetter", o.LowerIsBetter, verdictWords)
		r.leave()
	}
	seen = map[string]bool{}
	for i := range p.Issues {
		r.enter("/issues", i)
		r.unique("/id", p.Issues[i].ID, seen)
		r.date("/due", p.Issues[i].Due)
		r.date("/settled", p.Issues[i].Settled)
		r.leave()
	}
	seen = map[string]bool{}
	for i := range p.Actions {
		a := &p.Actions[i]
		r.enter("/actions", i)
		r.unique("/id", a.ID, seen)
		r.date("/due", a.Due)
		enum(r, "/state", a.State, actionStateWords)
		r.date("/doneOn", a.DoneOn)
		r.leave()
	}
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
	due := o.Due.day > 0
	out.Stale = dated && !(due && out.On.Cmp(o.Due) >= 0) && (asOf.DaysSince(out.On) > quarter || due && o.Due.Cmp(asOf) < 0)
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
	switch lower := o.lower(); {
	case lower == Yes:
		ahead = -ahead
	case lower == VerdictUnknown && ahead != 0: // the target is the baseline
		return out
	}
	if ahead >= -numberMax && ahead <= numberMax {
		out.Ahead = &Number{ahead}
	}
	tolerance := way.Abs(way).Mul(way, big.NewInt(paceTolerance))
	off := new(big.Int).Mul(big.NewInt(ahead), big.NewInt(100))
	switch {
	case ahead < 0 && off.CmpAbs(tolerance) > 0:
		out.Pace = PaceBehind
	case out.Stale:
	case off.CmpAbs(tolerance) <= 0:
		out.Pace = PaceOnTrack
	default:
		out.Pace = PaceAhead
	}
	return out
}

func (a *Action) open() bool { return a.State == ActionOpen || a.State == ActionStarted }

// on is the plan as it stood on a day: what was done later is under way.
func (p Plan) on(day Date) Plan {
	p.Actions = slices.Clone(p.Actions)
	for i := range p.Actions {
		if a := &p.Actions[i]; a.State == ActionDone && a.DoneOn.Cmp(day) > 0 {
			a.State = ActionStarted
		}
	}
	return p
}

// issues sorts the issues by how they stand.
func (p *Plan) issues(out *PlanProgress) {
	for _, x := range p.Issues {
		if x.Settled.day > 0 && x.Settled.Cmp(out.AsOf) <= 0 {
			if out.Issues.Settled = append(out.Issues.Settled, x.ID); x.Due.day > 0 && x.Settled.Cmp(x.Due) > 0 {
				out.Issues.SettledLate = append(out.Issues.SettledLate, x.ID)
			}
			continue
		}
		out.Issues.Open = append(out.Issues.Open, x.ID)
		if x.Due.day > 0 && x.Due.Cmp(out.AsOf) < 0 {
			out.Issues.Late = append(out.Issues.Late, x.ID)
		}
	}
}

// actions sorts the actions by how they stand.
func (p *Plan) actions(out *PlanProgress) {
	index, last := p.actionIndex(), -1
	for i := range p.Actions {
		a := &p.Actions[i]
		switch {
		case a.State == ActionDone:
			out.Done = append(out.Done, a.ID)
			if a.Due.day > 0 && a.DoneOn.Cmp(a.Due) > 0 {
				out.DoneLate = append(out.DoneLate, a.ID)
			}
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
func (p *Plan) forecasts(r *report, e *Engine, rd *reader) []ForecastProgress {
	var out []ForecastProgress
	overlaps := p.overlaps()
	for i, f := range p.Forecast {
		at := place("/forecast").index(i)
		if end, ok := overlaps[i]; ok {
			r.add(at, CodeOverlap, f.From.String()+".."+f.To.String(), "> "+end.String())
			continue
		}
		before := r.faults
		x := ForecastProgress{From: f.From, To: f.To, Forecast: *e.convert(r, &rd.conv, at.key("amount"), &f.Amount)}
		if r.faults > before {
			continue
		}
		if expected, ok := f.Expected(); ok {
			x.Expected = e.convert(r, &rd.conv, at.key("amount"), &expected)
		}
		if f.From.day > 0 && f.To.day > 0 && f.To.Cmp(rd.asOf) <= 0 { // of a day to come nothing is known; this spares the walk
			x.actual(r, at, rd.total(span{f.From, f.To}, factRevenue).rat(), rd.conv.target)
		}
		out = append(out, x)
	}
	return out
}

// toDate sums up the forecasts whose actual revenue is known.
func toDate(forecasts []ForecastProgress) *ForecastProgress {
	var sum *ForecastProgress
	for _, x := range forecasts {
		if x.Actual == nil {
			continue
		}
		if sum == nil {
			x.Actual, x.Expected = clonePtr(x.Actual), clonePtr(x.Expected)
			sum = &x
			continue
		}
		sum.From, sum.To = minDate(sum.From, x.From), maxDate(sum.To, x.To)
		var beyond, more error
		sum.Forecast, beyond = sum.Forecast.Add(x.Forecast)
		if *sum.Actual, more = sum.Actual.Add(*x.Actual); beyond != nil || more != nil {
			return nil
		}
		if sum.Expected == nil || x.Expected == nil {
			sum.Expected = nil
		} else if *sum.Expected, beyond = sum.Expected.Add(*x.Expected); beyond != nil {
			sum.Expected = nil
		}
	}
	if sum != nil {
		sum.compare()
	}
	return sum
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
	x.Actual = &m
	x.compare()
}

// compare sets how far the actual revenue is from the forecast, where a Money holds it.
func (x *ForecastProgress) compare() {
	x.Error, x.ErrorPercent = nil, nil
	diff, err := x.Actual.Sub(x.Forecast)
	if err != nil {
		return
	}
	x.Error = &diff
	if n, ok := diff.rational().per(100, x.Forecast.rational()).number(); ok {
		x.ErrorPercent = &n
	}
}
