// Package fault is the closed list of ways in which something can go wrong, and
// the one error type that crosses a face: to the screen, to a shell, to a script.
//
// Only the room that understands a foreign error gives it a code, by the error's
// type or number and never by its text. Everything without a code is Internal.
// The package imports nothing of ours and may be imported by every room.
package fault
