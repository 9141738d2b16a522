package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"
)

// encode gives v as one JSON document. What could drive a terminal is spelt out here
// as well: a script reads the same, and a person may be looking.
func encode(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("qd: encode: %w", err)
	}
	if !bytes.ContainsFunc(buf.Bytes(), func(r rune) bool { return r != '\n' && hostile(r) }) {
		return buf.Bytes(), nil
	}
	out := make([]byte, 0, buf.Len()+64)
	for data := buf.Bytes(); len(data) > 0; {
		r, n := utf8.DecodeRune(data)
		if r != '\n' && hostile(r) { // stands in a string: JSON itself has none of these
			out = fmt.Appendf(out, `\u%04x`, r)
		} else {
			out = append(out, data[:n]...)
		}
		data = data[n:]
	}
	return out, nil
}

// print puts the one JSON document out.
func (s *session) print(v any) error {
	data, err := encode(v)
	if err == nil {
		s.out.Write(data)
	}
	return err
}

// say puts a line for people out.
func (s *session) say(format string, args ...any) {
	s.out.WriteString(escape(fmt.Sprintf(format, args...)) + "\n")
}

// aside puts a line for people on stderr, beside what the command answers.
func (s *session) aside(format string, args ...any) {
	fmt.Fprintln(s.stderr, escape(fmt.Sprintf(format, args...)))
}

// sayRinging says when something is due and nothing rings.
func (s *session) sayRinging(ringing *bool) {
	if ringing != nil && !*ringing && !s.json {
		s.aside("nothing is ringing: no cockpit is open on this folder")
	}
}

// block puts text out behind a label, wrapped; the lines after the first are indented
// by as much as the label is wide.
func (s *session) block(label string, at int, text string) {
	for i, line := range wrap(escape(text), columns-at) {
		if i > 0 {
			label = ""
		}
		if at > 0 {
			line = pad(escape(label), at-1) + " " + line
		}
		s.out.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

// The looks of a line on a terminal with colours.
const (
	bold = "\x1b[1m"
	red  = "\x1b[31m"
)

// styled puts out what write does, in a look where there are colours.
func (s *session) styled(look string, write func()) {
	if !s.colour {
		write()
		return
	}
	from := s.out.Len()
	write()
	text := strings.TrimSuffix(string(s.out.Bytes()[from:]), "\n")
	s.out.Truncate(from)
	s.out.WriteString(look + text + "\x1b[0m\n")
}

// terminal reports whether w is a terminal that a person looks at.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
