// Package outbox is the life of an outgoing message: it leaves exactly once as far as
// the receiver lets that be known, in the order of its stream, and never late by itself.
//
// A message is a delivery (package incident): written in one transaction with the record
// that asks for it, before anything touches a network. The dispatcher claims it, hands
// it to the medium of its route, and writes down what came of it.
//
// The one rule: only what provably was not posted is sent again by itself. Everything
// else that went wrong is unknown; it is settled by reading the receiver's history once
// our own time-out, and then some, has passed, and where there is no history to read, by
// asking a person. What is late, what another database file wrote, and what stands behind
// an open question waits for a person too.
//
// A medium is a room below this one: it satisfies Medium and passes the suite in
// outboxtest. It never retries, never redirects, never waits longer than its time-out,
// and its words hold no secret.
//
// Words: a route is a named way out; an audience has a ladder of them, and stands on one
// rung. A stream is what must arrive in order: one audience's updates by one route. A
// held message is a question to a person.
package outbox
