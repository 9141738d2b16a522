package app

import (
	"context"
	"log/slog"
	"slices"
	"strings"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/outbox"
	"quarterdeck/internal/outbox/slack"
)

// Outbox is what an incident has to send and has sent, the latest first; of every
// incident when none is named.
func (a *API) Outbox(id string) (out []DeliveryView, err error) {
	defer guard(&err)
	out = []DeliveryView{}
	ctx, b, err := a.ready()
	if err != nil {
		return out, err
	}
	inc, err := incident.ParseID(id)
	if err != nil {
		return out, err
	}
	rows, err := b.store.LatestDeliveries(ctx, most)
	if !inc.IsZero() && err == nil {
		rows, err = b.store.Deliveries(ctx, inc)
		slices.Reverse(rows)
	}
	if err != nil {
		return out, err
	}
	now := b.now()
	for _, d := range rows[:min(len(rows), most)] {
		err := b.cockpit.View(ctx, d.Incident, func(l *cockpit.Live) error {
			out = append(out, b.deliveryView(l, d, now))
			return nil
		})
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

// most is how many rows the outbox shows.
const most = 500

// PreviewUpdate is an update as it would leave, rendered by the code that sends it.
func (a *API) PreviewUpdate(in UpdateInput) (v PreviewView, err error) {
	defer guard(&err)
	v.Notes = []string{}
	ctx, b, inc, err := a.about(in.Incident)
	if err != nil {
		return v, err
	}
	d, err := in.command()
	if err != nil {
		return v, err
	}
	d.Route = in.Route
	return b.outgoing.Preview(ctx, inc, d, in.Mentions)
}

func (in UpdateInput) command() (*incident.SendUpdate, error) {
	wrong, err := incident.ParseID(in.Corrects)
	return &incident.SendUpdate{Audience: in.Audience, State: incident.PublicState(in.State), Text: in.Text, Next: in.Next, How: in.How, Corrects: wrong}, err
}

// SendUpdate sends an update by the route that its audience stands on; with a How it
// records one that a person has copied or said, as it does without a route.
func (a *API) SendUpdate(in UpdateInput) (err error) {
	defer guard(&err)
	d, err := in.command()
	if err != nil {
		return err
	}
	return a.leaving(in.Incident, in.ID, func(ctx context.Context, b *Backend, o cockpit.Order) error {
		_, _, err := b.outgoing.Update(ctx, o, d, in.Mentions, in.Merges, in.Despite)
		b.written(err)
		return err
	})
}

// leaving is an order of who sits here about what leaves.
func (a *API) leaving(id, record string, do func(context.Context, *Backend, cockpit.Order) error) error {
	ctx, b, inc, err := a.about(id)
	if err != nil {
		return err
	}
	rec, err := incident.ParseID(record)
	if err != nil {
		return err
	}
	me, err := b.me()
	if err != nil {
		return err
	}
	return do(ctx, b, cockpit.Order{Incident: inc, ID: rec, Actor: me})
}

// Hold keeps a row of the outbox back.
func (a *API) Hold(row string) error { return a.decide(DeliveryInput{Row: row}, Hold) }

// Send sends a row that was held or failed.
func (a *API) Send(row string) error { return a.decide(DeliveryInput{Row: row}, SendRow) }

// Drop gives a row up.
func (a *API) Drop(row string) error { return a.decide(DeliveryInput{Row: row}, Drop) }

// Recall takes a row back that has not begun to leave.
func (a *API) Recall(row string) error { return a.decide(DeliveryInput{Row: row}, RecallRow) }

// ByHand says that a person has sent a row.
func (a *API) ByHand(in DeliveryInput) error { return a.decide(in, SentByHand) }

func (a *API) decide(in DeliveryInput, what Decision) (err error) {
	defer guard(&err)
	ctx, b, err := a.ready()
	if err != nil {
		return err
	}
	row, err := incident.ParseID(in.Row)
	if err == nil && row.IsZero() {
		err = fault.Input("row", "no row of the outbox is named").WithHint("choose one")
	}
	if err != nil {
		return err
	}
	me, err := b.me()
	if err != nil {
		return err
	}
	d, err := b.outgoing.Decide(ctx, me, row, what, in.How, in.Remote)
	b.written(err)
	if err == nil {
		b.stream.touch(d.Incident)
	}
	return err
}

// SwitchRoute moves an audience to another rung of its ladder, the next one when none is named.
func (a *API) SwitchRoute(in SwitchInput) (err error) {
	defer guard(&err)
	return a.leaving(in.Incident, "", func(ctx context.Context, b *Backend, o cockpit.Order) error {
		_, err := b.outgoing.Switch(ctx, o, in.Audience, in.Route, in.Reason)
		b.written(err)
		return err
	})
}

// Routes are the ways out, with how they are.
func (a *API) Routes() (out []RouteView, err error) {
	defer guard(&err)
	out = []RouteView{}
	ctx, b, err := a.ready()
	if err != nil {
		return out, err
	}
	return b.outgoing.Routes(ctx, b.cockpit.Kit())
}

// TestRoute tries a route without posting anything.
func (a *API) TestRoute(name string) (v TestView, err error) {
	defer guard(&err)
	ctx, b, err := a.ready()
	if err != nil {
		return v, err
	}
	v, err = b.outgoing.Test(ctx, name)
	b.stream.touchOpen()
	return v, err
}

// deliveryView shapes a row for the page.
func (b *Backend) deliveryView(l *cockpit.Live, d incident.Delivery, now int64) DeliveryView {
	v := DeliveryView{
		ID: d.ID.String(), Incident: d.Incident.String(), Ref: l.State.Declared.Ref, Record: d.Record.String(), Audience: d.Audience, Route: d.Route, Target: d.Target,
		What: d.What, Step: stepOf(d), Text: d.Text, ByHand: d.ByHand, State: string(d.State), Attempts: d.Attempts, Created: d.Created, Changed: d.Changed,
		NotBefore: d.NotBefore, StaleAfter: d.StaleAfter, Remote: d.Remote, Link: d.Link, Why: d.Why, Hint: d.Hint, Actor: l.State.Name(d.Actor), Acts: acts(d, now),
	}
	if recallable(d, now) {
		v.Recall = d.NotBefore
	}
	if d.State == incident.DeliveryQueued && !d.Needs.IsZero() && d.Why == "" {
		v.Why = "it waits for the step before it"
	}
	if d.Audience != "" {
		v.Next = after(b.outgoing.Ways.Ladder(l.Kit, d.Audience), d.Route)
	}
	return v
}

// StepInWords is a row that is no update in words.
func StepInWords(d incident.Delivery) string {
	step := stepOf(d)
	if d.What == slack.StepChannel {
		step = incident.PostChannel
	}
	return compose.Post(step)
}

// stepOf is which step of the incident's channel a row is; empty when it is none.
func stepOf(d incident.Delivery) string {
	step, ok := strings.CutPrefix(d.Stream, d.Incident.String()+"/channel/")
	if !ok {
		return ""
	}
	if d.What == slack.StepEdit {
		return d.What
	}
	return step
}

// OfChannel reports whether a row is a step of its incident's channel.
func OfChannel(d incident.Delivery) bool { return stepOf(d) != "" }

func recallable(d incident.Delivery, now int64) bool {
	return d.State == incident.DeliveryQueued && d.Attempts == 0 && d.NotBefore > now && d.What == outbox.WhatUpdate
}

// acts are what a person can decide about a row now.
func acts(d incident.Delivery, now int64) []string {
	out := []string{}
	switch d.State {
	case incident.DeliveryQueued:
		if recallable(d, now) {
			out = append(out, string(RecallRow))
		}
		out = append(out, string(Hold), string(Drop), string(SentByHand))
	case incident.DeliveryUnknown:
		out = append(out, string(SentByHand), string(SendRow), string(Drop))
	case incident.DeliveryHeld, incident.DeliveryFailed:
		out = append(out, string(SendRow), string(SentByHand), string(Drop))
	}
	return out
}

// shown is how many rows that are over an incident's view brings along.
const shown = 20

// deliveries are an incident's rows as its view shows them: every open one, and the last
// that are over. The latest stand first.
func (b *Backend) deliveries(l *cockpit.Live) []incident.Delivery {
	rows, err := b.store.Deliveries(context.Background(), l.State.ID)
	if err != nil {
		slog.Error("the outbox", "error", err) // the log says so by itself
		return nil
	}
	slices.Reverse(rows)
	over := 0
	return slices.DeleteFunc(rows, func(d incident.Delivery) bool {
		if d.Open() {
			return false
		}
		over++
		return over > shown
	})
}

func (b *Backend) deliveryViews(l *cockpit.Live, rows []incident.Delivery, now int64) []DeliveryView {
	out := []DeliveryView{}
	for _, d := range rows {
		out = append(out, b.deliveryView(l, d, now))
	}
	return out
}

// slow is after how long something that waits is worth knowing of, ms.
const slow = 60_000

// delivery says how it stands with what leaves: the worst first. Without any row it is
// by hand, and an update has left when it is recorded.
func delivery(s *incident.State, rows []incident.Delivery, now int64) CellView {
	c := CellView{ID: "delivery", Look: string(cadence.Nominal), Kind: "hand"}
	if len(rows) > 0 {
		c.Kind = "sent"
	}
	for _, a := range s.Audiences {
		if a.Told > 0 {
			c.Count += a.Told
			c.Due = max(c.Due, a.At)
		}
	}
	worst := 0
	for _, d := range rows {
		rank, look := urgency(d, now)
		switch {
		case rank > worst:
			worst = rank
			c.Kind, c.Look, c.Subject, c.Due, c.Count = kindOf(d, now), string(look), d.Audience, dueOf(d), 1
		case rank == worst && rank > 0:
			c.Count++
			if recallable(d, now) {
				c.Due = max(c.Due, d.NotBefore)
			}
		}
	}
	return c
}

// urgency ranks a row for its cell: a person is asked, something is not known, something
// is under way.
func urgency(d incident.Delivery, now int64) (int, cadence.Look) {
	switch d.State {
	case incident.DeliveryFailed:
		return 5, cadence.Caution
	case incident.DeliveryHeld:
		return 4, cadence.Caution
	case incident.DeliveryUnknown:
		return 3, cadence.Advisory
	case incident.DeliveryQueued, incident.DeliverySending:
		if now-d.Created > slow && d.What == outbox.WhatUpdate {
			return 2, cadence.Advisory
		}
		return 1, cadence.Nominal
	}
	return 0, cadence.Nominal
}

func kindOf(d incident.Delivery, now int64) string {
	switch {
	case recallable(d, now):
		return "recall"
	case d.State == incident.DeliverySending:
		return "sending"
	}
	return string(d.State)
}

func dueOf(d incident.Delivery) int64 {
	if d.State == incident.DeliveryQueued {
		return d.NotBefore
	}
	return d.Changed
}

// latestHeard is when the latest update that an audience has had was written, or when somebody
// told them without a row, as by phone.
func latestHeard(a incident.Audience, audience string, rows []incident.Delivery) (written int64) {
	var left int64
	for _, d := range rows {
		if d.Audience == audience && d.State == incident.DeliverySent {
			written, left = max(written, d.Created), max(left, d.Changed)
		}
	}
	if a.At > left+byItself {
		written = a.At
	}
	return written
}

// byItself is how far a row and the record of its outcome lie apart at most, ms.
const byItself = 1000

// merged is a draft for an audience to which nothing got through for a while; ok is false
// when nothing waits for an answer.
func (b *Backend) merged(l *cockpit.Live, audience string, state incident.PublicState, next, now int64) (text string, ok bool) {
	var unsent []compose.Unsent
	rows := b.deliveries(l)
	slices.Reverse(rows)
	asked, known := false, latestHeard(l.State.Audiences[audience], audience, rows)
	for _, d := range rows {
		if u, is := l.State.Updates[d.Record]; is && d.Audience == audience && d.Open() {
			asked = asked || d.State == incident.DeliveryHeld
			if u.At <= known {
				continue // they have heard a later one
			}
			if len(unsent) == 0 || unsent[len(unsent)-1].Text != u.Text {
				unsent = append(unsent, compose.Unsent{At: u.At, Text: u.Text})
			}
		}
	}
	if !asked {
		return "", false
	}
	return compose.CatchUp(l.State, l.Kit, audience, state, next, now, unsent), true
}
