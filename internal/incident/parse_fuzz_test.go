package incident_test

import (
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"quarterdeck/internal/incident"
)

// letters are what can be seen of a text, in order.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) || r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

var (
	dating = regexp.MustCompile(`^(?:-(?:\d{1,4}[dhms])+|~?[0-2]?\d:[0-5]\d(?::[0-5]\d)?)`)
	boxing = regexp.MustCompile(`^(?:\d{1,4}(?:m|min|h))?$`)
)

// blank makes every space the same one and takes away what letters does not count.
func blank(r rune) rune {
	if unicode.IsSpace(r) {
		return ' '
	}
	if letters(string(r)) == "" {
		return -1
	}
	return r
}

// spelled reports whether what was typed is what a line holds plus grammar.
func spelled(typed string, l incident.Line) bool {
	if l.At != 0 { // as far as the first space: what follows one is text, also when it looks like the time going on
		first, after, _ := strings.Cut(strings.TrimSpace(strings.Map(blank, strings.ToValidUTF8(typed, "\uFFFD"))), " ")
		typed = first[len(dating.FindString(first)):] + after
	}
	rest := letters(typed)
	text, basis, tradeoff, owner := letters(l.Text), letters(l.Basis), letters(l.Tradeoff), letters(l.Owner)
	fold := func(form ...string) bool { return strings.EqualFold(rest, strings.Join(form, "")) }
	switch l.Kind {
	case incident.LineNote:
		return rest == text || rest == `\`+text
	case incident.LineDecision:
		return fold("!", text) || fold("!", text, "because", basis) || fold("!", text, "but", tradeoff) ||
			fold("!", text, "because", basis, "but", tradeoff) || fold("!", text, "but", tradeoff, "because", basis)
	case incident.LineQuestion:
		return rest == "?"+text
	case incident.LineFollowUp:
		return rest == "+"+text
	case incident.LineCommand:
		return rest == "/"+text && text == letters(strings.Join(l.Words, ""))
	case incident.LineAction:
		rest, ok := strings.CutPrefix(rest, "@")
		named, quoted := strings.CutPrefix(rest, `"`+owner+`"`)
		if !quoted {
			named, quoted = strings.CutPrefix(rest, owner)
		}
		for task := named; ok && quoted; task = task[1:] { // after a name may stand commas and colons
			if box, done := strings.CutPrefix(task, text); done && boxing.MatchString(box) {
				return true
			}
			if task == "" || task[0] != ',' && task[0] != ':' {
				return false
			}
		}
	}
	return false
}

// FuzzParseLine: reading a typed line always ends, never loses a letter, and what Check
// lets pass Decide accepts.
func FuzzParseLine(f *testing.F) {
	for _, s := range []string{
		"", "all quiet", `\!x`, "!x because y but z", "!x but because y", "!İİK because ж", "@ben do 5m", `@"Eve van Dyk": look 2h`, "@,: x", "?why", "+1",
		"/phase verify", "00:00 :00", "-10m !x because y", "~14:02 @ben do 5m", "23:59:59 text", "-10m\u00a0x", "\u200b!x", "a\rb\x00\xff\u202ec", "@ben 5m", "-9999d x", "00:00 \\00:00 x",
	} {
		f.Add(s, noon)
	}
	f.Fuzz(func(t *testing.T, typed string, now int64) {
		now %= 1 << 47 // the year 6400
		l := incident.ParseLine(typed, now, time.UTC, nil)
		for _, part := range append([]string{l.Text, l.Basis, l.Tradeoff, l.Owner}, l.Words...) {
			if !utf8.ValidString(part) {
				t.Fatalf("%q holds %q", typed, part)
			}
		}
		if l.Kind == incident.LineEmpty {
			if strings.ContainsFunc(letters(typed), unicode.IsGraphic) {
				t.Fatalf("%q is read as nothing", typed)
			}
			return
		}
		if !spelled(typed, l) {
			t.Fatalf("%q is read as %+v: something is lost", typed, l)
		}
		if len(l.Words) == 0 && l.Kind == incident.LineCommand {
			t.Fatalf("%q is a command without a word", typed)
		}
		agree(t, typed, l)
		incident.ParseLine(typed, now, time.UTC, append(people, l.Owner, typed))
	})
}

// agree: what Check says is what Decide says.
func agree(t *testing.T, typed string, l incident.Line) {
	cmd := l.Command(incident.Person{ID: number(77), Name: l.Owner})
	if cmd == nil {
		return
	}
	d := declared(t)
	_, err := incident.Decide(d.state, d.kit, cmd, incident.Now{Wall: noon, Actor: ana})
	if check := l.Check(); (check == nil) != (err == nil) {
		t.Fatalf("%q: while typing %v, afterwards %v", typed, check, err)
	}
}
