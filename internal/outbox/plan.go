package outbox

import (
	"slices"

	"quarterdeck/internal/incident"
)

// act is what is to be done about a row.
type act int

const (
	actSend act = iota
	actReconcile
	actRecover   // it was being sent by somebody who is gone
	actHold      // a person has to say
	actSupersede // a newer one takes its place
	actLapse     // it is late, and nobody needs to be asked
	actOrphan    // what it needed will not come
)

// step is one thing to do now.
type step struct {
	do   act
	row  incident.Delivery
	why  string
	hint string
}

// view is what a plan looks at, besides the rows.
type view struct {
	now    int64
	writer incident.ID
	busy   map[incident.ID]bool              // being worked on by us
	paused map[string]int64                  // routes that are left alone, until when
	needed map[incident.ID]incident.Delivery // what rows need, where it is not open
}

// farthest is how far ahead a row's time may lie, ms; one beyond is of a clock that was set back.
const farthest = 20 * 60_000

// plan says what to do now about the open rows. Of each stream only the first that
// blocks can leave.
func (v view) plan(rows []incident.Delivery) []step {
	var out []step
	open := map[incident.ID]*incident.Delivery{}
	var order []string
	streams := map[string][]*incident.Delivery{}
	for i := range rows {
		d := &rows[i]
		open[d.ID] = d
		if streams[d.Stream] == nil {
			order = append(order, d.Stream)
		}
		streams[d.Stream] = append(streams[d.Stream], d)
	}
	for _, name := range order {
		stream := streams[name]
		slices.SortFunc(stream, func(a, b *incident.Delivery) int { return int(a.Seq - b.Seq) })
		var head *incident.Delivery
		newest := v.newest(stream)
		for i, d := range stream {
			switch {
			case v.busy[d.ID]:
				if head == nil {
					head = d
				}
			case d.Writer != v.writer && d.State != incident.DeliveryHeld && d.State != incident.DeliveryFailed:
				out = append(out, step{actHold, *d, "this data folder was copied or restored, and the other one may have sent it", "look whether it is there; then send it, or say that it was sent"})
				head = d
			case i < newest && v.yields(d, stream[newest]):
				out = append(out, step{do: actSupersede, row: *d})
			case head == nil && d.State.Blocks():
				head = d
				if s, ok := v.turn(d, open); ok {
					out = append(out, s)
				}
			}
		}
	}
	return out
}

// newest is the last of a stream whose time to leave has come; -1 when none has.
func (v view) newest(stream []*incident.Delivery) int {
	for i := len(stream) - 1; i >= 0; i-- {
		if d := stream[i]; d.State == incident.DeliveryQueued && v.due(d) && d.Writer == v.writer {
			return i
		}
	}
	return -1
}

func (v view) due(d *incident.Delivery) bool {
	return d.NotBefore <= v.now || d.NotBefore > v.now+farthest
}

// yields reports whether a row gives way to a newer one.
func (v view) yields(d, newer *incident.Delivery) bool {
	switch d.State {
	case incident.DeliveryFailed:
		return true
	case incident.DeliveryQueued, incident.DeliveryHeld:
		return newer.Merges || !d.Keep
	}
	return false // of what may be there already, nobody can say that it was not sent
}

// turn is what to do about the first row of a stream.
func (v view) turn(d *incident.Delivery, open map[incident.ID]*incident.Delivery) (step, bool) {
	switch d.State {
	case incident.DeliverySending:
		return step{do: actRecover, row: *d, why: "it was broken off while it was being sent"}, true
	case incident.DeliveryUnknown:
		return step{do: actReconcile, row: *d}, v.due(d)
	case incident.DeliveryQueued:
		return v.leave(d, open)
	}
	return step{}, false
}

// leave is what to do about a row that waits to be sent.
func (v view) leave(d *incident.Delivery, open map[incident.ID]*incident.Delivery) (step, bool) {
	if len(d.Payload) == 0 {
		return step{do: actOrphan, row: *d, why: "its words were redacted"}, true
	}
	if !d.Needs.IsZero() {
		if _, waits := open[d.Needs]; waits {
			return step{}, false
		}
		if n := v.needed[d.Needs]; n.State != incident.DeliverySent {
			return step{do: actOrphan, row: *d, why: "what it needed was not done"}, true
		}
	}
	if d.StaleAfter != 0 && v.now > d.StaleAfter {
		if d.Lapses {
			return step{do: actLapse, row: *d, why: "it came too late"}, true
		}
		return step{actHold, *d, "written " + ago(v.now-d.Created) + " ago and not sent", "still true? Send it, drop it, or write a new one"}, true
	}
	return step{do: actSend, row: *d}, v.due(d) && v.paused[d.Route] <= v.now
}
