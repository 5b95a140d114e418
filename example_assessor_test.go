package kam_test

import (
	"fmt"

	"github.com/kam-go/kam"
)

// Whoever writes each assessment down and goes on needs no new memory for the
// next one.
func ExampleAssessor() {
	engine, err := kam.Compile(kam.Policy{})
	if err != nil {
		fmt.Println(err)
		return
	}
	assessor := engine.Assessor() // one for each goroutine
	for _, account := range []kam.Account{acme, {ID: "new"}, {ID: ""}} {
		a, err := assessor.Assess(&account, kam.NewDate(2026, 11, 24))
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(a.Account, a.Stage.Suggested, a.Placement.Cell) // a is good until the next call
	}
	// Output:
	// acme good key
	// new unknown unknown
	// kam: assess account "": /id: this must be given
}

// Two workers assess the accounts; what the loop sees comes in their order, one after
// another, and is written down before the next.
func ExampleAssessor_AssessParallel() {
	engine, err := kam.Compile(kam.Policy{})
	if err != nil {
		fmt.Println(err)
		return
	}
	accounts := func(yield func(kam.Account, error) bool) { // rows of a database, say
		for _, account := range []kam.Account{acme, {ID: "new"}, {ID: ""}} {
			if !yield(account, nil) {
				return
			}
		}
	}
	for a, err := range engine.Assessor().AssessParallel(accounts, kam.NewDate(2026, 11, 24), 2) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(a.Account, a.Stage.Suggested, a.Placement.Cell)
	}
	// Output:
	// acme good key
	// new unknown unknown
	// kam: assess account "": /id: this must be given
}
