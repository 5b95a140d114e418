package kam_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// A change that is refused leaves the scorecard as it was.
func TestScorecardChangesAreRefused(t *testing.T) {
	for _, tt := range []struct {
		name, reason string
		change       func(*kam.Scorecard) error
		code         kam.Code
		text         string
	}{
		{
			"add a factor that is there", "two would share its answers",
			func(s *kam.Scorecard) error { return s.Add(kam.Factor{ID: "volume", Weight: kam.Int(1)}) },
			kam.CodeDuplicate, `kam: add factor to scorecard "potential": this is given twice: volume`,
		},
		{
			"add what is a question", "questions and factors share one space of names",
			func(s *kam.Scorecard) error { return s.Add(kam.Factor{ID: "against-standard", Weight: kam.Int(1)}) },
			kam.CodeDuplicate, `kam: add factor to scorecard "potential": this is given twice: against-standard`,
		},
		{
			"add a group with what is there", "its questions too share the space",
			func(s *kam.Scorecard) error {
				return s.Add(kam.Factor{ID: "x", Weight: kam.Int(1), Questions: []kam.Factor{{ID: "budget", Weight: kam.Int(100)}}})
			},
			kam.CodeDuplicate, `this is given twice: budget`,
		},
		{
			"add a group that is there", "and no more is looked at",
			func(s *kam.Scorecard) error {
				return s.Add(kam.Factor{ID: "volume", Questions: []kam.Factor{{ID: "budget"}, {ID: "more"}}})
			},
			kam.CodeDuplicate, `this is given twice: volume`,
		},
		{
			"add two questions, the first of which is there", "and no more is looked at",
			func(s *kam.Scorecard) error {
				return s.Add(kam.Factor{ID: "x", Questions: []kam.Factor{{ID: "budget"}, {ID: "more"}}})
			},
			kam.CodeDuplicate, `this is given twice: budget`,
		},
		{
			"drop what is not there", "the one that is there stays as well",
			func(s *kam.Scorecard) error { return s.Drop("volume", "budgets") },
			kam.CodeUnknown, `kam: drop factor "budgets" of scorecard "potential": `,
		},
		{
			"weigh what is not there", "the one that is there keeps its weight",
			func(s *kam.Scorecard) error { return s.SetWeights(kam.Weights{"volume": kam.Int(50), "z": kam.Int(1)}) },
			kam.CodeUnknown, `kam: set weights "z" of scorecard "potential": `,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			card := kam.PotentialScorecard()
			err := tt.change(&card)
			require.ErrorIs(t, err, tt.code, tt.reason)
			assert.Contains(t, err.Error(), tt.text)
			assert.Equal(t, kam.PotentialScorecard(), card, tt.reason)
		})
	}
}

func TestDropQuestions(t *testing.T) {
	card := kam.PotentialScorecard()
	require.NoError(t, card.Drop("budget", "against-target", "winnable"))
	var ids []string
	for _, f := range card.Factors {
		ids = append(ids, f.ID)
		for _, q := range f.Questions {
			ids = append(ids, q.ID)
		}
	}
	assert.Equal(t, []string{
		"volume", "sales-volume", "future-share", "entrenched-rivals",
		"profit", "account-margin", "against-standard",
	}, ids)
}

// A group goes with its last question: nobody could rate it.
func TestDropAGroupByItsQuestions(t *testing.T) {
	card := kam.PotentialScorecard()
	require.NoError(t, card.Drop("sales-volume", "future-share", "budget", "entrenched-rivals", "winnable"))
	require.Len(t, card.Factors, 1)
	assert.Equal(t, "profit", card.Factors[0].ID)
	require.NoError(t, card.Normalize())
	_, err := card.Compile()
	require.NoError(t, err)
	require.NoError(t, card.Add(kam.Factor{ID: "one", Weight: kam.Int(1), Questions: []kam.Factor{{ID: "question", Weight: kam.Int(100)}}}))
	require.NoError(t, card.Drop("question"))
	assert.Len(t, card.Factors, 1, "also of one question")
}

// A factor that was added is the scorecard's own.
func TestAddCopies(t *testing.T) {
	card := kam.Scorecard{ID: "own", Relative: true}
	f := kam.Factor{ID: "f", Weight: kam.Int(1), Signal: "orders", Bands: kam.Bands([]kam.Number{kam.Int(1), kam.Int(9)}, kam.Int(3))}
	require.NoError(t, card.Add(f))
	f.Bands[0].Rating = kam.Int(5)
	assert.Equal(t, kam.Int(1), card.Factors[0].Bands[0].Rating)
}

// A field that is misspelt would turn a scorecard round.
func TestDecodeAScorecard(t *testing.T) {
	_, err := kam.Decode[kam.Scorecard]([]byte(`{"id":"x","factors":[{"id":"competition","weight":100,"lowerIsBeter":true}]}`))
	assert.Equal(t, []string{"/factors/0/lowerIsBeter unknown lowerIsBeter|lowerIsBetter"}, found(err))
	kept := kam.Scorecard{ID: "kept"}
	for data, want := range map[string]string{
		`{"id":"x","factors":[{"id":"competition","weight":100,"lowerIsBeter":true}]}`: "/factors/0/lowerIsBeter unknown lowerIsBeter|lowerIsBetter",
		`{"id":"x","factors":[{"id":"competition"}]}`:                                  "/factors/0/weight missing |",
		`[]`: " type []|object",
		`5`:  " type 5|object",
	} {
		assert.Equal(t, []string{want}, found(json.Unmarshal([]byte(data), &kept)))
	}
	require.NoError(t, json.Unmarshal([]byte("null"), &kept))
	assert.Equal(t, kam.Scorecard{ID: "kept"}, kept)
	require.NoError(t, json.Unmarshal([]byte(`{"source":"S4","factors":[]}`), &kept))
	assert.Equal(t, kam.Scorecard{Source: "S4", Factors: []kam.Factor{}}, kept, "in place of the whole")

	// Within a policy the place is that in the policy, and null is the built-in scorecard.
	for data, want := range map[string]string{
		`{"strength":{"id":"x","factor":[]}}`: "/strength/factor unknown factor|factors",
		`{"strength":"x"}`:                    `/strength type "x"|object`,
		`{"strength":5}`:                      "/strength type 5|object",
		`{"strength":[]}`:                     "/strength type []|object",
	} {
		assert.Equal(t, []string{want}, found(json.Unmarshal([]byte(data), new(kam.Policy))))
	}
	policy, err := kam.Decode[kam.Policy]([]byte(`{"strength":null}`))
	require.NoError(t, err)
	assert.Zero(t, policy.Strength)

	card, err := kam.Decode[kam.Scorecard]([]byte(`{"id":"x","factors":[{"id":"competition","weight":100,"lowerIsBetter":true}]}`))
	require.NoError(t, err)
	assert.True(t, card.Factors[0].LowerIsBetter)
}

// Ten times the greatest weight is more than 64 bits hold, and so is the sum
// that is named.
func TestWeightSumBeyondNumbers(t *testing.T) {
	var card kam.Scorecard
	for _, id := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"} {
		card.Factors = append(card.Factors, kam.Factor{ID: id, Weight: kam.Dec(99_999_999_999_999, 0)})
	}
	card.ID = "x"
	_, err := card.Compile()
	assert.Equal(t, []string{"/factors weight-sum > 99999999999999.9999|100"}, found(err))
}

// What is wrong with a scorecard is found where it stands; each row breaks one
// thing of a scorecard that compiles.
func TestBrokenScorecards(t *testing.T) {
	for _, tt := range []struct {
		reason string
		change func(*kam.Scorecard)
		want   []string
	}{
		{"nothing is wrong", func(*kam.Scorecard) {}, nil},
		{"an id is kebab-case", func(s *kam.Scorecard) { s.ID = "Potential" }, []string{"/id id Potential|"}},
		{"a name has no control characters", func(s *kam.Scorecard) { s.Name.EN = "a\x00" }, []string{`/name/en encoding '\x00'|`}},
		{"nor has a source", func(s *kam.Scorecard) { s.Source = "a\x00" }, []string{`/source encoding '\x00'|`}},
		{"nor has the name of a factor", func(s *kam.Scorecard) { s.Factors[1].Name.ZH = "a\x00" }, []string{`/factors/1/name/zh encoding '\x00'|`}},
		{"all may be asked for", func(s *kam.Scorecard) { s.MinCoverage = new(kam.Int(100)) }, nil},
		{"none may be asked for", func(s *kam.Scorecard) { s.MinCoverage = new(kam.Int(0)) }, nil},
		{"not more than all", func(s *kam.Scorecard) { s.MinCoverage = new(kam.Dec(1_000_001, 4)) }, []string{"/minCoverage range 100.0001|0..100"}},
		{"not less than none", func(s *kam.Scorecard) { s.MinCoverage = new(kam.Dec(-1, 4)) }, []string{"/minCoverage range -0.0001|0..100"}},
		{"weights sum to 100", func(s *kam.Scorecard) { s.Factors[0].Weight = kam.Int(59) }, []string{"/factors weight-sum 99|100"}},
		{"so do those of questions", func(s *kam.Scorecard) { s.Factors[0].Questions[0].Weight = kam.Int(31) }, []string{"/factors/0/questions weight-sum 101|100"}},
		{"one end of a scale is no number", func(s *kam.Scorecard) {
			s.Factors[0].Questions[0].Scale = kam.Scale{Lo: kam.Dec(1, 9), Hi: kam.Int(1)}
		}, []string{"/factors/0/questions/0/scale scale invalid..1|"}},
		{"a scale has a length", func(s *kam.Scorecard) {
			s.Factors[0].Questions[0].Scale = kam.Scale{Lo: kam.Int(1), Hi: kam.Int(1)}
		}, []string{"/factors/0/questions/0/scale scale 1..1|"}},
		{"a group has no signal", func(s *kam.Scorecard) { s.Factors[0].Signal = kam.SignalMargin }, []string{"/factors/0/signal group margin|"}},
		{"a group has no bands", func(s *kam.Scorecard) { s.Factors[0].Bands = kam.Bands([]kam.Number{kam.Int(1)}) }, []string{"/factors/0/bands group 1|"}},
		{"a band has a length", func(s *kam.Scorecard) {
			s.Factors[1].Questions[0].Bands = kam.Bands([]kam.Number{kam.Int(1), kam.Int(2), kam.Int(3)}, kam.Int(5), kam.Int(5))
		}, []string{"/factors/1/questions/0/bands/1/to bands 5|> 5"}},
		{"a question has no questions", func(s *kam.Scorecard) {
			s.Factors[0].Questions[1].Questions = []kam.Factor{{ID: "z", Weight: kam.Int(100)}}
		}, []string{"/factors/0/questions/1/questions nesting future-share|"}},
	} {
		card := kam.PotentialScorecard()
		tt.change(&card)
		_, err := card.Compile()
		assert.Equal(t, tt.want, found(err), tt.reason)
	}
}

func TestScaleText(t *testing.T) {
	assert.Equal(t, "0..10", kam.Scale{}.String())
	assert.Equal(t, "-1.5..0", kam.Scale{Lo: kam.Dec(-15, 1)}.String())
}

// Ratings and edges that do not match are for the compiler to refuse.
func TestBandsThatDoNotMatch(t *testing.T) {
	one, two, three := kam.Int(1), kam.Int(2), kam.Int(3)
	assert.Equal(t, []kam.Band{{To: &one, Rating: one}, {From: &one, Rating: two}, {Rating: three}}, kam.Bands([]kam.Number{one, two, three}, one))
	assert.Equal(t, []kam.Band{{To: &one, Rating: one}}, kam.Bands([]kam.Number{one}, one, two))
	assert.Empty(t, kam.Bands(nil, one, two))
}

// An answer that no factor has is one fault, whatever its rating.
func TestUnknownAnswerIsOneFault(t *testing.T) {
	scorer, err := kam.PotentialScorecard().Compile()
	require.NoError(t, err)
	_, err = scorer.Score(kam.Answers{"zz": kam.Rated(kam.Int(99)), "volume": kam.Rated(kam.Int(99))})
	assert.Equal(t, []string{
		"/volume group volume|sales-volume, future-share, budget, entrenched-rivals, winnable",
		"/zz unknown zz|sales-volume, future-share, budget, entrenched-rivals, winnable, account-margin, against-target, against-standard",
	}, found(err))
}

// A scorer knows of no day: answers of any day count, and none is stale.
func TestScoreOfDatedAnswers(t *testing.T) {
	scorer, err := kam.Scorecard{ID: "x", Missing: kam.Neutral, MinCoverage: new(kam.Int(0)), Factors: []kam.Factor{
		{ID: "a", Weight: kam.Int(40)}, {ID: "b", Weight: kam.Int(60)},
	}}.Compile()
	require.NoError(t, err)
	s, err := scorer.Score(kam.Answers{"a": {Rating: kam.Int(10), On: kam.NewDate(9999, 12, 31)}})
	require.NoError(t, err)
	assert.Equal(t, kam.Score{
		Scorecard: "x", Points: new(kam.Int(70)), Coverage: kam.Int(40), Range: kam.Range{Worst: kam.Int(40), Best: kam.Int(100)},
		Contributions: []kam.Contribution{
			{Factor: "a", Weight: kam.Int(40), Rating: new(kam.Int(10)), Points: new(kam.Int(40)), Source: kam.FromAnswer},
			{Factor: "b", Weight: kam.Int(60), Points: new(kam.Int(30)), Source: kam.FromRule},
		},
		Missing: []string{"b"},
	}, s)
}

// The bands are those that METHOD.md gives, and no other factor has any.
func TestBandsAreThoseOfTheMethod(t *testing.T) {
	method, err := os.ReadFile("METHOD.md")
	require.NoError(t, err)
	_, table, ok := strings.Cut(string(method), "| factor | signal | edges → ratings |\n|---|---|---|\n")
	require.True(t, ok)
	table, _, _ = strings.Cut(table, "\n\n")
	number := func(s string) kam.Number {
		n, err := kam.ParseNumber(s)
		require.NoError(t, err)
		return n
	}
	want := map[string][]kam.Band{}
	for _, line := range strings.Split(table, "\n") {
		cells := strings.Split(line, "|")
		var bands []kam.Band
		for _, part := range strings.Split(cells[3], ", ") {
			edge, rating, _ := strings.Cut(strings.TrimSpace(part), " → ")
			band := kam.Band{Rating: number(rating)}
			if len(bands) > 0 {
				band.From = new(number(edge))
				bands[len(bands)-1].To = new(number(edge))
			}
			bands = append(bands, band)
		}
		for _, id := range strings.Split(cells[1], ",") {
			id, _, _ = strings.Cut(strings.TrimSpace(id), " ")
			want[id] = bands
		}
	}
	require.Len(t, want, 8)
	for _, card := range []kam.Scorecard{kam.SelectionScorecard(), kam.PotentialScorecard(), kam.AttractivenessScorecard(), kam.StrengthScorecard(), kam.RoleScorecard(), kam.PlanScorecard()} {
		for _, f := range leavesOf(card) {
			assert.Equal(t, want[f.ID], f.Bands, f.ID)
			delete(want, f.ID)
		}
	}
	assert.Empty(t, want)
}

// Without a required factor, or a question of a required group, there are no
// points; the rest stays known.
func TestRequiredFactors(t *testing.T) {
	scorer, err := kam.Scorecard{ID: "x", Relative: true, MinCoverage: new(kam.Int(0)), Factors: []kam.Factor{
		{ID: "free", Weight: kam.Int(1)},
		{ID: "must", Weight: kam.Int(1), Required: true},
		{ID: "group", Weight: kam.Int(1), Required: true, Questions: []kam.Factor{{ID: "q1", Weight: kam.Int(1)}, {ID: "q2", Weight: kam.Int(1)}}},
		{ID: "loose", Weight: kam.Int(1), Questions: []kam.Factor{{ID: "q3", Weight: kam.Int(1)}, {ID: "q4", Weight: kam.Int(1), Required: true}}},
	}}.Compile()
	require.NoError(t, err)
	for missing, points := range map[string]bool{"": true, "free": true, "must": false, "q1": false, "q2": false, "q3": true, "q4": false} {
		answers := rated(map[string]int{"free": 5, "must": 5, "q1": 5, "q2": 5, "q3": 5, "q4": 5})
		delete(answers, missing)
		s, err := scorer.Score(answers)
		require.NoError(t, err)
		assert.Equal(t, points, s.Points != nil, missing)
		row, err := scorer.Bind(answers)
		require.NoError(t, err)
		_, ok := row.Score().Points()
		assert.Equal(t, points, ok, missing)
		assert.Equal(t, s.Coverage, row.Score().Coverage())
		assert.NotZero(t, s.Coverage)
	}
}

// A policy's scorecard that says only how to take the weights is the built-in one in all else.
func TestRelativeIsKept(t *testing.T) {
	assert.True(t, compiled(t, kam.Policy{Strength: kam.Scorecard{Relative: true}}).Policy().Strength.Relative)
	assert.False(t, compiled(t, kam.Policy{}).Policy().Strength.Relative)
}

// An override of "tier" is one of the tier, and never of a scorecard's points; "served" is a
// judgement, and "revenue" a signal.
func TestScorecardsOfOtherNames(t *testing.T) {
	for _, id := range []string{"stage", "cell", "tier", "served", "revenue", "single-threaded", "strength"} {
		policy := kam.DefaultPolicy()
		policy.Potential.ID = id
		_, err := kam.Compile(policy)
		assert.Contains(t, found(err), "/potential/id duplicate "+id+"|")
	}
	policy := kam.DefaultPolicy()
	policy.Strength.ID = "ties"
	compiled(t, policy)
}

// The documentation of a built-in scorecard names all its factors.
func TestScorecardsAreDocumented(t *testing.T) {
	for file, cards := range map[string]map[string]kam.Scorecard{
		"attractiveness.go": {"SelectionScorecard": kam.SelectionScorecard(), "AttractivenessScorecard": kam.AttractivenessScorecard()},
		"potential.go":      {"PotentialScorecard": kam.PotentialScorecard()},
		"relationship.go":   {"StrengthScorecard": kam.StrengthScorecard()},
	} {
		source, err := os.ReadFile(file)
		require.NoError(t, err)
		for name, card := range cards {
			_, after, ok := strings.Cut(string(source), "// "+name+" returns")
			require.True(t, ok, name)
			doc, _, _ := strings.Cut(after, "\nfunc ")
			words := strings.FieldsFunc(doc, func(c rune) bool { return c != '-' && (c < 'a' || c > 'z') })
			for _, f := range card.Factors {
				require.Contains(t, words, f.ID, name)
				for _, q := range f.Questions {
					require.Contains(t, words, q.ID, name)
				}
			}
		}
	}
}
