package compose

import (
	"strings"
	"unicode"
)

// escape makes one line of text safe in Markdown: it shows as it was typed and is
// nothing but text, at the start of a line, in a list and in a cell of a table. Line
// breaks become blanks. Marks that turn the writing direction go, because Markdown
// cannot fence them in.
func escape(text string) string {
	text = strings.TrimSpace(strings.ReplaceAll(harmless(text), "\n", " "))
	var b strings.Builder
	for i, r := range text {
		switch {
		case strings.ContainsRune("\\`*_[]<>|~&${}^", r):
			b.WriteByte('\\')
		case i == 0 && strings.ContainsRune("#+-=:", r):
			b.WriteByte('\\')
		case (r == '.' || r == ')') && i > 0 && strings.Trim(text[:i], "0123456789") == "":
			b.WriteByte('\\') // would number a list
		case r == ':' && strings.HasPrefix(text[i:], "://"), r == '@', r == '.' && strings.EqualFold(text[max(0, i-3):i], "www"):
			b.WriteByte('\\') // would become a link
		}
		b.WriteRune(r)
	}
	return b.String()
}

// cell is escape for text of several lines in a cell of a table.
func cell(text string) string {
	var lines []string
	for _, l := range strings.Split(harmless(text), "\n") {
		if l = escape(l); l != "" {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "<br>")
}

// harmless is valid text with \n as its only line break and without characters that
// show nothing and change what is around them.
func harmless(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\r', r == '\v', r == '\f', r == 0x85, r == 0x2028, r == 0x2029:
			return '\n'
		case r == '\t':
			return ' '
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0xFEFF, r >= 0xE0000 && r <= 0xE007F:
			return -1
		}
		return r
	}, text)
}
