// Package store keeps records in one SQLite file and is the only importer of its driver.
//
// What it promises: Append returns only after the records, every cache made from
// them and their search rows are on disk, in one transaction (WAL, synchronous
// FULL). The log is append-only by the database itself: triggers refuse updates
// and deletes and demand the next number of each writer's chain. n, prev and hlc are
// read from the tables inside the transaction that inserts, so that two processes
// of one writer (the cockpit and qd) never disagree.
//
// What it does on a bad day: a file that cannot be written is opened to be read, and
// Retry goes on once it can be; a full disk costs the ballast first. A damaged file is
// set aside whole, and a new one made of the last good backup and every record that the
// damaged one still gives: a record that follows its chain stays as it is, one behind a
// hole is written again by the new writer. A copy has no writer: whoever opens a copied,
// restored or recovered file writes under an id of its own, and rows of the outbox that
// name another writer are not its to send.
//
// What it refuses: network file systems, a database of a newer version, a write
// whose expectations no longer hold (incident.ErrMoved). It decides nothing about incidents:
// rows and states are made by package incident and only kept here.
//
// Beside the log stand tables that are no record and belong to this machine:
// drafts, rings, settings of the database. One connection writes, a few read.
package store
