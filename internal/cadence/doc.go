// Package cadence knows every deadline of an incident and what is to be done next.
//
// Deadlines are folded from the state each time that somebody asks; none is
// registered anywhere, so a restart forgets nothing and a resolved incident rings
// nothing. The package is pure: it is told the time and waits for nothing.
//
// Words: a deadline is early when its warning has begun, due at its time and late
// after it. A rung is a step of the ladder on which it rings: early warning, due,
// two and five minutes late, then every five minutes. A look is how it is shown;
// red and amber mean that the commander must act.
package cadence
