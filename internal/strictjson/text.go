package strictjson

import (
	"bytes"
	"hash/maphash"
	"unicode/utf16"
	"unicode/utf8"
)

// Texts of a document that has been checked.

// content is content where there may be an escape in the document.
func (b *binder) content(raw []byte) []byte {
	if !b.escapes {
		return raw[1 : len(raw)-1 : len(raw)-1]
	}
	return content(raw)
}

// content is what a string between quotation marks stands for, a part of raw
// itself where nothing is escaped.
func content(raw []byte) []byte {
	raw = raw[1 : len(raw)-1 : len(raw)-1]
	first := bytes.IndexByte(raw, '\\')
	if first < 0 {
		return raw
	}
	out := append(make([]byte, 0, len(raw)), raw[:first]...)
	for at := first; at < len(raw); {
		if raw[at] != '\\' {
			end := plain(raw, at)
			out = append(out, raw[at:end]...)
			at = end
			continue
		}
		size := escape(raw[at:])
		out = append(out, unescape(raw[at:at+size])...)
		at += size
	}
	return out
}

// unescape is the character that an escape stands for.
func unescape(data []byte) []byte {
	switch data[1] {
	case 'b':
		return []byte{'\b'}
	case 'f':
		return []byte{'\f'}
	case 'n':
		return []byte{'\n'}
	case 'r':
		return []byte{'\r'}
	case 't':
		return []byte{'\t'}
	case 'u':
		r := hex4(data[2:])
		if len(data) == 12 {
			r = utf16.DecodeRune(r, hex4(data[8:]))
		}
		return utf8.AppendRune(nil, r)
	}
	return data[1:2]
}

// texts are short texts that were made lately, so that one which comes again
// and again is made once.
type texts [256]string

// textSeed decides where a text is kept, and nothing else.
var textSeed = maphash.MakeSeed()

// of is the text of the bytes.
func (t *texts) of(content []byte) string {
	const long = 32
	if len(content) > long {
		return string(content)
	}
	i := maphash.Bytes(textSeed, content) % uint64(len(t))
	if t[i] != string(content) {
		t[i] = string(content)
	}
	return t[i]
}
