package secret

import (
	"context"
	"errors"
	"slices"
	"strings"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/secret/token"
)

// Place names where secrets are kept.
type Place string

// The places. Settings name them by these words.
const (
	Environment Place = "environment"
	Keyring     Place = "keyring"
	File        Place = "file"
	Memory      Place = "memory"
)

// Places are all of them, in the order in which they are asked when no settings say otherwise.
var Places = []Place{Environment, Keyring, File, Memory}

// Order reads the settings' list of places, names parted by commas or blanks; "" is all
// of them. An Invalid fault says which word is none.
func Order(list string) ([]Place, error) {
	var out []Place
	for _, word := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		p := Place(strings.ToLower(word))
		switch {
		case !slices.Contains(Places, p):
			return nil, fault.Input("secrets", "%.40q is no place for secrets", word).
				WithHint("name some of: environment, keyring, file, memory, in the order in which they are asked")
		case slices.Contains(out, p):
			return nil, fault.Input("secrets", "%s stands twice in the list of places", p).WithHint("name each place once")
		}
		out = append(out, p)
	}
	if out == nil {
		return Places, nil
	}
	return out, nil
}

// ErrNone says that this place does not have it; every other error that it cannot tell.
var ErrNone = errors.New("secret: not kept here")

// keeper is one place. Its methods may be called from several goroutines and return
// within their context or a limit of their own. Keys are as Key makes them. Errors are
// faults with a hint, and never hold a secret; NotFound means that there is no such place.
type keeper interface {
	// get answers ErrNone when the place works and does not have it.
	get(ctx context.Context, key string) (token.Token, error)
	// set keeps it, in the stead of what was there.
	set(ctx context.Context, key string, t token.Token) error
	// remove answers ErrNone when there was nothing.
	remove(ctx context.Context, key string) error
	// list gives the keys, in any order.
	list(ctx context.Context) ([]string, error)
}
