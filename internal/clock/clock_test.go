package clock_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"quarterdeck/internal/clock"
)

func TestSystemNow(t *testing.T) {
	c := clock.System()
	before := time.Now().Truncate(time.Millisecond)
	now := c.Now()
	if after := time.Now(); now.Before(before.Round(0)) || now.After(after.Round(0)) {
		t.Errorf("%v is not between %v and %v", now, before, after)
	}
	if now.Location() != time.UTC || now.Nanosecond()%1_000_000 != 0 || strings.Contains(now.String(), "m=") {
		t.Errorf("%v is not UTC in whole milliseconds without a monotonic part", now)
	}
	if !time.UnixMilli(clock.Milli(now)).Equal(now) {
		t.Errorf("%v is %d", now, clock.Milli(now))
	}
	if c.Zone() != time.Local {
		t.Errorf("zone %v", c.Zone())
	}
}

// Boot time counts what awake time counts, and sleep besides; neither goes back.
func TestSystemRunsOn(t *testing.T) {
	c := clock.System()
	var boot, awake time.Duration
	for range 1000 {
		a, b := c.Awake(), c.Boot()
		if b < boot || a < awake || b <= 0 || a <= 0 {
			t.Fatalf("boot %v after %v, awake %v after %v", b, boot, a, awake)
		}
		if b < a {
			t.Fatalf("booted %v ago, awake for %v", b, a)
		}
		boot, awake = b, a
	}
}

func TestSystemWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := clock.System()
		began := time.Now()
		for _, d := range []time.Duration{-time.Second, 0, time.Millisecond, 4 * time.Hour} {
			if err := c.Wait(t.Context(), d); err != nil {
				t.Errorf("waiting %v: %v", d, err)
			}
		}
		if waited := time.Since(began); waited != 4*time.Hour+time.Millisecond {
			t.Errorf("waited %v", waited)
		}
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		for range 50 {
			if err := c.Wait(ended, 0); !errors.Is(err, context.Canceled) {
				t.Fatalf("after the end: %v", err)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		began = time.Now()
		if err := c.Wait(ctx, time.Hour); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != time.Minute {
			t.Errorf("%v after %v", err, time.Since(began))
		}
	})
}

func TestMilli(t *testing.T) {
	for _, ms := range []int64{0, -1, 1_772_452_800_123, 253_402_300_799_999} {
		for _, z := range []*time.Location{time.UTC, time.FixedZone("-0330", -12600)} {
			if got := clock.Milli(time.UnixMilli(ms).In(z)); got != ms {
				t.Errorf("%d becomes %d", ms, got)
			}
		}
	}
}
