package kam

// Plan is an account plan: where we want to be with one account by a day, and
// who does what to get there (S11). It is plain data; [Plan.Validate] checks
// it.
type Plan struct {
	// Account is the ID of the account.
	Account string `json:"account"`
	// Owner is who of us answers for the plan.
	Owner string `json:"owner,omitzero"`
	From  Date   `json:"from,omitzero"`
	To    Date   `json:"to,omitzero"`
	// Purpose is what the plan is for, in a sentence or two.
	Purpose    string      `json:"purpose,omitzero"`
	Objectives []Objective `json:"objectives,omitempty"`
	Actions    []Action    `json:"actions,omitempty"`
}

// Objective is something that the plan is to reach.
type Objective struct {
	// ID is the caller's own key, unique in the plan.
	ID   string `json:"id"`
	Text string `json:"text,omitzero"`
	Due  Date   `json:"due,omitzero"`
}

// Action is something that someone does by a day for an objective.
type Action struct {
	// ID is the caller's own key, unique in the plan.
	ID   string `json:"id"`
	Text string `json:"text,omitzero"`
	// Owner is who does it.
	Owner string `json:"owner,omitzero"`
	Due   Date   `json:"due,omitzero"`
	// Objective is the ID of the objective that it serves.
	Objective string `json:"objective,omitzero"`
}

// Validate reports what is missing from the plan or wrong with it, as
// [Violations] in document order: no account, owner, purpose or objective; an
// id given twice; an action without an owner, a day or an objective that the
// plan has; a day that does not exist or comes before the plan starts.
func (p Plan) Validate() error {
	var r report
	r.key("/account", p.Account)
	r.key("/owner", p.Owner)
	r.date("/from", p.From)
	r.date("/to", p.To)
	r.after("/to", p.From, p.To)
	r.key("/purpose", p.Purpose)
	if len(p.Objectives) == 0 {
		r.add("/objectives", CodeMissing, "", ">= 1")
	}
	objectives := map[string]bool{}
	for i, o := range p.Objectives {
		at := place("/objectives").index(i)
		r.unique(at.key("id"), o.ID, objectives)
		r.key(at.key("text"), o.Text)
		p.due(&r, at.key("due"), o.Due)
	}
	actions := map[string]bool{}
	for i, a := range p.Actions {
		at := place("/actions").index(i)
		r.unique(at.key("id"), a.ID, actions)
		r.key(at.key("text"), a.Text)
		r.key(at.key("owner"), a.Owner)
		p.due(&r, at.key("due"), a.Due)
		if r.key(at.key("objective"), a.Objective); a.Objective != "" && !objectives[a.Objective] {
			r.add(at.key("objective"), CodeUnknown, a.Objective, "")
		}
	}
	return r.found.Err()
}

func (p *Plan) due(r *report, at place, due Date) {
	if r.date(at, due); due.IsZero() {
		r.add(at, CodeMissing, "", "")
	}
	r.after(at, p.From, due)
}
