package main

import (
	"fmt"
	"strings"
	"unicode"
)

// columns is how wide the output for people is.
const columns = 80

// hostile reports whether a character could drive a terminal, or make what follows
// read other than it is.
func hostile(r rune) bool {
	return unicode.IsControl(r) || r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069' || r == '\u2028' || r == '\u2029'
}

// escape spells out what could drive a terminal. Line ends stay; a tab is four spaces.
func escape(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\n':
			b.WriteRune(r)
		case r == '\t':
			b.WriteString("    ")
		case hostile(r) && r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		case hostile(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// flat is text on one line.
func flat(text string) string { return strings.Join(strings.Fields(text), " ") }

// short is the beginning of a text of which all cannot be shown.
func short(text string) string {
	const most = 240
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + " …"
	}
	return text
}

// count says how many there are of something.
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// wrap breaks text into lines of at most so many columns, between words where it can.
func wrap(text string, most int) []string {
	var out []string
	for _, para := range strings.Split(text, "\n") {
		if width(para) <= most { // as it was typed, with its spaces
			out = append(out, strings.TrimRight(para, " "))
			continue
		}
		line, n := "", 0
		for _, word := range strings.Fields(para) {
			if w := width(word); n > 0 && n+1+w > most {
				out = append(out, line)
				line, n = "", 0
			}
			if n > 0 {
				line, n = line+" ", n+1
			}
			for _, r := range word {
				if w := cells(r); n+w > most {
					out = append(out, line)
					line, n = "", 0
				}
				line, n = line+string(r), n+cells(r)
			}
		}
		out = append(out, line)
	}
	return out
}

// pad fills text up with spaces; text that is longer stays.
func pad(text string, n int) string {
	return text + strings.Repeat(" ", max(0, n-width(text)))
}

// width is how many columns text takes.
func width(text string) int {
	n := 0
	for _, r := range text {
		n += cells(r)
	}
	return n
}

// wide are the characters that take two columns: East Asian scripts, forms and pictures.
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{{0x1100, 0x115F, 1}, {0x2E80, 0x303E, 1}, {0x3041, 0xA4CF, 1}, {0xAC00, 0xD7A3, 1}, {0xF900, 0xFAFF, 1}, {0xFE30, 0xFE6F, 1}, {0xFF00, 0xFF60, 1}, {0xFFE0, 0xFFE6, 1}},
	R32: []unicode.Range32{{0x1F300, 0x1F64F, 1}, {0x1F680, 0x1F6FF, 1}, {0x1F900, 0x1FAFF, 1}, {0x20000, 0x3FFFD, 1}},
}

func cells(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case unicode.Is(wide, r):
		return 2
	}
	return 1
}
