package kam_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The README's program compiles, runs, and prints what the README says.
func TestReadme(t *testing.T) {
	data, err := os.ReadFile("README.md")
	require.NoError(t, err)
	text := string(data)
	assert.Less(t, strings.Count(text, "\n"), 135)
	_, program, ok := strings.Cut(text, "```go\n")
	require.True(t, ok)
	program, _, ok = strings.Cut(program, "```")
	require.True(t, ok)

	dir, err := os.MkdirTemp(".", "readme-")
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte(program), 0o600))
	out, err := exec.Command("go", "run", "./"+dir).CombinedOutput()
	require.NoError(t, err, string(out))
	assert.Contains(t, string(out), "points 76.3636 of a range 42..87")
	assert.Contains(t, text, "76.3636 points of a range from 42 to 87")
	assert.Contains(t, text, "go run ./cmd/kam ")
	assert.Contains(t, text, "go test work ")
}
