package cockpit

import (
	"context"
	"errors"
	"slices"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// Brought is an order that comes from elsewhere, with the id that its record has each time
// it comes.
type Brought struct {
	ID      incident.ID
	At      int64 // when it happened, ms UTC
	Actor   incident.Person
	Command incident.Command
}

// atOnce is how many orders are brought in one transaction: others can write in between.
const atOnce = 400

// Bring carries out many orders of an incident, each once however often they are brought,
// and answers how many were new. Nothing of it is to leave: it has no deliveries.
// What is refused ends it; the orders before it are carried out.
func (c *Cockpit) Bring(ctx context.Context, id incident.ID, all []Brought) (added int, err error) {
	for part := range slices.Chunk(all, atOnce) {
		n, err := c.bringPart(ctx, id, part)
		if added += n; err != nil {
			return added, err
		}
	}
	return added, c.Follow(ctx)
}

// There are the ids, of those that would be brought, of records that are there already.
func (c *Cockpit) There(ctx context.Context, id incident.ID, all []Brought) (map[incident.ID]bool, error) {
	recs, err := c.log.Records(ctx, id, 0)
	if err != nil {
		return nil, err
	}
	asked := make(map[incident.ID]bool, len(all))
	for i := range all {
		asked[all[i].ID] = true
	}
	known := map[incident.ID]bool{}
	for i := range recs {
		if asked[recs[i].ID] {
			known[recs[i].ID] = true
		}
	}
	return known, nil
}

func (c *Cockpit) bringPart(ctx context.Context, id incident.ID, part []Brought) (int, error) {
	for range tries {
		n, err := c.bringOnce(ctx, id, part)
		if !errors.Is(err, incident.ErrMoved) {
			return n, err
		}
	}
	return 0, fault.New(fault.Conflict, "others are writing at the same time").WithHint("import once more: nothing comes twice")
}

func (c *Cockpit) bringOnce(ctx context.Context, id incident.ID, part []Brought) (n int, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	defer func() {
		if err != nil {
			delete(c.live, id) // its state may be half advanced, or old
		}
	}()
	l, err := c.load(ctx, id)
	if err != nil {
		return 0, err
	}
	known, err := c.There(ctx, id, part)
	if err != nil {
		return 0, err
	}
	wall := clock.Milli(c.clock.Now())
	b := incident.Batch{Incident: id, Expect: l.cursor, State: l.State}
	named := map[incident.ID]string{}
	for _, o := range part {
		if known[o.ID] {
			continue
		}
		known[o.ID] = true
		events, err := incident.Decide(l.State, l.Kit, o.Command, incident.Now{Wall: wall, At: o.At, Actor: o.Actor})
		if err != nil {
			return 0, err
		}
		events = slices.DeleteFunc(events, func(e incident.Event) bool { // introduced a moment ago, and not in the state yet
			p, ok := e.(*incident.PersonNamed)
			if !ok {
				return false
			}
			again := named[p.Person] == p.Name
			named[p.Person] = p.Name
			return again
		})
		recs, err := c.stamp(events, Order{Incident: id, ID: o.ID, Actor: o.Actor, At: o.At}, wall)
		if err != nil {
			return 0, err
		}
		b.Records = append(b.Records, recs...)
		n++
	}
	if n == 0 {
		return 0, nil
	}
	recs, st, err := c.log.Append(ctx, b)
	if err != nil {
		return 0, err
	}
	if st == nil { // the first was there after all
		return 0, incident.ErrMoved
	}
	l.State, l.Mine, l.cursor = st, true, recs[len(recs)-1].Cursor
	if l.Timeline != nil {
		l.Timeline.Add(recs...)
	}
	return n, nil
}
