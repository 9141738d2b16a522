package secret

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/godbus/dbus/v5"

	"quarterdeck/internal/secret/token"
)

// limits are how long the keyring may take.
type limits struct {
	answer time.Duration // to one question; an open one takes some 20 ms
	prompt time.Duration // for a person to type the keyring's password into its window
}

var usual = limits{answer: 3 * time.Second, prompt: 60 * time.Second}

const (
	secretsName = "org.freedesktop.secrets"
	secretsPath = dbus.ObjectPath("/org/freedesktop/secrets")
	serviceAPI  = "org.freedesktop.Secret.Service."
	listAPI     = "org.freedesktop.Secret.Collection."
	itemAPI     = "org.freedesktop.Secret.Item."
	promptAPI   = "org.freedesktop.Secret.Prompt"
	nothing     = dbus.ObjectPath("/")
)

// ring is a connection to the Secret Service with a session open. Secrets cross it as
// they are: the bus is a socket of this account alone.
type ring struct {
	limits  limits
	conn    *dbus.Conn
	session dbus.ObjectPath
	signals chan *dbus.Signal
	stop    func() bool
}

// wire is a secret as the Secret Service sends it.
type wire struct {
	Session    dbus.ObjectPath
	Parameters []byte
	Value      []byte
	Type       string
}

// dial connects within the limit of an answer. Afterwards the connection ends with ctx.
func dial(ctx context.Context, lim limits) (*ring, error) {
	address := sessionBus()
	if address == "" {
		return nil, errNoBus
	}
	first, cancel := context.WithTimeout(ctx, lim.answer)
	defer cancel()
	socket, err := connect(first, address)
	if err != nil {
		return nil, errors.Join(errNoBus, err)
	}
	// The library's greeting knows no limit, but it ends with the socket.
	greeted := context.AfterFunc(first, func() { _ = socket.Close() })
	conn, err := dbus.NewConn(socket)
	if err == nil {
		err = conn.Auth(nil)
	}
	if err == nil {
		err = conn.Hello()
	}
	if !greeted() || err != nil {
		return nil, errors.Join(err, first.Err(), socket.Close())
	}
	r := &ring{limits: lim, conn: conn, signals: make(chan *dbus.Signal, 8)}
	r.stop = context.AfterFunc(ctx, func() { _ = conn.Close() })
	conn.Signal(r.signals)
	var output dbus.Variant
	if err := r.ask(ctx, secretsPath, serviceAPI+"OpenSession", []any{"plain", dbus.MakeVariant("")}, &output, &r.session); err != nil {
		r.close()
		return nil, err
	}
	return r, nil
}

func (r *ring) close() {
	r.stop()
	_ = r.conn.Close() // the service ends the session with it
}

// ask calls a method and waits for its answer no longer than the limit.
func (r *ring) ask(ctx context.Context, path dbus.ObjectPath, method string, args []any, results ...any) error {
	ctx, cancel := context.WithTimeout(ctx, r.limits.answer)
	defer cancel()
	err := r.conn.Object(secretsName, path).CallWithContext(ctx, method, 0, args...).Store(results...)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("secret: keyring: %s: %w", method, err)
	}
	return nil
}

// search finds items, unlocked and locked. The key "" finds all of ours.
func (r *ring) search(ctx context.Context, key string) (open, locked []dbus.ObjectPath, err error) {
	err = r.ask(ctx, secretsPath, serviceAPI+"SearchItems", []any{attributes(key)}, &open, &locked)
	return open, locked, err
}

func (r *ring) read(ctx context.Context, item dbus.ObjectPath) (token.Token, error) {
	var w wire
	if err := r.ask(ctx, item, itemAPI+"GetSecret", []any{r.session}, &w); err != nil {
		return token.Token{}, err
	}
	return token.New(string(w.Value)), nil
}

// collection is where new items go: the default one, else the one of the login.
func (r *ring) collection(ctx context.Context) (dbus.ObjectPath, error) {
	for _, name := range []string{"default", "login"} {
		var path dbus.ObjectPath
		if err := r.ask(ctx, secretsPath, serviceAPI+"ReadAlias", []any{name}, &path); err != nil {
			return "", err
		}
		if path != nothing {
			return path, nil
		}
	}
	// There is none yet: the service makes one and asks for a password for it.
	var made, ask dbus.ObjectPath
	properties := map[string]dbus.Variant{listAPI + "Label": dbus.MakeVariant("Login")}
	if err := r.ask(ctx, secretsPath, serviceAPI+"CreateCollection", []any{properties, "default"}, &made, &ask); err != nil {
		return "", err
	}
	answered, err := r.prompt(ctx, ask)
	if path, ok := answered.Value().(dbus.ObjectPath); ok {
		made = path
	}
	return made, err
}

// unlock opens a collection or an item. Where that takes a person, it waits for one.
func (r *ring) unlock(ctx context.Context, path dbus.ObjectPath) error {
	var open []dbus.ObjectPath
	var ask dbus.ObjectPath
	if err := r.ask(ctx, secretsPath, serviceAPI+"Unlock", []any{[]dbus.ObjectPath{path}}, &open, &ask); err != nil {
		return err
	}
	answered, err := r.prompt(ctx, ask)
	if err != nil {
		return err
	}
	more, _ := answered.Value().([]dbus.ObjectPath)
	if len(open)+len(more) == 0 {
		return errLocked
	}
	return nil
}

func (r *ring) write(ctx context.Context, collection dbus.ObjectPath, key string, t token.Token) error {
	properties := map[string]dbus.Variant{
		itemAPI + "Label":      dbus.MakeVariant("Quarterdeck: " + key),
		itemAPI + "Attributes": dbus.MakeVariant(attributes(key)),
	}
	var item, ask dbus.ObjectPath
	w := wire{Session: r.session, Parameters: []byte{}, Value: []byte(t.Reveal()), Type: "text/plain; charset=utf8"}
	if err := r.ask(ctx, collection, listAPI+"CreateItem", []any{properties, w, true}, &item, &ask); err != nil {
		return err
	}
	_, err := r.prompt(ctx, ask)
	return err
}

func (r *ring) delete(ctx context.Context, item dbus.ObjectPath) error {
	var ask dbus.ObjectPath
	if err := r.ask(ctx, item, itemAPI+"Delete", nil, &ask); err != nil {
		return err
	}
	_, err := r.prompt(ctx, ask)
	return err
}

// key is an item's.
func (r *ring) key(ctx context.Context, item dbus.ObjectPath) (string, error) {
	var v dbus.Variant
	err := r.ask(ctx, item, "org.freedesktop.DBus.Properties.Get", []any{"org.freedesktop.Secret.Item", "Attributes"}, &v)
	a, _ := v.Value().(map[string]string)
	return a["username"], err
}

// prompt has the service show its window, where it wants to, and waits for the person.
func (r *ring) prompt(ctx context.Context, path dbus.ObjectPath) (result dbus.Variant, err error) {
	if path == nothing {
		return result, nil
	}
	ctx, cancel := context.WithTimeout(ctx, r.limits.prompt)
	defer cancel()
	if err := r.conn.AddMatchSignalContext(ctx, dbus.WithMatchObjectPath(path), dbus.WithMatchInterface(promptAPI)); err != nil {
		return result, err
	}
	if err := r.ask(ctx, path, promptAPI+".Prompt", []any{""}); err != nil {
		return result, err
	}
	for {
		select {
		case s, ok := <-r.signals:
			if !ok {
				return result, dbus.ErrClosed
			}
			if s.Path != path || s.Name != promptAPI+".Completed" || len(s.Body) != 2 {
				continue
			}
			if dismissed, _ := s.Body[0].(bool); dismissed {
				return result, errLocked
			}
			result, _ = s.Body[1].(dbus.Variant)
			return result, nil
		case <-ctx.Done():
			return result, ctx.Err()
		}
	}
}
