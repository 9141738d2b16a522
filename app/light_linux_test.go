package app_test

import (
	"strings"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/cadence"
	"quarterdeck/internal/incident"
)

func dueOf(v *app.StationView, rule string) (out []app.DueView) {
	for _, d := range v.Due {
		if d.Rule == rule {
			out = append(out, d)
		}
	}
	return out
}

// Four cautions at once are one cell, one bubble and one tone; a list names them.
func TestFourCautionsAreOne(t *testing.T) {
	srv := desktop(t)
	s := sit(t)
	id := s.declare("checkout fails")
	s.must(s.AssignRole(app.RoleInput{Incident: id, Role: "operations", Person: "ben"}))
	s.must(s.AssignRole(app.RoleInput{Incident: id, Role: "communications", Person: "dee"}))
	for _, who := range []string{"@ben one 5m", "@chi two 5m", "@eli three 5m", "@fay four 5m"} {
		s.log(id, who)
	}
	eventually(t, "the service is known", func() bool { return s.station().Alerts.Desktop })
	page := s.listen()
	s.pass(5 * time.Minute)
	page.next("a soft tone", ring("caution"))
	bubble := last(t, srv, "4 things are due", 1)
	if bubble.Urgency != 1 || bubble.Sound == "" || len(srv.Calls()) != 1 {
		t.Errorf("%+v of %d bubbles", bubble, len(srv.Calls()))
	}
	var amber []app.CellView
	for _, c := range s.live(id).Cells {
		if c.Look == "caution" {
			amber = append(amber, c)
		}
	}
	if len(amber) != 1 || amber[0].ID != "actions" || amber[0].Kind != "flood" || amber[0].Count != 4 || amber[0].Acked {
		t.Errorf("amber are %+v", amber)
	}
	if due := dueOf(s.station(), "C2"); len(due) != 4 || due[0].Name == "" || due[0].Text == "" || due[0].Ref != "INC-1" {
		t.Errorf("due are %+v", due)
	}
	v, err := s.Acknowledge(app.AckInput{})
	s.must(err)
	if v.Count != 4 || !cell(s.live(id), "actions").Acked {
		t.Errorf("%d acknowledged, %+v", v.Count, cell(s.live(id), "actions"))
	}
	for _, a := range s.live(id).Actions[:3] {
		s.must(s.EndAction(app.ActionInput{Incident: id, Action: a.ID, Result: "done"}))
	}
	s.wake()
	screen(t, srv, empty)
	if c := cell(s.live(id), "actions"); c.Kind != "late" || c.Count != 1 {
		t.Errorf("one is left: %+v", c)
	}
}

// A warning that is acknowledged is silent for a while and stays red; it sounds again
// with a later rung.
func TestAcknowledgingSilencesAndHidesNothing(t *testing.T) {
	srv := desktop(t)
	s := sit(t)
	id := s.declare("checkout fails")
	page := s.listen()
	s.pass(15 * time.Minute)
	page.next("two tones", ring("warning"))
	n := len(calls(t, srv, customers, 1))
	_, err := s.Acknowledge(app.AckInput{})
	s.must(err)
	s.pass(2 * time.Minute) // two minutes late
	if c := last(t, srv, customers, n+1); !c.Silent || c.Urgency != 2 {
		t.Errorf("the next rung: %+v", c)
	}
	if c := cell(s.live(id), "promise-1"); c.Look != "warning" || !c.Acked {
		t.Errorf("%+v", c)
	}
	s.pass(10 * time.Minute)
	if c := last(t, srv, customers, n+2); c.Silent {
		t.Errorf("a later rung: %+v", c)
	}
}

// With a page that sounds by itself, bubbles do not: one alarm is one sound.
func TestOneSoundAtATime(t *testing.T) {
	srv := desktop(t)
	s := sit(t)
	s.declare("checkout fails")
	page := s.listen()
	s.must(s.Audible(true))
	s.pass(15 * time.Minute)
	page.next("two tones", ring("warning"))
	for _, c := range calls(t, srv, "INC-1", 3) {
		if !c.Silent {
			t.Errorf("it sounds beside the page: %+v", c)
		}
	}
	s.must(s.Audible(false))
	s.pass(2 * time.Minute)
	if c := last(t, srv, customers, 2); c.Silent {
		t.Errorf("nobody sounds: %+v", c)
	}
}

// The worse of two incidents stands in the cells of both, with its name.
func TestTwoIncidents(t *testing.T) {
	s := sit(t)
	one := s.declare("checkout fails")
	s.pass(10 * time.Minute)
	n, err := s.Declare(app.DeclareInput{Title: "search is slow", Severity: "SEV4"})
	s.must(err)
	two := n.Live.ID
	s.pass(5 * time.Minute) // the first one's customers are late
	eventually(t, "the other one says so", func() bool {
		c := cell(s.live(two), "promise-2")
		return c.Look == "warning" && c.Ref == "INC-1" && c.Incident == one && c.Subject == "customers"
	})
	if c := cell(s.live(one), "promise-1"); c.Ref != "" || c.Look != "warning" {
		t.Errorf("the first shows %+v", c)
	}
	for _, c := range s.live(one).Cells {
		if c.Ref != "" {
			t.Errorf("the first shows %+v of the second", c)
		}
	}
}

// Nothing written for a quarter of an hour is known, not heard; any entry ends it.
func TestAQuietLog(t *testing.T) {
	s := sit(t)
	n, err := s.Declare(app.DeclareInput{Title: "search is slow", Severity: "SEV4"})
	s.must(err)
	id := n.Live.ID
	s.pass(15 * time.Minute)
	eventually(t, "it is known", func() bool {
		c := cell(s.live(id), "actions")
		return c.Kind == "quiet" && c.Look == "advisory"
	})
	s.log(id, "still looking")
	if c := cell(s.live(id), "actions"); c.Kind != "open" || c.Look != "nominal" {
		t.Errorf("after an entry: %+v", c)
	}
}

// What was annunciated is counted once the incident is over, with what a calm one keeps to.
func TestAlarmsAreCounted(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	s.pass(15 * time.Minute) // two roles open, customers warned and late, and nobody has written
	if s.live(id).Alarms != nil {
		t.Error("it is counted while it goes on")
	}
	s.must(s.MovePhase(app.ChangeInput{Incident: id, To: string(incident.PhaseResolved), Reason: "a test"}))
	s.wake()
	eventually(t, "it is counted", func() bool { a := s.live(id).Alarms; return a != nil && a.Total > 0 })
	a := s.live(id).Alarms
	if a.Warning != 1 || a.Caution != 2 || a.Advisory != 1 || a.Total != 4 || a.Minutes != 15 || !strings.HasPrefix(a.PerTen, "2.") || a.LeastAdvisory != 80 || a.MostWarning != 5 {
		t.Errorf("%+v", a)
	}
	s.reopen()
	if again := s.live(id).Alarms; again == nil || *again != *a {
		t.Errorf("after a restart %+v", again)
	}
}

// A clock that jumped is a caution until the card is read.
func TestTheCardIsACaution(t *testing.T) {
	s := sit(t)
	n, err := s.Declare(app.DeclareInput{Title: "search is slow", Severity: "SEV4"})
	s.must(err)
	s.clock.Suspend(10 * time.Minute)
	s.wake()
	s.wake()
	if c := cell(s.live(n.Live.ID), "link"); c.Kind != "away" || c.Look != "caution" {
		t.Errorf("%+v", c)
	}
	if due := dueOf(s.station(), "C6"); len(due) != 1 {
		t.Errorf("due are %+v", s.station().Due)
	}
	s.must(s.ReadAway())
	if c := cell(s.live(n.Live.ID), "link"); c.Kind == "away" {
		t.Errorf("read, and %+v", c)
	}
}

// A link that comes and goes five times is annunciated once, and once more when it goes
// after it has held for a while; a restart between them does not count.
func TestALinkThatFlapsIsOneAlarm(t *testing.T) {
	s := sit(t)
	now := s.now()
	down := []cadence.Deadline{cadence.Station(cadence.Route, "chat", now)}
	count := func(ds []cadence.Deadline) []cadence.Annunciation {
		t.Helper()
		all, err := s.backend.Lit(t.Context(), ds, now)
		s.must(err)
		return all
	}
	for range 5 {
		count(down)
		now += minute
		count(nil)
		now += minute
	}
	if all := count(nil); len(all) != 1 || all[0].Rule != "A1" || all[0].Look != cadence.Advisory || all[0].Again != 4 || all[0].Cleared == 0 {
		t.Errorf("five flaps are %+v", all)
	}
	s.reopen()
	if all := count(down); len(all) != 1 || all[0].Again != 5 || all[0].Cleared != 0 {
		t.Errorf("after a restart %+v", all)
	}
	now += minute
	count(nil)
	now += cadence.Chatter
	if all := count(down); len(all) != 2 {
		t.Errorf("ten minutes later %+v", all)
	}
}
