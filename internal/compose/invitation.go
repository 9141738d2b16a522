package compose

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/ical"
	"quarterdeck/internal/incident"
)

// Invitation is the retrospective as a message to calendars (RFC 5546): the first one asks
// people, later ones bring theirs up to date, and one takes it out again. They share a UID
// and count upwards, whatever was moved, taken back or done again meanwhile.
type Invitation struct {
	Method string // REQUEST or CANCEL; PUBLISH when nobody's address is known
	Text   string // the .ics file
	To     []string
	Lacks  []string // who is invited and has no address here, by name
	// Gone takes it out of the calendars of those who were asked once and are asked no
	// longer; empty when there is nobody like that.
	Gone   string
	GoneTo []string
}

// Invite makes the invitation as it stands. address gives a person's e-mail address by
// name; empty when none is known. It refuses an incident whose retrospective was never booked.
func Invite(d Document, address func(name string) string) (Invitation, error) {
	m := meetingOf(d.Entries)
	if m == nil {
		return Invitation{}, fault.New(fault.NotFound, "no retrospective is booked").WithHint("book it first: who sees to it, and when")
	}
	s := d.State
	name := strings.TrimSpace(s.Declared.Ref + " " + line(kept(s.Declared.Title)))
	if s.Declared.Security { // calendars are read by more people than come
		name = s.Declared.Ref
	}
	e := ical.Entry{
		UID: s.ID.String() + "-retrospective", Sequence: m.sequence, Stamp: time.UnixMilli(m.at),
		Start: time.UnixMilli(m.Time), End: time.UnixMilli(m.Time + int64(cmp.Or(m.Minutes, incident.UsualMeeting))*60_000),
		Summary: "Retrospective: " + name, Location: m.Place, Status: "CONFIRMED", Categories: []string{"Incident"},
		Description: purpose(name),
	}
	if m.round > 0 { // one that was called off stays so in calendars: the next one is another
		e.UID += fmt.Sprintf("-%d", m.round+1)
	}
	e.UID += "@quarterdeck"
	v := Invitation{Method: "REQUEST"}
	for i, p := range append([]incident.ID{m.Owner}, m.Invited...) {
		who := ical.Attendee{Name: s.Name(p), Email: address(s.Name(p)), Role: "REQ-PARTICIPANT", Partstat: "NEEDS-ACTION", RSVP: true}
		if who.Email == "" {
			v.Lacks = append(v.Lacks, who.Name)
			continue
		}
		if i == 0 {
			e.Organizer = ical.Attendee{Name: who.Name, Email: who.Email}
			who.Role, who.Partstat, who.RSVP = "CHAIR", "ACCEPTED", false
		}
		e.Attendees = append(e.Attendees, who)
		v.To = append(v.To, who.Email)
	}
	if e.Organizer.Email == "" { // nobody could be answered: it is an entry, and no question
		v.Method, e.Attendees, v.To = "PUBLISH", nil, nil
	}
	if len(v.Lacks) > 0 {
		e.Description += "\n\nAlso to come: " + strings.Join(v.Lacks, ", ")
	}
	if m.cancelled {
		e.Status = "CANCELLED"
		if v.Method == "REQUEST" {
			v.Method = "CANCEL"
		}
	}
	var b strings.Builder
	if err := ical.Write(&b, ical.Message{Method: v.Method, Entries: []ical.Entry{e}}); err != nil {
		return v, fmt.Errorf("compose: write invitation: %w", err)
	}
	v.Text = b.String()
	return v, v.uninvite(e, m, s, address)
}

// uninvite makes the message for those who were asked before and are asked no longer. It
// names nobody else, so that the meeting stands for all others.
func (v *Invitation) uninvite(e ical.Entry, m *meeting, s *incident.State, address func(name string) string) error {
	if v.Method != "REQUEST" {
		return nil
	}
	e.Attendees, e.Status = nil, "CANCELLED"
	for _, p := range m.dropped {
		who := ical.Attendee{Name: s.Name(p), Email: address(s.Name(p)), Role: "REQ-PARTICIPANT"}
		if who.Email != "" && !slices.Contains(v.To, who.Email) {
			e.Attendees, v.GoneTo = append(e.Attendees, who), append(v.GoneTo, who.Email)
		}
	}
	if len(e.Attendees) == 0 {
		return nil
	}
	var b strings.Builder
	if err := ical.Write(&b, ical.Message{Method: "CANCEL", Entries: []ical.Entry{e}}); err != nil {
		return fmt.Errorf("compose: write cancellation: %w", err)
	}
	v.Gone = b.String()
	return nil
}

// purpose is what an invitation says besides: no word of who did what.
func purpose(name string) string {
	return "What happened in " + name + ", what made sense at the time, what helped, what was hard, and what to change. " +
		"Nobody is at fault: we ask how and what, not who."
}

// meeting is the retrospective as it was booked last.
type meeting struct {
	incident.RetroPlanned
	cancelled bool
	dropped   []incident.ID // who was asked in this round and is not any more
	round     int           // how many were called off before it
	sequence  int           // how often anything about it has changed
	at        int64         // when that was last
}

// meetingOf reads the bookings in the order in which they were written. nil when there was none.
func meetingOf(entries []*incident.Entry) *meeting {
	written := slices.Clone(entries)
	slices.SortFunc(written, func(a, b *incident.Entry) int { return a.Pos().Compare(b.Pos()) })
	var last, standing *meeting
	touched := map[incident.ID]bool{}
	off := false
	asked := map[incident.ID]bool{}
	var order []incident.ID
	round, n, at := 0, -1, int64(0)
	for _, e := range written {
		switch v := e.Event.(type) {
		case *incident.RetroPlanned:
			touched[e.ID] = true
			if off && e.Undone.IsZero() {
				round, off = round+1, false
				clear(asked)
				order = nil
			}
			for _, p := range append([]incident.ID{v.Owner}, v.Invited...) {
				if !p.IsZero() && !asked[p] {
					asked[p] = true
					order = append(order, p)
				}
			}
			last = &meeting{RetroPlanned: *v, round: round}
			if e.Undone.IsZero() && !v.Owner.IsZero() {
				standing = last
			}
		case *incident.RetroCancelled:
			touched[e.ID] = true
			if e.Undone.IsZero() && standing != nil {
				standing.cancelled, off = true, true
			}
		case *incident.RecordUndone:
			touched[e.ID] = touched[v.Record]
		case *incident.RecordAmended:
			touched[e.ID] = touched[v.Record]
		case *incident.RecordRedacted:
			touched[e.ID] = touched[v.Record]
		}
		if touched[e.ID] {
			n, at = n+1, e.RecordedAt
		}
	}
	m := standing
	if m == nil {
		if last == nil {
			return nil
		}
		m = last // every booking was taken back
		m.cancelled = true
	}
	m.sequence, m.at = n, at
	for _, p := range order {
		if p != m.Owner && !slices.Contains(m.Invited, p) {
			m.dropped = append(m.dropped, p)
		}
	}
	return m
}
