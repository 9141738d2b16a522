package outbox

import (
	"fmt"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// What a person decides about a row. Each answers with the row as it will be; what
// cannot be done any more is a Conflict.

// Hold keeps a row back until a person sends or drops it.
func Hold(d incident.Delivery, now int64) (incident.Delivery, error) {
	if d.State == incident.DeliveryHeld {
		return d, fault.New(fault.Conflict, "it is held already")
	}
	d.Why, d.Hint = "held by a person", ""
	return decided(d, incident.DeliveryHeld, now)
}

// Send sends a row that was held or failed, by this database. It leaves as it was
// written, and once more where it may have been posted: the person has looked.
func Send(d incident.Delivery, writer incident.ID, now int64) (incident.Delivery, error) {
	if d.State == incident.DeliveryQueued || d.State == incident.DeliverySending {
		return d, fault.New(fault.Conflict, "it is being sent already")
	}
	if d.StaleAfter != 0 {
		d.StaleAfter = max(d.StaleAfter, now+Stale.Milliseconds())
	}
	d.Writer, d.NotBefore, d.Misses = writer, now, 0
	d.Why, d.Hint = "", ""
	return decided(d, incident.DeliveryQueued, now)
}

// Drop gives a row up. What may have been posted stays posted.
func Drop(d incident.Delivery, now int64) (incident.Delivery, error) {
	d.Why, d.Hint = "dropped by a person", ""
	return decided(d, incident.DeliveryCancelled, now)
}

// Recall takes a row back that nobody has begun to send.
func Recall(d incident.Delivery, now int64) (incident.Delivery, error) {
	if d.State != incident.DeliveryQueued || d.Attempts > 0 {
		return d, fault.New(fault.Conflict, "it is too late to recall it").WithHint("send a correction")
	}
	d.Why, d.Hint = "recalled", ""
	return decided(d, incident.DeliveryCancelled, now)
}

// ByHand says that a person has sent it, or has seen that it is there. remote is its id
// at the receiver, for what needs it; empty when unknown.
func ByHand(d incident.Delivery, remote string, now int64) (incident.Delivery, error) {
	d.Remote, d.Why, d.Hint = remote, "", ""
	return decided(d, incident.DeliverySent, now)
}

// decided puts a person's decision on a row.
func decided(d incident.Delivery, to incident.DeliveryState, now int64) (incident.Delivery, error) {
	switch {
	case d.State == incident.DeliverySending:
		return d, fault.New(fault.Conflict, "it is being sent right now").WithHint("look again in a moment")
	case d.State.Over():
		return d, fault.New(fault.Conflict, "it is %s already", d.State)
	case d.State == incident.DeliveryUnknown && to == incident.DeliveryCancelled:
	case !d.State.Leads(to):
		return d, fault.New(fault.Conflict, "what is %s cannot be %s", d.State, to)
	}
	d.State, d.Changed = to, now
	return d, nil
}

// Stale is after how long a message that has not left is asked about, at the latest.
const Stale = 15 * time.Minute

// StaleAfter is when a message written now becomes stale, for an audience that is told
// something every so many minutes; 0 = no cadence.
func StaleAfter(now int64, every int) int64 {
	d := Stale
	if every > 0 {
		d = min(d, time.Duration(every)*time.Minute)
	}
	return now + d.Milliseconds()
}

// ago is a span in words.
func ago(ms int64) string {
	switch m := ms / 60_000; {
	case m < 1:
		return "less than a minute"
	case m == 1:
		return "a minute"
	case m < 120:
		return fmt.Sprintf("%d minutes", m)
	default:
		return fmt.Sprintf("%d hours", m/60)
	}
}
