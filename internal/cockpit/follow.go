package cockpit

import (
	"context"

	"quarterdeck/internal/incident"
)

// page is how many records are read at once while following.
const page = 2000

// Watch names who is told of changes, from now on. tell is called with the lock held,
// once for each stretch of the log, in order; it must return soon and not call back.
func (c *Cockpit) Watch(ctx context.Context, tell func([]Change)) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	last, err := c.log.Last(ctx)
	if err != nil {
		return err
	}
	c.cursor, c.tell = last, tell
	return nil
}

// Follow takes in what was appended since, by this process or another one of the
// same folder, and tells those who watch.
func (c *Cockpit) Follow(ctx context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for {
		recs, err := c.log.Since(ctx, c.cursor, page)
		if err != nil {
			return err
		}
		if len(recs) == 0 {
			return nil
		}
		var changes []Change
		at := map[incident.ID]int{}
		for i := range recs {
			id := recs[i].Incident
			j, ok := at[id]
			if !ok {
				j = len(changes)
				at[id] = j
				changes = append(changes, Change{Incident: id})
			}
			changes[j].Records = append(changes[j].Records, recs[i])
		}
		for _, ch := range changes {
			if l, ok := c.live[ch.Incident]; ok {
				if err := c.advance(ctx, ch.Incident, l, ch.Records); err != nil {
					return err
				}
			}
		}
		c.cursor = recs[len(recs)-1].Cursor
		c.tell(changes)
	}
}

// catchUp brings an incident in memory up to the log.
func (c *Cockpit) catchUp(ctx context.Context, id incident.ID, l *Live) error {
	recs, err := c.log.Records(ctx, id, l.cursor)
	if err != nil {
		return err
	}
	return c.advance(ctx, id, l, recs)
}

// advance folds records that l has not seen yet.
func (c *Cockpit) advance(ctx context.Context, id incident.ID, l *Live, recs []incident.Record) error {
	for i := range recs {
		r := &recs[i]
		if r.Cursor <= l.cursor {
			continue
		}
		if !l.State.Advance(r) { // it came late, or corrects an earlier one
			delete(c.live, id)
			fresh, err := c.load(ctx, id)
			if err != nil {
				return err
			}
			fresh.Timeline = l.Timeline
			if l.Timeline != nil {
				l.Timeline.Add(recs...)
			}
			return nil
		}
		l.cursor = r.Cursor
	}
	if l.Timeline != nil {
		l.Timeline.Add(recs...)
	}
	if !l.Mine {
		mine, err := c.log.Mine(ctx, id)
		if err != nil {
			return err
		}
		l.Mine = mine
	}
	return nil
}

// Forget drops what is in memory: the log is another one from now on. Who watches is
// told of nothing and looks anew.
func (c *Cockpit) Forget(ctx context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.live = map[incident.ID]*Live{}
	last, err := c.log.Last(ctx)
	if err == nil {
		c.cursor = last
	}
	return err
}
