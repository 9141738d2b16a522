package secret

import (
	"context"
	"os"
	"strings"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/secret/token"
)

// environment reads variables. Their names may be written small as well.
type environment struct{}

func (environment) all() map[string]token.Token {
	out := map[string]token.Token{}
	for _, pair := range os.Environ() {
		name, value, _ := strings.Cut(pair, "=")
		if rest, ok := strings.CutPrefix(name, Prefix); ok && value != "" {
			if key, err := Key(rest); err == nil {
				out[key] = token.New(value)
			}
		}
	}
	return out
}

func (e environment) get(_ context.Context, key string) (token.Token, error) {
	if t, ok := e.all()[key]; ok {
		return t, nil
	}
	return token.Token{}, ErrNone
}

func (environment) set(context.Context, string, token.Token) error {
	return fault.New(fault.Refused, "the environment is set before the program starts").WithHint("set the variable where the program is started")
}

func (e environment) remove(ctx context.Context, key string) error {
	if _, err := e.get(ctx, key); err != nil {
		return err
	}
	return fault.New(fault.Refused, "%s is set in the environment", Variable(key)).WithHint("take it out where the program is started")
}

func (e environment) list(context.Context) (keys []string, err error) {
	for key := range e.all() {
		keys = append(keys, key)
	}
	return keys, nil
}
