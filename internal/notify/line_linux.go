package notify

import (
	"context"
	"errors"
	"fmt"
	"net"

	"github.com/godbus/dbus/v5"

	"quarterdeck/internal/clock"
)

const (
	service = "org.freedesktop.Notifications"
	object  = dbus.ObjectPath("/org/freedesktop/Notifications")
	driver  = "org.freedesktop.DBus"
)

// line is one connection to the bus. It hands on everything that matters in the
// order in which the bus sent it, replies and signals in one stream: what a
// signal means depends on the replies before it.
type line struct {
	conn  *dbus.Conn
	raw   net.Conn
	bus   string // the bus's own id: unique names repeat from one bus to the next
	owner string // unique name of the service's process when the line was made
	heard chan *dbus.Message
}

// patient gives every write a limit: a bus that stopped reading would otherwise
// hold the writer, and whoever closes the connection, for ever.
type patient struct {
	net.Conn
	clock clock.Clock
}

func (p patient) Write(b []byte) (int, error) {
	if err := p.SetWriteDeadline(p.clock.Now().Add(limit)); err != nil {
		return 0, err
	}
	return p.Conn.Write(b)
}

// dial makes a line, or fails when ctx ends.
func dial(ctx context.Context, addresses string, clk clock.Clock) (*line, error) {
	raw, err := connect(ctx, addresses)
	if err != nil {
		return nil, err
	}
	l := &line{raw: raw, heard: make(chan *dbus.Message, 64)}
	// Neither the handshake nor Hello takes a context.
	release := context.AfterFunc(ctx, func() { _ = raw.Close() }) // the read that fails reports it
	defer release()
	if l.conn, err = dbus.NewConn(patient{raw, clk}, dbus.WithIncomingInterceptor(l.hear)); err != nil {
		_ = raw.Close() // err says more
		return nil, fmt.Errorf("notify: open bus: %w", err)
	}
	if err := l.greet(ctx); err != nil {
		l.close()
		return nil, fmt.Errorf("notify: greet bus: %w", err)
	}
	return l, nil
}

// greet authenticates, subscribes and learns who is there.
func (l *line) greet(ctx context.Context) error {
	if err := l.conn.Auth(nil); err != nil {
		return err
	}
	if err := l.conn.Hello(); err != nil {
		return err
	}
	err := l.conn.AddMatchSignalContext(ctx, dbus.WithMatchInterface(service), dbus.WithMatchSender(service))
	if err != nil {
		return err
	}
	err = l.conn.AddMatchSignalContext(ctx, dbus.WithMatchInterface(driver), dbus.WithMatchSender(driver),
		dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, service))
	if err != nil {
		return err
	}
	bus := l.conn.BusObject()
	if err := bus.CallWithContext(ctx, driver+".GetId", 0).Store(&l.bus); err != nil {
		return err
	}
	err = bus.CallWithContext(ctx, driver+".GetNameOwner", 0, service).Store(&l.owner)
	if name := errorName(err); name == driver+".Error.NameHasNoOwner" {
		return nil
	}
	return err
}

// hear runs on the connection's reader.
func (l *line) hear(m *dbus.Message) {
	if m.Type == dbus.TypeMethodCall {
		return
	}
	select {
	case l.heard <- m:
	case <-l.conn.Context().Done():
	}
}

// call sends a method call to a bus name and returns its serial, by which the
// reply is known. It does not wait. An error means that nothing was sent.
func (l *line) call(name, method string, args ...any) (uint32, error) {
	m := &dbus.Message{Type: dbus.TypeMethodCall, Body: args, Headers: map[dbus.HeaderField]dbus.Variant{
		dbus.FieldDestination: dbus.MakeVariant(name),
		dbus.FieldPath:        dbus.MakeVariant(object),
		dbus.FieldInterface:   dbus.MakeVariant(service),
		dbus.FieldMember:      dbus.MakeVariant(method),
	}}
	if len(args) > 0 {
		m.Headers[dbus.FieldSignature] = dbus.MakeVariant(dbus.SignatureOf(args...))
	}
	pending := l.conn.SendWithContext(l.conn.Context(), m, make(chan *dbus.Call, 1))
	select {
	case <-pending.Done:
		if pending.Err != nil && errorName(pending.Err) == "" {
			return 0, fmt.Errorf("notify: call %s: %w", method, pending.Err)
		}
	default:
	}
	return m.Serial(), nil
}

// close hangs up. The socket goes first: the library waits for its writer.
func (l *line) close() {
	_ = l.raw.Close()  // nothing is left to be written
	_ = l.conn.Close() // reports that the socket is closed, which it is
}

// errorName is the D-Bus name of an error that the other side sent, else "".
func errorName(err error) string {
	var e dbus.Error
	if errors.As(err, &e) {
		return e.Name
	}
	return ""
}
