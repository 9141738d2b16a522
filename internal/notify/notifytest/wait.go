package notifytest

import (
	"context"
	"fmt"
	"slices"
)

// Calls returns every Notify so far.
func (s *Server) Calls() []Call { s.mu.Lock(); defer s.mu.Unlock(); return slices.Clone(s.calls) }

// Screen returns what is shown now, oldest bubble first.
func (s *Server) Screen() []Call { s.mu.Lock(); defer s.mu.Unlock(); return s.screen() }

func (s *Server) screen() []Call {
	var all []Call
	for _, c := range s.shown {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b Call) int { return int(a.ID) - int(b.ID) })
	return all
}

// Wait returns the first recorded call that matches, waiting for it until ctx ends.
func (s *Server) Wait(ctx context.Context, match func(Call) bool) (Call, error) {
	var found Call
	err := s.until(ctx, func() bool {
		at := slices.IndexFunc(s.calls, match)
		if at >= 0 {
			found = s.calls[at]
		}
		return at >= 0
	})
	return found, err
}

// WaitScreen waits until what is shown satisfies the condition, or ctx ends.
func (s *Server) WaitScreen(ctx context.Context, holds func([]Call) bool) error {
	return s.until(ctx, func() bool { return holds(s.screen()) })
}

// WaitHeld waits until n calls hang.
func (s *Server) WaitHeld(ctx context.Context, n int) error {
	return s.until(ctx, func() bool { return s.held >= n })
}

// until runs the condition, under the lock, after each change.
func (s *Server) until(ctx context.Context, holds func() bool) error {
	for {
		s.mu.Lock()
		ok, news := holds(), s.news
		calls, held, screen := len(s.calls), s.held, s.screen()
		s.mu.Unlock()
		if ok {
			return nil
		}
		select {
		case <-news:
		case <-ctx.Done():
			return fmt.Errorf("notifytest: waited in vain (%d calls recorded, %d hang, the screen shows %+v): %w",
				calls, held, screen, ctx.Err())
		}
	}
}

// changed wakes who waits; the lock is held.
func (s *Server) changed() {
	close(s.news)
	s.news = make(chan struct{})
}
