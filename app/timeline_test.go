package app_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/store"
)

// fill appends notes in a few transactions, some of them back-dated.
func (s *seat) fill(id string, notes int) {
	s.t.Helper()
	ctx := context.Background()
	st, err := store.Open(ctx, s.dir)
	s.must(err)
	defer st.Close()
	b := incident.Batch{Incident: parseID(s.t, id), Expect: incident.Anywhere}
	for i := range notes {
		k, v, body, err := incident.Encode(&incident.NoteAdded{Text: fmt.Sprintf("note %d", i)})
		s.must(err)
		rec := incident.Record{At: s.now() + int64(i), RecordedAt: s.now() + int64(i), Kind: k, V: v, Body: body}
		if i%7 == 0 {
			rec.At = s.now() + int64(i/2) // belongs further up, beside another of the same time
		}
		rec.ID, err = store.NewID()
		s.must(err)
		b.Records = append(b.Records, rec)
	}
	_, _, err = st.Append(ctx, b)
	s.must(err)
}

func TestEarlierRowsComeOnceAndAll(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	const notes = 2500
	s.fill(id, notes)
	s.wake()
	n, err := s.Watch(id)
	s.must(err)
	got, rest := n.Timeline.Rows, n.Timeline.Earlier
	for _, limit := range []int{0, 1, 7, 5000, 999, 1000, 1000} {
		if rest == 0 {
			break
		}
		v, err := s.Earlier(app.EarlierInput{Incident: id, Before: got[0].Sort, Limit: limit})
		s.must(err)
		want := min(max(limit, 1), 1000, rest)
		if len(v.Rows) != want || v.Earlier != rest-want || v.Incident != id {
			t.Fatalf("%d rows and %d before them, of %d with limit %d", len(v.Rows), v.Earlier, rest, limit)
		}
		got, rest = slices.Concat(v.Rows, got), v.Earlier
	}
	seen := map[string]bool{}
	for i, r := range got {
		if seen[r.ID] || i > 0 && got[i-1].Sort >= r.Sort || i > 0 && got[i-1].At > r.At {
			t.Fatalf("row %d: %+v", i, r)
		}
		seen[r.ID] = true
	}
	written := 0
	for _, r := range got {
		if r.Kind == "note.added" {
			written++
		}
	}
	if written != notes || rest != 0 {
		t.Fatalf("%d of %d notes, %d rows left", written, notes, rest)
	}
	none, err := s.Earlier(app.EarlierInput{Incident: id, Before: got[0].Sort, Limit: 10})
	if err != nil || len(none.Rows) != 0 || none.Rows == nil || none.Earlier != 0 {
		t.Errorf("before the first: %+v %v", none, err)
	}
	_, err = s.Earlier(app.EarlierInput{Incident: mint(t), Limit: 10})
	refused(t, err, fault.NotFound, "")
}

func TestCorrectionsChangeTheirRow(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	s.pass(30 * time.Minute)
	s.log(id, "a typo hre")
	rec := s.row(id, "a typo hre").ID
	page := s.listen()
	s.must(s.Amend(app.TimeInput{Incident: id, Subject: rec, Text: "a typo here"}))
	is := func(match func(app.LineView) bool) func(app.Notify) bool {
		return func(n app.Notify) bool {
			return n.Timeline != nil && slices.ContainsFunc(n.Timeline.Rows, func(r app.LineView) bool { return r.ID == rec && match(r) })
		}
	}
	page.next("the row in its new words", is(func(r app.LineView) bool { return r.Text == "a typo here" && r.Amended }))

	at := s.now() - 10*minute
	s.must(s.Amend(app.TimeInput{Incident: id, Subject: rec, Time: at}))
	page.next("the row in its new place", is(func(r app.LineView) bool { return r.At == at && r.Text == "a typo here" && r.Late }))
	if rows := s.rows(id); rows[len(rows)-1].ID == rec && len(rows) > 3 {
		t.Error("it is still the last row")
	}

	s.must(s.Undo(app.TextInput{Incident: id, Subject: rec}))
	page.next("the row struck out", is(func(r app.LineView) bool { return r.Undone && !r.Editable }))

	s.reopen()
	if r := s.row(id, "a typo here"); !r.Undone || !r.Amended || r.At != at {
		t.Errorf("after a restart %+v", r)
	}
}

func TestCorrectionsThatAreRefused(t *testing.T) {
	s := sit(t)
	id, other := s.declare("checkout fails"), s.declare("mail is slow")
	s.log(id, "a note")
	rec := s.row(id, "a note").ID
	refused(t, s.Amend(app.TimeInput{Incident: other, Subject: rec, Text: "x"}), fault.NotFound, "")
	refused(t, s.Undo(app.TextInput{Incident: other, Subject: rec}), fault.NotFound, "")
	refused(t, s.Amend(app.TimeInput{Incident: id, Subject: mint(t), Text: "x"}), fault.NotFound, "")
	refused(t, s.Amend(app.TimeInput{Incident: id, Subject: "x", Text: "x"}), fault.Invalid, "id")
	for _, at := range []int64{-1, 1, s.now() + 10*minute, 253_402_300_799_000} {
		if err := s.Amend(app.TimeInput{Incident: id, Subject: rec, Time: at}); !fault.Is(err, fault.Invalid) {
			t.Errorf("at %d: %v", at, err)
		}
	}
	if err := s.Amend(app.TimeInput{Incident: id, Subject: rec}); !fault.Is(err, fault.Invalid) {
		t.Errorf("nothing to correct: %v", err)
	}
	if r := s.row(id, "a note"); r.Amended || r.Undone {
		t.Errorf("%+v", r)
	}
}

func TestUndoTakesBackWhatARecordDid(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	s.log(id, "@ben roll back 5m")
	if live := s.live(id); len(live.Actions) != 1 || cell(live, "actions").Count != 1 {
		t.Fatalf("%+v", live.Actions)
	}
	s.must(s.Undo(app.TextInput{Incident: id, Subject: s.row(id, "ben: roll back (5 min)").ID}))
	if live := s.live(id); len(live.Actions) != 0 || cell(live, "actions").Count != 0 {
		t.Errorf("%+v", live.Actions)
	}
}
