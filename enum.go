package kam

import (
	"database/sql/driver"
	"fmt"
	"slices"
)

// The enums of the package are small unsigned integers whose zero is unknown, or
// the usual case.
// Their text, JSON and SQL form is a kebab-case word; only the classes of the
// ABC analysis are A, B and C, as the field writes them. A value that has no
// word prints as Stage(9) and refuses to marshal. A word that is none is [Violations] with
// the words to choose from.

// enumWords are those of an enum, each at the place of its value.
type enumWords[E ~uint8] []string

func enumString[E ~uint8](e E, kind string, words enumWords[E]) string {
	if int(e) < len(words) {
		return words[e]
	}
	return fmt.Sprintf("%s(%d)", kind, uint8(e))
}

func enumMarshal[E ~uint8](e E, kind string, words enumWords[E]) ([]byte, error) {
	if int(e) < len(words) {
		return []byte(words[e]), nil
	}
	return nil, fmt.Errorf("kam: marshal %s: %w", enumString(e, kind, words), CodeEnum)
}

// valueOf is the value of a word.
func (words enumWords[E]) valueOf(text string) (E, bool) {
	for i, word := range words {
		if word == text {
			return E(i), true
		}
	}
	return 0, false
}

func enumUnmarshal[E ~uint8](e *E, kind string, words enumWords[E], text []byte) error {
	if v, ok := words.valueOf(string(text)); ok {
		*e = v
		return nil
	}
	return refused("parse "+kind, CodeEnum, string(text), join(words))
}

// String returns the word of the stage.
func (s Stage) String() string { return enumString(s, "Stage", stageWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (s Stage) MarshalText() ([]byte, error) { return enumMarshal(s, "Stage", stageWords) }

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (s *Stage) UnmarshalText(text []byte) error { return enumUnmarshal(s, "Stage", stageWords, text) }

// Value stores the word.
func (s Stage) Value() (driver.Value, error) { return textValue(s) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (s *Stage) Scan(src any) error { return scanText(src, s) }

// Values lists the words, as ent asks for them.
func (Stage) Values() []string { return slices.Clone(stageWords) }

// GormDataType tells GORM to use a text column.
func (Stage) GormDataType() string { return "text" }

// String returns the word of the cell.
func (c Cell) String() string { return enumString(c, "Cell", cellWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (c Cell) MarshalText() ([]byte, error) { return enumMarshal(c, "Cell", cellWords) }

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (c *Cell) UnmarshalText(text []byte) error { return enumUnmarshal(c, "Cell", cellWords, text) }

// Value stores the word.
func (c Cell) Value() (driver.Value, error) { return textValue(c) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (c *Cell) Scan(src any) error { return scanText(src, c) }

// Values lists the words, as ent asks for them.
func (Cell) Values() []string { return slices.Clone(cellWords) }

// GormDataType tells GORM to use a text column.
func (Cell) GormDataType() string { return "text" }

// String returns the word of the verdict.
func (v Verdict) String() string { return enumString(v, "Verdict", verdictWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (v Verdict) MarshalText() ([]byte, error) { return enumMarshal(v, "Verdict", verdictWords) }

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (v *Verdict) UnmarshalText(text []byte) error {
	return enumUnmarshal(v, "Verdict", verdictWords, text)
}

// Value stores the word.
func (v Verdict) Value() (driver.Value, error) { return textValue(v) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (v *Verdict) Scan(src any) error { return scanText(src, v) }

// Values lists the words, as ent asks for them.
func (Verdict) Values() []string { return slices.Clone(verdictWords) }

// GormDataType tells GORM to use a text column.
func (Verdict) GormDataType() string { return "text" }

// String returns the word of the grade.
func (g Grade) String() string { return enumString(g, "Grade", gradeWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (g Grade) MarshalText() ([]byte, error) { return enumMarshal(g, "Grade", gradeWords) }

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (g *Grade) UnmarshalText(text []byte) error { return enumUnmarshal(g, "Grade", gradeWords, text) }

// Value stores the word.
func (g Grade) Value() (driver.Value, error) { return textValue(g) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (g *Grade) Scan(src any) error { return scanText(src, g) }

// Values lists the words, as ent asks for them.
func (Grade) Values() []string { return slices.Clone(gradeWords) }

// GormDataType tells GORM to use a text column.
func (Grade) GormDataType() string { return "text" }

// String returns the word of the rule.
func (m MissingRule) String() string { return enumString(m, "MissingRule", missingRuleWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (m MissingRule) MarshalText() ([]byte, error) {
	return enumMarshal(m, "MissingRule", missingRuleWords)
}

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (m *MissingRule) UnmarshalText(text []byte) error {
	return enumUnmarshal(m, "MissingRule", missingRuleWords, text)
}

// Value stores the word.
func (m MissingRule) Value() (driver.Value, error) { return textValue(m) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (m *MissingRule) Scan(src any) error { return scanText(src, m) }

// Values lists the words, as ent asks for them.
func (MissingRule) Values() []string { return slices.Clone(missingRuleWords) }

// GormDataType tells GORM to use a text column.
func (MissingRule) GormDataType() string { return "text" }

// String returns the word of the source.
func (s Source) String() string { return enumString(s, "Source", sourceWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (s Source) MarshalText() ([]byte, error) { return enumMarshal(s, "Source", sourceWords) }

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (s *Source) UnmarshalText(text []byte) error {
	return enumUnmarshal(s, "Source", sourceWords, text)
}

// Value stores the word.
func (s Source) Value() (driver.Value, error) { return textValue(s) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (s *Source) Scan(src any) error { return scanText(src, s) }

// Values lists the words, as ent asks for them.
func (Source) Values() []string { return slices.Clone(sourceWords) }

// GormDataType tells GORM to use a text column.
func (Source) GormDataType() string { return "text" }

// String returns the word of the role.
func (r Role) String() string { return enumString(r, "Role", roleWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (r Role) MarshalText() ([]byte, error) { return enumMarshal(r, "Role", roleWords) }

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (r *Role) UnmarshalText(text []byte) error { return enumUnmarshal(r, "Role", roleWords, text) }

// Value stores the word.
func (r Role) Value() (driver.Value, error) { return textValue(r) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (r *Role) Scan(src any) error { return scanText(src, r) }

// Values lists the words, as ent asks for them.
func (Role) Values() []string { return slices.Clone(roleWords) }

// GormDataType tells GORM to use a text column.
func (Role) GormDataType() string { return "text" }

// String returns the word of the attitude.
func (a Attitude) String() string { return enumString(a, "Attitude", attitudeWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (a Attitude) MarshalText() ([]byte, error) { return enumMarshal(a, "Attitude", attitudeWords) }

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (a *Attitude) UnmarshalText(text []byte) error {
	return enumUnmarshal(a, "Attitude", attitudeWords, text)
}

// Value stores the word.
func (a Attitude) Value() (driver.Value, error) { return textValue(a) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (a *Attitude) Scan(src any) error { return scanText(src, a) }

// Values lists the words, as ent asks for them.
func (Attitude) Values() []string { return slices.Clone(attitudeWords) }

// GormDataType tells GORM to use a text column.
func (Attitude) GormDataType() string { return "text" }

// String returns the word of the level.
func (l Level) String() string { return enumString(l, "Level", levelWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (l Level) MarshalText() ([]byte, error) { return enumMarshal(l, "Level", levelWords) }

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (l *Level) UnmarshalText(text []byte) error { return enumUnmarshal(l, "Level", levelWords, text) }

// Value stores the word.
func (l Level) Value() (driver.Value, error) { return textValue(l) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (l *Level) Scan(src any) error { return scanText(src, l) }

// Values lists the words, as ent asks for them.
func (Level) Values() []string { return slices.Clone(levelWords) }

// GormDataType tells GORM to use a text column.
func (Level) GormDataType() string { return "text" }

// String returns the word of the comparison.
func (c Comparison) String() string { return enumString(c, "Comparison", comparisonWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (c Comparison) MarshalText() ([]byte, error) {
	return enumMarshal(c, "Comparison", comparisonWords)
}

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (c *Comparison) UnmarshalText(text []byte) error {
	return enumUnmarshal(c, "Comparison", comparisonWords, text)
}

// Value stores the word.
func (c Comparison) Value() (driver.Value, error) { return textValue(c) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (c *Comparison) Scan(src any) error { return scanText(src, c) }

// Values lists the words, as ent asks for them.
func (Comparison) Values() []string { return slices.Clone(comparisonWords) }

// GormDataType tells GORM to use a text column.
func (Comparison) GormDataType() string { return "text" }

// String returns the word of the outcome.
func (o Outcome) String() string { return enumString(o, "Outcome", outcomeWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (o Outcome) MarshalText() ([]byte, error) { return enumMarshal(o, "Outcome", outcomeWords) }

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (o *Outcome) UnmarshalText(text []byte) error {
	return enumUnmarshal(o, "Outcome", outcomeWords, text)
}

// Value stores the word.
func (o Outcome) Value() (driver.Value, error) { return textValue(o) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (o *Outcome) Scan(src any) error { return scanText(src, o) }

// Values lists the words, as ent asks for them.
func (Outcome) Values() []string { return slices.Clone(outcomeWords) }

// GormDataType tells GORM to use a text column.
func (Outcome) GormDataType() string { return "text" }

// String returns the word of the view.
func (v View) String() string { return enumString(v, "View", viewWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (v View) MarshalText() ([]byte, error) { return enumMarshal(v, "View", viewWords) }

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (v *View) UnmarshalText(text []byte) error {
	return enumUnmarshal(v, "View", viewWords, text)
}

// Value stores the word.
func (v View) Value() (driver.Value, error) { return textValue(v) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (v *View) Scan(src any) error { return scanText(src, v) }

// Values lists the words, as ent asks for them.
func (View) Values() []string { return slices.Clone(viewWords) }

// GormDataType tells GORM to use a text column.
func (View) GormDataType() string { return "text" }

// String returns the word of the tier.
func (t Tier) String() string { return enumString(t, "Tier", tierWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (t Tier) MarshalText() ([]byte, error) { return enumMarshal(t, "Tier", tierWords) }

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (t *Tier) UnmarshalText(text []byte) error {
	return enumUnmarshal(t, "Tier", tierWords, text)
}

// Value stores the word.
func (t Tier) Value() (driver.Value, error) { return textValue(t) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (t *Tier) Scan(src any) error { return scanText(src, t) }

// Values lists the words, as ent asks for them.
func (Tier) Values() []string { return slices.Clone(tierWords) }

// GormDataType tells GORM to use a text column.
func (Tier) GormDataType() string { return "text" }

// String returns the word of the state.
func (s OverrideState) String() string { return enumString(s, "OverrideState", overrideStateWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (s OverrideState) MarshalText() ([]byte, error) {
	return enumMarshal(s, "OverrideState", overrideStateWords)
}

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (s *OverrideState) UnmarshalText(text []byte) error {
	return enumUnmarshal(s, "OverrideState", overrideStateWords, text)
}

// Value stores the word.
func (s OverrideState) Value() (driver.Value, error) { return textValue(s) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (s *OverrideState) Scan(src any) error { return scanText(src, s) }

// Values lists the words, as ent asks for them.
func (OverrideState) Values() []string { return slices.Clone(overrideStateWords) }

// GormDataType tells GORM to use a text column.
func (OverrideState) GormDataType() string { return "text" }

// String returns the word of the class.
func (c Class) String() string { return enumString(c, "Class", classWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (c Class) MarshalText() ([]byte, error) { return enumMarshal(c, "Class", classWords) }

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (c *Class) UnmarshalText(text []byte) error {
	return enumUnmarshal(c, "Class", classWords, text)
}

// Value stores the word.
func (c Class) Value() (driver.Value, error) { return textValue(c) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (c *Class) Scan(src any) error { return scanText(src, c) }

// Values lists the words, as ent asks for them.
func (Class) Values() []string { return slices.Clone(classWords) }

// GormDataType tells GORM to use a text column.
func (Class) GormDataType() string { return "text" }

// String returns the word of the kind.
func (e EffortKind) String() string { return enumString(e, "EffortKind", effortKindWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (e EffortKind) MarshalText() ([]byte, error) {
	return enumMarshal(e, "EffortKind", effortKindWords)
}

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (e *EffortKind) UnmarshalText(text []byte) error {
	return enumUnmarshal(e, "EffortKind", effortKindWords, text)
}

// Value stores the word.
func (e EffortKind) Value() (driver.Value, error) { return textValue(e) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (e *EffortKind) Scan(src any) error { return scanText(src, e) }

// Values lists the words, as ent asks for them.
func (EffortKind) Values() []string { return slices.Clone(effortKindWords) }

// GormDataType tells GORM to use a text column.
func (EffortKind) GormDataType() string { return "text" }

// String returns the word of the purpose.
func (p Purpose) String() string { return enumString(p, "Purpose", purposeWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (p Purpose) MarshalText() ([]byte, error) {
	return enumMarshal(p, "Purpose", purposeWords)
}

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (p *Purpose) UnmarshalText(text []byte) error {
	return enumUnmarshal(p, "Purpose", purposeWords, text)
}

// Value stores the word.
func (p Purpose) Value() (driver.Value, error) { return textValue(p) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (p *Purpose) Scan(src any) error { return scanText(src, p) }

// Values lists the words, as ent asks for them.
func (Purpose) Values() []string { return slices.Clone(purposeWords) }

// GormDataType tells GORM to use a text column.
func (Purpose) GormDataType() string { return "text" }

// String returns the word of the stance.
func (s Stance) String() string { return enumString(s, "Stance", stanceWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (s Stance) MarshalText() ([]byte, error) {
	return enumMarshal(s, "Stance", stanceWords)
}

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (s *Stance) UnmarshalText(text []byte) error {
	return enumUnmarshal(s, "Stance", stanceWords, text)
}

// Value stores the word.
func (s Stance) Value() (driver.Value, error) { return textValue(s) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (s *Stance) Scan(src any) error { return scanText(src, s) }

// Values lists the words, as ent asks for them.
func (Stance) Values() []string { return slices.Clone(stanceWords) }

// GormDataType tells GORM to use a text column.
func (Stance) GormDataType() string { return "text" }

// String returns the word of the state.
func (a ActionState) String() string { return enumString(a, "ActionState", actionStateWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (a ActionState) MarshalText() ([]byte, error) {
	return enumMarshal(a, "ActionState", actionStateWords)
}

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (a *ActionState) UnmarshalText(text []byte) error {
	return enumUnmarshal(a, "ActionState", actionStateWords, text)
}

// Value stores the word.
func (a ActionState) Value() (driver.Value, error) { return textValue(a) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (a *ActionState) Scan(src any) error { return scanText(src, a) }

// Values lists the words, as ent asks for them.
func (ActionState) Values() []string { return slices.Clone(actionStateWords) }

// GormDataType tells GORM to use a text column.
func (ActionState) GormDataType() string { return "text" }

// String returns the word of the pace.
func (p Pace) String() string { return enumString(p, "Pace", paceWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (p Pace) MarshalText() ([]byte, error) {
	return enumMarshal(p, "Pace", paceWords)
}

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (p *Pace) UnmarshalText(text []byte) error {
	return enumUnmarshal(p, "Pace", paceWords, text)
}

// Value stores the word.
func (p Pace) Value() (driver.Value, error) { return textValue(p) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (p *Pace) Scan(src any) error { return scanText(src, p) }

// Values lists the words, as ent asks for them.
func (Pace) Values() []string { return slices.Clone(paceWords) }

// GormDataType tells GORM to use a text column.
func (Pace) GormDataType() string { return "text" }

// String returns the word of the phase.
func (p Phase) String() string { return enumString(p, "Phase", phaseWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (p Phase) MarshalText() ([]byte, error) { return enumMarshal(p, "Phase", phaseWords) }

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (p *Phase) UnmarshalText(text []byte) error {
	return enumUnmarshal(p, "Phase", phaseWords, text)
}

// Value stores the word.
func (p Phase) Value() (driver.Value, error) { return textValue(p) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (p *Phase) Scan(src any) error { return scanText(src, p) }

// Values lists the words, as ent asks for them.
func (Phase) Values() []string { return slices.Clone(phaseWords) }

// GormDataType tells GORM to use a text column.
func (Phase) GormDataType() string { return "text" }

// String returns the word of the state.
func (p PhaseState) String() string { return enumString(p, "PhaseState", phaseStateWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (p PhaseState) MarshalText() ([]byte, error) {
	return enumMarshal(p, "PhaseState", phaseStateWords)
}

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (p *PhaseState) UnmarshalText(text []byte) error {
	return enumUnmarshal(p, "PhaseState", phaseStateWords, text)
}

// Value stores the word.
func (p PhaseState) Value() (driver.Value, error) { return textValue(p) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (p *PhaseState) Scan(src any) error { return scanText(src, p) }

// Values lists the words, as ent asks for them.
func (PhaseState) Values() []string { return slices.Clone(phaseStateWords) }

// GormDataType tells GORM to use a text column.
func (PhaseState) GormDataType() string { return "text" }

// String returns the word of the unit.
func (u FiscalUnit) String() string { return enumString(u, "FiscalUnit", fiscalUnitWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (u FiscalUnit) MarshalText() ([]byte, error) {
	return enumMarshal(u, "FiscalUnit", fiscalUnitWords)
}

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (u *FiscalUnit) UnmarshalText(text []byte) error {
	return enumUnmarshal(u, "FiscalUnit", fiscalUnitWords, text)
}

// Value stores the word.
func (u FiscalUnit) Value() (driver.Value, error) { return textValue(u) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (u *FiscalUnit) Scan(src any) error { return scanText(src, u) }

// Values lists the words, as ent asks for them.
func (FiscalUnit) Values() []string { return slices.Clone(fiscalUnitWords) }

// GormDataType tells GORM to use a text column.
func (FiscalUnit) GormDataType() string { return "text" }

// String returns the word of the kind.
func (k ChangeKind) String() string { return enumString(k, "ChangeKind", changeKindWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (k ChangeKind) MarshalText() ([]byte, error) {
	return enumMarshal(k, "ChangeKind", changeKindWords)
}

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (k *ChangeKind) UnmarshalText(text []byte) error {
	return enumUnmarshal(k, "ChangeKind", changeKindWords, text)
}

// Value stores the word.
func (k ChangeKind) Value() (driver.Value, error) { return textValue(k) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (k *ChangeKind) Scan(src any) error { return scanText(src, k) }

// Values lists the words, as ent asks for them.
func (ChangeKind) Values() []string { return slices.Clone(changeKindWords) }

// GormDataType tells GORM to use a text column.
func (ChangeKind) GormDataType() string { return "text" }

// String returns the word of the side.
func (s Side) String() string { return enumString(s, "Side", sideWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (s Side) MarshalText() ([]byte, error) { return enumMarshal(s, "Side", sideWords) }

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (s *Side) UnmarshalText(text []byte) error {
	return enumUnmarshal(s, "Side", sideWords, text)
}

// Value stores the word.
func (s Side) Value() (driver.Value, error) { return textValue(s) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (s *Side) Scan(src any) error { return scanText(src, s) }

// Values lists the words, as ent asks for them.
func (Side) Values() []string { return slices.Clone(sideWords) }

// GormDataType tells GORM to use a text column.
func (Side) GormDataType() string { return "text" }

// String returns the word of the kind.
func (k ActivityKind) String() string { return enumString(k, "ActivityKind", activityKindWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (k ActivityKind) MarshalText() ([]byte, error) {
	return enumMarshal(k, "ActivityKind", activityKindWords)
}

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (k *ActivityKind) UnmarshalText(text []byte) error {
	return enumUnmarshal(k, "ActivityKind", activityKindWords, text)
}

// Value stores the word.
func (k ActivityKind) Value() (driver.Value, error) { return textValue(k) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (k *ActivityKind) Scan(src any) error { return scanText(src, k) }

// Values lists the words, as ent asks for them.
func (ActivityKind) Values() []string { return slices.Clone(activityKindWords) }

// GormDataType tells GORM to use a text column.
func (ActivityKind) GormDataType() string { return "text" }

// String returns the word of the trend.
func (r RiskTrend) String() string { return enumString(r, "RiskTrend", riskTrendWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (r RiskTrend) MarshalText() ([]byte, error) { return enumMarshal(r, "RiskTrend", riskTrendWords) }

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (r *RiskTrend) UnmarshalText(text []byte) error {
	return enumUnmarshal(r, "RiskTrend", riskTrendWords, text)
}

// Value stores the word.
func (r RiskTrend) Value() (driver.Value, error) { return textValue(r) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (r *RiskTrend) Scan(src any) error { return scanText(src, r) }

// Values lists the words, as ent asks for them.
func (RiskTrend) Values() []string { return slices.Clone(riskTrendWords) }

// GormDataType tells GORM to use a text column.
func (RiskTrend) GormDataType() string { return "text" }

// String returns the word of the style.
func (s SellingStyle) String() string { return enumString(s, "SellingStyle", sellingStyleWords) }

// MarshalText returns the word, or a [CodeEnum] where there is none.
func (s SellingStyle) MarshalText() ([]byte, error) {
	return enumMarshal(s, "SellingStyle", sellingStyleWords)
}

// UnmarshalText reads the word; anything else is a [CodeEnum].
func (s *SellingStyle) UnmarshalText(text []byte) error {
	return enumUnmarshal(s, "SellingStyle", sellingStyleWords, text)
}

// Value stores the word.
func (s SellingStyle) Value() (driver.Value, error) { return textValue(s) }

// Scan reads the word from a text column. NULL is an error: scan into a sql.Null of the type
// where the column may be absent.
func (s *SellingStyle) Scan(src any) error { return scanText(src, s) }

// Values lists the words, as ent asks for them.
func (SellingStyle) Values() []string { return slices.Clone(sellingStyleWords) }

// GormDataType tells GORM to use a text column.
func (SellingStyle) GormDataType() string { return "text" }
