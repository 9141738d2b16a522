package secret

import (
	"regexp"
	"strings"

	"quarterdeck/internal/fault"
)

// Prefix begins the names of the environment's variables that hold secrets.
const Prefix = "QUARTERDECK_SECRET_"

var names = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]{0,63}$`)

// Key is the form of a name under which a secret is kept: small letters, and one sign
// between words. An Invalid fault says what a name looks like; it does not repeat what
// was given, which may be a secret in the wrong place.
func Key(name string) (string, error) {
	if !names.MatchString(name) {
		return "", fault.Input("name", "that is no name for a secret").
			WithHint("a name has letters, digits, - and _, begins with a letter and is at most 64 long; the value comes from standard input")
	}
	return strings.NewReplacer("-", "_", ".", "_").Replace(strings.ToLower(name)), nil
}

// Variable is the environment's variable of a key.
func Variable(key string) string { return Prefix + strings.ToUpper(key) }
