package kam

import (
	"bytes"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam/internal/strictjson"
)

// chunksOf fills chunks up to the end, and says how many lines and bytes each has.
func chunksOf(in string) (got [][2]int) {
	lines := newLineReader(strings.NewReader(in))
	for end := false; !end; {
		c := new(lineChunk)
		end = c.fill(lines)
		got = append(got, [2]int{len(c.lines), len(c.data)})
	}
	return got
}

func TestChunksOfLines(t *testing.T) {
	first, long := strings.Repeat("a", 40)+"\n", strings.Repeat("x", chunkBytes)
	for _, tt := range []struct {
		name, in string
		want     [][2]int
	}{
		{"nothing", "", [][2]int{{0, 0}}},
		{"one line short of two", strings.Repeat("x\n", 127), [][2]int{{64, 64}, {63, 63}, {0, 0}}},
		{"two", strings.Repeat("x\n", 128), [][2]int{{64, 64}, {64, 64}, {0, 0}}},
		{"no end of the last line", strings.Repeat("x\n", 64) + "y", [][2]int{{64, 64}, {1, 1}}},
		{"blank lines take no room", strings.Repeat("x\n \t \n", 100), [][2]int{{64, 64}, {36, 36}, {0, 0}}},
		{"as many bytes as one has", first + long + strings.Repeat("\nx", 5), [][2]int{{1, 40}, {1, chunkBytes}, {4, 4}, {1, 1}}},
	} {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, chunksOf(tt.in)) })
	}
}

// A line is read behind what is there already. One that is too long leaves that as it was.
func TestLinesAreAppended(t *testing.T) {
	ahead, long := bytes.Repeat([]byte("-"), 100), strings.Repeat("x", strictjson.MaxBytes)
	one := strings.NewReader
	lines := newLineReader(io.MultiReader(one(long), one("x\n"), one(long), one("\r\nlast")))
	out, blank, err, end := lines.next(ahead)
	assert.Equal(t, errTooLong, err)
	assert.True(t, bytes.Equal(ahead, out) && !blank && !end)

	out, blank, err, end = lines.next(ahead)
	require.NoError(t, err)
	assert.True(t, bytes.HasPrefix(out, ahead) && string(out[100:]) == long && !blank && !end)

	out, blank, err, end = lines.next(nil)
	require.NoError(t, err)
	assert.True(t, string(out) == "last" && !blank && end)
}

// A line that is too long takes no more room than another.
func TestLongLinesTakeNoRoom(t *testing.T) {
	long := strings.Repeat("x", strictjson.MaxBytes)
	lines := newLineReader(io.MultiReader(strings.NewReader(long), strings.NewReader(long)))
	room := make([]byte, 0, strictjson.MaxBytes)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _, err, _ := lines.next(room)
	runtime.ReadMemStats(&after)
	assert.Equal(t, errTooLong, err)
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(2*strictjson.MaxBytes))
}

// A chunk keeps its room, but not that of very long lines, and nothing of its lines.
func TestChunksForget(t *testing.T) {
	for _, tt := range []struct {
		reason    string
		data, out int
		kept      bool
	}{
		{"as much as is kept", 4 * chunkBytes, 64 * chunkBytes, true},
		{"more of lines", 4*chunkBytes + 1, chunkBytes, false},
		{"more of assessments", 4 * chunkBytes, 64*chunkBytes + 1, false},
	} {
		c := &lineChunk{data: make([]byte, 0, tt.data), lines: make([]chunkLine, 3, 8)}
		c.out = *bytes.NewBuffer(make([]byte, 0, tt.out))
		for i := range c.lines {
			c.lines[i] = chunkLine{account: "a", err: errTooLong}
		}
		require.True(t, c.fill(newLineReader(strings.NewReader("x"))))
		assert.Equal(t, tt.kept, cap(c.data) == tt.data, tt.reason)
		assert.Equal(t, tt.kept, c.out.Cap() == tt.out, tt.reason)
		require.Len(t, c.lines, 1)
		assert.Equal(t, chunkLine{number: 1, end: 1, err: errCheckEnded}, c.lines[0])
		for _, l := range c.lines[1:3] {
			assert.Equal(t, chunkLine{}, l, tt.reason)
		}
	}
	waits := new(lineChunk)
	waits.fill(newLineReader(strings.NewReader("x\ny\n")))
	assert.True(t, waits.waits)
	assert.Len(t, waits.lines, 2)
}
