package notify_test

import (
	"testing"

	"quarterdeck/internal/notify"
	"quarterdeck/internal/notify/notifytest"
)

// predecessor shows a message, closes its notifier and returns what it knew.
func predecessor(t *testing.T, key, title string) (id uint32, server string) {
	t.Helper()
	n := open(t)
	show(t, n, key, title)
	id, server, ok := n.Shown(key)
	if !ok {
		t.Fatal("not shown")
	}
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	return id, server
}

func TestAdoptedBubbleIsReplaced(t *testing.T) {
	srv := serve(t)
	id, server := predecessor(t, "k", "old")
	n := open(t)
	n.Adopt("k", id, server)
	if got, at, ok := n.Shown("k"); !ok || got != id || at != server {
		t.Errorf("%d %q %v", got, at, ok)
	}
	show(t, n, "k", "new")
	screen(t, srv, "new")
	if c := srv.Calls()[1]; c.Replaces != id {
		t.Errorf("replaces %d, want %d", c.Replaces, id)
	}
	if err := srv.Invoke(id, "write"); err != nil {
		t.Fatal(err)
	}
	if p := <-n.Presses(); p != (notify.Press{Key: "k", Action: "write"}) {
		t.Errorf("%+v", p)
	}
}

func TestAdoptedBubbleIsWithdrawn(t *testing.T) {
	srv := serve(t)
	id, server := predecessor(t, "k", "old")
	n := open(t)
	n.Adopt("k", id, server)
	if err := n.Withdraw(t.Context(), "k"); err != nil {
		t.Fatal(err)
	}
	screen(t, srv)
}

func TestAdoptedBubbleThatWasClosedMeanwhile(t *testing.T) {
	srv := serve(t)
	id, server := predecessor(t, "k", "old")
	if err := srv.Restart(); err != nil {
		t.Fatal(err)
	}
	other := open(t)
	show(t, other, "other", "not ours") // has the old bubble's number now
	n := open(t)
	n.Adopt("k", id, server)
	show(t, n, "k", "new")
	screen(t, srv, "not ours", "new")
}

func TestAdoptOfAnotherBus(t *testing.T) {
	serve(t)
	id, server := predecessor(t, "k", "old")
	srv := serve(t) // unique names are the same as on the first bus
	other := open(t)
	show(t, other, "other", "not ours")
	n := open(t)
	n.Adopt("k", id, server)
	show(t, n, "k", "new")
	screen(t, srv, "not ours", "new")
}

func TestAdoptDoesNotOverrideWhatIsShown(t *testing.T) {
	srv, n := serve(t), open(t)
	show(t, n, "a", "one")
	show(t, n, "b", "two")
	id, server, _ := n.Shown("a")
	n.Adopt("b", id, server)
	n.Adopt("", id, server)
	n.Adopt("c", 0, server)
	show(t, n, "b", "three")
	show(t, n, "c", "four")
	screen(t, srv, "one", "three", "four")
}

func TestAdoptAfterTheServiceIsKnown(t *testing.T) {
	srv := serve(t)
	id, server := predecessor(t, "k", "old")
	n := open(t)
	show(t, n, "other", "x")
	n.Adopt("k", id, server)
	n.Adopt("gone", 4711, "elsewhere")
	if _, _, ok := n.Shown("gone"); ok {
		t.Error("adopted from a service that is not there")
	}
	show(t, n, "k", "new")
	err := srv.WaitScreen(soon(t), func(on []notifytest.Call) bool { return len(on) == 2 && on[0].Title == "new" })
	if err != nil {
		t.Error(err)
	}
}
