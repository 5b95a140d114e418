package kam

import "slices"

// Hysteresis: what keeps a stage or a cell from flipping back and forth at a
// line, by a margin or by asking for several reviews that agree.

// standing is the value that the reviews so far have settled on: the first
// one, until another was found n times in a row.
func standing[T comparable](found []T, n int) T {
	var settled, last T
	run := 0
	for i, v := range found {
		if run++; v != last {
			last, run = v, 1
		}
		if i == 0 || run >= n {
			settled = v
		}
	}
	return settled
}

// settle returns what today's finding settles on after the reviews before:
// itself, or what stood, until n reviews agree.
func settle[T comparable](before []T, today T, n int) T {
	var unknown T
	if today == unknown || n <= 1 || len(before) == 0 {
		return today
	}
	return standing(append(slices.Clone(before), today), n)
}

// CellRecord is the cell that was found for an account on a day:
// [Placement].Found of that day's assessment.
type CellRecord struct {
	Cell Cell `json:"cell"`
	On   Date `json:"on"`
}

// cellsBefore lists the cells found before the day.
func (m *memory) cellsBefore(records []CellRecord, day Date) []Cell {
	out := m.cells.begin()
	for _, r := range records {
		if r.On.Cmp(day) < 0 {
			out = append(out, r.Cell)
		}
	}
	return m.cells.keep(out)
}

// stagesBefore lists the stages that the reviews before the day found.
func (m *memory) stagesBefore(h History, day Date) []Stage {
	out := m.stages.begin()
	for _, s := range h.until(day) {
		if s.View == ViewSuggested && s.On.Cmp(day) < 0 {
			out = append(out, s.Stage)
		}
	}
	return m.stages.keep(out)
}

// hold sets the stage that stands: the suggested one, unless the margin or the
// number of reviews keeps the one before.
// Possible becomes what each stage that is possible would settle on.
func (s *StageRules) hold(out *StageResult, f facts, gap *Range, before []Stage) {
	found, was := out.Suggested, standing(before, s.Reviews)
	may, does := false, false // whether the margin may keep what was, and whether it does
	if was != StageUnknown && s.Margin.units > 0 {
		relaxed := s.relaxed(was)
		if rules := f.judged(relaxed); found != StageUnknown && found != was { // in the place of the rules that gave the suggestion
			if i := slices.IndexFunc(rules, func(r judgedRule) bool { return r.verdict() == Yes }); i >= 0 && rules[i].Stage == was {
				found = was
			}
		}
		certain := f.within(gap)
		stages, unknown := certain.possible(certain.judged(relaxed))
		may = slices.Contains(stages, was)
		does = may && len(stages) == 1
		all := f.memory.evidences.begin()
		for _, e := range slices.Concat(out.Unknown, unknown) {
			all = appendNew(all, e)
		}
		out.Unknown = f.memory.evidences.keep(all)
	}
	out.Found, out.Standing = found, settle(before, found, s.Reviews)
	if out.Held = out.Standing != out.Suggested; out.Held { // the ways go from where it stands
		out.Better, out.Danger = s.outlook(f, f.judged(s.Rules), out.Standing, out.Suggested)
	}
	if len(before) == 0 || s.Margin.units == 0 && s.Reviews <= 1 {
		return
	}
	stages := f.memory.stages.begin()
	for _, stage := range out.Possible {
		if !does || stage == StageUnknown {
			stages = appendNew(stages, settle(before, stage, s.Reviews))
		}
		if may && stage != StageUnknown {
			stages = appendNew(stages, settle(before, was, s.Reviews))
		}
	}
	out.Possible = f.memory.stages.keep(stages)
	if out.Firm = len(out.Possible) == 1 && out.Standing != StageUnknown; out.Firm {
		out.Unknown = nil // it waits for nothing
	}
}

// appendNew appends what is not in the list yet.
func appendNew[T comparable](list []T, v T) []T {
	if slices.Contains(list, v) {
		return list
	}
	return append(list, v)
}

// relaxed are the rules with each line of one stage's numbers further away by the
// margin.
func (s *StageRules) relaxed(stage Stage) []StageRule {
	rules := slices.Clone(s.Rules)
	for i := range rules {
		r := &rules[i]
		if r.Stage != stage {
			continue
		}
		r.All = slices.Clone(r.All)
		for j, cl := range r.All {
			r.All[j].Any = slices.Clone(cl.Any)
			for k := range r.All[j].Any {
				c := &r.All[j].Any[k]
				if c.AtLeast != nil {
					c.AtLeast = &Number{c.AtLeast.units - s.Margin.units}
				}
				if c.Below != nil {
					c.Below = &Number{c.Below.units + s.Margin.units}
				}
			}
		}
	}
	return rules
}
