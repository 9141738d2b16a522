package notify_test

import (
	"context"
	"testing"
	"time"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/notify"
	"quarterdeck/internal/notify/notifytest"
)

// second is the limit of a call; a loaded machine gets as much again.
const second, slack = time.Second, time.Second

// serve starts a bus with a service and points the environment to it.
func serve(t *testing.T) *notifytest.Server {
	t.Helper()
	addr := notifytest.Bus(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", addr)
	srv, err := notifytest.Serve(addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(srv.Stop)
	return srv
}

// aside starts a bus with a service and leaves the environment alone, so that the
// test, which waits for limits most of its time, can run beside others.
func aside(t *testing.T) (*notifytest.Server, func() notify.Notifier) {
	t.Helper()
	t.Parallel()
	addr := notifytest.Bus(t)
	srv, err := notifytest.Serve(addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(srv.Stop)
	return srv, func() notify.Notifier { return closed(t, notify.OpenAt(t.Context(), addr)) }
}

// beside is aside with a notifier that has shown a message of the key z.
func beside(t *testing.T) (*notifytest.Server, notify.Notifier) {
	t.Helper()
	srv, open := aside(t)
	n := open()
	show(t, n, "z", "before")
	return srv, n
}

func open(t *testing.T) notify.Notifier { return closed(t, notify.Open(t.Context())) }

// closed closes n with the test.
func closed(t *testing.T, n notify.Notifier) notify.Notifier {
	t.Cleanup(func() {
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	return n
}

func show(t *testing.T, n notify.Notifier, key, title string) {
	t.Helper()
	if err := n.Show(t.Context(), notify.Message{Key: key, Title: title}); err != nil {
		t.Fatalf("show %s %q: %v", key, title, err)
	}
}

// soon is how long a test waits for what another process does.
func soon(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// screen waits until exactly these titles are on the screen.
func screen(t *testing.T, srv *notifytest.Server, titles ...string) {
	t.Helper()
	err := srv.WaitScreen(soon(t), func(all []notifytest.Call) bool {
		if len(all) != len(titles) {
			return false
		}
		for i, c := range all {
			if c.Title != titles[i] {
				return false
			}
		}
		return true
	})
	if err != nil {
		t.Fatalf("want %q: %v", titles, err)
	}
}

// eventually waits until the condition holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	ctx := soon(t)
	for !holds() {
		if clock.System().Wait(ctx, 10*time.Millisecond) != nil {
			t.Fatalf("never: %s", what)
		}
	}
}

// fails expects Show to fail as unreachable, within the limit.
func fails(t *testing.T, n notify.Notifier, key, title string) {
	t.Helper()
	before := clock.System().Awake()
	err := n.Show(t.Context(), notify.Message{Key: key, Title: title})
	if took := clock.System().Awake() - before; took > second+slack {
		t.Errorf("show %s took %v", key, took)
	}
	if !fault.Is(err, fault.Unreachable) {
		t.Fatalf("show %s: %v, want unreachable", key, err)
	}
	if fault.Of(err).Hint == "" {
		t.Errorf("%v has no hint", err)
	}
}
