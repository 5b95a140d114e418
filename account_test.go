package kam_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// memoryOf collects where the pointers, slices and maps of a value point.
func memoryOf(v reflect.Value, at map[uintptr]string, path string) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			memoryOf(v.Field(i), at, path+"."+v.Type().Field(i).Name)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			at[v.Pointer()] = path
			memoryOf(v.Elem(), at, path)
		}
	case reflect.Slice:
		if v.Len() > 0 {
			at[v.Pointer()] = path
		}
		for i := range v.Len() {
			memoryOf(v.Index(i), at, path)
		}
	case reflect.Map:
		at[v.Pointer()] = path
		for _, key := range v.MapKeys() {
			memoryOf(v.MapIndex(key), at, path)
		}
	}
}

func TestCloneSharesNothing(t *testing.T) {
	var a kam.Account
	filled(reflect.ValueOf(&a).Elem())
	b := a.Clone()
	require.Equal(t, a, b)
	of, shared := map[uintptr]string{}, []string{}
	memoryOf(reflect.ValueOf(a), of, "Account")
	require.Greater(t, len(of), 40)
	copied := map[uintptr]string{}
	memoryOf(reflect.ValueOf(b), copied, "Account")
	for at, path := range copied {
		if _, ok := of[at]; ok {
			shared = append(shared, path)
		}
	}
	assert.Empty(t, shared)
	assert.Equal(t, kam.Account{}, kam.Account{}.Clone(), "what is unknown stays so")
	none := kam.Account{Incidents: []kam.Incident{}, Managers: []kam.ManagerRecord{}}
	assert.Equal(t, none, none.Clone(), "and so does that there was none")
}
