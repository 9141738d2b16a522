// Package e2e drives the built window as a person would: the binary as it ships, under
// a virtual display with a window manager, in a session bus of its own with a real
// notification service, through WebKitWebDriver. The driver gets in by a small library
// that is loaded beside the binary (automation/); the binary itself has no door for it.
//
// The tests need the build tag e2e and a build in build/bin; `make e2e` sees to both.
package e2e
