package strictjson

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type below struct {
	X int `json:"x"`
}

// level has a text form, and its kind is no string.
type level uint8

func (l *level) UnmarshalText(text []byte) error { *l = level(len(text)); return nil }

// The fields of an embedded struct are those of the outer one, as
// encoding/json has it.
func TestEmbedded(t *testing.T) {
	type outside struct {
		inner
		must
		Own string `json:"own"`
	}
	var v outside
	require.Empty(t, Decode([]byte(`{"n": 1, "own": "x", "a": 2, "c": 3}`), &v, 9))
	assert.Equal(t, outside{inner{N: 1}, must{A: 2, C: 3}, "x"}, v)
	assert.Equal(t, []Fault{
		{"/inner", Unknown, "inner", "n, text, a, b, c, own", nil}, {"/a", Missing, "", "", nil}, {"/c", Missing, "", "", nil},
	}, Decode([]byte(`{"inner": {}}`), &v, 9))
}

// Each field gets what encoding/json would give it.
func TestNamesOfFields(t *testing.T) {
	type Plain string
	type deeper struct{ below }
	type untagged struct{ X int }
	type tagged struct {
		Y int `json:"X"`
	}
	type hidden struct {
		below
		Y string `json:"x"`
	}
	type twice struct {
		below
		X string `json:"y"`
	}
	type deep struct {
		deeper
		Y string `json:"x"`
	}
	type byTag struct {
		untagged
		tagged
	}
	type named struct{ Plain }
	tests := []struct {
		name, reason, json string
		want               any
	}{
		{"outer before embedded", "the two share a JSON name and not a Go name", `{"x": "s"}`, hidden{Y: "s"}},
		{"outer before twice embedded", "depth counts, not order", `{"x": "s"}`, deep{Y: "s"}},
		{"one Go name", "the JSON names are two", `{"x": 1, "y": "s"}`, twice{below{1}, "s"}},
		{"tagged before untagged", "at the same depth", `{"X": 1}`, byTag{tagged: tagged{1}}},
		{"a struct that is not embedded", "a field by its own name", `{"Below": {"x": 1}}`, struct{ Below below }{below{1}}},
		{"embedded string", "has no fields, so it is one, named by its type", `{"Plain": "p"}`, named{"p"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, std := reflect.New(reflect.TypeOf(tt.want)), reflect.New(reflect.TypeOf(tt.want))
			assert.Empty(t, Decode([]byte(tt.json), got.Interface(), 9), tt.reason)
			assert.Equal(t, tt.want, got.Elem().Interface(), tt.reason)
			require.NoError(t, json.Unmarshal([]byte(tt.json), std.Interface()))
			assert.Equal(t, tt.want, std.Elem().Interface(), "encoding/json agrees")
		})
	}
}

// What is not supported is a fault, never a panic.
func TestDecodeUnsupported(t *testing.T) {
	type left struct{ X int }
	type right struct{ X int }
	// Two tags of one name, made here because vet refuses them in a literal.
	twoTags := reflect.StructOf([]reflect.StructField{
		{Name: "A", Type: reflect.TypeFor[int](), Tag: `json:"x"`},
		{Name: "B", Type: reflect.TypeFor[int](), Tag: `json:"x"`},
	})
	tests := []struct {
		name, reason, json string
		dst                any
		want               Fault
	}{
		{"two fields of one name", "neither goes before the other", `{"X": 1}`, new(struct {
			left
			right
		}), Fault{"/X", Unknown, "X", "", nil}},
		{"two tags of one name", "nor here", `{"x": 1}`, reflect.New(twoTags).Interface(), Fault{"/x", Unknown, "x", "", nil}},
		{"embedded pointer", "nil, so there is no field", `{"n": 1}`, new(struct {
			*inner
			Own int
		}), Fault{"/n", Unknown, "n", "Own", nil}},
		{"embedded pointer by its name", "encoding/json has no such field either", `{"Pointed": {}}`, new(struct{ *Pointed }), Fault{"/Pointed", Unknown, "Pointed", "", nil}},
		{"key with a text form", "only strings are keys", `{"good": 1}`, new(map[level]int), Fault{"", Type, `{"good": 1}`, "nothing", nil}},
		{"string key with a text form", "its unmarshaller would be passed by", `{"bad": 1}`, new(map[word]int), Fault{"", Type, `{"bad": 1}`, "nothing", nil}},
		{"whole number as a key", "only strings are keys", `{"1": 1}`, new(map[int]int), Fault{"", Type, `{"1": 1}`, "nothing", nil}},
		{"unsigned", "not supported", `1`, new(uint), Fault{"", Type, "1", "nothing", nil}},
		{"array", "not supported", `[1]`, new([1]int), Fault{"", Type, "[1]", "nothing", nil}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, []Fault{tt.want}, Decode([]byte(tt.json), tt.dst, 9), tt.reason)
			assert.True(t, reflect.ValueOf(tt.dst).Elem().IsZero(), "nothing was stored")
		})
	}
}

// Pointed is to be embedded.
type Pointed struct{ N int }

func TestStructWithoutFields(t *testing.T) {
	var o opaque
	require.Empty(t, Decode([]byte(`"o"`), &o, 9), "its unmarshaller gets a scalar at the root as well")
	assert.Equal(t, opaque{"o"}, o)
	assert.Equal(t, []Fault{{"", Type, "{}", "string", nil}}, Decode([]byte(`{}`), &o, 9), "it has no fields to bind")
	require.Empty(t, Decode([]byte(`null`), &o, 9))

	var own either
	assert.Equal(t, []Fault{{"", Type, "7", "object", nil}}, Decode([]byte(`7`), &own, 9), "at the root its unmarshaller is who asks")

	var none struct{}
	assert.Empty(t, Decode([]byte(`{}`), &none, 9), "all fields are there")
	assert.Equal(t, []Fault{{"/x", Unknown, "x", "", nil}}, Decode([]byte(`{"x": 1}`), &none, 9))
	assert.Equal(t, []Fault{{"", Type, "5", "object", nil}}, Decode([]byte(`5`), &none, 9))
}
