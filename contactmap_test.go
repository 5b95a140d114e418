package kam_test

import (
	"cmp"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

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
	unowned := func(c kam.Contact) kam.Contact { c.Owner = "unknown"; return c }
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
		{"one level, one holder", "both are said", []kam.Contact{decider, {ID: "e", Level: kam.Director, Owner: "Ann", Attitude: kam.AttitudeOpponent}, {ID: "f", Level: kam.Director, Owner: "Ann"}}, []kam.GapID{kam.GapOneHolder, kam.GapOneLevel}},
		{"levels unknown", "what is not recorded is not one level", []kam.Contact{decider, {ID: "e", Attitude: kam.AttitudeOpponent}}, nil},
		{"about to leave", "in 90 days", []kam.Contact{func() kam.Contact { d := decider; d.Until = asOf.AddDays(90); return d }(), user}, []kam.GapID{kam.GapKeyLoss}},
		{"leaves later", "in 91 days", []kam.Contact{func() kam.Contact { d := decider; d.Until = asOf.AddDays(91); return d }(), user}, nil},
		{"a user leaves", "not a key contact", []kam.Contact{decider, user, {ID: "w", Until: asOf}}, nil},
		{"approver gone", "90 days ago; one who could stop it is key", []kam.Contact{decider, user, {ID: "w", Roles: []kam.Role{kam.Approver}, Until: asOf.AddDays(-90)}}, []kam.GapID{kam.GapKeyLoss}},
		{"gone for longer", "91 days ago", []kam.Contact{decider, user, {ID: "w", Roles: []kam.Role{kam.Approver}, Until: asOf.AddDays(-91)}}, nil},
		{"sponsor leaves", "who stakes a reputation on us is key", []kam.Contact{decider, user, {ID: "w", Roles: []kam.Role{kam.User, kam.Sponsor}, Until: asOf}}, []kam.GapID{kam.GapKeyLoss}},
		{"comes and leaves later", "who is not there yet is not lost", []kam.Contact{decider, user, {ID: "w", Influence: kam.High, Since: asOf.AddDays(1), Until: asOf.AddDays(9)}}, nil},
		{"owners that say unknown", "are known of nobody", []kam.Contact{unowned(decider), unowned(user)}, nil},
		{"one of much influence leaves", "key without a role", []kam.Contact{decider, user, {ID: "w", Influence: kam.High, Until: asOf}}, []kam.GapID{kam.GapKeyLoss}},
		{"one holder, two levels", "the ties alone", []kam.Contact{decider, {ID: "e", Owner: "Ann", Attitude: kam.AttitudeOpponent}, {ID: "f", Owner: "Ann"}}, []kam.GapID{kam.GapOneHolder}},
		{"one holder of two", "which is usual", []kam.Contact{decider, {ID: "e", Owner: "Ann", Attitude: kam.AttitudeOpponent}}, nil},
		{"one level, two holders", "the levels alone", []kam.Contact{decider, {ID: "e", Level: kam.Director, Owner: "Bob", Attitude: kam.AttitudeOpponent}}, []kam.GapID{kam.GapOneLevel}},
		{"no holder", "ties that nobody owns are not in one hand", []kam.Contact{{ID: "d", Roles: []kam.Role{kam.Decider}, LastMet: asOf}, {ID: "e", Attitude: kam.AttitudeOpponent}}, nil},
		{"holder unknown", "said to be unknown", []kam.Contact{{ID: "d", Owner: "unknown", Roles: []kam.Role{kam.Decider}, LastMet: asOf}, {ID: "e", Owner: "unknown", Attitude: kam.AttitudeOpponent}}, nil},
		{"neutral", "is not against us", []kam.Contact{decider, {ID: "e", Owner: "Bob", Attitude: kam.AttitudeNeutral}}, []kam.GapID{kam.GapNoOpponent}},
		{"one of two deciders met", "is enough", []kam.Contact{decider, {ID: "e", Owner: "Bob", Roles: []kam.Role{kam.Decider}, Attitude: kam.AttitudeSceptic}}, nil},
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
	assert.Equal(t, kam.Text{EN: "other", ZH: "other"}, kam.GapID("other").Text())
}

// Gaps name the contacts that they are about, and the rules say what is lately
// and what is soon.
func TestContactGapsByTheRules(t *testing.T) {
	contacts := []kam.Contact{
		{ID: "d", Roles: []kam.Role{kam.Decider}, LastMet: asOf.AddDays(-11), Attitude: kam.AttitudeSceptic},
		{ID: "e", Roles: []kam.Role{kam.User, kam.Decider}, LastMet: asOf.AddDays(-12), Level: kam.Director},
		{ID: "f", Roles: []kam.Role{kam.Decider}, LastMet: asOf, Until: asOf.AddDays(-6)},
	}
	gaps := func(rules kam.ContactRules) []kam.Gap { return kam.MapContacts(contacts, asOf, rules).Gaps }
	unmet, lost := kam.Gap{ID: kam.GapDeciderUnmet, Contacts: []string{"d", "e"}}, kam.Gap{ID: kam.GapKeyLoss, Contacts: []string{"f"}}
	assert.Equal(t, []kam.Gap{lost, unmet}, gaps(kam.ContactRules{MetWithin: 10}), "11 days ago is not within 10; who is gone was not met for us")
	assert.Equal(t, []kam.Gap{lost}, gaps(kam.ContactRules{MetWithin: 11, LeavingWithin: 6}))
	assert.Nil(t, gaps(kam.ContactRules{LeavingWithin: 5}), "6 days ago is not within 5")
	assert.Equal(t, []kam.Gap{{ID: kam.GapSingle, Contacts: []string{"d"}}}, kam.MapContacts(contacts[:1], asOf, kam.ContactRules{}).Gaps, "a single contact is named")
}

// Influence counts 3, 2 or 1, and 2 where it is not known, which is said.
func TestInfluenceSplit(t *testing.T) {
	tests := []struct {
		name, reason string
		contacts     []kam.Contact
		want         kam.InfluenceSplit
	}{
		{
			"every attitude", "3 + 2 + 2 + 1 + 2",
			[]kam.Contact{
				{ID: "a", Influence: kam.High, Attitude: kam.AttitudeSupporter},
				{ID: "b", Influence: kam.Fair, Attitude: kam.AttitudeOpponent},
				{ID: "c", Influence: kam.Fair, Attitude: kam.AttitudeSceptic},
				{ID: "d", Influence: kam.Low, Attitude: kam.AttitudeNeutral},
				{ID: "e"},
			},
			kam.InfluenceSplit{For: kam.Int(30), Against: kam.Int(40), Neutral: kam.Int(10), Unknown: kam.Int(20), Assumed: kam.Int(20)},
		},
		{"nobody", "all is unknown, and nothing is assumed", nil, kam.InfluenceSplit{Unknown: kam.Int(100)}},
		{
			"two thirds and one", "rounded so that they sum to 100",
			[]kam.Contact{{ID: "a", Influence: kam.Fair, Attitude: kam.AttitudeSponsor}, {ID: "b", Influence: kam.Low, Attitude: kam.AttitudeNeutral}},
			kam.InfluenceSplit{For: kam.Dec(666667, 4), Neutral: kam.Dec(333333, 4)},
		},
		{"one of whom little is known", "all of it is assumed", []kam.Contact{{ID: "a", Attitude: kam.AttitudeNeutral}}, kam.InfluenceSplit{Neutral: kam.Int(100), Assumed: kam.Int(100)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, kam.MapContacts(tt.contacts, asOf, kam.ContactRules{}).Influence, tt.reason)
		})
	}
}

// The tree keeps the order of the list among those with one manager, whoever
// is listed first.
func TestContactTreeOrder(t *testing.T) {
	m := kam.MapContacts([]kam.Contact{
		{ID: "z", ReportsTo: "m"},
		{ID: "m", ReportsTo: "top"},
		{ID: "a", ReportsTo: "m"},
		{ID: "top"},
		{ID: "b", ReportsTo: "top"},
		{ID: "other"},
		{ID: "left", ReportsTo: "gone"},
		{ID: "gone", Until: asOf.AddDays(-1)},
	}, asOf, kam.ContactRules{})
	assert.Equal(t, []kam.TreeNode{
		{"top", "", 0}, {"m", "top", 1}, {"z", "m", 2}, {"a", "m", 2}, {"b", "top", 1}, {"other", "", 0}, {"left", "", 0},
	}, m.Tree)
	m = kam.MapContacts([]kam.Contact{{ID: "a"}, {ID: "other"}, {ID: "b", ReportsTo: "a"}}, asOf, kam.ContactRules{})
	assert.Equal(t, []kam.TreeNode{{"a", "", 0}, {"b", "a", 1}, {"other", "", 0}}, m.Tree, "those of the first listed, too, follow their manager")
	m = kam.MapContacts([]kam.Contact{{ID: "a", ReportsTo: "b"}, {ID: "b", ReportsTo: "a"}, {ID: "c", ReportsTo: "b"}}, asOf, kam.ContactRules{})
	assert.Equal(t, []kam.TreeNode{{"a", "", 0}, {"b", "a", 1}, {"c", "b", 2}}, m.Tree, "a circle is cut where it is met first")
}

// Groups count who was met lately, and put last who has none.
func TestContactGroupsCountTheMet(t *testing.T) {
	contacts := []kam.Contact{
		{ID: "a", Owner: "Zoe", Department: "unknown", LastMet: asOf.AddDays(-20)},
		{ID: "b", Owner: "Ann", LastMet: asOf},
		{ID: "c", Owner: "Zoe", Department: "works", LastMet: asOf.AddDays(-21)},
		{ID: "d", LastMet: asOf.AddDays(1)},
	}
	m := kam.MapContacts(contacts, asOf, kam.ContactRules{MetWithin: 20})
	assert.Equal(t, "Ann:b:1 Zoe:a+c:1 :d:0", groups(m.Ties), "20 days ago counts, 21 days do not, and tomorrow has not been")
	assert.Equal(t, "works:c:0 :a+b+d:2", groups(m.Departments), "unknown is none")
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
	assert.Equal(t, kam.ContactPath{From: "a", Owner: "Ann", Cost: 8, Steps: []kam.PathStep{{"a", "b", "owner", 5}, {"b", "c", "department", 2}}, Unknown: []string{"b"}}, p, "of a the attitude is known")
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
	assert.Empty(t, m.Tree, "too many are not drawn")
	assert.Empty(t, m.Gaps)
	assert.Equal(t, kam.InfluenceSplit{Unknown: kam.Int(100)}, m.Influence, "parts of 100 of these too")
	m = kam.MapContacts(nil, asOf, kam.ContactRules{MetWithin: -5, LeavingWithin: -1})
	assert.Equal(t, []string{"/rules/metWithin range -5|0..1000000000", "/rules/leavingWithin range -1|0..1000000000"}, found(m.Faults))
	most := make([]kam.Contact, 10_000)
	for i := range most {
		most[i].ID = strconv.Itoa(i)
	}
	m = kam.MapContacts(most, asOf, kam.ContactRules{})
	assert.Empty(t, m.Faults)
	assert.Len(t, m.Tree, 10_000, "as many as there may be are drawn")
	many := make([]kam.Contact, 17) // more than are searched one by one
	for i := range many {
		many[i] = kam.Contact{ID: fmt.Sprint("c", i), ReportsTo: "c16"}
	}
	many[16] = kam.Contact{ID: "c0", ReportsTo: "c1"}
	many[0].ReportsTo, many[2].ReportsTo, many[3].ReportsTo = "", "c0", "nobody"
	m = kam.MapContacts(many, asOf, kam.ContactRules{})
	assert.Equal(t, "/contacts/1/reportsTo unknown c16|", found(m.Faults)[0])
	assert.Equal(t, "/contacts/16/id duplicate c0|", found(m.Faults)[len(m.Faults)-1], "of two with one ID the first is meant: it reports to nobody, so there is no circle")
	assert.Len(t, m.Faults, 15, "1, 3 to 15, and the last")
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

// Who began today and leaves soon is a loss that matters, as anyone else.
func TestKeyLossOfToday(t *testing.T) {
	m := kam.MapContacts([]kam.Contact{{ID: "a", Influence: kam.High, Since: asOf, Until: asOf.AddDays(10)}}, asOf, kam.ContactRules{})
	assert.Contains(t, m.Gaps, kam.Gap{ID: kam.GapKeyLoss, Contacts: []string{"a"}})
}

func TestContactMapKeepsToItself(t *testing.T) {
	m := kam.MapContacts([]kam.Contact{{ID: "c1", Name: "Jane Roe", Personality: "direct"}}, asOf, kam.ContactRules{})
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("map", "value", m, "pointer", &m)
	for _, text := range []string{fmt.Sprintf("%v %+v", m, &m), fmt.Sprintf("%#v %s", m, m), log.String()} {
		assert.NotContains(t, text, "Jane")
		assert.NotContains(t, text, "direct")
		assert.Equal(t, 2, strings.Count(text, "1 contacts as of 2026-11-24"), text)
	}
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

// Letters, digits, spaces and what is not ASCII stand as they are; controls
// are spaces, and all else is written by its number.
func TestMermaidWritesEachCharacter(t *testing.T) {
	var name, want strings.Builder
	for r := range rune(0x82) {
		name.WriteRune(r)
		switch {
		case r >= 0x80 || unicode.IsLetter(r) || unicode.IsDigit(r):
			want.WriteRune(r)
		case r == ' ' || unicode.IsControl(r):
			want.WriteByte(' ')
		default:
			want.WriteString("#" + strconv.Itoa(int(r)) + ";")
		}
	}
	m := kam.MapContacts([]kam.Contact{{ID: "a", Name: name.String()}}, asOf, kam.ContactRules{})
	assert.Equal(t, `  n0["`+want.String()+`"]`, strings.Split(m.Mermaid(), "\n")[1])
}

// The same people in both languages: the colours by attitude, the ID where
// there is no name, the title on a line of its own.
func TestDrawingsSayWhoIsWho(t *testing.T) {
	m := kam.MapContacts([]kam.Contact{
		{ID: "a", Name: "Eve", Title: "CEO", Attitude: kam.AttitudeSupporter},
		{ID: "b", Title: "CFO", ReportsTo: "a", Attitude: kam.AttitudeSceptic},
		{ID: "c", Name: "Tab\tand\x7f", ReportsTo: "b", Attitude: kam.AttitudeNeutral},
		{ID: "d", Attitude: kam.AttitudeSponsor},
		{ID: "e", Attitude: kam.AttitudeOpponent},
	}, asOf, kam.ContactRules{})
	assert.Equal(t, `digraph contacts {
  node [shape=box, style=filled, fillcolor=white];
  n0 [label="Eve\nCEO", fillcolor="#d9f2d9"];
  n1 [label="b\nCFO", fillcolor="#fbe0e0"];
  n2 [label="Tab and "];
  n3 [label="d", fillcolor="#d9f2d9"];
  n4 [label="e", fillcolor="#fbe0e0"];
  n0 -> n1;
  n1 -> n2;
}
`, m.DOT())
	assert.Equal(t, `flowchart TD
  n0["Eve<br/>CEO"]:::for
  n1["b<br/>CFO"]:::against
  n2["Tab and "]
  n3["d"]:::for
  n4["e"]:::against
  n0 --> n1
  n1 --> n2
  classDef for fill:#d9f2d9,stroke:#2e7d32
  classDef against fill:#fbe0e0,stroke:#c62828
`, m.Mermaid())
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
	assert.Equal(t, kam.ContactPath{From: "t", Cost: 6, Steps: []kam.PathStep{{"t", "x", "reports-to", 1}, {"x", "z", "reports-to", 1}, {"z", "y", "owner", 3}}, Unknown: []string{"t", "x", "z"}}, p)
}

// What a way costs, by how well we reach the first contact, what two have in
// common and who must be asked.
func TestContactPathCosts(t *testing.T) {
	step := func(from, to, via string, cost int) kam.PathStep {
		return kam.PathStep{From: from, To: to, Via: via, Cost: cost}
	}
	tests := []struct {
		name, reason string
		contacts     []kam.Contact
		want         kam.ContactPath
	}{
		{"reached fairly", "costs one, without a step", []kam.Contact{{ID: "to", Reach: kam.Fair, Owner: "Ann"}}, kam.ContactPath{From: "to", Owner: "Ann", Cost: 1}},
		{
			"hardly reached", "is not reached: it takes another",
			[]kam.Contact{{ID: "to", Reach: kam.Low, Department: "x"}, {ID: "a", Reach: kam.High, Department: "x"}},
			kam.ContactPath{From: "a", Cost: 2, Steps: []kam.PathStep{step("a", "to", "department", 2)}},
		},
		{
			"well over fairly", "both lead there, one for less",
			[]kam.Contact{{ID: "f", Reach: kam.Fair, Department: "x"}, {ID: "to", Department: "x"}, {ID: "h", Reach: kam.High, Department: "x"}},
			kam.ContactPath{From: "h", Cost: 2, Steps: []kam.PathStep{step("h", "to", "department", 2)}},
		},
		{
			"two alike", "the one listed first",
			[]kam.Contact{{ID: "to", Department: "x"}, {ID: "a", Reach: kam.High, Department: "x"}, {ID: "b", Reach: kam.High, Department: "x"}},
			kam.ContactPath{From: "a", Cost: 2, Steps: []kam.PathStep{step("a", "to", "department", 2)}},
		},
		{
			"manager to report", "goes down as well as up",
			[]kam.Contact{{ID: "to", ReportsTo: "a"}, {ID: "a", Reach: kam.High}},
			kam.ContactPath{From: "a", Cost: 1, Steps: []kam.PathStep{step("a", "to", "reports-to", 1)}},
		},
		{
			"sceptic", "2 more than a colleague of the same owner",
			[]kam.Contact{{ID: "s", Reach: kam.High, ReportsTo: "to", Attitude: kam.AttitudeSceptic}, {ID: "to", Owner: "Ann"}, {ID: "a", Reach: kam.High, Owner: "Ann"}},
			kam.ContactPath{From: "s", Cost: 3, Steps: []kam.PathStep{step("s", "to", "reports-to", 3)}},
		},
		{
			"opponent", "4 more, so that the colleague is nearer",
			[]kam.Contact{{ID: "o", Reach: kam.High, ReportsTo: "to", Attitude: kam.AttitudeOpponent}, {ID: "to", Owner: "Ann"}, {ID: "a", Reach: kam.High, Owner: "Ann"}},
			kam.ContactPath{From: "a", Owner: "Ann", Cost: 3, Steps: []kam.PathStep{step("a", "to", "owner", 3)}},
		},
		{
			"to an opponent", "who is met need not help",
			[]kam.Contact{{ID: "a", Reach: kam.High}, {ID: "to", ReportsTo: "a", Attitude: kam.AttitudeOpponent}},
			kam.ContactPath{From: "a", Cost: 1, Steps: []kam.PathStep{step("a", "to", "reports-to", 1)}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for i := range tt.contacts {
				tt.contacts[i].Attitude = cmp.Or(tt.contacts[i].Attitude, kam.AttitudeNeutral)
			}
			got, ok := kam.MapContacts(tt.contacts, asOf, kam.ContactRules{}).Path("to")
			require.True(t, ok)
			assert.Equal(t, tt.want, got, tt.reason)
		})
	}
	_, ok := kam.ContactMap{}.Path("to")
	assert.False(t, ok, "on an empty map there is nobody")
}

// A part that is listed twice is played once.
func TestRoleTwice(t *testing.T) {
	m := kam.MapContacts([]kam.Contact{
		{ID: "a", Roles: []kam.Role{kam.Decider, kam.Decider}, LastMet: asOf}, {ID: "b", Roles: []kam.Role{kam.Decider}},
	}, asOf, kam.ContactRules{})
	assert.Equal(t, []kam.ContactGroup{{Name: "decider", Contacts: []string{"a", "b"}, Met: 1}}, m.BuyingCentre)
}

// A department or a colleague that some write "unknown" is none: two of it have nothing in
// common.
func TestContactPathThroughUnknown(t *testing.T) {
	for _, name := range []string{"", "unknown"} {
		m := kam.MapContacts([]kam.Contact{{ID: "x", Reach: kam.High, Department: name, Owner: name}, {ID: "y", Department: name, Owner: name}}, asOf, kam.ContactRules{})
		_, ok := m.Path("y")
		assert.False(t, ok, "%q", name)
	}
}
