// Package oncall says who is on call: it turns calendars, and what the commander has said
// about them, into schedules, and answers who is on at an instant, until when, who comes
// next, where nobody is, where two claim the same, and who has carried how much.
//
// It is pure: calendars come as package ical has read them, the time is an argument, and
// the same calendars give the same answers on every machine, whatever its zone.
//
// It refuses to guess: a title that names nobody whom the team knows stays on the board
// as it is written, and two people are never merged because their names look alike.
//
// Words: a shift is one occurrence of a calendar's event. A lane is what one schedule says
// about one role. A turn is a stretch in which somebody is on in a lane, after overrides
// and higher levels have cut the shifts below them. A gap is a stretch in which nobody is,
// though somebody should. The horizon is where the calendar ends: behind it nothing is
// known, which is no gap.
package oncall
