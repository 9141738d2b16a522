package notify

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"

	"github.com/godbus/dbus/v5"
)

// errNoBus: nothing names a session bus.
var errNoBus = errors.New("no session bus address")

// sessionBus finds the running session bus: its address and whether the
// environment named it. It never starts one, unlike the library's own search.
func sessionBus() (address string, named bool) {
	address = os.Getenv("DBUS_SESSION_BUS_ADDRESS")
	if address != "" && !strings.HasPrefix(address, "autolaunch:") {
		return address, true
	}
	if dir := os.Getenv("XDG_RUNTIME_DIR"); filepath.IsAbs(dir) {
		socket := filepath.Join(dir, "bus")
		if info, err := os.Stat(socket); err == nil && info.Mode()&os.ModeSocket != 0 {
			return "unix:path=" + dbus.EscapeBusAddressValue(socket), false
		}
	}
	return "", false
}

// connect opens the first of the addresses, parted by semicolons, that answers.
// The library's own connect cannot be given a limit.
func connect(ctx context.Context, addresses string) (net.Conn, error) {
	err := errNoBus
	for address := range strings.SplitSeq(addresses, ";") {
		if address == "" {
			continue
		}
		network, target, bad := endpoint(address)
		if bad != nil {
			err = bad
			continue
		}
		conn, bad := new(net.Dialer).DialContext(ctx, network, target)
		if bad == nil {
			return conn, nil
		}
		err = fmt.Errorf("notify: connect bus: %w", bad)
	}
	return nil, err
}

// endpoint reads one bus address, transport:key=value,key=value.
func endpoint(address string) (network, target string, err error) {
	transport, rest, _ := strings.Cut(address, ":")
	values := map[string]string{}
	for pair := range strings.SplitSeq(rest, ",") {
		key, escaped, _ := strings.Cut(pair, "=")
		value, err := dbus.UnescapeBusAddressValue(escaped)
		if err != nil {
			return "", "", fmt.Errorf("notify: read bus address %q: %w", address, err)
		}
		values[key] = value
	}
	switch {
	case transport == "unix" && values["path"] != "":
		return "unix", values["path"], nil
	case transport == "unix" && values["abstract"] != "":
		return "unix", "@" + values["abstract"], nil
	case transport == "tcp" && values["host"] != "" && values["port"] != "":
		return "tcp", net.JoinHostPort(values["host"], values["port"]), nil
	}
	return "", "", fmt.Errorf("notify: read bus address %q: no transport that can be used", address)
}
