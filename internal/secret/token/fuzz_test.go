package token_test

import (
	"strings"
	"testing"

	"quarterdeck/internal/secret/token"
)

// FuzzBlot holds that a secret is found in any text, and that nothing of it is left there.
func FuzzBlot(f *testing.F) {
	f.Add("xoxb-1-2-3", "before ", " after")
	f.Add("https://chat.example/hooks/abcdefghijkl?token=mnopqrstuvwx", "see ", ".")
	f.Add("p&ss \"w0rd\"<>", "\x00", "<b>")
	f.Add("aaaaaaaa", "aaa", "aaaa")
	f.Fuzz(func(t *testing.T, secret, before, after string) {
		if len(strings.TrimSpace(secret)) < 6 || strings.Contains(secret+before+after, "*") {
			return // too short to be looked for, or made of what stands for it
		}
		held := []token.Token{token.New(secret)}
		text := before + secret + after
		if !token.Within(text, held) {
			t.Fatalf("%q is not found in %q", secret, text)
		}
		if left := token.Blot(text, held); token.Within(left, held) {
			t.Errorf("%q is left of %q", left, text)
		}
	})
}
