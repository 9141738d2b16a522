//go:build e2e

package e2e

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"quarterdeck/internal/notify/notifytest"
)

// x runs a program on the desk's display and answers with what it printed.
func (d *desk) x(name string, args ...string) (string, error) {
	c := exec.Command(name, args...)
	c.Env = d.env
	out, err := c.CombinedOutput()
	return string(out), err
}

func (w *window) visible() bool {
	out, err := w.x("xdotool", "search", "--onlyvisible", "--name", "^Quarterdeck$|late|INC-")
	return err == nil && strings.TrimSpace(out) != ""
}

// TestClosingHidesWhileSomethingIsDue closes the window as the window manager does.
func TestClosingHidesWhileSomethingIsDue(t *testing.T) {
	d := sit(t)
	d.qd(nil, "config", "set", "name", "ana")
	w := d.open()
	w.declare("Checkout fails for EU customers")
	if !w.visible() {
		t.Fatal("no window to close")
	}
	eventually(t, "the window is hidden", func() bool {
		if out, err := w.x("xdotool", "key", "alt+F4"); err != nil { // again, if the window manager had not given it the keyboard yet
			t.Fatal(err, out)
		}
		return !w.visible()
	})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if _, err := d.notify.Wait(ctx, func(c notifytest.Call) bool { return strings.Contains(c.Title, "goes on ringing") }); err != nil {
		t.Error("it does not say that it goes on ringing:", err)
	}
	if syscall.Kill(w.pid, 0) != nil {
		t.Fatal("the app has ended with a promise running")
	}
	out, err := w.x(filepath.Join(root, "build/bin/quarterdeck"), "--data", d.data)
	if err != nil || !strings.Contains(out, "running already") {
		t.Fatalf("a second start: %v %s", err, out)
	}
	eventually(t, "the window is back", w.visible)
	w.sees("INC-1")

	// The driver's own keys do not reach a window that was hidden; the display's do.
	if out, err := w.x("xdotool", "key", "ctrl+q"); err != nil {
		t.Fatal(err, out)
	}
	eventually(t, "quitting names what will not ring", func() bool {
		var said string
		w.js(&said, `return document.querySelector("dialog[open]")?.innerText ?? ""`)
		return strings.Contains(said, "Customers")
	})
	d.photo("quit")
	if out, err := w.x("xdotool", "key", "ctrl+Return"); err != nil {
		t.Fatal(err, out)
	}
	eventually(t, "the app has ended", func() bool { return syscall.Kill(w.pid, 0) != nil })
}

// TestASignalEndsItWhateverIsDue: a session that logs out must not hang on a promise.
func TestASignalEndsItWhateverIsDue(t *testing.T) {
	d := sit(t)
	d.qd(nil, "config", "set", "name", "ana")
	w := d.open()
	w.declare("Checkout fails for EU customers")
	if err := syscall.Kill(w.pid, syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the app has ended", func() bool { return syscall.Kill(w.pid, 0) != nil })
}
