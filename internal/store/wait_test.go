package store

import (
	"fmt"
	"strings"
	"testing"

	"quarterdeck/internal/incident"
)

// A large state is not written with each record, and is read whole all the same: here, by
// another process, and after a restart.
func TestALargeStateWaits(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	inc, st := declared(t, s, "INC-1")
	written, last := 0, int64(0)
	var done []incident.ID
	for i := range 300 {
		e := incident.Event(&incident.ActionOpened{Text: strings.Repeat(fmt.Sprint("look ", i, " "), 40), Minutes: 5})
		if i%3 == 2 {
			e = &incident.ActionClosed{Action: done[len(done)-1], Text: "done"}
		}
		r := rec(t, noon+int64(i), e)
		done = append(done, r.ID)
		_, next, err := s.Append(t.Context(), incident.Batch{Incident: inc, Expect: incident.Anywhere, State: st, Records: []incident.Record{r}})
		if err != nil {
			t.Fatal(err)
		}
		st = next
		var cursor int64
		if err := s.wdb.QueryRowContext(t.Context(), "SELECT cursor FROM folded").Scan(&cursor); err != nil {
			t.Fatal(err)
		}
		if cursor != last {
			written, last = written+1, cursor
		}
	}
	if written < 50 || written > 200 {
		t.Errorf("the state was written %d times for 300 records", written)
	}
	want := asJSON(t, st)
	for name, s := range map[string]*Store{"here": s, "another process": open(t, dir)} {
		got, _, err := s.State(t.Context(), inc)
		if err != nil || asJSON(t, got) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
	s.Close()
	s = open(t, dir)
	if got, _, err := s.State(t.Context(), inc); err != nil || asJSON(t, got) != want {
		t.Errorf("after a restart: %v", err)
	}
	// What comes late is folded anew, and kept at once.
	late := rec(t, noon, &incident.RecordUndone{Record: done[0]})
	if _, _, err := s.Append(t.Context(), incident.Batch{Incident: inc, Expect: incident.Anywhere, State: st, Records: []incident.Record{late}}); err != nil {
		t.Fatal(err)
	}
	var cursor, end int64
	if err := s.wdb.QueryRowContext(t.Context(), "SELECT f.cursor, (SELECT max(cursor) FROM record) FROM folded f").Scan(&cursor, &end); err != nil || cursor != end {
		t.Errorf("kept up to %d of %d: %v", cursor, end, err)
	}
}
