package token

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
)

// shortest is how long a secret must be, in bytes, to be looked for: a shorter one would be
// found in words that have nothing to do with it.
const shortest = 6

// ordinary is how long a part of a secret address must be, in bytes, to be looked for.
const ordinary = 12

// forms are how a secret may stand in a text: as it is, in an address, in a page, in JSON,
// and in base64, alone or within a log-in. Of one that is an address, the parts that make
// it one are looked for as well. The longest stand first, so that nothing is left of them.
func (t Token) forms() []string {
	s := strings.TrimSpace(t.Reveal())
	if len(s) < shortest {
		return nil
	}
	out := []string{s}
	for _, part := range append(parts(s), s) {
		quoted, err := json.Marshal(part)
		if err != nil {
			quoted = []byte(strconv.Quote(part))
		}
		out = append(out, part, url.QueryEscape(part), url.PathEscape(part), html.EscapeString(part), string(quoted[1:len(quoted)-1]))
	}
	for _, code := range []*base64.Encoding{base64.StdEncoding, base64.RawURLEncoding} {
		out = append(out, code.EncodeToString([]byte(s)))
		for shift := range 3 { // of a longer text that holds it, what its neighbours do not change
			whole := code.WithPadding(base64.NoPadding).EncodeToString([]byte("xx"[:shift] + s))
			out = append(out, whole[(shift*8+5)/6:(shift+len(s))*8/6])
		}
	}
	return out
}

// parts are what makes an address a secret: its path, the end of it, what it asks by, and
// its password, as far as they are too long to be ordinary words.
func parts(s string) []string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" && u.Scheme != "webcal" || u.Host == "" {
		return nil
	}
	word, _ := u.User.Password()
	all := []string{u.RequestURI(), u.EscapedPath(), path.Base(u.Path), word}
	for _, values := range u.Query() {
		all = append(all, values...)
	}
	return slices.DeleteFunc(all, func(part string) bool { return len(part) < ordinary })
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
