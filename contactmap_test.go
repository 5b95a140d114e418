package kam_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// people is a small account: a board, a plant that we know, a purchase that
// we do not.
var people = []kam.Contact{
	{ID: "ceo", Name: "Eve", Level: kam.Executive, Department: "board", Roles: []kam.Role{kam.Approver}, Influence: kam.High},
	{ID: "plant", Name: "Paul", ReportsTo: "ceo", Level: kam.Director, Department: "plant", Roles: []kam.Role{kam.Decider}, Influence: kam.High, Attitude: kam.AttitudeSupporter, Owner: "Ann", Reach: kam.High, LastMet: asOf.AddDays(-10)},
	{ID: "shift", Name: "Sam", ReportsTo: "plant", Level: kam.Supervisory, Department: "plant", Roles: []kam.Role{kam.User, kam.Coach}, Influence: kam.Low, Attitude: kam.AttitudeSponsor, Owner: "Bob", Reach: kam.Fair},
	{ID: "buy", Name: "Bea", ReportsTo: "ceo", Level: kam.Director, Department: "purchase", Roles: []kam.Role{kam.Buyer}, Attitude: kam.AttitudeOpponent, Owner: "Ann"},
	{ID: "clerk", Name: "Cy", ReportsTo: "buy", Department: "purchase", Influence: kam.Low},
	{ID: "gone", Name: "Gil", Roles: []kam.Role{kam.Decider}, Until: asOf.AddDays(-30)},
}

func groups(gs []kam.ContactGroup) string {
	var out []string
	for _, g := range gs {
		out = append(out, fmt.Sprintf("%s:%s:%d", g.Name, strings.Join(g.Contacts, "+"), g.Met))
	}
	return strings.Join(out, " ")
}

func TestContactMap(t *testing.T) {
	m := kam.MapContacts(people, asOf, kam.ContactRules{})
	assert.Empty(t, m.Faults)
	var tree []string
	for _, n := range m.Tree {
		tree = append(tree, strings.Repeat("-", n.Depth)+n.Contact+"<"+n.Manager)
	}
	assert.Equal(t, []string{"ceo<", "-plant<ceo", "--shift<plant", "-buy<ceo", "--clerk<buy"}, tree)
	assert.Equal(t, "decider:plant:1 approver:ceo:0 user:shift:0 buyer:buy:0 coach:shift:0 :clerk:0", groups(m.BuyingCentre))
	assert.Equal(t, "supervisory:shift:0 director:plant+buy:1 executive:ceo:0 :clerk:0", groups(m.Levels))
	assert.Equal(t, "board:ceo:0 plant:plant+shift:1 purchase:buy+clerk:0", groups(m.Departments))
	assert.Equal(t, "Ann:plant+buy:1 Bob:shift:0 :ceo+clerk:0", groups(m.Ties))
	// Weights: ceo 3, plant 3, shift 1, buy 2 (assumed), clerk 1: 10 in all.
	assert.Equal(t, kam.InfluenceSplit{For: kam.Int(40), Against: kam.Int(20), Unknown: kam.Int(40), Assumed: kam.Int(20)}, m.Influence)
	assert.Equal(t, []kam.Gap{{ID: kam.GapKeyLoss, Contacts: []string{"gone"}}}, m.Gaps)
}

func TestContactGaps(t *testing.T) {
	decider := kam.Contact{ID: "d", Roles: []kam.Role{kam.Decider}, LastMet: asOf, Level: kam.Director, Owner: "Ann"}
	user := kam.Contact{ID: "u", Level: kam.Operational, Owner: "Bob", Attitude: kam.AttitudeSceptic}
	tests := []struct {
		name, reason string
		contacts     []kam.Contact
		want         []kam.GapID
	}{
		{"nobody", "one gap says it all", nil, []kam.GapID{kam.GapNoContacts}},
		{"all gone", "the same", []kam.Contact{{ID: "a", Until: asOf.AddDays(-200)}}, []kam.GapID{kam.GapNoContacts}},
		{"as it should be", "a decider met, a sceptic known, two levels, two of us", []kam.Contact{decider, user}, nil},
		{"one", "all hangs on one", []kam.Contact{decider}, []kam.GapID{kam.GapSingle, kam.GapNoOpponent}},
		{"no decider", "nobody is known to decide", []kam.Contact{user, {ID: "v", Level: kam.Director}}, []kam.GapID{kam.GapNoDecider}},
		{"decider long ago", "91 days", []kam.Contact{func() kam.Contact { d := decider; d.LastMet = asOf.AddDays(-91); return d }(), user}, []kam.GapID{kam.GapDeciderUnmet}},
		{"decider 90 days ago", "still counts", []kam.Contact{func() kam.Contact { d := decider; d.LastMet = asOf.AddDays(-90); return d }(), user}, nil},
		{"decider not yet met", "a meeting planned is none", []kam.Contact{func() kam.Contact { d := decider; d.LastMet = asOf.AddDays(1); return d }(), user}, []kam.GapID{kam.GapDeciderUnmet}},
		{"one level, one holder", "both are said", []kam.Contact{decider, {ID: "e", Level: kam.Director, Owner: "Ann", Attitude: kam.AttitudeOpponent}}, []kam.GapID{kam.GapOneHolder, kam.GapOneLevel}},
		{"levels unknown", "what is not recorded is not one level", []kam.Contact{decider, {ID: "e", Attitude: kam.AttitudeOpponent}}, nil},
		{"about to leave", "in 90 days", []kam.Contact{func() kam.Contact { d := decider; d.Until = asOf.AddDays(90); return d }(), user}, []kam.GapID{kam.GapKeyLoss}},
		{"leaves later", "in 91 days", []kam.Contact{func() kam.Contact { d := decider; d.Until = asOf.AddDays(91); return d }(), user}, nil},
		{"a user leaves", "not a key contact", []kam.Contact{decider, user, {ID: "w", Until: asOf}}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []kam.GapID
			for _, g := range kam.MapContacts(tt.contacts, asOf, kam.ContactRules{}).Gaps {
				got = append(got, g.ID)
				assert.NotEmpty(t, g.ID.Text().ZH)
			}
			assert.Equal(t, tt.want, got, tt.reason)
		})
	}
	assert.Equal(t, "other", kam.GapID("other").Text().EN)
}

func TestContactPath(t *testing.T) {
	m := kam.MapContacts(people, asOf, kam.ContactRules{})
	p, ok := m.Path("ceo")
	require.True(t, ok)
	assert.Equal(t, kam.ContactPath{From: "plant", Owner: "Ann", Cost: 1, Steps: []kam.PathStep{{"plant", "ceo", "reports-to", 1}}}, p)
	p, _ = m.Path("plant")
	assert.Equal(t, kam.ContactPath{From: "plant", Owner: "Ann"}, p, "we reach him already")
	p, ok = m.Path("clerk")
	require.True(t, ok)
	// Through the board: 1 + 1, and then from an opponent, 1 + 4. Through
	// Ann, who knows both: 3, and then from the opponent, 1 + 4.
	assert.Equal(t, 7, p.Cost)
	assert.Equal(t, []kam.PathStep{{"plant", "ceo", "reports-to", 1}, {"ceo", "buy", "reports-to", 1}, {"buy", "clerk", "reports-to", 5}}, p.Steps)
	_, ok = m.Path("gone")
	assert.False(t, ok, "not on the map")

	far := kam.MapContacts([]kam.Contact{
		{ID: "a", Reach: kam.Fair, Owner: "Ann", Attitude: kam.AttitudeSceptic}, {ID: "b", Owner: "Ann", Department: "x"}, {ID: "c", Department: "x"}, {ID: "d"},
	}, asOf, kam.ContactRules{})
	p, ok = far.Path("c")
	require.True(t, ok)
	assert.Equal(t, kam.ContactPath{From: "a", Owner: "Ann", Cost: 8, Steps: []kam.PathStep{{"a", "b", "owner", 5}, {"b", "c", "department", 2}}}, p)
	_, ok = far.Path("d")
	assert.False(t, ok, "nobody leads there")
}

// What is wrong with the contacts is said, and the rest is drawn.
func TestContactFaults(t *testing.T) {
	m := kam.MapContacts([]kam.Contact{
		{ID: "a", ReportsTo: "b"}, {ID: "b", ReportsTo: "a"}, {ID: "c", ReportsTo: "nobody"}, {ID: "c"}, {ID: "d", ReportsTo: "b"},
	}, asOf, kam.ContactRules{})
	assert.Equal(t, []string{"/contacts/0/reportsTo cycle b|", "/contacts/2/reportsTo unknown nobody|", "/contacts/3/id duplicate c|"}, found(m.Faults))
	assert.Len(t, m.Tree, 4, "each contact once")
	m = kam.MapContacts([]kam.Contact{{ID: "a"}, {}, {ID: "b", ReportsTo: "a"}}, asOf, kam.ContactRules{})
	assert.Equal(t, []string{"/contacts/1/id missing |"}, found(m.Faults))
	assert.Len(t, m.Tree, 3, "who reports to nobody does not report to one without an ID")
	m = kam.MapContacts(make([]kam.Contact, 10_001), asOf, kam.ContactRules{})
	assert.Equal(t, []string{"/contacts too-large 10001|<= 10000"}, found(m.Faults))
	assert.Equal(t, []string{"/asOf date |"}, found(kam.MapContacts(nil, kam.Date{}, kam.ContactRules{}).Faults))
}

// crowd is n contacts with circles, orphans and ids given twice.
func crowd(n int) []kam.Contact {
	out := make([]kam.Contact, n)
	for i := range out {
		c := kam.Contact{
			ID: fmt.Sprint("c", i), Department: fmt.Sprint("d", i%3), Owner: fmt.Sprint("o", i%2),
			Roles: []kam.Role{kam.Role(1 + i%8)}, Level: kam.Level(i % 6), Attitude: kam.Attitude(i % 6),
		}
		switch {
		case i%10 == 0:
			c.ReportsTo = fmt.Sprint("c", (i+5)%n) // and back again
		case i%10 == 5:
			c.ReportsTo = fmt.Sprint("c", i-5)
		case i%100 == 1:
			c.ReportsTo = "nobody"
		case i%100 == 2:
			c.ID = "twice"
		default:
			c.ReportsTo = fmt.Sprint("c", i-1)
		}
		out[i] = c
	}
	out[n-1].Reach = kam.Fair
	return out
}

func TestContactMapOfACrowd(t *testing.T) {
	cost := func(n int) time.Duration {
		contacts := crowd(n)
		best := time.Hour
		for range 3 {
			start := time.Now()
			m := kam.MapContacts(contacts, asOf, kam.ContactRules{})
			_, _ = m.Path("c7")
			_, _ = m.Mermaid(), m.DOT()
			best = min(best, time.Since(start))
			codes := map[kam.Code]int{}
			for _, v := range m.Faults {
				codes[v.Code]++
			}
			if n == 500 {
				require.Equal(t, n/10, codes[kam.CodeCycle])
				require.GreaterOrEqual(t, codes[kam.CodeUnknown], n/100)
				require.Equal(t, n/100-1, codes[kam.CodeDuplicate])
			} else {
				require.Len(t, m.Faults, 101, "a hundred, and that there are more")
			}
			require.Len(t, m.Tree, n-n/100+1)
		}
		return best
	}
	small, large := cost(500), cost(5000)
	t.Logf("500: %v, 5000: %v", small, large)
	assert.Less(t, large, 40*small+50*time.Millisecond, "ten times the people, not a hundred times the work")
}

// No name can break out of a drawing.
func TestDrawingsEscape(t *testing.T) {
	m := kam.MapContacts([]kam.Contact{
		{ID: "a", Name: "Eve \"] --> x; click a \"javascript:alert(1)\"", Title: "</text><script>&\\N\n#quot;"},
		{ID: "b", Name: "林一", ReportsTo: "a", Attitude: kam.AttitudeOpponent},
		{ID: "c", ReportsTo: "a", Attitude: kam.AttitudeSponsor},
	}, asOf, kam.ContactRules{})
	mermaid := m.Mermaid()
	lines := strings.Split(strings.TrimSpace(mermaid), "\n")
	assert.Len(t, lines, 8)
	assert.Equal(t, 2, strings.Count(lines[1], `"`), "the label's own quotes alone")
	for _, bad := range []string{"javascript:", "<script", "] -->", "click a \""} {
		assert.NotContains(t, mermaid, bad)
	}
	assert.Contains(t, mermaid, "林一")
	assert.Contains(t, mermaid, "n0 --> n1")
	assert.Contains(t, mermaid, ":::against")
	assert.Contains(t, mermaid, ":::for")
	dot := m.DOT()
	assert.Len(t, strings.Split(strings.TrimSpace(dot), "\n"), 8)
	assert.Contains(t, dot, `label="Eve \"] --> x; click a \"javascript:alert(1)\"\n</text><script>&amp;\\N #quot;"`)
	assert.Contains(t, dot, "n0 -> n2;")
}

func TestStrategy(t *testing.T) {
	engine, err := kam.Compile(kam.Policy{})
	require.NoError(t, err)
	a, err := engine.Assess(full(t), asOf)
	require.NoError(t, err)
	var ids []string
	for _, s := range a.Strategy {
		ids = append(ids, s.ID)
		assert.NotEmpty(t, s.Evidence, s.ID)
		assert.NotEmpty(t, s.Text.EN)
		assert.NotEmpty(t, s.Text.ZH)
	}
	assert.Equal(t, []string{"key-contact-lost", "no-known-opponent", "views-differ", "stage-developing", "cell-key", "unusual-move", "danger-declining"}, ids)
	assert.LessOrEqual(t, len(a.Strategy), 7)

	hurt, err := engine.Assess(kam.Account{ID: "x", Judgements: verdicts("need-ended", "served")}, asOf)
	require.NoError(t, err)
	assert.Equal(t, "stage-declining", hurt.Strategy[0].ID, "what is being lost comes first")
	nothing, err := engine.Assess(kam.Account{ID: "x"}, asOf)
	require.NoError(t, err)
	ids = nil
	for _, s := range nothing.Strategy {
		ids = append(ids, s.ID)
	}
	assert.Equal(t, []string{"no-contacts", "missing-answers", "unknown-evidence"}, ids, "nothing known leads to asking")
	assert.False(t, slices.Contains(ids, "stage-unknown"))
}

// The map of contacts says who is missing, and how to get there.
func ExampleMapContacts() {
	m := kam.MapContacts(people, asOf, kam.ContactRules{})
	fmt.Println("for us", m.Influence.For, "against", m.Influence.Against, "unknown", m.Influence.Unknown)
	for _, g := range m.Gaps {
		fmt.Println(g.ID, g.Contacts)
	}
	way, _ := m.Path("ceo")
	fmt.Println("to the ceo from", way.From, "whom", way.Owner, "knows")
	// Output:
	// for us 40 against 20 unknown 40
	// key-contact-lost [gone]
	// to the ceo from plant whom Ann knows
}

// The same map as text that Mermaid draws.
func ExampleContactMap_Mermaid() {
	m := kam.MapContacts([]kam.Contact{
		{ID: "1", Name: "Eve O'Hara", Title: "CEO"},
		{ID: "2", Name: "Paul", ReportsTo: "1", Attitude: kam.AttitudeSupporter},
	}, asOf, kam.ContactRules{})
	fmt.Print(m.Mermaid())
	// Output:
	// flowchart TD
	//   n0["Eve O#39;Hara<br/>CEO"]
	//   n1["Paul"]:::for
	//   n0 --> n1
	//   classDef for fill:#d9f2d9,stroke:#2e7d32
	//   classDef against fill:#fbe0e0,stroke:#c62828
}

// A short list of moves, each with its evidence.
func ExampleAdvice() {
	engine, _ := kam.Compile(kam.Policy{})
	account := acme
	account.Contacts = people
	a, _ := engine.Assess(account, asOf)
	for _, s := range a.Strategy[:2] {
		fmt.Println(s.ID, s.Evidence[0].Value)
		fmt.Println(" ", s.Text)
	}
	// Output:
	// key-contact-lost gone
	//   A key contact has left or is about to: meet the successor before a rival does.
	// stage-good 73
	//   Grow inside: offer what they buy elsewhere, and ask to be introduced to other units.
}

// A way that was found dear is not gone again when it was found cheaper: "x"
// costs 5 as the report of an opponent, and 2 as the manager of "t".
func TestContactPathFoundAgain(t *testing.T) {
	m := kam.MapContacts([]kam.Contact{
		{ID: "s", Reach: kam.High, Attitude: kam.AttitudeOpponent},
		{ID: "x", ReportsTo: "s"},
		{ID: "t", Reach: kam.Fair, ReportsTo: "x"},
		{ID: "z", ReportsTo: "x", Owner: "Ann"},
		{ID: "y", Owner: "Ann"},
	}, asOf, kam.ContactRules{})
	p, ok := m.Path("y")
	require.True(t, ok)
	assert.Equal(t, kam.ContactPath{From: "t", Cost: 6, Steps: []kam.PathStep{{"t", "x", "reports-to", 1}, {"x", "z", "reports-to", 1}, {"z", "y", "owner", 3}}}, p)
}

// A part that is listed twice is played once.
func TestRoleTwice(t *testing.T) {
	m := kam.MapContacts([]kam.Contact{
		{ID: "a", Roles: []kam.Role{kam.Decider, kam.Decider}, LastMet: asOf}, {ID: "b", Roles: []kam.Role{kam.Decider}},
	}, asOf, kam.ContactRules{})
	assert.Equal(t, []kam.ContactGroup{{Name: "decider", Contacts: []string{"a", "b"}, Met: 1}}, m.BuyingCentre)
}
