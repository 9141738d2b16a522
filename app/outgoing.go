package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
	"quarterdeck/internal/outbox"
	"quarterdeck/internal/outbox/slack"
	"quarterdeck/internal/secret"
	"quarterdeck/internal/store"
	"quarterdeck/internal/workspace"
)

// Outgoing is what leaves the machine: it makes deliveries of updates and posts, carries
// out what people decide about them, and has the dispatcher send them.
type Outgoing struct {
	store   *store.Store
	cockpit *cockpit.Cockpit
	clock   clock.Clock
	Ways    *Ways
	*outbox.Dispatcher
}

// NewOutgoing makes it for a folder. changed is told whenever something of an incident's
// looks different.
func NewOutgoing(dir string, st *store.Store, c *cockpit.Cockpit, clk clock.Clock, secrets *secret.Store, changed func(incident.ID)) (*Outgoing, error) {
	w := NewWays(dir, secrets)
	d, err := outbox.New(st, c, w, clk, changed)
	if err == nil {
		d.Within(workspace.Process(), workspace.Ended)
	}
	return &Outgoing{st, c, clk, w, d}, err
}

// Recall is how long a person's post can be taken back before it leaves.
const Recall = 5 * time.Second

// Update sends an update by the route that its audience stands on. How, when given, says
// that a person has sent it already; without a route for the audience it is theirs to
// send as well. mentions are those whom it calls, by id or name, of those who can be
// chosen. Despite says why it leaves although it gives a secret away. It answers with the
// rows that it made.
func (g *Outgoing) Update(ctx context.Context, o cockpit.Order, d *incident.SendUpdate, mentions []string, merges bool, despite string) ([]incident.Record, []incident.Delivery, error) {
	o.Command, d.Drills = d, g.Ways.drills
	if err := g.harmless(ctx, o, d, despite); err != nil {
		return nil, nil, err
	}
	if d.How == "" {
		err := g.cockpit.View(ctx, o.Incident, func(l *cockpit.Live) error {
			d.Route = ""
			if l.State.Sendable(g.Ways.drills) {
				d.Route = g.Ways.Rung(l.State, l.Kit, d.Audience)
			}
			return nil
		})
		if err == nil && d.Route != "" && d.Route != incident.RouteHand {
			o.Deliveries, err = g.made(ctx, o, d, mentions, merges)
		}
		if err != nil {
			return nil, nil, err
		}
		if len(o.Deliveries) > 1 {
			d.Rows = len(o.Deliveries)
		}
	}
	recs, err := g.cockpit.Do(ctx, o)
	return recs, o.Deliveries, err
}

// made are an update's deliveries by its route, with those whom it calls.
func (g *Outgoing) made(ctx context.Context, o cockpit.Order, d *incident.SendUpdate, mentions []string, merges bool) (out []incident.Delivery, err error) {
	calls, err := g.called(ctx, o, d.Audience, d.Route, mentions)
	if err != nil {
		return nil, err
	}
	err = g.cockpit.View(ctx, o.Incident, func(l *cockpit.Live) error {
		out, err = g.rows(ctx, l, o.Actor, d, calls, merges)
		return err
	})
	return out, err
}

// rows are an update's deliveries by its route.
func (g *Outgoing) rows(ctx context.Context, l *cockpit.Live, actor incident.Person, d *incident.SendUpdate, calls []outbox.Mention, merges bool) ([]incident.Delivery, error) {
	m, err := g.Ways.plain(d.Route)
	if err != nil {
		return nil, err
	}
	now := clock.Milli(g.clock.Now())
	content := contentOf(l, d, now)
	content.Mentions = calls
	if content.Target, err = g.Ways.inside(l.State, d.Route); err != nil {
		return nil, err
	}
	if !d.Corrects.IsZero() {
		content.Corrects = g.remote(ctx, l.State.ID, d.Corrects)
	}
	targets := []string{content.Target}
	if many, ok := m.(outbox.Many); ok {
		targets = many.Targets()
	}
	stale := outbox.StaleAfter(now, l.Kit.Severity(l.State.Severity).Promise(d.Audience).Every)
	if d.Next != 0 {
		stale = min(stale, d.Next) // older than the promise it would be news of yesterday
	}
	var out []incident.Delivery
	for _, to := range targets {
		content.Target = to
		r, err := m.Render(content)
		if err != nil {
			return nil, err
		}
		row, err := g.row(l.State.ID, actor, d.Route, r)
		if err != nil {
			return nil, err
		}
		row.Audience, row.What, row.Target, row.ByHand = d.Audience, outbox.WhatUpdate, to, byHand(l.Kit, d.Audience)
		row.Stream = strings.Join([]string{l.State.ID.String(), d.Audience, d.Route, to}, "/")
		row.NotBefore, row.StaleAfter, row.Merges = now+Recall.Milliseconds(), stale, merges
		row.Keep = d.State == incident.Resolved || opening(l.State, d.Audience)
		out = append(out, row)
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Invalid, "the route %s leads to nobody", d.Route).WithHint("give it receivers in routes.yaml, or switch to another one")
	}
	return out, nil
}

// row is a delivery with what all have.
func (g *Outgoing) row(id incident.ID, actor incident.Person, route string, r outbox.Rendered) (incident.Delivery, error) {
	now := clock.Milli(g.clock.Now())
	key, err := outbox.NewKey()
	own, e := store.NewID()
	return incident.Delivery{ID: own, Incident: id, Actor: actor.ID, Route: route, Key: key, Text: r.Text, Payload: r.Payload, Created: now, Changed: now, NotBefore: now}, errors.Join(err, e)
}

// opening reports whether an audience has been told nothing and is being told nothing.
func opening(s *incident.State, audience string) bool {
	for _, u := range s.Updates {
		if u.Audience == audience {
			return false
		}
	}
	return s.Audiences[audience].Told == 0
}

// contentOf is an update as a medium renders it. People outside are told neither our
// reference nor our words for it; nobody is told the title of what is private.
func contentOf(l *cockpit.Live, d *incident.SendUpdate, now int64) outbox.Content {
	s := l.State
	c := outbox.Content{
		What: outbox.WhatUpdate, Ref: s.Declared.Ref, Title: s.Declared.Title, Severity: s.Severity, Audience: d.Audience,
		State: string(d.State), Text: s.Saying(d.Text), Next: d.Next, AsOf: now, Thread: s.ID.String() + "/" + d.Audience,
	}
	if a := l.Kit.Audience(d.Audience); a != nil {
		c.Audience, c.Outside = a.Name, a.Outside
	}
	c.Title = s.Saying(c.Title)
	if private(s, l.Kit) {
		c.Title = ""
	}
	if c.Outside {
		c.Ref, c.Title, c.Severity = "", "", ""
	}
	return c
}

// private reports whether nothing of an incident may be shown to those who are not in it.
func private(s *incident.State, k *kit.Kit) bool {
	t := k.Type(s.Declared.Type)
	return s.Declared.Security || t != nil && t.Private
}

// byHand is how a person does it without us.
func byHand(k *kit.Kit, audience string) string {
	name := audience
	if a := k.Audience(audience); a != nil {
		name = a.Name
	}
	return "Copy the text and send it to " + name + " yourself; then say that it was sent by hand."
}

// remote is where an update was posted; empty when it was not.
func (g *Outgoing) remote(ctx context.Context, id, update incident.ID) string {
	rows, err := g.store.Deliveries(ctx, id)
	if err != nil {
		return "" // a correction that points nowhere is one all the same
	}
	for _, r := range rows {
		if r.Record == update && r.Remote != "" {
			return r.Remote
		}
	}
	return ""
}

// Preview is an update as it would leave, by the code that sends it.
func (g *Outgoing) Preview(ctx context.Context, id incident.ID, d *incident.SendUpdate, mentions []string) (v PreviewView, err error) {
	v.Notes = []string{}
	err = g.cockpit.View(ctx, id, func(l *cockpit.Live) error {
		route := cmp.Or(d.Route, g.Ways.Rung(l.State, l.Kit, d.Audience))
		v.Audience, v.Route, v.Text = d.Audience, route, l.State.Saying(d.Text)
		if route == "" || route == incident.RouteHand || !l.State.Sendable(g.Ways.drills) {
			v.Route = incident.RouteHand
			return nil
		}
		m, err := g.Ways.plain(route)
		if err != nil {
			return err
		}
		calls := []outbox.Mention{}
		for _, m := range g.Ways.callable(l.Kit, d.Audience, route) {
			if slices.Contains(mentions, m.ID) {
				calls = append(calls, m)
			}
		}
		c := m.Capabilities()
		v.Medium, v.Limit, v.Measure = c.Medium, c.Limit, c.Measure
		content := contentOf(l, d, clock.Milli(g.clock.Now()))
		content.Mentions = calls
		if content.Target, err = g.Ways.inside(l.State, route); err != nil {
			v.Notes = append(v.Notes, fault.Of(err).Message+": "+fault.Of(err).Hint)
		}
		if many, ok := m.(outbox.Many); ok {
			targets := many.Targets()
			v.Copies = len(targets)
			if len(targets) > 0 {
				content.Target = targets[0]
			}
		}
		r, err := m.Render(content)
		v.Subject, v.Text, v.Length, v.Notes = r.Subject, r.Text, r.Length, append(v.Notes, r.Notes...)
		return err
	})
	return v, err
}

// Decision is what a person decides about a row.
type Decision string

// The decisions.
const (
	Hold       Decision = "hold"
	SendRow    Decision = "send"
	Drop       Decision = "drop"
	SentByHand Decision = "sent-by-hand"
	RecallRow  Decision = "recall"
)

// Decide carries a decision out. how says by what a person has sent it, remote where it
// is then, for what needs it.
func (g *Outgoing) Decide(ctx context.Context, actor incident.Person, row incident.ID, what Decision, how, remote string) (incident.Delivery, error) {
	for range 3 {
		d, err := g.store.Delivery(ctx, row)
		if err != nil {
			return d, err
		}
		to, err := g.decided(d, what, remote)
		if err != nil {
			return d, err
		}
		to.Changed = clock.Milli(g.clock.Now())
		t := incident.Transition{From: d, To: to}
		if to.State == incident.DeliveryQueued {
			err = g.store.Move(ctx, t)
		} else {
			if what == SentByHand && d.What == slack.StepChannel && remote != "" {
				how = d.Text // the channel's name
			}
			err = g.cockpit.Decide(ctx, t, actor, false, cmp.Or(how, map[Decision]string{SentByHand: "by hand"}[what]))
		}
		if errors.Is(err, incident.ErrDelivery) {
			continue
		}
		if err == nil && what == SendRow {
			err = g.renew(ctx, to)
		}
		return to, err
	}
	return incident.Delivery{}, fault.New(fault.Conflict, "it is going on right now").WithHint("look again in a moment")
}

func (g *Outgoing) decided(d incident.Delivery, what Decision, remote string) (incident.Delivery, error) {
	now := clock.Milli(g.clock.Now())
	switch what {
	case Hold:
		return outbox.Hold(d, now)
	case SendRow:
		return outbox.Send(d, g.store.Writer(), now)
	case Drop:
		return outbox.Drop(d, now)
	case SentByHand:
		return outbox.ByHand(d, remote, now)
	case RecallRow:
		return outbox.Recall(d, now)
	}
	return d, fault.Input("decision", "%.40q is nothing to decide", what).WithHint("one of hold, send, drop, sent-by-hand, recall")
}

// renew lets what waits for a row leave after it, though it was written long ago.
func (g *Outgoing) renew(ctx context.Context, of incident.Delivery) error {
	rows, err := g.store.OpenDeliveries(ctx)
	if err != nil {
		return err
	}
	until := clock.Milli(g.clock.Now()) + outbox.Stale.Milliseconds()
	next := map[incident.ID]bool{of.ID: true}
	for range len(rows) {
		for _, d := range rows {
			if !next[d.Needs] || next[d.ID] {
				continue
			}
			next[d.ID] = true
			to := d
			to.StaleAfter, to.Writer = max(d.StaleAfter, until), g.store.Writer()
			if d.State != incident.DeliveryQueued && d.State != incident.DeliveryHeld {
				continue
			}
			to.State, to.Why, to.Hint = incident.DeliveryQueued, "", ""
			if err := g.store.Move(ctx, incident.Transition{From: d, To: to}); err != nil && !errors.Is(err, incident.ErrDelivery) {
				return err
			}
		}
	}
	return nil
}

// Switch moves an audience to another rung; empty to is the next one.
func (g *Outgoing) Switch(ctx context.Context, o cockpit.Order, audience, to, reason string) ([]incident.Record, error) {
	cmd := &incident.SwitchRoute{Audience: audience, Reason: reason}
	err := g.cockpit.View(ctx, o.Incident, func(l *cockpit.Live) error {
		ladder := g.Ways.Ladder(l.Kit, audience)
		cmd.From, cmd.To = cmp.Or(g.Ways.Rung(l.State, l.Kit, audience), incident.RouteHand), cmp.Or(to, after(ladder, g.Ways.Rung(l.State, l.Kit, audience)))
		if to != "" && to != incident.RouteHand && !slices.Contains(ladder, to) {
			return fault.Input("route", "%s are not reached by %q", audience, to).WithHint("one of %s", strings.Join(append(ladder, incident.RouteHand), ", "))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	o.Command = cmd
	return g.cockpit.Do(ctx, o)
}

// after is the rung below one; below the last, by hand; after that, the first again.
func after(ladder []string, rung string) string {
	for i, name := range ladder {
		if name == rung && i+1 < len(ladder) {
			return ladder[i+1]
		}
	}
	if rung == incident.RouteHand && len(ladder) > 0 {
		return ladder[0]
	}
	return incident.RouteHand
}
