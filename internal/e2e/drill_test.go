//go:build e2e

package e2e

import (
	"strings"
	"syscall"
	"testing"
)

// TestADrillHasAWindowOfItsOwn declares a drill in the window of incidents and, in the one
// that comes up, that something real happens.
func TestADrillHasAWindowOfItsOwn(t *testing.T) {
	d := sit(t)
	d.qd(nil, "config", "set", "name", "ana")
	w := d.open()
	w.declare("Checkout fails for EU customers")
	w.chord(keyControl, "i")
	w.sees("What is wrong, and for whom?")
	w.write("Payments partner times out")
	w.chord(keyAlt, "4")
	w.chord("", keyEnter)
	drills := func() string {
		out, err := w.x("xdotool", "search", "--onlyvisible", "--name", "^DRILL .*DRILL-1")
		if err != nil {
			return "" // there is none
		}
		id, _, _ := strings.Cut(strings.TrimSpace(out), "\n")
		return id
	}
	eventually(t, "the window of drills is there, on the drill", func() bool { return drills() != "" })

	for _, args := range [][]string{
		{"windowactivate", "--sync", drills()},
		{"key", "--clearmodifiers", "ctrl+shift+r"},
		{"type", "--delay", "30", "It is real"},
		{"key", "Return"},
	} {
		if out, err := w.x("xdotool", args...); err != nil {
			t.Fatal(args, err, out)
		}
	}
	w.sees("INC-2 It is real")
	var incidents []struct{ Ref string }
	if d.qd(&incidents, "list"); len(incidents) != 2 {
		t.Errorf("%+v: the drill is not among them", incidents)
	}
	var drill struct {
		Phase string
		Drill bool
	}
	if d.qd(&drill, "show", "DRILL-1", "--drill"); drill.Phase != "closed" || !drill.Drill {
		t.Errorf("the drill goes on: %+v", drill)
	}
	if err := syscall.Kill(w.pid, syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the window of drills ends with that of incidents", func() bool { return drills() == "" })
}
