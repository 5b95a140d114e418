package kam

import "cmp"

// converter brings the amounts of one account to one currency: the policy's,
// or else that of the first amount.
type converter struct {
	target  string
	decided bool
	rates   map[string]rational
	own     string // what an amount without a code is in
	// The code of an amount that needed no rate; most others have it too.
	plain      [3]byte
	plainKnown bool
}

// value returns the amount in the target currency, unknown when it is absent.
// A currency without a rate is reported, with both currencies.
func (c *converter) value(r *report, at place, m *Money) rational {
	switch {
	case m == nil:
		return rational{}
	case c.plainKnown && m.code == c.plain:
		return m.rational()
	case *m == Money{}:
		return whole(0)
	}
	code := c.own
	if m.code != [3]byte{} {
		code = c.name(m.code)
	}
	switch {
	case !c.decided:
		c.target, c.decided = code, true
	case code != c.target:
		if rate, ok := c.rates[code]; ok {
			return m.rational().times(rate)
		}
		c.refuse(r, at, *m, code)
		return rational{}
	}
	c.plain, c.plainKnown = m.code, true
	return m.rational()
}

// convert is the amount in the currency of the converter.
func (e *Engine) convert(r *report, c *converter, at place, m *Money) *Money {
	if !c.value(r, at, m).known() {
		return m
	}
	amount, code := m.Amount(), cmp.Or(m.Currency(), c.own)
	if code != c.target {
		amount = amount.Mul(e.policy.Rates[code].Amount())
	}
	out, ok := fit(amount, c.target)
	if !ok {
		r.add(at, CodeMoney, m.String(), "")
	}
	return &out
}

// refuse names the amount's currency, which may be the account's own, and those that it
// could have been in.
func (c *converter) refuse(r *report, at place, m Money, code string) {
	if r.full() {
		return
	}
	copy(m.code[:], code)
	want := []string{c.target}
	for code := range sorted(c.rates) {
		if code != c.target {
			want = append(want, code)
		}
	}
	r.add(at, CodeCurrencyMix, m.String(), join(want))
}

// name is a code as text; one that is met again and again is made once.
func (c *converter) name(code [3]byte) string {
	for _, known := range [...]string{c.target, c.own} {
		if known == string(code[:]) {
			return known
		}
	}
	return string(code[:])
}
