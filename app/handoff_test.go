package app_test

import (
	"strings"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
)

func TestCommandIsHandedOver(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	s.must(s.PutPerson(app.ContactInput{Name: "Fay Orr", Email: "fay@example.com"}))
	of := app.OfferInput{Incident: id, Person: "fay@example.com", Worry: "the vendor"}
	s.must(s.OfferCommand(of))
	o := s.live(id).Offer
	if o == nil || o.To.Name != "Fay Orr" || o.Worry != "the vendor" || o.At != s.now() {
		t.Fatalf("%+v", o)
	}
	refused(t, s.Announce(app.TextInput{Incident: id, Text: "Fay commands"}), fault.NotFound, "")
	s.pass(2 * time.Minute)
	of.Care = "Dee is tired"
	s.must(s.OfferCommand(of))
	v, err := s.Handoff(id)
	if s.must(err); len(v.Parts) != 10 || len(v.Back) != 3 || !strings.Contains(v.Text, "Dee is tired") || !strings.HasPrefix(v.Announce, "Fay Orr commands INC-1 from ") {
		t.Errorf("%+v", v)
	}
	refused(t, s.AcceptCommand(app.AcceptInput{Incident: id, Voice: true, Time: o.At - minute}), fault.Invalid, "at")
	if live := s.live(id); live.Term != 1 || live.Commander.Name != "ana" {
		t.Errorf("what was refused moved command: %+v", live.Commander)
	}
	// Said here, the record is theirs; of two acceptances the first holds.
	s.must(s.AcceptCommand(app.AcceptInput{Incident: id, Back: []string{"goal", "risk", "promise"}}))
	refused(t, s.AcceptCommand(app.AcceptInput{Incident: id, Voice: true}), fault.Conflict, "")
	live := s.live(id)
	if live.Offer != nil || live.Term != 2 || live.Commander.Name != "Fay Orr" {
		t.Errorf("%+v %+v", live.Offer, live.Commander)
	}
	if r := s.row(id, "Fay Orr takes command (term 2)"); r.Actor != "Fay Orr" {
		t.Errorf("%+v", r)
	}
	refused(t, s.WithdrawOffer(app.TextInput{Incident: id}), fault.Conflict, "")
	refused(t, s.OfferCommand(app.OfferInput{Incident: id, Person: " "}), fault.Invalid, "person")
	refused(t, s.ClaimCommand(app.TextInput{Incident: id}), fault.Invalid, "reason")
	s.must(s.ClaimCommand(app.TextInput{Incident: id, Text: "called three times"}))
	if live := s.live(id); live.Term != 3 || live.Commander.Name != "ana" {
		t.Errorf("%+v", live.Commander)
	}
}
