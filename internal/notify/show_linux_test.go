package notify_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/notify"
	"quarterdeck/internal/notify/notifytest"
)

func TestShowCarriesEverything(t *testing.T) {
	srv, n := serve(t), open(t)
	for urgency, expire := range map[notify.Urgency]int32{notify.Low: -1, notify.Normal: -1, notify.Critical: 0} {
		m := notify.Message{
			Key: "update", Title: "Customer update is overdue", Body: "12 min late\nAPI errors", Urgency: urgency, Sound: "alarm-clock-elapsed",
			Actions: []notify.Action{{ID: "write", Label: "Write update"}, {ID: "snooze", Label: "Snooze 5 min"}},
		}
		if err := n.Show(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		c := srv.Calls()[len(srv.Calls())-1]
		if c.Urgency != int(urgency) || c.Expire != expire {
			t.Errorf("urgency %d arrived as %d, expires after %d", urgency, c.Urgency, c.Expire)
		}
		if c.Title != m.Title || c.Body != m.Body || c.Sound != m.Sound || c.Silent {
			t.Errorf("%+v", c)
		}
		if c.App != "Quarterdeck" || c.Entry != "quarterdeck" || c.Category == "" {
			t.Errorf("who it is from: %+v", c)
		}
		if want := []string{"default", "Open", "write", "Write update", "snooze", "Snooze 5 min"}; !slices.Equal(c.Actions, want) {
			t.Errorf("actions %q", c.Actions)
		}
	}
	if s := n.Status(); !s.Desktop || s.Reason != "" || s.Server != "notifytest 1" {
		t.Errorf("%+v", s)
	}
}

func TestNoSoundAsksForSilence(t *testing.T) {
	srv, n := serve(t), open(t)
	show(t, n, "k", "quiet")
	if c := srv.Calls()[0]; !c.Silent || c.Sound != "" {
		t.Errorf("%+v", c)
	}
}

func TestLaterMessageReplaces(t *testing.T) {
	srv, n := serve(t), open(t)
	show(t, n, "a", "early")
	show(t, n, "b", "other")
	for _, title := range []string{"due", "overdue"} {
		show(t, n, "a", title)
	}
	screen(t, srv, "overdue", "other")
	calls := srv.Calls()
	if calls[0].Replaces != 0 || calls[1].Replaces != 0 || calls[2].Replaces != calls[0].ID || calls[3].Replaces != calls[0].ID {
		t.Errorf("%+v", calls)
	}
}

func TestPressArrivesAndNextBubbleIsNew(t *testing.T) {
	srv, n := serve(t), open(t)
	show(t, n, "a", "one")
	show(t, n, "b", "two")
	for key, action := range map[string]string{"a": "snooze", "b": notify.Default} {
		id, server, ok := n.Shown(key)
		if !ok || server == "" {
			t.Fatalf("%s is not shown", key)
		}
		if err := srv.Invoke(id, action); err != nil {
			t.Fatal(err)
		}
		select {
		case p := <-n.Presses():
			if p != (notify.Press{Key: key, Action: action}) {
				t.Errorf("%+v", p)
			}
		case <-soon(t).Done():
			t.Fatal("no press")
		}
		eventually(t, "closed bubble is forgotten", func() bool { _, _, ok := n.Shown(key); return !ok })
	}
	show(t, n, "a", "again")
	if c := srv.Calls()[2]; c.Replaces != 0 {
		t.Errorf("replaces %d, which is closed", c.Replaces)
	}
}

func TestClosedBubbleIsForgotten(t *testing.T) {
	srv, n := serve(t), open(t)
	for i, end := range []func(uint32) error{srv.Close, srv.Expire} {
		show(t, n, "k", "x")
		id, _, _ := n.Shown("k")
		if err := end(id); err != nil {
			t.Fatal(err)
		}
		eventually(t, "forgotten", func() bool { _, _, ok := n.Shown("k"); return !ok })
		if c := srv.Calls()[i]; c.Replaces != 0 {
			t.Errorf("replaces %d", c.Replaces)
		}
	}
	select {
	case p := <-n.Presses():
		t.Errorf("closing is no press: %+v", p)
	default:
	}
}

func TestPressThatComesAfterTheClosing(t *testing.T) {
	srv, n := serve(t), open(t)
	show(t, n, "k", "x")
	id, _, _ := n.Shown("k")
	if err := srv.InvokeClosed(id, "write"); err != nil {
		t.Fatal(err)
	}
	select {
	case p := <-n.Presses():
		if p != (notify.Press{Key: "k", Action: "write"}) {
			t.Errorf("%+v", p)
		}
	case <-soon(t).Done():
		t.Fatal("no press")
	}
}

func TestPressOfSomebodyElseIsIgnored(t *testing.T) {
	srv, n := serve(t), open(t)
	show(t, n, "k", "x")
	id, _, _ := n.Shown("k")
	if err := srv.Forge(id, "write"); err != nil {
		t.Fatal(err)
	}
	if err := srv.Invoke(id, "snooze"); err != nil { // comes after the forged one
		t.Fatal(err)
	}
	if p := <-n.Presses(); p.Action != "snooze" {
		t.Errorf("%+v", p)
	}
}

func TestMarkupIsEscapedOnlyWhereItIsRendered(t *testing.T) {
	srv := serve(t)
	m := notify.Message{Key: "k", Title: "<b>T</b> & co", Body: `<a href="x">1 < 2</a> & more`}
	for can, want := range map[string]string{
		"body":        m.Body,
		"body-markup": `&lt;a href="x"&gt;1 &lt; 2&lt;/a&gt; &amp; more`,
	} {
		srv.SetCapabilities(can)
		n := open(t)
		if err := n.Show(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		c := srv.Calls()[len(srv.Calls())-1]
		if c.Body != want || c.Title != m.Title || len(c.Actions) != 0 {
			t.Errorf("with %s: %+v", can, c)
		}
	}
}

func TestHostileText(t *testing.T) {
	srv, n := serve(t), open(t)
	m := notify.Message{Key: "\x00", Title: strings.Repeat("\x00\xff\u202e", 1<<18), Body: strings.Repeat("&", 1<<20)}
	if err := n.Show(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	c := srv.Calls()[0]
	if len([]rune(c.Title)) != 120 || c.Body != strings.Repeat("&amp;", 399)+"…" {
		t.Errorf("%d characters of title, body %.60q", len([]rune(c.Title)), c.Body)
	}
}

func TestWithdraw(t *testing.T) {
	srv, n := serve(t), open(t)
	if err := n.Withdraw(t.Context(), "nothing"); err != nil {
		t.Error(err)
	}
	show(t, n, "a", "one")
	show(t, n, "b", "two")
	if err := n.Withdraw(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if _, _, ok := n.Shown("a"); ok {
		t.Error("still shown")
	}
	screen(t, srv, "two")
}

func TestServiceThatSaysNo(t *testing.T) {
	srv, n := serve(t), open(t)
	srv.Refuse("org.freedesktop.DBus.Error.LimitsExceeded")
	err := n.Show(t.Context(), notify.Message{Key: "k", Title: "x"})
	if !fault.Is(err, fault.Refused) || n.Status().Desktop {
		t.Errorf("%v, %+v", err, n.Status())
	}
	srv.Refuse("")
	srv.Drop(true)
	err = n.Show(t.Context(), notify.Message{Key: "k", Title: "x"})
	if !fault.Is(err, fault.Refused) || n.Status().Desktop {
		t.Errorf("%v, %+v", err, n.Status())
	}
	srv.Drop(false)
	show(t, n, "k", "x")
	if !n.Status().Desktop {
		t.Errorf("%+v", n.Status())
	}
}

func TestBadMessageIsAnError(t *testing.T) {
	serve(t)
	if err := open(t).Show(t.Context(), notify.Message{Title: "no key"}); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
}

func TestManyAtOnce(t *testing.T) {
	srv, n := serve(t), open(t)
	var all sync.WaitGroup
	for _, key := range strings.Split(strings.Repeat("a b c d ", 50), " ") {
		all.Go(func() {
			if key == "" {
				n.Status()
				return
			}
			if err := n.Show(t.Context(), notify.Message{Key: key, Title: key}); err != nil {
				t.Error(err)
			}
			n.Shown(key)
			n.Adopt(key, 99, "elsewhere")
			if key == "d" {
				if err := n.Withdraw(t.Context(), key); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	err := srv.WaitScreen(soon(t), func(on []notifytest.Call) bool {
		seen := map[string]int{}
		for _, c := range on {
			seen[c.Title]++
		}
		return seen["a"] == 1 && seen["b"] == 1 && seen["c"] == 1 && seen["d"] == 0
	})
	if err != nil {
		t.Error(err)
	}
}

func TestClose(t *testing.T) {
	srv, n := serve(t), open(t)
	show(t, n, "k", "stays")
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	if _, more := <-n.Presses(); more {
		t.Error("a press after closing")
	}
	fails(t, n, "k", "too late")
	if s := n.Status(); s.Desktop || s.Reason == "" {
		t.Errorf("%+v", s)
	}
	n.Adopt("k", 1, "x")
	screen(t, srv, "stays")
}
