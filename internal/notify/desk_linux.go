package notify

import (
	"context"
	"slices"
	"time"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
)

const (
	maxWaiting = 64 // keys with a message that is not on the wire yet
	maxCalls   = 32 // calls without an answer; they must fit into the socket's buffer
)

// desk owns the connection and all that is known about the screen. Only its own
// goroutine (run) touches it; it starts calls and hears answers, but waits for none.
type desk struct {
	bus     *bus
	clock   clock.Clock
	address func() (address string, named bool)
	popup   func(Message) error

	line     *line // nil: not connected
	dialling bool
	named    bool          // the environment named the bus, so helper programs find it too
	pause    time.Duration // grows with each connection that came to nothing
	retry    time.Duration // boot time before which no connection is tried
	trouble  *fault.Error  // why the last one failed

	owner   string // unique name of the service's process; empty: none
	seen    bool   // there was one since the start
	known   bool   // what the owner can do has been asked and answered
	asked   uint32 // serial of that question while it is open, else 0
	server  string // the owner's name and version
	markup  bool
	buttons bool

	calls    map[uint32]*call // on the wire, by serial
	answered uint32           // the newest serial that was answered
	slots    map[string]*slot
	waiting  []string // keys whose slot has a next, first come first
	pressed  []Press  // not yet received by the program
	ghosts   []ghost  // the bubbles that closed last
	popping  bool     // a helper program runs
}

// slot is everything about one key.
type slot struct {
	bubble bubble
	flying *call // on the wire and not lost
	next   *wish // newest wish that is not on the wire
}

// call is a method call that is on the wire.
type call struct {
	serial uint32
	to     string // unique name it was sent to
	probe  probe
	wish   *wish // nil for a probe, and when a stray bubble is closed
	lost   bool  // nobody counts on the answer any more
}

// ghost is a closed bubble. Some services tell of the closing before the press
// that caused it.
type ghost struct {
	bubble
	key string
}

func newDesk(b *bus, clk clock.Clock, address func() (string, bool), popup func(Message) error) *desk {
	return &desk{
		bus: b, clock: clk, address: address, popup: popup,
		calls: map[uint32]*call{}, slots: map[string]*slot{},
	}
}

// run ends with the notifier.
func (d *desk) run() {
	defer close(d.bus.ended)
	defer close(d.bus.presses)
	d.connect()
	for d.bus.ctx.Err() == nil {
		d.step()
	}
	if d.line != nil {
		d.line.close()
	}
	d.bus.say(Status{Reason: shut})
}

// want takes a caller's wish in. A newer one takes the place of one that waits.
func (d *desk) want(w *wish) {
	s := d.slots[w.key]
	if s == nil {
		s = &slot{}
	}
	if w.msg == nil && s.flying == nil && s.bubble.id == 0 {
		d.settle(d.take(w.key), nil)
		d.settle(w, nil)
		return
	}
	if s.next == nil && len(d.waiting) >= maxWaiting {
		d.settle(w, failure(fault.Unreachable, crowded, nil))
		return
	}
	d.slots[w.key] = s
	if s.next == nil {
		d.waiting = append(d.waiting, w.key)
	}
	d.settle(s.next, nil)
	s.next = w
	d.doubt(s)
	d.flush()
}

// take removes the waiting wish of a key, if there is one, and forgets a slot
// that holds nothing.
func (d *desk) take(key string) *wish {
	s := d.slots[key]
	if s == nil || s.next == nil {
		return nil
	}
	w := s.next
	s.next = nil
	d.waiting = slices.DeleteFunc(d.waiting, func(k string) bool { return k == key })
	d.tidy(key)
	return w
}

func (d *desk) tidy(key string) {
	if s := d.slots[key]; s != nil && s.next == nil && s.flying == nil && s.bubble.id == 0 {
		delete(d.slots, key)
	}
}

// settle answers a caller, once.
func (d *desk) settle(w *wish, err *fault.Error) {
	if w == nil || !w.open {
		return
	}
	w.open = false
	if err == nil {
		w.done <- nil
		return
	}
	w.done <- err
}

// giveUp ends the wait of a caller whose time is over. What is on the wire stays
// there, and so does what waits behind it: if the old words come up on the screen
// after all, the new ones have to follow.
func (d *desk) giveUp(w *wish, caller context.Context) {
	if !w.open {
		return
	}
	words := mute
	if d.line == nil {
		words = deafBus
	}
	if caller.Err() == nil {
		d.bus.say(Status{Reason: words, Server: d.server})
	}
	d.settle(w, overdue(caller, words))
	s := d.slots[w.key]
	if s == nil || s.next != w || s.flying != nil {
		return
	}
	d.take(w.key)
	d.asked = 0 // the next wish may ask again
	if d.line != nil && len(d.calls) >= maxCalls {
		d.line.close() // a fresh connection, when somebody needs one
	}
}

// fail answers a wish that cannot be fulfilled. Where nothing is there that could
// answer (resort), a helper program gets a try, one at a time: it may take long.
// Where a service was seen before it will come back, and the helper, which asks it
// first, could catch it half awake and hang, or leave a bubble that nobody controls.
func (d *desk) fail(w *wish, err *fault.Error, resort bool) {
	if w == nil || !w.open || !resort || w.msg == nil || d.popping || !d.named || d.seen {
		d.settle(w, err)
		return
	}
	d.popping = true
	go func() {
		bad := d.popup(*w.msg)
		d.bus.order(func(d *desk) {
			d.popping = false
			if bad != nil {
				d.settle(w, err)
				return
			}
			if !d.seen {
				d.bus.say(Status{Desktop: true, Reason: makeshift})
			}
			d.settle(w, nil)
		})
	}()
}

// failAll fails everything that waits.
func (d *desk) failAll(err *fault.Error, resort bool) {
	d.bus.say(Status{Reason: err.Message, Server: d.server})
	for len(d.waiting) > 0 {
		d.fail(d.take(d.waiting[0]), err, resort)
	}
}

// adopt believes what an earlier process said, until the service is known.
func (d *desk) adopt(key string, at bubble) {
	if d.slots[key] != nil {
		return
	}
	d.slots[key] = &slot{}
	d.place(key, at)
	if d.line != nil {
		d.prune()
	}
}

// place notes the bubble of a key; the zero bubble forgets it.
func (d *desk) place(key string, at bubble) {
	s := d.slots[key]
	if s.bubble.id != 0 && s.bubble != at {
		d.ghosts = append(d.ghosts, ghost{s.bubble, key})
		d.ghosts = d.ghosts[max(0, len(d.ghosts)-16):]
	}
	s.bubble = at
	d.bus.publish(key, at)
	d.tidy(key)
}

// prune forgets the bubbles of other instances of the service: they are gone, and
// their numbers may mean other programs' bubbles now.
func (d *desk) prune() {
	for key, s := range d.slots {
		if s.bubble.id != 0 && s.bubble.server != d.instance() {
			d.place(key, bubble{})
		}
	}
}

// instance names the running service, for good: unique names are never given
// twice on one bus. Empty without a service.
func (d *desk) instance() string {
	if d.line == nil || d.owner == "" {
		return ""
	}
	return d.line.bus + "/" + d.owner
}
