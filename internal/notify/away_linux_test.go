package notify_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/notify"
	"quarterdeck/internal/notify/notifytest"
)

// program puts a shell script of that name where programs are looked for, alone.
func program(t *testing.T, name, script string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	return dir
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return !errors.Is(err, os.ErrNotExist)
}

func TestNoBusIsSaidAndNoneIsStarted(t *testing.T) {
	dir := program(t, "dbus-launch", "echo x > \"$0.ran\"\n")
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	n := open(t)
	fails(t, n, "k", "x")
	if s := n.Status(); s.Desktop || !strings.Contains(s.Reason, "no session bus") {
		t.Errorf("%+v", s)
	}
	if err := n.Withdraw(t.Context(), "k"); err != nil {
		t.Errorf("nothing is shown: %v", err)
	}
	if exists(filepath.Join(dir, "dbus-launch.ran")) {
		t.Error("a bus was launched")
	}
}

func TestBusThatComesLater(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	n := open(t)
	fails(t, n, "k", "x")
	addr := notifytest.Bus(t)
	socket, _, _ := strings.Cut(strings.TrimPrefix(addr, "unix:path="), ",")
	t.Setenv("XDG_RUNTIME_DIR", filepath.Dir(socket))
	srv, err := notifytest.Serve(addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(srv.Stop)
	show(t, n, "k", "x")
}

func TestNoServiceThenOne(t *testing.T) {
	addr := notifytest.Bus(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", addr)
	t.Setenv("PATH", t.TempDir()) // no pop-up program either
	n := open(t)
	eventually(t, "said before the first message", func() bool {
		return strings.Contains(n.Status().Reason, "No notification service")
	})
	fails(t, n, "k", "x")
	if n.Status().Desktop {
		t.Errorf("%+v", n.Status())
	}
	srv, err := notifytest.Serve(addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(srv.Stop)
	eventually(t, "noticed without a message", func() bool { return n.Status().Desktop })
	show(t, n, "k", "x")
	srv.Stop()
	eventually(t, "noticed that it left", func() bool { return !n.Status().Desktop })
	if _, _, ok := n.Shown("k"); ok {
		t.Error("its bubble is still counted on")
	}
}

func TestServiceRestarts(t *testing.T) {
	srv, n := serve(t), open(t)
	show(t, n, "a", "one")
	_, before, _ := n.Shown("a")
	if err := srv.Restart(); err != nil {
		t.Fatal(err)
	}
	show(t, n, "a", "two")
	screen(t, srv, "two")
	if c := srv.Calls()[1]; c.Replaces != 0 {
		t.Errorf("replaces %d of the dead service", c.Replaces)
	}
	if _, now, ok := n.Shown("a"); !ok || now == before {
		t.Errorf("shown by %q, before the restart by %q", now, before)
	}
}

func TestMessageSurvivesTheServiceThatHeldIt(t *testing.T) {
	srv, n := serve(t), open(t)
	show(t, n, "k", "before")
	srv.Hang()
	errs := make(chan error)
	go func() { errs <- n.Show(t.Context(), notify.Message{Key: "k", Title: "x"}) }()
	if err := srv.WaitHeld(soon(t), 1); err != nil {
		t.Fatal(err)
	}
	other, err := srv.TakeOver()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(other.Stop)
	if err := <-errs; err != nil {
		t.Error(err)
	}
	screen(t, other, "x")
	if c := other.Calls()[0]; c.Replaces != 0 {
		t.Errorf("replaces %d of the other service", c.Replaces)
	}
	srv.Resume() // its late answer must not be taken for the new service's
	if _, err := srv.Wait(soon(t), func(c notifytest.Call) bool { return c.Title == "x" }); err != nil {
		t.Fatal(err)
	}
	show(t, n, "k", "y")
	screen(t, other, "y")
}

func TestWhatGaveUpDiesWithTheService(t *testing.T) {
	srv, n := serve(t), open(t)
	show(t, n, "z", "before")
	srv.Hang()
	fails(t, n, "k", "due in 3 min")
	fails(t, n, "k", "overdue")
	other, err := srv.TakeOver()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(other.Stop)
	show(t, n, "z", "after")
	screen(t, other, "after")
}

func TestLateWordsOfADeposedServiceAreNotTheNewOnes(t *testing.T) {
	srv := serve(t)
	srv.Hang()
	n := open(t)
	if err := srv.WaitHeld(soon(t), 2); err != nil {
		t.Fatal(err)
	}
	other, err := srv.TakeOver()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(other.Stop)
	other.SetCapabilities("body")
	if err := other.Restart(); err != nil {
		t.Fatal(err)
	}
	show(t, n, "k", "x")
	srv.Resume()
	for range 20 { // the late words arrive somewhere in between
		if err := n.Show(t.Context(), notify.Message{Key: "k", Title: "x", Body: "<"}); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range other.Calls() {
		if c.Body != "" && c.Body != "<" {
			t.Fatalf("escaped as the deposed service wants it: %q", c.Body)
		}
	}
}

func TestBusRestarts(t *testing.T) {
	bus := notifytest.Start(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", bus.Address)
	srv, err := notifytest.Serve(bus.Address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(srv.Stop)
	n := open(t)
	show(t, n, "k", "one")
	srv.Hang()
	errs := make(chan error)
	go func() { errs <- n.Show(t.Context(), notify.Message{Key: "k", Title: "lost"}) }()
	if err := srv.WaitHeld(soon(t), 1); err != nil {
		t.Fatal(err)
	}
	bus.Stop()
	if err := <-errs; !fault.Is(err, fault.Unreachable) || errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the message on the way: %v", err)
	}
	eventually(t, "noticed", func() bool { return !n.Status().Desktop })
	for range 5 {
		fails(t, n, "k", "nobody there")
	}
	if err := errors.Join(bus.Restart(), srv.Restart()); err != nil {
		t.Fatal(err)
	}
	eventually(t, "shown again", func() bool {
		return n.Show(t.Context(), notify.Message{Key: "k", Title: "two"}) == nil
	})
	screen(t, srv, "two")
}

func TestPopUpProgramIsTheLastResort(t *testing.T) {
	addr := notifytest.Bus(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", addr)
	dir := program(t, "kdialog", `for a in "$@"; do echo "$a" >> "$0.args"; done`)
	n := open(t)
	err := n.Show(t.Context(), notify.Message{Key: "k", Title: "--help", Body: "a <b>\nb", Urgency: notify.Critical, Sound: "bell"})
	if err != nil {
		t.Fatal(err)
	}
	if s := n.Status(); !s.Desktop || !strings.Contains(s.Reason, "without buttons") {
		t.Errorf("%+v", s)
	}
	got, err := os.ReadFile(filepath.Join(dir, "kdialog.args"))
	if err != nil {
		t.Fatal(err)
	}
	if args := string(got); !strings.HasPrefix(args, "--title\nQuarterdeck: --help\n--passivepopup\na ‹b› b\n") {
		t.Errorf("%q", args)
	}
}

func TestPopUpProgramThatHangs(t *testing.T) {
	addr := notifytest.Bus(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", addr)
	program(t, "kdialog", "exec /bin/sleep 4\n")
	n := open(t)
	fails(t, n, "a", "one")
	before := clock.System().Awake()
	if err := n.Show(t.Context(), notify.Message{Key: "b"}); !fault.Is(err, fault.Unreachable) {
		t.Error(err)
	}
	if took := clock.System().Awake() - before; took > second/2 {
		t.Errorf("waited %v for a program that is stuck with another message", took)
	}
}

func TestPopUpProgramIsNotAskedWhereItWouldLaunchABus(t *testing.T) {
	addr := notifytest.Bus(t)
	dir := program(t, "kdialog", "echo x > \"$0.ran\"\n")
	fails(t, closed(t, notify.OpenAt(t.Context(), addr)), "k", "x")
	if exists(filepath.Join(dir, "kdialog.ran")) {
		t.Error("it knows of no bus")
	}
}

func TestPopUpProgramIsNotAskedForASilentService(t *testing.T) {
	srv := serve(t)
	dir := program(t, "kdialog", "echo x > \"$0.ran\"\n")
	srv.Hang()
	fails(t, open(t), "k", "x")
	if exists(filepath.Join(dir, "kdialog.ran")) {
		t.Error("it would have hung as well")
	}
}
