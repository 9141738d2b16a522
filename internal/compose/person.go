package compose

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// common are names that are also words; alone they name nobody.
var common = []string{
	"an", "as", "be", "do", "he", "in", "my", "no", "or", "so", "us", "we",
	"comms", "customer", "customers", "database", "legal", "network", "ops", "payments", "platform", "security", "support", "team", "vendor",
	"april", "art", "august", "bill", "chance", "chase", "dawn", "faith", "frank", "grace", "grant", "hope", "hunter", "iris", "ivy", "jack", "joy",
	"june", "mark", "max", "may", "mercy", "miles", "norm", "page", "pat", "ray", "rich", "rob", "rose", "ruby", "sandy", "sky", "sue", "summer", "will",
}

var blames = regexp.MustCompile(`(?i)\b(?:broke|broken by|caused|mistake\w*|mis-?config\w*|wrong\w*|deleted|forgot\w*|fault|failed to|careless\w*|blame\w*|by accident|accidentally|should have)\b`)

// names are people in the text: outside at all, inside beside a fault.
func (d draft) names(text string) []string {
	if d.outside(d.to) {
		if p := d.person(text); p != "" {
			return []string{fmt.Sprintf("It names %s. Leave people out of what goes outside.", p)}
		}
		return nil
	}
	for _, s := range sentences(text) {
		if p := d.person(s); p != "" && blames.MatchString(s) {
			return []string{fmt.Sprintf("It names %s beside a fault. Say what happened, not who.", p)}
		}
	}
	return nil
}

// person is the first person of the incident whom a text names; "" when none.
func (d draft) person(text string) string {
	usual := strings.ToLower(d.s.Declared.Title + " " + d.s.Situation["impact"].Text + " " + strings.Join(d.s.Declared.Services, " "))
	for _, name := range d.s.Names() {
		for _, n := range []string{name, strings.Fields(name + " ?")[0]} {
			low := strings.ToLower(n)
			if slices.Contains(common, low) || utf8.RuneCountInString(n) < 2 || !strings.ContainsFunc(n, unicode.IsLetter) {
				continue
			}
			// Somebody who is called like what the incident is about ("payments") is a team.
			if !strings.Contains(n, " ") && wholeWord(usual, low) {
				continue
			}
			if wholeWord(text, n) || wholeWord(text, upper(n)) {
				return name
			}
		}
	}
	return ""
}

// wholeWord reports whether text holds word with neither letter nor digit beside it.
func wholeWord(text, word string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 || word == "" {
			return false
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(word):])
		if !part(before, i == 0) && !part(after, i+len(word) == len(text)) {
			return true
		}
		from = i + len(word)
	}
}

func part(r rune, edge bool) bool {
	return !edge && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
