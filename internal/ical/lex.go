package ical

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// lexer gives the logical lines of a file: unfolded, in UTF-8, without line ends.
type lexer struct {
	in     *bufio.Reader
	end    byte // of physical lines: '\n', or '\r' in files without '\n'
	buf    []byte
	text   []byte // of a line that was not UTF-8
	line   int    // physical lines read
	first  int    // the physical line at which the logical one began
	nested bool   // inside a component; outside, space in front of a line folds nothing
	cut    bool   // the logical line was longer than maxLine
	latin  bool   // the logical line was not UTF-8
	utf16  bool
	nul    bool
	limit  *limited
}

// limited fails when more than its bound is read.
type limited struct {
	in   io.Reader
	left int64
	over bool
	err  error // of the reader below
}

var errOver = errors.New("too large")

func (l *limited) Read(p []byte) (int, error) {
	if l.left < 0 {
		l.over = true
		return 0, errOver
	}
	if int64(len(p)) > l.left+1 { // one more, to know that there is more
		p = p[:l.left+1]
	}
	n, err := l.in.Read(p)
	l.left -= int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		l.err = err
	}
	if l.left < 0 {
		l.over = true
		return 0, errOver
	}
	return n, err
}

func newLexer(r io.Reader, most int64) *lexer {
	l := &lexer{limit: &limited{in: r, left: most}, end: '\n'}
	l.in = bufio.NewReaderSize(l.limit, 64<<10)
	head, _ := l.in.Peek(3)
	switch {
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		_, _ = l.in.Discard(3)
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}), bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		l.utf16 = true
		_, _ = l.in.Discard(2)
		l.in = bufio.NewReaderSize(&wide{in: l.in, little: head[0] == 0xFF}, 64<<10)
	}
	head, _ = l.in.Peek(64 << 10)
	if bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 {
		l.end = '\r'
	}
	return l
}

// next gives the next logical line that is not blank. The bytes are good until the next call.
func (l *lexer) next() ([]byte, error) {
	l.buf, l.cut, l.latin = l.buf[:0], false, false
	for {
		if err := l.physical(); err != nil {
			return nil, err
		}
		if !l.folds() {
			if len(bytes.TrimSpace(l.buf)) > 0 {
				break
			}
			l.buf = l.buf[:0]
		}
	}
	line := l.buf
	if !utf8.Valid(line) {
		l.latin = true
		l.text = l.text[:0]
		for _, c := range line {
			l.text = utf8.AppendRune(l.text, western(c))
		}
		line = l.text
	}
	return line, nil
}

// folds reports whether the physical line that follows continues this one, and eats the
// character that says so.
func (l *lexer) folds() bool {
	if !l.nested || len(l.buf) == 0 {
		return false
	}
	head, err := l.in.Peek(1)
	if err != nil || head[0] != ' ' && head[0] != '\t' {
		return false
	}
	_, _ = l.in.Discard(1)
	return true
}

// physical appends the next physical line to the logical one.
func (l *lexer) physical() error {
	got := false
	if len(l.buf) == 0 {
		l.first = l.line + 1
	}
	for {
		part, err := l.in.ReadSlice(l.end)
		got = got || len(part) > 0
		whole := err == nil
		if whole {
			part = part[:len(part)-1]
			for l.end == '\n' && len(part) > 0 && part[len(part)-1] == '\r' {
				part = part[:len(part)-1]
			}
		}
		if bytes.IndexByte(part, 0) >= 0 {
			l.nul = true
			part = bytes.ReplaceAll(part, []byte{0}, nil)
		}
		if room := maxLine - len(l.buf); len(part) > room {
			part, l.cut = part[:max(room, 0)], true
		}
		l.buf = append(l.buf, part...)
		switch {
		case whole:
			l.line++
			if n := len(l.buf); l.end == '\n' && n > 0 && l.buf[n-1] == '\r' { // it was cut off from its line feed
				l.buf = l.buf[:n-1]
			}
			return nil
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && got:
			l.line++
			return nil
		default:
			return err
		}
	}
}

// wide turns UTF-16 into UTF-8.
type wide struct {
	in     *bufio.Reader
	little bool
	out    []byte
	high   rune // the first half of a pair
}

func (w *wide) Read(p []byte) (int, error) {
	for len(w.out) == 0 {
		for len(w.out) < 4096 {
			a, err := w.in.ReadByte()
			if err != nil {
				if len(w.out) > 0 {
					break
				}
				return 0, err
			}
			b, err := w.in.ReadByte()
			if err != nil { // half a character
				if len(w.out) > 0 {
					break
				}
				return 0, err
			}
			r := rune(a)<<8 | rune(b)
			if w.little {
				r = rune(b)<<8 | rune(a)
			}
			switch {
			case w.high != 0:
				w.out = utf8.AppendRune(w.out, utf16.DecodeRune(w.high, r))
				w.high = 0
			case utf16.IsSurrogate(r) && r < 0xDC00:
				w.high = r
			default:
				w.out = utf8.AppendRune(w.out, r)
			}
		}
	}
	n := copy(p, w.out)
	w.out = w.out[n:]
	return n, nil
}

// property is a logical line taken apart. Name is in upper case; value is a part of the line.
type property struct {
	name   []byte
	params []byte // the text between name and value, with its semicolon in front
	value  []byte
	mended bool // a quote stood where it must not
}

// split takes a logical line apart. It writes the name in upper case into the line. ok is
// false when there is no name, or no colon after the parameters.
func split(line []byte) (p property, ok bool) {
	line = bytes.TrimLeft(line, " \t")
	i := bytes.IndexAny(line, ";:")
	if i <= 0 {
		return p, false
	}
	p.name = bytes.TrimSpace(line[:i])
	for k, c := range p.name {
		switch {
		case c >= 'a' && c <= 'z':
			p.name[k] = c - 'a' + 'A'
		case c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '_', c == '.':
		default:
			return p, false
		}
	}
	if len(p.name) == 0 {
		return p, false
	}
	if line[i] == ':' {
		p.value = line[i+1:]
		return p, true
	}
	quoted := false
	for k := i; k < len(line); k++ {
		switch line[k] {
		case '"':
			quoted = !quoted
		case ':':
			if !quoted {
				p.params, p.value = line[i:k], line[k+1:]
				return p, true
			}
		}
	}
	// An open quote hides the colon, as in DTSTART;TZID="Zone:20200609T090000: the last
	// colon is the one that is meant.
	if k := bytes.LastIndexByte(line, ':'); k > i && bytes.IndexByte(line[i:], '"') >= 0 {
		p.params, p.value, p.mended = line[i:k], line[k+1:], true
		p.value = bytes.TrimSuffix(p.value, []byte{'"'})
		return p, true
	}
	return p, false
}

// get gives the first value of a parameter, without quotes and with RFC 6868's escapes undone.
func (p property) get(name string) string {
	rest := string(p.params)
	for rest != "" {
		rest = rest[1:] // the semicolon
		end, quoted := len(rest), false
		for k := range len(rest) {
			if rest[k] == '"' {
				quoted = !quoted
			}
			if rest[k] == ';' && !quoted {
				end = k
				break
			}
		}
		one := rest[:end]
		rest = rest[end:]
		n, v, has := strings.Cut(one, "=")
		if !has || !strings.EqualFold(trim(n), name) {
			continue
		}
		v = trim(v)
		if v != "" && v[0] == '"' {
			v = v[1:]
			if k := strings.IndexByte(v, '"'); k >= 0 {
				v = v[:k] // with whatever stands behind the closing quote
			}
		} else if k := strings.IndexByte(v, ','); k >= 0 && name != "CN" && name != "TZID" {
			v = v[:k]
		}
		v = strings.ReplaceAll(v, `"`, "")
		if strings.IndexByte(v, '^') >= 0 {
			v = carets.Replace(v)
		}
		return v
	}
	return ""
}

var carets = strings.NewReplacer("^^", "^", "^n", "\n", "^'", `"`)
