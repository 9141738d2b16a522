package compose

import (
	"fmt"
	"strings"
	"time"

	"quarterdeck/internal/ical"
	"quarterdeck/internal/incident"
)

// ICS writes what of an incident has its place in a calendar: the incident from its start
// to its end, each milestone that is known, and the retrospective. The entries keep their
// UIDs, so that a later file brings the earlier one up to date.
func ICS(d Document) (string, error) {
	s := d.State
	name := strings.TrimSpace(s.Declared.Ref + " " + line(kept(s.Declared.Title)))
	entry := func(what, summary string, from, to int64) ical.Entry {
		e := ical.Entry{
			UID: s.ID.String() + "-" + what + "@quarterdeck", Sequence: len(d.Entries), Stamp: time.UnixMilli(d.Made),
			Start: time.UnixMilli(from), Summary: summary, Transparent: true, Categories: []string{"Incident"},
		}
		if to > from {
			e.End = time.UnixMilli(to)
		}
		return e
	}
	from, known := s.Times[incident.Started]
	if !known {
		from = s.Times[incident.DeclaredAt]
	}
	to := d.Made // it is not over
	if end, over := s.Times[incident.ResolvedAt]; over {
		to = end.Time
	}
	m := ical.Message{Method: "PUBLISH", Name: name, Entries: []ical.Entry{entry("incident", name, from.Time, to)}}
	m.Entries[0].Description = s.Declared.Summary
	for _, stone := range incident.Milestones {
		if t, ok := s.Times[stone]; ok {
			m.Entries = append(m.Entries, entry(string(stone), about(s.Declared.Ref+" "+string(stone), t.Approx), t.Time, 0))
		}
	}
	if r := s.Retro; r != nil {
		m.Entries = append(m.Entries, entry("retrospective", "Retrospective: "+name, r.Time, 0))
		m.Entries[len(m.Entries)-1].Transparent = false
		m.Entries[len(m.Entries)-1].Description = s.Name(r.Owner) + " sees to it"
	}
	var b strings.Builder
	if err := ical.Write(&b, m); err != nil {
		return "", fmt.Errorf("compose: write calendar: %w", err)
	}
	return b.String(), nil
}
