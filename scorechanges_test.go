package kam_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/cmd/kam/northwind"
)

const scoreChanges = `numbers, stages, cells or findings changed. If that is meant, name it under "Score changes" in CHANGELOG.md, ` +
	`raise ModelVersion where the model was released, and write the golden files with "go test -run TestScoreChanges -update ."`

// withoutWords takes out of a decoded document what may change while nothing
// that is computed does: texts for people, and the digest of the policy.
func withoutWords(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, x := range v {
			if text, ok := x.(map[string]any); ok && (text["en"] != nil || text["zh"] != nil) || key == "policy" {
				delete(v, key)
				continue
			}
			v[key] = withoutWords(x)
		}
	case []any:
		for i := range v {
			v[i] = withoutWords(v[i])
		}
	}
	return v
}

// computed is the JSON of what was computed, with sorted keys.
func computed(t *testing.T, v any, indent string) string {
	data, err := json.Marshal(v)
	require.NoError(t, err)
	var doc any
	require.NoError(t, json.Unmarshal(data, &doc))
	out, err := json.MarshalIndent(withoutWords(doc), "", indent)
	require.NoError(t, err)
	return string(out) + "\n"
}

func points(s kam.Score) string {
	if s.Points == nil {
		return s.Range.Worst.String() + ".." + s.Range.Best.String()
	}
	return s.Points.String()
}

// The sample portfolio by the default policy: a line for each account, with a
// digest of all that was computed, and one account whole. A digest that
// changes where the rest of its line does not is a signal, a contribution or a
// finding; the whole account shows which kind.
func TestScoreChanges(t *testing.T) {
	const list, whole = "testdata/scores.txt", "testdata/scores-savea.json"
	engine := compiled(t, kam.Policy{})
	var b strings.Builder
	b.WriteString("account digest selection potential attractiveness strength stage cell at-risk/watch/unknown rank index tier class\n")
	byID := map[string]kam.Assessment{}
	for a, err := range northwind.Accounts() {
		require.NoError(t, err)
		s, err := engine.Assess(a, northwind.AsOf)
		require.NoError(t, err)
		byID[a.ID] = s
	}
	p, err := engine.Portfolio(northwind.Accounts(), northwind.AsOf)
	require.NoError(t, err)
	for _, m := range p.Members {
		s := byID[m.Account]
		outcomes := map[kam.Outcome]int{}
		for id := range engine.Policy().Risks.Checks {
			outcomes[s.Risks.Outcome(id)]++
		}
		sum := sha256.Sum256([]byte(computed(t, s, "")))
		fmt.Fprintln(&b, m.Account, hex.EncodeToString(sum[:8]), points(s.Selection), points(s.Potential), points(s.Attractiveness), points(s.Strength),
			s.Stage.Suggested, s.Placement.Cell, fmt.Sprintf("%d/%d/%d", outcomes[kam.AtRisk], outcomes[kam.Watch], outcomes[kam.OutcomeUnknown]),
			m.Rank, points(kam.Score{Points: m.Index.Points, Range: m.Index.Range}), m.Tier, m.Class)
	}
	sum := sha256.Sum256([]byte(computed(t, p, "")))
	fmt.Fprintln(&b, "portfolio", hex.EncodeToString(sum[:8]), p.Revenue.Known, p.Margin.Known, p.RevenueConcentration.HHI, p.RevenueConcentration.Gini)
	for name, got := range map[string]string{list: b.String(), whole: computed(t, byID["SAVEA"], "  ")} {
		if *update {
			require.NoError(t, os.WriteFile(name, []byte(got), 0o600))
		}
		want, err := os.ReadFile(name)
		require.NoError(t, err)
		assert.Equal(t, string(want), got, scoreChanges)
	}
	assert.Len(t, p.Members, 91)
	log, err := os.ReadFile("CHANGELOG.md")
	require.NoError(t, err)
	assert.Contains(t, string(log), "### Score changes\n", "the heading that the message speaks of")
}
