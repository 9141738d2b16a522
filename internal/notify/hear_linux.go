package notify

import (
	"slices"
	"strings"

	"github.com/godbus/dbus/v5"

	"quarterdeck/internal/fault"
)

// hear takes what the bus sent, in its order.
func (d *desk) hear(m *dbus.Message) {
	if m.Type == dbus.TypeSignal {
		d.hearSignal(header(m, dbus.FieldSender), header(m, dbus.FieldInterface)+"."+header(m, dbus.FieldMember), m.Body)
		return
	}
	serial, _ := m.Headers[dbus.FieldReplySerial].Value().(uint32)
	c := d.calls[serial]
	if c == nil {
		return
	}
	delete(d.calls, serial)
	d.answered = max(d.answered, serial)
	bad := ""
	if m.Type == dbus.TypeError {
		bad = header(m, dbus.FieldErrorName)
	}
	switch {
	case c.probe != noProbe:
		d.hearProbe(c, m.Body, bad)
	case c.wish == nil:
	case c.lost:
		d.hearStray(c, m.Body)
	default:
		d.hearAnswer(c, m.Body, bad)
	}
	for _, s := range d.slots {
		d.doubt(s)
	}
	d.flush()
}

func header(m *dbus.Message, f dbus.HeaderField) string {
	s, _ := m.Headers[f].Value().(string)
	return s
}

// hearAnswer ends a call that somebody made.
func (d *desk) hearAnswer(c *call, body []any, bad string) {
	key := c.wish.key
	s := d.slots[key]
	s.flying = nil
	defer d.tidy(key)
	if c.wish.msg == nil {
		// Whatever it said: a service that is gone, or knows no such bubble, shows none.
		d.place(key, bubble{})
		d.settle(c.wish, nil)
		return
	}
	if vanished(bad) {
		d.known = false
		d.retryOnce(s, c.wish)
		return
	}
	id := uint32(0)
	if len(body) > 0 {
		id, _ = body[0].(uint32)
	}
	if bad != "" || id == 0 {
		words, cause := dropped, error(nil)
		if bad != "" {
			words, cause = refused, dbus.Error{Name: bad, Body: body}
		}
		d.place(key, bubble{})
		d.bus.say(Status{Reason: words, Server: d.server})
		d.settle(c.wish, failure(fault.Refused, words, cause))
		d.forgetLate(s)
		return
	}
	d.place(key, bubble{id, d.instance()})
	d.bus.say(Status{Desktop: true, Server: d.server})
	d.settle(c.wish, nil)
}

// hearStray takes down a bubble that came up after its key went on without it.
func (d *desk) hearStray(c *call, body []any) {
	if len(body) == 0 || c.to != d.owner || c.wish.msg == nil {
		return
	}
	id, _ := body[0].(uint32)
	if s := d.slots[c.wish.key]; id == 0 || s != nil && s.bubble.id == id {
		return
	}
	d.send(&call{to: d.owner}, d.owner, "CloseNotification", id)
}

// hearProbe learns what the service is and can.
func (d *desk) hearProbe(c *call, body []any, bad string) {
	if c.to != "" && c.to != d.owner {
		return // another one is there by now, and was asked
	}
	if c.probe == information {
		d.server = ""
		if bad == "" && len(body) >= 3 {
			name, _ := body[0].(string)
			version, _ := body[2].(string)
			d.server = clean(name+" "+version, maxLabel, false)
		}
		return
	}
	if c.serial == d.asked {
		d.asked = 0
	}
	if vanished(bad) {
		if d.asked == 0 {
			d.failAll(failure(fault.Unreachable, absent, dbus.Error{Name: bad, Body: body}), true)
		}
		return
	}
	var can []string
	if bad == "" && len(body) > 0 {
		can, _ = body[0].([]string)
	}
	d.known, d.trouble, d.pause = true, nil, 0
	d.markup, d.buttons = slices.Contains(can, "body-markup"), slices.Contains(can, "actions")
	d.bus.say(Status{Desktop: true, Server: d.server})
}

// hearSignal believes only the bus and the service itself.
func (d *desk) hearSignal(sender, name string, body []any) {
	if len(body) < 2 {
		return
	}
	id, _ := body[0].(uint32)
	switch {
	case name == driver+".NameOwnerChanged" && sender == driver && len(body) == 3 && body[0] == service:
		now, _ := body[2].(string)
		d.hearOwner(now)
	case sender == "" || sender != d.owner:
	case name == service+".NotificationClosed":
		for key, s := range d.slots {
			if s.bubble == (bubble{id, d.instance()}) {
				d.place(key, bubble{})
			}
		}
	case name == service+".ActionInvoked":
		action, _ := body[1].(string)
		if key := d.keyOf(id); key != "" && plainID(action) && !slices.Contains(d.pressed, Press{key, action}) {
			d.pressed = append(d.pressed, Press{key, action})
		}
	}
}

// keyOf finds what a bubble is, or lately was, about.
func (d *desk) keyOf(id uint32) string {
	at := bubble{id, d.instance()}
	for key, s := range d.slots {
		if s.bubble == at {
			return key
		}
	}
	for _, g := range slices.Backward(d.ghosts) {
		if g.bubble == at {
			return g.key
		}
	}
	return ""
}

// hearOwner is told that the service's process has changed.
func (d *desk) hearOwner(now string) {
	if now == d.owner {
		return
	}
	before := d.owner
	d.owner, d.known, d.seen = now, false, true
	if before != "" {
		d.asked, d.server = 0, ""
		d.recall()
	}
	d.prune()
	if now == "" {
		d.bus.say(Status{Reason: absent})
		d.flush()
		return
	}
	d.probe()
}

// recall takes back every call whose service is gone.
func (d *desk) recall() {
	for key, s := range d.slots {
		if c := s.flying; c != nil {
			c.lost, s.flying = true, nil
			d.retryOnce(s, c.wish)
			d.tidy(key)
		}
	}
}

// retryOnce lets a wish wait again whose service went away under it, before all
// others, unless a newer one waits already.
func (d *desk) retryOnce(s *slot, w *wish) {
	d.forgetLate(s)
	switch {
	case s.next != nil:
		d.settle(w, nil)
	case w.again || !w.open:
		d.settle(w, failure(fault.Unreachable, absent, nil))
	default:
		w.again = true
		s.next, d.waiting = w, append([]string{w.key}, d.waiting...)
	}
}

// forgetLate drops a wish that gave up: it was only kept to correct older words
// on the screen, and there are none.
func (d *desk) forgetLate(s *slot) {
	if s.next != nil && !s.next.open {
		d.take(s.next.key)
	}
}

// doubt goes on without a call that nobody waits for and that the service skipped:
// it answered a later one. As long as it answered none, it is asked for a sign of life.
func (d *desk) doubt(s *slot) {
	if s.flying == nil || s.flying.wish.open || s.next == nil || !s.next.open {
		return
	}
	if s.flying.serial < d.answered {
		s.flying.lost, s.flying = true, nil
		return
	}
	if d.line != nil {
		d.probe()
	}
}

// vanished: the error says that there is nobody to answer.
func vanished(name string) bool {
	rest, ok := strings.CutPrefix(name, driver+".Error.")
	switch rest {
	case "ServiceUnknown", "NameHasNoOwner", "NoReply", "Disconnected", "TimedOut", "Timeout":
		return ok
	}
	return ok && strings.HasPrefix(rest, "Spawn.")
}
