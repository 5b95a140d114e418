package kam_test

import (
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// No document makes a decoder take more memory than the bound. A process of
// its own decodes each document of the greatest size, and asks the system for
// its peak.
func TestMemoryBound(t *testing.T) {
	if arg := os.Getenv(childEnv); arg != "" {
		kind, name, _ := strings.Cut(arg, "/")
		_ = decoders(t)[kind](hostile(8 << 20)[name]())
		return
	}
	dearest := []string{
		"plan/evidence", "account/contacts", "account/escapes", "policy/questions within questions", "questions, add/bank", "questions, with/texts",
	}
	if *long {
		dearest = nil
		for kind := range decoders(t) {
			for name := range hostile(100) {
				dearest = append(dearest, kind+"/"+name)
			}
		}
	}
	most, whose := 0, ""
	for _, arg := range dearest {
		usage, ok := child(t, "TestMemoryBound", arg).SysUsage().(*syscall.Rusage)
		require.True(t, ok)
		if peak := int(usage.Maxrss >> 10); peak > most { // counted in kB here
			most, whose = peak, arg
		}
	}
	t.Logf("at most %d MB, for %s", most, whose)
	assert.Less(t, most, memoryBound, whose)
}
