package secret

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/godbus/dbus/v5"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/secret/token"
)

// keyringPlace is the account's keyring, spoken to as the Secret Service of
// freedesktop.org: GNOME's keyring, KDE's wallet, KeePassXC. Each call has a connection
// of its own that ends with it, so that nothing of one that hangs is left behind.
type keyringPlace struct {
	limits limits
	asked  atomic.Bool
}

func newKeyring() *keyringPlace { return &keyringPlace{limits: usual} }

// attributes find an item again. Other programs that keep secrets by service and
// user name find ours by the same.
func attributes(key string) map[string]string {
	a := map[string]string{"service": "quarterdeck"}
	if key != "" {
		a["username"] = key
	}
	return a
}

var errLocked = fault.New(fault.Refused, "the keyring is locked").
	WithHint("unlock it, or set the secret in the environment or in the encrypted file")

// within runs do on a connection of its own, and answers with a fault for whatever went wrong.
func (k *keyringPlace) within(ctx context.Context, do func(context.Context, *ring) error) error {
	r, err := dial(ctx, k.limits)
	if err == nil {
		defer r.close()
		err = do(ctx, r)
	}
	var f *fault.Error
	var refusal dbus.Error
	if errors.As(err, &refusal) && absent(refusal.Name) {
		err = errors.Join(errNoBus, err)
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, ErrNone), errors.As(err, &f):
		return err
	case errors.Is(err, errNoBus):
		return fault.New(fault.NotFound, "no keyring runs here").WithHint("set the secret in the environment or in the encrypted file").WithCause(err)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, dbus.ErrClosed), ctx.Err() != nil:
		return fault.New(fault.Unreachable, "the keyring does not answer").WithHint("set the secret in the environment or in the encrypted file").WithCause(err)
	}
	return fault.New(fault.Unreachable, "the keyring failed").WithHint("set the secret in the environment or in the encrypted file").WithCause(err)
}

// absent reports whether the bus says with this error that nobody offers the service.
func absent(name string) bool {
	return name == "org.freedesktop.DBus.Error.ServiceUnknown" || name == "org.freedesktop.DBus.Error.NameHasNoOwner" ||
		strings.HasPrefix(name, "org.freedesktop.DBus.Error.Spawn.")
}

// get does not wait for a person: a locked keyring is asked once, in the background, to
// show its window, and what comes of that is seen by the next call.
func (k *keyringPlace) get(ctx context.Context, key string) (t token.Token, err error) {
	err = k.within(ctx, func(ctx context.Context, r *ring) error {
		open, locked, err := r.search(ctx, key)
		if err != nil {
			return err
		}
		if len(open) > 0 {
			t, err = r.read(ctx, open[0])
			return err
		}
		if len(locked) > 0 {
			k.knock(ctx)
			return errLocked
		}
		return ErrNone
	})
	return t, err
}

// knock has the keyring ask its owner for the password, once in the life of a process.
func (k *keyringPlace) knock(ctx context.Context) {
	if k.asked.Swap(true) {
		return
	}
	go func() {
		_ = k.within(context.WithoutCancel(ctx), func(ctx context.Context, r *ring) error { // the next get says what came of it
			_, locked, err := r.search(ctx, "")
			if err != nil || len(locked) == 0 {
				return err
			}
			return r.unlock(ctx, locked[0])
		})
	}()
}

func (k *keyringPlace) set(ctx context.Context, key string, t token.Token) error {
	return k.within(ctx, func(ctx context.Context, r *ring) error {
		collection, err := r.collection(ctx)
		if err != nil {
			return err
		}
		if err := r.unlock(ctx, collection); err != nil {
			return err
		}
		return r.write(ctx, collection, key, t)
	})
}

func (k *keyringPlace) remove(ctx context.Context, key string) error {
	return k.within(ctx, func(ctx context.Context, r *ring) error {
		open, locked, err := r.search(ctx, key)
		if err != nil {
			return err
		}
		all := slices.Concat(open, locked)
		if len(all) == 0 {
			return ErrNone
		}
		for _, item := range all {
			if err := r.unlock(ctx, item); err != nil {
				return err
			}
			if err := r.delete(ctx, item); err != nil {
				return err
			}
		}
		return nil
	})
}

func (k *keyringPlace) list(ctx context.Context) (keys []string, err error) {
	err = k.within(ctx, func(ctx context.Context, r *ring) error {
		open, locked, err := r.search(ctx, "")
		if err != nil {
			return err
		}
		for _, item := range open {
			key, err := r.key(ctx, item)
			if err != nil {
				return err
			}
			keys = append(keys, key)
		}
		if len(locked) > 0 {
			return errLocked
		}
		return nil
	})
	return keys, err
}
