//go:build e2e

package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// window is the running app with a driver's hand on it.
type window struct {
	*desk
	base string
	pid  int
}

// Keys of the WebDriver standard that have no letter.
const (
	keyEnter   = "\uE007"
	keyEscape  = "\uE00C"
	keyControl = "\uE009"
	keyShift   = "\uE008"
	keyAlt     = "\uE00A"
	keyTab     = "\uE004"
	keyPgUp    = "\uE00E"
	keyPgDn    = "\uE00F"
	keyDown    = "\uE015"
	keyF1      = "\uE031"
	keyF6      = "\uE036"
)

// open starts the app and takes hold of its page.
func (d *desk) open() *window {
	d.t.Helper()
	return d.hold("quarterdeck")
}

// hold starts a program of build/bin with a window and takes hold of its page.
func (d *desk) hold(program string) *window {
	d.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		d.t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	if err := l.Close(); err != nil {
		d.t.Fatal(err)
	}
	pidfile := filepath.Join(d.t.TempDir(), "pid")
	c := exec.Command("WebKitWebDriver", "--port="+strconv.Itoa(port))
	c.Env = append(d.env[:len(d.env):len(d.env)], "APP_PIDFILE="+pidfile, "APP_DATA="+d.data,
		"APP_BIN="+filepath.Join(root, "build/bin", program), "APP_SHIM="+filepath.Join(root, "build/bin/automation.so"))
	log, err := os.Create(filepath.Join(d.t.TempDir(), "driver.log"))
	if err != nil {
		d.t.Fatal(err)
	}
	c.Stdout, c.Stderr = log, log
	d.start(c)
	w := &window{desk: d, base: fmt.Sprintf("http://127.0.0.1:%d", port)}
	eventually(d.t, "the driver answers", func() bool { return w.do("GET", "/status", nil, nil) == nil })
	var s struct{ SessionID string }
	err = w.do("POST", "/session", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{
		"webkitgtk:browserOptions": map[string]any{"binary": filepath.Join(root, "internal/e2e/automation/launch.sh"), "args": []string{}}}}}, &s)
	if err != nil {
		said, _ := os.ReadFile(log.Name()) // only to explain the failure
		d.t.Fatalf("%v\n%s", err, said)
	}
	w.base += "/session/" + s.SessionID
	data, err := os.ReadFile(pidfile)
	if err != nil {
		d.t.Fatal(err)
	}
	if w.pid, err = strconv.Atoi(strings.TrimSpace(string(data))); err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(w.kill)
	return w
}

func (w *window) do(method, path string, in, out any) error {
	var body io.Reader
	if in != nil {
		data, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(data)
	}
	req, err := http.NewRequest(method, w.base+path, body)
	if err != nil {
		return err
	}
	res, err := (&http.Client{Timeout: 20 * time.Second}).Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	var v struct{ Value json.RawMessage }
	if err := json.Unmarshal(raw, &v); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s", method, path, v.Value)
	}
	if out != nil {
		return json.Unmarshal(v.Value, out)
	}
	return nil
}

func (w *window) must(method, path string, in, out any) {
	w.t.Helper()
	if err := w.do(method, path, in, out); err != nil {
		w.t.Fatal(err)
	}
}

// js runs a function body in the page.
func (w *window) js(out any, body string, args ...any) {
	w.t.Helper()
	w.must("POST", "/execute/sync", map[string]any{"script": body, "args": append([]any{}, args...)}, out)
}

// keys presses keys one after the other, whatever has the focus; held keys first.
func (w *window) chord(held string, key string) {
	w.t.Helper()
	var acts []map[string]string
	for _, k := range held {
		acts = append(acts, map[string]string{"type": "keyDown", "value": string(k)})
	}
	acts = append(acts, map[string]string{"type": "keyDown", "value": key}, map[string]string{"type": "keyUp", "value": key})
	for _, k := range held {
		acts = append(acts, map[string]string{"type": "keyUp", "value": string(k)})
	}
	w.press(acts)
}

// type types text, key by key, whatever has the focus.
func (w *window) write(text string) {
	w.t.Helper()
	var acts []map[string]string
	for _, r := range text {
		acts = append(acts, map[string]string{"type": "keyDown", "value": string(r)}, map[string]string{"type": "keyUp", "value": string(r)})
	}
	w.press(acts)
}

func (w *window) press(acts []map[string]string) {
	w.t.Helper()
	w.must("POST", "/actions", map[string]any{"actions": []any{map[string]any{"type": "key", "id": "keys", "actions": acts}}}, nil)
}

// text is what the page shows, as a person reads it.
func (w *window) text() (s string) {
	w.t.Helper()
	w.js(&s, "return document.body.innerText")
	return s
}

// sees waits until the page shows a text.
func (w *window) sees(text string) {
	w.t.Helper()
	eventually(w.t, "the window shows "+strconv.Quote(text), func() bool { return strings.Contains(w.text(), text) })
}

// kill ends the app without a warning.
func (w *window) kill() {
	if syscall.Kill(w.pid, syscall.SIGKILL) != nil {
		return // it has ended
	}
	for range 400 {
		if syscall.Kill(w.pid, 0) != nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}
