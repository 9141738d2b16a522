package ical

import "fmt"

// Reason is why a file was refused as a whole.
type Reason string

const (
	Empty       Reason = "empty"        // there is nothing in it
	WebPage     Reason = "web_page"     // HTML: most likely a sign-in page
	NotCalendar Reason = "not_calendar" // it has no BEGIN:VCALENDAR, and no component of one
	TooLarge    Reason = "too_large"    // more bytes than Options.MaxBytes
	TooDeep     Reason = "too_deep"     // components nested deeper than any calendar's
	TooMany     Reason = "too_many"     // more components, properties, dates or occurrences than bearable
	Unreadable  Reason = "unreadable"   // the reader given to Read failed; Unwrap gives its error
)

// Refusal is the only error of this package that a file's content can cause. Its text is a
// sentence for people, which quotes nothing of the file.
type Refusal struct {
	Reason Reason
	Text   string
	cause  error
}

func (r *Refusal) Error() string { return r.Text }

// Unwrap gives the error of the reader, for Unreadable.
func (r *Refusal) Unwrap() error { return r.cause }

func refuse(why Reason, format string, args ...any) *Refusal {
	return &Refusal{Reason: why, Text: fmt.Sprintf(format, args...)}
}

// Report is what was seen while reading.
type Report struct {
	Lines  int // physical lines
	Events int // VEVENTs that were kept
	// Skipped counts the lines and events that could not be read at all.
	Skipped int
	// Notes are the first 200 remarks, in the order of the file; More counts the rest.
	Notes []Note
	More  int
}

// Kind says what a note means for the result.
type Kind string

const (
	Lost    Kind = "lost"    // something was not understood and is missing
	Choice  Kind = "choice"  // two readings were possible; What says why, Consequence which was taken
	Cut     Kind = "cut"     // a bound was reached and the rest left out
	Mended  Kind = "mended"  // against the format, and clear nevertheless
	Ignored Kind = "ignored" // understood, and of no matter here
)

// Note is a remark about one place in the file, in sentences for people.
type Note struct {
	Kind        Kind
	Line        int    // where it begins, from 1; 0 when it is about the whole file
	Component   string // VEVENT, VTIMEZONE …; empty outside
	Event       string // the event's summary, else its UID; empty when it is about none
	What        string // what was found
	Consequence string // what was done about it
}
