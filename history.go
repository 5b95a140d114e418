package kam

import (
	"fmt"
	"iter"
	"slices"
	"sort"
)

// View says whose view of the relationship a stage is (S6).
type View uint8

// The views. The zero value is our people's own.
const (
	ViewRecorded  View = iota // recorded by our people
	ViewSuggested             // what a review found: [StageResult].Found
	ViewCustomer              // stated by the customer
)

var viewWords = enumWords[View]{"recorded", "suggested", "customer"}

// StageRecord is a stage of one view as of a day, and who said so and why.
type StageRecord struct {
	Stage Stage  `json:"stage"`
	On    Date   `json:"on"`
	View  View   `json:"view,omitzero"`
	By    string `json:"by,omitzero"`
	Why   string `json:"why,omitzero"`
}

// History is the record of an account's stages in all three views, oldest
// first. It is append-only: [History.Append] adds to its end. The zero value
// is empty. Reading is safe from several goroutines, appending is not. A copy of it
// does not change with it.
type History []StageRecord

// Append adds a record that was made by the as-of date. A record before the
// latest one is a [CodeOrder]; a second one of the same view and day a
// [CodeDuplicate]; one after the as-of date a [CodeFuture]; one without a day, and a nil
// history, a [CodeMissing]; an unknown asOf, and a day that is none, a [CodeDate]; an unknown
// stage, and a word that is none, a [CodeEnum]. On error the history stays as it was.
func (h *History) Append(s StageRecord, asOf Date) error {
	if h == nil {
		return fmt.Errorf("kam: append stage %q: %w", s.Stage, notGiven("history"))
	}
	v := Violation{Pointer: string(place("").index(len(*h)))}
	last := Date{}
	if n := len(*h); n > 0 {
		last = (*h)[n-1].On
	}
	switch {
	case !asOf.Valid() || asOf.IsZero():
		v.Pointer, v.Code, v.Value = "/asOf", CodeDate, asOf.String()
	case s.On.IsZero():
		v.Pointer, v.Code = v.Pointer+"/on", CodeMissing
	case !s.On.Valid():
		v.Pointer, v.Code, v.Value = v.Pointer+"/on", CodeDate, s.On.String()
	case s.Stage == StageUnknown || int(s.Stage) >= len(stageWords):
		v.Pointer, v.Code, v.Value, v.Want = v.Pointer+"/stage", CodeEnum, s.Stage.String(), join(stageWords[1:])
	case int(s.View) >= len(viewWords):
		v.Pointer, v.Code, v.Value, v.Want = v.Pointer+"/view", CodeEnum, s.View.String(), join(viewWords)
	case s.On.Cmp(asOf) > 0:
		v.Pointer, v.Code, v.Value, v.Want = v.Pointer+"/on", CodeFuture, s.On.String(), "<= "+asOf.String()
	case s.On.Cmp(last) < 0:
		v.Pointer, v.Code, v.Value, v.Want = v.Pointer+"/on", CodeOrder, s.On.String(), ">= "+last.String()
	case h.has(s.View, s.On):
		v.Pointer, v.Code, v.Value = v.Pointer+"/on", CodeDuplicate, s.On.String()
	default:
		*h = append(slices.Clip(*h), s) // copies of the account keep their own end
		return nil
	}
	return fmt.Errorf("kam: append stage %q: %w", s.Stage, v)
}

// has looks among the records of the latest day.
func (h *History) has(view View, on Date) bool {
	for i := len(*h) - 1; i >= 0 && (*h)[i].On == on; i-- {
		if (*h)[i].View == view {
			return true
		}
	}
	return false
}

// StageSpan is a run of days in one stage.
type StageSpan struct {
	Stage Stage `json:"stage"`
	From  Date  `json:"from"`
	// To is the last day, or unknown when the stage still stands.
	To Date `json:"to,omitzero"`
	// Records counts the records that said so.
	Records int `json:"records"`
}

// Days is the length of the span up to the as-of date, both ends included: 0 before the span,
// and where From is unknown.
func (s StageSpan) Days(asOf Date) int {
	if s.From.IsZero() {
		return 0
	}
	to := s.To
	if to.IsZero() || to.Cmp(asOf) > 0 {
		to = asOf
	}
	return span{s.From, to}.days()
}

// until returns the records up to the day.
func (h History) until(day Date) History {
	return h[:sort.Search(len(h), func(i int) bool { return h[i].On.Cmp(day) > 0 })]
}

// At returns the latest record of the view on the day, and whether there is
// one.
func (h History) At(view View, day Date) (StageRecord, bool) {
	for _, s := range slices.Backward(h.until(day)) {
		if s.View == view {
			return s, true
		}
	}
	return StageRecord{}, false
}

// Spans walks the stages of a view up to the day, oldest first; records that
// repeat a stage are one span.
func (h History) Spans(view View, day Date) iter.Seq[StageSpan] {
	return func(yield func(StageSpan) bool) {
		var span StageSpan
		for _, s := range h.until(day) {
			switch {
			case s.View != view:
			case s.Stage == span.Stage:
				span.Records++
			default:
				if span.To = s.On.AddDays(-1); span.Records > 0 && !yield(span) {
					return
				}
				span = StageSpan{Stage: s.Stage, From: s.On, Records: 1}
			}
		}
		if span.Records > 0 {
			yield(span)
		}
	}
}

// Standing returns the span that stands on the day, and whether there is one.
func (h History) Standing(view View, day Date) (StageSpan, bool) {
	var last StageSpan
	for s := range h.Spans(view, day) {
		last = s
	}
	return last, last.Records > 0
}

// Flips counts how often the stage of a view changed up to the day, and how
// many of the changes went back to the stage before.
func (h History) Flips(view View, day Date) (changes, back int) {
	var before, now Stage
	for s := range h.Spans(view, day) {
		if now != StageUnknown {
			changes++
			if s.Stage == before {
				back++
			}
		}
		before, now = now, s.Stage
	}
	return changes, back
}

// Difference is where our view of the stage and the customer's differ.
type Difference struct {
	Ours     Stage `json:"ours"`
	Customer Stage `json:"customer"`
	// Since is the day from which they have differed without a break.
	Since Date `json:"since"`
}

// Difference compares the recorded view with the customer's on the day. There
// is none when they agree or one of them is unknown.
func (h History) Difference(day Date) (Difference, bool) {
	var d Difference
	differed := false // at the end of the day before
	records := h.until(day)
	for i, s := range records {
		switch s.View {
		case ViewRecorded:
			d.Ours = s.Stage
		case ViewCustomer:
			d.Customer = s.Stage
		}
		if i+1 < len(records) && records[i+1].On == s.On {
			continue
		}
		if d.differs() && !differed {
			d.Since = s.On
		}
		differed = d.differs()
	}
	if !d.differs() {
		return Difference{}, false
	}
	return d, true
}

func (d Difference) differs() bool {
	return d.Ours != StageUnknown && d.Customer != StageUnknown && d.Ours != d.Customer
}
