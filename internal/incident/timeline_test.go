package incident_test

import (
	"slices"
	"strings"
	"testing"

	"quarterdeck/internal/incident"
)

func texts(entries []*incident.Entry) []string {
	var out []string
	for _, e := range entries {
		if n, ok := e.Event.(*incident.NoteAdded); ok {
			out = append(out, n.Text)
		}
	}
	return out
}

// The timeline shows by when things happened, whenever they were written down.
func TestTimelineOrder(t *testing.T) {
	d := declared(t)
	for _, n := range []struct {
		text string
		at   int64
	}{{"second", noon + 2*minute}, {"first", noon + minute}, {"third", noon + 3*minute}, {"third too", noon + 3*minute}} {
		d.now = noon + 10*minute
		if _, err := d.at(n.at, &incident.AddNote{Text: n.text}); err != nil {
			t.Fatal(err)
		}
	}
	tl := incident.NewTimeline()
	tl.Add(d.recs...)
	if got := texts(tl.Entries()); !slices.Equal(got, []string{"first", "second", "third", "third too"}) {
		t.Errorf("in the order %q", got)
	}
	last := d.recs[len(d.recs)-1]
	d.must(&incident.Amend{Record: last, Time: ptr(noon)})
	tl.Add(d.recs...)
	if got := texts(tl.Entries()); !slices.Equal(got, []string{"third too", "first", "second", "third"}) {
		t.Errorf("after a correction %q", got)
	}
	e := tl.Entry(last.ID)
	if !e.Amended || e.At != noon || e.WrittenFor != noon+3*minute || !e.Undone.IsZero() || e.Redacted != "" {
		t.Errorf("%s", asJSON(t, e))
	}
	if tl.Entry(number(99)) != nil {
		t.Error("an entry of nothing")
	}
}

// What a correction changes is said, however many corrections lie between.
func TestTouched(t *testing.T) {
	d := declared(t)
	note := d.must(&incident.AddNote{Text: "a"})
	other := d.must(&incident.AddNote{Text: "b"})
	amend := d.must(&incident.Amend{Record: note, Text: ptr("c")})
	u1 := d.must(&incident.Undo{Record: amend})
	u2 := d.must(&incident.Undo{Record: u1})
	tl := incident.NewTimeline()
	tl.Add(d.recs...)
	var got []incident.ID
	for _, e := range tl.Touched(u2) {
		got = append(got, e.ID)
	}
	if want := []incident.ID{u2.ID, u1.ID, amend.ID, note.ID}; !slices.Equal(got, want) {
		t.Errorf("touched %v, want %v", got, want)
	}
	if got := tl.Touched(other); len(got) != 1 || got[0].ID != other.ID {
		t.Errorf("a note touches %d entries", len(got))
	}
	if got := tl.Touched(incident.Record{ID: number(44), Kind: "record.undone", V: 1, Body: []byte(`{"record":"` + number(45).String() + `"}`)}); len(got) != 0 {
		t.Errorf("what is not here is touched: %v", got)
	}
}

// After a redaction no entry holds the words, whatever was in memory before.
func TestARedactionTakesTheWordsEverywhere(t *testing.T) {
	d := declared(t)
	note := d.must(&incident.AddNote{Text: "the key is SESAME"})
	amend := d.must(&incident.Amend{Record: note, Text: ptr("the key was SESAME")})
	undo := d.must(&incident.Undo{Record: amend})
	d.must(&incident.Undo{Record: undo})
	tl := incident.NewTimeline()
	tl.Add(d.recs...)
	if !strings.Contains(asJSON(t, tl.Entry(note.ID).Event), "was SESAME") {
		t.Fatal("the amendment does not show")
	}
	red := d.append(d.now, &incident.RecordRedacted{Record: note.ID})
	tl.Add(red...)
	for _, e := range tl.Entries() {
		if strings.Contains(asJSON(t, e.Event), "SESAME") || strings.Contains(string(e.Body), "SESAME") {
			t.Errorf("%s still holds the words", e.Kind)
		}
	}
	if e := tl.Entry(note.ID); e.Redacted == "" || e.Body != nil || e.Salt != nil || !e.Amended {
		t.Errorf("the entry is %s", asJSON(t, e))
	}
	var touched []incident.ID
	for _, e := range tl.Touched(red...) {
		touched = append(touched, e.ID)
	}
	if !slices.Contains(touched, amend.ID) || !slices.Contains(touched, note.ID) {
		t.Error("a page would go on showing the words")
	}
}
