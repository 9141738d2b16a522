//go:build !testclock

package clock

// Machine is the clock that a program runs on.
func Machine() (Clock, error) { return System(), nil }
