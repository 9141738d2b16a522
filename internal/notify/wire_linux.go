package notify

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/godbus/dbus/v5"

	"quarterdeck/internal/fault"
)

const (
	firstPause = 200 * time.Millisecond
	lastPause  = 5 * time.Second
)

// probe is a question about the service itself.
type probe uint8

const (
	noProbe probe = iota
	information
	capabilities
)

// step does the one thing that happens next.
func (d *desk) step() {
	var heard <-chan *dbus.Message
	var lost <-chan struct{}
	if d.line != nil {
		heard, lost = d.line.heard, d.line.conn.Context().Done()
	}
	var out chan<- Press
	var press Press
	if len(d.pressed) > 0 {
		out, press = d.bus.presses, d.pressed[0]
	}
	select {
	case work := <-d.bus.orders:
		work(d)
	case m := <-heard:
		d.hear(m)
	case <-lost:
		d.lose()
	case out <- press:
		d.pressed = d.pressed[1:]
	case <-d.bus.ctx.Done():
	}
}

// connect starts a connection, unless the last ones came to nothing just now.
func (d *desk) connect() {
	if d.dialling {
		return
	}
	address, named := d.address()
	if d.named = named; address == "" {
		d.failAll(failure(fault.Unreachable, noBus, errNoBus), false)
		return
	}
	if d.trouble != nil && d.clock.Boot() < d.retry {
		d.failAll(d.trouble, !errors.Is(d.trouble, context.DeadlineExceeded))
		return
	}
	d.dialling = true
	go func() {
		ctx, cancel := context.WithTimeout(d.bus.ctx, limit)
		defer cancel()
		l, err := dial(ctx, address, d.clock)
		if err != nil && ctx.Err() != nil {
			err = errors.Join(err, ctx.Err())
		}
		if !d.bus.order(func(d *desk) { d.dialled(l, err) }) && l != nil {
			l.close()
		}
	}()
}

// dialled takes over a new line, or the reason why there is none.
func (d *desk) dialled(l *line, err error) {
	d.dialling = false
	if err != nil {
		d.backOff(err)
		d.failAll(d.trouble, !errors.Is(err, context.DeadlineExceeded))
		return
	}
	d.line, d.owner, d.known, d.asked, d.answered = l, l.owner, false, 0, 0
	d.seen = d.seen || d.owner != ""
	d.prune()
	d.probe()
}

func (d *desk) backOff(err error) {
	d.pause = min(max(2*d.pause, firstPause), lastPause)
	d.retry = d.clock.Boot() + d.pause
	d.trouble = failure(fault.Unreachable, deafBus, err)
}

// lose is called when the line broke. Bubbles are kept: whether their service is
// still there is seen on the next line.
func (d *desk) lose() {
	for len(d.line.heard) > 0 {
		d.hear(<-d.line.heard)
	}
	d.line.close()
	if !d.known {
		d.backOff(errors.New("notify: the bus hung up"))
	}
	d.line, d.owner, d.known, d.asked, d.server = nil, "", false, 0, ""
	d.bus.say(Status{Reason: deafBus})
	d.recall()
	d.calls = map[uint32]*call{}
	d.flush()
}

// probe asks the service who it is and what it can do. Asking starts it where the
// desktop starts it on demand.
func (d *desk) probe() {
	if d.asked != 0 {
		return
	}
	d.send(&call{probe: information, to: d.owner}, service, "GetServerInformation")
	c := &call{probe: capabilities, to: d.owner}
	if d.send(c, service, "GetCapabilities") {
		d.asked = c.serial
	}
}

// send puts a call on the wire. A line that takes none is hung up; lose follows.
func (d *desk) send(c *call, to, method string, args ...any) bool {
	serial, err := d.line.call(to, method, args...)
	if err != nil {
		d.line.close()
		return false
	}
	c.serial = serial
	d.calls[serial] = c
	return true
}

// flush puts on the wire what waits, in the order in which it came. A key that
// has a call on the wire waits for its answer, for the bubble's id is in it.
func (d *desk) flush() {
	if len(d.waiting) == 0 {
		return
	}
	if d.line == nil {
		d.connect()
		return
	}
	if !d.known {
		d.probe()
		return
	}
	for _, key := range slices.Clone(d.waiting) {
		s := d.slots[key]
		if s.flying != nil {
			continue
		}
		if s.next.msg == nil && s.bubble.id == 0 {
			d.settle(d.take(key), nil)
			continue
		}
		if len(d.calls) >= maxCalls || !d.put(s, s.next) {
			return
		}
		d.take(key)
	}
}

// put sends one wish.
func (d *desk) put(s *slot, w *wish) bool {
	c := &call{to: d.owner, wish: w}
	sent := false
	if w.msg == nil {
		sent = d.send(c, d.owner, "CloseNotification", s.bubble.id)
	} else {
		sent = d.send(c, d.owner, "Notify", d.arguments(*w.msg, s.bubble.id)...)
	}
	if sent {
		s.flying = c
	}
	return sent
}

// arguments are those of Notify. The title is never markup.
func (d *desk) arguments(m Message, replaces uint32) []any {
	hints := map[string]dbus.Variant{
		"urgency":       dbus.MakeVariant(byte(m.Urgency)),
		"desktop-entry": dbus.MakeVariant(Entry),
		"category":      dbus.MakeVariant("x-quarterdeck.deadline"),
	}
	if m.Sound == "" {
		hints["suppress-sound"] = dbus.MakeVariant(true)
	} else {
		hints["sound-name"] = dbus.MakeVariant(m.Sound)
	}
	expire := int32(-1)
	if m.Urgency == Critical {
		expire = 0
	}
	body := m.Body
	if d.markup {
		body = markup.Replace(body)
	}
	actions := []string{}
	if d.buttons {
		if !slices.ContainsFunc(m.Actions, func(a Action) bool { return a.ID == Default }) {
			actions = append(actions, Default, "Open")
		}
		for _, a := range m.Actions {
			actions = append(actions, a.ID, a.Label)
		}
	}
	return []any{Name, replaces, Entry, m.Title, body, actions, hints, expire}
}
