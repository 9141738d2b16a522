package app_test

import (
	"strings"
	"testing"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/workspace"
)

// A drill that is declared from the cockpit of incidents is in the database of drills
// alone; the cockpit of drills has everything of the workspace and none of its incidents.
func TestADrillIsAnotherPlace(t *testing.T) {
	s := sit(t)
	s.declare("checkout fails")
	shown := 0
	s.backend.ShowDrills = func() (string, error) { shown++; return "http://127.0.0.1:1/?key=x", nil }
	v, err := s.Drill(app.DeclareInput{Title: "payments partner times out"})
	if err != nil || v.Ref != "DRILL-1" || v.Link == "" || shown != 1 {
		t.Errorf("%+v %v, shown %d times", v, err, shown)
	}
	_, err = s.Drill(app.DeclareInput{Title: " "})
	refused(t, err, fault.Invalid, "title")
	if rows := s.station().Incidents; len(rows) != 1 || rows[0].Ref != "INC-1" {
		t.Errorf("the drill is among the incidents: %+v", rows)
	}

	other := &seat{t: t, dir: workspace.DrillFolder(s.dir), clock: newClock()} // a process of its own, which sleeps by itself
	other.open()
	defer other.close()
	at := other.station()
	if !at.Drill || at.Me.Name != "ana" || len(at.Incidents) != 1 || at.Incidents[0].Ref != "DRILL-1" || s.station().Drill {
		t.Errorf("%+v", at)
	}
	_, err = other.Drill(app.DeclareInput{Title: "a second"})
	refused(t, err, fault.Refused, "")
	n, err := other.Declare(app.DeclareInput{Title: "a second"})
	if err != nil || n.Live.Ref != "DRILL-2" {
		t.Errorf("%+v %v", n.Live, err)
	}
}

// Something real happens during a drill: it is declared among the incidents, with nothing of
// the drills, which are over.
func TestThisIsReal(t *testing.T) {
	s := sit(t)
	s.declare("checkout fails")
	_, err := s.Real(app.DeclareInput{Title: "it burns"})
	refused(t, err, fault.Refused, "")
	if _, err := s.Drill(app.DeclareInput{Title: "payments partner times out"}); err != nil {
		t.Fatal(err)
	}

	other := &seat{t: t, dir: workspace.DrillFolder(s.dir), clock: newClock()}
	other.open()
	defer other.close()
	if _, err := other.Declare(app.DeclareInput{Title: "a second drill"}); err != nil {
		t.Fatal(err)
	}
	shown := ""
	other.backend.ShowReal = func(id string) (string, error) { shown = id; return "http://127.0.0.1:1/?key=x", nil }
	_, err = other.Real(app.DeclareInput{Title: " "})
	refused(t, err, fault.Invalid, "title")
	if shown != "" || len(other.station().Incidents) != 2 || other.station().Incidents[0].Ended != 0 {
		t.Errorf("an incident without a title has stopped a drill: %+v", other.station().Incidents)
	}
	v, err := other.Real(app.DeclareInput{Title: "it burns"})
	if err != nil || v.Ref != "INC-2" || v.Link == "" || v.Left != "" || len(v.Drill) != 2 {
		t.Fatalf("%+v %v", v, err)
	}
	for _, r := range other.station().Incidents {
		if r.Ended == 0 || !strings.HasPrefix(r.Ref, "DRILL-") {
			t.Errorf("%s goes on: %+v", r.Ref, r)
		}
	}
	s.backend.Arrived(t.Context(), shown)
	n, err := s.Watch(shown)
	if err != nil || n.Live.Ref != "INC-2" || n.Live.Title != "it burns" || n.Live.Commander.Name != "ana" {
		t.Fatalf("%+v %v", n.Live, err)
	}
	for _, row := range n.Timeline.Rows {
		if strings.Contains(row.Text, "DRILL") || strings.Contains(row.Text, "payments partner") {
			t.Errorf("the drill has come along: %s", row.Text)
		}
	}

	// Its cockpit may be gone: the incident is declared all the same, once.
	other.backend.ShowReal = func(string) (string, error) { return "", fault.New(fault.Unreachable, "no display") }
	v, err = other.Real(app.DeclareInput{Title: "it burns elsewhere"})
	if err != nil || v.Ref != "INC-3" || v.Left == "" || len(v.Drill) != 0 {
		t.Errorf("%+v %v", v, err)
	}
}
