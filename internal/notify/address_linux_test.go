package notify

import (
	"context"
	"net"
	"path/filepath"
	"strings"
	"testing"
)

func TestSessionBus(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_RUNTIME_DIR", dir)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	if address, _ := sessionBus(); address != "" {
		t.Errorf("found %q where there is none", address)
	}
	socket, err := net.Listen("unix", filepath.Join(dir, "bus"))
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "autolaunch:")
	address, named := sessionBus()
	if !strings.HasPrefix(address, "unix:path=/") || named {
		t.Errorf("the socket: %q, named %v", address, named)
	}
	conn, err := connect(t.Context(), address)
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	conn.Close()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/elsewhere")
	if address, named := sessionBus(); address != "unix:path=/elsewhere" || !named {
		t.Errorf("the environment: %q, named %v", address, named)
	}
}

func TestEndpoint(t *testing.T) {
	for address, want := range map[string]string{
		"unix:path=/run/user/1000/bus":               "unix /run/user/1000/bus",
		"unix:path=/tmp/a%20b,guid=0123":             "unix /tmp/a b",
		"unix:guid=0123,abstract=/tmp/dbus-x":        "unix @/tmp/dbus-x",
		"tcp:host=127.0.0.1,port=4711,family=ipv4":   "tcp 127.0.0.1:4711",
		"tcp:host=127.0.0.1":                         "",
		"unix:dir=/tmp":                              "",
		"unixexec:path=sh,argv1=-c,argv2=touch%20/x": "",
		"unix:path=%zz":                              "",
		"nonsense":                                   "",
	} {
		network, target, err := endpoint(address)
		if got := strings.TrimSpace(network + " " + target); got != want || (err == nil) != (want != "") {
			t.Errorf("endpoint(%q) = %q, %v; want %q", address, got, err, want)
		}
	}
}

func TestConnectTakesTheFirstThatAnswers(t *testing.T) {
	socket, err := net.Listen("unix", filepath.Join(t.TempDir(), "s"))
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	conn, err := connect(t.Context(), "unix:path=/nowhere;;launchd:env=X;unix:path="+socket.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
	if _, err := connect(context.Background(), "unix:path=/nowhere"); err == nil {
		t.Error("connected to nowhere")
	}
}

func FuzzEndpoint(f *testing.F) {
	f.Add("unix:path=/a,guid=1")
	f.Add("tcp:host=,port=%31")
	f.Fuzz(func(t *testing.T, s string) {
		network, target, err := endpoint(s)
		if err == nil && (network == "" || target == "") {
			t.Errorf("endpoint(%q) = %q %q without an error", s, network, target)
		}
	})
}
