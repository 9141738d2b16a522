package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/clock"
	"quarterdeck/internal/notify/notifytest"
)

// desktop starts a notification service; backends that open from now on find it.
func desktop(t *testing.T) *notifytest.Server {
	t.Helper()
	addr := notifytest.Bus(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", addr)
	srv, err := notifytest.Serve(addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(srv.Stop)
	return srv
}

// calls waits until n messages about something were shown in all, and gives them.
func calls(t *testing.T, srv *notifytest.Server, about string, n int) []notifytest.Call {
	t.Helper()
	var got []notifytest.Call
	eventually(t, about, func() bool {
		got = slices.DeleteFunc(srv.Calls(), func(c notifytest.Call) bool { return !strings.Contains(c.Title, about) })
		return len(got) >= n
	})
	if len(got) != n {
		t.Fatalf("%d messages about %s, want %d: %+v", len(got), about, n, got)
	}
	return got
}

// last is the newest message about something, being the n-th.
func last(t *testing.T, srv *notifytest.Server, about string, n int) notifytest.Call {
	t.Helper()
	all := calls(t, srv, about, n)
	return all[n-1]
}

func screen(t *testing.T, srv *notifytest.Server, holds func([]notifytest.Call) bool) {
	t.Helper()
	if err := srv.WaitScreen(soon(t), holds); err != nil {
		t.Fatal(err)
	}
}

func empty(all []notifytest.Call) bool { return len(all) == 0 }

// write and snooze are the buttons of a bubble, as the service gets them.
var write, snooze = []string{"default", "Open", "write", "Write update"}, []string{"snooze", "Snooze 5 min"}

func ring(look string) func(app.Notify) bool {
	return func(n app.Notify) bool { return n.Ring != nil && n.Ring.Look == look }
}

// press presses a button, as nobody can before the service has answered.
func (s *seat) press(invoke func(uint32, string) error, topic string, c notifytest.Call, action string) {
	s.t.Helper()
	eventually(s.t, "the bubble is known", func() bool { return s.backend.Bubble(topic) == c.ID })
	s.must(invoke(c.ID, action))
}

// A SEV2 declared at 13:59 owes its customers a first notice at 14:14.
const customers = "Customers"

func TestTheLadderReplacesOneBubble(t *testing.T) {
	srv := desktop(t)
	s := sit(t)
	page := s.listen()
	s.declare("checkout fails")
	s.pass(12*time.Minute - time.Second)
	s.pass(time.Second)
	early := last(t, srv, customers, 1)
	if early.Urgency != 1 || early.Sound == "" || early.Replaces != 0 || !slices.Equal(early.Actions, slices.Concat(write, snooze)) {
		t.Errorf("the early warning is %+v", early)
	}
	page.next("one soft tone", ring("caution"))
	for i, after := range []time.Duration{3, 2, 3, 5} {
		s.pass(after * time.Minute)
		due := last(t, srv, customers, i+2)
		if due.Urgency != 2 || due.Sound == "" || due.Sound == early.Sound || due.Replaces != early.ID || due.ID != early.ID || !slices.Equal(due.Actions, slices.Concat(write, snooze)) {
			t.Errorf("rung %d is %+v", i+1, due)
		}
		if !strings.HasPrefix(due.Title, "INC-1 · ") || !strings.Contains(due.Body, "heckout fails") {
			t.Errorf("it says %q %q", due.Title, due.Body)
		}
		page.next("two tones", ring("warning"))
	}
}

func TestARestartBetweenTwoRungs(t *testing.T) {
	srv := desktop(t)
	s := sit(t)
	s.declare("checkout fails")
	s.pass(15 * time.Minute)
	old := last(t, srv, customers, 1)
	s.close()
	s.clock.Advance(3 * time.Minute)
	s.open()
	late := last(t, srv, customers, 2)
	if late.Replaces != old.ID || late.Sender == old.Sender {
		t.Errorf("%+v does not take the place of %+v", late, old)
	}
	s.reopen()
	s.pass(2 * time.Minute)
	if again := last(t, srv, customers, 3); again.Replaces != old.ID {
		t.Errorf("%+v", again)
	}
	screen(t, srv, func(on []notifytest.Call) bool {
		return len(slices.DeleteFunc(on, func(c notifytest.Call) bool { return !strings.Contains(c.Title, customers) })) == 1
	})
}

func TestWhatIsOverLeavesTheDesktop(t *testing.T) {
	srv := desktop(t)
	s := sit(t)
	id := s.declare("checkout fails")
	s.pass(31 * time.Minute)
	screen(t, srv, func(on []notifytest.Call) bool { return len(on) == 6 }) // four audiences and two roles
	s.reopen()                                                              // between two rungs: nothing rings, and the bubbles are another process's
	s.must(s.SendUpdate(app.UpdateInput{Incident: id, Audience: "customers", State: "investigating", Text: "We look into it.", Next: s.now() + 30*minute, How: "copied"}))
	s.wake()
	screen(t, srv, func(on []notifytest.Call) bool {
		return len(on) == 5 && !slices.ContainsFunc(on, func(c notifytest.Call) bool { return strings.Contains(c.Title, customers) })
	})
	s.over(id)
	s.wake()
	screen(t, srv, empty)
}

func TestWhatEndedWhileNoBackendRanLeavesTheDesktop(t *testing.T) {
	srv := desktop(t)
	s := sit(t)
	id := s.declare("checkout fails")
	s.pass(16 * time.Minute)
	screen(t, srv, func(on []notifytest.Call) bool { return len(on) == 3 })
	s.close()
	shell := &seat{API: s.beside(), t: t, dir: s.dir, clock: s.clock}
	shell.over(id)
	s.open()
	screen(t, srv, empty)
}

func TestSnoozeOnTheBubble(t *testing.T) {
	srv := desktop(t)
	s := sit(t)
	id := s.declare("checkout fails")
	topic := "promise/" + id + "/customers"
	s.pass(15 * time.Minute)
	for i, buttons := range [][]string{slices.Concat(write, snooze), slices.Concat(write, snooze), write} {
		bubble := last(t, srv, customers, i+1)
		if !slices.Equal(bubble.Actions, buttons) {
			t.Fatalf("bubble %d has the buttons %q", i+1, bubble.Actions)
		}
		if i == 2 {
			break
		}
		s.press(srv.Invoke, topic, bubble, "snooze")
		eventually(t, "it is silenced", func() bool { return audience(s.live(id), "customers").Snoozes == i+1 })
		v := audience(s.live(id), "customers")
		if v.Silent != s.now()+5*minute || v.Look != "warning" {
			t.Errorf("%+v", v)
		}
		s.pass(5*time.Minute - time.Second) // over a rung or two
		s.pass(time.Second)
	}
	explain := s.station().Explain
	if len(explain) != 1 || explain[0].Subject != "customers" {
		t.Fatalf("asks for the reasons of %+v", explain)
	}
	s.must(s.ExplainSnooze(app.TextInput{Incident: id, Subject: explain[0].Deadline, Text: "on the phone with them"}))
	if explain := s.station().Explain; len(explain) != 0 {
		t.Errorf("still asks for %+v", explain)
	}
	// A service that offers the old button once more.
	s.press(srv.Invoke, topic, last(t, srv, customers, 3), "snooze")
	eventually(t, "it says that it was refused", func() bool {
		f := s.station().Faults
		return len(f) == 1 && f[0].Code == "refused" && f[0].Hint != ""
	})
	s.pass(5 * time.Minute) // the next rung
	s.press(srv.Invoke, topic, last(t, srv, customers, 4), "write")
	eventually(t, "the refusal is history", func() bool { return len(s.station().Faults) == 0 })
}

func TestAPressOpensWhatTheBubbleIsAbout(t *testing.T) {
	srv := desktop(t)
	s := sit(t)
	id := s.declare("checkout fails")
	page := s.listen()
	s.pass(15 * time.Minute)
	shown := func(n app.Notify) bool { return n.Show != nil }
	s.press(srv.Invoke, "promise/"+id+"/customers", last(t, srv, customers, 1), "write")
	n := page.next("the composer", shown)
	if *n.Show != (app.ShowView{Incident: id, Sheet: "update", Audience: "customers"}) {
		t.Errorf("%+v", n.Show)
	}
	golden(t, "push-show", n)
	s.press(srv.InvokeClosed, "role/"+id+"/operations", last(t, srv, "Ops lead", 1), "default")
	if n := page.next("the incident", shown); *n.Show != (app.ShowView{Incident: id}) {
		t.Errorf("%+v", n.Show)
	}
}

func TestASecurityIncidentTellsTheDesktopNothing(t *testing.T) {
	srv := desktop(t)
	s := sit(t)
	n, err := s.Declare(app.DeclareInput{Title: "Board mailbox opened by strangers", Type: "security", Severity: "SEV1", Impact: "payroll of everybody"})
	s.must(err)
	s.log(n.Live.ID, "@ben lock the mailbox 5m")
	s.pass(31 * time.Minute)
	eventually(t, "everything has rung", func() bool { return len(srv.Calls()) >= 6 })
	for _, c := range srv.Calls() {
		for _, word := range []string{"ailbox", "trangers", "payroll", "ben", "Customers", "Support", "Ops", "Leadership", "SEV1"} {
			if strings.Contains(c.Title+c.Body, word) {
				t.Errorf("it says %q %q", c.Title, c.Body)
			}
		}
	}
}

func TestAHangingDesktopHoldsUpNothing(t *testing.T) {
	srv := desktop(t)
	s := sit(t)
	for _, title := range []string{"one", "two", "three", "four", "five", "six"} {
		s.declare(title)
	}
	eventually(t, "the service is known", func() bool { return s.station().Alerts.Desktop })
	page := s.listen()
	srv.Hang()
	before := clock.System().Awake()
	s.pass(15 * time.Minute)                                           // a promise and two roles of each: twelve cautions are one
	if took := clock.System().Awake() - before; took > 5*time.Second { // one after another they would take eighteen
		t.Errorf("the tick took %v", took)
	}
	page.next("one tone for all of it, the most urgent", ring("warning"))
	page.next("the link cell says so", func(n app.Notify) bool {
		return n.Station != nil && !n.Station.Alerts.Desktop && n.Station.Alerts.Reason != ""
	})
	srv.Resume()
	s.pass(2 * time.Minute)
	eventually(t, "the desktop catches up", func() bool {
		on := srv.Screen()
		return len(on) == 7 && len(slices.DeleteFunc(on, func(c notifytest.Call) bool { return !strings.Contains(c.Title, customers) || c.Urgency != 2 })) == 6
	})
}

func TestTheDesktopComesAndGoes(t *testing.T) {
	addr := notifytest.Bus(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", addr)
	t.Setenv("PATH", t.TempDir()) // no pop-up program either
	s := sit(t)
	id := s.declare("checkout fails")
	eventually(t, "it was looked for", func() bool { return strings.Contains(s.station().Alerts.Reason, "No notification service") })
	if c := cell(s.live(id), "link"); c.Kind != "no-alerts" || c.Look != "nominal" {
		t.Errorf("%+v", c)
	}
	page := s.listen()
	link := func(kind string) func(app.Notify) bool {
		return func(n app.Notify) bool { return n.Live != nil && cell(n.Live, "link").Kind == kind }
	}
	srv, err := notifytest.Serve(addr)
	s.must(err)
	t.Cleanup(srv.Stop)
	eventually(t, "it is there", func() bool { return s.station().Alerts.Desktop })
	s.pass(200 * time.Millisecond)
	page.next("the cell is calm", link("alerts"))
	srv.Stop()
	eventually(t, "it is gone", func() bool { return !s.station().Alerts.Desktop })
	s.pass(200 * time.Millisecond)
	page.next("the cell says so", link("no-alerts"))
}

func TestSilenceAndFocus(t *testing.T) {
	srv := desktop(t)
	s := sit(t)
	s.declare("checkout fails")
	page := s.listen()
	s.must(s.Focused(true))
	s.pass(12 * time.Minute) // the early warning and two roles: cautions, seen in the window
	page.next("a soft tone for the three", ring("caution"))
	s.must(s.Silence(5))
	s.pass(3 * time.Minute)
	if due := last(t, srv, customers, 1); due.Urgency != 2 || due.Sound != "" || !due.Silent {
		t.Errorf("%+v", due)
	}
	if all := srv.Calls(); len(all) != 1 {
		t.Errorf("%d bubbles in the face of who looks", len(all))
	}
	s.pass(2 * time.Minute) // the next rung, and the sounds are back
	if due := last(t, srv, customers, 2); due.Sound == "" {
		t.Errorf("%+v", due)
	}
	tones := 0
	page.next("two tones", func(n app.Notify) bool {
		if n.Ring != nil {
			tones++
		}
		return ring("warning")(n)
	})
	if tones != 1 {
		t.Errorf("%d tones while it was silent", tones-1)
	}
}

func TestNobodyLooksAtAPageThatIsGone(t *testing.T) {
	srv := desktop(t)
	s := sit(t)
	s.declare("checkout fails")
	_, leave := s.backend.Subscribe()
	s.must(s.Focused(true))
	leave() // the tab is closed
	s.pass(12 * time.Minute)
	if early := last(t, srv, customers, 1); early.Urgency != 1 {
		t.Errorf("%+v", early)
	}
}

func TestSleep(t *testing.T) {
	srv := desktop(t)
	s := sit(t)
	id := s.declare("checkout fails")
	s.log(id, "@ben roll back 5m")
	s.pass(time.Minute)
	s.clock.Suspend(20 * time.Minute)
	s.wake()
	away := s.station().Away
	if away == nil || !away.Slept || away.To-away.From < 20*minute {
		t.Fatalf("%+v", away)
	}
	var came []string
	for _, c := range away.Came {
		came = append(came, c.Kind+" "+c.Subject)
	}
	if len(came) != 4 || !slices.Equal(came[1:], []string{"role operations", "role communications", "promise customers"}) || away.Came[0].Text != "ben: roll back" {
		t.Errorf("came due: %q", came)
	}
	for _, about := range []string{customers, "ben", "Ops lead", "Comms lead"} {
		calls(t, srv, about, 1)
	}
	s.clock.Suspend(10 * time.Minute) // again, before it was read
	s.wake()
	if both := s.station().Away; both.From != away.From || len(both.Came) != 7 {
		t.Errorf("%+v", both)
	}
	s.must(s.ReadAway())
	if v := s.station().Away; v != nil {
		t.Errorf("read, and still there: %+v", v)
	}
}

func TestAClockThatIsSetIsARecord(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	steps := func() (n int) {
		for _, r := range s.rows(id) {
			if r.Kind == "clock.stepped" {
				n++
			}
		}
		return n
	}
	for _, c := range []struct {
		by    time.Duration
		steps int
		card  bool
	}{{30 * time.Second, 0, false}, {4 * time.Minute, 0, true}, {20 * time.Minute, 1, true}, {-time.Hour, 2, true}} {
		s.clock.Step(c.by)
		s.wake()
		if got, card := steps(), s.station().Away; got != c.steps || (card != nil) != c.card || card != nil && card.Slept {
			t.Errorf("set by %v: %d records, card %+v", c.by, got, card)
		}
		s.must(s.ReadAway())
	}
	s.log(id, "the log goes on")
	if r := s.row(id, "the log goes on"); r.At != s.now() {
		t.Errorf("%+v", r)
	}
}

func TestWhatWouldNotRing(t *testing.T) {
	srv := desktop(t)
	s := sit(t)
	if got := s.backend.Running(); got == nil || len(got) != 0 {
		t.Errorf("nothing is due: %q", got)
	}
	id := s.declare("checkout fails")
	s.log(id, "@ben roll back 5m")
	got := s.backend.Running()
	if len(got) != 5 || !strings.HasPrefix(got[0], "INC-1 action of ben, due 14:04") || !slices.ContainsFunc(got, func(l string) bool { return strings.HasPrefix(l, "INC-1 update to Customers, due 14:14") }) {
		t.Errorf("%q", got)
	}
	s.backend.SayHidden()
	if c := last(t, srv, "goes on ringing", 1); c.Urgency != 1 {
		t.Errorf("%+v", c)
	}
}
