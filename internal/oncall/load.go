package oncall

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Load is what somebody has carried, or will.
type Load struct {
	Who    Who
	Hours  time.Duration // on call, in however many lanes at once
	Nights int           // in which they were on for an hour or more between 22:00 and 06:00 of their own day
	Days   int           // of Saturday and Sunday on which they were on at all
	Turns  int
}

// The night, in hours of the person's own day, and how much of it counts.
const (
	nightFrom  = 22
	nightTo    = 6
	nightLeast = time.Hour
)

// Loads are those of [from, to), the longest first. Somebody who is on in two lanes at
// once is on once.
func (r *Roster) Loads(from, to time.Time) []Load {
	type sum struct {
		load  Load
		spans []Span
		zone  *time.Location
	}
	by := map[string]*sum{}
	for i := range r.Lanes {
		l := &r.Lanes[i]
		for _, t := range l.Turns {
			b, e := later(t.Start, from), earlier(t.End, to)
			if !b.Before(e) {
				continue
			}
			s := by[t.Who.key]
			if s == nil {
				s = &sum{load: Load{Who: t.Who}, zone: l.Zone}
				if t.Who.Zone != "" {
					s.zone = zone(t.Who.Zone)
				}
				by[t.Who.key] = s
			}
			s.load.Turns++
			s.spans = append(s.spans, Span{b, e})
		}
	}
	out := make([]Load, 0, len(by))
	for _, s := range by {
		for _, u := range union(s.spans) {
			s.load.Hours += u.Len()
			n, d := nights(u, s.zone)
			s.load.Nights += n
			s.load.Days += d
		}
		out = append(out, s.load)
	}
	slices.SortFunc(out, func(a, b Load) int {
		return cmp.Or(cmp.Compare(b.Hours, a.Hours), strings.Compare(a.Who.Name, b.Who.Name))
	})
	return out
}

// union is spans without what they share, by start.
func union(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return a.Start.Compare(b.Start) })
	var out []Span
	for _, s := range spans {
		if n := len(out); n > 0 && !s.Start.After(out[n-1].End) {
			out[n-1].End = later(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// nights counts the nights of a stretch, and its days of the weekend, in a zone.
func nights(s Span, in *time.Location) (nights, weekend int) {
	y, m, d := s.Start.In(in).AddDate(0, 0, -1).Date()
	for ; ; d++ {
		day := time.Date(y, m, d, 0, 0, 0, 0, in)
		if !day.Before(s.End) {
			return nights, weekend
		}
		b, e := later(s.Start, time.Date(y, m, d, nightFrom, 0, 0, 0, in)), earlier(s.End, time.Date(y, m, d+1, nightTo, 0, 0, 0, in))
		if e.Sub(b) >= nightLeast {
			nights++
		}
		if w := day.Weekday(); (w == time.Saturday || w == time.Sunday) && time.Date(y, m, d+1, 0, 0, 0, 0, in).After(s.Start) {
			weekend++
		}
	}
}

// Relief is somebody who could take over.
type Relief struct {
	Who   Who
	Why   Reason
	Turn  *Turn         // for those whom a calendar names
	Hours time.Duration // on call in the week before
	Night bool          // it is between 22:00 and 08:00 where they are, as far as that is known
}

// Reason is why somebody is proposed.
type Reason string

const (
	// RelievesNext: they are the next in the schedule.
	RelievesNext Reason = "next"
	// RelievesNow: they are on call now, for this role or for another.
	RelievesNow Reason = "on_call"
	// RelievesKnown: the team knows them.
	RelievesKnown Reason = "known"
)

// Reliefs proposes who could relieve the holder of a role at an instant: who is on call
// for it now, who comes next, who is on call for something else, and then whom else the
// team knows. Those for whom it is night stand behind those for whom it is day, within
// each reason; then the less they had to carry in the week before.
func (r *Roster) Reliefs(role, holder string, t time.Time) []Relief {
	d := newDirectory(r.people)
	me := d.who(holder, "")
	hours := map[string]time.Duration{}
	for _, l := range r.Loads(t.Add(-7*24*time.Hour), t) {
		hours[l.Who.key] = l.Hours
	}
	var out []Relief
	add := func(w Who, why Reason, turn *Turn) {
		if w.Same(me) || slices.ContainsFunc(out, func(x Relief) bool { return x.Who.Same(w) }) {
			return
		}
		out = append(out, Relief{w, why, turn, hours[w.key], w.Zone != "" && asleep(t.In(zone(w.Zone)))})
	}
	var elsewhere, coming []Turn
	for i := range r.Lanes {
		l := &r.Lanes[i]
		a := l.At(t)
		for j := range a.On {
			if l.Role == role {
				add(a.On[j].Who, RelievesNow, &a.On[j])
			} else {
				elsewhere = append(elsewhere, a.On[j])
			}
		}
		if l.Role == role && a.Next != nil {
			coming = append(coming, *a.Next)
		}
	}
	first := len(out)
	for i := range coming {
		add(coming[i].Who, RelievesNext, &coming[i])
	}
	second := len(out)
	for i := range elsewhere {
		add(elsewhere[i].Who, RelievesNow, &elsewhere[i])
	}
	third := len(out)
	for i := range r.people {
		add(d.who(r.people[i].Name, r.people[i].Email), RelievesKnown, nil)
	}
	for _, part := range [][]Relief{out[:first], out[first:second], out[second:third], out[third:]} {
		slices.SortStableFunc(part, func(a, b Relief) int {
			return cmp.Or(cmp.Compare(truth(a.Night), truth(b.Night)), cmp.Compare(a.Hours, b.Hours))
		})
	}
	return out
}

// asleep reports whether people are usually left alone at a local time.
func asleep(local time.Time) bool { return local.Hour() >= nightFrom || local.Hour() < 8 }

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}
