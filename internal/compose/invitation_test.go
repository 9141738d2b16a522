package compose_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"quarterdeck/internal/compose"
	"quarterdeck/internal/incident"
)

// addresses are those that a team may have; Dee's is not known.
func addresses(name string) string {
	return map[string]string{"Ana": "ana@example.com", "Ben": "ben@example.com", "Ünal “Ü” O'Neil, Jr.": "unal@example.com"}[name]
}

// invite makes the invitation of a desk as it stands.
func invite(t *testing.T, d *desk, address func(string) string) compose.Invitation {
	t.Helper()
	tl := incident.NewTimeline()
	tl.Add(d.recs...)
	v, err := compose.Invite(compose.Document{State: d.state, Kit: d.kit, Entries: tl.Entries(), Made: d.now}, address)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(v.Text, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}
	return v
}

// unfolded are the lines of an .ics file as they are meant.
func unfolded(text string) []string {
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n ", ""), "\r\n"), "\r\n")
}

// The four messages of one retrospective, as files that programs which share no code with
// this one read in other tests: asked, moved, called off, and booked anew.
func TestInvitationsAreAsTheyWere(t *testing.T) {
	d := declared(t, nil)
	unal := incident.Person{ID: number(0x77), Name: "Ünal “Ü” O'Neil, Jr."}
	d.do(&incident.PlanRetro{Owner: ana, Time: noon + 48*hour, Minutes: 90, Place: "Room 4; https://meet.example.com/retro?a=1,2", Invited: []incident.Person{ben, dee, unal}})
	steps := []struct {
		file, method string
		do           func()
	}{
		{"invite.ics", "REQUEST", func() {}},
		{"update.ics", "REQUEST", func() {
			d.now += hour
			d.do(&incident.PlanRetro{Owner: ana, Time: noon + 72*hour, Minutes: 60, Place: "Room 4", Invited: []incident.Person{ben, dee, unal}})
		}},
		{"cancel.ics", "CANCEL", func() { d.now += hour; d.do(&incident.CancelRetro{Reason: "everybody is ill"}) }},
		{"again.ics", "REQUEST", func() { d.now += hour; d.do(&incident.PlanRetro{Owner: ben, Time: noon + 96*hour}) }},
	}
	for _, s := range steps {
		s.do()
		v := invite(t, d, addresses)
		if v.Method != s.method || strings.Contains(v.Text, "ill") {
			t.Errorf("%s has the method %s:\n%s", s.file, v.Method, v.Text)
		}
		path := filepath.Join("testdata", s.file)
		if *update {
			if err := os.WriteFile(path, []byte(v.Text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(path); err != nil || string(want) != v.Text {
			t.Errorf("%s is another one now: %v\n%s", s.file, err, v.Text)
		}
	}
}

// What is sent counts upwards, also over what was taken back and done again: a calendar
// passes over a number that it has seen.
func TestInvitationsCountUpwards(t *testing.T) {
	d := declared(t, nil)
	book := func(h int64) incident.Record {
		return d.do(&incident.PlanRetro{Owner: ana, Time: noon + h*hour, Invited: []incident.Person{ben}})
	}
	has := func(step string, want ...string) {
		t.Helper()
		lines := unfolded(invite(t, d, addresses).Text)
		for _, w := range want {
			if !slices.Contains(lines, w) {
				t.Errorf("%s: there is no %s in\n%s", step, w, strings.Join(lines, "\n"))
			}
		}
	}
	book(48)
	has("booked", "METHOD:REQUEST", "SEQUENCE:0", "DTSTART:20260304T120000Z", "DTEND:20260304T130000Z", "STATUS:CONFIRMED")
	moved := book(72)
	has("moved", "SEQUENCE:1", "DTSTART:20260305T120000Z")
	undo := d.do(&incident.Undo{Record: moved})
	has("the move taken back", "METHOD:REQUEST", "SEQUENCE:2", "DTSTART:20260304T120000Z")
	d.do(&incident.Undo{Record: undo})
	has("and done again", "SEQUENCE:3", "DTSTART:20260305T120000Z")
	off := d.do(&incident.CancelRetro{Reason: "x"})
	has("called off", "METHOD:CANCEL", "SEQUENCE:4", "STATUS:CANCELLED", "UID:"+d.state.ID.String()+"-retrospective@quarterdeck")
	d.do(&incident.Undo{Record: off})
	has("not called off after all", "METHOD:REQUEST", "SEQUENCE:5", "STATUS:CONFIRMED")
	d.do(&incident.CancelRetro{Reason: "x"})
	book(96)
	has("another one", "METHOD:REQUEST", "SEQUENCE:7", "UID:"+d.state.ID.String()+"-retrospective-2@quarterdeck")
}

// A booking that was taken back is called off, and one of which nobody has an address is no question.
func TestInvitationsOfNobody(t *testing.T) {
	d := declared(t, nil)
	if _, err := compose.Invite(compose.Document{State: d.state, Kit: d.kit}, addresses); err == nil {
		t.Error("there is nothing to invite to")
	}
	booked := d.do(&incident.PlanRetro{Owner: dee, Time: noon + 48*hour, Invited: []incident.Person{ben}})
	v := invite(t, d, addresses)
	if v.Method != "PUBLISH" || len(v.To) != 0 || !slices.Equal(v.Lacks, []string{"Dee"}) || strings.Contains(v.Text, "ATTENDEE") || strings.Contains(v.Text, "ORGANIZER") {
		t.Errorf("%+v", v)
	}
	d.do(&incident.Undo{Record: booked})
	if v = invite(t, d, func(string) string { return "a@example.com" }); v.Method != "CANCEL" || !strings.Contains(v.Text, "SEQUENCE:1") {
		t.Errorf("taken back: %+v", v)
	}
}

// Somebody who is taken off the list gets a cancellation of their own, which names nobody
// else and counts like the invitation beside it; whoever is asked again gets none.
func TestWhoIsTakenOffTheListHearsIt(t *testing.T) {
	d := declared(t, nil)
	book := func(owner incident.Person, invited ...incident.Person) compose.Invitation {
		d.now += hour
		d.do(&incident.PlanRetro{Owner: owner, Time: noon + 48*hour, Invited: invited})
		return invite(t, d, addresses)
	}
	if v := book(ana, ben, dee); v.Gone != "" {
		t.Errorf("nobody was dropped: %s", v.Gone)
	}
	v := book(ana, dee)
	gone := strings.Join(unfolded(v.Gone), "\n")
	if !slices.Equal(v.GoneTo, []string{"ben@example.com"}) || !strings.Contains(gone, "METHOD:CANCEL") || !strings.Contains(gone, "STATUS:CANCELLED") || !strings.Contains(gone, "ben@example.com") ||
		strings.Contains(gone, "ATTENDEE;CN=Ana") || strings.Contains(v.Text, "ben@example.com") {
		t.Errorf("for %v:\n%s", v.GoneTo, gone)
	}
	same := func(field string) bool {
		of := func(text string) string {
			i := slices.IndexFunc(unfolded(text), func(l string) bool { return strings.HasPrefix(l, field) })
			return unfolded(text)[i]
		}
		return of(v.Text) == of(v.Gone)
	}
	if !same("UID:") || !same("SEQUENCE:") {
		t.Error("it is another meeting, or another change of it")
	}
	if v := book(ana, ben); v.Gone != "" {
		t.Errorf("asked again: %s", v.Gone)
	}
	if v := book(ben); !slices.Equal(v.GoneTo, []string{"ana@example.com"}) {
		t.Errorf("who saw to it is asked no longer: %v", v.GoneTo)
	}
}
