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
	Declared int64 // ms UTC, as all times here
	Times    map[incident.Milestone]incident.Stamp
	Assessed int64 // when a severity was judged first; 0 = never
	Kept     int   // promises that an update, or a new time told, met in time
	Late     []Late
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
		case *incident.SeveritySet:
			if f.Assessed == 0 && e.Severity != "" {
				f.Assessed = r.At
			}
		}
	})
	d := s.Declared
	if !d.Provisional && f.Assessed == 0 {
		f.Assessed = s.Times[incident.DeclaredAt].Time
	}
	f.ID, f.Ref, f.Title, f.Severity, f.Services = id, d.Ref, d.Title, s.Severity, d.Services
	f.Drill, f.Backfill = d.Drill, d.Backfill
	f.Declared, f.Times = s.Times[incident.DeclaredAt].Time, maps.Clone(s.Times)
	end := now
	if s.Phase.Over() {
		end = s.Times[incident.ResolvedAt].Time
	}
	for _, audience := range slices.Sorted(maps.Keys(told)) {
		f.judge(audience, told[audience], end)
	}
	return f
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
