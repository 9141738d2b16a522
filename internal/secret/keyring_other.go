//go:build !linux

package secret

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/zalando/go-keyring"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/secret/token"
)

const (
	// answer is how long one question to the keyring may take.
	answer = 3 * time.Second
	// prompt is how long a person may take to let us in.
	prompt = 60 * time.Second
)

// keyringService is under which name the system's keyring keeps ours.
const keyringService = "quarterdeck"

// index is the entry that lists the others: these keyrings cannot be asked what they hold.
const index = "names of secrets"

// keyringPlace is macOS's keychain or Windows' credential manager, by a library. Its
// calls know no limit: one that hangs is left behind, and its caller goes on.
type keyringPlace struct{}

func newKeyring() *keyringPlace { return &keyringPlace{} }

// try waits for do no longer than ctx.
func (k *keyringPlace) try(ctx context.Context, do func() error) error {
	done := make(chan error, 1)
	go func() { done <- do() }()
	select {
	case err := <-done:
		switch {
		case errors.Is(err, keyring.ErrNotFound):
			return ErrNone
		case err != nil:
			return fault.New(fault.Unreachable, "the keyring refused").WithHint("unlock it, or keep secrets in the encrypted file").WithCause(err)
		}
		return nil
	case <-ctx.Done():
		return fault.New(fault.Unreachable, "the keyring did not answer").WithHint("unlock it, or keep secrets in the encrypted file").WithCause(ctx.Err())
	}
}

func (k *keyringPlace) get(ctx context.Context, key string) (t token.Token, err error) {
	ctx, cancel := context.WithTimeout(ctx, answer)
	defer cancel()
	found := make(chan string, 1)
	err = k.try(ctx, func() error {
		value, err := keyring.Get(keyringService, key)
		found <- value
		return err
	})
	if err != nil {
		return t, err
	}
	return token.New(<-found), nil
}

func (k *keyringPlace) set(ctx context.Context, key string, t token.Token) error {
	ctx, cancel := context.WithTimeout(ctx, prompt)
	defer cancel()
	return k.try(ctx, func() error {
		if err := keyring.Set(keyringService, key, t.Reveal()); err != nil {
			return err
		}
		return relist(func(keys []string) []string { return append(keys, key) })
	})
}

func (k *keyringPlace) remove(ctx context.Context, key string) error {
	ctx, cancel := context.WithTimeout(ctx, prompt)
	defer cancel()
	return k.try(ctx, func() error {
		if err := keyring.Delete(keyringService, key); err != nil {
			return err
		}
		return relist(func(keys []string) []string {
			return slices.DeleteFunc(keys, func(k string) bool { return k == key })
		})
	})
}

func (k *keyringPlace) list(ctx context.Context) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, answer)
	defer cancel()
	found := make(chan []string, 1)
	err := k.try(ctx, func() error {
		keys, err := listed()
		found <- keys
		return err
	})
	if err != nil {
		return nil, err
	}
	return <-found, nil
}

func listed() (keys []string, err error) {
	text, err := keyring.Get(keyringService, index)
	if errors.Is(err, keyring.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return keys, json.Unmarshal([]byte(text), &keys)
}

func relist(change func([]string) []string) error {
	keys, err := listed()
	if err != nil {
		return err
	}
	keys = change(keys)
	slices.Sort(keys)
	data, err := json.Marshal(slices.Compact(keys))
	if err != nil {
		return err
	}
	return keyring.Set(keyringService, index, string(data))
}
