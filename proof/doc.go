// Package proof holds the tests of kam that need other libraries. It is a
// module of its own, so that these never reach the go.mod of kam's users.
package proof
