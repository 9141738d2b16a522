package app_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"quarterdeck/app"
)

// beside is another process of the same folder: a backend that follows and rings nothing.
func (s *seat) beside() *app.API {
	s.t.Helper()
	b, err := app.Open(context.Background(), s.dir, s.clock)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { s.must(b.Close()) })
	api := new(app.API)
	app.Attach(api, b)
	return api
}

func says(text string) func(app.Notify) bool {
	return func(n app.Notify) bool {
		return n.Timeline != nil && slices.ContainsFunc(n.Timeline.Rows, func(r app.LineView) bool { return r.Text == text })
	}
}

func TestWhatAnotherProcessWritesReachesThePage(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	other, page := s.beside(), s.listen()
	s.must(other.Log(app.LogInput{Incident: id, Text: "from a shell"}))
	s.must(other.MovePhase(app.ChangeInput{Incident: id, To: "mitigate"}))
	s.pass(200 * time.Millisecond)
	n := page.next("the note", says("from a shell"))
	if n.Live == nil || n.Live.ID != id || n.Live.Phase != "mitigate" || n.Timeline.Earlier != -1 {
		t.Errorf("%+v %+v", n.Live, n.Timeline)
	}
	d, err := other.Declare(app.DeclareInput{Title: "mail is slow"})
	s.must(err)
	s.pass(200 * time.Millisecond)
	page.next("it in the list", func(n app.Notify) bool {
		return n.Station != nil && slices.ContainsFunc(n.Station.Incidents, func(r app.RowView) bool { return r.ID == d.Live.ID })
	})
}

func TestABurstCostsAPageFewMessages(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	page := s.listen()
	const notes = 300
	s.fill(id, notes)
	s.pass(200 * time.Millisecond)
	messages, rows := 0, 0
	for rows < notes {
		n := page.next("all rows", func(n app.Notify) bool {
			return n.Timeline != nil && len(n.Timeline.Rows) > 0 && n.Timeline.Rows[0].Kind == "note.added"
		})
		messages++
		rows += len(n.Timeline.Rows)
	}
	if messages > 3 || rows != notes {
		t.Errorf("%d rows in %d messages", rows, messages)
	}
}

func TestAPageThatFallsBehindIsSentAwayAndMissesNothing(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	slow, quick := s.listen(), s.listen()
	s.log(id, "the first thing it misses")
	for range 300 {
		s.must(s.ReadAway()) // each tells the station anew
		quick.next("the station", func(n app.Notify) bool { return n.Station != nil })
	}
	var last int64
	ctx := soon(t)
	for open := true; open; {
		var n app.Notify
		select {
		case n, open = <-slow.notes:
			last = max(last, n.Seq)
		case <-ctx.Done():
			t.Fatal("it was not sent away")
		}
	}
	n, err := s.Watch(id)
	s.must(err)
	if n.Seq <= last || !says("the first thing it misses")(n) {
		t.Errorf("watched anew: %d after %d", n.Seq, last)
	}
	s.must(s.ReadAway())
	quick.next("the quick one is still there", func(n app.Notify) bool { return n.Station != nil })
}

// A later Notify never carries older news, on whatever way it came: a page that drops
// what is older and assigns the rest never goes back.
func TestNumbersAgreeWithNews(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	other := s.beside()
	var mu sync.Mutex
	var all []app.Notify
	take := func(n app.Notify) { mu.Lock(); all = append(all, n); mu.Unlock() }
	page := s.listen()
	const notes = 60
	var wg sync.WaitGroup
	for i := range notes {
		wg.Go(func() { s.must(s.Log(app.LogInput{Incident: id, Text: fmt.Sprint("mine ", i)})) })
		wg.Go(func() { s.must(other.Log(app.LogInput{Incident: id, Text: fmt.Sprint("other ", i)})) })
		wg.Go(func() {
			n, err := s.Watch(id)
			s.must(err)
			take(n)
		})
		if i%10 == 0 {
			s.clock.Advance(200 * time.Millisecond)
		}
	}
	wg.Wait()
	s.pass(200 * time.Millisecond)
	want := s.live(id).Entries
	var last int64
	page.next("the last of it", func(n app.Notify) bool {
		if n.Seq <= last {
			t.Errorf("%d came after %d", n.Seq, last)
		}
		last = n.Seq
		take(n)
		return n.Live != nil && n.Live.Entries == want
	})
	mu.Lock()
	defer mu.Unlock()
	slices.SortFunc(all, func(a, b app.Notify) int { return cmp.Compare(a.Seq, b.Seq) })
	live, listed := 0, 0
	for i, n := range all {
		if i > 0 && n.Seq == all[i-1].Seq {
			t.Errorf("%d was given twice", n.Seq)
		}
		if n.Live != nil && n.Live.Entries < live {
			t.Errorf("%d shows %d entries after %d", n.Seq, n.Live.Entries, live)
		}
		if n.Live != nil {
			live = n.Live.Entries
		}
		if n.Station != nil {
			if got := n.Station.Incidents[0].Entries; got < listed {
				t.Errorf("%d lists %d entries after %d", n.Seq, got, listed)
			} else {
				listed = got
			}
		}
	}
}

func TestAnotherBackendIsAnotherBoot(t *testing.T) {
	s := sit(t)
	before, err := s.Watch("")
	s.must(err)
	page := s.listen()
	s.reopen()
	for open := true; open; _, open = <-page.notes {
	}
	after, err := s.Watch("")
	s.must(err)
	if after.Boot == before.Boot || after.Boot == "" || before.Boot == "" {
		t.Errorf("%q and %q", before.Boot, after.Boot)
	}
}

func TestNobodyWaitsForABackendThatEnded(t *testing.T) {
	s := &seat{t: t, dir: t.TempDir(), clock: newClock()}
	s.open()
	s.close()
	notes, cancel := s.backend.Subscribe()
	defer cancel()
	if _, open := <-notes; open {
		t.Error("there was something to say")
	}
}

func TestPagesAreSentAwayWhenTheyWouldMissSomething(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	page := s.listen()
	s.backend.Touch(parseID(t, mint(t)))
	ctx := soon(t)
	for open := true; open; {
		select {
		case _, open = <-page.notes:
		case <-ctx.Done():
			t.Fatal("nobody told it")
		}
	}
	again := s.listen()
	s.log(id, "it goes on")
	again.next("the note", says("it goes on"))
}
