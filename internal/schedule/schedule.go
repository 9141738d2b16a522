package schedule

import (
	"context"
	"time"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/clock"
)

// Source knows every deadline that rings here.
type Source interface {
	Deadlines(ctx context.Context) ([]cadence.Deadline, error)
}

// Book keeps how far each deadline has rung; it outlives the process.
type Book interface {
	Rung(ctx context.Context, deadline string) (r cadence.Ring, ok bool, err error)
	KeepRing(ctx context.Context, r cadence.Ring) error
}

// Bell is told what happens. It is called from one goroutine, one call at a time, and
// must return within about a second.
type Bell interface {
	// Ring makes a deadline heard on a rung, taking the place of the bubble shown
	// for it before, and answers with the bubble that shows it now.
	Ring(ctx context.Context, d cadence.Deadline, rung int, before cadence.Ring) (bubble uint32, server string)
	// Quiet says that nothing is due any more about a topic that has rung.
	Quiet(ctx context.Context, topic string)
	// Changed says that deadlines look different now, though nothing was written.
	Changed(ctx context.Context, looks map[string]cadence.Look)
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

	rung   map[string]cadence.Ring // what the book says, by deadline
	topics map[string]string       // topics that have rung, by deadline
	looks  map[string]cadence.Look
	last   reading
	failed bool
}

type reading struct {
	wall        time.Time
	boot, awake time.Duration
}

// New makes a schedule. Nothing rings before Run.
func New(clk clock.Clock, source Source, book Book, bell Bell) *Schedule {
	s := &Schedule{clock: clk, source: source, book: book, bell: bell,
		rung: map[string]cadence.Ring{}, topics: map[string]string{}, looks: map[string]cadence.Look{}}
	s.last = s.read()
	return s
}

// Run ticks until ctx ends.
func (s *Schedule) Run(ctx context.Context) {
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
	s.last = now
	ds, err := s.source.Deadlines(ctx)
	if err != nil {
		return err
	}
	wall := clock.Milli(now.wall)
	if j, ok := jump(before, now); ok {
		for _, d := range ds {
			if d.Due > j.From && d.Due <= j.To {
				j.Passed = append(j.Passed, d)
			}
		}
		s.bell.Jumped(ctx, j)
	}
	s.look(ctx, ds, wall)
	return s.ring(ctx, ds, wall)
}

func (s *Schedule) read() reading {
	return reading{s.clock.Now(), s.clock.Boot(), s.clock.Awake()}
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

// look tells when any deadline looks different from the tick before.
func (s *Schedule) look(ctx context.Context, ds []cadence.Deadline, wall int64) {
	looks := make(map[string]cadence.Look, len(ds))
	changed := len(ds) != len(s.looks)
	for i := range ds {
		look := ds[i].Look(wall)
		looks[ds[i].Key] = look
		changed = changed || s.looks[ds[i].Key] != look
	}
	s.looks = looks
	if changed {
		s.bell.Changed(ctx, looks)
	}
}

func (s *Schedule) ring(ctx context.Context, ds []cadence.Deadline, wall int64) error {
	running := map[string]bool{}
	for i := range ds {
		d := ds[i]
		running[d.Topic()] = running[d.Topic()] || d.Rung(wall) >= 0
		rung := d.Rung(wall)
		if rung < 0 || wall < d.Silent {
			continue
		}
		before, ok := s.rung[d.Key]
		if !ok {
			var err error
			if before, ok, err = s.book.Rung(ctx, d.Key); err != nil {
				return err
			}
			if ok {
				s.rung[d.Key] = before
				s.topics[d.Key] = d.Topic()
			}
		}
		if ok && before.Rung >= rung {
			continue
		}
		r := cadence.Ring{Deadline: d.Key, Rung: rung, At: wall}
		r.Bubble, r.Server = s.bell.Ring(ctx, d, rung, before)
		s.rung[d.Key] = r // rung even if it cannot be kept: a full disk must not ring each tick
		s.topics[d.Key] = d.Topic()
		if err := s.book.KeepRing(ctx, r); err != nil {
			return err
		}
	}
	s.quiet(ctx, running)
	return nil
}

// quiet takes away what was shown for topics of which nothing is due any more.
func (s *Schedule) quiet(ctx context.Context, running map[string]bool) {
	for key, topic := range s.topics {
		if !running[topic] {
			s.bell.Quiet(ctx, topic)
			delete(s.topics, key)
			delete(s.rung, key)
		}
	}
}
