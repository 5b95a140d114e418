//go:build race

package kam_test

// slower is how much more time the race detector may take.
const slower = 10
