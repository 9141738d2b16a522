// Package ical reads calendars that others wrote, and writes those that we send.
//
// Calendars come from addresses on the internet and from whatever exports them, so the
// reading is our own: a lexer that takes what real exporters emit, time zones, recurrence
// rules and overrides, all of it bounded. A file that is too large, too deep or too
// repetitive is refused with a [Refusal]; a line, a property or an event that cannot be
// read costs itself and nothing else, and stands in the [Report] with its line, its
// component and the consequence. Where a file can be read in two ways the report says
// which one was taken. No input makes it panic, spin or fill memory.
//
// [Read] takes bytes to a [Calendar]; [Calendar.Expand] takes that to the occurrences of a
// window. A Calendar does not change after Read and may be used by many goroutines.
// [Write] goes the other way, through go-ical's encoder: that library's types and writer
// are used, its reader is not, because it panics and overflows the stack on hostile input.
//
// The room fetches nothing, keeps nothing, asks for no time and knows no person: it says
// what a file says.
//
// Words: an event is one VEVENT; a series is an event that repeats; an override is an
// event with RECURRENCE-ID that replaces one instance of a series (or, with
// RANGE=THISANDFUTURE, it and all later ones); an occurrence is one stretch of time that
// results. Floating is a time without a zone, or a date.
package ical
