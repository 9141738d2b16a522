package notify

import (
	"context"
	"sync"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
)

// bus is the notifier that speaks to the desktop's service. Its methods hand
// orders to one goroutine, the desk, which alone touches the connection and never
// waits for anybody; the limit of a call is kept here.
type bus struct {
	orders  chan func(*desk)
	presses chan Press
	ctx     context.Context
	hangUp  context.CancelFunc
	ended   chan struct{}

	mu     sync.Mutex // guards what the desk publishes
	status Status
	shown  map[string]bubble
}

// bubble is what stands on the screen for a key. No id, no bubble.
type bubble struct {
	id     uint32
	server string
}

// wish is what a caller waits for: a message on the screen, or none.
type wish struct {
	key   string
	msg   *Message // nil: withdraw
	done  chan error
	open  bool // nobody answered the caller yet; only the desk reads and writes it
	again bool // the service went away under it once; it has one more try
}

func open(ctx context.Context) Notifier {
	return openBus(ctx, clock.System(), sessionBus, popup)
}

// openBus takes the world as arguments: where the bus is, and the last resort.
func openBus(ctx context.Context, clk clock.Clock, address func() (string, bool), popup func(Message) error) *bus {
	b := &bus{
		orders: make(chan func(*desk)), presses: make(chan Press), ended: make(chan struct{}),
		status: Status{Reason: untried}, shown: map[string]bubble{},
	}
	b.ctx, b.hangUp = context.WithCancel(ctx)
	go newDesk(b, clk, address, popup).run()
	return b
}

func (b *bus) Show(ctx context.Context, m Message) error {
	if err := m.check(); err != nil {
		return err
	}
	m = m.tidied()
	return b.want(ctx, &wish{key: m.Key, msg: &m})
}

func (b *bus) Withdraw(ctx context.Context, key string) error {
	return b.want(ctx, &wish{key: key})
}

// want lets the desk fulfil w and waits for at most the limit. The desk answers
// every wish, so that its words about a silence are right.
func (b *bus) want(caller context.Context, w *wish) error {
	w.done, w.open = make(chan error, 1), true
	ctx, cancel := context.WithTimeout(caller, limit)
	defer cancel()
	if !b.order(func(d *desk) { d.want(w) }) {
		return failure(fault.Unreachable, shut, nil)
	}
	select {
	case err := <-w.done:
		return err
	case <-ctx.Done():
		b.order(func(d *desk) { d.giveUp(w, caller) })
	case <-b.ended:
	}
	select {
	case err := <-w.done:
		return err
	case <-b.ended:
		return failure(fault.Unreachable, shut, nil)
	}
}

// order hands work to the desk, unless that has ended.
func (b *bus) order(work func(*desk)) bool {
	select {
	case b.orders <- work:
		return true
	case <-b.ended:
		return false
	}
}

func (b *bus) Presses() <-chan Press { return b.presses }

func (b *bus) Status() Status { b.mu.Lock(); defer b.mu.Unlock(); return b.status }

func (b *bus) Shown(key string) (uint32, string, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	at, ok := b.shown[key]
	return at.id, at.server, ok
}

func (b *bus) Adopt(key string, id uint32, server string) {
	if key == "" || id == 0 || server == "" {
		return
	}
	done := make(chan struct{})
	if b.order(func(d *desk) { d.adopt(key, bubble{id, server}); close(done) }) {
		<-done
	}
}

func (b *bus) Close() error {
	b.hangUp()
	<-b.ended
	return nil
}

// say and publish are called by the desk.
func (b *bus) say(s Status) { b.mu.Lock(); b.status = s; b.mu.Unlock() }

func (b *bus) publish(key string, at bubble) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if at.id == 0 {
		delete(b.shown, key)
		return
	}
	b.shown[key] = at
}
