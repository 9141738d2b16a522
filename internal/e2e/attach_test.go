//go:build e2e

package e2e

import "testing"

// TestFilesPassTheWindowsOwnWay sends a picture and a large text as the page does, and draws
// the picture: the bytes go and come by the window's own scheme, not over a port. A Blob as
// the body would end the page's process there.
func TestFilesPassTheWindowsOwnWay(t *testing.T) {
	d := sit(t)
	d.qd(nil, "config", "set", "name", "ana")
	w := d.open()
	w.declare("Checkout fails for EU customers")
	var inc struct {
		ID string `json:"id"`
	}
	d.qd(&inc, "show", "INC-1")
	for name, body := range map[string]string{
		"dot.png": `new Blob([Uint8Array.from(atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="), (c) => c.charCodeAt(0))])`,
		"web.log": `new Blob(["a line of a log\n".repeat(300000)])`,
	} {
		w.js(nil, `window.said = ""; `+body+`.arrayBuffer().then((body) => fetch("/files/" + arguments[0] + "?name=" + arguments[1], { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body }))
			.then((r) => r.text()).then((t) => (window.said = t), (e) => (window.said = String(e)))`, inc.ID, name)
		var said string
		eventually(t, "an answer about "+name, func() bool { w.js(&said, `return window.said`); return said != "" })
		if said != "{\"result\":null}\n" {
			t.Errorf("%s: %s", name, said)
		}
	}
	want := map[string]bool{"dot.png, 70 bytes": true, "web.log, 4.6 MiB": true}
	for _, r := range d.timeline("INC-1") {
		if r.Kind == "file.attached" && !want[r.Text] {
			t.Errorf("%q", r.Text)
		}
		delete(want, r.Text)
	}
	if len(want) > 0 {
		t.Errorf("not there: %v", want)
	}
	d.qd(nil, "verify")
	eventually(t, "the picture is drawn", func() bool {
		var width int
		w.js(&width, `return document.querySelector("#timeline .picture img")?.naturalWidth ?? 0`)
		return width == 1
	})
	d.photo("attached")
}
