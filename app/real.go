package app

import (
	"context"
	"log/slog"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/workspace"
)

// RealView is an incident that was declared from the cockpit of drills.
type RealView struct {
	Ref   string   `json:"ref"`
	Link  string   `json:"link"`  // to the cockpit of incidents, works once; empty: its window was raised
	Drill []string `json:"drill"` // the drills that were stopped for it
	Left  string   `json:"left"`  // what could not be done besides, in words; the incident is declared all the same
}

// Real declares an incident from the cockpit of drills, because something real happens. The
// drills under way are closed with that as the reason; nothing of them goes along. Then it
// shows the cockpit of incidents.
func (a *API) Real(in DeclareInput) (v RealView, err error) {
	defer guard(&err)
	v.Drill = []string{}
	ctx, b, err := a.ready()
	if err != nil {
		return v, err
	}
	if !b.cockpit.Drills {
		return v, fault.New(fault.Refused, "this is the place of what is real already").WithHint("declare it here")
	}
	me, err := b.me()
	if err != nil {
		return v, err
	}
	id, ref, err := b.declareIn(ctx, workspace.Home(b.Data), me, in)
	if err != nil {
		return v, err
	}
	v.Ref = ref
	if v.Drill, err = b.stopDrills(ctx, me, ref); err != nil {
		slog.Warn("a drill goes on beside an incident", "incident", ref, "error", err)
		v.Left = fault.Of(err).Error() + "; the drill goes on"
	}
	if b.ShowReal == nil {
		return v, nil
	}
	if v.Link, err = b.ShowReal(id.String()); err != nil {
		slog.Warn("the cockpit of incidents is not shown", "incident", ref, "error", err)
		v.Left = "its cockpit does not come up by itself: start quarterdeck"
	}
	return v, nil
}

// stopDrills closes every drill that is under way and answers with their references.
func (b *Backend) stopDrills(ctx context.Context, me incident.Person, real string) (stopped []string, first error) {
	stopped = []string{}
	rows, err := b.store.Rows(ctx, everything)
	if err != nil {
		return stopped, err
	}
	for _, r := range rows {
		if !r.Open() {
			continue
		}
		_, err := b.cockpit.Do(ctx, cockpit.Order{Incident: r.ID, Actor: me, Command: &incident.MovePhase{Phase: incident.PhaseClosed, Reason: "This is real: " + real + " is declared"}})
		if err == nil {
			stopped = append(stopped, r.Ref)
		} else if first == nil {
			first = err
		}
	}
	return stopped, first
}

// Arrived shows an incident that another cockpit of this workspace has just declared, and
// opens its channel, which the other could not.
func (b *Backend) Arrived(ctx context.Context, incidentID string) {
	id, err := incident.ParseID(incidentID)
	if err != nil {
		return // no incident is named: the window alone was asked for
	}
	me, err := b.me()
	if err == nil {
		err = b.outgoing.OpenChannel(ctx, cockpit.Order{Incident: id, Actor: me}, "")
	}
	b.fault("channel", err) // it is shown all the same
	b.stream.say(Notify{Show: &ShowView{Incident: id.String()}})
}
