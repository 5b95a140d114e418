package kam_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// No document makes a decoder take more memory than the bound. A process of
// its own decodes each document of the greatest size, and prints its peak: what the
// system tells of a child has the peak of its parent in it.
func TestMemoryBound(t *testing.T) {
	if arg := os.Getenv(childEnv); arg != "" {
		kind, name, _ := strings.Cut(arg, "/")
		_ = decoders(t)[kind](hostile(8 << 20)[name]())
		status, err := os.ReadFile("/proc/self/status")
		require.NoError(t, err)
		fmt.Println(string(status))
		return
	}
	dearest := []string{
		"plan/evidence", "account/contacts", "account/scorecards of answers", "account/escapes", "policy/questions within questions", "questions, add/bank", "questions, with/texts",
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
		var kB int
		_, status, ok := strings.Cut(child(t, "TestMemoryBound", arg), "VmHWM:")
		require.True(t, ok)
		_, err := fmt.Sscan(status, &kB)
		require.NoError(t, err)
		if peak := kB >> 10; peak > most {
			most, whose = peak, arg
		}
	}
	t.Logf("at most %d MB, for %s", most, whose)
	// The race detector takes memory of its own; the bound is held by the tests without it.
	assert.Less(t, most, memoryBound*min(slower, 2), whose)
}
