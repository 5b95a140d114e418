package strictjson_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/internal/strictjson"
)

// leaves has a field of each value type that the root package decodes.
type leaves struct {
	Number  kam.Number            `json:"number"`
	Money   *kam.Money            `json:"money"`
	Date    kam.Date              `json:"date"`
	Stage   kam.Stage             `json:"stage"`
	Roles   []kam.Role            `json:"roles"`
	Numbers map[string]kam.Number `json:"numbers"`
	Small   int8                  `json:"small"`
	Deep    *leaves               `json:"deep"`
}

// What is taken, encoding/json takes as well, and reads as the same values.
func FuzzDecodeLeaves(f *testing.F) {
	f.Add([]byte(`{"number": "12.5", "money": "1.50 EUR", "date": "2026-11-24", "stage": "good", "roles": ["decider"]}`))
	f.Add([]byte(`{"number": 1e2, "money": 3, "small": -128, "deep": {"deep": {"number": -0}}}`))
	f.Add([]byte(`{"numbers": {"a/b": 1, "~": "2", "\ud83d\ude00": null}, "stage": 3, "date": ""}`))
	f.Add([]byte(`{"numbers": {"\udc00": 1}, "Small": 1, "small": 128, "small": 1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var got, std leaves
		faults := strictjson.Decode(data, &got, 20)
		require.LessOrEqual(t, len(faults), 100)
		for _, fault := range faults {
			require.True(t, fault.Pointer == "" || fault.Pointer[0] == '/', fault.Pointer)
			require.LessOrEqual(t, len(fault.Value), 64)
			require.Equal(t, fault.Kind == strictjson.Value, fault.Err != nil, "an error belongs to the kind Value alone")
		}
		if len(faults) > 0 {
			return
		}
		require.NoError(t, json.Unmarshal(data, &std))
		dropNulls(t, &std, &got)
		require.Equal(t, std, got)
	})
}

// An account is decoded as the reference decodes it: the same faults in the
// same order, and the same values.
func FuzzDifferentialAccount(f *testing.F) {
	full, err := os.ReadFile("../../testdata/account.json")
	require.NoError(f, err)
	f.Add(full)
	f.Add([]byte(`{"id": "a", "sales": [{"from": "2026-13-01", "orders": 1.5, "revenue": "1 eur"}, null], "answers": {"strength": {"price": {"by": "x"}, "price": 7}}}`))
	f.Add([]byte(`{"contacts": [{"roles": ["decider", "king"], "level": 7}], "judgements": {"served": "maybe"}, "peers": {"orders": null}, "Id": 1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var got, want kam.Account
		faults, wanted := strictjson.Decode(data, &got, 32), strictjson.Reference(data, &want, 32)
		require.Len(t, faults, len(wanted))
		for i, w := range wanted {
			g := faults[i]
			if w.Err != nil {
				require.EqualError(t, g.Err, w.Err.Error())
				g.Err, w.Err = nil, nil
			}
			require.Equal(t, w, g)
		}
		require.Equal(t, want, got)
	})
}

// dropNulls takes the nulls out of encoding/json's maps, which it keeps as
// zero values.
func dropNulls(t *testing.T, std, got *leaves) {
	t.Helper()
	for ; std != nil && got != nil; std, got = std.Deep, got.Deep {
		for k, v := range std.Numbers {
			if _, ok := got.Numbers[k]; !ok {
				require.Zero(t, v)
				delete(std.Numbers, k)
			}
		}
	}
}
