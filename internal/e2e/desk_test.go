//go:build e2e

package e2e

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"quarterdeck/internal/notify/notifytest"
)

var root = func() string {
	d, err := filepath.Abs("../..")
	if err != nil {
		return ".."
	}
	return d
}()

// desk is a desktop of one test: a display, a bus, a notification service, a home.
type desk struct {
	t      testing.TB
	env    []string
	data   string
	notify *notifytest.Server
}

// sit sets a desktop up. Everything ends with the test.
func sit(t testing.TB) *desk {
	t.Helper()
	home := t.TempDir()
	d := &desk{t: t, data: filepath.Join(home, "data")}
	d.env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, "LANG=C.UTF-8", "NO_AT_BRIDGE=1", "TZ=UTC", "XDG_RUNTIME_DIR=" + home}
	d.env = append(d.env, "DISPLAY="+d.display("1440x900"))
	bus := notifytest.Bus(t)
	d.env = append(d.env, "DBUS_SESSION_BUS_ADDRESS="+bus)
	var err error
	if d.notify, err = notifytest.Serve(bus); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.notify.Stop)
	return d
}

// display starts a virtual screen with a window manager on it.
func (d *desk) display(size string) string {
	d.t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		d.t.Fatal(err)
	}
	c := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", size+"x24", "-nolisten", "tcp")
	c.ExtraFiles = []*os.File{w}
	d.start(c)
	if err := w.Close(); err != nil {
		d.t.Fatal(err)
	}
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		d.t.Fatal(err)
	}
	name := ":" + strings.TrimSpace(line)
	wm := exec.Command("openbox", "--sm-disable")
	wm.Env = append(d.env[:len(d.env):len(d.env)], "DISPLAY="+name)
	d.start(wm)
	return name
}

// start starts a program that ends with the test.
func (d *desk) start(c *exec.Cmd) {
	d.t.Helper()
	if err := c.Start(); err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() {
		if err := c.Process.Signal(syscall.SIGTERM); err != nil {
			return // it has ended
		}
		kill := time.AfterFunc(3*time.Second, func() { c.Process.Kill() })
		c.Wait()
		kill.Stop()
	})
}

// qd runs the terminal face on the desk's folder and decodes its JSON.
func (d *desk) qd(out any, args ...string) {
	d.t.Helper()
	c := exec.Command(filepath.Join(root, "build/bin/qd"), append([]string{"--data", d.data, "--json"}, args...)...)
	c.Env = d.env
	var stderr strings.Builder
	c.Stderr = &stderr
	data, err := c.Output()
	if err != nil {
		d.t.Fatalf("qd %s: %v %s", strings.Join(args, " "), err, stderr.String())
	}
	if out != nil {
		if err := json.Unmarshal(data, out); err != nil {
			d.t.Fatalf("qd %s: %v in %s", strings.Join(args, " "), err, data)
		}
	}
}

// photo takes a picture of the screen into build/bin/shots.
func (d *desk) photo(name string) {
	d.t.Helper()
	dir := filepath.Join(root, "build/bin/shots")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		d.t.Fatal(err)
	}
	c := exec.Command("import", "-window", "root", filepath.Join(dir, name+".png"))
	c.Env = d.env
	if out, err := c.CombinedOutput(); err != nil {
		d.t.Fatalf("%v %s", err, out)
	}
}

// eventually polls until ok, for real processes that take their time.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(15 * time.Second); ; time.Sleep(25 * time.Millisecond) {
		if ok() {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("never: %s", what)
		}
	}
}
