package app

import (
	"context"
	"log/slog"
	"time"

	"quarterdeck/internal/clock"
)

// lookAround is how often the files of calendars and people are looked at, and whether a
// calendar is due.
const lookAround = time.Second

// watchRota keeps the rota in force: what others write into its files, what its calendars
// send, and what time brings. It is a loop of its own, since reading a large calendar
// takes a while.
func (b *Backend) watchRota(ctx context.Context) {
	var changes int64
	for {
		changed, calendars, people := b.rota.Reload(ctx)
		if changed {
			b.fault("calendars", calendars)
			b.fault("people", people)
		}
		if now := b.now(); changed || now >= changes || b.rotaStale.Swap(false) {
			changes = b.showRota()
		}
		b.fetchDue(ctx)
		if b.clock.Wait(ctx, lookAround) != nil {
			return
		}
	}
}

// showRota makes the station's view anew, and answers when it changes by itself.
func (b *Backend) showRota() int64 {
	now := b.clock.Now()
	v := b.rota.onCallView(b.inForce().Kit, now, now)
	gaps := b.rota.uncovered(now)
	b.mu.Lock()
	b.onCall, b.gaps = v, gaps
	b.mu.Unlock()
	b.stream.station()
	return min(b.rota.changes(v, now), clock.Milli(now)+time.Hour.Milliseconds())
}

// fetchDue looks at the calendars that are due, unless a look is under way.
func (b *Backend) fetchDue(ctx context.Context) {
	if len(b.rota.Settings().Calendars) == 0 {
		return
	}
	if !b.fetching.CompareAndSwap(false, true) {
		return // a look at all that is asked for meanwhile comes after it
	}
	names := b.rota.Due(b.busy(ctx))
	if b.rotaAll.Swap(false) {
		names = nil
	} else if len(names) == 0 {
		b.fetching.Store(false)
		return
	}
	b.done.Go(func() {
		defer b.fetching.Store(false)
		for name, err := range b.rota.Refresh(ctx, names...) {
			if ctx.Err() == nil {
				slog.Warn("a calendar could not be refreshed", "calendar", name, "error", err)
			}
		}
		b.rotaStale.Store(true)
	})
}

// busy reports whether an incident is open.
func (b *Backend) busy(ctx context.Context) bool {
	rows, err := b.store.Open(ctx)
	return err == nil && len(rows) > 0
}

// lookNow has all calendars looked at.
func (b *Backend) lookNow() { b.rotaAll.Store(true) }

// rotaChanged takes in what was just written.
func (b *Backend) rotaChanged(err error) error {
	if err != nil {
		return err
	}
	changed, calendars, people := b.rota.Reload(context.Background())
	if changed {
		b.fault("calendars", calendars)
		b.fault("people", people)
	}
	b.showRota()
	return nil
}
