package notifytest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/godbus/dbus/v5"

	"quarterdeck/internal/clock"
)

const (
	service = "org.freedesktop.Notifications"
	object  = dbus.ObjectPath("/org/freedesktop/Notifications")
)

// Why a bubble closed, as the service reports it.
const (
	Expired   uint32 = 1
	Dismissed uint32 = 2
	Withdrawn uint32 = 3
)

// Server is a notification service without a screen. It is safe for concurrent use.
type Server struct {
	address string

	mu     sync.Mutex
	conn   *dbus.Conn
	alive  context.Context // ends with Stop
	stop   context.CancelFunc
	next   uint32
	shown  map[uint32]Call
	calls  []Call
	news   chan struct{} // closed and renewed with each change
	can    []string
	delay  time.Duration
	hung   chan struct{} // nil: answers; else calls wait for it to be closed
	held   int           // calls that wait for it
	refuse string
	drop   bool
}

// Serve takes the place of the desktop's notification service on the bus at
// addr. End it with Stop; a bus that ends takes it along.
func Serve(addr string) (*Server, error) {
	s := &Server{
		address: addr, news: make(chan struct{}),
		can: []string{"actions", "body", "body-markup", "persistence", "sound"},
	}
	return s, s.Restart()
}

// Restart stops the service and starts it again as a new process would: with a
// new unique name, an empty screen and ids from 1. Recorded calls are kept.
func (s *Server) Restart() error {
	s.Stop()
	return s.enter(dbus.NameFlagDoNotQueue | dbus.NameFlagAllowReplacement)
}

// TakeOver starts another service in the place of s, which stays on the bus
// without the name and knows nothing of it.
func (s *Server) TakeOver() (*Server, error) {
	s.mu.Lock()
	o := &Server{address: s.address, news: make(chan struct{}), can: s.can}
	s.mu.Unlock()
	return o, o.enter(dbus.NameFlagDoNotQueue | dbus.NameFlagReplaceExisting)
}

func (s *Server) enter(flags dbus.RequestNameFlags) error {
	conn, err := dbus.Connect(s.address)
	if err != nil {
		return fmt.Errorf("notifytest: connect %s: %w", s.address, err)
	}
	s.mu.Lock()
	s.conn, s.next, s.shown, s.hung = conn, 0, map[uint32]Call{}, nil
	s.alive, s.stop = context.WithCancel(context.Background())
	s.mu.Unlock()
	if err := conn.Export(methods{s}, object, service); err != nil {
		return fmt.Errorf("notifytest: export service: %w", err)
	}
	reply, err := conn.RequestName(service, flags)
	if err != nil {
		return fmt.Errorf("notifytest: take the name: %w", err)
	}
	if reply != dbus.RequestNameReplyPrimaryOwner {
		s.Stop()
		return errors.New("notifytest: another notification service is on this bus")
	}
	return nil
}

// Stop leaves the bus. Calls that hang are never answered.
func (s *Server) Stop() {
	s.mu.Lock()
	conn, stop := s.conn, s.stop
	s.conn = nil
	s.mu.Unlock()
	if conn == nil {
		return
	}
	stop()
	_ = conn.Close() // reports that the bus is gone, when it is
}

// SetDelay makes the service answer every call only after d.
func (s *Server) SetDelay(d time.Duration) { s.mu.Lock(); s.delay = d; s.mu.Unlock() }

// SetCapabilities changes what the service says it can do. Programs ask once.
func (s *Server) SetCapabilities(can ...string) { s.mu.Lock(); s.can = can; s.mu.Unlock() }

// Refuse answers every Notify with the D-Bus error of that name; empty ends it.
func (s *Server) Refuse(name string) { s.mu.Lock(); s.refuse = name; s.mu.Unlock() }

// Drop makes the service take messages and show none, as a user's rule can: the
// id is 0. Nothing is recorded.
func (s *Server) Drop(on bool) { s.mu.Lock(); s.drop = on; s.mu.Unlock() }

// Hang makes the service silent: calls arrive, and are neither recorded nor
// answered before Resume.
func (s *Server) Hang() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hung == nil {
		s.hung = make(chan struct{})
	}
}

// Resume lets the service work off what came while it hung.
func (s *Server) Resume() { s.Skip()() }

// Skip ends the silence for calls that are still to come. What hung stays without
// an answer, until the function that it returns is called.
func (s *Server) Skip() (release func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	hung := s.hung
	s.hung = nil
	if hung == nil {
		return func() {}
	}
	return sync.OnceFunc(func() { close(hung) })
}

// Invoke presses a button of the bubble, "default" being the bubble itself, and
// closes it, as desktops do.
func (s *Server) Invoke(id uint32, action string) error {
	if err := s.tell(id, "ActionInvoked", action); err != nil {
		return err
	}
	return s.close(id, Dismissed)
}

// InvokeClosed presses a button as services do that close the bubble first.
func (s *Server) InvokeClosed(id uint32, action string) error {
	s.mu.Lock()
	at, there := s.shown[id]
	s.mu.Unlock()
	if !there {
		return fmt.Errorf("notifytest: no bubble %d is on the screen", id)
	}
	if err := s.close(id, Dismissed); err != nil {
		return err
	}
	return s.send(at.Sender, id, "ActionInvoked", action)
}

// Close closes the bubble as its user would.
func (s *Server) Close(id uint32) error { return s.close(id, Dismissed) }

// Expire closes the bubble as if its time were over.
func (s *Server) Expire(id uint32) error { return s.close(id, Expired) }

func (s *Server) close(id, reason uint32) error {
	if err := s.tell(id, "NotificationClosed", reason); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.shown, id)
	s.changed()
	return nil
}

// tell sends a signal to the program that showed the bubble.
func (s *Server) tell(id uint32, signal string, what any) error {
	s.mu.Lock()
	at, there := s.shown[id]
	s.mu.Unlock()
	if !there {
		return fmt.Errorf("notifytest: no bubble %d is on the screen", id)
	}
	return s.send(at.Sender, id, signal, what)
}

func (s *Server) send(to string, id uint32, signal string, what any) error {
	s.mu.Lock()
	conn := s.conn
	s.mu.Unlock()
	if conn == nil {
		return errors.New("notifytest: the service is stopped")
	}
	m := signalTo(to, id, signal, what)
	if err := conn.Send(m, nil).Err; err != nil {
		return fmt.Errorf("notifytest: send %s: %w", signal, err)
	}
	return nil
}

// signalTo is the signal for one program only.
func signalTo(to string, id uint32, signal string, what any) *dbus.Message {
	return &dbus.Message{Type: dbus.TypeSignal, Body: []any{id, what}, Headers: map[dbus.HeaderField]dbus.Variant{
		dbus.FieldDestination: dbus.MakeVariant(to),
		dbus.FieldPath:        dbus.MakeVariant(object),
		dbus.FieldInterface:   dbus.MakeVariant(service),
		dbus.FieldMember:      dbus.MakeVariant(signal),
		dbus.FieldSignature:   dbus.MakeVariant(dbus.SignatureOf(id, what)),
	}}
}

// Forge tells the program that showed the bubble of a press, from a connection
// that is not the service's. It has arrived when Forge returns.
func (s *Server) Forge(id uint32, action string) error {
	s.mu.Lock()
	at := s.shown[id]
	s.mu.Unlock()
	conn, err := dbus.Connect(s.address)
	if err != nil {
		return fmt.Errorf("notifytest: connect %s: %w", s.address, err)
	}
	if err := conn.Send(signalTo(at.Sender, id, "ActionInvoked", action), nil).Err; err != nil {
		return fmt.Errorf("notifytest: send: %w", err)
	}
	// The bus works in order: once it answers, the signal is on its way.
	if err := conn.BusObject().Call("org.freedesktop.DBus.GetId", 0).Err; err != nil {
		return fmt.Errorf("notifytest: ask bus: %w", err)
	}
	return conn.Close()
}

// patience holds a call up as the test wants it; false when the service is gone.
func (s *Server) patience() bool {
	s.mu.Lock()
	alive, delay, hung := s.alive, s.delay, s.hung
	if hung != nil {
		s.held++
		s.changed()
	}
	s.mu.Unlock()
	if hung != nil {
		select {
		case <-hung:
		case <-alive.Done():
		}
		s.mu.Lock()
		s.held--
		s.changed()
		s.mu.Unlock()
	}
	return clock.System().Wait(alive, delay) == nil
}
