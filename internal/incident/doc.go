// Package incident is the core: what an incident is, what may be done to it and
// what follows.
//
// An incident is an append-only list of records. A Record is an envelope and a
// body; the body is an Event, something that has happened. A Command is an order;
// Decide checks it once against the State and a given time and answers with
// events, or refuses. Reduce folds events into the State and may not refuse: what
// is recorded has happened. Correcting is recording: an amendment, an undo or a
// redaction names the record that it changes.
//
// The package is pure. It reads no clock, no file and no network; time, the kit
// and the people's ids are arguments. It imports only leaves.
//
// Words: fold order is (hlc, writer, n) and is the same on every machine; the
// timeline shows by the time at which things happened. Times are integer
// milliseconds UTC. A Kind is a dotted string that is frozen once released.
package incident
