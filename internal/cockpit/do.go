package cockpit

import (
	"context"
	"errors"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// Order is a command for an incident.
type Order struct {
	Incident incident.ID
	ID       incident.ID // for the order's own record, when the face has minted one; a repeated order is done once
	Actor    incident.Person
	At       int64 // when it happened, ms UTC; 0 = now
	Command  incident.Command

	// Deliveries join the outbox with the order's records; of the n-th, Asked says by which
	// of the requests that the order makes, from 0. Without Asked all are the first's.
	Deliveries []incident.Delivery
	Asked      []int
	// Transitions change rows of the outbox with the order's records; incident.ErrDelivery
	// says that one went on meanwhile, and then nothing has happened.
	Transitions []incident.Transition
}

// tries is how often a decision is made anew when the incident moves on meanwhile.
const tries = 5

// Do carries out an order and answers with its records, which are on disk.
func (c *Cockpit) Do(ctx context.Context, o Order) ([]incident.Record, error) {
	c.mu.Lock()
	recs, err := c.do(ctx, o, nil)
	c.mu.Unlock()
	if err != nil {
		return nil, err
	}
	if err := c.Follow(ctx); err != nil {
		return recs, err
	}
	return recs, c.unlinked(ctx, o)
}

// Declare opens an incident and answers with its id. id is the incident's when the
// face has minted one, else zero. The reference is the next free one.
func (c *Cockpit) Declare(ctx context.Context, id incident.ID, actor incident.Person, at int64, d incident.Declare) (incident.ID, error) {
	if id.IsZero() {
		var err error
		if id, err = c.newID(); err != nil {
			return id, err
		}
	}
	c.mu.Lock()
	d.Kit = c.kitHash
	_, err := c.do(ctx, Order{Incident: id, Actor: actor, At: at, Command: &d}, &d)
	c.mu.Unlock()
	if err != nil {
		return id, err
	}
	return id, c.Follow(ctx)
}

func (c *Cockpit) do(ctx context.Context, o Order, declare *incident.Declare) ([]incident.Record, error) {
	for range tries {
		recs, err := c.attempt(ctx, o, declare)
		if !errors.Is(err, incident.ErrMoved) {
			return recs, err
		}
		delete(c.live, o.Incident)
	}
	return nil, fault.New(fault.Conflict, "others are writing at the same time").WithHint("try once more")
}

func (c *Cockpit) attempt(ctx context.Context, o Order, declare *incident.Declare) ([]incident.Record, error) {
	l, err := c.subject(ctx, o, declare)
	if err != nil {
		return nil, err
	}
	wall := clock.Milli(c.clock.Now())
	events, err := incident.Decide(l.State, l.Kit, o.Command, incident.Now{Wall: wall, At: o.At, Actor: o.Actor})
	if err != nil {
		return nil, err
	}
	b := incident.Batch{Incident: o.Incident, Expect: l.cursor, State: l.State}
	if declare != nil {
		b.Ref, b.Kit, b.Hash = declare.Ref, c.kitData, c.kitHash
	}
	if b.Records, err = c.stamp(events, o, wall); err != nil {
		return nil, err
	}
	asked := o.Asked
	if asked == nil {
		asked = make([]int, len(o.Deliveries))
	}
	b.Deliveries, b.Transitions = incident.Attach(o.Deliveries, asked, b.Records), o.Transitions
	if plain(b.Records) {
		b.Expect, b.State = incident.Anywhere, nil
	}
	recs, st, err := c.log.Append(ctx, b)
	if err != nil {
		delete(c.live, o.Incident) // its state may be half advanced
		return nil, err
	}
	if st == nil { // a plain record, or an order that had been carried out before
		if l, ok := c.live[o.Incident]; ok {
			return recs, c.catchUp(ctx, o.Incident, l)
		}
		return recs, nil
	}
	l.State, l.Mine = st, true
	if declare != nil {
		l.Kit = l.Kit.For(st.Declared.Type)
	}
	l.cursor = recs[len(recs)-1].Cursor
	if l.Timeline != nil {
		l.Timeline.Add(recs...)
	}
	c.live[o.Incident] = l
	return recs, nil
}

// subject is the incident that the order is about; a new one for a declaration.
func (c *Cockpit) subject(ctx context.Context, o Order, declare *incident.Declare) (*Live, error) {
	if o.Incident.IsZero() {
		return nil, fault.Input("incident", "no incident is chosen").WithHint("choose one, or declare one first")
	}
	if declare == nil {
		return c.load(ctx, o.Incident)
	}
	if l, err := c.load(ctx, o.Incident); err == nil {
		return l, nil // Decide will say that it is declared already
	}
	prefix := "INC"
	if declare.Drill = c.Drills; c.Drills {
		prefix = "DRILL"
	}
	ref, err := c.log.NextRef(ctx, prefix)
	if err != nil {
		return nil, err
	}
	declare.Ref = ref
	return &Live{State: incident.NewState(o.Incident), Kit: c.kit}, nil
}

// stamp makes records of events: ids, times, author. The last event is the order's
// own; the ones before it introduce people, and those after it complete it.
func (c *Cockpit) stamp(events []incident.Event, o Order, wall int64) ([]incident.Record, error) {
	_, offset := c.clock.Now().In(c.clock.Zone()).Zone()
	at := o.At
	if at == 0 {
		at = wall
	}
	ids := make([]incident.ID, len(events))
	own := false
	for i, e := range events {
		if _, naming := e.(*incident.PersonNamed); !naming && !own && !o.ID.IsZero() {
			ids[i], own = o.ID, true
			continue
		}
		var err error
		if ids[i], err = c.newID(); err != nil {
			return nil, err
		}
	}
	incident.Link(events, ids)
	recs := make([]incident.Record, len(events))
	for i, e := range events {
		k, v, body, err := incident.Encode(e)
		if err != nil {
			return nil, err
		}
		recs[i] = incident.Record{ID: ids[i], At: at, TZ: offset / 60, RecordedAt: wall, Actor: o.Actor.ID, Kind: k, V: v, Body: body}
	}
	return recs, nil
}

func plain(recs []incident.Record) bool {
	for i := range recs {
		if !incident.Plain(recs[i].Kind) {
			return false
		}
	}
	return true
}
