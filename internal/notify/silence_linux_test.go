package notify_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/notify"
	"quarterdeck/internal/notify/notifytest"
)

func TestSilentServiceCostsASecond(t *testing.T) {
	srv, n := beside(t)
	srv.Hang()
	before := clock.System().Awake()
	errs := make(chan error)
	for i := range 20 {
		go func() { errs <- n.Show(t.Context(), notify.Message{Key: fmt.Sprint(i), Title: "x"}) }()
	}
	for range 20 {
		if err := <-errs; !fault.Is(err, fault.Unreachable) || !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	}
	if took := clock.System().Awake() - before; took > second+slack {
		t.Errorf("twenty keys beside each other took %v", took)
	}
	if s := n.Status(); s.Desktop || !strings.Contains(s.Reason, "does not answer") {
		t.Errorf("%+v", s)
	}
	srv.Resume()
	eventually(t, "a late answer is a sign of life", func() bool { return n.Status().Desktop })
}

func TestSilentFromTheStart(t *testing.T) {
	srv, open := aside(t)
	srv.Hang()
	n := open()
	fails(t, n, "k", "never shown")
	srv.Resume()
	show(t, n, "k", "shown")
	screen(t, srv, "shown")
}

func TestSlowServiceIsStillInTime(t *testing.T) {
	srv, open := aside(t)
	srv.SetDelay(second / 5)
	show(t, open(), "k", "slow") // the questions about the service, then the message
}

func TestOfThoseThatWaitTheNewestIsShown(t *testing.T) {
	srv, n := beside(t)
	srv.Hang()
	done := make(chan string, 3)
	put := func(title string) {
		if err := n.Show(t.Context(), notify.Message{Key: "k", Title: title}); err != nil {
			t.Errorf("show %s: %v", title, err)
		}
		done <- title
	}
	go put("first")
	if err := srv.WaitHeld(soon(t), 1); err != nil {
		t.Fatal(err)
	}
	go put("one")
	go put("other")
	older := <-done // overtaken by the one that came later
	newer := map[string]string{"one": "other", "other": "one"}[older]
	srv.Resume()
	screen(t, srv, "before", newer)
	var got []string
	for _, c := range srv.Calls() {
		got = append(got, c.Title)
	}
	if !slices.Equal(got, []string{"before", "first", newer}) {
		t.Errorf("%q after %q was overtaken", got, older)
	}
	<-done
	<-done
}

func TestLateBubbleIsCorrected(t *testing.T) {
	srv, n := beside(t)
	srv.Hang()
	fails(t, n, "k", "due in 3 min")
	fails(t, n, "k", "overdue")
	srv.Resume()
	screen(t, srv, "before", "overdue")
}

func TestLateBubbleIsWithdrawn(t *testing.T) {
	srv, n := beside(t)
	srv.Hang()
	fails(t, n, "k", "due in 3 min")
	if err := n.Withdraw(t.Context(), "k"); !fault.Is(err, fault.Unreachable) {
		t.Error(err)
	}
	srv.Resume()
	if _, err := srv.Wait(soon(t), func(c notifytest.Call) bool { return c.Title == "due in 3 min" }); err != nil {
		t.Fatal(err)
	}
	screen(t, srv, "before")
}

func TestLostAnswerDoesNotSilenceTheKey(t *testing.T) {
	srv, n := beside(t)
	srv.Hang()
	fails(t, n, "k", "early")
	release := srv.Skip()
	show(t, n, "k", "overdue")
	screen(t, srv, "before", "overdue")
	release()
	if _, err := srv.Wait(soon(t), func(c notifytest.Call) bool { return c.Title == "early" }); err != nil {
		t.Fatal(err)
	}
	screen(t, srv, "before", "overdue")
	show(t, n, "k", "later")
	screen(t, srv, "before", "later")
}

func TestLostQuestionDoesNotSilenceEverything(t *testing.T) {
	srv, open := aside(t)
	srv.Hang()
	n := open()
	if err := srv.WaitHeld(soon(t), 2); err != nil {
		t.Fatal(err)
	}
	srv.Skip()
	fails(t, n, "k", "early")
	show(t, n, "k", "late")
	screen(t, srv, "late")
}

func TestCallerWhoGivesUp(t *testing.T) {
	srv, n := beside(t)
	srv.Hang()
	ctx, cancel := context.WithCancel(t.Context())
	errs := make(chan error)
	go func() { errs <- n.Show(ctx, notify.Message{Key: "k", Title: "x"}) }()
	if err := srv.WaitHeld(soon(t), 1); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := <-errs; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if s := n.Status(); !s.Desktop {
		t.Errorf("the service had no chance to be silent: %+v", s)
	}
}

func TestTooManyWait(t *testing.T) {
	srv, open := aside(t)
	srv.Hang()
	n := open()
	errs := make(chan error)
	for i := range 80 {
		go func() { errs <- n.Show(t.Context(), notify.Message{Key: fmt.Sprint(i), Title: "x"}) }()
	}
	crowded := 0
	for range 80 {
		err := <-errs
		if !fault.Is(err, fault.Unreachable) {
			t.Error(err)
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			crowded++
		}
	}
	if crowded != 80-64 {
		t.Errorf("%d were turned away at once", crowded)
	}
}

func TestFrozenBus(t *testing.T) {
	t.Parallel()
	bus := notifytest.Start(t)
	srv, err := notifytest.Serve(bus.Address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(srv.Stop)
	open := func() notify.Notifier { return closed(t, notify.OpenAt(t.Context(), bus.Address)) }
	n := open()
	show(t, n, "k", "before")
	if err := bus.Freeze(); err != nil {
		t.Fatal(err)
	}
	for i := range 60 { // more than the socket holds
		go func() {
			// Most fail, and some keys are shown late: only what they do to the others counts.
			_ = n.Show(t.Context(), notify.Message{Key: fmt.Sprint(i), Body: strings.Repeat("&", 400)})
		}()
	}
	fails(t, n, "k", "frozen")
	late := open() // a connection that is never accepted
	fails(t, late, "k", "frozen too")
	before := clock.System().Awake()
	if err := late.Close(); err != nil {
		t.Error(err)
	}
	if took := clock.System().Awake() - before; took > slack {
		t.Errorf("closing took %v", took)
	}
	if err := bus.Thaw(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "works again", func() bool {
		return n.Show(t.Context(), notify.Message{Key: "k", Title: "after"}) == nil
	})
	err = srv.WaitScreen(soon(t), func(on []notifytest.Call) bool { return len(on) > 0 && on[0].Title == "after" })
	if err != nil {
		t.Error(err)
	}
}
