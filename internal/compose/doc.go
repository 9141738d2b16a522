// Package compose holds every word that leaves the commander's hands: a line of the
// timeline, an update to an audience and the advice on it, the state brief, the text
// of an alert, and the document of one incident as Markdown and as HTML.
//
// The package is pure: it is told the state, the kit and the time, and reads no
// clock, no file and no network. It never fails on what a record holds; what it
// cannot read it says in words. Text of people never becomes markup.
//
// Words: a sentence is one record in plain words; its mark says what kind of row it
// is. A moment is the occasion of an update, which chooses its template; a slot is a
// blank in a template. Advice is given, never enforced. Times are UTC; they carry
// their date where the day is not plain from the place.
package compose
