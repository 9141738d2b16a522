//go:build !linux

package clock

import "time"

var started = time.Now()

// Boot and Awake are the same where the system offers only one monotonic clock
// to Go: a sleep then shows as a step of the wall clock, which is handled alike.
func (real) Boot() time.Duration  { return time.Since(started) }
func (real) Awake() time.Duration { return time.Since(started) }
