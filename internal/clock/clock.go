package clock

import (
	"context"
	"time"
)

// Clock reads the time and waits. Both implementations are safe for concurrent use.
type Clock interface {
	// Now is the wall clock in UTC, cut to milliseconds and without a monotonic part.
	Now() time.Time
	// Zone is the machine's time zone, for showing times and for stamping records.
	Zone() *time.Location
	// Boot is the time since boot, sleep included.
	Boot() time.Duration
	// Awake is the time since boot, sleep not included.
	Awake() time.Duration
	// Wait returns nil after d of awake time, or ctx's error when that ends first.
	Wait(ctx context.Context, d time.Duration) error
}

// Milli is t as the record keeps it: integer milliseconds since 1970, UTC.
func Milli(t time.Time) int64 { return t.UnixMilli() }

// real reads the machine's clocks.
type real struct{}

// System is the machine's own clock.
func System() Clock { return real{} }

func (real) Now() time.Time { return time.Now().Round(0).UTC().Truncate(time.Millisecond) }

func (real) Wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
