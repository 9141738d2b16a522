package app

import (
	"context"

	"quarterdeck/internal/cadence"
)

// standing is every deadline that rings here: those of incidents, and the station's own.
type standing struct{ *Backend }

// Deadlines implements schedule.Source.
func (s standing) Deadlines(ctx context.Context) ([]cadence.Deadline, error) {
	ds, err := s.cockpit.Deadlines(ctx)
	return append(ds, s.own()...), err
}

// own are the station's: a log that cannot be written, an absence that nobody has read
// about.
func (b *Backend) own() []cadence.Deadline {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []cadence.Deadline
	if _, lost := b.faults["log"]; lost {
		out = append(out, cadence.Station(cadence.Log, "", b.lost))
	}
	if b.away != nil {
		out = append(out, cadence.Station(cadence.Away, "", b.away.To))
	}
	return out
}

// writable notes since when the log cannot be written. A fault that is back within ten
// minutes is the same one, and does not begin to ring anew. The caller holds mu.
func (b *Backend) writable(yes bool) {
	now := b.now()
	switch {
	case yes:
		b.mended = now
	case b.lost == 0 || now-b.mended >= cadence.Chatter:
		b.lost = now
	}
}

// resound sounds when a silence ends while a warning is lit that nobody has acknowledged.
func (b *Backend) resound() {
	if id, on := b.panel.alarming(b.now()); on {
		b.stream.say(Notify{Ring: &RingView{id.String(), string(cadence.Warning)}})
	}
}
