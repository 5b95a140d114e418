package kam_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// checkEnum checks every word of an enum, and what is beyond them.
func checkEnum[T interface {
	~uint8
	value
	Values() []string
}, P pointer[T]](t *testing.T) {
	t.Helper()
	words := T(0).Values()
	require.NotEmpty(t, words)
	kind := strings.TrimPrefix(fmt.Sprintf("%T", T(0)), "kam.")
	for i, w := range words {
		assert.Equal(t, w, T(i).String())
		if kind != "Class" || i == 0 {
			assert.Regexp(t, `^[a-z0-9]+(-[a-z0-9]+)*$`, w, "%s is not in kebab-case", kind)
		}
		checkCodec[T, P](t, T(i), "", "Unknown", "nonsense", w+w, " "+w)
	}
	words[0] = "changed"
	assert.NotEqual(t, "changed", T(0).String(), "no internal slice is handed out")
	for i := len(words); i < 256; i++ {
		beyond := T(i)
		assert.Equal(t, fmt.Sprintf("%s(%d)", kind, i), beyond.String())
		_, err := beyond.MarshalText()
		require.ErrorIs(t, err, kam.CodeEnum)
		_, err = json.Marshal(beyond)
		require.ErrorIs(t, err, kam.CodeEnum)
		_, err = beyond.Value()
		require.ErrorIs(t, err, kam.CodeEnum)
	}
	var e T
	require.ErrorIs(t, P(&e).Scan(int64(1)), kam.CodeEnum, "the number of a word is not its wire form")
	err := P(&e).UnmarshalText([]byte("nonsense"))
	var vs kam.Violations
	require.ErrorAs(t, err, &vs)
	assert.Equal(t, kam.Violations{{Code: kam.CodeEnum, Value: "nonsense", Want: strings.Join(e.Values(), ", ")}}, vs)
}

func TestEnums(t *testing.T) {
	checkEnum[kam.Stage](t)
	checkEnum[kam.Cell](t)
	checkEnum[kam.Verdict](t)
	checkEnum[kam.Grade](t)
	checkEnum[kam.MissingRule](t)
	checkEnum[kam.Source](t)
	checkEnum[kam.Role](t)
	checkEnum[kam.Attitude](t)
	checkEnum[kam.Level](t)
	checkEnum[kam.Comparison](t)
	checkEnum[kam.Outcome](t)
	checkEnum[kam.View](t)
	checkEnum[kam.Tier](t)
	checkEnum[kam.Purpose](t)
	checkEnum[kam.Pace](t)
	checkEnum[kam.Stance](t)
	checkEnum[kam.ActionState](t)
	checkEnum[kam.Class](t)
	checkEnum[kam.EffortKind](t)
	checkEnum[kam.OverrideState](t)
	checkEnum[kam.FiscalUnit](t)
	checkEnum[kam.ChangeKind](t)
	checkEnum[kam.Phase](t)
	checkEnum[kam.PhaseState](t)
	checkEnum[kam.Side](t)
	checkEnum[kam.ActivityKind](t)
	checkEnum[kam.RiskTrend](t)
}
