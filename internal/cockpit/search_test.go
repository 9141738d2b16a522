package cockpit_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"quarterdeck/internal/incident"
)

// TestSearch: what is typed finds what it says, in every incident, and what cannot be
// met is said.
func TestSearch(t *testing.T) {
	d := sit(t, t.TempDir())
	w := &worker{desk: d}
	one := d.declare("Checkout fails")
	two, err := d.Declare(t.Context(), incident.ID{}, d.me, 0, incident.Declare{Declared: incident.Declared{Title: "Payments time out", Services: []string{"payments", "Ledger"}}})
	if err != nil {
		t.Fatal(err)
	}
	w.do(one, &incident.AddNote{Text: "no failover yet"})
	w.do(one, &incident.MakeDecision{Text: "no failover because replication is behind"})
	w.do(two, &incident.AddNote{Text: "failover of the ledger"})
	find := func(text string) (string, string) {
		t.Helper()
		a, err := d.Ask(t.Context(), text, d.clock.Now())
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		a.Query.Newest, a.Query.Limit = true, 10
		found, err := d.Search(t.Context(), a.Query)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if n, err := d.Count(t.Context(), a.Query); err != nil || n != len(found) {
			t.Errorf("%s: counted %d %v", text, n, err)
		}
		var out []string
		for i := range found {
			out = append(out, found[i].Ref+" "+string(found[i].Kind)+" "+found[i].Name)
		}
		return strings.Join(out, ", "), strings.Join(slices.DeleteFunc(a.Unmet, func(s string) bool { return s == "" }), ", ")
	}
	all := "INC-2 note.added ana, INC-1 decision.made ana, INC-1 note.added ana"
	for _, c := range []struct{ text, want, unmet string }{
		{"failover", all, ""},
		{"fail kind:decision", "INC-1 decision.made ana", ""},
		{"failover kind:decision kind:note", all, ""},
		{"failover incident:inc-1", "INC-1 decision.made ana, INC-1 note.added ana", ""},
		{"failover incident:INC-1 incident:INC-2", all, ""},
		{"failover service:pay", "INC-2 note.added ana", ""},
		{"failover service:ledger incident:INC-1", "", ""},
		{"failover person:an", all, ""},
		{"failover since:1h", all, ""},
		{"failover until:1h", "", ""},
		{"failover kind:", all, ""},
		{"failover kind:nonsense", "", "no kind is called so"},
		{"failover person:zoe", "", "nobody is called so"},
		{"failover service:zoe", "", "no incident was declared for it"},
		{"failover incident:INC-99", "", "there is no such incident"},
		{"failover since:soon", "", "a time is written 2026-11-20, 2026-11, today, 3d or 2h"},
		{"kind:decision", "INC-1 decision.made ana", ""},
		{"kind:decision kind:zoe", "INC-1 decision.made ana", "no kind is called so"},
		{"", "", ""},
	} {
		if got, unmet := find(c.text); got != c.want || unmet != c.unmet {
			t.Errorf("%q: found %q (%s), want %q (%s)", c.text, got, unmet, c.want, c.unmet)
		}
	}
}

// A correction is found and opens what it corrects; the words that it took the place of
// are found as what they are.
func TestWhatWasCorrectedIsFoundAsSuch(t *testing.T) {
	d := sit(t, t.TempDir())
	w := &worker{desk: d}
	id := d.declare("Checkout fails")
	note := w.do(id, &incident.AddNote{Text: "the zebra was wrong"})[0].ID
	text := "the giraffe was right"
	fix := w.do(id, &incident.Amend{Record: w.record(note), Text: &text})[0].ID
	gone := w.do(id, &incident.AddNote{Text: "an okapi"})[0].ID
	w.do(id, &incident.Undo{Record: w.record(gone)})
	look := func(words string) string {
		t.Helper()
		found, err := d.Search(t.Context(), incident.Query{Words: words, Limit: 5})
		if err != nil || len(found) != 1 {
			t.Fatalf("%s: %d %v", words, len(found), err)
		}
		f := found[0]
		return fmt.Sprint(f.Record, f.Open, f.Corrected, f.Undone)
	}
	for words, want := range map[string]string{
		"zebra":   fmt.Sprint(note, note, true, false),
		"giraffe": fmt.Sprint(fix, note, false, false),
		"okapi":   fmt.Sprint(gone, gone, false, true),
	} {
		if got := look(words); got != want {
			t.Errorf("%s: %s, want %s", words, got, want)
		}
	}
	w.do(id, &incident.Undo{Record: w.record(fix)})
	if got, want := look("giraffe"), fmt.Sprint(fix, note, true, false); got != want {
		t.Errorf("after the correction was taken back: %s, want %s", got, want)
	}
	if got, want := look("zebra"), fmt.Sprint(note, note, false, false); got != want {
		t.Errorf("what stands again: %s, want %s", got, want)
	}
}

// Two incidents of one reference are both meant, and told apart.
func TestTwinsAreBothFound(t *testing.T) {
	d := sit(t, t.TempDir())
	other := sit(t, t.TempDir())
	d.declare("zebra here")
	theirs := other.declare("zebra there")
	recs, err := other.store.Records(t.Context(), theirs, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.store.Import(t.Context(), theirs, recs, nil); err != nil {
		t.Fatal(err)
	}
	a, err := d.Ask(t.Context(), "zebra incident:INC-1", d.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	a.Query.Limit = 5
	found, err := d.Search(t.Context(), a.Query)
	if err != nil || len(found) != 2 || found[0].Ref == found[1].Ref || !strings.HasPrefix(found[0].Ref, "INC-1·") {
		t.Errorf("%+v %v", found, err)
	}
}
