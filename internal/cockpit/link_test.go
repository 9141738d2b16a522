package cockpit_test

import (
	"testing"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// Both incidents say that they are linked, and both follow when it is taken back, and when
// that is taken back again, from whichever side.
func TestALinkHasTwoSides(t *testing.T) {
	d := sit(t, t.TempDir())
	a, b, third := d.declare("checkout fails"), d.declare("nobody can pay"), d.declare("search is slow")
	how := func(id, other incident.ID) string {
		s := d.state(id)
		if tie := s.Tie(other); tie != nil {
			return tie.How
		}
		return ""
	}
	is := func(when, here, there string) {
		t.Helper()
		if how(a, b) != here || how(b, a) != there {
			t.Fatalf("%s: %q and %q, want %q and %q", when, how(a, b), how(b, a), here, there)
		}
	}
	order := func(id incident.ID) cockpit.Order { return cockpit.Order{Incident: id, Actor: d.me} }
	recs, err := d.Join(t.Context(), order(a), b, incident.LinkMerged)
	must(t, err)
	is("merged", "merged", "home")
	ds, err := d.Deadlines(t.Context())
	must(t, err)
	for _, x := range ds {
		if x.Incident == a {
			t.Fatalf("merged, it still rings: %s", x.Key)
		}
	}
	if len(ds) == 0 {
		t.Fatal("the other ones ring no more")
	}
	if _, err := d.Join(t.Context(), order(b), a, incident.LinkMerged); !fault.Is(err, fault.Conflict) {
		t.Errorf("each goes on in the other: %v", err)
	}
	if _, err := d.Join(t.Context(), order(third), a, incident.LinkDuplicate); !fault.Is(err, fault.Conflict) {
		t.Errorf("it goes on in one that goes on elsewhere: %v", err)
	}
	if _, err := d.Join(t.Context(), order(a), a, incident.LinkRelated); !fault.Is(err, fault.Invalid) {
		t.Errorf("linked with itself: %v", err)
	}
	undone := d.do(a, &incident.Undo{Record: recs[len(recs)-1]})
	is("taken back", "", "")
	d.do(a, &incident.Undo{Record: undone[len(undone)-1]})
	is("and done again", "merged", "home")
	_, err = d.Part(t.Context(), order(b), a)
	must(t, err)
	is("taken back from the other side", "", "")
	if s := d.state(a); !s.Open() {
		t.Error("it does not stand by itself again")
	}
	if _, err := d.Part(t.Context(), order(b), a); !fault.Is(err, fault.NotFound) {
		t.Errorf("there is nothing to take back: %v", err)
	}
	_, err = d.Join(t.Context(), order(a), b, incident.LinkDuplicate)
	must(t, err)
	is("a duplicate", "duplicate", "original")
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
