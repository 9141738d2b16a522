package app

import (
	"context"
	"log/slog"
	"slices"
	"sync"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/incident"
)

// panel is what is lit on this station: it knows what was annunciated, what was
// acknowledged and what is shown as one. It keeps the table of annunciations.
type panel struct {
	b *Backend

	mu       sync.Mutex // what follows
	ds       []cadence.Deadline
	flood    map[string]bool
	known    map[name]cadence.Annunciation // lit, or ended a moment ago
	unkept   map[name]bool                 // what the table has not taken yet
	recalled bool                          // what an earlier process left has been read
}

type name struct{ key, rule string }

func newPanel(b *Backend) *panel {
	return &panel{b: b, known: map[name]cadence.Annunciation{}, unkept: map[name]bool{}}
}

// hold is for how long an acknowledged warning does not sound, in ms. It stays lit.
const hold = 10 * 60_000

// lit takes in what is due now.
func (p *panel) lit(ctx context.Context, ds []cadence.Deadline, now int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.recall(ctx, now)
	p.ds, p.flood = ds, cadence.Flood(ds, now)
	on := map[name]bool{}
	for i := range ds {
		if ds[i].Look(now) == cadence.Nominal || ds[i].Rule(now) == "" {
			continue
		}
		a := ds[i].Annunciates(now)
		n := name{a.Key, a.Rule}
		on[n] = true
		old, had := p.known[n]
		switch {
		case had && old.Cleared == 0:
			continue
		case had && now-old.Cleared < cadence.Chatter: // it comes and goes
			a = old
			a.Cleared, a.Again = 0, old.Again+1
		}
		p.known[n], p.unkept[n] = a, true
	}
	for n, a := range p.known {
		switch {
		case !on[n] && a.Cleared == 0:
			a.Cleared = now
			p.known[n], p.unkept[n] = a, true
		case a.Cleared != 0 && now-a.Cleared >= cadence.Chatter && !p.unkept[n]:
			delete(p.known, n)
		}
	}
}

// recall reads, once, what an earlier process left lit.
func (p *panel) recall(ctx context.Context, now int64) {
	if p.recalled {
		return
	}
	old, err := p.b.store.LitAnnunciations(ctx, now-cadence.Chatter)
	if err != nil {
		slog.Warn("earlier annunciations", "error", err)
		return
	}
	for _, a := range old {
		p.known[name{a.Key, a.Rule}] = a
	}
	p.recalled = true
}

// flush writes what is new. What cannot be written is tried again: the table counts, it
// does not ring.
func (p *panel) flush(ctx context.Context) {
	p.mu.Lock()
	var list []cadence.Annunciation
	for n := range p.unkept {
		list = append(list, p.known[n])
	}
	p.mu.Unlock()
	if len(list) == 0 {
		return
	}
	err := p.b.store.KeepAnnunciations(ctx, list)
	if err != nil {
		slog.Debug("annunciations are kept later", "error", err)
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, a := range list {
		if n := (name{a.Key, a.Rule}); p.known[n] == a {
			delete(p.unkept, n)
		}
	}
}

// seen is when a deadline was acknowledged as it is lit at now; 0 when it was not.
func (p *panel) seen(d *cadence.Deadline, now int64) int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seenAt(d, now)
}

func (p *panel) seenAt(d *cadence.Deadline, now int64) int64 {
	a := d.Annunciates(now)
	if k, ok := p.known[name{a.Key, a.Rule}]; ok && k.Cleared == 0 {
		return k.Seen
	}
	return 0
}

// flooded reports whether a deadline is one of many that are shown as one.
func (p *panel) flooded(d *cadence.Deadline) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.flood[d.Key]
}

// floods is how many are shown as one; 0 when none are.
func (p *panel) floods() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.flood)
}

// acknowledge notes that the commander has seen what is lit, all of it or the one
// deadline of that key. It answers how many that were.
func (p *panel) acknowledge(key string, now int64) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	count := 0
	for i := range p.ds {
		d := &p.ds[i]
		if d.Look(now).Level() < cadence.Caution.Level() || key != "" && d.Key != key || p.seenAt(d, now) != 0 {
			continue
		}
		a := d.Annunciates(now)
		n := name{a.Key, a.Rule}
		if k, ok := p.known[n]; ok && k.Cleared == 0 {
			k.Seen = now
			p.known[n], p.unkept[n] = k, true
			count++
		}
	}
	return count
}

// elsewhere are the lit deadlines of other incidents than one, the most urgent first.
func (p *panel) elsewhere(id incident.ID, now int64) []cadence.Deadline {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []cadence.Deadline
	for i := range p.ds {
		if d := &p.ds[i]; d.Incident != id && !d.Incident.IsZero() && d.Look(now).Level() >= cadence.Caution.Level() {
			out = append(out, *d)
		}
	}
	slices.SortStableFunc(out, func(a, b cadence.Deadline) int { return b.Look(now).Level() - a.Look(now).Level() })
	return out
}

// alarming reports whether a warning is lit that nobody has acknowledged.
func (p *panel) alarming(now int64) (incident.ID, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range p.ds {
		if d := &p.ds[i]; d.Look(now) == cadence.Warning && p.seenAt(d, now) == 0 && now >= d.Silent {
			return d.Incident, true
		}
	}
	return incident.ID{}, false
}
