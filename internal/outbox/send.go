package outbox

import (
	"context"
	"errors"
	"time"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// claim writes down that a row is being sent, before anything leaves. ready is false
// when it is not to be sent after all.
func (d *Dispatcher) claim(ctx context.Context, row incident.Delivery) (_ incident.Delivery, ready bool, err error) {
	now := clock.Milli(d.clock.Now())
	next := row
	next.State, next.Attempts, next.LastTry, next.Misses, next.Changed = incident.DeliverySending, row.Attempts+1, now, 0, now
	if next.FirstTry == 0 {
		next.FirstTry = now
	}
	return next, true, d.move(ctx, row, next)
}

// send tries a claimed row once and writes down what came of it.
func (d *Dispatcher) send(ctx context.Context, row incident.Delivery) error {
	medium, err := d.routes.Medium(ctx, row.Route)
	out := unready(err)
	var caps Capabilities
	if err == nil {
		caps = medium.Capabilities()
		var msg Message
		if msg, err = d.message(ctx, row); err != nil {
			return err // nothing left; whoever recovers it will read the history in vain and send it
		}
		if text := row.Text + string(row.Payload); d.routes.Blot(text) != text {
			out = Outcome{Result: Refused, Why: "it holds a secret that is kept here", Hint: "write it without; if the secret has been seen already, have it changed where it is used"}
		} else {
			out = d.attempt(ctx, medium, caps, msg, row)
		}
	}
	for _, said := range []*string{&out.Remote, &out.Link, &out.Why, &out.Hint} {
		*said = d.routes.Blot(*said)
	}
	d.point("after send")
	now := clock.Milli(d.clock.Now())
	next, found := after(row, out, caps, now), false
	d.note(ctx, row.Route, out, now)
	err = d.write(ctx, row, next, found)
	d.point("after commit")
	return err
}

// unready is the outcome when there is no medium to send by.
func unready(err error) Outcome {
	f := fault.Of(err)
	switch {
	case err == nil:
		return Outcome{}
	case f.Code == fault.Unreachable:
		return Outcome{Result: NotPosted, Why: f.Message, Hint: f.Hint}
	}
	return Outcome{Result: Refused, Why: f.Message, Hint: f.Hint}
}

// attempt hands a message to the medium, unless so much time has passed since the claim
// that somebody else may have taken over.
func (d *Dispatcher) attempt(ctx context.Context, m Medium, caps Capabilities, msg Message, row incident.Delivery) Outcome {
	if late := clock.Milli(d.clock.Now()) - row.LastTry; late > tardy.Milliseconds() || late < -tardy.Milliseconds() {
		return Outcome{Result: NotPosted, Why: "the machine slept before it left"}
	}
	ctx, cancel := context.WithTimeout(ctx, caps.Timeout+time.Second)
	defer cancel()
	return m.Send(ctx, msg)
}

func (d *Dispatcher) message(ctx context.Context, row incident.Delivery) (Message, error) {
	m := Message{
		Key: row.Key, Target: row.Target, What: row.What, Payload: row.Payload, Attempt: row.Attempts,
		First: time.UnixMilli(row.FirstTry).UTC(), Now: d.clock.Now(),
	}
	if !row.Needs.IsZero() {
		n, err := d.ledger.Delivery(ctx, row.Needs)
		if err != nil {
			return m, err
		}
		m.Needs = n.Remote
	}
	var err error
	if row.What != WhatUpdate {
		m.Taken, err = d.ledger.Remotes(ctx, row.Route, row.What)
	}
	return m, err
}

// after is a row after an attempt.
func after(row incident.Delivery, out Outcome, caps Capabilities, now int64) incident.Delivery {
	next := row
	next.Why, next.Hint, next.Changed, next.Misses = out.Why, out.Hint, now, 0
	switch out.Result {
	case Posted:
		next.State, next.Remote, next.Link, next.Why, next.Hint = incident.DeliverySent, out.Remote, out.Link, out.Why, ""
	case NotPosted:
		next.State, next.NotBefore = incident.DeliveryQueued, now+backoff(row.Attempts, out.After).Milliseconds()
	case Refused:
		next.State = incident.DeliveryFailed
	default:
		switch {
		case caps.Reads:
			next.State, next.NotBefore, next.Settles = incident.DeliveryUnknown, now, now+Grace.Milliseconds()
		case row.Attempts <= caps.Again:
			next.State, next.NotBefore = incident.DeliveryQueued, now+backoff(row.Attempts, 0).Milliseconds()
		default:
			next.State = incident.DeliveryHeld
			next.Why = "it may have been posted: " + out.Why
			next.Hint = "look whether it is there; then say that it was sent, or send it again"
		}
	}
	return next
}

// backoff is how long to wait before the next attempt.
func backoff(attempts int, asked time.Duration) time.Duration {
	if asked > 0 {
		return asked
	}
	return min(time.Second<<min(max(attempts-1, 0), 5), 30*time.Second)
}

// write puts the outcome into the ledger. An outcome that is known is not given up while
// the disk is full or locked: nobody else can know it.
func (d *Dispatcher) write(ctx context.Context, row, next incident.Delivery, found bool) error {
	for {
		err := d.put(ctx, row, next, found)
		if errors.Is(err, incident.ErrDelivery) {
			fresh, e := d.ledger.Delivery(ctx, row.ID)
			if e != nil || fresh.Attempts != row.Attempts || fresh.State != incident.DeliveryUnknown || !fresh.State.Leads(next.State) {
				return errors.Join(err, e) // it is somebody else's now, and in no worse hands
			}
			row = fresh
			next.Writer = fresh.Writer
			continue
		}
		if err == nil || !fault.Is(err, fault.Unreachable) || d.clock.Wait(ctx, time.Second) != nil {
			return err
		}
	}
}

func (d *Dispatcher) put(ctx context.Context, from, to incident.Delivery, found bool) error {
	ctx = context.WithoutCancel(ctx) // what has happened is written down, also while we are closing
	switch to.State {
	case incident.DeliveryQueued, incident.DeliveryUnknown:
		return d.move(ctx, from, to)
	}
	return d.settle(ctx, from, to, found)
}

// note keeps how the route is, and leaves it alone for as long as it asks to be.
func (d *Dispatcher) note(ctx context.Context, route string, out Outcome, now int64) {
	if out.Wide && out.After > 0 {
		d.mu.Lock()
		d.paused[route] = max(d.paused[route], now+out.After.Milliseconds())
		d.mu.Unlock()
	}
	h := incident.RouteHealth{Route: route, Works: out.Result == Posted, At: now, Why: out.Why, Hint: out.Hint}
	_ = d.ledger.KeepHealth(context.WithoutCancel(ctx), h) // the row itself says it too
}

// reconcile reads the receiver's history once.
func (d *Dispatcher) reconcile(ctx context.Context, row incident.Delivery) error {
	medium, err := d.routes.Medium(ctx, row.Route)
	var f Finding
	var caps Capabilities
	switch {
	case err != nil && fault.Is(err, fault.Unreachable):
		f.Why, f.Hint = fault.Of(err).Message, fault.Of(err).Hint
	case err != nil:
		f = Finding{Never: true, Why: fault.Of(err).Message, Hint: fault.Of(err).Hint}
	default:
		caps = medium.Capabilities()
		if !caps.Reads {
			f.Never = true
			break
		}
		msg, err := d.message(ctx, row)
		if err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(ctx, 4*caps.Timeout)
		f = medium.Reconcile(ctx, msg)
		cancel()
	}
	now := clock.Milli(d.clock.Now())
	for _, said := range []*string{&f.Remote, &f.Link, &f.Why, &f.Hint} {
		*said = d.routes.Blot(*said)
	}
	next := settled(row, f, caps, now)
	if f.Found || f.Clean {
		d.note(ctx, row.Route, Outcome{Result: Posted}, now) // it answers again
	}
	d.point("after found")
	return d.write(ctx, row, next, f.Found)
}

// settled is an unknown row after its receiver's history was read.
func settled(row incident.Delivery, f Finding, caps Capabilities, now int64) incident.Delivery {
	next := row
	next.Changed = now
	ask := func(why string) incident.Delivery {
		next.State, next.Why, next.Hint = incident.DeliveryHeld, why, "look whether it is there; then say that it was sent, or send it again"
		return next
	}
	late := row.StaleAfter != 0 && now > row.StaleAfter
	switch {
	case f.Found:
		next.State, next.Remote, next.Link, next.Why, next.Hint = incident.DeliverySent, f.Remote, f.Link, "", ""
	case f.Gone:
		return ask("it seems that somebody has deleted it there")
	case f.Like:
		return ask("something with the same words is there, without our mark")
	case f.Never && caps.Again > 0 && row.Attempts <= caps.Again && !late:
		next.State, next.NotBefore = incident.DeliveryQueued, now
	case f.Never:
		if f.Why == "" {
			f.Why = "its receiver cannot be asked"
		}
		return ask("it may have been posted: " + f.Why)
	case !f.Clean:
		next.State = incident.DeliveryUnknown
		next.NotBefore = now + min(Apart<<min(row.Misses, 3), 30*time.Second).Milliseconds()
		if f.Why != "" {
			next.Why, next.Hint = f.Why, f.Hint
		}
	case now < row.Settles:
		next.State, next.NotBefore = incident.DeliveryUnknown, min(row.Settles, now+Apart.Milliseconds())
	case row.Misses+1 < Clean:
		next.State, next.Misses, next.NotBefore = incident.DeliveryUnknown, row.Misses+1, now+Apart.Milliseconds()
	case late && row.Lapses:
		next.State, next.Why = incident.DeliveryCancelled, "it came too late"
	case f.Useless:
		next.State, next.Why, next.Hint = incident.DeliveryHeld, f.Why+"; its history shows that it was not posted", f.Hint
	case late:
		next.State, next.Why, next.Hint = incident.DeliveryHeld, "not posted, and written "+ago(now-row.Created)+" ago", "still true? Send it, drop it, or write a new one"
	default:
		next.State, next.Misses, next.NotBefore, next.Why, next.Hint = incident.DeliveryQueued, 0, now, "it was not posted, as its history shows", ""
	}
	return next
}
