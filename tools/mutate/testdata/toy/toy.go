// Package toy is broken by the test of mutate.
package toy

import "math/big"

// Larger is max.
func Larger(a, b int) int {
	if a > b {
		return a
	}
	return b
}

// Down counts down.
func Down(n int) int {
	for n != 0 {
		n--
	}
	return n
}

// Idle is called by no test.
func Idle(a, b bool) bool { return a && b }

// Sum is a sum.
func Sum(a, b int64) string {
	sum := big.NewInt(a)
	sum.Add(sum, big.NewInt(b))
	return sum.String()
}

// Each calls f for each of the first n.
func Each(n int, f func(int)) {
	for i := range n {
		if i == 1 {
			continue
		}
		f(i * 2)
	}
}

// Late needs a type that this file does not import.
func (y Year) Late() bool { return y.Start > 1 }
