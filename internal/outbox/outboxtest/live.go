package outboxtest

import "regexp"

// live are forms that some program makes a link or a mention of, when they stand in a
// text that it shows.
var live = []*regexp.Regexp{
	regexp.MustCompile(`(?i)\b[a-z][a-z0-9+.-]*://`),
	regexp.MustCompile(`(?i)\bwww\.`),
	regexp.MustCompile(`(?i)\b(mailto|tel|javascript):`),
	regexp.MustCompile(`@[\pL\pN&]`),
	regexp.MustCompile(`(?i)[a-z0-9-]\.[a-z]{2,}`),
	regexp.MustCompile(`[\p{Cc}\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]`),
}

// Alive lists what in a text, as its reader gets it, is a link, a mention or a sign that
// turns the text around. Media add what is special to them.
func Alive(text string, also ...*regexp.Regexp) (found []string) {
	for _, form := range append(live, also...) {
		for _, hit := range form.FindAllString(text, 3) {
			if hit != "\n" {
				found = append(found, hit)
			}
		}
	}
	return found
}
