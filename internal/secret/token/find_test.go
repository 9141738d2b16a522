package token_test

import (
	"encoding/base64"
	"net/url"
	"strings"
	"testing"

	"quarterdeck/internal/secret/token"
)

func TestASecretIsFoundInEveryForm(t *testing.T) {
	const s = `p&ss w0rd"<x>/?`
	held := []token.Token{token.New("other-secret"), token.New(s + "\n"), {}, token.New("ab")}
	for name, form := range map[string]string{
		"as it is": s, "query": url.QueryEscape(s), "path": url.PathEscape(s), "base64": base64.StdEncoding.EncodeToString([]byte(s)), "page": `p&amp;ss w0rd&#34;&lt;x&gt;/?`,
	} {
		text := "see " + form + "."
		if !token.Within(text, held) {
			t.Errorf("%s: not found", name)
		}
		if got := token.Blot(text, held); got != "see ***." {
			t.Errorf("%s: %s", name, got)
		}
	}
	for _, text := range []string{"", "about", "a word", "other"} {
		if token.Within(text, held) || token.Blot(text, held) != text {
			t.Errorf("%q holds none", text)
		}
	}
	if strings.Contains(token.Blot(strings.Repeat(s, 3), held), "w0rd") {
		t.Error("one is left")
	}
}
