package compose_test

import (
	"strings"
	"testing"

	"quarterdeck/internal/compose"
)

// Tokens are put together here so that no scanner takes this file for a leak.
func TestSecret(t *testing.T) {
	run := strings.Repeat("A1b2C3d4", 6)
	for _, s := range []string{
		"xo" + "xb-123456789012-abcdefABCDEF", "xap" + "p-1-A012345-678-abcdef", "https://hooks.sla" + "ck.com/services/T000/B000/XXXXXXXX",
		"https://discord" + "app.com/api/webhooks/123456/abcdefghij", "https://chat.googleapis" + ".com/v1/spaces/AAA/messages?key=a&token=abcdefghijk",
		"https://prod.logic.example.net/workflows/1?sv=1.0&sig=" + run[:30], "AKI" + "AIOSFODNN7EXAMPLE", "AIz" + "a" + run[:35],
		"DefaultEndpointsProtocol=https;AccountKey=" + run + "==", "gh" + "p_" + run[:36], "github_" + "pat_" + run, "glpa" + "t-" + run[:20],
		"sk_" + "live_" + run[:24], "SG" + "." + run[:22] + "." + run[:40], "npm" + "_" + run[:36], "pyp" + "i-" + run, "hv" + "s." + run[:24], "sk" + "-" + run[:30],
		"ey" + "JhbGciOiJIUzI1NiJ9.ey" + "JzdWIiOiIxMjM0In0.abc", "Authorization: Basic dXNlcjpwYXNz", "Bearer " + run,
		"postgres://app:s3cret@db.example.com/x", "redis://:s3cret@10.0.0.1", "-----BEGIN RSA PRIV" + "ATE KEY-----", "AGE-SECRET-KEY-1" + strings.ToUpper(run),
		"password: hunter2x9", "DB_PASSWORD=Tr0ub4dor&3", `"api_key": "0123456789abcdef"`, "the token is abc123def456", "secret = 'q1w2e3r4'",
	} {
		for _, text := range []string{s, "It says " + s + " in the log.", "a\n" + s} {
			if compose.Secret(text) == "" {
				t.Errorf("overlooked: %s", text)
			}
		}
	}
	for _, s := range []string{
		"", "The password was changed at 14:33.", "password: see the vault", "Passwords: 12345 of them were reset", "token expired", "token: 14:33", "secret: ****",
		"api key rotation is done", "the secret is out", "https://example.com/a?sign=1&token=ab1", "http://user@example.com/", "https://example.com:8443/path@v2",
		"skip-navigation-link-in-the-header", "task-0123456789 is done", "Bearer tokens are refused", "build 8842, commit 9fceb02d0ae5", "AKIA is a prefix", "eyJ",
		"password=https://vault.example.com/item/12345678", "10:15 https://status.example.com 503", "pk_live_is_public", "INC-142 SEV1 14:33Z port 443",
	} {
		if what := compose.Secret(s); what != "" {
			t.Errorf("%s: taken for %s", s, what)
		}
	}
}

func FuzzAdvice(f *testing.F) {
	for _, s := range []string{"Next update by 24:61 UTC", "a::b :: 1.2.3.4.5 v", "by 15:00 it should be fixed", "\xff{", "Ben's"} {
		f.Add(s, int64(0), "customers")
	}
	f.Fuzz(func(t *testing.T, text string, next int64, audience string) {
		d := known(t)
		for _, a := range compose.Advice(d.state, d.kit, audience, "", text, next, d.now) {
			if a == "" {
				t.Error("an advice without words")
			}
		}
	})
}
