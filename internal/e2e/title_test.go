//go:build e2e

package e2e

import (
	"strings"
	"testing"
)

// TestTheWindowIsCalledByItsIncident looks at the title that the desktop shows, which the
// webview does not take from the page.
func TestTheWindowIsCalledByItsIncident(t *testing.T) {
	d := sit(t)
	d.qd(nil, "config", "set", "name", "ana")
	w := d.open()
	w.declare("Checkout fails")
	eventually(t, "a window called by its incident", func() bool {
		out, err := w.x("xdotool", "search", "--onlyvisible", "--name", "^INC-1 Checkout fails")
		return err == nil && strings.TrimSpace(out) != ""
	})
}
