// Package app is what the faces share: the bound API with one short method a
// command, the views it answers with, the stream of changes, and the one file
// that introduces the rooms to each other.
//
// A face translates: it parses, calls once and shapes a view. Nothing here decides
// anything about an incident. Views cross a bridge to a page: times are integer
// milliseconds UTC, lists are never nil, optional parts are pointers, errors are
// the JSON of a fault. Package app knows no window: app/desktop and app/browser do.
package app
