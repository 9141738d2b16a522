package app

import (
	"context"
	"slices"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// Undo takes back what a record did.
func (a *API) Undo(in TextInput) error {
	return a.order(in.Incident, "", 0, func(ctx context.Context, b *Backend, id incident.ID) (incident.Command, error) {
		r, err := b.record(ctx, id, in.Subject)
		if err != nil {
			return nil, err
		}
		c := &incident.Undo{Record: r}
		err = b.cockpit.ViewTimeline(ctx, id, func(l *cockpit.Live) error {
			c.With = l.Timeline.Act(r.ID)
			return nil
		})
		return c, err
	})
}

// UndoLast takes back the last act of whoever sits here, and of whom they speak for.
// The fault is NotFound when there is none.
func (a *API) UndoLast(in UndoInput) (v UndoView, err error) { return a.takeBack(in, false) }

// RedoLast does again what was taken back last, unless something else was done since.
// The fault is NotFound when there is nothing.
func (a *API) RedoLast(in UndoInput) (v UndoView, err error) { return a.takeBack(in, true) }

func (a *API) takeBack(in UndoInput, again bool) (v UndoView, err error) {
	defer guard(&err)
	ctx, b, id, err := a.about(in.Incident)
	if err != nil {
		return v, err
	}
	actors, err := b.actors(ctx, id, in.As)
	if err != nil {
		return v, err
	}
	c := &incident.Undo{}
	var of incident.ID // the act itself
	err = b.cockpit.ViewTimeline(ctx, id, func(l *cockpit.Live) error {
		e := l.Timeline.LastAct(actors...)
		if again {
			e = l.Timeline.LastUndo(actors...)
		}
		if e == nil && again {
			return fault.New(fault.NotFound, "there is nothing to do again").WithHint("an act that was taken back can be done again until the next one")
		}
		if e == nil {
			return fault.New(fault.NotFound, "there is nothing of yours to take back")
		}
		c.Record, c.With, of = e.Record, l.Timeline.Act(e.ID), e.ID
		if u, ok := e.Event.(*incident.RecordUndone); ok {
			of = u.Record
		}
		return nil
	})
	if err != nil {
		return v, err
	}
	me, err := b.me()
	if err != nil {
		return v, err
	}
	if err := b.do(ctx, cockpit.Order{Incident: id, Actor: me, Command: c}); err != nil {
		return v, err
	}
	err = b.cockpit.ViewTimeline(ctx, id, func(l *cockpit.Live) error {
		if e := l.Timeline.Entry(of); e != nil {
			v = undoView(e, l)
		}
		return nil
	})
	return v, err
}

// actors are whose acts are taken back here.
func (b *Backend) actors(ctx context.Context, id incident.ID, as string) ([]incident.ID, error) {
	me, err := b.me()
	if err != nil {
		return nil, err
	}
	out := []incident.ID{me.ID}
	if as != "" {
		p, err := b.cockpit.Person(ctx, id, as)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, p.ID) {
			out = append(out, p.ID)
		}
	}
	return out, nil
}

// undoView says what an act was about, and how that stands now.
func undoView(e *incident.Entry, l *cockpit.Live) UndoView {
	v := UndoView{Record: e.ID.String(), Kind: string(e.Kind), Text: compose.Line(e, l.State, l.Kit).Text}
	if _, ok := e.Event.(*incident.RecordAmended); ok {
		v.Text = "a correction"
	}
	role := ""
	switch x := e.Event.(type) {
	case *incident.SeveritySet:
		v.About, v.Now = "severity", l.State.Severity
	case *incident.PhaseMoved:
		v.About, v.Now = "phase", phaseNames[l.State.Phase]
	case *incident.RoleAssigned:
		role = x.Role
	case *incident.RoleReleased:
		role = x.Role
	}
	if role != "" {
		v.About, v.Subject = "role", role
		if r := l.Kit.Role(role); r != nil {
			v.Subject = r.Name
		}
		if h := l.State.Holder(role); !h.Person.IsZero() {
			v.Now = l.State.Name(h.Person)
		}
	}
	return v
}

// Redact removes the words of a record for good, and answers with the files beside the
// database that still hold them.
func (a *API) Redact(in TextInput) (v RedactView, err error) {
	defer guard(&err)
	v.Left = []string{}
	var rec incident.ID
	err = a.order(in.Incident, "", 0, func(ctx context.Context, b *Backend, id incident.ID) (incident.Command, error) {
		r, err := b.record(ctx, id, in.Subject)
		if err != nil {
			return nil, err
		}
		rec = r.ID
		return Redaction(ctx, b.cockpit, r, in.Text)
	})
	if err != nil {
		return v, err
	}
	ctx, b, err := a.ready()
	if err != nil {
		return v, err
	}
	files, err := b.store.Copies(ctx, rec)
	v.Left = append(v.Left, files...)
	return v, err
}

// Redaction is the order to remove the words of a record, which keeps its time as corrected.
func Redaction(ctx context.Context, c *cockpit.Cockpit, r incident.Record, reason string) (incident.Command, error) {
	out := &incident.Redact{Record: r, Reason: reason}
	err := c.ViewTimeline(ctx, r.Incident, func(l *cockpit.Live) error {
		if e := l.Timeline.Entry(r.ID); e != nil {
			out.At = e.At
		}
		return nil
	})
	return out, err
}
