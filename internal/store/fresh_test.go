package store

import (
	"fmt"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// A log of a million records would take a minute to fold, and nothing rings meanwhile:
// what is open is made anew when the store is opened, the rest in parts.
func TestCachesOfAnotherVersionAreMadeAnew(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	var all []incident.ID
	for i := range 50 {
		inc, st := declared(t, s, fmt.Sprint("INC-", i+1))
		if i%2 == 0 {
			over := rec(t, noon+int64(i), &incident.PhaseMoved{Phase: incident.PhaseResolved})
			if _, _, err := s.Append(t.Context(), incident.Batch{Incident: inc, Expect: incident.Anywhere, State: st, Records: []incident.Record{over}}); err != nil {
				t.Fatal(err)
			}
		}
		all = append(all, inc)
	}
	want, rows := caches(t, s), asJSON(t, listed(t, s))
	for _, q := range []string{"UPDATE meta SET value = 'old' WHERE key = 'caches'", "UPDATE folded SET state = '{}'", "UPDATE incident SET row = 'rubbish'"} {
		if _, err := s.wdb.ExecContext(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	s = open(t, dir)
	left := func() (n int) {
		t.Helper()
		if err := s.wdb.QueryRowContext(t.Context(), "SELECT count(*) FROM incident WHERE row = ''").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := left(); n != 25 {
		t.Fatalf("%d are left for later, want the 25 that are over", n)
	}
	if got := asJSON(t, listed(t, s)); got != rows {
		t.Fatalf("%s\nwant %s", got, rows)
	}
	if _, _, err := s.State(t.Context(), id(t)); fault.Of(err).Code != fault.NotFound {
		t.Errorf("an incident that is not there: %v", err)
	}
	for range 3 { // 25 are 8, 8, 8 and 1
		if more, err := s.Freshen(t.Context()); err != nil || !more {
			t.Fatal(more, err)
		}
	}
	if more, err := s.Freshen(t.Context()); err != nil || more || left() != 0 {
		t.Fatal(more, err, left())
	}
	if got := caches(t, s); got != want {
		t.Fatalf("%s\nwant %s", got, want)
	}
	note(t, s, all[1], "and goes on")
}

func TestARecordForAnIncidentThatWaitsForItsCaches(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	inc, _ := declared(t, s, "INC-1")
	note(t, s, inc, "before")
	for _, q := range []string{"DELETE FROM folded", "UPDATE incident SET row = ''"} {
		if _, err := s.wdb.ExecContext(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	note(t, s, inc, "after")
	got := caches(t, s)
	if err := s.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	if want := caches(t, s); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

func listed(t *testing.T, s *Store) []incident.Row {
	t.Helper()
	rows, err := s.Rows(t.Context(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
