package app_test

import (
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
)

// What is entered after the fact has its real times, and nothing of it is due, sent or rung:
// no channel is opened, no promise runs, and an update by a route is refused.
func TestBackfillSendsAndRingsNothing(t *testing.T) {
	s, srv := hosted(t)
	start := s.now()
	n, err := s.Declare(app.DeclareInput{Title: "Search was down", Severity: "SEV1", Backfill: true, Started: start - 5*60*minute, Detected: start - 290*minute, DeclaredAt: start - 280*minute})
	s.must(err)
	id := n.Live.ID
	for range 20 {
		s.pass(5 * time.Minute)
	}
	v := s.live(id)
	if len(v.Outbox) != 0 || v.Channel.Remote != "" {
		t.Errorf("something was to leave: %+v %+v", v.Outbox, v.Channel)
	}
	srv.Look(func() {
		if len(srv.Channels) > 0 {
			for _, c := range srv.Channels {
				if len(c.Messages) > 0 {
					t.Errorf("something was sent: %+v", c)
				}
			}
		}
	})
	if due := s.station().Due; len(due) != 0 {
		t.Errorf("something is due: %+v", due)
	}
	for _, a := range v.Audiences {
		if a.Due != 0 {
			t.Errorf("%s is promised something", a.ID)
		}
	}
	for _, m := range v.Milestones {
		if m.ID == "declared" && m.Time != start-280*minute {
			t.Errorf("declared at %d", m.Time)
		}
	}
	if _, err := s.Declare(app.DeclareInput{Title: "x", Backfill: true, Started: start, DeclaredAt: start - minute}); !fault.Is(err, fault.Invalid) {
		t.Errorf("declared before it started: %v", err)
	}
}
