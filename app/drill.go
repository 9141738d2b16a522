package app

import (
	"context"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/notify"
	"quarterdeck/internal/store"
	"quarterdeck/internal/workspace"
)

// A drill is another place: a database of its own, opened by a cockpit of its own. Nothing
// of it leaves but by routes that are marked for drills; the others are not there.

// drilled shows messages of drills as what they are.
type drilled struct{ notify.Notifier }

// Show implements notify.Notifier.
func (d drilled) Show(ctx context.Context, m notify.Message) error {
	m.Title = incident.DrillMark + " " + m.Title
	return d.Notifier.Show(ctx, m)
}

// Drill declares a drill in the database of drills, and shows the cockpit of drills; in
// that cockpit itself everything is one, and Declare declares it.
func (a *API) Drill(in DeclareInput) (v DrillView, err error) {
	defer guard(&err)
	ctx, b, err := a.ready()
	if err != nil {
		return v, err
	}
	if b.cockpit.Drills {
		return v, fault.New(fault.Refused, "this is the place of drills already").WithHint("declare it here: everything here is one")
	}
	me, err := b.me()
	if err != nil {
		return v, err
	}
	dir, err := workspace.PrepareDrill(b.Data)
	if err != nil {
		return v, err
	}
	if _, v.Ref, err = b.declareIn(ctx, dir, me, in); err != nil {
		return v, err
	}
	if b.ShowDrills == nil {
		return v, nil
	}
	v.Link, err = b.ShowDrills()
	return v, err
}

// declareIn writes a declaration into another database of the workspace, as another process
// of the same writer does.
func (b *Backend) declareIn(ctx context.Context, dir string, me incident.Person, in DeclareInput) (id incident.ID, ref string, err error) {
	if id, err = incident.ParseID(in.ID); err != nil {
		return id, "", err
	}
	st, err := store.Open(ctx, dir)
	if err != nil {
		return id, "", err
	}
	defer func() {
		if e := st.Close(); err == nil {
			err = e
		}
	}()
	c, err := cockpit.New(st, b.clock, b.inForce().Kit, store.NewID)
	if err != nil {
		return id, "", err
	}
	c.Drills = workspace.IsDrill(dir)
	if err := c.Watch(ctx, func([]cockpit.Change) {}); err != nil {
		return id, "", err
	}
	if id, err = c.Declare(ctx, id, me, 0, incident.Declare{Declared: in.declared()}); err != nil {
		return id, "", err
	}
	row, err := c.Find(ctx, id.String())
	return id, row.Ref, err
}

// DrillView is a drill that was declared, and how its cockpit is reached.
type DrillView struct {
	Ref  string `json:"ref"`
	Link string `json:"link"` // works once; empty: its window was opened
}
