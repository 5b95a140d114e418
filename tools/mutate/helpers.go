package main

// helpers are added to the package. Each evaluates what it stands for, and
// something else when its mutant is on.
const helpers = `
import (
	"cmp"
	"os"
	"strconv"
)

var mutantNow, mutantTrace, mutantSeen = mutantSetup()

func mutantSetup() (int, *os.File, map[int]bool) {
	now, _ := strconv.Atoi(os.Getenv("MUTANT"))
	trace, _ := os.OpenFile(os.Getenv("MUTANT_TRACE"), os.O_WRONLY|os.O_APPEND, 0)
	return now, trace, map[int]bool{}
}

var mutantLock = make(chan struct{}, 1)

func mutantOn(id int) bool {
	if mutantTrace != nil {
		mutantReached(id)
	}
	return id == mutantNow
}

func mutantReached(id int) {
	mutantLock <- struct{}{}
	if !mutantSeen[id] {
		mutantSeen[id] = true
		mutantTrace.WriteString(strconv.Itoa(id) + "\n")
	}
	<-mutantLock
}

type mutantInteger interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

func mutantNot[T ~bool](id int, v T) T {
	return v != T(mutantOn(id))
}

func mutantCond(never, always int, v bool) bool {
	n, a := mutantOn(never), mutantOn(always)
	return v && !n || a
}

func mutantAnd(id int, a bool, b func() bool) bool {
	if mutantOn(id) {
		return a || b()
	}
	return a && b()
}

func mutantOr(id int, a bool, b func() bool) bool {
	if mutantOn(id) {
		return a && b()
	}
	return a || b()
}

func mutantLess[T cmp.Ordered](edge, not int, a, b T) bool {
	e, n := mutantOn(edge), mutantOn(not)
	return (a < b || e && a == b) != n
}

func mutantLessEqual[T cmp.Ordered](edge, not int, a, b T) bool {
	e, n := mutantOn(edge), mutantOn(not)
	return (a < b || !e && a == b) != n
}

func mutantAdd[T mutantInteger](id int, a, b T) T {
	if mutantOn(id) {
		return a - b
	}
	return a + b
}

func mutantSub[T mutantInteger](id int, a, b T) T {
	if mutantOn(id) {
		return a + b
	}
	return a - b
}

func mutantMul[T mutantInteger](id int, a, b T) T {
	if mutantOn(id) {
		return a / b
	}
	return a * b
}

func mutantQuo[T mutantInteger](id int, a, b T) T {
	if mutantOn(id) {
		return a * b
	}
	return a / b
}

func mutantRem[T mutantInteger](id int, a, b T) T {
	if mutantOn(id) {
		return a * b
	}
	return a % b
}

func mutantBitAnd[T mutantInteger](id int, a, b T) T {
	if mutantOn(id) {
		return a | b
	}
	return a & b
}

func mutantBitOr[T mutantInteger](id int, a, b T) T {
	if mutantOn(id) {
		return a & b
	}
	return a | b
}

func mutantBitClear[T mutantInteger](id int, a, b T) T {
	if mutantOn(id) {
		return a & b
	}
	return a &^ b
}

func mutantShl[T, U mutantInteger](id int, a T, b U) T {
	if mutantOn(id) {
		return a >> b
	}
	return a << b
}

func mutantShr[T, U mutantInteger](id int, a T, b U) T {
	if mutantOn(id) {
		return a << b
	}
	return a >> b
}

func mutantMinus[T mutantInteger](id int, v T) T {
	if mutantOn(id) {
		return -v
	}
	return v
}

func mutantConst[T mutantInteger](id int, v, other T) T {
	if mutantOn(id) {
		return other
	}
	return v
}

func mutantPick[T any](id int, v, other T) T {
	if mutantOn(id) {
		return other
	}
	return v
}

func mutantMin[T cmp.Ordered](id int, a, b T) T {
	if mutantOn(id) {
		return max(a, b)
	}
	return min(a, b)
}

func mutantMax[T cmp.Ordered](id int, a, b T) T {
	if mutantOn(id) {
		return min(a, b)
	}
	return max(a, b)
}
`
