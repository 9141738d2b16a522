package app

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/incident"
)

// standing is every deadline that rings here: those of incidents, and the station's own.
type standing struct{ *Backend }

// Deadlines implements schedule.Source.
func (s standing) Deadlines(ctx context.Context) ([]cadence.Deadline, error) {
	ds, err := s.cockpit.Deadlines(ctx)
	return slices.Concat(ds, s.undelivered(ctx, incident.ID{}), s.own()), err
}

// undelivered are the messages that could not be delivered, of one incident or of all:
// of each audience the latest.
func (b *Backend) undelivered(ctx context.Context, of incident.ID) []cadence.Deadline {
	rows, err := b.store.OpenDeliveries(ctx)
	if err != nil {
		return nil // the log says so by itself
	}
	out := []cadence.Deadline{}
	for _, d := range rows {
		if d.State != incident.DeliveryFailed || !of.IsZero() && d.Incident != of {
			continue
		}
		u := cadence.Undelivered(d.Incident, cmp.Or(d.Audience, d.What), d.Changed)
		if i := slices.IndexFunc(out, func(o cadence.Deadline) bool { return o.Topic() == u.Topic() }); i < 0 {
			out = append(out, u)
		} else if out[i].Due < u.Due {
			out[i] = u
		}
	}
	return out
}

// down are the ways out that do not work.
func (b *Backend) down() (out []cadence.Deadline) {
	health, err := b.store.Health(context.Background())
	if err != nil {
		return nil // as above
	}
	for _, name := range slices.Sorted(maps.Keys(health)) {
		if _, known := b.outgoing.Ways.Route(name); known && !health[name].Works {
			out = append(out, cadence.Down(name, health[name].Since))
		}
	}
	return out
}

// own are the station's: a log that cannot be written, an absence that nobody has read
// about, ways out that do not work, and hours in which nobody will be on call.
func (b *Backend) own() []cadence.Deadline {
	out := b.down()
	b.mu.Lock()
	defer b.mu.Unlock()
	out = append(out, b.gaps...)
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
