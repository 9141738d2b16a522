package app_test

import (
	"slices"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/outbox/slack/slacktest"
)

// due is what the station says of a rule; the zero value when it is not lit.
func (s *seat) due(rule string) app.DueView {
	s.t.Helper()
	all := s.station().Due
	if i := slices.IndexFunc(all, func(d app.DueView) bool { return d.Rule == rule }); i >= 0 {
		return all[i]
	}
	return app.DueView{}
}

// A message that failed is due until it is dealt with; acknowledged, its cell keeps its
// frame only.
func TestAFailedMessageIsDueUntilItIsDealtWith(t *testing.T) {
	s, srv, id := slacked(t)
	srv.Break("chat.postMessage", slacktest.Archived)
	s.say(id, "We look into it.")
	row := s.until(id, "failed")
	s.pass(time.Second)
	d := s.due("C5")
	if d.Look != "caution" || d.Name != "Support" || d.Incident != id || delivery(s.live(id)).Acked {
		t.Fatalf("%+v of %+v", d, delivery(s.live(id)))
	}
	if n, err := s.Acknowledge(app.AckInput{Key: d.Key}); err != nil || n.Count != 1 {
		t.Fatalf("%+v %v", n, err)
	}
	if c := delivery(s.live(id)); !c.Acked || c.Count != 1 {
		t.Errorf("acknowledged it is %+v", c)
	}
	s.must(s.ByHand(app.DeliveryInput{Row: row.ID, How: "phone"}))
	s.pass(time.Second)
	if d := s.due("C5"); d.Key != "" {
		t.Errorf("it is still due: %+v", d)
	}
}

// A way out is told of when it has been down for a minute, and as long as it is.
func TestAWayThatIsDownForAMinute(t *testing.T) {
	s, srv, id := slacked(t)
	link := func() app.CellView { s.pass(time.Second); return cell(s.live(id), "link") }
	srv.Break("auth.test", slacktest.Archived)
	v, err := s.TestRoute("chat")
	if err != nil || v.Works {
		t.Fatalf("%+v %v", v, err)
	}
	s.pass(55 * time.Second)
	if c := link(); c.Kind == "route" {
		t.Errorf("before a minute is over: %+v", c)
	}
	s.pass(5 * time.Second)
	if c := link(); c.Kind != "route" || c.Look != "advisory" || c.Subject != "chat" || s.now()-c.Due < minute {
		t.Errorf("after a minute: %+v", c)
	}
	if d := s.due("A1"); d.Subject != "chat" || d.Look != "advisory" {
		t.Errorf("%+v", d)
	}
}

// Hours without anybody on call are told of twelve hours before.
func TestAGapInTheCalendarIsToldOfBefore(t *testing.T) {
	s := sit(t)
	s.put("rota.ics", rotaText(time.UnixMilli(s.now()).UTC(), "Ada", "Ben", "", "Cem")) // nobody from 24 h to 36 h
	s.put("calendars.yaml", "calendars:\n- name: payments\n  file: rota.ics\n  role: ops\n")
	s.onCall("Ada is on", func(v app.OnCallView) bool { return len(v.Rows) == 1 && len(v.Rows[0].On) == 1 })
	s.pass(11 * time.Hour)
	s.pass(time.Second)
	if d := s.due("A5"); d.Key != "" {
		t.Errorf("thirteen hours before: %+v", d)
	}
	s.pass(time.Hour)
	s.pass(time.Second)
	if d := s.due("A5"); d.Subject != "payments" || d.Look != "advisory" {
		t.Errorf("twelve hours before: %+v", d)
	}
}
