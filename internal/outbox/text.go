package outbox

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Plain is a text of a person with \n as its only line break, and without signs that
// show nothing and change what is around them: controls, marks of the writing direction,
// signs of no width, tags. It reads as it did.
func Plain(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n")
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\r', r == '\v', r == '\f', r == 0x85, r == 0x2028, r == 0x2029:
			return '\n'
		case r == '\t', r == 0xA0:
			return ' '
		case r == 0x200D: // joins the parts of an emoji, and letters of some scripts
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == 0x115F, r == 0x1160, r == 0x3164, r == 0xFFA0:
			return -1
		}
		return r
	}, text)
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Trim(gaps.ReplaceAllString(strings.Join(lines, "\n"), "\n\n"), "\n ")
}

var gaps = regexp.MustCompile(`\n{3,}`)

// Line is Plain in one line.
func Line(text string) string { return strings.Join(strings.Fields(Plain(text)), " ") }

// Nil is the sign of no width that Dead puts into what must not come alive.
const Nil = "\u200b"

// Dead is Plain text in which nobody is mentioned and nothing is a link, whatever a
// program makes of what looks like either: a sign of no width stands in each. People
// read what they would have read.
func Dead(text string) string {
	text = strings.ReplaceAll(Plain(text), "\u200d@", "@")
	text = schemes.ReplaceAllString(text, "${1}"+Nil+":")
	text = strings.ReplaceAll(text, "://", ":/"+Nil+"/")
	text = strings.ReplaceAll(text, "@", "@"+Nil)
	var b strings.Builder
	var before rune
	for i, r := range text {
		if dot(r) && (unicode.IsLetter(before) || unicode.IsDigit(before) || before == '-') {
			if next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):]); unicode.IsLetter(next) {
				b.WriteString(Nil) // a name that may be looked up
			}
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

// dot reports whether r parts the labels of a host's name.
func dot(r rune) bool { return r == '.' || r == '。' || r == '．' || r == '｡' }

var schemes = regexp.MustCompile(`(?i)\b(mailto|tel|sms|callto|skype|javascript|data|file|news|xmpp|sip|sips|magnet|slack|msteams|vscode):`)

// Words are what every medium says, each shaped as it can. All of them are Plain.
type Words struct {
	Head  string // one line: which incident it is about
	State string // one word: Investigating
	Text  string // several lines
	Foot  string // one line: when more comes, and when this was written
}

// Words are those of a content. They are the same for the same content.
func (c Content) Words() Words {
	w := Words{Text: Plain(c.Text), State: Line(c.State)}
	if w.State != "" {
		w.State = strings.ToUpper(w.State[:1]) + w.State[1:]
	}
	if c.Corrects != "" {
		w.State = strings.Trim("Correction: "+w.State, ": ")
	}
	w.Head = strings.TrimSpace(Line(c.Severity) + " " + Line(c.Ref))
	if title := Line(c.Title); title != "" && w.Head != "" {
		w.Head += ": " + title
	} else if title != "" {
		w.Head = title
	}
	var foot []string
	if c.Next != 0 && !c.SaysNext() {
		foot = append(foot, "Next update at "+clockTime(c.Next, c.AsOf)+".")
	}
	if c.AsOf != 0 {
		foot = append(foot, "As of "+utc(c.AsOf).Format("15:04 UTC, 2 January 2006")+".")
	}
	w.Foot = strings.Join(foot, " ")
	return w
}

// SaysNext reports whether the text itself says when the next update comes, so that a
// medium need not say it again.
func (c Content) SaysNext() bool {
	clock := "15:04 UTC"
	if utc(c.Next).YearDay() != utc(c.AsOf).YearDay() {
		clock = "2 Jan 15:04 UTC"
	}
	_, after, found := strings.Cut(strings.ToLower(Line(c.Text)), "next update")
	return found && strings.Contains(after, strings.ToLower(utc(c.Next).Format(clock)))
}

// All are the words as one text, as they read without any form.
func (w Words) All() string {
	var parts []string
	for _, p := range []string{strings.Trim(w.Head+"\n"+w.State, "\n"), w.Text, w.Foot} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, "\n\n")
}
