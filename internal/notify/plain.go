package notify

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"github.com/gen2brain/beeep"

	"quarterdeck/internal/fault"
)

// popup shows one bare pop-up through whatever program the system has for it. It
// may block for as long as that program pleases, so it runs on a goroutine that
// nobody waits for without a limit. The title is led by the application's name:
// some systems show another one, and no title can then be taken for an option.
func popup(m Message) error {
	beeep.AppName = Name
	show := beeep.Notify
	// Elsewhere Alert writes a bell character to standard output.
	if m.Sound != "" && (runtime.GOOS == "darwin" || runtime.GOOS == "windows") {
		show = beeep.Alert
	}
	if err := show(Name+": "+harmless(m.Title), harmless(m.Body), ""); err != nil {
		return fmt.Errorf("notify: pop up: %w", err)
	}
	return nil
}

// plain is the notifier of a system whose service we do not speak to: pop-ups
// come one after the other, without buttons, and go by themselves.
type plain struct {
	popup   func(Message) error
	turn    chan struct{} // holds one token while no pop-up program runs
	presses chan Press
	ctx     context.Context
	hangUp  context.CancelFunc

	mu     sync.Mutex
	status Status
}

func newPlain(ctx context.Context, popup func(Message) error) *plain {
	p := &plain{popup: popup, turn: make(chan struct{}, 1), presses: make(chan Press), status: Status{Reason: untried}}
	p.ctx, p.hangUp = context.WithCancel(ctx)
	p.turn <- struct{}{}
	context.AfterFunc(p.ctx, func() { close(p.presses) })
	return p
}

func (p *plain) Show(caller context.Context, m Message) error {
	if err := m.check(); err != nil {
		return err
	}
	if p.ctx.Err() != nil {
		return failure(fault.Unreachable, shut, nil)
	}
	ctx, cancel := context.WithTimeout(caller, limit)
	defer cancel()
	select {
	case <-p.turn:
	case <-ctx.Done():
		return overdue(caller, crowded)
	case <-p.ctx.Done():
		return failure(fault.Unreachable, shut, nil)
	}
	done := make(chan error, 1)
	go func() {
		err := p.popup(m.tidied())
		if err == nil {
			p.say(Status{Desktop: true, Reason: simple})
		} else {
			p.say(Status{Reason: absent})
		}
		p.turn <- struct{}{}
		done <- err
	}()
	select {
	case err := <-done:
		if err != nil {
			return failure(fault.Unreachable, absent, err)
		}
		return nil
	case <-ctx.Done():
		if caller.Err() == nil {
			p.say(Status{Reason: mute})
		}
		return overdue(caller, mute)
	}
}

func (p *plain) say(s Status) { p.mu.Lock(); p.status = s; p.mu.Unlock() }

func (p *plain) Withdraw(context.Context, string) error { return nil }

func (p *plain) Presses() <-chan Press { return p.presses }

func (p *plain) Status() Status {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ctx.Err() != nil {
		return Status{Reason: shut}
	}
	return p.status
}

func (p *plain) Shown(string) (uint32, string, bool) { return 0, "", false }

func (p *plain) Adopt(string, uint32, string) {}

func (p *plain) Close() error { p.hangUp(); return nil }
