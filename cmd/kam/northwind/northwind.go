// Package northwind is the sample portfolio of the command kam: the customers
// of Northwind, a fictional food trader, with their real sample orders, and
// invented answers for some of them. See README.md for source and licence.
package northwind

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"iter"

	"github.com/kam-go/kam"
)

//go:generate go run ./generate

//go:embed accounts.jsonl
var accounts []byte

//go:embed sample-answers.json
var sampleAnswers []byte

// AsOf is the day to judge the portfolio on: the end of the last month that
// the data cover whole.
var AsOf = kam.NewDate(1998, 4, 30)

// Accounts yields the 91 accounts, with the sample answers of those that have
// some.
func Accounts() iter.Seq2[kam.Account, error] {
	return func(yield func(kam.Account, error) bool) {
		samples, err := samples()
		if err != nil {
			yield(kam.Account{}, err)
			return
		}
		for line := range bytes.Lines(accounts) {
			var a kam.Account
			if err := a.UnmarshalJSON(line); err != nil {
				yield(a, fmt.Errorf("northwind: %w", err))
				return
			}
			if s, ok := samples[a.ID]; ok {
				a.Wallet, a.Answers, a.Judgements, a.Stages = s.Wallet, s.Answers, s.Judgements, s.Stages
				delete(samples, a.ID)
			}
			if !yield(a, nil) {
				return
			}
		}
		for id := range samples {
			yield(kam.Account{ID: id}, fmt.Errorf("northwind: sample answers for account %q: %w", id, kam.CodeUnknown))
			return
		}
	}
}

// samples reads the invented answers by account.
func samples() (map[string]kam.Account, error) {
	var file struct {
		Note     string
		Accounts []kam.Account
	}
	if err := json.Unmarshal(sampleAnswers, &file); err != nil {
		return nil, fmt.Errorf("northwind: sample answers: %w", err)
	}
	byID := map[string]kam.Account{}
	for _, a := range file.Accounts {
		if _, twice := byID[a.ID]; twice {
			return nil, fmt.Errorf("northwind: sample answers for account %q: %w", a.ID, kam.CodeDuplicate)
		}
		byID[a.ID] = a
	}
	return byID, nil
}
