package secret

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/notify/notifytest"
	"quarterdeck/internal/secret/token"
)

// gnome starts a real GNOME keyring, unlocked, on a bus of its own.
func gnome(t *testing.T) {
	t.Helper()
	program, err := exec.LookPath("gnome-keyring-daemon")
	if err != nil {
		t.Fatal("gnome-keyring-daemon is not installed: these tests need a real keyring (package gnome-keyring)")
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", notifytest.Bus(t))
	home, err := os.MkdirTemp("", "ring") // a socket's path has at most 108 bytes
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"run", "data"} {
		if err := os.Mkdir(filepath.Join(home, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(program, "--foreground", "--unlock", "--components=secrets", "--control-directory="+filepath.Join(home, "run"))
	cmd.Env = append(os.Environ(), "HOME="+home, "XDG_DATA_HOME="+filepath.Join(home, "data"), "XDG_RUNTIME_DIR="+filepath.Join(home, "run"), "DISPLAY=", "WAYLAND_DISPLAY=")
	cmd.Stdin = strings.NewReader("the password of the test")
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it was killed, which Wait reports
		if err := os.RemoveAll(home); err != nil {
			t.Error(err)
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for {
		conn, err := dbus.Connect(os.Getenv("DBUS_SESSION_BUS_ADDRESS"), dbus.WithContext(ctx))
		if err != nil {
			t.Fatal(err)
		}
		var there bool
		err = conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.NameHasOwner", 0, secretsName).Store(&there)
		if e := conn.Close(); err != nil || e != nil {
			t.Fatalf("%v %v: %s", err, e, said.String())
		}
		if there {
			break
		}
		if err := clock.System().Wait(ctx, 10*time.Millisecond); err != nil {
			t.Fatalf("the keyring does not come up: %s", said.String())
		}
	}
}

func TestARealKeyring(t *testing.T) {
	gnome(t)
	k, ctx := newKeyring(), t.Context()
	if _, err := k.get(ctx, "slack"); err != ErrNone {
		t.Errorf("nothing yet: %v", err)
	}
	long := strings.Repeat("ä\n\"'", 20_000)
	for key, value := range map[string]string{"slack": "xoxb-1", "mail": long} {
		if err := k.set(ctx, key, token.New(value)); err != nil {
			t.Fatalf("%s: %v", key, err)
		}
		if got, err := k.get(ctx, key); err != nil || got.Reveal() != value {
			t.Errorf("%s: %v", key, err)
		}
	}
	if err := k.set(ctx, "slack", token.New("xoxb-2")); err != nil {
		t.Fatal(err)
	}
	if got, err := newKeyring().get(ctx, "slack"); err != nil || got.Reveal() != "xoxb-2" {
		t.Errorf("replaced: %v", err)
	}
	if keys, err := k.list(ctx); err != nil || len(keys) != 2 || !strings.Contains(strings.Join(keys, " "), "slack") {
		t.Errorf("%q %v", keys, err)
	}
	if err := k.remove(ctx, "slack"); err != nil {
		t.Error(err)
	}
	if err := k.remove(ctx, "slack"); err != ErrNone {
		t.Errorf("twice: %v", err)
	}
	if keys, err := k.list(ctx); err != nil || len(keys) != 1 {
		t.Errorf("%q %v", keys, err)
	}
}

// Without a display nobody can be asked for the password.
func TestALockedKeyring(t *testing.T) {
	gnome(t)
	k, ctx := newKeyring(), t.Context()
	if err := k.set(ctx, "slack", token.New("xoxb-1")); err != nil {
		t.Fatal(err)
	}
	lock(t, k)
	if _, err := k.get(ctx, "slack"); !fault.Is(err, fault.Refused) || fault.Of(err).Hint == "" {
		t.Errorf("get: %v", err)
	}
	for name, err := range map[string]error{
		"set": k.set(ctx, "mail", token.New("a")), "remove": k.remove(ctx, "slack"),
	} {
		if err == nil || fault.Of(err).Hint == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := k.list(ctx); !fault.Is(err, fault.Refused) {
		t.Errorf("list: %v", err)
	}
}

func lock(t *testing.T, k *keyringPlace) {
	t.Helper()
	err := k.within(t.Context(), func(ctx context.Context, r *ring) error {
		at, err := r.collection(ctx)
		if err != nil {
			return err
		}
		var locked []dbus.ObjectPath
		var ask dbus.ObjectPath
		return r.ask(ctx, secretsPath, serviceAPI+"Lock", []any{[]dbus.ObjectPath{at}}, &locked, &ask)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// calls are all that a keyring can be asked.
func calls(k *keyringPlace) map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"get":    func(ctx context.Context) error { _, err := k.get(ctx, "slack"); return err },
		"set":    func(ctx context.Context) error { return k.set(ctx, "slack", token.New("a-secret")) },
		"remove": func(ctx context.Context) error { return k.remove(ctx, "slack") },
		"list":   func(ctx context.Context) error { _, err := k.list(ctx); return err },
	}
}

func TestNoKeyring(t *testing.T) {
	for name, address := range map[string]string{
		"no bus":             "",
		"a bus that is gone": "unix:path=" + filepath.Join(t.TempDir(), "gone"),
		"a bus elsewhere":    "tcp:host=127.0.0.1,port=1",
		"rubbish":            ";;unix:,,path=%zz;=",
		"a bus without one":  notifytest.Bus(t),
	} {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
		t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
		for call, do := range calls(newKeyring()) {
			if err := do(t.Context()); !fault.Is(err, fault.NotFound) || fault.Of(err).Hint == "" || strings.Contains(err.Error(), "a-secret") {
				t.Errorf("%s: %s: %v", name, call, err)
			}
		}
	}
}

// deaf owns the service's name and answers nothing.
func deaf(t *testing.T) {
	t.Helper()
	address := notifytest.Bus(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
	conn, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() }) // the bus may be gone already
	if _, err := conn.RequestName(secretsName, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	conn.Eavesdrop(make(chan *dbus.Message, 1000)) // the library would answer by itself
}

func TestAKeyringThatHangs(t *testing.T) {
	quick := limits{answer: 100 * time.Millisecond, prompt: 100 * time.Millisecond}
	frozen := func(t *testing.T) {
		d := notifytest.Start(t)
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", d.Address)
		if err := d.Freeze(); err != nil {
			t.Fatal(err)
		}
	}
	for name, start := range map[string]func(*testing.T){"the service": deaf, "the bus": frozen} {
		t.Run(name, func(t *testing.T) {
			start(t)
			for call, do := range calls(&keyringPlace{limits: quick}) {
				if err := do(t.Context()); !fault.Is(err, fault.Unreachable) || fault.Of(err).Hint == "" || strings.Contains(err.Error(), "a-secret") {
					t.Errorf("%s: %v", call, err)
				}
			}
			gone, cancel := context.WithCancel(t.Context())
			cancel()
			for call, do := range calls(newKeyring()) {
				if err := do(gone); err == nil {
					t.Errorf("%s: a caller who has left is answered", call)
				}
			}
		})
	}
}

// One that hangs costs its limit once, and does not keep the others from being used.
func TestAHangingKeyringIsLeftAlone(t *testing.T) {
	deaf(t)
	fake := clock.NewFake(time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC))
	s := Open(t.TempDir(), []Place{Keyring, Memory}, fake)
	hung := &keyringPlace{limits: limits{answer: 100 * time.Millisecond, prompt: time.Second}}
	asked := &counted{keeper: hung}
	s.places[Keyring] = asked
	kept, err := s.Set(t.Context(), "slack", token.New("xoxb-1"))
	if err != nil || kept.Place != Memory || len(kept.Notes) != 2 || !strings.Contains(kept.Notes[0], "does not answer") {
		t.Fatalf("%+v %v", kept, err)
	}
	for range 5 {
		if got, err := s.Get(t.Context(), "slack"); err != nil || got.Reveal() != "xoxb-1" {
			t.Fatalf("%v", err)
		}
	}
	if asked.gets != 1 {
		t.Errorf("it was asked %d times", asked.gets)
	}
	fake.Advance(alone)
	if _, err := s.Get(t.Context(), "slack"); err != nil || asked.gets != 2 {
		t.Errorf("it was asked %d times: %v", asked.gets, err)
	}
}

type counted struct {
	keeper
	gets int
}

func (c *counted) get(ctx context.Context, key string) (token.Token, error) {
	c.gets++
	return c.keeper.get(ctx, key)
}
