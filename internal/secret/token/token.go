package token

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"log/slog"
)

// Mask is what stands for a secret wherever it would be seen.
const Mask = "***"

// Token is a secret. The zero Token is none. Tokens are compared with Equal: == tells
// whether they are copies of one, not whether they are the same secret.
type Token struct {
	// A pointer, since fmt does not ask the unexported fields of others for their
	// String: it would print a string there as it is, and prints a pointer's address.
	secret *string
}

// New makes a token of a secret; of "" it makes none.
func New(secret string) Token {
	if secret == "" {
		return Token{}
	}
	return Token{&secret}
}

// Reveal gives the secret itself; "" when there is none. Call it where the secret leaves
// for the one who must have it, and keep what it gives in no variable that outlives that.
func (t Token) Reveal() string {
	if t.secret == nil {
		return ""
	}
	return *t.secret
}

// IsZero reports whether there is no secret.
func (t Token) IsZero() bool { return t.secret == nil }

// Equal reports whether both are the same secret, in a time that tells nothing but
// whether they are equally long.
func (t Token) Equal(other Token) bool {
	return subtle.ConstantTimeCompare([]byte(t.Reveal()), []byte(other.Reveal())) == 1
}

// String implements fmt.Stringer: Mask, or "" when there is none.
func (t Token) String() string {
	if t.secret == nil {
		return ""
	}
	return Mask
}

// Format implements fmt.Formatter, so that no verb shows the secret.
func (t Token) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, t.String()) // fmt's own buffer takes everything
}

// LogValue implements slog.LogValuer.
func (t Token) LogValue() slog.Value { return slog.StringValue(t.String()) }

// MarshalText implements encoding.TextMarshaler, which JSON and YAML go by.
func (t Token) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// errWritten: somebody tries to read a secret out of a file.
var errWritten = errors.New("token: a secret is not read from a file or a message; it is kept by its name")

// UnmarshalText implements encoding.TextUnmarshaler, and refuses.
func (*Token) UnmarshalText([]byte) error { return errWritten }

// GobEncode implements gob.GobEncoder, and refuses.
func (Token) GobEncode() ([]byte, error) {
	return nil, errors.New("token: a secret is not encoded")
}

// GobDecode implements gob.GobDecoder, and refuses.
func (*Token) GobDecode([]byte) error { return errWritten }
