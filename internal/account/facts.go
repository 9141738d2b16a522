package account

import (
	"cmp"
	"maps"
	"slices"

	"quarterdeck/internal/incident"
)

// Facts are what one incident adds to the figures over many.
type Facts struct {
	ID       incident.ID
	Ref      string
	Title    string
	Severity string // at its end, or now
	Services []string
	Drill    bool
	Backfill bool
	Aside    bool  // it goes on in another incident, which counts
	Declared int64 // ms UTC, as all times here
	Times    map[incident.Milestone]incident.Stamp
	Assessed int64 // when a severity was judged first; 0 = never
	Kept     int   // promises that an update, or a new time told, met in time
	Late     []Late
	Works    []Work
	Open     bool  // it is not resolved
	End      int64 // when it was resolved, or now while it is not
}

// Work is the time that a person was there for an incident.
type Work struct {
	Person  incident.ID
	Name    string
	Present int64 // ms
	Night   int64 // of Present, between 22:00 and 06:00 on the clock of the machine where they wrote last
}

// Late is a promise that was not kept.
type Late struct {
	Audience string
	Due      int64
	By       int64 // ms; for one that was never met, until the incident was resolved, or until now
}

// FactsOf reads one incident. recs are all of its records, in any order; now is ms UTC.
func FactsOf(id incident.ID, recs []incident.Record, now int64) Facts {
	var f Facts
	told := map[string][]promise{}
	s := incident.Replay(id, recs, func(s *incident.State, r *incident.Record, e incident.Event) {
		switch e := e.(type) {
		case *incident.DeliveryConfirmed:
			if u, ok := s.Updates[e.Update]; ok {
				told[u.Audience] = append(told[u.Audience], promise{said: u.At, met: max(u.At, r.At), due: u.Next})
			}
		case *incident.PromiseMoved:
			told[e.Audience] = append(told[e.Audience], promise{said: r.At, met: r.At, due: e.Next})
		}
	})
	d := s.Declared
	f.ID, f.Ref, f.Title, f.Severity, f.Services = id, d.Ref, d.Title, s.Severity, d.Services
	f.Drill, f.Backfill, f.Assessed = d.Drill, d.Backfill, s.Times[incident.Assessed].Time
	f.Aside = s.Aside() != nil
	f.Declared, f.Times = s.Times[incident.DeclaredAt].Time, maps.Clone(s.Times)
	f.Open, f.End = s.Open(), now
	if s.Phase.Over() {
		f.End = s.Times[incident.ResolvedAt].Time
	}
	for _, audience := range slices.Sorted(maps.Keys(told)) {
		f.judge(audience, told[audience], f.End)
	}
	f.Works = read(id, recs, now).works()
	return f
}

// works are the times that people were there, by person.
func (c *course) works() []Work {
	var out []Work
	for _, p := range c.people() {
		w := Work{Person: p, Name: c.state.Name(p)}
		zone, wrote := c.zones[p]
		if !wrote {
			zone = c.state.TZ
		}
		for _, s := range c.present(p) {
			w.Present += s.end - s.begin
			w.Night += nights(s.end, zone) - nights(s.begin, zone)
		}
		out = append(out, w)
	}
	return out
}

// nights are the ms between 22:00 and 06:00 of all days up to t, at so many minutes east
// of UTC.
func nights(t int64, zone int) int64 {
	const hour, day, night = int64(3_600_000), int64(86_400_000), int64(28_800_000)
	t += int64(zone) * 60_000
	days := t / day
	if t%day < 0 {
		days--
	}
	rest := t - days*day
	return days*night + min(rest, 6*hour) + max(0, rest-22*hour)
}

// Hurt is the time of the impact: from its start to relief, else to the end, or to now
// while it lasts. ok is false when nobody has said when it began, or when its times lie
// the wrong way round; nor does anybody know how long one lasted that was entered after the
// fact and has no end.
func (f *Facts) Hurt() (from, to int64, guessed, ok bool) {
	a, b := f.Times[incident.Started], f.Times[incident.Mitigated]
	if b.Time == 0 {
		b = incident.Stamp{Time: f.End, Approx: f.Times[incident.ResolvedAt].Approx && !f.Open}
	}
	if a.Time == 0 || b.Time < a.Time || f.Backfill && f.Open && f.Times[incident.Mitigated].Time == 0 {
		return 0, 0, false, false
	}
	return a.Time, b.Time, a.Approx || b.Approx, true
}

// Of are the incidents that name a service, as if they named no other. The empty name
// is all incidents, as they are.
func Of(service string, all []Facts) []Facts {
	if service == "" {
		return all
	}
	var out []Facts
	for _, f := range all {
		if slices.Contains(f.Services, service) {
			f.Services = []string{service}
			out = append(out, f)
		}
	}
	return out
}

// promise is a time that an audience was told, by something that met the one before.
type promise struct {
	said, met, due int64
}

// judge goes through what one audience was told, in the order of the telling. A
// resolved incident owes nothing past its end.
func (f *Facts) judge(audience string, told []promise, end int64) {
	slices.SortStableFunc(told, func(a, b promise) int { return cmp.Compare(a.said, b.said) })
	var due int64
	for _, p := range told {
		switch {
		case due == 0 || p.met <= due:
			if due != 0 {
				f.Kept++
			}
		default:
			f.Late = append(f.Late, Late{audience, due, p.met - due})
		}
		due = p.due
	}
	if due != 0 && due < end {
		f.Late = append(f.Late, Late{audience, due, end - due})
	}
}

// Span is the time from one milestone to another. ok is false when one is missing or
// they lie the wrong way round; wide is true when one of them is a guess.
func (f *Facts) Span(from, to incident.Milestone) (ms int64, wide, ok bool) {
	a, b := f.Times[from], f.Times[to]
	if a.Time == 0 || b.Time == 0 || b.Time < a.Time {
		return 0, false, false
	}
	return b.Time - a.Time, a.Approx || b.Approx, true
}
