// Package clock is the only place that reads the time.
//
// Three readings matter. The wall clock is what a promise was made in: deadlines
// are wall instants, so that after sleep or a clock change the truth is shown.
// Boot time goes on while the machine sleeps; awake time does not. Their
// differences tell a sleep from a step of the clock.
//
// The pure rooms take the time as an argument and never import this package's
// functions; the rooms that wait take a Clock. The fake stands in tests, and in
// a binary only under the build tag testclock.
package clock
