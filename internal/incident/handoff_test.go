package incident_test

import (
	"slices"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// Somebody commands at every instant: until the acceptance it is the one who offered.
func TestHandoff(t *testing.T) {
	d := declared(t)
	d.must(&incident.OfferCommand{To: ben, Handover: incident.Handover{Care: "Dee is tired"}})
	if c := d.state.Command; c.Holder != ana.ID || c.Offered != ben.ID || c.Care != "Dee is tired" {
		t.Fatalf("while it is offered: %+v", c)
	}
	if _, err := d.try(&incident.AcceptCommand{By: dee}); fault.Of(err).Code != fault.Refused {
		t.Errorf("somebody else accepts: %v", err)
	}
	d.pass(minute)
	recs, err := d.try(&incident.AcceptCommand{By: ben, Voice: true, Back: []string{"promise", "goal"}})
	if err != nil {
		t.Fatal(err)
	}
	if a := recs[0].Event().(*incident.CommandAccepted); a.Term != 2 || !a.Voice || !slices.Equal(a.Back, []string{"goal", "promise"}) {
		t.Errorf("accepted %+v", a)
	}
	if c := d.state.Command; c.Holder != ben.ID || !c.Offered.IsZero() || c.Handover != (incident.Handover{}) {
		t.Errorf("afterwards: %+v", c)
	}
	if dep := d.state.Deputies[kit.Commander]; dep.Person != ana.ID {
		t.Errorf("the one who commanded is no deputy: %+v", dep)
	}
	// Of two acceptances the first holds.
	if _, err := d.try(&incident.AcceptCommand{By: dee}); fault.Of(err).Code != fault.Conflict {
		t.Errorf("a second acceptance: %v", err)
	}
}

func TestAnOfferIsDeclinedOrWithdrawn(t *testing.T) {
	d := declared(t)
	d.must(&incident.OfferCommand{To: ben})
	d.must(&incident.OfferCommand{To: dee}) // in its place
	recs, err := d.try(&incident.DeclineCommand{Reason: "better not"})
	if err != nil {
		t.Fatal(err)
	}
	if e := recs[0].Event().(*incident.CommandDeclined); !e.Withdrawn {
		t.Error("the commander withdraws")
	}
	if c := d.state.Command; c.Holder != ana.ID || !c.Offered.IsZero() {
		t.Errorf("afterwards: %+v", c)
	}
}

// What only the commander knows is often said after the offer; that does not stop the
// clock that runs for the acceptance.
func TestAnOfferIsCompleted(t *testing.T) {
	d := declared(t)
	d.must(&incident.OfferCommand{To: ben, Handover: incident.Handover{Worry: "the vendor"}})
	asked := d.state.Command.Asked
	d.pass(minute)
	d.must(&incident.OfferCommand{To: ben, Handover: incident.Handover{Worry: "the vendor", Care: "Dee is tired"}})
	if c := d.state.Command; c.Asked != asked || c.Care != "Dee is tired" || c.Offered != ben.ID {
		t.Errorf("completed: %+v, asked at %d", c, asked)
	}
	if _, err := d.try(&incident.OfferCommand{To: ben, Handover: incident.Handover{Worry: "the vendor", Care: "Dee is tired "}}); fault.Of(err).Code != fault.Conflict {
		t.Errorf("offered again with nothing new: %v", err)
	}
	d.must(&incident.OfferCommand{To: dee})
	if c := d.state.Command; c.Asked != d.now {
		t.Errorf("offered to somebody else: %+v", c)
	}
}

// Nobody is their own deputy.
func TestTheDeputyTakesOver(t *testing.T) {
	d := declared(t)
	d.must(&incident.NameDeputy{Role: kit.Commander, Person: ben})
	d.must(&incident.OfferCommand{To: ben})
	d.must(&incident.AcceptCommand{By: ben})
	if dep := d.state.Deputies[kit.Commander]; dep.Person != ana.ID {
		t.Errorf("the deputy is %+v", dep)
	}
}

func TestWhatIsSaidBackIsKnown(t *testing.T) {
	d := declared(t)
	d.must(&incident.OfferCommand{To: ben})
	if _, err := d.try(&incident.AcceptCommand{Back: []string{"weather"}}); fault.Of(err).Field != "back" {
		t.Errorf("got %v", err)
	}
	d.must(&incident.AcceptCommand{})
	if d.state.Command.Holder != ben.ID {
		t.Error("the one to whom it was offered does not command")
	}
}
