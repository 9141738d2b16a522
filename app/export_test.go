package app

import (
	"context"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/incident"
)

// Lit lights what is due at now and answers with every annunciation that there was.
func (b *Backend) Lit(ctx context.Context, ds []cadence.Deadline, now int64) ([]cadence.Annunciation, error) {
	b.panel.lit(ctx, ds, now)
	b.panel.flush(ctx)
	return b.store.LitAnnunciations(ctx, 0)
}

// Touch has the pages told about an incident, which may be one that is not there.
func (b *Backend) Touch(id incident.ID) { b.stream.touch(id) }

// Bubble is the notification that shows a topic, as far as its service has answered.
func (b *Backend) Bubble(topic string) uint32 {
	id, _, _ := b.notifier.Shown(topic)
	return id
}

// Fetching reports whether calendars are being fetched.
func (b *Backend) Fetching() bool { return b.fetching.Load() }
