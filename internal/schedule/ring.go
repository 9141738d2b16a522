package schedule

import (
	"context"
	"errors"
	"strings"

	"quarterdeck/internal/cadence"
)

// ring rings each deadline whose rung has not been rung, and quiets what is over. A
// book that cannot be read or written keeps no deadline from ringing once.
func (s *Schedule) ring(ctx context.Context, ds []cadence.Deadline, wall int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	errs := []error{s.remember(ctx)}
	running, keys, rang := map[string]bool{}, map[string]bool{}, false
	for i := range ds {
		d := ds[i]
		rung := d.Rung(wall)
		keys[d.Key] = true
		running[d.Topic()] = running[d.Topic()] || rung >= 0
		before, err := s.before(ctx, d.Key, rung, wall)
		errs = append(errs, err)
		if rung > before.Rung && wall >= d.Silent {
			s.once(ctx, d, rung, wall, before)
			rang = true
		}
	}
	if rang {
		s.bell.Rang(ctx)
	}
	s.quiet(ctx, running)
	errs = append(errs, s.keep(ctx))
	for key := range s.rings {
		if !keys[key] {
			delete(s.rings, key)
			delete(s.unkept, key)
		}
	}
	return errors.Join(errs...)
}

// note says how a deadline has rung. It counts at once, so that nothing rings each
// tick while the book cannot be written.
func (s *Schedule) note(r cadence.Ring) {
	s.rings[r.Deadline], s.unkept[r.Deadline] = r, true
}

// keep writes what was noted into the book, after everything has been rung: a locked
// database is waited for. What the book does not take is tried again with the next tick.
func (s *Schedule) keep(ctx context.Context) error {
	var errs []error
	for key := range s.unkept {
		err := s.book.KeepRing(ctx, s.rings[key])
		if err == nil {
			delete(s.unkept, key)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// once rings a deadline on a rung.
func (s *Schedule) once(ctx context.Context, d cadence.Deadline, rung int, wall int64, before cadence.Ring) {
	topic := d.Topic()
	if key, ok := s.topics[topic]; ok && key != d.Key { // another time for the same thing: its bubble goes on
		before.Bubble, before.Server = s.rings[key].Bubble, s.rings[key].Server
		s.forget(key)
	}
	s.topics[topic] = d.Key
	s.note(cadence.Ring{Deadline: d.Key, Rung: rung, At: wall, Bubble: before.Bubble, Server: before.Server})
	s.bell.Ring(ctx, d, rung, before, func(bubble uint32, server string) { s.shown(ctx, topic, d.Key, bubble, server) })
}

// before is how a deadline has rung. A ring that lies ahead was rung by a clock that
// has been set back since: the rungs above the one it stands on now will ring again.
func (s *Schedule) before(ctx context.Context, key string, rung int, wall int64) (cadence.Ring, error) {
	r, ok := s.rings[key]
	if !ok {
		var err error
		if r, ok, err = s.book.Rung(ctx, key); err != nil {
			return cadence.Ring{Rung: cadence.Silent}, err
		}
		if !ok {
			r = cadence.Ring{Deadline: key, Rung: cadence.Silent}
		}
		s.rings[key] = r
	}
	if r.At <= wall+drift.Milliseconds() || r.Rung <= rung {
		return r, nil
	}
	r.Rung, r.At = rung, wall
	s.note(r)
	return r, nil
}

// shown notes which bubble shows a deadline.
func (s *Schedule) shown(ctx context.Context, topic, key string, bubble uint32, server string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.topics[topic] != key {
		return // it is over meanwhile: its bubble is taken away, or has gone on to another time
	}
	r := s.rings[key]
	r.Bubble, r.Server = bubble, server
	s.note(r)
	if s.ended {
		s.end(ctx)
	}
}

// end keeps what was noted since the last tick.
func (s *Schedule) end(ctx context.Context) {
	if err := s.keep(context.WithoutCancel(ctx)); err != nil {
		s.bell.Failed(ctx, err)
	}
}

// forget notes that no bubble shows a deadline any more.
func (s *Schedule) forget(key string) {
	if r := s.rings[key]; r.Bubble != 0 {
		r.Bubble, r.Server = 0, ""
		s.note(r)
	}
}

// remember takes in, once, what an earlier process left on the desktop.
func (s *Schedule) remember(ctx context.Context) error {
	if s.remembered {
		return nil
	}
	left, err := s.book.Bubbles(ctx)
	if err != nil {
		return err
	}
	for _, r := range left {
		s.rings[r.Deadline], s.topics[topicOf(r.Deadline)] = r, r.Deadline
	}
	s.remembered = true
	return nil
}

// quiet takes away what was shown for topics of which nothing is due any more.
func (s *Schedule) quiet(ctx context.Context, running map[string]bool) {
	for topic, key := range s.topics {
		if !running[topic] {
			delete(s.topics, topic)
			s.bell.Quiet(ctx, topic, s.rings[key])
			s.forget(key)
		}
	}
}

// topicOf is the topic in a deadline's key: the key without its time.
func topicOf(key string) string {
	if i := strings.LastIndexByte(key, '/'); i >= 0 {
		return key[:i]
	}
	return key
}
