package oncall

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Roster is everything that calendars and overrides say about a stretch of time.
type Roster struct {
	Span
	Lanes    []Lane   // by schedule, then role
	Problems []string // what could not be used, in sentences

	people []Person
}

// Lane is what one schedule says about one role.
type Lane struct {
	Schedule  string
	Role      string
	Zone      *time.Location
	Calendars []string  // that feed it
	Shifts    []Shift   // by start
	Turns     []Turn    // by start, then name
	Overlaps  []Overlap // of different people whom nothing ranks, by start
	// Horizon is where the calendars end; zero when they reach beyond the roster.
	Horizon time.Time

	quiet  []quiet
	shared bool
}

// Turn is a stretch in which somebody is on.
type Turn struct {
	Span
	Who   Who
	Shift *Shift // that put them there
}

// Overlap is a stretch that several people claim.
type Overlap struct {
	Span
	Who []Who
}

// New makes the roster of [from, to). Sources without Data are skipped. The error of a
// calendar with too many occurrences to be expanded becomes a problem; what was found
// of it is used.
func New(sources []Source, overrides []Override, people []Person, from, to time.Time) *Roster {
	r := &Roster{Span: Span{from, to}, people: people}
	d := newDirectory(people)
	var shifts []Shift
	var over []Shift
	ends := map[string]time.Time{}
	for i := range sources {
		s := &sources[i]
		if s.Data == nil {
			continue
		}
		occ, err := s.Data.Expand(from, to, s.Location())
		if err != nil {
			r.Problems = append(r.Problems, fmt.Sprintf("%s: %v", s.Name, err))
		}
		rd := newReader(s, d, occ)
		read := make([]Shift, 0, len(occ))
		for j := range occ {
			if sh, ok := rd.shift(&occ[j]); ok {
				read = append(read, sh)
			}
		}
		read, left := thinned(untwinned(read))
		if left > 0 {
			r.Problems = append(r.Problems, fmt.Sprintf("%s: %d shifts are left out, since more than %d are at once: it is no calendar of who is on call", s.Name, left, crowd))
		}
		for _, sh := range read {
			switch {
			case sh.rank == rankOverride:
				over = append(over, sh)
			default:
				shifts = append(shifts, sh)
				ends[s.Name] = later(ends[s.Name], sh.End)
			}
		}
	}
	for _, o := range overrides {
		if o.To.After(from) && o.From.Before(to) {
			over = append(over, Shift{Span: Span{o.From, o.To}, Schedule: o.Schedule, Role: o.Role, Who: []Who{d.who(o.Person, "")},
				Title: cmp.Or(o.Note, o.Person), UID: o.ID, Override: true, rank: rankHere})
		}
	}
	r.lanes(sources, shifts, over)
	return r
}

// crowd is how many shifts of a calendar count at once. Telling who is on at each instant
// costs as much as there are shifts at it.
const crowd = 100

// thinned is shifts, by start, without those that begin while crowd others go on, and how
// many those are.
func thinned(shifts []Shift) (kept []Shift, left int) {
	var ends []time.Time
	for _, s := range shifts {
		if len(ends) >= crowd {
			ends = slices.DeleteFunc(ends, func(e time.Time) bool { return !e.After(s.Start) })
		}
		if len(ends) >= crowd {
			left++
			continue
		}
		ends, kept = append(ends, s.End), append(kept, s)
	}
	return kept, left
}

// untwinned is shifts without those escalations that repeat the shift of the same person
// at the same time.
func untwinned(shifts []Shift) []Shift {
	type twin struct {
		start, end int64
		who        string
	}
	key := func(s *Shift) twin { return twin{s.Start.Unix(), s.End.Unix(), s.Who[0].key} }
	own := map[twin]bool{}
	for i := range shifts {
		if !shifts[i].escalation {
			own[key(&shifts[i])] = true
		}
	}
	return slices.DeleteFunc(shifts, func(s Shift) bool { return s.escalation && own[key(&s)] })
}

type laneKey struct{ schedule, role string }

func (r *Roster) lanes(sources []Source, shifts, over []Shift) {
	byKey := map[laneKey]*Lane{}
	var keys []laneKey
	lane := func(schedule, role string) *Lane {
		k := laneKey{schedule, role}
		if byKey[k] == nil {
			byKey[k] = &Lane{Schedule: schedule, Role: role, Zone: time.UTC}
			keys = append(keys, k)
		}
		return byKey[k]
	}
	for i := range sources { // a calendar without shifts is a lane nevertheless
		if s := &sources[i]; !s.Override && !slices.ContainsFunc(shifts, func(sh Shift) bool { return sh.Calendar == s.Name }) {
			lane(s.Feeds(), s.Role)
		}
	}
	for _, s := range shifts {
		l := lane(s.Schedule, s.Role)
		l.Shifts = append(l.Shifts, s)
	}
	for _, o := range over {
		met := false
		for _, k := range keys {
			if (o.Schedule == "" || o.Schedule == k.schedule) && (o.Role == "" || o.Role == k.role) {
				s := o
				s.Schedule, s.Role, met = k.schedule, k.role, true
				byKey[k].Shifts = append(byKey[k].Shifts, s)
			}
		}
		if !met {
			l := lane(cmp.Or(o.Schedule, o.Calendar, o.Role), o.Role)
			l.Shifts = append(l.Shifts, o)
		}
	}
	for _, k := range keys {
		l := byKey[k]
		l.describe(sources, r.Span)
		l.sweep()
		r.Lanes = append(r.Lanes, *l)
	}
	slices.SortFunc(r.Lanes, func(a, b Lane) int {
		return cmp.Or(strings.Compare(a.Schedule, b.Schedule), strings.Compare(a.Role, b.Role))
	})
}

// describe adds what the settings say about a lane.
func (l *Lane) describe(sources []Source, window Span) {
	slices.SortStableFunc(l.Shifts, func(a, b Shift) int { return a.Start.Compare(b.Start) })
	end, endless := time.Time{}, false
	for i := range sources {
		s := &sources[i]
		feeds := slices.ContainsFunc(l.Shifts, func(sh Shift) bool { return sh.Calendar == s.Name })
		if !feeds && (s.Override || s.Feeds() != l.Schedule) {
			continue
		}
		l.Calendars = append(l.Calendars, s.Name)
		if s.Override {
			continue
		}
		l.shared = l.shared || s.Shared
		if s.Zone != "" || s.Data == nil || s.Data.Zone == nil {
			l.Zone = s.Location()
		} else {
			l.Zone = s.Data.Zone
		}
		for _, text := range s.ByDesign {
			if q, err := parseQuiet(text); err == nil { // Check has told about the others
				l.quiet = append(l.quiet, q)
			}
		}
	}
	for i := range l.Shifts {
		if s := &l.Shifts[i]; s.rank == rankCalendar {
			end = later(end, s.End)
		}
	}
	endless = !end.Before(window.End.Add(-24 * time.Hour))
	if !endless {
		l.Horizon = end
	}
}

// sweep turns shifts into turns: at every instant the highest count, and all of them.
func (l *Lane) sweep() {
	edges := make([]time.Time, 0, 2*len(l.Shifts))
	for i := range l.Shifts {
		edges = append(edges, l.Shifts[i].Start, l.Shifts[i].End)
	}
	slices.SortFunc(edges, time.Time.Compare)
	edges = slices.CompactFunc(edges, time.Time.Equal)
	var active []*Shift
	open := map[string]*running{}
	next := 0
	for i, at := range edges {
		active = slices.DeleteFunc(active, func(s *Shift) bool { return !s.End.After(at) })
		for ; next < len(l.Shifts) && !l.Shifts[next].Start.After(at); next++ {
			if l.Shifts[next].End.After(at) {
				active = append(active, &l.Shifts[next])
			}
		}
		winners := highest(active)
		l.close(open, winners, at)
		if i+1 < len(edges) {
			l.overlap(winners, Span{at, edges[i+1]})
		}
	}
	slices.SortStableFunc(l.Turns, func(a, b Turn) int {
		return cmp.Or(a.Start.Compare(b.Start), strings.Compare(a.Who.Name, b.Who.Name))
	})
}

// running is a turn that has not ended yet, and the shifts that keep it up.
type running struct {
	turn Turn
	by   []*Shift
}

// highest are the shifts that count among those active.
func highest(active []*Shift) []*Shift {
	var out []*Shift
	for _, s := range active {
		switch {
		case len(out) == 0 || s.above(out[0]) > 0:
			out = append(out[:0], s)
		case s.above(out[0]) == 0:
			out = append(out, s)
		}
	}
	return out
}

// close ends the turns of those who are not on any more from at on, and begins others.
// A turn goes on while one of the shifts that kept it up does: a person's own shifts that
// overlap are one turn, and those that touch are two.
func (l *Lane) close(open map[string]*running, winners []*Shift, at time.Time) {
	now := map[string]*running{}
	for _, s := range winners {
		for _, w := range s.Who {
			if r := now[w.key]; r != nil {
				r.by = append(r.by, s)
				continue
			}
			now[w.key] = &running{Turn{Span{Start: at}, w, s}, []*Shift{s}}
		}
	}
	for key, r := range open {
		if n := now[key]; n != nil && slices.ContainsFunc(r.by, func(s *Shift) bool { return slices.Contains(n.by, s) }) {
			r.by = n.by
			now[key] = r
			continue
		}
		r.turn.End = at
		l.Turns = append(l.Turns, r.turn)
	}
	clear(open)
	for key, r := range now {
		open[key] = r
	}
}

// overlap keeps that several shifts of different people count in a stretch.
func (l *Lane) overlap(winners []*Shift, at Span) {
	if l.shared || len(winners) < 2 {
		return
	}
	var who []Who
	for _, s := range winners {
		for _, w := range s.Who {
			if !slices.ContainsFunc(who, w.Same) {
				who = append(who, w)
			}
		}
	}
	if len(who) < 2 || len(who) <= len(winners[0].Who) { // one event may name several
		return
	}
	slices.SortFunc(who, func(a, b Who) int { return strings.Compare(a.Name, b.Name) })
	if n := len(l.Overlaps); n > 0 && l.Overlaps[n-1].End.Equal(at.Start) && slices.EqualFunc(l.Overlaps[n-1].Who, who, Who.Same) {
		l.Overlaps[n-1].End = at.End
		return
	}
	l.Overlaps = append(l.Overlaps, Overlap{at, who})
}
