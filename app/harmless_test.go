package app_test

import (
	"strings"
	"testing"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
)

func TestASecretNeverLeavesToPeopleOutsideAndElsewhereOnlyWithAReason(t *testing.T) {
	s, srv, id := slacked(t)
	text := "Log in with AKIA" + "IOSFODNN7EXAMPLE."
	in := app.UpdateInput{Incident: id, Audience: "customers", State: "investigating", Text: text, Next: s.now() + 30*minute, Despite: "they need it"}
	refused(t, s.SendUpdate(in), fault.Invalid, "text")
	in.How = "phone"
	refused(t, s.SendUpdate(in), fault.Invalid, "text")
	in.Audience, in.How, in.Despite = "support", "", " "
	refused(t, s.SendUpdate(in), fault.Invalid, "despite")
	d, err := s.Draft(app.DraftInput{Incident: id, Audience: "customers", Text: text})
	if s.must(err); !d.Stops || d.Gives == "" {
		t.Errorf("the draft says %+v", d)
	}
	if rows, err := s.Outbox(id); err != nil || len(rows) != 0 {
		t.Errorf("%v: %d rows", err, len(rows))
	}
	in.Despite = "it is revoked"
	s.must(s.SendUpdate(in))
	s.until(id, "sent")
	s.row(id, "An update to Support leaves with what looks like "+d.Gives+": it is revoked")
	if !strings.Contains(strings.Join(srv.Texts("C0SUPPORT1"), ""), "AKIA") {
		t.Error("it did not leave")
	}
}

func TestOneOfOurOwnSecretsIsKnownWhateverItLooksLike(t *testing.T) {
	s, _, id := slacked(t)
	_, err := s.SetSecret(app.SecretInput{Name: "pager", Value: "plainwords-of-ours"})
	s.must(err)
	refused(t, s.SendUpdate(app.UpdateInput{Incident: id, Audience: "customers", State: "investigating", Text: "It is plainwords-of-ours.", Next: s.now() + 30*minute}), fault.Invalid, "text")
}

func TestRoutesAreChangedByTheScreen(t *testing.T) {
	s := sit(t)
	was, err := s.RoutesFile()
	if s.must(err); was.Text != "" {
		t.Errorf("there is %q", was.Text)
	}
	good := "routes:\n  chat: {medium: slack, channel: C0SUPPORT1, secret: slack}\naudiences:\n  support: [chat]\n"
	err = s.SetRoutesFile(app.RoutesFileInput{Text: "routes:\n  chat: 7\n"})
	if refused(t, err, fault.Invalid, ""); !strings.Contains(err.Error(), "line 2") {
		t.Errorf("it says %v", err)
	}
	s.must(s.SetRoutesFile(app.RoutesFileInput{Text: good}))
	if list, err := s.Routes(); err != nil || len(list) != 1 || list[0].Name != "chat" {
		t.Errorf("%v %+v", err, list)
	}
	refused(t, s.SetRoutesFile(app.RoutesFileInput{Text: "routes: {}\n"}), fault.Conflict, "")
	if now, err := s.RoutesFile(); err != nil || now.Text != good {
		t.Errorf("%v %q", err, now.Text)
	}
}

func TestWhatPeopleOutsideAreNotToldIsNamed(t *testing.T) {
	s, _, id := slacked(t)
	s.must(s.SetSituation(app.TextInput{Incident: id, Subject: "impact", Text: "Cards fail in the EU. Build 8842 on db-7.prod.internal is bad."}))
	d, err := s.Draft(app.DraftInput{Incident: id, Audience: "customers"})
	if s.must(err); len(d.Hidden) != 1 || !strings.Contains(d.Hidden[0], "db-7") || strings.Contains(d.Text, "db-7") {
		t.Errorf("hidden is %q of %q", d.Hidden, d.Text)
	}
	if d, err = s.Draft(app.DraftInput{Incident: id, Audience: "support"}); err != nil || len(d.Hidden) != 0 {
		t.Errorf("%v: inside nothing is hidden, but %q", err, d.Hidden)
	}
}
