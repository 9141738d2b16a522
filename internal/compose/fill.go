package compose

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var blank = regexp.MustCompile(`\{([a-z_]+)\}`)

// fill puts values into the blanks of a template. A sentence with a blank that has no
// value is left out; line breaks of the template stay where both sides have text.
func fill(template string, value func(string) string) string {
	var lines []string
	for _, l := range strings.Split(template, "\n") {
		var out []string
		for _, s := range sentences(l) {
			if t, ok := filled(s, value); ok {
				out = append(out, t)
			}
		}
		text := strings.Join(out, " ")
		if text != "" || strings.TrimSpace(l) == "" {
			lines = append(lines, text)
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// filled fills one sentence and reports whether every blank had a value.
func filled(sentence string, value func(string) string) (string, bool) {
	var b strings.Builder
	rest := sentence
	for {
		m := blank.FindStringSubmatchIndex(rest)
		if m == nil {
			break
		}
		v := value(rest[m[2]:m[3]])
		if v == "" {
			return "", false
		}
		b.WriteString(rest[:m[0]])
		rest = rest[m[1]:]
		switch { // one full stop is enough
		case strings.HasPrefix(rest, ".") && endsIn(v, "?!…"):
			rest = rest[1:]
		case endsIn(v, ".") && !strings.HasSuffix(v, ".."):
			v = strings.TrimSuffix(v, ".")
		}
		if b.Len() == 0 {
			v = upper(v)
		}
		b.WriteString(v)
	}
	b.WriteString(rest)
	return b.String(), true
}

func endsIn(text, marks string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(marks, r)
}

// sentences cuts text after each full stop, question mark or exclamation mark that
// white space follows. 14.33, e.g.5 and v2.1 stay whole.
func sentences(text string) []string {
	var out []string
	start := 0
	cut := func(end int) {
		if s := strings.TrimSpace(text[start:end]); s != "" {
			out = append(out, s)
		}
		start = end
	}
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\n':
			cut(i)
		case strings.IndexByte(".!?", text[i]) >= 0 && i+1 < len(text) && strings.IndexByte(" \t\n", text[i+1]) >= 0:
			cut(i + 1)
		}
	}
	cut(len(text))
	return out
}
