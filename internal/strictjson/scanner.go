package strictjson

import "unicode/utf8"

// Scanner reads a document whose types its caller knows, in one walk and
// without reflection. It takes only what [Decode] takes, and not all of that:
// where anything is out of the ordinary it is at its end and has failed, for
// Decode to read the document again and to say what is wrong. The zero value
// is for Reset. It may be used again and again, and not by two goroutines.
type Scanner struct {
	data   []byte
	at     int
	failed bool
	texts  texts
}

// Reset starts with a document.
func (s *Scanner) Reset(data []byte) {
	s.data, s.at, s.failed = data, space(data, 0), false
	if len(data) > MaxBytes || !utf8.Valid(data) {
		s.Fail()
	}
}

// Fail ends the walk.
func (s *Scanner) Fail() { s.at, s.failed = len(s.data), true }

// End reports whether the document has been read to its end.
func (s *Scanner) End() bool {
	if s.at = space(s.data, s.at); s.at < len(s.data) {
		s.Fail()
	}
	ok := !s.failed
	s.data = nil
	return ok
}

// Peek is the first byte of the next value, or 0.
func (s *Scanner) Peek() byte {
	if s.at < len(s.data) {
		return s.data[s.at]
	}
	return 0
}

// Open reads the bracket that opens an object or a list.
func (s *Scanner) Open(bracket byte) {
	if s.Peek() != bracket {
		s.Fail()
		return
	}
	s.at++
}

// More goes to item n of what the bracket closes, from 0, and reports whether
// there is one.
func (s *Scanner) More(bracket byte, n int) bool {
	s.at = space(s.data, s.at)
	c := s.Peek()
	if c == bracket {
		s.at++
		return false
	}
	if n > 0 {
		if c != ',' {
			s.Fail()
			return false
		}
		s.at = space(s.data, s.at+1)
	}
	if n == MaxItems || s.at >= len(s.data) {
		s.Fail()
		return false
	}
	return true
}

// Key reads a key and its colon; the key is a part of the document.
func (s *Scanner) Key() []byte {
	key := s.Content()
	if s.at = space(s.data, s.at); s.Peek() != ':' {
		s.Fail()
		return nil
	}
	s.at = space(s.data, s.at+1)
	return key
}

// Content reads a string in which nothing is escaped, as a part of the
// document.
func (s *Scanner) Content() []byte {
	if s.Peek() != '"' {
		s.Fail()
		return nil
	}
	start := s.at + 1
	end := start + short(s.data[start:])
	if end >= len(s.data) || s.data[end] != '"' {
		s.Fail()
		return nil
	}
	s.at = end + 1
	return s.data[start:end:end]
}

// Text reads a string, or a null as "".
func (s *Scanner) Text() string {
	if s.Null() {
		return ""
	}
	if s.Peek() != '"' {
		s.Fail()
		return ""
	}
	start := s.at
	end := start + 1 + short(s.data[start+1:])
	if end < len(s.data) && s.data[end] == '"' {
		s.at = end + 1
		return s.texts.of(s.data[start+1 : end])
	}
	if end = quoted(s.data, end); end < 0 {
		s.Fail()
		return ""
	}
	s.at = end
	return s.texts.of(content(s.data[start:end]))
}

// TextKey is Key as a text of its own.
func (s *Scanner) TextKey() string { return s.texts.of(s.Key()) }

// Null reads a null, where there is one.
func (s *Scanner) Null() bool {
	if s.Peek() != 'n' {
		return false
	}
	if s.at = literal(s.data, s.at, "null"); s.at < 0 {
		s.Fail()
	}
	return true
}

// Int reads an integer of few digits, which fits 32 bits.
func (s *Scanner) Int() int {
	const few = 9
	start := s.at
	n := 0
	for s.at < len(s.data) && '0' <= s.data[s.at] && s.data[s.at] <= '9' {
		n = n*10 + int(s.data[s.at]-'0')
		s.at++
	}
	if size := s.at - start; size == 0 || size > few || size > 1 && s.data[start] == '0' {
		s.Fail()
		return 0
	}
	return n
}

// Number reads a number, as a part of the document.
func (s *Scanner) Number() []byte {
	start, end := s.at, -1
	if start < len(s.data) {
		end = number(s.data, start)
	}
	if end < 0 {
		s.Fail()
		return nil
	}
	s.at = end
	return s.data[start:end:end]
}

// Value reads any value into dst, as Decode does, within the depth.
func (s *Scanner) Value(dst any, maxDepth int) {
	start, depth := s.at, 0
	for s.at < len(s.data) {
		switch s.data[s.at] {
		case '"':
			if s.at = quoted(s.data, s.at+1); s.at < 0 {
				s.Fail()
				return
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case ',':
			if depth == 0 {
				depth = -1
			}
		}
		if depth < 0 {
			break
		}
		s.at++
	}
	if depth >= 0 || len(Decode(s.data[start:s.at], dst, maxDepth)) > 0 {
		s.Fail()
	}
}
