// Package store keeps records in one SQLite file and is the only importer of its driver.
//
// What it promises: Append returns only after the records, every cache made from
// them and their search rows are on disk, in one transaction (WAL, synchronous
// FULL). The log is append-only by the database itself: triggers refuse updates
// and deletes and demand the next number of each writer's chain. n, prev and hlc are
// read from the tables inside the transaction that inserts, so that two processes
// of one writer (the cockpit and qd) never disagree.
//
// What it refuses: network file systems, a database of a newer version, a write
// whose expectations no longer hold (incident.ErrMoved). It decides nothing about incidents:
// rows and states are made by package incident and only kept here.
//
// Beside the log stand tables that are no record and belong to this machine:
// drafts, rings, settings of the database. One connection writes, a few read.
package store
