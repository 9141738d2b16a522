//go:build e2e

package e2e

import (
	"path/filepath"
	"strings"
	"testing"
)

// second runs it once more, which must lead to the first, and answers with what it says.
func (d *desk) second(args ...string) string {
	d.t.Helper()
	out, err := d.x(filepath.Join(root, "build/bin/quarterdeck"), append([]string{"--data", d.data}, args...)...)
	if err != nil || !strings.Contains(out, "running already") {
		d.t.Fatalf("a second start with %q: %v %s", args, err, out)
	}
	return out
}

// onScreen lists the app's windows that can be seen.
func (d *desk) onScreen() string {
	out, err := d.x("xdotool", "search", "--onlyvisible", "--class", "^quarterdeck$")
	if err != nil {
		return "" // it finds none
	}
	return strings.TrimSpace(out)
}

// TestStartedHiddenItWaitsUntilItIsCalled is what a log-in does: nothing is seen, and
// what is due rings; a quick note then brings the window up and takes what is typed.
func TestStartedHiddenItWaitsUntilItIsCalled(t *testing.T) {
	d := sit(t)
	d.qd(nil, "config", "set", "name", "ana")
	d.qd(nil, "declare", "--title", "Checkout fails for EU customers")
	d.env = append(d.env, "APP_ARGS=--hidden")
	w := d.open()
	w.sees("INC-1")
	d.qd(nil, "update", "INC-1", "--audience", "customers", "--text", "Some customers cannot pay.", "--next", "2s")
	eventually(t, "the promise rings", func() bool {
		for _, c := range d.notify.Calls() {
			if c.Urgency == 2 && strings.Contains(c.Title, "Customers") {
				return true
			}
		}
		return false
	})
	if seen := d.onScreen(); seen != "" {
		t.Errorf("it is seen: %s", seen)
	}
	if said := d.second("--hidden"); !strings.Contains(said, "left as it is") || d.onScreen() != "" {
		t.Errorf("a second log-in: %q, seen: %q", said, d.onScreen())
	}

	d.second("--note")
	eventually(t, "the window is up", func() bool { return d.onScreen() != "" })
	d.types("typed at once")
	d.photo("note")
}

// TestAQuickNoteGoesPastWhateverLiesOpen: a sheet keeps its text and gives the keyboard back.
func TestAQuickNoteGoesPastWhateverLiesOpen(t *testing.T) {
	d := sit(t)
	d.qd(nil, "config", "set", "name", "ana")
	w := d.open()
	w.declare("Checkout fails for EU customers")
	w.chord(keyControl, "u")
	w.sees("Next update")
	d.second("--note")
	eventually(t, "the line has the keyboard", func() bool {
		var there bool
		w.js(&there, `return !document.querySelector("dialog[open]") && document.activeElement?.id === "line"`)
		return there
	})
	d.types("a quick note")
}

// types presses the display's own keys, which go to the window in front, until a note is on disk.
func (d *desk) types(text string) {
	d.t.Helper()
	eventually(d.t, "the window has the focus", func() bool {
		out, err := d.x("xdotool", "getactivewindow")
		return err == nil && strings.Contains(d.onScreen(), strings.TrimSpace(out))
	})
	for _, args := range [][]string{{"type", "--delay", "20", text}, {"key", "Return"}} {
		if out, err := d.x("xdotool", args...); err != nil {
			d.t.Fatal(err, out)
		}
	}
	eventually(d.t, "the note is on disk", func() bool { return count(d.timeline("INC-1"), "note.added", text) == 1 })
}
