package kam_test

import (
	"database/sql"
	"database/sql/driver"
	"encoding"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

// value is what every value type of the package can do.
type value interface {
	comparable
	fmt.Stringer
	encoding.TextMarshaler
	driver.Valuer
	GormDataType() string
}

type pointer[T value] interface {
	*T
	encoding.TextUnmarshaler
	sql.Scanner
}

// checkCodec puts a value through text, JSON and SQL, and refuses bad text
// without touching the destination.
func checkCodec[T value, P pointer[T]](t *testing.T, v T, bad ...string) {
	t.Helper()
	name := fmt.Sprintf("%T %v", v, v)
	text, err := v.MarshalText()
	require.NoError(t, err, name)
	var got T
	require.NoError(t, P(&got).UnmarshalText(text), name)
	assert.Equal(t, v, got, "text of %s", name)

	data, err := json.Marshal(v)
	require.NoError(t, err, name)
	assert.Equal(t, `"`+string(text)+`"`, string(data), "JSON is the text, quoted")
	got = *new(T)
	require.NoError(t, json.Unmarshal(data, &got), name)
	assert.Equal(t, v, got, "JSON of %s", name)
	require.NoError(t, json.Unmarshal([]byte("null"), &got))
	assert.Equal(t, v, got, "null changes nothing")

	column, err := v.Value()
	require.NoError(t, err, name)
	require.True(t, driver.IsValue(column), name)
	for _, src := range []any{column, []byte(text)} {
		got = *new(T)
		require.NoError(t, P(&got).Scan(src), name)
		assert.Equal(t, v, got, "SQL of %s", name)
	}
	require.Error(t, P(&got).Scan(1.5), "floats are not exact")
	assert.Equal(t, "text", v.GormDataType())

	for _, b := range bad {
		got = v
		require.Error(t, P(&got).UnmarshalText([]byte(b)), "%T %q", v, b)
		require.Error(t, P(&got).Scan(b), "%T %q", v, b)
		quoted, _ := json.Marshal(b)
		require.Error(t, json.Unmarshal(quoted, &got), "%T %q", v, b)
		assert.Equal(t, v, got, "a failed decoding changes nothing")
	}
}

// badNumbers are refused by every grammar of numbers and money.
var badNumbers = []string{
	"", "-", ".", ".5", "5.", "+1", " 1", "1 ", "--1", "1-", "1e3", "1E3", "NaN", "Inf", "-Inf", "0x1", "1_000", "1,5", "１", "1.2.3", "1:", "1/",
	"1000000000000000000", "9999999999999999999999", strings.Repeat("0", 41),
}

func TestNumberCodec(t *testing.T) {
	bad := append([]string{"0.00001", "1.12345", "100000000000000"}, badNumbers...)
	for s, want := range map[string]string{
		"0": "0", "-0": "0", "-0.0": "0", "0.0001": "0.0001", "-0.0001": "-0.0001", "12.50": "12.5", "007": "7", "1.50000": "1.5",
		"99999999999999.9999": "99999999999999.9999", "-99999999999999.9999": "-99999999999999.9999", "100": "100",
	} {
		n, err := kam.ParseNumber(s)
		require.NoError(t, err, s)
		assert.Equal(t, want, n.String())
		checkCodec(t, n, bad...)
	}
	var n kam.Number
	require.NoError(t, json.Unmarshal([]byte("12.5"), &n), "bare JSON numbers are read")
	assert.Equal(t, "12.5", n.String())
	require.NoError(t, n.Scan(int64(7)))
	assert.Equal(t, kam.Int(7), n)
	require.Error(t, n.Scan(nil), "NULL has no number")
	require.Error(t, json.Unmarshal([]byte("true"), &n))
	require.ErrorIs(t, n.UnmarshalJSON([]byte(`"\x"`)), kam.CodeSyntax)
	for _, in := range []string{`"`, `"7`, `"\u003`} {
		require.ErrorIs(t, n.UnmarshalJSON([]byte(in)), kam.CodeSyntax, "%s has no end", in)
	}
	for _, in := range []string{``, `7"`, `x7"`, `#7"`, `x7x`, `"7x`, `"7#`} {
		require.Error(t, n.UnmarshalJSON([]byte(in)), "%s has no start, or is no number", in)
	}
	assert.Equal(t, kam.Int(7), n, "and nothing has changed")
	require.NoError(t, n.UnmarshalJSON([]byte(" \"8\"\n")))
	require.NoError(t, n.UnmarshalJSON([]byte(" null ")))
	assert.Equal(t, kam.Int(8), n, "space around a value is none of it")
	escaped := strings.Repeat(`\u0030`, 39) + "9"
	require.NoError(t, n.UnmarshalJSON([]byte(`"`+escaped+`"`)))
	assert.Equal(t, kam.Int(9), n, "40 characters, of which 39 are escaped")
}

func TestNumberArithmeticForms(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 10_000 {
		units := r.Int64N(2_000_000_000_000_000_000) - 1_000_000_000_000_000_000
		if units <= -1_000_000_000_000_000_000 {
			continue
		}
		n := kam.Dec(units, 4)
		back, err := kam.NumberOf(n.Decimal())
		require.NoError(t, err)
		require.Equal(t, n, back)
		for places := range 5 {
			want := n.Decimal().RoundBank(int32(places)).StringFixed(int32(places))
			if strings.Trim(want, "-0.") == "" {
				want = strings.TrimPrefix(want, "-")
			}
			require.Equal(t, want, n.Fixed(places), "%s to %d places", n, places)
		}
	}
	assert.Equal(t, "2.5", kam.Dec(25, 1).String())
	assert.Equal(t, "0", kam.Dec(-4, 4).Fixed(0), "no negative zero")
	assert.Equal(t, "1.0000", kam.Int(1).Fixed(9), "no more than four places")
	assert.Equal(t, -1, kam.Int(1).Cmp(kam.Int(2)))
	assert.Equal(t, 1, kam.Int(2).Cmp(kam.Int(1)))
	assert.Equal(t, 0, kam.Int(2).Cmp(kam.Dec(20, 1)))
	for _, bad := range []kam.Number{
		kam.Dec(1, 5), kam.Dec(1, -1), kam.Dec(math.MaxInt64, 4), kam.Dec(math.MinInt64, 4), kam.Dec(math.MaxInt64, 0),
		kam.Dec(math.MinInt64, 0),
	} {
		assert.False(t, bad.Valid())
		assert.Equal(t, "invalid", bad.String())
		assert.Equal(t, "invalid", bad.Fixed(2))
		assert.True(t, bad.Decimal().IsZero())
		_, err := bad.MarshalText()
		require.ErrorIs(t, err, kam.CodeNumber)
	}
}

func TestMoneyCodec(t *testing.T) {
	bad := append([]string{"1 eur", "1 EU", "1 EURO", "1  EUR", "EUR 1", "1 EUR ", "12EUR", "1!EUR", "1 @UR", "1 EU[", " EUR", "EUR", "x EUR", "1 2 EUR", "0.0000000000001 EUR", "1.5e3 EUR"}, badNumbers...)
	for s, want := range map[string]string{
		"1234.5 EUR": "1234.50 EUR", "500 JPY": "500 JPY", "0.125 USD": "0.125 USD", "-3 KWD": "-3.000 KWD", "7 XXA": "7 XXA", "1 ZAZ": "1 ZAZ", "1 AZA": "1 AZA",
		"0.000000000001 EUR": "0.000000000001 EUR", "999999999999999999 EUR": "999999999999999999.00 EUR", "12.50": "12.5", "0": "0", "0 EUR": "0.00 EUR",
	} {
		m, err := kam.ParseMoney(s)
		require.NoError(t, err, s)
		assert.Equal(t, want, m.String())
		checkCodec(t, m, bad...)
	}
	var m kam.Money
	require.NoError(t, json.Unmarshal([]byte("12.5"), &m), "a bare JSON number has no currency")
	assert.Equal(t, "12.5", m.String())
	require.NoError(t, m.Scan(int64(7)))
	require.Error(t, m.Scan(nil))
}

func TestMoneyArithmetic(t *testing.T) {
	m := func(s string) kam.Money { return *money(s) }
	assert.Equal(t, m("1.50 EUR"), m("1.5 EUR"), "equal amounts are equal with ==")
	assert.NotEqual(t, m("0 EUR"), m("0 USD"))

	sum, err := kam.Money{}.Add(m("2 EUR"))
	require.NoError(t, err, "nothing in no currency is neutral")
	assert.Equal(t, m("2 EUR"), sum)
	sum, err = m("2 EUR").Sub(m("2.25 EUR"))
	require.NoError(t, err)
	assert.Equal(t, "-0.25 EUR", sum.String())
	assert.Equal(t, -1, sum.Sign())
	assert.Equal(t, "EUR", sum.Currency())

	for _, pair := range [][2]string{{"1 EUR", "1 USD"}, {"1 EUR", "1"}} {
		_, err = m(pair[0]).Add(m(pair[1]))
		require.ErrorIs(t, err, kam.CodeCurrencyMix)
		assert.Contains(t, err.Error(), m(pair[0]).String()+" and "+m(pair[1]).String(), "both are named")
		_, err = m(pair[0]).Sub(m(pair[1]))
		require.ErrorIs(t, err, kam.CodeCurrencyMix)
		_, err = m(pair[0]).Cmp(m(pair[1]))
		require.ErrorIs(t, err, kam.CodeCurrencyMix)
	}
	order, err := m("1.5 EUR").Cmp(m("1.50 EUR"))
	require.NoError(t, err)
	assert.Equal(t, 0, order)
	order, err = kam.Money{}.Cmp(m("1 EUR"))
	require.NoError(t, err)
	assert.Equal(t, -1, order)

	_, err = m("999999999999999999 EUR").Add(m("1 EUR"))
	require.ErrorIs(t, err, kam.CodeMoney, "beyond 18 digits")
	_, err = m("999999999999999999 EUR").Add(m("0.1 EUR"))
	require.ErrorIs(t, err, kam.CodeMoney)

	minor, err := kam.Minor(1234, "KWD")
	require.NoError(t, err)
	assert.Equal(t, "1.234 KWD", minor.String())
	_, err = kam.Minor(1, "EUX")
	require.ErrorIs(t, err, kam.CodeCurrency)
	_, err = kam.NewMoney(decimal.New(1, 0), "eur")
	require.ErrorIs(t, err, kam.CodeCurrency)
	require.ErrorContains(t, err, "make money: ", "what was asked for, and not how it is done")
	assert.Equal(t, []string{" currency eur|"}, found(err))
	_, err = kam.NewMoney(decimal.New(1, -13), "EUR")
	require.ErrorIs(t, err, kam.CodeMoney)

	r := rand.New(rand.NewPCG(3, 4))
	for range 10_000 {
		a := decimal.New(r.Int64N(2e12)-1e12, -int32(r.IntN(5)))
		b := decimal.New(r.Int64N(2e12)-1e12, -int32(r.IntN(5)))
		ma, err := kam.NewMoney(a, "EUR")
		require.NoError(t, err)
		mb, err := kam.NewMoney(b, "EUR")
		require.NoError(t, err)
		sum, err := ma.Add(mb)
		require.NoError(t, err)
		require.True(t, sum.Amount().Equal(a.Add(b)))
		back, err := sum.Sub(mb)
		require.NoError(t, err)
		require.Equal(t, ma, back)
	}
}

func TestDateCodec(t *testing.T) {
	bad := []string{"2026-1-1", "2026-13-01", "2026-02-29", "0000-01-01", "10000-01-01", "2026-11-24T00:00:00Z", "24.11.2026", "nonsense"}
	for _, s := range []string{"0001-01-01", "2024-02-29", "2026-11-24", "9999-12-31"} {
		d, err := kam.ParseDate(s)
		require.NoError(t, err)
		assert.Equal(t, s, d.String())
		checkCodec(t, d, bad...)
	}
	var d kam.Date
	assert.True(t, d.IsZero())
	assert.Empty(t, d.String())
	column, err := d.Value()
	require.NoError(t, err)
	assert.Nil(t, column, "unknown is NULL")
	d = asOf
	require.NoError(t, d.Scan(nil))
	assert.True(t, d.IsZero(), "and NULL unknown")
	require.NoError(t, d.Scan(time.Date(2026, 11, 24, 23, 59, 0, 0, time.UTC)))
	assert.Equal(t, asOf, d)
	require.NoError(t, d.UnmarshalText(nil))
	assert.True(t, d.IsZero())
	assert.True(t, d.Time().IsZero())
}

func TestDateCalendar(t *testing.T) {
	for _, tt := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-01-31", 1, "2026-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2024-02-29", -12, "2023-02-28"},
		{"2026-12-15", 1, "2027-01-15"},
		{"2026-01-15", -1, "2025-12-15"},
		{"9999-12-31", 1, "9999-12-31"},
	} {
		from, err := kam.ParseDate(tt.from)
		require.NoError(t, err)
		assert.Equal(t, tt.want, from.AddMonths(tt.months).String(), tt.from)
	}
	newYork := time.FixedZone("EST", -5*3600)
	assert.Equal(t, "2026-12-31", kam.DateOf(time.Date(2026, 12, 31, 22, 0, 0, 0, newYork)).String(), "the day on the wall there")
	for _, bad := range []kam.Date{kam.NewDate(0, 1, 1), kam.NewDate(10_000, 1, 1), kam.NewDate(2026, 2, 30), kam.NewDate(2026, 13, 1), kam.DateOf(time.Time{}.AddDate(-1, 0, 0))} {
		assert.False(t, bad.Valid())
		assert.Equal(t, "invalid", bad.String())
		_, err := bad.MarshalText()
		require.ErrorIs(t, err, kam.CodeDate)
	}
	assert.Equal(t, 1, asOf.Cmp(kam.Date{}), "unknown is before every day")
	assert.Equal(t, -1, asOf.Cmp(asOf.AddDays(1)))
}

func TestText(t *testing.T) {
	both, en, zh := kam.Text{EN: "key", ZH: "关键"}, kam.Text{EN: "key"}, kam.Text{ZH: "关键"}
	for _, tt := range []struct {
		text kam.Text
		lang kam.Language
		want string
	}{
		{both, "en", "key"},
		{both, "en-GB", "key"},
		{both, "fr", "key"},
		{both, "", "key"},
		{both, "zh", "关键"},
		{both, "zh-Hans-CN", "关键"},
		{both, "ZH-cn", "关键"},
		{both, "zha", "key"},
		{en, "zh", "key"},
		{zh, "en", "关键"},
		{kam.Text{}, "zh", ""},
	} {
		assert.Equal(t, tt.want, tt.text.In(tt.lang), "%v in %s", tt.text, tt.lang)
	}
	assert.Equal(t, "key", both.String())
}

// A code of another version, or one whose words need a value, is its own text.
func TestCodesWithoutWords(t *testing.T) {
	assert.Equal(t, "mine", kam.Code("mine").Error())
	assert.Equal(t, "weight-sum", kam.CodeWeightSum.Error())
	assert.Equal(t, "/a: mine: 1; expected 2", kam.Violation{Pointer: "/a", Code: "mine", Value: "1", Want: "2"}.In(kam.English))
	assert.Equal(t, "/a：mine：1；应为 2", kam.Violation{Pointer: "/a", Code: "mine", Value: "1", Want: "2"}.In(kam.Chinese))
	assert.Equal(t, "/a\uFFFDb: mine: \uFFFD; expected \uFFFD", kam.Violation{Pointer: "/a\nb", Code: "mine", Value: "\u202e", Want: "\x00"}.In(kam.English), "one line")
	assert.Equal(t, "/a: weights sum to much, 100", kam.Violation{Pointer: "/a", Code: kam.CodeWeightSum, Value: "much", Want: "100"}.In(kam.English))
	assert.Equal(t, "/a: weights sum to 99, all", kam.Violation{Pointer: "/a", Code: kam.CodeWeightSum, Value: "99", Want: "all"}.In(kam.English))
}

// What is repeated of an input is cut at 60 bytes, and not within a character.
func TestLongInputIsCut(t *testing.T) {
	for _, tt := range []struct{ given, want, reason string }{
		{strings.Repeat("一", 20), strings.Repeat("一", 20), "20 characters of 3 bytes fit"},
		{"12" + strings.Repeat("一", 20), "12" + strings.Repeat("一", 19) + "…", "the twentieth would end at 62"},
		{"1" + strings.Repeat("一", 20), "1" + strings.Repeat("一", 19) + "…", "the twentieth would end at 61"},
		{strings.Repeat("\x80", 61), "…", "bytes of which no character begins"},
	} {
		_, err := kam.ParseNumber(tt.given)
		assert.Equal(t, []string{" number " + tt.want + "|as in -12.5"}, found(err), tt.reason)
	}
}

// A value that cannot be read is told as data, whoever reads it: what it is and what was
// expected, and no place, which the reader knows.
func TestRefusedValues(t *testing.T) {
	_, number := kam.ParseNumber("1e5")
	_, amount := kam.ParseMoney("5,30 EUR")
	_, currency := kam.ParseMoney("5.30 eur")
	_, date := kam.ParseDate("24.11.2026")
	stages := "unknown, potential, developing, good, strong, limited-share, defensive, declining"
	for want, errs := range map[string][]error{
		" number 1e5|as in -12.5":              {number, new(kam.Number).UnmarshalText([]byte("1e5")), new(kam.Number).UnmarshalJSON([]byte("1e5")), new(kam.Number).Scan("1e5")},
		" money 5,30 EUR|as in 1234.50 EUR":    {amount, new(kam.Money).UnmarshalText([]byte("5,30 EUR")), new(kam.Money).UnmarshalJSON([]byte(`"5,30 EUR"`)), new(kam.Money).Scan([]byte("5,30 EUR"))},
		" currency 5.30 eur|as in 1234.50 EUR": {currency, new(kam.Money).UnmarshalText([]byte("5.30 eur"))},
		" date 24.11.2026|as in 2026-11-24":    {date, new(kam.Date).UnmarshalText([]byte("24.11.2026")), new(kam.Date).Scan("24.11.2026")},
		" enum great|" + stages:                {new(kam.Stage).UnmarshalText([]byte("great")), new(kam.Stage).Scan("great")},
		" type float64|text or integer":        {new(kam.Number).Scan(1.5), new(kam.Stage).Scan(1.5)},
		" date the year 10000|":                {new(kam.Date).Scan(time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC))},
		` syntax "\x"|string`:                  {new(kam.Number).UnmarshalJSON([]byte(`"\x"`))},
	} {
		for _, err := range errs {
			var vs kam.Violations
			require.ErrorAs(t, err, &vs, want)
			assert.Equal(t, []string{want}, found(err))
		}
	}
	assert.EqualError(t, new(kam.Verdict).UnmarshalText([]byte("maybe")), "kam: parse Verdict: this is not one of the words to choose from: maybe; expected unknown, yes, no")
}

// An amount that cannot be converted is told with its own currency, be it the account's, and
// with those that it could have been in.
func TestCurrenciesWithARate(t *testing.T) {
	policy := kam.Policy{Currency: "EUR", Rates: map[string]kam.Money{"USD": *money("0.9 EUR"), "CHF": *money("1.1 EUR")}}
	for _, a := range []kam.Account{{ID: "x", Wallet: money("5 GBP")}, {ID: "x", Currency: "GBP", Wallet: money("5")}} {
		_, err := compiled(t, policy).Assess(a, asOf)
		assert.Equal(t, []string{"/wallet currency-mix 5.00 GBP|EUR, CHF, USD"}, found(err))
	}
}

func TestJudgementForms(t *testing.T) {
	for _, tt := range []struct {
		reason, json string
		want         kam.Judgement
		fault        string
	}{
		{"a bare verdict", `"yes"`, kam.Judgement{Verdict: kam.Yes}, ""},
		{"an object", `{"verdict": "no", "by": "Ann", "on": "2026-01-02"}`, kam.Judgement{Verdict: kam.No, By: "Ann", On: kam.NewDate(2026, 1, 2)}, ""},
		{"no verdict", `{"by": "Ann"}`, kam.Judgement{By: "kept"}, "/verdict missing |"},
		{"no such verdict", `"perhaps"`, kam.Judgement{By: "kept"}, ` enum "perhaps"|unknown, yes, no`},
	} {
		j := kam.Judgement{By: "kept"}
		err := json.Unmarshal([]byte(tt.json), &j)
		if tt.fault != "" {
			require.Error(t, err, tt.reason)
			assert.Equal(t, kam.Judgement{By: "kept"}, j, "on error it keeps its value")
			continue
		}
		require.NoError(t, err, tt.reason)
		if j.By == "kept" {
			j.By = ""
		}
		assert.Equal(t, tt.want, j, tt.reason)
	}
}

// A JSON null leaves what is there alone, as encoding/json has it.
func TestNullLeavesAlone(t *testing.T) {
	doc := struct {
		Account kam.Account
		Policy  kam.Policy
		Plan    kam.Plan
	}{kam.Account{ID: "x"}, kam.Policy{Name: "p"}, kam.Plan{Account: "x"}}
	before := doc
	require.NoError(t, json.Unmarshal([]byte(`{"Account": null, "Policy": null, "Plan": null}`), &doc))
	assert.Equal(t, before, doc)
	require.NoError(t, doc.Account.UnmarshalJSON([]byte(" null ")))
	assert.Equal(t, before, doc)
}

// What was expected is said in the reader's language, where it is not an id or a number.
func TestWantsInChinese(t *testing.T) {
	for want, zh := range map[string]string{
		"as in 2026-11-24": "例如 2026-11-24", "integer of 64 bits": "64 位整数", "fewer than 100 faults": "少于 100 处错误", "<= 60 bytes": "<= 60 字节",
		"array": "数组", "good, strong": "good, strong", "<= 5": "<= 5", "0..100": "0..100", "as I": "as I",
	} {
		v := kam.Violation{Pointer: "/a", Code: kam.CodeType, Want: want}
		assert.Equal(t, "/a：类型不正确；应为 "+zh, v.In(kam.Chinese))
		assert.Equal(t, "/a: this has the wrong type; expected "+want, v.In(kam.English))
	}
}
