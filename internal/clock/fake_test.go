package clock_test

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"testing"
	"time"

	"quarterdeck/internal/clock"
)

var start = time.Date(2026, 3, 2, 13, 0, 0, 1_500_000, time.FixedZone("+01", 3600))

func TestFakeBeginsWhereItIsTold(t *testing.T) {
	f := clock.NewFake(start)
	if got := f.Now(); !got.Equal(time.Date(2026, 3, 2, 12, 0, 0, 1_000_000, time.UTC)) || got.Location() != time.UTC {
		t.Errorf("it is %v", got)
	}
	if f.Boot() != 0 || f.Awake() != 0 || f.Zone() != time.UTC || f.Waiting() != 0 {
		t.Errorf("boot %v, awake %v, zone %v, %d wait", f.Boot(), f.Awake(), f.Zone(), f.Waiting())
	}
	if a, b := f.Now(), f.Now(); !a.Equal(b) {
		t.Error("it runs by itself")
	}
}

func TestFakeMoves(t *testing.T) {
	const d = 20 * time.Minute
	tests := []struct {
		name              string
		move              func(*clock.Fake)
		wall, boot, awake time.Duration
	}{
		{"time passes", func(f *clock.Fake) { f.Advance(d) }, d, d, d},
		{"the machine sleeps", func(f *clock.Fake) { f.Suspend(d) }, d, d, 0},
		{"the clock is set forward", func(f *clock.Fake) { f.Step(d) }, d, 0, 0},
		{"the clock is set back", func(f *clock.Fake) { f.Step(-d) }, -d, 0, 0},
		{"all of it", func(f *clock.Fake) { f.Advance(d); f.Suspend(d); f.Step(-d); f.Advance(d) }, 2 * d, 3 * d, 2 * d},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := clock.NewFake(start)
			before := f.Now()
			tt.move(f)
			if f.Now().Sub(before) != tt.wall || f.Boot() != tt.boot || f.Awake() != tt.awake {
				t.Errorf("wall %v, boot %v, awake %v", f.Now().Sub(before), f.Boot(), f.Awake())
			}
		})
	}
}

func TestFakeZone(t *testing.T) {
	f := clock.NewFake(start)
	z := time.FixedZone("+0545", 20700)
	f.SetZone(z)
	if f.Zone() != z || f.Now().Location() != time.UTC {
		t.Errorf("zone %v, now %v", f.Zone(), f.Now())
	}
}

func TestFakeIsCutToMilliseconds(t *testing.T) {
	f := clock.NewFake(start)
	before := f.Now()
	for range 1000 {
		f.Advance(time.Microsecond)
		if f.Now().Nanosecond()%1_000_000 != 0 {
			t.Fatalf("it is %v", f.Now())
		}
	}
	if f.Now().Sub(before) != time.Millisecond {
		t.Errorf("parts of a millisecond are lost: %v", f.Now().Sub(before))
	}
}

// asleep starts a waiter and returns once it waits.
func asleep(ctx context.Context, f *clock.Fake, d time.Duration) <-chan error {
	n, done := f.Waiting(), make(chan error, 1)
	go func() { done <- f.Wait(ctx, d) }()
	for f.Waiting() == n {
		runtime.Gosched()
	}
	return done
}

func TestWaitersWakeWithAwakeTime(t *testing.T) {
	f := clock.NewFake(start)
	done := asleep(t.Context(), f, time.Minute)
	f.Step(time.Hour)
	f.Suspend(time.Hour)
	f.Advance(time.Minute - 1)
	if f.Waiting() != 1 {
		t.Fatal("it woke before its time")
	}
	f.Advance(1)
	if err := <-done; err != nil || f.Waiting() != 0 {
		t.Errorf("%v, %d wait", err, f.Waiting())
	}
	// Setting the clock back keeps nobody asleep.
	done = asleep(t.Context(), f, time.Minute)
	f.Step(-time.Hour)
	f.Advance(time.Minute)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestWaitersWakeEachInTurn(t *testing.T) {
	f := clock.NewFake(start)
	late, soon := asleep(t.Context(), f, 2*time.Minute), asleep(t.Context(), f, time.Minute)
	f.Advance(time.Minute)
	if err := <-soon; err != nil || f.Waiting() != 1 {
		t.Fatalf("%v, %d wait", err, f.Waiting())
	}
	f.Advance(time.Hour)
	if err := <-late; err != nil {
		t.Error(err)
	}
}

func TestWaitingEndsWithItsContext(t *testing.T) {
	f := clock.NewFake(start)
	ctx, cancel := context.WithCancelCause(t.Context())
	done := asleep(ctx, f, time.Minute)
	cancel(nil)
	if err := <-done; !errors.Is(err, context.Canceled) || f.Waiting() != 0 {
		t.Errorf("%v, %d wait", err, f.Waiting())
	}
	for _, d := range []time.Duration{-1, 0, time.Hour} {
		if err := f.Wait(ctx, d); !errors.Is(err, context.Canceled) {
			t.Errorf("waiting %v after the end: %v", d, err)
		}
	}
	for _, d := range []time.Duration{-time.Hour, 0} {
		if err := f.Wait(t.Context(), d); err != nil {
			t.Errorf("waiting %v: %v", d, err)
		}
	}
}

func TestFakeFromManySides(t *testing.T) {
	f := clock.NewFake(start)
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			if err := f.Wait(t.Context(), time.Duration(i)*time.Minute); err != nil {
				t.Error(err)
			}
			f.Now()
			f.Boot()
			f.Zone()
		})
	}
	for f.Waiting() < 19 {
		runtime.Gosched()
	}
	for range 20 {
		f.Advance(time.Minute)
	}
	all.Wait()
	if f.Waiting() != 0 || f.Awake() != 20*time.Minute {
		t.Errorf("%d wait, awake %v", f.Waiting(), f.Awake())
	}
}
