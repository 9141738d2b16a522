package app_test

import (
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
