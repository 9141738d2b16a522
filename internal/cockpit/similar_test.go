package cockpit_test

import (
	"slices"
	"testing"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
)

// TestSimilar: most words first, then the latest; one word of many is no likeness.
func TestSimilar(t *testing.T) {
	d := sit(t, t.TempDir())
	first := d.declare("Checkout fails for customers in Europe")
	search := d.declare("Search is slow for everyone")
	second := d.declare("Payments time out")
	if _, err := d.Do(t.Context(), cockpit.Order{Incident: second, Actor: d.me, Command: &incident.AddNote{Text: "checkout fails now, too"}}); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		title string
		want  []incident.ID
	}{
		{"checkout fails for EU customers", []incident.ID{first, second}},
		{"Checkout FAILS again", []incident.ID{second, first}},
		{"search", []incident.ID{search}},
		{"slow invoices printed upside down", nil},
		{"it is on", nil},
		{"", nil},
		{`"quoted AND (broken`, nil},
	} {
		found, err := d.Similar(t.Context(), tt.title, 3)
		if err != nil {
			t.Fatalf("%q: %v", tt.title, err)
		}
		var got []incident.ID
		for _, s := range found {
			got = append(got, s.ID)
		}
		if tt.title == "Checkout FAILS again" { // both hold two words, declared at one time
			if len(got) != 2 {
				t.Errorf("%q: %v", tt.title, got)
			}
			continue
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: %v, want %v", tt.title, got, tt.want)
		}
	}
	if found, err := d.Similar(t.Context(), "checkout fails", 1); err != nil || len(found) != 1 {
		t.Errorf("%v %v", found, err)
	}
}
