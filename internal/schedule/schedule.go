package schedule

import (
	"context"
	"sync"
	"time"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/clock"
)

// Source knows every deadline that rings here.
type Source interface {
	Deadlines(ctx context.Context) ([]cadence.Deadline, error)
}

// Book keeps how far each deadline has rung; it outlives the process. It is safe for
// concurrent use.
type Book interface {
	Rung(ctx context.Context, deadline string) (r cadence.Ring, ok bool, err error)
	KeepRing(ctx context.Context, r cadence.Ring) error
	// Bubbles are the rings that still name a bubble on the desktop, the oldest first.
	Bubbles(ctx context.Context) ([]cadence.Ring, error)
}

// Bell is told what happens. It is called from one goroutine, one call at a time, and
// waits for nobody: a desktop that hangs must not hold up the next deadline.
type Bell interface {
	// Ring makes a deadline heard on a rung, taking the place of the bubble shown for
	// it before. Once a bubble shows it, and after Ring has returned, shown is told
	// which one; it may be called from any goroutine, or never.
	Ring(ctx context.Context, d cadence.Deadline, rung int, before cadence.Ring, shown func(bubble uint32, server string))
	// Quiet says that nothing is due any more about a topic; last is how it rang.
	Quiet(ctx context.Context, topic string, last cadence.Ring)
	// Rang says that every deadline of this tick has rung that had to: what was rung
	// since the last time is to sound as one.
	Rang(ctx context.Context)
	// Changed says that what is lit has changed, or the zone in which times are shown,
	// though nothing may have been written. ds
	// are all deadlines, also those that are not lit; they may be kept and not changed.
	Changed(ctx context.Context, ds []cadence.Deadline, wall int64)
	// Jumped says that the machine slept or its clock was set.
	Jumped(ctx context.Context, j Jump)
	// Failed says that the last tick could not do its work; nil that it can again.
	Failed(ctx context.Context, err error)
}

// Jump is a stretch of wall time that nobody was awake for.
type Jump struct {
	From, To int64              // wall, ms UTC, before and after
	Slept    bool               // else the clock was set; By says by how much
	By       int64              // ms
	Passed   []cadence.Deadline // those that came due between From and To
}

// Every is how often the clock is looked at.
const Every = 500 * time.Millisecond

// drift is how far clocks may part between two ticks before it counts as a jump.
const drift = 2 * time.Second

// Schedule rings deadlines. Its methods are not safe for concurrent use.
type Schedule struct {
	clock  clock.Clock
	source Source
	book   Book
	bell   Bell
	looks  map[string]cadence.Look
	last   reading
	failed bool

	mu         sync.Mutex              // a bubble may be told late, by another goroutine
	rings      map[string]cadence.Ring // what the book says, by deadline
	topics     map[string]string       // topics that rang and are not quiet yet: their deadline
	ended      bool                    // no tick comes any more
	remembered bool                    // what an earlier process left has been read
	unkept     map[string]bool         // of those, what the book has not taken yet
}

type reading struct {
	wall        time.Time
	boot, awake time.Duration
	zone        string
}

// New makes a schedule. Nothing rings before Run.
func New(clk clock.Clock, source Source, book Book, bell Bell) *Schedule {
	s := &Schedule{clock: clk, source: source, book: book, bell: bell,
		rings: map[string]cadence.Ring{}, topics: map[string]string{}, unkept: map[string]bool{}, looks: map[string]cadence.Look{}}
	s.last = s.read()
	return s
}

// Run ticks until ctx ends. A bubble that is told later still gets into the book.
func (s *Schedule) Run(ctx context.Context) {
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.ended = true
		s.end(ctx)
	}()
	for ctx.Err() == nil {
		s.Tick(ctx)
		if s.clock.Wait(ctx, Every) != nil {
			return // ctx ended
		}
	}
}

// Tick looks once.
func (s *Schedule) Tick(ctx context.Context) {
	err := s.tick(ctx)
	if (err != nil) != s.failed || err != nil {
		s.failed = err != nil
		s.bell.Failed(ctx, err)
	}
}

func (s *Schedule) tick(ctx context.Context) error {
	before, now := s.last, s.read()
	ds, err := s.source.Deadlines(ctx)
	if err != nil {
		return err // a jump meanwhile is told by the tick that sees the deadlines again
	}
	s.last = now
	wall := clock.Milli(now.wall)
	if j, ok := jump(before, now); ok {
		for _, d := range ds {
			if d.Due > j.From && d.Due <= j.To && d.Rung(j.To) != cadence.Silent {
				j.Passed = append(j.Passed, d)
			}
		}
		s.bell.Jumped(ctx, j)
	}
	s.look(ctx, ds, wall, before.zone != now.zone)
	return s.ring(ctx, ds, wall)
}

func (s *Schedule) read() reading {
	return reading{s.clock.Now(), s.clock.Boot(), s.clock.Awake(), s.clock.Zone().String()}
}

// jump compares how far the three clocks went between two readings.
func jump(before, now reading) (Jump, bool) {
	wall, boot, awake := now.wall.Sub(before.wall), now.boot-before.boot, now.awake-before.awake
	j := Jump{From: clock.Milli(before.wall), To: clock.Milli(now.wall)}
	switch set, slept := wall-boot, boot-awake; {
	case slept > drift:
		j.Slept, j.By = true, slept.Milliseconds()
	case set > drift || set < -drift:
		j.By = set.Milliseconds()
	default:
		return j, false
	}
	return j, true
}

// look tells when any deadline is lit differently from the tick before, or the machine is
// in another zone. Those that are not lit come and go with what is written, which is told
// elsewhere.
func (s *Schedule) look(ctx context.Context, ds []cadence.Deadline, wall int64, changed bool) {
	looks := make(map[string]cadence.Look, len(s.looks))
	for i := range ds {
		if look := ds[i].Look(wall); look != cadence.Nominal {
			looks[ds[i].Key] = look
			changed = changed || s.looks[ds[i].Key] != look
		}
	}
	changed = changed || len(looks) != len(s.looks)
	s.looks = looks
	if changed {
		s.bell.Changed(ctx, ds, wall)
	}
}
