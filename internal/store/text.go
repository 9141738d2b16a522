package store

import (
	"encoding/json"
	"strings"
)

// worded are the fields of a body whose words are searched, in the order in which the
// column body.text has them.
var worded = [...]string{"title", "text", "basis", "tradeoff", "summary", "impact", "reason", "thing", "undo", "objections", "expect", "worry", "undone", "care", "claimed"}

// textOf is what the column body.text says, of the fields that are strings: to have SQLite
// make it costs as much as all else of a search. Of a body that is cut off or no JSON it is
// what can be read.
func textOf(body string) string {
	var found [len(worded)]string
	f := fields{rest: strings.TrimLeft(body, " \t\r\n{")}
	for f.next() {
		for i := range worded {
			if worded[i] == f.key && found[i] == "" {
				found[i] = f.value
			}
		}
	}
	n, only := 0, ""
	for _, v := range found {
		if v != "" {
			n, only = n+1, v
		}
	}
	if n < 2 { // as most have it
		return only
	}
	var out strings.Builder
	for _, v := range found {
		if v == "" {
			continue
		}
		if out.Len() > 0 {
			out.WriteByte(' ')
		}
		out.WriteString(v)
	}
	return out.String()
}

// fields reads the fields of a JSON object that are strings, one after the other.
type fields struct {
	rest       string
	key, value string
}

func (f *fields) next() bool {
	for {
		var ok bool
		if f.key, ok = f.string(); !ok || !f.skip(":") {
			return false
		}
		if strings.HasPrefix(f.rest, `"`) {
			if f.value, ok = f.string(); !ok {
				return false
			}
			f.skip(",")
			return true
		}
		if !f.other() {
			return false
		}
		f.skip(",")
	}
}

// string reads one, also where its end is missing.
func (f *fields) string() (s string, ok bool) {
	if !strings.HasPrefix(f.rest, `"`) {
		return "", false
	}
	if end := strings.IndexByte(f.rest[1:], '"'); end >= 0 && strings.IndexByte(f.rest[:end+1], '\\') < 0 { // as most have it
		s, f.rest = f.rest[1:end+1], f.rest[end+2:]
		return s, true
	}
	for i := 1; i < len(f.rest); i++ {
		switch f.rest[i] {
		case '\\':
			i++
		case '"':
			s, f.rest = f.rest[:i+1], f.rest[i+1:]
			var plain string
			err := json.Unmarshal([]byte(s), &plain)
			return plain, err == nil
		}
	}
	s, f.rest = strings.ReplaceAll(f.rest[1:], `\`, " "), ""
	return s, true
}

// skip passes over white space, one character, and white space.
func (f *fields) skip(what string) bool {
	rest, ok := strings.CutPrefix(trim(f.rest), what)
	f.rest = trim(rest)
	return ok
}

// trim takes white space off the beginning.
func trim(s string) string {
	for s != "" && (s[0] == ' ' || s[0] == '\n' || s[0] == '\t' || s[0] == '\r') {
		s = s[1:]
	}
	return s
}

// other passes over a value that is no string.
func (f *fields) other() bool {
	depth := 0
	for i := 0; i < len(f.rest); i++ {
		switch f.rest[i] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case ',':
			if depth == 0 {
				f.rest = f.rest[i:]
				return true
			}
		case '"':
			in := fields{rest: f.rest[i:]}
			if _, ok := in.string(); !ok {
				return false
			}
			i = len(f.rest) - len(in.rest) - 1
		}
		if depth < 0 {
			f.rest = ""
			return false
		}
	}
	f.rest = ""
	return false
}
