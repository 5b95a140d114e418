package kam

import "github.com/kam-go/kam/internal/text"

// NarrowOf reports whether the sums of a scorer take one word.
func NarrowOf(sc *Scorer) bool { return sc.kernel.Narrow() }

// ScanAccount and StrictAccount are the two ways in which an account is read.
var ScanAccount = scanAccount

// StrictAccount returns what is wrong.
func StrictAccount(data []byte, a *Account) Violations { return decodeStrict(data, a) }

// Invest adds up entries that are all that there were.
func Invest(account string, entries []Effort, from, to Date, margin, yield *Money) (Investment, error) {
	return invest(account, entries, from, to, margin, yield, true)
}

// Unseen reports characters that no text may have.
var Unseen = text.Unseen

// Grouped writes an amount with commas.
var Grouped = grouped
