package cockpit_test

import (
	"slices"
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

// Whoever works on something in an incident that is merged goes on with it in the other
// one; taking the link back gives it back, and merging twice does not double it.
func TestOpenActionsFollowAMerge(t *testing.T) {
	d := sit(t, t.TempDir())
	a, b := d.declare("checkout fails"), d.declare("nobody can pay")
	ben := incident.Person{ID: d.me.ID, Name: d.me.Name}
	d.do(a, &incident.OpenAction{Text: "flush the cache", Owner: ben, Minutes: 20})
	done := d.do(a, &incident.OpenAction{Text: "done already", Owner: ben})
	d.do(a, &incident.CloseAction{Action: done[len(done)-1].ID, Result: "ok"})
	open := func(id incident.ID) (out []string) {
		s := d.state(id)
		for _, x := range s.OpenActions() {
			out = append(out, x.Text)
		}
		return out
	}
	order := cockpit.Order{Incident: a, Actor: d.me}
	const there = "flush the cache (from INC-1)"
	for range 2 {
		recs, err := d.Join(t.Context(), order, b, incident.LinkMerged)
		must(t, err)
		if got := open(b); !slices.Equal(got, []string{there}) {
			t.Fatalf("merged, there is %q to do", got)
		}
		s := d.state(b)
		if x := s.OpenActions()[0]; x.Due == 0 || x.Owner != d.me.ID {
			t.Errorf("it lost its time or its owner: %+v", x)
		}
		undone := d.do(a, &incident.Undo{Record: recs[len(recs)-1]})
		if got := append(open(a), open(b)...); !slices.Equal(got, []string{"flush the cache"}) {
			t.Fatalf("taken back, there is %q to do", got)
		}
		d.do(a, &incident.Undo{Record: undone[len(undone)-1]})
		if got := open(b); !slices.Equal(got, []string{there}) {
			t.Fatalf("merged after all, there is %q to do", got)
		}
		_, err = d.Part(t.Context(), cockpit.Order{Incident: b, Actor: d.me}, a)
		must(t, err)
		if got := open(b); len(got) != 0 {
			t.Fatalf("parted from the other side, there is %q to do", got)
		}
	}
	_, err := d.Join(t.Context(), order, b, incident.LinkDuplicate)
	must(t, err)
	if got := open(b); len(got) != 0 {
		t.Errorf("a duplicate brings %q", got)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
