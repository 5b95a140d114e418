package main

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/kam-go/kam"
)

// What is measured on accounts that are refused says nothing.
func TestLinesAreAssessed(t *testing.T) {
	engine := must(kam.Compile(kam.DefaultPolicy()))
	for _, small := range []bool{true, false} {
		for _, line := range must(lines(200, small)) {
			var a kam.Account
			if err := a.UnmarshalJSON(line); err != nil {
				t.Fatal(err)
			}
			if _, err := engine.Assess(a, kam.NewDate(2026, 11, 24)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestWaysAgree(t *testing.T) {
	for _, small := range []bool{true, false} {
		for _, line := range must(lines(200, small)) {
			var want any
			for i, way := range ways {
				got, err := way.decode(line)
				if err != nil {
					t.Fatal(way.name, err)
				}
				switch {
				case i == 0:
					back, err := json.Marshal(got)
					if err != nil || len(back) < len(line)/2 {
						t.Fatal("much of the line is lost", err)
					}
				case i == 1:
					want = got
				case !reflect.DeepEqual(got, want):
					t.Fatalf("%s: %s", way.name, line)
				}
			}
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
