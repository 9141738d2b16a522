// Command qd is the terminal face of Quarterdeck, for the engineer in a shell: what it
// writes stands in an open cockpit within half a second, and the other way round.
//
// It is a second process of the same database and waits for nobody. Every command
// parses its words, calls once and prints: for people in 80 columns, or as one JSON
// document with --json. It answers 0 when it is done, 1 when it was refused or has
// failed, and 2 when it was called wrongly. Times go out in UTC.
//
// It decides nothing about incidents, rings nothing (a cockpit does) and makes no
// database in order to read. It links no window.
//
// Words: a handle is the end of a record's id, short enough to type; a reference is
// the short name of an incident.
package main
