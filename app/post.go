package app

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"quarterdeck/internal/fault"
)

// turn is how often the outbox is looked at.
const turn = 250 * time.Millisecond

// post sends what is to leave, takes in changes of the routes, and looks after the
// incidents' channels.
func (b *Backend) post(ctx context.Context) {
	var looked time.Time
	var tendingNow atomic.Bool
	var under sync.WaitGroup
	defer under.Wait()
	for b.clock.Wait(ctx, turn) == nil {
		b.lookAtRoutes()
		if b.store.ReadOnly() != nil {
			continue // what cannot be written down must not leave
		}
		if err := b.outgoing.Pass(ctx); ctx.Err() == nil {
			b.fault("outbox", err)
		}
		if now := b.clock.Now(); now.Sub(looked).Abs() >= tending && tendingNow.CompareAndSwap(false, true) {
			looked = now
			under.Go(func() { // a Slack that hangs keeps nobody waiting
				defer tendingNow.Store(false)
				b.channels(ctx)
			})
		}
	}
	b.outgoing.Close(context.WithoutCancel(ctx))
}

// lookAtRoutes takes in routes.yaml when it has changed.
func (b *Backend) lookAtRoutes() {
	changed, err := b.outgoing.Ways.Read()
	if !changed {
		return
	}
	if err != nil {
		f := fault.Of(err)
		err = fault.New(f.Code, "%s", f.Message).WithHint("%s; until then the routes stay as they were", f.Hint)
	}
	b.fault("routes", err)
	b.stream.touchOpen()
}
