package app_test

import (
	"testing"

	"quarterdeck/app"
)

// Who takes over at the same machine says their name in the settings. What their
// predecessor wrote stays their predecessor's.
func TestASuccessorAtTheSameMachineIsNotTheirPredecessor(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	s.log(id, "said by ana")
	s.must(s.AssignRole(app.RoleInput{Incident: id, Role: "commander", Person: "fay"}))
	s.must(s.SetPrefs(app.PrefsInput{Name: "Fay"}))
	s.log(id, "said by fay")
	if got := s.row(id, "said by ana").Actor; got != "ana" {
		t.Errorf("what ana said is now said by %s", got)
	}
	live, me := s.live(id), s.station().Me
	if live.Commander.ID != me.ID {
		t.Errorf("the commander is %+v, who sits here is %+v", live.Commander, me)
	}
	s.must(s.SetPrefs(app.PrefsInput{Name: "ana"}))
	s.log(id, "ana is back")
	if a, b := s.row(id, "said by ana").Actor, s.row(id, "ana is back").Actor; a != b {
		t.Errorf("ana is %q and %q", a, b)
	}
}
