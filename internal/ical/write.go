package ical

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	goical "github.com/emersion/go-ical"
)

// Message is a calendar to be written: an invitation, a cancellation, an export.
type Message struct {
	Product string // PRODID; empty is Quarterdeck's
	Method  string // METHOD: REQUEST, CANCEL, PUBLISH; empty for a plain file
	Name    string // X-WR-CALNAME; empty for none
	Entries []Entry
}

// Entry is one event to be written. UID and Stamp must be set; so must Start.
// Times are written in UTC, dates of all-day entries as they are in Start's own zone.
type Entry struct {
	UID      string
	Sequence int       // raise it with each change that is sent
	Stamp    time.Time // when this revision was made
	Start    time.Time
	End      time.Time // exclusive; zero for none
	AllDay   bool
	// RecurrenceID makes it an override of that instance of the series with this UID; zero for none.
	RecurrenceID time.Time

	Summary, Description, Location, URL string
	Status                              string // CONFIRMED, TENTATIVE, CANCELLED; empty for none
	Transparent                         bool
	Categories                          []string
	Organizer                           Attendee // Email empty: none
	Attendees                           []Attendee
}

const product = "-//Quarterdeck//Quarterdeck//EN"

// Write writes m as an iCalendar file with folded lines and CRLF. It refuses a message
// without entries, and an entry that no program could take; nothing is written then.
func Write(w io.Writer, m Message) error {
	cal := goical.NewCalendar()
	cal.Props.SetText(goical.PropVersion, "2.0")
	cal.Props.SetText(goical.PropProductID, plain(m.Product))
	if m.Product == "" {
		cal.Props.SetText(goical.PropProductID, product)
	}
	if m.Method != "" {
		cal.Props.SetText(goical.PropMethod, plain(upper(m.Method)))
	}
	if m.Name != "" {
		cal.Props.SetText("X-WR-CALNAME", text(m.Name))
	}
	if len(m.Entries) == 0 {
		return errors.New("ical: write: no entries")
	}
	for i := range m.Entries {
		event, err := m.Entries[i].component()
		if err != nil {
			return fmt.Errorf("ical: write entry %d: %w", i+1, err)
		}
		cal.Children = append(cal.Children, event)
	}
	var long bytes.Buffer
	if err := goical.NewEncoder(&long).Encode(cal); err != nil {
		return fmt.Errorf("ical: write: %w", err)
	}
	if _, err := w.Write(fold(long.Bytes())); err != nil {
		return fmt.Errorf("ical: write: %w", err)
	}
	return nil
}

// fold breaks lines after 75 bytes at most (RFC 5545 3.1), which the encoder leaves to
// others, and never within a character.
func fold(long []byte) []byte {
	const most = 75
	out := make([]byte, 0, len(long)+len(long)/16)
	for line := range bytes.Lines(long) {
		line = bytes.TrimSuffix(line, []byte("\r\n"))
		for room := most; len(line) > room; room = most - 1 { // the space counts
			cut := room
			for !utf8.RuneStart(line[cut]) {
				cut--
			}
			out = append(append(out, line[:cut]...), "\r\n "...)
			line = line[cut:]
		}
		out = append(append(out, line...), "\r\n"...)
	}
	return out
}

func (e *Entry) component() (*goical.Component, error) {
	switch {
	case plain(e.UID) == "":
		return nil, errors.New("no UID")
	case e.Stamp.IsZero():
		return nil, errors.New("no time of the revision")
	case e.Start.IsZero():
		return nil, errors.New("no start")
	case !e.End.IsZero() && e.End.Before(e.Start):
		return nil, errors.New("it ends before it starts")
	}
	c := goical.NewComponent(goical.CompEvent)
	set := func(name, value string) {
		if value != "" {
			p := goical.NewProp(name)
			p.Value = value
			c.Props.Set(p)
		}
	}
	when := func(name string, t time.Time) {
		if t.IsZero() {
			return
		}
		p := goical.NewProp(name)
		if e.AllDay {
			p.SetDate(t)
		} else {
			p.SetDateTime(t.UTC())
		}
		c.Props.Set(p)
	}
	c.Props.SetText(goical.PropUID, plain(e.UID))
	c.Props.SetDateTime(goical.PropDateTimeStamp, e.Stamp.UTC())
	set(goical.PropSequence, strconv.Itoa(e.Sequence))
	when(goical.PropDateTimeStart, e.Start)
	when(goical.PropDateTimeEnd, e.End)
	when(goical.PropRecurrenceID, e.RecurrenceID)
	for name, value := range map[string]string{goical.PropSummary: e.Summary, goical.PropDescription: e.Description, goical.PropLocation: e.Location} {
		if value != "" {
			c.Props.SetText(name, text(value))
		}
	}
	set(goical.PropURL, plain(e.URL))
	set(goical.PropStatus, plain(upper(e.Status)))
	if e.Transparent {
		set(goical.PropTransparency, "TRANSPARENT")
	}
	if len(e.Categories) > 0 {
		p := goical.NewProp(goical.PropCategories)
		clean := make([]string, len(e.Categories))
		for i, s := range e.Categories {
			clean[i] = text(s)
		}
		p.SetTextList(clean)
		c.Props.Set(p)
	}
	if e.Organizer.Email != "" {
		p, err := person(goical.PropOrganizer, e.Organizer)
		if err != nil {
			return nil, err
		}
		c.Props.Add(p)
	}
	for _, a := range e.Attendees {
		p, err := person(goical.PropAttendee, a)
		if err != nil {
			return nil, err
		}
		c.Props.Add(p)
	}
	return c, nil
}

func person(name string, a Attendee) (*goical.Prop, error) {
	if address(a.Email) == "" {
		return nil, fmt.Errorf("%q is no address", a.Email)
	}
	p := goical.NewProp(name)
	p.Value = "mailto:" + plain(address(a.Email))
	if a.Name != "" { // a quote cannot stand in a parameter, and few programs know RFC 6868
		p.Params.Set(goical.ParamCommonName, strings.ReplaceAll(plain(a.Name), `"`, "'"))
	}
	if name == goical.PropAttendee {
		if a.Partstat != "" {
			p.Params.Set(goical.ParamParticipationStatus, plain(a.Partstat))
		}
		if a.Role != "" {
			p.Params.Set(goical.ParamRole, plain(a.Role))
		}
		if a.RSVP {
			p.Params.Set(goical.ParamRSVP, "TRUE")
		}
	}
	return p, nil
}

// plain takes out what would end a line or hide in it.
func plain(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD")))
}

// text keeps line feeds and tabs, which the encoder escapes.
func text(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7F {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}
