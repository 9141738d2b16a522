package ical

import (
	"io"
	"time"
)

// Options bound the reading. The zero value is right for feeds.
type Options struct {
	MaxBytes int64 // largest file; 0 is 32 MiB
}

// Read reads a calendar file, whatever exported it. The report is there in any case, also
// beside an error. The error is a [*Refusal].
func Read(r io.Reader, o Options) (*Calendar, *Report, error) {
	return nil, &Report{}, refuse(NotCalendar, "this is not a calendar file")
}

// Expand lists the occurrences that overlap [from, to), by start, then summary. One without
// length counts when from <= start < to. Floating times and dates are read in the zone of
// their calendar object, else in floating, else (nil) in UTC. Cancelled ones are left out.
//
// When there are more than bearable (see bounds.go) the error is a [*Refusal] with TooMany;
// the occurrences found so far come with it.
func (c *Calendar) Expand(from, to time.Time, floating *time.Location) ([]Occurrence, error) {
	return nil, nil
}
