package oncall

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"quarterdeck/internal/ical"
)

// Message is overrides as a calendar to be sent or imported elsewhere, made at an instant.
// A title reads as the calendars of the others do: the person alone.
func Message(overrides []Override, people []Person, made time.Time) ical.Message {
	m := ical.Message{Name: "On-call overrides", Method: "PUBLISH"}
	d := newDirectory(people)
	for _, o := range overrides {
		w := d.who(o.Person, "")
		e := ical.Entry{UID: o.ID + "@quarterdeck", Stamp: made, Start: o.From.UTC(), End: o.To.UTC(), Summary: w.Name, Transparent: true,
			Categories: []string{cmp.Or(o.Schedule, o.Role)}}
		about := []string{}
		for _, part := range []struct{ what, text string }{{"Schedule", o.Schedule}, {"Role", o.Role}, {"Note", o.Note}} {
			if part.text != "" {
				about = append(about, part.what+": "+part.text)
			}
		}
		e.Description = strings.Join(about, "\n")
		if w.Email != "" {
			e.Attendees = []ical.Attendee{{Name: w.Name, Email: w.Email}}
		}
		m.Entries = append(m.Entries, e)
	}
	slices.SortStableFunc(m.Entries, func(a, b ical.Entry) int { return a.Start.Compare(b.Start) })
	return m
}
