package incident_test

import (
	"slices"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// TestAskedIsNotTaken: who was asked holds nothing until it is assigned to them.
func TestAskedIsNotTaken(t *testing.T) {
	d := declared(t)
	d.must(&incident.AskRole{Role: "operations", Person: ben})
	if s := d.state; s.Asked["operations"] != (incident.Held{Person: ben.ID, Since: d.now}) || !s.Holder("operations").Person.IsZero() || s.People[ben.ID] != ben.Name {
		t.Errorf("%s", asJSON(t, s))
	}
	d.refused(&incident.AskRole{Role: "operations", Person: ben}, fault.Conflict, "")
	d.pass(2 * minute)
	d.must(&incident.AssignRole{Role: "operations", Person: ben})
	if s := d.state; len(s.Asked) > 0 || s.Roles["operations"] != (incident.Held{Person: ben.ID, Since: d.now}) {
		t.Errorf("%s", asJSON(t, s))
	}
	d.refused(&incident.AskRole{Role: "operations", Person: ben}, fault.Conflict, "")
	d.must(&incident.AskRole{Role: "operations", Person: dee}) // a relief
	if s := d.state; s.Holder("operations").Person != ben.ID || s.Asked["operations"].Person != dee.ID {
		t.Errorf("%s", asJSON(t, s))
	}
	d.must(&incident.ReleaseRole{Role: "operations"})
	if s := d.state; len(s.Asked)+len(s.Roles) > 0 {
		t.Errorf("%s", asJSON(t, s))
	}
	d.must(&incident.AskRole{Role: "scribe", Person: dee})
	d.must(&incident.ReleaseRole{Role: "scribe"})
	d.refused(&incident.ReleaseRole{Role: "scribe"}, fault.Conflict, "")
	d.refused(&incident.AskRole{Role: kit.Commander, Person: ben}, fault.Invalid, "role")
	d.refused(&incident.AskRole{Role: "cook", Person: ben}, fault.Invalid, "role")
	d.refused(&incident.AskRole{Role: "scribe"}, fault.Invalid, "person")
}

func TestCovering(t *testing.T) {
	d := declared(t)
	d.must(&incident.CoverRole{Role: "operations", Minutes: 15})
	if d.state.Covered["operations"] != d.now+15*minute {
		t.Errorf("%v", d.state.Covered)
	}
	for _, m := range []int{0, -1, 241} {
		d.refused(&incident.CoverRole{Role: "operations", Minutes: m}, fault.Invalid, "minutes")
	}
	d.must(&incident.AssignRole{Role: "operations", Person: ben})
	if len(d.state.Covered) > 0 {
		t.Error("a role that is held is still covered")
	}
	d.refused(&incident.CoverRole{Role: "operations", Minutes: 15}, fault.Conflict, "")
	d.refused(&incident.CoverRole{Role: kit.Commander, Minutes: 15}, fault.Conflict, "")
	d.refused(&incident.CoverRole{Role: "cook", Minutes: 15}, fault.Invalid, "role")
}

// TestPartsOfARoleAreListedBehindIt: whoever holds one, or was asked to.
func TestPartsOfARoleAreListedBehindIt(t *testing.T) {
	d := declared(t)
	d.kit.Roles = append([]kit.Role{{ID: "expert", Name: "Expert", Many: true}}, d.kit.Roles...)
	d.must(&incident.AssignRole{Role: "expert:payments", Person: ben})
	d.must(&incident.AskRole{Role: "expert:cards", Person: dee})
	d.refused(&incident.AssignRole{Role: "operations:night", Person: ben}, fault.Invalid, "role")
	var got []string
	for _, r := range d.state.RoleList(d.kit) {
		got = append(got, r.ID+" "+r.Name)
	}
	want := []string{"expert Expert", "expert:cards Expert: cards", "expert:payments Expert: payments", "commander ", "operations ", "communications ", "scribe "}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestDeputies(t *testing.T) {
	d := declared(t)
	d.must(&incident.AssignRole{Role: "operations", Person: ben})
	d.refused(&incident.NameDeputy{Role: "operations", Person: ben}, fault.Invalid, "person")
	d.refused(&incident.NameDeputy{Role: "operations"}, fault.Conflict, "")
	named := d.must(&incident.NameDeputy{Role: "operations", Person: dee})
	if d.state.Deputies["operations"].Person != dee.ID || d.state.Span() != 1 {
		t.Errorf("%s", asJSON(t, d.state))
	}
	d.refused(&incident.NameDeputy{Role: "operations", Person: dee}, fault.Conflict, "")
	d.must(&incident.NameDeputy{Role: "operations"})
	if len(d.state.Deputies) > 0 {
		t.Error("the deputy is not gone")
	}
	d.must(&incident.Undo{Record: named}) // of a deputy who is gone already: nothing to see
	d.refused(&incident.NameDeputy{Role: "cook", Person: dee}, fault.Invalid, "role")
}
