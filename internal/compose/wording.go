package compose

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"quarterdeck/internal/kit"
)

// Hint is a word in a text that judges, with a better question.
type Hint struct {
	Begin, End int    // in bytes of the text
	Words      string // as they stand there
	Ask        string
}

// mostHints is how many are worth reading at once.
const mostHints = 50

// Hints are the words of a text that the kit asks to think about twice, in their order,
// at most 50. Whole words count, whatever their case and however many blanks and line
// breaks are between them; of hints that overlap the longer one stands.
func Hints(text string, list []kit.Wording) []Hint {
	low, at := folded(text)
	var all []Hint
	for _, w := range list {
		for _, words := range w.Words {
			want, _ := folded(words)
			want = strings.TrimSpace(want)
			for from := 0; want != "" && len(all) < 20*mostHints; {
				i := strings.Index(low[from:], want)
				if i < 0 {
					break
				}
				begin, end := from+i, from+i+len(want)
				from = begin + 1
				if whole(low, begin, end) {
					all = append(all, Hint{at[begin], at[end], text[at[begin]:at[end]], w.Ask})
				}
				for from < len(low) && !utf8.RuneStart(low[from]) {
					from++
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Hint) int { return cmp.Or(cmp.Compare(a.Begin, b.Begin), cmp.Compare(b.End, a.End)) })
	var out []Hint
	for _, h := range all {
		if len(out) == mostHints {
			break
		}
		if len(out) == 0 || h.Begin >= out[len(out)-1].End {
			out = append(out, h)
		}
	}
	return out
}

// folded is a text in small letters with single blanks and straight apostrophes; at says
// where each of its bytes stands in the text, and at its end where the text ends.
func folded(text string) (low string, at []int) {
	var b strings.Builder
	blank := false
	for i, r := range text {
		switch {
		case unicode.IsSpace(r):
			if blank {
				continue
			}
			blank, r = true, ' '
		case r == '’' || r == 'ʼ':
			blank, r = false, '\''
		default:
			blank, r = false, unicode.ToLower(r)
		}
		n, _ := b.WriteRune(r)
		for range n {
			at = append(at, i)
		}
	}
	return b.String(), append(at, len(text))
}

// whole reports whether a stretch of a text is not a part of longer words.
func whole(text string, begin, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:begin])
	after, _ := utf8.DecodeRuneInString(text[end:])
	letter := func(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	return !letter(before) && !letter(after)
}
