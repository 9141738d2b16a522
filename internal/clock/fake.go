package clock

import (
	"context"
	"sync"
	"time"
)

// Fake is a clock that moves only when told. Waiters wake when awake time passes them.
type Fake struct {
	mu          sync.Mutex
	wall        time.Time
	boot, awake time.Duration
	zone        *time.Location
	waiters     map[chan struct{}]time.Duration
}

// NewFake starts a fake clock at the wall time start, in UTC.
func NewFake(start time.Time) *Fake {
	return &Fake{wall: start.Round(0).UTC().Truncate(time.Millisecond), zone: time.UTC, waiters: map[chan struct{}]time.Duration{}}
}

// SetZone changes the machine's time zone.
func (f *Fake) SetZone(z *time.Location) { f.mu.Lock(); f.zone = z; f.mu.Unlock() }

// Advance lets d pass on an awake machine.
func (f *Fake) Advance(d time.Duration) { f.move(d, d, d) }

// Suspend lets d pass while the machine sleeps: wall and boot time go on, awake time stands.
func (f *Fake) Suspend(d time.Duration) { f.move(d, d, 0) }

// Step sets the wall clock forward, or back when d is negative; no time passes.
func (f *Fake) Step(d time.Duration) { f.move(d, 0, 0) }

func (f *Fake) move(wall, boot, awake time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.wall, f.boot, f.awake = f.wall.Add(wall), f.boot+boot, f.awake+awake
	for c, at := range f.waiters {
		if at <= f.awake {
			close(c)
			delete(f.waiters, c)
		}
	}
}

// Waiting counts those who wait, so that a test can move the clock once everybody sleeps.
func (f *Fake) Waiting() int { f.mu.Lock(); defer f.mu.Unlock(); return len(f.waiters) }

// Now implements Clock.
func (f *Fake) Now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.wall.Truncate(time.Millisecond)
}

// Zone implements Clock.
func (f *Fake) Zone() *time.Location { f.mu.Lock(); defer f.mu.Unlock(); return f.zone }

// Boot implements Clock.
func (f *Fake) Boot() time.Duration { f.mu.Lock(); defer f.mu.Unlock(); return f.boot }

// Awake implements Clock.
func (f *Fake) Awake() time.Duration { f.mu.Lock(); defer f.mu.Unlock(); return f.awake }

// Wait implements Clock.
func (f *Fake) Wait(ctx context.Context, d time.Duration) error {
	f.mu.Lock()
	if d <= 0 {
		f.mu.Unlock()
		return ctx.Err()
	}
	c := make(chan struct{})
	f.waiters[c] = f.awake + d
	f.mu.Unlock()
	select {
	case <-c:
		return nil
	case <-ctx.Done():
		f.mu.Lock()
		delete(f.waiters, c)
		f.mu.Unlock()
		return ctx.Err()
	}
}
