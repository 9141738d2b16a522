// Package outboxtest is what every medium owes the outbox, as a suite to run.
//
// A medium's test makes a Subject: how the medium is opened, and a World, which is the
// receiver that the medium posts to and what can go wrong on the way. Web is a World for
// everything that speaks HTTP: it stands in front of the receiver's handler and breaks
// connections, answers and stores at will. Media of another protocol bring their own.
package outboxtest
