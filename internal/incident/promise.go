package incident

import (
	"slices"
	"strings"
	"time"

	"quarterdeck/internal/fault"
)

// SendUpdate tells one audience how it stands and when it hears more. An update by
// hand has left when this is given: the text was copied, or read out on the phone.
type SendUpdate struct {
	Audience string
	State    PublicState
	Text     string
	Next     int64  // ms UTC; 0 = nothing is promised
	How      string // by hand: copied, phone, mail …
	Route    string // by which it leaves; empty or RouteHand = by hand
	Rows     int    // messages that it leaves as, by a route
	Corrects ID     // the update that was wrong; zero = none
	Drills   bool   // the route is marked for drills
}

// furthest is how far ahead a promise may lie.
const furthest = 30 * 24 * time.Hour

func (d *SendUpdate) decide(c *context) ([]Event, error) {
	if c.kit.Audience(d.Audience) == nil {
		return nil, fault.Input("audience", "the kit knows no audience %q", d.Audience)
	}
	if !slices.Contains(PublicStates, d.State) {
		return nil, fault.Input("phase", "%q is no state of an update", d.State).WithHint("one of investigating, identified, monitoring, resolved")
	}
	t, err := clean("text", d.Text, MaxText)
	if err != nil {
		return nil, err
	}
	if d.State == Resolved {
		if !c.Phase.Over() {
			return nil, fault.Input("phase", "%s is not resolved yet", c.Declared.Ref).WithHint("move the phase to resolved first; it asks for the exit criteria")
		}
		if d.Next != 0 {
			return nil, fault.Input("next", "the last update promises no next one").WithHint("leave the next time out")
		}
	} else if c.Phase.Over() && d.Next != 0 {
		return nil, fault.Input("next", "%s is over; nothing would remind of the next update", c.Declared.Ref).
			WithHint("leave the next time out, or move the phase back first")
	}
	if err := c.promisable(d.Next, d.Next != 0); err != nil {
		return nil, err
	}
	how, err := cleanOptional("how", d.How, 200)
	if err != nil {
		return nil, err
	}
	u := &UpdateRequested{Audience: d.Audience, State: d.State, Text: c.Saying(t), Next: d.Next, Route: d.Route, Rows: d.Rows, Corrects: d.Corrects}
	if u.Route, err = cleanOptional("route", strings.Join(strings.Fields(u.Route), " "), maxTitle); err != nil {
		return nil, err
	}
	if u.Route == "" || u.Route == RouteHand {
		u.Route, u.Rows = RouteHand, 0
		return []Event{u, &DeliveryConfirmed{Route: RouteHand, How: how, Audience: d.Audience}}, nil
	}
	return []Event{u}, c.sendable(d.Drills)
}

// promisable checks a promised time. Entered after the fact it may lie in the past.
func (c *context) promisable(next int64, given bool) error {
	switch {
	case !given:
		return nil
	case next <= c.now.At:
		return fault.Input("next", "the next update is promised for a time that has passed").WithHint("promise a time ahead")
	case next > c.now.At+furthest.Milliseconds():
		return fault.Input("next", "the next update is promised for more than 30 days ahead").WithHint("promise a nearer time")
	}
	return nil
}

// MovePromise gives an audience another time without news: still working.
type MovePromise struct {
	Audience string
	Next     int64
	Reason   string
}

func (d *MovePromise) decide(c *context) ([]Event, error) {
	if c.kit.Audience(d.Audience) == nil {
		return nil, fault.Input("audience", "the kit knows no audience %q", d.Audience)
	}
	if c.Phase.Over() {
		return nil, fault.New(fault.Conflict, "%s is over; nothing is promised any more", c.Declared.Ref)
	}
	t, err := cleanOptional("reason", d.Reason, maxWords)
	if err == nil {
		err = c.promisable(d.Next, true)
	}
	return one(&PromiseMoved{d.Audience, d.Next, t}, err)
}

// Snooze silences a deadline for a while, at most twice. It stays due.
type Snooze struct {
	Deadline string
	Minutes  int
}

// maxKey is how long the key of a deadline may be, in bytes.
const maxKey = 300

// MaxSnoozes is how often one deadline can be silenced.
const MaxSnoozes = 2

func (d *Snooze) decide(c *context) ([]Event, error) {
	if d.Deadline == "" || len(d.Deadline) > maxKey {
		return nil, fault.Input("deadline", "%.40q is no deadline", d.Deadline)
	}
	if d.Minutes < 1 || d.Minutes > 30 {
		return nil, fault.Input("minutes", "a snooze lasts 1 to 30 minutes")
	}
	if c.Snoozes[d.Deadline].Count >= MaxSnoozes {
		return nil, fault.New(fault.Refused, "it has been snoozed twice already").WithHint("write the update, or promise another time")
	}
	return []Event{&DeadlineSnoozed{d.Deadline, c.now.Wall + int64(d.Minutes)*60_000}}, nil
}

// ExplainSnooze gives the reason for the last snooze of a deadline.
type ExplainSnooze struct{ Deadline, Text string }

func (d *ExplainSnooze) decide(c *context) ([]Event, error) {
	z, ok := c.Snoozes[d.Deadline]
	if !ok {
		return nil, fault.New(fault.NotFound, "nothing was snoozed there")
	}
	t, err := clean("reason", d.Text, maxWords)
	return one(&SnoozeExplained{z.ID, t}, err)
}
