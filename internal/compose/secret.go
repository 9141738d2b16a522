package compose

import (
	"regexp"
	"strings"
	"unicode"

	"quarterdeck/internal/secret/token"
)

// secrets are forms of credentials, with what they are. Forms of our own that are
// sure enough to interrupt somebody: what they find must not be sent.
var secrets = []struct {
	form *regexp.Regexp
	what string
}{
	{regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY`), "a private key"},
	{regexp.MustCompile(`AGE-SECRET-KEY-1[0-9A-Z]{20,}`), "a private key"},
	{regexp.MustCompile(`\bxox[a-z]-[0-9A-Za-z-]{10,}`), "a Slack token"},
	{regexp.MustCompile(`\bxapp-[0-9A-Za-z-]{10,}`), "a Slack token"},
	{regexp.MustCompile(`hooks\.slack\.com/(?:services|workflows|triggers)/\S{10,}`), "a webhook's address"},
	{regexp.MustCompile(`discord(?:app)?\.com/api/webhooks/\d+/\S{10,}`), "a webhook's address"},
	{regexp.MustCompile(`chat\.googleapis\.com/\S*[?&]token=\S{10,}`), "a webhook's address"},
	{regexp.MustCompile(`[?&](?:sig|signature|access_token|X-Amz-Signature)=[0-9A-Za-z%_-]{16,}`), "a signed address"},
	{regexp.MustCompile(`\b(?:AKIA|ASIA)[0-9A-Z]{16}\b`), "an AWS key"},
	{regexp.MustCompile(`\bAIza[0-9A-Za-z_-]{35}`), "a Google key"},
	{regexp.MustCompile(`\b(?:AccountKey|SharedAccessKey)=[0-9A-Za-z+/=]{20,}`), "an Azure key"},
	{regexp.MustCompile(`\b(?:gh[pousr]_[0-9A-Za-z]{20,}|github_pat_[0-9A-Za-z_]{20,})`), "a GitHub token"},
	{regexp.MustCompile(`\bgl(?:pat|ptt|dt|rt|cbt)-[0-9A-Za-z_-]{16,}`), "a GitLab token"},
	{regexp.MustCompile(`\b[sr]k_(?:live|test)_[0-9A-Za-z]{16,}`), "a Stripe key"},
	{regexp.MustCompile(`\bSG\.[0-9A-Za-z_-]{16,}\.[0-9A-Za-z_-]{16,}`), "a SendGrid key"},
	{regexp.MustCompile(`\bnpm_[0-9A-Za-z]{30,}`), "an npm token"},
	{regexp.MustCompile(`\bpypi-[0-9A-Za-z_-]{30,}`), "a PyPI token"},
	{regexp.MustCompile(`\bhv[sb]\.[0-9A-Za-z_-]{20,}`), "a Vault token"},
	{regexp.MustCompile(`\bsk-[0-9A-Za-z_-]{20,}`), "an API key"},
	{regexp.MustCompile(`\beyJ[0-9A-Za-z_-]{8,}\.eyJ[0-9A-Za-z_-]{8,}\.`), "a signed token"},
	{regexp.MustCompile(`(?i)\bauthorization:\s*(?:basic|bearer|token)\s+\S{8,}`), "an authorization header"},
	{regexp.MustCompile(`\bBearer\s+[0-9A-Za-z._~+/-]{20,}`), "an authorization header"},
	{regexp.MustCompile(`\b[a-z][a-z0-9+.-]*://[^\s/:@]*:[^\s/@]{2,}@[^\s/]`), "an address with a password"},
}

// named is a value that is called a password or the like.
var named = regexp.MustCompile(`(?i)(?:\b|_)(?:password|passwd|pwd|passphrase|secret|token|api[ _-]?key|access[ _-]?key|private[ _-]?key)["']?\s*(?:=|:|\bis\b)\s*["']?([^\s"',;]{8,})`)

// Gives says what a text gives away: one of the secrets that we hold, whatever it looks
// like, else what Secret sees; "" when nothing.
func Gives(text string, held []token.Token) string {
	if token.Within(text, held) {
		return "one of the secrets that are kept here"
	}
	return Secret(text)
}

// Secret says what a text seems to give away ("a Slack token"); "" when nothing. It
// prefers to overlook: what it finds keeps a text from leaving.
func Secret(text string) string {
	for _, s := range secrets {
		if s.form.MatchString(text) {
			return s.what
		}
	}
	for _, m := range named.FindAllStringSubmatch(text, -1) {
		if random(m[1]) {
			return "a password or token"
		}
	}
	return ""
}

// random reports whether a word looks made up by a machine or for a login: letters
// and digits mixed, and neither an address nor a time.
func random(word string) bool {
	if strings.Contains(word, "://") || strings.HasPrefix(word, "www.") || strings.HasPrefix(word, "<") || strings.HasPrefix(word, "*") {
		return false
	}
	return strings.ContainsFunc(word, unicode.IsLetter) && strings.ContainsFunc(word, unicode.IsDigit)
}
