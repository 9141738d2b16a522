package store

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"quarterdeck/internal/incident"
)

// emptied is a store of which so many records are to be put into the index anew, as a
// migration leaves it: each note says its number.
func emptied(t *testing.T, dir string, notes int) (*Store, incident.ID) {
	t.Helper()
	s := open(t, dir)
	inc, _ := declared(t, s, "INC-1")
	var recs []incident.Record
	for i := range notes {
		recs = append(recs, rec(t, noon+int64(i), &incident.NoteAdded{Text: fmt.Sprint("walrus number", i)}))
	}
	if _, _, err := s.Append(t.Context(), incident.Batch{Incident: inc, Expect: incident.Anywhere, Records: recs}); err != nil {
		t.Fatal(err)
	}
	if err := s.transaction(t.Context(), func() error { return s.rebuild(t.Context()) }); err != nil {
		t.Fatal(err)
	}
	return s, inc
}

func foundBy(t *testing.T, s *Store, words string) int {
	t.Helper()
	n, err := s.Count(t.Context(), incident.Query{Words: words})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func left(t *testing.T, s *Store) int64 {
	t.Helper()
	n, err := s.Unindexed(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// An index that is to be filled anew is, from the newest record backwards, while others
// write and redact; every record is in it once.
func TestAnEmptiedIndexIsFilledWhileEverythingGoesOn(t *testing.T) {
	dir := t.TempDir()
	notes := indexAtOnce + 2*indexSlice
	s, inc := emptied(t, dir, notes)
	all := left(t, s)
	if all < int64(notes) || foundBy(t, s, "walrus") != 0 {
		t.Fatalf("%d are left, %d are found", all, foundBy(t, s, "walrus"))
	}
	note(t, s, inc, "a walrus that came later")
	if n := foundBy(t, s, "walrus"); n != 1 {
		t.Errorf("%d are found: what is written is found at once", n)
	}
	recs, err := s.Records(t.Context(), inc, 0)
	if err != nil {
		t.Fatal(err)
	}
	oldest := recs[5]
	write(t, s, inc, rec(t, noon+1, &incident.RecordRedacted{Record: oldest.ID, Reason: "a password"}))
	if more, err := s.Index(t.Context()); err != nil || !more {
		t.Fatal(more, err)
	}
	if n := foundBy(t, s, "walrus"); n != 1+indexSlice {
		t.Errorf("%d are found after a slice", n)
	}
	if got := snippets(t, s, incident.Query{Words: fmt.Sprint("number", notes-1), Limit: 1}); len(got) != 1 {
		t.Errorf("the newest is not found: %q", got)
	}
	if err := s.Check(t.Context()); err != nil {
		t.Errorf("half an index is sound as far as it goes: %v", err)
	}
	s.Close()

	s = open(t, dir) // too many are left to be done at once
	if n := left(t, s); n != all-indexSlice {
		t.Fatalf("%d are left, want %d", n, all-indexSlice)
	}
	for more := true; more; {
		if more, err = s.Index(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n := foundBy(t, s, "walrus"); n != notes || left(t, s) != 0 { // one is redacted, one came
		t.Errorf("%d are found of %d, %d left", n, notes, left(t, s))
	}
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// A few are put into it when the store is opened.
func TestAFewMissingWordsAreThereAtOnce(t *testing.T) {
	dir := t.TempDir()
	s, _ := emptied(t, dir, 10)
	s.Close()
	s = open(t, dir)
	if left(t, s) != 0 || foundBy(t, s, "walrus") != 10 {
		t.Errorf("%d left, %d found", left(t, s), foundBy(t, s, "walrus"))
	}
}

// A process that is killed while it fills the index leaves it so that the next one goes on.
func TestAKilledProcessLeavesAnIndexThatIsGoneOnWith(t *testing.T) {
	if dir := os.Getenv("FILL_AN_INDEX"); dir != "" {
		s, err := Open(context.Background(), dir)
		for more := true; err == nil && more; {
			if more, err = s.Index(context.Background()); err == nil {
				fmt.Println("a slice")
			}
		}
		fmt.Println("all", err)
		os.Exit(0)
	}
	dir := t.TempDir()
	notes := indexAtOnce + 20*indexSlice
	s, inc := emptied(t, dir, notes)
	all := left(t, s)
	s.Close()
	for kill := range 6 {
		c := exec.Command(os.Args[0], "-test.run=^TestAKilledProcessLeavesAnIndexThatIsGoneOnWith$")
		c.Env = append(os.Environ(), "FILL_AN_INDEX="+dir)
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		buf := make([]byte, 8*(1+kill%3)) // so many lines, and it is killed somewhere in the next slice
		if _, err := out.Read(buf); err != nil {
			t.Fatal(err)
		}
		_ = c.Process.Kill()
		_ = c.Wait()
		s = open(t, dir)
		now := left(t, s)
		if now >= all || now == 0 {
			t.Fatalf("kill %d: %d are left, %d were before", kill, now, all)
		}
		all = now
		note(t, s, inc, "a walrus between")
		if err := s.Check(t.Context()); err != nil {
			t.Fatalf("kill %d: %v", kill, err)
		}
		s.Close()
	}
	s = open(t, dir)
	if err := s.Rebuild(t.Context()); err != nil { // begins anew, and ends
		t.Fatal(err)
	}
	if n := foundBy(t, s, "walrus"); n != notes+6 || left(t, s) != 0 {
		t.Errorf("%d are found, %d left", n, left(t, s))
	}
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// The parts of the index become few, whatever the order in which they came.
func TestTheIndexIsMergedInParts(t *testing.T) {
	s := open(t, t.TempDir())
	inc, _ := declared(t, s, "INC-1")
	parts := func() (n int) {
		t.Helper()
		if err := s.rdb.QueryRowContext(t.Context(), "SELECT count(DISTINCT segid) FROM search_idx").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for i := range 60 {
		note(t, s, inc, fmt.Sprint("walrus ", i))
	}
	before := parts()
	n := 0
	for more := true; more; n++ {
		var err error
		if more, err = s.Merge(t.Context()); err != nil || n > 100 {
			t.Fatal(n, err)
		}
	}
	if after := parts(); before < 20 || after > 6 {
		t.Errorf("%d parts became %d", before, after)
	}
	if foundBy(t, s, "walrus") != 60 {
		t.Error("not all are found")
	}
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// A migration that fills the index itself would keep everything waiting.
func TestNoMigrationFillsTheIndex(t *testing.T) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		text, err := migrations.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		sql := string(text)
		if strings.Contains(sql, "INTO search (rowid") || strings.Contains(sql, "'rebuild'") {
			t.Errorf("%s fills the index; it is to set the mark instead", filepath.Base(f))
		}
		if strings.Contains(sql, "DROP TABLE search") && !strings.Contains(sql, "'"+unindexed+"'") {
			t.Errorf("%s empties the index and does not set the mark", filepath.Base(f))
		}
	}
}
