package ical

import (
	"strings"
)

// unescape undoes the escapes of TEXT as exporters use them: \n and \N are line ends, a
// backslash before anything else is dropped, one at the end stays.
func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
			if s[i] == 'n' || s[i] == 'N' {
				b.WriteByte('\n')
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// list splits a list of TEXT at its bare commas and undoes the escapes of each part.
func list(s string) []string {
	var out []string
	from := 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] == '\\' {
			i++
			continue
		}
		if i >= len(s) || s[i] == ',' {
			if v := trim(unescape(s[from:min(i, len(s))])); v != "" {
				out = append(out, v)
			}
			from = i + 1
		}
	}
	return out
}

// western is the character that a byte is in Windows-1252, which is what text without a
// declared encoding most likely is; it agrees with Latin-1 wherever that has a character.
func western(c byte) rune {
	if c >= 0x80 && c <= 0x9F {
		return windows1252[c-0x80]
	}
	return rune(c)
}

var windows1252 = [32]rune{
	'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8D, 'Ž', 0x8F,
	0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9D, 'ž', 'Ÿ',
}

func trim(s string) string { return strings.TrimSpace(s) }

func upper(s string) string { return strings.ToUpper(s) }
