package northwind

import (
	"embed"
	"fmt"

	"github.com/kam-go/kam"
)

//go:generate go run ./generate/plans

//go:embed plans
var plans embed.FS

// PlanAccount is the ID of the account that has the sample plan.
const PlanAccount = "SAVEA"

// Plan returns a version of the sample plan: 1, as it was written on the last
// day of 1997, or 2, as its review of the end of April 1998 left it. The texts
// are invented; the figures of sales are those of the account.
func Plan(version int) (kam.Plan, error) {
	var p kam.Plan
	data, err := plans.ReadFile(fmt.Sprintf("plans/savea-%d.json", version))
	if err == nil {
		err = p.UnmarshalJSON(data)
	}
	if err != nil {
		return kam.Plan{}, fmt.Errorf("northwind: plan version %d: %w", version, err)
	}
	return p, nil
}

// Account returns the account of the id.
func Account(id string) (kam.Account, error) {
	for a, err := range Accounts() {
		if err != nil || a.ID == id {
			return a, err
		}
	}
	return kam.Account{}, fmt.Errorf("northwind: account %q: %w", id, kam.CodeUnknown)
}
