package oncall

import (
	"slices"
	"time"
)

// Handover is a change of who is on, soon.
type Handover struct {
	Schedule, Role string
	At             time.Time
	From           []Who // who goes; empty after a gap
	To             *Who  // who comes; nil: nobody, or nobody is known
}

// soon is how long before a hand-over it is spoken of.
const soon = time.Hour

// Handovers are the changes within the hour after t, by time.
func (r *Roster) Handovers(t time.Time) []Handover {
	var out []Handover
	for i := range r.Lanes {
		l := &r.Lanes[i]
		a := l.At(t)
		if a.Until.IsZero() || a.Until.After(t.Add(soon)) || a.Word == NoData {
			continue
		}
		h := Handover{Schedule: l.Schedule, Role: l.Role, At: a.Until}
		after := l.At(a.Until)
		for _, on := range a.On {
			if !slices.ContainsFunc(after.On, func(n Turn) bool { return n.Who.Same(on.Who) }) {
				h.From = append(h.From, on.Who)
			}
		}
		for j := range after.On {
			if !slices.ContainsFunc(a.On, func(o Turn) bool { return o.Who.Same(after.On[j].Who) }) {
				h.To = &after.On[j].Who
				break
			}
		}
		out = append(out, h)
	}
	slices.SortStableFunc(out, func(a, b Handover) int { return a.At.Compare(b.At) })
	return out
}

// Changes is the first instant after t at which an answer of the roster changes; its end
// when none does.
func (r *Roster) Changes(t time.Time) time.Time {
	next := r.End
	for i := range r.Lanes {
		l := &r.Lanes[i]
		for j := range l.Turns {
			for _, edge := range []time.Time{l.Turns[j].Start, l.Turns[j].End} {
				if edge.After(t) {
					next = earlier(next, edge)
				}
			}
		}
		for j := range l.quiet {
			for _, s := range l.quiet[j].spans(t, earlier(next, t.Add(48*time.Hour)), l.Zone) {
				for _, edge := range []time.Time{s.Start, s.End} {
					if edge.After(t) {
						next = earlier(next, edge)
					}
				}
			}
		}
	}
	return next
}
