package kam

// NarrowOf reports whether the sums of a scorer take one word.
func NarrowOf(sc *Scorer) bool { return sc.kernel.Narrow() }

// Unseen reports characters that no text may have.
var Unseen = unseen
