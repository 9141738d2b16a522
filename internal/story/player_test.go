package story_test

import (
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/store"
	"quarterdeck/internal/story"
)

// What does not hold ends the play, with the line at which it was expected.
func TestPlayStopsAtWhatDoesNotHold(t *testing.T) {
	const declared = top + "declare SEV2 Orders fail\n"
	for _, c := range []struct{ name, text, message string }{
		{"before the declaration", top + "note hello\n", "t:6: note hello: no incident is chosen"},
		{"nothing to look at", top + "expect phase declare\n", "t:6: expect phase declare: no incident has been declared"},
		{"phase", declared + "expect phase verify\n", `t:7: expect phase verify: phase is "declare"`},
		{"severity", declared + "expect severity SEV1\n", `t:7: expect severity SEV1: severity is "SEV2"`},
		{"commander", declared + "expect commander ben\n", `t:7: expect commander ben: commander is "ana"`},
		{"term", declared + "expect term 2\n", `t:7: expect term 2: term is "1"`},
		{"role", declared + "expect role operations: ben\n", `t:7: expect role operations: ben: role operations: ben is "nobody"`},
		{"told", declared + "expect told customers 1\n", `t:7: expect told customers 1: told customers 1 is "0"`},
		{"late by more", declared + "advance 20m\nexpect promise customers late 4m\n", "t:8: expect promise customers late 4m: it is late 5m"},
		{"not late", declared + "expect promise customers late 5m\n", "t:7: expect promise customers late 5m: it is in 15m"},
		{"due", declared + "expect promise customers none\n", "t:7: expect promise customers none: one is due, and in 15m"},
		{"not due", declared + "expect promise partners in 5m\n", "t:7: expect promise partners in 5m: nothing of the kind is due"},
		{"look", declared + "expect promise customers warning\n", "t:7: expect promise customers warning: it looks nominal"},
		{"next", declared + "advance 20m\nexpect next nothing\n", "t:8: expect next nothing: the next act is promise-late customers"},
		{"action", declared + "@ben look 5m\n@ben look again 5m\ndone look: seen\n", "t:9: done look: seen: 2 times an open action says"},
		{"no action", declared + "done look: seen\n", "t:7: done look: seen: 0 times an open action says"},
		{"refused by the rules", declared + "severity SEV3\n", "t:7: severity SEV3: lowering SEV2 to SEV3 needs a reason"},
		{"not refused", declared + "refuse severity SEV1\n", "t:7: refuse severity SEV1: it was not refused"},
		{"no level of the kit", declared + "severity SEV9\n", `t:7: severity SEV9: the kit knows no severity "SEV9"`},
		{"too far", declared + "advance 20m\nT+0:10\n", "t:8: the story has gone 10m0s past it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := story.Parse("t", c.text)
			if err != nil {
				t.Fatal(err)
			}
			_, err = story.Play(t.Context(), t.TempDir(), s, story.Options{})
			if err == nil || !strings.HasPrefix(fault.Of(err).Message, c.message) {
				t.Fatalf("%v\nwant %s", err, c.message)
			}
			if fault.Of(err).Hint == "" {
				t.Error("nothing says what would help")
			}
		})
	}
}

func TestPlayWritesWhenThingsHappen(t *testing.T) {
	const text = top + `declare SEV2 Orders fail
earlier T-0:30
note the pager
T+0:10
between
note one
between
note two
T+0:40
! roll back because it began with the release but the new page goes
update customers identified next 45m by "phone": we are on it
`
	s, err := story.Parse("t", text)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	p, err := story.Play(t.Context(), dir, s, story.Options{Shift: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	recs, err := db.Records(t.Context(), p.Incident, 0)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Date(2025, 1, 8, 11, 0, 0, 0, time.UTC)
	type stamp struct {
		at, written time.Duration
		approx      bool
	}
	got := map[string]stamp{}
	for _, r := range recs {
		at := stamp{at: time.UnixMilli(r.At).Sub(start), written: time.UnixMilli(r.RecordedAt).Sub(start)}
		switch e := r.Event().(type) {
		case *incident.NoteAdded:
			at.approx = e.Approx
			got[e.Text] = at
		case *incident.DecisionMade:
			got[e.Text+"/"+e.Basis+"/"+e.Tradeoff] = at
		case *incident.UpdateRequested:
			at.written = time.UnixMilli(e.Next).Sub(start)
			got[e.Text] = at
		}
	}
	want := map[string]stamp{
		"the pager": {-30 * time.Minute, 0, false},
		"one":       {20 * time.Minute, 20 * time.Minute, true},
		"two":       {30 * time.Minute, 30 * time.Minute, true},
		"roll back/it began with the release/the new page goes": {40 * time.Minute, 40 * time.Minute, false},
		"we are on it": {40 * time.Minute, 85 * time.Minute, false},
	}
	for words, w := range want {
		if got[words] != w {
			t.Errorf("%q: %v, want %v", words, got[words], w)
		}
	}
	if len(got) != len(want) {
		t.Errorf("records: %v", got)
	}
}
