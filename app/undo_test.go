package app_test

import (
	"strings"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
)

// Taking back a severity brings back what was promised under the one before, and keeps
// what somebody was told meanwhile.
func TestUndoRestoresPromises(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	before := audience(s.live(id), "customers").Due
	s.pass(time.Minute)
	s.must(s.SetSeverity(app.ChangeInput{Incident: id, To: "SEV1"}))
	if due := audience(s.live(id), "customers").Due; due >= before {
		t.Fatalf("SEV1 owes customers at %d, SEV2 at %d", due, before)
	}
	told := s.now() + 7*minute
	s.must(s.SendUpdate(app.UpdateInput{Incident: id, Audience: "support", State: "investigating", Text: "we look", Next: told}))
	v, err := s.UndoLast(app.UndoInput{Incident: id}) // what was said cannot be unsaid: the severity is the last act
	s.must(err)
	if v.About != "severity" || v.Now != "SEV2" || v.Kind != "severity.set" {
		t.Errorf("taken back: %+v", v)
	}
	live := s.live(id)
	if got := audience(live, "customers").Due; got != before || live.Severity != "SEV2" {
		t.Errorf("customers are owed at %d, want %d; %s", got, before, live.Severity)
	}
	if got := audience(live, "support").Due; got != told {
		t.Errorf("support was told %d and is owed at %d", told, got)
	}
	v, err = s.RedoLast(app.UndoInput{Incident: id})
	s.must(err)
	if v.Now != "SEV1" || s.live(id).Severity != "SEV1" {
		t.Errorf("done again: %+v", v)
	}
	_, err = s.RedoLast(app.UndoInput{Incident: id})
	refused(t, err, fault.NotFound, "")
}

// An undo gives a role back to who held it, in words.
func TestUndoARole(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	s.must(s.AssignRole(app.RoleInput{Incident: id, Role: "scribe", Person: "ben"}))
	s.must(s.AssignRole(app.RoleInput{Incident: id, Role: "scribe", Person: "dee"}))
	for _, want := range []string{"ben", ""} {
		v, err := s.UndoLast(app.UndoInput{Incident: id})
		s.must(err)
		if v.About != "role" || v.Now != want || v.Subject == "" {
			t.Errorf("taken back: %+v, want %q", v, want)
		}
	}
	_, err := s.UndoLast(app.UndoInput{Incident: id})
	refused(t, err, fault.NotFound, "")
}

// A row that is taken back within a minute folds away; later it stays, struck through.
func TestFoldedRows(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	s.log(id, "late")
	s.pass(2 * time.Minute)
	s.log(id, "soon")
	for range 2 {
		_, err := s.UndoLast(app.UndoInput{Incident: id})
		s.must(err)
	}
	if soon, late := s.row(id, "soon"), s.row(id, "late"); !soon.Folded || !soon.Undone || late.Folded || !late.Undone {
		t.Errorf("soon %+v, late %+v", soon, late)
	}
}

// An action, the situation and reasons are reworded in place.
func TestWordsCanBeCorrectedInPlace(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	s.log(id, "@ben roll bakc 8842 5m")
	s.log(id, "/impact card payements fail")
	s.must(s.SetSeverity(app.ChangeInput{Incident: id, To: "SEV3", Reason: "onyl one region"}))
	for text, words := range map[string]string{"roll bakc 8842": "roll back 8842", "card payements fail": "card payments fail", "onyl one region": "only one region"} {
		found := false
		for _, r := range s.rows(id) {
			if r.Words != text {
				continue
			}
			found = true
			s.must(s.Amend(app.TimeInput{Incident: id, Subject: r.ID, Text: words}))
		}
		if !found {
			t.Errorf("no row offers %q to be corrected", text)
		}
	}
	live := s.live(id)
	if live.Actions[0].Text != "roll back 8842" || live.Situation.Impact != "card payments fail" {
		t.Errorf("%+v %+v", live.Actions, live.Situation)
	}
	if r := s.row(id, "Severity SEV2 → SEV3 – only one region"); !r.Worded || !r.Amended || r.Words != "only one region" {
		t.Errorf("%+v", r)
	}
}

func TestRedact(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	s.log(id, "the password is swordfish")
	s.must(s.SetSeverity(app.ChangeInput{Incident: id, To: "SEV3", Reason: "only Mr Swordfish is hit"}))
	note, severity := s.row(id, "the password is swordfish"), s.row(id, "Severity SEV2 → SEV3 – only Mr Swordfish is hit")
	_, err := s.Redact(app.TextInput{Incident: id, Subject: note.ID})
	refused(t, err, fault.Invalid, "reason")
	for _, r := range []app.LineView{note, severity} {
		left, err := s.Redact(app.TextInput{Incident: id, Subject: r.ID, Text: "a secret"})
		s.must(err)
		if len(left.Left) != 0 {
			t.Errorf("left in %v", left.Left)
		}
	}
	for _, r := range s.rows(id) {
		if strings.Contains(strings.ToLower(r.Text+r.Words), "swordfish") {
			t.Errorf("%+v", r)
		}
	}
	if s.live(id).Severity != "SEV3" {
		t.Error("the severity went with its reason")
	}
	if r := s.row(id, "Severity SEV3 (redacted: a secret)"); r.Redacted != "a secret" {
		t.Errorf("%+v", r)
	}
}
