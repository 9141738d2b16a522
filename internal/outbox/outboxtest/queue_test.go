package outboxtest_test

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/outbox"
	"quarterdeck/internal/outbox/slack/slacktest"
	"quarterdeck/internal/workspace"
)

// childEnv names folder, Slack and point to a child process that kills itself there.
const childEnv = "QUARTERDECK_OUTBOX_KILL"

// TestChildSendsUntilKilled is the child of TestKilledAnywhereItLeavesOneCopy.
func TestChildSendsUntilKilled(t *testing.T) {
	f := strings.Split(os.Getenv(childEnv), "|")
	if len(f) != 3 {
		return // not asked for
	}
	h := build(t, f[0], f[1], nil)
	h.outbox.Within(workspace.Process(), workspace.Ended)
	h.outbox.AtPoints(func(point string) {
		if point == f[2] {
			if err := syscall.Kill(os.Getpid(), syscall.SIGKILL); err != nil {
				t.Fatal(err)
			}
			select {}
		}
	})
	h.during(5 * time.Second)
	t.Fatal("it was not killed")
}

func TestKilledAnywhereItLeavesOneCopy(t *testing.T) {
	for _, point := range []string{"before claim", "after claim", "after send", "after commit"} {
		t.Run(strings.ReplaceAll(point, " ", "-"), func(t *testing.T) {
			dir := t.TempDir()
			h := build(t, dir, "", nil)
			h.declare()
			d := h.say("support", "we look", lasting)
			next := h.say("support", "we go on looking", func(d *incident.Delivery) { d.NotBefore = h.now() + 30_000; d.Keep = true })
			h.must(h.store.Close())
			c := exec.Command(os.Args[0], "-test.run", "^TestChildSendsUntilKilled$")
			c.Env = append(os.Environ(), childEnv+"="+dir+"|"+h.slack.URL()+"|"+point)
			out, err := c.CombinedOutput()
			if ws, ok := c.ProcessState.Sys().(syscall.WaitStatus); err == nil || !ok || ws.Signal() != syscall.SIGKILL {
				t.Fatalf("the child was not killed: %v\n%s", err, out)
			}
			again := build(t, dir, h.slack.URL(), h.clock)
			again.id, again.slack = h.id, h.slack
			again.outbox.Within(workspace.Process(), workspace.Ended)
			again.during(20 * time.Second) // the dead one's lease would last a minute
			if first := h.slack.Copies(d.Key); point == "before claim" && first != 1 {
				t.Errorf("%d copies right after the start", first)
			}
			again.during(2 * time.Minute)
			for _, d := range []incident.Delivery{d, next} {
				again.state(d, incident.DeliverySent)
				if n := h.slack.Copies(d.Key); n != 1 {
					t.Errorf("%d copies of %q", n, d.Text)
				}
			}
			if k := again.kinds(); k != "update.requested update.requested delivery.confirmed delivery.confirmed " {
				t.Errorf("the record says %s", k)
			}
		})
	}
}

func TestTwoDispatchersSendOneCopy(t *testing.T) {
	h := build(t, t.TempDir(), "", nil)
	h.declare()
	other := build(t, h.dir, h.slack.URL(), h.clock)
	var rows []incident.Delivery
	for i := range 20 {
		rows = append(rows, h.say(audiences[i%len(audiences)], text(i), lasting))
	}
	for range 60 {
		done := make(chan error, 2)
		for _, d := range []*outbox.Dispatcher{h.outbox, other.outbox} {
			go func() { done <- d.Pass(context.Background()) }()
		}
		h.must(<-done)
		h.must(<-done)
		h.outbox.Wait()
		other.outbox.Wait()
		h.clock.Advance(time.Second)
	}
	for _, d := range rows {
		h.state(d, incident.DeliverySent)
		if n := h.slack.Copies(d.Key); n != 1 {
			t.Errorf("%d copies", n)
		}
	}
	// The one that has the lease goes; the other takes over once it has run out.
	d := h.say("support", "one more", nil)
	h.outbox.Close(t.Context())
	other.clock.Advance(61 * time.Second)
	other.during(3 * time.Second)
	other.state(d, incident.DeliverySent)
}

func TestAnHourOfflineAsksOnceAStreamAndSendsNothingByItself(t *testing.T) {
	h := build(t, t.TempDir(), "", nil)
	h.declare()
	h.offline(true)
	var rows []incident.Delivery
	for i := range 20 { // two audiences, one more every six minutes; the first notice is kept
		rows = append(rows, h.say(audiences[i%2], text(i), func(d *incident.Delivery) { d.Keep = i < 2 }))
		h.during(3 * time.Minute)
	}
	h.offline(false)
	h.clock.Suspend(5 * time.Minute)
	h.during(10 * time.Minute)
	if n := h.slack.Called("chat.postMessage"); n != 0 {
		t.Errorf("%d messages left by themselves", n)
	}
	if open := h.open(); open[incident.DeliveryHeld] != 2 {
		t.Errorf("it asks %d questions about two streams: %v", open[incident.DeliveryHeld], open)
	}
	// One that says everything takes the place of all of them.
	for _, a := range audiences[:2] {
		d := h.say(a, "all that happened meanwhile", func(d *incident.Delivery) { d.Merges = true })
		h.during(3 * time.Second)
		h.state(d, incident.DeliverySent)
	}
	for _, d := range rows {
		h.state(d, incident.DeliverySuperseded)
	}
	if n := h.slack.Called("chat.postMessage"); n != 2 || len(h.open()) != 0 {
		t.Errorf("%d messages, and open are %v", n, h.open())
	}
}

func TestACopiedFolderSendsNothing(t *testing.T) {
	h := build(t, t.TempDir(), "", nil)
	h.declare()
	h.offline(true)
	queued := h.say("support", "we look", nil)
	h.pass()
	h.offline(false)
	h.slack.Break("chat.postMessage", slacktest.HangAfter)
	unknown := h.say("customers", "we look into it", nil)
	later := h.say("leadership", "in a while", func(d *incident.Delivery) { d.NotBefore = h.now() + 600_000 })
	h.pass()
	h.must(h.store.Close())
	before := h.slack.Called("chat.postMessage")

	dir := t.TempDir()
	files, err := os.ReadDir(h.dir)
	h.must(err)
	for _, f := range files {
		copyFile(t, filepath.Join(h.dir, f.Name()), filepath.Join(dir, f.Name()))
	}
	c := build(t, dir, h.slack.URL(), h.clock)
	c.id, c.slack = h.id, h.slack
	c.clock.Advance(61 * time.Second)
	c.during(3 * time.Minute)
	if n := h.slack.Called("chat.postMessage"); n != before {
		t.Errorf("the copy sent %d messages", n-before)
	}
	for _, d := range []incident.Delivery{queued, unknown, later} {
		if got := c.row(d.ID); got.State != incident.DeliveryHeld || !strings.Contains(got.Why, "copied or restored") || got.Hint == "" {
			t.Errorf("%s, %s", got.State, got.Why)
		}
	}
	c.send(queued) // a person has looked
	c.during(2 * time.Second)
	if got := c.state(queued, incident.DeliverySent); got.Writer != c.store.Writer() || h.slack.Copies(queued.Key) != 1 {
		t.Errorf("%d copies", h.slack.Copies(queued.Key))
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestANewerUpdateTakesThePlaceOfOneThatWaits(t *testing.T) {
	h := build(t, t.TempDir(), "", nil)
	h.declare()
	h.offline(true)
	first := h.say("support", "first", func(d *incident.Delivery) { d.Keep = true })
	second := h.say("support", "second", nil)
	other := h.say("customers", "another stream", nil)
	third := h.say("support", "third", func(d *incident.Delivery) { d.NotBefore = h.now() + 5000 })
	h.pass()
	h.state(second, incident.DeliveryQueued) // the third can still be recalled
	h.clock.Advance(6 * time.Second)
	h.pass()
	h.state(second, incident.DeliverySuperseded)
	h.offline(false)
	h.during(time.Minute)
	for _, d := range []incident.Delivery{first, third, other} {
		h.state(d, incident.DeliverySent)
	}
	if got := strings.Join(h.slack.Texts(support), "\n"); strings.Contains(got, "second") || strings.Index(got, "first") > strings.Index(got, "third") {
		t.Errorf("there is\n%s", got)
	}
	if !strings.Contains(h.kinds(), "delivery.dropped") {
		t.Errorf("the record says %s", h.kinds())
	}
}

func TestAFailedOneKeepsNobodyWaiting(t *testing.T) {
	h := build(t, t.TempDir(), "", nil)
	h.declare()
	h.slack.Break("chat.postMessage", slacktest.MissingScope)
	d := h.say("support", "first", func(d *incident.Delivery) { d.Keep = true })
	h.pass()
	if got := h.state(d, incident.DeliveryFailed); !strings.Contains(got.Why, "chat:write") {
		t.Errorf("it says %q", got.Why)
	}
	next := h.say("support", "second", nil)
	h.pass()
	h.pass()
	h.state(d, incident.DeliverySuperseded)
	h.state(next, incident.DeliverySent)
}

func TestRecallWorksUntilItIsClaimed(t *testing.T) {
	h := build(t, t.TempDir(), "", nil)
	h.declare()
	soon := func(d *incident.Delivery) { d.NotBefore = h.now() + 5000 }
	recall := func(d incident.Delivery) (incident.Delivery, error) { return outbox.Recall(d, h.now()) }
	d := h.say("support", "oops", soon)
	h.during(4 * time.Second)
	h.decide(d, recall)
	h.during(10 * time.Second)
	h.state(d, incident.DeliveryCancelled)
	if n := h.slack.Called("chat.postMessage"); n != 0 {
		t.Errorf("%d messages left", n)
	}
	late := h.say("support", "good", soon)
	h.during(7 * time.Second)
	if _, err := recall(h.row(late.ID)); !fault.Is(err, fault.Conflict) {
		t.Errorf("recalled after it left: %v", err)
	}
}

// Of two who decide about one row at once, one does; the other is told.
func TestDecisionsAreMadeOnce(t *testing.T) {
	h := build(t, t.TempDir(), "", nil)
	h.declare()
	d := h.row(h.say("support", "we look", func(d *incident.Delivery) { d.NotBefore = h.now() + 5000 }).ID)
	dropped, err := outbox.Drop(d, h.now())
	h.must(err)
	h.must(h.Decide(t.Context(), incident.Transition{From: d, To: dropped}, h.me, false, ""))
	held, err := outbox.Hold(d, h.now())
	h.must(err)
	before := h.kinds()
	if err := h.Decide(t.Context(), incident.Transition{From: d, To: held}, h.me, false, ""); err == nil || h.kinds() != before {
		t.Errorf("decided twice: %v, %s", err, h.kinds())
	}
}

func TestWhatIsNeededComesFirst(t *testing.T) {
	h := build(t, t.TempDir(), "", nil)
	h.declare()
	own := func(stream string, needs incident.ID) func(*incident.Delivery) {
		return func(d *incident.Delivery) { d.Stream, d.Needs = stream, needs }
	}
	h.slack.Break("chat.postMessage", slacktest.Archived)
	root := h.say("support", "root", own("a", incident.ID{}))
	leaf := h.say("support", "leaf", own("b", root.ID))
	orphan := h.say("support", "orphan", own("c", leaf.ID))
	h.during(5 * time.Second)
	h.state(root, incident.DeliveryFailed)
	h.state(leaf, incident.DeliveryQueued)
	h.clock.Advance(time.Hour) // who waits for another does not grow stale
	h.during(2 * time.Second)
	h.state(leaf, incident.DeliveryQueued)
	h.decide(root, func(d incident.Delivery) (incident.Delivery, error) { return outbox.ByHand(d, support, h.now()) })
	h.decide(leaf, func(d incident.Delivery) (incident.Delivery, error) { return outbox.Drop(d, h.now()) })
	h.during(2 * time.Second)
	h.state(root, incident.DeliverySent)
	if got := h.state(orphan, incident.DeliveryCancelled); got.Why == "" {
		t.Error("it does not say why")
	}
}

func TestAKeyringThatHangsIsWaitedFor(t *testing.T) {
	h := build(t, t.TempDir(), "", nil)
	h.declare()
	h.away = errAway
	d := h.say("support", "we look", nil)
	h.during(5 * time.Second)
	if got := h.state(d, incident.DeliveryQueued); !strings.Contains(got.Why, "keyring") {
		t.Errorf("it says %q", got.Why)
	}
	h.away = nil
	h.during(40 * time.Second)
	h.state(d, incident.DeliverySent)
	health, err := h.store.Health(t.Context())
	h.must(err)
	if !health["chat"].Works {
		t.Errorf("the route's health is %+v", health["chat"])
	}
}

// A clock that is an hour ahead of Slack's reads far enough back.
func TestAWrongClockDoublesNothing(t *testing.T) {
	for _, off := range []time.Duration{time.Hour, -time.Hour} {
		clk := clock.NewFake(start)
		s := slacktest.New(t, func() time.Time { return clk.Now().Add(-off) })
		h := build(t, t.TempDir(), s.URL(), clk)
		h.slack = s
		h.declare()
		s.Break("chat.postMessage", slacktest.DropAfter)
		d := h.say("support", "we look", nil)
		h.during(90 * time.Second)
		h.state(d, incident.DeliverySent)
		if n := s.Copies(d.Key); n != 1 {
			t.Errorf("%v off: %d copies", off, n)
		}
	}
}

// A person who came in between finds the row as they left it.
func TestAStaleRowIsNotSentAfterAllWhatWasUnknownIsRead(t *testing.T) {
	h := build(t, t.TempDir(), "", nil)
	h.declare()
	h.slack.Break("chat.postMessage", slacktest.DropBefore)
	d := h.say("support", "we look", nil)
	h.pass()
	h.state(d, incident.DeliveryUnknown)
	h.offline(true)
	h.during(30 * time.Second)
	h.state(d, incident.DeliveryUnknown) // a history that cannot be read means nothing
	h.clock.Suspend(20 * time.Minute)
	h.offline(false)
	h.during(time.Minute)
	if got := h.state(d, incident.DeliveryHeld); !strings.Contains(got.Why, "not posted") || h.slack.Copies(d.Key) != 0 {
		t.Errorf("it says %q", got.Why)
	}
}

// Words that were taken away while it was not known whether they had arrived do not leave.
func TestWhatIsRedactedMeanwhileIsNotSentAnew(t *testing.T) {
	h := build(t, t.TempDir(), "", nil)
	h.declare()
	h.slack.Break("chat.postMessage", slacktest.DropBefore)
	d := h.say("support", "the password is swordfish", nil)
	h.pass()
	row := h.state(d, incident.DeliveryUnknown)
	r, err := h.store.Record(t.Context(), row.Record)
	h.must(err)
	_, err = h.Do(t.Context(), cockpit.Order{Incident: h.id, Actor: h.me, Command: &incident.Redact{Record: r, Reason: "a password"}})
	h.must(err)
	h.during(time.Minute)
	h.state(d, incident.DeliveryHeld) // whether it arrived cannot be read any more
	h.send(d)
	h.during(2 * time.Second)
	if got := h.state(d, incident.DeliveryCancelled); got.Text != "" || len(got.Payload) != 0 || h.slack.Called("chat.postMessage") != 1 {
		t.Errorf("%+v", got)
	}
}
