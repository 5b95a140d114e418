//go:build !race

package kam_test

const slower = 1
