package strictjson

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// The first walk: is it JSON, and how long are its lists and objects?

// group is how many items a list or an object has, up to MaxItems, by the
// place of its bracket.
type group struct{ at, items int32 }

// open is a list or an object that the walk is within.
type open struct {
	group  int32 // its index
	items  int32
	closes byte
}

// valid reports whether data is one JSON document within the limits, and notes
// its groups. It is a loop, and its stack is bounded by maxDepth.
func (b *binder) valid(data []byte, maxDepth int) bool {
	b.groups, b.next = b.groups[:0], 0
	if len(data) > MaxBytes || !utf8.Valid(data) {
		return false
	}
	stack := b.stack[:0]
	at := space(data, 0)
	for {
		// A value starts here.
		if at >= len(data) {
			return false
		}
		switch data[at] {
		case '{', '[':
			if len(stack) == maxDepth {
				return false
			}
			closes := data[at] + 2 // as ASCII has them
			b.groups = append(b.groups, group{at: int32(at)})
			if at = space(data, at+1); at < len(data) && data[at] == closes {
				at++
				break
			}
			if closes == '}' {
				if at = key(data, at); at < 0 {
					return false
				}
			}
			stack = append(stack, open{int32(len(b.groups) - 1), 1, closes})
			continue
		case '"':
			at = quoted(data, at+1)
		case 't':
			at = literal(data, at, "true")
		case 'f':
			at = literal(data, at, "false")
		case 'n':
			at = literal(data, at, "null")
		default:
			at = number(data, at)
		}
		if at < 0 {
			return false
		}
		// A value has ended, and perhaps what it is in.
		for {
			at = space(data, at)
			if len(stack) == 0 {
				b.stack = stack
				return at == len(data)
			}
			if at >= len(data) {
				return false
			}
			top := &stack[len(stack)-1]
			if data[at] == ',' {
				at = space(data, at+1)
				if top.items++; top.closes == '}' {
					if at = key(data, at); at < 0 {
						return false
					}
				}
				break
			}
			if data[at] != top.closes {
				return false
			}
			b.groups[top.group].items = min(top.items, MaxItems)
			stack = stack[:len(stack)-1]
			at++
		}
	}
}

// space is the place of the next byte that is no space, or the end.
func space(data []byte, at int) int {
	for at < len(data) && data[at] <= ' ' && (data[at] == ' ' || data[at] == '\n' || data[at] == '\t' || data[at] == '\r') {
		at++
	}
	return at
}

// key is the place of the value behind a key and its colon, or -1.
func key(data []byte, at int) int {
	if at >= len(data) || data[at] != '"' {
		return -1
	}
	if at = quoted(data, at+1); at < 0 {
		return -1
	}
	if at = space(data, at); at >= len(data) || data[at] != ':' {
		return -1
	}
	return space(data, at+1)
}

// literal is the place behind a word, or -1.
func literal(data []byte, at int, want string) int {
	end := at + len(want)
	if end > len(data) || string(data[at:end]) != want {
		return -1
	}
	return end
}

// number is the place behind a number, or -1.
func number(data []byte, at int) int {
	if data[at] == '-' {
		at++
	}
	start := at
	if at = digits(data, at); at == start || data[start] == '0' && at > start+1 {
		return -1
	}
	if at < len(data) && data[at] == '.' {
		start = at + 1
		if at = digits(data, start); at == start {
			return -1
		}
	}
	if at < len(data) && (data[at] == 'e' || data[at] == 'E') {
		if at++; at < len(data) && (data[at] == '+' || data[at] == '-') {
			at++
		}
		start = at
		if at = digits(data, start); at == start {
			return -1
		}
	}
	return at
}

func digits(data []byte, at int) int {
	for at < len(data) && '0' <= data[at] && data[at] <= '9' {
		at++
	}
	return at
}

// quoted is the place behind a string whose content starts here, or -1.
func quoted(data []byte, at int) int {
	for {
		if at = plain(data, at); at >= len(data) {
			return -1
		}
		if data[at] == '"' {
			return at + 1
		}
		if data[at] != '\\' {
			return -1 // a control character
		}
		size := escape(data[at:])
		if size == 0 {
			return -1
		}
		at += size
	}
}

// plain is the place of the first byte that is a quotation mark, a backslash
// or a control character, or the end.
func plain(data []byte, at int) int {
	for ; at+8 <= len(data); at += 8 {
		if found := special(binary.LittleEndian.Uint64(data[at:])); found != 0 {
			return at + bits.TrailingZeros64(found)/8
		}
	}
	for at < len(data) && data[at] != '"' && data[at] != '\\' && data[at] >= ' ' {
		at++
	}
	return at
}

// short is plain for a text that is mostly short.
func short(data []byte) int {
	if len(data) < 16 {
		return plain(data, 0)
	}
	if found := special(binary.LittleEndian.Uint64(data)); found != 0 {
		return bits.TrailingZeros64(found) / 8
	}
	if found := special(binary.LittleEndian.Uint64(data[8:])); found != 0 {
		return 8 + bits.TrailingZeros64(found)/8
	}
	return plain(data, 16)
}

// special marks the highest bit of the first of eight bytes that is a quotation
// mark, a backslash or a control character. A byte less one borrows from its
// highest bit where it is zero; what a borrow spoils lies behind the first.
func special(x uint64) uint64 {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	quote, slash := x^ones*'"', x^ones*'\\'
	return ((quote-ones)&^quote | (slash-ones)&^slash | (x-ones*' ')&^x) & highs
}

// escape is how many bytes the escape at the start takes, both halves of a
// pair together, or 0 where it is none or half a character.
func escape(data []byte) int {
	if len(data) < 2 {
		return 0
	}
	switch data[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
	default:
		return 0
	}
	switch unit := hex4(data[2:]); {
	case unit < 0 || unit >= 0xDC00 && unit <= 0xDFFF:
		return 0
	case unit < 0xD800 || unit > 0xDBFF:
		return 6
	}
	if len(data) < 12 || data[6] != '\\' || data[7] != 'u' {
		return 0
	}
	if low := hex4(data[8:]); low < 0xDC00 || low > 0xDFFF {
		return 0
	}
	return 12
}

// hex4 is what four hexadecimal digits stand for, or -1.
func hex4(data []byte) rune {
	if len(data) < 4 {
		return -1
	}
	n := rune(0)
	for _, c := range data[:4] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return -1
		}
		n = n<<4 | rune(c)
	}
	return n
}
