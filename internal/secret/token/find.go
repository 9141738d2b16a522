package token

import (
	"encoding/base64"
	"html"
	"net/url"
	"strings"
)

// shortest is how long a secret must be, in bytes, to be looked for: a shorter one would be
// found in words that have nothing to do with it.
const shortest = 6

// forms are how a secret may stand in a text: as it is, in an address, in a page, and as
// the password of a log-in written in base64.
func (t Token) forms() []string {
	s := strings.TrimSpace(t.Reveal())
	if len(s) < shortest {
		return nil
	}
	out := []string{s}
	for _, form := range []string{url.QueryEscape(s), url.PathEscape(s), html.EscapeString(s), base64.StdEncoding.EncodeToString([]byte(s)), base64.RawURLEncoding.EncodeToString([]byte(s))} {
		if form != s {
			out = append(out, form)
		}
	}
	return out
}

// Within reports whether a text holds one of the secrets, in whatever form.
func Within(text string, secrets []Token) bool {
	for _, t := range secrets {
		for _, form := range t.forms() {
			if strings.Contains(text, form) {
				return true
			}
		}
	}
	return false
}

// Blot is a text with Mask where it holds one of the secrets.
func Blot(text string, secrets []Token) string {
	for _, t := range secrets {
		for _, form := range t.forms() {
			text = strings.ReplaceAll(text, form, Mask)
		}
	}
	return text
}
