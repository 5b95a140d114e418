package kam

import (
	"container/heap"
	"slices"
)

// ContactPath is a way from us to a contact whom we do not reach yet.
type ContactPath struct {
	// From is the contact whom we reach, and Owner who of us does.
	From  string `json:"from"`
	Owner string `json:"owner,omitzero"`
	// Steps lead from there to the contact.
	Steps []PathStep `json:"steps"`
	// Cost is the sum of the costs; lower is stronger.
	Cost int `json:"cost"`
	// Unknown are those on the way who are to introduce us and whose attitude is not known:
	// they are taken for neutral, and an opponent would cost 4 more.
	Unknown []string `json:"unknown,omitempty"`
}

// PathStep is one introduction.
type PathStep struct {
	From string `json:"from"`
	To   string `json:"to"`
	// Via is what the two have in common: "reports-to", "department" or
	// "owner".
	Via  string `json:"via"`
	Cost int    `json:"cost"`
}

// What a way costs: one for a contact whom we reach fairly and none for one
// whom we reach well; then for each introduction, by how well the two are
// bound to know each other; and more where it must come from someone who would
// rather not.
const (
	costReachFair  = 1
	costReportsTo  = 1 // a manager and a report
	costDepartment = 2 // the same department
	costOwner      = 3 // the same one of us owns both ties
	costSceptic    = 2
	costOpponent   = 4
)

// Path returns the strongest way to a contact: the one of the least cost; ties
// go to the contact listed first. There is none to a contact who is not on the
// map, or whom nobody we reach leads to. One whom we reach already is a way
// without steps.
func (m ContactMap) Path(id string) (ContactPath, bool) {
	to, ok := m.index[id]
	if !ok {
		return ContactPath{}, false
	}
	g := m.graph()
	g.search(m.contacts, to)
	if g.cost[to] < 0 {
		return ContactPath{}, false
	}
	p := ContactPath{Cost: g.cost[to]}
	at := to
	for g.before[at] >= 0 {
		from, via := g.before[at], "reports-to"
		if from >= len(m.contacts) { // through what two have in common
			via = g.hubs[from-len(m.contacts)]
			from = g.before[from]
		}
		p.Steps = append(p.Steps, PathStep{m.contacts[from].ID, m.contacts[at].ID, via, g.cost[at] - g.cost[from]})
		if m.contacts[from].Attitude == AttitudeUnknown {
			p.Unknown = append(p.Unknown, m.contacts[from].ID)
		}
		at = from
	}
	slices.Reverse(p.Steps)
	slices.Reverse(p.Unknown)
	p.From, p.Owner = m.contacts[at].ID, m.contacts[at].Owner
	return p, true
}

// contactGraph has a node for each contact and one for each department and
// owner, so that a department of thousands needs thousands of edges and not
// millions.
type contactGraph struct {
	edges  [][]edge
	hubs   []string // what each node beyond the contacts stands for
	cost   []int    // -1 is not reached
	before []int
}

type edge struct{ to, cost int }

func (m *ContactMap) graph() *contactGraph {
	g := &contactGraph{edges: make([][]edge, len(m.contacts))}
	link := func(a, b, cost int) {
		g.edges[a] = append(g.edges[a], edge{b, cost})
		g.edges[b] = append(g.edges[b], edge{a, 0})
	}
	hub := func(of map[string]int, name, kind string, i, cost int) {
		if !hasName(name) {
			return
		}
		at, ok := of[name]
		if !ok {
			at = len(g.edges)
			of[name] = at
			g.edges = append(g.edges, nil)
			g.hubs = append(g.hubs, kind)
		}
		link(i, at, cost)
	}
	departments, owners := map[string]int{}, map[string]int{}
	for i, c := range m.contacts {
		if up := m.manager[i]; up >= 0 {
			g.edges[i] = append(g.edges[i], edge{up, costReportsTo})
			g.edges[up] = append(g.edges[up], edge{i, costReportsTo})
		}
		hub(departments, c.Department, "department", i, costDepartment)
		hub(owners, c.Owner, "owner", i, costOwner)
	}
	return g
}

// search is Dijkstra's, from all contacts whom we reach.
func (g *contactGraph) search(contacts []Contact, to int) {
	g.cost, g.before = make([]int, len(g.edges)), make([]int, len(g.edges))
	done := make([]bool, len(g.edges))
	var q queue
	for i := range g.edges {
		g.cost[i], g.before[i] = -1, -1
	}
	for i, c := range contacts {
		switch c.Reach {
		case High:
			g.cost[i] = 0
		case Fair:
			g.cost[i] = costReachFair
		default:
			continue
		}
		heap.Push(&q, edge{i, g.cost[i]})
	}
	for len(q) > 0 {
		at := heap.Pop(&q).(edge).to
		if at == to {
			return
		}
		if done[at] {
			continue
		}
		done[at] = true
		unwilling := 0
		if at < len(contacts) {
			unwilling = reluctance(contacts[at])
		}
		for _, e := range g.edges[at] {
			if c := g.cost[at] + unwilling + e.cost; g.cost[e.to] < 0 || c < g.cost[e.to] {
				g.cost[e.to], g.before[e.to] = c, at
				heap.Push(&q, edge{e.to, c})
			}
		}
	}
}

// reluctance is what it costs more to be introduced by someone.
func reluctance(c Contact) int {
	switch c.Attitude {
	case AttitudeSceptic:
		return costSceptic
	case AttitudeOpponent:
		return costOpponent
	}
	return 0
}

// queue is a heap of nodes by cost; ties go to the node listed first.
type queue []edge

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	return q[i].cost < q[j].cost || q[i].cost == q[j].cost && q[i].to < q[j].to
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(edge)) }
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}
