package notify

import (
	"strconv"
	"strings"

	"unicode"
)

// Limits of one message, in characters (code points).
const (
	maxTitle   = 120
	maxBody    = 400
	maxLabel   = 40
	maxSound   = 64
	maxActions = 4
	maxID      = 64
)

// tidied is m with every text safe to send: bounded, valid UTF-8, no control
// characters. A title of nothing becomes the application's name, because some
// services refuse an empty one.
func (m Message) tidied() Message {
	m.Title, m.Body = clean(m.Title, maxTitle, false), clean(m.Body, maxBody, true)
	if m.Title == "" {
		m.Title = Name
	}
	m.Sound = clean(m.Sound, maxSound, false)
	actions := make([]Action, 0, len(m.Actions))
	for _, a := range m.Actions {
		label := clean(a.Label, maxLabel, false)
		if label == "" {
			label = a.ID
		}
		actions = append(actions, Action{a.ID, label})
	}
	m.Actions = actions
	return m
}

// clean cuts s to limit characters, the last one then an ellipsis. White space
// collapses to one blank, or to one line break where lines is set and it held
// one. Control characters and non-characters go; marks of writing direction are
// neither and stay. Bytes that are no UTF-8 become the replacement character.
func clean(s string, limit int, lines bool) string {
	out := make([]rune, 0, min(limit, len(s)))
	var gap rune
	for _, r := range s {
		switch r {
		case '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
			gap = '\n'
			continue
		case ' ', '\t':
			if gap == 0 {
				gap = ' '
			}
			continue
		}
		if unicode.IsControl(r) || r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF {
			continue
		}
		if gap != 0 && len(out) > 0 {
			if !lines {
				gap = ' '
			}
			out = append(out, gap)
		}
		gap = 0
		out = append(out, r)
		if len(out) > limit {
			return string(ellipsis(out[:limit]))
		}
	}
	return string(out)
}

// ellipsis puts … in place of the last character, and of what would hang loose
// before it: a blank, a joiner, a letter without its accents.
func ellipsis(cut []rune) []rune {
	end := len(cut) - 1
	for end > 0 && (unicode.Is(unicode.M, cut[end]) || cut[end-1] == '\u200d' || unicode.IsSpace(cut[end-1])) {
		end--
	}
	return append(cut[:end], '…')
}

var markup = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// lookalikes of the characters that mean something to a shell, to a script or to
// a rich-text label.
var lookalikes = strings.NewReplacer("<", "‹", ">", "›", "$", "＄", "`", "'", "\n", " ")

// harmless is text for a pop-up program: those build scripts, XML or rich text
// from it without escaping, and an option from a leading dash. What could be read
// as anything but text is replaced or goes; that includes the marks of writing
// direction, which one of them would spell out as escapes.
func harmless(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if !strconv.IsPrint(r) {
			return -1
		}
		return r
	}, lookalikes.Replace(s))
}
