package main

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/kam-go/kam"
)

// bare is an account as one would decode it without kam: texts and integers,
// and nothing is looked at.
type bare struct {
	ID            string `json:"id"`
	Name          string `json:"name"`
	Segment       string `json:"segment"`
	Owner         string `json:"owner"`
	Place         string `json:"place"`
	Currency      string `json:"currency"`
	CustomerSince string `json:"customerSince"`
	Sales         []struct {
		From           string   `json:"from"`
		To             string   `json:"to"`
		Revenue        *string  `json:"revenue"`
		DirectCost     *string  `json:"directCost"`
		Discount       *string  `json:"discount"`
		Orders         *int     `json:"orders"`
		LastOrder      string   `json:"lastOrder"`
		ProductLines   []string `json:"productLines"`
		Deliveries     *int     `json:"deliveries"`
		LateDeliveries *int     `json:"lateDeliveries"`
		Complaints     *int     `json:"complaints"`
	} `json:"sales"`
	Wallet     *string `json:"wallet"`
	OurRevenue *string `json:"ourRevenue"`
	Answers    map[string]map[string]struct {
		Rating string `json:"rating"`
		By     string `json:"by"`
		On     string `json:"on"`
	} `json:"answers"`
	Judgements map[string]struct {
		Verdict string `json:"verdict"`
		By      string `json:"by"`
		On      string `json:"on"`
	} `json:"judgements"`
	Contacts []struct {
		ID         string   `json:"id"`
		Name       string   `json:"name"`
		Title      string   `json:"title"`
		Department string   `json:"department"`
		Level      string   `json:"level"`
		Roles      []string `json:"roles"`
		Influence  string   `json:"influence"`
		Attitude   string   `json:"attitude"`
		Owner      string   `json:"owner"`
		ReportsTo  string   `json:"reportsTo"`
		LastMet    string   `json:"lastMet"`
	} `json:"contacts"`
}

// same is an account as encoding/json decodes it: the same values, read by the
// same methods of numbers, amounts, days and words.
type same kam.Account

// ways decode one line. All but the first give the same account.
var ways = []struct {
	name   string
	decode func(line []byte) (any, error)
}{
	{"encoding-json,texts-and-ints", func(line []byte) (any, error) { var v bare; return &v, json.Unmarshal(line, &v) }},
	{"encoding-json,same-values", func(line []byte) (any, error) {
		var v same
		err := json.Unmarshal(line, &v)
		return (*kam.Account)(&v), err
	}},
	{"encoding-json,Account", func(line []byte) (any, error) { var v kam.Account; return &v, json.Unmarshal(line, &v) }},
	{"Account.UnmarshalJSON", func(line []byte) (any, error) { var v kam.Account; return &v, v.UnmarshalJSON(line) }},
}

func lines(tb testing.TB, small bool) [][]byte {
	var b bytes.Buffer
	if err := write(&b, 200, small); err != nil {
		tb.Fatal(err)
	}
	return bytes.SplitAfter(b.Bytes(), []byte("\n"))[:200]
}

func TestWaysAgree(t *testing.T) {
	for _, small := range []bool{true, false} {
		for _, line := range lines(t, small) {
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

func BenchmarkDecode(b *testing.B) {
	for _, size := range []struct {
		name  string
		small bool
	}{{"whole", false}, {"small", true}} {
		lines := lines(b, size.small)
		bytes := 0
		for _, line := range lines {
			bytes += len(line)
		}
		for _, way := range ways {
			b.Run(size.name+"/"+way.name, func(b *testing.B) {
				b.SetBytes(int64(bytes / len(lines)))
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					if _, err := way.decode(lines[i%len(lines)]); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
