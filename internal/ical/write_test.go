package ical

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	goical "github.com/emersion/go-ical"
)

func TestWhatIsWrittenIsRead(t *testing.T) {
	start := time.Date(2026, 3, 2, 9, 30, 0, 0, Zone("Europe/Berlin"))
	long := strings.Repeat("日本語, \"quoted\"; back\\slash\r\nnext line — ", 20)
	m := Message{Method: "request", Name: "On call, Primary", Entries: []Entry{
		{
			UID: "a@example.org", Sequence: 2, Stamp: start, Start: start, End: start.Add(90 * time.Minute), RecurrenceID: start.AddDate(0, 0, -1),
			Summary: "Bridge: Ada, Ben; \\ and \U0001F600", Description: long, Location: "Room 1", URL: "https://example.org/?a=b;c,d", Status: "confirmed", Transparent: true, Categories: []string{"SEV1, urgent", "x"},
			Organizer: Attendee{Name: `Ada "the first", Countess`, Email: "ada@example.org"},
			Attendees: []Attendee{{Name: "Ben: Müller;", Email: "mailto:ben@example.org", Partstat: "NEEDS-ACTION", Role: "REQ-PARTICIPANT"}, {Email: "cat@example.org"}},
		},
		{UID: "b", Stamp: start, Start: start, End: start.AddDate(0, 0, 2), AllDay: true, Summary: "Days"},
	}}
	var buf bytes.Buffer
	if err := Write(&buf, m); err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimSuffix(buf.String(), "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") || !strings.HasPrefix(line, " ") && !strings.ContainsAny(line, ":;") {
			t.Errorf("line %d: %q", i+1, line)
		}
		if strings.ToValidUTF8(line, "?") != line {
			t.Errorf("line %d is cut within a character: %q", i+1, line)
		}
	}
	c, report, err := Read(bytes.NewReader(buf.Bytes()), Options{})
	if err != nil || len(report.Notes) > 0 || c.Method != "REQUEST" || c.Name != "On call, Primary" || c.Product != product {
		t.Fatal(c, report, err)
	}
	all, err := c.Expand(yearFrom, yearTo, Zone("Europe/Berlin"))
	if err != nil || len(all) != 2 {
		t.Fatal(all, err)
	}
	days, e := all[0], all[1]
	if days.Summary != "Days" || !days.AllDay || days.Start.Format(time.DateOnly) != "2026-03-02" || days.End.Format(time.DateOnly) != "2026-03-04" {
		t.Errorf("%+v", days)
	}
	want := m.Entries[0]
	if !e.Start.Equal(want.Start) || !e.End.Equal(want.End) || !e.RecurrenceID.Equal(want.RecurrenceID) || !e.Override || e.Summary != want.Summary ||
		e.Description != strings.TrimSpace(strings.ReplaceAll(long, "\r\n", "\n")) || e.URL != want.URL || e.Status != "CONFIRMED" || !e.Transparent || e.Sequence != 2 || e.Location != "Room 1" {
		t.Errorf("%+v %+v", e, e.Event)
	}
	if len(e.Categories) != 2 || e.Categories[0] != "SEV1, urgent" || e.Organizer.Name != "Ada 'the first', Countess" || e.Organizer.Email != "ada@example.org" {
		t.Errorf("%+v", e.Event)
	}
	if len(e.Attendees) != 2 || e.Attendees[0] != (Attendee{Name: "Ben: Müller;", Email: "ben@example.org", Partstat: "NEEDS-ACTION", Role: "REQ-PARTICIPANT", URI: "mailto:ben@example.org"}) {
		t.Errorf("%+v", e.Attendees)
	}
	// Another reader takes it, too.
	other, err := goical.NewDecoder(bytes.NewReader(buf.Bytes())).Decode()
	if err != nil || len(other.Events()) != 2 {
		t.Fatal(err)
	}
	if s, err := other.Events()[0].Props.Text("DESCRIPTION"); err != nil || s != strings.ReplaceAll(long, "\r\n", "\n") {
		t.Errorf("%q %v", s, err)
	}
}

func TestNothingCanBeSmuggledIntoAFile(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	bad := "x\r\nATTENDEE:mailto:eve@example.org\r\nX:"
	m := Message{Product: bad, Method: bad, Name: bad, Entries: []Entry{{
		UID: bad, Stamp: at, Start: at, Summary: bad + "\x00\x7f\xff", Description: bad, Location: bad, URL: bad, Status: bad, Categories: []string{bad},
		Organizer: Attendee{Name: bad, Email: "a@example.org"}, Attendees: []Attendee{{Name: bad + `";X="`, Email: "b@example.org", Partstat: bad, Role: bad}},
	}}}
	var buf bytes.Buffer
	if err := Write(&buf, m); err != nil {
		t.Fatal(err)
	}
	c, _ := read(t, buf.String())
	all, err := c.Expand(yearFrom, yearTo, nil)
	if err != nil || len(all) != 1 || len(all[0].Attendees) != 1 || all[0].Attendees[0].Email != "b@example.org" {
		t.Errorf("%v %+v\n%s", err, all[0].Attendees, buf.String())
	}
}

func TestWhatCannotBeWrittenIsRefused(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for name, entries := range map[string][]Entry{
		"nothing": nil, "no UID": {{Stamp: at, Start: at}}, "no stamp": {{UID: "a", Start: at}}, "no start": {{UID: "a", Stamp: at}},
		"ends before it starts": {{UID: "a", Stamp: at, Start: at, End: at.Add(-1)}}, "no address": {{UID: "a", Stamp: at, Start: at, Attendees: []Attendee{{Email: "nobody"}}}},
		"two addresses": {{UID: "a", Stamp: at, Start: at, Organizer: Attendee{Email: "a@b,c@d"}}},
	} {
		var buf bytes.Buffer
		if err := Write(&buf, Message{Entries: entries}); err == nil || buf.Len() > 0 {
			t.Errorf("%s: %v, %q", name, err, buf.String())
		}
	}
	if err := Write(full{}, Message{Entries: []Entry{{UID: "a", Stamp: at, Start: at}}}); !errors.Is(err, errFull) {
		t.Error(err)
	}
}

type full struct{}

var errFull = errors.New("full")

func (full) Write([]byte) (int, error) { return 0, errFull }
