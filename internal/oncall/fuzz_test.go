package oncall_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/ical"
	"quarterdeck/internal/oncall"
)

// A shift of a week that begins anew every second is on 600 000 times at once: whoever
// publishes a calendar can write that in five lines.
func TestACalendarOfTooManyAtOnceEnds(t *testing.T) {
	cal, _, err := ical.Read(strings.NewReader("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20260102T000000Z\nDURATION:P7D\nRRULE:FREQ=SECONDLY\nSUMMARY:ana\nEND:VEVENT\nEND:VCALENDAR\n"), ical.Options{})
	if err != nil {
		t.Fatal(err)
	}
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	r := oncall.New([]oncall.Source{{Calendar: oncall.Calendar{Name: "a", Role: "commander"}, Data: cal}}, nil, nil, from, from.AddDate(0, 0, 40))
	if got := on(r, from.AddDate(0, 0, 3)); !slices.Equal(got, []string{"ana"}) || !strings.Contains(strings.Join(r.Problems, "\n"), "more than 100 are at once") {
		t.Errorf("%v %q", got, r.Problems)
	}
}

// FuzzRoster holds that any calendar that can be read makes a roster whose turns are in
// order and in the window, and that its titles, which name people and tags, break nothing.
func FuzzRoster(f *testing.F) {
	files, err := filepath.Glob("../ical/testdata/oncall/*.ics")
	if err != nil || len(files) == 0 {
		f.Fatal(err, len(files))
	}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, "On call: Ana Lee (primary)")
	}
	f.Add([]byte("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20260102T000000Z\nDURATION:P7D\nRRULE:FREQ=DAILY\nSUMMARY:TITLE\nEND:VEVENT\nEND:VCALENDAR\n"), "[L1] \u202eana, ben & <b>")
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	to := from.AddDate(0, 0, 40)
	people := []oncall.Person{{Name: "Ana Lee", Email: "ana@example.com", Aliases: []string{"al"}}, {Name: "Ben"}}
	f.Fuzz(func(t *testing.T, data []byte, title string) {
		data = []byte(strings.ReplaceAll(string(data), "TITLE", title))
		cal, _, err := ical.Read(strings.NewReader(string(data)), ical.Options{})
		if err != nil {
			return
		}
		for _, c := range []oncall.Calendar{{Name: "a", Role: "commander"}, {Name: "a", Roles: map[string]string{"L1": "deputy"}}, {Name: "a", Override: true}} {
			r := oncall.New([]oncall.Source{{Calendar: c, Data: cal}}, nil, people, from, to)
			for i := range r.Lanes {
				lane := &r.Lanes[i]
				for j, turn := range lane.Turns {
					if !turn.Start.Before(turn.End) || turn.Who.Name == "" || j > 0 && turn.Start.Before(lane.Turns[j-1].Start) {
						t.Fatalf("%+v", turn)
					}
				}
				lane.At(from.AddDate(0, 0, 3))
			}
		}
	})
}
