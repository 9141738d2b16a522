package pdf

import (
	"encoding/binary"
	"strings"
	"sync"
	"unicode"

	"quarterdeck/assets"
)

// missing stands for a letter that the typeface lacks.
const missing = "▯"

// instead are signs that the typeface may lack, in other letters.
var instead = map[rune]string{
	'✓': "OK:", '↳': "–", '→': "to", '←': "from", '−': "-", '‑': "-", '●': "•", '◆': "•", '■': "•", '≈': "about", '▯': "?", '≥': ">=", '≤': "<=",
}

var letters = sync.OnceValue(func() map[rune]bool { return covered(assets.InterRegular) })

// covered are the letters of a TrueType font: those of its table of format 4, which holds
// all of the first plane. A font that cannot be read has none.
func covered(font []byte) map[rune]bool {
	out := map[rune]bool{}
	u16 := func(at int) int {
		if at < 0 || at+2 > len(font) {
			return 0
		}
		return int(binary.BigEndian.Uint16(font[at:]))
	}
	u32 := func(at int) int { return u16(at)<<16 | u16(at+2) }
	cmap := 0
	for i := range u16(4) {
		if at := 12 + 16*i; at+16 <= len(font) && string(font[at:at+4]) == "cmap" {
			cmap = u32(at + 8)
		}
	}
	for i := range u16(cmap + 2) {
		t := cmap + u32(cmap+4+8*i+4)
		if cmap == 0 || u16(t) != 4 {
			continue
		}
		n := u16(t+6) / 2
		for s := range n {
			end, start := u16(t+14+2*s), u16(t+16+2*n+2*s)
			for r := start; r <= end && r < 0xFFFF; r++ {
				out[rune(r)] = true
			}
		}
	}
	return out
}

// legible is a text in letters that the typeface has; lost tells whether some are not.
func legible(text string) (_ string, lost bool) {
	have := letters()
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\n' || have[r]:
			b.WriteRune(r)
		case r == '\t' || unicode.Is(unicode.Zs, r):
			b.WriteByte(' ')
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r): // it would stand on or join letters
		case instead[r] != "":
			b.WriteString(instead[r])
		default:
			lost = true
			if have['▯'] {
				b.WriteString(missing)
			} else {
				b.WriteByte('?')
			}
		}
	}
	return b.String(), lost
}
