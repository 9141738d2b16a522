package secret

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

// errNoBus: there is no session bus to find a keyring on.
var errNoBus = errors.New("secret: no session bus")

// sessionBus is the address of the running session bus; "" when nothing names one. It
// never starts one, unlike the library's own search.
func sessionBus() string {
	if a := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); a != "" && !strings.HasPrefix(a, "autolaunch:") {
		return a
	}
	if dir := os.Getenv("XDG_RUNTIME_DIR"); filepath.IsAbs(dir) {
		socket := filepath.Join(dir, "bus")
		if info, err := os.Stat(socket); err == nil && info.Mode()&os.ModeSocket != 0 {
			return "unix:path=" + dbus.EscapeBusAddressValue(socket)
		}
	}
	return ""
}

// connect opens the first of the addresses, parted by semicolons, that answers. Only
// sockets of this machine: a secret does not cross a network as it is.
func connect(ctx context.Context, addresses string) (net.Conn, error) {
	err := errors.New("secret: no address of a bus that can be used")
	for address := range strings.SplitSeq(addresses, ";") {
		path := socketOf(address)
		if path == "" {
			continue
		}
		conn, bad := new(net.Dialer).DialContext(ctx, "unix", path)
		if bad == nil {
			return conn, nil
		}
		err = fmt.Errorf("secret: connect bus: %w", bad)
	}
	return nil, err
}

// socketOf reads one bus address, transport:key=value,key=value; "" when it is no socket.
func socketOf(address string) string {
	rest, unix := strings.CutPrefix(address, "unix:")
	if !unix {
		return ""
	}
	for pair := range strings.SplitSeq(rest, ",") {
		key, escaped, _ := strings.Cut(pair, "=")
		value, err := dbus.UnescapeBusAddressValue(escaped)
		switch {
		case err != nil:
			return ""
		case key == "path":
			return value
		case key == "abstract":
			return "@" + value
		}
	}
	return ""
}
