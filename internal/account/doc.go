// Package account counts: what incidents took, in minutes, people and money, and how
// long detecting, acknowledging, repairing took over many of them.
//
// Everything is recomputed from the record each time, in integers: milliseconds and
// minor units of a currency. Nothing here is a figure of its own: a corrected time
// changes every figure that depends on it and no other.
//
// A figure over several incidents never stands alone: it comes with how many incidents
// are in it, its median and middle half, and the mean beside them. An incident that
// lacks a time is left out of the figures that need it, and named. Drills never count;
// incidents entered after the fact are counted apart.
//
// Words: a span is the time between two milestones of one incident. A ledger books each
// person-minute once, to one phase of the work, and says how that is known: measured
// from the record, inferred by a rule, asked of a person, or blank.
package account
