package incident_test

import (
	"strings"
	"testing"

	"quarterdeck/internal/incident"
)

func TestWhatWasKnownThen(t *testing.T) {
	d := declared(t)
	note := d.must(&incident.AddNote{Text: "the pasword is swordfish"})
	d.must(&incident.SetSituation{Field: "cause", Text: "a bad disk"})
	d.pass(10 * minute)
	then := d.now
	d.pass(10 * minute)
	text := "the password is swordfish"
	d.must(&incident.Amend{Record: note, Text: &text})
	d.must(&incident.SetSituation{Field: "cause", Text: "a full disk"})
	if _, err := d.at(then-15*minute, &incident.AddNote{Text: "it was full all along"}); err != nil { // it happened before, and was written after
		t.Fatal(err)
	}
	known := incident.KnownAt(d.recs, then)
	s := incident.Fold(d.id, known)
	if got := s.Situation["cause"].Text; got != "a bad disk" {
		t.Errorf("then the cause was believed to be %q", got)
	}
	all := asJSON(t, known)
	if strings.Contains(all, asJSON(t, []byte(text))) || s.Entries != len(d.recs)-3 {
		t.Errorf("of %d records %d were known", len(d.recs), s.Entries)
	}
	d.must(&incident.Redact{Record: note, Reason: "a secret"})
	for _, r := range incident.KnownAt(d.recs, d.now) {
		if strings.Contains(string(r.Body), "swordfish") {
			t.Errorf("a %s brings back words that were removed: %s", r.Kind, r.Body)
		}
	}
	if len(incident.KnownAt(d.recs, noon-1)) != 0 {
		t.Error("something was known before anything was written")
	}
}
