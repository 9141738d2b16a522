package cockpit

import (
	"context"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// Join links the order's incident with another one; how is one of incident.Links. Both are
// written: the other one says the same from its side. Of a private incident its title is
// not told to the other.
func (c *Cockpit) Join(ctx context.Context, o Order, other incident.ID, how string) ([]incident.Record, error) {
	var ref, title string
	err := c.View(ctx, other, func(l *Live) error {
		ref = l.State.Declared.Ref
		if !l.State.Declared.Security {
			title = l.State.Declared.Title
		}
		if a := l.State.Aside(); a != nil && a.Other != o.Incident && (how == incident.LinkMerged || how == incident.LinkDuplicate) {
			return fault.New(fault.Conflict, "%s goes on in %s itself", ref, a.Ref).WithHint("name %s instead", a.Ref)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if other == o.Incident {
		title = ""
	}
	o.Command = &incident.LinkTo{Other: other, Ref: ref, Title: title, How: how}
	recs, err := c.Do(ctx, o)
	if fault.Is(err, fault.Conflict) && c.half(ctx, o.Incident, other) { // its other side was not written then
		return nil, c.settle(ctx, o, other)
	}
	if err != nil {
		return recs, err
	}
	return recs, c.settle(ctx, o, other)
}

// Part takes the link between the order's incident and another one back, on both sides.
func (c *Cockpit) Part(ctx context.Context, o Order, other incident.ID) ([]incident.Record, error) {
	tie, err := c.tie(ctx, o.Incident, other)
	if err != nil {
		return nil, err
	}
	if tie == nil {
		return nil, fault.New(fault.NotFound, "the two are not linked")
	}
	r, err := c.log.Record(ctx, tie.ID)
	if err != nil {
		return nil, err
	}
	o.Command = &incident.Undo{Record: r}
	return c.Do(ctx, o)
}

// half reports whether the two sides of a link say different things.
func (c *Cockpit) half(ctx context.Context, id, other incident.ID) bool {
	here, err := c.tie(ctx, id, other)
	there, failed := c.tie(ctx, other, id)
	return err == nil && failed == nil && here != nil && (there == nil || there.How != incident.Mirror(here.How))
}

func (c *Cockpit) tie(ctx context.Context, id, other incident.ID) (t *incident.Tie, err error) {
	err = c.View(ctx, id, func(l *Live) error {
		if at := l.State.Tie(other); at != nil {
			v := *at
			t = &v
		}
		return nil
	})
	return t, err
}

// settle makes the other side of a link say what this side says, and has open actions
// follow: whoever works goes on working where the incident goes on.
func (c *Cockpit) settle(ctx context.Context, o Order, other incident.ID) error {
	if err := c.mirror(ctx, o, other); err != nil {
		return err
	}
	return c.carry(ctx, o, other)
}

// mirror makes the other side of a link say what this side says: it is linked from this
// side, or not. One that is not in this log is left alone.
func (c *Cockpit) mirror(ctx context.Context, o Order, other incident.ID) error {
	here, err := c.tie(ctx, o.Incident, other)
	if err != nil {
		return err
	}
	there, err := c.tie(ctx, other, o.Incident)
	switch {
	case fault.Is(err, fault.NotFound):
		return nil
	case err != nil:
		return err
	}
	order := Order{Incident: other, Actor: o.Actor}
	switch {
	case here == nil && there != nil:
		r, err := c.log.Record(ctx, there.ID)
		if err != nil {
			return err
		}
		order.Command = &incident.Undo{Record: r}
	case here != nil && (there == nil || there.How != incident.Mirror(here.How)):
		cmd := &incident.LinkTo{Other: o.Incident, How: incident.Mirror(here.How), Mirrors: true}
		err := c.View(ctx, o.Incident, func(l *Live) error {
			cmd.Ref = l.State.Declared.Ref
			if !l.State.Declared.Security {
				cmd.Title = l.State.Declared.Title
			}
			return nil
		})
		if err != nil {
			return err
		}
		order.Command = cmd
	default:
		return nil
	}
	_, err = c.Do(ctx, order)
	return err
}

// unlinked follows up on an undo: where it took a link back, or brought one back, the
// other side follows.
func (c *Cockpit) unlinked(ctx context.Context, o Order) error {
	u, ok := o.Command.(*incident.Undo)
	if !ok {
		return nil
	}
	r := u.Record
	for range tries { // an undo of an undo of a link is about the link
		switch e := r.Event().(type) {
		case *incident.Linked:
			if e.Other.IsZero() {
				return nil
			}
			return c.settle(ctx, o, e.Other)
		case *incident.RecordUndone:
			var err error
			if r, err = c.log.Record(ctx, e.Record); err != nil {
				return nil // it names what is not here
			}
		default:
			return nil
		}
	}
	return nil
}

// Now is the time by the cockpit's clock, ms UTC.
func (c *Cockpit) Now() int64 { return clock.Milli(c.clock.Now()) }
