package ical

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Expand lists the occurrences that overlap [from, to), by start, then summary. One without
// length counts when from <= start < to. Floating times and dates are read in the zone of
// their calendar object, else in floating, else (nil) in UTC. Cancelled ones are left out.
//
// When there are more than bearable (see bounds.go) the error is a [*Refusal] with TooMany;
// the occurrences found so far come with it.
func (c *Calendar) Expand(from, to time.Time, floating *time.Location) ([]Occurrence, error) {
	return c.expand(from, to, floating, false)
}

// expand is Expand, with the cancelled ones when they are wanted.
func (c *Calendar) expand(from, to time.Time, floating *time.Location, cancelled bool) (out []Occurrence, err error) {
	defer func() {
		if p := recover(); p != nil { // no input is known that does this
			out, err = nil, refuse(TooMany, "this calendar cannot be expanded: %v", p)
		}
	}()
	if !from.Before(to) {
		return nil, nil
	}
	if floating == nil {
		floating = time.UTC
	}
	x := &expansion{
		from: from.Unix(), to: to.Unix(), point: from.Unix(), floating: floating, cancelled: cancelled,
		dials: map[*time.Location]*dial{}, steps: maxSteps,
	}
	if to.Nanosecond() > 0 {
		x.to++
	}
	if from.Nanosecond() > 0 {
		x.point++
	}
	for _, s := range c.series {
		if x.series(s); x.full {
			break
		}
	}
	slices.SortFunc(x.out, func(a, b Occurrence) int {
		if n := a.Start.Compare(b.Start); n != 0 {
			return n
		}
		return cmp.Or(cmp.Compare(a.Summary, b.Summary), cmp.Compare(a.UID, b.UID), cmp.Compare(a.Line, b.Line), a.RecurrenceID.Compare(b.RecurrenceID))
	})
	switch {
	case x.full:
		err = refuse(TooMany, "this calendar has more than %d occurrences in that time, or repeats in ways that take too long to work out: not all are shown", maxOccurrences)
	case x.cut:
		err = refuse(TooMany, "an event repeats more than %d times in that time, or in a way that takes too long to work out: not all of it is shown", maxRuleDates)
	}
	return x.out, err
}

// expansion is one call of Expand.
type expansion struct {
	from, to  int64 // the window, in Unix time
	point     int64 // the earliest start of what has no length
	floating  *time.Location
	cancelled bool
	dials     map[*time.Location]*dial
	last      *dial
	steps     int
	out       []Occurrence
	full, cut bool
}

// zone is where the clock stands that a stamp of an event is read from.
func (x *expansion) zone(s stamp, o *objectParts) *time.Location {
	switch {
	case s.utc:
		return time.UTC
	case s.zone != nil && s.zone.loc != nil && !s.date:
		return s.zone.loc
	case o.Zone != nil:
		return o.Zone
	}
	return x.floating
}

func (x *expansion) dial(loc *time.Location) *dial {
	if x.last != nil && x.last.loc == loc {
		return x.last
	}
	d := x.dials[loc]
	if d == nil {
		d = newDial(loc)
		x.dials[loc] = d
	}
	x.last = d
	return d
}

func (x *expansion) instant(s stamp, o *objectParts) int64 {
	if s.utc {
		return s.wall
	}
	return x.dial(x.zone(s, o)).instant(s.wall)
}

// onClock gives a stamp as the clock of another one shows it.
func (x *expansion) onClock(s, of stamp, o *objectParts) stamp {
	if s.date == of.date && s.utc == of.utc && s.zone == of.zone {
		return s
	}
	wall := s.wall
	if !s.date && !of.date {
		wall = x.dial(x.zone(of, o)).wall(x.instant(s, o))
	}
	if of.date {
		wall = x.day(s, o)
	}
	of.wall = wall
	return of
}

// day is the midnight of the day that a stamp falls on. A time in UTC that is midnight where
// the calendar is stands for that day.
func (x *expansion) day(s stamp, o *objectParts) int64 {
	if s.utc && !s.date {
		if local := x.dial(x.zone(stamp{}, o)).wall(s.wall); mod(local, daySeconds) == 0 {
			return local
		}
	}
	return dayStart(s.wall)
}

// end is when an instance of an event ends that starts at s.
func (x *expansion) end(v *vevent, s stamp, at int64) (end int64, allDay bool) {
	switch {
	case v.hasSpan:
		return x.after(v.length, s, v.object, at)
	case sameClock(v.start, v.end):
		s.wall += v.end.wall - v.start.wall
		return x.instant(s, v.object), s.date
	}
	return at + x.instant(v.end, v.object) - x.instant(v.start, v.object), false
}

// after is the end of a duration: its days on the clock, the rest exact.
func (x *expansion) after(d duration, s stamp, o *objectParts, at int64) (end int64, allDay bool) {
	if s.date && d.seconds%daySeconds == 0 {
		d.days, d.seconds = d.days+d.seconds/daySeconds, 0
	}
	if d.days != 0 {
		s.wall += d.days * daySeconds
		at = x.instant(s, o)
	}
	return at + d.seconds, s.date && d.seconds == 0
}

// put keeps an occurrence if the window has a part of it.
func (x *expansion) put(v *vevent, s stamp, at, end int64, allDay bool, recurs int64, series bool) {
	if !x.cancelled && v.Status == "CANCELLED" || x.full {
		return
	}
	if end < at {
		at, end = end, at
	}
	if at >= x.to || end <= x.from && at < x.point || end > at && end <= x.from {
		return
	}
	if len(x.out) >= maxOccurrences {
		x.full = true
		return
	}
	loc := x.zone(s, v.object)
	o := Occurrence{Event: &v.Event, Start: time.Unix(at, 0).In(loc), End: time.Unix(end, 0).In(loc), AllDay: allDay, Override: v.override}
	if series {
		o.RecurrenceID = time.Unix(recurs, 0).In(loc)
	}
	x.out = append(x.out, o)
}

// once puts an event where its own start says.
func (x *expansion) once(v *vevent) {
	at := x.instant(v.start, v.object)
	end, allDay := x.end(v, v.start, at)
	if v.override {
		x.put(v, v.start, at, end, allDay, x.instant(v.recurs, v.object), true)
		return
	}
	x.put(v, v.start, at, end, allDay, 0, false)
}

func (x *expansion) series(s *series) {
	if s.only != nil {
		x.once(s.only)
		return
	}
	r := x.replacements(s)
	gone := len(s.masters) > 0
	for _, m := range s.masters {
		gone = gone && m.Status == "CANCELLED"
		if m.Status == "CANCELLED" && !x.cancelled {
			continue
		}
		i := instances{x: x, m: m, r: r, last: -never}
		if i.all(); x.full {
			return
		}
	}
	for _, v := range r.all {
		if gone && !x.cancelled && v.Sequence <= s.masters[0].Sequence { // the whole series was called off
			continue
		}
		x.once(v)
	}
}

// replacements are the overrides of a series that count.
type replacements struct {
	all      []*vevent // in the order of what they replace
	at       map[int64]*vevent
	onDay    map[int64]*vevent // by the day, when either side gives only that
	future   []*vevent         // RANGE=THISANDFUTURE, in order
	futureAt []int64
	reach    int64 // how far a replacement may move an instance
}

func (x *expansion) replacements(s *series) *replacements {
	r := &replacements{}
	if len(s.overrides) == 0 {
		return r
	}
	dates := slices.ContainsFunc(s.masters, func(m *vevent) bool { return m.start.date })
	r.at, r.onDay = map[int64]*vevent{}, map[int64]*vevent{}
	for _, v := range s.overrides {
		at := x.instant(v.recurs, v.object)
		if old := r.at[at]; old == nil || newer(v, old) {
			r.at[at] = v
		}
	}
	for _, at := range slices.Sorted(maps.Keys(r.at)) {
		v := r.at[at]
		r.all = append(r.all, v)
		if v.recurs.date || dates {
			r.onDay[x.day(v.recurs, v.object)] = v
		}
		if v.future {
			r.future = append(r.future, v)
		}
	}
	for _, f := range r.future {
		at, start := x.instant(f.recurs, f.object), x.instant(f.start, f.object)
		end, _ := x.end(f, f.start, start)
		r.futureAt = append(r.futureAt, at)
		r.reach = max(r.reach, abs(start-at)+abs(end-start))
	}
	return r
}

// of finds what replaces the instance of m that starts at s.
func (r *replacements) of(m *vevent, s stamp, at int64) *vevent {
	if len(r.all) == 0 {
		return nil
	}
	if v := r.at[at]; v != nil {
		return v
	}
	return r.onDay[dayStart(s.wall)]
}

// from finds the last change to this and all later instances that holds at an instant.
func (r *replacements) from(at int64) *vevent {
	n, _ := slices.BinarySearch(r.futureAt, at+1)
	if n == 0 {
		return nil
	}
	return r.future[n-1]
}

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}
