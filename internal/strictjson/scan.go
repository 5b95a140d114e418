package strictjson

import "bytes"

// The values within a document that is known to be JSON, as parts of it: no
// byte is copied, however deep it nests.

// inside is what stands between the brackets of a list or an object.
func inside(raw []byte) []byte { return skip(raw[1 : len(raw)-1]) }

// next cuts the first value, or the first key, from what stands inside
// brackets.
func next(in []byte) (value, rest []byte) {
	end := length(in)
	return in[:end], skip(in[end:])
}

// count is how many values stand inside the brackets of a list, as far as they
// are read.
func count(in []byte) (n int) {
	for ; len(in) > 0 && n < MaxItems; n++ {
		_, in = next(in)
	}
	return n
}

// skip leaves out spaces, and what separates values.
func skip(in []byte) []byte { return bytes.TrimLeft(in, " \t\r\n,:") }

// length is how many bytes the value at the start takes.
func length(in []byte) int {
	depth := 0
	for i := 0; i < len(in); i++ {
		switch in[i] {
		case '"':
			for i++; in[i] != '"'; i++ {
				if in[i] == '\\' {
					i++
				}
			}
			if depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		case ' ', '\t', '\r', '\n', ',', ':':
			if depth == 0 {
				return i
			}
		}
	}
	return len(in)
}
