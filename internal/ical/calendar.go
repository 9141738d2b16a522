package ical

import "time"

// Calendar is what a file says. It holds every VCALENDAR object of the file.
type Calendar struct {
	// Name is X-WR-CALNAME or NAME of the first object that has one, else empty.
	Name string
	// Description is X-WR-CALDESC or DESCRIPTION of the first object that has one.
	Description string
	// Product is PRODID of the first object: who wrote the file.
	Product string
	// Method is METHOD of the first object, in upper case: REQUEST, CANCEL, PUBLISH or empty.
	Method string
	// Zone is X-WR-TIMEZONE of the first object that has a known one, else nil.
	// Floating times and dates are read in the zone of their own object.
	Zone *time.Location
	// Refresh is how often the writer wants to be asked (REFRESH-INTERVAL, X-PUBLISHED-TTL); 0 unsaid.
	Refresh time.Duration

	series []*series // in the order of the file
}

// Event is what one VEVENT says, for all its occurrences. It is shared: read it only.
type Event struct {
	UID         string // may be empty: nothing promises one
	Summary     string
	Description string
	Location    string
	URL         string
	Categories  []string
	Organizer   Attendee // Email and Name are empty when nobody organizes
	Attendees   []Attendee
	// Status is CONFIRMED, TENTATIVE, CANCELLED or empty, in upper case.
	Status string
	// Transparent says that the event blocks nobody's time (TRANSP). Rotas usually are.
	Transparent bool
	Sequence    int
	Priority    int // 0 unsaid, else 1 (highest) to 9
	// Modified is LAST-MODIFIED, else DTSTAMP; zero when neither can be read.
	Modified time.Time
	// Object is the VCALENDAR that the event stands in: a file may hold several.
	Object *Object
	// Line is where the event begins in the file, from 1.
	Line int
	// NoEnd says that the file gives a timed event neither end nor duration: its
	// occurrences end where they start.
	NoEnd bool
}

// Object is one VCALENDAR of a file.
type Object struct {
	Name, Product, Method string
	Zone                  *time.Location // X-WR-TIMEZONE; nil when unsaid or unknown
}

// Attendee is somebody whom an event names.
type Attendee struct {
	Name  string // CN, else empty
	Email string // without mailto:, as written; empty when the value is no address
	// Partstat is ACCEPTED, DECLINED, TENTATIVE, NEEDS-ACTION …, in upper case; empty unsaid.
	Partstat string
	Role     string // REQ-PARTICIPANT, CHAIR …, in upper case; empty unsaid
	URI      string // the value as written
	RSVP     bool   // an answer is asked for; written only
}

// Occurrence is one stretch of time in which an event takes place.
type Occurrence struct {
	*Event
	// Start is inclusive, End exclusive; both are instants in the zone that the event is
	// written in. End is never before Start. An all-day occurrence runs from local
	// midnight to local midnight, so a day may have 23 or 25 hours.
	Start, End time.Time
	AllDay     bool
	// RecurrenceID is the start that the series gives this occurrence, before an override
	// moved it; zero when the event does not repeat. With UID it names the occurrence.
	RecurrenceID time.Time
	// Override says that the event replaces an instance of its series.
	Override bool
}
