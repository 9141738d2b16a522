// Package kit is a team's process as data: severities with the promises they
// carry, incident types, roles with their cards, audiences, checklists, message
// templates and exit criteria.
//
// The package holds types, look-ups and the check of a kit; kit/load reads one
// from files. It refuses nothing by itself and knows no incident. A kit is
// immutable once loaded and is named by the hash of its canonical JSON, under
// which an incident remembers it. Intervals are whole minutes.
package kit
