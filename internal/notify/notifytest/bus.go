//go:build unix

package notifytest

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// Daemon is a running message bus that belongs to a test.
type Daemon struct {
	// Address is what DBUS_SESSION_BUS_ADDRESS has to be.
	Address string

	dir  string
	cmd  *exec.Cmd
	once sync.Once
}

// Bus starts a private session bus for one test and returns its address. Without
// dbus-daemon the test fails and says so.
func Bus(t testing.TB) string {
	t.Helper()
	return Start(t).Address
}

// Start is Bus for tests that stop, freeze or restart the bus itself.
func Start(t testing.TB) *Daemon {
	t.Helper()
	// Not the test's own folder: a socket's path has at most 108 bytes.
	dir, err := os.MkdirTemp("", "bus")
	if err != nil {
		t.Fatal(err)
	}
	d := &Daemon{dir: dir}
	t.Cleanup(func() {
		d.Stop()
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := d.run(); err != nil {
		t.Fatal(err)
	}
	return d
}

const config = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%s</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

func (d *Daemon) run() error {
	program, err := exec.LookPath("dbus-daemon")
	if err != nil {
		return errors.New("dbus-daemon is not installed: these tests need a real message bus (package dbus-daemon or dbus)")
	}
	file, socket := filepath.Join(d.dir, "bus.conf"), filepath.Join(d.dir, "bus")
	if err := os.WriteFile(file, fmt.Appendf(nil, config, socket), 0o600); err != nil {
		return fmt.Errorf("notifytest: write bus configuration: %w", err)
	}
	d.once = sync.Once{}
	d.cmd = exec.Command(program, "--config-file="+file, "--nofork", "--nopidfile", "--nosyslog", "--print-address=1")
	var complaint strings.Builder
	d.cmd.Stderr = &complaint
	out, err := d.cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("notifytest: start bus: %w", err)
	}
	if err := d.cmd.Start(); err != nil {
		return fmt.Errorf("notifytest: start bus: %w", err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		d.Stop()
		return fmt.Errorf("notifytest: read bus address: %w: %s", err, complaint.String())
	}
	d.Address = strings.TrimSpace(line)
	return nil
}

// Stop ends the bus and with it every connection. Calling it again is harmless.
func (d *Daemon) Stop() {
	d.once.Do(func() {
		_ = d.cmd.Process.Kill() // it has ended already, or it ends now
		_ = d.cmd.Wait()         // it was killed, which Wait reports
	})
}

// Restart starts a new bus at the path of the old one, which is stopped first.
// Its Address differs in the bus's id only, and the old one still leads to it.
func (d *Daemon) Restart() error {
	d.Stop()
	if err := os.Remove(filepath.Join(d.dir, "bus")); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("notifytest: remove socket: %w", err)
	}
	return d.run()
}

// Freeze stops the bus's process without ending it: connections stand and nothing
// answers, until Thaw.
func (d *Daemon) Freeze() error { return d.cmd.Process.Signal(syscall.SIGSTOP) }

// Thaw lets a frozen bus go on.
func (d *Daemon) Thaw() error { return d.cmd.Process.Signal(syscall.SIGCONT) }
