package ical

// vevent is one VEVENT: what it says for all its occurrences, and when these are.
type vevent struct {
	Event
	object *objectParts
	order  int // in the file

	start    stamp
	hasStart bool
	badStart string // what a note says of a DTSTART that cannot be read
	badLine  int
	end      stamp
	hasEnd   bool
	length   duration
	hasSpan  bool // length is given in place of end

	recurs   stamp // RECURRENCE-ID
	override bool
	future   bool // RANGE=THISANDFUTURE

	rules    []*rule
	broken   bool // it has a rule that is not expanded
	dates    []span
	excluded []stamp
}

// span is a RDATE: a start, and for a PERIOD an end of its own.
type span struct {
	start  stamp
	end    stamp
	length duration
	kind   byte // 0: as long as the event; 'e': until end; 'd': length
}

func (v *vevent) repeats() bool {
	return !v.override && (len(v.rules) > 0 || len(v.dates) > 0)
}

// label names the event in a note.
func (v *vevent) label() string {
	if v.Summary != "" {
		return v.Summary
	}
	return v.UID
}

// sameClock reports whether two stamps are read from the same clock, so that the wall time
// between them is the nominal length.
func sameClock(a, b stamp) bool { return a.utc == b.utc && a.zone == b.zone && a.date == b.date }
