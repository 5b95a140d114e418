// Command plans puts the assessments of their days into the sample plans. Run
// it with go generate in the folder of the package northwind.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"

	"github.com/kam-go/kam"
	"github.com/kam-go/kam/cmd/kam/northwind"
)

// days are the days on which the versions of the plan were written.
var days = []kam.Date{kam.NewDate(1997, 12, 31), northwind.AsOf}

func main() {
	for i, day := range days {
		if err := write(i+1, day); err != nil {
			log.Fatal(err)
		}
	}
}

func write(version int, day kam.Date) error {
	p, err := northwind.Plan(version)
	if err != nil {
		return err
	}
	account, err := northwind.Account(northwind.PlanAccount)
	if err != nil {
		return err
	}
	engine, err := kam.Compile(kam.Policy{})
	if err != nil {
		return err
	}
	snapshot, err := engine.Assess(account, day)
	if err != nil {
		return err
	}
	p.Overview.Snapshot = &snapshot
	data, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(fmt.Sprintf("plans/savea-%d.json", version), append(data, '\n'), 0o644)
}
