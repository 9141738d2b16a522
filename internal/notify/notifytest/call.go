package notifytest

import (
	"github.com/godbus/dbus/v5"

	"quarterdeck/internal/clock"
)

// Call is one Notify as the service received it.
type Call struct {
	ID       uint32 // what the service answered
	Replaces uint32 // 0: a new bubble was asked for
	At       int64  // milliseconds since 1970, UTC
	Sender   string // unique name of the program
	App      string
	Icon     string
	Title    string
	Body     string
	Actions  []string // id, label, id, label
	Expire   int32    // milliseconds; 0 never, -1 as the desktop likes
	Hints    map[string]any
	// The hints that matter, out of Hints. Urgency is -1 when there was none.
	Urgency  int
	Sound    string
	Category string
	Entry    string
	Silent   bool
}

// methods are what the bus can call.
type methods struct{ s *Server }

// Notify shows a bubble.
func (m methods) Notify(sender dbus.Sender, app string, replaces uint32, icon, title, body string, actions []string,
	hints map[string]dbus.Variant, expire int32) (uint32, *dbus.Error) {
	s := m.s
	if !s.patience() {
		return 0, dbus.NewError("org.freedesktop.DBus.Error.NoReply", nil)
	}
	c := Call{
		Replaces: replaces, At: clock.Milli(clock.System().Now()), Sender: string(sender), App: app, Icon: icon,
		Title: title, Body: body, Actions: actions, Expire: expire, Hints: map[string]any{}, Urgency: -1,
	}
	for name, value := range hints {
		c.Hints[name] = value.Value()
	}
	if u, ok := c.Hints["urgency"].(byte); ok {
		c.Urgency = int(u)
	}
	c.Sound, _ = c.Hints["sound-name"].(string)
	c.Category, _ = c.Hints["category"].(string)
	c.Entry, _ = c.Hints["desktop-entry"].(string)
	c.Silent, _ = c.Hints["suppress-sound"].(bool)

	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refuse != "" {
		return 0, dbus.NewError(s.refuse, []any{"refused for a test"})
	}
	if s.drop {
		return 0, nil
	}
	c.ID = replaces
	if _, there := s.shown[replaces]; !there {
		s.next++
		c.ID = s.next
	}
	s.shown[c.ID] = c
	s.calls = append(s.calls, c)
	s.changed()
	return c.ID, nil
}

// CloseNotification takes a bubble down for its program.
func (m methods) CloseNotification(id uint32) *dbus.Error {
	if !m.s.patience() {
		return dbus.NewError("org.freedesktop.DBus.Error.NoReply", nil)
	}
	if err := m.s.close(id, Withdrawn); err != nil {
		return dbus.NewError("org.freedesktop.Notifications.Error", nil)
	}
	return nil
}

// GetCapabilities says what the service can do.
func (m methods) GetCapabilities() ([]string, *dbus.Error) {
	if !m.s.patience() {
		return nil, dbus.NewError("org.freedesktop.DBus.Error.NoReply", nil)
	}
	m.s.mu.Lock()
	defer m.s.mu.Unlock()
	return m.s.can, nil
}

// GetServerInformation says who the service is.
func (m methods) GetServerInformation() (name, vendor, version, spec string, err *dbus.Error) {
	if !m.s.patience() {
		return "", "", "", "", dbus.NewError("org.freedesktop.DBus.Error.NoReply", nil)
	}
	return "notifytest", "quarterdeck", "1", "1.2", nil
}
