package cockpit

import (
	"context"
	"errors"
	"slices"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// carry has the open actions of a merged incident follow it, and takes them back where the
// link was taken back. The other incident may not be in this log.
func (c *Cockpit) carry(ctx context.Context, o Order, other incident.ID) error {
	here, err := c.tie(ctx, o.Incident, other)
	if err == nil {
		switch {
		case here == nil:
			err = errors.Join(c.giveBack(ctx, o, o.Incident, other), c.giveBack(ctx, o, other, o.Incident))
		case here.How == incident.LinkMerged:
			err = c.takeOver(ctx, o, o.Incident, other)
		case here.How == incident.LinkHome:
			err = c.takeOver(ctx, o, other, o.Incident)
		}
	}
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}

// task is an open action as another incident has it.
type task struct {
	id    incident.ID
	text  string
	owner string
	due   int64
}

// openIn are the open actions of an incident; their texts as they are in the other one
// when from is not empty.
func openIn(s *incident.State, from string) (out []task) {
	for _, a := range s.OpenActions() {
		t := task{a.ID, a.Text, s.Name(a.Owner), a.Due}
		if from != "" && len(t.text)+len(from) < incident.MaxText-10 {
			t.text += " (from " + from + ")"
		}
		out = append(out, t)
	}
	return out
}

// both reads the open actions of one incident, as they are called in the other, and those
// of the other. closed is true when nothing may go there: it is over, or what is private
// would be shown.
func (c *Cockpit) both(ctx context.Context, from, to incident.ID) (ref string, here, there []task, closed bool, err error) {
	private := false
	err = c.View(ctx, from, func(l *Live) error {
		ref, private = l.State.Declared.Ref, l.State.Declared.Security
		here = openIn(l.State, ref)
		return nil
	})
	if err != nil {
		return ref, nil, nil, false, err
	}
	err = c.View(ctx, to, func(l *Live) error {
		closed = l.State.Phase.Over() || private && !l.State.Declared.Security
		there = openIn(l.State, "")
		return nil
	})
	return ref, here, there, closed, err
}

func same(t task) func(task) bool { return func(x task) bool { return x.text == t.text } }

// takeOver opens in one incident what is open in another, unless it is there.
func (c *Cockpit) takeOver(ctx context.Context, o Order, from, to incident.ID) error {
	_, here, there, closed, err := c.both(ctx, from, to)
	if err != nil || closed {
		return err
	}
	for _, t := range here {
		if slices.ContainsFunc(there, same(t)) {
			continue
		}
		owner, err := c.Person(ctx, to, t.owner)
		if err != nil {
			return err
		}
		cmd := &incident.OpenAction{Text: t.text, Owner: owner}
		if t.due != 0 {
			cmd.Minutes = int(max(1, (t.due-c.Now()+59_999)/60_000))
		}
		if _, err := c.Do(ctx, Order{Incident: to, Actor: o.Actor, Command: cmd}); err != nil {
			return err
		}
	}
	return nil
}

// giveBack drops in one incident what came from another and is still open in both.
func (c *Cockpit) giveBack(ctx context.Context, o Order, from, to incident.ID) error {
	ref, here, there, _, err := c.both(ctx, from, to)
	if err != nil {
		return err
	}
	for _, t := range there {
		if !slices.ContainsFunc(here, same(t)) {
			continue
		}
		cmd := &incident.CloseAction{Action: t.id, Dropped: true, Result: ref + " stands by itself again"}
		if _, err := c.Do(ctx, Order{Incident: to, Actor: o.Actor, Command: cmd}); err != nil {
			return err
		}
	}
	return nil
}
