package app

import (
	"context"
	"errors"
	"log/slog"
	"sync"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/store"
)

// stream turns changes into what pages are told. Changes are gathered while a
// Notify is being made, so that a burst of notes costs a page one message, not many.
type stream struct {
	b    *Backend
	boot string

	// making is held from a Notify's number until the pages have it: a later one never
	// carries older news, and none overtakes another.
	making sync.Mutex

	mu      sync.Mutex // what follows
	seq     int64
	pages   map[chan Notify]struct{}
	pending map[incident.ID][]incident.Record
	order   []incident.ID
	stale   bool // the station
	soon    bool // of the station only a count has changed: it can wait
	ended   bool
	wake    chan struct{}
}

func newStream(b *Backend) *stream {
	s := &stream{b: b, boot: "0", pages: map[chan Notify]struct{}{}, pending: map[incident.ID][]incident.Record{}, wake: make(chan struct{}, 1)}
	if id, err := store.NewID(); err == nil { // else two backends look alike to a page, which then asks anew
		s.boot = id.String()
	}
	return s
}

// backlog is how many messages a page may be behind before it is sent away to ask anew.
const backlog = 256

// Subscribe adds a page. The channel is closed when the backend ends or when the page
// fell too far behind; it then watches anew.
func (b *Backend) Subscribe() (notes <-chan Notify, cancel func()) {
	c := make(chan Notify, backlog)
	s := b.stream
	s.mu.Lock()
	s.pages[c] = struct{}{}
	if s.ended {
		s.drop(c)
	}
	s.mu.Unlock()
	return c, func() { s.leave(c) }
}

// leave takes a page off. Nobody looks at a cockpit whose last page is gone, though it
// had no time to say so.
func (s *stream) leave(c chan Notify) {
	s.mu.Lock()
	s.drop(c)
	alone := len(s.pages) == 0
	s.mu.Unlock()
	if alone {
		s.b.mu.Lock()
		s.b.focused, s.b.audible = false, false
		s.b.mu.Unlock()
	}
}

func (s *stream) drop(c chan Notify) {
	if _, ok := s.pages[c]; ok {
		delete(s.pages, c)
		close(c)
	}
}

// dismiss sends every page away: it asks anew.
func (s *stream) dismiss() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.pages {
		s.drop(c)
	}
}

// close is dismiss for good.
func (s *stream) close() {
	s.mu.Lock()
	s.ended = true
	s.mu.Unlock()
	s.dismiss()
}

// answer numbers a Notify and fills it.
func (s *stream) answer(fill func(*Notify) error) (Notify, error) {
	s.making.Lock()
	defer s.making.Unlock()
	n := s.stamp(Notify{})
	err := fill(&n)
	return n, err
}

// tell is answer for every page.
func (s *stream) tell(fill func(*Notify) error) error {
	s.making.Lock()
	defer s.making.Unlock()
	n := s.stamp(Notify{})
	if err := fill(&n); err != nil {
		return err
	}
	s.send(n)
	return nil
}

// say gives every page a Notify that is filled already.
func (s *stream) say(n Notify) {
	s.making.Lock()
	defer s.making.Unlock()
	s.send(s.stamp(n))
}

func (s *stream) stamp(n Notify) Notify {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seq++
	n.Boot, n.Seq, n.Now = s.boot, s.seq, s.b.now()
	return n
}

func (s *stream) send(n Notify) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.pages {
		select {
		case c <- n:
		default:
			s.drop(c)
		}
	}
}

// told gathers what was appended. The cockpit calls it with its lock held.
func (s *stream) told(changes []cockpit.Change) {
	s.mu.Lock()
	for _, ch := range changes {
		s.gather(ch.Incident)
		s.pending[ch.Incident] = append(s.pending[ch.Incident], ch.Records...)
		for i := range ch.Records {
			if incident.Plain(ch.Records[i].Kind) {
				s.soon = true // who types a note does not wait for every incident to be listed anew
			} else {
				s.stale = true // the list shows every incident
			}
		}
	}
	s.mu.Unlock()
	s.poke()
}

// touch says that an incident looks different though nothing was appended.
func (s *stream) touch(id incident.ID) {
	s.mu.Lock()
	s.gather(id)
	s.mu.Unlock()
	s.poke()
}

func (s *stream) gather(id incident.ID) {
	if _, ok := s.pending[id]; !ok {
		s.pending[id] = nil
		s.order = append(s.order, id)
	}
}

// touchOpen is touch for every incident that is open.
func (s *stream) touchOpen() {
	rows, err := s.b.store.Open(context.Background())
	if err != nil {
		s.b.fault("log", err)
		return
	}
	for _, r := range rows {
		s.touch(r.ID)
	}
}

// station says that what belongs to no incident looks different.
func (s *stream) station() {
	s.mu.Lock()
	s.stale = true
	s.mu.Unlock()
	s.poke()
}

// settle tells what could wait.
func (s *stream) settle() {
	s.mu.Lock()
	due := s.soon
	s.stale, s.soon = s.stale || due, false
	s.mu.Unlock()
	if due {
		s.poke()
	}
}

func (s *stream) poke() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

func (s *stream) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
			if err := s.flush(ctx); err != nil && ctx.Err() == nil {
				slog.Error("tell the pages", "error", err)
				s.dismiss() // they missed something; asking anew, they are told what is wrong
			}
		}
	}
}

func (s *stream) flush(ctx context.Context) error {
	s.mu.Lock()
	ids, recs, station := s.order, s.pending, s.stale
	s.order, s.pending, s.stale, s.soon = nil, map[incident.ID][]incident.Record{}, false, s.soon && !s.stale
	s.mu.Unlock()
	var errs []error
	for _, id := range ids {
		errs = append(errs, s.tell(func(n *Notify) error {
			return s.b.cockpit.ViewTimeline(ctx, id, func(l *cockpit.Live) error {
				n.Live = s.b.liveView(l, n.Now)
				if len(recs[id]) > 0 {
					n.Timeline = s.b.lookFor(l, timelineView(l, l.Timeline.Touched(recs[id]...), -1))
				}
				return nil
			})
		}))
	}
	if station {
		errs = append(errs, s.tell(func(n *Notify) (err error) {
			n.Station, err = s.b.stationView(ctx, n.Now)
			return err
		}))
	}
	return errors.Join(errs...)
}
