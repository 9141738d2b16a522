// Package feed brings calendars to this machine and keeps the last good copy of each: from
// files, and from http, https and webcal addresses.
//
// An address is asked conditionally, within bounds of time and size, and less and less
// often while it fails. What it sends replaces the last good copy only when it is a
// calendar and has not lost most of its shifts to come; otherwise it is held beside it
// until somebody says that it is right. No failure takes a good copy away.
//
// Addresses are secrets: they come as tokens, and neither states, errors nor the log hold
// more of them than the host.
//
// The folder is 0700 and its files 0600, each written whole and renamed. Several processes
// may use it: the latest writer of a copy wins, and a copy whose state belongs to another
// one is only asked for anew.
//
// Words: a copy is the bytes that were kept, with their age; held is what came and was not
// taken; trouble is why the last look failed.
package feed
