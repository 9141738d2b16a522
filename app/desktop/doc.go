// Package desktop is the cockpit in a window: the only importer of Wails.
//
// It decides at start which face it is (a window, or the browser face where there is
// no display), takes the folder's lock before the database is opened, and summons the
// backend that has it when there is one. Closing the window while anything is due
// hides it and says so; quitting is another act, which names what will not ring.
package desktop
