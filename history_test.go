package kam_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

func day(month, d int) kam.Date { return kam.NewDate(2026, 1, 1).AddMonths(month - 1).AddDays(d - 1) }

func TestHistoryAppend(t *testing.T) {
	h := kam.History{
		{Stage: kam.StageDeveloping, On: day(3, 1)},
		{Stage: kam.StageGood, On: day(3, 1), View: kam.ViewCustomer},
	}
	tests := []struct {
		name, reason string
		record       kam.StageRecord
		code         kam.Code
	}{
		{"earlier", "out of order", kam.StageRecord{Stage: kam.StageGood, On: day(2, 28)}, kam.CodeOrder},
		{"earlier, of another view", "the order is one for all views", kam.StageRecord{Stage: kam.StageGood, On: day(2, 28), View: kam.ViewSuggested}, kam.CodeOrder},
		{"same day and view", "twice", kam.StageRecord{Stage: kam.StageGood, On: day(3, 1)}, kam.CodeDuplicate},
		{"tomorrow", "the future is not known", kam.StageRecord{Stage: kam.StageGood, On: asOf.AddDays(1)}, kam.CodeFuture},
		{"no day", "a record has one", kam.StageRecord{Stage: kam.StageGood}, kam.CodeMissing},
		{"no such day", "February 30", kam.StageRecord{Stage: kam.StageGood, On: kam.NewDate(2026, 2, 30)}, kam.CodeDate},
		{"no stage", "a record says one", kam.StageRecord{On: day(4, 1)}, kam.CodeEnum},
		{"no such stage", "nine", kam.StageRecord{Stage: 9, On: day(4, 1)}, kam.CodeEnum},
		{"no such view", "nine", kam.StageRecord{Stage: kam.StageGood, On: day(4, 1), View: 9}, kam.CodeEnum},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := append(kam.History{}, h...)
			err := h.Append(tt.record, asOf)
			require.ErrorIs(t, err, tt.code, tt.reason)
			assert.Contains(t, err.Error(), "/2/", "the place is named")
			assert.Equal(t, before, h, "nothing was appended")
		})
	}
	one := h[:1:1]
	require.ErrorIs(t, one.Append(kam.StageRecord{Stage: kam.StageGood, On: day(2, 28)}, asOf), kam.CodeOrder, "the only record is the latest")
	require.NoError(t, h.Append(kam.StageRecord{Stage: kam.StageGood, On: day(3, 1), View: kam.ViewSuggested}, asOf), "same day, another view")
	require.NoError(t, h.Append(kam.StageRecord{Stage: kam.StageGood, On: asOf}, asOf), "today is known")
	assert.Equal(t, []string{"/asOf date |"}, found(h.Append(kam.StageRecord{Stage: kam.StageGood, On: asOf}, kam.Date{})))
	require.ErrorIs(t, h.Append(kam.StageRecord{Stage: kam.StageGood, On: asOf}, kam.NewDate(2026, 2, 30)), kam.CodeDate)
	require.ErrorIs(t, h.Append(kam.StageRecord{Stage: kam.StageDeclining + 1, On: asOf}, asOf), kam.CodeEnum)
	require.ErrorIs(t, h.Append(kam.StageRecord{Stage: kam.StageDeclining, On: asOf, View: kam.ViewCustomer + 1}, asOf), kam.CodeEnum)
	require.NoError(t, h.Append(kam.StageRecord{Stage: kam.StageDeclining, On: asOf, View: kam.ViewCustomer}, asOf))
	for _, tt := range []struct {
		record kam.StageRecord
		want   string
	}{
		{kam.StageRecord{Stage: kam.StageGood, On: asOf.AddDays(1)}, "/5/on future 2026-11-25|<= 2026-11-24"},
		{kam.StageRecord{Stage: kam.StageGood, On: asOf.AddDays(-1)}, "/5/on order 2026-11-23|>= 2026-11-24"},
		{kam.StageRecord{Stage: kam.StageGood, On: asOf}, "/5/on duplicate 2026-11-24|"},
		{kam.StageRecord{Stage: kam.StageGood, On: asOf, View: 9}, "/5/view enum View(9)|recorded, suggested, customer"},
		{kam.StageRecord{On: asOf}, "/5/stage enum unknown|potential, developing, good, strong, limited-share, defensive, declining"},
		{kam.StageRecord{}, "/5/on missing |"},
	} {
		assert.Equal(t, []string{tt.want}, found(h.Append(tt.record, asOf)))
	}
	assert.Equal(t, []string{"/stages/1/on duplicate 2026-03-01|"}, found(kam.Account{ID: "x", Stages: kam.History{
		{Stage: kam.StageGood, On: day(3, 1)}, {Stage: kam.StageStrong, On: day(3, 1)},
	}}.Validate()))
}

func TestHistoryReading(t *testing.T) {
	var h kam.History
	add := func(view kam.View, stage kam.Stage, on kam.Date) {
		require.NoError(t, h.Append(kam.StageRecord{Stage: stage, On: on, View: view}, asOf))
	}
	add(kam.ViewRecorded, kam.StageDeveloping, day(1, 1))
	add(kam.ViewCustomer, kam.StageDeveloping, day(1, 15))
	add(kam.ViewRecorded, kam.StageDeveloping, day(2, 1)) // said again
	add(kam.ViewRecorded, kam.StageGood, day(3, 1))
	add(kam.ViewRecorded, kam.StageDeveloping, day(4, 1)) // back
	add(kam.ViewRecorded, kam.StageGood, day(5, 1))       // back again
	add(kam.ViewCustomer, kam.StageLimitedShare, day(6, 1))

	var spans []string
	for s := range h.Spans(kam.ViewRecorded, day(5, 10)) {
		spans = append(spans, fmt.Sprint(s.Stage, " ", s.From, " ", s.To, " ", s.Days(day(5, 10)), " ", s.Records))
	}
	assert.Equal(t, []string{
		"developing 2026-01-01 2026-02-28 59 2", "good 2026-03-01 2026-03-31 31 1",
		"developing 2026-04-01 2026-04-30 30 1", "good 2026-05-01  10 1",
	}, spans)
	for s := range h.Spans(kam.ViewRecorded, asOf) {
		assert.Equal(t, []int{59, 59, 31}, []int{s.Days(asOf), s.Days(day(2, 28)), s.Days(day(1, 31))}, "up to the day, and no longer than it lasted")
		break // a walk may end early
	}

	r, ok := h.At(kam.ViewRecorded, day(3, 31))
	assert.True(t, ok)
	assert.Equal(t, kam.StageGood, r.Stage)
	r, _ = h.At(kam.ViewRecorded, day(3, 1))
	assert.Equal(t, kam.StageGood, r.Stage, "from its first day")
	r, _ = h.At(kam.ViewRecorded, day(2, 28))
	assert.Equal(t, day(2, 1), r.On, "the latest that said so")
	span, ok := h.Standing(kam.ViewRecorded, day(2, 28))
	assert.True(t, ok)
	assert.Equal(t, kam.StageSpan{Stage: kam.StageDeveloping, From: day(1, 1), Records: 2}, span)
	_, ok = h.At(kam.ViewSuggested, asOf)
	assert.False(t, ok, "nothing was ever suggested")
	_, ok = h.At(kam.ViewRecorded, kam.NewDate(2025, 12, 31))
	assert.False(t, ok, "before the first record")
	_, ok = h.Standing(kam.ViewSuggested, asOf)
	assert.False(t, ok)

	changes, back := h.Flips(kam.ViewRecorded, asOf)
	assert.Equal(t, []int{3, 2}, []int{changes, back})
	changes, back = h.Flips(kam.ViewRecorded, day(3, 15))
	assert.Equal(t, []int{1, 0}, []int{changes, back})

	d, ok := h.Difference(asOf)
	assert.True(t, ok)
	assert.Equal(t, kam.Difference{Ours: kam.StageGood, Customer: kam.StageLimitedShare, Since: day(5, 1)}, d,
		"they have differed since we said good; what the customer says now differs as well")
	_, ok = h.Difference(day(4, 10))
	assert.False(t, ok, "both said developing")
	d, _ = h.Difference(day(3, 10))
	assert.Equal(t, day(3, 1), d.Since)
	_, ok = h.Difference(day(1, 10))
	assert.False(t, ok, "the customer had not said anything")

	// The two changed places on one day, at the end of which they differed as at that of the day before.
	swap := kam.History{
		{Stage: kam.StageGood, On: day(1, 1), View: kam.ViewCustomer},
		{Stage: kam.StageStrong, On: day(2, 1)},
		{Stage: kam.StageGood, On: day(10, 2)},
		{Stage: kam.StageStrong, On: day(10, 2), View: kam.ViewCustomer},
	}
	for range 2 {
		d, ok = swap.Difference(asOf)
		assert.True(t, ok)
		assert.Equal(t, kam.Difference{Ours: kam.StageGood, Customer: kam.StageStrong, Since: day(2, 1)}, d)
		swap[2], swap[3] = swap[3], swap[2]
	}
	d, _ = kam.History{{Stage: kam.StageGood, On: day(1, 1), View: kam.ViewCustomer}, {Stage: kam.StageStrong, On: day(1, 1)}}.Difference(asOf)
	assert.Equal(t, day(1, 1), d.Since, "from the first day on")
}

// BenchmarkHistory shows that appending and reading stay near-linear: ten
// times the records, about ten times the work.
func BenchmarkHistory(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				h := longHistory(b, n)
				h.Flips(kam.ViewRecorded, asOf)
				h.Difference(asOf)
				for i := 0; i < n; i += 100 {
					h.At(kam.ViewRecorded, h[i].On)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/record")
		})
	}
}

func longHistory(tb testing.TB, n int) kam.History {
	var h kam.History
	start := asOf.AddDays(-n)
	for i := range n {
		s := kam.StageRecord{Stage: kam.Stages()[i%7], On: start.AddDays(i), View: kam.View(i % 3)}
		if err := h.Append(s, asOf); err != nil {
			tb.Fatal(err)
		}
	}
	return h
}

func TestLongHistory(t *testing.T) {
	h := longHistory(t, 10_000)
	assert.Len(t, h, 10_000)
	changes, _ := h.Flips(kam.ViewRecorded, asOf)
	assert.Greater(t, changes, 3000)
	account := kam.Account{ID: "x", Stages: h}
	require.NoError(t, account.Validate())
}

// The history of a relationship: it only grows, and says whose view it holds.
func ExampleHistory() {
	var h kam.History
	for _, s := range []kam.StageRecord{
		{Stage: kam.StageDeveloping, On: kam.NewDate(2026, 1, 10), By: "Ann"},
		{Stage: kam.StageGood, On: kam.NewDate(2026, 5, 1), By: "Ann", Why: "second plant"},
		{Stage: kam.StageDeveloping, On: kam.NewDate(2026, 6, 1), View: kam.ViewCustomer, By: "their buyer"},
	} {
		if err := h.Append(s, asOf); err != nil {
			fmt.Println(err)
		}
	}
	now, _ := h.Standing(kam.ViewRecorded, asOf)
	fmt.Println(now.Stage, "for", now.Days(asOf), "days")
	d, differ := h.Difference(asOf)
	fmt.Println(differ, d.Ours, "against", d.Customer, "since", d.Since)
	fmt.Println(h.Append(kam.StageRecord{Stage: kam.StageStrong, On: kam.NewDate(2026, 3, 1)}, asOf))
	// Output:
	// good for 208 days
	// true good against developing since 2026-06-01
	// kam: append stage "strong": /3/on: this date is before the one that it follows: 2026-03-01; expected >= 2026-06-01
}

// Two copies of an account have the room behind their histories in common, and must not write
// into it.
func TestAppendLeavesCopiesAlone(t *testing.T) {
	h := kam.History{}
	for i := range 3 {
		require.NoError(t, h.Append(kam.StageRecord{Stage: kam.StageGood, On: asOf.AddDays(i - 9)}, asOf))
	}
	h = append(make(kam.History, 0, 8), h...)
	x, y := h, h
	require.NoError(t, x.Append(kam.StageRecord{Stage: kam.StageStrong, On: asOf.AddDays(-2)}, asOf))
	require.NoError(t, y.Append(kam.StageRecord{Stage: kam.StageDeclining, On: asOf.AddDays(-1)}, asOf))
	assert.Equal(t, kam.StageStrong, x[3].Stage)
	assert.Equal(t, kam.StageDeclining, y[3].Stage)
}

func TestSpanDays(t *testing.T) {
	on := kam.NewDate(2026, 3, 1)
	for _, x := range []struct {
		span kam.StageSpan
		asOf kam.Date
		want int
	}{
		{kam.StageSpan{From: on, To: on.AddDays(9)}, on.AddDays(4), 5},
		{kam.StageSpan{From: on, To: on.AddDays(9)}, on.AddDays(40), 10},
		{kam.StageSpan{From: on}, on.AddDays(40), 41},
		{kam.StageSpan{From: on}, on.AddDays(-8), 0},
		{kam.StageSpan{From: on}, kam.Date{}, 0},
		{kam.StageSpan{To: on}, on, 0},
	} {
		assert.Equal(t, x.want, x.span.Days(x.asOf), "%v", x)
	}
}
