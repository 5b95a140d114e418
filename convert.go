package kam

import "math/big"

// converter brings the amounts of one account to one currency: the policy's,
// or else that of the first amount.
type converter struct {
	target  string
	decided bool
	rates   map[string]*big.Rat
	own     string // what an amount without a code is in
}

// known is amount for an amount whose lack of a rate makes a value unknown
// and is no fault.
func (c *converter) known(m Money) (*big.Rat, bool) {
	var r report
	x := c.amount(&r, "", &m)
	return x, len(r.found) == 0
}

// amount returns the amount in the target currency, or nil when it is absent.
// A currency without a rate is reported, with both currencies.
func (c *converter) amount(r *report, at place, m *Money) *big.Rat {
	if m == nil {
		return nil
	}
	code := m.Currency()
	if code == "" {
		code = c.own
	}
	switch {
	case *m == Money{}:
		return new(big.Rat)
	case !c.decided:
		c.target, c.decided = code, true
	case code != c.target:
		if rate, ok := c.rates[code]; ok {
			return new(big.Rat).Mul(m.rat(), rate)
		}
		r.add(at, CodeCurrencyMix, m.String(), c.target)
		return nil
	}
	return m.rat()
}
