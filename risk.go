package kam

// Risk is what one check of failure says about an account (S15, S16): whether
// it may be lost for that reason, and on what evidence. A risk stands beside
// the scores and is no part of them.
type Risk struct {
	// Check is the stable id of the check.
	Check   string  `json:"check"`
	Outcome Outcome `json:"outcome"`
	// Evidence is what the check looked at.
	Evidence []Finding `json:"evidence,omitempty"`
}

// Outcome is the result of a check. "Could not tell" is never "clear".
type Outcome uint8

// The outcomes.
const (
	OutcomeUnknown Outcome = iota // could not tell
	Clear                         // nothing found
	Watch                         // a first sign
	AtRisk                        // the account may be lost for this reason
)

var outcomeWords = []string{"unknown", "clear", "watch", "at-risk"}
