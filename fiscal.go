package kam

import (
	"fmt"
	"iter"
	"strconv"
	"time"
)

// FiscalYear says when the years begin in which a company counts. The zero
// value is the calendar year. It is plain data and may be shared.
type FiscalYear struct {
	// Start is the month whose first day begins a year, from 1 to 12; 0 is
	// January.
	Start time.Month `json:"start,omitzero"`
	// NamedByStart names a year by the calendar year in which it begins, as
	// in Japan, and not by the one in which it ends, as the government of the
	// United States does.
	NamedByStart bool `json:"namedByStart,omitzero"`
}

// FiscalUnit is how long the periods of a fiscal year are.
type FiscalUnit uint8

// The units.
const (
	FiscalUnitUnknown FiscalUnit = iota
	FiscalUnitMonth
	FiscalUnitQuarter // three months, the first with the start of the year
	FiscalUnitYear
)

var fiscalUnitWords = enumWords[FiscalUnit]{"unknown", "month", "quarter", "year"}

// months is how many months the unit has, or 0.
func (u FiscalUnit) months() int {
	switch u {
	case FiscalUnitMonth:
		return 1
	case FiscalUnitQuarter:
		return 3
	case FiscalUnitYear:
		return 12
	}
	return 0
}

// FiscalPeriod is one month, quarter or year of a fiscal year (S11).
type FiscalPeriod struct {
	// From and To are its first and last day.
	From Date `json:"from"`
	To   Date `json:"to"`
	// Year is the name of the fiscal year that it is part of, and Number its
	// place in that year from 1: of 12 months, of 4 quarters, of 1 year.
	Year   int        `json:"year"`
	Unit   FiscalUnit `json:"unit"`
	Number int        `json:"number"`
}

// String returns the short name: "FY2027", "FY2027 Q2", "FY2027 M05".
func (p FiscalPeriod) String() string {
	year := fmt.Sprintf("FY%04d", p.Year)
	switch p.Unit {
	case FiscalUnitMonth:
		return fmt.Sprintf("%s M%02d", year, p.Number)
	case FiscalUnitQuarter:
		return fmt.Sprintf("%s Q%d", year, p.Number)
	}
	return year
}

// Period returns the period that holds a day. There is none for a day that is
// unknown or invalid, for an unknown unit, and for a start that is no month.
//
// A period that begins before 0001-01-01 or ends after 9999-12-31 is cut
// there, and counts as if it were whole: its year may be named 0 or 10000.
func (f FiscalYear) Period(d Date, unit FiscalUnit) (FiscalPeriod, bool) {
	length := unit.months()
	if d.day <= 0 || length == 0 || !f.valid() {
		return FiscalPeriod{}, false
	}
	y, m, _ := d.Time().Date()
	month := monthsOf(y, m)
	passed := (month - int(max(f.Start, time.January)-time.January)) % 12 // since the year began
	first, begin := month-passed%length, month-passed
	p := FiscalPeriod{
		From: firstOfMonth(first), To: dayBefore(first + length),
		Year: (begin + 11) / 12, Unit: unit, Number: passed/length + 1,
	}
	if f.NamedByStart {
		p.Year = begin / 12
	}
	return p, true
}

// Periods walks the periods that hold a day of from..to, whole ones and in
// order: the first may begin before from, the last end after to. There are
// none where [FiscalYear.Period] has none for from, and none where to is
// unknown, invalid or before from.
func (f FiscalYear) Periods(from, to Date, unit FiscalUnit) iter.Seq[FiscalPeriod] {
	return func(yield func(FiscalPeriod) bool) {
		for day := from; day.Cmp(to) <= 0; {
			p, ok := f.Period(day, unit)
			if !ok || !yield(p) || p.To.day == dateMax {
				return
			}
			day = p.To.AddDays(1)
		}
	}
}

func (f FiscalYear) valid() bool { return f.Start >= 0 && f.Start <= time.December }

// check reports a start that is no month.
func (f FiscalYear) check(r *report, at place) {
	if !f.valid() {
		r.add(at.key("start"), CodeRange, strconv.Itoa(int(f.Start)), "1..12")
	}
}

// monthsOf numbers the months: 12 is January of the year 1.
func monthsOf(year int, m time.Month) int { return year*12 + int(m-time.January) }

// firstOfMonth is the first day of a numbered month that is not after the
// range of Date, held to the range.
func firstOfMonth(month int) Date {
	if month < monthsOf(1, time.January) {
		return Date{1}
	}
	return NewDate(month/12, time.January+time.Month(month%12), 1)
}

// dayBefore is the day before a numbered month, held to the range of Date.
func dayBefore(month int) Date {
	if month > monthsOf(9999, time.December) {
		return Date{dateMax}
	}
	return firstOfMonth(month).AddDays(-1)
}
